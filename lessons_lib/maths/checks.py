"""What every equation asks of its input, so that the functions that use it hold nothing but the equation.

A `check_...` call raises one clear sentence; a test strips these calls when it compares a function shown in a
notebook with the library's.
"""

import numpy as np

# A diverging run overflows on purpose: its numbers become inf and nan, and that is the lesson, not a warning.
overflow_is_quiet = np.errstate(over="ignore", invalid="ignore", divide="ignore", under="ignore")


def check_samples(X, y=None, w=None):
    """Raise ValueError unless X is (n, d) with n ≥ 1, y (if given) is (n,) and w (if given) is (d,)."""
    if not isinstance(X, np.ndarray):
        raise TypeError(f"X needs to be a numpy array with one row per sample; it is a {type(X).__name__}.")
    if X.ndim != 2 or len(X) == 0:
        raise ValueError(f"X needs shape (n, d) with at least one row, one row per sample; it has shape {X.shape}.")
    if y is not None and np.shape(y) != X.shape[:1]:
        raise ValueError(f"y needs one number per row of X, shape {X.shape[:1]}; it has shape {np.shape(y)}.")
    if w is not None and np.shape(w) != X.shape[1:]:
        raise ValueError(f"w needs one weight per column of X, shape {X.shape[1:]}; it has shape {np.shape(w)}.")


def check_knobs(learning_rate, n_steps):
    """Raise ValueError unless the learning rate is a finite number and n_steps a whole number ≥ 0."""
    if not np.isscalar(learning_rate) or not np.isfinite(learning_rate):
        raise ValueError(f"learning_rate needs to be one finite number; it is {learning_rate!r}.")
    if not isinstance(n_steps, (int, np.integer)) or n_steps < 0:
        raise ValueError(f"the number of steps needs to be a whole number, 0 or more; it is {n_steps!r}.")


def check_slope(slope, w):
    """Raise unless a gradient is an array with one number per parameter, the shape of w."""
    if slope is None:
        raise TypeError("the gradient function returned None: does it end with a return statement?")
    if np.shape(slope) != np.shape(w):
        raise ValueError(
            f"the gradient has shape {np.shape(slope)}, but the parameters have shape {np.shape(w)}: "
            "it needs one slope per parameter."
        )
