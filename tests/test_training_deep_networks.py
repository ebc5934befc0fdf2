"""maths.training_deep_networks against hand-computed steps, finite differences and published counts; its pictures' words."""

import os
import subprocess
import sys
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons_lib import stage
from lessons_lib.data import digits
from lessons_lib.exercises.training_deep_networks import check_diagnosis, check_minibatches, check_momentum
from lessons_lib.maths import logistic_regression as lo
from lessons_lib.maths import neural_networks as nn
from lessons_lib.maths import training_deep_networks as tr
from lessons_lib.maths.gradient_descent import descend, numerical_gradient
from lessons_lib.scenes import training_deep_networks as scenes

LANDSCAPES = [
    (tr.double_well, tr.double_well_gradient),
    (tr.saddle, tr.saddle_gradient),
    (tr.ravine, tr.ravine_gradient),
]
COORDINATE = st.floats(-2, 2)


@given(COORDINATE, COORDINATE)
def test_landscapes_have_their_slopes_also_for_many_points(a, b):
    w = np.array([a, b])
    for loss, gradient in LANDSCAPES:
        assert gradient(w) == pytest.approx(numerical_gradient(loss, w), rel=1e-5, abs=1e-5)
        assert loss(np.array([[w, w], [w, w]])) == pytest.approx(np.full((2, 2), loss(w)))
        assert gradient(np.array([w, w])) == pytest.approx(np.array([gradient(w)] * 2))


def test_the_double_well_has_a_deeper_valley_on_the_left_and_the_saddle_curves_both_ways():
    left, right = (descend(tr.double_well_gradient, (side, 0.5), 0.05, 400)[-1] for side in (-1, 1))
    assert tr.double_well(left) < tr.double_well(right) < tr.double_well(np.array([0.0755, 0]))
    assert np.linalg.eigvalsh(numerical_gradient(tr.saddle_gradient, np.zeros(2))) == pytest.approx([-1, 1])
    assert tr.ravine(np.ones(2)) == 0


def test_momentum_by_hand():
    w, v = tr.momentum(np.array([1.0]), np.array([2.0]), 0.1)
    assert (w[0], v[0]) == pytest.approx((0.8, 2.0))
    w, v = tr.momentum(w, np.array([1.0]), 0.1, v)
    assert (w[0], v[0]) == pytest.approx((0.8 - 0.1 * 2.8, 2.8))
    path = tr.follow(tr.momentum, np.ones_like, np.zeros(1), 0.1, 300)
    assert path[-2] - path[-1] == pytest.approx(0.1 / (1 - 0.9))


@given(COORDINATE, COORDINATE)
def test_without_memory_all_is_plain_descent(a, b):
    plain = descend(tr.ravine_gradient, (a, b), 0.01, 20)
    assert tr.follow(tr.sgd, tr.ravine_gradient, (a, b), 0.01, 20).tolist() == plain.tolist()

    def no_memory(w, slope, learning_rate, memory):
        return tr.momentum(w, slope, learning_rate, memory, beta=0)

    assert tr.follow(no_memory, tr.ravine_gradient, (a, b), 0.01, 20) == pytest.approx(plain)


def test_adam_is_algorithm_1_of_its_paper():
    w, m, v, path = np.array([0.5, -1.0]), np.zeros(2), np.zeros(2), []
    for t in range(1, 30):
        g = tr.ravine_gradient(w)
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        w = w - 0.05 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        path.append(w)
    assert tr.follow(tr.adam, tr.ravine_gradient, (0.5, -1.0), 0.05, 29)[1:] == pytest.approx(np.array(path))
    first = tr.adam(np.zeros(2), np.array([1e-3, -1e3]), 0.1)[0]
    assert first == pytest.approx([-0.1, 0.1], rel=1e-4)  # a first step is as long as the learning rate


@given(st.integers(1, 60), st.data())
def test_minibatches_use_every_row_once(n, data):
    size = data.draw(st.integers(1, n))
    batches = tr.minibatches(n, size, np.random.default_rng(0))
    assert sorted(np.concatenate(batches)) == list(range(n))
    assert [len(batch) for batch in batches[:-1]] == [size] * (len(batches) - 1)
    assert 1 <= len(batches[-1]) <= size


def small_network(seed=0, sizes=(4, 5, 3), n=8):
    rng = np.random.default_rng(seed)
    layers = [(W, rng.normal(size=len(b))) for W, b in nn.initialise(sizes, rng)]
    return layers, rng.normal(size=(n, sizes[0])), rng.integers(0, sizes[-1], n)


@settings(max_examples=25)
@given(st.integers(0, 500))
def test_objective_and_squared_loss_have_their_slopes(seed):
    layers, X, y = small_network(seed)
    w = nn.flatten(layers)
    loss, gradient = tr.objective((4, 5, 3), X, y, "tanh")
    assert loss(w) == nn.loss(layers, X, y, "tanh")
    assert gradient(w) == pytest.approx(numerical_gradient(loss, w), abs=1e-6)
    few = tr.objective((4, 5, 3), X[[1, 2]], y[[1, 2]], "tanh")[1]
    assert gradient(w, np.array([1, 2])).tolist() == few(w).tolist()
    slopes = numerical_gradient(lambda v: tr.squared_loss(nn.unflatten(v, (4, 5, 3)), X, y, nn.tanh), w)
    assert nn.flatten(tr.squared_loss_gradient(layers, X, y, nn.tanh)) == pytest.approx(slopes, abs=1e-6)


def test_two_classes_without_a_hidden_layer_are_lesson_03():
    (W, b), *_ = layers = nn.initialise((3, 2), np.random.default_rng(1))
    X, y = np.random.default_rng(2).normal(size=(9, 3)), np.arange(9) % 2
    # ½((p₀ − y₀)² + (p₁ − y₁)²) counts the same error twice.
    assert tr.squared_loss(layers, X, y, nn.relu) == pytest.approx(2 * lo.squared_error(W[1] - W[0], X, y))


def test_the_squared_loss_is_flat_where_the_network_is_surely_wrong():
    layers, X, y = small_network()
    y = np.maximum(y, 1)
    wrong = [*layers[:-1], (layers[-1][0], np.array([40.0, 0, 0]))]
    length = np.linalg.norm(nn.flatten(tr.squared_loss_gradient(wrong, X, y, nn.tanh)))
    assert length < 1e-12 < 0.1 < np.linalg.norm(nn.flatten(nn.gradient(wrong, X, y, "tanh")))


def test_an_epoch_in_one_batch_is_one_step():
    layers, X, y = small_network()
    start, (_, gradient) = nn.flatten(layers), tr.objective((4, 5, 3), X, y, "relu")
    for rule in (tr.sgd, tr.momentum):
        path = tr.train(rule, gradient, start, len(y), 0.1, len(y), 2, np.random.default_rng(0))
        assert path.shape == (3, len(start))
        assert path[1] == pytest.approx(start - 0.1 * gradient(start))


def test_parameters_are_counted_as_they_are_made_and_as_published():
    for sizes in ((2, 3), (196, 100, 10), (7, 6, 5, 4)):
        assert nn.count_parameters(sizes) == len(nn.flatten(nn.initialise(sizes, np.random.default_rng(0))))
    # ResNet-50, table 1 of He et al. (2015): every convolution has no bias and two numbers per channel after it.
    convolutions, n_in = [(3 * 49, 64)], 64
    for width, blocks in ((64, 3), (128, 4), (256, 6), (512, 3)):
        for block in range(blocks):
            convolutions += [(n_in, width), (9 * width, width), (width, 4 * width)]
            convolutions += [(n_in, 4 * width)] if block == 0 else []
            n_in = 4 * width
    resnet = sum((a + 2) * b for a, b in convolutions) + nn.count_parameters((2048, 1000))
    assert round(resnet / 1e6, 1) == 25.6
    # GPT-3, table 2.1 of Brown et al. (2020): 96 layers of width 12288, about 12 width² each.
    assert 96 * 12 * 12288**2 + 50257 * 12288 == pytest.approx(175e9, rel=0.005)


CLOTHES = """
import time
import numpy as np
from lessons_lib.data import fashion
from lessons_lib.maths import neural_networks as nn, training_deep_networks as tr
clothes, test = fashion()
mean, sizes = clothes.X.mean(axis=0), (196, 100, 10)
X, X_test = ((part.X - mean).reshape(-1, 196) for part in (clothes, test))
start = nn.flatten(nn.initialise(sizes, np.random.default_rng(0), gain=2**0.5))
gradient = tr.objective(sizes, X, clothes.y, "relu")[1]
began = time.process_time()
path = tr.train(tr.momentum, gradient, start, 5000, 0.02, 50, 15, np.random.default_rng(0))
print(time.process_time() - began, np.mean(nn.predict(nn.unflatten(path[-1], sizes), X_test, "relu") == test.y))
"""


def test_clothes_reach_83_percent_within_two_seconds():
    """In CPU seconds on one thread, which do not depend on what else runs on this machine; two cores are quicker."""
    one_thread = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    run = subprocess.run([sys.executable, "-c", CLOTHES], env=one_thread, capture_output=True, text=True, check=True)
    seconds, accuracy = map(float, run.stdout.split())
    assert accuracy >= 0.83
    assert seconds < 2


def test_a_run_that_overflows_goes_on_quietly():
    layers, X, y = small_network()
    gradient = tr.objective((4, 5, 3), X, y, "relu")[1]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for rule in (tr.sgd, tr.momentum, tr.adam):
            tr.train(rule, gradient, nn.flatten(layers), len(y), 1e200, 2, 3, np.random.default_rng(0))
            for _, slopes in LANDSCAPES:
                tr.follow(rule, slopes, (1.0, 2.0), 100.0, 50)


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: tr.minibatches(5, 0, np.random.default_rng(0)), "from 1 to 5"),
        (lambda: tr.minibatches(5, 6, np.random.default_rng(0)), "from 1 to 5"),
        (lambda: tr.minibatches(0, 1, np.random.default_rng(0)), "1 or more"),
        (lambda: nn.count_parameters((3,)), "two or more"),
        (lambda: tr.momentum(np.zeros(2), np.zeros(3), 0.1), "one slope per parameter"),
        (lambda: tr.follow(tr.sgd, np.ones_like, np.zeros(2), np.nan, 3), "finite number"),
        (
            lambda: tr.squared_loss([(np.ones((2, 1)), np.zeros(2))], np.ones((1, 1)), np.array([2]), nn.tanh),
            "from 0 to 1",
        ),
    ],
)
def test_bad_input_gets_one_sentence(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def told_by(scene):
    """The captions of a scene, without a warning."""
    _, update = stage.build(scene)

    def tell(**knobs):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return update(**knobs)

    return tell


@given(COORDINATE, st.floats(-1.5, 1.5), st.floats(-3, 2), st.integers(0, 100))
def test_the_map_says_where_a_run_ended(start_1, start_2, power, n_steps):
    told = MAP(start_1=start_1, start_2=start_2, learning_rate=10**power, n_steps=n_steps)
    path = descend(tr.double_well_gradient, (start_1, start_2), 10**power, n_steps)
    end, losses = path[-1], tr.double_well(path)
    assert ("in the left valley, the lowest" in told) <= (np.hypot(*(end - [-1.036, 0])) < 0.11)
    assert ("in the right valley, not the lowest" in told) <= (np.hypot(*(end - [0.96, 0])) < 0.11)
    assert ("above its first one" in told) == (n_steps > 0 and not losses[-1] <= losses[0] + 1e-9)
    if n_steps == 60 and power < -1.5 and "valley," not in told:
        assert "no valley yet" in told or "saddle" in told


MAP = told_by(
    scenes.landscape(tr.double_well, tr.double_well_gradient, {"left": (-1, 0), "right": (1, 0)}, saddle=(0, 0))
)


def test_a_start_on_the_ridge_stays_at_the_saddle_and_one_beside_it_does_not():
    tell = told_by(scenes.landscape(tr.saddle, tr.saddle_gradient, {"upper": (0, 1), "lower": (0, -1)}, (0, 0)))
    knobs = {"start_1": -1.5, "learning_rate": 0.1, "n_steps": 200}
    assert "still at the saddle" in tell(start_2=0.0, **knobs)
    arrivals = [int(tell(start_2=10.0**-k, **knobs).split("from step ")[1].split()[0]) for k in (1, 2, 3)]
    assert np.diff(arrivals) == pytest.approx(np.log(10) / np.log(1.1), abs=1.5)


def few_digits(n=60):
    sheet = digits()
    return sheet.X[:n].reshape(n, 64) - sheet.X[:n].mean(), sheet.y[:n]


@pytest.mark.parametrize(
    "knobs, words",
    [
        ({"activation": "sigmoid"}, "Vanishing"),
        ({"activation": "relu", "gain": 4.0, "step": 0}, "Exploding"),
        ({"activation": "relu", "gain": 10.0, "learning_rate": 100.0}, "no step can help"),
        ({"data": "one NaN pixel"}, "not a number (NaN), and so is the loss"),
        ({"learning_rate": 100.0, "depth": 2}, "above that of the start"),
        ({"units": 1, "depth": 1}, "digits right"),
        ({"activation": "relu", "gain": 4.0, "learning_rate": 100.0, "step": 1}, "more than 10¹⁵ times as wide"),
    ],
)
def test_bad_choices_end_in_a_true_caption(knobs, words):
    good = {
        "step": 30,
        "depth": 8,
        "units": 16,
        "activation": "tanh",
        "gain": 1.0,
        "learning_rate": 0.3,
        "data": "clean",
    }
    assert words in told_by(scenes.depth_and_start(*few_digits()))(**good | knobs)


def test_noise_falls_like_one_over_the_root_of_the_batch_size():
    X, y = few_digits(100)
    w = nn.flatten(nn.initialise((64, 8, 10), np.random.default_rng(0)))
    tell = told_by(scenes.batch_noise((64, 8, 10), X, y, w))
    assert "noise is" in tell(batch_size=1.0) and "no noise at all, at 100 times" in tell(batch_size=100.0)
    assert " 0.49 times that of one sample, at 4 times the cost" in tell(batch_size=4.0)


def test_copies_of_a_network_are_equal_and_their_mean_is_not():
    X, y = few_digits()
    sizes = (64, 8, 10)
    slope = tr.objective(sizes, X, y, "relu")[1]
    starts = [nn.flatten(nn.initialise(sizes, np.random.default_rng(seed), 1.4)) for seed in (0, 1)]
    P, Q = (tr.follow(tr.momentum, slope, start, 0.1, 100)[-1] for start in starts)
    (W1, b1), (W2, b2) = nn.unflatten(P, sizes)
    R = nn.flatten([(W1[::-1], b1[::-1]), (W2[:, ::-1], b2)])
    tell = told_by(scenes.surface(sizes, X, y, (P, Q, R), n_points=8))
    ends = [tell(along=float(end), line="P to R").split(" from P to R")[1] for end in (0, 1)]
    assert ends[0] == ends[1] != tell(along=0.5, line="P to R").split(" from P to R")[1]


def test_minibatches_pass_however_they_are_shuffled():
    def by_shuffle(n, batch_size, rng):
        rows = list(range(n))
        rng.shuffle(rows)
        return [rows[k : k + batch_size] for k in range(0, n, batch_size)]

    def by_split(n, batch_size, rng):
        return np.split(np.argsort(rng.random(n)), range(batch_size, n, batch_size))

    def with_repeats(n, batch_size, rng):
        return [rng.integers(0, n, batch_size) for _ in range(0, n, batch_size)]

    assert check_minibatches(by_shuffle).status == check_minibatches(by_split).status == "passed"
    assert "Shuffle once" in check_minibatches(with_repeats).message
    assert check_minibatches(lambda n, batch_size, rng: {"rows": n}).status == "failed"
    for wrong, words in (
        (lambda n, size, rng: [None], "return a list of the batches"),
        (lambda n, size, rng: 2 * tr.minibatches(n, size, rng), "Every batch comes twice"),
        (lambda n, size, rng: tr.minibatches(n, size - 1, rng), "too few or too many batches"),
        (lambda n, size, rng: tr.minibatches(n, size, rng)[2:], "are in no batch"),
        (lambda n, size, rng: [np.arange(k, min(k + size, n))[::-1] for k in range(0, n, size)], "inside each block"),
    ):
        verdict = check_minibatches(wrong)
        assert verdict.status == "failed" and words in verdict.message


def test_a_diagnosis_of_another_kind_is_not_told_the_answer():
    for wrong in ("3", 0, 5, -1, np.nan, [3], (3, 2, 1), np.array([3, 2, 1])):
        verdict = check_diagnosis({"A": 3, "B": wrong, "C": 1}.get)
        assert "B: give the number of a cause, 1 to 4, without quotes or brackets." in verdict.message


def test_momentum_and_diagnosis_accept_what_is_right_and_say_what_speaks_against_the_rest():
    assert check_momentum(lambda w, g, r, v, beta: (w - r * (g + v * beta), g + v * beta)).status == "passed"
    assert check_diagnosis({"A": 3, "B": 2, "C": 1}.get).status == "passed"
    assert "C moves a lot" in check_diagnosis({"A": 3, "B": 2, "C": 2}.get).message
    assert check_diagnosis(lambda run: {"A": 3, "B": ..., "C": ...}[run]).status == "to do"


def test_small_networks_are_told_in_bytes_and_large_ones_in_gigabytes():
    tell = told_by(scenes.counted({"GPT-3": 175_000_000_000}))
    assert "85 parameters, 340 bytes" in tell(units=1.0, hidden_layers=1, inputs=64)
    assert "650 parameters, 2.6 kB" in tell(units=1.0, hidden_layers=0, inputs=64)
    assert " GB at 4 bytes each" in tell(units=5000.0, hidden_layers=60, inputs=784)


def test_noise_as_long_as_the_gradient_and_runs_above_their_start_are_told_in_words():
    X, y = few_digits(100)
    w = nn.flatten(nn.initialise((64, 8, 10), np.random.default_rng(0)))
    tell = told_by(scenes.batch_noise((64, 8, 10), X, y, w))
    told = [tell(batch_size=float(size)) for size in range(1, 101)]
    assert not [words for words in told if "is 1 times" in words]
    assert [words for words in told if "the noise is as long as the true gradient" in words]
