"""Logistic regression: a probability for yes or no, its cross entropy loss and gradient, for labels 0/1 and −1/+1.

`X` (n, d) holds one sample per row, `w` (d,) one weight per feature, `y` (n,) labels 0 or 1, `t` (n,) labels −1 or +1.
Slides: Basics in Machine Learning, "Logistic regression", equations (3) to (7).
"""

import numpy as np

from lessons_lib.maths.checks import check_chances, check_distributions, check_labels, check_weights, overflow_is_quiet


@overflow_is_quiet
def sigmoid(z):
    """σ(z) = 1 / (1 + e^−z), written so that no z overflows.

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
    """p = σ(Xw), the probability of class 1 for every row of X.

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
    """∇L(w) = −Xᵀ(t σ(−t Xw)) / N, the slides' exercise.

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


@overflow_is_quiet
def log_likelihood(p, y):
    """Σ log of the probability that the model gave to what happened: log p where y = 1, log(1 − p) where y = 0.

    p: a number or (n,), the probability of 1; y (n,) of 0 and 1 -> a number in nats, −inf where the model ruled out
    what happened. ValueError for other labels or shapes, or a p outside 0 to 1. Divided by −n it is the cross entropy.
    """
    check_chances(p, y)
    given = np.where(y == 1, p, 1 - p)
    return np.sum(np.log(given))


@overflow_is_quiet
def decayed_gradient(w, X, y, weight_decay):
    """∇L(w) + weight_decay · w, the intercept's entry left alone: the slope of L(w) + weight_decay/2 · ‖w without it‖².

    As `gradient`, for an X whose first column is of ones; weight_decay ≥ 0.
    """
    pull = weight_decay * w
    pull[0] = 0  # the intercept only says how common dogs are: it may be as large as it needs
    return gradient(w, X, y) + pull


def precision(called, y):
    """Of all that were called 1, the share that is 1; nan where none was called so.

    called, y (n,) of 0 and 1 -> a number from 0 to 1. ValueError for other labels or shapes.
    """
    check_chances(called, y)
    return np.mean(y[called == 1]) if np.any(called == 1) else np.nan


def recall(called, y):
    """Of all that are 1, the share that was called 1; nan where there is none.

    called, y (n,) of 0 and 1 -> a number from 0 to 1. ValueError for other labels or shapes.
    """
    check_chances(called, y)
    return np.mean(called[y == 1]) if np.any(y == 1) else np.nan


def one_unit_score(w, x):
    """z = w₁ tanh(w₂ x + ½): a network of one hidden unit, as small as one with two valleys can be.

    w (2,), x (n,) -> (n,). Lesson 05 explains it.
    """
    return w[0] * np.tanh(w[1] * x + 0.5)


@overflow_is_quiet
def one_unit_loss(w, x, y):
    """The mean cross entropy of the network of one hidden unit, in nats; x (n,), y (n,) of 0 and 1."""
    z = one_unit_score(w, x)
    return np.mean(np.logaddexp(0, z) - y * z)


@overflow_is_quiet
def one_unit_gradient(w, x, y):
    """Its slopes in w₁ and w₂, shape (2,), by the chain rule."""
    unit = np.tanh(w[1] * x + 0.5)
    error = (sigmoid(w[0] * unit) - y) / len(y)
    return np.array([error @ unit, error @ (w[0] * (1 - unit**2) * x)])
