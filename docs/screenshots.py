"""Take the README's pictures of the static site: python docs/screenshots.py SITE

SITE is the folder that publish/static_site.py wrote. Needs tests/requirements.txt and Chromium.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "publish")]

from conftest import NOTEBOOKS, run_from_menu, save_screenshot  # noqa: E402
from test_browser import caption_of  # noqa: E402
from test_site import page_without_other_hosts, served  # noqa: E402

with served(sys.argv[1]) as address, page_without_other_hosts("/usr/bin/chromium", address) as (page, _):
    page.goto(address)
    page.wait_for_timeout(500)
    save_screenshot(page, ROOT / "docs" / "site.png")
    lesson = next(path for path in NOTEBOOKS if path.stem == "02_gradient_descent")
    page.set_viewport_size({"width": 1100, "height": 800})
    page.goto(f"{address}notebooks/index.html?path={lesson.name}")
    run_from_menu(page, lesson)
    panel = next(p for p in page.query_selector_all(".lesson-panel") if "The learning rate" in caption_of(p))
    panel.evaluate("panel => panel.scrollIntoView({block: 'end'})")
    page.wait_for_timeout(1000)
    save_screenshot(page, ROOT / "docs" / "lesson.png")
