"""Exercises of lesson 03: a safe sigmoid, cross entropy, both gradients, the likelihood of a coin, the whole training,
accuracy, precision and recall."""

import numpy as np

from lessons_lib.exercises.checking import Exercise
from lessons_lib.maths.logistic_regression import (
    cross_entropy,
    gradient,
    log_likelihood,
    loss,
    margin_gradient,
    margin_loss,
    sigmoid,
)


def _mirrored(z):
    return np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z)))


def _base(base):
    return lambda z: sigmoid(z * np.log(base))


check_sigmoid = Exercise(
    sigmoid,
    [
        ("z = 0, 1 and −2", (np.array([0.0, 1.0, -2.0]),)),
        ("z = −10000", (np.array([-1e4]),)),
        ("z = 10000", (np.array([1e4]),)),
        ("five random z", (np.random.default_rng(1).normal(size=5) * 3,)),
        ("z = 10000, 0.5 and −10000 in one array", (np.array([1e4, 0.5, -1e4]),)),
        ("z = −10000, −0.5, 0 and 10000 in one array", (np.array([-1e4, -0.5, 0.0, 1e4]),)),
    ],
    hints=[
        "1 / (1 + np.exp(-z)) is right, until -z is so large that the exponential overflows.",
        "e to a negative number never overflows: use np.exp(-np.abs(z)), and treat both signs of z apart.",
        "Or: np.exp(-np.logaddexp(0, -z)), as logaddexp(a, b) is log(e^a + e^b) without overflow.",
    ],
    mistakes=[
        (lambda z: 1 / (1 + np.exp(-z)), "Right for small z, but e^−z overflows at z = −10000: only take e to negative numbers."),
        (lambda z: np.exp(z) / (1 + np.exp(z)), "Right for small z, but e^z overflows at z = 10000: only take e to negative numbers."),
        (lambda z: np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z))),
         "np.where computes both sides for every z, so the unused one still overflows: use e^−|z| in both."),
        (lambda z: 1 / (1 + np.exp(-z)) if z.max() > 0 else np.exp(z) / (1 + np.exp(z)),
         "Right while all z have one sign, but with both in one array an exponential overflows: choose for each z, or use e^−|z|."),
        (lambda z: 1 / (1 + np.exp(-np.abs(z))), "For negative z this is mirrored: there the answer is e^−|z| / (1 + e^−|z|)."),
        (_mirrored, "For positive z this is mirrored: there the answer is 1 / (1 + e^−|z|)."),
        (lambda z: 1 / (1 + np.exp(z)), "The sign of z is flipped: this falls where the sigmoid rises."),
        (lambda z: sigmoid(-z), "The sign of z is flipped, or the two sides are swapped: this falls where the sigmoid rises."),
        (lambda z: 1 / (1 + np.exp(-np.maximum(z, 0))), "For negative z this stays at 0.5: the sigmoid falls on to 0 there."),
        (lambda z: 1 / (1 + np.exp(-np.minimum(z, 0))), "For positive z this stays at 0.5, and for negative z an exponential overflows: only take e to negative numbers."),
        (lambda z: np.exp(np.minimum(z, 0)) / (1 + np.exp(np.minimum(z, 0))), "For positive z this stays at 0.5: the sigmoid rises on to 1 there."),
        (lambda z: np.tanh(z), "This is tanh, from −1 to 1; the sigmoid goes from 0 to 1."),
        (lambda z: np.tanh(z / 2), "This is tanh(z/2), from −1 to 1: the sigmoid is half of (1 + tanh(z/2))."),
        (lambda z: (1 + np.tanh(z)) / 2, "This is the sigmoid of 2z: with tanh it is (1 + tanh(z/2)) / 2."),
        (lambda z: (z > 0).astype(float), "This is the hard threshold; the sigmoid passes smoothly through 0.5."),
        (lambda z: (z >= 0).astype(float), "This is the hard threshold; the sigmoid passes smoothly through 0.5."),
        (lambda z: np.where(z == 0, 0.5, z > 0), "This is the hard threshold; the sigmoid is 0.5 at z = 0 only, and passes smoothly through it."),
        (lambda z: sigmoid(z) * (z != 0), "At z = 0 this is 0: one of the two sides needs to take it, z >= 0."),
        *((lambda z, limit=limit: sigmoid(np.clip(z, -limit, limit)),
           f"Clipping z to −{limit} … {limit} changes the values: clip, if at all, only where e^−z overflows.") for limit in (1, 2, 5, 6, 10)),
        (lambda z: np.logaddexp(0, -z), "This is −log of the sigmoid: np.exp(-np.logaddexp(0, -z)) undoes the log."),
        (lambda z: -np.logaddexp(0, -z), "This is the log of the sigmoid: np.exp( ) undoes the log."),
        (lambda z: np.logaddexp(0, z), "This is log(1 + e^z): the sigmoid is np.exp(-np.logaddexp(0, -z))."),
        (lambda z: 1 / (1 + np.exp(-np.abs(z))) if (z >= 0).all() else _mirrored(z), "One sign is chosen for the whole array: choose for each z, np.where(z >= 0, ..., ...)."),
        (lambda z: np.exp(-np.abs(z)), "This is e^−|z| alone: the sigmoid is 1 / (1 + e^−|z|) for positive z, e^−|z| / (1 + e^−|z|) for negative."),
        (lambda z: 1 + np.exp(-np.abs(z)), "This is 1 + e^−|z|: brackets are missing in 1 / (1 + ...), or the 1 / is. And for negative z it is e^−|z| / (1 + e^−|z|)."),
        (lambda z: np.maximum(z, 0), "This is ReLU, max(z, 0): the sigmoid is 1 / (1 + e^−z), from 0 to 1."),
        (lambda z: z / (1 + np.abs(z)), "This is z / (1 + |z|), from −1 to 1: the sigmoid is 1 / (1 + e^−z), from 0 to 1."),
        (lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum(), "This is softmax, a share of the whole array: the sigmoid takes each z alone."),
        (lambda z: sigmoid(z) * (1 - sigmoid(z)), "This is the slope of the sigmoid, p (1 − p): return p itself."),
        (lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2, "This is the slope of the sigmoid, e^−z / (1 + e^−z)², and it overflows: return 1 / (1 + e^−z), written safely."),
        (lambda z: sigmoid(z).sum(), "You added up: each z has its own answer, an array of the shape of z."),
        (lambda z: sigmoid(z).mean(), "You averaged: each z has its own answer, an array of the shape of z."),
        (lambda z: sigmoid(z)[0], "This is one number, that of the first z: one for each z is needed. Does the return stand inside the loop?"),
        (lambda z: sigmoid(z)[-1], "This is one number, that of the last z: one for each z is needed, collect them."),
        (_base(2.0), "The base is 2 instead of e: use np.exp."),
        (_base(10.0), "The base is 10 instead of e: use np.exp."),
        (lambda z: _base(2.7)(z), "The base is 2.7 instead of e: use np.exp."),
        (lambda z: _base(2.718)(z), "e is approximated by 2.718: use np.exp."),
        (lambda z: _base(2.71828)(z), "e is approximated by 2.71828: use np.exp."),
    ],
    overflow="raise",
)  # fmt: skip


def _distributions():
    rng = np.random.default_rng(2)
    random = [(f"two random distributions of {d}", tuple(rng.dirichlet(np.ones(d), size=2))) for d in (3, 5)]
    truth = np.array([1.0, 0, 0, 0])
    return [
        ("the lecture's first example", (truth, np.array([0.25, 0.25, 0.25, 0.25]))),
        ("the lecture's second example", (truth, np.array([0.91, 0.03, 0.03, 0.03]))),
        ("a q that is right and sure", (np.array([0.0, 1.0]), np.array([0.0, 1.0]))),
        *random,
        ("a q that is nearly sure", (np.array([0.7, 0.2, 0.1]), np.array([0.985, 0.012, 0.003]))),
        ("a p with zeros between", (np.array([0.0, 0.3, 0.0, 0.7]), np.array([0.4, 0.2, 0.0, 0.4]))),
        ("a q that is 0 where p is not", (np.array([0.2, 0.8]), np.array([1.0, 0.0]))),
    ]


def _surprise(answer, p, q):
    """Where q rules out what p expects any huge number counts as infinite: log(q + 1e-12) is as honest as log q."""
    impossible = np.any((p > 0) & (q == 0))
    return np.inf if impossible and np.ndim(answer) == 0 and answer > 10 else answer


def _log(x):
    return np.log(np.maximum(x, 1e-300))


def h(p, q):
    """H(p, q) = −Σ pᵢ log qᵢ, in nats. p, q (d,) -> a number."""
    return cross_entropy(p, q)


_SMALL = (0.1, 0.01, 0.001, 0.0001, 1e-5, 1e-6)

check_cross_entropy = Exercise(
    h,
    _distributions(),
    hints=[
        "Every outcome i adds p[i] times the log of q[i]; a minus sign stands before the sum.",
        "Where p is 0 nothing is added, even if q is 0 there: pick out p > 0 first.",
        "here = p > 0, then return -np.sum(p[here] * np.log(q[here]))",
    ],
    mistakes=[
        (lambda p, q: -h(p, q), "The sign is flipped: logs of probabilities are negative, so exactly one minus sign makes the sum positive."),
        (lambda p, q: h(p, q) / np.log(2), "This is in bits (log base 2); the loss is in nats: use np.log."),
        (lambda p, q: h(p, q) / np.log(10), "This uses the log to base 10: use np.log."),
        (lambda p, q: -np.sum(p * np.log(q)), "log of 0: where p and q are both 0, 0 · log 0 is nan. Leave out the places with p = 0."),
        (lambda p, q: h(p, q) / len(p), "You took the mean: cross entropy is a sum."),
        (lambda p, q: -np.mean(p * np.log(q)), "You took the mean: cross entropy is a sum. And leave out the places with p = 0, where 0 · log 0 is nan."),
        (lambda p, q: h(p, q) / 2, "Half too small: there is no ½ in the cross entropy."),
        (lambda p, q: -np.sum(q[q > 0] * np.log(p[q > 0])), "p and q are swapped: the log is taken of the prediction q."),
        (lambda p, q: -np.sum(q[p > 0] * np.log(p[p > 0])), "p and q are swapped: the log is taken of the prediction q, and p stands before it."),
        (lambda p, q: -np.sum(p * np.log2(q)), "Two slips: log2 gives bits, and 0 · log 0 is nan. Use np.log, and only where p > 0."),
        (lambda p, q: -np.sum(p * np.log10(q)), "Two slips: log10 has base 10, and 0 · log 0 is nan. Use np.log, and leave out the places with p = 0."),
        (lambda p, q: -np.sum(q * np.log(p)), "p and q are swapped: the log is taken of the prediction q. And leave out the places with p = 0."),
        (lambda p, q: np.sum(p * np.log(q)), "The minus sign is missing, and 0 · log 0 is nan: leave out the places with p = 0."),
        (lambda p, q: -np.sum(p[q > 0] * np.log(q[q > 0])), "Right, but where q is 0 and p is not the answer is infinite, and here nothing is added: leave out the places with p = 0, not those where q is 0."),
        (lambda p, q: -np.sum(p[p > 0] * np.log(p[p > 0])), "This is the entropy of p alone: the log is taken of q."),
        (lambda p, q: -np.sum(q[q > 0] * np.log(q[q > 0])), "This is the entropy of q alone: before the log stands p."),
        (lambda p, q: -np.sum(p * np.log(p)), "This is the entropy of p alone: the log is taken of q, only where p > 0."),
        (lambda p, q: -np.sum(q * np.log(q)), "This is the entropy of q alone: before the log stands p, and only where p > 0."),
        (lambda p, q: -np.sum(np.log(q[p > 0])), "The factor p is missing: each log counts as much as its p[i]."),
        (lambda p, q: -np.sum(np.log(q)), "The factor p is missing: each log counts as much as its p[i], and where p is 0 nothing is added."),
        (lambda p, q: h(p, q) - h(p, p), "This is the cross entropy less the entropy of p (the Kullback-Leibler divergence): take −Σ p log q alone."),
        (lambda p, q: np.sum((p - q) ** 2), "This is the squared difference; cross entropy takes −Σ p log q."),
        (lambda p, q: np.mean((p - q) ** 2), "This is the mean squared difference; cross entropy takes −Σ p log q."),
        (lambda p, q: np.sum((p - q) ** 2) / 2, "This is half the squared difference; cross entropy takes −Σ p log q."),
        (lambda p, q: np.sum(np.abs(p - q)), "This is the absolute difference; cross entropy takes −Σ p log q."),
        (lambda p, q: np.sum(p * q), "The log is missing: each outcome adds −p[i] times the log of q[i]."),
        (lambda p, q: -np.sum(p * q), "The log is missing: each outcome adds p[i] times the log of q[i]."),
        (lambda p, q: -np.sum(np.log(p[p > 0] * q[p > 0])), "p stands inside the log: the log is taken of q alone, p is multiplied by it."),
        (lambda p, q: -np.mean(np.log(q[p > 0])), "Every outcome counts alike in this mean: multiply each log by its p[i], and add up."),
        (lambda p, q: -np.sum(np.log(q[q > 0])) * np.sum(p), "The factor p is missing inside the sum: each log counts as much as its p[i]."),
        (lambda p, q: -np.sum(p * np.log(q / p)), "This is p log (p/q), the Kullback-Leibler divergence: take −Σ p log q alone, only where p > 0."),
        (lambda p, q: -np.sum(p * np.log(q) + (1 - p) * np.log(1 - q)), "The terms with 1 − p are for a single yes or no: here −Σ p log q is the whole sum, where p > 0."),
        (lambda p, q: -np.log(np.sum(p * q)), "The sum stands inside the log: take the log of each q[i] first, then add up."),
        (lambda p, q: -np.log(q[0]), "This takes the first outcome only: each outcome adds p[i] times the log of q[i]."),
        (lambda p, q: -np.log(q[np.argmax(p)]), "This takes the largest p only: each outcome adds p[i] times the log of q[i]."),
        (lambda p, q: -np.log(np.max(q)), "This takes the largest q only: each outcome adds p[i] times the log of q[i]."),
        (lambda p, q: -np.sum(p * np.log1p(q)), "log1p is the log of 1 + q: use np.log, only where p > 0."),
        *((lambda p, q, small=small: -np.sum(p * np.log(q + small)),
           f"A small number, {small}, is added inside the log, and it is too large: 1e-12 would do no harm, or leave out the places with p = 0.") for small in _SMALL),
        (lambda p, q: np.exp(h(p, q)), "This is e to the cross entropy: leave the sum as it is."),
        (lambda p, q: h(p, q) + h(1 - p, 1 - q), "The terms with 1 − p are for a single yes or no: here −Σ p log q is the whole sum."),
        (lambda p, q: -np.sum(p * _log(q) + (1 - p) * _log(1 - q)), "The terms with 1 − p are for a single yes or no: here −Σ p log q is the whole sum, without a second term."),
        (lambda p, q: -np.sum(p * np.log(np.clip(q, 0.05, 1))), "clip to 0.05 changes small q: clip, if at all, to something like 1e-12."),
        (lambda p, q: -np.sum(p * np.log(np.clip(q, 0.01, 1))), "clip to 0.01 changes small q: clip, if at all, to something like 1e-12."),
        (lambda p, q: -(p * np.log(q)), "Not yet added up: the answer is one number, and where p is 0 nothing is added."),
        (lambda p, q: -(p * _log(q)), "Not yet added up: the answer is one number, the sum over all outcomes."),
        (lambda p, q: -(p[p > 0] * np.log(q[p > 0])), "Not yet added up: the answer is one number, the sum over these outcomes."),
        (lambda p, q: -p[0] * _log(q)[0], "Only the first outcome is counted: does the return stand inside the loop?"),
        (lambda p, q: -(p[p > 0] * np.log(q[p > 0]))[-1], "Only the last outcome is counted: add up in the loop, total += ..."),
    ],
    seen=_surprise,
)  # fmt: skip


def _samples(labels):
    rng = np.random.default_rng(3)
    return [
        (
            f"{n} random pets with {d} features",
            (rng.normal(size=d), rng.normal(size=(n, d)), rng.choice(labels, size=n)),
        )
        for n, d in ((4, 2), (6, 3), (5, 5))
    ]


def _p_minus_y(w, X, y):
    return sigmoid(X @ w) - y


check_gradient = Exercise(
    gradient,
    _samples([0, 1]),
    hints=[
        "Score z = X @ w, probability p = sigmoid(z), residual p - y.",
        "It has the form of linear regression's gradient, with p in place of X @ w.",
        "return X.T @ (sigmoid(X @ w) - y) / len(y)",
    ],
    mistakes=[
        (lambda w, X, y: -gradient(w, X, y), "The sign is flipped: the residual is p − y."),
        (lambda w, X, y: len(y) * gradient(w, X, y), "The mean is forgotten: divide by N."),
        (lambda w, X, y: -len(y) * gradient(w, X, y), "Two slips: the residual is p − y, and the mean is forgotten."),
        (lambda w, X, y: gradient(w, X, y) / 2, "Half too small: the log loss has no ½ in front, so divide by N only."),
        (lambda w, X, y: 2 * gradient(w, X, y), "Twice too large: the log loss has no square, so no 2 appears."),
        (lambda w, X, y: len(y) / len(w) * gradient(w, X, y), "You divided by the number of features; N counts the pets."),
        (lambda w, X, y: len(y) / max(y.sum(), 1) * gradient(w, X, y), "You divided by the number of dogs, sum(y): N counts all pets, len(y)."),
        (lambda w, X, y: X.T @ (X @ w - y) / len(y), "The sigmoid is missing: this is linear regression's gradient."),
        (lambda w, X, y: X.T @ (X @ w - y), "The sigmoid is missing, and the mean is forgotten: divide by N."),
        (lambda w, X, y: X.T @ ((X @ w >= 0) - y) / len(y), "You used the hard decision; the gradient needs the probability."),
        (lambda w, X, y: X.T @ (np.tanh(X @ w) - y) / len(y), "This takes tanh; a probability is the sigmoid of the score."),
        (lambda w, X, y: X.T @ (sigmoid(X) @ w - y) / len(y), "The sigmoid is taken of the features: it belongs around the whole score, sigmoid(X @ w)."),
        (lambda w, X, y: X.T @ (sigmoid(-(X @ w)) - y) / len(y), "The sign of the score is flipped: p = sigmoid(X @ w)."),
        (lambda w, X, y: X.T @ (sigmoid(X * w) - y) / len(y), "X * w multiplies feature by weight, but does not add up: the score is X @ w."),
        (lambda w, X, y: X.T @ sigmoid(X @ w - y) / len(y), "A bracket is misplaced: subtract y from the probability, sigmoid(X @ w) - y."),
        (lambda w, X, y: X.T @ (sigmoid(X @ w) - y / len(y)), "Brackets are missing: the whole of X.T @ (p - y) is divided by N, not y alone."),
        (lambda w, X, y: X.T @ sigmoid(X @ w) / len(y), "The labels y are missing: the residual is p − y."),
        (lambda w, X, y: X.T @ y / len(y), "The probabilities are missing: the residual is p − y."),
        (lambda w, X, y: X.T @ (sigmoid(X @ w) + y) / len(y), "There is a plus where a minus belongs: the residual is p − y."),
        (lambda w, X, y: X.T @ (sigmoid(X @ w) * y) / len(y), "You multiplied p by y: the residual is p − y."),
        (lambda w, X, y: X.T @ (sigmoid(X @ w) == y) / len(y), "This is 0 for every weight: is p compared with y (==)? The residual is the difference, p - y."),
        (lambda w, X, y: X.T @ (sigmoid(X @ w) >= 0.5 - y) / len(y), "A comparison slipped in: the residual is the difference sigmoid(X @ w) - y."),
        (lambda w, X, y: X.T @ np.abs(sigmoid(X @ w) - y) / len(y), "This takes the absolute values of the residuals: their sign says which way to go."),
        (lambda w, X, y: X.T @ (sigmoid(X @ w) - y) ** 2 / len(y), "The residuals are squared: here the residual p − y itself counts."),
        (lambda w, X, y: -X.T @ (y * sigmoid(-(X @ w))) / len(y), "Where y = 0 this adds nothing, but the residual of a cat is p. (The formula with t is for labels −1 and +1, here they are 0 and 1.)"),
        (lambda w, X, y: X @ (sigmoid(X @ w) - y) / len(y), "The transpose is missing: X.T @ residual adds up over the pets."),
        (lambda w, X, y: X.T @ (sigmoid(X.T @ w) - y) / len(y), "w @ X, or X transposed, in the score: it is X @ w, in this order."),
        (lambda w, X, y: gradient(w, X, y)[:, None], "The slopes stand in a column: give them shape (d,), as w has it."),
        (lambda w, X, y: gradient(w, X, y)[None, :], "The slopes stand in a row of shape (1, d): give them shape (d,), as w has it."),
        (lambda w, X, y: X * _p_minus_y(w, X, y)[:, None] / len(y), "Not yet added up: sum over the pets (axis=0), as X.T @ residual does."),
        (lambda w, X, y: X * _p_minus_y(w, X, y)[:, None], "Not yet added up: take the mean over the pets (axis=0), as X.T @ residual / len(y) does."),
        (lambda w, X, y: (X * _p_minus_y(w, X, y)[:, None]).T / len(y), "Not yet added up: * makes a table, X.T @ residual adds up over the pets."),
        (lambda w, X, y: (X * _p_minus_y(w, X, y)[:, None]).mean(axis=1), "You added along the wrong axis: average over the pets (axis=0), so that shape (d,) is left."),
        (lambda w, X, y: (X * _p_minus_y(w, X, y)[:, None]).sum(axis=1), "You added along the wrong axis: average over the pets (axis=0), so that shape (d,) is left."),
        (lambda w, X, y: gradient(w, X, y).mean(), "You averaged over everything: average over the pets only, so that one slope per weight is left."),
        (lambda w, X, y: gradient(w, X, y).sum(), "You added up the slopes: each weight has its own, shape (d,)."),
        (lambda w, X, y: _p_minus_y(w, X, y).mean(), "The features are missing: each weight's slope is the mean of residual times feature."),
        (lambda w, X, y: _p_minus_y(w, X, y) / len(y), "The features are missing: X.T @ residual multiplies by them and adds up."),
        (lambda w, X, y: _p_minus_y(w, X, y), "The features are missing: X.T @ residual / len(y) multiplies by them and averages."),
        (lambda w, X, y: X.T @ ((p := sigmoid(X @ w)) * (1 - p) * (p - y)) / len(y), "This is the gradient of the squared error: with the log loss p(1 − p) cancels."),
        (lambda w, X, y: w - gradient(w, X, y), "This is w after a step: return the gradient alone."),
        (lambda w, X, y: w - 0.1 * gradient(w, X, y), "This is w after a step of learning rate 0.1: return the gradient alone."),
        (loss, "This is the loss, one number: the gradient holds one slope for each weight."),
        (lambda w, X, y: X[0] * _p_minus_y(w, X, y)[0] / len(y), "Only the first pet is counted: does the return stand inside the loop?"),
        (lambda w, X, y: X[0] * _p_minus_y(w, X, y)[0], "Only the first pet is counted: take the mean over all. Does the return stand inside the loop?"),
        (lambda w, X, y: X[-1] * _p_minus_y(w, X, y)[-1] / len(y), "Only the last pet is counted: add up in the loop, slopes += ..."),
        (lambda w, X, y: X[-1] * _p_minus_y(w, X, y)[-1], "Only the last pet is counted: add up in the loop, slopes += ..., and divide by N after it."),
    ],
)  # fmt: skip


def _margin(w, X, t):
    return t * (X @ w)


def _each(w, X, t):
    return -(t * sigmoid(-_margin(w, X, t)))[:, None] * X


check_margin_gradient = Exercise(
    margin_gradient,
    _samples([-1, 1]),
    hints=[
        "For one pet: the slope of log(1 + e^−m) in m is −σ(−m), and m = t · z has slope t · x in w.",
        "So each pet adds −t · σ(−t z) · x; average over the pets.",
        "return -X.T @ (t * sigmoid(-t * (X @ w))) / len(t)",
    ],
    mistakes=[
        (lambda w, X, t: -margin_gradient(w, X, t), "The sign is flipped: there is a minus in front, from the −t in the exponent."),
        (lambda w, X, t: len(t) * margin_gradient(w, X, t), "The mean is forgotten: divide by N."),
        (lambda w, X, t: -len(t) * margin_gradient(w, X, t), "Two slips: there is a minus in front, from the −t in the exponent, and the mean is forgotten: divide by N."),
        (lambda w, X, t: 2 * margin_gradient(w, X, t), "Twice too large: nothing is squared here, so no 2 appears."),
        (lambda w, X, t: margin_gradient(w, X, t) / 2, "Half too small: there is no ½ in this loss, divide by N only."),
        (lambda w, X, t: len(t) / len(w) * margin_gradient(w, X, t), "You divided by the number of features; N counts the pets."),
        (lambda w, X, t: -X.T @ (t * sigmoid(_margin(w, X, t))) / len(t), "The sign of t is wrong inside σ: pets that are right (t z > 0) should weigh little, σ(−t z)."),
        (lambda w, X, t: X.T @ (t * sigmoid(_margin(w, X, t))) / len(t), "Two signs are flipped: inside σ it is −t z, and there is a minus in front."),
        (lambda w, X, t: -X.T @ sigmoid(-_margin(w, X, t)) / len(t), "A factor t is missing: a cat pushes the other way than a dog."),
        (lambda w, X, t: X.T @ sigmoid(-_margin(w, X, t)) / len(t), "The factor −t before σ is missing: a cat pushes the other way than a dog."),
        (lambda w, X, t: -X.T @ (t * sigmoid(-(X @ w))) / len(t), "The label t is missing inside σ: it is σ(−t z)."),
        (lambda w, X, t: -X.T @ (t * sigmoid(X @ w)) / len(t), "Inside σ stands z: it is σ(−t z), with the label t."),
        (lambda w, X, t: X.T @ (t * sigmoid(X @ w)) / len(t), "Inside σ stands z: it is σ(−t z), with the label t, and there is a minus in front."),
        (lambda w, X, t: X.T @ (sigmoid(X @ w) - t) / len(t), "This is the gradient for labels 0 and 1; here they are −1 and +1."),
        (lambda w, X, t: X.T @ (X @ w - t) / len(t), "This is linear regression's gradient: here the sigmoid of −t z weighs each pet."),
        (lambda w, X, t: -X.T @ t / len(t), "The weight σ(−t z) of each pet is missing."),
        (lambda w, X, t: -X.T @ (t * np.exp(-_margin(w, X, t))) / len(t), "The exponential alone is not enough: the chain rule divides it by 1 + e^(−t z), which makes σ(−t z)."),
        (lambda w, X, t: -X.T @ (t * (p := sigmoid(-_margin(w, X, t))) * (1 - p)) / len(t), "The factor 1 − p is too much: the slope of log(1 + e^(−m)) is −σ(−m), not the slope of σ."),
        (lambda w, X, t: -X.T @ (t * np.logaddexp(0, -_margin(w, X, t))) / len(t), "The log is still there: the slope of log(1 + e^(−m)) is −σ(−m)."),
        (lambda w, X, t: -X.T @ (t * (_margin(w, X, t) < 0)) / len(t), "You used a hard decision, right or wrong: each pet weighs σ(−t z)."),
        (lambda w, X, t: -X @ (t * sigmoid(-_margin(w, X, t))) / len(t), "The transpose is missing: X.T @ … adds up over the pets."),
        (lambda w, X, t: -X.T @ (t * sigmoid(-t * (X.T @ w))) / len(t), "w @ X, or X transposed, in the score: it is X @ w, in this order."),
        (lambda w, X, t: margin_gradient(w, X, t)[:, None], "The slopes stand in a column: give them shape (d,), as w has it."),
        (lambda w, X, t: margin_gradient(w, X, t)[None, :], "The slopes stand in a row of shape (1, d): give them shape (d,), as w has it."),
        (lambda w, X, t: _each(w, X, t) / len(t), "Not yet added up: sum over the pets (axis=0), as X.T @ … does."),
        (lambda w, X, t: _each(w, X, t), "Not yet added up: take the mean over the pets (axis=0)."),
        (lambda w, X, t: _each(w, X, t).T / len(t), "Not yet added up: * makes a table, X.T @ … adds up over the pets."),
        (lambda w, X, t: _each(w, X, t).mean(axis=1), "You added along the wrong axis: average over the pets (axis=0), so that shape (d,) is left."),
        (lambda w, X, t: _each(w, X, t).mean(), "You averaged over everything: average over the pets only, so that one slope per weight is left."),
        (lambda w, X, t: -np.mean(t * sigmoid(-_margin(w, X, t))), "The features are missing: X.T @ … multiplies each pet's term by its features before it adds up."),
        (lambda w, X, t: -t * sigmoid(-_margin(w, X, t)) / len(t), "The features are missing: X.T @ … multiplies by them and adds up."),
        (lambda w, X, t: -t * sigmoid(-_margin(w, X, t)), "The features are missing: X.T @ … / len(t) multiplies by them and averages."),
        (lambda w, X, t: w - margin_gradient(w, X, t), "This is w after a step: return the gradient alone."),
        (lambda w, X, t: w - 0.1 * margin_gradient(w, X, t), "This is w after a step of learning rate 0.1: return the gradient alone."),
        (margin_loss, "This is the loss, one number: the gradient holds one slope for each weight."),
        (lambda w, X, t: _each(w, X, t)[0] / len(t), "Only the first pet is counted: does the return stand inside the loop?"),
        (lambda w, X, t: _each(w, X, t)[-1] / len(t), "Only the last pet is counted: add up in the loop, slopes += ..."),
    ],
)  # fmt: skip


def train(X, t, learning_rate, n_steps):
    """w_k+1 = w_k + (r/N) Xᵀ(t σ(−t Xw_k)) from w_0 = 0: the slides' training code for labels −1 and +1.

    X (n, d), t (n,) of −1 and +1, learning_rate r, n_steps ≥ 0 -> w (d,). Slide "Code", left as an exercise.
    """
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - learning_rate * margin_gradient(w, X, t)
    return w


def _train_cases():
    return [
        (f"{name}, {steps}", (X, t, rate, k))
        for (name, (_, X, t)), rate, (steps, k) in zip(
            [*_samples([-1, 1])[:1], *_samples([-1, 1])],
            (0.5, 0.5, 0.4, 0.3),
            (("0 steps, so that w stays at zeros", 0), ("1 step", 1), ("3 steps", 3), ("20 steps", 20)),
        )
    ]


def _train_by(gradient, learning_rate, n_steps, w):
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
    return w


def _return_inside(X, t, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - learning_rate * margin_gradient(w, X, t)
        return w


def _starting_anew(X, t, learning_rate, n_steps):
    for _ in range(n_steps):
        w = np.zeros(X.shape[1])
        w = w - learning_rate * margin_gradient(w, X, t)
    return w


def _zeros(X):
    return np.zeros(X.shape[1])


check_train = Exercise(
    train,
    _train_cases(),
    hints=[
        "Start from np.zeros(X.shape[1]), as in lesson 01.",
        "In every round: w = w - learning_rate * (the gradient of the exercise before).",
        "Return w after the loop, not inside it.",
    ],
    mistakes=[
        (lambda X, t, r, n: train(X, t, -r, n), "The sign is flipped: this climbs. Subtract the gradient."),
        (_return_inside, "Only one step was taken: is the return inside the loop?"),
        (_starting_anew, "Only one step was taken: does each round start again from zeros? np.zeros belongs before the loop."),
        (lambda X, t, r, n: train(X, t, r, min(n, 1)), "Only one step was taken: is the return inside the loop, or does each round start again from zeros?"),
        (lambda X, t, r, n: train(X, t, r, 1), "Exactly one step was taken, whatever n_steps is: for step in range(n_steps) makes as many rounds."),
        (lambda X, t, r, n: train(X, t, r * len(t), n), "Every step is N times too long: the mean is forgotten."),
        (lambda X, t, r, n: train(X, t, r / len(t), n), "Every step is N times too short: margin_gradient divides by N already, once is enough."),
        (lambda X, t, r, n: train(X, t, 2 * r, n), "Every step is twice too long: it is learning_rate times the gradient."),
        (lambda X, t, r, n: train(X, t, r / 2, n), "Every step is half too short: it is learning_rate times the gradient."),
        (lambda X, t, r, n: train(X, t, 1.0, n), "The learning rate is missing."),
        (lambda X, t, r, n: train(X, t, 0.5, n), "The learning rate is always 0.5 here: use the parameter learning_rate."),
        (lambda X, t, r, n: train(X, t, 0.1, n), "The learning rate is always 0.1 here: use the parameter learning_rate."),
        (lambda X, t, r, n: train(X, t, 0.01, n), "The learning rate is always 0.01 here: use the parameter learning_rate."),
        (lambda X, t, r, n: train(X, t, r, n + 1), "One step too many: range(n_steps) makes n_steps rounds."),
        (lambda X, t, r, n: train(X, t, r, n - 1), "One step is missing: range(n_steps) makes n_steps rounds."),
        (lambda X, t, r, n: train(X, t, r, 10), "Always 10 steps: use n_steps, as in range(n_steps)."),
        (lambda X, t, r, n: train(X, t, r, 100), "Always 100 steps: use n_steps, as in range(n_steps)."),
        (lambda X, t, r, n: train(X, t, r, len(t)), "One step for each pet: range(n_steps) makes n_steps rounds."),
        (lambda X, t, r, n: -n * r * margin_gradient(_zeros(X), X, t), "The gradient never changes: compute it anew inside the loop, at the present w."),
        (lambda X, t, r, n: _train_by(lambda w: margin_gradient(w, X, t), r, n, np.ones(X.shape[1])), "It starts from ones: the exercise starts from zeros, np.zeros(X.shape[1])."),
        (lambda X, t, r, n: _train_by(lambda w: X.T @ (sigmoid(X @ w) - t) / len(t), r, n, _zeros(X)), "This is the gradient for labels 0 and 1; here they are −1 and +1: use margin_gradient."),
        (lambda X, t, r, n: _train_by(lambda w: X.T @ (X @ w - t) / len(t), r, n, _zeros(X)), "This is linear regression: use margin_gradient(w, X, t)."),
        (lambda X, t, r, n: _train_by(lambda w: w + r * margin_gradient(w, X, t), 1.0, n, _zeros(X)), "w is replaced by the step alone: w = w - learning_rate * gradient."),
        (lambda X, t, r, n: _zeros(X), "w stays at zeros: does each round put the new weights into w, as in w = w - ...?"),
        (lambda X, t, r, n: X @ train(X, t, r, n), "These are the scores of the pets: return the weights w, shape (d,)."),
        (lambda X, t, r, n: sigmoid(X @ train(X, t, r, n)), "These are the probabilities of the pets: return the weights w, shape (d,)."),
        (lambda X, t, r, n: np.sign(X @ train(X, t, r, n)), "These are the decisions for the pets: return the weights w, shape (d,)."),
        (lambda X, t, r, n: margin_loss(train(X, t, r, n), X, t), "This is the loss: return the weights w, shape (d,)."),
        (lambda X, t, r, n: margin_gradient(train(X, t, r, n), X, t), "This is the gradient: return the weights w, shape (d,)."),
        (lambda X, t, r, n: train(X, t, r, n)[:, None], "The weights stand in a column of shape (d, 1): give them shape (d,), as np.zeros(X.shape[1]) has it."),
        (lambda X, t, r, n: train(X, t, r, n) / np.linalg.norm(train(X, t, r, n)), "The weights are scaled to length 1: return them as they are."),
        (lambda X, t, r, n: np.array([train(X, t, r, k) for k in range(n + 1)]), "This is the whole path: return only the last w, shape (d,)."),
    ],
)  # fmt: skip


def accuracy(p, y):
    """The share of samples whose decision, 1 where p ≥ 0.5, equals the label.

    p (n,) probabilities, y (n,) of 0 and 1 -> a number from 0 to 1.
    """
    return np.mean((p >= 0.5) == y)


def _decisions(seed, n):
    rng = np.random.default_rng(seed)
    return rng.random(n), rng.integers(0, 2, n)


def _right(p, y):
    return (p >= 0.5) == y


check_accuracy = Exercise(
    accuracy,
    [
        ("four pets, one on the border", (np.array([0.9, 0.5, 0.2, 0.6]), np.array([1, 1, 0, 0]))),
        ("thirty random pets", _decisions(4, 30)),
        ("seven random pets", _decisions(6, 7)),
        ("three pets, all right", (np.array([0.8, 0.1, 0.6]), np.array([1, 0, 1]))),
        ("three pets, all wrong", (np.array([0.3, 0.9, 0.2]), np.array([1, 0, 1]))),
        ("five pets, a cat on the border, two certain", (np.array([0.5, 1.0, 0.0, 0.7, 0.3]), np.array([0, 1, 0, 1, 1]))),
    ],
    hints=["Decide first: p >= 0.5 is True for a dog.", "Compare with y, and take the mean of the comparison."],
    mistakes=[
        (lambda p, y: 1 - accuracy(p, y), "This is the share of errors: compare with ==, not with !=, and decide for a dog where p >= 0.5."),
        (lambda p, y: np.mean((p > 0.5) == y), "At p = 0.5 exactly the decision is 1: use >=. (np.round(0.5) is 0, too.)"),
        (lambda p, y: np.mean(np.abs(p - y) < 0.5), "At p = 0.5 exactly the decision is 1, so a dog is right there: decide first with p >= 0.5, then compare with y."),
        (lambda p, y: np.mean(np.abs(p - y) <= 0.5), "At p = 0.5 exactly the decision is 1, so a cat is wrong there: decide first with p >= 0.5, then compare with y."),
        (lambda p, y: np.sum(_right(p, y)), "This counts the right ones; divide by N, or take the mean."),
        (lambda p, y: np.sum(~_right(p, y)), "This counts the errors: count the right ones (== instead of !=), and divide by N."),
        (lambda p, y: 100 * accuracy(p, y), "This is in per cent: a share goes from 0 to 1."),
        (lambda p, y: np.sum(_right(p, y)) / 4, "You divided by 4, whatever the number of pets: divide by len(y)."),
        (lambda p, y: np.sum(_right(p, y)) // len(y), "This is 1 when all are right, else 0 (np.all, or // that rounds down): the share of right ones is the mean."),
        (lambda p, y: np.mean(p == y), "A probability is hardly ever exactly 0 or 1: decide with p >= 0.5 first."),
        (lambda p, y: np.mean(p.astype(int) == y), "This says dog only where p is 1 (int cuts off everything behind the point, so 0.9 becomes 0): decide with p >= 0.5."),
        (lambda p, y: np.mean(p >= 0.5), "This is the share of pets called dogs: compare with y."),
        (lambda p, y: np.mean(p < 0.5), "This is the share of pets called cats: compare with y."),
        (lambda p, y: np.mean(y), "This is the share of dogs, whatever p is: compare the decisions, p >= 0.5, with y. (p is a probability already: its sigmoid, or p >= 0, always says dog.)"),
        (lambda p, y: np.mean(p), "This is the mean probability: make a decision first, p >= 0.5, and compare it with y."),
        (lambda p, y: np.mean(np.where(y == 1, p, 1 - p)), "This is the mean probability of the truth: decide first, p >= 0.5, then compare with y."),
        (lambda p, y: 1 - np.mean(p - y), "This is 1 less the mean difference, where errors of both kinds cancel: decide first, p >= 0.5, then compare with y."),
        (lambda p, y: np.mean(p >= 0.5) == np.mean(y), "The two shares are compared: compare pet by pet, (p >= 0.5) == y, and take the mean then."),
        (lambda p, y: np.mean(np.abs(p - y)), "This is the mean distance of p from y: decide first, p >= 0.5, then compare with y."),
        (lambda p, y: np.mean((p - y) ** 2), "This is the mean squared distance of p from y: decide first, p >= 0.5, then compare with y."),
        (lambda p, y: -np.mean(y * _log(p) + (1 - y) * _log(1 - p)), "This is the loss: decide first, p >= 0.5, then compare with y."),
        (lambda p, y: np.mean((p >= 0.5) * y), "This counts only the dogs that are right: both kinds count, compare the decision with y by ==."),
        (lambda p, y: np.mean((p < 0.5) * (1 - y)), "This counts only the cats that are right: both kinds count, compare the decision with y by ==."),
        (lambda p, y: np.mean(_right(p, y)[y == 1]), "This looks only at pets with label 1: take the mean over all pets."),
        (lambda p, y: np.mean(_right(p, y)[y == 0]), "This looks only at pets with label 0: take the mean over all pets."),
        (lambda p, y: np.mean(y[p >= 0.5]), "This looks only at pets with p >= 0.5, called dogs: take the mean over all pets."),
        (lambda p, y: np.mean((p >= 0.5) - y.astype(float)), "This is the mean difference, where errors of both kinds cancel: compare with ==."),
        (lambda p, y: np.mean((p >= p.mean()) == y), "This decides at the mean of p: decide at 0.5."),
        (lambda p, y: np.mean((p >= np.median(p)) == y), "This decides at the median of p: decide at 0.5."),
        (lambda p, y: np.mean((p > 0) == y), "This decides at 0: decide at 0.5."),
        (lambda p, y: np.mean((p >= 0.6) == y), "This decides at 0.6: decide at 0.5."),
        (lambda p, y: float(np.any(_right(p, y))), "This asks whether any is right: the share of right ones is the mean."),
        (lambda p, y: np.median(_right(p, y)), "This is the median: the share of right ones is the mean."),
        (_right, "This says right or wrong for each pet: take the mean, one number."),
        (lambda p, y: p >= 0.5, "These are the decisions: compare them with y and take the mean, one number."),
        (lambda p, y: _right(p, y)[0] / len(y), "Only the first pet is counted: does the return stand inside the loop?"),
        (lambda p, y: 0.0, "This is always 0: are two whole arrays compared with each other, by is or by == of lists? Decide for each pet, (p >= 0.5) == y, and take the mean."),
        (lambda p, y: 1.0, "This is always 1, whatever p and y are: compare the decisions p >= 0.5 with y, and take the mean."),
    ],
)  # fmt: skip


def _throws(seed, n, p):
    return (np.random.default_rng(seed).random(n) < p).astype(int)


check_log_likelihood = Exercise(
    log_likelihood,
    [
        ("seven heads in ten throws, p = 0.5", (0.5, np.array([1, 1, 0, 1, 1, 0, 1, 0, 1, 1]))),
        ("the same throws, p = 0.7", (0.7, np.array([1, 1, 0, 1, 1, 0, 1, 0, 1, 1]))),
        ("three tails, p = 0.2", (0.2, np.array([0, 0, 0]))),
        ("four throws, each with a p of its own", (np.array([0.9, 0.3, 0.6, 0.2]), np.array([1, 0, 0, 1]))),
        ("25 random throws, p = 0.35", (0.35, _throws(11, 25, 0.4))),
        ("2000 random throws, p = 0.6", (0.6, _throws(12, 2000, 0.6))),
    ],
    hints=[
        "Give every throw the probability of what fell: p where y is 1, 1 - p where y is 0.",
        "np.where(y == 1, p, 1 - p) makes that list. Take the log of each, and add them up.",
        "return np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))",
    ],
    mistakes=[
        (lambda p, y: -log_likelihood(p, y), "The sign is turned: this is n times the cross entropy; the log likelihood itself is below 0."),
        (lambda p, y: log_likelihood(p, y) / len(y), "You took the mean: the log likelihood is the sum over all throws."),
        (lambda p, y: -log_likelihood(p, y) / len(y), "This is the cross entropy, the mean with its sign turned; the log likelihood is the sum."),
        (lambda p, y: np.exp(log_likelihood(p, y)), "This is the likelihood itself, a product, which 2000 throws round to 0: add up the logarithms."),
        (lambda p, y: np.log(np.prod(np.where(y == 1, p, 1 - p))), "Right, until the product of 2000 throws rounds to 0 and its log is −inf: take the logs first, then add."),
        (lambda p, y: log_likelihood(p, y) / np.log(2), "This is in bits: use np.log, not np.log2."),
        (lambda p, y: log_likelihood(p, y) / np.log(10), "This is to base 10: use np.log, not np.log10."),
        (lambda p, y: np.sum(y * np.log(p)), "The tails are missing: every 0 adds log(1 − p)."),
        (lambda p, y: np.sum((1 - y) * np.log(1 - p)), "The heads are missing: every 1 adds log p."),
        (lambda p, y: log_likelihood(1 - p, y), "Heads and tails are swapped: p is the probability of a 1."),
        (lambda p, y: np.sum(np.log(p) + 0 * y), "Every throw counts as heads here: where y is 0 it is log(1 − p)."),
        (lambda p, y: np.log(np.sum(np.where(y == 1, p, 1 - p))), "You took the log of the sum: take the log of each probability, then add up."),
        (lambda p, y: np.sum(np.where(y == 1, p, 1 - p)), "The logarithm is missing: add up the logs of these probabilities."),
        (lambda p, y: np.log(np.where(y == 1, p, 1 - p))[0], "This is the first throw alone: is the return inside the loop? Return after it."),
        (lambda p, y: np.log(np.where(y == 1, p, 1 - p))[-1], "This is the last throw alone: add up in the loop with +=."),
        (lambda p, y: np.where(y == 1, np.log(p), np.log(1 - p)), "These are the logs of all throws: add them up."),
        (lambda p, y: np.sum(y) * np.log(np.mean(p)) + np.sum(1 - y) * np.log(1 - np.mean(p)), "p may differ from throw to throw: multiply first, then add up over the throws."),
    ],
)  # fmt: skip


def precision_recall(called, y):
    """[precision, recall]: of those called 1 the share that is 1; of those that are 1 the share called so.

    called, y (n,) of 0 and 1, at least one 1 in each -> (2,).
    """
    found = np.sum(called * y)
    return np.array([found / np.sum(called), found / np.sum(y)])


def _called(seed, n, share):
    rng = np.random.default_rng(seed)
    y = np.append((rng.random(n - 2) < share).astype(int), [1, 0])
    return np.append((rng.random(n - 2) < 0.2 + 0.5 * y[:-2]).astype(int), [1, 1]), y


check_precision_recall = Exercise(
    precision_recall,
    [
        ("three called dogs, two of them are, of four dogs", (np.array([1, 1, 1, 0, 0, 0]), np.array([1, 1, 0, 1, 1, 0]))),
        ("everybody is called a dog", (np.array([1, 1, 1, 1]), np.array([0, 0, 1, 0]))),
        ("thirty pets, one in five a dog", _called(1, 30, 0.2)),
        ("nine pets, half of them dogs", _called(2, 9, 0.5)),
        ("no dog is found", (np.array([0, 1, 0, 1, 0]), np.array([1, 0, 0, 0, 1]))),
    ],
    hints=[
        "Count the dogs that are found: called is 1 and y is 1. called * y is 1 just there.",
        "Precision divides that count by how many are called dogs, recall by how many are dogs.",
        "found = np.sum(called * y); return np.array([found / np.sum(called), found / np.sum(y)])",
    ],
    mistakes=[
        (lambda c, y: precision_recall(c, y)[::-1], "The two are swapped: precision comes first, it divides by how many are *called* dogs."),
        (lambda c, y: np.array([np.mean(c == y)] * 2), "This is the accuracy, which also counts the cats that are right."),
        (lambda c, y: np.array([np.sum(c * y)] * 2) / len(y), "You divided by all pets: precision divides by those called dogs, recall by those that are."),
        (lambda c, y: np.array([np.sum(c * y), np.sum(c * y)]), "These are the dogs that are found, counted: divide by those called dogs, and by those that are."),
        (lambda c, y: np.array([np.sum(c == y) / np.sum(c), np.sum(c == y) / np.sum(y)]), "You counted the cats that are right, too: count only where both are 1."),
        (lambda c, y: precision_recall(1 - c, 1 - y) if 0 < c.sum() < len(c) else np.array([np.nan, 0.0]), "This measures the cats: count where both are 1, not 0."),
        (lambda c, y: 1 - precision_recall(c, y), "These are the shares of errors: take 1 minus them, or count where both are 1."),
        (lambda c, y: 100 * precision_recall(c, y), "This is in per cent: a share goes from 0 to 1."),
        (lambda c, y: precision_recall(c, y)[0], "This is the precision alone: return both, the recall second."),
        (lambda c, y: precision_recall(c, y)[1], "This is the recall alone: return both, the precision first."),
        (lambda c, y: np.array([np.mean(c), np.mean(y)]), "These are the shares of pets called dogs, and of dogs: count where both are 1, and divide by each."),
        (lambda c, y: np.array([np.sum(c * y) / np.sum(c)] * 2), "The second one divides by how many are called dogs, too: recall divides by how many are dogs."),
        (lambda c, y: np.array([np.sum(c * y) / np.sum(y)] * 2), "The first one divides by how many are dogs, too: precision divides by how many are called dogs."),
        (lambda c, y: np.array([np.sum((c == 0) & (y == 0)), np.sum(c * y)]) / np.maximum([np.sum(y == 0), np.sum(y)], 1), "The first one is the share of cats that are right: precision looks only at those called dogs."),
    ],
)  # fmt: skip
