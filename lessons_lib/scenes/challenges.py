"""What several scenes ask alike, for their `update.guesses` and `update.challenges`: see `lessons_lib.asked`."""

from lessons_lib.scenes.words import steps


def rate_guess(limit):
    """A question about a learning rate whose limit is known, and the answer."""
    return "From which learning rate on does it blow up?", limit


def fewest_steps(aim, needed):
    """(aim, judge) of a challenge: needed(**knobs) -> how many steps the run took to get there, None if it did not."""

    def judge(**knobs):
        n = needed(**knobs)
        return (False, 0, "it is not there in the steps shown") if n is None else (True, -int(n), steps(int(n)))

    return f"Challenge: {aim} in the fewest steps.", judge


def largest_rate(arrival, within):
    """(aim, judge) of a challenge: arrival(**knobs) -> the step at which a run arrives, None if it does not."""

    def judge(learning_rate, **knobs):
        step, rate = arrival(learning_rate=learning_rate, **knobs), f"a learning rate of {learning_rate:.3g}"
        if step is None:
            return False, learning_rate, f"{rate} does not arrive"
        return step <= within, learning_rate, f"{rate} arrives at step {step}"

    return f"Challenge: find the largest learning rate that still arrives within {steps(within)}.", judge
