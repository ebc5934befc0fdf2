"""Lesson 06 as learners answer it: the right ones, and the wrong ones with words that their message must hold."""

import math

import numpy as np

from lessons_lib.maths.backpropagation import Value
from lessons_lib.maths.multiclass_classification import softmax

# --- backward of ×


def multiply_in_steps(upstream, output, a, b):
    slope_a = b
    slope_b = a
    return upstream * slope_a, upstream * slope_b


def multiply_by_differences(upstream, output, a, b):
    h = 1e-6
    da = ((a + h) * b - (a - h) * b) / (2 * h)
    db = (a * (b + h) - a * (b - h)) / (2 * h)
    return [upstream * da, upstream * db]


def multiply_careful_division(upstream, output, a, b):
    da = upstream * output / a if a != 0 else upstream * b
    db = upstream * output / b if b != 0 else upstream * a
    return da, db


def multiply_divides(upstream, output, a, b):
    return upstream * output / a, upstream * output / b


def multiply_prints(upstream, output, a, b):
    print(upstream * b, upstream * a)


def multiply_a_only(upstream, output, a, b):
    return upstream * b
    return upstream * a


def multiply_set(upstream, output, a, b):
    return {upstream * b, upstream * a}


def multiply_dict(upstream, output, a, b):
    return {"a": upstream * b, "b": upstream * a}


def multiply_swapped(output, upstream, a, b):
    return upstream * b, upstream * a


def multiply_dot(upstream, output, a, b):
    return upstream @ b, upstream @ a


def multiply_two_arguments(a, b):
    return b, a


def multiply_grad_attribute(upstream, output, a, b):
    a.grad = upstream * b
    b.grad = upstream * a


def multiply_b_wrong(upstream, output, a, b):
    da = upstream * b
    db = da * a
    return da, db


MULTIPLY_BACKWARD = {
    "right": [
        multiply_in_steps,
        multiply_by_differences,
        multiply_careful_division,
        lambda upstream, output, a, b: (b * upstream, a * upstream),
        lambda upstream, output, a, b: upstream * np.array([b, a]),
        lambda upstream, output, a, b: [upstream * each for each in (b, a)],
        lambda g, o, a, b: (g * b, g * a),
        lambda upstream, output, a, b: tuple(np.multiply(upstream, (b, a))),
    ],
    "wrong": [
        (multiply_divides, "not 0"),
        (multiply_prints, "return"),
        (multiply_a_only, "gradient of a"),
        (multiply_set, "set"),
        (multiply_dict, "dict"),
        (multiply_swapped, "(upstream, output, a, b)"),
        (multiply_dot, "single numbers"),
        (multiply_two_arguments, "4 arguments"),
        (multiply_grad_attribute, "has no .grad"),
        (multiply_b_wrong, "Right for a. For b"),
        (lambda upstream, output, a, b: (upstream * a, upstream * b), "other input"),
        (lambda upstream, output, a, b: (b, a), "chain rule"),
        (lambda upstream, output, a, b: (a, b), "Two slips"),
        (lambda upstream, output, a, b: (upstream, upstream), "rule of +"),
        (lambda upstream, output, a, b: upstream * output, "two numbers"),
        (lambda upstream, output, a, b: upstream * a * b, "two numbers"),
        (lambda upstream, output, a, b: (upstream * output, upstream * output), "alone"),
        (lambda upstream, output, a, b: (upstream * output * b, upstream * output * a), "output"),
        (lambda upstream, output, a, b: (upstream / a, upstream / b), "divided"),
        (lambda upstream, output, a, b: (upstream / b, upstream / a), "divided"),
        (lambda upstream, output, a, b: (-upstream * b, -upstream * a), "sign"),
        (lambda upstream, output, a, b: (upstream * b, -upstream * a), "sign"),
        (lambda upstream, output, a, b: (output * b, output * a), "upstream"),
        (lambda upstream, output, a, b: (upstream + b, upstream + a), "multiplies"),
        (lambda upstream, output, a, b: upstream * b + upstream * a, "two numbers"),
        (lambda upstream, output, a, b: upstream * a, "two numbers"),
        (lambda upstream, output, a, b: (upstream * b, a), "upstream"),
        (lambda upstream, output, a, b: (b, upstream * a), "upstream"),
        (lambda upstream, output, a, b: (upstream * b, upstream * b), "Right for a. For b"),
        (lambda upstream, output, a, b: ([upstream * b], [upstream * a]), "no brackets"),
        (lambda upstream, output, a, b: (upstream * b, upstream * a, output), "two numbers"),
        (lambda upstream, output, a, b: (upstream**b, upstream**a), "is nan"),
        (lambda upstream, output, a, b: (round(upstream * b), round(upstream * a)), "round"),
        (lambda upstream, output, a, b: upstream * output / a, "two numbers"),
    ],
}

# --- backward of tanh


def tanh_in_steps(upstream, output, z):
    slope = 1 - output * output
    return upstream * slope


def tanh_anew(upstream, output, z):
    return upstream * (1 - math.tanh(z) ** 2)


def tanh_by_difference(upstream, output, z):
    h = 1e-5
    return upstream * (np.tanh(z + h) - np.tanh(z - h)) / (2 * h)


def tanh_forward_difference(upstream, output, z):
    h = 0.01
    return upstream * (np.tanh(z + h) - output) / h


def tanh_caret(upstream, output, z):
    return upstream * (1 - output ^ 2)


def tanh_call(upstream, output, z):
    return upstream(1 - output**2)


def tanh_output_called(upstream, output, z):
    return upstream * (1 - output(z) ** 2)


def tanh_prints(upstream, output, z):
    print(upstream * (1 - output**2))


def tanh_swapped(upstream, z, output):
    return upstream * (1 - output**2)


def tanh_name(upstream, output, z):
    return upstream * (1 - a**2)  # noqa: F821


def tanh_only_if_positive(upstream, output, z):
    if z > 0:
        return upstream * (1 - output**2)


def tanh_and_the_input(upstream, output, z):
    return upstream * (1 - output**2), z


TANH_BACKWARD = {
    "right": [
        tanh_in_steps,
        tanh_anew,
        tanh_by_difference,
        lambda upstream, output, z: upstream * (1 - output**2),
        lambda upstream, output, z: upstream - upstream * output**2,
        lambda upstream, output, z: (1 - output) * (1 + output) * upstream,
        lambda upstream, output, z: upstream / np.cosh(z) ** 2,
        lambda upstream, output, z: np.multiply(upstream, 1 - np.square(output)),
        lambda upstream, output, z: -upstream * (output**2 - 1),
    ],
    "wrong": [
        (tanh_forward_difference, "approximat"),
        (tanh_caret, "**"),
        (tanh_call, "*"),
        (tanh_output_called, "output"),
        (tanh_prints, "return"),
        (tanh_swapped, "(upstream, output, z)"),
        (tanh_name, "a"),
        (tanh_only_if_positive, "return"),
        (tanh_and_the_input, "return that one alone"),
        (lambda upstream, output, z: 1 - output**2, "chain rule"),
        (lambda upstream, output, z: upstream * (1 - z**2), "not of z"),
        (lambda upstream, output, z: upstream * output * (1 - output), "sigmoid"),
        (lambda upstream, output, z: 1 - z**2, "Two slips"),
        (lambda upstream, output, z: upstream * (1 - output) ** 2, "output alone"),
        (lambda upstream, output, z: upstream * (1 - output), "square is missing"),
        (lambda upstream, output, z: upstream * (1 - np.tanh(output) ** 2), "already"),
        (lambda upstream, output, z: upstream * output, "1 − output²"),
        (lambda upstream, output, z: upstream * np.tanh(z), "1 − output²"),
        (lambda upstream, output, z: upstream, "unchanged"),
        (lambda upstream, output, z: upstream * (output**2 - 1), "sign"),
        (lambda upstream, output, z: output, "forward pass"),
        (lambda upstream, output, z: upstream * 1 - output**2, "bracket"),
        (lambda upstream, output, z: upstream * (1 + output**2), "1 − output²"),
        (lambda upstream, output, z: upstream * output**2, "1 − output²"),
        (lambda upstream, output, z: 1 - (upstream * output) ** 2, "upstream"),
        (lambda upstream, output, z: 1 - upstream**2, "output"),
        (lambda upstream, output, z: output * (1 - upstream**2), "output"),
        (lambda upstream, output, z: upstream * (1 - output * 2), "square"),
        (lambda upstream, output, z: upstream + (1 - output**2), "multipl"),
        (lambda upstream, output, z: upstream / (1 - output**2), "multipl"),
        (lambda upstream, output, z: z * (1 - output**2), "upstream"),
        (lambda upstream, output, z: upstream * (1 - output**2) * z, "z"),
        (lambda upstream, output, z: upstream * (1 - output**3), "square"),
        (lambda upstream, output, z: [upstream * (1 - output**2)], "stands in a list"),
        (lambda upstream, output, z: output * (1 - output**2), "upstream"),
    ],
}

# --- backward of relu


def relu_by_if(upstream, output, z):
    if z > 0:
        return upstream
    return 0


def relu_by_where(upstream, output, z):
    return np.where(output > 0, upstream, 0.0)


def relu_no_else(upstream, output, z):
    if output > 0:
        return upstream


def relu_slope_zero_one(upstream, output, z):
    slope = 1 if z > 0 else 0
    return slope


def relu_at_upstream(upstream, output, z):
    if upstream > 0:
        return upstream
    return 0


def relu_divides(upstream, output, z):
    return upstream * output / z


def relu_catches_the_division(upstream, output, z):
    try:
        return upstream * output / z
    except ZeroDivisionError:
        return 0.0


def relu_not_returned(upstream, output, z):
    gradient = upstream if z > 0 else 0  # noqa: F841


def relu_upstream_only_positive_both(upstream, output, z):
    return upstream if output > 0 and upstream > 0 else 0.0


def relu_z_when_positive(upstream, output, z):
    return z if z > 0 else 0


def relu_minus(upstream, output, z):
    return upstream if z > 0 else -upstream


def relu_leaky(upstream, output, z):
    return upstream if z > 0 else 0.01 * upstream


def relu_above_one(upstream, output, z):
    return upstream if z > 1 else 0


def relu_list(upstream, output, z):
    return [upstream if each > 0 else 0 for each in z]


def relu_string(upstream, output, z):
    return "upstream" if z > 0 else "0"


def relu_from_nowhere(upstream, output, z):
    return upstream * relu_slope(z)  # noqa: F821


def relu_order(z, upstream, output):
    return upstream if output > 0 else 0.0


RELU_BACKWARD = {
    "right": [
        relu_by_if,
        relu_by_where,
        lambda upstream, output, z: upstream if output > 0 else 0.0,
        lambda upstream, output, z: upstream * (output > 0),
        lambda upstream, output, z: upstream * np.sign(output),
        lambda upstream, output, z: upstream * np.heaviside(z, 0),
        lambda upstream, output, z: 0 if output == 0 else upstream,
        lambda upstream, output, z: upstream * int(z > 0),
        lambda upstream, output, z: upstream * bool(output),
    ],
    "wrong": [
        (relu_no_else, "return"),
        (relu_slope_zero_one, "chain rule"),
        (relu_at_upstream, "output that decides"),
        (relu_divides, "0/0"),
        (relu_catches_the_division, "0/0"),
        (relu_not_returned, "return"),
        (relu_upstream_only_positive_both, "upstream"),
        (relu_z_when_positive, "forward pass"),
        (relu_minus, "flat"),
        (relu_leaky, "flat"),
        (relu_above_one, "above 0"),
        (relu_list, "in the line"),
        (relu_string, "text"),
        (relu_from_nowhere, "relu_slope"),
        (relu_order, "(upstream, output, z)"),
        (lambda upstream, output, z: upstream, "flat below 0"),
        (lambda upstream, output, z: upstream * output, "not the output"),
        (lambda upstream, output, z: max(0, upstream), "output that decides"),
        (lambda upstream, output, z: max(0, z), "forward pass"),
        (lambda upstream, output, z: upstream if z >= 0 else 0, "exactly 0"),
        (lambda upstream, output, z: upstream if output >= 0 else 0, "flat below 0"),
        (lambda upstream, output, z: upstream if z < 0 else 0, "other way round"),
        (lambda upstream, output, z: 0 if output > 0 else upstream, "other way round"),
        (lambda upstream, output, z: upstream * z, "1 or 0"),
        (lambda upstream, output, z: 0, "upstream"),
        (lambda upstream, output, z: upstream * max(0, z), "not the output"),
        (lambda upstream, output, z: upstream * np.sign(z), "flat"),
        (lambda upstream, output, z: output > 0, "chain rule"),
        (lambda upstream, output, z: upstream * (1 - output**2), "tanh"),
        (lambda upstream, output, z: upstream * (output != z), "other way round"),
        (lambda upstream, output, z: -upstream if output > 0 else 0, "sign"),
        (lambda upstream, output, z: max(0, upstream * z), "1"),
        (lambda upstream, output, z: upstream if upstream > 0 and z > 0 else 0, "upstream"),
        (lambda upstream, output, z: upstream + (output > 0), "multipl"),
    ],
}

# --- the gradient of the first layer


def first_layer_as_told(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = P.copy()
    dS[np.arange(len(y)), y] -= 1
    dS /= len(y)
    dA = dS @ W2
    dZ = dA * (1 - A**2)
    return dZ.T @ X


def first_layer_by_samples(W1, b1, W2, b2, X, y):
    total = np.zeros_like(W1)
    for x, label in zip(X, y):
        a = np.tanh(W1 @ x + b1)
        p = softmax(W2 @ a + b2)
        p[label] -= 1
        total += np.outer((W2.T @ p) * (1 - a * a), x)
    return total / len(X)


def first_layer_einsum(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    dS = (softmax(A @ W2.T + b2) - np.eye(len(b2))[y]) / X.shape[0]
    return np.einsum("nc,ch,nh,nd->hd", dS, W2, 1 - A**2, X)


def first_layer_transposes(W1, b1, W2, b2, X, y):
    A = np.tanh(W1 @ X.T + b1[:, None])  # (h, n)
    P = softmax((W2 @ A + b2[:, None]).T).T  # (C, n)
    P[y, np.arange(len(y))] -= 1
    dZ = (W2.T @ P) * (1 - A**2)
    return dZ @ X / len(y)


def first_layer_by_loops(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    n, h, d = len(X), W1.shape[0], W1.shape[1]
    Y = np.zeros_like(P)
    for i in range(n):
        Y[i, y[i]] = 1
    dW1 = np.zeros((h, d))
    for i in range(n):
        for j in range(h):
            dz = sum((P[i, c] - Y[i, c]) * W2[c, j] for c in range(len(W2))) * (1 - A[i, j] ** 2)
            for k in range(d):
                dW1[j, k] += dz * X[i, k] / n
    return dW1


def first_layer_by_differences(W1, b1, W2, b2, X, y):
    def loss(W):
        P = softmax(np.tanh(X @ W.T + b1) @ W2.T + b2)
        return -np.mean(np.log(P[np.arange(len(y)), y]))

    grad = np.zeros_like(W1)
    for place in np.ndindex(W1.shape):
        nudge = np.zeros_like(W1)
        nudge[place] = 1e-5
        grad[place] = (loss(W1 + nudge) - loss(W1 - nudge)) / 2e-5
    return grad


def no_slope(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    return (dS @ W2).T @ X


def no_mean(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    P[np.arange(len(y)), y] -= 1
    return ((P @ W2) * (1 - A**2)).T @ X


def no_truth(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dA = P / len(y) @ W2
    return (dA * (1 - A**2)).T @ X


def y_minus_p(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (np.eye(len(W2))[y] - P) / len(y)
    return (dS @ W2 * (1 - A**2)).T @ X


def y_as_numbers(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - y) / len(y)
    return (dS @ W2 * (1 - A**2)).T @ X


def y_as_a_column(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - y[:, None]) / len(y)
    return (dS @ W2 * (1 - A**2)).T @ X


def w2_transposed(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    dA = dS @ W2.T
    return (dA * (1 - A**2)).T @ X


def x_first(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    dZ = (dS @ W2) * (1 - A**2)
    return X.T @ dZ


def no_transpose_at_the_end(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    dZ = (dS @ W2) * (1 - A**2)
    return dZ @ X


def star_at_the_end(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    return dS @ W2 * (1 - A**2) * X


def whole_columns(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    P[:, y] -= 1
    return (P / len(y) @ W2 * (1 - A**2)).T @ X


def slope_of_p(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(y) * P * (1 - P)
    return (dS @ W2 * (1 - A**2)).T @ X


def sigmoids_slope(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    return (dS @ W2 * A * (1 - A)).T @ X


def slope_of_z(W1, b1, W2, b2, X, y):
    Z = X @ W1.T + b1
    P = softmax(np.tanh(Z) @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    return (dS @ W2 * (1 - Z**2)).T @ X


def slope_plus(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    return (dS @ W2 * (1 + A**2)).T @ X


def slope_unsquared(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    return (dS @ W2 * (1 - A)).T @ X


def slope_squared_alone(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    return (dS @ W2 * A**2).T @ X


def slope_twice(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    dA = dS @ W2 * (1 - A**2)
    return (dA * (1 - A**2)).T @ X


def divided_twice(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    return (dS @ W2 * (1 - A**2)).T @ X / len(y)


def divided_by_classes(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(W2)
    return (dS @ W2 * (1 - A**2)).T @ X


def divided_by_all(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / P.size
    return (dS @ W2 * (1 - A**2)).T @ X


def gradient_of_w2(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    return dS.T @ A


def gradient_of_b1(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    return (dS @ W2 * (1 - A**2)).sum(axis=0)


def stops_at_dz(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    return dS @ W2 * (1 - A**2)


def stops_at_p(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    return P


def returns_all(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    dZ = dS @ W2 * (1 - A**2)
    return dZ.T @ X, dZ.sum(axis=0), dS.T @ A, dS.sum(axis=0)


def changes_w1(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    W1 -= 0.1 * (dS @ W2 * (1 - A**2)).T @ X
    return W1


def takes_a_step(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    return W1 - (dS @ W2 * (1 - A**2)).T @ X


def forgets_dz(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    dA = dS @ W2  # noqa: F841
    return dZ.T @ X  # noqa: F821


def hidden_outputs_at_the_end(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    return (dS @ W2 * (1 - A**2)).T @ A


def one_hot_of_n(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(y))[y]) / len(y)
    return (dS @ W2 * (1 - A**2)).T @ X


def squared_error(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = 2 * (P - np.eye(len(W2))[y]) / len(y)
    return (dS @ W2 * (1 - A**2)).T @ X


FIRST_LAYER_GRADIENT = {
    "right": [
        first_layer_as_told,
        first_layer_by_samples,
        first_layer_einsum,
        first_layer_transposes,
        first_layer_by_loops,
        first_layer_by_differences,
    ],
    "wrong": [
        (no_slope, "slope of tanh is missing"),
        (no_mean, "mean is forgotten"),
        (no_truth, "truth is missing"),
        (y_minus_p, "sign"),
        (y_as_numbers, "y has shape (4,)"),
        (y_as_a_column, "np.eye"),
        (w2_transposed, "W2"),
        (x_first, "transposed"),
        (no_transpose_at_the_end, "dZ"),
        (star_at_the_end, "X"),
        (whole_columns, "one number per row"),
        (slope_of_p, "P"),
        (sigmoids_slope, "sigmoid"),
        (slope_of_z, "from the output A"),
        (slope_plus, "1 - A**2"),
        (slope_unsquared, "square is missing"),
        (slope_squared_alone, "1 - A**2"),
        (slope_twice, "twice"),
        (divided_twice, "twice"),
        (divided_by_classes, "n"),
        (divided_by_all, "n"),
        (gradient_of_w2, "gradient of W2"),
        (gradient_of_b1, "b1"),
        (stops_at_dz, "dZ"),
        (stops_at_p, "P"),
        (returns_all, "4"),
        (changes_w1, "in place"),
        (takes_a_step, "gradient"),
        (forgets_dz, "dZ"),
        (hidden_outputs_at_the_end, "X"),
        (one_hot_of_n, "in the line"),
        (squared_error, "Twice too large"),
    ],
}

# --- more of each, written after the checks


def multiply_after_the_nudge(upstream, output, a, b):
    h = 0.1
    return upstream * ((a + h) * (b + h) - a * b) / h, upstream * a


def multiply_logs(upstream, output, a, b):
    return upstream * np.log(b), upstream * np.log(a)


def multiply_half(upstream, output, a, b):
    return upstream * b / 2, upstream * a / 2


def multiply_like_minus(upstream, output, a, b):
    return upstream, -upstream


def multiply_as_power(upstream, output, a, b):
    return upstream * b * a ** (b - 1), upstream * output * np.log(abs(a) + 1)


def multiply_second_upstream(upstream, output, a, b):
    da = upstream * b
    db = upstream * da
    return da, db


def tanh_by_cosh(upstream, output, z):
    return upstream / np.cosh(z)


def tanh_of_upstream(upstream, output, z):
    return 1 - np.tanh(upstream) ** 2


def tanh_sum_of_squares(upstream, output, z):
    return upstream * (1 - output**2 - z**2)


def tanh_rounded(upstream, output, z):
    return round(upstream * (1 - output**2), 3)


def tanh_arrays(upstream, output, z):
    return np.dot(upstream, 1 - output**2) + z * 0.001


def relu_minimum(upstream, output, z):
    return min(upstream, output)


def relu_product_positive(upstream, output, z):
    return upstream if upstream * z > 0 else 0


def relu_output_or_upstream(upstream, output, z):
    return upstream and output


def relu_half_at_all(upstream, output, z):
    return upstream * 0.5


def relu_softplus(upstream, output, z):
    return upstream / (1 + np.exp(-z))


def first_layer_forgets_bias(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    return (dS @ W2 * (1 - A**2)).T @ X


def first_layer_sigmoid_network(W1, b1, W2, b2, X, y):
    A = 1 / (1 + np.exp(-(X @ W1.T + b1)))
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    return (dS @ W2 * A * (1 - A)).T @ X


def first_layer_one_sample(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = P[0] - np.eye(len(W2))[y[0]]
    return np.outer(dS @ W2 * (1 - A[0] ** 2), X[0])


def first_layer_with_decay(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    return (dS @ W2 * (1 - A**2)).T @ X + 0.01 * W1


def first_layer_labels_from_one(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    P[np.arange(len(y)), y - 1] -= 1
    return (P / len(y) @ W2 * (1 - A**2)).T @ X


def first_layer_slope_on_scores(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    S = A @ W2.T + b2
    dS = (softmax(S) - np.eye(len(W2))[y]) / len(y) * (1 - np.tanh(S) ** 2)
    return (dS @ W2 * (1 - A**2)).T @ X


def first_layer_hard(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    S = A @ W2.T + b2
    P = np.eye(len(W2))[S.argmax(axis=1)]
    dS = (P - np.eye(len(W2))[y]) / len(y)
    return (dS @ W2 * (1 - A**2)).T @ X


# --- right ones, in other ways


def multiply_backward_in_way_1(upstream, output, a, b):
    return np.array([upstream * b, upstream * a], dtype=np.float32)


def multiply_backward_in_way_2(upstream, output, a, b):
    da, db = upstream * b, upstream * a
    return (da, db)


def multiply_backward_in_way_3(upstream, output, a, b):
    return np.outer(upstream, [b, a])[0]


def multiply_backward_in_way_4(upstream, output, a, b):
    return np.float64(b) * upstream, np.float64(a) * upstream


def tanh_backward_in_way_1(upstream, output, z):
    return np.array(upstream * (1 - output**2))


def tanh_backward_in_way_2(upstream, output, z):
    return upstream * (1 - np.tanh(z) * output)


def tanh_backward_in_way_3(upstream, output, z):
    return np.dot(upstream, 1 - output * output)


def tanh_backward_in_way_4(upstream, output, z):
    return upstream * (4 * math.exp(2 * z) / (math.exp(2 * z) + 1) ** 2)


def relu_backward_in_way_1(upstream, output, z):
    if z <= 0:
        return 0
    else:
        return upstream


def relu_backward_in_way_3(upstream, output, z):
    return np.where(z > 0, 1, 0) * upstream


def relu_backward_in_way_4(upstream, output, z):
    return upstream * (max(0, z) / z if z else 0)


def first_layer_gradient_in_way_1(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    Y = y[:, None] == np.arange(len(b2))
    return ((P - Y) @ W2 * (1 - A**2)).T @ X / len(X)


def first_layer_gradient_in_way_2(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    S = A @ W2.T + b2
    E = np.exp(S)
    P = E / E.sum(1, keepdims=True)
    for i, c in enumerate(y):
        P[i, c] -= 1
    dZ = (P / len(y)) @ W2 / np.cosh(X @ W1.T + b1) ** 2
    return np.transpose(np.transpose(X) @ dZ)


RIGHT_TOO = {
    "check_multiply_backward": [
        multiply_backward_in_way_1,
        multiply_backward_in_way_2,
        multiply_backward_in_way_3,
        multiply_backward_in_way_4,
    ],
    "check_tanh_backward": [
        tanh_backward_in_way_1,
        tanh_backward_in_way_2,
        tanh_backward_in_way_3,
        tanh_backward_in_way_4,
    ],
    "check_relu_backward": [
        relu_backward_in_way_1,
        relu_backward_in_way_3,
        relu_backward_in_way_4,
    ],
    "check_first_layer_gradient": [first_layer_gradient_in_way_1, first_layer_gradient_in_way_2],
}

MORE = {
    "check_multiply_backward": [
        (multiply_after_the_nudge, "One change makes it right"),
        (multiply_logs, "is infinite"),
        (multiply_half, "Half as large as the answer"),
        (multiply_like_minus, "It never uses a"),
        (multiply_as_power, "is nan"),
        (multiply_second_upstream, "upstream is in it twice"),
    ],
    "check_tanh_backward": [
        (tanh_by_cosh, "This has the root of the slope in it"),
        (tanh_of_upstream, "It never uses output"),
        (tanh_sum_of_squares, "One change makes it right"),
        (tanh_rounded, "The numbers are rounded to 3 places after the point"),
        (tanh_arrays, "One change makes it right"),
    ],
    "check_relu_backward": [
        (relu_minimum, "The smaller of the two says nothing"),
        (relu_product_positive, "It is the output that decides"),
        (
            relu_output_or_upstream,
            "This is the forward pass; backward lets upstream through where the output is above 0",
        ),
        (relu_half_at_all, "The slope is 1 above 0"),
        (relu_softplus, "The slope is 1 or 0"),
    ],
    "check_first_layer_gradient": [
        (first_layer_forgets_bias, "“+ b1” is missing"),
        (first_layer_sigmoid_network, "This is right for hidden units with the sigmoid; here they have tanh"),
        (first_layer_one_sample, "Only the first sample counts here"),
        (first_layer_with_decay, "0"),
        (first_layer_labels_from_one, "The classes count from 0"),
        (first_layer_slope_on_scores, "One change makes it right"),
        (first_layer_hard, "P needs to be the probabilities themselves"),
    ],
}

# --- more again


def multiply_in_a_dictionary(upstream, output, a, b):
    grads = {"a": 0.0, "b": 0.0}
    grads["a"] += b * upstream
    grads["b"] += a * upstream
    return grads["a"], grads["b"]


def multiply_by_the_graph(upstream, output, a, b):
    x, y = Value(a), Value(b)
    z = x * y
    z.backward()
    return x.grad * upstream, y.grad * upstream


def multiply_jacobian(upstream, output, a, b):
    jacobian = np.array([[b, a]])
    return (upstream * jacobian)[0]


def tanh_slope_reduced(upstream, output, z):
    slope = 1
    slope -= output**2
    upstream *= slope
    return upstream


def tanh_as_a_sigmoid(upstream, output, z):
    p = 1 / (1 + math.exp(-2 * z))
    return upstream * 4 * p * (1 - p)


def relu_gradient_set_to_0(upstream, output, z):
    gradient = upstream
    if z <= 0:
        gradient = 0
    return gradient


def relu_if_output(upstream, output, z):
    if output:
        return upstream
    else:
        return 0.0


def multiply_a_overwritten(upstream, output, a, b):
    a = upstream * b
    b = upstream * a
    return a, b


def multiply_both_into_a(upstream, output, a, b):
    da = db = 0
    da += upstream * b
    da += upstream * a
    return da, db


def multiply_compared_not_set(upstream, output, a, b):
    da == upstream * b  # noqa: B015, F821
    db == upstream * a  # noqa: B015, F821
    return da, db  # noqa: F821


def multiply_guarded(upstream, output, a, b):
    if a == 0 or b == 0:
        return 0, 0
    return upstream * output / a, upstream * output / b


def multiply_only_positive(upstream, output, a, b):
    if a > 0 and b > 0:
        return upstream * b, upstream * a
    return 0, 0


def tanh_product_not_kept(upstream, output, z):
    slope = 1 - output**2
    upstream * slope
    return slope


def tanh_small_step(upstream, output, z):
    h = 1e-3
    return upstream * (np.tanh(z + h) - np.tanh(z)) / h


def tanh_function_squared(upstream, output, z):
    return upstream * (1 - np.tanh**2)


def tanh_only_positive(upstream, output, z):
    if output > 0:
        return upstream * (1 - output**2)
    return 0


def relu_not_kept(upstream, output, z):
    if z > 0:
        upstream * 1
    else:
        upstream * 0
    return upstream


def relu_masked(upstream, output, z):
    upstream[z <= 0] = 0
    return upstream


def relu_forward(upstream, output, z):
    return relu(upstream)  # noqa: F821


def first_layer_by_arctanh(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    onehot = np.array([[1.0 if c == label else 0.0 for c in range(len(b2))] for label in y])
    dZ = np.einsum("nc,ch->nh", P - onehot, W2) / np.cosh(np.arctanh(A)) ** 2
    return np.mean(dZ[:, :, None] * X[:, None, :], axis=0)


def first_layer_through_p(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dP = np.zeros(P.shape)
    for i, c in enumerate(y):
        dP[i, c] = -1 / P[i, c] / len(y)
    dS = P * (dP - (dP * P).sum(axis=1, keepdims=True))
    dZ = (dS @ W2) * (1 - A**2)
    return dZ.T @ X


def first_layer_of_32_bits(W1, b1, W2, b2, X, y):
    W1, b1, W2, b2, X = (np.asarray(v, dtype=np.float32) for v in (W1, b1, W2, b2, X))
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2), dtype=np.float32)[y]) / np.float32(len(y))
    return ((dS @ W2) * (1 - A**2)).T @ X


def first_layer_with_a_column_of_1(W1, b1, W2, b2, X, y):
    Xb = np.hstack([X, np.ones((len(X), 1))])
    Wb = np.hstack([W1, b1[:, None]])
    A = np.tanh(Xb @ Wb.T)
    P = softmax(A @ W2.T + b2)
    dS = P - (np.arange(len(W2)) == y[:, None])
    full = (dS @ W2 * (1 - A**2)).T @ Xb / len(y)
    return full[:, :-1]


def first_layer_number_by_number(W1, b1, W2, b2, X, y):
    out = []
    for j in range(len(W1)):
        A = np.tanh(X @ W1.T + b1)
        P = softmax(A @ W2.T + b2)
        P[np.arange(len(y)), y] -= 1
        dz = (P * W2[:, j]).sum(axis=1) * (1 - A[:, j] ** 2) / len(y)
        out.append([dz @ X[:, k] for k in range(X.shape[1])])
    return out


def first_layer_by_the_graph(W1, b1, W2, b2, X, y):
    w1 = [[Value(v) for v in row] for row in W1]
    total = Value(0)
    for x, c in zip(X, y):
        h = []
        for j in range(len(W1)):
            z = Value(b1[j])
            for k in range(len(x)):
                z = z + w1[j][k] * float(x[k])
            h.append(z.tanh())
        s = []
        for r in range(len(W2)):
            v = Value(b2[r])
            for j in range(len(h)):
                v = v + h[j] * float(W2[r, j])
            s.append(v)
        e = sum((v.exp() for v in s), Value(0))
        total = total + e.log() - s[c]
    (total * (1 / len(X))).backward()
    return [[v.grad for v in row] for row in w1]


def first_layer_columns_are_samples(W1, b1, W2, b2, X, y):
    A = np.tanh(W1 @ X.T + b1.reshape(-1, 1))
    S = W2 @ A + b2.reshape(-1, 1)
    P = np.exp(S) / np.exp(S).sum(axis=0)
    Y = np.eye(len(W2))[:, y]
    dZ = W2.T @ (P - Y) * (1 - A**2)
    return 1 / X.shape[0] * dZ @ X


def first_layer_minus_one_everywhere(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = P - 1
    dS /= len(y)
    dA = dS @ W2
    dZ = dA * (1 - A**2)
    return dZ.T @ X


def first_layer_whole_rows(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = P.copy()
    dS[y] -= 1
    dS /= len(y)
    dA = dS @ W2
    dZ = dA * (1 - A**2)
    return dZ.T @ X


def first_layer_only_the_one_divided(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = P.copy()
    dS[np.arange(len(y)), y] -= 1 / len(y)
    dA = dS @ W2
    dZ = dA * (1 - A**2)
    return dZ.T @ X


def first_layer_only_p_divided(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = P / len(y)
    dS[np.arange(len(y)), y] -= 1
    dA = dS @ W2
    dZ = dA * (1 - A**2)
    return dZ.T @ X


def first_layer_truth_not_kept(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = P.copy()
    dS[np.arange(len(y)), y] - 1
    dS /= len(y)
    dA = dS @ W2
    dZ = dA * (1 - A**2)
    return dZ.T @ X


def first_layer_mean_not_kept(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = P.copy()
    dS[np.arange(len(y)), y] -= 1
    dS / len(y)
    dA = dS @ W2
    dZ = dA * (1 - A**2)
    return dZ.T @ X


def first_layer_averaged_too_early(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]).mean(axis=0)
    dA = dS @ W2
    dZ = dA * (1 - A**2)
    return dZ.T @ X


def first_layer_mean_in_the_loop(W1, b1, W2, b2, X, y):
    total = np.zeros(W1.shape)
    for x, c in zip(X, y):
        a = np.tanh(W1 @ x + b1)
        p = softmax(W2 @ a + b2)
        p[c] -= 1
        total += np.outer((p @ W2) * (1 - a**2), x)
        total /= len(X)
    return total


def first_layer_relu_network(W1, b1, W2, b2, X, y):
    A = np.maximum(0, X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    return (dS @ W2 * (A > 0)).T @ X


def first_layer_whole_table_sums_to_1(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    E = np.exp(A @ W2.T + b2)
    P = E / E.sum()
    dS = (P - np.eye(len(W2))[y]) / len(y)
    return (dS @ W2 * (1 - A**2)).T @ X


def first_layer_columns_sum_to_1(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    E = np.exp(A @ W2.T + b2)
    P = E / E.sum(axis=0)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    return (dS @ W2 * (1 - A**2)).T @ X


def first_layer_divided_in_the_loop(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    n = len(y)
    for i in range(n):
        P[i, y[i]] -= 1
        P /= n
    return (P @ W2 * (1 - A**2)).T @ X


def first_layer_last_sample_left_out(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    n = len(y)
    for i in range(n - 1):
        P[i, y[i]] -= 1
    return (P / n @ W2 * (1 - A**2)).T @ X


def first_layer_sigmoids_for_softmax(W1, b1, W2, b2, X, y):
    P = 1 / (1 + np.exp(-(np.tanh(X @ W1.T + b1) @ W2.T + b2)))
    A = np.tanh(X @ W1.T + b1)
    dS = (P - np.eye(len(W2))[y]) / len(y)
    return (dS @ W2 * (1 - A**2)).T @ X


RIGHT_TOO["check_multiply_backward"] += [multiply_in_a_dictionary, multiply_by_the_graph, multiply_jacobian]
MORE["check_multiply_backward"] += [
    (multiply_a_overwritten, "was a overwritten"),
    (multiply_both_into_a, "went into the first"),
    (multiply_compared_not_set, "== compares"),
    (multiply_guarded, "0 is sent to both"),
    (multiply_only_positive, "without the if"),
    (lambda upstream, output, a, b: (upstream * b**2, upstream * a**2), "counts twice"),
]
RIGHT_TOO["check_tanh_backward"] += [tanh_slope_reduced, tanh_as_a_sigmoid]
MORE["check_tanh_backward"] += [
    (tanh_product_not_kept, "“upstream = upstream * slope” does"),
    (tanh_small_step, "approximated"),
    (tanh_function_squared, "call it"),
    (tanh_only_positive, "without the if"),
    (lambda upstream, output, z: (upstream, 1 - output**2), "handed back apart"),
    (lambda upstream, output, z: upstream / (1 + z**2), "arctan"),
    (lambda upstream, output, z: upstream / np.cos(z) ** 2, "slope of tan;"),
    (lambda upstream, output, z: [upstream * (1 - output**2)] * 2, "comes several times"),
]
RIGHT_TOO["check_relu_backward"] += [relu_gradient_set_to_0, relu_if_output]
MORE["check_relu_backward"] += [
    (relu_not_kept, "Nothing keeps"),
    (relu_masked, "one number has no places"),
    (relu_forward, "a function of your own"),
    (lambda upstream, output, z: upstream * abs(np.sign(z)), "not 1"),
    (lambda upstream, output, z: upstream * np.clip(z, 0, 1), "not z up to 1"),
    (lambda upstream, output, z: int(upstream) if z > 0 else 0, "cut off after the point"),
]
RIGHT_TOO["check_first_layer_gradient"] += [
    first_layer_by_arctanh,
    first_layer_through_p,
    first_layer_of_32_bits,
    first_layer_with_a_column_of_1,
    first_layer_number_by_number,
    first_layer_by_the_graph,
    first_layer_columns_are_samples,
]
MORE["check_first_layer_gradient"] += [
    (first_layer_minus_one_everywhere, "in every column"),
    (first_layer_whole_rows, "whole rows"),
    (first_layer_only_the_one_divided, "Only the 1 was divided"),
    (first_layer_only_p_divided, "Only P was divided"),
    (first_layer_truth_not_kept, "Nothing keeps"),
    (first_layer_mean_not_kept, "“dS = dS / len(y)” does"),
    (first_layer_averaged_too_early, "averaged too early"),
    (first_layer_mean_in_the_loop, "“total /= len(X)” after"),
    (first_layer_relu_network, "hidden units with ReLU"),
    (first_layer_whole_table_sums_to_1, "whole table P"),
    (first_layer_columns_sum_to_1, "columns of P"),
    (first_layer_divided_in_the_loop, "“P /= n” after"),
    (first_layer_last_sample_left_out, "“range(n)” in the place of"),
    (first_layer_sigmoids_for_softmax, "sigmoid of each score"),
]

ANSWERS = {
    "check_multiply_backward": MULTIPLY_BACKWARD,
    "check_tanh_backward": TANH_BACKWARD,
    "check_relu_backward": RELU_BACKWARD,
    "check_first_layer_gradient": FIRST_LAYER_GRADIENT,
}
for check, wrong in MORE.items():
    ANSWERS[check]["wrong"] += wrong
for check, right in RIGHT_TOO.items():
    ANSWERS[check]["right"] += right
