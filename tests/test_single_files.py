"""The command that writes each lesson as one file."""

import base64
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from conftest import NOTEBOOKS, ROOT
from single_files import packed_cell, single_file

from lessons_lib import data

PLACE = {"repository": "a-teacher/my-course", "branch": "autumn", "folder": "single_files"}


def archive_of(cell):
    packed = re.search(r'Packed\("([^"]+)"\)', cell.source)[1]
    return zipfile.ZipFile(io.BytesIO(base64.b64decode(packed)))


def files_read(path, monkeypatch):
    """The data files that are opened when every loader that a lesson imports is called."""
    opened, read = set(), data._read
    monkeypatch.setattr(data, "_read", lambda name: opened.add(name) or read(name))
    code = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code")
    for names in re.findall(r"^from lessons_lib\.data import (.+)$", code, re.M):
        made = {"split", "shapes", "Sealed", "toy_points", "own_points"}  # these read nothing
        for name in set(names.split(", ")) - made:
            getattr(data, name)()
    return opened


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_file_carries_the_current_package_and_just_its_data(path, monkeypatch):
    notebook = single_file(path)
    packed = notebook.cells[1]
    archive = archive_of(packed)
    modules = {str(file.relative_to(ROOT)): file for file in (ROOT / "lessons_lib").rglob("*.py")}
    files = modules | {f"data/{name}": ROOT / "data" / name for name in files_read(path, monkeypatch)}
    assert set(archive.namelist()) == set(files)
    assert all(archive.read(name) == file.read_bytes() for name, file in files.items())
    # Lesson 07 carries three data sets, 1.3 MB; Colab takes files of up to 20 MB.
    assert len(nbformat.writes(notebook).encode()) < 2.5e6
    assert packed.metadata == {"cellView": "form", "jupyter": {"source_hidden": True}}
    texts = [cell.source for cell in nbformat.read(path, as_version=4).cells]
    assert [cell.source for cell in notebook.cells if cell is not packed] == texts
    nbformat.validate(notebook)


def test_told_the_repository_it_writes_badges_and_links_for_that_fork():
    plain, told = (single_file(NOTEBOOKS[1], place) for place in (None, PLACE))
    assert "badge" not in "".join(cell.source for cell in plain.cells)
    title = told.cells[0].source
    assert "https://colab.research.google.com/github/a-teacher/my-course/blob/autumn/single_files/01_" in title
    assert "https://mybinder.org/v2/gh/a-teacher/my-course/autumn?labpath=notebooks/01_" in title
    assert not re.search(r"\]\(\d\d_", "".join(cell.source for cell in told.cells if cell.cell_type == "markdown"))


def test_the_command_writes_every_lesson_the_same_each_time(tmp_path):
    for folder in ("once", "again"):
        command = [sys.executable, ROOT / "publish" / "single_files.py", "--out", tmp_path / folder]
        subprocess.run(command, check=True, capture_output=True)
    assert [file.name for file in sorted((tmp_path / "once").iterdir())] == [path.name for path in NOTEBOOKS]
    for file in (tmp_path / "once").iterdir():
        assert file.read_bytes() == (tmp_path / "again" / file.name).read_bytes()


def test_a_repository_needs_an_owner_and_a_name(tmp_path):
    command = [sys.executable, ROOT / "publish" / "single_files.py", "--out", tmp_path, "--repository", "my-course"]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode and "owner/name" in run.stderr and not list(tmp_path.iterdir())


def test_an_installed_library_comes_first(tmp_path):
    ask = "\nimport lessons_lib; print(lessons_lib.__file__)"
    (tmp_path / "cell.py").write_text(packed_cell([]).source + ask, encoding="utf-8")
    run = subprocess.run([sys.executable, "cell.py"], cwd=tmp_path, capture_output=True, text=True)
    assert Path(run.stdout.strip()).is_file(), run.stderr


def test_a_loader_whose_data_is_not_packed_says_so(monkeypatch):
    archive = archive_of(packed_cell(["penguins.csv"]))
    archive.filename = "this notebook"
    monkeypatch.setattr(data, "FOLDER", zipfile.Path(archive, "data/"))
    assert len(data.penguins().y) == 342
    with pytest.raises(FileNotFoundError, match="The data file this notebook/data/digits8x8.npz is missing"):
        data.digits()
