"""The playground: a network in training whose weights, units, output and losses are seen, and whose every knob turns.

`playground` takes what makes data, and the learner's own data, features, activations and rules, and returns a scene.
"""

import copy
import re
from typing import NamedTuple

import numpy as np

from lessons_lib.maths import playground as maths
from lessons_lib.maths.checks import overflow_is_quiet
from lessons_lib.maths.formulas import FEATURES, feature, inputs, typed_points
from lessons_lib.maths.multiclass_classification import softmax
from lessons_lib.maths.neural_networks import count_parameters, predict
from lessons_lib.maths.playground_code import numpy_code, points_as_text, scikit_learn_code
from lessons_lib.scenes import playground_drawing as drawing
from lessons_lib.scenes.drawing import page_in_pixels
from lessons_lib.scenes.words import number, plural, steps

MOST_LAYERS, MOST_UNITS = 10, 64  # that are drawn
ENOUGH, ENOUGH_POINTS = 0.95, 40  # of the challenge: a share of right points says little where there are few of them
START = {"features": ("x₁", "x₂"), "formula": "", "activation": "tanh", "rule": "sgd", "batch_size": 10,
         "weight_decay": 0.0, "penalty": "L2", "dropout": 0.0, "classes": 2, "noise": 0.1, "n_points": 200,
         "training_share": 0.75, "seed": 0, "more_points": "", "layer": 1, "unit": 1, "weight": 1, "turn": 0.0,
         "edges": "weights", "regions": "shades", "validation_points": "shown"}  # fmt: skip
_STRUCTURE = ("data", "layers", "features", "formula", "activation", "classes", "noise", "n_points", "training_share",
              "seed", "more_points")  # fmt: skip


class Plan(NamedTuple):
    """What the knobs that start a training anew make: its task, its points, and what could not be read."""

    task: maths.Task
    X: np.ndarray  # (n, 2) points, shuffled: the first `cut` are for training
    y: np.ndarray
    cut: int
    formulas: dict  # name of each feature that is on -> its formula or function
    names: tuple  # of the hidden layers' activations
    notes: tuple
    data_lines: list
    n_typed: int  # how many of the points were typed
    on: np.ndarray  # which of all features are on
    plane: np.ndarray  # the inputs over the plane
    feature_maps: np.ndarray  # all features over the plane, from −1 to 1


class Run(NamedTuple):
    """What has happened up to a step, in plain numbers."""

    n_steps: int
    first: float  # the training loss at the start
    losses: tuple  # that of training and of validation
    right: tuple | None  # the shares of right points in both; None for heights
    turned: tuple | None = None  # training loss and share of right points when one weight is turned by hand


def plan(knobs, samples, own):
    """What the knobs say about structure and data -> a Plan. ValueError for data that do not fit.

    samples(kind, n_classes, n, seed, noise) -> a data set; own: the learner's data, features and activations.
    """
    notes = []
    X, y, data_lines, n_typed = _points_of(knobs, samples, own["data"], notes)
    rows = np.random.default_rng(knobs["seed"]).permutation(len(X))
    cut = int(np.clip(round(knobs["training_share"] * len(X)), 1, len(X) - 1))
    known = {**FEATURES, **own["features"]}
    chosen = [name for name in known if name in knobs["features"]]
    formulas = {name: known[name] for name in chosen}
    typed = knobs["formula"].strip()
    if typed:
        try:
            feature(typed, X)
            formulas[f"[{_short(typed)}]"] = typed
        except ValueError as error:
            notes.append(str(error))
    sizes, names = layers_named(knobs["layers"], knobs["activation"], own["activations"], notes)
    regression = y.dtype.kind == "f"
    F = inputs(list(formulas.values()), X)[rows]
    if not formulas:
        notes.append("No feature is on: the network sees nothing.")
    offered = [*known.values(), list(formulas.values())[-1] if len(formulas) > len(chosen) else "0"]
    task = maths.Task(F[:cut], y[rows][:cut], F[cut:], y[rows][cut:],
                      (F.shape[1], *sizes, 1 if regression else int(y.max()) + 1),
                      tuple(own["activations"][name] for name in names), regression, knobs["seed"])  # fmt: skip
    on = np.array([name in chosen for name in known] + [len(formulas) > len(chosen)])
    plane = inputs(list(formulas.values()), drawing.PLANE)
    shown = _to_one(inputs(offered, drawing.PLANE))
    return Plan(task, X[rows], y[rows], cut, formulas, names, tuple(notes), data_lines, n_typed, on, plane, shown)


def _points_of(knobs, samples, own, notes):
    """The points by the knobs' data, and those that were typed -> X, y, lines of code that make them, number typed."""
    kind = knobs["data"]
    if kind in own:
        X, y = own[kind]
        lines = points_as_text(X, y)
    else:
        given = (kind, knobs["classes"], knobs["n_points"], knobs["seed"], knobs["noise"])
        drawn = samples(*given)
        X, y = drawn.X, drawn.y
        lines = [f"from {samples.__module__} import {samples.__name__}", "",
                 f"drawn = {samples.__name__}{given!r}", "points, targets = drawn.X, drawn.y"]  # fmt: skip
    regression = y.dtype.kind == "f"
    more, unread = typed_points(knobs["more_points"])
    if unread:
        notes.append(f"“{_short(unread)}” is no point, such as 0.5, -1, 0 (x₁, x₂, class).")
    fits = np.ones(len(more), bool) if regression else np.isin(more[:, 2], range(4))
    if not fits.all():
        notes.append("A point's class is 0, 1, 2 or 3: others are left out.")
    if fits.any():
        X, y = np.concatenate([X, more[fits, :2]]), np.concatenate([y, more[fits, 2].astype(y.dtype)])
        lines = points_as_text(X, y)
    return X, y, lines, int(fits.sum())


def layers_named(text, activation, known, notes):
    """Hidden layers from text such as "6, 4 relu" -> (sizes, names of their activations); notes gets what is wrong."""
    found = re.findall(r"(\d+)\s*([^\W\d]\w*)?", text)
    if text.strip() and not found:
        notes.append(f"“{_short(text.strip())}” names no layers, such as 6, 4 or 8 relu, 4: there is none.")
    sizes = [min(max(int(size[:6]), 1), MOST_UNITS) for size, _ in found[:MOST_LAYERS]]
    if len(found) > MOST_LAYERS or any(int(size[:6]) > MOST_UNITS for size, _ in found):
        notes.append(f"At most {MOST_LAYERS} layers of {MOST_UNITS} units are drawn.")
    wrong = [name for _, name in found if name and name not in known]
    if wrong:
        notes.append(f"No activation is called “{_short(wrong[0])}”; there are {', '.join(known)}.")
    return tuple(sizes), tuple(name if name in known else activation for _, name in found[:MOST_LAYERS])


def _short(text):
    return text if len(text) <= 16 else text[:15] + "…"


@overflow_is_quiet
def what_happened(made, training, layers, turned=None):
    """The facts of a training where it is: of its layers, and of those with one weight turned by hand, if any."""
    task, losses = made.task, training.losses
    right, by_hand = None, None
    if not task.regression:
        parts = ((task.X, task.y), (task.X_validation, task.y_validation))
        right = tuple(_right(layers, X, y, task) for X, y in parts)
    if turned is not None:
        loss = maths.loss(turned, task.X, task.y, task.activations, task.regression)
        by_hand = loss, None if task.regression else _right(turned, task.X, task.y, task)
    return Run(training.here * maths.STEPS, losses[0, 0], tuple(losses[-1]), right, by_hand)


def _right(layers, X, y, task):
    last = maths.layer_outputs(layers, X, task.activations)[-1]
    return float(np.mean(predict(layers[-1:], last, "tanh") == y))


def told(run):
    """What the run says: its losses and, of classes, how many points are right."""
    if not np.isfinite(run.first):
        return "The loss is not a number from the start: look for a nan or inf in what you wrote."
    if not np.isfinite(run.losses).all():
        return f"After {steps(run.n_steps)} the loss is no longer a number: the steps were too large."
    unit = " nats" if run.right else ""
    above = ", above the start" if run.losses[0] > run.first else ""
    said = f"After {steps(run.n_steps)}: loss {number(run.losses[0])}{unit} in training{above}, "
    said += f"{number(run.losses[1])} in validation"
    return said + (f"; {run.right[0]:.0%} and {run.right[1]:.0%} of the points are right." if run.right else ".")


def told_of_settings(settings, rule):
    """How the next steps will be taken."""
    pull = f"weight decay {settings.weight_decay:.3g} ({settings.penalty})"
    return (f"Next: {rule}, rate {settings.learning_rate:.3g}, batches of {settings.batch_size}, {pull}, "
            f"dropout {settings.dropout:.0%}.")  # fmt: skip


def judged(data, n_typed, run, n_validation, n_parameters, one_stretch):
    """How a run does in the challenge "fewest weights" -> (done, score, words).

    one_stretch: whether all its steps were taken with the settings of now, so that these knobs alone repeat it.
    """
    score = -n_parameters
    if data != "spiral":
        return False, score, "choose spiral as data"
    if n_typed:
        return False, score, f"clear more points: {plural(n_typed, 'typed point')} would count, too"
    if n_validation < ENOUGH_POINTS:
        few = f"{plural(n_validation, 'validation point')} would prove little"
        return False, score, f"{few}: at least {ENOUGH_POINTS} come from more points or a smaller training share"
    if not np.isfinite(run.losses).all():
        return False, score, "the loss is no longer a number"
    with_so_many = plural(n_parameters, "parameter")
    right = f"{round(run.right[1] * n_validation)} of {n_validation} validation points right"
    changed = "" if one_stretch else ", not by these settings alone"
    return run.right[1] >= ENOUGH, score, f"{with_so_many}, {right}{changed}"


def fewest_weights(bench):
    """(aim, judge) of the challenge: the spiral, separated by as small a network as can be."""

    @overflow_is_quiet
    def judge(learning_rate, rounds, **knobs):
        now = bench.at({**START, **knobs}, learning_rate, rounds)
        task = now.made.task
        n_validation, n_parameters = len(task.y_validation), count_parameters(task.layer_sizes)
        one_stretch = all(each == now.settings for each in now.training.settings)
        return judged(knobs["data"], now.made.n_typed, now.run, n_validation, n_parameters, one_stretch)

    return f"Challenge: get {ENOUGH:.0%} of the spiral's validation points right with the fewest parameters.", judge


class Look(NamedTuple):
    """The unit that is looked at and its weight: counted from 0, source −1 for the bias."""

    layer: int
    unit: int
    source: int
    unit_name: str
    source_name: str


def look(made, layer, unit, weight):
    """The unit and weight nearest to what three knobs say (layer and unit from 1, weight 0 for the bias)."""
    sizes = made.task.layer_sizes
    layer = int(np.clip(layer, 1, len(sizes) - 1))
    unit = int(np.clip(unit, 1, sizes[layer]))
    weight = int(np.clip(weight, 0, sizes[layer - 1]))
    last = layer == len(sizes) - 1
    unit_name = "the output" if last and made.task.regression else (
        f"the score of class {unit - 1}" if last else f"layer {layer}, unit {unit}")  # fmt: skip
    source = "the bias" if weight == 0 else f"the weight of {_inputs_of(made, layer)[weight - 1]}"
    return Look(layer - 1, unit - 1, weight - 1, unit_name, source)


def _inputs_of(made, layer):
    """The names of what goes into a layer, counted from 1."""
    if layer == 1:
        return list(made.formulas) or ["nothing"]
    return [f"a{str(k).translate(_SUBSCRIPTS)}" for k in range(1, made.task.layer_sizes[layer - 1] + 1)]


_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def formula_of(made, layers, at, most=12):
    """The unit's formula in numbers, such as a = tanh(1.20 x₁ − 0.53 x₂ + 0.10); the largest terms of many."""
    W, b = layers[at.layer]
    row, names = W[at.unit], _inputs_of(made, at.layer + 1)
    kept = np.sort(np.argsort(-np.abs(np.nan_to_num(row)), kind="stable")[:most])
    terms = "".join(
        f" {'−' if row[k] < 0 else '+'}\N{NO-BREAK SPACE}{_plain(abs(row[k]))}\N{NO-BREAK SPACE}{names[k]}"
        for k in kept
    )
    rest = len(row) - len(kept)
    terms += f" + {plural(rest, 'smaller term')}" if rest else ""
    terms = terms[3:] if terms[1] == "+" else f"−{terms[3:]}"
    terms += f" {'−' if b[at.unit] < 0 else '+'}\N{NO-BREAK SPACE}{_plain(abs(b[at.unit]))}"
    if at.layer == len(layers) - 1:
        return f"s = {terms}"
    return f"a = {made.names[at.layer]}({terms})"


def _plain(value):
    return f"{value:.2f}" if value < 100 else f"{value:.1e}"


def turned_by_hand(layers, at, amount):
    """The layers with the weight (or bias) that is looked at changed by amount."""
    if amount == 0:
        return layers
    W, b = (part.copy() for part in layers[at.layer])
    if at.source < 0:
        b[at.unit] += amount
    else:
        W[at.unit, at.source] += amount
    return [*layers[: at.layer], (W, b), *layers[at.layer + 1 :]]


def playground(samples, own=None, features=None, activations=None, rules=None, max_rounds=500):
    """A network in training, in the hand of the learner: every weight a line, every unit a map, every knob live.

    samples(kind, n_classes, n, seed, noise) -> a data set, such as `data.toy_points`; own: {name: data set or (X, y)};
    features: {name: function of X (n, 2) or a formula}; activations: {name: φ(z)}; rules: {name: rule(w, slope,
    learning_rate, memory) -> (w, memory)}. Knobs: data, layers ("6, 4" or "8 relu, 4"), learning_rate, rounds of ten
    steps, and those of `START`, each of which a panel may leave out. A change of how steps are taken trains on from
    where it is; one of structure or data starts anew. The scene has methods of its own, see `_Bench`.
    """
    bench = _Bench(samples, own, features, activations, rules)

    def build(figure):
        figure.set_size_inches(drawing.WIDTH / 100, drawing.HEIGHT / 100)
        show = _picture(figure, bench, max_rounds)

        @overflow_is_quiet
        def update(data, layers, learning_rate, rounds, **more):
            return show(bench.turn({**START, **more, "data": data, "layers": layers}, learning_rate, rounds))

        update.challenges = {"fewest weights": fewest_weights(bench)}
        return update

    build.bench = bench
    build.code, build.scikit_learn, build.best, build.run = bench.code, bench.scikit_learn, bench.best, bench.run
    return build


class _Now(NamedTuple):
    """All that a picture shows."""

    knobs: dict
    made: Plan
    training: maths.Training
    settings: maths.Settings
    layers: list
    at: Look
    run: Run


class _Bench:
    """The learner's bench: what is trained there now, and the best that was.

    code()          lines of numpy that repeat this training to this loss; code(alone=True) writes out the points
    scikit_learn()  lines of scikit-learn that come near
    best()          the best settings so far for each data set, by their validation loss
    run()           the facts of the training now, a Run
    """

    def __init__(self, samples, own, features, activations, rules):
        self._samples = samples
        own = {name: _as_points(name, each) for name, each in (own or {}).items()}
        self._own = {
            "data": own,
            "features": features or {},
            "activations": {**maths.ACTIVATIONS, **(activations or {})},
        }
        self.own_features = tuple(self._own["features"])
        self._rules = {**maths.RULES, **(rules or {})}
        self._key, self._now, self._best = None, None, {}

    def turn(self, knobs, learning_rate, rounds):
        """Set all knobs -> what the picture shows."""
        wrong = set(knobs) - set(START) - {"data", "layers"}
        if wrong:
            raise TypeError(f"the playground has no knob {', '.join(sorted(wrong))}.")
        key = tuple(knobs[name] for name in _STRUCTURE)
        settings = maths.Settings(learning_rate, self._rules[knobs["rule"]], knobs["batch_size"], knobs["weight_decay"],
                                  knobs["penalty"], knobs["dropout"])  # fmt: skip
        if key != self._key:
            made = plan(knobs, self._samples, self._own)
            training = maths.Training(made.task)
        else:
            made, training = self._now.made, self._now.training
            if settings != self._now.settings and rounds != training.here:
                # A hand turns one knob at a time; a line of code that turns several tells of a run from its start.
                training = maths.Training(made.task)
        state = training.at(rounds, settings)
        at = look(made, knobs["layer"], knobs["unit"], knobs["weight"])
        layers = turned_by_hand(state.layers, at, knobs["turn"])
        run = what_happened(made, training, state.layers, None if layers is state.layers else layers)
        self._key, self._now = key, _Now(knobs, made, training, settings, layers, at, run)
        self._remember(knobs, training)
        return self._now

    def at(self, knobs, learning_rate, rounds):
        """What the picture shows, where it stands at these knobs; else what it would show, by a run apart."""
        now = self._now
        if now and (now.knobs, now.settings.learning_rate, now.training.here) == (knobs, learning_rate, rounds):
            return now
        apart = copy.copy(self)
        apart._key, apart._now, apart._best = None, None, {}
        return apart.turn(knobs, learning_rate, rounds)

    def _remember(self, knobs, training):
        losses = training.losses[:, 1]
        if len(losses) < 2 or not np.isfinite(losses[1:]).any():
            return
        k = 1 + int(np.nanargmin(losses[1:]))
        last = training.settings[-1]
        tried = (knobs["data"], knobs["layers"], ", ".join(self._now.made.formulas), knobs["activation"], knobs["rule"],
                 f"{last.learning_rate:.3g}", last.batch_size, knobs["seed"])  # fmt: skip
        if not losses[k] >= self._best.get(tried, (np.inf, 0))[0]:
            self._best[tried] = float(losses[k]), k * maths.STEPS

    def run(self):
        return self._now.run

    def code(self, alone=False):
        return numpy_code(*self._written(alone))

    def scikit_learn(self, alone=False):
        return scikit_learn_code(*self._written(alone))

    def _written(self, alone):
        made = self._now.made
        lines = made.data_lines
        if alone:
            back = np.argsort(np.random.default_rng(made.task.seed).permutation(len(made.y)))
            lines = points_as_text(made.X[back], made.y[back])
        return lines, made.formulas, made.cut, made.task, self._now.training.segments()

    def best(self, most=3):
        """A table of the `most` best settings for each data set, by their lowest validation loss."""
        head = ("data", "validation", "step", "layers", "features", "φ", "rule", "rate", "batch", "seed")
        rows = []
        for tried, (loss, step) in sorted(self._best.items(), key=lambda entry: (entry[0][0], entry[1][0])):
            if sum(row[0] == tried[0] for row in rows) < most:
                rows.append((tried[0], f"{loss:.3g}", step, *tried[1:]))
        widths = [max(len(str(row[k])) for row in (head, *rows)) for k in range(len(head))]
        return "\n".join("  ".join(str(cell).ljust(width) for cell, width in zip(row, widths)) for row in (head, *rows))


def _as_points(name, given):
    X, y = (given.X, given.y) if hasattr(given, "X") else given
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    if X.ndim != 2 or X.shape[1] != 2 or y.shape != X.shape[:1] or len(X) < 4 or not np.isfinite(X).all():
        raise ValueError(f"{name} needs finite points (n, 2), at least 4, with y (n,); data.own_points makes them.")
    if y.dtype.kind in "iub" and not np.isin(y, range(4)).all():
        raise ValueError(f"the classes of {name} need to be 0, 1, 2 or 3; data.own_points counts them so.")
    return X, y.astype(float if y.dtype.kind == "f" else int)


def _picture(figure, bench, max_rounds):
    """Prepare the whole picture -> show(what is now) -> caption."""
    page = page_in_pixels(figure)
    show_edges = drawing.edges(page)
    show_maps = drawing.node_maps(page, MOST_LAYERS + 2)
    show_frames = drawing.frames(page)
    names = [*FEATURES, *bench.own_features, "formula"]
    spots = drawing.places([len(names)])[0]
    for name, height in zip(names, spots[1]):
        page.text(spots[0] - spots[2] / 2 - 5, height, name, ha="right", va="center", fontsize=12)
    show_output, show_points = drawing.output_plane(figure)
    show_losses = drawing.losses(figure, max_rounds * maths.STEPS)
    show_large = drawing.large_map(figure)
    show_words = drawing.words(page)

    def show(now):
        made, task = now.made, now.made.task
        outputs, scores = _over_the_plane(made, now.layers)
        maps = [made.feature_maps, *_unit_maps(made, outputs, scores)]
        columns = drawing.places([len(names), *task.layer_sizes[1:]])
        show_maps(columns, maps, [~made.on, *(np.zeros(n, bool) for n in task.layer_sizes[1:])])
        show_frames(columns, (now.at.layer + 1, now.at.unit))
        show_large(maps[now.at.layer + 1][:, now.at.unit])
        slopes = now.knobs["edges"] == "slopes"
        sizes = _slopes(now) if slopes else now.layers
        source = None if now.at.source < 0 or not made.on.any() else (now.at.layer, now.at.unit, now.at.source)
        counted = show_edges(columns, made.on, [W for W, _ in sizes], source, slopes)
        show_output(scores, now.knobs["regions"] == "shades", task.regression)
        seen = slice(None) if now.knobs["validation_points"] == "shown" else slice(made.cut)
        show_points(made.X[seen], made.y[seen], np.arange(len(made.y))[seen] >= made.cut, task.regression)
        changes = np.cumsum([0, *(n for _, n in now.training.segments())])[1:-1]
        show_losses(now.training.losses, maths.STEPS, changes)
        about, next_steps = _unit_told(now, sizes), told_of_settings(now.settings, now.knobs["rule"])
        show_words(columns, made.names, now.at.unit_name, about, next_steps, " ".join(made.notes))
        return _caption(now, counted, about[-1])

    return show


def _over_the_plane(made, layers):
    """Every layer's outputs over the plane, and the scores."""
    outputs = maths.layer_outputs(layers, made.plane, made.task.activations)
    W, b = layers[-1]
    return outputs, outputs[-1] @ W.T + b


def _unit_maps(made, outputs, scores):
    """What each unit's map shows, from −1 to 1: sigmoid and probabilities around one half, others around 0."""
    maps = []
    for name, values in zip(made.names, outputs[1:]):
        maps.append(2 * values - 1 if name == "sigmoid" else values if name == "tanh" else _to_one(values))
    return [*maps, 0.75 * scores if made.task.regression else 2 * softmax(scores) - 1]


def _to_one(values):
    """Columns divided by their largest size, so that they lie between −1 and 1."""
    values = np.nan_to_num(values, nan=0, posinf=1e9, neginf=-1e9)
    largest = np.abs(values).max(axis=0)
    return values / np.where(largest > 0, largest, 1)


def _slopes(now):
    """The gradient of the mean loss over all training points, at the layers that are shown."""
    task = now.made.task
    return maths.gradient(now.layers, task.X, task.y, task.activations, task.regression)


def _unit_told(now, sizes):
    """The chosen unit's formula, and its chosen weight with what was added by hand and, if shown, its slope."""
    at, amount = now.at, now.knobs["turn"]
    W, b = now.layers[at.layer]
    value = b[at.unit] if at.source < 0 else W[at.unit, at.source]
    said = f"{at.source_name} is {_plain_signed(value)}"
    if amount:
        said += f", {_plain_signed(amount)} of it by hand"
    if now.knobs["edges"] == "slopes":
        W, b = sizes[at.layer]
        said += f"; its slope is {number(b[at.unit] if at.source < 0 else W[at.unit, at.source])}"
    return formula_of(now.made, now.layers, at), said


def _plain_signed(value):
    return f"{'−' if value < 0 else ''}{_plain(abs(value))}"


def _caption(now, counted, of_the_weight):
    run, at = now.run, now.at
    said = [told(run), f"The network has {plural(count_parameters(now.made.task.layer_sizes), 'parameter')}."]
    if run.turned is not None:
        loss, right = run.turned
        share = "" if right is None else f", and {right:.0%} are right"
        said.append(f"With the weight turned by hand: training loss {number(loss)}{share}.")
    said.append(told_of_settings(now.settings, now.knobs["rule"]))
    said.append(f"Framed: {at.unit_name}; {of_the_weight}.")
    if now.knobs["edges"] == "slopes":
        said.append("Lines are slopes of the training loss.")
    if counted[1] < min(counted[0], drawing.MOST_EDGES + 1) and counted[0] > drawing.MOST_EDGES:
        said.append(f"Of {counted[0]:,} lines the {counted[1]} widest are drawn.")
    if now.knobs["regions"] != "shades":
        said.append("Regions have one shade each.")
    if now.knobs["validation_points"] != "shown":
        said.append("Validation points are hidden.")
    return " ".join([*said, *now.made.notes])
