"""One factor between all the learner's numbers and the right ones: a constant, or a number that each case tells."""

import itertools
import math

import numpy as np

from lessons_lib.exercises.comparing import as_array

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


def factor(tried, of_the_cases):
    """The sentence for one factor between all the numbers; of_the_cases: what `factors_of` the cases returned."""
    ratios = np.array([ratio_of(one) for one in tried])  # nan where all is 0
    known = ~np.isnan(ratios)
    if not known.any() or not np.isfinite(ratios[known]).all() or np.allclose(ratios[known], 1, rtol=1e-4):
        return None
    if not np.allclose(ratios[known], ratios[known][0], rtol=1e-5, atol=0):
        return _factor_of_the_case(ratios, known, *of_the_cases)
    return _constant_factor(float(ratios[known][0]), tried)


def ratio_of(one):
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
        part = math.isclose(1 / ratio, round(1 / ratio), rel_tol=1e-5) and abs(ratio) < 1
        times = f"1/{round(1 / ratio)} of" if part else f"{ratio:.4g} times"
        return f"Every number is {times} the right one: which factor is too many, or missing?".replace("-", "−")


def _factor_of_the_case(ratios, known, sentences, values):
    """The sentence for the first row of values (n_sentences, n_cases) that is the ratios, or minus these."""
    for sign, told in ((1, "This"), (-1, "The sign is flipped, and this")):
        fits = np.abs(values - sign * ratios)[:, known] <= 1e-5 * np.abs(ratios[known])
        for place in np.flatnonzero(fits.all(axis=1))[:1]:
            return f"{told} {sentences[place]}"


def factors_of(tried, plain=False):
    """(sentences, values (n_sentences, n_cases)): the factors that cases could tell, such as their numbers of rows.

    plain: only these numbers themselves, not their squares, roots, quotients and neighbours.
    """
    cases = [_quantities(one.given) for one in tried]
    quantities = {name: np.array([case.get(name, np.nan) for case in cases], dtype=float) for name in cases[0]}
    factors = []
    for (text, way), (name, q) in itertools.product(_WAYS_OF_A_QUANTITY[: 1 if plain else None], quantities.items()):
        text = text.format(q=name)
        factors += [
            (f"is the answer times {text}: divide by it, or leave that factor out.", way(q)),
            (f"is the answer divided by {text}: that factor is missing, or the division is one too many.", 1 / way(q)),
        ]
    if not plain:
        factors += _quotients(quantities)
    told = [(sentence, values) for sentence, values in factors if np.ptp(values) > 1e-9]  # a constant tells nothing
    return [sentence for sentence, _ in told], np.array([values for _, values in told]).reshape(-1, len(tried))


def _quotients(quantities):
    for (name, q), (other, p) in itertools.permutations(quantities.items(), 2):
        yield f"is the answer times {name} and divided by {other}: is the one taken where the other is meant?", q / p
    for (name, q), (less, text) in itertools.product(quantities.items(), ((1, "− 1"), (-1, "+ 1"))):
        yield f"is the answer with {name} {text} as the divisor: divide by {name} itself.", q / (q - less)
        yield f"is the answer times ({name} {text}) / {name}: is one left out, or counted twice?", (q - less) / q


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
        array = as_array(value)
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
        array = as_array(value)
        if array is not None and array.ndim:
            found[f"the sum of {name}"] = float(array.sum())
            found[f"the largest of {name}"] = float(array.max())
            found[f"the number of entries above 0 in {name}"] = int((array > 0).sum())
    return found
