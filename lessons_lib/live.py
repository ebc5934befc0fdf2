"""The live picture: panel(scene, knob=slider(...)) puts controls, one picture and its caption in one box.

A scene is a function of a matplotlib Figure: it draws what stands still, marks what moves with `animated=True` and
returns `update(**knobs)`, which moves the artists and returns one sentence about what the picture now shows.
"""

import base64
import contextlib
import gc
import html
import itertools
import sys
import weakref
from numbers import Real

import ipywidgets as widgets
import numpy as np
import traitlets

from lessons_lib import asked, page, stage, track
from lessons_lib.controls import LABEL_WIDTH, Play, choice, int_slider, log_slider, play, slider, switches, text
from lessons_lib.controls import on_grid as _on_grid

__all__ = ["Panel", "choice", "int_slider", "log_slider", "panel", "play", "shown", "slider", "switches", "text"]

# A browser's Python is slow: there a poster four times as large would make every panel wait a second.
_POSTER_SCALE = 1 if sys.platform == "emscripten" else 2
# Everything is measured in the panel's text size, so that `page.style` enlarges the picture with its labels. The frame
# lies over the still part in one grid cell, and `contain` keeps an update from laying out the page.
_LOOK = """
.lesson-panel {font-size: 17px; overflow: visible; max-width: 100%; container-type: inline-size}
.lesson-panel :is(label, .widget-readout, button, select, input[type=text]) {font-size: 0.94em !important}
.lesson-switches > .widget-label {font-size: 0.94em !important; display: flex; justify-content: flex-end}
.lesson-switches .mod-active {box-shadow: inset 0 -0.2em 0 currentColor !important}
.lesson-panel :is(.widget-hslider, .widget-text, .widget-dropdown) {height: auto; min-height: 1.9em}
.lesson-panel :is(.widget-readout, select, button, input[type=text]) {height: 1.8em; line-height: 1.8em}
.lesson-panel .widget-readout {min-width: 5em}
@container (max-width: 34em) {
  .lesson-panel :is(.widget-hslider, .widget-text, .widget-dropdown) {flex-wrap: wrap}
  .lesson-panel .widget-inline-hbox > label {width: 100% !important; max-width: none; text-align: left}
  .lesson-switches > .widget-label {width: 100% !important; justify-content: flex-start}
}
.lesson-picture {display: grid; overflow: hidden; contain: layout style paint; background: white; color: black}
.lesson-picture > * {grid-area: 1 / 1; margin: 0; max-width: none; width: 100%; min-width: 0; pointer-events: none;
  will-change: transform}
.lesson-picture :is(.widget-html, .widget-html-content) {font-size: inherit; line-height: normal}
.lesson-picture .widget-html-content {width: 100%; min-width: 0; color: black}
.lesson-picture svg {display: block; width: 100%; height: auto}
.lesson-caption {color: black; min-height: 2.8em; line-height: 1.4; padding: 2px 4px; pointer-events: auto;
  overflow-wrap: anywhere}
.lesson-asked {line-height: 1.4; padding: 2px 4px}
.lesson-panel .lesson-asked, .lesson-panel .lesson-asked :is(.widget-html-content, b) {
  font-size: inherit; line-height: 1.4; white-space: normal}
.lesson-unseen {filter: blur(0.6em)}
.lesson-spoken {position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)}
.lesson-large {background: var(--jp-layout-color0, white); overflow: auto; max-width: 100%}
.lesson-large:fullscreen {display: flex; flex-direction: column; align-items: safe center; justify-content: safe center}
"""
# What Python cannot reach in a slider: its handle gets the label's name and speaks the number that is shown; and the
# caption is spoken when a drag pauses. Where a page forbids this, all is seen as before.
_SPEAK = """
const panel = this.closest('.lesson-panel'), spoken = panel.querySelectorAll('.lesson-spoken');
let pause;
const speak = () => ['.lesson-caption', '.lesson-asked'].forEach((parts, place) => {
  const said = [...panel.querySelectorAll(parts)].map(part => part.textContent).join(' ');
  if (spoken[place].textContent !== said) spoken[place].textContent = said;
});
const name = () => panel.querySelectorAll('.noUi-handle, .ui-slider-handle').forEach(handle => {
  const row = handle.closest('.widget-inline-hbox'), shown = row.querySelector('.widget-readout');
  handle.setAttribute('aria-label', row.querySelector('.widget-label').textContent);
  if (shown) handle.setAttribute('aria-valuetext', shown.textContent);
  clearTimeout(pause);
  pause = setTimeout(speak, 500);
});
new MutationObserver(name).observe(panel, {childList: true, subtree: true});
name();
"""
# A view that was just asked for may fill the screen; one that comes back with its page may not.
_FILL_SCREEN = """
try {
  if (!sessionStorage.getItem('MARK')) {
    sessionStorage.setItem('MARK', 'shown');
    this.closest('.lesson-large').requestFullscreen().catch(() => {});
  }
} catch {}
"""


_PANELS = weakref.WeakSet()
_SHOWN = []  # (what the panel is called, its weak reference), in the order of the page
_TURNS = itertools.count()


class Panel:
    """A live picture; display it as the last line of a cell, or drive it from code with `set`.

    values   the knobs now, a dictionary           png      the picture now, PNG bytes at twice the size
    caption  what the picture shows, one sentence  controls the widget of each knob
    svg      what moves in the picture now, an inline SVG
    name     the function that made its scene, such as "descent"; `shown` finds it by that
    guess    what it asks first, and challenge, its aim with the best so far: of `asked`, or None
    """

    def __init__(self, scene, controls, more=(), guess=None, challenge=None):
        self.controls, self._scene, self._stage = controls, scene, None
        self.name = getattr(scene, "__qualname__", type(scene).__name__).partition(".")[0]
        for name, control in controls.items():
            if not isinstance(control, widgets.Widget) or not control.has_trait("value"):
                raise TypeError(f"the control of {name} needs to be a widget with a value, such as slider(0, 1).")
            control.description = control.description or name.replace("_", " ")
            with contextlib.suppress(AttributeError):
                control.style.description_width = LABEL_WIDTH
            control.observe(self._moved, "value")
        self._listening, self._painted, self._more, self._aim = False, None, tuple(more), ""
        self._background, self._picture, self._track = _html(), _html(), _unseen("")
        self._build()
        self.guess = None if guess is None else asked.Guess(self.name, guess, self._update, controls)
        self._row = asked.Row(self.guess, self._moved) if self.guess else None
        self.challenge = None
        self.show()
        if challenge is not None:
            self.challenge = asked.Challenge(self.name, challenge, self._update, self.values)
            self.show()
        width = f"{self._stage.width / 72 * 100 / 17:.2f}em"
        picture = widgets.Box([self._background, self._picture], layout={"width": width, "max_width": "100%"})
        picture.add_class("lesson-picture")
        spoken = f'<div class="lesson-spoken" role="status">{html.escape(self.caption)}</div>'
        spoken += '<div class="lesson-spoken" role="status"></div>'  # what is asked: it changes more rarely
        look = _unseen(f'<style onload="{html.escape(_SPEAK)}">{_LOOK}</style>{spoken}')
        rows = [self._row] if self._row else []
        for row in rows:
            _give_title(row, "")
        face = [control for name, control in controls.items() if name not in more]
        behind = [controls[name] for name in more]
        button, box = _behind_a_button(behind)  # they open below the picture, which stays where it is
        self._box = widgets.VBox([*face, *button, *rows, picture, *box, look, self._track])
        self._box.add_class("lesson-panel")
        self._box.on_msg(self._answer)
        self._drawn = None  # what the poster shows
        self._listening = True
        _PANELS.add(self)

    @property
    def values(self):
        return {name: control.value for name, control in self.controls.items()}

    @property
    def png(self):
        return self._stage.still(_POSTER_SCALE)

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

    def appear(self):
        """Put the panel on the page while the cell still runs, to watch a loop; its last line then shows it to stay."""
        page.bare_view(self._box)

    def line(self):
        """The line of code that brings anybody's copy of this panel to these knobs, for a chat or a plan.

        Such as shown("descent").set(learning_rate=0.2, n_steps=30), after from lessons_lib.live import shown.
        """
        namesakes = _open_panels(self.name)
        which = f", {namesakes.index(self) + 1}" if len(namesakes) > 1 and self in namesakes else ""
        knobs = (f"{name}={_short(value)}" for name, value in self.values.items())
        return f'shown("{self.name}"{which}).set({", ".join(knobs)})'

    def large(self):
        """A second view of the same panel, as large as the screen; Esc brings the page back. Last line of a cell.

        Where the page may not fill the screen, the view is as large as the page. Both views move together.
        """
        return _Large(self)

    def show(self):
        """Draw the picture for the knobs as they are; raises what the scene raises."""
        self._turn_number = next(_TURNS)
        with self._stage.lock:
            caption = self._update(**self.values)
            if not isinstance(caption, str):
                raise TypeError(f"the scene's update needs to return one sentence; it returned {caption!r}.")
            self.caption, self.svg = caption, self._stage.frame()
            answer = self.guess and self.guess.answer(self._update, self.values)
            if self.guess:
                self._row.tell(self.guess.told(answer))
            self._paint_tracks(answer)
            asks = self.challenge is not None and not (self.guess and self.guess.open)
            self._send(self.challenge.told(self._update, self.values) if asks else "")

    def _answer(self, box, content, buffers):
        """lessons_lib.server asks for the poster when the page is saved; one that shows the same is not drawn again."""
        if content.get("wanted") == "poster" and self._stage is not None:
            picture = [] if self.svg == self._drawn else [self.png]
            self._drawn = self.svg
            box.send({"poster": self.caption}, picture)

    def close(self):
        """Take the panel off its page and free its memory; shown again, it is built anew."""
        self._stage = self._update = None
        # A control that another panel uses, too, lives on.
        used = {id(part) for panel in _PANELS if panel._stage for part in page.with_parts(panel._box)}
        for widget in page.with_parts(self._box):
            if id(widget) not in used:
                widget.close()
        self._background.value = self._picture.value = self.svg = ""  # a notebook's Out keeps the panel itself
        gc.collect()  # a figure is made of circles

    def _build(self):
        self._stage, self._update = stage.build(self._scene)
        self._background.value = f'<div aria-hidden="true">{self._stage.background}</div>'

    def _turn(self, name, value):
        control = self.controls[name]
        value = _nearby_notch(control, value)
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
            same = kept == value or isinstance(kept, tuple) and set(kept) == set(value)
        if not same:
            raise ValueError(f"{name} cannot be {value!r}: its control keeps {kept!r}.")

    def _moved(self, change=None):
        if not self._listening or self._stage is None:
            return
        try:
            self.show()
        except Exception as error:  # whatever a learner's own function raises is shown, not thrown at the page
            message = " ".join(str(error).split()) or "no message"
            self.caption = f"⚠ This setting cannot be drawn: {type(error).__name__}: {message}"
            self._send()

    def _send(self, aim=""):
        # All travels in one message: two would take 4 ms longer.
        seen, svg = self.caption, self.svg
        guessing = self.guess is not None and self.guess.open
        if guessing and not seen.startswith("⚠"):
            knob = self.controls[self.guess.knob].description
            seen, aim = f"Set {knob} to your guess and press “guess”: the picture follows.", ""
            svg = f'<svg viewBox="0 0 {self._stage.width:g} {self._stage.height:g}"></svg>'
        self._aim = aim
        (self._background.add_class if guessing else self._background.remove_class)("lesson-unseen")
        said = html.escape(seen)
        aim = f'<div class="lesson-asked lesson-challenge">{html.escape(aim)}</div>' if aim else ""
        self._picture.value = (
            f'<div role="img" aria-label="{said}">{svg}</div><div class="lesson-caption">{said}</div>{aim}'
        )

    def _paint_tracks(self, answer):
        """Zones and marks on the sliders' tracks; what would give an answer away waits for the guess."""
        zones = getattr(self._update, "zones", {})
        self._zones = zones(**self.values) if callable(zones) else zones
        zones = {name: own for name, own in self._zones.items() if not (self.guess and self.guess.hides(name))}
        marks = {self.guess.knob: self.guess.marks(answer)} if self.guess else {}
        if (zones, marks) == self._painted:
            return
        self._painted, rules = (zones, marks), []
        for name, control in self.controls.items():
            spoken = control.description
            if zones.get(name):
                mark = f"zones-{control.model_id}"
                control.add_class(mark)
                rules.append(track.zone_rules(mark, control, zones[name]))
                below = [f"{zone[3]} up to {zone[1]:.3g}" for zone in zones[name][:-1]]
                spoken += f": {', '.join(below)}, {zones[name][-1][3]} above"
            if marks.get(name):
                control.add_class(f"marks-{control.model_id}")
                rules.append(track.mark_rules(f"marks-{control.model_id}", control, marks[name]))
                spoken += "".join(f"; {asked.SIGNS[sign]} {value:.3g}" for value, sign in marks[name])
            _give_title(control, spoken)
        self._track.value = f"<style>{''.join(rules)}</style>"

    def _repr_mimebundle_(self, include=None, exclude=None):
        if self._stage is None:
            for widget in reversed(page.with_parts(self._box)):
                widget.open()
            self._build()
            self.show()
        page.shown_by_this_cell(self)
        _take_place(self)
        self._drawn = self._drawn or self.svg
        self._box.send({"poster": self.caption})
        return self._bundle(self._box)

    def _bundle(self, box):
        width, height = (round(float(side) / 72 * 100) for side in (self._stage.width, self._stage.height))
        data = {
            "application/vnd.jupyter.widget-view+json": {
                "version_major": 2,
                "version_minor": 0,
                "model_id": box.model_id,
            },
            "image/png": base64.b64encode(self.png).decode("ascii"),
            "text/plain": self.caption,
        }
        return data, {"image/png": {"alt": self.caption, "width": width, "height": height}}


class _Large:
    """A panel's second view, made by `large`."""

    def __init__(self, panel):
        self._panel = panel
        wide = float(panel._stage.width) / 72 * 100 / 17  # in the panel's text size, as all of it
        tall = float(panel._stage.height) / 72 * 100 / 17 + _text_height(panel.caption, wide)
        tall += sum(_control_height(control, bool(panel._zones.get(name))) for name, control in panel.controls.items()
                    if name not in panel._more)  # fmt: skip
        tall += 4 * bool(panel.guess) + 2.3 * bool(panel._more)
        tall += _text_height(panel._aim, wide) if panel.challenge else 0
        self._box = widgets.VBox([panel._box])
        mark = f"large-{self._box.model_id}"
        size = "".join(
            f".{mark}{where} .lesson-panel {{width: {wide:.2f}em; font-size: "
            f"min({share / wide:.3f}vw, {share / tall:.3f}vh) !important}}"
            for where, share in (("", 80), (":fullscreen", 96))
        )
        script = html.escape(_FILL_SCREEN.replace("MARK", mark))
        self._box.children = (panel._box, _unseen(f'<style onload="{script}">{size}</style>'))
        for name in ("lesson-large", mark):
            self._box.add_class(name)

    def _repr_mimebundle_(self, include=None, exclude=None):
        page.shown_by_this_cell(self)
        return self._panel._bundle(self._box)

    def close(self):
        """Take the view off its page; the panel stays."""
        for part in (self._box, self._box.layout, *page.with_parts(self._box.children[1])):
            part.close()


def _control_height(control, with_zones):
    """In the panel's text size."""
    return (4.6 if isinstance(control, Play) else 2.3) + 2.1 * with_zones


def _text_height(text, wide):
    """In its own size, where it runs over so many of them; at least the two lines that a caption has room for."""
    return 1.4 * max(2, np.ceil(len(text) / (1.8 * wide))) + 0.5


def shown(name=None, which=None):
    """A panel of this page: shown("descent") by the scene its cell names, shown() the one that moved last.

    which: 1 for the first of that name, 2 for the second; without it the latest. ValueError when there is none.
    """
    panels = _open_panels(name)
    if not panels or which is not None and not 1 <= which <= len(panels):
        names = ", ".join(dict.fromkeys(panel.name for panel in _open_panels())) or "none: run a panel's cell first"
        raise ValueError(f"no such panel is shown: {name or 'any'}{f', {which}' if which else ''}; there are {names}.")
    return panels[which - 1] if which else max(panels, key=lambda panel: panel._turn_number)


def _nearby_notch(control, value):
    """A value that was written with six digits -> the notch of a logarithmic slider that it stands for."""
    if not hasattr(control, "base") or not isinstance(value, Real) or value <= 0:
        return value
    notch = control.base ** _on_grid(np.log(value) / np.log(control.base), control.min, control.max, control.step)
    return notch if np.isclose(notch, value, rtol=1e-5, atol=0) else value


def _open_panels(name=None):
    panels = (there() for called, there in _SHOWN if name in (None, called))
    return [panel for panel in panels if panel is not None and panel._stage is not None]


def _take_place(panel):
    """Note that a panel is shown; it stands where its own cell showed one before, when that ran."""
    if panel in _open_panels(panel.name):
        return
    gone = (k for k, (name, there) in enumerate(_SHOWN) if name == panel.name and (not there() or not there()._stage))
    k = next(gone, len(_SHOWN))
    _SHOWN[k : k + 1] = [(panel.name, weakref.ref(panel))]


def _short(value):
    """A knob's value as code: a number with the digits that its slider can tell apart."""
    value = value.item() if isinstance(value, np.generic) else value
    if isinstance(value, float):
        value = float(f"{value:.6g}")
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return repr(value)


def panel(scene, *, more=None, guess=None, challenge=None, **controls):
    """A live picture with a control per knob: panel(descent(loss, gradient), learning_rate=log_slider(1e-3, 1)).

    scene: matplotlib Figure -> update(**knobs) -> caption. A control is made by slider, log_slider, int_slider,
    choice, text, switches or play, or is any ipywidget with a value; it is labelled by its knob ("learning rate").
    Without controls it is a picture with a caption. more: a dictionary of further controls, which wait behind a
    button. Raises what the scene raises at its first values.

    guess: a knob, such as "learning_rate", or (knob, question): it is asked before the picture is shown, stays as a
    mark on its slider, and the panel says how far off it was. challenge: the name of one of the scene's, such as
    "fewest steps", or an own (aim, judge), as `asked` describes: the panel says when it is done and keeps the best.
    """
    more = more or {}
    return Panel(scene, {**controls, **more}, tuple(more), guess, challenge)


def _behind_a_button(controls):
    """Controls that are out of sight until a button is pressed -> [the button], [their box]; none for no controls."""
    if not controls:
        return [], []
    button = widgets.ToggleButton(description="more", tooltip="show or hide more controls")
    box = widgets.VBox(controls, layout={"display": "none"})

    def turn(change):
        box.layout.display = "" if change["new"] else "none"
        button.description = "less" if change["new"] else "more"

    button.observe(turn, "value")
    return [button], [box]


def _unseen(content):
    """HTML that works without being seen."""
    return _html(content, layout={"width": "0", "height": "0", "margin": "0", "overflow": "hidden"})


def _html(content="", **look):
    widget = widgets.HTML(content, **look)
    _give_title(widget, "")  # without one, its empty label is titled "null"
    return widget


def _give_title(control, title):
    for part in (control, *getattr(control, "children", ())):
        trait = "tooltip" if part.has_trait("tooltip") else "description_tooltip"  # ipywidgets 7 calls it so
        if part.has_trait(trait) and "description" in part.keys:  # the page cannot show a title without a description
            part.set_trait(trait, title)
