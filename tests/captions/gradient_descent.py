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
    elif word in ("On its way", "Zigzagging", "Too slow"):
        assert left[n] > 1e-3 and (last <= losses[: n + 1].min() * (1 + 1e-9))
        assert (word == "Zigzagging") == turns
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
    estimate, true, error, why = re.fullmatch(
        rf"Slope {NUMBER}, true slope {NUMBER}, error {NUMBER}: (.*)\.", caption
    ).groups()
    f, slope = page["curve"], 3 * x**2 - 3
    measured = (f(x + h) - f(x)) / h
    close(estimate, measured, 6)
    close(true, slope, 6)
    assert abs(float(error) - abs(measured - slope)) <= 0.06 * abs(measured - slope)
    if "close enough" in why:
        assert abs(measured - slope) <= 1e-4 * max(abs(slope), 1)
    elif "too large" in why:
        assert h > 1.5e-8
    else:
        assert "too small" in why and h <= 1.5e-8 * max(abs(x), 1)


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
    n = len(path) - 1
    assert f"after {n} step" in caption and (f"of at most {most}" in caption or n == most)
    close(re.search(rf"The loss is {NUMBER}", caption)[1], losses[-1])
    if caption.startswith("Stopped by the step limit"):
        assert n == most and (n == 0 or abs(losses[-1] - losses[-2]) >= tolerance)
    else:
        said = re.search(rf"change {NUMBER} is below the tolerance {NUMBER}", caption)
        close(said[1], abs(losses[-1] - losses[-2]), 2)
        close(said[2], tolerance, 2)
        assert abs(losses[-1] - losses[-2]) < tolerance
    assert ("far away" in caption) == (losses[0] >= losses[-1] > losses[0] / 1000)
    assert ("diverged" in caption) == (losses[-1] > losses[0])


def on_the_bowl(values, caption, page):
    descent(caption, page["mine"], page["bowl"], (4, -3), values["learning_rate"], values["n_steps"], 0, 0.2)


def damaged(values, caption, page):
    told, _, rest = caption.partition(" At the start this is not the gradient of a bowl")
    assert rest
    descent(told, page["damaged_gradient"], page["bowl"], (4, -3), values["learning_rate"], values["n_steps"], 0)


def stretched(values, caption, page):
    curvatures = np.array([1, values["stretch"]])
    descent(caption, lambda w: curvatures * w, lambda w: w @ (curvatures * w) / 2, (4, 1), values["learning_rate"],
            values["n_steps"], 0, 2 / values["stretch"])  # fmt: skip


def three(values, caption, page):
    curvatures = np.array([1, 2, 5])
    descent(caption, lambda w: curvatures * w, lambda w: w @ (curvatures * w) / 2, (4, -3, 2),
            values["learning_rate"], values["step"], 0, 0.4, 30)  # fmt: skip


RULES = {"slope": slope_by_difference, "curve": on_curve, "stopping": stopping, "bowl": on_the_bowl,
         "damaged": damaged, "stretch": stretched, "three": three}  # fmt: skip
ANSWERS = [
    ("slope", {"h": 1e-8}, "close enough"),
    ("slope", {"h": 0.1}, "too large"),
    ("slope", {"h": 1e-14}, "too small"),
]
