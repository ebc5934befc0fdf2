"""Exercises of lesson 01: prediction, mean squared error, its gradient, the training loop, the target apartment."""

import numpy as np

from lessons_lib.exercises.checking import Exercise
from lessons_lib.maths.gradient_descent import descend
from lessons_lib.maths.linear_regression import gradient, least_squares, loss, predict


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


check_predict = Exercise(
    predict,
    [(name, (w, X)) for name, (w, X, y) in _cases()],
    hints=[
        "Each row of X is one flat. Its price is the sum of feature times weight.",
        "A matrix times a vector does that for all rows at once: numpy writes it with @.",
        "return X @ w",
    ],
    mistakes=[
        (
            lambda w, X: X * w,
            "You multiplied feature by weight, but did not add them up over the features: @ does both.",
        ),
        (lambda w, X: np.sum(X @ w), "You added up the prices of all flats: each flat needs its own, shape (n,)."),
        (
            lambda w, X: (X * w).sum(axis=0),
            "You added along the wrong axis: sum over the features (axis=1), not over the flats.",
        ),
        (
            lambda w, X: (X @ w)[:, None],
            "The prices stand in a column of shape (n, 1): give them shape (n,), as y has it.",
        ),
        (lambda w, X: X.T @ w, "X is transposed: X @ w, in this order, multiplies each row of X with w."),
    ],
)

check_loss = Exercise(
    loss,
    _cases(),
    hints=[
        "First the residuals: how far is each predicted price X @ w from the real one, y?",
        "Square the residuals, add them up, and divide by 2N, where N = len(y).",
        "residual = X @ w - y, then return residual @ residual / (2 * len(y))",
    ],
    mistakes=[
        (lambda w, X, y: (_residual(w, X, y) ** 2).sum() / 2, "You forgot to divide by N: this is ½‖Xw − y‖², N times too large."),
        (lambda w, X, y: (_residual(w, X, y) ** 2).mean(), "You forgot the ½: the slide divides by 2N, not by N."),
        (lambda w, X, y: (_residual(w, X, y) ** 2).sum(), "You forgot to divide by 2N: this is the plain sum of squares."),
        (lambda w, X, y: _residual(w, X, y).sum() / (2 * len(y)), "You forgot to square: residuals of opposite sign cancel."),
        (lambda w, X, y: _residual(w, X, y).mean() ** 2 / 2, "You squared after averaging: square each residual first."),
        (lambda w, X, y: np.abs(_residual(w, X, y)).mean() / 2, "This takes absolute values; the slide takes squares."),
        (lambda w, X, y: np.abs(_residual(w, X, y)).mean(), "This is the mean absolute error; the slide squares the residuals."),
        (lambda w, X, y: _residual(w, X, y) ** 2 / (2 * len(y)), "These are the losses of single flats: add them up to one number."),
        (lambda w, X, y: (_residual(w, X, y) ** 2).sum() / (2 * X.shape[1]), "You divided by the number of features; N counts the flats."),
        (lambda w, X, y: -loss(w, X, y), "The sign is flipped: a loss is 0 or more."),
        (lambda w, X, y: ((X.T @ w - y) ** 2).sum() / (2 * len(y)), "X is transposed: the predictions are X @ w, in this order."),
        (lambda w, X, y: ((X @ w - y[:, None]) ** 2).sum() / (2 * len(y)),
         "y in a column of shape (n, 1) makes a whole table of differences: keep y with shape (n,)."),
    ],
)  # fmt: skip

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
        (lambda w, X, y: gradient(w, X, y) / 2, "Half too small: the derivative of the square brings a 2 that cancels the ½."),
        (lambda w, X, y: _residual(w, X, y).mean(), "This is one number; each weight has its own slope: multiply by its feature before adding up."),
        (lambda w, X, y: (X * _residual(w, X, y)[:, None]).mean(), "You averaged over everything: add up over the flats only, one slope per weight."),
        (lambda w, X, y: (X * _residual(w, X, y)[:, None]).mean(axis=1), "You added along the wrong axis: sum over the flats (axis=0), so that shape (d,) is left."),
        (lambda w, X, y: (X * _residual(w, X, y)[:, None]).sum(axis=1), "You added along the wrong axis: sum over the flats (axis=0), so that shape (d,) is left."),
        (lambda w, X, y: (X * _residual(w, X, y)[:, None]).T / len(y), "The answer is transposed and not yet added up: sum over the flats."),
        (lambda w, X, y: gradient(w, X, y)[:, None], "The slopes stand in a column of shape (d, 1): give them shape (d,), as w has it."),
        (lambda w, X, y: gradient(w, X, y)[None, :], "The slopes stand in a row of shape (1, d): give them shape (d,), as w has it."),
        (lambda w, X, y: X.T @ _residual(w, X, y) / X.shape[1], "You divided by the number of features; N counts the flats."),
        (lambda w, X, y: X @ _residual(w, X, y) / len(y), "The transpose is missing: X.T @ residual adds up over the flats."),
        (lambda w, X, y: X.T @ (X.T @ w - y) / len(y), "X is transposed in the residual: the predictions are X @ w, in this order."),
        (lambda w, X, y: X.T @ (X @ w) / len(y), "The real prices are missing: the residual is X @ w - y."),
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
    sizes = ((6, 2, 1), (8, 3, 2), (5, 2, 25))
    return [
        (f"{n} random flats, {k} steps", (rng.normal(size=(n, d)), rng.normal(size=n), 0.1, k)) for n, d, k in sizes
    ]


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
        (lambda X, y, r, n: train(X, y, r, 1), "Only one step was taken: is the return inside the loop, or does each round start again from zeros?"),
        (lambda X, y, r, n: train(X, y, r, n - 1), "One step is missing: range(n_steps) makes n_steps rounds."),
        (lambda X, y, r, n: train(X, y, r, n + 1), "One step too many: range(n_steps) makes n_steps rounds."),
        (lambda X, y, r, n: train(X, y, 1.0, n), "The learning rate is missing: each step is learning_rate times the gradient."),
        (lambda X, y, r, n: train(X, y, r * len(y), n), "Every step is N times too long: divide the gradient by N."),
        (lambda X, y, r, n: -n * r * gradient(np.zeros(X.shape[1]), X, y), "The gradient never changes: compute it anew inside the loop, at the present w."),
        (lambda X, y, r, n: least_squares(X, y), "These are the weights of least squares; here descent takes exactly n_steps steps."),
        (lambda X, y, r, n: descend(lambda w: gradient(w, X, y), np.zeros(X.shape[1]), r, n), "This is the whole path: return only the last w, shape (d,)."),
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
    slide = ("the slide's four flats", (X, np.array([10000.0, 9000, 9000, 12000]), np.array([100.0, 8, 35, 8])))
    return [slide] + [
        (f"{n} random flats", (rng.normal(size=(n, 3)), rng.normal(size=n), rng.normal(size=3))) for n in (6, 9)
    ]


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
        (lambda X, y, t: y.mean(), "This is the mean price of the known flats, whatever the target looks like."),
        (lambda X, y, t: t * least_squares(X, y), "Feature times weight, but not added up: target @ w does both."),
        (lambda X, y, t: predict(least_squares(X, y), t[None, :]), "The price stands in an array of shape (1,): return the number itself."),
    ],
)  # fmt: skip
