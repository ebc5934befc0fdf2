"""Take the pictures of a lesson on a projector, for the README and docs/teaching.md: python docs/projector.py

Needs tests/requirements.txt and Chromium.
"""

import shutil
import sys
import tempfile
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from conftest import NOTEBOOKS, browser_page, jupyterlab, run_all_cells, save_screenshot  # noqa: E402

LARGE = "from lessons_lib.live import shown\nshown('descent_on_curve').large()"

with tempfile.TemporaryDirectory() as folder:
    root, scratch = Path(folder, "served"), Path(folder, "jupyter")
    root.mkdir()
    lesson = next(path for path in NOTEBOOKS if path.stem == "02_gradient_descent")
    shutil.copy(lesson, root)
    notebook = nbformat.read(root / lesson.name, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell("from lessons_lib.page import style\nstyle(22)"))
    notebook.cells.append(nbformat.v4.new_code_cell(LARGE))
    nbformat.write(notebook, root / lesson.name)
    with jupyterlab(root, scratch) as address, browser_page("/usr/bin/chromium") as page:
        page.set_viewport_size({"width": 1920, "height": 1080})
        run_all_cells(page, address, lesson.name)
        panel = page.query_selector_all(".lesson-panel:has([class*='zones-'])")[2]
        panel.evaluate("panel => panel.scrollIntoView({block: 'center'})")
        page.wait_for_timeout(1500)
        save_screenshot(page, ROOT / "docs" / "projector.png")
        page.locator(".jp-CodeCell").last.locator(".jp-InputArea-editor").click()
        page.keyboard.press("Shift+Enter")  # a key press, after which the page may fill the screen
        page.wait_for_function("document.fullscreenElement?.matches('.lesson-large')")
        page.wait_for_timeout(1500)
        save_screenshot(page, ROOT / "docs" / "large.png")
