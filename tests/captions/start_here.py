"""What lesson 00's captions claim, recomputed."""

import re

import numpy as np


def loss(w, page):
    return np.mean((w * page["size"] - page["price"]) ** 2) / 2


def lowest(page):
    size, price = page["size"], page["price"]
    return loss(size @ price / (size @ size), page)


def machine(page, rate, n_steps):
    size, price = page["size"], page["price"]
    weights = [0.2]
    for _ in range(n_steps):
        weights.append(weights[-1] - rate * np.mean((weights[-1] * size - price) * size))
    return weights


def value(text):
    return float(text.replace(",", ""))


def by_hand(values, caption, page):
    w = values["price_per_m2"]
    said, at, verdict = re.fullmatch(r"Loss ([\d,]+) at ([\d.]+) k€ per m²(.*)", caption).groups()
    assert value(said) == round(loss(w, page)) and value(at) == round(w, 2)
    found = loss(w, page) <= 1.005 * lowest(page)
    assert verdict == (": you have found the bottom." if found else ". Can you make it smaller?")


def task(values, caption, page):
    kind, ends = caption.split(": ", 1)
    assert kind.lower() == values["task"] and "from" in ends and " to " in ends and "The answer is" in ends


def station(values, caption, page):
    rounds, now = divmod(values["station"], 4)
    size, price = page["size"], page["price"]
    before, after = machine(page, 5e-5, rounds + 1)[-2:]
    slope = np.mean((before * size - price) * size)
    said, name, rest = re.fullmatch(r"Round (\d+), (\w+): (.*)\.", caption).groups()
    assert int(said) == rounds + 1 and name == ("guess", "compare", "slope", "step")[now]
    numbers = [float(text.replace(",", "")) for text in re.findall(r"-?\d[\d,]*\.\d+", rest)]
    truth = ([before], [loss(before, page)], [slope], [before, after])[now]
    assert np.allclose(numbers, truth, rtol=0, atol=0.0501 if now in (1, 2) else 0.000501)
    if now == 2:
        assert ("below 0" in rest and "to the right" in rest) == (slope < 0)
        assert ("above 0" in rest and "to the left" in rest) == (slope >= 0)
    if now == 3:
        assert ("w grows" in rest) == (slope < 0) != ("w shrinks" in rest)


def race(values, caption, page):
    rate = values.get("learning_rate", 5e-5)
    size = page["size"]
    yours, machines = loss(values["price_per_m2"], page), loss(machine(page, rate, values["step"])[-1], page)
    form = (
        r"(A draw|You lead|The machine leads): your loss ([\d,.]+), the machine's ([\d,.e+]+) after (\d+) steps?\. (.*)"
    )
    leader, said, its, n_steps, rest = re.fullmatch(form, caption).groups()
    assert value(said) == round(yours, 1) and np.isclose(value(its), machines, rtol=6e-3 if machines > 1e6 else 1e-4)
    assert int(n_steps) == values["step"]
    assert leader == ("A draw" if said == its else "You lead" if yours < machines else "The machine leads")
    limit = 2 / np.mean(size**2)
    if rate > limit:
        assert rest == f"Its learning rate is above {limit:.3g}: every jump will be longer than the last."
    elif rate > limit / 2:
        assert rest == "Its learning rate makes it jump from side to side, closer each time."
    else:
        assert rest == f"The lowest possible loss is {lowest(page):,.1f}."


def reason(values, caption, page):
    first, times, direction = re.search(r"(.*?): .* against .*, ([\d,]+) times (more|fewer) ", caption).groups()
    assert first.lower() == values["reason"] and re.search(r"\(.*(19|20)\d\d\)\.$", caption)
    cases = {"computing power": (5.0e17, 3.14e23), "better architectures": (138e6, 4.2e6),
             "open pre-trained models": (1.5e9, 176e9), "better training": (31.0e6, 2.1e6)}  # fmt: skip
    before, after = cases[values["reason"]]
    assert value(times) == round(max(after / before, before / after))
    assert direction == ("more" if after > before else "fewer")


def representation(values, caption, page):
    picture, numbers = page["pictures"][values["picture"]]
    moved = values["moved"]
    still = np.pad(picture, 4)
    changed = np.sum(np.abs(np.roll(still, moved, axis=1) - still) > 0.2)
    name, where, said, stays = re.fullmatch(
        r"(A .*?), (.*): (\d+) of 1,296 pixels differ; its representation stays (.*)\.", caption
    ).groups()
    assert name.lower() == values["picture"] and int(said) == changed
    assert where == ("in its place" if moved == 0 else f"moved {'right' if moved > 0 else 'left'} by {abs(moved)}")
    assert stays == ", ".join(f"{name} {value:.3g}" for name, value in numbers.items())
    if "ink" in numbers:
        assert np.isclose(numbers["ink"], picture.sum())
        assert numbers["width"] == np.ptp(np.nonzero(picture > 0.2)[1]) + 1


RULES = {
    "by hand": by_hand,
    "task": task,
    "station": station,
    "race": race,
    "break it": race,
    "reason": reason,
    "representation": representation,
}

ANSWERS = [
    ("by hand", {"price_per_m2": 1.46}, "found the bottom"),
    ("by hand", {"price_per_m2": 2.4}, "smaller?"),
    ("station", {"station": 2}, "below 0"),
    ("station", {"station": 3}, ("0.200 → 0.639", "w grows")),
    ("station", {"station": 7}, "0.639 → 0.925"),
    ("race", {"price_per_m2": 2.4, "step": 0}, "You lead"),
    ("race", {"price_per_m2": 2.4, "step": 1}, "The machine leads"),
    ("race", {"price_per_m2": 1.44, "step": 9}, "You lead"),
    ("race", {"price_per_m2": 1.44, "step": 10}, "The machine leads"),
    ("break it", {"learning_rate": 10**-3.7, "step": 10}, "from side to side, closer each time"),
    ("break it", {"learning_rate": 10**-3.6, "step": 10}, "from side to side, closer each time"),
    ("representation", {"picture": "a happy face", "moved": 1}, ("96 of", "eyes apart 8, mouth 0.8")),
    ("representation", {"picture": "a happy face", "moved": 4}, ("180 of", "eyes apart 8, mouth 0.8")),
    ("break it", {"learning_rate": 10**-3.5, "step": 10}, "every jump will be longer"),
]
ASKED = [
    ("break it", {"learning_rate": 10**-3.85}, ("✔ 1 step.", "2 times too small. ▲ The answer is 0.000286.")),
    ("break it", {"learning_rate": 10**-3.55}, "right. ▲ The answer is 0.000286."),
]
