"""Write the solved lessons: python publish/teacher_edition.py [stems]

Every exercise's stub is replaced by the library's own answer, and the lesson is run, so that all checks show ✔ Passed.
The copies go into the folder solved, which git ignores: they are for you, not for the learners' folder.
"""

import argparse
import sys
from pathlib import Path

import nbformat
from lessons import lessons
from solutions import asked, names_of
from solutions import solved as with_solution

from lessons_lib.exercises.records import exercises_of

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

NOTE = """\
**Solved: for the teacher.** Every exercise carries the library's own answer. Learners get the lesson of the same name
in `notebooks`."""


def solved(path):
    """The notebook of a lesson with every exercise solved, not yet run."""
    notebook = nbformat.read(path, as_version=4)
    exercises, on_page = exercises_of(path.stem), set()
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        if asked(cell) and asked(cell)[0] in exercises:
            cell.source = with_solution(cell, exercises[asked(cell)[0]], on_page)
        on_page |= names_of(cell.source)
    notebook.cells.insert(1, nbformat.v4.new_markdown_cell(NOTE, id="solved"))
    return notebook


def main(stems, out):
    """Write and run the solved lessons of these stems, or all of them, into the folder `out`."""
    from normalise import normalise

    paths = lessons(stems)
    out.mkdir(parents=True, exist_ok=True)
    for path in paths:
        notebook = solved(path)
        normalise(notebook)
        nbformat.write(notebook, out / path.name)
        print(f"wrote {out / path.name}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stems", nargs="*", help="lessons such as 02_gradient_descent (default: all)")
    parser.add_argument("--out", default=ROOT / "solved", type=Path, help="the folder to write (default: solved)")
    arguments = parser.parse_args()
    main(arguments.stems, arguments.out)
