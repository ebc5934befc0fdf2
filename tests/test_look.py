"""What eyes and screen readers get of a lesson in JupyterLab: sharpness, size, names, and zones where the handle is."""

import io
import re
import shutil
from urllib.parse import unquote

import numpy as np
import pytest
from conftest import NOTEBOOKS, QUIET_CHROMIUM, jupyterlab, run_all_cells
from PIL import Image
from playwright.sync_api import sync_playwright

LESSON = next(path for path in NOTEBOOKS if path.stem == "02_gradient_descent")


@pytest.fixture(scope="module")
def lesson(tmp_path_factory, chromium):
    """lesson(scale) -> a page with lesson 02, run to its end, on a screen of that scale."""
    root, scratch = tmp_path_factory.mktemp("served"), tmp_path_factory.mktemp("jupyter")
    shutil.copy(LESSON, root)
    with jupyterlab(root, scratch) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET_CHROMIUM)
        pages = {}

        def at(scale):
            if scale not in pages:
                size = {"width": 1280, "height": 1000}
                pages[scale] = browser.new_page(viewport=size, device_scale_factor=scale)
                run_all_cells(pages[scale], address, LESSON.name)
            return pages[scale]

        yield at
        browser.close()


def descent_panel(page):
    """The first panel of the lesson whose learning rate has zones."""
    panel = page.query_selector(".lesson-panel:has([class*='zones-'])")
    panel.scroll_into_view_if_needed()
    page.wait_for_timeout(700)
    return panel


def steepness(element, crop):
    """How steep the steepest edges of black on white are: mean of the 300 largest steps between neighbouring pixels."""
    image = Image.open(io.BytesIO(element.screenshot())).convert("L")
    left, top, right, bottom = crop
    image = image.crop((round(left * image.width), round(top * image.height), round(right * image.width),
                        round(bottom * image.height)))  # fmt: skip
    steps = np.abs(np.diff(np.asarray(image).astype(int), axis=1)).ravel()
    return np.sort(steps)[-300:].mean()


@pytest.mark.parametrize("scale", [1, 2])
def test_text_in_the_picture_is_as_sharp_as_the_caption(lesson, scale):
    panel = descent_panel(lesson(scale))
    picture = panel.query_selector(".lesson-picture [role=img]")
    # The strip with the names of the axes, below the frames: nothing else has edges there.
    in_the_picture = steepness(picture, (0.1, 0.90, 0.9, 1.0))
    in_the_caption = steepness(panel.query_selector(".lesson-caption"), (0, 0, 1, 1))
    assert in_the_picture >= 0.9 * in_the_caption, (in_the_picture, in_the_caption)


def test_the_picture_is_named_and_speaks_when_a_drag_pauses(lesson):
    page = lesson(1)
    panel = descent_panel(page)
    status, handle = panel.query_selector("[role=status]"), panel.query_selector(".noUi-handle")
    page.evaluate(
        "s => { window.spoken = []; new MutationObserver(() => spoken.push(s.textContent))"
        ".observe(s, {childList: true, characterData: true, subtree: true}) }", status)  # fmt: skip
    for _ in range(10):
        handle.press("ArrowRight")
        page.wait_for_timeout(60)
    page.wait_for_timeout(1200)
    caption = panel.query_selector(".lesson-caption").inner_text()
    assert panel.query_selector("[role=img]").get_attribute("aria-label") == caption
    assert status.evaluate("s => s.isConnected") and status.text_content() == caption
    assert page.evaluate("spoken.length") <= 3 and page.evaluate("spoken.at(-1)") == caption
    assert handle.get_attribute("aria-label") == "learning rate"
    readout = panel.query_selector(".widget-readout").inner_text()
    assert handle.get_attribute("aria-valuetext") == readout and float(readout) > 0
    titles = page.eval_on_selector_all(".lesson-panel [title]", "all => all.map(one => one.title)")
    assert "null" not in titles and any(title.startswith("learning rate: straight down up to") for title in titles)
    for handle in page.query_selector_all(".lesson-panel .noUi-handle"):
        assert handle.get_attribute("aria-label") and handle.get_attribute("aria-valuetext")


def painted_limit(page, panel):
    """(pixels of the longest line that is painted on the learning rate's track, its number)"""
    background = page.evaluate(
        "p => getComputedStyle(p.querySelector(\"[class*='zones-'] .slider\"), '::after').maskImage", panel)  # fmt: skip
    strip = unquote(background)
    lines = re.findall(r'<line x1="([\d.]+)%" x2="[\d.]+%" y2="(\d+)%"', strip)
    share = max(lines, key=lambda line: int(line[1]))[0]
    track = panel.query_selector("[class*='zones-'] .slider").bounding_box()
    return track["x"] + track["width"] * float(share) / 100, float(re.findall(r"bold\">([\d.e+-]+)<", strip)[-1])


def test_the_handle_crosses_the_painted_limit_where_the_verdict_changes(lesson):
    page = lesson(1)
    panel = descent_panel(page)
    line, number = painted_limit(page, panel)
    handle = panel.query_selector("[class*='zones-'] .noUi-handle")
    sides = []
    handle.press("Home")
    for presses in (1, 30, 1, 1, 1):
        # To the last place below the limit, then across it, one key press at a time.
        for _ in range(presses):
            handle.press("ArrowRight")
        page.wait_for_timeout(400)
        while presses == 30:
            box = handle.bounding_box()
            if box["x"] + box["width"] / 2 > line - 12:
                break
            handle.press("ArrowRight")
            page.wait_for_timeout(120)
        box = handle.bounding_box()
        right_of_it = box["x"] + box["width"] / 2 > line
        caption = panel.query_selector(".lesson-caption").inner_text()
        rate = float(panel.query_selector(".widget-readout").inner_text())
        sides.append(right_of_it)
        assert ("above the limit" in caption) == right_of_it, (caption, rate, number)
        assert (rate > number) == right_of_it
    assert sides[0] is False and sides[-1] is True


def test_the_picture_grows_with_the_text_and_shrinks_with_the_page(lesson):
    page = lesson(1)
    panel = descent_panel(page)
    picture = panel.query_selector(".lesson-picture")
    assert picture.bounding_box()["width"] == pytest.approx(900, abs=2)
    page.add_style_tag(content=".lesson-panel {font-size: 22px !important}")
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.wait_for_timeout(500)
    assert picture.bounding_box()["width"] == pytest.approx(900 * 22 / 17, abs=3)
    for width in (1280, 800, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(500)
        for selector in (".lesson-picture", ".lesson-caption", ".widget-hslider"):
            overflow = panel.query_selector(selector).evaluate(
                "e => e.getBoundingClientRect().right - e.closest('.jp-OutputArea-output').getBoundingClientRect().right"
            )
            assert overflow < 2, (width, selector, overflow)
        assert panel.evaluate("p => p.scrollWidth - p.clientWidth") < 2
    page.set_viewport_size({"width": 1280, "height": 1000})
