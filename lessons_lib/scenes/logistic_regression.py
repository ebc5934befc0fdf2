"""Pictures of logistic regression: the hard threshold, the sigmoid, likelihood, three ways to write one loss, training.

Each function takes its data and returns a scene: build(figure) -> update(**knobs) -> caption. What a picture shows is
computed by a function of plain numbers beside it, and told by another.
"""

from typing import NamedTuple

import numpy as np

from lessons_lib.maths.checks import overflow_is_quiet
from lessons_lib.maths.gradient_descent import critical_learning_rate, descend, numerical_gradient
from lessons_lib.maths.linear_regression import add_intercept
from lessons_lib.maths.logistic_regression import (
    gradient,
    hard_threshold,
    log_likelihood,
    loss,
    margin_loss,
    one_unit_gradient,
    one_unit_loss,
    precision,
    predict,
    recall,
    sigmoid,
    squared_error,
    squared_error_gradient,
)
from lessons_lib.scenes.challenges import fewest_steps
from lessons_lib.scenes.drawing import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    SOFT_DIVIDE,
    bars,
    loss_curve,
    near,
    remembered_descent,
    rings,
)
from lessons_lib.scenes.words import chance, number, percent, plural, steps, told_apart


def _pets_on_a_line(chart, x, y, x_name):
    """Draw cats at the bottom (blue circles) and dogs at the top (orange squares), apart by a fixed wobble."""
    wobble = 0.05 * np.sin(7.0 * np.arange(len(x)))
    chart.plot(x[y == 0], wobble[y == 0], "o", color=BLUE, markersize=6, label="cat")
    chart.plot(x[y == 1], 1 + wobble[y == 1], "s", color=ORANGE, markersize=6, label="dog")
    chart.set(ylim=(-0.18, 1.18), xlabel=x_name)
    chart.set_yticks([0, 0.5, 1], ["0: cat", "0.5", "1: dog"])


def _ball(axes):
    """Where the knobs stand on a curve: a green ball, whole at the edges, too."""
    look = {"color": GREEN, "markersize": 13, "markeredgecolor": BLACK, "clip_on": False}
    return axes.plot([], [], "o", animated=True, **look)[0]


def _limit_at(gradient, w):
    """2/λmax of the curvature where w is: the largest learning rate that can settle there."""
    return critical_learning_rate(numerical_gradient(gradient, w))


def threshold(x, y, x_name):
    """A hard threshold on one feature, and the share of errors that every threshold makes: a staircase.

    x, y (n,), y of 0 and 1; x_name with its unit. Knob: c.
    """
    X, w = np.reshape(x, (-1, 1)), np.ones(1)
    every_c = np.linspace(x.min() - 5, x.max() + 5, 800)

    def errors_at(c):
        return int((hard_threshold(w, X, c) != y).sum())

    errors = np.array([errors_at(c) for c in every_c])

    def build(figure):
        chart = figure.add_axes([0.10, 0.16, 0.40, 0.80])
        _pets_on_a_line(chart, x, y, x_name)
        chart.set_xlim(every_c[[0, -1]])
        (step,) = chart.plot([], [], color=BLACK, linewidth=3, drawstyle="steps-post", animated=True)
        stairs = figure.add_axes([0.61, 0.16, 0.37, 0.80])
        stairs.plot(every_c, errors, color=GREY, drawstyle="steps-post", linewidth=2)
        stairs.set(xlim=every_c[[0, -1]], ylim=(0, 1.05 * errors.max()), xlabel="threshold c", ylabel="errors")
        here = _ball(stairs)

        def update(c):
            step.set_data([every_c[0], c, every_c[-1]], [0, 1, 1])
            here.set_data([c], [errors_at(c)])
            beside = {errors_at(c + move) for move in (-0.01, 0.01)}
            return _threshold_told(c, errors_at(c), len(y), errors.min(), beside)

        return update

    return build


def _threshold_told(c, errors, n, fewest, beside):
    rank = ", the fewest that any c can make" if errors == fewest else ""
    flat = "does not change that: the slope is 0" if beside == {errors} else "makes it jump: there is no slope"
    are = "is" if errors == 1 else "are"
    return f"c = {c:.1f}: {errors} of {n} pets {are} wrong{rank}. Moving c by a hundredth {flat}."


def sigmoid_by_hand(x, y, x_name):
    """The sigmoid over one feature, and for one pet the predicted beside the real distribution.

    x, y (n,); x_name with its unit. Knobs: weight, bias, pet (its row).
    """
    across = np.linspace(x.min() - 5, x.max() + 5, 200)

    def build(figure):
        chart = figure.add_axes([0.10, 0.16, 0.45, 0.80])
        _pets_on_a_line(chart, x, y, x_name)
        chart.set_xlim(across[[0, -1]])
        chart.axhline(0.5, color=GREY, linestyle=":", linewidth=1.5)
        (curve,) = chart.plot([], [], color=BLACK, linewidth=3, animated=True)
        (chosen,) = chart.plot([], [], "D", color=GREEN, markersize=13, markeredgecolor=BLACK, animated=True)
        sides = figure.add_axes([0.66, 0.16, 0.32, 0.72])
        sides.set(xlim=(-0.6, 1.6), ylim=(0, 1.05), ylabel="probability")
        sides.set_xticks([0, 1], ["dog", "cat"])
        predicted = bars(sides, [-0.15, 0.85], BLACK, width=22)
        real = bars(sides, [0.15, 1.15], GREEN, width=22)
        keys = [sides.plot([], [], "s", color=colour, markersize=12)[0] for colour in (BLACK, GREEN)]
        sides.legend(keys, ["predicted", "real"], loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)

        def update(weight, bias, pet):
            z = weight * x[pet] + bias
            p = float(sigmoid(z))
            curve.set_data(across, sigmoid(weight * across + bias))
            chosen.set_data([x[pet]], [p])
            predicted([p, 1 - p])
            real([y[pet], 1 - y[pet]])
            return _pet_told(pet, x[pet], y[pet], z, p)

        return update

    return build


def _pet_told(pet, size, label, z, p):
    # From the score: −log p of a p that rounds to 0 would be infinite, where the truth is 41 nats.
    nats = np.logaddexp(0, -z if label else z)
    return (
        f"Pet {pet} is a {'dog' if label else 'cat'} of {size:.0f} cm; its score is {z:.3g}, predicted: dog with "
        f"p = {chance(p)}. Cross entropy {nats / np.log(2):.3g} bits = {nats:.3g} nats."
    )


def coin(throws):
    """The likelihood of the first n throws of a coin for every p, and its logarithm per throw. Knobs: p, n.

    throws (m,) of 1 (heads) and 0 (tails).
    """
    every_p = np.linspace(0.005, 0.995, 199)

    def build(figure):
        strip = figure.add_axes([0.20, 0.90, 0.78, 0.09])
        strip.set(xlim=(0, len(throws) + 1), ylim=(-1, 1))
        strip.axis("off")
        (heads,) = strip.plot([], [], "o", color=ORANGE, markersize=7, label="heads", animated=True)
        (tails,) = strip.plot(
            [], [], "o", color=BLUE, markersize=7, markerfacecolor="none", label="tails", animated=True
        )
        figure.legend(handles=[heads, tails], loc=(0.005, 0.905), ncols=2, fontsize=12, handlelength=0.6,
                      handletextpad=0.3, columnspacing=0.8)  # fmt: skip
        charts = [figure.add_axes([left, 0.16, 0.38, 0.70]) for left in (0.10, 0.60)]
        charts[0].set(xlim=(0, 1), ylim=(0, 1.05), xlabel="p", ylabel="likelihood / the highest")
        charts[1].set(xlim=(0, 1), ylim=(0, 5), xlabel="p", ylabel="−log likelihood / n (nats)")
        curves = [chart.plot([], [], color=BLUE, animated=True)[0] for chart in charts]
        dots = [_ball(chart) for chart in charts]

        def update(p, n):
            y, place = throws[:n], 1 + np.arange(n)
            heads.set_data(place[y == 1], 0 * place[y == 1])
            tails.set_data(place[y == 0], 0 * place[y == 0])
            share = y.mean()
            logs = n * (share * np.log(every_p) + (1 - share) * np.log(1 - every_p))
            # y stays below 1 and above 0 in the logarithm: 0 log 0 counts as 0.
            best = log_likelihood(np.clip(share, 1e-12, 1 - 1e-12), y)
            here = log_likelihood(p, y)
            for curve, dot, heights, height in zip(
                curves, dots, (np.exp(logs - best), -logs / n), (np.exp(here - best), -here / n)
            ):
                curve.set_data(every_p, heights)
                dot.set_data([p], [height])
            return _coin_told(p, n, int(y.sum()), here)

        return update

    return build


def _coin_told(p, n, heads, log_of_it):
    best = f"; no p makes them likelier than {heads}/{n}" if n else ""
    return (
        f"Heads in {heads} of {plural(n, 'throw')}, p = {p:.3g}: the likelihood is "
        f"{np.exp(log_of_it):.3g}, its logarithm {log_of_it:.3g}, per throw {-log_of_it / n:.3g} nats of cross "
        f"entropy{best}."
    )


def three_losses():
    """The loss (4), (6) and (7) of one sample against its score: three formulas, one curve. Knobs: label, score."""
    every_z = np.linspace(-6, 6, 200)

    def four(z, y):
        p = sigmoid(z)
        return -y * np.log(p) - (1 - y) * np.log(1 - p)

    def six(z, y):
        return np.log(1 + np.exp(-z)) if y == 1 else np.log(1 + np.exp(z))

    def seven(z, y):
        return margin_loss(np.array([z]), np.ones((1, 1)), np.array([2 * y - 1]))

    def build(figure):
        chart = figure.add_axes([0.10, 0.16, 0.86, 0.80])
        chart.set(xlim=(-6, 6), ylim=(0, 6.3), xlabel="score z = x·w", ylabel="loss (nats)")
        for label, colour, name in ((1, ORANGE, "dog (y = 1, t = +1)"), (0, BLUE, "cat (y = 0, t = −1)")):
            chart.plot(every_z, four(every_z, label), color=colour, linewidth=10, alpha=0.3, label=f"(4), {name}")
            chart.plot(every_z, six(every_z, label), color=colour, linewidth=3, label="(6)")
            dots = every_z[::12]
            chart.plot(dots, [seven(z, label) for z in dots], "o", color=BLACK, markersize=5, label="(7)")
        chart.legend(loc="upper center", ncols=2)
        (here,) = chart.plot([], [], "D", color=GREEN, markersize=15, markeredgecolor=BLACK, animated=True)

        def update(label, score):
            values = [float(formula(score, label)) for formula in (four, six, seven)]
            here.set_data([score], values[:1])
            told = ", ".join(f"({name}) {value:.6f}" for name, value in zip((4, 6, 7), values))
            return f"Score {score:.2f}, label {label}: {told} nats; p = {float(sigmoid(score)):.3f}."

        return update

    return build


def _surface(axes, height, limits, names, title):
    """Rings of a loss over two weights -> show(path), which draws a walk on them."""
    rings(axes, height, limits, limits)
    axes.set(title=title)
    axes.set_xlabel(names[0], labelpad=0)
    axes.set_ylabel(names[1], labelpad=-6)
    (line,) = axes.plot([], [], "-o", color=ORANGE, linewidth=2, markersize=4, animated=True)
    (first,) = axes.plot([], [], "s", color=BLACK, markersize=9, animated=True)
    (end,) = axes.plot([], [], "o", color=ORANGE, markersize=12, markeredgecolor=BLACK, animated=True)

    def show(path):
        drawn = near(path, np.zeros(2), 300)
        line.set_data(*drawn.T)
        first.set_data(*drawn[:1].T)
        end.set_data(*drawn[-1:].T)

    return show


def loss_surfaces(x, y, start=(-5.0, 3.0)):
    """Squared error beside log loss over weight and bias, with descent on both from the same start.

    x (n,) standardised, y (n,) of 0 and 1, start (weight, bias). Knobs: learning_rate, n_steps.
    """
    X = np.column_stack([x, np.ones(len(x))])
    ways = (("squared error", squared_error, squared_error_gradient), ("log loss (4)", loss, gradient))
    slopes = [lambda w, slope=slope: slope(w, X, y) for _, _, slope in ways]
    low, high = sorted(_limit_at(slope, descend(slope, np.zeros(2), 5, 1000)[-1]) for slope in slopes)
    zones = [(0, low, "#BBDDF0", "both settle"), (low, high, "#F7D9A6", "log loss swings"),
             (high, np.inf, "#EBB9A2", "both swing")]  # fmt: skip

    def build(figure):
        shows = []
        for left, (name, height, _) in zip((0.08, 0.58), ways):
            axes = figure.add_axes([left, 0.15, 0.351, 0.76])
            shows.append(_surface(axes, lambda w, f=height: f(w, X, y), (-7, 7), ("weight", "bias"), name))

        @overflow_is_quiet
        def update(learning_rate, n_steps):
            ends = []
            for show, slope in zip(shows, slopes):
                path = descend(slope, np.array(start), learning_rate, n_steps)
                show(path)
                ends.append((path[-1], (predict(path[-1], X) == y).mean()))
            above = (learning_rate > low) + int(learning_rate > high)
            return _surfaces_told(n_steps, learning_rate, above, ends)

        update.zones = {"learning_rate": zones}
        return update

    return build


def _surfaces_told(n_steps, learning_rate, above, ends):
    """above: of how many of the two limits, the log loss's first."""
    can = ("both can settle", "only the squared error can settle", "neither can settle")[above]
    told = [f"the {name} is at weight {w[0]:.3g}, bias {w[1]:.3g}, with {percent(right)} of the pets right"
            for name, (w, right) in zip(("squared error", "log loss"), ends)]  # fmt: skip
    return f"After {steps(n_steps)} of learning rate {learning_rate:.3g}, at which {can}: {'; '.join(told)}."


def two_surfaces(x, y, radius=4.0, learning_rate=4.0):
    """The convex log loss beside the loss of a network of one hidden unit, with descent from any start on a circle.

    x (n,) standardised, y (n,) of 0 and 1. Knobs: start (an angle in degrees), n_steps.
    """
    X = np.column_stack([x, np.ones(len(x))])
    ways = (
        (lambda w: loss(w, X, y), lambda w: gradient(w, X, y), ("weight", "bias"), "logistic regression"),
        (lambda w: one_unit_loss(w, x, y), lambda w: one_unit_gradient(w, x, y), ("w₁", "w₂"), "a network"),
    )
    lowest = [min(height(descend(slope, corner, 1, 500)[-1]) for corner in ((3.0, 3.0), (-3.0, -3.0)))
              for height, slope, _, _ in ways]  # fmt: skip

    def build(figure):
        shows = [_surface(figure.add_axes([left, 0.15, 0.351, 0.76]), height, (-5, 5), names, title)
                 for left, (height, _, names, title) in zip((0.08, 0.58), ways)]  # fmt: skip

        def update(start, n_steps):
            place = radius * np.array([np.cos(np.radians(start)), np.sin(np.radians(start))])
            ends = []
            for show, (height, slope, _, _) in zip(shows, ways):
                path = descend(slope, place, learning_rate, n_steps)
                show(path)
                ends.append(height(path[-1]))
            return _two_surfaces_told(start, n_steps, ends, lowest)

        return update

    return build


def _two_surfaces_told(start, n_steps, ends, lowest):
    told = []
    for name, end, low in zip(("logistic regression", "the network"), ends, lowest):
        where = "its lowest" if f"{end:.3f}" == f"{low:.3f}" else f"and its lowest is {low:.3f}"
        told.append(f"{name} has loss {end:.3f}, {where}")
    return f"From {start:.0f}°, after {steps(n_steps)}: {'; '.join(told)}."


class _Trained(NamedTuple):
    """What training did up to a step."""

    step: int
    loss: float
    right: float
    length: float  # of the weights
    swing: tuple | None  # the two losses between which it jumps


def _trained(path, losses, step, X, y):
    w, last = path[step], losses[max(0, step - 3) : step + 1]
    swings = len(last) == 4 and (np.diff(last)[:-1] * np.diff(last)[1:] < 0).all() and np.ptp(last) > 1e-3 * last[-1]
    swing = (min(last[-2:]), max(last[-2:])) if swings else None
    return _Trained(step, losses[step], (predict(w, X) == y).mean(), float(np.linalg.norm(w)), swing)


def _trained_told(run, learning_rate, limit):
    now = (
        f"Step {run.step}: loss {number(run.loss)} nats, {percent(run.right)} right, weights of length {run.length:.3g}"
    )
    rate, border = told_apart(learning_rate, limit)
    if learning_rate < limit:
        return f"{now}. The learning rate {rate} is below the limit at the minimum, {border}: it can settle there."
    swing = f" and swings between {' and '.join(told_apart(*run.swing))} nats" if run.swing else ""
    return (
        f"{now}. The learning rate {rate} is above the limit at the minimum, {border}: it cannot settle there{swing}."
    )


def training(Z, y, names, max_steps=200):
    """Training live: the probabilities as a map with the boundary p = 0.5, now and one step before, and the loss.

    Z (n, 2) standardised, y (n,) of 0 and 1, names of the two features. Knobs: learning_rate, step.
    """
    X = add_intercept(Z)
    run = remembered_descent(lambda w: gradient(w, X, y), lambda w: loss(w, X, y), np.zeros(3))
    settled = descend(lambda w: gradient(w, X, y), np.zeros(3), 2, 1000)[-1]
    limit = _limit_at(lambda w: gradient(w, X, y), settled)

    def build(figure):
        show_map = _map_of_chances(figure.add_axes([0.08, 0.15, 0.42, 0.82]), Z, y, names)
        axes = figure.add_axes([0.62, 0.15, 0.36, 0.82])
        show_losses = loss_curve(axes, loss(np.zeros(3), X, y), loss(settled, X, y), max_steps, "loss (nats)")

        @overflow_is_quiet
        def update(learning_rate, step):
            path, losses = run(learning_rate, step)
            show_map(path[-1], path[max(0, step - 1)])
            show_losses(losses)
            return _trained_told(_trained(path, losses, step, X, y), learning_rate, limit)

        def needed(learning_rate, step):
            left = run(learning_rate, step)[1] - loss(settled, X, y)
            there = np.flatnonzero(left <= left[0] / 1000)
            return there[0] if len(there) else None

        update.challenges = {
            "fewest steps": fewest_steps("come within a thousandth of the way to the lowest loss", needed)
        }
        update.zones = {"learning_rate": [(0, limit, "#BBDDF0", "settles"), (limit, np.inf, "#F7D9A6", "swings")]}
        return update

    return build


def _map_of_chances(chart, Z, y, names):
    """Prepare a map of two features with the pets on it -> show(w, before): the probabilities and two boundaries."""
    reach = 1.15 * np.abs(Z).max()
    grid = np.linspace(-reach, reach, 60)
    cells = add_intercept(np.column_stack([part.ravel() for part in np.meshgrid(grid, grid)]))
    chart.set(xlim=(-reach, reach), ylim=(-reach, reach))
    chart.set_xlabel(names[0], labelpad=0)
    chart.set_ylabel(names[1], labelpad=0)
    shade = chart.imshow(np.zeros((60, 60)), extent=(-reach, reach, -reach, reach), origin="lower", aspect="auto",
                         cmap=SOFT_DIVIDE, vmin=0, vmax=1, animated=True)  # fmt: skip
    (before_line,) = chart.plot([], [], color=GREY, linewidth=2, linestyle="--", animated=True)
    (border,) = chart.plot([], [], color=BLACK, linewidth=3, animated=True)
    chart.plot(Z[y == 0, 0], Z[y == 0, 1], "o", color=BLUE, markersize=6, label="cat", animated=True)
    chart.plot(Z[y == 1, 0], Z[y == 1, 1], "s", color=ORANGE, markersize=6, label="dog", animated=True)

    def show(w, before):
        shade.set_data(sigmoid(cells @ w).reshape(60, 60))
        border.set_data(_line_of(w, reach))
        before_line.set_data(_line_of(before, reach))

    return show


def _line_of(w, reach):
    """Two points of the line w₀ + w₁ x₁ + w₂ x₂ = 0 that lie outside the picture; none when it has no direction."""
    length = np.hypot(w[1], w[2])
    if not np.isfinite(w).all() or length == 0:
        return [], []
    foot, along = -w[0] * w[1:] / length**2, np.array([-w[2], w[1]]) / length
    foot = foot * min(1, 50 * reach / max(np.linalg.norm(foot), 1e-300))
    return np.array([foot - 5 * reach * along, foot + 5 * reach * along]).T


def separable(Z, y, names, learning_rate=5.0, max_steps=1000):
    """Pets that a line separates: the length of the weights against the weight decay, as training goes on.

    Z (n, 2) standardised, y (n,) of 0 and 1, names of the two features. Knobs: weight_decay, step.
    """
    X = add_intercept(Z)
    decays = np.logspace(-5, -1, 81)

    def train(decays):
        """Descent for many weight decays at once -> (max_steps + 1, m, 3); in each row that of `decayed_gradient`."""
        pull = np.outer(decays, [0, 1, 1])
        start = np.zeros((len(decays), 3))
        return descend(lambda W: (sigmoid(W @ X.T) - y) @ X / len(y) + pull * W, start, learning_rate, max_steps)

    lengths = np.linalg.norm(train(decays), axis=2)
    remembered = {}

    def build(figure):
        show_map = _map_of_chances(figure.add_axes([0.08, 0.15, 0.42, 0.82]), Z, y, names)
        axes = figure.add_axes([0.62, 0.15, 0.34, 0.82])
        axes.set(xlim=(1e-5, 0.1), ylim=(0, 1.1 * lengths.max()), xscale="log", ylabel="length of the weights")
        axes.set_xlabel("weight decay", labelpad=0)
        axes.plot(decays, lengths[-1], color=GREY, linestyle="--", linewidth=1.5, label=f"after {max_steps} steps")
        (curve,) = axes.plot([], [], color=BLUE, label="now", animated=True)
        axes.legend(loc="lower left")
        here = _ball(axes)

        def update(weight_decay, step):
            if weight_decay not in remembered:
                remembered.clear()
                remembered[weight_decay] = train(np.array([weight_decay]))[:, 0]
            path = remembered[weight_decay]
            length = np.linalg.norm(path, axis=1)
            show_map(path[step], path[step])
            curve.set_data(decays, lengths[step])
            here.set_data([weight_decay], length[[step]])
            return _decay_told(weight_decay, step, loss(path[step], X, y), length[step], length[step // 2])

        return update

    return build


def _decay_told(weight_decay, step, loss_now, length, at_half):
    now = f"Weight decay {weight_decay:.2g}, step {step}: loss {number(loss_now)} nats, weights of length {length:.3g}"
    if step < 2:
        return f"{now}."
    grown = length / at_half - 1
    if abs(grown) < 0.01:
        return f"{now}: they have settled, and changed by less than 1 % since step {step // 2}."
    return f"{now}: since step {step // 2} they have {'grown' if grown > 0 else 'shrunk'} by {percent(abs(grown))}."


def _histogram(chart, p, y):
    """Draw how many cats and dogs get which probability -> the height of the tallest bar."""
    edges = np.linspace(0, 1, 11)
    tallest = max(np.histogram(p[y == label], edges)[0].max() for label in (0, 1))
    for label, colour, hatch, name in ((0, BLUE, "", "cats"), (1, ORANGE, "//", "dogs")):
        chart.hist(p[y == label], edges, color=colour, alpha=0.55, hatch=hatch, edgecolor="white", label=name)
    chart.set(xlim=(0, 1), ylim=(0, 1.05 * tallest), xlabel="predicted probability of a dog", ylabel="pets")
    chart.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)
    return tallest


def _called(n, who, name):
    """ "1 pet is called a dog", "3 of 89 cats are called dogs"."""
    return f"{who} is called a {name}" if n == 1 else f"{who} are called {name}s"


def threshold_tradeoff(p, y):
    """What moving the threshold trades: dogs called cats against cats called dogs. Knob: threshold.

    p (n,) predicted probabilities of a dog, y (n,) of 0 and 1.
    """
    every = np.linspace(0, 1, 201)

    def errors_at(threshold):
        return int(((p < threshold) & (y == 1)).sum()), int(((p >= threshold) & (y == 0)).sum())

    missed, false = np.transpose([errors_at(threshold) for threshold in every])

    def build(figure):
        chart = figure.add_axes([0.09, 0.16, 0.40, 0.72])
        tallest = _histogram(chart, p, y)
        (bar,) = chart.plot([], [], color=BLACK, linewidth=3, animated=True)
        trade = figure.add_axes([0.60, 0.16, 0.38, 0.72])
        trade.plot(every, missed, color=ORANGE, label="dogs called cats")
        trade.plot(every, false, color=BLUE, linestyle="--", label="cats called dogs")
        trade.plot(every, missed + false, color=GREY, linestyle=":", label="both")
        trade.set(xlim=(0, 1), ylim=(0, 1.05 * (missed + false).max()), xlabel="threshold", ylabel="errors")
        trade.legend(loc="upper center", handlelength=1.5)
        dots = _ball(trade)

        def update(threshold):
            a, b = errors_at(threshold)
            bar.set_data([threshold, threshold], [0, 2 * tallest])
            dots.set_data([threshold] * 3, [a, b, a + b])
            return (
                f"Dog from p = {threshold:.3g} on: {_called(a, f'{a} of {(y == 1).sum()} dogs', 'cat')} and "
                f"{_called(b, f'{b} of {(y == 0).sum()} cats', 'dog')}: {plural(a + b, 'error')}, "
                f"{percent(1 - (a + b) / len(y))} right."
            )

        fewest = every[missed + false == (missed + false).min()]
        update.guesses = {"threshold": ("Which threshold makes the fewest errors in all?", fewest)}
        return update

    return build


def precision_and_recall(p, y):
    """Precision against recall, the curve that the threshold draws, beside the probabilities. Knob: threshold.

    p (n,) predicted probabilities of a dog, y (n,) of 0 and 1, few of them 1.
    """

    def measures_at(threshold):
        called = (p >= threshold).astype(int)
        return called, precision(called, y), recall(called, y)

    curve = np.array([measures_at(threshold)[1:] for threshold in np.sort(p)])

    def build(figure):
        chart = figure.add_axes([0.09, 0.16, 0.40, 0.72])
        tallest = _histogram(chart, p, y)
        (bar,) = chart.plot([], [], color=BLACK, linewidth=3, animated=True)
        trade = figure.add_axes([0.60, 0.16, 0.36, 0.80])
        trade.plot(curve[:, 1], curve[:, 0], color=BLUE, linewidth=1.8)
        trade.axhline(y.mean(), color=GREY, linestyle=":", label="guessing")
        trade.set(xlim=(0, 1.02), ylim=(0, 1.05), xlabel="recall: dogs that are found", ylabel="precision")
        trade.legend(loc="upper right")
        here = _ball(trade)

        def update(threshold):
            called, exact, found = measures_at(threshold)
            bar.set_data([threshold, threshold], [0, 2 * tallest])
            here.set_data([found], [exact])
            return _measures_told(threshold, called, y, exact, found)

        return update

    return build


def _measures_told(threshold, called, y, exact, found):
    right = f"accuracy {percent((called == y).mean())}, where “always cat” has {percent(1 - y.mean())}"
    if not called.any():
        return (
            f"Dog from p = {threshold:.3g} on: nobody is called a dog, so there is no precision; recall 0 %, {right}."
        )
    return (
        f"Dog from p = {threshold:.3g} on: {_called(called.sum(), plural(called.sum(), 'pet'), 'dog')}, "
        f"{(called * y).sum()} rightly: "
        f"precision {percent(exact)}. There are {plural(y.sum(), 'dog')}: recall {percent(found)}; {right}."
    )


def drawings_judged(images, p, y, class_names, n=10):
    """The drawings that were judged worst and best, each with the probability that the truth was given. No knobs.

    images (n, height, width), p (n,) probabilities of class 1, y (n,) of 0 and 1, class_names of both.
    """
    of_the_truth = np.where(y == 1, p, 1 - p)
    order = np.argsort(of_the_truth)
    worst, best = order[:n], order[::-1][:n]

    def build(figure):
        figure.set_size_inches(9, 3.1)
        for row, (chosen, name) in enumerate(((worst, "most wrong"), (best, "most right"))):
            figure.text(0.01, 0.73 - 0.5 * row, name, fontsize=14, va="center")
            for place, sample in enumerate(chosen):
                axes = figure.add_axes([0.15 + 0.085 * place, 0.62 - 0.5 * row, 0.075, 0.22])
                axes.imshow(1 - images[sample], cmap="gray", vmin=0, vmax=1, aspect="auto")
                axes.axis("off")
                axes.set_title(class_names[y[sample]], fontsize=14)
                figure.text(0.1875 + 0.085 * place, 0.53 - 0.5 * row, f"{of_the_truth[sample]:.2f}", ha="center")

        def update():
            right, n_all = np.where(y == 1, p >= 0.5, p < 0.5).mean(), len(y)
            unsure = 1.96 * np.sqrt(right * (1 - right) / n_all)
            return (
                f"{percent(right)} of {n_all} new drawings are recognised, give or take {100 * unsure:.0f} points. "
                f"Under each: the probability given to the truth, from {of_the_truth[worst[0]]:.2f} to "
                f"{of_the_truth[best[0]]:.2f}."
            )

        return update

    return build
