"""Pictures of logistic regression: a hard threshold, the sigmoid, three ways to write one loss, training, errors.

Each function takes its data and returns a scene: build(figure) -> update(**knobs) -> caption.
"""

import numpy as np

from lessons_lib.maths.checks import overflow_is_quiet
from lessons_lib.maths.gradient_descent import descend, verdict
from lessons_lib.maths.linear_regression import add_intercept
from lessons_lib.maths.logistic_regression import (
    cross_entropy,
    gradient,
    hard_threshold,
    loss,
    margin_loss,
    predict,
    sigmoid,
    squared_error,
    squared_error_gradient,
)
from lessons_lib.scenes.drawing import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    SOFT_DIVIDE,
    loss_curve,
    near,
    number,
    remembered_descent,
    rings,
)


def _pets_on_a_line(chart, x, y, x_name):
    """Draw cats at the bottom (blue circles) and dogs at the top (orange squares), apart by a fixed wobble."""
    wobble = 0.05 * np.sin(7.0 * np.arange(len(x)))
    chart.plot(x[y == 0], wobble[y == 0], "o", color=BLUE, markersize=6, label="cat")
    chart.plot(x[y == 1], 1 + wobble[y == 1], "s", color=ORANGE, markersize=6, label="dog")
    chart.set(ylim=(-0.18, 1.18), xlabel=x_name)
    chart.set_yticks([0, 0.5, 1], ["0: cat", "0.5", "1: dog"])


def threshold(x, y, x_name):
    """A hard threshold on one feature, and the share of errors that every threshold makes: a staircase.

    x, y (n,), y of 0 and 1; x_name with its unit. Knob: c.
    """
    X, w = np.reshape(x, (-1, 1)), np.ones(1)
    every_c = np.linspace(x.min() - 5, x.max() + 5, 800)
    wrong = np.array([(hard_threshold(w, X, c) != y).mean() for c in every_c])

    def build(figure):
        chart = figure.add_axes([0.10, 0.16, 0.40, 0.80])
        _pets_on_a_line(chart, x, y, x_name)
        chart.set_xlim(every_c[[0, -1]])
        (step,) = chart.plot([], [], color=BLACK, linewidth=3, drawstyle="steps-post", animated=True)
        errors = figure.add_axes([0.61, 0.16, 0.37, 0.80])
        errors.plot(every_c, 100 * wrong, color=GREY, drawstyle="steps-post", linewidth=2)
        errors.set(xlim=every_c[[0, -1]], ylim=(0, 105 * wrong.max()), xlabel="threshold c", ylabel="errors (%)")
        (here,) = errors.plot([], [], "o", color=GREEN, markersize=13, markeredgecolor=BLACK, animated=True)

        def update(c):
            mistakes = int((hard_threshold(w, X, c) != y).sum())
            beside = {int((hard_threshold(w, X, c + move) != y).sum()) for move in (-0.01, 0.01)}
            step.set_data([every_c[0], c, every_c[-1]], [0, 1, 1])
            here.set_data([c], [100 * mistakes / len(y)])
            slope = (
                "does not change that: the slope is 0" if beside == {mistakes} else "makes it jump: there is no slope"
            )
            return f"c = {c:.1f}: {mistakes} of {len(y)} pets are wrong. Moving c by a hundredth {slope}."

        return update

    return build


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
        bars = figure.add_axes([0.66, 0.16, 0.32, 0.72])
        bars.set(xlim=(-0.6, 1.6), ylim=(0, 1.05), ylabel="probability")
        bars.set_xticks([0, 1], ["dog", "cat"])
        (predicted,) = bars.plot(
            [], [], color=BLACK, linewidth=22, solid_capstyle="butt", label="predicted", animated=True
        )
        (real,) = bars.plot([], [], color=GREEN, linewidth=22, solid_capstyle="butt", label="real", animated=True)
        keys = [bars.plot([], [], "s", color=colour, markersize=12)[0] for colour in (BLACK, GREEN)]
        bars.legend(keys, ["predicted", "real"], loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)

        def update(weight, bias, pet):
            curve.set_data(across, sigmoid(weight * across + bias))
            p = float(sigmoid(weight * x[pet] + bias))
            chosen.set_data([x[pet]], [p])
            for line, heights, side in ((predicted, (p, 1 - p), -0.15), (real, (y[pet], 1 - y[pet]), 0.15)):
                line.set_data(np.repeat([side, 1 + side], 3), [0, heights[0], np.nan, 0, heights[1], np.nan])
            bits = cross_entropy([y[pet], 1 - y[pet]], [p, 1 - p], base=2)
            kind = "dog" if y[pet] else "cat"
            return (
                f"Pet {pet} is a {kind} of {x[pet]:.0f} cm; predicted: dog with p = {p:.3f}. "
                f"Cross entropy {bits:.3g} bits = {bits * np.log(2):.3g} nats."
            )

        return update

    return build


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
            curve = four(every_z, label)
            chart.plot(every_z, curve, color=colour, linewidth=10, alpha=0.3, label=f"(4), {name}")
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


def loss_surfaces(x, y, start=(-5.0, 3.0)):
    """Squared error beside log loss over weight and bias, with descent on both from the same start.

    x (n,) standardised, y (n,) of 0 and 1, start (weight, bias). Knobs: learning_rate, n_steps.
    """
    X = np.column_stack([x, np.ones(len(x))])
    start = np.array(start)
    ways = (("squared error", squared_error, squared_error_gradient), ("log loss (4)", loss, gradient))

    def build(figure):
        movers = []
        for place, (name, height, _) in enumerate(ways):
            chart = figure.add_axes([0.09 + 0.50 * place, 0.16, 0.39, 0.74])
            rings(chart, lambda w, height=height: height(w, X, y), (-7, 7), (-7, 7))
            chart.set(xlabel="weight", ylabel="bias", title=name)
            chart.plot(*start, "s", color=BLACK, markersize=9)
            (line,) = chart.plot([], [], "-o", color=ORANGE, linewidth=2, markersize=4, animated=True)
            (end,) = chart.plot([], [], "o", color=ORANGE, markersize=12, markeredgecolor=BLACK, animated=True)
            movers.append((line, end))

        @overflow_is_quiet
        def update(learning_rate, n_steps):
            right = []
            for (line, end), (_, _, slopes) in zip(movers, ways):
                path = descend(lambda w, slopes=slopes: slopes(w, X, y), start, learning_rate, n_steps)
                drawn = near(path, np.zeros(2), 300)
                line.set_data(*drawn.T)
                end.set_data(*drawn[-1:].T)
                right.append((predict(path[-1], X) == y).mean())
            steps = "1 step" if n_steps == 1 else f"{n_steps} steps"
            return f"After {steps} the squared error has {right[0]:.0%} of the pets right, the log loss {right[1]:.0%}."

        return update

    return build


def training(Z, y, names, max_steps=200):
    """Training live: the probabilities as a map with the boundary p = 0.5, and the loss per step.

    Z (n, 2) standardised, y (n,) of 0 and 1, names of the two features. Knobs: learning_rate, step.
    """
    X = add_intercept(Z)
    run = remembered_descent(lambda w: gradient(w, X, y), lambda w: loss(w, X, y), np.zeros(3))
    reach = 1.15 * np.abs(Z).max()
    grid = np.linspace(-reach, reach, 60)
    cells = np.column_stack([np.ones(3600), *(part.ravel() for part in np.meshgrid(grid, grid))])

    def build(figure):
        chart = figure.add_axes([0.09, 0.16, 0.42, 0.80])
        chart.set(xlim=(-reach, reach), ylim=(-reach, reach), xlabel=names[0], ylabel=names[1])
        ends = (-reach, reach, -reach, reach)
        shade = chart.imshow(np.zeros((60, 60)), extent=ends, origin="lower", aspect="auto", cmap=SOFT_DIVIDE,
                             vmin=0, vmax=1, animated=True)  # fmt: skip
        (border,) = chart.plot([], [], color=BLACK, linewidth=3, animated=True)
        chart.plot(Z[y == 0, 0], Z[y == 0, 1], "o", color=BLUE, markersize=6, label="cat", animated=True)
        chart.plot(Z[y == 1, 0], Z[y == 1, 1], "s", color=ORANGE, markersize=6, label="dog", animated=True)
        settled = descend(lambda w: gradient(w, X, y), np.zeros(3), 1, 1000)[-1]
        # Where a line separates the classes there is no lowest loss: it creeps towards 0 for ever.
        lowest = 0 if (predict(settled, X) == y).all() else loss(settled, X, y)
        axes = figure.add_axes([0.62, 0.16, 0.36, 0.80])
        show_losses = loss_curve(axes, loss(np.zeros(3), X, y), lowest, max_steps, "loss (nats)")

        @overflow_is_quiet
        def update(learning_rate, step):
            path, losses = run(learning_rate, step)
            w = path[-1]
            shade.set_data(sigmoid(cells @ w).reshape(60, 60))
            border.set_data(_line_of(w, reach))
            show_losses(losses)
            right, size = (predict(w, X) == y).mean(), np.linalg.norm(w)
            told = f"loss {number(losses[-1])} nats, {right:.0%} right"
            if verdict(path, losses) == "diverged":
                return f"Step {step}: {told}; the steps are so long that the loss is above that of the start."
            if right == 1 and step > 0:
                return (
                    f"Step {step}: {told}. A straight line separates them, so no w is best: the weights keep growing "
                    f"(length {size:.3g}) and the loss creeps towards 0."
                )
            return f"Step {step}: {told}; the weights have length {size:.3g}."

        return update

    return build


def _line_of(w, reach):
    """Two points of the line w₀ + w₁ x₁ + w₂ x₂ = 0 that lie outside the picture; none when it has no direction."""
    length = np.hypot(w[1], w[2])
    if not np.isfinite(w).all() or length == 0:
        return [], []
    foot, along = -w[0] * w[1:] / length**2, np.array([-w[2], w[1]]) / length
    foot = foot * min(1, 50 * reach / max(np.linalg.norm(foot), 1e-300))
    return np.array([foot - 5 * reach * along, foot + 5 * reach * along]).T


def threshold_tradeoff(p, y):
    """What moving the threshold trades: dogs called cats against cats called dogs. Knob: threshold.

    p (n,) predicted probabilities of a dog, y (n,) of 0 and 1.
    """
    every = np.linspace(0, 1, 201)
    missed = np.array([((p < t) & (y == 1)).sum() for t in every])
    false = np.array([((p >= t) & (y == 0)).sum() for t in every])

    def build(figure):
        chart = figure.add_axes([0.09, 0.16, 0.40, 0.72])
        edges = np.linspace(0, 1, 11)
        tallest = max(np.histogram(p[y == label], edges)[0].max() for label in (0, 1))
        for label, colour, hatch, name in ((0, BLUE, "", "cats"), (1, ORANGE, "//", "dogs")):
            chart.hist(p[y == label], edges, color=colour, alpha=0.55, hatch=hatch, edgecolor="white", label=name)
        chart.set(xlim=(0, 1), ylim=(0, 1.05 * tallest), xlabel="predicted probability of a dog", ylabel="pets")
        chart.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)
        (bar,) = chart.plot([], [], color=BLACK, linewidth=3, animated=True)
        trade = figure.add_axes([0.60, 0.16, 0.38, 0.72])
        trade.plot(every, missed, color=ORANGE, label="dogs called cats")
        trade.plot(every, false, color=BLUE, linestyle="--", label="cats called dogs")
        trade.set(xlim=(0, 1), ylim=(0, 1.05 * max(missed.max(), false.max())), xlabel="threshold", ylabel="errors")
        trade.legend(loc="upper center", handlelength=1.5)
        (dots,) = trade.plot([], [], "o", color=GREEN, markersize=12, markeredgecolor=BLACK, animated=True)

        def update(threshold):
            a, b = int(((p < threshold) & (y == 1)).sum()), int(((p >= threshold) & (y == 0)).sum())
            bar.set_data([threshold, threshold], [0, 2 * tallest])
            dots.set_data([threshold, threshold], [a, b])
            return (
                f"Dog from p = {threshold:.2f} on: {a} of {(y == 1).sum()} dogs are called cats and {b} of "
                f"{(y == 0).sum()} cats are called dogs; {1 - (a + b) / len(y):.0%} are right."
            )

        return update

    return build


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
            figure.text(0.01, 0.73 - 0.5 * row, name, fontsize=15, va="center")
            for place, sample in enumerate(chosen):
                axes = figure.add_axes([0.15 + 0.085 * place, 0.62 - 0.5 * row, 0.075, 0.22])
                axes.imshow(1 - images[sample], cmap="gray", vmin=0, vmax=1, aspect="auto")
                axes.axis("off")
                axes.set_title(class_names[y[sample]], fontsize=14)
                figure.text(0.1875 + 0.085 * place, 0.53 - 0.5 * row, f"{of_the_truth[sample]:.2f}", ha="center")

        def update():
            right = (of_the_truth > 0.5).mean()
            return (
                f"{right:.0%} of {len(y)} new drawings are recognised. Under each: the probability given to the truth, "
                f"from {of_the_truth[worst[0]]:.2f} to {of_the_truth[best[0]]:.2f}."
            )

        return update

    return build
