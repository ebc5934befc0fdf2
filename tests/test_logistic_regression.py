"""maths.logistic_regression against the slides' numbers, finite differences and scikit-learn."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import bernoulli
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_score, recall_score

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


@given(st.integers(0, 1000), st.integers(1, 40))
def test_the_log_likelihood_is_scipys_and_minus_n_times_the_cross_entropy(seed, n):
    rng = np.random.default_rng(seed)
    y, p, each = rng.integers(0, 2, n), rng.uniform(0.01, 0.99), rng.uniform(0.01, 0.99, n)
    for chance in (p, each):
        told = lo.log_likelihood(chance, y)
        assert told == pytest.approx(bernoulli.logpmf(y, chance).sum(), rel=1e-12)
        truth, model = np.column_stack([y, 1 - y]), np.broadcast_to(chance, n)
        entropies = lo.cross_entropy(truth.astype(float), np.column_stack([model, 1 - model]))
        assert told == pytest.approx(-n * entropies.mean(), rel=1e-12)
    w, X, y = samples(seed, n, 3)
    assert lo.loss(w, X, y) == pytest.approx(-lo.log_likelihood(lo.probability(w, X), y) / n, rel=1e-9, abs=1e-12)
    assert lo.log_likelihood(1.0, np.array([1, 0])) == -np.inf and lo.log_likelihood(1.0, np.array([1, 1])) == 0


def test_weight_decay_is_the_slope_of_its_penalty_and_finds_scikit_learns_weights():
    X, y = add_intercept(standardise(pets().X[:, [0, 2]].astype(float))[0]), pets().y
    w, decay = np.array([0.3, -1.0, 2.0]), 0.05
    slopes = numerical_gradient(lambda v: lo.loss(v, X, y) + decay / 2 * v[1:] @ v[1:], w)
    assert lo.decayed_gradient(w, X, y, decay) == pytest.approx(slopes, abs=1e-8)
    assert w.tolist() == [0.3, -1.0, 2.0], "w is left as it was"
    found = descend(lambda v: lo.decayed_gradient(v, X, y, decay), np.zeros(3), 2.0, 2000)[-1]
    oracle = LogisticRegression(C=1 / (decay * len(y)), tol=1e-10, max_iter=10000).fit(X[:, 1:], y)
    assert found == pytest.approx([*oracle.intercept_, *oracle.coef_[0]], abs=1e-5)


@given(st.integers(0, 1000), st.integers(2, 40))
def test_precision_and_recall_are_scikit_learns(seed, n):
    rng = np.random.default_rng(seed)
    called, y = rng.integers(0, 2, n), rng.integers(0, 2, n)
    for ours, theirs in ((lo.precision, precision_score), (lo.recall, recall_score)):
        assert ours(called, y) == pytest.approx(theirs(y, called, zero_division=np.nan), nan_ok=True)


@given(st.integers(0, 1000))
def test_the_network_of_one_unit_has_its_slopes_and_the_log_loss_is_convex(seed):
    rng = np.random.default_rng(seed)
    x, y, w = rng.normal(size=20), rng.integers(0, 2, 20), rng.normal(size=2)
    slopes = numerical_gradient(lambda v: lo.one_unit_loss(v, x, y), w)
    assert lo.one_unit_gradient(w, x, y) == pytest.approx(slopes, abs=1e-7)
    X, (a, b), share = add_intercept(x[:, None]), 5 * rng.normal(size=(2, 2)), rng.random()
    between = lo.loss(share * a + (1 - share) * b, X, y)
    assert between <= share * lo.loss(a, X, y) + (1 - share) * lo.loss(b, X, y) + 1e-12


def test_what_is_no_chance_or_no_label_gets_one_sentence():
    for p, y, words in ((0.5, np.array([0, 2]), "labels 0 and 1"), (np.array([0.5]), np.array([0, 1]), "as many"),
                        (1.2, np.array([0, 1]), "between 0 and 1"), (0.5, np.array([]), "at least one")):  # fmt: skip
        with pytest.raises(ValueError, match=words):
            lo.log_likelihood(p, y)


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
