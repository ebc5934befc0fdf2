"""Pictures of the transformer: one head by hand, heads that form in training, a text on its way through, a drawn name.

Each function takes its data and returns a scene: build(figure) -> update(**knobs) -> caption. What happens in the
transformer is read off by `head_of` and `passage`; what a picture says is worded by a plain function beside it.
"""

import functools
from typing import NamedTuple

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

from lessons_lib.maths.bigram_language_model import SYMBOLS
from lessons_lib.maths.multiclass_classification import softmax
from lessons_lib.maths.transformer import (
    HEADS,
    LONGEST,
    attention_weights,
    count_blocks,
    forward,
    loss,
    next_probabilities,
    normalise,
    padded,
    place,
    sample,
    without_head,
)
from lessons_lib.scenes.drawing import (
    AGAINST_AND_FOR,
    BLACK,
    BLUE,
    GREY,
    ORANGE,
    bars,
    drawn_symbol,
    letters_below,
    page_in_pixels,
    remembered_draws,
    stamped_text,
)
from lessons_lib.scenes.words import draw_told, plural

_SHADES = LinearSegmentedColormap.from_list("shades", ["#FFFFFF", "#8FC1E3", BLUE, "#062A45"])
_ALPHABET = "".join(sorted({*"".join(SYMBOLS), "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}))
_PALE_BLUE = "#73AFD4"
_ARROW = 12  # points of line width for a weight of 1


def typed_symbols(name):
    """The numbers of <s> and of what was typed, one row -> S (1, T); T is 1 for nothing. ValueError as in `padded`."""
    return padded([name])[0] if name else np.zeros((1, 1), dtype=int)


def _sentence(error):
    return str(error)[0].upper() + str(error)[1:]


def _standing(name, at):
    """ "n at place 3", "<s> at place 0"."""
    return f"{['<s>', *name][at]} at place {at}"


class Head(NamedTuple):
    """What one head makes of a name: N (T, width), Q, K, V (T, k), scores and weights (T, T), mixture (T, k)."""

    N: np.ndarray
    Q: np.ndarray
    K: np.ndarray
    V: np.ndarray
    scores: np.ndarray
    weights: np.ndarray
    mixture: np.ndarray


def head_of(parameters, S, head):
    """A head of the first block, step by step. S (1, T), head counted from 0 -> a `Head`."""
    N = normalise(place(parameters, S))[0]
    Q, K, V = (N @ parameters[f"0.{name}"][head].T for name in HEADS)
    weights = attention_weights(Q, K)
    return Head(N, Q, K, V, Q @ K.T / K.shape[1] ** 0.5, weights, weights @ V)


def _matrix(figure, rect, shades, reach, title="", below=""):
    """A frame that a matrix fills, whatever its shape -> (show(values or None), the axes): rows from the top."""
    axes = figure.add_axes(rect)
    axes.set(xlim=(0, 1), ylim=(1, 0), xticks=[], yticks=[])
    axes.patch.set_visible(False)
    axes.spines[:].set_visible(False)  # a frame that stands still takes no time: half of it shows around the image
    axes.add_patch(Rectangle((0, 0), 1, 1, fill=False, edgecolor=BLACK, linewidth=2.4, clip_on=False))
    axes.set_title(title, fontsize=14, pad=6 if not below else 22)
    axes.set_xlabel(below, fontsize=13, labelpad=5)
    lowest, shades = -reach if shades is AGAINST_AND_FOR else 0, shades.with_extremes(bad="#C9C9C9")
    image = axes.imshow(np.zeros((1, 1)), cmap=shades, vmin=lowest, vmax=reach, extent=(0, 1, 1, 0), aspect="auto",
                        interpolation="none", animated=True)  # fmt: skip
    (frame,) = axes.plot([], [], color=ORANGE, linewidth=3, clip_on=False, animated=True)

    def show(values, row=None):
        image.set_visible(values is not None)
        frame.set_data([], [])
        if values is None:
            return
        image.set_data(values)
        if row is not None:
            low, high = row / len(values), (row + 1) / len(values)
            frame.set_data([0, 1, 1, 0, 0], [low, low, high, high, low])

    return show


def _letters_around(figure, size=14):
    """Letters at the rows and columns of frames -> show([(rect, letters, side), ...]), side "rows" or "columns".

    Where rows are lower than letters, neighbours stand nearer and farther in turn.
    """
    page = page_in_pixels(figure)
    width, height = 100 * figure.get_size_inches()
    stamp = stamped_text(page, _ALPHABET, size)
    wide_sign = 0.64 * size * len("<s>")

    def beside(rect, letters):
        left, bottom, _, high = rect
        row = height * high / len(letters)
        in_turn = 1 if row > 0.95 * size else 2
        for number, letter in enumerate(letters):
            x = width * left - (21 if letter == "<s>" else 11) - 11 * (number % in_turn)
            y = height * (bottom + high) - row * (number + 0.5)
            yield x, y + 5 * (in_turn - 1) * (number == 0), letter

    def above(rect, letters):
        left, bottom, wide, high = rect
        column = width * wide / len(letters)
        for number, letter in enumerate(letters):
            # <s> is wide: where its column is narrower, it makes room for the letter after it.
            aside = max(0.0, wide_sign - column / 2) if number == 0 else 0
            yield width * left + column * (number + 0.5) - aside, height * (bottom + high) + 11, letter

    def show(wanted):
        stamp([text for rect, letters, side in wanted
               for text in (beside if side == "rows" else above)(rect, letters)])  # fmt: skip

    return show


STAGES = ("points", "queries", "keys", "values", "scores", "mask", "weights", "mixture")


def head_told(name, stage, at, facts):
    """What one stage of a head shows, for the place that asks. facts: a `Head`; stage: a number of STAGES."""
    me, T, k = _standing(name, at), *facts.Q.shape
    begun = f"“{name}”, {me}" if name else "Nothing is typed yet, only <s> at place 0"
    if stage == 0:
        return f"{begun}: its row of N, {facts.N.shape[1]} numbers, is its symbol's point plus its place's, normalised."
    if stage in (1, 2, 3):
        does = ("what it looks for", "what it is found by", "what it gives to who looks at it")[stage - 1]
        return f"{begun}: the {k} numbers of its {('query', 'key', 'value')[stage - 1]} say {does}."
    if stage == 4:
        best = int(facts.scores[at].argmax())
        where = "itself" if best == at else _standing(name, best)
        later = ", which is still to come" if best > at else ""
        return f"{begun}: of its scores the highest, {facts.scores[at, best]:.2f}, is for {where}{later}."
    best = int(facts.weights[at].argmax())
    where = "itself" if best == at else _standing(name, best)
    if stage == 5:
        hidden = T - 1 - at
        told = "no later place is left to hide" if not hidden else f"{plural(hidden, 'later place')} now −∞"
        return f"{begun}: {told}; of the rest {where} has the highest score, {facts.scores[at, best]:.2f}."
    if stage == 6:
        return f"{begun}: of its weights the largest, {facts.weights[at, best]:.2f}, is for {where}; they sum to 1."
    share = f"{facts.weights[at, best]:.2f} of it from {where}"
    return f"{begun}: it takes home {k} numbers, a mean of the values: {share}."


_HEAD_RECTS = {
    "N": (0.06, 0.20, 0.165, 0.60),
    "Q": (0.295, 0.69, 0.14, 0.22),
    "K": (0.295, 0.37, 0.14, 0.22),
    "V": (0.295, 0.05, 0.14, 0.22),
    "A": (0.52, 0.25, 0.245, 0.50),
    "mixture": (0.845, 0.20, 0.14, 0.60),
}


def one_head(parameters, head=0):
    """One head of the first block by hand: every matrix of a typed name, one after the other.

    parameters of a transformer, head counted from 0. Knobs: name (text), step (a number of STAGES), place: who asks.
    """

    def build(figure):
        figure.set_size_inches(9, 5.4)
        rects = _HEAD_RECTS
        shows = {}
        titles = {"N": "N: points + places", "Q": r"queries $Q = N W_q^\top$", "K": r"keys $K = N W_k^\top$",
                  "V": r"values $V = N W_v^\top$", "mixture": r"mixture $AV$"}  # fmt: skip
        for key, rect in rects.items():
            reach = 2.5 if key == "N" else 4.0
            shows[key] = _matrix(figure, rect, AGAINST_AND_FOR, reach, titles.get(key, ""))
        weights = _matrix(figure, rects["A"], _SHADES, 1.0)
        figure.text(0.6425, 0.12, "a row asks,\na column is looked at", fontsize=13, ha="center")
        figure.text(0.1425, 0.045, "orange: above 0\nblue: below 0", fontsize=12, ha="center")
        title = figure.text(0.6425, 0.83, "", fontsize=14, ha="center", animated=True)
        show_letters = _letters_around(figure)

        def clear():
            for show in (*shows.values(), weights):
                show(None)
            show_letters([])
            title.set_text("")

        def update(name, step, place):
            clear()
            try:
                S = typed_symbols(name)
            except ValueError as error:  # a sentence for the learner who is still typing
                return _sentence(error)
            facts, at = head_of(parameters, S, head), min(place, S.shape[1] - 1)
            for key, values, first in zip("NQKV", facts, range(4)):
                shows[key](values if step >= first else None, at)
            later = np.triu(np.ones_like(facts.scores, dtype=bool), 1)
            if step >= 6:
                weights(facts.weights, at)
            elif step >= 4:
                shows["A"](np.ma.array(facts.scores, mask=later if step == 5 else False), at)
            shows["mixture"](facts.mixture if step >= 7 else None, at)
            title.set_text(("", "", "", "", "scores QKᵀ / √k", "scores, masked", "weights A", "weights A")[step])
            letters = ["<s>", *name]
            shown = ["N", *("QKV"[k] for k in range(3) if step > k), *["A"] * (step >= 4), *["mixture"] * (step >= 7)]
            columns = [(rects["A"], letters, "columns")] if step >= 4 else []
            show_letters([*((rects[key], letters, "rows") for key in shown), *columns])
            return head_told(name, step, at, facts)

        return update

    return build


def just_before(weights):
    """The share of its weight that each head gives to the place just before, a mean over the letters.

    weights (n_heads, T, T), T at least 2 -> (n_heads,).
    """
    return np.diagonal(weights, -1, axis1=1, axis2=2).mean(axis=1)


def forming_told(name, step, loss_now, levels, weights):
    """What training has come to. weights (n_heads, T, T); levels: a dictionary from a model's name to its loss."""
    beaten = [model for model, level in levels.items() if loss_now < level]
    place = f"below {min(beaten, key=levels.get)}" if beaten else "above every earlier model"
    told = f"Step {step}: validation loss {loss_now:.2f} nats per symbol, {place}."
    if not name:
        return f"{told} Nothing is typed: <s> can only look at itself."
    shares = just_before(weights)
    most = f"head {shares.argmax() + 1} has most weight on the place just before: {shares.max():.1f}"
    return f"{told} In “{name}”, {most}."


def _losses_beside(figure, rect, levels, n_steps, every):
    """A loss per so many steps beside the levels of earlier models -> show(losses so far); low losses spread out."""
    chart = figure.add_axes(rect)
    lowest = 1.95
    spread = (lambda y: np.log(np.maximum(y - lowest, 1e-3)), lambda u: lowest + np.exp(u))
    chart.set_yscale("function", functions=spread)
    chart.set(xlim=(-0.015 * n_steps, 1.015 * n_steps), ylim=(2.03, 3.75), ylabel="loss, low ones spread out")
    chart.set_yticks([2.1, 2.2, 2.4, 2.8, 3.3], ["2.1", "2.2", "2.4", "2.8", "3.3"])
    chart.minorticks_off()
    chart.set_xlabel("step", labelpad=0)
    for name, height in levels.items():
        chart.axhline(height, color=GREY, linestyle=":", linewidth=2)
        chart.annotate(f"{height:.2f} {name}", (1.015 * n_steps, height), xytext=(4, 0), textcoords="offset points",
                       color="#555555", va="center", fontsize=12)  # fmt: skip
    (line,) = chart.plot([], [], "-", color=ORANGE, animated=True)
    (end,) = chart.plot([], [], "o", color=ORANGE, markersize=9, markeredgecolor=BLACK, animated=True)

    def show(losses):
        steps, drawn = every * np.arange(len(losses)), np.clip(losses, 2.03, 3.75)
        line.set_data(steps, drawn)
        end.set_data(steps[-1:], drawn[-1:])

    return show


def forming(kept, losses, levels, every=100, n_steps=2000, n_names=9):
    """Heads while a transformer of one block trains: their weights for a typed name, the loss, and drawn names.

    kept: list of parameters, one for every so many steps, and losses as many; both may grow while the picture stands.
    levels: dictionary from an earlier model's name to its loss, falling. Knobs: name (text), rounds of `every` steps.
    """
    n_heads = len(kept[0]["0.query"])

    @functools.cache
    def drawn(rounds):
        rng = np.random.default_rng(1)
        return [sample(kept[rounds], rng) or "(empty)" for _ in range(n_names)]

    def build(figure):
        figure.set_size_inches(9, 5.8)
        wide = 0.94 / n_heads - 0.05
        rects = [(0.05 + 0.94 / n_heads * h, 0.57, wide, 0.31) for h in range(n_heads)]
        shows = [_matrix(figure, rect, _SHADES, 1.0) for rect in rects]
        for number, (left, *_) in enumerate(rects, 1):
            figure.text(left + wide / 2, 0.95, f"head {number}", fontsize=14, ha="center")
        show_letters = _letters_around(figure, 12)
        show_losses = _losses_beside(figure, [0.075, 0.09, 0.445, 0.40], levels, n_steps, every)
        figure.text(0.785, 0.47, "drawn now:", fontsize=14)
        written = [figure.text(0.785, 0.415 - 0.042 * line, "", fontsize=13, animated=True) for line in range(n_names)]

        def update(name, rounds):
            now = min(rounds, len(kept) - 1)
            show_losses(losses[: now + 1])
            for text, letters in zip(written, drawn(now)):
                text.set_text(letters)
            try:
                S = typed_symbols(name)
            except ValueError as error:
                for show in shows:
                    show(None)
                show_letters([])
                return f"Step {every * now}: validation loss {losses[now]:.2f} nats per symbol. {_sentence(error)}"
            weights = forward(kept[now], S)[1][0][2][4][0]
            for show, A in zip(shows, weights):
                show(A)
            letters = ["<s>", *name]
            show_letters([(rect, letters, side) for rect in rects for side in ("rows", "columns")])
            return forming_told(name, every * now, losses[now], levels, weights)

        return update

    return build


class Passage(NamedTuple):
    """A text on its way through: points at first and after each block, weights of each block, what comes next."""

    points: list
    weights: list
    after: list
    following: np.ndarray


def passage(parameters, S, temperature):
    """A name through a transformer. S (1, T) -> a `Passage`: points (T, width), weights (n_heads, T, T) per block.

    after (28,) per block: what it would expect next if that block were the last; following: what it does expect, both
    at this temperature.
    """
    _, kept, X, _ = forward(parameters, S)
    points = [of_block[0][0] for of_block in kept] + [X[0]]

    def expected(x):
        row = (normalise(x) @ parameters["W"].T + parameters["b"]).astype(float) / temperature
        row[0] = -np.inf
        if len(points[0]) == LONGEST + 1:
            row[:-1] = -np.inf
        return softmax(row)

    after = [expected(x[-1]) for x in points[1:]]
    return Passage(points, [of_block[2][4][0] for of_block in kept], after, after[-1])


def passage_told(name, block, head, off, now, costs):
    """What a head looks at, what comes next, and what the name costs. now: a `Passage`, without the head if it is off.

    costs: the name's loss with all heads, and without this one, in nats per symbol; None where nothing is typed.
    """
    weights, first = now.weights[block - 1][head - 1], now.following.argmax()
    said = f"{SYMBOLS[first]} ({now.following[first]:.2f})"
    said += f", as {LONGEST} letters are the most" if len(name) == LONGEST else ""
    switched = "Switched off, head" if off else "Head"
    if not name:
        return f"Nothing is typed. {switched} {head} of block {block}: <s> looks at itself. A name begins with {said}."
    best = int(weights[-1].argmax())
    where = "itself" if best == len(name) else _standing(name, best)
    looks = f"{switched} {head} of block {block}: the last letter looks most at {where} ({weights[-1, best]:.2f})"
    ends = f"“{name}” costs {costs[0]:.2f} nats per symbol, without this head {costs[1]:.2f}"
    return f"{looks}{', but adds nothing' if off else ''}. Next: {said}. {ends}."


def _arrows(figure, rect):
    """Lines from letters that ask, above, to letters that are looked at, below -> show(letters, weights)."""
    axes = figure.add_axes(rect)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.axis("off")
    lines = LineCollection([], colors=BLUE, capstyle="butt", animated=True)
    axes.add_collection(lines, autolim=False)

    def show(weights):
        T = len(weights)
        asking, seen = np.nonzero(weights >= 0.03)  # what is less would be thinner than a hair
        ends = [[((a + 0.5) / T, 0.94), ((s + 0.5) / T, 0.06)] for a, s in zip(asking, seen)]
        last = asking == T - 1
        lines.set_segments(ends)
        lines.set_linewidth(min(_ARROW, 120 / T) * weights[asking, seen])
        lines.set_color([ORANGE if mine else _PALE_BLUE for mine in last])

    return show


def _passage_picture(figure, n_blocks):
    """What moves on a text's way -> show(letters, now, block, head, off, whole); letters None clears all of it.

    now: the `Passage` to draw, whole: that with all heads.
    """
    figure.set_size_inches(9, 6.8)
    arrows, table = (0.06, 0.64, 0.42, 0.25), (0.63, 0.60, 0.35, 0.315)
    show_arrows = _arrows(figure, arrows)
    show_table = _matrix(figure, table, _SHADES, 1.0, below="looked at (above); a row asks")
    step = 0.97 / (n_blocks + 1)
    rects = [(0.055 + step * k, 0.335, step - 0.05, 0.16) for k in range(n_blocks + 1)]
    titles = ["points + places", *(f"after block {b + 1}" for b in range(n_blocks))]
    shows = [_matrix(figure, rect, AGAINST_AND_FOR, 2.5, title) for rect, title in zip(rects, titles)]
    figure.text(0.27, 0.955, "asks (orange: the last one)", fontsize=13, ha="center")
    figure.text(0.27, 0.565, "is looked at", fontsize=13, ha="center")
    chart = figure.add_axes([0.08, 0.06, 0.90, 0.20])
    chart.set(ylim=(0, 1), ylabel="comes next")
    letters_below(chart)
    places = np.arange(len(SYMBOLS))
    show_whole = bars(chart, places - 0.17, ORANGE, 8, label="all heads")
    show_less = bars(chart, places + 0.17, BLUE, 8, label="without this head")
    (early,) = chart.plot([], [], "_", color=BLACK, markersize=15, markeredgewidth=2, label="after block 1 alone",
                          animated=True)  # fmt: skip
    chart.legend(loc="lower center", bbox_to_anchor=(0.5, 0.9), ncols=3, handlelength=1.2)
    show_letters = _letters_around(figure, 12)
    below = (arrows[0], arrows[1] - 0.035, arrows[2], 0)
    lettered = ((arrows, "columns"), (below, "columns"), (table, "rows"), (table, "columns"), (rects[0], "rows"))
    nothing = np.full(len(SYMBOLS), np.nan)

    def show(letters, now=None, block=0, head=0, off=False, whole=None):
        weights = None if letters is None else now.weights[block][head]
        show_arrows(np.zeros((1, 1)) if letters is None or off else weights)
        show_table(weights, None if letters is None else len(letters) - 1)
        for k, show_points in enumerate(shows):
            show_points(None if letters is None else normalise(now.points[k]))
        show_whole(nothing if letters is None else whole.following)
        show_less(now.following if off else nothing)
        early.set_data(places, nothing if letters is None else now.after[0])
        show_letters([] if letters is None else [(rect, letters, side) for rect, side in lettered])

    return show


def through(parameters):
    """A typed name on its way through: a head's weights as lines and as a matrix, the points, what comes next.

    Knobs: name (text), block and head (counted from 1), this_head ("on" or "off"), temperature.
    """
    n_blocks = count_blocks(parameters)

    def build(figure):
        show = _passage_picture(figure, n_blocks)

        def update(name, block, head, this_head, temperature):
            try:
                S = typed_symbols(name)
            except ValueError as error:  # a sentence for the learner who is still typing
                show(None)
                return _sentence(error)
            off, fewer = this_head == "off", without_head(parameters, block - 1, head - 1)
            whole, less = (passage(p, S, temperature) for p in (parameters, fewer))
            show(["<s>", *name], less if off else whole, block - 1, head - 1, off, whole)
            costs = (loss(parameters, [name]), loss(fewer, [name])) if name else None
            return passage_told(name, block, head, off, less if off else whole, costs)

        return update

    return build


def writing(parameters, max_steps=40):
    """Names drawn letter by letter from the transformer: the row after all letters so far, and the drawn number.

    Knobs: temperature, seed, step. The picture is lesson 08's; there only the last letter chose the row.
    """

    @functools.lru_cache(maxsize=64)
    def draws(seed, temperature):
        return remembered_draws(lambda rng: sample(parameters, rng, temperature), seed, max_steps)

    def build(figure):
        figure.set_size_inches(9, 5)
        show = drawn_symbol(figure, 1.05)

        def update(temperature, seed, step):
            over, name, at, u = draws(seed, temperature)[step]
            row = next_probabilities(parameters, name[:at], temperature)
            following = len(SYMBOLS) - 1 if at == len(name) else SYMBOLS.index(name[at])
            show(row, following, u, over, name[:at])
            low, high = np.cumsum(row)[[following - 1, following]]
            seen = f"“{name[:at]}”" if at else "<s>"
            told = draw_told(seed, step, seen, SYMBOLS[following], u, low, high, name[: at + 1])
            return f"Temperature {temperature:.3g}. {told}"

        return update

    return build
