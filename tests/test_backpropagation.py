"""maths.backpropagation against hand-computed values, finite differences and whole networks; the pictures' captions."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons_lib import live
from lessons_lib.exercises import backpropagation as exercises
from lessons_lib.maths import backpropagation as bp
from lessons_lib.maths import neural_networks as nn
from lessons_lib.maths.backpropagation import BACKWARD, FORWARD, Value, graph
from lessons_lib.maths.gradient_descent import numerical_gradient
from lessons_lib.scenes import backpropagation as scenes

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


@given(st.sampled_from(sorted(FORWARD)), numbers, numbers)
def test_every_rule_against_finite_differences(operation, a, b):
    inputs = np.array([a, b] if operation in "+-*/**" else [a])
    if operation in ("log", "**"):
        inputs[0] = abs(inputs[0])
    nodes = [Value(each) for each in inputs]
    end = bp._computed(operation, *nodes)
    end.backward()
    slopes = numerical_gradient(lambda v: FORWARD[operation](*v), inputs)
    assert [node.grad for node in nodes] == pytest.approx(slopes.tolist(), rel=1e-5, abs=1e-6)


def test_methods_mix_with_numbers_on_either_side():
    for method in ("exp", "log", "tanh", "sigmoid", "relu"):
        assert getattr(Value(0.7), method)().data == FORWARD[method](0.7)
        ufunc = {"sigmoid": None, "relu": None}.get(method, getattr(np, method, None))
        assert ufunc is None or ufunc(Value(0.7)).data == FORWARD[method](0.7)
    with pytest.raises(TypeError):
        np.sin(Value(1))
    assert [(2 * Value(3)).data, (np.float64(2) * Value(3)).data, (Value(3) * np.float32(2)).data] == [6, 6, 6]
    assert [(1 - Value(3)).data, (6 / Value(3)).data, (2 ** Value(3)).data, (-Value(3)).data] == [-2, 2, 8, -3]


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


def test_backward_can_stop_on_its_way():
    a, b = Value(2.0), Value(3.0)
    L = a * b + a
    for n_operations, expected in ((0, (0, 0)), (1, (1, 0)), (2, (4, 2)), (None, (4, 2))):
        bp.backward(L, n_operations=n_operations)
        assert (a.grad, b.grad) == expected


def test_the_order_puts_inputs_first_and_holds_each_node_once():
    a, b = Value(2.0), Value(3.0)
    L = (a * b + a) * (a * b).tanh()
    order = graph(L)
    assert order[-1] is L and len(order) == len(set(order)) == 7
    for place, node in enumerate(order):
        assert all(order.index(each) < place for each in node.inputs)


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
    for make in (lambda: Value(bad), lambda: Value(2) + bad, lambda: bad * Value(2), lambda: Value(2) ** bad):
        with pytest.raises(TypeError, match="single numbers"):
            make()
    with pytest.raises(ValueError, match="largest float"):
        Value(10**400)


def test_a_rule_that_returns_something_else_gets_one_sentence():
    for wrong in (None, (1, 2, 3), "three", 1.0, ...):
        with pytest.raises(TypeError, match=r"the backward rule of \* needs to return 2 numbers"):
            (Value(2) * 3).backward(BACKWARD | {"*": lambda *_, wrong=wrong: wrong})
    with pytest.raises(TypeError, match="needs to return one number"):
        Value(2).tanh().backward(BACKWARD | {"tanh": lambda *_: None})


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
    pairs = {"*": exercises.multiply_backward, "tanh": exercises.tanh_backward, "relu": exercises.relu_backward}
    for operation, rule in pairs.items():
        inputs = (0.7, -1.2)[: 2 if operation == "*" else 1]
        output = FORWARD[operation](*inputs)
        assert rule(0.3, output, *inputs) == pytest.approx(BACKWARD[operation](0.3, output, *inputs))


def neuron_panel(rules=None, step=11, activation="tanh"):
    knobs = {"w": (-5, 5, 0.5), "x": (-3, 3, 2), "b": (-2, 2, 0.3), "target": (-1, 1, 0.4)}
    sliders = {name: live.slider(low, high, value, 0.05) for name, (low, high, value) in knobs.items()}
    activations = live.choice(["tanh", "sigmoid", "relu"], activation)
    return live.panel(scenes.neuron_graph(rules), step=live.int_slider(0, 11, step), **sliders, activation=activations)


def test_the_neurons_captions_say_what_each_step_does():
    panel = neuron_panel(step=0)
    expected = ["w = 0.5, x = 2, b = 0.3 and the target 0.4", "0.5 × 2 = 1", "1 + 0.3 = 1.3", "tanh of 1.3 is 0.862", "0.862 − 0.4 = 0.462",
                "square of 0.462: L = 0.213", "∂L/∂L = 1", "1 · 2 · 0.462 = 0.923 to e", "−0.923 to y",
                "0.923 · (1 − 0.862²) = 0.238 to z", "0.238 to w·x, 0.238 to b", "0.238 · 2 = 0.475 to w"]  # fmt: skip
    for step, words in enumerate(expected):
        panel.set(step=step)
        assert words in panel.caption, panel.caption
    panel.set(step=9, activation="relu", w=-5.0)
    assert "−1.4" not in panel.caption and "0 to z" in panel.caption
    panel.set(activation="tanh", w=5.0, x=3.0)
    assert "1.2 · 2.05e−13 = 2.46e−13 to z" in panel.caption, panel.caption


def test_learners_rules_drive_the_graph_and_the_caption_names_the_wrong_node():
    right = {"*": exercises.multiply_backward, "tanh": exercises.tanh_backward, "relu": exercises.relu_backward}
    panel = neuron_panel(right)
    assert "agrees" in panel.caption and "Look at" not in panel.caption
    swapped = neuron_panel(right | {"*": lambda upstream, output, a, b: (upstream * a, upstream * b)})
    assert "Look at ×: your rule sends 0.119 and 0.475, finite differences say 0.475 and 0.119" in swapped.caption
    assert "Your rule for tanh agrees with finite differences at these numbers" in swapped.caption
    wrong_slope = neuron_panel(right | {"tanh": lambda upstream, output, z: output})
    assert wrong_slope.caption.startswith("× sends") and "Your rule for × agrees" in wrong_slope.caption
    assert wrong_slope.caption.rindex("Look at tanh") > wrong_slope.caption.index("agrees")
    assert swapped.png != panel.png
    unsolved = neuron_panel({"*": lambda *_: None, "tanh": lambda *_: ...})
    assert "not written yet: tanh and ×" in unsolved.caption
    assert unsolved.png == panel.png
    half = neuron_panel({"*": lambda *_: 1 / 0, "tanh": lambda *_: (1, 2)})
    assert "raised ZeroDivisionError" in half.caption and "returned 2 numbers for 1 input:" in half.caption
    text = neuron_panel({"*": lambda *_: "a", "tanh": lambda u, o, a: u * ...})
    assert "raised ValueError" in text.caption and "raised TypeError" in text.caption
    for number in (np.nan, np.inf, -np.inf, -1e300, 1e-300, True):
        strange = neuron_panel(
            {"*": lambda *_, number=number: [number, -number], "tanh": lambda *_, number=number: number}
        )
        assert "Look at tanh" in strange.caption, strange.caption
    panel.set(x=0.0, target=1.0)
    assert "−0 " not in panel.caption
    at_the_kink = neuron_panel(right, activation="relu")
    at_the_kink.set(w=0.0, b=0.0)
    assert "Look at" not in at_the_kink.caption
    assert "Your rule for relu is at the kink: no difference can check it there" in at_the_kink.caption


@given(
    st.floats(-5, 5), st.floats(-3, 3), st.floats(-2, 2), st.floats(-1, 1), st.sampled_from(["tanh", "sigmoid", "relu"])
)
def test_right_rules_agree_at_every_setting(w, x, b, target, activation):
    rules = {name: getattr(exercises, f"{word}_backward") for name, word in
             (("*", "multiply"), ("tanh", "tanh"), ("relu", "relu"))}  # fmt: skip
    from matplotlib.figure import Figure

    caption = scenes.neuron_graph(rules)(Figure(figsize=(9, 4)))(11, w, x, b, target, activation)
    assert "Look at" not in caption, caption


def test_used_twice_adds_up_or_loses_the_one():
    panel = live.panel(scenes.used_twice(), step=live.int_slider(0, 5, 5), a=live.slider(-3, 3, 2, 0.1),
                       b=live.slider(-3, 3, 3, 0.1), arriving=live.choice(["added up", "overwritten"]))  # fmt: skip
    assert "a has 4 in all. Finite differences say 4" in panel.caption
    panel.set(arriving="overwritten", b=-1.0)
    assert "a keeps −1. Finite differences say" in panel.caption and "the 1 is lost" in panel.caption


def test_a_neuron_learns_saturates_dies_and_blows_up():
    scene = scenes.neuron_training(x=(-1, 0.5, 2), y=(0, 0.3, 0.9), start=(0.1, 0.6))
    panel = live.panel(scene, step=live.int_slider(0, 60, 60), learning_rate=live.log_slider(1e-2, 30, 0.1),
                       activation=live.choice(["tanh", "relu", "none"]))  # fmt: skip
    rates = {
        name: live.log_slider(1e-2, 30, rate).value
        for name, rate in (("good", 0.3), ("flat", 0.75), ("big", 1), ("huge", 30))
    }
    for activation, rate, words in (("tanh", "huge", "saturated"), ("relu", "big", "dead: w·x + b is 0 or below at all 3 points"),
                                    ("relu", "flat", "dead"), ("none", "huge", "blown up"),
                                    ("relu", "good", "The gradient is"), ("tanh", "good", "The gradient is")):  # fmt: skip
        panel.set(activation=activation, learning_rate=rates[rate])
        assert words in panel.caption, panel.caption


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
