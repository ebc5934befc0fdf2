"""maths.linear_regression against the slides' numbers, finite differences and scikit-learn."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LinearRegression
from sklearn.preprocessing import StandardScaler

from lessons_lib.data import apartments, athens_apartments
from lessons_lib.maths import linear_regression as lr
from lessons_lib.maths.gradient_descent import descend, numerical_gradient


def samples(seed, n=20, d=3):
    rng = np.random.default_rng(seed)
    return rng.normal(size=d), rng.normal(size=(n, d)), rng.normal(size=n)


def test_loss_and_gradient_by_hand():
    w, X, y = np.array([2.0, -1.0]), np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([1.0, 5.0])
    assert lr.predict(w, X).tolist() == [0.0, 2.0]
    assert lr.loss(w, X, y) == (1 + 9) / 4
    assert lr.gradient(w, X, y).tolist() == [(-1 * 1 + -3 * 3) / 2, (-1 * 2 + -3 * 4) / 2]


def test_the_slides_four_flats_determine_four_weights():
    flats = apartments()
    w = lr.least_squares(flats.X, flats.y)
    assert flats.X @ w == pytest.approx(flats.y)
    assert flats.unlabelled[0] @ w == pytest.approx(9541.67, abs=0.005)
    assert w[2] < 0


@given(st.integers(0, 1000), st.integers(1, 30), st.integers(1, 5))
def test_gradient_is_the_slope_of_the_loss(seed, n, d):
    w, X, y = samples(seed, n, d)
    slopes = numerical_gradient(lambda v: lr.loss(v, X, y), w)
    assert lr.gradient(w, X, y) == pytest.approx(slopes, rel=1e-6, abs=1e-7)
    assert lr.hessian(X) == pytest.approx(numerical_gradient(lambda v: lr.gradient(v, X, y), w), rel=1e-6, abs=1e-7)


@given(st.integers(0, 1000))
def test_bowl_is_the_same_loss_and_gradient(seed):
    w, X, y = samples(seed)
    loss, gradient = lr.bowl(X, y)
    assert loss(w) == pytest.approx(lr.loss(w, X, y))
    assert gradient(w) == pytest.approx(lr.gradient(w, X, y))


def test_least_squares_agrees_with_scikit_learn_on_real_flats_and_random_data():
    town = athens_apartments()
    for X, y in ((town.X, town.y), samples(3, 40, 6)[1:]):
        w = lr.least_squares(lr.add_intercept(X), y)
        oracle = LinearRegression().fit(X, y)
        assert w[0] == pytest.approx(oracle.intercept_, rel=1e-8)
        assert w[1:] == pytest.approx(oracle.coef_, rel=1e-8)


def test_least_squares_reaches_the_lowest_loss_where_columns_repeat():
    _, X, y = samples(4)
    twice = np.column_stack([X, X[:, 0], np.zeros(len(X))])
    assert lr.loss(lr.least_squares(twice, y), twice, y) == pytest.approx(lr.loss(lr.least_squares(X, y), X, y))


def test_both_losses_take_the_same_steps_when_the_rate_is_divided_by_n():
    _, X, y = samples(5)
    mean = descend(lambda w: lr.gradient(w, X, y), np.zeros(3), 0.3, 40)
    total = descend(lambda w: X.T @ (X @ w - y), np.zeros(3), 0.3 / len(y), 40)
    assert mean == pytest.approx(total, rel=1e-10)


def test_standardise_agrees_with_scikit_learn_and_survives_a_constant_column():
    X = athens_apartments().X
    Z, mean, scale = lr.standardise(X)
    assert pytest.approx(StandardScaler().fit_transform(X)) == Z
    assert Z * scale + mean == pytest.approx(X)
    assert lr.standardise(np.full((5, 1), 0.1))[0].tolist() == [[0.0]] * 5


def test_arguments_are_left_alone_and_overflow_is_quiet():
    w, X, y = samples(6)
    before = w.copy(), X.copy(), y.copy()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for call in (lr.loss, lr.gradient):
            call(w, X, y)
            call(w * 1e300, X * 1e300, y)
        lr.hessian(X * 1e300)
        lr.standardise(X)
        lr.add_intercept(X)
        lr.least_squares(X, y)
    assert all(np.array_equal(a, b) for a, b in zip(before, (w, X, y)))


@pytest.mark.parametrize(
    "w, X, y, words",
    [
        (np.zeros(2), np.zeros((4, 3)), np.zeros(4), "one weight per column"),
        (np.zeros(3), np.zeros((4, 3)), np.zeros(5), "one number per row"),
        (np.zeros(3), np.zeros((4, 3)), np.zeros((4, 1)), "one number per row"),
        (np.zeros(3), np.zeros((0, 3)), np.zeros(0), "at least one row"),
        (np.zeros(3), np.zeros(3), np.zeros(3), "shape"),
    ],
)
def test_bad_shapes_get_one_sentence(w, X, y, words):
    for call in (lr.loss, lr.gradient):
        with pytest.raises(ValueError, match=words):
            call(w, X, y)
