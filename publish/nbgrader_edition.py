"""Write an edition for nbgrader: python publish/nbgrader_edition.py

The folder nbgrader_course then holds source/<lesson>/<lesson>.ipynb and nbgrader_config.py. Go there, in an activated
environment with this course and nbgrader; `nbgrader generate_assignment 02_gradient_descent` makes what learners get.

Each exercise becomes two cells: the learner's, and under it a locked one that asks the check and gives one point. It
raises nothing, so that an unsolved lesson still runs from top to bottom. Nothing is hidden: hints, questions and their
answers stay, and so do the pictures, since the configuration leaves out the step that clears them.
"""

import argparse
import re
import sys
from pathlib import Path

import nbformat
from lessons import lessons

from lessons_lib.exercises.records import MIME, digest

ROOT = Path(__file__).resolve().parent.parent
CALL = re.compile(
    r"^(?:(?P<name>\w+) = )?(?P<call>(?:exercises\.)?(?P<exercise>check_\w+)\(\w+\))(?P<hint> *#.*)?$", re.M
)
CONFIGURATION = """c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "machine_learning"
# nbgrader's own list without ClearOutput: a lesson keeps its pictures, and no solution stands in an output.
c.GenerateAssignment.preprocessors = [
    f"nbgrader.preprocessors.{name}"
    for name in (
        "IncludeHeaderFooter", "InstantiateTests", "LockCells", "ClearSolutions", "CheckCellMetadata",
        "ComputeChecksums", "SaveCells", "ClearHiddenTests", "ClearMarkScheme", "ComputeChecksums", "CheckCellMetadata",
    )
]
c.Execute.timeout = 300  # seconds for a cell: some train a network
c.Execute.store_widget_state = False
"""


def edition(notebook):
    """Split, in a notebook node, the cell of each exercise into the learner's and a locked, scored one."""
    cells = []
    for cell in notebook.cells:
        found = CALL.search(cell.source) if cell.cell_type == "code" else None
        cells.extend(split(cell, found) if found else [cell])
    notebook.cells = cells
    return notebook


def split(cell, found):
    """(the learner's cell, the locked cell that gives the point) of an exercise."""
    name = found["name"] or "verdict"
    source = (
        f'{name} = {found["call"]}{found["hint"] or ""}\ndisplay({name})\nint({name}.status == "passed")    # the point'
    )
    marks = {"schema_version": 3, "grade": True, "solution": False, "locked": True, "task": False, "points": 1,
             "grade_id": found["exercise"], "cell_type": "code"}  # fmt: skip
    source_of_mine = cell.source[: found.start()].rstrip()
    shown = [of_its_new_cell(each, source_of_mine) for each in cell.outputs]
    point = nbformat.v4.new_output("execute_result", {"text/plain": "0"}, execution_count=cell.execution_count)
    locked = nbformat.v4.new_code_cell(
        source, id=f"{cell.id}-check", metadata={"nbgrader": marks}, outputs=[*shown, point],
        execution_count=cell.execution_count,
    )  # fmt: skip
    mine = nbformat.from_dict(cell | {"source": source_of_mine, "outputs": []})
    return mine, locked


def of_its_new_cell(output, code):
    """A verdict on the stub as the locked cell shows it; its record tells of the learner's cell, now shorter."""
    data = dict(output.data)
    if MIME in data:
        told = data[MIME]
        parts = [told[key] for key in ("lesson", "exercise", "status", "function")]
        data[MIME] = told | {"digest": digest(*parts, code)}
    return nbformat.v4.new_output("display_data", data, metadata=output.metadata)


def main(out):
    """Write the whole course into the folder `out`."""
    for path in lessons():
        target = out / "source" / path.stem / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        notebook = edition(nbformat.read(path, as_version=4))
        nbformat.write(notebook, target)
        print(f"wrote {target}: {sum('nbgrader' in cell.metadata for cell in notebook.cells)} points")
    (out / "nbgrader_config.py").write_text(CONFIGURATION, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", default=ROOT / "nbgrader_course", type=Path, help="the folder to write")
    sys.exit(main(parser.parse_args().out))
