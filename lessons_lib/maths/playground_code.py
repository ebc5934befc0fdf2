"""A training of the playground written out as code: lines of numpy that repeat it, and lines of scikit-learn."""

import inspect
import textwrap

import numpy as np

from lessons_lib.maths import playground
from lessons_lib.maths.formulas import numpy_formula

_ACTIVATIONS = {
    "sigmoid": "    return np.exp(-np.logaddexp(0, -z))",
    "tanh": "    return np.tanh(z)", "relu": "    return np.maximum(z, 0)", "linear": "    return z",
}  # fmt: skip
_SLOPES = {"sigmoid": "a * (1 - a)", "tanh": "1 - a**2", "relu": "(a > 0) * 1.0", "linear": "np.ones_like(a)"}
_RULES = {
    "sgd": ["def sgd(w, slope, rate, memory):", "    return w - rate * slope, None"],
    "momentum": ["def momentum(w, slope, rate, memory):",
                 "    velocity = slope if memory is None else 0.9 * memory + slope",
                 "    return w - rate * velocity, velocity"],
    "adam": ["def adam(w, slope, rate, memory):",
             "    mean, square, k = (0.0, 0.0, 0) if memory is None else memory",
             "    mean, square, k = 0.9 * mean + (1 - 0.9) * slope, 0.999 * square + (1 - 0.999) * slope**2, k + 1",
             "    step = mean / (1 - 0.9**k) / (np.sqrt(square / (1 - 0.999**k)) + 1e-8)",
             "    return w - rate * step, (mean, square, k)"],
}  # fmt: skip


def numpy_code(data, formulas, cut, task, segments):
    """Lines of numpy that train this very network from its seed to its loss, on their own -> text.

    data: lines that make `points` (n, 2) and `targets` (n,) from numpy and what they import; formulas: {name: text or
    function}; cut: how many of the shuffled points are for training; segments: [(settings, steps), ...] as of
    `Training.segments`. The text ends with `loss` (training, validation). A function of the learner's is written out
    where Python still knows its text; else its name stands there, to be defined first.
    """
    rules = {_name(each.rule, playground.RULES) for each, _ in segments}
    parts = [["import numpy as np", *data], _split(formulas, cut, task.seed), *_own_functions(task, segments, formulas)]
    parts += [_network(task), _gradient(task, any(each.dropout for each, _ in segments))]
    parts += [lines for name, lines in _RULES.items() if name in rules]
    return "\n\n".join("\n".join(part) for part in [*parts, _training(task, segments)]) + "\n"


def scikit_learn_code(data, formulas, cut, task, segments):
    """Lines of scikit-learn that train the nearest thing it has, and a comment for what it cannot do -> text.

    Arguments as in `numpy_code`. It draws weights and batches of its own, so the loss is near, not the same.
    """
    settings, _ = segments[-1] if segments else (playground.Settings(0.1, playground.RULES["sgd"], 10), 0)
    known = {"sigmoid": "logistic", "tanh": "tanh", "relu": "relu", "linear": "identity"}
    names = [_name(phi, playground.ACTIVATIONS) for phi in task.activations] or ["linear"]
    rule = _name(settings.rule, playground.RULES)
    n, n_steps = len(task.y), sum(steps for _, steps in segments)
    epochs = max(1, round(n_steps / -(-n // min(settings.batch_size, n))))
    lacks = ["its weights and batches are drawn in its own way"]
    lacks += [f"one activation for all layers ({names[0]})"] if len(set(names)) > 1 or names[0] not in known else []
    lacks += ["two classes share one output"] if not task.regression and task.layer_sizes[-1] == 2 else []
    lacks += ["no dropout"] if settings.dropout else []
    lacks += ["L2 in the place of L1"] if settings.penalty == "L1" and settings.weight_decay else []
    lacks += ["only the last settings"] if len(segments) > 1 else []
    lacks += [f"Adam in the place of {rule}"] if rule not in playground.RULES else []
    kind = "MLPRegressor" if task.regression else "MLPClassifier"
    classes = "" if task.regression else ", classes=np.unique(y)"
    own = [] if task.regression else ["from sklearn.metrics import log_loss"]
    measured = "np.mean((model.predict({0}) - {1}) ** 2) / 2" if task.regression else (
        "log_loss({1}, model.predict_proba({0}), labels=model.classes_)")  # fmt: skip
    lines = [
        f"# What differs: {'; '.join(lacks)}.",
        f"model = {kind}(",
        f"    hidden_layer_sizes={task.layer_sizes[1:-1]},",
    ]
    solver = "sgd" if rule in ("sgd", "momentum") else "adam"
    lines += [f"    activation={known.get(names[0], 'tanh')!r}, solver={solver!r},",
              f"    learning_rate_init={settings.learning_rate!r}, batch_size={min(settings.batch_size, n)},"
              f" alpha={settings.weight_decay * min(settings.batch_size, n)!r},",
              f"    momentum={0.9 if rule == 'momentum' else 0.0}, nesterovs_momentum=False, random_state={task.seed},",
              ")", f"for epoch in range({epochs}):", f"    model.partial_fit(X, y{classes})",
              f"loss = {measured.format('X', 'y')}, {measured.format('X_validation', 'y_validation')}",
              'print(f"loss {loss[0]:.6g} in training, {loss[1]:.6g} in validation")']  # fmt: skip
    head = ["import numpy as np", *own, f"from sklearn.neural_network import {kind}", *data]
    parts = [head, _split(formulas, cut, task.seed), *_own_functions(task, (), formulas)[: len(_own(formulas))], lines]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def points_as_text(X, y):
    """Lines that make `points` and `targets` from nothing but numbers."""
    numbers = ", ".join(f"[{a!r}, {b!r}]" for a, b in np.asarray(X, dtype=float).tolist())
    return [
        *textwrap.wrap(f"points = np.array([{numbers}])", 110),
        *textwrap.wrap(f"targets = np.array({y.tolist()})", 110),
    ]


def _name(function, known):
    return next((name for name, each in known.items() if each is function), getattr(function, "__name__", "own"))


def _own(formulas):
    return [formula for formula in formulas.values() if callable(formula)]


def _own_functions(task, segments, formulas):
    """The text of every function of the learner's, one part each."""
    known = {*playground.ACTIVATIONS.values(), *playground.RULES.values()}
    functions = dict.fromkeys([*_own(formulas), *task.activations, *(settings.rule for settings, _ in segments)])
    return [_source(function) for function in functions if function not in known]


def _source(function):
    try:
        text = textwrap.dedent(inspect.getsource(function))
        if text.startswith("def "):
            return text.rstrip().splitlines()
    except (OSError, TypeError):
        pass
    return [f"# Define your own function {_name(function, {})} here."]


def _split(formulas, cut, seed):
    columns = [f"{_name(each, {})}(points)" if callable(each) else numpy_formula(each) for each in formulas.values()]
    columns = [f"np.broadcast_to({column}, len(points))" for column in columns] or ["np.zeros(len(points))"]
    return ["x1, x2 = points.T",
            'with np.errstate(all="ignore"):',
            f"    inputs = np.column_stack([{', '.join(columns)}])",
            "inputs = np.clip(np.nan_to_num(inputs, nan=0, posinf=10, neginf=-10), -10, 10)",
            f"rows = np.random.default_rng({seed}).permutation(len(points))",
            f"X, y, X_validation, y_validation = inputs[rows[:{cut}]], targets[rows[:{cut}]], inputs[rows[{cut}:]], "
            f"targets[rows[{cut}:]]"]  # fmt: skip


def _network(task):
    names = [_name(phi, playground.ACTIVATIONS) for phi in task.activations]
    lines = []
    for phi in dict.fromkeys(task.activations):
        name = _name(phi, playground.ACTIVATIONS)
        if phi in playground.ACTIVATIONS.values():
            lines += [f"def {name}(z):", _ACTIVATIONS[name], ""]
            lines += [f"def {name}_slope(z, a):", f"    return {_SLOPES[name]}", ""]
        else:
            lines += [f"def {name}_slope(z, a):", f"    return ({name}(z + 1e-5) - {name}(z - 1e-5)) / 2e-5", ""]
    return [*lines, f"layer_sizes = {task.layer_sizes}",
            f"activations = [{', '.join(names)}]", f"bends = [{', '.join(name + '_slope' for name in names)}]", "",
            "def layers_of(w):",
            "    layers, start = [], 0",
            "    for n_in, n_out in zip(layer_sizes, layer_sizes[1:]):",
            "        W, start = w[start : start + n_out * n_in].reshape(n_out, n_in), start + n_out * n_in",
            "        layers.append((W, w[start : start + n_out]))",
            "        start += n_out",
            "    return layers"]  # fmt: skip


def _gradient(task, with_dropout):
    drop = ["        if dropout:",
            "            mask = (rng.random(a.shape) >= dropout) / (1 - dropout)",
            "            a, bend = a * mask, mask * bend"] if with_dropout else []  # fmt: skip
    if task.regression:
        error, measured = "scores - y.reshape(-1, 1)", ["    return np.mean((scores[:, 0] - y) ** 2) / 2"]
    else:
        error = "softmax(scores) - np.eye(scores.shape[1])[y]"
        measured = [
            "    scores = scores - scores.max(axis=1, keepdims=True)",
            "    return np.mean(np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(len(y)), y])",
        ]
    softmax = [] if task.regression else ["def softmax(scores):",
               "    e = np.exp(scores - scores.max(axis=1, keepdims=True))",
               "    return e / e.sum(axis=1, keepdims=True)", ""]  # fmt: skip
    return [*softmax, f"def gradient(w, X, y{', dropout, rng' if with_dropout else ''}):",
            "    layers, A, slopes = layers_of(w), [X], []",
            "    for (W, b), activation, bend_of in zip(layers, activations, bends):",
            "        z = A[-1] @ W.T + b",
            "        a = activation(z)",
            "        bend = bend_of(z, a)", *drop,
            "        A.append(a)",
            "        slopes.append(bend)",
            "    scores = A[-1] @ layers[-1][0].T + layers[-1][1]",
            f"    deltas = [({error}) / len(y)]",
            "    for (W, b), bend in zip(layers[:0:-1], slopes[::-1]):",
            "        deltas.insert(0, deltas[0] @ W * bend)",
            "    return np.concatenate([part.ravel() for d, a in zip(deltas, A) for part in (d.T @ a, d.sum(axis=0))])",
            "",
            "def loss_of(w, X, y):",
            "    *hidden, (V, c) = layers_of(w)",
            "    for (W, b), activation in zip(hidden, activations):",
            "        X = activation(X @ W.T + b)",
            "    scores = X @ V.T + c", *measured]  # fmt: skip


def _training(task, segments):
    """The start, the stretches with their settings, and the loop over the steps."""
    with_dropout = any(settings.dropout for settings, _ in segments)
    rows = [
        f"    ({n_steps}, {_name(each.rule, playground.RULES)}, {each.learning_rate!r}, {each.batch_size}, "
        f"{each.weight_decay!r}, {each.penalty!r}, {each.dropout!r}),"
        for each, n_steps in segments
    ]
    more = f", dropout, np.random.default_rng(({task.seed}, 1, step))" if with_dropout else ""
    return [f"rng = np.random.default_rng({task.seed})",
            "layers = [(rng.normal(size=(n_out, n_in)) / np.sqrt(n_in), np.zeros(n_out))",
            "          for n_in, n_out in zip(layer_sizes, layer_sizes[1:])]",
            "w = np.concatenate([part.ravel() for layer in layers for part in layer])",
            "is_weight = np.concatenate([np.repeat([1.0, 0.0], [W.size, b.size]) for W, b in layers])",
            "# steps, update rule, learning rate, batch size, weight decay, its kind, dropout",
            "stretches = [", *rows, "]",
            "step, memory, last_rule = 0, None, None",
            'with np.errstate(all="ignore"):',
            "    for n_steps, rule, rate, batch_size, weight_decay, penalty, dropout in stretches:",
            "        memory = memory if rule is last_rule else None",
            "        for step in range(step, step + n_steps):",
            "            size = min(batch_size, len(y))",
            "            epoch, place = divmod(step, -(-len(y) // size))",
            f"            order = np.random.default_rng(({task.seed}, epoch)).permutation(len(y))",
            "            batch = order[place * size : (place + 1) * size]",
            f"            slope = gradient(w, X[batch], y[batch]{more})",
            "            old = w",
            "            w, memory = rule(w, slope, rate, memory)",
            "            if weight_decay:",
            '                pull = np.sign(old) if penalty == "L1" else old',
            "                w = w - rate * (weight_decay * is_weight) * pull",
            "        step, last_rule = step + 1, rule",
            "    loss = loss_of(w, X, y), loss_of(w, X_validation, y_validation)",
            'print(f"loss {loss[0]:.6g} in training, {loss[1]:.6g} in validation")']  # fmt: skip
