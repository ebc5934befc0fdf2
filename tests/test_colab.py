"""Each lesson as a single file under Google Colab's versions, alone in an empty folder, with the network cut."""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest
from conftest import NOTEBOOKS, lacking
from single_files import single_file

from lessons_lib.exercises.records import MIME

PINS = Path(__file__).with_name("colab-requirements.txt")
RUN = """
import contextlib, fcntl, json, socket, struct, sys
import nbformat
from nbclient import NotebookClient

with contextlib.suppress(OSError), socket.socket() as any_socket:  # a new network starts with its loopback down
    fcntl.ioctl(any_socket, 0x8914, struct.pack("16sH22x", b"lo", 1))
with contextlib.suppress(OSError), socket.create_connection(("192.0.2.1", 80), timeout=1):
    sys.exit("the network is not cut")
notebook = nbformat.read(sys.argv[1], as_version=4)
notebook.cells.append(nbformat.v4.new_code_cell(sys.argv[2]))
NotebookClient(notebook, timeout=300, kernel_name="python3", store_widget_state=False).execute()
def of(output):
    data = output.get("data", {})
    return {"kind": output.output_type, "text": output.get("text") or data.get("text/plain"), "mime": sorted(data)}
print(json.dumps([[of(o) for o in cell.get("outputs", [])] for cell in notebook.cells]))
"""
# Sends each panel what a browser sends when a control moves; prints how many panels there are, and how many answer.
DRAG = """
import gc, inspect
from lessons_lib.live import Panel
assert "class Panel" in inspect.getsource(Panel)  # show_source() and .solution() need it

def message(control):
    if isinstance(control.value, tuple):  # switches
        return {"value": control.names if control.value != control.names else ()}
    if hasattr(control, "options"):
        return {"index": (control.index + 1) % len(control.options)}
    if isinstance(control.value, str):
        return {"value": control.value + "a"}
    low, high = (control.base**end if hasattr(control, "base") else end for end in (control.min, control.max))
    return {"value": high if control.value != high else low}

def answers(panel):
    before = panel.svg
    for control in panel.controls.values():
        control = getattr(control, "_slider", control)  # that of play() is inside
        control.set_state(message(control))
    return panel.svg != before

panels = [thing for thing in gc.get_objects() if isinstance(thing, Panel) and thing.controls]
print(len(panels), sum(map(answers, panels)))
"""
# Where no network of its own is to be had, Python refuses to call another host.
REFUSE = """
import socket
connect = socket.socket.connect
def refuse(self, address):
    if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1"):
        raise OSError("the network is cut")
    return connect(self, address)
socket.socket.connect = refuse
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


@pytest.fixture(scope="session")
def without_network(tmp_path_factory):
    """(command that starts another without a network, environment for it)"""
    folder = tmp_path_factory.mktemp("refuse")
    (folder / "sitecustomize.py").write_text(REFUSE)
    ipython = tmp_path_factory.mktemp("ipython")
    environment = os.environ | {"PYTHONPATH": str(folder), "JUPYTER_PATH": "", "IPYTHONDIR": str(ipython)}
    unshare = ["unshare", "--map-root-user", "--net"]
    works = shutil.which("unshare") and subprocess.run([*unshare, "true"], capture_output=True).returncode == 0
    return (unshare if works else []), environment


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_single_file_says_the_same_and_its_panels_answer(colab, without_network, path, tmp_path):
    nbformat.write(single_file(path), tmp_path / path.name)
    command, environment = without_network
    run = subprocess.run(
        [*command, colab, "-c", RUN, path.name, DRAG], cwd=tmp_path, capture_output=True, text=True, env=environment
    )
    assert run.returncode == 0, run.stderr[-3000:]
    assert [file.name for file in tmp_path.iterdir()] == [path.name], "a lesson writes nothing"
    title, packed, *rest, answers = json.loads(run.stdout.splitlines()[-1])
    there = [title, *rest]
    assert packed == []
    for number, (cell, outputs) in enumerate(zip(json.loads(path.read_text())["cells"], there, strict=True)):
        here = [output.get("data", {}) for output in cell.get("outputs", [])]
        # What a cell prints over some time may arrive in several pieces, so the texts are joined.
        texts = [output.get("text") or data.get("text/plain") for output, data in zip(cell.get("outputs", []), here)]
        assert "".join(output["text"] for output in outputs) == "".join("".join(text) for text in texts), (
            f"cell {number}"
        )
        # What a check leaves for a program to read is there, too.
        assert sum(MIME in output["mime"] for output in outputs) == sum(MIME in data for data in here)
        if any("image/png" in data for data in here):  # a panel still offers its live view beside the poster
            assert any("application/vnd.jupyter.widget-view+json" in output["mime"] for output in outputs)
    panels, answered = answers[0]["text"].split()
    assert panels == answered
