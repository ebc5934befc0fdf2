"""What several scenes draw alike: colours, rings of equal loss, loss curves, zones of a learning rate, draws."""

from types import SimpleNamespace

import numpy as np
from matplotlib.colors import LinearSegmentedColormap, ListedColormap
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath, text_to_path
from matplotlib.ticker import NullFormatter

from lessons_lib.maths.bigram_language_model import SYMBOLS
from lessons_lib.maths.gradient_descent import descend

# Okabe and Ito's colours, which stay apart for colour-blind eyes.
BLUE, ORANGE, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#B0578D"
BLACK, GREY = "#111111", "#8A8A8A"
SOFT_DIVIDE = LinearSegmentedColormap.from_list("divide", ["#A9CFE6", "#FFFFFF", "#F3C7AE"])  # pale blue to orange
AGAINST_AND_FOR = LinearSegmentedColormap.from_list("against and for", [BLUE, "#FFFFFF", ORANGE])
HEIGHT_MAP = LinearSegmentedColormap.from_list("height", ["#F7FBFF", "#B9D5EA"])

# Classes differ by colour and by marker; a region where a class is chosen has its pale colour.
CLASS_STYLES = ((BLUE, "o"), (ORANGE, "s"), (GREEN, "^"), (PURPLE, "D"))
PALE = ListedColormap(["#CFE4F1", "#F6D9CB", "#CFEBDD", "#F0DCE7"])


def near(points, centre, radius):
    """The finite rows of points (n, d), those farther than radius moved back to it along the line to the centre.

    A diverging run leaves the picture by hundreds of digits; drawing it needs numbers that a screen can hold.
    """
    points = np.asarray(points, dtype=float)
    points = points[np.isfinite(points).all(axis=1)]
    away = np.clip(points - centre, -1e150, 1e150)
    distance = np.linalg.norm(away, axis=1, keepdims=True)
    return centre + away * np.minimum(1, radius / np.maximum(distance, 1e-300))


def remembered_descent(gradient, loss, start):
    """Descent that remembers its last eight runs -> run(learning_rate, n_steps) -> (path, losses).

    More steps go on where that run ended, so scrubbing through the steps of one run costs nothing new.
    """
    runs = {}

    def run(learning_rate, n_steps):
        if learning_rate not in runs:
            if len(runs) == 8:
                del runs[next(iter(runs))]
            path = np.array([start], dtype=float)
            runs[learning_rate] = path, np.array([loss(path[0])])
        path, losses = runs[learning_rate]
        missing = n_steps + 1 - len(path)
        if missing > 0:
            more = descend(gradient, path[-1], learning_rate, missing)[1:]
            path, losses = np.concatenate([path, more]), np.concatenate([losses, [loss(w) for w in more]])
            runs[learning_rate] = path, losses
        return path[: n_steps + 1], losses[: n_steps + 1]

    return run


def rings(axes, loss, x_limits, y_limits):
    """Draw rings of equal loss(w), w = (horizontal, vertical), on axes with these limits."""
    across, up = np.meshgrid(np.linspace(*x_limits, 60), np.linspace(*y_limits, 60))
    height = np.array([loss(np.array(w)) for w in zip(across.ravel(), up.ravel())]).reshape(across.shape)
    if np.ptp(height) > 0:
        levels = height.min() + np.ptp(height) * np.linspace(0, 1, 13) ** 2
        axes.contourf(across, up, height, levels=levels, cmap=HEIGHT_MAP)
        axes.contour(across, up, height, levels=levels, colors="#6C93B5", linewidths=0.9)
    axes.set(xlim=x_limits, ylim=y_limits)


def loss_curve(axes, first, lowest, max_steps, label="loss", log=None):
    """Prepare axes for a loss per step -> show(losses), which moves the curve.

    Unless told by log (True or False), the scale is logarithmic where the loss can fall to a thirtieth of the first
    one or below, else linear.
    """
    if lowest < first / 30 if log is None else log:
        bottom, top = max(lowest * 0.8, first * 1e-7, 1e-300), max(first, 1e-290) * 1e3
        axes.set(yscale="log")
        axes.yaxis.set_minor_formatter(NullFormatter())
    else:
        bottom, top = 0, 2 * first
    axes.set(xlim=(-0.02 * max_steps, max_steps * 1.02), ylim=(bottom, top), ylabel=label)
    axes.set_xlabel("step", labelpad=0)
    lines = [(first, "#555555", ":", "loss at the start")]
    if lowest > bottom:
        lines.append((lowest, GREEN, "--", "lowest possible"))
    for height, colour, style, name in lines:
        axes.axhline(height, color=colour, linestyle=style, linewidth=1.5)
        axes.annotate(name, (max_steps, height), xytext=(0, 3), textcoords="offset points", color=colour, ha="right",
                      va="bottom", fontsize=12)  # fmt: skip
    (line,) = axes.plot([], [], color=BLUE, animated=True)
    (end,) = axes.plot([], [], "o", color=BLUE, markersize=9, clip_on=False, animated=True)

    def show(losses):
        # Above the frame is above the frame: inf and nan leave by the top like every other huge loss.
        drawn = np.clip(np.nan_to_num(losses, nan=np.inf, posinf=np.inf), bottom / 10, top * 10)
        line.set_data(np.arange(len(drawn)), drawn)
        end.set_data([len(drawn) - 1], np.clip(drawn[-1:], bottom, top))

    return show


def rate_zones(limit):
    """What a learning rate does on a bowl whose limit is 2/λmax, as zones of its slider.

    -> [(low, high, colour, name), ...]; no zones where there is no finite limit.
    """
    if not np.isfinite(limit):
        return []
    return [(0, limit / 2, "#BBDDF0", "straight down"), (limit / 2, limit, "#F7D9A6", "zigzag"),
            (limit, np.inf, "#EBB9A2", "blows up")]  # fmt: skip


def bars(axes, places, colour, width=26, **style):
    """Prepare an animated bar at each place -> show(heights): one line with gaps draws them all."""
    (line,) = axes.plot([], [], color=colour, linewidth=width, solid_capstyle="butt", animated=True, **style)

    def show(heights):
        columns = np.column_stack([np.zeros(len(places)), heights, np.full(len(places), np.nan)])
        line.set_data(np.repeat(places, 3), columns.ravel())

    return show


def letters_below(axes):
    """Give axes a place for every symbol of the names, the symbols below."""
    axes.set_xlim(-0.6, len(SYMBOLS) - 0.4)
    axes.set_xticks(np.arange(len(SYMBOLS)), SYMBOLS, fontsize=12)
    axes.tick_params(axis="x", length=0, pad=2)


def remembered_draws(sample, seed, n):
    """The first draws, n + 1 or more, of names that a sampler draws one after the other, told by the sampler itself.

    sample: takes what has random(), as a numpy generator has, and calls it once a symbol -> a name. -> list of (the
    names that are over, the name, which of its symbols, the drawn number).
    """
    source, numbers, over, made = np.random.default_rng(seed), [], [], []
    remembering = SimpleNamespace(random=lambda: numbers.append(source.random()) or numbers[-1])
    while len(made) <= n:
        numbers.clear()
        name = sample(remembering)
        made += [(tuple(over), name, place, number) for place, number in enumerate(numbers)]
        over.append(name or "(empty)")
    return made


def drawn_symbol(figure, top):
    """A symbol drawn from a row of probabilities: the row up to `top`, below it the row added up, and the number.

    -> show(row (28,), following, u, over, so_far): the symbol that the number u picks, the names before this one and
    its letters so far.
    """
    above = figure.add_axes([0.09, 0.61, 0.89, 0.30])
    below = figure.add_axes([0.09, 0.065, 0.89, 0.43])
    above.set(ylim=(0, top), ylabel="probability")
    below.set(ylim=(0, 1.02), ylabel="all up to here")
    for axes in (above, below):
        letters_below(axes)
    places = np.arange(len(SYMBOLS))
    show_row = bars(above, places, BLUE, 14)
    show_choice = bars(above, places, ORANGE, 14, zorder=3)
    (stairs,) = below.plot([], [], color=BLUE, animated=True)
    (way,) = below.plot([], [], "--", color=ORANGE, animated=True)
    (hit,) = below.plot([], [], "v", color=ORANGE, markersize=11, markeredgecolor=BLACK, animated=True)
    title = figure.text(0.535, 0.94, "", fontsize=17, ha="center", animated=True)

    def show(row, following, u, over, so_far):
        show_row(row)
        show_choice(np.where(places == following, row, 0))
        edges = np.append(places - 0.5, len(SYMBOLS) - 0.5)
        stairs.set_data(np.repeat(edges, 2)[1:-1], np.repeat(np.cumsum(row), 2))
        way.set_data([-0.6, following, following], [u, u, 0])
        hit.set_data([following], [0.03])
        begun = f"“{so_far}”" if so_far else "<s>"
        title.set_text(", ".join([*over[-3:], f"{begun} + {SYMBOLS[following]}"]))

    return show


def page_in_pixels(figure):
    """Axes without a frame over the whole figure, whose unit is one pixel."""
    width, height = 100 * figure.get_size_inches()
    page = figure.add_axes([0, 0, 1, 1])
    page.set(xlim=(0, width), ylim=(0, height))
    page.axis("off")
    return page


def stamped_text(page, alphabet, size=15, centred=True, colour=BLACK):
    """Prepare texts that are quick to draw, however many -> show([(x, y, text), ...]), each centred on x, or from x on.

    page: axes from `page_in_pixels`; alphabet: every letter that may come; size in points. matplotlib
    lays out and renders a text anew in every frame; here every kind of letter is a marker, which is drawn once and
    stamped where it is needed.
    """
    font = FontProperties(size=size)
    pixels = 100 / 72
    letters, widths = {}, {}
    for letter in alphabet:
        widths[letter] = text_to_path.get_text_width_height_descent(letter, font, ismath=False)[0] * pixels
        if letter == " ":
            continue
        outline = TextPath((0, 0), letter, prop=font)
        # A marker is scaled to its size, so its size is what leaves it as it is.
        reach = 2 * np.abs(outline.vertices).max()
        look = {"color": colour, "markeredgewidth": 0, "zorder": 6, "animated": True}
        (letters[letter],) = page.plot([], [], linestyle="none", marker=outline, markersize=reach, **look)
    rise = 0.36 * size * pixels  # half the height of a digit

    def show(texts):
        stamps = {letter: [] for letter in letters}
        for x, y, text in texts:
            if centred:
                x -= sum(widths[letter] for letter in text) / 2
            for letter in text:
                if letter in stamps:
                    stamps[letter].append((x, y - rise))
                x += widths[letter]
        for letter, line in letters.items():
            line.set_visible(bool(stamps[letter]))
            line.set_data(*np.reshape(stamps[letter], (-1, 2)).T)

    return show


def stamped_numbers(page, size=15):
    """Prepare numbers that are quick to draw -> show([(x, y, number), ...]), each centred; see `stamped_text`."""
    stamp = stamped_text(page, "0123456789.−e+infa", size)

    def written(value):
        text = f"{value + 0.0:.3g}"  # −0.0 + 0.0 is 0.0
        return (f"{value:.1e}" if "e" in text else text).replace("-", "−")

    def show(numbers):
        stamp([(x, y, written(value)) for x, y, value in numbers])

    return show
