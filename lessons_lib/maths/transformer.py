"""A transformer on names: heads that look back, a network at every place, and the gradient of all of it.

`parameters` is a flat dictionary from a name to an array: "symbols" (28, width), one point per symbol; "places"
(16, width), one per place; for every block b "b.query", "b.key", "b.value" and "b.mix" (n_heads, k, width) with
k = width / n_heads, and two layers of lesson 05 in "b.W1" (4 width, width), "b.b1", "b.W2" (width, 4 width), "b.b2";
"W" (28, width) and "b" (28,) make scores of points. `S` (n, T) holds one name a row, the numbers of its symbols, `X`
(n, T, width) one point for each, `N` the same after `normalise`; `p` is one block's part of the parameters under their
short names. Everything keeps the parameters' kind of number, of 32 bits or of 64.
Beyond the slides. Sources: A. Vaswani and others, "Attention Is All You Need" (2017); layer normalisation before each
part: R. Xiong and others, "On Layer Normalization in the Transformer Architecture" (2020).
"""

import numpy as np

from lessons_lib.maths.bigram_language_model import SYMBOLS, draw_symbol, encode
from lessons_lib.maths.checks import (
    check_generator,
    check_masked_attention,
    check_rows_of_symbols,
    check_short_names,
    check_temperature,
    check_transformer_size,
    overflow_is_quiet,
)
from lessons_lib.maths.multiclass_classification import softmax
from lessons_lib.maths.neural_networks import backward, layer_outputs, relu, slopes
from lessons_lib.maths.training_deep_networks import adam, schedule

HEADS = ("query", "key", "value")
LONGEST = 15  # letters of a name; with <s> they take 16 places


def initialise(width, n_heads, n_blocks, rng):
    """Random parameters: normal, standard deviation 0.08, biases 0; the matrices that add to the points are smaller.

    width: numbers in a symbol's point, a multiple of n_heads; n_blocks: 1 or more; rng: a numpy random generator
    -> a flat dictionary from name to array, as at the top of this module. ValueError for other sizes.
    """
    check_transformer_size(width, n_heads, n_blocks)
    check_generator(rng)

    def normal(*shape, share=1):
        return rng.normal(scale=0.08 * share**0.5, size=shape)

    # Each block adds to the points twice: with these shares the points do not grow with the number of blocks.
    share, hidden = 1 / (2 * n_blocks), 4 * width
    parameters = {"symbols": normal(len(SYMBOLS), width), "places": normal(LONGEST + 1, width)}
    for b in range(n_blocks):
        parameters |= {f"{b}.{name}": normal(n_heads, width // n_heads, width) for name in HEADS}
        parameters[f"{b}.mix"] = normal(n_heads, width // n_heads, width, share=share)
        parameters |= {f"{b}.W1": normal(hidden, width), f"{b}.b1": np.zeros(hidden)}
        parameters |= {f"{b}.W2": normal(width, hidden, share=share), f"{b}.b2": np.zeros(width)}
    return parameters | {"W": normal(len(SYMBOLS), width), "b": np.zeros(len(SYMBOLS))}


def block_parameters(parameters, b):
    """The parameters of block b (counted from 0) under their short names: query, key, value, mix, W1, b1, W2, b2."""
    return {name.removeprefix(f"{b}."): array for name, array in parameters.items() if name.startswith(f"{b}.")}


def without_head(parameters, b, head):
    """The same parameters with one head of block b switched off, both counted from 0: what it mixes counts nothing."""
    mix = parameters[f"{b}.mix"].copy()
    mix[head] = 0
    return parameters | {f"{b}.mix": mix}


def count_blocks(parameters):
    """How many blocks the parameters have."""
    return sum(name.endswith(".query") for name in parameters)


def place(parameters, S):
    """X = the point of each symbol + the point of its place.

    S (n, T), T at most 16 -> X (n, T, width). ValueError for other numbers or shapes.
    """
    check_rows_of_symbols(S, LONGEST + 1)
    return parameters["symbols"][S] + parameters["places"][: S.shape[1]]


@overflow_is_quiet
def attention_weights(Q, K):
    """softmax(QKᵀ / √k) over the earlier places and the query's own; 0 for the later ones.

    Q, K (..., T, k) -> (..., T, T), one row per query, which sums to 1. Vaswani and others (2017), section 3.2.
    """
    check_masked_attention(Q, K)
    scores = Q @ K.swapaxes(-1, -2) / K.shape[-1] ** 0.5
    later = np.triu(np.ones(scores.shape[-2:], dtype=bool), 1)
    return softmax(np.where(later, -np.inf, scores))


@overflow_is_quiet
def attention(Q, K, V):
    """For each place a mean of the values so far, weighted by `attention_weights`.

    Q, K (..., T, k), V (..., T, v) -> (..., T, v).
    """
    check_masked_attention(Q, K, V)
    return attention_weights(Q, K) @ V


@overflow_is_quiet
def attention_backward(upstream, A, Q, K, V):
    """∂L/∂Q, ∂L/∂K and ∂L/∂V: back through the mixture A V, softmax, and the scores.

    upstream: ∂L/∂(A V), like V; A: `attention_weights(Q, K)` -> three arrays like Q, K and V. A masked score has weight
    0, and so slope 0.
    """
    dA = upstream @ V.swapaxes(-1, -2)
    d_scores = A * (dA - np.sum(A * dA, axis=-1, keepdims=True)) / K.shape[-1] ** 0.5
    return d_scores @ K, d_scores.swapaxes(-1, -2) @ Q, A.swapaxes(-1, -2) @ upstream


@overflow_is_quiet
def normalise(X):
    """(X − mean) / √(variance + 0.00001) of every point on its own, over its numbers.

    X (..., width) -> the same shape, each point with mean 0 and (nearly) variance 1.
    """
    centred = X - X.mean(axis=-1, keepdims=True)
    return centred / np.sqrt(np.mean(centred**2, axis=-1, keepdims=True) + 1e-5)


@overflow_is_quiet
def normalise_backward(upstream, N, X):
    """∂L/∂X of N = normalise(X): what would move all numbers alike, or stretch them, is taken out.

    upstream: ∂L/∂N, N and X of one shape (..., width) -> the same shape.
    """
    stretch = N * np.mean(upstream * N, axis=-1, keepdims=True)
    spread = np.sqrt(X.var(axis=-1, keepdims=True) + 1e-5)
    return (upstream - upstream.mean(axis=-1, keepdims=True) - stretch) / spread


def to_heads(X, W):
    """X Wₕᵀ of every head, as one product. X (n, T, width), W (n_heads, k, width) -> (n, n_heads, T, k)."""
    n_heads, k, width = W.shape
    return (X @ W.reshape(-1, width).T).reshape(*X.shape[:2], n_heads, k).swapaxes(1, 2)


def from_heads(H, W):
    """Σₕ Hₕ Wₕ, from the heads back to points: the transpose of `to_heads`. H (n, n_heads, T, k) -> (n, T, width)."""
    return _side_by_side(H) @ W.reshape(-1, W.shape[-1])


def _side_by_side(H):
    n, n_heads, T, k = H.shape
    return H.swapaxes(1, 2).reshape(n, T, n_heads * k)


def _summed(H, X):
    """Σ over names and places of heads times points: H (n, n_heads, T, k), X (n, T, width) -> (n_heads, k, width)."""
    rows = _side_by_side(H).reshape(-1, H.shape[1] * H.shape[3])
    return (rows.T @ X.reshape(-1, X.shape[-1])).reshape(H.shape[1], H.shape[3], -1)


@overflow_is_quiet
def attend(p, N):
    """What the heads add to each point: Σₕ attention(N Wqᵀ, N Wkᵀ, N Wvᵀ) Wm, with each head's own four matrices.

    p: a block's parameters, N (n, T, width) -> ((n, T, width), what the way back needs: (N, Q, K, V, A, mixtures)).
    """
    Q, K, V = (to_heads(N, p[name]) for name in HEADS)
    A = attention_weights(Q, K)
    mixtures = A @ V
    return from_heads(mixtures, p["mix"]), (N, Q, K, V, A, mixtures)


@overflow_is_quiet
def attend_backward(upstream, p, kept):
    """∂L/∂N of `attend`, and the slopes of its four matrices under their names. upstream (n, T, width)."""
    N, Q, K, V, A, mixtures = kept
    in_heads = dict(zip(HEADS, attention_backward(to_heads(upstream, p["mix"]), A, Q, K, V)))
    dN = sum(from_heads(slope, p[name]) for name, slope in in_heads.items())
    return dN, {name: _summed(slope, N) for name, slope in in_heads.items()} | {"mix": _summed(mixtures, upstream)}


def _layers(p):
    return [(p["W1"], p["b1"]), (p["W2"], p["b2"])]


@overflow_is_quiet
def feed_forward(p, N):
    """relu(N W₁ᵀ + b₁) W₂ᵀ + b₂, the network of lesson 05, at every place on its own.

    p: a block's parameters, N (n, T, width) -> ((n, T, width), what the way back needs).
    """
    A = layer_outputs(_layers(p), N.reshape(-1, N.shape[-1]), relu)
    return (A[-1] @ p["W2"].T + p["b2"]).reshape(N.shape), A


@overflow_is_quiet
def feed_forward_backward(upstream, p, A):
    """∂L/∂N of `feed_forward`, and the slopes of W1, b1, W2, b2 under their names: lesson 06's way back."""
    deltas = backward(_layers(p), A, upstream.reshape(-1, upstream.shape[-1]), relu)
    (dW1, db1), (dW2, db2) = slopes(deltas, A)
    return (deltas[0] @ p["W1"]).reshape(upstream.shape), {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


@overflow_is_quiet
def block(p, X):
    """X + what the heads add, + what the network adds; both see normalised points. -> (X after it, what was kept)."""
    N = normalise(X)
    added, of_heads = attend(p, N)
    Y = X + added
    M = normalise(Y)
    added, of_network = feed_forward(p, M)
    return Y + added, (X, N, of_heads, Y, M, of_network)


@overflow_is_quiet
def block_backward(upstream, p, kept):
    """∂L/∂X of a block, and the slopes of its parameters: a sum hands its slope on to both of its parts."""
    X, N, of_heads, Y, M, of_network = kept
    dM, of_W = feed_forward_backward(upstream, p, of_network)
    dY = upstream + normalise_backward(dM, M, Y)
    dN, of_matrices = attend_backward(dY, p, of_heads)
    return dY + normalise_backward(dN, N, X), of_matrices | of_W


def forward(parameters, S):
    """`scores`, and what the way back needs. S (n, T) -> ((n, T, 28), list per block, the last points, normalised)."""
    X, kept = place(parameters, S), []
    for b in range(count_blocks(parameters)):
        X, of_block = block(block_parameters(parameters, b), X)
        kept.append(of_block)
    N = normalise(X)
    return N @ parameters["W"].T + parameters["b"], kept, X, N


@overflow_is_quiet
def scores(parameters, S):
    """The score of every symbol to come next, at every place: each knows its own and the earlier symbols only.

    parameters: a flat dictionary, S (n, T) of numbers from 0 to 27, T at most 16 -> (n, T, 28).
    """
    return forward(parameters, S)[0]


def padded(names):
    """Names as rows of one length -> (S, following, counted), each (n, T): with T − 1 letters in the longest name.

    S: <s> and the letters, following: the letters and <e>; after a name's end stands <e>, where `counted` is False.
    ValueError as in `encode`, for no name and for one of more than 15 letters.
    """
    check_short_names(names, LONGEST)
    T = 1 + max(map(len, names))
    symbols = np.full((len(names), T + 1), len(SYMBOLS) - 1)
    for row, name in zip(symbols, names):
        row[: len(name) + 1] = encode(name)[:-1]
    counted = np.arange(T) <= np.array([len(name) for name in names])[:, np.newaxis]
    return symbols[:, :-1], symbols[:, 1:], counted


@overflow_is_quiet
def loss(parameters, names):
    """Mean of −log p of every symbol of the names that follows another, in nats per symbol; <e> is counted.

    parameters, names: a list of strings of at most 15 letters -> a number, comparable with those of lessons 08 and 09.
    """
    rows, logs = padded(names), []
    for first in range(0, len(names), 100):  # thousands of names at once leave the processor's cache: 7 times as slow
        S, following, counted = (part[first : first + 100] for part in rows)
        P = softmax(scores(parameters, S))
        logs.append(np.log(np.take_along_axis(P, following[..., np.newaxis], axis=-1)[counted]))
    return -np.mean(np.concatenate(logs))


@overflow_is_quiet
def gradient(parameters, names):
    """∂L/∂ of every parameter: lesson 06's rules, from the scores back to the points of the symbols.

    parameters, names as in `loss` -> a dictionary with the same names and shapes as parameters.
    """
    return gradient_of_rows(parameters, *padded(names))


@overflow_is_quiet
def gradient_of_rows(parameters, S, following, counted):
    """`gradient`, of names that are `padded` already, as training would not have them spelled again at each step."""
    all_scores, kept, X, N = forward(parameters, S)
    one_hot = np.eye(len(SYMBOLS), dtype=all_scores.dtype)
    delta = softmax(all_scores) - one_hot[following]
    delta[~counted] = 0
    delta /= counted.sum()
    slopes_of = {"W": np.tensordot(delta, N, axes=([0, 1], [0, 1])), "b": delta.sum(axis=(0, 1))}
    upstream = normalise_backward(delta @ parameters["W"], N, X)
    for b in reversed(range(len(kept))):
        upstream, of_block = block_backward(upstream, block_parameters(parameters, b), kept[b])
        slopes_of |= {f"{b}.{name}": slope for name, slope in of_block.items()}
    slopes_of["symbols"] = np.tensordot(one_hot[S], upstream, axes=([0, 1], [0, 1]))
    slopes_of["places"] = np.zeros_like(parameters["places"])
    slopes_of["places"][: S.shape[1]] = upstream.sum(axis=0)
    return {name: slopes_of[name] for name in parameters}


def pack(parameters):
    """All parameters in one vector, as the update rules of lesson 07 want them: a dictionary -> (p,)."""
    return np.concatenate([array.ravel() for array in parameters.values()])


def unpack(w, parameters):
    """The way back from `pack`: w (p,), cut into the names and shapes of parameters -> a new dictionary."""
    ends = np.cumsum([array.size for array in parameters.values()])
    return {name: part.reshape(parameters[name].shape) for name, part in zip(parameters, np.split(w, ends[:-1]))}


def train(parameters, names, steps, rng, learning_rate=0.006, batch_size=64):
    """Adam on random batches of names, with warm-up and decay -> the parameters before each step, and at the end.

    names: a list, steps: a range or `page.progress(range(...))`, rng: a numpy random generator. A generator: each of
    its len(steps) + 1 answers is a dictionary of numbers with 32 bits, to look at or to keep.
    """
    w, memory, (S, following, counted) = pack(parameters).astype(np.float32), None, padded(names)
    for step in steps:
        yield unpack(w, parameters)
        rows = rng.integers(len(S), size=batch_size)
        T = counted[rows].any(axis=0).sum()  # as many places as the longest name of the batch has
        slope = pack(gradient_of_rows(unpack(w, parameters), S[rows, :T], following[rows, :T], counted[rows, :T]))
        w, memory = adam(w, slope, learning_rate * schedule("warm-up", step, len(steps)), memory)
    yield unpack(w, parameters)


def next_probabilities(parameters, beginning, temperature=1.0):
    """P(next symbol | the letters of `beginning`), from the scores at the last place divided by the temperature.

    parameters, beginning: a string of up to 15 letters, temperature above 0 -> (28,). Nothing returns to <s>, and 15
    letters are the most: what cannot come has probability 0.
    """
    check_temperature(temperature)
    S = padded([beginning])[0] if beginning else np.zeros((1, 1), dtype=int)
    row = scores(parameters, S)[0, len(beginning)].astype(float) / temperature
    row[0] = -np.inf
    if len(beginning) == LONGEST:
        row[:-1] = -np.inf
    return softmax(row)


def sample(parameters, rng, temperature=1.0):
    """A name drawn letter by letter, each from `next_probabilities` of the letters before it, until <e> comes.

    parameters, rng: a numpy random generator -> a string of at most 15 letters.
    """
    check_generator(rng)
    name = ""
    while True:
        symbol = draw_symbol(next_probabilities(parameters, name, temperature)[1:], rng)
        if SYMBOLS[symbol] == "<e>":
            return name
        name += SYMBOLS[symbol]
