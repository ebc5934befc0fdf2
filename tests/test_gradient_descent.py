"""maths.gradient_descent against hand-computed steps, calculus, SciPy and the theory of the limit."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import approx_fprime

from lessons_lib.maths import gradient_descent as gd


def bowl(curvatures):
    curvatures = np.asarray(curvatures, dtype=float)
    return lambda w: float(w @ (curvatures * w)) / 2, lambda w: curvatures * w


def test_slope_by_hand():
    assert gd.slope(lambda x: x**2, 3.0, 0.5) == 6.5
    with pytest.raises(ValueError, match="different from 0"):
        gd.slope(lambda x: x, 1.0, 0)


@given(st.integers(0, 1000), st.sampled_from([(3,), (2, 4), ()]))
def test_numerical_gradient_for_any_shape(seed, shape):
    rng = np.random.default_rng(seed)
    w, a = rng.normal(size=shape), rng.normal(size=shape)

    def f(v):
        return np.sum(a * np.sin(v))

    slopes = gd.numerical_gradient(f, w)
    assert slopes.shape == shape
    assert slopes == pytest.approx(a * np.cos(w), abs=1e-8)
    if len(shape) == 1:
        assert slopes == pytest.approx(approx_fprime(w, f), abs=1e-5)


def test_descend_by_hand():
    path = gd.descend(lambda w: 2 * w, np.array([4.0, -1.0]), 0.25, 2)
    assert path.tolist() == [[4.0, -1.0], [2.0, -0.5], [1.0, -0.25]]
    assert gd.descend(lambda w: 2 * w, 4.0, 0.25, 0).tolist() == [4.0]


def test_descend_until_stops_at_the_first_small_change():
    loss, gradient = bowl([1.0])
    path = gd.descend_until(loss, gradient, np.array([4.0]), 0.5, 0.1, 100)
    changes = np.abs(np.diff([loss(w) for w in path]))
    assert changes[-1] < 0.1 <= changes[:-1].min()
    assert len(gd.descend_until(loss, gradient, np.array([4.0]), 0.5, 0.0, 7)) == 8


def test_critical_learning_rate():
    assert gd.critical_learning_rate(np.diag([1.0, 10.0])) == pytest.approx(0.2)
    assert gd.critical_learning_rate(4.0) == 0.5
    assert gd.critical_learning_rate(np.diag([-1.0, 0.0])) == np.inf
    with pytest.raises(ValueError, match="square"):
        gd.critical_learning_rate(np.zeros((2, 3)))


@given(st.floats(-8, 8), st.integers(1, 4), st.integers(0, 99))
def test_below_the_limit_it_converges_and_above_it_diverges_at_any_scale(exponent, d, seed):
    curvatures = np.sort(np.random.default_rng(seed).uniform(0.5, 2, size=d)) * 10**exponent
    loss, gradient = bowl(curvatures)
    limit = gd.critical_learning_rate(np.diag(curvatures))
    for times, expected in ((0.98, "converged"), (1.02, "diverged")):
        path = gd.descend(gradient, np.ones(d), times * limit, 1000)
        assert gd.verdict(path, [loss(w) for w in path]) == expected


@pytest.mark.parametrize(
    "times, n_steps, expected",
    [(0.01, 100, "too slow"), (0.5, 100, "converged"), (1, 100, "converged"), (1.9, 20, "oscillating"),
     (1.9, 100, "converged"), (2.1, 100, "diverged"), (2.1, 20000, "diverged"), (1e9, 400, "diverged")],
)  # fmt: skip
def test_verdict_is_what_theory_says(times, n_steps, expected):
    loss, gradient = bowl([3.0])
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        path = gd.descend(gradient, np.array([5.0]), times / 3.0, n_steps)
        losses = [loss(w) for w in path]
        warnings.simplefilter("error")
        assert gd.verdict(path, losses) == expected


def test_verdict_at_the_edges():
    assert gd.verdict(np.zeros((1, 2)), [3.0]) == "too slow"
    assert gd.verdict(np.zeros((3, 2)), [3.0, 3.0, 3.0]) == "converged"
    assert gd.verdict(np.array([0, 1e200, 0, 1e200, 0.0]), [3.0, 2.0, 2.0, 2.0, 2.0]) == "oscillating"
    assert gd.verdict(np.array([0, 1e-200, 0, 1e-200, 0.0]), [3.0, 2.0, 2.0, 2.0, 2.0]) == "oscillating"
    assert gd.verdict(np.array([0.0, np.nan]), [3.0, 2.0]) == "diverged"
    assert gd.verdict(np.array([0.0, 1.0]), [3.0, np.inf]) == "diverged"
    with pytest.raises(ValueError, match="as many losses"):
        gd.verdict(np.zeros((3, 2)), [1.0])


def test_an_overflowing_run_is_quiet():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        path = gd.descend(lambda w: 100 * w**3, np.array([4.0]), 1.0, 50)
    assert not np.isfinite(path[-1]).all()


@pytest.mark.parametrize(
    "gradient, rate, steps, error, words",
    [
        (lambda w: None, 0.1, 3, TypeError, "returned None"),
        (lambda w: w[:1], 0.1, 3, ValueError, "one slope per parameter"),
        (lambda w: w, np.nan, 3, ValueError, "finite"),
        (lambda w: w, 0.1, -1, ValueError, "whole number"),
        (lambda w: w, 0.1, 2.5, ValueError, "whole number"),
    ],
)
def test_bad_knobs_get_one_sentence(gradient, rate, steps, error, words):
    with pytest.raises(error, match=words):
        gd.descend(gradient, np.ones(2), rate, steps)
    with pytest.raises(ValueError, match="tolerance"):
        gd.descend_until(np.sum, lambda w: w, np.ones(2), 0.1, -1.0, 3)
