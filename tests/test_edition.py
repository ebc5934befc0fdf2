"""A lesson and a library that do not fit each other say so in one sentence, in the set-up cell."""

import re
import shutil

import nbformat
import pytest
from conftest import NOTEBOOKS, ROOT
from jupyter_client.manager import start_new_kernel

from lessons_lib import scenes

EDITION = next(name for name in vars(scenes) if name.startswith("edition_"))


def set_up(path):
    return next(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_lesson_asks_for_the_librarys_edition(path):
    assert re.findall(r"from lessons_lib\.scenes import (edition_\d+), ", set_up(path)) == [EDITION]


@pytest.fixture
def ask(tmp_path, monkeypatch):
    """ask(code, change) -> the errors that a page shows for this cell with a library changed by change(folder)."""

    def ask(code, change):
        shutil.copytree(ROOT / "lessons_lib", tmp_path / "lessons_lib", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "data", tmp_path / "data")
        change(tmp_path / "lessons_lib")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        manager, client = start_new_kernel(kernel_name="python3", cwd=str(tmp_path))
        try:
            shown = []
            client.execute_interactive(code, timeout=60, output_hook=shown.append)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
        return [message["content"] for message in shown if message["msg_type"] == "error"]

    return ask


def other_edition(library):
    file = library / "scenes" / "__init__.py"
    file.write_text(file.read_text(encoding="utf-8").replace(EDITION, "edition_99"), encoding="utf-8")


def without_module(library):
    (library / "maths" / "gradient_descent.py").rename(library / "maths" / "descent.py")
    (library / "scenes" / "gradient_descent.py").write_text("def descent(): pass\n")


def without_name(library):
    file = library / "live.py"
    code = file.read_text(encoding="utf-8")
    assert "log_slider" in code
    file.write_text(code.replace(" log_slider,", "").replace('"log_slider", ', ""), encoding="utf-8")


@pytest.mark.parametrize("change, lacking", [(other_edition, EDITION), (without_name, "log_slider"),
                                             (without_module, "lessons_lib.maths.gradient_descent")])  # fmt: skip
def test_what_does_not_fit_is_told_in_one_sentence_in_the_set_up(ask, change, lacking):
    (error,) = ask(set_up(ROOT / "notebooks" / "02_gradient_descent.ipynb"), change)
    (line,) = error["traceback"]
    assert f"has no '{lacking}': if that is spelled as the lesson came, lesson and library are of different" in line


def test_other_errors_are_shown_as_ever(ask):
    (error,) = ask("import lessons_lib\nfrom math import nothing_of_this_name", lambda library: None)
    assert error["ename"] == "ImportError" and len(error["traceback"]) > 1


def test_a_set_up_that_fits_shows_no_error(ask):
    assert ask(set_up(ROOT / "notebooks" / "02_gradient_descent.ipynb"), lambda library: None) == []
