"""Lesson 07 as learners answer it: the right ones, and the wrong ones with words that their message must hold."""

import random

import numpy as np

# --- momentum


def momentum_in_steps(w, slope, learning_rate, memory, beta):
    v = beta * memory + slope
    w = w - learning_rate * v
    return w, v


def momentum_list(w, slope, learning_rate, memory, beta):
    velocity = memory * beta
    velocity = velocity + slope
    return [w - velocity * learning_rate, velocity]


def momentum_by_entry(w, slope, learning_rate, memory, beta):
    new_w, new_v = [], []
    for each, g, m in zip(w, slope, memory):
        v = beta * m + g
        new_v.append(v)
        new_w.append(each - learning_rate * v)
    return np.array(new_w), np.array(new_v)


def momentum_copy(w, slope, learning_rate, memory, beta):
    v = memory.copy()
    v *= beta
    v += slope
    new = w.copy()
    new -= learning_rate * v
    return new, v


def momentum_in_place(w, slope, learning_rate, memory, beta):
    memory *= beta
    memory += slope
    w -= learning_rate * memory
    return w, memory


def momentum_wrong_order(w, slope, learning_rate, memory, beta):
    w = w - learning_rate * memory
    memory = beta * memory + slope
    return w, memory


def momentum_prints(w, slope, learning_rate, memory, beta):
    v = beta * memory + slope
    print(w - learning_rate * v, v)


def momentum_swapped(slope, w, learning_rate, memory, beta):
    v = beta * memory + slope
    return w - learning_rate * v, v


def momentum_four(w, slope, learning_rate, memory):
    v = 0.9 * memory + slope
    return w - learning_rate * v, v


def momentum_nesterov(w, slope, learning_rate, memory, beta):
    v = beta * memory + slope
    return w - learning_rate * (slope + beta * v), v


def momentum_zero_memory(w, slope, learning_rate, memory, beta):
    v = np.zeros_like(w)
    v = beta * v + slope
    return w - learning_rate * v, v


def momentum_dict(w, slope, learning_rate, memory, beta):
    v = beta * memory + slope
    return {"w": w - learning_rate * v, "v": v}


def momentum_at(w, slope, learning_rate, memory, beta):
    v = beta @ memory + slope
    return w - learning_rate * v, v


def momentum_name(w, slope, learning_rate, memory, beta):
    v = beta * memory + slope
    return w - r * v, v  # noqa: F821


def momentum_unassigned(w, slope, learning_rate, memory, beta):
    velocity = beta * velocity + slope  # noqa: F821
    return w - learning_rate * velocity, velocity


def momentum_dot(w, slope, learning_rate, memory, beta):
    v = beta * memory + slope
    return w - learning_rate * (v @ v), v


MOMENTUM = {
    "right": [
        momentum_in_steps,
        momentum_list,
        momentum_by_entry,
        momentum_copy,
        lambda w, g, r, m, beta: (w - r * (beta * m + g), beta * m + g),
        lambda w, g, r, m, beta: (w - r * beta * m - r * g, g + m * beta),
        lambda w, g, r, m, beta: np.array([w - r * (beta * m + g), beta * m + g]),
        lambda w, g, r, m, beta: np.stack([w, 0 * w]) + np.outer([-r, 1], beta * m + g),
        lambda w, g, r, m, beta: (np.subtract(w, np.multiply(r, np.add(beta * m, g))), np.add(beta * m, g)),
    ],
    "wrong": [
        (momentum_in_place, "in place"),
        (momentum_wrong_order, "old velocity"),
        (momentum_prints, "return"),
        (momentum_swapped, "(w, slope, learning_rate, memory, beta)"),
        (momentum_four, "5 arguments"),
        (momentum_nesterov, "Nesterov"),
        (momentum_zero_memory, "memory"),
        (momentum_dict, "dict"),
        (momentum_at, "*"),
        (momentum_name, "r"),
        (momentum_unassigned, "velocity"),
        (momentum_dot, "velocity"),
        (lambda w, g, r, m, beta: (w + r * (beta * m + g), beta * m + g), "sign"),
        (lambda w, g, r, m, beta: (w - r * g, beta * m + g), "slope alone"),
        (lambda w, g, r, m, beta: (w - beta * m - r * g, beta * m + r * g), "learning rate"),
        (lambda w, g, r, m, beta: (w - r * (beta * m + (1 - beta) * g), beta * m + (1 - beta) * g), "1 − β"),
        (lambda w, g, r, m, beta: (w - r * (m + g), m + g), "β is missing"),
        (lambda w, g, r, m, beta: (w - r * (m + beta * g), m + beta * g), "not to the slope"),
        (lambda w, g, r, m, beta: (w - (beta * m + g), beta * m + g), "learning rate is missing"),
        (lambda w, g, r, m, beta: (beta * m + g, w - r * (beta * m + g)), "Swapped"),
        (lambda w, g, r, m, beta: (w - r * (beta * m + g), m), "not the old one"),
        (lambda w, g, r, m, beta: w - r * (beta * m + g), "new velocity as well"),
        (lambda w, g, r, m, beta: beta * m + g, "new w"),
        (lambda w, g, r, m, beta: (w - r * g, m), "plain descent"),
        (lambda w, g, r, m, beta: (w - r * g, g), "old velocity has no say"),
        (lambda w, g, r, m, beta: (w + beta * m - r * g, beta * m - r * g), "book-keeping"),
        (lambda w, g, r, m, beta: (w - r * (beta * m - g), beta * m - g), "not subtracted"),
        (lambda w, g, r, m, beta: (w - r * beta * (m + g), beta * (m + g)), "old velocity only"),
        (lambda w, g, r, m, beta: (w - r * (beta * m + g), r * (beta * m + g)), "without the learning rate"),
        (lambda w, g, r, m, beta: (w - r * (0.9 * m + g), 0.9 * m + g), "not 0.9"),
        (lambda w, g, r, m, beta: (w - r * (beta + m + g), beta + m + g), "beta * memory"),
        (lambda w, g, r, m, beta: (w - r * (beta * m * g), beta * m * g), "add"),
        (lambda w, g, r, m, beta: (w - r * ((1 - beta) * m + g), (1 - beta) * m + g), "beta * memory"),
        (lambda w, g, r, m, beta: (w - r * ((1 - beta) * m + beta * g), (1 - beta) * m + beta * g), "beta * memory"),
        (lambda w, g, r, m, beta: (r * (beta * m + g), beta * m + g), "This is the step"),
        (lambda w, g, r, m, beta: (w, beta * m + g), "has not moved"),
        (lambda w, g, r, m, beta: (w * (1 - r * beta), beta * m + g), "velocity"),
        (lambda w, g, r, m, beta: (w - r / (beta * m + g), beta * m + g), "learning_rate *"),
        (lambda w, g, r, m, beta: (w - r * (beta * m + g), beta * m + g, r), "3 things"),
        (lambda w, g, r, m, beta: (w - r * (beta * w + g), beta * w + g), "memory"),
    ],
}

# --- minibatches


def batches_by_while(n, batch_size, rng):
    rows = rng.permutation(n)
    batches = []
    start = 0
    while start < n:
        batches.append(rows[start : start + batch_size])
        start += batch_size
    return batches


def batches_by_shuffle(n, batch_size, rng):
    rows = np.arange(n)
    rng.shuffle(rows)
    return [rows[k : k + batch_size] for k in range(0, n, batch_size)]


def batches_by_split(n, batch_size, rng):
    return np.split(rng.permutation(n), range(batch_size, n, batch_size))


def batches_by_filling(n, batch_size, rng):
    batches, batch = [], []
    for row in rng.permutation(n):
        batch.append(row)
        if len(batch) == batch_size:
            batches.append(np.array(batch))
            batch = []
    if batch:
        batches.append(np.array(batch))
    return batches


def batches_by_sorting(n, batch_size, rng):
    order = np.argsort(rng.random(n))
    return [order[k * batch_size : (k + 1) * batch_size] for k in range(int(np.ceil(n / batch_size)))]


def batches_by_choice(n, batch_size, rng):
    left = list(range(n))
    batches = []
    while left:
        batch = rng.choice(left, min(batch_size, len(left)), replace=False)
        batches.append(batch)
        left = [row for row in left if row not in batch]
    return batches


def batches_by_popping(n, batch_size, rng):
    left, batches = list(range(n)), []
    while left:
        batches.append([left.pop(rng.integers(len(left))) for _ in range(min(batch_size, len(left)))])
    return batches


def batches_tuple(n, batch_size, rng):
    rows = rng.choice(n, size=n, replace=False)
    return tuple(rows[k : k + batch_size] for k in range(0, n, batch_size))


def batches_by_python(n, batch_size, rng):
    rows = list(range(n))
    random.shuffle(rows)
    return [np.array(rows[k : k + batch_size]) for k in range(0, n, batch_size)]


def in_order(n, batch_size, rng):
    return [np.arange(k, min(k + batch_size, n)) for k in range(0, n, batch_size)]


def backwards(n, batch_size, rng):
    rows = np.arange(n)[::-1]
    return [rows[k : k + batch_size] for k in range(0, n, batch_size)]


def own_seed(n, batch_size, rng):
    rows = np.random.default_rng(0).permutation(n)
    return [rows[k : k + batch_size] for k in range(0, n, batch_size)]


def global_seed(n, batch_size, rng):
    np.random.seed(0)
    rows = np.random.permutation(n)
    return [rows[k : k + batch_size] for k in range(0, n, batch_size)]


def in_pairs(n, batch_size, rng):
    order = rng.permutation(n // 2)
    rows = np.column_stack([2 * order, 2 * order + 1]).ravel()
    if n % 2:
        rows = np.append(rows, n - 1)
    return [rows[k : k + batch_size] for k in range(0, n, batch_size)]


def interleaved(n, batch_size, rng):
    n_batches = -(-n // batch_size)
    rows = np.concatenate([np.arange(k, n, n_batches) for k in range(n_batches)])
    return [rows[k : k + batch_size] for k in range(0, n, batch_size)]


def rolled(n, batch_size, rng):
    rows = np.roll(np.arange(n), rng.integers(n))
    return [rows[k : k + batch_size] for k in range(0, n, batch_size)]


def shuffle_returned(n, batch_size, rng):
    rows = rng.shuffle(np.arange(n))
    return [rows[k : k + batch_size] for k in range(0, n, batch_size)]


def permutation_not_kept(n, batch_size, rng):
    rows = np.arange(n)
    rng.permutation(rows)
    return [rows[k : k + batch_size] for k in range(0, n, batch_size)]


def floats(n, batch_size, rng):
    rows = rng.permutation(np.linspace(0, n - 1, n))
    return [rows[k : k + batch_size] for k in range(0, n, batch_size)]


def with_replacement(n, batch_size, rng):
    rows = rng.integers(0, n, size=n)
    return [rows[k : k + batch_size] for k in range(0, n, batch_size)]


def drawn_anew(n, batch_size, rng):
    return [rng.choice(n, batch_size, replace=False) for _ in range(0, n, batch_size)]


def shuffled_each_time(n, batch_size, rng):
    batches = []
    for k in range(0, n, batch_size):
        rows = rng.permutation(n)
        batches.append(rows[k : k + batch_size])
    return batches


def last_one_dropped(n, batch_size, rng):
    rows = rng.permutation(n)
    return [rows[k * batch_size : (k + 1) * batch_size] for k in range(n // batch_size)]


def one_empty(n, batch_size, rng):
    rows = rng.permutation(n)
    return [rows[k * batch_size : (k + 1) * batch_size] for k in range(n // batch_size + 1)]


def step_of_one(n, batch_size, rng):
    rows = rng.permutation(n)
    return [rows[k : k + batch_size] for k in range(n)]


def return_in_the_loop(n, batch_size, rng):
    rows = rng.permutation(n)
    for k in range(0, n, batch_size):
        return rows[k : k + batch_size]


def list_return_in_the_loop(n, batch_size, rng):
    rows, batches = rng.permutation(n), []
    for k in range(0, n, batch_size):
        batches.append(rows[k : k + batch_size])
        return batches


def yields(n, batch_size, rng):
    rows = rng.permutation(n)
    for k in range(0, n, batch_size):
        yield rows[k : k + batch_size]


def a_generator(n, batch_size, rng):
    rows = rng.permutation(n)
    return (rows[k : k + batch_size] for k in range(0, n, batch_size))


def one_shorter(n, batch_size, rng):
    rows = rng.permutation(n)
    return [rows[k : k + batch_size - 1] for k in range(0, n, batch_size)]


def starts_at_a_batch(n, batch_size, rng):
    rows = rng.permutation(n)
    return [rows[k : k + batch_size] for k in range(batch_size, n, batch_size)]


def reshaped(n, batch_size, rng):
    return rng.permutation(n).reshape(-1, batch_size)


def n_parts(n, batch_size, rng):
    return np.array_split(rng.permutation(n), batch_size)


def equal_parts(n, batch_size, rng):
    return np.array_split(rng.permutation(n), int(np.ceil(n / batch_size)))


def from_one(n, batch_size, rng):
    rows = rng.permutation(np.arange(1, n + 1))
    return [rows[k : k + batch_size] for k in range(0, n, batch_size)]


def up_to_n(n, batch_size, rng):
    rows = rng.permutation(n + 1)
    return [rows[k : k + batch_size] for k in range(0, n + 1, batch_size)]


def one_row_missing(n, batch_size, rng):
    rows = rng.permutation(n - 1)
    return [rows[k : k + batch_size] for k in range(0, n - 1, batch_size)]


def inside_the_blocks(n, batch_size, rng):
    batches = []
    for k in range(0, n, batch_size):
        batches.append(rng.permutation(np.arange(k, min(k + batch_size, n))))
    return batches


def blocks_in_random_order(n, batch_size, rng):
    starts = rng.permutation(np.arange(0, n, batch_size))
    return [np.arange(k, min(k + batch_size, n)) for k in starts]


def one_flat(n, batch_size, rng):
    return rng.permutation(n)


def one_batch(n, batch_size, rng):
    return [rng.permutation(n)[:batch_size]]


def all_in_one(n, batch_size, rng):
    return [rng.permutation(n)]


def single_rows(n, batch_size, rng):
    return [[row] for row in rng.permutation(n)]


def forgot_to_append(n, batch_size, rng):
    rows, batches = rng.permutation(n), []
    for k in range(0, n, batch_size):
        rows[k : k + batch_size]
    return batches


def extended(n, batch_size, rng):
    rows, batches = rng.permutation(n), []
    for k in range(0, n, batch_size):
        batches.extend(rows[k : k + batch_size])
    return batches


def assigned_append(n, batch_size, rng):
    rows, batches = rng.permutation(n), []
    for k in range(0, n, batch_size):
        batches = batches.append(rows[k : k + batch_size])
    return batches


def never_ends(n, batch_size, rng):
    rows, batches, k = rng.permutation(n), [], 0
    while k < n:
        batches.append(rows[k : k + batch_size])
    return batches


def true_division(n, batch_size, rng):
    rows = rng.permutation(n)
    return [rows[k * batch_size : (k + 1) * batch_size] for k in range(n / batch_size)]


def rng_called(n, batch_size, rng):
    rows = rng(n)
    return [rows[k : k + batch_size] for k in range(0, n, batch_size)]


def twice_through(n, batch_size, rng):
    rows = np.concatenate([rng.permutation(n), rng.permutation(n)])
    return [rows[k : k + batch_size] for k in range(0, 2 * n, batch_size)]


def masks(n, batch_size, rng):
    order = rng.permutation(n)
    return [(order >= k) & (order < k + batch_size) for k in range(0, n, batch_size)]


def shifted_blocks(n, batch_size, rng):
    rows = (rng.permutation(n // batch_size)[:, None] * batch_size + np.arange(batch_size)).ravel()
    rows = np.append(rows, np.arange(len(rows), n))
    return [rows[k : k + batch_size] for k in range(0, n, batch_size)]


def a_dictionary(n, batch_size, rng):
    rows = rng.permutation(n)
    return {k: rows[k : k + batch_size] for k in range(0, n, batch_size)}


def sets(n, batch_size, rng):
    rows = rng.permutation(n)
    return [set(rows[k : k + batch_size].tolist()) for k in range(0, n, batch_size)]


def shuffled_then_sorted(n, batch_size, rng):
    rows = np.sort(rng.permutation(n))
    return [rows[k : k + batch_size] for k in range(0, n, batch_size)]


def seed_from_n(n, batch_size, rng):
    rows = np.random.default_rng(n).permutation(n)
    return [rows[k : k + batch_size] for k in range(0, n, batch_size)]


def one_larger(n, batch_size, rng):
    rows = rng.permutation(n)
    return [rows[k : k + batch_size + 1] for k in range(0, n, batch_size)]


MINIBATCHES = {
    "right": [
        batches_by_while,
        batches_by_shuffle,
        batches_by_split,
        batches_by_filling,
        batches_by_sorting,
        batches_by_choice,
        batches_by_popping,
        batches_tuple,
        batches_by_python,
        lambda n, size, rng: [rows for rows in np.array_split(rng.permutation(n), np.arange(size, n, size))],
        lambda n, size, rng: [r[k : k + size] for r in [rng.permuted(np.arange(n))] for k in range(0, n, size)],
    ],
    "wrong": [
        (in_order, "Not shuffled"),
        (backwards, "backwards"),
        (own_seed, "rng"),
        (global_seed, "rng"),
        (in_pairs, "neighbours"),
        (interleaved, "rng"),
        (rolled, "always the same step"),
        (shuffle_returned, "shuffle"),
        (permutation_not_kept, "Not shuffled"),
        (floats, "whole numbers"),
        (with_replacement, "a draw with repetition"),
        (drawn_anew, "drawn on its own"),
        (shuffled_each_time, "before the loop"),
        (last_one_dropped, "shorter batch is missing"),
        (one_empty, "empty batch"),
        (step_of_one, "overlap"),
        (return_in_the_loop, "return inside the loop"),
        (list_return_in_the_loop, "return inside the loop"),
        (yields, "generator"),
        (a_generator, "generator"),
        (one_shorter, "ends before"),
        (starts_at_a_batch, "begin at 0"),
        (reshaped, "shorter"),
        (n_parts, "not the number of batches"),
        (equal_parts, "only the last one"),
        (from_one, "from 0"),
        (up_to_n, "n − 1"),
        (one_row_missing, "One row is missing"),
        (inside_the_blocks, "inside each block"),
        (blocks_in_random_order, "order of the batches"),
        (one_flat, "in one row"),
        (one_batch, "first batch"),
        (all_in_one, "one batch with all rows"),
        (single_rows, "batch_size"),
        (forgot_to_append, "empty"),
        (extended, "append"),
        (assigned_append, "append"),
        (never_ends, "ever end"),
        (true_division, "//"),
        (rng_called, ".permutation(n)"),
        (twice_through, "more than once"),
        (masks, "row numbers"),
        (shifted_blocks, "neighbours"),
        (a_dictionary, "dict"),
        (sets, "set"),
        (shuffled_then_sorted, "Not shuffled"),
        (seed_from_n, "rng"),
        (one_larger, "batch_size"),
    ],
}

# --- the diagnosis


def diagnosis_by_if(run):
    if run == "A":
        return 3
    elif run == "B":
        return 2
    return 1


def diagnosis_by_place(run):
    return [3, 2, 1]["ABC".index(run)]


def diagnosis_by_match(run):
    match run:
        case "A":
            return 3
        case "B":
            return 2
        case "C":
            return 1


def diagnosis_words(run):
    return {"A": "learned by heart", "B": "too small", "C": "too large"}[run]


def diagnosis_dict(run):
    return {"A": 3, "B": 2, "C": 1}


def diagnosis_no_b(run):
    return {"A": 3, "C": 1}[run]


def diagnosis_small_letters(run):
    return {"a": 3, "b": 2, "c": 1}[run]


def diagnosis_prints(run):
    print({"A": 3, "B": 2, "C": 1}[run])


def diagnosis_c_in_words(run):
    return {"A": 3, "B": 2, "C": "rate too large"}[run]


def diagnosis_only_a(run):
    if run == "A":
        return 3


def diagnosis_a_wrong_c_text(run):
    return {"A": 1, "B": 2, "C": "1"}[run]


DIAGNOSIS = {
    "right": [
        diagnosis_by_if,
        diagnosis_by_place,
        diagnosis_by_match,
        lambda run: {"A": 3, "B": 2, "C": 1}[run],
        lambda run: dict(A=3, B=2, C=1).get(run),
        lambda run: 3 - "ABC".index(run),
        lambda run: 68 - ord(run),
        lambda run: {"A": 3.0, "B": 2.0, "C": 1.0}[run],
    ],
    "wrong": [
        (diagnosis_words, "number of a cause"),
        (diagnosis_dict, "[run]"),
        (diagnosis_no_b, "B"),
        (diagnosis_small_letters, "A"),
        (diagnosis_prints, "return"),
        (diagnosis_c_in_words, "C: "),
        (diagnosis_only_a, "return"),
        (diagnosis_a_wrong_c_text, "A falls evenly"),
        (lambda run: {"A": "3", "B": "2", "C": "1"}[run], "without quotes"),
        (lambda run: {"A": 1, "B": 2, "C": 3}[run], "C has not even learned"),
        (lambda run: {"A": 3, "B": 1, "C": 2}[run], "B never leaps"),
        (lambda run: {"A": 4, "B": 2, "C": 1}[run], "A has numbers to draw"),
        (lambda run: {"A": 3, "B": 2, "C": 4}[run], "C has numbers to draw"),
        (lambda run: 3, "In B the test loss"),
        (lambda run: 1, "A falls evenly"),
        (lambda run: {"A": 2, "B": 3, "C": 1}[run], "A has all but learned"),
        (lambda run: {"A": 3, "B": 2, "C": 0}[run], "1 to 4"),
        (lambda run: {"A": 3, "B": 2, "C": 5}[run], "1 to 4"),
        (lambda run: {"A": 2, "B": 2, "C": 1}[run], "A has all but learned"),
        (lambda run: {"A": 3, "B": 4, "C": 1}[run], "B has numbers to draw"),
        (lambda run: {"A": 3, "B": 2, "C": 2}[run], "C moves a lot"),
        (lambda run: ["3", "2", "1"]["ABC".index(run)], "without quotes"),
        (lambda run: {"A": [3], "B": [2], "C": [1]}[run], "1 to 4"),
        (lambda run: {"A": (3, 2), "B": 2, "C": 1}[run], "1 to 4"),
        (lambda run: {"A": -3, "B": 2, "C": 1}[run], "1 to 4"),
    ],
}

# --- more of each, written after the checks


def momentum_mean_of_both(w, slope, learning_rate, memory, beta):
    v = (beta * memory + slope) / 2
    return w - learning_rate * v, v


def momentum_rate_twice(w, slope, learning_rate, memory, beta):
    v = beta * memory + learning_rate * slope
    return w - learning_rate * v, v


def momentum_power(w, slope, learning_rate, memory, beta):
    v = memory**beta + slope
    return w - learning_rate * v, v


def momentum_changes_the_slope(w, slope, learning_rate, memory, beta):
    slope = slope + beta * slope
    return w - learning_rate * slope, slope


def momentum_first_entry(w, slope, learning_rate, memory, beta):
    v = beta * memory[0] + slope[0]
    return w - learning_rate * v, v


def momentum_squares(w, slope, learning_rate, memory, beta):
    v = beta * memory + slope**2
    return w - learning_rate * v, v


def momentum_stacked_flat(w, slope, learning_rate, memory, beta):
    v = beta * memory + slope
    return np.concatenate([w - learning_rate * v, v])


def momentum_minus_minus(w, slope, learning_rate, memory, beta):
    v = beta * memory - learning_rate * slope
    return w - v, v


def batches_of_lists_of_lists(n, batch_size, rng):
    rows = rng.permutation(n)
    return [[[row] for row in rows[k : k + batch_size]] for k in range(0, n, batch_size)]


def batches_last_one_filled(n, batch_size, rng):
    rows = rng.permutation(n)
    missing = -n % batch_size
    rows = np.concatenate([rows, rows[:missing]])
    return [rows[k : k + batch_size] for k in range(0, n, batch_size)]


def batches_sorted_by_first(n, batch_size, rng):
    start = rng.integers(n)
    rows = (np.arange(n) * 7 + start) % n
    return [rows[k : k + batch_size] for k in range(0, n, batch_size)]


def batches_zip(n, batch_size, rng):
    rows = rng.permutation(n)
    return list(zip(*[iter(rows)] * batch_size))


def batches_two_halves(n, batch_size, rng):
    rows = rng.permutation(n)
    return [rows[:batch_size], rows[batch_size:]]


def batches_of_floats_by_division(n, batch_size, rng):
    rows = rng.permutation(n) / 1
    return [rows[k : k + batch_size] for k in range(0, n, batch_size)]


def batches_drop_the_zero(n, batch_size, rng):
    rows = rng.permutation(range(1, n))
    return [rows[k : k + batch_size] for k in range(0, n, batch_size)]


def batches_wrong_name(n, batch_size, rng):
    rows = rng.permutations(n)
    return [rows[k : k + batch_size] for k in range(0, n, batch_size)]


def diagnosis_shifted(run):
    return {"A": 2, "B": 1, "C": 0}[run]


def diagnosis_list_of_all(run):
    return [3, 2, 1]


def diagnosis_lower(run):
    return {"A": 3, "B": 2, "C": 1}[run.lower()]


def diagnosis_missing_else(run):
    if run == "A":
        return 3
    if run == "B":
        return 2


# --- right ones, in other ways


def momentum_in_way_1(w, slope, learning_rate, memory, beta):
    v = np.array([beta * m + s for m, s in zip(memory, slope)])
    return w - learning_rate * v, v


def momentum_in_way_2(w, slope, learning_rate, memory, beta):
    v = beta * memory + slope
    return (w - learning_rate * v).tolist(), v.tolist()


def momentum_in_way_3(w, slope, learning_rate, memory=None, beta=0.9):
    if memory is None:
        memory = 0
    v = beta * memory + slope
    return w - learning_rate * v, v


def minibatches_in_way_1(n, batch_size, rng):
    rows = rng.permutation(n).tolist()
    return [np.array(rows[i : i + batch_size]) for i in range(0, n, batch_size)]


def minibatches_in_way_2(n, batch_size, rng):
    rows = list(range(n))
    out = []
    rng.shuffle(rows)
    while rows:
        out.append(np.array(rows[:batch_size]))
        rows = rows[batch_size:]
    return out


def minibatches_in_way_3(n, batch_size, rng):
    rows = np.random.permutation(n)
    return [rows[i : i + batch_size] for i in range(0, n, batch_size)]


def minibatches_in_way_4(n, batch_size, rng):
    rows = rng.permutation(n)
    k = n // batch_size * batch_size
    out = list(rows[:k].reshape(-1, batch_size))
    if k < n:
        out.append(rows[k:])
    return out


def minibatches_in_way_5(n, batch_size, rng):
    return [np.sort(r) for r in np.split(rng.permutation(n), np.arange(batch_size, n, batch_size))]


def minibatches_in_way_6(n, batch_size, rng):
    def rest(rows):
        return [rows[:batch_size]] + rest(rows[batch_size:]) if len(rows) else []

    return rest(rng.permutation(n))


def minibatches_in_way_7(n, batch_size, rng):
    rows = np.arange(n)
    for i in range(n - 1, 0, -1):
        j = rng.integers(0, i + 1)
        rows[i], rows[j] = rows[j], rows[i]
    return [list(rows[k : k + batch_size]) for k in range(0, n, batch_size)]


def diagnosis_in_way_1(run):
    return np.int64({"A": 3, "B": 2, "C": 1}[run])


def diagnosis_in_way_2(run):
    causes = {"A": 3}
    causes["B"] = 2
    causes["C"] = 1
    return causes[run]


def diagnosis_in_way_3(run):
    return np.array(3 - "ABC".find(run))


RIGHT_TOO = {
    "check_momentum": [momentum_in_way_1, momentum_in_way_2, momentum_in_way_3],
    "check_minibatches": [
        minibatches_in_way_1,
        minibatches_in_way_2,
        minibatches_in_way_3,
        minibatches_in_way_4,
        minibatches_in_way_5,
        minibatches_in_way_6,
        minibatches_in_way_7,
    ],
    "check_diagnosis": [diagnosis_in_way_1, diagnosis_in_way_2, diagnosis_in_way_3],
}

MORE = {
    "check_momentum": [
        (momentum_mean_of_both, "This is the mean of the two; add them"),
        (momentum_rate_twice, "The learning rate counts twice for the slope"),
        (momentum_power, "One change makes it right"),
        (momentum_changes_the_slope, "β multiplies the old velocity"),
        (momentum_first_entry, "returned a tuple whose parts differ"),
        (momentum_squares, "The slope is added as it is"),
        (momentum_stacked_flat, "The numbers are right"),
        (momentum_minus_minus, "The slope is subtracted twice over"),
    ],
    "check_minibatches": [
        (batches_of_lists_of_lists, "Each row number stands in brackets of its own"),
        (batches_last_one_filled, "some rows come more than once"),
        (batches_sorted_by_first, "From row to row it is always the same step"),
        (batches_zip, "Each batch is a tuple or a set"),
        (batches_two_halves, "there are too few or too many batches"),
        (batches_of_floats_by_division, "The row numbers are no whole numbers"),
        (batches_drop_the_zero, "One row is missing"),
        (batches_wrong_name, "has no attribute 'permutations'"),
    ],
    "check_diagnosis": [
        (diagnosis_shifted, "A has all but learned its training samples after ten epochs"),
        (diagnosis_list_of_all, "Give the number of a cause"),
        (diagnosis_lower, "has no 'a': is it spelled exactly like this"),
        (diagnosis_missing_else, "it returned None"),
    ],
}

ANSWERS = {
    "check_momentum": MOMENTUM,
    "check_minibatches": MINIBATCHES,
    "check_diagnosis": DIAGNOSIS,
}
# --- early stopping


def stops_with_a_counter(training, validation, patience):
    best, lowest, waited = 0, np.inf, 0
    for epoch, now in enumerate(validation):
        if now < lowest:
            best, lowest, waited = epoch, now, 0
        else:
            waited += 1
        if waited >= patience:
            break
    return best


def stops_with_while(training, validation, patience):
    epoch = best = 0
    while epoch < len(validation) and epoch - best < patience:
        epoch += 1
        if epoch < len(validation) and validation[epoch] < validation[best]:
            best = epoch
    return best


def stops_with_slices(training, validation, patience):
    for epoch in range(len(validation)):
        if np.argmin(validation[: epoch + 1]) <= epoch - patience:
            return np.argmin(validation[: epoch + 1])
    return np.argmin(validation)


def looks_into_the_future(training, validation, patience):
    return np.argmin(validation)


def watches_the_training(training, validation, patience):
    best = 0
    for epoch in range(len(training)):
        if training[epoch] < training[best]:
            best = epoch
        if epoch - best == patience:
            break
    return best


def returns_where_it_stops(training, validation, patience):
    best = 0
    for epoch in range(len(validation)):
        if validation[epoch] < validation[best]:
            best = epoch
        if epoch - best == patience:
            break
    return epoch


def returns_the_loss(training, validation, patience):
    return validation[stops_with_a_counter(training, validation, patience)]


def one_too_patient(training, validation, patience):
    best = 0
    for epoch in range(len(validation)):
        if validation[epoch] < validation[best]:
            best = epoch
        if epoch - best > patience:
            break
    return best


def one_too_hasty(training, validation, patience):
    return stops_with_a_counter(training, validation, max(1, patience - 1)) if patience > 1 else 0


def stops_at_the_first_rise(training, validation, patience):
    for epoch in range(1, len(validation)):
        if validation[epoch] > validation[epoch - 1]:
            return epoch - 1
    return len(validation) - 1


def counts_rises_in_a_row(training, validation, patience):
    rises = 0
    for epoch in range(1, len(validation)):
        rises = rises + 1 if validation[epoch] >= validation[epoch - 1] else 0
        if rises == patience:
            return int(np.argmin(validation[: epoch + 1]))
    return int(np.argmin(validation))


def counts_from_one(training, validation, patience):
    return stops_with_a_counter(training, validation, patience) + 1


def the_last_one(training, validation, patience):
    return len(validation) - 1


def takes_the_gap(training, validation, patience):
    return np.argmin(validation - training)


def keeps_nothing(training, validation, patience):
    best = 0
    for epoch in range(len(validation)):
        if validation[epoch] < validation[best]:
            best = epoch


ANSWERS["check_early_stopping"] = {
    "right": [stops_with_a_counter, stops_with_while, stops_with_slices],
    "wrong": [
        (looks_into_the_future, "never sees the later ones"),
        (watches_the_training, "training loss"),
        (returns_where_it_stops, "epoch at which training stops"),
        (returns_the_loss, "return its epoch"),
        (one_too_patient, "one epoch too long"),
        (stops_at_the_first_rise, "first rise"),
        (counts_rises_in_a_row, "best one so far"),
        (counts_from_one, "epochs count from 0"),
        (the_last_one, "the last epoch"),
        (takes_the_gap, "gap is smallest"),
        (keeps_nothing, "return"),
    ],
}
for check, wrong in MORE.items():
    ANSWERS[check]["wrong"] += wrong
for check, right in RIGHT_TOO.items():
    ANSWERS[check]["right"] += right
