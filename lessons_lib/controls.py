"""The controls of a panel: sliders, a choice, a line of text, switches, step / run / reset. `live` hands them on."""

import ipywidgets as widgets
import numpy as np
import traitlets

_WIDE = {"width": "95%", "max_width": "42em"}
LABEL_WIDTH = "9.5em"


def slider(low, high, value=None, step=None):
    """A slider for a number from low to high, in 200 steps unless told; it starts in the middle unless told a value.

    ValueError unless low < high and step > 0.
    """
    step = (high - low) / 200 if step is None else step
    if not low < high or not step > 0:
        raise ValueError(f"slider needs low < high and a step above 0; it got {low!r}, {high!r} and {step!r}.")
    value = on_grid((low + high) / 2 if value is None else value, low, high, step)
    return widgets.FloatSlider(value=value, min=low, max=high, step=step, readout_format=".4g", layout=_WIDE)


def log_slider(low, high, value=None):
    """A slider for a positive number over decades, 40 steps in each; it starts in the (geometric) middle.

    ValueError unless 0 < low ≤ value ≤ high.
    """
    value = np.sqrt(low * high) if value is None and low > 0 else value
    if not 0 < low < high or not low <= value <= high:
        raise ValueError(f"log_slider needs 0 < low < high and a value between; it got {low!r}, {high!r}, {value!r}.")
    ends = {"min": float(np.log10(low)), "max": float(np.log10(high))}
    exponent = on_grid(np.log10(value), ends["min"], ends["max"], 0.025)
    look = {"readout_format": ".3g", "layout": _WIDE}
    return widgets.FloatLogSlider(value=10**exponent, base=10, step=0.025, **ends, **look)


def on_grid(value, low, high, step):
    """The notch of a slider nearest to a value.

    The browser moves a value there and sends it back; starting there saves that trip.
    """
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
            run = widgets.ToggleButton(description="run", tooltip="run or pause")
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


def switches(names, on=()):
    """A row of buttons that switch things on and off: the value is a tuple of the names that are on."""
    return Switches(names, on)


class Switches(widgets.HBox):
    """The control made by `switches`: `value` is the tuple of names that are on, in the order of `names`."""

    value = traitlets.Tuple()
    description = traitlets.Unicode()
    # What code asks of any widget that chooses: its settings from one end to the other.
    index = 0
    options = property(lambda self: [name for name, _ in self._options_full])
    _options_full = property(lambda self: [("none", ()), ("all", self.names)])

    def __init__(self, names, on):
        self.names = tuple(names)
        label = widgets.Label(layout={"width": LABEL_WIDTH})
        traitlets.dlink((self, "description"), (label, "value"))
        self._buttons = [widgets.ToggleButton(description=name, layout={"width": "auto"}) for name in self.names]
        super().__init__([label, *self._buttons], value=tuple(on), layout={"flex_flow": "row wrap"})
        self.add_class("lesson-switches")
        self._follow()
        self.observe(self._follow, "value")
        for button in self._buttons:
            button.observe(self._pressed, "value")

    @traitlets.validate("value")
    def _known(self, proposal):
        unknown = set(proposal["value"]) - set(self.names)
        if unknown:
            raise traitlets.TraitError(f"there is no {', '.join(map(str, unknown))} among {', '.join(self.names)}")
        return tuple(name for name in self.names if name in proposal["value"])

    def _follow(self, change=None):
        on = self.value  # a button that follows reports as if it was pressed
        self._following = True
        for name, button in zip(self.names, self._buttons):
            button.value = name in on
        self._following = False

    def _pressed(self, change):
        if not self._following:
            self.value = tuple(name for name, button in zip(self.names, self._buttons) if button.value)
