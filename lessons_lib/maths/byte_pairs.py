"""Tokens, the pieces of text that language models read, learned by joining the most frequent pair again and again.

A text is a list of tokens, at first its characters. Beyond the slides. Sources: P. Gage, "A New Algorithm for Data
Compression", The C Users Journal 12(2) (1994); R. Sennrich, B. Haddow, A. Birch, "Neural Machine Translation of Rare
Words with Subword Units" (2016), who join within words only; here a blank is a character like any other.
"""

from collections import Counter
from typing import NamedTuple

from lessons_lib.maths.checks import check_pair, check_pairs, check_text, check_tokens


class Merge(NamedTuple):
    """One step of learning: the pair that is joined, how often it stands in the text then, the text's tokens before."""

    pair: tuple
    times: int
    n_tokens: int


def count_pairs(tokens):
    """How often each pair of neighbours stands in a list of tokens -> a Counter from (token, token) to a number."""
    check_tokens(tokens)
    return Counter(zip(tokens, tokens[1:]))


def merge(tokens, pair):
    """The tokens anew, from left to right, wherever the two of the pair are neighbours joined to one token.

    tokens: a list of strings, pair: two strings -> a new list; merge(["a", "n", "n", "a"], ("n", "a")) is a, n, na.
    """
    check_tokens(tokens)
    check_pair(pair)
    merged = []
    for token in tokens:
        if merged and (merged[-1], token) == pair:
            merged[-1] += token
        else:
            merged.append(token)
    return merged


def learn(text, steps):
    """Join the most frequent pair, count anew, and so on -> a list of `Merge`, at most one a step.

    text: a string of two or more characters, steps: a range or `page.progress(range(...))`. It ends where no pair
    stands twice. Of pairs that are as frequent, the one that comes first in the text is joined.
    """
    check_text(text, 2)
    tokens, merges = list(text), []
    for _ in steps:
        pair, times = count_pairs(tokens).most_common(1)[0]
        if times < 2:
            break
        merges.append(Merge(pair, times, len(tokens)))
        tokens = merge(tokens, pair)
    return merges


def tokenise(text, pairs):
    """The tokens of any text: its characters, joined pair by pair in the order in which the pairs were learned."""
    check_text(text)
    check_pairs(pairs)
    tokens = list(text)
    for pair in pairs:
        tokens = merge(tokens, pair)
    return tokens


def vocabulary(text, pairs):
    """All tokens known after these merges: the text's characters, then what was joined, each once -> a list."""
    check_text(text)
    check_pairs(pairs)
    return list(dict.fromkeys([*sorted(set(text)), *(first + second for first, second in pairs)]))
