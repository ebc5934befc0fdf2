"""The live picture: panel(scene, knob=slider(...)) puts controls, one picture and its caption in one box.

A scene is a function of a matplotlib Figure: it draws what stands still, marks what moves with `animated=True` and
returns `update(**knobs)`, which moves the artists and returns one sentence about what the picture now shows.
"""

import base64
import contextlib
import html
from numbers import Real

import ipywidgets as widgets
import numpy as np
import traitlets

from lessons_lib import stage

_WIDE = {"width": "95%", "max_width": "640px"}
# Labels and numbers as large as the prose around them; ipywidgets 7 has no trait for that.
_LARGE = (
    "<style>.lesson-panel label, .lesson-panel .widget-label, .lesson-panel .widget-readout, .lesson-panel button, "
    ".lesson-panel select, .lesson-panel input {font-size: 16px} "
    ".lesson-panel .widget-readout {min-width: 80px}</style>"
)


def slider(low, high, value=None, step=None):
    """A slider for a number from low to high, in 200 steps unless told; it starts in the middle unless told a value.

    ValueError unless low < high and step > 0.
    """
    step = (high - low) / 200 if step is None else step
    if not low < high or not step > 0:
        raise ValueError(f"slider needs low < high and a step above 0; it got {low!r}, {high!r} and {step!r}.")
    value = _on_grid((low + high) / 2 if value is None else value, low, high, step)
    return widgets.FloatSlider(value=value, min=low, max=high, step=step, readout_format=".4g", layout=_WIDE)


def log_slider(low, high, value=None):
    """A slider for a positive number over decades, 40 steps in each; it starts in the (geometric) middle.

    ValueError unless 0 < low ≤ value ≤ high.
    """
    value = np.sqrt(low * high) if value is None and low > 0 else value
    if not 0 < low < high or not low <= value <= high:
        raise ValueError(f"log_slider needs 0 < low < high and a value between; it got {low!r}, {high!r}, {value!r}.")
    ends = {"min": float(np.log10(low)), "max": float(np.log10(high))}
    exponent = _on_grid(np.log10(value), ends["min"], ends["max"], 0.025)
    look = {"readout_format": ".3g", "layout": _WIDE}
    return widgets.FloatLogSlider(value=10**exponent, base=10, step=0.025, **ends, **look)


def _on_grid(value, low, high, step):
    # The browser moves a value to the slider's grid and sends it back; starting there saves that trip.
    return float(high if value >= high else min(low + step * round((value - low) / step), high))


def int_slider(low, high, value=None):
    """A slider for a whole number from low to high; it starts in the middle unless told a value."""
    value = (low + high) // 2 if value is None else value
    return widgets.IntSlider(value=value, min=low, max=high, layout=_WIDE)


def choice(options, value=None):
    """A drop-down list of options (a list, or a dictionary from label to value); it starts with the first.

    ValueError when there are no options.
    """
    if not options:
        raise ValueError("choice needs at least one option.")
    if value is None:
        value = next(iter(options.values() if isinstance(options, dict) else options))
    return widgets.Dropdown(options=options, value=value, layout=_WIDE)


def text(value=""):
    """A line of text to type; the picture follows every letter. It starts with value."""
    return widgets.Text(value=value, continuous_update=True, layout=_WIDE)


def play(n_steps, value=0, milliseconds=150):
    """Buttons step, run and reset, and a slider, for a whole number from 0 to n_steps; it starts at value.

    `run` adds one step every so many milliseconds until it is pressed again or the end is reached; `reset` goes to 0.
    """
    return Play(n_steps, value, milliseconds)


class Play(widgets.VBox):
    """The control made by `play`: `value` is the step, a whole number from 0 to `max`."""

    value = traitlets.CInt()
    description = traitlets.Unicode()

    def __init__(self, n_steps, value, milliseconds):
        self.min, self.max = 0, n_steps
        self._slider = int_slider(0, n_steps, value)
        # The browser holds the clock: nothing here runs in a thread.
        clock = widgets.Play(min=0, max=n_steps, value=0, interval=milliseconds)
        step, reset = widgets.Button(description="step"), widgets.Button(description="reset")
        traitlets.link((self, "value"), (self._slider, "value"))
        traitlets.link((self, "value"), (clock, "value"))
        traitlets.dlink((self, "description"), (self._slider, "description"))
        buttons = [step, clock, reset]
        if clock.has_trait("playing"):  # ipywidgets 7 can start its clock only from the clock's own button
            run = widgets.ToggleButton(description="run")
            clock.layout.display = "none"
            buttons = [step, run, reset, clock]
            traitlets.link((run, "value"), (clock, "playing"))
            run.observe(lambda change: run.set_trait("description", "pause" if change["new"] else "run"), "value")
        step.on_click(lambda _: self.set_trait("value", self.value + 1))
        reset.on_click(lambda _: self._reset(clock))
        self._slider.style.description_width = "150px"
        super().__init__([widgets.HBox(buttons), self._slider], value=value)

    @traitlets.validate("value")
    def _within_range(self, proposal):
        return min(max(proposal["value"], 0), self.max)

    def _reset(self, clock):
        if clock.has_trait("playing"):
            clock.playing = False
        self.value = 0


class Panel:
    """A live picture; display it as the last line of a cell, or drive it from code with `set`.

    values   the knobs now, a dictionary           png      the picture now, PNG bytes
    caption  what the picture shows, one sentence  controls the widget of each knob
    """

    def __init__(self, scene, controls):
        self.controls = controls
        self._stage, self._update = stage.build(scene)
        width, height = self._stage.figure.get_size_inches() * self._stage.figure.dpi
        size = {"width": f"{width:.0f}px", "max_width": "100%", "height": "auto"}
        self._picture = widgets.Image(format="png", layout=size)
        self._picture.add_class("lesson-picture")
        self._caption = widgets.HTML(layout={"max_width": size["width"]})
        self._caption.add_class("lesson-caption")
        self._listening = True
        for name, control in controls.items():
            if not isinstance(control, widgets.Widget) or not control.has_trait("value"):
                raise TypeError(f"the control of {name} needs to be a widget with a value, such as slider(0, 1).")
            control.description = control.description or name.replace("_", " ")
            with contextlib.suppress(AttributeError):
                control.style.description_width = "150px"
            control.observe(self._moved, "value")
        self.show()
        look = widgets.HTML(_LARGE, layout={"display": "none"})
        self._box = widgets.VBox([*controls.values(), self._picture, self._caption, look])
        self._box.add_class("lesson-panel")

    @property
    def values(self):
        return {name: control.value for name, control in self.controls.items()}

    def set(self, **values):
        """Turn several knobs at once; ValueError for a wrong knob or value, and whatever the scene raises."""
        unknown = set(values) - set(self.controls)
        if unknown:
            raise ValueError(
                f"no knob is called {', '.join(sorted(unknown))}; the knobs are {', '.join(self.controls)}."
            )
        before = self.values
        self._listening = False
        try:
            for name, value in values.items():
                self._turn(name, value)
        except Exception:
            for name, value in before.items():
                self.controls[name].value = value
            raise
        finally:
            self._listening = True
        self.show()

    def show(self):
        """Draw the picture for the knobs as they are; raises what the scene raises."""
        with self._stage.lock:
            caption = self._update(**self.values)
            if not isinstance(caption, str):
                raise TypeError(f"the scene's update needs to return one sentence; it returned {caption!r}.")
            self.caption = caption
            self.png = self._stage.frame()
        self._picture.value = self.png
        self._say(self.caption)

    def _turn(self, name, value):
        control = self.controls[name]
        try:
            control.value = value
        except traitlets.TraitError as error:
            raise ValueError(f"{name} cannot be {value!r}: {error}") from None
        kept = control.value
        if isinstance(value, Real) and isinstance(kept, Real):
            # A slider rounds to its grid's last digits; one with a logarithmic scale does so relative to the value.
            width = 0 if hasattr(control, "base") else getattr(control, "max", 0) - getattr(control, "min", 0)
            same = np.isclose(kept, value, rtol=1e-6, atol=1e-9 * width)
        else:
            same = kept == value
        if not same:
            raise ValueError(f"{name} cannot be {value!r}: its control keeps {kept!r}.")

    def _moved(self, change):
        if not self._listening:
            return
        try:
            self.show()
        except Exception as error:  # whatever a learner's own function raises is shown, not thrown at the page
            message = " ".join(str(error).split()) or "no message"
            self.caption = f"⚠ This setting cannot be drawn: {type(error).__name__}: {message}"
            self._say(self.caption)

    def _say(self, sentence):
        self._caption.value = (
            f'<div role="status" aria-live="polite" style="font-size: 17px; line-height: 1.4; min-height: 2.8em">'
            f"{html.escape(sentence)}</div>"
        )

    def _repr_mimebundle_(self, include=None, exclude=None):
        with self._stage.lock:
            poster = self._stage.still()
        data = {
            "application/vnd.jupyter.widget-view+json": {
                "version_major": 2,
                "version_minor": 0,
                "model_id": self._box.model_id,
            },
            "image/png": base64.b64encode(poster).decode("ascii"),
            "text/plain": self.caption,
        }
        return data, {"image/png": {"alt": self.caption}}


def panel(scene, **controls):
    """A live picture with a control per knob: panel(descent(loss, gradient), learning_rate=log_slider(1e-3, 1)).

    scene: matplotlib Figure -> update(**knobs) -> caption. A control is made by slider, log_slider, int_slider,
    choice, text or play, or is any ipywidget with a value; it is labelled by its knob ("learning rate"). Without
    controls it is a picture with a caption. Raises what the scene raises at its first values.
    """
    return Panel(scene, controls)
