"""What captions say alike, from plain numbers: no figure is drawn here."""

import numpy as np
import pytest

from lessons_lib.maths.gradient_descent import descend, facts
from lessons_lib.scenes import words

CURVATURES = np.array([1.0, 10.0])
LIMIT = 0.2


def story(rate, n_steps, on_offer=200, curvatures=CURVATURES, start=(4.0, -3.0)):
    path = descend(lambda w: curvatures * w, start, rate, on_offer)
    return words.descent_story(facts(path, path**2 @ np.abs(CURVATURES) / 2, n_steps), rate, LIMIT)


@pytest.mark.parametrize(
    "rate, n_steps, verdict, zone",
    [
        (0.05, 0, "Before the first step: the loss is 53", "below half the limit 0.2: straight down"),
        (0.078, 2, "On its way: after 2 steps the loss is 5.89; it arrives at step 31", "below half the limit"),
        (0.05, 100, "Arrived: after 100 steps", "below half the limit"),
        (0.001, 100, "Too slow: after 100 steps the loss is 12.6, and 200 steps are not enough", "below half"),
        (0.199, 20, "Zigzagging: after 20 steps", "between half the limit and the limit 0.2: zigzag"),
        (0.19, 200, "Arrived: after 200 steps", "between half the limit and the limit"),
        (
            0.2001,
            1,
            "Bound to diverge: after 1 step the loss is 50.2",
            "The learning rate 0.2001 is above the limit 0.2: it blows up.",
        ),
        (0.25, 200, "Diverged: after 200 steps", "above the limit 0.2: it blows up"),
        (3.0, 200, "Diverged: after 200 steps", "above the limit"),
        (1e6, 200, "Diverged: after 200 steps the loss is too large", "above the limit"),
    ],
)
def test_the_verdict_is_that_of_the_run_and_changes_at_the_limit(rate, n_steps, verdict, zone):
    told = story(rate, n_steps)
    assert told.startswith(verdict) and zone in told
    assert (told.startswith(("Diverged", "Bound"))) == (rate > LIMIT and n_steps > 0)


def test_above_the_limit_a_run_that_still_falls_is_bound_to_diverge():
    told = story(0.21, 3, start=(4.0, -0.1))
    assert told.startswith("Bound to diverge: after 3 steps") and "above the limit" in told
    assert story(0.21, 200, start=(4.0, -0.1)).startswith("Diverged")


def test_a_loss_that_fell_and_rises_has_turned_upward_and_is_neither_slow_nor_arrived():
    told = story(0.01, 60, curvatures=np.array([-1.0, 10.0]))
    assert told.startswith("Turned upward: the loss was") and "at step" in told
    assert story(0.01, 200, curvatures=np.array([-1.0, 10.0])).startswith("Diverged")


def test_a_run_that_nothing_is_known_of_later_says_how_much_of_the_way_is_left():
    path = descend(lambda w: CURVATURES * w, (4.0, -3.0), 0.01, 20)
    told = words.descent_story(facts(path, path**2 @ CURVATURES / 2))
    assert told == "On its way: after 20 steps the loss is 6.02, and 11 % of the way is left."
    still = np.zeros((4, 2))
    assert words.descent_story(facts(still, np.ones(4))).startswith("It stands still")


def test_a_loss_above_the_first_that_falls_again_has_not_diverged():
    path = np.array([[1.0], [3.0], [2.0]])
    assert not facts(path, np.array([1.0, 9.0, 4.0])).grows
    assert facts(path[:2], np.array([1.0, 9.0])).grows


@pytest.mark.parametrize(
    "n, text", [(0, "0 steps"), (1, "1 step"), (2, "2 steps"), (1200, "1,200 steps")]
)  # fmt: skip
def test_one_is_not_many(n, text):
    assert words.steps(n) == text
    assert words.plural(1, "class", "classes") == "1 class" and words.plural(2, "class", "classes") == "2 classes"


@pytest.mark.parametrize(
    "share, text",
    [(0, "0 %"), (0.003, "0.3 %"), (1e-5, "0.001 %"), (0.42, "42 %"), (0.997, "99.7 %"), (0.99995, "99.995 %"), (1, "100 %"), (12, "1,200 %")],
)  # fmt: skip
def test_a_share_is_never_rounded_to_nothing_or_all(share, text):
    assert words.percent(share) == text


def test_numbers_that_differ_look_different():
    assert words.told_apart(2339.2, 2338.0) == ("2339", "2338")
    assert words.told_apart(0.20001, 0.2) == ("0.20001", "0.2")
    assert words.told_apart(0.2, 0.2) == ("0.2", "0.2")
    assert words.number(13700) == "13,700" and words.number(0.012345) == "0.0123"


@pytest.mark.parametrize("p, text", [(0.9734, "0.973"), (2e-18, "2e-18"), (1 - 3e-5, "1 − 3e-05"), (0, "0"), (1, "1")])
def test_a_chance_is_never_rounded_to_certainty(p, text):
    assert words.chance(p) == text
