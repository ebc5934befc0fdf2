"""Logistic regression: a probability for yes or no, its cross entropy loss and gradient, for labels 0/1 and −1/+1.

`X` (n, d) holds one sample per row, `w` (d,) one weight per feature, `y` (n,) labels 0 or 1, `t` (n,) labels −1 or +1.
Slides: Basics in Machine Learning, "Logistic regression", equations (3) to (7).
"""

import numpy as np

from lessons_lib.maths.checks import check_distributions, check_labels, check_weights, overflow_is_quiet


@overflow_is_quiet
def sigmoid(z):
    """φ(z) = 1 / (1 + e^−z), written so that no z overflows.

    z: a number or an array -> the same shape, from 0 to 1. Slide "Sigmoid function".
    """
    return np.exp(-np.logaddexp(0, -np.asarray(z, dtype=float)))


@overflow_is_quiet
def hard_threshold(w, X, c):
    """1 where Xw > c, else 0: a decision without a slope.

    w (d,), X (n, d), c a number -> (n,) of 0 and 1. ValueError when the shapes do not fit.
    Slide "An intuitive approach".
    """
    check_weights(w, X)
    return (X @ w > c).astype(int)


@overflow_is_quiet
def probability(w, X):
    """p = φ(Xw), the probability of class 1 for every row of X.

    w (d,), X (n, d) -> (n,). ValueError when the shapes do not fit. Slide equation (3).
    """
    check_weights(w, X)
    return sigmoid(X @ w)


@overflow_is_quiet
def loss(w, X, y):
    """L(w) = mean of −y log p − (1 − y) log(1 − p), in nats.

    w (d,), X (n, d), y (n,) of 0 and 1 -> a number; finite for any finite score. ValueError for other labels or
    shapes. Slide equations (4) and (5); with z = Xw it is the mean of log(1 + e^z) − y z.
    """
    check_weights(w, X)
    check_labels(X, y, (0, 1))
    z = X @ w
    return np.mean(np.logaddexp(0, z) - y * z)


@overflow_is_quiet
def gradient(w, X, y):
    """∇L(w) = Xᵀ(p − y) / N: as in linear regression, with a probability in place of a price.

    w (d,), X (n, d), y (n,) of 0 and 1 -> (d,). ValueError for other labels or shapes.
    """
    check_weights(w, X)
    check_labels(X, y, (0, 1))
    p = sigmoid(X @ w)
    return X.T @ (p - y) / len(y)


@overflow_is_quiet
def margin_loss(w, X, t):
    """L(w) = mean of log(1 + e^(−t Xw)), the same loss for labels −1 and +1.

    w (d,), X (n, d), t (n,) of −1 and +1 -> a number in nats. ValueError for other labels or shapes.
    Slide equation (7).
    """
    check_weights(w, X)
    check_labels(X, t, (-1, 1))
    return np.mean(np.logaddexp(0, -t * (X @ w)))


@overflow_is_quiet
def margin_gradient(w, X, t):
    """∇L(w) = −Xᵀ(t φ(−t Xw)) / N, the slides' exercise.

    w (d,), X (n, d), t (n,) of −1 and +1 -> (d,). ValueError for other labels or shapes.
    """
    check_weights(w, X)
    check_labels(X, t, (-1, 1))
    wrongness = sigmoid(-t * (X @ w))
    return -X.T @ (t * wrongness) / len(t)


@overflow_is_quiet
def squared_error(w, X, y):
    """Mean of (p − y)² / 2: a loss that one might try instead, flat where the model is sure and wrong.

    w (d,), X (n, d), y (n,) of 0 and 1 -> a number. ValueError for other labels or shapes.
    """
    check_weights(w, X)
    check_labels(X, y, (0, 1))
    return np.mean((sigmoid(X @ w) - y) ** 2) / 2


@overflow_is_quiet
def squared_error_gradient(w, X, y):
    """Xᵀ((p − y) p (1 − p)) / N: the factor p (1 − p) vanishes where the model is sure.

    w (d,), X (n, d), y (n,) of 0 and 1 -> (d,). ValueError for other labels or shapes.
    """
    check_weights(w, X)
    check_labels(X, y, (0, 1))
    p = sigmoid(X @ w)
    return X.T @ ((p - y) * p * (1 - p)) / len(y)


def predict(w, X):
    """1 where p ≥ 0.5, else 0.

    w (d,), X (n, d) -> (n,) of 0 and 1. ValueError when the shapes do not fit. Slide "Logistic regression".
    """
    return (probability(w, X) >= 0.5).astype(int)


@overflow_is_quiet
def cross_entropy(p, q, base=np.e):
    """H(p, q) = −Σ pᵢ log qᵢ, how badly q describes p; terms with pᵢ = 0 add nothing.

    p, q: probabilities (..., d) -> (...,), in nats, or in bits with base=2; infinite where q rules out what p
    expects. ValueError unless both have the same shape and sum to 1. Slide "Cross entropy".
    """
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    check_distributions(p, q)
    terms = np.where(p > 0, p * np.log(q), 0)
    return 0.0 - np.sum(terms, axis=-1) / np.log(base)
