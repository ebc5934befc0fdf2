"""Lesson 08 as learners answer it: the right ones, and the wrong ones with words that their message must hold."""

import collections
import decimal
import itertools
import math

import numpy as np

from lessons_lib.maths.bigram_language_model import SYMBOLS, encode, pairs
from lessons_lib.maths.multiclass_classification import softmax

# --- the pairs of a name


def pairs_by_loop(name):
    symbols = encode(name)
    rows = []
    for i in range(len(symbols) - 1):
        rows.append([symbols[i], symbols[i + 1]])
    return np.array(rows)


def pairs_by_hand(name):
    numbers = [0] + [ord(letter) - ord("a") + 1 for letter in name] + [27]
    return [(a, b) for a, b in zip(numbers, numbers[1:])]


def pairs_one_too_far(name):
    symbols = encode(name)
    return [[symbols[i], symbols[i + 1]] for i in range(len(symbols))]


def pairs_stops_early(name):
    symbols = encode(name)
    return [[symbols[i], symbols[i + 1]] for i in range(len(symbols) - 2)]


def pairs_of_letters(name):
    return [(name[i], name[i + 1]) for i in range(len(name) - 1)]


def pairs_return_in_loop(name):
    symbols, rows = encode(name), []
    for i in range(len(symbols) - 1):
        rows.append([symbols[i], symbols[i + 1]])
        return np.array(rows)


def pairs_zip(name):
    symbols = encode(name)
    return zip(symbols, symbols[1:])


def pairs_two_arrays(name):
    symbols = encode(name)
    return symbols[:-1], symbols[1:]


def pairs_append_two(name):
    symbols, rows = encode(name), []
    for i in range(len(symbols) - 1):
        rows.append(symbols[i], symbols[i + 1])
    return rows


def pairs_concatenated(name):
    symbols = encode(name)
    return np.concatenate([symbols[:-1], symbols[1:]])


def pairs_letter_by_letter(name):
    rows = []
    for a, b in zip(name, name[1:]):
        rows.append([encode(a), encode(b)])
    return np.array(rows)


def pairs_all_with_all(name):
    return list(itertools.combinations(encode(name).tolist(), 2))


def pairs_set(name):
    symbols = encode(name).tolist()
    return set(zip(symbols, symbols[1:]))


def pairs_different_lengths(name):
    symbols = encode(name)
    return np.column_stack([symbols, symbols[1:]])


NAME_PAIRS = {
    "right": [
        pairs_by_loop,
        pairs_by_hand,
        lambda name: np.stack([encode(name)[:-1], encode(name)[1:]], axis=1),
        lambda name: list(zip(encode(name)[:-1], encode(name)[1:])),
        lambda name: np.array([encode(name)[:-1], encode(name)[1:]]).T,
        lambda name: np.transpose(pairs([name])),
        lambda name: np.lib.stride_tricks.sliding_window_view(encode(name), 2),
        lambda name: list(itertools.pairwise(encode(name))),
        lambda name: np.vstack((encode(name)[:-1], encode(name)[1:])).T,
        lambda name: np.c_[encode(name)[:-1], encode(name)[1:]].astype(float),
    ],
    "wrong": [
        (pairs_one_too_far, "index"),
        (pairs_stops_early, "end mark"),
        (pairs_of_letters, "a text"),
        (pairs_return_in_loop, "return"),
        (pairs_zip, "zip"),
        (pairs_two_arrays, "transposed"),
        (pairs_append_two, "append"),
        (pairs_concatenated, "two columns"),
        (pairs_letter_by_letter, "whole name"),
        (pairs_all_with_all, "neighbours"),
        (pairs_set, "set"),
        (pairs_different_lengths, "do not fit together"),
        (lambda name: np.column_stack([encode(name)[1:-1], encode(name)[2:]]), "start mark"),
        (lambda name: np.column_stack([encode(name)[1:-2], encode(name)[2:-1]]), "Both end marks"),
        (lambda name: np.column_stack([encode(name)[1:], encode(name)[:-1]]), "swapped"),
        (lambda name: np.array([encode(name)[:-1], encode(name)[1:]]), "transposed"),
        (lambda name: np.column_stack([encode(name)[:-1], encode(name)[1:]]) - 1, "off by one"),
        (lambda name: np.column_stack([encode(name)[:-1], encode(name)[1:]]) + 1, "1 too large"),
        (lambda name: encode(name), "symbols themselves"),
        (lambda name: np.column_stack([encode(name)[:-1], encode(name)[:-1]]), "next"),
        (lambda name: np.column_stack([encode(name)[:-2], encode(name)[2:]]), "skip"),
        (lambda name: np.column_stack([encode(name), np.roll(encode(name), -1)]), "<e>"),
        (lambda name: np.column_stack([encode(name)[::-1][:-1], encode(name)[::-1][1:]]), "backwards"),
        (lambda name: np.column_stack([encode(name)[:-1], encode(name)[1:]]).ravel(), "two columns"),
        (lambda name: encode(name)[1:], "next"),
        (lambda name: np.column_stack([encode(name)[:-1], encode(name)[1:]]).tolist()[::-1], "reverse"),
        (lambda name: len(name) + 1, "pair"),
    ],
}

# --- counting


def count_by_loops(names):
    counts = np.zeros((28, 28))
    for name in names:
        symbols = encode(name)
        for i in range(len(symbols) - 1):
            counts[symbols[i], symbols[i + 1]] += 1
    return counts


def count_in_lists(names):
    counts = [[0] * 28 for _ in range(28)]
    for i, j in zip(*pairs(names)):
        counts[i][j] += 1
    return counts


def count_by_counter(names):
    counter = collections.Counter((int(i), int(j)) for i, j in zip(*pairs(names)))
    counts = np.zeros((28, 28), dtype=int)
    for place, times in counter.items():
        counts[place] = times
    return counts


def count_by_bincount(names):
    previous, following = pairs(names)
    return np.bincount(28 * previous + following, minlength=784).reshape(28, 28)


def count_by_matrices(names):
    previous, following = pairs(names)
    return np.eye(28)[previous].T @ np.eye(28)[following]


def count_same_row_list(names):
    counts = [[0] * 28] * 28
    for i, j in zip(*pairs(names)):
        counts[i][j] += 1
    return counts


def count_fancy(names):
    counts = np.zeros((28, 28))
    previous, following = pairs(names)
    counts[previous, following] += 1
    return counts


def count_sets_one(names):
    counts = np.zeros((28, 28))
    for i, j in zip(*pairs(names)):
        counts[i, j] = 1
    return counts


def count_first_name(names):
    counts = np.zeros((28, 28))
    for name in names:
        symbols = encode(name)
        for i, j in zip(symbols, symbols[1:]):
            counts[i, j] += 1
        return counts


def count_last_name(names):
    for name in names:
        counts = np.zeros((28, 28))
        symbols = encode(name)
        for i, j in zip(symbols, symbols[1:]):
            counts[i, j] += 1
    return counts


def count_first_pair(names):
    counts = np.zeros((28, 28))
    for i, j in zip(*pairs(names)):
        counts[i, j] += 1
        return counts


def count_small_table(names):
    counts = np.zeros((26, 26))
    for i, j in zip(*pairs(names)):
        counts[i, j] += 1
    return counts


def count_one_short(names):
    counts = np.zeros((27, 27))
    for i, j in zip(*pairs(names)):
        counts[i, j] += 1
    return counts


def count_two_indices(names):
    counts = np.zeros((28, 28))
    for i, j in zip(*pairs(names)):
        counts[i][j] + 1
    return counts


def count_no_end(names):
    counts = np.zeros((28, 28))
    for name in names:
        symbols = encode(name)[:-1]
        for i, j in zip(symbols, symbols[1:]):
            counts[i, j] += 1
    return counts


def count_no_start(names):
    counts = np.zeros((28, 28))
    for name in names:
        symbols = encode(name)[1:]
        for i, j in zip(symbols, symbols[1:]):
            counts[i, j] += 1
    return counts


def count_letters_only(names):
    counts = np.zeros((28, 28))
    for name in names:
        for a, b in zip(name, name[1:]):
            counts[ord(a) - 96, ord(b) - 96] += 1
    return counts


def count_letters_from_zero(names):
    counts = np.zeros((28, 28))
    for name in names:
        for a, b in zip(name, name[1:]):
            counts[ord(a) - 97, ord(b) - 97] += 1
    return counts


def count_by_letter(names):
    counts = {}
    for name in names:
        for a, b in zip(name, name[1:]):
            counts[a, b] = counts.get((a, b), 0) + 1
    return counts


def count_index_by_letters(names):
    counts = np.zeros((28, 28))
    for name in names:
        for a, b in zip(name, name[1:]):
            counts[a, b] += 1
    return counts


def count_encodes_list(names):
    counts = np.zeros((28, 28))
    symbols = encode(names)
    for i, j in zip(symbols, symbols[1:]):
        counts[i, j] += 1
    return counts


def count_joined(names):
    symbols = encode("".join(names))
    counts = np.zeros((28, 28))
    for i, j in zip(symbols, symbols[1:]):
        counts[i, j] += 1
    return counts


def count_one_run(names):
    symbols = np.concatenate([encode(name) for name in names])
    counts = np.zeros((28, 28))
    for i, j in zip(symbols, symbols[1:]):
        counts[i, j] += 1
    return counts


def count_transposed(names):
    counts = np.zeros((28, 28))
    for i, j in zip(*pairs(names)):
        counts[j, i] += 1
    return counts


def count_both_ways(names):
    counts = np.zeros((28, 28))
    for i, j in zip(*pairs(names)):
        counts[i, j] += 1
        counts[j, i] += 1
    return counts


def count_divides(names):
    counts = np.zeros((28, 28))
    for i, j in zip(*pairs(names)):
        counts[i, j] += 1
    return counts / counts.sum()


def count_starts_at_ones(names):
    counts = np.ones((28, 28))
    for i, j in zip(*pairs(names)):
        counts[i, j] += 1
    return counts


def count_symbols(names):
    counts = np.zeros(28)
    for i in np.concatenate([encode(name) for name in names]):
        counts[i] += 1
    return counts


def count_adds_numbers(names):
    counts = np.zeros((28, 28))
    for i, j in zip(*pairs(names)):
        counts[i, j] += j
    return counts


def count_diagonal(names):
    counts = np.zeros((28, 28))
    for i, j in zip(*pairs(names)):
        counts[i] += 1
    return counts


def count_twice(names):
    counts = np.zeros((28, 28))
    for name in names:
        for i, j in zip(*pairs([name])):
            counts[i, j] += 1
            counts[i, j] += 1
    return counts


def count_every_other(names):
    counts = np.zeros((28, 28))
    for name in names:
        symbols = encode(name)
        for k in range(0, len(symbols) - 1, 2):
            counts[symbols[k], symbols[k + 1]] += 1
    return counts


COUNT = {
    "right": [
        count_by_loops,
        count_in_lists,
        count_by_counter,
        count_by_bincount,
        count_by_matrices,
        lambda names: np.histogram2d(*pairs(names), bins=28, range=[[-0.5, 27.5], [-0.5, 27.5]])[0],
        lambda names: sum(count_by_loops([name]) for name in names),
    ],
    "wrong": [
        (count_same_row_list, "same row"),
        (count_fancy, "np.add.at"),
        (count_sets_one, "once at most"),
        (count_first_name, "first name"),
        (count_last_name, "last name"),
        (count_first_pair, "first pair"),
        (count_small_table, "26 places"),
        (count_one_short, "27 places"),
        (count_two_indices, "“counts[i][j] = counts[i][j] + 1” does"),
        (count_no_end, "end mark"),
        (count_no_start, "start mark"),
        (count_letters_only, "Both end marks"),
        (count_letters_from_zero, "off by one"),
        (count_by_letter, "dict"),
        (count_index_by_letters, "a is the text"),
        (count_encodes_list, "one name"),
        (count_joined, "run into each other"),
        (count_one_run, "<e> to the next"),
        (count_transposed, "Column instead of row"),
        (count_both_ways, "both"),
        (count_divides, "plain counts"),
        (count_starts_at_ones, "Start from zeros"),
        (count_symbols, "table"),
        (count_adds_numbers, "add 1"),
        (count_diagonal, "column"),
        (count_twice, "twice"),
        (count_every_other, "every other"),
    ],
}

# --- rows that sum to 1


def rows_by_loop(counts):
    P = np.zeros((28, 28))
    for i in range(28):
        total = counts[i].sum()
        if total > 0:
            P[i] = counts[i] / total
        else:
            P[i] = 1 / 28
    return P


def rows_in_lists(counts):
    return [[c / sum(row) if sum(row) else 1 / len(row) for c in row] for row in counts.tolist()]


def rows_repaired(counts):
    P = counts / counts.sum(axis=1, keepdims=True)
    P[np.isnan(P)] = 1 / 28
    return P


def rows_filled_first(counts):
    filled = counts.astype(float)
    filled[filled.sum(axis=1) == 0] = 1
    return filled / filled.sum(axis=1)[:, None]


def rows_transposed_twice(counts):
    totals = np.sum(counts, axis=1)
    return np.where(totals > 0, counts.T / np.where(totals > 0, totals, 1), 1 / 28).T


def rows_if_of_array(counts):
    totals = counts.sum(axis=1, keepdims=True)
    if totals > 0:
        return counts / totals
    return np.full((28, 28), 1 / 28)


def rows_loop_no_else(counts):
    P = np.zeros((28, 28))
    for i in range(28):
        if counts[i].sum() > 0:
            P[i] = counts[i] / counts[i].sum()
    return P


def rows_in_place(counts):
    counts /= counts.sum(axis=1, keepdims=True)
    return counts


def rows_last_fixed(counts):
    P = counts / counts.sum(axis=1, keepdims=True)
    P[-1] = 1 / 28
    return P


def rows_return_in_loop(counts):
    P = np.zeros((28, 28))
    for i in range(28):
        P[i] = counts[i] / max(counts[i].sum(), 1)
        return P


def rows_first_row_of_all(counts):
    return counts[0] / counts[0].sum()


def rows_int_table(counts):
    P = np.zeros((28, 28), dtype=int)
    for i in range(28):
        P[i] = counts[i] / counts[i].sum() if counts[i].sum() else 1 / 28
    return P


def rows_python_sum(counts):
    return counts / sum(counts)


def rows_axis_two(counts):
    return counts / counts.sum(axis=2, keepdims=True)


ROW_PROBABILITIES = {
    "right": [
        rows_by_loop,
        rows_in_lists,
        rows_repaired,
        rows_filled_first,
        rows_transposed_twice,
        lambda counts: np.nan_to_num(counts / counts.sum(axis=1, keepdims=True), nan=1 / 28),
        lambda counts: np.where(counts.sum(1, keepdims=True) == 0, 1 / 28, counts / counts.sum(1, keepdims=True)),
        lambda counts: np.array([row / row.sum() if row.any() else np.ones(28) / 28 for row in counts]),
        lambda counts: np.apply_along_axis(lambda r: r / r.sum() if r.sum() else np.full(28, 1 / 28), 1, counts),
    ],
    "wrong": [
        (rows_if_of_array, "np.where"),
        (rows_loop_no_else, "1/28"),
        (rows_in_place, "in"),
        (rows_last_fixed, "Another row may be empty"),
        (rows_return_in_loop, "return"),
        (rows_first_row_of_all, "row"),
        (rows_int_table, "int"),
        (rows_python_sum, "axis=1"),
        (rows_axis_two, "axis"),
        (lambda counts: counts / counts.sum(axis=1, keepdims=True), "0/0"),
        (lambda counts: counts / np.maximum(counts.sum(axis=1, keepdims=True), 1), "1/28"),
        (lambda counts: np.nan_to_num(counts / counts.sum(axis=1, keepdims=True)), "1/28"),
        (lambda counts: counts / counts.sum(axis=0), "axis=1"),
        (lambda counts: counts / np.maximum(counts.sum(axis=0), 1), "axis=1"),
        (lambda counts: np.nan_to_num(counts / counts.sum(axis=0), nan=1 / 28), "axis=1"),
        (lambda counts: counts / counts.sum(axis=1), "keepdims"),
        (lambda counts: counts / np.maximum(counts.sum(axis=1), 1), "keepdims"),
        (lambda counts: np.nan_to_num(counts / counts.sum(axis=1), nan=1 / 28), "keepdims"),
        (lambda counts: counts / np.maximum(counts.max(axis=1, keepdims=True), 1), "largest"),
        (lambda counts: np.where(counts > 0, counts / counts.sum(axis=1, keepdims=True), 1 / 28), "elsewhere 0"),
        (lambda counts: counts / counts.sum(), "all pairs"),
        (lambda counts: softmax(counts), "softmax"),
        (lambda counts: (counts + 1) / (counts + 1).sum(axis=1, keepdims=True), "later"),
        (lambda counts: counts / 28, "sum"),
        (lambda counts: counts.mean(axis=1, keepdims=True) * np.ones(28), "mean"),
        (lambda counts: (counts + 1e-6) / (counts + 1e-6).sum(axis=1, keepdims=True), "small number"),
        (lambda counts: counts // np.maximum(counts.sum(axis=1, keepdims=True), 1), "//"),
        (lambda counts: np.nan_to_num(counts / counts.sum(axis=1, keepdims=True), nan=1), "1/28"),
        (lambda counts: np.nan_to_num(counts / counts.sum(axis=1, keepdims=True), nan=1 / 27), "1/28"),
        (lambda counts: 100 * np.nan_to_num(counts / counts.sum(axis=1, keepdims=True), nan=1 / 28), "100 times"),
        (lambda counts: np.round(np.nan_to_num(counts / counts.sum(axis=1, keepdims=True), nan=1 / 28), 2), "round"),
        (lambda counts: np.nan_to_num(counts / counts.sum(axis=1, keepdims=True), nan=1 / 28).T, "transposed"),
    ],
}

# --- draw


def draw_by_loop(row, u):
    total = 0.0
    for j, p in enumerate(row):
        total += p
        if total > u:
            return j


def draw_by_subtracting(row, u):
    j = 0
    while u >= row[j]:
        u -= row[j]
        j += 1
    return j


def draw_at_or_above(row, u):
    total = 0.0
    for j, p in enumerate(row):
        total += p
        if total >= u:
            return j


def draw_below(row, u):
    total = 0.0
    for j, p in enumerate(row):
        total += p
        if total < u:
            return j


def draw_single(row, u):
    for j, p in enumerate(row):
        if p > u:
            return j


def draw_last_step(row, u):
    return np.where(np.cumsum(row) < u)[0][-1]


def draw_all_steps(row, u):
    return np.where(np.cumsum(row) > u)


def draw_all_indices(row, u):
    return np.where(np.cumsum(row) > u)[0]


def draw_by_chance(row, u):
    return np.random.default_rng(0).choice(28, p=row)


def draw_before_adding(row, u):
    total = 0.0
    for j, p in enumerate(row):
        if total > u:
            return j
        total += p


def draw_letter(row, u):
    return "abcdefghijklmnopqrstuvwxyz"[int(np.argmax(np.cumsum(row) > u)) - 1]


def draw_ends_in_the_loop(row, u):
    total = 0.0
    for j, p in enumerate(row):
        total += p
        if total > u:
            return j
        else:
            return 0


def draw_probability(row, u):
    return row[np.argmax(np.cumsum(row) > u)]


def draw_list_index(row, u):
    return list(np.cumsum(row) > u)


def draw_if_of_array(row, u):
    if np.cumsum(row) > u:
        return np.argmax(np.cumsum(row))
    return 0


DRAW = {
    "right": [
        draw_by_loop,
        draw_by_subtracting,
        lambda row, u: int(np.argmax(np.cumsum(row) > u)),
        lambda row, u: np.searchsorted(np.cumsum(row), u, side="right"),
        lambda row, u: np.sum(np.cumsum(row) <= u),
        lambda row, u: np.flatnonzero(np.cumsum(row) > u)[0],
        lambda row, u: next(j for j, top in enumerate(np.cumsum(row)) if top > u),
        lambda row, u: list(np.cumsum(row) > u).index(True),
        lambda row, u: np.digitize(u, np.cumsum(row)),
        lambda row, u: min(j for j in range(28) if row[: j + 1].sum() > u),
    ],
    "wrong": [
        (draw_at_or_above, "edge"),
        (draw_below, "above u"),
        (draw_single, "compare the total"),
        (draw_last_step, "lies below u"),
        (draw_all_steps, "first"),
        (draw_all_indices, "first"),
        (draw_by_chance, "u"),
        (draw_before_adding, "add"),
        (draw_letter, "number"),
        (draw_ends_in_the_loop, "return too early"),
        (draw_probability, "probability"),
        (draw_list_index, "first"),
        (draw_if_of_array, "np."),
        (lambda row, u: np.argmax(row), "likeliest"),
        (lambda row, u: np.argmax(row > u), "cumulative"),
        (lambda row, u: np.searchsorted(row, u), "cumulative"),
        (lambda row, u: np.searchsorted(np.cumsum(row), u), "edge"),
        (lambda row, u: np.searchsorted(np.cumsum(row), u, side="right") - 1, "before"),
        (lambda row, u: np.searchsorted(np.cumsum(row), u, side="right") + 1, "after"),
        (lambda row, u: int(u * 28), "alike"),
        (lambda row, u: round(u * 27), "alike"),
        (lambda row, u: np.argmin(np.abs(np.cumsum(row) - u)), "nearest"),
        (lambda row, u: np.argmin(np.abs(row - u)), "cumulative"),
        (lambda row, u: np.cumsum(row)[np.argmax(np.cumsum(row) > u)], "top of the step"),
        (lambda row, u: np.argmax(np.cumsum(row) < u), "> u, and not <"),
        (lambda row, u: np.argmax(np.cumsum(row)), "highest top"),
        (lambda row, u: np.argmax(np.cumsum(np.sort(row)[::-1]) > u), "sort"),
        (lambda row, u: np.argmax(np.cumsum(row) > 1 - u), "1 − u"),
        (lambda row, u: np.sum(np.cumsum(row) > u), "above"),
        (lambda row, u: row * u, "number"),
        (lambda row, u: np.cumsum(row) > u, "first"),
        (lambda row, u: np.argmax(np.cumsum(row) > 0.5), "u"),
        (lambda row, u: 27, "u"),
    ],
}

# --- the loss


def loss_by_loops(P, counts):
    total = 0.0
    for i in range(28):
        for j in range(28):
            if counts[i, j] > 0:
                total -= counts[i, j] * np.log(P[i, j])
    return total / counts.sum()


def loss_by_math(P, counts):
    total = 0.0
    for p, c in zip(P.ravel(), counts.ravel()):
        if c:
            total += c * math.log(p)
    return -total / counts.sum()


def loss_by_where(P, counts):
    return -np.sum(counts * np.log(np.where(counts > 0, P, 1))) / np.sum(counts)


def loss_nansum(P, counts):
    return -np.nansum(counts * np.log(P)) / counts.sum()


def loss_tiny_added(P, counts):
    return -np.sum(counts * np.log(P + 1e-12)) / counts.sum()


def loss_clipped(P, counts):
    return -(counts * np.log(np.clip(P, 1e-15, 1))).sum() / counts.sum()


def loss_repeated(P, counts):
    i, j = np.nonzero(counts)
    surprises = np.repeat(-np.log(P[i, j]), counts[i, j].astype(int))
    return surprises.mean()


def loss_infinite_by_hand(P, counts):
    if np.any((P == 0) & (counts > 0)):
        return np.inf
    seen = counts > 0
    return np.average(-np.log(P[seen]), weights=counts[seen])


def loss_skips_impossible(P, counts):
    total = 0.0
    for i in range(28):
        for j in range(28):
            if P[i, j] > 0:
                total -= counts[i, j] * np.log(P[i, j])
    return total / counts.sum()


def loss_skips_both(P, counts):
    use = (P > 0) & (counts > 0)
    return -np.sum(counts[use] * np.log(P[use])) / counts.sum()


def loss_skips_both_and_mean(P, counts):
    use = (P > 0) & (counts > 0)
    return -np.sum(counts[use] * np.log(P[use])) / counts[use].sum()


def loss_of_an_array(P, counts):
    return -np.sum(counts * math.log(P)) / counts.sum()


def loss_if_of_array(P, counts):
    if counts > 0:
        return -np.sum(counts * np.log(P)) / counts.sum()
    return 0


def loss_int_division(P, counts):
    seen = counts > 0
    return -np.sum(counts[seen] * np.log(P[seen])) // counts.sum()


def loss_swapped(counts, P):
    seen = counts > 0
    return -np.sum(counts[seen] * np.log(P[seen])) / counts.sum()


def loss_log_of_counts(P, counts):
    seen = P > 0
    return -np.sum(P[seen] * np.log(counts[seen] + 1)) / counts.sum()


def loss_return_in_loop(P, counts):
    total = 0.0
    for i in range(28):
        for j in range(28):
            if counts[i, j] > 0:
                total -= counts[i, j] * np.log(P[i, j])
        return total / counts.sum()


def loss_indexes_with_counts(P, counts):
    return -np.mean(np.log(P[counts]))


def loss_matrix_product(P, counts):
    return -np.sum(counts @ np.log(P + 1e-9)) / counts.sum()


def loss_nonzero_slip(P, counts):
    return -np.sum(counts * np.log(P[counts > 0])) / counts.sum()


def loss_error_added(P, counts):
    return -np.sum(counts * np.log(P + 0.001)) / counts.sum()


MEAN_LOSS = {
    "right": [
        loss_by_loops,
        loss_by_math,
        loss_by_where,
        loss_nansum,
        loss_tiny_added,
        loss_clipped,
        loss_repeated,
        loss_infinite_by_hand,
        lambda P, counts: -np.sum(counts[counts > 0] * np.log(P[counts > 0])) / counts.sum(),
        lambda P, counts: np.sum(counts[counts > 0] * np.log(1 / P[counts > 0])) / counts.sum(),
        lambda P, counts: -np.sum(counts[counts > 0] / counts.sum() * np.log2(P[counts > 0])) * np.log(2),
        lambda P, counts: -np.log(np.prod(P[counts > 0] ** (counts[counts > 0] / counts.sum()))),
    ],
    "wrong": [
        (loss_skips_impossible, "infinitely"),
        (loss_skips_both, "infinitely"),
        (loss_skips_both_and_mean, "infinitely"),
        (loss_of_an_array, "np.log"),
        (loss_if_of_array, "np.where"),
        (loss_int_division, "//"),
        (loss_swapped, "(P, counts)"),
        (loss_log_of_counts, "but the answer is 2.3"),
        (loss_return_in_loop, "row"),
        (loss_indexes_with_counts, "infinite"),
        (loss_matrix_product, "*"),
        (loss_nonzero_slip, "in the line"),
        (loss_error_added, "small number"),
        (lambda P, counts: -np.sum(counts * np.log(P)) / counts.sum(), "0 · log 0"),
        (lambda P, counts: -np.sum(counts[counts > 0] * np.log2(P[counts > 0])) / counts.sum(), "bits"),
        (lambda P, counts: -np.sum(counts[counts > 0] * np.log10(P[counts > 0])) / counts.sum(), "base 10"),
        (lambda P, counts: np.sum(counts[counts > 0] * np.log(P[counts > 0])) / counts.sum(), "minus"),
        (lambda P, counts: np.sum(counts[counts > 0] * np.log(P[counts > 0])), "Two slips"),
        (lambda P, counts: -np.sum(counts[counts > 0] * np.log(P[counts > 0])), "This is a sum"),
        (lambda P, counts: -np.mean(np.log(P[counts > 0])), "as often as it came"),
        (lambda P, counts: -np.sum(np.log(P[counts > 0])) / counts.sum(), "as often as it came"),
        (lambda P, counts: -np.sum(np.log(P[counts > 0])), "as often as it came"),
        (lambda P, counts: -np.mean(counts[counts > 0] * np.log(P[counts > 0])), "number of pairs"),
        (lambda P, counts: -np.sum(counts[counts > 0] * np.log(P[counts > 0])) / 784, "number of cells"),
        (lambda P, counts: -np.sum(counts[counts > 0] * np.log(P[counts > 0])) / 28, "number of pairs"),
        (lambda P, counts: -np.sum(P[P > 0] * np.log(P[P > 0])), "by P"),
        (lambda P, counts: -np.sum(P[counts > 0] * np.log(P[counts > 0])), "by P"),
        (lambda P, counts: -np.sum(counts * P) / counts.sum(), "log is missing"),
        (lambda P, counts: np.exp(-np.sum(counts[counts > 0] * np.log(P[counts > 0])) / counts.sum()), "perplexity"),
        (lambda P, counts: -np.log(np.sum(counts * P) / counts.sum()), "log"),
        (lambda P, counts: -np.sum(counts[counts > 0] * np.log(1 - P[counts > 0])) / counts.sum(), "1 − P"),
        (lambda P, counts: [-np.sum(counts[counts > 0] * np.log(P[counts > 0])) / counts.sum()], "stands in a list"),
        (lambda P, counts: -counts * np.log(np.where(counts > 0, P, 1)) / counts.sum(), "add"),
        (lambda P, counts: -np.sum(np.where(counts > 0, counts * np.log(P), 0), axis=1) / counts.sum(), "axis"),
        (lambda P, counts: -np.sum(np.log(P[counts > 0]) * counts[counts > 0]) / len(counts[counts > 0]), "cells"),
    ],
}

# --- the gradient


def gradient_by_rows(W, counts):
    G = np.zeros((28, 28))
    for i in range(28):
        e = np.exp(W[i] - W[i].max())
        G[i] = (counts[i].sum() * e / e.sum() - counts[i]) / counts.sum()
    return G


def gradient_by_cells(W, counts):
    P = softmax(W)
    G = []
    for i in range(28):
        n_i = counts[i].sum()
        G.append([(n_i * P[i, j] - counts[i, j]) / counts.sum() for j in range(28)])
    return G


def gradient_one_hot(W, counts):
    i, j = np.nonzero(counts)
    i, j = np.repeat(i, counts[i, j].astype(int)), np.repeat(j, counts[i, j].astype(int))
    V, Y = np.eye(28)[i], np.eye(28)[j]
    return V.T @ (softmax(V @ W) - Y) / len(i)


def gradient_as_columns(W, counts):
    n = counts.sum(axis=1)
    P = softmax(W)
    return (n[:, None] * P - counts) / n.sum()


def gradient_sum_of_all(W, counts):
    P = softmax(W)
    n = counts.sum()
    return (n * P - counts) / n


def gradient_sum_in_loop(W, counts):
    P = softmax(W)
    for i in range(28):
        G = (counts[i].sum() * P - counts) / counts.sum()
    return G


def gradient_softmax_by_hand_all(W, counts):
    P = np.exp(W) / np.exp(W).sum()
    return (counts.sum(axis=1, keepdims=True) * P - counts) / counts.sum()


def gradient_softmax_by_hand_rows(W, counts):
    P = np.exp(W) / np.exp(W).sum(axis=1)
    return (counts.sum(axis=1, keepdims=True) * P - counts) / counts.sum()


def gradient_matrix_product(W, counts):
    P = softmax(W)
    return (counts.sum(axis=1) @ P - counts) / counts.sum()


def gradient_swapped(counts, W):
    n = counts.sum(axis=1, keepdims=True)
    return (n * softmax(W) - counts) / counts.sum()


def gradient_name(W, counts):
    return (n_i * softmax(W) - counts) / counts.sum()  # noqa: F821


def gradient_len(W, counts):
    n = len(counts[0])
    return (n * softmax(W) - counts) / counts.sum()


def gradient_step(W, counts):
    n = counts.sum(axis=1, keepdims=True)
    return W - (n * softmax(W) - counts) / counts.sum()


def gradient_in_place(W, counts):
    W -= W.max(axis=1, keepdims=True)
    e = np.exp(W)
    n = counts.sum(axis=1, keepdims=True)
    return (n * e / e.sum(axis=1, keepdims=True) - counts) / counts.sum()


def gradient_no_softmax_sum(W, counts):
    n = counts.sum(axis=1, keepdims=True)
    return (n * np.exp(W) - counts) / counts.sum()


NEURAL_GRADIENT = {
    "right": [
        gradient_by_rows,
        gradient_by_cells,
        gradient_one_hot,
        gradient_as_columns,
        lambda W, counts: (counts.sum(axis=1, keepdims=True) * softmax(W) - counts) / counts.sum(),
        lambda W, counts: (softmax(W).T * counts.sum(axis=1) - counts.T).T / counts.sum(),
        lambda W, counts: (np.diag(counts.sum(axis=1)) @ softmax(W) - counts) / counts.sum(),
        lambda W, counts: np.einsum("i,ij->ij", counts.sum(1), softmax(W)) / counts.sum() - counts / counts.sum(),
    ],
    "wrong": [
        (gradient_sum_of_all, "row"),
        (gradient_sum_in_loop, "row"),
        (gradient_softmax_by_hand_all, "softmax"),
        (gradient_softmax_by_hand_rows, "keepdims"),
        (gradient_matrix_product, "n"),
        (gradient_swapped, "(W, counts)"),
        (gradient_name, "n_i"),
        (gradient_len, "sum"),
        (gradient_step, "gradient"),
        (gradient_in_place, "in place"),
        (gradient_no_softmax_sum, "softmax"),
        (lambda W, counts: (counts - counts.sum(axis=1, keepdims=True) * softmax(W)) / counts.sum(), "sign"),
        (lambda W, counts: counts.sum(axis=1, keepdims=True) * softmax(W) - counts, "mean is forgotten"),
        (lambda W, counts: counts - counts.sum(axis=1, keepdims=True) * softmax(W), "Sign and mean"),
        (lambda W, counts: (counts.sum(axis=1, keepdims=True) * softmax(W) - counts) / 28, "number of pairs"),
        (lambda W, counts: (counts.sum(axis=1, keepdims=True) * softmax(W) - counts) / 784, "number of pairs"),
        (lambda W, counts: (counts.sum(axis=1, keepdims=True) * softmax(W) - counts).mean(), "one number"),
        (lambda W, counts: (counts.sum(axis=0) * softmax(W) - counts) / counts.sum(), "axis=1"),
        (lambda W, counts: (counts.sum(axis=0, keepdims=True) * softmax(W) - counts) / counts.sum(), "axis=1"),
        (lambda W, counts: (softmax(W) - counts) / counts.sum(), "each of its pairs"),
        (lambda W, counts: softmax(W) - counts / counts.sum(), "each of its own pairs"),
        (lambda W, counts: softmax(W) - counts, "counts"),
        (lambda W, counts: counts.sum(axis=1, keepdims=True) * softmax(W) / counts.sum(), "truth is missing"),
        (lambda W, counts: (counts.sum(axis=1) * softmax(W) - counts) / counts.sum(), "keepdims"),
        (lambda W, counts: (counts.sum(axis=1, keepdims=True) * W - counts) / counts.sum(), "softmax is missing"),
        (lambda W, counts: (counts.sum(axis=1, keepdims=True) * softmax(W.T).T - counts) / counts.sum(), "axis"),
        (lambda W, counts: ((counts.sum(axis=1, keepdims=True) * softmax(W) - counts) / counts.sum()).T, "transposed"),
        (lambda W, counts: counts.sum(axis=1, keepdims=True) * softmax(W) - counts / counts.sum(), "bracket"),
        (lambda W, counts: (softmax(W) - counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)) / 28, "alike"),
        (lambda W, counts: (counts.sum(axis=1, keepdims=True) * softmax(W) + counts) / counts.sum(), "minus"),
        (lambda W, counts: (counts.sum(axis=1, keepdims=True) * (softmax(W) - counts)) / counts.sum(), "bracket"),
        (lambda W, counts: (counts.mean(axis=1, keepdims=True) * softmax(W) - counts) / counts.sum(), "sum"),
        (lambda W, counts: softmax(W), "counts"),
    ],
}

# --- smoothing


def smoothed_by_loop(counts, k):
    P = np.zeros((28, 28))
    for i in range(28):
        total = 0
        for j in range(28):
            total += counts[i, j] + k
        for j in range(28):
            P[i, j] = (counts[i, j] + k) / total
    return P


def smoothed_in_steps(counts, k):
    smooth = counts + k
    return smooth / smooth.sum(axis=1)[:, None]


def smoothed_in_place(counts, k):
    counts += k
    return counts / counts.sum(axis=1, keepdims=True)


def smoothed_copy(counts, k):
    smooth = counts.copy().astype(float)
    smooth += k
    smooth /= smooth.sum(axis=1, keepdims=True)
    return smooth


def smoothed_int_copy(counts, k):
    smooth = counts.astype(int)
    smooth += k
    return smooth / smooth.sum(axis=1, keepdims=True)


def smoothed_swapped(k, counts):
    return (counts + k) / (counts + k).sum(axis=1, keepdims=True)


def smoothed_where_zero(counts, k):
    filled = np.where(counts == 0, k, counts)
    return filled / filled.sum(axis=1, keepdims=True)


def smoothed_first_row(counts, k):
    for row in counts:
        return (row + k) / (row + k).sum()


def smoothed_no_k(counts):
    return (counts + 1) / (counts + 1).sum(axis=1, keepdims=True)


def smoothed_k_called(counts, k):
    cells = 28
    return (counts + k) / (counts.sum(axis=1, keepdims=True) + cells(k))


SMOOTHED = {
    "right": [
        smoothed_by_loop,
        smoothed_in_steps,
        smoothed_copy,
        smoothed_swapped,
        lambda counts, k: (counts + k) / np.sum(counts + k, axis=1, keepdims=True),
        lambda counts, k: (counts + k) / (counts.sum(axis=1, keepdims=True) + 28 * k),
        lambda counts, k: ((counts + k).T / (counts + k).sum(axis=1)).T,
        lambda counts, k: [(row + k) / sum(row + k) for row in counts],
        lambda counts, k: np.exp(np.log(counts + k) - np.log((counts + k).sum(axis=1, keepdims=True))),
    ],
    "wrong": [
        (smoothed_in_place, "in"),
        (smoothed_int_copy, "whole numbers cannot take fractions"),
        (smoothed_where_zero, "every cell"),
        (smoothed_first_row, "row"),
        (smoothed_no_k, "2 arguments"),
        (smoothed_k_called, "*"),
        (lambda counts, k: (counts + k) / np.maximum(counts.sum(axis=1, keepdims=True), 1), "28 alpha"),
        (lambda counts, k: (counts + k) / counts.sum(axis=1, keepdims=True), "28 alpha"),
        (lambda counts, k: (counts + k) / (counts.sum(axis=1, keepdims=True) + k), "28 alpha"),
        (lambda counts, k: counts + k, "counts still"),
        (lambda counts, k: (counts + k) / (counts.sum(axis=1, keepdims=True) + 26 * k), "28"),
        (lambda counts, k: (counts + k) / (counts.sum(axis=1, keepdims=True) + 27 * k), "28"),
        (lambda counts, k: (counts + k) / (counts.sum(axis=1, keepdims=True) + 28), "28 alpha"),
        (lambda counts, k: (counts + k) / (counts.sum(axis=1, keepdims=True) + 28**2 * k), "28 alpha"),
        (lambda counts, k: counts / counts.sum(axis=1, keepdims=True), "alpha"),
        (lambda counts, k: counts / (counts.sum(axis=1, keepdims=True) + 28 * k), "alpha"),
        (lambda counts, k: counts / (counts + k).sum(axis=1, keepdims=True), "alpha"),
        (lambda counts, k: (counts + 1) / (counts + 1).sum(axis=1, keepdims=True), "add alpha"),
        (lambda counts, k: (counts + k) / (counts + k).sum(axis=0), "axis=1"),
        (lambda counts, k: (counts + k) / (counts + k).sum(axis=0, keepdims=True), "axis=1"),
        (lambda counts, k: (counts + k) / (counts + k).sum(), "whole table"),
        (lambda counts, k: (counts + k) / (counts + k).sum(axis=1), "keepdims"),
        (lambda counts, k: counts / np.maximum(counts.sum(axis=1, keepdims=True), 1) + k, "before the division"),
        (lambda counts, k: softmax(counts + k), "softmax"),
        (lambda counts, k: (counts * k) / (counts * k).sum(axis=1, keepdims=True), "add"),
        (lambda counts, k: counts + k / (counts + k).sum(axis=1, keepdims=True), "bracket"),
        (lambda counts, k: (counts + k) / counts.sum(axis=1, keepdims=True) + 28 * k, "bracket"),
        (lambda counts, k: (counts - k) / (counts - k).sum(axis=1, keepdims=True), "add"),
        (lambda counts, k: ((counts + k) / (counts + k).sum(axis=1, keepdims=True)).T, "transposed"),
        (lambda counts, k: (counts + k) / (counts + k).max(axis=1, keepdims=True), "sum"),
        (lambda counts, k: (counts + k) / (counts + k).mean(axis=1, keepdims=True), "sum"),
    ],
}

# --- perplexity


def perplexity_by_math(loss):
    return math.exp(loss)


def perplexity_series(loss):
    total, term = 0.0, 1.0
    for k in range(1, 60):
        total += term
        term *= loss / k
    return total


def perplexity_short_series(loss):
    return 1 + loss + loss**2 / 2 + loss**3 / 6


def perplexity_caret(loss):
    return np.e ^ loss


def perplexity_prints(loss):
    print(np.exp(loss))


def perplexity_name(loss):
    return exp(loss)  # noqa: F821


def perplexity_two(loss, base):
    return base**loss


def perplexity_called(loss):
    return np.e(loss)


PERPLEXITY = {
    "right": [
        perplexity_by_math,
        perplexity_series,
        lambda loss: np.exp(loss),
        lambda loss: np.e**loss,
        lambda loss: float(np.exp(np.array(loss))),
        lambda loss: 1 / np.exp(-loss),
        lambda loss: 2 ** (loss / np.log(2)),
        lambda loss: np.exp2(loss * math.log2(math.e)),
    ],
    "wrong": [
        (perplexity_short_series, "but the answer is"),
        (perplexity_caret, "**"),
        (perplexity_prints, "return"),
        (perplexity_name, "exp"),
        (perplexity_two, "1 argument"),
        (perplexity_called, "in the line"),
        (lambda loss: 2**loss, "bits"),
        (lambda loss: 10**loss, "natural"),
        (lambda loss: np.exp(-loss), "sign"),
        (lambda loss: -np.exp(loss), "sign"),
        (lambda loss: np.log(loss), "way back"),
        (lambda loss: loss, "still the loss"),
        (lambda loss: 28 * np.exp(loss), "28"),
        (lambda loss: np.exp(loss) / 28, "28"),
        (lambda loss: 28**loss, "e"),
        (lambda loss: loss**2, "e"),
        (lambda loss: loss**np.e, "e"),
        (lambda loss: 2.718**loss, "np.e"),
        (lambda loss: 2.7**loss, "np.e"),
        (lambda loss: 3**loss, "e"),
        (lambda loss: np.exp(loss) - 1, "1"),
        (lambda loss: np.exp(loss) + 1, "Nothing is added"),
        (lambda loss: round(np.exp(loss), 1), "round"),
        (lambda loss: int(np.exp(loss)), "cut off"),
        (lambda loss: np.exp(2 * loss), "square"),
        (lambda loss: np.exp(loss / 2), "root"),
        (lambda loss: np.exp(loss / np.log(2)), "nats"),
        (lambda loss: [np.exp(loss)], "stands in a list"),
        (lambda loss: np.exp(loss) * loss, "loss"),
        (lambda loss: np.exp(np.exp(loss)), "twice"),
        (lambda loss: 1 + loss, "exp"),
    ],
}

# --- more of each, written after the checks


def pairs_three_wide(name):
    s = encode(name)
    return np.column_stack([s[:-2], s[1:-1], s[2:]])


def pairs_end_is_zero(name):
    s = [0] + [ord(c) - 96 for c in name] + [0]
    return list(zip(s, s[1:]))


def pairs_first_and_last(name):
    s = encode(name)
    return np.column_stack([s, s[::-1]])


def pairs_unicode(name):
    s = [0] + [ord(c) for c in name] + [27]
    return list(zip(s, s[1:]))


def pairs_products(name):
    s = encode(name)
    return 28 * s[:-1] + s[1:]


def count_lists_of_pairs(names):
    return [[int(i), int(j)] for i, j in zip(*pairs(names))]


def count_unsorted_unique(names):
    counts = np.zeros((28, 28))
    for name in set(names[:1]):
        for i, j in zip(*pairs([name])):
            counts[i, j] += 1
    return counts


def count_end_back_to_start(names):
    counts = np.zeros((28, 28))
    for name in names:
        s = encode(name)
        for i, j in zip(s, s[1:]):
            counts[i, j] += 1
        counts[27, 0] += 1
    return counts


def count_minus(names):
    counts = np.zeros((28, 28))
    for i, j in zip(*pairs(names)):
        counts[i, j] -= 1
    return counts


def count_square_of_each(names):
    counts = np.zeros((28, 28))
    np.add.at(counts, pairs(names), 1)
    return counts @ counts


def rows_cumulative(counts):
    P = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    P[counts.sum(axis=1) == 0] = 1 / 28
    return np.cumsum(P, axis=1)


def rows_plus_a_bit(counts):
    return counts / (counts.sum(axis=1, keepdims=True) + 1)


def rows_where_axis_zero(counts):
    totals = counts.sum(axis=0, keepdims=True)
    return np.where(totals > 0, counts / np.maximum(totals, 1), 1 / 28)


def rows_minimum_one(counts):
    counts = np.maximum(counts, 1)
    return counts / counts.sum(axis=1, keepdims=True)


def rows_empty_to_end(counts):
    P = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    P[counts.sum(axis=1) == 0, 27] = 1
    return P


def draw_average(row, u):
    return int(np.sum(row * np.arange(28)))


def draw_sorted_by_probability(row, u):
    order = np.argsort(-row)
    return order[np.argmax(np.cumsum(row[order]) > u)]


def draw_half_step(row, u):
    return np.argmax(np.cumsum(row) - row / 2 > u)


def draw_with_letters(row, u):
    total = 0
    for letter in row:
        total += letter
        if total > u:
            return letter


def draw_seeded(row, u):
    rng = np.random.default_rng(int(u * 100))
    return rng.choice(28, p=row)


def loss_squares(P, counts):
    Q = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    return np.mean((P - Q) ** 2)


def loss_of_rows_summed(P, counts):
    total = 0
    for i in range(28):
        n = counts[i].sum()
        for j in range(28):
            if counts[i, j] > 0:
                total -= counts[i, j] / n * np.log(P[i, j])
    return total


def loss_with_probability_weights(P, counts):
    Q = counts / counts.sum()
    seen = Q > 0
    return -np.sum(Q[seen] * np.log(Q[seen]))


def loss_max(P, counts):
    return np.max(-np.log(P[counts > 0]))


def loss_zero_for_impossible(P, counts):
    logs = np.where(P > 0, np.log(P), 0)
    return -np.sum(counts * logs) / counts.sum()


def gradient_of_log(W, counts):
    P = softmax(W)
    return (P - 1) * counts / counts.sum()


def gradient_rows_loop_indented(W, counts):
    P = softmax(W)
    G = np.zeros((28, 28))
    for i in range(28):
        n = counts[i].sum()
    G[i] = (n * P[i] - counts[i]) / counts.sum()
    return G


def gradient_with_rate(W, counts):
    n = counts.sum(axis=1, keepdims=True)
    return 0.1 * (n * softmax(W) - counts) / counts.sum()


def gradient_of_columns(W, counts):
    P = softmax(W.T).T
    n = counts.sum(axis=0, keepdims=True)
    return (n * P - counts) / counts.sum()


def gradient_softmax_of_counts(W, counts):
    n = counts.sum(axis=1, keepdims=True)
    return (n * softmax(counts) - counts) / counts.sum()


def smoothed_empty_rows_alone(counts, k):
    totals = counts.sum(axis=1, keepdims=True)
    return np.where(totals > 0, counts / np.maximum(totals, 1), 1 / 28)


def smoothed_27_letters(counts, k):
    more = counts.copy().astype(float)
    more[:, 1:] += k
    return more / more.sum(axis=1, keepdims=True)


def smoothed_percent(counts, k):
    P = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    return (1 - k) * P + k / 28


def smoothed_twice_divided(counts, k):
    P = (counts + k) / (counts + k).sum(axis=1, keepdims=True)
    return P / P.sum(axis=0, keepdims=True)


def smoothed_max(counts, k):
    more = np.maximum(counts, k)
    return more / more.sum(axis=1, keepdims=True)


def perplexity_base_26(loss):
    return 26**loss


def perplexity_mean(loss):
    return np.mean(np.exp(loss)) / np.e


def perplexity_inverse_log(loss):
    return 1 / np.log(loss + 1)


def perplexity_sinh(loss):
    return np.sinh(loss)


# --- right ones, in other ways


def name_pairs_in_way_1(name):
    s = encode(name)
    return np.array(list(map(list, zip(s, s[1:]))))


def name_pairs_in_way_2(name):
    s = ["<s>", *name, "<e>"]
    idx = [SYMBOLS.index(c) for c in s]
    return [[a, b] for a, b in zip(idx, idx[1:])]


def name_pairs_in_way_3(name):
    s = encode(name)
    out = np.zeros((len(name) + 1, 2), dtype=int)
    out[:, 0] = s[:-1]
    out[:, 1] = s[1:]
    return out


def count_in_way_1(names):
    c = np.zeros((28, 28), int)
    for nm in names:
        s = encode(nm)
        np.add.at(c, (s[:-1], s[1:]), 1)
    return c


def count_in_way_2(names):
    p, f = pairs(names)
    return np.array([[np.sum((p == i) & (f == j)) for j in range(28)] for i in range(28)])


def count_in_way_3(names):
    c = np.zeros((28, 28), dtype=np.float32)
    for nm in names:
        prev = 0
        for s in encode(nm)[1:]:
            c[prev, s] += 1
            prev = s
    return c


def row_probabilities_in_way_1(counts):
    with np.errstate(all="ignore"):
        P = counts / counts.sum(axis=1, keepdims=True)
    return np.where(np.isfinite(P), P, 1 / 28)


def row_probabilities_in_way_2(counts):
    n = counts.sum(axis=1).reshape(28, 1)
    n0 = n == 0
    return (counts + n0) / (n + 28 * n0)


def row_probabilities_in_way_3(counts):
    return np.stack([r / r.sum() if r.sum() > 0 else np.repeat(1 / 28, 28) for r in counts.astype(np.float32)])


def row_probabilities_in_way_4(counts):
    P = np.full(counts.shape, 1 / 28)
    rows = counts.sum(1) > 0
    P[rows] = counts[rows] / counts[rows].sum(1, keepdims=True)
    return P


def draw_in_way_1(row, u):
    c = 0
    for j in range(28):
        c = c + row[j]
        if u < c:
            return j
    return 27


def draw_in_way_2(row, u):
    return np.where(np.cumsum(row) > u)[0].min()


def draw_in_way_3(row, u):
    return int((np.cumsum(row) > u).nonzero()[0][0])


def draw_in_way_4(row, u):
    import bisect

    return bisect.bisect_right(list(itertools.accumulate(row)), u)


def draw_in_way_5(row, u):
    return len([1 for t in np.cumsum(row) if t <= u])


def mean_loss_in_way_1(P, counts):
    m = counts != 0
    return np.sum(counts[m] * -np.log(P[m])) / np.sum(counts)


def mean_loss_in_way_2(P, counts):
    return -np.sum(np.where(counts > 0, counts * np.log(np.maximum(P, 1e-300)), 0)) / counts.sum()


def mean_loss_in_way_3(P, counts):
    L = np.log(P)
    L[counts == 0] = 0
    return -(counts * L).sum() / counts.sum()


def mean_loss_in_way_4(P, counts):
    i, j = np.nonzero(counts)
    return -np.average(np.log(P[i, j]), weights=counts[i, j])


def mean_loss_in_way_5(P, counts):
    return -np.nansum(np.nan_to_num(counts * np.log(P))) / counts.sum()


def mean_loss_in_way_6(P, counts):
    t = 0
    for i in range(28):
        for j in range(28):
            if counts[i, j]:
                if P[i, j] == 0:
                    return float("inf")
                t -= counts[i, j] * math.log(P[i, j])
    return t / counts.sum()


def mean_loss_in_way_7(P, counts):
    return -np.sum(counts * np.log(P + 1e-15)) / np.sum(counts)


def neural_gradient_in_way_1(W, counts):
    E = np.exp(W)
    P = E / E.sum(axis=1, keepdims=True)
    n = counts.sum(axis=1, keepdims=True)
    return P * n / n.sum() - counts / n.sum()


def neural_gradient_in_way_2(W, counts):
    G = np.empty_like(W)
    for i, (row, c) in enumerate(zip(softmax(W), counts)):
        G[i] = c.sum() * row - c
    G /= counts.sum()
    return G


def neural_gradient_in_way_3(W, counts):
    return -(counts - softmax(W) * counts.sum(-1)[..., None]) / counts.sum()


def smoothed_in_way_1(counts, k):
    c = np.add(counts, k)
    return np.divide(c, c.sum(axis=1, keepdims=True))


def smoothed_in_way_2(counts, k):
    return np.array([[(counts[i, j] + k) / (counts[i].sum() + 28 * k) for j in range(28)] for i in range(28)])


def smoothed_in_way_3(counts, k):
    n = counts.sum(1, keepdims=True)
    P = np.where(n > 0, counts / np.maximum(n, 1), 0)
    lam = n / (n + 28 * k)
    return lam * P + (1 - lam) / 28


def perplexity_in_way_1(loss):
    return pow(math.e, loss)


def perplexity_in_way_2(loss):
    return np.float32(np.exp(loss))


def perplexity_in_way_3(loss):
    return np.cosh(loss) + np.sinh(loss)


def perplexity_in_way_4(loss):
    return np.expm1(loss) + 1


def perplexity_in_way_5(loss):
    return float(decimal.Decimal(loss).exp())


RIGHT_TOO = {
    "check_name_pairs": [name_pairs_in_way_1, name_pairs_in_way_2, name_pairs_in_way_3],
    "check_count": [count_in_way_1, count_in_way_2, count_in_way_3],
    "check_row_probabilities": [
        row_probabilities_in_way_1,
        row_probabilities_in_way_2,
        row_probabilities_in_way_3,
        row_probabilities_in_way_4,
    ],
    "check_draw": [draw_in_way_1, draw_in_way_2, draw_in_way_3, draw_in_way_4, draw_in_way_5],
    "check_mean_loss": [
        mean_loss_in_way_1,
        mean_loss_in_way_2,
        mean_loss_in_way_3,
        mean_loss_in_way_4,
        mean_loss_in_way_5,
        mean_loss_in_way_6,
        mean_loss_in_way_7,
    ],
    "check_neural_gradient": [neural_gradient_in_way_1, neural_gradient_in_way_2, neural_gradient_in_way_3],
    "check_smoothed": [smoothed_in_way_1, smoothed_in_way_2, smoothed_in_way_3],
    "check_perplexity": [
        perplexity_in_way_1,
        perplexity_in_way_2,
        perplexity_in_way_3,
        perplexity_in_way_4,
        perplexity_in_way_5,
    ],
}

MORE = {
    "check_name_pairs": [
        (pairs_three_wide, "Three symbols in each row"),
        (pairs_end_is_zero, "The end mark <e> is 27"),
        (pairs_first_and_last, "Each symbol is paired with one from the other end; the next one is symbols[1"),
        (pairs_unicode, "These are the letters' codes in the computer"),
        (pairs_products, "Each pair was made one number"),
    ],
    "check_count": [
        (count_lists_of_pairs, "These are the pairs themselves"),
        (count_unsorted_unique, "This is the first name only"),
        (count_end_back_to_start, "One pair too many for each name"),
        (count_minus, "Counting down"),
        (count_square_of_each, "One change makes it right"),
    ],
    "check_row_probabilities": [
        (rows_cumulative, "These are piled up"),
        (rows_plus_a_bit, "Divide by the row's sum itself"),
        (rows_where_axis_zero, "Column instead of row"),
        (rows_minimum_one, "Cells without counts stay 0"),
        (rows_empty_to_end, "The empty row gets 1/28 everywhere"),
    ],
    "check_draw": [
        (draw_average, "This is the mean symbol"),
        (draw_sorted_by_probability, "The steps were sorted"),
        (draw_half_step, "This compares u with the middle of each step; its top needs to lie above u"),
        (draw_with_letters, "This is the probability of the symbol; return its number"),
        (draw_seeded, "but the answer is 12"),
    ],
    "check_mean_loss": [
        (loss_squares, "but the answer is 2.3"),
        (loss_of_rows_summed, "Every row has a mean of its own here"),
        (loss_with_probability_weights, "P has no say"),
        (loss_max, "This is the most surprising pair alone; the mean over all is asked for"),
        (loss_zero_for_impossible, "A counted pair with probability 0 costs infinitely much"),
    ],
    "check_neural_gradient": [
        (gradient_of_log, "P is multiplied with the sum of its row of counts"),
        (gradient_rows_loop_indented, "Only the last row is filled"),
        (gradient_with_rate, "every number is 1/10"),
        (gradient_of_columns, "Columns throughout"),
        (gradient_softmax_of_counts, "The softmax is of the scores W"),
    ],
    "check_smoothed": [
        (smoothed_empty_rows_alone, "Nothing is added"),
        (smoothed_27_letters, "The column of <s> gets its alpha"),
        (smoothed_percent, "This mixes probabilities"),
        (smoothed_twice_divided, "One change makes it right"),
        (smoothed_max, "The larger of count and alpha was taken; add alpha to every count"),
    ],
    "check_perplexity": [
        (perplexity_base_26, "26 to the loss; the base of nats is e"),
        (perplexity_mean, "This is e^L / e"),
        (perplexity_inverse_log, "is infinite"),
        (perplexity_sinh, "but the answer is 1"),
    ],
}

ANSWERS = {
    "check_name_pairs": NAME_PAIRS,
    "check_count": COUNT,
    "check_row_probabilities": ROW_PROBABILITIES,
    "check_draw": DRAW,
    "check_mean_loss": MEAN_LOSS,
    "check_neural_gradient": NEURAL_GRADIENT,
    "check_smoothed": SMOOTHED,
    "check_perplexity": PERPLEXITY,
}
for check, wrong in MORE.items():
    ANSWERS[check]["wrong"] += wrong
for check, right in RIGHT_TOO.items():
    ANSWERS[check]["right"] += right
