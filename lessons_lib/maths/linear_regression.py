"""Linear regression: y ≈ Xw, the mean squared error, its gradient and its exact minimum.

`X` (n, d) holds one sample per row, `y` (n,) its labels, `w` (d,) one weight per feature.
Slides: Basics in Machine Learning, "Linear regression", equations (1) and (2).
"""

import numpy as np

from lessons_lib.maths.checks import (
    check_degree,
    check_samples,
    check_spread,
    check_targets,
    check_weight_decay,
    check_weights,
    overflow_is_quiet,
)


@overflow_is_quiet
def predict(w, X):
    """ŷ = Xw, the predicted label of every row of X.

    w (d,), X (n, d) -> (n,), in the unit of y. ValueError when the shapes do not fit. Slide equation (1).
    """
    check_weights(w, X)
    return X @ w


@overflow_is_quiet
def loss(w, X, y):
    """L(w) = ‖Xw − y‖² / (2N), half the mean squared error.

    w (d,), X (n, d), y (n,) -> a number in the unit of y squared. ValueError when the shapes do not fit.
    Slide equation (2); without the 1/N it has the same minimum (slide "Linear regression", the matrix form).
    """
    check_targets(X, y)
    residual = predict(w, X) - y
    return residual @ residual / (2 * len(y))


@overflow_is_quiet
def gradient(w, X, y):
    """∇L(w) = Xᵀ(Xw − y) / N, the slope of the loss in every weight.

    w (d,), X (n, d), y (n,) -> (d,). ValueError when the shapes do not fit.
    Slide "Solve the linear regression problem", whose loss lacks the 1/N.
    """
    check_targets(X, y)
    residual = predict(w, X) - y
    return X.T @ residual / len(y)


@overflow_is_quiet
def hessian(X):
    """∇²L = XᵀX / N, how fast the slope of the loss changes: the curvature of the bowl, the same everywhere.

    X (n, d) -> (d, d). ValueError when X is not (n, d).
    """
    check_samples(X)
    X = X.astype(float)
    return X.T @ X / len(X)


@overflow_is_quiet
def least_squares(X, y):
    """w* with XᵀX w* = Xᵀy: the weights with the lowest loss, without descent.

    X (n, d), y (n,) -> (d,). Where several weights share the lowest loss, one of them is returned.
    ValueError when the shapes do not fit or a number is not finite. The slide's arg min: where its gradient is zero.
    """
    check_targets(X, y)
    X = X.astype(float)
    # Columns of length one: metres or kilometres must not decide how exactly the equations can be solved.
    length = np.sqrt(np.einsum("nd,nd->d", X, X))
    length[length == 0] = 1
    scaled = (X.T @ X) / np.outer(length, length)
    products = X.T @ y / length
    if not np.isfinite(scaled).all() or not np.isfinite(products).all():
        raise ValueError("X and y need to be finite numbers, and small enough to be squared and added up.")
    return np.linalg.lstsq(scaled, products, rcond=1e-13)[0] / length


def bowl(X, y):
    """The loss and the gradient of these samples as functions of w alone, which cost the same for any N.

    X (n, d), y (n,) -> (loss(w), gradient(w)). XᵀX and Xᵀy are computed once, here; after that
    L(w) = L(w*) + ½ (w − w*)ᵀH(w − w*) and ∇L(w) = H(w − w*) need d² multiplications, not N·d.
    ValueError when the shapes do not fit.
    """
    H, best = hessian(X), least_squares(X, y)
    lowest = loss(best, X, y)

    @overflow_is_quiet
    def loss_of_w(w):
        away = w - best
        return lowest + away @ H @ away / 2

    @overflow_is_quiet
    def gradient_of_w(w):
        return H @ (w - best)

    return loss_of_w, gradient_of_w


def add_intercept(X):
    """X with a first column of ones, so that the first weight is the intercept.

    X (n, d) -> (n, d + 1). ValueError when X is not (n, d).
    """
    check_samples(X)
    return np.column_stack([np.ones(len(X)), X])


@overflow_is_quiet
def standardise(X):
    """Z = (X − mean) / scale: every column with mean 0 and standard deviation 1.

    X (n, d) -> (Z (n, d), mean (d,), scale (d,)). mean and scale keep the columns' units, Z has none.
    A constant column keeps scale 1 (it becomes 0). ValueError when X is not (n, d).
    """
    check_samples(X)
    mean, scale = X.mean(axis=0), X.std(axis=0)
    # The spread of equal numbers can come out as a rounding error instead of 0.
    scale = np.where(scale > 1e-12 * np.abs(mean), scale, 1.0)
    return (X - mean) / scale, mean, scale


@overflow_is_quiet
def polynomial_features(x, degree):
    """1, x, x², …, x^degree as columns: a curve in x is then a weighted sum.

    x (n,), best between −1 and 1, so that no power is huge; degree ≥ 0 -> (n, degree + 1), the first column ones.
    ValueError when x is not (n,) or the degree no whole number.
    """
    check_degree(x, degree)
    return np.asarray(x, dtype=float)[:, np.newaxis] ** np.arange(degree + 1)


def _decayed(X):
    """1 for every weight that is kept short, 0 for the intercept: a first column of ones."""
    decayed = np.ones(X.shape[1])
    decayed[0] = 0 if (X[:, 0] == 1).all() else 1
    return decayed


@overflow_is_quiet
def ridge_gradient(w, X, y, weight_decay):
    """∇L(w) + weight_decay · w, the slope of the loss and of weight_decay/2 · ‖w‖²; the intercept is left alone.

    Like `gradient`; weight_decay ≥ 0, a number (ValueError) -> (d,). The intercept is the weight of a first column of
    ones, if there is one: a penalty on it would pull all predictions towards 0.
    """
    check_weight_decay(weight_decay)
    return gradient(w, X, y) + weight_decay * _decayed(X) * w


@overflow_is_quiet
def ridge(X, y, weight_decay):
    """w with (XᵀX/N + weight_decay·1) w = Xᵀy/N: the lowest ‖Xw − y‖²/(2N) + weight_decay/2 · ‖w‖².

    X (n, d), y (n,), weight_decay ≥ 0 -> (d,). The intercept, a first column of ones, is left alone. With
    weight_decay 0 it is least squares, solved without XᵀX: slower, but exact for many powers.
    ValueError when the shapes do not fit or the decay is negative.
    """
    check_targets(X, y)
    check_weight_decay(weight_decay)
    # Rows that stand for the penalty: √(N · weight_decay) · wⱼ should be 0.
    penalty = np.sqrt(len(X) * weight_decay) * np.diag(_decayed(X))
    return np.linalg.lstsq(np.vstack([X, penalty]), np.append(y, np.zeros(X.shape[1])), rcond=None)[0]


def bias_and_variance(curves, truth):
    """(mean curve − truth)² and the spread² of the curves around their mean, each averaged over all places.

    curves (m, n): what m models, each learned from its own sample, predict at n places; truth (n,) -> two numbers in
    the unit of y squared. With the noise² of new labels they add up to the mean squared error on them.
    """
    mean = curves.mean(axis=0)
    return np.mean((mean - truth) ** 2), np.mean((curves - mean) ** 2)


@overflow_is_quiet
def log_likelihood(w, spread, X, y):
    """Σ log of the bell's height at yᵢ: bells with this standard deviation stand on the predictions Xw.

    w (d,), spread > 0 in the unit of y (ValueError), X (n, d), y (n,) -> a number. It falls with the sum of squares:
    for every spread, the likeliest w are those of `least_squares`.
    """
    check_targets(X, y)
    check_spread(spread)
    residual = predict(w, X) - y
    return -np.sum(residual**2) / (2 * spread**2) - len(y) * np.log(spread * np.sqrt(2 * np.pi))
