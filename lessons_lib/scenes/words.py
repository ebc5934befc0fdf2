"""What several scenes say alike: numbers with their words, and the story of a descent beside its limit.

Pure functions from plain numbers to text, tested without a figure; the facts of a run come from
`maths.gradient_descent.facts`.
"""

import numpy as np


def number(value):
    """A number for a caption: 13,700 rather than 1.37e+04, three digits otherwise."""
    return f"{value:,.0f}" if 1000 <= abs(value) < 1e6 else f"{value:.3g}"


def told_apart(a, b):
    """Two numbers with as many digits, three to eight, as it takes to see that they differ."""
    for digits in range(3, 9):
        texts = f"{a:.{digits}g}", f"{b:.{digits}g}"
        if texts[0] != texts[1]:
            break
    return texts if a != b else (f"{a:.3g}", f"{b:.3g}")


def percent(share):
    """A share as per cent, never rounding a little to nothing or nearly all to all: 0.3 %, 42 %, 99.7 %."""
    value = 100 * share
    if 0 < value < 1:
        return f"{value:.2g} %"
    if 99 < value < 100:
        return f"{value:.{1 if value <= 99.9 else 3}f} %"
    return f"{value:,.0f} %"


def chance(p):
    """A probability that is never rounded to 0 or 1: 0.973, 2e-18, 1 − 3e-05."""
    if p in (0, 1) or 0.001 <= p <= 0.999:
        return f"{p:.3g}"
    return f"{p:.1g}" if p < 0.5 else f"1 − {1 - p:.1g}"


def plural(n, one, many=None):
    """A count with its noun: "1 error", "3 errors", "1 class", "2 classes" (many="classes")."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def steps(n):
    """ "1 step", "3 steps"."""
    return plural(n, "step")


def descent_story(run, learning_rate=None, limit=np.inf):
    """What a descent did, in one sentence that names the verdict first, and a second one where a limit is known.

    run: the facts from `maths.gradient_descent.facts`; limit: 2/λmax of a bowl, infinite where none is known. The
    verdicts below the limit: Before the first step, It stands still, Arrived, On its way, Zigzagging, Too slow; above
    it: Before the first step, It stands still, Bound to diverge, Diverged. Where no limit is known also: Falling,
    Turned upward, Not there.
    """
    known = learning_rate is not None and np.isfinite(limit)
    beside = f" {rate_beside_limit(learning_rate, limit)}" if known else ""
    return f"{_verdict(run, known, known and learning_rate > limit)}.{beside}"


def _verdict(run, limited, above):
    after = f"after {steps(run.n_steps)} the loss is {number(run.last)}"
    if run.n_steps == 0:
        return f"Before the first step: the loss is {number(run.last)}"
    if not run.moved:
        return f"It stands still: the slope is zero, and the loss stays {number(run.last)}"
    if not np.isfinite(run.last):
        return f"Diverged: after {steps(run.n_steps)} the loss is too large for the computer's numbers"
    if run.grows:
        return f"Diverged: {after}, above the first, {number(run.first)}, and it grows"
    if above:
        return f"Bound to diverge: {after}, for now"
    if run.left <= 0.001:
        return f"Arrived: {after}, within a thousandth of the way to the bottom"
    if run.last - run.lowest_so_far > 1e-9 * abs(run.last):  # more than rounding
        seen, now = told_apart(run.lowest_so_far, run.last)
        after = f"after {steps(run.n_steps)} it is {now}"
        return f"Turned upward: the loss was {seen} at step {run.lowest_step}, and {after}"
    if run.turning_point is not None and run.arrival is None:
        return f"Falling: {after}, but it turns upward after step {run.turning_point}"
    if run.arrival is not None and run.arrival > run.n_steps:
        return f"{'Zigzagging' if run.turning else 'On its way'}: {after}; it arrives at step {run.arrival}"
    if run.steps_on_offer is None:
        return f"{'Zigzagging' if run.turning else 'On its way'}: {after}, and {percent(run.left)} of the way is left"
    short = f"{after}, and {steps(run.steps_on_offer)} are not enough"
    return f"{'Zigzagging' if run.turning else 'Too slow' if limited else 'Not there'}: {short}"


def rate_beside_limit(learning_rate, limit):
    """Where a learning rate lies beside the limit 2/λmax of a bowl, in the words of its slider's zones."""
    rate, border = told_apart(learning_rate, limit)
    if learning_rate > limit:
        return f"The learning rate {rate} is above the limit {border}: it blows up."
    if learning_rate == limit:
        return f"The learning rate {rate} is at the limit: the steepest direction jumps between two sides for ever."
    if learning_rate > limit / 2:
        return f"The learning rate {rate} is between half the limit and the limit {border}: zigzag."
    return f"The learning rate {rate} is below half the limit {border}: straight down."


def draw_told(seed, step, seen, following, u, low, high, name):
    """One draw of sampling: after what was seen, the number u falls on a symbol's step; name: the letters so far."""
    told = (
        f"Seed {seed}, draw {step + 1}: after {seen}, the number {u:.3f} falls on the step of {following}, {low:.3f} "
        f"to {high:.3f}."
    )
    return f"{told} The name is over: “{name}”." if following == "<e>" else f"{told} So far: “{name}”."
