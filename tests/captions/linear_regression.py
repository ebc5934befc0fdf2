"""What lesson 01's captions claim, recomputed."""

import re

import numpy as np
from captions.gradient_descent import descent

NUMBER = r"(-?\d[\d,]*\.?\d*(?:e[+-]?\d+)?)"


def value(text):
    return float(text.replace(",", ""))


def ones(x):
    return np.column_stack([np.ones(len(x)), x])


def fit(X, y):
    return np.linalg.lstsq(X, y, rcond=None)[0]


def miss(X, w, y):
    return np.sqrt(np.mean((X @ w - y) ** 2))


def four_flats(values, caption, page):
    few = page["few"]
    y = few.y.copy()
    y[values["flat"] - 1] *= 1 + values["change"] / 100
    w = np.linalg.solve(few.X, y)
    form = (
        rf"Flat (\d) ([+-]\d+) %: weights size {NUMBER}, location {NUMBER}, green rate {NUMBER}, decoration {NUMBER}; "
    )
    flat, change, *said, target = re.fullmatch(form + rf"the target flat would cost {NUMBER}\.", caption).groups()
    assert int(flat) == values["flat"] and abs(int(change) - values["change"]) <= 0.5
    assert np.allclose([value(text) for text in said], w, rtol=0, atol=0.51)
    assert np.isclose(value(target), few.unlabelled[0] @ w, atol=0.006)


def line_by_hand(values, caption, page):
    rows = page["sixty"]
    x, y = page["size"][rows], page["price"][rows]
    loss, lowest = (miss(ones(x), w, y) ** 2 / 2 for w in ((values["intercept"], values["slope"]), fit(ones(x), y)))
    form = rf"Price = {NUMBER} · size ([+−]) {NUMBER} k€: loss {NUMBER}, (.*)"
    slope, sign, intercept, said, rest = re.fullmatch(form, caption).groups()
    assert np.isclose(value(slope), values["slope"], atol=0.006)
    assert np.isclose(value(intercept) * (-1 if sign == "−" else 1), values["intercept"], atol=0.51)
    assert value(said) == round(loss)
    if loss < 1.01 * lowest:
        assert rest == "within 1 % of the lowest that any line can reach. You are at the bottom."
    else:
        times = re.fullmatch(rf"{NUMBER} times the lowest that any line can reach\. Head for the pale middle\.", rest)
        assert np.isclose(value(times[1]), loss / lowest, atol=0.0051)


def overfitting(values, caption, page):
    x, y = page["size"][page["everyday"]], page["price"][page["everyday"]]
    scaled = 2 * (x - x.min()) / np.ptp(x) - 1
    rows = np.random.default_rng(values["draw"]).permutation(len(x))
    few, others = rows[: values["n_flats"]], rows[200:]
    decay = values.get("weight_decay", 0.0)

    def misses(degree):
        X = np.vander(scaled, degree + 1, increasing=True)
        penalty = np.sqrt(len(few) * decay) * np.diag([0.0] + [1.0] * degree)
        w = fit(np.vstack([X[few], penalty]), np.append(y[few], np.zeros(degree + 1)))
        return miss(X[few], w, y[few]), miss(X[others], w, y[others])

    form = rf"Degree (\d+), learned from (\d+) flats: typical miss {NUMBER} k€ on these, {NUMBER} k€ on {NUMBER} others(.*)"
    degree, n, on_few, on_others, n_others, rest = re.fullmatch(form, caption).groups()
    assert (int(degree), int(n), int(value(n_others))) == (values["degree"], values["n_flats"], len(others))
    truth = misses(values["degree"])
    assert np.isclose(value(on_few), truth[0], atol=0.051)
    assert np.isclose(value(on_others), truth[1], atol=0.051, rtol=1e-3)  # where it explodes it does so in its own way
    story, told_decay = re.fullmatch(r"(.*?)\.(?: Weight decay (.*)\.)?", rest).groups()
    assert (told_decay is None) == (decay == 0) and (decay == 0 or np.isclose(value(told_decay), decay, rtol=6e-3))
    if values["degree"] == 1:
        assert story == ""
        return
    line, word = re.fullmatch(rf", where a line misses by {NUMBER}: (worse|better|the same)", story).groups()
    on_line = misses(1)[1]
    assert np.isclose(value(line), on_line, atol=0.051)
    assert word == ("the same" if on_others == line else "worse" if truth[1] > on_line else "better")


def many_samples(values, caption, page):
    degree, n = values["degree"], values["n_flats"]
    rng = np.random.default_rng(1)
    sizes = 30 + 120 * (np.arange(n) + rng.random((40, n))) / n
    prices = page["true_price"](sizes) + rng.normal(0, 25, sizes.shape)
    rng = np.random.default_rng(0)
    new = rng.uniform(30, 150, 4000)
    truth = page["true_price"](new)
    y = truth + rng.normal(0, 25, 4000)

    def powers(x):
        return np.vander((x - 90) / 60, degree + 1)

    curves = np.array([powers(new) @ fit(powers(a), b) for a, b in zip(sizes, prices)])
    bias, variance = np.mean((curves.mean(axis=0) - truth) ** 2), curves.var(axis=0).mean()
    form = rf"Degree (\d), (\d+) flats: bias² \+ variance \+ noise² = {NUMBER} \+ {NUMBER} \+ {NUMBER} = {NUMBER}; "
    form += rf"measured on new flats: {NUMBER} ± {NUMBER}\. Mostly (bias|variance|noise)\."
    *numbers, largest = re.fullmatch(form, caption).groups()
    numbers = [value(text) for text in numbers]
    total, measured = bias + variance + 625, np.mean((y - curves) ** 2)
    assert numbers[:2] == [degree, n]
    assert np.allclose(numbers[2:7], [bias, variance, 625, total, measured], rtol=1e-4, atol=0.51)
    # ± is 1.96 standard errors of the new flats' own noise: of its squares, and of its products with the mean's bias.
    assert np.isclose(numbers[7], 1.96 * np.sqrt((2 * 625**2 + 4 * 625 * bias) / 4000), rtol=0.06)
    assert abs(measured - total) < numbers[7], "the sum closes within the ±"
    assert largest == ("bias", "variance", "noise")[np.argmax([bias, variance, 625])]


def on_flats(values, caption, page):
    X, y = page["hundred_m2"], page["price"]

    def loss(w):
        return np.mean((X @ w - y) ** 2) / 2

    def gradient(w):
        return X.T @ (X @ w - y) / len(y)

    limit = 2 / np.linalg.eigvalsh(X.T @ X / len(y))[-1]
    descent(caption, gradient, loss, (450, 250), values["learning_rate"], values["n_steps"], loss(fit(X, y)), limit)


def beside(values, caption, page):
    X, y, rate, n = page["ready"], page["price"], values["learning_rate"], values["n_steps"]
    best, w, apart = fit(X, y), np.zeros(X.shape[1]), []
    with np.errstate(all="ignore"):
        for _ in range(201):
            apart.append(np.abs(w - best).max())
            w = w - rate * X.T @ (X @ w - y) / len(y)
    limit = 2 / np.linalg.eigvalsh(X.T @ X / len(y))[-1]
    first = "Before the first step" if n == 0 else f"After {n} step{'s' * (n != 1)}"
    assert caption.startswith(first + " ")
    said = caption[len(first) + 1 :]
    if agree := re.fullmatch(rf"they agree: no weight is farther than {NUMBER} k€ from least squares\.", said):
        assert max(apart[n:]) <= 1 and np.isclose(value(agree[1]), apart[n], rtol=0.06)
        return
    assert not np.max(apart[n:]) <= 1
    if said == "the weights are too large for the computer's numbers: they never agree.":
        assert not np.isfinite(apart[n]) and rate > limit
        return
    far, rest = re.fullmatch(rf"the farthest weight is {NUMBER} k€ from least squares; (.*)\.", said).groups()
    assert np.isclose(value(far), apart[n], rtol=0.006)
    if never := re.fullmatch(rf"they never agree: the learning rate {NUMBER} is above the limit {NUMBER}", rest):
        assert rate > limit and np.allclose([value(never[1]), value(never[2])], [rate, limit], rtol=6e-3)
    elif rest == "200 steps will not do to agree within 1 k€":
        assert rate <= limit and apart[200] > 1
    else:
        k = int(re.fullmatch(r"they agree within 1 k€ from step (\d+) on", rest)[1])
        assert n < k and max(apart[k:]) <= 1 < apart[k - 1] and rate <= limit


def one_flat(values, caption, page):
    x, y, giant = page["size"], page["price"].copy(), page["giant"]
    without = fit(ones(np.delete(x, giant)), np.delete(y, giant))[1]
    y[giant] = values["price"]
    slope = fit(ones(x), y)[1]
    start = f"The flat of 1,250 m² at {values['price']:,.0f} k€ "
    told = f"counts: each m² is worth {slope:.2f} k€, against {without:.2f} k€ without it."
    assert caption == start + (told if values["keep"] else f"is left out: each m² is worth {without:.2f} k€.")


def log_price(values, caption, page):
    predicted, asked = page["fits"][values["fit"]], page["price"][page["others"]]
    typical = np.median(np.abs(predicted / asked - 1))
    assert not set(page["learned"]) & set(page["others"])
    assert caption == (
        f"{values['fit']}: half of these flats are missed by more than {100 * typical:.0f} % of their price, "
        f"and {np.sum(predicted < 0)} of 500 get a price below zero."
    )


def bells(values, caption, page):
    rows = page["sixty"]
    x, y = page["size"][rows], page["price"][rows]
    here, lowest = (miss(ones(x), w, y) for w in ((values["intercept"], values["slope"]), fit(ones(x), y)))
    spread = values["spread"]
    mean = -(here**2) / (2 * spread**2) - np.log(spread) - np.log(2 * np.pi) / 2
    said, square, rest = re.fullmatch(
        rf"Log likelihood {NUMBER} per flat; mean square {NUMBER}, (.*)", caption
    ).groups()
    assert np.isclose(value(said), mean, atol=6e-4) and value(square) == round(here**2)
    if here**2 > 1.01 * lowest**2:
        times = re.fullmatch(rf"{NUMBER} times the lowest: another line is likelier, whatever the spread\.", rest)
        assert np.isclose(value(times[1]), here**2 / lowest**2, atol=0.0051)
    elif abs(spread / here - 1) > 0.03:
        side = "narrow" if spread < here else "wide"
        assert rest == f"the lowest: no line is likelier, but the bells are too {side}, {spread:.0f} k€."
    else:
        assert rest == f"the lowest, and the spread {spread:.0f} k€ is the typical miss: nothing is likelier."


def shapes(values, caption, page):
    errors = page["errors"][values["of"]]
    sizes = np.abs(errors / errors.std())
    assert caption == (
        f"{values['of']}: {100 * np.mean(sizes < 1):.0f} % of the errors are within one standard deviation "
        f"(a bell has 68 %), and the largest is {sizes.max():.1f} of them."
    )


RULES = {"four flats": four_flats, "line": line_by_hand, "curve": overfitting, "many": many_samples,
         "on flats": on_flats, "beside": beside, "one flat": one_flat, "log price": log_price,
         "bells": bells, "shapes": shapes, "ridge": overfitting}  # fmt: skip

ANSWERS = [
    ("four flats", {"flat": 1, "change": -7}, "location 17"),
    ("four flats", {"flat": 1, "change": -8}, "location -44"),
    ("four flats", {"flat": 1, "change": 5}, "would cost 9,000"),
    ("four flats", {"flat": 1, "change": -5}, "would cost 10,083"),
    ("line", {"slope": 0.89, "intercept": 50}, "1.32 times"),
    ("line", {"slope": 2.36, "intercept": -78}, "at the bottom"),
    ("curve", {"degree": 1}, ("50.2 k€ on these", "65.8 k€ on 717")),
    ("curve", {"degree": 2}, ("48.1 k€ on these", "66.0 k€ on 717")),
    ("curve", {"degree": 6}, "206.4 k€ on 717"),
    ("curve", {"degree": 15}, "13.4 k€ on these"),
    ("curve", {"degree": 12, "n_flats": 200}, ("53.6 k€ on these", "98.8 k€ on 717")),
    *[("curve", {"degree": 12, "draw": draw}, "worse") for draw in range(20)],
    ("many", {"degree": 1, "n_flats": 15}, "Mostly bias"),
    ("many", {"degree": 3, "n_flats": 15}, "= 1,075"),
    ("many", {"degree": 4, "n_flats": 15}, "= 973"),
    *[("many", {"degree": degree, "n_flats": 120}, "= 67") for degree in (6, 7, 8, 9)],
    ("many", {"degree": 5, "n_flats": 15}, "= 1,085"),
    ("many", {"degree": 9, "n_flats": 15}, "Mostly variance"),
    ("on flats", {"learning_rate": 0.2, "n_steps": 100}, "straight down"),
    ("on flats", {"learning_rate": 10**-0.25}, "zigzag"),
    ("on flats", {"learning_rate": 1.0, "n_steps": 5}, "Zigzagging"),
    ("on flats", {"learning_rate": 10**0.025, "n_steps": 200}, "zigzag"),
    ("on flats", {"learning_rate": 10**0.05, "n_steps": 200}, "Diverged"),
    ("beside", {"learning_rate": 0.1, "n_steps": 48}, "from step 49 on"),
    ("beside", {"learning_rate": 0.1, "n_steps": 50}, "they agree"),
    ("beside", {"learning_rate": 1.0, "n_steps": 3}, "they agree"),
    ("beside", {"learning_rate": 10**-0.025, "n_steps": 3}, "they agree"),
    ("one flat", {"price": 1800, "keep": True}, ("2.64", "3.68")),
    ("log price", {"fit": "price"}, ("44 %", "30 of 500")),
    ("log price", {"fit": "log price"}, "32 %"),
    ("log price", {"fit": "log price from log size"}, ("32 %", " 0 of 500")),
    ("bells", {"slope": 2.35, "intercept": -75, "spread": 64}, "nothing is likelier"),
    ("bells", {"slope": 2.35, "intercept": -75, "spread": 30}, "too narrow"),
    ("shapes", {"of": "price"}, "largest is 24.8"),
    ("ridge", {"weight_decay": 1e-6}, ("33.1 k€ on these", "573.7")),
    ("ridge", {"weight_decay": 0.1}, "67.4 k€ on 717"),
    ("ridge", {"weight_decay": 100}, "60.8 k€ on these"),
]
ASKED = [
    ("on flats", {"learning_rate": 10**0.05}, ("You guessed 1.12: right.", "The answer is 1.1.")),
    ("on flats", {"learning_rate": 0.1}, "11 times too small"),
    *(("beside", {"learning_rate": rate, "n_steps": 3}, "✔ 3 steps.") for rate in (10**-0.05, 1.0)),
    *(("beside", {"learning_rate": rate, "n_steps": 200}, "✔ 4 steps.") for rate in (10**-0.075, 10**0.05)),
]
