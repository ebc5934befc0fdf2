"""A learner's numbers beside the right ones: when they agree, where they first differ, and how to say it."""

from typing import NamedTuple

import numpy as np


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


def all_close(pairs):
    """True when each of the pairs (mine, right) agrees."""
    return all(close(mine, right) for mine, right in pairs)


def wrong_entries(one):
    """True for each number that is not the right one; the two shapes agree."""
    size = np.abs(one.right[np.isfinite(one.right)]).max(initial=0.0)
    return ~np.isclose(one.mine, one.right, rtol=1e-6, atol=1e-9 * size + 1e-11, equal_nan=True)


def first_difference(tried):
    """The case and the first entry that is wrong, and how many there are."""
    one = next(one for one in tried if not close(one.mine, one.right))
    wrong = np.argwhere(wrong_entries(one))
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
        return f"a list of {count(shape[0], 'number')} (shape {shape})"
    if len(shape) == 2:
        return f"a table of {count(shape[0], 'row')} and {count(shape[1], 'column')} (shape {shape})"
    return f"an array of shape {shape}"


def count(number, noun):
    """1 row, 2 rows."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def as_array(value):
    """A number or an array as an array of floats; None for what is neither."""
    try:
        return np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        return None


def two_slips(first, second):
    """The sentence for one slip and another; the second may be ""."""
    if not second:
        return first
    return f"Two slips: {lower(first)} And then: {lower(second)}"


def lower(sentence):
    """The sentence as it goes on after a colon: names such as X, ReLU and Python keep their capitals."""
    first = sentence.split()[0].rstrip(",.:;")
    name = len(first) == 1 or not first.isalpha() or first[1:] != first[1:].lower() or first == "Python"
    return sentence if name else sentence[0].lower() + sentence[1:]
