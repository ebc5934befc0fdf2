"""Pictures of many classes: scores to probabilities, weights that form as pictures, regions, errors, two losses.

Each function takes its data and returns a scene: build(figure) -> update(**knobs) -> caption.
"""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from lessons_lib.maths.checks import overflow_is_quiet
from lessons_lib.maths.gradient_descent import numerical_gradient, verdict
from lessons_lib.maths.linear_regression import add_intercept
from lessons_lib.maths.multiclass_classification import gradient, loss, predict, scores, softmax
from lessons_lib.scenes.drawing import (
    AGAINST_AND_FOR,
    BLACK,
    BLUE,
    CLASS_STYLES,
    GREEN,
    GREY,
    ORANGE,
    PALE,
    bars,
    loss_curve,
    number,
    remembered_descent,
)


def scores_to_probabilities(names=("cat", "dog", "ship")):
    """Three scores and the probabilities that softmax makes of them.

    names of the three classes. Knobs: score_1, score_2, score_3, add (a constant to all), temperature.
    """

    def build(figure):
        left, right = figure.add_axes([0.09, 0.12, 0.38, 0.78]), figure.add_axes([0.59, 0.12, 0.38, 0.78])
        places = np.arange(3)
        for axes, title, ylim in ((left, "scores s", (-12, 12)), (right, "probabilities p", (0, 1))):
            axes.set(xlim=(-0.6, 2.6), ylim=ylim, title=title)
            axes.set_xticks(places, names)
            axes.axhline(0, color=GREY, linewidth=1)
        show_scores, show_probabilities = bars(left, places, BLUE), bars(right, places, ORANGE)

        def update(score_1, score_2, score_3, add, temperature):
            s = np.array([score_1, score_2, score_3]) + add
            p = softmax(s / temperature)
            show_scores(s)
            show_probabilities(p)
            told = ", ".join(f"{name} {value:.3f}" for name, value in zip(names, p))
            given = ", ".join(f"{score:.3g}" for score in s)
            return f"Scores {given} give {told}; together {p.sum():.3f}. The largest: {names[p.argmax()]}."

        return update

    return build


def weights_as_pictures(images, y, test_images, test_y, max_steps=100):
    """Training on pictures of digits, live: the weights of each class as a picture, and the loss per step.

    images (n, height, width), y (n,) of 0 … 9, and the same for the test. Knobs: learning_rate, step.
    """
    X, X_test = (add_intercept(part.reshape(len(part), -1)) for part in (images, test_images))
    height, width = images.shape[1:]
    run = remembered_descent(lambda W: gradient(W, X, y), lambda W: loss(W, X, y), np.zeros((10, X.shape[1])))

    def build(figure):
        chart = figure.add_axes([0.02, 0.10, 0.56, 0.80])
        chart.axis("off")
        rows, columns = 2 * (height + 2), 5 * (width + 1)
        chart.set(xlim=(0, columns), ylim=(rows, 0))
        sheet = chart.imshow(np.zeros((rows, columns)), extent=(0, columns, rows, 0), cmap=AGAINST_AND_FOR, vmin=-1,
                             vmax=1, aspect="auto", animated=True)  # fmt: skip
        corners = [((height + 2) * (digit // 5), (width + 1) * (digit % 5)) for digit in range(10)]
        for digit, (top, left) in enumerate(corners):
            chart.text(left + width / 2, top + height + 0.9, str(digit), ha="center", va="center", fontsize=16,
                       zorder=5, animated=True)  # fmt: skip
        figure.text(0.30, 0.95, "orange: ink here speaks for the digit, blue: against it", ha="center", fontsize=14)
        first = loss(np.zeros((10, X.shape[1])), X, y)
        axes = figure.add_axes([0.68, 0.16, 0.30, 0.76])
        show_losses = loss_curve(axes, first, 0, max_steps, "loss (nats)", log=False)

        @overflow_is_quiet
        def update(learning_rate, step):
            path, losses = run(learning_rate, step)
            W = path[-1]
            pictures = np.zeros((rows, columns))
            for weights, (top, left) in zip(W[:, 1:], corners):
                pictures[top : top + height, left : left + width] = weights.reshape(height, width)
            sheet.set_data(np.nan_to_num(pictures / (np.abs(pictures).max() or 1)))
            show_losses(losses)
            right = np.mean(predict(W, X) == y), np.mean(predict(W, X_test) == test_y)
            blown = ", above the loss at the start" if verdict(path, losses) == "diverged" else ""
            return (
                f"Step {step}: loss {number(losses[-1])} nats{blown}; "
                f"{right[0]:.1%} of the training digits and {right[1]:.1%} of the test digits are right."
            )

        return update

    return build


def regions(Z, y, names, class_names, max_steps=200):
    """Three classes in a plane while they train: the region where each class has the largest score.

    Z (n, 2) standardised, y (n,) of 0, 1, 2, names of the two features and of the classes. Knobs: learning_rate, step.
    """
    X = add_intercept(Z)
    run = remembered_descent(lambda W: gradient(W, X, y), lambda W: loss(W, X, y), np.zeros((3, 3)))
    reach = 1.1 * np.abs(Z).max()
    grid = np.linspace(-reach, reach, 90)
    cells = np.column_stack([np.ones(8100), *(part.ravel() for part in np.meshgrid(grid, grid))])

    def build(figure):
        chart = figure.add_axes([0.09, 0.16, 0.42, 0.72])
        chart.set(xlim=(-reach, reach), ylim=(-reach, reach), xlabel=names[0], ylabel=names[1])
        shade = chart.imshow(np.zeros((90, 90)), extent=(-reach, reach, -reach, reach), origin="lower", aspect="auto",
                             cmap=PALE, vmin=0, vmax=3, interpolation="none", animated=True)  # fmt: skip
        for label, (name, (colour, marker)) in enumerate(zip(class_names, CLASS_STYLES)):
            chart.plot(*Z[y == label].T, marker, color=colour, markersize=6, label=name, animated=True)
        chart.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=3, handletextpad=0.1, columnspacing=1)
        axes = figure.add_axes([0.62, 0.16, 0.36, 0.72])
        show_losses = loss_curve(axes, loss(np.zeros((3, 3)), X, y), 0, max_steps, "loss (nats)", log=False)

        @overflow_is_quiet
        def update(learning_rate, step):
            path, losses = run(learning_rate, step)
            shade.set_data(scores(path[-1], cells).argmax(axis=1).reshape(90, 90))
            show_losses(losses)
            right = np.mean(predict(path[-1], X) == y)
            blown = ", above the loss at the start" if verdict(path, losses) == "diverged" else ""
            return f"Step {step}: loss {number(losses[-1])} nats{blown}; {right:.1%} of {len(y)} are right."

        return update

    return build


def confusion(counts, names):
    """How often each class was taken for each class: rows are the truth, columns the decision. No knobs.

    counts (C, C) of whole numbers, names of the C classes.
    """

    def build(figure):
        figure.set_size_inches(9, 4.8)
        chart = figure.add_axes([0.20, 0.04, 0.60, 0.80])
        errors = counts - np.diag(np.diag(counts))
        shades = LinearSegmentedColormap.from_list("errors", ["#FFFFFF", "#F0B08F"])
        chart.imshow(errors / max(errors.max(), 1), cmap=shades, aspect="auto")
        for truth, decision in np.ndindex(counts.shape):
            if counts[truth, decision]:
                weight = "bold" if truth == decision else "normal"
                chart.text(
                    decision, truth, counts[truth, decision], ha="center", va="center", fontsize=13, weight=weight
                )
        places = np.arange(len(names))
        chart.set_xticks(places, names)
        chart.set_yticks(places, names)
        chart.xaxis.tick_top()
        chart.xaxis.set_label_position("top")
        chart.set(xlabel="decision", ylabel="truth")
        worst = np.unravel_index(errors.argmax(), errors.shape)

        def update():
            return (
                f"{np.trace(counts)} of {counts.sum()} are right, on the diagonal. The most frequent error: "
                f"{names[worst[0]]} taken for {names[worst[1]]}, {errors[worst]} times."
            )

        return update

    return build


def two_losses(names=("the truth", "a rival", "a third")):
    """The loss of the slides beside one that also punishes the wrong classes, with the slope of each in every score.

    names of the three classes, the first one true. Knobs: truth_score, rival_score; the third score is 0.
    """

    def of_the_truth(s):
        return -np.log(softmax(s)[0])

    def of_all_classes(s):
        p = softmax(s)
        return -np.log(p[0]) - np.sum(np.log(1 - p[1:]))

    every = np.linspace(-5, 5, 80)

    def build(figure):
        curves = figure.add_axes([0.08, 0.16, 0.40, 0.72])
        curves.set(xlim=(-5, 5), ylim=(0, 16), xlabel="score of the truth", ylabel="loss (nats)")
        styles = (("-", BLUE, "truth only"), ("--", ORANGE, "with wrong classes"))
        drawn = [
            curves.plot([], [], style, color=colour, label=label, animated=True)[0] for style, colour, label in styles
        ]
        curves.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2, columnspacing=1)
        (dots,) = curves.plot([], [], "o", color=GREEN, markersize=12, markeredgecolor=BLACK, animated=True)
        slopes = figure.add_axes([0.60, 0.16, 0.38, 0.72])
        slopes.set(xlim=(-0.6, 2.6), ylim=(-2.2, 2.2), ylabel="slope in the score")
        slopes.set_xticks(np.arange(3), names)
        slopes.axhline(0, color=GREY, linewidth=1)
        shows = [bars(slopes, np.arange(3) + side, colour, 18) for side, colour in ((-0.16, BLUE), (0.16, ORANGE))]

        @overflow_is_quiet
        def update(truth_score, rival_score):
            s = np.array([truth_score, rival_score, 0.0])
            values, pushes = [], []
            for line, show, measure in zip(drawn, shows, (of_the_truth, of_all_classes)):
                line.set_data(every, [measure(np.array([z, rival_score, 0.0])) for z in every])
                pushes.append(numerical_gradient(measure, s))
                show(pushes[-1])
                values.append(float(measure(s)))
            dots.set_data([truth_score] * 2, values)
            p = softmax(s)
            return (
                f"p of the truth {p[0]:.3f}, of the rival {p[1]:.3f}. Loss {values[0]:.3f} nats from the truth alone, "
                f"{values[1]:.3f} with the wrong classes; slope in the rival's score {pushes[0][1]:.3f} against "
                f"{pushes[1][1]:.3f}."
            )

        return update

    return build
