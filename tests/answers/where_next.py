"""Lesson 09 as learners answer it: the right ones, and the wrong ones with words that their message must hold."""

import math

import numpy as np

from lessons_lib.maths.bigram_language_model import encode
from lessons_lib.maths.multiclass_classification import softmax
from lessons_lib.maths.neural_networks import count_parameters

# --- contexts


def contexts_by_loop(name):
    symbols = [0, 0] + list(encode(name))
    rows = []
    for i in range(3, len(symbols)):
        rows.append(symbols[i - 3 : i + 1])
    return np.array(rows)


def contexts_sliding(name):
    context = [0, 0, 0]
    rows = []
    for symbol in encode(name)[1:]:
        rows.append(context + [int(symbol)])
        context = context[1:] + [int(symbol)]
    return rows


def contexts_columns(name):
    s = np.concatenate([[0, 0], encode(name)])
    return np.column_stack([s[:-3], s[1:-2], s[2:-1], s[3:]])


def contexts_two_arrays(name):
    s = np.concatenate([[0, 0], encode(name)])
    rows = np.lib.stride_tricks.sliding_window_view(s, 4)
    return rows[:, :-1], rows[:, -1]


def contexts_plus_array(name):
    symbols = [0, 0] + encode(name)
    return np.array([symbols[i : i + 4] for i in range(len(symbols) - 3)])


def contexts_ragged(name):
    symbols = [0, 0, *encode(name)]
    return [symbols[i : i + 4] for i in range(len(symbols))]


def contexts_one_too_far(name):
    symbols = [0, 0, *encode(name)]
    return np.array([[symbols[i + j] for j in range(4)] for i in range(len(symbols) - 2)])


def contexts_short_by_one(name):
    symbols = [0, 0, *encode(name)]
    return np.array([symbols[i : i + 4] for i in range(len(symbols) - 4)])


def contexts_not_kept(name):
    context, rows = [0, 0, 0], []
    for symbol in encode(name)[1:]:
        rows.append(context + [symbol])
    return np.array(rows)


def contexts_same_list(name):
    row, rows = [0, 0, 0, 0], []
    for symbol in encode(name)[1:]:
        row.pop(0)
        row.append(int(symbol))
        rows.append(row)
    return np.array(rows)


def contexts_text(name):
    padded = "..." + name + "."
    return [padded[i : i + 4] for i in range(len(name) + 1)]


def contexts_return_in_loop(name):
    symbols, rows = [0, 0, *encode(name)], []
    for i in range(len(symbols) - 3):
        rows.append(symbols[i : i + 4])
        return np.array(rows)


def contexts_letters_from_zero(name):
    symbols = [0, 0, 0] + [ord(letter) - 97 for letter in name] + [27]
    return np.array([symbols[i : i + 4] for i in range(len(symbols) - 3)])


def contexts_newest_first(name):
    context, rows = [0, 0, 0], []
    for symbol in encode(name)[1:]:
        rows.append(context + [symbol])
        context = [symbol] + context[:2]
    return np.array(rows)


def contexts_windows(name, length=4, pad=(0, 0)):
    symbols = [*pad, *encode(name)]
    return np.array([symbols[i : i + length] for i in range(len(symbols) - length + 1)])


NAME_CONTEXTS = {
    "right": [
        contexts_by_loop,
        contexts_sliding,
        contexts_columns,
        lambda name: np.array([[0, 0, *encode(name)][i : i + 4] for i in range(len(name) + 1)]),
        lambda name: np.lib.stride_tricks.sliding_window_view(np.pad(encode(name), (2, 0)), 4),
        lambda name: [tuple([0, 0, *encode(name)][i : i + 4]) for i in range(len(name) + 1)],
        lambda name: list(zip([0, 0, *encode(name)], [0, *encode(name)], encode(name), encode(name)[1:])),
        lambda name: contexts_windows(name).astype(float),
    ],
    "wrong": [
        (contexts_two_arrays, "one array"),
        (contexts_plus_array, "+"),
        (contexts_ragged, "another a list of 3 numbers"),
        (contexts_one_too_far, "index"),
        (contexts_short_by_one, "last row is missing"),
        (contexts_not_kept, "context"),
        (contexts_same_list, "same list"),
        (contexts_text, "a text"),
        (contexts_return_in_loop, "first row"),
        (contexts_letters_from_zero, "a is 1"),
        (contexts_newest_first, "context runs backwards"),
        (lambda name: contexts_windows(name, pad=()), "No padding"),
        (lambda name: contexts_windows(name, pad=(0,)), "first row is missing"),
        (lambda name: contexts_windows(name, pad=(0, 0, 0)), "One 0 too many"),
        (lambda name: contexts_windows(name, pad=(27, 27)), "you put <e>"),
        (lambda name: contexts_windows(name, length=3), "too short"),
        (lambda name: contexts_windows(name, length=3, pad=(0,)), "three"),
        (lambda name: contexts_windows(name, length=5, pad=(0, 0, 0)), "four"),
        (lambda name: contexts_windows(name)[:, :3], "fourth column"),
        (lambda name: contexts_windows(name)[:, 3], "that follow"),
        (lambda name: contexts_windows(name)[:, ::-1], "rows run backwards"),
        (lambda name: contexts_windows(name)[:, [3, 0, 1, 2]], "last column"),
        (lambda name: contexts_windows(name[::-1]), "read backwards"),
        (lambda name: contexts_windows(name).T, "transposed"),
        (lambda name: contexts_windows(name)[::-1], "reverse"),
        (lambda name: contexts_windows(name).ravel(), "row"),
        (lambda name: contexts_windows(name)[1:], "first row"),
        (lambda name: contexts_windows(name, pad=(1, 1)), "0"),
        (lambda name: np.column_stack([encode(name)[:-1], encode(name)[1:]]), "it needs three"),
        (lambda name: contexts_windows(name)[::4], "overlap"),
        (lambda name: contexts_windows(name) - 1, "1"),
    ],
}

# --- embed


def embed_by_loop(E, context):
    rows = []
    for symbols in context:
        row = []
        for symbol in symbols:
            row.extend(E[symbol])
        rows.append(row)
    return np.array(rows)


def embed_concatenate(E, context):
    return np.array([np.concatenate([E[s] for s in row]) for row in context])


def embed_one_hot(E, context):
    n, length = context.shape
    return (np.eye(len(E))[context] @ E).reshape(n, length * E.shape[1])


def embed_columns(E, context):
    return np.concatenate([E[context[:, place]] for place in range(context.shape[1])], axis=1)


def embed_fixed_three(E, context):
    return np.hstack([E[context[:, 0]], E[context[:, 1]], E[context[:, 2]]])


def embed_fixed_six(E, context):
    return E[context].reshape(-1, 6)


def embed_at(E, context):
    return E @ context


def embed_called(E, context):
    return E(context).reshape(len(context), -1)


def embed_swapped(context, E):
    return E[context].reshape(len(context), -1)


def embed_columns_of_e(E, context):
    return E[:, context].reshape(len(context), -1)


def embed_stack_below(E, context):
    return np.concatenate([E[context[:, place]] for place in range(context.shape[1])])


def embed_first_row(E, context):
    for row in context:
        return np.concatenate([E[s] for s in row])


def embed_append(E, context):
    rows = []
    for symbols in context:
        for symbol in symbols:
            rows.append(E[symbol])
    return np.array(rows)


def embed_n_of_e(E, context):
    return E[context].reshape(len(E), -1)


def embed_flat_index(E, context):
    return E[context.ravel()].reshape(context.shape[1], -1)


def embed_product(E, context):
    return context * E


def embed_no_row_reset(E, context):
    row, rows = [], []
    for symbols in context:
        for symbol in symbols:
            row.extend(E[symbol])
        rows.append(row)
    return rows


def embed_ragged(E, context):
    row, rows = [], []
    for symbols in context:
        for symbol in symbols:
            row = row + list(E[symbol])
        rows.append(row)
    return rows


EMBED = {
    "right": [
        embed_by_loop,
        embed_concatenate,
        embed_one_hot,
        embed_columns,
        lambda E, context: E[context].reshape(len(context), -1),
        lambda E, context: np.take(E, context, axis=0).reshape(context.shape[0], context.shape[1] * E.shape[1]),
        lambda E, context: [E[row].ravel() for row in context],
        lambda E, context: np.hstack([E[column] for column in context.T]),
        lambda E, context: E[context.ravel()].reshape(len(context), -1),
        lambda E, context: [[float(v) for s in row for v in E[s]] for row in context],
    ],
    "wrong": [
        (embed_fixed_three, "three symbols for granted"),
        (embed_fixed_six, "6"),
        (embed_at, "E[context]"),
        (embed_called, "[ ]"),
        (embed_swapped, "(E, context)"),
        (embed_columns_of_e, "index 24 is asked for"),
        (embed_stack_below, "side by side"),
        (embed_first_row, "first"),
        (embed_append, "One row per symbol"),
        (embed_n_of_e, "24 numbers do not fill"),
        (embed_flat_index, "len(context)"),
        (embed_product, "number by number"),
        (embed_no_row_reset, "row"),
        (embed_ragged, "parts differ"),
        (lambda E, context: E[context], "side by side"),
        (lambda E, context: E[context].sum(axis=1), "added up"),
        (lambda E, context: E[context].mean(axis=1), "mean of the points"),
        (lambda E, context: E[context].max(axis=1), "side by side"),
        (lambda E, context: E[context].transpose(0, 2, 1).reshape(len(context), -1), "numbers together"),
        (lambda E, context: E[context].transpose(1, 0, 2).reshape(len(context), -1), "context"),
        (lambda E, context: E[context[:, ::-1]].reshape(len(context), -1), "reverse"),
        (lambda E, context: E[context].reshape(-1, E.shape[1]), "One row per symbol"),
        (lambda E, context: E[context].ravel(), "one vector"),
        (lambda E, context: E[context[:, -1]], "last symbol"),
        (lambda E, context: E[context[:, 0]], "first symbol"),
        (lambda E, context: np.eye(28)[context].reshape(len(context), -1), "one-hot"),
        (lambda E, context: E[context].reshape(len(context), -1).T, "transposed"),
        (lambda E, context: E[context - 1].reshape(len(context), -1), "E[context]"),
        (lambda E, context: E[context].reshape(len(context), -1)[:1], "first"),
        (lambda E, context: np.sort(E[context].reshape(len(context), -1), axis=1), "sort"),
        (lambda E, context: context, "E[context]"),
        (lambda E, context: E[context].sum(axis=2), "side by side"),
    ],
}

# --- what still trains


def trained_by_loop(layer_sizes, n_frozen):
    total = 0
    for i in range(n_frozen, len(layer_sizes) - 1):
        total += layer_sizes[i] * layer_sizes[i + 1] + layer_sizes[i + 1]
    return total


def trained_by_difference(layer_sizes, n_frozen):
    per_layer = [(a + 1) * b for a, b in zip(layer_sizes, layer_sizes[1:])]
    return sum(per_layer) - sum(per_layer[:n_frozen])


def trained_by_enumerate(layer_sizes, n_frozen):
    total = 0
    for place, (n_in, n_out) in enumerate(zip(layer_sizes, layer_sizes[1:])):
        if place >= n_frozen:
            total += np.zeros((n_out, n_in)).size + n_out
    return total


def trained_one_too_many(layer_sizes, n_frozen):
    total = 0
    for i in range(n_frozen - 1, len(layer_sizes) - 1):
        total += (layer_sizes[i] + 1) * layer_sizes[i + 1]
    return total


def trained_index_too_far(layer_sizes, n_frozen):
    total = 0
    for i in range(n_frozen, len(layer_sizes)):
        total += (layer_sizes[i] + 1) * layer_sizes[i + 1]
    return total


def trained_return_in_loop(layer_sizes, n_frozen):
    total = 0
    for i in range(n_frozen, len(layer_sizes) - 1):
        total += (layer_sizes[i] + 1) * layer_sizes[i + 1]
        return total


def trained_swapped(n_frozen, layer_sizes):
    sizes = layer_sizes[n_frozen:]
    return sum((a + 1) * b for a, b in zip(sizes, sizes[1:]))


def trained_prints(layer_sizes, n_frozen):
    sizes = layer_sizes[n_frozen:]
    print(sum((a + 1) * b for a, b in zip(sizes, sizes[1:])))


def trained_slice_called(layer_sizes, n_frozen):
    sizes = layer_sizes(n_frozen)
    return sum((a + 1) * b for a, b in zip(sizes, sizes[1:]))


def trained_minus_int(layer_sizes, n_frozen):
    sizes = layer_sizes - n_frozen
    return sum((a + 1) * b for a, b in zip(sizes, sizes[1:]))


def trained_last_missing(layer_sizes, n_frozen):
    total = 0
    for i in range(n_frozen, len(layer_sizes) - 2):
        total += (layer_sizes[i] + 1) * layer_sizes[i + 1]
    return total


def trained_overwrites(layer_sizes, n_frozen):
    total = 0
    for i in range(n_frozen, len(layer_sizes) - 1):
        total = (layer_sizes[i] + 1) * layer_sizes[i + 1]
    return total


def trained_two_frozen(layer_sizes, n_frozen):
    sizes = layer_sizes[2:]
    return sum((a + 1) * b for a, b in zip(sizes, sizes[1:]))


N_TRAINED = {
    "right": [
        trained_by_loop,
        trained_by_difference,
        trained_by_enumerate,
        lambda s, f: sum((a + 1) * b for a, b in zip(s[f:], s[f + 1 :])),
        lambda s, f: sum(a * b + b for a, b in list(zip(s[:-1], s[1:]))[f:]),
        lambda s, f: int(np.dot(s[f:-1], s[f + 1 :]) + np.sum(s[f + 1 :])),
        lambda s, f: float(sum((s[i] + 1) * s[i + 1] for i in range(f, len(s) - 1))),
    ],
    "wrong": [
        (trained_one_too_many, "too many"),
        (trained_index_too_far, "index"),
        (trained_return_in_loop, "return"),
        (trained_swapped, "(layer_sizes, n_frozen)"),
        (trained_prints, "return"),
        (trained_slice_called, "[ ]"),
        (trained_minus_int, "in the line"),
        (trained_last_missing, "last layer"),
        (trained_overwrites, "last layer"),
        (trained_two_frozen, "n_frozen"),
        (lambda s, f: sum((a + 1) * b for a, b in zip(s, s[1:])), "frozen layers were counted"),
        (lambda s, f: sum((a + 1) * b for a, b in zip(s[: f + 1], s[1 : f + 1])), "frozen ones"),
        (lambda s, f: sum((a + 1) * b for a, b in zip(s[f + 1 :], s[f + 2 :])), "One layer too few"),
        (lambda s, f: sum(a * b for a, b in zip(s[f:], s[f + 1 :])), "biases are missing"),
        (lambda s, f: sum(a * b for a, b in zip(s, s[1:])), "frozen layers were counted, and the biases"),
        (lambda s, f: sum(a * b + a for a, b in zip(s[f:], s[f + 1 :])), "n_out"),
        (lambda s, f: sum(a * b + 1 for a, b in zip(s[f:], s[f + 1 :])), "not per layer"),
        (lambda s, f: (s[-2] + 1) * s[-1], "last layer alone"),
        (lambda s, f: sum(s[f + 1 :]), "units"),
        (lambda s, f: sum(s[f:]), "sizes added up"),
        (lambda s, f: [(a + 1) * b for a, b in zip(s[f:], s[f + 1 :])], "add them up"),
        (lambda s, f: sum((a + 1) * (b + 1) for a, b in zip(s[f:], s[f + 1 :])), "bias"),
        (lambda s, f: int(np.prod(s[f:])), "neighbouring"),
        (lambda s, f: len(s) - 1 - f, "layers"),
        (lambda s, f: sum(a * b for a, b in zip(s[f:], s[f + 1 :])) + sum(s[f:]), "bias"),
        (lambda s, f: s[f:], "add"),
        (lambda s, f: sum((a + 1) * b for a, b in zip(s[-f - 1 :], s[-f:])), "last n_frozen layers"),
        (lambda s, f: sum(a * b for a, b in zip(s[f:], s[f + 1 :])) + 1, "bias"),
        (lambda s, f: sum((a + 1) * b for a, b in zip(s[f:], s[f + 2 :])), "next"),
    ],
}

# --- attention


def attention_in_steps(Q, K, V):
    d = Q.shape[1]
    scores = Q @ K.T / np.sqrt(d)
    weights = softmax(scores)
    return weights @ V


def attention_by_loop(Q, K, V):
    out = []
    for q in Q:
        scores = np.array([q @ k for k in K]) / math.sqrt(len(q))
        e = np.exp(scores)
        out.append(sum(weight * v for weight, v in zip(e / e.sum(), V)))
    return np.array(out)


def attention_own_softmax(Q, K, V):
    S = np.einsum("md,nd->mn", Q, K) / K.shape[-1] ** 0.5
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return (E @ V) / E.sum(axis=1, keepdims=True)


def attention_columns(Q, K, V):
    S = np.exp(K @ Q.T / np.sqrt(K.shape[1]))  # (n, m)
    return (S / S.sum(axis=0)).T @ V


def attention_no_transpose(Q, K, V):
    return softmax(Q @ K / np.sqrt(K.shape[1])) @ V


def attention_star(Q, K, V):
    return softmax(Q * K / np.sqrt(K.shape[1])) @ V


def attention_v_star(Q, K, V):
    return softmax(Q @ K.T / np.sqrt(K.shape[1])) * V


def attention_math_root(Q, K, V):
    return softmax(Q @ K.T / math.sqrt(K)) @ V


def attention_root_of_shape(Q, K, V):
    return softmax(Q @ K.T / np.sqrt(K.shape)) @ V


def attention_swapped(K, Q, V):
    return softmax(Q @ K.T / np.sqrt(K.shape[1])) @ V


def attention_d_undefined(Q, K, V):
    return softmax(Q @ K.T / np.sqrt(d)) @ V  # noqa: F821


def attention_axis_argument(Q, K, V):
    return softmax(Q @ K.T / np.sqrt(K.shape[1]), axis=1) @ V


def attention_tuple(Q, K, V):
    weights = softmax(Q @ K.T / np.sqrt(K.shape[1]))
    return weights @ V, weights


def attention_v_transposed(Q, K, V):
    return softmax(Q @ K.T / np.sqrt(K.shape[1])) @ V.T


def attention_hand_softmax_columns(Q, K, V):
    E = np.exp(Q @ K.T / np.sqrt(K.shape[1]))
    return E / E.sum(axis=0) @ V


def attention_hand_softmax_no_keepdims(Q, K, V):
    E = np.exp(Q @ K.T / np.sqrt(K.shape[1]))
    return E / E.sum(axis=1) @ V


def attention_hand_softmax_all(Q, K, V):
    E = np.exp(Q @ K.T / np.sqrt(K.shape[1]))
    return E / E.sum() @ V


def attention_first_query(Q, K, V):
    for q in Q:
        return softmax(K @ q / np.sqrt(len(q))) @ V


def attention_causal(Q, K, V):
    S = Q @ K.T / np.sqrt(K.shape[1])
    S = np.where(np.tri(*S.shape) > 0, S, -np.inf)
    return softmax(S) @ V


ATTENTION = {
    "right": [
        attention_in_steps,
        attention_by_loop,
        attention_own_softmax,
        attention_columns,
        lambda Q, K, V: softmax(Q @ K.T / np.sqrt(K.shape[1])) @ V,
        lambda Q, K, V: (V.T @ softmax((K @ Q.T).T / np.sqrt(Q.shape[1])).T).T,
        lambda Q, K, V: softmax(np.dot(Q / np.sqrt(Q.shape[1]), K.T)).dot(V),
        lambda Q, K, V: np.einsum("mn,nv->mv", softmax(Q @ K.T * K.shape[1] ** -0.5), V),
        lambda Q, K, V: [softmax(K @ q / np.sqrt(len(q))) @ V for q in Q],
    ],
    "wrong": [
        (attention_no_transpose, "K.T"),
        (attention_star, "Q @ K.T"),
        (attention_v_star, "keeps them apart"),
        (attention_math_root, "a function for one number"),
        (attention_root_of_shape, "np.sqrt(K.shape)"),
        (attention_swapped, "(Q, K, V)"),
        (attention_d_undefined, "d"),
        (attention_axis_argument, "axis"),
        (attention_tuple, "a tuple of 2 parts"),
        (attention_v_transposed, "V"),
        (attention_hand_softmax_columns, "row"),
        (attention_hand_softmax_no_keepdims, "keepdims"),
        (attention_hand_softmax_all, "row"),
        (attention_first_query, "first"),
        (attention_causal, "later"),
        (lambda Q, K, V: softmax(Q @ K.T) @ V, "not divided"),
        (lambda Q, K, V: softmax(Q @ K.T / K.shape[1]) @ V, "divide by its root"),
        (lambda Q, K, V: softmax(Q @ K.T / np.sqrt(len(K))) @ V, "number of keys"),
        (lambda Q, K, V: softmax(Q @ K.T / np.sqrt(len(Q))) @ V, "number of queries"),
        (lambda Q, K, V: softmax(Q @ K.T / np.sqrt(V.shape[1])) @ V, "V"),
        (lambda Q, K, V: softmax(Q @ K.T * np.sqrt(K.shape[1])) @ V, "multiplied"),
        (lambda Q, K, V: softmax(Q @ K.T) / np.sqrt(K.shape[1]) @ V, "before the softmax"),
        (lambda Q, K, V: np.exp(Q @ K.T / np.sqrt(K.shape[1])) @ V, "sum to 1"),
        (lambda Q, K, V: Q @ K.T / np.sqrt(K.shape[1]) @ V, "softmax is missing"),
        (lambda Q, K, V: Q @ K.T @ V, "softmax"),
        (lambda Q, K, V: softmax((Q @ K.T / np.sqrt(K.shape[1])).T).T @ V, "axis"),
        (lambda Q, K, V: softmax(Q @ K.T / np.sqrt(K.shape[1])), "weights"),
        (lambda Q, K, V: softmax(Q @ K.T / np.sqrt(K.shape[1])) @ K, "keys"),
        (lambda Q, K, V: V[(Q @ K.T).argmax(axis=1)], "best value"),
        (lambda Q, K, V: (softmax(Q @ K.T / np.sqrt(K.shape[1])) @ V).T, "transposed"),
        (lambda Q, K, V: softmax(Q @ K.T / np.sqrt(K.shape[1]) @ V), "softmax"),
        (lambda Q, K, V: (softmax(Q @ K.T / np.sqrt(K.shape[1])) @ V).sum(axis=0), "added up"),
        (lambda Q, K, V: (softmax(Q @ K.T / np.sqrt(K.shape[1])) @ V).mean(axis=0), "averaged"),
        (lambda Q, K, V: np.tile(V.mean(axis=0), (len(Q), 1)), "All weights are equal"),
        (lambda Q, K, V: softmax(-Q @ K.T / np.sqrt(K.shape[1])) @ V, "sign"),
        (lambda Q, K, V: softmax(Q @ K.T / np.sqrt(2)) @ V, "K.shape[1]"),
        (lambda Q, K, V: 1 / (1 + np.exp(-Q @ K.T / np.sqrt(K.shape[1]))) @ V, "softmax"),
    ],
}

# --- more of each, written after the checks


def contexts_pad_at_both_ends(name):
    symbols = [0, 0, *encode(name), 27, 27]
    return np.array([symbols[i : i + 4] for i in range(len(symbols) - 3)])


def contexts_sums(name):
    symbols = [0, 0, *encode(name)]
    return [[sum(symbols[i : i + 3]), symbols[i + 3]] for i in range(len(symbols) - 3)]


def contexts_encoded_piecewise(name):
    return np.array([encode(name[max(0, i - 3) : i]) for i in range(len(name))])


def contexts_from_the_end(name):
    symbols = [*encode(name), 27, 27]
    return np.array([symbols[i : i + 4] for i in range(len(name) + 1)])


def contexts_symbol_first_then_context(name):
    symbols = [0, 0, *encode(name)]
    return [[symbols[i + 3], symbols[i + 2], symbols[i + 1], symbols[i]] for i in range(len(symbols) - 3)]


def contexts_shared_prefix(name):
    rows, context = [], [0, 0, 0]
    for symbol in encode(name):
        rows.append(context + [symbol])
        context = context[1:] + [symbol]
    return np.array(rows)


def embed_first_row_of_e(E, context):
    return np.tile(E[0], (len(context), context.shape[1]))


def embed_scaled(E, context):
    return (E[context] / E.shape[1]).reshape(len(context), -1)


def embed_by_column(E, context):
    return np.hstack([E[context][:, :, j] for j in range(E.shape[1])])


def embed_mean_subtracted(E, context):
    points = E - E.mean(axis=0)
    return points[context].reshape(len(context), -1)


def embed_list_of_arrays(E, context):
    return [E[row] for row in context]


def trained_counts_frozen_bias(layer_sizes, n_frozen):
    total = 0
    for i, (a, b) in enumerate(zip(layer_sizes, layer_sizes[1:])):
        total += b
        if i >= n_frozen:
            total += a * b
    return total


def trained_minus_n(layer_sizes, n_frozen):
    total = sum((a + 1) * b for a, b in zip(layer_sizes, layer_sizes[1:]))
    return total - sum(layer_sizes[:n_frozen])


def trained_share(layer_sizes, n_frozen):
    per_layer = [(a + 1) * b for a, b in zip(layer_sizes, layer_sizes[1:])]
    return sum(per_layer[n_frozen:]) / sum(per_layer)


def trained_weights_squared(layer_sizes, n_frozen):
    return sum((b + 1) * b for b in layer_sizes[n_frozen + 1 :])


def attention_norms(Q, K, V):
    Q = Q / np.linalg.norm(Q, axis=1, keepdims=True)
    K = K / np.linalg.norm(K, axis=1, keepdims=True)
    return softmax(Q @ K.T) @ V


def attention_scale_both(Q, K, V):
    d = K.shape[1]
    return softmax((Q / np.sqrt(d)) @ (K / np.sqrt(d)).T) @ V


def attention_plus_query(Q, K, V):
    return softmax(Q @ K.T / np.sqrt(K.shape[1])) @ V + Q[:, :1]


def attention_of_distance(Q, K, V):
    D = ((Q[:, None] - K[None]) ** 2).sum(axis=-1)
    return softmax(-D / np.sqrt(K.shape[1])) @ V


def attention_uniform_over_columns(Q, K, V):
    S = Q @ K.T / np.sqrt(K.shape[1])
    return S / S.sum(axis=1, keepdims=True) @ V


# --- right ones, in other ways


def name_contexts_in_way_1(name):
    s = np.concatenate([np.zeros(2, int), encode(name)])
    n = len(name) + 1
    return s[np.arange(n)[:, None] + np.arange(4)]


def name_contexts_in_way_2(name):
    rows = []
    before = [0, 0, 0]
    for s in list(encode(name))[1:]:
        rows.append([*before, s])
        before = [*before[1:], s]
    return np.stack([np.array(x) for x in rows])


def name_contexts_in_way_3(name):
    s = "..." + name
    n = [0 if c == "." else ord(c) - 96 for c in s] + [27]
    return [n[i : i + 4] for i in range(len(n) - 3)]


def embed_in_way_1(E, context):
    n, length = context.shape
    out = np.zeros((n, length * E.shape[1]))
    for i in range(n):
        for j in range(length):
            out[i, j * E.shape[1] : (j + 1) * E.shape[1]] = E[context[i, j]]
    return out


def embed_in_way_2(E, context):
    return np.array([E[r].flatten() for r in context])


def embed_in_way_3(E, context):
    return E[context].reshape(context.shape[0], -1).astype(np.float32)


def embed_in_way_4(E, context):
    return np.concatenate(np.moveaxis(E[context], 1, 0), axis=1)


def embed_in_way_5(E, context):
    return np.apply_along_axis(lambda r: E[r].ravel(), 1, context)


def n_trained_in_way_1(layer_sizes, n_frozen):
    return count_parameters(layer_sizes[n_frozen:])


def n_trained_in_way_2(layer_sizes, n_frozen):
    t = 0
    for k in range(len(layer_sizes) - 1):
        if k < n_frozen:
            continue
        t += layer_sizes[k + 1] * (1 + layer_sizes[k])
    return t


def n_trained_in_way_3(layer_sizes, n_frozen):
    return count_parameters(layer_sizes) - (count_parameters(layer_sizes[: n_frozen + 1]) if n_frozen else 0)


def attention_in_way_1(Q, K, V):
    S = Q @ K.T / np.sqrt(Q.shape[-1])
    S -= S.max(axis=-1, keepdims=True)
    A = np.exp(S)
    A /= A.sum(axis=-1, keepdims=True)
    return A @ V


def attention_in_way_2(Q, K, V):
    out = np.zeros((len(Q), V.shape[1]))
    for i in range(len(Q)):
        w = [math.exp(float(Q[i] @ K[j]) / math.sqrt(len(K[j]))) for j in range(len(K))]
        for j in range(len(K)):
            out[i] += w[j] / sum(w) * V[j]
    return out


def attention_in_way_3(Q, K, V):
    return np.tensordot(softmax(np.inner(Q, K) / K.shape[1] ** 0.5), V, 1)


RIGHT_TOO = {
    "check_name_contexts": [name_contexts_in_way_1, name_contexts_in_way_2, name_contexts_in_way_3],
    "check_embed": [embed_in_way_1, embed_in_way_2, embed_in_way_3, embed_in_way_4, embed_in_way_5],
    "check_n_trained": [n_trained_in_way_1, n_trained_in_way_2, n_trained_in_way_3],
    "check_attention": [attention_in_way_1, attention_in_way_2, attention_in_way_3],
}

MORE = {
    "check_name_contexts": [
        (contexts_pad_at_both_ends, "Two rows too many"),
        (contexts_sums, "The three symbols of the context were added up"),
        (contexts_encoded_piecewise, " at least one letter; this one is empty"),
        (contexts_from_the_end, "The padding belongs in front"),
        (contexts_symbol_first_then_context, "The rows run backwards"),
        (contexts_shared_prefix, "One 0 too many"),
    ],
    "check_embed": [
        (embed_first_row_of_e, "Every symbol got the point of symbol 0"),
        (embed_scaled, "This is the answer divided by the number of columns of E"),
        (embed_by_column, "All first numbers came first; keep each point's numbers together"),
        (embed_mean_subtracted, "The mean point was subtracted; the points as they are"),
        (embed_list_of_arrays, "This is"),
    ],
    "check_n_trained": [
        (trained_counts_frozen_bias, "The frozen layers' biases were counted"),
        (trained_minus_n, "Of the frozen layers only the sizes were subtracted"),
        (trained_share, "This is the share that trains; how many is asked for"),
        (trained_weights_squared, "W joins two layers"),
    ],
    "check_attention": [
        (attention_norms, "Queries and keys were brought to length 1; here they keep their lengths"),
        (attention_scale_both, "The scores were divided by d; divide by its root"),
        (attention_plus_query, "One change makes it right"),
        (attention_of_distance, "These scores are distances; here they are products"),
        (attention_uniform_over_columns, "Divided by the row's sum"),
    ],
}

ANSWERS = {
    "check_name_contexts": NAME_CONTEXTS,
    "check_embed": EMBED,
    "check_n_trained": N_TRAINED,
    "check_attention": ATTENTION,
}
for check, wrong in MORE.items():
    ANSWERS[check]["wrong"] += wrong
for check, right in RIGHT_TOO.items():
    ANSWERS[check]["right"] += right
