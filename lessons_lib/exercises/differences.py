"""What relates a learner's wrong numbers to the right ones: one sentence that names what to change.

Every look below takes all the cases at once and returns its sentence, or None unless the relation holds in each of them.
"""

import copy
import itertools
import math
from typing import NamedTuple

import numpy as np

from lessons_lib.exercises.slips import slips


class Tried(NamedTuple):
    """One case: its name, its arguments by parameter, the learner's numbers and the right ones."""

    case: str
    given: dict
    mine: np.ndarray
    right: np.ndarray


def close(mine, right):
    """True when two arrays agree in shape, and in value up to rounding, of 32 bits where `mine` has only these."""
    if mine.shape != right.shape:
        return False
    relative, absolute = (1e-5, 1e-6) if mine.dtype in (np.float32, np.float16) else (1e-6, 1e-9)
    size = np.abs(right[np.isfinite(right)]).max(initial=0.0)
    return np.allclose(mine, right, rtol=relative, atol=absolute * size + 1e-11, equal_nan=True)


def difference(tried, reference, unused=None):
    """The sentence for wrong answers `tried` (a list of Tried) to what `reference` computes.

    unused: the sentence for a parameter that is never used, if there is one.
    """
    with np.errstate(all="ignore"):
        of_the_cases = _factors_of_the_cases(tried)

        def factor(tried):
            return _factor(tried, of_the_cases)

        looks = (
            lambda: _empty(tried),
            lambda: _always_the_same(tried),
            lambda: _an_argument(tried),
            lambda: factor(tried),
            lambda: _arranged(tried, _same),
            lambda: _added(tried),
            lambda: _of_the_answer(tried),
            lambda: _rounded(tried),
            lambda: _with_a_slip(tried, reference),
            lambda: _altered(tried, reference, _same),
            lambda: unused,
            lambda: _nearly(tried),
            lambda: _arranged(tried, factor),
            lambda: _altered(tried, reference, factor),
            lambda: _sums(tried),
            lambda: _shape(tried),
            lambda: _not_finite(tried),
            lambda: _whole(tried),
            lambda: _in_part(tried),
        )
        if len({float(value) for one in tried for value in one.right.flat}) == 1:  # one number agrees with too much
            looks = (looks[0], lambda: _shape(tried), lambda: _not_finite(tried))
        return next((sentence for look in looks if (sentence := look())), None) or first_difference(tried)


def first_difference(tried):
    """The case and the first entry that is wrong, and how many there are."""
    one = next(one for one in tried if not close(one.mine, one.right))
    wrong = np.argwhere(_wrong(one))
    place = tuple(int(index) for index in wrong[0])
    mine, right = two_numbers(one.mine[place], one.right[place])
    if not place:
        return f"On {one.case} it returned {mine}, but the answer is {right}."
    share = "" if len(wrong) == 1 else f" {len(wrong)} of the {one.right.size} numbers differ."
    return f"On {one.case} the number at {list(place)} is {mine}, but the answer is {right} there.{share}"


def two_numbers(mine, right):
    """Two numbers as texts with as many digits as it takes to tell them apart."""
    if float(mine).is_integer() and float(right).is_integer() and max(abs(mine), abs(right)) < 1e12:
        return [f"{int(value)}".replace("-", "−") for value in (mine, right)]
    for digits in range(4, 18):
        texts = [f"{value:.{digits}g}".replace("-", "−") for value in (float(mine), float(right))]
        if texts[0] != texts[1]:
            break
    return texts


def size_in_words(shape):
    """A shape as a beginner says it: one number, a list of 3 numbers, a table of 5 rows and 3 columns."""
    if shape == ():
        return "one number"
    if len(shape) == 1:
        return f"a list of {_count(shape[0], 'number')} (shape {shape})"
    if len(shape) == 2:
        return f"a table of {_count(shape[0], 'row')} and {_count(shape[1], 'column')} (shape {shape})"
    return f"an array of shape {shape}"


def _count(number, noun):
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _wrong(one):
    """True for each number that is not the right one; the two shapes agree."""
    size = np.abs(one.right[np.isfinite(one.right)]).max(initial=0.0)
    return ~np.isclose(one.mine, one.right, rtol=1e-6, atol=1e-9 * size + 1e-11, equal_nan=True)


def _all_close(pairs):
    return all(close(mine, right) for mine, right in pairs)


def _same(tried):
    """No further slip: an empty sentence."""
    return " " if _all_close((one.mine, one.right) for one in tried) else None


# One value, or something that was handed in


def _empty(tried):
    empty = next((one for one in tried if one.mine.size == 0 and one.right.size > 0), None)
    if empty:
        return f"On {empty.case} nothing is in it, {size_in_words(empty.right.shape)} is asked for: was anything appended or written into it?"


def _always_the_same(tried):
    values = {f"{value:.12g}" for one in tried for value in one.mine.flat}
    if len(values) == 1 and len(tried) > 1 and values != {"nan"}:
        what = "it returns" if all(one.mine.ndim == 0 for one in tried) else "each number that it returns is"
        value = values.pop().replace("-", "−")
        return f"In every case {what} {value}: the answer needs to depend on what goes in."


def _an_argument(tried):
    for name in tried[0].given:
        arrays = [_array(one.given[name]) for one in tried]
        if all(array is not None for array in arrays) and _all_close(zip((one.mine for one in tried), arrays)):
            return f"This is {name} itself, unchanged."


def _array(value):
    """A number or an array as an array of floats; None for what is neither."""
    try:
        return np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        return None


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
    ("The rows were averaged: keep each of them.", lambda r: r.mean(axis=0) if r.ndim > 1 else None),
    ("Each row was averaged: keep its numbers apart.", lambda r: r.mean(axis=1)),
    ("This is only the diagonal of the right table.", lambda r: np.diag(r) if r.ndim == 2 else None),
    ("The {ones} are summed up on the way: each number holds all before it, too.", lambda r: np.cumsum(r, axis=0)),
    ("These are the differences between neighbours: the {ones} themselves are asked for.", lambda r: np.diff(r, axis=0)),
    ("Divided by its sum: the numbers as they are, are asked for.", lambda r: r / r.sum()),
]  # fmt: skip

# What makes the right numbers of the learner's: (what is told, the arrangement of the learner's answer)

_STILL_TO_DO = [
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


def _arranged(tried, further):
    """An arrangement, and what `further` says of what is left then."""
    for sentence, arrange in _ARRANGED:
        changed = _replaced(tried, lambda one, arrange=arrange: one._replace(right=arrange(one.right)))
        if changed and (more := further(changed)):
            return _two_slips(_filled(sentence, tried), more)
    for sentence, arrange in _STILL_TO_DO:
        changed = _replaced(tried, lambda one, arrange=arrange: one._replace(mine=arrange(one.mine, one.right)))
        if changed and (more := further(changed)):
            return _two_slips(_filled(sentence, tried), more)


def _replaced(tried, replace):
    """The cases with other numbers, or None where these don't exist."""
    try:
        changed = [replace(one) for one in tried]
        if any(one.mine is None or one.right is None for one in changed):
            return None
        changed = [one._replace(mine=np.asarray(one.mine), right=np.asarray(one.right)) for one in changed]
    except (IndexError, ValueError, TypeError):
        return None
    return changed if all(one.mine.shape == one.right.shape for one in changed) else None


def _two_slips(first, second):
    return (
        first
        if second == " "
        else f"Two slips: {first[0].lower()}{first[1:]} And then: {second[0].lower()}{second[1:]}"
    )


def _filled(sentence, tried):
    one = next((one for one in tried if not close(one.mine, one.right)), tried[0])
    noun = "row" if one.right.ndim > 1 else "number"
    return sentence.format(
        one=noun, ones=noun + "s", mine=size_in_words(one.mine.shape), right=size_in_words(one.right.shape)
    )


# A factor

_FACTORS = {
    -1: "The sign is flipped: this is minus the right answer.",
    2: "Twice as large as the answer: is there a 2 too many, or a ½ too few?",
    0.5: "Half as large as the answer: is there a ½ too many, or a 2 too few?",
    1 / math.log(2): "This is the answer divided by log 2, so in base 2: the natural log, np.log, is meant.",
    1 / math.log(10): "This is the answer divided by log 10, so in base 10: the natural log, np.log, is meant.",
    math.log(2): "This is the answer times log 2: is base 2 used somewhere, where base e is meant?",
    math.log(10): "This is the answer times log 10: is base 10 used somewhere, where base e is meant?",
    math.e: "This is the answer times e = 2.718…: is there an exponential too many?",
    100: "100 times as large as the answer: is this in per cent?",
    0.01: "A hundredth of the answer: is it divided by 100?",
}  # fmt: skip


def _factor(tried, of_the_case):
    """One factor between all the learner's numbers and the right ones, the same in each case or one that it tells."""
    ratios = np.array([_ratio(one) for one in tried])  # nan where all is 0
    known = ~np.isnan(ratios)
    if not known.any() or not np.isfinite(ratios[known]).all() or np.allclose(ratios[known], 1, rtol=1e-4):
        return None
    if not np.allclose(ratios[known], ratios[known][0], rtol=1e-5, atol=0):
        return _factor_of_the_case(ratios, known, *of_the_case)
    return _constant_factor(float(ratios[known][0]), tried)


def _ratio(one):
    """The factor between all numbers of a case: nan when all are 0, inf when there is none."""
    if one.mine.shape != one.right.shape or not (np.isfinite(one.mine).all() and np.isfinite(one.right).all()):
        return np.inf
    zero = np.abs(one.right) <= 1e-12
    ratio = one.mine[~zero] / one.right[~zero]
    if np.abs(one.mine[zero]).max(initial=0) > 1e-9 or (ratio.size and np.ptp(ratio) > 1e-5 * np.abs(ratio).min()):
        return np.inf
    return ratio[0] if ratio.size else np.nan


def _constant_factor(ratio, tried):
    for known, sentence in _FACTORS.items():
        if math.isclose(ratio, known, rel_tol=1e-5):
            return sentence
        if math.isclose(ratio, -known, rel_tol=1e-5):
            return f"The sign is flipped, and there is a second slip: {sentence[0].lower()}{sentence[1:]}"
    rights = {round(float(value), 9) for one in tried for value in one.right.flat if value}
    if len(rights) > 1 and abs(abs(ratio) - 1) > 0.01 and abs(ratio) > 1e-6:
        return f"Every number is {ratio:.4g} times the right one: which factor is too many, or missing?".replace(
            "-", "−"
        )


def _factor_of_the_case(ratios, known, sentences, values):
    """The sentence for the first row of values (n_sentences, n_cases) that is the ratios, or minus these."""
    for sign, told in ((1, "This"), (-1, "The sign is flipped, and this")):
        fits = np.abs(values - sign * ratios)[:, known] <= 1e-5 * np.abs(ratios[known])
        for place in np.flatnonzero(fits.all(axis=1))[:1]:
            return f"{told} {sentences[place]}"


def _factors_of_the_cases(tried):
    """(sentences, values (n_sentences, n_cases)): the factors that cases could tell, such as their numbers of rows."""
    cases = [_quantities(one.given) for one in tried]
    quantities = {name: np.array([case.get(name, np.nan) for case in cases], dtype=float) for name in cases[0]}
    factors = []
    for (text, way), (name, q) in itertools.product(_WAYS_OF_A_QUANTITY, quantities.items()):
        text = text.format(q=name)
        factors += [
            (f"is the answer times {text}: divide by it, or leave that factor out.", way(q)),
            (f"is the answer divided by {text}: that factor is missing, or the division is one too many.", 1 / way(q)),
        ]
    for (name, q), (other, p) in itertools.permutations(quantities.items(), 2):
        factors.append(
            (f"is the answer times {name} and divided by {other}: is the one taken where the other is meant?", q / p)
        )
    for (name, q), (less, text) in itertools.product(quantities.items(), ((1, "− 1"), (-1, "+ 1"))):
        factors += [
            (f"is the answer with {name} {text} as the divisor: divide by {name} itself.", q / (q - less)),
            (f"is the answer times ({name} {text}) / {name}: is one left out, or counted twice?", (q - less) / q),
        ]
    told = [(sentence, values) for sentence, values in factors if np.ptp(values) > 1e-9]  # a constant tells nothing
    return [sentence for sentence, _ in told], np.array([values for _, values in told]).reshape(-1, len(tried))


_WAYS_OF_A_QUANTITY = [
    ("{q}", lambda q: q),
    ("2 · {q}", lambda q: 2 * q),
    ("half of {q}", lambda q: q / 2),
    ("the root of {q}", np.sqrt),
    ("{q}, squared", np.square),
    ("({q} − 1)", lambda q: q - 1),
    ("({q} + 1)", lambda q: q + 1),
    ("(1 − {q})", lambda q: 1 - q),
]


def _quantities(given):
    """The numbers that a case brings along, by what they are called: lengths, rows, columns, sums, single numbers."""
    found = {}
    for name, value in given.items():
        array = _array(value)
        if isinstance(value, str) or (array is None and hasattr(value, "__len__")):
            found[f"the length of {name}"] = len(value)
        elif array is None:
            continue
        elif array.ndim == 0:
            found[name] = float(array)
        elif array.ndim == 1:
            found[f"the length of {name}"] = len(array)
        else:
            found[f"the number of rows of {name}"] = len(array)
            found[f"the number of columns of {name}"] = array.shape[1]
            found[f"the number of entries of {name}"] = array.size
    for name, value in given.items():
        array = _array(value)
        if array is not None and array.ndim:
            found[f"the sum of {name}"] = float(array.sum())
            found[f"the largest of {name}"] = float(array.max())
            found[f"the number of entries above 0 in {name}"] = int((array > 0).sum())
    return found


# Something added, or a function of the answer


def _added(tried):
    if any(one.mine.shape != one.right.shape for one in tried):
        return None
    rests = [one.mine - one.right for one in tried]
    values = np.concatenate([rest.ravel() for rest in rests])
    if not np.isfinite(values).all():
        return None
    if len(values) > 1 and np.ptp(values) < 1e-9 * max(1, abs(values[0])):
        how = "large" if values[0] > 0 else "small"
        off = " Off by one: is something counted from 1 instead of 0, or once too often?" if abs(values[0]) == 1 else ""
        return f"Every number is {abs(values[0]):.4g} too {how}: is something added or left out?{off}"
    for name in tried[0].given:
        parts = [_array(one.given[name]) for one in tried]
        if any(part is None for part in parts):
            continue
        for sign, told in (
            (1, "This is the answer plus {}: {} is one too many."),
            (-1, "This is the answer without {}: add it."),
        ):
            if _broadcast_close(rests, [sign * part for part in parts]):
                return told.format(name, name)


def _broadcast_close(rests, parts):
    try:
        return _all_close((rest, np.broadcast_to(part, rest.shape)) for rest, part in zip(rests, parts))
    except ValueError:
        return False


_OF_THE_ANSWER = [
    ("This is the square of the answer: there is a square too many, or a root missing.", np.square),
    ("This is the root of the answer: there is a root too many, or a square missing.", np.sqrt),
    ("This is e to the answer: there is an exponential too many.", np.exp),
    ("This is e to minus the answer.", lambda r: np.exp(-r)),
    ("This is the logarithm of the answer: there is a log too many, or an exponential missing.", np.log),
    ("This is minus the logarithm of the answer: there is a log too many.", lambda r: -np.log(r)),
    ("This is 1 divided by the answer: it is upside down.", lambda r: 1 / r),
    ("This is 1 minus the answer: the other way round.", lambda r: 1 - r),
    ("This is the third power of the answer: it was multiplied too often.", lambda r: r**3),
    ("This is the sigmoid of the answer: there is a sigmoid too many.", lambda r: 1 / (1 + np.exp(-r))),
    ("This is tanh of the answer: there is a tanh too many.", np.tanh),
]  # fmt: skip

# These lose something of the answer, so a handful of numbers does not show that it is they.
_LESS_THAN_THE_ANSWER = [
    ("This is the absolute value of the answer: keep the sign.", np.abs),
    ("This is minus the absolute value of the answer: keep the sign.", lambda r: -np.abs(r)),
    ("Negative numbers became 0: keep them.", lambda r: np.maximum(r, 0)),
    ("Positive numbers became 0: keep them.", lambda r: np.minimum(r, 0)),
    ("Here everything is cut off at 1: keep the numbers as they are.", lambda r: np.minimum(r, 1)),
    ("Here everything is cut off at 0 and at 1: keep the numbers as they are.", lambda r: np.clip(r, 0, 1)),
    ("This is only the sign of the answer.", np.sign),
    ("Only whether it is above 0 came back: the number itself is asked for.", lambda r: r > 0),
    ("Only whether it is at least ½ came back: the number itself is asked for.", lambda r: r >= 0.5),
]  # fmt: skip


def _of_the_answer(tried):
    values = {f"{value:.6g}" for one in tried for value in one.right.flat}
    for sentence, change in _OF_THE_ANSWER + (_LESS_THAN_THE_ANSWER if len(values) > 5 else []):
        changed = _replaced(
            tried, lambda one, change=change: one._replace(right=np.asarray(change(one.right), dtype=float))
        )
        if changed and _same(changed):
            return sentence


def _rounded(tried):
    if any(one.mine.shape != one.right.shape for one in tried):
        return None
    ways = [("rounded down: is there a // where / is meant, or an int()?", np.floor), ("rounded up", np.ceil),
            ("cut off after the point: is there an int()?", np.trunc)]  # fmt: skip
    ways += [
        (
            f"rounded to {_count(d, 'place') + ' after the point' if d else 'whole numbers'}: leave the number as it is",
            lambda r, d=d: np.round(r, d),
        )
        for d in range(7)
    ]
    for how, change in ways:
        if _all_close((one.mine, change(one.right)) for one in tried):
            return f"The numbers are {how}." if how[-1] != "?" else f"The numbers are {how}"


def _nearly(tried):
    """Off by less than a hundredth wherever it is wrong."""
    if any(one.mine.shape != one.right.shape for one in tried):
        return None
    offs = []
    for one in tried:
        wrong = _wrong(one)
        if not np.isfinite(one.mine[wrong]).all() or not np.isfinite(one.right[wrong]).all():
            return None
        size = np.maximum(np.abs(one.right[wrong]), np.abs(one.right).max(initial=0) * 1e-3)
        offs.append((np.abs(one.mine - one.right)[wrong] / np.where(size > 0, size, np.inf)).max(initial=0.0))
        if (size == 0).any():
            return None
    if 0 < max(offs) < 0.01:
        one = tried[int(np.argmax(offs))]
        return (
            f"Close, but not equal: on {one.case} it is off by {100 * max(offs):.2g} %. "
            "Is something rounded, approximated, or a small number added, such as inside a log?"
        )


# The reference's answers to other questions


def _altered(tried, reference, further):
    """What the reference answers when one argument is altered or two change places, if that is the learner's answer."""
    for sentence, alter in itertools.chain(_alterations(tried[0].given), _exchanges(tried[0].given)):
        changed = []
        for one in tried:
            try:
                right = np.asarray(reference(**alter(dict(one.given))), dtype=float)
            except Exception:
                break
            changed.append(one._replace(right=right))
            if not close(one.mine, right) if further is _same else np.isinf(_ratio(changed[-1])):
                break
        else:
            if more := further(changed):
                return _two_slips(sentence, more)


def _with_a_slip(tried, reference):
    """One slip in the reference that gives the learner's numbers."""
    for sentence, function in slips(reference):
        if all(_answers(function, one.given, one.mine) for one in tried):
            return sentence


def _answers(function, given, mine):
    try:
        return close(mine, np.asarray(function(*copy.deepcopy(list(given.values()))), dtype=float))
    except Exception:
        return False


def _alterations(given):
    for name, value in given.items():
        for told, alter in _WAYS:
            yield told.format(p=name), lambda given, name=name, alter=alter: given | {name: alter(given[name])}


def _number(value):
    if isinstance(value, bool | str) or np.ndim(value) or _array(value) is None:
        raise TypeError
    return value


def _table(value):
    if np.ndim(value) == 0 or isinstance(value, str):
        raise TypeError
    return value


def _whole(value):
    if isinstance(value, str) or np.asarray(value).dtype.kind not in "iu":
        raise TypeError
    return value


_WAYS = [
    ("It answers as if {p} had the opposite sign.", lambda v: -v),
    ("It answers as if {p} were 1: is {p} left out?", lambda v: type(_number(v))(1)),
    ("It answers as if {p} were 0: is {p} left out?", lambda v: v * 0 if np.ndim(v) else type(_number(v))(0)),
    ("It answers as if {p} were 1 throughout: is {p} left out?", lambda v: np.ones_like(_table(v))),
    ("It answers as if {p} were one larger: off by one?", lambda v: _whole(v) + 1),
    ("It answers as if {p} were one smaller: off by one?", lambda v: _whole(v) - 1),
    ("It answers as if {p} were transposed.", lambda v: _table(v).T),
    ("It answers as if {p} were squared.", lambda v: v**2),
    ("It answers as if {p} were twice as large.", lambda v: 2 * (_table(v) if np.ndim(v) else _number(v))),
    ("It answers as if {p} were half as large.", lambda v: v / 2),
    ("It answers as if 1 / {p} stood in the place of {p}: multiplied where it should be divided, or the other way round?", lambda v: 1 / v),
    ("It answers as if 1 − {p} stood in the place of {p}.", lambda v: 1 - v),
    ("It answers as if the root of {p} stood in its place.", np.sqrt),
    ("It answers as if e to {p} stood in its place.", np.exp),
    ("It answers as if tanh of {p} stood in its place.", np.tanh),
    ("It answers as if each row of {p} were divided by its sum first.", lambda v: v / v.sum(axis=-1, keepdims=True)),
    ("It answers as if {p} had no sign: is there an abs too many?", abs),
    ("It answers as if {p} were rounded down: is there a // or an int()?", np.floor),
    ("It answers as if {p} were backwards.", lambda v: v[::-1]),
    ("It answers as if the columns of {p} stood in reverse order.", lambda v: v[:, ::-1]),
    ("It answers as if {p} were sorted.", lambda v: np.sort(_table(v), axis=0)),
    ("It leaves the first of {p} out.", lambda v: v[1:]),
    ("It leaves the last of {p} out.", lambda v: v[:-1]),
    ("It looks at the first of {p} alone: is a return inside a loop?", lambda v: v[:1]),
    ("It looks at the last of {p} alone: is something set anew in every round of a loop?", lambda v: v[-1:]),
    ("It takes the first of {p} everywhere.", lambda v: np.repeat(v[:1], len(v), axis=0)),
    ("It takes the last of {p} everywhere.", lambda v: np.repeat(v[-1:], len(v), axis=0)),
    ("It counts nothing of {p} more than once.", lambda v: np.minimum(_whole(v), 1)),
]  # fmt: skip


def _exchanges(given):
    for a, b in itertools.combinations(given, 2):
        yield (
            f"It answers as if {a} and {b} had changed places.",
            lambda given, a=a, b=b: given | {a: given[b], b: given[a]},
        )


# Sums, shapes, nan


def _sums(tried):
    """Rows that should sum to 1 and don't."""
    tables = all(one.right.ndim == 2 and one.right.size > 1 for one in tried)
    if not tables or any(one.mine.shape != one.right.shape or not np.isfinite(one.mine).all() for one in tried):
        return None
    if not all(np.allclose(one.right.sum(axis=1), 1) for one in tried):
        return None
    if all(np.allclose(one.mine.sum(axis=0), 1) for one in tried):
        return "Every column sums to 1, but every row should: the other axis."
    if all(np.allclose(one.mine.sum(), 1) for one in tried):
        return "All numbers together sum to 1, but every row should: divide each row by its own sum."
    for one in tried:
        off = ~np.isclose(one.mine.sum(axis=1), 1)
        if off.any():
            row = int(np.argmax(off))
            return f"Every row needs to sum to 1: on {one.case} row {row} sums to {one.mine[row].sum():.4g}."


def _shape(tried):
    for one in tried:
        if one.mine.shape != one.right.shape:
            each = "".join(f", one for each {word}" for word in _each(tried)[:1] if one.right.ndim == 1)
            return f"On {one.case} the answer is {size_in_words(one.mine.shape)}, but needs to be {size_in_words(one.right.shape)}{each}."


def _each(tried):
    """What the entries of the right list stand for: the rows or columns of an argument."""
    words = []
    for name in tried[0].given:
        for axis, word in ((0, "row of {}"), (1, "column of {}")):
            arrays = [_array(one.given[name]) for one in tried]
            if all(
                a is not None and a.ndim == 2 and one.right.ndim and a.shape[axis] == len(one.right)
                for a, one in zip(arrays, tried)
            ):
                words.append(word.format(name))
    return words


def _not_finite(tried):
    for one in tried:
        strange = ~np.isfinite(one.mine) & np.isfinite(one.right)
        if strange.any():
            place = tuple(int(index) for index in np.argwhere(strange)[0])
            kind = "nan" if np.isnan(one.mine[place]) else "infinite"
            why = (
                "is there 0 / 0, 0 · inf, or the log or root of a negative number"
                if kind == "nan"
                else "is there a division by 0, a log of 0, or an exponential of a large number"
            )
            where = f"the number at {list(place)}" if place else "the answer"
            inputs = "".join(f", where {name} is {float(array[place]):.4g}" for name, value in one.given.items()
                             if (array := _array(value)) is not None and array.shape == one.right.shape)  # fmt: skip
            return f"On {one.case} {where} is {kind}{inputs}: {why}?"


def _whole(tried):
    if any(one.mine.shape != one.right.shape for one in tried):
        return None
    mine, right = (np.concatenate([numbers.ravel() for numbers in each]) for each in zip(*(one[2:] for one in tried)))
    if len(mine) > 2 and np.array_equal(mine, np.round(mine)) and np.mean(right != np.round(right)) > 0.5:
        return (
            "Every number that came back is whole, and most of the right ones are not: is there an array of whole "
            f"numbers (dtype=int), a // or a yes or no in between? {first_difference(tried)}"
        )


# Right, except …

_IN_PART = [
    ("in the first {one}", lambda r: _at(r, 0)),
    ("in the last {one}", lambda r: _at(r, -1)),
    ("in the first and the last {one}", lambda r: _at(r, 0, -1)),
    ("in all {ones} but the first", lambda r: ~_at(r, 0)),
    ("in all {ones} but the last", lambda r: ~_at(r, -1)),
    ("in the first column", lambda r: _at(r.T, 0).T),
    ("in the last column", lambda r: _at(r.T, -1).T),
    ("in all columns but the first", lambda r: ~_at(r.T, 0).T),
    ("in all columns but the last", lambda r: ~_at(r.T, -1).T),
    ("on the diagonal", lambda r: np.eye(*r.shape, dtype=bool)),
    ("off the diagonal", lambda r: ~np.eye(*r.shape, dtype=bool)),
    ("above the diagonal", lambda r: np.triu(np.ones(r.shape, dtype=bool), 1)),
    ("below the diagonal", lambda r: np.tril(np.ones(r.shape, dtype=bool), -1)),
    ("where the answer is 0", lambda r: r == 0),
    ("where the answer is not 0", lambda r: r != 0),
    ("where the answer is positive", lambda r: r > 0),
    ("where the answer is negative", lambda r: r < 0),
    ("where the answer is above 1", lambda r: r > 1),
]  # fmt: skip

_OF_THE_INPUT = [
    ("where {p} is 0", lambda v: v == 0),
    ("where {p} is negative", lambda v: v < 0),
    ("where {p} is positive", lambda v: v > 0),
    ("where {p} is not 0", lambda v: v != 0),
    ("where {p} is negative or 0", lambda v: v <= 0),
    ("where {p} is positive or 0", lambda v: v >= 0),
    ("where {p} is above 1", lambda v: v > 1),
    ("where {p} is not a whole number", lambda v: v != np.round(v)),
]  # fmt: skip


def _at(right, *places):
    mask = np.zeros(right.shape, dtype=bool)
    mask[list(places)] = True
    return mask


def _in_part(tried):
    """Right in some entries or cases, and wrong exactly where something can be named."""
    if any(one.mine.shape != one.right.shape for one in tried):
        return None
    wrong = [_wrong(one) for one in tried]
    n_wrong, n_all = sum(int(mask.sum()) for mask in wrong), sum(mask.size for mask in wrong)
    if n_wrong < n_all:
        for where, masks in _places(tried):
            if all(np.array_equal(mask, other) for mask, other in zip(wrong, masks)) and (
                n_wrong > 1 or "is 0" in where
            ):
                return f"It is wrong {where}, and right elsewhere. {first_difference(tried)}"
        cases = sum(bool(mask.any()) for mask in wrong)
        if cases <= len(tried) / 2:
            return f"Right in {len(tried) - cases} of {_count(len(tried), 'case')}. {first_difference(tried)}"


def _places(tried):
    one = tried[0]
    noun = "row" if one.right.ndim > 1 else "number"
    for where, mask in _IN_PART:
        try:
            yield where.format(one=noun, ones=noun + "s"), [mask(one.right) for one in tried]
        except (IndexError, TypeError, ValueError):
            continue
    for name in one.given:
        arrays = [_array(one.given[name]) for one in tried]
        if any(array is None for array in arrays):
            continue
        for where, condition in _OF_THE_INPUT:
            if all(array.shape in ((), one.right.shape) for array, one in zip(arrays, tried)):
                yield (
                    where.format(p=name),
                    [np.broadcast_to(condition(a), one.right.shape) for a, one in zip(arrays, tried)],
                )
