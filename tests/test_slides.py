"""The decks of the lessons that carry slide marks: whole, at 1920 × 1080, and without another host."""

import subprocess

import nbformat
import pytest
from conftest import NOTEBOOKS, browser_page, lacking
from slides import deck, fetch_reveal, mark, slides

MARKED = [path for path in NOTEBOOKS if any(map(mark, nbformat.read(path, as_version=4).cells))]


def test_two_lessons_are_marked_and_a_cell_keeps_nothing_but_its_mark():
    assert {"02_gradient_descent", "08_bigram_language_model"} <= {path.stem for path in MARKED}
    for path in NOTEBOOKS:
        assert all(set(cell.metadata) <= {"slideshow"} for cell in nbformat.read(path, as_version=4).cells)
    with pytest.raises(ValueError, match="no cell that is marked"):
        deck(NOTEBOOKS[0])


def test_a_slide_begins_where_a_mark_says_so():
    def cell(text, kind):
        return nbformat.v4.new_markdown_cell(text, metadata={"slideshow": {"slide_type": kind}} if kind else {})

    page = nbformat.v4.new_notebook(cells=[cell("# A", "slide"), cell("b", ""), cell("c", "notes"), cell("d", "skip"),
                                           cell("e", "slide"), cell("f", "fragment")])  # fmt: skip
    first, second = slides(page)
    assert "b" in first and '<aside class="notes"><p>c' in first and '<div class="fragment"><p>f' in second
    assert "<p>d" not in first + second


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with reveal.js and the decks."""
    out = tmp_path_factory.mktemp("slides")
    try:
        fetch_reveal(out / "reveal.js")
    except subprocess.CalledProcessError:
        lacking("reveal.js could not be downloaded: connect to the network, then run the test of the slides again.")
    for path in MARKED:
        (out / f"{path.stem}.html").write_text(deck(path), encoding="utf-8")
    return out


@pytest.mark.parametrize("path", MARKED, ids=lambda path: path.stem)
def test_every_slide_fits_on_the_screen_and_asks_no_other_host(path, folder, chromium, artifacts):
    asked = []
    with browser_page(chromium) as page:
        page.set_viewport_size({"width": 1920, "height": 1080})
        page.on("request", lambda request: asked.append(request.url))
        page.goto((folder / f"{path.stem}.html").as_uri())
        page.wait_for_function("window.Reveal && Reveal.isReady()")
        too_tall = page.evaluate(
            """() => [...document.querySelectorAll('.slides > section')].filter((slide, number) => {
                 Reveal.slide(number);
                 return [...slide.children].some(part => part.tagName !== 'ASIDE' &&
                                                         part.offsetTop + part.offsetHeight > 1050);
               }).map(slide => slide.textContent.slice(0, 60))"""
        )
        assert too_tall == [] and page.evaluate("Reveal.getTotalSlides()") > 20
        page.evaluate("Reveal.slide(9)")
        page.wait_for_timeout(300)
        page.screenshot(path=artifacts / f"slides_{path.stem}.png")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
