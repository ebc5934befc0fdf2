"""The right numbers in another arrangement: turned, shifted, cut, added up, or not yet added up."""

import numpy as np

from lessons_lib.exercises.comparing import close, size_in_words, two_slips

# The right numbers in another arrangement: (what is told, the arrangement of the right answer)

_ARRANGED = [
    ("Transposed: rows and columns have changed places.", lambda r: r.T if r.ndim == 2 else None),
    ("The {ones} are right, but in reverse order.", lambda r: r[::-1]),
    ("The columns are right, but in reverse order.", lambda r: r[:, ::-1]),
    ("The first {one} is missing.", lambda r: r[1:]),
    ("The last {one} is missing.", lambda r: r[:-1]),
    ("The first and the last {one} are missing.", lambda r: r[1:-1]),
    ("The first column is missing.", lambda r: r[:, 1:]),
    ("The last column is missing.", lambda r: r[:, :-1]),
    ("The first {one} comes twice.", lambda r: np.concatenate([r[:1], r])),
    ("The last {one} comes twice.", lambda r: np.concatenate([r, r[-1:]])),
    ("Only the first {one} came back: is a return inside a loop, or an index too many?", lambda r: r[0]),
    ("Only the last {one} came back: keep those before it, too.", lambda r: r[-1]),
    ("Only the first {one} came back, in a list: is a return inside a loop?", lambda r: r[:1] if len(r) > 1 else None),
    ("Only the last {one} came back, in a list: keep those before it, too.", lambda r: r[-1:] if len(r) > 1 else None),
    ("Only the first column came back.", lambda r: r[:, 0]),
    ("Only the last column came back.", lambda r: r[:, -1]),
    ("Shifted by one place: the last {one} stands first.", lambda r: np.roll(r, 1, axis=0)),
    ("Shifted by one place: the first {one} stands last.", lambda r: np.roll(r, -1, axis=0)),
    ("Shifted by one column to the right.", lambda r: np.roll(r, 1, axis=1)),
    ("Shifted by one column to the left.", lambda r: np.roll(r, -1, axis=1)),
    ("All {ones} are the last one: is the same array changed again and again?", lambda r: np.repeat(r[-1:], len(r), axis=0)),
    ("All {ones} are the first one: does each round of the loop start anew?", lambda r: np.repeat(r[:1], len(r), axis=0)),
    ("The numbers are right, but sorted: keep their order.", lambda r: np.sort(r, axis=0)),
    ("The numbers are right, but sorted: keep their order.", lambda r: np.sort(r, axis=-1)),
    ("The numbers are right, but sorted downwards: keep their order.", lambda r: np.sort(r, axis=0)[::-1]),
    ("The numbers are right, but in one long list: {right} is needed.", lambda r: r.ravel() if r.ndim > 1 else None),
    ("The numbers are right, but column after column in one long list: {right} is needed.", lambda r: r.T.ravel() if r.ndim > 1 else None),
    ("The numbers are right, but reshaped in the wrong order: {right} is needed.", lambda r: r.ravel().reshape(r.T.shape) if r.ndim > 1 else None),
    ("The number is right, but it stands in a list: return the number itself.", lambda r: r.reshape(1) if r.ndim == 0 else None),
    ("The number is right, but it stands in a table: return the number itself.", lambda r: r.reshape(1, 1) if r.ndim == 0 else None),
    ("The numbers are right, but stand in a column, {mine}: {right} is needed.", lambda r: r[:, None] if r.ndim == 1 else None),
    ("The numbers are right, but there is one pair of brackets [ ] too many, or a comma at the end.", lambda r: r[None]),
    ("The numbers are right, but each stands in brackets [ ] of its own.", lambda r: r[..., None]),
    ("The {ones} were added up to one number: each is asked for on its own.", lambda r: r.sum()),
    ("This is the mean of the right {ones}: each is asked for on its own.", lambda r: r.mean()),
    ("This is only the largest of the right {ones}.", lambda r: r.max() if r.ndim else None),
    ("This is only the smallest of the right {ones}.", lambda r: r.min() if r.ndim else None),
    ("The rows were added up: keep each of them.", lambda r: r.sum(axis=0) if r.ndim > 1 else None),
    ("Each row was added up: keep its numbers apart.", lambda r: r.sum(axis=1)),
    ("Each row is the sum of all the right ones: is += taken for all the rows at once?", lambda r: np.repeat(r.sum(axis=0)[None], len(r), axis=0) if r.ndim > 1 and len(r) > 1 else None),
    ("The rows were averaged: keep each of them.", lambda r: r.mean(axis=0) if r.ndim > 1 else None),
    ("Each row was averaged: keep its numbers apart.", lambda r: r.mean(axis=1)),
    ("This is only the diagonal of the right table.", lambda r: np.diag(r) if r.ndim == 2 else None),
    ("The {ones} are summed up on the way: each number holds all before it, too.", lambda r: np.cumsum(r, axis=0)),
    ("These are the differences between neighbours: the {ones} themselves are asked for.", lambda r: np.diff(r, axis=0)),
    ("Divided by its sum: the numbers as they are, are asked for.", lambda r: r / r.sum() if r.ndim else None),
]  # fmt: skip

# What makes the right numbers of the learner's: (what is told, the arrangement of the learner's answer)

_STILL_TO_DO = [
    ("The number is right, but it comes several times: return it once.", lambda m, r: m.flat[0] if r.ndim == 0 and m.size > 1 and np.ptp(m) == 0 else None),
    ("These are the parts of the answer: add them up to one number.", lambda m, r: m.sum() if r.ndim == 0 else None),
    ("These are single values: their mean, one number, is asked for.", lambda m, r: m.mean() if r.ndim == 0 else None),
    ("The last of these parts is the answer: return that one alone.", lambda m, r: m[-1]),
    ("The first of these parts is the answer: return that one alone.", lambda m, r: m[0]),
    ("The largest of these numbers is the answer.", lambda m, r: m.max() if r.ndim == 0 else None),
    ("The smallest of these numbers is the answer.", lambda m, r: m.min() if r.ndim == 0 else None),
    ("A list and a column made a whole table of each with each; the answer stands on its diagonal.", lambda m, r: np.diagonal(m) if m.ndim == 2 else None),
    ("Not yet added up: sum over the rows, axis=0.", lambda m, r: m.sum(axis=0)),
    ("Not yet added up: sum over the columns, axis=1.", lambda m, r: m.sum(axis=1)),
    ("Not yet averaged: take the mean over the rows, axis=0.", lambda m, r: m.mean(axis=0)),
    ("Not yet averaged: take the mean over the columns, axis=1.", lambda m, r: m.mean(axis=1)),
    ("This counts too far: the first {one} is one too many.", lambda m, r: m[1:]),
    ("This counts too far: the last {one} is one too many.", lambda m, r: m[:-1]),
    ("The first column is one too many.", lambda m, r: m[:, 1:]),
    ("The last column is one too many.", lambda m, r: m[:, :-1]),
    ("The first and the last {one} are too many.", lambda m, r: m[1:-1] if m.ndim else None),
    ("Too many {ones}: the right ones come first.", lambda m, r: m[: len(r)]),
    ("Too many {ones}: the right ones come last.", lambda m, r: m[-len(r) :]),
    ("Each row needs to sum to 1, and would be right then: divide it by its own sum.", lambda m, r: m / m.sum(axis=-1, keepdims=True) if m.ndim > 1 else None),
    ("The numbers need to sum to 1, and would be right then: divide by their sum.", lambda m, r: m / m.sum() if m.ndim else None),
    ("The running sum is still to be taken: np.cumsum.", lambda m, r: np.cumsum(m, axis=0)),
]  # fmt: skip


def arranged(tried, noun, further):
    """The sentence for an arrangement, and for what `further` says of what is left then.

    noun: what the right answer consists of, such as "row"; further(tried) -> a sentence, "" where nothing is left to
    tell, or None.
    """
    one = next((one for one in tried if not close(one.mine, one.right)), tried[0])
    words = {
        "mine": size_in_words(one.mine.shape),
        "right": size_in_words(one.right.shape),
        "one": noun,
        "ones": noun + "s",
    }
    ways = [(told, lambda one, way=way: one._replace(right=way(one.right))) for told, way in _ARRANGED]
    ways += [(told, lambda one, way=way: one._replace(mine=way(one.mine, one.right))) for told, way in _STILL_TO_DO]
    for told, way in ways:
        changed = _changed(tried, way)
        if changed and (more := further(changed)) is not None:
            return two_slips(told.format(**words), more)


def _changed(tried, way):
    """The cases with other numbers, or None where there are none, or they are of another shape."""
    try:
        changed = [way(one) for one in tried]
    except (IndexError, ValueError, TypeError):
        return None
    if any(one.mine is None or one.right is None for one in changed):
        return None
    changed = [one._replace(mine=np.asarray(one.mine), right=np.asarray(one.right)) for one in changed]
    return changed if all(one.mine.shape == one.right.shape for one in changed) else None
