"""How fast the site's first page answers the hand, in Chromium and Firefox; site_latency.py calls it.

A slider is dragged to and fro by the browser's own input for three seconds, and turned by keys. A picture counts when
it is painted: one animation frame and one task after it has changed.
"""

import itertools
import json
import socket
import statistics
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from websocket import create_connection

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from conftest import QUIET_CHROMIUM  # noqa: E402

# Key presses, moves, painted pictures, and how often the screen was drawn at all.
PROBE = """
window.probe = {keys: [], paints: [], moves: 0, frames: 0};
addEventListener('keydown', event => probe.keys.push(event.timeStamp), true);
document.querySelector('.hero input').addEventListener('input', () => { probe.moves += 1; });
const count = () => { probe.frames += 1; requestAnimationFrame(count); };
requestAnimationFrame(count);
let waiting = false;
new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    const channel = new MessageChannel();
    channel.port1.onmessage = () => probe.paints.push(performance.now());
    channel.port2.postMessage(0);
  });
}).observe(document.querySelector('.hero .picture'), {subtree: true, childList: true});
"""
READY = "document.querySelector('.hero .player.alive')"
TRACK = """(() => { const r = document.querySelector('.hero input').getBoundingClientRect();
  return [r.left + 8, r.width - 16, r.top + r.height / 2]; })()"""
START, COUNTS = "probe.paints = [], probe.moves = probe.frames = 0", "[probe.paints.length, probe.moves, probe.frames]"
# WebDriver waits for the page after each move, so a script moves the slider as fast as a mouse would.
BY_SCRIPT = """
const slider = document.querySelector('.hero input'), last = Number(slider.max);
let move = 0;
const clock = setInterval(() => {
  slider.value = last * Math.abs(move++ * 0.012 % 2 - 1);
  slider.dispatchEvent(new Event('input', {bubbles: true}));
}, 8);
setTimeout(() => clearInterval(clock), 3000);
"""
SECONDS, PRESSES = 3.0, 30


def to_and_fro(track, moves):
    left, width, y = track
    return [(left + width * abs(move * 0.012 % 2 - 1), y) for move in range(moves)]


def latencies(evaluate, press):
    """Milliseconds from each key press to the painted picture."""
    found = []
    evaluate("document.querySelector('.hero input').focus()")
    for number in range(PRESSES + 3):
        evaluate("probe.keys = [], probe.paints = []")
        press("ArrowRight" if number // 8 % 2 else "ArrowLeft")
        end = time.monotonic() + 5
        while not evaluate("probe.paints.length") and time.monotonic() < end:
            time.sleep(0.02)
        found.append(evaluate("probe.paints[0] - probe.keys[0]"))
        time.sleep(0.013 * (number % 5))  # no two in step with the screen
    return found[3:]


def in_chromium(chromium, address, **device):
    """(milliseconds of keys; a second in a drag: pictures, changes of the slider, the screen's own frames)"""
    from playwright.sync_api import sync_playwright

    port = free_port()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=[*QUIET_CHROMIUM, f"--remote-debugging-port={port}"]
        )
        if name := device.pop("name", None):
            device = {key: value for key, value in playwright.devices[name].items() if key != "default_browser_type"}
        page = browser.new_context(**({"viewport": {"width": 1280, "height": 1000}} | device)).new_page()
        page.goto(address)
        page.wait_for_function(f"{READY} !== null")
        page.evaluate(PROBE)
        page.locator(".hero").scroll_into_view_if_needed()
        page.wait_for_timeout(1000)
        keys = latencies(page.evaluate, page.keyboard.press)
        track = page.evaluate(TRACK)
        page.evaluate(START)
        seconds = drag(port, address, track, by_touch if device.get("has_touch") else by_mouse)
        counts = page.evaluate(COUNTS)
        browser.close()
    return keys, *(count / seconds for count in counts)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def by_mouse(kind, x, y):
    names = {"down": "mousePressed", "move": "mouseMoved", "up": "mouseReleased"}
    return "Input.dispatchMouseEvent", {
        "type": names[kind], "x": x, "y": y, "button": "left", "buttons": int(kind != "up"), "clickCount": 1,
    }  # fmt: skip


def by_touch(kind, x, y):
    names = {"down": "touchStart", "move": "touchMove", "up": "touchEnd"}
    return "Input.dispatchTouchEvent", {
        "type": names[kind], "touchPoints": [] if kind == "up" else [{"x": x, "y": y}]
    }  # fmt: skip


def drag(port, address, track, event):
    """Drag for a while, a move every 8 ms, none of which waits for an answer -> how long it took."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/json") as answer:
        page = next(target for target in json.load(answer) if target["url"].startswith(address))
    hand = create_connection(page["webSocketDebuggerUrl"], suppress_origin=True)
    number = itertools.count()

    def send(kind, x, y):
        method, params = event(kind, x, y)
        hand.send(json.dumps({"id": next(number), "method": method, "params": params}))

    places = to_and_fro(track, round(SECONDS / 0.008))
    send("down", *places[0])
    start = time.monotonic()
    for count, place in enumerate(places):
        send("move", *place)
        time.sleep(max(0, start + count * 0.008 - time.monotonic()))
    send("up", *places[-1])
    for _ in range(len(places) + 2):
        hand.recv()
    seconds = time.monotonic() - start
    hand.close()
    return seconds


def in_firefox(address, scale, by_script=False):
    """The same in Firefox, by its WebDriver BiDi, or dragged by a script of the page."""
    from test_engines import firefox, wait_for

    with tempfile.TemporaryDirectory() as scratch:
        evaluate, hand, visit, stop, send = firefox(Path(scratch), scale)
        try:
            visit(address)
            wait_for(evaluate, f"{READY} !== null", 60)
            evaluate(f"{{ {PROBE} }}")
            time.sleep(1)

            def value(expression):
                return evaluate(f"({expression})")

            def press(key):
                code = {"ArrowLeft": "\ue012", "ArrowRight": "\ue014"}[key]
                steps = [{"type": "keyDown", "value": code}, {"type": "keyUp", "value": code}]
                send("input.performActions", actions=[{"type": "key", "id": "keys", "actions": steps}])

            keys = latencies(value, press)
            places = to_and_fro(value(TRACK), round(SECONDS / 0.008))
            hand(places[:2], 8)
            value(START)
            start = time.monotonic()
            if by_script:
                evaluate(f"{{ {BY_SCRIPT} }}")
                time.sleep(SECONDS)
            else:
                hand(places, 8)
            seconds = time.monotonic() - start
            counts = value(COUNTS)
        finally:
            stop()
    return keys, *(count / seconds for count in counts)


WHERE = {
    "Chromium, scale 1": lambda chromium, address: in_chromium(chromium, address),
    "Chromium, scale 2": lambda chromium, address: in_chromium(chromium, address, device_scale_factor=2),
    "Chromium as a Pixel 5, by touch": lambda chromium, address: in_chromium(chromium, address, name="Pixel 5"),
    "Firefox, scale 1": lambda _, address: in_firefox(address, 1),
    "Firefox, scale 2": lambda _, address: in_firefox(address, 2),
    "Firefox, scale 1, moved by a script": lambda _, address: in_firefox(address, 1, by_script=True),
    "Firefox, scale 2, moved by a script": lambda _, address: in_firefox(address, 2, by_script=True),
}


def table(chromium, address):
    """The lines of a table in Markdown."""
    from live_latency import percentile

    counted = "95 % ms", "pictures/s in a drag", "moves/s", "screen's frames/s"
    heads = "the first page", "key → painted, median ms", *counted
    lines = [f"| {' | '.join(heads)} |", "|---|---|---|---|---|---|"]
    for where, measure in WHERE.items():
        keys, *counts = measure(chromium, address)
        median, late = statistics.median(keys), percentile(keys, 0.95)
        lines.append(f"| {where} | {median:.1f} | {late:.1f} | {' | '.join(f'{count:.0f}' for count in counts)} |")
        print(lines[-1], flush=True)
    return lines
