"""The shape of every committed notebook, and what a reader sees who never runs it."""

import ast
import re
import subprocess
import sys

import nbformat
import pytest
from bs4 import BeautifulSoup
from conftest import NOTEBOOKS

EACH = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path):
    return nbformat.read(path, as_version=4)


@EACH
def test_cells_are_short_and_plain(path):
    for number, cell in enumerate(read(path).cells):
        where = f"cell {number}"
        if cell.cell_type == "markdown":
            assert len(cell.source.split()) <= 80, f"{where} has {len(cell.source.split())} words"
            assert not re.search(r"\b(simply|obviously)\b", cell.source, re.I), where
        else:
            assert len([line for line in cell.source.splitlines() if line.strip()]) <= 12, where
            assert not re.search(r"import \*|random\.seed|rcParams|pyplot|%pip|!pip", cell.source), where


@EACH
def test_a_lesson_has_all_its_parts(path):
    notebook = read(path)
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    title, set_up, close = notebook.cells[0].source, code[0], notebook.cells[-1].source
    assert title.startswith("# ") and "?" in title.splitlines()[0] and "minutes" in title and "**Before**" in title
    assert title.count("\n- ") == 3
    assert len(set_up.splitlines()) <= 8 and all(
        isinstance(node, ast.Import | ast.ImportFrom) for node in ast.parse(set_up).body
    )
    assert prose.count("<details>") >= 2
    assert "break it" in prose.lower()
    assert sum(cell.startswith("quiz(") for cell in code) >= 3
    assert len([cell for cell in code if re.search(r"\n\n(exercises\.)?check_\w+\(|= check_\w+\(", cell)]) >= 3
    assert sum("panel(" in cell for cell in code) >= 3
    assert "**Notation**" in close and "**Next**" in close


@EACH
def test_every_numbered_question_has_its_answer_in_a_fold_under_its_panel(path):
    cells = read(path).cells
    for number, cell in enumerate(cells):
        unfolded = re.sub(r"<details>.*?</details>", "", cell.source, flags=re.S)
        if cell.cell_type != "markdown" or not re.search(r"^\d\. .*\?", unfolded, re.M) or unfolded != cell.source:
            continue
        following = next((later for later in cells[number + 1 :] if later.cell_type == "markdown"), None)
        assert following and following.source.startswith("<details>"), f"cell {number} asks: {cell.source[-200:]}"


@EACH
def test_outputs_are_those_of_a_fresh_run_without_a_widget(path):
    notebook = read(path)
    assert "widgets" not in notebook.metadata
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    for number, cell in enumerate(cell for cell in notebook.cells if cell.cell_type == "code"):
        assert cell.execution_count == number + 1
        assert "execution" not in cell.metadata
        for output in cell.outputs:
            assert output.output_type != "error"
            assert output.get("name") != "stderr"
            data = output.get("data", {})
            assert "application/vnd.jupyter.widget-view+json" not in data
            if "image/png" in data:
                assert len(output.metadata["image/png"]["alt"]) > 20
                assert len(data["image/png"]) > 4000
        shows = re.search(r"^(panel|quiz|(exercises\.)?check_\w+)\(", cell.source, re.M)
        assert not shows or cell.outputs, f"code cell {number} shows nothing"


@EACH
def test_a_page_made_by_nbconvert_shows_the_posters_with_their_text(path, tmp_path):
    subprocess.run([sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", "--output-dir", tmp_path, path],
                   check=True, capture_output=True)  # fmt: skip
    page = (tmp_path / f"{path.stem}.html").read_text(encoding="utf-8")
    texts = [image["alt"] for image in BeautifulSoup(page, "html.parser").find_all("img")]
    said = [output.metadata["image/png"]["alt"] for cell in read(path).cells
            for output in cell.get("outputs", []) if "image/png" in output.get("data", {})]  # fmt: skip
    assert len(said) >= 3 and texts == said
    assert "widget-view" not in page and "Error displaying widget" not in page


@EACH
def test_links_between_lessons_lead_somewhere(path):
    for cell in read(path).cells:
        for target in re.findall(r"\]\((\d\d_[\w]+\.ipynb)\)", cell.source):
            assert (path.parent / target).exists(), target


CHOOSERS = {"max", "min", "sorted", "argmax", "argmin"}


@EACH
def test_nothing_is_chosen_on_the_test_data_it_is_reported_on(path):
    """As far as a program can read: no best of what is called test, a sealed part opened once, and the words for it."""
    opened = 0
    for cell in read(path).cells:
        if cell.cell_type == "markdown":
            for sentence in re.split(r"(?<=[.?!])\s", cell.source):
                if re.search(r"\b(choos\w+|chose\w*|pick\w*|stop\w*)\b.*\btest\b", sentence, re.I | re.S):
                    assert re.search(r"validation|\bnot\b|never|nothing|once|What if", sentence), sentence
            continue
        for call in (node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)):
            name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
            names = {node.id for part in (*call.args, *call.keywords) for node in ast.walk(part)
                     if isinstance(node, ast.Name)}  # fmt: skip
            if name in CHOOSERS:
                assert not [used for used in names if re.search(r"(^|_)(test|unseen)($|_)", used)], cell.source
            opened += name == "open" and isinstance(call.func.value, ast.Name) and call.func.value.id == "test"
    assert opened <= 1
