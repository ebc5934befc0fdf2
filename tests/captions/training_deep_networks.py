"""What lesson 07's captions claim, recomputed."""

import re

import numpy as np

from lessons_lib.maths import neural_networks as nn
from lessons_lib.maths import training_deep_networks as tr
from lessons_lib.maths.gradient_descent import descend

NUMBER = r"(-?(?:\d[\d,]*\.?\d*(?:e[-+]?\d+)?|inf))"


def close(text, value, rtol=6e-3, atol=1e-12):
    said = float(text.replace(",", ""))
    assert np.isclose(said, value, rtol=rtol, atol=atol) or said == value, f"{text} is said, {value} is true"


def share(text, value):
    """ "42 %" or "99.3 %" is a share of 0.42 or 0.993."""
    digits = len(text.partition(".")[2])
    assert abs(float(text) / 100 - value) <= 0.006 / 10**digits, f"{text} % is said, {value} is true"


def on_a_map(loss, gradient, valleys, saddle, ranks):
    def rule(values, caption, page):
        start, rate, n = (values["start_1"], values["start_2"]), values["learning_rate"], values["n_steps"]
        with np.errstate(all="ignore"):
            path = descend(gradient, start, rate, n + 60)
            losses = loss(path)
        said = re.match(rf"From \({NUMBER}, {NUMBER}\) at rate {NUMBER}: ", caption)
        for text, value in zip(said.groups(), (*start, rate)):
            close(text, value)
        told = caption[said.end() :]
        if "too large for the computer" in told:
            assert not np.isfinite(losses[n])
            return
        close(re.search(rf"loss {NUMBER}", told)[1].rstrip("."), losses[n], atol=1e-11)
        assert ("That is above its first loss." in told) == (n > 0 and losses[n] > losses[0] + 1e-9)
        path = np.clip(np.nan_to_num(path, nan=9e9), -9e9, 9e9)
        away = {name: np.linalg.norm(path - place, axis=1) for name, place in valleys.items()}
        waits = np.linalg.norm(path[: n + 1] - saddle, axis=1) < 0.1
        waited = re.search(r"within 0.1 of the saddle for (\d+) step", told)
        assert (int(waited[1]) if waited else 0) == waits.sum() or n == 0
        stays = re.match(r"in the (\w+) valley, (.*), from step (\d+) on", told)
        if n == 0:
            assert told.startswith("before the first step")
            close(re.search(rf"slope {NUMBER}", told)[1], np.linalg.norm(gradient(path[0])))
        elif stays:
            name, rank, since = stays[1], stays[2], int(stays[3])
            assert int(re.search(r"after (\d+) step", told)[1]) == n
            assert rank == ranks[name] and since <= n and (away[name][since:] < 0.1).all()
            assert since == 0 or away[name][since - 1] >= 0.1
        elif "but will not stay" in told:
            name = re.search(r"it is in the (\w+) valley", told)[1]
            assert away[name][n] < 0.1 <= away[name][n:].max()
        elif told.startswith("still at the saddle"):
            assert waits[-1]
            close(re.search(rf"slope is {NUMBER}", told)[1], np.linalg.norm(gradient(path[n])), rtol=0.06)
        else:
            assert min(each[n] for each in away.values()) >= 0.1
            turns = n > 1 and (path[n] - path[n - 1]) @ (path[n - 1] - path[n - 2]) < 0
            assert ("it jumps to and fro" in told) == turns and turns != ("it is in no valley yet" in told)

    return rule


WELL = {"left": np.array([-1.03590, 0]), "right": np.array([0.96002, 0])}
on_the_well = on_a_map(tr.double_well, tr.double_well_gradient, WELL, np.array([0.0755, 0]),
                       {"left": "the lowest", "right": "not the lowest"})  # fmt: skip
at_the_saddle = on_a_map(tr.saddle, tr.saddle_gradient, {"upper": np.array([0, 1]), "lower": np.array([0, -1])},
                         np.zeros(2), dict.fromkeys(("upper", "lower"), "as low as the other one"))  # fmt: skip


def rules(values, caption, page):
    terrain, n, rate = page["maps"][values["terrain"]], values["n_steps"], values["learning_rate"]
    goals = {"ravine": [(1, 1)], "saddle": [(0, 1), (0, -1)], "double well": list(WELL.values())}[values["terrain"]]
    after, told = re.fullmatch(r"After (\d+) steps?: (.*)\.", caption).groups()
    assert int(after) == n
    for said, (name, rule) in zip(told.split("; "), (("plain", tr.sgd), ("momentum", tr.momentum), ("Adam", tr.adam))):
        path = tr.follow(rule, terrain.gradient, terrain.start, rate, 160)
        with np.errstate(all="ignore"):
            losses = terrain.loss(path)
        assert said.startswith(name + " ")
        if "has blown up" in said:
            assert not np.isfinite(losses[n])
            continue
        close(re.search(rf"\(loss {NUMBER}\)", said)[1], losses[n], atol=1e-9)
        at = re.search(r"in a valley since step (\d+)", said)
        below = re.search(r"below the saddle since step (\d+)", said)
        if at:
            since = int(at[1])
            assert since <= n and min(np.linalg.norm(path[since:300] - goal, axis=1).max() for goal in goals) < 0.1005
        elif "above its first loss" in said:
            assert losses[n] > losses[0]
        else:
            assert "is on its way" in said and losses[n] <= losses[0] + 1e-9
            height = -np.inf if terrain.saddle is None else terrain.loss(np.array(terrain.saddle, dtype=float)) - 0.01
            first = np.flatnonzero(losses[: n + 1] < height)
            assert (int(below[1]) if below else None) == (first[0] if len(first) else None)


def noise(values, caption, page):
    size = int(np.clip(round(values["batch_size"]), 1, 500))
    if size == 500:
        assert caption == "All 500 samples in one batch: no noise at all, at 500 times the cost of one sample."
        return
    if "of each sample" not in page:
        page["of each sample"] = np.array([page["slope"](page["half_trained"], [row]) for row in range(500)])
    of_each = page["of each sample"]
    whole = of_each.mean(axis=0)
    one = np.sqrt(np.mean(np.sum((of_each - whole) ** 2, axis=1)))
    expected = one * np.sqrt((500 - size) / (499 * size))
    assert caption.startswith(f"Batches of {size}: " if size > 1 else "Single samples: ")
    times = re.search(rf"the noise is (?:{NUMBER} times )?as long as the true gradient", caption)
    close(times[1] or "1", expected / np.linalg.norm(whole), rtol=0.06)
    if size > 1:
        beside = re.search(rf", {NUMBER} times that of one sample, at (\d+) times the cost", caption)
        close(beside[1], expected / one, rtol=0.06)
        assert int(beside[2]) == size
    uphill = int(re.search(r"(\d+) of these 100 would lead uphill\.", caption)[1])
    rng = np.random.default_rng(0)
    along = of_each @ whole
    assert uphill == sum(along[rng.permutation(500)[:size]].mean() < -1e-12 for _ in range(100))


def epochs(values, caption, page):
    epoch = values["epoch"]
    assert caption.startswith(f"After {epoch} epoch{'' if epoch == 1 else 's'}: ")
    said = re.findall(rf"(\w+): loss {NUMBER} nats, {NUMBER} % of the validation pictures right", caption)
    assert [name for name, _, _ in said] == list(page["best"])
    for name, loss, right in said:
        path, _ = page["runs"][name, page["best"][name]]
        close(loss, page["loss_of"](path[epoch]), atol=6e-3)
        predicted = nn.predict(nn.unflatten(path[epoch], page["sizes"]), page["X_val"], "relu")
        assert abs(float(right) - 100 * np.mean(predicted == page["y_val"])) < 0.06


def depth(values, caption, page):
    X, y = page["D"][:80].copy(), page["labels"][:80]
    if values["data"] != "clean":
        X[0, 0] = np.nan
    sizes = (64, *[values["units"]] * values["depth"], 10)
    loss, slope = tr.objective(sizes, X, y, values["activation"])
    start = nn.flatten(nn.initialise(sizes, np.random.default_rng(0), values["gain"]))
    path = tr.follow(tr.sgd, slope, start, values["learning_rate"], values["step"])
    losses = [loss(w) for w in path]
    layers = nn.unflatten(path[-1], sizes)
    with np.errstate(all="ignore"):
        slopes = [np.sqrt(np.mean(W**2)) for W, _ in nn.gradient(layers, X, y, values["activation"])]
        hidden = [*nn.layer_outputs(layers, X, values["activation"])[1:], nn.forward(layers, X, values["activation"])]
        spread = [np.sqrt(np.mean(np.var(each, axis=0))) for each in hidden]
        right = np.mean(nn.predict(layers, X, values["activation"]) == y)
    head, flow = (
        re.fullmatch(
            r"Step (\d+): .*?(?:right|of all|at step \d+)\.", re.match(r".*?(?:right|of all|at step \d+)\.", caption)[0]
        ),
        None,
    )
    assert int(head[1]) == values["step"]
    flow = caption[head.end() :].strip()
    if not np.isfinite(losses[-1]):
        assert "(NaN)" in caption if values["data"] != "clean" else "a computer can hold at step" in caption
    else:
        said, share_right = re.search(
            rf"loss {NUMBER} nats(?:, above that of the start)?; {NUMBER} % of 80 digits right", caption
        ).groups()
        close(said, losses[-1], rtol=0.01)
        share(share_right, right)
        assert ("above that of the start" in caption) == (losses[-1] > losses[0])
    if not np.isfinite(slopes).all():
        assert flow == "The slopes are no numbers any more: no step can help."
        return
    word = flow.partition(":")[0]
    scale = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
    if "exactly 0" in flow:
        assert slopes[0 if "layer 1" in flow else -1] == 0
    elif "scores spread" in flow:
        ratio = spread[-1] / spread[0]
        assert ratio > 100
        assert (word == "It learns all the same") == (right >= 0.9) and word in ("It learns all the same", "Exploding")
    else:
        one, times, unit, other = re.search(
            r"slope in (layer 1|the last layer) is (?:([\d.e+]+)(?: (\w+illion|thousand))?|more than 10¹⁵) times that in (layer 1|the last layer)\.", flow
        ).groups()  # fmt: skip
        ratio = slopes[0] / slopes[-1] if one == "layer 1" else slopes[-1] / slopes[0]
        assert one != other and ratio >= 0.999
        if times:
            close(times, ratio / scale.get(unit, 1), rtol=0.06)
        else:
            assert ratio >= 1e15
        if ratio > 101:
            assert word == (
                "It learns all the same" if right >= 0.9 else "Vanishing" if one == "the last layer" else "Exploding"
            )


def heart(values, caption, page):
    X, y = page["shrunk"](page["X"][:100]), page["y"][:100]
    sizes, rng = (49, 40, 10), np.random.default_rng(1)
    (W1, b1), (W2, b2) = nn.initialise(sizes, np.random.default_rng(0), gain=2**0.5)
    parts, velocity = [W1, b1, W2, b2], [0, 0, 0, 0]
    decays = [values["weight_decay"], 0, values["weight_decay"], 0]
    training, validation, right = [], [], []
    X_val, y_val = page["shrunk"](page["X_val"]), page["y_val"]
    for step in range(121):
        layers = [tuple(parts[:2]), tuple(parts[2:])]
        if step % 3 == 0:
            training.append(nn.loss(layers, X, y, "relu"))
            validation.append(nn.loss(layers, X_val, y_val, "relu"))
            right.append(np.mean(nn.predict(layers, X_val, "relu") == y_val))
        A = np.maximum(X @ parts[0].T + parts[1], 0)
        mask = (rng.random(A.shape) >= values["dropout"]) / (1 - values["dropout"])
        S = (A * mask) @ parts[2].T + parts[3]
        P = np.exp(S - S.max(axis=1, keepdims=True))
        dS = (P / P.sum(axis=1, keepdims=True) - np.eye(10)[y]) / 100
        dZ = dS @ parts[2] * mask * (A > 0)
        slopes = [dZ.T @ X, dZ.sum(axis=0), dS.T @ (A * mask), dS.sum(axis=0)]
        velocity = [0.9 * v + g for v, g in zip(velocity, slopes)]
        parts = [w - 0.1 * (v + decay * w) for w, v, decay in zip(parts, velocity, decays)]
    at, stop = np.arange(121), values["stop_after"]
    training, validation, right = (np.interp(at, at[::3], each) for each in (training, validation, right))
    said = re.match(
        rf"Stopped after (\d+) steps?: training loss {NUMBER}, validation loss {NUMBER}, {NUMBER} % of the validation "
        r"pictures right\. ", caption,
    )  # fmt: skip
    assert int(said[1]) == stop
    close(said[2], training[stop], atol=6e-4)
    close(said[3], validation[stop], atol=6e-4)
    share(said[4], right[stop])
    best, told = int(validation.argmin()), caption[said.end() :]
    if best == stop:
        assert told == "This is where the validation loss is lowest."
    else:
        form = "Too early: the validation loss falls until step {}, to {:.3f}." if best > stop else (
            "The validation loss was lowest at step {}, {:.3f}; since then it has risen.")  # fmt: skip
        assert told == form.format(best, validation[best])


def broken(values, caption, page):
    epoch = values["epoch"]
    assert caption.startswith(
        f"Loss in nats after {epoch} epoch{'' if epoch == 1 else 's'}, training and validation: A "
    )
    sizes, X, y = (196, 32, 10), page["X"], page["y"]
    start = nn.flatten(nn.initialise(sizes, np.random.default_rng(0)))
    of_others = tr.objective(sizes, page["X_val"], page["y_val"], "tanh")[0]
    for told, (name, n, rate, size) in zip(
        caption.partition("validation: ")[2].split("; "),
        (("A", 100, 0.1, 10), ("B", 1000, 2e-4, 50), ("C", 1000, 5.0, 50)),
    ):
        loss, slope = tr.objective(sizes, X[:n], y[:n], "tanh")
        path = tr.train(tr.momentum, slope, start, n, rate, size, epoch, np.random.default_rng(0))
        first, last = [loss(path[0]), of_others(path[0])], [loss(path[-1]), of_others(path[-1])]
        assert told.startswith(name + " ")
        if "higher than at the start" in told:
            assert last[0] > first[0] and last[1] > first[1]
            last = first
        for text, value in zip(re.findall(r"\d+\.\d\d", told), last):
            close(text, value, atol=6e-3)


def schedules(values, caption, page):
    size, n_epochs, X, y = (
        int(np.clip(round(values["batch_size"]), 1, 200)),
        8,
        page["shrunk"](page["X"][:200]),
        page["y"][:200],
    )
    loss, slope = tr.objective((49, 8, 10), X, y, "relu")
    n_steps = n_epochs * -(-200 // size)
    epoch = values["epoch"]
    head = re.match(rf"Batches of (\d+) at rate {NUMBER}, loss in nats after (\d+) epochs?: ", caption)
    assert (int(head[1]), int(head[3])) == (size, epoch)
    close(head[2], values["learning_rate"])
    at = np.unique(np.linspace(0, n_steps, 61).round().astype(int))
    for told, kind in zip(caption[head.end() :].rstrip(".").split("; "), ("constant", "step", "cosine", "warm-up")):
        rng, step, w, losses = np.random.default_rng(0), 0, page["eight"], {0: loss(page["eight"])}
        for _ in range(n_epochs):
            rows = rng.permutation(200)
            for first in range(0, 200, size):
                done = step / n_steps
                wave = (1 + np.cos(np.pi * done)) / 2
                part = {"constant": 1, "step": (1, 0.1, 0.01)[int(3 * done)], "cosine": wave,
                        "warm-up": min(1, 10 * (step + 1) / n_steps) * wave}[kind]  # fmt: skip
                w, step = w - values["learning_rate"] * part * slope(w, rows[first : first + size]), step + 1
                losses[step] = loss(w) if step in at else None
        points = at * n_epochs / n_steps
        seen = np.array([losses[k] for k, point in zip(at, points) if epoch - 3 <= point <= epoch + 1e-9])
        if "no longer a number" in told:
            assert not np.isfinite(seen[-1])
            continue
        said, climb = re.fullmatch(rf"{kind} {NUMBER}(?:, climbing by up to {NUMBER})?", told).groups()
        close(said, seen[-1], rtol=0.01)
        most = max(after - before for k, before in enumerate(seen) for after in seen[k:])
        close(climb or "0", most, rtol=0.06, atol=1.01e-3)


def surface(values, caption, page):
    first, _, second = values["line"].partition(" to ")
    loss, _ = tr.objective(page["small"], page["seen"], page["truth"], "relu")
    w = page[first] + values["along"] * (page[second] - page[first])
    way, height, right, n, one, other = re.fullmatch(
        rf"{NUMBER} % of the way from {first} to {second}: loss {NUMBER} nats, {NUMBER} % of (\d+) digits right\. "
        rf"At {first} the loss is {NUMBER}, at {second} {NUMBER}\.", caption,
    ).groups()  # fmt: skip
    assert abs(float(way) - 100 * values["along"]) <= 0.51 and int(n) == 300
    for text, value in ((height, loss(w)), (one, loss(page[first])), (other, loss(page[second]))):
        close(text, value, atol=6e-3)
    share(right, np.mean(nn.predict(nn.unflatten(w, page["small"]), page["seen"], "relu") == page["truth"]))


def losses(values, caption, page):
    X, y = page["D"][:150], page["labels"][:150]
    (W1, b1), (W2, b2) = nn.initialise((64, 16, 10), np.random.default_rng(0))
    b2 = b2 + values["wrong_start"] * (np.arange(10) == 0)
    after, rate, told = re.fullmatch(rf"After (\d+) steps? at rate {NUMBER}: (.*)\.", caption).groups()
    close(rate, values["learning_rate"])
    assert int(after) == values["step"]
    ways = (("cross entropy", lambda layers: nn.gradient(layers, X, y, "tanh")),
            ("½‖p − y‖²", lambda layers: tr.squared_loss_gradient(layers, X, y, nn.tanh)))  # fmt: skip
    for said, (name, gradient) in zip(told.split("; "), ways):
        layers = [(W1, b1), (W2, b2)]
        with np.errstate(all="ignore"):
            for _ in range(values["step"]):
                layers = nn.step(layers, gradient(layers), values["learning_rate"])
            length = np.linalg.norm(nn.flatten(gradient(layers)))
            right = np.mean(nn.predict(layers, X, "tanh") == y)
        share_right, gradient_said = re.fullmatch(
            rf"{name} has {NUMBER} % of 150 digits right, gradient {NUMBER}", said
        ).groups()
        share(share_right, right)
        close(gradient_said, length, rtol=0.1)


RULES = {"well": on_the_well, "rules": rules, "noise": noise, "epochs": epochs, "depth": depth, "heart": heart,
         "broken": broken, "saddle": at_the_saddle, "schedules": schedules, "surface": surface, "losses": losses}  # fmt: skip


def notch(value, low=1.0):
    """The value of a logarithmic slider, which has 40 notches in each decade from low on, that is nearest."""
    return float(low * 10 ** (0.025 * round(np.log10(value / low) / 0.025)))


ANSWERS = [
    ("well", {"start_1": 0.1, "n_steps": 200}, "in the right valley"),
    ("well", {"start_1": 0.05, "n_steps": 200}, "in the left valley"),
    ("well", {"start_1": 0.05, "start_2": -1.0, "n_steps": 200}, "in the left valley"),
    ("well", {"start_1": 1.5, "learning_rate": notch(0.2), "n_steps": 200}, "in the left valley, the lowest, from"),
    ("well", {"start_1": 1.5, "learning_rate": notch(0.3), "n_steps": 200}, "jumps to and fro"),
    ("well", {"start_1": 1.5, "learning_rate": 100}, "blown up"),
    ("rules", {"n_steps": 100, "learning_rate": notch(0.016)}, "momentum is in a valley since"),
    ("rules", {"n_steps": 100, "learning_rate": notch(0.056)}, "momentum is in a valley since"),
    ("rules", {"n_steps": 100, "learning_rate": notch(0.025)}, "momentum is on its way"),
    ("rules", {"n_steps": 100, "learning_rate": notch(0.3)}, ("plain has blown up", "Adam is in a valley since")),
    ("rules", {"n_steps": 100, "learning_rate": notch(0.56)}, "Adam is in a valley since"),
    ("rules", {"terrain": "saddle", "n_steps": 60}, ("momentum is on its way, below the saddle since step 34",
                                                     "Adam is on its way, below the saddle since step 45")),
    ("rules", {"terrain": "saddle", "n_steps": 100}, ("plain is on its way (", "momentum is in a valley since step 63")),
    ("rules", {"terrain": "double well", "learning_rate": notch(0.03), "n_steps": 100},
     ("momentum is in a valley since step 44 (loss -0.305)", "plain is in a valley since step 24 (loss 0.294)")),
    ("noise", {"batch_size": notch(34)}, "the noise is as long as the true gradient"),
    ("epochs", {"epoch": 1}, "After 1 epoch"),
    ("depth", {"step": 0}, "Vanishing: the slope in the last layer is 222 thousand times that in layer 1"),
    ("depth", {"step": 40, "activation": "tanh"}, "99 % of 80 digits right"),
    ("depth", {"step": 40, "activation": "tanh", "gain": notch(1.5)}, "100 % of 80 digits right. The slope"),
    ("depth", {"step": 40, "activation": "tanh", "gain": notch(3)}, re.compile("9[89] % of 80 digits right")),
    ("depth", {"step": 40, "activation": "relu", "gain": notch(1.8), "units": 24, "learning_rate": 0.1}, "92 % of 80"),
    ("depth", {"step": 0, "activation": "relu", "gain": notch(4)}, ("loss 358 nats", "Exploding: the scores spread")),
    ("depth", {"step": 1, "activation": "relu", "gain": notch(4)}, "loss 5.6e+09 nats"),
    ("depth", {"step": 40, "activation": "tanh", "gain": notch(1.5), "learning_rate": 100}, "loss 197 nats"),
    ("depth", {"step": 40, "activation": "tanh", "gain": notch(1.5), "units": 1}, "loss 2.28 nats"),
    ("depth", {"step": 40, "activation": "tanh", "gain": notch(1.5), "data": "one NaN pixel"}, "no step can help"),
    ("heart", {}, ("training loss 0.181", "lowest at step 54, 0.885")),
    ("heart", {"weight_decay": 0.1}, "validation loss 0.891"),
    ("heart", {"weight_decay": 0.5}, "validation loss 1.280"),
    ("heart", {"dropout": 0.5}, ("validation loss 0.912", "69 %")),
    ("broken", {"epoch": 5}, "and 0.89;"),
    ("broken", {}, ("and 1.32;", "C higher than at the start")),
    ("saddle", {"start_2": 0.1, "n_steps": 120}, "from step 32 on"),
    ("saddle", {"start_2": 0.01, "n_steps": 120}, "from step 55 on"),
    ("saddle", {"start_2": 0.001, "n_steps": 120}, "from step 79 on"),
    ("saddle", {"start_2": 0, "n_steps": 120}, "still at the saddle"),
    ("schedules", {"learning_rate": notch(2)}, (", climbing by up to", "cosine 0.5", "warm-up 0.6")),
    ("schedules", {"learning_rate": 0.1}, ("constant 1.44;", "step 2.05", "cosine 1.92")),
    ("schedules", {"learning_rate": notch(2), "batch_size": notch(100, 5)}, "constant 0.99"),
    ("surface", {}, "85 % of 300 digits right"),
    ("surface", {"line": "P to R"}, "loss 0.31 nats"),
    ("losses", {"wrong_start": 0}, "½‖p − y‖² has 92 %"),
    ("losses", {"wrong_start": 0, "step": 7}, "cross entropy has 95 %"),
    ("losses", {"wrong_start": 8}, "½‖p − y‖² has 10 %"),
    ("losses", {"wrong_start": 30}, "gradient 1.3e-12"),
]  # fmt: skip
ASKED = [
    ("noise", {"batch_size": notch(34)}, "right. ▲ The answer is 35."),
    ("noise", {"batch_size": notch(100)}, "2.9 times too large"),
    ("depth", {"activation": "tanh", "units": 24, "gain": notch(2, 0.1), "step": 9}, "✔ 9 steps."),
    ("depth", {"activation": "tanh", "units": 24, "gain": notch(2, 0.1), "step": 8}, "Not yet"),
]
