"""Exercises of lesson 06: the backward rules of three operations, and the gradient of the first of two layers."""

import itertools

import numpy as np

from lessons_lib.exercises.checking import Exercise
from lessons_lib.maths.backpropagation import relu_backward, tanh_backward, two_layer_gradient
from lessons_lib.maths.logistic_regression import sigmoid
from lessons_lib.maths.multiclass_classification import softmax


def _numbers(function, n_inputs, seed):
    """Cases for a backward rule: (upstream, output, *inputs), by hand and at random; numpy's numbers, as in a graph."""
    names = ("upstream", "a", "b") if n_inputs == 2 else ("upstream", "z")
    by_hand = [(3, 2, 5), (3, 0, 5), (3, 2, 0)] if n_inputs == 2 else [(3, 0.5), (3, -0.5), (3, 0), (1.5, 0.2)]
    at_random = np.random.default_rng(seed).normal(size=(6, 1 + n_inputs))
    return [
        (", ".join(f"{name} = {number:.3g}" for name, number in zip(names, numbers)),
         (numbers[0], np.float64(function(*numbers[1:])), *numbers[1:]))
        for numbers in map(np.float64, [*by_hand, *at_random])
    ]  # fmt: skip


def multiply_backward(upstream, output, a, b):
    """∂L/∂a = upstream · b and ∂L/∂b = upstream · a, where output = a · b and upstream = ∂L/∂output.

    Four numbers -> (∂L/∂a, ∂L/∂b).
    """
    return upstream * b, upstream * a


# What somebody may send to one input: of (upstream, output, this input, the other one), where upstream · other is right.
_SENT = [
    (lambda g, o, own, other: g * own, "the slope of a · b in {own} is {other}, not {own}."),
    (lambda g, o, own, other: other, "the chain rule multiplies {other} with upstream."),
    (lambda g, o, own, other: own, "the slope is {other}, not {own}, and the chain rule multiplies it with upstream."),
    (lambda g, o, own, other: g, "the slope of a · b in {own} is {other}: multiply upstream with it."),
    (lambda g, o, own, other: g * o, "the slope of a · b in {own} is {other} alone, not the output a · b."),
    (lambda g, o, own, other: -g * other, "the sign is flipped, upstream · {other} without a minus."),
    (lambda g, o, own, other: g + other, "the chain rule multiplies, upstream · {other}; it does not add."),
    (lambda g, o, own, other: o * other, "it is upstream, what arrived, that is multiplied with {other}, and not the output."),
    (lambda g, o, own, other: g * other * other, "{other} counts twice: upstream · {other} is enough."),
    (lambda g, o, own, other: g * g * own, "upstream is in it twice, and {own}: was {other} overwritten by its gradient before? Other names, such as da and db, keep it."),
    (lambda g, o, own, other: 0.0, "0 is sent; the slope of a · b in {own} is {other}: upstream · {other}."),
]  # fmt: skip


def _sent_wrongly():
    """Right for one of the two inputs, wrong for the other."""
    for sent, words in _SENT:
        of_a, of_b = words.format(own="a", other="b"), words.format(own="b", other="a")
        yield (lambda g, o, a, b, sent=sent: (g * b, sent(g, o, b, a))), f"Right for a. For b: {of_b}"
        yield (lambda g, o, a, b, sent=sent: (sent(g, o, a, b), g * a)), f"Right for b. For a: {of_a}"


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
        (lambda upstream, output, a, b: upstream * a, "This is the gradient of b; return two numbers, that of a first."),
        (lambda upstream, output, a, b: upstream * b + upstream * a, "The two were added up; return two numbers, upstream * b and upstream * a, with a comma between."),
        (lambda upstream, output, a, b: (upstream * output / a, upstream * output / b), "output / a is b only where a is not 0, and 0/0 where it is: take b itself."),
        (lambda upstream, output, a, b: (upstream * output / b, upstream * output / a), "Swapped, and output / b is a only where b is not 0: send upstream · b to a."),
        (lambda upstream, output, a, b: upstream * output / a, "Return two numbers, one for a and one for b; and output / a is b only where a is not 0: take b itself."),
        (lambda upstream, output, a, b: (upstream / b, upstream / a), "Nothing is divided: upstream · b, not upstream / b."),
        (lambda upstream, output, a, b: (upstream - b, upstream - a), "The chain rule multiplies: upstream · b, not upstream − b."),
        (lambda upstream, output, a, b: (output / a, output / b), "output / a is b where a is not 0: take b itself; and the chain rule multiplies it with upstream."),
        (lambda upstream, output, a, b: (upstream * output, upstream), "The slope of a · b in a is b alone, and in b it is a: upstream · b, upstream · a."),
        (lambda upstream, output, a, b: (upstream * output * b, upstream * output * a), "The output is multiplied in, too: the slope of a · b in a is b, and upstream · b is all."),
        (lambda upstream, output, a, b: (output, output), "This is the output twice; send upstream · b to a, and upstream · a to b."),
        (lambda upstream, output, a, b: (output * a, output * b), "Two slips: the slope in a is b, and the chain rule multiplies with upstream, not with the output."),
        (lambda upstream, output, a, b: (-upstream * a, -upstream * b), "Two slips: the slope in a is b, the other input, and there is no minus sign."),
        (lambda upstream, output, a, b: (upstream * b, upstream * a, output), "Two numbers are asked for, one for each input: leave the output away."),
        (lambda upstream, output, a, b: (upstream, upstream * b, upstream * a), "Two numbers are asked for, one for each input: leave upstream away."),
        (lambda upstream, output, a, b: output, "This is the forward pass; backward returns two numbers, upstream · b and upstream · a."),
        (lambda upstream, output, a, b: (a + b, a + b), "The slope of a · b in a is b alone; and the chain rule multiplies it with upstream."),
        (lambda upstream, output, a, b: (upstream * (a + b), upstream * (a + b)), "The slope of a · b in a is b alone, not a + b."),
        (lambda upstream, output, a, b: ([upstream * b], [upstream * a]), "Two plain numbers, please: no brackets [ ] around each."),
        (lambda upstream, output, a, b: (upstream * b * b, upstream * a * a), "The other input counts twice: upstream · b, without a square."),
        (lambda upstream, output, a, b: (upstream * b + upstream * a, 0.0), "Both gradients went into the first: upstream · b is that of a, and upstream · a that of b."),
        (lambda upstream, output, a, b: (upstream * b, upstream * a) if a and b else (0.0, 0.0), "Where a or b is 0, 0 is sent to both: upstream · b is right for any a. (Without a division there is nothing to guard against.)"),
        *_sent_wrongly(),
    ],
)  # fmt: skip


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
        (lambda upstream, output, z: upstream * 1 - output**2, "upstream multiplies all of (1 − output²): mind the brackets."),
        (lambda upstream, output, z: upstream * (1 + output**2), "Look at the sign: the slope of tanh is 1 − output²."),
        (lambda upstream, output, z: upstream * output**2, "This is upstream · output²; the slope of tanh is 1 − output²."),
        (lambda upstream, output, z: 1 - (upstream * output) ** 2, "upstream multiplies the whole slope: upstream · (1 − output²)."),
        (lambda upstream, output, z: upstream * (1 - upstream**2), "The slope is 1 − output², from the output and not from upstream."),
        (lambda upstream, output, z: 1 - upstream**2, "The slope is 1 − output², from the output and not from upstream; then multiply it with upstream."),
        (lambda upstream, output, z: output * (1 - upstream**2), "upstream and output changed places: upstream · (1 − output²)."),
        (lambda upstream, output, z: upstream * (1 - 2 * output), "output * 2 is twice the output; its square is output ** 2."),
        (lambda upstream, output, z: -2 * output * upstream, "This is the slope of 1 − output²; multiply upstream with 1 − output² itself."),
        (lambda upstream, output, z: 2 * output * upstream, "This is the slope of output²; multiply upstream with 1 − output²."),
        (lambda upstream, output, z: upstream * (1 - np.tanh(z**2)), "The square is that of the output, not of z: 1 − output²."),
        (lambda upstream, output, z: upstream * (1 - output**3), "The square of the output, not its third power: 1 − output²."),
        (lambda upstream, output, z: upstream + (1 - output**2), "The chain rule multiplies: upstream · (1 − output²), not plus."),
        (lambda upstream, output, z: upstream / (1 - output**2), "The chain rule multiplies with the slope 1 − output²; this divides by it."),
        (lambda upstream, output, z: z * (1 - output**2), "The chain rule multiplies the slope with upstream, what arrived, and not with z."),
        (lambda upstream, output, z: output * (1 - output**2), "The chain rule multiplies the slope with upstream, what arrived, and not with the output."),
        (lambda upstream, output, z: upstream * output * (1 - output**2), "Right up to a factor: leave the output out in front, upstream · (1 − output²)."),
        (lambda upstream, output, z: upstream * (1 - output**2) * z, "Right up to a factor z: upstream · (1 − output²) is all."),
        (lambda upstream, output, z: upstream * (1 - output**2) ** 2, "One square too many: upstream · (1 − output²)."),
        (lambda upstream, output, z: upstream * np.sqrt(1 - output**2), "This has the root of the slope in it (1 / cosh z is one): upstream · (1 − output²)."),
        (lambda upstream, output, z: upstream**2 * (1 - output**2), "upstream counts twice: upstream · (1 − output²)."),
        (lambda upstream, output, z: upstream * (1 - abs(output)), "The square is missing: 1 − output², not 1 − |output|."),
        (lambda upstream, output, z: upstream * (1 - z), "The square is missing, and it is that of the output: 1 − output², not 1 − z."),
        (lambda upstream, output, z: upstream * (1 - output * z), "The square of the output: 1 − output · output, not 1 − output · z."),
        (lambda upstream, output, z: upstream * z * (1 - z), "This is the slope of the sigmoid, with z; that of tanh is 1 − output²."),
        (lambda upstream, output, z: output * (1 - output), "Two slips: the slope of tanh is 1 − output², and the chain rule multiplies it with upstream."),
        (lambda upstream, output, z: upstream * z, "This is upstream times z; take the slope of tanh, 1 − output²."),
        (lambda upstream, output, z: upstream if output > 0 else 0.0, "This is the rule of relu; that of tanh is upstream · (1 − output²)."),
        (lambda upstream, output, z: output**2, "This is output²; the slope of tanh is 1 − output², and the chain rule multiplies it with upstream."),
        (lambda upstream, output, z: output**2 - 1, "Two slips: the slope of tanh is 1 − output², and the chain rule multiplies it with upstream."),
        (lambda upstream, output, z: 1 - output, "Two slips: the square is missing, 1 − output², and the chain rule multiplies it with upstream."),
        (lambda upstream, output, z: (upstream, 1 - output**2), "The two are handed back apart: multiply them, upstream · (1 − output²)."),
        (lambda upstream, output, z: upstream / (1 + z**2), "This is the slope of arctan; that of tanh is 1 − output²."),
        (lambda upstream, output, z: upstream / np.cos(z) ** 2, "This is the slope of tan; that of tanh is 1 − output²."),
        (lambda upstream, output, z: upstream / np.sinh(z) ** 2, "The slope of tanh is 1 / cosh² z, which is 1 − output², and not 1 / sinh² z."),
        (lambda upstream, output, z: upstream * (1 - z) ** 2, "Two slips: the square is that of the output, and it belongs to the output alone: 1 − output²."),
        (lambda upstream, output, z: upstream * (1 - np.tan(z) ** 2), "np.tanh, not np.tan; and tanh z is the output already: upstream · (1 − output²)."),
    ],
    spare=("output", "z"),
)  # fmt: skip


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
        (lambda upstream, output, z: upstream * output / z, "output / z is 1 or 0 only where z is not 0, and 0/0 where it is: ask whether the output is above 0."),
        (lambda upstream, output, z: upstream if z < 0 else 0.0, "The other way round: upstream passes where z is above 0, not below."),
        (lambda upstream, output, z: upstream if z > 0 else -upstream, "Below 0, and at 0, relu is flat: 0, not −upstream."),
        (lambda upstream, output, z: upstream * abs(np.sign(z)), "Below 0 relu is flat: the slope is 0 there, not 1."),
        (lambda upstream, output, z: upstream * min(1.0, output), "The slope above 0 is 1, also where z is small: not z up to 1."),
        (lambda upstream, output, z: upstream * min(1.0, np.exp(z)) if z else 0.0, "Below 0 relu is flat: 0, not upstream · e^z."),
        (lambda upstream, output, z: z if upstream > 0 else 0.0, "upstream and z changed places: upstream passes where z is above 0."),
        (lambda upstream, output, z: 0.0 if z > 0 else 1.0, "Two slips: the slope is 1 above 0 and 0 elsewhere, and the chain rule multiplies it with upstream."),
        (lambda upstream, output, z: upstream * np.sign(z), "Below 0 relu is flat: the slope is 0 there, not −1."),
        (lambda upstream, output, z: upstream if z > 0 else 0.01 * upstream, "Below 0, and at 0, relu is flat: nothing is handed back, not a small part (that would be a leaky relu)."),
        (lambda upstream, output, z: upstream if z > 0 else 1.0, "Below 0, and at 0, relu is flat: 0, not 1."),
        (lambda upstream, output, z: upstream if z > 0 else z, "Below 0 relu is flat: 0, not z."),
        (lambda upstream, output, z: upstream if output > 1 else 0.0, "The bend is at 0: upstream passes wherever the output is above 0, also where it is small."),
        (lambda upstream, output, z: upstream if z > -1 else 0.0, "The bend is at 0: upstream passes where z is above 0, not above −1."),
        (lambda upstream, output, z: 0.0, "0 everywhere: above 0 relu hands upstream back unchanged."),
        (lambda upstream, output, z: -upstream if output > 0 else 0.0, "The sign is flipped: where the output is above 0, upstream passes as it is."),
        (lambda upstream, output, z: abs(upstream) if output > 0 else 0.0, "No absolute value: where the output is above 0, upstream passes with its sign."),
        (lambda upstream, output, z: max(0.0, upstream) if output > 0 else 0.0, "It is the output alone that decides: a negative upstream passes, too, where the output is above 0."),
        (lambda upstream, output, z: upstream if output > 0 or upstream > 0 else 0.0, "It is the output alone that decides; upstream has no say in it."),
        (lambda upstream, output, z: max(0.0, upstream * z), "The slope is 1 or 0: upstream where the output is above 0, not upstream · z."),
        (lambda upstream, output, z: upstream if upstream * z > 0 else 0.0, "It is the output that decides, and not whether upstream and z have the same sign."),
        (lambda upstream, output, z: min(upstream, output), "The smaller of the two says nothing: upstream passes where the output is above 0, else 0."),
        (lambda upstream, output, z: max(upstream, output), "The larger of the two says nothing: upstream passes where the output is above 0, else 0."),
        (lambda upstream, output, z: upstream / (1 + np.exp(-z)), "The slope is 1 or 0, without a soft step between: upstream where the output is above 0, else 0."),
        (lambda upstream, output, z: upstream / 2, "The slope is 1 above 0, and 0 below, not one half everywhere."),
        (lambda upstream, output, z: upstream * (1 - output**2), "This is the rule of tanh; relu hands back upstream where the output is above 0, else 0."),
        (lambda upstream, output, z: upstream * output * (1 - output), "This is the rule of the sigmoid; relu hands back upstream where the output is above 0, else 0."),
        (lambda upstream, output, z: upstream + (1 if output > 0 else 0), "The chain rule multiplies upstream with the slope, 1 or 0; it does not add."),
        (lambda upstream, output, z: upstream + output, "The chain rule multiplies upstream with the slope, 1 or 0."),
        (lambda upstream, output, z: upstream - output, "The chain rule multiplies upstream with the slope, 1 or 0; nothing is subtracted."),
        (lambda upstream, output, z: 1.0 if output >= 0 else 0.0, "Two slips: relu is flat below 0 (the output is never negative), and the chain rule multiplies its slope with upstream."),
        (lambda upstream, output, z: 1.0 if z >= 0 else 0.0, "This is the slope of relu alone, the chain rule multiplies it with upstream; and at exactly 0 we take slope 0."),
        (lambda upstream, output, z: z, "This is z; backward lets upstream through where the output is above 0."),
        (lambda upstream, output, z: 0.5 * upstream if z == 0 else upstream if z > 0 else 0.0, "At exactly 0 we take slope 0, not one half."),
    ],
    spare=("output", "z"),
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


def _one_hot(W2, y):
    return np.eye(len(W2))[y]


def _whole_columns(P, W2, y):
    P = P.copy()
    P[:, y] -= 1
    return P


# What may go wrong in each of four lines: the line as somebody writes it, and what is said of it. The first is right.
_SCORES = [
    (lambda P, W2, y: P - _one_hot(W2, y), ""),
    (lambda P, W2, y: P, "The truth is missing: subtract 1 in the column of each true class."),
    (lambda P, W2, y: _one_hot(W2, y) - P, "The sign is flipped: dS is P − Y, not Y − P (and the slope of tanh 1 - A**2, not A**2 - 1)."),
    (_whole_columns, "P[:, y] takes whole columns: P[np.arange(n), y] takes one number per row."),
    (lambda P, W2, y: P - y[:, None], "y holds the numbers of the classes: subtract a row with 1 in its place for each, np.eye(C)[y]."),
    (lambda P, W2, y: P - np.eye(len(W2))[y - 1], "The classes count from 0: the column of sample i is y[i], not y[i] − 1."),
    (lambda P, W2, y: np.eye(len(W2))[P.argmax(axis=1)] - _one_hot(W2, y), "P needs to be the probabilities themselves, not 0 and 1 for the likeliest class."),
    (lambda P, W2, y: np.where(_one_hot(W2, y) == 1, P - 1, 0), "Every class has a slope, not the true one alone: dS is P, with 1 subtracted in the column of the truth."),
    (lambda P, W2, y: (P - _one_hot(W2, y)) * P * (1 - P), "Softmax and cross entropy together have the slope P − Y: no P (1 − P) on top of it."),
    (lambda P, W2, y: P * (1 - P), "The slope in the scores is P − Y, with 1 subtracted in the column of each true class, not P (1 − P)."),
    (lambda P, W2, y: -_one_hot(W2, y) / P, "This is the slope in P; in the scores, with the softmax, it is P − Y."),
    (lambda P, W2, y: (P - _one_hot(W2, y)) ** 2, "The slope in the scores is P − Y, without a square."),
    (lambda P, W2, y: np.log(P) - _one_hot(W2, y), "The slope in the scores is P − Y, without a log."),
    (lambda P, W2, y: P - 1, "1 is subtracted in every column: only in that of the true class, P − np.eye(C)[y]."),
    (lambda P, W2, y: P - np.isin(np.arange(len(P)), y)[:, None], "dS[y] takes whole rows, numbered like the classes: dS[np.arange(n), y] takes one number per row."),
    (lambda P, W2, y: P - len(y) * _one_hot(W2, y), "Only P was divided by n: subtract the 1 first, then divide all of it by n."),
    (lambda P, W2, y: len(y) * P - _one_hot(W2, y), "Only the 1 was divided by n: subtract it first, then divide all of it by n."),
    (lambda P, W2, y: (P - _one_hot(W2, y)).mean(axis=0) * len(y), "The samples were averaged too early: dS keeps a row for each, and dZ.T @ X adds them up."),
]  # fmt: skip
_SHARES = [
    (lambda n, C: n, ""),
    (lambda n, C: n**2, "Divided by n twice: the mean is in dS already."),
    (lambda n, C: 1, "The mean is forgotten: divide dS by n."),
    (lambda n, C: C, "The mean is over the n samples: divide dS by n, not by the number of classes."),
    (lambda n, C: n * C, "The mean is over the n samples: divide dS by n, not by n times the number of classes."),
    (lambda n, C: n / 2, "Twice too large: dS is (P − Y) / n, without a 2 in front."),
    (lambda n, C: 2 * n, "Half of what it should be: dS is (P − Y) / n, without a 2 below."),
]
_BACK = [
    (lambda dS, W1, W2: dS @ W2, ""),
    (lambda dS, W1, W2: dS, "Between dS and dA lies W2: dA = dS @ W2."),
    (lambda dS, W1, W2: dS @ W2.T, "dA is dS @ W2, without a transpose: (n, C) times (C, h)."),
]
_SLOPES = [
    (lambda A, Z: 1 - A**2, ""),
    (lambda A, Z: 1, "The slope of tanh is missing: dZ = dA * (1 - A**2)."),
    (lambda A, Z: A * (1 - A), "This is the slope of the sigmoid; that of tanh is 1 - A**2."),
    (lambda A, Z: 1 - Z**2, "The slope of tanh is 1 - A**2, from the output A and not from what goes in."),
    (lambda A, Z: (1 - A) ** 2, "1 - A**2, not (1 - A)**2: the square belongs to A alone."),
    (lambda A, Z: 1 - A, "The square is missing: the slope of tanh is 1 - A**2."),
    (lambda A, Z: 1 + A**2, "A sign: the slope of tanh is 1 - A**2, not 1 + A**2."),
    (lambda A, Z: A**2, "The slope of tanh is 1 - A**2, not A**2."),
    (lambda A, Z: A, "The slope of tanh is 1 - A**2, not A."),
    (lambda A, Z: (1 - A**2) ** 2, "The slope of tanh counts twice: dZ = dA * (1 - A**2), once."),
    (lambda A, Z: 1 - np.tanh(A) ** 2, "A is tanh already: 1 - A**2, without another tanh."),
    (lambda A, Z: 1 - 2 * A, "A * 2 is twice A; the square is A**2: 1 - A**2."),
    (lambda A, Z: (A > 0) * 1.0, "This is the slope of ReLU; that of tanh is 1 - A**2."),
]  # fmt: skip


def _with(probabilities=softmax, scores=_SCORES[0][0], share=_SHARES[0][0], back=_BACK[0][0], slope=_SLOPES[0][0]):
    """The gradient of the first layer with some of its lines written in another way."""

    def written(W1, b1, W2, b2, X, y):
        Z = X @ W1.T + b1
        A = np.tanh(Z)
        dS = scores(probabilities(A @ W2.T + b2), W2, y) / share(len(y), len(W2))
        return (back(dS, W1, W2) * slope(A, Z)).T @ X

    return written


def _slips():
    """One line of the four gone wrong, then the commonest pairs of two, with what is said of each."""
    lines = {"scores": _SCORES, "share": _SHARES, "back": _BACK, "slope": _SLOPES}
    for line, ways in lines.items():
        for way, words in ways[1:]:
            yield _with(**{line: way}), words
    for one, other in itertools.combinations(lines, 2):
        for (way, words), (other_way, other_words) in itertools.product(lines[one][1:6], lines[other][1:6]):
            yield _with(**{one: way, other: other_way}), f"Two slips. {words} {other_words}"


def without_slope(W1, b1, W2, b2, X, y):
    """The gradient of the first layer by someone who forgot the slope of tanh: a bug that runs without a complaint.

    Arguments and shape as for `first_layer_gradient`.
    """
    return _with(slope=lambda A, Z: 1)(W1, b1, W2, b2, X, y)


def _up_to(W1, b1, W2, b2, X, y):
    """(dS, dA, dZ, A, P): what lies on the way."""
    A = np.tanh(X @ W1.T + b1)
    P = softmax(A @ W2.T + b2)
    dS = (P - _one_hot(W2, y)) / len(y)
    return dS, dS @ W2, dS @ W2 * (1 - A**2), A, P


def _first_sample(W1, b1, W2, b2, X, y):
    return first_layer_gradient(W1, b1, W2, b2, X[:1], y[:1])


def _sigmoid_network(W1, b1, W2, b2, X, y):
    A = sigmoid(X @ W1.T + b1)
    dS = (softmax(A @ W2.T + b2) - _one_hot(W2, y)) / len(y)
    return (dS @ W2 * A * (1 - A)).T @ X


_PROBABILITIES = [
    (lambda S: np.exp(S) / np.exp(S).sum(), "The whole table P sums to 1: each row needs to, E / E.sum(axis=1, keepdims=True)."),
    (lambda S: np.exp(S) / np.exp(S).sum(axis=0), "The columns of P sum to 1: each row needs to, E / E.sum(axis=1, keepdims=True)."),
    (sigmoid, "P is a sigmoid of each score here: the classes share their probability, P = softmax(S)."),
    (np.exp, "P is e to the scores here: each row needs to be divided by its sum, P = softmax(S)."),
]  # fmt: skip


def _relu_network(W1, b1, W2, b2, X, y):
    A = np.maximum(X @ W1.T + b1, 0)
    dS = (softmax(A @ W2.T + b2) - _one_hot(W2, y)) / len(y)
    return (dS @ W2 * (A > 0)).T @ X


def _decayed(rate):
    words = f"{rate} times W1 is added, as weight decay does; the gradient of the loss alone is asked for."
    return lambda W1, *given: first_layer_gradient(W1, *given) + rate * W1, words


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
        (lambda *given: first_layer_gradient(*given).T, "Transposed: the gradient needs the shape of W1, (h, d)."),
        (lambda *given: two_layer_gradient(*given)[2], "This is the gradient of W2: go on backward, through tanh, to W1."),
        (lambda *given: 0 * given[0], "0 everywhere: the rows of dS sum to 0, so between dS and dA lies W2, dA = dS @ W2."),
        (lambda *given: two_layer_gradient(*given)[1], "This is the gradient of b1, a sum over the samples; that of W1 is dZ.T @ X."),
        (lambda *given: two_layer_gradient(*given)[3], "This is the gradient of b2: go on backward, through W2 and tanh, to W1."),
        (lambda W1, *given: W1 - first_layer_gradient(W1, *given), "This is W1 after a step; the gradient alone is asked for."),
        (lambda W1, *given: W1 - 0.5 * first_layer_gradient(W1, *given), "This is W1 after a step with a learning rate of 0.5; the gradient alone is asked for."),
        (lambda W1, *given: W1 - 0.01 * first_layer_gradient(W1, *given), "This is W1 after a step with a learning rate of 0.01; the gradient alone is asked for."),
        (lambda W1, *given: W1 - 0.1 * first_layer_gradient(W1, *given), "This is W1 after a step with a learning rate; the gradient alone is asked for."),
        (lambda *given: _up_to(*given)[0], "This is dS, the slope in the scores: go on backward, through W2 and tanh, to W1."),
        (lambda *given: _up_to(*given)[1], "This is dA: go on with the slope of tanh, dZ = dA * (1 - A**2), and return dZ.T @ X."),
        (lambda *given: _up_to(*given)[2], "This is dZ: one step is left, dZ.T @ X."),
        (lambda *given: _up_to(*given)[2].T @ _up_to(*given)[3], "The last factor is X, what goes into the first layer, not A: dZ.T @ X."),
        (lambda *given: _up_to(*given)[1].T @ _up_to(*given)[3], "Go on from dA with the slope of tanh, and the last factor is X: dZ.T @ X."),
        (lambda *given: _up_to(*given)[3], "This is A, the forward pass: go on backward from dS, to dA, dZ and dW1."),
        (lambda *given: _up_to(*given)[4], "This is P, the forward pass: go on backward from dS, to dA, dZ and dW1."),
        (lambda *given: _first_sample(*given), "Only the first sample counts here: is the return inside the loop? Add up over all n, and divide by n."),
        (_sigmoid_network, "This is right for hidden units with the sigmoid; here they have tanh: A = np.tanh(X @ W1.T + b1), and 1 - A**2."),
        (_relu_network, "This is right for hidden units with ReLU; here they have tanh: A = np.tanh(X @ W1.T + b1), and 1 - A**2."),
        *((_with(probabilities=way), words) for way, words in _PROBABILITIES),
        *(_decayed(rate) for rate in (1, 0.1, 0.01, 0.001)),
        *_slips(),
    ],
)  # fmt: skip
