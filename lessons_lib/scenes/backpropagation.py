"""Pictures of backpropagation: graphs stepped forward and backward, a neuron that learns, a gradient checked.

Each function returns a scene: build(figure) -> update(**knobs) -> caption.
"""

import numpy as np
from matplotlib.patches import Rectangle
from matplotlib.ticker import NullLocator

from lessons_lib.maths.backpropagation import BACKWARD, FORWARD, Value, backward
from lessons_lib.maths.checks import overflow_is_quiet
from lessons_lib.maths.gradient_descent import numerical_gradient, slope
from lessons_lib.scenes.drawing import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    bars,
    number,
    page_in_pixels,
    remembered_descent,
    stamped_numbers,
)

_WIDTH, _HEIGHT = 118, 68  # of a node's box, in pixels
_NAME = {"ha": "center", "va": "bottom", "fontsize": 13.5, "weight": "bold"}
_SIGNS = {"*": "×", "-": "−", "**": "the square"}

# What a rule does, in words, and as the product that goes to each input: g arrived, o is the output, a, b the inputs.
_IN_WORDS = {
    "+": ("passes its gradient on to both inputs", "{g}", "{g}"),
    "-": ("passes its gradient on, to the second input with the sign flipped", "{g}", "{g} · (−1)"),
    "*": ("sends each input its gradient times the other input", "{g} · {b}", "{g} · {a}"),
    "**": ("sends its gradient times twice its input", "{g} · 2 · {a}"),
    "tanh": ("sends its gradient times its slope 1 − output²", "{g} · (1 − {o}²)"),
    "sigmoid": ("sends its gradient times its slope output (1 − output)", "{g} · {o} · (1 − {o})"),
    "relu": ("lets its gradient pass where its output is above 0, and stops it elsewhere", "{g} · {step}"),
}


def _say(value):
    return number(value + 0.0).replace("-", "−")  # −0.0 + 0.0 is 0.0


def _factor(value):
    return f"({_say(value)})" if value < 0 else _say(value)


def _listed(words):
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _counted(count, thing):
    return f"{count} {thing}{'' if count == 1 else 's'}"


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


def _checked(rules):
    """The library's rules with a learner's in their places -> (rules, said).

    said, filled in by use: operation -> a sentence about the learner's rule, None where it is not written yet.
    """
    said = {}

    def careful(operation, learners):
        sign = _SIGNS.get(operation, operation)

        def rule(upstream, output, *inputs):
            right = BACKWARD[operation](upstream, output, *inputs)
            try:
                sent = learners(upstream, output, *inputs)
                if sent is None or sent is Ellipsis:
                    said[operation] = None
                    return right
                numbers = np.ravel(np.asarray(sent, dtype=float))
            except Exception as error:  # whatever a learner's function raises is told, and the picture goes on
                said[operation] = f"Your rule for {sign} raised {type(error).__name__}: the library's stands in."
                return right
            if len(numbers) != len(inputs):
                said[operation] = (
                    f"Your rule for {sign} returned {_counted(len(numbers), 'number')} for "
                    f"{_counted(len(inputs), 'input')}: the library's stands in."
                )
                return right
            nudged = upstream * numerical_gradient(lambda each: FORWARD[operation](*each), np.array(inputs))
            if operation == "relu" and abs(inputs[0]) < 1e-4:
                said[operation] = "Your rule for relu is at the kink: no difference can check it there."
            elif np.allclose(numbers, nudged, rtol=1e-4, atol=1e-7):
                said[operation] = f"Your rule for {sign} agrees with finite differences at these numbers."
            else:
                mine, theirs = (_listed([_say(slope) for slope in np.ravel(each)]) for each in (numbers, nudged))
                said[operation] = f"Look at {sign}: your rule sends {mine}, finite differences say {theirs}."
            return numbers

        return rule

    return BACKWARD | {operation: careful(operation, learners) for operation, learners in rules.items()}, said


def neuron_graph(rules=None):
    """One neuron and its loss, L = (σ(w·x + b) − y)², as a graph: 5 steps forward, one for ∂L/∂L, 5 backward.

    rules: a learner's own backward rules by operation, in the place of the library's; the caption says what finite
    differences say about each. One that is not written yet, or fails, is replaced by the library's.
    Knobs: step (0 to 11), w, x, b, target, activation ("tanh", "sigmoid" or "relu").
    """
    places = {"w": (75, 320), "x": (75, 150), "w·x": (225, 235), "b": (225, 75), "z": (375, 235), "a": (525, 235),
              "y": (525, 75), "e": (675, 235), "L": (825, 235)}  # fmt: skip
    names = {"w": "w", "x": "x", "w·x": "w · x", "b": "b", "z": "z = w·x + b", "a": "", "y": "target y",
             "e": "e = a − y", "L": "L = e²"}  # fmt: skip
    inputs_of = {"w·x": ("w", "x"), "z": ("w·x", "b"), "a": ("z",), "e": ("a", "y"), "L": ("e",)}
    order = list(inputs_of)
    edges = [(start, end) for end, starts in inputs_of.items() for start in starts]

    def build(figure):
        show = _draw_graph(figure, places, names, edges)
        x_of_a, y_of_a = places["a"]
        name_of_a = figure.axes[0].text(x_of_a, y_of_a + _HEIGHT / 2 + 5, "", animated=True, **_NAME)

        @overflow_is_quiet
        def update(step, w, x, b, target, activation):
            nodes = {"w": Value(w), "x": Value(x), "b": Value(b), "y": Value(target)}
            nodes["w·x"] = nodes["w"] * nodes["x"]
            nodes["z"] = nodes["w·x"] + nodes["b"]
            nodes["a"] = getattr(nodes["z"], activation)()
            nodes["e"] = nodes["a"] - nodes["y"]
            nodes["L"] = nodes["e"] ** 2
            all_rules, said = _checked(rules or {})
            done = max(0, step - 6)  # operations that have handed their gradient back
            backward(nodes["L"], all_rules, done)
            known = ["w", "x", "b", "y", *order[:step]]
            blamed = [start for end in order[::-1][:done] for start in inputs_of[end]]
            grads = {name: nodes[name].grad for name in (["L", *blamed] if step > 5 else [])}
            now = order[step - 1] if 0 < step < 6 else order[::-1][done - 1] if done else None
            active = [(start, now) for start in inputs_of.get(now, ())]
            show({name: nodes[name].data for name in known}, grads, active, step > 5)
            name_of_a.set_text(f"a = {activation}(z)")
            if step == 0:
                return (
                    f"Given: w = {_say(w)}, x = {_say(x)}, b = {_say(b)} and the target {_say(target)}. "
                    "Every step forward computes one node from those before it."
                )
            if step < 6:
                return f"Forward, step {step} of 5: {_forward_in_words(now, nodes, inputs_of[now])}"
            if step == 6:
                return f"The loss is {_say(nodes['L'].data)}. Backward starts here: ∂L/∂L = 1. Now step on."
            caption = _backward_in_words(nodes[now], inputs_of[now], all_rules, said)
            missing = [_SIGNS.get(operation, operation) for operation, sentence in said.items() if sentence is None]
            if missing:
                caption += f" The library's rules stand in for yours, which are not written yet: {_listed(missing)}."
            # What is wrong comes last, where it stays in mind.
            return " ".join([caption, *sorted(filter(None, said.values()), key=lambda each: "agrees" not in each)])

        return update

    return build


def _forward_in_words(name, nodes, starts):
    numbers = [_say(nodes[starts[0]].data), *(_factor(nodes[start].data) for start in starts[1:])]
    operation, result = nodes[name].operation, _say(nodes[name].data)
    if operation == "**":
        return f"the loss is the square of {numbers[0]}: L = {result}."
    if len(numbers) == 1:
        return f"{operation} of {numbers[0]} is {result}."
    return f"{numbers[0]} {_SIGNS.get(operation, operation)} {numbers[1]} = {result}."


def _backward_in_words(node, starts, rules, said):
    """What a node hands to its inputs, whose names are starts; the slopes are those that the rules give."""
    sign = _SIGNS.get(node.operation, node.operation)
    sign = sign[0].upper() + sign[1:]
    inputs = [np.float64(each.data) for each in node.inputs]
    slopes = np.ravel(rules[node.operation](np.float64(node.grad), np.float64(node.data), *inputs))
    if said.get(node.operation):  # how a learner's rule came to its numbers is not known
        return f"{sign} sends {_listed([f'{_say(slope)} to {start}' for slope, start in zip(slopes, starts)])}."
    rule, *products = _IN_WORDS[node.operation]
    own_slope = BACKWARD[node.operation](1.0, node.data, *inputs) if node.operation in ("tanh", "sigmoid") else 1
    if own_slope < 0.01:  # 1 − 1² would read as 0
        products = [f"{{g}} · {_say(own_slope)}"]
    parts = {"g": _say(node.grad), "o": _factor(node.data), "step": int(node.data > 0)}
    parts |= {letter: _factor(each) for letter, each in zip("ab", inputs)}
    sums = [product.format(**parts) for product in products]
    told = [f"{text} to {start}" if text == _say(slope) else f"{text} = {_say(slope)} to {start}"
            for text, slope, start in zip(sums, slopes, starts)]  # fmt: skip
    return f"{sign} {rule}: {', '.join(told)}."


def used_twice():
    """L = a·b + a, where a is used twice: what arrives from both uses is added up, or, by mistake, overwritten.

    Knobs: step (0 to 5: 2 forward, one for ∂L/∂L, 2 backward), a, b, and arriving ("added up" or "overwritten").
    """
    places = {"a": (150, 270), "b": (150, 100), "a·b": (430, 185), "L": (710, 270)}
    inputs_of = {"a·b": ("a", "b"), "L": ("a·b", "a")}
    edges = [(start, end) for end, starts in inputs_of.items() for start in starts]

    def build(figure):
        rule = figure.text(0.5, 0.07, "", ha="center", fontsize=15, animated=True)
        show = _draw_graph(figure, places, {"a": "a", "b": "b", "a·b": "a · b", "L": "L = a·b + a"}, edges)

        def update(step, a, b, arriving):
            nodes = {"a": Value(a), "b": Value(b)}
            nodes["a·b"] = nodes["a"] * nodes["b"]
            nodes["L"] = nodes["a·b"] + nodes["a"]
            done = max(0, step - 3)
            backward(nodes["L"], n_operations=done)
            grads = {name: nodes[name].grad for name in ([], ["L"], ["L", "a·b", "a"], places)[max(0, step - 2)]}
            overwritten = done == 2 and arriving == "overwritten"
            rule.set_text(f"a.grad {'+=' if arriving == 'added up' else '='} what arrives")
            if overwritten:
                grads["a"] = b
            now = (None, "a·b", "L", None, "L", "a·b")[step]
            known = ["a", "b", *list(inputs_of)[:step]]
            active = [(start, now) for start in inputs_of.get(now, ())]
            show({name: nodes[name].data for name in known}, grads, active, step > 2)
            nudged = numerical_gradient(lambda v: v[0] * v[1] + v[0], np.array([a, b]))[0]
            if step < 5:
                return (
                    f"Given: a = {_say(a)} and b = {_say(b)}. Two arrows leave a: it is used twice.",
                    f"Forward: a · b = {_say(a * b)}.",
                    f"Forward: L = {_say(a * b)} + {_factor(a)} = {_say(nodes['L'].data)}.",
                    "Backward starts with ∂L/∂L = 1.",
                    "+ passes 1 on to both inputs: a has 1 already, but × has not spoken yet.",
                )[step]
            if overwritten:
                return (
                    f"× sends 1 · {_factor(b)} to a, over the 1 that had come straight from +: a keeps {_say(b)}. "
                    f"Finite differences say {_say(nudged)}: the 1 is lost."
                )
            return (
                f"× sends 1 · {_factor(b)} to a and 1 · {_factor(a)} to b. With the 1 that had come straight from +, "
                f"a has {_say(grads['a'])} in all. "
                f"Finite differences say {_say(nudged)}, too."
            )

        return update

    return build


def neuron_training(x, y, start, max_steps=60):
    """A neuron σ(w·x + b) trained by descent on the gradients of its graph: its curve, and the loss per step.

    x, y (n,) numbers, start (w, b). Knobs: step, learning_rate, activation ("tanh", "relu" or "none").
    """

    def loss_of(w, b, activation):
        outputs = [w * each + b for each in x]
        outputs = outputs if activation == "none" else [getattr(output, activation)() for output in outputs]
        return sum((output - target) ** 2 for output, target in zip(outputs, y)) / len(x)

    def trained(activation):
        def gradient(p):
            w, b = Value(p[0]), Value(p[1])
            loss_of(w, b, activation).backward()
            return np.array([w.grad, b.grad])

        return gradient, remembered_descent(
            gradient, lambda p: loss_of(Value(p[0]), Value(p[1]), activation).data, start
        )

    runs = {activation: trained(activation) for activation in ("tanh", "relu", "none")}
    across = np.linspace(min(x) - 0.5, max(x) + 0.5, 121)
    shapes = {"none": lambda z: z} | {name: FORWARD[name] for name in ("tanh", "relu")}

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
            slopes = gradient(path[-1])
            steepest = np.abs(slopes).max()
            told = f"Step {step}: w {_say(w)}, b {_say(b)}, loss {_say(losses[-1])}"
            z = w * np.array(x) + b
            if not losses[-1] < 100 * losses[0]:
                return f"{told}. It has blown up: the steps overshoot, further and further."
            if activation == "relu" and (z <= 1e-9).all():  # a step may end at 0 but for rounding
                where = f"w·x + b is 0 or below at all {len(x)} points"
                return f"{told}. The neuron is dead: {where}, so no gradient comes back."
            if activation == "tanh" and (np.abs(z) > 3).all():
                return f"{told}. The neuron is saturated: the steepest slope that comes back is {_say(steepest)}."
            above = " That is above the loss at the start." if losses[-1] > losses[0] else ""
            return f"{told}. The gradient is {_say(slopes[0])} for w, {_say(slopes[1])} for b.{above}"

        return update

    return build


def gradient_check(loss, gradients, W, room=5.5):
    """A claimed gradient beside finite differences, and their difference for every h: a V where the claim is right.

    loss(W) -> number; gradients: name -> function(W) -> like W, of which one that returns None is replaced by the
    first; W any shape; room: how many times the first's largest slope the bars can show. Knobs: h (1e-14 to 1),
    gradient (a name).
    """
    every_h = np.logspace(-14, 0, 85)

    def forward_slopes(h):
        def along(place):
            return lambda value: loss(np.where(place, value, W))

        places = np.eye(W.size, dtype=bool).reshape(W.size, *W.shape)
        return np.array([slope(along(place), W[place][0], h) for place in places]).reshape(W.shape)

    ways = {"forward": forward_slopes, "central": lambda h: numerical_gradient(loss, W, h)}
    slopes = {way: np.array([compute(h) for h in every_h]) for way, compute in ways.items()}
    first = next(iter(gradients.values()))(W)

    def build(figure):
        chart = figure.add_axes([0.10, 0.17, 0.42, 0.70])
        chart.set(
            xlim=(1e-14, 1), ylim=(1e-13, 10), xscale="log", yscale="log", xlabel="h", ylabel="largest difference"
        )
        chart.set_xticks([1e-12, 1e-9, 1e-6, 1e-3, 1])
        chart.set_yticks([1e-12, 1e-9, 1e-6, 1e-3, 1])
        chart.xaxis.set_minor_locator(NullLocator())
        chart.yaxis.set_minor_locator(NullLocator())
        looks = {"forward": (BLUE, "--", "o"), "central": (GREEN, "-", "s")}
        lines, dots = {}, {}
        for way, (colour, style, marker) in looks.items():
            (lines[way],) = chart.plot([], [], style, color=colour, label=f"{way} difference", animated=True)
            (dots[way],) = chart.plot(
                [], [], marker, color=colour, markersize=11, markeredgecolor=BLACK, clip_on=False, animated=True
            )
        chart.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2, columnspacing=1)
        right = figure.add_axes([0.63, 0.17, 0.35, 0.70])
        reach = room * (np.abs(first).max() or 1)
        right.set(xlim=(-0.6, W.size - 0.4), ylim=(-reach, reach), xlabel="weight", ylabel="slope")
        right.set_xticks(np.arange(W.size), np.arange(1, W.size + 1))
        right.axhline(0, color=GREY, linewidth=1)
        show_claimed = bars(right, np.arange(W.size) - 0.18, ORANGE, 14, label="claimed")
        show_measured = bars(right, np.arange(W.size) + 0.18, GREEN, 14, label="measured")
        right.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2, columnspacing=1)

        @overflow_is_quiet
        def update(h, gradient):
            claimed = gradients[gradient](W)
            note = ""
            if claimed is None:
                claimed, note = first, f"“{gradient}” is not written yet: “{next(iter(gradients))}” stands in. "
            if np.shape(claimed) != W.shape:
                for artist in (*lines.values(), *dots.values()):
                    artist.set_data([], [])
                show_claimed(np.zeros(W.size))
                return (
                    f"“{gradient}” has shape {np.shape(claimed)}, but the weights have {W.shape}: nothing to compare."
                )
            errors = {way: np.abs(each - claimed).max(axis=tuple(range(1, each.ndim))) for way, each in slopes.items()}
            now = {way: compute(h) for way, compute in ways.items()}
            here = {way: np.abs(each - claimed).max() for way, each in now.items()}
            for way in ways:
                lines[way].set_data(every_h, np.clip(np.nan_to_num(errors[way], nan=np.inf), 1e-14, 100))
                dots[way].set_data([h], [np.clip(here[way], 1e-13, 10)])
            show_claimed(np.clip(np.ravel(claimed), -2 * reach, 2 * reach))
            show_measured(np.clip(now["central"].ravel(), -2 * reach, 2 * reach))
            best = errors["central"].min()
            told = (
                f"At h = {h:.1g} the difference is {here['forward']:.1g} (forward) and {here['central']:.1g} (central)."
            )
            if best < 1e-6 * max(np.abs(first).max(), 1e-3):
                return (
                    f"{note}{told} The best h brings it below a millionth of the largest slope: the gradient is right."
                )
            return f"{note}{told} No h brings it below {best:.1g}: the gradient itself is wrong."

        return update

    return build
