"""Beyond the bigram: letters as learned points, a longer context, features used again, and attention.

`E` (28, d) holds one point per symbol, its embedding; `context` (n, length) the numbers of the symbols before each
symbol, `following` (n,) the number of that symbol; `layers` is a list of (W, b) as in lesson 05.
Slides: Introduction to Machine Learning, "What's Next". Sources: Y. Bengio, R. Ducharme, P. Vincent, C. Jauvin, "A
Neural Probabilistic Language Model" (2003); A. Vaswani and others, "Attention Is All You Need" (2017).
"""

import numpy as np

from lessons_lib.maths import neural_networks
from lessons_lib.maths.bigram_language_model import SYMBOLS, draw_symbol, encode
from lessons_lib.maths.checks import (
    check_attention,
    check_context,
    check_context_length,
    check_names,
    check_temperature,
    overflow_is_quiet,
)
from lessons_lib.maths.multiclass_classification import softmax
from lessons_lib.maths.neural_networks import backward, flatten, forward, layer_outputs, relu, slopes, tanh, unflatten
from lessons_lib.maths.training_deep_networks import adam

VOWELS = [SYMBOLS.index(letter) for letter in "aeiou"]
LETTERS = list(range(1, 27))


def contexts(names, length=3):
    """The `length` symbols before each symbol of each name, and that symbol; before a name lies <s>, again and again.

    names: a list of strings -> (context (n, length), following (n,)), whole numbers from 0 to 27: a name of m letters
    has m + 1 rows, the last one followed by <e>. With length 1 these are the `pairs` of lesson 08.
    ValueError as in `encode`, when there is no name, and for a length below 1.
    """
    check_names(names)
    check_context_length(length)
    rows = []
    for name in names:
        symbols = np.append(np.zeros(length - 1, dtype=int), encode(name))
        rows.append(np.lib.stride_tricks.sliding_window_view(symbols, length + 1))
    rows = np.concatenate(rows)
    return rows[:, :-1], rows[:, -1]


def embed(E, context):
    """The points of the symbols in each context, side by side: what goes into the first layer.

    E (28, d), context (n, length) -> (n, length · d). ValueError for other shapes or symbols.
    """
    check_context(E, context)
    return E[context].reshape(len(context), -1)


def scores(E, layers, context):
    """S: the score of every symbol to come next, from the points of the symbols before and a network with tanh.

    E (28, d), layers from length · d inputs to 28 scores, context (n, length) -> (n, 28).
    """
    return forward(layers, embed(E, context), tanh)


def loss(E, layers, context, following):
    """L = mean of −log p of the symbol that followed, in nats per symbol: the loss of lesson 08.

    E (28, d), layers, context (n, length), following (n,) -> a number.
    """
    return neural_networks.loss(layers, embed(E, context), following, tanh)


@overflow_is_quiet
def gradient(E, layers, context, following):
    """∂L/∂E, and ∂L/∂W and ∂L/∂b of every layer: backpropagation goes on one step, into the points.

    Arguments as in `loss` -> (∂L/∂E (28, d), list of (∂L/∂W, ∂L/∂b)). A symbol's point has the sum of the slopes of
    all the places where it stood.
    """
    A = layer_outputs(layers, embed(E, context), tanh)
    W, b = layers[-1]
    delta = softmax(A[-1] @ W.T + b)
    delta[np.arange(len(following)), following] -= 1
    deltas = backward(layers, A, delta / len(following), tanh)
    in_points = deltas[0] @ layers[0][0]
    dE = np.zeros_like(E)
    np.add.at(dE, context, in_points.reshape(*context.shape, -1))
    return dE, slopes(deltas, A)


def pack(E, layers):
    """All parameters in one vector, as the update rules of lesson 07 want them. E (28, d), layers -> (p,)."""
    return np.concatenate([E.ravel(), flatten(layers)])


def unpack(w, E, layers):
    """The way back from `pack`: w (p,), cut into the shapes of E and layers -> (new E, new layers)."""
    sizes = [layers[0][0].shape[1], *(len(b) for W, b in layers)]
    return w[: E.size].reshape(E.shape), unflatten(w[E.size :], sizes)


def train(E, layers, context, following, steps, rng, learning_rate=0.01, batch_size=64):
    """Adam on random batches, the learning rate falling as 1 / (1 + step/1500) -> the parameters at every 100th step.

    steps: the numbers of the steps, such as range(6001); rng: a numpy random generator -> list of (E, layers).
    """
    w, memory, kept = pack(E, layers), None, []
    for step in steps:
        E, layers = unpack(w, E, layers)
        if step % 100 == 0:
            kept.append((E, layers))
        rows = rng.integers(len(context), size=batch_size)
        slope = pack(*gradient(E, layers, context[rows], following[rows]))
        w, memory = adam(w, slope, learning_rate / (1 + step / 1500), memory)
    return kept


def sample(E, layers, rng, temperature=1.0, max_length=100):
    """A name drawn letter by letter, each from the softmax of the scores / temperature, until <e> comes.

    E (28, d), layers, rng: a numpy random generator -> a string. Nothing returns to <s>: its share is left out of the
    draw. The name ends after max_length letters. ValueError unless the temperature is above 0.
    """
    check_temperature(temperature)
    context, name = [0] * (layers[0][0].shape[1] // E.shape[1]), []
    while len(name) < max_length:
        symbol = draw_symbol(softmax(scores(E, layers, np.array([context]))[0, 1:] / temperature), rng)
        if SYMBOLS[symbol] == "<e>":
            break
        name.append(SYMBOLS[symbol])
        context = [*context[1:], symbol]
    return "".join(name)


def gathering(E):
    """Mean distance between two vowels (a, e, i, o, u) / mean distance between two letters: below 1, they gather.

    E (28, d) -> a number.
    """
    distances = np.linalg.norm(E[:, np.newaxis] - E, axis=2)

    def mean_among(symbols):
        return distances[np.ix_(symbols, symbols)].sum() / (len(symbols) * (len(symbols) - 1))

    return mean_among(VOWELS) / mean_among(LETTERS)


def shifted(pictures, rng, room=3):
    """Every picture at a random place in a frame with `room` more pixels on each side.

    pictures (n, height, width), rng: a numpy random generator -> (n, height + 2 room, width + 2 room), 0 elsewhere.
    """
    n, height, width = pictures.shape
    framed = np.zeros((n, height + 2 * room, width + 2 * room))
    for frame, picture, (top, left) in zip(framed, pictures, rng.integers(0, 2 * room + 1, size=(n, 2))):
        frame[top : top + height, left : left + width] = picture
    return framed


def fit(layers, X, y, steps, rng, learning_rate=0.003, batch_size=20):
    """A classifier with ReLU, trained by Adam on random batches, the learning rate falling as 1 / (1 + step/1000).

    layers to start from, X (n, d), y (n,) of 0 … C−1, steps: the numbers of the steps, such as range(300) -> layers.
    """
    sizes = [layers[0][0].shape[1], *(len(b) for W, b in layers)]
    w, memory = flatten(layers), None
    for step in steps:
        rows = rng.integers(len(X), size=batch_size)
        slope = flatten(neural_networks.gradient(layers, X[rows], y[rows], relu))
        w, memory = adam(w, slope, learning_rate / (1 + step / 1000), memory)
        layers = unflatten(w, sizes)
    return layers


def labelled(y, n, rng):
    """The numbers of n random rows of each class: the few that somebody has labelled.

    y (m,), n: a whole number, rng: a numpy random generator -> (n · classes,).
    """
    return np.concatenate([rng.permutation(np.flatnonzero(y == label))[:n] for label in np.unique(y)])


@overflow_is_quiet
def attention_weights(Q, K):
    """softmax(QKᵀ / √d): how much each query attends to each key; every row sums to 1.

    Q (m, d), K (n, d) -> (m, n). Vaswani and others (2017), equation 1.
    """
    check_attention(Q, K)
    return softmax(Q @ K.T / np.sqrt(K.shape[1]))


@overflow_is_quiet
def attention(Q, K, V):
    """softmax(QKᵀ / √d) V: for each query a mean of the values, weighted by how well its key answers.

    Q (m, d), K (n, d), V (n, v) -> (m, v). Vaswani and others (2017), equation 1.
    """
    check_attention(Q, K, V)
    return attention_weights(Q, K) @ V
