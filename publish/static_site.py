"""Build the course as a static site, where every lesson runs in the reader's browser: python publish/static_site.py

Needs `pip install -r publish/requirements.txt`. Any web server can serve the folder that it writes; nothing on the
site asks another host for anything. Python itself comes from Pyodide's official release or from a folder that holds
its files, and every file is compared with its sha256.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import entry_points
from pathlib import Path

import nbformat
from browser_python import AT_START, SOURCE, write_pyodide
from landing_page import draw, newer_lesson, version, write_landing_page
from lessons import lessons

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
KERNEL = Path(sys.prefix) / "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension"
# No threads in a browser: tqdm's progress bars work without theirs, and need not warn of it.
PYTHON = {"env": {"PYTHONWARNINGS": "ignore:tqdm"}, "packages": AT_START}
# The kernel, then what every lesson imports; none of it is garbage, so none is searched for.
# Without jedi, names are completed from what is there after a cell has run.
FIRST_LINES = (
    "import gc; gc.disable()",
    "import pyodide_kernel",
    "pyodide_kernel.ipython_shell.Completer.use_jedi = False",
    "import matplotlib.figure, matplotlib.backends.backend_agg, tqdm.auto",
    "import numpy.random, lessons_lib.data, lessons_lib.live, lessons_lib.page, lessons_lib.exercises.checking",
    # A first text and formula, so that the first panel finds its letters and how to read formulas.
    "figure = matplotlib.figure.Figure(); figure.text(0, 0, '1 $10^0$')",
    "matplotlib.backends.backend_agg.FigureCanvasAgg(figure).draw(); del figure",
    "gc.freeze(); gc.enable(); del gc",
)
LOADING = """\
**This lesson runs in your browser.** Choose *Run → Run All Cells*. The first run loads Python ({megabytes} MB: **half a
minute at 10 Mbit/s**) and starts it, which takes some seconds, on an old machine more. While a cell shows `[*]`, it is
working, and sliders answer when it is done. Your work is kept in this browser and goes nowhere else: press *Ctrl+S*
before you leave. When you come back, the pictures stand still until you choose *Run → Run All Cells* again."""


def collect_wheels(folder):
    """Build the wheel of lessons_lib and download those that Pyodide lacks, into the folder."""
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    own = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT]
    others = ["download", "--no-deps", "--only-binary=:all:", "--require-hashes", "--dest", folder]
    subprocess.run([*pip, *own], check=True)
    subprocess.run([*pip, *others, "-r", HERE / "wheels.txt"], check=True)
    for name in ("ipykernel", "piplite", "pyodide_kernel"):
        shutil.copy(next(KERNEL.glob(f"static/pypi/{name}-*.whl")), folder)


def write_lessons(folder, megabytes):
    """Copies of the notebooks for the browser's Python, each with a word on what the first run loads."""
    folder.mkdir()
    for path in lessons():
        notebook = nbformat.read(path, as_version=4)
        # JupyterLite's kernel is called so; with the usual name it asks the reader to pick one.
        notebook.metadata["kernelspec"] = {"display_name": "Python (Pyodide)", "language": "python", "name": "python"}
        note = nbformat.v4.new_markdown_cell(LOADING.format(megabytes=megabytes), id="in-the-browser")
        notebook.cells.insert(1, note)
        notebook.metadata["lesson_version"] = version(path)
        nbformat.write(notebook, folder / path.name)


def write_config(folder):
    """The settings of JupyterLite: our lessons, our Pyodide, and no way to another host."""
    widgets_extension = next((folder / "wheels").glob("jupyterlab_widgets-*.whl"))
    config = {
        "LiteBuildConfig": {
            "contents": ["lessons"], "output_dir": "site", "apps": ["lab", "notebooks", "tree"],
            "no_sourcemaps": True, "no_unused_shared_packages": True,
            # Only what lessons need, whatever else this environment has: another kernel's addon breaks the build.
            "disable_addons": [addon.name for addon in entry_points(group="jupyterlite.addon.v0")
                               if not addon.value.startswith(("jupyterlite_core", "jupyterlite_pyodide_kernel"))],
            "ignore_sys_prefix": ["federated_extensions"],
            "federated_extensions": [str(KERNEL), str(widgets_extension)],
        }
    }  # fmt: skip
    kernel = {"disablePyPIFallback": True, "loadPyodideOptions": PYTHON}
    plugins = {"@jupyterlite/pyodide-kernel-extension:kernel": kernel}
    page = {"jupyter-lite-schema-version": 0, "jupyter-config-data": {"litePluginSettings": plugins}}
    # All cells stay on the page: a panel that scrolls out of sight keeps its place, and the browser's search finds all.
    settings = {"@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"}}
    (folder / "overrides.json").write_text(json.dumps(settings))
    (folder / "jupyter_lite_config.json").write_text(json.dumps(config))
    (folder / "jupyter-lite.json").write_text(json.dumps(page))


def leave_keys_to_widgets(schemas):
    """Arrow keys on a slider are the slider's: JupyterLite would move to the next cell instead."""
    anywhere = ".jp-mod-commandMode:not(.jp-mod-readWrite) :focus"
    text = schemas.read_text(encoding="utf-8")
    schemas.write_text(text.replace(anywhere, f"{anywhere}:not(.jupyter-widgets *)"), encoding="utf-8")


def start_early(site):
    """Python starts with the page, without what lessons do without: ssl, and jedi with its two thousand files."""
    asked = '"ssl","sqlite3","ipykernel","comm","pyodide_kernel","jedi","ipython"'
    for script in (site / "extensions/@jupyterlite/pyodide-kernel-extension/static").glob("*.js"):
        text = script.read_text(encoding="utf-8").replace(asked, json.dumps(AT_START)[1:-1])
        if "via service worker" in text and "self.webpackChunk" not in text:  # the kernel's worker
            head = (HERE / "start_python.js").read_text(encoding="utf-8")
            text = head.replace("$env", json.dumps(PYTHON["env"])).replace("$lines", json.dumps(FIRST_LINES)) + text
            early = (HERE / "early_python.js").read_text(encoding="utf-8")
            put_first(site, early.replace("$worker", script.relative_to(site).as_posix()))
        script.write_text(text, encoding="utf-8")


def put_first(site, text):
    """Every page of JupyterLite loads config-utils.js first: put a script of ours before it."""
    first = site / "config-utils.js"
    first.write_text(text + first.read_text(encoding="utf-8"), encoding="utf-8")


def build(source, out):
    """Build the site into the folder out; ValueError when that holds something else than an older site."""
    if out.exists() and any(out.iterdir()) and not (out / "jupyter-lite.json").exists():
        raise ValueError(f"{out} holds something else; choose a new folder for the site.")
    # Lessons that train are drawn while the rest is built.
    with tempfile.TemporaryDirectory() as scratch, ProcessPoolExecutor(2) as pool:
        drawn = pool.map(draw, lessons())
        lite = Path(scratch)
        collect_wheels(lite / "wheels")
        write_pyodide(source, lite / "wheels", lite / "static" / "pyodide")
        megabytes = round(sum(file.stat().st_size for file in (lite / "static").rglob("*.*")) / 1e6)
        write_lessons(lite / "lessons", megabytes)
        write_config(lite)
        command = [sys.executable, "-m", "jupyterlite_core", "build"]
        run = subprocess.run(command, cwd=lite, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if run.returncode:
            sys.exit(f"JupyterLite could not build the site:\n{run.stdout[-3000:]}")
        leave_keys_to_widgets(lite / "site" / "build" / "schemas" / "all.json")
        start_early(lite / "site")
        put_first(lite / "site", newer_lesson("new URL('.', import.meta.url)"))
        for script in ("keep_pictures.js", "while_busy.js"):
            put_first(lite / "site", (HERE / script).read_text(encoding="utf-8"))
        write_landing_page({name: made for part in drawn for name, made in part.items()}, lite / "site", megabytes)
        shutil.rmtree(out, ignore_errors=True)
        shutil.move(lite / "site", out)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pyodide", default=SOURCE, help="a folder, or an address that ends in /, with its files")
    parser.add_argument("--out", default=ROOT / "site", type=Path, help="the folder to write (default: site)")
    arguments = parser.parse_args()
    try:
        build(arguments.pyodide, arguments.out)
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        sys.exit(f"The site could not be built: {error}")
    size = sum(file.stat().st_size for file in arguments.out.rglob("*") if file.is_file()) / 1e6
    print(f"wrote {arguments.out}: {size:.0f} MB; look at it with: python -m http.server --directory {arguments.out}")
