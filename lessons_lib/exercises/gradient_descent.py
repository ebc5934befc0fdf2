"""Exercises of lesson 02: finite difference, the descent loop, a gradient to draw with, the stopping rule, the rate."""

import numpy as np

from lessons_lib.exercises.checking import Exercise
from lessons_lib.maths.gradient_descent import critical_learning_rate, descend, numerical_gradient, slope


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
        (lambda f, x, h: (f(x + h) - f(x)) / (x + h), "You divided by x + h; the run is h."),
        (lambda f, x, h: (f(x + h) - f(x)) / h**2, "You divided by h twice: once is enough, the run is h."),
        (lambda f, x, h: (f(x + h) - f(x)) / (2 * h), "Half too small: from x to x + h it is one h, not two."),
        (lambda f, x, h: (f(x + h) + f(x)) / h, "There is a plus where a minus belongs: the rise is f(x + h) - f(x)."),
        (lambda f, x, h: h / (f(x + h) - f(x)), "Upside down: a slope is rise over run, not run over rise."),
        (lambda f, x, h: f(x + h) / h, "f(x) is missing: the rise is f(x + h) - f(x)."),
        (lambda f, x, h: f(h) / h, "This takes the height at h: the rise on the way from x is f(x + h) - f(x)."),
        (lambda f, x, h: (f(h) - f(x)) / h, "This looks at h: the place ahead is x + h."),
        (lambda f, x, h: (f(x * h) - f(x)) / h, "You multiplied x by h: the place ahead is x + h."),
        (lambda f, x, h: (f(x + 2 * h) - f(x)) / h, "This looks two h ahead: twice too far, the place ahead is x + h."),
        (lambda f, x, h: (f(x + 2 * h) - f(x)) / (2 * h), "This looks two h ahead, and divides by two h: the place ahead is x + h, the run h."),
        (lambda f, x, h: (f(x + 1) - f(x)) / h, "This looks 1 ahead: the place ahead is x + h."),
        (lambda f, x, h: f(x + 1) - f(x), "This takes 1 for h: the place ahead is x + h, and the run is h."),
        (lambda f, x, h: np.abs(f(x + h) - f(x)) / h, "This takes the absolute value: where f falls, the slope is negative."),
        (lambda f, x, h: f((x + h) - f(x)) / h, "A bracket is misplaced: f((x + h) - f(x)) subtracts inside f. Write (f(x + h) - f(x)) / h."),
        (lambda f, x, h: (f(x + h / 2) - f(x - h / 2)) / h, "This is a central difference, half a step to either side: here the forward one, from x to x + h, is asked for."),
        (lambda f, x, h: f(x + h) - x / h, "f is not asked at x: the rise is f(x + h) - f(x), then divide it by h."),
        (lambda f, x, h: (f(x + h) - x) / h, "f is not asked at x: the rise is f(x + h) - f(x)."),
        (lambda f, x, h: ((x + h) - x) / h, "f is not asked at all: the rise is f(x + h) - f(x)."),
        (lambda f, x, h: f(x), "This is the height at x: the slope is how much f grows up to x + h, divided by h."),
        (lambda f, x, h: f(x + h), "This is the height at x + h: subtract f(x), then divide by h."),
        (lambda f, x, h: 2 * x, "This is the slope of x² alone, by calculus: use f, x and h."),
        (lambda f, x, h: np.arctan((f(x + h) - f(x)) / h), "This is the angle: the slope is rise over run itself."),
        (lambda f, x, h: (f(x + h) - f(x - h)) / (2 * h), "This is the central difference: a better formula, but here the forward one is asked for."),
        (lambda f, x, h: numerical_gradient(f, x), "h is not used: the side step is the parameter h (and the formula looks ahead only)."),
        (lambda f, x, h: (f(x) - f(x - h)) / h, "This looks back from x to x − h; the formula looks ahead to x + h."),
        (lambda f, x, h: (f(x + h) - f(x - h)) / h, "Between x − h and x + h lie two h: twice too large."),
        (lambda f, x, h: slope(f, x, 1e-3), "h is always 0.001 here: use the parameter h."),
        (lambda f, x, h: slope(f, x, 1e-4), "h is always 0.0001 here: use the parameter h."),
        (lambda f, x, h: slope(f, x, 1e-6), "h is always a tiny number here, such as 0.000001: use the parameter h."),
    ],
)  # fmt: skip


def _one_half(w):
    return 0.5 * np.asarray(w)


def _stretched(w):
    return np.array([1.0, 4.0]) * w


def _shifted(w):
    return w - np.array([1.0, 2.0, 3.0])


def _one_step_alone(gradient, start, learning_rate, n_steps):
    path = [start]
    for _ in range(n_steps):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
        return np.array(path)


def _always_from(start, gradient, learning_rate, n_steps):
    path = [start]
    for _ in range(n_steps):
        path.append(start - learning_rate * gradient(path[-1]))
    return np.array(path)


def _while_too_short(gradient, start, learning_rate, n_steps):
    path = [start]
    while len(path) < n_steps:
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


def _from_the_first_place(gradient, start, learning_rate, n_steps):
    return np.array([start] + [start - learning_rate * gradient(start)] * n_steps)


def _with_last_row_0(path):
    return np.concatenate([path[:-1], 0 * path[-1:]]) if len(path) > 1 else path


check_descend = Exercise(
    descend,
    [
        ("one parameter, one step", (_one_half, np.array([4.0]), 0.1, 1)),
        ("two parameters, five steps", (_stretched, np.array([4.0, -3.0]), 0.2, 5)),
        ("three parameters, twelve steps", (_shifted, np.array([5.0, 0.0, -2.0]), 0.3, 12)),
        ("two parameters, no step", (_stretched, np.array([1.0, 2.0]), 0.2, 0)),
    ],
    hints=[
        "Keep a list of all places: path = [start]. The last place so far is path[-1].",
        "In every round append path[-1] - learning_rate * gradient(path[-1]).",
        "After the loop return np.array(path): n_steps + 1 rows, the start among them.",
    ],
    mistakes=[
        (lambda g, s, r, n: descend(g, s, -r, n), "The sign is flipped: this climbs. Subtract the gradient."),
        (lambda g, s, r, n: np.array([*descend(g, s, r, n)[1:]]), "The start is missing: the path begins with it and has n_steps + 1 rows."),
        (lambda g, s, r, n: np.array([*descend(g, s, r, n)[:-1]]), "The last step is missing: the path has n_steps + 1 rows."),
        (lambda g, s, r, n: descend(g, s, r, n + 1), "One step too many: the path has n_steps + 1 rows, the start among them."),
        (lambda g, s, r, n: np.array([*descend(g, s, r, n + 1)[1:]]), "The start is missing, and there is one step too many: the path begins with the start."),
        (_one_step_alone, "Only one step was taken: the return stands inside the loop."),
        (lambda g, s, r, n: descend(g, s, r, min(n, 1)), "Only one step was taken: does the return stand inside the loop?"),
        (_while_too_short, "The last step is missing: len(path) counts the start, too, so go on while it is at most n_steps."),
        (_from_the_first_place, "Every step begins at the same w: put the new place into w, w = w - ..., before you append it."),
        (lambda g, s, r, n: descend(g, s, r, n)[-1], "This is only the last place: return the whole path, one row per step."),
        (lambda g, s, r, n: descend(g, s, 1.0, n), "The learning rate is missing: each step is learning_rate times the gradient."),
        (lambda g, s, r, n: descend(g, s, 0.1, n), "The learning rate is always 0.1 here: use the parameter learning_rate."),
        (lambda g, s, r, n: descend(g, s, 0.01, n), "The learning rate is always 0.01 here: use the parameter learning_rate."),
        (lambda g, s, r, n: descend(g, s, r / 2, n), "Every step is half too short: it is learning_rate times the gradient."),
        (lambda g, s, r, n: descend(g, s, 2 * r, n), "Every step is twice too long: it is learning_rate times the gradient."),
        (lambda g, s, r, n: descend(g, s, r, 5), "There are always 5 steps: use n_steps."),
        (lambda g, s, r, n: descend(g, s, r, 10), "There are always 10 steps: use n_steps."),
        (lambda g, s, r, n: descend(g, s, r, 100), "There are always 100 steps: use n_steps."),
        (lambda g, s, r, n: np.repeat(descend(g, s, r, n)[-1:], n + 1, axis=0), "All rows are the same array, changed in place: append a new one, w = w - ..., in every round."),
        (lambda g, s, r, n: np.repeat(s[None], n + 1, axis=0), "Every row is the start: in each round take the step from the last place, path[-1], and keep it."),
        (lambda g, s, r, n: s - r * np.arange(n + 1)[:, None] * g(s), "The gradient never changes: compute it anew at every place."),
        (lambda g, s, r, n: _always_from(s, g, r, n), "Every step starts from the start: step on from the last place, path[-1] - learning_rate * ..."),
        (lambda g, s, r, n: np.concatenate([s[None], descend(g, s, r, n)])[:-1], "The start stands there twice, and the last place is missing: step first, then append."),
        (lambda g, s, r, n: np.concatenate([s[None], descend(g, s, r, n)]), "The start stands there twice: the path has n_steps + 1 rows."),
        (lambda g, s, r, n: np.concatenate([s[None], np.diff(descend(g, s, r, n), axis=0)]), "These are the steps: append the places, w - learning_rate * gradient(w)."),
        (lambda g, s, r, n: np.array([*np.diff(descend(g, s, r, n), axis=0)]), "These are the steps: append the places, w - learning_rate * gradient(w), the start first."),
        (lambda g, s, r, n: np.array([g(w) for w in descend(g, s, r, n)]), "These are the gradients: append the places, w - learning_rate * gradient(w)."),
        (lambda g, s, r, n: np.array([g(w) for w in descend(g, s, r, n)[:-1]]), "These are the gradients: append the places, w - learning_rate * gradient(w), the start first."),
        (lambda g, s, r, n: descend(g, 0 * s, r, n), "It starts from zeros: begin with start."),
        (lambda g, s, r, n: descend(lambda w: g(w) / np.linalg.norm(g(w)), s, r, n), "Every step has the same length: a step is learning_rate times the gradient, long where it is steep."),
        (lambda g, s, r, n: descend(lambda w: np.sign(g(w)), s, r, n), "Only the sign of the gradient is used: a step is learning_rate times the gradient."),
        (lambda g, s, r, n: descend(g, s, r, n).T, "The path is transposed: one row per step, one column per parameter."),
        (lambda g, s, r, n: descend(g, s, r, n)[::-1], "The path is in reverse: the start is its first row."),
        (lambda g, s, r, n: descend(g, s, r, n).ravel(), "All places stand in one row: append each place as an array of its own, path.append(w)."),
        (lambda g, s, r, n: _with_last_row_0(descend(g, s, r, n)), "The last row is still 0: the loop ends one step too early."),
    ],
)  # fmt: skip


def bowl_gradient(w):
    """∇L = (w₁, 10 w₂) for the bowl L(w) = ½ (w₁² + 10 w₂²).

    w (2,) -> (2,). Its curvatures are 1 and 10.
    """
    return np.array([w[0], 10 * w[1]])


def _for_the_picture(slopes, w):
    """The next picture multiplies the learner's slopes by a learning rate: that needs an array, not a list."""
    is_list = isinstance(slopes, list | tuple)
    return [np.nan, np.nan] if is_list and np.allclose(slopes, bowl_gradient(w)) else slopes


def _bowl_mistake(first, second):
    """The wrong gradient with these two slopes, each a function of w₁ and w₂."""
    return lambda w: np.array([first(*w), second(*w)])


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
        (lambda w: bowl_gradient(w).tolist(), "The numbers are right, but a list cannot be multiplied by a learning rate: put np.array( ) around it, np.array([..., ...])."),
        (lambda w: -bowl_gradient(w), "The sign is flipped: this points downhill; the gradient points uphill."),
        (lambda w: 2 * bowl_gradient(w), "Twice too large: the ½ in front cancels the 2 of the square."),
        (lambda w: bowl_gradient(w) / 2, "Half too small: the derivative of the square brings a 2 that cancels the ½."),
        (lambda w: np.array([w[0], w[1]]), "The 10 in front of w₂² is missing from its slope."),
        (lambda w: 10 * w, "The 10 belongs to w₂ alone: the slope in w₁ is w₁."),
        (lambda w: bowl_gradient(w)[::-1], "The two slopes are swapped: first the one in w₁, then the one in w₂."),
        (_bowl_mistake(lambda a, b: 10 * a, lambda a, b: b), "The 10 belongs to w₂, not to w₁."),
        (_bowl_mistake(lambda a, b: a, lambda a, b: 5 * b), "The slope in w₂ is half too small: the 2 of the square cancels the ½ there, too."),
        (_bowl_mistake(lambda a, b: a / 2, lambda a, b: 10 * b), "The slope in w₁ is half too small: the 2 of the square cancels the ½."),
        (_bowl_mistake(lambda a, b: a, lambda a, b: 20 * b), "The slope in w₂ is twice too large: the ½ in front belongs to both parts of the bracket."),
        (_bowl_mistake(lambda a, b: 2 * a, lambda a, b: 10 * b), "The slope in w₁ is twice too large: the ½ in front cancels the 2 of the square."),
        (_bowl_mistake(lambda a, b: a, lambda a, b: -10 * b), "The sign of the slope in w₂ is flipped."),
        (_bowl_mistake(lambda a, b: -a, lambda a, b: 10 * b), "The sign of the slope in w₁ is flipped."),
        (_bowl_mistake(lambda a, b: a, lambda a, b: 10.0), "The slope in w₂ still holds w₂: the derivative of 5 w₂² is 10 w₂, not 10."),
        (_bowl_mistake(lambda a, b: 1.0, lambda a, b: 10.0), "These are the curvatures: the slopes still hold w, the derivative of ½ w₁² is w₁."),
        (_bowl_mistake(lambda a, b: a, lambda a, b: b + 10), "You added the 10: the slope in w₂ is 10 times w₂."),
        (_bowl_mistake(lambda a, b: a, lambda a, b: b**10), "The 10 is a factor, not an exponent: the slope in w₂ is 10 times w₂."),
        (_bowl_mistake(lambda a, b: a, lambda a, b: 10 * a), "The second slope holds w₁: it is 10 times w₂, w[1]."),
        (_bowl_mistake(lambda a, b: b, lambda a, b: 10 * b), "The first slope holds w₂: it is w₁, w[0]."),
        (_bowl_mistake(lambda a, b: a + 10 * b, lambda a, b: a + 10 * b), "You added the slopes up: each parameter has its own."),
        (_bowl_mistake(lambda a, b: a**2, lambda a, b: 10 * b**2), "The squares are still there: the derivative of ½ w₁² is w₁."),
        (_bowl_mistake(lambda a, b: a**2 / 2, lambda a, b: 5 * b**2), "These are the two parts of the loss; take the slope of each."),
        (_bowl_mistake(lambda a, b: a, lambda a, b: 100 * b), "The 10 is squared: it is a plain factor of w₂²."),
        (lambda w: np.abs(bowl_gradient(w)), "These are absolute values: a slope is negative where w is."),
        (lambda w: w[0] + 10 * w[1], "You added the slopes up: each parameter has its own, shape (2,)."),
        (lambda w: np.array([w[0] + 10 * w[1]]), "You added the slopes up to one number: each parameter has its own, shape (2,)."),
        (lambda w: (w[0] ** 2 + 10 * w[1] ** 2) / 2, "This is the loss itself; the gradient holds its two slopes."),
        (lambda w: w[:1], "The slope in w₂ is missing: the gradient holds two numbers."),
        (lambda w: w[0], "This is one number, the first slope: the gradient holds two, np.array([..., ...]), that in w₂, too. Two numbers in np.array( ) need [ ] around them."),
        (lambda w: 10 * w[1], "This is the slope in w₂ alone: the gradient holds two numbers, that in w₁ first."),
        (lambda w: bowl_gradient(w)[:, None], "The slopes stand in a column of shape (2, 1): give them shape (2,), as w has it."),
        (lambda w: bowl_gradient(w)[None, :], "The slopes stand in a row of shape (1, 2): one pair of [ ] is enough, shape (2,)."),
        (lambda w: np.diag(bowl_gradient(w)), "The slopes stand on the diagonal of a table: give them shape (2,), as w has it."),
        (lambda w: np.diag([1.0, 10.0]), "This is the Hessian, the curvatures: the gradient holds the two slopes at w, shape (2,)."),
        (lambda w: bowl_gradient(w) / np.linalg.norm(w), "The slopes are divided by the length of w: leave them as they are."),
        (lambda w: bowl_gradient(w) / np.linalg.norm(bowl_gradient(w)), "The gradient is scaled to length 1: leave it as it is, its length tells how steep it is."),
        (lambda w: np.gradient(w), "np.gradient takes differences between neighbours in an array: it does not know L. Write the two slopes yourself."),
        (lambda w: w - 0.1 * bowl_gradient(w), "This is w after a step: return the gradient alone."),
    ],
    seen=_for_the_picture,
)  # fmt: skip


def steps_until(losses, tolerance):
    """The first k with |L_k − L_{k−1}| < ε, or the last k when there is none.

    losses (n_steps + 1,), tolerance ε in the same unit -> a whole number. Slide "Gradient Descent".
    """
    for k in range(1, len(losses)):
        if abs(losses[k] - losses[k - 1]) < tolerance:
            return k
    return len(losses) - 1


def _first(fits, losses):
    """The first k ≥ 1 for which fits(k), or the last k: the frame of every wrong stopping rule below."""
    return next((k for k in range(1, len(losses)) if fits(k)), len(losses) - 1)


def _return_inside(losses, tolerance):
    for k in range(1, len(losses)):
        if abs(losses[k] - losses[k - 1]) < tolerance:
            break
        return k


def _found(losses, tolerance, what):
    """What of the first k with a small change, or the last k when there is none."""
    k = _first(lambda k: abs(losses[k] - losses[k - 1]) < tolerance, losses)
    return what(k) if abs(losses[k] - losses[k - 1]) < tolerance else k


def _changes(losses):
    return np.abs(np.diff(losses))


check_steps_until = Exercise(
    steps_until,
    [
        ("losses that shrink to 3", (np.array([11.0, 7.0, 5.0, 4.0, 3.5, 3.25, 3.125, 3.06]), 0.3)),
        ("losses that settle at once", (np.array([5.0, 4.99, 4.0, 1.0]), 0.05)),
        ("losses that rise by a lot before they settle", (np.array([4.0, 9.0, 2.0, 1.9, 1.89]), 0.5)),
        ("losses that never settle", (np.array([16.0, 8.0, 4.0, 2.0]), 0.001)),
        ("losses that end where they began", (np.array([3.0, 9.0, 6.0, 3.1, 3.0]), 0.3)),
        ("a change that equals the tolerance", (np.array([8.0, 6.0, 5.0, 4.5]), 1.0)),
        ("losses that never settle and end on a rise", (np.array([9.0, 4.0, 2.0, 1.0, 3.0]), 0.5)),
    ]
    + [(f"random losses {k}", (np.cumsum(np.random.default_rng(k).normal(size=30)), 0.1)) for k in (5, 6)],
    hints=[
        "Go through the steps from k = 1 on and compare each loss with the one before it.",
        "abs(losses[k] - losses[k - 1]) < tolerance is the condition: return that k.",
        "When the loop ends without a return, the last k is len(losses) - 1.",
    ],
    mistakes=[
        (lambda L, e: _first(lambda k: L[k] - L[k - 1] < e, L), "The absolute value is missing: any falling loss would stop it."),
        (lambda L, e: _first(lambda k: L[k - 1] - L[k] < e, L), "The absolute value is missing: any rising loss would stop it."),
        (lambda L, e: _first(lambda k: abs(L[k]) - abs(L[k - 1]) < e, L), "The bars are around the losses: abs belongs around their difference, abs(losses[k] - losses[k - 1])."),
        (lambda L, e: _first(lambda k: L[k] < e, L), "This looks at the loss itself; the rule looks at its change from step to step."),
        (lambda L, e: _first(lambda k: abs(L[k] - L[0]) < e, L), "This compares with the first loss; the rule compares with the one just before."),
        (lambda L, e: _first(lambda k: abs(L[k] - L[-1]) < e, L), "This compares with the last loss; the rule compares with the one just before."),
        (lambda L, e: _first(lambda k: abs(L[k] - L[k - 1]) > e, L), "The comparison is the wrong way round: stop when the change is smaller than ε."),
        (lambda L, e: _first(lambda k: (L[k] - L[k - 1]) ** 2 < e, L), "The change is squared: the rule compares the change itself, abs(...) < tolerance."),
        (lambda L, e: _first(lambda k: abs(L[k] - L[k - 1]) / L[k - 1] < e, L), "The change is divided by the loss: the rule compares the change itself with ε."),
        (lambda L, e: _first(lambda k: abs(L[k] - L[k - 1]) / abs(L[k - 1]) < e, L), "The change is compared with the size of the loss: the rule compares the change itself with ε."),
        (lambda L, e: _first(lambda k: L[k] > L[k - 1], L), "It stops where the loss rises: the rule stops at a change smaller than ε, up or down."),
        (lambda L, e: steps_until(L, e) - 1, "One too early: the step from losses[k - 1] to losses[k] is step k, and the last k is len(losses) - 1."),
        (lambda L, e: steps_until(L, e) + 1, "One too late: step k leads from L[k − 1] to L[k]; return k."),
        (lambda L, e: next((k for k in range(len(L)) if abs(L[k] - L[k - 1]) < e), len(L) - 1),
         "It starts at k = 0, where losses[k - 1] is the last loss: start at 1."),
        (lambda L, e: _first(lambda k: abs(L[k] - L[k - 1]) <= e, L), "The rule stops at a change smaller than ε, not at one equal to it."),
        (lambda L, e: next((k for k in range(len(L) - 1) if abs(L[k + 1] - L[k]) < e), len(L) - 1),
         "One too early: the step from losses[k] to losses[k + 1] is step k + 1."),
        (lambda L, e: next((k for k in range(1, len(L)) if abs(L[k] - L[k - 1]) < e), len(L)),
         "Right, but for losses that never settle: the last k is len(losses) - 1, as the first is 0."),
        (lambda L, e: next((k for k in range(1, len(L)) if abs(L[k] - L[k - 1]) < e), -1),
         "Right, but for losses that never settle: return the last k there, len(losses) - 1, not −1."),
        (lambda L, e: next((k for k in range(1, len(L)) if abs(L[k] - L[k - 1]) < e), 0),
         "Right, but for losses that never settle: return the last k there, len(losses) - 1, not 0."),
        (lambda L, e: np.argmax(_changes(L) < e) + 1, "Right, but for losses that never settle: with none small enough argmax gives 0; return len(losses) - 1 there."),
        (lambda L, e: len(L) - 1, "It always returns the last k, it never stops early: is the change tested at every step, and is the k of the first small one returned?"),
        (lambda L, e: len(L), "This is how many losses there are: return the first k whose change is small, or the last k, len(losses) - 1."),
        (lambda L, e: 1 if abs(L[1] - L[0]) < e else len(L) - 1, "Only the first step is tested: the return after the loop, for when none is small, stands inside it."),
        (_return_inside, "The return after the loop stands inside it: so only the first step is tested."),
        (lambda L, e: 1, "It always returns 1, whatever the losses: test every step, and return the first k whose change is small. Does a return stand outside the if?"),
        (lambda L, e: np.flatnonzero(_changes(L) < e)[-1] + 1 if (_changes(L) < e).any() else len(L) - 1,
         "This is the last step whose change is small: return the first one, as soon as it is found."),
        (lambda L, e: np.sum(_changes(L) < e), "This counts the small changes: return the first k at which one occurs."),
        (lambda L, e: _found(L, e, lambda k: L[k] - L[k - 1]), "This is the change itself where it is small: return the step k, a whole number."),
        (lambda L, e: _found(L, e, lambda k: abs(L[k] - L[k - 1])), "This is the size of the change where it is small: return the step k, a whole number."),
        (lambda L, e: L[steps_until(L, e)], "This is the loss at that step: return the step k, a whole number."),
        (lambda L, e: abs(L[1] - L[0]) < e, "This tests one step only, and answers yes or no: test every step and return k."),
        (lambda L, e: (_changes(L) < e).any(), "This is yes or no (True or False): return k, the number of the step."),
        (lambda L, e: np.argmin(_changes(L)) + 1, "This is the smallest change of all: the rule stops at the first one that is smaller than ε."),
        (lambda L, e: np.argmin(_changes(L)), "This is where the smallest change of all begins: the rule stops at the first one that is smaller than ε."),
        (lambda L, e: np.argmin(L), "This is the step with the smallest loss: the rule looks at the change from step to step."),
        (lambda L, e: _changes(L), "These are the changes of all steps: return the first k at which one is smaller than ε."),
        (lambda L, e: _changes(L) < e, "This says yes or no for every step: return the first k that says yes."),
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
        (lambda H: 1 / _eigenvalues(H)[0], "You took the smallest curvature; the steepest direction sets the limit, and it is 2 divided by its curvature."),
        (lambda H: _eigenvalues(H)[0], "This is the smallest curvature: the limit is 2 divided by the largest."),
        (lambda H: 2 / _eigenvalues(H)[-2], "You took the second largest curvature: the largest stands at the end, [-1]."),
        (lambda H: 2 / _eigenvalues(H)[1], "[1] is the largest of two curvatures only: take the last, [-1], whatever their number."),
        (lambda H: _eigenvalues(H)[-1], "This is the curvature λmax; the limit is 2 divided by it."),
        (lambda H: _eigenvalues(H)[-1] / 2, "Upside down: the steeper the bowl, the smaller the step it allows."),
        (lambda H: 2 * _eigenvalues(H)[-1], "You multiplied by λmax: the limit is 2 divided by it."),
        (lambda H: -2 / _eigenvalues(H)[-1], "The sign is flipped: a learning rate is positive."),
        (lambda H: 4 / _eigenvalues(H)[-1], "Twice too large: the limit is 2 divided by λmax."),
        (lambda H: 2 / _eigenvalues(H)[-1] ** 2, "λmax is squared: the limit is 2 divided by λmax itself."),
        (lambda H: 2 / np.sqrt(_eigenvalues(H)[-1]), "There is a root too many: the limit is 2 divided by λmax itself."),
        (lambda H: 0.0, "This is 0, whatever the Hessian: is there a // (it rounds down) where / is meant?"),
        (lambda H: 2 / np.trace(H), "The trace, or the sum of the eigenvalues, adds all curvatures up; only the largest sets the limit."),
        (lambda H: 2 / _eigenvalues(H).mean(), "This takes the mean curvature; only the largest sets the limit."),
        (lambda H: np.mean(2 / _eigenvalues(H)), "This is the mean of the limits of all directions: the steepest one sets the limit, the smallest."),
        (lambda H: np.max(2 / np.abs(H).sum(axis=1)), "The sums of the rows are no curvatures: use the eigenvalues."),
        (lambda H: 2 / np.abs(H).sum(axis=1).max(), "The largest sum of a row is at least the largest curvature, not equal to it: use the eigenvalues."),
        (lambda H: 2 / H.sum(), "The sum of all entries is no curvature: use the eigenvalues."),
        (lambda H: 2 / np.median(_eigenvalues(H)), "This takes the median curvature; only the largest sets the limit."),
        (lambda H: 2 / np.linalg.det(H), "The determinant multiplies all curvatures; only the largest sets the limit."),
        (lambda H: 2 / np.linalg.norm(H), "The norm of the matrix mixes all curvatures; only the largest sets the limit."),
        (lambda H: 2 / np.linalg.cond(H), "The condition number compares the curvatures; only the largest sets the limit."),
        (lambda H: 2 / H.max(), "The largest entry of the matrix is right only for a bowl whose axes lie along the parameters: use the eigenvalues."),
        (lambda H: 2 / H[-1, -1], "The last entry of the matrix is right only for a bowl whose axes lie along the parameters: use the eigenvalues."),
        (lambda H: 2 / H, "This divides by the entries of the matrix: divide by the largest of its eigenvalues, one number."),
        (lambda H: np.argmax(_eigenvalues(H)), "argmax says where the largest stands: the limit is 2 divided by the largest itself, max or [-1]."),
        (lambda H: 2 / np.argmax(_eigenvalues(H)), "argmax says where the largest stands: take the largest itself, max or [-1]."),
        (lambda H: 2 / np.linalg.eigh(H)[1], "eigh returns curvatures and directions: this divides by the directions. eigvalsh returns the curvatures alone."),
        (_eigenvalues, "These are all curvatures: the limit is 2 divided by the largest."),
        (lambda H: 2 / _eigenvalues(H), "These are the limits of all directions: return the one that is reached first."),
        (lambda H: 1 / _eigenvalues(H), "These are 1/λ of all directions: the limit is 2 divided by the largest λ, one number."),
        (lambda H: 2 / _eigenvalues(H)[-1:], "[-1:] is an array with one number in it: [-1] is the number itself, one number."),
    ],
)  # fmt: skip
