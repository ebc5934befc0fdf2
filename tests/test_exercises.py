"""Every exercise: the reference passes, the stub is to do, each typical mistake gets its sentence, nonsense never raises.

What learners write stands in answers/, one module per lesson: ANSWERS = {"check_…": {"right": [function, …],
"wrong": [(function, words of its message), …]}}.
"""

import importlib
import itertools
import pkgutil
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from lessons_lib import exercises
from lessons_lib.exercises.bigram_language_model import check_mean_loss, check_row_probabilities, check_smoothed
from lessons_lib.exercises.checking import Exercise
from lessons_lib.exercises.gradient_descent import check_descend
from lessons_lib.exercises.linear_regression import check_gradient, check_loss, check_train
from lessons_lib.exercises.logistic_regression import check_cross_entropy
from lessons_lib.maths import linear_regression as lr

ALL = [
    pytest.param(exercise, id=f"{module.name}.{name}")
    for module in pkgutil.iter_modules(exercises.__path__)
    for name, exercise in vars(importlib.import_module(f"lessons_lib.exercises.{module.name}")).items()
    if isinstance(exercise, Exercise)
]


def _answers(kind):
    """The right or the wrong answers of all lessons, as cases for pytest: (exercise, function) or with words."""
    for path in sorted((Path(__file__).parent / "answers").glob("*.py")):
        checks = importlib.import_module(f"lessons_lib.exercises.{path.stem}")
        for name, answers in importlib.import_module(f"answers.{path.stem}").ANSWERS.items():
            for answer in answers[kind]:
                function, *words = answer if kind == "wrong" else (answer,)
                label = getattr(function, "__name__", "object")
                yield pytest.param(getattr(checks, name), function, *words, id=f"{path.stem}.{name}.{label}")


@pytest.mark.parametrize("exercise, function", list(_answers("right")))
def test_what_learners_write_and_is_right_passes(exercise, function):
    assert exercise(function).status == "passed", exercise(function)


@pytest.mark.parametrize("exercise, function, words", list(_answers("wrong")))
def test_what_learners_write_and_is_wrong_is_told_why(exercise, function, words):
    verdict = exercise(function)
    assert verdict.status == "failed", verdict
    assert words.lower() in verdict.message.lower()


def test_the_answers_are_many():
    assert len(list(_answers("right"))) >= 300
    assert len(list(_answers("wrong"))) >= 500


def test_verdicts_depend_neither_on_their_order_nor_on_the_thread():
    answers = [each.values for each in [*_answers("wrong")][::9] if "ever" not in each.id and "end" not in each.id]
    once = [repr(exercise(function)) for exercise, function, _ in answers]
    backwards = []

    def again():
        backwards.extend(repr(exercise(function)) for exercise, function, _ in reversed(answers))

    thread = threading.Thread(target=again)
    thread.start()
    thread.join(200)
    assert backwards[::-1] == once


@pytest.mark.parametrize("exercise", ALL)
def test_a_check_of_an_answer_that_fits_nothing_takes_a_fifth_of_a_second_at_most(exercise):
    def bent(value):
        return np.sin(3 * np.asarray(value, dtype=float)) + np.asarray(value, dtype=float) ** 2

    def wrong(*arguments):
        answer = exercise.reference(*arguments)
        return [bent(part) for part in answer] if isinstance(answer, list | tuple) else bent(answer)

    start = time.process_time()
    exercise(wrong)
    assert time.process_time() - start < 0.2


@pytest.mark.parametrize("exercise", ALL)
def test_the_reference_passes_and_stubs_are_to_do(exercise):
    def stub(*arguments): ...

    def returns_it(*arguments):
        return ...

    def computes_with_it(*arguments):
        return np.sum(...) + 1

    assert exercise(exercise.reference).status == "passed"

    def documented(*arguments):
        """What it should do."""
        ...

    def half_done(*arguments):
        first = arguments[0]  # noqa: F841
        ...

    for unsolved in (stub, returns_it, computes_with_it, documented, half_done, ...):
        assert exercise(unsolved).status == "to do", exercise(unsolved)


@pytest.mark.parametrize("exercise", ALL)
def test_each_typical_mistake_gets_its_own_sentence(exercise):
    sentences = [sentence for _, sentence in exercise.mistakes]
    for wrong, sentence in exercise.mistakes:
        verdict = exercise(wrong)
        assert (verdict.status, verdict.message) == ("failed", sentence)
    assert len(set(sentences)) >= len(sentences) - 1


def raises(*_):
    return {}["no such key"]


def leaves(*_):
    sys.exit(3)


def recurses(*_):
    return recurses(*_)


def loops(*_):
    while True:
        pass


def loops_and_catches(*_):
    while True:
        try:
            np.zeros(3)
        except Exception:
            pass


def loops_and_catches_all(*_):
    while True:
        try:
            time.sleep(10)
        except:  # noqa: E722
            pass


class Hostile(Exception):
    def __str__(self):
        raise ValueError


def raises_hostile(*_):
    raise Hostile


class Endless:
    def __array__(self, *_, **__):
        while True:
            pass


def prints_for_ever(*_):
    for number in itertools.count():
        print("a line", number)


def in_place(w, X, y):
    w -= 1
    return lr.loss(w, X, y)


NONSENSE = {
    "no arguments": (lambda: 1.0, "3 arguments: (w, X, y)"),
    "None": (lambda w, X, y: print(end=""), "return"),
    "text": (lambda w, X, y: "five", "a text"),
    "a dictionary": (lambda w, X, y: {"loss": 1}, "a dictionary: return its values"),
    "complex": (lambda w, X, y: 1j, "complex numbers"),
    "ragged": (lambda w, X, y: [[1], [1, 2]], "whose parts differ"),
    "arrays of two shapes": (lambda w, X, y: (X, y), "a tuple of 2 parts of different shapes; one array is needed"),
    "nan": (lambda w, X, y: np.nan, "nan"),
    "a vector": (lambda w, X, y: np.ones(3), "depend on what goes in"),
    "raises": (raises, "a dictionary has no 'no such key'"),
    "leaves": (leaves, "SystemExit"),
    "recurses": (recurses, "called itself without end"),
    "loops": (loops, "does a loop in it ever end"),
    "loops and catches": (loops_and_catches, "does a loop in it ever end"),
    "loops and catches all": (loops_and_catches_all, "does a loop in it ever end"),
    "hostile exception": (raises_hostile, "Hostile: no message, in the line “raise Hostile”"),
    "endless array": (lambda *_: Endless(), "does a loop in it ever end"),
    "solves with a library": (lambda w, X, y: np.linalg.inv(np.zeros((2, 2))), "LinAlgError"),
    "prints": (prints_for_ever, "does a loop in it ever end"),
    "in place": (in_place, "in place"),
    "a number": (3.5, "function itself"),
}


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_ends_in_its_sentence_within_five_seconds(name, capsys):
    answer, words = NONSENSE[name]
    start = time.monotonic()
    verdict = check_loss(answer)
    assert sys.gettrace() is None
    assert time.monotonic() - start < 5
    assert verdict.status == "failed"
    assert words in verdict.message
    assert len(capsys.readouterr().out) < 5000


def test_an_endless_loop_ends_in_a_thread_too():
    """There is no alarm outside the main thread, nor on Windows or in a browser: the clock is read at every line."""
    verdicts = []
    thread = threading.Thread(target=lambda: verdicts.append(check_loss(loops)), daemon=True)
    thread.start()
    thread.join(5)
    assert verdicts and "does a loop" in verdicts[0].message


def test_a_stub_without_source_is_to_do_and_a_bare_return_is_not():
    page = {}
    exec("def stub(w, X, y): ...\ndef bare(w, X, y):\n    return\n", page)
    assert check_loss(page["stub"]).status == "to do"

    def bare(w, X, y):
        return

    assert "returned None" in check_loss(bare).message


def test_mistakes_are_recognised_as_learners_write_them():
    def return_in_the_loop(X, y, learning_rate, n_steps):
        w = np.zeros(X.shape[1])
        for _ in range(n_steps):
            w = w - learning_rate * lr.gradient(w, X, y)
            return w

    def start_forgotten(gradient, start, learning_rate, n_steps):
        w, path = start, []
        for _ in range(n_steps):
            w = w - learning_rate * gradient(w)
            path.append(w)
        return np.array(path)

    def changed_in_place(gradient, start, learning_rate, n_steps):
        w, path = start.copy(), []
        path.append(w)
        for _ in range(n_steps):
            w -= learning_rate * gradient(w)
            path.append(w)
        return np.array(path)

    assert "return inside the loop" in check_train(return_in_the_loop).message
    assert "The start is missing" in check_descend(start_forgotten).message
    assert "same array, changed in place" in check_descend(changed_in_place).message
    assert "transposed" in check_loss(lambda w, X, y: np.mean((w @ X - y) ** 2) / 2).message


def slow_loss(w, X, y):
    total = 0.0
    for row, price in zip(X, y):
        total += (sum(a * b for a, b in zip(row, w)) - price) ** 2
    return total / 2 / len(X)


RIGHT_LOSSES = [
    lr.loss,
    slow_loss,
    lambda w, X, y: np.mean((X @ w - y) ** 2) / 2,
    lambda w, X, y: 0.5 * np.average(np.square(np.dot(X, w) - y)),
    lambda w, X, y: np.linalg.norm(X @ w - y) ** 2 / (2 * y.size),
    lambda w, X, y: float(np.sum((y - X @ w) ** 2) / (2 * X.shape[0])),
    lambda w, X, y: np.var(X @ w - y) / 2 + np.mean(X @ w - y) ** 2 / 2,
    lambda w, X, y: np.einsum("i,i", X @ w - y, X @ w - y) / len(y) / 2,
    lambda w, X, y: ((X * w).sum(axis=1) - y) @ ((X * w).sum(axis=1) - y) / 2 / len(y),
    lambda w, X, y: np.array((w @ X.T @ X @ w - 2 * y @ X @ w + y @ y) / (2 * len(y))),
    lambda w, X, y: sum((x @ w - t) ** 2 for x, t in zip(X, y)) / (2 * len(y)),
    lambda w, X, y: np.array(np.mean((X @ w - y) ** 2) / 2, dtype=object),
]
RIGHT_GRADIENTS = [
    lr.gradient,
    lambda w, X, y: (X.T @ X @ w - X.T @ y) / len(y),
    lambda w, X, y: (X @ w - y) @ X / len(y),
    lambda w, X, y: (X * (X @ w - y)[:, None]).mean(axis=0),
    lambda w, X, y: np.mean([(x @ w - t) * x for x, t in zip(X, y)], axis=0),
    lambda w, X, y: [float(X[:, j] @ (X @ w - y)) / len(y) for j in range(len(w))],
    lambda w, X, y: tuple(np.dot(X.T, np.dot(X, w) - y) / X.shape[0]),
    lambda w, X, y: -X.T @ (y - X @ w) / len(y),
    lambda w, X, y: np.einsum("nd,n->d", X, X @ w - y) / len(y),
    lambda w, X, y: np.array([(lr.loss(w + e, X, y) - lr.loss(w - e, X, y)) / 2 for e in np.eye(len(w))]),
    lambda w, X, y: np.average(X, axis=0, weights=None) * 0 + X.T.dot(X.dot(w) - y) / y.shape[0],
]


@pytest.mark.parametrize("check, right", [(check_loss, f) for f in RIGHT_LOSSES] + [(check_gradient, f) for f in RIGHT_GRADIENTS])  # fmt: skip
def test_right_answers_pass_however_they_are_written(check, right):
    assert check(right).status == "passed", check(right)


def test_an_answer_that_is_right_only_on_the_first_case_fails():
    w, X, y = check_loss.cases[0][1]
    assert check_loss(lambda *_: lr.loss(w, X, y)).status == "failed"


def test_hints_come_one_at_a_time_and_the_solution_is_the_librarys():
    exercise = Exercise(lr.loss, check_loss.cases, ["first", "second"], [])
    assert [str(exercise.hint()) for _ in range(3)] == [
        "Hint 1 of 2: first",
        "Hint 2 of 2: second",
        "Hint 2 of 2: second",
    ]
    assert "residual @ residual" in exercise.solution()


@pytest.mark.parametrize(
    "exercise, works", [(check_cross_entropy, "p * np.log(q)"), (check_row_probabilities, "keepdims=True"),
                        (check_mean_loss, "np.log(P"), (check_smoothed, "keepdims=True")], ids=lambda value: getattr(value, "name", ""))  # fmt: skip
def test_the_solution_shows_what_does_the_work_and_not_only_who_is_called(exercise, works):
    assert exercise.solution().startswith("def ") and works in exercise.solution()


def test_a_verdict_reads_as_text_and_as_html():
    verdict = check_loss(lambda w, X, y: "<b>")
    assert repr(verdict).startswith("✘ Not yet: On two flats")
    assert "<b>✘ Not yet</b>" in verdict._repr_html_()
