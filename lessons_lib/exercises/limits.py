"""Runs a learner's code within limits: of time, of memory, and of what it prints."""

import contextlib
import io
import signal
import sys
import threading
import time
import tracemalloc
from pathlib import Path

import numpy as np

_SECONDS = 2.0
_BYTES = 50e6
_CHARACTERS = 2000
# Code of these folders ends by itself, and is not looked at line by line.
_TRUSTED = tuple(str(Path(module.__file__).parent) for module in (contextlib, np)) + (str(Path(__file__).parents[1]),)


class Stopped(BaseException):
    """The code went beyond a limit; not an Exception, so that a learner's `except Exception` lets it pass."""

    def __init__(self, reason, swallowed=None):
        super().__init__(reason)
        self._swallowed = swallowed  # called when a bare `except:` of the learner has thrown this away

    def __del__(self):
        if self._swallowed:
            self._swallowed()


def within_limits(function, *arguments):
    """function(*arguments), or Stopped with the reason once it has taken too much time or memory.

    Python looks at the limits between two of its own instructions: a single endless call of C code, such as
    sum(itertools.count()), is the one thing that it cannot end. Memory is counted by Python itself, so that
    this holds in a browser and on Windows, too.
    """
    ours = not tracemalloc.is_tracing()
    if ours:
        tracemalloc.start()
    deadline, most = time.monotonic() + _SECONDS, tracemalloc.get_traced_memory()[0] + _BYTES

    def beyond():
        if time.monotonic() > deadline:
            return f"after {_SECONDS:.0f} seconds"
        if tracemalloc.get_traced_memory()[0] > most:
            return "because it filled the memory"

    alarm = (
        sys.platform != "emscripten"
        and hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
    )
    try:
        return (_with_alarm if alarm else _with_trace)(beyond, function, arguments)
    finally:
        if ours:
            tracemalloc.stop()


def _with_alarm(beyond, function, arguments):
    """Look at the limits a hundred times a second."""

    def ring(_, frame):
        reason = beyond()
        if not reason:
            return

        # A bare `except:` in the learner's loop swallows the first one; then the next line that runs raises again.
        def stop(frame, event, _):
            if event == "line" and frame.f_code.co_filename != __file__:
                raise Stopped(reason)
            return stop

        sys.settrace(stop)
        while frame is not None and frame.f_code.co_filename != __file__:
            frame.f_trace = stop
            frame = frame.f_back
        raise Stopped(reason)

    trace, handler = sys.gettrace(), signal.signal(signal.SIGALRM, ring)
    others, _ = signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
    try:
        return function(*arguments)
    finally:
        sys.settrace(trace)
        signal.setitimer(signal.ITIMER_REAL, others)
        signal.signal(signal.SIGALRM, handler)


def _with_trace(beyond, function, arguments):
    """Where there is no alarm (Windows, the browser, a thread): look at the limits at every instruction."""

    running = True

    def look(frame, *_):
        if frame.f_code.co_filename.startswith(_TRUSTED):
            return None
        frame.f_trace_opcodes = True  # a loop that stands on a single line has no second line to look at
        reason = beyond()
        if reason:  # Python gives up a trace function that has raised, so it is set again
            raise Stopped(reason, lambda: look_again(frame))
        return look

    def look_again(frame):
        if running:
            frame.f_trace = look
            sys.settrace(look)

    before = sys.gettrace()
    sys.settrace(look)
    try:
        return function(*arguments)
    finally:
        running = False
        sys.settrace(before)


class _Limited(io.TextIOBase):
    """Passes on the first characters that are printed and swallows the rest."""

    def __init__(self, out):
        self._out, self._left = out, _CHARACTERS

    def write(self, text):
        if self._left > 0:
            self._out.write(text[: self._left])
            self._left -= len(text)
            if self._left <= 0:
                self._out.write("\n… the rest of what was printed is left out.\n")
        return len(text)


@contextlib.contextmanager
def no_flood_of_text():
    """Lets the first 2000 characters that are printed through."""
    with contextlib.redirect_stdout(_Limited(sys.stdout)), contextlib.redirect_stderr(_Limited(sys.stderr)):
        yield
