"""Pictures of training where the loss is no bowl: landscapes, update rules, minibatches, depth, a real loss surface.

Each function takes its data and returns a scene: build(figure) -> update(**knobs) -> caption.
"""

import functools
import itertools

import numpy as np

from lessons_lib.maths import neural_networks as nn
from lessons_lib.maths.checks import overflow_is_quiet
from lessons_lib.maths.gradient_descent import descend, numerical_gradient, verdict
from lessons_lib.maths.training_deep_networks import (
    adam,
    follow,
    minibatches,
    momentum,
    objective,
    sgd,
    squared_loss_gradient,
    train,
)
from lessons_lib.scenes.drawing import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    HEIGHT_MAP,
    ORANGE,
    near,
    number,
    rings,
)

_CLOSE = 0.1  # from here on a path counts as being at a place of a map


def _exactly(gradient, place):
    """The point with gradient 0 that is nearest to a rough place, by Newton's method."""
    place = np.array(place, dtype=float)
    for _ in range(20):
        place = place - np.linalg.solve(numerical_gradient(gradient, place), gradient(place))
    return place


def _distance(path, place):
    return np.linalg.norm(np.clip(path, -1e150, 1e150) - place, axis=-1)


def _times(n, what):
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def landscape(loss, gradient, valleys, saddle, reach=(2.0, 1.5), max_steps=200):
    """Descent from a start of your choice on a map with valleys and a saddle, and its loss per step.

    loss(w) -> number, gradient(w) -> (2,); valleys: dictionary from name to rough place (2,), saddle (2,); the map
    shows ± reach. Knobs: start_1, start_2, learning_rate, n_steps.
    """
    valleys = {name: _exactly(gradient, place) for name, place in valleys.items()}
    saddle = _exactly(gradient, saddle)
    depths = {name: float(loss(place)) for name, place in valleys.items()}

    def rank(name):
        others = [depth for other, depth in depths.items() if other != name]
        if np.allclose(others, depths[name]):
            return "as low as the other one"
        return "the lowest" if depths[name] < min(others) else "not the lowest"

    def build(figure):
        chart = figure.add_axes([0.09, 0.15, 0.45, 0.82])
        rings(chart, loss, (-reach[0], reach[0]), (-reach[1], reach[1]))
        chart.set_xlabel("w₁", labelpad=0)
        chart.set_ylabel("w₂", labelpad=-6)
        for name, place in valleys.items():
            chart.plot(*place, "+", color=BLACK, markersize=14, markeredgewidth=2)
        chart.plot(*saddle, "x", color=BLACK, markersize=11, markeredgewidth=2)
        for name, place in [*valleys.items(), ("saddle", saddle)]:  # paths come from above, the left and the right
            chart.annotate(name, place, xytext=(14, -18), textcoords="offset points", ha="left", fontsize=13)
        (first,) = chart.plot([], [], "s", color=BLACK, markersize=14, animated=True)
        (line,) = chart.plot([], [], "-o", color=ORANGE, linewidth=2, markersize=4, animated=True)
        (end,) = chart.plot([], [], "o", color=ORANGE, markersize=12, markeredgecolor=BLACK, animated=True)
        axes = figure.add_axes([0.64, 0.15, 0.34, 0.82])
        low = min(depths.values())
        axes.set(xlim=(-4, max_steps * 1.02), ylim=(low - 0.4, low + 4), ylabel="loss")
        axes.set_xlabel("step", labelpad=0)
        marks = ((float(loss(saddle)), GREY, ":", "height of the saddle", 3), (low, GREEN, "--", "lowest valley", -3))
        for height, colour, style, name, up in marks:
            axes.axhline(height, color=colour, linestyle=style, linewidth=1.5)
            axes.annotate(name, (max_steps, height), xytext=(0, up), textcoords="offset points", ha="right",
                          va="bottom" if up > 0 else "top", fontsize=12)  # fmt: skip
        (curve,) = axes.plot([], [], color=BLUE, marker="o", markersize=9, markevery=[-1], animated=True)

        @overflow_is_quiet
        def update(start_1, start_2, learning_rate, n_steps):
            path = descend(gradient, (start_1, start_2), learning_rate, n_steps)
            losses = loss(path)
            drawn = near(path, np.zeros(2), 50)
            first.set_data([start_1], [start_2])
            line.set_data(*drawn.T)
            end.set_data(*drawn[-1:].T)
            curve.set_data(np.arange(len(losses)), np.clip(np.nan_to_num(losses, nan=9e9), low - 9, low + 99))
            caption = told(path, losses)
            return f"From ({start_1:.3g}, {start_2:.3g}): {caption[0].lower()}{caption[1:]}"

        def told(path, losses):
            steps = len(path) - 1
            here = [name for name, place in valleys.items() if _distance(path[-1], place) < _CLOSE]
            waited = int((_distance(path, saddle) < _CLOSE).sum())
            pause = f" It was within {_CLOSE} of the saddle for {_times(waited, 'step')} on the way." if waited else ""
            if steps == 0:
                slope = np.linalg.norm(gradient(path[0]))
                return f"Before the first step: loss {number(losses[0])}, slope {slope:.3g} in the steepest direction."
            if not np.isfinite(losses).all() or losses[-1] > losses[0] + 1e-9:
                return f"After {_times(steps, 'step')} the loss is above its first one: too large a step.{pause}"
            outside = np.flatnonzero(_distance(path, valleys[here[0]]) >= _CLOSE) if here else []
            since = int(outside[-1]) + 1 if len(outside) else 0
            if verdict(path, losses) == "oscillating" and (not here or since > steps - 2):
                return f"After {_times(steps, 'step')} it jumps to and fro: loss {number(losses[-1])}.{pause}"
            if here:
                at = f"loss {number(losses[-1])}"
                return f"In the {here[0]} valley, {rank(here[0])}, from step {since} on: {at}.{pause}"
            if _distance(path[-1], saddle) < _CLOSE:
                slope = np.linalg.norm(gradient(path[-1]))
                return f"Still at the saddle after {_times(steps, 'step')}, where the slope is {slope:.2g}.{pause}"
            return f"After {_times(steps, 'step')} it is in no valley yet: loss {number(losses[-1])}.{pause}"

        return update

    return build


_RULES = (("plain", sgd, "-", BLUE), ("momentum", momentum, "--", ORANGE), ("Adam", adam, ":", BLACK))


def three_rules(maps, max_steps=100):
    """Plain descent, momentum and Adam from one start with one learning rate, on a map to choose.

    maps: dictionary from a map's name to (loss, gradient, start (2,), rough places of the valleys (k, 2), reach (2,)).
    Knobs: n_steps, learning_rate, terrain.
    """
    valleys = {name: [_exactly(slope, place) for place in rough] for name, (_, slope, _, rough, _) in maps.items()}

    @functools.lru_cache(64)
    def walk(terrain, learning_rate):
        loss, gradient, start, _, _ = maps[terrain]
        paths = [follow(rule, gradient, start, learning_rate, max_steps) for _, rule, _, _ in _RULES]
        return [(path, np.nan_to_num(loss(path), nan=np.inf)) for path in paths]

    def build(figure):
        pictures = {}
        chart = figure.add_axes([0.07, 0.15, 0.42, 0.73])
        chart.set(xlim=(-1, 1), ylim=(-1, 1), xticks=[], yticks=[])
        chart.set_xlabel("w₁", labelpad=4)
        chart.set_ylabel("w₂", labelpad=4)
        for name, (loss, _, start, _, reach) in maps.items():
            across, up = np.meshgrid(*(np.linspace(-r, r, 90) for r in reach))
            height = loss(np.stack([across, up], axis=-1))
            levels = height.min() + np.ptp(height) * np.linspace(0, 1, 13) ** 3
            place = (across / reach[0], up / reach[1], height, levels)
            pictures[name] = (
                chart.contourf(*place, cmap=HEIGHT_MAP),
                chart.contour(*place, colors="#6C93B5", linewidths=0.9),
            )
            for part in pictures[name]:
                part.set_animated(True)
        (goals,) = chart.plot([], [], "+", color=GREEN, markersize=16, markeredgewidth=3, animated=True)
        (first,) = chart.plot([], [], "s", color=BLACK, markersize=9, animated=True)
        axes = figure.add_axes([0.60, 0.15, 0.38, 0.73])
        axes.set(xlim=(-1, max_steps * 1.02), ylim=(1e-6, 1e2), yscale="log", ylabel="loss above the lowest")
        axes.set_yticks([1e-6, 1e-4, 1e-2, 1, 100])
        axes.set_xlabel("step", labelpad=0)
        lines = []
        for label, _, style, colour in _RULES:
            look = {"color": colour, "linestyle": style, "linewidth": 2.5, "animated": True}
            path_line = chart.plot([], [], marker="o", markersize=4, **look)[0]
            end = chart.plot([], [], "o", color=colour, markersize=11, markeredgecolor="white", animated=True)[0]
            lines.append((path_line, end, axes.plot([], [], label=label, **look)[0]))
        axes.legend(loc="lower center", bbox_to_anchor=(0.4, 1), ncols=3, columnspacing=1, handlelength=2)

        def update(n_steps, learning_rate, terrain):
            loss, _, start, _, reach = maps[terrain]
            lowest = min(float(loss(place)) for place in valleys[terrain])
            for name, parts in pictures.items():
                for part in parts:
                    part.set_visible(name == terrain)
            goals.set_data(*(np.array(valleys[terrain]) / reach).T)
            first.set_data(*np.reshape(np.array(start) / reach, (2, 1)))
            told = []
            for (label, *_), (path_line, end, curve), (path, losses) in zip(
                _RULES, lines, walk(terrain, learning_rate)
            ):
                path, losses = path[: n_steps + 1], losses[: n_steps + 1]
                drawn = near(path / reach, np.zeros(2), 50)
                path_line.set_data(*drawn.T)
                end.set_data(*drawn[-1:].T)
                curve.set_data(np.arange(len(losses)), np.clip(losses - lowest, 1e-8, 1e4))
                told.append(f"{label} {outcome(path, losses, terrain)}")
            return f"After {_times(n_steps, 'step')}: {'; '.join(told)}."

        def outcome(path, losses, terrain):
            if not np.isfinite(losses).all() or losses[-1] > losses[0] + 1e-9:
                return "is above its first loss"
            if min(_distance(path[-1], place) for place in valleys[terrain]) < _CLOSE:
                return f"is in a valley (loss {number(losses[-1])})"
            return f"is on its way (loss {number(losses[-1])})"

        return update

    return build


def batch_noise(layer_sizes, X, y, w, n_draws=100):
    """Gradients of random minibatches around the gradient of all samples, and what a batch costs against what it gains.

    A network with these layer_sizes (ReLU) and parameters w (p,) on X (n, d), y (n,). Knob: batch_size.
    """
    n = len(y)
    slope = objective(layer_sizes, X, y, "relu")[1]
    of_each = np.array([slope(w, [row]) for row in range(n)])
    whole = of_each.mean(axis=0)
    away, length = of_each - whole, np.linalg.norm(whole)
    ahead = whole / length
    across = np.linalg.svd(away - np.outer(away @ ahead, ahead), full_matrices=False)[2][0]
    of_one = np.sqrt(np.sum(away**2) / n)
    rng = np.random.default_rng(0)
    orders = np.array([rng.permutation(n) for _ in range(n_draws)])
    places = np.column_stack([of_each @ ahead, of_each @ across])[orders] / length
    # A batch of B is the first B rows of an order, so one running sum holds the batches of every size.
    means = np.cumsum(places, axis=1) / np.arange(1, n + 1)[:, None]

    def expected(batch_size):
        return of_one * np.sqrt((n - batch_size) / (max(n - 1, 1) * batch_size))

    def measured(batch_size):
        chosen = np.zeros((n_draws, n))
        np.put_along_axis(chosen, orders[:, :batch_size], 1 / batch_size, axis=1)
        return np.sqrt(np.mean(np.sum((chosen @ away) ** 2, axis=1)))

    def build(figure):
        cloud = figure.add_axes([0.09, 0.15, 0.38, 0.73])
        far = 1.05 * np.abs(means[:, 0, 1]).max()
        cloud.set(
            xlim=(-2, 4), ylim=(-far, far), xlabel="along the true gradient", title=f"{n_draws} batches (star: all)"
        )
        cloud.set_ylabel("across it", labelpad=0)
        cloud.axhline(0, color=GREY, linewidth=1)
        cloud.axvline(0, color=GREY, linewidth=1)
        (dots,) = cloud.plot([], [], "o", color=BLUE, markersize=5, alpha=0.6, animated=True)
        # Hollow, so that a small cloud is seen inside it.
        cloud.plot([1], [0], "*", color=ORANGE, markersize=22, markerfacecolor="none", markeredgewidth=2, animated=True)
        trade = figure.add_axes([0.60, 0.15, 0.38, 0.73])
        trade.set(xlim=(0.8, 1.3 * n), ylim=(0.02, 1.5 * n), xscale="log", yscale="log", xlabel="batch size")
        trade.set_ylabel("times that of one sample", labelpad=0)
        every = np.unique(np.geomspace(1, n, 60).round().astype(int))
        trade.plot(every, every, "--", color=ORANGE, label="cost of a step")
        trade.plot(every, 1 / np.sqrt(every), "-", color=BLUE, label="1/√size")
        some = [size for size in every[::8] if size < n]
        trade.plot(some, [measured(size) / of_one for size in some], "o", color=BLUE, label="noise")
        trade.legend(loc="lower center", bbox_to_anchor=(0.42, 1), ncols=3, columnspacing=0.8, handlelength=1.4)
        (now,) = trade.plot(
            [], [], "D", color=GREEN, markersize=12, markeredgecolor=BLACK, clip_on=False, animated=True
        )

        def update(batch_size):
            size = int(np.clip(round(batch_size), 1, n))
            dots.set_data(*means[:, size - 1].T)
            noise = expected(size) / of_one
            now.set_data([size, size], [size, max(noise, 0.021)])
            against = np.mean(means[:, size - 1, 0] < -1e-12)
            if size == n:
                return f"All {n} samples in one batch: no noise at all, at {n} times the cost of one sample."
            times = f"{expected(size) / length:.2g} times "
            told = f"the noise is {'' if times == '1 times ' else times}as long as the true gradient"
            if size > 1:
                told += f", {noise:.2g} times that of one sample, at {size} times the cost"
            name = f"Batches of {size}" if size > 1 else "Single samples"
            return f"{name}: {told}. {against:.0%} of these {n_draws} would lead uphill."

        return update

    return build


def batch_training(layer_sizes, X, y, start, n_epochs=3):
    """The loss against the samples looked at: minibatches beside the whole set, same start, same learning rate.

    A network with these layer_sizes (ReLU) from parameters start (p,), X (n, d), y (n,).
    Knobs: samples_seen, batch_size, learning_rate.
    """
    n = len(y)
    loss, slope = objective(layer_sizes, X, y, "relu")
    most = n_epochs * n

    @functools.lru_cache(64)
    def run(batch_size, learning_rate):
        rng = np.random.default_rng(0)
        batches = itertools.chain.from_iterable(minibatches(n, batch_size, rng) for _ in range(n_epochs))
        per_epoch = -(-n // batch_size)
        path = follow(sgd, lambda w: slope(w, next(batches)), start, learning_rate, n_epochs * per_epoch)
        steps = np.unique(np.linspace(0, len(path) - 1, 60).round().astype(int))
        # Only the last batch of an epoch is shorter, so an epoch always ends at a multiple of n.
        seen = np.array([step // per_epoch * n + step % per_epoch * batch_size for step in steps])
        return seen, steps, np.array([loss(path[step]) for step in steps])

    def build(figure):
        axes = figure.add_axes([0.09, 0.15, 0.88, 0.73])
        first = loss(start)
        axes.set(xlim=(-0.01 * most, 1.01 * most), ylim=(0, 1.6 * first), ylabel="loss (nats)")
        axes.set_xlabel("samples looked at", labelpad=0)
        axes.axhline(first, color=GREY, linestyle=":", linewidth=1.5)
        for epoch in range(1, n_epochs + 1):
            axes.axvline(epoch * n, color="#DDDDDD", linewidth=1.5)
            axes.annotate(f"epoch {epoch}", (epoch * n, 1.6 * first), xytext=(-4, -4), textcoords="offset points",
                          ha="right", va="top", fontsize=12, color="#555555")  # fmt: skip
        looks = (("batches of your size", ORANGE, "-", "o"), ("the whole set in one batch", BLUE, "--", "s"))
        lines = [
            axes.plot([], [], style, color=colour, marker=marker, markersize=5, label=label, animated=True)[0]
            for label, colour, style, marker in looks
        ]
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)

        @overflow_is_quiet
        def update(samples_seen, batch_size, learning_rate):
            size = int(np.clip(round(batch_size), 1, n))
            told = []
            for line, batch in zip(lines, (size, n)):
                seen, steps, losses = run(batch, learning_rate)
                kept = seen <= samples_seen
                line.set_data(seen[kept], np.clip(np.nan_to_num(losses[kept], nan=9e9), 0, 9 * first))
                last = losses[kept][-1]
                what = f"loss {last:.3g} nats" if np.isfinite(last) else "the loss is no longer a number"
                told.append(f"{_times(steps[kept][-1], 'step')} and {what}")
            return f"After {samples_seen} samples: in batches of {size}, {told[0]}; all {n} at once, {told[1]}."

        return update

    return build


def epochs(histories):
    """The loss and the test accuracy after every epoch, for each update rule.

    histories: dictionary from name to (losses (n_epochs + 1,), accuracies (n_epochs + 1,)), up to three. Knob: epoch.
    """
    n_epochs = min(len(losses) for losses, _ in histories.values()) - 1

    def build(figure):
        left, right = figure.add_axes([0.08, 0.15, 0.40, 0.73]), figure.add_axes([0.58, 0.15, 0.40, 0.73])
        top = 1.05 * max(np.max(losses) for losses, _ in histories.values())
        left.set(xlim=(-0.3, n_epochs + 0.3), ylim=(0, top), ylabel="training loss (nats)")
        right.set(xlim=(-0.3, n_epochs + 0.3), ylim=(0, 1), ylabel="test accuracy")
        lines = []
        for (name, parts), (_, _, style, colour), marker in zip(histories.items(), _RULES, "os^"):
            for axes, values in zip((left, right), parts):
                axes.set_xlabel("epoch", labelpad=0)
                axes.set_xticks(range(0, n_epochs + 1, 5))
                line = axes.plot([], [], style, color=colour, marker=marker, markersize=6, label=name, animated=True)[0]
                lines.append((line, np.asarray(values)))
        left.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=len(histories), columnspacing=1)

        def update(epoch):
            for line, values in lines:
                line.set_data(np.arange(epoch + 1), np.nan_to_num(values[: epoch + 1], nan=9e9))
            told = "; ".join(
                f"{name} loss {losses[epoch]:.2f} nats, {right[epoch]:.1%} of the test pictures right"
                for name, (losses, right) in histories.items()
            )
            return f"After {_times(epoch, 'epoch')}: {told}."

        return update

    return build


def depth_and_start(X, y, max_depth=10, max_steps=40):
    """Layers, activation, start and learning rate to play with: the slopes in every layer, and the loss per step.

    X (n, d), y (n,) of 0 … C−1. Every hidden layer has as many units as you choose.
    Knobs: step, depth, units, activation, gain, learning_rate, data ("clean" or "one NaN pixel").
    """
    n, classes = len(y), int(y.max()) + 1
    guess = np.log(classes)
    spoiled = X.copy()
    spoiled[0, 0] = np.nan
    floor, ceiling = 1e-12, 1e6

    @functools.lru_cache(64)
    def run(depth, units, activation, gain, learning_rate, data):
        seen = spoiled if data != "clean" else X
        sizes = (X.shape[1], *[units] * depth, classes)
        loss, slope = objective(sizes, seen, y, activation)
        start = nn.flatten(nn.initialise(sizes, np.random.default_rng(0), gain))
        path = follow(sgd, slope, start, learning_rate, max_steps)
        return sizes, seen, path, np.array([loss(w) for w in path])

    def build(figure):
        chart = figure.add_axes([0.10, 0.15, 0.46, 0.73])
        chart.set(xlim=(0.3, max_depth + 1.7), ylim=(floor, ceiling), yscale="log")
        chart.set_xlabel("layer (the last one gives the scores)", labelpad=0)
        chart.set_xticks(np.arange(1, max_depth + 2))
        chart.set_yticks([1e-12, 1e-8, 1e-4, 1, 1e4])
        (columns,) = chart.plot([], [], color=BLUE, linewidth=18, solid_capstyle="butt", animated=True)
        (spreads,) = chart.plot([], [], "D", color=ORANGE, markersize=9, markeredgecolor=BLACK, animated=True)
        keys = [chart.plot([], [], "s", color=BLUE, markersize=12)[0], chart.plot([], [], "D", color=ORANGE)[0]]
        chart.legend(keys, ["slope of a weight", "spread of outputs"], loc="lower center", bbox_to_anchor=(0.5, 1),
                     ncols=2, handletextpad=0.2, columnspacing=1)  # fmt: skip
        axes = figure.add_axes([0.65, 0.15, 0.33, 0.73])
        axes.set(xlim=(-0.5, 1.02 * max_steps), ylim=(0, 2 * guess), ylabel="loss (nats)")
        axes.set_xlabel("step", labelpad=0)
        axes.axhline(guess, color=GREY, linestyle=":", linewidth=1.5)
        axes.annotate(
            "guessing", (max_steps, guess), xytext=(0, 3), textcoords="offset points", ha="right", fontsize=12
        )
        (curve,) = axes.plot([], [], color=BLUE, animated=True)
        (end,) = axes.plot([], [], "o", color=BLUE, markersize=9, clip_on=False, animated=True)
        empty = [
            part.text(
                0.5, 0.3, "NaN: nothing to draw", transform=part.transAxes, ha="center", fontsize=14, animated=True
            )
            for part in (chart, axes)
        ]

        @overflow_is_quiet
        def update(step, depth, units, activation, gain, learning_rate, data):
            sizes, seen, path, losses = run(depth, units, activation, gain, learning_rate, data)
            layers = nn.unflatten(path[step], sizes)
            slopes = np.array([np.sqrt(np.mean(slope**2)) for slope, _ in nn.gradient(layers, seen, y, activation)])
            outputs = [*nn.layer_outputs(layers, seen, activation)[1:], nn.forward(layers, seen, activation)]
            spread = np.array([np.sqrt(np.mean(np.var(output, axis=0))) for output in outputs])
            places = np.arange(1, depth + 2)
            heights = np.clip(np.nan_to_num(slopes, nan=floor), floor, ceiling)
            gaps = np.column_stack([np.full(len(places), floor / 10), heights, np.full(len(places), np.nan)])
            columns.set_data(np.repeat(places, 3), gaps.ravel())
            spreads.set_data(places, np.clip(spread, floor, ceiling))
            drawn = np.clip(losses[: step + 1], 0, 9 * guess)
            curve.set_data(np.arange(step + 1), drawn)
            end.set_data([step], np.minimum(drawn[-1:], 2 * guess))
            for words, values in zip(empty, ((slopes, spread), losses[: step + 1])):
                words.set_visible(bool(np.isnan(values).all()))
            right = np.mean(nn.predict(layers, seen, activation) == y)
            return f"Step {step}: {_loss_now(losses, step, right, n, data)} {_flow(slopes, spread)}"

        return update

    return build


def _loss_now(losses, step, right, n, data):
    if not np.isfinite(losses[step]):
        if data != "clean":
            return "one pixel of one digit is not a number (NaN), and so is the loss of all."
        return f"the loss left the numbers that a computer can hold at step {np.argmax(~np.isfinite(losses))}."
    higher = ", above that of the start" if losses[step] > losses[0] else ""
    return f"loss {number(losses[step])} nats{higher}; {right:.0%} of {n} digits right."


def _flow(slopes, spread):
    """One sentence about what reaches the other end: outputs on the way forward, slopes on the way back."""
    first, last = slopes[0], slopes[-1]
    if not np.isfinite(slopes).all():
        return "The slopes are no numbers any more: no step can help."
    if first == 0:
        return "The slope in layer 1 is exactly 0: it cannot learn."
    if spread[-1] > 100 * spread[0] > 0:
        return f"Exploding: the scores spread {_times_as_much(spread[-1] / spread[0])} as wide as layer 1's outputs."
    if last == 0:
        return "The slope in the last layer is exactly 0."
    more, words = max(first / last, last / first), ("Exploding", "layer 1", "the last layer")
    if first < last:
        words = "Vanishing", words[2], words[1]
    if more <= 100:
        return f"The slope in {words[1]} is {more:.2g} times that in {words[2]}."
    return f"{words[0]}: the slope in {words[1]} is {_times_as_much(more)} that in {words[2]}."


def _times_as_much(ratio):
    return f"{_short(round(ratio))} times" if ratio < 1e15 else "more than 10¹⁵ times"


def surface(layer_sizes, X, y, corners, names=("P", "Q", "R"), n_points=45):
    """The loss of a real network on the plane through three of its states, and along the lines between them.

    layer_sizes (ReLU), X (n, d), y (n,); corners: three parameter vectors (p,) with their names.
    Knobs: along (0 at the first end, 1 at the second), line ("P to Q", ...).
    """
    loss, _ = objective(layer_sizes, X, y, "relu")
    p, q, r = corners
    e1 = (q - p) / np.linalg.norm(q - p)
    e2 = (r - p) - (r - p) @ e1 * e1
    e2 = e2 / np.linalg.norm(e2)
    flat = {name: np.array([(w - p) @ e1, (w - p) @ e2]) for name, w in zip(names, corners)}
    states = dict(zip(names, corners))
    ends = {f"{first} to {second}": (first, second) for first, second in itertools.combinations(names, 2)}
    walk = np.linspace(-0.25, 1.25, 61)

    def state(line, along):
        first, second = ends[line]
        return states[first] + along * (states[second] - states[first])

    profiles = {line: np.array([loss(state(line, along)) for along in walk]) for line in ends}
    top = 1.1 * max(profile[(walk >= 0) & (walk <= 1)].max() for profile in profiles.values())

    def build(figure):
        chart = figure.add_axes([0.08, 0.15, 0.44, 0.75])
        places = np.array(list(flat.values()))
        low, high = places.min(axis=0), places.max(axis=0)
        margin = 0.35 * (high - low).max()
        x_limits, y_limits = ((low[k] - margin, high[k] + margin) for k in (0, 1))
        grid = np.meshgrid(np.linspace(*x_limits, n_points), np.linspace(*y_limits, n_points))
        heights = np.array([loss(p + u * e1 + v * e2) for u, v in zip(*(part.ravel() for part in grid))])
        heights = heights.reshape(n_points, n_points)
        levels = np.concatenate([[0], np.geomspace(0.02, 1.001 * heights.max(), 13)])
        chart.contourf(*grid, heights, levels=levels, cmap=HEIGHT_MAP, norm="linear", vmin=0, vmax=top)
        chart.contour(*grid, heights, levels=levels, colors="#6C93B5", linewidths=0.9)
        chart.set(xlim=x_limits, ylim=y_limits)
        chart.set_xlabel(f"distance in w, from {names[0]} towards {names[1]}", labelpad=0)
        chart.set_title("darker: higher loss")
        for name, place in flat.items():
            chart.plot(*place, "+", color=BLACK, markersize=13, markeredgewidth=2)
            chart.annotate(name, place, xytext=(9, 5), textcoords="offset points", fontsize=16, weight="bold")
        (track,) = chart.plot([], [], "--", color=ORANGE, linewidth=2, animated=True)
        (here,) = chart.plot([], [], "o", color=ORANGE, markersize=12, markeredgecolor=BLACK, animated=True)
        axes = figure.add_axes([0.62, 0.15, 0.34, 0.75])
        axes.set(xlim=(walk[0], walk[-1]), ylim=(0, top), xticks=[0, 0.5, 1], ylabel="loss (nats)")
        axes.set_xlabel("along the line", labelpad=0)
        for end in (0, 1):
            axes.axvline(end, color=GREY, linestyle=":", linewidth=1.5)
        (profile,) = axes.plot([], [], color=BLUE, animated=True)
        (dot,) = axes.plot([], [], "o", color=ORANGE, markersize=12, markeredgecolor=BLACK, animated=True)

        def update(along, line):
            first, second = ends[line]
            w = state(line, along)
            height = loss(w)
            away = flat[second] - flat[first]
            place = flat[first] + along * away
            track.set_data(*np.array([flat[first] + t * away for t in walk[[0, -1]]]).T)
            here.set_data(*place.reshape(2, 1))
            profile.set_data(walk, np.minimum(profiles[line], 9 * top))
            dot.set_data([along], [min(height, top)])
            right = np.mean(nn.predict(nn.unflatten(w, layer_sizes), X, "relu") == y)
            return (
                f"{along:.0%} of the way from {first} to {second}: loss {height:.2f} nats, "
                f"{right:.0%} of {len(y)} digits right. "
                f"At {first} the loss is {loss(states[first]):.2f}, at {second} {loss(states[second]):.2f}."
            )

        return update

    return build


def two_losses(X, y, units=16, max_steps=60):
    """½‖p − y‖² beside cross entropy on the same network, from the same start, which may be surely wrong.

    X (n, d), y (n,) of 0 … C−1; one hidden tanh layer. Knobs: step, wrong_start (added to the score of class 0),
    learning_rate.
    """
    classes, n = int(y.max()) + 1, len(y)
    sizes = (X.shape[1], units, classes)
    (W1, b1), (W2, b2) = nn.initialise(sizes, np.random.default_rng(0))
    ways = (
        ("cross entropy", lambda layers: nn.gradient(layers, X, y, "tanh"), "-", BLUE),
        ("½‖p − y‖²", lambda layers: squared_loss_gradient(layers, X, y, nn.tanh), "--", ORANGE),
    )

    @functools.lru_cache(64)
    def run(wrong_start, learning_rate):
        start = nn.flatten([(W1, b1), (W2, b2 + wrong_start * (np.arange(classes) == 0))])
        histories = []
        for _, gradient, _, _ in ways:
            slope = overflow_is_quiet(lambda w, gradient=gradient: nn.flatten(gradient(nn.unflatten(w, sizes))))
            path = follow(sgd, slope, start, learning_rate, max_steps)
            right = [np.mean(nn.predict(nn.unflatten(w, sizes), X, "tanh") == y) for w in path]
            histories.append((np.array(right), np.array([np.linalg.norm(slope(w)) for w in path])))
        return histories

    def build(figure):
        left, right = figure.add_axes([0.08, 0.15, 0.40, 0.73]), figure.add_axes([0.58, 0.15, 0.40, 0.73])
        left.set(xlim=(-1, 1.01 * max_steps), ylim=(0, 1.03), ylabel="share of digits right")
        right.set(xlim=(-1, 1.01 * max_steps), ylim=(1e-13, 1e3), yscale="log", ylabel="length of the gradient")
        right.set_yticks([1e-12, 1e-8, 1e-4, 1])
        lines = []
        for (name, _, style, colour), (marker, size) in zip(ways, (("o", 14), ("s", 8))):
            # A mark at the last step alone: at step 0 it is all there is.
            look = {"color": colour, "linestyle": style, "linewidth": 3, "marker": marker, "markersize": size,
                    "markevery": [-1], "markeredgecolor": "white", "animated": True}  # fmt: skip
            lines.append([axes.plot([], [], label=name, **look)[0] for axes in (left, right)])
        for axes in (left, right):
            axes.set_xlabel("step", labelpad=0)
        left.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, columnspacing=1)

        def update(step, wrong_start, learning_rate):
            told = []
            for pair, (name, *_), (shares, lengths) in zip(lines, ways, run(wrong_start, learning_rate)):
                for line, values in zip(pair, (shares, np.clip(lengths, 1e-14, 1e4))):
                    line.set_data(np.arange(step + 1), values[: step + 1])
                told.append(f"{name} has {shares[step]:.0%} of {n} digits right, gradient {lengths[step]:.2g}")
            return f"After {_times(step, 'step')}: {'; '.join(told)}."

        return update

    return build


def counted(known, outputs=10):
    """How many parameters networks have, on one logarithmic scale, and where a network of your own lies.

    known: dictionary from a model's name to its number of parameters; outputs of your own network.
    Knobs: units (rounded), hidden_layers, inputs.
    """
    names = ["yours", *known]

    def build(figure):
        axes = figure.add_axes([0.27, 0.15, 0.71, 0.82])
        axes.set(xlim=(1, 1e14), ylim=(len(names) - 0.4, -0.6), xscale="log")
        axes.set_xlabel("parameters: the dimension of w", labelpad=0)
        axes.set_xticks([10.0**power for power in range(0, 14, 3)], ["1", "thousand", "million", "billion", "trillion"])
        axes.set_yticks(range(len(names)), names)
        for row, value in enumerate(known.values(), start=1):
            axes.plot([1, value], [row, row], color="#B9D5EA", linewidth=9, solid_capstyle="butt")
            axes.plot([value], [row], "s", color=BLUE, markersize=9)
            axes.annotate(
                _short(value), (value, row), xytext=(9, 0), textcoords="offset points", va="center", fontsize=13
            )
        (bar,) = axes.plot([], [], color="#F3C7AE", linewidth=9, solid_capstyle="butt", animated=True)
        (dot,) = axes.plot([], [], "o", color=ORANGE, markersize=12, markeredgecolor=BLACK, animated=True)

        def update(units, hidden_layers, inputs):
            units = round(units)
            sizes = (inputs, *[units] * hidden_layers, outputs)
            count = nn.count_parameters(sizes)
            bar.set_data([1, count], [0, 0])
            dot.set_data([count], [0])
            name, largest = max(known.items(), key=lambda item: item[1])
            told = (
                " → ".join(map(str, sizes))
                if hidden_layers < 5
                else f"{inputs} → {hidden_layers} × {units} → {outputs}"
            )
            return (
                f"{told}: {count:,} parameters, {_memory(4 * count)} at 4 bytes each. "
                f"{name} has {_short(round(largest / count))} times as many."
            )

        return update

    return build


def _memory(n_bytes):
    for size, unit in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if n_bytes >= size:
            return f"{number(n_bytes / size)} {unit}"
    return f"{n_bytes} bytes"


def _short(count):
    """A large number in words: 20.7 thousand, 25.6 million, 175 billion."""
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"), (1e3, "thousand")):
        if count >= size:
            return f"{count / size:.3g} {word}"
    return str(count)


def broken_curves(X, y, X_test, y_test, n_epochs=40):
    """Three real training runs, A, B and C, in which something went wrong: loss on training and on test samples.

    X (n, d), y (n,) and the same for the test. Knob: epoch.
    """
    settings = {"A": (100, 0.1, 10), "B": (1000, 2e-4, 50), "C": (1000, 5.0, 50)}
    sizes = (X.shape[1], 32, int(y.max()) + 1)
    start = nn.flatten(nn.initialise(sizes, np.random.default_rng(0)))
    of_test, _ = objective(sizes, X_test, y_test, "tanh")
    runs = {}
    for name, (n, learning_rate, batch_size) in settings.items():
        loss, slope = objective(sizes, X[:n], y[:n], "tanh")
        path = train(momentum, slope, start, n, learning_rate, batch_size, n_epochs, np.random.default_rng(0))
        runs[name] = np.array([[loss(w), of_test(w)] for w in path])

    def build(figure):
        lines = []
        for place, (name, curves) in enumerate(runs.items()):
            axes = figure.add_axes([0.07 + 0.32 * place, 0.15, 0.26, 0.72])
            top = 1.1 * curves.max()
            axes.set(xlim=(-0.5, n_epochs + 0.5), ylim=(0, top), title=f"run {name}")
            axes.set_xlabel("epoch", labelpad=0)
            for values, colour, style, label in zip(curves.T, (BLUE, ORANGE), "-:", ("training", "test")):
                line = axes.plot([], [], color=colour, linestyle=style, linewidth=3, label=label, animated=True)[0]
                lines.append((line, values))
            if name == "A":
                axes.set_ylabel("loss (nats)")
            if name == "B":
                axes.legend(loc="lower left")

        def update(epoch):
            for line, values in lines:
                line.set_data(np.arange(epoch + 1), values[: epoch + 1])
            told = "; ".join(f"{name} {now(curves[epoch], curves[0])}" for name, curves in runs.items())
            return f"Loss in nats after {_times(epoch, 'epoch')}, training and test: {told}."

        def now(losses, first):
            # A run that leaps differs from machine to machine, so its losses are not told.
            if (losses > first).all():
                return f"higher than at the start ({' and '.join(f'{value:.2f}' for value in first)})"
            pairs = zip(losses, first)
            return " and ".join(f"{now:.2f}" if now <= was else f"above its first {was:.2f}" for now, was in pairs)

        return update

    return build
