"""Tokens by byte pairs: counted, joined and learned by hand, beside another way to do it, and on the book."""

import time
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons_lib.data import alice
from lessons_lib.live import int_slider, panel
from lessons_lib.maths import byte_pairs
from lessons_lib.maths.byte_pairs import Merge
from lessons_lib.scenes import byte_pairs as scenes

SHORT = st.text(alphabet="ab ", min_size=2, max_size=40)


def merged_with_a_place(tokens, pair):
    """The same merge, written with a place that moves on by one or by two."""
    out, place = [], 0
    while place < len(tokens):
        step = 2 if tuple(tokens[place : place + 2]) == pair else 1
        out.append("".join(tokens[place : place + step]))
        place += step
    return out


def test_gages_own_kind_of_example_by_hand():
    """abababc: (a, b) stands three times, then (ab, ab) twice, joined once; then no pair stands twice."""
    assert byte_pairs.count_pairs(list("abababc")) == {("a", "b"): 3, ("b", "a"): 2, ("b", "c"): 1}
    merges = byte_pairs.learn("abababc", range(9))
    assert merges == [Merge(("a", "b"), 3, 7), Merge(("ab", "ab"), 2, 4)]
    assert byte_pairs.tokenise("abababc", [merge.pair for merge in merges]) == ["abab", "ab", "c"]
    assert byte_pairs.vocabulary("abababc", [merge.pair for merge in merges]) == ["a", "b", "c", "ab", "abab"]


def test_of_three_alike_the_first_two_are_joined():
    assert byte_pairs.merge(list("aaaaa"), ("a", "a")) == ["aa", "aa", "a"]
    assert byte_pairs.merge(["aa", "a", "a"], ("a", "a")) == ["aa", "aa"]
    assert byte_pairs.merge([], ("a", "a")) == []


def test_a_token_is_known_once_however_it_was_joined():
    assert byte_pairs.vocabulary("abc", [("a", "b"), ("ab", "c"), ("b", "c"), ("a", "bc")]) == ["a", "b", "c", "ab", "abc", "bc"]  # fmt: skip


def test_of_pairs_as_frequent_the_first_in_the_text_is_joined():
    assert [merge.pair for merge in byte_pairs.learn("xyabxyab", range(1))] == [("x", "y")]
    assert [merge.pair for merge in byte_pairs.learn("abxyabxy", range(1))] == [("a", "b")]


@given(SHORT, st.sampled_from([("a", "b"), ("a", "a"), ("b", " "), ("ab", "a"), ("aa", "a")]))
@settings(max_examples=150, deadline=None)
def test_merging_is_the_same_with_a_place_that_moves_on(text, pair):
    tokens = byte_pairs.tokenise(text, [("a", "b"), ("a", "a")])
    before = list(tokens)
    assert byte_pairs.merge(tokens, pair) == merged_with_a_place(tokens, pair)
    assert tokens == before


@given(SHORT, st.integers(0, 12))
@settings(max_examples=150, deadline=None)
def test_what_is_learned_spells_the_text_in_fewer_and_fewer_tokens(text, steps):
    merges = byte_pairs.learn(text, range(steps))
    pairs = [merge.pair for merge in merges]
    tokens = byte_pairs.tokenise(text, pairs)
    assert "".join(tokens) == text and set(tokens) <= set(byte_pairs.vocabulary(text, pairs))
    lengths = [merge.n_tokens for merge in merges] + [len(tokens)]
    assert lengths[0] == len(text) and all(b < a for a, b in zip(lengths, lengths[1:]))
    for number, merge in enumerate(merges):
        counted = Counter(zip(before := byte_pairs.tokenise(text, pairs[:number]), before[1:]))
        assert counted[merge.pair] == merge.times == max(counted.values()) >= 2
    if len(merges) < steps:
        assert max(byte_pairs.count_pairs(tokens).values()) == 1


def test_on_the_book_words_come_out():
    text = "".join(alice().X)
    start = time.process_time()
    merges = byte_pairs.learn(text, range(300))
    assert time.process_time() - start < 12, "about 2 s on one core"
    pairs = [merge.pair for merge in merges]
    assert merges[0] == Merge(("e", " "), 1004, 31250)
    known = byte_pairs.vocabulary(text, pairs)
    assert {" the ", "Alice ", "herself", "little "} <= set(known)
    assert len(text) / len(byte_pairs.tokenise(text, pairs)) > 2
    assert byte_pairs.tokenise("and the xylophone", pairs)[:2] == ["and", " the "], (
        "a text that is not in the book is cut, too"
    )


@given(st.text(alphabet="abc \n", min_size=1, max_size=200), st.integers(0, 10))
@settings(max_examples=60, deadline=None)
def test_boxes_cover_each_character_once_and_lines_break_after_blanks(text, steps):
    merges = byte_pairs.learn(text, range(steps)) if len(text) > 1 else []
    tokens = byte_pairs.tokenise(text, [merge.pair for merge in merges])
    rows, columns = scenes.wrapped(text, 12)
    assert len(rows) == len(columns) == len(text) and len(set(zip(rows, columns))) == len(text)
    for place in range(1, len(text)):
        if rows[place] != rows[place - 1]:
            assert columns[place] == 0 and text[place - 1].isspace()
    boxes = scenes.pieces(tokens, rows, columns)
    covered = [(row, column) for _, row, first, end in boxes for column in range(first, end)]
    assert covered == list(zip(rows, columns))
    assert sorted({number for number, *_ in boxes}) == list(range(len(tokens)))


def test_the_caption_from_plain_numbers():
    said = scenes.tokens_told(1, Merge(("e", " "), 1, 20), 50, 12, 3)
    assert said == (
        "After 1 merge the text of 50 characters is 20 tokens of 12 kinds, 2.50 characters each; the passage is 3. "
        "Next: “e” and “␣”, side by side 1 time. (␣ is a blank.)"
    )
    assert scenes.tokens_told(2, Merge((".\n", " "), 2, 20), 50, 12, 3).endswith("(␣ is a blank, ↵ ends a line.)")
    assert scenes.tokens_told(2, Merge(("a", "b"), 2, 20), 50, 12, 3).endswith("side by side 2 times.")


def test_the_picture_cuts_the_passage_and_is_quick():
    text = "".join(alice().X)[:6000]
    learned, passage = byte_pairs.learn(text, range(120)), text.split("\n")[1]
    picture = panel(scenes.merging(text, learned, passage), merges=int_slider(0, 119, 0))
    assert f"the passage is {len(passage)}." in picture.caption and "After 0 merges" in picture.caption
    times = []
    for n_merges in range(0, 120, 4):
        start = time.process_time()
        picture.set(merges=n_merges)
        times.append(time.process_time() - start)
        pairs = [merge.pair for merge in learned[:n_merges]]
        assert f"the passage is {len(byte_pairs.tokenise(passage, pairs))}." in picture.caption
        assert f"of {len(byte_pairs.vocabulary(text, pairs))} kinds" in picture.caption
    assert np.median(times) < 0.05, "about 8 ms"


@pytest.mark.parametrize(
    "call, error, words",
    [
        (lambda: byte_pairs.learn("a", range(3)), ValueError, "2 characters or more; it has 1"),
        (lambda: byte_pairs.learn(["a"], range(3)), TypeError, "text needs to be a string"),
        (lambda: byte_pairs.count_pairs("anna"), TypeError, "such as list('alice')"),
        (lambda: byte_pairs.count_pairs([1, 2]), TypeError, "list of strings"),
        (lambda: byte_pairs.merge(["a"], ["a", "b"]), TypeError, "two strings in round brackets"),
        (lambda: byte_pairs.merge(["a"], ("a", "b", "c")), TypeError, "two strings in round brackets"),
        (lambda: byte_pairs.tokenise("anna", "na"), TypeError, "a list of pairs"),
        (lambda: byte_pairs.tokenise("anna", ["na"]), TypeError, "two strings in round brackets"),
        (lambda: byte_pairs.vocabulary(3, []), TypeError, "text needs to be a string"),
    ],
)
def test_bad_input_gets_one_clear_sentence(call, error, words):
    with pytest.raises(error) as told:
        call()
    assert words in str(told.value) and "\n" not in str(told.value)
