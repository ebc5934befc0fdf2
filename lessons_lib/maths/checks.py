"""What every equation asks of its input, so that the functions that use it hold nothing but the equation.

A `check_...` call raises one clear sentence; a test strips these calls when it compares a function shown in a
notebook with the library's.
"""

import unicodedata
from collections.abc import Sized
from numbers import Integral, Real
from string import ascii_lowercase as _LETTERS

import numpy as np

# A diverging run overflows on purpose: its numbers become inf and nan, and that is the lesson, not a warning.
overflow_is_quiet = np.errstate(over="ignore", invalid="ignore", divide="ignore", under="ignore")

_N_SYMBOLS = len(_LETTERS) + 2  # of names: <s>, a to z, <e>
_LARGEST = 1e300  # leaves room to sum a table of counts


def check_samples(X):
    """Raise unless X is an array (n, d) with at least one row."""
    if not isinstance(X, np.ndarray):
        raise TypeError(f"X needs to be a numpy array with one row per sample; it is a {type(X).__name__}.")
    if X.ndim != 2 or len(X) == 0:
        raise ValueError(f"X needs shape (n, d) with at least one row, one row per sample; it has shape {X.shape}.")


def check_targets(X, y):
    """Raise unless X is (n, d) and y is (n,)."""
    check_samples(X)
    if np.shape(y) != X.shape[:1]:
        raise ValueError(f"y needs one number per row of X, shape {X.shape[:1]}; it has shape {np.shape(y)}.")


def check_weights(w, X):
    """Raise unless X is (n, d) and w is (d,)."""
    check_samples(X)
    if np.shape(w) != X.shape[1:]:
        raise ValueError(f"w needs one weight per column of X, shape {X.shape[1:]}; it has shape {np.shape(w)}.")


def check_knobs(learning_rate, n_steps):
    """Raise ValueError unless the learning rate is a finite number and n_steps a whole number ≥ 0."""
    if not isinstance(learning_rate, Real) or not np.isfinite(float(learning_rate)):
        raise ValueError(f"learning_rate needs to be one finite number; it is {learning_rate!r}.")
    if not isinstance(n_steps, Integral) or n_steps < 0:
        raise ValueError(f"the number of steps needs to be a whole number, 0 or more; it is {n_steps!r}.")


def check_tolerance(tolerance):
    """Raise ValueError unless the tolerance is a number ≥ 0."""
    if not isinstance(tolerance, Real) or not tolerance >= 0:
        raise ValueError(f"tolerance needs to be a number, 0 or more; it is {tolerance!r}.")


def check_slope(slope, w):
    """Raise unless a gradient is an array (or a number) with one slope per parameter, the shape of w."""
    if slope is None:
        raise TypeError("the gradient function returned None: does it end with a return statement?")
    if not isinstance(slope, np.ndarray | Real):
        raise TypeError(f"the gradient needs to be a numpy array; it is a {type(slope).__name__}.")
    if np.shape(slope) != np.shape(w):
        raise ValueError(
            f"the gradient has shape {np.shape(slope)}, but the parameters have shape {np.shape(w)}: "
            "it needs one slope per parameter."
        )


def check_degree(x, degree):
    """Raise ValueError unless x is one row of numbers and the degree a whole number ≥ 0."""
    if np.ndim(x) != 1:
        raise ValueError(f"x needs one number per sample, shape (n,); it has shape {np.shape(x)}.")
    if not isinstance(degree, Integral) or degree < 0:
        raise ValueError(f"the degree needs to be a whole number, 0 or more; it is {degree!r}.")


def check_weight_decay(weight_decay):
    """Raise ValueError unless the weight decay is a number ≥ 0."""
    if not isinstance(weight_decay, Real) or not weight_decay >= 0:
        raise ValueError(f"weight_decay needs to be a number, 0 or more; it is {weight_decay!r}.")


def check_spread(spread):
    """Raise ValueError unless the spread is a number above 0."""
    if not isinstance(spread, Real) or not spread > 0:
        raise ValueError(f"the spread needs to be a number above 0; it is {spread!r}.")


def check_labels(X, y, labels):
    """Raise ValueError unless y is (n,) and holds nothing but the two labels."""
    check_targets(X, y)
    if not np.isin(y, labels).all():
        raise ValueError(f"every label needs to be {labels[0]} or {labels[1]}; they are {np.unique(y)[:5]}.")


def check_classes(X, y, n_classes):
    """Raise ValueError unless y is (n,) and holds whole numbers from 0 to n_classes − 1."""
    check_targets(X, y)
    if not np.issubdtype(np.asarray(y).dtype, np.integer) or np.min(y) < 0 or np.max(y) >= n_classes:
        raise ValueError(f"every class needs to be a whole number from 0 to {n_classes - 1}; they are {np.unique(y)}.")


def check_distributions(p, q):
    """Raise ValueError unless p and q have one shape and are probabilities that sum to 1 along the last axis."""
    if p.shape != q.shape or p.ndim == 0:
        raise ValueError(f"both distributions need the same shape; they have {p.shape} and {q.shape}.")
    for name, values in (("p", p), ("q", q)):
        if (values < 0).any() or not np.allclose(values.sum(axis=-1), 1, atol=1e-6):
            raise ValueError(f"{name} needs to hold probabilities, 0 or more, that sum to 1; it is {values}.")


def check_chances(p, y):
    """Raise ValueError unless y (n,) holds nothing but 0 and 1, and p is a number or (n,), all from 0 to 1."""
    if np.ndim(y) != 1 or len(y) == 0 or not np.isin(y, (0, 1)).all():
        raise ValueError(f"y needs to be a row of labels 0 and 1, at least one; it is {y!r}.")
    if np.ndim(p) and np.shape(p) != np.shape(y):
        raise ValueError(f"there need to be as many predictions as labels, {len(y)}; they have shape {np.shape(p)}.")
    if not ((np.asarray(p) >= 0) & (np.asarray(p) <= 1)).all():
        raise ValueError(f"every prediction needs to lie between 0 and 1; they are {p!r}.")


def check_layer_sizes(layer_sizes):
    """Raise ValueError unless the sizes are at least two whole numbers of 1 or more."""
    if len(layer_sizes) < 2 or not all(isinstance(size, Integral) and size >= 1 for size in layer_sizes):
        raise ValueError(
            f"layer_sizes needs two or more whole numbers, each at least 1, such as (2, 8, 3); it is {layer_sizes!r}."
        )


def check_layers(layers, X):
    """Raise ValueError unless X is (n, d) and each layer's W fits what comes in, and its b fits its W."""
    check_samples(X)
    n_in = X.shape[1]
    for number, (W, b) in enumerate(layers, start=1):
        if np.ndim(W) != 2 or np.shape(W)[1] != n_in or np.shape(b) != np.shape(W)[:1]:
            raise ValueError(
                f"layer {number} needs W of shape (units, {n_in}) and b of shape (units,); "
                f"they have {np.shape(W)} and {np.shape(b)}."
            )
        n_in = len(W)


def check_one_output(layers):
    """Raise ValueError unless the last layer has one output."""
    if len(layers[-1][0]) != 1:
        raise ValueError(f"the squared error needs a network with one output; this one has {len(layers[-1][0])}.")


def check_length(w, n_parameters):
    """Raise ValueError unless w is one vector of so many parameters."""
    if np.shape(w) != (n_parameters,):
        raise ValueError(f"these layers have {n_parameters} parameters; w has shape {np.shape(w)}.")


def check_batches(n, batch_size):
    """Raise ValueError unless n is a whole number of at least 1 and batch_size one from 1 to n."""
    if not isinstance(n, Integral) or n < 1:
        raise ValueError(f"n needs to be a whole number of samples, 1 or more; it is {n!r}.")
    if not isinstance(batch_size, Integral) or not 1 <= batch_size <= n:
        raise ValueError(f"batch_size needs to be a whole number from 1 to {n}; it is {batch_size!r}.")


def check_number(value):
    """Raise unless the value is one real number that a float can hold."""
    if not isinstance(value, Real):
        raise TypeError(
            f"a Value computes with single numbers and other Values; it was given a {type(value).__name__}."
        )
    try:
        float(value)
    except OverflowError:
        raise ValueError("a Value needs a number below 1.8e308, the largest float; this one is larger.") from None


def check_backward_rule(slopes, n_parents):
    """Raise TypeError unless a backward rule returned a list of numbers, one for each parent."""
    if not isinstance(slopes, list | tuple | np.ndarray) or len(slopes) != n_parents or not all(
        isinstance(slope, Real) for slope in slopes
    ):  # fmt: skip
        needed = "one number" if n_parents == 1 else f"{n_parents} numbers"
        raise TypeError(f"a backward rule needs to return a list of {needed}, one per parent; it returned {slopes!r}.")


def _type(value):
    return type(value).__name__


def _is_row(values):
    """Whether values have a length, and are one row if they are an array."""
    return isinstance(values, Sized) and getattr(values, "ndim", 1) == 1


def check_name(name):
    """Raise unless name is a string of one or more letters a to z; the sentence names the first other character."""
    if not isinstance(name, str):
        raise TypeError(f"a name needs to be a string such as 'emma'; it is of type {_type(name)}.")
    if not name:
        raise ValueError("a name needs at least one letter; this one is empty.")
    for position, character in enumerate(name, start=1):
        if character not in _LETTERS:
            what = "a blank" if character == " " else repr(character)
            plain = unicodedata.normalize("NFD", character)[0]  # é is written as e with an accent
            advice = (
                ", so write it in lower case" if character.lower() in _LETTERS
                else ", so write it without the accent" if plain in _LETTERS
                else ", so write it in lower case and without the accent" if plain.lower() in _LETTERS
                else ""
            )  # fmt: skip
            raise ValueError(
                f"a name needs letters from a to z only; character {position} of {str(name)!r} is {what}{advice}."
            )


def check_names(names):
    """Raise unless names is a list (or another sequence) of at least one name."""
    if isinstance(names, str):
        raise TypeError(f"names needs to be a list of names; for one name write [{str(names)!r}].")
    if not _is_row(names):
        raise TypeError(f"names needs to be a list of names, such as ['al', 'zoe']; it is of type {_type(names)}.")
    if len(names) == 0:
        raise ValueError("names needs at least one name; it is empty.")


def check_indices(indices):
    """Raise unless indices are numbers of symbols, 0 (<s>) only first and 27 (<e>) only last."""
    if not _is_row(indices):
        raise TypeError(
            f"indices needs to be a list of symbols' numbers, such as [1, 12]; it is of type {_type(indices)}."
        )
    last = len(indices) - 1
    for position, index in enumerate(indices):
        if not isinstance(index, Integral) or not 0 <= index < _N_SYMBOLS:
            raise ValueError(f"every symbol needs a whole number from 0 to {_N_SYMBOLS - 1}; one is {index!r}.")
        if (index == 0 and position > 0) or (index == _N_SYMBOLS - 1 and position < last):
            raise ValueError(
                f"<s> (0) stands first and <e> ({_N_SYMBOLS - 1}) last; position {position + 1} holds {index}."
            )


def check_counts(counts):
    """Raise unless counts is an array (28, 28) of numbers from 0 to 1e300, so that their sum is finite."""
    _check_square("counts", counts, ", one row per previous symbol")
    if not (np.min(counts) >= 0 and np.max(counts) <= _LARGEST):  # nan is neither
        raise ValueError("counts needs finite numbers, 0 or more.")


def check_counted(counts):
    """Raise unless counts are counts, and at least one pair was counted."""
    check_counts(counts)
    if not counts.any():
        raise ValueError("counts needs at least one counted pair; all are 0.")


def check_smoothing(smoothing):
    """Raise ValueError unless the smoothing is one number from 0 to 1e300, so that no sum of a row overflows."""
    if not isinstance(smoothing, Real) or not 0 <= smoothing <= _LARGEST:
        raise ValueError(f"smoothing needs to be a finite number, from 0 to {_LARGEST:g}; it is {smoothing!r}.")


def check_table(P):
    """Raise unless P is an array (28, 28), its rows are probabilities that sum to 1, and none leads to <s> alone."""
    _check_square("P", P)
    if not np.min(P) >= 0 or not np.allclose(np.sum(P, axis=1), 1, atol=1e-6):
        raise ValueError("every row of P needs to hold probabilities, 0 or more, that sum to 1.")
    if (np.sum(P[:, 1:], axis=1) <= 0).any():
        raise ValueError("a row of P leads to <s> alone, where no name goes on.")


def check_scores(W):
    """Raise unless W is an array (28, 28) of numbers."""
    _check_square("W", W, ", one row per previous symbol")


def _check_square(name, table, rows=""):
    if not isinstance(table, np.ndarray):
        raise TypeError(f"{name} needs to be a numpy array; it is of type {_type(table)}.")
    if table.shape != (_N_SYMBOLS, _N_SYMBOLS):
        raise ValueError(f"{name} needs shape ({_N_SYMBOLS}, {_N_SYMBOLS}){rows}; it has shape {table.shape}.")
    if table.dtype.kind not in "biuf":
        raise TypeError(f"{name} needs to hold plain numbers; its dtype is {table.dtype}.")


def check_generator(rng):
    """Raise TypeError unless rng can draw: rng.random() is a number from 0 to 1."""
    if not callable(getattr(rng, "random", None)):
        raise TypeError(f"rng needs to be a generator such as np.random.default_rng(0); it is of type {_type(rng)}.")


def check_max_length(max_length):
    """Raise ValueError unless the longest name has a whole number of letters, 1 or more."""
    if not isinstance(max_length, Integral) or max_length < 1:
        raise ValueError(f"max_length needs to be a whole number of letters, 1 or more; it is {max_length!r}.")


def check_memory(memory):
    """Raise ValueError unless the memory is a whole number from 0 to 4: tables beyond are too large to count in."""
    if not isinstance(memory, Integral) or not 0 <= memory <= 4:
        raise ValueError(f"memory needs to be a whole number from 0 to 4; it is {memory!r}.")


def check_context_length(length):
    """Raise ValueError unless the length of a context is a whole number of 1 or more."""
    if not isinstance(length, Integral) or length < 1:
        raise ValueError(f"length needs to be a whole number of symbols, 1 or more; it is {length!r}.")


def check_context(E, context):
    """Raise ValueError unless E is (28, d) and context (n, length) holds whole numbers of its rows."""
    if np.ndim(E) != 2 or len(E) != _N_SYMBOLS:
        raise ValueError(f"E needs shape ({_N_SYMBOLS}, k), one point per symbol; it has shape {np.shape(E)}.")
    context = np.asarray(context)
    if context.ndim != 2 or not np.issubdtype(context.dtype, np.integer):
        raise ValueError(f"context needs whole numbers in shape (n, length); it has shape {context.shape}.")
    if context.size and not 0 <= context.min() <= context.max() < len(E):
        raise ValueError(f"every symbol of a context needs a number from 0 to {len(E) - 1}.")


def check_attention(Q, K, V=None):
    """Raise ValueError unless Q is (m, d), K (n, d) and V, if given, (n, v)."""
    if np.ndim(Q) != 2 or np.ndim(K) != 2 or np.shape(Q)[1] != np.shape(K)[1]:
        raise ValueError(f"Q (m, d) and K (n, d) need the same d; they have {np.shape(Q)} and {np.shape(K)}.")
    if V is not None and (np.ndim(V) != 2 or len(V) != len(K)):
        raise ValueError(f"V needs one row per row of K, {len(K)}; it has shape {np.shape(V)}.")


def check_temperature(temperature):
    """Raise ValueError unless the temperature is a finite number above 0."""
    if not isinstance(temperature, Real) or not 0 < temperature < np.inf:
        raise ValueError(f"temperature needs to be a number above 0; it is {temperature!r}.")


def check_transformer_size(width, n_heads, n_blocks):
    """Raise ValueError unless the sizes are whole numbers of 1 or more, and the width a multiple of n_heads."""
    for name, size in (("width", width), ("n_heads", n_heads), ("n_blocks", n_blocks)):
        if not isinstance(size, Integral) or size < 1:
            raise ValueError(f"{name} needs to be a whole number, 1 or more; it is {size!r}.")
    if width % n_heads:
        raise ValueError(f"the heads share the width evenly: {width} numbers cannot be dealt out to {n_heads} heads.")


def check_rows_of_symbols(S, longest):
    """Raise unless S is an array (n, T) of symbols' numbers, T from 1 to longest."""
    if not isinstance(S, np.ndarray) or S.ndim != 2 or not np.issubdtype(S.dtype, np.integer):
        raise TypeError(f"S needs to be an array (n, T) of symbols' numbers, one name a row; it is of type {_type(S)}.")
    if not 1 <= S.shape[1] <= longest:
        raise ValueError(f"there are {longest} places; S has {S.shape[1]} symbols a row.")
    if S.size and not 0 <= S.min() <= S.max() < _N_SYMBOLS:
        raise ValueError(f"every symbol needs a number from 0 to {_N_SYMBOLS - 1}.")


def check_short_names(names, longest):
    """Raise unless names is a list of names, none longer than `longest` letters."""
    check_names(names)
    for name in names:
        if len(name) > longest:
            raise ValueError(f"this transformer has places for {longest} letters; {str(name)!r} has {len(name)}.")


def check_masked_attention(Q, K, V=None):
    """Raise ValueError unless Q and K have one shape (..., T, k), and V, if given, as many rows."""
    if np.ndim(Q) < 2 or np.shape(Q) != np.shape(K):
        raise ValueError(f"Q and K need one shape (…, T, k), a row each place; they have {np.shape(Q)}, {np.shape(K)}.")
    if V is not None and np.shape(V)[:-1] != np.shape(K)[:-1]:
        raise ValueError(f"V needs one row per row of K, {np.shape(K)[:-1]}; it has shape {np.shape(V)}.")


def check_text(text, shortest=0):
    """Raise unless the text is a string of at least so many characters."""
    if not isinstance(text, str):
        raise TypeError(f"text needs to be a string; it is of type {_type(text)}.")
    if len(text) < shortest:
        raise ValueError(f"text needs {shortest} characters or more; it has {len(text)}.")


def check_tokens(tokens):
    """Raise TypeError unless tokens is a list of strings; to stay quick, only the first of them is looked at."""
    if not isinstance(tokens, list) or tokens and not isinstance(tokens[0], str):
        raise TypeError(f"tokens needs to be a list of strings, such as list('alice'); it is of type {_type(tokens)}.")


def check_pair(pair):
    """Raise TypeError unless the pair is a tuple of two strings."""
    if not isinstance(pair, tuple) or len(pair) != 2 or not all(isinstance(token, str) for token in pair):
        raise TypeError(f"pair needs to be two strings in round brackets, such as ('t', 'h'); it is {pair!r}.")


def check_pairs(pairs):
    """Raise TypeError unless pairs is a list (or another sequence) of pairs."""
    if not isinstance(pairs, list | tuple):
        raise TypeError(f"pairs needs to be a list of pairs, such as [('t', 'h')]; it is of type {_type(pairs)}.")
    for pair in pairs:
        check_pair(pair)
