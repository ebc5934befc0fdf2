"""Pictures of many classes: from scores to probabilities, weights as pictures, regions, errors, peeking, two losses.

Each function takes its data and returns a scene: build(figure) -> update(**knobs) -> caption. What a picture shows is
computed by a function of plain numbers beside it, and told by another.
"""

from typing import NamedTuple

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from lessons_lib.maths.checks import overflow_is_quiet
from lessons_lib.maths.gradient_descent import critical_learning_rate, descend, numerical_gradient
from lessons_lib.maths.linear_regression import add_intercept
from lessons_lib.maths.multiclass_classification import (
    accuracy,
    best_of_guessers,
    gradient,
    loss,
    margin,
    scores,
    softmax,
)
from lessons_lib.scenes.challenges import fewest_steps
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
    remembered_descent,
)
from lessons_lib.scenes.words import chance, number, plural, told_apart


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
            return _probabilities_told(names, s, p, temperature)

        return update

    return build


def _probabilities_told(names, s, p, temperature):
    given = ", ".join(f"{score + 0.0:.3g}" for score in s)
    told = ", ".join(f"{name} {chance(value)}" for name, value in zip(names, p))
    winners = [name for name, score in zip(names, s) if np.isclose(score, s.max(), rtol=0, atol=1e-9)]
    *others, last = winners
    rank = f"Equally large: {', '.join(others)} and {last}" if others else f"The largest: {last}"
    return f"Scores {given} at temperature {temperature:.3g} give {told}; together {p.sum():.3g}. {rank}."


def never_rises(X):
    """4/λmax of XᵀX/n: up to this learning rate no step of softmax regression can raise its loss.

    X (n, d). The loss curves nowhere more than half of λmax, because no diag(p) − ppᵀ has an eigenvalue above ½.
    """
    return critical_learning_rate(X.T @ X / len(X) / 2)


class _Digits(NamedTuple):
    """What training on digits did up to a step."""

    step: int
    loss: float
    rises: int  # at how many steps the loss rose
    n: tuple  # how many digits are for training and for validation
    right: tuple  # and which share of each is right


def weights_as_pictures(images, y, validation_images, validation_y, max_steps=100):
    """Training on pictures of digits, live: the weights of each class as a picture, and the loss per step.

    images (n, height, width), y (n,) of 0 … 9, and the same for validation. Knobs: learning_rate, step.
    """
    parts = [(add_intercept(part.reshape(len(part), -1)), labels)
             for part, labels in ((images, y), (validation_images, validation_y))]  # fmt: skip
    X, start = parts[0][0], np.zeros((10, parts[0][0].shape[1]))
    run = remembered_descent(lambda W: gradient(W, X, y), lambda W: loss(W, X, y), start)
    limit = never_rises(X)

    def build(figure):
        show_pictures = _pictures_of_weights(figure, *images.shape[1:])
        axes = figure.add_axes([0.68, 0.16, 0.30, 0.76])
        show_losses = loss_curve(axes, loss(start, X, y), 0, max_steps, "loss (nats)", log=False)

        @overflow_is_quiet
        def update(learning_rate, step):
            path, losses = run(learning_rate, step)
            show_pictures(path[-1])
            show_losses(losses)
            right = tuple(accuracy(path[-1], *part) for part in parts)
            rises = int(np.sum(np.diff(losses) > 0))
            facts = _Digits(step, losses[-1], rises, tuple(len(part[1]) for part in parts), right)
            return _digits_told(facts, learning_rate, limit)

        def needed(learning_rate, step):
            return step if accuracy(run(learning_rate, step)[0][-1], *parts[1]) >= 0.93 else None

        update.challenges = {"fewest steps": fewest_steps("get 93 % of the validation digits right", needed)}
        update.zones = {"learning_rate": [(0, limit, "#BBDDF0", "never rises"), (limit, np.inf, "#F7D9A6", "may rise")]}
        return update

    return build


def _pictures_of_weights(figure, height, width):
    """Prepare a sheet with a picture for each of ten classes -> show(W), W (10, 1 + height · width)."""
    chart = figure.add_axes([0.02, 0.10, 0.56, 0.80])
    chart.axis("off")
    rows, columns = 2 * (height + 2), 5 * (width + 1)
    chart.set(xlim=(0, columns), ylim=(rows, 0))
    sheet = chart.imshow(np.zeros((rows, columns)), extent=(0, columns, rows, 0), cmap=AGAINST_AND_FOR, vmin=-1,
                         vmax=1, aspect="auto", animated=True)  # fmt: skip
    corners = [((height + 2) * (digit // 5), (width + 1) * (digit % 5)) for digit in range(10)]
    for digit, (top, left) in enumerate(corners):
        chart.text(left + width / 2, top + height + 0.9, str(digit), ha="center", va="center", fontsize=16, zorder=5,
                   animated=True)  # fmt: skip
    figure.text(0.30, 0.95, "orange: ink here speaks for the digit, blue: against it", ha="center", fontsize=14)

    def show(W):
        pictures = np.zeros((rows, columns))
        for weights, (top, left) in zip(W[:, 1:], corners):
            pictures[top : top + height, left : left + width] = weights.reshape(height, width)
        sheet.set_data(np.nan_to_num(pictures / (np.abs(pictures).max() or 1)))

    return show


def _digits_told(run, learning_rate, limit):
    rate, border = told_apart(learning_rate, limit)
    beside = f"The learning rate {rate} is at most {border}: no step can raise the loss."
    if learning_rate > limit:
        happened = f"{run.rises} of {plural(run.step, 'step')} did" if run.rises else "none did so far"
        beside = f"The learning rate {rate} is above {border}, so a step may raise the loss: {happened}."
    return (
        f"Step {run.step}: loss {number(run.loss)} nats; {run.right[0]:.1%} of the {run.n[0]} training digits and "
        f"{run.right[1]:.1%} of the {run.n[1]} validation digits are right. {beside}"
    )


def regions(Z, y, names, class_names, max_steps=200):
    """Three classes in a plane while they train: the region where each class has the largest score.

    Z (n, 2) standardised, y (n,) of 0, 1, 2, names of the two features and of the classes. Knobs: learning_rate, step.
    """
    X, start = add_intercept(Z), np.zeros((3, 3))

    def slope(W):
        return gradient(W, X, y)

    run = remembered_descent(slope, lambda W: loss(W, X, y), start)
    settled = descend(slope, start, 25, 1000)[-1].ravel()
    limit = critical_learning_rate(numerical_gradient(lambda w: slope(w.reshape(3, 3)).ravel(), settled))
    reach = 1.1 * np.abs(Z).max()
    grid = np.linspace(-reach, reach, 90)
    cells = np.column_stack([np.ones(8100), *(part.ravel() for part in np.meshgrid(grid, grid))])

    def build(figure):
        chart = figure.add_axes([0.09, 0.16, 0.42, 0.72])
        chart.set(xlim=(-reach, reach), ylim=(-reach, reach), xlabel=names[0], ylabel=names[1])
        shade = chart.imshow(np.zeros((90, 90)), extent=(-reach, reach, -reach, reach), origin="lower", aspect="auto",
                             cmap=PALE, vmin=0, vmax=3, animated=True)  # fmt: skip
        for label, (name, (colour, marker)) in enumerate(zip(class_names, CLASS_STYLES)):
            chart.plot(*Z[y == label].T, marker, color=colour, markersize=6, label=name, animated=True)
        chart.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=3, handletextpad=0.1, columnspacing=1)
        axes = figure.add_axes([0.62, 0.16, 0.36, 0.72])
        show_losses = loss_curve(axes, loss(start, X, y), 0, max_steps, "loss (nats)", log=False)

        @overflow_is_quiet
        def update(learning_rate, step):
            path, losses = run(learning_rate, step)
            shade.set_data(scores(path[-1], cells).argmax(axis=1).reshape(90, 90))
            show_losses(losses)
            right = round(accuracy(path[-1], X, y) * len(y))
            return _regions_told(step, losses[-1], right, len(y), _swing(losses), learning_rate, limit)

        def guesses(learning_rate, **_):
            right = (accuracy(W, X, y) for W in run(learning_rate, max_steps)[0])
            first = next((step for step, share in enumerate(right) if share >= 0.9), None)
            return {"step": ("After how many steps are nine of ten right?", first)}

        update.guesses = guesses
        update.zones = {"learning_rate": [(0, limit, "#BBDDF0", "settles"), (limit, np.inf, "#F7D9A6", "swings")]}
        return update

    return build


def _swing(losses):
    """The lower and the upper of the last two losses where it went down and up and down again, else None."""
    last = np.diff(losses[-4:])
    swings = len(last) == 3 and (last[:-1] * last[1:] < 0).all() and np.abs(last).min() > 1e-3 * losses[-1]
    return (min(losses[-2:]), max(losses[-2:])) if swings else None


def _regions_told(step, last, right, n, swing, learning_rate, limit):
    now = (
        f"Step {step}: loss {number(last)} nats; {right} of the {n} penguins it learns from, {right / n:.1%}, are right"
    )
    rate, border = told_apart(learning_rate, limit)
    if learning_rate <= limit:
        return f"{now}. The learning rate {rate} is below the limit at the minimum, {border}: it can settle there."
    between = f" and swings between {' and '.join(told_apart(*swing))} nats" if swing else ""
    return (
        f"{now}. The learning rate {rate} is above the limit at the minimum, {border}: it cannot settle there{between}."
    )


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
        return lambda: _confusion_told(counts, errors, names)

    return build


def _confusion_told(counts, errors, names):
    told = f"{np.trace(counts)} of {counts.sum()} are right, on the diagonal."
    if not errors.any():
        return f"{told} There is no error."
    worst = [f"{names[truth]} taken for {names[decision]}" for truth, decision in np.argwhere(errors == errors.max())]
    most = "The most frequent error" if len(worst) == 1 else "The most frequent errors"
    return f"{told} {most}: {', '.join(worst)}, {plural(errors.max(), 'time')}."


def peeking(most_models=300, seed=0):
    """The best of M models that only guess, on a test set of n samples: how good it looks, and how good it is.

    Every model is right on each sample with probability one half. Knobs: models (M), test_samples (n).
    """
    every = np.unique(np.geomspace(1, most_models, 30).round())

    def tried(models, test_samples):
        """The accuracies of the first M guessers on n samples, out of an urn that the seed fixes."""
        return np.random.default_rng(seed).binomial(test_samples, 0.5, most_models)[:models] / test_samples

    def build(figure):
        heap = figure.add_axes([0.08, 0.16, 0.40, 0.72])
        heap.set(xlim=(0, 1.01), ylim=(0, 1.15), xlabel="accuracy on the test set", ylabel="models (most = 1)")
        heap.axvline(0.5, color=GREEN, linestyle="--", linewidth=2.5, label="in truth")
        (bars_drawn,) = heap.plot([], [], color=BLUE, linewidth=2.5, animated=True)
        (best,) = heap.plot([], [], color=ORANGE, linewidth=3.5, label="the best", animated=True)
        (reach,) = heap.plot([], [], color=GREY, linewidth=6, label="± of one", animated=True)
        heap.legend(loc="lower center", bbox_to_anchor=(0.45, 1), ncols=3, columnspacing=0.8, handlelength=1.1)
        curve = figure.add_axes([0.60, 0.16, 0.38, 0.72])
        curve.set(xlim=(0.9, 1.1 * most_models), ylim=(0.45, 1.01), xscale="log", ylabel="accuracy of the best")
        curve.set_xlabel("models tried, M", labelpad=0)
        curve.axhline(0.5, color=GREEN, linestyle="--", linewidth=2.5)
        (expected,) = curve.plot([], [], color=BLUE, label="expected", animated=True)
        look = {"color": ORANGE, "markersize": 12, "markeredgecolor": BLACK, "clip_on": False, "animated": True}
        (dot,) = curve.plot([], [], "o", label="the best", **look)
        curve.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)

        def update(models, test_samples):
            shares, plus_or_minus = tried(models, test_samples), margin(0.5, test_samples)
            values, counts = np.unique(shares, return_counts=True)
            gaps = np.full(len(values), np.nan)
            bars_drawn.set_data(
                np.repeat(values, 3), np.column_stack([0 * values, counts / counts.max(), gaps]).ravel()
            )
            best.set_data([shares.max()] * 2, [0, 1.06])
            reach.set_data([0.5 - plus_or_minus, 0.5 + plus_or_minus], [1.1, 1.1])
            expected.set_data(every, best_of_guessers(every, test_samples))
            dot.set_data([models], [shares.max()])
            expected_best = best_of_guessers(models, test_samples)
            return _peeking_told(models, test_samples, shares.max(), expected_best, plus_or_minus)

        return update

    return build


def _peeking_told(models, test_samples, best, expected, plus_or_minus):
    who = f"The best of {models} models that guess" if models > 1 else "1 model that guesses"
    return (
        f"{who} has {best:.1%} of {test_samples} test samples right (expected: {expected:.1%}). "
        f"On new samples it has 50 %. The ± of one model on {test_samples} samples: {100 * plus_or_minus:.1f} points."
    )


def _of_the_truth(s):
    return -np.log(softmax(s)[0])


def _of_all_classes(s):
    p = softmax(s)
    return -np.log(p[0]) - np.sum(np.log(1 - p[1:]))


def two_losses(names=("the truth", "a rival", "a third")):
    """The cross entropy beside a loss that also punishes the wrong classes, with the slope of each in every score.

    names of the three classes, the first one true. Knobs: truth_score, rival_score; the third score is 0.
    """
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
            for line, show, measure in zip(drawn, shows, (_of_the_truth, _of_all_classes)):
                line.set_data(every, [measure(np.array([z, rival_score, 0.0])) for z in every])
                pushes.append(numerical_gradient(measure, s))
                show(pushes[-1])
                values.append(float(measure(s)))
            dots.set_data([truth_score] * 2, values)
            return _two_losses_told(softmax(s), values, pushes)

        return update

    return build


def _two_losses_told(p, values, pushes):
    slopes = [f"{first[k] + 0.0:.3f} against {second[k] + 0.0:.3f}" for k in (1, 2) for first, second in [pushes]]
    return (
        f"p of the truth {chance(p[0])}, of the rival {chance(p[1])}. Loss {values[0]:.4g} nats from the truth alone, "
        f"{values[1]:.4g} with the wrong classes; slope in the rival's score {slopes[0]}, in the third's {slopes[1]}."
    )
