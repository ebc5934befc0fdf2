"""maths.logistic_regression against the slides' numbers, finite differences and scikit-learn."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from lessons_lib.data import pets
from lessons_lib.maths import logistic_regression as lo
from lessons_lib.maths.gradient_descent import descend, numerical_gradient
from lessons_lib.maths.linear_regression import add_intercept, standardise


def samples(seed, n=20, d=3):
    rng = np.random.default_rng(seed)
    return rng.normal(size=d), rng.normal(size=(n, d)), rng.integers(0, 2, size=n)


def test_the_slides_two_examples_are_in_bits():
    truth = [1, 0, 0, 0]
    assert lo.cross_entropy(truth, [0.25] * 4, base=2) == pytest.approx(2)
    assert lo.cross_entropy(truth, [0.91, 0.03, 0.03, 0.03], base=2) == pytest.approx(0.136, abs=5e-4)
    assert lo.cross_entropy(truth, [0.25] * 4) == pytest.approx(np.log(4))
    assert lo.cross_entropy([0, 1], [1, 0]) == np.inf
    assert lo.cross_entropy([0, 1], [0, 1]) == 0


@given(st.integers(0, 1000), st.integers(1, 30), st.integers(1, 5))
def test_gradients_are_the_slopes_of_their_losses(seed, n, d):
    w, X, y = samples(seed, n, d)
    t = 2 * y - 1
    for loss, gradient, labels in (
        (lo.loss, lo.gradient, y),
        (lo.margin_loss, lo.margin_gradient, t),
        (lo.squared_error, lo.squared_error_gradient, y),
    ):
        slopes = numerical_gradient(lambda v, loss=loss, labels=labels: loss(v, X, labels), w)
        assert gradient(w, X, labels) == pytest.approx(slopes, abs=1e-6)
    assert lo.loss(w, X, y) == pytest.approx(lo.margin_loss(w, X, t), rel=1e-12)
    p = lo.probability(w, X)
    by_hand = np.mean(-y * np.log(p) - (1 - y) * np.log(1 - p))
    assert lo.loss(w, X, y) == pytest.approx(by_hand, rel=1e-9)


def test_scores_of_ten_thousand_are_quiet_and_exact():
    X = np.array([[1e4], [-1e4]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert lo.sigmoid(np.array([-1e4, 0, 1e4])).tolist() == [0, 0.5, 1]
        assert lo.sigmoid(-700.0) == pytest.approx(np.exp(-700), rel=1e-10)
        assert lo.loss(np.ones(1), X, np.array([0, 1])) == 1e4
        assert lo.loss(np.ones(1), X, np.array([1, 0])) == 0
        assert lo.margin_loss(np.ones(1), X, np.array([-1, 1])) == 1e4
        assert np.isfinite(lo.gradient(np.ones(1), X, np.array([0, 1]))).all()
        assert np.isfinite(lo.margin_gradient(np.ones(1), X, np.array([-1, 1]))).all()
        assert np.isfinite(lo.loss(np.zeros(1), X, np.array([1, 1])))


def test_descent_finds_scikit_learns_weights_on_the_pets():
    animals = pets()
    Z = standardise(animals.X[:, [0, 2]].astype(float))[0]
    X, y = add_intercept(Z), animals.y
    w = descend(lambda v: lo.gradient(v, X, y), np.zeros(3), 2.0, 2000)[-1]
    oracle = LogisticRegression(C=np.inf, tol=1e-10, max_iter=10000).fit(Z, y)
    assert w == pytest.approx([*oracle.intercept_, *oracle.coef_[0]], abs=1e-4)
    assert lo.predict(w, X).tolist() == oracle.predict(Z).tolist()
    assert lo.probability(w, X) == pytest.approx(oracle.predict_proba(Z)[:, 1], abs=1e-4)


def test_decisions_at_the_border():
    X = np.array([[-1.0], [0.0], [1.0]])
    assert lo.predict(np.ones(1), X).tolist() == [0, 1, 1]
    assert lo.hard_threshold(np.ones(1), X, 0.0).tolist() == [0, 0, 1]


def test_separable_pets_make_the_weights_grow_and_nothing_blow_up():
    X, y = np.array([[1.0, 2.0], [1.0, -2.0]]), np.array([1, 0])
    path = descend(lambda v: lo.gradient(v, X, y), np.zeros(2), 10.0, 500)
    lengths = np.linalg.norm(path, axis=1)
    assert (np.diff(lengths) > 0).all() and np.isfinite(lengths).all()


@pytest.mark.parametrize(
    "w, X, y, words",
    [
        (np.zeros(2), np.zeros((4, 3)), np.zeros(4), "one weight per column"),
        (np.zeros(3), np.zeros((4, 3)), np.zeros(5), "one number per row"),
        (np.zeros(3), np.zeros((0, 3)), np.zeros(0), "at least one row"),
        (np.zeros(3), np.zeros((4, 3)), np.array([0, 1, 2, 1]), "every label needs to be 0 or 1"),
        (np.zeros(3), np.zeros((4, 3)), np.array([-1, 1, 1, 1]), "every label needs to be 0 or 1"),
    ],
)
def test_bad_input_gets_one_sentence(w, X, y, words):
    for call in (lo.loss, lo.gradient, lo.squared_error, lo.squared_error_gradient):
        with pytest.raises(ValueError, match=words):
            call(w, X, y)
    with pytest.raises(ValueError, match="-1 or 1|one weight|one number|one row"):
        lo.margin_loss(w, X, np.where(y == 1, 0, y))
    with pytest.raises(ValueError, match="same shape"):
        lo.cross_entropy([1, 0], [1, 0, 0])
    with pytest.raises(ValueError, match="sum to 1"):
        lo.cross_entropy([1, 0], [0.5, 0.6])
