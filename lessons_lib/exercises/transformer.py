"""Exercises of lesson 10: a head's scores, mask and softmax, the mixture and its gradient, places, one merge of a pair."""

import zlib

import numpy as np

from lessons_lib.exercises.checking import Exercise
from lessons_lib.maths.byte_pairs import merge
from lessons_lib.maths.multiclass_classification import softmax


def head_scores(Q, K):
    """QKᵀ / √k: a row for each query, a column for each key. Q, K (T, k) -> (T, T)."""
    return Q @ K.T / np.sqrt(K.shape[1])


def _queries_and_keys():
    rng = np.random.default_rng(2)
    return [
        (f"{T} places, k = {k}", (rng.normal(size=(T, k)), rng.normal(size=(T, k))))
        for T, k in ((3, 2), (5, 4), (4, 4), (6, 3))
    ]


check_head_scores = Exercise(
    head_scores,
    [("two places, k = 2", (np.array([[2.0, 0.0], [0.0, 1.0]]), np.array([[1.0, 0.0], [3.0, 2.0]]))), *_queries_and_keys()],
    hints=[
        "A score is a query times a key: multiply them number by number, and add up. Which product does that for all pairs?",
        "Q @ K.T has a row for each query and a column for each key. Divide it by the root of k, the numbers in a key.",
        "return Q @ K.T / np.sqrt(K.shape[1])",
    ],
    mistakes=[(lambda Q, K: Q @ K.T, "The scale is missing: divide by √k, the root of K.shape[1].")],
)  # fmt: skip


def masked_weights(scores):
    """softmax over the keys (a row each query), with the scores of later keys at minus infinity. (T, T) -> (T, T)."""
    T = len(scores)
    later = np.triu(np.ones((T, T), dtype=bool), 1)
    return softmax(np.where(later, -np.inf, scores))


def _tables():
    rng = np.random.default_rng(3)
    return [(f"random scores of {T} places", (2 * rng.normal(size=(T, T)),)) for T in (3, 4, 5, 6)]


check_mask = Exercise(
    masked_weights,
    [("two places", (np.array([[1.0, 5.0], [0.0, np.log(3)]]),)), *_tables()],
    hints=[
        "Row t holds the scores of query t. It may look at the keys 0 to t; the later ones stand above the diagonal.",
        "np.triu(np.ones((T, T), dtype=bool), 1) is True above the diagonal. Put −np.inf there: e to it is 0.",
        "return softmax(np.where(np.triu(np.ones((T, T), dtype=bool), 1), -np.inf, scores))",
    ],
    mistakes=[(lambda scores: softmax(scores), "The mask is missing: later keys, above the diagonal, need −np.inf before the softmax.")],
)  # fmt: skip


def mixture(A, V):
    """A V: for each query the mean of the values, with its row of weights. A (T, T), V (T, v) -> (T, v)."""
    return A @ V


def _weights_and_values(seed):
    rng = np.random.default_rng(seed)
    return [
        (f"{T} places, {v} numbers a value", (masked_weights(2 * rng.normal(size=(T, T))), rng.normal(size=(T, v))))
        for T, v in ((3, 2), (4, 4), (5, 3), (6, 8))
    ]


_BY_HAND = np.array([[1.0, 0.0], [0.25, 0.75]]), np.array([[4.0, 0.0], [8.0, 4.0]])

check_mixture = Exercise(
    mixture,
    [("two places", _BY_HAND), *_weights_and_values(4)],
    hints=[
        "Output t is a sum over all places j: the weight in row t and column j times the value of j.",
        "That is what a matrix product does: rows of A times columns of V.",
        "return A @ V",
    ],
    mistakes=[(lambda A, V: A.T @ V, "A is transposed: row t holds the weights of query t.")],
)  # fmt: skip


def value_gradient(upstream, A):
    """Aᵀ upstream = ∂L/∂V of the mixture A V: a value hears from every query that looked at it.

    upstream: ∂L/∂(A V) (T, v), A (T, T) -> (T, v).
    """
    return A.T @ upstream


check_value_gradient = Exercise(
    value_gradient,
    [("two places", _BY_HAND[::-1]), *((name, arguments[::-1]) for name, arguments in _weights_and_values(5))],
    hints=[
        "Value j goes into output t with the weight A[t, j]. By which factor does output t move if value j does?",
        "Upstream · local, summed over all that value j went into: the outputs t. That sum runs down a column of A.",
        "return A.T @ upstream",
    ],
    mistakes=[(lambda upstream, A: A @ upstream, "A needs a transpose: the sum runs over the queries that looked at a value, down a column of A.")],
)  # fmt: skip


def add_places(symbols, places, s):
    """The point of each symbol + the point of its place. symbols (28, width), places (16, width), s (T,) -> (T, width)."""
    return symbols[s] + places[: len(s)]


def _points():
    rng = np.random.default_rng(6)
    words = ([0, 5, 13, 13, 1], [0, 1, 14, 14, 1], [0, 2, 15, 2], [0, 26, 15, 5, 25, 1, 3])
    return [
        (f"{len(s)} symbols, width {width}", (rng.normal(size=(28, width)), rng.normal(size=(16, width)), np.array(s)))
        for s, width in zip(words, (2, 4, 5, 3))
    ]


check_add_places = Exercise(
    add_places,
    _points(),
    hints=[
        "The table of symbols has a point for each symbol, the table of places one for each place: 0, 1, 2, …",
        "symbols[s] has a row for each symbol of the name. Its first place is 0: which rows of places belong to them?",
        "return symbols[s] + places[: len(s)]",
    ],
    mistakes=[(lambda symbols, places, s: symbols[s], "The places are missing: add the point of each place, 0, 1, 2, …")],
)  # fmt: skip


def _seen(tokens_out, tokens, pair):
    """A list of tokens as numbers that can be compared: what each entry tells stands in _WORDS."""
    if not isinstance(tokens_out, list | tuple | np.ndarray) or not all(isinstance(token, str) for token in tokens_out):
        raise TypeError("a list of strings is needed")
    out = list(map(str, tokens_out))
    same_text, left = "".join(out) == "".join(tokens), tuple(pair) in list(zip(out, out[1:]))
    return np.array([1, same_text, left, len(out), zlib.crc32("\0".join(out).encode()) / 2**32])


_WORDS = [
    "the answer needs to be a list of tokens, each a string.",
    "the tokens, one after the other, are not the text any more: no letter may get lost, be doubled or move.",
    "the pair still stands there, unjoined: go through all tokens.",
    "the number of tokens is not right: join this pair only, wherever it stands, each token at most once.",
    "as many tokens as in the answer, but not the same: go from left to right.",
]

check_merge = Exercise(
    merge,
    [
        ("“anna” and (n, a)", (list("anna"), ("n", "a"))),
        ("“the tent” and (t, e)", (list("the tent"), ("t", "e"))),
        ("“aaaaa” and (a, a)", (list("aaaaa"), ("a", "a"))),
        ("th e  th em e and (th, e)", (["th", "e", " ", "th", "em", "e"], ("th", "e"))),
        ("“xyz” and (q, u)", (list("xyz"), ("q", "u"))),
    ],
    hints=[
        "Make a new list, and go through the tokens from left to right: append each, unless it completes the pair.",
        "If the new list's last token and this one are the pair, the last one becomes both joined: merged[-1] + token.",
        "for token in tokens: if merged and (merged[-1], token) == pair: merged[-1] += token; else: merged.append(token)",
    ],
    mistakes=[(lambda tokens, pair: list(tokens), "Nothing is joined.")],
    seen=_seen,
    words=_WORDS,
)  # fmt: skip
