"""Checks a learner's function: passed, to do, or failed with the sentence that helps.

An `Exercise` knows the right function (the reference), cases to try it on, hints, and its typical mistakes: wrong
functions, each with the sentence for a learner who wrote that one.
"""

import copy
import functools
import html
import inspect
import itertools
import math
import warnings

import numpy as np

from lessons_lib.exercises.comparing import Tried, close, lower
from lessons_lib.exercises.differences import difference
from lessons_lib.exercises.errors import described, error_in_words, kind_in_words
from lessons_lib.exercises.limits import Stopped, no_flood_of_text, within_limits
from lessons_lib.exercises.reading import (
    does_not_take,
    has_dots,
    only_call,
    parameters,
    swapped_parameters,
    unkept_line,
    unused_parameter,
    why_none,
)
from lessons_lib.exercises.records import MIME, place_of, record
from lessons_lib.exercises.repairs import REPAIRED, repair


class Note(str):
    """Text that shows itself as it reads, with its line breaks."""

    def __repr__(self):
        return str(self)

    def _repr_html_(self):
        return f'<pre style="white-space: pre-wrap; font-size: 15px">{html.escape(self)}</pre>'


class Verdict:
    """What a check found: status is "passed", "failed" or "to do"; message is the sentence for the learner.

    record: what a saved notebook keeps of it for a program to read, see records.py; None where it stands for no exercise.
    """

    _LOOKS = {"passed": ("✔ Passed", "#009E73"), "failed": ("✘ Not yet", "#D55E00"), "to do": ("▢ To do", "#0072B2")}

    def __init__(self, status, message):
        self.status, self.message, self.record = status, message, None

    def __repr__(self):
        return f"{self._LOOKS[self.status][0]}: {self.message}"

    def _repr_html_(self):
        heading, colour = self._LOOKS[self.status]
        return (
            f'<div style="border-left: 6px solid {colour}; padding: 6px 14px; font-size: 16px; white-space: pre-wrap">'
            f"<b>{heading}</b><br>{html.escape(self.message)}</div>"
        )

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {MIME: self.record} if self.record else {}


_ONE_DRAW = (
    "Two different generators gave the very same answer: let {}, the one that is handed in, do the drawing, "
    "and not a seed of your own or a fixed order."
)


_TURNS = itertools.count()


class _ReturnedNone(Exception):
    """Stands for the answer of a function that returned nothing."""


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
    shown: for such an exercise: shown(answer) -> a text, by which the learner sees the answer beside a right one.
    spare: parameters of which one is enough for a right function.
    Its own: `lesson` and `name` say where it stands; `verdict` is the last one, None before the first; `turn` says how
    many exercises of the page were asked before it.
    """

    def __init__(
        self, reference, cases, hints, mistakes, overflow="ignore", seen=None, words=None, shown=None, spare=()
    ):
        self.reference, self.cases, self.hints, self.mistakes = reference, cases, hints, mistakes
        self.overflow, self.seen, self.words, self.shown, self.spare = overflow, seen, words, shown, spare
        self._answer = functools.cache(self._answer_anew)
        self._hints_given = 0
        self.verdict, self.turn = None, math.inf

    @property
    def lesson(self):
        """The lesson that it belongs to, such as "02_gradient_descent"; "" where it belongs to none."""
        return place_of(self)[0]

    @property
    def name(self):
        """Its name in the lesson, such as "check_slope"."""
        return place_of(self)[1]

    def __call__(self, function=...):
        try:
            verdict = self._check(function)
        except BaseException as error:  # a check that fails must not look like the learner's own traceback
            verdict = Verdict("failed", f"The check stopped with {described(error)}. Run the cell again.")
        verdict.record = record(self, function, verdict.status)
        self.verdict, self.turn = verdict, self.turn if self.turn < math.inf else next(_TURNS)
        return verdict

    def hint(self):
        """The next hint; the last one is repeated."""
        which = min(self._hints_given, len(self.hints) - 1)
        self._hints_given += 1
        return Note(f"Hint {which + 1} of {len(self.hints)}: {self.hints[which]}")

    def solution(self):
        """The library's own source of the right function, and of the one that it leaves all its work to."""
        shown = [self.reference]
        while called := only_call(shown[-1]):
            shown.append(called)
        return Note("\n\n".join(map(inspect.getsource, shown)))

    def _check(self, function):
        if function is Ellipsis:
            return Verdict("to do", "Hand over your function: write its name between the brackets.")
        if not callable(function):
            return Verdict(
                "failed", "Hand over the function itself, without calling it: write its name and no brackets."
            )
        quiet = np.errstate(all="ignore", over=self.overflow)
        answers, drawn = [], []  # of each case: an array, or the exception that came instead; what a generator made
        with warnings.catch_warnings(), quiet, no_flood_of_text():
            warnings.simplefilter("ignore")
            try:
                verdict = within_limits(self._try_all_cases, function, answers, drawn)
            except Stopped as stopped:
                name = self.cases[len(answers)][0]
                return Verdict("failed", f"Stopped {stopped} on {name}: does a loop in it ever end?")
            return verdict or self._compare(function, answers, drawn)

    def _try_all_cases(self, function, answers, drawn):
        """Fills `answers` and `drawn`; a Verdict where one answer says enough."""
        for name, arguments in self.cases:
            given = copy.deepcopy(arguments)
            try:
                answer = function(*given)
            except Stopped:
                raise
            except BaseException as error:  # SystemExit and KeyboardInterrupt come from learners' code, too
                if "ellipsis" in described(error).lower() and not isinstance(error, IndexError) and has_dots(function):
                    return self._to_do(function)
                answers.append(error)
                continue
            if answer is Ellipsis or (answer is None and has_dots(function)):
                return self._to_do(function)
            if answer is None:
                answers.append(_ReturnedNone())
                continue
            if not unchanged(given, arguments):
                return Verdict(
                    "failed",
                    f"On {name} it changed its own arguments in place (such as w -= ... or y[0] = ...): "
                    "compute new arrays instead, because the caller still needs the old ones.",
                )
            numbers = _numbers(self._as_seen(answer, arguments))
            if numbers is Ellipsis:
                return self._to_do(function)
            if numbers is None:
                return Verdict("failed", f"On {name} it {kind_in_words(answer, self._n_parts(arguments))}")
            answers.append(numbers)
            if any(isinstance(each, np.random.Generator) for each in arguments):
                drawn.append(repr((arguments[:-1], answer)))

    def _compare(self, function, answers, drawn):
        expected = [self._answer(self.reference, place) for place in range(len(self.cases))]
        wrong = [place for place, (a, b) in enumerate(zip(answers, expected)) if not _alike(a, b)]
        if not wrong and len(set(drawn)) < len(drawn):
            return Verdict("failed", _ONE_DRAW.format(parameters(self.reference)[-1]))
        if not wrong:
            return Verdict("passed", f"All {len(self.cases)} cases are right.")
        numbers = [place for place, answer in enumerate(answers) if isinstance(answer, np.ndarray)]
        sentence = swapped_parameters(function, self.reference) or unkept_line(function)
        if numbers and not sentence:  # exceptions alone can have many reasons
            sentence = self._mistake(answers)
        if not sentence and any(place in numbers for place in wrong):
            sentence = self._difference(function, numbers, answers, expected)
            stopped = [place for place in wrong if place not in numbers]
            if stopped and not sentence.startswith(REPAIRED):
                sentence = sentence if sentence.startswith("On ") else f"Where it returns numbers: {lower(sentence)}"
                sentence += f" And {lower(self._error(function, stopped[0], answers[stopped[0]]))}"
        if not sentence:
            repaired = self._repaired(function, wrong[0], expected)
            sentence = " ".join(filter(None, (self._error(function, wrong[0], answers[wrong[0]]), repaired)))
        return Verdict("failed", sentence)

    def _mistake(self, answers):
        for mistake, sentence in self.mistakes:
            if all(_alike(answer, self._answer(mistake, place)) for place, answer in enumerate(answers)):
                return sentence

    def _difference(self, function, places, answers, expected):
        names = parameters(self.reference)
        tried = [
            Tried(self.cases[place][0], dict(zip(names, self.cases[place][1])), answers[place], expected[place])
            for place in places
        ]
        if self.words:
            place = next(place for place, one in zip(places, tried) if not close(one.mine, one.right))
            if repaired := self.shown and self._repaired(function, place, expected):
                return repaired
            one = next(one for one in tried if not close(one.mine, one.right))
            first = 0 if one.mine.shape != one.right.shape else np.flatnonzero(one.mine != one.right)[0]
            return f"On {one.case}{self._both(function, one, first)}: {self.words[first]}"
        place = next(place for place, one in zip(places, tried) if not close(one.mine, one.right))
        unused = unused_parameter(function, self.reference, self.spare)
        return difference(
            tried, self.reference, self.mistakes, unused, lambda: self._repaired(function, place, expected)
        )

    def _both(self, function, one, first):
        """What the learner's function returned, beside the right answer; "" where that is of another kind."""
        if self.shown is None or first == 0:
            return ""
        mine, right = (
            self.shown(each(*copy.deepcopy(list(one.given.values())))) for each in (function, self.reference)
        )
        return f" it returned {mine}, and right is {right}" if len(mine) < 80 else ""

    def _repaired(self, function, place, expected):
        """The sentence for a change of the learner's own code that makes it right, tried on this case first."""
        order = [place, *(each for each in range(len(expected)) if each != place)]

        def is_right(changed):
            return all(_alike(self._answer_anew(changed, each), expected[each]) for each in order)

        try:
            return within_limits(repair, function, is_right)
        except Stopped:  # it filled the memory, or waited
            return None

    def _error(self, function, place, error):
        name, arguments = self.cases[place]
        if does_not_take(function, arguments):
            wanted = ", ".join(parameters(self.reference))
            n = len(arguments)
            return f"The function needs to take {n} argument{'s' * (n > 1)}: ({wanted})."
        if isinstance(error, _ReturnedNone):
            return f"On {name} it returned None: {why_none(function)}"
        return f"On {name} {error_in_words(error, function)}"

    def _answer_anew(self, function, place):
        """What the reference or a mistake answers to one case: an array, or the exception that came instead."""
        arguments = self.cases[place][1]
        given = copy.deepcopy(arguments)
        try:
            answer = function(*given)
            if not unchanged(given, arguments):
                raise RuntimeError("the arguments were changed")
            return _ReturnedNone() if answer is None else np.asarray(self._as_seen(answer, arguments), dtype=float)
        except Exception as error:
            return error.with_traceback(None)

    def _n_parts(self, arguments):
        right = self.reference(*copy.deepcopy(arguments))
        return len(right) if isinstance(right, tuple) else 1

    def _as_seen(self, answer, arguments):
        try:
            return answer if self.seen is None else self.seen(answer, *arguments)
        except Exception:  # not of the kind that was asked for: it is compared, and described, as it is
            return answer

    def _to_do(self, function):
        name = getattr(function, "__name__", "the function")
        return Verdict(
            "to do", f"Replace the ... in {name}, then run this cell again. Stuck? Ask the check for its .hint()"
        )


def _numbers(answer):
    """The answer as an array of numbers, None where it is not made of them, Ellipsis where a ... is left in it."""
    try:
        array = np.asarray(answer)
        if array.dtype == object and any(item is Ellipsis for item in array.ravel()):
            return ...
        if array.dtype.kind in "buifO":
            return array if array.dtype.kind == "f" else array.astype(float)
    except Exception:
        pass  # ragged lists, dictionaries and the like


def _alike(mine, right):
    if isinstance(mine, np.ndarray) and isinstance(right, np.ndarray):
        return close(mine, right)
    if isinstance(mine, ArithmeticError) or isinstance(mine, ValueError) and "math domain error" in described(mine):
        # Where the right answer is infinite, this is an honest way to say so.
        return isinstance(right, ArithmeticError) or isinstance(right, np.ndarray) and np.isinf(right).all()
    return type(mine) is type(right)


def unchanged(given, arguments):
    """True when a call left its arguments as they were handed over."""
    return all(
        np.array_equal(a, b, equal_nan=True)
        if isinstance(b, np.ndarray)
        else callable(b) or isinstance(b, np.random.Generator) or a == b
        for a, b in zip(given, arguments)
    )
