"""Running a cell again leaves nothing behind: no widget, no memory; and what is still on the page stays alive."""

import ast

import pytest
from jupyter_client.manager import start_new_kernel

SET_UP = """
import gc
import numpy as np
from ipywidgets.widgets.widget import _instances
from lessons_lib.live import int_slider, log_slider, panel, slider
from lessons_lib.page import quiz
from lessons_lib.scenes.gradient_descent import descent, scaling
A = np.array([1.0, 10.0])
scene = descent(lambda w: (A * w * w).sum() / 2, lambda w: A * w, start=(4, -3))
def a_panel(): return panel(scene, learning_rate=log_slider(1e-3, 1), n_steps=int_slider(1, 200))
def megabytes():
    gc.collect()
    return int(next(line for line in open("/proc/self/status") if line.startswith("VmRSS")).split()[1]) / 1024
"""


@pytest.fixture
def run():
    """run(cell, code) -> the cell's result: runs code as a page does that says which cell it runs."""
    manager, client = start_new_kernel(kernel_name="python3")

    def run(cell, code, page=None):
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
        message = client.session.msg("execute_request", content, metadata={"cellId": cell} if cell else {})
        if page:
            message["header"]["session"] = page
        client.shell_channel.send(message)
        result = None
        while True:
            reply = client.get_iopub_msg(timeout=60)
            if reply["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            assert reply["msg_type"] != "error", "\n".join(reply["content"]["traceback"])
            if reply["msg_type"] == "execute_result":
                result = reply["content"]["data"]["text/plain"]
            if reply["msg_type"] == "status" and reply["content"]["execution_state"] == "idle":
                client.get_shell_msg(timeout=60)
                return result

    run("set-up", SET_UP)
    yield run
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def live(run, name):
    """Is this panel still on a page?"""
    return ast.literal_eval(run("look", f"{name}._box.comm is not None and {name}._stage is not None"))


def test_a_hundred_runs_of_a_panels_cell_cost_at_most_twenty_megabytes(run):
    for _ in range(5):
        run("one", "a_panel()")
    before, widgets = run("look", "megabytes()"), run("look", "len(_instances)")
    for _ in range(100):
        run("one", "a_panel()")
    assert run("look", "len(_instances)") == widgets
    assert float(run("look", "megabytes()")) - float(before) < 20


def test_a_quiz_that_is_shown_again_is_closed(run):
    question = "quiz('Is it?', {'yes': 'It is.', 'no': 'But it is.'}, right='yes')"
    run("one", question)
    widgets = run("look", "len(_instances)")
    for _ in range(3):
        run("one", question)
    assert run("look", "len(_instances)") == widgets


def test_what_is_on_the_page_stays(run):
    run("two in one", "first, second = a_panel(), a_panel()\ndisplay(first, second)")
    assert live(run, "first") and live(run, "second")
    run("another", "first")
    run("two in one", "third = a_panel(); third")
    assert live(run, "first") and live(run, "third") and not live(run, "second")
    run("another", "first")
    assert live(run, "first")
    run("another", "1 + 1")
    run("another", "third")
    assert live(run, "third") and not live(run, "first")


def test_a_closed_panel_lives_again_where_it_is_shown_again(run):
    run("set-up", "first, second = a_panel(), a_panel()")
    run("one", "first")
    run("one", "second")
    assert not live(run, "first")
    run("one", "first")
    assert live(run, "first")
    run("look", "first.set(learning_rate=0.1)")
    assert "0.1" in run("look", "first.caption")


def test_a_slider_that_another_panel_uses_stays_alive(run):
    run("set-up", "rate = log_slider(1e-3, 1)")
    for _ in range(2):
        run("one", "panel(scaling(), stretch=slider(1, 9), learning_rate=rate, n_steps=int_slider(1, 9))")
    assert run("look", "rate.comm is not None") == "True"


def test_without_a_cells_name_nothing_is_closed(run):
    run(None, "first = a_panel(); first")
    run(None, "second = a_panel(); second")
    assert live(run, "first") and live(run, "second")


def test_the_same_lesson_on_another_page_keeps_its_panels(run):
    run("one", "first = a_panel(); first")
    run("one", "second = a_panel(); second", page="another page")
    assert live(run, "first") and live(run, "second")
