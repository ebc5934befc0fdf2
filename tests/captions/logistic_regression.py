"""What lesson 03's captions claim, recomputed."""

import re

import numpy as np
from captions.gradient_descent import NUMBER, close

from lessons_lib.maths import logistic_regression as maths
from lessons_lib.maths.gradient_descent import descend


def softly(z):
    return 0.5 * (1 + np.tanh(np.asarray(z) / 2))


def mean_log_loss(w, X, y):
    z = X @ w
    return np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))


def slopes(w, X, y, decay=0.0):
    pull = decay * np.append(0, w[1:])
    return X.T @ (softly(X @ w) - y) / len(y) + pull


def a_share(text, value):
    """A share in per cent, as the caption rounds it."""
    said = float(text)
    assert abs(said - 100 * value) <= max(0.5, 0) * 1.001 if 1 <= 100 * value <= 99 else np.isclose(
        said, 100 * value, rtol=0.06, atol=0.05
    ), f"{text} % is said, {100 * value} % is true"  # fmt: skip


def threshold(values, caption, page):
    c, errors, n, rank, flat = re.fullmatch(
        r"c = ([\d.]+): (\d+) of (\d+) pets (?:is|are) wrong(, the fewest that any c can make)?\. "
        r"Moving c by a hundredth (does not change that: the slope is 0|makes it jump: there is no slope)\.",
        caption,
    ).groups()
    size, y = page["size"], page["y"]

    def wrong(c):
        return int(np.sum((size > c) != y))

    assert abs(float(c) - values["c"]) <= 0.0501 and int(errors) == wrong(values["c"]) and int(n) == 200
    fewest = min(wrong(place) for place in np.append(np.unique(size), 0))
    assert bool(rank) == (int(errors) == fewest)
    jumps = {wrong(values["c"] - 0.01), wrong(values["c"] + 0.01)} != {int(errors)}
    assert ("jump" in flat) == jumps


def one_pet(values, caption, page):
    pet, kind, size, z, p, bits, nats = re.fullmatch(
        rf"Pet (\d+) is a (dog|cat) of (\d+) cm; its score is {NUMBER}, predicted: dog with p = (.*?)\. "
        rf"Cross entropy {NUMBER} bits = {NUMBER} nats\.",
        caption,
    ).groups()
    k = values["pet"]
    score = values["weight"] * page["size"][k] + values["bias"]
    assert int(pet) == k and (kind == "dog") == page["y"][k] and int(size) == page["size"][k]
    close(z, score)
    sign = -1 if kind == "dog" else 1
    true = np.logaddexp(0, sign * score)
    assert np.isfinite(float(nats)), "the loss of a finite score is finite"
    close(nats, true)
    close(bits, true / np.log(2))
    said = eval(p.replace("−", "-"))  # 0.973, 2e-18 or 1 − 3e-05
    assert 0 < said <= 1 and np.isclose(min(said, 1 - said), np.exp(-np.logaddexp(0, abs(score))), rtol=0.5, atol=5e-4)


def coin(values, caption, page):
    heads, n, p, likelihood, log, each, best, of = re.fullmatch(
        rf"Heads in (\d+) of (\d+) throws?, p = {NUMBER}: the likelihood is {NUMBER}, its logarithm {NUMBER}, per throw "
        rf"{NUMBER} nats of cross entropy; no p makes them likelier than (\d+)/(\d+)\.",
        caption,
    ).groups()
    y, chance = page["throws"][: values["n"]], values["p"]
    product = np.prod([chance if fell else 1 - chance for fell in y])
    assert int(heads) == int(best) == y.sum() and int(n) == int(of) == len(y)
    close(p, chance)
    close(likelihood, product)
    close(log, np.log(product))
    close(each, -np.log(product) / len(y))


def three_losses(values, caption, page):
    z, t = values["score"], 2 * values["label"] - 1
    numbers = re.fullmatch(
        rf"Score {NUMBER}, label (\d): \(4\) {NUMBER}, \(6\) {NUMBER}, \(7\) {NUMBER} nats; p = {NUMBER}\.", caption
    ).groups()
    assert np.allclose([float(text) for text in numbers[2:5]], np.log1p(np.exp(-t * z)), atol=6e-7)
    assert abs(float(numbers[0]) - z) <= 0.0051 and int(numbers[1]) == values["label"]
    assert abs(float(numbers[5]) - softly(z)) <= 6e-4


def surfaces(values, caption, page):
    X = np.column_stack([page["Z"][:, 0], np.ones(200)])
    y, rate, n = page["y"], values["learning_rate"], values["n_steps"]
    told = re.fullmatch(
        rf"After (\d+) steps? of learning rate {NUMBER}, at which (.*) can settle: the squared error is at weight {NUMBER}, "
        rf"bias {NUMBER}, with {NUMBER} % of the pets right; the log loss is at weight {NUMBER}, bias {NUMBER}, with "
        rf"{NUMBER} % of the pets right\.", caption,
    ).groups()  # fmt: skip
    assert int(told[0]) == n
    close(told[1], rate)
    assert told[2] == ("both" if rate < 9.8485 else "only the squared error" if rate < 47.762 else "neither")
    # The library's own gradients: far above the limit the walk is chaotic, and another order of sums leads elsewhere.
    for gradient, said in ((maths.squared_error_gradient, told[3:6]), (maths.gradient, told[6:])):
        w = descend(lambda w, g=gradient: g(w, X, y), np.array([-5.0, 3.0]), rate, n)[-1]
        assert np.allclose([float(said[0]), float(said[1])], w, rtol=6e-3, atol=1e-6)
        a_share(said[2], np.mean((X @ w >= 0) == y))


def training(values, caption, page):
    X, y, rate, k = np.column_stack([np.ones(200), page["pair"]]), page["y"], values["learning_rate"], values["step"]
    step, loss, right, length, said_rate, side, limit, outlook = re.fullmatch(
        rf"Step (\d+): loss {NUMBER} nats, {NUMBER} % right, weights of length {NUMBER}\. The learning rate {NUMBER} is "
        rf"(above|below) the limit at the minimum, {NUMBER}: it (.*)\.", caption,
    ).groups()  # fmt: skip
    path = descend(lambda w: slopes(w, X, y), np.zeros(3), rate, k)
    assert int(step) == k
    close(loss, mean_log_loss(path[k], X, y))
    a_share(right, np.mean((X @ path[k] >= 0) == y))
    close(length, np.linalg.norm(path[k]))
    close(said_rate, rate)
    best = descend(lambda w: slopes(w, X, y), np.zeros(3), 5, 500)[-1]
    p = softly(X @ best)
    true_limit = 2 / np.linalg.eigvalsh((X.T * (p * (1 - p))) @ X / 200)[-1]
    close(limit, true_limit)
    assert side == ("above" if rate > true_limit else "below")
    if side == "below":
        assert outlook == "can settle there"
        long_run = descend(lambda w: slopes(w, X, y), np.zeros(3), rate, 1000)
        assert rate < 0.5 or np.linalg.norm(long_run[-1] - best) < (0.05 if rate < 9 else 0.5)
    else:
        swing = re.fullmatch(rf"cannot settle there(?: and swings between {NUMBER} and {NUMBER} nats)?", outlook)
        losses = [mean_log_loss(w, X, y) for w in path[-4:]]
        if swing[1]:
            close(swing[1], min(losses[-2:]))
            close(swing[2], max(losses[-2:]))
        assert np.isfinite(losses).all(), "it swings, it does not blow up"


def two_surfaces(values, caption, page):
    x, y = page["Z"][:, 0], page["y"]
    X = np.column_stack([np.ones(200), x])
    angle, n, *told = re.fullmatch(
        rf"From (\d+)°, after (\d+) steps?: logistic regression has loss {NUMBER}, (.*); "
        rf"the network has loss {NUMBER}, (.*)\.", caption,
    ).groups()  # fmt: skip
    assert int(angle) == values["start"] and int(n) == values["n_steps"]
    first = 4 * np.array([np.cos(np.radians(values["start"])), np.sin(np.radians(values["start"]))])

    def network(w):
        return mean_log_loss(w[:1], np.tanh(w[1] * x + 0.5)[:, None], y)

    def network_slopes(w):
        return np.array([(network(w + e) - network(w - e)) / 2e-6 for e in 1e-6 * np.eye(2)])

    ways = (
        (lambda w: mean_log_loss(w[::-1], X, y), lambda w: slopes(w[::-1], X, y)[::-1], 0.57886),
        (network, network_slopes, 0.58820),
    )
    for (loss, gradient, lowest), said, where in zip(ways, told[::2], told[1::2]):
        w = descend(gradient, first, 4.0, n := values["n_steps"])[-1]
        assert abs(float(said) - loss(w)) <= 6e-4
        if where == "its lowest":
            assert loss(w) - lowest < 1.1e-3
        else:
            low = float(re.fullmatch(r"and its lowest is ([\d.]+)", where)[1])
            assert abs(low - lowest) <= 6e-4 and float(said) > low
    assert n < 150 or abs(float(told[0]) - 0.579) < 1e-9, "from every start logistic regression arrives"


def decay(values, caption, page):
    rows = page["clear"]
    X, y = np.column_stack([np.ones(rows.sum()), page["pair"][rows]]), page["y"][rows]
    said, step, loss, length, rest = re.fullmatch(
        rf"Weight decay {NUMBER}, step (\d+): loss {NUMBER} nats, weights of length {NUMBER}(.*)\.", caption
    ).groups()
    k = values["step"]
    path = descend(lambda w: slopes(w, X, y, values["weight_decay"]), np.zeros(3), 5.0, k)
    close(said, values["weight_decay"], 2)
    assert int(step) == k
    close(loss, mean_log_loss(path[k], X, y))
    close(length, np.linalg.norm(path[k]))
    if k < 2:
        assert rest == ""
        return
    grown = np.linalg.norm(path[k]) / np.linalg.norm(path[k // 2]) - 1
    changed = re.fullmatch(rf": since step (\d+) they have (grown|shrunk) by {NUMBER} %", rest)
    if changed:
        assert int(changed[1]) == k // 2 and (changed[2] == "grown") == (grown > 0)
        a_share(changed[3], abs(grown))
        assert abs(grown) >= 0.01
    else:
        assert rest == f": they have settled, and changed by less than 1 % since step {k // 2}" and abs(grown) < 0.01


def decision(values, caption, page):
    p, y, c = softly(page["X"] @ page["w"]), page["y"], values["threshold"]
    said, a, dogs, is_1, one_cat, b, cats, is_2, one_dog, errors, right = re.fullmatch(
        rf"Dog from p = {NUMBER} on: (\d+) of (\d+) dogs (is|are) called (a cat|cats) and "
        rf"(\d+) of (\d+) cats (is|are) called (a dog|dogs): (\d+) errors?, {NUMBER} % right\.", caption,
    ).groups()  # fmt: skip
    close(said, c)
    assert (is_1, one_cat) == (("is", "a cat") if a == "1" else ("are", "cats"))
    assert (is_2, one_dog) == (("is", "a dog") if b == "1" else ("are", "dogs"))
    missed, false = np.sum(p[y == 1] < c), np.sum(p[y == 0] >= c)
    assert [int(a), int(dogs), int(b), int(cats)] == [missed, y.sum(), false, (1 - y).sum()]
    assert int(errors) == missed + false
    a_share(right, 1 - (missed + false) / 200)


def measures(values, caption, page):
    p, y, c = softly(page["X_new"] @ page["w"]), page["y_new"], values["threshold"]
    close(re.match(rf"Dog from p = {NUMBER} on: ", caption)[1], c)
    accuracy, cats = re.search(rf"accuracy {NUMBER} %, where “always cat” has {NUMBER} %\.", caption).groups()
    a_share(accuracy, np.mean((p >= c) == y))
    a_share(cats, np.mean(y == 0))
    told = re.search(
        rf"on: ([\d,]+) pets? (?:is|are) called (?:a dog|dogs), (\d+) rightly: precision {NUMBER} %\. "
        rf"There are (\d+) dogs: recall {NUMBER} %;", caption,
    )  # fmt: skip
    if told is None:
        assert "nobody is called a dog, so there is no precision; recall 0 %" in caption and not (p >= c).any()
        return
    called = p >= c
    assert [int(told[k].replace(",", "")) for k in (1, 2, 4)] == [called.sum(), (called & (y == 1)).sum(), y.sum()]
    a_share(told[3], np.mean(y[called]))
    a_share(told[5], np.mean(called[y == 1]))


RULES = {"threshold": threshold, "pet": one_pet, "coin": coin, "three losses": three_losses, "surfaces": surfaces,
         "training": training, "two surfaces": two_surfaces, "decay": decay, "decision": decision,
         "measures": measures}  # fmt: skip
ANSWERS = [
    *(("threshold", {"c": c}, "58 of 200 pets are wrong, the fewest") for c in (58.5, 75.5, 77.5, 80.5)),
    ("threshold", {"c": 58.5}, "the slope is 0"),
    ("pet", {"pet": 19}, ("a cat of 106 cm", "p = 0.983", "5.91 bits")),
    ("pet", {"pet": 19, "weight": 0.3, "bias": -4.4}, "39.5 bits"),
    ("coin", {"p": 0.7}, ("Heads in 7 of 10", "than 7/10")),
    ("coin", {"p": 0.7, "n": 60}, ("1.21e-16", "0.611 nats")),
    ("three losses", {"label": 0, "score": 3}, "(7) 3.04"),
    ("three losses", {"label": 0, "score": -3}, "(7) 0.0485"),
    ("three losses", {"label": 1, "score": -6}, "(7) 6.002"),
    ("surfaces", {}, ("squared error is at weight -4.06", "log loss is at weight 1.04")),
    (
        "surfaces",
        {"learning_rate": 10, "n_steps": 100},
        ("squared error is at weight 1.03", "log loss is at weight 1.18"),
    ),
    ("surfaces", {"learning_rate": 10, "n_steps": 99}, "log loss is at weight 0.9"),
    ("training", {}, "length 1.58"),
    ("training", {"step": 200}, "length 1.8."),
    ("training", {"learning_rate": 10, "step": 200}, ("above the limit at the minimum, 9.34", "0.524 and 0.527 nats")),
    ("training", {"learning_rate": 10**1.475, "step": 200}, "swings between 1.42 and 1.79 nats"),
    (
        "two surfaces",
        {"start": 60},
        ("logistic regression has loss 0.579, its lowest", "network has loss 0.588, its lowest"),
    ),
    (
        "two surfaces",
        {"start": 240},
        ("logistic regression has loss 0.579, its lowest", "0.597, and its lowest is 0.588"),
    ),
    ("decay", {}, "length 6.17"),
    ("decay", {"step": 1000}, ("length 8.71", "grown")),
    ("decay", {"weight_decay": 10**-3.5, "step": 1000}, "settled"),
    ("decay", {"weight_decay": 10**-4, "step": 1000}, "grown"),
    ("decay", {"weight_decay": 0.01, "step": 1000}, "length 3.15"),
    ("decision", {"threshold": 0.4}, "31 errors"),
    ("decision", {"threshold": 0.5}, "32 errors"),
    ("decision", {"threshold": 0.2}, ("4 of 111 dogs", "35 of 89 cats")),
    ("measures", {"threshold": 0.3}, ("precision 22 %", "recall 92 %")),
    ("measures", {"threshold": 0.5}, "precision 27 %"),
]
ASKED = [
    ("training", {"learning_rate": 10**0.8, "step": 2}, "✔ 2 steps."),
    ("training", {"learning_rate": 10**0.8, "step": 1}, "Not yet"),
    ("decision", {"threshold": 0.4}, "You guessed 0.4: right."),
    ("decision", {"threshold": 0.5}, "0.015 too small. ▲ The answer is 0.515."),
]
