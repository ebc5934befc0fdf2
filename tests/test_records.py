"""What a verdict leaves in a notebook for a program to read, and what the page says of a learner's progress."""

import json

import nbformat
import pytest
from conftest import NOTEBOOKS
from nbclient import NotebookClient

from lessons_lib import page
from lessons_lib.exercises import LESSONS
from lessons_lib.exercises import gradient_descent as descent
from lessons_lib.exercises.checking import Exercise
from lessons_lib.exercises.records import MIME, digest, exercises_of

STUB = "def slope(f, x, h):\n    ...\n\ncheck_slope(slope)"
RIGHT = "def slope(f, x, h):\n    return (f(x + h) - f(x)) / h\n\ncheck_slope(slope)"


def run(*cells):
    """The outputs of each cell, run in a kernel after the import of an exercise."""
    first = "from lessons_lib.exercises.gradient_descent import check_descend, check_slope"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in (first, *cells)])
    NotebookClient(notebook, kernel_name="python3", timeout=60).execute()
    return [cell.outputs for cell in notebook.cells[1:]]


def test_an_exercise_knows_where_it_stands():
    assert (descent.check_slope.lesson, descent.check_slope.name) == ("02_gradient_descent", "check_slope")
    own = Exercise(descent.slope, descent.check_slope.cases, ["no hint"], [])
    assert (own.lesson, own.name) == ("", "slope")
    assert [path.stem for path in NOTEBOOKS] == list(LESSONS[: len(NOTEBOOKS)])
    for path in NOTEBOOKS:
        assert {each.lesson for each in exercises_of(path.stem).values()} == {path.stem}
    with pytest.raises(ValueError, match="no lesson '2'; the lessons are 00_start_here"):
        exercises_of("2")


def test_a_verdict_stands_in_the_notebook_for_people_and_for_programs():
    (stub,), (right,), (unnamed,) = run(STUB, RIGHT, "check_slope(lambda f, x, h: 1.0)")
    assert set(right.data) == {"text/plain", "text/html", MIME}
    assert stub.data[MIME] == {
        "lesson": "02_gradient_descent", "exercise": "check_slope", "status": "to do", "function": "slope",
        "digest": digest("02_gradient_descent", "check_slope", "to do", "slope", STUB),
    }  # fmt: skip
    assert right.data[MIME]["digest"] == digest("02_gradient_descent", "check_slope", "passed", "slope", RIGHT)
    assert (unnamed.data[MIME]["status"], unnamed.data[MIME]["function"]) == ("failed", "<lambda>")
    assert "application/json" not in right.data  # JupyterLab would show it in place of the text


def test_a_record_is_the_same_in_every_run_and_differs_with_the_code_that_counts():
    talking = "%time\n\ncheck_slope?\n" + RIGHT.replace("    return", "    # a remark\n\n    return   ")
    (once,), (again,) = run(RIGHT, RIGHT)
    assert once.data == again.data
    parts = "02_gradient_descent", "check_slope", "passed", "slope"
    assert digest(*parts, RIGHT) != digest(*parts, RIGHT.replace("+ h", "- h"))
    assert digest(*parts, RIGHT) != digest(*parts[:2], "failed", "slope", RIGHT)
    assert digest(*parts, "if a:\n    b\nc") != digest(*parts, "if a:\n    b\n    c")
    ours = [output.data[MIME] for output in run(talking)[0] if "data" in output and MIME in output.data]
    assert [record["digest"] for record in ours] == [digest(*parts, talking)]


def test_functions_from_elsewhere_are_named_and_strange_ones_do_no_harm():
    assert descent.check_slope(descent.slope).record["function"] == "lessons_lib.maths.gradient_descent.slope"

    class Hostile:
        @property
        def __name__(self):
            raise SystemExit

        def __getattr__(self, name):
            raise ValueError(name)

        def __call__(self, *_):
            return 1.0

    for function in (Hostile(), 3, None, len):
        assert json.dumps(descent.check_slope(function).record)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_committed_stub_has_its_record_and_the_page_lists_them_all(path):
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    found = {}
    for cell in cells:
        for output in cell.outputs:
            if MIME in output.get("data", {}):
                record = output.data[MIME]
                found[record["exercise"]] = record
                parts = record["lesson"], record["exercise"], "to do", record["function"]
                assert record["digest"] == digest(*parts, cell.source)
    assert found.keys() == exercises_of(path.stem).keys()
    (progress,) = [cell for cell in cells if cell.source.startswith("my_progress()")]
    text = progress.outputs[0].data["text/plain"]
    assert text.startswith(f"0 of {len(found)} exercises passed.")
    assert sorted(line[2:-7] for line in text.splitlines()[1:-1]) == sorted(found)


@pytest.fixture
def fresh():
    """The exercises of lesson 02 as in a kernel that has just started."""
    for exercise in exercises_of("02_gradient_descent").values():
        exercise.verdict, exercise.turn = None, float("inf")


def test_progress_says_what_is_done_and_what_comes_next(fresh):
    assert "0 of 5" in repr(page.my_progress("02_gradient_descent"))
    descent.check_steps_until(descent.steps_until)
    descent.check_slope(lambda f, x, h: f(x + h) - f(x))
    text = repr(page.my_progress("02_gradient_descent"))
    assert text.splitlines()[:4] == [
        "1 of 5 exercises passed.", "✔ check_steps_until: passed", "✘ check_slope: not yet", "○ check_descend: not run",
    ]  # fmt: skip
    assert text.endswith("Next: check_slope: its cell says what is wrong; ask it for .hint().")
    shown = page.my_progress("02_gradient_descent")._repr_html_()
    assert shown.count('scope="row"') == 5 and "<caption" in shown and "<b>✘</b> not yet" in shown
    for exercise in exercises_of("02_gradient_descent").values():
        exercise(exercise.reference)
    assert repr(page.my_progress("02_gradient_descent")).endswith("All done: on to the next lesson.")


def test_progress_finds_the_lesson_of_the_page(fresh):
    other = exercises_of("00_start_here")["check_price"]
    assert page._lesson_of([descent.check_slope, other, descent.check_descend]) == "02_gradient_descent"
    assert page._lesson_of([other, 3, "text"]) == "00_start_here" and page._lesson_of([3]) is None
    assert page._lesson_of([descent, other, 3, "text"]) == "02_gradient_descent"
    with pytest.raises(ValueError, match="run its first cells"):
        exec("my_progress()", {"my_progress": page.my_progress})
    names = {"my_progress": page.my_progress, "exercises": descent}
    assert "check_bowl_gradient" in repr(eval("my_progress()", names))
