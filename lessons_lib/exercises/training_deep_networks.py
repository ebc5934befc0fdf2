"""Exercises of lesson 07: momentum, minibatches, three broken training runs."""

import itertools
import types

import numpy as np

from lessons_lib.exercises.checking import Exercise
from lessons_lib.maths.training_deep_networks import minibatches, momentum


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
    ],
)  # fmt: skip


def _dealt(batches, n, batch_size, rng):
    """What every right shuffle has in common, however random: eight numbers, told by _ABOUT_BATCHES."""
    if isinstance(batches, types.GeneratorType):
        return [True] + [0] * 7
    rows = np.concatenate([np.asarray(batch, dtype=int) for batch in batches])
    times = np.bincount(np.clip(rows, 0, n - 1), minlength=n)
    sizes = [len(batch) for batch in batches]
    return [False, ((rows < 0) | (rows >= n)).any(), (times == 0).any(), (times > 1).any(), len(sizes), max(sizes),
            min(sizes), _mixed([np.asarray(batch) for batch in batches if len(batch)], batch_size)]  # fmt: skip


def _mixed(batches, batch_size):
    """3 when some batch holds rows that lie far apart; else blocks of neighbours: 0 in order, 1 and 2 shuffled blocks."""
    if not all(np.ptp(batch) < batch_size for batch in batches):
        return 3
    if (np.diff(np.concatenate(batches)) == 1).all():
        return 0
    return 1 if all((np.diff(batch) == 1).all() for batch in batches) else 2


_ABOUT_BATCHES = (
    "return a list of the batches.",
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


def _drawn_anew(n, batch_size, rng):
    return [rng.choice(n, batch_size, replace=False) for _ in range(0, n, batch_size)]


check_minibatches = Exercise(
    minibatches,
    [
        (f"{n} samples in batches of {size}", (n, size, np.random.default_rng(seed)))
        for n, size, seed in ((12, 4, 1), (50, 8, 2), (100, 7, 3), (60, 25, 4))
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
        (lambda n, size, rng: [rng.permutation(n)[k : k + size] for k in range(0, n, size)], "A new shuffle for every batch: some rows come twice, others never. Shuffle once, before the loop."),
        (lambda n, size, rng: [part for rows in [rng.permutation(n)] for part in [rows[k : k + size] for k in range(n)]],
         "The batches overlap: the next one starts batch_size rows later, not one row later."),
        (lambda n, size, rng: [rng.permutation(n)], "This is one batch with all rows: cut it into pieces of batch_size."),
        (lambda n, size, rng: rng.permutation(n), "These are the shuffled rows; cut them into a list of batches."),
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
        (lambda n, size, rng: (rows for rows in minibatches(n, size, rng)), "Return a list: put [ ] around it."),
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


def _guesses():
    """Every set of three wrong or partly wrong diagnoses, with the reasons against the wrong ones."""
    for causes in itertools.product((1, 2, 3, 4), repeat=3):
        guess = dict(zip("ABC", causes))
        against = [_WHY_NOT[pair] for pair in guess.items() if pair in _WHY_NOT]
        if against:
            yield guess.__getitem__, " ".join(against)


def _cause(answer, run):
    return next((cause for cause in (1, 2, 3, 4) if answer == cause), 0)


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
