"""maths.backpropagation against hand-computed values, finite differences and whole networks; the pictures' captions."""

import json
import warnings

import numpy as np
import pytest
from conftest import NOTEBOOKS
from hypothesis import given
from hypothesis import strategies as st

from lessons_lib import live, stage
from lessons_lib.exercises import backpropagation as exercises
from lessons_lib.maths import backpropagation as bp
from lessons_lib.maths import neural_networks as nn
from lessons_lib.maths.backpropagation import Value, graph
from lessons_lib.maths.gradient_descent import numerical_gradient
from lessons_lib.scenes import backpropagation as scenes

OPERATIONS = {name: getattr(bp, name) for name in ("add", "subtract", "multiply", "divide", "power", "exp", "log", "tanh",
                                                   "sigmoid", "relu")}  # fmt: skip
values_of = np.vectorize(Value, otypes=[object])
grads_of = np.vectorize(lambda value: value.grad, otypes=[float])


@pytest.fixture(autouse=True)
def no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def test_a_neuron_by_hand():
    w, x, b, y = Value(0.5), Value(2), Value(0.3), Value(0.4)
    L = ((w * x + b).tanh() - y) ** 2
    L.backward()
    a = np.tanh(1.3)
    dz = 2 * (a - 0.4) * (1 - a**2)
    assert L.data == pytest.approx((a - 0.4) ** 2)
    assert (w.grad, x.grad, b.grad) == pytest.approx((2 * dz, 0.5 * dz, dz))
    assert y.grad == pytest.approx(-2 * (a - 0.4))
    assert L.grad == 1
    assert repr(Value(2)) == "Value(data=2, grad=0)"


numbers = st.floats(-3, 3).filter(lambda x: abs(x) > 0.05)
FORMULAS = [
    lambda a, b: a + b * 3 - 2,
    lambda a, b: 5 - a * b + (-a),
    lambda a, b: a / b + 2 / a,
    lambda a, b: (a * a + b * b) ** 1.5,
    lambda a, b: (a * a + 0.5) ** b,
    lambda a, b: a**3 - b**2 + a**-1,
    lambda a, b: 2**a * b,
    lambda a, b: np.exp(a) - np.exp(-b),
    lambda a, b: np.log(a * a + 1) * b,
    lambda a, b: np.tanh(a * b) + np.tanh(a) * a,
    lambda a, b: sum([a, b, a * b, a]),
]


@given(st.integers(0, len(FORMULAS) - 1), numbers, numbers)
def test_formulas_against_finite_differences(which, a, b):
    formula = FORMULAS[which]
    x, y = Value(a), Value(b)
    end = formula(x, y)
    end.backward()
    slopes = numerical_gradient(lambda v: formula(*v), np.array([a, b]))
    assert end.data == pytest.approx(formula(a, b))
    assert (x.grad, y.grad) == pytest.approx(tuple(slopes), rel=1e-6, abs=1e-6)


@given(st.sampled_from(list(OPERATIONS)), numbers, numbers)
def test_every_rule_against_finite_differences(name, a, b):
    operation = OPERATIONS[name]
    inputs = np.array([a, b] if list(OPERATIONS).index(name) < 5 else [a])
    if name in ("log", "power"):
        inputs[0] = abs(inputs[0])
    nodes = [Value(each) for each in inputs]
    operation(*nodes).backward()
    slopes = numerical_gradient(lambda v: operation(*v).data, inputs)
    assert [node.grad for node in nodes] == pytest.approx(slopes.tolist(), rel=1e-5, abs=1e-6)


def test_methods_mix_with_numbers_on_either_side():
    by_numpy = {"exp": np.exp, "log": np.log, "tanh": np.tanh}
    for name in ("exp", "log", "tanh", "sigmoid", "relu"):
        assert getattr(Value(0.7), name)().data == OPERATIONS[name](0.7).data
        assert name not in by_numpy or by_numpy[name](Value(0.7)).data == by_numpy[name](0.7)
    with pytest.raises(TypeError):
        np.sin(Value(1))
    assert [(2 * Value(3)).data, (np.float64(2) * Value(3)).data, (Value(3) * np.float32(2)).data] == [6, 6, 6]
    assert [(1 - Value(3)).data, (6 / Value(3)).data, (2 ** Value(3)).data, (-Value(3)).data] == [-2, 2, 8, -3]
    assert [each.data for each in np.array([1.0, 2.0]) * Value(3)] == [3, 6]


def test_gradients_of_several_uses_add_up_and_a_second_call_gives_the_same():
    a, b = Value(2.0), Value(3.0)
    L = a * b + a
    for _ in range(2):
        L.backward()
        assert (a.grad, b.grad) == (4, 2)
    square = a * a
    square.backward()
    assert a.grad == 4
    diamond = (a + 1) * (a - 1) + (a + 1) * b
    diamond.backward()
    assert a.grad == pytest.approx(2 * 2 + 3)


def test_the_order_puts_inputs_first_and_holds_each_node_once():
    a, b = Value(2.0), Value(3.0)
    L = (a * b + a) * (a * b).tanh()
    order = graph(L)
    assert order[-1] is L and len(order) == len(set(order)) == 7
    for place, node in enumerate(order):
        assert all(order.index(each) < place for each in node.parents)


def test_a_graph_may_be_thousands_of_nodes_deep():
    start = end = Value(1.0)
    for _ in range(5000):
        end = end * 1.0001
    end.backward()
    assert start.grad == pytest.approx(1.0001**5000)
    assert len(graph(end)) == 10001


def test_overflow_is_quiet():
    made = [Value(1000).exp(), Value(0).log(), Value(-1).log(), Value(1) / 0, Value(-1000).sigmoid(), Value(10) ** 400,
            Value(0) / 0, Value(-8) ** (1 / 3), Value(np.inf) * 0, Value(np.nan).relu(), 0.0 * Value(5).log()]  # fmt: skip
    data = [value.data for value in made]
    assert data[:7] == pytest.approx([np.inf, -np.inf, np.nan, np.inf, 0, np.inf, np.nan], nan_ok=True)
    for value in made:
        value.backward()
        (value * value + 1).backward()
    x = Value(0.0)
    (x**0 + x**2).backward()
    assert x.grad == 0
    k = Value(2.0)
    (Value(0.0) ** k).backward()
    assert k.grad == 0


@pytest.mark.parametrize("bad", ["a string", None, np.ones(2), 1j, [1, 2]])
def test_what_is_no_number_gets_one_sentence(bad):
    for make in (lambda: Value(bad), lambda: Value(2) + bad, lambda: Value(2) ** bad):
        with pytest.raises(TypeError, match="single numbers"):
            make()
    with pytest.raises(ValueError, match="largest float"):
        Value(10**400)


def test_a_rule_that_returns_something_else_gets_one_sentence():
    for wrong in (None, [1, 2, 3], "three", 1.0, ..., [1, None], [1, "2"]):
        with pytest.raises(TypeError, match="needs to return a list of 2 numbers, one per parent; it returned"):
            Value(6, (Value(2), Value(3)), lambda upstream, wrong=wrong: wrong).backward()
    with pytest.raises(TypeError, match="a list of one number"):
        Value(6, (Value(2),), lambda upstream: None).backward()


def graph_of_network(layers, X, y, activation):
    """The loss of a network built from single Values, and its parameters as tables of Values."""
    parts = [(values_of(W), values_of(b)) for W, b in layers]
    A, each = X, np.vectorize(lambda value: getattr(value, activation)(), otypes=[object])
    for W, b in parts[:-1]:
        A = each(A @ W.T + b)
    W, b = parts[-1]
    S = A @ W.T + b
    return (np.log(np.exp(S).sum(axis=1)) - S[np.arange(len(y)), y]).mean(), parts


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu"])
@pytest.mark.parametrize("sizes", [(2, 3, 2), (3, 2), (2, 4, 3, 3)])
def test_the_graph_agrees_with_the_vectorised_network(activation, sizes):
    rng = np.random.default_rng(sum(sizes))
    layers = [(W, rng.normal(size=b.shape)) for W, b in nn.initialise(sizes, rng)]
    X, y = rng.normal(size=(5, sizes[0])), rng.integers(0, sizes[-1], size=5)
    end, parts = graph_of_network(layers, X, y, activation)
    end.backward()
    assert end.data == pytest.approx(nn.loss(layers, X, y, activation), abs=1e-12)
    for mine, theirs in zip(parts, nn.gradient(layers, X, y, activation)):
        for values, slopes in zip(mine, theirs):
            assert grads_of(values) == pytest.approx(slopes, abs=1e-10)


@given(st.integers(0, 1000), st.integers(1, 6), st.integers(1, 4), st.integers(1, 4), st.integers(2, 4))
def test_two_layers_at_once(seed, n, d, h, classes):
    rng = np.random.default_rng(seed)
    parts = [rng.normal(size=shape) for shape in ((h, d), (h,), (classes, h), (classes,))]
    X, y = rng.normal(size=(n, d)), rng.integers(0, classes, size=n)
    layers = [(parts[0], parts[1]), (parts[2], parts[3])]
    assert bp.two_layer_loss(*parts, X, y) == pytest.approx(nn.loss(layers, X, y, "tanh"), abs=1e-12)
    slopes = bp.two_layer_gradient(*parts, X, y)
    theirs = [part for layer in nn.gradient(layers, X, y, "tanh") for part in layer]
    for place, (mine, other) in enumerate(zip(slopes, theirs)):
        assert mine == pytest.approx(other, abs=1e-12)

        def along(part, place=place):
            return bp.two_layer_loss(*parts[:place], part, *parts[place + 1 :], X, y)

        assert mine == pytest.approx(numerical_gradient(along, parts[place]), abs=1e-6)
    assert exercises.first_layer_gradient(*parts, X, y) == pytest.approx(slopes[0], abs=1e-12)


def test_two_layers_refuse_shapes_that_do_not_fit():
    W1, b1, W2, b2, X, y = np.ones((3, 2)), np.ones(3), np.ones((2, 3)), np.ones(2), np.ones((4, 2)), np.zeros(4, int)
    for call in (bp.two_layer_loss, bp.two_layer_gradient):
        with pytest.raises(ValueError, match="layer 1 needs W of shape"):
            call(W1.T, b1, W2, b2, X, y)
        with pytest.raises(ValueError, match="layer 2 needs W of shape"):
            call(W1, b1, W2, b1, X, y)
        with pytest.raises(ValueError, match="from 0 to 1"):
            call(W1, b1, W2, b2, X, y + 2)
    assert np.isfinite(bp.two_layer_loss(1e300 * W1, b1, W2, b2, 1e300 * X, y))
    assert all(np.isfinite(part).all() for part in bp.two_layer_gradient(1e300 * W1, b1, 1e300 * W2, b2, X, y))


def test_the_exercises_rules_are_the_librarys():
    given = (0.3, float(np.tanh(0.7)), 0.7)
    assert exercises.tanh_backward(*given) == pytest.approx(bp.tanh(0.7).rule(0.3)[0])
    assert exercises.relu_backward(0.3, 0.7, 0.7) == bp.relu(0.7).rule(0.3)[0] == 0.3
    assert list(exercises.multiply_backward(0.3, -0.84, 0.7, -1.2)) == bp.multiply(0.7, -1.2).rule(0.3)


# What a learner who solved exercises 2 and 3 has on the page.
SOLVED = {"tanh_backward": bp.tanh_backward, "relu_backward": bp.relu_backward}


def built_on_the_page(slip=("", ""), **rules):
    """The class Value as the page's cells build it, with the learner's rules, and a slip: (right text, wrong text)."""
    (path,) = (path for path in NOTEBOOKS if path.stem == "06_backpropagation")
    cells = ["".join(cell["source"]) for cell in json.loads(path.read_text())["cells"] if cell["id"].startswith("engine-")
             and cell["cell_type"] == "code"]  # fmt: skip
    code = "\n".join(cells)
    assert code.count(slip[0]) >= 1
    page = {"itertools": __import__("itertools"), "np": np, **rules}
    exec(code.replace(*slip), page)
    return page["Value"]


def neuron_panel(make=Value, step=11, activation="tanh"):
    knobs = {"w": (-5, 5, 0.5), "x": (-3, 3, 2), "b": (-2, 2, 0.3), "target": (-1, 1, 0.4)}
    sliders = {name: live.slider(low, high, value, 0.05) for name, (low, high, value) in knobs.items()}
    activations = live.choice(["tanh", "sigmoid", "relu"], activation)
    return live.panel(scenes.neuron_graph(make), step=live.int_slider(0, 11, step), **sliders, activation=activations)


def test_the_neurons_captions_say_what_each_step_does():
    panel = neuron_panel(step=0)
    expected = ["w = 0.5, x = 2, b = 0.3 and the target 0.4", "0.5 × 2 = 1", "1 + 0.3 = 1.3", "tanh of 1.3 is 0.862", "0.862 − 0.4 = 0.462",
                "the error times itself: L = 0.462 × 0.462 = 0.213", "∂L/∂L = 1",
                "1 · 0.462 and 1 · 0.462 to e, together 0.923", "−0.923 to y",
                "0.923 · (1 − 0.862²) = 0.238 to z", "0.238 to w·x, 0.238 to b", "0.238 · 2 = 0.475 to w"]  # fmt: skip
    for step, words in enumerate(expected):
        panel.set(step=step)
        assert words in panel.caption, panel.caption
    panel.set(step=9, activation="relu", w=-5.0)
    assert "−1.4" not in panel.caption and "0 to z" in panel.caption
    panel.set(activation="tanh", w=5.0, x=3.0)
    assert "1.2 · 2.05e−13 = 2.46e−13 to z" in panel.caption, panel.caption


def test_the_learners_class_drives_the_graph_and_the_caption_names_the_wrong_node(capsys):
    panel = neuron_panel(built_on_the_page(**SOLVED))
    assert "agrees" in panel.caption and "Look at" not in panel.caption
    swapped = neuron_panel(
        built_on_the_page(
            ("[upstream * b.data, upstream * a.data]", "[upstream * a.data, upstream * b.data]"), **SOLVED
        )
    )
    assert "Look at ×: your rule sends 0.119 and 0.475, finite differences say 0.475 and 0.119" in swapped.caption
    assert "Your rule for tanh agrees with finite differences at these numbers" in swapped.caption
    swapped.set(step=10)
    assert "Look at" not in swapped.caption
    wrong_slope = neuron_panel(built_on_the_page(**SOLVED | {"tanh_backward": lambda upstream, output, z: output}))
    assert wrong_slope.caption.startswith("× sends each") and "Look at tanh" in wrong_slope.caption
    assert swapped.svg != panel.svg
    overwritten = neuron_panel(built_on_the_page(("grad += slope", "grad = slope"), **SOLVED))
    assert "Look at += in backward: 0.462 and 0.462 arrived at e, which keeps 0.462." in overwritten.caption
    assert "agrees" in overwritten.caption and "0.119 · 2 = 0.238 to w" in overwritten.caption
    for nothing in (None, ...):
        unsolved = neuron_panel(
            built_on_the_page(tanh_backward=lambda *_, nothing=nothing: nothing, relu_backward=None)
        )
        assert "Your rule for tanh is not written yet: the library's stands in." in unsolved.caption
        assert unsolved._stage.frame().count("path") == panel._stage.frame().count("path")
    for rule, words in ((lambda *_: 1 / 0, "raised ZeroDivisionError"), (lambda *_: "a", "raised ValueError"),
                        (lambda u, *_: u * ..., "raised TypeError"), (lambda *_: (1, 2), "raised TypeError")):  # fmt: skip
        assert words in neuron_panel(built_on_the_page(tanh_backward=rule, relu_backward=None)).caption
    for number in (np.nan, np.inf, -np.inf, -1e300, 1e-300, True):
        strange = neuron_panel(built_on_the_page(tanh_backward=lambda *_, number=number: number, relu_backward=None))
        assert "Look at tanh" in strange.caption, strange.caption
    panel.set(x=0.0, target=1.0)
    assert "−0 " not in panel.caption
    at_the_kink = neuron_panel(built_on_the_page(**SOLVED), activation="relu")
    at_the_kink.set(w=0.0, b=0.0)
    assert "Look at" not in at_the_kink.caption
    assert "Your rule for relu is at the kink: no difference can check it there" in at_the_kink.caption


ON_THE_PAGE = built_on_the_page(**SOLVED)


@given(st.floats(-5, 5), st.floats(-3, 3), st.floats(-2, 2), st.floats(-1, 1), st.sampled_from(["tanh", "relu"]))
def test_right_rules_agree_at_every_setting(w, x, b, target, activation):
    walk = scenes.neuron_walk(ON_THE_PAGE, 11, w, x, b, target, activation)
    assert "Look at" not in scenes.told_of_neuron(walk, own=True)
    end = (getattr(Value(w) * x + b, activation)() - target) ** 2
    end.backward()
    assert walk.nodes["L"].data == pytest.approx(end.data)
    for name in ("w", "b"):
        slope = numerical_gradient(
            lambda v, name=name: ((np.tanh if activation == "tanh" else lambda z: max(z, 0))(
                (v if name == "w" else w) * x + (v if name == "b" else b)) - target) ** 2, np.array(w if name == "w" else b))  # fmt: skip
        if activation == "tanh" or abs(w * x + b) > 1e-3:
            assert walk.nodes[name].grad == pytest.approx(float(slope), abs=1e-6, rel=1e-5)


def test_used_twice_adds_up_or_loses_the_one():
    panel = live.panel(scenes.used_twice(), step=live.int_slider(0, 5, 5), a=live.slider(-3, 3, 2, 0.1),
                       b=live.slider(-3, 3, 3, 0.1), arriving=live.choice(["added up", "overwritten"]))  # fmt: skip
    assert "a has 4 in all. Finite differences say 4" in panel.caption
    panel.set(arriving="overwritten", b=-1.0)
    assert "a keeps −1. Finite differences say" in panel.caption and "the 1 is lost" in panel.caption


def test_a_neuron_learns_saturates_dies_and_blows_up():
    scene = scenes.neuron_training(Value, x=(-1, 0.5, 2), y=(0, 0.3, 0.9), start=(0.1, 0.6))
    panel = live.panel(scene, step=live.int_slider(0, 60, 60), learning_rate=live.log_slider(1e-2, 30, 0.1),
                       activation=live.choice(["tanh", "relu", "none"]))  # fmt: skip
    rates = {
        name: live.log_slider(1e-2, 30, rate).value
        for name, rate in (("good", 0.3), ("flat", 0.75), ("big", 1), ("huge", 30))
    }
    for activation, rate, words in (("tanh", "huge", "saturated"), ("relu", "big", "dead: w·x + b is 0 or below at all 3 points"),
                                    ("relu", "flat", "dead"), ("none", "huge", "above the limit 0.5: the steps overshoot"),
                                    ("relu", "good", "The gradient is"), ("tanh", "good", "The gradient is")):  # fmt: skip
        panel.set(activation=activation, learning_rate=rates[rate])
        assert words in panel.caption, panel.caption


def training_told(losses, z=(0.1, 0.2), activation="tanh", above=None):
    run = scenes.Training(0.5, 0.1, np.array(losses), np.array([0.3, -0.2]), np.array(z), above)
    return scenes.told_of_training(run, activation)


def test_a_training_is_told_for_what_it_is():
    assert "above the start" not in training_told([1.0, 0.5]) and "overshot" not in training_told([1.0, 0.5])
    recovered = training_told([1.0, 2500.0, 0.4])
    assert "blown up" not in recovered and "above" not in recovered
    assert "above that of the start" in training_told([1.0, 0.5, 1.2]) and "blow" not in training_told([1.0, 0.5, 1.2])
    assert "It blows up" in training_told([1.0, 2.0, 3.0, 4.0]) and "blow" not in training_told([1.0, 9.0, 3.0, 4.0])
    assert "raised the loss" in training_told([1.0, 0.3, 0.5])
    assert "blown up" in training_told([1.0, np.inf])
    assert "will overshoot" in training_told([1.0], activation="none", above=0.5)
    assert "dead" in training_told([1.0, 0.5], z=(0.0, -1.0), activation="relu")
    assert "saturated" in training_told([1.0, 0.5], z=(3.1, -4.0))


def test_the_limit_on_the_slider_is_that_of_the_bowl():
    _, update = stage.build(scenes.neuron_training(Value, x=(-1, 0.5, 2), y=(0, 0.3, 0.9), start=(0.1, 0.6)))
    limit = update.zones(activation="none")["learning_rate"][-1][0]
    assert update.zones(activation="tanh") == {"learning_rate": []}
    for rate, grows in ((0.97 * limit, False), (1.03 * limit, True)):
        told = update(step=60, learning_rate=rate, activation="none")
        assert ("above the limit" in told) == grows
        first, last = (float(update(step=k, learning_rate=rate, activation="none").split("loss ")[1].split(". ")[0])
                       for k in (30, 60))  # fmt: skip
        assert (last > first) == grows


def test_an_activation_that_is_not_written_yet_is_the_librarys_and_the_caption_says_so():
    for rule in (lambda *_: None, lambda *_: ..., lambda *_: 1 / 0):
        make = built_on_the_page(tanh_backward=rule, relu_backward=bp.relu_backward)
        _, update = stage.build(scenes.neuron_training(make, x=(-1, 0.5, 2), y=(0, 0.3, 0.9), start=(0.1, 0.6)))
        told = {name: update(step=20, learning_rate=0.1, activation=name) for name in ("tanh", "relu", "none")}
        assert [name for name in told if "the library's stands in" in told[name]] == ["tanh"]


def test_below_for_good_is_the_first_step_after_the_last_that_is_above():
    for losses, step in (([3, 1, 1], 1), ([3, 1, 3, 1], 3), ([1, 1], 0), ([3, 1, 3], None), ([3, 1, np.nan], None),
                         ([3, np.inf, 1], 2)):  # fmt: skip
        assert scenes.below_for_good(losses, 2) == step


def test_the_challenge_of_the_neuron_has_the_answer_of_a_descent_by_hand():
    x, y = np.array([-1, 0.5, 2]), np.array([0, 0.3, 0.9])
    _, update = stage.build(scenes.neuron_training(Value, x=x, y=y, start=(0.1, 0.6)))
    judge, largest = update.challenges["largest rate"][1], 0
    for rate in 10 ** np.arange(-0.5, 0.5, 0.025):
        p, arrived = np.array([0.1, 0.6]), None
        for step in range(61):
            a = np.tanh(p[0] * x + p[1])
            arrived = None if np.mean((a - y) ** 2) > 0.02 else step if arrived is None else arrived
            upstream = 2 / 3 * (a - y) * (1 - a**2)
            p = p - rate * np.array([upstream @ x, upstream.sum()])
        done, score, words = judge(learning_rate=rate, step=0, activation="tanh")
        assert done == (arrived is not None and arrived <= 20) and score == rate
        assert words.endswith("does not arrive" if arrived is None else f"arrives at step {arrived}")
        largest = max(largest, rate * done)
    assert largest == pytest.approx(1.33, rel=0.01)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert not judge(learning_rate=30, step=0, activation="none")[0]


def test_the_best_h_is_where_the_central_difference_is_nearest():
    W, slope_of = np.array([[0.5, -0.3]]), lambda W: np.cos(W)
    claims = {
        "right": slope_of,
        "wrong": lambda W: -slope_of(W),
        "flat": lambda W: np.ones(2),
        "none yet": lambda W: None,
    }
    _, update = stage.build(scenes.gradient_check(lambda W: np.sin(W).sum(), claims, W))
    answer = {name: update.guesses(gradient=name)["h"][1] for name in claims}
    assert answer["wrong"] is None and answer["flat"] is None
    np.testing.assert_array_equal(answer["none yet"], answer["right"])
    # The error is h² / 6 from bending and some 1e-16 / h from rounding: least near (3e-16)^(1/3).
    assert answer["right"].min() > 1e-6 and answer["right"].max() < 3e-5
    assert np.diff(np.log10(answer["right"])).max() < 0.0101


def test_the_gradient_check_tells_right_from_wrong():
    rng = np.random.default_rng(0)
    (W1, b1), (W2, b2) = nn.initialise((2, 3, 2), rng)
    X, y = rng.normal(size=(5, 2)), rng.integers(0, 2, size=5)
    given = (b1, W2, b2, X, y)
    claims = {"right": lambda W: bp.two_layer_gradient(W, *given)[0], "yours": lambda W: None,
              "no slope": lambda W: exercises.without_slope(W, *given), "no mean": lambda W: 5 * claims["right"](W),
              "transposed": lambda W: claims["right"](W).T, "nan": lambda W: np.nan * W}  # fmt: skip
    scene = scenes.gradient_check(lambda W: bp.two_layer_loss(W, *given), claims, W1)
    panel = live.panel(scene, h=live.log_slider(1e-14, 1, 1e-5), gradient=live.choice(list(claims)))
    for h in (1e-14, 1e-5, 1):
        for name, words in (("right", "is right"), ("yours", "“right” stands in"), ("no slope", "itself is wrong"),
                            ("no mean", "itself is wrong"), ("transposed", "shape (2, 3)"), ("nan", "wrong")):  # fmt: skip
            panel.set(h=h, gradient=name)
            assert words in panel.caption, panel.caption
