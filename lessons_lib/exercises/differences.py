"""What relates a learner's wrong numbers to the right ones: one sentence that names what to change.

Every look below takes all the cases at once and returns its sentence, or None unless the relation holds in each of them.
"""

import copy
import functools

import numpy as np

from lessons_lib.exercises.alterations import other_questions, proportional
from lessons_lib.exercises.arrangements import arranged
from lessons_lib.exercises.comparing import (
    all_close,
    as_array,
    close,
    count,
    first_difference,
    size_in_words,
    two_slips,
    wrong_entries,
)
from lessons_lib.exercises.factors import factor, factors_of


def difference(tried, reference, mistakes=(), unused=None, repaired=lambda: None):
    """The sentence for wrong answers `tried` (a list of Tried) to what `reference` computes.

    mistakes: pairs (wrong function, sentence), for answers that are theirs but for a factor.
    unused: the sentence for a parameter that is never used, if there is one.
    repaired: a function without parameters; its sentence for a change of the learner's own code, or None.
    """
    # Twice infinite is infinite: where both are, nothing can be told, nor contradicted.
    tried = [one for one in tried if np.isfinite(one.right).all() or not close(one.mine, one.right)] or tried
    with np.errstate(all="ignore"):
        noun = _noun(tried[0], reference)
        one_factor, plain_factor, constant = (
            functools.partial(factor, of_the_cases=factors)
            for factors in (factors_of(tried), factors_of(tried, plain=True), ([], np.empty((0, len(tried)))))
        )
        others = functools.cache(lambda: proportional(tried, other_questions(tried, reference)))
        answers = ((told, lambda given, wrong=wrong: wrong(*given.values())) for wrong, told in mistakes)
        looks = (
            lambda: _empty(tried),
            lambda: _always_the_same(tried),
            lambda: _an_argument(tried),
            lambda: one_factor(tried),
            lambda: arranged(tried, noun, _same),
            lambda: _added(tried),
            lambda: _of_the_answer(tried),
            lambda: _rounded(tried),
            repaired,
            lambda: _told(others(), _same),
            lambda: unused,
            lambda: _nearly(tried),
            lambda: arranged(tried, noun, plain_factor),
            lambda: _told(others(), constant),
            lambda: _told(proportional(tried, answers), plain_factor),
            lambda: _sums(tried),
            lambda: _shape(tried),
            lambda: _not_finite(tried),
            lambda: _whole(tried),
            lambda: _filled_once(tried, noun),
            lambda: _in_part(tried, noun),
        )
        if len({float(value) for one in tried for value in one.right.flat}) == 1:  # one number agrees with too much
            looks = (looks[0], lambda: _shape(tried), lambda: _not_finite(tried))
        return next((sentence for look in looks if (sentence := look())), None) or first_difference(tried)


def _noun(one, reference):
    """What the right answer consists of."""
    if isinstance(reference(*copy.deepcopy(list(one.given.values()))), tuple):
        return "part"
    return "row" if one.right.ndim > 1 else "number"


def _told(others, further):
    """The first of the other answers (sentence, cases) that is the learner's, but for what `further` says."""
    for sentence, changed in others:
        if (more := further(changed)) is not None:
            return two_slips(sentence, more)


def _same(tried):
    """ "" when nothing is left to tell: the numbers agree."""
    return "" if all_close((one.mine, one.right) for one in tried) else None


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
        arrays = [as_array(one.given[name]) for one in tried]
        if all(array is not None for array in arrays) and all_close(zip((one.mine for one in tried), arrays)):
            return f"This is {name} itself, unchanged."


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
        parts = [as_array(one.given[name]) for one in tried]
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
        return all_close((rest, np.broadcast_to(part, rest.shape)) for rest, part in zip(rests, parts))
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
    ("Here everything is cut off at −1 and at 1: keep the numbers as they are.", lambda r: np.clip(r, -1, 1)),
    ("This is only the sign of the answer.", np.sign),
    ("Only whether it is above 0 came back: the number itself is asked for.", lambda r: r > 0),
    ("Only whether it is at least ½ came back: the number itself is asked for.", lambda r: r >= 0.5),
]  # fmt: skip


def _of_the_answer(tried):
    values = {f"{value:.6g}" for one in tried for value in one.right.flat}
    for sentence, change in _OF_THE_ANSWER + (_LESS_THAN_THE_ANSWER if len(values) > 5 else []):
        if all_close((one.mine, np.asarray(change(one.right), dtype=float)) for one in tried):
            return sentence


def _rounded(tried):
    if any(one.mine.shape != one.right.shape for one in tried):
        return None
    ways = [("rounded down: is there a // where / is meant, or an int()?", np.floor), ("rounded up", np.ceil),
            ("cut off after the point: is there an int()?", np.trunc)]  # fmt: skip
    ways += [
        (
            f"rounded to {count(d, 'place') + ' after the point' if d else 'whole numbers'}: leave the number as it is",
            lambda r, d=d: np.round(r, d),
        )
        for d in range(7)
    ]
    for how, change in ways:
        if all_close((one.mine, change(one.right)) for one in tried):
            return f"The numbers are {how}." if how[-1] != "?" else f"The numbers are {how}"


def _nearly(tried):
    """Off by less than a hundredth wherever it is wrong."""
    if any(one.mine.shape != one.right.shape for one in tried):
        return None
    offs = []
    for one in tried:
        wrong = wrong_entries(one)
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
            arrays = [as_array(one.given[name]) for one in tried]
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
            inputs = " and ".join(f"{name} is {float(array[place]):.4g}" for name, value in one.given.items()
                                  if (array := as_array(value)) is not None and array.shape == one.right.shape and _as_the_answer(tried, name))  # fmt: skip
            inputs = f", where {inputs}" if inputs else ""
            return f"On {one.case} {where} is {kind}{inputs}: {why}?"


def _as_the_answer(tried, name):
    """True where an argument has the shape of the answer in every case, and not by chance in one."""
    return all(np.shape(one.given[name]) == one.right.shape for one in tried)


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
    ("in the last row and the last column", lambda r: _at(r, -1) | _at(r.T, -1).T),
    ("in the first row and the first column", lambda r: _at(r, 0) | _at(r.T, 0).T),
    ("on the diagonal", lambda r: np.eye(*r.shape, dtype=bool)),
    ("off the diagonal", lambda r: ~np.eye(*r.shape, dtype=bool)),
    ("above the diagonal", lambda r: np.triu(np.ones(r.shape, dtype=bool), 1)),
    ("below the diagonal", lambda r: np.tril(np.ones(r.shape, dtype=bool), -1)),
    ("where the answer is 0", lambda r: r == 0),
    ("where the answer is positive", lambda r: r > 0),
    ("where the answer is negative", lambda r: r < 0),
    ("where the answer is above 1", lambda r: r > 1),
]  # fmt: skip

_OF_THE_INPUT = [
    ("where {p} is 0", lambda v: v == 0),
    ("where {p} is negative", lambda v: v < 0),
    ("where {p} is positive", lambda v: v > 0),
    ("where {p} is negative or 0", lambda v: v <= 0),
    ("where {p} is positive or 0", lambda v: v >= 0),
    ("where {p} is above 1", lambda v: v > 1),
    ("where {p} is not a whole number", lambda v: v != np.round(v)),
]  # fmt: skip


def _at(right, *places):
    mask = np.zeros(right.shape, dtype=bool)
    mask[list(places)] = True
    return mask


def _filled_once(tried, noun):
    """All but the first entry are 0, and should not be."""
    if any(one.mine.shape != one.right.shape or one.mine.ndim == 0 or len(one.mine) < 2 for one in tried):
        return None
    if all(one.mine[0].any() and not one.mine[1:].any() and one.right[1:].any() for one in tried):
        return f"All {noun}s but the first are 0: does the number of the place count up in the loop, and does the loop go on?"


def _in_part(tried, noun):
    """Right in some entries or cases, and wrong exactly where something can be named."""
    if any(one.mine.shape != one.right.shape for one in tried):
        return None
    wrong = [wrong_entries(one) for one in tried]
    n_wrong, n_all = sum(int(mask.sum()) for mask in wrong), sum(mask.size for mask in wrong)
    if n_wrong < n_all:
        for where, masks in _places(tried, noun):
            # A few numbers agree with too much: "where w is negative" needs some on either side.
            enough = 1 if "is 0" in where else min(n_wrong, n_all - n_wrong) > 2 if "where" in where else n_wrong > 1
            if "where" not in where and min(map(np.sum, wrong)) > 0:  # a 0 in the place of a 0 is right by chance
                masks = [mask & (off | (one.right != 0)) for mask, off, one in zip(masks, wrong, tried)]
            if enough and all(np.array_equal(mask, other) for mask, other in zip(wrong, masks)):
                return f"It is wrong {where}, and right elsewhere. {first_difference(tried)}"
        cases = sum(bool(mask.any()) for mask in wrong)
        if cases <= len(tried) / 2:
            return f"Right in {len(tried) - cases} of {count(len(tried), 'case')}. {first_difference(tried)}"


def _places(tried, noun):
    """(where, a mask of each case) of all that can be named."""
    for where, mask in _IN_PART:
        try:
            yield where.format(one=noun, ones=noun + "s"), [mask(one.right) for one in tried]
        except (IndexError, TypeError, ValueError):
            continue
    for name in tried[0].given:
        arrays = [as_array(one.given[name]) for one in tried]
        if any(array is None for array in arrays):
            continue
        for where, condition in _OF_THE_INPUT:
            if all(array.shape in ((), one.right.shape) for array, one in zip(arrays, tried)):
                yield (
                    where.format(p=name),
                    [np.broadcast_to(condition(a), one.right.shape) for a, one in zip(arrays, tried)],
                )
