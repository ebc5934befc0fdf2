"""Pictures of the first lesson: a price per m² by hand, the race with the machine, the loop, the data, the memory.

Each function takes its data and returns a scene: build(figure) -> update(**knobs) -> caption.
"""

from typing import NamedTuple

import numpy as np
from matplotlib.patches import FancyBboxPatch

from lessons_lib.maths.gradient_descent import critical_learning_rate, descend
from lessons_lib.maths.linear_regression import bowl, hessian, least_squares
from lessons_lib.scenes.challenges import fewest_steps, rate_guess
from lessons_lib.scenes.drawing import BLACK, BLUE, GREEN, GREY, ORANGE, rate_zones
from lessons_lib.scenes.words import number, steps

_BOX = {"boxstyle": "round,pad=0.6", "facecolor": "white", "edgecolor": BLACK, "linewidth": 1.5}


def price_by_hand(size, price, highest=4.0):
    """Flats as points, and the line price = w · size with its loss on the valley of all losses. Knob: price_per_m2.

    size (n,) in m², price (n,) in k€; highest: the right end of the valley in k€ per m².
    """
    cost, _, best = _valley(size, price)

    def build(figure):
        (move_yours,) = _flats_and_valley(figure, size, price, cost, highest, ("yours",))

        def update(price_per_m2):
            move_yours([price_per_m2])
            return by_hand_in_words(price_per_m2, cost(np.array([price_per_m2])), cost(best))

        return update

    return build


def by_hand_in_words(w, loss, lowest):
    """One sentence: the loss of this w in k€², and whether it is the bottom (within 0.5 % of the lowest)."""
    here = f"Loss {loss:,.0f} at {w:.2f} k€ per m²"
    return f"{here}: you have found the bottom." if loss <= 1.005 * lowest else f"{here}. Can you make it smaller?"


class Race(NamedTuple):
    """How a race stands: both losses and the lowest possible one in k€², the machine's steps, its learning rate."""

    yours: float
    machines: float
    lowest: float
    n_steps: int
    learning_rate: float
    limit: float


def race_in_words(run):
    """One sentence: who leads, by both losses, and what the learning rate makes of it where it is large."""
    yours, machines = f"{run.yours:,.1f}", number(run.machines) if run.machines > 1e6 else f"{run.machines:,.1f}"
    leader = "A draw" if yours == machines else "You lead" if run.yours < run.machines else "The machine leads"
    so_far = f"{leader}: your loss {yours}, the machine's {machines} after {steps(run.n_steps)}"
    if run.learning_rate > run.limit:
        return f"{so_far}. Its learning rate is above {run.limit:.3g}: every jump will be longer than the last."
    if run.learning_rate > run.limit / 2:
        return f"{so_far}. Its learning rate makes it jump from side to side, closer each time."
    return f"{so_far}. The lowest possible loss is {run.lowest:,.1f}."


def race(size, price, learning_rate=5e-5, start=0.2, highest=4.0):
    """Your price per m² against the machine's, which walks down the valley step by step.

    Knobs: price_per_m2, step, and learning_rate where it shall move. size (n,) in m², price (n,) in k€; the machine
    starts at `start` k€ per m².
    """
    cost, slope, best = _valley(size, price)
    limit = critical_learning_rate(hessian(np.reshape(size, (-1, 1))))

    def build(figure):
        names = ("yours", "the machine's")
        move_yours, move_machine = _flats_and_valley(figure, size, price, cost, highest, names)

        def update(price_per_m2, step, learning_rate=learning_rate):
            path = descend(slope, [start], learning_rate, step)[:, 0]
            move_yours([price_per_m2])
            move_machine(np.clip(path, -1e3, 1e3))
            yours, machines = cost(np.array([price_per_m2])), cost(path[-1:])
            return race_in_words(Race(yours, machines, cost(best), step, learning_rate, limit))

        def needed(step, learning_rate=learning_rate, **_):
            left = [cost(w) - cost(best) for w in descend(slope, [start], learning_rate, step)]
            return next((k for k, more in enumerate(left) if more <= left[0] / 1000), None)

        update.zones = {"learning_rate": rate_zones(limit)}
        update.guesses = {"learning_rate": rate_guess(limit)}
        update.challenges = {"fewest steps": fewest_steps("take the machine to the bottom of the valley", needed)}
        return update

    return build


def _valley(size, price):
    """The loss and the slope as functions of w (1,), and the w with the lowest loss."""
    X = np.reshape(size, (-1, 1))
    cost, slope = bowl(X, price)
    return cost, slope, least_squares(X, price)


def _flats_and_valley(figure, size, price, cost, highest, names):
    """Draw the flats and the valley of losses -> for each name a function that takes the weights to show."""
    chart = figure.add_axes([0.09, 0.15, 0.41, 0.81])
    ends = np.array([0, 1.05 * size.max()])
    chart.set(xlim=ends, ylim=(0, 1.08 * price.max()), xlabel="size (m²)", ylabel="price (k€)")
    chart.plot(size, price, "o", color=BLUE, markersize=8)
    valley = figure.add_axes([0.62, 0.15, 0.36, 0.81])
    every_w = np.linspace(0, highest, 200)
    heights = np.array([cost(np.array([w])) for w in every_w])
    valley.set(xlim=(0, highest), ylim=(0, heights.max()), xlabel="w: price per m² (k€)", ylabel="loss")
    valley.plot(every_w, heights, color=GREY)

    def mover(colour, line_style, marker, name):
        (line,) = chart.plot([], [], line_style, color=colour, linewidth=3.5, label=name, animated=True)
        (trail,) = valley.plot([], [], "-", marker=marker, color=colour, markersize=6, linewidth=1, animated=True)
        (here,) = valley.plot([], [], marker, color=colour, markersize=15, markeredgecolor=BLACK, animated=True)

        def move(weights):
            line.set_data(ends, weights[-1] * ends)
            losses = [cost(np.array([w])) for w in weights]
            trail.set_data(weights, losses)
            here.set_data(weights[-1:], losses[-1:])

        return move

    movers = [mover(*style, name) for style, name in zip(((ORANGE, "-", "o"), (GREEN, "--", "s")), names)]
    chart.legend(loc="upper left")
    return movers


def kinds_of_task(picture):
    """One picture for four tasks: x goes in, f(x) comes out. Knob: task (a key of TASKS).

    picture (height, width): a drawing of a dog with ink from 0 to 1.
    """

    def build(figure):
        figure.set_size_inches(9, 2.4)
        page = figure.add_axes([0, 0, 1, 1])
        page.axis("off")
        for left, right in ((0.33, 0.42), (0.60, 0.69)):
            page.annotate("", (right, 0.4), (left, 0.4), arrowprops={"arrowstyle": "-|>", "lw": 3, "color": GREY})
        page.text(0.51, 0.4, "f(x)", fontsize=30, ha="center", va="center", bbox=_BOX | {"facecolor": "#D9ECF5"})
        page.text(0.18, 0.86, "x: what we know", fontsize=15, ha="center", color="#555555")
        page.text(0.83, 0.86, "y: what we want", fontsize=15, ha="center", color="#555555")
        (sales,) = page.plot([], [], "o-", color=BLUE, markersize=6, animated=True)
        sides = []
        for middle in (0.18, 0.83):
            place = (middle - 0.1, middle + 0.1, 0.03, 0.78)
            text = page.text(middle, 0.4, "", fontsize=18, ha="center", va="center", bbox=_BOX, animated=True)
            sides.append((text, page.imshow(1 - picture, cmap="gray", extent=place, aspect="auto", animated=True)))
        page.set(xlim=(0, 1), ylim=(0, 1))

        def update(task):
            *ends, sentence = TASKS[task]
            sales.set_data(*((np.linspace(0.08, 0.28, 12), 0.15 + 0.5 * SALES) if ends[0] == "sales" else ([], [])))
            for (text, image), what in zip(sides, ends):
                image.set_visible(what == "picture")
                text.set_visible(what not in ("picture", "sales"))
                text.set_text(what)
            return f"{task.capitalize()}: {sentence}"

        return update

    return build


SALES = np.array([0.1, 0.25, 0.2, 0.4, 0.35, 0.5, 0.45, 0.65, 0.6, 0.8, 0.7, 0.9])  # of a year, made up
# What goes in, what comes out, and both in words. The fonts that come with matplotlib lack the letters of 你好.
TASKS = {
    "forecasting": (
        "sales", "next month's\nsales",
        "from the sales of the last months to next month's sales. The answer is a number.",
    ),
    "classification": ("picture", "“dog”", "from a picture to its name, “dog”. The answer is one of a few names."),
    "generating text": (
        "Translate “ni hao”\nin English.", "“Hello”", "from “Translate 你好 (ni hao) in English” to “Hello”. "
        "The answer is new text.",
    ),
    "generating a picture": (
        "“The image\nof dog.”", "picture", "from the words “The image of dog” to a picture. The answer is new pixels.",
    ),
}  # fmt: skip


def drawings(images, labels, class_names, per_class=6, what="drawings"):
    """A sheet of drawings, one row of pairs (x, y) per class. No knobs.

    images (n, height, width) with ink from 0 to 1, labels (n,) counted from 0; what they are, for the caption.
    """
    size = images.shape[1]
    shown = [images[labels == label][:per_class].copy() for label in range(len(class_names))]  # not all of them

    def build(figure):
        columns = 2
        rows, width, height = -(-len(class_names) // columns), (per_class + 2.9) * 1.1 * size, 1.12 * size
        figure.set_size_inches(9, 9 * rows * height / (columns * width))
        page = figure.add_axes([0, 0, 1, 1])
        page.axis("off")
        for label, name in enumerate(class_names):
            left, top = width * (label // rows), height * (label % rows)
            title = name if name == str(label) else f"{label}  {name}"
            page.text(left + 2.8 * size, top + size / 2, title, fontsize=15, ha="right", va="center")
            for place, image in enumerate(shown[label]):
                x = left + (3.0 + 1.1 * place) * size
                page.imshow(1 - image, cmap="gray", extent=(x, x + size, top + size, top), aspect="auto")
        page.set(xlim=(0, columns * width), ylim=(rows * height, 0))

        def update():
            return f"{per_class} {what} of each of {len(class_names)} classes: {', '.join(class_names)}."

        return update

    return build


# What a station's number means, by the slope of the round.
_WHY = {
    "guess": lambda slope: "",
    "compare": lambda slope: " k€²",
    "slope": lambda slope: (
        f", {'below 0, so the loss falls to the right' if slope < 0 else 'above 0, so it falls to the left'}"
    ),
    "step": lambda slope: f", w {'grows' if slope < 0 else 'shrinks'}",
}


def training_loop(size, price, learning_rate=5e-5, start=0.2):
    """The four stations of training with their numbers: guess, compare, slope, step. Knob: station.

    size (n,) in m², price (n,) in k€. Four stations make one round; the next round starts from the new w.
    """
    cost, slope, _ = _valley(size, price)
    names = ("guess", "compare", "slope", "step")
    places = ((0.25, 0.76), (0.75, 0.76), (0.75, 0.26), (0.25, 0.26))

    def build(figure):
        figure.set_size_inches(9, 3.4)
        page = figure.add_axes([0, 0, 1, 1])
        page.set(xlim=(0, 1), ylim=(0, 1))
        page.axis("off")
        arrow = {"arrowstyle": "-|>", "lw": 3, "color": GREY}
        for tail, head in (((0.43, 0.76), (0.57, 0.76)), ((0.75, 0.63), (0.75, 0.43)),
                           ((0.57, 0.26), (0.43, 0.26)), ((0.25, 0.43), (0.25, 0.63))):  # fmt: skip
            page.annotate("", head, tail, arrowprops=arrow)
        boxes = [
            FancyBboxPatch((x - 0.17, y - 0.12), 0.34, 0.27, boxstyle="round,pad=0,rounding_size=0.03")
            for x, y in places
        ]
        for box, (x, y), name in zip(boxes, places, names):
            box.set(facecolor="white", edgecolor=GREY, linewidth=1.5)
            page.add_patch(box)
            page.text(x, y + 0.08, name, fontsize=17, ha="center", va="center", fontweight="bold")
        frame = FancyBboxPatch((0, 0), 0.34, 0.27, boxstyle="round,pad=0,rounding_size=0.03", animated=True)
        frame.set(facecolor="none", edgecolor=ORANGE, linewidth=6)
        page.add_patch(frame)
        texts = [page.text(x, y - 0.05, "", fontsize=15, ha="center", va="center", animated=True) for x, y in places]

        def update(station):
            rounds, now = divmod(station, 4)
            path = descend(slope, [start], learning_rate, rounds + 1)
            w, new = path[rounds], path[rounds + 1]
            lines = (
                f"price = {w[0]:.3f} · size",
                f"loss = {cost(w):,.1f}",
                f"dL/dw = {slope(w)[0]:,.1f}",
                f"w: {w[0]:.3f} → {new[0]:.3f}",
            )
            for place, (text, line) in enumerate(zip(texts, lines)):
                text.set_text(line if place <= now else "…")
            x, y = places[now]
            frame.set_bounds(x - 0.17, y - 0.12, 0.34, 0.27)
            return f"Round {rounds + 1}, {names[now]}: {lines[now]}{_WHY[names[now]](slope(w)[0])}."

        return update

    return build


def memory(names, needs, offers):
    """What models need beside the memory that their devices have, on one logarithmic scale. No knobs.

    names (m,) of the rows; needs and offers: dictionaries from the kind of memory ("activations", "weights") to the
    bytes of each row, needed by the model and had by the device.
    """

    def build(figure):
        figure.set_size_inches(9, 3.4)
        chart = figure.add_axes([0.29, 0.18, 0.69, 0.60])
        places = np.arange(len(names))
        chart.set(xlim=(1e5, 1e13), ylim=(len(names) - 0.4, -0.6), xscale="log")
        chart.set_xlabel("bytes (each grid line: ten times more)")
        chart.set_yticks(places, names)
        ticks = {1e6: "1 MB", 1e9: "1 GB", 1e12: "1 TB"}
        chart.set_xticks(list(ticks), list(ticks.values()))
        chart.set_xticks(10.0 ** np.arange(5, 14), minor=True, labels=[""] * 9)
        chart.grid(axis="x", which="both", color="#DDDDDD")
        for (kind, marker, colour), shift in zip((("activations", "o", BLUE), ("weights", "s", ORANGE)), (-0.16, 0.16)):
            rows = places + shift
            for need, offer, row in zip(needs[kind], offers[kind], rows):
                chart.plot([need, offer], [row, row], ":", color=colour, linewidth=1.5)
            look = {"color": colour, "markeredgewidth": 2}
            chart.plot(needs[kind], rows, marker, markersize=8, **look, label=f"{kind}: the model needs")
            # Larger, so that it is seen around a filled mark at nearly the same place.
            chart.plot(offers[kind], rows, marker, markersize=16, **look, fillstyle="none", label="the device has")
        chart.legend(loc="lower center", bbox_to_anchor=(0.36, 1), ncols=2)

        def update():
            first, last = (offers["activations"][row] / needs["activations"][row] for row in (0, -1))
            return (
                f"{names[0]}: the device has {first:,.0f} times the memory that the model's activations need; "
                f"{names[-1]}: {last:.1f} times."
            )

        return update

    return build


# A reason, what is counted, two cases with their numbers, and the source. 0.0058 petaflop/s-days are 5e17 operations.
REASONS = {
    "computing power": (
        "operations to train the model", ("AlexNet, 2012", 5.0e17), ("GPT-3, 2020", 3.14e23), "more",
        "OpenAI, AI and Compute, 2018; Brown et al., 2020",
    ),
    "better architectures": (
        "weights for about 71 % right on ImageNet", ("VGG-16, 2014", 138e6), ("MobileNet, 2017", 4.2e6), "fewer",
        "Howard et al., 2017",
    ),
    "open pre-trained models": (
        "weights of a text model that anyone can download", ("GPT-2, 2019", 1.5e9), ("BLOOM, 2022", 176e9), "more",
        "Radford et al., 2019; BigScience, 2022",
    ),
    "better training": (
        "training steps to about 72 % right on ImageNet", ("Inception", 31.0e6), ("with batch normalisation", 2.1e6),
        "fewer", "Ioffe and Szegedy, 2015",
    ),
}  # fmt: skip


def reasons_for_now():
    """The four reasons why AI left the laboratory, each with two numbers on a logarithmic scale. Knob: reason."""

    def build(figure):
        figure.set_size_inches(9, 2.4)
        chart = figure.add_axes([0.26, 0.28, 0.66, 0.54])
        chart.set(xlim=(1e5, 1e25), ylim=(1.6, -0.6), xscale="log", yticks=[])
        chart.set_xticks(10.0 ** np.arange(6, 25, 3), ["million", "billion", "10¹²", "10¹⁵", "10¹⁸", "10²¹", "10²⁴"])
        chart.grid(axis="x", color="#DDDDDD")
        dots = [
            chart.plot([], [], mark, color=c, markersize=18, animated=True)[0]
            for mark, c in (("o", GREY), ("D", ORANGE))
        ]
        labels = [chart.text(7e4, place, "", ha="right", va="center", fontsize=13, animated=True) for place in (0, 1)]
        title = figure.text(0.59, 0.9, "", ha="center", fontsize=14, animated=True)

        def update(reason):
            counted, *cases, direction, source = REASONS[reason]
            for place, (dot, label, (name, count)) in enumerate(zip(dots, labels, cases)):
                dot.set_data([count], [place])
                label.set_text(name)
            title.set_text(counted)
            (first, before), (second, after) = cases
            times = max(before, after) / min(before, after)
            return (
                f"{reason.capitalize()}: {second} against {first}, {times:,.0f} times {direction} {counted} ({source})."
            )

        return update

    return build


def face(eyes_apart, mouth, size=28):
    """A face of size × size pixels with ink from 0 to 1: eyes so far apart (in pixels), a mouth from −1 (sad) to 1."""
    down, across = np.mgrid[:size, :size] - (size - 1) / 2
    outline = np.abs(np.hypot(down, across) - 9.5) < 0.7
    eyes = np.hypot(down + 3, np.abs(across) - eyes_apart / 2) < 1.3
    lips = (np.abs(down - 4 + mouth * (across**2 / 8 - 1)) < 0.8) & (np.abs(across) < 4.6)
    return (outline | eyes | lips).astype(float)


def measures(picture):
    """Three numbers that do not ask where a drawing stands: its ink, its width and its height in pixels."""
    rows, columns = (np.flatnonzero(picture.max(axis=axis) > 0.2) for axis in (1, 0))
    return {"ink": float(picture.sum()), "width": int(np.ptp(columns)) + 1, "height": int(np.ptp(rows)) + 1}


def representations(pictures, room=4):
    """A picture as pixels, and as the few numbers that describe it: what changes when it moves? Knobs: picture, moved.

    pictures: dictionary from a name to (picture (28, 28), say, with ink from 0 to 1, its numbers as a dictionary);
    room: so many pixels are added on every side to move in.
    """

    def build(figure):
        figure.set_size_inches(9, 3)
        page = figure.add_axes([0, 0, 1, 1])
        page.axis("off")
        size = next(iter(pictures.values()))[0].shape[0] + 2 * room
        image = page.imshow(np.zeros((size, size)), cmap="gray", vmin=0, vmax=1, extent=(0.06, 0.34, 0.04, 0.88),
                            aspect="auto", animated=True)  # fmt: skip
        page.text(0.2, 0.93, f"{size} × {size} pixels", ha="center", fontsize=15, color="#555555")
        page.text(0.75, 0.93, "its representation", ha="center", fontsize=15, color="#555555")
        page.annotate("", (0.55, 0.46), (0.4, 0.46), arrowprops={"arrowstyle": "-|>", "lw": 3, "color": GREY})
        numbers = page.text(0.75, 0.46, "", fontsize=18, ha="center", va="center", bbox=_BOX, animated=True)
        page.set(xlim=(0, 1), ylim=(0, 1))

        def update(picture, moved):
            still, described = pictures[picture]
            still = np.pad(still, room)
            now = np.roll(still, moved, axis=1)
            image.set_data(1 - now)
            words = [f"{name} {value:.3g}" for name, value in described.items()]
            numbers.set_text("\n".join(words))
            changed = int((np.abs(now - still) > 0.2).sum())
            return representation_in_words(picture, moved, changed, now.size, words)

        return update

    return build


def representation_in_words(picture, moved, changed, size, words):
    """One sentence: how many pixels a move changes, and that the numbers in words stay what they are."""
    side = "right" if moved > 0 else "left"
    where = f"{picture.capitalize()}, {f'moved {side} by {abs(moved)}' if moved else 'in its place'}"
    return f"{where}: {changed} of {size:,} pixels differ; its representation stays {', '.join(words)}."
