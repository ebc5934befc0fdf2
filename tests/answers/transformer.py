"""Lesson 10 as learners answer it: the right ones, and the wrong ones with words that their message must hold."""

import math

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
        (lambda scores: softmax(np.where(np.tri(len(scores)) == 1, scores, -5)), "all rows but the last"),
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
        (lambda A, V: np.sort(A, axis=1) @ V, "differ"),
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
        (merge_plus_outside, "are not the text any more"),
        (lambda tokens, pair: tokens.replace(pair[0] + pair[1], pair), "a list has no .replace, a text has"),
        (
            lambda tokens, pair: [token.replace(pair, "".join(pair)) for token in tokens],
            "a text is needed here, and a tuple came",
        ),
        (merge_from_the_right, "right to left"),
        (merge_two_by_two, "two by two"),
        (merge_endless, "ever end"),
        (merge_spelling, "What the two spell"),
        (merge_numbers, "each of them a string"),
        (merge_letters_first, "number of tokens"),
        (merge_until_nothing_is_left, "number of tokens"),
        (lambda tokens, pair: tokens, "Nothing is joined"),
        (lambda tokens, pair: count_pairs(tokens), "list of tokens"),
        (lambda tokens, pair: pair[0] + pair[1], "list of tokens"),
        (lambda tokens, pair: len(tokens), "list of tokens"),
        (lambda tokens, pair: [token.replace(pair[0] + pair[1], "?") for token in tokens], "Nothing is joined"),
        (lambda tokens, pair: [], "are not the text any more"),
        (lambda tokens, pair: [t for t in tokens if t not in pair], "are not the text any more"),
        (lambda tokens, pair: (token for token in tokens), "generator"),
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
