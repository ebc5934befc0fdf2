"""Exercises of lesson 04: a safe softmax, the loss, its gradient, accuracy, dealing out samples, choosing a model."""

import numpy as np

from lessons_lib.exercises.checking import Exercise
from lessons_lib.maths.multiclass_classification import accuracy, choose, deal, gradient, loss, predict, scores, softmax


def _naive(S):
    E = np.exp(S)
    return E / E.sum(axis=-1, keepdims=True)


def _shifted(S, by):
    """e to the scores less a constant, divided by each row's sum."""
    E = np.exp(S - by)
    return E / E.sum(axis=1, keepdims=True)


def _safe(S):
    return np.exp(S - S.max(axis=1, keepdims=True))


def _one_hot(S):
    return np.eye(S.shape[1])[S.argmax(axis=1)]


check_softmax = Exercise(
    softmax,
    [
        ("two rows of three scores", (np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 1.0]]),)),
        ("scores of 10000", (np.array([[1e4, 1e4 - 1, 0.0]]),)),
        ("two rows at very different heights", (np.array([[1e4, 0.0], [-1e4, -1e4 - 1]]),)),
        ("three random rows of three", (np.random.default_rng(1).normal(size=(3, 3)),)),
        ("two random rows of five", (np.random.default_rng(2).normal(size=(2, 5)),)),
        ("scores from −10000 to 10000 in one row", (np.array([[-1e4, 0.0, 1e4, 1e4 - 2], [0.5, -1e4, 0.0, 1.0]]),)),
    ],
    hints=[
        "Take np.exp of the scores and divide every row by its sum: axis=1, keepdims=True.",
        "Adding a constant to a row changes nothing. Which constant makes e to the scores safe?",
        "Subtract the row's largest score first: S - S.max(axis=1, keepdims=True).",
    ],
    mistakes=[
        (_naive, "Right for small scores, but e^10000 overflows: subtract each row's largest score first (not its mean or its smallest: e to the rest still overflows)."),
        (lambda S: np.exp(S) / np.exp(S).sum(axis=0), "Softmax over the wrong axis (and e^10000 overflows): every row needs to sum to 1."),
        (lambda S: np.exp(S) / np.exp(S).sum(), "You divided by the sum over all samples (and e^10000 overflows): each row needs its own sum."),
        (lambda S: np.exp(S) / np.exp(S).sum(axis=1), "The sums need to stand in a column, keepdims=True, so that each row is divided by its own (and e^10000 overflows)."),
        (lambda S: _safe(S) / _safe(S).sum(axis=1), "The sums need to stand in a column, keepdims=True, so that each row is divided by its own."),
        (lambda S: (E := np.exp(S - S.max(axis=1))) / E.sum(axis=1), "Largest scores and sums need to stand in a column, keepdims=True, so that each row has its own."),
        (lambda S: (E := np.exp(S - S.max(axis=1))) / E.sum(axis=1, keepdims=True), "The largest scores need to stand in a column, keepdims=True, so that each row has its own."),
        (lambda S: _shifted(S, S.max()),
         "Subtract each row's own largest score: with the table's largest, or with absolute values, a row of low scores becomes 0 / 0."),
        (lambda S: _shifted(S, S.max(axis=0)), "You subtracted the largest of each column: subtract each row's own largest, axis=1, keepdims=True."),
        (lambda S: _naive(S / S.max(axis=1, keepdims=True)), "You divided by the largest score, which changes the probabilities: subtract it."),
        (lambda S: _naive(S / np.abs(S).max(axis=1, keepdims=True)), "You divided by the largest score, without its sign, which changes the probabilities: subtract the largest score."),
        (lambda S: _naive(np.clip(S, -500, 500)), "Clipping makes all large scores alike: subtract each row's largest score instead of clip or cutting off."),
        (lambda S: softmax(S.T).T, "Softmax over the wrong axis: every row, one sample, needs to sum to 1."),
        (lambda S: _safe(S) / _safe(S).sum(axis=0), "The sums run along the wrong axis: every row, one sample, needs to sum to 1."),
        (lambda S: softmax(S.T), "The table is transposed before the softmax: one row per sample, and each row sums to 1."),
        (lambda S: softmax(S).T, "The answer is transposed: one row per sample, as in S."),
        (lambda S: (E := np.exp(S - S.max())) / E.sum(), "You divided by the sum over all samples: each row needs its own sum."),
        (lambda S: _safe(S) / _safe(S).sum(), "You divided by the sum of the whole table: each row needs its own sum, axis=1."),
        (lambda S: _safe(S) / _safe(S).mean(axis=1, keepdims=True), "You divided by the mean: divide by the sum, so that each row sums to 1."),
        (lambda S: _safe(S) / S.shape[1], "You divided by the number of classes: divide by the row's sum, so that it becomes 1."),
        (lambda S: _safe(S) / np.exp(S.sum(axis=1, keepdims=True)), "You divided by e to the sum of the scores: divide by the sum of the exponentials."),
        (lambda S: _safe(S) / S.sum(axis=1, keepdims=True), "You divided by the sum of the scores: divide by the sum of their exponentials."),
        (_safe, "Not yet divided by the sum: each row needs to sum to 1."),
        (lambda S: 100 * softmax(S), "These are per cent: a probability goes from 0 to 1, so each row sums to 1."),
        (lambda S: np.exp(S), "Not yet divided, and e^10000 overflows: subtract each row's largest score, and divide by the row's sum."),
        (lambda S: S - S.max(axis=1, keepdims=True), "The exponential is missing: take np.exp of these, and divide each row by its sum."),
        (lambda S: np.abs(S) / np.abs(S).sum(axis=1, keepdims=True), "The exponential is missing: the absolute values of scores are no probabilities."),
        (lambda S: _safe(S) / np.exp(S).sum(axis=1, keepdims=True), "The largest score is subtracted above, but not below the line: take the sum of the same exponentials."),
        (lambda S: _naive(S / 1e4), "Dividing the scores changes the probabilities: subtract each row's largest score."),
        (lambda S: _naive(S / 1000), "Dividing the scores changes the probabilities: subtract each row's largest score instead."),
        (lambda S: S / S.sum(axis=1, keepdims=True), "The exponential is missing: scores may be negative, probabilities may not."),
        (lambda S: softmax(-S), "The sign is flipped: a larger score needs a larger probability."),
        (lambda S: np.log(softmax(S)), "These are the logs of the probabilities."),
        (lambda S: S - np.log(_safe(S).sum(axis=1, keepdims=True)) - S.max(axis=1, keepdims=True), "These are the logs of the probabilities: np.exp undoes the log."),
        (lambda S: 1 - softmax(S), "This is 1 − p: return the probabilities themselves."),
        (lambda S: 1 / (1 + np.exp(-np.clip(S, -700, 700))), "This is the sigmoid of each score: softmax divides by the sum of the row, so that it becomes 1."),
        (lambda S: softmax(2 * S), "The scores count twice here: e to S, not to 2 S."),
        (lambda S: softmax(S / 2), "The scores are divided by 2 here: e to S, not to S / 2."),
        (lambda S: softmax(S * np.log(2)), "The base is 2 instead of e: use np.exp."),
        (lambda S: softmax(S * np.log(10)), "The base is 10 instead of e: use np.exp."),
        (lambda S: softmax(S) ** 2, "The probabilities are squared: then a row does not sum to 1 any more."),
        (lambda S: _safe(S) / np.sqrt((_safe(S) ** 2).sum(axis=1, keepdims=True)), "You divided by the length of each row: divide by its sum, so that it becomes 1."),
        (_one_hot, "This gives all to the largest score: softmax leaves the others their share."),
        (lambda S: S.argmax(axis=1), "This is the class with the largest score: softmax gives each class a probability, (n, C)."),
        (lambda S: softmax(S).max(axis=1), "This is the largest probability of each row: return all of them, (n, C)."),
        (lambda S: softmax(S).sum(axis=1), "This is the sum of each row, always 1: return the probabilities, (n, C)."),
        (lambda S: softmax(S)[0], "This is the first row only: each sample needs its own. Does the return stand inside the loop?"),
        (lambda S: softmax(S)[-1], "This is the last row only: each sample needs its own, collect the rows."),
        (lambda S: softmax(S).ravel(), "All rows stand in one: keep one row per sample, append instead of extend."),
        (lambda S: np.full(S.shape, 1 / S.shape[1]), "Every class gets the same, whatever its score: take e to the scores."),
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


def _h(W, X):
    P = _p(W, X)
    return -np.sum(P * np.log(P), axis=1)


def _log_of_the_others(W, X, y):
    P = _p(W, X)
    P[np.arange(len(y)), y] = 0
    return np.log(1 - P)


def _sigmoids(W, X):
    return 1 / (1 + np.exp(-scores(W, X)))


_SMALL = (0.1, 0.01, 0.001, 0.0001, 1e-5, 1e-6)

check_loss = Exercise(
    loss,
    _samples(),
    hints=[
        "P = softmax(X @ W.T) has one row per sample. Pick from each row the probability of its true class.",
        "P[np.arange(len(y)), y] does the picking.",
        "return -np.mean(np.log(P[np.arange(len(y)), y]))",
    ],
    mistakes=[
        (lambda W, X, y: -loss(W, X, y), "The sign is flipped: logs of probabilities are negative, so exactly one minus sign makes the loss positive."),
        (lambda W, X, y: len(y) * loss(W, X, y), "The mean is forgotten: divide by N."),
        (lambda W, X, y: -len(y) * loss(W, X, y), "The minus sign is missing, and the mean is forgotten: divide by N."),
        (lambda W, X, y: loss(W, X, y) / len(y), "You divided by N twice: the mean has done it already."),
        (lambda W, X, y: loss(W, X, y) / 2, "Half too small: there is no ½ in this loss."),
        (lambda W, X, y: loss(W, X, y) / len(W), "You averaged over the C classes, too: add up over them, and divide by N alone."),
        (lambda W, X, y: -np.mean(_of_the_truth(W, X, y)), "The log is missing: −log p, not −p."),
        (lambda W, X, y: np.mean(_of_the_truth(W, X, y)), "The log is missing: this is the mean of p, the loss that of −log p."),
        (lambda W, X, y: 1 - np.mean(_of_the_truth(W, X, y)), "The log is missing: this is the mean of 1 − p, the loss that of −log p."),
        (lambda W, X, y: -np.log(np.mean(_of_the_truth(W, X, y))), "The mean is taken too early: take the log of each probability first, then their mean."),
        (lambda W, X, y: -np.mean(np.log(_p(W, X)[np.arange(len(y)), y - 1])), "Labels are off by one: classes count from 0 here, so take column y."),
        (lambda W, X, y: -np.mean(np.log(_p(W, X)[:, y])), "P[:, y] takes whole columns: P[np.arange(len(y)), y] takes one number per row."),
        (lambda W, X, y: -np.mean(np.log(_p(W, X)[y])), "P[y] takes whole rows: P[np.arange(len(y)), y] takes one number per row."),
        (lambda W, X, y: -np.mean(np.log(_p(W, X)[0, y])), "P[0, y] stays in the first row: P[np.arange(len(y)), y] takes one number from each row."),
        (lambda W, X, y: -np.mean(np.log(_p(W, X)[:, 0])), "This takes the first class, whatever y is: take column y in each row."),
        (lambda W, X, y: -np.mean(np.log(_p(W, X))), "This takes all classes: only the probability of the true class counts, one number per row."),
        (lambda W, X, y: -np.sum(np.log(_p(W, X))) / len(y), "This takes all classes: and adds them up: only the probability of the true class counts, one number per row."),
        (lambda W, X, y: -np.mean(np.log(_p(W, X).max(axis=1))), "This takes the largest probability; the loss asks for that of the true class."),
        (lambda W, X, y: np.mean(_h(W, X)), "This takes the model's own probabilities as the truth: only the true class counts, −log p_y."),
        *((lambda W, X, y, small=small: -np.mean(np.log(_of_the_truth(W, X, y) + small)),
           f"A small number, {small}, is added inside the log, and it is too large: 1e-12 would do no harm, or none at all.") for small in _SMALL),
        (lambda W, X, y: loss(W, X, y) / np.log(2), "This is in bits (log base 2); the loss is in nats: use np.log."),
        (lambda W, X, y: loss(W, X, y) / np.log(10), "This uses the log to base 10: use np.log."),
        (lambda W, X, y: -np.mean(scores(W, X)[np.arange(len(y)), y]), "The softmax is missing: these are scores, take −log of their probabilities."),
        (lambda W, X, y: -np.mean(np.log(scores(W, X)[np.arange(len(y)), y])), "The softmax is missing: a score may be negative, and has no log."),
        (lambda W, X, y: np.mean(np.log(np.exp(scores(W, X)).sum(axis=1))), "The score of the true class is missing: −log p_y = log Σ e^s − s_y."),
        (lambda W, X, y: -np.mean(np.log(softmax(-scores(W, X))[np.arange(len(y)), y])), "The sign of the scores is flipped: they are X @ W.T."),
        (lambda W, X, y: -np.mean(np.log(_sigmoids(W, X)[np.arange(len(y)), y])), "This takes a sigmoid of each score: with several classes it is softmax."),
        (lambda W, X, y: -np.mean(np.log(softmax(X @ W)[np.arange(len(y)), y])), "W needs to be transposed: the scores are X @ W.T, one column per class."),
        (lambda W, X, y: -np.mean(np.log(softmax(scores(W, X).T).T[np.arange(len(y)), y])), "Softmax over the wrong axis: every row, one sample, needs to sum to 1."),
        (lambda W, X, y: loss(W, X, y) - np.mean(_log_of_the_others(W, X, y).sum(axis=1)), "The wrong classes are punished, too: here only the true class counts, −log p_y."),
        (lambda W, X, y: np.mean(((_p(W, X) - np.eye(len(W))[y]) ** 2).sum(axis=1)), "This is the squared difference: the loss is −log of the true class's probability."),
        (lambda W, X, y: np.mean((_p(W, X) - np.eye(len(W))[y]) ** 2), "This is the mean squared difference: the loss is −log of the true class's probability."),
        (lambda W, X, y: -np.median(np.log(_of_the_truth(W, X, y))), "This is the median: take the mean."),
        (lambda W, X, y: np.min(-np.log(_of_the_truth(W, X, y))), "This is the smallest loss of a sample: take the mean."),
        (lambda W, X, y: np.max(-np.log(_of_the_truth(W, X, y))), "This is the largest loss of a sample: take the mean."),
        (lambda W, X, y: np.exp(loss(W, X, y)), "This is e to the loss: leave the mean of −log p_y as it is."),
        (lambda W, X, y: np.mean(predict(W, X) != y), "This is the share of errors: the loss is the mean of −log p_y."),
        (lambda W, X, y: np.mean(predict(W, X) == y), "This is the accuracy: the loss is the mean of −log p_y."),
        (lambda W, X, y: np.log(len(W)), "This is log C, the loss with all weights 0: use W and X."),
        (lambda W, X, y: -np.log(_of_the_truth(W, X, y)), "These are the losses of single samples: take their mean."),
        (lambda W, X, y: np.log(_of_the_truth(W, X, y)), "These are the logs of single samples: take minus their mean."),
        (lambda W, X, y: _of_the_truth(W, X, y), "These are the probabilities of the true classes: take the mean of −log of them."),
        (lambda W, X, y: -np.log(_of_the_truth(W, X, y)[0]) / len(y), "Only the first sample is counted: does the return stand inside the loop?"),
        (lambda W, X, y: -np.log(_of_the_truth(W, X, y)[0]), "Only the first sample is counted: take the mean over all. Does the return stand inside the loop?"),
        (lambda W, X, y: -np.log(_of_the_truth(W, X, y)[-1]) / len(y), "Only the last sample is counted: add up in the loop, total += ..."),
        (lambda W, X, y: -np.log(_of_the_truth(W, X, y)[-1]), "Only the last sample is counted: add up in the loop, total += ..., and divide by N after it."),
        (lambda W, X, y: -np.log(_of_the_truth(W, X, y)[1:]).sum() / len(y), "The first sample is left out: places count from 0."),
        (lambda W, X, y: -np.log(_of_the_truth(W, X, y)[:-1]).sum() / len(y), "The last sample is left out: range(len(y)) goes to the last place."),
    ],
)  # fmt: skip


def _marked(W, X, y):
    """1 in the columns of all classes that occur, in every row: what P[:, y] -= 1 subtracts."""
    return np.isin(np.arange(len(W)), y) * np.ones((len(X), 1))


def _put(W, X, y, number):
    """The probabilities with this number in place of the true class's."""
    P = _p(W, X)
    P[np.arange(len(y)), y] = number
    return P


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
        (lambda W, X, y: 2 * gradient(W, X, y), "Twice too large: nothing is squared here, so no 2 appears."),
        (lambda W, X, y: gradient(W, X, y) / 2, "Half too small: there is no ½ in this loss, divide by N only."),
        (lambda W, X, y: len(y) / len(W) * gradient(W, X, y), "You divided by the number of classes C: divide by the number of samples, len(y)."),
        (lambda W, X, y: gradient(W, X, y) / len(W), "You divided by the number of classes C, too: divide by N alone."),
        (lambda W, X, y: len(y) / X.shape[1] * gradient(W, X, y), "You divided by the number of features d: divide by the number of samples, len(y)."),
        (lambda W, X, y: gradient(W, X, y).T, "The gradient is transposed: it needs the shape of W, one row per class."),
        (lambda W, X, y: len(y) * gradient(W, X, y).T, "The gradient is transposed: it needs the shape of W, one row per class. And the mean is forgotten."),
        (lambda W, X, y: (_p(W, X) - np.eye(len(W))[y]) @ X / len(y), "The transpose is missing: (P − Y).T @ X adds up over the samples."),
        (lambda W, X, y: (_p(W, X) - np.eye(len(W))[y]) @ X.T / len(y), "The transpose is at the wrong place: (P − Y).T @ X adds up over the samples."),
        (lambda W, X, y: _p(W, X).T @ X / len(y), "The truth is missing: subtract 1 in the column of each true class."),
        (lambda W, X, y: -np.eye(len(W))[y].T @ X / len(y), "The probabilities are missing: it is P − Y."),
        (lambda W, X, y: gradient(W, X, (y - 1) % len(W)), "Labels are off by one: classes count from 0 here, so subtract in column y."),
        (lambda W, X, y: gradient(W, X, (y + 1) % len(W)), "Labels are off by one: classes count from 0 here, so subtract in column y, not y + 1."),
        (lambda W, X, y: (_p(W, X) - _marked(W, X, y)).T @ X / len(y), "P[:, y] takes whole columns: P[np.arange(len(y)), y] -= 1 subtracts once in each row."),
        (lambda W, X, y: (_p(W, X) - np.isin(np.arange(len(y)), y)[:, None]).T @ X / len(y), "P[y] takes whole rows: P[np.arange(len(y)), y] -= 1 subtracts once in each row."),
        (lambda W, X, y: np.outer((_p(W, X) - np.eye(len(W))[y]).mean(axis=0), X.mean(axis=0)), "The means of P − Y and of X are multiplied: multiply first, sample by sample, and average then, (P − Y).T @ X / N."),
        (lambda W, X, y: (_p(W, X) * (1 - _p(W, X)) * (_p(W, X) - np.eye(len(W))[y])).T @ X / len(y), "The factor P (1 − P) is too much: with the log loss it cancels, P − Y is left."),
        (lambda W, X, y: (_p(W, X) + np.eye(len(W))[y]).T @ X / len(y), "You added 1 (P + Y): subtract 1 in the column of the true class, P − Y."),
        (lambda W, X, y: _put(W, X, y, 1.0).T @ X / len(y), "The probability of the true class is replaced by 1: subtract 1 from it, -= 1."),
        (lambda W, X, y: _put(W, X, y, 0.0).T @ X / len(y), "The probability of the true class is replaced by 0: subtract 1 from it, -= 1."),
        (lambda W, X, y: _put(W, X, y, -1.0).T @ X / len(y), "The probability of the true class is replaced by −1: subtract 1 from it, -= 1."),
        (lambda W, X, y: ((_p(W, X) - 1) * np.eye(len(W))[y]).T @ X / len(y), "Only the true class has a slope here: the other classes have one, too, p itself."),
        (lambda W, X, y: (_p(W, X) - 1).T @ X / len(y), "1 is subtracted from all classes: subtract it in the column of the true class only."),
        (lambda W, X, y: softmax(scores(W, X) - np.eye(len(W))[y]).T @ X / len(y), "1 is subtracted from the scores: subtract it after the softmax, from the probability of the true class."),
        (lambda W, X, y: (scores(W, X) - np.eye(len(W))[y]).T @ X / len(y), "The softmax is missing: take probabilities, not scores."),
        (lambda W, X, y: (np.exp(scores(W, X)) - np.eye(len(W))[y]).T @ X / len(y), "These are exponentials, not yet probabilities: divide each row by its sum, as softmax does."),
        (lambda W, X, y: (_sigmoids(W, X) - np.eye(len(W))[y]).T @ X / len(y), "This takes a sigmoid of each score: with several classes it is softmax."),
        (lambda W, X, y: (np.eye(len(W))[predict(W, X)] - np.eye(len(W))[y]).T @ X / len(y), "You used the hard decision; the gradient needs the probabilities."),
        (lambda W, X, y: (softmax(scores(W, X).T).T - np.eye(len(W))[y]).T @ X / len(y), "Softmax over the wrong axis: every row, one sample, needs to sum to 1."),
        (lambda W, X, y: (_p(W, X) - y[:, None]).T @ X / len(y), "The labels themselves are subtracted, as a column: subtract 1 in the column of the true class (one-hot)."),
        (lambda W, X, y: (_p(W, X) - y).T @ X / len(y), "The labels themselves are subtracted: subtract 1 in the column of the true class (one-hot)."),
        (lambda W, X, y: (softmax(X @ W) - np.eye(len(W))[y]).T @ X / len(y), "W needs to be transposed in the scores: X @ W.T, one column per class."),
        (lambda W, X, y: (_p(W, X) - np.eye(len(W))).T @ X / len(y), "The one-hot rows are not picked: np.eye(C)[y] takes the row of each label."),
        (lambda W, X, y: (_p(W, X) - np.eye(len(y))[y]).T @ X / len(y), "One-hot rows need one column per class: np.eye(len(W))[y], with C = len(W) classes."),
        (lambda W, X, y: ((_p(W, X) - np.eye(len(W))[y]) ** 2).T @ X / len(y), "P − Y is squared: it enters as it is."),
        (lambda W, X, y: np.abs(_p(W, X) - np.eye(len(W))[y]).T @ X / len(y), "This takes the absolute value of P − Y: its sign says which way to go."),
        (lambda W, X, y: (_p(W, X) - np.eye(len(W))[y]).mean(axis=0), "The features are missing: multiply with X."),
        (lambda W, X, y: (_p(W, X) - np.eye(len(W))[y]) / len(y), "The features are missing: (P − Y).T @ X multiplies by them and adds up."),
        (lambda W, X, y: _p(W, X) - np.eye(len(W))[y], "The features are missing: (P − Y).T @ X / len(y) multiplies by them and averages."),
        (lambda W, X, y: gradient(W, X, y).sum(axis=0), "You added up or averaged over the classes: each class keeps its own row, shape (C, d)."),
        (lambda W, X, y: gradient(W, X, y).sum(axis=1), "You added up over the features: each weight has its own slope, one for each of W, shape (C, d)."),
        (lambda W, X, y: gradient(W, X, y).mean(axis=1), "You averaged over the features: each weight has its own slope, one for each of W, shape (C, d)."),
        (lambda W, X, y: gradient(W, X, y).sum(), "You added up or averaged all slopes: each weight has its own, one for each of W, shape (C, d)."),
        (lambda W, X, y: W - gradient(W, X, y), "This is W after a step: return the gradient alone."),
        (lambda W, X, y: W - 0.1 * gradient(W, X, y), "This is W after a step of learning rate 0.1: return the gradient alone."),
        (lambda W, X, y: gradient(W, X, y) + W, "W is added to the gradient: return the gradient alone."),
        (loss, "This is the loss, one number: the gradient holds one slope for each weight, shape (C, d)."),
        (lambda W, X, y: gradient(W, X[:1], y[:1]) / len(y), "Only the first sample is counted: does the return stand inside the loop?"),
        (lambda W, X, y: gradient(W, X[:1], y[:1]), "Only the first sample is counted: take the mean over all. Does the return stand inside the loop?"),
        (lambda W, X, y: gradient(W, X[-1:], y[-1:]) / len(y), "Only the last sample is counted: add up in the loop, slopes += ..."),
        (lambda W, X, y: gradient(W, X[-1:], y[-1:]), "Only the last sample is counted: add up in the loop, slopes += ..., and divide by N after it."),
    ],
)  # fmt: skip


def _many_samples():
    """Enough samples that another rule does not give the same share by chance, with few and with many right ones."""
    cases = []
    for seed, (n, d, classes) in enumerate(((40, 2, 3), (37, 4, 3), (41, 3, 3), (38, 4, 4), (43, 3, 5), (39, 5, 2))):
        kept = 0.6 if seed % 2 else 0.1
        rng = np.random.default_rng(seed)
        W, X = rng.normal(size=(classes, d)), rng.normal(size=(n, d))
        y = np.where(rng.random(n) < kept, predict(W, X), rng.integers(0, classes, n))
        cases.append((f"{n} random samples, {d} features, {classes} classes", (W, X, y)))
    W, X, y = cases[0][1]
    right = predict(W, X) == y
    return [
        *cases,
        ("samples that are all right", (W, X[right], y[right])),
        ("samples that are all wrong", (W, X[~right], y[~right])),
    ]


check_accuracy = Exercise(
    accuracy,
    _many_samples(),
    hints=[
        "The decision is the class with the largest score: argmax along each row of X @ W.T.",
        "Compare it with y, and take the mean of the comparison.",
    ],
    mistakes=[
        (lambda W, X, y: 1 - accuracy(W, X, y), "This is the share of errors: compare with ==, not with !=."),
        (lambda W, X, y: np.sum(predict(W, X) == y), "This counts the right ones; divide by N, or take the mean."),
        (lambda W, X, y: np.sum(predict(W, X) != y), "This counts the errors: count the right ones (== instead of !=), and divide by N."),
        (lambda W, X, y: 100 * accuracy(W, X, y), "This is in per cent: a share goes from 0 to 1."),
        (lambda W, X, y: accuracy(W, X, y) / len(y), "You divided by N twice: the mean has done it already."),
        (lambda W, X, y: np.sum(predict(W, X) == y) / len(W), "You divided by the number of classes: divide by the number of samples, len(y)."),
        (lambda W, X, y: float(np.all(predict(W, X) == y)), "This is 1 when all are right, else 0 (np.all, or // that rounds down): the share of right ones is the mean."),
        (lambda W, X, y: float(np.any(predict(W, X) == y)), "This asks whether any is right: the share of right ones is the mean."),
        (lambda W, X, y: np.median(predict(W, X) == y), "This is the median: the share of right ones is the mean."),
        (lambda W, X, y: np.mean(predict(W, X) + 1 == y), "Labels are off by one: argmax counts from 0, and so does y."),
        (lambda W, X, y: np.mean(predict(W, X) == y + 1), "Labels are off by one: y counts from 0, and so does argmax."),
        (lambda W, X, y: np.mean((X @ W.T).argmin(axis=1) == y), "This is the smallest score; decide for the largest."),
        (lambda W, X, y: 0.0, "No sample ever counts as right. What is compared with y needs to be one decision per row, the class: argmax(axis=1) with its brackets (without axis it looks at the whole table, and max gives the score itself)."),
        (lambda W, X, y: np.mean(np.abs(X @ W.T).argmax(axis=1) == y), "The absolute values of the scores are taken: decide for the largest score, a negative one is small."),
        (lambda W, X, y: np.mean((X @ np.abs(W.T)).argmax(axis=1) == y), "The absolute values of the weights are taken: the scores are X @ W.T."),
        (lambda W, X, y: np.mean((X @ W.T)[:, :2].argmax(axis=1) == y), "Only the first two classes are looked at: there may be more, argmax along each row of all columns decides."),
        (lambda W, X, y: np.mean((X @ W.T)[:, :3].argmax(axis=1) == y), "Only the first three classes are looked at: there may be more, argmax along each row of all columns decides."),
        (lambda W, X, y: np.mean((X @ W.T)[:, 1:].argmax(axis=1) == y), "The first column is left out: classes count from 0, take all columns."),
        (lambda W, X, y: np.mean((X @ W.T)[:, :-1].argmax(axis=1) == y), "The last column is left out: take all columns."),
        (lambda W, X, y: np.mean(X.argmax(axis=1) == y), "The weights are missing: the scores are X @ W.T, one column per class."),
        (lambda W, X, y: np.mean((X @ W).argmax(axis=1) == y), "W needs to be transposed: the scores are X @ W.T, one column per class."),
        (lambda W, X, y: np.mean(np.round(_p(W, X)) == np.eye(len(W))[y]), "This compares all probabilities, rounded, with zeros and ones: compare one decision for each sample, the argmax of its row, with y."),
        (lambda W, X, y: np.mean(_p(W, X).max(axis=1)), "This is the mean of the largest probabilities, whatever y is: compare the decisions with y."),
        (lambda W, X, y: _of_the_truth(W, X, y).mean(), "This is the mean probability of the truth; accuracy counts right decisions."),
        (lambda W, X, y: np.mean(_of_the_truth(W, X, y) > 0.5), "This asks for a probability above 0.5: with several classes the largest decides, even if it is smaller."),
        (lambda W, X, y: np.mean(scores(W, X)[np.arange(len(y)), y] > 0), "This asks for a positive score: the largest score of the row decides."),
        (lambda W, X, y: np.mean(np.abs(predict(W, X) - y)), "This is the distance of the class numbers: a decision is right or wrong, compare with ==."),
        (lambda W, X, y: 1 - np.mean(np.abs(predict(W, X) - y)), "This uses the distance of the class numbers: a decision is right or wrong, compare with ==."),
        (lambda W, X, y: np.mean(np.abs(predict(W, X) - y) <= 1), "Neighbouring class numbers count as right here: compare with ==."),
        (lambda W, X, y: np.mean(predict(W, X)), "This is the mean class number: compare the decisions with y."),
        (lambda W, X, y: np.mean(y), "This is the mean label: compare the decisions with y."),
        (lambda W, X, y: np.mean(predict(W, X) * y), "You multiplied decisions by labels: compare them with ==."),
        (lambda W, X, y: np.mean(y == 0), "This is the share of class 0, whatever W and X are: compare the decisions with y."),
        (loss, "This is the loss: accuracy is the share of right decisions."),
        (lambda W, X, y: predict(W, X) == y, "This says right or wrong for each sample: take the mean, one number."),
        (lambda W, X, y: predict(W, X), "These are the decisions: compare them with y and take the mean, one number."),
        (lambda W, X, y: (predict(W, X) == y)[0] / len(y), "Only the first sample is counted: does the return stand inside the loop?"),
        (lambda W, X, y: float((predict(W, X) == y)[0]), "Only the first sample is counted: take the mean over all. Does the return stand inside the loop?"),
        (lambda W, X, y: 1.0, "This is always 1, whatever W, X and y are: compare the decisions with y, and take the mean."),
    ],
)  # fmt: skip


def _parts_seen(answer, X, y, n_validation, n_test, rng):
    """What a deal did, whatever order it shuffled into: numbers that agree for every right answer, see _ABOUT_PARTS."""
    if not isinstance(answer, (list, tuple)) or len(answer) != 3:
        return [6 if len(answer) == 6 else 1] + [0] * 8
    if not all(isinstance(part, (list, tuple)) and len(part) == 2 for part in answer):
        rows = all(np.ndim(part) == 1 and np.asarray(part).dtype.kind in "iu" for part in answer)
        return [3 if rows else 2] + [0] * 8
    places = {row.tobytes(): place for place, row in enumerate(X)}
    found, paired = [], True
    for part_X, part_y in answer:
        here = [places.get(np.asarray(row, dtype=float).tobytes(), -1) for row in np.asarray(part_X)]
        if len(here) != len(part_y):
            return [4] + [0] * 8
        paired = paired and all(label == y[place] for place, label in zip(here, part_y))
        found.append(here)
    every = np.array(sum(found, []))
    times = np.bincount(every[every >= 0], minlength=len(y))
    in_blocks = all(np.ptp(part) == len(part) - 1 for part in found if len(part))
    return [0, (times == 0).any(), (times > 1).any(), (every < 0).any(), *map(len, found), not paired, in_blocks]


_ABOUT_PARTS = (
    "return three pairs: (X, y) for training, (X, y) for validation, (X, y) for the test.",
    "some samples are lost: each belongs to one of the three parts.",
    "some samples come twice, or stand in two parts: then the model is judged on what it has seen.",
    "some rows of the answer are no samples of X.",
    "the training part needs all that is left.",
    "the validation part needs n_validation samples, and it comes second.",
    "the test part needs n_test samples, and it comes last.",
    "X and y do not belong together any more: the same rows for both.",
    "the samples are not shuffled: a file in order would give each part other kinds of samples.",
)


def _cut(rows, X, y, n_validation, n_test):
    """Dealt out as `deal` does, from row numbers in the order given."""
    test, validation, training = np.split(rows, [n_test, n_test + n_validation])
    return [(X[part], y[part]) for part in (training, validation, test)]


def _dealing(seed, n, n_validation, n_test):
    rng = np.random.default_rng(n)
    samples = rng.normal(size=(n, 2)), rng.permutation(n) % 4
    return (f"{n} samples, {n_validation} for validation, {n_test} for the test",
            (*samples, n_validation, n_test, np.random.default_rng(seed + 10)))  # fmt: skip


check_deal = Exercise(
    deal,
    [_dealing(*case) for case in ((1, 20, 4, 5), (2, 50, 12, 10), (3, 30, 6, 3), (4, 20, 4, 5), (5, 41, 9, 14))],
    hints=[
        "Shuffle the row numbers once: rows = rng.permutation(len(y)).",
        "Cut them: rows[:n_test], rows[n_test:n_test + n_validation], and the rest.",
        "return (X[training], y[training]), (X[validation], y[validation]), (X[test], y[test])",
    ],
    mistakes=[
        (lambda X, y, n_validation, n_test, rng: _cut(np.arange(len(y)), X, y, n_validation, n_test),
         "Not shuffled: a file in order would give each part other kinds of samples. Begin with rng.permutation(len(y))."),
        (lambda X, y, n_validation, n_test, rng: [(a, rng.permutation(b)) for a, b in deal(X, y, n_validation, n_test, rng)],
         "X and y do not belong together any more: shuffle row numbers once, and take the same rows of both."),
        (lambda X, y, n_validation, n_test, rng: deal(X, y, n_validation, n_test, rng)[::-1],
         "The parts are in the wrong order: training first, then validation, then the test."),
        (lambda X, y, n_validation, n_test, rng: deal(X, y, n_test, n_validation, rng),
         "n_validation and n_test are exchanged: validation comes second, the test last."),
        (lambda X, y, n_validation, n_test, rng: [(X, y), *deal(X, y, n_validation, n_test, rng)[1:]],
         "All samples are for training here, those of validation and test, too: take these out first."),
        (lambda X, y, n_validation, n_test, rng: [a for pair in deal(X, y, n_validation, n_test, rng) for a in pair],
         "These are six arrays: return three pairs, (X, y) for each part."),
        (lambda X, y, n_validation, n_test, rng: deal(X, y, n_validation, n_test, rng)[::2],
         "There need to be three parts: training, validation and test."),
        (lambda X, y, n_validation, n_test, rng: tuple(np.arange(3) for part in range(3)),
         "These are row numbers: return the samples themselves, (X[rows], y[rows])."),
        (lambda X, y, n_validation, n_test, rng: [a for a, _ in deal(X, y, n_validation, n_test, rng)],
         "Each part needs its X and its y: return pairs, (X[rows], y[rows])."),
        (lambda X, y, n_validation, n_test, rng: [(a[:-1], b) for a, b in deal(X, y, n_validation, n_test, rng)],
         "In some part X and y differ in length: take the same rows of both."),
    ],
    seen=_parts_seen,
    words=_ABOUT_PARTS,
)  # fmt: skip


def _candidates(seed, m):
    """Accuracies of m models on each part; another one is best on training, on validation, on the test, on average."""
    rng = np.random.default_rng(seed)
    while True:
        training, validation, test = np.round(rng.uniform(0.5, 0.98, (3, m)), 3)
        a, b, c = training, validation, test
        winners = [np.argmax(each) for each in (b, c, a, a + b, b + c, a + c, a + b + c, -b)]
        if winners[0] not in winners[1:] and len({*winners[1:4], winners[4]}) == 4 and winners[6] not in winners[1:5]:
            return f"{m} models", (training, validation, test)


check_choose = Exercise(
    choose,
    [_candidates(seed, m) for seed, m in ((1, 10), (2, 12), (3, 15), (4, 9), (5, 20))],
    hints=[
        "Training accuracy rewards learning by heart, and the test is for the end. On which part do you choose?",
        "best = np.argmax(validation) is the place of the largest.",
        "return best, test[best]",
    ],
    mistakes=[
        (lambda a, b, c: (np.argmax(c), c.max()), "Chosen on the test set: its best was also the luckiest, so that number is too good. Choose on validation."),
        (lambda a, b, c: (np.argmax(c), b[np.argmax(c)]), "Chosen on the test set, reported on validation: it is the other way round."),
        (lambda a, b, c: (np.argmax(a), c[np.argmax(a)]), "Chosen on the training set: the best there may have learned by heart. Choose on validation."),
        (lambda a, b, c: (np.argmax(a), a.max()), "Chosen and reported on the training set, which the models have seen: choose on validation, report on the test."),
        (lambda a, b, c: (np.argmax(b), b.max()), "The place is right, but the accuracy is that on validation, where the winner was chosen for being high: report the test."),
        (lambda a, b, c: (np.argmax(b), a[np.argmax(b)]), "The place is right, but the accuracy is that on training, which the model has seen: report the test."),
        (lambda a, b, c: (np.argmax(b), c.max()), "The place is right, but the accuracy is that of another model: report the chosen one's, test[best]."),
        (lambda a, b, c: (np.argmax(b), c.mean()), "The place is right, but this is the mean of all models: report the chosen one's, test[best]."),
        (lambda a, b, c: (np.argmax(b) + 1, c[np.argmax(b)]), "Places count from 0, as argmax gives them: do not add 1."),
        (lambda a, b, c: (b.max(), c[np.argmax(b)]), "First the place of the best model, np.argmax(validation), not its accuracy (max)."),
        (lambda a, b, c: (np.argmin(b), c[np.argmin(b)]), "This takes the worst model: these are accuracies, not losses, so the largest wins (argmax)."),
        (lambda a, b, c: (np.argmax(b + c), c[np.argmax(b + c)]), "The test took part in the choice: choose on validation alone."),
        (lambda a, b, c: (np.argmax(a + b + c), c[np.argmax(a + b + c)]), "All three parts took part in the choice: choose on validation alone."),
        (lambda a, b, c: (np.argmax(a + b), c[np.argmax(a + b)]), "The training set took part in the choice: choose on validation alone."),
        (lambda a, b, c: (c[np.argmax(b)], np.argmax(b)), "The two are exchanged: first the place, then the accuracy."),
        (lambda a, b, c: np.argmax(b), "The accuracy to report is missing: return two things, the place and test[best]."),
        (lambda a, b, c: c[np.argmax(b)], "The place is missing: return two things, best and test[best]."),
    ],
)  # fmt: skip
