"""The right function with one slip in it, and what the slip is: for answers that are just those."""

import ast
import copy
import functools
import inspect
import textwrap

_SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.MatMult: "@", ast.Pow: "**",
          ast.Gt: ">", ast.GtE: ">=", ast.Lt: "<", ast.LtE: "<=", ast.Eq: "==", ast.NotEq: "!="}  # fmt: skip
_OTHER_SIGNS = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Mult, ast.Div),
    ast.Mult: (ast.Div, ast.Add, ast.Sub, ast.MatMult, ast.Pow),
    ast.Div: (ast.Mult, ast.FloorDiv, ast.Sub),
    ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.Gt: (ast.GtE, ast.Lt, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt, ast.LtE),
    ast.Lt: (ast.LtE, ast.Gt, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt, ast.GtE),
    ast.Eq: (ast.NotEq,),
}
_RELATED = (
    ("log", "log2", "log10", "log1p"),
    ("exp", "exp2", "expm1", "log"),
    ("mean", "sum", "max", "min", "median", "prod", "std", "var"),
    ("argmax", "argmin", "max"),
    ("sqrt", "square", "exp", "log"),
    ("tanh", "sin", "cosh", "arctan", "exp"),
    ("cumsum", "cumprod", "sort"),
    ("maximum", "minimum"),
    ("sigmoid", "tanh", "relu"),
    ("zeros", "ones"),
    ("column_stack", "vstack", "concatenate"),
)


@functools.cache
def slips(reference):
    """A list of (sentence, function): the reference with one thing changed, and what to change back."""
    reference = inspect.unwrap(_carried_out_by(reference))
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(reference)))
        tree.body[0].decorator_list = []
    except (OSError, TypeError, SyntaxError, AttributeError):
        return []
    found = []
    for node, above in list(nodes(tree, ())):
        for told, changed in changes(node, inspect.signature(reference).parameters):
            put(above[-1], ast.fix_missing_locations(ast.copy_location(changed, node)))
            if function := _function(tree, reference):
                found.append((f"It answers as if “{_around(changed, above)}” stood in it: {told}", function))
            put(above[-1], node)
    return found


def nodes(node, above):
    """(node, above) of all nodes below this one; above: the (parent, field, index) on the way down to it."""
    for field, value in ast.iter_fields(node):
        for index, child in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(child, ast.AST):
                way = (*above, (node, field, index if isinstance(value, list) else None))
                yield child, way
                yield from nodes(child, way)


def put(place, node):
    """Let the node stand at a (parent, field, index) of `nodes`."""
    parent, field, index = place
    if index is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[index] = node


def _around(node, above):
    """The text of the smallest expression around the node that is long enough to be recognised."""
    text = ast.unparse(node)
    for parent, _, _ in above[:0:-1]:
        if isinstance(parent, ast.expr) and not isinstance(parent, ast.Starred) and len(ast.unparse(parent)) > 6:
            return ast.unparse(parent)
    return text


def _carried_out_by(reference):
    """The function that does the work, where the reference only hands its own parameters on."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(reference)))
        last = tree.body[0].body[-1].value
        handed_on = [ast.unparse(each) for each in last.args]
        if len(tree.body[0].body) <= 2 and handed_on == list(inspect.signature(reference).parameters):
            carried_out = eval(ast.unparse(last.func), reference.__globals__)
            return carried_out if inspect.isfunction(carried_out) else reference
    except (OSError, TypeError, SyntaxError, AttributeError, NameError):
        pass
    return reference


def _function(tree, reference):
    try:
        names = {}
        exec(compile(tree, "<a slip>", "exec"), reference.__globals__, names)
        return names[reference.__name__]
    except Exception:
        return None


def changes(node, parameters):
    """(what to change back, the changed node) for each slip that can be made in this node."""
    kind = type(node)
    for each in _BY_KIND.get(kind, ()):
        yield from each(node, parameters)


def _other_sign(node, _):
    old = node.op if isinstance(node, ast.BinOp) else node.ops[0]
    for new in _OTHER_SIGNS.get(type(old), ()):
        changed = copy.copy(node)
        if isinstance(node, ast.BinOp):
            changed.op = new()
        else:
            changed.ops = [new(), *node.ops[1:]]
        yield f"{_SIGNS[type(old)]} belongs in the place of {_SIGNS[new]}.", changed


def _part_missing(node, _):
    sign = _SIGNS.get(type(node.op), "")
    yield _missing(node.right, f"{sign} {{}}"), node.left
    yield _missing(node.left, f"{{}} {sign}"), node.right
    if isinstance(node.op, ast.Sub):
        yield _missing(node.left, "{} -"), ast.UnaryOp(ast.USub(), node.right)


def _missing(part, beside):
    """Short parts are told whole; of longer ones the names that stand in them."""
    text = ast.unparse(part)
    if len(text) > 16:
        names = dict.fromkeys(each.id for each in ast.walk(part) if isinstance(each, ast.Name) and each.id != "np")
        text = f"(a part with {' and '.join(names)})"
    return f"“{beside.format(text)}” is missing."


def _changed_places(node, _):
    if isinstance(node.op, ast.Sub | ast.Div | ast.Pow | ast.MatMult | ast.FloorDiv):
        yield "the two sides have changed places.", ast.BinOp(node.right, node.op, node.left)


def _other_brackets(node, _):
    """(a + b) * c as a + b * c, and a * (b + c) as a * b + c."""
    left, right = node.left, node.right
    if isinstance(left, ast.BinOp) and type(left.op) is not type(node.op):
        told = f"brackets are missing around {ast.unparse(left)}."
        yield told, ast.BinOp(left.left, left.op, ast.BinOp(left.right, node.op, right))
    if isinstance(right, ast.BinOp):
        told = f"brackets are missing around {ast.unparse(right)}."
        yield told, ast.BinOp(ast.BinOp(left, node.op, right.left), right.op, right.right)


def _other_constant(node, _):
    if type(node.value) not in (int, float):
        return
    for value in dict.fromkeys((0, 1, 2, 3, -1, 0.5, node.value + 1, node.value - 1, -node.value)):
        if value != node.value:
            yield f"{node.value} belongs in the place of {value}.", ast.Constant(value)


def _other_function(node, parameters):
    name = node.attr if isinstance(node, ast.Attribute) else node.id
    for other in (each for group in _RELATED if name in group for each in group if each != name):
        changed = copy.copy(node)
        setattr(changed, "attr" if isinstance(node, ast.Attribute) else "id", other)
        yield f"{name} belongs in the place of {other}.", changed


def _other_name(node, parameters):
    if node.id in parameters and isinstance(node.ctx, ast.Load):
        for other in parameters:
            if other != node.id:
                yield f"{node.id} belongs in the place of {other}.", ast.Name(other, ast.Load())


def _transpose(node, _):
    if node.attr == "T":
        yield f"it needs to be transposed, {ast.unparse(node)}.", node.value


def _transposed(node, parameters):
    if node.id in parameters and isinstance(node.ctx, ast.Load):
        yield f"{node.id} itself is meant, not transposed.", ast.Attribute(node, "T", ast.Load())


def _call_missing(node, _):
    if node.args and not isinstance(node.args[0], ast.Starred):
        yield f"{ast.unparse(node.func)}(…) around it is missing.", node.args[0]


def _other_arguments(node, _):
    for place, keyword in enumerate(node.keywords):
        without = ast.Call(node.func, node.args, node.keywords[:place] + node.keywords[place + 1 :])
        yield f"{ast.unparse(keyword)} is missing in the brackets.", without
        if keyword.arg == "axis" and ast.unparse(keyword.value) in ("0", "1", "-1"):
            axis = ast.keyword("axis", ast.Constant(1 if ast.unparse(keyword.value) == "0" else 0))
            keywords = [*node.keywords[:place], axis, *node.keywords[place + 1 :]]
            yield f"{ast.unparse(keyword)} is meant: the other axis.", ast.Call(node.func, node.args, keywords)
    if len(node.args) == 2:
        yield "the two in the brackets have changed places.", ast.Call(node.func, node.args[::-1], node.keywords)
    if ast.unparse(node.func) == "range" and len(node.args) == 1:
        n = node.args[0]
        for sign, told in ((ast.Sub(), "one round is missing"), (ast.Add(), "one round is too many")):
            yield (
                f"{told}: {ast.unparse(node)} is meant.",
                ast.Call(node.func, [_one_further(n, sign)], []),
            )
        yield (
            f"the first round is missing: {ast.unparse(node)} is meant.",
            ast.Call(node.func, [ast.Constant(1), n], []),
        )


def _one_further(n, sign):
    """n + 1 or n − 1, of which n − 1 + 1 is n."""
    if isinstance(n, ast.BinOp) and ast.unparse(n.right) == "1":
        if isinstance(n.op, ast.Add | ast.Sub) and type(n.op) is not type(sign):
            return n.left
    return ast.BinOp(n, sign, ast.Constant(1))


def _no_sign(node, _):
    if isinstance(node.op, ast.USub):
        yield "the minus sign in front is missing.", node.operand


def _one_too_many(node, _):
    if node.value is not None:
        yield "the minus sign in front is one too many.", ast.Return(ast.UnaryOp(ast.USub(), node.value))


def _other_order(node, _):
    if len(node.elts) == 2:
        yield "the two have changed places.", type(node)(node.elts[::-1], node.ctx)


def _no_index(node, _):
    yield f"the {ast.unparse(node)[len(ast.unparse(node.value)) :]} behind it is missing.", node.value


_BY_KIND = {
    ast.BinOp: (_part_missing, _other_sign, _changed_places, _other_brackets),
    ast.Compare: (_other_sign,),
    ast.Constant: (_other_constant,),
    ast.Attribute: (_other_function, _transpose),
    ast.Name: (_other_function, _other_name, _transposed),
    ast.Call: (_call_missing, _other_arguments),
    ast.UnaryOp: (_no_sign,),
    ast.Return: (_one_too_many,),
    ast.Tuple: (_other_order,),
    ast.List: (_other_order,),
    ast.Subscript: (_no_index,),
}
