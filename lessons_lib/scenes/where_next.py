"""Pictures of what comes next: letters as points, names from a longer context, features used again, attention.

Each function takes its data and returns a scene: build(figure) -> update(**knobs) -> caption. What a picture says is
worded by a plain function beside it.
"""

import functools

import numpy as np
from matplotlib.ticker import NullFormatter, PercentFormatter

from lessons_lib.maths import bigram_language_model as bigram
from lessons_lib.maths.bigram_language_model import SYMBOLS, encode
from lessons_lib.maths.multiclass_classification import softmax
from lessons_lib.maths.where_next import (
    LETTERS,
    VOWELS,
    attention,
    attention_weights,
    gathering,
    labelled,
    sample,
    scores,
)
from lessons_lib.scenes.drawing import BLACK, BLUE, GREEN, GREY, ORANGE, bars
from lessons_lib.scenes.words import plural

_PALE_ORANGE = "#F6D9CB"
_PLACES = np.arange(len(SYMBOLS))
_STEPS = 100  # of training between two snapshots


def _plane_of_points(figure, rect, reach):
    """Axes for points with two numbers, ± reach, with lines at 0."""
    plane = figure.add_axes(rect)
    plane.set(xlim=(-reach, reach), ylim=(-reach, reach))
    plane.set_xlabel("first number of a point", labelpad=1)
    plane.set_ylabel("second number", labelpad=0)
    plane.axhline(0, color=GREY, linewidth=0.8)
    plane.axvline(0, color=GREY, linewidth=0.8)
    return plane


def _losses_beside(figure, levels, most):
    """Axes for two losses per step beside the heights of simpler models -> show(losses of every 100th step so far)."""
    chart = figure.add_axes([0.625, 0.115, 0.35, 0.79])
    chart.set(xlim=(-0.02 * most, 1.02 * most), ylim=(2.1, 3.5), ylabel="loss (nats per symbol)")
    chart.set_xlabel("step", labelpad=1)
    for name, height in levels.items():
        chart.axhline(height, color=GREY, linestyle=":", linewidth=2)
        chart.annotate(f"{name} {height:.2f}", (most, height), xytext=(0, 3), textcoords="offset points",
                       color="#555555", ha="right", va="bottom", fontsize=12)  # fmt: skip
    # The training curve lies on the other one, so it is drawn last, thin and dashed.
    styles = (("--", BLUE, "training", 1.5, 3), ("-", ORANGE, "validation", 3, 2))
    lines = [chart.plot([], [], style, color=colour, label=name, linewidth=width, zorder=order, animated=True)[0]
             for style, colour, name, width, order in styles]  # fmt: skip
    (end,) = chart.plot([], [], "o", color=ORANGE, markersize=9, markeredgecolor=BLACK, animated=True)
    chart.legend(loc="lower center", bbox_to_anchor=(0.5, 0.985), ncols=2, columnspacing=1.2)

    def show(losses):
        steps = _STEPS * np.arange(len(losses))
        for line, values in zip(lines, losses.T):
            line.set_data(steps, np.clip(values, 2, 4))
        end.set_data(steps[-1:], np.clip(losses[-1, 1:], 2.1, 3.5))

    return show


def letters_told(step, loss, ratio):
    """loss in nats per symbol; ratio from `gathering`."""
    side = "nearer to" if ratio < 1 else "farther from"
    return (
        f"Step {step}: validation loss {loss:.2f} nats per symbol. The vowels (ringed) lie {side} each other than "
        f"letters do on average: {ratio:.2f} times as far."
    )


def letters_in_the_plane(points, losses, levels):
    """The letters' points while the network learns them, and its losses beside those of simpler models.

    points: list of E (28, 2), one for every 100 steps; losses (as many, 2): training and validation, nats per symbol;
    levels: dictionary from a model's name to its validation loss. Knob: rounds of 100 steps.
    """
    losses = np.asarray(losses)
    reach = 1.12 * max(np.abs(E[1:-1]).max() for E in points)
    rival = min(levels, key=levels.get)
    beaten = np.flatnonzero(losses[:, 1] < levels[rival])

    def build(figure):
        figure.set_size_inches(9, 4.6)
        plane = _plane_of_points(figure, [0.08, 0.115, 0.46, 0.865], reach)
        (halos,) = plane.plot([], [], "o", color=_PALE_ORANGE, markeredgecolor=ORANGE, markeredgewidth=1.5,
                              markersize=18, animated=True)  # fmt: skip
        show_losses = _losses_beside(figure, levels, (len(points) - 1) * _STEPS)
        colours = {symbol: ORANGE if symbol in VOWELS else BLUE for symbol in LETTERS}
        style = {"fontsize": 16, "ha": "center", "va": "center", "parse_math": False, "animated": True}
        letters = [plane.text(0, 0, name, color=colours.get(k, BLACK), **style) for k, name in enumerate(SYMBOLS)]

        def update(rounds):
            drawn = np.clip(points[rounds], -0.97 * reach, 0.97 * reach)
            for letter, point in zip(letters, drawn):
                letter.set_position(point)
            halos.set_data(*drawn[VOWELS].T)
            show_losses(losses[: rounds + 1])
            return letters_told(rounds * _STEPS, losses[rounds, 1], gathering(points[rounds]))

        update.guesses = {
            "rounds": (f"After how many rounds does it beat the {rival}?", int(beaten[0]) if len(beaten) else None)
        }
        return update

    return build


def expectation_told(shown, seen, one, three):
    """What the bigram and the network expect after the shown letters. seen: the symbols that the network sees."""
    return (
        f"After “{shown}” the bigram sees {SYMBOLS[seen[-1]]} and expects {SYMBOLS[one.argmax()]} ({one.max():.2f}); "
        f"the network sees {' '.join(SYMBOLS[symbol] for symbol in seen)} and expects {SYMBOLS[three.argmax()]} "
        f"({three.max():.2f})."
    )


def next_symbol(P, E, layers):
    """What comes after the beginning of a name, for the bigram and for the network. Knob: beginning (text).

    P (28, 28): the bigram's table; E (28, d) and layers: the network.
    """
    length = layers[0][0].shape[1] // E.shape[1]

    def build(figure):
        axes = figure.add_axes([0.075, 0.10, 0.91, 0.76])
        axes.set(xlim=(-0.7, 27.7), ylim=(0, 1), ylabel="probability of coming next")
        axes.set_xticks(_PLACES, SYMBOLS, fontsize=13)
        axes.tick_params(axis="x", length=0)
        show_bigram = bars(axes, _PLACES - 0.21, BLUE, 8, label="bigram: sees one symbol")
        show_network = bars(axes, _PLACES + 0.21, ORANGE, 8, label=f"network: sees {length} symbols")
        handles, names = axes.get_legend_handles_labels()
        axes.legend(handles, names, loc="lower center", bbox_to_anchor=(0.5, 0.99), ncols=2)
        typed = axes.text(0.5, 0.88, "", fontsize=20, ha="center", transform=axes.transAxes, animated=True)

        def update(beginning):
            try:
                before = [0] * length + ([int(symbol) for symbol in encode(beginning)[1:-1]] if beginning else [])
            except ValueError as error:  # a sentence for the learner who is still typing
                show_bigram(np.zeros(len(SYMBOLS)))
                show_network(np.zeros(len(SYMBOLS)))
                typed.set_text("")
                return str(error)[0].upper() + str(error)[1:]
            seen = before[-length:]
            one, three = P[before[-1]], softmax(scores(E, layers, np.array([seen])))[0]
            show_bigram(one)
            show_network(three)
            shown = "…" * (len(beginning) > 20) + beginning[-20:]
            typed.set_text(f"{shown} + ?")
            return expectation_told(shown, seen, one, three)

        return update

    return build


def names_side_by_side(P, E, layers, known, longest=16, n_names=8):
    """Names drawn from the bigram and from the network. Knobs: temperature, seed.

    P (28, 28) without zeros; E (28, d) and layers; known: the names that count as real.
    """
    logs, known = np.log(P), set(known)

    def build(figure):
        figure.set_size_inches(9, 3.8)
        columns = ((0.06, "bigram", BLUE), (0.54, "network", ORANGE))
        for left, title, colour in columns:
            figure.text(left, 0.89, f"{title} (* is a real name)", fontsize=17, color=colour, weight="bold")
        written = [[figure.text(left, 0.79 - 0.1 * place, "", fontsize=17, animated=True) for place in range(n_names)]
                   for left, *_ in columns]  # fmt: skip

        def update(temperature, seed):
            table = softmax(logs / temperature)
            makers = (
                functools.partial(bigram.sample, table),
                lambda rng, most: sample(E, layers, rng, temperature, most),
            )
            told = []
            for maker, texts in zip(makers, written):
                rng = np.random.default_rng(seed)
                drawn = [maker(rng, longest) for _ in range(n_names)]
                for text, name in zip(texts, drawn):
                    text.set_text((name or "(empty)") + "…" * (len(name) == longest) + " *" * (name in known))
                told.append(sum(name in known for name in drawn))
            return (
                f"Temperature {temperature:.3g}, seed {seed}: of {n_names} names each, {told[0]} of the bigram's and "
                f"{told[1]} of the network's are real."
            )

        return update

    return build


_WAYS = (
    ("-", "o", BLUE, "features from eight other classes"),
    ("--", "s", ORANGE, "the same network from scratch"),
    (":", "^", GREEN, "softmax on the pixels"),
)


def few_labels_told(labels, draw, means, one):
    """means, one (3,): shares of right answers in the three ways, over all draws and in this one."""
    (a, b, c), each = (f"{100 * share:.0f} %" for share in means), ", ".join(f"{100 * share:.1f} %" for share in one)
    return (
        f"{plural(labels, 'label')} per class: right in the test, on average, {a} with features from eight other "
        f"classes, {b} from scratch, {c} on the pixels. Draw {draw} (large marks): {each}."
    )


def _sheets(figure, X, y, class_names, rows=3, columns=7):
    """Two sheets, one per class, of labelled pictures -> show(chosen), the numbers of the rows that were labelled."""
    height, width = X.shape[1:]
    images = []
    for bottom, name in ((0.50, class_names[0]), (0.01, class_names[1])):
        sheet = figure.add_axes([0.01, bottom, 0.37, 0.42])
        sheet.axis("off")
        sheet.set_title(f"{name}, labelled", fontsize=14, pad=3)
        images.append(sheet.imshow(np.zeros((rows * height, columns * width)), cmap="gray_r", vmin=0, vmax=1,
                                   aspect="auto", interpolation="none", animated=True))  # fmt: skip

    def show(chosen):
        for image, label in zip(images, (0, 1)):
            shown = np.zeros((rows * columns, height, width))
            pictures = X[chosen[y[chosen] == label]][: rows * columns]
            shown[: len(pictures)] = pictures
            sheet = shown.reshape(rows, columns, height, width).transpose(0, 2, 1, 3)
            image.set_data(sheet.reshape(rows * height, columns * width))

    return show


def few_labels(n_labels, right, X, y, class_names):
    """The share of right test answers for so many labels per class, and some of the pictures that were labelled.

    n_labels: numbers of labels; right (numbers, draws, 3): shares of right answers, features used again, from
    scratch, on pixels; X (m, height, width) and y (m,) of 0 and 1: the pictures that `labelled` draws from with the
    draw as the seed; class_names (2,). Knobs: labels (one of n_labels), draw.
    """
    right = np.asarray(right)
    means, spreads = right.mean(axis=1), right.std(axis=1)

    def build(figure):
        figure.set_size_inches(9, 4.4)
        show_pictures = _sheets(figure, X, y, class_names)
        axes = figure.add_axes([0.475, 0.12, 0.51, 0.62])
        axes.set(xscale="log", xlim=(0.85 * n_labels[0], 1.18 * n_labels[-1]), ylim=(0.45, 0.95))
        axes.set_xlabel("labels per class", labelpad=1)
        axes.set_ylabel("right in the test")
        axes.yaxis.set_major_formatter(PercentFormatter(1, 0))
        axes.set_xticks(n_labels, [str(n) for n in n_labels])
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.axhline(0.5, color=GREY, linewidth=1.5)
        axes.annotate("guessing", (n_labels[-1], 0.5), xytext=(0, -3), textcoords="offset points", color="#555555",
                      ha="right", va="top", fontsize=12)  # fmt: skip
        dots = []
        for (line, marker, colour, name), mean, spread in zip(_WAYS, means.T, spreads.T):
            axes.fill_between(n_labels, mean - spread, mean + spread, color=colour, alpha=0.13, linewidth=0)
            axes.plot(n_labels, mean, line + marker, color=colour, label=name, markersize=7)
            dots += axes.plot([], [], marker, color=colour, markersize=13, markeredgecolor=BLACK, markeredgewidth=1.8,
                              animated=True)  # fmt: skip
        (here,) = axes.plot([], [], color=BLACK, linewidth=1.2, zorder=1, animated=True)
        axes.legend(loc="lower center", bbox_to_anchor=(0.45, 0.98), handlelength=2.6)

        def update(labels, draw):
            place = list(n_labels).index(labels)
            show_pictures(labelled(y, labels, np.random.default_rng(draw)))
            for dot, share in zip(dots, right[place, draw]):
                dot.set_data([labels], [np.clip(share, 0.45, 0.95)])
            here.set_data([labels, labels], [0.45, 0.95])
            return few_labels_told(labels, draw, means[place], right[place, draw])

        return update

    return build


def attention_told(angle, length, name, weights):
    """weights: one for each letter of the name."""
    if length == 0:
        return (
            f"A query of length 0 finds all {len(name)} keys alike: every weight is 1/{len(name)}, and the output is "
            "the plain mean."
        )
    best = int(weights.argmax())
    times = name.count(name[best])
    each = f"{weights[best]:.3f}" + (f" at each of its {times} places" if times > 1 else "")
    return (
        f"Query of length {length:.3g} at {angle:.0f}°: {name[best]} gets the largest weight, {each}. The output is "
        "the mean of the points with these weights."
    )


def attending(E, name, longest=8.0):
    """One query over the letters of a name, whose keys and values are their points: the weights, and the output.

    E (28, 2), name: a string. Knobs: angle of the query in degrees, length of the query from 0 to longest.
    """
    symbols = encode(name)[1:-1]
    points = E[symbols]
    reach = 1.25 * np.abs(points).max()

    def build(figure):
        plane = _plane_of_points(figure, [0.08, 0.13, 0.435, 0.84], reach)
        for symbol in dict.fromkeys(symbols):
            colour = ORANGE if symbol in VOWELS else BLUE
            plane.text(*E[symbol], SYMBOLS[symbol], fontsize=19, ha="center", va="center", color=colour)
        (query,) = plane.plot([], [], color=BLACK, linewidth=3, alpha=0.35, animated=True)
        (tip,) = plane.plot([], [], "o", color=BLACK, markersize=9, label="query q (not to scale)", animated=True)
        (output,) = plane.plot([], [], "D", color="none", markersize=15, markeredgecolor=GREEN, markeredgewidth=4,
                               label="output", animated=True)  # fmt: skip
        chart = figure.add_axes([0.60, 0.13, 0.385, 0.72])
        chart.set(xlim=(-0.6, len(symbols) - 0.4), ylim=(0, 1), ylabel="weight")
        chart.set_xticks(np.arange(len(symbols)), list(name), fontsize=17)
        chart.tick_params(axis="x", length=0)
        chart.axhline(1 / len(symbols), color=GREY, linestyle=":", linewidth=2)
        chart.annotate(f"1/{len(symbols)}", (-0.55, 1 / len(symbols)), xytext=(0, 3), textcoords="offset points",
                       color="#555555", va="bottom", fontsize=12)  # fmt: skip
        chart.legend(*plane.get_legend_handles_labels(), loc="lower center", bbox_to_anchor=(0.45, 1), ncols=2,
                     columnspacing=1.2, handlelength=1.2)  # fmt: skip
        places = np.arange(len(symbols))
        vowels = np.isin(symbols, VOWELS)
        shows = [
            (chosen, bars(chart, places[chosen], colour, 30)) for chosen, colour in ((vowels, ORANGE), (~vowels, BLUE))
        ]

        def update(angle, length):
            direction = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
            Q = length * direction[np.newaxis]
            weights, (out,) = attention_weights(Q, points)[0], attention(Q, points, points)
            # Drawn to the picture's size: the longest query reaches nearly to its edge.
            drawn = 0.9 * reach * length / longest * direction
            query.set_data([0, drawn[0]], [0, drawn[1]])
            tip.set_data(drawn[:1], drawn[1:])
            output.set_data(out[:1], out[1:])
            for chosen, show in shows:
                show(weights[chosen])
            return attention_told(angle, length, name, weights)

        return update

    return build
