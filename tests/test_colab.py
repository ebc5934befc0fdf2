"""Every lesson under the versions that Google Colab has: Python 3.13, ipywidgets 7.7.1, IPython 7.34."""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import NOTEBOOKS, ROOT, lacking

PINS = Path(__file__).with_name("colab-requirements.txt")
RUN = """
import json, sys
import nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=300, kernel_name="python3", store_widget_state=False).execute()
def of(output):
    data = output.get("data", {})
    return {"kind": output.output_type, "text": output.get("text") or data.get("text/plain"), "mime": sorted(data)}
print(json.dumps([[of(o) for o in cell.get("outputs", [])] for cell in notebook.cells]))
"""


def python_3_13():
    """The path of a Python 3.13, pyenv's included, or None."""
    found = shutil.which("python3.13")
    pyenv = sorted(Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")).glob("versions/3.13*/bin/python"))
    for path in (*([found] if found else []), *pyenv):
        if subprocess.run([path, "-c", "import venv"], capture_output=True).returncode == 0:
            return path
    return None


@pytest.fixture(scope="session")
def colab(pytestconfig):
    """The Python of a virtual environment with Colab's versions, made once and kept in pytest's cache folder."""
    python = python_3_13()
    if python is None:
        lacking("no Python 3.13 was found: install one (pyenv install 3.13) to test with Colab's versions.")
    name = f"colab-{hashlib.sha256(PINS.read_bytes()).hexdigest()[:12]}"
    folder = Path(pytestconfig.cache.mkdir("environments")) / name
    if not (folder / "ready").exists():
        subprocess.run([python, "-m", "venv", "--clear", folder], check=True)
        installed = subprocess.run([folder / "bin/pip", "install", "-q", "-r", PINS], capture_output=True, text=True)
        if installed.returncode:
            lacking(
                f"Colab's versions could not be installed, perhaps for lack of a network: {installed.stderr[-300:]}"
            )
        (folder / "ready").touch()
    return folder / "bin" / "python"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_lesson_says_the_same_under_colabs_versions(colab, path, tmp_path):
    run = subprocess.run(
        [colab, "-c", RUN, path], cwd=tmp_path, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "JUPYTER_PATH": "", "IPYTHONDIR": str(tmp_path / "ipython")},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-3000:]
    there = json.loads(run.stdout.splitlines()[-1])
    for number, (cell, outputs) in enumerate(zip(json.loads(path.read_text())["cells"], there)):
        here = [output.get("data", {}) for output in cell.get("outputs", [])]
        # What a cell prints over some time may arrive in several pieces, so the texts are joined.
        texts = [output.get("text") or data.get("text/plain") for output, data in zip(cell.get("outputs", []), here)]
        assert "".join(output["text"] for output in outputs) == "".join("".join(text) for text in texts), (
            f"cell {number}"
        )
        if any("image/png" in data for data in here):  # a panel still offers its live view beside the poster
            assert any("application/vnd.jupyter.widget-view+json" in output["mime"] for output in outputs)
