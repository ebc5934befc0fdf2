"""Exceptions and answers of a wrong kind are told in words that say what to change."""

import importlib
import math
import operator

import numpy as np
import pytest

from lessons_lib.exercises.errors import error_in_words, kind_in_words
from lessons_lib.exercises.reading import has_dots, swapped_parameters, unkept_line, unused_parameter, why_none

X = np.arange(15.0).reshape(5, 3)
w = np.ones(3)
y = np.ones(5)


def helper(z):
    print(z, end="")


def put_into(number):
    number[0] = 1


ERRORS = {
    "broadcast": (lambda X, w, y: X * y, "The two sides have shape (5,3) and (5,). Here X has shape (5, 3), y has shape (5,)"),
    "list += array": (lambda X, w, y: operator.iadd([], w), "append(…) puts the array at the end"),
    "matmul": (lambda X, w, y: X @ y, "for A @ B the last axis of A needs to be as long as the first of B. Here X has shape (5, 3), y has shape (5,)"),
    "dot": (lambda X, w, y: np.dot(X, y), "Is a transpose .T missing"),
    "@ of a number": (lambda X, w, y: X @ 2.0, "one side is a single number"),
    "@ of numbers": (lambda X, w, y: 2.0 @ 3.0, "use * for these"),
    "truth value": (lambda X, w, y: 1 if w > 0 else 0, "one yes or no is asked for"),
    "double comparison": (lambda X, w, y: np.mean(y >= 0.5 == y), "put brackets around the first"),
    "math.exp": (lambda X, w, y: math.exp(w), "np.exp, np.log, np.sqrt … work on arrays"),
    "^": (lambda X, w, y: w ^ 2, "a power is **"),
    "^ of floats": (lambda X, w, y: 2.0 ^ 2, "a power is **"),
    "index with a float": (lambda X, w, y: w[len(w) / 3], "an index needs to be a whole number"),
    "list with a float": (lambda X, w, y: list(w)[1.0], "an index needs to be a whole number"),
    "list with a pair": (lambda X, w, y: list(X)[0, 0], "a list of lists takes [i][j]"),
    "past the end": (lambda X, w, y: w[3], "index 3 is asked for along an axis with 3 places"),
    "past a list's end": (lambda X, w, y: [1][1], "goes beyond the end"),
    "too many indices": (lambda X, w, y: w[0, 0], "2 indices for an array with 1 axes"),
    "float range": (lambda X, w, y: [i for i in range(3.0)], "a whole number is needed here"),
    "in place": (lambda X, w, y: np.subtract(np.arange(3), 0.5, out=np.arange(3)), "an array of whole numbers cannot take fractions"),
    "None": (lambda X, w, y: helper(w) * 2, "something is None here"),
    "unknown name": (lambda X, w, y: exp(w), "exp is not known here. np.exp(…) may be meant."),  # noqa: F821
    "misspelled": (lambda X, w, y: np.sum(weigths) if (weights := w) is not None else weights, "weigths is not known here. weights may be meant."),  # noqa: F821
    "np.ln": (lambda X, w, y: np.ln(w), "the natural logarithm is np.log"),
    "no such function": (lambda X, w, y: np.matmull(X, w), "np.matmul may be meant"),
    "array.append": (lambda X, w, y: w.append(1), "an array has no append"),
    "list.shape": (lambda X, w, y: [1, 2].shape, "a list has no .shape: np.array"),
    "called number": (lambda X, w, y: w(2), "is a * missing"),
    "number's length": (lambda X, w, y: len(2.0), "len asks how many"),
    "loop over a number": (lambda X, w, y: [i for i in 3], "for i in range(n)"),
    "list times list": (lambda X, w, y: [1.0] * 1.5, "do not compute with a list number by number"),
    "list minus list": (lambda X, w, y: [1.0] - [2.0], "do not compute with a list number by number"),
    "axis": (lambda X, w, y: w.sum(axis=1), "axis=1 is asked for, but the array has 1 of them"),
    "reshape": (lambda X, w, y: X.reshape(4, -1), "15 numbers do not fill the shape (4, -1)"),
    "singular": (lambda X, w, y: np.linalg.inv(np.zeros((2, 2))), "has no inverse"),
    "not square": (lambda X, w, y: np.linalg.inv(X), "a square table"),
    "log of 0": (lambda X, w, y: math.log(0), "the log of 0"),
    "by 0": (lambda X, w, y: 1 / 0, "divided by 0"),
    "too large": (lambda X, w, y: math.exp(1e4), "grows too large"),
    "text": (lambda X, w, y: float("two"), "a text stands where a number is needed"),
    "another library": (lambda X, w, y: importlib.import_module("torchh"), "torchh is not at hand here, and not needed"),
    "another library's method": (lambda X, w, y: X.masked_fill(y, 0), "an array has no .masked_fill, as another library's may have"),
    "a number of numpy": (lambda X, w, y: w * inf, "inf is not known here. np.inf may be meant."),  # noqa: F821
    "a function of one's own": (lambda X, w, y: relu(w), "relu is not known here. Is it a function of your own"),  # noqa: F821
    "a function squared": (lambda X, w, y: np.tanh**2, "a function stands where its value is needed"),
    "largest of nothing": (lambda X, w, y: w[:0].max(), "the maximum of nothing is asked for"),
    "where with two": (lambda X, w, y: np.where(w > 0, w), "np.where takes three things"),
    "text in an array": (lambda X, w, y: np.where(w > 0, "-inf", w).max(), "without quotes, such as -np.inf"),
    "three axes": (lambda X, w, y: X.transpose(0, 2, 1), "transpose is given another number of axes"),
    "not in the list": (lambda X, w, y: [1, 2].index(3), "the list does not have it: ask first"),
    "written into a number": (lambda X, w, y: put_into(np.float64(3)), "one number has no places [ ] to write into"),
    "too few": (lambda X, w, y: helper(), "too few arguments: "),
}  # fmt: skip


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_says_what_to_change(name):
    function, words = ERRORS[name]
    with pytest.raises(Exception) as caught:
        function(X, w, y)
    told = error_in_words(caught.value, function)
    assert words in told, told
    assert ", in the line “" in told


KINDS = {
    "generator": ((each for each in "ab"), "put list( ) around it"),
    "zip": (zip([1], [2]), "a zip, which has not paired anything yet"),
    "map": (map(abs, [1]), "a map"),
    "set": ({1, 2}, "make a list with [ ]"),
    "dictionary": ({1: 2}, "a dictionary: return its values"),
    "text": ("12", "a text: return the numbers themselves"),
    "texts": (np.array(["1", "2"]), "texts"),
    "function": (helper, "a function: call it"),
    "ragged": ([[1], [1, 2]], "whose parts differ: the first is a list of 1 number (shape (1,)), another a list of 2"),
    "None inside": ([1, None], "holds None"),
    "complex": (1j, "complex numbers"),
}


@pytest.mark.parametrize("name", KINDS)
def test_an_answer_of_a_wrong_kind_says_what_to_put_around_it(name):
    answer, words = KINDS[name]
    assert words in kind_in_words(answer)


def test_dots_are_found_where_code_is_missing_and_not_in_an_index():
    def a_value(X):
        P = ...
        return P

    def a_line(X):
        first = X[0]  # noqa: F841
        ...

    def an_index(X):
        return X[..., 0] + X[:, ..., None].sum()

    assert has_dots(a_value) and has_dots(a_line) and not has_dots(an_index)
    assert not has_dots(lambda X: X[..., 0]) and not has_dots(len)


def test_parameters_in_another_order_are_told_and_others_are_not():
    def right(w, X, y): ...

    assert "called with (w, X, y), but takes (X, w, y)" in swapped_parameters(lambda X, w, y: 0, right)
    assert swapped_parameters(lambda w, X, y: 0, right) is None
    assert swapped_parameters(lambda a, b, c: 0, right) is None


def test_a_parameter_that_the_reference_needs_and_nobody_reads_is_told():
    def right(w, b):
        return w + b

    def in_a_comprehension(w, b):
        return [w for _ in range(2) if b]

    assert unused_parameter(lambda u, v: u, right) == "It never uses v: what is v for?"
    assert unused_parameter(lambda u, v: (v, u), right) is None
    assert unused_parameter(in_a_comprehension, right) is None
    assert unused_parameter(lambda w, b: w, lambda w, b: w) is None
    assert unused_parameter(max, right) is None


def test_one_of_the_spare_parameters_is_enough():
    def right(upstream, output, z):
        return upstream * output

    spare = ("output", "z")
    assert unused_parameter(lambda upstream, output, z: upstream * z, right, spare) is None
    assert "never uses output" in unused_parameter(lambda upstream, output, z: upstream, right, spare)


def test_a_line_whose_value_nothing_keeps_is_told_and_one_that_acts_is_not():
    def product(w, X):
        scores = X @ w
        scores / 2
        return scores

    def question(w, X):
        w[0] == 1  # noqa: B015
        return X @ w

    def call(w, X):
        np.where(w > 0, w, 0)
        return X @ w

    def acts(w, X):
        """X w."""
        counts = w.copy()
        np.add.at(counts, [0], 1)
        np.matmul(X, w, out=counts)
        w.sort()
        print(w, end="")
        return counts

    assert "“scores = scores / 2” does" in unkept_line(product)
    assert "== compares" in unkept_line(question)
    assert "Nothing keeps what the line “np.where(w > 0, w, 0)” computes" in unkept_line(call)
    assert unkept_line(acts) is None and unkept_line(lambda w, X: X @ w) is None and unkept_line(len) is None


def test_why_a_function_returned_none():
    def prints(w):
        print(w)

    def appends(w):
        path = []
        return path.append(w)

    def one_way(w):
        if w > 0:
            return w

    def forgets(w):
        w = w + 1

    assert "print shows a value" in why_none(prints)
    assert "append changes the list" in why_none(appends)
    assert "every way through it" in why_none(one_way)
    assert "end it with return" in why_none(forgets)
