"""Every lesson in a real JupyterLab page: it runs to the end, and each control of each panel moves picture and caption."""

import re
import shutil
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import NOTEBOOKS, browser_page, jupyterlab, run_all_cells, run_from_menu

# The frame with its caption: one step of a run that has long arrived changes nothing but a number in the caption.
PICTURE = "(panel) => panel.querySelector('.lesson-picture').innerHTML"
LOADED = """([panel, before]) => { const picture = panel.querySelector('.lesson-picture');
            return picture.innerHTML !== before && picture.getBoundingClientRect().height > 100; }"""

READOUT = "xpath=ancestor::*[contains(@class, 'widget-inline-hbox')][1]//*[contains(@class, 'widget-readout')]"


@pytest.fixture(scope="module")
def lab(tmp_path_factory, chromium):
    """(page, address) of a JupyterLab that serves a copy of the notebooks: a page saves what it shows."""
    root, scratch = tmp_path_factory.mktemp("served"), tmp_path_factory.mktemp("jupyter")
    for path in NOTEBOOKS:
        shutil.copy(path, root)
    with jupyterlab(root, scratch) as address, browser_page(chromium) as page:
        yield page, address


def caption_of(panel):
    return panel.query_selector(".lesson-caption").inner_text().strip()


def moves(page, panel, action):
    """Do something to a control and wait for a new, loaded picture."""
    before = panel.evaluate(PICTURE)
    action()
    page.wait_for_function(LOADED, arg=[panel, before], timeout=5000)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_control_of_every_panel_moves_the_picture(lab, path, artifacts):
    page, address = lab
    run_all_cells(page, address, path.name)
    page.screenshot(path=artifacts / f"{path.stem}_top.png")
    errors = page.query_selector_all('[data-mime-type="application/vnd.jupyter.error"]')
    assert not errors, errors[0].inner_text()
    assert not page.query_selector_all('[data-mime-type="application/vnd.jupyter.stderr"]')
    panels = page.query_selector_all(".lesson-panel")
    assert len(panels) == path.read_text().count('"image/png": "')
    for number, panel in enumerate(panels):
        panel.scroll_into_view_if_needed()
        page.wait_for_timeout(200)
        panel.screenshot(path=artifacts / f"{path.stem}_{number}_start.png")
        start = caption_of(panel)
        assert start
        for button in panel.query_selector_all("button:text-is('more')"):
            button.click()
        for slider in panel.query_selector_all(".noUi-handle"):
            if not slider.is_visible():
                continue
            there = slider.query_selector(READOUT).inner_text()
            moves(page, panel, lambda: press_until_moved(slider, "ArrowLeft"))
            moves(page, panel, lambda: slider.press("End"))
            page.wait_for_timeout(150)
            at_the_end = caption_of(panel)
            panel.screenshot(path=artifacts / f"{path.stem}_{number}_end.png")
            moves(page, panel, lambda: slider.press("Home"))
            page.wait_for_timeout(150)
            assert caption_of(panel) != at_the_end
            panel.screenshot(path=artifacts / f"{path.stem}_{number}_home.png")
            assert "cannot be drawn" not in caption_of(panel)
            # The next knob is tried from where the lesson starts.
            type_into(slider.query_selector(READOUT), page, there)
            page.wait_for_timeout(150)
        for select in panel.query_selector_all("select"):
            moves(page, panel, lambda: select.select_option(index=1))
            assert caption_of(panel) != start
            panel.screenshot(path=artifacts / f"{path.stem}_{number}_end.png")
        for field in panel.query_selector_all("input[type=text]"):
            before = caption_of(panel)
            moves(page, panel, lambda: field.type("a"))  # a key press, as a learner types it
            page.wait_for_timeout(150)
            typed = caption_of(panel)
            assert typed != before and "cannot be drawn" not in typed
            for text in ("", "Z0ë!", "x" * 60, "zz"):
                field.fill(text)
                page.wait_for_timeout(300)
                assert caption_of(panel) != typed and "cannot be drawn" not in caption_of(panel)
            panel.screenshot(path=artifacts / f"{path.stem}_{number}_end.png")
        for reset, step in zip(*(panel.query_selector_all(f"button:has-text('{name}')") for name in ("reset", "step"))):
            reset.click()
            page.wait_for_timeout(300)
            moves(page, panel, step.click)
    for quiz in page.query_selector_all(".lesson-quiz"):
        quiz.query_selector("input[type=radio]").click()
        page.wait_for_timeout(150)
        assert re.search("Right|Not quite", quiz.inner_text())
    outputs = {"include": [[".lesson-panel"], [".lesson-quiz"]]}
    unfit = Axe().run(page, context=outputs).response["violations"]
    assert not unfit, [(rule["id"], rule["nodes"][0]["html"][:300]) for rule in unfit]
    quiz.screenshot(path=artifacts / f"{path.stem}_quiz.png")


def type_into(readout, page, text):
    """Type a number beside a slider, with the minus sign of a keyboard."""
    readout.click()
    page.keyboard.press("Control+A")
    page.keyboard.type(text.replace("−", "-"))
    page.keyboard.press("Enter")


def press_until_moved(slider, key):
    """Press the key, or the opposite one where the slider already stands at that end."""
    readout = slider.query_selector(READOUT)
    before = readout.inner_text()
    slider.press(key)
    if readout.inner_text() == before:
        slider.press("ArrowRight")


def open_descent_panel(lab):
    """The first panel of lesson 02 that has a map: its page, the panel and the handle of its learning rate."""
    page, address = lab
    run_all_cells(page, address, "02_gradient_descent.ipynb")
    panel = next(p for p in page.query_selector_all(".lesson-panel") if "The learning rate" in caption_of(p))
    panel.scroll_into_view_if_needed()
    return page, panel, panel.query_selector(".noUi-handle")


def shown_rate(panel):
    """(learning rate that the control shows, learning rate that the caption speaks of)"""
    readout = float(panel.query_selector(".widget-readout").inner_text())
    return readout, float(re.search(r"The learning rate ([\d.e-]+) is", caption_of(panel)).group(1))


def wild_drag(page, panel):
    """Drag the panel's first slider to and fro for three seconds, and let go of it near two thirds of its track."""
    track = panel.query_selector(".noUi-target").bounding_box()
    box = panel.query_selector(".noUi-handle").bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, y)
    page.mouse.down()
    end = time.monotonic() + 3
    sweep = 0
    while time.monotonic() < end:
        sweep += 0.05
        page.mouse.move(track["x"] + track["width"] * abs(sweep % 2 - 1), y)
    page.mouse.move(track["x"] + track["width"] * 0.62, y)
    page.mouse.up()


def test_after_a_wild_drag_the_picture_shows_the_last_value(lab):
    page, panel, _ = open_descent_panel(lab)
    wild_drag(page, panel)
    page.wait_for_timeout(1000)
    shown, told = shown_rate(panel)
    assert told == pytest.approx(shown, rel=0.01)


def test_a_typed_value_moves_picture_and_caption(lab):
    page, panel, _ = open_descent_panel(lab)
    moves(page, panel, lambda: type_into(panel.query_selector(".widget-readout"), page, "1.0"))
    page.wait_for_timeout(300)
    assert shown_rate(panel) == pytest.approx((1.0, 1.0))


def test_play_runs_and_pauses_by_keyboard(lab):
    page, address = lab
    run_all_cells(page, address, "00_start_here.ipynb")
    run = page.query_selector(".lesson-panel button:has-text('run')")
    run.scroll_into_view_if_needed()
    panel = run.evaluate_handle("button => button.closest('.lesson-panel')").as_element()
    moves(page, panel, lambda: (run.focus(), page.keyboard.press("Space")))
    page.wait_for_timeout(1000)
    assert run.inner_text() == "pause"
    page.keyboard.press("Space")
    page.wait_for_timeout(500)
    held = caption_of(panel)
    page.wait_for_timeout(600)
    assert caption_of(panel) == held
    moves(page, panel, panel.query_selector("button:has-text('reset')").click)
    assert "Round 1, guess" in caption_of(panel)


def test_the_playground_answers_while_it_trains_and_runs_by_keyboard(lab):
    page, address = lab
    run_all_cells(page, address, "05_neural_networks.ipynb")
    rate = page.get_by_text("hidden layers").locator("xpath=ancestor::*[contains(@class, 'lesson-panel')]").last
    panel = rate.element_handle()
    panel.scroll_into_view_if_needed()
    buttons = {name: panel.query_selector(f"button:has-text('{name}')") for name in ("step", "run", "reset")}
    moves(page, panel, lambda: (buttons["reset"].focus(), page.keyboard.press("Enter")))
    assert caption_of(panel).startswith("After 0 steps")
    moves(page, panel, lambda: (buttons["step"].focus(), page.keyboard.press("Enter")))
    page.wait_for_timeout(200)
    assert caption_of(panel).startswith("After 10 steps")
    moves(page, panel, lambda: (buttons["run"].focus(), page.keyboard.press("Space")))
    page.wait_for_timeout(1200)
    page.keyboard.press("Space")
    page.wait_for_timeout(500)
    held = caption_of(panel)
    assert int(re.search(r"After (\d+) steps", held).group(1)) >= 40
    page.wait_for_timeout(500)
    assert caption_of(panel) == held
    sliders = panel.query_selector_all(".noUi-handle")
    moves(page, panel, lambda: sliders[-1].press("End"))  # all rounds: every other knob now trains anew
    page.wait_for_timeout(500)
    seconds = []
    for key in ("ArrowLeft",) * 5:
        start = time.monotonic()
        moves(page, panel, lambda: sliders[-2].press(key))
        seconds.append(time.monotonic() - start)
        page.wait_for_timeout(200)
    print(f"learning rate to picture, 800 steps trained anew: {sorted(seconds)[2] * 1000:.0f} ms")
    assert sorted(seconds)[2] < 0.4  # 0.15 on a quiet machine; this one also drives the browser


def test_a_lesson_runs_in_notebook_7(lab, tmp_path_factory, artifacts):
    page, _ = lab
    root, scratch = tmp_path_factory.mktemp("served"), tmp_path_factory.mktemp("jupyter")
    path = NOTEBOOKS[0]
    shutil.copy(path, root)
    with jupyterlab(root, scratch, "notebook") as address:
        page.goto(f"{address}/notebooks/{path.name}")
        page.wait_for_function("() => /Idle|Python 3/.test(document.body.innerText)", timeout=60000)
        run_from_menu(page, path)
        assert not page.query_selector_all('[data-mime-type="application/vnd.jupyter.error"]')
        panel = page.query_selector(".lesson-panel")
        panel.scroll_into_view_if_needed()
        track = panel.query_selector(".noUi-target").bounding_box()
        before = caption_of(panel)
        y = track["y"] + track["height"] / 2
        moves(page, panel, lambda: page.mouse.click(track["x"] + track["width"] * 0.3, y))
        page.wait_for_timeout(200)
        assert caption_of(panel) != before
        page.screenshot(path=artifacts / "notebook_7.png")
