"""Gradient descent: the slope of a loss, the walk downhill, when to stop, and how large a step may be.

Parameters `w` may have any shape; a path holds the start in its first row and one more row per step.
Slides: Introduction to Machine Learning, "Training Procedure" and "Gradient Descent".
"""

from typing import NamedTuple

import numpy as np

from lessons_lib.maths.checks import check_knobs, check_slope, check_tolerance, overflow_is_quiet


@overflow_is_quiet
def slope(f, x, h=1e-6):
    """(f(x + h) − f(x)) / h, the slide's forward difference.

    f: number -> number; x and h are numbers in the same unit, h not 0 (ValueError). The error grows with h
    (the curve bends) and with 1/h (rounding): for a smooth f near 1, h = 1e-8 is about best.
    """
    if h == 0:
        raise ValueError("h needs to be a step different from 0: the slope divides by it.")
    return (f(x + h) - f(x)) / h


@overflow_is_quiet
def numerical_gradient(f, w, h=1e-5):
    """∂f/∂wᵢ ≈ (f(w + h eᵢ) − f(w − h eᵢ)) / 2h for every entry of w, by central differences.

    f: array like w -> number or array; w any shape. Returns an array of shape w.shape + the shape of f(w):
    the gradient of a loss, or every slope of a gradient (the Hessian). ValueError when h is 0.
    """
    if h == 0:
        raise ValueError("h needs to be a step different from 0: the slope divides by it.")
    w = np.asarray(w, dtype=float)
    slopes = []
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = h
        slopes.append((np.asarray(f(w + step)) - np.asarray(f(w - step))) / (2 * h))
    return np.reshape(slopes, w.shape + np.shape(slopes[0] if slopes else 0.0))


@overflow_is_quiet
def descend(gradient, start, learning_rate, n_steps):
    """w_k = w_{k−1} − r ∇L(w_{k−1}), repeated n_steps times.

    gradient: array like start -> same shape; start any shape; learning_rate r, a number; n_steps ≥ 0.
    Returns the path (n_steps + 1, *start.shape). A run that overflows goes on with inf and nan.
    ValueError or TypeError when a knob is not a number or the gradient has another shape than w.
    Slide "Gradient Descent".
    """
    check_knobs(learning_rate, n_steps)
    path = [np.array(start, dtype=float)]
    for step in range(n_steps):
        w = path[-1]
        slopes = gradient(w)
        check_slope(slopes, w)
        path.append(w - learning_rate * slopes)
    return np.array(path)


@overflow_is_quiet
def descend_until(loss, gradient, start, learning_rate, tolerance, max_steps):
    """Gradient descent that stops once |L(w_k) − L(w_{k−1})| < ε, or after max_steps.

    Like `descend`; tolerance ε ≥ 0 in the unit of the loss. Returns the path (steps taken + 1, *start.shape).
    ValueError when ε is negative. Slide "Gradient Descent", the two ways to stop.
    """
    check_knobs(learning_rate, max_steps)
    check_tolerance(tolerance)
    path = [np.array(start, dtype=float)]
    for step in range(max_steps):
        w = path[-1]
        slopes = gradient(w)
        check_slope(slopes, w)
        path.append(w - learning_rate * slopes)
        if abs(loss(path[-1]) - loss(w)) < tolerance:
            break
    return np.array(path)


@overflow_is_quiet
def critical_learning_rate(hessian):
    """2 / λmax, the learning rate at which descent on a bowl stops converging.

    hessian (d, d), symmetric (or one number, the curvature of a curve) -> a number; infinite where nothing
    curves upwards. Along the steepest direction the distance to the minimum is multiplied by (1 − r λmax) at
    every step: it shrinks only while r < 2/λmax. ValueError when the Hessian is not square and finite.
    """
    H = np.atleast_2d(np.asarray(hessian, dtype=float))
    if H.ndim != 2 or H.shape[0] != H.shape[1] or H.size == 0 or not np.isfinite(H).all():
        raise ValueError(
            f"the Hessian needs to be a square matrix of finite numbers; it has shape {np.shape(hessian)}."
        )
    largest = np.linalg.eigvalsh(H / 2 + H.T / 2)[-1]
    return 2 / largest if largest > 0 else np.inf


@overflow_is_quiet
def verdict(path, losses):
    """What a run did, as one of four strings: "diverged", "converged", "oscillating" or "too slow".

    path (n_steps + 1, ...), losses (n_steps + 1,). Scale-free:
    diverged: something is not finite, or the last loss exceeds the first;
    converged: the last step is at most 1/1000 as long as the first;
    oscillating: the last two steps point against each other; too slow: everything else.
    ValueError when the path and the losses differ in length.
    """
    path, losses = np.asarray(path, dtype=float), np.asarray(losses, dtype=float)
    if len(path) == 0 or losses.shape != (len(path),):
        raise ValueError(f"a path of {len(path)} points needs as many losses; there are {losses.shape}.")
    if not np.isfinite(path).all() or not np.isfinite(losses).all() or losses[-1] > losses[0]:
        return "diverged"
    if len(path) == 1:
        return "too slow"
    # Divided by the largest, so that neither a difference nor its square can overflow or vanish.
    steps = np.diff(path.reshape(len(path), -1) / (np.abs(path).max(initial=0) or 1.0), axis=0)
    steps = steps / (np.abs(steps).max(initial=0) or 1.0)
    if np.linalg.norm(steps[-1]) <= np.linalg.norm(steps[0]) / 1000:
        return "converged"
    if len(steps) > 1 and steps[-1] @ steps[-2] < 0:
        return "oscillating"
    return "too slow"


class Run(NamedTuple):
    """What a descent did up to a step, in plain numbers; made by `facts`."""

    n_steps: int
    first: float  # the loss at the start, now, and the lowest that was seen so far, at which step
    last: float
    lowest_so_far: float
    lowest_step: int
    left: float  # the share of the way from the first loss to the lowest possible one that is left
    moved: bool  # some step changed something
    turning: bool  # the last two steps point against each other
    grows: bool  # above the first loss and not falling, or no longer finite
    turning_point: int | None  # a later step after which the loss rises, seen by looking ahead
    arrival: int | None  # the first step within a thousandth of the way to the bottom; None: not seen
    steps_on_offer: int | None  # how many steps were looked through; None: only those up to now


@overflow_is_quiet
def facts(path, losses, n_steps=None, lowest=0.0):
    """What a run did up to n_steps (all of it, unless told), as a `Run`.

    path (m + 1, ...), losses (m + 1,) of a run that may go on after n_steps: what comes later only tells when it
    arrives. lowest: the lowest possible loss. ValueError when the path and the losses differ in length.
    """
    path, losses = np.asarray(path, dtype=float), np.asarray(losses, dtype=float)
    if len(path) == 0 or losses.shape != (len(path),):
        raise ValueError(f"a path of {len(path)} points needs as many losses; there are {losses.shape}.")
    m = len(path) - 1
    n = m if n_steps is None else n_steps
    seen, way = losses[: n + 1], losses[0] - lowest
    last_two = np.diff(path[max(0, n - 2) : n + 1].reshape(-1, path[0].size), axis=0)
    longest = np.abs(last_two).max(initial=0) or 1.0
    lowest_step = int(np.nanargmin(losses))
    rises = not losses[-1] <= losses[lowest_step] * (1 + 1e-9)  # more than rounding; also where it overflows
    close = np.flatnonzero(losses - lowest <= way / 1000) if way > 0 else []
    return Run(
        n_steps=n,
        first=float(losses[0]),
        last=float(losses[n]),
        lowest_so_far=float(np.nanmin(seen)),
        lowest_step=int(np.nanargmin(seen)),
        left=float((losses[n] - lowest) / way) if way > 0 else 0.0,
        moved=bool((path[: n + 1] != path[0]).any()),
        turning=len(last_two) == 2 and bool(last_two[0] / longest @ (last_two[1] / longest) < 0),
        grows=not np.isfinite(losses[n]) or bool(losses[n] > losses[0] and losses[n] >= losses[max(0, n - 1)]),
        turning_point=lowest_step if rises and lowest_step > n else None,
        arrival=int(close[0]) if len(close) else None,
        steps_on_offer=None if n_steps is None else m,
    )
