"""What the tests share: the folders, the rule for what a machine lacks, and a JupyterLab page in headless Chromium."""

import contextlib
import importlib.util
import io
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import hypothesis
import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
QUIET_CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                  "--disable-component-update", "--disable-sync"]  # fmt: skip


# A machine that is busy with something else is slow, not wrong.
hypothesis.settings.register_profile("course", deadline=None)
hypothesis.settings.load_profile("course")


def pytest_ignore_collect(collection_path, config):
    """Notebooks that Jupyter keeps as checkpoints are copies, not lessons."""
    return True if ".ipynb_checkpoints" in collection_path.parts else None


def lacking(sentence):
    """Skip with the sentence that says how to get what this machine lacks; in CI that is a failure."""
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)


@pytest.fixture(scope="session")
def artifacts():
    folder = ROOT / "artifacts"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def chromium():
    """The path of a Chromium or Chrome on this machine."""
    if importlib.util.find_spec("playwright") is None:
        lacking("Playwright is not installed: pip install -r tests/requirements.txt to run the browser tests.")
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        if path := shutil.which(name):
            return path
    lacking("no Chromium was found: install it (Debian and Ubuntu: apt install chromium) to run the browser tests.")


@contextlib.contextmanager
def jupyterlab(root, scratch, application="jupyterlab"):
    """A JupyterLab (or Notebook) server on loopback that serves root; scratch takes its settings -> its address."""
    for name, settings in (("apputils-extension/notification", '{"fetchNews": "false", "checkForUpdates": false}'),
                           ("notebook-extension/tracker", '{"windowingMode": "none"}')):  # fmt: skip
        file = scratch / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(settings)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {"JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces", "IPYTHONDIR": "ipython",
           "JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "runtime"}  # fmt: skip
    environment = os.environ | {name: str(scratch / folder) for name, folder in own.items()}
    command = [sys.executable, "-m", application, "--no-browser", "--allow-root", f"--port={port}",
               "--ServerApp.ip=127.0.0.1", "--ServerApp.port_retries=0", "--IdentityProvider.token=",
               f"--ServerApp.root_dir={root}", "--LabApp.expose_app_in_browser=True"]  # fmt: skip
    with open(scratch / "server.log", "w") as log, subprocess.Popen(
        command, env=environment, stdout=log, stderr=subprocess.STDOUT
    ) as server:  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(240):
                with contextlib.suppress(OSError):
                    urllib.request.urlopen(f"{address}/api", timeout=2).close()
                    break
                assert server.poll() is None, (scratch / "server.log").read_text()[-2000:]
                time.sleep(0.25)
            yield address
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:  # asked while it starts a kernel, it may wait for a thread for ever
                server.kill()


@contextlib.contextmanager
def browser_page(chromium):
    """A page of a headless Chromium, large enough for a lesson."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET_CHROMIUM)
        yield browser.new_page(viewport={"width": 1280, "height": 1000})
        browser.close()


# On a busy machine the page is there long before its kernel; cells that run before that are lost.
KERNEL_IDLE = "window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"


def run_all_cells(page, address, name, seconds=300):
    """Open a notebook in JupyterLab, run every cell, and wait until all have run."""
    page.goto(f"{address}/doc/tree/{name}")
    page.wait_for_function("window.jupyterapp && document.querySelector('.jp-Notebook .jp-CodeCell')", timeout=60000)
    page.wait_for_function(f"() => {KERNEL_IDLE}", timeout=120000)
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_function(
        """() => [...document.querySelectorAll('.jp-CodeCell .jp-InputArea-prompt')]
                 .every(prompt => /^\\[\\d+\\]:$/.test(prompt.textContent.trim()))
                 || document.querySelector('[data-mime-type="application/vnd.jupyter.error"]')""",
        timeout=1000 * seconds,
    )
    page.wait_for_timeout(500)


# So many panels are live and every cell has run, or one has failed.
ALL_LIVE = """panels => document.querySelectorAll('.lesson-panel').length === panels
  && [...document.querySelectorAll('.jp-CodeCell .jp-InputArea-prompt')]
       .every(prompt => /^\\[\\d+\\]:$/.test(prompt.textContent.trim()))
  || document.querySelector('[data-mime-type="application/vnd.jupyter.error"]')"""


def choose_run_all(page):
    """On a page of Notebook 7 or JupyterLite, choose Run → Run All Cells once the page names its kernel."""
    page.wait_for_selector(".jp-KernelName:has-text('Python')", timeout=120000)
    for _ in range(5):
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        with contextlib.suppress(Exception):  # a kernel that was named but not yet there runs nothing: choose again
            page.wait_for_function(STARTED, timeout=15000)
            return


# A cell runs, or one has run.
STARTED = """() => document.querySelector('.lesson-panel')
  || [...document.querySelectorAll('.jp-CodeCell .jp-InputArea-prompt')].some(prompt => prompt.textContent === '[*]:')"""


def run_from_menu(page, path, seconds=300):
    """On the page of a lesson that has not run, run all cells and wait until every panel is live."""
    choose_run_all(page)
    panels = path.read_text(encoding="utf-8").count('"image/png": "')
    page.wait_for_function(ALL_LIVE, arg=panels, timeout=1000 * seconds)


def save_screenshot(page, path):
    """The page as it looks now, in at most 256 colours."""
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    image.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
