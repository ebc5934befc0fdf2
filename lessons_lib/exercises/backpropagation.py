"""Exercises of lesson 06: the backward rules of three operations, and the gradient of the first of two layers."""

import numpy as np

from lessons_lib.exercises.checking import Exercise
from lessons_lib.maths.backpropagation import two_layer_gradient
from lessons_lib.maths.multiclass_classification import softmax


def _numbers(function, n_inputs, seed):
    """Cases for a backward rule: (upstream, output, *inputs), by hand and at random."""
    letters = "ab" if n_inputs == 2 else "z"
    rng = np.random.default_rng(seed)
    by_hand = [(3.0, *inputs) for inputs in ([(2.0, 5.0)] if n_inputs == 2 else [(0.5,), (-0.5,), (0.0,)])]
    at_random = [tuple(rng.normal(size=1 + n_inputs).tolist()) for _ in range(6)]
    return [
        (", ".join(f"{name} = {each:.3g}" for name, each in zip(("upstream", *letters), (upstream, *inputs))),
         (upstream, float(function(*inputs)), *inputs))
        for upstream, *inputs in by_hand + at_random
    ]  # fmt: skip


def multiply_backward(upstream, output, a, b):
    """∂L/∂a = upstream · b and ∂L/∂b = upstream · a, where output = a · b and upstream = ∂L/∂output.

    Four numbers -> (∂L/∂a, ∂L/∂b).
    """
    return upstream * b, upstream * a


check_multiply_backward = Exercise(
    multiply_backward,
    _numbers(lambda a, b: a * b, 2, 1),
    hints=[
        "Nudge a by a little: by how many times as much does a · b change? That is the slope in a.",
        "The slope of a · b in a is b, and in b it is a. The chain rule multiplies each with upstream.",
        "return upstream * b, upstream * a",
    ],
    mistakes=[
        (lambda upstream, output, a, b: (upstream * a, upstream * b), "Swapped: the slope in a is b, the other input."),
        (lambda upstream, output, a, b: (b, a), "These are the slopes of a · b alone: the chain rule multiplies each with upstream."),
        (lambda upstream, output, a, b: (a, b), "Two slips: the slope in a is b, and the chain rule multiplies with upstream."),
        (lambda upstream, output, a, b: (upstream, upstream), "This is the rule of +: × sends each input the gradient times the other input."),
        (lambda upstream, output, a, b: upstream * output, "Return two numbers: one for a and one for b."),
        (lambda upstream, output, a, b: (upstream * output, upstream * output), "The output is a · b; the slope in a is b alone."),
        (lambda upstream, output, a, b: (upstream / a, upstream / b), "Nothing is divided: the slope of a · b in a is b, so a gets upstream · b."),
        (lambda upstream, output, a, b: (-upstream * b, -upstream * a), "The sign is flipped: the slope of a · b in a is b, not −b."),
        (lambda upstream, output, a, b: (output * b, output * a), "The chain rule multiplies with upstream, what arrived, and not with the output."),
        (lambda upstream, output, a, b: (upstream + b, upstream + a), "The chain rule multiplies: upstream · b, not upstream + b."),
        (lambda upstream, output, a, b: upstream * b, "This is the gradient of a; return two numbers, that of b as well."),
    ],
)  # fmt: skip


def tanh_backward(upstream, output, z):
    """∂L/∂z = upstream · (1 − output²), where output = tanh z and upstream = ∂L/∂output.

    Three numbers -> a number.
    """
    return upstream * (1 - output**2)


check_tanh_backward = Exercise(
    tanh_backward,
    _numbers(np.tanh, 1, 2),
    hints=[
        "The slope of tanh is 1 − tanh². You need not compute tanh again: it is the output.",
        "The chain rule multiplies: upstream times the slope.",
        "return upstream * (1 - output**2)",
    ],
    mistakes=[
        (lambda upstream, output, z: 1 - output**2, "This is the slope of tanh alone: the chain rule multiplies it with upstream."),
        (lambda upstream, output, z: upstream * (1 - z**2), "The slope is 1 − output², the square of tanh z, not of z."),
        (lambda upstream, output, z: upstream * output * (1 - output), "This is the slope of the sigmoid; that of tanh is 1 − output²."),
        (lambda upstream, output, z: 1 - z**2, "Two slips: the slope is 1 − output², the square of tanh z and not of z, and the chain rule multiplies it with upstream."),
        (lambda upstream, output, z: upstream * (1 - output) ** 2, "The square belongs to output alone: 1 − output²."),
        (lambda upstream, output, z: upstream * (1 - output), "The square is missing: 1 − output²."),
        (lambda upstream, output, z: upstream * (1 - np.tanh(output) ** 2), "The output is tanh z already: square it as it is."),
        (lambda upstream, output, z: upstream * output, "This is upstream times the output; take the slope of tanh, 1 − output²."),
        (lambda upstream, output, z: upstream, "This is the gradient unchanged: multiply with the slope of tanh, 1 − output²."),
        (lambda upstream, output, z: upstream * (output**2 - 1), "The sign is flipped: tanh climbs, so its slope 1 − output² is positive."),
        (lambda upstream, output, z: np.tanh(z), "This is the forward pass; backward multiplies upstream with 1 − output²."),
    ],
)  # fmt: skip


def relu_backward(upstream, output, z):
    """∂L/∂z = upstream where output > 0, else 0, where output = max(0, z) and upstream = ∂L/∂output.

    Three numbers -> a number.
    """
    return upstream if output > 0 else 0.0


check_relu_backward = Exercise(
    relu_backward,
    _numbers(lambda z: max(0.0, z), 1, 3),
    hints=[
        "Above 0 relu hands its input through: which slope is that? Below 0 it is flat: and which is that?",
        "Slope 1 where the output is above 0, else 0; times upstream.",
        "return upstream if output > 0 else 0.0",
    ],
    mistakes=[
        (lambda upstream, output, z: 1.0 if output > 0 else 0.0, "This is the slope of relu alone: the chain rule multiplies it with upstream."),
        (lambda upstream, output, z: upstream, "relu is flat below 0: there nothing is handed back (output >= 0 is always true: output is never negative)."),
        (lambda upstream, output, z: upstream * output, "The slope above 0 is 1, not the output."),
        (lambda upstream, output, z: max(0.0, upstream), "It is the output that decides, not upstream: a negative gradient passes where the output is above 0."),
        (lambda upstream, output, z: max(0.0, z), "This is the forward pass; backward lets upstream through where the output is above 0."),
        (lambda upstream, output, z: upstream if z >= 0 else 0.0, "At exactly 0 we take slope 0: z > 0, not z >= 0."),
        (lambda upstream, output, z: upstream if output <= 0 else 0.0, "The other way round: upstream passes where the output is above 0."),
        (lambda upstream, output, z: upstream * z, "The slope is 1 or 0, not z."),
    ],
)  # fmt: skip


def first_layer_gradient(W1, b1, W2, b2, X, y):
    """∂L/∂W₁ of a network with one hidden layer of tanh and softmax cross entropy.

    W1 (h, d), b1 (h,), W2 (C, h), b2 (C,), X (n, d), y (n,) of 0 … C−1 -> (h, d), the shape of W1.
    """
    A = np.tanh(X @ W1.T + b1)  # (n, h)
    P = softmax(A @ W2.T + b2)  # (n, C)
    dS = (P - np.eye(len(W2))[y]) / len(y)  # (n, C)
    dA = dS @ W2  # (n, h)
    dZ = dA * (1 - A**2)  # (n, h)
    return dZ.T @ X  # (h, d)


def _with(truth=1, shares=1, hand_back=True, slope=lambda A, Z: 1 - A**2):
    """The gradient of the first layer with one of its lines spoiled."""

    def wrong(W1, b1, W2, b2, X, y):
        Z = X @ W1.T + b1
        A = np.tanh(Z)
        dS = softmax(A @ W2.T + b2) - truth * np.eye(len(W2))[y]
        dS = dS / len(y) ** shares
        dA = dS @ W2 if hand_back else np.repeat(dS.sum(axis=1, keepdims=True), len(W1), axis=1)
        return (dA * slope(A, Z)).T @ X

    return wrong


def _whole_columns(W1, b1, W2, b2, X, y):
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    P[:, y] -= 1
    return (P / len(y) @ W2 * (1 - A**2)).T @ X


def without_slope(W1, b1, W2, b2, X, y):
    """The gradient of the first layer by someone who forgot the slope of tanh: a bug that runs without a complaint.

    Arguments and shape as for `first_layer_gradient`.
    """
    return _with(slope=lambda A, Z: 1)(W1, b1, W2, b2, X, y)


def _networks():
    rng = np.random.default_rng(4)
    cases = []
    for n, d, h, C in ((4, 2, 3, 2), (6, 3, 4, 3), (5, 3, 3, 3), (3, 4, 2, 5)):
        parts = [rng.normal(size=shape) for shape in ((h, d), (h,), (C, h), (C,), (n, d))]
        cases.append((f"n = {n}, d = {d}, h = {h}, C = {C}", (*parts, rng.integers(0, C, size=n))))
    return cases


check_first_layer_gradient = Exercise(
    first_layer_gradient,
    _networks(),
    hints=[
        "Walk backward and let the shapes guide you: dS (n, C), dA (n, h), dZ (n, h), dW1 (h, d).",
        "dS is P with 1 subtracted in the column of each true class, divided by n (lesson 04): np.eye(C)[y] has a row per sample, with 1 in the true class's column.",
        "dA = dS @ W2, then dZ = dA * (1 - A**2), the rule of tanh for all at once.",
        "return dZ.T @ X",
    ],
    mistakes=[
        (without_slope, "The slope of tanh is missing: dZ = dA * (1 - A**2)."),
        (_with(shares=2), "Divided by n twice: the mean is in dS already."),
        (_with(shares=0), "The mean is forgotten: divide dS by n."),
        (_with(shares=0, slope=lambda A, Z: 1), "Two slips: divide dS by n, and multiply dA with the slope of tanh, 1 - A**2."),
        (_whole_columns, "P[:, y] takes whole columns: P[np.arange(n), y] takes one number per row."),
        (_with(truth=0), "The truth is missing: subtract 1 in the column of each true class."),
        (lambda *given: -first_layer_gradient(*given), "The sign is flipped: dS is P − Y, not Y − P."),
        (lambda *given: first_layer_gradient(*given).T, "Transposed: the gradient needs the shape of W1, (h, d)."),
        (_with(slope=lambda A, Z: A * (1 - A)), "This is the slope of the sigmoid; that of tanh is 1 - A**2."),
        (_with(slope=lambda A, Z: 1 - Z**2), "The slope of tanh is 1 - A**2, from the output A and not from what goes in."),
        (_with(slope=lambda A, Z: (1 - A) ** 2), "1 - A**2, not (1 - A)**2: the square belongs to A alone."),
        (_with(slope=lambda A, Z: 1 - A), "The square is missing: the slope of tanh is 1 - A**2."),
        (_with(hand_back=False), "Between dS and dA lies W2: dA = dS @ W2."),
        (lambda *given: two_layer_gradient(*given)[2], "This is the gradient of W2: go on backward, through tanh, to W1."),
    ],
)  # fmt: skip
