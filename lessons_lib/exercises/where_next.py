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


def _rows(symbols, length):
    return np.array([symbols[place : place + length] for place in range(len(symbols) - length + 1)])


def _windows(symbols):
    return _rows(symbols, 4)


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
        (lambda name: _windows([0, 0, *encode(name)])[:, [0, 0, 0, 3]] * [0, 0, 0, 1], "The context stays 0, 0, 0: after each row it moves on by one symbol, context = context[1:] + [symbol]."),
        (lambda name: np.tile(_windows([0, 0, *encode(name)])[-1], (len(name) + 1, 1)), "All rows are the last one: the same list was put in each time and changed afterwards; append a new one, such as context + [symbol]."),
        (lambda name: np.tile(_windows([0, 0, *encode(name)])[0], (len(name) + 1, 1)), "All rows are the first one: move on by one symbol for each, symbols[place : place + 4]."),
        (lambda name: name_contexts(name)[:1], "Only the first row came back: is the return inside the loop?"),
        (lambda name: name_contexts(name)[0], "Only the first row came back: is the return inside the loop? A row for each symbol to predict is asked for."),
        (lambda name: name_contexts(name)[-1], "Only the last row came back: append each to a list, and return that."),
        (lambda name: name_contexts(name)[-1:], "Only the last row came back: make the list before the loop, not in it."),
        (lambda name: name_contexts(name)[::-1], "The rows stand in reverse order: begin with 0, 0, 0 and the first letter."),
        (lambda name: name_contexts(name).ravel(), "All in one row: keep a row of four columns for each symbol to predict."),
        (lambda name: name_contexts(name)[:, 3], "These are the symbols that follow; in front of each belongs its context of three."),
        (lambda name: name_contexts(name)[:, 1:], "The context has only two symbols here: the oldest is missing. It needs three, then the one that follows."),
        (lambda name: _rows([*encode(name)], 2), "The context has one symbol here, as in lesson 08; it needs three, then the one that follows: four columns."),
        (lambda name: _rows([0, 0, *encode(name)], 3), "The rows are too short: symbols[place : place + 4] has the context of three and the symbol that follows."),
        (lambda name: _rows([0, 0, 0, *encode(name)], 5), "The context has four symbols here; it needs three, then the one that follows: four columns."),
        (lambda name: _rows([*encode(name)], 3), "The rows are too short, and two more 0s belong in front: symbols[place : place + 4]."),
        (lambda name: _rows([*encode(name)], 3)[:-1], "The rows are too short, and two more 0s belong in front: symbols[place : place + 4], up to the row that ends with 27."),
        (lambda name: name_contexts(name)[::4], "Rows are skipped: they overlap, each begins one symbol later, not four."),
        (lambda name: name_contexts(name)[::3], "Rows are skipped: they overlap, each begins one symbol later, not three."),
        (lambda name: name_contexts(name)[::2], "Rows are skipped: they overlap, each begins one symbol later, not two."),
        (lambda name: name_contexts(name)[:, [0, 1, 2, 2]], "The last column repeats the third: the symbol that follows is one further, symbols[place + 3]."),
        (lambda name: name_contexts(name)[:, [1, 2, 3, 3]], "The context is one too late: it holds the symbol that follows."),
        (lambda name: name_contexts(name) - 1, "Every number is 1 too small: <s> is 0, a is 1 and <e> is 27, as encode gives them."),
        (lambda name: name_contexts(name) + 1, "Every number is 1 too large: <s> is 0, a is 1 and <e> is 27, as encode gives them."),
        (lambda name: np.maximum(name_contexts(name) - (name_contexts(name) < 27), 0), "The letters are off by one: a is 1, as 0 is <s>. encode(name) has them right."),
        (lambda name: _windows([1, 1, *encode(name)]), "Before the first letter stand <s>, 0; you put a, 1."),
        (lambda name: _windows([-1, -1, *encode(name)]), "Before the first letter stand <s>, 0; you put −1."),
        (lambda name: _windows([0, 0, *encode(name)[:-1], 0]), "A name ends with <e>, 27; you put 0."),
        (lambda name: _windows([*[0] * 3, *encode(name), *[27] * 3]), "Rows too many: two 0s in front of encode(name) are all that is needed, and nothing after it."),
        (lambda name: _windows([0, 0, *encode(name), 27]), "One row too many: encode already ends with <e>, 27."),
        (lambda name: _windows([0, 0, *encode(name), 27, 27]), "Two rows too many: encode already ends with <e>, 27, and nothing is predicted after it."),
        (lambda name: [[sum(row[:3]), row[3]] for row in name_contexts(name)], "The three symbols of the context were added up, so their order is lost: keep each in a column."),
        (lambda name: encode(name), "These are the symbols; a row of three before each and the symbol itself is asked for."),
        (lambda name: len(name) + 1, "This is the number of rows; the rows themselves are asked for."),
    ],
)  # fmt: skip


def embed(E, context):
    """The points of the symbols in each context, side by side. E (28, d), context (n, length) -> (n, length · d)."""
    return E[context].reshape(len(context), -1)


def _embeddings():
    rng = np.random.default_rng(0)
    return [
        (f"{n} context{'s' * (n > 1)} of {length}, points with {k} numbers", (rng.normal(size=(28, k)), rng.integers(0, 28, size=(n, length))))
        for n, length, k in ((4, 3, 2), (3, 3, 3), (5, 2, 4), (1, 4, 8))
    ]  # fmt: skip


check_embed = Exercise(
    embed,
    _embeddings(),
    hints=[
        "E[context] looks up a point for every number at once. What is its shape?",
        "E[context] is (n, length, d). Each row should be one long vector: (n, length · d).",
        "return E[context].reshape(len(context), -1)",
    ],
    mistakes=[
        (lambda E, context: E[context], "This is (n, length, d); lay the points of a context side by side with reshape."),
        (lambda E, context: E[context].sum(axis=1), "The points were added up, so their order is lost; lay them side by side."),
        (lambda E, context: E[context].mean(axis=1), "This is the mean of the points, without their order; lay them side by side."),
        (lambda E, context: E[context].transpose(0, 2, 1).reshape(len(context), -1), "All first numbers came first; keep each point's numbers together."),
        (lambda E, context: E[context[:, ::-1]].reshape(len(context), -1), "The points stand in reverse order: the oldest symbol comes first."),
        (lambda E, context: E[context].reshape(-1, E.shape[1]), "One row per symbol; one row per context is asked for."),
        (lambda E, context: E[context].ravel(), "All contexts in one vector; keep one row for each."),
        (lambda E, context: E[context[:, -1]], "Only the last symbol's point: that is a bigram; take all of the context."),
        (lambda E, context: np.eye(len(E))[context].reshape(len(context), -1), "These are one-hot vectors; take the symbols' points from E."),
        (lambda E, context: E[context].reshape(len(context), -1).T, "Transposed: one row per context."),
        (lambda E, context: np.concatenate([E[context[:, place]] for place in range(context.shape[1])]), "The points stand below each other; side by side is asked for: axis=1, or reshape(len(context), -1)."),
        (lambda E, context: E[context[0]].ravel(), "Only the first context came back: is the return inside the loop?"),
        (lambda E, context: E[context[:1]].reshape(1, -1), "Only the first context came back: is the return inside the loop? One row per context is asked for."),
        (lambda E, context: E[context[-1]].ravel(), "Only the last context came back: keep a row for each one."),
        (lambda E, context: E[context].reshape(context.shape[1], -1), "The number of rows is that of the contexts: reshape(len(context), -1), not the context's length."),
        (lambda E, context: np.tile(E[context].ravel(), (len(context), 1)), "Every row holds the points of all contexts: begin a new row for each context, inside the loop."),
        (lambda E, context: E[context].max(axis=1), "The largest of each number was kept; lay the points side by side."),
        (lambda E, context: E[context].sum(axis=2), "Each point was added up to one number; keep all its k numbers, side by side."),
        (lambda E, context: E[context].mean(axis=2), "Of each point only the mean is left; keep all its k numbers, side by side."),
        (lambda E, context: E[context][:, :, 0], "Only the first number of each point came back; keep all k of them, side by side."),
        (lambda E, context: E[context].prod(axis=1), "The points were multiplied; lay them side by side."),
        (lambda E, context: (E - E.mean(axis=0))[context].reshape(len(context), -1), "The mean point was subtracted; the points as they are, are asked for."),
        (lambda E, context: np.tile(E[0], (len(context), context.shape[1])), "Every symbol got the point of symbol 0: look each up, E[context]."),
        (lambda E, context: np.hstack([context, E[context[:, -1]]]), "The numbers of the symbols stand beside a point; the points of all of them are asked for."),
        (lambda E, context: E[context[:, 0]], "Only the first symbol's point: take all of the context."),
        (lambda E, context: E[context[:, 1:]].reshape(len(context), -1), "The oldest symbol's point is missing: take all of the context, from place 0."),
        (lambda E, context: E[context[:, :-1]].reshape(len(context), -1), "The last symbol's point is missing: take all of the context."),
        (lambda E, context: E[context - 1].reshape(len(context), -1), "The points are those of the symbols one earlier: E[context], without − 1, as <s> is row 0."),
        (lambda E, context: E[(context + 1) % len(E)].reshape(len(context), -1), "The points are those of the symbols one later: E[context], without + 1."),
        (lambda E, context: np.sort(E[context].reshape(len(context), -1), axis=1), "The numbers were sorted, so nobody knows whose they are: leave them in order."),
        (lambda E, context: E[np.sort(context, axis=1)].reshape(len(context), -1), "The symbols were sorted first, so their order is lost."),
        (lambda E, context: E @ context, "@ multiplies matrices; E[context] looks up a point for every number."),
        (lambda E, context: np.hstack([E[context[:, 0]], E[context[:, 1]], E[context[:, 2]]]), "This takes three symbols for granted; a context has context.shape[1] of them: E[context].reshape(len(context), -1)."),
        (lambda E, context: context, "These are the numbers of the symbols; look up their points, E[context]."),
        (lambda E, context: context @ np.ones((context.shape[1], 1)), "The numbers of the symbols were added up; look up their points, E[context]."),
        (lambda E, context: context[:, :, None] * np.ones(E.shape[1]), "The numbers of the symbols were multiplied in; look up their points, E[context]."),
        (lambda E, context: np.array([E[row].T.ravel() for row in context])[::-1], "The contexts stand in reverse order, and all first numbers came first: E[context].reshape(len(context), -1)."),
        (lambda E, context: E[context].reshape(len(context), -1)[::-1], "The contexts stand in reverse order: keep theirs."),
        (lambda E, context: E[context].transpose(1, 0, 2).reshape(len(context), -1), "The points of different contexts are mixed: keep the context as the first axis, and reshape without a transpose."),
        (lambda E, context: E[context].transpose(2, 0, 1).reshape(len(context), -1), "The numbers of different contexts are mixed: keep the context as the first axis, reshape without a transpose."),
        (lambda E, context: E[context].reshape(len(context), -1) / np.linalg.norm(E[context].reshape(len(context), -1), axis=1, keepdims=True), "The rows were divided by their length; nothing needs to be divided."),
    ],
)  # fmt: skip


def n_trained(layer_sizes, n_frozen):
    """Weights and biases of all layers but the first n_frozen. layer_sizes from the input to the output -> a number."""
    sizes = layer_sizes[n_frozen:]
    return sum((n_in + 1) * n_out for n_in, n_out in zip(sizes[:-1], sizes[1:]))


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
        (lambda sizes, frozen: sum(sizes[frozen:]), "These are sizes added up; a layer has n_out · n_in weights and n_out biases."),
        (lambda sizes, frozen: sum((sizes[i] + 1) * sizes[i + 1] for i in range(frozen - 1, len(sizes) - 1)), "One layer too many: the loop begins at n_frozen, not at n_frozen − 1."),
        (lambda sizes, frozen: count_parameters(sizes[frozen:-1]) if len(sizes) - frozen > 2 else 0, "The last layer is missing: it trains, too."),
        (lambda sizes, frozen: (sizes[frozen] + 1) * sizes[frozen + 1], "Only the first layer that trains is counted: is the return inside the loop?"),
        (lambda sizes, frozen: sum((a + 1) * b for a, b in _pairs(sizes[2:])), "This always freezes 2 layers: n_frozen needs to have a say."),
        (lambda sizes, frozen: count_parameters(sizes[1:]), "This always freezes 1 layer: n_frozen needs to have a say."),
        (lambda sizes, frozen: count_parameters(sizes[-frozen - 1 :]) if frozen else 0, "These are the last n_frozen layers; the first n_frozen are frozen, and the others train: layer_sizes[n_frozen:]."),
        (lambda sizes, frozen: sum((a + 1) * b for a, b in zip(sizes[-frozen - 1 :], sizes[-frozen:])), "This counts the last n_frozen layers; the first n_frozen are frozen, and all the others train: layer_sizes[n_frozen:]."),
        (lambda sizes, frozen: count_parameters(sizes[: -frozen or None]), "These are the layers but the last n_frozen; the first ones are frozen: layer_sizes[n_frozen:]."),
        (lambda sizes, frozen: [(a + 1) * b for a, b in _pairs(sizes[frozen:])], "One number for each layer: add them up."),
        (lambda sizes, frozen: [a * b for a, b in _pairs(sizes[frozen:])], "These are the weights of each layer: add the biases, and add all up."),
        (lambda sizes, frozen: sizes[frozen:], "These are the sizes that matter: count the weights and biases between them, and add up."),
        (lambda sizes, frozen: (sum(a * b for a, b in _pairs(sizes[frozen:])), sum(sizes[frozen + 1 :])), "These are the weights and the biases: add the two, one number is asked for."),
        (lambda sizes, frozen: sum((a + 1) * (b + 1) for a, b in _pairs(sizes[frozen:])), "The bias adds 1 to n_in alone: (n_in + 1) · n_out."),
        (lambda sizes, frozen: sum(a * b for a, b in _pairs(sizes[frozen:])) + sum(sizes[frozen:]), "The size that goes into the first of these layers has no bias there: n_out of them for each layer."),
        (lambda sizes, frozen: sum(a * b for a, b in _pairs(sizes[frozen:])) + sum(sizes[1:]), "The frozen layers' biases were counted, too: they do not train."),
        (lambda sizes, frozen: sum(a * b for a, b in _pairs(sizes)) + sum(sizes[frozen + 1 :]), "The frozen layers' weights were counted, too: they do not train."),
        (lambda sizes, frozen: sum(a * b for a, b in _pairs(sizes[frozen:])) + 1, "One bias in all is too few: every unit has one."),
        (lambda sizes, frozen: sum(a * b for a, b in _pairs(sizes[frozen:])) + sizes[-1], "Only the last layer has its biases here: the units of the others have one each, too."),
        (lambda sizes, frozen: np.prod(sizes[frozen:]), "Weights join neighbouring layers only: multiply pairs, and add the products up; and every unit has a bias."),
        (lambda sizes, frozen: sum(a + b for a, b in _pairs(sizes[frozen:])), "A weight for every pair of units: n_out times n_in, not plus; and a bias for each of the n_out."),
        (lambda sizes, frozen: sum((a + 1) * b for a, b in zip(sizes[frozen:], sizes[1:])), "The sizes are paired wrongly: cut first, sizes = layer_sizes[n_frozen:], then pair sizes[:-1] with sizes[1:]."),
        (lambda sizes, frozen: sizes[-2] * sizes[-1], "These are the weights of the last layer alone: add its biases, and whatever else trains."),
        (lambda sizes, frozen: len(sizes) - 1 - frozen, "This is how many layers train: count the numbers in their W and b."),
        (lambda sizes, frozen: n_trained(sizes, frozen) / count_parameters(sizes), "This is the share that trains; how many is asked for."),
        (lambda sizes, frozen: count_parameters(sizes) - sum(sizes[:frozen]), "Of the frozen layers only the sizes were subtracted: their weights and biases do not train."),
        (lambda sizes, frozen: sum((b + 1) * b for b in sizes[frozen + 1 :]), "W joins two layers: n_out · n_in, not n_out · n_out."),
        (lambda sizes, frozen: sum(sizes[frozen] * b + b for b in sizes[frozen + 1 :]), "Each layer gets what the layer before it made: n_in changes from layer to layer."),
        (lambda sizes, frozen: sum((a + 1) * b for a, b in zip(sizes[frozen:], sizes[frozen + 2 :])), "This pairs each size with the one after the next: the neighbour of sizes[:-1] is sizes[1:]."),
        (lambda sizes, frozen: count_parameters(sizes) - frozen, "Frozen layers do not count with all their weights and biases; here only their number was subtracted."),
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


def _weights(Q, K, normalised):
    """Weights whose softmax was written anew, normalised(e^scores)."""
    return normalised(np.exp(Q @ K.T / np.sqrt(K.shape[1])))


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
        (lambda Q, K, V: softmax(Q @ K.T) @ V, "The scores were not divided by √d. (Subtracted, it changes nothing.)"),
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
        (lambda Q, K, V: softmax(Q @ K.T / np.sqrt(V.shape[1])) @ V, "d is the length of a key, K.shape[1], not that of a value."),
        (lambda Q, K, V: softmax(Q @ K.T / np.sqrt(2)) @ V, "√2 is right for d = 2 alone: d is the length of a key, K.shape[1]."),
        (lambda Q, K, V: softmax(Q @ K.T / np.sqrt(K.size)) @ V, "d is the length of a key, K.shape[1], not the number of all entries."),
        (lambda Q, K, V: softmax(Q @ K.T / K.shape[1] ** 2) @ V, "The scores were divided by d²; divide by √d."),
        (lambda Q, K, V: softmax(Q @ K.T * K.shape[1]) @ V, "The scores were multiplied by d; divide by √d."),
        (lambda Q, K, V: softmax(-(Q @ K.T) / np.sqrt(K.shape[1])) @ V, "The sign is flipped: a larger score needs a larger weight."),
        (lambda Q, K, V: Q @ K.T @ V, "The softmax and the division by √d are missing: the weights of a query need to sum to 1."),
        (lambda Q, K, V: Q @ K.T / np.sqrt(K.shape[1]), "These are the scores: let softmax make weights of each row, then @ V."),
        (lambda Q, K, V: Q @ K.T, "These are the scores, undivided: / √d, softmax, then @ V."),
        (lambda Q, K, V: softmax(Q @ K.T), "These are weights, and the scores were not divided by √d: divide, softmax, then @ V."),
        (lambda Q, K, V: softmax(Q @ K.T / np.sqrt(K.shape[1]) @ V), "Brackets: the softmax closes before @ V, so that it makes the weights."),
        (lambda Q, K, V: softmax(softmax(Q @ K.T / np.sqrt(K.shape[1])) @ V), "The softmax was taken twice: once, of the scores, before @ V."),
        (lambda Q, K, V: softmax(softmax(Q @ K.T / np.sqrt(K.shape[1]))) @ V, "The softmax was taken twice: once is enough."),
        (lambda Q, K, V: _weights(Q, K, lambda E: E / E.sum()) @ V, "The softmax went over the whole table: the weights of each query (row) need to sum to 1."),
        (lambda Q, K, V: _weights(Q, K, lambda E: E / E.sum(axis=1)) @ V, "keepdims=True is missing: the sum of a row belongs to all of this row."),
        (lambda Q, K, V: _weights(Q, K, lambda E: E / E.max(axis=1, keepdims=True)) @ V, "The weights of each query (row) need to sum to 1: divide by the row's sum, not by its largest."),
        (lambda Q, K, V: _weights(Q, K, lambda E: E / (1 + E)) @ V, "This is a sigmoid of each score; the weights of a query need to sum to 1: softmax."),
        (lambda Q, K, V: (Q @ K.T / (Q @ K.T).sum(axis=1, keepdims=True)) @ V, "Divided by the row's sum, but without e^: scores may be negative, so let softmax make the weights."),
        (lambda Q, K, V: softmax((Q / np.linalg.norm(Q, axis=1, keepdims=True)) @ (K / np.linalg.norm(K, axis=1, keepdims=True)).T) @ V,
         "Queries and keys were brought to length 1; here they keep their lengths, and the scores are divided by √d."),
        (lambda Q, K, V: softmax(-((Q[:, None] - K) ** 2).sum(axis=2) / np.sqrt(K.shape[1])) @ V, "These scores are distances; here they are products, Q @ K.T."),
        (lambda Q, K, V: softmax(Q @ K.T / np.sqrt(K.shape[1])) @ V / np.sqrt(K.shape[1]), "Divided by √d once more at the end: the scores alone are divided."),
        (lambda Q, K, V: softmax(Q @ K.T / np.sqrt(K.shape[1])).round() @ V, "The weights were rounded: leave them as they are."),
        (lambda Q, K, V: np.tanh(Q @ K.T / np.sqrt(K.shape[1])) @ V, "This is a tanh of each score; the weights of a query need to sum to 1: softmax."),
        (lambda Q, K, V: _weights(Q, K, lambda E: np.where(np.tri(*E.shape) > 0, E, 0) / np.where(np.tri(*E.shape) > 0, E, 0).sum(axis=1, keepdims=True)) @ V,
         "This hides the later keys, which is for later: here every query looks at all keys."),
        (lambda Q, K, V: np.tile(V.mean(axis=0), (len(Q), 1)), "All weights are equal: the scores Q @ K.T need to have a say."),
        (lambda Q, K, V: softmax(Q[:1] @ K.T / np.sqrt(K.shape[1]))[0] @ V, "Only the first query has an answer: is the return inside the loop?"),
        (lambda Q, K, V: softmax(Q[-1:] @ K.T / np.sqrt(K.shape[1]))[0] @ V, "Only the last query has an answer: keep a row for each one."),
        (lambda Q, K, V: (softmax(Q @ K.T / np.sqrt(K.shape[1])) @ V).sum(axis=0), "The answers were added up: keep a row for each query."),
        (lambda Q, K, V: (softmax(Q @ K.T / np.sqrt(K.shape[1])) @ V).mean(axis=0), "The answers were averaged: keep a row for each query."),
        (lambda Q, K, V: softmax(Q @ Q.T / np.sqrt(K.shape[1])) @ V, "The keys have no say: Q @ K.T, not Q @ Q.T."),
        (lambda Q, K, V: softmax(K @ K.T / np.sqrt(K.shape[1])) @ V, "The queries have no say: Q @ K.T, not K @ K.T."),
        (lambda Q, K, V: softmax(Q @ V.T / np.sqrt(K.shape[1])) @ V, "The scores compare queries with keys, Q @ K.T, not with values."),
        (lambda Q, K, V: softmax(Q @ K / np.sqrt(K.shape[1])) @ V, "K needs a transpose: Q @ K.T compares every query (row of Q) with every key (row of K)."),
        (lambda Q, K, V: softmax(Q @ K.T / np.sqrt(K.shape[1])) @ V.T, "V has a row for each key already: @ V, without a transpose."),
        (lambda Q, K, V: softmax(Q @ K.T / np.sqrt(K.shape[1])) * V, "@ adds up weight times value over all keys; * keeps them apart."),
        (lambda Q, K, V: softmax(Q * K / np.sqrt(K.shape[1])) @ V, "Q @ K.T compares every query with every key; Q * K multiplies entry by entry."),
    ],
)  # fmt: skip
