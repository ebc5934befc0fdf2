"""What eyes get of a panel on a dark page: JupyterLab with its dark theme."""

import io

import nbformat
import numpy as np
from conftest import NOTEBOOKS, browser_page, jupyterlab, run_all_cells
from PIL import Image

BOWL = """import numpy as np
from lessons_lib import scenes
from lessons_lib.live import int_slider, log_slider, panel

curvatures = np.array([1.0, 10.0])
panel(scenes.descent(lambda w: curvatures @ w**2 / 2, lambda w: curvatures * w, start=(4, -3)),
      challenge="fewest steps", learning_rate=log_slider(1e-3, 1, 0.1), n_steps=int_slider(1, 200, 10))"""
GROUND = """from lessons_lib.data import toy_points
from lessons_lib.live import choice, play, slider, text
from lessons_lib.scenes.playground import playground

more = {name: slider(0, 0.5, 0.1) for name in ("noise", "dropout", "turn", "weight_decay")}
more |= {name: int_slider(1, 9, 1) for name in ("unit", "layer", "weight", "seed", "batch_size")}
more |= {"formula": text(), "more_points": text(), "n_points": int_slider(20, 500, 200), "classes": int_slider(2, 4, 2)}
panel(playground(toy_points), learning_rate=log_slider(1e-4, 10, 0.1), data=choice(["spiral"]), layers=text("6, 4"),
      rounds=play(500, 50, 30), more=more, challenge="fewest weights").large()"""


def brightness(page, area):
    """The grey levels of an area of the page, 0 to 255."""
    return np.asarray(Image.open(io.BytesIO(page.screenshot(clip=area))).convert("L")).astype(int)


def test_on_a_dark_page_names_of_zones_challenges_and_a_large_view_are_read(tmp_path, chromium, artifacts):
    root, scratch = tmp_path / "served", tmp_path / "jupyter"
    theme = scratch / "settings" / "@jupyterlab" / "apputils-extension" / "themes.jupyterlab-settings"
    for folder in (root, theme.parent):
        folder.mkdir(parents=True)
    theme.write_text('{"theme": "JupyterLab Dark"}')
    bowl = nbformat.v4.new_code_cell(BOWL)
    ground = nbformat.v4.new_code_cell(GROUND)
    notebook = nbformat.v4.new_notebook(
        cells=[bowl, ground], metadata=nbformat.read(NOTEBOOKS[0], as_version=4).metadata
    )
    nbformat.write(notebook, root / "dark.ipynb")
    with jupyterlab(root, scratch) as address, browser_page(chromium) as page:
        page.set_viewport_size({"width": 1920, "height": 1080})
        run_all_cells(page, address, "dark.ipynb")
        assert page.evaluate("document.body.dataset.jpThemeLight") == "false"
        page.evaluate("document.fullscreenElement && document.exitFullscreen()")
        page.wait_for_function("document.fullscreenElement === null")
        panel = page.query_selector(".lesson-panel")
        panel.scroll_into_view_if_needed()
        page.wait_for_timeout(500)
        panel.screenshot(path=artifacts / "dark.png")
        seen = brightness(page, panel.query_selector(".lesson-challenge").bounding_box())
        assert np.median(seen) > 240 and seen.min() < 80, "dark letters on the white picture"
        track = panel.query_selector("[class*='zones-'] .slider").bounding_box()
        names = {"x": track["x"], "y": track["y"] + 14, "width": track["width"], "height": 34}
        seen = brightness(page, names)
        assert np.median(seen) < 60 and (seen > 180).sum() > 300, "light letters on the dark page"
        large = page.query_selector(".lesson-large")
        large.scroll_into_view_if_needed()
        page.wait_for_timeout(500)
        large.screenshot(path=artifacts / "dark_large.png")
        labels = large.query_selector(".widget-label").bounding_box()
        seen = brightness(page, labels)
        assert np.median(seen) < 60 and seen.max() > 180, "its labels, too"
        box = large.query_selector(".lesson-picture").bounding_box()
        assert box["width"] > 0.3 * 1920 and large.bounding_box()["height"] < 1080, (
            "controls behind “more” take no room"
        )
