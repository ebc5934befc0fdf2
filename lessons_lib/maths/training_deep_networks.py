"""Training where the loss is no bowl: landscapes, minibatches, update rules, and what keeps from learning by heart.

Each update rule takes one step: rule(w, slope, learning_rate, memory) -> (w, memory), where memory is what the rule
keeps from step to step (None before the first). `w` may have any shape.
Slides: Basics in Machine Learning, "How to train a DNN model?" and "DNN model is notoriously difficult to train".
"""

import numpy as np

from lessons_lib.maths.checks import (
    check_batches,
    check_classes,
    check_knobs,
    check_slope,
    overflow_is_quiet,
)
from lessons_lib.maths.multiclass_classification import softmax
from lessons_lib.maths.neural_networks import (
    backward,
    flatten,
    forward,
    gradient,
    layer_outputs,
    loss,
    slope_from_output,
    slopes,
    unflatten,
)


def minibatches(n, batch_size, rng):
    """Shuffle the rows 0 … n − 1 and deal them out in batches: one epoch, every row once.

    n samples, batch_size from 1 to n, rng: a numpy random generator -> list of arrays of row numbers; the last one
    is shorter when batch_size does not divide n. ValueError for other sizes.
    """
    check_batches(n, batch_size)
    rows = rng.permutation(n)
    return [rows[first : first + batch_size] for first in range(0, n, batch_size)]


@overflow_is_quiet
def sgd(w, slope, learning_rate, memory=None):
    """w ← w − r g, where g is the gradient of one minibatch: (stochastic) gradient descent keeps nothing.

    w and slope g of one shape, learning_rate r -> (new w, None).
    """
    check_slope(slope, w)
    return w - learning_rate * slope, None


@overflow_is_quiet
def momentum(w, slope, learning_rate, memory=None, beta=0.9):
    """v ← β v + g, then w ← w − r v: the step remembers where it was going.

    w and slope g of one shape, learning_rate r, memory v (None: 0), beta from 0 (plain descent) to below 1
    -> (new w, new v). On a steady slope the steps grow to 1 / (1 − β) times those of plain descent.
    """
    check_slope(slope, w)
    velocity = slope if memory is None else beta * memory + slope
    return w - learning_rate * velocity, velocity


@overflow_is_quiet
def adam(w, slope, learning_rate, memory=None, beta1=0.9, beta2=0.999, tiny=1e-8):
    """w ← w − r mean / (√square + tiny): every parameter steps by its mean slope, in that slope's usual size.

    mean is the running mean of g, square that of g², each divided by 1 − βᵏ after k steps because both start at 0.
    memory (mean, square, k), or None -> (new w, new memory). Source: D. Kingma, J. Ba, "Adam" (2015), algorithm 1.
    """
    check_slope(slope, w)
    mean, square, k = (0.0, 0.0, 0) if memory is None else memory
    mean, square, k = beta1 * mean + (1 - beta1) * slope, beta2 * square + (1 - beta2) * slope**2, k + 1
    step = mean / (1 - beta1**k) / (np.sqrt(square / (1 - beta2**k)) + tiny)
    return w - learning_rate * step, (mean, square, k)


def with_weight_decay(rule, weight_decay):
    """The same rule, and after it w ← w − r · weight decay · w_old: every step also pulls the weights towards 0.

    rule: sgd, momentum or adam; weight_decay ≥ 0, a number or one per parameter (0 for biases, see `weights_only`)
    -> a rule. With sgd this is descent on L + weight decay · ‖w‖²/2. Source: I. Loshchilov, F. Hutter (2019).
    """

    def decayed(w, slope, learning_rate, memory=None):
        new, memory = rule(w, slope, learning_rate, memory)
        return new - learning_rate * weight_decay * w, memory

    return decayed


def weights_only(layer_sizes):
    """1 for each weight and 0 for each bias of a network, in the order of `flatten` -> (p,)."""
    sizes = zip(layer_sizes[:-1], layer_sizes[1:])
    return flatten([(np.ones((n_out, n_in)), np.zeros(n_out)) for n_in, n_out in sizes])


def schedule(kind, step, n_steps):
    """The share of the learning rate that step 0 … n_steps − 1 takes: 1 at most.

    kind: "constant"; "step": 1, then 1/10 and 1/100 in the last two thirds; "cosine": half a cosine wave, from 1 down
    to 0; "warm-up": the first tenth climbs from near 0, the rest follows the cosine. ValueError for another kind.
    """
    done = step / n_steps
    cosine = (1 + np.cos(np.pi * done)) / 2
    warm = min(1.0, 10 * (step + 1) / n_steps)
    shares = {"constant": 1.0, "step": 0.1 ** int(3 * done), "cosine": cosine, "warm-up": warm * cosine}
    if kind not in shares:
        raise ValueError(f"a schedule is one of {', '.join(shares)}; not {kind!r}.")
    return float(shares[kind])  # a plain number leaves weights of 32 bits as they are


def with_schedule(rule, share):
    """The same rule with a learning rate that changes: share(step) of it is taken, from step 0 on -> a rule."""

    def scheduled(w, slope, learning_rate, memory=None):
        step, own = (0, None) if memory is None else memory
        w, own = rule(w, slope, learning_rate * share(step), own)
        return w, (step + 1, own)

    return scheduled


def dropout(A, share, rng):
    """Set a random share of the units to 0 and divide the others by 1 − share, so that their mean stays.

    A (n, units), share from 0 to below 1, rng: a numpy random generator -> (A · mask, mask), mask like A.
    For training only: a network that predicts uses all its units. Source: N. Srivastava et al. (2014).
    """
    mask = (rng.random(A.shape) >= share) / (1 - share)
    return A * mask, mask


@overflow_is_quiet
def gradient_with_dropout(layers, X, y, activation, share, rng):
    """∂L/∂W and ∂L/∂b of every layer when each hidden layer drops a share of its units; see `dropout`.

    layers, X (n, d), y (n,), activation: sigmoid, tanh or relu -> list of (∂L/∂W, ∂L/∂b). Backwards, what was dropped
    gets no slope: the mask multiplies there, too.
    """
    A, whole = [X], []
    for W, b in layers[:-1]:
        outputs = activation(A[-1] @ W.T + b)
        kept, mask = dropout(outputs, share, rng)
        A.append(kept)
        whole.append((outputs, mask))
    W, b = layers[-1]
    delta = (softmax(A[-1] @ W.T + b) - np.eye(len(W))[y]) / len(y)
    deltas = [delta]
    for (W, b), (outputs, mask) in zip(layers[:0:-1], whole[::-1]):
        deltas.insert(0, deltas[0] @ W * mask * slope_from_output(activation, outputs))
    return slopes(deltas, A)


def early_stopping(training, validation, patience):
    """The epoch whose weights are kept: the lowest validation loss until it has not fallen for `patience` epochs.

    training, validation (n_epochs + 1,): the losses after every epoch, epoch 0 first; patience ≥ 1 -> an epoch.
    Training would stop there: later epochs are never seen.
    """
    best = 0
    for epoch in range(len(validation)):
        if validation[epoch] < validation[best]:
            best = epoch
        if epoch - best == patience:
            break
    return best


@overflow_is_quiet
def follow(rule, gradient, start, learning_rate, n_steps):
    """Take n_steps with an update rule -> the path (n_steps + 1, …), the start first.

    rule: sgd, momentum or adam; gradient(w) -> like w; start any shape. With sgd this is `descend` of lesson 02.
    ValueError or TypeError when a knob is not a number or the gradient has another shape than w.
    """
    check_knobs(learning_rate, n_steps)
    path, memory = [np.array(start, dtype=float)], None
    for step in range(n_steps):
        w, memory = rule(path[-1], gradient(path[-1]), learning_rate, memory)
        path.append(w)
    return np.array(path)


@overflow_is_quiet
def train(rule, gradient, start, n, learning_rate, batch_size, n_epochs, rng):
    """Take one step per minibatch, n_epochs times through all n samples -> w after every epoch (n_epochs + 1, p).

    rule: sgd, momentum or adam; gradient(w, rows) -> (p,), the slopes of the mean loss of these samples; start (p,);
    rng shuffles. A run that overflows goes on with inf and nan. ValueError for bad knobs or sizes.
    Slide "How to train a DNN model?".
    """
    check_knobs(learning_rate, n_epochs)
    path, memory = [start], None
    for epoch in range(n_epochs):
        w = path[-1]
        for rows in minibatches(n, batch_size, rng):
            w, memory = rule(w, gradient(w, rows), learning_rate, memory)
        path.append(w)
    return np.array(path)


def objective(layer_sizes, X, y, activation):
    """The slide's L(h(x; w), y), averaged, as functions of all parameters w in one vector -> (loss(w), gradient(w)).

    layer_sizes from the input to the output, X (n, d), y (n,), activation: sigmoid, tanh or relu, or its name.
    gradient(w, rows) looks at these rows of X only. w (p,) is flatten(layers). ValueError as in `neural_networks`.
    """

    def loss_of_w(w):
        return loss(unflatten(w, layer_sizes), X, y, activation)

    def gradient_of_w(w, rows=slice(None)):
        return flatten(gradient(unflatten(w, layer_sizes), X[rows], y[rows], activation))

    return loss_of_w, gradient_of_w


@overflow_is_quiet
def squared_loss(layers, X, y, activation):
    """L = mean of ½‖p − y‖², the slide's other loss: p is the softmax of the scores, y is 1 for the true class, else 0.

    layers: list of (W, b), X (n, d), y (n,) of 0 … C−1, activation: sigmoid, tanh or relu -> a number from 0 to 1.
    ValueError for other classes. Slide "DNN model is notoriously difficult to train".
    """
    P = softmax(forward(layers, X, activation))
    check_classes(X, y, P.shape[1])
    return np.mean(np.sum((P - np.eye(P.shape[1])[y]) ** 2, axis=1)) / 2


@overflow_is_quiet
def squared_loss_gradient(layers, X, y, activation):
    """∂L/∂W and ∂L/∂b of `squared_loss`: in the scores p (e − Σ p e) with the errors e = p − y, then backwards.

    layers, X (n, d), y (n,), activation as above -> list of (∂L/∂W, ∂L/∂b). The factor p vanishes for a class that
    is ruled out, be it the true one. ValueError for other classes.
    """
    A = layer_outputs(layers, X, activation)
    W, b = layers[-1]
    P = softmax(A[-1] @ W.T + b)
    check_classes(X, y, len(W))
    errors = (P - np.eye(len(W))[y]) / len(y)
    delta = P * (errors - np.sum(P * errors, axis=1, keepdims=True))
    return slopes(backward(layers, A, delta, activation), A)


@overflow_is_quiet
def double_well(w):
    """L(w) = (w₁² − 1)² + 0.3 w₁ + 1.5 w₂²: two valleys, the left one deeper, and a saddle between them.

    w (2,), or (..., 2) for many points -> a number each.
    """
    w = np.asarray(w, dtype=float)
    return (w[..., 0] ** 2 - 1) ** 2 + 0.3 * w[..., 0] + 1.5 * w[..., 1] ** 2


@overflow_is_quiet
def double_well_gradient(w):
    """∇L(w) of `double_well`. w (..., 2) -> the same shape."""
    w = np.asarray(w, dtype=float)
    return np.stack([4 * w[..., 0] * (w[..., 0] ** 2 - 1) + 0.3, 3 * w[..., 1]], axis=-1)


@overflow_is_quiet
def saddle(w):
    """L(w) = (w₁² − w₂²)/2 + w₂⁴/4: flat at 0, up along w₁ and down along w₂ to valleys at w₂ = ±1.

    w (2,), or (..., 2) for many points -> a number each.
    """
    w = np.asarray(w, dtype=float)
    return (w[..., 0] ** 2 - w[..., 1] ** 2) / 2 + w[..., 1] ** 4 / 4


@overflow_is_quiet
def saddle_gradient(w):
    """∇L(w) of `saddle`. w (..., 2) -> the same shape."""
    w = np.asarray(w, dtype=float)
    return np.stack([w[..., 0], -w[..., 1] + w[..., 1] ** 3], axis=-1)


@overflow_is_quiet
def ravine(w):
    """L(w) = (1 − w₁)²/4 + 5 (w₂ − w₁²)²: a narrow bent valley with an almost flat floor, lowest at (1, 1).

    w (2,), or (..., 2) for many points -> a number each. H. Rosenbrock's function (1960), with other factors.
    """
    w = np.asarray(w, dtype=float)
    return (1 - w[..., 0]) ** 2 / 4 + 5 * (w[..., 1] - w[..., 0] ** 2) ** 2


@overflow_is_quiet
def ravine_gradient(w):
    """∇L(w) of `ravine`. w (..., 2) -> the same shape."""
    w = np.asarray(w, dtype=float)
    above = w[..., 1] - w[..., 0] ** 2
    return np.stack([(w[..., 0] - 1) / 2 - 20 * w[..., 0] * above, 10 * above], axis=-1)
