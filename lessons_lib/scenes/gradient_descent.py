"""Pictures of gradient descent: on a curve, on a map, in numbers; the slope, the stopping rules, curvature.

Each function takes what the picture is about and returns a scene: build(figure) -> update(**knobs) -> caption.
"""

from typing import NamedTuple

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from lessons_lib.maths.checks import overflow_is_quiet
from lessons_lib.maths.gradient_descent import (
    critical_learning_rate,
    descend,
    descend_until,
    facts,
    numerical_gradient,
    slope,
)
from lessons_lib.scenes.challenges import fewest_steps, largest_rate, rate_guess
from lessons_lib.scenes.drawing import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    loss_curve,
    near,
    rate_zones,
    remembered_descent,
    rings,
)
from lessons_lib.scenes.words import descent_story, number, percent, steps, told_apart

_MANY_STEPS = 200


def _limit(gradient, start):
    """The learning rate 2/λmax of the bowl whose gradient this is; infinite when it is not the gradient of a bowl."""
    H = np.atleast_2d(numerical_gradient(gradient, start))
    largest = np.abs(H).max()
    if np.abs(H - H.T).max() > 1e-3 * largest or np.linalg.eigvalsh(H)[0] < -1e-3 * largest:
        return np.inf
    return critical_learning_rate(H)


def _told(run, learning_rate, limit):
    if np.isfinite(limit):
        return descent_story(run, learning_rate, limit)
    return f"{descent_story(run)} At the start this is not the gradient of a bowl, so there is no limit to mark."


def _path_on(chart, start, centre, reach, side=-1):
    """Mark the start on a chart, its name to the left (side -1) or right -> show(points (n, 2)), which draws a path."""
    chart.plot(*start, "s", color=BLACK, markersize=9)
    where = {"xytext": (9 * side, 6), "textcoords": "offset points", "ha": "right" if side < 0 else "left"}
    chart.annotate("start", start, fontsize=13, **where)
    (line,) = chart.plot([], [], "-o", color=ORANGE, linewidth=2, markersize=4, animated=True)
    (end,) = chart.plot([], [], "o", color=ORANGE, markersize=12, markeredgecolor=BLACK, animated=True)

    def show(points):
        drawn = near(points, centre, 50 * reach)
        line.set_data(*drawn.T)
        end.set_data(*drawn[-1:].T)

    return show


def _walk(figure, loss, gradient, start, minimum, max_steps, show_path):
    """Add the loss per step to a chart -> update(learning_rate, n_steps), with the zones of its learning rate.

    show_path(path, losses) draws the path on that chart.
    """
    limit, lowest = _limit(gradient, start), loss(minimum)
    run = remembered_descent(gradient, loss, start)
    show_losses = loss_curve(figure.add_axes([0.60, 0.15, 0.38, 0.82]), loss(start), lowest, max_steps)

    @overflow_is_quiet
    def update(learning_rate, n_steps):
        path, losses = run(learning_rate, max(n_steps, max_steps))
        show_path(path[: n_steps + 1], losses[: n_steps + 1])
        show_losses(losses[: n_steps + 1])
        return _told(facts(path, losses, n_steps, lowest), learning_rate, limit)

    def arrival(learning_rate, **_):
        return facts(*run(learning_rate, max_steps), max_steps, lowest).arrival

    def needed(learning_rate, n_steps):
        step = arrival(learning_rate)
        return step if step is not None and step <= n_steps else None

    update.zones = {"learning_rate": rate_zones(limit)}
    update.guesses = {"learning_rate": rate_guess(limit)}
    update.challenges = {"fewest steps": fewest_steps("arrive", needed), "largest rate": largest_rate(arrival, 20)}
    return update


def descent(loss, gradient, start=(4, -3), minimum=(0, 0), names=("w₁", "w₂"), max_steps=_MANY_STEPS):
    """Descent on the map of a loss of two parameters, its loss per step, and the limit 2/λmax.

    loss(w) -> number, gradient(w) -> (2,), start and minimum (2,); the map shows both, at one scale. The limit is
    computed from the curvature of `gradient` at the start, where it is that of a bowl. The loss per step is drawn up
    to max_steps. Knobs: learning_rate, n_steps.
    """
    start, minimum = np.array(start, dtype=float), np.array(minimum, dtype=float)
    reach = 1.35 * (np.abs(start - minimum).max() or 1.0)

    def build(figure):
        chart = figure.add_axes([0.10, 0.15, 0.365, 0.82])
        rings(chart, loss, *((centre - reach, centre + reach) for centre in minimum))
        chart.set_xlabel(names[0], labelpad=0)
        chart.set_ylabel(names[1], labelpad=0)
        chart.plot(*minimum, "+", color=BLACK, markersize=14, markeredgewidth=2)
        show = _path_on(chart, start, minimum, reach)
        return _walk(figure, loss, gradient, start, minimum, max_steps, lambda path, losses: show(path))

    return build


def descent_on_curve(loss, gradient, start, view, minimum, name="w", max_steps=_MANY_STEPS):
    """Descent on the curve of a loss of one parameter, its loss per step, and the limit 2/curvature.

    loss(w) -> number, gradient(w) -> number; start and minimum numbers; view (left, right) of the curve.
    Knobs: learning_rate, n_steps.
    """
    w_axis = np.linspace(*view, 200)
    curve = np.array([loss(w) for w in w_axis])
    height = np.ptp(curve)

    def build(figure):
        chart = figure.add_axes([0.10, 0.15, 0.37, 0.82])
        chart.set(xlim=view, ylim=(curve.min() - 0.08 * height, curve.max() + 0.05 * height), ylabel="loss")
        chart.set_xlabel(name, labelpad=0)
        chart.plot(w_axis, curve, color=BLUE)
        middle, reach = np.array([minimum, loss(minimum)]), max(height, np.ptp(w_axis))
        show = _path_on(chart, (start, loss(start)), middle, reach, side=1)

        def show_path(path, losses):
            show(np.column_stack([path, losses]))

        return _walk(figure, loss, gradient, start, minimum, max_steps, show_path)

    return build


def three_parameters(loss, gradient, start, names=("w₁", "w₂", "w₃"), max_steps=30):
    """Descent of three parameters at once: their numbers step by step, and a line for each.

    loss(w) -> number, gradient(w) -> (3,), start (3,). Knobs: learning_rate, step.
    """
    start = np.array(start, dtype=float)
    limit, run = _limit(gradient, start), remembered_descent(gradient, loss, start)
    reach = 1.5 * np.abs(start).max()

    def build(figure):
        show_numbers = _columns_of_numbers(figure, names)
        chart = figure.add_axes([0.67, 0.15, 0.31, 0.73])
        chart.set(xlim=(-0.5, max_steps + 0.5), ylim=(-reach, reach), xlabel="step", ylabel="value")
        chart.axhline(0, color=GREY, linewidth=1)
        chart.plot([0] * 3, start, "s", color=BLACK, markersize=6)
        styles = [(BLUE, "-"), (ORANGE, "--"), (GREEN, ":")]
        lines = [chart.plot([], [], style, color=colour, linewidth=3.5, label=name, animated=True)[0]
                 for name, (colour, style) in zip(names, styles)]  # fmt: skip
        chart.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=3, handlelength=1.6, columnspacing=1)

        @overflow_is_quiet
        def update(learning_rate, step):
            path, losses = run(learning_rate, max_steps)
            told = _told(facts(path, losses, step), learning_rate, limit)
            before = path[max(0, step - 1)]
            show_numbers(before, gradient(before), path[max(1, step)])
            for line, values in zip(lines, path[: step + 1].T):
                outside = np.flatnonzero(~(np.abs(values) <= reach))
                # A line that has left the picture ends there, instead of filling it with its swings.
                shown = np.nan_to_num(values[: outside[0] + 1 if len(outside) else None])
                line.set_data(np.arange(len(shown)), np.clip(shown, -9 * reach, 9 * reach))
            return told

        update.zones = {"learning_rate": rate_zones(limit)}
        return update

    return build


def _columns_of_numbers(figure, names):
    """Write the step of three parameters: name: before − r · slope = after -> show(before, slope, after), each (3,)."""
    page = figure.add_axes([0.02, 0.03, 0.56, 0.94])
    page.set(xlim=(0, 1), ylim=(0, 1))
    page.axis("off")
    page.text(0, 0.93, "All three take their step at the same time:", fontsize=15)
    page.text(0, 0.80, "r is the learning rate, slope the old place's slope.", fontsize=15)

    def column(x, text="", **style):
        # One text of three lines is quicker to draw than three; what does not move is drawn once.
        return page.text(x, 0.58, text, family="monospace", fontsize=15, va="top", linespacing=2.2, **style)

    page.text(0.13, 0.64, f"before{'':11}slope{'':8}after", family="monospace", fontsize=14, color="#444444")
    column(0, "\n".join(f"{name}:" for name in names))
    column(0.37, "\n".join(["− r ·"] * 3))
    column(0.74, "\n".join(["="] * 3))
    columns = [column(x, animated=True) for x in (0.10, 0.50, 0.78)]

    def show(*numbers):
        for text, three in zip(columns, numbers):
            text.set_text("\n".join(f"{n:7.3f}" if abs(n) < 1000 else f"{n:7.0e}" for n in three))

    return show


class _Slope(NamedTuple):
    """A slope by difference beside the true one."""

    true: float
    estimate: float
    error: float
    rounded_away: bool  # x + h is x, or both heights are one number
    too_large: bool  # h lies where the bending of the curve is the larger error


def _slope_facts(f, derivative, x, h):
    true, estimate = derivative(x), slope(f, x, h)
    # At the square root of float64's rounding both errors meet.
    return _Slope(true, estimate, abs(estimate - true), f(x + h) == f(x) and h < 1e-8, h > 1.5e-8 * max(abs(x), 1))


def _slope_told(x, h, found):
    if found.rounded_away:
        why = "h is so small that both heights are the same number, and the slope is 0 whatever the true one"
    elif found.error <= 1e-4 * max(abs(found.true), 1):
        why = "close enough to walk downhill with"
    elif found.too_large:
        why = "h is too large: the curve bends between the two points"
    else:
        why = "h is too small: both heights agree in nearly all their digits, and rounding is left"
    numbers = f"slope {found.estimate:.6g}, true slope {found.true:.6g}, error {found.error:.2g}"
    return f"At x = {x:.4g} with h = {h:.2g}: {numbers}: {why}."


def slope_by_difference(f, derivative, view, name="w"):
    """The slope of a curve from two of its points, and how far it is from the derivative for every h.

    f(x) -> number, derivative(x) -> number, view (left, right). Knobs: x (in the view), h from 1e-16 to 1.
    """
    x_axis = np.linspace(*view, 200)
    curve = np.array([f(x) for x in x_axis])
    every_h = np.logspace(-16, 0, 161)

    def build(figure):
        chart = figure.add_axes([0.08, 0.15, 0.38, 0.80])
        low, high = curve.min() - 0.1 * np.ptp(curve), curve.max() + 0.1 * np.ptp(curve)
        chart.set(xlim=view, ylim=(low, high), xlabel=name, ylabel=f"L({name})")
        chart.plot(x_axis, curve, color=BLUE)
        (tangent,) = chart.plot([], [], color=GREEN, linestyle="--", label="the true slope", animated=True)
        (secant,) = chart.plot([], [], color=ORANGE, label="through two points", animated=True)
        (points,) = chart.plot([], [], "o", color=ORANGE, markersize=11, markeredgecolor=BLACK, animated=True)
        chart.legend(loc="upper center")
        errors = figure.add_axes([0.58, 0.17, 0.40, 0.78])
        errors.set(xlim=(1e-16, 1), ylim=(1e-12, 1e2), xscale="log", yscale="log")
        errors.set(xlabel="h", ylabel="error of the slope")
        errors.set_xticks(10.0 ** np.arange(-16, 1, 4))
        (curve_of_errors,) = errors.plot([], [], color=BLUE, linewidth=1.5, animated=True)
        look = {"color": ORANGE, "markersize": 12, "markeredgecolor": BLACK, "clip_on": False}
        (here,) = errors.plot([], [], "o", animated=True, **look)

        @overflow_is_quiet
        def update(x, h):
            found = _slope_facts(f, derivative, x, h)
            tangent.set_data(view, f(x) + found.true * (np.array(view) - x))
            secant.set_data(view, f(x) + found.estimate * (np.array(view) - x))
            points.set_data([x, x + h], [f(x), f(x + h)])
            wrong = np.abs(np.array([slope(f, x, each) for each in every_h]) - found.true)
            curve_of_errors.set_data(every_h, np.clip(wrong, 1e-13, 1e3))
            here.set_data([h], [np.clip(found.error, 1e-12, 1e2)])
            return _slope_told(x, h, found)

        return update

    return build


def _stopping_told(run, changes, tolerance, max_steps):
    if len(changes) and changes[-1] < tolerance:
        small = f"the last change {changes[-1]:.2g} is below the tolerance {tolerance:.2g}"
        why = f"Stopped after {steps(run.n_steps)} of at most {max_steps}: {small}"
    else:
        last = f": the last change {changes[-1]:.2g} is not below the tolerance {tolerance:.2g}" if len(changes) else ""
        why = f"Stopped by the step limit, after {steps(run.n_steps)}{last}"
    if run.grows:
        return f"{why}. The loss is {number(run.last)}: the run has diverged."
    there = (
        "at the bottom, within a thousandth of the way"
        if run.left <= 0.001
        else f"{percent(run.left)} of the way is left"
    )
    return f"{why}. The loss is {number(run.last)}: {there}."


def stopping(loss, gradient, start, max_steps=_MANY_STEPS):
    """When to stop: the loss per step, and its change |L_k − L_{k−1}| against the tolerance ε.

    loss(w), whose lowest value is 0, gradient(w), start as in `descend`. Knobs: learning_rate, tolerance (ε),
    max_steps.
    """
    start = np.asarray(start, dtype=float)
    first, limit = loss(start), _limit(gradient, start)
    most = max_steps

    def build(figure):
        axes = figure.add_axes([0.09, 0.15, 0.38, 0.75]), figure.add_axes([0.60, 0.15, 0.38, 0.75])
        movers = []
        for chart, name in zip(axes, ("loss", "change of the loss in a step")):
            chart.set(xlim=(-0.02 * most, 1.02 * most), ylim=(first * 1e-9, first * 1e2), yscale="log")
            chart.set(xlabel="step", ylabel=name)
            (line,) = chart.plot([], [], color=BLUE, animated=True)
            look = {"markersize": 15, "markeredgecolor": BLACK, "clip_on": False, "animated": True}
            (stop,) = chart.plot([], [], "X", color=ORANGE, **look)
            movers.append((line, stop))
        (threshold,) = axes[1].plot([], [], color=GREEN, linestyle="--", label="tolerance ε", animated=True)
        (budget,) = axes[1].plot([], [], color=GREY, linestyle=":", label="step limit", animated=True)
        axes[1].legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)

        @overflow_is_quiet
        def update(learning_rate, tolerance, max_steps):
            path = descend_until(loss, gradient, start, learning_rate, tolerance, max_steps)
            losses = np.array([loss(w) for w in path])
            changes = np.abs(np.diff(losses))
            for (line, stop), values, since in zip(movers, (losses, changes), (0, 1)):
                drawn = np.clip(np.nan_to_num(values, nan=np.inf, posinf=np.inf), first * 1e-10, first * 1e4)
                line.set_data(np.arange(since, len(path)), drawn)
                stop.set_data([len(path) - 1][: len(drawn)], np.clip(drawn[-1:], first * 1e-9, first * 1e2))
            threshold.set_data([-1, 2 * most], [tolerance, tolerance])
            budget.set_data([max_steps, max_steps], [first * 1e-9, first * 1e2])
            return _stopping_told(facts(path, losses), changes, tolerance, max_steps)

        update.zones = {"learning_rate": rate_zones(limit)}
        return update

    return build


def cuts_through_a_bowl(hessian, reach=3.0):
    """A tilted bowl, cut along a line through its bottom: the cut is a parabola, and its curvature is uᵀHu.

    hessian (2, 2), symmetric and positive. Knob: angle, of the cut in degrees.
    """
    curvatures = np.linalg.eigvalsh(hessian)
    far = np.linspace(-reach, reach, 61)
    angles = np.arange(0, 181)
    turned = np.column_stack([np.cos(np.radians(angles)), np.sin(np.radians(angles))])
    of_each = np.einsum("ai,ij,aj->a", turned, hessian, turned)

    def build(figure):
        charts = [
            figure.add_axes([left, 0.15, width, 0.79]) for left, width in ((0.07, 0.351), (0.49, 0.20), (0.78, 0.20))
        ]
        rings(charts[0], lambda w: w @ hessian @ w / 2, (-reach, reach), (-reach, reach))
        charts[0].set_xlabel("w₁", labelpad=0)
        charts[0].set_ylabel("w₂", labelpad=0)
        (knife,) = charts[0].plot([], [], color=ORANGE, linewidth=3.5, animated=True)
        charts[1].set(xlim=(-reach, reach), ylim=(0, curvatures[-1] * reach**2 / 2))
        charts[1].set(xlabel="place on the cut", ylabel="loss")
        (parabola,) = charts[1].plot([], [], color=ORANGE, linewidth=3.5, animated=True)
        charts[2].plot(angles, of_each, color=BLUE)
        charts[2].set(xlim=(0, 180), ylim=(0, 1.1 * curvatures[-1]), xticks=[0, 90, 180])
        charts[2].set(xlabel="angle of the cut (°)", ylabel="curvature")
        (here,) = charts[2].plot([], [], "o", color=ORANGE, markersize=12, markeredgecolor=BLACK, animated=True)

        def update(angle):
            direction = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
            curvature = direction @ hessian @ direction
            knife.set_data(*np.outer(direction, [-2 * reach, 2 * reach]))
            parabola.set_data(far, curvature * far**2 / 2)
            here.set_data([angle], [curvature])
            return _cut_told(angle, curvature, curvatures)

        return update

    return build


def _cut_told(angle, curvature, curvatures):
    extreme = {"the flattest cut there is": curvatures[0], "the steepest cut there is": curvatures[-1]}
    which = next((f": {name}" for name, value in extreme.items() if abs(curvature - value) < 1e-9 * value), "")
    limit = f"alone it would allow learning rates up to 2/{curvature:.3g} = {2 / curvature:.3g}"
    return f"Along {angle:.0f}° the cut is a parabola of curvature {curvature:.3g}{which}; {limit}."


def scaling(start=(4.0, 1.0), max_steps=_MANY_STEPS):
    """Descent on L = ½(w₁² + stretch · w₂²): the steepest direction sets the limit, the flattest one the time.

    start (2,). The map has one scale for both directions. Knobs: stretch (≥ 1, the curvature of the second
    direction), learning_rate, n_steps.
    """
    start = np.array(start, dtype=float)
    circles = Path.make_compound_path(*(Path.circle((0, 0), radius) for radius in range(1, 6)))

    def build(figure):
        chart = figure.add_axes([0.07, 0.15, 0.48, 0.80])
        chart.set(xlim=(-4.86, 4.86), ylim=(-3.6, 3.6))
        chart.set_xlabel("w₁", labelpad=0)
        chart.set_ylabel("w₂", labelpad=0)
        squeeze = Affine2D()
        ovals = PathPatch(circles, fill=False, edgecolor="#6C93B5", transform=squeeze + chart.transData, animated=True)
        chart.add_patch(ovals)
        show_path = _path_on(chart, start, np.zeros(2), 5)
        axes = figure.add_axes([0.66, 0.15, 0.32, 0.80])
        show_losses = loss_curve(axes, 1, 0, max_steps, "loss / loss at the start")

        @overflow_is_quiet
        def update(stretch, learning_rate, n_steps):
            curvature = np.array([1.0, stretch])
            path = descend(lambda w: curvature * w, start, learning_rate, max(n_steps, max_steps))
            losses = path**2 @ curvature / 2
            squeeze.clear().scale(1, 1 / np.sqrt(stretch))
            show_path(path[: n_steps + 1])
            show_losses(losses[: n_steps + 1] / losses[0])
            story = descent_story(facts(path, losses, n_steps), learning_rate, 2 / stretch)
            return f"L = ½ (w₁² + {stretch:.3g} w₂²). {story}"

        update.zones = lambda stretch, **_: {"learning_rate": rate_zones(2 / stretch)}
        return update

    return build


class _Valley(NamedTuple):
    """A run in a valley whose curvature changes from place to place."""

    n_steps: int
    place: float
    limit_at_start: float
    limit_here: float
    limit_at_bottom: float
    swings_between: float | None  # it jumps between this place and its mirror image, to three digits


def _valley_facts(path, limits, limit_at_bottom):
    last = path[-1]
    swings = len(path) > 2 and abs(last + path[-2]) < 1e-3 * abs(last) and abs(last) > 0.01
    return _Valley(len(path) - 1, last, limits[0], limits[-1], limit_at_bottom, abs(last) if swings else None)


def _valley_told(run, learning_rate):
    where = f"After {steps(run.n_steps)} w = {run.place:.3g}"
    if run.n_steps == 0:
        where = f"At the start w = {run.place:.3g}"
    local = f"the local limit was {number(run.limit_at_start)} at the start and is {number(run.limit_here)} here"
    beside = (
        "above" if learning_rate > run.limit_at_bottom else "at" if learning_rate == run.limit_at_bottom else "below"
    )
    rate, limit = told_apart(learning_rate, run.limit_at_bottom)
    bottom = f"the learning rate {rate} is {beside} the bottom's limit {limit}"
    if run.swings_between is not None and beside == "above":
        return f"{where}: it swings between ±{run.swings_between:.3g} and neither settles nor blows up, as {bottom}."
    if abs(run.place) < 0.01 and beside == "below":
        return f"{where}: it has settled at the bottom, as {bottom}."
    outlook = "so it will settle there" if beside == "below" else "so it will never settle there"
    return f"{where}: {local}; {bottom}, {outlook}."


def valley_with_straight_sides(start=6.0, max_steps=_MANY_STEPS):
    """Descent on L = √(1 + w²), no bowl: its curvature (1 + w²)^(−3/2) fades outward, so 2/curvature is a local limit.

    Knobs: learning_rate, n_steps.
    """
    w_axis = np.linspace(-8, 8, 161)

    def local_limit(w):
        return 2 * (1 + np.asarray(w) ** 2) ** 1.5

    def build(figure):
        chart = figure.add_axes([0.08, 0.15, 0.39, 0.80])
        chart.set(xlim=(-8, 8), ylim=(0, 8.5), xlabel="w", ylabel="L(w) = √(1 + w²)")
        chart.plot(w_axis, np.sqrt(1 + w_axis**2), color=BLUE)
        show_path = _path_on(chart, (start, np.sqrt(1 + start**2)), np.array([0, 1.0]), 8, side=-1)
        limits = figure.add_axes([0.58, 0.15, 0.40, 0.80])
        limits.set(xlim=(-8, 8), ylim=(0.08, 3e4), yscale="log", xlabel="w", ylabel="learning rate")
        limits.plot(w_axis, local_limit(w_axis), color=GREEN, linestyle="--", label="local limit, 2 / curvature")
        (rate,) = limits.plot([], [], color=PURPLE, label="the learning rate", animated=True)
        limits.legend(loc="upper center")
        (places,) = limits.plot([], [], "o", color=ORANGE, markersize=5, animated=True)
        (here,) = limits.plot([], [], "o", color=ORANGE, markersize=12, markeredgecolor=BLACK, animated=True)

        def update(learning_rate, n_steps):
            path = descend(lambda w: w / np.sqrt(1 + w**2), start, learning_rate, n_steps)
            show_path(np.column_stack([path, np.sqrt(1 + path**2)]))
            rate.set_data([-8, 8], [learning_rate, learning_rate])
            places.set_data(path, local_limit(path))
            here.set_data(path[-1:], local_limit(path[-1:]))
            return _valley_told(_valley_facts(path, local_limit(path), 2.0), learning_rate)

        update.zones = {"learning_rate": [(0, 2, "#BBDDF0", "settles"), (2, np.inf, "#F7D9A6", "swings for ever")]}
        return update

    return build
