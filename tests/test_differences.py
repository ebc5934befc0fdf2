"""What a check says of wrong numbers: each relation is named where it holds in all cases, and only there."""

import numpy as np
import pytest

from lessons_lib.exercises.comparing import Tried, close, size_in_words, two_numbers
from lessons_lib.exercises.differences import difference


def line(X, w):
    return X @ w


def _cases(seed=0):
    rng = np.random.default_rng(seed)
    return [{"X": rng.normal(size=(n, d)), "w": rng.normal(size=d)} for n, d in ((4, 2), (5, 3), (3, 3))]


def spread(X, w):
    """A table as the answer: each row of X, weighted."""
    return X * w


def total(X, w):
    """A number as the answer."""
    return float(np.sum((X @ w) ** 2))


def tried(mine, right, spoiled=False):
    """The cases with the answers of two functions; spoiled: the learner's last number differs from mine's."""
    found = []
    for place, given in enumerate(_cases()):
        answer = np.array(mine(**given), dtype=float)
        if spoiled and place == 2:
            answer.flat[-1] = 1.7 * answer.flat[-1] + 0.123
        found.append(Tried(f"case {place}", given, answer, np.asarray(right(**given), dtype=float)))
    return found


RELATED = {
    "minus": (lambda X, w: -line(X, w), line, "sign is flipped"),
    "twice": (lambda X, w: 2 * line(X, w), line, "Twice as large"),
    "half": (lambda X, w: line(X, w) / 2, line, "Half as large"),
    "base 2": (lambda X, w: line(X, w) / np.log(2), line, "base 2"),
    "per cent": (lambda X, w: 100 * line(X, w), line, "per cent"),
    "7 times": (lambda X, w: 7 * line(X, w), line, "7 times"),
    "minus twice": (lambda X, w: -2 * line(X, w), line, "sign is flipped, and there is a second slip"),
    "times n": (lambda X, w: len(X) * line(X, w), line, "times the number of rows of X"),
    "divided by d": (lambda X, w: line(X, w) / len(w), line, "divided by the number of columns of X"),
    "times n over d": (lambda X, w: line(X, w) * len(X) / len(w), line, "the number of rows of X and divided by"),
    "n − 1": (lambda X, w: line(X, w) * len(X) / (len(X) - 1), line, "the number of rows of X − 1 as the divisor"),
    "plus 1": (lambda X, w: line(X, w) + 1, line, "Off by one"),
    "minus 0.3": (lambda X, w: line(X, w) - 0.3, line, "0.3 too small"),
    "square": (lambda X, w: line(X, w) ** 2, line, "square of the answer"),
    "root": (lambda X, w: total(X, w) ** 0.5, total, "root of the answer"),
    "absolute": (lambda X, w: np.abs(line(X, w)), line, "absolute value"),
    "exponential": (lambda X, w: np.exp(line(X, w)), line, "e to the answer"),
    "logarithm": (lambda X, w: np.log(total(X, w)), total, "logarithm of the answer"),
    "upside down": (lambda X, w: 1 / line(X, w), line, "upside down"),
    "1 minus": (lambda X, w: 1 - line(X, w), line, "1 minus the answer"),
    "transposed": (lambda X, w: spread(X, w).T, spread, "Transposed"),
    "reversed": (lambda X, w: line(X, w)[::-1], line, "reverse order"),
    "shifted": (lambda X, w: np.roll(line(X, w), 1), line, "Shifted by one"),
    "first missing": (lambda X, w: line(X, w)[1:], line, "first number is missing"),
    "last row missing": (lambda X, w: spread(X, w)[:-1], spread, "last row is missing"),
    "last twice": (lambda X, w: np.append(line(X, w), line(X, w)[-1]), line, "last number comes twice"),
    "one too many": (lambda X, w: np.append(line(X, w), 5), line, "last number is one too many"),
    "sorted": (lambda X, w: np.sort(line(X, w)), line, "sorted"),
    "flattened": (lambda X, w: spread(X, w).ravel(), spread, "one long list"),
    "column": (lambda X, w: line(X, w)[:, None], line, "in a column, a table of 4 rows and 1 column"),
    "in brackets": (lambda X, w: [total(X, w)], total, "stands in a list"),
    "first only": (lambda X, w: line(X, w)[0], line, "Only the first number"),
    "added up": (lambda X, w: line(X, w).sum(), line, "added up to one number"),
    "mean": (lambda X, w: line(X, w).mean(), line, "mean of the right numbers"),
    "not added up": (lambda X, w: line(X, w) ** 2, total, "add them up to one number"),
    "rows not added up": (lambda X, w: X * w, line, "sum over the columns, axis=1"),
    "minus and transposed": (lambda X, w: -spread(X, w).T, spread, "Two slips: transposed"),
    "half and not added up": (lambda X, w: line(X, w) ** 2 / 2, total, "Two slips: these are the parts"),
    "an argument": (lambda X, w: X, spread, "This is X itself"),
    "one of them more": (lambda X, w: spread(X, w) + X, spread, "plus X"),
    "left out": (lambda X, w: X, lambda X, w: X + w, "X itself"),
    "exchanged": (lambda X, w: X @ np.abs(w), line, "as if w had no sign"),
    "backwards": (lambda X, w: X @ w[::-1], line, "in reverse order"),
    "rounded": (lambda X, w: np.round(line(X, w), 2), line, "rounded to 2 places"),
    "floored": (lambda X, w: np.floor(line(X, w)), line, "rounded down"),
    "nearly": (lambda X, w: line(X, w) + 1e-4 * np.sin(line(X, w) * 50), line, "Close, but not equal"),
    "cumulated": (lambda X, w: np.cumsum(line(X, w)), line, "summed up on the way"),
    "first row wrong": (lambda X, w: [9.0, *line(X, w)[1:]], line, "wrong in the first number, and right elsewhere"),
    "negative wrong": (lambda X, w: np.where(spread(X, w) < 0, 3 + X**2, spread(X, w)), spread, "wrong where the answer is negative"),
    "of the input": (lambda X, w: np.where(X < 0, 3 + X**2, spread(X, w)), spread, "wrong where X is negative"),
    "a shape": (lambda X, w: [1.0, 2, 3, 4, 5, 6, 7], line, "a list of 7 numbers (shape (7,)), but needs to be a list of 4 numbers (shape (4,)), one for each row of X"),
    "infinite": (lambda X, w: np.where(X == X.max(), np.inf, np.sin(X)), spread, "is infinite, where X is"),
    "constant": (lambda X, w: 0, total, "In every case it returns 0"),
}  # fmt: skip


@pytest.mark.parametrize("name", RELATED)
def test_a_relation_that_holds_in_every_case_is_named(name):
    mine, right, words = RELATED[name]
    assert words in difference(tried(mine, right), right)


# These tell of a single case, or of other numbers than the one that is spoiled.
LOCAL = {"a shape", "infinite", "first row wrong", "one too many", "negative wrong", "of the input"}


@pytest.mark.parametrize("name", sorted(set(RELATED) - LOCAL))
def test_a_relation_that_one_number_contradicts_is_not_named(name):
    mine, right, words = RELATED[name]
    assert words not in difference(tried(mine, right, spoiled=True), right)


def test_what_has_no_name_is_told_by_its_case_and_first_entry():
    sentence = difference(tried(lambda X, w: np.sin(X * 7) + w**2, spread), spread)
    X, w = _cases()[0].values()
    mine, right = two_numbers((np.sin(X * 7) + w**2)[0, 0], (X * w)[0, 0])
    assert (
        sentence
        == f"On case 0 the number at [0, 0] is {mine}, but the answer is {right} there. 8 of the 8 numbers differ."
    )


def test_rows_that_should_sum_to_one():
    table = np.array([[0.2, 0.3, 0.5], [0.1, 0.1, 0.8]])
    mine = np.array([[0.2, 0.3, 0.6], [0.3, 0.11, 0.8]])
    cases = [Tried("a table", {"u": 1.0}, mine, table), Tried("another", {"u": 2.0}, mine[::-1], table[::-1])]
    assert "Every row needs to sum to 1: on a table row 0 sums to 1.1." in difference(cases, lambda u: table)


def test_two_numbers_never_read_alike():
    assert (
        two_numbers(2.6945, 2.694532) == ["2.69450", "2.69453"]
        or two_numbers(2.6945, 2.694532)[0] != two_numbers(2.6945, 2.694532)[1]
    )
    assert two_numbers(-1.0, 2.0) == ["−1", "2"]


def test_sizes_as_a_beginner_says_them():
    assert size_in_words(()) == "one number"
    assert size_in_words((1,)) == "a list of 1 number (shape (1,))"
    assert size_in_words((5, 3)) == "a table of 5 rows and 3 columns (shape (5, 3))"
    assert size_in_words((5, 1)) == "a table of 5 rows and 1 column (shape (5, 1))"


def test_32_bits_are_enough_and_16_are_not():
    right = np.random.default_rng(1).normal(size=20)
    assert close(right.astype(np.float32), right)
    assert not close(right + 1e-5 * np.abs(right), right)
    assert not close(right.astype(np.float16), right)


def wave(m, v):
    """sin(m (v + 1)) − m."""
    return np.sin(m * (v + 1)) - m


def handed_on(m, v):
    return wave(m, v)


@pytest.mark.parametrize(
    "mine, words",
    [
        (lambda m, v: np.sin(m * (v + 2)) - m, "“m * (v + 2)” stood in it: 1 belongs in the place of 2"),
        (lambda m, v: np.sin(m / (v + 1)) - m, "* belongs in the place of /"),
        (lambda m, v: np.sin(m * (m + 1)) - m, "v belongs in the place of m"),
        (lambda m, v: m * (v + 1) - m, "np.sin(…) around it is missing"),
        (lambda m, v: np.sin(m * v + 1) - m, "brackets are missing around v + 1"),
        (lambda m, v: np.sin(m * v) - m, "“+ 1” is missing"),
        (lambda m, v: np.sin(v) + m * v, "but the answer is"),
    ],
)
@pytest.mark.parametrize("reference", [wave, handed_on])
def test_one_slip_in_the_right_function_is_named(reference, mine, words):
    given = [{"m": m, "v": v} for m, v in ((2.0, 3.0), (1.5, 0.7), (4.0, -2.0))]
    cases = [Tried(str(each), each, np.array(mine(**each)), np.array(reference(**each))) for each in given]
    assert words in difference(cases, reference)
