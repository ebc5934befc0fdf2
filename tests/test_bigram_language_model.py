"""maths.bigram_language_model against hand-counted names, the one-hot network, finite differences, χ² and log 28."""

import inspect
import time
import warnings
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from lessons_lib import live, stage
from lessons_lib.data import names as load_names
from lessons_lib.data import split
from lessons_lib.maths import bigram_language_model as bi
from lessons_lib.maths import multiclass_classification as mc
from lessons_lib.maths.gradient_descent import descend, numerical_gradient
from lessons_lib.scenes import bigram_language_model as scenes

NAMES = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)
START, END = 0, 27
A, M, E = (bi.SYMBOLS.index(letter) for letter in "ame")


@pytest.fixture(scope="module")
def dealt():
    """(names to learn from, held-out names): one fifth is held out, dealt with seed 0."""
    listed = load_names().X
    train, held_out = split(len(listed), test_share=0.2, seed=0)
    return listed[train], listed[held_out]


def random_scores(seed):
    return np.random.default_rng(seed).normal(scale=2, size=(28, 28))


def test_symbols_are_numbered_as_the_slides_vectors_have_it():
    assert len(bi.SYMBOLS) == 28 and bi.SYMBOLS[START] == "<s>" and bi.SYMBOLS[END] == "<e>"
    assert bi.SYMBOLS[1:27] == tuple("abcdefghijklmnopqrstuvwxyz")
    assert bi.encode("al").tolist() == [0, 1, 12, 27]
    assert bi.decode([0, 1, 12, 27]) == bi.decode([1, 12]) == bi.decode(np.array([1, 12, 27])) == "al"


def test_pairs_and_counts_by_hand():
    previous, following = bi.pairs(["emma"])
    assert previous.tolist() == [START, E, M, M, A] and following.tolist() == [E, M, M, A, END]
    counts = bi.count(["emma", "mae"])
    assert counts.sum() == 5 + 4
    assert counts[M].sum() == 3 and counts[M, A] == 2 and counts[M, M] == 1
    assert counts[START, E] == counts[START, M] == counts[A, END] == counts[E, END] == 1
    P = bi.probabilities(counts)
    assert P[M, A] == pytest.approx(2 / 3) and P[M, M] == pytest.approx(1 / 3)
    assert P[START, E] == 0.5 and P[END].tolist() == [1 / 28] * 28
    assert bi.probabilities(counts, 1)[M, A] == pytest.approx(3 / 31)
    by_hand = -(2 * np.log(1 / 2) + 2 * np.log(2 / 3) + np.log(1 / 3) + 4 * np.log(1 / 2)) / 9
    assert bi.loss(P, counts) == pytest.approx(by_hand)
    assert bi.loss(P, bi.count(["anna"])) == np.inf
    assert bi.perplexity(bi.loss(np.full((28, 28), 1 / 28), counts)) == pytest.approx(28)


@given(st.lists(NAMES, min_size=1, max_size=20))
def test_nothing_is_dropped(names):
    assert [bi.decode(bi.encode(name)) for name in names] == names
    previous, following = bi.pairs(names)
    assert len(previous) == len(following) == sum(len(name) + 1 for name in names) == bi.count(names).sum()
    expected = Counter(pair for name in names for pair in zip(["<s>", *name], [*name, "<e>"]))
    counts = bi.count(names)
    assert all(counts[bi.SYMBOLS.index(i), bi.SYMBOLS.index(j)] == n for (i, j), n in expected.items())
    for smoothing in (0, 0.3, 2):
        P = bi.probabilities(counts, smoothing)
        assert P.sum(axis=1) == pytest.approx(1) and (P >= 0).all()
    assert np.isfinite(bi.loss(bi.probabilities(counts), counts))


@given(st.integers(0, 1000), st.lists(NAMES, min_size=1, max_size=30))
@settings(max_examples=20)
def test_the_counted_network_is_the_one_hot_network(seed, names):
    W, counts = random_scores(seed), bi.count(names)
    previous, following = bi.pairs(names)
    one_hot = np.eye(28)[previous]
    assert bi.neural_loss(W, counts) == pytest.approx(mc.loss(W.T, one_hot, following), abs=1e-10)
    assert bi.neural_gradient(W, counts) == pytest.approx(mc.gradient(W.T, one_hot, following).T, abs=1e-10)
    assert bi.neural_loss(W, counts) == pytest.approx(bi.loss(mc.softmax(W), counts), abs=1e-10)


@pytest.mark.parametrize("loss, gradient", [(bi.neural_loss, bi.neural_gradient), (bi.strict_loss, bi.strict_gradient)])
def test_gradients_are_the_slopes_of_their_losses(loss, gradient):
    counts = bi.count(["emma", "olivia", "mae"])
    for seed in range(3):
        W = random_scores(seed)
        assert gradient(W, counts) == pytest.approx(numerical_gradient(lambda V: loss(V, counts), W), abs=1e-7)


def test_counting_with_smoothing_reaches_the_stated_losses(dealt):
    train, held_out = (bi.count(names) for names in dealt)
    P = bi.probabilities(train, 1)
    assert bi.loss(P, train) == pytest.approx(2.454, abs=0.01)
    assert bi.loss(P, held_out) == pytest.approx(2.465, abs=0.01)
    assert bi.loss(bi.probabilities(train), held_out) == np.inf


def test_descent_on_the_counts_comes_within_a_hundredth_in_300_steps_and_50_ms(dealt):
    counts = bi.count(dealt[0])
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        W = descend(lambda W: bi.neural_gradient(W, counts), np.zeros((28, 28)), 50, 300)[-1]
        seconds.append(time.perf_counter() - start)
    gap = bi.neural_loss(W, counts) - bi.loss(bi.probabilities(counts), counts)
    assert 0 < gap < 0.01
    assert min(seconds) < 0.050


def test_no_table_beats_the_counted_one_and_descent_goes_to_it():
    counts = bi.count(["emma", "olivia", "mae", "ava"]) + 1
    P = bi.probabilities(counts)
    lowest = bi.loss(P, counts)
    assert all(bi.neural_loss(np.log(P) + 0.1 * random_scores(seed), counts) > lowest for seed in range(20))
    assert np.abs(bi.neural_gradient(np.log(P), counts)).max() < 1e-15
    W = descend(lambda W: bi.neural_gradient(W, counts), np.zeros((28, 28)), 100, 5000)[-1]
    assert mc.softmax(W) == pytest.approx(P, abs=1e-6)


def test_the_penalty_on_wrong_classes_has_the_counted_table_as_its_lowest_point_too():
    counts = bi.count(["emma", "olivia", "mae", "ava"]) + 1
    P = bi.probabilities(counts)
    assert np.abs(bi.strict_gradient(np.log(P), counts)).max() < 1e-15
    lowest = bi.strict_loss(np.log(P), counts)
    assert all(bi.strict_loss(np.log(P) + 0.1 * random_scores(seed), counts) > lowest for seed in range(20))


def test_smoothing_is_training_with_a_pull_to_uniform():
    counts, k = bi.count(["emma", "olivia", "mae"]), 0.7
    N, cells = counts.sum(), 28 * 28

    def penalised(W):
        return (N * bi.neural_loss(W, counts) - k * np.log(mc.softmax(W)).sum()) / (N + k * cells)

    for seed in range(3):
        assert bi.neural_loss(random_scores(seed), counts + k) == pytest.approx(penalised(random_scores(seed)))
    # And the pull is ½ Σ s² for small centred scores s, up to the third power.
    for size in (1e-1, 1e-2):
        s = size * np.random.default_rng(0).normal(size=28)
        s -= s.mean()
        pull = -np.log(mc.softmax(s)).sum() - 28 * np.log(28)
        assert pull == pytest.approx(s @ s / 2, rel=3 * size)


def test_above_the_limit_descent_does_not_settle(dealt):
    counts = bi.count(dealt[0])
    limit = bi.rate_limit(counts)

    def risen(rate):
        path = descend(lambda W: bi.neural_gradient(W, counts), np.zeros((28, 28)), rate, 300)
        return np.sum(np.diff([bi.neural_loss(W, counts) for W in path[100:]]) > 0)

    assert limit == pytest.approx(71.45, abs=0.01)
    assert risen(0.97 * limit) == 0 and risen(1.1 * limit) > 50


@pytest.mark.parametrize("smoothing", [0, 1])
def test_sampled_letters_agree_with_the_table(dealt, smoothing):
    P = bi.probabilities(bi.count(dealt[0][:500]), smoothing)
    rng = np.random.default_rng(1)
    drawn = [bi.sample(P, rng) for _ in range(4000)]
    followed = Counter()
    for name in drawn:
        followed.update(zip(["<s>", *name], [*name, "<e>"]))
    of_the_table = P / P[:, 1:].sum(axis=1, keepdims=True)  # nothing returns to <s>
    for previous in ("<s>", "a", "n", "e"):
        seen = np.array([followed[previous, symbol] for symbol in bi.SYMBOLS])
        expected = seen.sum() * of_the_table[bi.SYMBOLS.index(previous)]
        expected[0] = 0
        usual = expected >= 5
        if not smoothing:
            assert seen[expected == 0].sum() == 0
        groups = [np.append(part[usual], part[~usual].sum()) for part in (seen, expected)]
        if groups[1][-1] == 0:
            groups = [group[:-1] for group in groups]
        assert stats.chisquare(*groups).pvalue > 0.01


def test_a_table_that_never_ends_is_cut_and_one_that_ends_at_once_is_empty():
    never, at_once = np.zeros((28, 28)), np.zeros((28, 28))
    never[:, A], at_once[:, END] = 1, 1
    assert bi.sample(never, np.random.default_rng(0)) == "a" * 100
    assert bi.sample(never, np.random.default_rng(0), max_length=3) == "aaa"
    assert bi.sample(at_once, np.random.default_rng(0)) == ""
    uniform = np.full((28, 28), 1 / 28)
    assert bi.sample(uniform, np.random.default_rng(5)) == bi.sample(uniform, np.random.default_rng(5))


def test_memory_of_one_letter_is_the_bigram_and_more_cells_are_mostly_empty(dealt):
    train, held_out = dealt
    for memory in (0, 1, 2, 3):
        learned, asked = bi.windows(train, memory), bi.windows(held_out, memory)
        assert len(asked) == bi.count(held_out).sum()
        losses = [bi.window_loss(*bi.window_counts(learned, part), 1) for part in (learned, asked)]
        assert losses[0] < losses[1]
        if memory == 1:
            P = bi.probabilities(bi.count(train), 1)
            assert losses == pytest.approx([bi.loss(P, bi.count(part)) for part in (train, held_out)])
    assert len(np.unique(learned)) < 0.05 * 28**4
    assert bi.windows(["al"], 2).tolist() == [1, 28 + 12, 28**2 + 12 * 28 + 27]


@pytest.mark.parametrize(
    "name, words",
    [("Emma", "character 1 of 'Emma' is 'E', so write it in lower case"), ("zoë", "character 3 of 'zoë' is 'ë', so write it without the accent."),
     ("Éva", "'É', so write it in lower case and without the accent."),
     ("mary ann", "character 5 of 'mary ann' is a blank"), ("r2d2", "character 2 of 'r2d2' is '2'"),
     ("", "empty"), ("<s>", "character 1"), ("o'neil", "character 2"), ("ann\n", "character 4")],
)  # fmt: skip
def test_every_other_character_is_named_with_its_position(name, words):
    for call in (bi.encode, lambda name: bi.pairs(["anna", name]), lambda name: bi.count(np.array([name]))):
        with pytest.raises(ValueError) as error:
            call(name)
        assert words in str(error.value) and "\n" not in str(error.value)


UNIFORM, WRONG_P = np.full((28, 28), 1 / 28), np.full((28, 28), 1 / 27)
ONLY_START = np.eye(28)[np.zeros(28, int)]


@pytest.mark.parametrize(
    "call, kind, words",
    [
        (lambda: bi.encode(3), TypeError, "a string"),
        (lambda: bi.pairs("emma"), TypeError, r"write \['emma'\]"),
        (lambda: bi.pairs([]), ValueError, "at least one name"),
        (lambda: bi.pairs(name for name in ["al"]), TypeError, "a list of names.* of type generator"),
        (lambda: bi.pairs(None), TypeError, "a list of names.* of type NoneType"),
        (lambda: bi.count(np.array("al")), TypeError, "a list of names.* of type ndarray"),
        (lambda: bi.decode(None), TypeError, "a list of symbols' numbers.* of type NoneType"),
        (lambda: bi.decode(5), TypeError, "a list of symbols' numbers.* of type int"),
        (lambda: bi.decode([0, 28]), ValueError, "from 0 to 27"),
        (lambda: bi.decode([1, 0, 2]), ValueError, "stands first"),
        (lambda: bi.decode([0, 27, 2]), ValueError, "position 2 holds 27"),
        (lambda: bi.probabilities(np.zeros((27, 27))), ValueError, r"shape \(28, 28\)"),
        (lambda: bi.probabilities(np.zeros((28, 28)) - 1), ValueError, "0 or more"),
        (lambda: bi.probabilities(np.zeros((28, 28)), -1), ValueError, "smoothing"),
        (lambda: bi.probabilities(np.zeros((28, 28)), np.nan), ValueError, "smoothing"),
        (lambda: bi.probabilities(np.zeros((28, 28)), 1e308), ValueError, "smoothing"),
        (lambda: bi.probabilities(np.full((28, 28), 1e308)), ValueError, "finite"),
        (lambda: bi.probabilities(np.full((28, 28), np.nan)), ValueError, "finite"),
        (lambda: bi.probabilities(np.zeros((28, 28)).tolist()), TypeError, "of type list"),
        (lambda: bi.probabilities(np.zeros((28, 28)).astype(object)), TypeError, "dtype is object"),
        (lambda: bi.probabilities(np.zeros((28, 28)).astype(str)), TypeError, "dtype is <U"),
        (lambda: bi.loss(UNIFORM.tolist(), np.ones((28, 28))), TypeError, "P needs to be a numpy array"),
        (lambda: bi.strict_loss(np.zeros((28, 28)), np.zeros((28, 28))), ValueError, "at least one counted pair"),
        (lambda: bi.strict_gradient(np.zeros((28, 27)), np.ones((28, 28))), ValueError, r"shape \(28, 27\)"),
        (lambda: bi.sample(UNIFORM, None), TypeError, "default_rng.* of type NoneType"),
        (lambda: bi.sample(UNIFORM, np.random.default_rng(0), np.nan), ValueError, "it is nan"),
        (lambda: bi.sample(UNIFORM, np.random.default_rng(0), -1), ValueError, "it is -1"),
        (lambda: bi.sample(UNIFORM, np.random.default_rng(0), 2.5), ValueError, "it is 2.5"),
        (lambda: bi.loss(np.full((28, 28), 1 / 28), np.zeros((28, 28))), ValueError, "at least one counted pair"),
        (lambda: bi.loss(WRONG_P, np.ones((28, 28))), ValueError, "sum to 1"),
        (lambda: bi.neural_loss(np.zeros((28, 27)), np.ones((28, 28))), ValueError, r"shape \(28, 27\)"),
        (lambda: bi.sample(WRONG_P, np.random.default_rng(0)), ValueError, "sum to 1"),
        (lambda: bi.sample(ONLY_START, np.random.default_rng(0)), ValueError, "leads to <s> alone"),
        (lambda: bi.windows(["al"], 5), ValueError, "from 0 to 4"),
    ],
)
def test_bad_input_gets_one_sentence(call, kind, words):
    with pytest.raises(kind, match=words):
        call()


def test_huge_scores_are_quiet():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        W, counts = 1e5 * random_scores(0), bi.count(["emma"])
        for call in (bi.neural_loss, bi.neural_gradient, bi.strict_loss, bi.strict_gradient):
            call(W, counts)
        assert np.isfinite(bi.neural_loss(W, counts))
        assert bi.perplexity(1e9) == np.inf
        assert bi.probabilities(bi.count(["emma"]), 1e300) == pytest.approx(1 / 28)


def test_the_typed_name_gets_its_surprise_or_one_sentence(dealt):
    P = bi.probabilities(bi.count(dealt[0]), 1)
    panel = live.panel(scenes.surprise(P), name=live.text("emma"))
    assert f"{5 * bi.loss(P, bi.count(['emma'])):.2f} nats in 5 symbols" in panel.caption
    for typed, words in (("Emma", "Character 1 of 'Emma'"), ("", "empty"), ("zo\u00eb", "'\u00eb'"), ("a" * 16, "15 letters"),
                         ("anna marie", "a blank"), ("<e>", "character 1")):  # fmt: skip
        panel.controls["name"].value = typed  # as a key press does it
        assert words.lower() in panel.caption.lower() and "cannot be drawn" not in panel.caption
        assert panel.caption[0].isupper() and panel.caption.endswith(".")
    panel.set(name="zoe")
    assert "“zoe” costs" in panel.caption


def test_the_drawn_name_is_the_samplers(dealt):
    P = bi.probabilities(bi.count(dealt[0]))
    panel = live.panel(scenes.sampling(P), seed=live.int_slider(0, 99, 0), step=live.play(40))
    for seed in range(20):
        rng, step = np.random.default_rng(seed), -1
        while step < 20:  # name after name: the last draw of each says that it is over, or that it is stopped
            name = bi.sample(P, rng, 16)
            panel.set(seed=seed, step=step + 1)
            assert "after <s>" in panel.caption
            step += min(len(name) + 1, 16)
            if step <= 40:
                panel.set(step=step)
                assert f"“{name}”" in panel.caption
                assert ("stop it" if len(name) == 16 else "is over") in panel.caption


def test_training_is_told_from_its_facts():
    def told(losses, rate):
        return scenes.training_told(scenes.training_facts(np.array(losses), 2.0, rate, 70.0))

    assert told([3.0], 10).startswith("Before the first step the loss is 3.000 nats, 1 above")
    assert "After 1 step the loss is 2.500 nats, 0.5 above the counted table's 2.000, and falling" in told([3, 2.5], 10)
    assert "it rose. The learning rate 71 is above the limit near that table, 70: it cannot settle" in told([3, 4], 71)
    assert "it rose in 5 of the last 10 steps" in told([3, 4] * 6, 71)
    assert "The learning rate 69.99 is below the limit, 70." in told([3, 2.5], 69.99)


def test_other_facts_are_told_with_their_numbers():
    row = np.zeros(28, dtype=int)
    assert "nothing was ever counted: a name" in scenes.row_told("<e>", row, "counts")
    row[[1, 2]] = 3, 1
    assert scenes.row_told("q", row, "counts") == "After q came 4 symbols: most often a, 3 times, then b, 1 time."
    assert "a with probability 0.750, then b with 0.250; 26 of the 28" in scenes.row_told("q", row, "probabilities")
    never = scenes.Smoothed(2.0, np.inf, 1, 40)
    assert "1 of the 40 validation pairs was never seen" in scenes.smoothing_told(1, 0, never, 0.3, 2.5)
    assert scenes.smoothing_told(1, 0, never, 0.3, 2.5).startswith("Learned from 1 name, α = 0: 2.000 nats")
    drawn = ["anna", "x", "a" * 16]
    told = scenes.temperature_told(1.0, 8, drawn, {"anna"}, 16, 0.113, row / 4)
    assert "1 of these 3 is a real name; of many drawn so, 11 % are" in told and "1 had not ended after 16" in told
    assert "memory of 1 letter is best" in scenes.memory_told(100, 0.1, np.array([17.0, 15.0, 16.0, 18.0]))


def test_the_share_of_real_names_is_that_of_many_draws(dealt):
    P, listed = bi.probabilities(bi.count(dealt[0]), 0.3), load_names().X
    share = scenes.share_of_real(P, *bi.pairs(listed), np.cumsum([len(name) + 1 for name in listed]))
    rng, real = np.random.default_rng(0), set(listed)
    drawn = [bi.sample(P, rng) in real for _ in range(4000)]
    assert share == pytest.approx(np.mean(drawn), abs=4 * np.sqrt(share / 4000))


def test_interpolated_counts_by_hand_and_on_the_names(dealt):
    # After a came n, n and b: two kinds, so p(n | a) = (2 + 2 p(n)) / (3 + 2); q was never met, so there p is p(n).
    learned, asked = bi.windows(["an", "anab"], 1), np.array([28 * A + 14, 28 * 17 + 14])
    alone = bi.interpolated(learned, asked, 0)
    seen = np.bincount(learned % 28, minlength=28)
    kinds = np.sum(seen > 0)
    assert alone == pytest.approx([(seen[14] + kinds / 28) / (seen.sum() + kinds)] * 2)
    assert bi.interpolated(learned, asked, 1) == pytest.approx([(2 + 2 * alone[0]) / 5, alone[1]])
    everything = bi.windows(dealt[0][:200], 3)
    contexts = np.unique(everything // 28)[::50, np.newaxis] * 28 + np.arange(28)
    assert bi.interpolated(everything, contexts.ravel(), 3).reshape(-1, 28).sum(axis=1) == pytest.approx(1)
    for n, memory, nats in ((None, 3, 2.087), (None, 4, 2.068), (3000, 3, 2.296), (3000, 4, 2.379)):
        p = bi.interpolated(bi.windows(dealt[0][:n], memory), bi.windows(dealt[1], memory), memory)
        assert -np.log(p).mean() == pytest.approx(nats, abs=6e-4)


def test_every_scene_is_quiet_for_the_empty_row_and_a_tiny_table():
    counts = bi.count(["anna"])
    P = bi.probabilities(counts, 1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for scene in (scenes.table(counts), scenes.network(counts), scenes.training(counts), scenes.pull(P)):
            _, update = stage.build(scene)
            knobs = {"show": "counts", "step": 300, "learning_rate": 1000.0, "size": 1.0}
            wanted = inspect.signature(inspect.unwrap(update)).parameters
            for symbol in bi.SYMBOLS:
                knobs |= {"previous": symbol, "symbol": symbol}
                assert update(**{name: knobs[name] for name in wanted}).endswith(".")
