"""What the child process does: runs a learner's code and writes down what the function answers, as plain data.

The page is not run from top to bottom: of its cells only those statements that the function needs, then, if a name is
still missing, with those of the cells below, then all down to there. Nothing here decides whether an answer is right,
since the code that runs here may have changed anything: the parent compares.
"""

import ast
import base64
import builtins
import copy
import dis
import json
import linecache
import os
import sys
import types
import warnings

import numpy as np

from lessons_lib.exercises.checking import unchanged
from lessons_lib.exercises.errors import described
from lessons_lib.exercises.reading import has_dots
from lessons_lib.exercises.records import exercises_of
from lessons_lib.report import shelter

_SHOW = ("panel", "quiz", "my_progress", "show_source", "print", "display")


def main():
    """Read a job, lock this process in, write the answers. The job and the answers are JSON."""
    job = json.load(sys.stdin)
    out, nowhere = os.dup(1), os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # what the learner's code prints is of no interest
        os.dup2(nowhere, stream)
    exercise = exercises_of(job["lesson"])[job["exercise"]]
    cases = [arguments for _, arguments in exercise.cases]
    exercise.reference = exercise.mistakes = None  # a check is not asked for the right answers
    try:
        shelter.enter(job["shelter"], job["place"], job["root"], job["seconds"])
    except OSError as error:
        told = {"no shelter": str(error)}
    else:
        told = answers(job["cells"], job["exercise"], job["function"], cases, exercise.overflow, job["below"])
    left = json.dumps(told).encode()
    while left:
        left = left[os.write(out, left) :]
    os._exit(0)  # whatever the learner's code has left running


def answers(cells, exercise, function, cases, overflow="ignore", below=()):
    """{"answers": one for each case} of the function that the last of the cells hands to an exercise.

    cells: the page's code down to there; function: its name by its record; below: the page's other code. {"error":
    sentence} where there is no function. An answer is what `encoded` makes of it; where the function raised, {"raised":
    [type, message]}; where it changed what it was given, {"changed": true}.
    """
    trees = [_tree(cell) for cell in cells]
    if trees[-1] is None:
        return {"error": "Its cell is not Python."}
    asked = _asked(trees[-1], exercise, function)
    statements = [node for tree in trees if tree for node in tree.body]
    others = [node for tree in map(_tree, below) if tree for node in tree.body]
    every = [node for node in statements if not _only_shows(node)]
    for chosen in (_needed(statements, asked), _needed(others + statements, asked), every):
        names = _run(chosen)
        try:
            mine = eval(asked, names)
        except BaseException as error:
            told = {"error": f"There is no function to ask ({described(error)})."}
            continue
        with warnings.catch_warnings(), np.errstate(all="ignore", over=overflow):
            warnings.simplefilter("ignore")
            told = {"answers": [_answer(mine, arguments) for arguments in cases]}
        if not any(each.get("raised", [""])[0] == "NameError" for each in told["answers"]):
            break
    return told


def _tree(cell):
    """A cell as a syntax tree, its lines for Jupyter left out; None where it is not Python."""
    lines = ["pass" if line.startswith(("%", "!", "?")) or line.endswith("?") else line for line in cell.splitlines()]
    try:
        return ast.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _asked(tree, exercise, function):
    """The text of what the cell hands to the exercise: of several what the record names, else the last."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and (node.args or node.keywords)]
    names = [getattr(node.func, "id", getattr(node.func, "attr", "")) for node in calls]
    handed = [
        ast.unparse((node.args or [node.keywords[0].value])[0]) for node, name in zip(calls, names) if name == exercise
    ]
    return function if function in handed or not handed else handed[-1]


def _needed(statements, asked):
    """Of these statements, in their order, those that what is asked needs to have run."""
    names = _read(_tree(asked).body[0]) if _tree(asked) else set()
    imported = set().union(*(_bound(node) for node in statements if isinstance(node, ast.Import | ast.ImportFrom)))
    bound = [(node, _bound(node) | _changed(node) - imported) for node in statements if not _only_shows(node)]
    while True:
        chosen = [node for node, its in bound if its & names]
        more = names.union(*map(_read, chosen))
        if more == names:
            return chosen
        names = more


def _read(statement):
    """The names of the page that a statement reads, also from within a function; not a function's own variables."""
    return {step.argval for step in _steps(statement) if step.opname in ("LOAD_NAME", "LOAD_GLOBAL")}


def _bound(statement):
    """The names of the page that a statement defines, or into whose value it puts something: a[0] = 1, a.b = 1."""
    found = {step.argval for step in _steps(statement) if step.opname in ("STORE_NAME", "STORE_GLOBAL")}
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    for node in ast.walk(statement):
        if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store):
            found.add(_root(node))
    return found


def _changed(statement):
    """The names whose values the calls in a statement may change: a.append(1), shuffle(a); not what it only shows."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return set()
    calls = [node.value for node in ast.walk(statement) if _is_call(node) and not _only_shows(node)]
    return {_root(node) for call in calls for node in (call.func, *call.args)}


def _root(node):
    """a of a, a.b and a[0].b; None of anything else."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return getattr(node, "id", None)


def _is_call(statement):
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)


def _only_shows(statement):
    """Whether it is a call that a page makes for its reader: a check, a panel, a quiz, a print."""
    name = ast.unparse(statement.value.func).rpartition(".")[2] if _is_call(statement) else ""
    return name.startswith("check_") or name in _SHOW


def _steps(statement):
    """The instructions of a statement and of the functions in it."""
    try:
        codes = [compile(ast.Module([statement], []), "<page>", "exec")]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    while codes:
        code = codes.pop()
        codes += [each for each in code.co_consts if isinstance(each, types.CodeType)]
        yield from dis.get_instructions(code)


def _run(statements):
    """The names after these statements have run; one that fails is passed over, as a failed cell is."""
    source = "\n".join(map(ast.unparse, statements))
    linecache.cache["<page>"] = len(source), None, source.splitlines(keepends=True), "<page>"  # has_dots looks there
    names = {"__name__": "__main__", "__builtins__": builtins, "np": np}  # np: where the set-up cell is gone
    for node in ast.parse(source).body:
        try:
            exec(compile(ast.Module([node], []), "<page>", "exec"), names)
        except BaseException:  # SystemExit, too
            continue
    return names


def _answer(function, arguments):
    given = copy.deepcopy(arguments)
    try:
        value = function(*given)
    except BaseException as error:
        words = described(error)
        if "ellipsis" in words.lower() and not isinstance(error, IndexError) and has_dots(function):
            return {"dots": True}
        return {"raised": [type(error).__name__, words[:500]]}
    if value is None and has_dots(function):
        return {"dots": True}
    return encoded(value) if unchanged(given, arguments) else {"changed": True}


def encoded(value, depth=4):
    """A value as JSON can hold it: arrays with type and shape, lists and tuples of them; others by type."""
    if value is Ellipsis:
        return {"dots": True}
    if value is None or type(value) in (str, bool, float) or type(value) is int and abs(value) < 2**63:
        return {"plain": value}
    if isinstance(value, list | tuple) and depth:
        return {type(value).__name__: [encoded(each, depth - 1) for each in value]}
    try:
        array = np.asarray(value)
    except Exception:
        return {"other": type(value).__name__}
    if array.dtype.kind in "biufc":
        return {"array": [array.dtype.str, array.shape, base64.b64encode(array.tobytes()).decode()]}
    if array.ndim and depth:
        return encoded(array.tolist(), depth - 1)
    return {"other": type(value).__name__}
