"""Tokens, the pieces of text that language models read, learned by joining the most frequent pair again and again.

A text is a list of tokens, at first its characters. Beyond the slides. Sources: P. Gage, "A New Algorithm for Data
Compression", The C Users Journal 12(2) (1994); R. Sennrich, B. Haddow, A. Birch, "Neural Machine Translation of Rare
Words with Subword Units" (2016), who join within words only.
"""

from collections import Counter

from lessons_lib.maths.checks import check_pair, check_text, check_tokens


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
    """The pairs to join, the most frequent first: each is counted when all before it are joined.

    text: a string, steps: a range or `page.progress(range(...))` -> a list of pairs, at most one a step; it ends where
    no pair stands twice. Of pairs that are as frequent, the one that comes first in the text is joined.
    """
    check_text(text)
    tokens, pairs = list(text), []
    for _ in steps:
        pair, times = max(count_pairs(tokens).items(), key=lambda counted: counted[1], default=(None, 0))
        if times < 2:
            break
        tokens = merge(tokens, pair)
        pairs.append(pair)
    return pairs


def tokenise(text, pairs):
    """The tokens of any text: its characters, joined pair by pair in the order in which the pairs were learned."""
    check_text(text)
    tokens = list(text)
    for pair in pairs:
        tokens = merge(tokens, pair)
    return tokens
