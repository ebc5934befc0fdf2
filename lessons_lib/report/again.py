"""Has every exercise answered again by a child process that is locked in, and compares the answers here.

What the child sends is JSON with plain arrays, never a pickle. The answers go through the exercise's own check: it asks
a stand-in that gives the child's answers one after another.
"""

import base64
import builtins
import json
import os
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from lessons_lib.exercises.records import exercises_of
from lessons_lib.report import shelter
from lessons_lib.report.submissions import plain


def run_again(submissions, seconds=10, unsheltered=False):
    """Fill `again` of every result whose code can be run, and name what contradicts its record -> what to tell.

    RuntimeError where this machine offers no shelter and `unsheltered` does not allow to go without.
    """
    kind = next(kind for kind in shelter.KINDS if shelter.is_offered(kind) and (kind == "none" or _holds(kind)))
    if kind == "none" and not unsheltered:
        raise RuntimeError(shelter.REFUSED)
    jobs = [
        (submission, place, result)
        for submission in submissions
        for place, result in submission.results.items()
        if result.cell is not None and result.state != "to do"
    ]

    def ask(job):
        submission, (lesson, exercise), result = job
        cells, below = submission.code[: result.cell + 1], submission.code[result.cell + 1 :]
        return _ask_child(kind, seconds, lesson, exercise, cells, result.function, below)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for (_, (lesson, exercise), result), told in zip(jobs, pool.map(ask, jobs)):
            result.again, why = _compared(exercises_of(lesson)[exercise], told)
            if result.state == "passed" and result.again != "passed":
                result.state, result.note = "forged", f"{result.note} Its record says “passed”. {why}".strip()
            elif result.again == "stopped":
                result.note = f"{result.note} {why}".strip()
    return [shelter.SAID[kind]]


def _holds(kind):
    """Whether this shelter can be entered here, and Python and the course work within."""
    cell = "import colorsys\nfrom lessons_lib.data import apartments\ntable = apartments()\n"
    cell += "def price(size, w):\n    return size * w + 0 * colorsys.ONE_THIRD * len(table.y)"
    told = _ask_child(kind, 20, "00_start_here", "check_price", [cell], "price")
    return _compared(exercises_of("00_start_here")["check_price"], told)[0] == "passed"


def _ask_child(kind, seconds, lesson, exercise, cells, function, below=()):
    """What the child told of one exercise: a dictionary, whatever happened."""
    path = [os.path.abspath(each) for each in sys.path]
    code = f"import sys; sys.path[:] = {path!r}; from lessons_lib.report.inside import main; main()"
    command = [*shelter.command(kind), sys.executable, "-I", "-S", "-B", "-X", "utf8", "-c", code]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place, tempfile.TemporaryFile() as out:
        home = shelter.FOLDER if kind == "namespaces" else place
        environment = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), home) | {"OPENBLAS_NUM_THREADS": "1"}
        environment |= {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        job = {"lesson": lesson, "exercise": exercise, "cells": cells, "function": function, "below": below,
               "shelter": kind, "place": place, "root": shelter.is_root(), "seconds": seconds}  # fmt: skip
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, stderr=subprocess.DEVNULL, env=environment,
                              cwd=place, start_new_session=True) as child:  # fmt: skip
            try:
                child.communicate(json.dumps(job).encode(), seconds)
            except subprocess.TimeoutExpired:
                return {"stopped": f"Stopped after {seconds:g} seconds."}
            finally:
                _kill(child)
        out.seek(0)
        try:
            told = json.loads(out.read(2 * shelter.LARGEST_FILE))
        except (ValueError, RecursionError):
            told = None
    return (
        told if isinstance(told, dict) else {"stopped": "It ended without an answer: too much memory, or its own exit."}
    )


def _kill(child):
    """The child and all that it started."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except AttributeError:  # Windows
        child.kill()
    except (ProcessLookupError, PermissionError):  # they have ended; macOS says so in its own way
        pass


def _compared(exercise, told):
    """("passed", "failed", "to do" or "stopped", the sentence that says why) of what the child told."""
    if "answers" not in told:
        why = plain(str(told.get("error") or told.get("stopped") or told.get("no shelter")))
        return ("failed" if "error" in told else "stopped"), why
    try:
        answers = [_Raised(*each["raised"]) if "raised" in each else _decoded(each) for each in told["answers"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, MemoryError):
        return "failed", "What it answered is not data."
    if any(each is _CHANGED for each in answers):
        return "failed", "Run again, it changed its own arguments in place."
    if len(answers) != len(exercise.cases):
        return "failed", "It did not answer every case."
    raised = next((each.error for each in answers if isinstance(each, _Raised)), None)
    why = plain(f"it raised {raised}".rstrip(".")) if raised else "its answers are wrong"
    return exercise(_StandIn(answers)).status, f"Run again, {why}."


_CHANGED = object()


class _Raised:
    """An exception of the child: a built-in one of that name, or a plain one."""

    def __init__(self, name, message):
        kind = getattr(builtins, str(name), None)
        plain = isinstance(kind, type) and issubclass(kind, Exception) and not issubclass(kind, UnicodeError)
        self.error = (kind if plain else Exception)(str(message)[:500])


class _StandIn:
    """A function that gives these answers one after another, whatever it is asked."""

    def __init__(self, answers):
        self._answers = iter(answers)

    def __call__(self, *_):
        answer = next(self._answers, None)
        if isinstance(answer, _Raised):
            raise answer.error
        return answer


def _decoded(told):
    """The value that inside.encoded has written down."""
    if "dots" in told:
        return ...
    if "changed" in told:
        return _CHANGED
    if "plain" in told:
        return told["plain"] if isinstance(told["plain"], str | int | float | None) else object()
    if "list" in told or "tuple" in told:
        return [_decoded(each) for each in told["list"]] if "list" in told else tuple(map(_decoded, told["tuple"]))
    if "array" in told:
        kind, shape, data = told["array"]
        kind = np.dtype(kind)
        if kind.kind not in "biufc":
            raise ValueError("not an array of numbers.")
        return np.frombuffer(base64.b64decode(data), kind).reshape(shape)[()]
    return object()
