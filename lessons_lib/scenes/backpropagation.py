"""Pictures of backpropagation: graphs stepped forward and backward, a neuron that learns, a gradient checked.

Each function returns a scene: build(figure) -> update(**knobs) -> caption. What happened is computed by a pure
function (`neuron_walk`, `twice_walk`, `training_facts`, `check_facts`), and said by another, told_of_….
"""

from typing import NamedTuple

import numpy as np
from matplotlib.patches import Rectangle
from matplotlib.ticker import NullLocator

from lessons_lib.maths import backpropagation as operations
from lessons_lib.maths.backpropagation import Value
from lessons_lib.maths.checks import overflow_is_quiet
from lessons_lib.maths.gradient_descent import critical_learning_rate, numerical_gradient, slope
from lessons_lib.scenes.challenges import largest_rate
from lessons_lib.scenes.drawing import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    bars,
    page_in_pixels,
    rate_zones,
    remembered_descent,
    stamped_numbers,
)
from lessons_lib.scenes.words import number, plural

_WIDTH, _HEIGHT = 118, 68  # of a node's box, in pixels
_NAME = {"ha": "center", "va": "bottom", "fontsize": 13.5, "weight": "bold"}


def _say(value):
    return number(value + 0.0).replace("-", "−")  # −0.0 + 0.0 is 0.0


def _factor(value):
    return f"({_say(value)})" if value < 0 else _say(value)


def _listed(words):
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _draw_graph(figure, places, names, edges):
    """Draw boxes with their names and arrows between them -> show(data, grads, active, backwards).

    places: node -> (x, y) in pixels; names: node -> its name; edges: pairs of nodes. show takes the numbers known so
    far by node, the edges in use, and whether they are used against the arrows.
    """
    page = page_in_pixels(figure)
    page.text(
        890, 385, "white: the number     orange: its gradient, ∂L/∂(number)", ha="right", va="center", fontsize=14
    )
    for node, (x, y) in places.items():
        left = x - _WIDTH / 2
        page.add_patch(Rectangle((left, y - _HEIGHT / 2), _WIDTH, _HEIGHT / 2, facecolor="#FBE0D0"))
        page.add_patch(Rectangle((left, y - _HEIGHT / 2), _WIDTH, _HEIGHT, fill=False, edgecolor=BLACK, linewidth=1.5))
        page.text(x, y + _HEIGHT / 2 + 5, names[node], **_NAME)
    ends = {}
    for start, end in edges:
        tail, head = np.add(places[start], (_WIDTH / 2, 0)), np.add(places[end], (-_WIDTH / 2, 0))
        ends[start, end] = tail, head
        page.annotate("", head, tail, arrowprops={"arrowstyle": "-|>", "color": GREY, "linewidth": 2, "shrinkA": 0,
                                                  "shrinkB": 0, "mutation_scale": 16})  # fmt: skip
    (flow,) = page.plot([], [], color=ORANGE, linewidth=5, solid_capstyle="round", animated=True)
    show_numbers = stamped_numbers(page)

    def show(data, grads, active, backwards):
        told = [(*np.add(places[node], (0, _HEIGHT / 4)), value) for node, value in data.items()]
        show_numbers(told + [(*np.add(places[node], (0, -_HEIGHT / 4)), value) for node, value in grads.items()])
        drawn = [np.empty((0, 2))]
        for edge in active:
            tail, head = ends[edge][::-1] if backwards else ends[edge]
            along = (head - tail) / np.linalg.norm(head - tail) * 13
            across = along[::-1] * (-0.6, 0.6)
            # Against the arrows, the tail stops short of the grey head, which would make it look like a second one.
            tail = tail + along * (backwards * 16 / 13)
            # A nan lifts the pen between two arrows.
            drawn.append([tail, head, head - along + across, head, head - along - across, (np.nan, np.nan)])
        flow.set_data(*np.concatenate(drawn).T)

    return show


# The neuron L = (φ(w·x + b) − y)² as a graph: each computed node with its parents, in forward order.
_PARENTS = {"w·x": ("w", "x"), "z": ("w·x", "b"), "a": ("z",), "e": ("a", "y"), "L": ("e", "e")}
_SIGNS = {"w·x": "×", "z": "+", "e": "−", "L": "×"}  # that of a is the activation's name

# What an operation does, in words, and as the product that goes to each parent: g arrived, o is the output, a and b
# are the parents.
_IN_WORDS = {
    "+": ("passes its gradient on to both", "{g}", "{g}"),
    "−": ("passes its gradient on, to the second one with the sign flipped", "{g}", "{g} · (−1)"),
    "×": ("sends each its gradient times the other one", "{g} · {b}", "{g} · {a}"),
    "tanh": ("sends its gradient times its slope 1 − output²", "{g} · (1 − {o}²)"),
    "sigmoid": ("sends its gradient times its slope output (1 − output)", "{g} · {o} · (1 − {o})"),
    "relu": ("lets its gradient pass where its output is above 0, and stops it elsewhere", "{g} · {step}"),
}


class Walk(NamedTuple):
    """A neuron's graph after some steps: 5 forward, one for ∂L/∂L = 1, 5 backward."""

    step: int
    activation: str
    nodes: dict  # name -> node, with data and, after the whole walk back, grad
    sent: dict  # computed node -> the slopes that it sent to its parents
    remarks: dict  # computed node -> what finite differences say about its rule, see `_judged`

    @property
    def done(self):
        """The computed nodes that have handed their gradient back so far, the last of them last."""
        return list(_PARENTS)[::-1][: max(0, self.step - 6)]

    @property
    def now(self):
        """The node that this step is about, or None."""
        return list(_PARENTS)[self.step - 1] if 0 < self.step < 6 else self.done[-1] if self.done else None


def _neuron_nodes(make, w, x, b, target, activation):
    nodes = {name: make(given) for name, given in {"w": w, "x": x, "b": b, "y": target}.items()}
    nodes["w·x"] = nodes["w"] * nodes["x"]
    nodes["z"] = nodes["w·x"] + nodes["b"]
    nodes["a"] = getattr(nodes["z"], activation)()
    nodes["e"] = nodes["a"] - nodes["y"]
    nodes["L"] = nodes["e"] * nodes["e"]
    return nodes


def neuron_walk(make, step, w, x, b, target, activation):
    """Run the neuron's graph forward and backward with a class of nodes, `Value` or a learner's own -> Walk.

    A rule that is not written yet, or fails, is replaced by the library's; each is compared with finite differences.
    """
    nodes, right = (_neuron_nodes(each, w, x, b, target, activation) for each in (make, Value))
    compute = {"w·x": operations.multiply, "z": operations.add, "a": getattr(operations, activation),
               "e": operations.subtract, "L": operations.multiply}  # fmt: skip
    sent, remarks = {}, {}
    for name, parents in _PARENTS.items():
        inputs = np.array([nodes[parent].data for parent in parents], dtype=float)

        def careful(upstream, name=name, inputs=inputs, rule=nodes[name].rule):
            slopes, remarks[name] = _judged(rule, right[name].rule, compute[name], upstream, inputs)
            sent[name] = slopes
            return slopes

        nodes[name].rule = careful
    nodes["L"].backward()
    return Walk(step, activation, nodes, sent, remarks)


def _judged(rule, right, compute, upstream, inputs):
    """Ask a rule for its slopes -> (slopes, remark): a word, then what it needs to be told."""
    try:
        slopes = rule(upstream)
        if slopes is None or any(each is None or each is Ellipsis for each in slopes):
            return right(upstream), ("missing",)
        slopes = [float(each) for each in slopes]
    except Exception as error:  # whatever a learner's function raises is told, and the picture goes on
        return right(upstream), ("raised", type(error).__name__)
    if len(slopes) != len(inputs):
        return right(upstream), ("count", len(slopes), len(inputs))
    if compute is operations.relu and abs(inputs[0]) < 1e-4:
        return slopes, ("kink",)
    nudged = upstream * numerical_gradient(lambda each: compute(*each).data, inputs)
    agrees = np.allclose(slopes, nudged, rtol=1e-4, atol=1e-7)
    return slopes, ("agrees",) if agrees else ("wrong", slopes, nudged)


def neuron_graph(make=Value):
    """One neuron and its loss, L = (φ(w·x + b) − y)², as a graph: 5 steps forward, one for ∂L/∂L, 5 backward.

    make: the class of its nodes, the library's or a learner's own with +, −, · and the activations; the caption says
    what finite differences say about its rules. Knobs: step (0 to 11), w, x, b, target, activation ("tanh", ...).
    """
    places = {"w": (75, 320), "x": (75, 150), "w·x": (225, 235), "b": (225, 75), "z": (375, 235), "a": (525, 235),
              "y": (525, 75), "e": (675, 235), "L": (825, 235)}  # fmt: skip
    names = {"w": "w", "x": "x", "w·x": "w · x", "b": "b", "z": "z = w·x + b", "a": "", "y": "target y",
             "e": "e = a − y", "L": "L = e · e"}  # fmt: skip
    edges = {(start, end): None for end, starts in _PARENTS.items() for start in starts}

    def build(figure):
        show = _draw_graph(figure, places, names, edges)
        x_of_a, y_of_a = places["a"]
        name_of_a = figure.axes[0].text(x_of_a, y_of_a + _HEIGHT / 2 + 5, "", animated=True, **_NAME)

        @overflow_is_quiet
        def update(step, w, x, b, target, activation):
            walk = neuron_walk(make, step, w, x, b, target, activation)
            known = ["w", "x", "b", "y", *list(_PARENTS)[:step]]
            blamed = [start for end in walk.done for start in _PARENTS[end]]
            grads = {name: walk.nodes[name].grad for name in (["L", *blamed] if step > 5 else [])}
            active = {(start, walk.now) for start in _PARENTS.get(walk.now, ())}
            show({name: walk.nodes[name].data for name in known}, grads, active, step > 5)
            name_of_a.set_text(f"a = {activation}(z)")
            return told_of_neuron(walk, make is not Value)

        return update

    return build


def told_of_neuron(walk, own=False):
    """A walk in words; own: whether the rules are a learner's, so that finite differences are to be heard."""
    data = {name: node.data for name, node in walk.nodes.items()}
    if walk.step == 0:
        given = f"w = {_say(data['w'])}, x = {_say(data['x'])}, b = {_say(data['b'])} and the target {_say(data['y'])}"
        return f"Given: {given}. Every step forward computes one node from those before it."
    if walk.step < 6:
        return f"Forward, step {walk.step} of 5: {_forward_in_words(walk, data)}"
    if walk.step == 6:
        return f"The loss is {_say(data['L'])}. Backward starts here: ∂L/∂L = 1. Now step on."
    told = [_backward_in_words(walk, data)]
    if own:
        remarks = [_remark_in_words(_sign(walk, name), walk.remarks[name], name == "a") for name in walk.done]
        # What is wrong comes last, where it stays in mind.
        told += sorted(filter(None, remarks), key=lambda each: "agrees" not in each)
        told += _lost_in_words(walk)
    return " ".join(told)


def _sign(walk, name):
    return _SIGNS.get(name, walk.activation)


def _forward_in_words(walk, data):
    first, *second = (data[parent] for parent in _PARENTS[walk.now])
    if walk.now == "a":
        return f"{walk.activation} of {_say(first)} is {_say(data['a'])}."
    result = f"{_say(first)} {_sign(walk, walk.now)} {_factor(second[0])} = {_say(data[walk.now])}"
    return f"the loss is the error times itself: L = {result}." if walk.now == "L" else f"{result}."


def _backward_in_words(walk, data):
    """What a node hands to its parents."""
    name, sign, slopes = walk.now, _sign(walk, walk.now), [_say(each) for each in walk.sent[walk.now]]
    parents, upstream = _PARENTS[name], walk.nodes[name].grad
    heading = sign[0].upper() + sign[1:]
    if walk.remarks[name][0] == "wrong":  # how a learner's rule came to its numbers is not known
        return f"{heading} sends {_listed([f'{each} to {parent}' for each, parent in zip(slopes, parents)])}."
    rule, *products = _IN_WORDS[sign]
    if name == "a":
        own_slope = walk.sent[name][0] / upstream if upstream else 1
        if 0 < own_slope < 0.01 and sign != "relu":  # 1 − 1² would read as 0
            products = [f"{{g}} · {_say(own_slope)}"]
    parts = {"g": _say(upstream), "o": _factor(data[name]), "step": int(data[name] > 0)}
    parts |= {letter: _factor(data[parent]) for letter, parent in zip("ab", parents)}
    sums = [product.format(**parts) for product in products]
    if name == "L":
        kept = "" if len(set(slopes)) > 1 else f", together {_say(sum(walk.sent[name]))}"
        return (
            f"× sends each its gradient times the other one, and here both are e: {sums[0]} and {sums[1]} to e{kept}."
        )
    told = [f"{text} to {parent}" if text == each else f"{text} = {each} to {parent}"
            for text, each, parent in zip(sums, slopes, parents)]  # fmt: skip
    return f"{heading} {rule}: {', '.join(told)}."


def _remark_in_words(sign, remark, is_learners):
    """What finite differences say about a rule; nothing where it is right and no learner's."""
    kind, *about = remark
    if kind == "missing":
        return f"Your rule for {sign} is not written yet: the library's stands in."
    if kind == "raised":
        return f"Your rule for {sign} raised {about[0]}: the library's stands in."
    if kind == "count":
        numbers, parents = plural(about[0], "number"), plural(about[1], "parent")
        return f"Your rule for {sign} returned {numbers} for {parents}: the library's stands in."
    if kind == "wrong":
        mine, nudged = (_listed([_say(each) for each in slopes]) for slopes in about)
        return f"Look at {sign}: your rule sends {mine}, finite differences say {nudged}."
    if kind == "kink":
        return "Your rule for relu is at the kink: no difference can check it there."
    return f"Your rule for {sign} agrees with finite differences at these numbers." if is_learners else ""


def _lost_in_words(walk):
    """A sentence about the first node that did not keep the sum of all that was sent to it."""
    arrived = {}
    for name in walk.done:
        for parent, each in zip(_PARENTS[name], walk.sent[name]):
            arrived.setdefault(parent, []).append(each)
    for name, slopes in arrived.items():
        grad = walk.nodes[name].grad
        if not np.isclose(grad, sum(slopes), rtol=1e-9, atol=1e-300, equal_nan=True):
            came = _listed([_say(each) for each in slopes])
            return [f"Look at += in backward: {came} arrived at {name}, which keeps {_say(grad)}."]
    return []


def twice_walk(step, a, b, overwrite):
    """L = a·b + a after some steps: 2 forward, one for ∂L/∂L, 2 backward -> (data, grads, the slope by differences).

    overwrite: whether a keeps only what arrived last.
    """
    nodes = {"a": Value(a), "b": Value(b)}
    nodes["a·b"] = nodes["a"] * nodes["b"]
    nodes["L"] = nodes["a·b"] + nodes["a"]
    nodes["L"].backward()
    data = {name: node.data for name, node in nodes.items() if name in ["a", "b", *("a·b", "L")[:step]]}
    grads = {name: nodes[name].grad for name in ([], ["L"], ["L", "a·b"], nodes)[max(0, step - 2)]}
    if step == 4:
        grads["a"] = nodes["L"].rule(1.0)[1]  # × has not spoken yet
    if step == 5 and overwrite:
        grads["a"] = nodes["a·b"].rule(nodes["a·b"].grad)[0]
    return data, grads, numerical_gradient(lambda v: v[0] * v[1] + v[0], np.array([a, b]))[0]


def told_of_twice(step, a, b, overwrite, kept, measured):
    """The walk of `twice_walk` in words; kept: the gradient that a has now."""
    if step < 5:
        return (
            f"Given: a = {_say(a)} and b = {_say(b)}. Two arrows leave a: it is used twice.",
            f"Forward: a · b = {_say(a)} · {_factor(b)} = {_say(a * b)}.",
            f"Forward: L = {_say(a * b)} + {_factor(a)} = {_say(a * b + a)}.",
            "Backward starts with ∂L/∂L = 1.",
            "+ passes 1 on to both: a has 1 already, but × has not spoken yet.",
        )[step]
    if overwrite:
        return (
            f"× sends 1 · {_factor(b)} to a, over the 1 that had come straight from +: a keeps {_say(kept)}. "
            f"Finite differences say {_say(measured)}: the 1 is lost."
        )
    return (
        f"× sends 1 · {_factor(b)} to a and 1 · {_factor(a)} to b. With the 1 that had come straight from +, "
        f"a has {_say(kept)} in all. Finite differences say {_say(measured)}, too."
    )


def used_twice():
    """L = a·b + a, where a is used twice: what arrives from both uses is added up, or, by mistake, overwritten.

    Knobs: step (0 to 5: 2 forward, one for ∂L/∂L, 2 backward), a, b, and arriving ("added up" or "overwritten").
    """
    places = {"a": (150, 270), "b": (150, 100), "a·b": (430, 185), "L": (710, 270)}
    parents = {"a·b": ("a", "b"), "L": ("a·b", "a")}
    edges = [(start, end) for end, starts in parents.items() for start in starts]

    def build(figure):
        rule = figure.text(0.5, 0.07, "", ha="center", fontsize=15, animated=True)
        show = _draw_graph(figure, places, {"a": "a", "b": "b", "a·b": "a · b", "L": "L = a·b + a"}, edges)

        def update(step, a, b, arriving):
            overwrite = arriving == "overwritten"
            data, grads, measured = twice_walk(step, a, b, overwrite)
            now = (None, "a·b", "L", None, "L", "a·b")[step]
            show(data, grads, [(start, now) for start in parents.get(now, ())], step > 2)
            rule.set_text(f"a.grad {'=' if overwrite else '+='} what arrives")
            told = told_of_twice(step, a, b, overwrite, grads.get("a"), measured)
            note = " (The choice of = matters at step 5, when a second number arrives.)"
            return told + note if overwrite and step < 5 else told

        return update

    return build


class Training(NamedTuple):
    """A neuron's training so far: its weights, the losses from the start on, the slopes and z now."""

    w: float
    b: float
    losses: np.ndarray
    slopes: np.ndarray
    z: np.ndarray
    above_the_limit: float | None  # the limit of the learning rate, where it is known and passed


def told_of_training(run, activation):
    """The state of a training in words."""
    step, loss = len(run.losses) - 1, run.losses[-1]
    told = f"Step {step}: w {_say(run.w)}, b {_say(run.b)}, loss {_say(loss)}"
    if not np.isfinite(loss):
        return f"{told}. It has blown up: the steps overshot, further and further."
    if run.above_the_limit is not None:
        limit = f"the limit {run.above_the_limit:.3g}"
        if step == 0:
            return f"{told}. The learning rate is above {limit}: the steps will overshoot, further and further."
        return f"{told}. The learning rate is above {limit}: the steps overshoot, further and further."
    if activation == "relu" and (run.z <= 1e-9).all():  # a step may end at 0 but for rounding
        where = f"w·x + b is 0 or below at all {len(run.z)} points"
        return f"{told}. The neuron is dead: {where}, so no gradient comes back."
    if activation == "tanh" and (np.abs(run.z) > 3).all():
        return (
            f"{told}. The neuron is saturated: the steepest slope that comes back is {_say(np.abs(run.slopes).max())}."
        )
    told += f". The gradient is {_say(run.slopes[0])} for w, {_say(run.slopes[1])} for b."
    if step > 2 and loss > run.losses[0] and (np.diff(run.losses[-4:]) > 0).all():
        return f"{told} It blows up: the loss is above that of the start, and has grown three times in a row."
    if step and loss > run.losses[0]:
        return f"{told} The loss is above that of the start: the steps overshoot."
    if step > 1 and loss > run.losses[-2]:
        return f"{told} The last step has raised the loss: it overshot."
    return told


def _trained(make, activation, x, y, start):
    """Descent of one neuron on the gradients of its own graph -> (gradient(p), run(learning_rate, n_steps))."""

    def loss_of(p):
        w, b = make(p[0]), make(p[1])
        total = make(0.0)
        for each, target in zip(x, y):
            output = w * make(each) + b
            output = output if activation == "none" else getattr(output, activation)()
            error = output - make(target)
            total = total + error * error
        return total * make(1 / len(x)), (w, b)

    def gradient(p):
        end, parameters = loss_of(p)
        end.backward()
        return np.array([each.grad for each in parameters])

    return gradient, remembered_descent(gradient, lambda p: loss_of(p)[0].data, start)


def _is_written(make, activation):
    """Whether a class of nodes has a backward rule of its own for this activation that returns a number."""
    try:
        node = getattr(make(0.5), activation)()
        node.backward()
        return np.isfinite(float(node.parents[0].grad))
    except Exception:  # not written yet, or not yet right
        return False


def below_for_good(losses, enough):
    """The first step from which on no loss is above enough, or not a number; None where the last one is."""
    above = np.flatnonzero(~(np.asarray(losses) <= enough))
    after = int(above[-1]) + 1 if len(above) else 0
    return after if after < len(losses) else None


def neuron_training(make, x, y, start, max_steps=60, enough=0.02):
    """A neuron φ(w·x + b) trained by descent on the gradients of its graph: its curve, and the loss per step.

    make: the class of the graph's nodes, `Value` or a learner's own, in whose place the library's stands where an
    activation is not written yet; x, y (n,) numbers, start (w, b); enough: the loss that its challenge asks for.
    Knobs: step, learning_rate, activation ("tanh", "relu" or "none").
    """
    makers = {name: make if name == "none" or _is_written(make, name) else Value for name in ("tanh", "relu", "none")}
    runs = {name: _trained(maker, name, x, y, start) for name, maker in makers.items()}
    shapes = {"none": lambda z: z, "tanh": np.tanh, "relu": lambda z: np.maximum(z, 0)}
    limit = critical_learning_rate(2 / len(x) * np.array([[np.dot(x, x), np.sum(x)], [np.sum(x), len(x)]]))
    across = np.linspace(min(x) - 0.5, max(x) + 0.5, 121)

    def build(figure):
        chart = figure.add_axes([0.09, 0.15, 0.37, 0.74])
        chart.set(xlim=(across[0], across[-1]), ylim=(-1.5, 2), xlabel="x", ylabel="output")
        chart.axhline(0, color=GREY, linewidth=1)
        chart.plot(x, y, "s", color=BLACK, markersize=10, label="targets y", zorder=5)
        (curve,) = chart.plot([], [], color=ORANGE, linewidth=3.5, label="the neuron", animated=True)
        chart.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2, columnspacing=1)
        right = figure.add_axes([0.60, 0.15, 0.38, 0.74])
        # A dead relu stays at the mean of y², a tanh that is stuck at 1 at that of (1 − y)²: both are to be seen.
        stuck = [np.mean(np.square(y)), np.mean(np.square(np.subtract(1, y)))]
        top = 1.2 * max(*stuck, *(run(0.0, 0)[1][0] for _, run in runs.values()))
        right.set(xlim=(-0.02 * max_steps, 1.02 * max_steps), ylim=(0, top), xlabel="step", ylabel="loss")
        (line,) = right.plot([], [], color=BLUE, animated=True)
        (end,) = right.plot([], [], "o", color=BLUE, markersize=9, clip_on=False, animated=True)

        @overflow_is_quiet
        def update(step, learning_rate, activation):
            gradient, run = runs[activation]
            path, losses = run(learning_rate, step)
            w, b = path[-1]
            curve.set_data(across, np.clip(np.nan_to_num(shapes[activation](w * across + b)), -50, 50))
            drawn = np.minimum(np.nan_to_num(losses, nan=np.inf), 9 * top)
            line.set_data(np.arange(len(drawn)), drawn)
            end.set_data([step], [min(drawn[-1], top)])
            passed = limit if activation == "none" and learning_rate > limit else None
            told = told_of_training(Training(w, b, losses, gradient(path[-1]), w * np.array(x) + b, passed), activation)
            waiting = makers[activation] is not make
            return f"{told} (Your {activation} does not work yet: the library's stands in.)" if waiting else told

        @overflow_is_quiet
        def arrival(learning_rate, activation, **_):
            return below_for_good(runs[activation][1](learning_rate, max_steps)[1], enough)

        aim = (
            f"Challenge: find the largest learning rate that brings the loss below {enough:g} for good within 20 steps."
        )
        update.zones = lambda activation, **_: {"learning_rate": rate_zones(limit) if activation == "none" else []}
        update.challenges = {"largest rate": (aim, largest_rate(arrival, 20)[1])}
        return update

    return build


def _finite_differences(loss, W):
    """-> by name a function of h that measures every slope of loss at W (any shape)."""

    def forward(h):
        def along(place):
            return lambda value: loss(np.where(place, value, W))

        places = np.eye(W.size, dtype=bool).reshape(W.size, *W.shape)
        return np.array([slope(along(place), W[place][0], h) for place in places]).reshape(W.shape)

    return {"forward": forward, "central": lambda h: numerical_gradient(loss, W, h)}


def _as_exact(every_h, errors):
    """All h from the first to the last whose error is near the smallest: below a factor of 4 rounding is chance."""
    near = every_h[errors <= 4 * errors.min()]
    low, high = np.log10(near[[0, -1]])
    return np.logspace(low, high, 1 + int(np.ceil((high - low) / 0.01)))


def told_of_check(name, h, here, best, largest, instead=None):
    """A gradient check in words.

    here: the largest difference by name of the way, at this h; best: the smallest that any h brings it to; largest:
    the largest right slope; instead: the name of the claim that stands in for one that is not written yet.
    """
    note = "" if instead is None else f"“{name}” is not written yet: “{instead}” stands in. "
    told = f"At h = {h:.2g} the difference is {here['forward']:.1g} (forward) and {here['central']:.1g} (central)."
    if _is_right(best, largest):
        return f"{note}{told} The best h brings it below a millionth of the largest slope: the gradient is right."
    return f"{note}{told} No h brings it below {best:.1g}: the gradient itself is wrong."


def _is_right(best, largest):
    return best < 1e-6 * max(largest, 1e-3)


def _check_axes(figure, n_weights, reach):
    """-> (lines and dots by way, show(claimed), show(measured)): the V on the left, the slopes on the right."""
    chart = figure.add_axes([0.10, 0.17, 0.42, 0.70])
    chart.set(xlim=(1e-14, 1), ylim=(1e-13, 10), xscale="log", yscale="log", xlabel="h", ylabel="largest difference")
    chart.set_xticks([1e-12, 1e-9, 1e-6, 1e-3, 1])
    chart.set_yticks([1e-12, 1e-9, 1e-6, 1e-3, 1])
    chart.xaxis.set_minor_locator(NullLocator())
    chart.yaxis.set_minor_locator(NullLocator())
    lines, dots = {}, {}
    for way, (colour, style, marker) in {"forward": (BLUE, "--", "o"), "central": (GREEN, "-", "s")}.items():
        (lines[way],) = chart.plot([], [], style, color=colour, label=f"{way} difference", animated=True)
        (dots[way],) = chart.plot(
            [], [], marker, color=colour, markersize=11, markeredgecolor=BLACK, clip_on=False, animated=True
        )
    chart.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2, columnspacing=1)
    right = figure.add_axes([0.63, 0.17, 0.35, 0.70])
    right.set(xlim=(-0.6, n_weights - 0.4), ylim=(-reach, reach), xlabel="weight", ylabel="slope")
    right.set_xticks(np.arange(n_weights), np.arange(1, n_weights + 1))
    right.axhline(0, color=GREY, linewidth=1)
    shows = [
        bars(right, np.arange(n_weights) + shift, colour, 14, label=label)
        for shift, colour, label in ((-0.18, ORANGE, "claimed"), (0.18, GREEN, "measured"))
    ]
    right.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2, columnspacing=1)
    return lines, dots, *shows


def gradient_check(loss, gradients, W, room=5.5):
    """A claimed gradient beside finite differences, and their difference for every h: a V where the claim is right.

    loss(W) -> number; gradients: name -> function(W) -> like W, of which one that returns None is replaced by the
    first; W any shape; room: how many times the first's largest slope the bars can show. Knobs: h (1e-14 to 1),
    gradient (a name).
    """
    every_h = np.logspace(-14, 0, 85)
    ways = _finite_differences(loss, W)
    slopes = {way: np.array([compute(h) for h in every_h]) for way, compute in ways.items()}
    instead, first = next((name, claim(W)) for name, claim in gradients.items())
    largest = np.abs(first).max()

    def errors_of(claimed):
        return {way: np.abs(each - claimed).max(axis=tuple(range(1, each.ndim))) for way, each in slopes.items()}

    @overflow_is_quiet
    def best_h(gradient, **_):
        claimed = gradients[gradient](W)
        claimed = first if claimed is None else claimed
        answer = None  # a wrong gradient is as wrong at every h
        if np.shape(claimed) == W.shape:
            errors = errors_of(claimed)["central"]
            answer = _as_exact(every_h, errors) if _is_right(errors.min(), largest) else None
        return {"h": ("At which h is the central difference nearest to the gradient?", answer)}

    def build(figure):
        reach = room * (largest or 1)
        lines, dots, show_claimed, show_measured = _check_axes(figure, W.size, reach)

        @overflow_is_quiet
        def update(h, gradient):
            claimed = gradients[gradient](W)
            missing, claimed = claimed is None, first if claimed is None else claimed
            if np.shape(claimed) != W.shape:
                for artist in (*lines.values(), *dots.values()):
                    artist.set_data([], [])
                show_claimed(np.zeros(W.size))
                shape = np.shape(claimed)
                return f"“{gradient}” has shape {shape}, but the weights have {W.shape}: nothing to compare."
            errors = errors_of(claimed)
            now = {way: compute(h) for way, compute in ways.items()}
            here = {way: np.abs(each - claimed).max() for way, each in now.items()}
            for way in ways:
                lines[way].set_data(every_h, np.clip(np.nan_to_num(errors[way], nan=np.inf), 1e-14, 100))
                dots[way].set_data([h], [np.clip(here[way], 1e-13, 10)])
            show_claimed(np.clip(np.ravel(claimed), -2 * reach, 2 * reach))
            show_measured(np.clip(now["central"].ravel(), -2 * reach, 2 * reach))
            return told_of_check(gradient, h, here, errors["central"].min(), largest, instead if missing else None)

        update.guesses = best_h
        return update

    return build
