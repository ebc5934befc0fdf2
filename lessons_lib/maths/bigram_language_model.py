"""A bigram model of names: which letter follows which, by counting and by training the slide's network.

A name is a row of symbols: `<s>`, its letters, `<e>`. `counts` (28, 28) holds in row i how often each symbol followed
symbol i, `P` (28, 28) the same as probabilities P(cᵢ | cᵢ₋₁), `W` (28, 28) the scores of the network, all with one row
for each previous symbol. Slides: Introduction to Machine Learning, "Bi-Gram Model".
"""

from string import ascii_lowercase

import numpy as np

from lessons_lib.maths.checks import (
    check_counted,
    check_counts,
    check_generator,
    check_indices,
    check_max_length,
    check_memory,
    check_name,
    check_names,
    check_scores,
    check_smoothing,
    check_table,
    overflow_is_quiet,
)
from lessons_lib.maths.gradient_descent import critical_learning_rate
from lessons_lib.maths.multiclass_classification import softmax

SYMBOLS = ("<s>", *ascii_lowercase, "<e>")
_OTHERS = 1 - np.eye(len(SYMBOLS))  # times P: the sum of all others in a row
_NUMBER = {symbol: number for number, symbol in enumerate(SYMBOLS)}


def encode(name):
    """The symbols of a name as numbers, both end marks included: "al" -> [0, 1, 12, 27].

    name: a string of letters a to z -> (letters + 2,). ValueError for an empty name and for every other character,
    named with its position; TypeError for what is no string.
    """
    check_name(name)
    return np.array([_NUMBER[symbol] for symbol in ("<s>", *name, "<e>")])


def decode(indices):
    """The name whose symbols these are, the way back from `encode`: [0, 1, 12, 27] -> "al".

    indices: whole numbers from 0 to 27, with or without the end marks around the letters -> a string. ValueError for
    other numbers, for <s> anywhere but first and for <e> anywhere but last.
    """
    check_indices(indices)
    symbols = [SYMBOLS[index] for index in indices]
    return "".join(symbol for symbol in symbols if symbol not in ("<s>", "<e>"))


def pairs(names):
    """(cᵢ₋₁, cᵢ) for every two neighbours in every name, end marks included.

    names: a list of strings -> (previous, next), two arrays of numbers from 0 to 27, one entry per pair: a name of n
    letters has n + 1 pairs. ValueError as in `encode` and when there is no name. Slide "Bi-Gram Model".
    """
    check_names(names)
    encoded = [encode(name) for name in names]
    previous = np.concatenate([symbols[:-1] for symbols in encoded])
    following = np.concatenate([symbols[1:] for symbols in encoded])
    return previous, following


def count(names):
    """How often symbol j followed symbol i, for all i and j.

    names: a list of strings -> (28, 28) whole numbers, row i for the previous symbol. ValueError as in `pairs`.
    """
    counts = np.zeros((len(SYMBOLS), len(SYMBOLS)), dtype=int)
    np.add.at(counts, pairs(names), 1)
    return counts


def probabilities(counts, smoothing=0):
    """P(j | i) = (countsᵢⱼ + α) / Σⱼ (countsᵢⱼ + α), where α is the smoothing.

    counts (28, 28), smoothing α ≥ 0 added to every count -> (28, 28); rows sum to 1, and a row without counts is
    uniform. ValueError for negative or infinite counts or smoothing,
    TypeError for what is no array of numbers. Slide "Bi-Gram Model", P(cᵢ | cᵢ₋₁).
    """
    check_counts(counts)
    check_smoothing(smoothing)
    counts = counts + smoothing
    totals = counts.sum(axis=1, keepdims=True)
    uniform = np.full(counts.shape, 1 / len(SYMBOLS))
    return np.divide(counts, totals, out=uniform, where=totals > 0)


@overflow_is_quiet
def loss(P, counts):
    """L = −Σ countsᵢⱼ log P(j | i) / Σ countsᵢⱼ: the mean surprise of the counted pairs, in nats per symbol.

    P (28, 28), rows sum to 1; counts (28, 28) -> a number, infinite when a counted pair has probability 0.
    ValueError when nothing was counted.
    """
    check_table(P)
    check_counted(counts)
    seen = counts > 0
    return -np.sum(counts[seen] * np.log(P[seen])) / counts.sum()


@overflow_is_quiet
def neural_loss(W, counts):
    """`loss` of the network's probabilities, P(j | i) = e^(Wᵢⱼ) / Σⱼ e^(Wᵢⱼ), in nats per symbol.

    W (28, 28): row i holds the scores of what follows symbol i, which is one-hot times W; counts (28, 28) -> a number.
    Slide "Bi-Gram Model", the network.
    """
    check_scores(W)
    check_counted(counts)
    W = W - W.max(axis=1, keepdims=True)
    surprises = np.log(np.exp(W).sum(axis=1, keepdims=True)) - W
    return np.sum(counts * surprises) / counts.sum()


@overflow_is_quiet
def neural_gradient(W, counts):
    """∇L(W) = (nᵢ P(j | i) − countsᵢⱼ) / N: how often the network expects each pair, minus how often it came.

    W, counts (28, 28); nᵢ is the sum of row i of the counts, N the sum of all -> (28, 28).
    """
    check_scores(W)
    check_counted(counts)
    expected = counts.sum(axis=1, keepdims=True) * softmax(W)
    return (expected - counts) / counts.sum()


def rate_limit(counts):
    """2/λmax, the largest learning rate at which descent on `neural_loss` settles near the counted table.

    counts (28, 28) -> a number. Each row is on its own, with the curvature nᵢ/N (diag(p) − ppᵀ) where p is its row of
    counted probabilities; the steepest row decides.
    """
    check_counted(counts)
    shares = counts.sum(axis=1) / counts.sum()
    return min(critical_learning_rate(s * (np.diag(p) - np.outer(p, p))) for s, p in zip(shares, probabilities(counts)))


@overflow_is_quiet
def strict_loss(W, counts):
    """`neural_loss` plus −log(1 − P) of every class that did not come: the slide's third question.

    W, counts (28, 28) -> nats per symbol. Slide "Questions", the third.
    """
    check_scores(W)
    check_counted(counts)
    P, misses = softmax(W), counts.sum(axis=1, keepdims=True) - counts
    with_penalty = counts * _log(P) + misses * _log(_rest(P))
    return -np.sum(with_penalty) / counts.sum()


@overflow_is_quiet
def strict_gradient(W, counts):
    """∇ of `strict_loss`: gᵢⱼ − Pᵢⱼ Σⱼ gᵢⱼ, where gᵢⱼ = (nᵢ Pᵢⱼ − countsᵢⱼ) / (1 − Pᵢⱼ) / N.

    W, counts (28, 28) -> (28, 28). It is zero at the counted table, as `neural_gradient` is.
    """
    check_scores(W)
    check_counted(counts)
    P = softmax(W)
    G = (counts.sum(axis=1, keepdims=True) * P - counts) / _rest(P) / counts.sum()
    return G - P * G.sum(axis=1, keepdims=True)


def _rest(P):
    # 1 − P would lose its digits where P is nearly 1; the sum of the others keeps them.
    return np.maximum(P @ _OTHERS, 1e-300)


def _log(P):
    return np.log(np.maximum(P, 1e-300))


def draw_symbol(p, rng):
    """The symbol on whose step of the cumulative sum a drawn number falls, a … <e>: nothing returns to <s>.

    p (27,): the shares of the symbols after <s>, whatever their sum; rng: what has random(), such as a numpy generator
    -> a whole number from 1 to 27.
    """
    cumulative = np.cumsum(p)
    return 1 + np.searchsorted(cumulative, rng.random() * cumulative[-1], side="right")


def sample(P, rng, max_length=100):
    """A name drawn letter by letter: each from the row of the one before, until <e> comes.

    P (28, 28), rows sum to 1; rng: a numpy random generator -> a string, "" when <e> comes first. A table need not ever
    come to <e>: the name ends after max_length letters. Nothing returns to <s>: its share is left out of the draw.
    TypeError when rng cannot draw, ValueError when max_length is no whole number of 1 or more.
    """
    check_table(P)
    check_generator(rng)
    check_max_length(max_length)
    name = []
    symbol = SYMBOLS.index("<s>")
    while len(name) < max_length:
        symbol = draw_symbol(P[symbol, 1:], rng)
        if SYMBOLS[symbol] == "<e>":
            break
        name.append(SYMBOLS[symbol])
    return "".join(name)


@overflow_is_quiet
def perplexity(loss):
    """e^L: among how many equally likely symbols the model would be as unsure.

    loss: nats per symbol, a number or an array -> the same shape; 28 for a uniform table.
    """
    return np.exp(loss)


def windows(names, memory):
    """Every symbol of the names with the `memory` symbols before it, written as one number in base 28.

    names: a list of strings; memory: a whole number from 0 to 4; before a name lie as many <s> as the memory asks for
    -> (symbols,) of numbers from 0 to 28^(memory + 1) − 1. Divided by 28 (//) it is the number of the symbols before.
    """
    check_names(names)
    check_memory(memory)
    symbols = np.concatenate([[*[0] * memory, *encode(name)[1:]] for name in names])
    digits = np.lib.stride_tricks.sliding_window_view(symbols, memory + 1)
    return digits[digits[:, -1] != 0] @ len(SYMBOLS) ** np.arange(memory, -1, -1)


def window_counts(learned, asked):
    """How often each asked window was learned, and how often anything followed the same symbols before.

    learned, asked: numbers from `windows` with one memory -> (seen, followed), two arrays as long as asked.
    """
    size = 1 + max(learned.max(), asked.max()) // len(SYMBOLS)
    seen = np.bincount(learned, minlength=size * len(SYMBOLS))
    followed = np.bincount(learned // len(SYMBOLS), minlength=size)
    return seen[asked], followed[asked // len(SYMBOLS)]


@overflow_is_quiet
def window_loss(seen, followed, smoothing):
    """Mean of −log (seen + α) / (followed + 28 α), in nats per symbol: `loss` for any memory.

    seen, followed from `window_counts`; smoothing α > 0 -> a number.
    """
    return -np.mean(np.log((seen + smoothing) / (followed + smoothing * len(SYMBOLS))))


def interpolated(learned, asked, memory):
    """p = (seen + kinds · p′) / (followed + kinds), each asked symbol's probability; p′ remembers one letter less.

    learned, asked: numbers from `windows` with this memory -> (asked,). kinds: how many different symbols came after
    the same letters before; where they never came, p is p′. The shortest memory leans on 1/28. Nothing is to choose
    but the memory. Source: I. Witten, T. Bell, "The Zero-Frequency Problem" (1991), method C.
    """
    p = np.full(len(asked), 1 / len(SYMBOLS))
    for size in len(SYMBOLS) ** np.arange(1, memory + 2):
        met, seen = np.unique(learned % size, return_counts=True)
        before, first, kinds = np.unique(met // len(SYMBOLS), return_index=True, return_counts=True)
        here = asked % size // len(SYMBOLS)
        n_kinds, followed = (_found(before, n, here) for n in (kinds, np.add.reduceat(seen, first)))
        leaning = np.maximum(n_kinds, 1)
        p = (_found(met, seen, asked % size) + leaning * p) / (followed + leaning)
    return p


def _found(keys, values, wanted):
    """The value of every wanted number among sorted keys, 0 where it is none of them."""
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[places] == wanted, values[places], 0)
