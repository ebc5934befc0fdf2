"""Checks a learner's function: passed, to do, or failed with the sentence that helps.

An `Exercise` knows the right function (the reference), cases to try it on, hints, and its typical mistakes: wrong
functions, each with the sentence for a learner who wrote that one.
"""

import ast
import contextlib
import copy
import html
import inspect
import io
import signal
import sys
import textwrap
import threading
import time
import traceback
import warnings

import numpy as np

_SECONDS = 2.0
_CHARACTERS = 2000


class Note(str):
    """Text that shows itself as it reads, with its line breaks."""

    def __repr__(self):
        return str(self)

    def _repr_html_(self):
        return f'<pre style="white-space: pre-wrap; font-size: 15px">{html.escape(self)}</pre>'


class Verdict:
    """What a check found: status is "passed", "failed" or "to do"; message is the sentence for the learner."""

    _LOOKS = {"passed": ("✔ Passed", "#009E73"), "failed": ("✘ Not yet", "#D55E00"), "to do": ("▢ To do", "#0072B2")}

    def __init__(self, status, message):
        self.status, self.message = status, message

    def __repr__(self):
        return f"{self._LOOKS[self.status][0]}: {self.message}"

    def _repr_html_(self):
        heading, colour = self._LOOKS[self.status]
        return (
            f'<div style="border-left: 6px solid {colour}; padding: 6px 14px; font-size: 16px; white-space: pre-wrap">'
            f"<b>{heading}</b><br>{html.escape(self.message)}</div>"
        )


class _TooLong(BaseException):
    """The learner's function ran longer than it may; not an Exception, so that `except Exception` lets it pass."""


class Exercise:
    """Call it with a function to get a Verdict; it never raises. `.hint()` helps a step at a time, `.solution()` shows.

    reference: the right function.
    cases: list of (name, arguments); the name is told to the learner when that case fails.
    hints: list of sentences, from a nudge to nearly the answer.
    mistakes: list of (wrong function, sentence); the sentence is told when the learner's function answers every case
    as the wrong one does, be it with a number or with an exception.
    overflow: "ignore", or "raise" where an exponential that overflows on the way is a mistake in itself.
    seen: where many answers are right, such as a shuffle: seen(answer, *arguments) -> the numbers that must agree.
    words: for each of these numbers what the learner is told when it is the first to disagree and no mistake fits;
    the first is also for an answer of another kind.
    """

    def __init__(self, reference, cases, hints, mistakes, overflow="ignore", seen=None, words=None):
        self.reference, self.cases, self.hints, self.mistakes = reference, cases, hints, mistakes
        self.overflow, self.seen, self.words = overflow, seen, words
        self._hints_given = 0

    def __call__(self, function=...):
        try:
            return self._check(function)
        except BaseException as error:  # a check that fails must not look like the learner's own traceback
            return Verdict("failed", f"The check stopped with {_described(error)}. Run the cell again.")

    def hint(self):
        """The next hint; the last one is repeated."""
        which = min(self._hints_given, len(self.hints) - 1)
        self._hints_given += 1
        return Note(f"Hint {which + 1} of {len(self.hints)}: {self.hints[which]}")

    def solution(self):
        """The library's own source of the right function."""
        return Note(inspect.getsource(self.reference))

    def _check(self, function):
        if function is Ellipsis:
            return Verdict("to do", "Hand over your function: write its name between the brackets.")
        if not callable(function):
            return Verdict(
                "failed", "Hand over the function itself, without calling it: write its name and no brackets."
            )
        quiet = np.errstate(all="ignore", over=self.overflow)
        with warnings.catch_warnings(), quiet, _no_flood_of_text():
            warnings.simplefilter("ignore")
            return self._try_all_cases(function)

    def _try_all_cases(self, function):
        deadline = time.monotonic() + _SECONDS
        answers = []  # of each case: an array, or the exception that came instead
        for name, arguments in self.cases:
            given = copy.deepcopy(arguments)
            try:
                answer = _within(deadline, function, given)
            except _TooLong:
                return Verdict("failed", f"Stopped after {_SECONDS:.0f} seconds on {name}: does a loop in it ever end?")
            except BaseException as error:  # SystemExit and KeyboardInterrupt come from learners' code, too
                if "ellipsis" in _described(error).lower():
                    return self._to_do(function)
                answers.append(error)
                continue
            if answer is Ellipsis or (answer is None and _is_a_stub(function)):
                return self._to_do(function)
            if answer is None:
                return Verdict("failed", f"On {name} it returned None: end it with a return statement.")
            if not _same(given, arguments):
                return Verdict(
                    "failed",
                    f"On {name} it changed its own arguments in place (such as w -= ... or y[0] = ...): "
                    "compute new arrays instead, because the caller still needs the old ones.",
                )
            try:
                numbers = _within(deadline, lambda given: _numbers(self._as_seen(*given)), ((answer, arguments),))
            except _TooLong:
                return Verdict("failed", f"On {name} it returned something that takes for ever to turn into numbers.")
            if isinstance(numbers, str):
                return self._to_do(function) if "ellipsis" in numbers else Verdict("failed", f"On {name} it {numbers}")
            answers.append(numbers)
        return self._compare(function, answers)

    def _compare(self, function, answers):
        expected = self._answers_of(self.reference)
        wrong = [place for place, (a, b) in enumerate(zip(answers, expected)) if not _close(a, b)]
        if not wrong:
            return Verdict("passed", f"All {len(self.cases)} cases are right.")
        if any(isinstance(answer, np.ndarray) for answer in answers):  # exceptions alone can have many reasons
            for mistake, sentence in self.mistakes:
                if all(_close(a, b) for a, b in zip(answers, self._answers_of(mistake))):
                    return Verdict("failed", sentence)
        raised = [place for place in wrong if isinstance(answers[place], BaseException)]
        if raised:
            return self._raised(function, *self.cases[raised[0]], answers[raised[0]])
        # A wrong shape says more than a wrong number, so it is told first.
        shapes = [place for place in wrong if answers[place].shape != expected[place].shape]
        place = (shapes or wrong)[0]
        name, mine, right = self.cases[place][0], answers[place], expected[place]
        if self.words:
            first = 0 if shapes else np.flatnonzero(mine != right)[0]
            return Verdict("failed", f"On {name}: {self.words[first]}")
        if shapes:
            needed = f"shape {right.shape}" if right.shape else "to be one number"
            return Verdict("failed", f"On {name} the answer has shape {mine.shape}, but needs {needed}.")
        if not np.isfinite(mine).all() and np.isfinite(right).all():
            return Verdict("failed", f"On {name} the answer holds nan or inf: is there a division by 0 or a log of 0?")
        return Verdict("failed", f"On {name} it returned {_short(mine)}, but the answer is {_short(right)}.")

    def _answers_of(self, function):
        answers = []
        for _, arguments in self.cases:
            try:
                answer = self._as_seen(function(*copy.deepcopy(arguments)), arguments)
                answers.append(np.asarray(answer, dtype=float))
            except Exception as error:
                answers.append(error)
        return answers

    def _as_seen(self, answer, arguments):
        try:
            return answer if self.seen is None else self.seen(answer, *arguments)
        except Exception:  # not of the kind that was asked for: it is compared, and described, as it is
            return answer

    def _raised(self, function, name, arguments, error):
        if isinstance(error, RecursionError):
            return Verdict("failed", f"On {name} it called itself without end.")
        try:
            inspect.signature(function).bind(*arguments)
        except TypeError:
            wanted = ", ".join(inspect.signature(self.reference).parameters)
            return Verdict("failed", f"The function needs to take {len(arguments)} arguments: ({wanted}).")
        except ValueError:
            pass  # a built-in without a signature
        file = getattr(getattr(function, "__code__", None), "co_filename", None)
        where = [
            frame.line for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file and frame.line
        ]
        code = f", in the line “{where[-1]}”" if where else ""
        return Verdict("failed", f"On {name} it raised {_described(error)}{code}.")

    def _to_do(self, function):
        name = getattr(function, "__name__", "the function")
        return Verdict(
            "to do", f"Replace the ... in {name}, then run this cell again. Stuck? Ask the check for its .hint()"
        )


def _described(error):
    try:
        message = " ".join(str(error).split())[:300] or "no message"
    except Exception:  # the learner's own exception class may have a faulty __str__
        message = "no message"
    return f"{type(error).__name__}: {message}"


def _is_a_stub(function):
    """True when a `...` still stands as a line of the function, or, without its source, when it does nothing at all."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):

        def empty(): ...

        code = getattr(function, "__code__", None)
        return code is not None and code.co_code == empty.__code__.co_code
    dots = (
        node.value for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )
    return any(constant.value is Ellipsis for constant in dots)


def _numbers(answer):
    """The answer as an array of floats, or the end of a sentence that says why it is not one."""
    try:
        array = np.asarray(answer)
        if array.dtype == object and any(item is Ellipsis for item in array.ravel()):
            return "returned an ellipsis"
        if array.dtype.kind in "buifO":
            return array.astype(float)
    except Exception:
        pass  # ragged lists, dictionaries and the like
    parts = answer if isinstance(answer, tuple) else ()
    if len({part.shape if isinstance(part, np.ndarray) else () for part in parts}) > 1:
        return f"returned a tuple of {len(parts)} parts of different shapes; one array is needed."
    return f"returned a {type(answer).__name__} that is not made of numbers."


def _close(mine, right):
    if isinstance(mine, BaseException) or isinstance(right, BaseException):
        return type(mine) is type(right)
    size = np.abs(right[np.isfinite(right)]).max(initial=0.0)
    return mine.shape == right.shape and np.allclose(mine, right, rtol=1e-6, atol=1e-9 * size + 1e-11, equal_nan=True)


def _same(given, arguments):
    return all(
        np.array_equal(a, b, equal_nan=True)
        if isinstance(b, np.ndarray)
        else callable(b) or isinstance(b, np.random.Generator) or a == b
        for a, b in zip(given, arguments)
    )


def _short(array):
    plain = {"float_kind": lambda value: f"{value:.6g}"}
    text = np.array2string(array, threshold=8, edgeitems=3, separator=", ", formatter=plain)
    return " ".join(text.split())


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
def _no_flood_of_text():
    with contextlib.redirect_stdout(_Limited(sys.stdout)), contextlib.redirect_stderr(_Limited(sys.stderr)):
        yield


def _within(deadline, function, arguments):
    """function(*arguments), or _TooLong once time.monotonic() passes the deadline.

    Python looks for the deadline between two of its own instructions: a single endless call of C code, such as
    sum(itertools.count()), is the one thing that it cannot end.
    """
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        return _with_alarm(deadline, function, arguments)
    return _with_trace(deadline, function, arguments)


def _with_alarm(deadline, function, arguments):
    def stop(_, event, __):
        if event == "line":
            raise _TooLong
        return stop

    def ring(_, frame):
        # A bare `except:` in the learner's loop swallows this one; then the next line that runs raises again.
        sys.settrace(stop)
        while frame is not None and frame.f_code.co_filename != __file__:
            frame.f_trace = stop
            frame = frame.f_back
        raise _TooLong

    trace, handler = sys.gettrace(), signal.signal(signal.SIGALRM, ring)
    others, _ = signal.setitimer(signal.ITIMER_REAL, max(deadline - time.monotonic(), 0.01), 0.05)
    try:
        return function(*arguments)
    finally:
        sys.settrace(trace)
        signal.setitimer(signal.ITIMER_REAL, others)
        signal.signal(signal.SIGALRM, handler)


def _with_trace(deadline, function, arguments):
    """Where there is no alarm (Windows, the browser, a thread): look at the clock at every instruction."""

    def look(frame, *_):
        frame.f_trace_opcodes = True
        if time.monotonic() > deadline:
            raise _TooLong
        return look

    before = sys.gettrace()
    sys.settrace(look)
    try:
        return function(*arguments)
    finally:
        sys.settrace(before)
