"""A fully connected neural network: layers, activations, the loss of a classifier and its gradient.

`layers` is a list of (W, b), one pair per layer: W (out, in) holds one row of weights per unit, b (out,) one bias per
unit. `X` (n, d) holds one sample per row, `y` (n,) classes counted from 0.
Slides: Basics in Machine Learning, "Neural network", "Neuron" and "Fully-connected neural network".
"""

import functools

import numpy as np

from lessons_lib.maths.checks import (
    check_classes,
    check_layer_sizes,
    check_layers,
    check_length,
    check_one_output,
    overflow_is_quiet,
)
from lessons_lib.maths.logistic_regression import sigmoid
from lessons_lib.maths.multiclass_classification import softmax


@overflow_is_quiet
def tanh(z):
    """tanh z = (e^z − e^−z) / (e^z + e^−z), from −1 to 1.

    z: a number or an array -> the same shape. Slide "Neuron".
    """
    return np.tanh(z)


@overflow_is_quiet
def relu(z):
    """max(0, z), the rectified linear unit.

    z: a number or an array -> the same shape, 0 or more. Slide "Neuron".
    """
    return np.maximum(z, 0)


# The slope of each activation from its own output, which the forward pass has at hand: σ′ = σ(1 − σ), and so on.
SLOPES = {sigmoid: lambda A: A * (1 - A), tanh: lambda A: 1 - A**2, relu: lambda A: (A > 0).astype(A.dtype)}
ACTIVATIONS = {activation.__name__: activation for activation in SLOPES}


def _activation_by_name(function):
    """Let the last argument, the activation, be given by its name as well: "tanh" for tanh."""

    @functools.wraps(function)
    def wrapped(*arguments, activation=None):
        *others, last = (*arguments, activation) if activation is not None else arguments
        if not callable(last) and last not in ACTIVATIONS:
            raise ValueError(f"the activation needs to be one of {', '.join(ACTIVATIONS)}; it is {last!r}.")
        return function(*others, ACTIVATIONS.get(last, last) if isinstance(last, str) else last)

    return wrapped


def initialise(layer_sizes, rng, gain=1.0):
    """Wᵢⱼ = gain · N(0, 1) / √(units in) and b = 0, for every layer.

    layer_sizes: units from the input to the output, at least two whole numbers, such as (2, 8, 3); rng: a numpy
    random generator -> list of (W (out, in), b (out,)). With gain 1 the sums of a layer are about as large as its
    inputs; √2 makes up for the half that ReLU cuts off. ValueError when a size is not a whole number of at least 1.
    """
    check_layer_sizes(layer_sizes)
    return [
        (gain * rng.normal(size=(n_out, n_in)) / np.sqrt(n_in), np.zeros(n_out))
        for n_in, n_out in zip(layer_sizes[:-1], layer_sizes[1:])
    ]


@_activation_by_name
@overflow_is_quiet
def layer_outputs(layers, X, activation):
    """A₀ = X and Aₗ = φ(Aₗ₋₁ Wₗᵀ + bₗ): what goes into each layer, the last one included.

    layers as above, X (n, d), activation: sigmoid, tanh or relu, or its name -> a list of arrays (n, units), one per
    layer: X first, the last hidden layer last. ValueError when the shapes do not fit.
    Slide "Fully-connected neural network", r = σ(W₂σ(W₁x)), where σ is any activation.
    """
    check_layers(layers, X)
    outputs = [X]
    for W, b in layers[:-1]:
        outputs.append(activation(outputs[-1] @ W.T + b))
    return outputs


@_activation_by_name
@overflow_is_quiet
def forward(layers, X, activation):
    """S = A Wᵀ + b, the score of every class, where A is what the last hidden layer says of X.

    layers, X (n, d), activation as in `layer_outputs` -> (n, C). The last layer has no activation: softmax makes
    probabilities of its scores. ValueError when the shapes do not fit.
    """
    W, b = layers[-1]
    return layer_outputs(layers, X, activation)[-1] @ W.T + b


@_activation_by_name
@overflow_is_quiet
def loss(layers, X, y, activation):
    """L = mean of −log p_y, where p is the softmax of the network's scores, in nats.

    layers, X (n, d), y (n,) of 0 … C−1, activation -> a number. ValueError for other classes or shapes.
    Slides "Multi-classification: loss function" and "How to train a DNN model?".
    """
    S = forward(layers, X, activation)
    check_classes(X, y, S.shape[1])
    S = S - S.max(axis=1, keepdims=True)
    of_the_truth = S[np.arange(len(y)), y]
    return np.mean(np.log(np.exp(S).sum(axis=1)) - of_the_truth)


@_activation_by_name
@overflow_is_quiet
def gradient(layers, X, y, activation):
    """∂L/∂W and ∂L/∂b of every layer, by backpropagation: P − Y at the scores, then layer by layer back.

    layers, X (n, d), y (n,) of 0 … C−1, activation: one of sigmoid, tanh, relu -> list of (∂L/∂W, ∂L/∂b) in the
    shapes of layers. ValueError for other classes, shapes or activations.
    Slide "Backpropagation": use the loss to update the weights in backward order.
    """
    A = layer_outputs(layers, X, activation)
    W, b = layers[-1]
    check_classes(X, y, len(W))
    delta = softmax(A[-1] @ W.T + b)
    delta[np.arange(len(y)), y] -= 1
    return slopes(backward(layers, A, delta / len(y), activation), A)


@_activation_by_name
@overflow_is_quiet
def backward(layers, A, delta, activation):
    """δₗ₋₁ = (δₗ Wₗ) φ′: the slope of the loss in every unit's sum, the last layer first.

    layers, A: the list of `layer_outputs`, delta δ (n, C): the slope of the loss in every score, activation: one of
    sigmoid, tanh, relu -> list of δ (n, units), one per layer, in the order of layers. ValueError for another
    activation.
    """
    deltas = [delta]
    for (W, b), outputs in zip(layers[:0:-1], A[:0:-1]):
        deltas.insert(0, deltas[0] @ W * slope_from_output(activation, outputs))
    return deltas


@overflow_is_quiet
def slopes(deltas, A):
    """∂L/∂Wₗ = δₗᵀ Aₗ₋₁ and ∂L/∂bₗ = Σ δₗ over the samples, for every layer.

    deltas: the list of `backward`, A: that of `layer_outputs` -> list of (∂L/∂W, ∂L/∂b).
    """
    return [(delta.T @ inputs, delta.sum(axis=0)) for delta, inputs in zip(deltas, A)]


@overflow_is_quiet
def step(layers, gradients, learning_rate):
    """W ← W − r ∂L/∂W and b ← b − r ∂L/∂b, in every layer: one step of gradient descent.

    layers and gradients: lists of (W, b) in the same shapes, learning_rate r: a number -> new layers.
    """
    return [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(layers, gradients)]


@overflow_is_quiet
def squared_error(layers, X, y, activation):
    """L = mean of ½(s − y)², where s is the network's one output: a loss for numbers instead of classes.

    layers with one output, X (n, d), y (n,), activation -> a number. ValueError when the shapes do not fit.
    """
    check_one_output(layers)
    residual = forward(layers, X, activation)[:, 0] - y
    return residual @ residual / (2 * len(y))


@overflow_is_quiet
def squared_error_gradient(layers, X, y, activation):
    """The gradient of `squared_error`: (s − y) / N at the output, then layer by layer back.

    Arguments as in `squared_error` -> list of (∂L/∂W, ∂L/∂b) in the shapes of layers.
    """
    check_one_output(layers)
    A = layer_outputs(layers, X, activation)
    W, b = layers[-1]
    delta = A[-1] @ W.T + b - np.reshape(y, (-1, 1))
    return slopes(backward(layers, A, delta / len(y), activation), A)


def bump_network(f, view, n_units, steepness):
    """A network with one hidden layer of sigmoids whose weights are set by hand so that it follows f: no training.

    f: array -> array; view (left, right); n_units ≥ 1; steepness of every sigmoid, in 1 / (width of a stair).
    The output starts at f(left), and each unit is a stair up or down: n_units + 1 landings, the last one at f(right).
    Returns layers for `forward` with activation sigmoid. ValueError for other numbers of units.
    Slide "Fully-connected neural network" (Cybenko, 1989).
    """
    check_layer_sizes((1, n_units))
    places = np.linspace(*view, n_units + 1)
    heights = f(places)
    stairs = (places[:-1] + places[1:]) / 2
    slope = steepness / (places[1] - places[0])
    hidden = np.full((n_units, 1), slope), -slope * stairs
    return [hidden, (np.diff(heights)[np.newaxis], heights[:1])]


@overflow_is_quiet
def slope_from_output(activation, A):
    """φ′(z) from the output A = φ(z): A(1 − A) for sigmoid, 1 − A² for tanh, 1 where A > 0 for ReLU.

    activation: sigmoid, tanh or relu, A any shape -> the same shape. ValueError for another activation.
    """
    if activation not in SLOPES:
        raise ValueError(f"the slope is known for {', '.join(ACTIVATIONS)}; not for {activation!r}.")
    return SLOPES[activation](A)


def predict(layers, X, activation):
    """arg maxᵢ sᵢ, the class with the largest score.

    layers, X (n, d), activation as in `layer_outputs` -> (n,) of 0 … C−1. ValueError when the shapes do not fit.
    """
    return forward(layers, X, activation).argmax(axis=1)


def count_parameters(layer_sizes):
    """Σ (units in + 1) · units out: a weight for every pair of units, and a bias for every unit that is computed.

    layer_sizes from the input to the output, such as (196, 100, 10) -> a whole number, the dimension of w.
    ValueError when a size is not a whole number of at least 1.
    """
    check_layer_sizes(layer_sizes)
    return sum((n_in + 1) * n_out for n_in, n_out in zip(layer_sizes[:-1], layer_sizes[1:]))


def flatten(layers):
    """w, all the parameters of a network in one vector: the w of the slide's loss L(h(x; w), y).

    layers: list of (W (out, in), b (out,)) -> (p,), layer by layer, W row by row and then b.
    """
    return np.concatenate([part.ravel() for layer in layers for part in layer])


def unflatten(w, layer_sizes):
    """The layers whose parameters are w: the way back from `flatten`.

    w (p,), layer_sizes from the input to the output -> list of (W (out, in), b (out,)).
    ValueError when w has another length than these layers have parameters.
    """
    check_layer_sizes(layer_sizes)
    shapes = [shape for n_in, n_out in zip(layer_sizes[:-1], layer_sizes[1:]) for shape in ((n_out, n_in), (n_out,))]
    lengths = [int(np.prod(shape)) for shape in shapes]
    check_length(w, sum(lengths))
    parts = np.split(np.asarray(w), np.cumsum(lengths)[:-1])
    parts = [part.reshape(shape) for part, shape in zip(parts, shapes)]
    return list(zip(parts[::2], parts[1::2]))
