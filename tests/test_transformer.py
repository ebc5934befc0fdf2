"""Lesson 10: heads, mask, blocks and the gradient of all of it, by hand, by finite differences, and by what cannot be."""

import re
from collections import Counter

import nbformat
import numpy as np
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lessons_lib import data
from lessons_lib.maths import transformer as tf
from lessons_lib.maths.bigram_language_model import SYMBOLS, encode
from lessons_lib.maths.gradient_descent import numerical_gradient
from lessons_lib.maths.multiclass_classification import softmax

NAMES = ["anna", "bob", "x", "zoe", "christopherjohn"]


def small(width=6, n_heads=2, n_blocks=2, seed=0):
    """Parameters of a small transformer, whose biases are not 0 either."""
    rng = np.random.default_rng(seed)
    start = tf.initialise(width, n_heads, n_blocks, rng)
    return {name: array + 0.1 * rng.normal(size=array.shape) for name, array in start.items()}


def agrees(slope, function, at):
    np.testing.assert_allclose(slope, numerical_gradient(function, at), atol=1e-6)


# Forward: by hand


def test_attention_by_hand():
    """Three places, k = 4: scores QKᵀ / 2 are 0 and log 3, so a row's weights are 1/4 and 3/4."""
    K = np.zeros((3, 4))
    K[1, 0] = 1
    Q = np.zeros((3, 4))
    Q[:, 0] = 2 * np.log(3)
    by_hand = [[1, 0, 0], [0.25, 0.75, 0], [0.2, 0.6, 0.2]]
    np.testing.assert_allclose(tf.attention_weights(Q, K), by_hand)
    V = np.array([[4.0], [8.0], [-1.0]])
    np.testing.assert_allclose(tf.attention(Q, K, V), [[4], [7], [5.4]])


def test_a_normalised_point_by_hand():
    np.testing.assert_allclose(tf.normalise(np.array([[1.0, 3.0, 5.0, 7.0]])), [np.array([-3, -1, 1, 3]) / 5**0.5], atol=1e-5)  # fmt: skip
    alike = tf.normalise(np.full((2, 3), 7.0))
    assert not alike.any(), "all numbers alike: the variance is 0, and nothing is divided by 0"


def test_a_block_adds_what_its_heads_and_its_network_say():
    p, X = tf.block_parameters(small(n_blocks=1), 0), np.random.default_rng(1).normal(size=(2, 5, 6))
    N = tf.normalise(X)
    expected = X.copy()
    for Wq, Wk, Wv, Wm in zip(p["query"], p["key"], p["value"], p["mix"]):
        expected += tf.attention(N @ Wq.T, N @ Wk.T, N @ Wv.T) @ Wm
    M = tf.normalise(expected)
    expected += np.maximum(M @ p["W1"].T + p["b1"], 0) @ p["W2"].T + p["b2"]
    np.testing.assert_allclose(tf.block(p, X)[0], expected)


def test_padded_rows_hold_whole_names():
    S, following, counted = tf.padded(["al", "b"])
    assert S.tolist() == [[0, 1, 12], [0, 2, 27]] and following.tolist() == [[1, 12, 27], [2, 27, 27]]
    assert counted.tolist() == [[True, True, True], [True, True, False]]


# Gradients: of every piece, and of the whole


def test_the_gradient_of_attention_is_that_of_finite_differences():
    rng = np.random.default_rng(0)
    Q, K, V, upstream = (rng.normal(size=(2, 5, k)) for k in (3, 3, 4, 4))
    dQ, dK, dV = tf.attention_backward(upstream, tf.attention_weights(Q, K), Q, K, V)
    agrees(dQ, lambda Q: np.sum(upstream * tf.attention(Q, K, V)), Q)
    agrees(dK, lambda K: np.sum(upstream * tf.attention(Q, K, V)), K)
    agrees(dV, lambda V: np.sum(upstream * tf.attention(Q, K, V)), V)


@pytest.mark.parametrize("scale", [0.01, 1, 100])
def test_the_gradient_of_normalising_is_that_of_finite_differences(scale):
    rng = np.random.default_rng(0)
    X, upstream = scale * rng.normal(size=(3, 4, 5)), rng.normal(size=(3, 4, 5))
    slope = tf.normalise_backward(upstream, tf.normalise(X), X)
    step = 1e-5 * scale
    np.testing.assert_allclose(
        slope * scale,
        numerical_gradient(lambda X: np.sum(upstream * tf.normalise(X)), X, step) * scale,
        atol=1e-6,
    )


PIECES = {
    "attend": (tf.attend, tf.attend_backward),
    "feed_forward": (tf.feed_forward, tf.feed_forward_backward),
    "block": (tf.block, tf.block_backward),
}


@pytest.mark.parametrize("piece", PIECES)
def test_the_gradient_of_a_piece_is_that_of_finite_differences(piece):
    forward, backward = PIECES[piece]
    rng = np.random.default_rng(1)
    p, X, upstream = tf.block_parameters(small(), 1), rng.normal(size=(2, 4, 6)), rng.normal(size=(2, 4, 6))
    dX, slopes = backward(upstream, p, forward(p, X)[1])
    agrees(dX, lambda X: np.sum(upstream * forward(p, X)[0]), X)
    assert slopes.keys() <= p.keys()
    for name, slope in slopes.items():
        agrees(slope, lambda array, name=name: np.sum(upstream * forward(p | {name: array}, X)[0]), p[name])
    if piece == "block":
        assert slopes.keys() == p.keys()


@pytest.mark.parametrize("width, n_heads, n_blocks", [(4, 1, 1), (6, 3, 2)])
def test_the_gradient_of_all_of_it_is_that_of_finite_differences(width, n_heads, n_blocks):
    parameters = small(width, n_heads, n_blocks)
    slopes = tf.gradient(parameters, NAMES)
    assert list(slopes) == list(parameters)
    for name, array in parameters.items():
        agrees(slopes[name], lambda array, name=name: tf.loss(parameters | {name: array}, NAMES), array)
    assert not slopes["symbols"][len(SYMBOLS) - 1].any(), "<e> is never looked at, not even in the padding"
    assert not tf.gradient(parameters, ["bob"])["places"][4:].any(), "a name of three letters has four places"


# What cannot be


def test_no_probability_depends_on_a_later_letter():
    parameters, rng = small(8, 2, 2), np.random.default_rng(0)
    S = rng.integers(28, size=(3, 16))
    before = tf.scores(parameters, S)
    for t in range(15):
        changed = S.copy()
        changed[:, t + 1 :] = rng.integers(28, size=(3, 15 - t))
        after = tf.scores(parameters, changed)
        np.testing.assert_array_equal(after[:, : t + 1], before[:, : t + 1])
        assert (after[:, t + 1 :] != before[:, t + 1 :]).any(), "what comes later does see it"


def test_no_gradient_comes_from_a_later_letter():
    """With the loss of the first symbol alone, all but <s> and the first place have no slope."""
    parameters = small()
    S, following, counted = tf.padded(["anna"])
    slopes = tf.gradient_of_rows(parameters, S, following, counted & (np.arange(S.shape[1]) == 0))
    assert slopes["symbols"][0].any() and not slopes["symbols"][1:].any()
    assert slopes["places"][0].any() and not slopes["places"][1:].any()


def test_permuting_heads_changes_nothing():
    parameters = small(8, 4, 2)
    order = {b: np.random.default_rng(b).permutation(4) for b in range(2)}
    permuted = {
        name: array[order[int(name[0])]] if name.endswith(("query", "key", "value", "mix")) else array
        for name, array in parameters.items()
    }
    assert any((permuted[name] != parameters[name]).any() for name in parameters)
    S = tf.padded(NAMES)[0]
    np.testing.assert_allclose(tf.scores(permuted, S), tf.scores(parameters, S), rtol=1e-12, atol=1e-12)
    slopes, of_permuted = tf.gradient(parameters, NAMES), tf.gradient(permuted, NAMES)
    for b in range(2):
        for name in (f"{b}.query", f"{b}.mix"):
            np.testing.assert_allclose(of_permuted[name], slopes[name][order[b]], atol=1e-14)


def test_padding_changes_nothing():
    parameters = small()
    alone, beside = tf.padded(["bob"])[0], tf.padded(["bob", "christopherjohn"])[0]
    np.testing.assert_allclose(tf.scores(parameters, beside)[0, :4], tf.scores(parameters, alone)[0], atol=1e-13)
    wide = np.pad(alone, ((0, 0), (0, 5)), constant_values=27)
    following, counted = np.array([[2, 15, 2, 27, 9, 9, 9, 9, 9]]), np.arange(9)[np.newaxis] < 4
    slopes = tf.gradient_of_rows(parameters, wide, following, counted)
    for name, slope in tf.gradient(parameters, ["bob"]).items():
        np.testing.assert_allclose(slopes[name], slope, atol=1e-13)


def test_the_loss_counts_e_and_is_the_mean_over_all_symbols():
    parameters = small()
    by_hand = []
    for name in NAMES:  # each name alone, from the scores of one row
        symbols = np.array(encode(name))
        P = softmax(tf.scores(parameters, symbols[np.newaxis, :-1])[0])
        by_hand += list(-np.log(P[np.arange(len(name) + 1), symbols[1:]]))
    assert len(by_hand) == sum(len(name) + 1 for name in NAMES)
    assert tf.loss(parameters, NAMES) == pytest.approx(np.mean(by_hand), abs=1e-12)
    lengths = [len(name) + 1 for name in NAMES]
    single = [tf.loss(parameters, [name]) for name in NAMES]
    assert tf.loss(parameters, NAMES) == pytest.approx(np.average(single, weights=lengths), abs=1e-12)
    hopeless = parameters | {"b": np.where(np.arange(28) == 27, -20.0, parameters["b"])}
    assert tf.loss(hopeless, ["bob"]) > tf.loss(parameters, ["bob"]) + 4, "a quarter of its symbols is <e>"


def test_all_scores_alike_lose_log_28():
    flat = {name: np.zeros_like(array) for name, array in small().items()}
    assert tf.loss(flat, NAMES) == pytest.approx(np.log(28))


# Attention, whatever comes in


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_weights_are_shares_of_the_past(data):
    shape = data.draw(st.tuples(st.integers(1, 3), st.integers(1, 7), st.integers(1, 5)))
    numbers = st.floats(-1e3, 1e3, width=32)
    Q, K = (data.draw(arrays(np.float64, shape, elements=numbers)) for _ in "QK")
    A = tf.attention_weights(Q, K)
    assert A.shape == (*shape[:2], shape[1]) and (A >= 0).all()
    np.testing.assert_allclose(A.sum(axis=-1), 1, atol=1e-12)
    assert not np.triu(A, 1).any(), "what lies above the diagonal is exactly 0"
    assert (A[:, 0, 0] == 1).all(), "the first query has one key"
    scores = Q @ K.swapaxes(1, 2) / shape[2] ** 0.5
    if shape[1] > 1:
        np.testing.assert_allclose(A[:, -1], softmax(scores[:, -1]), atol=1e-12)


@given(arrays(np.float64, (3, 5), elements=st.floats(-1e3, 1e3, width=32)), st.floats(-100, 100), st.floats(0.5, 50))
@settings(max_examples=60, deadline=None)
def test_normalised_points_forget_where_and_how_large_they_were(X, shift, scale):
    N = tf.normalise(X)
    np.testing.assert_allclose(N.mean(axis=-1), 0, atol=1e-8)
    assert (np.mean(N**2, axis=-1) <= 1).all()
    wide = X.std(axis=-1) > 1
    np.testing.assert_allclose(tf.normalise(scale * X + shift)[wide], N[wide], atol=1e-3)


# Kinds of numbers, sizes, packing


def test_32_bits_stay_32_bits():
    parameters = {name: array.astype(np.float32) for name, array in small().items()}
    S = tf.padded(NAMES)[0]
    assert tf.scores(parameters, S).dtype == np.float32
    of_32, of_64 = tf.gradient(parameters, NAMES), tf.gradient(small(), NAMES)
    for name, slope in of_32.items():
        assert slope.dtype == np.float32 and slope.shape == parameters[name].shape, name
        np.testing.assert_allclose(slope, of_64[name], atol=1e-5)
    assert all(slope.dtype == np.float64 for slope in of_64.values())


def test_the_parameters_are_left_as_they_are():
    parameters = small()
    copies = {name: array.copy() for name, array in parameters.items()}
    S, following, counted = tf.padded(NAMES)
    given_in = S.copy(), following.copy(), counted.copy()
    tf.gradient_of_rows(parameters, S, following, counted)
    tf.sample(parameters, np.random.default_rng(0))
    for name, array in copies.items():
        np.testing.assert_array_equal(parameters[name], array)
    for before, after in zip(given_in, (S, following, counted)):
        np.testing.assert_array_equal(before, after)


def test_initialise_makes_the_shapes_that_the_module_names():
    parameters = tf.initialise(48, 4, 2, np.random.default_rng(0))
    assert parameters["symbols"].shape == (28, 48) == parameters["W"].shape and parameters["places"].shape == (16, 48)
    for b in range(2):
        p = tf.block_parameters(parameters, b)
        assert all(p[name].shape == (4, 12, 48) for name in ("query", "key", "value", "mix"))
        assert [p[name].shape for name in ("W1", "b1", "W2", "b2")] == [(192, 48), (192,), (48, 192), (48,)]
    assert tf.count_blocks(parameters) == 2 and len(parameters) == 2 * 8 + 4
    assert not any(parameters[name].any() for name in ("b", "0.b1", "0.b2", "1.b1", "1.b2"))


def test_at_the_start_points_do_not_grow_with_the_number_of_blocks():
    S, sizes = tf.padded(["olivia", "emma", "noah", "christopher"])[0], []
    for n_blocks in (1, 2, 6, 12):
        parameters = tf.initialise(64, 4, n_blocks, np.random.default_rng(0))
        sizes.append(np.mean(tf.forward(parameters, S)[2] ** 2))
        assert np.log(28) - 0.2 < tf.loss(parameters, ["olivia", "emma", "noah"]) < np.log(28) + 1.2
    assert max(sizes) < 2 * min(sizes), sizes


def test_packing_comes_back():
    parameters = small()
    w = tf.pack(parameters)
    assert w.shape == (sum(array.size for array in parameters.values()),)
    again = tf.unpack(w, parameters)
    assert list(again) == list(parameters)
    for name, array in parameters.items():
        np.testing.assert_array_equal(again[name], array)


# Training and drawing


def test_a_few_names_are_learned_by_heart_and_sampled_back():
    known = ["bob", "anna", "zoe"]
    start, rng = tf.initialise(16, 2, 1, np.random.default_rng(0)), np.random.default_rng(0)
    answers = list(tf.train(start, known, range(400), rng, batch_size=8))
    assert len(answers) == 401 and all(array.dtype == np.float32 for array in answers[-1].values())
    # The first letter can only be guessed: log 3 for each of three names, 13 symbols in all.
    assert np.log(3) * 3 / 13 < tf.loss(answers[-1], known) < 0.3 < 2 < tf.loss(answers[0], known)
    assert {tf.sample(answers[-1], np.random.default_rng(seed), 0.2) for seed in range(20)} == set(known)


def test_probabilities_of_what_follows():
    parameters = small()
    P = tf.next_probabilities(parameters, "an")
    assert P.shape == (28,) and P[0] == 0 and P.sum() == pytest.approx(1)
    scores = tf.scores(parameters, np.array([[0, 1, 14]]))[0, -1]
    np.testing.assert_allclose(P[1:], softmax(scores[1:]))
    cold, hot = (tf.next_probabilities(parameters, "an", t) for t in (1e-4, 100))
    assert cold.max() > 0.99 and hot[1:].max() < 0.05
    first = tf.next_probabilities(parameters, "")
    np.testing.assert_allclose(first[1:], softmax(tf.scores(parameters, np.array([[0]]))[0, 0, 1:]))
    assert tf.next_probabilities(parameters, "a" * 15).tolist() == [0.0] * 27 + [1.0]


def test_names_are_drawn_as_probable_as_they_are_and_never_too_long():
    parameters = small()
    shy = parameters | {"b": np.where(np.arange(28) == 27, -30.0, parameters["b"])}  # <e> hardly ever comes
    drawn = {len(tf.sample(shy, np.random.default_rng(seed))) for seed in range(20)}
    assert drawn == {15}
    rng = np.random.default_rng(0)
    n, short = 500, parameters | {"b": np.where(np.arange(28) == 27, 2.5, parameters["b"])}
    first = Counter(tf.sample(short, rng)[:1] or "<e>" for _ in range(n))
    P = tf.next_probabilities(short, "")
    for symbol, p in zip(SYMBOLS, P):
        assert abs(first[symbol] - n * p) <= 5 * (n * p * (1 - p)) ** 0.5 + 1e-9, symbol
    assert all(re.fullmatch("[a-z]{0,15}", tf.sample(parameters, rng)) for _ in range(50))
    same = [tf.sample(parameters, np.random.default_rng(7)) for _ in range(2)]
    assert same[0] == same[1]


# The numbers in the lesson's answers


def the_names():
    listed = data.names().X
    return [listed[rows] for rows in data.split(len(listed), 0.2, seed=0, validation_share=0.1)]


def test_the_lesson_says_true_things_of_the_shipped_weights():
    weights, (learned, validation, _) = data.trained_transformer(), the_names()
    kept = tf.forward(weights, tf.padded(["christ"])[0])[1]
    before = [[sum(A[t].argmax() == t - 1 for t in range(1, 7)) for A in of_block[2][4][0]] for of_block in kept]
    assert before[0] == [3, 3, 5, 3] and max(before[1]) <= 2
    costs = [[tf.loss(tf.without_head(weights, b, h), ["christ"]) for h in range(4)] for b in range(2)]
    assert max(map(max, costs)) == costs[0][2] and round(float(costs[0][0]), 2) == 1.57
    for beginning, alone, likely in (("chris", "h", "t"), ("christ", "o", "ioae")):
        X = tf.forward(weights, tf.padded([beginning])[0])[1][1][0][0, -1]  # the last point as block 2 finds it
        early = tf.normalise(X) @ weights["W"].T + weights["b"]
        assert SYMBOLS[1 + early[1:].argmax()] == alone
        P = tf.next_probabilities(weights, beginning)
        assert {SYMBOLS[k] for k in P.argsort()[-len(likely) :]} == set(likely)
    first = Counter(tf.sample(weights, np.random.default_rng(seed), 0.1) for seed in range(100))
    assert sum(first[name] for name in ("alexandria", "analis", "analisa")) == 82
    after_al = tf.next_probabilities(weights, "al")
    assert [round(float(after_al[SYMBOLS.index(letter)]), 2) for letter in "ei"] == [0.26, 0.22]
    assert round(float(tf.next_probabilities(weights, "michael")[-1]), 2) == 0.61
    rng, real = np.random.default_rng(0), set(data.names().X)
    assert 0.2 < np.mean([tf.sample(weights, rng) in real for _ in range(400)]) < 0.3
    read = 2000 * 128 * np.mean([len(name) + 1 for name in [*learned, *validation]])
    assert round(read / 1e6, 1) == 1.8 and round(tf.pack(weights).size, -3) == 59_000


def test_without_the_mask_it_copies_and_knows_nothing(monkeypatch):
    learned, validation, _ = the_names()
    rng = np.random.default_rng(0)
    start = tf.initialise(32, 4, 1, rng)
    with monkeypatch.context() as patch:
        patch.setattr(tf, "attention_weights", lambda Q, K: softmax(Q @ K.swapaxes(-1, -2) / K.shape[-1] ** 0.5))
        *_, copyist = tf.train(start, learned, range(300), np.random.default_rng(0))
        assert tf.loss(copyist, validation[:1000]) == pytest.approx(0.02, abs=0.005)
    assert tf.loss(copyist, validation[:1000]) == pytest.approx(6.6, abs=0.3)  # other machines round differently


# What goes wrong gets its sentence

RNG = np.random.default_rng(0)
X = np.zeros((1, 3, 4))


@pytest.mark.parametrize(
    "call, error, words",
    [
        (lambda: tf.initialise(0, 1, 1, RNG), ValueError, "width needs to be a whole number, 1 or more; it is 0"),
        (lambda: tf.initialise(8, 2.0, 1, RNG), ValueError, "n_heads needs to be a whole number"),
        (lambda: tf.initialise(8, 2, 0, RNG), ValueError, "n_blocks needs to be a whole number"),
        (lambda: tf.initialise(10, 4, 1, RNG), ValueError, "10 numbers cannot be dealt out to 4 heads"),
        (lambda: tf.initialise(8, 2, 1, 0), TypeError, "rng needs to be a generator"),
        (lambda: tf.scores(small(), np.zeros((1, 17), dtype=int)), ValueError, "16 places; S has 17"),
        (lambda: tf.scores(small(), np.zeros((1, 0), dtype=int)), ValueError, "16 places; S has 0"),
        (lambda: tf.scores(small(), np.zeros((1, 3))), TypeError, "array (n, T) of symbols' numbers"),
        (lambda: tf.scores(small(), np.zeros(3, dtype=int)), TypeError, "array (n, T) of symbols' numbers"),
        (lambda: tf.scores(small(), [[0, 1]]), TypeError, "it is of type list"),
        (lambda: tf.scores(small(), np.array([[0, 28]])), ValueError, "a number from 0 to 27"),
        (lambda: tf.scores(small(), np.array([[-1, 2]])), ValueError, "a number from 0 to 27"),
        (lambda: tf.loss(small(), "anna"), TypeError, "for one name write ['anna']"),
        (lambda: tf.loss(small(), []), ValueError, "at least one name"),
        (lambda: tf.loss(small(), ["Zoë"]), ValueError, "letters from a to z only"),
        (lambda: tf.gradient(small(), ["a" * 16]), ValueError, "places for 15 letters"),
        (lambda: tf.attention_weights(X, X[:, :2]), ValueError, "Q and K need one shape"),
        (lambda: tf.attention_weights(X[0, 0], X[0, 0]), ValueError, "Q and K need one shape"),
        (lambda: tf.attention(X, X, X[:, :2]), ValueError, "V needs one row per row of K"),
        (lambda: tf.next_probabilities(small(), "an", 0), ValueError, "temperature needs to be a number above 0"),
        (lambda: tf.next_probabilities(small(), "a1"), ValueError, "letters from a to z only"),
        (lambda: tf.next_probabilities(small(), "a" * 16), ValueError, "places for 15 letters"),
        (lambda: tf.sample(small(), None), TypeError, "rng needs to be a generator"),
        (lambda: tf.sample(small(), RNG, -1), ValueError, "temperature needs to be a number above 0"),
    ],
)
def test_bad_input_gets_one_clear_sentence(call, error, words):
    with pytest.raises(error) as told:
        call()
    assert words in str(told.value) and "\n" not in str(told.value)


def test_numbers_that_overflow_are_a_lesson_and_no_warning():
    huge = {name: 1e200 * array for name, array in small().items()}
    with np.errstate(all="warn"):
        tf.loss(huge, ["anna"])
        tf.gradient(huge, ["anna"])
        tf.attention_weights(np.full((2, 3), 1e200), np.full((2, 3), 1e200))


def test_what_the_page_takes_over_from_lesson_09_is_what_lesson_09_printed():
    pages = [nbformat.read(ROOT / "notebooks" / f"{stem}.ipynb", 4) for stem in ("09_where_next", "10_transformer")]
    printed = "".join(output.get("text", "") for cell in pages[0].cells for output in cell.get("outputs", []))
    network, table = (
        float(re.search(rf"^{name} +3,000 names [\d.]+ +all ([\d.]+)", printed, re.M)[1])
        for name in ("network", "4 letters, interpolated")
    )
    page = "".join(cell.source for cell in pages[1].cells)
    assert f'"network of 09": {network:.2f}' in page
    assert f"Lesson 09 reported {table:.2f} for the best table and {network:.2f} for its network" in page
