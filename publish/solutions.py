"""The library's right answer to an exercise, as its page asks for it: for the teacher's edition and the guide."""

import ast
import builtins
import importlib
import inspect
import re
import textwrap

from lessons_lib.exercises.reading import only_call, without_guards

ASKS = re.compile(r"^(?:\w+ = )?(?:exercises\.)?(check_\w+)\((\w+)\)", re.M)


def asked(cell):
    """(name of the check, name of the learner's function) of an exercise's cell; None for any other cell."""
    found = ASKS.search(cell.source) if cell.cell_type == "code" else None
    return found.groups() if found else None


def solution(exercise, stub, on_page=()):
    """The right answer as code: the stub's own first line, under it the library's body without guards and docstring.

    exercise: its reference is what is shown; stub: the source of the cell; on_page: names that the page has by then,
    what else the body needs is imported, or defined where it is private.
    """
    wanted = _definition(stub, asked_name(stub))
    parameters = [argument.arg for argument in wanted.args.args]
    function, body = _unfolded(exercise.reference, parameters)
    head = f"def {wanted.name}({', '.join(parameters)}):"
    needed = _names_needed(body, {*parameters, *on_page, *dir(builtins), "np"})
    provided = _provided(needed, function)
    return "\n".join([*provided, *(["", ""] if provided else []), head, textwrap.indent(body, "    ")])


def solved(cell, exercise, on_page):
    """The source of an exercise's cell with the right answer in place of the stub."""
    lines, stub = cell.source.splitlines(), _definition(cell.source, asked_name(cell.source))
    answer = solution(exercise, cell.source, on_page | names_of("\n".join(lines[: stub.lineno - 1])))
    return "\n".join([*lines[: stub.lineno - 1], answer, *lines[stub.end_lineno :]])


def asked_name(source):
    """The name of the function that an exercise's cell defines for its check."""
    return ASKS.search(source)[2]


def names_of(source):
    """What a cell's code leaves on the page: the names it imports, defines and assigns."""
    names = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        else:
            names |= {
                part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
            }
    return names


def _definition(source, name):
    return next(node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef) and node.name == name)


def _unfolded(function, names):
    """(function, text of its body) in these parameters' names; one that only calls another stands for that other."""
    function = inspect.unwrap(function)
    source = textwrap.dedent(inspect.getsource(function))
    node = _definition(source, function.__name__)
    renamed = dict(zip((argument.arg for argument in node.args.args), names))
    for argument, default in zip(reversed(node.args.args), reversed(node.args.defaults)):
        renamed.setdefault(argument.arg, ast.unparse(default))
    kept = without_guards(node.body)
    called = only_call(function)
    if called:
        return _unfolded(called, [renamed[argument.id] for argument in kept[0].value.args])
    lines = source.splitlines()
    text = textwrap.dedent("\n".join("\n".join(lines[part.lineno - 1 : part.end_lineno]) for part in kept))
    for old, new in renamed.items():
        text = text if old == new else re.sub(rf"\b{old}\b", new, text)
    return function, re.sub(r"^(\w+ = \w+ \+ 0| *check_.*)\n", "", text, flags=re.M)


def _names_needed(body, known):
    tree = ast.parse(f"def body():\n{textwrap.indent(body, '    ')}")
    used = [part for part in ast.walk(tree) if isinstance(part, ast.Name)]
    own = {part.id for part in used if isinstance(part.ctx, ast.Store)}
    return sorted({part.id for part in used} - own - known)


def _provided(names, function):
    """Lines that bring the names of the function's module onto the page."""
    lines = []
    for name in names:
        value = function.__globals__[name]
        if inspect.ismodule(value):
            package, _, module = value.__name__.rpartition(".")
            lines.append(f"from {package} import {module}" + (f" as {name}" if name != module else ""))
        elif name.startswith("_"):
            lines.append(inspect.getsource(value).rstrip())
        else:
            home = getattr(value, "__module__", None) or function.__module__
            lines.append(f"from {home} import {name}")
            assert getattr(importlib.import_module(home), name) is value
    return lines
