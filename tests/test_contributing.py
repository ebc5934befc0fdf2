"""The scene that CONTRIBUTING shows is one: its three parts run, each alone, and together they make a panel."""

import re

from conftest import ROOT

from lessons_lib import live

BLOCK = re.search(r"```python\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.S)[1]


def test_the_scene_in_contributing_works_in_forty_lines():
    assert len(BLOCK.splitlines()) <= 40
    parts = {}
    exec(BLOCK, parts)
    path = parts["walk"](2.0, 0.25, 3)
    assert path.tolist() == [4, 2, 1, 0.5]
    assert parts["told"](path, 0.25, 2.0).startswith("After 3 steps w = 0.5; each step multiplies it by 0.5. ")
    knobs = {"learning_rate": live.log_slider(1e-2, 3, 0.3), "n_steps": live.int_slider(0, 30, 5)}
    panel = live.panel(parts["parabola"](), **knobs)
    before = panel.svg
    panel.set(learning_rate=3, n_steps=30)
    assert panel.svg != before and "above the limit 1" in panel.caption
