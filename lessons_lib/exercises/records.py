"""What a verdict leaves in a saved notebook for a program to read: which exercise, how it went, of which code.

JupyterLab would show `application/json` in place of the text, so the record has a type of its own, which no page shows.
A record is the same on every machine and at every time. It holds no secret: whoever can run Python can make one, and
only running the code again tells.
"""

import hashlib
import importlib
import inspect
import linecache
import sys
import textwrap

from lessons_lib.exercises import LESSONS

MIME = "application/vnd.lessons-lib.verdict+json"
STATES = ("passed", "failed", "to do")


def place_of(exercise):
    """(lesson, name) of an exercise by the lesson's module it stands in: ("02_gradient_descent", "check_slope").

    One that stands elsewhere has the lesson "" and the name of its reference.
    """
    for lesson in LESSONS:
        module = sys.modules.get(f"lessons_lib.exercises.{lesson[3:]}")
        for name, value in vars(module).items() if module else ():
            if value is exercise:
                return lesson, name
    return "", getattr(exercise.reference, "__name__", "")


def exercises_of(lesson):
    """The exercises of a lesson by name, in the order of its module; {} where this copy of the course has none.

    lesson: such as "02_gradient_descent" (ValueError when there is no such lesson).
    """
    if lesson not in LESSONS:
        raise ValueError(f"there is no lesson {lesson!r}; the lessons are {', '.join(LESSONS)}.")
    name = f"lessons_lib.exercises.{lesson[3:]}"
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return {}
    return {name: value for name, value in vars(module).items() if type(value).__name__ == "Exercise"}


def record(exercise, function, status):
    """The record of a verdict on a learner's function: a dictionary of texts.

    function   its name, with its module where it was not written on the page
    digest     of the record and of the cell that the function was written in, as it ran
    """
    lesson, name = place_of(exercise)
    try:
        function, code = _name_and_code(function)
    except Exception:  # a learner's object may answer anything
        function, code = "", ""
    return {
        "lesson": lesson,
        "exercise": name,
        "status": status,
        "function": function,
        "digest": digest(lesson, name, status, function, code),
    }


def digest(lesson, exercise, status, function, code):
    """32 hexadecimal digits for a record and the text of a cell; empty lines and lines of comment do not count.

    Nor do lines for Jupyter alone (%time, !ls, name?), which Python sees in another form.
    """
    kept = [
        line
        for line in map(str.rstrip, textwrap.dedent(code).splitlines())
        if line and not line.lstrip().startswith(("#", "%", "!", "?", "get_ipython()")) and not line.endswith("?")
    ]
    text = "\n".join([lesson, exercise, status, function, *kept])
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def _name_and_code(function):
    """A function's name and the text it was written in; "" for one that was not written on the page."""
    function = inspect.unwrap(function)
    name = str(getattr(function, "__name__", ""))[:100]
    module = getattr(function, "__module__", None)
    if module not in ("__main__", None):
        return f"{module}.{name}", ""
    code = getattr(function, "__code__", None)
    return name, "".join(linecache.getlines(code.co_filename)) if code else ""
