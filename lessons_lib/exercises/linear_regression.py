"""Exercises of lesson 01: prediction, mean squared error, its gradient, the training loop, the target apartment."""

import numpy as np

from lessons_lib.exercises.checking import Exercise
from lessons_lib.maths.gradient_descent import descend
from lessons_lib.maths.linear_regression import (
    add_intercept,
    gradient,
    least_squares,
    loss,
    predict,
    ridge,
    ridge_gradient,
)


def _cases():
    rng = np.random.default_rng(1)
    small = (
        "two flats with two features",
        (np.array([2.0, -1.0]), np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([1.0, 5.0])),
    )
    shapes = ((5, 3), (7, 2), (4, 4))
    return [small] + [
        (f"{n} random flats with {d} features", (rng.normal(size=d), rng.normal(size=(n, d)), rng.normal(size=n)))
        for n, d in shapes
    ]


def _residual(w, X, y):
    return X @ w - y


def _squares(w, X, y):
    return _residual(w, X, y) ** 2


check_predict = Exercise(
    predict,
    [(name, (w, X)) for name, (w, X, y) in _cases()],
    hints=[
        "Each row of X is one flat. Its price is the sum of feature times weight.",
        "A matrix times a vector does that for all rows at once: numpy writes it with @.",
        "return X @ w",
    ],
    mistakes=[
        (lambda w, X: X * w, "You multiplied feature by weight, but did not add them up over the features: @ does both."),
        (lambda w, X: np.sum(X @ w), "You added up the prices of all flats: each flat needs its own, shape (n,)."),
        (lambda w, X: np.mean(X @ w), "You averaged the prices of all flats: each flat needs its own, shape (n,)."),
        (lambda w, X: (X * w).sum(axis=0), "You added along the wrong axis: sum over the features (axis=1), not over the flats."),
        (lambda w, X: (X * w).mean(axis=1), "You took the mean over the features: a price is their sum, feature times weight."),
        (lambda w, X: (X @ w)[:, None], "The prices stand in a column of shape (n, 1): give them shape (n,), as y has it."),
        (lambda w, X: (X @ w)[None, :], "The prices stand in a row of shape (1, n): give them shape (n,), as y has it."),
        (lambda w, X: X.T @ w, "w @ X, or X transposed, multiplies w with the columns of X: X @ w, in this order, multiplies it with each row."),
        (lambda w, X: X @ w + w[0], "w[0] is counted twice: it is added once more to every price."),
        (lambda w, X: X[:, 1:] @ w[1:] + w[0], "w[0] is taken as an intercept: here every weight, w[0] too, belongs to a column of X."),
        (lambda w, X: X[:, 1:] @ w[1:], "The first feature is left out: X @ w takes all of them."),
        (lambda w, X: X[:, :-1] @ w[:-1], "The last feature is left out: X @ w takes all of them."),
        (lambda w, X: X[:, 0] * w[0], "Only the first feature is counted: add up over all of them, X @ w."),
        (lambda w, X: X[:, -1] * w[-1], "Only the last feature is counted: add up over all of them, X @ w."),
        (lambda w, X: X.sum(axis=1) * w.sum(), "Features and weights are added up apart: multiply each feature by its own weight first, then add up."),
        (lambda w, X: X.sum(axis=1), "The weights are missing: multiply each feature by its weight before you add them up."),
        (lambda w, X: (X + w).sum(axis=1), "You added feature and weight: multiply each feature by its weight, then add up. X @ w does both."),
        (lambda w, X: X + w, "You added feature and weight: X @ w multiplies them and adds up over the features."),
        (lambda w, X: X / w, "You divided by the weights: X @ w multiplies and adds up over the features."),
        (lambda w, X: X @ w[::-1], "The weights are in the wrong order: the first weight belongs to the first column."),
        (lambda w, X: X @ np.abs(w), "The absolute values of the weights are taken: a weight may be negative."),
        (lambda w, X: X @ w**2, "The weights are squared: a price is the sum of feature times weight, X @ w."),
        (lambda w, X: X, "This is the table of features: multiply it with the weights, X @ w."),
        (lambda w, X: w, "These are the weights: multiply the table with them, X @ w."),
        (lambda w, X: (X @ w)[0], "This is the first flat's price only: each flat needs its own. Does the return stand inside the loop?"),
        (lambda w, X: (X @ w)[-1], "This is the last flat's price only: collect one for each flat."),
        (lambda w, X: np.cumsum(X @ w), "This is a running total: start again from 0 for every flat."),
    ],
)  # fmt: skip

check_loss = Exercise(
    loss,
    _cases(),
    hints=[
        "First the residuals: how far is each predicted price X @ w from the real one, y?",
        "Square the residuals, add them up, and divide by 2N, where N = len(y).",
        "residual = X @ w - y, then return residual @ residual / (2 * len(y))",
    ],
    mistakes=[
        (lambda w, X, y: _squares(w, X, y).sum() / 2, "You forgot to divide by N: this is ½‖Xw − y‖², N times too large."),
        (lambda w, X, y: _squares(w, X, y).mean(), "You forgot the ½: the loss divides by 2N, not by N."),
        (lambda w, X, y: _squares(w, X, y).sum(), "You forgot to divide by 2N: this is the plain sum of squares."),
        (lambda w, X, y: _squares(w, X, y).sum() / 2 * len(y), "Brackets are missing: / 2 * N multiplies by N. Write / (2 * N)."),
        (lambda w, X, y: _squares(w, X, y).mean() * 2, "Brackets are missing: / N * 2 multiplies by 2. Divide by 2N."),
        (lambda w, X, y: _squares(w, X, y).mean() / len(y), "You divided by N twice: by 2N, not by N²."),
        (lambda w, X, y: _squares(w, X, y).mean() / (2 * len(y)), "You divided by N twice: the mean has done it already."),
        (lambda w, X, y: _squares(w, X, y).sum() / (2 * (len(y) - 1)), "You divided by N − 1: the loss divides by 2N."),
        (lambda w, X, y: _residual(w, X, y).sum() / (2 * len(y)), "You forgot to square: residuals of opposite sign cancel."),
        (lambda w, X, y: _residual(w, X, y).mean(), "You forgot to square (** 2 squares, * 2 only doubles): residuals of opposite sign cancel. And the mean is halved."),
        (lambda w, X, y: _residual(w, X, y).mean() ** 2 / 2, "You squared after averaging: square each residual first."),
        (lambda w, X, y: _residual(w, X, y).sum() ** 2 / (2 * len(y)), "You squared after adding up: square each residual first."),
        (lambda w, X, y: np.abs(_residual(w, X, y)).mean() / 2, "This takes absolute values; the loss takes squares."),
        (lambda w, X, y: np.abs(_residual(w, X, y)).mean(), "This is the mean absolute error; the loss squares the residuals."),
        (lambda w, X, y: np.abs(_residual(w, X, y)).sum(), "This is the sum of the absolute residuals; the loss squares them, and divides by 2N."),
        (lambda w, X, y: np.linalg.norm(_residual(w, X, y)), "This is the length ‖Xw − y‖: square it, and divide by 2N."),
        (lambda w, X, y: np.linalg.norm(_residual(w, X, y)) / 2, "This is half the length ‖Xw − y‖: square it first, and divide by 2N."),
        (lambda w, X, y: np.linalg.norm(_residual(w, X, y)) / (2 * len(y)), "The length ‖Xw − y‖ needs to be squared: norm takes a root."),
        (lambda w, X, y: np.sqrt(_squares(w, X, y).mean()), "This is the root of the mean square: the loss has no root, and a ½."),
        (lambda w, X, y: (_residual(w, X, y) ** 3).mean() / 2, "This takes the third power: a square is ** 2."),
        (lambda w, X, y: (_residual(w, X, y) ** 4).mean() / 2, "The residuals are squared twice: square them once."),
        (lambda w, X, y: ((X @ w) ** 2 - y**2).mean() / 2, "Brackets are missing: (X @ w - y) ** 2 squares the difference."),
        (lambda w, X, y: (X @ w - y**2).mean() / 2, "Brackets are missing: X @ w - y ** 2 squares y alone."),
        (lambda w, X, y: ((X @ w + y) ** 2).mean() / 2, "There is a plus where a minus belongs: a residual is X @ w - y."),
        (lambda w, X, y: ((X @ w) ** 2).mean() / 2, "The real prices y are missing: a residual is X @ w - y."),
        (lambda w, X, y: (y**2).mean() / 2, "The predictions are missing: a residual is X @ w - y."),
        (lambda w, X, y: np.var(_residual(w, X, y)) / 2, "This is the spread around the mean residual: square the residuals themselves."),
        (lambda w, X, y: np.median(_squares(w, X, y)) / 2, "This is the median: the loss takes the mean."),
        (lambda w, X, y: _squares(w, X, y).max() / 2, "This is the largest residual's: add up over all flats, and divide by 2N."),
        (lambda w, X, y: _squares(w, X, y) / (2 * len(y)), "These are the losses of single flats: add them up to one number."),
        (lambda w, X, y: _squares(w, X, y) / 2, "These are the losses of each flat: take their mean, one number."),
        (lambda w, X, y: _squares(w, X, y), "These are the squared residuals of each flat: add them up and divide by 2N."),
        (lambda w, X, y: ((X * w - y) ** 2).mean() / 2, "X * w multiplies feature by weight, but does not add up: the predictions are X @ w."),
        (lambda w, X, y: ((X * w - y) ** 2).sum() / (2 * len(y)), "X * w multiplies feature by weight, but does not add up over the features: the predictions are X @ w."),
        (_residual, "These are the residuals of each flat: square them, add them up and divide by 2N."),
        (lambda w, X, y: X @ w, "These are the predictions: subtract y, square, add up and divide by 2N."),
        (lambda w, X, y: _squares(w, X, y).sum() / (2 * X.shape[1]), "You divided by the number of features; N counts the flats."),
        (lambda w, X, y: _squares(w, X, y).sum() / (2 * X.size), "X.size counts all numbers of X: N is the number of flats, len(y)."),
        (lambda w, X, y: -loss(w, X, y), "The sign is flipped: a loss is 0 or more."),
        (lambda w, X, y: gradient(w, X, y), "This is the gradient: here the loss itself is asked for, one number."),
        (lambda w, X, y: ((X.T @ w - y) ** 2).sum() / (2 * len(y)), "w @ X, or X transposed, multiplies w with the columns: the predictions are X @ w, in this order."),
        (lambda w, X, y: ((X @ w - y[:, None]) ** 2).sum() / (2 * len(y)),
         "One of the two stands in a column of shape (n, 1), so that a whole table of differences arises: keep X @ w and y with shape (n,)."),
        (lambda w, X, y: ((X @ w - y[:, None]) ** 2).mean() / 2,
         "One of the two stands in a column of shape (n, 1), so that a whole table of differences arises: and its mean is taken: keep X @ w and y with shape (n,)."),
        (lambda w, X, y: _squares(w, X, y)[0] / (2 * len(y)), "Only the first flat is counted: does the return stand inside the loop?"),
        (lambda w, X, y: _squares(w, X, y)[-1] / (2 * len(y)), "Only the last flat is counted: add the squares up in the loop, total += ..."),
        (lambda w, X, y: _squares(w, X, y)[1:].sum() / (2 * len(y)), "The first flat is left out: places count from 0."),
        (lambda w, X, y: _squares(w, X, y)[:-1].sum() / (2 * len(y)), "The last flat is left out: range(len(y)) goes to the last place."),
    ],
)  # fmt: skip


def _step(w, X, y, learning_rate=1.0):
    return w - learning_rate * gradient(w, X, y)


check_gradient = Exercise(
    gradient,
    _cases(),
    hints=[
        "The gradient has one number per weight: shape (d,).",
        "Start with the residual X @ w - y, shape (n,). Each weight's slope adds up residual times that feature.",
        "Adding up over the flats is X.T @ residual; then divide by N.",
        "return X.T @ (X @ w - y) / len(y)",
    ],
    mistakes=[
        (lambda w, X, y: -gradient(w, X, y), "The sign is flipped: with X @ w - y the other way round, this climbs instead of descending."),
        (lambda w, X, y: X.T @ _residual(w, X, y), "You forgot to divide by N: this is the gradient of ½‖Xw − y‖²."),
        (lambda w, X, y: -X.T @ _residual(w, X, y), "The sign is flipped, and the division by N is missing."),
        (lambda w, X, y: 2 * gradient(w, X, y), "Twice too large: the 2 of the square cancels the ½ of the loss."),
        (lambda w, X, y: 2 * X.T @ _residual(w, X, y), "The 2 of the square cancels the ½ of the loss, and the division by N is missing."),
        (lambda w, X, y: gradient(w, X, y) / 2, "Half too small: the derivative of the square brings a 2 that cancels the ½."),
        (lambda w, X, y: X.T @ _residual(w, X, y) / 2, "You divided by 2: divide by N alone, the 2 of the square cancels the ½."),
        (lambda w, X, y: X.T @ _residual(w, X, y) * len(y), "You multiplied by N: divide by it."),
        (lambda w, X, y: _residual(w, X, y).mean(), "This is one number; each weight has its own slope: multiply by its feature before adding up."),
        (lambda w, X, y: gradient(w, X, y).sum(), "You added up the slopes: each weight has its own, shape (d,)."),
        (lambda w, X, y: gradient(w, X, y).mean(), "You averaged over everything: average over the flats only, so that one slope per weight is left, shape (d,)."),
        (lambda w, X, y: (X.T @ _residual(w, X, y)).mean(), "np.mean averages over the weights: divide by N = len(y) instead, so that each weight keeps its own slope."),
        (lambda w, X, y: (X * _residual(w, X, y)[:, None]).mean(axis=1), "You added along the wrong axis: sum over the flats (axis=0), so that shape (d,) is left."),
        (lambda w, X, y: (X * _residual(w, X, y)[:, None]).sum(axis=1), "You added along the wrong axis: sum over the flats (axis=0), so that shape (d,) is left."),
        (lambda w, X, y: (X * _residual(w, X, y)[:, None]).T / len(y), "Not yet added up: * makes a table of feature times residual. Sum over the flats, as X.T @ residual does."),
        (lambda w, X, y: (X * _residual(w, X, y)[:, None]) / len(y), "Not yet added up: sum over the flats (axis=0), as X.T @ residual does."),
        (lambda w, X, y: X * _residual(w, X, y)[:, None], "Not yet added up: take the mean over the flats (axis=0), as X.T @ residual / len(y) does."),
        (lambda w, X, y: gradient(w, X, y)[:, None], "The slopes stand in a column of shape (d, 1): give them shape (d,), as w has it."),
        (lambda w, X, y: gradient(w, X, y)[None, :], "The slopes stand in a row of shape (1, d): give them shape (d,), as w has it."),
        (lambda w, X, y: X.T @ _residual(w, X, y) / X.shape[1], "You divided by the number of features; N counts the flats."),
        (lambda w, X, y: X.T @ _residual(w, X, y) / X.size, "X.size counts all numbers of X: N is the number of flats, len(y)."),
        (lambda w, X, y: X @ _residual(w, X, y) / len(y), "The transpose is missing: X.T @ residual adds up over the flats."),
        (lambda w, X, y: X.T @ (X.T @ w - y) / len(y), "w @ X, or X transposed, in the residual: the predictions are X @ w, in this order."),
        (lambda w, X, y: X.T @ (X * w - y) / len(y), "X * w multiplies feature by weight, but does not add up: the predictions are X @ w."),
        (lambda w, X, y: X.T @ (X @ w) / len(y), "The real prices are missing: the residual is X @ w - y."),
        (lambda w, X, y: X.T @ y / len(y), "The predictions are missing: the residual is X @ w - y."),
        (lambda w, X, y: X.T @ (X @ w + y) / len(y), "There is a plus where a minus belongs: the residual is X @ w - y."),
        (lambda w, X, y: X.T @ X @ w - X.T @ y / len(y), "Brackets are missing: the whole of X.T @ (X @ w - y) is divided by N, not the part with y alone."),
        (lambda w, X, y: X.T @ X @ w / len(y) - X.T @ y, "Brackets are missing: the whole of X.T @ (X @ w - y) is divided by N, not the part with X @ w alone."),
        (lambda w, X, y: _residual(w, X, y) / len(y), "The features are missing: each weight's slope is residual times feature, X.T @ residual."),
        (_residual, "These are the residuals: each weight's slope is the mean of residual times feature, X.T @ residual / len(y)."),
        (lambda w, X, y: X.T @ _residual(w, X, y) ** 2 / len(y), "The residuals are squared: the derivative of a square is not squared any more."),
        (lambda w, X, y: (X.T @ _residual(w, X, y)) ** 2 / len(y), "The slopes are squared: the derivative of a square is not squared any more."),
        (lambda w, X, y: X.T @ np.abs(_residual(w, X, y)) / len(y), "This takes the absolute values of the residuals: their sign says which way to go."),
        (lambda w, X, y: X.T @ np.sign(_residual(w, X, y)) / len(y), "Only the sign of the residuals is used: this is the gradient of the absolute errors; ours takes the residuals themselves."),
        (lambda w, X, y: X.sum(axis=0) * _residual(w, X, y).sum() / len(y), "You added up features and residuals apart: multiply first, flat by flat, and add up then."),
        (lambda w, X, y: X.sum(axis=0) * _residual(w, X, y).sum(), "You added up features and residuals apart: multiply first, flat by flat, then take the mean."),
        (lambda w, X, y: X.T @ _squares(w, X, y) / (2 * len(y)), "The squares of the loss are still there: the derivative of a square is twice the residual, which cancels the ½."),
        (lambda w, X, y: X.mean(axis=0) * _residual(w, X, y).mean(), "You averaged features and residuals apart: multiply first, flat by flat, and average then."),
        (lambda w, X, y: _step(w, X, y), "This is w after a step: return the gradient alone."),
        (lambda w, X, y: _step(w, X, y, 0.1), "This is w after a step of learning rate 0.1: return the gradient alone."),
        (lambda w, X, y: _step(w, X, y, 0.01), "This is w after a step of learning rate 0.01: return the gradient alone."),
        (lambda w, X, y: -0.1 * gradient(w, X, y), "This is a step with learning rate 0.1: return the gradient alone."),
        (lambda w, X, y: gradient(w, X, y) + w, "w is added to the gradient: return the gradient alone."),
        (lambda w, X, y: gradient(w, X, y) / np.linalg.norm(gradient(w, X, y)), "The gradient is scaled to length 1: its length matters, too, a step is long where it is steep."),
        *((lambda w, X, y, h=h: np.array([(loss(w + h * e, X, y) - loss(w, X, y)) / h for e in np.eye(len(w))]),
           f"This approximates the slopes by a finite difference with h = {h}: the formula Xᵀ(Xw − y) / N is exact.") for h in (1.0, 0.1, 0.01, 0.001, 1e-4, 1e-5)),
        (loss, "This is the loss, one number: the gradient holds one slope for each weight."),
        (lambda w, X, y: least_squares(X, y), "These are the weights of least squares: the gradient is the slope of the loss at w."),
        (lambda w, X, y: X[0] * _residual(w, X, y)[0] / len(y), "Only the first flat is counted: does the return stand inside the loop?"),
        (lambda w, X, y: X[0] * _residual(w, X, y)[0], "Only the first flat is counted: take the mean over all. Does the return stand inside the loop?"),
        (lambda w, X, y: X[-1] * _residual(w, X, y)[-1] / len(y), "Only the last flat is counted: add up in the loop, slopes += ..."),
        (lambda w, X, y: X[-1] * _residual(w, X, y)[-1], "Only the last flat is counted: add up in the loop, slopes += ..., and divide by N after it."),
    ],
)  # fmt: skip


def train(X, y, learning_rate, n_steps):
    """w_t = w_{t−1} − r ∇L(w_{t−1}) from w_0 = 0: the weights after n_steps.

    X (n, d), y (n,), learning_rate r, n_steps ≥ 0 -> (d,). The slides' "A code example".
    """
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w, X, y)
    return w


def _train_cases():
    rng = np.random.default_rng(2)
    sizes = (
        (4, 3, 0.1, 0, "0 steps, so that w stays at zeros"),
        (6, 2, 0.1, 1, "1 step"),
        (8, 3, 0.2, 2, "2 steps"),
        (5, 2, 0.05, 25, "25 steps"),
    )
    return [
        (f"{n} random flats, {steps}", (rng.normal(size=(n, d)), rng.normal(size=n), rate, k))
        for n, d, rate, k, steps in sizes
    ]


def _train_from(w, X, y, learning_rate, n_steps):
    return descend(lambda w: gradient(w, X, y), w, learning_rate, n_steps)[-1]


def _return_inside(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w, X, y)
        return w


def _starting_anew(X, y, learning_rate, n_steps):
    for _ in range(n_steps):
        w = np.zeros(X.shape[1])
        w = w - learning_rate * gradient(w, X, y)
    return w


def _rates(X, y, rates):
    w = np.zeros(X.shape[1])
    for rate in rates:
        w = w - rate * gradient(w, X, y)
    return w


def _step_alone(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = -learning_rate * gradient(w, X, y)
    return w


def _weight_by_weight(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for place in [*range(len(w))] * n_steps:
        w[place] -= learning_rate * gradient(w, X, y)[place]
    return w


def _flat_by_flat(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for flat, price in list(zip(X, y)) * n_steps:
        w = w - learning_rate * (flat @ w - price) * flat
    return w


check_train = Exercise(
    train,
    _train_cases(),
    hints=[
        "Start with w = np.zeros(X.shape[1]): one weight per column of X.",
        "In every round of the loop compute the gradient at the present w, then replace w.",
        "w = w - learning_rate * gradient(w, X, y), inside for step in range(n_steps); return w after the loop.",
    ],
    mistakes=[
        (lambda X, y, r, n: train(X, y, -r, n), "The sign is flipped: w + r · gradient climbs. Subtract."),
        (_return_inside, "Only one step was taken: is the return inside the loop?"),
        (_starting_anew, "Only one step was taken: does each round start again from zeros? np.zeros belongs before the loop."),
        (lambda X, y, r, n: train(X, y, r, min(n, 1)), "Only one step was taken: is the return inside the loop, or does each round start again from zeros?"),
        (lambda X, y, r, n: train(X, y, r, 1), "Exactly one step was taken, whatever n_steps is: for step in range(n_steps) makes as many rounds."),
        (lambda X, y, r, n: train(X, y, r, max(n - 1, 0)), "One step is missing: range(n_steps) makes n_steps rounds."),
        (lambda X, y, r, n: train(X, y, r, n + 1), "One step too many: range(n_steps) makes n_steps rounds."),
        (lambda X, y, r, n: train(X, y, r, 10), "Always 10 steps: use n_steps, as in range(n_steps)."),
        (lambda X, y, r, n: train(X, y, r, 100), "Always 100 steps: use n_steps, as in range(n_steps)."),
        (lambda X, y, r, n: train(X, y, r, len(y)), "One step for each flat: range(n_steps) makes n_steps rounds."),
        (lambda X, y, r, n: train(X, y, 1.0, n), "The learning rate is missing: each step is learning_rate times the gradient."),
        (lambda X, y, r, n: train(X, y, 0.1, n), "The learning rate is always 0.1 here: use the parameter learning_rate."),
        (lambda X, y, r, n: train(X, y, 0.01, n), "The learning rate is always 0.01 here: use the parameter learning_rate."),
        (lambda X, y, r, n: train(X, y, r / len(y), n), "Every step is N times too short: gradient divides by N already, once is enough."),
        (lambda X, y, r, n: train(X, y, r * len(y), n), "Every step is N times too long: divide the gradient by N."),
        (lambda X, y, r, n: train(X, y, 2 * r, n), "Every step is twice too long: the gradient has no factor 2, it cancels the ½ of the loss."),
        (lambda X, y, r, n: train(X, y, r / 2, n), "Every step is half too short: the gradient has no ½, the 2 of the square cancels it."),
        (lambda X, y, r, n: -n * r * gradient(np.zeros(X.shape[1]), X, y), "The gradient never changes: compute it anew inside the loop, at the present w."),
        (lambda X, y, r, n: _train_from(np.ones(X.shape[1]), X, y, r, n), "It starts from ones: the exercise starts from zeros, np.zeros(X.shape[1])."),
        (lambda X, y, r, n: least_squares(X, y), "These are the weights of least squares; here descent takes exactly n_steps steps."),
        (lambda X, y, r, n: descend(lambda w: gradient(w, X, y), np.zeros(X.shape[1]), r, n), "This is the whole path: return only the last w, shape (d,)."),
        (lambda X, y, r, n: np.zeros(X.shape[1]), "w stays at zeros: does each round put the new weights into w, as in w = w - ...?"),
        (lambda X, y, r, n: loss(train(X, y, r, n), X, y), "This is the loss: return the weights, shape (d,)."),
        (lambda X, y, r, n: gradient(train(X, y, r, n), X, y), "This is the gradient: return the weights, shape (d,)."),
        (lambda X, y, r, n: X @ train(X, y, r, n), "These are the predicted prices: return the weights, shape (d,)."),
        (lambda X, y, r, n: train(X, y, r, n)[:, None], "The weights stand in a column of shape (d, 1): give them shape (d,), as np.zeros(X.shape[1]) has it."),
        (lambda X, y, r, n: _rates(X, y, [r / (t + 1) for t in range(n)]), "The learning rate shrinks from step to step: it stays the same in all n_steps steps."),
        (lambda X, y, r, n: _rates(X, y, [r * t for t in range(n)]), "The learning rate is multiplied by the number of the step: it stays the same in all n_steps steps."),
        (lambda X, y, r, n: _weight_by_weight(X, y, r, n), "The weights change one after the other, so that the later ones meet an already changed w: compute the whole gradient first, then change all of w."),
        (lambda X, y, r, n: _step_alone(X, y, r, n), "w is replaced by the step alone: w = w - learning_rate * gradient."),
        (lambda X, y, r, n: _flat_by_flat(X, y, r, n), "Each round steps once for every flat: one step uses the mean over all flats, gradient(w, X, y)."),
    ],
)  # fmt: skip


def price_of_target(X, y, target):
    """w* · x, the price that the least-squares weights of (X, y) give to one more flat.

    X (n, d), y (n,), target (d,) -> a number in the unit of y. Slide "Motivation", the target apartment.
    """
    return predict(least_squares(X, y), target[None, :])[0]


def _target_cases():
    rng = np.random.default_rng(3)
    X = np.array([[80.0, 8, 20, 6], [60, 10, 30, 8], [100, 5, 20, 5], [70, 10, 25, 9]])
    slide = ("the lecture's four flats", (X, np.array([10000.0, 9000, 9000, 12000]), np.array([100.0, 8, 35, 8])))
    return [slide] + [
        (f"{n} random flats", (rng.normal(size=(n, 3)), rng.normal(size=n), rng.normal(size=3))) for n in (6, 9)
    ]


def _price_with_intercept(X, y, target):
    return price_of_target(add_intercept(X), y, np.append(1.0, target))


check_price_of_target = Exercise(
    price_of_target,
    _target_cases(),
    hints=[
        "Two steps: find the weights from X and y, then use them on the target.",
        "least_squares(X, y) gives the weights, shape (d,).",
        "The price is one number: target @ w.",
    ],
    mistakes=[
        (lambda X, y, t: least_squares(X, y), "These are the weights; the price is their sum over the target's features: target @ w."),
        (lambda X, y, t: predict(least_squares(X, y), X), "These are the prices of the known flats; use the target's features."),
        (lambda X, y, t: predict(least_squares(X, y), X)[0], "This is the price of the first known flat; use the target's features."),
        (lambda X, y, t: y.mean(), "This is the mean price of the known flats, whatever the target looks like."),
        (lambda X, y, t: np.median(y), "This is the median price of the known flats, whatever the target looks like."),
        (lambda X, y, t: y[0], "This is the first flat's price, whatever the target looks like: target @ least_squares(X, y)."),
        (lambda X, y, t: y[-1], "This is the last flat's price, whatever the target looks like: target @ least_squares(X, y)."),
        (lambda X, y, t: y[np.argmin(((X - t) ** 2).sum(axis=1))], "This is the price of the most similar flat: use the weights, target @ least_squares(X, y)."),
        (lambda X, y, t: t * least_squares(X, y), "Feature times weight, but not added up: target @ w does both."),
        (lambda X, y, t: np.mean(t * least_squares(X, y)), "This is the mean of feature times weight: the price is their sum, target @ w."),
        (lambda X, y, t: least_squares(X, y).sum(), "You added up the weights: multiply them by the target's features first, target @ w."),
        (lambda X, y, t: t.sum(), "You added up the features: multiply them by the weights first, target @ w."),
        (lambda X, y, t: t[0] * least_squares(X, y)[0], "Only the first feature is counted: does the return stand inside the loop?"),
        (lambda X, y, t: t[-1] * least_squares(X, y)[-1], "Only the last feature is counted: add up in the loop, price += ..."),
        (lambda X, y, t: t @ X.T @ y, "Xᵀy are not the weights yet: least_squares(X, y) solves XᵀX w = Xᵀy."),
        (_price_with_intercept, "An intercept is added: here the weights belong to the columns of X alone, least_squares(X, y)."),
        (lambda X, y, t: np.append(1.0, t) @ np.linalg.lstsq(add_intercept(X), y, rcond=None)[0], "An intercept is added: here the weights belong to the columns of X alone, least_squares(X, y)."),
        (lambda X, y, t: predict(least_squares(X, y), t[None, :]), "The price stands in an array of shape (1,): return the number itself, one number."),
    ],
)  # fmt: skip


def _ridge_cases():
    rng = np.random.default_rng(4)
    by_hand = np.array([3.0, 2.0]), np.array([[1.0, 1.0], [1.0, -1.0]]), np.array([4.0, 2.0]), 0.5
    return [("two flats by hand", by_hand)] + [
        (f"{n} random flats, weight decay {decay:g}",
         (rng.normal(size=d + 1), add_intercept(rng.normal(size=(n, d))), rng.normal(size=n), decay))
        for n, d, decay in ((6, 2, 0.3), (8, 3, 2.0), (5, 1, 0.0))
    ]  # fmt: skip


def _kept(w):
    return np.append(0.0, w[1:])


check_ridge_gradient = Exercise(
    ridge_gradient,
    _ridge_cases(),
    hints=[
        "The gradient of a sum is the sum of the gradients: gradient(w, X, y), plus that of the penalty.",
        "weight_decay/2 times w² has the slope weight_decay times w; for the intercept, w[0], it is 0.",
        "slopes = gradient(w, X, y), then slopes[1:] = slopes[1:] + weight_decay * w[1:], and return slopes.",
    ],
    mistakes=[
        (lambda w, X, y, r: gradient(w, X, y) + r * w, "The intercept decays, too: leave w[0] alone, or every prediction is pulled to 0."),
        (lambda w, X, y, r: gradient(w, X, y), "The penalty's slope is missing: weight_decay times w, except for w[0]."),
        (lambda w, X, y, r: gradient(w, X, y) - r * _kept(w), "The penalty's sign is flipped: this makes the weights grow. Add weight_decay * w."),
        (lambda w, X, y, r: gradient(w, X, y) - r * w, "The penalty's sign is flipped, and the intercept decays, too: add weight_decay * w, leave w[0] alone."),
        (lambda w, X, y, r: gradient(w, X, y) + r / 2 * _kept(w), "The penalty's slope is half as large as it should be: the 2 of the square cancels the ½."),
        (lambda w, X, y, r: gradient(w, X, y) + 2 * r * _kept(w), "The penalty's slope is twice as large as it should be: the 2 of the square cancels the ½."),
        (lambda w, X, y, r: gradient(w, X, y) + r / 2 * w, "The penalty's slope is half as large as it should be, and the intercept decays, too: leave w[0] alone."),
        (lambda w, X, y, r: gradient(w, X, y) + 2 * r * w, "The penalty's slope is twice as large as it should be, and the intercept decays, too: leave w[0] alone."),
        (lambda w, X, y, r: gradient(w, X, y) + r * _kept(w) / len(y), "The penalty's slope is divided by N: the penalty stands outside the mean over the flats."),
        (lambda w, X, y, r: gradient(w, X, y) + r * w / len(y), "The penalty's slope is divided by N, and the intercept decays, too: leave w[0] alone."),
        (lambda w, X, y, r: gradient(w, X, y) + r * _kept(w) * len(y), "The penalty's slope is multiplied by N: it stands outside the mean over the flats."),
        (lambda w, X, y, r: gradient(w, X, y) + _kept(w), "The weight decay is missing: the penalty's slope is weight_decay times w."),
        (lambda w, X, y, r: gradient(w, X, y) + w, "The weight decay is missing, and the intercept decays: the penalty's slope is weight_decay times w, except for w[0]."),
        (lambda w, X, y, r: gradient(w, X, y) + r * _kept(w) ** 2 / 2, "This adds the penalty itself: its slope is weight_decay times w, without the square and the ½."),
        (lambda w, X, y, r: gradient(w, X, y) + r * w**2 / 2, "This adds the penalty itself, also for the intercept: its slope is weight_decay times w, except for w[0]."),
        (lambda w, X, y, r: gradient(w, X, y) + r / 2 * _kept(w) @ _kept(w), "This adds the whole penalty to every slope: each weight has its own, weight_decay times w."),
        (lambda w, X, y, r: gradient(w, X, y) + r / 2 * w @ w, "This adds the whole penalty to every slope: each weight has its own, weight_decay times w, except for w[0]."),
        (lambda w, X, y, r: gradient(w, X, y) + r * np.append(0.0, np.sign(w[1:])), "This is the slope of weight_decay times |w|: the square's slope is weight_decay times w."),
        (lambda w, X, y, r: gradient(w, X, y) + r * np.append(0.0, np.abs(w[1:])), "The penalty's slope has the sign of w: weight_decay * w, not of its size |w|."),
        (lambda w, X, y, r: r * _kept(w), "This is the penalty's slope alone: add gradient(w, X, y)."),
        (lambda w, X, y, r: r * w, "This is the penalty's slope alone, and the intercept decays: add gradient(w, X, y), leave w[0] alone."),
        (lambda w, X, y, r: (gradient(w, X, y) + r * _kept(w))[1:], "The intercept's slope is missing: it has no penalty, but it has a slope, shape (d,)."),
        (lambda w, X, y, r: gradient(w, X, y) + r * np.append(w[:-1], 0.0), "The last weight is left alone: the intercept is the first, w[0]."),
        (lambda w, X, y, r: np.append(0.0, gradient(w, X, y)[1:] + r * w[1:]), "The intercept's slope is 0 here: only its penalty is, the loss itself still has a slope in w[0]."),
        (lambda w, X, y, r: r * gradient(w, X, y) + _kept(w), "Weight decay multiplies the loss's gradient: it belongs to the penalty, weight_decay * w."),
        (lambda w, X, y, r: loss(w, X, y) + r / 2 * w[1:] @ w[1:], "This is the loss with its penalty, one number: the question is its slope in each weight, shape (d,)."),
        (lambda w, X, y, r: ridge(X, y, r), "These are the best weights themselves; the question is the slope at w."),
    ],
)  # fmt: skip
