"""What lesson 05's captions claim, recomputed."""

import contextlib
import io
import re

import numpy as np
from captions.gradient_descent import NUMBER, close
from scipy.special import expit, log_softmax

from lessons_lib.maths.neural_networks import gradient as backpropagation
from lessons_lib.maths.neural_networks import initialise, squared_error_gradient
from lessons_lib.scenes.playground import START

PHI = {"sigmoid": expit, "tanh": np.tanh, "relu": lambda z: np.maximum(z, 0)}
SLOPE = {
    "sigmoid": lambda z: expit(z) * expit(-z),
    "tanh": lambda z: 1 / np.cosh(z) ** 2,
    "relu": lambda z: 1.0 * (z > 0),
}


def outputs(layers, X, activation):
    """The scores of a network, layer by layer."""
    for W, b in layers[:-1]:
        X = PHI[activation](X @ W.T + b)
    return X @ layers[-1][0].T + layers[-1][1]


def surprise(layers, X, y, activation):
    return -np.mean(log_softmax(outputs(layers, X, activation), axis=1)[np.arange(len(y)), y])


def right(layers, X, y, activation):
    return np.mean(outputs(layers, X, activation).argmax(axis=1) == y)


def trained(layers, gradient, X, y, activation, rate, n_steps):
    """Plain descent with the library's slopes: far above every limit a walk is chaotic, and other sums lead elsewhere."""
    with np.errstate(all="ignore"):
        for _ in range(n_steps):
            slopes = gradient(layers, X, y, activation)
            layers = [(W - rate * dW, b - rate * db) for (W, b), (dW, db) in zip(layers, slopes)]
    return layers


def dealt(samples, made=lambda X: X):
    cut = -(-3 * len(samples.y) // 4)
    return (made(samples.X[:cut]), samples.y[:cut]), (made(samples.X[cut:]), samples.y[cut:])


def whole_percent(text, share):
    assert abs(float(text) - 100 * share) <= 0.5001, f"{text}% is said, {100 * share}% is true"


def classifier(caption, sizes, parts, activation, rate, rounds):
    """The caption of a classifier in training, from a run of its own -> what follows it."""
    start = initialise(sizes, np.random.default_rng(0))
    layers = trained(start, backpropagation, *parts[0], activation, rate, 10 * rounds)
    with np.errstate(all="ignore"):
        first, *losses = (
            surprise(start, *parts[0], activation),
            *(surprise(layers, *each, activation) for each in parts),
        )
    if not np.isfinite(losses).all():
        n_steps, said, rest = re.fullmatch(
            rf"After (\d+) steps? of learning rate {NUMBER} the loss is no longer a number: the steps were too large\.(.*)",
            caption,
        ).groups()
        assert int(n_steps) == 10 * rounds
        close(said, rate)
        return rest
    n_steps, said, loss, where, validation, a, b, rest = re.fullmatch(
        rf"After (\d+) steps? of learning rate {NUMBER}: loss {NUMBER} nats in training( \(above the chart\)|, above the start|), {NUMBER} in "
        r"validation; (\d+)% and (\d+)% of the points are right\.(.*)", caption,
    ).groups()  # fmt: skip
    assert int(n_steps) == 10 * rounds
    close(said, rate)
    close(loss, losses[0])
    close(validation, losses[1])
    assert where == (" (above the chart)" if losses[0] > 2 else ", above the start" if losses[0] > first else "")
    for said, part in ((a, parts[0]), (b, parts[1])):
        whole_percent(said, right(layers, *part, activation))
    return rest


def features(values, caption, page):
    hidden, made = {
        "x₁ and x₂": ((), lambda X: X),
        "x₁, x₂ and x₁² + x₂²": ((), lambda X: np.column_stack([X, X[:, 0] ** 2 + X[:, 1] ** 2])),
        "a network finds its own": ((4,), lambda X: X),
    }[values["features"]]
    parts = dealt(page["circles"], made)
    sizes = (parts[0][0].shape[1], *hidden, 2)
    assert classifier(caption, sizes, parts, "tanh", values["learning_rate"], values["rounds"]) == ""


def neuron(values, caption, page):
    z = 0.8 * values["w_1"] - 0.4 * values["w_2"] + values["b"]
    name = values["activation"]
    said, beyond, a, rest = re.fullmatch(
        rf"At the orange point z = {NUMBER}( \(beyond the chart\))?; the output is {NUMBER}(.*)", caption
    ).groups()
    assert abs(float(said) - z) <= 0.00501 and abs(float(a) - PHI[name](z)) <= 0.000501
    assert bool(beyond) == (abs(z) > 6 or PHI[name](z) > 2.2)
    if name == "relu" and z == 0:
        assert "corner" in rest
        return
    slope, flat = re.fullmatch(
        rf", the slope there {NUMBER}\.( It is flat here: a small change of the weights hardly changes the output\.)?",
        rest,
    ).groups()
    assert abs(float(slope) - SLOPE[name](z)) <= 0.000501 and bool(flat) == (SLOPE[name](z) < 0.01)


def network(values, caption, page):
    told, weights, biases, parameters = re.fullmatch(
        r"(.*): (\d+) weights \(lines\) and (\d+) biases, (\d+) parameters\.", caption
    ).groups()
    sizes = [2, *[values["units"]] * values["hidden_layers"], 3]
    shapes = [tuple(map(int, pair)) for pair in re.findall(r"W[₁-₅] \((\d+), (\d+)\)", told)]
    assert shapes == list(zip(sizes[1:], sizes)) and int(weights) == sum(a * b for a, b in shapes)
    assert int(biases) == sum(sizes[1:]) and int(parameters) == int(weights) + int(biases)


def playground(values, caption, page):
    parts = dealt(page["shapes"](values["shape"], values["classes"]))
    sizes = (2, *[values["units"]] * values["hidden_layers"], values["classes"])
    rest = classifier(caption, sizes, parts, values["activation"], values["learning_rate"], values["rounds"])
    assert rest == ("" if values["hidden_layers"] else " Without a hidden layer every border is straight.")


def apart(values, caption, page):
    parts = dealt(page["shapes"](values["shape"]))
    start = initialise((2, 8, 2, 2), np.random.default_rng(0))
    layers = trained(start, backpropagation, *parts[0], "tanh", values["learning_rate"], 10 * values["rounds"])
    shape, n_steps, said, loss, a, b = re.fullmatch(
        rf"(\w+): after (\d+) steps? of learning rate {NUMBER} the loss is {NUMBER} nats, and (\d+)% of the training and (\d+)% of the validation "
        r"points lie on their side of the straight border\.", caption,
    ).groups()  # fmt: skip
    assert shape.lower() == values["shape"] and int(n_steps) == 10 * values["rounds"]
    close(said, values["learning_rate"])
    close(loss, surprise(layers, *parts[0], "tanh"))
    whole_percent(a, right(layers, *parts[0], "tanh"))
    whole_percent(b, right(layers, *parts[1], "tanh"))


def by_hand(f, n_units, steepness, x):
    """Stairs between equally many values of f, half way from each to the next."""
    places = np.linspace(-2, 2, n_units + 1)
    slope = steepness * n_units / 4
    stairs = expit(slope * (x[:, None] - (places[:-1] + places[1:]) / 2))
    return f(places[:1]) + stairs @ np.diff(f(places))


def many_units(values, caption, page):
    n, points, error, kept, epsilon = re.fullmatch(
        rf"(\d+) units?, set by hand: on (\d+) points at worst {NUMBER} away from f, (within|not within) "
        rf"ε = {NUMBER} there\.", caption,
    ).groups()  # fmt: skip
    x = np.linspace(-2, 2, int(points))
    worst = np.abs(by_hand(page["f"], values["n_units"], values["steepness"], x) - page["f"](x)).max()
    assert int(n) == values["n_units"] and int(points) >= 500
    close(error, worst)
    close(epsilon, values["epsilon"])
    assert (kept == "within") == (worst <= values["epsilon"])


def trained_units(values, caption, page):
    x = np.linspace(-2, 2, 81)
    y, n, rounds = page["f"](x), values["n_units"], values["rounds"]

    def loss(layers):
        with np.errstate(all="ignore"):
            return np.mean((outputs(layers, x[:, None], "sigmoid")[:, 0] - y) ** 2) / 2

    start = initialise((1, n, 1), np.random.default_rng(0))
    arguments = squared_error_gradient, x[:, None], y, "sigmoid", values["learning_rate"]
    before = trained(start, *arguments, 10 * max(rounds - 1, 0))
    last = trained(before, *arguments, 10 * (rounds > 0))
    units, n_steps, rate, story = re.fullmatch(
        rf"(\d+) units?: after ([\d,]+) steps? of learning rate {NUMBER} the loss is (.*)\.", caption
    ).groups()
    assert int(units) == n and n_steps == f"{10 * rounds:,}"
    close(rate, values["learning_rate"])
    if not np.isfinite(loss(last)):
        assert story == "no number any more: the steps were too large"
        return
    said, leap, hand, lower = re.fullmatch(
        rf"{NUMBER}(, above .*)?; by hand it is {NUMBER}: (descent|the hand) is lower", story
    ).groups()
    close(said, loss(last))
    made = np.mean((by_hand(page["f"], n, 4, x) - y) ** 2) / 2
    close(hand, made)
    assert lower == ("descent" if loss(last) < made else "the hand")
    assert bool(leap) == (loss(last) > loss(start))
    if leap:
        first, how = re.fullmatch(rf", above the first \({NUMBER}\) and (growing|falling again)", leap).groups()
        close(first, loss(start))
        assert (how == "growing") == (loss(last) > loss(before))


def curves(values, caption, page):
    few, many, shape = re.fullmatch(
        r"(\d+) of the (\d+) curves of shape (\d): shifted, stretched and noisy\.", caption
    ).groups()
    assert int(few) == 4 and int(many) == np.sum(page["train"].y == values["shape"]) and int(shape) == values["shape"]


def ground(name):
    """The rule of a playground of the page: its own code is run, and must arrive at what the caption says."""

    def rule(values, caption, page):
        values = {**START, **values}
        built = page[name]
        names = {"leaky": page.get("leaky"), "signs": page.get("signs")}
        with contextlib.redirect_stdout(io.StringIO()):
            exec(built.code(), names)
        with np.errstate(all="ignore"):
            said = _ground_losses(caption, values, names, page)
        n_parameters, step_words, framed = re.fullmatch(
            r".*The network has ([\d,]+) parameters?\.(?: With the weight turned by hand: [^:]*\.)? Next: (.*?)\. "
            r"Framed: (.*?)\.(?: [“LROVANT].*)?", said,
        ).groups()  # fmt: skip
        sizes = names["layer_sizes"]
        assert int(n_parameters.replace(",", "")) == sum((a + 1) * b for a, b in zip(sizes, sizes[1:]))
        rate, batch, decay, penalty, dropped = re.fullmatch(
            rf"{values['rule']}, rate {NUMBER}, batches of (\d+), weight decay {NUMBER} \((L[12])\), dropout (\d+)%",
            step_words,
        ).groups()
        close(rate, values["learning_rate"])
        close(decay, values["weight_decay"])
        whole_percent(dropped, values["dropout"])
        assert int(batch) == values["batch_size"] and penalty == values["penalty"]
        _ground_frame(framed, values, names)
        for words, knob, changed in (("Lines are slopes", "edges", "slopes"), ("one shade", "regions", "classes"),
                                     ("are hidden", "validation_points", "hidden")):  # fmt: skip
            assert (words in caption) == (values[knob] == changed)

    return rule


def _ground_scores(names, X, w=None):
    *hidden, (V, c) = names["layers_of"](names["w"] if w is None else w)
    for (W, b), activation in zip(hidden, names["activations"]):
        X = activation(X @ W.T + b)
    return X @ V.T + c


def _ground_losses(caption, values, names, page):
    """What the caption says of losses and right points; the caption."""
    n_steps = 10 * values["rounds"]
    assert sum(stretch[0] for stretch in names["stretches"]) == n_steps
    lost = rf"After {n_steps:,} steps? the loss is no longer a number: the steps were too large\."
    if not np.isfinite(names["loss"]).all():
        assert re.match(lost, caption)
        return caption
    training, above, validation, a, b = re.match(
        rf"After {n_steps:,} steps?: loss {NUMBER}(?: nats)? in training(, above the start|), {NUMBER} in validation"
        r"(?:; (\d+)% and (\d+)% of the points are right)?\.", caption,
    ).groups()  # fmt: skip
    close(training, names["loss"][0])
    close(validation, names["loss"][1])
    start = np.concatenate([part.ravel() for layer in names["layers"] for part in layer])
    first = names["loss_of"](start, names["X"], names["y"])
    assert bool(above) == (names["loss"][0] > first) or np.isclose(names["loss"][0], first, rtol=1e-12)
    heights = names["y"].dtype.kind == "f"
    assert (a is None) == heights
    if not heights:
        for said, part in ((a, ""), (b, "_validation")):
            chosen = _ground_scores(names, names["X" + part]).argmax(axis=1)
            whole_percent(said, np.mean(chosen == names["y" + part]))
    return caption


def _ground_frame(framed, values, names):
    """Which unit and weight are framed, and how large the weight is with what was added by hand."""
    sizes = names["layer_sizes"]
    layer = min(values["layer"], len(sizes) - 1)
    unit, weight = min(values["unit"], sizes[layer]), min(values["weight"], sizes[layer - 1])
    W, b = names["layers_of"](names["w"])[layer - 1]
    value = (b[unit - 1] if weight == 0 else W[unit - 1, weight - 1]) + values["turn"]
    where, what, said = re.fullmatch(
        r"(.*?); the (bias|weight of .*?) is (−?[\d.e+]+|nan|−?inf)(?:, .*)?", framed
    ).groups()
    if layer < len(sizes) - 1:
        assert where == f"layer {layer}, unit {unit}"
    else:
        assert where == ("the output" if names["y"].dtype.kind == "f" else f"the score of class {unit - 1}")
    assert (what == "bias") == (weight == 0)
    if np.isfinite(value):
        assert abs(float(said.replace("−", "-")) - value) <= max(0.00501, 0.051 * abs(value) * (abs(value) >= 100))


RULES = {"features": features, "neuron": neuron, "network": network, "playground": playground, "apart": apart,
         "many units": many_units, "trained units": trained_units, "curves": curves, "ground": ground("ground"), "own": ground("own")}  # fmt: skip
THREE, FOUR_RIGHT = {"units": 3, "hidden_layers": 1, "rounds": 80}, "100% and 100% of the points are right"
SPIRAL = {"shape": "spiral", "classes": 3, "rounds": 80}
ANSWERS = [
    ("features", {"features": "x₁ and x₂", "rounds": 80}, ("loss 0.691 nats", "71% and 62%")),
    ("features", {"features": "x₁, x₂ and x₁² + x₂²"}, FOUR_RIGHT),
    ("features", {"features": "a network finds its own"}, FOUR_RIGHT),
    ("neuron", {"w_1": 0, "w_2": 0, "b": 0}, "slope there 0.250"),
    ("neuron", {"w_1": 0, "w_2": 0, "b": 0, "activation": "tanh"}, "slope there 1.000"),
    ("neuron", {"w_1": 0, "w_2": 0, "b": 0, "activation": "relu"}, "slope 0 to the left, 1 to the right"),
    ("neuron", {"w_1": 5, "w_2": -5, "b": 3, "activation": "relu"}, "slope there 1.000"),
    ("network", {}, "36 weights"),
    ("network", {"units": 8}, "104 weights"),
    ("network", {"hidden_layers": 4}, "68 weights"),
    ("playground", {**THREE, "units": 4}, FOUR_RIGHT),
    ("playground", THREE, "88% and 92%"),
    ("playground", {**THREE, "learning_rate": 3}, FOUR_RIGHT),
    ("playground", {**SPIRAL, "units": 8, "hidden_layers": 2}, (re.compile(r"loss 0\.012\d nats"), "100% and 98%")),
    ("playground", {**SPIRAL, "units": 8, "hidden_layers": 1}, ("loss 0.143 nats", "99% and 88%")),
    ("playground", {**SPIRAL, "units": 4, "hidden_layers": 3}, re.compile(r"loss 0\.[12]\d+ nats.*; 9\d% and 8[2-7]%")),
    ("playground", {"hidden_layers": 0}, "every border is straight"),
    ("playground", {"shape": "circles", "units": 1, "hidden_layers": 3, "rounds": 80}, re.compile(r"7\d% and 6\d%")),
    ("playground", {"learning_rate": 100, "rounds": 80}, "above the chart"),
    ("playground", {"activation": "sigmoid", "hidden_layers": 3, "learning_rate": 0.1, "rounds": 80}, "loss 0.69"),
    ("apart", {"rounds": 0}, "55% of the training"),
    ("apart", {}, "100% of the training and 100% of the validation"),
    ("many units", {"n_units": 15}, "0.0893 away from f, within"),
    ("many units", {"n_units": 14}, "not within"),
    ("many units", {}, "at worst 0.184"),
    ("many units", {"n_units": 100}, "at worst 0.0101"),
    ("many units", {"n_units": 15, "steepness": 50}, "at worst 0.362"),
    ("many units", {"n_units": 15, "steepness": 1}, "at worst 0.604"),
    ("trained units", {"learning_rate": 10**-0.3}, "the loss is 0.0367; by hand it is 0.000725: the hand is lower"),
    ("trained units", {"learning_rate": 1}, "the loss is 0.22;"),
    ("trained units", {"learning_rate": 10**0.3, "rounds": 1}, "2,506, above the first (0.274) and growing"),
    ("trained units", {"learning_rate": 10**0.3}, "0.468, above the first (0.274) and falling again"),
    ("trained units", {"learning_rate": 10**0.4}, "no number any more"),
    ("trained units", {"n_units": 40, "learning_rate": 10**-0.6}, "the loss is 0.0512"),
    ("trained units", {"n_units": 5, "learning_rate": 1}, "descent is lower"),
    ("trained units", {"n_units": 5, "learning_rate": 1, "rounds": 1}, "above the first (0.239) and growing"),
    ("ground", {"data": "spiral", "rounds": 300}, ("loss 0.127 nats", "94% and 98%")),
    (
        "ground",
        {"data": "spiral", "rounds": 300, "layers": "8", "features": ("x₁", "x₂", "sin πx₁", "sin πx₂")},
        ("loss 0.0296 nats", "99% and 98%"),
    ),
    ("ground", {"turn": -3}, "and 51% are right"),
    ("ground", {"formula": "sin(x1"}, "no formula of x1 and x2"),
    ("ground", {"layers": "8, 6 relu"}, "92 parameters"),
    ("own", {}, "Next: signs"),
]
SPIRAL = {"data": "spiral", "features": ("x₁", "x₂", "sin πx₁", "sin πx₂"), "rule": "adam", "learning_rate": 10**-0.5}
ASKED = [
    ("many units", {"n_units": 15}, "You guessed 15: right."),
    ("many units", {"n_units": 10}, "5 too small"),
    ("trained units", {"n_units": 3, "learning_rate": 10**0.1}, "✔ 3 units, loss 0.0263."),
    ("trained units", {}, "Not yet: 20 units"),
    ("ground", {}, "Not yet: choose spiral as data."),
    ("ground", {**SPIRAL, "layers": "", "rounds": 50}, "✔ 10 parameters"),
    ("ground", {**SPIRAL, "layers": "", "rounds": 1}, "Not yet: 10 parameters"),
]
