"""Answers to the exercises of lesson 03 as learners write them; each wrong one with words that its message holds."""

import math

import numpy as np

from lessons_lib.maths.logistic_regression import cross_entropy, gradient, loss, margin_gradient, margin_loss, sigmoid

# --- Exercise 1: σ(z) = 1 / (1 + e^−z), without overflow --------------------------------------------------------------


def sigmoid_by_masks(z):
    p = np.empty_like(z)
    positive = z >= 0
    p[positive] = 1 / (1 + np.exp(-z[positive]))
    e = np.exp(z[~positive])
    p[~positive] = e / (1 + e)
    return p


def sigmoid_one_by_one(z):
    def phi(a):
        if a >= 0:
            return 1 / (1 + math.exp(-a))
        return math.exp(a) / (1 + math.exp(a))

    return [phi(a) for a in z]


def sigmoid_by_mirror(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def sigmoid_clipped(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


def sigmoid_of_the_largest(z):
    if z.max() > 0:
        return 1 / (1 + np.exp(-z))
    return np.exp(z) / (1 + np.exp(z))


def sigmoid_of_the_first(z):
    if z[0] >= 0:
        return 1 / (1 + np.exp(-z))
    return np.exp(z) / (1 + np.exp(z))


def sigmoid_by_all(z):
    if np.all(z >= 0):
        return 1 / (1 + np.exp(-z))
    return np.exp(z) / (1 + np.exp(z))


def sigmoid_with_if(z):
    if z >= 0:
        return 1 / (1 + np.exp(-z))
    return np.exp(z) / (1 + np.exp(z))


def sigmoid_with_math(z):
    return 1 / (1 + math.exp(-z))


def sigmoid_one_by_one_unsafe(z):
    return [1 / (1 + math.exp(-a)) for a in z]


def sigmoid_catching_overflow(z):
    try:
        return 1 / (1 + np.exp(-z))
    except FloatingPointError:
        return np.zeros(len(z))


def sigmoid_printed(z):
    print(1 / (1 + np.exp(-abs(z))))


def sigmoid_in_place(z):
    z[z < 0] = np.exp(z[z < 0]) / (1 + np.exp(z[z < 0]))
    return z


def sigmoid_by_masks_swapped(z):
    p = np.empty_like(z)
    p[z < 0] = 1 / (1 + np.exp(-np.abs(z[z < 0])))
    p[z >= 0] = np.exp(-z[z >= 0]) / (1 + np.exp(-z[z >= 0]))
    return p


def sigmoid_in_whole_numbers(z):
    e = np.exp(-np.abs(z))
    p = np.zeros(len(z), dtype=int)
    p[:] = np.where(z >= 0, 1 / (1 + e), e / (1 + e))
    return p


def sigmoid_without_the_case_of_zero(z):
    e = np.exp(-np.abs(z))
    p = np.zeros(len(z))
    p[z > 0] = 1 / (1 + e[z > 0])
    p[z < 0] = e[z < 0] / (1 + e[z < 0])
    return p


def sigmoid_of_one_number(z):
    e = np.exp(-abs(z[0]))
    return 1 / (1 + e) if z[0] >= 0 else e / (1 + e)


def sigmoid_returning_in_the_loop(z):
    for a in z:
        if a >= 0:
            return 1 / (1 + math.exp(-a))
        return math.exp(a) / (1 + math.exp(a))


SIGMOID = {
    "right": [
        sigmoid,
        lambda z: np.exp(-np.logaddexp(0, -z)),
        lambda z: 1 / np.exp(np.logaddexp(0, -np.clip(z, -700, None))),
        lambda z: 0.5 * (1 + np.tanh(z / 2)),
        lambda z: np.where(z >= 0, 1, np.exp(-np.abs(z))) / (1 + np.exp(-np.abs(z))),
        lambda z: np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z))),
        lambda z: np.exp(np.minimum(0, z)) / (np.exp(np.minimum(0, z)) + np.exp(np.minimum(0, -z))),
        lambda z: 0.5 + 0.5 * np.sign(z) * (1 - np.exp(-np.abs(z))) / (1 + np.exp(-np.abs(z))),
        lambda z: np.array([1 / (1 + math.exp(-a)) if a > -700 else 0.0 for a in z]),
        lambda z: (lambda e: np.where(z < 0, e, 1) / (1 + e))(np.exp(-np.abs(z.astype(np.float32)))),
        sigmoid_by_masks,
        sigmoid_one_by_one,
        sigmoid_by_mirror,
        sigmoid_clipped,
    ],
    "wrong": [
        (lambda z: 1 / (1 + np.exp(-z)), "overflow"),
        (lambda z: np.exp(z) / (1 + np.exp(z)), "overflow"),
        (lambda z: np.exp(z) / (np.exp(z) + 1), "overflow"),
        (lambda z: np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z))), "computes both"),
        (lambda z: np.where(z < 0, np.exp(z) / (1 + np.exp(z)), 1 / (1 + np.exp(-z))), "computes both"),
        (lambda z: 1 / (1 + np.exp(-np.abs(z))), "mirrored"),
        (lambda z: np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))), "mirrored"),
        (lambda z: 1 / (1 + np.exp(z)), "sign of z"),
        (lambda z: 1 - np.exp(-np.logaddexp(0, -z)), "The sign of z is flipped"),
        (lambda z: np.exp(-np.logaddexp(0, z)), "The sign of z is flipped"),
        (lambda z: np.tanh(z), "This is tanh"),
        (lambda z: (z > 0) * 1.0, "threshold"),
        (lambda z: z >= 0, "threshold"),
        (lambda z: 1 / (1 + np.exp(-np.clip(z, -1, 1))), "Clipping z to −1 … 1 changes the values"),
        (lambda z: 1 / (1 + np.exp(-np.clip(z, -5, 5))), "Clipping z to −5 … 5 changes the values"),
        (lambda z: 1 / (1 + np.exp(-np.maximum(z, 0))), "negative z"),
        (lambda z: np.logaddexp(0, -z), "This is −log of the sigmoid"),
        (lambda z: -np.logaddexp(0, -z), "This is the log of the sigmoid"),
        (lambda z: np.exp(-np.abs(z)), "e^−|z|"),
        (lambda z: 1 + np.exp(-np.abs(z)), "This is 1 + e^−|z|"),
        (lambda z: np.maximum(z, 0), "This is ReLU"),
        (lambda z: (1 + np.tanh(z)) / 2, "This is the sigmoid of 2z"),
        (lambda z: np.tanh(z / 2), "from −1"),
        (lambda z: z / (1 + np.abs(z)), "This is z /"),
        (lambda z: np.exp(-np.logaddexp(0, -z))[:, None], "column"),
        (lambda z: np.round(np.exp(-np.logaddexp(0, -z)), 2), "round"),
        (lambda z: np.exp(-np.logaddexp(0, -z)).sum(), "You added up"),
        (lambda z: np.exp(-np.logaddexp(0, -z)).mean(), "You averaged"),
        (lambda z: np.full(len(z), 0.5), "depend on what goes in"),
        (lambda z: (lambda p: p * (1 - p))(np.exp(-np.logaddexp(0, -z))), "slope"),
        (lambda z: 1 / 1 + np.exp(-np.abs(z)), "bracket"),
        (lambda z: 1 / (1 + np.e ^ -z), "a power is ** in Python"),
        (lambda z: 1 / (1 + 2.718 ** -np.clip(z, -500, 500)), "approximat"),
        (lambda z: 1 / (1 + 2.0 ** -np.clip(z, -500, 500)), "The base is 2 instead of e"),
        (lambda z: 1 / (1 + 10.0 ** -np.clip(z, -300, 300)), "The base is 10 instead of e"),
        (lambda z, y: z, "1 argument: (z)"),
        (lambda z: {p for p in z}, "On z = 0, 1 and −2 it returned a set"),
        (lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum(), "softmax"),
        (sigmoid_of_the_largest, "overflow"),
        (sigmoid_of_the_first, "overflow"),
        (sigmoid_by_all, "overflow"),
        (sigmoid_with_if, "one yes or no"),
        (sigmoid_with_math, "a function for one number"),
        (sigmoid_one_by_one_unsafe, "overflow"),
        (sigmoid_catching_overflow, "one array"),
        (sigmoid_printed, "return"),
        (sigmoid_in_place, "in place"),
        (sigmoid_by_masks_swapped, "swapped"),
        (sigmoid_in_whole_numbers, "rounded down"),
        (sigmoid_without_the_case_of_zero, "z = 0"),
        (sigmoid_of_one_number, "one for each"),
        (sigmoid_returning_in_the_loop, "one for each"),
    ],
}

# --- Exercise 2: H(p, q) = −Σ pᵢ log qᵢ -------------------------------------------------------------------------------


def entropy_by_a_loop(p, q):
    total = 0
    for a, b in zip(p, q):
        if a > 0:
            total -= a * np.log(b)
    return total


def entropy_with_math(p, q):
    return -sum(p[i] * math.log(q[i]) for i in range(len(p)) if p[i] != 0)


def entropy_with_a_where(p, q):
    return -np.sum(p * np.log(np.where(p > 0, q, 1)))


def entropy_with_continue(p, q):
    terms = []
    for i in range(len(p)):
        if p[i] == 0:
            continue
        terms.append(-p[i] * math.log(q[i]))
    return math.fsum(terms)


def entropy_where_q(p, q):
    here = q > 0
    return -np.sum(p[here] * np.log(q[here]))


def entropy_with_an_if(p, q):
    if p > 0:
        return -np.sum(p * np.log(q))
    return 0


def entropy_with_math_on_arrays(p, q):
    return -sum(p * math.log(q))


def entropy_returned_in_the_loop(p, q):
    total = 0
    for a, b in zip(p, q):
        if a > 0:
            total -= a * np.log(b)
        return total


def entropy_printed(p, q):
    print(-np.sum(p[p > 0] * np.log(q[p > 0])))


def entropy_of_the_last_term(p, q):
    for a, b in zip(p, q):
        if a > 0:
            total = -a * np.log(b)
    return total


def entropy_in_place(p, q):
    q[p == 0] = 1
    return -np.sum(p * np.log(q))


def entropy_of_half_a_mask(p, q):
    return -np.sum(p * np.log(q[p > 0]))


CROSS_ENTROPY = {
    "right": [
        lambda p, q: cross_entropy(p, q),
        lambda p, q: -np.sum(p[p > 0] * np.log(q[p > 0])),
        lambda p, q: -np.dot(p[p != 0], np.log(q[p != 0])),
        lambda p, q: np.sum(p[p > 0] * np.log(1 / q[p > 0])),
        lambda p, q: -np.nansum(p * np.log(q)),
        lambda p, q: -np.nansum(np.where(p > 0, p * np.log(q), 0)),
        lambda p, q: -np.sum(p * np.log(np.maximum(q, 1e-300))),
        lambda p, q: -np.sum(p * np.log(q + 1e-15)),
        lambda p, q: -np.sum(p * np.log(np.clip(q, 1e-12, 1))),
        lambda p, q: -np.sum(p * np.log(q), where=p > 0),
        lambda p, q: -np.einsum("i,i", p[p > 0], np.log(q[p > 0])),
        lambda p, q: cross_entropy(p, q, base=2) * np.log(2),
        lambda p, q: -np.log(np.prod(q[p > 0] ** p[p > 0])),
        lambda p, q: np.float32(-np.sum(p[p > 0] * np.log(q[p > 0]), dtype=np.float32)),
        lambda a, b: -sum(x * np.log(y) for x, y in zip(a, b) if x),
        entropy_by_a_loop,
        entropy_with_math,
        entropy_with_a_where,
        entropy_with_continue,
    ],
    "wrong": [
        (lambda p, q: np.sum(p[p > 0] * np.log(q[p > 0])), "The sign is flipped"),
        (lambda p, q: -np.sum(p[p > 0] * np.log(1 / q[p > 0])), "The sign is flipped"),
        (lambda p, q: -np.sum(p * np.log(q)), "p = 0"),
        (lambda p, q: -p @ np.log(q), "p = 0"),
        (lambda p, q: np.sum(p * np.log(q)), "p = 0"),
        (lambda p, q: cross_entropy(p, q, base=2), "base 2"),
        (lambda p, q: cross_entropy(p, q, base=10), "base 10"),
        (lambda p, q: -np.sum(p * np.log2(q)), "Two slips"),
        (lambda p, q: -np.sum(p * np.log10(q)), "p = 0"),
        (lambda p, q: cross_entropy(p, q) / len(p), "You took the mean"),
        (lambda p, q: -np.mean(p * np.log(np.where(p > 0, q, 1))), "You took the mean"),
        (lambda p, q: -np.sum(q[q > 0] * np.log(p[q > 0])), "swapped"),
        (lambda p, q: -np.sum(q * np.log(p)), "swapped"),
        (lambda q, p: -np.sum(p[p > 0] * np.log(q[p > 0])), "(p, q)"),
        (lambda p, q: -np.sum(p[p > 0] * np.log(p[p > 0])), "This is the entropy of p alone"),
        (lambda p, q: -np.sum(q[q > 0] * np.log(q[q > 0])), "This is the entropy of q alone"),
        (lambda p, q: -np.sum(np.log(q[p > 0])), "The factor p is missing"),
        (lambda p, q: np.sum(p[p > 0] * np.log(p[p > 0] / q[p > 0])), "entropy of p"),
        (lambda p, q: np.sum((p - q) ** 2), "squared"),
        (lambda p, q: np.sum(abs(p - q)), "This is the absolute difference"),
        (lambda p, q: -np.sum(p * q), "The log is missing"),
        (lambda p, q: -np.log(np.sum(p * q)), "inside the log"),
        (lambda p, q: -p[p > 0] * np.log(q[p > 0]), "Not yet added up"),
        (lambda p, q: -np.where(p > 0, p * np.log(q + 1e-300), 0), "Not yet added up"),
        (lambda p, q: -np.sum(p * np.log(q + 0.01)), "small number"),
        (lambda p, q: -np.sum(p * np.log(q + 1e-4)), "small number"),
        (lambda p, q: -np.sum(p * np.log(np.clip(q, 0.05, 1))), "clip to 0.05"),
        (lambda p, q: -np.sum(p * np.log1p(q)), "log1p"),
        (lambda p, q: -np.log(q[0]), "This takes the first outcome only"),
        (lambda p, q: -np.log(q[np.argmax(p)]), "largest"),
        (lambda p, q: np.round(cross_entropy(p, q), 3), "round"),
        (
            lambda p, q: cross_entropy(p, q) + cross_entropy(1 - p, 1 - q),
            "The terms with 1 − p are for a single yes or no",
        ),
        (lambda p, q: np.exp(cross_entropy(p, q)), "This is e to the cross entropy"),
        (lambda p, q: np.sqrt(cross_entropy(p, q)), "This is the root of the answer"),
        (lambda p, q: cross_entropy(p, q) / 2, "Half too small"),
        (lambda p, q: -sum(p.log(q)), "an array has no .log"),
        (lambda p, q: 0, "In every case it returns 0"),
        (lambda p, q: np.array([cross_entropy(p, q)]), "number itself"),
        (lambda p: -np.sum(p * np.log(p)), "2 arguments: (p, q)"),
        (lambda p, q: map(lambda a, b: -a * np.log(b), p, q), "On the lecture's first example it returned a map"),
        (entropy_where_q, "q is 0"),
        (entropy_with_an_if, "one yes or no"),
        (entropy_with_math_on_arrays, "a function for one number"),
        (entropy_returned_in_the_loop, "first"),
        (entropy_printed, "return"),
        (entropy_of_the_last_term, "Only the last outcome is counted"),
        (entropy_in_place, "in place"),
        (entropy_of_half_a_mask, "shapes do not fit"),
    ],
}

# --- Exercise 3: ∇L(w) = Xᵀ(p − y) / N --------------------------------------------------------------------------------


def gradient_by_loops(w, X, y):
    slopes = np.zeros(len(w))
    for features, label in zip(X, y):
        p = sigmoid(features @ w)
        for j in range(len(w)):
            slopes[j] += (p - label) * features[j]
    return slopes / len(y)


def gradient_in_steps(w, X, y):
    z = X @ w
    p = 1 / (1 + np.exp(-z))
    residual = p - y
    return np.mean(residual[:, np.newaxis] * X, axis=0)


def gradient_by_differences(w, X, y):
    h = 1e-5
    return [(loss(w + h * e, X, y) - loss(w - h * e, X, y)) / (2 * h) for e in np.eye(len(w))]


def gradient_with_math(w, X, y):
    p = [1 / (1 + math.exp(-sum(a * b for a, b in zip(x, w)))) for x in X]
    return [sum((p[i] - y[i]) * X[i, j] for i in range(len(y))) / len(y) for j in range(len(w))]


def gradient_returned_in_the_loop(w, X, y):
    slopes = np.zeros(len(w))
    for features, label in zip(X, y):
        slopes += (sigmoid(features @ w) - label) * features
        return slopes / len(y)


def gradient_with_math_exp(w, X, y):
    p = 1 / (1 + math.exp(-(X @ w)))
    return X.T @ (p - y) / len(y)


def gradient_printed(w, X, y):
    print(X.T @ (sigmoid(X @ w) - y) / len(y))


def gradient_in_place(w, X, y):
    y -= sigmoid(X @ w)
    return -X.T @ y / len(y)


def gradient_of_flats_listed(w, X, y):
    return [(sigmoid(x @ w) - label) * x for x, label in zip(X, y)]


GRADIENT = {
    "right": [
        gradient,
        lambda w, X, y: X.T @ (sigmoid(X @ w) - y) / len(y),
        lambda w, X, y: (sigmoid(X @ w) - y) @ X / X.shape[0],
        lambda w, X, y: -X.T @ (y - sigmoid(X @ w)) / y.size,
        lambda w, X, y: np.einsum("ij,i->j", X, sigmoid(X.dot(w)) - y) / len(X),
        lambda w, X, y: np.average(X.T * (sigmoid(X @ w) - y), axis=1),
        lambda w, X, y: margin_gradient(w, X, 2 * y - 1),
        lambda w, X, y: (X.T @ sigmoid(X @ w) - X.T @ y) / len(y),
        lambda w, X, y: (X.T @ (sigmoid(X @ w) - y) / len(y)).astype(np.float32),
        lambda w, X, y: tuple((sigmoid(X @ w) - y) @ X[:, j] / len(y) for j in range(X.shape[1])),
        gradient_by_loops,
        gradient_in_steps,
        gradient_by_differences,
        gradient_with_math,
    ],
    "wrong": [
        (lambda w, X, y: X.T @ (y - sigmoid(X @ w)) / len(y), "p − y"),
        (lambda w, X, y: X.T @ (sigmoid(X @ w) - y), "divide by N"),
        (lambda w, X, y: X.T @ (y - sigmoid(X @ w)), "p − y"),
        (lambda w, X, y: X.T @ (sigmoid(X @ w) - y) / (2 * len(y)), "Half too small"),
        (lambda w, X, y: 2 * X.T @ (sigmoid(X @ w) - y) / len(y), "twice"),
        (lambda w, X, y: X.T @ (sigmoid(X @ w) - y) / len(w), "features"),
        (lambda w, X, y: X.T @ (X @ w - y) / len(y), "sigmoid is missing"),
        (lambda w, X, y: X.T @ (sigmoid(X @ w) >= 0.5 - y) / len(y), "A comparison slipped in"),
        (lambda w, X, y: X.T @ ((sigmoid(X @ w) >= 0.5) - y) / len(y), "hard decision"),
        (lambda w, X, y: X @ (sigmoid(X @ w) - y) / len(y), "The transpose is missing"),
        (lambda w, X, y: (X.T @ (sigmoid(X @ w) - y) / len(y))[:, None], "column"),
        (lambda w, X, y: X.T @ (sigmoid(X @ w) - y)[:, None] / len(y), "column"),
        (lambda w, X, y: X.T @ (sigmoid(X @ w) * (1 - sigmoid(X @ w)) * (sigmoid(X @ w) - y)) / len(y), "squared error"),
        (lambda w, X, y: X.T @ sigmoid(X @ w) / len(y), "The labels y are missing"),
        (lambda w, X, y: X.T @ (sigmoid(X @ w) + y) / len(y), "minus"),
        (lambda w, X, y: X.T @ sigmoid(X @ w - y) / len(y), "bracket"),
        (lambda w, X, y: X.T @ (sigmoid(-X @ w) - y) / len(y), "The sign of the score is flipped"),
        (lambda w, X, y: np.mean(sigmoid(X @ w) - y), "feature"),
        (lambda w, X, y: (sigmoid(X @ w) - y) / len(y), "feature"),
        (lambda w, X, y: X * (sigmoid(X @ w) - y)[:, None] / len(y), "Not yet added up"),
        (lambda w, X, y: np.mean(X * (sigmoid(X @ w) - y)[:, None], axis=1), "You added along the wrong axis"),
        (lambda w, X, y: np.mean(X * (sigmoid(X @ w) - y)[:, None]), "one slope"),
        (lambda w, X, y: X.T @ abs(sigmoid(X @ w) - y) / len(y), "absolute"),
        (lambda w, X, y: X.T @ (sigmoid(X @ w) - y) ** 2 / len(y), "square"),
        (lambda w, X, y: margin_gradient(w, X, y), "−1 and +1"),
        (lambda w, X, y: w - X.T @ (sigmoid(X @ w) - y) / len(y), "This is w after a step"),
        (lambda w, X, y: loss(w, X, y), "This is the loss"),
        (lambda w, X, y: X.T @ (sigmoid(X * w) - y) / len(y), "X * w multiplies feature by weight"),
        (lambda w, X, y: X.T @ (sigmoid(w @ X) - y) / len(y), "X @ w"),
        (lambda w, X, y: X.T @ (sigmoid(X) @ w - y) / len(y), "sigmoid(X @ w)"),
        (lambda w, X, y: X.T @ (np.tanh(X @ w) - y) / len(y), "This takes tanh"),
        (lambda w, X, y: X.T @ (sigmoid(X @ w) - y / len(y)), "bracket"),
        (lambda w, X, y: X.T @ sigmoid(X @ w) - y / len(y), "these shapes do not fit for + − * /"),
        (lambda w, X, y: np.round(X.T @ (sigmoid(X @ w) - y) / len(y), 2), "round"),
        (lambda w, X, y: (X.T @ (sigmoid(X @ w) - y) / len(y))[::-1], "reverse"),
        (lambda w, X, y: -X.T @ (y * sigmoid(-X @ w)) / len(y), "y = 0"),
        (lambda w, X, y: X.T @ (sigmoid(X @ w) - y) / sum(y), "len(y)"),
        (lambda w, X, y: np.zeros(len(w)), "This is 0 for every weight"),
        (lambda X, y, w: X.T @ (sigmoid(X @ w) - y) / len(y), "(w, X, y)"),
        (lambda X, w, y: X.T @ (sigmoid(X @ w) - y) / len(y), "(w, X, y)"),
        (lambda w, X: X.T @ sigmoid(X @ w), "3 arguments: (w, X, y)"),
        (lambda w, X, y: X.T @ (sigmoid(X @ w) == y) / len(y), "This is 0 for every weight"),
        (lambda w, X, y: (w, X.T @ (sigmoid(X @ w) - y)), "last of these"),
        (gradient_returned_in_the_loop, "first"),
        (gradient_with_math_exp, "a function for one number"),
        (gradient_printed, "return"),
        (gradient_in_place, "an array of whole numbers cannot take fractions by += or −="),
        (gradient_of_flats_listed, "Not yet added up"),
    ],
}  # fmt: skip

# --- Exercise 4: −Xᵀ(t σ(−t Xw)) / N ----------------------------------------------------------------------------------


def margins_by_loops(w, X, t):
    slopes = np.zeros(len(w))
    for features, label in zip(X, t):
        margin = label * (features @ w)
        slopes -= label * features / (1 + math.exp(margin))
    return slopes / len(t)


def margins_in_steps(w, X, t):
    margin = t * (X @ w)
    weight = sigmoid(-margin)
    each = -(t * weight)[:, None] * X
    return each.mean(axis=0)


def margins_by_differences(w, X, t):
    h = 1e-5
    return [(margin_loss(w + h * e, X, t) - margin_loss(w - h * e, X, t)) / (2 * h) for e in np.eye(len(w))]


def margins_printed(w, X, t):
    print(-X.T @ (t * sigmoid(-t * (X @ w))) / len(t))


def margins_with_math(w, X, t):
    return -X.T @ (t / (1 + math.exp(t * (X @ w)))) / len(t)


def margins_of_brackets(w, X, t):
    return -X.T @ (t * sigmoid(-t * X @ w)) / len(t)


MARGIN = {
    "right": [
        margin_gradient,
        lambda w, X, t: -X.T @ (t * sigmoid(-t * (X @ w))) / len(t),
        lambda w, X, t: -(t * sigmoid(-t * (X @ w))) @ X / len(t),
        lambda w, X, t: X.T @ (-t / (1 + np.exp(t * (X @ w)))) / t.size,
        lambda w, X, t: X.T @ (t * (sigmoid(t * (X @ w)) - 1)) / len(X),
        lambda w, X, t: gradient(w, X, (t + 1) // 2),
        lambda w, X, t: X.T @ (sigmoid(X @ w) - (t == 1)) / len(t),
        lambda w, X, t: np.einsum("n,nd->d", -t * sigmoid(-t * X.dot(w)), X) / X.shape[0],
        lambda w, X, t: np.mean([-s * sigmoid(-s * (x @ w)) * x for x, s in zip(X, t)], axis=0),
        lambda w, X, t: (-X.T @ (t * sigmoid(-t * (X @ w))) / len(t)).astype("float32"),
        margins_by_loops,
        margins_in_steps,
        margins_by_differences,
    ],
    "wrong": [
        (lambda w, X, t: X.T @ (t * sigmoid(-t * (X @ w))) / len(t), "The sign is flipped"),
        (lambda w, X, t: -X.T @ (t * sigmoid(-t * (X @ w))), "divide by N"),
        (lambda w, X, t: X.T @ (t * sigmoid(-t * (X @ w))), "Two slips"),
        (lambda w, X, t: -X.T @ (t * sigmoid(t * (X @ w))) / len(t), "inside σ"),
        (lambda w, X, t: X.T @ (t * sigmoid(t * (X @ w))) / len(t), "inside σ"),
        (lambda w, X, t: -X.T @ sigmoid(-t * (X @ w)) / len(t), "factor t"),
        (lambda w, X, t: X.T @ sigmoid(-t * (X @ w)) / len(t), "factor"),
        (lambda w, X, t: -X.T @ (t * sigmoid(-(X @ w))) / len(t), "The label t is missing inside σ"),
        (lambda w, X, t: -X.T @ (t * sigmoid(X @ w)) / len(t), "Inside σ stands z"),
        (lambda w, X, t: X.T @ (sigmoid(X @ w) - t) / len(t), "0 and 1"),
        (lambda w, X, t: X.T @ (X @ w - t) / len(t), "sigmoid"),
        (lambda w, X, t: -X @ (t * sigmoid(-t * (X @ w))) / len(t), "The transpose is missing"),
        (lambda w, X, t: (-X.T @ (t * sigmoid(-t * (X @ w))) / len(t))[:, None], "column"),
        (lambda w, X, t: -(t * sigmoid(-t * (X @ w))) / len(t), "feature"),
        (lambda w, X, t: -np.mean(t * sigmoid(-t * (X @ w))), "feature"),
        (lambda w, X, t: -X * (t * sigmoid(-t * (X @ w)))[:, None] / len(t), "Not yet added up"),
        (lambda w, X, t: -np.mean(X * (t * sigmoid(-t * (X @ w)))[:, None], axis=1), "You added along the wrong axis"),
        (lambda w, X, t: -X.T @ t / len(t), "The weight σ"),
        (lambda w, X, t: -X.T @ (t * np.exp(-t * (X @ w))) / len(t), "The exponential alone is not enough"),
        (lambda w, X, t: -X.T @ (t * (p := sigmoid(-t * (X @ w))) * (1 - p)) / len(t), "1 − p"),
        (lambda w, X, t: -X.T @ (t * np.log(1 + np.exp(-t * (X @ w)))) / len(t), "The log is still there"),
        (lambda w, X, t: margin_loss(w, X, t), "This is the loss"),
        (lambda w, X, t: -2 * X.T @ (t * sigmoid(-t * (X @ w))) / len(t), "twice"),
        (lambda w, X, t: -X.T @ (t * sigmoid(-t * (X @ w))) / (2 * len(t)), "Half too small"),
        (lambda w, X, t: -X.T @ (t * sigmoid(-t * (X @ w))) / len(w), "features"),
        (lambda w, X, t: w + X.T @ (t * sigmoid(-t * (X @ w))) / len(t), "This is w after a step"),
        (lambda w, X, t: -X.T @ (t * sigmoid(-t * (X.T @ w))) / len(t), "X @ w"),
        (lambda w, X, t: -X.T @ (t * sigmoid(-t * (w @ X))) / len(t), "X @ w"),
        (lambda w, X, t: abs(X.T @ (t * sigmoid(-t * (X @ w))) / len(t)), "absolute"),
        (lambda w, X, t: np.round(-X.T @ (t * sigmoid(-t * (X @ w))) / len(t), 2), "round"),
        (lambda w, X, t: -X.T @ ((t * (X @ w) < 0) * t) / len(t), "You used a hard decision"),
        (lambda X, t, w: -X.T @ (t * sigmoid(-t * (X @ w))) / len(t), "(w, X, t)"),
        (lambda w, t, X: -X.T @ (t * sigmoid(-t * (X @ w))) / len(t), "(w, X, t)"),
        (lambda w, X: X.T @ w, "3 arguments: (w, X, t)"),
        (lambda w, X, t: -X.T @ (y * sigmoid(-y * (X @ w))) / len(y), "y is not known here"),  # noqa: F821
        (margins_printed, "return"),
        (margins_with_math, "a function for one number"),
        (margins_of_brackets, "-t * X"),
    ],
}

# --- Exercise 5: the whole training -----------------------------------------------------------------------------------


def train_from_zeros(X, t, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - learning_rate * margin_gradient(w, X, t)
    return w


def train_in_place(X, t, learning_rate, n_steps):
    w = np.zeros(len(X[0]))
    for _ in range(n_steps):
        w += learning_rate / len(t) * X.T @ (t * sigmoid(-t * (X @ w)))
    return w


def train_with_labels_0_and_1(X, t, learning_rate, n_steps):
    y, w = (t > 0).astype(int), np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w, X, y)
    return list(w)


def train_by_a_while(X, t, learning_rate, n_steps):
    w = np.zeros_like(X[0])
    while n_steps:
        w, n_steps = w - learning_rate * margin_gradient(w, X, t), n_steps - 1
    return w


def train_by_recursion(X, t, learning_rate, n_steps):
    if n_steps < 1:
        return np.zeros(X.shape[1])
    w = train_by_recursion(X, t, learning_rate, n_steps - 1)
    return w - learning_rate * margin_gradient(w, X, t)


def train_uphill(X, t, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w + learning_rate * margin_gradient(w, X, t)
    return w


def train_with_return_inside(X, t, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - learning_rate * margin_gradient(w, X, t)
        return w


def train_starting_anew(X, t, learning_rate, n_steps):
    for _ in range(n_steps):
        w = np.zeros(X.shape[1])
        w = w - learning_rate * margin_gradient(w, X, t)
    return w


def train_without_rate(X, t, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - margin_gradient(w, X, t)
    return w


def train_one_short(X, t, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps - 1):
        w = w - learning_rate * margin_gradient(w, X, t)
    return w


def train_one_long(X, t, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps + 1):
        w = w - learning_rate * margin_gradient(w, X, t)
    return w


def train_without_mean(X, t, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w + learning_rate * X.T @ (t * sigmoid(-t * (X @ w)))
    return w


def train_with_a_frozen_gradient(X, t, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    slopes = margin_gradient(w, X, t)
    for _ in range(n_steps):
        w = w - learning_rate * slopes
    return w


def train_with_the_other_gradient(X, t, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - learning_rate * X.T @ (sigmoid(X @ w) - t) / len(t)
    return w


def train_as_in_linear_regression(X, t, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - learning_rate * X.T @ (X @ w - t) / len(t)
    return w


def train_from_ones(X, t, learning_rate, n_steps):
    w = np.ones(X.shape[1])
    for _ in range(n_steps):
        w = w - learning_rate * margin_gradient(w, X, t)
    return w


def train_returning_the_path(X, t, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    path = [w]
    for _ in range(n_steps):
        w = w - learning_rate * margin_gradient(w, X, t)
        path.append(w)
    return path


def train_returning_decisions(X, t, learning_rate, n_steps):
    return np.sign(X @ train_from_zeros(X, t, learning_rate, n_steps))


def train_with_labels_mixed_up(X, t, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w, X, t)
    return w


def train_with_weights_per_pet(X, t, learning_rate, n_steps):
    w = np.zeros(len(X))
    for _ in range(n_steps):
        w = w - learning_rate * margin_gradient(w, X, t)
    return w


def train_without_return(X, t, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - learning_rate * margin_gradient(w, X, t)


def train_over_a_number(X, t, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in n_steps:
        w = w - learning_rate * margin_gradient(w, X, t)
    return w


def train_with_swapped_arguments(X, t, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - learning_rate * margin_gradient(X, w, t)
    return w


def train_in_whole_numbers(X, t, learning_rate, n_steps):
    w = np.zeros(X.shape[1], dtype=int)
    for _ in range(n_steps):
        w -= learning_rate * margin_gradient(w, X, t)
    return w


def train_at_a_fixed_rate(X, t, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - 0.1 * margin_gradient(w, X, t)
    return w


def train_replacing_w(X, t, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = -learning_rate * margin_gradient(w, X, t)
    return w


def train_twice_as_fast(X, t, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - 2 * learning_rate * margin_gradient(w, X, t)
    return w


def train_normalised(X, t, learning_rate, n_steps):
    w = train_from_zeros(X, t, learning_rate, n_steps)
    return w / np.linalg.norm(w)


def train_for_ever(X, t, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    step = 0
    while step < n_steps:
        w = w - learning_rate * margin_gradient(w, X, t)
    return w


TRAIN = {
    "right": [
        train_from_zeros,
        train_in_place,
        train_with_labels_0_and_1,
        train_by_a_while,
        train_by_recursion,
    ],
    "wrong": [
        (train_uphill, "The sign is flipped"),
        (train_with_return_inside, "return inside the loop"),
        (train_starting_anew, "again from zeros"),
        (train_without_rate, "learning rate is missing"),
        (train_one_short, "one step is missing"),
        (train_one_long, "one step too many"),
        (train_without_mean, "mean is forgotten"),
        (train_with_a_frozen_gradient, "gradient never changes"),
        (train_with_the_other_gradient, "0 and 1"),
        (train_as_in_linear_regression, "linear regression"),
        (train_from_ones, "zeros"),
        (train_returning_the_path, "only the last"),
        (train_returning_decisions, "These are the decisions for the pets"),
        (train_with_labels_mixed_up, "0 or 1"),
        (train_with_weights_per_pet, "shape"),
        (train_without_return, "return"),
        (train_over_a_number, "range"),
        (train_with_swapped_arguments, "margin_gradient(X, w, t)"),
        (train_in_whole_numbers, "float"),
        (train_at_a_fixed_rate, "learning_rate"),
        (train_replacing_w, "w is replaced by the step alone"),
        (train_twice_as_fast, "twice"),
        (train_normalised, "length"),
        (train_for_ever, "ever end"),
        (lambda X, t, learning_rate, n_steps: np.zeros(X.shape[1]), "zeros"),
        (lambda X, t, n_steps, learning_rate: train_from_zeros(X, t, learning_rate, n_steps), "(X, t, learning_rate, n_steps)"),
        (lambda X, t, learning_rate: train_from_zeros(X, t, learning_rate, 10), "4 arguments"),
        (lambda X, t, learning_rate, n_steps: train_from_zeros(X, t, learning_rate, 10), "n_steps"),
    ],
}  # fmt: skip

# --- Exercise 6: accuracy ---------------------------------------------------------------------------------------------


def accuracy_by_a_loop(p, y):
    right = 0
    for a, b in zip(p, y):
        if (a >= 0.5 and b == 1) or (a < 0.5 and b == 0):
            right += 1
    return right / len(y)


def accuracy_by_decisions(p, y):
    decisions = np.where(p >= 0.5, 1, 0)
    return 1 - np.abs(decisions - y).sum() / y.size


def accuracy_of_the_true_classes(p, y):
    of_the_truth = np.where(y == 1, p, 1 - p)
    return np.mean((of_the_truth > 0.5) | ((of_the_truth == 0.5) & (y == 1)))


def accuracy_without_brackets(p, y):
    return np.mean(p >= 0.5 == y)


def accuracy_by_if(p, y):
    if p >= 0.5:
        return 1.0
    return 0.0


def accuracy_in_the_loop(p, y):
    right = 0
    for a, b in zip(p, y):
        right += (a >= 0.5) == b
        return right / len(y)


def accuracy_counting_dogs(p, y):
    right = 0
    for a, b in zip(p, y):
        if a >= 0.5 and b == 1:
            right += 1
    return right / len(y)


def accuracy_floored(p, y):
    return np.sum((p >= 0.5) == y) // len(y)


def accuracy_in_place(p, y):
    p[p >= 0.5] = 1
    p[p < 0.5] = 0
    return np.mean(p == y)


def accuracy_printed(p, y):
    print(np.mean((p >= 0.5) == y))


def accuracy_of_lists(p, y):
    return [a >= 0.5 for a in p] == list(y)


def accuracy_and(p, y):
    return np.mean((p >= 0.5) and y)


ACCURACY = {
    "right": [
        lambda p, y: np.mean((p >= 0.5) == y),
        lambda p, y: ((p >= 0.5) == (y == 1)).mean(),
        lambda p, y: np.mean((p >= 0.5).astype(int) == y),
        lambda p, y: np.sum((p >= 0.5) == y) / len(y),
        lambda p, y: 1 - np.mean((p >= 0.5) != y),
        lambda p, y: np.mean(np.floor(p + 0.5) == y),
        lambda p, y: sum(int(a >= 0.5) == b for a, b in zip(p, y)) / len(p),
        lambda p, y: np.average(np.where(p < 0.5, 0, 1) == y),
        lambda p, y: np.count_nonzero((p >= 0.5) == y) / y.shape[0],
        lambda p, y: np.mean(~((p >= 0.5) ^ (y == 1))),
        lambda p, y: np.float32(np.mean((p >= 0.5) == y)),
        accuracy_by_a_loop,
        accuracy_by_decisions,
        accuracy_of_the_true_classes,
    ],
    "wrong": [
        (lambda p, y: np.mean((p >= 0.5) != y), "errors"),
        (lambda p, y: np.mean((p < 0.5) == y), "errors"),
        (lambda p, y: np.mean((p > 0.5) == y), "At p = 0.5 exactly"),
        (lambda p, y: np.mean(np.round(p) == y), "At p = 0.5 exactly"),
        (lambda p, y: np.mean([round(a) == b for a, b in zip(p, y)]), "At p = 0.5 exactly"),
        (lambda p, y: np.mean(abs(p - y) < 0.5), "At p = 0.5 exactly"),
        (lambda p, y: np.mean(abs(p - y) <= 0.5), "At p = 0.5 exactly"),
        (lambda p, y: np.sum((p >= 0.5) == y), "divide by N"),
        (lambda p, y: np.sum((p >= 0.5) != y), "errors"),
        (lambda p, y: np.mean(p == y), "decide with p >= 0.5 first"),
        (lambda p, y: np.mean(p >= 0.5), "compare with y"),
        (lambda p, y: np.mean(y), "share of dogs"),
        (lambda p, y: np.mean(p), "decision"),
        (lambda p, y: (p >= 0.5) == y, "This says right or wrong for each pet"),
        (lambda p, y: p >= 0.5, "These are the decisions"),
        (lambda p, y: 100 * np.mean((p >= 0.5) == y), "per cent"),
        (lambda p, y: 1 - np.mean(abs(p - y)), "decid"),
        (lambda p, y: np.mean(abs(p - y)), "decid"),
        (lambda p, y: np.mean((p - y) ** 2), "decid"),
        (lambda p, y: np.mean((p >= 0.5) * y), "This counts only the dogs that are right"),
        (lambda p, y: np.mean((p >= 0.5) & (y == 1)), "This counts only the dogs that are right"),
        (lambda p, y: np.mean(((p >= 0.5) == y)[y == 1]), "label 1"),
        (lambda p, y: np.mean(y[p >= 0.5]), "p >= 0.5"),
        (lambda p, y: np.mean((p >= 0) == y), "This is the share of dogs"),
        (lambda p, y: np.mean((p >= 0.6) == y), "This decides at 0.6"),
        (lambda p, y: np.mean((p >= p.mean()) == y), "This decides at the mean of p"),
        (lambda p, y: np.mean((p >= 0.5) - y), "This is the mean difference"),
        (lambda p, y: np.mean(p.astype(int) == y), "This says dog only where p is 1"),
        (lambda p, y: np.all((p >= 0.5) == y), "share"),
        (lambda p, y: 0, "This is always 0"),
        (lambda p, y: 1.0, "whatever"),
        (lambda p, y: 0.75, "depend on what goes in"),
        (lambda p, y: round(np.mean((p >= 0.5) == y), 1), "round"),
        (lambda p, y: np.array([np.mean((p >= 0.5) == y)]), "number itself"),
        (lambda p, y: np.median((p >= 0.5) == y), "This is the median"),
        (lambda p, y: np.sum((p >= 0.5) == y) / 4, "len(y)"),
        (lambda p, y: np.mean((p >= 0.5) is y), "This is always 0"),
        (lambda p, y: np.mean((sigmoid(p) >= 0.5) == y), "sigmoid"),
        (lambda y, p: np.mean((p >= 0.5) == y), "(p, y)"),
        (lambda p: np.mean(p >= 0.5), "2 arguments: (p, y)"),
        (lambda p, y: f"{np.mean((p >= 0.5) == y):.0%}", "returned a text"),
        (accuracy_without_brackets, "bracket"),
        (accuracy_by_if, "one yes or no"),
        (accuracy_in_the_loop, "first"),
        (accuracy_counting_dogs, "This counts only the dogs that are right"),
        (accuracy_floored, "This is 1 when all are right"),
        (accuracy_in_place, "in place"),
        (accuracy_printed, "return"),
        (accuracy_of_lists, "share of right"),
        (accuracy_and, "one yes or no is asked for"),
    ],
}

# --- Exercise 2: the log likelihood of a coin -------------------------------------------------------------------------


def likelihood_by_a_loop(p, y):
    total, chances = 0.0, np.broadcast_to(p, len(y))
    for chance, fell in zip(chances, y):
        total += math.log(chance) if fell else math.log(1 - chance)
    return total


def likelihood_by_masks(p, y):
    p = p + np.zeros(len(y))
    return np.log(p[y == 1]).sum() + np.log(1 - p[y == 0]).sum()


def likelihood_by_if(p, y):
    if y == 1:
        return np.log(p)
    return np.log(1 - p)


def likelihood_in_the_loop(p, y):
    total = 0.0
    for chance, fell in zip(np.broadcast_to(p, len(y)), y):
        total += np.log(chance) if fell else np.log(1 - chance)
        return total


def likelihood_printed(p, y):
    print(np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)))


LIKELIHOOD = {
    "right": [
        lambda p, y: np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)),
        lambda p, y: np.log(np.where(y == 1, p, 1 - p)).sum(),
        lambda p, y: y @ np.log(p * np.ones(len(y))) + (1 - y) @ np.log((1 - p) * np.ones(len(y))),
        lambda p, y: float(np.sum(np.log1p(np.where(y == 1, p - 1, -p)))),
        likelihood_by_a_loop,
        likelihood_by_masks,
    ],
    "wrong": [
        (lambda p, y: -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)), "The sign is turned"),
        (lambda p, y: np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)), "You took the mean"),
        (lambda p, y: -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)), "cross entropy"),
        (lambda p, y: np.prod(np.where(y == 1, p, 1 - p)), "product"),
        (lambda p, y: np.log(np.prod(np.where(y == 1, p, 1 - p))), "rounds to 0"),
        (lambda p, y: np.sum(np.log2(np.where(y == 1, p, 1 - p))), "This is in bits"),
        (lambda p, y: np.sum(y * np.log(p)), "tails"),
        (lambda p, y: np.sum((1 - y) * np.log(1 - p)), "heads"),
        (lambda p, y: np.sum((1 - y) * np.log(p) + y * np.log(1 - p)), "swapped"),
        (lambda p, y: y * np.log(p) + (1 - y) * np.log(1 - p), "add them up"),
        (lambda p, y: np.sum(np.where(y == 1, p, 1 - p)), "logarithm"),
        (lambda p, y: np.log(np.sum(np.where(y == 1, p, 1 - p))), "log of the sum"),
        (
            lambda p, y: np.sum(y * np.log(p) - (1 - y) * np.log(1 - p)),
            "“y * np.log(p) + (1 - y) * np.log(1 - p)” in the place of",
        ),
        (lambda y, p: np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)), "(p, y)"),
        (lambda p, y: 0.0, "In every case it returns 0"),
        (likelihood_by_if, "one yes or no"),
        (likelihood_in_the_loop, "This is the first throw alone"),
        (likelihood_printed, "return"),
    ],
}

# --- Exercise 8: precision and recall ---------------------------------------------------------------------------------


def measures_by_a_loop(called, y):
    found = said = dogs = 0
    for c, t in zip(called, y):
        found, said, dogs = found + (c == 1 and t == 1), said + c, dogs + t
    return np.array([found / said, found / dogs])


def measures_by_counts(called, y):
    true_positive = np.sum((called == 1) & (y == 1))
    false_positive = np.sum((called == 1) & (y == 0))
    false_negative = np.sum((called == 0) & (y == 1))
    return np.array(
        [true_positive / (true_positive + false_positive), true_positive / (true_positive + false_negative)]
    )


def measures_with_cats(called, y):
    right = np.sum(called == y)
    return np.array([right / np.sum(called), right / np.sum(y)])


MEASURES = {
    "right": [
        lambda c, y: np.array([y[c == 1].mean(), c[y == 1].mean()]),
        lambda c, y: [np.mean(y[c == 1]), np.mean(c[y == 1])],
        lambda c, y: (c @ y / c.sum(), c @ y / y.sum()),
        measures_by_a_loop,
        measures_by_counts,
    ],
    "wrong": [
        (lambda c, y: np.array([c @ y / y.sum(), c @ y / c.sum()]), "swapped"),
        (lambda c, y: np.array([c @ y, c @ y]) / len(y), "all pets"),
        (lambda c, y: np.array([np.mean(c == y), np.mean(c == y)]), "accuracy"),
        (lambda c, y: c @ y / c.sum(), "recall"),
        (lambda c, y: c @ y / y.sum(), "precision"),
        (lambda c, y: np.array([c @ y, c @ y]), "divide"),
        (lambda c, y: 100 * np.array([c @ y / c.sum(), c @ y / y.sum()]), "per cent"),
        (lambda c, y: np.array([np.mean(c), np.mean(y)]), "both are 1"),
        (lambda c, y: np.array([c @ y / c.sum(), c @ y / c.sum()]), "recall divides"),
        (lambda c, y: np.array([c @ y / y.sum(), c @ y / y.sum()]), "precision divides"),
        (lambda c, y: print(c @ y / c.sum(), c @ y / y.sum()), "return"),
        (measures_with_cats, "You counted the cats that are right"),
    ],
}

ANSWERS = {
    "check_sigmoid": SIGMOID,
    "check_cross_entropy": CROSS_ENTROPY,
    "check_gradient": GRADIENT,
    "check_margin_gradient": MARGIN,
    "check_train": TRAIN,
    "check_accuracy": ACCURACY,
    "check_log_likelihood": LIKELIHOOD,
    "check_precision_recall": MEASURES,
}

# --- More answers, written when the checks stood ----------------------------------------------------------------------


def sigmoid_of_one_side(z):
    e = np.exp(-abs(z))
    if (z >= 0).all():
        return 1 / (1 + e)
    return e / (1 + e)


def sigmoid_without_zero(z):
    out = []
    for v in z:
        if v > 0:
            out.append(1 / (1 + np.exp(-v)))
        if v < 0:
            out.append(np.exp(v) / (1 + np.exp(v)))
    return out


def sigmoid_cut_at_zero(z):
    z = np.clip(z, 0, 500)
    return 1 / (1 + np.exp(-z))


def sigmoid_of_small_numbers(z):
    return 1 / (1 + np.exp(-z / 10000))


def sigmoid_slope_instead(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 2


def entropy_with_an_else(p, q):
    total = 0
    for i in range(len(p)):
        if p[i] > 0:
            total += p[i] * np.log(q[i])
        else:
            total += q[i]
    return -total


def entropy_of_the_ratio(p, q):
    return -np.sum(p * np.log(q / p))


def entropy_as_a_mean_of_logs(p, q):
    q = q[p > 0]
    return -np.sum(np.log(q)) / len(q)


def entropy_of_products(p, q):
    return -np.sum(np.log(p[p > 0] * q[p > 0]))


def entropy_of_all_q(p, q):
    return np.sum(p[p > 0]) * -np.sum(np.log(q[q > 0]))


def gradient_of_squashed_weights(w, X, y):
    return X.T @ (sigmoid(w) - y) / len(y)


def gradient_averaged_per_weight(w, X, y):
    return np.mean(X.T @ (sigmoid(X @ w) - y), axis=0)


def gradient_of_dogs_times_p(w, X, y):
    return X.T @ (y * sigmoid(X @ w)) / len(y)


def gradient_of_logs(w, X, y):
    return X.T @ np.log(sigmoid(X @ w) - y) / len(y)


def gradient_of_rounded_p(w, X, y):
    return X.T @ (sigmoid(X @ w).round(1) - y) / len(y)


def gradient_over_features(w, X, y):
    return X.T @ (sigmoid(X @ w) - y).T / len(X.T)


def margins_one_minus_sigmoid(w, X, t):
    return -X.T @ (t * (1 - sigmoid(-t * (X @ w)))) / len(t)


def margins_star_before_at(w, X, t):
    return -X.T @ (t * sigmoid(-t * X @ w)) / len(t)


def margins_of_the_wrong_sign(w, X, t):
    return X.T @ (t / (1 + np.exp(-t * (X @ w)))) / len(t)


def margins_added_up(w, X, t):
    return -np.sum(t * X.T @ sigmoid(-t * (X @ w))) / len(t)


def train_in_another_order(X, t, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for k in range(n_steps):
        w = w - learning_rate * margin_gradient(X, t, w)
    return w


def train_ever_faster(X, t, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for k in range(n_steps):
        w = w - learning_rate * margin_gradient(w, X, t) * (k + 1)
    return w


def train_with_y_and_without_mean(X, t, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for k in range(n_steps):
        w += -learning_rate * X.T @ (sigmoid(X @ w) - (t + 1) / 2)
    return w


def train_of_pets(X, t, learning_rate, n_steps):
    w = np.zeros(X.shape[0])
    return w


def accuracy_of_called_dogs(p, y):
    return sum(p >= 0.5) / len(y)


def accuracy_compared_with_one(p, y):
    return np.mean((p >= 0.5) == 1)


def accuracy_strictly_above(p, y):
    return np.mean(y == (p > 0.5).astype(int))


def accuracy_of_two_shares(p, y):
    return np.mean(p >= 0.5) == np.mean(y)


def accuracy_of_a_difference(p, y):
    return 1 - np.sum(p - y) / len(y)


def accuracy_with_minus_one(p, y):
    return np.mean(np.where(p >= 0.5, 1, -1) == y)


ANSWERS["check_sigmoid"]["wrong"] += [
    (sigmoid_of_one_side, "One sign is chosen for the whole array"),
    (sigmoid_without_zero, "in the place of “v > 0”"),
    (sigmoid_cut_at_zero, "stays at 0.5"),
    (sigmoid_of_small_numbers, "in the place of “-z / 10000”"),
    (sigmoid_slope_instead, "slope of the sigmoid"),
]
ANSWERS["check_cross_entropy"]["wrong"] += [
    (entropy_with_an_else, "in the place of “q[i]”"),
    (entropy_of_the_ratio, "Kullback-Leibler"),
    (entropy_as_a_mean_of_logs, "Every outcome counts alike in this mean"),
    (entropy_of_products, "p stands inside the log"),
    (entropy_of_all_q, "The factor p is missing inside the sum"),
]
ANSWERS["check_gradient"]["wrong"] += [
    (gradient_of_squashed_weights, "“X @” is missing"),
    (gradient_averaged_per_weight, "mean of the right numbers"),
    (gradient_of_dogs_times_p, "You multiplied p by y"),
    (gradient_of_logs, "in the place of “np.log(sigmoid(X @ w) - y)”"),
    (gradient_of_rounded_p, "in the place of “sigmoid(X @ w).round(1)”"),
    (gradient_over_features, "You divided by the number of features; N counts the pets"),
]
ANSWERS["check_margin_gradient"]["wrong"] += [
    (margins_one_minus_sigmoid, "The sign of t is wrong inside σ"),
    (margins_star_before_at, "in the place of “-t * X @ w”"),
    (margins_of_the_wrong_sign, "Two signs are flipped"),
    (margins_added_up, "The numbers were added up to one number"),
]
ANSWERS["check_train"]["wrong"] += [
    (train_in_another_order, "X needs shape (n, d)"),
    (train_ever_faster, "in the place of “learning_rate * margin_gradient(w, X, t) * (k + 1)”"),
    (train_with_y_and_without_mean, "Every step is N times too long"),
    (train_of_pets, "In every case each number that it returns is 0"),
]
ANSWERS["check_accuracy"]["wrong"] += [
    (accuracy_of_called_dogs, "This is the share of pets called dogs"),
    (accuracy_compared_with_one, "This is the share of pets called dogs"),
    (accuracy_strictly_above, "use >="),
    (accuracy_of_two_shares, "The two shares are compared"),
    (accuracy_of_a_difference, "This is 1 less the mean difference, where errors of both kin"),
    (accuracy_with_minus_one, "This counts only the dogs that are right"),
]
