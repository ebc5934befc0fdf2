"""Exercises of lesson 05: a neuron, the slopes of its activations, a layer, counting parameters, a bump."""

import numpy as np

from lessons_lib.exercises.checking import Exercise
from lessons_lib.maths.multiclass_classification import softmax
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
        (lambda w, b, x: sigmoid(w @ x - b), "The bias is added, not subtracted. (Written with e^−z, the minus sign belongs to all of z, so z needs brackets.)"),
        (lambda w, b, x: sigmoid(w @ (x + b)), "The bias is added to the sum, not to the inputs."),
        (lambda w, b, x: sigmoid(-(w @ x + b)), "The sign is flipped: a larger z needs a larger output."),
        (lambda w, b, x: tanh(w @ x + b), "A neuron with tanh; here the sigmoid is asked for."),
        (lambda w, b, x: relu(w @ x + b), "A neuron with ReLU; here the sigmoid is asked for."),
        (lambda w, b, x: float(w @ x + b > 0), "This is the hard threshold, without a slope; take the sigmoid."),
        (lambda w, b, x: w[-1] * x[-1] + b, "Only the last product is left, and the sigmoid is missing: add the products up, w @ x."),
        (lambda w, b, x: sigmoid(w[-1] * x[-1] + b), "Only the last product is left: add them all up (z += ..., not z = ..., in a loop)."),
        (lambda w, b, x: sigmoid(w[0] * x[0] + b), "Only the first input counts: is the return inside the loop? Add up all products."),
        (lambda w, b, x: sigmoid(w[:-1] @ x[:-1] + b), "The last input is left out: range(len(w)) already ends with it."),
        (lambda w, b, x: sigmoid(w[1:] @ x[1:] + b), "The first input is left out: it has number 0."),
        (lambda w, b, x: sigmoid(w @ x * b), "The bias is added, not multiplied."),
        (lambda w, b, x: sigmoid(w @ x) * b, "The bias is added, not multiplied, and before the activation."),
        (lambda w, b, x: sigmoid(w @ x) - b, "The bias is added, not subtracted, and before the activation."),
        (lambda w, b, x: sigmoid((w + b) @ x), "The bias is added to the sum, not to the weights."),
        (lambda w, b, x: sigmoid(b), "The inputs have no say: add w @ x."),
        (lambda w, b, x: sigmoid(w * x).sum(), "One sigmoid for every product, and no bias: add the products up first, then the bias, then take one sigmoid."),
        (lambda w, b, x: sigmoid(w * x).sum() + b, "One sigmoid for every product: add the products and the bias up first, then take one."),
        (lambda w, b, x: sigmoid(w * x + b).sum(), "One sigmoid for every input, then their sum: add the products up first, then the bias, then take one sigmoid."),
        (lambda w, b, x: sigmoid(w * x + b).mean(), "One sigmoid for every input, then their mean: add the products up first, then the bias, then take one sigmoid."),
        (lambda w, b, x: sigmoid(np.mean(w * x) + b), "This takes the mean of the products; add them up, w @ x."),
        (lambda w, b, x: sigmoid(w.sum() * x.sum() + b), "The sums were multiplied; multiply each input by its own weight, then add up the products: w @ x."),
        (lambda w, b, x: sigmoid((w + x).sum() + b), "Each input is multiplied by its weight, not added to it: w @ x."),
        (lambda w, b, x: sigmoid(sigmoid(w @ x + b)), "The sigmoid was taken twice: once is enough."),
        (lambda w, b, x: sigmoid(w @ sigmoid(x) + b), "The sigmoid goes around the whole sum, not around the inputs as well."),
        (lambda w, b, x: w @ sigmoid(x) + b, "The sigmoid goes around the whole sum, not around the inputs."),
        (lambda w, b, x: sigmoid_slope(w @ x + b), "This is the slope of the sigmoid, a(1 − a); return its output a."),
        (lambda w, b, x: np.exp(w @ x + b), "This is e^z; the sigmoid is 1 / (1 + e^−z)."),
        (lambda w, b, x: np.exp(-(w @ x + b)), "This is e^−z; the sigmoid is 1 / (1 + e^−z)."),
        (lambda w, b, x: 1 + np.exp(-(w @ x + b)), "Brackets: 1 / (1 + np.exp(-z)). This is 1 + e^−z, without the fraction around it."),
        (lambda w, b, x: 1 / (1 - np.exp(-(w @ x + b))), "The sigmoid has a plus below: 1 / (1 + e^−z)."),
        (lambda w, b, x: np.log(1 + np.exp(w @ x + b)), "This is log(1 + e^z), a smooth ReLU; the sigmoid is 1 / (1 + e^−z)."),
        (lambda w, b, x: np.clip(w @ x + b, 0, 1), "This cuts z off at 0 and 1; the sigmoid 1 / (1 + e^−z) bends smoothly."),
        (lambda w, b, x: sigmoid(abs(w @ x) + b), "No absolute value: w @ x may be negative."),
        (lambda w, b, x: sigmoid(abs(w @ x + b)), "No absolute value: z = w @ x + b may be negative, and the output below one half."),
        (lambda w, b, x: sigmoid(np.outer(w, x) + b), "np.outer multiplies each weight with each input, a whole table; w @ x pairs them and adds up."),
        (lambda w, b, x: sigmoid(w @ x / np.linalg.norm(w) + b), "The sum was divided by the length of w; nothing needs to be divided."),
        (lambda w, b, x: sigmoid(w @ x / len(w) + b / len(w)), "The sum was divided by the number of inputs; nothing needs to be divided."),
        (lambda w, b, x: np.exp(w @ x + b) / (1 - np.exp(w @ x + b)), "A plus below the line: e^z / (1 + e^z)."),
        (lambda w, b, x: sigmoid(w @ w + b), "x has no say: w @ x, not w @ w."),
        (lambda w, b, x: sigmoid(x @ x + b), "The weights have no say: w @ x, not x @ x."),
        (lambda w, b, x: 1 / (1 + 2 ** -(w @ x + b)), "The base is e, np.exp(-z), and not 2."),
        (lambda w, b, x: 1 / (1 + 10 ** -(w @ x + b)), "The base is e, np.exp(-z), and not 10."),
        (lambda w, b, x: 2 * sigmoid(w @ x + b) - 1, "From −1 to 1, like tanh; the sigmoid goes from 0 to 1: neither times 2 nor − 1."),
        (lambda w, b, x: sigmoid((w @ x + b) / 2), "z was halved: sigmoid(z), with z = w @ x + b."),
        (lambda w, b, x: softmax(w * x + b), "A softmax compares several numbers; a neuron has one: add the products up first, then take the sigmoid."),
        (lambda w, b, x: 1 - np.exp(-(w @ x + b)), "This is 1 − e^−z; the sigmoid is 1 / (1 + e^−z)."),
    ],
)  # fmt: skip

_Z = [
    ("z from −3 to 3", (np.array([-3.0, -1.0, -0.5, 0.0, 0.5, 1.0, 3.0]),)),
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
        (lambda z: 1 - sigmoid(z), "This is 1 − a: a factor is missing, a(1 − a). (Written with e^−z, the bracket below the line needs its square.)"),
        (sigmoid, "This is the sigmoid itself; its slope is asked for."),
        (lambda z: 0 * np.asarray(z), "0 everywhere: brackets? a * 1 - a is 0, a * (1 - a) is not."),
        (tanh_slope, "This is the slope of tanh; the sigmoid's is a(1 − a)."),
        (lambda z: 1 - sigmoid(z) ** 2, "1 − a² belongs to tanh; for the sigmoid it is a(1 − a)."),
        (relu_slope, "This is the slope of ReLU; the sigmoid's is a(1 − a)."),
        (lambda z: sigmoid(z) * (1 - z), "The second factor is 1 − a with a = sigmoid(z), not 1 − z."),
        (lambda z: z * (1 - sigmoid(z)), "The first factor is a = sigmoid(z), not z."),
        (lambda z: sigmoid(z) ** 2, "This is a²; the slope is a(1 − a)."),
        (lambda z: (1 - sigmoid(z)) ** 2, "This is (1 − a)²; the slope is a(1 − a)."),
        (lambda z: sigmoid(z) * (1 - sigmoid(z)) ** 2, "There is no square: a(1 − a), not a(1 − a)²."),
        (lambda z: sigmoid(z) ** 2 * (1 - sigmoid(z)), "There is no square: a(1 − a), not a²(1 − a). (Written with e^−z, the bracket below the line is squared, not cubed.)"),
        (lambda z: sigmoid(z) * (1 - sigmoid(z) ** 2), "There is no square: a(1 − a), not a(1 − a²)."),
        (lambda z: (sigmoid(z) * (1 - sigmoid(z))) ** 2, "There is no square: a(1 − a), as it is."),
        (lambda z: sigmoid(z) + (1 - sigmoid(z)), "a + (1 − a) is always 1: multiply the two, a(1 − a)."),
        (lambda z: 1 - 2 * sigmoid(z), "This is 1 − 2a, the slope of a(1 − a); a(1 − a) itself is asked for."),
        (lambda z: sigmoid(sigmoid(z)) * (1 - sigmoid(sigmoid(z))), "The sigmoid was taken twice: a = sigmoid(z), then a(1 − a)."),
        (lambda z: sigmoid(z * (1 - z)), "The sigmoid of z(1 − z); first a = sigmoid(z), then a(1 − a)."),
        (lambda z: np.tanh(z) * (1 - np.tanh(z)), "a(1 − a) is right, but with a = sigmoid(z), not tanh(z)."),
        (lambda z: sigmoid(z) * (1 - sigmoid(z)) * z, "Right up to a factor z: leave it out, a(1 − a)."),
        (lambda z: np.exp(-z), "This is e^−z; the slope is a(1 − a) with a = sigmoid(z)."),
        (lambda z: np.exp(-z) / (1 + np.exp(-z) ** 2), "Brackets: the whole (1 + e^−z) is squared, not e^−z alone."),
        (lambda z: np.exp(-z) / 1 + np.exp(-z) ** 2, "Brackets: e^−z / (1 + e^−z)², with all of 1 + e^−z below the line. Or a(1 − a)."),
        (lambda z: np.exp(-z) / 1 + np.exp(-z), "Brackets, and a square: e^−z / (1 + e^−z)². Or a(1 − a)."),
        (lambda z: sigmoid(z * (1 - sigmoid(z))), "Brackets: the first sigmoid closes after z, sigmoid(z) * (1 - sigmoid(z))."),
        (lambda z: [sigmoid(z), 1 - sigmoid(z)], "These are the two factors, a and 1 − a: multiply them."),
        (lambda z: sigmoid(z) * (1 - sigmoid(z)) / 4, "Nothing is divided by 4: a(1 − a), which is at most 1/4 by itself."),
        (lambda z: 1 / (np.exp(-z) * (1 + np.exp(-z)) ** 2), "e^−z stands above the line: e^−z / (1 + e^−z)². Or a(1 − a)."),
        (lambda z: 0 * z + 0.25, "This is the slope at z = 0 alone; elsewhere it is less: a(1 − a)."),
        (lambda z: 0.25, "This is the slope at z = 0 alone; z needs to have a say: a(1 − a)."),
        (lambda z: np.gradient(sigmoid(z)), "np.gradient takes differences of neighbours in the array; the slope at each z is a(1 − a)."),
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
        (relu_slope, "This is the slope of ReLU; that of tanh is 1 − a²."),
        (lambda z: np.tanh(z) ** 2, "This is a²; the slope is 1 − a²."),
        (lambda z: 1 - sigmoid(z) ** 2, "1 − a² is right, but with a = tanh(z), not sigmoid(z)."),
        (lambda z: 1 - 2 * np.tanh(z), "a * 2 is twice a; the square is a ** 2: 1 − a²."),
        (lambda z: 2 * (1 - np.tanh(z)), "The square is missing: 1 − a², and no factor 2."),
        (lambda z: -2 * np.tanh(z), "This is the slope of 1 − a² in a; 1 − a² itself is asked for."),
        (lambda z: 1 - np.tanh(z**2), "Square tanh z, not z: 1 − np.tanh(z) ** 2."),
        (lambda z: 1 - np.abs(np.tanh(z)), "The square is missing: 1 − a², not 1 − |a|."),
        (lambda z: 1 - np.tanh(z) ** 3, "The square of a, not its third power: 1 − a²."),
        (lambda z: (1 - np.tanh(z) ** 2) ** 2, "One square too many: 1 − a², as it is. (1 / cosh² z is the same.)"),
        (lambda z: 1 / np.cosh(z), "This is 1 / cosh z, the root of the slope: square it, or take 1 − a²."),
        (lambda z: np.cosh(z) ** 2, "This is cosh² z, one over the slope: 1 / cosh² z, or 1 − a²."),
        (lambda z: 1 - np.tan(z) ** 2, "np.tanh, not np.tan: the h matters."),
        (lambda z: 1 + np.tan(z) ** 2, "This is the slope of tan; that of tanh is 1 − np.tanh(z) ** 2."),
        (lambda z: 1 - np.tanh(np.tanh(z)) ** 2, "tanh was taken twice: a = np.tanh(z), then 1 − a²."),
        (lambda z: z * (1 - np.tanh(z) ** 2), "Right up to a factor z: leave it out, 1 − a²."),
        (lambda z: np.tanh(z) * (1 - np.tanh(z) ** 2), "Right up to a factor a: leave it out, 1 − a²."),
        (lambda z: 4 / (np.exp(z) - np.exp(-z)) ** 2, "A sign: (e^z + e^−z) below the line, not e^z − e^−z. Or 1 − a²."),
        (lambda z: 4 / (np.exp(z) + np.exp(-z)), "The square is missing: 4 / (e^z + e^−z)². Or 1 − a²."),
        (lambda z: 1 - (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z)) ** 2, "Brackets: the square belongs to the whole quotient, which is tanh z: 1 − a²."),
        (lambda z: 1 - (np.exp(z) - np.exp(-z)) ** 2 / (np.exp(z) + np.exp(-z)), "Brackets: the square belongs to the whole quotient, above and below the line: 1 − a²."),
        (lambda z: 1 - np.tanh(z) ** 2 / 2, "Nothing is halved: 1 − a²."),
        (lambda z: [1 - np.tanh(z), 1 + np.tanh(z)], "These are the two factors of 1 − a²: multiply them."),
        (lambda z: np.gradient(np.tanh(z)), "np.gradient takes differences of neighbours in the array; the slope at each z is 1 − a²."),
    ],
)  # fmt: skip

check_relu_slope = Exercise(
    relu_slope,
    _Z,
    hints=["ReLU is flat for negative z and rises like z for positive z.", "return np.where(z > 0, 1.0, 0.0)"],
    mistakes=[
        (sigmoid_slope, "a(1 − a) belongs to the sigmoid; ReLU's slope is 1 or 0."),
        (lambda z: 1.0 if z > 0 else 0.0, "One yes or no is asked for (by if, and, or max), but z may be an array: np.where(z > 0, 1.0, 0.0) asks for each."),
        (relu, "This is ReLU itself; its slope is 1 for positive z, not z."),
        (lambda z: relu(z) / z, "relu(z) / z is 0/0 = nan at z = 0: ask where z > 0 instead."),
        (lambda z: np.where(z >= 0, 1.0, 0.0), "At exactly 0 we take slope 0 (a step to the right would say 1): z > 0, not z >= 0."),
        (lambda z: np.heaviside(z, 0.5), "At exactly 0 we take slope 0, not one half."),
        (lambda z: np.where(z > 0, 0.0, 1.0), "The two sides are swapped: the slope is 1 where z is positive."),
        (lambda z: np.where(z < 0, 1.0, 0.0), "The two sides are swapped: z > 0 has slope 1, not z < 0."),
        (lambda z: np.sign(z), "On the left ReLU is flat: 0, not −1."),
        (lambda z: np.where(z > 0, 1.0, -1.0), "On the left, and at 0, ReLU is flat: 0, not −1."),
        (lambda z: np.where(z >= 0, 1.0, -1.0), "On the left ReLU is flat: 0, not −1; and at exactly 0 we take slope 0, z > 0."),
        (lambda z: np.where(z > 0, 1.0, z), "On the left ReLU is flat: 0, not z."),
        (lambda z: np.where(z > 0, 1.0, 0.01), "On the left ReLU is flat: 0, not a small slope (that would be a leaky ReLU)."),
        (lambda z: np.where(z > 0, 1.0, 0.1), "On the left ReLU is flat: slope 0, not 0.1."),
        (lambda z: np.zeros_like(z), "0 everywhere: for positive z ReLU rises, with slope 1."),
        (lambda z: 0, "0 everywhere: for positive z ReLU rises, with slope 1, one number for each z."),
        (lambda z: 1, "1 everywhere: for negative z ReLU is flat; one number for each z."),
        (lambda z: np.where(z > 1, 1.0, 0.0), "The bend is at 0: z > 0, not z > 1."),
        (lambda z: np.where(z >= 1, 1.0, 0.0), "The bend is at 0: z > 0, not z >= 1."),
        (lambda z: np.where(z > 0.5, 1.0, 0.0), "The bend is at 0: z > 0, not z > 0.5."),
        (lambda z: np.where(z > -1, 1.0, 0.0), "The bend is at 0: z > 0, not z > −1."),
        (lambda z: np.minimum(relu(z), 1), "Between 0 and 1, too, the slope is 1, not z."),
        (lambda z: relu(z) * (1 - relu(z)), "a(1 − a) is the rule of the sigmoid; ReLU's slope is 1 where a > 0, else 0."),
        (lambda z: 1 - relu(z) ** 2, "1 − a² is the rule of tanh; ReLU's slope is 1 where a > 0, else 0."),
        (lambda z: 1 - relu(z), "This is 1 − a; ReLU's slope is 1 where a > 0, else 0."),
        (lambda z: relu(z) ** 2 / 2, "This is ReLU's integral: its slope is 1 where z > 0, else 0."),
        (sigmoid, "This is the sigmoid; ReLU's slope is 1 or 0."),
        (tanh_slope, "1 − a² belongs to tanh; ReLU's slope is 1 or 0."),
        (np.abs, "This is |z|; ReLU's slope is 1 where z > 0, else 0."),
        (lambda z: np.where(z > 0, -1.0, 0.0), "The sign is flipped: for positive z ReLU rises, with slope 1."),
        (lambda z: np.where(z > 0), "np.where with one argument tells the places; with three it gives the numbers: np.where(z > 0, 1.0, 0.0)."),
        (lambda z: z[z > 0], "These are the positive z themselves; one slope for every z is asked for, 1 or 0: np.where(z > 0, 1.0, 0.0)."),
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
        (lambda W, b, X: np.tan(X @ W.T + b), "np.tanh, not np.tan: the h matters."),
        (lambda W, b, X: np.tanh(X @ W.T + b.sum()), "All biases were added up; each unit (column) has its own: + b."),
        (lambda W, b, X: np.tanh(X @ W.T + b.mean()), "This adds the mean bias; each unit (column) has its own: + b."),
        (lambda W, b, X: np.tanh(X @ W.T + b[0]), "All units got the first bias; each unit (column) has its own: + b."),
        (lambda W, b, X: np.tanh(X @ W.T + b[-1]), "All units got the last bias; each unit (column) has its own: + b."),
        (lambda W, b, X: np.tanh(X @ W.T + len(W) * b), "The bias was added once for every unit; add it once, after the product."),
        (lambda W, b, X: np.tanh(X @ W.T + X.shape[1] * b), "The bias was added once for every input; add it once, after the sum."),
        (lambda W, b, X: np.tanh(X @ W.T * b), "The bias is added, not multiplied."),
        (lambda W, b, X: np.tanh(X @ W.T) * b, "The bias is added, not multiplied, and inside tanh."),
        (lambda W, b, X: np.tanh(X @ W.T) - b, "The bias is added, not subtracted, and inside tanh."),
        (lambda W, b, X: np.tanh(X @ W.T) + np.tanh(b), "Two tanh, added up: the bias belongs to the sum inside a single tanh."),
        (lambda W, b, X: np.tanh(X[:, -1:] * W[:, -1] + b), "Only the last input is left: add the products of all inputs up (+=) before tanh."),
        (lambda W, b, X: np.tanh(X[:, :1] * W[:, 0] + b), "Only the first input counts: add the products of all inputs up before tanh."),
        (lambda W, b, X: np.tanh(-(X @ W.T + b)), "The sign is flipped: np.tanh(X @ W.T + b), without a minus."),
        (lambda W, b, X: np.tanh(-(X @ W.T) + b), "There is no minus sign before the product: X @ W.T + b."),
        (lambda W, b, X: np.tanh(np.tanh(X @ W.T + b)), "tanh was taken twice: once is enough."),
        (lambda W, b, X: np.tanh(np.tanh(X) @ W.T + b), "tanh goes around the whole sum, not around X as well."),
        (lambda W, b, X: X @ np.tanh(W).T + b, "tanh goes around the whole sum, not around W."),
        (lambda W, b, X: 1 - np.tanh(X @ W.T + b) ** 2, "This is the slope of tanh; the output of the layer is asked for: np.tanh(X @ W.T + b)."),
        (lambda W, b, X: np.tanh(np.tile(b, (len(X), 1))), "X and W have no say: add X @ W.T."),
        (lambda W, b, X: np.tanh(X @ W.T + b)[:1], "Only the first sample came back: is the return inside the loop?"),
        (lambda W, b, X: np.tanh(W @ X[0] + b), "Only the first sample came back: is the return inside the loop?"),
        (lambda W, b, X: np.tanh(W @ X[-1] + b), "Only the last sample came back: keep a row for each one."),
        (lambda W, b, X: np.tanh(X @ W[0] + b[0]), "Only the first unit came back: a column for each unit is asked for."),
        (lambda W, b, X: np.tanh(X @ W.T + b).sum(axis=1), "The units were added up: keep a column for each one."),
        (lambda W, b, X: np.tanh(X @ W.T + b).mean(axis=0), "This is the mean over the samples: keep a row for each one."),
        (lambda W, b, X: softmax(X @ W.T + b), "This layer has a softmax; tanh is asked for."),
    ],
)  # fmt: skip


def _pairs(sizes):
    return list(zip(sizes[:-1], sizes[1:]))


def output_shapes(n, layer_sizes):
    """[(n, units), …]: what each layer makes of n samples. layer_sizes from the input to the output -> a list."""
    return [(n, units) for units in layer_sizes[1:]]


check_output_shapes = Exercise(
    output_shapes,
    [(f"{n} samples through {sizes}", (n, sizes)) for n, sizes in ((5, (2, 4, 3)), (7, (3, 3)), (200, (40, 20, 15, 10)))],
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
        (lambda n, sizes: [(n, sizes[-1])], "This is the last layer's shape alone; give one for every layer."),
        (lambda n, sizes: (n, sizes[1]), "This is the first layer's shape; give one for every layer, in a list: is the return inside the loop?"),
        (lambda n, sizes: [(n, sizes[1])], "This is the first layer's shape alone: is the return inside the loop?"),
        (lambda n, sizes: [(n, units) for units in sizes[1:-1]], "The last layer's shape is missing: it is a layer, too."),
        (lambda n, sizes: [(n, units) for units in sizes[2:]], "The first layer's shape is missing: it is the one that makes layer_sizes[1] numbers."),
        (lambda n, sizes: [(n, units) for units in sizes[:0:-1]], "The layers stand in reverse order: start with the one after the input."),
        (lambda n, sizes: [n * units for units in sizes[1:]], "Two numbers for every layer, (n, units), not their product."),
        (lambda n, sizes: [n, *sizes[1:]], "n belongs to every layer: a list of pairs (n, units)."),
        (lambda n, sizes: [(n, *sizes[1:])], "All units stand behind one n: a pair (n, units) for every layer, in a list."),
        (lambda n, sizes: [(n, sum(sizes[1:]))], "The units were added up: a pair (n, units) for every layer."),
        (lambda n, sizes: [each for units in sizes[1:] for each in (n, units)], "All in one row: keep a pair (n, units) for each layer, such as append((n, units))."),
        (lambda n, sizes: [(n, units + 1) for units in sizes[1:]], "1 too many in each pair: the bias adds no unit, so a layer makes (n, units)."),
        (lambda n, sizes: [(n, a, b) for a, b in _pairs(sizes)], "Three numbers for each layer: what comes out is (n, units), two."),
        (lambda n, sizes: [(n, a) for a, b in _pairs(sizes)][:1] + [(a, b) for a, b in _pairs(sizes)], "These mix shapes of X and W; what comes out of each layer is (n, units)."),
        (lambda n, sizes: [(units, units) for units in sizes[1:]], "The first number is n, the number of samples: (n, units)."),
        (lambda n, sizes: [(n, n) for units in sizes[1:]], "The second number is the layer's units: (n, units)."),
        (lambda n, sizes: [n for units in sizes[1:]], "Two numbers for every layer, n and its units: (n, units)."),
        (lambda n, sizes: [], "The list is empty: append a pair (n, units) for each layer."),
    ],
)  # fmt: skip


check_count_parameters = Exercise(
    count_parameters,
    [
        ("(196, 100, 10), the network for clothes", ((196, 100, 10),)),
        ("(2, 3), no hidden layer", ((2, 3),)),
        ("(784, 512, 512, 10)", ((784, 512, 512, 10),)),
        ("(5, 1), lesson 01's sort", ((5, 1),)),
        ("(3, 4, 9, 5, 2)", ((3, 4, 9, 5, 2),)),
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
        (lambda s: sum(a * b + b + 1 for a, b in _pairs(s)), "1 too many for each layer: n_out biases, one for each unit, are all."),
        (lambda s: max((a + 1) * b for a, b in _pairs(s)), "This is the largest layer alone: add up all of them."),
        (lambda s: sum(a * b + a + b for a, b in _pairs(s)), "Biases belong to the outputs of a layer only."),
        (lambda s: [(a + 1) * b for a, b in _pairs(s)], "One number for each layer: add them up."),
        (lambda s: sum(a * b for a, b in _pairs(s)) + sum(s[1:-1]), "The last layer has biases, too."),
        (lambda s: len(s) - 1, "This counts the layers: count the numbers in their W and b."),
        (lambda s: (s[-2] + 1) * s[-1], "Only the last layer is counted: add up with +=, not =."),
        (lambda s: sum(s[1:]), "These are the biases alone: the weights are missing, n_out · n_in for each layer."),
        (lambda s: sum((s[i - 1] + 1) * s[i] for i in range(len(s))), "One layer too many: at i = 0, layer_sizes[i - 1] is the last size. Begin with i = 1."),
        (lambda s: sum((a + 1) * (b + 1) for a, b in _pairs(s)), "The bias adds 1 to n_in alone: (n_in + 1) · n_out."),
        (lambda s: sum(a * b for a, b in _pairs(s)) + 1, "One bias in all is too few: every unit that is computed has its own."),
        (lambda s: sum(a * b for a, b in _pairs(s)) + len(s), "One bias per layer is too few, and the input is no layer: every unit that is computed has its own."),
        (lambda s: sum(a * b for a, b in _pairs(s)) + s[-1], "Only the last layer has its biases: the hidden units have one each, too."),
        (lambda s: sum(a * b for a, b in _pairs(s)) + s[1], "Only the first layer has its biases: the units of the others have one each, too."),
        (lambda s: np.prod(s) + sum(s[1:]), "Weights join neighbouring layers only: multiply pairs, and add the products up. The biases are right."),
        (lambda s: sum(a + b for a, b in _pairs(s)), "A weight for every pair: n_in times n_out, not plus; and a bias for each of the n_out."),
        (lambda s: sum(a + b + b for a, b in _pairs(s)), "A weight for every pair of units: n_in times n_out, not plus."),
        (lambda s: s[0] * s[-1] + s[-1], "The hidden layers are skipped: multiply neighbouring sizes, pair by pair."),
        (lambda s: sum((a + 1) * b for a, b in zip(s[:-1], s[2:])), "This pairs each size with the one after the next: zip(layer_sizes[:-1], layer_sizes[1:])."),
        (lambda s: sum((a + 1) * b for a, b in _pairs(s)[::2]), "Every other layer is skipped: neighbouring pairs overlap, zip(layer_sizes[:-1], layer_sizes[1:])."),
        (lambda s: sum(s[0] * b + b for b in s[1:]), "Each layer gets what the layer before it made, not the input: multiply neighbouring sizes."),
        (lambda s: sum(a * a + a for a in s[1:]), "W joins two layers: n_out · n_in, not n_out · n_out."),
        (lambda s: [(b, a) for a, b in _pairs(s)], "These are the shapes of the W: count the numbers in them and in the b, and add up."),
        (lambda s: [a * b for a, b in _pairs(s)], "These are the weights of each layer: add the biases, and add all up."),
        (lambda s: (sum(a * b for a, b in _pairs(s)), sum(s[1:])), "These are the weights and the biases: add the two, one number is asked for."),
    ],
)  # fmt: skip


def bump(x, left, right, height, steepness):
    """height (σ(steepness (x − left)) − σ(steepness (x − right))): a sigmoid up and one down. x any shape -> the same."""
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
        (lambda x, a, b, h, k: -bump(x, a, b, h, k), "The sign is flipped: up at left, down at right, each with k(x − …) so that it rises."),
        (lambda x, a, b, h, k: h * (sigmoid(k * x - a) - sigmoid(k * x - b)), "Brackets: the steepness multiplies (x − left), not x alone."),
        (lambda x, a, b, h, k: h * sigmoid(k * (x - a)) - sigmoid(k * (x - b)), "Brackets: the height multiplies the whole difference."),
        (lambda x, a, b, h, k: h * sigmoid(k * (x - a)) * sigmoid(-k * (x - b)), "A product is a bump, too, but a network adds its units: take a difference."),
        (lambda x, a, b, h, k: h * (sigmoid((x - a) / k) - sigmoid((x - b) / k)), "The steepness multiplies (x − left); dividing makes it flatter."),
        (lambda x, a, b, h, k: h * (sigmoid(k * (x + a)) - sigmoid(k * (x + b))), "x − left, not x + left: the rise belongs where x equals left."),
        (lambda x, a, b, h, k: h * (sigmoid(k * (x - a)) - sigmoid(k * (x + b))), "x − right, not x + right: the fall belongs where x equals right."),
        (lambda x, a, b, h, k: h * (sigmoid(k * (x + a)) - sigmoid(k * (x - b))), "x − left, not x + left, in the first sigmoid."),
        (lambda x, a, b, h, k: h * sigmoid(k * (x - b)), "A stair, up at right; it needs one at left, and that one taken away."),
        (lambda x, a, b, h, k: sigmoid(x - a) - sigmoid(x - b), "Height and steepness are missing: height * (sigmoid(steepness * (x - left)) - ...)."),
        (lambda x, a, b, h, k: k * h * (sigmoid(x - a) - sigmoid(x - b)), "The steepness belongs inside the sigmoids: sigmoid(steepness * (x - left))."),
        (lambda x, a, b, h, k: k * (sigmoid(x - a) - sigmoid(x - b)), "The steepness belongs inside the sigmoids, and the height in front."),
        (lambda x, a, b, h, k: k * (sigmoid(h * (x - a)) - sigmoid(h * (x - b))), "Height and steepness changed places: the steepness belongs inside the sigmoids, the height in front."),
        (lambda x, a, b, h, k: sigmoid(h * k * (x - a)) - sigmoid(h * k * (x - b)), "The height belongs in front of the difference, not inside the sigmoids."),
        (lambda x, a, b, h, k: h * k * (sigmoid(k * (x - a)) - sigmoid(k * (x - b))), "The steepness belongs inside the sigmoids alone, not in front as well."),
        (lambda x, a, b, h, k: h + sigmoid(k * (x - a)) - sigmoid(k * (x - b)), "The height is added; multiply the difference by it."),
        (lambda x, a, b, h, k: (sigmoid(k * (x - a)) - sigmoid(k * (x - b))) / h, "Multiply by the height, do not divide."),
        (lambda x, a, b, h, k: h * (tanh(k * (x - a)) - tanh(k * (x - b))), "This is a bump of tanh, twice as high as it should be; take the sigmoid."),
        (lambda x, a, b, h, k: h * (relu(k * (x - a)) - relu(k * (x - b))), "This has ReLU, and never comes down; take the sigmoid."),
        (lambda x, a, b, h, k: h * (np.exp(k * (x - a)) - np.exp(k * (x - b))), "This has e^z; take the sigmoid."),
        (lambda x, a, b, h, k: h * (k * (x - a) - k * (x - b)), "The sigmoids are missing: sigmoid(steepness * (x - left))."),
        (lambda x, a, b, h, k: h * np.where((x > a) & (x < b), 1.0, 0.0), "This is a box, with edges and without slopes; take a sigmoid up and one down."),
        (lambda x, a, b, h, k: h * sigmoid(k * (x - a) - k * (x - b)), "One sigmoid of the difference; take the difference of two sigmoids."),
        (lambda x, a, b, h, k: h * sigmoid(k * (x - a) - sigmoid(k * (x - b))), "Brackets: close the first sigmoid before the minus sign."),
        (lambda x, a, b, h, k: h * (sigmoid(k * (x - a)) - sigmoid(k * x - b)), "Brackets in the second sigmoid: the steepness multiplies (x − right), not x alone."),
        (lambda x, a, b, h, k: h * (sigmoid(k * x - a) - sigmoid(k * (x - b))), "Brackets in the first sigmoid: the steepness multiplies (x − left), not x alone."),
        (lambda x, a, b, h, k: sigmoid(k * (x - a)) - h * sigmoid(k * (x - b)), "The height multiplies both sigmoids: brackets around the difference."),
        (lambda x, a, b, h, k: h * sigmoid(k * (x - a)) * sigmoid(k * (x - b)), "Two stairs multiplied never come down: take the difference of the two."),
        (lambda x, a, b, h, k: h * sigmoid(k * (x - a)) / sigmoid(k * (x - b)), "A quotient; take the difference of the two sigmoids."),
        (lambda x, a, b, h, k: h * np.minimum(sigmoid(k * (x - a)), sigmoid(-k * (x - b))), "The smaller of a rise and a fall is a bump, too, but a network adds its units: take the difference of two rises."),
        (lambda x, a, b, h, k: h * (sigmoid(k * (x - a)) + sigmoid(k * (b - x))) / 2, "The mean of a rise and a fall never comes down to 0; take the difference of two rises."),
        (lambda x, a, b, h, k: h * (sigmoid(k * (x - a)) + sigmoid(k * (b - x))), "This is height too high everywhere, as a rise plus a fall would be: take the difference of two rises, and add nothing."),
        (lambda x, a, b, h, k: h * (sigmoid(k * x) - sigmoid(k * (x - (b - a)))), "This bump begins at 0: x − left in the first sigmoid, x − right in the second."),
        (lambda x, a, b, h, k: h * sigmoid(k * (x - (a + b) / 2)), "One stair, up in the middle; it needs a rise at left, and another one taken away at right."),
        (lambda x, a, b, h, k: h * np.exp(-k * (x - (a + b) / 2) ** 2), "This is a bell from e^−x²; a sigmoid up at left and one down at right are asked for."),
        (lambda x, a, b, h, k: h * (sigmoid(a - k * x) - sigmoid(b - k * x)), "sigmoid(k(x − left)): the steepness multiplies both, and x comes first."),
        (lambda x, a, b, h, k: h * (sigmoid(k * (x - a)) - sigmoid(x - b)), "The steepness is missing in the second sigmoid: steepness * (x - right)."),
        (lambda x, a, b, h, k: h * (sigmoid(x - a) - sigmoid(k * (x - b))), "The steepness is missing in the first sigmoid: steepness * (x - left)."),
        (lambda x, a, b, h, k: 0 * x, "0 everywhere: both sigmoids are the same. The second one has right, not left."),
        (lambda x, a, b, h, k: h * np.abs(sigmoid(k * (x - a)) - sigmoid(k * (x + b))), "x − right, not x + right; and no absolute value."),
        (lambda x, a, b, h, k: np.abs(bump(x, a, b, h, k)), "No absolute value: with a negative height the bump points down."),
        (lambda x, a, b, h, k: h if a < x < b else 0, "This is a box, without slopes, and `if` asks for one yes or no, where x may be an array: take a sigmoid up and one down."),
    ],
)  # fmt: skip
