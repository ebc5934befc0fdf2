"""Run notebooks and write them back in the one form that is committed: python tests/normalise.py [notebooks/*.ipynb]

Outputs are those of a fresh run; a panel keeps its poster and drops its widget, so a page that nobody runs shows
pictures. Nothing is kept that changes from run to run: no widget state, no times, no versions.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from lessons_lib.server import KERNELSPEC, as_committed

KEPT = ("slideshow",)  # how a cell stands in publish/slides.py
NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"


def normalise(notebook):
    """Run a notebook node in place, in the notebooks' folder, and strip what must not be committed."""
    for cell in notebook.cells:
        cell.metadata = {name: cell.metadata[name] for name in KEPT if name in cell.metadata}
    NotebookClient(
        notebook, timeout=300, kernel_name="python3", store_widget_state=False, coalesce_streams=True,
        resources={"metadata": {"path": str(NOTEBOOKS)}},
    ).execute()  # fmt: skip
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNELSPEC, "language_info": {"name": "python"}})
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for number, cell in enumerate(notebook.cells):
        cell.metadata = nbformat.from_dict({name: cell.metadata[name] for name in KEPT if name in cell.metadata})
        cell.id = cell.get("id") or f"cell-{number:02d}"
    as_committed(notebook)  # what a learner's own page goes through when it is saved, too


def main(paths):
    for path in paths or sorted(NOTEBOOKS.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        normalise(notebook)
        nbformat.write(notebook, path)
        print(f"normalised {path}")


if __name__ == "__main__":
    main(sys.argv[1:])
