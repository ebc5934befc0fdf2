"""Backpropagation: a graph of numbers that knows its own slopes, and the same thing for whole layers at once.

A `Value` is a node of a computational graph. FORWARD says what each operation computes, BACKWARD how it hands a
gradient back to its inputs: the chain rule, in one line per operation.
Slides: Introduction to Machine Learning, "Backpropagation": use the loss to update the weights in backward order.
"""

import numpy as np

from lessons_lib.maths.checks import check_backward_rule, check_classes, check_layers, check_number, overflow_is_quiet
from lessons_lib.maths.logistic_regression import sigmoid
from lessons_lib.maths.multiclass_classification import softmax
from lessons_lib.maths.neural_networks import relu, tanh

FORWARD = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "**": np.power,
    "exp": np.exp,
    "log": np.log,
    "tanh": tanh,
    "sigmoid": sigmoid,
    "relu": relu,
}

# rule(upstream, output, *inputs) -> the slope for each input, where upstream = ∂L/∂output has arrived from above.
BACKWARD = {
    "+": lambda upstream, output, a, b: (upstream, upstream),
    "-": lambda upstream, output, a, b: (upstream, -upstream),
    "*": lambda upstream, output, a, b: (upstream * b, upstream * a),
    "/": lambda upstream, output, a, b: (upstream / b, -upstream * output / b),
    # Where a factor is 0 so is the slope, although the other factor may be infinite there: x⁰, and 0ᵏ in k.
    "**": lambda upstream, output, a, b: (
        upstream * b * a ** (b - 1) if b else 0.0,
        upstream * output * np.log(a) if output else 0.0,
    ),
    "exp": lambda upstream, output, a: upstream * output,
    "log": lambda upstream, output, a: upstream / a,
    "tanh": lambda upstream, output, a: upstream * (1 - output**2),
    "sigmoid": lambda upstream, output, a: upstream * output * (1 - output),
    "relu": lambda upstream, output, a: upstream if output > 0 else 0.0,
}


class Value:
    """A number that remembers how it was computed: a node of a computational graph.

    data       the number, a float
    grad       ∂end/∂data after end.backward(); 0 before
    operation  what computed it, a key of FORWARD; "" for a number that was given
    inputs     the values it was computed from, a tuple

    Values and plain numbers mix: (2 * Value(3) + 1).tanh(). Nothing warns when a number overflows: log 0 is −inf.
    TypeError for what is not a number.
    """

    def __init__(self, data, operation="", inputs=()):
        check_number(data)
        self.data, self.grad = float(data), 0.0
        self.operation, self.inputs = operation, inputs

    def backward(self, rules=BACKWARD):
        """Write ∂self/∂node into the grad of every node that self was computed from; see `backward`."""
        backward(self, rules)

    def __repr__(self):
        return f"Value(data={self.data:.6g}, grad={self.grad:.6g})"

    def __array_ufunc__(self, function, method, *inputs, **others):
        """What numpy calls for np.tanh(value), which is value.tanh(), and for np.float64(2) * value."""
        names = {each: operation for operation, each in FORWARD.items()} | {np.tanh: "tanh"}
        return _computed(names[function], *inputs) if method == "__call__" and function in names else NotImplemented

    def __add__(self, other):
        return _computed("+", self, other)

    def __radd__(self, other):
        return _computed("+", other, self)

    def __sub__(self, other):
        return _computed("-", self, other)

    def __rsub__(self, other):
        return _computed("-", other, self)

    def __mul__(self, other):
        return _computed("*", self, other)

    def __rmul__(self, other):
        return _computed("*", other, self)

    def __truediv__(self, other):
        return _computed("/", self, other)

    def __rtruediv__(self, other):
        return _computed("/", other, self)

    def __pow__(self, other):
        return _computed("**", self, other)

    def __rpow__(self, other):
        return _computed("**", other, self)

    def __neg__(self):
        return _computed("*", self, -1)

    def exp(self):
        """e^self."""
        return _computed("exp", self)

    def log(self):
        """The natural logarithm; −inf at 0, nan below."""
        return _computed("log", self)

    def tanh(self):
        """From −1 to 1."""
        return _computed("tanh", self)

    def sigmoid(self):
        """1 / (1 + e^−self), from 0 to 1."""
        return _computed("sigmoid", self)

    def relu(self):
        """max(0, self); its slope at 0 is taken to be 0."""
        return _computed("relu", self)


@overflow_is_quiet
def _computed(operation, *inputs):
    inputs = tuple(each if isinstance(each, Value) else Value(each) for each in inputs)
    return Value(FORWARD[operation](*(np.float64(each.data) for each in inputs)), operation, inputs)


def graph(end):
    """Every node that a Value was computed from, each after its inputs, itself last: the forward order.

    end: a Value -> list of Values. It calls no function within itself, so a graph may be thousands of nodes deep.
    """
    order, seen, waiting = [], set(), [(end, False)]
    while waiting:
        node, inputs_are_in = waiting.pop()
        if inputs_are_in:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            waiting.append((node, True))
            waiting.extend((each, False) for each in reversed(node.inputs))
    return order


@overflow_is_quiet
def backward(end, rules=BACKWARD, n_operations=None):
    """∂end/∂node = Σ over the uses of node of ∂end/∂output · ∂output/∂node, from the end to the beginning.

    end: a Value; rules: a rule per operation, as BACKWARD; n_operations: stop after so many (None: all of them).
    Writes into grad. All gradients start from 0, so a second call gives the same again; a node that is used twice
    gets the sum of what both uses send. TypeError when a rule does not return one number per input.
    Slide "Backpropagation".
    """
    nodes = graph(end)
    for node in nodes:
        node.grad = 0.0
    end.grad = 1.0
    computed = [node for node in reversed(nodes) if node.operation]
    for node in computed[:n_operations]:
        numbers = [np.float64(each.data) for each in node.inputs]
        slopes = rules[node.operation](np.float64(node.grad), np.float64(node.data), *numbers)
        check_backward_rule(slopes, node.operation, len(numbers))
        for each, slope in zip(node.inputs, np.atleast_1d(slopes)):
            each.grad += float(slope)


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
