"""What a panel asks of who plays with it: a guess before it shows a run, and a challenge with the best so far.

The scene knows the truth. Beside `zones`, its `update` may carry (each a dictionary, or a function of the knobs that
returns one):
guesses     {knob: (question, answer)}; answer: the true value, or several that are as right, an array; None or not
            finite where there is none
challenges  {name: (aim, judge)}; judge(**knobs) -> (done, score, words): whether it is done, how good that is (a
            larger score is better) and what was reached, such as "12 steps"
"""

import html
from numbers import Integral, Real

import ipywidgets as widgets
import numpy as np

GUESS, ANSWER = "◆", "▲"
SIGNS = {GUESS: "your guess", ANSWER: "the answer"}
_MADE = {}  # (scene, what it asks) -> what was made of it: it outlives a cell that is run again
_ASKING = object()


class Guess:
    """A value asked for before the run is shown; it stays, also when its cell runs again, until it is asked anew.

    knob, question; value: the guess, or None; open: who plays chose to guess, and nothing is shown yet. Until then the
    picture is as alive as any other: nobody has to guess.
    """

    def __init__(self, scene, wanted, update, controls):
        pair = [wanted] if isinstance(wanted, str) else wanted
        if not isinstance(pair, list | tuple) or len(pair) > 2 or not all(isinstance(part, str) for part in pair):
            raise TypeError(f"guess is the name of a knob, or (knob, question); it got {wanted!r}.")
        self.knob, *question = pair
        offered = _offers(update, "guesses", {name: control.value for name, control in controls.items()})
        if self.knob not in offered or self.knob not in controls:
            there = ", ".join(name for name in offered if name in controls) or "none"
            raise ValueError(f"guess={self.knob!r}: the knobs whose answer this scene knows are: {there}.")
        if not hasattr(controls[self.knob], "max"):
            raise TypeError(f"guess={self.knob!r}: a guess is a place on a slider, and this knob has none.")
        self.question = question[0] if question else offered[self.knob][0]
        self._control, self._place = controls[self.knob], (scene, "guess", self.knob, self.question)

    @property
    def open(self):
        return _MADE.get(self._place) is _ASKING

    @property
    def value(self):
        return None if self.open else _MADE.get(self._place)

    def hides(self, knob):
        """Whether the zones of this knob would give the answer away."""
        return self.open and knob == self.knob

    def make(self):
        """Where the slider stands now is the guess."""
        _MADE[self._place] = self._control.value

    def skip(self):
        """Show the run without a guess."""
        _MADE.pop(self._place, None)

    def ask(self):
        """Hide the run and ask, for the first time or anew."""
        _MADE[self._place] = _ASKING

    def answer(self, update, knobs):
        """The true value, by the scene, with the knobs as they are; None where there is none, and before a guess."""
        if self.value is None:
            return None
        answer = _offers(update, "guesses", knobs).get(self.knob, (None, None))[1]
        return min(answer, key=lambda one: abs(one - self.value)) if np.ndim(answer) else answer

    def marks(self, answer):
        """What the slider shows: [(value, sign), ...]."""
        if self.value is None:
            return []
        return [*([(answer, ANSWER)] if _exists(answer) else []), (self.value, GUESS)]

    def told(self, answer):
        """How far off the guess was, with the knobs as they are."""
        if self.value is None:
            return ""
        return off_by(self.value, answer, getattr(self._control, "step", 1), hasattr(self._control, "base"))


class Challenge:
    """An aim whose reaching the scene judges; the best so far is kept, also when its cell runs again.

    aim; best: (score, words, knobs), None before it was done.
    """

    def __init__(self, scene, wanted, update, knobs):
        self._wanted = wanted
        self.aim = self._aim_and_judge(update, knobs)[0]
        self._place = (scene, "challenge", self.aim)
        self.best = self._still_true(update, _MADE.get(self._place), knobs)

    def told(self, update, knobs):
        """The aim, how these knobs do, and the best so far, which they may become."""
        done, score, words = self._aim_and_judge(update, knobs)[1](**knobs)
        now = f"✔ {words}." if done else f"Not yet: {words}."
        if done and (self.best is None or score > self.best[0]):
            self.best = _MADE[self._place] = (score, words, knobs)
        if self.best is None:
            return f"{self.aim} {now}"
        if self.best[2] == knobs:
            return f"{self.aim} {now} The best so far."
        return f"{self.aim} {now} The best so far: {self.best[1]} ({_elsewhere(self.best[2], knobs)})."

    def _aim_and_judge(self, update, knobs):
        if isinstance(self._wanted, tuple) and len(self._wanted) == 2 and callable(self._wanted[1]):
            return self._wanted
        if not isinstance(self._wanted, str):
            raise TypeError(f"challenge is the name of one of the scene's, or (aim, judge); it got {self._wanted!r}.")
        offered = _offers(update, "challenges", knobs)
        if self._wanted not in offered:
            there = ", ".join(map(repr, offered)) or "none"
            raise ValueError(f"challenge={self._wanted!r}: the challenges of this scene are: {there}.")
        return offered[self._wanted]

    def _still_true(self, update, kept, knobs):
        """What an earlier panel of this scene reached, judged by this one: its loss may be another."""
        if kept is None or set(kept[2]) != set(knobs):
            return None
        try:
            done, score, words = self._aim_and_judge(update, kept[2])[1](**kept[2])
        except Exception:  # such as a choice that was there, and is not any more
            return None
        return (score, words, kept[2]) if done else None


def _elsewhere(best, knobs):
    """Where the knobs stood; of many only those that stand elsewhere now."""
    few = len(best) <= 6
    named = {name: value for name, value in best.items() if few or value != knobs[name]}
    at = ", ".join(f"{name.replace('_', ' ')} {_short(value)}" for name, value in named.items())
    return at if few else f"{at}, the rest as now"


def off_by(guess, answer, step=1, logarithmic=False):
    """How far a guess was off, in a sentence: by a factor where the slider is logarithmic, else by a difference.

    step: that of the slider, in exponents of ten where it is logarithmic; nearer than that is right.
    """
    said = f"{GUESS} You guessed {_short(guess)}"
    if not _exists(answer):
        return f"{said}; with these knobs there is no such value."
    if logarithmic:
        near, factor = abs(np.log10(guess / answer)) <= step * (1 + 1e-9), max(guess / answer, answer / guess)
        off = f"{factor:.2g} times too {'large' if guess > answer else 'small'}"
    else:
        near = abs(guess - answer) < step * (1 - 1e-9) or guess == answer
        off = f"{_short(abs(guess - answer))} too {'large' if guess > answer else 'small'}"
    return f"{said}: {'right' if near else off}. {ANSWER} The answer is {_short(answer)}."


class Row(widgets.VBox):
    """The question of a guess with its buttons; changed() is called after each of them."""

    def __init__(self, guess, changed):
        self._guess = guess
        self._said = widgets.HTML()
        self._said.add_class("lesson-asked")
        look = {"width": "auto"}
        self.buttons = [widgets.Button(layout=look), widgets.Button(layout={**look})]
        for button, decide in zip(self.buttons, (guess.make, guess.skip)):
            button.on_click(lambda _, decide=decide: self._press(decide, changed))
        super().__init__([self._said, widgets.HBox(self.buttons)], layout={"margin": "0 0 4px"})
        self.tell("")

    def _press(self, decide, changed):
        decide() if self._guess.open else self._guess.ask()
        changed()

    def tell(self, told):
        """Show the question and what became of the guess; the button that was pressed stays, with another name."""
        guess = self._guess
        self._said.value = f"<b>{html.escape(guess.question)}</b> {html.escape(told)}"
        names = ("guess", "show it without a guess") if guess.open else ("guess anew", "guess first")
        hidden = (False, False) if guess.open else (guess.value is None, guess.value is not None)
        for button, name, away in zip(self.buttons, names, hidden):
            button.description, button.layout.display = name, "none" if away else ""


def _offers(update, kind, knobs):
    offered = getattr(update, kind, {})
    return offered(**knobs) if callable(offered) else offered


def _exists(answer):
    return isinstance(answer, Real) and bool(np.isfinite(answer))


def _short(value):
    if isinstance(value, str | tuple):
        return (value if isinstance(value, str) else " ".join(value)).strip() or "none"
    return f"{value:.3g}" if isinstance(value, Real) and not isinstance(value, Integral) else f"{value}"
