"""Exercises of lesson 04: a safe softmax, the loss, its gradient, accuracy."""

import numpy as np

from lessons_lib.exercises.checking import Exercise
from lessons_lib.maths.multiclass_classification import gradient, loss, predict, scores, softmax


def _naive(S):
    E = np.exp(S)
    return E / E.sum(axis=-1, keepdims=True)


check_softmax = Exercise(
    softmax,
    [
        ("two rows of three scores", (np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 1.0]]),)),
        ("scores of 10000", (np.array([[1e4, 1e4 - 1, 0.0]]),)),
        ("two rows at very different heights", (np.array([[1e4, 0.0], [-1e4, -1e4 - 1]]),)),
        ("three random rows of three", (np.random.default_rng(1).normal(size=(3, 3)),)),
        ("two random rows of five", (np.random.default_rng(2).normal(size=(2, 5)),)),
    ],
    hints=[
        "Take np.exp of the scores and divide every row by its sum: axis=1, keepdims=True.",
        "Adding a constant to a row changes nothing. Which constant makes e to the scores safe?",
        "Subtract the row's largest score first: S - S.max(axis=1, keepdims=True).",
    ],
    mistakes=[
        (_naive, "Right for small scores, but e^10000 overflows: subtract each row's largest score first."),
        (lambda S: np.exp(S) / np.exp(S).sum(axis=0), "Softmax over the wrong axis (and e^10000 overflows): every row needs to sum to 1."),
        (lambda S: np.exp(S) / np.exp(S).sum(), "You divided by the sum over all samples (and e^10000 overflows): each row needs its own sum."),
        (lambda S: np.exp(S - S.max()) / np.exp(S - S.max()).sum(axis=1, keepdims=True),
         "Subtract each row's own largest score: with the table's largest, a much lower row becomes 0 / 0."),
        (lambda S: softmax(S.T).T, "Softmax over the wrong axis: every row, one sample, needs to sum to 1."),
        (lambda S: (E := np.exp(S - S.max())) / E.sum(), "You divided by the sum over all samples: each row needs its own sum."),
        (lambda S: np.exp(S - S.max(axis=1, keepdims=True)), "Not yet divided: each row needs to sum to 1."),
        (lambda S: S / S.sum(axis=1, keepdims=True), "The exponential is missing: scores may be negative, probabilities may not."),
        (lambda S: softmax(-S), "The sign is flipped: a larger score needs a larger probability."),
        (lambda S: np.log(softmax(S)), "These are the logs of the probabilities."),
    ],
    overflow="raise",
)  # fmt: skip


def _samples():
    rng = np.random.default_rng(3)
    return [
        (f"{n} random samples, {d} features, {classes} classes",
         (rng.normal(size=(classes, d)), rng.normal(size=(n, d)), rng.integers(0, classes, size=n)))
        for n, d, classes in ((5, 2, 3), (7, 4, 3), (6, 3, 3), (4, 4, 4))
    ]  # fmt: skip


def _p(W, X):
    return softmax(scores(W, X))


def _of_the_truth(W, X, y):
    return _p(W, X)[np.arange(len(y)), y]


check_loss = Exercise(
    loss,
    _samples(),
    hints=[
        "P = softmax(X @ W.T) has one row per sample. Pick from each row the probability of its true class.",
        "P[np.arange(len(y)), y] does the picking.",
        "return -np.mean(np.log(P[np.arange(len(y)), y]))",
    ],
    mistakes=[
        (lambda W, X, y: -loss(W, X, y), "The minus sign is missing: logs of probabilities are negative."),
        (lambda W, X, y: len(y) * loss(W, X, y), "The mean is forgotten: divide by N."),
        (lambda W, X, y: -np.mean(_of_the_truth(W, X, y)), "The log is missing: −log p, not −p."),
        (lambda W, X, y: -np.mean(np.log(_p(W, X)[np.arange(len(y)), y - 1])), "Labels are off by one: classes count from 0 here, so take column y."),
        (lambda W, X, y: -np.mean(np.log(_p(W, X)[:, y])), "P[:, y] takes whole columns: P[np.arange(len(y)), y] takes one number per row."),
        (lambda W, X, y: -np.mean(np.log(_p(W, X).max(axis=1))), "This takes the largest probability; the loss asks for that of the true class."),
        (lambda W, X, y: loss(W, X, y) / np.log(2), "This is in bits (log base 2); the loss is in nats: use np.log."),
        (lambda W, X, y: -np.log(_of_the_truth(W, X, y)), "These are the losses of single samples: take their mean."),
        (lambda W, X, y: -np.mean(np.log(softmax((X @ W.T).T).T[np.arange(len(y)), y])), "Softmax over the wrong axis: every row, one sample, needs to sum to 1."),
    ],
)  # fmt: skip

check_gradient = Exercise(
    gradient,
    _samples(),
    hints=[
        "In the scores the slope is P − Y: the probabilities, minus 1 in the column of the true class.",
        "P[np.arange(len(y)), y] -= 1 makes P − Y of a P that is your own.",
        "return P.T @ X / len(y), shape (C, d) like W.",
    ],
    mistakes=[
        (lambda W, X, y: -gradient(W, X, y), "The sign is flipped: it is P − Y, not Y − P."),
        (lambda W, X, y: len(y) * gradient(W, X, y), "The mean is forgotten: divide by N."),
        (lambda W, X, y: -len(y) * gradient(W, X, y), "Two slips: it is P − Y, and the mean is forgotten."),
        (lambda W, X, y: gradient(W, X, y).T, "The gradient is transposed: it needs the shape of W, one row per class."),
        (lambda W, X, y: _p(W, X).T @ X / len(y), "The truth is missing: subtract 1 in the column of each true class."),
        (lambda W, X, y: gradient(W, X, (y - 1) % len(W)), "Labels are off by one: classes count from 0 here, so subtract in column y."),
        (lambda W, X, y: (X @ W.T - np.eye(len(W))[y]).T @ X / len(y), "The softmax is missing: take probabilities, not scores."),
        (lambda W, X, y: (_p(W, X) - np.eye(len(W))[y]).mean(axis=0), "The features are missing: multiply with X."),
    ],
)  # fmt: skip


def accuracy(W, X, y):
    """The share of samples whose largest score belongs to the true class.

    W (C, d), X (n, d), y (n,) of 0 … C−1 -> a number from 0 to 1.
    """
    return np.mean(predict(W, X) == y)


check_accuracy = Exercise(
    accuracy,
    _samples(),
    hints=[
        "The decision is the class with the largest score: argmax along each row of X @ W.T.",
        "Compare it with y, and take the mean of the comparison.",
    ],
    mistakes=[
        (lambda W, X, y: 1 - accuracy(W, X, y), "This is the share of errors: compare with ==, not with !=."),
        (lambda W, X, y: np.sum(predict(W, X) == y), "This counts the right ones; divide by N, or take the mean."),
        (lambda W, X, y: np.mean(predict(W, X) + 1 == y), "Labels are off by one: argmax counts from 0, and so does y."),
        (lambda W, X, y: np.mean((X @ W.T).argmin(axis=1) == y), "This is the smallest score; decide for the largest."),
        (lambda W, X, y: np.mean((X @ W.T).argmax() == y), "argmax without axis looks at the whole table: take axis=1, one decision per row."),
        (lambda W, X, y: _of_the_truth(W, X, y).mean(), "This is the mean probability of the truth; accuracy counts right decisions."),
    ],
)  # fmt: skip
