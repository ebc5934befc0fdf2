"""Answers to the exercises of lesson 02 as learners write them; each wrong one with words that its message holds."""

import math

import numpy as np

from lessons_lib.maths.gradient_descent import descend, numerical_gradient

# --- Exercise 1: (f(x + h) − f(x)) / h --------------------------------------------------------------------------------


def slope_in_steps(f, x, h):
    here = f(x)
    there = f(x + h)
    rise, run = there - here, (x + h) - x
    return rise / run


def slope_by_a_helper(f, x, h):
    def rise(a, b):
        return f(b) - f(a)

    return rise(x, x + h) / h


def slope_printed(f, x, h):
    print((f(x + h) - f(x)) / h)


def slope_of_a_number(f, x, h):
    return (f * (x + h) - f * x) / h


def slope_with_its_own_h(f, x, h):
    h = 1e-6
    return (f(x + h) - f(x)) / h


def slope_of_the_square(f, x, h):
    return 2 * x


def slope_indexing_f(f, x, h):
    return (f[x + h] - f[x]) / h


def slope_without_a_star(f, x, h):
    return 1 / h(f(x + h) - f(x))


SLOPE = {
    "right": [
        lambda f, x, h: (f(x + h) - f(x)) / h,
        lambda f, x, h: -(f(x) - f(x + h)) / h,
        lambda f, x, h: (f(x) - f(x + h)) / -h,
        lambda f, x, h: f(x + h) / h - f(x) / h,
        lambda f, x, h: np.divide(np.subtract(f(x + h), f(x)), h),
        lambda f, x, h: np.diff([f(x), f(x + h)])[0] / h,
        lambda f, x, h: (f(x + h) - f(x)) * h**-1,
        lambda g, at, dx: (g(at + dx) - g(at)) / dx,
        lambda f, x, h: np.float32(f(x + h) - f(x)) / np.float32(h),
        lambda f, x, h: np.polyfit([x, x + h], [f(x), f(x + h)], 1)[0],
        slope_in_steps,
        slope_by_a_helper,
    ],
    "wrong": [
        (lambda f, x, h: (f(x) - f(x + h)) / h, "The sign is flipped"),
        (lambda f, x, h: f(x + h) - f(x), "divide it by the run"),
        (lambda f, x, h: f(x + h) - f(x) / h, "bracket"),
        (lambda f, x, h: (f(x + h) - f(x)) * h, "multiplied"),
        (lambda f, x, h: (f(x + h) - f(x)) / x, "divided by x"),
        (lambda f, x, h: (f(x + h) - f(x - h)) / (2 * h), "central"),
        (lambda f, x, h: (f(x) - f(x - h)) / h, "looks back"),
        (lambda f, x, h: (f(x + h) - f(x - h)) / h, "two h"),
        (lambda f, x, h: (f(x + h) - f(x)) / (2 * h), "Half too small"),
        (lambda f, x, h: (f(x + h) - f(x)) / h / 2, "Half too small"),
        (lambda f, x, h: (f(x + h) + f(x)) / h, "minus"),
        (lambda f, x, h: f(x + h) / h, "f(x) is missing"),
        (lambda f, x, h: h / (f(x + h) - f(x)), "upside down"),
        (lambda f, x, h: f(x + h - x) / h, "This takes the height at h"),
        (lambda f, x, h: (f(h) - f(x)) / h, "x + h"),
        (lambda f, x, h: f(h) / h, "x + h"),
        (lambda f, x, h: (f(x * h) - f(x)) / h, "x + h"),
        (lambda f, x, h: abs(f(x + h) - f(x)) / h, "absolute"),
        (lambda f, x, h: (f(x + h) - f(x)) / h**2, "You divided by h twice"),
        (lambda f, x, h: (f(x + h) - f(x)) / (x + h), "You divided by x + h"),
        (lambda f, x, h: (f(x + h) - f(x)) // h, "The numbers are rounded down"),
        (lambda f, x, h: round((f(x + h) - f(x)) / h, 1), "round"),
        (lambda f, x, h: (f(x + 2 * h) - f(x)) / h, "twice"),
        (lambda f, x, h: numerical_gradient(f, x), "h is not used"),
        (lambda f, x, h: f(x), "height"),
        (lambda f, x, h: f((x + h) - x) / h, "This takes the height at h"),
        (lambda f, x, h: math.atan((f(x + h) - f(x)) / h), "angle"),
        (lambda f, x, h: f(x + h) - x / h, "f is not asked at x"),
        (lambda f, x, h: ((x + h) - x) / h, "f is not asked at all"),
        (lambda f, x, h: (f(x + h), f(x), h), "one number"),
        (lambda f, x, h: [(f(x + h) - f(x)) / h], "number itself"),
        (lambda x, f, h: (f(x + h) - f(x)) / h, "(f, x, h)"),
        (lambda f, h, x: (f(x + h) - f(x)) / h, "(f, x, h)"),
        (lambda f, x: (f(x + 0.1) - f(x)) / 0.1, "3 arguments: (f, x, h)"),
        (lambda f, x, h: 7.0, "depend on what goes in"),
        (lambda f, x, h: 0, "In every case it returns 0"),
        (slope_printed, "return"),
        (slope_of_a_number, "a function stands where its value is needed"),
        (slope_with_its_own_h, "h is always a tiny number here"),
        (slope_of_the_square, "This is the slope of x² alone"),
        (slope_indexing_f, "a function is called with round brackets"),
        (slope_without_a_star, "round brackets after a float try to call it"),
    ],
}

# --- Exercise 2: the loop ---------------------------------------------------------------------------------------------


def descend_by_appending(gradient, start, learning_rate, n_steps):
    path = [start]
    for _ in range(n_steps):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


def descend_into_a_table(gradient, start, learning_rate, n_steps):
    path = np.zeros((n_steps + 1, len(start)))
    path[0] = start
    for t in range(1, n_steps + 1):
        path[t] = path[t - 1] - learning_rate * gradient(path[t - 1])
    return path


def descend_with_a_copy(gradient, start, learning_rate, n_steps):
    w = start.copy()
    path = [w.copy()]
    for _ in range(n_steps):
        w -= learning_rate * gradient(w)
        path.append(w.copy())
    return path


def descend_by_stacking(gradient, start, learning_rate, n_steps):
    path = start[None, :]
    for _ in range(n_steps):
        path = np.vstack([path, path[-1] - learning_rate * gradient(path[-1])])
    return path


def descend_by_while(gradient, start, learning_rate, n_steps):
    path, w = [list(start)], start
    while len(path) <= n_steps:
        w = w - learning_rate * gradient(w)
        path.append(w.tolist())
    return path


def descend_by_recursion(gradient, start, learning_rate, n_steps):
    if n_steps == 0:
        return [start]
    return [start, *descend_by_recursion(gradient, start - learning_rate * gradient(start), learning_rate, n_steps - 1)]


def descend_uphill(gradient, start, learning_rate, n_steps):
    path = [start]
    for _ in range(n_steps):
        path.append(path[-1] + learning_rate * gradient(path[-1]))
    return np.array(path)


def descend_without_the_start(gradient, start, learning_rate, n_steps):
    w, path = start, []
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        path.append(w)
    return np.array(path)


def descend_without_the_end(gradient, start, learning_rate, n_steps):
    w, path = start, []
    for _ in range(n_steps):
        path.append(w)
        w = w - learning_rate * gradient(w)
    return np.array(path)


def descend_to_the_last_place(gradient, start, learning_rate, n_steps):
    w = start
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
    return w


def descend_without_rate(gradient, start, learning_rate, n_steps):
    path = [start]
    for _ in range(n_steps):
        path.append(path[-1] - gradient(path[-1]))
    return np.array(path)


def descend_on_the_same_array(gradient, start, learning_rate, n_steps):
    w = np.array(start)
    path = [w]
    for _ in range(n_steps):
        w -= learning_rate * gradient(w)
        path.append(w)
    return np.array(path)


def descend_changing_start(gradient, start, learning_rate, n_steps):
    path = [start]
    for _ in range(n_steps):
        start -= learning_rate * gradient(start)
        path.append(start)
    return np.array(path)


def descend_with_the_gradient_at_start(gradient, start, learning_rate, n_steps):
    path, slope = [start], gradient(start)
    for _ in range(n_steps):
        path.append(path[-1] - learning_rate * slope)
    return np.array(path)


def descend_always_from_start(gradient, start, learning_rate, n_steps):
    path = [start]
    for _ in range(n_steps):
        path.append(start - learning_rate * gradient(path[-1]))
    return np.array(path)


def descend_returning_early(gradient, start, learning_rate, n_steps):
    path = [start]
    for _ in range(n_steps):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
        return np.array(path)


def descend_one_too_many(gradient, start, learning_rate, n_steps):
    path = [start]
    for _ in range(n_steps + 1):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


def descend_transposed(gradient, start, learning_rate, n_steps):
    return np.transpose(descend_by_appending(gradient, start, learning_rate, n_steps))


def descend_flattened(gradient, start, learning_rate, n_steps):
    return np.ravel(descend_by_appending(gradient, start, learning_rate, n_steps))


def descend_extending(gradient, start, learning_rate, n_steps):
    path, w = list(start), start
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        path += list(w)
    return np.array(path)


def descend_backwards(gradient, start, learning_rate, n_steps):
    path = [start]
    for _ in range(n_steps):
        path.insert(0, path[0] - learning_rate * gradient(path[0]))
    return np.array(path)


def descend_with_start_twice(gradient, start, learning_rate, n_steps):
    w, path = start, [start]
    for _ in range(n_steps):
        path.append(w)
        w = w - learning_rate * gradient(w)
    return np.array(path)


def descend_collecting_steps(gradient, start, learning_rate, n_steps):
    w, path = start, [start]
    for _ in range(n_steps):
        step = learning_rate * gradient(w)
        w = w - step
        path.append(-step)
    return np.array(path)


def descend_collecting_gradients(gradient, start, learning_rate, n_steps):
    w, path = start, [gradient(start)]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        path.append(gradient(w))
    return np.array(path)


def descend_appending_to_none(gradient, start, learning_rate, n_steps):
    path = [start]
    for _ in range(n_steps):
        path = path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


def descend_on_the_whole_path(gradient, start, learning_rate, n_steps):
    path = [start]
    for _ in range(n_steps):
        path.append(path - learning_rate * gradient(path))
    return np.array(path)


def descend_without_calling(gradient, start, learning_rate, n_steps):
    path = [start]
    for _ in range(n_steps):
        path.append(path[-1] - learning_rate * gradient)
    return np.array(path)


def descend_over_a_number(gradient, start, learning_rate, n_steps):
    path = [start]
    for _ in n_steps:
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


def descend_printing(gradient, start, learning_rate, n_steps):
    w = start
    print(w)
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        print(w)


def descend_from_zeros(gradient, start, learning_rate, n_steps):
    path = [np.zeros(len(start))]
    for _ in range(n_steps):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


def descend_by_the_direction_only(gradient, start, learning_rate, n_steps):
    path = [start]
    for _ in range(n_steps):
        slope = gradient(path[-1])
        path.append(path[-1] - learning_rate * slope / np.linalg.norm(slope))
    return np.array(path)


def descend_in_whole_numbers(gradient, start, learning_rate, n_steps):
    path = np.zeros((n_steps + 1, len(start)), dtype=int)
    path[0] = start
    for t in range(n_steps):
        path[t + 1] = path[t] - learning_rate * gradient(path[t])
    return path


def descend_forever(gradient, start, learning_rate, n_steps):
    path = [start]
    while path:
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


def descend_with_a_gap(gradient, start, learning_rate, n_steps):
    path = np.zeros((n_steps + 1, len(start)))
    path[0] = start
    for t in range(1, n_steps):
        path[t] = path[t - 1] - learning_rate * gradient(path[t - 1])
    return path


def descend_past_the_table(gradient, start, learning_rate, n_steps):
    path = np.zeros((n_steps, len(start)))
    path[0] = start
    for t in range(1, n_steps + 1):
        path[t] = path[t - 1] - learning_rate * gradient(path[t - 1])
    return path


def descend_and_its_steps(gradient, start, learning_rate, n_steps):
    return descend_by_appending(gradient, start, learning_rate, n_steps), n_steps


def descend_without_return(gradient, start, learning_rate, n_steps):
    path = [start]
    for _ in range(n_steps):
        path.append(path[-1] - learning_rate * gradient(path[-1]))


DESCEND = {
    "right": [
        descend,
        descend_by_appending,
        descend_into_a_table,
        descend_with_a_copy,
        descend_by_stacking,
        descend_by_while,
        descend_by_recursion,
    ],
    "wrong": [
        (descend_uphill, "The sign is flipped"),
        (descend_without_the_start, "start is missing"),
        (descend_without_the_end, "The last step is missing"),
        (descend_to_the_last_place, "whole path"),
        (descend_without_rate, "learning rate is missing"),
        (descend_on_the_same_array, "same array"),
        (descend_changing_start, "in place"),
        (descend_with_the_gradient_at_start, "gradient never changes"),
        (descend_always_from_start, "from the start"),
        (descend_returning_early, "return"),
        (descend_one_too_many, "one step too many"),
        (descend_transposed, "transposed"),
        (descend_flattened, "All places stand in one row"),
        (descend_extending, "All places stand in one row"),
        (descend_backwards, "reverse"),
        (descend_with_start_twice, "twice"),
        (descend_collecting_steps, "These are the steps"),
        (descend_collecting_gradients, "gradient"),
        (descend_appending_to_none, "append"),
        (descend_on_the_whole_path, "equally long"),
        (descend_without_calling, "gradient"),
        (descend_over_a_number, "range"),
        (descend_printing, "return"),
        (descend_from_zeros, "start"),
        (descend_by_the_direction_only, "length"),
        (descend_in_whole_numbers, "dtype=int"),
        (descend_forever, "ever end"),
        (descend_with_a_gap, "The last row is still 0"),
        (descend_past_the_table, "path[t]"),
        (descend_and_its_steps, "tuple"),
        (descend_without_return, "return"),
        (lambda start, gradient, learning_rate, n_steps: descend(gradient, start, learning_rate, n_steps), "(gradient, start, learning_rate, n_steps)"),
        (lambda gradient, start, n_steps, learning_rate: descend(gradient, start, learning_rate, n_steps), "(gradient, start, learning_rate, n_steps)"),
        (lambda gradient, start, learning_rate: descend(gradient, start, learning_rate, 10), "4 arguments"),
        (lambda gradient, start, learning_rate, n_steps: np.tile(start, (n_steps + 1, 1)), "start"),
        (lambda gradient, start, learning_rate, n_steps: descend(gradient, start, 0.1, n_steps), "learning_rate"),
        (lambda gradient, start, learning_rate, n_steps: descend(gradient, start, learning_rate, 5), "n_steps"),
        (lambda gradient, start, learning_rate, n_steps: np.round(descend(gradient, start, learning_rate, n_steps), 2), "round"),
    ],
}  # fmt: skip

# --- Exercise 3: the stopping rule ------------------------------------------------------------------------------------


def stop_by_zip(losses, tolerance):
    for t, (before, now) in enumerate(zip(losses, losses[1:]), start=1):
        if abs(now - before) < tolerance:
            return t
    return len(losses) - 1


def stop_by_while(losses, tolerance):
    t = 1
    while t < len(losses) - 1 and abs(losses[t] - losses[t - 1]) >= tolerance:
        t += 1
    return t


def stop_by_diff(losses, tolerance):
    small = np.abs(np.diff(losses)) < tolerance
    return np.argmax(small) + 1 if small.any() else len(losses) - 1


def stop_by_nonzero(losses, tolerance):
    places = np.nonzero(np.abs(losses[1:] - losses[:-1]) < tolerance)[0]
    if len(places) == 0:
        return len(losses) - 1
    return int(places[0]) + 1


def stop_with_break(losses, tolerance):
    for t in range(1, len(losses)):  # noqa: B007
        if abs(losses[t] - losses[t - 1]) < tolerance:
            break
    return t


def stop_before_the_end(losses, tolerance):
    for t in range(1, len(losses) - 1):
        if abs(losses[t] - losses[t - 1]) < tolerance:
            return t
    return len(losses) - 1


def stop_without_abs(losses, tolerance):
    for t in range(1, len(losses)):
        if losses[t] - losses[t - 1] < tolerance:
            return t
    return len(losses) - 1


def stop_without_abs_the_other_way(losses, tolerance):
    for t in range(1, len(losses)):
        if losses[t - 1] - losses[t] < tolerance:
            return t
    return len(losses) - 1


def stop_at_a_low_loss(losses, tolerance):
    for t in range(1, len(losses)):
        if losses[t] < tolerance:
            return t
    return len(losses) - 1


def stop_near_the_first(losses, tolerance):
    for t in range(1, len(losses)):
        if abs(losses[t] - losses[0]) < tolerance:
            return t
    return len(losses) - 1


def stop_at_a_large_change(losses, tolerance):
    for t in range(1, len(losses)):
        if abs(losses[t] - losses[t - 1]) > tolerance:
            return t
    return len(losses) - 1


def stop_one_early(losses, tolerance):
    for t in range(len(losses) - 1):
        if abs(losses[t + 1] - losses[t]) < tolerance:
            return t
    return len(losses) - 1


def stop_from_zero(losses, tolerance):
    for t in range(len(losses)):
        if abs(losses[t] - losses[t - 1]) < tolerance:
            return t
    return len(losses) - 1


def stop_at_equality(losses, tolerance):
    for t in range(1, len(losses)):
        if abs(losses[t] - losses[t - 1]) <= tolerance:
            return t
    return len(losses) - 1


def stop_returning_else(losses, tolerance):
    for t in range(1, len(losses)):
        if abs(losses[t] - losses[t - 1]) < tolerance:
            return t
        else:
            return len(losses) - 1


def stop_returning_in_the_loop(losses, tolerance):
    for t in range(1, len(losses)):
        if abs(losses[t] - losses[t - 1]) < tolerance:
            break
        return t


def stop_without_a_last_return(losses, tolerance):
    for t in range(1, len(losses)):
        if abs(losses[t] - losses[t - 1]) < tolerance:
            return t


def stop_with_the_count(losses, tolerance):
    for t in range(1, len(losses)):
        if abs(losses[t] - losses[t - 1]) < tolerance:
            return t
    return len(losses)


def stop_with_minus_one(losses, tolerance):
    for t in range(1, len(losses)):
        if abs(losses[t] - losses[t - 1]) < tolerance:
            return t
    return -1


def stop_with_break_then_last(losses, tolerance):
    for t in range(1, len(losses)):
        if abs(losses[t] - losses[t - 1]) < tolerance:
            break
    return len(losses) - 1


def stop_returning_the_loss(losses, tolerance):
    for t in range(1, len(losses)):
        if abs(losses[t] - losses[t - 1]) < tolerance:
            return losses[t]
    return losses[-1]


def stop_at_the_last_small_change(losses, tolerance):
    answer = len(losses) - 1
    for t in range(1, len(losses)):
        if abs(losses[t] - losses[t - 1]) < tolerance:
            answer = t
    return answer


def stop_counting_small_changes(losses, tolerance):
    count = 0
    for t in range(1, len(losses)):
        if abs(losses[t] - losses[t - 1]) < tolerance:
            count += 1
    return count


def stop_past_the_end(losses, tolerance):
    for t in range(len(losses)):
        if abs(losses[t + 1] - losses[t]) < tolerance:
            return t + 1
    return len(losses) - 1


def stop_on_whole_arrays(losses, tolerance):
    if abs(losses[1:] - losses[:-1]) < tolerance:
        return 1
    return len(losses) - 1


def stop_over_values(losses, tolerance):
    for t in losses:
        if abs(losses[t] - losses[t - 1]) < tolerance:
            return t
    return len(losses) - 1


def stop_relative(losses, tolerance):
    for t in range(1, len(losses)):
        if abs(losses[t] - losses[t - 1]) / losses[t - 1] < tolerance:
            return t
    return len(losses) - 1


def stop_squared(losses, tolerance):
    for t in range(1, len(losses)):
        if (losses[t] - losses[t - 1]) ** 2 < tolerance:
            return t
    return len(losses) - 1


def stop_with_argmin(losses, tolerance):
    return np.argmin(np.abs(np.diff(losses))) + 1


def stop_with_argmax(losses, tolerance):
    return np.argmax(np.abs(np.diff(losses)) < tolerance) + 1


def stop_as_true(losses, tolerance):
    for t in range(1, len(losses)):
        if abs(losses[t] - losses[t - 1]) < tolerance:
            return True
    return False


def stop_never_moving_on(losses, tolerance):
    t = 1
    while abs(losses[t] - losses[t - 1]) >= tolerance:
        pass
    return t


def stop_a_while_too_far(losses, tolerance):
    t = 1
    while abs(losses[t] - losses[t - 1]) >= tolerance:
        t += 1
    return t


def stop_printed(losses, tolerance):
    for t in range(1, len(losses)):
        if abs(losses[t] - losses[t - 1]) < tolerance:
            print(t)


def stop_collecting(losses, tolerance):
    return [t for t in range(1, len(losses)) if abs(losses[t] - losses[t - 1]) < tolerance]


STEPS_UNTIL = {
    "right": [
        stop_by_zip,
        stop_by_while,
        stop_by_diff,
        stop_by_nonzero,
        stop_with_break,
        stop_before_the_end,
        lambda L, e: next((t for t in range(1, len(L)) if abs(L[t] - L[t - 1]) < e), len(L) - 1),
        lambda losses, tolerance: min(
            [t for t in range(1, len(losses)) if -tolerance < losses[t] - losses[t - 1] < tolerance],
            default=len(losses) - 1,
        ),
    ],
    "wrong": [
        (stop_without_abs, "absolute"),
        (stop_without_abs_the_other_way, "absolute"),
        (stop_at_a_low_loss, "change"),
        (stop_near_the_first, "just before"),
        (stop_at_a_large_change, "wrong way round"),
        (stop_one_early, "one too early"),
        (stop_from_zero, "start at 1"),
        (stop_at_equality, "smaller than ε"),
        (stop_returning_else, "first step"),
        (stop_returning_in_the_loop, "only the first step is tested"),
        (stop_without_a_last_return, "return"),
        (stop_with_the_count, "len(losses) - 1"),
        (stop_with_minus_one, "len(losses) - 1"),
        (stop_with_break_then_last, "return"),
        (stop_returning_the_loss, "the loss"),
        (stop_at_the_last_small_change, "first"),
        (stop_counting_small_changes, "count"),
        (stop_past_the_end, "losses[t + 1]"),
        (stop_on_whole_arrays, "if abs"),
        (stop_over_values, "losses[t]"),
        (stop_relative, "divided"),
        (stop_squared, "square"),
        (stop_with_argmin, "smallest"),
        (stop_with_argmax, "but for losses that never settle"),
        (stop_as_true, "This is yes or no"),
        (stop_never_moving_on, "ever end"),
        (stop_a_while_too_far, "never settle"),
        (stop_printed, "return"),
        (stop_collecting, "one number"),
        (lambda losses, tolerance: len(losses) - 1, "never stops early"),
        (lambda losses, tolerance: len(losses), "len(losses) - 1"),
        (lambda losses, tolerance: stop_by_zip(losses, tolerance) + 1, "too late"),
        (lambda losses, tolerance: stop_by_zip(losses, tolerance) - 1, "too early"),
        (lambda losses, tolerance: abs(losses[1] - losses[0]) < tolerance, "every step"),
        (lambda losses, tolerance: losses[stop_by_zip(losses, tolerance)], "the loss"),
        (lambda losses, tolerance: 1, "whatever"),
        (lambda losses, tolerance: np.argmin(losses), "smallest loss"),
        (lambda tolerance, losses: stop_by_zip(losses, tolerance), "(losses, tolerance)"),
        (lambda losses: len(losses) - 1, "2 arguments: (losses, tolerance)"),
    ],
}

# --- Exercise 4: a gradient of your own -------------------------------------------------------------------------------


def bowl_in_steps(w):
    slopes = np.zeros(2)
    slopes[0] = w[0]
    slopes[1] = 10 * w[1]
    return slopes


def bowl_by_unpacking(w):
    a, b = w
    return np.array([a, 10 * b])


def bowl_measured(w):
    return numerical_gradient(lambda v: 0.5 * (v[0] ** 2 + 10 * v[1] ** 2), w)


def bowl_in_place(w):
    w[1] *= 10
    return w


def bowl_in_whole_numbers(w):
    slopes = np.array([0, 0])
    slopes[0] = w[0]
    slopes[1] = 10 * w[1]
    return slopes


def bowl_counted_from_one(w):
    return np.array([w[1], 10 * w[2]])


def bowl_printed(w):
    print(np.array([w[0], 10 * w[1]]))


def bowl_as_two_arguments(w1, w2):
    return np.array([w1, 10 * w2])


def bowl_of_a_called_w(w):
    return np.array([w(0), 10 * w(1)])


def bowl_array_without_brackets(w):
    return np.array(w[0], 10 * w[1])


def bowl_of_unknown_names(w):
    return np.array([w_1, 10 * w_2])  # noqa: F821


def bowl_with_a_caret(w):
    return np.array([w[0] ^ 1, 10 * w[1]])


BOWL = {
    "right": [
        lambda w: np.array([w[0], 10 * w[1]]),
        lambda w: np.array([1, 10]) * w,
        lambda w: w * [1, 10],
        lambda w: np.diag([1.0, 10.0]) @ w,
        lambda w: np.multiply(w, np.array([1.0, 10.0])),
        lambda w: np.array([0.5 * 2 * w[0], 0.5 * 10 * 2 * w[1]]),
        lambda w: w @ np.array([[1, 0], [0, 10]]),
        lambda w: np.concatenate([w[:1], 10 * w[1:]]),
        lambda w: np.array([1, 10], dtype=np.float32) * w.astype(np.float32),
        lambda v: np.hstack([v[0], v[1] * 10]),
        bowl_in_steps,
        bowl_by_unpacking,
        bowl_measured,
    ],
    "wrong": [
        (lambda w: np.array([-w[0], -10 * w[1]]), "The sign is flipped"),
        (lambda w: np.array([2 * w[0], 20 * w[1]]), "twice"),
        (lambda w: np.array([w[0], w[1]]), "The 10 in front of w₂² is missing from its slope"),
        (lambda w: w, "The 10 in front of w₂² is missing from its slope"),
        (lambda w: 10 * w, "The 10 belongs to w₂ alone"),
        (lambda w: np.array([10 * w[1], w[0]]), "swapped"),
        (lambda w: np.array([10 * w[0], w[1]]), "The 10 belongs to w₂"),
        (lambda w: w[0] + 10 * w[1], "each parameter"),
        (lambda w: np.array([w[0] + 10 * w[1]]), "each parameter"),
        (lambda w: 0.5 * (w[0] ** 2 + 10 * w[1] ** 2), "loss itself"),
        (lambda w: np.array([w[0] ** 2, 10 * w[1] ** 2]), "square"),
        (lambda w: np.array([0.5 * w[0] ** 2, 5 * w[1] ** 2]), "parts of the loss"),
        (lambda w: np.array([w[0], 5 * w[1]]), "The slope in w₂ is half too small"),
        (lambda w: np.array([w[0], 20 * w[1]]), "The slope in w₂ is twice too large"),
        (lambda w: np.array([0.5 * w[0], 5 * w[1]]), "Half too small"),
        (lambda w: np.array([w[0], 10]), "The slope in w₂ still holds w₂"),
        (lambda w: np.array([1, 10]), "These are the curvatures"),
        (lambda w: np.array([1.0, 10.0]), "These are the curvatures"),
        (lambda w: np.array([w[0], w[1] ** 10]), "The 10 is a factor"),
        (lambda w: np.array([w[0], w[1] + 10]), "times"),
        (lambda w: np.array([w[0], 10 * w[0]]), "The second slope holds w₁"),
        (lambda w: np.array([w[0], -10 * w[1]]), "The sign of the slope in w₂ is flipped"),
        (lambda w: np.array([abs(w[0]), 10 * abs(w[1])]), "absolute"),
        (lambda w: np.array([[w[0]], [10 * w[1]]]), "column"),
        (lambda w: np.array([[w[0], 10 * w[1]]]), "The slopes stand in a row of shape"),
        (lambda w: np.diag([w[0], 10 * w[1]]), "table"),
        (lambda w: np.array([w[0], 0, 10 * w[1]]), "needs to be a list of 2 numbers"),
        (lambda w: np.array([w[0]]), "The slope in w₂ is missing"),
        (lambda w: np.array([1.0, 10.0]) @ w, "each parameter"),
        (lambda w: [w[0], 10 * w[1]], "np.array"),
        (lambda w: (w[0], 10 * w[1]), "np.array"),
        (lambda w: {w[0], 10 * w[1]}, "returned a set"),
        (lambda w: {"w1": w[0], "w2": 10 * w[1]}, "returned a dictionary"),
        (lambda w: np.round([w[0], 10 * w[1]], 1), "round"),
        (lambda w: np.array([4.0, -30.0]), "never uses w"),
        (lambda w: np.gradient(w), "differences between neighbours"),
        (lambda w: np.zeros(2), "In every case each number that it returns is 0"),
        (lambda: np.array([4.0, -30.0]), "1 argument: (w)"),
        (bowl_in_place, "in place"),
        (bowl_in_whole_numbers, "cut off after the point"),
        (bowl_counted_from_one, "index 2 is asked for along an axis with 2 places"),
        (bowl_printed, "return"),
        (bowl_as_two_arguments, "1 argument"),
        (bowl_of_a_called_w, "round brackets after an ndarray try to call it"),
        (bowl_array_without_brackets, "This is one number"),
        (bowl_of_unknown_names, "w_1 is not known here"),
        (bowl_with_a_caret, "One change makes it right"),
    ],
}

# --- Exercise 5: choose a learning rate -------------------------------------------------------------------------------


def limit_in_steps(hessian):
    curvatures = np.linalg.eigvalsh(hessian)
    largest = curvatures.max()
    return 2 / largest


def limit_by_a_loop(hessian):
    largest = 0
    for curvature in np.linalg.eigvalsh(hessian):
        if curvature > largest:
            largest = curvature
    return 2.0 / largest


def limit_printed(hessian):
    print(2 / np.linalg.eigvalsh(hessian)[-1])


def limit_of_both_parts_of_eigh(hessian):
    return 2 / np.linalg.eigh(hessian)[-1]


def limit_of_eigh_whole(hessian):
    return 2 / np.linalg.eigh(hessian)


def limit_called(hessian):
    return 2 / np.linalg.eigvalsh(hessian)(-1)


def limit_without_call(hessian):
    return 2 / np.linalg.eigvalsh[-1]


def limit_by_builtin_max(hessian):
    return 2 / max(hessian)


def limit_at_a_fixed_place(hessian):
    return 2 / np.linalg.eigvalsh(hessian)[1]


def limit_misspelled(hessian):
    return 2 / np.linalg.eigenvalues(hessian)[-1]


LIMIT = {
    "right": [
        lambda hessian: 2 / np.linalg.eigvalsh(hessian)[-1],
        lambda hessian: 2 / max(np.linalg.eigvalsh(hessian)),
        lambda hessian: np.min(2 / np.linalg.eigvalsh(hessian)),
        lambda hessian: 2 / np.linalg.norm(hessian, 2),
        lambda hessian: 2 / np.linalg.eigvals(hessian).real.max(),
        lambda hessian: 2 / np.linalg.svd(hessian)[1][0],
        lambda hessian: 2 / np.linalg.eigh(hessian)[0][-1],
        lambda hessian: 2 * max(np.linalg.eigvalsh(hessian)) ** -1,
        lambda H: float(np.divide(2, sorted(np.linalg.eigvalsh(H))[-1])),
        lambda H: 2 / np.float32(np.linalg.eigvalsh(H.astype(np.float32))[-1]),
        limit_in_steps,
        limit_by_a_loop,
    ],
    "wrong": [
        (lambda hessian: 1 / np.linalg.eigvalsh(hessian)[-1], "1/λmax"),
        (lambda hessian: 2 / np.linalg.eigvalsh(hessian)[0], "smallest"),
        (lambda hessian: 2 / min(np.linalg.eigvalsh(hessian)), "smallest"),
        (lambda hessian: 1 / np.linalg.eigvalsh(hessian)[0], "smallest"),
        (lambda hessian: np.linalg.eigvalsh(hessian)[-1], "2 divided by it"),
        (lambda hessian: np.linalg.eigvalsh(hessian)[0], "smallest"),
        (lambda hessian: np.linalg.eigvalsh(hessian)[-1] / 2, "upside down"),
        (lambda hessian: 2 * np.linalg.eigvalsh(hessian)[-1], "divided"),
        (lambda hessian: 2 / np.trace(hessian), "trace"),
        (lambda hessian: 2 / np.linalg.eigvalsh(hessian).sum(), "largest"),
        (lambda hessian: 2 / np.diag(hessian).max(), "eigenvalues"),
        (lambda hessian: 2 / hessian.max(), "eigenvalues"),
        (lambda hessian: 2 / hessian[-1, -1], "eigenvalues"),
        (lambda hessian: 2 / np.linalg.eigvalsh(hessian), "directions"),
        (lambda hessian: np.linalg.eigvalsh(hessian), "largest"),
        (lambda hessian: 2 / np.linalg.eigvalsh(hessian).mean(), "This takes the mean curvature"),
        (lambda hessian: 2 / np.linalg.det(hessian), "determinant"),
        (lambda hessian: 2 / np.linalg.norm(hessian), "The norm of the matrix mixes all curvatures"),
        (lambda hessian: 2 / np.linalg.eigvalsh(hessian)[-1:], "one number"),
        (lambda hessian: -2 / np.linalg.eigvalsh(hessian)[-1], "The sign is flipped"),
        (lambda hessian: 4 / np.linalg.eigvalsh(hessian)[-1], "twice"),
        (lambda hessian: 2 / np.linalg.eigvalsh(hessian)[-1] ** 2, "square"),
        (lambda hessian: 2 / np.sqrt(np.linalg.eigvalsh(hessian)[-1]), "There is a root too many"),
        (lambda hessian: round(2 / np.linalg.eigvalsh(hessian)[-1], 2), "round"),
        (lambda hessian: 2 // np.linalg.eigvalsh(hessian)[-1], "This is 0"),
        (lambda hessian: np.argmax(np.linalg.eigvalsh(hessian)), "argmax"),
        (lambda hessian: 2 / np.argmax(np.linalg.eigvalsh(hessian)), "argmax"),
        (lambda hessian: 2 / np.linalg.eigvalsh(hessian)[-2], "second"),
        (lambda hessian: 2 / hessian, "eigenvalues"),
        (lambda hessian: 0.2, "depend on what goes in"),
        (lambda hessian: 2 / np.linalg.cond(hessian), "condition"),
        (lambda hessian: 1.9 / np.linalg.eigvalsh(hessian)[-1], "0.95 times"),
        (lambda hessian: (2, np.linalg.eigvalsh(hessian)[-1]), "one number"),
        (lambda X, y: 2, "1 argument: (hessian)"),
        (lambda hessian: 2 / H[-1], "H is not known here"),  # noqa: F821
        (limit_printed, "return"),
        (limit_of_both_parts_of_eigh, "eigh returns curvatures and directions"),
        (limit_of_eigh_whole, "On the bowl with curvatures 1 and 10 it raised TypeError"),
        (limit_called, "round brackets after an ndarray try to call it"),
        (limit_without_call, "round brackets"),
        (limit_by_builtin_max, "one yes or no is asked for"),
        (limit_at_a_fixed_place, "of two curvatures only"),
        (limit_misspelled, "no eigenvalues"),
    ],
}

ANSWERS = {
    "check_slope": SLOPE,
    "check_descend": DESCEND,
    "check_steps_until": STEPS_UNTIL,
    "check_bowl_gradient": BOWL,
    "check_critical_learning_rate": LIMIT,
}

# --- More answers, written when the checks stood ----------------------------------------------------------------------


def slope_plus_h(f, x, h):
    return (f(x + h) - f(x)) / h + h


def slope_inside_f(f, x, h):
    return f(x + h - f(x)) / h


def slope_of_x_plus_h(f, x, h):
    return (f(x) + h - f(x)) / h


def slope_half_a_step_each_way(f, x, h):
    return (f(x + h / 2) - f(x - h / 2)) / h


def slope_by_numpy(f, x, h):
    return np.gradient(f, x, h)


def descend_into_a_list_of_numbers(gradient, start, learning_rate, n_steps):
    path = np.zeros(n_steps + 1)
    path[0] = start
    for t in range(n_steps):
        path[t + 1] = path[t] - learning_rate * gradient(path[t])
    return path


def descend_that_never_moves_on(gradient, start, learning_rate, n_steps):
    w = start
    path = [w]
    for t in range(n_steps):
        path.append(w - learning_rate * gradient(w))
    return np.array(path)


def descend_while_too_short(gradient, start, learning_rate, n_steps):
    path = [start]
    while len(path) < n_steps:
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


def descend_on_the_first_slope(gradient, start, learning_rate, n_steps):
    path = [start]
    for t in range(n_steps):
        path.append(path[t] - learning_rate * gradient(start))
    return np.array(path)


def descend_into_a_dictionary(gradient, start, learning_rate, n_steps):
    path = {0: start}
    for t in range(n_steps):
        path[t + 1] = path[t] - learning_rate * gradient(path[t])
    return path


def stop_bars_around_losses(losses, tolerance):
    for t in range(1, len(losses)):
        if abs(losses[t]) - abs(losses[t - 1]) < tolerance:
            return t
    return len(losses) - 1


def stop_bars_around_the_test(losses, tolerance):
    for t in range(1, len(losses)):
        if abs(losses[t] - losses[t - 1] < tolerance):
            return t
    return len(losses) - 1


def stop_from_two(losses, tolerance):
    for t in range(2, len(losses)):
        if abs(losses[t] - losses[t - 1]) < tolerance:
            return t
    return len(losses) - 1


def stop_counting_from_zero(losses, tolerance):
    t = 0
    for a, b in zip(losses[:-1], losses[1:]):
        if abs(a - b) < tolerance:
            return t
        t += 1
    return t


def stop_with_the_change(losses, tolerance):
    for t in range(1, len(losses)):
        if abs(losses[t] - losses[t - 1]) < tolerance:
            return losses[t] - losses[t - 1]
    return len(losses) - 1


def bowl_over_its_length(w):
    return np.array([w[0], 10 * w[1]]) / np.linalg.norm(w)


def bowl_times_four(w):
    return np.array([w[0] / 2, 10 * w[1] / 2]) * 4


def bowl_half_of_one(w):
    return np.array([0.5 * w[0], 10 * w[1]])


def bowl_with_both_in_one(w):
    return np.array([w[0] + 10 * w[1], 10 * w[1]])


def bowl_on_a_diagonal(w):
    return np.array([[w[0], 0], [0, 10 * w[1]]])


def limit_with_two_indices(hessian):
    return 2 / np.linalg.eigvalsh(hessian)[:, -1]


def limit_of_the_one_norm(hessian):
    return 2 / np.linalg.norm(hessian, 1)


def limit_of_the_diagonal(hessian):
    return 2 / max(np.diag(hessian))


def limit_of_unsorted_values(hessian):
    return 2 / np.linalg.eigvals(hessian)[-1]


def limit_as_a_mean(hessian):
    return (2 / np.linalg.eigvalsh(hessian)).mean()


ANSWERS["check_slope"]["wrong"] += [
    (slope_plus_h, "This is the answer plus h"),
    (slope_inside_f, "A bracket is misplaced"),
    (slope_of_x_plus_h, "f is not asked at all"),
    (slope_half_a_step_each_way, "This is a central difference, half a step to either side"),
    (slope_by_numpy, "invalid number of arguments"),
]
ANSWERS["check_descend"]["wrong"] += [
    (descend_into_a_list_of_numbers, "a single place of an array got several numbers"),
    (descend_that_never_moves_on, "Every step begins at the same w"),
    (descend_while_too_short, "The last step is missing"),
    (descend_on_the_first_slope, "The gradient never changes"),
    (descend_into_a_dictionary, "returned a dictionary"),
]
ANSWERS["check_steps_until"]["wrong"] += [
    (stop_bars_around_losses, "The bars are around the losses"),
    (stop_bars_around_the_test, "The absolute value is missing"),
    (stop_from_two, "in the place of “range(2, len(losses))”"),
    (stop_counting_from_zero, "One too early"),
    (stop_with_the_change, "This is the change itself where it is small"),
]
ANSWERS["check_bowl_gradient"]["wrong"] += [
    (bowl_over_its_length, "The slopes are divided by the length of w"),
    (bowl_times_four, "Twice too large"),
    (bowl_half_of_one, "The slope in w₁ is half too small"),
    (bowl_with_both_in_one, "in the place of “w[0] + 10 * w[1]”"),
    (bowl_on_a_diagonal, "The slopes stand on the diagonal of a table"),
]
ANSWERS["check_critical_learning_rate"]["wrong"] += [
    (limit_with_two_indices, "One change makes it right"),
    (limit_of_the_one_norm, "use the eigenvalues"),
    (limit_of_the_diagonal, "use the eigenvalues"),
    (limit_of_unsorted_values, "in the place of “np.linalg.eigvals(hessian)”"),
    (limit_as_a_mean, "This is the mean of the limits of all directions"),
]
