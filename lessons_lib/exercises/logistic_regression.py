"""Exercises of lesson 03: a safe sigmoid, cross entropy, both gradients, the whole training, accuracy."""

import numpy as np

from lessons_lib.exercises.checking import Exercise
from lessons_lib.maths.logistic_regression import cross_entropy, gradient, margin_gradient, sigmoid

check_sigmoid = Exercise(
    sigmoid,
    [
        ("z = 0, 1 and −2", (np.array([0.0, 1.0, -2.0]),)),
        ("z = −10000", (np.array([-1e4]),)),
        ("z = 10000", (np.array([1e4]),)),
        ("five random z", (np.random.default_rng(1).normal(size=5) * 3,)),
    ],
    hints=[
        "1 / (1 + np.exp(-z)) is right, until -z is so large that the exponential overflows.",
        "e to a negative number never overflows: use np.exp(-np.abs(z)), and treat both signs of z apart.",
        "Or: np.exp(-np.logaddexp(0, -z)), as logaddexp(a, b) is log(e^a + e^b) without overflow.",
    ],
    mistakes=[
        (lambda z: 1 / (1 + np.exp(-z)), "Right for small z, but e^−z overflows at z = −10000: only take e to negative numbers."),
        (lambda z: np.exp(z) / (1 + np.exp(z)), "Right for small z, but e^z overflows at z = 10000: only take e to negative numbers."),
        (lambda z: np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z))),
         "np.where computes both sides for every z, so the unused one still overflows: use e^−|z| in both."),
        (lambda z: 1 / (1 + np.exp(-np.abs(z))), "For negative z this is mirrored: there the answer is e^−|z| / (1 + e^−|z|)."),
        (lambda z: 1 / (1 + np.exp(z)), "The sign of z is flipped: this falls where the sigmoid rises."),
        (lambda z: np.tanh(z), "This is tanh, from −1 to 1; the sigmoid goes from 0 to 1."),
        (lambda z: (z > 0).astype(float), "This is the hard threshold; the sigmoid passes smoothly through 0.5."),
        (lambda z: 1 / (1 + np.exp(-np.clip(z, -1, 1))), "Clipping z to −1 … 1 changes the values: clip, if at all, only where e^−z overflows."),
    ],
    overflow="raise",
)  # fmt: skip


def _distributions():
    rng = np.random.default_rng(2)
    random = [(f"two random distributions of {d}", tuple(rng.dirichlet(np.ones(d), size=2))) for d in (3, 5)]
    truth = np.array([1.0, 0, 0, 0])
    return [
        ("the slide's first example", (truth, np.array([0.25, 0.25, 0.25, 0.25]))),
        ("the slide's second example", (truth, np.array([0.91, 0.03, 0.03, 0.03]))),
        ("a q that is right and sure", (np.array([0.0, 1.0]), np.array([0.0, 1.0]))),
        *random,
    ]


def _h(p, q):
    return cross_entropy(p, q)


check_cross_entropy = Exercise(
    _h,
    _distributions(),
    hints=[
        "Every outcome i adds p[i] times the log of q[i]; a minus sign stands before the sum.",
        "Where p is 0 nothing is added, even if q is 0 there: pick out p > 0 first.",
        "here = p > 0, then return -np.sum(p[here] * np.log(q[here]))",
    ],
    mistakes=[
        (lambda p, q: -_h(p, q), "The minus sign is missing: logs of probabilities are negative."),
        (lambda p, q: _h(p, q) / np.log(2), "This is in bits (log base 2); the loss is in nats: use np.log."),
        (lambda p, q: -np.sum(p * np.log(q)), "log of 0: where p and q are both 0, 0 · log 0 is nan. Leave out the places with p = 0."),
        (lambda p, q: _h(p, q) / len(p), "You took the mean: cross entropy is a sum."),
        (lambda p, q: -np.sum(q[q > 0] * np.log(p[q > 0])), "p and q are swapped: the log is taken of the prediction q."),
        (lambda p, q: -np.sum(p * np.log2(q)), "Two slips: log2 gives bits, and 0 · log 0 is nan. Use np.log, and only where p > 0."),
        (lambda p, q: -np.sum(q * np.log(p)), "p and q are swapped: the log is taken of the prediction q. And leave out the places with p = 0."),
        (lambda p, q: np.sum(p * np.log(q)), "The minus sign is missing, and 0 · log 0 is nan: leave out the places with p = 0."),
        (lambda p, q: np.sum((p - q) ** 2), "This is the squared difference; cross entropy takes −Σ p log q."),
    ],
)  # fmt: skip


def _samples(labels):
    rng = np.random.default_rng(3)
    return [
        (
            f"{n} random pets with {d} features",
            (rng.normal(size=d), rng.normal(size=(n, d)), rng.choice(labels, size=n)),
        )
        for n, d in ((4, 2), (6, 3), (5, 5))
    ]


check_gradient = Exercise(
    gradient,
    _samples([0, 1]),
    hints=[
        "Score z = X @ w, probability p = sigmoid(z), residual p - y.",
        "It has the form of linear regression's gradient, with p in place of X @ w.",
        "return X.T @ (sigmoid(X @ w) - y) / len(y)",
    ],
    mistakes=[
        (lambda w, X, y: -gradient(w, X, y), "The sign is flipped: the residual is p − y."),
        (lambda w, X, y: len(y) * gradient(w, X, y), "The mean is forgotten: divide by N."),
        (lambda w, X, y: -len(y) * gradient(w, X, y), "Two slips: the residual is p − y, and the mean is forgotten."),
        (lambda w, X, y: gradient(w, X, y) / 2, "Half too small: the log loss has no ½ in front, so divide by N only."),
        (lambda w, X, y: X.T @ (X @ w - y) / len(y), "The sigmoid is missing: this is linear regression's gradient."),
        (lambda w, X, y: X.T @ ((X @ w >= 0) - y) / len(y), "You used the hard decision; the gradient needs the probability."),
        (lambda w, X, y: X @ (sigmoid(X @ w) - y) / len(y), "The transpose is missing: X.T @ residual adds up over the pets."),
        (lambda w, X, y: gradient(w, X, y)[:, None], "The slopes stand in a column: give them shape (d,), as w has it."),
        (lambda w, X, y: X.T @ ((p := sigmoid(X @ w)) * (1 - p) * (p - y)) / len(y), "This is the gradient of the squared error: with the log loss p(1 − p) cancels."),
    ],
)  # fmt: skip

check_margin_gradient = Exercise(
    margin_gradient,
    _samples([-1, 1]),
    hints=[
        "For one pet: the slope of log(1 + e^−m) in m is −φ(−m), and m = t · z has slope t · x in w.",
        "So each pet adds −t · φ(−t z) · x; average over the pets.",
        "return -X.T @ (t * sigmoid(-t * (X @ w))) / len(t)",
    ],
    mistakes=[
        (lambda w, X, t: -margin_gradient(w, X, t), "The sign is flipped: there is a minus in front, from the −t in the exponent."),
        (lambda w, X, t: len(t) * margin_gradient(w, X, t), "The mean is forgotten: divide by N."),
        (lambda w, X, t: -X.T @ (t * sigmoid(t * (X @ w))) / len(t), "The sign of t is wrong inside φ: pets that are right (t z > 0) should weigh little, φ(−t z)."),
        (lambda w, X, t: -X.T @ sigmoid(-t * (X @ w)) / len(t), "A factor t is missing: a cat pushes the other way than a dog."),
        (lambda w, X, t: X.T @ (sigmoid(X @ w) - t) / len(t), "This is the gradient for labels 0 and 1; here they are −1 and +1."),
        (lambda w, X, t: -X @ (t * sigmoid(-t * (X @ w))) / len(t), "The transpose is missing: X.T @ … adds up over the pets."),
    ],
)  # fmt: skip


def train(X, t, learning_rate, n_steps):
    """w_k+1 = w_k + (r/N) Xᵀ(t φ(−t Xw_k)) from w_0 = 0: the slides' training code for labels −1 and +1.

    X (n, d), t (n,) of −1 and +1, learning_rate r, n_steps ≥ 0 -> w (d,). Slide "Code", left as an exercise.
    """
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - learning_rate * margin_gradient(w, X, t)
    return w


def _train_cases():
    return [(f"{name}, {k} steps", (X, t, 0.5, k)) for (name, (_, X, t)), k in zip(_samples([-1, 1]), (1, 3, 20))]


check_train = Exercise(
    train,
    _train_cases(),
    hints=[
        "Start from np.zeros(X.shape[1]), as in lesson 01.",
        "In every round: w = w - learning_rate * (the gradient of the exercise before).",
        "Return w after the loop, not inside it.",
    ],
    mistakes=[
        (lambda X, t, r, n: train(X, t, -r, n), "The sign is flipped: this climbs. Subtract the gradient."),
        (lambda X, t, r, n: train(X, t, r, 1), "Only one step was taken: is the return inside the loop, or does each round start again from zeros?"),
        (lambda X, t, r, n: train(X, t, r * len(t), n), "Every step is N times too long: the mean is forgotten."),
        (lambda X, t, r, n: train(X, t, 1.0, n), "The learning rate is missing."),
        (lambda X, t, r, n: train(X, t, r, n + 1), "One step too many: range(n_steps) makes n_steps rounds."),
        (lambda X, t, r, n: train(X, t, r, n - 1), "One step is missing: range(n_steps) makes n_steps rounds."),
    ],
)  # fmt: skip


def accuracy(p, y):
    """The share of samples whose decision, 1 where p ≥ 0.5, equals the label.

    p (n,) probabilities, y (n,) of 0 and 1 -> a number from 0 to 1.
    """
    return np.mean((p >= 0.5) == y)


check_accuracy = Exercise(
    accuracy,
    [
        ("four pets, one on the border", (np.array([0.9, 0.5, 0.2, 0.6]), np.array([1, 1, 0, 0]))),
        ("thirty random pets", (np.random.default_rng(4).random(30), np.random.default_rng(5).integers(0, 2, 30))),
        ("seven random pets", (np.random.default_rng(6).random(7), np.random.default_rng(7).integers(0, 2, 7))),
    ],
    hints=["Decide first: p >= 0.5 is True for a dog.", "Compare with y, and take the mean of the comparison."],
    mistakes=[
        (lambda p, y: 1 - accuracy(p, y), "This is the share of errors: compare with ==, not with !=."),
        (lambda p, y: np.mean((p > 0.5) == y), "At p = 0.5 exactly the slide says 1: use >=."),
        (lambda p, y: np.sum((p >= 0.5) == y), "This counts the right ones; divide by N, or take the mean."),
        (lambda p, y: np.mean(p == y), "A probability is hardly ever exactly 0 or 1: decide with p >= 0.5 first."),
        (lambda p, y: np.mean(p >= 0.5), "This is the share of pets called dogs: compare with y."),
    ],
)
