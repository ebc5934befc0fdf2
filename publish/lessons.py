"""Which lessons a command of this folder works on."""

import sys
from pathlib import Path

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"


def lessons(stems=()):
    """The paths of these lessons' notebooks, or of all; a stem that is none ends the command in one sentence."""
    paths = sorted(NOTEBOOKS.glob("*.ipynb"))
    if unknown := set(stems) - {path.stem for path in paths}:
        sys.exit(f"there is no lesson {', '.join(sorted(unknown))}; one is called {paths[0].stem}.")
    return [path for path in paths if not stems or path.stem in stems]
