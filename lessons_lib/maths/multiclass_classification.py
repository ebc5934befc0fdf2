"""Softmax regression: a score for each class, probabilities, cross entropy to the true class, and its gradient.

`X` (n, d) holds one sample per row, `W` (C, d) one row of weights per class, `y` (n,) classes counted from 0.
Slides: Basics in Machine Learning, "Multi-classification"; Introduction to Machine Learning, "Loss Function".
"""

import numpy as np

from lessons_lib.maths.checks import check_classes, check_samples, overflow_is_quiet


@overflow_is_quiet
def scores(W, X):
    """S = XWᵀ: the score of every class for every row of X.

    W (C, d), X (n, d) -> (n, C). ValueError when the shapes do not fit. Slide "Multi-classification", s = Wx.
    """
    check_samples(X)
    if np.ndim(W) != 2 or np.shape(W)[1] != X.shape[1]:
        raise ValueError(f"W needs one column per column of X, shape (C, {X.shape[1]}); it has shape {np.shape(W)}.")
    return X @ W.T


@overflow_is_quiet
def softmax(S):
    """pᵢ = e^(sᵢ) / Σⱼ e^(sⱼ) along the last axis, written so that no score overflows.

    S (..., C) -> the same shape; each row sums to 1. Slide "Multi-classification".
    """
    S = np.asarray(S)
    E = np.exp(S - S.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True)


@overflow_is_quiet
def loss(W, X, y):
    """L(W) = mean of −log p_y: how surprised the model is by the true classes, in nats.

    W (C, d), X (n, d), y (n,) of 0 … C−1 -> a number. ValueError for other classes or shapes.
    Slide "Multi-classification: loss function".
    """
    S = scores(W, X)
    check_classes(X, y, len(W))
    S = S - S.max(axis=1, keepdims=True)
    of_the_truth = S[np.arange(len(y)), y]
    return np.mean(np.log(np.exp(S).sum(axis=1)) - of_the_truth)


@overflow_is_quiet
def gradient(W, X, y):
    """∇L(W) = (P − Y)ᵀX / N, where Y holds a 1 in the column of each true class.

    W (C, d), X (n, d), y (n,) of 0 … C−1 -> (C, d). ValueError for other classes or shapes.
    """
    P = softmax(scores(W, X))
    check_classes(X, y, len(W))
    P[np.arange(len(y)), y] -= 1
    return P.T @ X / len(y)


def predict(W, X):
    """arg maxᵢ sᵢ, the class with the largest score, which has the largest probability.

    W (C, d), X (n, d) -> (n,) of 0 … C−1. ValueError when the shapes do not fit.
    """
    return scores(W, X).argmax(axis=1)


def accuracy(W, X, y):
    """The share of samples whose largest score belongs to the true class.

    W (C, d), X (n, d), y (n,) of 0 … C−1 -> a number from 0 to 1. ValueError when the shapes do not fit.
    """
    check_classes(X, y, len(W))
    return np.mean(predict(W, X) == y)


def deal(X, y, n_validation, n_test, rng):
    """Shuffle the samples and deal them out -> (X, y) for training, for validation and for the test.

    X (n, d), y (n,), how many are for validation and for the test, rng: a numpy random generator -> three pairs.
    """
    rows = rng.permutation(len(y))
    test, validation, training = np.split(rows, [n_test, n_test + n_validation])
    return [(X[part], y[part]) for part in (training, validation, test)]


def choose(training, validation, test):
    """Which model to take, and how good it is: the best on validation, and its accuracy on the test.

    three arrays (M,): the accuracies of M models on each part -> (its place from 0, the accuracy to report).
    """
    best = np.argmax(validation)
    return best, test[best]


def margin(accuracy, n):
    """1.96 √(p(1 − p)/n): in 19 of 20 test sets of n samples the accuracy lies within this of the true p.

    accuracy p from 0 to 1, n test samples -> a number. Source: the normal approximation of the binomial, which is
    too sure near 0 and 1: a share of 3/n is missed by one test set in 20.
    """
    return 1.96 * np.sqrt(accuracy * (1 - accuracy) / n)


def best_of_guessers(n_models, n, p=0.5):
    """E[max of M binomials] / n = 1 − Σₖ F(k)^M / n: how good the best of M worthless models is expected to look.

    n_models M (a number or an array), n test samples, each right with probability p -> the shape of n_models.
    F(k) is the probability that a model has at most k of the n right; the sum goes from 0 to n − 1.
    """
    k = np.arange(n + 1)
    factorials = np.append(0, np.cumsum(np.log(np.arange(1, n + 1))))
    logs = factorials[n] - factorials[k] - factorials[n - k] + k * np.log(p) + (n - k) * np.log(1 - p)
    at_most = np.minimum(np.cumsum(np.exp(logs)), 1)[:-1]
    return 1 - np.sum(at_most ** np.asarray(n_models)[..., np.newaxis], axis=-1) / n
