"""Exercises of lesson 05: a neuron, the slopes of its activations, a layer, counting parameters, a bump."""

import numpy as np

from lessons_lib.exercises.checking import Exercise
from lessons_lib.maths.neural_networks import count_parameters, relu, sigmoid, tanh


def neuron(w, b, x):
    """σ(w·x + b) with the sigmoid: one neuron. w (d,), b a number, x (d,) -> a number."""
    return sigmoid(w @ x + b)


def _neurons():
    rng = np.random.default_rng(0)
    return [(f"{d} random inputs", (rng.normal(size=d), float(rng.normal()), rng.normal(size=d))) for d in (2, 3, 5, 4)]


check_neuron = Exercise(
    neuron,
    [("w = (2, 1), b = 0.5, x = (0.8, −0.4)", (np.array([2.0, 1.0]), 0.5, np.array([0.8, -0.4]))), *_neurons()],
    hints=[
        "First the affine part: multiply each input by its weight, add up, add the bias.",
        "z = w @ x + b is one number. What makes a number between 0 and 1 of it?",
        "return sigmoid(w @ x + b)",
    ],
    mistakes=[
        (lambda w, b, x: w @ x + b, "This is the affine part z; the activation is missing: return sigmoid(z)."),
        (lambda w, b, x: sigmoid(w @ x), "The bias is missing: add b before the activation."),
        (lambda w, b, x: sigmoid(w @ x) + b, "The bias comes too late: add b inside the activation."),
        (lambda w, b, x: sigmoid(w * x + b), "w * x keeps one product per input; w @ x also adds them up."),
        (lambda w, b, x: sigmoid((w * x + b).sum()), "The bias was added once for every input; add it once, after the sum."),
        (lambda w, b, x: sigmoid(w @ x - b), "The bias is added, not subtracted."),
        (lambda w, b, x: sigmoid(w @ (x + b)), "The bias is added to the sum, not to the inputs."),
        (lambda w, b, x: sigmoid(-(w @ x + b)), "The sign is flipped: a larger z needs a larger output."),
        (lambda w, b, x: tanh(w @ x + b), "A neuron with tanh; here the sigmoid is asked for."),
        (lambda w, b, x: relu(w @ x + b), "A neuron with ReLU; here the sigmoid is asked for."),
        (lambda w, b, x: float(w @ x + b > 0), "This is the hard threshold, without a slope; take the sigmoid."),
    ],
)  # fmt: skip

_Z = [
    ("z from −3 to 3", (np.array([-3.0, -1.0, -0.5, 0.5, 1.0, 3.0]),)),
    ("z = 0.7", (np.float64(0.7),)),
    ("five random z", (np.random.default_rng(1).normal(size=5),)),
    ("a random z (3, 2)", (2 * np.random.default_rng(2).normal(size=(3, 2)),)),
]


def sigmoid_slope(z):
    """σ′(z) = σ(z)(1 − σ(z)), at most 1/4. z: a number or an array -> the same shape."""
    return sigmoid(z) * (1 - sigmoid(z))


def tanh_slope(z):
    """tanh′(z) = 1 − tanh²(z), at most 1. z: a number or an array -> the same shape."""
    return 1 - np.tanh(z) ** 2


def relu_slope(z):
    """1 where z > 0, else 0. z: a number or an array -> the same shape."""
    return np.where(np.asarray(z) > 0, 1.0, 0.0)


check_sigmoid_slope = Exercise(
    sigmoid_slope,
    _Z,
    hints=[
        "Write a = sigmoid(z). Its slope can be said with a alone.",
        "The slope is 0 where a is 0 and where a is 1.",
        "return sigmoid(z) * (1 - sigmoid(z))",
    ],
    mistakes=[
        (lambda z: np.asarray(z) * (1 - np.asarray(z)), "This is z(1 − z); it needs a(1 − a) with a = sigmoid(z)."),
        (lambda z: sigmoid(z) * (1 + sigmoid(z)), "Look at the sign: a(1 − a), not a(1 + a)."),
        (lambda z: -sigmoid_slope(z), "The sign is flipped: the sigmoid rises everywhere."),
        (lambda z: 1 - sigmoid(z), "One factor is missing: a(1 − a)."),
        (sigmoid, "This is the sigmoid itself; its slope is asked for."),
        (lambda z: 0 * np.asarray(z), "0 everywhere: brackets? a * 1 - a is 0, a * (1 - a) is not."),
        (tanh_slope, "This is the slope of tanh; the sigmoid's is a(1 − a)."),
        (lambda z: 1 - sigmoid(z) ** 2, "1 − a² belongs to tanh; for the sigmoid it is a(1 − a)."),
    ],
)  # fmt: skip

check_tanh_slope = Exercise(
    tanh_slope,
    _Z,
    hints=["Write a = np.tanh(z). At z = 0 the slope is 1, far out it is 0.", "return 1 - np.tanh(z) ** 2"],
    mistakes=[
        (lambda z: 1 - np.tanh(z), "The square is missing: 1 − a²."),
        (lambda z: 1 - np.asarray(z) ** 2, "This is 1 − z²; it needs 1 − a² with a = tanh(z)."),
        (lambda z: 1 + np.tanh(z) ** 2, "Look at the sign: 1 − a²."),
        (lambda z: np.tanh(z) ** 2 - 1, "The sign is flipped: tanh rises everywhere."),
        (lambda z: np.tanh(z) * (1 - np.tanh(z)), "a(1 − a) belongs to the sigmoid; for tanh it is 1 − a²."),
        (tanh, "This is tanh itself; its slope is asked for."),
        (sigmoid_slope, "This is the sigmoid's slope; that of tanh is 1 − a²."),
        (lambda z: (1 - np.tanh(z)) ** 2, "Square a, not the bracket: 1 − a²."),
    ],
)  # fmt: skip

check_relu_slope = Exercise(
    relu_slope,
    _Z,
    hints=["ReLU is flat for negative z and rises like z for positive z.", "return np.where(z > 0, 1.0, 0.0)"],
    mistakes=[
        (sigmoid_slope, "a(1 − a) belongs to the sigmoid; ReLU's slope is 1 or 0."),
        (lambda z: 1.0 if z > 0 else 0.0, "`if` asks for one yes or no, but z may be an array: np.where(z > 0, 1.0, 0.0) asks for each."),
        (relu, "This is ReLU itself; its slope is 1 for positive z, not z."),
        (lambda z: np.where(np.asarray(z) > 0, 0.0, 1.0), "The two sides are swapped: the slope is 1 where z is positive."),
        (lambda z: np.sign(z), "On the left ReLU is flat: 0, not −1."),
        (lambda z: np.ones_like(np.asarray(z, dtype=float)), "On the left ReLU is flat: its slope is 0 for negative z."),
    ],
)  # fmt: skip


def layer(W, b, X):
    """A = tanh(XWᵀ + b): one layer of tanh units for all samples. W (out, in), b (out,), X (n, in) -> (n, out)."""
    return np.tanh(X @ W.T + b)


def _layers():
    rng = np.random.default_rng(3)
    return [
        (f"{n} samples, {d} inputs, {units} units", (rng.normal(size=(units, d)), rng.normal(size=units), rng.normal(size=(n, d))))
        for n, d, units in ((5, 2, 3), (4, 3, 2), (3, 3, 3), (2, 4, 4))
    ]  # fmt: skip


check_layer = Exercise(
    layer,
    _layers(),
    hints=[
        "X (n, in) times W transposed (in, out) has the shape (n, out).",
        "b (out,) is added to every row by itself.",
        "return np.tanh(X @ W.T + b)",
    ],
    mistakes=[
        (lambda W, b, X: X @ W.T + b, "The activation is missing: np.tanh around it."),
        (lambda W, b, X: np.tanh(X @ W.T), "The bias is missing: add b to every row."),
        (lambda W, b, X: np.tanh(X @ W.T) + b, "The bias comes too late: add b inside tanh."),
        (lambda W, b, X: np.tanh(X @ W + b), "W is (out, in), so X (n, in) needs W transposed: X @ W.T."),
        (lambda W, b, X: np.tanh(X @ W.T + b).T, "The answer is transposed: one row per sample, shape (n, out)."),
        (lambda W, b, X: np.tanh(W @ X + b), "Rows are samples: X comes first, and W is transposed: X @ W.T."),
        (lambda W, b, X: np.tanh(W @ X.T + b), "Rows are samples, so X comes first: X @ W.T, shape (n, out)."),
        (lambda W, b, X: np.tanh(X) @ W.T + b, "tanh goes around the whole sum, not around X."),
        (lambda W, b, X: np.tanh(X @ W.T - b), "The bias is added, not subtracted."),
        (lambda W, b, X: sigmoid(X @ W.T + b), "This layer has the sigmoid; tanh is asked for."),
        (lambda W, b, X: np.maximum(X @ W.T + b, 0), "This layer has ReLU; tanh is asked for."),
    ],
)  # fmt: skip


def output_shapes(n, layer_sizes):
    """[(n, units), …]: what each layer makes of n samples. layer_sizes from the input to the output -> a list."""
    return [(n, units) for units in layer_sizes[1:]]


check_output_shapes = Exercise(
    output_shapes,
    [(f"{n} samples through {sizes}", (n, sizes)) for n, sizes in ((5, (2, 4, 3)), (7, (3, 3)), (200, (40, 20, 20, 10)))],
    hints=[
        "X has the shape (n, 2). After a layer of 4 units every sample has 4 numbers.",
        "The input itself is no layer: start with layer_sizes[1].",
        "return [(n, units) for units in layer_sizes[1:]]",
    ],
    mistakes=[
        (lambda n, sizes: [(units, n) for units in sizes[1:]], "Transposed: rows are samples, so n comes first."),
        (lambda n, sizes: [(n, units) for units in sizes], "The input is no layer: leave its own shape out."),
        (lambda n, sizes: [(n, units) for units in sizes[:-1]], "These go into the layers; what comes out of them is asked for."),
        (lambda n, sizes: list(zip(sizes[:-1], sizes[1:])), "These are (in, out) of each layer; what comes out of it is (n, units)."),
        (lambda n, sizes: list(zip(sizes[1:], sizes[:-1])), "These are the shapes of W; what comes out of each layer is (n, units)."),
        (lambda n, sizes: list(sizes[1:]), "Two numbers for every layer: (n, units)."),
        (lambda n, sizes: (n, sizes[-1]), "This is the last layer's shape; give one for every layer, in a list."),
    ],
)  # fmt: skip


def _pairs(sizes):
    return list(zip(sizes[:-1], sizes[1:]))


check_count_parameters = Exercise(
    count_parameters,
    [
        ("(196, 100, 10), the network for clothes", ((196, 100, 10),)),
        ("(2, 3), no hidden layer", ((2, 3),)),
        ("(784, 512, 512, 10)", ((784, 512, 512, 10),)),
        ("(5, 1), lesson 01's sort", ((5, 1),)),
        ("(7, 6, 4, 3, 2)", ((7, 6, 4, 3, 2),)),
    ],
    hints=[
        "A layer from n_in to n_out units has W of shape (n_out, n_in) and b of shape (n_out,).",
        "zip(layer_sizes[:-1], layer_sizes[1:]) goes through the pairs (n_in, n_out).",
        "return sum((n_in + 1) * n_out for n_in, n_out in zip(layer_sizes[:-1], layer_sizes[1:]))",
    ],
    mistakes=[
        (lambda s: sum(a * b for a, b in _pairs(s)), "The biases are missing: every computed unit has one."),
        (lambda s: sum(a * b for a, b in _pairs(s)) + sum(s), "The inputs have no bias: they are given, not computed."),
        (lambda s: sum(a * (b + 1) for a, b in _pairs(s)), "The bias is on the wrong side: one for every unit that comes out, not for every one that goes in."),
        (lambda s: sum((a + 1) * b for a, b in _pairs(s)[:-1]), "The last layer is missing: it has weights and biases, too."),
        (lambda s: sum((a + 1) * b for a, b in _pairs(s)[1:]), "The first layer is missing: it has weights and biases, too."),
        (lambda s: (s[0] + 1) * s[1], "Only the first layer is counted: is the return inside the loop?"),
        (lambda s: np.prod(s), "Weights join neighbouring layers only: multiply pairs, and add the products up."),
        (lambda s: sum(s), "These are the units; there is a weight for every pair of units in neighbouring layers."),
        (lambda s: sum(a * b + 1 for a, b in _pairs(s)), "One bias per layer is too few: every unit that is computed has its own."),
        (lambda s: sum(a * b + a + b for a, b in _pairs(s)), "Biases belong to the outputs of a layer only."),
        (lambda s: [(a + 1) * b for a, b in _pairs(s)], "One number for each layer: add them up."),
        (lambda s: sum(a * b for a, b in _pairs(s)) + sum(s[1:-1]), "The last layer has biases, too."),
        (lambda s: len(s) - 1, "This counts the layers: count the numbers in their W and b."),
    ],
)  # fmt: skip


def bump(x, left, right, height, steepness):
    """h (σ(k(x − left)) − σ(k(x − right))): one sigmoid up at left, one down at right. x any shape -> the same."""
    return height * (sigmoid(steepness * (x - left)) - sigmoid(steepness * (x - right)))


def _bumps():
    rng = np.random.default_rng(4)
    return [
        (f"a bump from {left} to {right}", (np.sort(rng.uniform(-3, 3, 5)), left, right, height, steepness))
        for left, right, height, steepness in ((-1.0, 1.5, 1.0, 5.0), (0.5, 2.0, -2.0, 3.0), (-2.5, -0.5, 0.7, 2.0))
    ]


check_bump = Exercise(
    bump,
    [("x = 0 in a bump from −1 to 1", (0.0, -1.0, 1.0, 2.0, 4.0)), *_bumps()],
    hints=[
        "sigmoid(x − left) rises from 0 to 1 around left. How do you make the rise steeper?",
        "A second sigmoid, around right, taken away, brings the curve down again.",
        "return height * (sigmoid(steepness * (x - left)) - sigmoid(steepness * (x - right)))",
    ],
    mistakes=[
        (lambda x, a, b, h, k: h * (sigmoid(k * (x - a)) + sigmoid(k * (x - b))), "Two stairs up: take the second sigmoid away instead of adding it."),
        (lambda x, a, b, h, k: h * sigmoid(k * (x - a)), "A stair, up at left; take away a second sigmoid at right."),
        (lambda x, a, b, h, k: sigmoid(k * (x - a)) - sigmoid(k * (x - b)), "The height is missing: multiply by it."),
        (lambda x, a, b, h, k: h * (sigmoid(x - a) - sigmoid(x - b)), "The steepness is missing: sigmoid(steepness * (x - left))."),
        (lambda x, a, b, h, k: -bump(x, a, b, h, k), "The sign is flipped: up at left, down at right."),
        (lambda x, a, b, h, k: h * (sigmoid(k * x - a) - sigmoid(k * x - b)), "Brackets: the steepness multiplies (x − left), not x alone."),
        (lambda x, a, b, h, k: h * sigmoid(k * (x - a)) - sigmoid(k * (x - b)), "Brackets: the height multiplies the whole difference."),
        (lambda x, a, b, h, k: h * sigmoid(k * (x - a)) * sigmoid(-k * (x - b)), "A product is a bump, too, but a network adds its units: take a difference."),
        (lambda x, a, b, h, k: h * (sigmoid((x - a) / k) - sigmoid((x - b) / k)), "The steepness multiplies (x − left); dividing makes it flatter."),
        (lambda x, a, b, h, k: h * (sigmoid(k * (x + a)) - sigmoid(k * (x + b))), "x − left, not x + left: the rise belongs where x equals left."),
    ],
)  # fmt: skip
