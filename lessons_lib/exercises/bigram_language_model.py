"""Exercises of lesson 08: pairs, counts, rows of probabilities, the loss, drawing, smoothing, the gradient, perplexity."""

import itertools

import numpy as np

from lessons_lib.exercises.checking import Exercise
from lessons_lib.maths import bigram_language_model as bigram
from lessons_lib.maths.bigram_language_model import (
    count,
    encode,
    neural_gradient,
    neural_loss,
    perplexity,
    probabilities,
)
from lessons_lib.maths.multiclass_classification import softmax


def name_pairs(name):
    """(cᵢ₋₁, cᵢ) of one name as numbers, a row per pair, both end marks included.

    name: a string of n letters a to z -> (n + 1, 2) numbers from 0 to 27.
    """
    symbols = encode(name)
    return np.column_stack([symbols[:-1], symbols[1:]])


def _letters(name):
    return encode(name)[1:-1]


check_name_pairs = Exercise(
    name_pairs,
    [(f"“{name}”", (name,)) for name in ("al", "emma", "zoe", "x", "bartholomew")],
    hints=[
        "Write the name as numbers first: 0 for <s>, 1 to 26 for a to z, 27 for <e>. Which function above does that?",
        "symbols = encode(name). Every number but the last is a previous one; every number but the first is a next one.",
        "return np.column_stack([symbols[:-1], symbols[1:]])",
    ],
    mistakes=[
        (lambda name: name_pairs(name)[:-1], "The end mark is forgotten: the last pair is (last letter, <e>), with <e> = 27."),
        (lambda name: name_pairs(name)[1:], "The start mark is forgotten: the first pair is (<s>, first letter), with <s> = 0."),
        (lambda name: np.column_stack([_letters(name)[:-1], _letters(name)[1:]]), "Both end marks are forgotten: a name of n letters has n + 1 pairs."),
        (lambda name: name_pairs(name)[:, ::-1], "The two are swapped: the previous symbol comes first."),
        (lambda name: name_pairs(name).T, "The answer is transposed: one row per pair, two columns."),
        (lambda name: name_pairs(name) - 1, "The numbers are off by one: <s> is 0 and a is 1."),
        (lambda name: encode(name), "These are the symbols themselves; pair each with the one after it."),
        (lambda name: (s := encode(name), s[: len(s) // 2 * 2].reshape(-1, 2))[1], "The pairs need to overlap: each symbol is the next one of one pair and the previous one of another."),
        (lambda name: name_pairs(name) + 1, "Each number is 1 too large: <s> is 0, a is 1 and <e> is 27, as encode gives them."),
        (lambda name: name_pairs(name)[:1], "Only the first pair came back: is the return inside the loop?"),
        (lambda name: name_pairs(name)[0], "Only the first pair came back: is the return inside the loop? One row per pair is asked for."),
        (lambda name: name_pairs(name)[-1], "Only the last pair came back: append each to a list, and return that."),
        (lambda name: name_pairs(name)[-1:], "Only the last pair came back: make the list before the loop, not in it."),
        (lambda name: name_pairs(name)[::-1], "The pairs stand in reverse order: begin with the one of <s>."),
        (lambda name: name_pairs(name[::-1]), "The name was read backwards."),
        (lambda name: name_pairs(name)[::-1, ::-1], "The symbols were read backwards: begin with <s>, and the previous symbol comes first."),
        (lambda name: name_pairs(name).ravel(), "All in one row: keep a row of two columns for each pair, such as append([previous, following])."),
        (lambda name: name_pairs(name).T.ravel(), "All previous symbols, then all next ones, in one row: two columns, please, np.column_stack([symbols[:-1], symbols[1:]])."),
        (lambda name: encode(name)[1:], "These are the next symbols alone: the previous ones belong in front of them, in a first column."),
        (lambda name: encode(name)[:-1], "These are the previous symbols alone: the next ones belong beside them, in a second column."),
        (lambda name: _letters(name), "These are the letters themselves, without the end marks; pair each symbol with the one after it."),
        (lambda name: np.column_stack([encode(name)[:-1], encode(name)[:-1]]), "Each symbol is paired with itself: the next one is symbols[1:]."),
        (lambda name: np.column_stack([encode(name), encode(name)]), "Each symbol is paired with itself: symbols[:-1] beside symbols[1:]."),
        (lambda name: np.column_stack([encode(name)[:-2], encode(name)[2:]]), "One symbol is skipped: pair each with the very next one, symbols[:-1] beside symbols[1:]."),
        (lambda name: np.column_stack([encode(name), np.roll(encode(name), -1)]), "One pair too many: nothing follows <e>, so leave out the last one."),
        (lambda name: [(a, b) for place, a in enumerate(encode(name)) for b in encode(name)[place + 1 :]], "This pairs each symbol with all later ones; pair neighbours alone."),
        (lambda name: [(a, b) for a in encode(name) for b in encode(name)], "This pairs each symbol with every one; pair neighbours alone."),
        (lambda name: [(encode(a), encode(b)) for a, b in zip(name, name[1:])], "encode puts <s> and <e> around what it gets: give it the whole name once, not letter by letter."),
        (lambda name: [np.append(encode(a), encode(b)) for a, b in zip(name, name[1:])], "encode puts <s> and <e> around what it gets, here a letter: give it the whole name once."),
        (lambda name: len(name) + 1, "This is how many pairs there are; the pairs themselves are asked for, one row each."),
        (lambda name: count([name]), "This is a table of counts; the pairs themselves are asked for, one row each."),
        (lambda name: np.unique(name_pairs(name), axis=0), "A pair that comes twice has two rows, and the rows stand in the order of the name: was a set made of them?"),
        (lambda name: np.column_stack([encode(name)[:-2], encode(name)[1:-1], encode(name)[2:]]), "Three symbols in each row: a pair has two, symbols[:-1] beside symbols[1:]."),
        (lambda name: name_pairs(name) * [[1, 1]] * (name_pairs(name) < 27), "The end mark <e> is 27, not 0."),
        (lambda name: name_pairs(name) @ [28, 1], "Each pair was made one number, 28 i + j; two columns are asked for."),
        (lambda name: name_pairs(name).sum(axis=1), "The two of each pair were added up: two columns are asked for."),
        (lambda name: np.column_stack([encode(name), encode(name)[::-1]]), "Each symbol is paired with one from the other end; the next one is symbols[1:]."),
        (lambda name: np.column_stack([encode(name)[1:], encode(name)[1:]]), "Each symbol is paired with itself: the previous ones are symbols[:-1]."),
        (lambda name: name_pairs(name) + 96 * ((name_pairs(name) > 0) & (name_pairs(name) < 27)), "These are the letters' codes in the computer, ord; encode(name) counts a as 1."),
        (lambda name: np.abs(name_pairs(name) - 1), "The numbers are off by one: <s> is 0, a is 1, and <e> is 27."),
    ],
)  # fmt: skip


_FEW = [
    ("one name", (["emma"],)),
    ("two names", (["al", "lia"],)),
    ("a pair that comes twice", (["anna", "nan", "hanna"],)),
    ("four names", (["olivia", "noah", "liam", "zoe"],)),
    ("a pair twice in one name", (["anana", "coco"],)),
]


def _counted(pairs_of_name):
    def wrong(names):
        counts = np.zeros((28, 28))
        for name in names:
            for previous, following in pairs_of_name(encode(name)):
                counts[previous, following] += 1
        return counts

    return wrong


def _one_run(names):
    symbols = np.concatenate([encode(name) for name in names])
    counts = np.zeros((28, 28))
    np.add.at(counts, (symbols[:-1], symbols[1:]), 1)
    return counts


def _all_with_all(names):
    previous, following = (np.bincount(symbols, minlength=28) for symbols in bigram.pairs(names))
    return np.outer(previous, following)


def _first_pair(names):
    counts = np.zeros((28, 28))
    counts[tuple(encode(names[0])[:2])] = 1
    return counts


check_count = Exercise(
    count,
    _FEW,
    hints=[
        "Start with np.zeros((28, 28)), and add 1 for every pair of every name.",
        "The row is the previous symbol, the column the next one: counts[i, j] += 1.",
        "previous, following = pairs(names); for i, j in zip(previous, following): counts[i, j] += 1",
    ],
    mistakes=[
        (lambda names: count(names).T, "Column instead of row: row i belongs to the previous symbol, counts[previous, next]."),
        (lambda names: np.minimum(count(names), 1), "Each pair is counted once at most: add 1 for every one. (counts[previous, next] += 1 with whole arrays adds once per cell; a loop or np.add.at adds each time.)"),
        (_counted(lambda s: zip(s[:-2], s[1:-1])), "The end mark is forgotten: count the pair (last letter, <e>), too."),
        (_counted(lambda s: zip(s[1:-1], s[2:])), "The start mark is forgotten: count the pair (<s>, first letter), too."),
        (_counted(lambda s: zip(s[1:-2], s[2:-1])), "Both end marks are forgotten: they say how names begin and end."),
        (lambda names: probabilities(count(names)), "These are probabilities already; here the plain counts are asked for."),
        (lambda names: count(["".join(names)]), "The names run into each other: end each with <e> and begin the next with <s>."),
        (lambda names: sum(np.minimum(count([name]), 1) for name in names), "A pair that comes twice in one name counts twice."),
        (lambda names: count(names) + 1, "Start from zeros: a pair that never came has 0."),
        (lambda names: count([letter for name in names for letter in name]), "encode adds the end marks to every letter: encode the whole name once."),
        (lambda names: np.roll(count(names), (-1, -1), axis=(0, 1)), "The numbers are off by one: <s> is 0 and a is 1."),
        (lambda names: count(names[:1]), "This is the first name only: is return inside the loop?"),
        (lambda names: count(names[-1:]), "This is the last name only: make the zeros before the loop, not in it."),
        (lambda names: np.tile(count(names).sum(axis=0), (28, 1)), "All rows are alike: [[0] * 28] * 28 is the same row 28 times. Take np.zeros((28, 28))."),
        (lambda names: np.zeros((28, 28)), "Nothing was counted: the table stays 0. counts[i, j] += 1 adds, counts[i, j] + 1 alone changes nothing."),
        (lambda names: 2 * count(names), "Each pair is counted twice."),
        (lambda names: count(names) + count(names).T, "This counts both ways, (i, j) and (j, i): the previous symbol is the row, and that is all."),
        (lambda names: count(names) / count(names).sum(), "These are shares of all pairs; here the plain counts are asked for."),
        (lambda names: count(names) * np.arange(28), "Add 1 for each pair, not the number of the symbol."),
        (lambda names: count(names) * np.arange(28)[:, None], "Add 1 for each pair; here the number of the previous symbol was added."),
        (lambda names: np.tile(count(names).sum(axis=1)[:, None], (1, 28)), "Every column is alike: counts[i] += 1 adds to the whole row; counts[i, j] names the column, too."),
        (lambda names: count(names).sum(axis=1), "This counts the previous symbols alone; a table of pairs, (28, 28), is asked for."),
        (lambda names: count(names).sum(axis=0), "This counts the next symbols alone; a table of pairs, (28, 28), is asked for."),
        (lambda names: np.bincount(np.concatenate([encode(name) for name in names]), minlength=28), "This counts the symbols; a table of pairs, (28, 28), is asked for."),
        (lambda names: count(names).sum(), "This is the number of all pairs; a table with a cell for each kind, (28, 28), is asked for."),
        (lambda names: [count([name]) for name in names], "One table for each name: add them up."),
        (lambda names: np.concatenate([name_pairs(name) for name in names]), "These are the pairs themselves, a row each; count them in a table, (28, 28)."),
        (lambda names: np.transpose(np.concatenate([name_pairs(name) for name in names])), "These are the pairs themselves, previous and next symbols; count them in a table, (28, 28)."),
        (lambda names: -count(names), "Counting down: add 1 for every pair."),
        (_counted(lambda s: zip(np.roll(s, -1), s)), "One pair too many for each name, as nothing follows <e>; and column and row are swapped, the previous symbol is the row."),
        (_counted(lambda s: [(a, b) for a in s[:-1] for b in s[1:]]), "Each symbol is paired with every one of the name: the two go side by side, zip(symbols[:-1], symbols[1:])."),
        (_all_with_all, "Each previous symbol is paired with every next one: the two go side by side, zip(previous, following)."),
        (lambda names: np.triu(count(names)) + np.tril(count(names), -1).T, "Both orders went into one cell: (i, j) is not (j, i), the previous symbol is the row."),
        (_counted(lambda s: zip(s[:-1:2], s[1::2])), "Every other pair is skipped: pairs overlap, each symbol but the ends is in two of them."),
        (_counted(lambda s: zip(s[:-2], s[2:])), "One symbol is skipped: count each with the very next one."),
        (_counted(lambda s: zip(s, s)), "Each symbol is paired with itself: the next one is symbols[1:]."),
        (_counted(lambda s: list(zip(s[:-1], s[1:]))[:1]), "Only the first pair of each name is counted: is something indented too far, or a break in the loop?"),
        (_counted(lambda s: list(zip(s[:-1], s[1:]))[-1:]), "Only the last pair of each name is counted: is the += outside the inner loop?"),
        (_counted(lambda s: [(a - 1, b - 1) for a, b in zip(s[1:-2], s[2:-1])]), "The letters are off by one, a is 1, and the end marks are forgotten: encode(name) has both right."),
        (_counted(lambda s: zip(s, np.roll(s, -1))), "One pair too many for each name: nothing follows <e>."),
        (lambda names: _one_run(names), "One name runs into the next: no pair leads from <e> to the next name's <s>."),
        (lambda names: _first_pair(names), "Only the very first pair is counted: is the return inside the loop?"),
    ],
)  # fmt: skip


def _tables():
    rng = np.random.default_rng(5)
    tables = [("the counts of four names", count(_FEW[3][1][0])), ("the counts of three names", count(_FEW[2][1][0]))]
    sparse = rng.integers(0, 9, size=(28, 28)) * (rng.random((28, 28)) < 0.3)
    sparse[4] = 0
    return [*tables, ("random counts with an empty row", sparse)]


def row_probabilities(counts):
    """P(j | i) = countsᵢⱼ / Σⱼ countsᵢⱼ, and 1/28 throughout a row without counts.

    counts (28, 28) -> (28, 28), rows sum to 1.
    """
    return probabilities(counts)


def _divided(counts, totals):
    return counts / totals


def _empty_rows(value):
    def wrong(counts):
        P = probabilities(counts)
        P[counts.sum(axis=1) == 0] = value
        return P

    return wrong


def _to_the_end(counts):
    P = probabilities(counts)
    P[counts.sum(axis=1) == 0] = np.eye(28)[27]
    return P


def _repaired_last(counts):
    P = _divided(counts, counts.sum(axis=1, keepdims=True))
    P[27] = 1 / 28
    return P


check_row_probabilities = Exercise(
    row_probabilities,
    [(name, (counts,)) for name, counts in _tables()],
    hints=[
        "Divide every row by its own sum: axis=1, and keepdims=True so that the sums stand in a column.",
        "The row of <e> has no counts: 0/0. Give such a row 1/28 everywhere.",
        "totals = counts.sum(axis=1, keepdims=True); return np.where(totals > 0, counts / np.maximum(totals, 1), 1 / 28)",
    ],
    mistakes=[
        (lambda counts: _divided(counts, counts.sum(axis=1, keepdims=True)), "The empty row is 0/0 = nan: nothing was ever counted after <e>. Give such a row 1/28 everywhere."),
        (_empty_rows(0), "The empty row sums to 0: with no counts every symbol is as likely, 1/28."),
        (lambda counts: probabilities(counts.T).T, "Column instead of row: every row needs to sum to 1, so sum along axis=1."),
        (lambda counts: _divided(counts, counts.sum(axis=0)), "Column instead of row: every row needs to sum to 1, so sum along axis=1."),
        (lambda counts: _divided(counts, counts.sum(axis=1)), "keepdims=True is missing: without it numpy divides column j by the sum of row j."),
        (lambda counts: counts / np.maximum(counts.max(axis=1, keepdims=True), 1), "Divide by the row's sum, not by its largest count."),
        (lambda counts: _divided(counts, counts.max(axis=1, keepdims=True)), "Divide by the row's sum, not by its largest count; and the empty row gets 1/28 everywhere."),
        (lambda counts: np.where(counts > 0, probabilities(counts), 1 / 28), "Only a row with no counts at all gets 1/28; elsewhere 0 stays 0."),
        (_repaired_last, "Another row may be empty, too, such as a letter that no name holds."),
        (lambda counts: counts / counts.sum(), "You divided by all pairs; each row needs its own sum."),
        (lambda counts: softmax(counts), "No softmax here: counts are no scores. Divide by the row's sum."),
        (lambda counts: probabilities(counts, 1), "Nothing needs to be added to the counts yet; that comes later."),
        (lambda counts: _divided(counts, np.maximum(counts.sum(axis=0), 1)), "Column instead of row: every row needs to sum to 1, axis=1 (with keepdims=True); and the empty row gets 1/28."),
        (lambda counts: _divided(counts, np.maximum(counts.sum(axis=1), 1)), "keepdims=True is missing: without it numpy divides column j by the sum of row j. And the empty row gets 1/28."),
        (lambda counts: np.nan_to_num(_divided(counts, counts.sum(axis=1)), nan=1 / 28), "keepdims=True is missing: numpy divides column j by the sum of row j without it."),
        (lambda counts: np.nan_to_num(_divided(counts, counts.sum(axis=1)), nan=1 / 28, posinf=1 / 28), "keepdims=True is missing: without it column j is divided by the sum of row j."),
        (_empty_rows(1), "The empty row holds ones and sums to 28: give it 1/28 everywhere."),
        (_empty_rows(1 / 27), "The empty row sums to more than 1: there are 28 symbols, so 1/28 everywhere."),
        (_empty_rows(1 / 26), "The empty row sums to more than 1: there are 28 symbols, both end marks included, so 1/28 everywhere."),
        (lambda counts: _divided(counts, 28), "Divide each row by its own sum, not by the number of columns."),
        (lambda counts: _divided(counts, counts.sum(axis=1).max()), "Divide each row by its own sum, not by the largest one."),
        (lambda counts: _divided(counts, np.count_nonzero(counts, axis=1, keepdims=True)), "Divide by the sum of the row's counts, not by how many cells have some; and the empty row gets 1/28 everywhere."),
        (lambda counts: np.trunc(probabilities(counts)), "The fractions are cut off: is the table made of int (dtype=int), or a // used? Take np.zeros((28, 28)) and /."),
        (lambda counts: np.where(counts > 0, 1.0, 0.0), "These are only yes and no; divide each row of counts by its sum."),
        (lambda counts: counts, "These are counts still; divide each row by its sum."),
        (lambda counts: np.log(probabilities(counts)), "These are logs; the probabilities themselves are asked for."),
        (lambda counts: np.cumsum(probabilities(counts), axis=1), "These are piled up, as for drawing; the probabilities themselves are asked for, without np.cumsum."),
        (lambda counts: probabilities(np.maximum(counts, 1)), "Cells without counts stay 0, where the row has others; here each was counted once at least."),
        (lambda counts: counts / (counts.sum(axis=1, keepdims=True) + 1), "Divide by the row's sum itself, without + 1; and the empty row gets 1/28 everywhere."),
        (_to_the_end, "The empty row gets 1/28 everywhere: with no counts no symbol is likelier than another, not <e> either."),
        (lambda counts: probabilities(counts)[:, 1:], "The first column is missing: all 28 symbols have one."),
        (lambda counts: probabilities(counts).T, "The answer is transposed: keep row i for the previous symbol."),
        (lambda counts: probabilities(counts)[0], "Only the first row came back: is the return inside the loop?"),
        (lambda counts: np.vstack([probabilities(counts)[:1], np.zeros((27, 28))]), "Only the first row is filled: is the return inside the loop?"),
        (lambda counts: counts.sum(axis=1), "These are the sums; divide each row of counts by its own."),
        (lambda counts: counts.sum(axis=1, keepdims=True), "These are the sums, in a column; divide each row of counts by its own."),
        (lambda counts: _divided(counts, counts.mean(axis=1, keepdims=True)), "Divide by the row's sum, not by its mean; and the empty row gets 1/28 everywhere."),
        (lambda counts: counts.mean(axis=1, keepdims=True) * np.ones(28), "This is the mean of each row; divide each count by its row's sum."),
        (lambda counts: _divided(counts, np.sqrt((counts**2).sum(axis=1, keepdims=True))), "Divide by the row's sum, not by its length (the root of squares); and the empty row gets 1/28 everywhere."),
    ],
)  # fmt: skip


def _losses():
    rng = np.random.default_rng(6)
    cases = []
    for name, counts in _tables():
        cases.append((f"{name}, smoothed table", (probabilities(counts, 0.5), counts)))
    counts = count(["emma", "mae"])
    cases.append(("a table with zeros", (probabilities(counts), counts)))
    cases.append(("one pair that the table calls impossible", (probabilities(counts), count(["em"]))))
    cases.append(("three pairs that the table calls impossible", (probabilities(counts), count(["ame"]))))
    return [*cases, ("a random table", (softmax(rng.normal(size=(28, 28))), count(["ava", "eva"])))]


def mean_loss(P, counts):
    """−Σ countsᵢⱼ log P(j | i) / Σ countsᵢⱼ, in nats per symbol; a pair that never came costs nothing.

    P, counts (28, 28) -> a number.
    """
    return bigram.loss(P, counts)


def _mean_of_rows(P, counts):
    costs = np.where(counts > 0, -counts * np.log(np.where(counts > 0, P, 1)), 0).sum(axis=1)
    came = counts.sum(axis=1)
    return np.mean(costs[came > 0] / came[came > 0])


def _honest(answer, P, counts):
    """The loss; where a counted pair has probability 0, whatever is worse than a uniform guess is as good as infinite."""
    impossible = ((P == 0) & (counts > 0)).any()
    return np.inf if impossible and np.ndim(answer) == 0 and answer > np.log(28) else answer


# What may go wrong in the weights, the log, the division and the sign; of each the first is right.
_WEIGHTS = [
    (lambda P, c: c, ""),
    (lambda P, c: np.ones_like(P), "Every pair needs to count as often as it came: multiply with the counts."),
    (lambda P, c: P, "Weigh by how often each pair came, counts, not by P."),
]
_LOGS = [
    (np.log, ""),
    (np.log2, "This is in bits (base 2); the loss is in nats: use np.log."),
    (np.log10, "This is in base 10; the loss is in nats: use np.log."),
    (np.log1p, "This is the log of 1 + P; a pair costs −log P."),
    (np.sqrt, "The log is missing, there is a root instead: a pair costs −log P."),
    (lambda p: np.log(1 - p), "This is the log of 1 − P; a pair costs −log P."),
]
_DIVISORS = [
    (lambda c: c.sum(), ""),
    (lambda c: 1, "This is a sum; divide by the number of pairs, counts.sum()."),
    (lambda c: np.sum(c > 0), "Divide by the number of pairs, counts.sum(), not by the number of cells with counts."),
    (lambda c: c.size, "Divide by the number of pairs, counts.sum(), not by the number of cells (np.mean over a whole table does that)."),
    (lambda c: len(c), "Divide by the number of pairs, counts.sum(), not by the number of rows (or the sum of P, which is as large)."),
]  # fmt: skip
_SIGNS = [(-1, ""), (1, "The minus sign is missing: logs of probabilities are negative.")]


def _loss_with(weight=_WEIGHTS[0][0], log=np.log, divisor=_DIVISORS[0][0], sign=-1):
    def written(P, counts):
        seen = counts > 0
        return sign * np.sum((weight(P, counts) * log(np.where(seen, P, 1)))[seen]) / divisor(counts)

    return written


def _slips():
    """One of the four gone wrong, then two of them, with what is said of each."""
    parts = {"weight": _WEIGHTS, "log": _LOGS, "divisor": _DIVISORS, "sign": _SIGNS}
    for part, ways in parts.items():
        for way, words in ways[1:]:
            yield _loss_with(**{part: way}), words
    for one, other in itertools.combinations(parts, 2):
        for (way, words), (other_way, other_words) in itertools.product(parts[one][1:3], parts[other][1:]):
            yield _loss_with(**{one: way, other: other_way}), f"Two slips. {words} {other_words}"


def _summed_rows(P, counts):
    costs = np.where(counts > 0, -counts * np.log(np.where(counts > 0, P, 1)), 0).sum(axis=1)
    return np.sum(costs / np.maximum(counts.sum(axis=1), 1))


check_mean_loss = Exercise(
    mean_loss,
    _losses(),
    seen=_honest,
    hints=[
        "Each pair costs −log P. A pair that came five times costs five times that.",
        "0 · log 0 is nan in numpy: leave out the cells without counts, seen = counts > 0.",
        "return -np.sum(counts[seen] * np.log(P[seen])) / counts.sum()",
    ],
    mistakes=[
        (lambda P, counts: -np.sum(counts * np.log(P)) / counts.sum(), "0 · log 0 is nan: take only the cells with counts, P[counts > 0]."),
        (lambda P, counts: -np.sum(counts[P > 0] * np.log(P[P > 0])) / counts.sum(), "A counted pair with probability 0 costs infinitely much: leave out the cells without counts, not those without probability."),
        (lambda P, counts: -np.sum(P[P > 0] * np.log(P[P > 0])), "Weigh by how often each pair came, counts, not by P, and divide by counts.sum()."),
        (_mean_of_rows, "Every pair counts alike, not every row."),
        (lambda P, counts: -np.sum(counts * P) / counts.sum(), "The log is missing: a pair costs −log P."),
        (lambda P, counts: np.exp(mean_loss(P, counts)), "This is the perplexity; the loss is its log."),
        (lambda P, counts: -np.sum(counts[(P > 0) & (counts > 0)] * np.log(P[(P > 0) & (counts > 0)])) / counts[P > 0].sum(), "A counted pair with probability 0 costs infinitely much, and belongs to the number of pairs: leave out cells without counts alone."),
        (lambda P, counts: np.sum(counts * P) / counts.sum(), "The log is missing: this is the mean probability, and a pair costs −log P."),
        (_summed_rows, "Every row has a mean of its own here, and these are added up: every pair counts alike, so add all costs up first, then divide by counts.sum()."),
        (lambda P, counts: np.max(-np.log(P[counts > 0])), "This is the most surprising pair alone; the mean over all is asked for."),
        (lambda P, counts: np.median(np.repeat(-np.log(P[counts > 0]), counts[counts > 0].astype(int))), "This is the median; the mean is asked for."),
        (lambda P, counts: mean_loss(probabilities(counts), counts), "P has no say: this is the loss of the counted table itself; take np.log(P)."),
        (lambda P, counts: -np.sum(counts[counts > 0] / counts.sum() * np.log(counts[counts > 0] / counts.sum())), "P has no say: the log is of P, and the counts are the weights."),
        (lambda P, counts: -np.mean(counts * np.log(P + 1e-12)), "np.mean divides by the number of cells; divide by the number of pairs, counts.sum()."),
        (lambda P, counts: -np.mean(counts * np.log(P + 1e-10)), "np.mean divides by the number of cells, 784; divide by the number of pairs, counts.sum()."),
        (lambda P, counts: np.exp(-mean_loss(P, counts)), "This is the geometric mean probability, e^−L; the loss is L itself."),
        (lambda P, counts: np.exp(np.sum(counts * np.log(P + 1e-12)) / counts.sum()), "This is the geometric mean probability, e^−L; the loss L has no np.exp, and a minus."),
        (lambda P, counts: 1 - np.sum(counts * P) / counts.sum(), "The log is missing: 1 − P is another cost; here a pair costs −log P."),
        (lambda P, counts: np.mean((P - probabilities(counts)) ** 2), "This is a squared error; the loss is the mean of −log P over all pairs."),
        (lambda P, counts: mean_loss(P, counts) / np.log(28), "Divided by log 28; the loss is in nats, as it is."),
        (lambda P, counts: -np.log(np.sum(counts * P) / counts.sum()), "This is the log of the mean probability; take the mean of the logs."),
        (lambda P, counts: -np.log(P[counts > 0].mean()), "This is the log of a mean; take the mean of the logs, each pair as often as it came."),
        (lambda P, counts: -np.sum(np.log(counts[counts > 0]) * P[counts > 0]) / counts.sum(), "P and counts changed places: the log is of P, and the counts are the weights."),
        (lambda P, counts: -np.where(counts > 0, counts * np.log(np.where(counts > 0, P, 1)), 0) / counts.sum(), "This is what each cell adds to the loss: add them up, np.sum."),
        (lambda P, counts: -np.where(counts > 0, counts * np.log(np.where(counts > 0, P, 1)), 0).sum(axis=1) / counts.sum(), "This is what each row adds to the loss: leave axis away, so that np.sum adds all of them up."),
        (lambda P, counts: -np.where(counts > 0, counts * np.log(np.where(counts > 0, P, 1)), 0)[0].sum() / counts.sum(), "Only the first row is in it: is the return inside the outer loop?"),
        (lambda P, counts: mean_loss(P, counts) // 1, "The fraction is cut off: // divides whole numbers, / is asked for."),
        (lambda P, counts: np.trunc(mean_loss(P, counts)), "The fraction is cut off: is there an int(...)?"),
        (lambda P, counts: neural_loss(P, counts), "There is a softmax in it: P holds probabilities already, take np.log(P)."),
        (lambda P, counts: -np.sum(counts * np.log(P + 0.001)) / counts.sum(), "A small number is added inside the log, and it is too large to go unseen: leave out the cells without counts instead."),
        (lambda P, counts: -np.sum(counts * np.log(P + 0.01)) / counts.sum(), "A small number, 0.01, is added inside the log, which changes the loss: leave out the cells without counts instead."),
        (lambda P, counts: -np.sum(counts @ np.log(P + 1e-9)) / counts.sum(), "@ multiplies matrices; cell by cell is asked for, counts * np.log(P), where there are counts."),
        (lambda P, counts: -np.sum(counts @ np.log(P + 1e-12)) / counts.sum(), "@ multiplies matrices, rows with columns; cell by cell is asked for, *, where there are counts."),
        *_slips(),
    ],
)  # fmt: skip


def draw(row, u):
    """The symbol whose step holds u: the first j with p₀ + … + pⱼ > u.

    row (28,) of probabilities that sum to 1, u a number from 0 up to but not including 1 -> a number from 0 to 27.
    """
    return np.searchsorted(np.cumsum(row), u, side="right")


def _draws():
    rows = probabilities(count(["emma", "olivia", "mae", "ella", "eva", "ava", "zoe"]))
    rng = np.random.default_rng(7)
    cases = [(f"the row of {bigram.SYMBOLS[i]}, u = {u}", (rows[i], u)) for i, u in ((5, 0.1), (1, 0.5), (13, 0.95))]
    # An eighth is exact in binary, so these sums have no rounding to hide behind.
    eighths = np.zeros(28)
    eighths[[2, 3, 9, 27]] = 0.25, 0.125, 0.125, 0.5
    cases += [(f"exactly on an edge, u = {u}", (eighths, u)) for u in (0.0, 0.25, 0.375, 0.5)]
    return cases + [("a random row", (softmax(rng.normal(size=28)), float(rng.random()))) for _ in range(4)]


check_draw = Exercise(
    draw,
    _draws(),
    hints=[
        "Pile the probabilities up, from 0 to 1: np.cumsum(row) holds the top of each step.",
        "Look for the first step whose top lies above u.",
        'return np.searchsorted(np.cumsum(row), u, side="right"), or np.argmax(np.cumsum(row) > u)',
    ],
    mistakes=[
        (lambda row, u: np.argmax(row), "This always takes the likeliest symbol; u has no say, and every name would be the same."),
        (lambda row, u: np.argmax(row > u), "Compare u with the cumulative sum, np.cumsum(row), not with single probabilities."),
        (lambda row, u: np.searchsorted(row, u), "Compare u with the cumulative sum, np.cumsum(row), not with single probabilities."),
        (lambda row, u: draw(row, u) - 1, "Off by one: this is the symbol before the one whose step holds u."),
        (lambda row, u: draw(row, u) + 1, "Off by one: this is the symbol after the one whose step holds u."),
        (lambda row, u: np.searchsorted(np.cumsum(row), u), 'On an edge this takes the step below, even one of probability 0: its top needs to lie above u, so compare with > (or side="right").'),
        (lambda row, u: int(u * 28), "This draws all symbols alike; each step is as high as its symbol is likely."),
        (lambda row, u: np.argmin(np.abs(np.cumsum(row) - u)), "This is the nearest top of a step; take the first that lies above u."),
        (lambda row, u: np.cumsum(row)[draw(row, u)], "This is the top of the step; return which symbol it is."),
        (lambda row, u: row[draw(row, u)], "This is the probability of the symbol; return its number."),
        (lambda row, u: np.flatnonzero(np.cumsum(row) > u), "These are all the steps whose top lies above u; return the first alone."),
        (lambda row, u: [np.flatnonzero(np.cumsum(row) > u)], "These are all the steps whose top lies above u; return the first alone, a number: np.where(...)[0][0]."),
        (lambda row, u: np.cumsum(row) > u, "These are yes and no for every step; return the number of the first yes: np.argmax finds it."),
        (lambda row, u: np.cumsum(row), "These are the tops of all the steps; return the number of the first that lies above u."),
        (lambda row, u: np.argmax(np.cumsum(row) < u), "This returns 0 whatever u is. np.argmax finds the first yes, so compare np.cumsum(row) > u, and not <; and in a loop: is the return too early?"),
        (lambda row, u: np.argmax(np.cumsum(row)), "This finds the highest top, near the end of the row; u has no say. Compare first: np.cumsum(row) > u."),
        (lambda row, u: np.sum(np.cumsum(row) > u), "This counts the tops above u; the number of the step is how many tops are not above u."),
        (lambda row, u: 27, "This always returns 27, <e>; u needs to have a say."),
        (lambda row, u: round(u * 27), "This draws all symbols alike; each step is as high as its symbol is likely: pile up np.cumsum(row)."),
        (lambda row, u: int(u * 27), "This draws the symbols alike; each step is as high as its symbol is likely: np.cumsum(row)."),
        (lambda row, u: np.argmin(np.abs(row - u)), "This is the probability nearest to u; compare u with the cumulative sum, np.cumsum(row)."),
        (lambda row, u: np.argmax(row >= u), "Single probabilities are compared with u; take the cumulative sum, np.cumsum(row)."),
        (lambda row, u: np.argmax(np.cumsum(np.sort(row)[::-1]) > u), "The row was sorted, so the number is no longer that of the symbol: leave it as it is."),
        (lambda row, u: np.argmax(np.cumsum(np.sort(row)) > u), "The row was sorted first, and the numbers of the symbols are lost: leave it as it is."),
        (lambda row, u: np.argmax(np.cumsum(row[::-1]) > u), "The row was piled up from its end: begin with symbol 0."),
        (lambda row, u: np.argmax(np.cumsum(row) > 1 - u), "This looks for 1 − u; the first top above u itself is asked for."),
        (lambda row, u: np.argmax(np.cumsum(row) > 0.5), "This compares with 0.5; u needs to have a say."),
        (lambda row, u: np.argmax(np.cumsum(row) > row.mean()), "This compares with the mean; u needs to have a say."),
        (lambda row, u: np.argsort(-row)[np.argmax(np.cumsum(np.sort(row)[::-1]) > u)], "The steps were sorted, the likeliest first: leave them in the order of the symbols."),
        (lambda row, u: np.argmax(np.cumsum(row) - row / 2 > u), "This compares u with the middle of each step; its top needs to lie above u."),
        (lambda row, u: np.argmax(np.cumsum(row) - row > u), "This compares u with the foot of each step; its top needs to lie above u: np.cumsum(row) > u."),
        (lambda row, u: int(np.sum(row * np.arange(28))), "This is the mean symbol, if there were such a thing; u has no say."),
        (lambda row, u: np.argmax(row * u), "Times u the likeliest stays the likeliest: pile the row up, np.cumsum(row), and compare with u."),
        (lambda row, u: np.argmax(np.cumsum(row) > u) if u > 0 else 0, "At u = 0, too, the first step whose top lies above it is asked for: an empty step never holds u."),
        (lambda row, u: row * u, "A number of a symbol is asked for; u times the probabilities says nothing about it. Pile them up, np.cumsum(row)."),
        (lambda row, u: next((j for j in range(28) if row[:j].sum() > u), None), "p_j is added after the comparison: add it first, so that the sum is the top of step j, then compare."),
        (lambda row, u: next((j for j, p in enumerate(row) if p > u), None), "Single probabilities are compared with u; add them up, total += p, and compare the total."),
        (lambda row, u: next((j for j, p in enumerate(row) if p > u), 27), "Single probabilities are compared with u (total = p, perhaps): add them up, total += p, and compare the total."),
        (lambda row, u: next((j for j, top in enumerate(np.cumsum(row)) if top < u), None), "The other way round: the first total above u, so total > u."),
        (lambda row, u: next((j for j, top in enumerate(np.cumsum(row)) if top == u), None), "The total hardly ever hits u exactly: take the first that lies above it, total > u."),
        (lambda row, u: np.where(np.cumsum(row) < u)[0][-1], "This is the last step whose top lies below u, one before the one that holds u; take the first above it: np.argmax(np.cumsum(row) > u)."),
    ],
)  # fmt: skip


def _smoothings():
    return [
        (f"{name}, alpha = {alpha}", (counts, alpha)) for (name, counts), alpha in zip(_tables(), (1, 0.25, 3.0))
    ] + [("the counts of four names, alpha = 0.01", (_tables()[0][1], 0.01))]


def smoothed(counts, alpha):
    """P(j | i) = (countsᵢⱼ + α) / Σⱼ (countsᵢⱼ + α), where α > 0.

    counts (28, 28) -> (28, 28), rows sum to 1, no entry is 0.
    """
    return probabilities(counts, alpha)


def _floored(counts, alpha):
    P = np.where(counts > 0, probabilities(counts), alpha)
    return P / P.sum(axis=1, keepdims=True)


check_smoothed = Exercise(
    smoothed,
    _smoothings(),
    hints=[
        "Pretend that every pair came alpha times more often than it did.",
        "Add alpha to the whole table first, then divide each row by its new sum.",
        "more = counts + alpha; return more / more.sum(axis=1, keepdims=True)",
    ],
    mistakes=[
        (lambda counts, alpha: (counts + alpha) / np.maximum(counts.sum(axis=1, keepdims=True), 1), "The rows sum to more than 1: each sum has grown by 28 alpha, too."),
        (lambda counts, alpha: (counts + alpha) / (counts.sum(axis=1, keepdims=True) + alpha), "The sum of a row grows by 28 alpha, not by alpha: one alpha for each of its cells."),
        (lambda counts, alpha: counts + alpha, "These are counts still; divide each row by its sum."),
        (lambda counts, alpha: (counts + alpha) / (counts.sum(axis=1, keepdims=True) + 26 * alpha), "A row has 28 cells, so its sum grows by 28 alpha."),
        (lambda counts, alpha: (counts + alpha) / (counts.sum(axis=1, keepdims=True) + 27 * alpha), "A row has 28 cells, so its sum grows by 28 alpha."),
        (lambda counts, alpha: probabilities(counts), "Nothing is added: alpha has no say, and a pair never seen keeps probability 0."),
        (lambda counts, alpha: probabilities(counts) + alpha, "Add alpha to the counts, before the division; these rows sum to more than 1."),
        (lambda counts, alpha: probabilities(np.where(counts > 0, counts, alpha)), "Only the empty cells get alpha here; add it to every cell."),
        (_floored, "Only the empty cells get alpha here, and as a probability; add alpha to every count."),
        (lambda counts, alpha: probabilities(counts, 1), "This adds 1; add alpha."),
        (lambda counts, alpha: probabilities(counts.T, alpha).T, "Column instead of row: every row needs to sum to 1, so sum along axis=1."),
        (lambda counts, alpha: (counts + alpha) / (counts + alpha).sum(), "You divided by the whole table; each row needs its own sum."),
        (lambda counts, alpha: (counts + alpha) / (counts + alpha).sum(axis=1), "keepdims=True is missing: without it numpy divides column j by the sum of row j."),
        (lambda counts, alpha: (counts + alpha) / counts.sum(axis=1, keepdims=True), "The sums are still those of the plain counts (0 for an empty row): each has grown by 28 alpha, too."),
        (lambda counts, alpha: (counts + alpha) / (counts.sum(axis=1, keepdims=True) + 28), "The sum of a row grows by 28 alpha, not by 28: alpha for each of its cells."),
        (lambda counts, alpha: (counts + alpha) / (counts.sum(axis=1, keepdims=True) + 28**2 * alpha), "The sum of a row grows by 28 alpha: a row has 28 cells, the whole table 28²."),
        (lambda counts, alpha: (counts + alpha) / (counts.sum(axis=1, keepdims=True) + 1), "The sum of a row grows by 28 alpha, not by 1: one alpha for each of its cells."),
        (lambda counts, alpha: counts / counts.sum(axis=1, keepdims=True), "alpha has no say: add it to every count, before the division. (Times alpha, the division would undo it.)"),
        (lambda counts, alpha: counts / np.maximum(counts.sum(axis=1, keepdims=True), 1), "Nothing is added, so that alpha has no say: add it to every count, before the division."),
        (lambda counts, alpha: counts / (counts.sum(axis=1, keepdims=True) + 28 * alpha), "alpha is missing above the line: (counts + alpha), divided by the new sum."),
        (lambda counts, alpha: counts / np.maximum(counts.sum(axis=1, keepdims=True), 1) + alpha, "Add alpha to the counts, before the division, and not to the probabilities."),
        (lambda counts, alpha: counts / counts.sum(axis=1, keepdims=True) + alpha, "alpha belongs to the counts, before the division; after it the rows no longer sum to 1 (and an empty row is 0/0)."),
        (lambda counts, alpha: softmax(counts + alpha), "No softmax here, it does not even notice alpha: divide each row of counts + alpha by its sum."),
        (lambda counts, alpha: counts + alpha / (counts + alpha).sum(axis=1, keepdims=True), "Brackets: (counts + alpha) / ..., so that the counts are divided, too."),
        (lambda counts, alpha: (counts + alpha) / counts.sum(axis=1, keepdims=True) + 28 * alpha, "Brackets below the line: / (counts.sum(axis=1, keepdims=True) + 28 * alpha)."),
        (lambda counts, alpha: (counts - alpha) / (counts - alpha).sum(axis=1, keepdims=True), "alpha is added, not subtracted."),
        (lambda counts, alpha: probabilities(counts, alpha).T, "The answer is transposed: keep row i for the previous symbol."),
        (lambda counts, alpha: probabilities(np.maximum(counts, alpha)), "The larger of count and alpha was taken; add alpha to every count."),
        (lambda counts, alpha: probabilities(counts + alpha * (np.arange(28) > 0)), "The column of <s> gets its alpha, too: all 28 symbols."),
        (lambda counts, alpha: probabilities(counts + alpha * ((np.arange(28) > 0) & (np.arange(28) < 27))), "The columns of <s> and <e> get their alpha, too: all 28 symbols."),
        (lambda counts, alpha: (1 - alpha) * counts / np.maximum(counts.sum(axis=1, keepdims=True), 1) + alpha / 28, "This mixes probabilities, (1 − alpha) P + alpha/28; here alpha is added to the counts, before the division."),
        (lambda counts, alpha: (1 - alpha) * probabilities(counts) + alpha / 28, "This mixes the probabilities with 1/28; here alpha is added to the counts, before the division."),
        (lambda counts, alpha: np.cumsum(probabilities(counts, alpha), axis=1), "These are piled up, as for drawing; the probabilities themselves are asked for."),
        (lambda counts, alpha: (counts + alpha) / (counts + alpha).sum(axis=1, keepdims=True) / (1 + alpha), "Divided once more than needed: each row needs to sum to 1."),
        (lambda counts, alpha: (counts + alpha) / (counts + alpha).max(axis=1, keepdims=True), "Divide by the row's sum, not by its largest entry."),
        (lambda counts, alpha: (counts + alpha) / (counts + alpha).mean(axis=1, keepdims=True), "Divide by the row's sum, not by its mean: the rows sum to 28."),
        (lambda counts, alpha: (counts + alpha) / 28, "Divide by the row's sum, not by the number of columns."),
        (lambda counts, alpha: probabilities(counts + alpha, alpha), "alpha is added twice: once is enough."),
        (lambda counts, alpha: probabilities(counts, 28 * alpha), "28 alpha is added to each count; it is the sum of a row that grows by 28 alpha, each count by alpha."),
        (lambda counts, alpha: probabilities(counts, alpha / 28), "alpha / 28 is added to each count; add alpha itself."),
        (lambda counts, alpha: probabilities(counts, alpha)[0], "Only the first row came back: is the return inside the loop?"),
        (lambda counts, alpha: (counts + alpha).sum(axis=1, keepdims=True), "These are the sums; divide each row of counts + alpha by its own."),
    ],
)  # fmt: skip


def _trained():
    rng = np.random.default_rng(8)
    return [(name, (rng.normal(size=(28, 28)), counts)) for name, counts in _tables()]


def _part(change):
    """A wrong gradient: change(P, counts, nᵢ as a column, N) instead of (nᵢ P − counts) / N."""

    def wrong(W, counts):
        return change(softmax(W), counts, counts.sum(axis=1, keepdims=True), counts.sum())

    return wrong


def _by_hand(normalised):
    """A gradient whose softmax was written anew, normalised(e^W)."""
    return lambda W, counts: (counts.sum(axis=1, keepdims=True) * normalised(np.exp(W)) - counts) / counts.sum()


check_neural_gradient = Exercise(
    neural_gradient,
    _trained(),
    hints=[
        "One pair alone has the slope of lesson 04 in its row: predicted minus true, P[i] minus a one-hot vector.",
        "Row i has counts[i].sum() pairs: their predictions add up to that many times P[i], their truths to counts[i].",
        "return (counts.sum(axis=1, keepdims=True) * softmax(W) - counts) / counts.sum()",
    ],
    mistakes=[
        (_part(lambda P, c, n, N: (c - n * P) / N), "The sign is flipped: it is predicted minus true."),
        (_part(lambda P, c, n, N: n * P - c), "The mean is forgotten: divide by the number of pairs, counts.sum()."),
        (_part(lambda P, c, n, N: c - n * P), "Sign and mean: predicted minus true, divided by N."),
        (_part(lambda P, c, n, N: (n * P - c) / 28**2), "Divide by the number of pairs, counts.sum()."),
        (_part(lambda P, c, n, N: (n * P - c) / 28), "Divide by the number of pairs, counts.sum(); the number of rows has no say."),
        (lambda W, counts: (counts.sum(axis=0) * softmax(W) - counts) / counts.sum(), "Row sums, please: axis=1."),
        (_part(lambda P, c, n, N: (P - c) / N), "Row i predicts once for each of its pairs: multiply P with the row's sum of counts."),
        (_part(lambda P, c, n, N: P - c / N), "Row i predicts once for each of its own pairs: multiply P with that row's sum of counts, not with the whole table's, then divide both by N."),
        (_part(lambda P, c, n, N: (P - probabilities(c)) * (n > 0)), "This treats every row alike (is each divided by its own sum?); a row with more pairs pulls more: multiply with its sum of counts, and divide by N, the number of all pairs."),
        (_part(lambda P, c, n, N: P - probabilities(c)), "This treats every row alike, even an empty one: multiply with the row's sum of counts, and divide by N."),
        (_part(lambda P, c, n, N: n * P / N), "The truth is missing: subtract the counts."),
        (_part(lambda P, c, n, N: (n.T * P - c) / N), "keepdims=True is missing: the sum of row i belongs to all of row i, not to column i."),
        (lambda W, counts: (counts.sum(axis=1, keepdims=True) * W - counts) / counts.sum(), "The softmax is missing: take probabilities, not scores."),
        (lambda W, counts: (counts.sum(axis=1, keepdims=True) * softmax(W.T).T - counts) / counts.sum(), "Softmax over the wrong axis: every row of W needs its own."),
        (lambda W, counts: neural_gradient(W, counts).T, "The gradient is transposed: it needs the shape of W, a row per previous symbol."),
        (_part(lambda P, c, n, N: (n[-1] * P - c) / N), "Every row got the sum of the last one: in a loop, write G[i] = ..., not G = ..."),
        (_part(lambda P, c, n, N: (n[0] * P - c) / N), "Every row got the sum of the first one: nᵢ is the sum of row i, counts.sum(axis=1, keepdims=True)."),
        (_part(lambda P, c, n, N: (28 * P - c) / N), "nᵢ is the sum of row i of the counts, not its length 28."),
        (_part(lambda P, c, n, N: (n / 28 * P - c) / N), "nᵢ is the sum of row i of the counts, not their mean."),
        (_part(lambda P, c, n, N: (c.max(axis=1, keepdims=True) * P - c) / N), "nᵢ is the sum of row i of the counts, not the largest of them."),
        (_part(lambda P, c, n, N: (c * P - c) / N), "P is multiplied with the sum of its row of counts, nᵢ, not with each count."),
        (_part(lambda P, c, n, N: (n[:, 0] @ P - c) / N), "@ adds the rows up; each row is multiplied with its own sum: counts.sum(axis=1, keepdims=True) * P."),
        (_part(lambda P, c, n, N: n * P - c / N), "Brackets: divide all of it by N, (n P − counts) / N."),
        (_part(lambda P, c, n, N: n * (P - c) / N), "Brackets: nᵢ multiplies P alone, not the counts."),
        (_part(lambda P, c, n, N: n * (P - c / N)), "Brackets: (n P − counts) / N, where nᵢ multiplies P alone, and N divides all."),
        (_part(lambda P, c, n, N: (n * P - c) / n), "Divide by the number of all pairs, counts.sum(): each row's own sum treats the rows alike, and is 0 for an empty one."),
        (lambda W, counts: (counts.sum(axis=1, keepdims=True) / (1 + np.exp(-W)) - counts) / counts.sum(), "This is a sigmoid of each score; P is the softmax of each row, whose numbers sum to 1."),
        (_part(lambda P, c, n, N: (n * P + c) / N), "It is predicted minus true: subtract the counts, do not add them."),
        (_part(lambda P, c, n, N: P - c), "Row i predicts once for each of its pairs: multiply P with the row's sum of counts, and divide by N."),
        (_part(lambda P, c, n, N: P), "This is P alone, what is predicted; multiply with the row's sum of counts, subtract the counts, and divide by N."),
        (_part(lambda P, c, n, N: (P - c / np.maximum(n, 1)) / 28), "This treats every row alike; a row with more pairs pulls more: multiply with its sum of counts, and divide by N, not by 28."),
        (_part(lambda P, c, n, N: (n * P - c) / N**2), "Divided by N twice: once is enough."),
        (_part(lambda P, c, n, N: ((n * P - c) / N).sum()), "One number, and it is always 0: keep one slope for every weight, the shape of W, without .sum() or .mean() around all."),
        (_part(lambda P, c, n, N: -c / P / N), "This is the slope in P; in the scores W, with the softmax, it is (n P − counts) / N."),
        (_part(lambda P, c, n, N: np.where(np.arange(28)[:, None] == 27, (n * P - c) / N, 0)), "Only the last row is filled: does the line that fills row i stand inside the loop?"),
        (_part(lambda P, c, n, N: np.where(np.arange(28)[:, None] == 0, (n * P - c) / N, 0)), "Only the first row is filled: is the return inside the loop?"),
        (_part(lambda P, c, n, N: ((n * P - c) / N)[0]), "Only the first row came back: is the return inside the loop?"),
        (_part(lambda P, c, n, N: (n * softmax(c) - c) / N), "The softmax is of the scores W, not of the counts."),
        (_part(lambda P, c, n, N: (n * probabilities(c) - c) / N), "W has no say: P is the softmax of its rows, and not the counted table."),
        (_part(lambda P, c, n, N: (n * np.log(P) - c) / N), "P itself, not its log: n P − counts."),
        (_part(lambda P, c, n, N: (n * P.argmax(axis=1, keepdims=True) - c) / N), "P itself, not where it is largest: n P − counts."),
        (lambda W, counts: (counts.sum(axis=0) * softmax(W.T).T - counts) / counts.sum(), "Columns throughout: the softmax, and the sums of counts, go along the rows, axis=1."),
        (_part(lambda P, c, n, N: (n * P * (1 - P) - c) / N), "No P(1 − P) here: the slope in the scores is (n P − counts) / N."),
        (lambda W, counts: W - neural_gradient(W, counts), "This is W after a step; the gradient alone is asked for."),
        (_by_hand(lambda E: E / E.sum()), "The softmax went over the whole table: every row of W needs its own, with its own sum."),
        (_by_hand(lambda E: E / E.sum(axis=1)), "keepdims=True is missing in the softmax: the sum of row i belongs to all of row i."),
        (_by_hand(lambda E: E), "The softmax is not complete: divide np.exp(W) by the sum of each row."),
        (neural_loss, "This is the loss; its slope in every weight is asked for, the shape of W."),
    ],
)  # fmt: skip


check_perplexity = Exercise(
    perplexity,
    [(f"a loss of {value} nats", (value,)) for value in (0.0, 1.0, 2.454, 3.332, 0.5)],
    hints=[
        "A uniform guess among n symbols costs log n nats. Which function leads back from log n to n?",
        "The loss is in nats, the natural logarithm: its way back is np.exp.",
    ],
    mistakes=[
        (lambda loss: 2**loss, "2 to the loss is right for bits; this loss is in nats: use np.exp."),
        (lambda loss: 10**loss, "The loss is a natural logarithm: its way back is np.exp."),
        (lambda loss: np.exp(-loss), "The sign: e^−L is the (geometric) mean probability; the perplexity is e^L."),
        (lambda loss: np.log(loss), "This goes on in the same direction; the way back from a log is np.exp."),
        (lambda loss: loss, "This is still the loss."),
        (lambda loss: 28 * np.exp(loss), "The 28 is in the loss already: a uniform guess has log 28 nats."),
        (lambda loss: np.exp(loss) / 28, "Nothing is divided by 28: a uniform guess has log 28 nats, so e^L is 28 for it already."),
        (lambda loss: 28**loss, "28 to the loss; the base of nats is e: use np.exp."),
        (lambda loss: 27**loss, "27 to the loss; the base of nats is e, use np.exp."),
        (lambda loss: 26**loss, "26 to the loss; the base of nats is e, so use np.exp."),
        (lambda loss: np.exp(loss - 1), "This is e^L / e, as with 1 subtracted in the exponent: e^L itself."),
        (lambda loss: np.exp(loss + 1), "This is e · e^L, as with 1 added in the exponent: e^L itself."),
        (lambda loss: np.exp(loss**2), "The exponent is the loss, not its square."),
        (lambda loss: np.exp(np.sqrt(loss)), "The exponent is the loss, not its root."),
        (lambda loss: 1 / (1 + np.exp(-loss)), "This is the sigmoid of the loss; the perplexity is e^L."),
        (lambda loss: np.exp(1 / loss), "The exponent is the loss, not one over it."),
        (lambda loss: 3**loss, "3 to the loss; the base of nats is e: use np.exp."),
        (lambda loss: 2.718**loss, "2.718 is only close to e: use np.e, or np.exp."),
        (lambda loss: 2.7**loss, "2.7 is only close to e: use np.e, or np.exp."),
        (lambda loss: 2.72**loss, "2.72 is only close to e: use np.e, or np.exp."),
        (lambda loss: 2.71**loss, "2.71 is only close to e: use np.e, or np.exp."),
        (lambda loss: 2.7183**loss, "2.7183 is only close to e: use np.e, or np.exp."),
        (lambda loss: 2.71828**loss, "2.71828 is only close to e: use np.e, or np.exp."),
        (lambda loss: loss**2, "This is the square of the loss; e to the loss is asked for: np.exp."),
        (lambda loss: loss**np.e, "The other way round: e to the loss, np.e ** loss."),
        (lambda loss: np.e * loss, "e times the loss; e to the loss is asked for: np.exp."),
        (lambda loss: np.exp(2 * loss), "This is the square of the perplexity: np.exp(loss), without a factor 2."),
        (lambda loss: np.exp(loss / 2), "This is the root of the perplexity: np.exp(loss), nothing divided by 2."),
        (lambda loss: np.exp(loss) ** 0.5 * np.exp(loss), "The exponent is the loss itself, np.exp(loss), not 1.5 times it."),
        (lambda loss: np.exp(loss / np.log(2)), "This changes nats to bits first; np.exp takes the loss in nats as it is."),
        (lambda loss: np.exp(loss / 28), "Nothing is divided by 28: the loss is per symbol already."),
        (lambda loss: np.exp(28 * loss), "Nothing is multiplied by 28: the loss is per symbol already."),
        (lambda loss: np.exp(loss) * loss, "e to the loss is all: nothing multiplies it."),
        (lambda loss: np.exp(np.exp(loss)), "np.exp was taken twice: once is enough."),
        (lambda loss: -np.exp(loss), "The sign: the perplexity is e^L, without a minus in front."),
        (lambda loss: np.exp(loss) - 1, "Nothing is subtracted: e^L. (np.expm1 would do that.)"),
        (lambda loss: np.exp(loss) + 1, "Nothing is added: e^L."),
        (lambda loss: 1 + loss, "This is close to e^L only near 0; the perplexity is np.exp(loss)."),
        (lambda loss: 1 / loss, "One over the loss; e to the loss is asked for: np.exp."),
        (lambda loss: np.log2(loss), "This goes on in the same direction, with base 2; the way back from a natural log is np.exp."),
        (lambda loss: np.log(28) - loss, "This is how much better than a uniform guess the loss is; the perplexity is np.exp(loss)."),
        (lambda loss: float(int(np.exp(loss))), "The fraction is cut off: leave int(...) away, a perplexity need not be whole."),
        (lambda loss: float(round(np.exp(loss))), "It is rounded: a perplexity need not be whole."),
    ],
)  # fmt: skip
