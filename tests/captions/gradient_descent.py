"""What lesson 02's captions claim, recomputed."""

import re

import numpy as np

from lessons_lib.maths.gradient_descent import descend, descend_until


def close(text, value, digits=3):
    """A number in a caption is the value, to so many digits."""
    said = float(text.replace(",", ""))
    same = np.isclose(said, value, rtol=0.6 * 10.0 ** (1 - digits), atol=1e-300) or (said == value)
    assert same or not np.isfinite(value) and not np.isfinite(said), f"{text} is said, {value} is true"


NUMBER = r"([-+]?(?:\d[\d,]*\.?\d*(?:e[-+]?\d+)?|inf))"


def beside_limit(caption, rate, limit):
    """The sentence about the limit, with its numbers; -> what is left of the caption."""
    story, said = re.fullmatch(r"(.*?)\. (The learning rate .*)", caption).groups()
    zone = (
        "above the limit" if rate > limit else "at the limit" if rate == limit
        else "between half the limit and the limit" if rate > limit / 2 else "below half the limit"
    )  # fmt: skip
    assert zone in said
    told = {"above": "blows up", "at": "for ever", "between": "zigzag", "below": "straight down"}
    assert told[zone.split()[0]] in said
    numbers = [float(text) for text in re.findall(r"\d[\d.]*(?:e[-+]?\d+)?", said)]
    assert np.allclose(numbers, [rate, limit][: len(numbers)], rtol=5e-3)
    return story


def descent(caption, gradient, loss, start, rate, n, lowest, limit=np.inf, on_offer=200):
    """A descent's verdict and numbers, from a run of its own."""
    with np.errstate(all="ignore"):
        path = descend(gradient, start, rate, max(n, on_offer))
        losses = np.array([loss(w) for w in path])
    story = beside_limit(caption, rate, limit) if np.isfinite(limit) else caption
    word, first, last = story.partition(":")[0], losses[0], losses[n]
    with np.errstate(all="ignore"):
        turns = n > 1 and np.sum((path[n] - path[n - 1]) * (path[n - 1] - path[n - 2])) < 0
    said = re.search(rf"(?:the loss is|it is|the loss stays) {NUMBER}", story)
    if said is None:
        assert "too large for the computer" in story and not np.isfinite(last)
    else:
        close(said[1], last)
    left = (losses - lowest) / (first - lowest)
    arrival = np.flatnonzero(left <= 1e-3)
    if n:
        assert word == "It stands still" or int(re.search(r"after (\d+) steps?\b", story)[1]) == n
    if word == "Before the first step":
        assert n == 0
    elif word == "It stands still":
        assert np.ptp(path[: n + 1], axis=0).max() == 0
    elif word == "Diverged":
        assert not np.isfinite(last) or last > first and last >= losses[n - 1]
    elif word == "Bound to diverge":
        assert rate > limit
    elif word == "Turned upward":
        lowest_step = int(re.search(r"at step (\d+)", story)[1])
        assert lowest_step == losses[: n + 1].argmin() and losses[lowest_step] < last
    elif word == "Arrived":
        assert left[n] <= 1e-3
    elif word == "Falling":
        later = int(re.search(r"turns upward after step (\d+)", story)[1])
        assert n < later == losses.argmin() and losses[-1] > losses[later] and last == losses[: n + 1].min()
    elif word in ("On its way", "Zigzagging", "Too slow", "Not there"):
        assert left[n] > 1e-3 and (last <= losses[: n + 1].min() * (1 + 1e-9))
        assert (word == "Zigzagging") == turns and (word == "Too slow") <= np.isfinite(limit)
        at = re.search(r"arrives at step (\d+)", story)
        not_enough = re.search(r"and (\d+) steps are not enough", story)
        assert bool(at) != bool(not_enough)
        assert int(at[1]) == arrival[0] > n if at else not len(arrival) and int(not_enough[1]) == len(path) - 1
    else:
        raise AssertionError("no such verdict")
    if np.isfinite(limit) and n and word != "It stands still":
        assert (word in ("Diverged", "Bound to diverge")) == (rate > limit), "the verdict changes at the limit"


def slope_by_difference(values, caption, page):
    x, h = values["x"], values["h"]
    said_x, said_h, estimate, true, error, why = re.fullmatch(
        rf"At x = {NUMBER} with h = {NUMBER}: slope {NUMBER}, true slope {NUMBER}, error {NUMBER}: (.*)\.", caption
    ).groups()
    assert np.isclose(float(said_x), x, atol=6e-4) and np.isclose(float(said_h), h, rtol=0.06)
    f, slope = page["curve"], 3 * x**2 - 3
    measured = (f(x + h) - f(x)) / h
    wrong = abs(measured - slope)
    close(estimate, measured, 6)
    close(true, slope, 6)
    assert abs(float(error) - wrong) <= 0.06 * wrong
    if "same number" in why:
        assert measured == 0 and f(x + h) == f(x)
    elif "close enough" in why:
        assert wrong <= 1e-4 * max(abs(slope), 1)
    elif "too large" in why:
        assert h > 1.5e-8 and wrong > 1e-4
    else:
        assert "too small" in why and h <= 1.5e-8 * max(abs(x), 1) and wrong > 1e-4


def on_curve(values, caption, page):
    size, price = page["size"], page["price"]
    best = size @ price / (size @ size)
    loss = page["loss"]
    descent(caption, page["derivative"], loss, 350.0, values["learning_rate"], values["n_steps"],
            loss(best), 2 / np.mean(size**2), 60)  # fmt: skip


def stopping(values, caption, page):
    rate, tolerance, most = values["learning_rate"], values["tolerance"], values["max_steps"]
    path = descend_until(page["bowl"], page["measured_gradient"], (4, -3), rate, tolerance, most)
    losses = [page["bowl"](w) for w in path]
    n, change = len(path) - 1, abs(losses[-1] - losses[-2]) if len(path) > 1 else None
    why, loss, where = re.fullmatch(rf"(.*)\. The loss is {NUMBER}: (.*)\.", caption).groups()
    close(loss, losses[-1])
    by_limit = re.fullmatch(
        r"Stopped by the step limit, after (\d+) steps?(?:: the last change .* is not below .*)?", why
    )
    by_rule = re.fullmatch(r"Stopped after (\d+) steps? of at most (\d+): the last change .* is below .*", why)
    assert int((by_limit or by_rule)[1]) == n and (n == most if by_limit else int(by_rule[2]) == most)
    if n:
        said = re.search(rf"change {NUMBER} is (?:not )?below the tolerance {NUMBER}", why)
        close(said[1], change, 2)
        close(said[2], tolerance, 2)
        assert bool(by_rule) == (change < tolerance)
    left = losses[-1] / losses[0]
    if "diverged" in where:
        assert losses[-1] > losses[0] and rate > 0.2
    elif "at the bottom" in where:
        assert left <= 1e-3
    else:
        assert 1e-3 < left <= 1
        assert np.isclose(
            float(re.fullmatch(r"([\d.]+) % of the way is left", where)[1]), 100 * left, rtol=0.05, atol=0.5
        )


def on_the_bowl(values, caption, page):
    descent(caption, page["mine"], page["bowl"], (4, -3), values["learning_rate"], values["n_steps"], 0, 0.2)


def damaged(values, caption, page):
    told, _, rest = caption.partition(" At the start this is not the gradient of a bowl")
    assert rest
    descent(told, page["damaged_gradient"], page["bowl"], (4, -3), values["learning_rate"], values["n_steps"], 0)


def cut(values, caption, page):
    H, angle = page["turned"], np.radians(values["angle"])
    u = np.array([np.cos(angle), np.sin(angle)])
    said = re.fullmatch(
        rf"Along (\d+)° the cut is a parabola of curvature {NUMBER}(.*?); alone it would allow learning rates up to "
        rf"2/{NUMBER} = {NUMBER}\.", caption,
    )  # fmt: skip
    curvature = u @ H @ u
    assert int(said[1]) == values["angle"]
    close(said[2], curvature)
    close(said[4], curvature)
    close(said[5], 2 / curvature)
    assert ("steepest" in said[3]) == (values["angle"] == 45) and ("flattest" in said[3]) == (values["angle"] == 135)


def stretched(values, caption, page):
    curvatures = np.array([1, values["stretch"]])
    formula, told = re.fullmatch(rf"L = ½ \(w₁² \+ {NUMBER} w₂²\)\. (.*)", caption).groups()
    close(formula, values["stretch"])
    descent(told, lambda w: curvatures * w, lambda w: w @ (curvatures * w) / 2, (4, 1), values["learning_rate"],
            values["n_steps"], 0, 2 / values["stretch"])  # fmt: skip


def valley(values, caption, page):
    rate, n = values["learning_rate"], values["n_steps"]
    path = descend(lambda w: w / np.sqrt(1 + w**2), 6.0, rate, 1000 + n)
    w, limit = path[n], 2 * (1 + path**2) ** 1.5
    where, told = re.match(rf"(At the start|After \d+ steps?) w = {NUMBER}: ", caption), caption.partition(": ")[2]
    assert (where[1] == "At the start") == (n == 0) and (n == 0 or f"After {n} step" in caption)
    close(where[2], w)
    beside, bottom = re.search(r"is (above|below) the bottom's limit (\d)\b", told).groups()
    assert beside == ("above" if rate > 2 else "below") and bottom == "2"
    close(re.search(rf"learning rate {NUMBER} is", told)[1], rate)
    if told.startswith("it swings"):
        place = float(re.search(r"±([\d.]+)", told)[1])
        assert rate > 2 and np.isclose(place, np.sqrt(rate**2 / 4 - 1), rtol=0.01) and np.isfinite(path).all()
    elif told.startswith("it has settled"):
        assert rate < 2 and abs(w) < 0.01
    else:
        said = re.match(rf"the local limit was {NUMBER} at the start and is {NUMBER} here; ", told)
        close(said[1], limit[0])
        close(said[2], limit[n])
        assert ("so it will settle there" in told) == (rate < 2)
        assert abs(rate - 2) < 0.02 or (abs(path[-1]) < 0.01) == (rate < 2)  # at the limit a thousand steps are few
        assert ("will never settle" in told) == (rate > 2)


def three(values, caption, page):
    curvatures = np.array([1, 2, 5])
    descent(caption, lambda w: curvatures * w, lambda w: w @ (curvatures * w) / 2, (4, -3, 2),
            values["learning_rate"], values["step"], 0, 0.4, 30)  # fmt: skip


RULES = {"slope": slope_by_difference, "curve": on_curve, "stopping": stopping, "bowl": on_the_bowl,
         "damaged": damaged, "cut": cut, "stretch": stretched, "valley": valley, "three": three}  # fmt: skip
_NOTCH = 10 ** (1 / 40)  # a slider of rates has 40 in each decade
ANSWERS = [
    ("slope", {"h": 1e-8}, ("close enough", "error 4.4e-08")),
    ("slope", {"h": 0.1}, "too large"),
    ("slope", {"h": 1e-13}, "too small"),
    ("slope", {"h": 1e-16, "x": 1}, "the same number, and the slope is 0"),
    ("curve", {"learning_rate": 1.0}, "straight down"),
    ("curve", {"learning_rate": 1.06}, "zigzag"),
    ("curve", {"learning_rate": 10**0.3, "n_steps": 60}, ("Zigzagging", "60 steps are not enough")),
    ("curve", {"learning_rate": 10**0.325, "n_steps": 60}, ("Diverged", "above the limit 2.03")),
    ("stopping", {}, "Stopped after 66 steps"),
    ("stopping", {"tolerance": 1e-5}, "Stopped after 111 steps"),
    ("stopping", {"tolerance": 1e-2, "learning_rate": 1e-5}, ("Stopped after 1 step ", "99.98")),
    ("bowl", {"learning_rate": 10**-0.85}, "zigzag"),
    ("bowl", {"learning_rate": 10**-0.7, "n_steps": 200}, "Zigzagging"),
    ("damaged", {"n_steps": 3}, ("Falling", "it turns upward after step 6")),
    ("damaged", {}, "Turned upward"),
    ("cut", {"angle": 45}, ("curvature 10: the steepest", "2/10 = 0.2")),
    ("cut", {"angle": 135}, "curvature 1: the flattest"),
    ("cut", {"angle": 0}, ("curvature 5.5", "2/5.5 = 0.364")),
    ("stretch", {"stretch": 1, "learning_rate": 1, "n_steps": 1}, "Arrived: after 1 step"),
    ("stretch", {"stretch": 100, "learning_rate": 0.01, "n_steps": 200}, "Too slow"),
    ("valley", {"learning_rate": 1.5}, "450 at the start"),
    ("valley", {"learning_rate": 1.5, "n_steps": 50}, "it has settled at the bottom"),
    ("valley", {"learning_rate": 3, "n_steps": 100}, "it swings between ±1.12"),
    ("three", {"learning_rate": 0.4 * _NOTCH, "step": 30}, "Diverged"),
]
ASKED = [
    ("curve", {"learning_rate": 10**0.25}, "✔ a learning rate of 1.78 arrives at step 13."),
    ("curve", {"learning_rate": 10**0.275}, "Not yet: a learning rate of 1.88 arrives at step 22."),
    ("bowl", {"learning_rate": 10**-0.7}, ("You guessed 0.2: right.", "The answer is 0.2.")),
    ("bowl", {"learning_rate": 1}, "5 times too large"),
]
