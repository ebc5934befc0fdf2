"""What a lecturer shows: a panel that fills the screen, and a lesson without code in Voilà, both in Chromium."""

import contextlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat
from conftest import NOTEBOOKS, ROOT, browser_page, jupyterlab, lacking, run_all_cells
from test_site import page_without_other_hosts

LESSON = next(path for path in NOTEBOOKS if path.stem == "02_gradient_descent")
CAPTIONS = "() => [...document.querySelectorAll('.lesson-caption')].map(caption => caption.textContent)"


def test_a_line_of_code_fills_the_screen_with_a_panel(chromium, tmp_path, artifacts):
    root, scratch = tmp_path / "served", tmp_path / "jupyter"
    root.mkdir()
    notebook = nbformat.read(LESSON, as_version=4)
    wanted = [cell for cell in notebook.cells if cell.cell_type == "code"][:8]
    wanted = [cell for cell in wanted if "check_slope(slope)" not in cell.source]
    line = nbformat.v4.new_code_cell(
        "import time\nfrom lessons_lib.live import shown\n"
        "time.sleep(6 * first_run)  # a browser takes a click as a wish for 5 s; Run All was one\n"
        "first_run = False\nshown('descent_on_curve').large()"
    )
    curve = next(cell for cell in notebook.cells if "descent_on_curve" in cell.source)
    notebook.cells = [nbformat.v4.new_code_cell("first_run = True"), *wanted, curve, line]
    nbformat.write(notebook, root / LESSON.name)
    with jupyterlab(root, scratch) as address, browser_page(chromium) as page:
        page.set_viewport_size({"width": 1920, "height": 1080})
        run_all_cells(page, address, LESSON.name)
        assert page.evaluate("document.fullscreenElement") is None  # nobody pressed a key: the view stays in the page
        before = len(page.evaluate(CAPTIONS))
        page.locator(".jp-CodeCell").last.locator(".jp-InputArea-editor").click()
        page.keyboard.press("Shift+Enter")
        page.wait_for_function("document.fullscreenElement?.matches('.lesson-large')", timeout=20000)
        page.wait_for_timeout(500)
        box = page.locator(".lesson-large:fullscreen .lesson-panel").bounding_box()
        assert max(box["width"] / 1920, box["height"] / 1080) > 0.75
        assert box["x"] >= 0 and box["y"] >= 0 and box["x"] + box["width"] <= 1920 and box["y"] + box["height"] <= 1080
        page.screenshot(path=artifacts / "large.png")
        handle = page.locator(".lesson-large:fullscreen .noUi-handle").first
        handle.focus()
        handle.press("End")
        page.wait_for_function("document.fullscreenElement.textContent.includes('Diverged')", timeout=10000)
        page.evaluate("document.exitFullscreen()")  # in a window with a person, Esc does so
        page.wait_for_function("document.fullscreenElement === null")
        assert len(page.evaluate(CAPTIONS)) == before  # the view that was there made room for the new one
        assert page.evaluate(CAPTIONS)[-2:] == [page.evaluate(CAPTIONS)[-1]] * 2


@contextlib.contextmanager
def voila(root, log):
    """Voilà on loopback, with the course's template, serving the folder root -> its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"JUPYTER_PATH": str(ROOT / "classroom" / "voila"), "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "voila", "--no-browser", f"--port={port}", "--template=lesson", str(root)]
    with open(log, "w") as out, subprocess.Popen(command, env=environment, stdout=out, stderr=out) as server:
        try:
            for _ in range(240):
                with contextlib.suppress(OSError):
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/voila/static/main.js", timeout=2).close()
                    break
                assert server.poll() is None, log.read_text()[-2000:]
                time.sleep(0.25)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
            server.wait(30)


def test_voila_shows_a_lesson_without_code_and_asks_no_other_host(chromium, tmp_path, artifacts):
    if importlib.util.find_spec("voila") is None:
        lacking("Voilà is not installed: pip install -r tests/requirements.txt to try lessons in it.")
    root = tmp_path / "served"
    root.mkdir()
    shutil.copy(LESSON, root)
    with voila(root, tmp_path / "log") as address, page_without_other_hosts(chromium, address) as (page, foreign):
        page.goto(f"{address}voila/render/{LESSON.name}")
        page.wait_for_function("() => document.querySelectorAll('.lesson-caption').length >= 9", timeout=120000)
        page.wait_for_function(
            "() => document.querySelectorAll('mjx-container, .MathJax, math').length > 5", timeout=30000
        )
        page.wait_for_timeout(1000)
        text = page.evaluate("document.body.innerText")
        assert "How large a step may I take?" in text and "Exercise 1" not in text and "To do" not in text
        assert "import numpy" not in text and "panel(" not in text and "$$" not in text
        before = page.evaluate(CAPTIONS)
        handle = page.locator(".lesson-panel").nth(1).locator(".noUi-handle").first
        handle.scroll_into_view_if_needed()
        handle.focus()
        handle.press("End")
        page.wait_for_function(
            "before => document.querySelectorAll('.lesson-caption')[1].textContent !== before", arg=before[1]
        )
        page.screenshot(path=artifacts / "voila.png")
        page.locator(".lesson-quiz input[type=radio]").first.click()
        page.wait_for_function("() => /Right|Not quite/.test(document.querySelector('.lesson-quiz').innerText)")
    assert foreign == []
