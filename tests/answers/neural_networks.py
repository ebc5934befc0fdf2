"""Lesson 05 as learners answer it: the right ones, and the wrong ones with words that their message must hold."""

import functools
import itertools
import math

import numpy as np

from lessons_lib.maths.neural_networks import relu, sigmoid, slope_from_output, tanh

# --- a neuron


def neuron_by_loop(w, b, x):
    total = b
    for weight, value in zip(w, x):
        total += weight * value
    return 1 / (1 + math.exp(-total))


def neuron_in_steps(w, b, x):
    z = np.dot(w, x) + b
    a = sigmoid(z)
    return a


def neuron_one_entry(w, b, x):
    z = 0.0
    for i in range(len(w)):
        z = w[i] * x[i]
    return sigmoid(z + b)


def neuron_bias_in_loop(w, b, x):
    z = 0
    for i in range(len(w)):
        z += w[i] * x[i] + b
    return sigmoid(z)


def neuron_last_left_out(w, b, x):
    z = b
    for i in range(len(w) - 1):
        z += w[i] * x[i]
    return sigmoid(z)


def neuron_return_in_loop(w, b, x):
    z = b
    for i in range(len(w)):
        z += w[i] * x[i]
        return sigmoid(z)


def neuron_prints(w, b, x):
    print(sigmoid(w @ x + b))


def neuron_math_on_array(w, b, x):
    return 1 / (1 + math.exp(-(w * x + b)))


def neuron_x_first(x, w, b):
    return sigmoid(w @ x + b)


def neuron_w_called(w, b, x):
    return sigmoid(w(x) + b)


def neuron_transposed_b(w, b, x):
    return sigmoid(w @ x + b.T)


def neuron_two_arguments(w, x):
    return sigmoid(w @ x)


def neuron_power(w, b, x):
    return 1 / (1 + np.e ^ -(w @ x + b))


def neuron_typo(w, b, x):
    return sigmoid(w @ x + bias)  # noqa: F821


def neuron_matrix(w, b, x):
    return sigmoid(w[0, :] @ x + b)


NEURON = {
    "right": [
        neuron_by_loop,
        neuron_in_steps,
        lambda w, b, x: sigmoid(np.sum(w * x) + b),
        lambda w, b, x: 1 / (1 + np.exp(-(w @ x + b))),
        lambda w, b, x: (1 + np.tanh((x @ w + b) / 2)) / 2,
        lambda w, b, x: sigmoid(np.einsum("i,i", w, x) + b),
        lambda weights, bias, inputs: sigmoid(sum(a * c for a, c in zip(weights, inputs)) + bias),
        lambda w, b, x: np.exp(w @ x + b) / (1 + np.exp(w @ x + b)),
        lambda w, b, x: sigmoid(np.append(w, b) @ np.append(x, 1)),
        lambda w, b, x: sigmoid(w.astype(np.float32) @ x.astype(np.float32) + np.float32(b)),
    ],
    "wrong": [
        (neuron_one_entry, "last"),
        (neuron_bias_in_loop, "once for every input"),
        (neuron_last_left_out, "last"),
        (neuron_return_in_loop, "first"),
        (neuron_prints, "return"),
        (neuron_math_on_array, "a function for one number"),
        (neuron_x_first, "(w, b, x)"),
        (neuron_w_called, "in the line"),
        (neuron_transposed_b, "in the line"),
        (neuron_two_arguments, "3 arguments"),
        (neuron_power, "**"),
        (neuron_typo, "bias"),
        (neuron_matrix, "in the line"),
        (lambda w, b, x: w @ x + b, "activation is missing"),
        (lambda w, b, x: sigmoid(w @ x), "bias is missing"),
        (lambda w, b, x: sigmoid(w @ x) + b, "too late"),
        (lambda w, b, x: sigmoid(w * x + b), "adds them up"),
        (lambda w, b, x: sigmoid(w * x) + b, "one number"),
        (lambda w, b, x: sigmoid(w @ x - b), "not subtracted"),
        (lambda w, b, x: sigmoid(w @ x * b), "bias"),
        (lambda w, b, x: sigmoid(w @ (x + b)), "not to the inputs"),
        (lambda w, b, x: sigmoid((w + b) @ x), "weights"),
        (lambda w, b, x: 1 / (1 + np.exp(w @ x + b)), "sign"),
        (lambda w, b, x: 1 / 1 + np.exp(-(w @ x + b)), "bracket"),
        (lambda w, b, x: 1 / (1 - np.exp(-(w @ x + b))), "1 +"),
        (lambda w, b, x: np.exp(w @ x + b), "sigmoid"),
        (lambda w, b, x: tanh(w @ x + b), "tanh"),
        (lambda w, b, x: relu(w @ x + b), "ReLU"),
        (lambda w, b, x: int(w @ x + b > 0), "hard threshold"),
        (lambda w, b, x: float(sigmoid(w @ x + b) > 0.5), "hard threshold"),
        (lambda w, b, x: round(float(sigmoid(w @ x + b)), 2), "round"),
        (lambda w, b, x: [sigmoid(w @ x + b)], "stands in a list"),
        (lambda w, b, x: sigmoid(sigmoid(w @ x + b)), "twice"),
        (lambda w, b, x: sigmoid(w.sum() * x.sum() + b), "product"),
        (lambda w, b, x: sigmoid(np.mean(w * x) + b), "mean"),
        (lambda w, b, x: sigmoid(w @ x + b) * (1 - sigmoid(w @ x + b)), "slope"),
    ],
}

# --- the slopes


def sigmoid_slope_by_exp(z):
    e = np.exp(-z)
    return e / (1 + e) ** 2


def sigmoid_slope_in_steps(z):
    a = sigmoid(z)
    slope = a * (1 - a)
    return slope


def sigmoid_slope_difference(z):
    h = 1e-5
    return (sigmoid(z + h) - sigmoid(z - h)) / (2 * h)


def sigmoid_slope_coarse(z):
    h = 0.01
    return (sigmoid(z + h) - sigmoid(z)) / h


def sigmoid_slope_loop(z):
    return [sigmoid(each) * (1 - sigmoid(each)) for each in z]


def sigmoid_slope_math(z):
    a = 1 / (1 + math.exp(-z))
    return a * (1 - a)


def sigmoid_slope_no_call(z):
    return sigmoid * (1 - sigmoid)


def sigmoid_slope_of_a(z):
    return a * (1 - a)  # noqa: F821


def sigmoid_slope_prints(z):
    a = sigmoid(z)
    print(a * (1 - a))


def sigmoid_slope_call_missing(z):
    a = sigmoid(z)
    return a(1 - a)


SIGMOID_SLOPE = {
    "right": [
        sigmoid_slope_by_exp,
        sigmoid_slope_in_steps,
        sigmoid_slope_difference,
        lambda z: sigmoid(z) - sigmoid(z) ** 2,
        lambda z: sigmoid(z) * sigmoid(-z),
        lambda z: (1 - np.tanh(z / 2) ** 2) / 4,
        lambda z: 1 / (np.exp(z) + 2 + np.exp(-z)),
        lambda z: 0.25 / np.cosh(np.asarray(z) / 2) ** 2,
        lambda z: slope_from_output(sigmoid, sigmoid(z)),
    ],
    "wrong": [
        (sigmoid_slope_coarse, "approximat"),
        (sigmoid_slope_loop, "z"),
        (sigmoid_slope_math, "a function for one number"),
        (sigmoid_slope_no_call, "in the line"),
        (sigmoid_slope_of_a, "a"),
        (sigmoid_slope_prints, "return"),
        (sigmoid_slope_call_missing, "*"),
        (lambda z: z * (1 - z), "a = sigmoid(z)"),
        (lambda z: sigmoid(z) * (1 + sigmoid(z)), "sign"),
        (lambda z: sigmoid(z) * (sigmoid(z) - 1), "sign"),
        (lambda z: sigmoid(z) * 1 - sigmoid(z), "brackets"),
        (lambda z: 1 - sigmoid(z), "factor is missing"),
        (lambda z: sigmoid(z), "sigmoid itself"),
        (lambda z: 1 - sigmoid(z) ** 2, "tanh"),
        (lambda z: sigmoid(z) * (1 - z), "1 − a"),
        (lambda z: sigmoid(z) * (1 - sigmoid(z)) ** 2, "square"),
        (lambda z: sigmoid(z) ** 2 * (1 - sigmoid(z)), "square"),
        (lambda z: sigmoid(z) ** 2, "a(1 − a)"),
        (lambda z: np.exp(-z) / (1 + np.exp(-z)), "square"),
        (lambda z: -np.exp(-z) / (1 + np.exp(-z)) ** 2, "sign"),
        (lambda z: sigmoid(sigmoid(z)) * (1 - sigmoid(sigmoid(z))), "sigmoid"),
        (lambda z: (sigmoid(z) * (1 - sigmoid(z))).sum(), "added up"),
        (lambda z: np.round(sigmoid(z) * (1 - sigmoid(z)), 3), "round"),
        (lambda z: 0.25, "z"),
        (lambda z: np.gradient(sigmoid(z)), "differences of neighbours"),
        (lambda z: sigmoid(z) * (1 - sigmoid(z)) * z, "z"),
        (lambda z: tanh(z) * (1 - tanh(z)), "sigmoid"),
    ],
}


def tanh_slope_by_exp(z):
    up, down = np.exp(z), np.exp(-z)
    return 4 / (up + down) ** 2


def tanh_slope_in_steps(z):
    a = np.tanh(z)
    return 1 - a * a


def tanh_slope_math(z):
    return 1 - math.tanh(z) ** 2


def tanh_slope_caret(z):
    return 1 - np.tanh(z) ^ 2


def tanh_slope_if(z):
    a = np.tanh(z)
    if a > 0:
        return 1 - a**2
    return 1 + a**2


TANH_SLOPE = {
    "right": [
        tanh_slope_by_exp,
        tanh_slope_in_steps,
        lambda z: 1 / np.cosh(z) ** 2,
        lambda z: (1 - tanh(z)) * (1 + tanh(z)),
        lambda z: 1 - np.square(np.tanh(z)),
        lambda z: np.cosh(z) ** -2.0,
        lambda z: 4 * sigmoid(2 * z) * (1 - sigmoid(2 * z)),
        lambda z: slope_from_output(tanh, tanh(z)),
    ],
    "wrong": [
        (tanh_slope_math, "a function for one number"),
        (tanh_slope_caret, "**"),
        (tanh_slope_if, "np.where"),
        (lambda z: 1 - np.tanh(z), "square is missing"),
        (lambda z: 1 - z**2, "a = tanh(z)"),
        (lambda z: 1 + np.tanh(z) ** 2, "sign"),
        (lambda z: np.tanh(z) ** 2 - 1, "sign"),
        (lambda z: np.tanh(z) * (1 - np.tanh(z)), "sigmoid"),
        (lambda z: np.tanh(z), "tanh itself"),
        (lambda z: sigmoid(z) * (1 - sigmoid(z)), "sigmoid"),
        (lambda z: 1 - sigmoid(z) ** 2, "tanh"),
        (lambda z: (1 - np.tanh(z)) ** 2, "not the bracket"),
        (lambda z: 1 - np.tanh(z) * 2, "square"),
        (lambda z: 1 - np.tanh(z**2), "square"),
        (lambda z: 1 - np.tan(z) ** 2, "tanh"),
        (lambda z: np.tanh(z) ** 2, "1 −"),
        (lambda z: np.sqrt(1 - np.tanh(z) ** 2), "root"),
        (lambda z: 1 - abs(np.tanh(z)), "square"),
        (lambda z: 1 / np.cosh(z), "square"),
        (lambda z: 1 - np.tanh(np.tanh(z)) ** 2, "tanh"),
        (lambda z: z * (1 - np.tanh(z) ** 2), "z"),
        (lambda z: 2 * (1 - np.tanh(z) ** 2), "Twice as large"),
    ],
}


def relu_slope_by_copy(z):
    slope = np.zeros_like(np.asarray(z, dtype=float))
    slope[np.asarray(z) > 0] = 1
    return slope


def relu_slope_any_shape(z):
    if np.ndim(z) == 0:
        return 1.0 if z > 0 else 0.0
    return [relu_slope_any_shape(each) for each in z]


def relu_slope_if(z):
    if z > 0:
        return 1
    else:
        return 0


def relu_slope_list(z):
    return [1 if each > 0 else 0 for each in z]


def relu_slope_in_place(z):
    z[z > 0] = 1
    z[z < 0] = 0
    return z


def relu_slope_no_else(z):
    if np.all(z > 0):
        return np.ones_like(z)


def relu_slope_and(z):
    return z > 0 and 1


def relu_slope_max(z):
    return max(0, z) / z


RELU_SLOPE = {
    "right": [
        relu_slope_by_copy,
        relu_slope_any_shape,
        lambda z: z > 0,
        lambda z: np.where(z > 0, 1, 0),
        lambda z: (relu(z) > 0).astype(float),
        lambda z: (np.asarray(z) > 0) * 1.0,
        lambda z: np.heaviside(z, 0),
        lambda z: np.sign(relu(z)),
        lambda z: np.vectorize(lambda each: 1.0 if each > 0 else 0.0)(z),
        lambda z: slope_from_output(relu, relu(z)),
    ],
    "wrong": [
        (relu_slope_if, "np.where"),
        (relu_slope_list, "z"),
        (relu_slope_in_place, "in place"),
        (relu_slope_no_else, "return"),
        (relu_slope_and, "np.where"),
        (relu_slope_max, "np."),
        (lambda z: relu(z) / z, "0"),
        (lambda z: np.where(z >= 0, 1, 0), "exactly 0"),
        (lambda z: np.maximum(0, z), "ReLU itself"),
        (lambda z: np.where(z > 0, z, 0), "ReLU itself"),
        (lambda z: np.where(z > 0, 0, 1), "swapped"),
        (lambda z: np.sign(z), "flat"),
        (lambda z: np.where(z > 0, 1, -1), "flat"),
        (lambda z: np.ones_like(np.asarray(z, dtype=float)), "flat"),
        (lambda z: 1, "z"),
        (lambda z: np.zeros_like(np.asarray(z, dtype=float)), "positive"),
        (lambda z: np.where(z > 0, 1, 0.01), "flat"),
        (lambda z: relu(z) * (1 - relu(z)), "sigmoid"),
        (lambda z: 1 - relu(z) ** 2, "tanh"),
        (lambda z: np.where(z > 1, 1, 0), "0"),
        (lambda z: np.minimum(relu(z), 1), "z"),
        (lambda z: sigmoid(z), "1 or 0"),
        (lambda z: np.sum(z > 0), "added up"),
        (lambda z: z[z > 0], "positive z themselves"),
    ],
}

# --- a layer


def layer_by_loops(W, b, X):
    A = np.zeros((len(X), len(W)))
    for i in range(len(X)):
        for j in range(len(W)):
            A[i, j] = math.tanh(W[j] @ X[i] + b[j])
    return A


def layer_row_by_row(W, b, X):
    rows = []
    for x in X:
        rows.append(np.tanh(W @ x + b))
    return rows


def layer_first_row(W, b, X):
    for x in X:
        return np.tanh(W @ x + b)


def layer_w_untransposed(W, b, X):
    return np.tanh(X @ W + b)


def layer_w_first(W, b, X):
    return np.tanh(W @ X + b)


def layer_w_first_t(W, b, X):
    return np.tanh(W @ X.T + b)


def layer_math(W, b, X):
    return math.tanh(X @ W.T + b)


def layer_star(W, b, X):
    return np.tanh(W * X + b)


def layer_b_transposed(W, b, X):
    return np.tanh(X @ W.T + b[:, None])


def layer_swapped(X, W, b):
    return np.tanh(X @ W.T + b)


def layer_forgot_append(W, b, X):
    rows = []
    for x in X:
        np.tanh(W @ x + b)
    return rows


def layer_returns_append(W, b, X):
    rows = []
    for x in X:
        rows = rows.append(np.tanh(W @ x + b))
    return rows


def layer_capital(W, B, X):
    return np.tanh(X @ W.T + b)  # noqa: F821


def layer_generator(W, b, X):
    return (np.tanh(W @ x + b) for x in X)


def layer_tuple(W, b, X):
    return X @ W.T, b


LAYER = {
    "right": [
        layer_by_loops,
        layer_row_by_row,
        lambda W, b, X: np.tanh(np.dot(X, W.T) + b),
        lambda W, b, X: np.tanh((W @ X.T).T + b),
        lambda W, b, X: np.tanh(W @ X.T + b[:, None]).T,
        lambda W, b, X: np.tanh(np.einsum("ni,oi->no", X, W) + b),
        lambda W, b, X: np.stack([np.tanh(X @ w + each) for w, each in zip(W, b)], axis=1),
        lambda W, b, X: 2 * sigmoid(2 * (X @ W.transpose() + b)) - 1,
        lambda W, b, X: [[math.tanh(sum(w * v for w, v in zip(row, x)) + c) for row, c in zip(W, b)] for x in X],
    ],
    "wrong": [
        (layer_first_row, "first"),
        (layer_w_untransposed, "W.T"),
        (layer_w_first, "X @ W.T"),
        (layer_w_first_t, "X @ W.T"),
        (layer_math, "a function for one number"),
        (layer_star, "W"),
        (layer_b_transposed, "b"),
        (layer_swapped, "(W, b, X)"),
        (layer_forgot_append, "Nothing keeps what the line"),
        (layer_returns_append, "append"),
        (layer_capital, "b"),
        (layer_generator, "generator"),
        (layer_tuple, "tuple"),
        (lambda W, b, X: X @ W.T + b, "activation is missing"),
        (lambda W, b, X: np.tanh(X @ W.T), "bias is missing"),
        (lambda W, b, X: np.tanh(X @ W.T) + b, "too late"),
        (lambda W, b, X: np.tanh(X @ W.T + b).T, "transposed"),
        (lambda W, b, X: np.tanh(W @ X.T + b[:, None]), "transposed"),
        (lambda W, b, X: np.tanh(X) @ W.T + b, "whole sum"),
        (lambda W, b, X: np.tanh(X @ W.T - b), "not subtracted"),
        (lambda W, b, X: sigmoid(X @ W.T + b), "sigmoid"),
        (lambda W, b, X: relu(X @ W.T + b), "ReLU"),
        (lambda W, b, X: np.tanh(X @ W.T + b.sum()), "bias"),
        (lambda W, b, X: np.tanh(X @ W.T + b[0]), "bias"),
        (lambda W, b, X: np.tanh(X @ W.T + b).sum(axis=1), "units were added up"),
        (lambda W, b, X: np.tanh(X @ W.T + b).mean(axis=0), "mean"),
        (lambda W, b, X: np.tanh(X @ W.T + b).ravel(), "one long list"),
        (lambda W, b, X: np.tan(X @ W.T + b), "tanh"),
        (lambda W, b, X: -np.tanh(X @ W.T + b), "sign"),
        (lambda W, b, X: np.tanh(np.tanh(X @ W.T + b)), "twice"),
        (lambda W, b, X: 1 - np.tanh(X @ W.T + b) ** 2, "slope"),
        (lambda W, b, X: np.tanh(X @ W.T + b)[:1], "first"),
        (lambda W, b, X: np.tanh(X @ W.T + b)[:, :-1], "last column"),
        (lambda W, b, X: np.round(np.tanh(X @ W.T + b), 2), "round"),
    ],
}

# --- shapes and parameters


def output_shapes_by_loop(n, layer_sizes):
    shapes = []
    for units in layer_sizes[1:]:
        shapes.append((n, units))
    return shapes


def output_shapes_by_place(n, layer_sizes):
    shapes = []
    for i in range(1, len(layer_sizes)):
        shapes += [[n, layer_sizes[i]]]
    return np.array(shapes)


def output_shapes_by_a_run(n, layer_sizes):
    A, shapes = np.zeros((n, layer_sizes[0])), []
    for n_in, n_out in zip(layer_sizes[:-1], layer_sizes[1:]):
        A = A @ np.zeros((n_out, n_in)).T
        shapes.append(A.shape)
    return shapes


def output_shapes_return_in_loop(n, layer_sizes):
    shapes = []
    for units in layer_sizes[1:]:
        shapes.append((n, units))
        return shapes


def output_shapes_one_too_far(n, layer_sizes):
    shapes = []
    for i in range(len(layer_sizes)):
        shapes.append((n, layer_sizes[i + 1]))
    return shapes


def output_shapes_two_arguments_to_append(n, layer_sizes):
    shapes = []
    for units in layer_sizes[1:]:
        shapes.append(n, units)
    return shapes


def output_shapes_assigns_append(n, layer_sizes):
    shapes = []
    for units in layer_sizes[1:]:
        shapes = shapes.append((n, units))
    return shapes


def output_shapes_last_alone(n, layer_sizes):
    for units in layer_sizes[1:]:
        shape = (n, units)
    return shape


def output_shapes_flat(n, layer_sizes):
    shapes = []
    for units in layer_sizes[1:]:
        shapes += [n, units]
    return shapes


def output_shapes_over_number(n, layer_sizes):
    return [(n, units) for units in len(layer_sizes)]


def output_shapes_text(n, layer_sizes):
    return [f"({n}, {units})" for units in layer_sizes[1:]]


def output_shapes_swapped(layer_sizes, n):
    return [(n, units) for units in layer_sizes[1:]]


OUTPUT_SHAPES = {
    "right": [
        output_shapes_by_loop,
        output_shapes_by_place,
        output_shapes_by_a_run,
        lambda n, layer_sizes: [(n, units) for units in layer_sizes[1:]],
        lambda n, layer_sizes: [[n, units] for units in layer_sizes][1:],
        lambda n, layer_sizes: tuple((n, units) for units in layer_sizes[1:]),
        lambda n, layer_sizes: list(map(lambda units: (n, units), layer_sizes[1:])),
        lambda n, layer_sizes: list(zip([n] * (len(layer_sizes) - 1), layer_sizes[1:])),
        lambda n, layer_sizes: [np.zeros((n, units)).shape for units in layer_sizes[1:]],
    ],
    "wrong": [
        (output_shapes_return_in_loop, "return"),
        (output_shapes_one_too_far, "index"),
        (output_shapes_two_arguments_to_append, "append"),
        (output_shapes_assigns_append, "append"),
        (output_shapes_last_alone, "every layer"),
        (output_shapes_flat, "a pair (n, units)"),
        (output_shapes_over_number, "in the line"),
        (output_shapes_text, "text"),
        (output_shapes_swapped, "(n, layer_sizes)"),
        (lambda n, layer_sizes: [(units, n) for units in layer_sizes[1:]], "n comes first"),
        (lambda n, layer_sizes: [(n, units) for units in layer_sizes], "no layer"),
        (lambda n, layer_sizes: [(n, units) for units in layer_sizes[:-1]], "into the layers"),
        (lambda n, layer_sizes: list(zip(layer_sizes[:-1], layer_sizes[1:])), "(in, out)"),
        (lambda n, layer_sizes: list(zip(layer_sizes[1:], layer_sizes[:-1])), "shapes of W"),
        (lambda n, layer_sizes: list(layer_sizes[1:]), "(n, units)"),
        (lambda n, layer_sizes: (n, layer_sizes[-1]), "last layer"),
        (lambda n, layer_sizes: [(n, layer_sizes[-1])], "last layer"),
        (lambda n, layer_sizes: [(n, units) for units in layer_sizes[1:-1]], "last"),
        (lambda n, layer_sizes: [(n, units) for units in layer_sizes[2:]], "first"),
        (lambda n, layer_sizes: [(n, units) for units in layer_sizes[:0:-1]], "reverse"),
        (lambda n, layer_sizes: [n * units for units in layer_sizes[1:]], "(n, units)"),
        (lambda n, layer_sizes: {(n, units) for units in layer_sizes[1:]}, "set"),
        (lambda n, layer_sizes: ((n, units) for units in layer_sizes[1:]), "generator"),
        (lambda n, layer_sizes: zip([n] * 9, layer_sizes[1:]), "zip"),
        (lambda n, layer_sizes: map(lambda units: (n, units), layer_sizes[1:]), "map"),
        (lambda n, layer_sizes: {i: (n, units) for i, units in enumerate(layer_sizes[1:])}, "dict"),
        (lambda n, layer_sizes: [(n, units + 1) for units in layer_sizes[1:]], "1"),
        (lambda n, layer_sizes: [(n, 1, units) for units in layer_sizes[1:]], "3 columns"),
    ],
}


def count_parameters_by_loop(layer_sizes):
    total = 0
    for i in range(len(layer_sizes) - 1):
        total += layer_sizes[i] * layer_sizes[i + 1] + layer_sizes[i + 1]
    return total


def count_parameters_by_arrays(layer_sizes):
    sizes = np.array(layer_sizes)
    return (sizes[:-1] * sizes[1:]).sum() + sizes[1:].sum()


def count_parameters_by_recursion(sizes):
    if len(sizes) < 2:
        return 0
    return (sizes[0] + 1) * sizes[1] + count_parameters_by_recursion(sizes[1:])


def count_parameters_by_sizes(layer_sizes):
    total = 0
    for n_in, n_out in zip(layer_sizes, layer_sizes[1:]):
        W, b = np.zeros((n_out, n_in)), np.zeros(n_out)
        total = total + W.size + b.size
    return total


def count_return_in_loop(layer_sizes):
    total = 0
    for i in range(len(layer_sizes) - 1):
        total += (layer_sizes[i] + 1) * layer_sizes[i + 1]
        return total


def count_one_too_far(layer_sizes):
    total = 0
    for i in range(len(layer_sizes)):
        total += (layer_sizes[i] + 1) * layer_sizes[i + 1]
    return total


def count_overwrites(layer_sizes):
    for i in range(len(layer_sizes) - 1):
        total = (layer_sizes[i] + 1) * layer_sizes[i + 1]
    return total


def count_tuple_times_tuple(layer_sizes):
    return layer_sizes[:-1] * layer_sizes[1:]


def count_stops_early(layer_sizes):
    total = 0
    for i in range(len(layer_sizes) - 2):
        total += (layer_sizes[i] + 1) * layer_sizes[i + 1]
    return total


def count_unpacks_wrong(layer_sizes):
    return sum((n_in + 1) * n_out for n_in, n_out in layer_sizes)


def count_range_of_tuple(layer_sizes):
    return sum(layer_sizes[i] * layer_sizes[i + 1] for i in range(layer_sizes))


def count_prints(layer_sizes):
    print(sum((a + 1) * b for a, b in zip(layer_sizes, layer_sizes[1:])))


def count_negative_index(layer_sizes):
    total = 0
    for i in range(len(layer_sizes)):
        total += (layer_sizes[i - 1] + 1) * layer_sizes[i]
    return total


COUNT_PARAMETERS = {
    "right": [
        count_parameters_by_loop,
        count_parameters_by_arrays,
        count_parameters_by_recursion,
        count_parameters_by_sizes,
        lambda layer_sizes: sum((a + 1) * b for a, b in zip(layer_sizes[:-1], layer_sizes[1:])),
        lambda layer_sizes: sum(a * b for a, b in zip(layer_sizes, layer_sizes[1:])) + sum(layer_sizes[1:]),
        lambda layer_sizes: np.dot(layer_sizes[:-1], layer_sizes[1:]) + sum(layer_sizes) - layer_sizes[0],
        lambda s: float(sum(s[i + 1] * (s[i] + 1) for i in range(len(s) - 1))),
    ],
    "wrong": [
        (count_return_in_loop, "first layer"),
        (count_one_too_far, "index"),
        (count_overwrites, "last layer"),
        (count_tuple_times_tuple, "in the line"),
        (count_stops_early, "last layer"),
        (count_unpacks_wrong, "in the line"),
        (count_range_of_tuple, "in the line"),
        (count_prints, "return"),
        (count_negative_index, "last"),
        (lambda s: sum(a * b for a, b in zip(s, s[1:])), "biases are missing"),
        (lambda s: sum(a * b for a, b in zip(s, s[1:])) + sum(s), "inputs have no bias"),
        (lambda s: sum(a * (b + 1) for a, b in zip(s, s[1:])), "wrong side"),
        (lambda s: sum(a * b for a, b in zip(s, s[1:])) + sum(s[:-1]), "wrong side"),
        (lambda s: sum((a + 1) * b for a, b in zip(s[1:], s[2:])), "first layer"),
        (lambda s: sum((a + 1) * b for a, b in zip(s[:-1], s[2:])), "next"),
        (lambda s: sum((a + 1) * (b + 1) for a, b in zip(s, s[1:])), "bias"),
        (lambda s: int(np.prod(s)), "neighbouring"),
        (lambda s: int(np.prod(s)) + sum(s[1:]), "neighbouring"),
        (lambda s: sum(s), "units"),
        (lambda s: sum(s[1:]), "weights"),
        (lambda s: sum(a * b + 1 for a, b in zip(s, s[1:])), "its own"),
        (lambda s: sum(a * b for a, b in zip(s, s[1:])) + 1, "bias"),
        (lambda s: [(a + 1) * b for a, b in zip(s, s[1:])], "add them up"),
        (lambda s: sum(a * b for a, b in zip(s, s[1:])) + sum(s[1:-1]), "last layer"),
        (lambda s: len(s) - 1, "layers"),
        (lambda s: s[0] * s[-1] + s[-1], "hidden"),
        (lambda s: sum(a + b for a, b in zip(s, s[1:])), "n_in times n_out"),
        (lambda s: 2 * sum((a + 1) * b for a, b in zip(s, s[1:])), "twice"),
        (lambda s: [(b, a) for a, b in zip(s, s[1:])], "shapes"),
        (lambda s: (sum(a * b for a, b in zip(s, s[1:])), sum(s[1:])), "add"),
        (lambda s: sum((a + 1) * b for a, b in zip(s, s[1:])) - s[-1], "last layer"),
    ],
}

# --- a bump


def bump_in_steps(x, left, right, height, steepness):
    up = sigmoid(steepness * (x - left))
    down = sigmoid(steepness * (x - right))
    return height * (up - down)


def bump_by_exp(x, left, right, height, steepness):
    def s(z):
        return 1 / (1 + np.exp(-z))

    return height * s(steepness * (x - left)) - height * s(steepness * (x - right))


def bump_by_math(x, left, right, height, steepness):
    def s(z):
        return 1 / (1 + math.exp(-z))

    return height * (s(steepness * (x - left)) - s(steepness * (x - right)))


def bump_bracket_call(x, left, right, height, steepness):
    return height(sigmoid(steepness * (x - left)) - sigmoid(steepness * (x - right)))


def bump_other_names(x, h, k, left, right):
    return h * (sigmoid(k * (x - left)) - sigmoid(k * (x - right)))


def bump_wrong_order(x, left, right, steepness, height):
    return height * (sigmoid(steepness * (x - left)) - sigmoid(steepness * (x - right)))


def bump_if(x, left, right, height, steepness):
    if left < x < right:
        return height
    return 0


def bump_implicit_product(x, left, right, height, steepness):
    return height * (sigmoid(steepness(x - left)) - sigmoid(steepness(x - right)))


BUMP = {
    "right": [
        bump_in_steps,
        bump_by_exp,
        lambda x, left, right, height, k: height * (sigmoid(k * (right - x)) - sigmoid(k * (left - x))),
        lambda x, left, right, height, k: height * (np.tanh(k * (x - left) / 2) - np.tanh(k * (x - right) / 2)) / 2,
        lambda x, left, right, h, k: h * (sigmoid(k * x - k * left) - sigmoid(k * x - k * right)),
        lambda x, left, right, h, k: h * sigmoid(k * (x - left)) + -h * sigmoid(k * (x - right)),
        lambda x, a, b, h, k: np.array([h, -h]) @ sigmoid(k * np.stack([np.asarray(x) - a, np.asarray(x) - b])),
        lambda x, a, b, h, k: h * (sigmoid(k * (x - a)) + sigmoid(-k * (x - b)) - 1),
    ],
    "wrong": [
        (bump_by_math, "np.exp"),
        (bump_bracket_call, "*"),
        (bump_wrong_order, "(x, left, right, height, steepness)"),
        (bump_other_names, "On x = 0"),
        (bump_if, "a sigmoid up and one down"),
        (bump_implicit_product, "*"),
        (lambda x, left, right, h, k: h * (sigmoid(k * (x - left)) + sigmoid(k * (x - right))), "instead of adding"),
        (lambda x, left, right, h, k: h * sigmoid(k * (x - left)), "take away a second sigmoid"),
        (lambda x, left, right, h, k: h * sigmoid(k * (x - right)), "left"),
        (lambda x, left, right, h, k: sigmoid(k * (x - left)) - sigmoid(k * (x - right)), "height is missing"),
        (lambda x, left, right, h, k: h * (sigmoid(x - left) - sigmoid(x - right)), "steepness is missing"),
        (lambda x, left, right, h, k: sigmoid(x - left) - sigmoid(x - right), "steepness"),
        (lambda x, left, right, h, k: h * (sigmoid(k * (x - right)) - sigmoid(k * (x - left))), "sign"),
        (lambda x, left, right, h, k: h * (sigmoid(k * x - left) - sigmoid(k * x - right)), "brackets"),
        (lambda x, left, right, h, k: h * sigmoid(k * (x - left)) - sigmoid(k * (x - right)), "brackets"),
        (lambda x, left, right, h, k: h * sigmoid(k * (x - left)) * sigmoid(-k * (x - right)), "product"),
        (lambda x, left, right, h, k: h * sigmoid(k * (x - left)) * sigmoid(k * (x - right)), "difference"),
        (lambda x, left, right, h, k: h * (sigmoid((x - left) / k) - sigmoid((x - right) / k)), "dividing"),
        (lambda x, left, right, h, k: h * (sigmoid(k * (x + left)) - sigmoid(k * (x + right))), "x − left"),
        (lambda x, left, right, h, k: h * (sigmoid(-k * (x - left)) - sigmoid(-k * (x - right))), "sign"),
        (lambda x, left, right, h, k: h * (sigmoid(k * (left - x)) - sigmoid(k * (right - x))), "sign"),
        (lambda x, left, right, h, k: h + sigmoid(k * (x - left)) - sigmoid(k * (x - right)), "multiply"),
        (lambda x, left, right, h, k: k * (sigmoid(h * (x - left)) - sigmoid(h * (x - right))), "steepness"),
        (lambda x, left, right, h, k: k * h * (sigmoid(x - left) - sigmoid(x - right)), "steepness"),
        (lambda x, left, right, h, k: sigmoid(h * k * (x - left)) - sigmoid(h * k * (x - right)), "height"),
        (lambda x, left, right, h, k: h * (tanh(k * (x - left)) - tanh(k * (x - right))), "tanh"),
        (lambda x, left, right, h, k: h * (relu(k * (x - left)) - relu(k * (x - right))), "relu"),
        (lambda x, left, right, h, k: h * ((x > left) & (x < right)), "sigmoid"),
        (lambda x, left, right, h, k: h * (sigmoid(k * (x - left) - sigmoid(k * (x - right)))), "bracket"),
        (lambda x, left, right, h, k: h * (sigmoid(k * (x - left)) - sigmoid(k * x - right)), "brackets"),
        (lambda x, left, right, h, k: h / 2 * (sigmoid(k * (x - left)) - sigmoid(k * (x - right))), "half"),
        (lambda x, left, right, h, k: h * (sigmoid(k * (x - left)) - sigmoid(k * (x - left))), "right"),
        (lambda x, left, right, h, k: h * abs(sigmoid(k * (x - left)) - sigmoid(k * (x + right))), "x − right"),
    ],
}

# --- more of each, written after the checks


def neuron_normalised(w, b, x):
    z = w @ x / np.linalg.norm(w) + b
    return sigmoid(z)


def neuron_of_abs(w, b, x):
    return sigmoid(abs(w @ x) + b)


def neuron_outer(w, b, x):
    return sigmoid(np.outer(w, x) + b)


def neuron_last_bias(w, b, x):
    z = sum(w * x)
    a = sigmoid(z)
    z = z + b
    return a


def neuron_softplus(w, b, x):
    return np.log(1 + np.exp(w @ x + b))


def neuron_two_values(w, b, x):
    z = w @ x + b
    return z, sigmoid(z)


def neuron_percent(w, b, x):
    return 100 * sigmoid(w @ x + b)


def neuron_clipped(w, b, x):
    return max(0, min(1, w @ x + b))


def sigmoid_slope_in_z_twice(z):
    a = sigmoid(z)
    return z * a * (1 - z * a)


def sigmoid_slope_square_root(z):
    a = sigmoid(z)
    return np.sqrt(a * (1 - a))


def sigmoid_slope_forgot_minus(z):
    return np.exp(z) / (1 + np.exp(-z)) ** 2


def sigmoid_slope_of_the_mean(z):
    a = np.mean(sigmoid(z))
    return a * (1 - a)


def sigmoid_slope_if(z):
    if z >= 0:
        a = 1 / (1 + np.exp(-z))
    else:
        a = np.exp(z) / (1 + np.exp(z))
    return a * (1 - a)


def tanh_slope_by_sigmoid(z):
    a = 2 * sigmoid(z) - 1
    return 1 - a**2


def tanh_slope_abs(z):
    return abs(1 - np.tanh(z)) ** 2


def tanh_slope_half(z):
    return 1 - np.tanh(z / 2) ** 2


def tanh_slope_tuple(z):
    a = np.tanh(z)
    return a, 1 - a**2


def relu_slope_difference(z):
    return (relu(z + 1e-6) - relu(z)) / 1e-6


def relu_slope_ones_where(z):
    return np.ones(len(z)) * (z > 0)


def relu_slope_text(z):
    return np.where(z > 0, "1", "0")


def relu_slope_where_alone(z):
    return np.where(z > 0)


def layer_sum_then_tanh(W, b, X):
    Z = X @ W.T
    for i in range(len(Z)):
        Z[i] = Z[i] + b[0]
    return np.tanh(Z)


def layer_one_sample_formula(W, b, X):
    return np.tanh(W @ X.T + b).T


def layer_reversed_units(W, b, X):
    return np.tanh(X @ W[::-1].T + b)


def layer_softsign(W, b, X):
    Z = X @ W.T + b
    return Z / (1 + abs(Z))


def layer_rows_normalised(W, b, X):
    A = np.tanh(X @ W.T + b)
    return A / A.sum(axis=1, keepdims=True)


def layer_concat(W, b, X):
    return np.concatenate([np.tanh(W @ x + b) for x in X])


def layer_stacked_with_ones(W, b, X):
    X1 = np.column_stack([np.ones(len(X)), X])
    W1 = np.column_stack([b, W])
    return np.tanh(X1 @ W1)


def layer_bias_per_sample(W, b, X):
    return np.tanh(X @ W.T + np.arange(len(X))[:, None])


def shapes_with_the_batch_of_one(n, layer_sizes):
    return [(1, units) for units in layer_sizes[1:]]


def shapes_as_n_plus(n, layer_sizes):
    return [(n + units) for units in layer_sizes[1:]]


def shapes_range(n, layer_sizes):
    return [(n, i) for i in range(1, len(layer_sizes))]


def shapes_of_both(n, layer_sizes):
    shapes = [(n, layer_sizes[0])]
    for a, b in zip(layer_sizes[:-1], layer_sizes[1:]):
        shapes.append((a, b))
    return shapes


def count_squares(layer_sizes):
    return sum(size**2 for size in layer_sizes)


def count_hidden_alone(layer_sizes):
    return sum((a + 1) * b for a, b in zip(layer_sizes[:-2], layer_sizes[1:-1]))


def count_floor(layer_sizes):
    return sum(a * b for a, b in zip(layer_sizes, layer_sizes[1:])) + sum(layer_sizes) // 2


def count_returns_text(layer_sizes):
    return f"{sum((a + 1) * b for a, b in zip(layer_sizes, layer_sizes[1:]))}"


def bump_gauss(x, left, right, height, steepness):
    middle = (left + right) / 2
    return height * np.exp(-steepness * (x - middle) ** 2)


def bump_average(x, left, right, height, steepness):
    return height * (sigmoid(steepness * (x - left)) + (1 - sigmoid(steepness * (x - right)))) / 2


def bump_height_once_more(x, left, right, height, steepness):
    up = height * sigmoid(steepness * (x - left))
    down = height * sigmoid(steepness * (x - right))
    return height * (up - down)


def bump_steep_squared(x, left, right, height, steepness):
    return height * (sigmoid(steepness**2 * (x - left)) - sigmoid(steepness**2 * (x - right)))


def bump_shifted_width(x, left, right, height, steepness):
    width = right - left
    return height * (sigmoid(steepness * x) - sigmoid(steepness * (x - width)))


def bump_minimum(x, left, right, height, steepness):
    return height * np.minimum(sigmoid(steepness * (x - left)), sigmoid(-steepness * (x - right)))


# --- right ones, in other ways


def neuron_in_way_1(w: np.ndarray, b: float, x: np.ndarray) -> float:
    """First z ... then sigmoid(z)."""
    # TODO ... done
    z = b
    for i, _ in enumerate(w):
        z += w[i] * x[i]
    return 1 / (1 + math.e ** (-z))


def neuron_in_way_2(w, b, x):
    return np.float32(sigmoid(w @ x + b))


def neuron_in_way_3(w, b, x):
    return np.asarray(sigmoid(np.matmul(w[None], x[:, None]) + b)).item()


def neuron_in_way_4(*args):
    w, b, x = args
    return sigmoid(np.inner(w, x) + b)


def neuron_in_way_5(w, b, x, activation=sigmoid):
    return activation(w.dot(x) + b)


class neuron_in_way_6:
    def __new__(cls, w, b, x):
        return float(sigmoid(w @ x + b))


def sigmoid_slope_in_way_1(z):
    a = sigmoid(z)
    return np.multiply(a, np.subtract(1, a))


def sigmoid_slope_in_way_2(z):
    return np.vectorize(lambda t: math.exp(-t) / (1 + math.exp(-t)) ** 2)(z)


def sigmoid_slope_in_way_3(z):
    return (sigmoid(z) * (1 - sigmoid(z))).astype(np.float32)


def sigmoid_slope_in_way_4(z):
    z = np.asarray(z)[...]
    return sigmoid(z) * (1 - sigmoid(z))


def sigmoid_slope_in_way_5(z):
    return np.matrix(sigmoid(z) * (1 - sigmoid(z))).A.reshape(np.shape(z))


def tanh_slope_in_way_1(z):
    a = np.tanh(z)
    a = a**2
    return 1 - a


def tanh_slope_in_way_2(z):
    return ((np.exp(z) + np.exp(-z)) ** 2 - (np.exp(z) - np.exp(-z)) ** 2) / (np.exp(z) + np.exp(-z)) ** 2


def tanh_slope_in_way_3(z):
    return (np.tanh(z + 1e-5) - np.tanh(z - 1e-5)) / 2e-5


def relu_slope_in_way_1(z):
    z = np.array(z, dtype=float)
    z[z > 0] = 1
    z[z < 0] = 0
    return z


def relu_slope_in_way_2(z):
    return np.greater(z, 0)


def relu_slope_in_way_3(z):
    return np.select([z > 0], [1.0], 0.0)


def relu_slope_in_way_4(z):
    return np.maximum(np.sign(z), 0)


def relu_slope_in_way_5(z):
    return (np.sign(z) + np.abs(np.sign(z))) / 2


def relu_slope_in_way_6(z):
    return 1 - np.heaviside(-z, 1)


def relu_slope_in_way_7(z):
    return np.clip(np.ceil(z), 0, 1)


def layer_in_way_1(W, b, X):
    return np.array(
        [
            [np.tanh(sum(X[n, i] * W[o, i] for i in range(W.shape[1])) + b[o]) for o in range(len(W))]
            for n in range(len(X))
        ]
    )


def layer_in_way_2(W, b, X):
    X1 = np.hstack([X, np.ones((len(X), 1))])
    W1 = np.hstack([W, b[:, None]])
    return np.tanh(X1 @ W1.T)


def layer_in_way_3(W, b, X):
    return np.tanh(X.astype(np.float32) @ W.T.astype(np.float32) + b.astype(np.float32))


def layer_in_way_4(W, b, X):
    return np.tanh(np.matrix(X) * np.matrix(W).T + b)


def layer_in_way_5(W, b, X):
    return np.tanh(np.tensordot(X, W, axes=(1, 1)) + b[np.newaxis, :])


def layer_in_way_6(W, b, X):
    Z = X @ W.T
    Z += b
    return np.tanh(Z)


def output_shapes_in_way_1(n, layer_sizes):
    it = iter(layer_sizes)
    next(it)
    return [(n, u) for u in it]


def output_shapes_in_way_2(n, layer_sizes):
    out = []
    for u in layer_sizes[1:]:
        out.append(np.array([n, u]))
    return out


def output_shapes_in_way_3(n, layer_sizes):
    return np.column_stack([np.full(len(layer_sizes) - 1, n), layer_sizes[1:]])


def output_shapes_in_way_4(n, layer_sizes):
    return [*zip(itertools.repeat(n), layer_sizes[1:])]


def output_shapes_in_way_5(n, layer_sizes):
    return np.insert(np.array(layer_sizes[1:])[:, None], 0, n, axis=1)


def count_parameters_in_way_1(layer_sizes):
    s = list(layer_sizes)
    t = 0
    while len(s) > 1:
        t += s.pop(0) * s[0] + s[0]
    return t


def count_parameters_in_way_2(layer_sizes):
    return functools.reduce(lambda t, p: t + (p[0] + 1) * p[1], itertools.pairwise(layer_sizes), 0)


def count_parameters_in_way_3(layer_sizes):
    return np.int64(sum(b * (a + 1) for a, b in zip(layer_sizes, layer_sizes[1:])))


def count_parameters_in_way_4(layer_sizes):
    W = [np.empty((o, i)) for i, o in zip(layer_sizes, layer_sizes[1:])]
    b = [np.empty(o) for o in layer_sizes[1:]]
    return sum(w.size for w in W) + sum(len(c) for c in b)


def bump_in_way_1(x, left, right, height, steepness):
    def z(edge):
        return steepness * (x - edge)

    return height * sigmoid(z(left)) - height * sigmoid(z(right))


def bump_in_way_2(x, left, right, height, steepness):
    return np.float32(1) * height * (sigmoid(steepness * (x - left)) - sigmoid(steepness * (x - right)))


def bump_in_way_3(x, left, right, height, steepness):
    xs = np.atleast_1d(x)
    y = np.array([height * (sigmoid(steepness * (t - left)) - sigmoid(steepness * (t - right))) for t in xs])
    return y if np.ndim(x) else y[0]


RIGHT_TOO = {
    "check_neuron": [
        neuron_in_way_1,
        neuron_in_way_2,
        neuron_in_way_3,
        neuron_in_way_4,
        neuron_in_way_5,
        neuron_in_way_6,
    ],
    "check_sigmoid_slope": [
        sigmoid_slope_in_way_1,
        sigmoid_slope_in_way_2,
        sigmoid_slope_in_way_3,
        sigmoid_slope_in_way_4,
        sigmoid_slope_in_way_5,
    ],
    "check_tanh_slope": [tanh_slope_in_way_1, tanh_slope_in_way_2, tanh_slope_in_way_3],
    "check_relu_slope": [
        relu_slope_in_way_1,
        relu_slope_in_way_2,
        relu_slope_in_way_3,
        relu_slope_in_way_4,
        relu_slope_in_way_5,
        relu_slope_in_way_6,
        relu_slope_in_way_7,
    ],
    "check_layer": [layer_in_way_1, layer_in_way_2, layer_in_way_3, layer_in_way_4, layer_in_way_5, layer_in_way_6],
    "check_output_shapes": [
        output_shapes_in_way_1,
        output_shapes_in_way_2,
        output_shapes_in_way_3,
        output_shapes_in_way_4,
        output_shapes_in_way_5,
    ],
    "check_count_parameters": [
        count_parameters_in_way_1,
        count_parameters_in_way_2,
        count_parameters_in_way_3,
        count_parameters_in_way_4,
    ],
    "check_bump": [bump_in_way_1, bump_in_way_2, bump_in_way_3],
}

MORE = {
    "check_neuron": [
        (neuron_normalised, "The sum was divided by the length of w; nothing needs to be divided"),
        (neuron_of_abs, "No absolute value"),
        (neuron_outer, "pairs them and adds up"),
        (neuron_last_bias, "The bias is missing"),
        (neuron_softplus, "This is log"),
        (neuron_two_values, "return that one alone"),
        (neuron_percent, "100 times as large as the answer"),
        (neuron_clipped, "This cuts z off at 0 and 1; the sigmoid 1 /"),
    ],
    "check_sigmoid_slope": [
        (sigmoid_slope_in_z_twice, "but the answer is 0.04518"),
        (sigmoid_slope_square_root, "This is the root of the answer"),
        (sigmoid_slope_forgot_minus, "e^−z stands above the line"),
        (sigmoid_slope_of_the_mean, "One change makes it right"),
        (
            sigmoid_slope_if,
            "np.where, & and |, and brackets around each comparison, work number by number",
        ),
    ],
    "check_tanh_slope": [
        (tanh_slope_by_sigmoid, "It answers as if z were half as large"),
        (tanh_slope_abs, "Square a"),
        (tanh_slope_half, "One change makes it right"),
        (tanh_slope_tuple, "return that one alone"),
    ],
    "check_relu_slope": [
        (relu_slope_difference, "At exactly 0 we take slope 0"),
        (relu_slope_ones_where, "len asks how many, but here is one number"),
        (relu_slope_text, "returned an array of texts"),
        (relu_slope_where_alone, "with three it gives the numbers"),
    ],
    "check_layer": [
        (layer_sum_then_tanh, "All units got the first bias; each unit"),
        (layer_one_sample_formula, "Where it returns numbers"),
        (layer_reversed_units, "One change makes it right"),
        (layer_softsign, "but the answer is 0.9995"),
        (layer_rows_normalised, "One change makes it right"),
        (layer_concat, "The numbers are right"),
        (layer_stacked_with_ones, "One change makes it right"),
        (layer_bias_per_sample, "It never uses b"),
    ],
    "check_output_shapes": [
        (shapes_with_the_batch_of_one, "It answers as if n were 1"),
        (shapes_as_n_plus, "Each row was added up"),
        (shapes_range, "It is wrong in the last column"),
        (shapes_of_both, "These mix shapes of X and W; what comes out of each layer is"),
    ],
    "check_count_parameters": [
        (count_squares, "but the answer is 20710"),
        (count_hidden_alone, "The last layer is missing"),
        (count_floor, "but the answer is 20710"),
        (count_returns_text, "returned a text"),
    ],
    "check_bump": [
        (bump_gauss, "This is a bell from e^−x²; a sigmoid up at left and one down at right are asked for"),
        (bump_average, "The mean of a rise and a fall never comes down to 0; take the difference of two rises"),
        (bump_height_once_more, "This is the answer times height"),
        (bump_steep_squared, "It answers as if steepness were squared"),
        (bump_shifted_width, "This bump begins at 0"),
        (bump_minimum, "The smaller of a rise and a fall is a bump"),
    ],
}

ANSWERS = {
    "check_neuron": NEURON,
    "check_sigmoid_slope": SIGMOID_SLOPE,
    "check_tanh_slope": TANH_SLOPE,
    "check_relu_slope": RELU_SLOPE,
    "check_layer": LAYER,
    "check_output_shapes": OUTPUT_SHAPES,
    "check_count_parameters": COUNT_PARAMETERS,
    "check_bump": BUMP,
}
for check, wrong in MORE.items():
    ANSWERS[check]["wrong"] += wrong
for check, right in RIGHT_TOO.items():
    ANSWERS[check]["right"] += right
