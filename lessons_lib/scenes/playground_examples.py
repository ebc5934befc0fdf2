"""A good and a bad setting of the playground for each of its data sets, with the reason in one sentence."""

from typing import NamedTuple

from lessons_lib.scenes.playground import START


class Example(NamedTuple):
    """Knobs that differ from the start, and why they lead where they lead."""

    knobs: dict
    why: str


_SQUARES, _WAVES = ("x₁²", "x₂²"), ("x₁", "x₂", "sin πx₁", "sin πx₂")
EXAMPLES = {
    "moons": (
        Example({"layers": "4", "learning_rate": 0.3, "rounds": 100}, "Four bent borders, added up, follow the gap."),
        Example({"layers": "4", "learning_rate": 0.001, "rounds": 90},
                "At so small a rate 900 steps hardly leave the start."),
    ),
    "circles": (
        Example({"layers": "", "features": _SQUARES, "learning_rate": 1.0, "rounds": 100},
                "In the squares a ring is a straight border, so no hidden layer is needed."),
        Example({"layers": "", "learning_rate": 1.0, "rounds": 100}, "One straight border cannot go around a disc."),
    ),
    "spiral": (
        Example({"layers": "8", "features": _WAVES, "learning_rate": 0.03, "rule": "adam", "rounds": 300},
                "Waves as inputs are bent already, and Adam gives every weight its own pace."),
        Example({"layers": "8, 8", "activation": "sigmoid", "learning_rate": 0.03, "rounds": 300},
                "Each layer of sigmoids passes on at most a quarter of the slope, and the rate is small."),
    ),
    "xor": (
        Example({"layers": "", "features": ("x₁x₂",), "learning_rate": 1.0, "rounds": 100},
                "The sign of x₁x₂ is the answer: one feature by hand is enough."),
        Example({"layers": "6, 4", "activation": "linear", "learning_rate": 0.3, "rounds": 100},
                "Layers without a bend are one layer, whose border is straight."),
    ),
    "blobs": (
        Example({"layers": "", "learning_rate": 0.1, "rounds": 100},
                "A straight border divides two clouds; more layers would add nothing."),
        Example({"layers": "6, 4", "weight_decay": 1.0, "learning_rate": 0.1, "rounds": 100},
                "So strong a decay pulls all weights to 0, and both classes stay equally likely."),
    ),
    "above a sine": (
        Example({"layers": "6", "learning_rate": 0.3, "rounds": 100}, "Six bends are enough to follow the curve."),
        Example({"layers": "6", "features": ("x₁",), "learning_rate": 0.3, "rounds": 100},
                "Without x₂ the network cannot know what is above and what is below."),
    ),
    "plane": (
        Example({"layers": "", "learning_rate": 0.1, "rounds": 100}, "A layer without a bend computes a plane."),
        Example({"layers": "", "learning_rate": 10.0, "rounds": 50},
                "The rate is far above the limit: every step overshoots more than the one before."),
    ),
    "hills": (
        Example({"layers": "8, 8", "learning_rate": 0.03, "rule": "adam", "rounds": 300},
                "Sixteen units in two layers bend often enough for every hill and hollow."),
        Example({"layers": "", "learning_rate": 0.1, "rounds": 300}, "Without a hidden layer the output is a plane."),
    ),
}  # fmt: skip


def setting(data, which="good"):
    """All knobs of an example, for `panel.set`: setting("spiral", "bad"). ValueError for another data set or word."""
    if data not in EXAMPLES or which not in ("good", "bad"):
        raise ValueError(f"there is a good and a bad setting for {', '.join(EXAMPLES)}; got {data!r}, {which!r}.")
    return {**START, "data": data, **EXAMPLES[data][which == "bad"].knobs}


def examples():
    """A table of all examples: the data set, good or bad, the knobs that matter, and why."""
    lines = []
    for data, pair in EXAMPLES.items():
        for which, example in zip(("good", "bad"), pair):
            knobs = {**example.knobs, "layers": example.knobs["layers"] or "none"}
            told = ", ".join(f"{name} {_told(value)}" for name, value in knobs.items())
            lines.append(f"{data}, {which}: {told}\n    {example.why}")
    return "\n".join(lines)


def _told(value):
    return " ".join(value) if isinstance(value, tuple) else f"{value:g}" if isinstance(value, float) else str(value)
