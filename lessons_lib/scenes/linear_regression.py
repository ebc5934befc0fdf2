"""Pictures of linear regression: a line by hand, four weights from four flats, descent beside least squares, outliers.

Each function takes its data and returns a scene: build(figure) -> update(**knobs) -> caption.
"""

import numpy as np

from lessons_lib.maths.checks import overflow_is_quiet
from lessons_lib.maths.gradient_descent import critical_learning_rate, descend, verdict
from lessons_lib.maths.linear_regression import add_intercept, bowl, hessian, least_squares, predict
from lessons_lib.scenes.drawing import BLACK, BLUE, GREEN, GREY, ORANGE, loss_curve, rate_zones, rings


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
            ratio = cost(w) / cost(best)
            if ratio < 1.01:
                return f"Loss {cost(w):,.0f}: within 1 % of the lowest that any line can reach. You are at the bottom."
            return (
                f"Loss {cost(w):,.0f}, {ratio:.2f} times the lowest that any line can reach. Head for the pale middle."
            )

        return update

    return build


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
        bars.plot(places - 0.14, before, "s", color=GREY, markersize=11, label="the slide's prices")
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


def weights_beside(X, y, names, unit, max_steps=200):
    """Weights found by descent, step by step, beside those of least squares, with the loss and the limit.

    X (n, d) standardised with an intercept, y (n,), names of the d weights, unit of y. Knobs: learning_rate, n_steps.
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
            path = descend(slopes, start, learning_rate, n_steps)
            losses = np.array([cost(w) for w in path])
            found.set_data(np.clip(np.nan_to_num(path[-1]), -9 * reach, 9 * reach), places)
            show_losses(losses)
            apart = np.abs(path[-1] - best).max()
            what = verdict(path, losses).capitalize()
            if what == "Diverged":
                return f"Diverged: the learning rate {learning_rate:.3g} is above the limit {limit:.3g}."
            when = "Before the first step" if n_steps == 0 else f"{what}: after step {n_steps}"
            return f"{when} no weight is farther than {apart:,.3g} {unit} from least squares."

        update.zones = {"learning_rate": rate_zones(limit)}
        return update

    return build


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
            chart.plot(ends, without[0] + without[1] * ends, "--", color=GREEN, linewidth=2.5, label="without it")
            lines += chart.plot([], [], color=ORANGE, linewidth=3.5, label="with it", animated=True)
        charts[0].legend(loc="upper left")
        (moving,) = charts[0].plot([], [], "D", color=ORANGE, markersize=14, markeredgecolor=BLACK, animated=True)

        def update(price, keep):
            prices = np.where(others, y, price)
            w = least_squares(X, prices) if keep else without
            moving.set_data([x[which]], [price])
            moving.set_markerfacecolor(ORANGE if keep else "none")
            for line in lines:
                line.set_data(ends, w[0] + w[1] * ends)
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
        bins = np.linspace(0, 200, 21)
        misses.set(xlim=(0, 200), ylim=(0, 240), xlabel="miss (% of the asked price)", ylabel="flats")
        (steps,) = misses.plot([], [], color=BLUE, drawstyle="steps-post", animated=True)
        (middle,) = misses.plot([], [], color=ORANGE, linestyle="--", animated=True)

        def update(fit):
            predicted = predictions[fit]
            points.set_data(y, np.maximum(predicted, ends[0]))
            miss = 100 * np.abs(predicted - y) / y
            counts, _ = np.histogram(miss, bins)
            steps.set_data(bins, np.append(counts, counts[-1]))
            typical = np.median(miss)
            middle.set_data([typical, typical], [0, 240])
            negative = int((predicted < 0).sum())
            return (
                f"{fit}: half of the flats are missed by more than {typical:.0f} % of their price, "
                f"and {negative} of {len(y)} get a price below zero."
            )

        return update

    return build
