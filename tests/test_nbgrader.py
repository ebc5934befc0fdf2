"""The edition for nbgrader: its shape on any machine, and a course with two learners where nbgrader is installed."""

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import NOTEBOOKS, ROOT
from nbclient import NotebookClient
from nbgrader_edition import CONFIGURATION, edition, main
from submissions import DESCENT, RIGHT, WRONG

from lessons_lib.exercises.records import MIME, exercises_of
from lessons_lib.report.submissions import read_folder

EACH = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
# What nbgrader 0.9 asks of a cell's metadata, version 3 of its schema: each key and its type.
SCHEMA = {"schema_version": int, "grade": bool, "solution": bool, "locked": bool, "task": bool, "points": int,
          "grade_id": str, "cell_type": str}  # fmt: skip


def of_nbgrader(notebook):
    return [cell for cell in notebook.cells if "nbgrader" in cell.metadata]


@EACH
def test_each_exercise_has_one_locked_cell_with_a_point_under_the_learners(path):
    notebook = edition(nbformat.read(path, as_version=4))
    nbformat.validate(notebook)
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    scored = of_nbgrader(notebook)
    assert sorted(cell.metadata.nbgrader.grade_id for cell in scored) == sorted(exercises_of(path.stem))
    for cell in scored:
        marks = cell.metadata.nbgrader
        assert {key: type(value) for key, value in marks.items()} == SCHEMA
        assert re.fullmatch(r"[a-zA-Z0-9_\-]+", marks.grade_id)
        assert marks.schema_version == 3 and marks.cell_type == cell.cell_type == "code" and marks.points == 1
        assert (marks.grade, marks.locked, marks.solution, marks.task) == (True, True, False, False)
        mine = notebook.cells[notebook.cells.index(cell) - 1]
        assert (
            "..." in mine.source
            and "check_" not in mine.source
            and not mine.outputs
            and "nbgrader" not in mine.metadata
        )
        function = re.findall(r"^def (\w+)", mine.source, re.M)[-1]
        assert re.search(rf"\b{marks.grade_id}\({function}\)", cell.source)
        # nbgrader takes the number that a cell ends with for its points, and a cell without one for all right.
        assert re.search(r'\nint\((\w+)\.status == "passed"\)', cell.source)
        assert cell.outputs[-1].output_type == "execute_result" and cell.outputs[-1].data["text/plain"] == "0"


@EACH
def test_nothing_that_a_learner_needs_is_missing(path):
    before, after = nbformat.read(path, as_version=4), edition(nbformat.read(path, as_version=4))

    def posters(notebook):
        shown = (output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", []))
        return [data["image/png"] for data in shown if "image/png" in data]

    assert posters(after) == posters(before) and len(posters(after)) >= 3
    prose = [[cell.source for cell in each.cells if cell.cell_type == "markdown"] for each in (before, after)]
    assert prose[0] == prose[1]
    text = "\n".join(cell.source for cell in after.cells)
    assert all(line in text for cell in before.cells for line in cell.source.splitlines() if "check_" not in line)
    assert text.count(".hint()") == "\n".join(cell.source for cell in before.cells).count(".hint()")


def test_the_edition_is_written_and_its_stubs_have_fitting_records(tmp_path, capsys):
    main(tmp_path)
    assert f"{DESCENT}.ipynb: 5 points" in capsys.readouterr().out
    assert (tmp_path / "source" / DESCENT / f"{DESCENT}.ipynb").exists()
    compile((tmp_path / "nbgrader_config.py").read_text(encoding="utf-8"), "nbgrader_config.py", "exec")
    assert '"ClearOutput"' not in CONFIGURATION
    submissions, _ = read_folder(tmp_path / "source")
    assert len(submissions) == len(NOTEBOOKS)
    assert {result.words for each in submissions for result in each.results.values()} == {"to do"}


def solved(notebook, answers):
    """The edition as a learner hands it in."""
    for number, cell in enumerate(notebook.cells):
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in answers:
            mine = notebook.cells[number - 1]
            mine.source = re.sub(r"^    \.\.\.", "    " + answers[name], mine.source, flags=re.M)
    return notebook


def test_a_locked_cell_gives_its_point_to_a_right_answer_alone_and_never_raises():
    notebook = solved(
        edition(nbformat.read(ROOT / "notebooks" / f"{DESCENT}.ipynb", as_version=4)),
        {"check_slope": RIGHT["check_slope"], "check_descend": WRONG["check_descend"]},
    )
    wanted = [
        cell for number, cell in enumerate(notebook.cells) if cell.cell_type == "code" and "panel(" not in cell.source
    ]
    notebook.cells = [cell for cell in wanted if not cell.source.startswith(("quiz(", "my_progress("))]
    NotebookClient(notebook, timeout=60, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}},
                   allow_errors=True).execute()  # fmt: skip
    points = {}
    for cell in of_nbgrader(notebook):
        shown, point = cell.outputs
        points[cell.metadata.nbgrader.grade_id] = (shown.data[MIME]["status"], point.data["text/plain"])
    assert points == dict.fromkeys(RIGHT, ("to do", "0")) | {
        "check_slope": ("passed", "1"),
        "check_descend": ("failed", "0"),
    }


def test_nbgrader_itself_grades_two_learners(tmp_path):
    pytest.importorskip(
        "nbgrader", reason="nbgrader is not installed: pip install nbgrader to try the edition with it."
    )
    main(tmp_path)
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # nbgrader calls alembic by its name
    environment = os.environ | {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "PATH": tools}

    def nbgrader(*words):
        run = subprocess.run([sys.executable, "-m", "nbgrader", *words], cwd=tmp_path, env=environment,
                             capture_output=True, text=True)  # fmt: skip
        assert run.returncode == 0, run.stderr[-2000:]

    nbgrader("generate_assignment", DESCENT)
    release = tmp_path / "release" / DESCENT / f"{DESCENT}.ipynb"
    given = nbformat.read(release, as_version=4)
    assert sum("image/png" in output.get("data", {}) for cell in given.cells for output in cell.get("outputs", [])) >= 3
    for learner, answers in (("ada", RIGHT), ("bob", {"check_slope": RIGHT["check_slope"]} | {"check_descend": WRONG["check_descend"]})):  # fmt: skip
        target = tmp_path / "submitted" / learner / DESCENT / release.name
        target.parent.mkdir(parents=True)
        nbformat.write(solved(nbformat.read(release, as_version=4), answers), target)
    nbgrader("autograde", DESCENT)
    nbgrader("export")
    with open(tmp_path / "grades.csv", encoding="utf-8", newline="") as file:
        scores = {row["student_id"]: (float(row["score"]), float(row["max_score"])) for row in csv.DictReader(file)}
    assert scores == {"ada": (5, 5), "bob": (1, 5)}
