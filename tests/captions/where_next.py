"""What lesson 09's captions claim, recomputed."""

import re

import numpy as np
from captions.said import SYMBOLS, match, near, softmax

from lessons_lib.maths import bigram_language_model as bigram
from lessons_lib.maths import where_next


def letters(values, caption, page):
    step, loss, side, ratio = match(
        r"Step (\d+): validation loss (\S+) nats per symbol\. The vowels \(ringed\) lie (nearer to|farther from) each other "
        r"than letters do on average: (\S+) times as far\.", caption,
    )  # fmt: skip
    E, layers = page["kept"][values["rounds"]]
    assert int(step) == 100 * values["rounds"]
    context, following = where_next.contexts(page["validation"])
    near(loss, where_next.loss(E, layers, context, following), 2)

    def mean_distance(symbols):
        return np.mean([np.linalg.norm(E[a] - E[b]) for a in symbols for b in symbols if a != b])

    true = mean_distance([SYMBOLS.index(vowel) for vowel in "aeiou"]) / mean_distance(range(1, 27))
    near(ratio, true, 2)
    assert (side == "nearer to") == (true < 1)


def next_symbol(values, caption, page):
    typed = values["beginning"]
    if not re.fullmatch("[a-z]*", typed):
        assert caption.startswith("A name needs letters from a to z only") and caption.endswith(".")
        return
    shown, last, first, one, seen, second, three = match(
        r"After “(.*)” the bigram sees (\S+) and expects (\S+) \((\S+)\); the network sees (\S+ \S+ \S+) and expects "
        r"(\S+) \((\S+)\)\.", caption,
    )  # fmt: skip
    before = ["<s>"] * 3 + list(typed)
    assert shown.lstrip("…") == typed[-20:] and last == before[-1] and seen.split() == before[-3:]
    row = page["P"][SYMBOLS.index(last)]
    x = np.concatenate([page["E8"][SYMBOLS.index(symbol)] for symbol in before[-3:]])
    for W, b in page["layers8"][:-1]:
        x = np.tanh(W @ x + b)
    W, b = page["layers8"][-1]
    p = softmax(W @ x + b)
    for said, chance, true in ((first, one, row), (second, three, p)):
        assert said == SYMBOLS[true.argmax()]
        near(chance, true.max(), 2)


def names(values, caption, page):
    temperature, seed, by_bigram, by_network = match(
        r"Temperature (\S+), seed (\d+): of 8 names each, (\d+) of the bigram's and (\d+) of the network's are real\.",
        caption,
    )
    t, known = values["temperature"], set(page["listed"])
    assert np.isclose(float(temperature), t, rtol=6e-3) and int(seed) == values["seed"]
    table = np.array([softmax(row) for row in np.log(page["P"]) / t])
    for said, maker in (
        (by_bigram, lambda rng: bigram.sample(table, rng, 16)),
        (by_network, lambda rng: where_next.sample(page["E8"], page["layers8"], rng, t, 16)),
    ):
        rng = np.random.default_rng(values["seed"])
        assert int(said) == sum(maker(rng) in known for _ in range(8))


def few_labels(values, caption, page):
    n, *told, draw, own = match(
        r"(\d+) labels? per class: right in the test, on average, (\d+) % with features from eight other classes, (\d+) % "
        r"from scratch, (\d+) % on the pixels\. Draw (\d+) \(large marks\): (.*)\.", caption,
    )  # fmt: skip
    assert (int(n), int(draw)) == (values["labels"], values["draw"])
    shares = 100 * page["shares"][page["n_labels"].index(values["labels"])]
    for said, value in zip(told, shares.mean(axis=0)):
        near(said, value, 0)
    for said, value in zip(re.findall(r"([\d.]+) %", own), shares[values["draw"]], strict=True):
        near(said, value, 1)


def attending(values, caption, page):
    E, name = page["kept"][-1][0], "olivia"
    if values["length"] == 0:
        assert "length 0" in caption and "every weight is 1/6" in caption and "the plain mean" in caption
        return
    length, angle, letter, weight, places = match(
        r"Query of length (\S+) at (\d+)°: (.) gets the largest weight, ([\d.]+\d)(?: at each of its (\d) places)?\. The "
        r"output is the mean of the points with these weights\.", caption,
    )  # fmt: skip
    assert np.isclose(float(length), values["length"], rtol=6e-3) and int(angle) == round(values["angle"])
    turn = np.radians(values["angle"])
    q = values["length"] * np.array([np.cos(turn), np.sin(turn)])
    weights = softmax(np.array([q @ E[SYMBOLS.index(each)] for each in name]) / np.sqrt(2))
    near(weight, weights.max(), 3)
    assert np.isclose(weights[name.index(letter)], weights.max())
    assert (places is None and name.count(letter) == 1) or int(places) == name.count(letter)


RULES = {
    "letters": letters,
    "next symbol": next_symbol,
    "names": names,
    "few labels": few_labels,
    "attending": attending,
}

ANSWERS = [
    ("letters", {"rounds": 6}, "validation loss 2.46"),
    ("letters", {"rounds": 5}, "0.43 times as far"),
    ("letters", {"rounds": 60}, ("validation loss 2.29", "nearer to", "0.49 times")),
    ("next symbol", {"beginning": "mich"}, ("sees h and expects <e>", "sees i c h and expects a")),
    ("next symbol", {"beginning": "sarah"}, ("sees h and expects <e>", "sees r a h and expects <e>")),
    ("next symbol", {"beginning": "jeremiah"}, "expects <e> (0.95)"),
    ("next symbol", {"beginning": "christ"}, "the network sees i s t and expects a (0.28)"),
    ("next symbol", {"beginning": "list"}, "the network sees i s t and expects a (0.28)"),
    ("names", {}, "1 of the bigram's and 2 of the network's"),
    ("few labels", {"labels": 5}, ("71 %", "55 %", "54 %")),
    ("few labels", {"labels": 20}, "72 % from scratch"),
    ("few labels", {"labels": 50}, ("82 % with features", "80 % from scratch")),
    ("few labels", {"labels": 100}, ("82 % with features", "83 % from scratch")),
    ("few labels", {"labels": 1, "draw": 1}, "46.2 %"),
    ("few labels", {"labels": 1, "draw": 7}, "73.2 %"),
    ("attending", {"length": 0}, "the plain mean"),
    ("attending", {"length": 8, "angle": 0}, "a gets the largest weight, 0.431"),
    ("attending", {"length": 8, "angle": 45}, "i gets the largest weight, 0.494 at each of its 2 places"),
]
ASKED = [
    ("letters", {"rounds": 60}, "too large. ▲ The answer is"),
    ("letters", {"rounds": 3}, "too small. ▲ The answer is"),
]
