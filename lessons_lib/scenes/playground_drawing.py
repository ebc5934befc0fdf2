"""What the playground draws: nodes with their maps, weights as lines, the output over the plane, losses, one unit.

Each function prepares a part of the picture on a page whose unit is a pixel and returns show(...), which moves it.
"""

import textwrap

import numpy as np
from matplotlib.image import AxesImage
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from lessons_lib.scenes.drawing import AGAINST_AND_FOR, BLACK, BLUE, CLASS_STYLES, GREEN, GREY, ORANGE

WIDTH, HEIGHT = 900, 620
CELLS = 48  # of the large maps along each side
REACH = 1.25
_ACROSS = (np.arange(CELLS) + 0.5) / CELLS * 2 * REACH - REACH
PLANE = np.column_stack([part.ravel() for part in np.meshgrid(_ACROSS, _ACROSS)])
MOST_EDGES = 600
_LEFT, _RIGHT, _BOTTOM, _TOP = 104, 588, 196, 586  # of the network: centres of its first and last column, its height
_TWO_SIDED = (255 * AGAINST_AND_FOR(np.linspace(0, 1, 41))).astype(np.uint8)
_SHADES = 10  # of each class
_MIXED = np.array([[1 - 0.55 * (k / _SHADES) * (1 - channel) for channel in colour] + [1.0]
                   for colour in ((0, 0.45, 0.7), (0.84, 0.37, 0), (0, 0.62, 0.45), (0.69, 0.34, 0.55))
                   for k in range(1, _SHADES + 1)])  # fmt: skip
_OF_CLASSES = (255 * _MIXED).astype(np.uint8)
_TO_SVG = 0.72  # a page counts in pixels of 1/100 inch, SVG in points
_DARK_GREEN, _DARK_ORANGE = "#006B4F", "#A84300"
_LEVELS = 8  # of a line's width
_LEVEL_COLOURS = AGAINST_AND_FOR(np.linspace(0.02, 0.98, 5))


class _Sheet(AxesImage):
    """An image of coloured cells; as SVG it is written as it is, which takes a third of the time of an AxesImage."""

    def draw(self, renderer):
        if not renderer.option_scale_image():
            super().draw(renderer)
        elif self.get_visible():
            left, right, bottom, top = self.get_extent()
            (x, y), (x_end, y_end) = self.axes.transData.transform([(left, bottom), (right, top)])
            gc = renderer.new_gc()
            renderer.draw_image(gc, x, y, self.get_array()[::-1], Affine2D().scale(x_end - x, y_end - y))
            gc.restore()
            self.stale = False


def _sheet(axes, extent, **more):
    """Prepare a sheet of cells, its first row at the top."""
    sheet = _Sheet(axes, extent=extent, origin="upper", interpolation="none", **more)
    sheet.set_data(np.zeros((2, 2, 4), np.uint8))
    sheet.set_animated(True)
    return axes.add_image(sheet)


def places(column_sizes):
    """Where the nodes of every column stand -> list of (x, heights (n,), side of a node), heights from the top."""
    found, middle = [], (_TOP + _BOTTOM) / 2
    for x, n in zip(np.linspace(_LEFT, _RIGHT, len(column_sizes)), column_sizes):
        pitch = min(50, (_TOP - _BOTTOM) / n)
        found.append((x, middle + pitch * ((n - 1) / 2 - np.arange(n)), 0.8 * pitch))
    return found


def two_sided(values):
    """Colours of values from −1 (blue) over 0 (white) to 1 (orange), any shape -> (..., 4) bytes; no number is 0."""
    values = np.clip(np.nan_to_num(values, nan=0, posinf=1, neginf=-1), -1, 1)
    return _TWO_SIDED[np.rint(20 * values + 20).astype(int)]


def node_maps(page, most):
    """Prepare an image for each of `most` columns -> show(spots, maps, pale): the maps (CELLS², units) of each column.

    Values from −1 to 1; pale: for each column, which of its nodes are switched off.
    """
    images = [_sheet(page, (0, 1, 0, 1), zorder=3) for _ in range(most)]

    def show(spots, maps, pale):
        for image, spot, values, off in zip(images, spots, maps, pale):
            x, heights, side = spot
            stride = 3 if side > 22 else 6 if side > 11 else 12
            m, gap = CELLS // stride, CELLS // stride // 4
            units = values.reshape(CELLS, CELLS, -1)[stride // 2 :: stride, stride // 2 :: stride]
            sheet = np.zeros((len(heights), m + gap, m, 4), np.uint8)
            colours = two_sided(units.transpose(2, 0, 1)[:, ::-1])
            if off.any():
                colours[off, ..., :3] = 255 - (255 - colours[off, ..., :3]) // 4
            sheet[:, :m] = colours
            image.set_data(sheet.reshape(-1, m, 4)[:-gap])
            image.set_extent((x - side / 2, x + side / 2, heights[-1] - side / 2, heights[0] + side / 2))
        for k, image in enumerate(images):
            image.set_visible(k < len(maps))

    return show


def frames(page):
    """Prepare the frames of all nodes and a thick one -> show(spots, chosen), chosen (column, row) or None."""
    (thin,) = page.plot([], [], color=GREY, linewidth=0.9, zorder=4, animated=True)
    (thick,) = page.plot([], [], color=BLACK, linewidth=3, zorder=5, animated=True)
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1), (np.nan, np.nan)]) / 2

    def show(spots, chosen):
        boxes = [corners * side + (x, height) for x, heights, side in spots for height in heights]
        thin.set_data(*np.concatenate(boxes).T)
        x, heights, side = spots[chosen[0]]
        thick.set_data(*(corners * (side + 5) + (x, heights[chosen[1]])).T)

    return show


def edges(page):
    """Prepare the lines of all weights -> show(spots, rows, matrices, chosen, slopes): see `edge_level` for widths.

    rows: which nodes of the first column are on; matrices: W (out, in) of every layer; chosen (layer, unit, input) or
    None; slopes: whether they are slopes and not weights. Orange and solid is above 0, blue and dashed below.
    -> how many lines there are and how many of them are drawn.
    """
    lines = {}
    for sign, colour, style in ((1, ORANGE, "solid"), (-1, BLUE, (0, (2.6, 1.3)))):
        for level in range(_LEVELS):
            lines[sign, level] = page.add_patch(PathPatch(
                _curves(np.zeros((1, 4))), fill=False, edgecolor=colour, linestyle=style, alpha=0.45 + 0.06 * level,
                linewidth=0.5 + 0.75 * level, zorder=1 + level / 100, capstyle="butt", animated=True,
            ))  # fmt: skip
    look = {"fill": False, "edgecolor": GREEN, "linewidth": 2.5, "linestyle": (0, (1, 1)), "zorder": 2.5}
    mark = page.add_patch(PathPatch(_curves(np.zeros((1, 4))), animated=True, **look))

    def show(spots, rows, matrices, chosen, slopes):
        ends, sizes = [], []
        for k, W in enumerate(matrices):
            (x, heights, side), (x_next, heights_next, side_next) = spots[k], spots[k + 1]
            heights = heights[rows] if k == 0 else heights
            there = np.meshgrid(heights, heights_next)
            if len(heights):
                ends.append(_ends(x + side / 2, there[0].ravel(), x_next - side_next / 2, there[1].ravel()))
                sizes.append(W.ravel())
        sizes = np.concatenate(sizes) if sizes else np.zeros(0)
        ends = np.concatenate(ends) if ends else np.zeros((0, 4))
        drawn = np.isfinite(sizes) & (sizes != 0)
        if drawn.sum() > MOST_EDGES:
            drawn &= np.abs(sizes) >= np.sort(np.abs(sizes[drawn]))[-MOST_EDGES]
        levels = edge_level(np.where(drawn, sizes, 0), slopes)
        for (sign, level), line in lines.items():
            these = drawn & (levels == level) & (np.sign(sizes) == sign)
            line.set_visible(bool(these.any()))
            line.set_path(_curves(ends[these]))
        mark.set_visible(chosen is not None)
        if chosen is not None:
            layer, unit, source = chosen
            (x, heights, side), (x_next, heights_next, side_next) = spots[layer], spots[layer + 1]
            heights = heights[rows] if layer == 0 else heights
            mark.set_path(_curves(_ends(x + side / 2, heights[source : source + 1], x_next - side_next / 2,
                                        heights_next[unit : unit + 1])))  # fmt: skip
        return len(sizes), int(drawn.sum())

    return show


def edge_level(sizes, slopes=False):
    """The step of width, 0 … 7, of a weight (the widest from 3 on), or of a slope (a step per factor √10 from 1e-4)."""
    sizes = np.abs(sizes)
    if slopes:
        steps = 2 * (np.log10(np.maximum(sizes, 1e-300)) + 4)
    else:
        steps = _LEVELS * np.minimum(sizes / 3, 1) ** 0.6
    return np.clip(steps, 0, _LEVELS - 1).astype(int)


def _ends(x, heights, x_next, heights_next):
    return np.column_stack([np.full(len(heights), x), heights, np.full(len(heights), x_next), heights_next])


def _curves(ends):
    """A path of S-shaped curves, one from each (x, y) to its (x, y); straight lines where columns are close."""
    x, y, x_next, y_next = np.asarray(ends, dtype=float).T
    if len(x) and np.max(x_next - x) < 50:
        corners, codes = [x, y, x_next, y_next], [Path.MOVETO, Path.LINETO]
    else:
        bend = 0.45 * (x_next - x)
        corners = [x, y, x + bend, y, x_next - bend, y_next, x_next, y_next]
        codes = [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]
    corners = np.rint(np.stack(corners, axis=1).reshape(-1, 2) * _TO_SVG) / _TO_SVG  # whole numbers are short to write
    return Path(corners, np.tile(codes, len(x)))


def output_plane(figure):
    """Prepare the network's output over the plane with the points -> show(scores, shades), show_points(X, y, ...)."""
    axes = figure.add_axes([655 / WIDTH, 352 / HEIGHT, 236 / WIDTH, 236 / HEIGHT])
    axes.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), xticks=(-1, 0, 1), yticks=(-1, 0, 1))
    axes.tick_params(labelsize=11, pad=2)
    figure.text(773 / WIDTH, 596 / HEIGHT, "output", ha="center", fontsize=14)
    image = _sheet(axes, (-REACH, REACH, -REACH, REACH))
    (border,) = axes.plot([], [], ".", color=BLACK, markersize=2.2, animated=True)
    points = _points(axes)

    def show(scores, shades, regression):
        scores = np.nan_to_num(scores, nan=0, posinf=1e9, neginf=-1e9)
        if regression:
            heights = scores[:, 0] if shades else np.sign(scores[:, 0])
            colours = two_sided(0.75 * heights)
            margins = scores[:, 0]
            labels = (margins > 0).astype(int)
        else:
            labels = scores.argmax(axis=1)
            sure = np.full(len(labels), 0.5)
            if shades:
                top = 1 / np.exp(scores - scores.max(axis=1, keepdims=True)).sum(axis=1)
                least = 1 / scores.shape[1]
                sure = (top - least) / (1 - least)
            colours = _OF_CLASSES[labels * _SHADES + np.clip(sure * _SHADES, 0, _SHADES - 1).astype(int)]
        image.set_data(colours.reshape(CELLS, CELLS, 4)[::-1])
        border.set_data(*_crossings(labels, scores, regression))

    return show, points


def _crossings(labels, scores, regression):
    """Where the border crosses the lines between neighbouring cells, by straight interpolation -> (x, y)."""
    labels = labels.reshape(CELLS, CELLS)
    scores = scores.reshape(CELLS, CELLS, -1)
    found = []
    for axis in (0, 1):
        here, there = (slice(None, -1), slice(None)), (slice(1, None), slice(None))
        if axis == 1:
            here, there = here[::-1], there[::-1]
        rows, columns = np.nonzero(labels[here] != labels[there])
        a, b = scores[here][rows, columns], scores[there][rows, columns]
        if regression:
            before, after = a[:, 0], b[:, 0]
        else:
            k, own, other = np.arange(len(rows)), labels[here][rows, columns], labels[there][rows, columns]
            before, after = a[k, own] - a[k, other], b[k, own] - b[k, other]
        gap = before - after
        way = np.clip(before / np.where(gap == 0, 1, gap), 0, 1)
        step = 2 * REACH / CELLS
        place = np.column_stack([_ACROSS[columns], _ACROSS[rows]])
        place[:, 1 - axis] += way * step
        found.append(place)
    return np.concatenate(found).T


def _points(axes):
    """Prepare points of classes by colour and marker, or of heights by colour -> show(X, y, held_out, regression)."""
    groups = []
    for colour, marker in CLASS_STYLES:
        look = {"color": colour, "markersize": 4.6, "animated": True, "zorder": 3, "linestyle": "none"}
        groups.append([axes.plot([], [], marker, markerfacecolor=face, **look)[0] for face in (colour, "white")])
    levels = []
    for colour in _LEVEL_COLOURS:
        look = {"markerfacecolor": colour, "color": BLACK, "markeredgewidth": 0.7, "animated": True, "zorder": 3}
        levels.append([axes.plot([], [], marker, markersize=size, linestyle="none", **look)[0]
                       for marker, size in (("o", 5.5), ("s", 4))])  # fmt: skip

    def show(X, y, held_out, regression):
        kinds = np.clip(np.rint(2 * np.clip(y, -1, 1) + 2), 0, 4).astype(int) if regression else y
        for number, group in [*enumerate(levels if regression else groups)]:
            for line, part in zip(group, (~held_out, held_out)):
                rows = part & (kinds == number)
                line.set_visible(bool(rows.any()))
                line.set_data(*X[rows].T)
        for group in groups if regression else levels:
            for line in group:
                line.set_visible(False)

    return show


def losses(figure, max_steps):
    """Prepare the chart of both losses per step -> show(losses (rounds + 1, 2), steps per round, changes)."""
    axes = figure.add_axes([682 / WIDTH, 62 / HEIGHT, 190 / WIDTH, 206 / HEIGHT])
    axes.set(xlim=(0, max_steps), ylim=(1e-4, 10), yscale="log", yticks=(1e-4, 1e-3, 0.01, 0.1, 1, 10))
    axes.set_yticklabels(["0.0001", "0.001", "0.01", "0.1", "1", "10"], fontsize=11)
    # The unit stands at a tick: the words about the settings run on below the axis.
    axes.set_xticks([0, max_steps / 2, max_steps], ["0", f"{max_steps // 2:,} steps", f"{max_steps:,}"], fontsize=11)
    axes.yaxis.set_minor_locator(axes.xaxis.get_minor_locator())
    (marks,) = axes.plot([], [], ":", color=GREY, linewidth=1.5, animated=True)
    styles = (("-", BLUE, "training"), ("--", ORANGE, "validation"))
    lines = [axes.plot([], [], style, color=colour, label=name, animated=True, zorder=3)[0]
             for style, colour, name in styles]  # fmt: skip
    axes.legend(loc="lower center", bbox_to_anchor=(0.38, 1), ncols=2, columnspacing=0.8, handlelength=1.4, fontsize=12)

    def show(values, steps_per_round, changes):
        drawn = np.clip(np.nan_to_num(values, nan=1e9, posinf=1e9), 1.05e-4, 9.5)  # beyond, it runs along the frame
        every = max(1, len(drawn) // 200)
        rounds = np.unique(np.append(np.arange(0, len(drawn), every), len(drawn) - 1))
        for line, each in zip(lines, drawn.T):
            line.set_data(rounds * steps_per_round, each[rounds])
        marks.set_data(np.repeat(changes, 3), np.tile([1e-4, 10, np.nan], len(changes)))

    return show


def large_map(figure):
    """Prepare the large map of the chosen unit -> show(values (CELLS²,) from −1 to 1)."""
    axes = figure.add_axes([12 / WIDTH, 27 / HEIGHT, 146 / WIDTH, 146 / HEIGHT])
    axes.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), xticks=[], yticks=[])
    image = _sheet(axes, (-REACH, REACH, -REACH, REACH))
    for spine in axes.spines.values():
        spine.set(visible=True, linewidth=2)

    def show(values):
        image.set_data(two_sided(values.reshape(CELLS, CELLS)[::-1]))

    return show


def words(page):
    """Prepare the words that move -> show(spots, names, unit, (formula, weight), settings, notes).

    names: the activation of every hidden layer. Words stand above the columns, beside the large map and below it.
    """
    above = [page.text(0, 603, "", ha="center", va="center", fontsize=12, animated=True) for _ in range(12)]
    title = page.text(172, 164, "", va="top", fontsize=14, weight="bold", animated=True)
    lines = [page.text(172, 137 - 19 * k, "", va="top", fontsize=12, animated=True) for k in range(4)]
    weight = page.text(172, 52, "", va="top", fontsize=12, color=_DARK_GREEN, animated=True)
    below = page.text(172, 34, "", va="top", fontsize=11, animated=True)
    page.text(773, 318, "lines: orange above 0, blue below", va="center", ha="center", fontsize=10, color="#444444")
    note = page.text(12, 8, "", va="center", fontsize=11, color=_DARK_ORANGE, animated=True)

    def show(spots, names, unit, about, settings, notes):
        heads = ["inputs", *names, "scores"]
        for text, head, spot in zip(above, heads, spots):
            text.set_text(head if len(spots) < 8 else head[:7])
            text.set_fontsize(12 if len(spots) < 8 else 10)
            text.set_x(spot[0])
        for text in above[len(spots) :]:
            text.set_text("")
        title.set_text(unit)
        wrapped = textwrap.wrap(about[0], 54)
        for k, line in enumerate(lines):
            line.set_text(wrapped[k] if k < len(wrapped) else "")
        said = about[1].replace("its slope is", "slope")
        weight.set_fontsize(12 if len(said) <= 56 else 10)  # beside it the numbers of the losses' axis begin
        weight.set_text(said if len(said) <= 68 else said[:67] + "…")
        below.set_text(settings)
        note.set_text(notes if len(notes) < 110 else notes[:109] + "…")

    return show
