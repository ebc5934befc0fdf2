"""Backpropagation: numbers that remember what they were computed from, and the same thing for whole layers at once.

A `Value` is a node of a computational graph. Every operation below makes a new one and leaves with it the rule by
which a gradient goes back to its parents: the chain rule, in one line per operation. Lesson 06 builds this file.
Slides: Introduction to Machine Learning, "Backpropagation": use the loss to update the weights in backward order.
"""

import functools
import itertools

import numpy as np

from lessons_lib.maths import logistic_regression
from lessons_lib.maths.checks import check_backward_rule, check_classes, check_layers, check_number, overflow_is_quiet
from lessons_lib.maths.multiclass_classification import softmax


class Value:
    """A number that remembers its parents: a node of a computational graph.

    data     the number
    grad     ∂end/∂data after end.backward(); 0 before
    parents  the values it was computed from, a tuple; () for a number that was given
    rule     rule(upstream) -> a list with what each parent gets, where upstream = ∂end/∂data has arrived
    born     how many Values were made before it

    Values compute with + − * / **, exp, log, tanh, sigmoid and relu, and mix with plain numbers:
    (2 * Value(3) + 1).tanh(). Nothing warns when a number overflows: log 0 is −inf. TypeError for what is no number.
    """

    births = itertools.count()

    def __init__(self, data, parents=(), rule=lambda upstream: []):
        check_number(data)
        self.data, self.grad = np.float64(data), 0.0
        self.parents, self.rule = parents, rule
        self.born = next(Value.births)

    def __repr__(self):
        return f"Value(data={self.data:.6g}, grad={self.grad:.6g})"


def _mixes_with_numbers(operation):
    """Let plain numbers stand among an operation's Values, and nothing warn when a number overflows."""

    @functools.wraps(operation)
    def computed(*inputs):
        with np.errstate(all="ignore"):
            return operation(*(each if isinstance(each, Value) else Value(each) for each in inputs))

    return computed


@_mixes_with_numbers
def add(a, b):
    """a + b passes what arrives on to both."""
    return Value(a.data + b.data, (a, b), lambda upstream: [upstream, upstream])


@_mixes_with_numbers
def subtract(a, b):
    """a − b passes what arrives on, to b with the sign flipped."""
    return Value(a.data - b.data, (a, b), lambda upstream: [upstream, -upstream])


@_mixes_with_numbers
def multiply(a, b):
    """a · b sends to each what arrives times the other one."""
    return Value(a.data * b.data, (a, b), lambda upstream: [upstream * b.data, upstream * a.data])


@_mixes_with_numbers
def divide(a, b):
    """a / b sends upstream / b to a, and −upstream · output / b to b."""
    output = a.data / b.data
    return Value(output, (a, b), lambda upstream: [upstream / b.data, -upstream * output / b.data])


@_mixes_with_numbers
def power(a, b):
    """aᵇ sends upstream · b aᵇ⁻¹ to a, and upstream · output · log a to b."""
    output = a.data**b.data

    def rule(upstream):
        # Where a factor is 0 so is the slope, although the other factor may be infinite there: x⁰, and 0ᵏ in k.
        to_a = upstream * b.data * a.data ** (b.data - 1) if b.data else 0.0
        return [to_a, upstream * output * np.log(a.data) if output else 0.0]

    return Value(output, (a, b), rule)


@_mixes_with_numbers
def exp(z):
    """e^z; its slope is its output."""
    output = np.exp(z.data)
    return Value(output, (z,), lambda upstream: [upstream * output])


@_mixes_with_numbers
def log(z):
    """The natural logarithm, −inf at 0 and nan below; its slope is 1/z."""
    return Value(np.log(z.data), (z,), lambda upstream: [upstream / z.data])


def tanh_backward(upstream, output, z):
    """∂L/∂z = upstream · (1 − output²), where output = tanh z and upstream = ∂L/∂output.

    Three numbers -> a number.
    """
    return upstream * (1 - output**2)


@_mixes_with_numbers
def tanh(z):
    """tanh z, from −1 to 1."""
    output = np.tanh(z.data)
    return Value(output, (z,), lambda upstream: [tanh_backward(upstream, output, z.data)])


def relu_backward(upstream, output, z):
    """∂L/∂z = upstream where output > 0, else 0, where output = max(0, z) and upstream = ∂L/∂output.

    Three numbers -> a number.
    """
    return upstream if output > 0 else 0.0


@_mixes_with_numbers
def relu(z):
    """max(0, z); its slope at 0 is taken to be 0."""
    output = np.maximum(0, z.data)
    return Value(output, (z,), lambda upstream: [relu_backward(upstream, output, z.data)])


@_mixes_with_numbers
def sigmoid(z):
    """1 / (1 + e^−z), from 0 to 1; its slope is output (1 − output)."""
    output = logistic_regression.sigmoid(z.data)
    return Value(output, (z,), lambda upstream: [upstream * output * (1 - output)])


def graph(end):
    """Every node that a Value was computed from, each after its parents, itself last: the forward order.

    end: a Value -> list of Values. A node is made after its parents, so the order is that of birth.
    """
    nodes, waiting = set(), [end]
    while waiting:
        node = waiting.pop()
        if node not in nodes:
            nodes.add(node)
            waiting.extend(node.parents)
    return sorted(nodes, key=lambda node: node.born)


@overflow_is_quiet
def walk_back(end):
    """∂end/∂node = Σ over the uses of node of ∂end/∂output · ∂output/∂node, from the end to the beginning.

    end: a Value. Writes into grad. All gradients start from 0, so a second call gives the same again; a node that is
    used twice gets the sum of what both uses send. TypeError when a rule does not return one slope per parent.
    Slide "Backpropagation".
    """
    nodes = graph(end)
    for node in nodes:
        node.grad = 0.0
    end.grad = 1.0
    for node in reversed(nodes):
        slopes = node.rule(node.grad)
        check_backward_rule(slopes, len(node.parents))
        for parent, slope in zip(node.parents, slopes):
            parent.grad += slope


Value.__add__, Value.__sub__, Value.__mul__ = add, subtract, multiply
Value.__truediv__, Value.__pow__ = divide, power
Value.__radd__ = lambda self, other: add(other, self)
Value.__rsub__ = lambda self, other: subtract(other, self)
Value.__rmul__ = lambda self, other: multiply(other, self)
Value.__rtruediv__ = lambda self, other: divide(other, self)
Value.__rpow__ = lambda self, other: power(other, self)
Value.__neg__ = lambda self: multiply(self, -1)
Value.exp, Value.log, Value.tanh, Value.relu, Value.sigmoid = exp, log, tanh, relu, sigmoid
Value.backward = walk_back


@overflow_is_quiet
def two_layer_loss(W1, b1, W2, b2, X, y):
    """L = mean of −log p_y with P = softmax(A W₂ᵀ + b₂) and A = tanh(X W₁ᵀ + b₁), in nats.

    X (n, d), y (n,) of 0 … C−1, W1 (h, d), b1 (h,), W2 (C, h), b2 (C,) -> a number. ValueError for other shapes.
    """
    check_layers([(W1, b1), (W2, b2)], X)
    check_classes(X, y, len(W2))
    A = np.tanh(X @ W1.T + b1)
    S = A @ W2.T + b2
    S = S - S.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(len(y)), y])


@overflow_is_quiet
def two_layer_gradient(W1, b1, W2, b2, X, y):
    """∂L/∂W₁, ∂L/∂b₁, ∂L/∂W₂ and ∂L/∂b₂ of `two_layer_loss`, one line per operation, in backward order.

    Arguments as for `two_layer_loss` -> four arrays in the shapes of W1, b1, W2, b2. ValueError for other shapes.
    """
    check_layers([(W1, b1), (W2, b2)], X)
    check_classes(X, y, len(W2))
    A = np.tanh(X @ W1.T + b1)  # (n, h)
    P = softmax(A @ W2.T + b2)  # (n, C)
    dS = (P - np.eye(len(W2))[y]) / len(y)  # (n, C)
    dW2, db2 = dS.T @ A, dS.sum(axis=0)  # (C, h), (C,)
    dA = dS @ W2  # (n, h)
    dZ = dA * (1 - A**2)  # (n, h)
    dW1, db1 = dZ.T @ X, dZ.sum(axis=0)  # (h, d), (h,)
    return dW1, db1, dW2, db2
