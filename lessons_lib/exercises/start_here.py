"""Exercises of lesson 00: a first model, its error, the loss of a classifier, one step of training."""

import numpy as np

from lessons_lib.exercises.checking import Exercise


def price(size, w):
    """price = w · size, the simplest model of a flat's price.

    size: a number or (n,) in m²; w: price of one m² in k€ -> the price in k€, in the shape of size.
    """
    return w * size


check_price = Exercise(
    price,
    [("a flat of 100 m² at 2 k€", (100.0, 2.0)), ("a flat of 35 m² at 1.5 k€", (35.0, 1.5))]
    + [("three flats at once", (np.array([30.0, 50.0, 80.0]), 1.2))],
    hints=["A flat of 100 m² at 2 k€ for each m² costs 200 k€.", "return w * size"],
    mistakes=[
        (lambda size, w: size / w, "You divided: each of the m² costs w, so multiply."),
        (lambda size, w: size + w, "You added: each of the m² costs w, so multiply."),
        (lambda size, w: w, "This is the price of one m²: multiply it by the size."),
        (lambda size, w: 1000 * w * size, "This is in euros: w is in thousands of euros, and so is the price."),
    ],
)


def loss_of_one_weight(w, size, price):
    """L(w) = mean of (w · size − price)² / 2, how wrong the model is on all flats together.

    w: a number in k€ per m², size (n,) in m², price (n,) in k€ -> a number in k€².
    """
    return np.mean((w * size - price) ** 2) / 2


def _flats(seed, n):
    rng = np.random.default_rng(seed)
    return rng.uniform(30, 120, n), rng.uniform(20, 300, n)


check_loss_of_one_weight = Exercise(
    loss_of_one_weight,
    [("two flats by hand", (2.0, np.array([10.0, 20.0]), np.array([24.0, 38.0])))]
    + [(f"{n} random flats", (w, *_flats(n, n))) for n, w in ((3, 1.5), (7, 0.4), (10, 3.0))],
    hints=[
        "How far is each prediction w * size from its price? Square that.",
        "np.mean takes the mean over all flats. Then divide by 2.",
        "return np.mean((w * size - price) ** 2) / 2",
    ],
    mistakes=[
        (lambda w, s, p: np.mean((w * s - p) ** 2), "You forgot the ½: divide the mean by 2."),
        (lambda w, s, p: np.sum((w * s - p) ** 2) / 2, "You forgot to divide by the number of flats: take the mean, not the sum."),
        (lambda w, s, p: np.mean(w * s - p) / 2, "You forgot to square: errors of opposite sign cancel."),
        (lambda w, s, p: np.mean(w * s - p) ** 2 / 2, "You squared after averaging: square each error first."),
        (lambda w, s, p: np.mean(np.abs(w * s - p)) / 2, "This takes absolute values; our loss takes squares."),
        (lambda w, s, p: (w * s - p) ** 2 / 2, "These are the losses of single flats: take their mean, one number."),
        (lambda w, s, p: -loss_of_one_weight(w, s, p), "The sign is flipped: a loss is 0 or more."),
    ],
)  # fmt: skip


def cross_entropy_of_truth(predicted, truth):
    """L = −Σ yᵢ log ŷᵢ, the slide's loss of one picture, in nats.

    predicted ŷ (C,) and truth y (C,), probabilities per class -> a number. Classes with yᵢ = 0 add nothing, even
    where ŷᵢ = 0. Slide "Loss Function".
    """
    counted = truth > 0
    return -np.sum(truth[counted] * np.log(predicted[counted]))


def _ship(confidence):
    predicted, truth = np.zeros(10), np.zeros(10)
    predicted[[1, 8]] = 1 - confidence, confidence
    truth[8] = 1
    return predicted, truth


check_cross_entropy_of_truth = Exercise(
    cross_entropy_of_truth,
    [("the slide's picture of a ship", _ship(0.6)), ("a surer guess", _ship(0.9)), ("a bad guess", _ship(0.01))]
    + [("three classes", (np.array([0.2, 0.5, 0.3]), np.array([1.0, 0.0, 0.0])))],
    hints=[
        "Only one yᵢ is 1, so only one term of the sum is left: the true class.",
        "log 0 is minus infinity and 0 times infinity is nan: pick out the classes with truth > 0 first.",
        "counted = truth > 0, then return -np.sum(truth[counted] * np.log(predicted[counted]))",
    ],
    mistakes=[
        (lambda p, t: -cross_entropy_of_truth(p, t), "The minus sign is missing: the log of a probability is negative, the loss positive."),
        (lambda p, t: cross_entropy_of_truth(p, t) / np.log(2), "This is in bits (log base 2); the loss uses the natural log, np.log."),
        (lambda p, t: cross_entropy_of_truth(p, t) / np.log(10), "This uses the log to base 10; np.log is the natural one."),
        (lambda p, t: -np.sum(t * np.log(p)), "log 0 is −inf and 0 · inf is nan: leave out the classes whose truth is 0."),
        (lambda p, t: 1 - p[t > 0][0], "This is 1 − ŷ; the slide takes −log ŷ."),
        (lambda p, t: cross_entropy_of_truth(p, t) / len(p), "This is one picture: nothing to average over, the classes are summed."),
    ],
)  # fmt: skip


def one_step(w, slope, learning_rate):
    """w − r · dL/dw, one step downhill.

    w, slope dL/dw and learning_rate r: numbers -> the new w. Slide "Gradient Descent".
    """
    return w - learning_rate * slope


check_one_step = Exercise(
    one_step,
    [("a falling slope", (0.2, -8.0, 0.05)), ("a rising slope", (3.0, 6.0, 0.1)), ("flat ground", (1.4, 0.0, 0.3))],
    hints=[
        "Where the slope is negative the loss falls to the right: w must grow.",
        "Subtract learning_rate times slope from w.",
    ],
    mistakes=[
        (lambda w, s, r: w + r * s, "The sign is flipped: this climbs. Where the slope is negative, w must grow."),
        (lambda w, s, r: w - s, "The learning rate is missing: the step is learning_rate times slope."),
        (lambda w, s, r: w - r, "The slope is missing: the step is learning_rate times slope."),
        (lambda w, s, r: -r * s, "This is the step alone: add it to w."),
    ],
)
