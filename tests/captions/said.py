"""What the rules of the lessons on names share: reading a caption's form and its numbers."""

import re

import numpy as np

SYMBOLS = ["<s>", *"abcdefghijklmnopqrstuvwxyz", "<e>"]


def match(pattern, caption):
    """The groups of a caption that has this form; any other form fails."""
    found = re.fullmatch(pattern, caption)
    assert found, f"no known form; expected {pattern}"
    return found.groups()


def near(said, value, digits):
    """A number in a caption is the value, rounded to so many digits after the point."""
    # A transformer's numbers have 32 bits: the last half of a digit may fall to either side.
    assert abs(float(said.replace(",", "")) - value) <= 0.5001 * 10.0**-digits + 1e-6, (
        f"{said} is said, {value} is true"
    )


def softmax(s):
    s = np.exp(s - s.max(axis=-1, keepdims=True))
    return s / s.sum(axis=-1, keepdims=True)
