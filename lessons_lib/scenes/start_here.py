"""Pictures of the first lesson: a price per m² by hand, the race with the machine, the loop, the data, the memory.

Each function takes its data and returns a scene: build(figure) -> update(**knobs) -> caption.
"""

import numpy as np
from matplotlib.patches import FancyBboxPatch

from lessons_lib.maths.gradient_descent import descend
from lessons_lib.maths.linear_regression import bowl, least_squares
from lessons_lib.scenes.drawing import BLACK, BLUE, GREEN, GREY, ORANGE

_BOX = {"boxstyle": "round,pad=0.6", "facecolor": "white", "edgecolor": BLACK, "linewidth": 1.5}


def price_by_hand(size, price, highest=4.0):
    """Flats as points, and the line price = w · size with its loss on the valley of all losses. Knob: price_per_m2.

    size (n,) in m², price (n,) in k€; highest: the right end of the valley in k€ per m².
    """
    cost, _, lowest = _valley(size, price)

    def build(figure):
        (move_yours,) = _flats_and_valley(figure, size, price, cost, highest, ("yours",))

        def update(price_per_m2):
            move_yours([price_per_m2])
            mine = cost(np.array([price_per_m2]))
            if mine <= 1.005 * lowest:
                return f"Loss {mine:,.0f}: you have found the bottom of the valley."
            return f"Loss {mine:,.0f} at {price_per_m2:.2f} k€ per m². Can you make it smaller?"

        return update

    return build


def race(size, price, learning_rate=5e-5, start=0.2, highest=4.0):
    """Your price per m² against the machine's, which walks down the valley step by step. Knobs: price_per_m2, step.

    size (n,) in m², price (n,) in k€; the machine starts at `start` k€ per m².
    """
    cost, slope, lowest = _valley(size, price)

    def build(figure):
        names = ("yours", "the machine's")
        move_yours, move_machine = _flats_and_valley(figure, size, price, cost, highest, names)

        def update(price_per_m2, step):
            path = descend(slope, [start], learning_rate, step)[:, 0]
            move_yours([price_per_m2])
            move_machine(path)
            mine, its = cost(np.array([price_per_m2])), cost(path[-1:])
            leader = "A draw" if abs(mine - its) < 0.001 * lowest else "You lead" if mine < its else "The machine leads"
            so_far = f"your loss {mine:,.1f}, the machine's {its:,.1f} after {step} steps"
            return f"{leader}: {so_far}. The lowest possible loss is {lowest:,.1f}."

        return update

    return build


def _valley(size, price):
    X = np.reshape(size, (-1, 1))
    cost, slope = bowl(X, price)
    return cost, slope, cost(least_squares(X, price))


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


def kinds_of_task():
    """One picture for three kinds of task: x goes in, f(x) comes out. Knob: task (forecasting, classification, ...)."""
    tasks = {
        "forecasting": ("the sales of\nthe last months", "next month's\nsales", "The answer is a number"),
        "classification": ("a picture\nof an animal", "“dog”", "The answer is one of a few names"),
        "generating": ("Translate “你好”\nin English.", "“Hello”", "The answer is new text, sound or a picture"),
    }

    def build(figure):
        figure.set_size_inches(9, 2.4)
        page = figure.add_axes([0, 0, 1, 1])
        page.set(xlim=(0, 1), ylim=(0, 1))
        page.axis("off")
        for left, right in ((0.33, 0.42), (0.60, 0.69)):
            page.annotate("", (right, 0.5), (left, 0.5), arrowprops={"arrowstyle": "-|>", "lw": 3, "color": GREY})
        page.text(0.51, 0.5, "f(x)", fontsize=30, ha="center", va="center", bbox=_BOX | {"facecolor": "#D9ECF5"})
        page.text(0.18, 0.9, "x: what we know", fontsize=15, ha="center", color="#555555")
        page.text(0.83, 0.9, "y: what we want", fontsize=15, ha="center", color="#555555")
        known = page.text(0.18, 0.45, "", fontsize=18, ha="center", va="center", bbox=_BOX, animated=True)
        wanted = page.text(0.83, 0.45, "", fontsize=18, ha="center", va="center", bbox=_BOX, animated=True)

        def update(task):
            x, y, remark = tasks[task]
            known.set_text(x.replace("你好", "ni hao"))  # the fonts that come with matplotlib lack the characters
            wanted.set_text(y)
            return f"{task.capitalize()}: from {' '.join(x.split())} to {' '.join(y.split())}. {remark}."

        return update

    return build


def drawings(images, labels, class_names, per_class=6, what="drawings"):
    """A sheet of drawings, one row of pairs (x, y) per class. No knobs.

    images (n, height, width) with ink from 0 to 1, labels (n,) counted from 0; what they are, for the caption.
    """

    def build(figure):
        columns, size = 2, images.shape[1]
        rows, width, height = -(-len(class_names) // columns), (per_class + 2.9) * 1.1 * size, 1.12 * size
        figure.set_size_inches(9, 9 * rows * height / (columns * width))
        page = figure.add_axes([0, 0, 1, 1])
        page.axis("off")
        for label, name in enumerate(class_names):
            left, top = width * (label // rows), height * (label % rows)
            title = name if name == str(label) else f"{label}  {name}"
            page.text(left + 2.8 * size, top + size / 2, title, fontsize=15, ha="right", va="center")
            for place, image in enumerate(images[labels == label][:per_class]):
                x = left + (3.0 + 1.1 * place) * size
                page.imshow(1 - image, cmap="gray", extent=(x, x + size, top + size, top), aspect="auto")
        page.set(xlim=(0, columns * width), ylim=(rows * height, 0))

        def update():
            return f"{per_class} {what} of each of {len(class_names)} classes: {', '.join(class_names)}."

        return update

    return build


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
            return f"Round {rounds + 1}, {names[now]}: {lines[now]}."

        return update

    return build


def memory(names, bytes_for_activations, bytes_for_weights):
    """Memory of three generations of models on one logarithmic scale. No knobs.

    names (m,); bytes of each for activations and for weights, in bytes.
    """

    def build(figure):
        figure.set_size_inches(9, 3.4)
        chart = figure.add_axes([0.20, 0.17, 0.76, 0.70])
        places = np.arange(len(names))
        chart.set(
            xlim=(1e5, 1e13),
            ylim=(len(names) - 0.4, -0.6),
            xscale="log",
            xlabel="bytes (each grid line: ten times more)",
        )
        chart.set_yticks(places, names)
        ticks = {1e6: "1 MB", 1e9: "1 GB", 1e12: "1 TB"}
        chart.set_xticks(list(ticks), list(ticks.values()))
        chart.set_xticks(10.0 ** np.arange(5, 14), minor=True, labels=[""] * 9)
        chart.grid(axis="x", which="both", color="#DDDDDD")
        chart.plot(bytes_for_activations, places - 0.12, "o", color=BLUE, markersize=15, label="activations")
        chart.plot(bytes_for_weights, places + 0.12, "s", color=ORANGE, markersize=15, label="weights")
        chart.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)
        times = bytes_for_activations[1] / bytes_for_activations[2]

        def update():
            return f"From {names[1]} to {names[2]} the memory for activations shrinks {times:,.0f} times."

        return update

    return build
