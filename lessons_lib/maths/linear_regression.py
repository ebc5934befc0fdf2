"""Linear regression: y ≈ Xw, the mean squared error, its gradient and its exact minimum.

`X` (n, d) holds one sample per row, `y` (n,) its labels, `w` (d,) one weight per feature.
Slides: Basics in Machine Learning, "Linear regression", equations (1) and (2).
"""

import numpy as np

from lessons_lib.maths.checks import check_samples, check_targets, check_weights, overflow_is_quiet


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
