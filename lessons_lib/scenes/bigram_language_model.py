"""Pictures of the bigram model: pairs, the 28 × 28 table, the network, sampling, surprise, smoothing, longer memory.

Each function takes its data and returns a scene: build(figure) -> update(**knobs) -> caption. What a picture shows is
computed and said by plain functions beside it.
"""

import functools
from typing import NamedTuple

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap

from lessons_lib.maths.bigram_language_model import (
    SYMBOLS,
    encode,
    loss,
    neural_gradient,
    neural_loss,
    pairs,
    perplexity,
    probabilities,
    rate_limit,
    sample,
    window_counts,
    window_loss,
    windows,
)
from lessons_lib.maths.checks import overflow_is_quiet
from lessons_lib.maths.multiclass_classification import softmax
from lessons_lib.scenes.challenges import fewest_steps
from lessons_lib.scenes.drawing import (
    AGAINST_AND_FOR,
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    bars,
    drawn_symbol,
    letters_below,
    remembered_descent,
    remembered_draws,
)
from lessons_lib.scenes.words import draw_told, number, percent, plural, told_apart

_SHADES = LinearSegmentedColormap.from_list("shades", ["#FFFFFF", "#8FC1E3", BLUE, "#062A45"])
_PLACES = np.arange(len(SYMBOLS))
_UNIFORM = np.log(len(SYMBOLS))


def _letters_beside(axes):
    """Name the rows of a table, neighbours in turn nearer and farther, so that no two touch."""
    axes.set_yticks(_PLACES[::2], SYMBOLS[::2])
    axes.set_yticks(_PLACES[1::2], SYMBOLS[1::2], minor=True)
    axes.tick_params(axis="y", which="both", length=0, labelsize=12, pad=3)
    axes.tick_params(axis="y", which="minor", pad=18)
    axes.get_yticklabels()[0].set_verticalalignment("bottom")  # <s> is wide: it makes room for a


def _table(axes, shades=_SHADES, vmin=0.0, vmax=1.0):
    """Prepare axes for a 28 × 28 table, row by row from the top -> the animated image."""
    axes.set(xlim=(-0.5, 27.5), ylim=(27.5, -0.5))
    return axes.imshow(np.zeros((28, 28)), cmap=shades, vmin=vmin, vmax=vmax, aspect="auto", interpolation="none",
                       animated=True)  # fmt: skip


def _frame(axes):
    """An animated frame around one row of a table -> show(row)."""
    (line,) = axes.plot([], [], color=ORANGE, linewidth=3, clip_on=False, animated=True)

    def show(row):
        line.set_data([-0.5, 27.5, 27.5, -0.5, -0.5], [row - 0.5, row - 0.5, row + 0.5, row + 0.5, row - 0.5])

    return show


def _curves(axes, styles, **look):
    """An animated curve on axes for each (format, colour, label) -> the curves."""
    return [
        axes.plot([], [], form, color=colour, label=name, animated=True, **look)[0] for form, colour, name in styles
    ]


def _dots(axes, styles, **look):
    """An animated dot for each (marker, colour), whole at the axes' edge too -> the dots."""
    look = {"markersize": 11, "markeredgecolor": BLACK, "clip_on": False, "animated": True} | look
    return [axes.plot([], [], marker, color=colour, **look)[0] for marker, colour in styles]


def sentence(words):
    """A sentence walked pair by pair. words: a list with both end marks. Knob: pair, counted from 0."""
    starts = np.cumsum([0, *(len(word) + 1 for word in words[:-1])])
    length = starts[-1] + len(words[-1])

    def build(figure):
        figure.set_size_inches(9, 2.6)
        axes = figure.add_axes([0.05, 0.02, 0.90, 0.96])
        axes.set(xlim=(0, 1), ylim=(0, 1))
        axes.axis("off")
        written = axes.text(0, 0.74, " ".join(words), family="monospace", fontsize=14)
        extent = axes.transData.inverted().transform(written.get_window_extent(FigureCanvasAgg(figure).get_renderer()))
        letter = (extent[1, 0] - extent[0, 0]) / length
        style = {"linewidth": 6, "solid_capstyle": "butt", "animated": True}
        lines = [axes.plot([], [], color=colour, **style)[0] for colour in (BLUE, ORANGE)]
        marks = [
            axes.text(0, y, name, color=colour, fontsize=16, ha="center", animated=True)
            for name, colour, y in (("cᵢ₋₁", BLUE, 0.47), ("cᵢ", ORANGE, 0.47))
        ]
        told = axes.text(0.5, 0.14, "", fontsize=22, ha="center", animated=True)

        def update(pair):
            for line, mark, place in zip(lines, marks, (pair, pair + 1)):
                ends = letter * np.array([starts[place], starts[place] + len(words[place])])
                line.set_data(ends, [0.66, 0.66])
                mark.set_x(ends.mean())
            before, after = words[pair], words[pair + 1]
            told.set_text(f"P( {after} | {before} )")
            return f"Pair {pair + 1} of {len(words) - 1}: after “{before}” comes “{after}”."

        return update

    return build


def row_told(previous, row, show):
    """What one row of counts (28,) holds, as counts or as probabilities."""
    total, (first, second) = row.sum(), np.argsort(-row, kind="stable")[:2]
    if total == 0:
        share = "; each symbol gets 1/28" if show == "probabilities" else ""
        return f"After {previous} nothing was ever counted{share}: a name is over there."
    if show == "counts":
        return (
            f"After {previous} came {plural(total, 'symbol')}: most often {SYMBOLS[first]}, "
            f"{plural(row[first], 'time')}, then {SYMBOLS[second]}, {plural(row[second], 'time')}."
        )
    return (
        f"After {previous} comes {SYMBOLS[first]} with probability {row[first] / total:.3f}, then {SYMBOLS[second]} "
        f"with {row[second] / total:.3f}; {np.sum(row == 0)} of the 28 symbols never came. The row sums to 1."
    )


def table(counts):
    """The counts, or the probabilities of each row, as a picture; one row lifted out as bars.

    counts (28, 28). Knobs: previous (a symbol), show ("counts" or "probabilities").
    """
    P = probabilities(counts)
    pictures = {"counts": np.sqrt(counts / counts.max()), "probabilities": np.sqrt(P / P.max())}

    def build(figure):
        figure.set_size_inches(9, 6.2)
        chart = figure.add_axes([0.105, 0.735, 0.875, 0.225])
        chart.set(ylim=(0, 1.05 * P.max()), ylabel="P(cᵢ | cᵢ₋₁)")
        letters_below(chart)
        show_row = bars(chart, _PLACES, ORANGE, 14)
        axes = figure.add_axes([0.105, 0.02, 0.875, 0.625])
        _letters_beside(axes)
        axes.set_xticks([])
        axes.set_ylabel("previous symbol cᵢ₋₁", labelpad=2)
        image, show_frame = _table(axes), _frame(axes)
        figure.text(0.5425, 0.66, "next symbol cᵢ (darker: more often, by the square root)", fontsize=13, ha="center")

        def update(previous, show):
            row = SYMBOLS.index(previous)
            image.set_data(pictures[show])
            show_frame(row)
            show_row(P[row])
            return row_told(previous, counts[row], show)

        return update

    return build


def prediction_told(step, symbol, p):
    """What the network says after a symbol; p (28,) its probabilities."""
    begin = f"Step {step}: v has its 1 at {symbol}, so vW is row {symbol} of W."
    if np.ptp(p) == 0:
        why = "Before the first step all scores are 0" if step == 0 else "Nothing follows it, so its scores stay 0"
        return f"{begin} {why}, and each symbol gets 1/28."
    return f"{begin} The most likely next symbol is {SYMBOLS[p.argmax()]}, with {p.max():.3f}."


def network(counts, learning_rate=50.0):
    """The slide's network: one-hot v times W is a row of W, and softmax makes probabilities of it.

    counts (28, 28) to train on. Knobs: symbol, step.
    """
    run = remembered_descent(lambda W: neural_gradient(W, counts), lambda W: 0.0, np.zeros((28, 28)))

    def build(figure):
        figure.set_size_inches(9, 6.2)
        left = figure.add_axes([0.075, 0.39, 0.028, 0.545])
        left.set(title="v", xticks=[])
        _letters_beside(left)
        right = figure.add_axes([0.135, 0.39, 0.85, 0.545])
        right.set(title="W: orange scores are above 0, blue below", xticks=[], yticks=[])
        one_hot, scores = _table(left), _table(right, AGAINST_AND_FOR, -6, 6)
        left.set_xlim(-0.5, 0.5)
        show_frame = _frame(right)
        strip = figure.add_axes([0.135, 0.315, 0.85, 0.04])
        picked = _table(strip, AGAINST_AND_FOR, -6, 6)
        strip.set(ylim=(0.5, -0.5), xticks=[], yticks=[0], yticklabels=["s = vW"])
        strip.tick_params(length=0)
        chart = figure.add_axes([0.135, 0.05, 0.85, 0.225])
        chart.set(ylim=(0, 1), yticks=[0, 0.5, 1], ylabel="softmax(s)")
        letters_below(chart)
        show_row = bars(chart, _PLACES, ORANGE, 13)

        def update(symbol, step):
            row, W = SYMBOLS.index(symbol), run(learning_rate, step)[0][-1]
            v = np.eye(len(SYMBOLS))[row]
            p = softmax(v @ W)
            one_hot.set_data(v[:, None])
            scores.set_data(W)
            picked.set_data((v @ W)[None])
            show_frame(row)
            show_row(p)
            return prediction_told(step, symbol, p)

        return update

    return build


class Training(NamedTuple):
    """A run's facts: steps done, loss and lowest loss in nats, rises of the loss in the last steps, rate and limit."""

    step: int
    loss: float
    lowest: float
    rises: int
    last: int
    learning_rate: float
    limit: float


def training_facts(losses, lowest, learning_rate, limit, looked_at=10):
    """The facts of a run from its loss per step."""
    changes = np.diff(losses[-looked_at - 1 :])
    return Training(len(losses) - 1, losses[-1], lowest, int(np.sum(changes > 0)), len(changes), learning_rate, limit)


def training_told(run):
    """How near to the counted table, falling or leaping, and on which side of the limit."""
    gap = f"the loss is {run.loss:.3f} nats, {number(run.loss - run.lowest)} above the counted table's {run.lowest:.3f}"
    if run.step == 0:
        begin = f"Before the first step {gap}."
    elif run.rises:
        often = "" if run.last == 1 else f" in {run.rises} of the last {run.last} steps"
        begin = f"After {plural(run.step, 'step')} {gap}; it rose{often}."
    else:
        begin = f"After {plural(run.step, 'step')} {gap}, and falling."
    rate, limit = told_apart(run.learning_rate, run.limit)
    above = run.learning_rate > run.limit
    end = f"above the limit near that table, {limit}: it cannot settle there" if above else f"below the limit, {limit}"
    return f"{begin} The learning rate {rate} is {end}."


def _gap_curve(axes, max_steps, bottom=3e-4, top=50.0):
    """Prepare axes for what is left to the counted table, per step -> show(gap)."""
    axes.set(xlim=(-0.01 * max_steps, 1.01 * max_steps), ylim=(bottom, top), yscale="log", ylabel="gap (nats)")
    axes.set_yticks((0.01, 0.1, 1, 10), ["0.01", "0.1", "1", "10"])
    axes.minorticks_off()
    axes.set_xlabel("step", labelpad=0)
    axes.axhline(0.01, color=GREEN, linestyle="--", linewidth=1.5)
    axes.annotate("0.01 nats", (0.005 * max_steps, 0.01), xytext=(0, -4), textcoords="offset points", va="top",
                  color=GREEN, fontsize=12)  # fmt: skip
    (line,) = _curves(axes, [("-", BLUE, "gap")])
    (end,) = _dots(axes, [("o", BLUE)], markersize=10)

    def show(gap):
        line.set_data(np.arange(len(gap)), np.maximum(gap, bottom / 10))
        end.set_data([len(gap) - 1], np.clip(gap[-1:], bottom, top))

    return show


def training(counts, max_steps=300):
    """The network's table while it trains, beside the counted one, and the gap between their losses per step.

    counts (28, 28). Knobs: learning_rate, step.
    """
    P, limit = probabilities(counts), rate_limit(counts)
    lowest = loss(P, counts)
    run = remembered_descent(lambda W: neural_gradient(W, counts), lambda W: neural_loss(W, counts), np.zeros((28, 28)))

    def shade(table):
        return np.sqrt(np.minimum(table / P.max(), 1))

    def build(figure):
        figure.set_size_inches(9, 5.6)
        tables = []
        for left, title in ((0.075, "learned by descent"), (0.565, "counted")):
            axes = figure.add_axes([left, 0.41, 0.42, 0.52])
            axes.set_title(title)
            axes.set_xticks([0, 5, 10, 15, 20, 27], [SYMBOLS[place] for place in (0, 5, 10, 15, 20, 27)])
            axes.set_yticks([0, 5, 10, 15, 17, 20, 27], [SYMBOLS[place] for place in (0, 5, 10, 15, 17, 20, 27)])
            axes.tick_params(length=0, labelsize=12, pad=3)
            tables.append(_table(axes))
        tables[1].set_data(shade(P))
        show_gap = _gap_curve(figure.add_axes([0.095, 0.09, 0.89, 0.24]), max_steps)

        @overflow_is_quiet
        def update(learning_rate, step):
            path, losses = run(learning_rate, step)
            tables[0].set_data(shade(softmax(path[-1])))
            show_gap(losses - lowest)
            return training_told(training_facts(losses, lowest, learning_rate, limit))

        def needed(learning_rate, step):
            there = np.flatnonzero(run(learning_rate, step)[1] - lowest < 0.01)
            return there[0] if len(there) else None

        aim = "come within 0.01 nats of the counted table"
        update.challenges = {"fewest steps": fewest_steps(aim, needed)}
        update.zones = {"learning_rate": [(0, limit, "#BBDDF0", "comes to rest"),
                                          (limit, np.inf, "#EBB9A2", "leaps about")]}  # fmt: skip
        return update

    return build


def sampling(P, max_steps=40):
    """Names drawn letter by letter: the row of the last symbol, its cumulative line and the drawn number.

    P (28, 28). After one name comes the next. Knobs: seed, step.
    """
    longest = 16

    @functools.cache
    def draws(seed):
        return remembered_draws(lambda rng: sample(P, rng, longest), seed, max_steps)

    def build(figure):
        figure.set_size_inches(9, 5)
        show = drawn_symbol(figure, 1.05 * P.max())

        def update(seed, step):
            over, name, place, u = draws(seed)[step]
            symbols = encode(name) if name else np.array([0, len(SYMBOLS) - 1])
            here, following = symbols[place], symbols[place + 1]
            row = np.append(0, P[here, 1:] / P[here, 1:].sum())
            show(row, following, u, over, name[:place])
            low, high = np.cumsum(row)[[following - 1, following]]
            told = draw_told(seed, step, SYMBOLS[here], SYMBOLS[following], u, low, high, name[: place + 1])
            return told + (f" Here we stop it, after {longest} letters." if place + 1 == longest else "")

        return update

    return build


def share_of_real(P, previous, following, ends):
    """How many of the names that a table draws are real, as a share: the probability of all real names together.

    P (28, 28); previous, following: the `pairs` of all real names; ends: the place after each name's last pair.
    """
    chances = P / P[:, 1:].sum(axis=1, keepdims=True)  # nothing returns to <s>
    each = np.add.reduceat(np.log(chances[previous, following]), np.append(0, ends[:-1]))
    return np.exp(each).sum()


def temperature_told(temperature, seed, drawn, real, longest, share, row):
    """The drawn names, the share of real ones in the long run, the row (28,) of the first letter."""
    known, cut = sum(name in real for name in drawn), sum(len(name) == longest for name in drawn)
    verb = "is a real name" if known == 1 else "are real names"
    stopped = f" {cut} had not ended after {longest} letters (…)." if cut else ""
    return (
        f"Temperature {temperature:.3g}, seed {seed}: {known} of these {len(drawn)} {verb}; of many drawn so, "
        f"{percent(share)} are. The likeliest first letter, {SYMBOLS[row.argmax()]}, has {row.max():.3f}.{stopped}"
    )


def temperature(P, names):
    """Names drawn when every score log P is divided by a temperature, and the probabilities of the first letter.

    P (28, 28) without zeros, names that count as real. Knobs: temperature, seed.
    """
    scores, real, longest = np.log(P), set(names), 16
    of_the_real = (*pairs(names), np.cumsum([len(name) + 1 for name in names]))
    share = functools.lru_cache(maxsize=256)(
        lambda temperature: share_of_real(softmax(scores / temperature), *of_the_real)
    )

    def build(figure):
        chart = figure.add_axes([0.09, 0.57, 0.89, 0.34])
        chart.set(ylim=(0, 1), ylabel="first letter")
        letters_below(chart)
        show_row = bars(chart, _PLACES, ORANGE, 14)
        places = [(left, line) for line in (0.38, 0.28, 0.18, 0.08) for left in (0.09, 0.40, 0.71)]
        written = [figure.text(*place, "", fontsize=17, animated=True) for place in places]

        def update(temperature, seed):
            tempered = softmax(scores / temperature)
            rng = np.random.default_rng(seed)
            drawn = [sample(tempered, rng, longest) for _ in places]
            for text, name in zip(written, drawn):
                text.set_text((name or "(empty)") + "…" * (len(name) == longest) + " *" * (name in real))
            show_row(tempered[0])
            return temperature_told(temperature, seed, drawn, real, longest, share(temperature), tempered[0])

        return update

    return build


def surprise_told(name, each, symbols):
    """each (n,): the surprises of a name's symbols; symbols (n + 1,): their numbers, with the first <s>."""
    worst = each.argmax()
    return (
        f"“{name}” costs {each.sum():.2f} nats in {plural(len(each), 'symbol')}, {each.mean():.2f} each (dashed), "
        f"perplexity {perplexity(each.mean()):.1f}. Most surprising: {SYMBOLS[symbols[worst + 1]]} after "
        f"{SYMBOLS[symbols[worst]]}, {each[worst]:.2f}."
    )


def surprise(P, longest=15):
    """A typed name and the surprise −log P of each of its symbols. P (28, 28). Knob: name."""
    places = np.arange(longest + 1)

    def build(figure):
        axes = figure.add_axes([0.08, 0.13, 0.90, 0.76])
        axes.set(xlim=(-0.6, longest + 0.6), ylim=(0, 11), ylabel="surprise (nats)", xticks=[])
        axes.axhline(_UNIFORM, color=GREY, linestyle=":", linewidth=2, label=f"a guess among 28: {_UNIFORM:.2f}")
        show_surprises = bars(axes, places, BLUE)
        (mean,) = axes.plot([], [], "--", color=ORANGE, zorder=3, label="mean of the name", animated=True)
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)
        labels = [axes.text(place, -0.25, "", fontsize=15, ha="center", va="top", animated=True) for place in places]

        @overflow_is_quiet
        def update(name):
            try:
                symbols = encode(name)
                if len(name) > longest:
                    raise ValueError(f"this picture holds {longest} letters, as many as the longest name has.")
            except ValueError as error:  # a sentence for the learner who is still typing
                symbols, sentence = np.zeros(1, dtype=int), str(error)[0].upper() + str(error)[1:]
            each = -np.log(P[symbols[:-1], symbols[1:]])
            show_surprises(np.append(np.minimum(each, 12), np.zeros(longest + 1 - len(each))))
            for place, label in enumerate(labels):
                label.set_text(SYMBOLS[symbols[place + 1]] if place < len(each) else "")
            mean.set_data([-0.4, len(each) - 0.6], [each.mean()] * 2) if len(each) else mean.set_data([], [])
            return surprise_told(name, each, symbols) if len(each) else sentence

        return update

    return build


class Smoothed(NamedTuple):
    """Losses in nats per symbol on the names learned from and on the others; pairs of these that have probability 0."""

    learned: float
    other: float
    impossible: int
    asked: int


def smoothed_facts(counts, asked, smoothing):
    """What a table of counts (28, 28) costs the names learned from, and the asked ones."""
    P = probabilities(counts, float(smoothing))
    return Smoothed(loss(P, counts), loss(P, asked), int(asked[P == 0].sum()), int(asked.sum()))


def smoothing_told(n, smoothing, now, best, lowest):
    """n names learned from, the smoothing with its facts, the best smoothing on the others with its loss."""
    begin = f"Learned from {plural(n, 'name')}, α = {smoothing:.3g}: {now.learned:.3f} nats on them"
    end = f" The best for the validation names is α = {best:.2g}, with {lowest:.3f}."
    if now.impossible == 0:
        return f"{begin}, {now.other:.3f} on the validation names.{end}"
    verb = "was" if now.impossible == 1 else "were"
    return (
        f"{begin}. {now.impossible:,} of the {now.asked:,} validation pairs {verb} never seen, so their probability is "
        f"0 and the validation loss infinite.{end}"
    )


def smoothing(train, validation, most=2.0):
    """The loss on names learned from and on validation names for every smoothing α.

    train, validation: lists of names. Knobs: n_names (how many of train are learned from), smoothing from 0 to most.
    """
    codes, asked = windows(train, 1), np.bincount(windows(validation, 1), minlength=28**2).reshape(28, 28)
    ends = np.cumsum([len(name) + 1 for name in train])
    grid = np.append(0, np.geomspace(0.002, most, 29))

    @functools.lru_cache(maxsize=8)
    def learned(n):
        counts = np.bincount(codes[: ends[n - 1]], minlength=28**2).reshape(28, 28)
        return counts, np.array([smoothed_facts(counts, asked, alpha)[:2] for alpha in grid]).T

    def build(figure):
        axes = figure.add_axes([0.09, 0.15, 0.89, 0.74])
        axes.set(xlim=(-0.02 * most, most), ylim=(1, 4), xlabel="smoothing α", ylabel="loss (nats per symbol)")
        axes.axhline(_UNIFORM, color=GREY, linestyle=":", linewidth=2)
        axes.annotate("uniform: log 28", (most, _UNIFORM), xytext=(0, 3), textcoords="offset points", color="#555555",
                      ha="right", va="bottom", fontsize=12)  # fmt: skip
        styles = [("--", BLUE, "names learned from"), ("-", ORANGE, f"{len(validation):,} validation names")]
        lines = _curves(axes, styles)
        lines[0].set_zorder(3)  # with all names the two nearly coincide, and only dashes leave the other one visible
        dots = _dots(axes, [("o", BLUE), ("s", ORANGE)])
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)

        @overflow_is_quiet
        def update(n_names, smoothing):
            n = int(np.clip(round(n_names), 1, len(train)))
            counts, curves = learned(n)
            now = smoothed_facts(counts, asked, smoothing)
            for line, dot, curve, value in zip(lines, dots, curves, now[:2]):
                line.set_data(grid, np.minimum(curve, 50))
                dot.set_data([smoothing], [min(value, 4)])
            return smoothing_told(n, smoothing, now, grid[curves[1].argmin()], curves[1].min())

        def guesses(n_names, **_):
            curve = learned(int(np.clip(round(n_names), 1, len(train))))[1][1]
            return {"smoothing": ("Which α serves the validation names best?", float(grid[curve.argmin()]))}

        update.guesses = guesses
        return update

    return build


def pull_told(previous, size, ours, decay):
    """ours, decay: what smoothing and weight decay ask for the scores of a row times size."""
    if decay < 1e-9:
        return f"Row {previous}, scores times {size:.3g}: all are 0, each symbol gets 1/28, and neither penalty pulls."
    return (
        f"Row {previous}, scores times {size:.3g}: smoothing asks {number(ours)}, which is {ours / decay:.2f} times "
        f"the {number(decay)} of weight decay; both pull towards uniform."
    )


def pull(P, largest=1.5):
    """What smoothing adds to the loss of one row, beside a weight decay, while the row's scores grow.

    P (28, 28) without zeros. Knobs: previous (a symbol), size (the factor on the row's centred scores; 1 gives its P).
    """
    scores, top = np.log(P) - np.log(P).mean(axis=1, keepdims=True), 190
    sizes = np.linspace(0, largest, 61)

    def penalties(s):
        return -np.log(softmax(s)).sum(axis=-1) - len(SYMBOLS) * _UNIFORM, (s**2).sum(axis=-1) / 2

    def build(figure):
        figure.set_size_inches(9, 5)
        chart = figure.add_axes([0.09, 0.68, 0.89, 0.29])
        chart.set(ylim=(0, 1.05 * P.max()), ylabel="probability")
        letters_below(chart)
        show_row = bars(chart, _PLACES, ORANGE, 14)
        axes = figure.add_axes([0.09, 0.125, 0.89, 0.45])
        axes.set(xlim=(0, largest), ylim=(0, top), xlabel="size of the scores", ylabel="penalty (α = 1)")
        lines = _curves(axes, [("-", BLUE, "smoothing"), ("--", ORANGE, "weight decay")])
        dots = _dots(axes, [("o", BLUE), ("s", ORANGE)])
        axes.legend(loc="upper left")

        def update(previous, size):
            s = scores[SYMBOLS.index(previous)]
            show_row(softmax(size * s))
            values = penalties(size * s)
            for line, dot, curve, value in zip(lines, dots, penalties(sizes[:, None] * s), values):
                line.set_data(sizes, curve)
                dot.set_data([size], [min(value, top)])
            return pull_told(previous, size, *values)

        return update

    return build


def memory_told(n, smoothing, validation):
    """validation: perplexities with a memory of 0, 1, 2, 3 letters."""
    told, best = ", ".join(f"{value:.1f}" for value in validation), int(np.argmin(validation))
    return (
        f"Learned from {n:,} names, α = {smoothing:g}: perplexity {told} on the validation names with a memory of 0, "
        f"1, 2, 3 letters. A memory of {plural(best, 'letter')} is best."
    )


def memory(train, validation):
    """The perplexity of models that remember 0, 1, 2 or 3 letters, on names learned from and on validation names.

    train, validation: lists of names. Knobs: n_names (how many of train are learned from), smoothing (above 0).
    """
    lengths = range(4)
    codes = [(windows(train, length), windows(validation, length)) for length in lengths]
    ends = np.cumsum([len(name) + 1 for name in train])

    @functools.lru_cache(maxsize=64)
    def perplexities(n, smoothing):
        losses = []
        for known, new in codes:
            known = known[: ends[n - 1]]
            losses.append([window_loss(*window_counts(known, asked), smoothing) for asked in (known, new)])
        return perplexity(np.array(losses)).T

    def build(figure):
        axes = figure.add_axes([0.08, 0.20, 0.90, 0.69])
        axes.set(xlim=(-0.3, 3.3), ylim=(0, 33), ylabel="perplexity")
        cells = [f"{plural(length, 'letter')}\n{28 ** (length + 1):,} cells" for length in lengths]
        axes.set_xticks(lengths, cells)
        axes.axhline(28, color=GREY, linestyle=":", linewidth=2)
        axes.annotate("uniform: 28", (-0.28, 28), xytext=(0, -3), textcoords="offset points", color="#555555",
                      va="top", fontsize=12)  # fmt: skip
        styles = [("o--", BLUE, "names learned from"), ("s-", ORANGE, f"{len(validation):,} validation names")]
        lines = _curves(axes, styles, markersize=11)
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)

        def update(n_names, smoothing):
            curves = perplexities(n_names, smoothing)
            for line, curve in zip(lines, curves):
                line.set_data(lengths, np.minimum(curve, 35))
            return memory_told(n_names, smoothing, curves[1])

        return update

    return build
