"""Exercises of lesson 10: a head's scores, mask and softmax, the mixture and its gradient, places, one merge of a pair."""

import inspect
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
        (f"{T} places, k = {k}", (2 * rng.normal(size=(T, k)), rng.normal(size=(T, k))))
        for T, k in ((3, 2), (5, 4), (4, 4), (6, 3))
    ]


def _of_length_1(X):
    return X / np.linalg.norm(X, axis=1, keepdims=True)


check_head_scores = Exercise(
    head_scores,
    [
        ("two places, k = 2", (np.array([[2.0, 0.0], [0.0, 1.0]]), np.array([[1.0, 0.0], [3.0, 2.0]]))),
        *_queries_and_keys(),
    ],
    hints=[
        "A score is a query times a key: number by number, added up. Which product does that for all pairs at once?",
        "Q @ K.T has a row for each query and a column for each key. Divide it by the root of k, the numbers in a key.",
        "return Q @ K.T / np.sqrt(K.shape[1])",
    ],
    mistakes=[
        (lambda Q, K: Q @ K.T, "The scale is forgotten: divide by √k, with k = K.shape[1], the numbers in a key."),
        (lambda Q, K: Q @ K.T / K.shape[1], "The scores are divided by k; divide by its root, np.sqrt(K.shape[1])."),
        (lambda Q, K: Q @ K.T / K.shape[1] ** 1 / 2, "Divided by k, and halved: √k is K.shape[1] ** 0.5, or np.sqrt(K.shape[1]). (** comes before /, so ** 1/2 is no root.)"),
        (lambda Q, K: Q @ K.T / np.linalg.norm(Q, axis=1, keepdims=True), "Divided by the length of each query: √k is the root of how many numbers a key has, K.shape[1]."),
        (lambda Q, K: Q @ K.T / np.linalg.norm(K, axis=1), "Divided by the length of each key: √k is the root of how many numbers a key has, K.shape[1]."),
        (lambda Q, K: Q @ K.T / np.linalg.norm(K), "Divided by the length of all keys together: √k is the root of how many numbers a key has, K.shape[1]."),
        (lambda Q, K: Q @ K.T / np.linalg.norm(Q @ K.T), "Divided by the length of all scores: √k is the root of how many numbers a key has, K.shape[1]."),
        (lambda Q, K: Q @ K.T * np.sqrt(K.shape[1]), "The scores are multiplied by √k; divide."),
        (lambda Q, K: Q @ K.T * K.shape[1], "The scores are multiplied by k; divide by √k."),
        (lambda Q, K: Q @ K.T / K.shape[1] ** 2, "The scores are divided by k²; divide by √k."),
        (lambda Q, K: Q @ K.T - np.sqrt(K.shape[1]), "√k is subtracted; divide by it."),
        (lambda Q, K: Q @ K.T / np.sqrt(len(K)), "k is the numbers in a key, K.shape[1]; here the number of places, len(K), was taken."),
        (lambda Q, K: Q @ K.T / len(K), "The scores are divided by the number of places; divide by √k, with k = K.shape[1]."),
        (lambda Q, K: Q @ K.T / np.sqrt(K.size), "k is the numbers in a key, K.shape[1], not the number of all entries."),
        (lambda Q, K: Q @ K.T / np.sqrt(2), "√2 is right for k = 2 alone: k is K.shape[1]."),
        (lambda Q, K: Q @ K.T / 8, "8, the root of 64, is right for k = 64 alone: divide by np.sqrt(K.shape[1])."),
        (lambda Q, K: Q @ K.T / 2, "2 is right for k = 4 alone: divide by np.sqrt(K.shape[1])."),
        (lambda Q, K: K @ Q.T / np.sqrt(K.shape[1]), "Transposed: a row belongs to a query and a column to a key, Q @ K.T."),
        (lambda Q, K: K @ Q.T, "Transposed, and the scale is forgotten: Q @ K.T has a row for each query; divide it by √k."),
        (lambda Q, K: K @ Q.T / K.shape[1], "Transposed, and divided by k: Q @ K.T has a row for each query; divide it by √k."),
        (lambda Q, K: -(Q @ K.T) / np.sqrt(K.shape[1]), "The sign is flipped: a key that fits the query needs a large score."),
        (lambda Q, K: softmax(Q @ K.T / np.sqrt(K.shape[1])), "These are weights already: the scores are asked for, before any softmax."),
        (lambda Q, K: softmax(Q @ K.T), "These are weights, of scores that were not divided by √k: the divided scores are asked for, without softmax."),
        (lambda Q, K: softmax(Q @ K.T) / np.sqrt(K.shape[1]), "These are weights, divided afterwards: the scores are asked for, divided by √k, and no softmax."),
        (lambda Q, K: _down(Q @ K.T / np.sqrt(K.shape[1])), "These are weights already, and their columns sum to 1: the scores are asked for, before any softmax."),
        (lambda Q, K: masked_weights(Q @ K.T / np.sqrt(K.shape[1])), "These are weights already, and masked: the scores of all keys are asked for; mask and softmax come next."),
        (lambda Q, K: _masked(Q @ K.T / np.sqrt(K.shape[1]), -np.inf), "The later keys are masked already: here the scores of all keys are asked for; the mask comes next."),
        (lambda Q, K: _masked(Q @ K.T, -np.inf), "The later keys are masked already, and √k is missing: the scores of all keys are asked for, divided by √k."),
        (lambda Q, K: _masked(Q @ K.T / K.shape[1], -np.inf), "The later keys are masked already, and the others divided by k: the scores of all keys are asked for, divided by √k."),
        (lambda Q, K: np.triu(Q @ K.T / np.sqrt(K.shape[1])), "The scores of earlier keys became 0: here those of all keys are asked for."),
        (lambda Q, K: np.tril(Q @ K.T / np.sqrt(K.shape[1])), "The scores of later keys became 0: here those of all keys are asked for; the mask comes next, and it is not 0."),
        (lambda Q, K: np.exp(Q @ K.T / np.sqrt(K.shape[1])), "This is e to the scores, half of a softmax: the scores themselves are asked for."),
        (lambda Q, K: Q @ K / np.sqrt(K.shape[1]), "K needs a transpose: Q @ K.T compares every query (row of Q) with every key (row of K)."),
        (lambda Q, K: Q @ K, "K needs a transpose, Q @ K.T; and divide by √k."),
        (lambda Q, K: Q * K / np.sqrt(K.shape[1]), "Q * K multiplies entry by entry; Q @ K.T compares every query with every key."),
        (lambda Q, K: Q * K, "Q * K multiplies entry by entry; Q @ K.T compares every query with every key. And divide by √k."),
        (lambda Q, K: (Q * K).sum(axis=1) / np.sqrt(K.shape[1]), "Each query is compared with the key of its own place alone; Q @ K.T compares it with every key."),
        (lambda Q, K: (Q * K).sum(axis=1), "Each query is compared with the key of its own place alone, and √k is missing: Q @ K.T compares it with every key."),
        (lambda Q, K: Q.T @ K / np.sqrt(K.shape[1]), "The other one needs the transpose: Q @ K.T, so that rows of Q meet rows of K."),
        (lambda Q, K: Q.T @ K, "The other one needs the transpose, Q @ K.T, so that rows of Q meet rows of K; and divide by √k."),
        (lambda Q, K: Q @ Q.T / np.sqrt(K.shape[1]), "The keys have no say: Q @ K.T, not Q @ Q.T."),
        (lambda Q, K: K @ K.T / np.sqrt(K.shape[1]), "The queries have no say: Q @ K.T, not K @ K.T."),
        (lambda Q, K: _of_length_1(Q) @ _of_length_1(K).T, "Queries and keys were brought to length 1; here they keep their lengths, and the scores are divided by √k."),
        (lambda Q, K: _of_length_1(Q) @ _of_length_1(K).T / np.sqrt(K.shape[1]), "Queries and keys were brought to length 1; here they keep their lengths."),
        (lambda Q, K: np.linalg.norm(Q[:, None] - K, axis=2), "These are distances; a score is a product, Q @ K.T, divided by √k."),
        (lambda Q, K: ((Q[:, None] - K) ** 2).sum(axis=2), "These are squared distances; a score is a product, Q @ K.T, divided by √k."),
        (lambda Q, K: -((Q[:, None] - K) ** 2).sum(axis=2) / np.sqrt(K.shape[1]), "These scores come from distances; here they are products, Q @ K.T."),
        (lambda Q, K: Q[:, None] * K / np.sqrt(K.shape[1]), "The products of single numbers are not added up yet: sum over the last axis, or take Q @ K.T."),
        (lambda Q, K: Q[:, None] * K, "The products of single numbers are not added up yet: take Q @ K.T, and divide by √k."),
        (lambda Q, K: Q[0] @ K.T / np.sqrt(K.shape[1]), "Only the first query has its scores: is the return inside the loop? A row for each query is asked for."),
        (lambda Q, K: Q[-1] @ K.T / np.sqrt(K.shape[1]), "Only the last query has its scores: keep a row for each one."),
        (lambda Q, K: (Q @ K.T / np.sqrt(K.shape[1])).ravel(), "All in one row: keep a row for each query."),
        (lambda Q, K: (Q @ K.T / np.sqrt(K.shape[1])).cumsum().reshape(len(Q), -1), "Each score holds all the scores before it, too: the sum starts at 0 anew for each pair of query and key."),
        (lambda Q, K: (Q @ K.T / np.sqrt(K.shape[1])).sum(axis=1), "The scores of each query were added up: keep one for each key."),
        (lambda Q, K: (Q @ K.T / np.sqrt(K.shape[1])).argmax(axis=1), "This is the key with the largest score; the scores themselves are asked for."),
        (lambda Q, K: Q.sum(axis=1)[:, None] * K.sum(axis=1) / np.sqrt(K.shape[1]), "Each was added up before they met: multiply number by number first, then add up: Q @ K.T."),
        (lambda Q, K: Q[:, -1:] * K[:, -1] / np.sqrt(K.shape[1]), "Only the last term of each sum is left: += adds up the products of all the numbers, as Q @ K.T does."),
        (lambda Q, K: Q[:, :1] * K[:, 0] / np.sqrt(K.shape[1]), "Only the first number of each query and key is used: Q @ K.T adds up over all of them."),
    ],
)  # fmt: skip


def _later(T, above=1):
    return np.triu(np.ones((T, T), dtype=bool), above)


def _masked(scores, value, above=1):
    return np.where(_later(len(scores), above), value, scores)


def masked_weights(scores):
    """softmax over the keys (a row each query), with the scores of later keys at minus infinity. (T, T) -> (T, T)."""
    T = len(scores)
    later = np.triu(np.ones((T, T), dtype=bool), 1)
    return softmax(np.where(later, -np.inf, scores))


def _tables():
    rng = np.random.default_rng(3)
    return [(f"random scores of {T} places", (2 * rng.normal(size=(T, T)),)) for T in (3, 4, 5, 6)]


def _shared(numbers, axis=1):
    """Each row divided by its own sum, or each column."""
    return numbers / numbers.sum(axis=axis, keepdims=True)


def _down(scores):
    """softmax over the queries, down each column; written anew, as nan may be in it."""
    return softmax(scores.T).T


def _filled(value):
    words = f"A score of {value} still gets a weight, if a small one: the later keys need −np.inf.".replace("-", "−")
    return lambda scores: softmax(_masked(scores, value)), words


check_mask = Exercise(
    masked_weights,
    [("two places", (np.array([[1.0, 5.0], [0.0, np.log(3)]]),)), *_tables()],
    hints=[
        "Row i holds the scores of query i. It may look at the keys 0 to i; the later ones stand above the diagonal.",
        "np.triu(np.ones((T, T), dtype=bool), 1) is True above the diagonal. Put −np.inf there: e to it is 0.",
        "return softmax(np.where(np.triu(np.ones((T, T), dtype=bool), 1), -np.inf, scores)), with T = len(scores)",
    ],
    mistakes=[
        (lambda scores: softmax(scores), "The mask is missing: the scores of later keys, above the diagonal, need to be −np.inf before the softmax."),
        (lambda scores: np.tril(softmax(scores)), "The mask comes after the softmax, so the rows no longer sum to 1 (or a row was divided by a sum that has the later keys in it): put −np.inf into the scores first."),
        (lambda scores: np.tril(softmax(scores)) / np.tril(softmax(scores)).sum(axis=1), "keepdims=True is missing: the sum of a row belongs to all of this row, not to a column. (And with −np.inf put in before the softmax, each row sums to 1 by itself.)"),
        (lambda scores: np.where(_later(len(scores)), -np.inf, softmax(scores)), "The mask comes after the softmax, and −inf is no weight: put −np.inf into the scores, then take the softmax."),
        (lambda scores: softmax(np.tril(softmax(scores))), "The softmax is taken twice, and the mask in between: put −np.inf into the scores, then take one softmax."),
        (lambda scores: softmax(_masked(softmax(scores), -np.inf)), "The softmax is taken twice: put −np.inf into the scores themselves, then take one softmax."),
        (lambda scores: softmax(masked_weights(scores)), "The softmax is taken twice: after the second one the later keys have weights again."),
        (lambda scores: softmax(np.tril(scores)), "A score of 0 still gets a weight, as e⁰ is 1: the later keys need −np.inf."),
        (lambda scores: softmax(_masked(scores, -1.0)), "A score of −1 still gets a weight: the later keys need −np.inf."),
        (lambda scores: softmax(_masked(scores, 1.0)), "A score of 1 still gets a weight: the later keys need −np.inf."),
        *(_filled(value) for value in (-2, -3, -5, -10, -20)),
        (lambda scores: softmax(_masked(scores, scores.min())), "Even the smallest of the scores still gets a weight: the later keys need −np.inf."),
        (lambda scores: softmax(_masked(scores, 1e9)), "The later keys have by far the largest scores, and get all the weight: is a minus sign missing? They need −np.inf."),
        (lambda scores: softmax(_masked(scores, np.nan)), "nan wherever a row has a later key: nan or +∞ in a row spoils all of it. Is the minus sign missing? The later keys need −np.inf."),
        (lambda scores: softmax(scores - 10 * _later(len(scores))), "The later keys are only 10 worse off than before, and still get a weight: put −np.inf in the place of their scores."),
        (lambda scores: softmax(scores - _later(len(scores))), "The later keys are only 1 worse off than before, and still get a weight: put −np.inf in the place of their scores."),
        (lambda scores: softmax(scores + _later(len(scores))), "The later keys are 1 better off than before: put −np.inf in the place of their scores, so that their weights are 0."),
        (lambda scores: _down(_masked(scores, -np.inf)), "Softmax over the queries, down the columns: the weights of each query (row) need to sum to 1."),
        (lambda scores: softmax(_masked(scores, -np.inf).T), "The masked scores were transposed before the softmax: it works on rows, and each row is a query, so no .T is needed."),
        (lambda scores: _down(scores), "Softmax over the queries, down the columns, and the mask is missing: each row needs to sum to 1, with 0 above the diagonal."),
        (lambda scores: np.tril(_down(scores)), "Softmax over the queries, down the columns, and the mask after it: put −np.inf in first, and let each row sum to 1."),
        (lambda scores: _down(np.tril(scores)), "Softmax over the queries, down the columns; and a score of 0 still gets a weight: the later keys need −np.inf."),
        (lambda scores: softmax(_masked(scores, -np.inf, 0)), "The mask takes one too many: a query may look at its own place, or the first one has no key at all. Only what lies above the diagonal is later: np.triu(…, 1)."),
        (lambda scores: softmax(_masked(scores, -1e9, 0)), "The mask takes the diagonal, too: a query may look at its own place. Only what lies above the diagonal is later: np.triu(…, 1)."),
        (lambda scores: _down(_masked(scores, -np.inf, 0)), "Softmax over the queries, and the mask takes the diagonal, too: each row needs to sum to 1, and a query may look at its own place."),
        (lambda scores: softmax(_masked(scores, -np.inf, 2)), "The future leaks: each query sees the next key, too. All that lies above the diagonal is later: np.triu(…, 1)."),
        (lambda scores: softmax(np.where(np.eye(len(scores), k=1) > 0, -np.inf, scores)), "Only the very next key is hidden: all the later ones need −np.inf."),
        (lambda scores: softmax(np.where(np.eye(len(scores)) > 0, -np.inf, scores)), "The query's own place is hidden; hide the later ones, above the diagonal."),
        (lambda scores: softmax(np.where(_later(len(scores)).T, -np.inf, scores)), "The earlier keys are hidden; hide the later ones, above the diagonal."),
        (lambda scores: softmax(np.where(_later(len(scores), 0).T, -np.inf, scores)), "All but the later keys are hidden: put −np.inf where later is True, and the scores where it is False."),
        (lambda scores: np.triu(softmax(scores)), "The earlier keys got 0, and after the softmax; the later ones need −np.inf before it."),
        (lambda scores: np.triu(softmax(scores), 1), "Only the weights of later keys are kept: these are to be hidden, with −np.inf before the softmax."),
        (lambda scores: masked_weights(scores).T, "Transposed: a row belongs to a query, and sums to 1."),
        (lambda scores: masked_weights(scores.T), "The scores were transposed: row i holds the scores of query i already."),
        (lambda scores: masked_weights(scores.T).T, "Softmax over the queries, down the columns, and the earlier keys are hidden: rows are queries, and what is later lies to the right."),
        (lambda scores: _masked(scores, -np.inf), "These are the masked scores: the softmax that makes weights of them is missing."),
        (lambda scores: np.tril(scores), "These are scores, the later ones 0: put −np.inf in their place, and take the softmax."),
        (lambda scores: np.exp(_masked(scores, -np.inf)), "The rows need to sum to 1: divide each by its own sum."),
        (lambda scores: np.exp(scores), "This is e to the scores: the mask is missing, and each row needs to be divided by its own sum."),
        (lambda scores: (E := np.exp(_masked(scores, -np.inf))) / E.sum(), "The whole table sums to 1; the weights of each query (row) need to."),
        (lambda scores: (E := np.exp(_masked(scores, -np.inf))) / E.sum(axis=1), "keepdims=True is missing: the sum of a row belongs to all of this row, not to a column."),
        (lambda scores: (E := np.exp(scores - scores.max(axis=1))) * np.tri(len(E)) / (E * np.tri(len(E))).sum(axis=1), "keepdims=True is missing, at the max and at the sum: both belong to a row, not to a column."),
        (lambda scores: (E := np.exp((S := _masked(scores, -np.inf)) - S.max(axis=1))) / E.sum(axis=1), "keepdims=True is missing in both places, at the max and at the sum: both belong to a row, not to a column."),
        (lambda scores: (E := np.exp(_masked(scores, -np.inf))) / E.max(axis=1, keepdims=True), "The largest weight of each row is 1, but the row needs to sum to 1: divide it by its sum."),
        (lambda scores: np.tril(np.exp(scores)) / np.exp(scores).sum(axis=1), "keepdims=True is missing, and the mask comes after the sum: it has to leave the later keys out."),
        (lambda scores: _shared(np.tril(scores)), "Divided by the row's sum, but without e^: scores may be negative, so let softmax make the weights."),
        (lambda scores: _shared(np.tril(np.ones(scores.shape))), "All keys so far have the same weight: the scores need to have a say."),
        (lambda scores: softmax(_masked(-scores, -np.inf)), "The sign is flipped: a larger score needs a larger weight."),
        (lambda scores: softmax(_masked(scores, -np.inf) / np.sqrt(len(scores))), "Divided by the root of the number of places: the scores that come in are divided already."),
        (lambda scores: np.tril(1 / (1 + np.exp(-scores))), "This is a sigmoid of each score; the weights of a query need to sum to 1: softmax."),
        (lambda scores: np.eye(len(scores))[_masked(scores, -np.inf).argmax(axis=1)], "The best key gets all the weight; softmax shares it, so that it can be trained."),
        (lambda scores: _later(len(scores)), "This is where the mask lies: put −np.inf there, and take the softmax."),
        (lambda scores: _masked(np.zeros(scores.shape), -np.inf), "This is the mask alone: add the scores, and take the softmax."),
        (lambda scores: masked_weights(scores)[-1], "These are the weights of the last query alone: a row for each one is asked for."),
        (lambda scores: masked_weights(scores)[0], "These are the weights of the first query alone: is the return inside the loop?"),
        (lambda scores: softmax(scores + _later(len(scores)) * -np.inf), "Every number is nan: 0 · −inf makes it, and a row in which all is hidden. np.where(later, -np.inf, scores) puts −inf where later is True, and nowhere else."),
        (lambda scores: np.nan_to_num(softmax(_masked(scores, -np.inf, 0))), "A query may look at its own place, too: only what lies above the diagonal is later, or row 0 has no key at all."),
        (lambda scores: np.floor(masked_weights(scores)), "All but the first row is 0: is the return inside the loop, or were the weights cut to whole numbers (dtype=int)?"),
        (lambda scores: np.log(masked_weights(scores)), "This is the logarithm of the weights: the weights themselves are asked for."),
    ],
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


def _without_own(A):
    return A - np.diag(np.diag(A))


_BY_HAND = np.array([[1.0, 0.0], [0.25, 0.75]]), np.array([[4.0, 0.0], [8.0, 4.0]])

check_mixture = Exercise(
    mixture,
    [("two places", _BY_HAND), *_weights_and_values(4)],
    hints=[
        "Output i is a sum over all places j: the weight in row i and column j, times the value of j.",
        "That is what a matrix product does: rows of A times columns of V.",
        "return A @ V",
    ],
    mistakes=[
        (lambda A, V: A.T @ V, "A is transposed: row i of A holds the weights of query i."),
        (lambda A, V: A * V, "@ adds up weight times value over all places; * goes entry by entry."),
        (lambda A, V: A.T * V, "@ adds up weight times value over all places; * goes entry by entry. And A needs no transpose."),
        (lambda A, V: V @ A, "The two have changed places: A @ V, rows of weights times values."),
        (lambda A, V: A @ V.T, "V has a row for each place already: A @ V, without a transpose."),
        (lambda A, V: (A @ V.T).T, "V has a row for each place already: A @ V, without any transpose."),
        (lambda A, V: 1.0 * V, "This is V itself: the weights of a row sum to 1, so that A[t, j] * V[t] adds up to V[t]. The value is that of the place which is looked at, V[j]."),
        (lambda A, V: V.T @ A, "Each column of A was taken for the weights, and the answer is transposed: A @ V."),
        (lambda A, V: (A @ V).T, "Transposed: one row per place."),
        (lambda A, V: softmax(A) @ V, "A holds weights already, which sum to 1: no second softmax."),
        (lambda A, V: masked_weights(A) @ V, "A holds weights already, masked and summing to 1: no second mask and softmax."),
        (lambda A, V: np.exp(A) @ V, "A holds weights already: no exponential."),
        (lambda A, V: A @ V / len(V), "Divided by the number of places: the weights sum to 1 already, so the mean needs no division."),
        (lambda A, V: A @ V / np.arange(1, len(V) + 1)[:, None], "Divided by the number of places so far: the weights sum to 1 already, so the mean needs no division."),
        (lambda A, V: A @ V / np.sqrt(V.shape[1]), "Divided by the root of V.shape[1]: the scores alone are divided, before the softmax."),
        (lambda A, V: V.cumsum(axis=0) / np.arange(1, len(V) + 1)[:, None], "All values so far count alike: the weights need to have a say."),
        (lambda A, V: V.cumsum(axis=0), "All values so far were added up: each needs its weight, A @ V."),
        (lambda A, V: np.tile(V.mean(axis=0), (len(V), 1)), "This is the mean of all values, also of the later ones: the weights need to have a say."),
        (lambda A, V: A @ V + V, "V is added once more: a mean with these weights is all that is asked for."),
        (lambda A, V: V[A.argmax(axis=1)], "This takes the value with the largest weight alone: add up all of them, each with its weight."),
        (lambda A, V: A.max(axis=1, keepdims=True) * V[A.argmax(axis=1)], "Only the largest weight of each query is used: add up all of them."),
        (lambda A, V: np.diag(A)[:, None] * V, "Each place sees its own value alone: add up those of all places, with their weights."),
        (lambda A, V: _without_own(A) @ V, "The value of the place itself is missing: the sum goes from place 0 to t, with t in it."),
        (lambda A, V: A[:, -1:] * V[-1], "Only the last term of each sum is left: += adds up all of them."),
        (lambda A, V: A[:, :1] * V[0], "Only the first value is used: add up those of all places, with their weights."),
        (lambda A, V: A.sum(axis=0)[:, None] * V, "Weights were added up over the queries, down the columns: the sum of weight times value runs over the places that are looked at, A @ V."),
        (lambda A, V: A[:, :, None] * V, "These are the terms, weight times value: add them up over the places that are looked at, axis=1."),
        (lambda A, V: (A[:, :, None] * V).sum(axis=2), "The sum runs over the numbers of a value: add up over the places that are looked at, axis=1."),
        (lambda A, V: (A @ V).sum(axis=0), "The outputs were added up: keep a row for each place."),
        (lambda A, V: (A @ V).mean(axis=0), "The outputs were averaged: keep a row for each place."),
        (lambda A, V: A[0] @ V, "Only the first place has an output: is the return inside the loop?"),
        (lambda A, V: A[-1] @ V, "Only the last place has an output: keep a row for each one."),
        (lambda A, V: A @ V[::-1], "Weights and values run in opposite directions: weight j belongs to value j."),
        (lambda A, V: A**2 @ V, "The weights were squared: take them as they are."),
        (lambda A, V: A @ A @ V, "The weights were used twice: A @ V, once."),
        (lambda A, V: A.round() @ V, "The weights were rounded: leave them as they are."),
        (lambda A, V: np.outer(A[:, 0], V[:, 0]), "Only one column of each is used: A @ V takes all of A and all of V."),
    ],
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
        "Value j goes into output i with the weight A[i, j]. By which factor does output i move when value j does?",
        "Upstream · local, summed over all that value j went into: the outputs i. That sum runs down column j of A.",
        "return A.T @ upstream",
    ],
    mistakes=[
        (lambda upstream, A: A @ upstream, "A needs a transpose: value j adds up over the queries i that looked at it, down column j of A."),
        (lambda upstream, A: 1.0 * upstream, "This is upstream itself: a row of A sums to 1, so that A[i, j] * upstream[i], added up over j, is upstream[i]. Add up over the queries i: dV[j] += …"),
        (lambda upstream, A: _without_own(A) @ upstream, "A needs a transpose: value j adds up over the queries i that looked at it. And the query of its own place looked at it, too."),
        (lambda upstream, A: np.tril(np.ones(A.shape)).T @ upstream, "The upstream slopes of all later queries count alike: query i reaches value j with the weight A[i, j]."),
        (lambda upstream, A: (A * (1 - A)) @ upstream, "Two slips: A needs a transpose, and A (1 − A) is the slope of a softmax by its score: that of A V by V is A."),
        (lambda upstream, A: (1 - A**2).T @ upstream, "1 − A² is the slope of tanh: that of A V by V is A."),
        (lambda upstream, A: A.T * upstream, "@ adds up over the queries that looked at a value; * goes entry by entry."),
        (lambda upstream, A: A * upstream, "@ adds up over the queries that looked at a value, A.T @ upstream; * goes entry by entry."),
        (lambda upstream, A: upstream @ A, "The two have changed places, and A needs a transpose: A.T @ upstream."),
        (lambda upstream, A: upstream @ A.T, "The two have changed places: A.T @ upstream."),
        (lambda upstream, A: (A.T @ upstream).T, "Transposed: a row for each value, as V has."),
        (lambda upstream, A: (A @ upstream).T, "Transposed, and the sum runs over the wrong places: A.T @ upstream."),
        (lambda upstream, A: A.T, "These are the local slopes, the weights: multiply them with upstream, A.T @ upstream."),
        (lambda upstream, A: A.sum(axis=0), "This is how much each value was looked at: upstream is missing, A.T @ upstream."),
        (lambda upstream, A: A.sum(axis=0)[:, None] * upstream, "All weights of a value meet the upstream of its own place; but query i brings upstream[i]: A.T @ upstream adds up the right ones."),
        (lambda upstream, A: np.tile(upstream.sum(axis=0), (len(A), 1)), "The upstream slopes were added up without weights: query i reaches value j with the weight A[i, j]."),
        (lambda upstream, A: A.sum(axis=0)[:, None] * upstream.sum(axis=0), "Each was added up before they met: weight times upstream first, then the sum over the queries: A.T @ upstream."),
        (lambda upstream, A: A.T @ upstream / len(A), "Divided by the number of places: slopes of all queries are added up, not averaged."),
        (lambda upstream, A: -A.T @ upstream, "The sign is flipped: a value and the outputs that it goes into move the same way."),
        (lambda upstream, A: A.T @ A @ upstream, "A is in it once too often: the slope of A V by V is A alone."),
        (lambda upstream, A: A.T @ upstream + upstream, "upstream is added once more: the mixture alone is asked for, A.T @ upstream."),
        (lambda upstream, A: np.linalg.solve(A, upstream), "This divides by A: a slope is a product, A.T @ upstream."),
        (lambda upstream, A: np.linalg.solve(A.T, upstream), "This divides by A transposed: a slope is a product, A.T @ upstream."),
        (lambda upstream, A: np.diag(A)[:, None] * upstream, "Each value hears from its own place alone: the later queries looked at it, too."),
        (lambda upstream, A: _without_own(A).T @ upstream, "The query of the value's own place is missing: it looked at it, too."),
        (lambda upstream, A: np.outer(A[-1], upstream[-1]), "Only what the last query brings is left: += adds up all of them."),
        (lambda upstream, A: np.outer(A[0], upstream[0]), "Only what the first query brings is counted: add up over all of them."),
        (lambda upstream, A: A[:, :, None] * upstream[:, None], "These are the terms, weight times upstream: add them up over the queries, axis=0."),
        (lambda upstream, A: (A.T @ upstream).sum(axis=0), "The rows were added up: each value has its own slope."),
        (lambda upstream, A: (A * (1 - A)).T @ upstream, "A (1 − A) is the slope of a softmax by its score; the values come after it, and their slope is A."),
        (lambda upstream, A: softmax(A).T @ upstream, "A holds weights already: no second softmax."),
        (lambda upstream, A: softmax(A.T) @ upstream, "A holds weights already: no second softmax."),
        (lambda upstream, A: _shared(A, 0).T @ upstream, "The columns were made to sum to 1: take the weights as they are."),
        (lambda upstream, A: A.T @ upstream[::-1], "A and upstream run in opposite directions: row i of both belongs to query i."),
        (lambda upstream, A: A.T[0] @ upstream, "Only the first value has a slope: is the return inside the loop?"),
        (lambda upstream, A: A.T[-1] @ upstream, "Only the last value has a slope: keep a row for each one."),
        (lambda upstream, A: A**2 @ upstream, "The weights were squared, and A needs a transpose: A.T @ upstream."),
        (lambda upstream, A: (A**2).T @ upstream, "The weights were squared: A.T @ upstream."),
        (lambda upstream, A: upstream @ upstream.T, "A has no say here: A.T @ upstream."),
    ],
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


def _every_pair(outer, inner):
    return np.concatenate([row + inner for row in outer])


check_add_places = Exercise(
    add_places,
    _points(),
    hints=[
        "The table of symbols has a point for each symbol, the table of places one for each place: 0, 1, 2, …",
        "symbols[s] has a row for each symbol of the name. Its first place is 0: which rows of places belong to them?",
        "return symbols[s] + places[: len(s)]",
    ],
    mistakes=[
        (lambda symbols, places, s: symbols[s], "The places are missing: add the point of each place, 0, 1, 2, …"),
        (lambda symbols, places, s: places[: len(s)], "The symbols are missing: add the point of each symbol, symbols[s]."),
        (lambda symbols, places, s: symbols[s] + places[s], "places[s] asks for places by the number of the symbol: the symbol at place t gets row t, whichever it is."),
        (lambda symbols, places, s: symbols[: len(s)] + places[: len(s)], "The symbols were picked by place: symbols[s] has the point of each symbol of the name."),
        (lambda symbols, places, s: symbols[s] * places[: len(s)], "The two points are multiplied; add them."),
        (lambda symbols, places, s: symbols[s] - places[: len(s)], "The places are subtracted; add them."),
        (lambda symbols, places, s: places[: len(s)] - symbols[s], "The symbols are subtracted; add them."),
        (lambda symbols, places, s: (symbols[s] + places[: len(s)]) / 2, "This is the middle between the two points; their sum is asked for."),
        (lambda symbols, places, s: np.hstack([symbols[s], places[: len(s)]]), "The two points stand side by side; add them, so that the width stays."),
        (lambda symbols, places, s: np.vstack([symbols[s], places[: len(s)]]), "The places stand below the symbols; add the two points of each place."),
        (lambda symbols, places, s: (symbols[s], places[: len(s)]), "The two are handed back apart; add them."),
        (lambda symbols, places, s: symbols[s] + places[1 : len(s) + 1], "The places are counted from 0: the first symbol, <s>, stands at place 0."),
        (lambda symbols, places, s: symbols[s] + places[: len(s)][::-1], "The places run backwards: the first symbol stands at place 0."),
        (lambda symbols, places, s: symbols[s] + places[-len(s) :], "These are the last places; the name begins at place 0."),
        (lambda symbols, places, s: symbols[s] + places[0], "Every symbol got place 0: the one at place t gets places[t]."),
        (lambda symbols, places, s: symbols[s] + places[len(s)], "Every symbol got the point of one place, number len(s); the one at place t gets places[t]."),
        (lambda symbols, places, s: symbols[s] + places[len(s) - 1], "Every symbol got the last place of the name: the one at place t gets places[t]."),
        (lambda symbols, places, s: symbols[s] + places[1], "Every symbol got place 1: the one at place t gets places[t]."),
        (lambda symbols, places, s: symbols[s] + places[-1], "Every symbol got the very last place: the one at place t gets places[t]."),
        (lambda symbols, places, s: symbols[s] + places.sum(axis=0), "Every symbol got the sum of all places: the one at place t gets places[t] alone."),
        (lambda symbols, places, s: symbols[s] + places[[list(s).index(symbol) for symbol in s]], "A symbol that comes twice got the place of its first both times, as list.index does: enumerate(s) counts the places."),
        (lambda symbols, places, s: np.sqrt(symbols.shape[1]) * symbols[s] + places[: len(s)], "The symbols are multiplied by the root of the width, as some models do: here the two points are added as they are."),
        (lambda symbols, places, s: symbols[s] + places.mean(axis=0), "Every symbol got the mean of all places: the one at place t gets places[t]."),
        (lambda symbols, places, s: symbols[s] + places[: len(s)].sum(axis=0), "Every symbol got the sum of the places: the one at place t gets places[t] alone."),
        (lambda symbols, places, s: symbols[s] + places[: len(s)].cumsum(axis=0), "The places were added up one after the other: the symbol at place t gets places[t] alone."),
        (lambda symbols, places, s: symbols[s].cumsum(axis=0) + places[: len(s)], "The symbols were added up one after the other: each place keeps its own symbol's point."),
        (lambda symbols, places, s: symbols[s] + np.arange(len(s))[:, None], "The number of the place was added; add its point, places[t]."),
        (lambda symbols, places, s: symbols[s[0]] + places[: len(s)], "Every place got the first symbol: symbols[s] has each one's own."),
        (lambda symbols, places, s: symbols[s[-1]] + places[: len(s)], "Every place got the last symbol: symbols[s] has each one's own."),
        (lambda symbols, places, s: symbols[s[::-1]] + places[: len(s)], "The symbols were read backwards."),
        (lambda symbols, places, s: symbols[np.sort(s)] + places[: len(s)], "The symbols were sorted: leave them in the order of the name."),
        (lambda symbols, places, s: symbols[s + 1] + places[: len(s)], "The number of each symbol is 1 too large: <s> is 0, so symbols[s]."),
        (lambda symbols, places, s: symbols[s - 1] + places[: len(s)], "The number of each symbol is 1 too small: <s> is 0, so symbols[s]."),
        (lambda symbols, places, s: s[:, None] + places[: len(s)], "The number of the symbol was added; its point is asked for, symbols[s]."),
        (lambda symbols, places, s: (symbols[s] + places[: len(s)]).sum(axis=0), "The points were added up to one: keep a row for each place."),
        (lambda symbols, places, s: (symbols[s] + places[: len(s)]).mean(axis=0), "This is the mean point of the name: keep a row for each place."),
        (lambda symbols, places, s: (symbols[s] + places[: len(s)]).T, "Transposed: one row per place."),
        (lambda symbols, places, s: (symbols[s] + places[: len(s)]).ravel(), "All in one row: keep a row for each place."),
        (lambda symbols, places, s: symbols[s[0]] + places[0], "Only the first place has a point: is the return inside the loop?"),
        (lambda symbols, places, s: symbols[s[-1]] + places[len(s) - 1], "Only the last place has a point: append each to a list, and return that."),
        (lambda symbols, places, s: (symbols[s] + places[: len(s)])[1:], "The first row is missing: <s> at place 0 has a point, too."),
        (lambda symbols, places, s: symbols[s[1:]] + places[: len(s) - 1], "<s> is left out, so every letter got the place of the one before it: symbols[s] has a row for <s>, too."),
        (lambda symbols, places, s: (symbols[s] + places[: len(s)])[:-1], "The last row is missing: the last symbol of s has a point, too."),
        (lambda symbols, places, s: symbols[s] @ places[: len(s)].T, "Symbols and places were compared with each other; add the two points of each place."),
        (lambda symbols, places, s: symbols[s] + 2 * places[: len(s)], "The places were added twice: once is enough."),
        (lambda symbols, places, s: _every_pair(symbols[s], places), "A loop in a loop puts every symbol at every place, of all 16: one loop, with enumerate(s), puts symbol t at place t."),
        (lambda symbols, places, s: _every_pair(symbols[s], places[: len(s)]), "A loop in a loop puts every symbol at every place: one loop, with enumerate(s), puts symbol t at place t."),
        (lambda symbols, places, s: _every_pair(places[: len(s)], symbols[s]), "A loop in a loop gives every place every symbol: one loop, with enumerate(s), puts symbol t at place t."),
        (lambda symbols, places, s: symbols[s][:, None] + places[: len(s)], "Every symbol was put at every place: row t of one belongs to row t of the other."),
    ],
)  # fmt: skip


def _seen(answer, tokens, pair):
    """A list of tokens as numbers that can be compared; what a wrong one of them means stands in _WORDS."""
    if inspect.isgenerator(answer):
        raise TypeError("a generator has not made its tokens yet")
    if not isinstance(answer, list | tuple | np.ndarray) or not all(isinstance(token, str) for token in answer):
        return np.zeros(len(_WORDS))
    mine = list(map(str, answer))
    same_text, left = "".join(mine) == "".join(tokens), pair in zip(mine, mine[1:])
    n_letters = len("".join(mine)) - len("".join(tokens))
    return np.array(
        [
            1,
            min(0, n_letters),
            max(0, n_letters),
            same_text,
            left,
            "" in mine,
            len(mine),
            zlib.crc32("\0".join(mine).encode(errors="surrogatepass")) / 2**32,
        ]
    )


_WORDS = [
    "the answer needs to be a list of tokens, each of them a string, such as ['a', 'n', 'na'].",
    "letters of the text are lost: each token goes on to the new list, alone or joined.",
    "there are more letters than in the text: what was joined must not come a second time, nor anything be added.",
    "the tokens, one after the other, are not the text any more: its letters may neither move nor change.",
    "the pair still stands there, unjoined: go through all tokens, and leave none of its places out.",
    "an empty token stands in it: the joined one takes the place of both.",
    "the number of tokens is not right: join this pair alone, wherever it stands, and leave all others as they are.",
    "as many tokens as in the answer, but not the same: go from left to right, and join this pair alone.",
]


def _joined(tokens, fits, skip=2):
    """The merge in learners' way, with a place that moves on; fits(tokens, place) says where the two are joined."""
    merged, place = [], 0
    while place < len(tokens):
        if place + 1 < len(tokens) and fits(tokens, place):
            merged.append(tokens[place] + tokens[place + 1])
            place += skip
        else:
            merged.append(tokens[place])
            place += 1
    return merged


def _some(wanted):
    """Joins only some of the pair's places: wanted(list of places) -> those that are joined."""

    def wrong(tokens, pair):
        places, place = [], 0
        while place < len(tokens) - 1:
            fits = (tokens[place], tokens[place + 1]) == pair
            places += [place] if fits else []
            place += 2 if fits else 1
        kept = wanted(places)
        return _joined(tokens, lambda tokens, place: place in kept)

    return wrong


def _in_place_of(pair_becomes):
    """Puts something else where the pair stood: pair_becomes(pair) -> a list."""

    def wrong(tokens, pair):
        merged, place = [], 0
        while place < len(tokens):
            fits = tuple(tokens[place : place + 2]) == pair
            merged += pair_becomes(pair) if fits else [tokens[place]]
            place += 2 if fits else 1
        return merged

    return wrong


def _fits(tokens, place, pair):
    return (tokens[place], tokens[place + 1]) == pair


def _last_lost(tokens, pair):
    merged, place = [], 0
    while place < len(tokens) - 1:
        fits = _fits(tokens, place, pair)
        merged.append("".join(pair) if fits else tokens[place])
        place += 2 if fits else 1
    return merged


def _without_else(tokens, pair):
    return ["".join(pair)] * sum(tuple(tokens[k : k + 2]) == pair for k in range(len(tokens)))


def _by_ending(tokens, pair):
    merged = []
    for token in tokens:
        if merged and merged[-1].endswith(pair[0]) and token == pair[1]:
            merged[-1] += token
        else:
            merged.append(token)
    return merged


def _two_by_two(tokens, pair):
    places = range(0, len(tokens), 2)
    return ["".join(pair) if tuple(tokens[place : place + 2]) == pair else tokens[place] for place in places]


def _up_to_the_first(tokens, pair):
    first = next((place for place in range(len(tokens)) if tuple(tokens[place : place + 2]) == pair), len(tokens))
    return tokens[:first] + ["".join(pair)] * (first < len(tokens))


def _of_letters(tokens, pair):
    """The text anew, in letters, but for the pair."""
    text, new, pieces = "".join(tokens), "".join(pair), []
    while text:
        pieces.append(new if text.startswith(new) else text[0])
        text = text[len(pieces[-1]) :]
    return pieces


check_merge = Exercise(
    merge,
    [
        ("anna and the pair (n, a)", (list("anna"), ("n", "a"))),
        ("“tent, tea” and the pair (t, e)", (list("tent, tea"), ("t", "e"))),
        ("aaaaa and the pair (a, a)", (list("aaaaa"), ("a", "a"))),
        ("th·e·m·e·t·he·th·e and the pair (th, e)", (["th", "e", "m", "e", "t", "he", "th", "e"], ("th", "e"))),
        ("moth·e·th·en·th·e and the pair (th, e)", (["moth", "e", "th", "en", "th", "e"], ("th", "e"))),
        ("x·th·e·e·th and the pair (th, e)", (["x", "th", "e", "e", "th"], ("th", "e"))),
        ("baobab and the pair (q, u)", (list("baobab"), ("q", "u"))),
        ("aabbab and the pair (a, b)", (list("aabbab"), ("a", "b"))),
    ],
    hints=[
        "Make a new list, and go through the tokens from left to right: append each, unless it completes the pair.",
        "If the new list's last token and this one are the pair, the last one becomes both, joined: merged[-1] += token.",
        "for token in tokens: if merged and (merged[-1], token) == pair: merged[-1] += token; else: merged.append(token)",
    ],
    mistakes=[
        (lambda tokens, pair: list(tokens), "Nothing is joined: wherever the two of the pair are neighbours, one token takes their place. (A list and a tuple are never equal, and “is” asks for the very same one.)"),
        (_some(lambda places: places[:1]), "Only the first place of the pair is joined: go on to the end."),
        (_some(lambda places: places[-1:]), "Only the last place of the pair is joined: join it wherever it stands."),
        (_some(lambda places: places[1:]), "The first place of the pair is left out: join it wherever it stands."),
        (_some(lambda places: places[:-1]), "The last place of the pair is left out: does the loop end too early?"),
        (_some(lambda places: [place for place in places if place % 2 == 0]), "The tokens are taken two by two: a pair that begins at an odd place is missed."),
        (lambda tokens, pair: [token[::-1] for token in merge([t[::-1] for t in tokens[::-1]], tuple(p[::-1] for p in pair[::-1]))][::-1],
         "This goes from right to left: of three alike, the first two become one token."),
        (lambda tokens, pair: _joined(tokens, lambda tokens, place: _fits(tokens, place, pair), skip=1), "The second of the two is still there after they were joined: skip it."),
        (lambda tokens, pair: _joined(tokens, lambda tokens, place: _fits(tokens, place, pair), skip=3), "After the two were joined, the token that follows is lost: go on by two places, not three."),
        (lambda tokens, pair: _joined(tokens, lambda tokens, place: _fits(tokens, place, pair), skip=1)[: len(tokens) - 1], "Two slips: the second of the two is still there after they were joined, and the last token is lost. (In a for loop, i += 1 skips nothing.)"),
        (lambda tokens, pair: (new := merge(tokens, pair)) + tokens[-1:] * (new[-1] != tokens[-1]), "Where the pair stands at the end, its second token comes once more: the last token is left over only if it was not joined."),
        (_two_by_two, "Here the place moves on by two even where nothing is joined: by one there."),
        (_up_to_the_first, "It ends with the first pair that is joined: is a return, or a break, in the loop?"),
        (_in_place_of(lambda pair: ["".join(pair), ""]), "An empty token is left where the second of the two was: the joined one takes the place of both."),
        (_in_place_of(lambda pair: [pair[0], "".join(pair)]), "The first of the two was kept beside the joined token: that takes the place of both."),
        (lambda tokens, pair: " ".join(tokens).replace(" ".join(pair), "".join(pair)).split(), "A blank is a token like any other, and .split() loses it; and replace looks at the text, where a token may end or begin with one of the pair: compare token by token."),
        (lambda tokens, pair: "|".join(tokens).replace("|".join(pair), "".join(pair)).split("|"), "replace looks at the text, where a longer token may end or begin with one of the pair: compare whole tokens, one by one."),
        (_last_lost, "The last token is lost where it is not part of a pair: the loop ends one too early."),
        (_without_else, "Only the joined pairs are in it: the other tokens belong in between, as they are."),
        (_in_place_of(lambda pair: []), "The pair is taken out: put both, joined, in its place."),
        (_in_place_of(lambda pair: [pair[0]]), "Only the first of the two is left: join both, pair[0] + pair[1]."),
        (_in_place_of(lambda pair: [pair[1]]), "Only the second of the two is left: join both, pair[0] + pair[1]."),
        (_in_place_of(lambda pair: [pair[1] + pair[0]]), "The two are joined the wrong way round: pair[0] + pair[1]."),
        (_in_place_of(lambda pair: [" ".join(pair)]), "There is a blank in the joined token: pair[0] + pair[1]."),
        (_in_place_of(lambda pair: ["+".join(pair)]), "There is a + in the joined token: pair[0] + pair[1], where the + stands outside of the quotes."),
        (_in_place_of(lambda pair: ["".join(pair), *pair]), "The joined token was put in, and its two parts were kept: it takes their place."),
        (lambda tokens, pair: _joined(tokens, lambda tokens, place: tokens[place] == pair[0]), "The first of the pair is joined to whatever follows: the next token needs to be the second one."),
        (lambda tokens, pair: _joined(tokens, lambda tokens, place: tokens[place + 1] == pair[1]), "The second of the pair is joined to whatever stands before it: that token needs to be the first one."),
        (lambda tokens, pair: _joined(tokens, lambda tokens, place: tokens[place] in pair and tokens[place + 1] in pair), "Any two tokens of the pair are joined, in any order: first pair[0], then pair[1]."),
        (lambda tokens, pair: _joined(tokens, lambda tokens, place: _fits(tokens, place, pair) or _fits(tokens, place, pair[::-1])), "The pair is joined in both orders: first pair[0], then pair[1]."),
        (lambda tokens, pair: _joined(tokens, lambda tokens, place: _fits(tokens, place, pair[::-1])), "The pair is looked for in the wrong order: first pair[0], then pair[1]."),
        (lambda tokens, pair: _joined(tokens, lambda tokens, place: tokens[place] + tokens[place + 1] == "".join(pair)), "What the two spell is compared: t and he spell the same as th and e, but are another pair."),
        (_by_ending, "Only the end of the token before is compared: all of it needs to be pair[0]."),
        (_of_letters, "The text was cut into letters again: tokens that were joined before stay joined."),
        (lambda tokens, pair: ["".join(tokens)], "All tokens are joined to one: only where the two of the pair are neighbours."),
        (lambda tokens, pair: _joined(tokens, lambda tokens, place: True), "The tokens are joined two by two, whatever they are: only those that are the pair."),
        (lambda tokens, pair: list("".join(tokens)), "These are the letters: leave the tokens whole, and join the pair. (A list += a text takes it letter by letter; append takes it whole.)"),
        (lambda tokens, pair: ["".join(pair)], "This is the new token alone: the whole text, cut into tokens, is asked for."),
        (lambda tokens, pair: merge(tokens, pair)[::-1], "The tokens stand in reverse order."),
        (lambda tokens, pair: [*tokens, "".join(pair)], "The new token was put at the end: it takes the place of the two, wherever they stand."),
        (lambda tokens, pair: list(dict.fromkeys(merge(tokens, pair))), "Each token is there once only: the whole text is asked for, with all that comes again."),
        (lambda tokens, pair: sorted(set(merge(tokens, pair))), "These are the different tokens, sorted: the whole text is asked for, token by token."),
    ],
    seen=_seen,
    words=_WORDS,
    shown=lambda tokens: "·".join(map(str, tokens)) or "nothing",
)  # fmt: skip
