"""The one change that makes a learner's own function right: for slips that no list foresees, in code written in any way."""

import ast
import contextlib
import copy
import inspect
import io
import itertools
import sys
import textwrap
import types

from lessons_lib.exercises.slips import changes, nodes, put

REPAIRED = "One change makes it right:"
_MOST = 300  # changes that are tried
_INSTRUCTIONS = 10_000  # that one changed function may carry out, and ten times as many all together: unlike a clock,
_FILE = "<a repair>"  # this gives the same verdict everywhere
_SHORT = 8  # letters: a text shorter than this is not recognised


def repair(function, is_right):
    """The sentence for the first single change after which is_right(changed function), or None.

    A function that catches exceptions, or calls itself, is left alone: it could not be stopped.
    """
    tree = _tree(function)
    if tree is None or _cannot_be_stopped(tree, function.__name__):
        return None
    known = {**function.__globals__, **inspect.getclosurevars(function).nonlocals}
    left = 10 * _INSTRUCTIONS
    with contextlib.redirect_stdout(io.StringIO()):
        for told, change, undo in itertools.islice(_changes(tree, function.__code__.co_varnames), _MOST):
            change()
            try:
                right, carried_out = _counted(is_right, _compiled(tree, known), min(left, _INSTRUCTIONS))
                left -= carried_out
                if right:
                    return f"{REPAIRED} {told()}"
            except (Exception, SystemExit):  # a change that makes no sense, such as a name without a value
                pass
            finally:
                undo()
            if left <= 0:
                return None


def _counted(is_right, changed, most):
    """is_right(changed), or False once `changed` carries out more than `most` instructions; and their number."""
    count = 0

    def look(frame, *_):
        nonlocal count
        if frame.f_code.co_filename == _FILE:
            frame.f_trace_opcodes = True
            count += 1
            if count > most:
                raise TimeoutError
            return look

    before = sys.gettrace()
    sys.settrace(look)
    try:
        return is_right(changed), count
    finally:
        sys.settrace(before)


def _tree(function):
    """The function as a tree, also where it is a lambda in a longer line; None where its text is not at hand."""
    if not isinstance(function, types.FunctionType):
        return None
    try:
        text = textwrap.dedent(inspect.getsource(function)).strip().rstrip(",")
        tree = ast.parse(text)
    except (OSError, TypeError, SyntaxError, ValueError):
        return None
    if function.__name__ != "<lambda>":
        return tree if isinstance(tree.body[0], ast.FunctionDef) and not tree.body[0].decorator_list else None
    all_of_them = [each for each in ast.walk(tree) if isinstance(each, ast.Lambda)]
    for each in all_of_them:
        if len(all_of_them) == 1 or _is_code_of(each, function):
            body = [ast.Return(each.body)]
            return ast.fix_missing_locations(ast.Module([ast.FunctionDef("answer", each.args, body, [])], []))
    return None


def _is_code_of(expression, function):
    constants = compile(ast.Expression(expression), "<answer>", "eval").co_consts  # defaults come first
    code = next(each for each in constants if inspect.iscode(each))
    return (code.co_code, code.co_names) == (function.__code__.co_code, function.__code__.co_names)


def _cannot_be_stopped(tree, name):
    return any(isinstance(each, ast.Try) or (isinstance(each, ast.Name) and each.id == name) for each in ast.walk(tree))


def _compiled(tree, known):
    names = {}
    exec(compile(tree, _FILE, "exec"), known, names)
    return names[tree.body[0].name]


def _changes(tree, names):
    """(what is told, change, undo) for each change of an expression, and then of a line.

    First comes an if that is left away, as to make its condition true in all cases is no help, and what stands at
    the wrong depth.
    """
    every = list(nodes(tree, ()))
    for node, above in every:
        if isinstance(node, ast.If) and isinstance(above[-1][0], ast.FunctionDef):
            yield _without_if(above[-1][0].body, node)
        elif isinstance(node, ast.IfExp):
            yield from (_exchange(node, above, new) for new in (node.body, node.orelse))
    blocks = [
        lines
        for node, _ in every
        for field in ("body", "orelse")
        if isinstance(lines := getattr(node, field, None), list)
    ]
    for lines in blocks:
        yield from _moved_lines(lines)
    for node, above in every:
        if isinstance(node, ast.expr) and not isinstance(getattr(node, "ctx", None), ast.Store):
            for new in _other_nodes(node, names):
                yield _exchange(node, above, new)
    for lines in blocks:
        yield from _other_lines(lines)


def _exchange(old, above, new):
    new = ast.fix_missing_locations(ast.copy_location(new, old))
    place = above[-1]

    def told():
        around = old
        for parent, *_ in above[::-1]:
            put(place, old)
            short = isinstance(around, ast.Name) or len(ast.unparse(around)) < _SHORT
            if not (short and isinstance(parent, ast.expr)):
                break
            around = parent
        before = ast.unparse(around)
        put(place, new)
        return f"“{ast.unparse(new if around is old else around)}” in the place of “{before}”."

    return told, lambda: put(place, new), lambda: put(place, old)


def _other_nodes(node, names):
    for _, changed in changes(node, names):
        if isinstance(changed, ast.expr):
            yield changed
    yield from _more_nodes(node)


_ALONG_AN_AXIS = ("sum", "mean", "max", "min", "argmax", "argmin", "prod")


def _more_nodes(node):
    match node:
        case ast.Subscript(value=ast.Subscript(value=inner, slice=first), slice=second):
            yield ast.Subscript(ast.Subscript(inner, second, ast.Load()), first, ast.Load())
        case ast.Call(func=ast.Attribute(value=value, attr=attr), args=arguments, keywords=keywords):
            if not (isinstance(value, ast.Name) and value.id in ("np", "math")):
                yield value  # without the method
            if attr in _ALONG_AN_AXIS:
                given = [each.arg for each in keywords]
                more = [] if "axis" in given else [("axis", 0), ("axis", 1)]
                more += [] if "keepdims" in given else [("keepdims", True)]
                for name, value in more:
                    yield ast.Call(node.func, arguments, [*keywords, ast.keyword(name, ast.Constant(value))])
                if "keepdims" not in given:
                    for axis in (0, 1):
                        both = [ast.keyword("axis", ast.Constant(axis)), ast.keyword("keepdims", ast.Constant(True))]
                        yield ast.Call(node.func, arguments, both)
            elif attr == "eigvals":
                yield ast.Call(ast.Attribute(node.func.value, "eigvalsh", ast.Load()), arguments, keywords)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.Tuple(elts=parts) | ast.List(elts=parts) if 0 < len(parts) < 4:
            yield from parts
    if isinstance(node, ast.Call) and len(node.args) > 1:
        yield ast.Call(node.func, node.args[1:], node.keywords)
        yield ast.Call(node.func, node.args[:-1], node.keywords)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
        yield ast.BinOp(node, ast.Pow(), ast.Constant(2))
        yield ast.Call(ast.Name("abs", ast.Load()), [node], [])


def _other_lines(lines):
    """Lines left out, added to instead of assigned, or moved out of a loop."""
    for number, line in enumerate(list(lines)):
        text = ast.unparse(line).split("\n")[0]
        for told, new in _other_forms(line, text, len(lines)):
            new = [ast.fix_missing_locations(ast.copy_location(each, line)) for each in new]
            here, there = slice(number, number + 1), slice(number, number + len(new))
            yield (
                lambda told=told: told,
                lambda here=here, new=new: lines.__setitem__(here, new),
                lambda there=there, line=line: lines.__setitem__(there, [line]),
            )


def _without_if(lines, line):
    before, place = list(lines), lines.index(line)
    return (
        lambda: f"what belongs to “if {ast.unparse(line.test)}:” always, without the if.",
        lambda: lines.__setitem__(slice(None), [*before[:place], *line.body, *before[place + 1 :]]),
        lambda: lines.__setitem__(slice(None), before),
    )


def _moved_lines(lines):
    """Into the loop below or out of it: the start of a sum or a list, and the line that comes after a loop."""
    for place, line in enumerate(list(lines)):
        if isinstance(line, ast.For | ast.While):
            for start in line.body:
                if _starts(start):
                    yield _move(start, line.body, lines, place, f"before “{_head(line)}”, not inside")
            if len(line.body) > 1:
                last = line.body[-1]
                yield _move(
                    last, line.body, lines, place + 1, f"after “{_head(line)}” and what belongs to it, not inside"
                )
            if place + 1 < len(lines):
                yield _move(lines[place + 1], lines, line.body, len(line.body), f"inside “{_head(line)}”, at its end")
        elif _starts(line):
            for loop in (each for below in lines[place + 1 :] for each in ast.walk(below) if isinstance(each, ast.For)):
                yield _move(line, lines, loop.body, 0, f"inside “{_head(loop)}”, at its beginning")


def _starts(line):
    """True for total = 0, points = [] or total = np.zeros(3)."""
    if not isinstance(line, ast.Assign):
        return False
    value = line.value
    empty = isinstance(value, ast.List) and not value.elts or isinstance(value, ast.Constant)
    return empty or isinstance(value, ast.Call) and "zeros" in ast.unparse(value.func)


def _head(line):
    return ast.unparse(line).split("\n")[0]


def _move(line, here, there, to, where):
    """One line from a block to a place in another one."""
    before, after = list(here), list(there)

    def change():
        here[:] = [each for each in before if each is not line]
        there[:] = [*after[:to], line, *after[to:]]

    def undo():
        here[:], there[:] = before, after

    return lambda: f"“{_head(line)}” {where}.", change, undo


def _other_forms(line, text, n_lines):
    """(what is told, the lines instead of this one)."""
    if n_lines > 1 and not isinstance(line, ast.Return):
        yield f"without the line “{text}”.", []
    match line:
        case ast.AugAssign(target=target, value=value) | ast.Assign(targets=[target], value=value):
            for op in (ast.Add(), ast.Sub()):
                new = ast.AugAssign(target, op, value)
                yield f"“{ast.unparse(new)}” in the place of “{text}”.", [new]
        case ast.For(body=[*before, ast.Return() as last]) | ast.If(body=[*before, ast.Return() as last]) if before:
            without = copy.copy(line)
            without.body = before
            yield f"“{ast.unparse(last)}” after “{text}” and what belongs to it, not inside.", [without, last]
        case ast.If(orelse=[_, *_]):
            without = copy.copy(line)
            without.orelse = []
            yield f"without the else of “{text}”.", [without]
