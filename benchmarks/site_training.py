"""Measure what takes long in the static site's browser: python benchmarks/site_training.py SITE

SITE is the folder that publish/static_site.py wrote. Runs every cell of the lessons that train, on the site and in
JupyterLab, and tells of each cell of two seconds or more: how long it took in either, the longest time that its bar
or its picture's words stood still, and the page's longest stall meanwhile. Writes benchmarks/site_training.md. Needs
tests/requirements.txt and Chromium.
"""

import argparse
import os
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

import nbformat
from site_latency import served

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from conftest import NOTEBOOKS, browser_page, choose_run_all, jupyterlab, run_all_cells  # noqa: E402
from test_site import page_without_other_hosts  # noqa: E402

LESSONS = [path for path in NOTEBOOKS if path.stem[:2] in ("07", "09", "10")]
SHORTEST = 2  # seconds of a cell that is told of
# Per frame of the page: the cell that runs, from when to when, how long what it shows stood still, the longest frame.
WATCH = """() => {
  let last = performance.now(), seen = '', changed = last;
  window.runs = {};
  function look() {
    const now = performance.now();
    const all = [...document.querySelectorAll('.jp-CodeCell')];
    const at = all.findIndex(cell => cell.querySelector('.jp-InputArea-prompt').textContent === '[*]:');
    if (at >= 0) {
      if (!(at in window.runs)) {
        window.runs[at] = {from: now, still: 0, stall: 0, changes: 0};
        [changed, seen] = [now, ''];
      }
      const run = window.runs[at];
      run.stall = Math.max(run.stall, now - last);
      const shows = all[at].querySelector('.jp-OutputArea')?.textContent || '';
      if (shows !== seen) { run.changes++; changed = now; seen = shows; }
      run.still = Math.max(run.still, now - changed);
      run.to = now;
    }
    last = now;
    requestAnimationFrame(look);
  }
  look();
}"""
DONE = """() => { const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputArea-prompt')];
  return prompts.some(p => /\\d/.test(p.textContent)) && prompts.every(p => p.textContent !== '[*]:'); }"""


def watched(page, run):
    """Run all cells by run() -> {number of the code cell: {from, to, still, stall in ms, changes}}."""
    page.evaluate(f"({WATCH})()")
    run()
    page.wait_for_function(DONE, timeout=900000)
    return {int(cell): told for cell, told in page.evaluate("window.runs").items()}


def on_the_site(chromium, site, path):
    with served(site) as address, page_without_other_hosts(chromium, address) as (page, _):
        page.goto(f"{address}notebooks/index.html?path={path.name}")
        return watched(page, lambda: choose_run_all(page))


def lessons_in(scratch):
    """Copies of the lessons, which a page may save."""
    return shutil.copytree(ROOT / "notebooks", Path(scratch) / "lessons")


def in_jupyterlab(page, lab, path):
    page.goto("about:blank")
    page.add_init_script(f"addEventListener('DOMContentLoaded', {WATCH})")
    run_all_cells(page, lab, path.name, seconds=600)
    return {int(cell): told for cell, told in page.evaluate("window.runs").items()}


def rows(path, browser, lab):
    """A line of the table for every cell that takes long in the browser."""
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    for at, told in browser.items():
        seconds = (told["to"] - told["from"]) / 1000
        if seconds >= SHORTEST:
            there = (lab[at]["to"] - lab[at]["from"]) / 1000 if at in lab else 0.0  # shorter than a frame
            yield (f"| {path.stem} | {cells[at].id} | {seconds:.0f} | {there:.0f} | {told['still'] / 1000:.1f} "
                   f"| {told['stall']:.0f} |")  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, jupyterlab(lessons_in(scratch), Path(scratch)) as lab:
        lines = [
            "# Cells that take long in the browser",
            "",
            f"{date.today()}, {os.cpu_count()} cores, headless Chromium; by `benchmarks/site_training.py`. Cells of "
            f"{SHORTEST} seconds or more on the static site; without a change: of the bar, or of the picture's words.",
            "",
            "| lesson | cell | s on the site | s in JupyterLab | s without a change | the page's longest stall, ms |",
            "|---|---|---|---|---|---|",
        ]
        for path in LESSONS:
            there = on_the_site(arguments.chromium, arguments.site, path)
            with browser_page(arguments.chromium) as page:
                lines += rows(path, there, in_jupyterlab(page, lab, path))
            print(*lines[-8:], sep="\n")
        lines += [
            "",
            f"Load of the machine at the end: {os.getloadavg()[0]:.1f}; above 2, all takes longer.",
        ]
    Path(__file__).with_suffix(".md").write_text("\n".join(lines) + "\n")
