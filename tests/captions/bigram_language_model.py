"""What lesson 08's captions claim, recomputed."""

import re
from collections import Counter

import numpy as np
from captions.said import SYMBOLS, match, near, softmax

from lessons_lib.maths.bigram_language_model import neural_gradient, neural_loss, sample
from lessons_lib.maths.gradient_descent import descend


def three_digits(said, value):
    assert np.isclose(float(said.replace(",", "")), value, rtol=5.1e-3), f"{said} is said, {value} is true"


_counted = {}  # rules ask for the same names again


def counted(names, memory=1):
    """Counter of (symbols before, symbol) over names, by a loop of its own; before a name lie as many <s> as asked."""
    key = len(names), names[0], names[-1], memory
    if key in _counted:
        return _counted[key]
    pairs = _counted[key] = Counter()
    for name in names:
        symbols = ["<s>"] * memory + [*name, "<e>"]
        for place in range(memory, len(symbols)):
            pairs[tuple(symbols[place - memory : place]), symbols[place]] += 1
    return pairs


def table_of(names, alpha=0.0):
    counts = np.zeros((28, 28))
    for ((before,), after), n in counted(names).items():
        counts[SYMBOLS.index(before), SYMBOLS.index(after)] = n
    smooth = counts + alpha
    totals = smooth.sum(axis=1, keepdims=True)
    return counts, np.where(totals > 0, smooth / np.where(totals > 0, totals, 1), 1 / 28)


def nats(P, counts):
    with np.errstate(divide="ignore"):
        return -np.sum(counts[counts > 0] * np.log(P[counts > 0])) / counts.sum()


def sentence(values, caption, page):
    place, n, before, after = match(r"Pair (\d+) of (\d+): after “(.*)” comes “(.*)”\.", caption)
    words, k = page["words"], values["pair"]
    assert (int(place), int(n), before, after) == (k + 1, len(words) - 1, words[k], words[k + 1])


def table(values, caption, page):
    row = page["counts"][SYMBOLS.index(values["previous"])]
    assert caption.startswith(f"After {values['previous']} ")
    if row.sum() == 0:
        assert "nothing was ever counted" in caption and ("1/28" in caption) == (values["show"] == "probabilities")
        return
    if values["show"] == "counts":
        _, total, first, most, second, more = match(
            r"After (.*) came ([\d,]+) symbols?: most often (.*), ([\d,]+) times?, then (.*), ([\d,]+) times?\.",
            caption,
        )
        numbers = [int(text.replace(",", "")) for text in (total, most, more)]
        assert numbers == [row.sum(), *np.sort(row)[:-3:-1]]
    else:
        _, first, most, second, more, never = match(
            r"After (.*) comes (.*) with probability (\S+), then (.*) with (\S+); (\d+) of .* The row sums to 1\.",
            caption,
        )
        for said, n in zip((most, more), np.sort(row)[:-3:-1]):
            near(said, n / row.sum(), 3)
        assert int(never) == np.sum(row == 0)
    assert [row[SYMBOLS.index(symbol)] for symbol in (first, second)] == np.sort(row)[:-3:-1].tolist()


def sampling(values, caption, page):
    seed, draw, before, u, after, low, high, end = match(
        r"Seed (\d+), draw (\d+): after (.*), the number (\S+) falls on the step of (.*), (\S+) to (\S+)\. (.*)",
        caption,
    )
    assert (int(seed), int(draw)) == (values["seed"], values["step"] + 1)
    rng, told = np.random.default_rng(values["seed"]), []
    while len(told) <= values["step"]:  # name after name, as the sampler draws them
        name = sample(page["P"], rng, 16)
        told += [(name, place) for place in range(min(len(name) + 1, 16))]
    name, place = told[values["step"]]
    numbers = np.random.default_rng(values["seed"]).random(len(told))
    near(u, numbers[values["step"]], 3)
    assert (before, after) == ((["<s>", *name])[place], [*name, "<e>"][place])
    row = page["P"][SYMBOLS.index(before), 1:]
    top = np.cumsum(row / row.sum())
    k = SYMBOLS.index(after) - 1
    near(low, top[k - 1] if k else 0, 3)
    near(high, top[k], 3)
    assert float(low) - 1e-3 <= float(u) <= float(high) + 1e-3
    if after == "<e>":
        assert end == f"The name is over: “{name}”."
    else:
        assert end.startswith(f"So far: “{name[: place + 1]}”.") and ("stop it" in end) == (place == 15)


_runs = {}


def run(page, learning_rate, n):
    """(path, losses) of n steps on the page's counts, kept: rules ask for the same rates again."""
    key = learning_rate
    if key not in _runs or len(_runs[key]) <= n:
        _runs[key] = descend(lambda W: neural_gradient(W, page["counts"]), np.zeros((28, 28)), learning_rate, n)
    path = _runs[key][: n + 1]
    return path, np.array([neural_loss(W, page["counts"]) for W in path[-12:]])


def network(values, caption, page):
    step, symbol, row, end = match(r"Step (\d+): v has its 1 at (.*), so vW is row (.*) of W\. (.*)", caption)
    assert int(step) == values["step"] and symbol == row == values["symbol"]
    p = softmax(run(page, 50.0, 300)[0][values["step"]][SYMBOLS.index(symbol)])
    if "1/28" in end:
        assert np.ptp(p) == 0 and ("Before the first step" in end) == (values["step"] == 0)
    else:
        best, share = match(r"The most likely next symbol is (.*), with (\S+)\.", end)
        near(share, p.max(), 3)
        near(share, p[SYMBOLS.index(best)], 3)


def limit_of(counts):
    """2/λmax of the steepest row near the counted table, by eigenvalues of each row's Hessian."""
    steepest = 0
    for row in counts[counts.sum(axis=1) > 0]:
        p = row / row.sum()
        steepest = max(steepest, row.sum() / counts.sum() * np.linalg.eigvalsh(np.diag(p) - np.outer(p, p))[-1])
    return 2 / steepest


def training(values, caption, page):
    lowest, limit = nats(page["P"], page["counts"]), limit_of(page["counts"])
    story, rate, side, border, end = match(
        r"(.*) The learning rate (\S+) is (above|below) the limit[a-z ]*, ([\d.]+)(: it cannot settle there)?\.",
        caption,
    )
    three_digits(rate, values["learning_rate"])
    three_digits(border, limit)
    assert (side == "above") == (values["learning_rate"] > limit) == bool(end)
    _, losses = run(page, values["learning_rate"], values["step"])
    loss, gap, bottom = re.search(
        r"the loss is ([\d.]+) nats, (\S+) above the counted table's ([\d.]+\d)", story
    ).groups()
    near(loss, losses[-1], 3)
    near(bottom, lowest, 3)
    three_digits(gap, losses[-1] - lowest)
    rises = np.sum(np.diff(losses[-11:]) > 0)
    if values["step"] == 0:
        assert story.startswith("Before the first step")
    elif story.endswith("and falling."):
        assert rises == 0 and losses[-1] < losses[-2]
    elif values["step"] == 1:
        assert story.endswith("it rose.") and rises == 1
    else:
        said = match(r".*; it rose in (\d+) of the last (\d+) steps\.", story)
        assert [int(text) for text in said] == [rises, min(values["step"], 10)]


def smoothing(values, caption, page):
    n = round(values["n_names"])
    train, validation = page["train"][:n], page["validation"]
    counts, P = table_of(train, values["smoothing"])
    asked = table_of(validation)[0]
    begin, best, lowest = match(r"(.*) The best for the validation names is α = (\S+), with (\S+)\.", caption)
    said, alpha, learned = re.search(r"^Learned from ([\d,]+) names?, α = (\S+): (\S+) nats on them", begin).groups()
    assert int(said.replace(",", "")) == n
    three_digits(alpha, values["smoothing"]) if values["smoothing"] else near(alpha, 0, 3)
    near(learned, nats(P, counts), 3)
    if np.isfinite(nats(P, asked)):
        near(re.search(r", (\S+) on the validation names\.$", begin)[1], nats(P, asked), 3)
    else:
        never = re.search(r"them\. ([\d,]+) of the ([\d,]+) validation pairs (were|was) never seen", begin).groups()
        assert [int(text.replace(",", "")) for text in never[:2]] == [asked[P == 0].sum(), asked.sum()]
    finer = min(
        nats(table_of(train, a)[1], asked) for a in (0.5 * float(best), float(best), 2 * float(best), 0.02, 1, 2)
    )
    assert float(lowest) <= finer + 1e-3
    if float(best) < 0.995:  # α is said with two digits, the loss is that of the whole number
        assert abs(float(lowest) - nats(table_of(train, float(best))[1], asked)) <= 1.5e-3


def surprise(values, caption, page):
    name = values["name"]
    if not re.fullmatch("[a-z]{1,15}", name):
        assert caption[0].isupper() and caption.endswith(".") and "nats" not in caption
        assert "15 letters" in caption if re.fullmatch("[a-z]+", name) else re.search("letter", caption)
        return
    P = table_of(page["train"], 0.3)[1]
    symbols = [SYMBOLS.index(symbol) for symbol in ("<s>", *name, "<e>")]
    each = -np.log(P[symbols[:-1], symbols[1:]])
    said, total, n, mean, perplexity, after, before, most = match(
        r"“(.*)” costs (\S+) nats in (\d+) symbols, (\S+) each \(dashed\), perplexity (\S+)\. "
        r"Most surprising: (.*) after (.*), (\S+)\.", caption,
    )  # fmt: skip
    assert said == name and int(n) == len(each)
    for text, value, digits in ((total, each.sum(), 2), (mean, each.mean(), 2), (perplexity, np.exp(each.mean()), 1),
                                (most, each.max(), 2)):  # fmt: skip
        near(text, value, digits)
    assert np.isclose(-np.log(P[SYMBOLS.index(before), SYMBOLS.index(after)]), each.max())


def pull(values, caption, page):
    P = table_of(page["train"], 1)[1]
    s = np.log(P[SYMBOLS.index(values["previous"])])
    s = values["size"] * (s - s.mean())
    if np.allclose(s, 0, atol=1e-6):
        assert "all are 0" in caption and "neither penalty pulls" in caption
        return
    row, size, ours, times, decay = match(
        r"Row (.*), scores times (\S+): smoothing asks (\S+), which is (\S+) times the (\S+) of weight decay; .*",
        caption,
    )
    assert row == values["previous"]
    three_digits(size, values["size"])
    asked, squares = -np.log(softmax(s)).sum() - 28 * np.log(28), s @ s / 2
    three_digits(ours, asked)
    three_digits(decay, squares)
    near(times, asked / squares, 2)


def share_of_real(P, names):
    """The probability that a drawn name is one of these: the product over its pairs, without what returns to <s>."""
    P = P / P[:, 1:].sum(axis=1, keepdims=True)
    letters = np.array([[ord(letter) - 96 for letter in name] + [27] * (16 - len(name)) for name in names.tolist()])
    chances, before = np.ones(len(names)), np.zeros(len(names), dtype=int)
    for after in letters.T:
        chances *= np.where(before == 27, 1, P[before, after])
        before = after
    return chances.sum()


def temperature(values, caption, page):
    t = values["temperature"]
    P = softmax(np.log(table_of(page["train"], 0.3)[1]) / t)
    said, seed, known, share, first, chance, cut = match(
        r"Temperature (\S+), seed (\d+): (\d+) of these 12 (?:is a real name|are real names); of many drawn so, "
        r"(\S+) % are\. The likeliest first letter, (.*), has ([\d.]+\d)\.( \d+ had not ended after 16 letters .*)?", caption,
    )  # fmt: skip
    three_digits(said, t)
    rng, real = np.random.default_rng(values["seed"]), set(page["listed"])
    drawn = [sample(P, rng, 16) for _ in range(12)]
    assert int(seed) == values["seed"] and int(known) == sum(name in real for name in drawn)
    true = 100 * share_of_real(P, page["listed"])
    assert abs(float(share) - true) <= (0.51 if true >= 1 else 0.06 * true)
    near(chance, P[0].max(), 3)
    assert first == SYMBOLS[P[0].argmax()]
    stopped = sum(len(name) == 16 for name in drawn)
    assert (cut is None) == (stopped == 0) and (cut is None or int(cut.split()[0]) == stopped)


def memory(values, caption, page):
    n, alpha, told, best = match(
        r"Learned from ([\d,]+) names, α = (\S+): perplexity (.*) on the validation names with a memory of 0, 1, 2, 3 "
        r"letters\. A memory of (\d) letters? is best\.", caption,
    )  # fmt: skip
    assert (int(n.replace(",", "")), float(alpha)) == (values["n_names"], values["smoothing"])
    perplexities = []
    for length in range(4):
        seen, followed = counted(page["train"][: values["n_names"]], length), Counter()
        for (before, _), times in seen.items():
            followed[before] += times
        asked = counted(page["validation"], length)
        cost = sum(times * np.log((followed[before] + 28 * float(alpha)) / (seen[before, after] + float(alpha)))
                   for (before, after), times in asked.items())  # fmt: skip
        perplexities.append(np.exp(cost / sum(asked.values())))
    for said, value in zip(told.split(", "), perplexities):
        near(said, value, 1)
    assert int(best) == np.argmin(perplexities)


RULES = {
    "sentence": sentence,
    "table": table,
    "sampling": sampling,
    "network": network,
    "training": training,
    "smoothing": smoothing,
    "surprise": surprise,
    "pull": pull,
    "temperature": temperature,
    "memory": memory,
}

ANSWERS = [
    ("sentence", {"pair": 6}, "of 11"),
    ("table", {"previous": "q", "show": "probabilities"}, "u with probability 0.738"),
    ("table", {"previous": "q", "show": "counts"}, "172 symbols"),
    ("table", {"previous": "<e>", "show": "probabilities"}, "each symbol gets 1/28"),
    ("sampling", {"seed": 18, "step": 4}, "The name is over: “isha”"),
    ("sampling", {"seed": 78, "step": 3}, "The name is over: “jun”"),
    ("network", {"step": 0}, "each symbol gets 1/28"),
    ("network", {"symbol": "<e>", "step": 300}, "its scores stay 0"),
    ("training", {"learning_rate": 0.1, "step": 300}, "0.727 above"),
    ("training", {"learning_rate": 10**1.5, "step": 300}, ("0.0095", "and falling", "below the limit, 71.1")),
    ("training", {"learning_rate": 10**1.85, "step": 300}, ("0.00418", "and falling")),
    ("training", {"learning_rate": 10**1.875, "step": 300}, ("0.00889", "it rose", "cannot settle")),
    ("training", {"learning_rate": 100, "step": 300}, ("0.0648", "it rose in")),
    ("training", {"learning_rate": 1000, "step": 300}, ("26.9", "cannot settle")),
    ("smoothing", {"n_names": 100, "smoothing": 0}, ("2.157 nats on them", "α = 0.36, with 2.718")),
    (
        "smoothing",
        {"n_names": 20937, "smoothing": 0},
        ("2.453 nats on them", "8 of the 21,484", "α = 0.28, with 2.460"),
    ),
    ("smoothing", {"n_names": 20937, "smoothing": 0.3}, "2.460 on the validation names"),
    ("smoothing", {"n_names": 20937, "smoothing": 0.01}, "2.461 on the validation names"),
    ("smoothing", {"n_names": 20937, "smoothing": 1.5}, "2.461 on the validation names"),
    ("surprise", {"name": "emma"}, ("2.54 each", "m after m, 3.82")),
    ("surprise", {"name": "eamm"}, ("3.17 each", "m after m, 3.82")),
    ("surprise", {"name": "jan"}, "1.54 each"),
    ("surprise", {"name": "man"}, "1.59 each"),
    ("surprise", {"name": "Emma"}, "'E'"),
    ("pull", {"previous": "m", "size": 0.7}, "0.97 times"),
    ("pull", {"previous": "q", "size": 1}, "2.02 times"),
    ("pull", {"previous": "j", "size": 1}, "1.23 times"),
    ("pull", {"previous": "v", "size": 1}, "1.11 times"),
    ("temperature", {"temperature": 0.1}, "likeliest first letter, a, has 0.988"),
    ("temperature", {"temperature": 10**-0.4}, "31 % are"),
    ("temperature", {"temperature": 1.0}, ("1 of these 12", "11 % are")),
    ("temperature", {"temperature": 5.0}, "had not ended"),
    ("memory", {"n_names": 100, "smoothing": 0.1}, "A memory of 1 letter is best"),
    ("memory", {"n_names": 100, "smoothing": 0.01}, "A memory of 0 letters is best"),
    ("memory", {"n_names": 20937, "smoothing": 0.1}, ("8.4 on the", "A memory of 3 letters is best")),
    ("memory", {"n_names": 20937, "smoothing": 1.0}, "9.4 on the"),
]
ASKED = [
    ("training", {"learning_rate": 10**1.85, "step": 128}, "✔ 128 steps."),
    ("training", {"learning_rate": 10**1.85, "step": 127}, "Not yet"),
    ("smoothing", {"smoothing": 0.35}, "right. ▲ The answer is 0.356."),
    ("smoothing", {"smoothing": 1.0}, "0.644 too large"),
]
