"""The solved lessons: every exercise's stub gives way to the library's own answer, and every check passes."""

import ast
import contextlib
import io
import re

import nbformat
import pytest
from conftest import NOTEBOOKS
from solutions import asked, solution
from teacher_edition import solved

from lessons_lib.exercises.records import exercises_of


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_check_of_a_solved_lesson_passes(path):
    notebook, exercises = solved(path), exercises_of(path.stem)
    nbformat.validate(notebook)
    solved_cells = [cell for cell in notebook.cells if asked(cell)]
    assert {asked(cell)[0] for cell in solved_cells} == set(exercises)
    for exercise in exercises.values():
        exercise.verdict = None
    # Imports, functions and checks: trainings and pictures are for other tests.
    page = {}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in notebook.cells:
            if cell.cell_type == "code":
                exec(compile(definitions(cell.source), f"{path.stem}, {cell.id}", "exec"), page)
    passed = {name: exercise.verdict and exercise.verdict.status for name, exercise in exercises.items()}
    assert set(passed.values()) == {"passed"}, passed


def definitions(source):
    """A cell's imports, functions and checks."""
    tree = ast.parse(source)
    tree.body = [node for node in tree.body
                 if isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef)
                 or re.search(r"\bcheck_\w+\(|^encode = ", ast.unparse(node))]  # fmt: skip
    return tree


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_solution_is_short_and_whole(path):
    for cell in nbformat.read(path, as_version=4).cells:
        if asked(cell) and asked(cell)[0] in exercises_of(path.stem):
            code = solution(exercises_of(path.stem)[asked(cell)[0]], cell.source)
            assert len(code.splitlines()) <= 20 and '"""' not in code.rpartition("def ")[2] and "..." not in code
            assert "return" in code


def test_what_a_reference_hands_on_is_shown_itself():
    cell = next(
        cell
        for cell in nbformat.read(NOTEBOOKS[8], as_version=4).cells
        if asked(cell) == ("check_smoothed", "smoothed")
    )
    code = solution(exercises_of(NOTEBOOKS[8].stem)["check_smoothed"], cell.source)
    assert "def smoothed(counts, alpha):\n    counts = counts + alpha\n" in code and "probabilities" not in code
