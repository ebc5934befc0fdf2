"""What lesson 10's captions claim, recomputed."""

import re
from collections import Counter

import numpy as np
from captions.said import SYMBOLS, match, near, softmax

from lessons_lib.maths import transformer


def refused(name, caption):
    """Whether the name cannot be taken; the caption then ends in a sentence that says why."""
    if len(name) > 15 and re.fullmatch("[a-z]*", name):
        assert "has places for 15 letters" in caption and str(len(name)) in caption and caption.endswith(".")
        return True
    if not re.fullmatch("[a-z]*", name):
        assert "A name needs letters from a to z only" in caption and caption.endswith(".")
        return True
    return False


def row_of(p, name):
    """The normalised points of a name, by a loop of its own: a list of arrays."""
    points = [p["symbols"][SYMBOLS.index(symbol)] + p["places"][t] for t, symbol in enumerate(["<s>", *name])]
    return [(x - x.mean()) / np.sqrt(x.var() + 1e-5) for x in points]


def head(p, name, h, at):
    """Scores of one head of the first block, from place `at` to all places, later ones too."""
    points = row_of(p, name)
    q = p["0.query"][h] @ points[at]
    return np.array([q @ (p["0.key"][h] @ x) for x in points]) / np.sqrt(len(q))


def standing(text, name, at):
    """The place that a caption names: "itself" or "n at place 3"."""
    if text == "itself":
        return at
    symbol, k = re.fullmatch(r"(\S+) at place (\d+)", text).groups()
    assert symbol == ["<s>", *name][int(k)]
    return int(k)


def one_head(values, caption, page):
    name, step, p = values["name"], values["step"], page["weights"]
    if refused(name, caption):
        return
    at = min(values["place"], len(name))
    me = f"{['<s>', *name][at]} at place {at}"
    begun = f"“{name}”, {me}" if name else "Nothing is typed yet, only <s> at place 0"
    assert caption.startswith(begun)
    told, width, k = caption[len(begun) :], *p["symbols"].shape[1:], p["0.query"].shape[1]
    if step == 0:
        assert told == f": its row of N, {width} numbers, is its symbol's point plus its place's, normalised."
        return
    if step <= 3:
        word = ["query say what it looks for", "key say what it is found by", "value say what it gives"][step - 1]
        assert told.startswith(f": the {k} numbers of its {word}")
        return
    scores = head(p, name, 2, at)
    if step == 4:
        score, where, later = match(
            r": of its scores the highest, (\S+), is for (.*?)(, which is still to come)?\.", told
        )
        best = standing(where, name, at)
        near(score, scores[best], 2)
        assert np.isclose(scores[best], scores.max()) and (later is not None) == (best > at)
        return
    allowed = scores[: at + 1]
    weights = softmax(allowed)
    if step == 5:
        hidden, where, score = match(
            r": (no later place is left to hide|\d+ later places? now −∞); of the rest (.*) has the highest score, (\S+)\.",
            told,
        )
        assert hidden.startswith("no" if at == len(name) else str(len(name) - at))
        near(score, allowed.max(), 2)
    elif step == 6:
        weight, where = match(r": of its weights the largest, (\S+), is for (.*); they sum to 1\.", told)
        near(weight, weights.max(), 2)
    else:
        numbers, weight, where = match(
            r": it takes home (\d+) numbers, a mean of the values: (\S+) of it from (.*)\.", told
        )
        assert int(numbers) == k
        near(weight, weights.max(), 2)
    assert np.isclose(allowed[standing(where, name, at)], allowed.max())


def forming(values, caption, page):
    name, rounds = values["name"], values["rounds"]
    p, loss = page["kept"][rounds], page["losses"][rounds]
    step, said, rest = match(r"Step (\d+): validation loss (\S+) nats per symbol(.*)", caption)
    assert int(step) == 100 * rounds
    near(said, loss, 2)
    near(said, transformer.loss(p, page["watched"]), 2)
    if refused(name, rest):
        return
    beaten = sorted((level, model) for model, level in page["levels"].items() if level > loss)
    place = f", below {beaten[0][1]}" if beaten else ", above every earlier model"
    assert rest.startswith(f"{place}. ")
    rest = rest[len(place) + 2 :]
    if not name:
        assert rest == "Nothing is typed: <s> can only look at itself."
        return
    typed, h, share = match(r"In “(.*)”, head (\d) has most weight on the place just before: (\S+)\.", rest)
    assert typed == name
    shares = [
        np.mean([softmax(head(p, name, k, at)[: at + 1])[at - 1] for at in range(1, len(name) + 1)])
        for k in range(len(p["0.query"]))
    ]
    assert np.isclose(shares[int(h) - 1], max(shares), atol=1e-4)
    near(share, max(shares), 1)


def through(values, caption, page):
    name, block, h, off, p = (
        values["name"],
        values["block"],
        values["head"],
        values["this_head"] == "off",
        page["weights"],
    )
    if refused(name, caption):
        return
    fewer = {key: array.copy() for key, array in p.items()}
    fewer[f"{block - 1}.mix"][h - 1] = 0
    now = fewer if off else p
    S = np.array([[SYMBOLS.index(symbol) for symbol in ["<s>", *name]]])
    scores, kept, *_ = transformer.forward(now, S)
    row = scores[0, -1].astype(float)[1:] / values["temperature"]
    chances = softmax(row) if len(name) < 15 else np.eye(27)[-1]
    first, chance = re.search(r"(?:Next:|begins with) (\S+) \((\S+)\)", caption).groups()
    assert SYMBOLS.index(first) == 1 + chances.argmax()
    near(chance, chances.max(), 2)
    assert ("as 15 letters are the most" in caption) == (len(name) == 15)
    assert f"ead {h} of block {block}: " in caption and ("Switched off" in caption) == off
    if not name:
        assert caption.startswith("Nothing is typed. ") and "<s> looks at itself" in caption
        return
    where, weight = re.search(r"the last letter looks most at (.*?) \((\S+?)\)", caption).groups()
    A = kept[block - 1][2][4][0][h - 1, -1]
    best = standing(where, name, len(name))
    assert np.isclose(A[best], A.max())
    near(weight, A.max(), 2)
    typed, costs, without = re.search(
        r"“(.*)” costs (\S+) nats per symbol, without this head (\S+)\.$", caption
    ).groups()
    assert typed == name
    for said, parameters in ((costs, p), (without, fewer)):
        scores = transformer.scores(parameters, S)[0].astype(float)
        following = [SYMBOLS.index(symbol) for symbol in [*name, "<e>"]]
        near(said, np.mean([-np.log(softmax(row)[k]) for row, k in zip(scores, following)]), 2)


def writing(values, caption, page):
    temperature, seed, draw, before, u, after, low, high, end = match(
        r"Temperature (\S+)\. Seed (\d+), draw (\d+): after (.*), the number (\S+) falls on the step of (.*), (\S+) to "
        r"(\S+)\. (.*)", caption,
    )  # fmt: skip
    t = values["temperature"]
    assert np.isclose(float(temperature), t, rtol=6e-3)
    assert (int(seed), int(draw)) == (values["seed"], values["step"] + 1)
    rng, told = np.random.default_rng(values["seed"]), []
    while len(told) <= values["step"]:  # name after name, as the sampler draws them
        name = transformer.sample(page["weights"], rng, t)
        told += [(name, at) for at in range(len(name) + 1)]
    name, at = told[values["step"]]
    near(u, np.random.default_rng(values["seed"]).random(len(told))[values["step"]], 3)
    assert before == (f"“{name[:at]}”" if at else "<s>") and after == [*name, "<e>"][at]
    S = np.array([[SYMBOLS.index(symbol) for symbol in ["<s>", *name[:at]]]])
    row = transformer.scores(page["weights"], S)[0, -1].astype(float)[1:]
    top = np.cumsum(softmax(row / t)) if at < 15 else np.append(np.zeros(26), 1.0)
    k = SYMBOLS.index(after) - 1
    near(low, top[k - 1] if k else 0, 3)
    near(high, top[k], 3)
    assert float(low) - 1e-3 <= float(u) <= float(high) + 1e-3
    assert end == (f"The name is over: “{name}”." if after == "<e>" else f"So far: “{name[: at + 1]}”.")


def tokens(values, caption, page):
    n, characters, length, kinds, each, cut, first, second, times, signs = match(
        r"After (\d+) merges? the text of ([\d,]+) characters is ([\d,]+) tokens of (\d+) kinds, (\S+) characters each; the "
        r"passage is (\d+)\. Next: “(.+)” and “(.+)”, side by side ([\d,]+) times?\.( \(.*\.\))?", caption,
    )  # fmt: skip
    book, passage = page["book"], page["book"].split("\n")[1]
    assert int(n) == values["merges"] and int(characters.replace(",", "")) == len(book)
    now, mine, known = list(book), list(passage), set(book)
    for (left, right), *_ in page["merges"][: values["merges"]]:
        known.add(left + right)
        now, mine = (_joined(each, left, right) for each in (now, mine))
    assert int(length.replace(",", "")) == len(now) and int(kinds) == len(known) and int(cut) == len(mine)
    near(each, len(book) / len(now), 2)
    seen = Counter(zip(now, now[1:]))
    pair = tuple(part.replace("␣", " ").replace("↵", "\n") for part in (first, second))
    assert seen[pair] == int(times.replace(",", "")) == max(seen.values())
    told = [sign for sign in ("␣ is a blank", "↵ ends a line") if sign[0] in first + second]
    assert (signs or "") == (f" ({', '.join(told)}.)" if told else "")


def _joined(tokens, left, right):
    """The merge, by way of one long text with a mark between tokens; two marks, as neighbours would share one."""
    text = "\0" + "\0\0".join(tokens) + "\0"
    return text.replace(f"\0{left}\0\0{right}\0", f"\0{left}{right}\0")[1:-1].split("\0\0")


RULES = {
    "one head": one_head,
    "forming": forming,
    "through": through,
    "writing": writing,
    "tokens": tokens,
}

ANSWERS = [
    ("one head", {"step": 4, "place": 0}, "which is still to come"),
    ("one head", {"step": 6, "place": 0}, "the largest, 1.00, is for itself"),
    ("one head", {"step": 7}, "0.42 of it from s at place 5"),
    ("forming", {"rounds": 1}, ("validation loss 2.37", "below bigram")),
    ("forming", {"rounds": 5}, "below bigram"),
    ("forming", {"rounds": 6}, "below network of 09"),
    ("forming", {"rounds": 20}, ("validation loss 2.09", "below 3 letters, smoothed", "head 1 has most weight")),
    ("through", {}, ("costs 1.63", "Next: i (0.27)")),
    ("through", {"head": 3}, "without this head 1.80"),
    ("through", {"block": 2, "head": 4}, "without this head 1.79"),
    ("through", {"name": "chris"}, "Next: t (0.69)"),
    ("through", {"name": "chri"}, "Next: s (0.78)"),
    ("tokens", {"merges": 0}, ("“e” and “␣”, side by side 1,004 times", "31,250 tokens")),
    ("tokens", {"merges": 1}, "Next: “␣” and “t”"),
    ("tokens", {"merges": 3}, "Next: “␣t” and “h”"),
    ("tokens", {"merges": 11}, "Next: “␣th” and “e␣”"),
    ("tokens", {"merges": 171}, "15,6"),
    ("tokens", {"merges": 172}, "2.00 characters each"),
    ("tokens", {"merges": 299}, "side by side 12 times"),
]
ASKED = [
    ("tokens", {"merges": 172}, "You guessed 172: right."),
    ("tokens", {}, "152 too small"),
]
