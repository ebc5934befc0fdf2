"""Pictures of training where the loss is no bowl: landscapes, update rules, minibatches, depth, what keeps from
learning by heart, a real loss surface.

Each function takes its data and returns a scene: build(figure) -> update(**knobs) -> caption. What happened is
computed by a pure function where it takes more than a line, and told_of_… says it.
"""

import functools
import itertools
from typing import NamedTuple

import numpy as np

from lessons_lib.maths import neural_networks as nn
from lessons_lib.maths.checks import overflow_is_quiet
from lessons_lib.maths.gradient_descent import critical_learning_rate, descend, numerical_gradient
from lessons_lib.maths.training_deep_networks import (
    adam,
    follow,
    gradient_with_dropout,
    minibatches,
    momentum,
    objective,
    schedule,
    sgd,
    squared_loss_gradient,
    train,
    weights_only,
    with_schedule,
    with_weight_decay,
)
from lessons_lib.scenes.challenges import fewest_steps
from lessons_lib.scenes.drawing import BLACK, BLUE, GREEN, GREY, HEIGHT_MAP, ORANGE, PURPLE, near, rings
from lessons_lib.scenes.words import number, percent, plural, steps

_CLOSE = 0.1  # from here on a path counts as being at a place of a map
_LATER = 60  # a path is at a place for good when it is still there so many steps later
_FINE, _CAREFUL, _BAD = "#BBDDF0", "#F7D9A6", "#EBB9A2"  # zones of a learning rate
_RULES = (("plain", sgd, "-", BLUE), ("momentum", momentum, "--", ORANGE), ("Adam", adam, ":", BLACK))


def _curves(figure, n, *charts, xlabel="step"):
    """Axes side by side, each with lines over 0 … n -> (show(points, the values of every line there), axes).

    charts: (what axes.set takes, [(name, colour, style), ...]); the first chart with names has the legend.
    """
    share, axes, lines = 0.94 / len(charts), [], []
    for place, (settings, looks) in enumerate(charts):
        chart = figure.add_axes([0.08 + place * (share + 0.02), 0.15, share - 0.06, 0.73])
        chart.set(xlim=(-0.015 * n, 1.015 * n), **settings)
        chart.set_xlabel(xlabel, labelpad=0)
        for (name, colour, style), marker in zip(looks, "os^D"):
            # A mark at the last step alone: at step 0 it is all there is.
            look = {"marker": marker, "markersize": 9, "markevery": [-1], "markeredgecolor": "white"}
            lines += chart.plot([], [], style, color=colour, label=name, linewidth=3, animated=True, **look)
        axes.append(chart)
    names = [name for name, *_ in charts[0][1]]
    axes[0].legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=len(names), columnspacing=1, handlelength=2)

    def show(points, values):
        for line, each in zip(lines, values):
            line.set_data(points, np.nan_to_num(each[: len(points)], nan=9e9, posinf=9e9))

    return show, axes


def _exactly(gradient, place):
    """The point with gradient 0 that is nearest to a rough place, by Newton's method."""
    place = np.array(place, dtype=float)
    for _ in range(20):
        place = place - np.linalg.solve(numerical_gradient(gradient, place), gradient(place))
    return place


def _limit(gradient, valley):
    """2/λmax at the bottom of a valley: above it, plain descent cannot settle there."""
    return critical_learning_rate(numerical_gradient(gradient, valley))


def _distance(path, place):
    return np.linalg.norm(np.clip(path, -1e150, 1e150) - place, axis=-1)


def _since(path, place):
    """The first step from which a path stays at a place to its end, or None."""
    away = np.flatnonzero(~(_distance(path, place) < _CLOSE))
    first = int(away[-1]) + 1 if len(away) else 0
    return first if first < len(path) else None


class MapRun(NamedTuple):
    """Where descent on a map with valleys and a saddle is after n steps."""

    n: int
    losses: np.ndarray  # (n + 1,)
    slope: float  # the length of the gradient now
    valley: str | None  # the one that it is in now
    since: int | None  # from which step on for good; None where it will leave again
    waited: int  # how many steps it has been at the saddle
    at_saddle: bool
    turning: bool  # whether the last two steps point against each other


def map_run(loss, gradient, valleys, saddle, start, learning_rate, n):
    """Walk n steps, and _LATER more to see whether it stays -> (path (n + 1, 2), MapRun)."""
    whole = descend(gradient, start, learning_rate, n + _LATER)
    path = whole[: n + 1]
    valley = next((name for name, place in valleys.items() if _distance(path[-1], place) < _CLOSE), None)
    since = _since(whole, valleys[valley]) if valley else None
    last_two = np.diff(path[-3:], axis=0)
    return path, MapRun(
        n, loss(path), float(np.linalg.norm(gradient(path[-1]))), valley,
        since if since is not None and since <= n else None,
        int((_distance(path, saddle) < _CLOSE).sum()), bool(_distance(path[-1], saddle) < _CLOSE),
        len(last_two) == 2 and bool(last_two[0] @ last_two[1] < 0),
    )  # fmt: skip


def told_of_map(run, rank):
    """A MapRun in words; rank: how deep its valley is."""
    after, at = f"After {steps(run.n)}", f"loss {number(run.losses[-1])}"
    if run.n == 0:
        return f"Before the first step: {at}, slope {run.slope:.3g} in the steepest direction."
    if not np.isfinite(run.losses[-1]):
        return f"{after} it has blown up: the loss is too large for the computer's numbers."
    above = " That is above its first loss." if run.losses[-1] > run.losses[0] + 1e-9 else ""
    pause = f" It was within {_CLOSE} of the saddle for {steps(run.waited)} on the way." if run.waited else ""
    if run.valley and run.since is not None:
        return f"In the {run.valley} valley, {rank}, from step {run.since} on: {at} after {steps(run.n)}.{above}{pause}"
    if run.valley:
        return f"{after} it is in the {run.valley} valley, but will not stay: {at}.{above}{pause}"
    if run.at_saddle:
        return f"Still at the saddle after {steps(run.n)}, where the slope is {run.slope:.2g}: {at}.{pause}"
    where = "it jumps to and fro" if run.turning else "it is in no valley yet"
    return f"{after} {where}: {at}.{above}{pause}"


def _zones_of_valleys(limits):
    """Zones of a learning rate on a map; limits: name of a valley -> 2/λmax at its bottom."""
    low, high = min(limits.values()), max(limits.values())
    zones = [(0, low, _FINE, "can settle"), (high, np.inf, _BAD, "no valley holds it")]
    if high > low * 1.001:
        zones.insert(1, (low, high, _CAREFUL, f"only {max(limits, key=limits.get)}"))
    return zones


def _draw_map(figure, loss, valleys, saddle, reach):
    """-> (first, line, end): the artists of a path on a map with named places."""
    chart = figure.add_axes([0.09, 0.15, 0.45, 0.82])
    rings(chart, loss, (-reach[0], reach[0]), (-reach[1], reach[1]))
    chart.set_xlabel("w₁", labelpad=0)
    chart.set_ylabel("w₂", labelpad=-6)
    for place in valleys.values():
        chart.plot(*place, "+", color=BLACK, markersize=14, markeredgewidth=2)
    chart.plot(*saddle, "x", color=BLACK, markersize=11, markeredgewidth=2)
    for name, place in [*valleys.items(), ("saddle", saddle)]:  # paths come from above, the left and the right
        chart.annotate(name, place, xytext=(14, -18), textcoords="offset points", ha="left", fontsize=13)
    (first,) = chart.plot([], [], "s", color=BLACK, markersize=14, animated=True)
    (line,) = chart.plot([], [], "-o", color=ORANGE, linewidth=2, markersize=4, animated=True)
    (end,) = chart.plot([], [], "o", color=ORANGE, markersize=12, markeredgecolor=BLACK, animated=True)
    return first, line, end


def landscape(loss, gradient, valleys, saddle, reach=(2.0, 1.5), max_steps=200):
    """Descent from a start of your choice on a map with valleys and a saddle, and its loss per step.

    loss(w) -> number, gradient(w) -> (2,); valleys: dictionary from name to rough place (2,), saddle (2,); the map
    shows ± reach. Knobs: start_1, start_2, learning_rate, n_steps.
    """
    valleys = {name: _exactly(gradient, place) for name, place in valleys.items()}
    saddle = _exactly(gradient, saddle)
    depths = {name: float(loss(place)) for name, place in valleys.items()}
    low, limits = min(depths.values()), {name: _limit(gradient, place) for name, place in valleys.items()}
    level = np.ptp(list(depths.values())) < 1e-9
    ranks = {name: "as low as the other one" if level else "the lowest" if depth == low else "not the lowest"
             for name, depth in depths.items()}  # fmt: skip

    def build(figure):
        first, line, end = _draw_map(figure, loss, valleys, saddle, reach)
        axes = figure.add_axes([0.64, 0.15, 0.34, 0.82])
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
            path, run = map_run(loss, gradient, valleys, saddle, (start_1, start_2), learning_rate, n_steps)
            drawn = near(path, np.zeros(2), 50)
            first.set_data([start_1], [start_2])
            line.set_data(*drawn.T)
            end.set_data(*drawn[-1:].T)
            curve.set_data(np.arange(n_steps + 1), np.clip(np.nan_to_num(run.losses, nan=9e9), low - 9, low + 99))
            caption = told_of_map(run, ranks.get(run.valley))
            return f"From ({start_1:.3g}, {start_2:.3g}) at rate {learning_rate:.3g}: {caption[0].lower()}{caption[1:]}"

        update.zones = {"learning_rate": _zones_of_valleys(limits)}
        return update

    return build


class Terrain(NamedTuple):
    """A map for `three_rules`: loss, gradient, start (2,), rough places of its valleys, what it shows (±), a saddle."""

    loss: object
    gradient: object
    start: tuple
    valleys: list
    reach: tuple
    saddle: tuple | None = None


class RuleRun(NamedTuple):
    """What one rule has done on a terrain after n steps."""

    name: str
    losses: np.ndarray  # (n + 1,)
    since: int | None  # the step from which on it is in a valley for good, if it is by now
    left: int | None  # the step at which it came below the saddle's height, if there is a saddle and it has


def rule_walk(rule, terrain, valleys, learning_rate, n_steps):
    """-> (path, losses (n_steps + 1,), since, left): the steps of a RuleRun, as far as they ever come."""
    whole = follow(rule, terrain.gradient, terrain.start, learning_rate, n_steps + _LATER)
    losses = np.nan_to_num(terrain.loss(whole[: n_steps + 1]), nan=np.inf)
    arrivals = [since for since in (_since(whole, place) for place in valleys) if since is not None]
    height = -np.inf if terrain.saddle is None else terrain.loss(np.array(terrain.saddle)) - 0.01
    below = np.flatnonzero(losses < height)
    return whole[: n_steps + 1], losses, min(arrivals, default=None), int(below[0]) if len(below) else None


def told_of_rule(run):
    """A RuleRun in words."""
    loss = run.losses[-1]
    if not np.isfinite(loss):
        return f"{run.name} has blown up"
    at = f"loss {number(loss)}"
    if run.since is not None:
        return f"{run.name} is in a valley since step {run.since} ({at})"
    if loss > run.losses[0] + 1e-9:
        return f"{run.name} is above its first loss ({at})"
    passed = "" if run.left is None else f", below the saddle since step {run.left}"
    return f"{run.name} is on its way{passed} ({at})"


def _ring_lines(chart, loss, reach):
    """Rings of equal loss in a frame from −1 to 1, as one line with gaps and few points -> (points, 2)."""
    across, up = np.meshgrid(*(np.linspace(-r, r, 70) for r in reach))
    height = loss(np.stack([across, up], axis=-1))
    levels = height.min() + np.ptp(height) * np.linspace(0, 1, 8)[1:-1] ** 3
    contours = chart.contour(across / reach[0], up / reach[1], height, levels=levels)
    lines = [line for level in contours.allsegs for line in level]
    contours.remove()
    few = [line[np.unique(np.linspace(0, len(line) - 1, 21).astype(int))] for line in lines if len(line) > 5]
    return np.concatenate([np.append(line, [(np.nan, np.nan)], axis=0) for line in few])


def three_rules(maps, max_steps=100):
    """Plain descent, momentum and Adam from one start with one learning rate, on a map to choose.

    maps: dictionary from a map's name to its Terrain. Knobs: n_steps, learning_rate, terrain.
    """
    valleys = {name: [_exactly(each.gradient, place) for place in each.valleys] for name, each in maps.items()}
    lowest = {name: min(float(maps[name].loss(place)) for place in places) for name, places in valleys.items()}
    limits = {name: max(_limit(maps[name].gradient, place) for place in places) for name, places in valleys.items()}

    @functools.lru_cache(64)
    def walk(terrain, learning_rate):
        return [rule_walk(rule, maps[terrain], valleys[terrain], learning_rate, max_steps) for _, rule, *_ in _RULES]

    def build(figure):
        chart = figure.add_axes([0.07, 0.15, 0.42, 0.73])
        chart.set(xlim=(-1, 1), ylim=(-1, 1), xticks=[], yticks=[], xlabel="w₁", ylabel="w₂")
        drawn_rings = {name: _ring_lines(chart, each.loss, each.reach) for name, each in maps.items()}
        (rings_line,) = chart.plot([], [], color="#9DB8CE", linewidth=1, animated=True)
        (goals,) = chart.plot([], [], "+", color=GREEN, markersize=16, markeredgewidth=3, animated=True)
        (first,) = chart.plot([], [], "s", color=BLACK, markersize=9, animated=True)
        axes = figure.add_axes([0.60, 0.15, 0.38, 0.73])
        axes.set(xlim=(-1, max_steps * 1.02), ylim=(1e-6, 1e2), yscale="log", ylabel="loss above the lowest")
        axes.set_yticks([1e-6, 1e-4, 1e-2, 1, 100])
        axes.set_xlabel("step", labelpad=0)
        lines = []
        for label, _, style, colour in _RULES:
            look = {"color": colour, "linestyle": style, "linewidth": 2.5, "animated": True}
            end = chart.plot([], [], "o", color=colour, markersize=11, markeredgecolor="white", animated=True)[0]
            lines.append((chart.plot([], [], **look)[0], end, axes.plot([], [], label=label, **look)[0]))
        axes.legend(loc="lower center", bbox_to_anchor=(0.4, 1), ncols=3, columnspacing=1, handlelength=2)

        def update(n_steps, learning_rate, terrain):
            reach, n, told = maps[terrain].reach, n_steps, []
            rings_line.set_data(*drawn_rings[terrain].T)
            goals.set_data(*(np.array(valleys[terrain]) / reach).T)
            first.set_data(*np.reshape(np.array(maps[terrain].start) / reach, (2, 1)))
            for (label, *_), artists, walked in zip(_RULES, lines, walk(terrain, learning_rate)):
                path, losses, *events = walked
                since, left = (event if event is not None and event <= n else None for event in events)
                drawn = near(path[: n + 1] / reach, np.zeros(2), 50)
                artists[0].set_data(*drawn.T)
                artists[1].set_data(*drawn[-1:].T)
                artists[2].set_data(np.arange(n + 1), np.clip(losses[: n + 1] - lowest[terrain], 1e-8, 1e4))
                told.append(told_of_rule(RuleRun(label, losses[: n + 1], since, left)))
            return f"After {steps(n)}: {'; '.join(told)}."

        def zones(terrain, **_):
            limit = limits[terrain]  # that of momentum is 1 + β times as high
            return {"learning_rate": [(0, limit, _FINE, "all can settle"), (limit, 1.9 * limit, _CAREFUL, "not plain"),
                                      (1.9 * limit, np.inf, _BAD, "only Adam")]}  # fmt: skip

        update.zones = zones
        return update

    return build


def noise_of_batches(of_each, n_draws):
    """of_each (n, p): the gradient of each sample; the rows of a batch are the first ones of a random order.

    -> means (draws, n, 2): along the true gradient and across it, for batches of 1 … n, in lengths of the true
    gradient; expected (n,): the length of the noise for batches of 1 … n, by formula; measured(size): in the draws.
    """
    n, whole = len(of_each), of_each.mean(axis=0)
    away, length = of_each - whole, np.linalg.norm(whole)
    ahead = whole / length
    across = np.linalg.svd(away - np.outer(away @ ahead, ahead), full_matrices=False)[2][0]
    rng, size = np.random.default_rng(0), np.arange(1, n + 1)
    orders = np.array([rng.permutation(n) for _ in range(n_draws)])
    places = np.column_stack([of_each @ ahead, of_each @ across])[orders] / length

    def measured(size):
        chosen = np.zeros((n_draws, n))
        np.put_along_axis(chosen, orders[:, :size], 1 / size, axis=1)
        return np.sqrt(np.mean(np.sum((chosen @ away) ** 2, axis=1))) / length

    expected = np.sqrt(np.sum(away**2) / n * (n - size) / (max(n - 1, 1) * size)) / length
    return np.cumsum(places, axis=1) / size[:, None], expected, measured


def told_of_noise(size, n, of_gradient, of_one, against, n_draws):
    """of_gradient, of_one: the noise of batches of this size, in true gradients and in that of single samples."""
    if size == n:
        return f"All {n} samples in one batch: no noise at all, at {n} times the cost of one sample."
    times = f"{of_gradient:.2g} times "
    told = f"the noise is {'' if times == '1 times ' else times}as long as the true gradient"
    if size > 1:
        told += f", {of_one:.2g} times that of one sample, at {size} times the cost"
    name = f"Batches of {size}" if size > 1 else "Single samples"
    return f"{name}: {told}. {against} of these {n_draws} would lead uphill."


def batch_noise(layer_sizes, X, y, w, n_draws=100):
    """Gradients of random minibatches around the gradient of all samples, and what a batch costs against what it gains.

    A network with these layer_sizes (ReLU) and parameters w (p,) on X (n, d), y (n,). Knob: batch_size.
    """
    n, slope = len(y), objective(layer_sizes, X, y, "relu")[1]
    means, expected, measured = noise_of_batches(np.array([slope(w, [row]) for row in range(n)]), n_draws)

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
        trade.plot(some, [measured(size) / expected[0] for size in some], "o", color=BLUE, label="noise")
        trade.legend(loc="lower center", bbox_to_anchor=(0.42, 1), ncols=3, columnspacing=0.8, handlelength=1.4)
        (now,) = trade.plot(
            [], [], "D", color=GREEN, markersize=12, markeredgecolor=BLACK, clip_on=False, animated=True
        )

        def update(batch_size):
            size = int(np.clip(round(batch_size), 1, n))
            dots.set_data(*means[:, size - 1].T)
            of_one = expected[size - 1] / expected[0]
            now.set_data([size, size], [size, max(of_one, 0.021)])
            against = int(np.sum(means[:, size - 1, 0] < -1e-12))
            return told_of_noise(size, n, expected[size - 1], of_one, against, n_draws)

        as_long = int(np.abs(expected - 1).argmin()) + 1
        update.guesses = {"batch_size": ("At which size is the noise as long as the true gradient?", as_long)}
        return update

    return build


def epochs(histories):
    """The training loss and the validation accuracy after every epoch, for each update rule.

    histories: dictionary from name to (losses (n_epochs + 1,), accuracies (n_epochs + 1,)), up to three. Knob: epoch.
    """
    n_epochs = min(len(losses) for losses, _ in histories.values()) - 1
    looks = [(name, colour, style) for name, (_, _, style, colour) in zip(histories, _RULES)]
    top = 1.05 * max(np.max(losses) for losses, _ in histories.values())
    losses, accuracies = zip(*histories.values())

    def build(figure):
        left = {"ylim": (0, top), "ylabel": "training loss (nats)"}
        right = {"ylim": (0, 1), "ylabel": "validation accuracy"}
        show, _ = _curves(figure, n_epochs, (left, looks), (right, looks), xlabel="epoch")

        def update(epoch):
            show(np.arange(epoch + 1), [*losses, *accuracies])
            told = "; ".join(
                f"{name}: loss {losses[epoch]:.2f} nats, {100 * right[epoch]:.1f} % of the validation pictures right"
                for name, (losses, right) in histories.items()
            )
            return f"After {plural(epoch, 'epoch')}: {told}."

        return update

    return build


class Depth(NamedTuple):
    """A deep network after some steps: its loss, and what reaches every layer."""

    step: int
    losses: np.ndarray  # (step + 1,)
    right: float  # the share of samples that it has right
    n: int
    spoiled: bool  # whether a NaN is in the data
    slopes: np.ndarray  # the typical slope of a weight, per layer
    spread: np.ndarray  # how much a unit's outputs vary over the samples, per layer


def told_of_depth(facts):
    """The loss, then what reaches the other end: outputs on the way forward, slopes on the way back."""
    loss = facts.losses[-1]
    if not np.isfinite(loss):
        lost = int(np.argmax(~np.isfinite(facts.losses)))
        said = (
            "one pixel of one digit is not a number (NaN), and so is the loss of all."
            if facts.spoiled
            else f"the loss left the numbers that a computer can hold at step {lost}."
        )
        return f"Step {facts.step}: {said} {_flow(facts)}"
    higher = ", above that of the start" if loss > facts.losses[0] else ""
    said = f"loss {number(loss)} nats{higher}; {percent(facts.right)} of {facts.n} digits right."
    return f"Step {facts.step}: {said} {_flow(facts)}"


def _flow(facts):
    first, last, learns = facts.slopes[0], facts.slopes[-1], facts.right >= 0.9
    if not np.isfinite(facts.slopes).all():
        return "The slopes are no numbers any more: no step can help."
    if first == 0:
        return "The slope in layer 1 is exactly 0: it cannot learn."
    wider = facts.spread[-1] / facts.spread[0] if facts.spread[0] > 0 else 0
    if wider > 100:
        word = "It learns all the same: the" if learns else "Exploding: the"
        return f"{word} scores spread {_times_as_much(wider)} as wide as layer 1's outputs."
    if last == 0:
        return "The slope in the last layer is exactly 0."
    more, (one, other) = max(first / last, last / first), ("layer 1", "the last layer")
    if first < last:
        one, other = other, one
    if more <= 100:
        return f"The slope in {one} is {more:.2g} times that in {other}."
    # What vanishes or explodes is a problem only where the network does not learn.
    word = "It learns all the same" if learns else "Vanishing" if first < last else "Exploding"
    return f"{word}: the slope in {one} is {_times_as_much(more)} that in {other}."


def _times_as_much(ratio):
    return f"{_short(round(ratio))} times" if ratio < 1e15 else "more than 10¹⁵ times"


def _short(count):
    """A large number in words: 20.7 thousand, 25.6 million, 175 billion."""
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"), (1e3, "thousand")):
        if count >= size:
            return f"{count / size:.3g} {word}"
    return str(count)


@overflow_is_quiet
def first_step_limit(loss, gradient, start):
    """The learning rate between two notches of a slider from 1e-3 to 100 from where on the first step can climb."""
    first, slopes = loss(start), gradient(start)

    def climbing(rates):
        return next((rate for rate in rates if not loss(start - rate * slopes) <= first), np.inf)

    rough = climbing(10 ** np.arange(-3, 2.01, 0.2))
    return climbing(rough * 10 ** np.arange(-0.175, 0.01, 0.025)) * 10**-0.0125 if np.isfinite(rough) else np.inf


def _depth_axes(figure, max_depth, max_steps, guess):
    """-> (columns, spreads, curve, end, what is written where nothing can be drawn)."""
    chart = figure.add_axes([0.10, 0.15, 0.46, 0.73])
    chart.set(xlim=(0.3, max_depth + 1.7), ylim=(1e-12, 1e6), yscale="log")
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
    axes.annotate("guessing", (max_steps, guess), xytext=(0, 3), textcoords="offset points", ha="right", fontsize=12)
    (curve,) = axes.plot([], [], color=BLUE, animated=True)
    (end,) = axes.plot([], [], "o", color=BLUE, markersize=9, clip_on=False, animated=True)
    empty = [
        part.text(0.5, 0.3, "NaN: nothing to draw", transform=part.transAxes, ha="center", fontsize=14, animated=True)
        for part in (chart, axes)
    ]
    return columns, spreads, curve, end, empty


def _layer_by_layer(layers, X, y, activation):
    """The usual slope of each layer's weights, the spread of its outputs, and the share of samples that is right."""
    slopes = [np.sqrt(np.mean(slope**2)) for slope, _ in nn.gradient(layers, X, y, activation)]
    outputs = [*nn.layer_outputs(layers, X, activation)[1:], nn.forward(layers, X, activation)]
    spread = [np.sqrt(np.mean(np.var(output, axis=0))) for output in outputs]
    return np.array(slopes), np.array(spread), np.mean(nn.predict(layers, X, activation) == y)


def _first_step_zones(border):
    parts = [(0, border, _FINE, "the first step goes down"), (border, np.inf, _BAD, "it can climb")]
    return parts if np.isfinite(border) else []


def depth_and_start(X, y, max_depth=10, max_steps=40):
    """Layers, activation, start and learning rate to play with: the slopes in every layer, and the loss per step.

    X (n, d), y (n,) of 0 … C−1. Every hidden layer has as many units as you choose.
    Knobs: step, depth, units, activation, gain, learning_rate, data ("clean" or "one NaN pixel").
    """
    n, classes = len(y), int(y.max()) + 1
    guess = np.log(classes)
    spoiled = np.where(np.arange(X.size).reshape(X.shape), X, np.nan)  # its very first pixel

    def network(depth, units, activation, gain, data):
        seen, sizes = X if data == "clean" else spoiled, (X.shape[1], *[units] * depth, classes)
        start = nn.flatten(nn.initialise(sizes, np.random.default_rng(0), gain))
        return sizes, seen, start, *objective(sizes, seen, y, activation)

    @functools.lru_cache(8)  # a run of the largest network holds 2 MB
    def run(learning_rate, *made):
        sizes, seen, start, loss, slope = network(*made)
        path = follow(sgd, slope, start, learning_rate, max_steps)
        return sizes, seen, path, np.array([loss(w) for w in path])

    @functools.lru_cache(64)
    def limit(*made):
        _, _, start, loss, slope = network(*made)
        return first_step_limit(loss, slope, start)

    def build(figure):
        columns, spreads, curve, end, empty = _depth_axes(figure, max_depth, max_steps, guess)

        @overflow_is_quiet
        def update(step, depth, units, activation, gain, learning_rate, data):
            sizes, seen, path, losses = run(learning_rate, depth, units, activation, gain, data)
            losses = losses[: step + 1]
            slopes, spread, right = _layer_by_layer(nn.unflatten(path[step], sizes), seen, y, activation)
            places = np.arange(1, depth + 2)
            heights = np.clip(np.nan_to_num(slopes, nan=1e-12), 1e-12, 1e6)
            gaps = np.column_stack([np.full(len(places), 1e-13), heights, np.full(len(places), np.nan)])
            columns.set_data(np.repeat(places, 3), gaps.ravel())
            spreads.set_data(places, np.clip(spread, 1e-12, 1e6))
            drawn = np.clip(losses, 0, 9 * guess)
            curve.set_data(np.arange(step + 1), drawn)
            end.set_data([step], np.minimum(drawn[-1:], 2 * guess))
            for words, values in zip(empty, ((slopes, spread), losses)):
                words.set_visible(bool(np.isnan(values).all()))
            return told_of_depth(Depth(step, losses, right, n, data != "clean", slopes, spread))

        def zones(depth, units, activation, gain, data, **_):
            border = limit(depth, units, activation, gain, data) if data == "clean" else np.inf
            return {"learning_rate": _first_step_zones(border)}

        def needed(step, depth, units, activation, gain, learning_rate, data):
            sizes, seen, path, _ = run(learning_rate, depth, units, activation, gain, data)
            right = _layer_by_layer(nn.unflatten(path[step], sizes), seen, y, activation)[2]
            return step if depth >= 8 and data == "clean" and right >= 0.95 else None

        aim = f"with 8 layers or more, get 95 % of the {n} digits right"
        update.zones, update.challenges = zones, {"fewest steps": fewest_steps(aim, needed)}
        return update

    return build


class Plane(NamedTuple):
    """The plane through three states of a network: its loss there, and along the lines between them."""

    place: dict  # name -> its two coordinates in the plane
    heights: np.ndarray  # the loss on the grid
    grid: tuple
    walk: np.ndarray  # shares of the way, beyond both ends
    profiles: dict  # "P to Q" -> the loss at these shares


def plane(loss, states, n_points):
    """loss(w); states: three names with their w (p,) -> Plane, with n_points × n_points losses."""
    p, q, r = states.values()
    e1 = (q - p) / np.linalg.norm(q - p)
    e2 = (r - p) - (r - p) @ e1 * e1
    e2 = e2 / np.linalg.norm(e2)
    flat = {name: np.array([(w - p) @ e1, (w - p) @ e2]) for name, w in states.items()}
    places = np.array(list(flat.values()))
    low, high = places.min(axis=0), places.max(axis=0)
    margin = 0.35 * (high - low).max()
    grid = np.meshgrid(*(np.linspace(low[k] - margin, high[k] + margin, n_points) for k in (0, 1)))
    heights = np.array([loss(p + u * e1 + v * e2) for u, v in zip(*(part.ravel() for part in grid))])
    walk = np.linspace(-0.25, 1.25, 61)
    profiles = {f"{a} to {b}": np.array([loss(states[a] + t * (states[b] - states[a])) for t in walk])
                for a, b in itertools.combinations(states, 2)}  # fmt: skip
    return Plane(flat, heights.reshape(grid[0].shape), grid, walk, profiles)


def surface(layer_sizes, X, y, corners, names=("P", "Q", "R"), n_points=45):
    """The loss of a real network on the plane through three of its states, and along the lines between them.

    layer_sizes (ReLU), X (n, d), y (n,); corners: three parameter vectors (p,) with their names.
    Knobs: along (0 at the first end, 1 at the second), line ("P to Q", ...).
    """
    loss, _ = objective(layer_sizes, X, y, "relu")
    states = dict(zip(names, corners))
    shown = plane(loss, states, n_points)
    inside = (shown.walk >= 0) & (shown.walk <= 1)
    top = 1.1 * max(profile[inside].max() for profile in shown.profiles.values())

    def build(figure):
        chart = figure.add_axes([0.08, 0.15, 0.44, 0.75])
        levels = np.concatenate([[0], np.geomspace(0.02, 1.001 * shown.heights.max(), 13)])
        chart.contourf(*shown.grid, shown.heights, levels=levels, cmap=HEIGHT_MAP, norm="linear", vmin=0, vmax=top)
        chart.contour(*shown.grid, shown.heights, levels=levels, colors="#6C93B5", linewidths=0.9)
        chart.set_xlabel(f"distance in w, from {names[0]} towards {names[1]}", labelpad=0)
        chart.set_title("darker: higher loss")
        for name, place in shown.place.items():
            chart.plot(*place, "+", color=BLACK, markersize=13, markeredgewidth=2)
            chart.annotate(name, place, xytext=(9, 5), textcoords="offset points", fontsize=16, weight="bold")
        (track,) = chart.plot([], [], "--", color=ORANGE, linewidth=2, animated=True)
        (here,) = chart.plot([], [], "o", color=ORANGE, markersize=12, markeredgecolor=BLACK, animated=True)
        chart.set(xlim=shown.grid[0][0, [0, -1]], ylim=shown.grid[1][[0, -1], 0])
        axes = figure.add_axes([0.62, 0.15, 0.34, 0.75])
        axes.set(xlim=shown.walk[[0, -1]], ylim=(0, top), xticks=[0, 0.5, 1], ylabel="loss (nats)")
        axes.set_xlabel("along the line", labelpad=0)
        for end in (0, 1):
            axes.axvline(end, color=GREY, linestyle=":", linewidth=1.5)
        (profile,) = axes.plot([], [], color=BLUE, animated=True)
        (dot,) = axes.plot([], [], "o", color=ORANGE, markersize=12, markeredgecolor=BLACK, animated=True)

        def update(along, line):
            first, _, second = line.partition(" to ")
            w = states[first] + along * (states[second] - states[first])
            height, away = loss(w), shown.place[second] - shown.place[first]
            track.set_data(*np.array([shown.place[first] + t * away for t in shown.walk[[0, -1]]]).T)
            here.set_data(*(shown.place[first] + along * away).reshape(2, 1))
            profile.set_data(shown.walk, np.minimum(shown.profiles[line], 9 * top))
            dot.set_data([along], [min(height, top)])
            right = np.mean(nn.predict(nn.unflatten(w, layer_sizes), X, "relu") == y)
            return (
                f"{100 * along:.0f} % of the way from {first} to {second}: loss {height:.2f} nats, "
                f"{percent(right)} of {len(y)} digits right. "
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
        looks = [(name, colour, style) for name, _, style, colour in ways]
        left = {"ylim": (0, 1.03), "ylabel": "share of digits right"}
        right = {"ylim": (1e-13, 1e3), "yscale": "log", "ylabel": "length of the gradient"}
        show, axes = _curves(figure, max_steps, (left, looks), (right, looks))
        axes[1].set_yticks([1e-12, 1e-8, 1e-4, 1])

        def update(step, wrong_start, learning_rate):
            shares, lengths = zip(*run(wrong_start, learning_rate))
            show(np.arange(step + 1), [*shares, *np.clip(lengths, 1e-14, 1e4)])
            told = [
                f"{name} has {percent(right[step])} of {n} digits right, gradient {length[step]:.2g}"
                for (name, *_), right, length in zip(ways, shares, lengths)
            ]
            return f"After {steps(step)} at rate {learning_rate:.3g}: {'; '.join(told)}."

        return update

    return build


def broken_curves(X, y, X_validation, y_validation, n_epochs=40):
    """Three real training runs, A, B and C, in which something went wrong: loss on training and validation samples.

    X (n, d), y (n,) and the same for the validation. Knob: epoch.
    """
    settings = {"A": (100, 0.1, 10), "B": (1000, 2e-4, 50), "C": (1000, 5.0, 50)}
    sizes = (X.shape[1], 32, int(y.max()) + 1)
    start = nn.flatten(nn.initialise(sizes, np.random.default_rng(0)))
    of_others, _ = objective(sizes, X_validation, y_validation, "tanh")
    runs = {}
    for name, (n, learning_rate, batch_size) in settings.items():
        loss, slope = objective(sizes, X[:n], y[:n], "tanh")
        path = train(momentum, slope, start, n, learning_rate, batch_size, n_epochs, np.random.default_rng(0))
        runs[name] = np.array([[loss(w), of_others(w)] for w in path])

    def build(figure):
        looks = [("training", BLUE, "-"), ("validation", ORANGE, ":")]
        charts = [({"ylim": (0, 1.1 * each.max()), "title": f"run {name}"}, looks) for name, each in runs.items()]
        show, axes = _curves(figure, n_epochs, *charts, xlabel="epoch")
        axes[0].set_ylabel("loss (nats)")
        axes[0].get_legend().remove()
        axes[1].legend(loc="lower left")

        def update(epoch):
            show(np.arange(epoch + 1), [curve for each in runs.values() for curve in each.T])
            told = "; ".join(f"{name} {told_of_broken(each[epoch], each[0])}" for name, each in runs.items())
            return f"Loss in nats after {plural(epoch, 'epoch')}, training and validation: {told}."

        return update

    return build


def told_of_broken(losses, first):
    """Both losses of a run; one that leaps differs from machine to machine, so its losses are not told."""
    if (losses > first).all():
        return f"higher than at the start ({' and '.join(f'{value:.2f}' for value in first)})"
    return " and ".join(f"{now:.2f}" if now <= was else f"above its first {was:.2f}" for now, was in zip(losses, first))


def told_of_overfitting(stop, training, validation, right):
    """A run that stops: losses (n + 1,) of all its steps on both sets, right (n + 1,) the validation accuracy."""
    best = int(np.argmin(validation))
    told = (
        f"Stopped after {steps(stop)}: training loss {training[stop]:.3f}, validation loss {validation[stop]:.3f}, "
        f"{percent(right[stop])} of the validation pictures right. "
    )
    if best > stop:
        return f"{told}Too early: the validation loss falls until step {best}, to {validation[best]:.3f}."
    if best == stop:
        return f"{told}This is where the validation loss is lowest."
    return f"{told}The validation loss was lowest at step {best}, {validation[best]:.3f}; since then it has risen."


def overfitting(X, y, X_validation, y_validation, units=40, learning_rate=0.1, max_steps=120):
    """A network with few pictures to learn from: training and validation loss, and three ways against overfitting.

    X (n, d), y (n,) and the same for the validation; one hidden layer of ReLU units, momentum on all n at once.
    Knobs: stop_after (steps), weight_decay, dropout (a share).
    """
    sizes = (X.shape[1], units, int(y.max()) + 1)
    start = nn.flatten(nn.initialise(sizes, np.random.default_rng(0), gain=2**0.5))
    of_training, _ = objective(sizes, X, y, "relu")
    of_validation, _ = objective(sizes, X_validation, y_validation, "relu")
    every = np.arange(max_steps + 1)

    @functools.lru_cache(64)
    def run(weight_decay, dropout):
        rng = np.random.default_rng(1)

        def slope(w):
            layers = nn.unflatten(w, sizes)
            return nn.flatten(gradient_with_dropout(layers, X, y, nn.relu, dropout, rng))

        rule = with_weight_decay(momentum, weight_decay * weights_only(sizes))
        path = follow(rule, slope, start, learning_rate, max_steps)
        seen = path[::3]  # every third step is looked at, what lies between is drawn straight
        right = [np.mean(nn.predict(nn.unflatten(w, sizes), X_validation, "relu") == y_validation) for w in seen]
        losses = [[of(w) for w in seen] for of in (of_training, of_validation)]
        return [np.interp(every, every[::3], values) for values in (*losses, right)]

    def build(figure):
        left = {"ylim": (0, 2.7), "ylabel": "loss (nats)"}
        right = {"ylim": (0, 1), "ylabel": "validation accuracy"}
        looks = [("training", BLUE, "-"), ("validation", ORANGE, "--")]
        show, axes = _curves(figure, max_steps, (left, looks), (right, [("validation", ORANGE, "--")]))
        (lowest,) = axes[0].plot([], [], "v", color=GREEN, markersize=12, animated=True)

        @overflow_is_quiet
        def update(stop_after, weight_decay, dropout):
            curves = run(weight_decay, dropout)
            show(every[: stop_after + 1], curves)
            best = int(np.argmin(curves[1][: stop_after + 1]))
            lowest.set_data([best], [min(curves[1][best], 2.5) + 0.1])
            return told_of_overfitting(stop_after, *curves)

        return update

    return build


_KINDS = (("constant", GREY, "-"), ("step", ORANGE, "--"), ("cosine", BLUE, "-."), ("warm-up", PURPLE, ":"))


def told_of_schedules(epoch, batch_size, rate, curves, last=3):
    """curves: name -> (points, losses); how noisy one is: the largest climb within the last epochs."""
    told = []
    for name, (points, losses) in curves.items():
        seen = losses[(points <= epoch + 1e-9) & (points >= epoch - last)]
        climb = np.max(seen - np.minimum.accumulate(seen))
        if not np.isfinite(seen[-1]):
            told.append(f"{name} is no longer a number")
        else:
            told.append(f"{name} {number(seen[-1])}" + (f", climbing by up to {climb:.2g}" if climb > 1e-3 else ""))
    after = f"loss in nats after {plural(epoch, 'epoch')}"
    return f"Batches of {batch_size} at rate {rate:.3g}, {after}: {'; '.join(told)}."


def schedules(layer_sizes, X, y, start, n_epochs=8):
    """Four schedules of the learning rate on one network and the same minibatches: the rate, and the loss of all.

    A network with these layer_sizes (ReLU) from start (p,), X (n, d), y (n,). Knobs: epoch, learning_rate, batch_size.
    """
    n, (loss, slope) = len(y), objective(layer_sizes, X, y, "relu")

    @functools.lru_cache(64)
    def run(learning_rate, size):
        """-> points in epochs, and for each kind the shares of the rate and the losses there."""
        n_steps, curves = n_epochs * -(-n // size), []
        at = np.unique(np.linspace(0, n_steps, 61).round().astype(int))
        for kind, *_ in _KINDS:
            rng = np.random.default_rng(0)
            batches = itertools.chain.from_iterable(minibatches(n, size, rng) for _ in range(n_epochs))
            rule = with_schedule(sgd, lambda step, kind=kind: schedule(kind, step, n_steps))
            path = follow(rule, lambda w, batches=batches: slope(w, next(batches)), start, learning_rate, n_steps)
            shares = [schedule(kind, min(step, n_steps - 1), n_steps) for step in at]
            curves.append((np.array(shares), np.array([loss(path[step]) for step in at])))
        return at * n_epochs / n_steps, curves

    def build(figure):
        left = {"ylim": (0, 1.1), "ylabel": "share of the learning rate"}
        right = {"ylim": (0, 2.6), "ylabel": "training loss (nats)"}
        show, _ = _curves(figure, n_epochs, (left, _KINDS), (right, _KINDS), xlabel="epoch")

        @overflow_is_quiet
        def update(epoch, learning_rate, batch_size):
            size = int(np.clip(round(batch_size), 1, n))
            points, curves = run(learning_rate, size)
            seen = points <= epoch + 1e-9
            shares, losses = zip(*curves)
            show(points[seen], [each[seen] for each in (*shares, *losses)])
            named = {kind: (points, each) for (kind, *_), each in zip(_KINDS, losses)}
            return told_of_schedules(epoch, size, learning_rate, named)

        return update

    return build
