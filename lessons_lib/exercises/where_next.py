"""Exercises of lesson 09: contexts of a name, embedding them, how many parameters train, attention."""

import numpy as np

from lessons_lib.exercises.checking import Exercise
from lessons_lib.maths.bigram_language_model import encode
from lessons_lib.maths.multiclass_classification import softmax
from lessons_lib.maths.neural_networks import count_parameters


def name_contexts(name):
    """The three symbols before each symbol of one name, then that symbol: (letters + 1, 4) numbers."""
    symbols = [0, 0, *encode(name)]
    return np.array([symbols[place : place + 4] for place in range(len(symbols) - 3)])


def _windows(symbols):
    return np.array([symbols[place : place + 4] for place in range(len(symbols) - 3)])


check_name_contexts = Exercise(
    name_contexts,
    [(f"the name {name}", (name,)) for name in ("emma", "al", "olivia", "zoe", "christopher")],
    hints=[
        "encode(name) starts with one <s>, which is 0. Before the first letter three are needed.",
        "symbols = [0, 0, *encode(name)] holds them all. A row is symbols[place : place + 4].",
        "return np.array([symbols[place : place + 4] for place in range(len(symbols) - 3)])",
    ],
    mistakes=[
        (lambda name: _windows([*encode(name)]), "No padding: the first letters have no row. Put two more 0s in front."),
        (lambda name: _windows([0, *encode(name)]), "The first row is missing: it is 0, 0, 0 and then the first letter."),
        (lambda name: _windows([0, 0, 0, *encode(name)]), "One 0 too many: encode already starts with <s>, so add two."),
        (lambda name: _windows([0, 0, *encode(name)[:-1]]), "The last row is missing: what follows the last letter is <e>, 27."),
        (lambda name: _windows([27, 27, *encode(name)]), "Before the first letter stand <s>, 0; you put <e>, 27."),
        (lambda name: _windows([*encode(name), 27, 27]), "The padding belongs in front, and is 0."),
        (lambda name: name_contexts(name)[:, :3], "The fourth column is missing: the symbol that follows."),
        (lambda name: name_contexts(name)[:, ::-1], "The rows run backwards: the oldest symbol stands first."),
        (lambda name: name_contexts(name)[:, [2, 1, 0, 3]], "The context runs backwards: the oldest symbol stands first."),
        (lambda name: name_contexts(name)[:, [3, 0, 1, 2]], "The symbol that follows belongs into the last column."),
        (lambda name: name_contexts(name[::-1]), "The name was read backwards."),
        (lambda name: name_contexts(name).T, "Transposed: one row for each symbol to predict, four columns."),
    ],
)  # fmt: skip


def embed(E, context):
    """The points of the symbols in each context, side by side. E (28, k), context (n, length) -> (n, length · k)."""
    return E[context].reshape(len(context), -1)


def _embeddings():
    rng = np.random.default_rng(0)
    return [
        (f"{n} contexts of {length}, points with {k} numbers", (rng.normal(size=(28, k)), rng.integers(0, 28, size=(n, length))))
        for n, length, k in ((4, 3, 2), (3, 3, 3), (5, 2, 4), (1, 4, 8))
    ]  # fmt: skip


check_embed = Exercise(
    embed,
    _embeddings(),
    hints=[
        "E[context] looks up a point for every number at once. What is its shape?",
        "E[context] is (n, length, k). Each row should be one long vector: (n, length · k).",
        "return E[context].reshape(len(context), -1)",
    ],
    mistakes=[
        (lambda E, context: E[context], "This is (n, length, k); lay the points of a context side by side with reshape."),
        (lambda E, context: E[context].sum(axis=1), "The points were added up, so their order is lost; lay them side by side."),
        (lambda E, context: E[context].mean(axis=1), "This is the mean of the points, without their order; lay them side by side."),
        (lambda E, context: E[context].transpose(0, 2, 1).reshape(len(context), -1), "All first numbers came first; keep each point's numbers together."),
        (lambda E, context: E[context[:, ::-1]].reshape(len(context), -1), "The points stand in reverse order: the oldest symbol comes first."),
        (lambda E, context: E[context].reshape(-1, E.shape[1]), "One row per symbol; one row per context is asked for."),
        (lambda E, context: E[context].ravel(), "All contexts in one vector; keep one row for each."),
        (lambda E, context: E[context[:, -1]], "Only the last symbol's point: that is a bigram; take all of the context."),
        (lambda E, context: np.eye(len(E))[context].reshape(len(context), -1), "These are one-hot vectors; take the symbols' points from E."),
        (lambda E, context: E[context].reshape(len(context), -1).T, "Transposed: one row per context."),
    ],
)  # fmt: skip


def n_trained(layer_sizes, n_frozen):
    """Weights and biases of all layers but the first n_frozen. layer_sizes from the input to the output -> a number."""
    return count_parameters(layer_sizes[n_frozen:])


def _pairs(sizes):
    return list(zip(sizes[:-1], sizes[1:]))


check_n_trained = Exercise(
    n_trained,
    [
        (f"the sizes {sizes}, {frozen} frozen", (sizes, frozen))
        for sizes, frozen in (((400, 64, 32, 2), 2), ((400, 64, 32, 2), 1), ((6, 5, 4, 3), 0), ((40, 30, 20, 10, 4), 2), ((9, 8, 7), 1))
    ],
    hints=[
        "A layer from n_in to n_out units has n_out · n_in weights and n_out biases.",
        "Frozen layers do not count. With 2 of them frozen, the first size that matters is layer_sizes[2].",
        "sizes = layer_sizes[n_frozen:], then sum n_out * n_in + n_out over zip(sizes[:-1], sizes[1:])",
    ],
    mistakes=[
        (lambda sizes, frozen: count_parameters(sizes), "The frozen layers were counted, too: they do not train."),
        (lambda sizes, frozen: count_parameters(sizes) - n_trained(sizes, frozen), "These are the frozen ones; those that still train are asked for."),
        (lambda sizes, frozen: sum(a * b + b for a, b in _pairs(sizes[frozen + 1 :])), "One layer too few: the size after the last frozen layer is the next one's input."),
        (lambda sizes, frozen: count_parameters(sizes[max(frozen - 1, 0) :]), "One layer too many: with 2 frozen, start at layer_sizes[2]."),
        (lambda sizes, frozen: sum(a * b for a, b in zip(sizes[frozen:-1], sizes[frozen + 1 :])), "The biases are missing: every unit has one."),
        (lambda sizes, frozen: sum(a * b for a, b in _pairs(sizes)), "The frozen layers were counted, and the biases are missing."),
        (lambda sizes, frozen: sum(a * b + a for a, b in _pairs(sizes[frozen:])), "A bias belongs to each unit that a layer makes: n_out of them."),
        (lambda sizes, frozen: sum(a * b + 1 for a, b in _pairs(sizes[frozen:])), "One bias per unit, not per layer."),
        (lambda sizes, frozen: count_parameters(sizes[-2:]), "This is the last layer alone; with fewer frozen, all the layers after them train."),
        (lambda sizes, frozen: sum(sizes[frozen + 1 :]), "These are the units; count their weights and biases."),
    ],
)  # fmt: skip


def attention(Q, K, V):
    """softmax(QKᵀ / √d) V. Q (m, d), K (n, d), V (n, v) -> (m, v)."""
    return softmax(Q @ K.T / np.sqrt(K.shape[1])) @ V


def _queries():
    rng = np.random.default_rng(1)
    return [
        (f"{m} queries, {n} keys, d = {d}", (2 * rng.normal(size=(m, d)), rng.normal(size=(n, d)), rng.normal(size=(n, v))))
        for m, n, d, v in ((2, 3, 4, 4), (3, 3, 3, 3), (4, 4, 4, 4), (5, 2, 3, 6))
    ]  # fmt: skip


check_attention = Exercise(
    attention,
    [
        ("one query, two keys", (np.array([[2.0, 0.0]]), np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[1.0, 0.0], [0.0, 1.0]]))),
        *_queries(),
    ],
    hints=[
        "Q @ K.T has a score for every query (row) and every key (column): (m, n).",
        "Divide the scores by np.sqrt(K.shape[1]), and let softmax make weights of each row.",
        "return softmax(Q @ K.T / np.sqrt(K.shape[1])) @ V",
    ],
    mistakes=[
        (lambda Q, K, V: softmax(Q @ K.T) @ V, "The scores were not divided by √d."),
        (lambda Q, K, V: softmax(Q @ K.T / K.shape[1]) @ V, "The scores were divided by d; divide by its root."),
        (lambda Q, K, V: softmax(Q @ K.T / np.sqrt(len(K))) @ V, "d is the length of a key, K.shape[1], not the number of keys."),
        (lambda Q, K, V: softmax(Q @ K.T * np.sqrt(K.shape[1])) @ V, "The scores were multiplied by √d; divide."),
        (lambda Q, K, V: softmax(Q @ K.T) / np.sqrt(K.shape[1]) @ V, "Divide the scores by √d, before the softmax."),
        (lambda Q, K, V: np.exp(Q @ K.T / np.sqrt(K.shape[1])) @ V, "The weights of each query (row) need to sum to 1: divide by the row's sum."),
        (lambda Q, K, V: softmax(Q @ K.T / np.sqrt(len(Q))) @ V, "d is the length of a key, K.shape[1], not the number of queries."),
        (lambda Q, K, V: Q @ K.T / np.sqrt(K.shape[1]) @ V, "The softmax is missing: the weights of a query need to sum to 1."),
        (lambda Q, K, V: softmax((Q @ K.T / np.sqrt(K.shape[1])).T).T @ V, "Softmax over the wrong axis: the weights of each query (row) sum to 1."),
        (lambda Q, K, V: softmax(Q @ K.T / np.sqrt(K.shape[1])), "These are the weights; the weighted mean of the values is asked for: @ V."),
        (lambda Q, K, V: softmax(Q @ K.T / np.sqrt(K.shape[1])) @ K, "The keys were averaged; the weights belong to the values V."),
        (lambda Q, K, V: V[(Q @ K.T).argmax(axis=1)], "This takes the best value alone; a mean of all of them, by softmax, can be trained."),
        (lambda Q, K, V: (softmax(Q @ K.T / np.sqrt(K.shape[1])) @ V).T, "Transposed: one row per query."),
        (lambda Q, K, V: softmax(K @ Q.T / np.sqrt(K.shape[1])) @ V, "Queries and keys changed places: Q @ K.T."),
    ],
)  # fmt: skip
