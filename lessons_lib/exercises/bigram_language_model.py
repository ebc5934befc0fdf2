"""Exercises of lesson 08: pairs, counts, rows of probabilities, the loss, drawing, smoothing, the gradient, perplexity."""

import numpy as np

from lessons_lib.exercises.checking import Exercise
from lessons_lib.maths import bigram_language_model as bigram
from lessons_lib.maths.bigram_language_model import count, encode, neural_gradient, perplexity, probabilities
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
    ],
)  # fmt: skip


def _losses():
    rng = np.random.default_rng(6)
    cases = []
    for name, counts in _tables():
        cases.append((f"{name}, smoothed table", (probabilities(counts, 0.5), counts)))
    counts = count(["emma", "mae"])
    cases.append(("a table with zeros", (probabilities(counts), counts)))
    cases.append(("a pair that the table calls impossible", (probabilities(counts), count(["ame"]))))
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


check_mean_loss = Exercise(
    mean_loss,
    _losses(),
    hints=[
        "Each pair costs −log P. A pair that came five times costs five times that.",
        "0 · log 0 is nan in numpy: leave out the cells without counts, seen = counts > 0.",
        "return -np.sum(counts[seen] * np.log(P[seen])) / counts.sum()",
    ],
    mistakes=[
        (lambda P, counts: -np.sum(counts * np.log(P)) / counts.sum(), "0 · log 0 is nan: take only the cells with counts, P[counts > 0]."),
        (lambda P, counts: mean_loss(P, counts) / np.log(2), "This is in bits (base 2); the loss is in nats: use np.log."),
        (lambda P, counts: mean_loss(P, counts) / np.log(10), "This is in base 10; the loss is in nats: use np.log."),
        (lambda P, counts: -mean_loss(P, counts), "The minus sign is missing: logs of probabilities are negative."),
        (lambda P, counts: np.sum(counts[counts > 0] * np.log(P[counts > 0])), "Sign and mean: minus, and divide by counts.sum()."),
        (lambda P, counts: -np.sum(counts[P > 0] * np.log(P[P > 0])) / counts.sum(), "A counted pair with probability 0 costs infinitely much: leave out the cells without counts, not those without probability."),
        (lambda P, counts: -np.sum(P[P > 0] * np.log(P[P > 0])), "Weigh by how often each pair came, counts, not by P."),
        (lambda P, counts: -np.sum(P[counts > 0] * np.log(P[counts > 0])), "Weigh by how often each pair came, counts, not by P."),
        (_mean_of_rows, "Every pair counts alike, not every row."),
        (lambda P, counts: mean_loss(P, counts) * counts.sum(), "This is the sum; divide by the number of pairs, counts.sum()."),
        (lambda P, counts: -np.mean(np.log(P[counts > 0])), "Every pair needs to count as often as it came: multiply with the counts."),
        (lambda P, counts: mean_loss(P, counts) * counts.sum() / 28**2, "Divide by the number of pairs, not by the number of cells."),
        (lambda P, counts: mean_loss(P, counts) * counts.sum() / np.sum(counts > 0), "Divide by the number of pairs, counts.sum(), not by the number of cells with counts."),
        (lambda P, counts: -np.sum(counts * P) / counts.sum(), "The log is missing: a pair costs −log P."),
        (lambda P, counts: np.exp(mean_loss(P, counts)), "This is the perplexity; the loss is its log."),
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
    ],
)  # fmt: skip


def _smoothings():
    return [(f"{name}, k = {k}", (counts, k)) for (name, counts), k in zip(_tables(), (1, 0.25, 3.0))] + [
        ("the counts of four names, k = 0.01", (_tables()[0][1], 0.01))
    ]


def smoothed(counts, k):
    """P(j | i) = (countsᵢⱼ + k) / Σⱼ (countsᵢⱼ + k), where k > 0.

    counts (28, 28) -> (28, 28), rows sum to 1, no entry is 0.
    """
    return probabilities(counts, k)


def _floored(counts, k):
    P = np.where(counts > 0, probabilities(counts), k)
    return P / P.sum(axis=1, keepdims=True)


check_smoothed = Exercise(
    smoothed,
    _smoothings(),
    hints=[
        "Pretend that every pair came k times more often than it did.",
        "Add k to the whole table first, then divide each row by its new sum.",
        "more = counts + k; return more / more.sum(axis=1, keepdims=True)",
    ],
    mistakes=[
        (lambda counts, k: (counts + k) / np.maximum(counts.sum(axis=1, keepdims=True), 1), "The rows sum to more than 1: each sum has grown by 28 k, too."),
        (lambda counts, k: (counts + k) / (counts.sum(axis=1, keepdims=True) + k), "The sum of a row grows by 28 k, not by k: one k for each of its cells."),
        (lambda counts, k: counts + k, "These are counts still; divide each row by its sum."),
        (lambda counts, k: (counts + k) / (counts.sum(axis=1, keepdims=True) + 26 * k), "A row has 28 cells, so its sum grows by 28 k."),
        (lambda counts, k: (counts + k) / (counts.sum(axis=1, keepdims=True) + 27 * k), "A row has 28 cells, so its sum grows by 28 k."),
        (lambda counts, k: probabilities(counts), "Nothing is added: k has no say, and a pair never seen keeps probability 0."),
        (lambda counts, k: probabilities(counts) + k, "Add k to the counts, before the division; these rows sum to more than 1."),
        (lambda counts, k: probabilities(np.where(counts > 0, counts, k)), "Only the empty cells get k here; add it to every cell."),
        (_floored, "Only the empty cells get k here, and as a probability; add k to every count."),
        (lambda counts, k: probabilities(counts, 1), "This adds 1; add k."),
        (lambda counts, k: probabilities(counts.T, k).T, "Column instead of row: every row needs to sum to 1, so sum along axis=1."),
        (lambda counts, k: (counts + k) / (counts + k).sum(), "You divided by the whole table; each row needs its own sum."),
        (lambda counts, k: (counts + k) / (counts + k).sum(axis=1), "keepdims=True is missing: without it numpy divides column j by the sum of row j."),
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
        (_part(lambda P, c, n, N: P - c / N), "Row i predicts once for each of its pairs: multiply P with the row's sum of counts, then divide both by N."),
        (_part(lambda P, c, n, N: (P - probabilities(c)) * (n > 0)), "This treats every row alike; a row with more pairs pulls more: multiply with its sum of counts, and divide by N."),
        (_part(lambda P, c, n, N: P - probabilities(c)), "This treats every row alike, even an empty one: multiply with the row's sum of counts, and divide by N."),
        (_part(lambda P, c, n, N: n * P / N), "The truth is missing: subtract the counts."),
        (_part(lambda P, c, n, N: (n.T * P - c) / N), "keepdims=True is missing: the sum of row i belongs to all of row i, not to column i."),
        (lambda W, counts: (counts.sum(axis=1, keepdims=True) * W - counts) / counts.sum(), "The softmax is missing: take probabilities, not scores."),
        (lambda W, counts: (counts.sum(axis=1, keepdims=True) * softmax(W.T).T - counts) / counts.sum(), "Softmax over the wrong axis: every row of W needs its own."),
        (lambda W, counts: neural_gradient(W, counts).T, "The gradient is transposed: it needs the shape of W, a row per previous symbol."),
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
    ],
)  # fmt: skip
