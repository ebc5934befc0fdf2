"""A lesson keeps what it shows and needs, and no more: many learners share one machine."""

import gc
import sys

import nbformat
import numpy as np
import pytest
from conftest import ROOT
from jupyter_client.manager import start_new_kernel
from matplotlib.backends.backend_agg import RendererAgg

from lessons_lib import live
from lessons_lib.scenes import start_here
from lessons_lib.scenes.gradient_descent import scaling

SLIDERS = {"stretch": live.slider(1, 9), "learning_rate": live.log_slider(1e-3, 1), "n_steps": live.int_slider(1, 9)}


def sheets_of_pixels():
    return {id(thing) for thing in gc.get_objects() if isinstance(thing, RendererAgg) and vars(thing)}


def test_a_poster_leaves_no_pixels_behind():
    panel = live.panel(scaling(), **SLIDERS)
    gc.collect()
    before = sheets_of_pixels()  # what other tests drew and still hold
    panel._repr_mimebundle_()
    assert panel._stage is not None
    assert sheets_of_pixels() <= before


def test_a_sheet_of_drawings_keeps_those_that_it_shows():
    images = np.zeros((5000, 14, 14))
    build = start_here.drawings(images, np.arange(5000) % 10, tuple("0123456789"))
    kept = [np.asarray(cell.cell_contents) for cell in build.__closure__ if not isinstance(cell.cell_contents, str)]
    assert sum(array.nbytes for array in kept) < 0.02 * images.nbytes


def megabytes(pid):
    """The memory that a process has for itself: not that of libraries which every learner's kernel shares."""
    with open(f"/proc/{pid}/smaps_rollup") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("Anonymous:")) / 1024


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says how much memory a process has for itself")
@pytest.mark.parametrize("lesson, most", [("02_gradient_descent", 110), ("09_where_next", 150)])
def test_a_kernel_after_run_all_is_small(lesson, most, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(ROOT / "notebooks"))
    try:
        notebook = nbformat.read(ROOT / "notebooks" / f"{lesson}.ipynb", as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                reply = client.execute_interactive(cell.source, timeout=300, output_hook=lambda message: None)
                assert reply["content"]["status"] == "ok", cell.source
        kept = megabytes(manager.provisioner.pid)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    print(f"{lesson}: {kept:.0f} MB")
    assert kept <= most
