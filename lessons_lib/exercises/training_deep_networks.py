"""Exercises of lesson 07: momentum, minibatches, early stopping, three broken training runs."""

import itertools

import numpy as np

from lessons_lib.exercises.checking import Exercise
from lessons_lib.maths.training_deep_networks import early_stopping, minibatches, momentum


def _steps():
    rng = np.random.default_rng(5)
    at_rest = ("no velocity yet", (np.array([1.0, -2.0]), np.array([0.5, 4.0]), 0.1, np.zeros(2), 0.9))
    return [at_rest] + [
        (f"a random step in {d} dimensions", (rng.normal(size=d), rng.normal(size=d), rate, rng.normal(size=d), beta))
        for d, rate, beta in ((2, 0.1, 0.9), (5, 0.02, 0.5), (3, 1.5, 0.99))
    ]


check_momentum = Exercise(
    momentum,
    _steps(),
    hints=[
        "First the new velocity, from the old one (memory) and the slope; then the step, along the new velocity.",
        "velocity = beta * memory + slope",
        "return w - learning_rate * velocity, velocity",
    ],
    mistakes=[
        (lambda w, g, r, v, beta: (w + r * (beta * v + g), beta * v + g), "The sign is flipped: this climbs. Subtract learning_rate times the velocity."),
        (lambda w, g, r, v, beta: (w - r * g, beta * v + g), "This steps along the slope alone: step along the new velocity."),
        (lambda w, g, r, v, beta: (w - r * v, beta * v + g), "This steps along the old velocity: compute the new one first."),
        (lambda w, g, r, v, beta: (w - beta * v - r * g, beta * v + r * g), "Here the learning rate multiplies the whole velocity, in the step: leave it out of the velocity."),
        (lambda w, g, r, v, beta: (w - r * (beta * v + (1 - beta) * g), beta * v + (1 - beta) * g), "The slope is added whole here, without the factor 1 − β."),
        (lambda w, g, r, v, beta: (w - r * (v + g), v + g), "β is missing: the old velocity needs to fade, beta * memory."),
        (lambda w, g, r, v, beta: (w - r * (v + beta * g), v + beta * g), "β belongs to the old velocity, not to the slope."),
        (lambda w, g, r, v, beta: (w - (beta * v + g), beta * v + g), "The learning rate is missing from the step."),
        (lambda w, g, r, v, beta: (beta * v + g, w - r * (beta * v + g)), "Swapped: return the new w first, then the new velocity."),
        (lambda w, g, r, v, beta: (w - r * (beta * v + g), v), "Return the new velocity, not the old one: the next step needs it."),
        (lambda w, g, r, v, beta: w - r * (beta * v + g), "Only the new w came back: return the new velocity as well, the next step needs it."),
        (lambda w, g, r, v, beta: (w - r * g, v), "This is plain descent: the velocity is missing."),
        (lambda w, g, r, v, beta: (w + beta * v - r * g, beta * v - r * g), "Right path, other book-keeping: here the velocity is βv + g, without rate or minus sign."),
        (lambda w, g, r, v, beta: (w - r * (beta * v - g), beta * v - g), "The slope is added to the velocity, not subtracted."),
        (lambda w, g, r, v, beta: (w - r * (g + beta * (beta * v + g)), beta * v + g), "This looks ahead (Nesterov): here the step is the new velocity itself."),
        (lambda w, g, r, v, beta: (w - r * beta * (v + g), beta * (v + g)), "β belongs to the old velocity only: beta * memory + slope."),
        (lambda w, g, r, v, beta: (w - r * (beta * v + g) - r * g, beta * v + g), "The slope counts twice: it is in the velocity already."),
        (lambda w, g, r, v, beta: (w - r * (beta * v + g), r * (beta * v + g)), "Return the velocity without the learning rate."),
        (lambda w, g, r, v, beta: momentum(w, g, r, v), "β is an argument: use beta, not 0.9."),
        (lambda w, g, r, v, beta: (w - r * g, g), "The old velocity has no say: the new one is beta * memory + slope, and the step goes along it."),
        (lambda w, g, r, v, beta: (w - r * beta * v, beta * v), "The slope has no say: the new velocity is beta * memory + slope."),
        (lambda w, g, r, v, beta: (w - r * (beta + v + g), beta + v + g), "β is multiplied with the old velocity, not added: beta * memory + slope."),
        (lambda w, g, r, v, beta: (w - r * beta * v * g, beta * v * g), "The slope is added, not multiplied: beta * memory + slope."),
        (lambda w, g, r, v, beta: (w - r * beta * g, beta * g), "The old velocity is missing: beta * memory + slope."),
        (lambda w, g, r, v, beta: (w - r * ((1 - beta) * v + g), (1 - beta) * v + g), "β itself says how much of the old velocity stays: beta * memory, not (1 − beta) * memory."),
        (lambda w, g, r, v, beta: (w - r * ((1 - beta) * v + beta * g), (1 - beta) * v + beta * g), "The other way round, and no 1 − β is needed: beta * memory + slope."),
        (lambda w, g, r, v, beta: (w - r * (beta * w + g), beta * w + g), "β multiplies the old velocity, memory, and not w: beta * memory + slope."),
        (lambda w, g, r, v, beta: (w - r * (v + g), beta * v + g), "β is missing in the step: it goes along the new velocity, beta * memory + slope."),
        (lambda w, g, r, v, beta: (w - r * (v / beta + g), v / beta + g), "The old velocity is multiplied with β, so that it fades; not divided by it."),
        (lambda w, g, r, v, beta: (w - r * (beta * v + g) / 2, (beta * v + g) / 2), "This is the mean of the two; add them: beta * memory + slope, without a half."),
        (lambda w, g, r, v, beta: (w - r * (beta * v + r * g), beta * v + r * g), "The learning rate counts twice for the slope: leave it out of the velocity, it is in the step."),
        (lambda w, g, r, v, beta: (w - beta * v + r * g, beta * v - r * g), "The slope is subtracted twice over: the velocity is beta * memory + slope, and the step subtracts learning_rate times it."),
        (lambda w, g, r, v, beta: (w - r * (g + beta * g), g + beta * g), "β multiplies the old velocity, memory, which has no say here; the slope is added as it is."),
        (lambda w, g, r, v, beta: (w - r * (beta * v + g**2), beta * v + g**2), "The slope is added as it is, without a square."),
        (lambda w, g, r, v, beta: (w - r * (beta * v + abs(g)), beta * v + abs(g)), "The slope is added with its sign, no absolute value."),
        (lambda w, g, r, v, beta: (w - r * (beta**2 * v + g), beta**2 * v + g), "β multiplies the old velocity once, not twice."),
        (lambda w, g, r, v, beta: (w - r * beta * (beta * v + g), beta * v + g), "In the step β is one too many: learning_rate * velocity, as β is in the velocity already."),
        (lambda w, g, r, v, beta: (w - r * beta * (v + g), v + g), "β belongs to the old velocity, beta * memory + slope, and not to the step."),
        (lambda w, g, r, v, beta: (w - r * beta * (v - g), beta * (v - g)), "Two slips: the slope is added, not subtracted, and β belongs to the old velocity alone."),
        (lambda w, g, r, v, beta: (w - r * (beta * v + g), v + beta * v + g), "The step is right; the new velocity replaces the old one, it is not added to it."),
        (lambda w, g, r, v, beta: (beta * v + g, w + r * (beta * v + g)), "Two slips: the new w comes first, and the step is subtracted from it."),
        (lambda w, g, r, v, beta: (w + (beta * v + r * g), beta * v + r * g), "This climbs: subtract the step; and the velocity is beta * memory + slope, without the learning rate."),
        (lambda w, g, r, v, beta: (w - r * (beta * (beta * v + g) + g), beta * (beta * v + g) + g), "Two rounds of the velocity in one step: beta * memory + slope, once."),
        (lambda w, g, r, v, beta: (r * (beta * v + g), beta * v + g), "This is the step; the new w is asked for: w - learning_rate * velocity."),
        (lambda w, g, r, v, beta: (-r * (beta * v + g), beta * v + g), "This is the step alone; the new w is asked for: w - learning_rate * velocity."),
        (lambda w, g, r, v, beta: (w, beta * v + g), "w has not moved: return w - learning_rate * velocity."),
        (lambda w, g, r, v, beta: (r * (beta * v + g) - w, beta * v + g), "The subtraction is the wrong way round: w - learning_rate * velocity."),
        (lambda w, g, r, v, beta: (w - r / (beta * v + g), beta * v + g), "Multiply: learning_rate * velocity, not learning_rate / velocity."),
        (lambda w, g, r, v, beta: (w - (beta * v + g) / r, beta * v + g), "Multiply with the learning rate, do not divide by it."),
        (lambda w, g, r, v, beta: (w * r * (beta * v + g), beta * v + g), "The step is subtracted from w: w - learning_rate * velocity."),
        (lambda w, g, r, v, beta: (w * (1 - r * beta), beta * v + g), "The step goes along the new velocity: w - learning_rate * velocity."),
        (lambda w, g, r, v, beta: (w - r * ((beta * v + g) @ (beta * v + g)), beta * v + g), "velocity @ velocity is one number; each parameter steps by its own part of the velocity: learning_rate * velocity."),
        (lambda w, g, r, v, beta: (w - r * np.linalg.norm(beta * v + g), beta * v + g), "The length of the velocity is one number; step along the velocity itself."),
        (lambda w, g, r, v, beta: (w - r * np.sign(beta * v + g), beta * v + g), "This steps by its sign; step along the velocity itself."),
        (lambda w, g, r, v, beta: (w - r * (beta * v + g), -(beta * v + g)), "The step is right; the velocity is beta * memory + slope, without a minus."),
        (lambda w, g, r, v, beta: (w - r * (beta * v + g), g), "The step is right; return the new velocity, not the slope: the next step needs it."),
        (lambda w, g, r, v, beta: (w - r * (beta * v + g), beta * (beta * v + g)), "The step is right; β multiplies the velocity at the next call, do not do it twice."),
        (lambda w, g, r, v, beta: (w - r * (beta * v + g), beta * v), "The step is right; the new velocity holds the slope, too: beta * memory + slope."),
        (lambda w, g, r, v, beta: beta * v + g, "This is the new velocity; the new w comes first: w - learning_rate * velocity, velocity."),
        (lambda w, g, r, v, beta: w - r * g, "This is plain descent, and the velocity is missing: return the new w and the new velocity."),
        (lambda w, g, r, v, beta: (w - r * g - beta * v, beta * v + g), "The learning rate multiplies the whole velocity, its old part as well."),
        (lambda w, g, r, v, beta: (w - g - r * beta * v, beta * v + g), "The learning rate multiplies the whole velocity, the slope as well."),
        (lambda w, g, r, v, beta: (w + (beta * v + g), beta * v + g), "Two slips: subtract the step, and the learning rate is missing from it."),
    ],
)  # fmt: skip


def _dealt(batches, n, batch_size, rng):
    """What every right shuffle has in common, however random: nine numbers, told by _ABOUT_BATCHES."""
    if not isinstance(batches, (list, tuple, np.ndarray)):
        return [1 if hasattr(batches, "__next__") else 2] + [0] * 8
    if any(np.ndim(batch) == 0 and np.asarray(batch).dtype.kind in "iuf" for batch in batches):
        return [{n: 3, batch_size: 4}.get(len(batches), 5)] + [0] * 8
    kind = max((_kind(batch) for batch in batches), default=0)
    if kind:
        return [0, kind] + [0] * 7
    rows = np.concatenate([np.asarray(batch, dtype=int) for batch in batches] or [np.arange(0)])
    times = np.bincount(np.clip(rows, 0, n - 1), minlength=n)
    sizes = [len(batch) for batch in batches] or [0]
    return [0, 0, ((rows < 0) | (rows >= n)).any(), (times == 0).any(), (times > 1).any(), len(batches), max(sizes),
            min(sizes), _mixed([np.asarray(batch) for batch in batches if len(batch)], n, batch_size)]  # fmt: skip


def _kind(batch):
    """0 for row numbers that pick rows, X[batch]; 1 for floats, 2 for a mask of yes and no, 3 for a tuple or a set, 4 for a table."""
    if isinstance(batch, (tuple, set)):
        return 3
    if np.ndim(batch) > 1:
        return 4
    return {"i": 0, "u": 0, "f": 1, "b": 2}.get(np.asarray(batch).dtype.kind if len(batch) else "i", 3)


def _mixed(batches, n, batch_size):
    """4 when the rows are well mixed; else 0 in order, 1 backwards, 2 shuffled blocks, 3 blocks shuffled inside, 5 pairs,
    6 with the same step from row to row.

    A dozen rows may lie in such an order by chance, so few rows count as mixed.
    """
    steps = np.diff(np.concatenate(batches)) if batches else np.zeros(0)
    if n < 50:
        return 4
    if (steps == 1).all():
        return 0
    if (steps == -1).all():
        return 1
    if len(set(steps % n)) == 1:
        return 6
    if all(np.ptp(batch) < batch_size for batch in batches):
        return 2 if all((np.diff(batch) == 1).all() for batch in batches) else 3
    return 5 if 5 * batch_size < n and np.sum(np.abs(steps) == 1) > n / 3 else 4


_ABOUT_BATCHES = (
    "return a list of the batches, each an array of row numbers.",
    "each batch needs to be an array of row numbers, whole numbers: X[batch] picks these rows.",
    "there are row numbers below 0 or above n − 1.",
    "some rows are in no batch.",
    "some rows come more than once.",
    "there are too few or too many batches.",
    "some batches are longer or shorter than batch_size.",
    "only the last batch may be shorter, by what is missing to batch_size.",
    "neighbours in the file always meet in one batch: shuffle all rows, then cut.",
)


def _in_order(n, batch_size, rng):
    return [np.arange(n)[first : first + batch_size] for first in range(0, n, batch_size)]


def _blocks_in_random_order(n, batch_size, rng):
    blocks = _in_order(n, batch_size, rng)
    return [blocks[place] for place in rng.permutation(len(blocks))]


def _in_pairs(n, batch_size, rng):
    rows = (2 * rng.permutation(n // 2)[:, None] + np.arange(2)).ravel()
    rows = np.append(rows, np.arange(n // 2 * 2, n))
    return [rows[first : first + batch_size] for first in range(0, n, batch_size)]


def _drawn_anew(n, batch_size, rng):
    return [rng.choice(n, batch_size, replace=False) for _ in range(0, n, batch_size)]


check_minibatches = Exercise(
    minibatches,
    [
        (f"{n} samples in batches of {size}", (n, size, np.random.default_rng(seed)))
        for n, size, seed in ((12, 4, 1), (50, 8, 2), (50, 8, 5), (100, 7, 3), (60, 25, 4))
    ],
    hints=[
        "Shuffle all the row numbers once: rows = rng.permutation(n).",
        "Cut them into pieces: rows[0:batch_size], rows[batch_size:2 * batch_size], ...",
        "return [rows[first:first + batch_size] for first in range(0, n, batch_size)]",
    ],
    mistakes=[
        (_in_order, "Not shuffled: neighbours in the file would always meet in one batch. Begin with rng.permutation(n)."),
        (lambda n, size, rng: minibatches(n, size, rng)[: n // size], "The last, shorter batch is missing: some rows are never used."),
        (_drawn_anew, "Each batch is drawn on its own: some rows come twice, others never. Shuffle once, then cut."),
        (lambda n, size, rng: [rng.permutation(n)[k : k + size] for k in range(0, n, size)], "Some rows come twice, others never: is there a new shuffle for every batch, or a draw with repetition? Shuffle once, before the loop: rng.permutation(n)."),
        (lambda n, size, rng: [part for rows in [rng.permutation(n)] for part in [rows[k : k + size] for k in range(n)]],
         "The batches overlap: the next one starts batch_size rows later, not one row later."),
        (lambda n, size, rng: [rng.permutation(n)], "This is one batch with all rows: cut it into pieces of batch_size."),
        (lambda n, size, rng: rng.permutation(n), "All row numbers came back in one row; return a list of batches, each an array. (Into a list, append a whole batch: extend or += put in its numbers one by one.)"),
        (lambda n, size, rng: rng.permutation(n)[:size], "Only one batch came back, and not in a list: is the return inside the loop? Return a list of all batches."),
        (lambda n, size, rng: list(rng.permutation(n)[::size]), "Single row numbers came back, one for each batch: cut slices, rows[first : first + batch_size]."),
        (lambda n, size, rng: minibatches(n, size, rng)[:1], "Only the first batch came back: is the return inside the loop?"),
        (lambda n, size, rng: [rows + 1 for rows in minibatches(n, size, rng)], "Rows count from 0 to n − 1, and some of these lie outside."),
        (lambda n, size, rng: np.array_split(rng.permutation(n), size), "batch_size is the length of a batch, not the number of batches."),
        (lambda n, size, rng: [rng.permutation(rows) for rows in _in_order(n, size, rng)],
         "Shuffled only inside each block: neighbours in the file still always meet. Shuffle all n rows first, then cut."),
        (_blocks_in_random_order, "Only the order of the batches is random: neighbours in the file still always meet."),
        (lambda n, size, rng: _drawn_anew(n // size * size, size, rng), "Each batch is drawn on its own: some rows come twice, others never. Shuffle once, then cut."),
        (lambda n, size, rng: [rows[: size - 1] for rows in minibatches(n, size, rng)], "A slice ends before its second number: rows[first : first + batch_size]."),
        (lambda n, size, rng: minibatches(n, size, rng)[1:], "A whole batch is missing: does the first one begin at 0?"),
        (lambda n, size, rng: [rows[k * size : (k + 1) * size] for rows in [rng.permutation(n)] for k in range(n // size + 1)],
         "There is an empty batch: count the batches again; range(0, n, batch_size) does."),
        (lambda n, size, rng: np.array_split(rng.permutation(n), -(-n // size)), "Equal parts are not batches of batch_size: only the last one may be shorter."),
        (lambda n, size, rng: (rows for rows in minibatches(n, size, rng)), "This is a generator, or something like it, that hands out the batches one by one: return list(...) of it, or append each batch to a list instead of yield."),
        (lambda n, size, rng: {}, "Return a list of the batches, not a dictionary or a set of them."),
        (lambda n, size, rng: [rows.astype(float) for rows in minibatches(n, size, rng)], "The row numbers are no whole numbers (they print as 3.0, not 3): X[batch] needs whole numbers, as rng.permutation(n) gives."),
        (lambda n, size, rng: [rows == rows for rows in minibatches(n, size, rng)], "These are masks of True and False; row numbers are asked for."),
        (lambda n, size, rng: [set(rows) for rows in minibatches(n, size, rng)], "Each batch is a tuple or a set, which cannot pick rows, X[batch]: make each an array."),
        (lambda n, size, rng: [np.arange(n)[::-1][k : k + size] for k in range(0, n, size)], "Not shuffled, only backwards: neighbours in the file still always meet. Begin with rng.permutation(n)."),
        (lambda n, size, rng: rng.permutation(n).reshape(-1, size), "batch_size need not divide n, so the last batch may be shorter: no table (np.array, reshape) and no equal parts (np.split into a number of them) can hold the batches. Cut pieces, rows[first : first + batch_size]."),
        (_in_pairs, "Neighbours in the file stay together: shuffle the rows one by one, rng.permutation(n), then cut."),
        (lambda n, size, rng: [np.arange(n)[k : k + size] * 7 % n for k in range(0, n, size)], "From row to row it is always the same step: that is an order, too. Shuffle with rng.permutation(n)."),
        (lambda n, size, rng: [rows[:, None] for rows in minibatches(n, size, rng)], "Each row number stands in brackets of its own: a batch is one array of numbers."),
        (lambda n, size, rng: [rows[: size + 1] for rows in [rng.permutation(n)] for rows in [rows[k : k + size + 1] for k in range(0, n, size)]],
         "The batches overlap by one row: rows[first : first + batch_size] ends before its second number."),
        (lambda n, size, rng: [rows[k : k + 1] for rows in [rng.permutation(n)] for k in range(n)], "One batch for every row: cut pieces of batch_size rows, range(0, n, batch_size)."),
        (lambda n, size, rng: minibatches(n, size, rng) * 2, "Every batch comes twice: go through the rows once."),
        (lambda n, size, rng: minibatches(n - 1, size, rng), "One row is missing: the numbers go from 0 to n − 1, and rng.permutation(n) holds them all."),
        (lambda n, size, rng: [], "The list is empty: no batch was put into it."),
    ],
    seen=_dealt,
    words=_ABOUT_BATCHES,
)  # fmt: skip


def diagnosis(run):
    """What went wrong in run A, B and C: 1 rate too large, 2 rate too small, 3 learned by heart, 4 a NaN in the data.

    run: "A", "B" or "C" -> a whole number. A: 100 samples, learned by heart, while the test loss rises again.
    B: falls evenly, and both losses together: more of the same would help. C: leaps about above its start.
    """
    return {"A": 3, "B": 2, "C": 1}[run]


_WHY_NOT = {
    ("A", 1): "A falls evenly to 0 on its training samples; too large a rate would leap about.",
    ("A", 2): "A has all but learned its training samples after ten epochs: it is not slow.",
    ("A", 4): "A has numbers to draw; one NaN would have spoiled its first gradient.",
    ("B", 1): "B never leaps: every epoch is a little better than the one before.",
    ("B", 3): "In B the test loss falls along with the training loss: nothing is known by heart.",
    ("B", 4): "B has numbers to draw; one NaN would have spoiled its first gradient.",
    ("C", 2): "C moves a lot, up and down: its steps are not too small.",
    ("C", 3): "C has not even learned its training samples.",
    ("C", 4): "C has numbers to draw; one NaN would have spoiled its first gradient.",
}


_NO_NUMBER, _WHOLE_TABLE = "no number of a cause", {"A": 3, "B": 2, "C": 1}


def _guesses():
    """Every set of three wrong or partly wrong diagnoses, with the reasons against the wrong ones."""
    yield (
        lambda run: _WHOLE_TABLE,
        "The whole dictionary came back; return the number of the run that is asked for: end it with [run].",
    )
    yield (
        lambda run: _NO_NUMBER,
        "Give the number of a cause, 1 to 4, for each run: a number, without quotes or brackets.",
    )
    for causes in itertools.product((1, 2, 3, 4, _NO_NUMBER), repeat=3):
        guess = dict(zip("ABC", causes))
        against = [_WHY_NOT[pair] for pair in guess.items() if pair in _WHY_NOT]
        missing = [run for run, cause in guess.items() if cause == _NO_NUMBER]
        if missing and len(missing) < 3:
            against.append(f"{' and '.join(missing)}: give the number of a cause, 1 to 4, without quotes or brackets.")
        if against:
            yield guess.__getitem__, " ".join(against)


def _cause(answer, run):
    if isinstance(answer, dict):
        return -1
    return next((cause for cause in (1, 2, 3, 4) if np.ndim(answer) == 0 and answer == cause), 0)


check_diagnosis = Exercise(
    diagnosis,
    [(f"run {run}", (run,)) for run in "ABC"],
    hints=[
        "Look at the training loss first: does it fall, creep or leap?",
        "Then compare the test loss with it: do the two part?",
        "Leaping points to 1, creeping to 2, a test loss that turns upwards to 3, no curve at all to 4.",
    ],
    mistakes=list(_guesses()),
    seen=_cause,
    words=("give the number of a cause, 1 to 4, without quotes.",),
)


def _two_curves():
    rng = np.random.default_rng(6)
    by_hand = [
        ("a validation loss with one valley", ([5.0, 4, 3, 2, 1, 0], [5.0, 3, 2, 2.5, 3, 4], 2)),
        (
            "a valley, a hill and a deeper valley too far away",
            ([6.0, 5, 4, 3, 2, 1, 0], [5.0, 3, 4, 4.5, 4.6, 1, 2], 3),
        ),
        ("a small bump on the way down", ([6.0, 5, 4, 3, 2, 1, 0], [5.0, 4, 4.2, 3, 3.5, 3.2, 3.4], 2)),
        ("a validation loss that falls to the end", ([4.0, 3, 2, 1], [4.0, 3.5, 3.2, 3.1], 2)),
        (
            "three valleys, each deeper",
            ([9.0, 8, 7, 6, 5, 4, 3, 2, 0, 1], [5.0, 3, 4, 4.1, 2.5, 4, 4.1, 4.2, 4.3, 1], 2),
        ),
        ("never two rises in a row", ([9.0, 8, 7, 6, 5, 4, 3, 2, 1, 0], [5.0, 3, 4, 3.5, 2, 2.5, 3, 3.2, 3.3, 1], 2)),
        ("patience 1", ([5.0, 4, 3, 2, 1, 0.5], [5.0, 4, 4.1, 2, 1, 3], 1)),
    ]
    cases = [(name, (np.array(one), np.array(other), patience)) for name, (one, other, patience) in by_hand]
    for n, patience in ((20, 3), (30, 4), (30, 2), (40, 5)):
        steps, noise = np.arange(n), rng.normal(size=n)
        validation = 2 * np.exp(-steps / 5) + 0.02 * steps + 0.12 * noise
        cases.append((f"{n} epochs at random, patience {patience}", (np.exp(-steps / 4), validation, patience)))
    return cases


def _stopped(validation, patience, worse=lambda now, best: not now < best, kept="best", wait=0):
    """Early stopping with slips: what counts as worse, what is kept, how much longer it waits."""
    best = 0
    for epoch in range(len(validation)):
        if not worse(validation[epoch], validation[best]):
            best = epoch
        if epoch - best == patience + wait:
            return {"best": best, "stop": epoch, "loss": validation[best]}[kept]
    return {"best": best, "stop": len(validation) - 1, "loss": validation[best]}[kept]


def _first_rise(validation):
    rises = np.flatnonzero(np.diff(validation) > 0)
    return int(rises[0]) if len(rises) else len(validation) - 1


def _rises_in_a_row(validation, patience):
    """Counts epochs that are worse than the one before, and keeps the lowest so far."""
    rises = 0
    for epoch in range(1, len(validation)):
        rises = rises + 1 if validation[epoch] >= validation[epoch - 1] else 0
        if rises == patience:
            return int(np.argmin(validation[: epoch + 1]))
    return int(np.argmin(validation))


check_early_stopping = Exercise(
    early_stopping,
    _two_curves(),
    hints=[
        "Walk through the epochs and remember the best one so far. Which of the two curves says what is best?",
        "If validation[epoch] is below validation[best], this epoch is the best. If it is patience epochs away from the best, stop.",
        "for epoch in range(len(validation)): if validation[epoch] < validation[best]: best = epoch; if epoch - best == patience: break. Then return best, which began at 0.",
    ],
    mistakes=[
        (lambda t, v, p: int(np.argmin(v)), "This looks at all epochs: a run that was stopped never sees the later ones. Stop after patience epochs without a new lowest."),
        (lambda t, v, p: int(np.argmin(t)), "This looks at the training loss, which falls to the end: the validation loss decides."),
        (lambda t, v, p: _stopped(v, p, kept="stop"), "This is the epoch at which training stops; keep the weights of the best one, patience epochs earlier."),
        (lambda t, v, p: _stopped(v, p, kept="loss"), "This is the lowest validation loss; return its epoch, a whole number."),
        (lambda t, v, p: _stopped(v, p, wait=1), "This waits one epoch too long: stop when the best is exactly patience epochs ago."),
        (lambda t, v, p: _stopped(v, p, wait=-1), "This stops one epoch too early: stop when the best is exactly patience epochs ago."),
        (lambda t, v, p: _first_rise(v), "This stops at the first rise: patience says for how many epochs it may fail to fall."),
        (lambda t, v, p: _first_rise(v) + 1, "This is the first epoch that is worse; patience is not used, and the best epoch is asked for."),
        (lambda t, v, p: _rises_in_a_row(v, p), "This counts rises from one epoch to the next: compare each epoch with the best one so far."),
        (lambda t, v, p: _stopped(v, p) + 1, "One too high: epochs count from 0, and epoch 0 comes first in both lists."),
        (lambda t, v, p: len(v) - 1, "This is the last epoch: the validation loss may have turned up long before."),
        (lambda t, v, p: p, "This is patience itself; the epoch with the lowest validation loss is asked for."),
        (lambda t, v, p: int(np.argmax(v)), "This is where the validation loss is highest: look for the lowest."),
        (lambda t, v, p: int(np.argmin(v - t)), "This is where the gap is smallest; what counts is the validation loss alone."),
        (lambda t, v, p: int(np.argmin(v + t)), "The two losses were added up; what counts is the validation loss alone."),
        (lambda t, v, p: np.min(v), "This is the lowest validation loss, of all epochs; return an epoch, and of those before the stop."),
    ],
)  # fmt: skip
