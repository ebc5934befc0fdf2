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
    S = np.asarray(S, dtype=float)
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
