"""Pictures of the bigram model: pairs, the 28 × 28 table, the network, sampling, surprise, smoothing, longer memory.

Each function takes its data and returns a scene: build(figure) -> update(**knobs) -> caption.
"""

import functools
from types import SimpleNamespace

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap

from lessons_lib.maths.bigram_language_model import (
    SYMBOLS,
    encode,
    loss,
    neural_gradient,
    neural_loss,
    perplexity,
    probabilities,
    rate_limit,
    sample,
    strict_gradient,
    window_counts,
    window_loss,
    windows,
)
from lessons_lib.maths.checks import overflow_is_quiet
from lessons_lib.maths.multiclass_classification import softmax
from lessons_lib.scenes.drawing import (
    AGAINST_AND_FOR,
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    bars,
    number,
    page_in_pixels,
    remembered_descent,
    stamped_text,
)

_SHADES = LinearSegmentedColormap.from_list("shades", ["#FFFFFF", "#8FC1E3", BLUE, "#062A45"])
_PLACES = np.arange(len(SYMBOLS))
_UNIFORM = np.log(len(SYMBOLS))


def _letters_below(axes):
    """Give axes a place for every symbol, the symbols below."""
    axes.set_xlim(-0.6, len(SYMBOLS) - 0.4)
    axes.set_xticks(_PLACES, SYMBOLS, fontsize=12)
    axes.tick_params(axis="x", length=0, pad=2)


def _letters_beside(axes):
    """Name the rows of a table, neighbours in turn nearer and farther, so that no two touch."""
    axes.set_yticks(_PLACES[::2], SYMBOLS[::2])
    axes.set_yticks(_PLACES[1::2], SYMBOLS[1::2], minor=True)
    axes.tick_params(axis="y", which="both", length=0, labelsize=12, pad=3)
    axes.tick_params(axis="y", which="minor", pad=18)


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
        _letters_below(chart)
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
            first, second = np.argsort(-counts[row], kind="stable")[:2]
            if not counts[row].any():
                share = "; each symbol gets 1/28" if show == "probabilities" else ""
                return f"After {previous} nothing was ever counted{share}: a name is over there."
            if show == "counts":
                return (
                    f"After {previous} came {counts[row].sum():,} symbols: most often {SYMBOLS[first]}, "
                    f"{counts[row, first]:,} times, then {SYMBOLS[second]}, {counts[row, second]:,} times."
                )
            never = np.sum(counts[row] == 0)
            return (
                f"After {previous} comes {SYMBOLS[first]} with probability {P[row, first]:.3f}, then "
                f"{SYMBOLS[second]} with {P[row, second]:.3f}; {never} of the 28 symbols never came. The row sums to 1."
            )

        return update

    return build


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
        strip.set(ylim=(0.5, -0.5), xticks=[], yticks=[0], yticklabels=["l = vW"])
        strip.tick_params(length=0)
        chart = figure.add_axes([0.135, 0.05, 0.85, 0.225])
        chart.set(ylim=(0, 1), yticks=[0, 0.5, 1], ylabel="softmax(l)")
        _letters_below(chart)
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
            if np.ptp(p) == 0:
                why = (
                    "before the first step all its scores are"
                    if step == 0
                    else "nothing follows it, so its scores stay"
                )
                return f"v has its 1 at {symbol}, so vW is row {symbol} of W: {why} 0, and each symbol gets 1/28."
            return (
                f"Step {step}: v has its 1 at {symbol}, so vW is row {symbol} of W. "
                f"The most likely next symbol is {SYMBOLS[p.argmax()]}, with {p.max():.3f}."
            )

        return update

    return build


def _gap_curves(axes, max_steps, styles, heights=(0.01, 0.1, 1, 10), top=50.0):
    """Prepare axes for what is left to the counted table, per step -> show(gaps, ...), one array per style.

    styles: (format, colour, label, marker of the end). A curve whose end lies outside the axes has no marker there.
    """
    bottom = 3e-4
    axes.set(xlim=(-0.01 * max_steps, 1.01 * max_steps), ylim=(bottom, top), yscale="log", ylabel="gap (nats)")
    axes.set_yticks(heights, [f"{height:g}" for height in heights])
    axes.minorticks_off()
    axes.set_xlabel("step", labelpad=0)
    axes.axhline(0.01, color=GREEN, linestyle="--", linewidth=1.5)
    axes.annotate("0.01 nats", (0.005 * max_steps, 0.01), xytext=(0, -4), textcoords="offset points", va="top",
                  color=GREEN, fontsize=12)  # fmt: skip
    lines = _curves(axes, [style[:3] for style in styles])
    ends = _dots(axes, [(marker, colour) for _, colour, _, marker in styles], markersize=10)

    def show(*gaps):
        for line, end, gap in zip(lines, ends, gaps):
            drawn = np.clip(np.nan_to_num(gap, nan=np.inf, posinf=np.inf), bottom / 10, top * 10)
            line.set_data(np.arange(len(drawn)), drawn)
            last = [(len(drawn) - 1, drawn[-1])] if bottom <= drawn[-1] <= top else []
            end.set_data(*np.reshape(last, (-1, 2)).T)

    return show


def training(counts, max_steps=300):
    """The network's table while it trains, beside the counted one, and the gap between their losses per step.

    counts (28, 28). Knobs: learning_rate, step.
    """
    P, limit = probabilities(counts), rate_limit(counts)
    lowest = loss(P, counts)
    run = remembered_descent(lambda W: neural_gradient(W, counts), lambda W: neural_loss(W, counts), np.zeros((28, 28)))

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
        show_gap = _gap_curves(figure.add_axes([0.095, 0.09, 0.89, 0.24]), max_steps, [("-", BLUE, "gap", "o")])

        def shade(table):
            return np.sqrt(np.minimum(table / P.max(), 1))

        tables[1].set_data(shade(P))

        @overflow_is_quiet
        def update(learning_rate, step):
            path, losses = run(learning_rate, step)
            tables[0].set_data(shade(softmax(path[-1])))
            show_gap(losses - lowest)
            side = "above" if learning_rate > limit else "below"
            outlook = ", so it cannot settle there" if learning_rate > limit else ""
            return (
                f"Step {step}: loss {losses[-1]:.3f} nats, {number(losses[-1] - lowest)} above the counted table's "
                f"{lowest:.3f}. The learning rate {number(learning_rate)} is {side} the limit near that table, "
                f"{limit:.3g}{outlook}."
            )

        return update

    return build


def sampling(P, max_steps=40):
    """Names drawn letter by letter: the row of the last symbol, its cumulative line and the drawn number.

    P (28, 28). After one name comes the next. Knobs: seed, step.
    """
    longest = 16

    @functools.cache
    def draws(seed):
        """(names that are over, the name, which of its symbols, the number) of every draw, by the sampler itself."""
        source, numbers, over, made = np.random.default_rng(seed), [], [], []
        remembering = SimpleNamespace(random=lambda: numbers.append(source.random()) or numbers[-1])
        while len(made) <= max_steps:
            numbers.clear()
            name = sample(P, remembering, longest)
            made += [(tuple(over), name, place, number) for place, number in enumerate(numbers)]
            over.append(name or "(empty)")
        return made

    def build(figure):
        figure.set_size_inches(9, 5)
        above = figure.add_axes([0.09, 0.61, 0.89, 0.30])
        below = figure.add_axes([0.09, 0.065, 0.89, 0.43])
        above.set(ylim=(0, 1.05 * P.max()), ylabel="probability")
        below.set(ylim=(0, 1.02), ylabel="all up to here")
        for axes in (above, below):
            _letters_below(axes)
        show_row = bars(above, _PLACES, BLUE, 14)
        show_choice = bars(above, _PLACES, ORANGE, 14, zorder=3)
        (stairs,) = below.plot([], [], color=BLUE, animated=True)
        (way,) = below.plot([], [], "--", color=ORANGE, animated=True)
        (hit,) = below.plot([], [], "v", color=ORANGE, markersize=11, markeredgecolor=BLACK, animated=True)
        title = figure.text(0.535, 0.94, "", fontsize=17, ha="center", animated=True)

        def update(seed, step):
            over, name, place, u = draws(seed)[step]
            symbols = encode(name) if name else np.array([0, len(SYMBOLS) - 1])
            here, following = symbols[place], symbols[place + 1]
            row = np.append(0, P[here, 1:] / P[here, 1:].sum())
            upto = np.cumsum(row)
            show_row(row)
            show_choice(np.where(_PLACES == following, row, 0))
            edges = np.append(_PLACES - 0.5, 27.5)
            stairs.set_data(np.repeat(edges, 2)[1:-1], np.repeat(upto, 2))
            way.set_data([-0.6, following, following], [u, u, 0])
            hit.set_data([following], [0.03])
            so_far = f"“{name[:place]}”" if place else "<s>"
            title.set_text(", ".join([*over[-3:], f"{so_far} + {SYMBOLS[following]}"]))
            low, high = upto[following - 1], upto[following]
            told = (
                f"After {SYMBOLS[here]}: the drawn number {u:.3f} falls on the step of {SYMBOLS[following]}, "
                f"{low:.3f} to {high:.3f}."
            )
            if SYMBOLS[following] == "<e>":
                return f"{told} The name is over: “{name}”."
            cut = f" Here we stop it, after {longest} letters." if place + 1 == longest else ""
            return f"{told} So far: “{name[: place + 1]}”.{cut}"

        return update

    return build


def temperature(P, names):
    """Names drawn when every score log P is divided by a temperature, and the probabilities of the first letter.

    P (28, 28) without zeros, names that count as real. Knobs: temperature, seed.
    """
    scores, real, longest = np.log(P), set(names), 16

    def build(figure):
        chart = figure.add_axes([0.09, 0.57, 0.89, 0.34])
        chart.set(ylim=(0, 1), ylabel="first letter")
        _letters_below(chart)
        show_row = bars(chart, _PLACES, ORANGE, 14)
        write = stamped_text(page_in_pixels(figure), "abcdefghijklmnopqrstuvwxyz…()", 17, centred=False)
        places = [(left, line) for line in (160, 120, 80, 40) for left in (81, 360, 640)]

        def update(temperature, seed):
            tempered = softmax(scores / temperature)
            rng = np.random.default_rng(seed)
            drawn = [sample(tempered, rng, longest) for _ in places]
            told = (name + "…" * (len(name) == longest) or "(empty)" for name in drawn)
            write([(*place, name) for place, name in zip(places, told)])
            show_row(tempered[0])
            cut = sum(len(name) == longest for name in drawn)
            known = sum(name in real for name in drawn)
            stopped = f" {cut} had not ended after {longest} letters (…)." if cut else ""
            return (
                f"Temperature {temperature:.2g}: the likeliest first letter, {SYMBOLS[tempered[0].argmax()]}, has "
                f"{tempered[0].max():.3f}. {known} of these 12 are real names.{stopped}"
            )

        return update

    return build


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
            surprises, told = np.zeros(longest + 1), [""] * (longest + 1)
            try:
                symbols = encode(name)
                if len(name) > longest:
                    raise ValueError(f"this picture holds {longest} letters, as many as the longest name has.")
            except ValueError as error:  # a sentence for the learner who is still typing
                mean.set_data([], [])
                sentence = str(error)[0].upper() + str(error)[1:]
            else:
                each = -np.log(P[symbols[:-1], symbols[1:]])
                surprises[: len(each)], told[: len(each)] = each, (SYMBOLS[symbol] for symbol in symbols[1:])
                mean.set_data([-0.4, len(each) - 0.6], [each.mean()] * 2)
                worst = each.argmax()
                sentence = (
                    f"“{name}” costs {each.sum():.2f} nats in {len(each)} symbols, {each.mean():.2f} each (dashed), "
                    f"perplexity {perplexity(each.mean()):.1f}. Most surprising: {SYMBOLS[symbols[worst + 1]]} after "
                    f"{SYMBOLS[symbols[worst]]}, {each[worst]:.2f}."
                )
            show_surprises(np.minimum(surprises, 12))
            for label, text in zip(labels, told):
                label.set_text(text)
            return sentence

        return update

    return build


def smoothing(train, held_out, most=2.0):
    """The loss on names learned from and on held-out ones for every smoothing k.

    train, held_out: lists of names. Knobs: n_names (how many of train are learned from), smoothing from 0 to most.
    """
    codes, asked = windows(train, 1), np.bincount(windows(held_out, 1), minlength=28**2).reshape(28, 28)
    ends = np.cumsum([len(name) + 1 for name in train])
    grid = np.append(0, np.geomspace(0.002, most, 29))

    @functools.lru_cache(maxsize=8)
    def learned(n):
        counts = np.bincount(codes[: ends[n - 1]], minlength=28**2).reshape(28, 28)
        tables = [probabilities(counts, float(k)) for k in grid]
        return counts, [[loss(P, part) for P in tables] for part in (counts, asked)]

    def build(figure):
        axes = figure.add_axes([0.09, 0.15, 0.89, 0.74])
        axes.set(xlim=(-0.02 * most, most), ylim=(1, 4), xlabel="smoothing k", ylabel="loss (nats per symbol)")
        axes.axhline(_UNIFORM, color=GREY, linestyle=":", linewidth=2)
        axes.annotate("uniform: log 28", (most, _UNIFORM), xytext=(0, 3), textcoords="offset points", color="#555555",
                      ha="right", va="bottom", fontsize=12)  # fmt: skip
        lines = _curves(axes, [("--", BLUE, "names learned from"), ("-", ORANGE, f"{len(held_out):,} held-out names")])
        lines[0].set_zorder(3)  # with all names the two nearly coincide, and only dashes leave the other one visible
        dots = _dots(axes, [("o", BLUE), ("s", ORANGE)])
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)

        @overflow_is_quiet
        def update(n_names, smoothing):
            n = int(np.clip(round(n_names), 1, len(train)))
            counts, curves = learned(n)
            P = probabilities(counts, float(smoothing))
            losses = [loss(P, counts), loss(P, asked)]
            for line, dot, curve, value in zip(lines, dots, curves, losses):
                line.set_data(grid, np.minimum(curve, 50))
                dot.set_data([smoothing], [min(value, 4)])
            names = "name" if n == 1 else "names"
            told = f"Learned from {n:,} {names}, smoothing {smoothing:.3g}: {losses[0]:.3f} nats on them"
            if np.isfinite(losses[1]):
                return f"{told}, {losses[1]:.3f} on the held-out names."
            return (
                f"{told}. {np.sum(asked[P == 0]):,} of the {asked.sum():,} held-out pairs were never seen, have "
                "probability 0, and make the held-out loss infinite."
            )

        return update

    return build


def pull(P, largest=1.5):
    """What smoothing adds to the loss of one row, beside a weight decay, while the row's scores grow.

    P (28, 28) without zeros. Knobs: previous (a symbol), size (the factor on the row's centred scores; 1 gives its P).
    """
    scores, top = np.log(P) - np.log(P).mean(axis=1, keepdims=True), 190
    sizes = np.linspace(0, largest, 61)

    def smoothing_pull(s):
        return -np.log(softmax(s)).sum(axis=-1) - len(SYMBOLS) * _UNIFORM

    def build(figure):
        figure.set_size_inches(9, 5)
        chart = figure.add_axes([0.09, 0.68, 0.89, 0.29])
        chart.set(ylim=(0, 1.05 * P.max()), ylabel="probability")
        _letters_below(chart)
        show_row = bars(chart, _PLACES, ORANGE, 14)
        axes = figure.add_axes([0.09, 0.125, 0.89, 0.45])
        axes.set(xlim=(0, largest), ylim=(0, top), xlabel="size of the scores", ylabel="penalty (k = 1)")
        lines = _curves(axes, [("-", BLUE, "smoothing"), ("--", ORANGE, "weight decay")])
        dots = _dots(axes, [("o", BLUE), ("s", ORANGE)])
        axes.legend(loc="upper left")

        def update(previous, size):
            s = scores[SYMBOLS.index(previous)]
            show_row(softmax(size * s))
            values = []
            for line, dot, penalty in zip(lines, dots, (smoothing_pull, lambda s: (s**2).sum(axis=-1) / 2)):
                line.set_data(sizes, penalty(sizes[:, None] * s))
                values.append(float(penalty(size * s)))
                dot.set_data([size], [min(values[-1], top)])
            if values[1] < 1e-9:
                return f"Row {previous}: all scores are 0, every symbol gets 1/28, and neither penalty pulls."
            return (
                f"Row {previous}, scores times {size:.3g}: smoothing asks {number(values[0])}, which is "
                f"{values[0] / values[1]:.2f} times the {number(values[1])} of weight decay; both pull towards uniform."
            )

        return update

    return build


def wrong_classes(counts, max_steps=200):
    """Training with the slides' loss and with a penalty on the wrong classes: one row, and the gap per step.

    counts (28, 28). Knobs: previous (a symbol), learning_rate, step.
    """
    P = probabilities(counts)
    lowest = loss(P, counts)
    runs = [
        remembered_descent(lambda W, g=g: g(W, counts), lambda W: neural_loss(W, counts), np.zeros((28, 28)))
        for g in (neural_gradient, strict_gradient)
    ]

    def build(figure):
        figure.set_size_inches(9, 4.6)
        chart = figure.add_axes([0.09, 0.56, 0.89, 0.34])
        chart.set(ylim=(0, 1.05), ylabel="P(cᵢ | cᵢ₋₁)")
        _letters_below(chart)
        show_counted = bars(chart, _PLACES, "#C9C9C9", 15, label="counted")
        styles = [("-", BLUE, "truth only", "o"), ("--", ORANGE, "wrong classes too", "X")]
        marks = [("o", BLUE, "truth only"), ("x", ORANGE, "wrong classes too")]
        dots = _curves(chart, marks, markersize=9, markeredgewidth=2, markerfacecolor="none")
        handles, names = chart.get_legend_handles_labels()
        handles[0] = chart.plot([], [], "s", color="#C9C9C9", markersize=11)[0]
        chart.legend(handles, names, loc="lower center", bbox_to_anchor=(0.5, 0.97), ncols=3, columnspacing=1.5)
        show_gaps = _gap_curves(figure.add_axes([0.09, 0.115, 0.89, 0.30]), max_steps, styles, (0.01, 1, 100), 1e4)

        @overflow_is_quiet
        def update(previous, learning_rate, step):
            row, gaps, farthest = SYMBOLS.index(previous), [], []
            for run, dot in zip(runs, dots):
                path, losses = run(learning_rate, step)
                p = softmax(path[-1][row])
                dot.set_data(_PLACES, np.nan_to_num(p))
                gaps.append(losses - lowest)
                farthest.append(np.abs(p - P[row]).max())
            show_counted(P[row])
            show_gaps(*gaps)
            return (
                f"Step {step}: {number(gaps[0][-1])} nats above the counted table with the truth only, "
                f"{number(gaps[1][-1])} with the wrong classes too. Row {previous} is off by at most "
                f"{farthest[0]:.3f} and {farthest[1]:.3f}."
            )

        return update

    return build


def memory(train, held_out):
    """The perplexity of models that remember 0, 1, 2 or 3 letters, on names learned from and on held-out ones.

    train, held_out: lists of names. Knobs: n_names (how many of train are learned from), smoothing (above 0).
    """
    lengths = range(4)
    codes = [(windows(train, length), windows(held_out, length)) for length in lengths]
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
        cells = [f"{length} letter{'s' * (length != 1)}\n{28 ** (length + 1):,} cells" for length in lengths]
        axes.set_xticks(lengths, cells)
        axes.axhline(28, color=GREY, linestyle=":", linewidth=2)
        axes.annotate("uniform: 28", (-0.28, 28), xytext=(0, -3), textcoords="offset points", color="#555555",
                      va="top", fontsize=12)  # fmt: skip
        styles = [("o--", BLUE, "names learned from"), ("s-", ORANGE, f"{len(held_out):,} held-out names")]
        lines = _curves(axes, styles, markersize=11)
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)

        def update(n_names, smoothing):
            curves = perplexities(n_names, smoothing)
            for line, curve in zip(lines, curves):
                line.set_data(lengths, np.minimum(curve, 35))
            new = ", ".join(f"{value:.1f}" for value in curves[1])
            return (
                f"Learned from {n_names:,} names: held-out perplexity {new} with a memory of 0, 1, 2, 3 letters. "
                f"A memory of {curves[1].argmin()} predicts new names best."
            )

        return update

    return build
