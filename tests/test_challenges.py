"""A panel's guess before it shows the run, and its challenge: marks, distances, the best so far, in words."""

import re

import ipywidgets as widgets
import nbformat
import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import NOTEBOOKS, browser_page, jupyterlab, run_all_cells

from lessons_lib import asked, live, scenes
from lessons_lib.scenes.challenges import fewest_steps, largest_rate

CURVATURES = np.array([1.0, 10.0])  # its limit is 2/10


@pytest.fixture(autouse=True)
def nothing_made(monkeypatch):
    monkeypatch.setattr(asked, "_MADE", {})


def bowl(**asks):
    scene = scenes.descent(lambda w: CURVATURES @ w**2 / 2, lambda w: CURVATURES * w, start=(4, -3))
    return live.panel(scene, learning_rate=live.log_slider(1e-3, 1, 0.1), n_steps=live.int_slider(1, 200, 10), **asks)


def asking(panel):
    """The panel after "guess first" was pressed."""
    panel._row.buttons[1].click()
    return panel


def page_of(panel):
    """All that the page says: the row of the question, and what stands around the picture."""
    row = re.sub("<[^>]+>", "", panel._row._said.value) if panel._row else ""
    below = re.sub("<svg.*?</svg>|<style.*?</style>", "", panel._picture.value, flags=re.S)
    return row, re.sub("<[^>]+>", " ", below).strip()


def strip_of(panel):
    return panel._track.value


@pytest.mark.parametrize(
    "guess, answer, step, log, words",
    [(0.3, 0.2, 0.025, True, "1.5 times too large"), (0.1, 0.2, 0.025, True, "2 times too small"),
     (0.205, 0.2, 0.025, True, "right"), (12, 15, 1, False, "3 too small"), (15, 15, 1, False, "right"),
     (16, 15, 1, False, "1 too large"), (0.5, 0.4, 0.005, False, "0.1 too large"), (5, None, 1, False, "no such value"),
     (5.0, np.inf, 0.025, True, "no such value"), (1e-3, 0.2, 0.025, True, "2e+02 times too small")],
)  # fmt: skip
def test_how_far_off_a_guess_was_is_told_by_the_kind_of_its_slider(guess, answer, step, log, words):
    assert words in asked.off_by(guess, answer, step, log)


def test_nobody_has_to_guess():
    panel = bowl(guess="learning_rate")
    guess, first = panel._row.buttons
    assert guess.layout.display == "none" and first.description == "guess first" and first.layout.display != "none"
    assert panel.svg in panel._picture.value and "zones-" in strip_of(panel)


def test_the_run_is_hidden_until_the_guess_which_stays_as_a_mark():
    panel = asking(bowl(guess="learning_rate"))
    row, below = page_of(panel)
    assert "From which learning rate on does it blow up?" in row
    assert panel.svg not in panel._picture.value and "limit" not in below and "zones-" not in strip_of(panel)
    assert "Set learning rate to your guess" in below
    assert "limit 0.2" in panel.caption and panel.png, "code still sees everything"
    panel.controls["learning_rate"].value = 10**-0.5
    assert panel.svg not in panel._picture.value and "blow" not in page_of(panel)[1]
    guess, skip = panel._row.buttons
    assert [guess.description, skip.description] == ["guess", "show it without a guess"]
    guess.click()
    row, below = page_of(panel)
    assert "You guessed 0.316: 1.6 times too large. ▲ The answer is 0.2." in row
    assert panel.svg in panel._picture.value and below.endswith(panel.caption) and "zones-" in strip_of(panel)
    place = live.track.place_on_track(panel.controls["learning_rate"], 10**-0.5)
    assert f"{place:.3f}%25%22%20y%3D%2284%25%22%3E%E2%97%86" in strip_of(panel)
    mark = strip_of(panel)
    panel.set(learning_rate=0.01)
    assert strip_of(panel) == mark and "You guessed 0.316" in page_of(panel)[0], "the guess stays where it was made"
    title = next(filter(None, (getattr(panel.controls["learning_rate"], name, None)
                               for name in ("tooltip", "description_tooltip"))))  # fmt: skip
    assert "your guess 0.316" in title and "the answer 0.2" in title


def test_the_buttons_take_a_guess_back_and_the_pressed_one_stays_where_it_is():
    panel = asking(bowl(guess="learning_rate"))
    guess, skip = panel._row.buttons
    guess.click()
    assert guess.description == "guess anew" and guess.layout.display != "none" and skip.layout.display == "none"
    guess.click()
    assert panel.guess.open and panel.svg not in panel._picture.value and "marks-" not in strip_of(panel)
    skip.click()
    assert skip.description == "guess first" and skip.layout.display != "none" and guess.layout.display == "none"
    assert panel.svg in panel._picture.value and "guessed" not in page_of(panel)[0] and panel.guess.value is None
    skip.click()
    assert panel.guess.open and guess.layout.display != "none"


@pytest.mark.parametrize("end", ["min", "max"])
def test_a_guess_at_either_end_of_a_slider_is_marked_on_it(end):
    panel = asking(bowl(guess="learning_rate"))
    control = panel.controls["learning_rate"]
    panel.set(learning_rate=control.base ** getattr(control, end))
    panel._row.buttons[0].click()
    places = [float(x) for x in re.findall(r"x%3D%22([\d.]+)%25", strip_of(panel).partition("marks-")[2])]
    assert places and all(1 <= x <= 99 for x in places)
    assert ("too small" if end == "min" else "too large") in page_of(panel)[0]


def test_a_cell_that_is_run_again_keeps_the_guess_and_the_best():
    first = asking(bowl(guess="learning_rate", challenge="fewest steps"))
    first.set(learning_rate=10**-0.5)
    first._row.buttons[0].click()
    first.set(learning_rate=0.1, n_steps=40)
    best = first.challenge.best
    again = bowl(guess="learning_rate", challenge="fewest steps")
    assert not again.guess.open and "You guessed 0.316" in page_of(again)[0]
    assert best is not None and again.challenge.best == best
    other = live.panel(scenes.descent(lambda w: w @ w / 2, lambda w: w, start=(4, -3)), challenge="fewest steps",
                       **again.controls)  # fmt: skip
    assert other.challenge.best[0] != best[0], "on another loss the kept knobs are judged anew"


def test_an_own_question_and_a_teachers_own_challenge():
    panel = bowl(guess=("learning_rate", "Where does it start to diverge?"),
                 challenge=("Challenge: keep it slow.", lambda learning_rate, n_steps: (learning_rate < 0.01, n_steps,
                                                                                        f"{n_steps} slow steps")))  # fmt: skip
    asking(panel)
    assert "Where does it start to diverge?" in page_of(panel)[0] and "keep it slow" not in page_of(panel)[1]
    panel._row.buttons[1].click()
    assert page_of(panel)[1].endswith("Challenge: keep it slow. Not yet: 10 slow steps.")
    panel.set(learning_rate=0.005)
    assert page_of(panel)[1].endswith("✔ 10 slow steps. The best so far.")


def test_a_challenge_keeps_the_best_through_later_worse_tries():
    panel = bowl(challenge="fewest steps")
    n = {}
    for rate in (0.01, 0.1, 0.15, 0.12):
        panel.set(learning_rate=10 ** (round(np.log10(rate) * 40) / 40), n_steps=200)
        n[rate] = panel.challenge.best and -panel.challenge.best[0]
        told = page_of(panel)[1]
        assert panel.caption in told
        if rate == 0.01:
            assert n[rate] is None and "Not yet: it is not there" in told
    path = [np.array([4.0, -3.0])]
    rate = panel.challenge.best[2]["learning_rate"]
    while CURVATURES @ path[-1] ** 2 > CURVATURES @ path[0] ** 2 / 1000:
        path.append(path[-1] * (1 - rate * CURVATURES))
    assert rate == pytest.approx(0.15, rel=0.03) and n[0.15] == n[0.12] == len(path) - 1 < n[0.1]
    assert f"The best so far: {len(path) - 1} steps (learning rate 0.15, n steps 200)" in told
    panel.set(n_steps=1)
    assert "Not yet" in page_of(panel)[1] and f"The best so far: {len(path) - 1} steps" in page_of(panel)[1]


def test_the_largest_rate_that_arrives_in_twenty_steps():
    aim, judge = largest_rate(lambda learning_rate, **_: {0.1: 30, 0.2: 20, 0.3: 9, 0.4: None}[learning_rate], 20)
    assert "within 20 steps" in aim
    assert [judge(learning_rate=rate, n_steps=5)[:2] for rate in (0.1, 0.2, 0.3, 0.4)] == [
        (False, 0.1), (True, 0.2), (True, 0.3), (False, 0.4)]  # fmt: skip
    assert "does not arrive" in judge(learning_rate=0.4)[2]
    assert fewest_steps("arrive", lambda **_: 1)[1]() == (True, -1, "1 step")


def test_what_has_many_knobs_names_those_of_the_best_that_stand_elsewhere_now():
    best = {"a": 0.5, "layers": "", "features": ("x₁", "x₂"), "k": 3, "rule": "adam", "seed": 0, "n": 7}
    assert asked._elsewhere(best, {**best, "layers": "6, 4", "features": (), "n": 8}) == (
        "layers none, features x₁ x₂, n 7, the rest as now")  # fmt: skip
    assert asked._elsewhere({"a": 0.5, "k": 3}, {"a": 0.5, "k": 4}) == "a 0.5, k 3"


def test_a_best_whose_knobs_no_longer_exist_is_forgotten_and_the_panel_appears():
    def scene(known):
        def build(figure):
            figure.add_subplot().plot([0], [0], animated=True)

            def update(kind):
                return kind

            update.challenges = {"any": ("Any.", lambda kind: (True, known[kind], kind))}
            return update

        return build

    first = live.panel(scene({"a": 1, "mine": 2}), challenge="any", kind=live.choice(["a", "mine"]))
    first.set(kind="mine")
    assert first.challenge.best[1] == "mine"
    assert live.panel(scene({"a": 1}), challenge="any", kind=live.choice(["a"])).challenge.best[1] == "a"


@pytest.mark.parametrize(
    "asks, error, words",
    [({"guess": "rate"}, ValueError, "answer this scene knows are: learning_rate"),
     ({"guess": "n_steps"}, ValueError, "answer this scene knows are: learning_rate"),
     ({"guess": 3}, TypeError, "name of a knob"), ({"guess": ("a", "b", "c")}, TypeError, "name of a knob"),
     ({"guess": widgets.IntSlider()}, TypeError, "name of a knob"),
     ({"challenge": "fly"}, ValueError, "are: 'fewest steps', 'largest rate'"),
     ({"challenge": 3}, TypeError, "aim, judge"), ({"challenge": ("aim", "judge")}, TypeError, "aim, judge")],
)  # fmt: skip
def test_what_cannot_be_asked_gets_one_sentence(asks, error, words):
    with pytest.raises(error, match=words) as caught:
        bowl(**asks)
    assert "\n" not in str(caught.value)


def test_a_guess_needs_a_slider_and_a_run_that_fails_says_so_while_it_is_hidden():
    def scene(figure):
        figure.add_subplot().plot([0], [0], animated=True)

        def update(kind, x):
            if x > 5:
                raise ZeroDivisionError("too far")
            return f"{kind} {x}"

        update.guesses = lambda kind, **_: {"kind": ("Which?", 1), "x": ("How far?", {"a": 3.0, "b": None}[kind])}
        return update

    knobs = {"kind": live.choice(["a", "b"]), "x": live.slider(0, 10, 2)}
    with pytest.raises(TypeError, match="a place on a slider"):
        live.panel(scene, guess="kind", **knobs)
    panel = asking(live.panel(scene, guess="x", **knobs))
    panel.controls["x"].value = 7
    assert "ZeroDivisionError" in page_of(panel)[1]
    panel.controls["x"].value = 4
    assert "Set x to your guess" in page_of(panel)[1]
    panel._row.buttons[0].click()
    assert "You guessed 4: 1 too large. ▲ The answer is 3." in page_of(panel)[0]
    panel.set(kind="b")
    assert "You guessed 4; with these knobs there is no such value." in page_of(panel)[0]


def test_a_closed_panel_is_built_anew_with_its_guess():
    panel = asking(bowl(guess="learning_rate"))
    panel._row.buttons[0].click()
    panel.close()
    data, _ = panel._repr_mimebundle_()
    assert set(data) == {"application/vnd.jupyter.widget-view+json", "image/png", "text/plain"}
    assert panel.svg in panel._picture.value and "You guessed 0.1" in page_of(panel)[0]


PAGE = """import numpy as np
from lessons_lib import scenes
from lessons_lib.live import int_slider, log_slider, panel

curvatures = np.array([1.0, 10.0])
panel(scenes.descent(lambda w: curvatures @ w**2 / 2, lambda w: curvatures * w, start=(4, -3)), guess="learning_rate",
      challenge="fewest steps", learning_rate=log_slider(1e-3, 1, 0.1), n_steps=int_slider(1, 200, 10))"""


def test_a_guess_is_made_by_keyboard_in_a_page_and_outlives_its_cell(tmp_path, chromium, artifacts):
    (tmp_path / "served").mkdir()
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(PAGE)])
    notebook.metadata = nbformat.read(NOTEBOOKS[0], as_version=4).metadata
    nbformat.write(notebook, tmp_path / "served" / "guess.ipynb")
    (tmp_path / "scratch").mkdir()
    with jupyterlab(tmp_path / "served", tmp_path / "scratch") as address, browser_page(chromium) as page:
        run_all_cells(page, address, "guess.ipynb")
        panel = page.query_selector(".lesson-panel")
        panel.scroll_into_view_if_needed()
        page.get_by_role("button", name="guess first").press("Enter")
        page.wait_for_function("panel => /to your guess/.test(panel.innerText)", arg=panel, timeout=10000)
        panel.screenshot(path=artifacts / "guess_before.png")
        picture, row = panel.query_selector(".lesson-picture"), panel.query_selector(".lesson-asked")
        assert "Set learning rate to your guess" in picture.inner_text() and "limit" not in picture.inner_text()
        assert "From which learning rate on does it blow up?" in row.inner_text()
        assert not Axe().run(page, context={"include": [[".lesson-panel"]]}).response["violations"]
        handle = panel.query_selector(".noUi-handle")
        for _ in range(16):
            handle.press("ArrowRight")
        page.wait_for_timeout(1000)  # a busy machine sends a slider's last value after the button's press otherwise
        page.keyboard.press("Tab")  # the number beside the slider, the next slider, its number
        for _ in range(8):
            if page.evaluate("document.activeElement.textContent.trim()") == "guess":
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_function("panel => /You guessed/.test(panel.innerText)", arg=panel, timeout=10000)
        assert "You guessed 0.251: 1.3 times too large. ▲ The answer is 0.2." in row.inner_text()
        assert page.evaluate("document.activeElement.textContent.trim()") == "guess anew", "the focus stays"
        for _ in range(12):
            handle.press("ArrowLeft")
        page.wait_for_timeout(1500)  # what is spoken waits for a pause
        assert "Challenge: arrive in the fewest steps." in picture.inner_text() and "limit" in picture.inner_text()
        mark = page.evaluate(
            "p => getComputedStyle(p.querySelector(\"[class*='marks-'] .slider\"), '::before').backgroundImage", panel
        )
        assert "svg" in mark
        spoken = " ".join(part.text_content() for part in panel.query_selector_all(".lesson-spoken"))
        assert "You guessed 0.251" in spoken and "Challenge" in spoken
        panel.screenshot(path=artifacts / "guess_after.png")
        assert not Axe().run(page, context={"include": [[".lesson-panel"]]}).response["violations"]
        page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
        page.wait_for_timeout(3000)
        assert "You guessed 0.251" in page.query_selector(".lesson-panel").inner_text(), "run again, it is still there"
