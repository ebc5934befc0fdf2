"""The one change that makes a learner's own function right: found however the function is written, and only if it does."""

import sys
import threading

import numpy as np
import pytest

from lessons_lib.exercises.checking import Exercise
from lessons_lib.exercises.linear_regression import check_gradient, check_predict, check_train
from lessons_lib.exercises.logistic_regression import check_sigmoid
from lessons_lib.exercises.repairs import repair
from lessons_lib.maths.linear_regression import gradient, predict


def other_order(w, X):
    return [sum(X[j][i] * w[j] for j in range(len(w))) for i in range(len(X))]


def swapped_call(w, X):
    prices = predict(X, w)
    return prices


def line_too_many(w, X, y):
    residual = X @ w - y
    residual -= residual.mean()
    return X.T @ residual / len(y)


def every_second(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(0, n_steps, 2):
        w = w - learning_rate * gradient(w, X, y)
    return w


def zero_left_out(z):
    numbers = []
    for each in z:
        if each > 0:
            numbers.append(1 / (1 + np.exp(-each)))
        if each < 0:
            numbers.append(np.exp(each) / (1 + np.exp(each)))
    return numbers


def added_up_too_early(w, X, y):
    total = np.zeros(len(w))
    for flat, price in zip(X, y):
        total = (flat @ w - price) * flat / len(y)
    return total


def total_never_anew(w, X):
    prices, total = [], 0
    total = 0
    for flat in X:
        for number, weight in zip(flat, w):
            total += number * weight
        prices.append(total)
    return prices


def total_always_anew(w, X, y):
    for flat, price in zip(X, y):
        total = np.zeros(len(w))
        total += (flat @ w - price) * flat
    return total / len(y)


def divided_in_the_loop(w, X, y):
    total = np.zeros(len(w))
    for flat, price in zip(X, y):
        total += (flat @ w - price) * flat
        total /= len(y)
    return total


def appended_after_the_loop(w, X):
    prices = []
    for flat in X:
        price = flat @ w
    prices.append(price)
    return prices


def only_where_positive(z):
    z = np.asarray(z)
    if z.min() > 0:
        return 1 / (1 + np.exp(-z))
    return 0 * z


@pytest.mark.parametrize(
    "check, answer, words",
    [
        (check_gradient, divided_in_the_loop, "“total /= len(y)” after “for flat, price in zip(X, y):”"),
        (check_sigmoid, only_where_positive, "what belongs to “if z.min() > 0:” always, without the if"),
        (check_predict, other_order, "“X[i][j] * w[j]” in the place of “X[j][i] * w[j]”"),
        (check_predict, swapped_call, "“predict(w, X)” in the place of “predict(X, w)”"),
        (check_gradient, line_too_many, "without the line “residual -= residual.mean()”"),
        (check_train, every_second, "“range(0, n_steps)” in the place of “range(0, n_steps, 2)”"),
        (check_sigmoid, zero_left_out, "“each >= 0” in the place of “each > 0”"),
    ],
)
def test_one_change_of_the_learners_own_code_is_named(check, answer, words):
    assert words in check(answer).message
    verdicts = []
    thread = threading.Thread(target=lambda: verdicts.append(check(answer).message))
    thread.start()
    thread.join()
    assert verdicts == [check(answer).message]


def right_for(f, *cases):
    return lambda changed: all(np.array_equal(changed(*case), f(*case)) for case in cases)


def test_a_line_that_should_add_up_is_found():
    is_right = right_for(gradient, (np.ones(2), np.array([[1.0, 2.0], [3.0, 5.0]]), np.ones(2)))
    assert "“total += " in repair(added_up_too_early, is_right)


def test_a_lambda_in_a_longer_line_is_found_too():
    pair = (lambda a, b: a * b - 1, "text")
    assert repair(pair[0], right_for(lambda a, b: a * b, (2, 3), (4, 5))) == (
        "One change makes it right: “a * b” in the place of “a * b - 1”."
    )


def test_a_lambda_that_calls_what_its_file_imports_is_found_too():
    """Python 3.11 compiles np.sqrt(a) in another way where the same file imports np."""
    root = (lambda a, b: np.sqrt(a + 1) * b, "text")
    assert "in the place of “np.sqrt(a + 1)”" in repair(root[0], right_for(lambda a, b: np.sqrt(a) * b, (2, 3), (4, 5)))


def test_a_lambda_with_a_default_is_found_too():
    minus = lambda a, b, c=(): a * b - 1  # noqa: E731
    assert "“a * b” in the place of “a * b - 1”" in repair(minus, right_for(lambda a, b: a * b, (2, 3), (4, 5)))


PRICES = right_for(predict, (np.ones(2), np.array([[1.0, 2.0], [3.0, 5.0]])))
SLOPES = right_for(gradient, (np.ones(2), np.array([[1.0, 2.0], [3.0, 5.0]]), np.ones(2)))


@pytest.mark.parametrize(
    "answer, is_right, words",
    [
        (total_never_anew, PRICES, "“total = 0” inside “for flat in X:”, at its beginning"),
        (total_always_anew, SLOPES, "“total = np.zeros(len(w))” before “for flat, price in zip(X, y):”, not inside"),
        (appended_after_the_loop, PRICES, "“prices.append(price)” inside “for flat in X:”, at its end"),
    ],
)
def test_a_line_that_stands_at_the_wrong_depth_is_found(answer, is_right, words):
    assert words in repair(answer, is_right)


def first_weight_set_to_0(w, X):
    kept = w.copy()
    kept[0] = 0
    return X @ kept


def test_a_change_that_spoils_the_arguments_is_no_repair():
    """w[0] = 0 in the place of kept[0] = 0 gives the right numbers, too, and spoils w."""
    cases = [("two weights", (np.array([7.0, 5.0]), np.array([[1.0, 2.0], [3.0, 5.0]])))]
    check = Exercise(predict, cases, [""], [])
    assert "“X @ w” in the place of “X @ kept”" in check(first_weight_set_to_0).message


def test_an_answer_that_leaves_python_is_no_repair():
    def leaves(a, b):
        sys.exit(3)

    assert repair(leaves, right_for(lambda a, b: a * b, (2, 3))) is None


def test_what_one_change_does_not_make_right_gets_no_sentence():
    def far_off(a, b):
        return a + b

    assert repair(far_off, right_for(lambda a, b: a**b + 7, (2, 3), (4, 5))) is None
    assert repair(np.sum, lambda changed: True) is None
    assert repair(len, lambda changed: True) is None


def test_a_change_that_never_ends_is_given_up():
    def goes_through(n, path):
        for _ in n:
            path.append(1)
        return path

    def catches(n, path):
        try:
            return path
        except ValueError:
            return n

    assert repair(goes_through, lambda changed: changed([1], [1]) is None) is None
    assert repair(catches, lambda changed: True) is None
