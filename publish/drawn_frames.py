"""Pictures drawn beforehand: what a lesson's panel shows at each place of one slider, for a page without Python.

The lesson's own cells make the scene, and `stage` draws it, as in the notebook; player.js shows the frames.
"""

import contextlib
import gzip
import io
import json
import math
import re
from unittest import mock

import nbformat

from lessons_lib import live, stage, track

# The knob that a lesson's card turns, where it is not the first one with a range.
TELLING = {"05_neural_networks": "rounds", "07_training_deep_networks": "learning_rate"}
PLACES = 101  # on a slider, at most
HERO = "02_gradient_descent"  # the lesson whose descent on a map opens the page


class Enough(Exception):
    """The panel that was looked for is there."""


def panel_of(path, wanted):
    """Run a lesson up to a panel -> (its number among the lesson's panels, scene, controls); None if there is none.

    wanted: function of (scene, controls) that says whether this is the panel. Pictures are not drawn on the way.
    """
    panels = []

    def recorded(scene, guess=None, challenge=None, **controls):
        panels.append((len(panels), scene, controls))
        if wanted(scene, controls):
            raise Enough

    namespace = {"__name__": path.stem}
    silence = contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO())
    with mock.patch.object(live, "panel", recorded), silence[0], silence[1], contextlib.suppress(Enough):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                run(cell.source, namespace)
        return None
    return panels[-1]


def run(source, namespace):
    """Run a cell; ValueError, with the cell's first line, when it fails."""
    try:
        exec(source, namespace)
    except Enough:
        raise
    except Exception as error:
        first = source.strip().partition("\n")[0]
        raise ValueError(f"{namespace['__name__']} could not be drawn: {first!r} raised {error!r}") from error


def has_range(control):
    return hasattr(control, "max")


def places(control, at_most=PLACES):
    """(values that a slider can take, which of them is its own); thinned out where they are many, ends and own stay."""
    step, low = getattr(control, "step", 1), control.min
    count = round((control.max - low) / step)
    at = math.log(control.value, control.base) if hasattr(control, "base") else control.value
    own = round((at - low) / step)
    chosen = sorted({*range(0, count, math.ceil(count / at_most)), own, count})
    grid = [low + number * step for number in chosen]
    if hasattr(control, "base"):
        grid = [control.base**exponent for exponent in grid]
    return grid, chosen.index(own)


def spoken(control, value):
    """A value as the panel's slider shows it."""
    return format(value, getattr(control, "readout_format", "d"))


def drawn(scene, controls, knob, ids, at_most=PLACES):
    """What player.js needs: the still part, and for each place of the knob the frame, the caption and the number."""
    made, update = stage.build(scene, ids=ids)
    now = {name: control.value for name, control in controls.items()}
    values, start = places(controls[knob], at_most)
    pieces, frames, captions = {}, [], []
    for value in values:
        captions.append(update(**now | {knob: value}))
        parts = re.split("(?<=>)", made.frame())
        frames.append([pieces.setdefault(part, len(pieces)) for part in parts])
    update(**now)
    zones = getattr(update, "zones", {})
    zones = (zones(**now) if callable(zones) else zones).get(knob)
    return {
        "name": controls[knob].description or knob.replace("_", " "), "start": start, "captions": captions,
        "values": [spoken(controls[knob], value) for value in values], "background": made.background,
        "pieces": list(pieces), "frames": frames, "zones": track.zone_strip(controls[knob], zones) if zones else "",
    }  # fmt: skip


def card(path):
    """The frames of a lesson's first panel that has a slider -> (number of the panel, `drawn`); None without one."""
    knob = TELLING.get(path.stem)
    found = panel_of(path, lambda _, controls: knob in controls if knob else any(map(has_range, controls.values())))
    if found is None:
        return None
    number, scene, controls = found
    knob = knob or next(name for name, control in controls.items() if has_range(control))
    return number, drawn(scene, controls, knob, ids=f"c{path.stem[:2]}-")


def hero(path):
    """The frames of lesson 02's descent on a map, along its learning rate -> (number of the panel, `drawn`)."""
    number, scene, controls = panel_of(
        path, lambda scene, controls: scene.__qualname__.startswith("descent.") and "learning_rate" in controls
    )
    return number, drawn(scene, controls, "learning_rate", ids="hero-", at_most=10**6)


def packed(frames):
    """The frames as bytes: JSON, compressed."""
    return gzip.compress(json.dumps(frames, ensure_ascii=False, separators=(",", ":")).encode(), 9, mtime=0)
