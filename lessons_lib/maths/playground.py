"""A network to play with: an activation per layer, dropout, and training that goes on.

`layers` is a list of (W, b) as in `neural_networks`; `activations` holds one function per hidden layer, of this course
or written by the learner. Everything random follows from the seed and the number of the step, so a run can be told,
repeated, gone back in and written out as code.
"""

import functools
from typing import NamedTuple

import numpy as np

from lessons_lib.maths import neural_networks, training_deep_networks
from lessons_lib.maths.checks import overflow_is_quiet
from lessons_lib.maths.multiclass_classification import softmax
from lessons_lib.maths.neural_networks import flatten, initialise, slopes, unflatten
from lessons_lib.maths.training_deep_networks import minibatches, weights_only, with_weight_decay

STEPS = 10  # steps of descent in one round
RULES = {name: getattr(training_deep_networks, name) for name in ("sgd", "momentum", "adam")}
_KEPT = 3_000_000  # numbers that a training keeps of its past


def linear(z):
    """φ(z) = z, no bend at all: layers of it are one layer in disguise."""
    return z


ACTIVATIONS = {**neural_networks.ACTIVATIONS, "linear": linear}


@overflow_is_quiet
def layer_outputs(layers, X, activations):
    """A₀ = X and Aₗ = φₗ(Aₗ₋₁ Wₗᵀ + bₗ), each hidden layer with its own φ -> list of (n, units), X first.

    layers, X (n, d), activations: a function per hidden layer. ValueError when a function changes the shape.
    """
    outputs = [X]
    for (W, b), activation in zip(layers, activations):
        outputs.append(_activated(activation, outputs[-1] @ W.T + b))
    return outputs


def _activated(activation, Z):
    A = np.asarray(activation(Z))
    if A.shape != Z.shape:
        raise ValueError(f"the activation needs to keep the shape {Z.shape}; it returned shape {A.shape}.")
    return A


@overflow_is_quiet
def slope_at(activation, Z, A, h=1e-5):
    """φ′(z) at Z, where A = φ(Z): known for this course's activations, else (φ(z + h) − φ(z − h)) / 2h."""
    if activation is linear:
        return np.ones_like(A)
    if activation in neural_networks.SLOPES:
        return neural_networks.slope_from_output(activation, A)
    return (_activated(activation, Z + h) - _activated(activation, Z - h)) / (2 * h)


@overflow_is_quiet
def gradient(layers, X, y, activations, regression=False, dropout=0, rng=None):
    """∂L/∂W and ∂L/∂b of every layer, each hidden layer with its own φ and dropping a share of its units.

    layers, X (n, d), y (n,): classes for the mean cross entropy, or numbers for the mean of ½(s − y)² where
    regression; activations as in `layer_outputs`; dropout from 0 to below 1, rng: numpy's, for it -> list of (∂L/∂W,
    ∂L/∂b). With one activation it is `neural_networks.gradient`, with dropout `gradient_with_dropout`.
    """
    A, bends = [X], []
    for (W, b), activation in zip(layers, activations):
        Z = A[-1] @ W.T + b
        outputs = _activated(activation, Z)
        bend = slope_at(activation, Z, outputs)
        if dropout:
            outputs, mask = training_deep_networks.dropout(outputs, dropout, rng)
            bend = mask * bend
        A.append(outputs)
        bends.append(bend)
    W, b = layers[-1]
    S = A[-1] @ W.T + b
    truth = np.reshape(y, (-1, 1)) if regression else np.eye(len(W))[y]
    deltas = [((S if regression else softmax(S)) - truth) / len(y)]
    for (W, b), bend in zip(layers[:0:-1], bends[::-1]):
        deltas.insert(0, deltas[0] @ W * bend)
    return slopes(deltas, A)


def loss(layers, X, y, activations, regression=False):
    """The mean cross entropy in nats, or the mean of ½(s − y)² where regression, of the network without dropout."""
    last = layer_outputs(layers, X, activations)[-1]
    measure = neural_networks.squared_error if regression else neural_networks.loss
    return float(measure(layers[-1:], last, y, "tanh"))  # one layer alone uses no activation


def with_l1(rule, weight_decay):
    """The same rule, and after it w ← w − r · weight decay · sign(w_old): weights go to 0 at a steady pace.

    rule: sgd, momentum or adam; weight_decay ≥ 0, a number or one per parameter -> a rule.
    """

    def decayed(w, slope, learning_rate, memory=None):
        new, memory = rule(w, slope, learning_rate, memory)
        return new - learning_rate * weight_decay * np.sign(w), memory

    return decayed


class Task(NamedTuple):
    """A network's structure and its data; another one of these is another network, which starts anew."""

    X: np.ndarray  # (n, d) inputs and (n,) targets of the training points, then of the validation points
    y: np.ndarray
    X_validation: np.ndarray
    y_validation: np.ndarray
    layer_sizes: tuple
    activations: tuple
    regression: bool
    seed: int


class Settings(NamedTuple):
    """How the next steps are taken; with other settings training goes on from where it is."""

    learning_rate: float
    rule: object  # sgd, momentum, adam or the learner's own
    batch_size: int
    weight_decay: float = 0.0
    penalty: str = "L2"
    dropout: float = 0.0


class State(NamedTuple):
    """Where a training is: the steps taken, the layers, and what the update rule remembers."""

    step: int
    layers: list
    memory: object = None
    rule: object = None


def begin(task):
    """The state before the first step: weights drawn with the task's seed."""
    return State(0, initialise(task.layer_sizes, np.random.default_rng(task.seed)))


@functools.lru_cache(maxsize=64)
def _batches(n, batch_size, seed, epoch):
    return minibatches(n, batch_size, np.random.default_rng((seed, epoch)))


def batch(n, batch_size, seed, step):
    """The rows that a step looks at: every epoch is shuffled by a generator of its own, default_rng((seed, epoch))."""
    batch_size = min(batch_size, n)
    epoch, place = divmod(step, -(-n // batch_size))
    return _batches(n, batch_size, seed, epoch)[place]


@overflow_is_quiet
def train_on(task, state, settings, n_steps):
    """Take n_steps from a state -> the state after them; a run that overflows goes on with inf and nan.

    The rule's memory is kept as long as the rule stays the same. TypeError or ValueError for a rule of the learner's
    that returns something else than (w, memory) with w in its shape.
    """
    decay = settings.weight_decay * weights_only(task.layer_sizes)
    decayed = (with_l1 if settings.penalty == "L1" else with_weight_decay)(settings.rule, decay)
    rule = decayed if settings.weight_decay else settings.rule
    w, memory = flatten(state.layers), state.memory if state.rule is settings.rule else None
    for step in range(state.step, state.step + n_steps):
        rows = batch(len(task.y), settings.batch_size, task.seed, step)
        rng = np.random.default_rng((task.seed, 1, step)) if settings.dropout else None
        slope = gradient(unflatten(w, task.layer_sizes), task.X[rows], task.y[rows], task.activations,
                         task.regression, settings.dropout, rng)  # fmt: skip
        moved = rule(w, flatten(slope), settings.learning_rate, memory)
        if not (isinstance(moved, tuple) and len(moved) == 2):
            raise TypeError("an update rule needs to return two things: the new w and what it remembers (or None).")
        if np.shape(moved[0]) != w.shape:
            raise ValueError(f"an update rule needs to return w in its shape {w.shape}; it is {np.shape(moved[0])}.")
        w, memory = moved
    return State(state.step + n_steps, unflatten(w, task.layer_sizes), memory, settings.rule)


class Training:
    """A network in training that remembers how it got where it is; see `at`.

    task       its structure and data             settings   those of every round from the start to here
    losses     (rounds + 1, 2): training and validation, from the start to here
    """

    def __init__(self, task):
        self.task, self.here = task, 0
        self._states, self._settings, self._spacing = {0: begin(task)}, [], 1
        self._losses = [self._both_losses(self._states[0].layers)]

    def at(self, rounds, settings):
        """The state after so many rounds of ten steps.

        Rounds that were taken are looked up, also those ahead of here that were taken with these settings; new ones
        start from here, and what was once ahead of here is forgotten.
        """
        taken = self._settings[self.here : rounds]
        if rounds > self.here and any(each != settings for each in taken):
            del self._settings[self.here :], self._losses[self.here + 1 :]
            self._states = {k: state for k, state in self._states.items() if k <= self.here}
        state = self._looked_up(min(rounds, len(self._settings)))
        while len(self._settings) < rounds:
            state = train_on(self.task, state, settings, STEPS)
            self._settings.append(settings)
            self._losses.append(self._both_losses(state.layers))
            self._keep(len(self._settings), state)
        self.here = rounds
        return state

    @property
    def settings(self):
        return self._settings[: self.here]

    @property
    def losses(self):
        return np.array(self._losses[: self.here + 1])

    def segments(self):
        """How it got here: [(settings, steps), ...], one entry for each stretch with the same settings."""
        parts = []
        for each in self.settings:
            if parts and parts[-1][0] == each:
                parts[-1][1] += STEPS
            else:
                parts.append([each, STEPS])
        return [tuple(part) for part in parts]

    def _both_losses(self, layers):
        task = self.task
        parts = ((task.X, task.y), (task.X_validation, task.y_validation))
        return [loss(layers, X, y, task.activations, task.regression) for X, y in parts]

    def _looked_up(self, rounds):
        known = max(k for k in self._states if k <= rounds)
        state = self._states[known]
        for settings in self._settings[known:rounds]:
            state = train_on(self.task, state, settings, STEPS)
        return state

    def _keep(self, rounds, state):
        """Keep a state, and where all of them become too large, only every second one: the others are trained anew."""
        if rounds % self._spacing == 0:
            self._states[rounds] = state
        if len(self._states) * 3 * sum(W.size for W, _ in state.layers) > _KEPT and len(self._states) > 2:
            self._spacing *= 2
            self._states = {k: each for k, each in self._states.items() if k % self._spacing == 0}
