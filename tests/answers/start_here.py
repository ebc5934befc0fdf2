"""Answers to the exercises of lesson 00 as learners write them; each wrong one with words that its message holds."""

import math

import numpy as np

# --- Exercise 1: price = w · size -------------------------------------------------------------------------------------


def price_in_two_lines(size, w):
    total = size * w
    return total


def price_by_a_helper(size, w):
    def of_one(m2):
        return m2 * w

    return np.vectorize(of_one)(size)


def price_with_an_early_return(size, w):
    if np.ndim(size) == 0:
        return w * size
    return [w * s for s in size]


def price_from_a_loop(size, w):
    prices = []
    for s in np.atleast_1d(size):
        prices.append(float(s) * w)
    return np.reshape(prices, np.shape(size))


def price_printed(size, w):
    print(w * size)


def price_without_return(size, w):
    price = w * size  # noqa: F841


def price_of_the_example(size, w):
    return 200


def price_with_the_examples_w(size, w):
    return 2 * size


def price_with_a_typo(size, w):
    return w * siz  # noqa: F821


def price_called(size, w):
    return w(size)


def price_as_an_attribute(size, w):
    return size.w


def price_with_a_caret(size, w):
    return size ^ w


def price_by_matmul(size, w):
    return size @ w


def price_by_a_loop_over_sizes(size, w):
    return [w * s for s in size]


def price_of_the_first(size, w):
    return w * size[0]


def price_as_text(size, w):
    return f"{w * size} k€"


def price_calls_itself(size, w):
    return price_calls_itself(size, w)


def price_by_repeated_adding(size, w):
    total = 0
    for _ in range(int(size)):
        total += w
    return total


def price_if_large(size, w):
    if size > 50:
        return w * size
    return w * size


def price_of_size_alone(size):
    return 2 * size


PRICE = {
    "right": [
        lambda size, w: w * size,
        lambda size, w: np.multiply(size, w),
        lambda size, w: np.dot(size, w),
        lambda size, w: math.prod([size, w]),
        lambda size, w: np.float32(w) * np.asarray(size, dtype=np.float32),
        lambda size, w: np.polyval([w, 0], size),
        lambda size, w: np.einsum(",...->...", w, size),
        lambda w, size: size * w,
        lambda m2, per_m2: m2 * per_m2,
        price_in_two_lines,
        price_by_a_helper,
        price_with_an_early_return,
        price_from_a_loop,
    ],
    "wrong": [
        (lambda size, w: size / w, "divided"),
        (lambda size, w: w / size, "divided"),
        (lambda size, w: size + w, "added"),
        (lambda size, w: size - w, "subtracted"),
        (lambda size, w: w, "multiply it by the size"),
        (lambda size, w: size, "multiply it by w"),
        (lambda size, w: w * size * 1000, "in euros"),
        (lambda size, w: w * size / 1000, "1000 times too small"),
        (lambda size, w: size**w, "This is a power"),
        (lambda size, w: w**size, "This is w to the power of the size"),
        (lambda size, w: w**2 * size, "This is the answer times w"),
        (lambda size, w: -w * size, "The sign is flipped"),
        (lambda size, w: w * size + 1, "1 too"),
        (lambda size, w: w * size / 2, "Half as large as the answer"),
        (lambda size, w: np.sum(w * size), "each flat"),
        (lambda size, w: np.mean(w * size), "each flat"),
        (lambda size, w: np.round(w * size), "rounded to whole numbers"),
        (lambda size, w: np.round(w * size, 2), "rounded to 2 places"),
        (lambda size, w: w * size // 1, "round"),
        (lambda size, w: np.array([w * size]), "[ ] too many"),
        (lambda size, w: (size, w), "tuple"),
        (lambda size, w: {w * size}, "On a flat of 100 m² at 2 k€ it returned a set"),
        (lambda size, w: np.sort(w * size)[::-1] if np.ndim(size) else w * size, "“w * size” in the place of"),
        (price_printed, "return"),
        (price_without_return, "return"),
        (price_of_the_example, "depend on what goes in"),
        (price_with_the_examples_w, "This takes 2 k€ for every m²"),
        (price_with_a_typo, "siz is not known here"),
        (price_called, "w(size)"),
        (price_as_an_attribute, "size.w"),
        (price_with_a_caret, "a power is ** in Python"),
        (price_by_matmul, "single numbers"),
        (price_by_a_loop_over_sizes, "a flat of 100 m²"),
        (price_of_the_first, "a flat of 100 m²"),
        (price_as_text, "On a flat of 100 m² at 2 k€ it returned a text"),
        (price_calls_itself, "without end"),
        (price_by_repeated_adding, "three flats"),
        (price_if_large, "three flats"),
        (price_of_size_alone, "2 arguments: (size, w)"),
    ],
}

# --- Exercise 2: L(w) = mean of (w · size − price)² / 2 ---------------------------------------------------------------


def loss_by_a_loop(w, size, price):
    total = 0
    for s, p in zip(size, price):
        total += (w * s - p) ** 2
    return total / len(size) / 2


def loss_by_index(w, size, price):
    total = 0.0
    for i in range(len(size)):
        error = price[i] - w * size[i]
        total = total + error * error
    return 0.5 * total / size.size


def loss_by_comprehension(w, size, price):
    return sum([(w * s - p) ** 2 for s, p in zip(size, price)]) / (2 * len(price))


def loss_with_math(w, size, price):
    return math.fsum(math.pow(w * s - p, 2) for s, p in zip(size, price)) / 2 / len(size)


def loss_expanded(w, size, price):
    return (w**2 * np.mean(size**2) - 2 * w * np.mean(size * price) + np.mean(price**2)) / 2


def loss_by_helpers(w, size, price):
    def model(s):
        return w * s

    def half_square(e):
        return e * e / 2

    return np.mean(half_square(model(size) - price))


def loss_printed(w, size, price):
    print(np.mean((w * size - price) ** 2) / 2)


def loss_returned_in_the_loop(w, size, price):
    total = 0
    for s, p in zip(size, price):
        total += (w * s - p) ** 2
        return total / (2 * len(size))


def loss_that_skips_the_first(w, size, price):
    total = 0
    for i in range(1, len(size)):
        total += (w * size[i] - price[i]) ** 2
    return total / (2 * len(size))


def loss_that_skips_the_last(w, size, price):
    total = 0
    for i in range(len(size) - 1):
        total += (w * size[i] - price[i]) ** 2
    return total / (2 * len(size))


def loss_beyond_the_end(w, size, price):
    total = 0
    for i in range(len(size) + 1):
        total += (w * size[i] - price[i]) ** 2
    return total / (2 * len(size))


def loss_of_the_last_flat(w, size, price):
    for s, p in zip(size, price):
        total = (w * s - p) ** 2
    return total / (2 * len(size))


def loss_with_math_pow(w, size, price):
    return math.pow(w * size - price, 2) / 2


def loss_with_a_caret(w, size, price):
    return np.mean((w * size - price) ^ 2) / 2


def loss_of_the_pages_flats(w, size, price):
    return np.mean((w * sizes - prices) ** 2) / 2  # noqa: F821


def loss_of_a_map(w, size, price):
    return map(lambda s, p: (w * s - p) ** 2 / 2, size, price)


def loss_of_a_generator(w, size, price):
    return ((w * s - p) ** 2 / 2 for s, p in zip(size, price))


def loss_in_place(w, size, price):
    size *= w
    return np.mean((size - price) ** 2) / 2


def loss_with_builtin_len_of_a_number(w, size, price):
    return np.sum((w * size - price) ** 2) / (2 * len(w))


def loss_if_positive(w, size, price):
    error = w * size - price
    if error > 0:
        return np.mean(error**2) / 2
    return np.mean(error**2) / 2


def loss_by_append(w, size, price):
    errors = []
    for s, p in zip(size, price):
        errors = errors.append((w * s - p) ** 2)
    return np.mean(errors) / 2


LOSS = {
    "right": [
        lambda w, size, price: np.mean((w * size - price) ** 2) / 2,
        lambda w, size, price: 0.5 * np.average((price - size * w) ** 2),
        lambda w, size, price: ((size * w - price) ** 2).sum() / (2 * len(size)),
        lambda w, size, price: np.mean(np.square(w * size - price) / 2),
        lambda w, size, price: np.mean(np.abs(w * size - price) ** 2) / 2,
        lambda w, size, price: np.linalg.norm(w * size - price) ** 2 / 2 / len(price),
        lambda w, size, price: np.dot(w * size - price, w * size - price) / price.shape[0] / 2,
        lambda w, size, price: np.einsum("i,i->", w * size - price, w * size - price) / (2 * size.size),
        lambda w, size, price: np.mean((w * size.astype("float32") - price.astype("float32")) ** 2) / 2,
        lambda w, size, price: [np.mean((w * size - price) ** 2) / 2][0],
        lambda w, size, price: float(1 / 2 * np.mean(np.power(w * size - price, 2))),
        lambda size, w, price: np.mean((size * w - price) ** 2) / 2,
        lambda a, b, c: np.var(a * b - c) / 2 + np.mean(a * b - c) ** 2 / 2,
        loss_by_a_loop,
        loss_by_index,
        loss_by_comprehension,
        loss_with_math,
        loss_expanded,
        loss_by_helpers,
    ],
    "wrong": [
        (lambda w, size, price: np.mean((w * size - price) ** 2), "You forgot the ½"),
        (lambda w, size, price: np.sum((w * size - price) ** 2) / 2, "number of flats"),
        (lambda w, size, price: np.sum((w * size - price) ** 2), "You forgot to divide by 2N"),
        (lambda w, size, price: np.mean(w * size - price) / 2, "square"),
        (lambda w, size, price: np.mean(w * size - price) ** 2 / 2, "square each error first"),
        (lambda w, size, price: np.mean(abs(w * size - price)) / 2, "absolute"),
        (lambda w, size, price: np.mean(abs(w * size - price)), "absolute"),
        (lambda w, size, price: (w * size - price) ** 2 / 2, "single flats"),
        (lambda w, size, price: (w * size - price) ** 2, "each flat"),
        (lambda w, size, price: -np.mean((w * size - price) ** 2) / 2, "The sign is flipped"),
        (lambda w, size, price: np.mean((w * size - price) ** 2) * 2, "divide the mean by 2"),
        (lambda w, size, price: np.mean((w * size - price) ** 2) / 4, "Half as large as the answer"),
        (lambda w, size, price: np.mean((w * size + price) ** 2) / 2, "minus"),
        (lambda w, size, price: np.mean((size - price) ** 2) / 2, "The weight is missing"),
        (lambda w, size, price: np.mean((w * size) ** 2) / 2, "price"),
        (lambda w, size, price: np.mean((w * size) ** 2 - price**2) / 2, "bracket"),
        (lambda w, size, price: np.mean(w * size - price**2) / 2, "bracket"),
        (lambda w, size, price: np.sqrt(np.mean((w * size - price) ** 2)) / 2, "There is a root too many"),
        (lambda w, size, price: np.sqrt(np.mean((w * size - price) ** 2)), "There is a root too many"),
        (lambda w, size, price: np.sqrt(np.mean((w * size - price) ** 2) / 2), "This is the root of the answer"),
        (lambda w, size, price: np.median((w * size - price) ** 2) / 2, "median"),
        (lambda w, size, price: np.mean((w * size - price) ** 3) / 2, "square"),
        (lambda w, size, price: np.mean((w + size - price) ** 2) / 2, "w * size"),
        (lambda w, size, price: np.mean((size / w - price) ** 2) / 2, "w * size"),
        (lambda w, size, price: np.mean((w * price - size) ** 2) / 2, "swapped"),
        (lambda w, price, size: np.mean((w * size - price) ** 2) / 2, "(w, size, price)"),
        (lambda w, size, price: np.sum((w * size - price) ** 2) / (2 * (len(size) - 1)), "You divided by N − 1"),
        (lambda w, size, price: np.round(np.mean((w * size - price) ** 2) / 2, 1), "round"),
        (lambda w, size, price: np.round(np.mean((w * size - price) ** 2) / 2, 2), "rounded to 2 places"),
        (lambda w, size, price: np.mean((w * size - price) ** 2) // 2, "round"),
        (lambda w, size, price: np.mean(w * size - price) * (w * size - price) / 2, "one number"),
        (lambda w, size, price: np.max((w * size - price) ** 2) / 2, "This is the largest error's"),
        (lambda w, size, price: np.std(w * size - price) ** 2 / 2, "spread"),
        (
            lambda w, size, price: np.mean((w * size - price) ** 2) / 2 * len(size) ** 2,
            "This is the answer times the length of size",
        ),
        (lambda w, size, price: 0, "In every case it returns 0"),
        (lambda w, size, price: 6.5, "depend on what goes in"),
        (lambda w, size, price: np.array([np.mean((w * size - price) ** 2) / 2]), "number itself"),
        (lambda w, size, price: w * size, "price"),
        (lambda w, size, price: np.mean((w * size - price) * size), "slope"),
        (loss_printed, "return"),
        (loss_returned_in_the_loop, "first"),
        (loss_that_skips_the_first, "first"),
        (loss_that_skips_the_last, "The last flat is left out"),
        (loss_beyond_the_end, "size[i]"),
        (loss_of_the_last_flat, "Only the last flat is counted"),
        (loss_with_math_pow, "a function for one number"),
        (loss_with_a_caret, "a power is ** in Python"),
        (loss_of_the_pages_flats, "sizes"),
        (loss_of_a_map, "On two flats by hand it returned a map"),
        (loss_of_a_generator, "generator"),
        (loss_in_place, "in place"),
        (loss_with_builtin_len_of_a_number, "len(w)"),
        (loss_if_positive, "if error > 0"),
        (loss_by_append, "append"),
    ],
}

# --- Exercise 3: L = −Σ yᵢ log pᵢ -------------------------------------------------------------------------------------


def entropy_of_the_true_class(predicted, truth):
    true_class = np.argmax(truth)
    return -np.log(predicted[true_class])


def entropy_with_math(predicted, truth):
    return -math.log(predicted[list(truth).index(1)])


def entropy_by_a_loop(predicted, truth):
    total = 0
    for p, t in zip(predicted, truth):
        if t > 0:
            total -= t * np.log(p)
    return total


def entropy_that_returns_early(predicted, truth):
    for i in range(len(truth)):
        if truth[i] == 1:
            return -np.log(predicted[i])


def entropy_of_a_where(predicted, truth):
    return -np.sum(np.log(np.where(truth == 1, predicted, 1)))


def entropy_of_seen_predictions(predicted, truth):
    seen = predicted > 0
    return -np.sum(truth[seen] * np.log(predicted[seen]))


def entropy_where_predicted(predicted, truth):
    total = 0
    for p, t in zip(predicted, truth):
        if p > 0:
            total += -t * math.log(p)
    return total


def entropy_printed(predicted, truth):
    print(-np.sum(truth * np.log(predicted + 1e-12)))


def entropy_with_math_log(predicted, truth):
    return -sum(truth * math.log(predicted))


def entropy_with_an_if(predicted, truth):
    if truth > 0:
        return -np.log(predicted)


def entropy_indexed_by_floats(predicted, truth):
    return -np.log(predicted[truth])


def entropy_of_the_tenth(predicted, truth):
    return -np.log(predicted[8])


def entropy_returned_in_the_loop(predicted, truth):
    total = 0
    for p, t in zip(predicted, truth):
        total -= t * np.log(p + 1e-12)
        return total


CROSS_ENTROPY = {
    "right": [
        lambda predicted, truth: -np.sum(truth[truth > 0] * np.log(predicted[truth > 0])),
        lambda predicted, truth: -np.log(predicted[truth == 1])[0],
        lambda predicted, truth: -np.log(predicted @ truth),
        lambda predicted, truth: -np.log(np.sum(predicted * truth)),
        lambda predicted, truth: np.log(1 / predicted[truth.argmax()]),
        lambda predicted, truth: -np.nansum(truth * np.log(predicted)),
        lambda predicted, truth: -np.sum(truth * np.log(predicted + 1e-15)),
        lambda predicted, truth: -np.sum(truth * np.log(np.clip(predicted, 1e-12, 1))),
        lambda predicted, truth: -np.sum(truth * np.log(np.maximum(predicted, 1e-300))),
        lambda predicted, truth: -np.sum(np.nan_to_num(truth * np.log(predicted))),
        lambda predicted, truth: -np.sum(np.log(predicted), where=truth > 0),
        lambda predicted, truth: -np.log(predicted[truth.astype(bool)]).sum(),
        lambda predicted, truth: -sum(t * np.log(p) for p, t in zip(predicted, truth) if t),
        lambda predicted, truth: np.float32(-np.log(np.float32(predicted[np.nonzero(truth)[0][0]]))),
        entropy_of_the_true_class,
        entropy_with_math,
        entropy_by_a_loop,
        entropy_that_returns_early,
        entropy_of_a_where,
    ],
    "wrong": [
        (lambda predicted, truth: np.sum(truth[truth > 0] * np.log(predicted[truth > 0])), "The sign is flipped"),
        (lambda predicted, truth: -np.log(1 / predicted[truth == 1])[0], "The sign is flipped"),
        (lambda predicted, truth: -np.sum(truth * np.log(predicted)), "leave out the classes whose truth is 0"),
        (lambda predicted, truth: np.sum(truth * np.log(predicted)), "truth is 0"),
        (lambda predicted, truth: -np.log2(predicted[truth == 1])[0], "log base 2"),
        (lambda predicted, truth: -np.log10(predicted[truth == 1])[0], "base 10"),
        (lambda predicted, truth: 1 - predicted[truth == 1][0], "1 − p"),
        (lambda predicted, truth: -predicted[truth == 1][0], "The log is missing"),
        (lambda predicted, truth: predicted[truth == 1][0], "This is p of the true class"),
        (lambda predicted, truth: -np.mean(np.log(np.where(truth == 1, predicted, 1))), "average"),
        (lambda predicted, truth: -np.sum(truth * np.log(predicted + 1e-3)), "small number"),
        (lambda predicted, truth: -np.sum(truth * np.log(predicted + 1)), "The log is of p + 1"),
        (lambda predicted, truth: -np.sum(truth * np.log(np.clip(predicted, 0.1, 1))), "a bad guess"),
        (lambda predicted, truth: -np.log(predicted.max()), "largest"),
        (lambda predicted, truth: -np.sum(np.log(predicted[predicted > 0])), "true class"),
        (lambda predicted, truth: -np.log(predicted), "true class"),
        (lambda predicted, truth: -truth * np.log(predicted + 1e-15), "Not yet added up"),
        (lambda predicted, truth: -np.log(predicted[truth == 1]), "one number"),
        (lambda predicted, truth: np.sum((predicted - truth) ** 2), "squared"),
        (lambda predicted, truth: np.mean((predicted - truth) ** 2), "squared"),
        (lambda predicted, truth: np.mean((predicted - truth) ** 2) / 2, "squared"),
        (lambda predicted, truth: np.sum(abs(predicted - truth)), "This is the absolute difference"),
        (lambda predicted, truth: -np.sum(predicted[predicted > 0] * np.log(truth[predicted > 0])), "swapped"),
        (lambda truth, predicted: -np.sum(truth[truth > 0] * np.log(predicted[truth > 0])), "(predicted, truth)"),
        (lambda predicted, truth: -np.log(predicted[truth == 0]).sum(), "true class"),
        (lambda predicted, truth: -np.log(1 - predicted[truth == 1])[0], "This is −log"),
        (lambda predicted, truth: np.exp(-predicted[truth == 1])[0], "This is an exponential"),
        (lambda predicted, truth: np.exp(predicted[truth == 1])[0], "This is the exponential of p"),
        (lambda predicted, truth: -np.round(np.log(predicted[truth == 1])[0], 3), "round"),
        (lambda predicted, truth: -np.log(predicted[truth == 1])[0] / 2, "Half too small"),
        (lambda predicted, truth: 0.0, "This is 0 whatever the prediction"),
        (lambda predicted, truth: np.argmax(predicted), "This is the class with the largest probability"),
        (lambda predicted, truth: -np.log(predicted[1]), "second"),
        (lambda predicted, truth: -np.sum(predicted * np.log(predicted + 1e-15)), "truth"),
        (lambda predicted, truth: np.sqrt(-np.log(predicted[truth == 1])[0]), "This is the root of the answer"),
        (lambda predicted, truth: -np.log(predicted[truth > 0] ** 2)[0], "Twice as large"),
        (entropy_of_seen_predictions, "certain and wrong"),
        (entropy_where_predicted, "certain and wrong"),
        (entropy_printed, "return"),
        (entropy_with_math_log, "math.log"),
        (entropy_with_an_if, "if truth > 0"),
        (entropy_indexed_by_floats, "truth"),
        (entropy_of_the_tenth, "ship only"),
        (entropy_returned_in_the_loop, "Only the first class is counted"),
    ],
}

# --- Exercise 4: one step downhill ------------------------------------------------------------------------------------


def step_in_two_lines(w, slope, learning_rate):
    step = learning_rate * slope
    return w - step


def step_with_minus_equals(w, slope, learning_rate):
    w -= slope * learning_rate
    return w


def step_by_cases(w, slope, learning_rate):
    if slope < 0:
        return w + learning_rate * abs(slope)
    elif slope > 0:
        return w - learning_rate * abs(slope)
    return w


def step_that_forgets_the_flat_case(w, slope, learning_rate):
    if slope < 0:
        return w + learning_rate * -slope
    elif slope > 0:
        return w - learning_rate * slope


def step_printed(w, slope, learning_rate):
    w = w - learning_rate * slope
    print("new w:", w)


def step_by_the_sign_only(w, slope, learning_rate):
    if slope < 0:
        return w + learning_rate
    if slope > 0:
        return w - learning_rate
    return w


def step_that_always_subtracts(w, slope, learning_rate):
    return w - learning_rate * abs(slope)


def step_with_equals_minus(w, slope, learning_rate):
    w = -learning_rate * slope
    return w


def step_of_a_called_slope(w, slope, learning_rate):
    return w - learning_rate * slope(w)


def step_with_short_names(w, slope, learning_rate):
    return w - r * slope  # noqa: F821


ONE_STEP = {
    "right": [
        lambda w, slope, learning_rate: w - learning_rate * slope,
        lambda w, slope, learning_rate: w + -slope * learning_rate,
        lambda w, slope, learning_rate: -(learning_rate * slope - w),
        lambda w, slope, learning_rate: sum([w, -learning_rate * slope]),
        lambda w, slope, learning_rate: np.float32(w - learning_rate * slope),
        lambda w, slope, learning_rate: np.subtract(w, np.multiply(learning_rate, slope)),
        lambda w, slope, learning_rate: np.dot([1, -learning_rate], [w, slope]),
        lambda old, dL, r: old - r * dL,
        lambda w, learning_rate, slope: w - learning_rate * slope,
        step_in_two_lines,
        step_with_minus_equals,
        step_by_cases,
    ],
    "wrong": [
        (lambda w, slope, learning_rate: w + learning_rate * slope, "The sign is flipped"),
        (lambda w, slope, learning_rate: w - slope, "learning rate is missing"),
        (lambda w, slope, learning_rate: w - learning_rate, "slope is missing"),
        (lambda w, slope, learning_rate: -learning_rate * slope, "step alone"),
        (lambda w, slope, learning_rate: learning_rate * slope, "step alone"),
        (lambda w, slope, learning_rate: w + slope, "learning_rate"),
        (lambda w, slope, learning_rate: w - slope / learning_rate, "divided"),
        (lambda w, slope, learning_rate: (w - learning_rate) * slope, "bracket"),
        (lambda w, slope, learning_rate: (w - slope) * learning_rate, "bracket"),
        (lambda w, slope, learning_rate: learning_rate * slope - w, "The sign is flipped"),
        (lambda w, slope, learning_rate: w * (1 - learning_rate * slope), "The step is multiplied by w"),
        (lambda w, slope, learning_rate: w - learning_rate * slope * w, "The step is multiplied by w"),
        (lambda w, slope, learning_rate: w - learning_rate * slope / 2, "Half a step"),
        (lambda w, slope, learning_rate: w - 2 * learning_rate * slope, "twice"),
        (lambda w, slope, learning_rate: w - learning_rate * slope**2, "square"),
        (lambda w, slope, learning_rate: w - (learning_rate + slope), "times"),
        (lambda w, slope, learning_rate: w - learning_rate - slope, "times"),
        (lambda w, slope, learning_rate: w - 0.1 * slope, "learning_rate"),
        (lambda w, slope, learning_rate: w, "No step is taken"),
        (lambda w, slope, learning_rate: slope, "This is the slope"),
        (lambda w, slope, learning_rate: round(w - learning_rate * slope, 1), "round"),
        (lambda w, slope, learning_rate: round(w - learning_rate * slope, 2), "rounded to 2 places"),
        (lambda w, slope, learning_rate: int(w - learning_rate * slope), "cut off after the point"),
        (lambda w, slope, learning_rate: [w - learning_rate * slope], "number itself"),
        (lambda w, slope, learning_rate: (w, learning_rate * slope), "one number"),
        (lambda w, slope, learning_rate: w - learning_rate ^ slope, "a power is ** in Python"),
        (lambda slope, w, learning_rate: w - learning_rate * slope, "(w, slope, learning_rate)"),
        (lambda w, slope: w - 0.1 * slope, "3 arguments"),
        (step_that_forgets_the_flat_case, "flat ground"),
        (step_printed, "return"),
        (step_by_the_sign_only, "sign of the slope"),
        (step_that_always_subtracts, "The slope's sign is lost"),
        (step_with_equals_minus, "step alone"),
        (step_of_a_called_slope, "slope(w)"),
        (step_with_short_names, "r is not known here"),
    ],
}

ANSWERS = {
    "check_price": PRICE,
    "check_loss_of_one_weight": LOSS,
    "check_cross_entropy_of_truth": CROSS_ENTROPY,
    "check_one_step": ONE_STEP,
}

# --- More answers, written when the checks stood ----------------------------------------------------------------------


def price_added_over_sizes(size, w):
    result = 0
    for s in size:
        result += s * w
    return result


def price_upside_down(size, w):
    return size * 1000 / w


def price_in_a_sentence(size, w):
    price = size * w
    return "The price is " + str(price)


def price_of_whole_numbers(size, w):
    return int(size) * int(w)


def price_of_positive_sizes(size, w):
    if size > 0 and w > 0:
        return size * w


def price_squared(size, w):
    return size * w * w * size


def loss_times_n_inside(w, size, price):
    errors = w * size - price
    return np.mean(errors * errors / 2 * len(size))


def loss_with_a_root(w, size, price):
    predictions = [w * s for s in size]
    return np.mean((predictions - price) ** 2 / 2) ** 0.5


def loss_squared_at_the_end(w, size, price):
    total = 0
    for s, p in zip(size, price):
        total = total + (w * s - p)
    return total**2 / (2 * len(size))


def loss_indexed_by_sizes(w, size, price):
    total = 0
    for i in size:
        total += (w * size[i] - price[i]) ** 2
    return total / 2 / len(size)


def loss_of_means(w, size, price):
    return 1 / 2 * np.mean(w * size - price) ** 2 + np.var(price)


def loss_as_a_step(w, size, price):
    loss = np.mean((w * size - price) ** 2) / 2
    return w - loss


def loss_per_square_metre(w, size, price):
    return np.mean((price / size - w) ** 2) / 2


def entropy_left_after_one_class(predicted, truth):
    loss = 0
    for i in range(len(truth)):
        if truth[i] == 1:
            loss = np.log(predicted[i])
        return -loss


def entropy_by_index_of_an_array(predicted, truth):
    return -np.log(predicted[truth.index(1)])


def entropy_of_the_guessed_class(predicted, truth):
    i = np.argmax(predicted)
    return -truth[i] * np.log(predicted[i])


def entropy_over_all_with_math(predicted, truth):
    return -sum([t * math.log(p) for p, t in zip(predicted, truth)])


def entropy_that_fills_zeros(predicted, truth):
    predicted[predicted == 0] = 1e-09
    return -np.sum(truth * np.log(predicted))


def entropy_of_yes_and_no(predicted, truth):
    return -np.sum(truth * np.log(predicted) + (1 - truth) * np.log(1 - predicted))


def entropy_of_a_mean(predicted, truth):
    return -np.log(np.sum(predicted * truth) / len(truth))


def step_divided_by_the_slope(w, slope, learning_rate):
    return w - learning_rate / slope


def step_subtracted_twice(w, slope, learning_rate):
    return w - (slope - learning_rate)


def step_with_a_lone_minus(w, slope, learning_rate):
    w = -learning_rate * slope
    return w


def step_and_its_slope(w, slope, learning_rate):
    new = w - learning_rate * slope
    return (new, slope)


def step_always_adding(w, slope, learning_rate):
    if slope > 0:
        return w - learning_rate * slope
    else:
        return w + learning_rate * slope


ANSWERS["check_price"]["wrong"] += [
    (price_added_over_sizes, "the numbers were added up to one number"),
    (price_upside_down, "1 / w stood in the place of w"),
    (price_in_a_sentence, "returned a text"),
    (price_of_whole_numbers, "is whole"),
    (price_of_positive_sizes, "One change makes it right"),
    (price_squared, "This is the square of the answer"),
]
ANSWERS["check_loss_of_one_weight"]["wrong"] += [
    (loss_times_n_inside, "You forgot to divide by the number of flats"),
    (loss_with_a_root, "This is the root of the answer"),
    (loss_squared_at_the_end, "You squared after adding up"),
    (loss_indexed_by_sizes, "an index needs to be a whole number"),
    (loss_of_means, "returned 49.5, but the answer is 5"),
    (loss_as_a_step, "The loss is subtracted from w"),
    (loss_per_square_metre, "These are errors per m²"),
]
ANSWERS["check_cross_entropy_of_truth"]["wrong"] += [
    (entropy_left_after_one_class, "Only the first class is counted"),
    (entropy_by_index_of_an_array, "lists have"),
    (entropy_of_the_guessed_class, "This looks at the class with the largest probability only"),
    (entropy_over_all_with_math, "math got a number it cannot take, such as the log of 0 or th"),
    (entropy_that_fills_zeros, "changed its own arguments"),
    (entropy_of_yes_and_no, "The terms with 1 − y are for a single yes or no"),
    (entropy_of_a_mean, "The mean inside the log divides by the number of classes"),
]
ANSWERS["check_one_step"]["wrong"] += [
    (step_divided_by_the_slope, "You divided by the slope"),
    (step_subtracted_twice, "The learning rate is subtracted from the slope"),
    (step_with_a_lone_minus, "This is the step alone"),
    (step_and_its_slope, "The first of these parts is the answer"),
    (step_always_adding, "sign is lost"),
]
