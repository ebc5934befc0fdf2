"""Answers to the exercises of lesson 04 as learners write them; each wrong one with words that its message holds."""

import math

import numpy as np

from lessons_lib.maths.multiclass_classification import gradient, loss, predict, scores, softmax

# --- Exercise 1: pᵢ = e^(sᵢ) / Σⱼ e^(sⱼ), row by row ------------------------------------------------------------------


def softmax_by_rows(S):
    P = np.zeros(S.shape)
    for i in range(len(S)):
        e = np.exp(S[i] - max(S[i]))
        P[i] = e / sum(e)
    return P


def softmax_by_math(S):
    rows = []
    for s in S:
        e = [math.exp(a - max(s)) for a in s]
        rows.append([a / sum(e) for a in e])
    return rows


def softmax_with_a_helper(S):
    def of_one(s):
        e = np.exp(s - s.max())
        return e / e.sum()

    return np.apply_along_axis(of_one, 1, S)


def softmax_transposed_inside(S):
    E = np.exp(S.T - S.max(axis=1))
    return (E / E.sum(axis=0)).T


def softmax_by_logs(S):
    return np.exp(S - np.logaddexp.reduce(S, axis=1, keepdims=True))


def softmax_in_place(S):
    S -= S.max(axis=1, keepdims=True)
    E = np.exp(S)
    return E / E.sum(axis=1, keepdims=True)


def softmax_of_the_first_row(S):
    for s in S:
        e = np.exp(s - s.max())
        return e / e.sum()


def softmax_of_the_last_row(S):
    for s in S:
        e = np.exp(s - s.max())
        P = e / e.sum()
    return P


def softmax_without_keepdims(S):
    E = np.exp(S - S.max(axis=1))
    return E / E.sum(axis=1)


def softmax_half_keepdims(S):
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return E / E.sum(axis=1)


def softmax_with_math_exp(S):
    E = math.exp(S - S.max())
    return E / E.sum()


def softmax_printed(S):
    E = np.exp(S - S.max(axis=1, keepdims=True))
    print(E / E.sum(axis=1, keepdims=True))


def softmax_of_the_mean(S):
    E = np.exp(S - S.mean(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def softmax_of_the_min(S):
    E = np.exp(S - S.min(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def softmax_of_the_column_max(S):
    E = np.exp(S - S.max(axis=0))
    return E / E.sum(axis=1, keepdims=True)


def softmax_clipped(S):
    E = np.exp(np.clip(S, -500, 500))
    return E / E.sum(axis=1, keepdims=True)


def softmax_scaled(S):
    E = np.exp(S / S.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def softmax_added(S):
    E = np.exp(S + S.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def softmax_summed_before(S):
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return E / np.exp(S.sum(axis=1, keepdims=True))


def softmax_appended(S):
    P = []
    for s in S:
        e = np.exp(s - s.max())
        P = P.append(e / e.sum())
    return P


def softmax_flat(S):
    P = []
    for s in S:
        e = np.exp(s - s.max())
        P.extend(e / e.sum())
    return np.array(P)


def softmax_dividing_by_the_max(S):
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return E / E.max(axis=1, keepdims=True)


SOFTMAX = {
    "right": [
        softmax,
        softmax_by_rows,
        softmax_by_math,
        softmax_with_a_helper,
        softmax_transposed_inside,
        softmax_by_logs,
        lambda S: np.exp(S - S.max(1)[:, None]) / np.exp(S - S.max(1)[:, None]).sum(1)[:, None],
        lambda S: (lambda E: E / E.sum(axis=1, keepdims=True))(np.exp(S - np.max(S, axis=1, keepdims=True))),
        lambda S: [np.exp(s - s.max()) / np.exp(s - s.max()).sum() for s in S],
        lambda S: 1 / np.exp(np.minimum(S[:, None, :] - S[:, :, None], 700)).sum(axis=2),
        lambda S: (E := np.exp(S - S.max(axis=-1).reshape(-1, 1))) / np.einsum("ij->i", E)[:, None],
        lambda S: softmax(S.astype(np.float32)).astype(np.float32),
        lambda S: (E := np.exp(S - S.max(1, keepdims=True))) / (E @ np.ones((S.shape[1], 1))),
        lambda s: np.exp(np.log(np.maximum(softmax(s), 1e-300))),
    ],
    "wrong": [
        (lambda S: np.exp(S) / np.exp(S).sum(axis=1, keepdims=True), "overflow"),
        (lambda S: np.exp(S) / np.exp(S).sum(axis=0), "Softmax over the wrong axis"),
        (lambda S: np.exp(S) / np.exp(S).sum(), "each row"),
        (lambda S: np.exp(S) / np.exp(S).sum(axis=1), "keepdims"),
        (lambda S: np.exp(S - S.max()) / np.exp(S - S.max()).sum(axis=1, keepdims=True), "own largest"),
        (lambda S: softmax(S.T).T, "Softmax over the wrong axis"),
        (lambda S: softmax(S.T), "transpose"),
        (lambda S: softmax(S).T, "transpose"),
        (lambda S: (E := np.exp(S - S.max())) / E.sum(), "each row"),
        (lambda S: (E := np.exp(S - S.max(axis=1, keepdims=True))) / E.sum(), "each row"),
        (lambda S: (E := np.exp(S - S.max(axis=1, keepdims=True))) / E.sum(axis=0), "The sums run along the wrong axis"),
        (lambda S: (E := np.exp(S - S.max(axis=0))) / E.sum(axis=0), "Softmax over the wrong axis"),
        (lambda S: (E := np.exp(S - S.max(axis=1, keepdims=True))) / E.mean(axis=1, keepdims=True), "You divided by the mean"),
        (lambda S: np.exp(S - S.max(axis=1, keepdims=True)), "divided"),
        (lambda S: S / S.sum(axis=1, keepdims=True), "exponential"),
        (lambda S: (S - S.max(axis=1, keepdims=True)), "The exponential is missing"),
        (lambda S: softmax(-S), "The sign is flipped"),
        (lambda S: np.log(softmax(S)), "These are the logs of the probabilities"),
        (lambda S: 1 - softmax(S), "This is 1 − p"),
        (lambda S: 1 / (1 + np.exp(-np.clip(S, -500, 500))), "sigmoid"),
        (lambda S: softmax(2 * S), "The scores count twice here"),
        (lambda S: softmax(S / 2), "The scores are divided by 2 here"),
        (lambda S: np.round(softmax(S), 2), "round"),
        (lambda S: (S == S.max(axis=1, keepdims=True)).astype(float), "largest"),
        (lambda S: S.argmax(axis=1), "largest"),
        (lambda S: softmax(S).max(axis=1), "largest"),
        (lambda S: softmax(S).sum(axis=1), "This is the sum of each row"),
        (lambda S: softmax(S).flatten(), "All rows stand in one"),
        (lambda S: softmax(S)[:, ::-1], "reverse"),
        (lambda S: softmax(S)[::-1], "reverse"),
        (lambda S: softmax(S) * 100, "per cent"),
        (lambda S: softmax(S)[0], "This is the first row only"),
        (lambda S: softmax(S) ** 2, "square"),
        (lambda S: np.full(S.shape, 1 / S.shape[1]), "whatever"),
        (lambda S: 2 ** (S - S.max(axis=1, keepdims=True)) / (2 ** (S - S.max(axis=1, keepdims=True))).sum(axis=1, keepdims=True), "The base is 2 instead of e"),
        (lambda S, axis: softmax(S), "1 argument: (S)"),
        (lambda S: (softmax(S), S), "first of these parts"),
        (lambda S: np.exp(S - S.max(axis=2, keepdims=True)), "axis=2 is asked for"),
        (lambda S: {i: softmax(s) for i, s in enumerate(S)}, "On two rows of three scores it returned a dictionary"),
        (lambda S: (softmax(s) for s in S), "generator"),
        (softmax_in_place, "in place"),
        (softmax_of_the_first_row, "This is the first row only"),
        (softmax_of_the_last_row, "This is the last row only"),
        (softmax_without_keepdims, "keepdims"),
        (softmax_half_keepdims, "keepdims"),
        (softmax_with_math_exp, "a function for one number"),
        (softmax_printed, "return"),
        (softmax_of_the_mean, "largest"),
        (softmax_of_the_min, "largest"),
        (softmax_of_the_column_max, "You subtracted the largest of each column"),
        (softmax_clipped, "Clipping makes all large scores alike"),
        (softmax_scaled, "subtract"),
        (softmax_added, "subtract"),
        (softmax_summed_before, "You divided by e to the sum of the scores"),
        (softmax_appended, "append"),
        (softmax_flat, "All rows stand in one"),
        (softmax_dividing_by_the_max, "Not yet divided by the sum"),
    ],
}  # fmt: skip

# --- Exercise 2: the mean of −log p_y ---------------------------------------------------------------------------------


def loss_by_a_loop(W, X, y):
    total = 0
    for x, label in zip(X, y):
        s = W @ x
        total += math.log(sum(math.exp(a) for a in s)) - s[label]
    return total / len(y)


def loss_by_one_hot(W, X, y):
    Y = np.eye(len(W))[y]
    P = softmax(X @ W.T)
    return -np.mean(np.sum(Y * np.log(P), axis=1))


def loss_by_comprehension(W, X, y):
    P = softmax(scores(W, X))
    return np.mean([-np.log(P[i, y[i]]) for i in range(len(y))])


def loss_returned_in_the_loop(W, X, y):
    P, total = softmax(scores(W, X)), 0
    for i in range(len(y)):
        total -= np.log(P[i, y[i]])
        return total / len(y)


def loss_printed(W, X, y):
    P = softmax(scores(W, X))
    print(-np.mean(np.log(P[np.arange(len(y)), y])))


def loss_of_one_hot_over_everything(W, X, y):
    Y = np.eye(len(W))[y]
    return -np.mean(Y * np.log(softmax(X @ W.T)))


def loss_of_the_scores(W, X, y):
    S = X @ W.T
    return -np.mean(S[np.arange(len(y)), y])


def loss_of_logged_scores(W, X, y):
    S = X @ W.T
    return -np.mean(np.log(S[np.arange(len(y)), y]))


def loss_that_punishes_the_others(W, X, y):
    Y, P = np.eye(len(W))[y], softmax(X @ W.T)
    return -np.mean(np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P), axis=1))


def loss_squared(W, X, y):
    Y, P = np.eye(len(W))[y], softmax(X @ W.T)
    return np.mean(np.sum((P - Y) ** 2, axis=1))


def loss_with_sigmoids(W, X, y):
    P = 1 / (1 + np.exp(-(X @ W.T)))
    return -np.mean(np.log(P[np.arange(len(y)), y]))


def loss_of_float_places(W, X, y):
    P = softmax(X @ W.T)
    return -np.mean(np.log(P[np.linspace(0, len(y) - 1, len(y)), y]))


def loss_of_one_row_per_class(W, X, y):
    P = softmax(W @ X.T)
    return -np.mean(np.log(P[y, np.arange(len(y))]))


def loss_of_skipped_first(W, X, y):
    P, total = softmax(X @ W.T), 0
    for i in range(1, len(y)):
        total -= np.log(P[i, y[i]])
    return total / len(y)


def loss_of_the_last(W, X, y):
    P = softmax(X @ W.T)
    for i in range(len(y)):
        total = -np.log(P[i, y[i]])
    return total


LOSS = {
    "right": [
        loss,
        loss_by_a_loop,
        loss_by_one_hot,
        loss_by_comprehension,
        lambda W, X, y: -np.mean(np.log(softmax(X @ W.T)[np.arange(len(y)), y])),
        lambda W, X, y: -np.log(softmax(scores(W, X))[range(len(y)), y]).sum() / len(y),
        lambda W, X, y: np.mean(-np.log(np.take_along_axis(softmax(X @ W.T), y[:, None], axis=1))),
        lambda W, X, y: -np.log(np.prod(softmax(X @ W.T)[np.arange(len(y)), y])) / len(y),
        lambda W, X, y: np.mean(np.logaddexp.reduce(X @ W.T, axis=1) - np.einsum("nd,nd->n", X, W[y])),
        lambda W, X, y: -np.mean(np.log(softmax(X @ W.T)[np.arange(len(y)), y] + 1e-12)),
        lambda W, X, y: -np.trace(np.log(softmax(X @ W.T))[:, y]) / len(y),
        lambda W, X, y: -np.sum(np.eye(len(W))[y] * np.log(softmax(X @ W.T))) / X.shape[0],
        lambda W, X, y: -np.mean(np.log(softmax((X @ W.T).astype(np.float32))[np.arange(len(y)), y])),
        lambda V, A, labels: float(loss(V, A, labels)),
    ],
    "wrong": [
        (lambda W, X, y: np.mean(np.log(softmax(X @ W.T)[np.arange(len(y)), y])), "The sign is flipped"),
        (lambda W, X, y: -np.sum(np.log(softmax(X @ W.T)[np.arange(len(y)), y])), "divide by N"),
        (lambda W, X, y: np.sum(np.log(softmax(X @ W.T)[np.arange(len(y)), y])), "The minus sign is missing"),
        (lambda W, X, y: -np.mean(softmax(X @ W.T)[np.arange(len(y)), y]), "The log is missing"),
        (lambda W, X, y: 1 - np.mean(softmax(X @ W.T)[np.arange(len(y)), y]), "The log is missing"),
        (lambda W, X, y: -np.log(np.mean(softmax(X @ W.T)[np.arange(len(y)), y])), "log of each"),
        (lambda W, X, y: -np.mean(np.log(softmax(X @ W.T)[np.arange(len(y)), y - 1])), "off by one"),
        (lambda W, X, y: -np.mean(np.log(softmax(X @ W.T)[np.arange(len(y)), y + 1])), "y + 1"),
        (lambda W, X, y: -np.mean(np.log(softmax(X @ W.T)[:, y])), "whole columns"),
        (lambda W, X, y: -np.mean(np.log(softmax(X @ W.T)[y])), "P[y] takes whole rows"),
        (lambda W, X, y: -np.mean(np.log(softmax(X @ W.T))), "true class"),
        (lambda W, X, y: -np.mean(np.log(softmax(X @ W.T).max(axis=1))), "largest"),
        (lambda W, X, y: -np.mean(np.log2(softmax(X @ W.T)[np.arange(len(y)), y])), "This is in bits"),
        (lambda W, X, y: -np.mean(np.log10(softmax(X @ W.T)[np.arange(len(y)), y])), "base 10"),
        (lambda W, X, y: -np.log(softmax(X @ W.T)[np.arange(len(y)), y]), "single samples"),
        (lambda W, X, y: -np.mean(np.log(softmax((X @ W.T).T).T[np.arange(len(y)), y])), "Softmax over the wrong axis"),
        (
            lambda W, X, y: -np.mean(np.log(softmax(X @ W.T)[np.arange(len(y)), y])) / len(W),
            "You averaged over the C classes",
        ),
        (lambda W, X, y: -np.mean(np.log(softmax(X @ W.T)[np.arange(len(y)), y])) / 2, "Half too small"),
        (lambda W, X, y: -np.mean(np.log(softmax(X @ W.T)[np.arange(len(y)), y] + 0.01)), "small number"),
        (
            lambda W, X, y: -np.mean(np.log(softmax(-X @ W.T)[np.arange(len(y)), y])),
            "The sign of the scores is flipped",
        ),
        (lambda W, X, y: -np.mean(np.log(softmax(X @ W)[np.arange(len(y)), y])), "W needs to be transposed"),
        (
            lambda W, X, y: -np.mean(np.log(softmax(W @ X)[np.arange(len(y)), y])),
            "for A @ B the last axis of A needs to be as long as the first of B",
        ),
        (lambda W, X, y: -np.mean(np.log(softmax(X @ W.T)[np.arange(len(y))])), "true class"),
        (lambda W, X, y: -np.mean(np.log((X @ W.T)[np.arange(len(y)), y])), "softmax"),
        (lambda W, X, y: -np.mean(np.log(np.exp(X @ W.T)[np.arange(len(y)), y])), "softmax"),
        (lambda W, X, y: -np.median(np.log(softmax(X @ W.T)[np.arange(len(y)), y])), "median"),
        (
            lambda W, X, y: -np.max(np.log(softmax(X @ W.T)[np.arange(len(y)), y])),
            "This is the smallest loss of a sample",
        ),
        (lambda W, X, y: round(-np.mean(np.log(softmax(X @ W.T)[np.arange(len(y)), y])), 3), "round"),
        (lambda W, X, y: np.exp(loss(W, X, y)), "This is e to the loss"),
        (lambda W, X, y: np.mean(predict(W, X) != y), "share of errors"),
        (lambda W, X, y: np.log(len(W)), "This is log C"),
        (lambda W, X, y: -np.mean(np.log(softmax(X @ W.T)[np.arange(len(y)), predict(W, X)])), "largest"),
        (lambda W, X, y: -np.mean(np.log(softmax(X @ W.T)[np.arange(len(y)), 0])), "This takes the first class"),
        (lambda W, X, y: -np.mean(np.log(softmax(X @ W.T)[0, y])), "P[0"),
        (lambda W, X, y: [loss(W, X, y)], "number itself"),
        (lambda X, W, y: loss(W, X, y), "(W, X, y)"),
        (lambda W, y, X: loss(W, X, y), "(W, X, y)"),
        (lambda W, X: loss(W, X, np.zeros(len(X), int)), "3 arguments: (W, X, y)"),
        (lambda W, X, y: -math.log(softmax(X @ W.T)[np.arange(len(y)), y]), "a function for one number"),
        (lambda W, X, y: -np.mean(np.log(softmax(X @ W.T)(np.arange(len(y)), y))), "called"),
        (lambda W, X, y: -np.mean(np.log(softmax(X @ W.T)[len(y), y])), "np.arange(len(y))"),
        (lambda W, X, y: 0.0, "In every case it returns 0"),
        (loss_returned_in_the_loop, "first"),
        (loss_printed, "return"),
        (loss_of_one_hot_over_everything, "You averaged over the C classes"),
        (loss_of_the_scores, "softmax"),
        (loss_of_logged_scores, "softmax"),
        (loss_that_punishes_the_others, "true class"),
        (loss_squared, "squared"),
        (loss_with_sigmoids, "sigmoid"),
        (loss_of_float_places, "whole number"),
        (loss_of_one_row_per_class, "Softmax over the wrong axis"),
        (loss_of_skipped_first, "first"),
        (loss_of_the_last, "Only the last sample is counted"),
    ],
}

# --- Exercise 3: ∇L(W) = (P − Y)ᵀX / N --------------------------------------------------------------------------------


def gradient_by_one_hot(W, X, y):
    Y = np.zeros((len(X), len(W)))
    Y[np.arange(len(y)), y] = 1
    return (softmax(X @ W.T) - Y).T @ X / len(y)


def gradient_by_loops(W, X, y):
    P, slopes = softmax(X @ W.T), np.zeros(W.shape)
    for i in range(len(X)):
        for k in range(len(W)):
            slopes[k] += (P[i, k] - (y[i] == k)) * X[i]
    return slopes / len(X)


def gradient_by_outer_products(W, X, y):
    total = 0
    for x, label in zip(X, y):
        p = softmax((W @ x)[None, :])[0]
        p[label] -= 1
        total = total + np.outer(p, x)
    return total / len(y)


def gradient_without_truth_in_place(W, X, y):
    P = softmax(X @ W.T)
    P[:, y] -= 1
    return P.T @ X / len(y)


def gradient_with_labels_off(W, X, y):
    P = softmax(X @ W.T)
    P[np.arange(len(y)), y - 1] -= 1
    return P.T @ X / len(y)


def gradient_set_to_one(W, X, y):
    P = softmax(X @ W.T)
    P[np.arange(len(y)), y] = 1
    return P.T @ X / len(y)


def gradient_set_to_minus_one(W, X, y):
    P = softmax(X @ W.T)
    P[np.arange(len(y)), y] = -1
    return P.T @ X / len(y)


def gradient_adding_one(W, X, y):
    P = softmax(X @ W.T)
    P[np.arange(len(y)), y] += 1
    return P.T @ X / len(y)


def gradient_of_scores_less_one(W, X, y):
    S = X @ W.T
    S[np.arange(len(y)), y] -= 1
    return softmax(S).T @ X / len(y)


def gradient_of_the_true_only(W, X, y):
    P, D = softmax(X @ W.T), np.zeros((len(X), len(W)))
    D[np.arange(len(y)), y] = P[np.arange(len(y)), y] - 1
    return D.T @ X / len(y)


def gradient_of_whole_zeros(W, X, y):
    slopes = np.zeros(W.shape, dtype=int)
    D = softmax(X @ W.T) - np.eye(len(W))[y]
    slopes[:] = D.T @ X / len(y)
    return slopes


def gradient_printed(W, X, y):
    print((softmax(X @ W.T) - np.eye(len(W))[y]).T @ X / len(y))


def gradient_minus_y_itself(W, X, y):
    return (softmax(X @ W.T) - y).T @ X / len(y)


def gradient_minus_y_as_a_column(W, X, y):
    return (softmax(X @ W.T) - y[:, None]).T @ X / len(y)


def gradient_returned_in_the_loop(W, X, y):
    slopes = np.zeros(W.shape)
    for x, label in zip(X, y):
        p = softmax((W @ x)[None, :])[0]
        p[label] -= 1
        slopes += np.outer(p, x)
        return slopes / len(y)


GRADIENT = {
    "right": [
        gradient,
        gradient_by_one_hot,
        gradient_by_loops,
        gradient_by_outer_products,
        lambda W, X, y: (softmax(X @ W.T) - np.eye(len(W))[y]).T @ X / len(y),
        lambda W, X, y: (X.T @ (softmax(X @ W.T) - np.eye(len(W))[y])).T / len(y),
        lambda W, X, y: np.einsum("nc,nd->cd", softmax(X @ W.T) - np.eye(len(W))[y], X) / len(X),
        lambda W, X, y: -((np.eye(len(W))[y] - softmax(scores(W, X))).T @ X) / X.shape[0],
        lambda W, X, y: softmax(X @ W.T).T @ X / len(y) - np.eye(len(W))[y].T @ X / len(y),
        lambda W, X, y: [((softmax(X @ W.T)[:, k] - (y == k)) @ X / len(y)).tolist() for k in range(len(W))],
        lambda W, X, y: ((softmax(X @ W.T) - (y[:, None] == np.arange(len(W)))).T @ X / y.size).astype(np.float32),
        lambda W, X, y: np.mean((softmax(X @ W.T) - np.eye(len(W))[y])[:, :, None] * X[:, None, :], axis=0),
    ],
    "wrong": [
        (lambda W, X, y: (np.eye(len(W))[y] - softmax(X @ W.T)).T @ X / len(y), "P − Y"),
        (lambda W, X, y: (softmax(X @ W.T) - np.eye(len(W))[y]).T @ X, "divide by N"),
        (lambda W, X, y: (np.eye(len(W))[y] - softmax(X @ W.T)).T @ X, "P − Y"),
        (lambda W, X, y: X.T @ (softmax(X @ W.T) - np.eye(len(W))[y]) / len(y), "transposed"),
        (lambda W, X, y: X.T @ (softmax(X @ W.T) - np.eye(len(W))[y]), "transposed"),
        (lambda W, X, y: softmax(X @ W.T).T @ X / len(y), "truth"),
        (lambda W, X, y: (X @ W.T - np.eye(len(W))[y]).T @ X / len(y), "softmax is missing"),
        (lambda W, X, y: (softmax(X @ W.T) - np.eye(len(W))[y]).mean(axis=0), "features"),
        (lambda W, X, y: (softmax(X @ W.T) - np.eye(len(W))[y]) / len(y), "feature"),
        (lambda W, X, y: softmax(X @ W.T) - np.eye(len(W))[y], "feature"),
        (lambda W, X, y: 2 * (softmax(X @ W.T) - np.eye(len(W))[y]).T @ X / len(y), "twice"),
        (lambda W, X, y: (softmax(X @ W.T) - np.eye(len(W))[y]).T @ X / len(y) / 2, "Half too small"),
        (lambda W, X, y: (softmax(X @ W.T) - np.eye(len(W))[y]).T @ X / len(W), "You divided by the number of classes C"),
        (lambda W, X, y: (softmax(X @ W.T) - np.eye(len(W))[y]).T @ X / len(y) / len(W), "You divided by the number of classes C"),
        (lambda W, X, y: (softmax(X @ W.T) - np.eye(len(W))[y]).T @ X / X.shape[1], "You divided by the number of features d"),
        (lambda W, X, y: (softmax(X @ W.T) - np.eye(len(W))[y]) @ X / len(y), "transpose"),
        (lambda W, X, y: (softmax(X @ W.T) - np.eye(len(W))[y]) @ X.T / len(y), "transpose"),
        (lambda W, X, y: (softmax(X @ W.T) + np.eye(len(W))[y]).T @ X / len(y), "You added 1"),
        (lambda W, X, y: (softmax((X @ W.T).T).T - np.eye(len(W))[y]).T @ X / len(y), "Softmax over the wrong axis"),
        (lambda W, X, y: ((predict(W, X)[:, None] == np.arange(len(W))) - np.eye(len(W))[y]).T @ X / len(y), "decision"),
        (lambda W, X, y: (softmax(X @ W.T) - np.eye(len(y))[y]).T @ X / len(y), "classes"),
        (lambda W, X, y: ((softmax(X @ W.T) - np.eye(len(W))[y]) ** 2).T @ X / len(y), "square"),
        (lambda W, X, y: abs((softmax(X @ W.T) - np.eye(len(W))[y]).T @ X / len(y)), "absolute"),
        (lambda W, X, y: np.round((softmax(X @ W.T) - np.eye(len(W))[y]).T @ X / len(y), 3), "round"),
        (lambda W, X, y: (gradient(W, X, y)).sum(axis=0), "class"),
        (lambda W, X, y: gradient(W, X, y).sum(axis=1), "You added up over the features"),
        (lambda W, X, y: gradient(W, X, y).sum(), "You added up or averaged all slopes"),
        (lambda W, X, y: gradient(W, X, y).ravel(), "The numbers are right"),
        (lambda W, X, y: gradient(W, X, y)[::-1], "reverse"),
        (lambda W, X, y: W - gradient(W, X, y), "This is W after a step"),
        (lambda W, X, y: gradient(W, X, y) + W, "W is added to the gradient"),
        (lambda W, X, y: np.zeros(W.shape), "In every case each number that it returns is 0"),
        (lambda W, X, y: loss(W, X, y), "This is the loss"),
        (lambda W, X, y: (softmax(X @ W) - np.eye(len(W))[y]).T @ X / len(y), "W needs to be transposed in the scores"),
        (lambda W, X, y: (1 / (1 + np.exp(-X @ W.T)) - np.eye(len(W))[y]).T @ X / len(y), "sigmoid"),
        (lambda W, X, y: (np.exp(X @ W.T) - np.eye(len(W))[y]).T @ X / len(y), "divide"),
        (lambda W, X, y: (softmax(X @ W.T) - np.eye(len(W))).T @ X / len(y), "The one-hot rows are not picked"),
        (lambda X, W, y: gradient(W, X, y), "(W, X, y)"),
        (lambda W, y, X: gradient(W, X, y), "(W, X, y)"),
        (lambda W, X: softmax(X @ W.T).T @ X, "3 arguments: (W, X, y)"),
        (lambda W, X, y: (softmax(X @ W.T) - Y).T @ X / len(y), "Y is not known here"),  # noqa: F821
        (gradient_without_truth_in_place, "whole columns"),
        (gradient_with_labels_off, "off by one"),
        (gradient_set_to_one, "subtract"),
        (gradient_set_to_minus_one, "subtract"),
        (gradient_adding_one, "subtract"),
        (gradient_of_scores_less_one, "after"),
        (gradient_of_the_true_only, "other classes"),
        (gradient_of_whole_zeros, "cut off after the point"),
        (gradient_printed, "return"),
        (gradient_minus_y_itself, "one-hot"),
        (gradient_minus_y_as_a_column, "column"),
        (gradient_returned_in_the_loop, "first"),
    ],
}  # fmt: skip

# --- Exercise 4: accuracy ---------------------------------------------------------------------------------------------


def accuracy_by_a_loop(W, X, y):
    right = 0
    for x, label in zip(X, y):
        if np.argmax(W @ x) == label:
            right += 1
    return right / len(y)


def accuracy_by_probabilities(W, X, y):
    P = softmax(scores(W, X))
    decision = P.argmax(axis=1)
    return np.count_nonzero(decision == y) / len(y)


def accuracy_by_lists(W, X, y):
    decisions = []
    for row in X @ W.T:
        row = list(row)
        decisions.append(row.index(max(row)))
    return sum(a == b for a, b in zip(decisions, y)) / len(decisions)


def accuracy_returned_in_the_loop(W, X, y):
    right = 0
    for x, label in zip(X, y):
        right += np.argmax(W @ x) == label
        return right / len(y)


def accuracy_floored(W, X, y):
    return np.sum(predict(W, X) == y) // len(y)


def accuracy_printed(W, X, y):
    print(np.mean(predict(W, X) == y))


def accuracy_by_if(W, X, y):
    if predict(W, X) == y:
        return 1
    return 0


def accuracy_of_two_classes(W, X, y):
    S = X @ W.T
    return np.mean((S[:, 1] > S[:, 0]) == y)


def accuracy_of_the_pages_own(W, X, y):
    return np.mean(decisions == y)  # noqa: F821


ACCURACY = {
    "right": [
        lambda W, X, y: np.mean(predict(W, X) == y),
        lambda W, X, y: np.mean((X @ W.T).argmax(axis=1) == y),
        lambda W, X, y: np.mean(np.argmax(W @ X.T, axis=0) == y),
        lambda W, X, y: np.sum(scores(W, X).argmax(1) == y) / len(y),
        lambda W, X, y: 1 - np.mean(softmax(X @ W.T).argmax(axis=-1) != y),
        lambda W, X, y: np.average([np.argmax(W.dot(x)) == k for x, k in zip(X, y)]),
        lambda W, X, y: np.mean((-(X @ W.T)).argmin(axis=1) == y),
        lambda W, X, y: np.mean(np.argsort(X @ W.T, axis=1)[:, -1] == y),
        lambda W, X, y: np.mean((S := X @ W.T)[np.arange(len(y)), y] == S.max(axis=1)),
        lambda W, X, y: np.float32(np.mean(np.einsum("nd,cd->nc", X, W).argmax(axis=1) == y)),
        lambda W, X, y: float((predict(W, X) - y == 0).sum()) / y.shape[0],
        accuracy_by_a_loop,
        accuracy_by_probabilities,
        accuracy_by_lists,
    ],
    "wrong": [
        (lambda W, X, y: np.mean(predict(W, X) != y), "errors"),
        (lambda W, X, y: np.sum(predict(W, X) == y), "divide by N"),
        (lambda W, X, y: np.sum(predict(W, X) != y), "errors"),
        (lambda W, X, y: np.mean((X @ W.T).argmax(axis=1) + 1 == y), "off by one"),
        (lambda W, X, y: np.mean((X @ W.T).argmax(axis=1) == y + 1), "off by one"),
        (lambda W, X, y: np.mean((X @ W.T).argmax(axis=1) == y - 1), "off by one"),
        (lambda W, X, y: np.mean((X @ W.T).argmin(axis=1) == y), "smallest"),
        (lambda W, X, y: np.mean((X @ W.T).argmax() == y), "without axis"),
        (lambda W, X, y: np.mean((X @ W.T).argmax(axis=0) == y), "these shapes do not fit for + − * /"),
        (lambda W, X, y: np.mean((X @ W.T).max(axis=1) == y), "argmax"),
        (lambda W, X, y: np.mean(softmax(X @ W.T)[np.arange(len(y)), y]), "probability"),
        (lambda W, X, y: 100 * np.mean(predict(W, X) == y), "per cent"),
        (lambda W, X, y: predict(W, X) == y, "This says right or wrong for each sample"),
        (lambda W, X, y: predict(W, X), "compare"),
        (lambda W, X, y: np.mean(np.abs(predict(W, X) - y)), "This is the distance of the class numbers"),
        (lambda W, X, y: 1 - np.mean(np.abs(predict(W, X) - y)), "This uses the distance of the class numbers"),
        (lambda W, X, y: np.mean(np.abs(predict(W, X) - y) <= 1), "Neighbouring class numbers count as right here"),
        (lambda W, X, y: np.mean(np.abs(X @ W.T).argmax(axis=1) == y), "absolute"),
        (lambda W, X, y: np.mean(predict(W, X)), "This is the mean class number"),
        (lambda W, X, y: np.mean(y == 0), "This is the share of class 0"),
        (lambda W, X, y: np.mean(softmax(X @ W.T)[np.arange(len(y)), y] > 0.5), "This asks for a probability above"),
        (lambda W, X, y: np.mean((X @ W.T)[np.arange(len(y)), y] > 0), "largest"),
        (lambda W, X, y: np.mean(X.argmax(axis=1) == y), "The weights are missing"),
        (lambda W, X, y: np.mean((X @ W).argmax(axis=1) == y), "W needs to be transposed"),
        (lambda W, X, y: np.mean((W @ X.T).argmax(axis=1) == y), "these shapes do not fit for + − * /"),
        (lambda W, X, y: np.mean(X @ W.T == y), "argmax"),
        (lambda W, X, y: np.mean(X @ W.T == y[:, None]), "argmax"),
        (lambda W, X, y: np.mean((X @ W.T)[:, :2].argmax(axis=1) == y), "columns"),
        (lambda W, X, y: np.mean((X @ W.T)[:, :3].argmax(axis=1) == y), "Only the first three classes are looked at"),
        (lambda W, X, y: np.all(predict(W, X) == y), "share"),
        (lambda W, X, y: round(np.mean(predict(W, X) == y), 1), "round"),
        (lambda W, X, y: np.mean(predict(W, X) == y) / len(y), "You divided by N twice"),
        (lambda W, X, y: np.mean(predict(W, X) == y) ** 2, "square"),
        (lambda W, X, y: np.mean(predict(W, X) == predict(W, X)), "This is always 1"),
        (lambda W, X, y: 0.0, "no sample"),
        (lambda W, X, y: 1.0, "whatever"),
        (lambda W, X, y: np.median(predict(W, X) == y), "This is the median"),
        (lambda W, X, y: loss(W, X, y), "This is the loss"),
        (
            lambda W, X, y: np.mean((W @ X).argmax(axis=1) == y),
            "for A @ B the last axis of A needs to be as long as the first of B",
        ),
        (lambda W, X, y: np.mean((X @ W.T).argmax == y), "argmax"),
        (lambda W, X, y: np.mean((X @ W.T).argmax(axis=2) == y), "axis=2 is asked for"),
        (lambda W, X, y: [np.mean(predict(W, X) == y)], "number itself"),
        (
            lambda W, X, y: f"{np.mean(predict(W, X) == y):.1%}",
            "On 40 random samples, 2 features, 3 classes it returned a text",
        ),
        (lambda X, W, y: np.mean(predict(W, X) == y), "(W, X, y)"),
        (lambda W, y, X: np.mean(predict(W, X) == y), "(W, X, y)"),
        (lambda P, y: np.mean(P.argmax(axis=1) == y), "3 arguments: (W, X, y)"),
        (accuracy_returned_in_the_loop, "first"),
        (accuracy_floored, "This is 1 when all are right"),
        (accuracy_printed, "return"),
        (accuracy_by_if, "one yes or no"),
        (accuracy_of_two_classes, "classes"),
        (accuracy_of_the_pages_own, "decisions"),
    ],
}

ANSWERS = {
    "check_softmax": SOFTMAX,
    "check_loss": LOSS,
    "check_gradient": GRADIENT,
    "check_accuracy": ACCURACY,
}

# --- More answers, written when the checks stood ----------------------------------------------------------------------


def softmax_times_classes(S):
    E = np.exp(S - np.max(S, axis=1)[:, None])
    return E / np.sum(E, axis=1, keepdims=True) * S.shape[1]


def softmax_column_by_column(S):
    P = np.zeros(S.shape)
    for i in range(S.shape[1]):
        e = np.exp(S[:, i] - S[:, i].max())
        P[:, i] = e / e.sum()
    return P


def softmax_shifted_above_only(S):
    return np.exp(S - S.max(axis=1, keepdims=True)) / np.exp(S).sum(axis=1, keepdims=True)


def softmax_divided_by_10000(S):
    S = S / 10000
    return np.exp(S) / np.exp(S).sum(axis=1, keepdims=True)


def softmax_of_absolute_scores(S):
    return np.abs(S) / np.abs(S).sum(axis=1, keepdims=True)


def loss_over_classes(W, X, y):
    P = softmax(X @ W.T)
    return -np.sum(np.log(P[range(len(y)), y])) / len(W)


def loss_of_the_mean_probability(W, X, y):
    P = softmax(X @ W.T)
    return -np.log(P[np.arange(len(y)), y].mean())


def loss_weighted_by_itself(W, X, y):
    P = softmax(X @ W.T)
    return -np.mean(P[np.arange(len(y)), y] * np.log(P[np.arange(len(y)), y]))


def loss_with_lists_of_labels(W, X, y):
    P = softmax(X @ W.T)
    return -np.mean([np.log(P[i][y]) for i in range(len(y))])


def loss_of_rounded_probabilities(W, X, y):
    P = softmax(X @ W.T).round(2)
    return -np.mean(np.log(P[np.arange(len(y)), y]))


def gradient_of_whole_rows(W, X, y):
    P = softmax(X @ W.T)
    P[y] -= 1
    return P.T @ X / len(y)


def gradient_with_places_swapped(W, X, y):
    P = softmax(X @ W.T)
    Y = np.zeros_like(P)
    Y[y, np.arange(len(y))] = 1
    return (P - Y).T @ X / len(y)


def gradient_times_minus_one(W, X, y):
    P = softmax(X @ W.T)
    for i in range(len(y)):
        P[i, y[i]] = P[i, y[i]] * -1
    return P.T @ X / len(y)


def gradient_of_squared_errors(W, X, y):
    P = softmax(X @ W.T)
    Y = np.eye(len(W))[y]
    return (P * (1 - P) * (P - Y)).T @ X / len(y)


def gradient_of_outer_means(W, X, y):
    P = softmax(X @ W.T)
    Y = np.eye(len(W))[y]
    return np.outer((P - Y).mean(axis=0), X.mean(axis=0))


def accuracy_of_the_weights(W, X, y):
    return np.mean(np.argmax(W, axis=1) == y)


def accuracy_of_lost_brackets(W, X, y):
    return sum(np.argmax(X @ W.T, axis=1) == y) / len(X @ W.T[0]) / 2


def accuracy_of_rounded_tables(W, X, y):
    return np.mean(softmax(X @ W.T).round() == np.eye(len(W))[y])


def accuracy_of_the_lowest(W, X, y):
    return np.mean(np.argsort(X @ W.T)[:, 0] == y)


def accuracy_of_confidence(W, X, y):
    return np.mean(np.max(softmax(X @ W.T), axis=1))


ANSWERS["check_softmax"]["wrong"] += [
    (softmax_times_classes, "You divided by the mean"),
    (softmax_column_by_column, "Softmax over the wrong axis"),
    (softmax_shifted_above_only, "The largest score is subtracted above, but not below the lin"),
    (softmax_divided_by_10000, "Dividing the scores changes the probabilities"),
    (softmax_of_absolute_scores, "absolute values of scores"),
]
ANSWERS["check_loss"]["wrong"] += [
    (loss_over_classes, "divided by the number of rows of W"),
    (loss_of_the_mean_probability, "The mean is taken too early"),
    (loss_weighted_by_itself, "in the place of “P[np.arange(len(y)), y] * np.log(P[np.arange(len(y)), y])”"),
    (loss_with_lists_of_labels, "takes whole columns"),
    (loss_of_rounded_probabilities, "in the place of “softmax(X @ W.T).round(2)”"),
]
ANSWERS["check_gradient"]["wrong"] += [
    (gradient_of_whole_rows, "P[y] takes whole rows"),
    (gradient_with_places_swapped, "in the place of “Y[y, np.arange(len(y))]”"),
    (gradient_times_minus_one, "in the place of “P[i, y[i]] * -1”"),
    (gradient_of_squared_errors, "P (1 − P) is too much"),
    (gradient_of_outer_means, "The means of P − Y and of X are multiplied"),
]
ANSWERS["check_accuracy"]["wrong"] += [
    (accuracy_of_the_weights, "these shapes do not fit for + − * /, which work number by nu"),
    (accuracy_of_lost_brackets, "half as large as the answer"),
    (accuracy_of_rounded_tables, "This compares all probabilities, rounded, with zeros and one"),
    (accuracy_of_the_lowest, "This is the smallest score; decide for the largest"),
    (accuracy_of_confidence, "This is the mean of the largest probabilities, whatever y is"),
]


# --- Exercise 5: three parts -------------------------------------------------------------------------------------------


def deal_by_slices(X, y, n_validation, n_test, rng):
    rows = rng.permutation(len(X))
    training, validation, test = rows[n_validation + n_test :], rows[n_test : n_test + n_validation], rows[:n_test]
    return (X[training], y[training]), (X[validation], y[validation]), (X[test], y[test])


def deal_in_place_of_a_copy(X, y, n_validation, n_test, rng):
    order = np.arange(len(y))
    rng.shuffle(order)
    X, y = X[order], y[order]
    cut = len(y) - n_test
    return [
        (X[: cut - n_validation], y[: cut - n_validation]),
        (X[cut - n_validation : cut], y[cut - n_validation : cut]),
        (X[cut:], y[cut:]),
    ]


def deal_by_choice(X, y, n_validation, n_test, rng):
    every = np.arange(len(y))
    test = rng.choice(every, n_test, replace=False)
    rest = np.setdiff1d(every, test)
    validation = rng.choice(rest, n_validation, replace=False)
    training = np.setdiff1d(rest, validation)
    return [(X[rows], y[rows]) for rows in (training, validation, test)]


def deal_in_order(X, y, n_validation, n_test, rng):
    n = len(y) - n_validation - n_test
    return [
        (X[:n], y[:n]),
        (X[n : n + n_validation], y[n : n + n_validation]),
        (X[n + n_validation :], y[n + n_validation :]),
    ]


def deal_with_two_shuffles(X, y, n_validation, n_test, rng):
    return deal_in_order(rng.permutation(X), rng.permutation(y), n_validation, n_test, rng)


def deal_with_overlap(X, y, n_validation, n_test, rng):
    rows = rng.permutation(len(y))
    return [(X[part], y[part]) for part in (rows[n_test:], rows[n_test : n_test + n_validation], rows[:n_test])]


def deal_drawn_three_times(X, y, n_validation, n_test, rng):
    sizes = (len(y) - n_validation - n_test, n_validation, n_test)
    return [(X[rows], y[rows]) for rows in (rng.permutation(len(y))[:size] for size in sizes)]


def deal_test_first(X, y, n_validation, n_test, rng):
    rows = rng.permutation(len(y))
    return [(X[part], y[part]) for part in np.split(rows, [n_test, n_test + n_validation])]


def deal_with_a_seed_of_its_own(X, y, n_validation, n_test, rng):
    return deal_by_slices(X, y, n_validation, n_test, np.random.default_rng(0))


def deal_rows(X, y, n_validation, n_test, rng):
    rows = rng.permutation(len(y))
    return rows[n_validation + n_test :], rows[:n_validation], rows[n_validation : n_validation + n_test]


def deal_six(X, y, n_validation, n_test, rng):
    (a, b), (c, d), (e, f) = deal_by_slices(X, y, n_validation, n_test, rng)
    return a, b, c, d, e, f


def deal_all_for_training(X, y, n_validation, n_test, rng):
    return [(X, y), *deal_by_slices(X, y, n_validation, n_test, rng)[1:]]


def deal_that_loses_one(X, y, n_validation, n_test, rng):
    rows = rng.permutation(len(y) - 1)
    parts = rows[n_validation + n_test :], rows[:n_validation], rows[n_validation : n_validation + n_test]
    return [(X[part], y[part]) for part in parts]


def deal_two_parts(X, y, n_validation, n_test, rng):
    rows = rng.permutation(len(y))
    return (X[rows[n_test:]], y[rows[n_test:]]), (X[rows[:n_test]], y[rows[:n_test]])


ANSWERS["check_deal"] = {
    "right": [deal_by_slices, deal_in_place_of_a_copy, deal_by_choice],
    "wrong": [
        (deal_in_order, "not shuffled"),
        (deal_with_two_shuffles, "do not belong together"),
        (deal_with_overlap, "some samples come twice, or stand in two parts"),
        (deal_drawn_three_times, "lost"),
        (deal_test_first, "in the wrong order"),
        (deal_with_a_seed_of_its_own, "do the drawing"),
        (deal_rows, "These are row numbers"),
        (deal_six, "six arrays"),
        (deal_all_for_training, "All samples are for training"),
        (deal_that_loses_one, "lost"),
        (deal_two_parts, "three parts"),
    ],
}

# --- Exercise 6: choosing ----------------------------------------------------------------------------------------------


def choose_by_argmax(training, validation, test):
    best = validation.argmax()
    return best, test[best]


def choose_by_loop(training, validation, test):
    best = 0
    for i in range(len(validation)):
        if validation[i] > validation[best]:
            best = i
    return best, test[best]


def choose_by_list(training, validation, test):
    best = list(validation).index(max(validation))
    return [best, float(test[best])]


def choose_on_the_test(training, validation, test):
    best = np.argmax(test)
    return best, test[best]


def choose_on_training(training, validation, test):
    best = np.argmax(training)
    return best, test[best]


def choose_and_report_validation(training, validation, test):
    return np.argmax(validation), np.max(validation)


def choose_and_report_the_best_test(training, validation, test):
    return np.argmax(validation), np.max(test)


def choose_the_worst(training, validation, test):
    best = np.argmin(validation)
    return best, test[best]


def choose_on_both(training, validation, test):
    best = np.argmax((validation + test) / 2)
    return best, test[best]


def choose_the_place_alone(training, validation, test):
    return np.argmax(validation)


def choose_the_accuracy_alone(training, validation, test):
    return test[np.argmax(validation)]


def choose_swapped(training, validation, test):
    best = np.argmax(validation)
    return test[best], best


def choose_on_training_all_along(training, validation, test):
    return np.argmax(training), np.max(training)


ANSWERS["check_choose"] = {
    "right": [choose_by_argmax, choose_by_loop, choose_by_list],
    "wrong": [
        (choose_on_the_test, "Chosen on the test set"),
        (choose_on_training, "Chosen on the training set"),
        (choose_and_report_validation, "chosen for being high"),
        (choose_and_report_the_best_test, "that of another model"),
        (choose_the_worst, "the worst model"),
        (choose_on_both, "The test took part in the choice"),
        (choose_the_place_alone, "accuracy to report is missing"),
        (choose_the_accuracy_alone, "The place is missing"),
        (choose_swapped, "exchanged"),
        (choose_on_training_all_along, "Chosen and reported on the training set"),
    ],
}
