"""A learner's code is stopped when it takes too long or too much memory: by the alarm, and by the trace where there is none."""

import itertools
import subprocess
import sys
import threading
import time
import tracemalloc

import numpy as np
import pytest

from lessons_lib.exercises.limits import Stopped, within_limits


def appends_numbers():
    found = []
    while True:
        found.append(0)


def appends_arrays():
    path = [np.zeros(3)]
    while True:
        path.append(path[-1] - 0.1)


def doubles_a_list():
    found = [1]
    while True:
        found = found + found


def doubles_an_array():
    found = np.ones(2)
    while True:
        found = np.concatenate([found, found])


def grows_while_it_is_walked():
    found = [np.zeros(100)]
    for each in found:
        found.append(each + 1)


def comprehends_for_ever():
    return [np.zeros(50) for _ in itertools.count()]


def appends_and_catches_all():
    found = []
    while True:
        try:
            found.append(np.zeros(100))
        except:  # noqa: E722
            pass


def does_nothing_on_one_line():
    while True: pass  # fmt: skip  # noqa: E701


def counts_in_a_generator():
    return sum(1 for _ in itertools.count())


def recurses_in_a_loop():
    while True:
        sorted([3, 2, 1], key=lambda each: -each)


ENDLESS = [
    appends_numbers,
    appends_arrays,
    doubles_a_list,
    doubles_an_array,
    grows_while_it_is_walked,
    comprehends_for_ever,
    appends_and_catches_all,
    does_nothing_on_one_line,
    counts_in_a_generator,
    recurses_in_a_loop,
]


def reason_in(place, function):
    """Why the function was stopped, in the main thread or in another one, and after how many seconds."""
    told = []

    def run():
        start = time.monotonic()
        try:
            within_limits(function)
        except Stopped as stopped:
            told.append((str(stopped), time.monotonic() - start))

    if place == "main":
        run()
    else:
        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        thread.join(10)
    assert told, "it was not stopped"
    return told[0]


@pytest.mark.parametrize("place", ["main", "thread"])
@pytest.mark.parametrize("function", ENDLESS)
def test_endless_code_is_stopped(function, place):
    reason, seconds = reason_in(place, function)
    assert reason in ("after 2 seconds", "because it filled the memory")
    assert seconds < 5
    assert sys.gettrace() is None and not tracemalloc.is_tracing()


@pytest.mark.parametrize("function", [doubles_a_list, doubles_an_array, appends_and_catches_all])
def test_a_loop_that_fills_the_memory_is_stopped_for_that(function):
    assert reason_in("main", function)[0] == "because it filled the memory"


@pytest.mark.skipif(sys.platform == "win32", reason="resource tells the memory's peak on Linux and macOS")
@pytest.mark.parametrize("place", ["main", "thread"])
@pytest.mark.parametrize("name", ["appends_arrays", "doubles_an_array"])
def test_the_memory_grows_by_less_than_250_mb(name, place):
    program = f"""
import resource, sys
sys.path[:0] = {[*sys.path]!r}
import test_limits
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
test_limits.reason_in({place!r}, test_limits.{name})
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(grown / (1e6 if sys.platform == "darwin" else 1e3))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) < 250


def test_what_is_within_the_limits_returns_and_raises_as_ever():
    assert within_limits(lambda a, b: a + b, 1, 2) == 3
    with pytest.raises(KeyError):
        within_limits({}.__getitem__, "no such key")
    tracemalloc.start()
    within_limits(list)
    assert tracemalloc.is_tracing()  # someone else's
    tracemalloc.stop()
