"""Captions are the teacher's voice: at random and corner settings of every panel they are recomputed and must be true.

A lesson's rules stand in tests/captions/<stem>.py:
RULES    {name: rule}, one for each panel with controls, in the page's order. rule(values, caption, page) recomputes
         from the notebook's own variables (page, as they were when the panel was made), numpy and maths what the
         caption claims, and asserts that it knows the caption's form: a sentence that no rule knows fails.
ANSWERS  [(name, {knob: value}, words), ...]: the settings that the lesson's questions and answers speak of, and what
         the caption says there; a text, or several.
ASKED    likewise, where a panel asks: its guess is made at these knobs, and what it says of the guess or its challenge.
"""

import ast
import importlib.util
import itertools
import json
import re
import warnings
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pytest
from conftest import NOTEBOOKS, ROOT, lacking

from lessons_lib import live

RULES_OF = {path: ROOT / "tests" / "captions" / f"{path.stem[3:]}.py" for path in NOTEBOOKS}
SETTINGS = 30  # of each panel, at least: the start, up to 16 corners, the rest at random
TYPED = ["anna", "x", "", "Zoë", "two words", "a" * 40, "mia", "7", "<s>"]  # what people type into a line of text

ONE_OF_MANY = re.compile(r"(?<![\d.,−+-])1 (?!(is|was|has|class|loss|less|across|plus|always|guess|gas)\b)[a-z]+s\b")


def panels_of(path):
    """Run a notebook's code -> [(panel, the page's variables when it was made)] of its panels with controls."""
    made, page = [], {}

    class Recorded(live.Panel):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            if self.controls:
                made.append((self, dict(page)))

    original, live.Panel = live.Panel, Recorded
    try:
        for cell in json.loads(path.read_text())["cells"]:
            if cell["cell_type"] == "code":
                exec(compile("".join(cell["source"]), str(path), "exec"), page)
    finally:
        live.Panel = original
    return made


def load(file):
    spec = importlib.util.spec_from_file_location(f"captions_{file.stem}", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ends(control):
    if isinstance(control.value, tuple):  # switches: none of them, all of them
        return [(), control.names]
    if hasattr(control, "options"):
        values = [value for _, value in control._options_full]
        return [values[0], values[-1]]
    if isinstance(control.value, str):
        return ["", "a" * 40]
    low, high = control.min, control.max
    return [control.base**low, control.base**high] if hasattr(control, "base") else [low, high]


def anywhere(control, rng):
    if isinstance(control.value, tuple):
        return tuple(name for name in control.names if rng.random() < 0.5)
    if hasattr(control, "options"):
        values = [value for _, value in control._options_full]
        return values[rng.integers(len(values))]
    if isinstance(control.value, str):
        return rng.choice([*TYPED, control.value + "a"]).item()
    if isinstance(control.value, int):
        return int(rng.integers(control.min, control.max + 1))
    value = float(rng.uniform(control.min, control.max))
    return control.base**value if hasattr(control, "base") else value


def settings(controls, start, rng):
    """The start, the corners, and random values, as dictionaries of knobs."""
    pairs = [ends(control) for control in controls.values()]
    if len(pairs) > 12:  # too many corners to list
        sides = rng.integers(2, size=(16, len(pairs)))
        corners = [dict(zip(controls, (pair[side] for pair, side in zip(pairs, row)))) for row in sides]
    else:
        corners = [dict(zip(controls, corner)) for corner in itertools.product(*pairs)]
    chosen = rng.choice(len(corners), size=min(16, len(corners)), replace=False)
    yield start
    yield from (corners[k] for k in chosen)
    for _ in range(SETTINGS - 1 - len(chosen)):
        yield {name: anywhere(control, rng) for name, control in controls.items()}


def rule_count(file):
    """How many rules a file has, read without running it."""
    for node in ast.parse(file.read_text()).body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "RULES":
            return len(node.value.keys)
    raise AssertionError(f"{file.name} has no RULES")


CASES = [pytest.param((path, k), id=f"{path.stem}-{k}") for path, file in RULES_OF.items() if file.exists()
         for k in range(rule_count(file))]  # fmt: skip
_made = {}


class Case(NamedTuple):
    """One panel: its rule, the page's variables and the knobs when it was made, and what the lesson's answers need."""

    name: str
    rule: Callable
    panel: live.Panel
    page: dict
    start: dict
    answers: list
    asked: list


@pytest.fixture(scope="module", params=CASES)
def case(request):
    """By its scope the tests of one panel run together, and the panels of one lesson: each notebook runs once."""
    path, k = request.param
    if path not in _made:
        _made.clear()  # one lesson's panels at a time
        _made[path] = load(RULES_OF[path]), panels_of(path)
    module, panels = _made[path]
    assert len(panels) == len(module.RULES), f"{len(panels)} panels with controls, {len(module.RULES)} rules"
    (name, rule), (panel, page) = list(module.RULES.items())[k], panels[k]
    answers = [(knobs, words) for of, knobs, words in module.ANSWERS if of == name]
    asked = [(knobs, words) for of, knobs, words in getattr(module, "ASKED", []) if of == name]
    return Case(name, rule, panel, page, panel.values, answers, asked)


def test_captions_are_true_wherever_the_knobs_stand(case):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for knobs in settings(case.panel.controls, case.start, np.random.default_rng(0)):
            case.panel.set(**knobs)
            caption = case.panel.caption
            try:
                assert not ONE_OF_MANY.search(caption), "one of them is not many"
                case.rule(case.panel.values, caption, case.page)
            except Exception as error:
                raise AssertionError(f"{knobs}\nsays: {caption}\n{type(error).__name__}: {error}") from error


def test_captions_say_what_the_lessons_answers_say(case):
    for knobs, words in case.answers:
        case.panel.set(**{**case.start, **knobs})
        for text in words if isinstance(words, tuple) else (words,):
            # A pattern stands for what a processor's rounding changes: a long training at a large rate.
            said = text.search(case.panel.caption) if isinstance(text, re.Pattern) else text in case.panel.caption
            assert said, f"{case.name} at {knobs} says: {case.panel.caption}"


def test_what_a_panel_asks_has_the_answer_that_the_lesson_gives(case):
    asks = [case.panel.guess, case.panel.challenge]
    assert bool(case.asked) == any(ask is not None for ask in asks), "ASKED has what the lesson says of it"
    for knobs, words in case.asked:
        case.panel.set(**{**case.start, **knobs})
        told = case.panel.challenge.told(case.panel._update, case.panel.values) if case.panel.challenge else ""
        if case.panel.guess:
            case.panel.guess.make()
            told += case.panel.guess.told(case.panel.guess.answer(case.panel._update, case.panel.values))
            case.panel.guess.ask()
        for text in (words,) if isinstance(words, str) else words:
            assert text in told, f"{case.name} at {knobs} says: {told}"


def test_a_caption_changes_when_the_picture_does(case):
    rng = np.random.default_rng(1)
    for name, control in case.panel.controls.items():
        pictures = {}
        for value in (*ends(control), *(anywhere(control, rng) for _ in range(8))):
            case.panel.set(**{**case.start, name: value})
            pictures.setdefault(case.panel.caption, {})[case.panel.svg] = value
        for caption, values in pictures.items():
            told = f"{name} = {list(values.values())} make {len(values)} pictures and one caption: {caption}"
            assert len(values) == 1 or _hardly_moved(control, list(values.values())), told


def test_a_captions_words_change_where_a_painted_limit_is_crossed(case):
    if case.rule.__module__.endswith("training_deep_networks"):
        pytest.skip("Lesson 07 paints the limit of one valley among several, which a run need not visit.")
    case.panel.set(**case.start)
    for name, control in case.panel.controls.items():
        zones = case.panel._zones.get(name)
        if not zones:
            continue
        border, (low, high) = zones[-1][0], ends(control)
        if not low < border * (1 - 1e-5) < border * (1 + 1e-5) < high:
            continue
        sides = []
        for value in (border * (1 - 1e-5), border * (1 + 1e-5)):
            case.panel.set(**{**case.start, name: value})
            sides.append(re.sub(r"[\d.,−e+-]+", "", case.panel.caption))
        assert sides[0] != sides[1], f"{name} on both sides of {border}: {case.panel.caption}"


def _hardly_moved(control, values):
    """Numbers closer together than three steps of their slider: a caption may round them alike."""
    if not hasattr(control, "step") or hasattr(control, "options"):
        return False
    places = np.log(values) / np.log(control.base) if hasattr(control, "base") else np.asarray(values, dtype=float)
    return bool(np.ptp(places) < 3 * control.step)


def test_every_answer_names_a_panel():
    for file in filter(lambda file: file.exists(), RULES_OF.values()):
        module = load(file)
        assert {name for name, _, _ in module.ANSWERS} <= set(module.RULES), file.name


def test_the_whole_course_is_read_at_enough_settings():
    without = [path.stem for path, file in RULES_OF.items() if not file.exists()]
    if without:
        lacking(f"tests/captions has no rules for {', '.join(without)}: write them, as for the other lessons.")
    assert SETTINGS * len(CASES) >= 2000
