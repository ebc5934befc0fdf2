"""Pictures of linear regression: a line by hand, four weights from four flats, curves that fit too well, descent.

Each function takes its data and returns a scene: build(figure) -> update(**knobs) -> caption.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from lessons_lib.maths.checks import overflow_is_quiet
from lessons_lib.maths.gradient_descent import critical_learning_rate, descend
from lessons_lib.maths.linear_regression import (
    add_intercept,
    bias_and_variance,
    bowl,
    hessian,
    least_squares,
    log_likelihood,
    loss,
    polynomial_features,
    predict,
    ridge,
)
from lessons_lib.scenes.challenges import fewest_steps
from lessons_lib.scenes.drawing import BLACK, BLUE, GREEN, GREY, ORANGE, loss_curve, rate_zones, rings
from lessons_lib.scenes.words import number, steps, told_apart


def line_by_hand(x, y, x_name, y_name, slopes, intercepts):
    """Flats as points, a line moved by hand, its residuals, and the loss of every line as a map.

    x (n,) in m², y (n,) in k€; x_name and y_name with their units; slopes and intercepts are the (low, high) ends of
    the map. Knobs: slope, intercept.
    """
    X = add_intercept(np.reshape(x, (-1, 1)))
    cost, _ = bowl(X, y)
    best = least_squares(X, y)

    def build(figure):
        chart = figure.add_axes([0.09, 0.15, 0.40, 0.81])
        across = np.array([0, 1.05 * x.max()])
        chart.set(xlim=across, ylim=(-0.1 * y.max(), 1.1 * y.max()), xlabel=x_name, ylabel=y_name)
        chart.plot(x, y, "o", color=BLUE, markersize=7)
        (residuals,) = chart.plot([], [], color=GREY, linewidth=1.5, linestyle=":", animated=True, zorder=1)
        (line,) = chart.plot([], [], color=ORANGE, linewidth=3.5, animated=True)
        map_of_costs = figure.add_axes([0.62, 0.15, 0.36, 0.81])
        rings(map_of_costs, lambda w: cost(w[::-1]), slopes, intercepts)
        map_of_costs.set(xlabel="slope (k€ per m²)", ylabel="intercept (k€)")
        (here,) = map_of_costs.plot([], [], "o", color=ORANGE, markersize=13, markeredgecolor=BLACK, animated=True)

        def update(slope, intercept):
            w = np.array([intercept, slope])
            line.set_data(across, intercept + slope * across)
            # One line with gaps draws all the residuals: a nan between two of them lifts the pen.
            heights = np.column_stack([y, predict(w, X), np.full(len(y), np.nan)])
            residuals.set_data(np.repeat(x, 3), heights.ravel())
            here.set_data([slope], [intercept])
            return line_in_words(slope, intercept, cost(w), cost(best))

        return update

    return build


def line_in_words(slope, intercept, loss, lowest):
    """One sentence: the line, its loss in k€², and how that compares with the lowest that any line can reach."""
    here = f"Price = {slope:.2f} · size {'−' if intercept < 0 else '+'} {abs(intercept):.0f} k€: loss {loss:,.0f}"
    if loss < 1.01 * lowest:
        return f"{here}, within 1 % of the lowest that any line can reach. You are at the bottom."
    return f"{here}, {loss / lowest:.2f} times the lowest that any line can reach. Head for the pale middle."


def four_flats(flats):
    """Four weights from four flats: change one price by a few percent and see the weights and the forecast jump.

    flats: the data set of `data.apartments`. Knobs: flat (1 to 4), change (of its price, in %).
    """
    target = flats.unlabelled[0]
    before = least_squares(flats.X, flats.y)

    def build(figure):
        bars = figure.add_axes([0.11, 0.24, 0.51, 0.72])
        reach = 2.6 * np.abs(before).max()
        places = np.arange(len(before))
        units = (f"{name}\n(per {unit})" for name, unit in zip(flats.feature_names, flats.feature_units))
        bars.set(xlim=(-0.6, len(before) - 0.4), ylim=(-reach, reach), ylabel="weight")
        bars.set_xticks(places, units)
        bars.axhline(0, color=GREY, linewidth=1)
        bars.plot(places - 0.14, before, "s", color=GREY, markersize=11, label="the table's prices")
        (stems,) = bars.plot([], [], color=ORANGE, linewidth=5, animated=True)
        (heads,) = bars.plot([], [], "o", color=ORANGE, markersize=13, markeredgecolor=BLACK,
                             label="after the change", animated=True)  # fmt: skip
        bars.legend(loc="lower right", ncols=1)
        price = figure.add_axes([0.76, 0.10, 0.20, 0.86])
        price.set(xlim=(-1, 1), ylim=(0, 20000), xticks=[], ylabel="price of the target flat")
        price.axhline(target @ before, color=GREY, linestyle="--")
        (forecast,) = price.plot([], [], "o", color=ORANGE, markersize=18, markeredgecolor=BLACK, animated=True)

        def update(flat, change):
            y = flats.y.copy()
            y[flat - 1] *= 1 + change / 100
            w = least_squares(flats.X, y)
            stems.set_data(np.repeat(places + 0.14, 3), np.column_stack([0 * w, w, np.full(len(w), np.nan)]).ravel())
            heads.set_data(places + 0.14, w)
            forecast.set_data([0], [target @ w])
            weights = ", ".join(f"{name} {weight:,.0f}" for name, weight in zip(flats.feature_names, w))
            return f"Flat {flat} {change:+.0f} %: weights {weights}; the target flat would cost {target @ w:,.2f}."

        return update

    return build


def weights_beside(X, y, names, unit, close=1, max_steps=200):
    """Weights found by descent, step by step, beside those of least squares, with the loss and the limit.

    X (n, d) standardised with an intercept, y (n,), names of the d weights, unit of y; they agree where no weight is
    farther than close. Knobs: learning_rate, n_steps.
    """
    cost, slopes = bowl(X, y)
    best, start = least_squares(X, y), np.zeros(X.shape[1])
    limit = critical_learning_rate(hessian(X))

    def build(figure):
        chart = figure.add_axes([0.20, 0.15, 0.28, 0.75])
        places, reach = np.arange(len(best)), 1.7 * np.abs(best).max()
        chart.set(xlim=(-0.4 * reach, reach), ylim=(len(best) - 0.4, -0.6))
        chart.set_xlabel(f"weight ({unit})", labelpad=0)
        chart.set_yticks(places, names)
        chart.axvline(0, color=GREY, linewidth=1)
        chart.plot(best, places, "D", color=GREEN, markersize=12, markerfacecolor="none", markeredgewidth=2.5)
        (found,) = chart.plot([], [], "o", color=ORANGE, markersize=10, markeredgecolor=BLACK, animated=True)
        chart.text(0.1, 1.04, "◇ least squares", transform=chart.transAxes, color=GREEN, ha="center")
        chart.text(0.85, 1.04, "● descent", transform=chart.transAxes, color=ORANGE, ha="center")
        show_losses = loss_curve(figure.add_axes([0.60, 0.15, 0.38, 0.82]), cost(start), cost(best), max_steps)

        @overflow_is_quiet
        def update(learning_rate, n_steps):
            path = descend(slopes, start, learning_rate, max_steps)
            run = agreement(path, best, n_steps, close)
            w = path[n_steps]
            found.set_data(np.clip(np.nan_to_num(w), -9 * reach, 9 * reach), places)
            show_losses(np.array([cost(w) for w in path[: n_steps + 1]]))
            return agreement_in_words(run, learning_rate, limit, unit)

        @overflow_is_quiet
        def needed(learning_rate, n_steps):
            return agreement(descend(slopes, start, learning_rate, n_steps), best, n_steps, close).agrees_at

        aim = f"agree with least squares within {close:g} {unit}"
        update.zones = {"learning_rate": rate_zones(limit)}
        update.challenges = {"fewest steps": fewest_steps(aim, needed)}
        return update

    return build


class Agreement(NamedTuple):
    """How far descent is from least squares: in the weight that is farthest, now and when all are close enough."""

    n_steps: int
    apart: float
    close: float
    agrees_at: int | None  # the first step from which on no weight is farther than close; None: not on offer
    steps_on_offer: int


def agreement(path, best, n_steps, close):
    """The facts of a run, path (m + 1, d), beside the best weights (d,): see `Agreement`."""
    apart = np.abs(path - best).max(axis=1)
    far = np.flatnonzero(~(apart <= close))
    agrees_at = 0 if len(far) == 0 else far[-1] + 1 if far[-1] + 1 < len(path) else None
    return Agreement(n_steps, apart[n_steps], close, agrees_at, len(path) - 1)


def agreement_in_words(run, learning_rate, limit, unit):
    """One sentence: do they agree, when will they, or never, as the learning rate is above the limit."""
    when = f"After {steps(run.n_steps)}" if run.n_steps else "Before the first step"
    if run.agrees_at is not None and run.n_steps >= run.agrees_at:
        return f"{when} they agree: no weight is farther than {run.apart:.2g} {unit} from least squares."
    if not np.isfinite(run.apart):
        return f"{when} the weights are too large for the computer's numbers: they never agree."
    rate, border = told_apart(learning_rate, limit)
    far = f"{when} the farthest weight is {number(run.apart)} {unit} from least squares"
    if learning_rate > limit:
        return f"{far}; they never agree: the learning rate {rate} is above the limit {border}."
    if run.agrees_at is None:
        return f"{far}; {steps(run.steps_on_offer)} will not do to agree within {run.close:g} {unit}."
    return f"{far}; they agree within {run.close:g} {unit} from step {run.agrees_at} on."


def outlier(x, y, x_name, y_name, which):
    """A line through all flats, with one flat's price in your hand: how far a single point can swing the line.

    x, y (n,); names with units; which: the row of the flat that moves. Knobs: price (its y), keep (True or False).
    """
    X = add_intercept(np.reshape(x, (-1, 1)))
    others = np.arange(len(x)) != which
    without = least_squares(X[others], y[others])

    def build(figure):
        charts = figure.add_axes([0.10, 0.15, 0.50, 0.81]), figure.add_axes([0.68, 0.15, 0.30, 0.75])
        ends = np.array([0, 1.08 * x.max()])
        charts[0].set(xlim=ends, ylim=(-300, 6200), xlabel=x_name, ylabel=y_name)
        charts[1].set(xlim=(0, 300), ylim=(-100, 1100), xlabel=x_name, title="the same, up to 300 m²")
        lines = []
        for chart in charts:
            chart.plot(x[others], y[others], "o", color=BLUE, markersize=4, alpha=0.5, markeredgewidth=0)
            chart.plot(ends, without[0] + without[1] * ends, "--", color=GREEN, linewidth=2.5)
            lines += chart.plot([], [], color=ORANGE, linewidth=3.5, animated=True)
        charts[0].text(60, 5700, "--- without it", color=GREEN)
        with_it = charts[0].text(60, 5200, "", color=ORANGE, animated=True)
        (moving,) = charts[0].plot([], [], "D", color=ORANGE, markersize=14, markeredgecolor=BLACK, animated=True)

        def update(price, keep):
            prices = np.where(others, y, price)
            w = least_squares(X, prices) if keep else without
            moving.set_data([x[which]], [price])
            moving.set_markerfacecolor(ORANGE if keep else "none")
            with_it.set_text("— with it" if keep else "")
            for line in lines:
                line.set_data(*((ends, w[0] + w[1] * ends) if keep else ([], [])))
            flat = f"The flat of {x[which]:,.0f} m² at {price:,.0f} k€"
            if keep:
                return f"{flat} counts: each m² is worth {w[1]:.2f} k€, against {without[1]:.2f} k€ without it."
            return f"{flat} is left out: each m² is worth {w[1]:.2f} k€."

        return update

    return build


def price_or_log_price(y, predictions):
    """Predicted against asked price for several ways of fitting, on one pair of logarithmic axes.

    y (n,) in k€; predictions: dictionary from the name of a fit to its predicted prices (n,) in k€. Knob: fit.
    """

    def build(figure):
        chart = figure.add_axes([0.10, 0.15, 0.42, 0.81])
        ends = (5, 8000)
        chart.set(xlim=ends, ylim=ends, xscale="log", yscale="log")
        chart.set(xlabel="asked price (k€)", ylabel="predicted price (k€)")
        chart.plot(ends, ends, color=GREEN, linestyle="--")
        chart.text(900, 1500, "perfect", color=GREEN, rotation=38, ha="center", fontsize=13)
        (points,) = chart.plot([], [], "o", color=BLUE, markersize=4, alpha=0.6, markeredgewidth=0, animated=True)
        misses = figure.add_axes([0.63, 0.15, 0.35, 0.81])
        bins, highest = np.linspace(0, 200, 21), 0.25 * len(y)
        misses.set(xlim=(0, 200), ylim=(0, highest), xlabel="miss (% of the asked price)", ylabel="flats")
        (steps,) = misses.plot([], [], color=BLUE, drawstyle="steps-post", animated=True)
        (middle,) = misses.plot([], [], color=ORANGE, linestyle="--", animated=True)

        def update(fit):
            predicted = predictions[fit]
            points.set_data(y, np.maximum(predicted, ends[0]))
            miss = 100 * np.abs(predicted - y) / y
            counts, _ = np.histogram(miss, bins)
            steps.set_data(bins, np.append(counts, counts[-1]))
            typical = np.median(miss)
            middle.set_data([typical, typical], [0, highest])
            negative = int((predicted < 0).sum())
            return (
                f"{fit}: half of these flats are missed by more than {typical:.0f} % of their price, "
                f"and {negative} of {len(y)} get a price below zero."
            )

        return update

    return build


class Fit(NamedTuple):
    """A curve learned from few samples: its typical misses (root of the mean square) there and on others."""

    degree: int
    n_few: int
    n_others: int
    on_few: float
    on_others: float
    line_on_others: float  # the typical miss of degree 1 on the others


def typical_miss(w, X, y):
    """The root of the mean squared error, in the unit of y."""
    return float(np.sqrt(2 * loss(w, X, y)))


def fit_in_words(fit, unit):
    """One sentence: how the curve does on the flats it learned from, on the others, and beside a line there."""
    learned = f"Degree {fit.degree}, learned from {fit.n_few} flats: typical miss {fit.on_few:.1f} {unit} on these"
    others = f"{fit.on_others:,.1f} {unit} on {fit.n_others} others"
    if fit.degree == 1:
        return f"{learned}, {others}."
    line = f"{fit.line_on_others:,.1f}"
    beside = "worse" if fit.on_others > fit.line_on_others else "better"
    beside = "the same" if f"{fit.on_others:,.1f}" == line else beside
    return f"{learned}, {others}, where a line misses by {line}: {beside}."


def overfitting(x, y, x_name, y_name, unit, most_flats=200, most_degrees=15, weight_decay=0.0):
    """Polynomials of many degrees learned from few flats, and their misses on these and on all that are left.

    x, y (n,) with their names and the unit of y. Knobs: degree, n_flats, draw (which flats are the few), and
    weight_decay where it shall move. The others are what most_flats of a draw leave over, the same for every n_flats.
    """
    middle, half = (x.max() + x.min()) / 2, np.ptp(x) / 2
    degrees = np.arange(1, most_degrees + 1)
    along = np.linspace(x.min(), x.max(), 150)

    def features(x, degree):
        return polynomial_features((x - middle) / half, degree)

    @lru_cache(maxsize=8)
    def learn(n_flats, draw, weight_decay):
        """-> the weights of every degree, and their typical misses on the few and on the others."""
        rows = np.random.default_rng(draw).permutation(len(x))
        few, others = rows[:n_flats], rows[most_flats:]
        weights = [ridge(features(x[few], degree), y[few], weight_decay) for degree in degrees]
        misses = [[typical_miss(w, features(x[part], degree), y[part]) for degree, w in zip(degrees, weights)]
                  for part in (few, others)]  # fmt: skip
        return few, weights, np.array(misses)

    def build(figure):
        chart = figure.add_axes([0.09, 0.15, 0.44, 0.82])
        floor, top = -0.1 * y.max(), 1.15 * y.max()
        chart.set(xlim=(x.min(), x.max()), ylim=(floor, top), xlabel=x_name, ylabel=y_name)
        chart.plot(x, y, "o", color="#CCCCCC", markersize=3, markeredgewidth=0)
        (dots,) = chart.plot([], [], "o", color=BLUE, markersize=8, animated=True)
        (curve,) = chart.plot([], [], color=ORANGE, linewidth=3, animated=True)
        show_misses = _misses(figure.add_axes([0.65, 0.15, 0.34, 0.82]), degrees, unit)

        def update(degree, n_flats, draw, weight_decay=weight_decay):
            few, weights, misses = learn(n_flats, draw, weight_decay)
            dots.set_data(x[few], y[few])
            heights = predict(weights[degree - 1], features(along, degree))
            curve.set_data(along, np.clip(heights, floor - top, 2 * top))
            show_misses(misses, degree)
            at = degree - 1
            fit = Fit(degree, n_flats, len(x) - most_flats, *misses[:, at], misses[1, 0])
            kept_short = f" Weight decay {weight_decay:.3g}." if weight_decay else ""
            return fit_in_words(fit, unit) + kept_short

        return update

    return build


def _misses(chart, degrees, unit):
    """Prepare axes for two curves over the degree -> show(misses (2, m), degree)."""
    ends = (10, 2000)
    chart.set(xlim=(0.5, degrees[-1] + 0.5), ylim=ends, yscale="log", xlabel="degree", ylabel=f"typical miss ({unit})")
    chart.set_xticks([1, 5, 10, 15])
    chart.set_yticks([10, 20, 50, 100, 200, 500, 1000], ["10", "20", "50", "100", "200", "500", "1000"])
    chart.set_yticks([], minor=True)
    looks = ((BLUE, "o", "flats it learned from", 14), (ORANGE, "s", "other flats", 1400))
    lines = [chart.plot([], [], "-", marker=mark, color=colour, markersize=5, linewidth=2, animated=True)[0]
             for colour, mark, _, _ in looks]  # fmt: skip
    (here,) = chart.plot(
        [], [], "o", color="none", markersize=15, markeredgecolor=BLACK, markeredgewidth=2, animated=True
    )
    for colour, _, name, height in looks:
        chart.text(0.9, height, name, color=colour, va="center")

    def show(misses, degree):
        drawn = np.clip(misses, ends[0] * 1.02, ends[1] / 1.02)
        for line, heights in zip(lines, drawn):
            line.set_data(degrees, heights)
        here.set_data([degree, degree], drawn[:, degree - 1])

    return show


class Spread(NamedTuple):
    """What many curves from many samples show: all in squared units but the degree and the number of flats."""

    degree: int
    n_flats: int
    bias: float
    variance: float
    noise: float
    measured: float  # the mean squared error on new flats
    margin: float  # 1.96 standard errors: in 19 of 20 cases the sum lies within this of what was measured


def spread_in_words(run):
    """One sentence: bias² + variance + noise², and what was measured on new flats."""
    total = run.bias + run.variance + run.noise
    parts = f"{run.bias:,.0f} + {run.variance:,.0f} + {run.noise:,.0f} = {total:,.0f}"
    largest = max(("bias", run.bias), ("variance", run.variance), ("noise", run.noise), key=lambda pair: pair[1])[0]
    measured = f"measured on new flats: {run.measured:,.0f} ± {run.margin:,.0f}"
    return (
        f"Degree {run.degree}, {run.n_flats} flats: bias² + variance + noise² = {parts}; {measured}. Mostly {largest}."
    )


def many_samples(truth, noise, low, high, x_name, y_name, n_samples=40, n_new=4000, most_degrees=9):
    """Many samples of a made-up town, a curve from each: what varies, what stays wrong, and their sum with the noise.

    truth: sizes (n,) -> the true mean prices (n,); noise: the standard deviation of a price around it; sizes lie
    between low and high. Knobs: degree, n_flats (of each sample).
    """
    degrees = np.arange(1, most_degrees + 1)
    along = np.linspace(low, high, 25)
    rng = np.random.default_rng(0)
    new = rng.uniform(low, high, n_new)
    new_prices = truth(new) + rng.normal(0, noise, n_new)

    def features(x, degree):
        return polynomial_features((2 * x - low - high) / (high - low), degree)

    @lru_cache(maxsize=8)
    def learn(n_flats):
        """-> for every degree: curves along the sizes (n_samples, 25), and the facts of the curves at the new flats."""
        rng = np.random.default_rng(1)
        # One flat from each of n_flats equal ranges of size, so that no sample lacks one end.
        sizes = low + (high - low) * (np.arange(n_flats) + rng.random((n_samples, n_flats))) / n_flats
        prices = truth(sizes) + rng.normal(0, noise, sizes.shape)
        learned = []
        for degree in degrees:
            weights = np.array([least_squares(features(x, degree), y) for x, y in zip(sizes, prices)])
            at_new = weights @ features(new, degree).T
            facts = _spread(degree, n_flats, at_new, truth(new), new_prices, noise)
            learned.append((weights @ features(along, degree).T, facts))
        return learned

    def build(figure):
        chart = figure.add_axes([0.09, 0.15, 0.44, 0.82])
        floor, top = -100, 400
        chart.set(xlim=(low, high), ylim=(floor, top), xlabel=x_name, ylabel=y_name)
        (spread,) = chart.plot([], [], color=BLUE, linewidth=1, animated=True)
        (mean,) = chart.plot([], [], color=ORANGE, linewidth=4, animated=True)
        chart.plot(along, truth(along), "--", color=GREEN, linewidth=3, zorder=5)
        for height, colour, name in ((375, BLUE, "12 curves, each from its own flats"), (345, ORANGE, "their mean"),
                                     (315, GREEN, "the truth")):  # fmt: skip
            chart.text(low + 2, height, name, color=colour, va="center")
        show_sum = _sums(figure.add_axes([0.65, 0.15, 0.34, 0.82]), degrees)

        def update(degree, n_flats):
            learned = learn(n_flats)
            curves, facts = learned[degree - 1]
            curves = np.clip(curves, floor - 100, top + 100)
            gaps = np.column_stack([curves[:12], np.full(12, np.nan)])
            spread.set_data(np.tile(np.append(along, np.nan), 12), gaps.ravel())
            mean.set_data(along, np.clip(learned[degree - 1][0].mean(axis=0), floor - 100, top + 100))
            show_sum([facts for _, facts in learned], degree)
            return spread_in_words(facts)

        return update

    return build


def _spread(degree, n_flats, curves, truth, prices, noise):
    """The facts of curves (m, n) at n new flats with these true mean prices and prices, see `Spread`."""
    bias, variance = bias_and_variance(curves, truth)
    errors = np.mean((prices - curves) ** 2, axis=0)
    # What the new flats' own noise makes of it: the curves and the flats' sizes are given.
    surprise = errors - np.mean((truth - curves) ** 2, axis=0) - noise**2
    margin = 1.96 * surprise.std() / np.sqrt(len(prices))
    return Spread(degree, n_flats, bias, variance, noise**2, errors.mean(), margin)


def _sums(chart, degrees):
    """Prepare axes for bias², variance, noise² and their sum over the degree -> show(facts of each degree, degree)."""
    ends = (5, 20000)
    chart.set(xlim=(0.5, degrees[-1] + 0.5), ylim=ends, yscale="log", xlabel="degree", ylabel="squared k€")
    chart.set_xticks(degrees)
    looks = (("bias²", GREEN, "^"), ("variance", BLUE, "o"), ("noise²", GREY, "_"), ("sum", BLACK, "s"))
    lines = [chart.plot([], [], "-", marker=mark, color=colour, markersize=6, linewidth=2, label=name, animated=True)[0]
             for name, colour, mark in looks]  # fmt: skip
    chart.legend(loc="upper left", ncols=2)
    (here,) = chart.plot(
        [], [], "o", color="none", markersize=15, markeredgecolor=BLACK, markeredgewidth=2, animated=True
    )

    def show(facts, degree):
        table = np.array([[run.bias, run.variance, run.noise, run.bias + run.variance + run.noise] for run in facts])
        drawn = np.clip(table, ends[0] * 1.05, ends[1] / 1.05)
        for line, heights in zip(lines, drawn.T):
            line.set_data(degrees, heights)
        here.set_data(np.full(4, degree), drawn[degree - 1])

    return show


def likely_line(x, y, x_name, y_name, unit):
    """A line with bells of one spread around it, its errors beside that bell, and how likely the prices then are.

    x, y (n,) with names and the unit of y. Knobs: slope, intercept, spread (the standard deviation of the bells).
    """
    X = add_intercept(np.reshape(x, (-1, 1)))
    best = least_squares(X, y)
    reach = 3.5 * typical_miss(best, X, y)

    def build(figure):
        chart = figure.add_axes([0.09, 0.15, 0.42, 0.82])
        across = np.array([x.min() - 3, x.max() + 3])  # the outermost flats are seen whole
        chart.set(xlim=across, ylim=(-0.3 * y.max(), 1.15 * y.max()), xlabel=x_name, ylabel=y_name)
        chart.plot(x, y, "o", color=BLUE, markersize=6)
        (line,) = chart.plot([], [], color=ORANGE, linewidth=3.5, animated=True)
        (band,) = chart.plot([], [], "--", color=ORANGE, linewidth=1.5, animated=True)
        errors = figure.add_axes([0.62, 0.15, 0.37, 0.82])
        bins, places = np.linspace(-reach, reach, 22), np.linspace(-reach, reach, 60)
        errors.set(xlim=(-reach, reach), ylim=(0, 0.5 * len(x)), xlabel=f"error ({unit})", ylabel="flats")
        (steps_of_errors,) = errors.plot([], [], color=BLUE, drawstyle="steps-post", animated=True)
        (bell,) = errors.plot([], [], color=ORANGE, linewidth=3, animated=True)

        def update(slope, intercept, spread):
            w = np.array([intercept, slope])
            heights = intercept + slope * across
            line.set_data(across, heights)
            gap = np.array([np.nan])
            band.set_data(
                np.concatenate([across, gap, across]), np.concatenate([heights + spread, gap, heights - spread])
            )
            counts, _ = np.histogram(y - predict(w, X), bins)
            steps_of_errors.set_data(bins, np.append(counts, counts[-1]))
            height = len(x) * (bins[1] - bins[0]) / (spread * np.sqrt(2 * np.pi))
            bell.set_data(places, height * np.exp(-((places / spread) ** 2) / 2))
            mean = log_likelihood(w, spread, X, y) / len(y)
            return likely_in_words(mean, spread, typical_miss(w, X, y), typical_miss(best, X, y), unit)

        return update

    return build


def likely_in_words(mean_log_likelihood, spread, miss, lowest_miss, unit):
    """One sentence: the log likelihood per flat, the squares, and whether line and spread are the likeliest."""
    here = f"Log likelihood {mean_log_likelihood:.3f} per flat; mean square {miss**2:,.0f}"
    if miss**2 > 1.01 * lowest_miss**2:
        return (
            f"{here}, {(miss / lowest_miss) ** 2:.2f} times the lowest: another line is likelier, whatever the spread."
        )
    if abs(spread / miss - 1) > 0.03:
        side = "narrow" if spread < miss else "wide"
        return f"{here}, the lowest: no line is likelier, but the bells are too {side}, {spread:.0f} {unit}."
    return f"{here}, the lowest, and the spread {spread:.0f} {unit} is the typical miss: nothing is likelier."


def error_shapes(errors):
    """How the errors of several fits are spread, in units of their standard deviation, beside the bell. Knob: of.

    errors: dictionary from the name of a fit to its errors (n,).
    """

    def build(figure):
        chart = figure.add_axes([0.10, 0.17, 0.86, 0.78])
        bins, places = np.linspace(-6, 6, 49), np.linspace(-6, 6, 120)
        chart.set(xlim=(-6, 6), ylim=(0, 1.1), xlabel="error (standard deviations)", ylabel="share per unit")
        chart.plot(places, np.exp(-(places**2) / 2) / np.sqrt(2 * np.pi), color=ORANGE, linewidth=3, label="the bell")
        (steps_of_errors,) = chart.plot([], [], color=BLUE, drawstyle="steps-post", label="the errors", animated=True)
        chart.legend(loc="upper left")

        def update(of):
            in_spreads = errors[of] / errors[of].std()
            share, _ = np.histogram(in_spreads, bins)
            share = share / len(in_spreads) / (bins[1] - bins[0])
            steps_of_errors.set_data(bins, np.append(share, share[-1]))
            within, largest = np.mean(np.abs(in_spreads) < 1), np.abs(in_spreads).max()
            return (
                f"{of}: {100 * within:.0f} % of the errors are within one standard deviation (a bell has 68 %), "
                f"and the largest is {largest:.1f} of them."
            )

        return update

    return build
