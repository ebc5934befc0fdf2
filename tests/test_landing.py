"""Pictures drawn beforehand for the site's first page: they are the panel's own, at every place of its slider."""

import gzip
import json
import re

import drawn_frames
import nbformat
import pytest
from conftest import NOTEBOOKS
from test_captions import panels_of

from lessons_lib.live import int_slider, log_slider, play, slider

LESSON = next(path for path in NOTEBOOKS if path.stem == drawn_frames.HERO)


@pytest.fixture(scope="module")
def hero():
    number, frames = drawn_frames.hero(LESSON)
    return number, json.loads(gzip.decompress(drawn_frames.packed(frames)))


def test_every_place_of_the_first_pictures_slider_has_the_panels_caption(hero):
    number, frames = hero
    panel = panels_of(LESSON)[number][0]
    control = panel.controls["learning_rate"]
    assert frames["name"] == "learning rate"
    for place, (said, shown) in enumerate(zip(frames["captions"], frames["values"])):
        panel.set(learning_rate=control.base ** (control.min + place * control.step))
        assert (said, shown) == (panel.caption, f"{panel.values['learning_rate']:.3g}")
    assert place == round((control.max - control.min) / control.step)


def test_its_frames_are_what_the_stage_draws(hero):
    _, frames = hero
    for pieces in (frames["frames"][0], frames["frames"][-1]):
        svg = "".join(frames["pieces"][piece] for piece in pieces)
        assert svg.startswith("<svg viewBox") and svg.endswith("</svg>\n")
        used = set(re.findall(r'href="#([^"]+)|url\(#([^)]+)', svg))
        assert used and all(f'id="{a or b}"' in frames["background"] + svg for a, b in used)
    assert len({tuple(pieces) for pieces in frames["frames"]}) > 100
    assert len(drawn_frames.packed(frames)) < 300e3


@pytest.mark.parametrize(
    "control, ends", [(slider(-2, 2, 1.5), (-2, 2)), (log_slider(1e-3, 1, 0.03), (1e-3, 1)), (play(11, 3), (0, 11)),
                      (int_slider(0, 1000, 7), (0, 1000))]
)  # fmt: skip
def test_places_hold_both_ends_and_the_sliders_own_value(control, ends):
    values, start = drawn_frames.places(control)
    assert (values[0], values[-1]) == pytest.approx(ends)
    assert values[start] == pytest.approx(control.value)
    assert len(values) <= drawn_frames.PLACES + 2 and sorted(values) == values


def written(folder, *cells):
    path = folder / "11_trial.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells]), path)
    return path


def test_a_lesson_that_fails_is_named_in_one_sentence(tmp_path):
    with pytest.raises(ValueError, match="11_trial could not be drawn: 'x = 1 / 0' raised ZeroDivisionError"):
        drawn_frames.card(written(tmp_path, "x = 1 / 0"))


def test_a_lesson_without_a_slider_keeps_its_poster(tmp_path):
    assert drawn_frames.card(written(tmp_path, "from lessons_lib.live import panel\npanel(print)")) is None
