"""Lesson 00 as learners answer it: the right ones, and the wrong ones with words that their message must hold."""

import numpy as np


def product(size, w):
    return w * size


def flat_by_flat(size, w):
    if np.ndim(size) == 0:
        return size * w
    return [each * w for each in size]


def divided(size, w):
    return size / w


ANSWERS = {
    "check_price": {
        "right": [product, flat_by_flat],
        "wrong": [(divided, "You divided")],
    },
}
