"""maths.linear_regression against the slides' numbers, finite differences and scikit-learn."""

import json
import re
import warnings

import numpy as np
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

from lessons_lib.data import apartments, athens_apartments
from lessons_lib.exercises.linear_regression import check_train, train
from lessons_lib.maths import linear_regression as lr
from lessons_lib.maths.gradient_descent import descend, numerical_gradient
from lessons_lib.scenes import linear_regression as scenes


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


def test_polynomial_features_are_scikit_learns():
    x = np.random.default_rng(0).uniform(-1, 1, 20)
    for degree in (0, 1, 4, 15):
        assert lr.polynomial_features(x, degree) == pytest.approx(PolynomialFeatures(degree).fit_transform(x[:, None]))
    with pytest.raises(ValueError, match="one number per sample"):
        lr.polynomial_features(x[:, None], 2)
    with pytest.raises(ValueError, match="whole number"):
        lr.polynomial_features(x, 1.5)


def test_more_degrees_never_raise_the_miss_on_what_was_learned_from():
    town = athens_apartments()
    x, y = (town.X[:, 0] - 90) / 60, town.y / 1000
    rows = np.flatnonzero((np.abs(x) < 1) & (y < 400))[:20]
    losses = []
    for degree in range(1, 16):
        X = lr.polynomial_features(x[rows], degree)
        losses.append(lr.loss(lr.ridge(X, y[rows], 0.0), X, y[rows]))
    assert (np.diff(losses) <= 1e-6 * losses[0]).all() and losses[-1] < losses[0] / 5


@pytest.mark.parametrize("weight_decay", [1e-3, 0.1, 10.0])
def test_ridge_is_scikit_learns_and_leaves_the_intercept_alone(weight_decay):
    _, X, y = samples(7, 30, 4)
    y = y + 100
    oracle = Ridge(alpha=len(y) * weight_decay).fit(X, y)
    w = lr.ridge(lr.add_intercept(X), y, weight_decay)
    assert w == pytest.approx(np.append(oracle.intercept_, oracle.coef_), rel=1e-8)
    without = Ridge(alpha=len(y) * weight_decay, fit_intercept=False).fit(X, y)
    assert lr.ridge(X, y, weight_decay) == pytest.approx(without.coef_, rel=1e-8)
    # However strong the decay: the intercept goes to the mean price, not to 0.
    assert lr.ridge(lr.add_intercept(X), y, 1e9) == pytest.approx([y.mean(), 0, 0, 0, 0], abs=1e-3)
    assert lr.ridge(X, y, 0.0) == pytest.approx(lr.least_squares(X, y))


@given(st.integers(0, 1000), st.floats(0, 10))
def test_ridge_gradient_is_the_slope_of_the_loss_with_its_penalty(seed, weight_decay):
    w, X, y = samples(seed)
    for table in (X, np.column_stack([np.ones(len(X)), X[:, 1:]])):
        kept = 1 if (table[:, 0] == 1).all() else 0
        slopes = numerical_gradient(lambda v: lr.loss(v, table, y) + weight_decay / 2 * v[kept:] @ v[kept:], w)
        assert lr.ridge_gradient(w, table, y, weight_decay) == pytest.approx(slopes, rel=1e-6, abs=1e-6)
        best = lr.ridge(table, y, weight_decay)
        assert lr.ridge_gradient(best, table, y, weight_decay) == pytest.approx(np.zeros(3), abs=1e-9)
    with pytest.raises(ValueError, match="0 or more"):
        lr.ridge_gradient(w, X, y, -1.0)


def test_log_likelihood_is_scipys_and_highest_at_least_squares():
    w, X, y = samples(8)
    for spread in (0.3, 1.0, 5.0):
        by_scipy = stats.norm.logpdf(y, loc=X @ w, scale=spread).sum()
        assert lr.log_likelihood(w, spread, X, y) == pytest.approx(by_scipy)
        slopes = numerical_gradient(lambda v, s=spread: lr.log_likelihood(v, s, X, y), lr.least_squares(X, y))
        assert slopes == pytest.approx(np.zeros(3), abs=1e-6)
    best = lr.least_squares(X, y)
    miss = scenes.typical_miss(best, X, y)
    by_spread = numerical_gradient(lambda s: lr.log_likelihood(best, float(s), X, y), miss)
    assert by_spread == pytest.approx(0, abs=1e-6)
    with pytest.raises(ValueError, match="above 0"):
        lr.log_likelihood(w, 0.0, X, y)


@pytest.mark.parametrize("degree", [1, 3, 6])
@pytest.mark.parametrize("n", [15, 60])
def test_bias_variance_and_noise_add_up_to_the_error_on_new_samples(degree, n):
    def truth(x):
        return np.tanh(3 * x)

    rng = np.random.default_rng(100 * degree + n)
    noise, new = 0.3, rng.uniform(-1, 1, 3000)
    curves = []
    for _ in range(60):
        x = rng.uniform(-1, 1, n)
        w = lr.least_squares(lr.polynomial_features(x, degree), truth(x) + rng.normal(0, noise, n))
        curves.append(lr.polynomial_features(new, degree) @ w)
    curves, y = np.array(curves), truth(new) + rng.normal(0, noise, len(new))
    bias, variance = lr.bias_and_variance(curves, truth(new))
    run = scenes._spread(degree, n, curves, truth(new), y, noise)
    assert (run.bias, run.variance, run.noise) == (bias, variance, noise**2)
    assert run.measured == pytest.approx(np.mean([(curve - y) ** 2 for curve in curves]))
    # The sum differs from what is measured by the new samples' own noise alone: 1.96 standard errors are stated.
    assert abs(run.measured - (bias + variance + noise**2)) < 1.8 * run.margin
    spread_of_noise = 2 * noise**2 * np.sqrt((curves.mean(axis=0) - truth(new)).var() / noise**2 + 0.5)
    assert run.margin == pytest.approx(1.96 * spread_of_noise / np.sqrt(len(new)), rel=0.15)
    # and without new noise it closes exactly
    assert bias + variance == pytest.approx(np.mean((curves - truth(new)) ** 2), rel=1e-12)


def test_agreement_is_told_by_the_question():
    path = np.array([[0.0, 0.0], [6.0, 4.0], [9.5, 9.2], [10.5, 10.0], [10.0, 10.0]])
    best = np.array([10.0, 10.0])
    words = [scenes.agreement_in_words(scenes.agreement(path, best, n, 1), 0.1, 1.7, "k€") for n in range(5)]
    assert words[0].startswith("Before the first step the farthest weight is 10 k€") and "from step 2 on" in words[1]
    assert words[2] == "After 2 steps they agree: no weight is farther than 0.8 k€ from least squares."
    short = scenes.agreement_in_words(scenes.agreement(path[:2], best, 1, 1), 0.1, 1.7, "k€")
    assert (
        short == "After 1 step the farthest weight is 6 k€ from least squares; 1 step will not do to agree within 1 k€."
    )
    above = scenes.agreement_in_words(scenes.agreement(path[:2], best, 1, 1), 1.8, 1.7, "k€")
    assert "never agree: the learning rate 1.8 is above the limit 1.7" in above
    huge = scenes.agreement(np.array([[0.0], [np.inf]]), best[:1], 1, 1)
    assert "too large" in scenes.agreement_in_words(huge, 5, 1.7, "k€")


def test_what_a_curve_and_its_parts_are_said_to_be():
    fit = scenes.Fit(3, 20, 700, 48.1, 66.3, 65.8)
    assert scenes.fit_in_words(fit, "k€") == (
        "Degree 3, learned from 20 flats: typical miss 48.1 k€ on these, 66.3 k€ on 700 others, "
        "where a line misses by 65.8: worse."
    )
    assert scenes.fit_in_words(fit._replace(on_others=60.0), "k€").endswith(": better.")
    assert scenes.fit_in_words(fit._replace(on_others=65.81), "k€").endswith(": the same.")
    assert scenes.fit_in_words(fit._replace(degree=1), "k€").endswith("on 700 others.")
    run = scenes.Spread(2, 15, 510.0, 143.0, 625.0, 1279.0, 23.0)
    assert "= 510 + 143 + 625 = 1,278; measured on new flats: 1,279 ± 23. Mostly noise." in scenes.spread_in_words(run)
    assert scenes.spread_in_words(run._replace(variance=700.0)).endswith("Mostly variance.")
    likely = "Log likelihood -5.590 per flat; mean square 4,225, "
    assert scenes.likely_in_words(-5.59, 65, 65, 65, "k€") == (
        f"{likely}the lowest, and the spread 65 k€ is the typical miss: nothing is likelier."
    )
    assert "too narrow" in scenes.likely_in_words(-6, 30, 65, 65, "k€")
    assert "too wide" in scenes.likely_in_words(-6, 90, 65, 65, "k€")
    assert "another line" in scenes.likely_in_words(-6, 65, 70, 65, "k€")


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


def test_the_code_example_on_the_page_is_the_exercises_own():
    cells = json.loads((ROOT / "notebooks" / "01_linear_regression.ipynb").read_text())["cells"]
    prose = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    page = {"np": np, "gradient": lr.gradient}
    exec(re.search(r"```python\n(.*?)```", prose, re.S)[1], page)
    _, X, y = samples(9)
    assert page["train"](X, y, 0.1, 20) == pytest.approx(train(X, y, 0.1, 20), rel=1e-12)
    assert check_train(page["train"]).status == "passed"
