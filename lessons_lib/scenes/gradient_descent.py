"""Pictures of gradient descent: on a curve, on a map, in numbers; the slope, the stopping rules, the scaling.

Each function takes what the picture is about and returns a scene: build(figure) -> update(**knobs) -> caption.
"""

import numpy as np

from lessons_lib.maths.checks import overflow_is_quiet
from lessons_lib.maths.gradient_descent import (
    critical_learning_rate,
    descend,
    descend_until,
    facts,
    numerical_gradient,
    slope,
    verdict,
)
from lessons_lib.scenes.drawing import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    loss_curve,
    near,
    rate_zones,
    remembered_descent,
    rings,
)
from lessons_lib.scenes.words import descent_story, number, steps

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
    """Add the loss per step and the scale of learning rates to a chart -> update(learning_rate, n_steps).

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

    update.zones = {"learning_rate": rate_zones(limit)}
    return update


def descent(loss, gradient, start=(4, -3), minimum=(0, 0), names=("w₁", "w₂"), max_steps=_MANY_STEPS):
    """Descent on the map of a loss of two parameters, its loss per step, and the limit 2/λmax.

    loss(w) -> number, gradient(w) -> (2,), start and minimum (2,); the map shows both. The limit is computed from
    the curvature of `gradient` at the start, where it is that of a bowl. The loss per step is drawn up to max_steps.
    Knobs: learning_rate, n_steps.
    """
    start, minimum = np.array(start, dtype=float), np.array(minimum, dtype=float)
    reach = 1.35 * (np.abs(start - minimum).max() or 1.0)

    def build(figure):
        chart = figure.add_axes([0.10, 0.15, 0.37, 0.82])
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


def three_parameters(loss, gradient, start, names=("x", "y", "z"), max_steps=30):
    """Descent of three parameters at once: their numbers step by step, and a line for each.

    loss(w) -> number, gradient(w) -> (3,), start (3,). Knobs: learning_rate, step.
    """
    start = np.array(start, dtype=float)
    limit, run = _limit(gradient, start), remembered_descent(gradient, loss, start)
    reach = 1.5 * np.abs(start).max()

    def build(figure):
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
        befores, slopes, afters = (column(x, animated=True) for x in (0.10, 0.50, 0.78))
        chart = figure.add_axes([0.67, 0.15, 0.31, 0.73])
        chart.set(xlim=(-0.5, max_steps + 0.5), ylim=(-reach, reach), xlabel="step", ylabel="value")
        chart.axhline(0, color=GREY, linewidth=1)
        styles = [(BLUE, "-"), (ORANGE, "--"), (GREEN, ":")]
        lines = [chart.plot([], [], style, color=colour, linewidth=3.5, label=name, animated=True)[0]
                 for name, (colour, style) in zip(names, styles)]  # fmt: skip
        chart.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=3, handlelength=1.6, columnspacing=1)

        @overflow_is_quiet
        def update(learning_rate, step):
            path, losses = run(learning_rate, max_steps)
            told = _told(facts(path, losses, step), learning_rate, limit)
            path = path[: step + 1]
            before = path[max(0, len(path) - 2)]
            after = before - learning_rate * gradient(before) if step == 0 else path[-1]
            for cells, numbers in ((befores, before), (slopes, gradient(before)), (afters, after)):
                cells.set_text("\n".join(_cell(number) for number in numbers))
            for line, values in zip(lines, path.T):
                outside = np.flatnonzero(~(np.abs(values) <= reach))
                # A line that has left the picture ends there, instead of filling it with its swings.
                shown = np.clip(
                    np.nan_to_num(values[: outside[0] + 1 if len(outside) else None]), -9 * reach, 9 * reach
                )
                line.set_data(np.arange(len(shown)), shown)
            return told

        update.zones = {"learning_rate": rate_zones(limit)}
        return update

    return build


def _cell(number):
    return f"{number:7.3f}" if abs(number) < 1000 else f"{number:7.0e}"


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
        (curve_of_errors,) = errors.plot([], [], color=BLUE, linewidth=1.5, animated=True)
        (here,) = errors.plot([], [], "o", color=ORANGE, markersize=12, markeredgecolor=BLACK, animated=True)

        @overflow_is_quiet
        def update(x, h):
            true, estimate = derivative(x), slope(f, x, h)
            tangent.set_data(view, f(x) + true * (np.array(view) - x))
            secant.set_data(view, f(x) + estimate * (np.array(view) - x))
            points.set_data([x, x + h], [f(x), f(x + h)])
            wrong = np.abs(np.array([slope(f, x, each) for each in every_h]) - true)
            curve_of_errors.set_data(every_h, np.clip(wrong, 1e-13, 1e3))
            error = abs(estimate - true)
            here.set_data([h], [np.clip(error, 1e-12, 1e2)])
            if error <= 1e-4 * max(abs(true), 1):
                why = "close enough to walk downhill with"
            elif h > 1.5e-8 * max(abs(x), 1):  # the square root of float64's rounding: both errors meet there
                why = "h is too large: the curve bends between the two points"
            else:
                why = "h is too small: both heights agree in nearly all their digits, and rounding is left"
            return f"Slope {estimate:.6g}, true slope {true:.6g}, error {error:.2g}: {why}."

        return update

    return build


def stopping(loss, gradient, start, max_steps=_MANY_STEPS):
    """When to stop: the loss per step, and its change |L_t − L_{t−1}| against the tolerance ε.

    loss(w), gradient(w), start as in `descend`. Knobs: learning_rate, tolerance (ε), max_steps.
    """
    first = loss(np.asarray(start, dtype=float))

    def build(figure):
        left = figure.add_axes([0.09, 0.15, 0.38, 0.75])
        right = figure.add_axes([0.60, 0.15, 0.38, 0.75])
        for axes, name in ((left, "loss"), (right, "change of the loss in a step")):
            axes.set(xlim=(-0.02 * max_steps, 1.02 * max_steps), ylim=(first * 1e-9, first * 1e2), yscale="log")
            axes.set(xlabel="step", ylabel=name)
        (losses_line,) = left.plot([], [], color=BLUE, animated=True)
        (stop_left,) = left.plot(
            [], [], "X", color=ORANGE, markersize=15, markeredgecolor=BLACK, clip_on=False, animated=True
        )
        (changes_line,) = right.plot([], [], color=BLUE, animated=True)
        (stop_right,) = right.plot(
            [], [], "X", color=ORANGE, markersize=15, markeredgecolor=BLACK, clip_on=False, animated=True
        )
        (threshold,) = right.plot([], [], color=GREEN, linestyle="--", label="tolerance ε", animated=True)
        (budget,) = right.plot([], [], color=GREY, linestyle=":", label="step limit", animated=True)
        right.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)

        def show(line, stop, every, values):
            values = np.clip(np.nan_to_num(values, nan=np.inf, posinf=np.inf), first * 1e-10, first * 1e4)
            line.set_data(every, values)
            stop.set_data(every[-1:], np.clip(values[-1:], first * 1e-9, first * 1e2))

        limit_of_steps = max_steps

        @overflow_is_quiet
        def update(learning_rate, tolerance, max_steps):
            path = descend_until(loss, gradient, start, learning_rate, tolerance, max_steps)
            losses = np.array([loss(w) for w in path])
            changes = np.abs(np.diff(losses))
            every = np.arange(len(path))
            show(losses_line, stop_left, every, losses)
            show(changes_line, stop_right, every[1:], changes)
            threshold.set_data([-1, 2 * limit_of_steps], [tolerance, tolerance])
            budget.set_data([max_steps, max_steps], [first * 1e-9, first * 1e2])
            n = len(path) - 1
            if n and changes[-1] < tolerance:
                small = f"the last change {changes[-1]:.2g} is below the tolerance {tolerance:.2g}"
                why = f"Stopped after {steps(n)} of at most {max_steps}: {small}"
            else:
                why = f"Stopped by the step limit after {steps(n)}"
            if verdict(path, losses) == "diverged":
                where = ", and the run had diverged"
            else:
                where = ", and the bottom is still far away" if losses[-1] > first / 1000 else ""
            return f"{why}. The loss is {number(losses[-1])}{where}."

        return update

    return build


def scaling(start=(4.0, 1.0), max_steps=_MANY_STEPS):
    """Descent on L = ½(w₁² + stretch · w₂²): the steepest direction sets the limit, the flattest one the time.

    start (2,). Knobs: stretch (≥ 1, how much steeper the second direction is), learning_rate, n_steps.
    """
    start = np.array(start, dtype=float)
    turn = np.linspace(0, 2 * np.pi, 121)

    def build(figure):
        chart = figure.add_axes([0.08, 0.15, 0.38, 0.80])
        chart.set(xlim=(-6, 6), ylim=(-3, 3), xlabel="w₁ (flat)", ylabel="w₂ (steep)")
        (ovals,) = chart.plot([], [], color="#6C93B5", linewidth=1, animated=True)
        show_path = _path_on(chart, start, np.zeros(2), 6)
        axes = figure.add_axes([0.59, 0.15, 0.39, 0.80])
        show_losses = loss_curve(axes, 1, 0, max_steps, "loss / loss at the start")

        @overflow_is_quiet
        def update(stretch, learning_rate, n_steps):
            curvature = np.array([1.0, stretch])
            path = descend(lambda w: curvature * w, start, learning_rate, max_steps)
            losses = path**2 @ curvature / 2
            told = facts(path, losses, n_steps)
            path, losses = path[: n_steps + 1], losses[: n_steps + 1]
            # One line with gaps draws all the rings: a nan between two rings lifts the pen.
            across = np.outer(np.arange(1, 9), np.append(np.cos(turn), np.nan)).ravel()
            up = np.outer(np.arange(1, 9), np.append(np.sin(turn), np.nan)).ravel() / np.sqrt(stretch)
            ovals.set_data(across, up)
            show_path(path)
            show_losses(losses / losses[0])
            return descent_story(told, learning_rate, critical_learning_rate(np.diag(curvature)))

        update.zones = lambda stretch, **_: {"learning_rate": rate_zones(2 / stretch)}
        return update

    return build
