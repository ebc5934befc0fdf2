"""maths.neural_networks against hand-computed values, finite differences, softmax regression and scikit-learn."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.neural_network import MLPClassifier

from lessons_lib.maths import multiclass_classification as mc
from lessons_lib.maths import neural_networks as nn
from lessons_lib.maths.gradient_descent import numerical_gradient
from lessons_lib.maths.linear_regression import add_intercept

NAMES = ["sigmoid", "tanh", "relu"]
architectures = st.lists(st.integers(1, 5), min_size=1, max_size=4)


@pytest.fixture(autouse=True)
def no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def network(seed, sizes, n=6):
    """Layers with biases that are not 0, samples and classes, all at random."""
    rng = np.random.default_rng(seed)
    layers = [(W, rng.normal(size=b.shape)) for W, b in nn.initialise(sizes, rng)]
    return layers, rng.normal(size=(n, sizes[0])), rng.integers(0, sizes[-1], size=n)


def test_by_hand():
    layers = [(np.array([[1.0, -1.0], [2.0, 0.0]]), np.array([0.0, -1.0])), (np.array([[1.0, 1.0], [0.0, -1.0]]), np.array([0.5, 0.0]))]  # fmt: skip
    X = np.array([[2.0, 1.0], [0.0, 1.0]])
    # Hidden sums: (1, 3) and (−1, −1); relu leaves (1, 3) and (0, 0).
    assert nn.layer_outputs(layers, X, nn.relu)[1].tolist() == [[1, 3], [0, 0]]
    assert nn.forward(layers, X, nn.relu).tolist() == [[4.5, -3], [0.5, 0]]
    assert nn.predict(layers, X, "relu").tolist() == [0, 0]
    y = np.array([0, 1])
    expected = (np.log(1 + np.exp(-7.5)) + np.log(1 + np.exp(0.5))) / 2
    assert nn.loss(layers, X, y, nn.relu) == pytest.approx(expected)
    p = 1 / (1 + np.exp([7.5, -0.5]))  # of class 1 in the first sample, of class 0 in the second
    slopes = nn.gradient(layers, X, y, nn.relu)
    assert slopes[1][1] == pytest.approx(np.array([-p[0] + p[1], p[0] - p[1]]) / 2)
    assert slopes[1][0] == pytest.approx(np.array([[-p[0], -3 * p[0]], [p[0], 3 * p[0]]]) / 2)
    # Back through W₂ the first sample's slopes are (−p, −2p); the second sample is dead in both units.
    assert slopes[0][0] == pytest.approx(np.outer([-p[0], -2 * p[0]], [2, 1]) / 2)


def test_activations():
    z = np.array([-1000.0, -1.0, 0.0, 2.0, 1000.0])
    assert nn.relu(z).tolist() == [0, 0, 0, 2, 1000]
    assert nn.tanh(z) == pytest.approx([-1, np.tanh(-1), 0, np.tanh(2), 1])
    assert nn.sigmoid(z) == pytest.approx([0, 1 / (1 + np.e), 0.5, 1 / (1 + np.exp(-2)), 1])
    for name in NAMES:
        activation, z = nn.ACTIVATIONS[name], np.array([-2.0, -0.3, 0.4, 1.7])
        slopes = np.diag(numerical_gradient(activation, z))
        assert nn.slope_from_output(activation, activation(z)) == pytest.approx(slopes, abs=1e-8)


@given(st.integers(0, 1000), architectures, st.integers(2, 4), st.sampled_from(NAMES))
def test_shapes(seed, sizes, classes, name):
    sizes = (*sizes, classes)
    layers, X, y = network(seed, sizes)
    assert [(W.shape, b.shape) for W, b in layers] == [((out, into), (out,)) for into, out in zip(sizes, sizes[1:])]
    assert [A.shape for A in nn.layer_outputs(layers, X, name)] == [(6, size) for size in sizes[:-1]]
    assert nn.forward(layers, X, name).shape == (6, classes)
    assert nn.predict(layers, X, name).shape == (6,)
    assert np.ndim(nn.loss(layers, X, y, name)) == 0
    assert [(W.shape, b.shape) for W, b in nn.gradient(layers, X, y, name)] == [(W.shape, b.shape) for W, b in layers]


@given(st.integers(0, 1000), architectures, st.integers(2, 4), st.sampled_from(NAMES))
def test_gradient_is_the_slope_of_the_loss(seed, sizes, classes, name):
    sizes = (*sizes, classes)
    layers, X, y = network(seed, sizes)
    sums = [A @ W.T + b for A, (W, b) in zip(nn.layer_outputs(layers, X, name), layers)]
    if name == "relu" and any(np.abs(z).min() < 1e-3 for z in sums[:-1]):
        return  # a nudge would cross the kink
    slopes = numerical_gradient(lambda w: nn.loss(nn.unflatten(w, sizes), X, y, name), nn.flatten(layers))
    assert nn.flatten(nn.gradient(layers, X, y, name)) == pytest.approx(slopes, abs=1e-6)


@given(st.integers(0, 1000), st.integers(1, 5), st.integers(2, 5))
def test_without_a_hidden_layer_it_is_softmax_regression(seed, d, classes):
    layers, X, y = network(seed, (d, classes))
    W, V = np.column_stack([layers[0][1], layers[0][0]]), add_intercept(X)
    assert nn.forward(layers, X, "tanh") == pytest.approx(mc.scores(W, V), abs=1e-12)
    assert nn.loss(layers, X, y, "tanh") == pytest.approx(mc.loss(W, V, y), abs=1e-12)
    dW, db = nn.gradient(layers, X, y, "tanh")[0]
    assert np.column_stack([db, dW]) == pytest.approx(mc.gradient(W, V, y), abs=1e-12)
    assert np.array_equal(nn.predict(layers, X, "tanh"), mc.predict(W, V))


@pytest.mark.parametrize("name, theirs", [("sigmoid", "logistic"), ("tanh", "tanh"), ("relu", "relu")])
def test_scikit_learn_computes_the_same_probabilities_and_loss(name, theirs):
    layers, X, y = network(5, (3, 4, 5, 3), n=40)
    y[:3] = 0, 1, 2
    oracle = MLPClassifier((4, 5), activation=theirs, solver="sgd", learning_rate_init=1e-12, max_iter=2, batch_size=40)
    oracle.partial_fit(X, y, classes=[0, 1, 2])
    oracle.coefs_, oracle.intercepts_ = [W.T for W, _ in layers], [b for _, b in layers]
    P = mc.softmax(nn.forward(layers, X, name))
    assert oracle.predict_proba(X) == pytest.approx(P, abs=1e-12)
    assert np.array_equal(oracle.predict(X), nn.predict(layers, X, name))
    assert nn.loss(layers, X, y, name) == pytest.approx(-np.log(oracle.predict_proba(X)[np.arange(40), y]).mean())


@given(st.integers(0, 1000), architectures, st.integers(1, 4))
def test_flatten_and_unflatten_are_each_others_way_back(seed, sizes, classes):
    sizes = (*sizes, classes)
    layers, _, _ = network(seed, sizes)
    w = nn.flatten(layers)
    assert w.shape == (sum(W.size + b.size for W, b in layers),)
    back = nn.unflatten(w, sizes)
    assert len(back) == len(layers)
    for (W, b), (V, c) in zip(layers, back):
        assert np.array_equal(W, V) and np.array_equal(b, c)
    assert np.array_equal(nn.flatten(back), w)


def test_initial_weights_have_the_stated_size_and_come_from_the_generator():
    (W, b), (V, c) = nn.initialise((400, 300, 2), np.random.default_rng(0))
    assert np.std(W) == pytest.approx(1 / 20, rel=0.02) and not b.any() and not c.any()
    assert np.std(nn.initialise((400, 300), np.random.default_rng(0), gain=2.0)[0][0]) == pytest.approx(0.1, rel=0.02)
    again = nn.initialise((400, 300, 2), np.random.default_rng(0))
    assert np.array_equal(again[0][0], W) and np.array_equal(again[1][0], V)


@pytest.mark.parametrize("name", NAMES)
def test_an_activation_may_be_given_by_its_name(name):
    layers, X, y = network(1, (2, 3, 2))
    function = nn.ACTIVATIONS[name]
    assert np.array_equal(nn.forward(layers, X, name), nn.forward(layers, X, function))
    assert nn.loss(layers, X, y, activation=name) == nn.loss(layers, X, y, function)
    assert np.array_equal(nn.flatten(nn.gradient(layers, X, y, name)), nn.flatten(nn.gradient(layers, X, y, function)))


def test_bad_input_gets_one_sentence():
    layers, X, y = network(0, (2, 3, 2))
    for call in (nn.loss, nn.gradient):
        with pytest.raises(ValueError, match="one of sigmoid, tanh, relu; it is 'swish'"):
            call(layers, X, y, "swish")
        with pytest.raises(ValueError, match="layer 1 needs W of shape"):
            call(layers, X[:, :1], y, "tanh")
        with pytest.raises(ValueError, match="layer 2 needs W of shape"):
            call([layers[0], layers[0]], X, y, "tanh")
        with pytest.raises(ValueError, match="from 0 to 1"):
            call(layers, X, y + 1, "tanh")
        with pytest.raises(ValueError, match="one number per row"):
            call(layers, X, y[:-1], "tanh")
        with pytest.raises(TypeError, match="numpy array"):
            call(layers, X.tolist(), y, "tanh")
    with pytest.raises(ValueError, match="the slope is known for"):
        nn.gradient(layers, X, y, np.sin)
    for sizes in ((3,), (), (2, 0, 1), (2, 1.5)):
        with pytest.raises(ValueError, match="two or more whole numbers"):
            nn.initialise(sizes, np.random.default_rng(0))
    with pytest.raises(ValueError, match="have 17 parameters"):
        nn.unflatten(np.zeros(16), (2, 3, 2))


@pytest.mark.parametrize("name", NAMES)
def test_overflow_is_quiet(name):
    layers, X, y = network(2, (2, 3, 3))
    for factor in (1e200, 1e308, np.inf, np.nan):
        spoiled = [(factor * W, b) for W, b in layers]
        nn.loss(spoiled, X, y, name)
        nn.gradient(spoiled, X, y, name)
        nn.predict(spoiled, X, name)
    assert nn.loss([(1e5 * W, b) for W, b in layers], X, y, name) >= 0


def test_nothing_is_changed_in_place():
    layers, X, y = network(3, (2, 3, 2))
    before = nn.flatten(layers).copy(), X.copy(), y.copy()
    nn.gradient(layers, X, y, "relu")
    for old, new in zip(before, (nn.flatten(layers), X, y)):
        assert np.array_equal(old, new)
