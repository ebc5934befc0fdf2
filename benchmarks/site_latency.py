"""Measure the static site in headless Chromium on this machine: python benchmarks/site_latency.py SITE

SITE is the folder that publish/static_site.py wrote. Each round is a fresh browser: from opening lesson 02 to its first
picture, the same again in the same browser, then key press to painted picture, and three drags of the learning rate.
The first page, before Python, is measured by landing_latency.py. Writes benchmarks/site.md. Needs
tests/requirements.txt, Chromium and Firefox.
"""

import argparse
import contextlib
import os
import re
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from landing_latency import free_port, table
from live_latency import PROBE, ROOT, drag, percentile, press_keys

sys.path.insert(0, str(ROOT / "publish"))

from conftest import ALL_LIVE, NOTEBOOKS, choose_run_all  # noqa: E402
from test_browser import caption_of  # noqa: E402
from test_site import page_without_other_hosts  # noqa: E402

LESSON = next(path for path in NOTEBOOKS if path.stem == "02_gradient_descent")
FIRST = "document.querySelector('.lesson-picture [role=img] svg') !== null"


def to_first_picture(page, address):
    """Seconds from opening the lesson to its first picture."""
    start = time.monotonic()
    page.goto(f"{address}notebooks/index.html?path={LESSON.name}")
    choose_run_all(page)
    page.wait_for_function(FIRST, timeout=120000)
    return time.monotonic() - start


@contextlib.contextmanager
def served(folder):
    """A plain web server on loopback, a process of its own -> its address."""
    port = free_port()
    command = [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", "--directory", str(folder), str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        time.sleep(1)
        yield f"http://127.0.0.1:{port}/"
        server.terminate()


def memory_of_the_tab(page):
    """MB of the largest of the browser's pages, with what it shares counted in part (PSS)."""
    told = page.context.browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    pages = [process["id"] for process in told["processInfo"] if process["type"] == "renderer"]
    sizes = [re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)[1] for pid in pages]
    return max(map(int, sizes)) / 1024


def one_round(chromium, site):
    """((seconds to the first picture, again), ms of key presses, drags, requests to other hosts, MB of the tab)"""
    with served(site) as address, page_without_other_hosts(chromium, address) as (page, foreign):
        page.add_init_script(PROBE)
        first = to_first_picture(page, address)
        page.goto("about:blank")
        first = first, to_first_picture(page, address)
        page.wait_for_function(ALL_LIVE, arg=LESSON.read_text().count('"image/png": "'), timeout=120000)
        panel = next(p for p in page.query_selector_all(".lesson-panel") if "The learning rate" in caption_of(p))
        panel.scroll_into_view_if_needed()
        page.wait_for_timeout(1000)
        handle = panel.query_selector(".noUi-handle")
        keys, drags = press_keys(page, handle, 20), [drag(page, handle) for _ in range(3)]
        return first, keys, drags, foreign, memory_of_the_tab(page)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    rounds = [one_round(chosen.chromium, chosen.site) for _ in range(chosen.rounds)]
    firsts, again = zip(*(first for first, *_ in rounds))
    keys = [key for _, keys, *_ in rounds for key in keys]
    updates, settled = zip(*(drag for _, _, drags, *_ in rounds for drag in drags))
    size = sum(file.stat().st_size for file in chosen.site.rglob("*") if file.is_file()) / 1e6
    with served(chosen.site) as address:
        first_page = "\n".join(table(chosen.chromium, address))
    text = f"""# The static site, measured

{date.today()}, {os.cpu_count()} cores, headless Chromium and web server on one machine; {len(rounds)} fresh browsers.
Load of the machine meanwhile: {os.getloadavg()[1]:.1f}; above 2, everything takes longer than on a quiet one.

| what | value |
|---|---|
| size of the site | {size:.0f} MB |
| opening lesson 02 → first picture, nothing cached | {min(firsts):.1f} to {max(firsts):.1f} s |
| opening it again in the same browser → first picture | {min(again):.1f} to {max(again):.1f} s |
| key → painted picture, median | {statistics.median(keys):.0f} ms |
| key → painted picture, 95 % | {percentile(keys, 0.95):.0f} ms |
| updates per second in a wild drag, median | {statistics.median(updates):.1f} |
| release → last picture, longest of {len(settled)} drags | {max(settled):.0f} ms |
| memory of the tab after running the lesson twice | {statistics.median(tab for *_, tab in rounds):.0f} MB |
| requests to other hosts | {sum(len(foreign) for *_, foreign, _ in rounds)} |

{first_page}
"""
    (ROOT / "benchmarks" / "site.md").write_text(text)
    print(text)
