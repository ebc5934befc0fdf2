"""maths.multiclass_classification against hand-computed values, finite differences, scikit-learn and K = 2."""

import warnings

import nbformat
import numpy as np
import pytest
from conftest import NOTEBOOKS
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import softmax as scipy_softmax
from scipy.stats import binom
from sklearn.linear_model import LogisticRegression

from lessons_lib.data import digits, penguins, split
from lessons_lib.maths import logistic_regression as lo
from lessons_lib.maths import multiclass_classification as mc
from lessons_lib.maths.gradient_descent import descend, numerical_gradient
from lessons_lib.maths.linear_regression import add_intercept, standardise
from lessons_lib.scenes import multiclass_classification as scenes


def samples(seed, n=12, d=3, classes=4):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(classes, d)), rng.normal(size=(n, d)), rng.integers(0, classes, size=n)


def test_by_hand():
    W, X = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]), np.array([[2.0, 3.0]])
    assert mc.scores(W, X).tolist() == [[2, 3, 5]]
    assert mc.predict(W, X).tolist() == [2]
    p = np.exp([2, 3, 5]) / np.exp([2, 3, 5]).sum()
    assert mc.softmax(np.array([2.0, 3.0, 5.0])) == pytest.approx(p)
    assert mc.loss(W, X, np.array([1])) == pytest.approx(-np.log(p[1]))


@given(st.integers(0, 1000), st.integers(1, 20), st.integers(1, 4), st.integers(2, 5))
def test_gradient_is_the_slope_of_the_loss(seed, n, d, classes):
    W, X, y = samples(seed, n, d, classes)
    slopes = numerical_gradient(lambda V: mc.loss(V, X, y), W)
    assert mc.gradient(W, X, y) == pytest.approx(slopes, abs=1e-6)
    assert mc.softmax(X @ W.T) == pytest.approx(scipy_softmax(X @ W.T, axis=-1))
    assert mc.softmax(X @ W.T + 7) == pytest.approx(mc.softmax(X @ W.T), rel=1e-9)


@given(st.integers(0, 1000))
def test_two_classes_are_logistic_regression(seed):
    W, X, y = samples(seed, classes=2)
    w = W[1] - W[0]
    assert mc.softmax(mc.scores(W, X))[:, 1] == pytest.approx(lo.probability(w, X), abs=1e-12)
    assert mc.loss(W, X, y) == pytest.approx(lo.loss(w, X, y), abs=1e-12)
    assert mc.gradient(W, X, y)[1] == pytest.approx(lo.gradient(w, X, y), abs=1e-12)


def test_scores_of_ten_thousand_are_quiet_and_exact():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert mc.softmax(np.array([1e4, -1e4, 0])).tolist() == [1, 0, 0]
        W, X = np.array([[1e4], [-1e4]]), np.ones((2, 1))
        assert mc.loss(W, X, np.array([1, 1])) == 2e4
        assert mc.loss(W, X, np.array([0, 0])) == 0
        assert np.isfinite(mc.gradient(W, X, np.array([0, 1]))).all()


def test_descent_finds_scikit_learns_loss_on_the_penguins():
    birds = penguins()
    Z = standardise(birds.X[:, [0, 2]])[0]
    X, y = add_intercept(Z), birds.y
    W = descend(lambda V: mc.gradient(V, X, y), np.zeros((3, 3)), 1.5, 12000)[-1]
    oracle = LogisticRegression(C=np.inf, tol=1e-10, max_iter=10000).fit(Z, y)
    theirs = np.column_stack([oracle.intercept_, oracle.coef_])
    assert mc.loss(W, X, y) == pytest.approx(mc.loss(theirs, X, y), abs=1e-4)
    # A vector added to every row of W changes no probability, so the rows are compared around their mean.
    assert W - W.mean(axis=0) == pytest.approx(theirs - theirs.mean(axis=0), abs=1e-4)
    assert np.array_equal(mc.predict(W, X), oracle.predict(Z))


def test_digits_reach_97_percent_on_a_random_split_and_less_by_writer():
    sheet = digits()
    X, y = add_intercept(sheet.X.reshape(len(sheet.X), -1)), sheet.y

    def accuracy(train, test):
        W = descend(lambda V: mc.gradient(V, X[train], y[train]), np.zeros((10, 65)), 1.0, 400)[-1]
        return np.mean(mc.predict(W, X[test]) == y[test])

    at_random = accuracy(*split(len(y), 0.2))
    by_writer = accuracy(np.arange(1438), np.arange(1438, 1797))
    assert at_random >= 0.97 > at_random - 0.02 > by_writer


@pytest.mark.parametrize(
    "n_models, n, p", [(1, 10, 0.5), (30, 100, 0.5), (1000, 100, 0.5), (200, 1000, 0.1), (7, 1, 0.3)]
)
def test_the_best_of_guessers_is_the_expected_maximum_of_binomials(n_models, n, p):
    k = np.arange(n + 1)
    largest = np.diff(np.append(0, binom.cdf(k, n, p) ** n_models))
    assert mc.best_of_guessers(n_models, n, p) == pytest.approx(k @ largest / n, abs=1e-9)
    assert mc.best_of_guessers(np.array([n_models, 1]), n, p)[1] == pytest.approx(p)
    seen = np.random.default_rng(0).binomial(n, p, (2000, n_models)).max(axis=1) / n
    assert seen.mean() == pytest.approx(mc.best_of_guessers(n_models, n, p), abs=4 * seen.std() / np.sqrt(2000) + 1e-9)


def test_the_margin_holds_19_of_20_test_sets():
    assert (1 - 3 / 68) ** 68 == pytest.approx(0.05, abs=0.005), "the share of 3 in n is missed by one in 20"
    for p, n in ((0.5, 100), (0.9, 359), (0.964, 359)):
        k = np.arange(n + 1)
        inside = np.abs(k / n - p) <= mc.margin(p, n)
        assert binom.pmf(k, n, p)[inside].sum() == pytest.approx(0.95, abs=0.02)


def test_samples_are_dealt_out_once_and_the_model_is_chosen_on_validation():
    X, y = np.arange(40.0).reshape(20, 2), np.arange(20)
    parts = mc.deal(X, y, 4, 5, np.random.default_rng(0))
    assert [len(part) for _, part in parts] == [11, 4, 5]
    assert sorted(np.concatenate([part for _, part in parts])) == list(range(20))
    assert all(np.array_equal(rows[:, 0], 2 * labels) for rows, labels in parts)
    assert mc.choose(np.array([1.0, 0.7]), np.array([0.6, 0.7]), np.array([0.9, 0.65])) == (1, 0.65)


def test_up_to_the_stated_learning_rate_no_step_raises_the_loss_of_the_digits():
    sheet = digits()
    X, y = add_intercept(sheet.X.reshape(len(sheet.X), -1))[:300], sheet.y[:300]
    limit = scenes.never_rises(X)
    rng = np.random.default_rng(1)
    for scale in (0, 0.1, 1, 10):  # from the start, and from anywhere
        path = descend(lambda W: mc.gradient(W, X, y), scale * rng.normal(size=(10, 65)), limit, 30)
        assert (np.diff([mc.loss(W, X, y) for W in path]) <= 1e-12).all()
    for k in range(20):  # the reason: ½ bounds the eigenvalues of diag(p) − ppᵀ
        p = mc.softmax(rng.normal(scale=3, size=5))
        assert np.linalg.eigvalsh(np.diag(p) - np.outer(p, p))[-1] <= 0.5


@pytest.mark.parametrize(
    "W, X, y, words",
    [
        (np.zeros((3, 2)), np.zeros((4, 3)), np.zeros(4, int), "one column per column"),
        (np.zeros((3, 3)), np.zeros((4, 3)), np.zeros(5, int), "one number per row"),
        (np.zeros((3, 3)), np.zeros((0, 3)), np.zeros(0, int), "at least one row"),
        (np.zeros((3, 3)), np.zeros((4, 3)), np.array([0, 1, 2, 3]), "from 0 to 2"),
        (np.zeros((3, 3)), np.zeros((4, 3)), np.array([-1, 1, 2, 0]), "from 0 to 2"),
        (np.zeros((3, 3)), np.zeros((4, 3)), np.array([0.5, 1, 2, 0]), "whole number"),
    ],
)
def test_bad_input_gets_one_sentence(W, X, y, words):
    for call in (mc.loss, mc.gradient):
        with pytest.raises(ValueError, match=words):
            call(W, X, y)


def test_what_is_said_of_many_classes_is_true_of_plain_numbers():
    tie = scenes._probabilities_told(("cat", "dog", "ship"), np.array([2.0, 2.0, -0.0]), np.array([0.5, 0.5, 0.0]), 1.0)
    assert "Scores 2, 2, 0 at temperature 1" in tie and tie.endswith("Equally large: cat and dog.")
    run = scenes._Digits(step=3, loss=1.5, rises=1, n=(500, 359), right=(0.9, 0.8))
    assert scenes._digits_told(run, 0.3, 0.35).endswith("at most 0.35: no step can raise the loss.")
    assert scenes._digits_told(run, 0.4, 0.35).endswith("so a step may raise the loss: 1 of 3 steps did.")
    assert scenes._digits_told(run._replace(rises=0), 0.4, 0.35).endswith("none did so far.")
    assert scenes._swing(np.array([3, 1.0, 2.0, 1.0])) == (1, 2) and scenes._swing(np.array([3, 2.0, 1.0, 0.5])) is None
    assert scenes._regions_told(9, 0.2, 300, 342, None, 39.36, 39.37).count("39.36") == 1
    swings = scenes._regions_told(9, 0.2, 300, 342, (0.129, 0.154), 100, 39.4)
    assert swings.endswith("it cannot settle there and swings between 0.129 and 0.154 nats.")
    assert scenes._peeking_told(1, 10, 0.4, 0.5, 0.31).startswith("1 model that guesses has 40.0% of 10")
    counts = np.array([[3, 1], [1, 3]])
    told = scenes._confusion_told(counts, counts - 3 * np.eye(2, dtype=int), ("a", "b"))
    assert told == "6 of 8 are right, on the diagonal. The most frequent errors: a taken for b, b taken for a, 1 time."


def test_the_page_chooses_on_validation_and_opens_its_test_once():
    page = nbformat.read(next(path for path in NOTEBOOKS if path.stem.startswith("04")), as_version=4)
    lines = [line.strip() for cell in page.cells if cell.cell_type == "code" for line in cell.source.splitlines()]
    asked = [line for line in lines if "test_rows" in line or "test.open" in line]
    assert [line.split("(")[0] for line in asked] == [
        "train_rows, validation_rows, test_rows = split",
        "test = Sealed",
        "right = test.open",
        'print',
    ]  # fmt: skip
    assert "len(test_rows)" in asked[-1] and asked[-1].count("test_rows") == 1
