"""Answers to the exercises of lesson 01 as learners write them; each wrong one with words that its message holds."""

import numpy as np

from lessons_lib.maths.linear_regression import gradient, least_squares, loss, predict

# --- Exercise 1: ŷ = Xw -----------------------------------------------------------------------------------------------


def predict_by_two_loops(w, X):
    n, d = X.shape
    prices = np.zeros(n)
    for i in range(n):
        for j in range(d):
            prices[i] += X[i, j] * w[j]
    return prices


def predict_by_appending(w, X):
    prices = []
    for flat in X:
        prices.append(sum(a * b for a, b in zip(flat, w)))
    return prices


def predict_with_a_helper(w, X):
    def price(flat):
        return np.dot(flat, w)

    return np.apply_along_axis(price, 1, X)


def predict_column_by_column(w, X):
    total = 0
    for j in range(len(w)):
        total = total + w[j] * X[:, j]
    return total


def predict_from_a_matrix(w, X):
    return np.asarray(np.matrix(X) * np.matrix(w).T).ravel()


def predict_only_the_first(w, X):
    for flat in X:
        return flat @ w


def predict_with_one_running_total(w, X):
    prices, total = [], 0
    for flat in X:
        for a, b in zip(flat, w):
            total += a * b
        prices.append(total)
    return prices


def predict_printing_each(w, X):
    for flat in X:
        print(flat @ w)


def predict_with_overwritten_prices(w, X):
    prices = np.zeros(len(X))
    for i in range(len(X)):
        for j in range(len(w)):
            prices[i] = X[i, j] * w[j]
    return prices


def predict_for_square_tables(w, X):
    prices = np.zeros(len(w))
    for i in range(len(w)):
        prices[i] = X[i] @ w
    return prices


def predict_one_flat_short(w, X):
    return [X[i] @ w for i in range(len(X) - 1)]


def predict_one_feature_short(w, X):
    return X[:, :-1] @ w[:-1]


def predict_without_the_first_feature(w, X):
    return X[:, 1:] @ w[1:]


def predict_past_the_end(w, X):
    return [X[i] @ w for i in range(len(X) + 1)]


def predict_with_a_star_between_loops(w, X):
    return [sum(X * w) for row in X]


def predict_append_returned(w, X):
    prices = []
    for flat in X:
        prices = prices.append(flat @ w)
    return prices


def predict_by_a_generator(w, X):
    return (flat @ w for flat in X)


def predict_by_a_map(w, X):
    return map(lambda flat: flat @ w, X)


def predict_as_a_dictionary(w, X):
    return {i: flat @ w for i, flat in enumerate(X)}


def predict_indexing_by_the_row(w, X):
    return [X[row] @ w for row in X]


def predict_with_round_brackets(w, X):
    return X(w)


def predict_misspelled(w, X):
    return np.matmull(X, w)


PREDICT = {
    "right": [
        predict,
        lambda w, X: X @ w,
        lambda w, X: X.dot(w),
        lambda w, X: np.matmul(X, w),
        lambda w, X: w @ X.T,
        lambda w, X: (X * w).sum(axis=1),
        lambda w, X: np.sum(w * X, 1),
        lambda w, X: np.einsum("ij,j->i", X, w),
        lambda w, X: np.array([flat @ w for flat in X]),
        lambda w, X: tuple(float(np.dot(flat, w)) for flat in X),
        lambda w, X: (X @ w[:, None])[:, 0],
        lambda w, X: (X @ w.reshape(-1, 1)).ravel(),
        lambda w, X: np.inner(X, w),
        lambda w, X: np.tensordot(X, w, 1),
        lambda w, X: X.astype(np.float32) @ w.astype(np.float32),
        lambda w, X: sum(w[j] * X[:, j] for j in range(X.shape[1])),
        lambda weights, flats: flats @ weights,
        predict_by_two_loops,
        predict_by_appending,
        predict_with_a_helper,
        predict_column_by_column,
        predict_from_a_matrix,
    ],
    "wrong": [
        (lambda w, X: X * w, "You multiplied feature by weight"),
        (lambda w, X: w * X, "You multiplied feature by weight"),
        (lambda w, X: w @ X, "w @ X"),
        (lambda w, X: X.T @ w, "transpose"),
        (lambda w, X: np.dot(w, X), "w @ X"),
        (lambda X, w: X @ w, "(w, X)"),
        (lambda X, w: X.dot(w), "(w, X)"),
        (lambda w, X: np.sum(X @ w), "each flat"),
        (lambda w, X: np.mean(X @ w), "each flat"),
        (lambda w, X: np.sum(X * w), "each flat"),
        (lambda w, X: (X * w).sum(axis=0), "wrong axis"),
        (lambda w, X: np.sum(X * w, axis=0), "wrong axis"),
        (lambda w, X: (X * w).mean(axis=1), "You took the mean over the features"),
        (lambda w, X: (X @ w)[:, None], "column"),
        (lambda w, X: X @ w[:, None], "column"),
        (lambda w, X: (X @ w)[None, :], "The prices stand in a row of shape"),
        (lambda w, X: -X @ w, "The sign is flipped"),
        (lambda w, X: X @ w / len(X), "This is the answer divided by the number of rows of X"),
        (lambda w, X: X @ w / len(w), "mean over the features"),
        (lambda w, X: X @ w + 1, "Every number is 1 too large"),
        (lambda w, X: X @ w + w[0], "w[0] is counted twice"),
        (lambda w, X: X[:, 1:] @ w[1:] + w[0], "intercept"),
        (lambda w, X: X, "This is the table of features"),
        (lambda w, X: w, "These are the weights"),
        (lambda w, X: X[0] @ w, "This is the first flat's price only"),
        (lambda w, X: X.sum(axis=1), "weight"),
        (lambda w, X: X @ np.abs(w), "The absolute values of the weights are taken"),
        (lambda w, X: np.abs(X @ w), "absolute"),
        (lambda w, X: X @ w**2, "square"),
        (lambda w, X: np.round(X @ w), "round"),
        (lambda w, X: np.round(X @ w, 2), "round"),
        (lambda w, X: np.sort(X @ w), "order"),
        (lambda w, X: (X @ w)[::-1], "reverse"),
        (lambda w, X: X @ w[::-1], "The weights are in the wrong order"),
        (lambda w, X: X + w, "You added feature and weight"),
        (lambda w, X: X / w, "You divided by the weights"),
        (lambda w, X: (X + w).sum(axis=1), "multipl"),
        (lambda w, X: X.flatten() @ w, "flatten"),
        (lambda w, X: np.cross(X, w), "needs to be a list of 5 numbers"),
        (lambda w, X: X @ w.T.T.reshape(1, -1), "shape"),
        (lambda w, X: np.zeros(len(X)), "In every case each number that it returns is 0"),
        (lambda w, X: [0.0, -1.0], "one for each row of X"),
        (lambda w, X: str(X @ w), "On two flats with two features it returned a text"),
        (lambda w, X: {*(X @ w)}, "On two flats with two features it returned a set"),
        (lambda w, X: zip(X, w), "On two flats with two features it returned a zip"),
        (lambda w, X: X @ w and X @ w, "One change makes it right"),
        (lambda w: w, "2 arguments: (w, X)"),
        (lambda w, X, y: X @ w, "2 arguments: (w, X)"),
        (predict_only_the_first, "return"),
        (predict_with_one_running_total, "running"),
        (predict_printing_each, "return"),
        (predict_with_overwritten_prices, "Only the last feature is counted"),
        (predict_for_square_tables, "one for each row of X"),
        (predict_one_flat_short, "The last number is missing"),
        (predict_one_feature_short, "feature"),
        (predict_without_the_first_feature, "feature"),
        (predict_past_the_end, "One change makes it right"),
        (predict_with_a_star_between_loops, "needs to be a list of 2 numbers"),
        (predict_append_returned, "append"),
        (predict_by_a_generator, "generator"),
        (predict_by_a_map, "On two flats with two features it returned a map"),
        (predict_as_a_dictionary, "On two flats with two features it returned a dictionary"),
        (predict_indexing_by_the_row, "X[row]"),
        (predict_with_round_brackets, "round brackets after an ndarray try to call it"),
        (predict_misspelled, "no matmull"),
    ],
}

# --- Exercise 2: L(w) = ‖Xw − y‖² / (2N) ------------------------------------------------------------------------------


def loss_by_flats(w, X, y):
    total = 0
    for flat, price in zip(X, y):
        total += (flat @ w - price) ** 2
    return total / (2 * len(y))


def loss_by_index(w, X, y):
    n = X.shape[0]
    total = 0.0
    for i in range(n):
        guess = 0.0
        for j in range(X.shape[1]):
            guess += w[j] * X[i][j]
        total += (y[i] - guess) ** 2
    return total / n / 2


def loss_step_by_step(w, X, y):
    residual = X @ w - y
    squares = residual**2
    return squares.sum() * (1 / (2 * y.shape[0]))


def loss_returned_early(w, X, y):
    total = 0
    for flat, price in zip(X, y):
        total += (flat @ w - price) ** 2
        return total / (2 * len(y))


def loss_that_forgets_to_add(w, X, y):
    for flat, price in zip(X, y):
        total = (flat @ w - price) ** 2
    return total / (2 * len(y))


def loss_in_place(w, X, y):
    y -= X @ w
    return np.mean(y**2) / 2


def loss_from_one(w, X, y):
    total = 0
    for i in range(1, len(y)):
        total += (X[i] @ w - y[i]) ** 2
    return total / (2 * len(y))


def loss_printed(w, X, y):
    residual = X @ w - y
    print(residual @ residual / (2 * len(y)))


def loss_of_a_called_y(w, X, y):
    return np.mean((X @ w - y) ** 2) / 2 * len(y(0))


LOSS = {
    "right": [
        loss,
        lambda w, X, y: np.mean((y - X @ w) ** 2) / 2,
        lambda w, X, y: 0.5 * np.linalg.norm(X @ w - y) ** 2 / len(y),
        lambda w, X, y: np.sum((X.dot(w) - y) ** 2) / (2 * X.shape[0]),
        lambda w, X, y: np.einsum("i,i", X @ w - y, X @ w - y) / (2 * y.size),
        lambda w, X, y: (np.sum((X * w).sum(1) ** 2) - 2 * y @ X @ w + y @ y) / 2 / len(X),
        lambda w, X, y: sum([(a @ w - b) ** 2 for a, b in zip(X, y)]) / len(y) / 2,
        lambda w, X, y: np.float32(np.mean((X @ w - y) ** 2) / 2),
        lambda w, X, y: ((np.matrix(X) @ np.matrix(w).T - np.matrix(y).T).A ** 2).mean() / 2,
        lambda w, X, y: np.inner(predict(w, X) - y, predict(w, X) - y) / 2 / len(y),
        lambda a, B, c: np.average(np.square(B @ a - c)) * 0.5,
        loss_by_flats,
        loss_by_index,
        loss_step_by_step,
    ],
    "wrong": [
        (lambda w, X, y: np.mean((X @ w - y) ** 2), "You forgot the ½"),
        (lambda w, X, y: np.sum((X @ w - y) ** 2) / 2, "divide by N"),
        (lambda w, X, y: np.sum((X @ w - y) ** 2), "You forgot to divide by 2N"),
        (lambda w, X, y: np.linalg.norm(X @ w - y), "square"),
        (lambda w, X, y: np.linalg.norm(X @ w - y) / (2 * len(y)), "square"),
        (lambda w, X, y: np.linalg.norm(X @ w - y) ** 2 / 2, "divide by N"),
        (lambda w, X, y: np.sqrt(np.mean((X @ w - y) ** 2)), "This is the root of the mean square"),
        (lambda w, X, y: np.mean(X @ w - y) / 2, "square"),
        (lambda w, X, y: np.mean(X @ w - y) ** 2 / 2, "square each residual first"),
        (lambda w, X, y: np.sum(X @ w - y) ** 2 / (2 * len(y)), "square each residual first"),
        (lambda w, X, y: np.mean(abs(X @ w - y)) / 2, "absolute"),
        (lambda w, X, y: np.abs(X @ w - y).sum(), "absolute"),
        (lambda w, X, y: (X @ w - y) ** 2 / (2 * len(y)), "single flats"),
        (lambda w, X, y: (X @ w - y) ** 2 / 2, "each flat"),
        (lambda w, X, y: X @ w - y, "each flat"),
        (lambda w, X, y: -np.mean((X @ w - y) ** 2) / 2, "The sign is flipped"),
        (lambda w, X, y: np.mean((X @ w + y) ** 2) / 2, "minus"),
        (lambda w, X, y: np.mean((X @ w) ** 2) / 2, "The real prices y are missing"),
        (lambda w, X, y: np.mean((X @ w) ** 2 - y**2) / 2, "bracket"),
        (lambda w, X, y: np.mean(X @ w - y**2) / 2, "square"),
        (lambda w, X, y: np.mean((X @ w - y) ** 2) / len(y), "You divided by N twice"),
        (lambda w, X, y: np.sum((X @ w - y) ** 2) / 2 * len(y), "bracket"),
        (lambda w, X, y: np.sum((X @ w - y) ** 2) / (2 * X.shape[1]), "features"),
        (lambda w, X, y: np.sum((X @ w - y) ** 2) / (2 * len(w)), "features"),
        (lambda w, X, y: np.sum((X @ w - y) ** 2) / (2 * X.size), "X.size counts all numbers of X"),
        (lambda w, X, y: np.sum((X @ w - y) ** 2) / (len(y) - 1) / 2, "You divided by N − 1"),
        (lambda w, X, y: np.mean((X @ w - y) ** 2) * 2, "divide"),
        (lambda w, X, y: np.mean((X.T @ w - y) ** 2) / 2, "X @ w"),
        (lambda w, X, y: np.mean((w @ X - y) ** 2) / 2, "X @ w"),
        (lambda w, X, y: np.mean((X * w - y) ** 2) / 2, "X * w multiplies feature by weight"),
        (lambda w, X, y: np.mean((X @ w - y[:, None]) ** 2) / 2, "column"),
        (lambda w, X, y: np.mean((X @ w[:, None] - y) ** 2) / 2, "column"),
        (lambda w, X, y: np.var(X @ w - y) / 2, "This is the spread around the mean residual"),
        (lambda w, X, y: np.median((X @ w - y) ** 2) / 2, "median"),
        (lambda w, X, y: np.max((X @ w - y) ** 2) / 2, "largest"),
        (lambda w, X, y: round(np.mean((X @ w - y) ** 2) / 2, 2), "round"),
        (lambda w, X, y: np.mean((X @ w - y) ** 2) // 2, "The numbers are rounded down"),
        (lambda w, X, y: np.mean((X @ w - y) ** 4) / 2, "square"),
        (lambda w, X, y: np.mean((X @ w - y) ** 3) / 2, "square"),
        (lambda w, X, y: np.mean((X @ w - y) * 2) / 2, "You forgot to square"),
        (lambda w, X, y: np.mean((X @ w - y) ^ 2) / 2, "a power is ** in Python"),
        (lambda w, X, y: X.T @ (X @ w - y) / len(y), "gradient"),
        (
            lambda w, X, y: np.mean((X @ w - y) ** 2) / 2 + np.sum(w**2),
            "in the place of “np.mean((X @ w - y) ** 2) / 2 + np.sum(w ** 2)”",
        ),
        (
            lambda w, X, y: np.mean((X @ w - y) ** 2) / 2 + 0.01 * w @ w,
            "in the place of “np.mean((X @ w - y) ** 2) / 2 + 0.01 * w @ w”",
        ),
        (lambda w, X, y: (X @ w - y) @ (X @ w - y).T / 2 * len(y), "bracket"),
        (lambda w, X, y: np.array([np.mean((X @ w - y) ** 2) / 2]), "number itself"),
        (lambda w, X, y: (y, np.mean((X @ w - y) ** 2) / 2), "tuple"),
        (lambda X, y, w: np.mean((X @ w - y) ** 2) / 2, "(w, X, y)"),
        (lambda X, w, y: np.mean((X @ w - y) ** 2) / 2, "(w, X, y)"),
        (lambda w, y, X: np.mean((X @ w - y) ** 2) / 2, "(w, X, y)"),
        (lambda w, X: np.mean((X @ w) ** 2) / 2, "3 arguments: (w, X, y)"),
        (lambda w, X, y: 0.5, "depend on what goes in"),
        (lambda w, X, y: np.mean((X @ w - y) ** 2) / 2 if X @ w > y else 0, "true or false"),
        (loss_returned_early, "first"),
        (loss_that_forgets_to_add, "Only the last flat is counted"),
        (loss_in_place, "in place"),
        (loss_from_one, "first"),
        (loss_printed, "return"),
        (loss_of_a_called_y, "One change makes it right"),
    ],
}

# --- Exercise 3: the target flat --------------------------------------------------------------------------------------


def target_by_a_loop(X, y, target):
    w = least_squares(X, y)
    price = 0
    for feature, weight in zip(target, w):
        price += feature * weight
    return price


def target_by_the_normal_equations(X, y, target):
    w = np.linalg.solve(X.T @ X, X.T @ y)
    return w @ target


def target_printed(X, y, target):
    print(target @ least_squares(X, y))


def target_with_swapped_arguments(X, y, target):
    return target @ least_squares(y, X)


def target_with_predict_and_one_row(X, y, target):
    return predict(least_squares(X, y), target)


def target_with_missing_argument(X, y, target):
    return target @ least_squares(X)


def target_of_the_nearest_flat(X, y, target):
    nearest = np.argmin(np.sum((X - target) ** 2, axis=1))
    return y[nearest]


def target_without_call(X, y, target):
    return target @ least_squares


def target_with_intercept(X, y, target):
    ones = np.ones((len(X), 1))
    w = np.linalg.lstsq(np.hstack([ones, X]), y, rcond=None)[0]
    return w[0] + target @ w[1:]


def target_of_lstsq_whole(X, y, target):
    return target @ np.linalg.lstsq(X, y, rcond=None)


def target_by_the_inverse(X, y, target):
    return target @ np.linalg.inv(X) @ y


def target_in_the_loop(X, y, target):
    w = least_squares(X, y)
    price = 0
    for feature, weight in zip(target, w):
        price += feature * weight
        return price


TARGET = {
    "right": [
        lambda X, y, target: target @ least_squares(X, y),
        lambda X, y, target: least_squares(X, y) @ target,
        lambda X, y, target: np.dot(target, least_squares(X, y)),
        lambda X, y, target: predict(least_squares(X, y), target[None, :])[0],
        lambda X, y, target: predict(least_squares(X, y), np.array([target])).item(),
        lambda X, y, target: np.sum(least_squares(X, y) * target),
        lambda X, y, target: target @ np.linalg.lstsq(X, y, rcond=None)[0],
        lambda X, y, target: target @ (np.linalg.pinv(X) @ y),
        lambda X, y, target: sum(a * b for a, b in zip(least_squares(X, y), target)),
        lambda X, y, target: float(np.einsum("d,d->", target, least_squares(X, y))),
        lambda A, b, c: c.dot(least_squares(A, b)),
        target_by_a_loop,
        target_by_the_normal_equations,
    ],
    "wrong": [
        (lambda X, y, target: least_squares(X, y), "weights"),
        (lambda X, y, target: X @ least_squares(X, y), "known flats"),
        (lambda X, y, target: y.mean(), "mean price"),
        (lambda X, y, target: np.median(y), "median"),
        (lambda X, y, target: target * least_squares(X, y), "added up"),
        (lambda X, y, target: target[None, :] @ least_squares(X, y), "one number"),
        (lambda X, y, target: [target @ least_squares(X, y)], "one number"),
        (lambda X, y, target: -target @ least_squares(X, y), "The sign is flipped"),
        (
            lambda X, y, target: target @ least_squares(X, y) / len(y),
            "This is the answer divided by the number of rows of X",
        ),
        (lambda X, y, target: np.mean(target * least_squares(X, y)), "This is the mean of feature times weight"),
        (lambda X, y, target: target @ X.T @ y, "weights"),
        (lambda X, y, target: round(target @ least_squares(X, y)), "round"),
        (lambda X, y, target: target @ least_squares(X, y) + y.mean(), "One change makes it right"),
        (lambda X, y, target: least_squares(X, y).sum(), "target"),
        (lambda X, y, target: target.sum(), "weight"),
        (lambda X, y, target: X[0] @ least_squares(X, y), "target"),
        (lambda X, y, target: target @ (least_squares(X, y) + 1), "One change makes it right"),
        (lambda X, y, target: y[-1], "target"),
        (lambda X, y, target: least_squares(X, y)(target), "called"),
        (lambda X, y, target: target @ gradient(X, y), "gradient"),
        (lambda y, X, target: target @ least_squares(X, y), "(X, y, target)"),
        (lambda target, X, y: target @ least_squares(X, y), "(X, y, target)"),
        (lambda X, y: least_squares(X, y), "3 arguments: (X, y, target)"),
        (target_printed, "return"),
        (target_with_swapped_arguments, "least_squares(y, X)"),
        (target_with_predict_and_one_row, "predict"),
        (target_with_missing_argument, "least_squares(X)"),
        (target_of_the_nearest_flat, "weights"),
        (target_without_call, "least_squares is a function: call it"),
        (target_with_intercept, "intercept"),
        (target_of_lstsq_whole, "lstsq"),
        (target_by_the_inverse, "this needs a square table"),
        (target_in_the_loop, "first feature"),
    ],
}

# --- Exercise 4: ∇L(w) = Xᵀ(Xw − y) / N -------------------------------------------------------------------------------


def gradient_by_two_loops(w, X, y):
    n, d = X.shape
    slopes = np.zeros(d)
    for i in range(n):
        residual = X[i] @ w - y[i]
        for j in range(d):
            slopes[j] += residual * X[i, j] / n
    return slopes


def gradient_by_features(w, X, y):
    residual = X @ w - y
    return [np.mean(residual * X[:, j]) for j in range(X.shape[1])]


def gradient_by_differences(w, X, y):
    slopes, h = [], 1e-4
    for j in range(len(w)):
        step = np.zeros(len(w))
        step[j] = h
        slopes.append((loss(w + step, X, y) - loss(w - step, X, y)) / (2 * h))
    return np.array(slopes)


def gradient_by_rough_differences(w, X, y):
    slopes, h = [], 1e-2
    for j in range(len(w)):
        step = np.zeros(len(w))
        step[j] = h
        slopes.append((loss(w + step, X, y) - loss(w, X, y)) / h)
    return np.array(slopes)


def gradient_of_the_last_flat(w, X, y):
    for flat, price in zip(X, y):
        slopes = (flat @ w - price) * flat
    return slopes / len(y)


def gradient_returned_in_the_loop(w, X, y):
    slopes = np.zeros(len(w))
    for flat, price in zip(X, y):
        slopes += (flat @ w - price) * flat
        return slopes / len(y)


def gradient_into_whole_numbers(w, X, y):
    slopes = np.zeros(len(w), dtype=int)
    slopes += X.T @ (X @ w - y) / len(y)
    return slopes


def gradient_cut_to_whole_numbers(w, X, y):
    slopes = np.zeros(len(w), dtype=int)
    slopes[:] = X.T @ (X @ w - y) / len(y)
    return slopes


def gradient_in_place(w, X, y):
    w -= X.T @ (X @ w - y) / len(y)
    return w


def gradient_printed(w, X, y):
    residual = X @ w - y
    print(X.T @ residual / len(y))


def gradient_of_flats_listed(w, X, y):
    return [(flat @ w - price) * flat for flat, price in zip(X, y)]


def gradient_with_matrix_star(w, X, y):
    return X.T * (X @ w - y) / len(y)


def gradient_of_wrong_size(w, X, y):
    slopes = np.zeros(len(y))
    for j in range(len(w)):
        slopes[j] = X[:, j] @ (X @ w - y) / len(y)
    return slopes


GRADIENT = {
    "right": [
        gradient,
        lambda w, X, y: (X @ w - y) @ X / len(y),
        lambda w, X, y: np.dot(X.T, X @ w - y) / X.shape[0],
        lambda w, X, y: X.T @ X @ w / len(y) - X.T @ y / len(y),
        lambda w, X, y: -(y - X @ w) @ X / y.size,
        lambda w, X, y: ((X @ w - y)[:, None] * X).mean(0),
        lambda w, X, y: np.average(X, axis=0, weights=None) * 0 + (X.T * (X @ w - y)).mean(axis=1),
        lambda w, X, y: np.einsum("nd,n->d", X, X @ w - y) / len(X),
        lambda w, X, y: sum((a @ w - b) * a for a, b in zip(X, y)) / len(y),
        lambda w, X, y: (X.T @ (X @ w[:, None] - y[:, None]) / len(y)).flatten(),
        lambda w, X, y: np.asarray(X.T @ (X @ w - y) / len(y), dtype=np.float32),
        lambda w, X, y: tuple(X.T @ (predict(w, X) - y) / len(y)),
        lambda w, X, y: list(map(float, X.T @ (X @ w - y) / len(y))),
        gradient_by_two_loops,
        gradient_by_features,
        gradient_by_differences,
    ],
    "wrong": [
        (lambda w, X, y: X.T @ (y - X @ w) / len(y), "The sign is flipped"),
        (lambda w, X, y: X.T @ (X @ w - y), "divide by N"),
        (lambda w, X, y: X.T @ (y - X @ w), "The sign is flipped"),
        (lambda w, X, y: 2 * X.T @ (X @ w - y) / len(y), "twice"),
        (lambda w, X, y: 2 * X.T @ (X @ w - y), "The 2 of the square cancels the ½ of the loss"),
        (lambda w, X, y: X.T @ (X @ w - y) / (2 * len(y)), "Half too small"),
        (lambda w, X, y: X.T @ (X @ w - y) / 2, "divide"),
        (lambda w, X, y: X.T @ (X @ w - y) / len(w), "features"),
        (lambda w, X, y: X.T @ (X @ w - y) / X.shape[1], "features"),
        (lambda w, X, y: X.T @ (X @ w - y) / X.size, "X.size counts all numbers of X"),
        (lambda w, X, y: X.T @ (X @ w - y) * len(y), "divide"),
        (lambda w, X, y: np.mean(X @ w - y), "one number"),
        (lambda w, X, y: np.sum(X.T @ (X @ w - y)) / len(y), "You added up the slopes"),
        (lambda w, X, y: np.mean(X.T @ (X @ w - y)), "weight"),
        (lambda w, X, y: np.mean(X * (X @ w - y)[:, None]), "one slope per weight"),
        (lambda w, X, y: np.mean(X * (X @ w - y)[:, None], axis=1), "wrong axis"),
        (lambda w, X, y: X * (X @ w - y)[:, None] / len(y), "Not yet added up"),
        (lambda w, X, y: (X.T @ (X @ w - y) / len(y))[:, None], "column"),
        (lambda w, X, y: X.T @ (X @ w - y)[:, None] / len(y), "column"),
        (lambda w, X, y: (X.T @ (X @ w - y) / len(y))[None], "The slopes stand in a row of shape"),
        (lambda w, X, y: X @ (X @ w - y) / len(y), "The transpose is missing"),
        (lambda w, X, y: X.T @ (X.T @ w - y) / len(y), "X @ w"),
        (lambda w, X, y: X.T @ (w @ X - y) / len(y), "X @ w"),
        (lambda w, X, y: X.T @ X @ w / len(y), "real prices"),
        (lambda w, X, y: X.T @ (X @ w + y) / len(y), "minus"),
        (lambda w, X, y: X.T @ y / len(y), "X @ w"),
        (lambda w, X, y: (X @ w - y) / len(y), "feature"),
        (lambda w, X, y: X @ w - y, "feature"),
        (lambda w, X, y: w @ (X @ w - y) / len(y), "it answers as if"),
        (lambda w, X, y: X.T @ (X @ w - y) ** 2 / len(y), "square"),
        (lambda w, X, y: X.T @ abs(X @ w - y) / len(y), "absolute"),
        (lambda w, X, y: abs(X.T @ (X @ w - y) / len(y)), "absolute"),
        (lambda w, X, y: X.T @ np.sign(X @ w - y) / len(y), "Only the sign of the residuals is used"),
        (lambda w, X, y: X.T @ X @ w - y / len(y), "these shapes do not fit for + − * /"),
        (lambda w, X, y: X.T @ X @ w - X.T @ y / len(y), "bracket"),
        (lambda w, X, y: X.T @ (X * w - y) / len(y), "X * w multiplies feature by weight"),
        (lambda w, X, y: (X @ w - y) * X.T / len(y), "Not yet added up"),
        (lambda w, X, y: w - X.T @ (X @ w - y) / len(y), "This is w after a step"),
        (lambda w, X, y: w - 0.1 * X.T @ (X @ w - y) / len(y), "This is w after a step of learning rate"),
        (lambda w, X, y: X.T @ (X @ w - y) / len(y) + w, "w is added to the gradient"),
        (lambda w, X, y: np.round(X.T @ (X @ w - y) / len(y), 3), "round"),
        (lambda w, X, y: X.T @ (X @ w - y) // len(y), "The numbers are rounded down"),
        (lambda w, X, y: (X.T @ (X @ w - y) / len(y))[::-1], "reverse"),
        (lambda w, X, y: (X.T @ (X @ w - y) / len(y))[:-1], "The last number is missing"),
        (lambda w, X, y: X.T @ (X @ w - y) / len(y) / np.linalg.norm(X.T @ (X @ w - y) / len(y)), "length"),
        (lambda w, X, y: np.zeros(len(w)), "In every case each number that it returns is 0"),
        (lambda w, X, y: loss(w, X, y), "This is the loss"),
        (lambda w, X, y: least_squares(X, y), "least"),
        (lambda w, X, y: np.gradient((X @ w - y) ** 2), "needs to be a list of 3 numbers"),
        (lambda X, y, w: X.T @ (X @ w - y) / len(y), "(w, X, y)"),
        (lambda w, y, X: X.T @ (X @ w - y) / len(y), "(w, X, y)"),
        (lambda w, X, y: X.T @ (X @ w - y) / y, "len(y)"),
        (lambda w, X, y: X.t @ (X @ w - y) / len(y), "an array has no .t"),
        (lambda w, X, y: X.T(X @ w - y) / len(y), "round brackets after an ndarray try to call it"),
        (gradient_by_rough_differences, "approximat"),
        (gradient_of_the_last_flat, "Only the last flat is counted"),
        (gradient_returned_in_the_loop, "first"),
        (gradient_into_whole_numbers, "float"),
        (gradient_cut_to_whole_numbers, "cut off after the point"),
        (gradient_in_place, "in place"),
        (gradient_printed, "return"),
        (gradient_of_flats_listed, "Not yet added up"),
        (gradient_with_matrix_star, "Not yet added up"),
        (gradient_of_wrong_size, "too many"),
    ],
}

# --- Exercise 5: the whole training -----------------------------------------------------------------------------------


def train_as_a_while(X, y, learning_rate, n_steps):
    w, step = np.zeros(X.shape[1]), 0
    while step < n_steps:
        w = w - learning_rate * gradient(w, X, y)
        step += 1
    return w


def train_in_place(X, y, learning_rate, n_steps):
    w = np.zeros(len(X[0]))
    for _ in range(n_steps):
        w -= learning_rate * X.T @ (X @ w - y) / len(y)
    return w


def train_by_path(X, y, learning_rate, n_steps):
    path = [np.zeros(X.shape[1])]
    for _ in range(n_steps):
        path.append(path[-1] - learning_rate * gradient(path[-1], X, y))
    return path[-1]


def train_by_recursion(X, y, learning_rate, n_steps):
    if n_steps == 0:
        return np.zeros(X.shape[1])
    w = train_by_recursion(X, y, learning_rate, n_steps - 1)
    return w - learning_rate * gradient(w, X, y)


def train_by_loops(X, y, learning_rate, n_steps):
    n, d = X.shape
    w = [0.0] * d
    for _ in range(n_steps):
        slopes = [0.0] * d
        for i in range(n):
            r = sum(w[j] * X[i, j] for j in range(d)) - y[i]
            for j in range(d):
                slopes[j] += r * X[i, j] / n
        w = [w[j] - learning_rate * slopes[j] for j in range(d)]
    return w


def train_with_return_inside(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w, X, y)
        return w


def train_starting_anew(X, y, learning_rate, n_steps):
    for _ in range(n_steps):
        w = np.zeros(X.shape[1])
        w = w - learning_rate * gradient(w, X, y)
    return w


def train_uphill(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w += learning_rate * gradient(w, X, y)
    return w


def train_one_step_short(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(1, n_steps):
        w -= learning_rate * gradient(w, X, y)
    return w


def train_one_step_long(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps + 1):
        w -= learning_rate * gradient(w, X, y)
    return w


def train_without_learning_rate(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - gradient(w, X, y)
    return w


def train_without_the_mean(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - learning_rate * X.T @ (X @ w - y)
    return w


def train_with_a_frozen_gradient(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    slopes = gradient(w, X, y)
    for _ in range(n_steps):
        w = w - learning_rate * slopes
    return w


def train_from_ones(X, y, learning_rate, n_steps):
    w = np.ones(X.shape[1])
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w, X, y)
    return w


def train_from_random(X, y, learning_rate, n_steps):
    w = np.random.default_rng(0).normal(size=X.shape[1])
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w, X, y)
    return w


def train_with_weights_per_flat(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[0])
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w, X, y)
    return w


def train_with_one_weight(X, y, learning_rate, n_steps):
    w = 0
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w, X, y)
    return w


def train_returning_the_path(X, y, learning_rate, n_steps):
    path = [np.zeros(X.shape[1])]
    for _ in range(n_steps):
        path.append(path[-1] - learning_rate * gradient(path[-1], X, y))
    return path


def train_returning_the_loss(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w, X, y)
    return loss(w, X, y)


def train_replacing_w_by_the_step(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = -learning_rate * gradient(w, X, y)
    return w


def train_twice_the_gradient(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - learning_rate * 2 * X.T @ (X @ w - y) / len(y)
    return w


def train_that_never_assigns(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w - learning_rate * gradient(w, X, y)
    return w


def train_over_the_number(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in n_steps:
        w = w - learning_rate * gradient(w, X, y)
    return w


def train_with_too_few_arguments(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
    return w


def train_in_whole_numbers(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1], dtype=int)
    for _ in range(n_steps):
        w -= learning_rate * gradient(w, X, y)
    return w


def train_that_never_ends(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    while n_steps > 0:
        w = w - learning_rate * gradient(w, X, y)
    return w


def train_with_a_shrinking_rate(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for step in range(n_steps):
        w = w - learning_rate / (step + 1) * gradient(w, X, y)
    return w


def train_scaled_by_the_step(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for step in range(n_steps):
        w = w - learning_rate * step * gradient(w, X, y)
    return w


def train_without_return(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w, X, y)


def train_until_it_settles(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        new = w - learning_rate * gradient(w, X, y)
        if np.abs(new - w).max() < 0.02:
            break
        w = new
    return w


def train_on_one_flat_at_a_time(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        for flat, price in zip(X, y):
            w = w - learning_rate * (flat @ w - price) * flat
    return w


def train_from_a_made_up_w(X, y, learning_rate, n_steps):
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w, X, y)  # noqa: F821
    return w


def train_ten_steps(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(10):
        w = w - learning_rate * gradient(w, X, y)
    return w


def train_at_a_tenth(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for _ in range(n_steps):
        w = w - 0.01 * gradient(w, X, y)
    return w


def train_from_a_column(X, y, learning_rate, n_steps):
    w = np.zeros((X.shape[1], 1))
    for _ in range(n_steps):
        w = w - learning_rate * X.T @ (X @ w - y[:, None]) / len(y)
    return w


TRAIN = {
    "right": [
        train_as_a_while,
        train_in_place,
        train_by_path,
        train_by_recursion,
        train_by_loops,
    ],
    "wrong": [
        (train_with_return_inside, "return inside the loop"),
        (train_starting_anew, "again from zeros"),
        (train_uphill, "The sign is flipped"),
        (train_one_step_short, "one step is missing"),
        (train_one_step_long, "one step too many"),
        (train_without_learning_rate, "learning rate is missing"),
        (train_without_the_mean, "divide the gradient by N"),
        (train_with_a_frozen_gradient, "gradient never changes"),
        (train_from_ones, "zeros"),
        (train_from_random, "zeros"),
        (train_with_weights_per_flat, "shape"),
        (train_with_one_weight, "gradient"),
        (train_returning_the_path, "only the last"),
        (train_returning_the_loss, "This is the loss"),
        (train_replacing_w_by_the_step, "w is replaced by the step alone"),
        (train_twice_the_gradient, "twice"),
        (train_that_never_assigns, "“w = w - learning_rate * gradient(w, X, y)” does"),
        (train_over_the_number, "range"),
        (train_with_too_few_arguments, "gradient(w)"),
        (train_in_whole_numbers, "float"),
        (train_that_never_ends, "ever end"),
        (train_with_a_shrinking_rate, "learning rate"),
        (train_scaled_by_the_step, "learning rate"),
        (train_without_return, "return"),
        (train_until_it_settles, "One change makes it right"),
        (train_on_one_flat_at_a_time, "Each round steps once for every flat"),
        (train_from_a_made_up_w, "w has no value yet at this point"),
        (train_ten_steps, "n_steps"),
        (train_at_a_tenth, "learning_rate"),
        (train_from_a_column, "column"),
        (lambda X, y, learning_rate, n_steps: least_squares(X, y), "least squares"),
        (lambda X, y, learning_rate, n_steps: np.zeros(X.shape[1]), "zeros"),
        (lambda X, y, n_steps, learning_rate: train_as_a_while(X, y, learning_rate, n_steps), "(X, y, learning_rate, n_steps)"),
        (lambda w, X, y, learning_rate, n_steps: w, "4 arguments"),
    ],
}  # fmt: skip


def ridge_by_copy(w, X, y, weight_decay):
    slopes = gradient(w, X, y).copy()
    slopes[1:] += weight_decay * w[1:]
    return slopes


def ridge_by_mask(w, X, y, weight_decay):
    mask = np.ones(len(w))
    mask[0] = 0
    return X.T @ (X @ w - y) / len(y) + weight_decay * mask * w


def ridge_by_append(w, X, y, weight_decay):
    return gradient(w, X, y) + np.append(0, weight_decay * w[1:])


def ridge_by_loop(w, X, y, weight_decay):
    slopes = []
    for j in range(len(w)):
        slope = sum((X[i] @ w - y[i]) * X[i, j] for i in range(len(y))) / len(y)
        if j > 0:
            slope += weight_decay * w[j]
        slopes.append(slope)
    return slopes


def ridge_with_everything_decayed(w, X, y, weight_decay):
    return gradient(w, X, y) + weight_decay * w


def ridge_without_penalty(w, X, y, weight_decay):
    return gradient(w, X, y)


def ridge_with_the_penalty_itself(w, X, y, weight_decay):
    return gradient(w, X, y) + weight_decay / 2 * np.sum(w[1:] ** 2)


def ridge_forgetting_a_half(w, X, y, weight_decay):
    slopes = gradient(w, X, y)
    slopes[1:] = slopes[1:] + 2 * weight_decay * w[1:]
    return slopes


def ridge_with_its_half(w, X, y, weight_decay):
    return gradient(w, X, y) + weight_decay / 2 * w


def ridge_that_grows(w, X, y, weight_decay):
    slopes = gradient(w, X, y)
    slopes[1:] -= weight_decay * w[1:]
    return slopes


def ridge_in_the_mean(w, X, y, weight_decay):
    decay = weight_decay * w
    decay[0] = 0
    return (X.T @ (X @ w - y) + decay) / len(y)


def ridge_without_the_intercepts_slope(w, X, y, weight_decay):
    return gradient(w, X, y)[1:] + weight_decay * w[1:]


def ridge_with_the_intercept_frozen(w, X, y, weight_decay):
    slopes = gradient(w, X, y) + weight_decay * w
    slopes[0] = 0
    return slopes


def ridge_leaving_the_last(w, X, y, weight_decay):
    slopes = gradient(w, X, y)
    slopes[:-1] += weight_decay * w[:-1]
    return slopes


def ridge_by_absolute_values(w, X, y, weight_decay):
    return gradient(w, X, y) + np.append(0, weight_decay * np.sign(w[1:]))


def ridge_as_a_loss(w, X, y, weight_decay):
    return np.mean((X @ w - y) ** 2) / 2 + weight_decay / 2 * np.sum(w[1:] ** 2)


def ridge_without_the_mean(w, X, y, weight_decay):
    return X.T @ (X @ w - y) + np.append(0, weight_decay * w[1:])


def ridge_without_return(w, X, y, weight_decay):
    slopes = gradient(w, X, y)
    slopes[1:] += weight_decay * w[1:]


RIDGE = {
    "right": [ridge_by_copy, ridge_by_mask, ridge_by_append, ridge_by_loop],
    "wrong": [
        (ridge_with_everything_decayed, "intercept decays"),
        (ridge_without_penalty, "penalty's slope is missing"),
        (ridge_with_the_penalty_itself, "whole penalty"),
        (ridge_forgetting_a_half, "twice"),
        (ridge_with_its_half, "The penalty's slope is half as large as it should be"),
        (ridge_that_grows, "sign is flipped"),
        (ridge_in_the_mean, "divided by N"),
        (ridge_without_the_intercepts_slope, "intercept's slope is missing"),
        (ridge_with_the_intercept_frozen, "The intercept's slope is 0 here"),
        (ridge_leaving_the_last, "last weight"),
        (ridge_by_absolute_values, "This is the slope of weight_decay times |w|"),
        (ridge_as_a_loss, "one number"),
        (ridge_without_the_mean, "Two slips"),
        (ridge_without_return, "return"),
    ],
}

ANSWERS = {
    "check_predict": PREDICT,
    "check_loss": LOSS,
    "check_price_of_target": TARGET,
    "check_gradient": GRADIENT,
    "check_train": TRAIN,
    "check_ridge_gradient": RIDGE,
}

# --- More answers, written when the checks stood ----------------------------------------------------------------------


def predict_rows_for_columns(w, X):
    prices = []
    for i in range(len(X)):
        price = 0
        for j in range(len(w)):
            price += X[j][i] * w[j]
        prices.append(price)
    return prices


def predict_sums_apart(w, X):
    return [np.sum(row) * np.sum(w) for row in X]


def predict_adding_weights(w, X):
    prices = [0] * len(X)
    for i, row in enumerate(X):
        for j, x in enumerate(row):
            prices[i] += x + w[j]
    return prices


def predict_from_the_second(w, X):
    return np.array([X[i] @ w for i in range(1, len(X))])


def predict_as_a_table(w, X):
    return X @ w.reshape(-1, 1) @ np.ones((1, len(w)))


def loss_over_n_squared(w, X, y):
    r = X @ w - y
    return r.T @ r / 2 / len(y) ** 2


def loss_of_swapped_arguments(w, X, y):
    return np.mean((predict(X, w) - y) ** 2) / 2


def loss_times_minus_one(w, X, y):
    r = y - X @ w
    return (r**2).mean() / 2 * -1


def loss_halved_inside(w, X, y):
    return np.sum(((X @ w - y) / (2 * len(y))) ** 2)


def loss_listed(w, X, y):
    losses = []
    for x, t in zip(X, y):
        losses.append((x @ w - t) ** 2 / 2)
    return losses


def loss_of_the_last_twice(w, X, y):
    for i in range(len(y)):
        error = (X[i] @ w - y[i]) ** 2
        error += error
    return error / (2 * len(y))


def target_with_a_star_for_y(X, y, target):
    w = np.linalg.inv(X.T @ X) @ X.T * y
    return target @ w


def target_as_mean_prediction(X, y, target):
    w = least_squares(X, y)
    return np.mean(X @ w)


def target_added_up_first(X, y, target):
    return least_squares(X, y) @ target.sum()


def target_of_means(X, y, target):
    return np.mean(target) * np.mean(y)


def target_as_a_length(X, y, target):
    return np.linalg.norm(target @ least_squares(X, y))


def gradient_of_sums_apart(w, X, y):
    r = X @ w - y
    return [sum(r) * X[:, j].sum() / len(y) for j in range(len(w))]


def gradient_overwritten(w, X, y):
    g = []
    for j in range(len(w)):
        for i in range(len(y)):
            s = (X[i] @ w - y[i]) * X[i, j]
        g.append(s / len(y))
    return g


def gradient_without_an_axis(w, X, y):
    return np.mean((X @ w - y) * X, axis=0)


def gradient_of_the_mean_residual(w, X, y):
    return X.T @ (X @ w - y).mean()


def gradient_of_squares(w, X, y):
    return (X @ w - y) ** 2 @ X / (2 * len(y))


def gradient_without_brackets(w, X, y):
    return X.T @ X @ w - y / len(y)


def train_printing(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for i in range(n_steps):
        w = w - learning_rate * gradient(w, X, y)
        print(w)


def train_every_second_step(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for i in range(0, n_steps, 2):
        w = w - learning_rate * gradient(w, X, y)
    return w


def train_divided_by_the_rate(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for i in range(n_steps):
        w = w - gradient(w, X, y) / learning_rate
    return w


def train_like_a_table(X, y, learning_rate, n_steps):
    w = np.zeros_like(X)
    for i in range(n_steps):
        w = w - learning_rate * gradient(w, X, y)
    return w


def train_weight_by_weight(X, y, learning_rate, n_steps):
    w = np.zeros(X.shape[1])
    for i in range(n_steps):
        for j in range(len(w)):
            w[j] = w[j] - learning_rate * gradient(w, X, y)[j]
    return w


def train_from_a_list_of_three(X, y, learning_rate, n_steps):
    w = [0, 0, 0]
    for i in range(n_steps):
        w = w - learning_rate * gradient(w, X, y)
    return w


ANSWERS["check_predict"]["wrong"] += [
    (predict_rows_for_columns, "in the place of “X[j][i] * w[j]”"),
    (predict_sums_apart, "Features and weights are added up apart"),
    (predict_adding_weights, "You added feature and weight"),
    (predict_from_the_second, "The first number is missing"),
    (predict_as_a_table, "Not yet averaged"),
]
ANSWERS["check_loss"]["wrong"] += [
    (loss_over_n_squared, "You divided by N twice"),
    (loss_of_swapped_arguments, "One change makes it right"),
    (loss_times_minus_one, "The sign is flipped"),
    (loss_halved_inside, "This is the answer divided by 2 · the number of rows of X"),
    (loss_listed, "These are the losses of each flat"),
    (loss_of_the_last_twice, "only the last flat is counted"),
]
ANSWERS["check_price_of_target"]["wrong"] += [
    (target_with_a_star_for_y, "These are the parts of the answer"),
    (target_as_mean_prediction, "in the place of “np.mean(X @ w)”"),
    (target_added_up_first, "One change makes it right"),
    (target_of_means, "It answers as if X were 1 throughout"),
    (target_as_a_length, "in the place of “np.linalg.norm(target @ least_squares(X, y))”"),
]
ANSWERS["check_gradient"]["wrong"] += [
    (gradient_of_sums_apart, "You added up features and residuals apart"),
    (gradient_overwritten, "Only the last flat is counted"),
    (gradient_without_an_axis, "these shapes do not fit for + − * /, which work number by nu"),
    (gradient_of_the_mean_residual, "@ multiplies arrays, but one side is a single number"),
    (gradient_of_squares, "The squares of the loss are still there"),
    (gradient_without_brackets, "these shapes do not fit for + − * /, which work number by nu"),
]
ANSWERS["check_train"]["wrong"] += [
    (train_printing, "write return in its place"),
    (train_every_second_step, "in the place of “range(0, n_steps, 2)”"),
    (train_divided_by_the_rate, "in the place of “gradient(w, X, y) / learning_rate”"),
    (train_like_a_table, "w needs one weight per column of X"),
    (train_weight_by_weight, "The weights change one after the other, so that the later on"),
    (train_from_a_list_of_three, "w needs one weight per column of X"),
]
