"""Lesson 02 in the other browsers' engines: a slider is dragged by hand, the picture is never blank, the last value wins.

Firefox is driven by its own WebDriver BiDi, WebKit by Debian's driver on a virtual screen.
"""

import contextlib
import glob
import itertools
import json
import os
import shutil
import subprocess
import time

import pytest
from conftest import NOTEBOOKS, STARTED, jupyterlab, lacking
from websocket import create_connection

LESSON = next(path for path in NOTEBOOKS if path.stem == "02_gradient_descent")
PANEL = "[...document.querySelectorAll('.lesson-panel')].find(p => p.innerText.includes('The learning rate'))"
READY = "!!window.jupyterapp && !!document.querySelector('.jp-CodeCell')"
# Count the animation frames, and those in which the picture has nothing to show.
WATCH = f"""
window.frames_seen = 0; window.blank = 0; window.watching = true;
const picture = {PANEL}.querySelector('.lesson-picture');
const look = () => {{
  const drawn = [...picture.querySelectorAll('svg')].filter(svg => svg.childElementCount && svg.clientHeight > 100);
  frames_seen += 1;
  if (drawn.length < 2) blank += 1;
  if (watching) requestAnimationFrame(look);
}};
requestAnimationFrame(look)"""


def firefox(scratch, scale=1):
    """(evaluate, drag, visit, quit, send) of a headless Firefox; send(method, **params) speaks WebDriver BiDi."""
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    if not path:
        lacking("no Firefox was found: install it (Debian: apt install firefox-esr) to run the lesson in it.")
    command = [path, "--headless", "--no-remote", "--profile", str(scratch / "profile"), "--remote-debugging-port=0"]
    (scratch / "profile").mkdir(parents=True)
    browser = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    address = next(line.split()[-1] for line in browser.stderr if "WebDriver BiDi listening" in line)
    socket = create_connection(f"{address}/session", timeout=120, suppress_origin=True)
    numbers = itertools.count()

    def send(method, **params):
        socket.send(json.dumps({"id": (number := next(numbers)), "method": method, "params": params}))
        while (reply := json.loads(socket.recv())).get("id") != number:
            pass
        assert reply["type"] == "success", reply
        return reply["result"]

    send("session.new", capabilities={})
    context = send("browsingContext.getTree")["contexts"][0]["context"]
    send(
        "browsingContext.setViewport", context=context, viewport={"width": 1280, "height": 1000}, devicePixelRatio=scale
    )

    def evaluate(script):
        result = send("script.evaluate", expression=f"JSON.stringify((() => {script})() ?? null)", awaitPromise=False,
                      target={"context": context})  # fmt: skip
        assert result["type"] == "success", result
        return json.loads(result["result"]["value"])

    def drag(points, duration=15):
        moves = [{"type": "pointerMove", "x": round(x), "y": round(y), "duration": duration} for x, y in points]
        actions = [moves[0], {"type": "pointerDown", "button": 0}, *moves[1:], {"type": "pointerUp", "button": 0}]
        send("input.performActions", context=context, actions=[{"type": "pointer", "id": "hand", "actions": actions}])

    def stop():
        socket.close()
        browser.terminate()
        browser.wait(20)

    def here(method, **params):
        return send(method, context=context, **params)

    return evaluate, drag, lambda url: here("browsingContext.navigate", url=url), stop, here


def webkit(scratch):
    """The same of a WebKitGTK in a window on a virtual screen."""
    programs = glob.glob("/usr/lib/*/webkit2gtk-4*/MiniBrowser")
    if not programs or not shutil.which("WebKitWebDriver") or not shutil.which("Xvfb"):
        lacking(
            "no WebKitGTK was found: install it (Debian: apt install webkit2gtk-driver xvfb) to run the lesson in it."
        )
    from selenium import webdriver
    from selenium.webdriver.common.actions.action_builder import ActionBuilder
    from selenium.webdriver.webkitgtk.options import Options
    from selenium.webdriver.webkitgtk.service import Service

    reading, writing = os.pipe()
    screen = subprocess.Popen(["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x1100x24"], pass_fds=[writing],
                              stderr=subprocess.DEVNULL)  # fmt: skip
    display = os.read(reading, 20).decode().strip()
    options = Options()
    options.binary_location = programs[0]
    options.add_argument("--automation")
    environment = os.environ | {"DISPLAY": f":{display}", "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
    driver = webdriver.WebKitGTK(options=options, service=Service(shutil.which("WebKitWebDriver"), env=environment))
    driver.set_window_size(1280, 1000)

    def drag(points):
        builder = ActionBuilder(driver, duration=15)
        hand = builder.pointer_action
        hand.move_to_location(*map(round, points[0]))
        hand.pointer_down()
        for point in points[1:]:
            hand.move_to_location(*map(round, point))
        hand.pointer_up()
        builder.perform()

    def stop():
        driver.quit()
        screen.terminate()

    return lambda script: driver.execute_script(f"return (() => {script})()"), drag, driver.get, stop


def wait_for(evaluate, condition, seconds):
    end = time.monotonic() + seconds
    while not evaluate(f"({condition})"):
        assert time.monotonic() < end, f"after {seconds} s still not: {condition}"
        time.sleep(0.3)


@pytest.mark.parametrize("engine", [firefox, webkit])
def test_a_drag_is_never_blank_and_its_last_value_wins(engine, tmp_path, artifacts):
    (tmp_path / "served").mkdir()
    shutil.copy(LESSON, tmp_path / "served")
    evaluate, drag, visit, stop, *_ = engine(tmp_path)
    try:
        with jupyterlab(tmp_path / "served", tmp_path / "jupyter") as address:
            visit(f"{address}/doc/tree/{LESSON.name}")
            wait_for(evaluate, READY, 120)
            for _ in range(8):  # cells that run before the kernel is there are lost
                evaluate("{ window.jupyterapp.commands.execute('notebook:run-all-cells') }")
                with contextlib.suppress(AssertionError):
                    wait_for(evaluate, f"({STARTED})()", 15)
                    break
            panels = LESSON.read_text(encoding="utf-8").count('"image/png": "')
            wait_for(evaluate, f"document.querySelectorAll('.lesson-panel').length === {panels}", 300)
            wait_for(evaluate, f"!!{PANEL}?.querySelector('.noUi-handle')?.getAttribute('aria-valuetext')", 30)
            evaluate(f"{{ {PANEL}.scrollIntoView({{block: 'center'}}) }}")
            time.sleep(1.5)
            track = evaluate(f"{{ const r = {PANEL}.querySelector('.noUi-target').getBoundingClientRect();"
                             "return [r.left, r.width, r.top + r.height / 2] }")  # fmt: skip
            handle = evaluate(f"{{ const r = {PANEL}.querySelector('.noUi-handle').getBoundingClientRect();"
                              "return r.left + r.width / 2 }")  # fmt: skip
            evaluate(f"{{ {WATCH} }}")
            to_and_fro = [abs((handle - track[0]) / track[1] + step / 40) % 2 for step in range(120)]
            places = [share if share <= 1 else 2 - share for share in to_and_fro] + [0.62]
            drag([(track[0] + share * track[1], track[2]) for share in places])
            time.sleep(2)
            frames, blank = evaluate("{ watching = false; return [frames_seen, blank] }")
            spoken, shown, said, told = evaluate(
                f"{{ const p = {PANEL}, h = p.querySelector('.noUi-handle'); return [h.getAttribute('aria-valuetext'),"
                "p.querySelector('.widget-readout').innerText, p.querySelector('.lesson-caption').innerText,"
                "p.querySelector('[role=status]').textContent] }"
            )
    finally:
        stop()
    assert frames > 30 and blank == 0
    assert spoken == shown and told == said
    assert f"The learning rate {float(shown):.3g}" in said
