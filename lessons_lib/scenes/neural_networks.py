"""Pictures of neural networks: a neuron, layers, features by hand and learned, a playground, functions from bumps.

Each function takes its data and returns a scene: build(figure) -> update(**knobs) -> caption. What a run did is a
NamedTuple of plain numbers, and a function beside it says it in words.
"""

from typing import NamedTuple

import numpy as np

from lessons_lib.maths.checks import overflow_is_quiet
from lessons_lib.maths.neural_networks import (
    ACTIVATIONS,
    bump_network,
    forward,
    gradient,
    initialise,
    layer_outputs,
    loss,
    predict,
    slope_from_output,
    squared_error,
    squared_error_gradient,
    step,
)
from lessons_lib.scenes.drawing import (
    AGAINST_AND_FOR,
    BLACK,
    BLUE,
    CLASS_STYLES,
    GREEN,
    GREY,
    ORANGE,
    PALE,
    SOFT_DIVIDE,
)
from lessons_lib.scenes.words import number, plural, steps

_STEPS = 10  # steps of descent in one round
_CELLS = 90  # cells of a map along each side
_SIDE = _CELLS // 3  # the same in the small map of a unit
_REACH = 1.25
_ROOF = 1.98  # of a chart of losses that ends at 2 nats
_ACROSS = np.linspace(-_REACH, _REACH, _CELLS)
_PLANE = np.column_stack([part.ravel() for part in np.meshgrid(_ACROSS, _ACROSS)])


def _remembered_training(loss, gradient):
    """Training in rounds of ten steps that remembers its last eight runs.

    loss(layers, X, y, activation) and gradient likewise -> run(key, layers, training, validation, activation,
    learning_rate, rounds) -> (layers after the last round, losses (rounds + 1, 2) of training and validation), where
    both are (X, y) and a new key says that something else than rounds has changed. More rounds go on from there.
    """
    runs = {}

    @overflow_is_quiet
    def run(key, layers, training, validation, activation, learning_rate, rounds):
        if (key, learning_rate) not in runs:
            if len(runs) == 8:
                del runs[next(iter(runs))]
            runs[key, learning_rate] = [layers], [[loss(layers, *part, activation) for part in (training, validation)]]
        states, losses = runs[key, learning_rate]
        while len(states) <= rounds:
            layers = states[-1]
            for _ in range(_STEPS):
                layers = step(layers, gradient(layers, *training, activation), learning_rate)
            states.append(layers)
            losses.append([loss(layers, *part, activation) for part in (training, validation)])
        return states[rounds], np.array(losses[: rounds + 1])

    return run


def _dealt(samples):
    """The points of a data set and which of them are for validation: the last quarter -> (X, y, which)."""
    if len(samples.y) < 4:
        raise ValueError(
            f"the last quarter of the points is for validation, so 4 are needed; there are {len(samples.y)}."
        )
    return samples.X, samples.y, np.arange(len(samples.y)) >= 0.75 * len(samples.y)


def _map_of_classes(axes, names=("x₁", "x₂"), reach=_REACH):
    """Prepare a plane with a region and points per class -> show(chosen class per cell, X, y, which are hollow)."""
    axes.set(xlim=(-reach, reach), ylim=(-reach, reach))
    axes.set_xlabel(names[0], labelpad=0)
    axes.set_ylabel(names[1], labelpad=-4)
    shade = axes.imshow(np.zeros((_CELLS, _CELLS)), extent=(-reach, reach, -reach, reach), origin="lower",
                        aspect="auto", cmap=PALE, vmin=0, vmax=3, interpolation="none", animated=True)  # fmt: skip
    filled, hollow = (
        [axes.plot([], [], marker, color=colour, markersize=6, markerfacecolor=face or colour, animated=True)[0]
         for colour, marker in CLASS_STYLES] for face in (None, "white"))  # fmt: skip

    def show(chosen, X, y, held_out):
        shade.set_data(chosen.reshape(_CELLS, _CELLS))
        for label, (full, open_) in enumerate(zip(filled, hollow)):
            full.set_data(*X[(y == label) & ~held_out].T)
            open_.set_data(*X[(y == label) & held_out].T)

    return show


def _losses_of_both(axes, max_rounds):
    """Prepare axes for the loss of training and validation per step -> show(losses (rounds + 1, 2))."""
    axes.set(xlim=(0, max_rounds * _STEPS), ylim=(0, 2), ylabel="loss (nats)")
    axes.set_xlabel("step", labelpad=0)
    styles = (("-", BLUE, "training"), ("--", ORANGE, "validation"))
    lines = [axes.plot([], [], style, color=colour, label=name, animated=True)[0] for style, colour, name in styles]
    axes.legend(loc="lower center", bbox_to_anchor=(0.45, 1), ncols=2, columnspacing=1, handlelength=1.6)

    def show(losses):
        drawn = np.clip(np.nan_to_num(losses, nan=10, posinf=10), 0, _ROOF)  # beyond the chart it runs along its roof
        for line, values in zip(lines, drawn.T):
            line.set_data(np.arange(len(values)) * _STEPS, values)

    return show


class _Trained(NamedTuple):
    """What training a classifier did up to a round."""

    n_steps: int
    learning_rate: float
    first: float  # the training loss at the start, and now that of training and of validation
    loss: float
    validation_loss: float
    right: tuple  # the shares of right points in training and in validation


def _trained(layers, losses, parts, activation, learning_rate):
    right = tuple(np.mean(predict(layers, X, activation) == y) for X, y in parts)
    return _Trained((len(losses) - 1) * _STEPS, learning_rate, losses[0, 0], *losses[-1], right)


def _when(run):
    return f"After {steps(run.n_steps)} of learning rate {run.learning_rate:.3g}"


def _told(run):
    if not np.isfinite(run.first):
        return "The loss is not a number from the start: look for a nan or inf among the points."
    if not np.isfinite([run.loss, run.validation_loss]).all():
        return f"{_when(run)} the loss is no longer a number: the steps were too large."
    where = " (above the chart)" if run.loss > 2 else ", above the start" if run.loss > run.first else ""
    return (
        f"{_when(run)}: loss {number(run.loss)} nats in training{where}, {number(run.validation_loss)} "
        f"in validation; {run.right[0]:.0%} and {run.right[1]:.0%} of the points are right."
    )


def neuron(x=(0.8, -0.4)):
    """One neuron with two inputs: its output over the plane, and the curve and slope of its activation.

    x (2,): the point that is followed. Knobs: w_1, w_2, b, activation (the name of one).
    """

    def build(figure):
        show_plane = _plane_of_a_neuron(figure.add_axes([0.08, 0.13, 0.38, 0.74]), x)
        show_curve = _curve_of_an_activation(figure.add_axes([0.57, 0.13, 0.41, 0.74]))

        def update(w_1, w_2, b, activation):
            phi, z = ACTIVATIONS[activation], x[0] * w_1 + x[1] * w_2 + b
            show_plane(np.array([w_1, w_2]), b, activation)
            show_curve(z, activation)
            return _neuron_told(z, float(phi(z)), float(slope_from_output(phi, phi(z))), activation)

        return update

    return build


def _plane_of_a_neuron(chart, x):
    """Prepare the plane of two inputs -> show(w, b, activation): the output, the line z = 0 and w's direction."""
    chart.set(xlim=(-_REACH, _REACH), ylim=(-_REACH, _REACH), title="output a over the plane")
    chart.set_xlabel("x₁", labelpad=0)
    chart.set_ylabel("x₂", labelpad=-4)
    shade = chart.imshow(np.zeros((_CELLS, _CELLS)), extent=(-_REACH, _REACH, -_REACH, _REACH), origin="lower",
                         cmap=SOFT_DIVIDE, vmin=-1, vmax=1, aspect="auto", animated=True)  # fmt: skip
    (border,) = chart.plot([], [], color=BLACK, linewidth=2, animated=True)
    (arrow,) = chart.plot([], [], color=GREEN, linewidth=4, animated=True)
    chart.plot(*x, "o", color=ORANGE, markersize=13, markeredgecolor=BLACK, animated=True)

    def show(w, b, activation):
        output = ACTIVATIONS[activation](_PLANE @ w + b)
        shade.set_data((2 * output - 1 if activation == "sigmoid" else output).reshape(_CELLS, _CELLS))
        length = np.linalg.norm(w)
        if length == 0:
            border.set_data([], [])
            arrow.set_data([], [])
            return
        foot, along = -b * w / length**2, np.array([-w[1], w[0]]) / length
        border.set_data(*np.array([foot - 9 * along, foot + 9 * along]).T)
        ahead, aside = 0.4 * w / length, 0.07 * along
        tip = foot + ahead
        arrow.set_data(*np.array([foot, tip, foot + 0.8 * ahead + aside, tip, foot + 0.8 * ahead - aside]).T)

    return show


def _curve_of_an_activation(axes):
    """Prepare axes for an activation and its slope -> show(z, activation), which puts the dot at z."""
    z_axis = np.linspace(-6, 6, 121)
    axes.set(xlim=(-6, 6), ylim=(-1.2, 2.2))
    axes.set_xlabel("z = w₁x₁ + w₂x₂ + b", labelpad=0)
    axes.axhline(0, color=GREY, linewidth=1)
    (curve,) = axes.plot([], [], color=BLUE, label="activation φ(z)", animated=True)
    (slopes,) = axes.plot([], [], "--", color=BLACK, label="its slope φ′(z)", animated=True)
    (dot,) = axes.plot([], [], "o", color=ORANGE, markersize=13, markeredgecolor=BLACK, animated=True)
    axes.legend(loc="lower center", bbox_to_anchor=(0.45, 1), ncols=2, columnspacing=1, handlelength=1.6)

    def show(z, activation):
        phi = ACTIVATIONS[activation]
        curve.set_data(z_axis, phi(z_axis))
        steep = slope_from_output(phi, phi(z_axis))
        # A jump is no slant: a nan lifts the pen where ReLU's slope leaps from 0 to 1.
        slopes.set_data(z_axis, np.where((activation == "relu") & (z_axis == 0), np.nan, steep))
        dot.set_data([np.clip(z, -6, 6)], [np.clip(phi(z), -1.2, 2.2)])

    return show


def _neuron_told(z, a, slope, activation):
    beyond = " (beyond the chart)" if abs(z) > 6 or a > 2.2 else ""
    now = f"At the orange point z = {z + 0.0:.2f}{beyond}; the output is {a:.3f}"
    if activation == "relu" and z == 0:
        return f"{now}, and the curve has its corner there: slope 0 to the left, 1 to the right."
    flat = " It is flat here: a small change of the weights hardly changes the output." if slope < 0.01 else ""
    return f"{now}, the slope there {slope:.3f}.{flat}"


def network(n_inputs=2, n_classes=3, most_layers=4, most_units=8):
    """A fully connected network drawn: units as circles, a line for every weight, the shape of every W.

    Knobs: hidden_layers from 0 to most_layers, units (in each of them) from 1 to most_units.
    """

    def build(figure):
        axes = figure.add_axes([0.01, 0.02, 0.98, 0.96])
        axes.axis("off")
        axes.set(xlim=(-0.6, most_layers + 1.6), ylim=(-0.85, most_units + 0.1))
        (edges,) = axes.plot([], [], color="#9DB7CC", linewidth=1.3, animated=True)
        styles = ((GREEN, "s"), (BLUE, "o"), (ORANGE, "D"))
        dots = [axes.plot([], [], marker, color=colour, markersize=19, markeredgecolor=BLACK, animated=True)[0]
                for colour, marker in styles]  # fmt: skip
        labels = [axes.text(0, -0.75, "", ha="center", fontsize=14, animated=True) for _ in range(2 * most_layers + 3)]

        def update(hidden_layers, units):
            sizes = [n_inputs, *[units] * hidden_layers, n_classes]
            xs = np.linspace(0, most_layers + 1, len(sizes))
            ys = [np.arange(size) - (size - 1) / 2 + (most_units - 1) / 2 for size in sizes]
            gaps = zip(xs, xs[1:], ys, ys[1:])
            lines = [
                [(x, a), (x_next, b), (np.nan, np.nan)] for x, x_next, here, there in gaps for a in here for b in there
            ]
            edges.set_data(*np.concatenate(lines).T)
            groups = ([0], range(1, len(sizes) - 1), [len(sizes) - 1])
            for dot, columns in zip(dots, groups):
                points = [(xs[column], height) for column in columns for height in ys[column]]
                dot.set_data(*np.reshape(points, (-1, 2)).T)
            where = [*((xs[0], "x"),), *((x, f"layer {k}") for k, x in enumerate(xs[1:-1], 1)), (xs[-1], "scores")]
            for label in labels:
                label.set_text("")
            for label, (x, text) in zip(labels, where):
                label.set_position((x, -0.75))
                label.set_text(text)
            return _network_told(sizes)

        return update

    return build


def _network_told(sizes):
    shapes = [(n_out, n_in) for n_in, n_out in zip(sizes, sizes[1:])]
    told = ", ".join(f"W{'₀₁₂₃₄₅₆₇₈₉'[k]} {shape}" for k, shape in enumerate(shapes, 1))
    weights, biases = sum(n_out * n_in for n_out, n_in in shapes), sum(sizes[1:])
    return f"{told}: {weights} weights (lines) and {biases} biases, {weights + biases} parameters."


_FEATURES = {
    "x₁ and x₂": ((), lambda X: X),
    "x₁, x₂ and x₁² + x₂²": ((), lambda X: np.column_stack([X, (X**2).sum(axis=1)])),
    "a network finds its own": ((4,), lambda X: X),
}


def features(samples, max_rounds=80, seed=0):
    """Features by hand against features learned: regions while training, and the loss of training and validation.

    samples: a data set with X (n, 2) and y (n,); the last quarter is for validation. Knobs: features (one of
    `FEATURES`), learning_rate, rounds of ten steps.
    """
    X, y, held_out = _dealt(samples)
    run = _remembered_training(loss, gradient)

    def build(figure):
        show_map = _map_of_classes(figure.add_axes([0.08, 0.13, 0.40, 0.82]))
        show_losses = _losses_of_both(figure.add_axes([0.60, 0.13, 0.37, 0.74]), max_rounds)

        @overflow_is_quiet
        def update(features, learning_rate, rounds):
            hidden, made = _FEATURES[features]
            F = made(X)
            start = initialise((F.shape[1], *hidden, int(y.max()) + 1), np.random.default_rng(seed))
            parts = [(F[rows], y[rows]) for rows in (~held_out, held_out)]
            layers, losses = run(features, start, *parts, "tanh", learning_rate, rounds)
            show_map(predict(layers, made(_PLANE), "tanh"), X, y, held_out)
            show_losses(losses)
            return _told(_trained(layers, losses, parts, "tanh", learning_rate))

        return update

    return build


FEATURES = tuple(_FEATURES)


def playground(samples, max_rounds=80, seed=0, most_layers=3, most_units=8):
    """A network in training: the map of every hidden unit, the regions, the loss of training and validation.

    samples(shape, classes) -> a data set with X (n, 2) and y (n,); the last quarter is for validation.
    Knobs: shape, classes, hidden_layers, units (in each), activation (a name), learning_rate, rounds of ten steps.
    """
    run = _remembered_training(loss, gradient)

    def build(figure):
        figure.set_size_inches(9, 4.6)
        gallery = figure.add_axes([0.01, 0.02, 0.245, 0.88])
        gallery.axis("off")
        rows, columns = most_units * (_SIDE + 3), most_layers * (_SIDE + 9)
        gallery.set(xlim=(0, columns), ylim=(rows, 0))
        sheet = gallery.imshow(np.zeros((rows, columns)), extent=(0, columns, rows, 0), cmap=AGAINST_AND_FOR, vmin=-1,
                               vmax=1, aspect="auto", animated=True)  # fmt: skip
        gallery.plot(*_frames(most_layers, most_units), color="#DDDDDD", linewidth=1)
        for column in range(most_layers):
            gallery.text((column + 0.5) * (_SIDE + 9), -6, f"layer {column + 1}", ha="center", fontsize=13)
        show_map = _map_of_classes(figure.add_axes([0.32, 0.12, 0.34, 0.78]))
        show_losses = _losses_of_both(figure.add_axes([0.75, 0.12, 0.225, 0.78]), max_rounds)

        @overflow_is_quiet
        def update(shape, classes, hidden_layers, units, activation, learning_rate, rounds):
            X, y, held_out = _dealt(samples(shape, classes))
            parts = [(X[rows], y[rows]) for rows in (~held_out, held_out)]
            sizes = (2, *[units] * hidden_layers, classes)
            start = initialise(sizes, np.random.default_rng(seed))
            key = (shape, sizes, activation)
            layers, losses = run(key, start, *parts, activation, learning_rate, rounds)
            outputs = layer_outputs(layers, _PLANE, activation)
            show_map(predict(layers[-1:], outputs[-1], activation), X, y, held_out)
            show_losses(losses)
            sheet.set_data(_gallery(outputs[1:], activation, (rows, columns)))
            straight = " Without a hidden layer every border is straight." if hidden_layers == 0 else ""
            return _told(_trained(layers, losses, parts, activation, learning_rate)) + straight

        return update

    return build


def _frames(most_layers, most_units):
    """The outlines of all the places of a gallery, as one line with gaps."""
    corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0), (np.nan, np.nan)]) * (_SIDE + 2)
    places = [
        (column * (_SIDE + 9) + 4, row * (_SIDE + 3)) for column in range(most_layers) for row in range(most_units)
    ]
    return np.concatenate([corners + place for place in places]).T


def _gallery(outputs, activation, shape):
    """The map of every hidden unit on one sheet: a column per layer, a row per unit."""
    sheet = np.zeros(shape)
    for column, output in enumerate(outputs):
        for row, unit in enumerate(output.T):
            picture = unit.reshape(_CELLS, _CELLS)[::-3, ::3]
            if activation == "sigmoid":
                picture = 2 * picture - 1
            elif activation == "relu":
                picture = picture / (np.nanmax(picture, initial=0) or 1)
            top, left = row * (_SIDE + 3), column * (_SIDE + 9) + 4
            # A frame, so that a unit whose output is 0 everywhere is seen to be there.
            sheet[top : top + _SIDE + 2, left : left + _SIDE + 2] = -0.5
            sheet[top + 1 : top + _SIDE + 1, left + 1 : left + _SIDE + 1] = np.clip(np.nan_to_num(picture), -1, 1)
    return sheet


def extractor_and_classifier(samples, max_rounds=80, seed=0):
    """Feature extractor and classifier drawn apart: the plane of the data, and that of the last hidden layer.

    samples(shape) -> a data set with X (n, 2) and y (n,); the last quarter is for validation. The network is
    2 → 8 → 2 → classes, all tanh, so that its last hidden layer is a plane, too.
    Knobs: shape, learning_rate, rounds of ten steps.
    """
    run = _remembered_training(loss, gradient)
    lines = np.linspace(-1, 1, 9)
    along = np.append(np.linspace(-1, 1, 41), np.nan)
    mesh = np.concatenate(
        [np.column_stack(pair) for line in lines for pair in ((np.full(42, line), along), (along, np.full(42, line)))]
    )

    def build(figure):
        show_data = _map_of_classes(figure.add_axes([0.08, 0.13, 0.40, 0.76]))
        show_made = _map_of_classes(figure.add_axes([0.58, 0.13, 0.40, 0.76]), ("feature a₁", "feature a₂"))
        figure.text(0.28, 0.93, "the data's own plane", ha="center", fontsize=15)
        figure.text(0.78, 0.93, "the last hidden layer's plane", ha="center", fontsize=15)
        nets = [axes.plot([], [], color=GREY, linewidth=0.8, animated=True)[0] for axes in figure.axes]

        @overflow_is_quiet
        def update(shape, learning_rate, rounds):
            X, y, held_out = _dealt(samples(shape))
            parts = [(X[rows], y[rows]) for rows in (~held_out, held_out)]
            start = initialise((2, 8, 2, int(y.max()) + 1), np.random.default_rng(seed))
            layers, losses = run(shape, start, *parts, "tanh", learning_rate, rounds)
            show_data(predict(layers, _PLANE, "tanh"), X, y, held_out)
            show_made(predict(layers[-1:], _PLANE, "tanh"), layer_outputs(layers, X, "tanh")[-1], y, held_out)
            for net, places in zip(nets, (mesh, layer_outputs(layers, mesh, "tanh")[-1])):
                net.set_data(*places.T)
            return _apart_told(shape, _trained(layers, losses, parts, "tanh", learning_rate))

        return update

    return build


def _apart_told(shape, run):
    if not np.isfinite([run.first, run.loss, run.validation_loss]).all():
        return _told(run)
    return (
        f"{shape.capitalize()}: {_when(run).lower()} the loss is {number(run.loss)} nats, and {run.right[0]:.0%} "
        f"of the training and {run.right[1]:.0%} of the validation points lie on their side of the straight border."
    )


def _function_axes(axes, x, target):
    if np.shape(target) != x.shape or not np.isfinite(target).all():
        raise ValueError("f needs to return an array with one finite number for every x of the view.")
    reach = 1.6 * (np.abs(target).max() or 1)
    axes.set(xlim=(x[0], x[-1]), ylim=(-reach, reach))
    axes.set_xlabel("x", labelpad=0)
    axes.plot(x, target, "--", color=BLACK, label="f, to be built")


def many_units(f, view, most_units=100):
    """A function built by a rule, each unit a stair up or down, and its error against the number of units.

    f: array -> array, view (left, right). Knobs: n_units from 1 to most_units, steepness of every sigmoid, in
    1 / (width of a stair), epsilon (ε, the tolerance of the theorem).
    """
    x, every = np.linspace(*view, 501), np.unique(np.geomspace(1, most_units, 22).round())
    target = f(x)
    memory = {}

    def worst(n_units, steepness):
        made = forward(bump_network(f, view, int(n_units), steepness), x[:, np.newaxis], "sigmoid")[:, 0]
        return made, np.abs(made - target).max()

    def build(figure):
        axes = figure.add_axes([0.08, 0.13, 0.46, 0.74])
        _function_axes(axes, x, target)
        (band,) = axes.plot([], [], ":", color=GREY, linewidth=1.5, label="f ± ε", animated=True)
        (line,) = axes.plot([], [], color=ORANGE, label="the network", animated=True)
        axes.legend(loc="lower center", bbox_to_anchor=(0.47, 1), ncols=3, columnspacing=1, handlelength=1.5)
        errors = figure.add_axes([0.66, 0.13, 0.31, 0.74])
        errors.set(xlim=(0.9, most_units * 1.1), ylim=(1e-3, 3), xscale="log", yscale="log", title="largest error")
        errors.set_xlabel("units", labelpad=0)
        (curve,) = errors.plot([], [], color=BLUE, animated=True)
        (tolerance,) = errors.plot([], [], ":", color=GREY, animated=True)
        (dot,) = errors.plot([], [], "o", color=ORANGE, markersize=12, markeredgecolor=BLACK, animated=True)

        def update(n_units, steepness, epsilon):
            if memory.get("of") != steepness:
                memory.update(of=steepness, errors=np.array([worst(n, steepness)[1] for n in every]))
            made, error = worst(n_units, steepness)
            line.set_data(x, made)
            band.set_data(*np.column_stack([(*x, np.nan, *x), (*(target - epsilon), np.nan, *(target + epsilon))]).T)
            curve.set_data(every, memory["errors"])
            tolerance.set_data([0.5, 2 * most_units], [epsilon, epsilon])
            dot.set_data([n_units], [error])
            return _many_units_told(n_units, error, epsilon, len(x))

        def guesses(steepness, epsilon, **_):
            enough = (n for n in range(1, most_units + 1) if worst(n, steepness)[1] <= epsilon)
            return {"n_units": ("How few units come within ε of f?", next(enough, None))}

        update.guesses = guesses
        return update

    return build


def _many_units_told(n_units, error, epsilon, n_points):
    kept = "within" if error <= epsilon else "not within"
    return (
        f"{plural(n_units, 'unit')}, set by hand: on {n_points} points at worst {number(error)} away from f, {kept} "
        f"ε = {epsilon:.3g} there."
    )


class _Fitted(NamedTuple):
    """What descent on a function did up to a round, beside the network set by hand."""

    n_units: int
    n_steps: int
    learning_rate: float
    first: float
    last: float
    by_hand: float
    grows: bool  # the last round made the loss larger, or no number any more


def _fitted(n_units, losses, by_hand, learning_rate):
    grows = not np.isfinite(losses[-1]) or len(losses) > 1 and bool(losses[-1] > losses[-2])
    return _Fitted(n_units, (len(losses) - 1) * _STEPS, learning_rate, losses[0], losses[-1], by_hand, grows)


def _fitted_told(run):
    units = plural(run.n_units, "unit")
    if not np.isfinite(run.last):
        return f"{units}: {_when(run).lower()} the loss is no number any more: the steps were too large."
    now = f"{units}: {_when(run).lower()}"
    leap = f", above the first ({number(run.first)}) and {'growing' if run.grows else 'falling again'}"
    leap = leap if run.last > run.first else ""
    lower = "descent is lower" if run.last < run.by_hand else "the hand is lower"
    return f"{now} the loss is {number(run.last)}{leap}; by hand it is {number(run.by_hand)}: {lower}."


def trained_units(f, view, max_rounds=100, seed=0, steepness=4):
    """A network of one hidden layer trained by descent from a random start, beside the one set by hand.

    f: array -> array, view (left, right). Knobs: n_units, learning_rate, rounds of ten steps.
    """
    x = np.linspace(*view, 81)[:, np.newaxis]
    target = f(x[:, 0])
    run = _remembered_training(squared_error, squared_error_gradient)

    def build(figure):
        axes = figure.add_axes([0.08, 0.13, 0.46, 0.74])
        _function_axes(axes, x[:, 0], target)
        styles = ((GREEN, "-.", "by hand"), (ORANGE, "-", "trained"))
        by_hand, trained = (axes.plot([], [], style, color=colour, label=name, animated=True)[0]
                            for colour, style, name in styles)  # fmt: skip
        axes.legend(loc="lower center", bbox_to_anchor=(0.47, 1), ncols=3, columnspacing=1, handlelength=1.8)
        losses_axes = figure.add_axes([0.67, 0.13, 0.295, 0.74])
        losses_axes.set(xlim=(0, max_rounds * _STEPS), ylim=(1e-5, 10), yscale="log", title="loss")
        losses_axes.set_xlabel("step", labelpad=0)
        (floor,) = losses_axes.plot([], [], "-.", color=GREEN, animated=True)
        (curve,) = losses_axes.plot([], [], color=ORANGE, animated=True)

        @overflow_is_quiet
        def update(n_units, learning_rate, rounds):
            made = bump_network(f, view, n_units, steepness)
            reached = squared_error(made, x, target, "sigmoid")
            start = initialise((1, n_units, 1), np.random.default_rng(seed))
            layers, losses = run(n_units, start, (x, target), (x, target), "sigmoid", learning_rate, rounds)
            by_hand.set_data(x[:, 0], forward(made, x, "sigmoid")[:, 0])
            output = forward(layers, x, "sigmoid")[:, 0]
            edge = 0.98 * axes.get_ylim()[1]
            trained.set_data(x[:, 0], np.clip(np.nan_to_num(output, nan=1e3), -edge, edge))
            floor.set_data([0, 2 * max_rounds * _STEPS], [reached, reached])
            drawn = np.clip(np.nan_to_num(losses[:, 0], nan=9, posinf=9), 1e-9, 9)
            curve.set_data(np.arange(len(drawn)) * _STEPS, drawn)
            return _fitted_told(_fitted(n_units, losses[:, 0], reached, learning_rate))

        @overflow_is_quiet
        def judge(n_units, learning_rate, rounds):
            start = initialise((1, n_units, 1), np.random.default_rng(seed))
            last = run(n_units, start, (x, target), (x, target), "sigmoid", learning_rate, rounds)[1][-1, 0]
            return bool(last <= 0.03), -n_units, f"{plural(n_units, 'unit')}, loss {number(last)}"

        aim = "Challenge: train to a loss of 0.03 or less with the fewest units."
        update.challenges = {"fewest units": (aim, judge)}
        return update

    return build


def curves(samples, of_each=4):
    """Some curves of one class of MNIST-1D. samples: X (n, d), y (n,). Knob: shape, one of the classes."""
    X, y = samples.X, samples.y
    reach = 1.05 * np.abs(X).max()

    def build(figure):
        axes = figure.add_axes([0.07, 0.13, 0.91, 0.80])
        axes.set(xlim=(0, X.shape[1] - 1), ylim=(-reach, reach), ylabel="height")
        axes.set_xlabel("point", labelpad=0)
        lines = [axes.plot([], [], style, color=colour, animated=True)[0]
                 for style, (colour, _) in zip(("-", "--", "-.", ":"), CLASS_STYLES)]  # fmt: skip

        def update(shape):
            for line, heights in zip(lines, X[y == shape][3 : 3 + of_each]):
                line.set_data(np.arange(len(heights)), heights)
            many = np.sum(y == shape)
            return f"{min(of_each, many)} of the {many} curves of shape {shape}: shifted, stretched and noisy."

        return update

    return build
