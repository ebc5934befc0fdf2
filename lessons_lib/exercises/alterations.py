"""What the right function answers to other questions: one argument altered, two exchanged, or a slip in itself."""

import copy
import itertools

import numpy as np

from lessons_lib.exercises.comparing import as_array, close
from lessons_lib.exercises.factors import ratio_of
from lessons_lib.exercises.slips import slips


def other_questions(tried, reference):
    """All (sentence, function of the arguments) that a slipped or otherwise asked reference gives."""
    for told, slip in slips(reference):
        yield told, lambda given, slip=slip: slip(*given.values())
    yield from _alterations(tried[0].given, reference)


def proportional(tried, answers):
    """A list of (sentence, cases with other right numbers): those answers that are the learner's but for a factor.

    answers: (sentence, function of the arguments), the factor may differ from case to case.
    """
    found = []
    for sentence, answer in answers:
        changed = []
        for one in tried:
            try:
                right = np.asarray(answer(copy.deepcopy(one.given)), dtype=float)
            except Exception:
                break
            changed.append(one._replace(right=right))
            if np.isinf(ratio_of(changed[-1])) and not close(one.mine, right):
                break
        else:
            found.append((sentence, changed))
    return found


def _alterations(given, reference):
    for name in given:
        for told, alter in _WAYS:
            yield (
                told.format(p=name),
                lambda given, name=name, alter=alter: reference(**given | {name: alter(given[name])}),
            )
    for a, b in itertools.combinations(given, 2):
        yield (
            f"It answers as if {a} and {b} had changed places.",
            lambda given, a=a, b=b: reference(**given | {a: given[b], b: given[a]}),
        )


def _number(value):
    if isinstance(value, bool | str) or np.ndim(value) or as_array(value) is None:
        raise TypeError
    return value


def _table(value):
    if np.ndim(value) == 0 or isinstance(value, str):
        raise TypeError
    return value


def _whole(value):
    if isinstance(value, str) or np.asarray(value).dtype.kind not in "iu":
        raise TypeError
    return value


_WAYS = [
    ("It answers as if {p} had the opposite sign.", lambda v: -v),
    ("It answers as if {p} were 1: is {p} left out?", lambda v: type(_number(v))(1)),
    ("It answers as if {p} were 0: is {p} left out?", lambda v: v * 0 if np.ndim(v) else type(_number(v))(0)),
    ("It answers as if {p} were 1 throughout: is {p} left out?", lambda v: np.ones_like(_table(v))),
    ("It answers as if {p} were one larger: off by one?", lambda v: _whole(v) + 1),
    ("It answers as if {p} were one smaller: off by one?", lambda v: _whole(v) - 1),
    ("It answers as if {p} were transposed.", lambda v: _table(v).T),
    ("It answers as if {p} were squared.", lambda v: v**2),
    ("It answers as if {p} were twice as large.", lambda v: 2 * (_table(v) if np.ndim(v) else _number(v))),
    ("It answers as if {p} were half as large.", lambda v: v / 2),
    ("It answers as if 1 / {p} stood in the place of {p}: multiplied where it should be divided, or the other way round?", lambda v: 1 / v),
    ("It answers as if 1 − {p} stood in the place of {p}.", lambda v: 1 - v),
    ("It answers as if the root of {p} stood in its place.", np.sqrt),
    ("It answers as if e to {p} stood in its place.", np.exp),
    ("It answers as if tanh of {p} stood in its place.", np.tanh),
    ("It answers as if each row of {p} were divided by its sum first.", lambda v: v / v.sum(axis=-1, keepdims=True)),
    ("It answers as if {p} had no sign: is there an abs too many?", abs),
    ("It answers as if {p} were rounded down: is there a // or an int()?", np.floor),
    ("It answers as if {p} were backwards.", lambda v: v[::-1]),
    ("It answers as if the columns of {p} stood in reverse order.", lambda v: v[:, ::-1]),
    ("It answers as if {p} were sorted.", lambda v: np.sort(_table(v), axis=0)),
    ("It leaves the first of {p} out.", lambda v: v[1:]),
    ("It leaves the last of {p} out.", lambda v: v[:-1]),
    ("It looks at the first of {p} alone: is a return inside a loop?", lambda v: v[:1]),
    ("It looks at the last of {p} alone: is something set anew in every round of a loop?", lambda v: v[-1:]),
    ("It takes the first of {p} everywhere.", lambda v: np.repeat(v[:1], len(v), axis=0)),
    ("It takes the last of {p} everywhere.", lambda v: np.repeat(v[-1:], len(v), axis=0)),
    ("It counts nothing of {p} more than once.", lambda v: np.minimum(_whole(v), 1)),
]  # fmt: skip
