"""Every panel of every lesson, in plain Python: each control to both ends and through random values."""

import base64
import io
import re
import statistics
import time
import warnings

import ipywidgets as widgets
import nbformat
import numpy as np
import pytest
from conftest import ROOT
from PIL import Image
from teaching_guide import LINE, QUOTE, read_plan, said_at
from test_captions import CASES, panels_of

from lessons_lib import live, page, scenes, stage
from lessons_lib.maths.linear_regression import add_intercept, bowl, least_squares

_made = {}


@pytest.fixture(scope="module", params=CASES)
def panel(request):
    """A panel with controls of a lesson; each notebook runs once, and only where its panels are tested."""
    path, k = request.param
    if path not in _made:
        _made.clear()
        _made[path] = panels_of(path)
    return _made[path][k][0]


def values_of(control, rng):
    """Both ends of a control and some values between."""
    if isinstance(control.value, tuple):  # switches
        return [(), control.names, control.names[:1], control.names[2:]]
    if hasattr(control, "options"):
        return [value for _, value in control._options_full]
    if isinstance(control.value, str):  # a line of text: what a panel hopes for, and what people type
        return ["anna", "x", "", "Zoë", "two words", "a" * 40, control.value + "a", "7", "<s>"]
    low, high = control.min, control.max
    if hasattr(control, "base"):  # a logarithmic slider counts in exponents
        return [control.base**exponent for exponent in (low, high, *rng.uniform(low, high, 5))]
    between = rng.uniform(low, high, 5)
    return [low, high, *(between.round().astype(int).tolist() if isinstance(control.value, int) else between)]


def test_every_control_moves_the_picture_without_a_warning(panel):
    rng, start = np.random.default_rng(0), panel.values
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name, control in panel.controls.items():
            panel.set(**start)
            low, high, *between = values_of(control, rng)
            seen = set()
            for value in (low, high, *between):
                panel.set(**{name: value})
                seen.add(panel.svg)
                assert panel.caption.strip()
            assert len(seen) >= 2, f"{name} does not move the picture"
        for _ in range(20):  # and all knobs at once
            panel.set(**{name: rng.choice(values_of(control, rng)) for name, control in panel.controls.items()
                         if not hasattr(control, "options") and not isinstance(control.value, tuple)})  # fmt: skip
    panel.set(**start)


@pytest.fixture(scope="module")
def full_redraw():
    """Seconds that this machine takes to draw a map with a loss curve from nothing: the yardstick for a frame."""
    panel = descent_panel(100)

    def redraw():
        panel._stage.still()

    return median_seconds(redraw, 9)


def test_a_frame_costs_a_fraction_of_a_full_redraw(panel, full_redraw):
    name, control = next(iter(panel.controls.items()))
    low, high, *_ = values_of(control, np.random.default_rng(0))
    frame = median_seconds(lambda: panel.set(**{name: low if panel.values[name] != low else high}), 15)
    images = [image for axes in panel._stage.figure.axes for image in axes.images if image.get_animated()]
    assert full_redraw > (4 if images else 15) * frame  # a map that is computed anew may take five times as long


def median_seconds(call, times):
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


CURVATURES = np.array([1.0, 10.0])


def descent_panel(n_steps):
    scene = scenes.descent(lambda w: CURVATURES @ w**2 / 2, lambda w: CURVATURES * w, start=(0, -3))
    rate, steps = live.log_slider(1e-3, 1e3), live.int_slider(1, 5000, n_steps)
    return live.panel(scene, learning_rate=rate, n_steps=steps)


@pytest.mark.parametrize(
    "times, n_steps, words",
    [(0.5, 60, "Arrived"), (1, 60, "Arrived"), (1.9, 20, "Zigzagging"), (1.9, 200, "Arrived"),
     (2.1, 60, "Diverged"), (2.1, 5000, "Diverged"), (900, 5000, "Diverged"), (0.01, 20, "Too slow")],
)  # fmt: skip
def test_the_caption_is_what_theory_says_also_when_the_run_overflows(times, n_steps, words):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        panel = descent_panel(n_steps)
        panel.set(learning_rate=times / CURVATURES.max())
    assert panel.caption.startswith(words)
    assert ("above the limit" in panel.caption) == (times > 2)


def test_a_million_rows_answer_as_fast_as_four():
    rng = np.random.default_rng(0)
    seconds = []
    panels = []
    for n in (4, 1_000_000):
        X = add_intercept(rng.normal(size=(n, 1)))
        y = X @ [1.0, 2.0] + rng.normal(size=n)
        loss, gradient = bowl(X, y)
        scene = scenes.descent(loss, gradient, start=(4, -3), minimum=least_squares(X, y))
        panels.append(live.panel(scene, learning_rate=live.log_slider(1e-3, 1), n_steps=live.int_slider(1, 200, 100)))
    for panel in panels:
        rates = iter(np.tile([0.1, 0.11], 100))
        seconds.append(median_seconds(lambda panel=panel, rates=rates: panel.set(learning_rate=next(rates)), 41))
    assert seconds[1] <= 1.3 * seconds[0]


def test_set_refuses_what_a_control_cannot_hold_and_changes_nothing():
    panel = descent_panel(10)
    before = panel.values
    for wrong, words in ({"rate": 1}, "no knob is called rate"), ({"learning_rate": 1e9}, "keeps 1000"), (
        {"n_steps": "many"}, "cannot be"), ({"n_steps": 20, "learning_rate": -1}, "cannot be"):  # fmt: skip
        with pytest.raises(ValueError, match=words):
            panel.set(**wrong)
        assert panel.values == before


def test_a_scene_that_raises_says_so_in_the_panel_and_works_again():
    def scene(figure):
        (point,) = figure.add_subplot().plot([0], [0], "o", animated=True)

        def update(x):
            if x > 5:
                raise ZeroDivisionError("your <function>\nfailed")
            point.set_data([x], [0])
            return f"x is {x:.2f}"

        return update

    panel = live.panel(scene, x=live.slider(0, 10, 1))
    panel.controls["x"].value = 7
    assert "ZeroDivisionError: your &lt;function&gt; failed" in panel._picture.value
    panel.controls["x"].value = 2
    assert "x is 2.00" in panel._picture.value
    with pytest.raises(ZeroDivisionError):
        panel.set(x=8)


def test_a_panel_carries_its_poster_with_alt_text():
    panel = descent_panel(10)
    data, metadata = panel._repr_mimebundle_()
    assert set(data) == {"application/vnd.jupyter.widget-view+json", "image/png", "text/plain"}
    assert metadata["image/png"]["alt"] == panel.caption == data["text/plain"]


def test_what_is_no_control_or_no_scene_gets_one_sentence():
    def mute(figure):
        return lambda **knobs: None

    with pytest.raises(TypeError, match="widget with a value"):
        live.panel(mute, x=3)
    with pytest.raises(TypeError, match="one sentence"):
        live.panel(mute)


@pytest.mark.parametrize("gradient", [lambda w: 0 * w, lambda w: np.array([-w[0], 10 * w[1]]), lambda w: w[::-1]])
def test_a_wrong_gradient_still_makes_a_picture(gradient):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        scene = scenes.descent(lambda w: CURVATURES @ w**2 / 2, gradient, start=(4, -3))
        panel = live.panel(scene, learning_rate=live.log_slider(1e-3, 10), n_steps=live.int_slider(0, 200))
        for rate in (1e-3, 0.1, 10):
            panel.set(learning_rate=rate, n_steps=200)
    assert panel.caption


def test_play_steps_resets_and_scrubs():
    control = live.play(5)
    step, run, reset, clock = control.children[0].children
    assert [button.description for button in (step, run, reset)] == ["step", "run", "reset"]
    for expected in (1, 2):
        step.click()
        assert control.value == expected
    run.value = True
    assert clock.playing and run.description == "pause"
    clock.value = 4
    assert control.value == control._slider.value == 4
    reset.click()
    assert control.value == 0 and not clock.playing and run.description == "run"
    control._slider.value = 5
    step.click()
    assert control.value == 5
    control.value = -3
    assert control.value == 0


def test_a_title_is_given_only_to_what_a_page_can_title():
    panel = descent_panel(10)
    panel.controls["n_steps"] = live.play(5)
    live._give_title(panel.controls["n_steps"], "steps")
    titles = ("tooltip", "description_tooltip")
    parts = [part for part in page.with_parts(panel.controls["n_steps"]) if any(map(part.has_trait, titles))]
    titled = [part for part in parts if any(getattr(part, title, None) == "steps" for title in titles)]
    assert titled == [panel.controls["n_steps"]._slider]


def test_the_picture_follows_every_letter_that_is_typed():
    def scene(figure):
        (line,) = figure.add_subplot().plot([], [], animated=True)

        def update(name):
            line.set_data([0, 1], [0, len(name)])
            return f"{name!r} has {len(name)} letters"

        return update

    panel = live.panel(scene, name=live.text("ann"))
    assert panel.caption == "'ann' has 3 letters" and panel.controls["name"].description == "name"
    before = panel.svg
    panel.controls["name"].value = "anna"
    assert panel.caption == "'anna' has 4 letters" and panel.svg != before
    panel.set(name="")
    assert panel.values == {"name": ""} and "0 letters" in panel.caption
    with pytest.raises(ValueError, match="cannot be 3"):
        panel.set(name=3)
    assert panel.values == {"name": ""}


def test_sliders_refuse_impossible_ranges_and_start_on_their_grid():
    with pytest.raises(ValueError, match="0 < low < high"):
        live.log_slider(0, 1)
    slider = live.log_slider(1e-3, 1, 0.0301)
    steps = (np.log10(slider.value) - slider.min) / slider.step
    assert steps == pytest.approx(round(steps))
    assert live.log_slider(1e-3, 1).value == pytest.approx(np.sqrt(1e-3), rel=0.06)


def test_what_moves_lies_under_the_spines_and_the_rest_is_drawn_once():
    def scene(figure):
        axes = figure.add_axes([0.2, 0.2, 0.6, 0.6])
        axes.set(xlim=(0, 1), ylim=(0, 1))
        (line,) = axes.plot([], [], color="red", linewidth=30, animated=True)

        def update(height):
            line.set_data([0, 1], [height, height])
            return "a line"

        return update

    built, update = stage.build(scene)
    update(0.0)
    pixels = np.asarray(Image.open(io.BytesIO(built.still())).convert("RGB"))
    assert pixels.shape == (800, 1800, 3)
    spine_row = round(800 * 0.8)
    assert (pixels[spine_row - 1 : spine_row + 1, 600] < 60).all(axis=-1).any(), "the spine is hidden by the line"
    frames = [(update(height), built.frame())[1] for height in (0.0, 0.5, 0.0)]
    assert frames[0] == frames[2] != frames[1]
    assert frames[0].index("#ff0000") < frames[0].index("#000000"), "the spines are drawn before the line"
    assert frames[0].count("#ff0000") == 1 and "#ff0000" not in built.background
    assert len(frames[0]) < 2500 < len(built.background)


def test_a_poster_shows_the_words_that_move_on_the_figure_itself():
    def scene(figure):
        word = figure.text(0.1, 0.5, "", fontsize=40, color="red", animated=True)
        return lambda said: word.set_text(said) or "a word"

    built, update = stage.build(scene)
    red = []
    for said in ("", "olivia"):
        update(said)
        pixels = np.asarray(Image.open(io.BytesIO(built.still())).convert("RGB")).astype(int)
        red.append(int((pixels[..., 0] - pixels[..., 1] > 200).sum()))
    assert red[0] == 0 < 500 < red[1]
    assert "#ff0000" in built.frame(), "the word still moves after the poster"


def test_an_svg_for_a_page_has_no_style_and_no_id_that_another_picture_has():
    panels = [descent_panel(100), descent_panel(100)]
    ids = []
    for panel in panels:
        both = panel._stage.background + panel.svg
        assert not re.search("<style|<metadata|<!--|<\\?xml|xlink:", both)
        ids.append(set(re.findall(r' id="([^"]+)"', both)))
        assert set(re.findall(r'(?:href="|url\()#([^")]+)', both)) <= ids[-1]
        assert not re.search(r"\d\d\.\d{3}", panel.svg)
    assert ids[0] and not ids[0] & ids[1]


def test_letters_that_move_are_defined_once():
    def scene(figure):
        text = figure.text(0.5, 0.5, "", animated=True)

        def update(value):
            text.set_text(f"{value:.3f}")
            return "a number"

        return update

    built, update = stage.build(scene)
    update(0.123)
    assert "<path" not in built.frame() and built.frame().count("<use") == 5


def test_images_travel_at_their_own_resolution():
    def scene(figure):
        axes = figure.add_axes([0, 0, 1, 1])
        axes.imshow(np.eye(3), extent=(0, 0.5, 0, 1))
        axes.imshow(np.eye(5), extent=(0.5, 1, 0, 1))
        moving = axes.imshow(np.eye(4), extent=(0, 1, 1, 2), animated=True)
        axes.set(xlim=(0, 1), ylim=(0, 2))

        def update(value):
            moving.set_data(value * np.eye(4))
            return "images"

        return update

    built, update = stage.build(scene)
    update(1)
    sizes = [Image.open(io.BytesIO(base64.b64decode(png))).size
             for png in re.findall(r"base64,\s*([^\"]+)", built.background + built.frame())]  # fmt: skip
    assert sizes == [(3, 3), (5, 5), (4, 4)]


def on_a_notch(control, value):
    """The value that a page can set a slider to: a whole number of steps from its low end."""
    if not isinstance(control, widgets.FloatSlider | widgets.FloatLogSlider):
        return value
    place = np.log10(value) if hasattr(control, "base") else value
    place = live._on_grid(place, control.min, control.max, control.step)
    return 10**place if hasattr(control, "base") else place


def test_its_line_of_code_brings_a_panel_back(panel):
    start, rng = panel.values, np.random.default_rng(1)
    panel._repr_mimebundle_()
    panel.set(**{name: on_a_notch(control, rng.choice(values_of(control, rng)))
                 for name, control in panel.controls.items()
                 if not hasattr(control, "options") and not isinstance(control.value, tuple)})  # fmt: skip
    for name, control in panel.controls.items():
        if isinstance(control.value, tuple):  # switches
            panel.set(**{name: control.names[1:]})
    line, picture, caption = panel.line(), panel.svg, panel.caption
    panel.set(**start)
    exec(line, {"shown": live.shown})
    assert panel.caption == caption and panel.line() == line
    assert panel.svg == picture
    panel.set(**start)


def test_a_lessons_plan_sets_its_panels_to_notches_and_quotes_what_the_class_sees(panel, request):
    """Each row of a plan that sets this panel first, from the panel's start and from where the rows before left it."""
    path, _ = request.node.callspec.params["panel"]
    _, steps, thoughts = read_plan((ROOT / "docs" / "plans" / f"{path.stem}.md").read_text(encoding="utf-8"))
    rows = [(at, do, see) for _, _, at, do, _, see in steps] + [(at, show, but) for _, but, at, show in thoughts]
    panels = [made for made, _ in _made[path]]
    said = said_at(nbformat.read(path, as_version=4).cells)

    def found(name, which=1):
        return [other for other in panels if other.name == name][which - 1]

    def play(lines, quotes, at):
        """Set the knobs that these lines name, one line after the other -> all captions."""
        captions = []
        for line in lines:
            exec(line, {"shown": found})
            of = eval(line.partition(".set(")[0], {"shown": found})
            for name in re.findall(r"(\w+)=", line):
                notch = on_a_notch(of.controls[name], of.values[name])
                assert notch == of.values[name] or np.isclose(notch, of.values[name], rtol=1e-6, atol=1e-9), (
                    f"{line}: {name} has no such notch; the next is {notch:.6g}"
                )
            captions.append(of.caption)
            assert any(quote in of.caption for quote in quotes), (
                f"{at}, {line}: no quote is from its caption: {of.caption}"
            )
        lost = [quote for quote in quotes if not any(quote in text for text in (*captions, said[at]))]
        assert not lost, f"{at}: nobody sees {lost}, but {captions}"

    start = {other: other.values for other in panels}
    for from_start in (True, False):
        for at, do, see in rows:
            lines = [line[0] for line in LINE.finditer(do) if ".set(" in line[0]]
            if lines and eval(lines[0].partition(".set(")[0], {"shown": found}) is panel:
                if from_start:
                    panel.set(**start[panel])
                play(lines, QUOTE.findall(see), at)
    for other, knobs in start.items():
        other.set(**knobs)


def test_a_panel_is_found_by_its_scene_by_its_place_or_as_the_last_that_moved(monkeypatch):
    monkeypatch.setattr(live, "_SHOWN", [])
    with pytest.raises(ValueError, match="run a panel's cell first"):
        live.shown()
    first, second = descent_panel(10), descent_panel(20)
    for panel in (first, second):
        panel._repr_mimebundle_()
    assert live.shown() is second and live.shown("descent", 1) is first
    first.set(n_steps=30)
    assert live.shown() is first and first.line().startswith('shown("descent", 1).set(learning_rate=')
    with pytest.raises(ValueError, match="no such panel is shown: bowl; there are descent."):
        live.shown("bowl")
    with pytest.raises(ValueError, match="descent, 3"):
        live.shown("descent", 3)
    first.close()
    assert second.line().startswith('shown("descent").set(')
    again = descent_panel(10)  # its cell runs again: it stands where the first one stood
    again._repr_mimebundle_()
    assert live.shown("descent", 1) is again and live.shown("descent", 2) is second


def test_a_large_view_is_the_same_panel_with_a_poster_and_leaves_it_when_it_closes():
    panel = descent_panel(10)
    large = panel.large()
    data, about = large._repr_mimebundle_()
    view = data["application/vnd.jupyter.widget-view+json"]["model_id"]
    assert view == large._box.model_id != panel._box.model_id and large._box.children[0] is panel._box
    assert data["text/plain"] == panel.caption == about["image/png"]["alt"]
    large.close()
    panel.set(n_steps=20)
    assert panel._box.comm is not None and large._box.comm is None
