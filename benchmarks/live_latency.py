"""Measure how fast a slider moves a picture in a real JupyterLab page: python benchmarks/live_latency.py

Three ways are measured in one run, so that their ratios hold on any machine: a bare text that echoes the slider (the
floor of everything that a kernel answers), `interact` with plt.show, and this course's panel. The last two draw the
very same scene: 100 steps of descent on a map, and the loss per step. Then the time that the kernel spends on a
frame of every panel of every lesson. Writes benchmarks/results.md. Needs tests/requirements.txt and Chromium.
"""

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from datetime import date
from importlib.metadata import version
from pathlib import Path

import nbformat
import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from conftest import NOTEBOOKS, browser_page, jupyterlab, run_all_cells  # noqa: E402

BOWL = """
import numpy as np
A = np.array([1.0, 10.0])
def loss(w): return (A * w * w).sum() / 2
def gradient(w): return A * w
"""
WAYS = {
    "bare text (the floor)": """
import ipywidgets as widgets
slider = widgets.FloatLogSlider(min=-3, max=0, step=0.025, value=0.03, description="learning rate")
echo = widgets.HTML("0"); echo.add_class("measured")
slider.observe(lambda change: setattr(echo, "value", f"<b>{change['new']:.4f}</b>"), "value")
display(widgets.VBox([slider, echo]))
""",
    "interact + plt.show": BOWL + """
import matplotlib.pyplot as plt
from ipywidgets import FloatLogSlider, interact
from lessons_lib import scenes, stage
scene = scenes.descent(loss, gradient, start=(4, -3))
@interact(learning_rate=FloatLogSlider(min=-3, max=0, step=0.025, value=0.03, description="learning rate"))
def draw(learning_rate):
    with plt.rc_context(stage.STYLE):
        figure = plt.figure(figsize=(9, 4), dpi=100)
        scene(figure)(learning_rate=learning_rate, n_steps=100)
        for artist in figure.findobj():
            artist.set_animated(False)
        plt.show()
""",
    "this course's panel": BOWL + """
from lessons_lib import scenes
from lessons_lib.live import int_slider, log_slider, panel
scene = scenes.descent(loss, gradient, start=(4, -3))
panel(scene, learning_rate=log_slider(1e-3, 1, 0.03), n_steps=int_slider(1, 200, 100))
""",
}  # fmt: skip

# A change counts when it is painted: one animation frame and one task after the picture has loaded or the text changed.
PROBE = """
window.probe = {keys: [], paints: [], release: 0};
const painted = () => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => probe.paints.push(performance.now());
  channel.port2.postMessage(0);
});
addEventListener('keydown', event => probe.keys.push(event.timeStamp), true);
addEventListener('pointerup', event => { probe.release = event.timeStamp; }, true);
document.addEventListener('load', event => { if (event.target.tagName === 'IMG') painted(); }, true);
new MutationObserver(changes => {
  if (changes.some(change => change.target.parentElement?.closest('.measured, .lesson-picture'))) painted();
}).observe(document, {subtree: true, childList: true, characterData: true});
"""
QUIET = """milliseconds => new Promise(done => { const look = () => {
  const last = Math.max(probe.paints.at(-1) ?? 0, probe.start ?? 0);
  performance.now() - last > milliseconds ? done() : setTimeout(look, 10); };
  probe.start = performance.now(); look(); })"""


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, round(share * (len(values) - 1)))]


def press_keys(page, handle, presses):
    """Milliseconds from key press to painted picture, one per press."""
    handle.focus()
    milliseconds = []
    for number in range(presses + 5):
        page.evaluate("() => { probe.keys = []; probe.paints = []; }")
        page.keyboard.press("ArrowRight" if number // 10 % 2 == 0 else "ArrowLeft")
        page.wait_for_function("probe.paints.length > 0", timeout=10000, polling=5)
        milliseconds.append(page.evaluate("probe.paints[0] - probe.keys[0]"))
        page.evaluate(QUIET, 120)
    return milliseconds[5:]  # the first ones warm up


def drag(page, handle, seconds=3.0):
    """(painted updates per second in a wild drag, milliseconds from release to the last painted update)"""
    track = handle.evaluate_handle("handle => handle.closest('.noUi-target')").as_element().bounding_box()
    box = handle.bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, y)
    page.mouse.down()
    page.evaluate("() => { probe.paints = []; }")
    start, moves = time.monotonic(), 0
    while time.monotonic() - start < seconds:
        moves += 1
        page.mouse.move(track["x"] + track["width"] * abs(moves * 0.008 % 2 - 1), y)
        time.sleep(max(0, start + moves * 0.008 - time.monotonic()))
    page.mouse.up()
    page.evaluate(QUIET, 1000)
    paints, release = page.evaluate("[probe.paints, probe.release]")
    return sum(t <= release for t in paints) / seconds, max(0, paints[-1] - release)


def measure(page, address, root, way, presses, drags):
    cell = nbformat.v4.new_code_cell(WAYS[way].strip())
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": kernel}), root / "measured.ipynb")
    run_all_cells(page, address, "measured.ipynb")
    handle = page.wait_for_selector(".noUi-handle")
    page.wait_for_timeout(1500)
    return press_keys(page, handle, presses), [drag(page, handle) for _ in range(drags)]


def in_the_browser(chromium, presses, drags, rounds):
    """Way -> (milliseconds of all presses, results of all drags); the ways take turns."""
    results = {way: ([], []) for way in WAYS}
    for _ in range(rounds):
        for way in WAYS:
            with tempfile.TemporaryDirectory() as folder:
                root, scratch = Path(folder, "served"), Path(folder, "jupyter")
                root.mkdir()
                with jupyterlab(root, scratch) as address, browser_page(chromium) as page:
                    page.add_init_script(PROBE)
                    keys, dragged = measure(page, address, root, way, presses, drags)
            results[way][0].extend(keys)
            results[way][1].extend(dragged)
    return results


def in_the_kernel():
    """(lesson, number of the panel, knob, milliseconds for a frame) of every panel with a control."""
    from test_captions import panels_of
    from test_panels import median_seconds, values_of

    for path in NOTEBOOKS:
        for number, (panel, _) in enumerate(panels_of(path)):
            for name, control in panel.controls.items():
                low, high, *_ = values_of(control, np.random.default_rng(0))

                def frame(panel=panel, name=name, low=low, high=high):
                    panel.set(**{name: low if panel.values[name] != low else high})

                yield path.stem, number, name, 1000 * median_seconds(frame, 25)


def report(browser, kernel):
    info = Path("/proc/cpuinfo")
    names = [line for line in info.read_text().splitlines() if line.startswith("model name")] if info.exists() else []
    cpu = names[0].split(":")[1].strip() if names else platform.processor()
    versions = ", ".join(f"{name} {version(name)}" for name in ("jupyterlab", "ipywidgets", "matplotlib", "numpy"))
    floor_keys, floor_drags = browser["bare text (the floor)"]
    floor = statistics.median(floor_keys), percentile(floor_keys, 0.95), statistics.median(s for _, s in floor_drags)
    lines = [
        "# Slider to picture, measured",
        "",
        f"{date.today()}, {os.cpu_count()} cores, {cpu}, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, {versions}; headless Chromium, server and kernel on one machine.",
        "",
        f"{len(floor_keys)} key presses and {len(floor_drags)} drags of 3 s each way; the ways took turns. "
        "Settled: from release to the last painted change.",
        "",
        "| way | key → painted, median ms | × floor | 95 % ms | × floor | updates/s in a drag | settled, ms |",
        "|---|---|---|---|---|---|---|",
    ]
    for way, (keys, drags) in browser.items():
        median, late = statistics.median(keys), percentile(keys, 0.95)
        updates, settle = (statistics.median(column) for column in zip(*drags))
        lines.append(f"| {way} | {median:.1f} | {median / floor[0]:.2f} | {late:.1f} | {late / floor[1]:.2f} | "
                     f"{updates:.1f} | {settle:.0f} |")  # fmt: skip
    ours, naive = browser["this course's panel"][0], browser["interact + plt.show"][0]
    times = statistics.median(naive) / statistics.median(ours)
    lines += ["", f"The panel answers {times:.1f} times as fast as `interact`.", ""]
    lines += ["## What the kernel spends on a frame", "", "| lesson | panel | knob | ms |", "|---|---|---|---|"]
    for lesson, number, name, milliseconds in kernel:
        lines.append(f"| {lesson} | {number} | {name.replace('_', ' ')} | {milliseconds:.1f} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--presses", type=int, default=40)
    parser.add_argument("--drags", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=2)
    chosen = parser.parse_args()
    kernel = list(in_the_kernel())
    text = report(in_the_browser(chosen.chromium, chosen.presses, chosen.drags, chosen.rounds), kernel)
    (ROOT / "benchmarks" / "results.md").write_text(text)
    print(text)
