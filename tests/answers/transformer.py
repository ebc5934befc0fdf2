"""Lesson 10 as learners answer it: the right ones, and the wrong ones with words that their message must hold."""

import functools
import math
import operator
import re

import numpy as np

from lessons_lib.maths.byte_pairs import count_pairs, tokenise
from lessons_lib.maths.multiclass_classification import softmax
from lessons_lib.maths.transformer import attention_weights

# --- a head's scores


def scores_in_steps(Q, K):
    k = K.shape[1]
    products = Q @ K.T
    return products / np.sqrt(k)


def scores_by_loops(Q, K):
    T, k = Q.shape
    scores = np.zeros((T, T))
    for t in range(T):
        for j in range(T):
            scores[t, j] = sum(Q[t, i] * K[j, i] for i in range(k)) / math.sqrt(k)
    return scores


def scores_of_lists(Q, K):
    return [[sum(a * b for a, b in zip(q, k)) / len(k) ** 0.5 for k in K] for q in Q]


def scores_batched(Q, K):
    """As several heads at once want it: (..., T, k)."""
    return np.matmul(Q, np.swapaxes(K, -1, -2)) / np.sqrt(K.shape[-1])


def scores_both_scaled(Q, K):
    fourth = K.shape[1] ** 0.25
    return (Q / fourth) @ (K / fourth).T


def scores_by_column(Q, K):
    return np.column_stack([Q @ key for key in K]) / np.sqrt(len(K[0]))


def scores_both_by_root(Q, K):
    root = np.sqrt(K.shape[1])
    return (Q / root) @ (K / root).T


def scores_return_in_loop(Q, K):
    for q in Q:
        return K @ q / np.sqrt(len(q))


def scores_one_key_each(Q, K):
    return [q @ k / np.sqrt(len(k)) for q, k in zip(Q, K)]


def scores_root_of_shape(Q, K):
    return Q @ K.T / np.sqrt(K.shape)


def scores_swapped(K, Q):
    return Q @ K.T / np.sqrt(K.shape[1])


def scores_k_unknown(Q, K):
    return Q @ K.T / np.sqrt(k)  # noqa: F821


def scores_key_first(Q, K):
    T, k = Q.shape
    scores = np.zeros((T, T))
    for t in range(T):
        for j in range(T):
            scores[j, t] = Q[t] @ K[j] / np.sqrt(k)
    return scores


def scores_one_off(Q, K):
    return Q @ K.T / np.sqrt(K.shape[1] - 1)


def scores_prints(Q, K):
    print(Q @ K.T / np.sqrt(K.shape[1]))


def scores_in_place(Q, K):
    Q /= np.sqrt(K.shape[1])
    return Q @ K.T


HEAD_SCORES = {
    "right": [
        scores_in_steps,
        scores_by_loops,
        scores_of_lists,
        scores_batched,
        scores_both_scaled,
        scores_by_column,
        lambda Q, K: np.einsum("tk,jk->tj", Q, K) / np.sqrt(Q.shape[1]),
        lambda Q, K: (K @ Q.T).T / K.shape[-1] ** 0.5,
        lambda Q, K: np.inner(Q, K) * K.shape[1] ** -0.5,
        lambda Q, K: Q.astype(np.float32) @ K.T.astype(np.float32) / np.sqrt(np.float32(K.shape[1])),
        lambda Q, K: np.dot(Q / np.sqrt(K.shape[1]), K.T).tolist(),
        lambda Q, K: (Q[:, None] * K).sum(axis=-1) / np.sqrt(K.shape[1]),
    ],
    "wrong": [
        (scores_both_by_root, "divided by k; divide by its root"),
        (scores_return_in_loop, "return inside the loop"),
        (scores_one_key_each, "own place alone"),
        (scores_root_of_shape, "np.sqrt(K.shape)"),
        (scores_swapped, "(Q, K)"),
        (scores_k_unknown, "k"),
        (scores_key_first, "Transposed"),
        (scores_one_off, "K.shape[1]"),
        (scores_prints, "return"),
        (scores_in_place, "in place"),
        (lambda Q, K: Q @ K.T, "scale is forgotten"),
        (lambda Q, K: Q @ K.T / K.shape[1], "by its root"),
        (lambda Q, K: Q @ K.T / K.shape[1] ** 1 / 2, "** comes before /"),
        (lambda Q, K: Q @ K.T / np.linalg.norm(Q, axis=1, keepdims=True), "length of each query"),
        (lambda Q, K: Q @ K.T / np.linalg.norm(Q @ K.T), "length of all scores"),
        (lambda Q, K: Q @ K.T / len(Q) ** 0.5, "number of places"),
        (lambda Q, K: Q @ K.T * np.sqrt(K.shape[1]), "multiplied"),
        (lambda Q, K: K @ Q.T / np.sqrt(K.shape[1]), "Transposed"),
        (lambda Q, K: Q @ K / np.sqrt(K.shape[1]), "K.T"),
        (lambda Q, K: Q * K / np.sqrt(K.shape[1]), "entry by entry"),
        (lambda Q, K: softmax(Q @ K.T / np.sqrt(K.shape[1])), "weights already"),
        (lambda Q, K: attention_weights(Q, K), "masked"),
        (lambda Q, K: np.tril(Q @ K.T / np.sqrt(K.shape[1])), "became 0"),
        (lambda Q, K: Q @ Q.T / np.sqrt(K.shape[1]), "keys have no say"),
        (lambda Q, K: -Q @ K.T / np.sqrt(K.shape[1]), "sign"),
        (lambda Q, K: Q @ K.T // np.sqrt(K.shape[1]), "rounded down"),
        (lambda Q, K: Q.T @ K / np.sqrt(K.shape[1]), "transpose"),
        (lambda Q, K: np.sqrt(Q @ K.T / K.shape[1]), "nan"),
        (lambda Q, K: np.abs(Q @ K.T) / np.sqrt(K.shape[1]), "absolute"),
        (lambda Q, K: Q @ K.T / math.sqrt(K), "a function for one number"),
        (lambda Q, K: Q @ K.T + np.sqrt(K.shape[1]), "differ"),
    ],
}

# --- mask and softmax


def mask_in_steps(scores):
    T = len(scores)
    masked = scores.copy()
    for t in range(T):
        masked[t, t + 1 :] = -np.inf
    e = np.exp(masked - masked.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def mask_by_rows(scores):
    weights = np.zeros(scores.shape)
    for t, row in enumerate(scores):
        weights[t, : t + 1] = softmax(row[: t + 1])
    return weights


def mask_of_lists(scores):
    T, weights = len(scores), []
    for t in range(T):
        e = [math.exp(scores[t][j]) if j <= t else 0 for j in range(T)]
        weights.append([value / sum(e) for value in e])
    return weights


def mask_after_and_shared_anew(scores):
    weights = np.tril(softmax(scores))
    return weights / weights.sum(axis=1, keepdims=True)


def mask_batched(scores):
    T = scores.shape[-1]
    return softmax(scores + np.where(np.arange(T) > np.arange(T)[:, None], -np.inf, 0))


def mask_very_low(scores):
    return softmax(np.where(np.tri(len(scores)) == 1, scores, -1e9))


def mask_by_index(scores):
    masked = np.array(scores)
    masked[np.triu_indices(len(scores), k=1)] = -np.inf
    return softmax(masked)


def mask_changes_its_argument(scores):
    scores[np.triu_indices(len(scores), 1)] = -np.inf
    return softmax(scores)


def mask_strict_by_rows(scores):
    weights = np.zeros(scores.shape)
    for t in range(1, len(scores)):
        weights[t, :t] = softmax(scores[t, :t])
    return weights


def mask_leaks_by_rows(scores):
    weights = np.zeros(scores.shape)
    for t in range(len(scores)):
        weights[t, : t + 2] = softmax(scores[t, : t + 2])
    return weights


def mask_times_inf(scores):
    return softmax(scores + np.triu(np.ones(scores.shape), 1) * -np.inf)


def mask_axis_argument(scores):
    return softmax(np.where(np.tri(len(scores)) == 1, scores, -np.inf), axis=1)


def mask_no_keepdims(scores):
    e = np.tril(np.exp(scores))
    return e / e.sum(axis=1)


def mask_columns(scores):
    e = np.tril(np.exp(scores))
    return e / e.sum(axis=0)


def mask_return_in_loop(scores):
    weights = np.zeros(scores.shape)
    for t in range(len(scores)):
        weights[t, : t + 1] = softmax(scores[t, : t + 1])
        return weights


def mask_ragged(scores):
    return [softmax(scores[t, : t + 1]) for t in range(len(scores))]


def mask_not_returned(scores):
    softmax(np.where(np.tri(len(scores)) == 1, scores, -np.inf))


def mask_prints_it(scores):
    print(softmax(np.where(np.tri(len(scores)) == 1, scores, -np.inf)))


MASK = {
    "right": [
        mask_in_steps,
        mask_by_rows,
        mask_of_lists,
        mask_after_and_shared_anew,
        mask_batched,
        mask_very_low,
        mask_by_index,
        lambda scores: softmax(np.where(np.tri(*scores.shape, dtype=bool), scores, -np.inf)),
        lambda scores: (e := np.tril(np.exp(scores))) / e.sum(axis=-1, keepdims=True),
        lambda scores: softmax(np.where(np.tri(len(scores)) > 0, scores, -np.inf).astype(np.float32)),
        lambda scores: np.exp(scores) * np.tri(len(scores)) / np.cumsum(np.exp(scores), axis=1).diagonal()[:, None],
        lambda scores: np.einsum("tj,t->tj", e := np.tril(np.exp(scores)), 1 / e.sum(axis=1)),
    ],
    "wrong": [
        (mask_changes_its_argument, "in place"),
        (mask_strict_by_rows, "own place, too"),
        (mask_leaks_by_rows, "future leaks"),
        (mask_times_inf, "0 · −inf"),
        (mask_axis_argument, "axis"),
        (mask_no_keepdims, "keepdims"),
        (mask_columns, "over the queries"),
        (mask_return_in_loop, "return inside the loop"),
        (mask_ragged, "parts differ"),
        (mask_not_returned, "return"),
        (mask_prints_it, "return"),
        (lambda scores: softmax(scores), "mask is missing"),
        (lambda scores: np.tril(softmax(scores)), "after the softmax"),
        (lambda scores: softmax(scores) * np.tri(len(scores)), "after the softmax"),
        (lambda scores: softmax(np.tril(scores)), "e⁰ is 1"),
        (lambda scores: softmax(scores * np.tri(len(scores))), "e⁰ is 1"),
        (lambda scores: softmax(np.where(np.triu(np.ones(scores.shape)) == 1, -np.inf, scores)), "its own place"),
        (lambda scores: softmax(np.where(np.tri(len(scores)) == 1, -np.inf, scores)), "All but the later keys"),
        (lambda scores: softmax(np.where(np.tri(len(scores), k=1) == 1, scores, -np.inf)), "future leaks"),
        (lambda scores: softmax(np.where(np.tri(len(scores)).T == 1, scores, -np.inf)), "earlier keys are hidden"),
        (lambda scores: softmax(np.where(np.tri(len(scores)) == 1, scores, -np.inf).T).T, "over the queries"),
        (lambda scores: softmax(scores.T).T, "mask is missing"),
        (lambda scores: np.where(np.tri(len(scores)) == 1, scores, -np.inf), "softmax that makes weights"),
        (lambda scores: np.exp(np.where(np.tri(len(scores)) == 1, scores, -np.inf)), "sum"),
        (lambda scores: softmax(np.where(np.tri(len(scores)) == 1, scores, -np.inf)).T, "Transposed"),
        (lambda scores: softmax(np.where(np.tri(len(scores)) == 1, scores, -1)), "score of −1"),
        (lambda scores: softmax(np.where(np.tri(len(scores)) == 1, scores, -5)), "score of −5"),
        (lambda scores: softmax(np.where(np.tri(len(scores)) == 1, scores, np.inf)), "minus sign"),
        (lambda scores: np.tri(len(scores)) / np.arange(1, len(scores) + 1)[:, None], "same weight"),
        (lambda scores: softmax(scores - 1e-3 * np.triu(np.ones(scores.shape), 1)), "row"),
    ],
}

# --- the mixture


def mixture_by_loops(A, V):
    out = np.zeros(V.shape)
    for t in range(len(A)):
        for j in range(t + 1):
            out[t] += A[t, j] * V[j]
    return out


def mixture_of_lists(A, V):
    return [[sum(a * v[i] for a, v in zip(row, V)) for i in range(len(V[0]))] for row in A]


def mixture_averaged(A, V):
    return np.array([np.average(V, axis=0, weights=row) for row in A])


def mixture_batched(A, V):
    return np.matmul(A[np.newaxis], V[np.newaxis])[0]


def mixture_only_earlier(A, V):
    out = np.zeros(V.shape)
    for t in range(len(A)):
        for j in range(t):
            out[t] += A[t, j] * V[j]
    return out


def mixture_last_term(A, V):
    out = np.zeros(V.shape)
    for t in range(len(A)):
        for j in range(len(A)):
            out[t] = A[t, j] * V[j]
    return out


def mixture_columns(A, V):
    out = np.zeros(V.shape)
    for t in range(len(A)):
        for j in range(len(A)):
            out[j] += A[t, j] * V[t]
    return out


def mixture_runs_on(A, V):
    out, total = [], np.zeros(V.shape[1])
    for t in range(len(A)):
        for j in range(len(A)):
            total = total + A[t, j] * V[j]
        out.append(total)
    return np.array(out)


def mixture_return_in_loop(A, V):
    for row in A:
        return row @ V


def mixture_swapped(V, A):
    return A @ V


def mixture_tuple(A, V):
    return A @ V, A


def mixture_called(A, V):
    return A(V)


MIXTURE = {
    "right": [
        mixture_by_loops,
        mixture_of_lists,
        mixture_averaged,
        mixture_batched,
        lambda A, V: A.dot(V),
        lambda A, V: np.einsum("tj,jv->tv", A, V),
        lambda A, V: (V.T @ A.T).T,
        lambda A, V: (A[:, :, None] * V).sum(axis=1),
        lambda A, V: np.float32(A) @ np.float32(V),
        lambda A, V: [row @ V for row in A],
        lambda A, V: np.tensordot(A, V, 1),
        lambda A, V: np.tril(A) @ V,
    ],
    "wrong": [
        (mixture_only_earlier, "place itself is missing"),
        (mixture_last_term, "+= adds up"),
        (mixture_columns, "A is transposed"),
        (mixture_runs_on, "row"),
        (mixture_return_in_loop, "return inside the loop"),
        (mixture_swapped, "(A, V)"),
        (mixture_tuple, "a tuple of 2 parts"),
        (mixture_called, "[ ]"),
        (lambda A, V: A.T @ V, "A is transposed"),
        (lambda A, V: A * V, "entry by entry"),
        (lambda A, V: V @ A, "changed places"),
        (lambda A, V: A @ V.T, "without a transpose"),
        (lambda A, V: softmax(A) @ V, "second softmax"),
        (lambda A, V: A @ V / len(V), "no division"),
        (lambda A, V: A @ V + V, "once more"),
        (lambda A, V: V[A.argmax(axis=1)], "largest weight"),
        (lambda A, V: np.tile(V.mean(axis=0), (len(V), 1)), "mean of all values"),
        (lambda A, V: V, "V itself"),
        (lambda A, V: A, "A itself"),
        (lambda A, V: (A @ V).T, "Transposed"),
        (lambda A, V: (A @ V).mean(axis=0), "averaged"),
        (lambda A, V: A[:, :, None] * V, "add them up"),
        (lambda A, V: A.sum(axis=1, keepdims=True) * V, "V itself"),
        (lambda A, V: A.sum(axis=0)[:, None] * V, "queries"),
        (lambda A, V: A @ V - V, "without V"),
        (lambda A, V: 2 * A @ V, "2"),
        (lambda A, V: np.sort(A, axis=1) @ V, "in the place of “np.sort(A, axis=1)”"),
    ],
}

# --- the gradient of the values


def slope_by_loops(upstream, A):
    dV = np.zeros(upstream.shape)
    for t in range(len(A)):
        for j in range(len(A)):
            dV[j] += A[t, j] * upstream[t]
    return dV


def slope_by_differences(upstream, A):
    """∂L/∂V of L = Σ upstream · (A V), which is linear, by one step for each number."""
    dV = np.zeros(upstream.shape)
    for place in np.ndindex(upstream.shape):
        V = np.zeros(upstream.shape)
        V[place] = 1
        dV[place] = np.sum(upstream * (A @ V))
    return dV


def slope_of_lists(upstream, A):
    T, v = upstream.shape
    return [[sum(float(A[t][j] * upstream[t][i]) for t in range(T)) for i in range(v)] for j in range(T)]


def slope_batched(upstream, A):
    return np.swapaxes(A, -1, -2) @ upstream


def slope_overwritten(upstream, A):
    dV = np.zeros(upstream.shape)
    for t in range(len(A)):
        for j in range(len(A)):
            dV[j] = A[t, j] * upstream[t]
    return dV


def slope_only_later(upstream, A):
    dV = np.zeros(upstream.shape)
    for t in range(len(A)):
        for j in range(t):
            dV[j] += A[t, j] * upstream[t]
    return dV


def slope_rows(upstream, A):
    dV = np.zeros(upstream.shape)
    for t in range(len(A)):
        for j in range(len(A)):
            dV[t] += A[t, j] * upstream[j]
    return dV


def slope_swapped(A, upstream):
    return A.T @ upstream


def slope_transpose_called(upstream, A):
    return A.T() @ upstream


def slope_through_softmax(upstream, A):
    return A * (upstream @ upstream.T - np.sum(A * (upstream @ upstream.T), axis=1, keepdims=True))


def slope_in_place(upstream, A):
    upstream *= 2
    return A.T @ upstream / 2


VALUE_GRADIENT = {
    "right": [
        slope_by_loops,
        slope_by_differences,
        slope_of_lists,
        slope_batched,
        lambda upstream, A: (upstream.T @ A).T,
        lambda upstream, A: np.einsum("tj,tv->jv", A, upstream),
        lambda upstream, A: sum(np.outer(a, u) for a, u in zip(A, upstream)),
        lambda upstream, A: np.transpose(A).dot(upstream),
        lambda upstream, A: (A[:, :, None] * upstream[:, None]).sum(axis=0),
        lambda upstream, A: A.T.astype(np.float32) @ upstream.astype(np.float32),
        lambda upstream, A: [column @ upstream for column in A.T],
        lambda upstream, A: np.tensordot(A, upstream, axes=([0], [0])).tolist(),
    ],
    "wrong": [
        (slope_overwritten, "+= adds up"),
        (slope_only_later, "own place is missing"),
        (slope_rows, "needs a transpose"),
        (slope_swapped, "(upstream, A)"),
        (slope_transpose_called, "T"),
        (slope_through_softmax, "shape"),
        (slope_in_place, "in place"),
        (lambda upstream, A: A @ upstream, "needs a transpose"),
        (lambda upstream, A: A.T * upstream, "entry by entry"),
        (lambda upstream, A: upstream @ A, "changed places"),
        (lambda upstream, A: upstream, "upstream itself"),
        (lambda upstream, A: A, "A itself"),
        (lambda upstream, A: A.T, "local slopes"),
        (lambda upstream, A: upstream.T @ A, "Transposed"),
        (lambda upstream, A: A.T @ upstream / len(A), "not averaged"),
        (lambda upstream, A: -A.T @ upstream, "sign"),
        (lambda upstream, A: A.sum(axis=0)[:, None] * upstream, "query i brings"),
        (lambda upstream, A: np.linalg.inv(A) @ upstream, "divides"),
        (lambda upstream, A: np.diag(A)[:, None] * upstream, "own place alone"),
        (lambda upstream, A: np.outer(A[-1], upstream[-1]), "last query"),
        (lambda upstream, A: (A * (1 - A)).T @ upstream, "slope of a softmax"),
        (lambda upstream, A: np.tril(A.T) @ upstream, "own place alone"),
        (lambda upstream, A: 2 * A.T @ upstream, "2"),
        (lambda upstream, A: A[::-1].T @ upstream, "opposite directions"),
        (lambda upstream, A: A.sum(axis=1, keepdims=True) * upstream, "upstream itself"),
    ],
}

# --- places


def places_by_loop(symbols, places, s):
    points = []
    for place, symbol in enumerate(s):
        points.append(symbols[symbol] + places[place])
    return np.array(points)


def places_of_lists(symbols, places, s):
    return [[float(a + b) for a, b in zip(symbols[symbol], places[t])] for t, symbol in enumerate(s)]


def places_by_one_hot(symbols, places, s):
    return np.eye(28)[s] @ symbols + np.eye(16)[: len(s)] @ places


def places_in_place(symbols, places, s):
    X = symbols[s]
    X += places[: len(s)]
    return X


def places_changed(symbols, places, s):
    places += symbols[s[0]]
    return places[: len(s)]


def places_zip_too_far(symbols, places, s):
    return np.array([symbols[symbol] + places[t + 1] for t, symbol in enumerate(s)])


def places_by_number(symbols, places, s):
    return np.array([symbols[symbol] + places[symbol] for symbol in s])


def places_return_in_loop(symbols, places, s):
    for t, symbol in enumerate(s):
        return symbols[symbol] + places[t]


def places_called(symbols, places, s):
    return symbols(s) + places[: len(s)]


def places_swapped(places, symbols, s):
    return symbols[s] + places[: len(s)]


def places_five(symbols, places, s):
    return symbols[s] + places[:5]


def places_appended(symbols, places, s):
    points = []
    for t, symbol in enumerate(s):
        points.append(symbols[symbol])
        points.append(places[t])
    return points


ADD_PLACES = {
    "right": [
        places_by_loop,
        places_of_lists,
        places_by_one_hot,
        places_in_place,
        lambda symbols, places, s: symbols[s] + places[np.arange(len(s))],
        lambda symbols, places, s: np.add(np.take(symbols, s, axis=0), np.take(places, range(s.size), axis=0)),
        lambda symbols, places, s: np.array([symbols[symbol] + point for symbol, point in zip(s, places)]),
        lambda symbols, places, s: (symbols[s[np.newaxis]] + places[: s.shape[-1]])[0],
        lambda symbols, places, s: symbols[s].astype(np.float32) + places[: len(s)].astype(np.float32),
        lambda symbols, places, s: (symbols[s] + places[: len(s)]).tolist(),
        lambda symbols, places, s: np.einsum("ts,sw->tw", np.eye(28)[s], symbols) + places[: len(s), :],
    ],
    "wrong": [
        (places_changed, "in place"),
        (places_zip_too_far, "counted from 0"),
        (places_by_number, "by the number of the symbol"),
        (places_return_in_loop, "return inside the loop"),
        (places_called, "[ ]"),
        (places_swapped, "(symbols, places, s)"),
        (places_five, "shape"),
        (places_appended, "shape"),
        (lambda symbols, places, s: symbols[s] + places, "shapes do not fit"),
        (lambda symbols, places, s: symbols[s] + places[s], "by the number of the symbol"),
        (lambda symbols, places, s: symbols[s], "places are missing"),
        (lambda symbols, places, s: places[: len(s)], "symbols are missing"),
        (lambda symbols, places, s: symbols[s] * places[: len(s)], "multiplied"),
        (lambda symbols, places, s: np.hstack([symbols[s], places[: len(s)]]), "side by side"),
        (lambda symbols, places, s: symbols[s] + np.arange(len(s))[:, None], "number of the place"),
        (lambda symbols, places, s: symbols[s] + places[0], "got place 0"),
        (lambda symbols, places, s: symbols[s] + places[: len(s)][::-1], "backwards"),
        (lambda symbols, places, s: (symbols[s] + places[: len(s)]) / 2, "middle"),
        (lambda symbols, places, s: symbols[: len(s)] + places[: len(s)], "picked by place"),
        (lambda symbols, places, s: (symbols[s] + places[: len(s)]).sum(axis=0), "added up to one"),
        (lambda symbols, places, s: (symbols[s] + places[: len(s)]).T, "Transposed"),
        (lambda symbols, places, s: symbols[s] + places[: len(s) - 1], "shapes do not fit"),
        (lambda symbols, places, s: symbols[s] + places[-len(s) :], "last places"),
        (lambda symbols, places, s: softmax(symbols[s] + places[: len(s)]), "softmax"),
        (lambda symbols, places, s: symbols[s] + np.random.default_rng(0).normal(size=symbols[s].shape), "places"),
    ],
}

# --- one merge of a pair


def merge_with_a_place(tokens, pair):
    merged, place = [], 0
    while place < len(tokens):
        if place < len(tokens) - 1 and tokens[place] == pair[0] and tokens[place + 1] == pair[1]:
            merged.append(pair[0] + pair[1])
            place += 2
        else:
            merged.append(tokens[place])
            place += 1
    return merged


def merge_skipping(tokens, pair):
    merged, skip = [], False
    for one, following in zip(tokens, tokens[1:] + [None]):
        if skip:
            skip = False
        elif (one, following) == pair:
            merged.append(one + following)
            skip = True
        else:
            merged.append(one)
    return merged


def merge_calling_itself(tokens, pair):
    if len(tokens) < 2:
        return tokens
    if tuple(tokens[:2]) == pair:
        return ["".join(pair)] + merge_calling_itself(tokens[2:], pair)
    return tokens[:1] + merge_calling_itself(tokens[1:], pair)


def merge_a_copy(tokens, pair):
    tokens = list(tokens)
    place = 0
    while place + 1 < len(tokens):
        if (tokens[place], tokens[place + 1]) == pair:
            tokens[place : place + 2] = ["".join(pair)]
        place += 1
    return tokens


def merge_by_text(tokens, pair):
    """With a mark between tokens, and one more so that neighbours do not share it."""
    text = "|" + "||".join(tokens) + "|"
    return text.replace(f"|{pair[0]}||{pair[1]}|", f"|{pair[0]}{pair[1]}|")[1:-1].split("||")


def merge_a_tuple(tokens, pair):
    merged = []
    for token in tokens:
        if merged and merged[-1] == pair[0] and token == pair[1]:
            merged[-1] = "".join(pair)
        else:
            merged.append(token)
    return tuple(merged)


def merge_an_array(tokens, pair):
    return np.array(merge_a_copy(tokens, pair))


def merge_in_place(tokens, pair):
    for place in range(len(tokens) - 1):
        if place + 1 < len(tokens) and (tokens[place], tokens[place + 1]) == pair:
            tokens[place] += tokens.pop(place + 1)
    return tokens


def merge_doubled(tokens, pair):
    merged = []
    for place in range(len(tokens)):
        if tuple(tokens[place : place + 2]) == pair:
            merged.append("".join(pair))
        else:
            merged.append(tokens[place])
    return merged


def merge_too_far(tokens, pair):
    merged = []
    for place in range(len(tokens)):
        if tokens[place] == pair[0] and tokens[place + 1] == pair[1]:
            merged.append(pair[0] + pair[1])
        else:
            merged.append(tokens[place])
    return merged


def merge_last_lost(tokens, pair):
    merged, place = [], 0
    while place < len(tokens) - 1:
        if (tokens[place], tokens[place + 1]) == pair:
            merged.append(pair[0] + pair[1])
            place += 2
        else:
            merged.append(tokens[place])
            place += 1
    return merged


def merge_first_only(tokens, pair):
    for place in range(len(tokens) - 1):
        if (tokens[place], tokens[place + 1]) == pair:
            return tokens[:place] + [pair[0] + pair[1]] + tokens[place + 2 :]
    return tokens


def merge_text_replaced(tokens, pair):
    return "".join(tokens).replace("".join(pair), "".join(pair).upper())


def merge_pairs_of_tuples(tokens, pair):
    merged = []
    for token in tokens:
        if merged and (merged[-1], token) == pair:
            merged[-1] = (merged[-1], token)
        else:
            merged.append(token)
    return merged


def merge_list_compared(tokens, pair):
    merged = []
    for token in tokens:
        if merged and [merged[-1], token] == pair:
            merged[-1] += token
        else:
            merged.append(token)
    return merged


def merge_plus_outside(tokens, pair):
    merged = []
    for token in tokens:
        if merged and (merged[-1], token) == pair:
            merged[-1] = "merged[-1]" + "token"
        else:
            merged.append(token)
    return merged


def merge_from_the_right(tokens, pair):
    merged, place = [], len(tokens) - 1
    while place >= 0:
        if place > 0 and (tokens[place - 1], tokens[place]) == pair:
            merged.insert(0, tokens[place - 1] + tokens[place])
            place -= 2
        else:
            merged.insert(0, tokens[place])
            place -= 1
    return merged


def merge_two_by_two(tokens, pair):
    merged = []
    for place in range(0, len(tokens), 2):
        two = tokens[place : place + 2]
        merged += ["".join(two)] if tuple(two) == pair else two
    return merged


def merge_endless(tokens, pair):
    place = 0
    while place < len(tokens):
        if tuple(tokens[place : place + 2]) == pair:
            place += 2
    return tokens


def merge_spelling(tokens, pair):
    merged = []
    for token in tokens:
        if merged and merged[-1] + token == pair[0] + pair[1]:
            merged[-1] += token
        else:
            merged.append(token)
    return merged


def merge_numbers(tokens, pair):
    vocabulary = sorted(set(merge_a_copy(tokens, pair)))
    return [vocabulary.index(token) for token in merge_a_copy(tokens, pair)]


def merge_letters_first(tokens, pair):
    return tokenise("".join(tokens), [pair])


def merge_until_nothing_is_left(tokens, pair):
    merged = merge_a_copy(tokens, pair)
    return merge_a_copy(merged, (merged[0], merged[1])) if len(merged) > 1 else merged


MERGE = {
    "right": [
        merge_with_a_place,
        merge_skipping,
        merge_calling_itself,
        merge_a_copy,
        merge_by_text,
        merge_a_tuple,
        merge_an_array,
    ],
    "wrong": [
        (merge_in_place, "in place"),
        (merge_doubled, "still there after they were joined"),
        (merge_too_far, "index"),
        (merge_last_lost, "last token is lost"),
        (merge_first_only, "Only the first place"),
        (merge_text_replaced, "list of tokens"),
        (merge_pairs_of_tuples, "each of them a string"),
        (merge_list_compared, "Nothing is joined"),
        (merge_plus_outside, "more letters than in the text"),
        (lambda tokens, pair: tokens.replace(pair[0] + pair[1], pair), "a list has no .replace, a text has"),
        (
            lambda tokens, pair: [token.replace(pair, "".join(pair)) for token in tokens],
            "a text is needed here, and a tuple came",
        ),
        (merge_from_the_right, "right to left"),
        (merge_two_by_two, "two by two"),
        (merge_endless, "ever end"),
        (merge_spelling, "What the two spell"),
        (merge_numbers, "in the place of “vocabulary.index(token)”"),
        (merge_letters_first, "number of tokens"),
        (merge_until_nothing_is_left, "“merged” in the place of"),
        (lambda tokens, pair: tokens, "Nothing is joined"),
        (lambda tokens, pair: count_pairs(tokens), "list of tokens"),
        (lambda tokens, pair: pair[0] + pair[1], "list of tokens"),
        (lambda tokens, pair: len(tokens), "list of tokens"),
        (lambda tokens, pair: [token.replace(pair[0] + pair[1], "?") for token in tokens], "Nothing is joined"),
        (lambda tokens, pair: [], "letters of the text are lost"),
        (lambda tokens, pair: [t for t in tokens if t not in pair], "letters of the text are lost"),
        (lambda tokens, pair: (token for token in tokens), "generator"),
    ],
}

# --- more of each, written after the checks


def scores_appended(Q, K):
    scale = 1.0 / math.sqrt(len(K[0]))
    out = []
    for i in range(len(Q)):
        row = []
        for j in range(len(K)):
            row.append(float(np.dot(Q[i], K[j])) * scale)
        out.append(row)
    return out


def scores_into_out(Q, K):
    S = np.empty((Q.shape[0], K.shape[0]))
    np.matmul(Q, K.T, out=S)
    S /= np.sqrt(K.shape[1])
    return S


def scores_scaled_first(Q, K):
    Q = Q / np.sqrt(Q.shape[-1])
    return np.stack([(Q * key).sum(-1) for key in K], axis=1)


def scores_of_a_comprehension(Q, K):
    d_k = Q.shape[-1]
    return np.array([[q.dot(k) for k in K] for q in Q]) / d_k ** (1 / 2)


def scores_ndenumerate_of_32_bits(Q, K):
    S = np.zeros((len(Q), len(K)), dtype=np.float32)
    for (i, j), _ in np.ndenumerate(S):
        S[i, j] = (Q[i] * K[j]).sum() / math.sqrt(K.shape[1])
    return S


def scores_along_an_axis(Q, K):
    (k,) = K[0].shape
    return np.apply_along_axis(lambda q: K @ q, 1, Q) / np.sqrt(k)


def scores_outer_products(Q, K):
    return sum(np.outer(Q[:, i], K[:, i]) for i in range(K.shape[1])) / np.sqrt(K.shape[1])


def scores_by_map(Q, K):
    return list(map(lambda q: list(map(lambda k: sum(map(operator.mul, q, k)) / math.sqrt(len(q)), K)), Q))


def scores_both_loops_too_short(Q, K):
    T = len(Q)
    S = np.zeros((T, T))
    for i in range(T - 1):
        for j in range(T - 1):
            S[i, j] = Q[i] @ K[j] / np.sqrt(K.shape[1])
    return S


def scores_not_added_up(Q, K):
    T, k = Q.shape
    S = np.zeros((T, T))
    for i in range(T):
        for j in range(T):
            for m in range(k):
                S[i, j] = Q[i, m] * K[j, m] / np.sqrt(k)
    return S


def scores_total_never_anew(Q, K):
    T, k = Q.shape
    S = np.zeros((T, T))
    total = 0
    for i in range(T):
        for j in range(T):
            for m in range(k):
                total += Q[i, m] * K[j, m]
            S[i, j] = total / np.sqrt(k)
    return S


def scores_division_not_kept(Q, K):
    scores = Q @ K.T
    scores / np.sqrt(K.shape[1])
    return scores


def scores_transposed_in_three(Q, K):
    return np.matmul(Q, K.transpose(0, 2, 1)) / np.sqrt(K.shape[-1])


def scores_compared_not_set(Q, K):
    T, k = Q.shape
    S = np.zeros((T, T))
    for i in range(T):
        for j in range(T):
            S[i][j] == Q[i] @ K[j] / np.sqrt(k)  # noqa: B015
    return S


def scores_row_appended_too_often(Q, K):
    T, k = Q.shape
    S = []
    for i in range(T):
        row = []
        for j in range(T):
            row.append(Q[i] @ K[j] / np.sqrt(k))
            S.append(row)
    return S


def mask_float_inf_in_lists(scores):
    T = len(scores)
    out = []
    for i in range(T):
        row = [scores[i][j] if j <= i else float("-inf") for j in range(T)]
        m = max(row)
        e = [math.exp(v - m) for v in row]
        s = sum(e)
        out.append([v / s for v in e])
    return out


def mask_by_indices(scores):
    S = scores.astype(np.float64, copy=True)
    i, j = np.indices(S.shape)
    S[j > i] = -math.inf
    return softmax(S)


def mask_of_numpys_own(scores):
    S = np.ma.masked_array(scores, np.triu(np.ones(scores.shape, bool), 1))
    return softmax(S.filled(-np.inf))


def mask_added_up(scores):
    mask = np.full(scores.shape, -np.inf)
    mask = np.triu(mask, k=1)
    return softmax(scores + mask)


def mask_padded(scores):
    return np.vstack([np.pad(softmax(scores[t, : t + 1]), (0, len(scores) - t - 1)) for t in range(len(scores))])


def mask_by_logaddexp(scores):
    x = scores.copy()
    np.putmask(x, ~np.tri(len(x), dtype=bool), -np.inf)
    L = np.logaddexp.reduce(x, axis=1, keepdims=True)
    return np.exp(x - L)


def mask_weights_in_place(scores):
    w = softmax(scores)
    w *= np.tril(np.ones(scores.shape))
    w /= w.sum(axis=1, keepdims=True)
    return w


def mask_no_keepdims_twice(scores):
    T = len(scores)
    masked = np.where(np.triu(np.ones((T, T), dtype=bool), 1), -np.inf, scores)
    e = np.exp(masked - masked.max(axis=1))
    return e / e.sum(axis=1)


def mask_compared_not_set(scores):
    masked = scores.copy()
    masked[np.triu(np.ones(scores.shape, dtype=bool), 1)] == -np.inf  # noqa: B015
    return softmax(masked)


def mask_where_not_kept(scores):
    later = np.triu(np.ones(scores.shape, dtype=bool), 1)
    np.where(later, -np.inf, scores)
    return softmax(scores)


def mask_filled_as_in_torch(scores):
    mask = np.triu(np.ones(scores.shape, dtype=bool), 1)
    scores = scores.masked_fill(mask, float("-inf"))
    return softmax(scores)


def mask_softmax_of_nothing(scores):
    T = len(scores)
    out = np.zeros((T, T))
    for i in range(T):
        out[i, :i] = softmax(scores[i, :i])
    return out


def mask_first_row_spared(scores):
    masked = np.where(np.triu(np.ones(scores.shape, bool), 1), -np.inf, scores)
    masked[0] = 0
    return softmax(masked)


def mask_of_texts(scores):
    masked = np.where(np.triu(np.ones(scores.shape, bool), 1), "-inf", scores)
    return softmax(masked)


def mask_of_nan(scores):
    masked = np.where(np.triu(np.ones(scores.shape, bool), 1), np.nan, scores)
    return softmax(masked)


def mixture_in_zip(A, V):
    out = []
    for weights in A:
        total = np.zeros(V.shape[1])
        for weight, value in zip(weights, V):
            total += weight * value
        out.append(total)
    return np.stack(out)


def mixture_column_by_column(A, V):
    out = np.empty((len(A), len(V[0])))
    for c in range(len(V[0])):
        out[:, c] = A @ V[:, c]
    return out


def mixture_from_the_end(A, V):
    out = V.copy()
    for t in range(len(V) - 1, -1, -1):
        out[t] = A[t, : t + 1] @ out[: t + 1]
    return out


def mixture_of_its_own_value(A, V):
    out = np.zeros(V.shape)
    for t in range(len(A)):
        for j in range(len(A)):
            out[t] += A[t, j] * V[t]
    return out


def mixture_ends_too_early(A, V):
    out = np.zeros(V.shape)
    for t in range(len(A)):
        for j in range(len(A) - 1):
            out[t] += A[t, j] * V[j]
    return out


def mixture_of_what_changed(A, V):
    out = V.copy()
    for t in range(len(A)):
        out[t] = A[t] @ out
    return out


def slope_later_queries(upstream, A):
    dV = []
    for j in range(len(A)):
        total = np.zeros(upstream.shape[1])
        for i in range(j, len(A)):
            total += upstream[i] * A[i, j]
        dV.append(total)
    return dV


def slope_add_at(upstream, A):
    dV = np.zeros(upstream.shape)
    np.add.at(dV, np.tile(np.arange(len(A)), len(A)), A.ravel()[:, None] * np.repeat(upstream, len(A), axis=0))
    return dV


def slope_central_differences(upstream, A):
    """by central differences"""
    dV = np.zeros(upstream.shape)
    V = np.ones(upstream.shape)
    h = 1e-4
    for place in np.ndindex(V.shape):
        up, down = V.copy(), V.copy()
        up[place] += h
        down[place] -= h
        dV[place] = ((upstream * (A @ up)).sum() - (upstream * (A @ down)).sum()) / (2 * h)
    return dV


def slope_into_the_query(upstream, A):
    dV = np.zeros(upstream.shape)
    for i in range(len(A)):
        for j in range(len(A)):
            dV[i] += A[i, j] * upstream[i]
    return dV


def slope_without_weights(upstream, A):
    dV = np.zeros(upstream.shape)
    for i in range(len(A)):
        for j in range(i + 1):
            dV[j] += upstream[i]
    return dV


def slope_rows_before(upstream, A):
    dV = np.zeros(upstream.shape)
    for i in range(len(A)):
        for j in range(i):
            dV[i] += A[i, j] * upstream[j]
    return dV


def places_number_by_number(symbols, places, s):
    T = len(s)
    out = np.zeros((T, symbols.shape[1]))
    for t in range(T):
        for c in range(symbols.shape[1]):
            out[t][c] = symbols[s[t]][c] + places[t][c]
    return out


def places_stacked(symbols, places, s):
    out = np.empty((0, symbols.shape[1]))
    for i, number in enumerate(s):
        out = np.vstack([out, symbols[number] + places[i]])
    return out


def places_plain_lists(symbols, places, s):
    symbols, places, s = symbols.tolist(), places.tolist(), s.tolist()
    return [[a + b for a, b in zip(symbols[c], row)] for c, row in zip(s, places)]


def places_compared_for_one_hot(symbols, places, s):
    onehot = (s[:, None] == np.arange(len(symbols))).astype(float)
    return onehot @ symbols + places[: onehot.shape[0]]


def places_added_to_all_rows(symbols, places, s):
    out = np.zeros((len(s), symbols.shape[1]))
    for t, c in enumerate(s):
        out += symbols[c] + places[t]
    return out


def places_by_list_index(symbols, places, s):
    out = []
    for c in s:
        out.append(symbols[c] + places[list(s).index(c)])
    return out


def places_not_kept(symbols, places, s):
    x = symbols[s]
    x + places[: len(s)]
    return x


def places_loop_in_a_loop(symbols, places, s):
    return [symbols[c] + places[t] for t in range(len(s)) for c in s]


def merge_the_rest(tokens, pair):
    rest, out = list(tokens), []
    while rest:
        if tuple(rest[:2]) == tuple(pair):
            out.append("".join(rest[:2]))
            del rest[:2]
        else:
            out.append(rest.pop(0))
    return out


def merge_next_of_an_iterator(tokens, pair):
    it = iter(range(len(tokens)))
    out = []
    for i in it:
        if i < len(tokens) - 1 and (tokens[i], tokens[i + 1]) == pair:
            out.append(tokens[i] + tokens[i + 1])
            next(it, None)
        else:
            out.append(tokens[i])
    return out


def merge_by_regular_expression(tokens, pair):
    """From the web: Sennrich's regular expression."""
    text = " ".join(t.replace(" ", "\x00") for t in tokens)
    bigram = re.escape(" ".join(pair))
    p = re.compile(r"(?<!\S)" + bigram + r"(?!\S)")
    return [t.replace("\x00", " ") for t in p.sub("".join(pair), text).split(" ")]


def merge_by_index(tokens, pair):
    a, b = pair
    new = []
    i = 0
    while i < len(tokens):
        try:
            j = tokens.index(a, i)
        except ValueError:
            new.extend(tokens[i:])
            break
        new.extend(tokens[i:j])
        if j < len(tokens) - 1 and tokens[j + 1] == b:
            new.append(a + b)
            i = j + 2
        else:
            new.append(tokens[j])
            i = j + 1
    return new


def merge_reduced(tokens, pair):
    def step(done, token):
        return done[:-1] + [done[-1] + token] if done and (done[-1], token) == pair else done + [token]

    return functools.reduce(step, tokens, [])


def merge_yielded(tokens, pair):
    def go():
        i = 0
        while i < len(tokens):
            if tuple(tokens[i : i + 2]) == pair:
                yield pair[0] + pair[1]
                i += 2
            else:
                yield tokens[i]
                i += 1

    return list(go())


def merge_last_waits(tokens, pair):
    new, last = [], None
    for token in tokens:
        if last is not None:
            if (last, token) == pair:
                new.append(last + token)
                last = None
                continue
            new.append(last)
        last = token
    return new + ([last] if last is not None else [])


def merge_places_first(tokens, pair):
    places = [i for i in range(len(tokens) - 1) if (tokens[i], tokens[i + 1]) == pair]
    kept = []
    for p in places:
        if not kept or p - kept[-1] >= 2:
            kept.append(p)
    out = list(tokens)
    for p in reversed(kept):
        out[p : p + 2] = ["".join(pair)]
    return out


def merge_matched(tokens, pair):
    match tokens:
        case []:
            return []
        case [a, b, *rest] if a == pair[0] and b == pair[1]:
            return [a + b] + merge_matched(rest, pair)
        case [a, *rest]:
            return [a] + merge_matched(rest, pair)


def merge_growing_array(tokens, pair):
    out = np.array([], dtype="U20")
    i = 0
    while i < len(tokens):
        hit = tokens[i : i + 2] == list(pair)
        out = np.append(out, "".join(pair) if hit else tokens[i])
        i += 1 + hit
    return out


def merge_counter_in_a_for(tokens, pair):
    out = []
    for i in range(len(tokens) - 1):
        if tokens[i] == pair[0] and tokens[i + 1] == pair[1]:
            out.append("".join(pair))
            i += 1
        else:
            out.append(tokens[i])
    return out


def merge_last_always(tokens, pair):
    out = []
    i = 0
    while i < len(tokens) - 1:
        if (tokens[i], tokens[i + 1]) == pair:
            out.append(tokens[i] + tokens[i + 1])
            i += 2
        else:
            out.append(tokens[i])
            i += 1
    out.append(tokens[-1])
    return out


def merge_two_steps_always(tokens, pair):
    out = []
    i = 0
    while i < len(tokens):
        if i + 1 < len(tokens) and (tokens[i], tokens[i + 1]) == pair:
            out.append(tokens[i] + tokens[i + 1])
        else:
            out.append(tokens[i])
        i += 2
    return out


def merge_split(tokens, pair):
    out = ""
    i = 0
    while i < len(tokens):
        if i + 1 < len(tokens) and (tokens[i], tokens[i + 1]) == pair:
            out += tokens[i] + tokens[i + 1] + " "
            i += 2
        else:
            out += tokens[i] + " "
            i += 1
    return out.split()


def merge_letters_by_plus(tokens, pair):
    out = []
    i = 0
    while i < len(tokens):
        if i + 1 < len(tokens) and (tokens[i], tokens[i + 1]) == pair:
            out += tokens[i] + tokens[i + 1]
            i += 2
        else:
            out += tokens[i]
            i += 1
    return out


def merge_replaced_and_split(tokens, pair):
    return " ".join(tokens).replace(" ".join(pair), "".join(pair)).split()


def merge_replaced_in_the_text(tokens, pair):
    return "|".join(tokens).replace("|".join(pair), "".join(pair)).split("|")


def merge_returns_at_once(tokens, pair):
    out = []
    i = 0
    while i < len(tokens):
        if i + 1 < len(tokens) and tokens[i] == pair[0] and tokens[i + 1] == pair[1]:
            out.append(tokens[i] + tokens[i + 1])
            i += 2
            return out
        out.append(tokens[i])
        i += 1
    return out


def merge_three_steps(tokens, pair):
    out = []
    i = 0
    while i < len(tokens):
        if i + 1 < len(tokens) and tokens[i] == pair[0] and tokens[i + 1] == pair[1]:
            out.append(tokens[i] + tokens[i + 1])
            i += 3
        else:
            out.append(tokens[i])
            i += 1
    return out


def merge_empty_left(tokens, pair):
    out = list(tokens)
    for i in range(len(out) - 1):
        if (out[i], out[i + 1]) == pair:
            out[i] = "".join(pair)
            out[i + 1] = ""
    return out


def merge_where_there_is_none(tokens, pair):
    i = tokens.index(pair[0])
    return tokens[:i] + ["".join(pair)] + tokens[i + 2 :]


def merge_not_kept(tokens, pair):
    merged = []
    for token in tokens:
        if merged and (merged[-1], token) == pair:
            merged[-1] + token
        else:
            merged.append(token)
    return merged


def merge_last_of_nothing(tokens, pair):
    merged = []
    for token in tokens:
        if (merged[-1], token) == pair:
            merged[-1] += token
        else:
            merged.append(token)
    return merged


def merge_last_replaced(tokens, pair):
    merged = []
    for token in tokens:
        if merged and (merged[-1], token) == pair:
            merged[-1] = token
        else:
            merged.append(token)
    return merged


def merge_first_kept(tokens, pair):
    merged = []
    for token in tokens:
        if merged and (merged[-1], token) == pair:
            merged.append(merged[-1] + token)
        else:
            merged.append(token)
    return merged


def merge_return_in_loop(tokens, pair):
    merged = []
    for token in tokens:
        if merged and (merged[-1], token) == pair:
            merged[-1] += token
        else:
            merged.append(token)
        return merged


def merge_last_letters(tokens, pair):
    merged = []
    for token in tokens:
        if merged and merged[-1][-1] == pair[0] and token == pair[1]:
            merged[-1] += token
        else:
            merged.append(token)
    return merged


def places_never_counted_up(symbols, places, s):
    X = np.zeros((len(s), symbols.shape[1]))
    t = 0
    for c in s:
        X[t] = symbols[c] + places[t]
    return X


def places_plus_an_array(symbols, places, s):
    X = []
    for t, c in enumerate(s):
        X += symbols[c] + places[t]
    return X


def scores_one_row_for_all(Q, K):
    out = []
    row = []
    for i in range(len(Q)):
        for j in range(len(K)):
            row.append(Q[i] @ K[j] / np.sqrt(len(K[j])))
        out.append(row)
    return out


RIGHT_TOO = {
    "check_head_scores": [
        scores_appended,
        scores_into_out,
        scores_scaled_first,
        scores_of_a_comprehension,
        scores_ndenumerate_of_32_bits,
        scores_along_an_axis,
        scores_outer_products,
        scores_by_map,
    ],
    "check_mask": [
        mask_float_inf_in_lists,
        mask_by_indices,
        mask_of_numpys_own,
        mask_added_up,
        mask_padded,
        mask_by_logaddexp,
        mask_weights_in_place,
    ],
    "check_mixture": [mixture_in_zip, mixture_column_by_column, mixture_from_the_end],
    "check_value_gradient": [slope_later_queries, slope_add_at, slope_central_differences],
    "check_add_places": [places_number_by_number, places_stacked, places_plain_lists, places_compared_for_one_hot],
    "check_merge": [
        merge_the_rest,
        merge_next_of_an_iterator,
        merge_by_regular_expression,
        merge_by_index,
        merge_reduced,
        merge_yielded,
        merge_last_waits,
        merge_places_first,
        merge_matched,
        merge_growing_array,
    ],
}

MORE = {
    "check_head_scores": [
        (scores_both_loops_too_short, "in the last row and the last column"),
        (scores_not_added_up, "Only the last term of each sum"),
        (scores_one_row_for_all, "“row = []” inside “for i in range(len(Q)):”"),
        (scores_total_never_anew, "starts at 0 anew"),
        (scores_division_not_kept, "“scores = scores / np.sqrt(K.shape[1])” does"),
        (scores_transposed_in_three, "another number of axes"),
        (scores_compared_not_set, "== compares"),
        (scores_row_appended_too_often, "“S.append(row)” after"),
        (lambda Q, K: Q @ K.T / np.sqrt(64), "k = 64 alone"),
        (lambda Q, K: Q @ K.T / K.shape[1] * 0.5, "Divided by k, and halved"),
        (lambda Q, K: Q @ K.T / np.linalg.norm(K, axis=1), "length of each key"),
        (lambda Q, K: np.triu(Q @ K.T / np.sqrt(K.shape[1])), "earlier keys became 0"),
        (lambda Q, K: softmax(Q @ K.T) / np.sqrt(K.shape[1]), "divided afterwards"),
        (lambda Q, K: np.where(np.tri(len(Q)) == 1, Q @ K.T, -np.inf) / K.shape[1], "the others divided by k"),
    ],
    "check_mask": [
        (mask_no_keepdims_twice, "at the max and at the sum"),
        (mask_compared_not_set, "== compares"),
        (mask_where_not_kept, "Nothing keeps"),
        (mask_filled_as_in_torch, "no .masked_fill, as another library"),
        (mask_softmax_of_nothing, "maximum of nothing"),
        (mask_first_row_spared, "without the line “masked[0] = 0”"),
        (mask_of_texts, "without quotes"),
        (mask_of_nan, "nan or +∞"),
        (lambda scores: softmax(np.where(np.tri(len(scores)) == 1, scores, -10)), "score of −10"),
        (lambda scores: softmax(np.where(np.tri(len(scores)) == 1, scores, 1e9)), "minus sign"),
        (lambda scores: softmax(np.where(np.tri(len(scores)) == 1, scores, scores.min())), "smallest of the scores"),
        (
            lambda scores: softmax(np.where(np.tri(len(scores)) == 1, scores, -np.inf).T),
            "transposed before the softmax",
        ),
        (lambda scores: (w := np.tril(softmax(scores))) / w.sum(axis=1), "keepdims=True"),
        (lambda scores: softmax(np.where(np.tri(len(scores)) == 0, -np.inf)), "takes three things"),
        (lambda scores: softmax(np.where(np.tri(len(scores)) == 0, -inf, scores)), "np.inf may be meant"),  # noqa: F821
    ],
    "check_mixture": [
        (mixture_of_its_own_value, "of the place which is looked at, V[j]"),
        (mixture_ends_too_early, "“range(len(A))” in the place of"),
        (mixture_of_what_changed, "“A[t] @ V” in the place of"),
        (lambda A, V: np.dot(A, V.T).T, "without any transpose"),
    ],
    "check_value_gradient": [
        (slope_into_the_query, "added up over j, is upstream[i]"),
        (slope_without_weights, "count alike"),
        (slope_rows_before, "needs a transpose"),
        (lambda upstream, A: (A * (1 - A)) @ upstream, "Two slips"),
        (lambda upstream, A: (1 - A**2).T @ upstream, "slope of tanh"),
        (lambda upstream, A: np.clip(A.T @ upstream, -1, 1), "cut off at −1 and at 1"),
    ],
    "check_add_places": [
        (places_added_to_all_rows, "sum of all the right ones"),
        (places_never_counted_up, "All rows but the first are 0"),
        (places_plus_an_array, "append(…) puts the array at the end"),
        (places_by_list_index, "list.index"),
        (places_not_kept, "“x = x + places[:len(s)]” does"),
        (places_loop_in_a_loop, "gives every place every symbol"),
        (lambda symbols, places, s: symbols[s] * np.sqrt(symbols.shape[1]) + places[: len(s)], "root of the width"),
        (lambda symbols, places, s: symbols[s] + places[-1], "very last place"),
        (lambda symbols, places, s: symbols[s] + places.sum(axis=0), "sum of all places"),
    ],
    "check_merge": [
        (merge_counter_in_a_for, "i += 1 skips nothing"),
        (merge_last_always, "comes once more"),
        (merge_two_steps_always, "even where nothing is joined"),
        (merge_split, "letters of the text are lost"),
        (merge_letters_by_plus, "append takes it whole"),
        (merge_replaced_and_split, "A blank is a token"),
        (merge_replaced_in_the_text, "a longer token"),
        (merge_returns_at_once, "ends with the first pair"),
        (merge_three_steps, "not three"),
        (merge_empty_left, "empty token is left"),
        (merge_where_there_is_none, "ask first"),
        (merge_not_kept, "“merged[-1] = merged[-1] + token” does"),
        (merge_last_of_nothing, "an empty list has none"),
        (merge_last_replaced, "“merged[-1] += token”"),
        (merge_first_kept, "kept beside the joined"),
        (merge_return_in_loop, "after “for token in tokens:”"),
        (merge_last_letters, "“merged[-1]” in the place of “merged[-1][-1]”"),
    ],
}

ANSWERS = {
    "check_head_scores": HEAD_SCORES,
    "check_mask": MASK,
    "check_mixture": MIXTURE,
    "check_value_gradient": VALUE_GRADIENT,
    "check_add_places": ADD_PLACES,
    "check_merge": MERGE,
}
for check, wrong in MORE.items():
    ANSWERS[check]["wrong"] += wrong
for check, right in RIGHT_TOO.items():
    ANSWERS[check]["right"] += right
