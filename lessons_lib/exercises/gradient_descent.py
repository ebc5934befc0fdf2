"""Exercises of lesson 02: finite difference, the descent loop, a gradient to draw with, the stopping rule, the rate."""

import numpy as np

from lessons_lib.exercises.checking import Exercise
from lessons_lib.maths.gradient_descent import critical_learning_rate, descend, slope


def _square(x):
    return x**2


def _cube(x):
    return x**3 - 2 * x


def _wave(x):
    return np.sin(3 * x) + x


check_slope = Exercise(
    slope,
    [
        ("f(x) = x² at x = 3, h = 0.5", (_square, 3.0, 0.5)),
        ("f(x) = x³ − 2x at x = −1, h = 0.1", (_cube, -1.0, 0.1)),
        ("f(x) = sin 3x + x at x = 0.4, h = 0.01", (_wave, 0.4, 0.01)),
        ("f(x) = x² at x = −2, h = 1", (_square, -2.0, 1.0)),
    ],
    hints=[
        "Slope is rise over run: how much f grows on the way from x to x + h, divided by how far that is.",
        "The rise is f(x + h) - f(x), the run is h.",
        "return (f(x + h) - f(x)) / h",
    ],
    mistakes=[
        (lambda f, x, h: -slope(f, x, h), "The sign is flipped: the rise is the later height minus the earlier, f(x + h) - f(x)."),
        (lambda f, x, h: f(x + h) - f(x), "This is the rise; divide it by the run, h."),
        (lambda f, x, h: f(x + h) - f(x) / h, "Brackets are missing: (f(x + h) - f(x)) / h divides the whole rise."),
        (lambda f, x, h: (f(x + h) - f(x)) * h, "You multiplied by h; a slope divides by it."),
        (lambda f, x, h: (f(x + h) - f(x)) / x, "You divided by x; the run is h."),
        (lambda f, x, h: (f(x + h) - f(x - h)) / (2 * h), "This is the central difference: a better formula, but here the slide's forward one is asked for."),
        (lambda f, x, h: (f(x) - f(x - h)) / h, "This looks back from x to x − h; the slide looks ahead to x + h."),
        (lambda f, x, h: (f(x + h) - f(x - h)) / h, "Between x − h and x + h lie two h: twice too large."),
    ],
)  # fmt: skip


def _one_half(w):
    return 0.5 * np.asarray(w)


def _stretched(w):
    return np.array([1.0, 4.0]) * w


def _shifted(w):
    return w - np.array([1.0, 2.0, 3.0])


check_descend = Exercise(
    descend,
    [
        ("one parameter, one step", (_one_half, np.array([4.0]), 0.1, 1)),
        ("two parameters, five steps", (_stretched, np.array([4.0, -3.0]), 0.2, 5)),
        ("three parameters, twelve steps", (_shifted, np.array([5.0, 0.0, -2.0]), 0.3, 12)),
    ],
    hints=[
        "Keep a list of all places: path = [start]. The last place so far is path[-1].",
        "In every round append path[-1] - learning_rate * gradient(path[-1]).",
        "After the loop return np.array(path): n_steps + 1 rows, the start among them.",
    ],
    mistakes=[
        (lambda g, s, r, n: descend(g, s, -r, n), "The sign is flipped: this climbs. Subtract the gradient."),
        (lambda g, s, r, n: descend(g, s, r, n)[1:], "The start is missing: the path begins with it and has n_steps + 1 rows."),
        (lambda g, s, r, n: descend(g, s, r, n)[:-1], "The last step is missing: the path has n_steps + 1 rows."),
        (lambda g, s, r, n: descend(g, s, r, n)[-1], "This is only the last place: return the whole path, one row per step."),
        (lambda g, s, r, n: descend(g, s, 1.0, n), "The learning rate is missing: each step is learning_rate times the gradient."),
        (lambda g, s, r, n: np.repeat(descend(g, s, r, n)[-1:], n + 1, axis=0), "All rows are the same array, changed in place: append a new one, w = w - ..., in every round."),
        (lambda g, s, r, n: s - r * np.arange(n + 1)[:, None] * g(s), "The gradient never changes: compute it anew at every place."),
        (lambda g, s, r, n: descend(g, s, r, n).T, "The path is transposed: one row per step, one column per parameter."),
    ],
)  # fmt: skip


def bowl_gradient(w):
    """∇L = (w₁, 10 w₂) for the bowl L(w) = ½ (w₁² + 10 w₂²).

    w (2,) -> (2,). Its curvatures are 1 and 10.
    """
    return np.array([w[0], 10 * w[1]])


check_bowl_gradient = Exercise(
    bowl_gradient,
    [("w = (4, −3)", (np.array([4.0, -3.0]),)), ("w = (0, 1)", (np.array([0.0, 1.0]),))]
    + [("a random w", (w,)) for w in np.random.default_rng(4).normal(size=(3, 2))],
    hints=[
        "Take one parameter at a time and treat the other as a plain number.",
        "The slope of ½ w₁² in w₁ is w₁. What is the slope of ½ · 10 w₂² in w₂?",
        "return np.array([w[0], 10 * w[1]])",
    ],
    mistakes=[
        (lambda w: -bowl_gradient(w), "The sign is flipped: this points downhill; the gradient points uphill."),
        (lambda w: 2 * bowl_gradient(w), "Twice too large: the ½ in front cancels the 2 of the square."),
        (lambda w: np.array([w[0], w[1]]), "The 10 in front of w₂² is missing from its slope."),
        (lambda w: bowl_gradient(w)[::-1], "The two slopes are swapped: first the one in w₁, then the one in w₂."),
        (lambda w: w[0] + 10 * w[1], "You added the slopes up: each parameter has its own, shape (2,)."),
        (lambda w: (w[0] ** 2 + 10 * w[1] ** 2) / 2, "This is the loss itself; the gradient holds its two slopes."),
        (lambda w: np.array([0.5 * w[0] ** 2, 5 * w[1] ** 2]), "These are the two parts of the loss; take the slope of each."),
        (lambda w: bowl_gradient(w)[:, None], "The slopes stand in a column of shape (2, 1): give them shape (2,), as w has it."),
    ],
)  # fmt: skip


def steps_until(losses, tolerance):
    """The first t with |L_t − L_{t−1}| < ε, or the last t when there is none.

    losses (n_steps + 1,), tolerance ε in the same unit -> a whole number. Slide "Gradient Descent".
    """
    for t in range(1, len(losses)):
        if abs(losses[t] - losses[t - 1]) < tolerance:
            return t
    return len(losses) - 1


def _first(fits, losses):
    """The first t ≥ 1 for which fits(t), or the last t: the frame of every wrong stopping rule below."""
    return next((t for t in range(1, len(losses)) if fits(t)), len(losses) - 1)


check_steps_until = Exercise(
    steps_until,
    [
        ("losses that shrink to 3", (np.array([11.0, 7.0, 5.0, 4.0, 3.5, 3.25, 3.125, 3.06]), 0.3)),
        ("losses that settle at once", (np.array([5.0, 4.99, 4.0, 1.0]), 0.05)),
        ("losses that rise by a lot before they settle", (np.array([4.0, 9.0, 2.0, 1.9, 1.89]), 0.5)),
        ("losses that never settle", (np.array([16.0, 8.0, 4.0, 2.0]), 0.001)),
        ("losses that end where they began", (np.array([3.0, 9.0, 6.0, 3.1, 3.0]), 0.3)),
        ("a change that equals the tolerance", (np.array([8.0, 6.0, 5.0, 4.5]), 1.0)),
    ]
    + [(f"random losses {k}", (np.cumsum(np.random.default_rng(k).normal(size=30)), 0.1)) for k in (5, 6)],
    hints=[
        "Go through the steps from t = 1 on and compare each loss with the one before it.",
        "abs(losses[t] - losses[t - 1]) < tolerance is the slide's condition: return that t.",
        "When the loop ends without a return, the last t is len(losses) - 1.",
    ],
    mistakes=[
        (lambda L, e: _first(lambda t: L[t] - L[t - 1] < e, L), "The absolute value is missing: any falling loss would stop it."),
        (lambda L, e: _first(lambda t: L[t] < e, L), "This looks at the loss itself; the slide looks at its change from step to step."),
        (lambda L, e: _first(lambda t: abs(L[t] - L[0]) < e, L), "This compares with the first loss; the slide compares with the one just before."),
        (lambda L, e: _first(lambda t: abs(L[t] - L[t - 1]) > e, L), "The comparison is the wrong way round: stop when the change is smaller than ε."),
        (lambda L, e: steps_until(L, e) - 1, "One too early: step t leads from L[t − 1] to L[t]; return t."),
        (lambda L, e: steps_until(L, e) + 1, "One too late: step t leads from L[t − 1] to L[t]; return t."),
        (lambda L, e: next((t for t in range(len(L)) if abs(L[t] - L[t - 1]) < e), len(L) - 1),
         "It starts at t = 0, where losses[t - 1] is the last loss: start at 1."),
        (lambda L, e: _first(lambda t: abs(L[t] - L[t - 1]) <= e, L), "The slide stops at a change smaller than ε, not at one equal to it."),
        (lambda L, e: next((t for t in range(len(L) - 1) if abs(L[t + 1] - L[t]) < e), len(L) - 1),
         "One too early: the step from losses[t] to losses[t + 1] is step t + 1."),
        (lambda L, e: len(L) - 1, "It never stops early: test the change of the loss at every step."),
    ],
)  # fmt: skip


def _hessians():
    rng = np.random.default_rng(7)
    random = [
        (f"a random bowl in {d} dimensions", (A.T @ A,)) for d in (2, 3, 5) for A in [rng.normal(size=(d + 2, d))]
    ]
    return [("the bowl with curvatures 1 and 10", (np.diag([1.0, 10.0]),))] + random


def _eigenvalues(hessian):
    return np.linalg.eigvalsh(hessian)


check_critical_learning_rate = Exercise(
    critical_learning_rate,
    _hessians(),
    hints=[
        "The steepest direction blows up first: you need the largest curvature, λmax.",
        "np.linalg.eigvalsh(hessian) lists the curvatures from small to large.",
        "return 2 / np.linalg.eigvalsh(hessian)[-1]",
    ],
    mistakes=[
        (lambda H: 1 / _eigenvalues(H)[-1], "This is 1/λmax, where zigzag begins; descent converges up to twice that."),
        (lambda H: 2 / _eigenvalues(H)[0], "You took the smallest curvature; the steepest direction sets the limit."),
        (lambda H: _eigenvalues(H)[-1], "This is the curvature λmax; the limit is 2 divided by it."),
        (lambda H: _eigenvalues(H)[-1] / 2, "Upside down: the steeper the bowl, the smaller the step it allows."),
        (lambda H: 2 / np.trace(H), "The trace adds all curvatures up; only the largest sets the limit."),
        (lambda H: 2 / np.diag(H).max(), "The largest entry of the matrix is right only for a bowl whose axes lie along the parameters: use the eigenvalues."),
        (lambda H: 2 / _eigenvalues(H), "These are the limits of all directions: return the one that is reached first."),
    ],
)  # fmt: skip
