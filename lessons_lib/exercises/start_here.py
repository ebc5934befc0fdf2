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
    + [("three flats at once", (np.array([30.0, 53.0, 81.0]), 1.2)), ("a flat of 41 m² at 0.3 k€", (41.0, 0.3))]
    + [("a flat of 47.31 m² at 1.2379 k€", (47.31, 1.2379))],
    hints=["A flat of 100 m² at 2 k€ for each m² costs 200 k€.", "return w * size"],
    mistakes=[
        (lambda size, w: size / w, "You divided: each of the m² costs w, so multiply."),
        (lambda size, w: w / size, "You divided: each of the m² costs w, so multiply. And the size comes first."),
        (lambda size, w: size + w, "You added: each of the m² costs w, so multiply."),
        (lambda size, w: size - w, "You subtracted: each of the m² costs w, so multiply."),
        (lambda size, w: size**w, "This is a power: ** raises to a power, * multiplies."),
        (lambda size, w: w**size, "This is w to the power of the size: ** raises to a power, * multiplies."),
        (lambda size, w: w, "This is the price of one m²: multiply it by the size."),
        (lambda size, w: size, "This is the size alone: multiply it by w, the price of one m²."),
        (lambda size, w: 2.0 * size, "This takes 2 k€ for every m², whatever w is: multiply by w."),
        (lambda size, w: 100.0 * w, "This takes 100 m² for every flat, whatever its size: multiply by size."),
        (lambda size, w: 1000 * w * size, "This is in euros: w is in thousands of euros, and so is the price."),
        (lambda size, w: w * size / 1000, "1000 times too small: w is in thousands of euros already, and so is the price."),
        (lambda size, w: np.array([w * size]), "There is one pair of [ ] too many: return the price itself, one number for one flat."),
        (lambda size, w: np.sum(w * size), "You added up the prices of all flats: each flat needs its own price."),
        (lambda size, w: np.mean(w * size), "You averaged over all flats: each flat needs its own price."),
    ],
)  # fmt: skip


def loss_of_one_weight(w, size, price):
    """L(w) = mean of (w · size − price)² / 2, how wrong the model is on all flats together.

    w: a number in k€ per m², size (n,) in m², price (n,) in k€ -> a number in k€².
    """
    return np.mean((w * size - price) ** 2) / 2


def _flats(seed, n):
    rng = np.random.default_rng(seed)
    return rng.uniform(30, 120, n), rng.uniform(20, 300, n)


def _errors(w, size, price):
    return w * size - price


check_loss_of_one_weight = Exercise(
    loss_of_one_weight,
    [("two flats by hand", (2.0, np.array([10.0, 20.0]), np.array([24.0, 38.0])))]
    + [(f"{n} random flats", (w, *_flats(n, n))) for n, w in ((3, 1.5), (7, 0.4), (10, 3.0))]
    + [("three flats that nearly fit", (1.37, np.array([31.3, 52.7, 80.9]), np.array([43.1, 72.3, 110.4])))],
    hints=[
        "How far is each prediction w * size from its price? Square that.",
        "np.mean takes the mean over all flats. Then divide by 2.",
        "return np.mean((w * size - price) ** 2) / 2",
    ],
    mistakes=[
        (lambda w, s, p: np.mean(_errors(w, s, p) ** 2), "You forgot the ½: divide the mean by 2."),
        (lambda w, s, p: np.sum(_errors(w, s, p) ** 2) / 2, "You forgot to divide by the number of flats: take the mean, not the sum."),
        (lambda w, s, p: np.sum(_errors(w, s, p) ** 2), "You forgot to divide by 2N: take the mean, not the sum, and half of it."),
        (lambda w, s, p: np.mean(_errors(w, s, p)) / 2, "You forgot to square: errors of opposite sign cancel."),
        (lambda w, s, p: np.mean(_errors(w, s, p)), "You forgot to square (** 2 squares, * 2 only doubles): errors of opposite sign cancel. And the mean is halved."),
        (lambda w, s, p: np.sum(_errors(w, s, p)) / 2, "You forgot to square, and to divide by the number of flats: take the mean of the squares."),
        (lambda w, s, p: np.mean(_errors(w, s, p)) ** 2 / 2, "You squared after averaging: square each error first."),
        (lambda w, s, p: np.mean(_errors(w, s, p)) ** 2, "You squared after averaging: square each error first. And the ½ is missing."),
        (lambda w, s, p: np.sum(_errors(w, s, p)) ** 2 / (2 * len(s)), "You squared after adding up: square each error first."),
        (lambda w, s, p: np.sum(_errors(w, s, p)) ** 2 / 2, "You squared after adding up: square each error first, and divide by the number of flats."),
        (lambda w, s, p: np.mean((p / s - w) ** 2) / 2, "These are errors per m²: an error is w * size minus the price of the whole flat."),
        (lambda w, s, p: np.mean((_errors(w, s, p) / p) ** 2) / 2, "The errors are divided by the prices: our loss takes the errors in k€ themselves."),
        (lambda w, s, p: w - loss_of_one_weight(w, s, p), "The loss is subtracted from w: return the loss itself."),
        (lambda w, s, p: np.mean(np.abs(_errors(w, s, p))) / 2, "This takes absolute values; our loss takes squares."),
        (lambda w, s, p: np.mean(np.abs(_errors(w, s, p))), "This is the mean of the absolute values; our loss takes half the mean of the squares."),
        (lambda w, s, p: np.mean(_errors(w, s, p) ** 3) / 2, "This takes the third power: a square is ** 2."),
        (lambda w, s, p: np.mean((w * s) ** 2 - p**2) / 2, "Brackets are missing: (w * size - price) ** 2 squares the difference."),
        (lambda w, s, p: np.mean(w * s - p**2) / 2, "Brackets are missing: w * size - price ** 2 squares the price alone."),
        (lambda w, s, p: np.mean((w * s + p) ** 2) / 2, "There is a plus where a minus belongs: an error is the prediction minus the price."),
        (lambda w, s, p: np.mean((w * s) ** 2) / 2, "The price is missing: an error is the prediction w * size minus the price."),
        (lambda w, s, p: np.mean((s - p) ** 2) / 2, "The weight is missing: the prediction is w * size."),
        (lambda w, s, p: np.mean((w - p) ** 2) / 2, "The size is missing: the prediction is w * size."),
        (lambda w, s, p: np.mean((w + s - p) ** 2) / 2, "You added w and size: the prediction is w * size."),
        (lambda w, s, p: np.mean((s / w - p) ** 2) / 2, "You divided by w: the prediction is w * size."),
        (lambda w, s, p: np.mean((w * p - s) ** 2) / 2, "Size and price are swapped: the prediction is w * size."),
        (lambda w, s, p: np.mean((w * s - p) * s), "This is the slope of the loss: here the loss itself is asked for, half the mean of the squared errors."),
        (lambda w, s, p: np.sqrt(np.mean(_errors(w, s, p) ** 2)), "There is a root too many: our loss is half the mean of the squares."),
        (lambda w, s, p: np.sqrt(np.mean(_errors(w, s, p) ** 2)) / 2, "There is a root too many: our loss is half the mean of the squares, without a root."),
        (lambda w, s, p: 2 * np.mean(_errors(w, s, p) ** 2), "You multiplied by 2: divide the mean by 2."),
        (lambda w, s, p: np.median(_errors(w, s, p) ** 2) / 2, "This is the median: our loss takes the mean."),
        (lambda w, s, p: np.var(_errors(w, s, p)) / 2, "This is the spread around the mean error: square the errors themselves."),
        (lambda w, s, p: np.var(_errors(w, s, p)), "This is the spread around the mean error: square the errors themselves, and take half."),
        (lambda w, s, p: np.max(_errors(w, s, p) ** 2) / 2, "This is the largest error's: take the mean over all flats."),
        (lambda w, s, p: np.sum(_errors(w, s, p) ** 2) / (2 * (len(s) - 1)), "You divided by N − 1: the mean divides by N, the number of flats."),
        (lambda w, s, p: _errors(w, s, p) ** 2 / 2, "These are the losses of single flats: take their mean, one number."),
        (lambda w, s, p: _errors(w, s, p) ** 2, "These are the squared errors of each flat: take half their mean, one number."),
        (lambda w, s, p: _errors(w, s, p), "These are the errors of each flat: square them and take half their mean, one number."),
        (lambda w, s, p: w * s, "This is what the model predicts: subtract the price, square, and take half the mean."),
        (lambda w, s, p: -loss_of_one_weight(w, s, p), "The sign is flipped: a loss is 0 or more."),
        (lambda w, s, p: _errors(w, s, p)[0] ** 2 / (2 * len(s)), "Only the first flat is counted: does the return stand inside the loop?"),
        (lambda w, s, p: _errors(w, s, p)[0] ** 2 / 2, "Only the first flat is counted: take the mean over all of them. Does the return stand inside the loop?"),
        (lambda w, s, p: _errors(w, s, p)[-1] ** 2 / (2 * len(s)), "Only the last flat is counted: add the squares up in the loop, total += ..."),
        (lambda w, s, p: _errors(w, s, p)[-1] ** 2 / 2, "Only the last flat is counted: add the squares up in the loop, total += ..., and divide by N after it."),
        (lambda w, s, p: np.sum(_errors(w, s, p)[1:] ** 2) / (2 * len(s)), "The first flat is left out: places count from 0."),
        (lambda w, s, p: np.sum(_errors(w, s, p)[:-1] ** 2) / (2 * len(s)), "The last flat is left out: range(len(size)) goes to the last place."),
    ],
)  # fmt: skip


def cross_entropy_of_truth(predicted, truth):
    """L = −Σ yᵢ log pᵢ, the loss of one picture, in nats.

    predicted p (C,) and truth y (C,), probabilities per class -> a number. Classes with yᵢ = 0 add nothing, even
    where pᵢ = 0. Slide "Loss Function".
    """
    counted = truth > 0
    return -np.sum(truth[counted] * np.log(predicted[counted]))


def _ship(confidence):
    predicted, truth = np.zeros(10), np.zeros(10)
    predicted[[1, 8]] = 1 - confidence, confidence
    truth[8] = 1
    return predicted, truth


def _surprise(answer, predicted, truth):
    """For a certain and wrong prediction any huge number counts as infinite: log(p + 1e-12) is as honest as log p."""
    certain_and_wrong = np.all(predicted[truth > 0] == 0)
    return np.inf if certain_and_wrong and np.ndim(answer) == 0 and answer > 10 else answer


def _true(p, t):
    return p[t > 0][0]


def _log(x):
    return np.log(np.maximum(x, 1e-300))


check_cross_entropy_of_truth = Exercise(
    cross_entropy_of_truth,
    [("the lecture's picture of a ship", _ship(0.6)), ("a surer guess", _ship(0.9)), ("a bad guess", _ship(0.01))]
    + [
        ("three classes", (np.array([0.2, 0.5, 0.3]), np.array([1.0, 0.0, 0.0]))),
        ("four classes", (np.array([0.4, 0.3, 0.2, 0.1]), np.array([0.0, 0.0, 0.0, 1.0]))),
        ("a certain and wrong guess", _ship(0.0)),
    ],
    hints=[
        "Only one yᵢ is 1, so only one term of the sum is left: the true class.",
        "log 0 is minus infinity and 0 times infinity is nan: pick out the classes with truth > 0 first.",
        "counted = truth > 0, then return -np.sum(truth[counted] * np.log(predicted[counted]))",
    ],
    mistakes=[
        (lambda p, t: -cross_entropy_of_truth(p, t), "The sign is flipped: the log of a probability is negative, so exactly one minus sign makes the loss positive."),
        (lambda p, t: cross_entropy_of_truth(p, t) / np.log(2), "This is in bits (log base 2); the loss uses the natural log, np.log."),
        (lambda p, t: cross_entropy_of_truth(p, t) / np.log(10), "This uses the log to base 10; np.log is the natural one."),
        (lambda p, t: -np.sum(t * np.log(p)), "log 0 is −inf and 0 · inf is nan: leave out the classes whose truth is 0."),
        (lambda p, t: np.sum(t * np.log(p)), "The minus sign is missing, and 0 · log 0 is nan: leave out the classes whose truth is 0."),
        (lambda p, t: -np.sum(t * np.log2(p)), "Two slips: log2 gives bits, and 0 · log 0 is nan. Use np.log, and only where the truth is not 0."),
        (lambda p, t: -np.sum(t[p > 0] * np.log(p[p > 0])), "Right but for a model that is certain and wrong: that loss is infinite, and here it is 0. Leave out the classes whose truth is 0, not those that the model gave 0."),
        (lambda p, t: -np.log(np.mean(p * t)), "The mean inside the log divides by the number of classes: take the log of p of the true class itself."),
        (lambda p, t: -np.sum(t * np.log(p) + (1 - t) * np.log(1 - p)), "The terms with 1 − y are for a single yes or no: here −Σ y log p is the whole sum, without the classes whose truth is 0."),
        (lambda p, t: -np.sum(t * _log(p) + (1 - t) * _log(1 - p)), "The terms with 1 − y are for a single yes or no: here −Σ y log p is the whole sum."),
        (lambda p, t: -np.mean(t * np.log(p)), "You averaged, and 0 · log 0 is nan: add up, and leave out the classes whose truth is 0."),
        (lambda p, t: -t[np.argmax(p)] * np.log(p.max()), "This looks at the class with the largest probability only: look at the class whose truth is 1."),
        (lambda p, t: 1 - _true(p, t), "This is 1 − p; the loss is −log p."),
        (lambda p, t: -_true(p, t), "The log is missing: this is −p, the loss is −log p."),
        (lambda p, t: _true(p, t), "This is p of the true class; the loss is −log p."),
        (lambda p, t: 1 / _true(p, t), "This is 1/p; the loss is −log p."),
        (lambda p, t: -np.log(1 - _true(p, t)), "This is −log(1 − p); the loss is −log p of the true class."),
        (lambda p, t: np.exp(-_true(p, t)), "This is an exponential; the loss is −log p."),
        (lambda p, t: np.exp(_true(p, t)), "This is the exponential of p; the loss is −log p."),
        (lambda p, t: cross_entropy_of_truth(p, t) / len(p), "You averaged over the classes; the loss adds them up, and only one term is not 0."),
        (lambda p, t: cross_entropy_of_truth(p, t) / 2, "Half too small: there is no ½ in this loss."),
        *((lambda p, t, small=small: -np.sum(t * np.log(p + small)),
           f"A small number, {small}, is added inside the log, and it is too large: 1e-12 would do no harm, or leave out the classes whose truth is 0.") for small in (0.1, 0.01, 0.001, 0.0001, 1e-5, 1e-6)),
        (lambda p, t: -np.sum(t * np.log(p + 1)), "The log is of p + 1: a 1 inside the log changes the loss. Take the log of p, where the truth is not 0."),
        (lambda p, t: -np.log(p.max()), "This takes the largest probability; the loss asks for that of the true class."),
        (lambda p, t: -np.log(p[1]), "This takes the second class, whatever the truth is: find the class whose truth is 1."),
        (lambda p, t: -np.log(p[0]), "This takes the first class, whatever the truth is: find the class whose truth is 1."),
        (lambda p, t: -np.log(p[-1]), "This takes the last class, whatever the truth is: find the class whose truth is 1."),
        (lambda p, t: -np.log(p[8]), "Right for the ship only: class 8 is not always the true one. Find the class whose truth is 1."),
        (lambda p, t: -np.sum(np.log(p[p > 0])), "These are the logs of all classes: only that of the true class counts, multiply by the truth."),
        (lambda p, t: -np.sum(np.log(p)), "These are the logs of all classes: only that of the true class counts, multiply by the truth where it is not 0."),
        (lambda p, t: -np.sum(np.log(p[t == 0])), "These are the wrong classes: take the true class, where the truth is 1."),
        (lambda p, t: -np.log(p), "These are the logs of all classes: only that of the true class counts, one number."),
        (lambda p, t: -t * np.log(p), "Not yet added up, and 0 · log 0 is nan: leave out the classes whose truth is 0 and add up, one number."),
        (lambda p, t: -t * np.log(p + 1e-15), "Not yet added up: the loss is one number, np.sum over the classes."),
        (lambda p, t: -t * _log(p), "Not yet added up: the loss is one number, the sum over the classes."),
        (lambda p, t: -np.log(p[t > 0]), "This is an array with one number in it: add up, or take its first entry, so that one number is left."),
        (lambda p, t: -np.sum(p * _log(p)), "The truth is missing: multiply the log of the prediction by the truth, not by the prediction."),
        (lambda p, t: 0.0, "This is 0 whatever the prediction: the log of the truth's 1 is 0. Take the log of the prediction."),
        (lambda p, t: -np.sum(p[p > 0] * np.log(t[p > 0])), "Prediction and truth are swapped: the log is taken of the prediction. And leave out the classes whose truth is 0."),
        (lambda p, t: -np.sum(p * np.log(t)), "Prediction and truth are swapped: the log is taken of the prediction. Then leave out the classes whose truth is 0."),
        (lambda p, t: np.sum((p - t) ** 2), "This is the squared difference; here the loss is −Σ y log p."),
        (lambda p, t: np.sum((p - t) ** 2) / 2, "This is half the squared difference; here the loss is −Σ y log p."),
        (lambda p, t: np.mean((p - t) ** 2), "This is the mean squared difference; here the loss is −Σ y log p."),
        (lambda p, t: np.mean((p - t) ** 2) / 2, "This is the loss of the flats, half the mean squared difference; here it is −Σ y log p."),
        (lambda p, t: np.sum(np.abs(p - t)), "This is the absolute difference; the loss is −Σ y log p."),
        (lambda p, t: float(np.argmax(p)), "This is the class with the largest probability; the loss is −log p of the true class."),
        (lambda p, t: float(np.argmax(t)), "This is the true class; the loss is −log p of that class."),
        (lambda p, t: -t[0] * _log(p)[0], "Only the first class is counted: does the return stand inside the loop?"),
        (lambda p, t: -t[-1] * _log(p)[-1], "Only the last class is counted: add up in the loop, total += ..."),
    ],
    seen=_surprise,
)  # fmt: skip


def one_step(w, slope, learning_rate):
    """w − r · dL/dw, one step downhill.

    w, slope dL/dw and learning_rate r: numbers -> the new w. Slide "Gradient Descent".
    """
    return w - learning_rate * slope


check_one_step = Exercise(
    one_step,
    [
        ("a falling slope", (0.2, -8.0, 0.05)),
        ("a rising slope", (3.0, 6.0, 0.1)),
        ("flat ground", (1.4, 0.0, 0.3)),
        ("a slope of 2.5 at w = −1.5", (-1.5, 2.5, 0.7)),
        ("a small step", (0.7313, -0.3771, 0.0137)),
    ],
    hints=[
        "Where the slope is negative the loss falls to the right: w must grow.",
        "Subtract learning_rate times slope from w.",
    ],
    mistakes=[
        (lambda w, s, r: w + r * s, "The sign is flipped: this climbs. Where the slope is negative, w must grow."),
        (lambda w, s, r: r * s - w, "The sign is flipped: w minus the step, not the step minus w."),
        (lambda w, s, r: w - s, "The learning rate is missing: the step is learning_rate times slope."),
        (lambda w, s, r: w + s, "The sign is flipped, and the step needs to be learning_rate times slope."),
        (lambda w, s, r: w - r, "The slope is missing: the step is learning_rate times slope."),
        (lambda w, s, r: w + r, "The slope is missing: subtract learning_rate times slope."),
        (lambda w, s, r: -r * s, "This is the step alone: add it to w."),
        (lambda w, s, r: r * s, "This is the step alone: subtract it from w."),
        (lambda w, s, r: w, "No step is taken: subtract learning_rate times slope from w."),
        (lambda w, s, r: s, "This is the slope: subtract learning_rate times slope from w."),
        (lambda w, s, r: w - s / r, "You divided by the learning rate: the step is learning_rate times slope."),
        (lambda w, s, r: w - r / s, "You divided by the slope: the step is learning_rate times slope."),
        (lambda w, s, r: (w - r) * s, "The brackets are wrong: w - learning_rate * slope multiplies first."),
        (lambda w, s, r: (w - s) * r, "The brackets are wrong: w - learning_rate * slope multiplies first, and only the slope."),
        (lambda w, s, r: w - r - s, "You subtracted both: the step is learning_rate times slope."),
        (lambda w, s, r: w - r + s, "Learning rate and slope are added: the step is learning_rate times slope."),
        (lambda w, s, r: w - (s - r), "The learning rate is subtracted from the slope: the step is learning_rate times slope."),
        (lambda w, s, r: w / (r * s) if s else np.inf, "You divided w by the step: subtract the step from w."),
        (lambda w, s, r: w - r * s * w, "The step is multiplied by w: it is only learning_rate times slope."),
        (lambda w, s, r: w * r * s, "You multiplied w by the step: subtract the step from w."),
        (lambda w, s, r: w - r * s / 2, "Half a step: it is learning_rate times slope, without a ½."),
        (lambda w, s, r: w - 2 * r * s, "A step twice too long: it is learning_rate times slope."),
        (lambda w, s, r: w - r * s**2, "The slope is squared: the step is learning_rate times slope."),
        (lambda w, s, r: w - r**2 * s, "The learning rate is squared: the step is learning_rate times slope."),
        (lambda w, s, r: w - 0.1 * s, "The learning rate is always 0.1 here: use the parameter learning_rate."),
        (lambda w, s, r: w - 0.01 * s, "The learning rate is always 0.01 here: use the parameter learning_rate."),
        (lambda w, s, r: w - 0.05 * s, "The learning rate is always 0.05 here: use the parameter learning_rate."),
        (lambda w, s, r: w - r * np.abs(s), "The slope's sign is lost (abs): where it is negative, w must grow."),
        (lambda w, s, r: w + r * np.abs(s), "The slope's sign is lost (abs): where it is positive, w must shrink."),
        (lambda w, s, r: w - r * np.sign(s), "This uses only the sign of the slope: a steeper slope makes a longer step, learning_rate times slope."),
    ],
)  # fmt: skip
