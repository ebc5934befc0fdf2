"""What the text of a learner's function tells, before and beside what it computes."""

import ast
import dis
import inspect
import re
import textwrap


def has_dots(function):
    """True while a `...` still stands in the function in the place of code (the one in X[..., 0] is code)."""
    tree = _tree(function)
    if tree is None:  # no text at hand, or one that holds more than the function

        def empty(): ...

        code = getattr(function, "__code__", None)
        return code is not None and code.co_code == empty.__code__.co_code
    in_brackets = {
        id(dots) for index in ast.walk(tree) if isinstance(index, ast.Subscript) for dots in ast.walk(index.slice)
    }
    return any(
        isinstance(each, ast.Constant) and each.value is Ellipsis and id(each) not in in_brackets
        for each in ast.walk(tree)
    )


def _tree(function):
    try:
        if getattr(function, "__name__", "") == "<lambda>":
            return None
        return ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError, ValueError):
        return None


def parameters(function):
    """The names of a function's parameters, or () where it does not tell them."""
    try:
        return tuple(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return ()


def does_not_take(function, arguments):
    """True when the function cannot be called with these arguments at all."""
    try:
        inspect.signature(function).bind(*arguments)
    except TypeError:
        return True
    except ValueError:
        pass  # a built-in without a signature
    return False


def swapped_parameters(function, reference):
    """The sentence for parameters that are the reference's in another order."""
    mine, right = parameters(function), parameters(reference)
    if mine != right and sorted(mine) == sorted(right):
        return f"The parameters stand in another order: it is called with ({', '.join(right)}), but takes ({', '.join(mine)})."


def unused_parameter(function, reference, spare=()):
    """The sentence for the first parameter that the reference needs and the function never looks at.

    spare: parameters of which one is enough.
    """
    needed = _used(reference)
    mine_used = [
        right for mine, right in zip(parameters(function), parameters(reference)) if mine in _used(function, (mine,))
    ]
    for mine, right in zip(parameters(function), parameters(reference)):
        if right not in mine_used and right in needed and not (right in spare and set(spare) & set(mine_used)):
            return f"It never uses {mine}: what is {mine} for?"


def _used(function, unknown=()):
    """The names that a function reads; `unknown` where there is no Python code to look into."""
    code = getattr(function, "__code__", None)
    if code is None:
        return set(unknown)
    read = set(code.co_cellvars)
    for step in dis.get_instructions(code):
        if step.opname.startswith("LOAD_FAST") or "LOAD_FAST" in step.opname:
            read.update(step.argval if isinstance(step.argval, tuple) else (step.argval,))
        if step.argval in ("locals", "eval", "vars"):
            read.update(code.co_varnames)
    return read


_RETURN_NONE = {
    "append": "append changes the list and returns None: append on a line of its own, then return the list.",
    "extend": "extend changes the list and returns None: extend on a line of its own, then return the list.",
    "shuffle": "shuffle changes the array in place and returns None: rng.permutation returns a shuffled one.",
    "sort": "sort changes the list in place and returns None: sorted(…) or np.sort(…) return a new one.",
    "reverse": "reverse changes the list in place and returns None: take it [::-1].",
    "print": "print shows a value, but returns None: write return in its place.",
    "fill": "fill changes the array in place and returns None: fill on a line of its own, then return the array.",
    "at": "np.add.at changes the array in place and returns None: call it on a line of its own, then return the array.",
}


def why_none(function):
    """Why a function returned None: the end of a sentence."""
    tree = _tree(function)
    if tree is None:
        return "end it with return and the answer."
    returns = [node for node in ast.walk(tree) if isinstance(node, ast.Return) and node.value is not None]
    calls = [node.value for node in returns + [n for n in ast.walk(tree) if isinstance(n, ast.Assign)]]
    names = [name for call in calls if (name := _called(call)) in _RETURN_NONE]
    if names:
        return _RETURN_NONE[names[0]]
    if not returns:
        prints = any(_called(node) == "print" for node in ast.walk(tree))
        return _RETURN_NONE["print"] if prints else "end it with return and the answer."
    return "does every way through it end with return and the answer, also when no if is true and after the last round of a loop?"


def _called(node):
    if isinstance(node, ast.Call):
        return getattr(node.func, "attr", getattr(node.func, "id", None))


_NEW_ONES = {"astype", "copy", "max", "mean", "min", "replace", "reshape", "round", "sum", "tolist", "transpose"}
_IN_PLACE = {"at", "copyto", "fill_diagonal", "place", "put", "put_along_axis", "putmask", "seed", "shuffle"}


def unkept_line(function):
    """The sentence for a line that computes something which nothing keeps, such as `x + 1` or `x == 1` alone."""
    tree = _tree(function)
    for line in ast.walk(tree) if tree else ():
        if isinstance(line, ast.Expr) and _makes_a_new_value(line.value):
            text = ast.unparse(line)
            if isinstance(line.value, ast.Compare):
                return f"The line “{text}” asks whether it is so, and changes nothing: = gives a value, == compares."
            left = getattr(line.value, "left", None)
            if isinstance(left, ast.Name | ast.Subscript):
                return f"Nothing keeps what the line “{text}” computes: “{ast.unparse(left)} = {text}” does."
            return f"Nothing keeps what the line “{text}” computes: put a name and = in front of it, append it to a list, or return it."


def _makes_a_new_value(node):
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        of_numpy = ast.unparse(node.func).startswith("np.") and not re.match("set|assert|print", node.func.attr)
        of_numpy = of_numpy and node.func.attr not in _IN_PLACE
        return (of_numpy or node.func.attr in _NEW_ONES) and all(each.arg != "out" for each in node.keywords)
    return isinstance(node, ast.BinOp | ast.Compare)


def only_call(function):
    """The function of ours that this one hands its own parameters to, and does nothing else; None if there is none."""
    function = inspect.unwrap(function)
    tree = _tree(function)
    body = without_guards(tree.body[0].body) if tree and isinstance(tree.body[0], ast.FunctionDef) else []
    call = body[0].value if len(body) == 1 and isinstance(body[0], ast.Return) else None
    if not isinstance(call, ast.Call) or not all(isinstance(argument, ast.Name) for argument in call.args):
        return None
    try:
        called = eval(ast.unparse(call.func), function.__globals__)
    except NameError:
        return None
    return called if inspect.isfunction(called) and called.__module__.startswith("lessons_lib.") else None


def without_guards(body):
    """The lines that do the work: no docstring, no call of check_..., no if that only raises."""

    def is_guard(part):
        if isinstance(part, ast.Expr):
            return isinstance(part.value, ast.Constant) or ast.unparse(part).startswith("check_")
        return isinstance(part, ast.If) and all(isinstance(inner, ast.Raise) for inner in part.body)

    return [part for part in body if not is_guard(part)]
