"""Features by formula: a line of text about x1 and x2, read safely and computed with numpy."""

import ast

import numpy as np

from lessons_lib.maths.checks import overflow_is_quiet

FEATURES = {"x₁": "x1", "x₂": "x2", "x₁²": "x1^2", "x₂²": "x2^2", "x₁x₂": "x1*x2", "sin πx₁": "sin(pi*x1)",
            "sin πx₂": "sin(pi*x2)"}  # fmt: skip
_LETTERS = {"x1", "x2"}
_OF_TWO = {"maximum", "minimum"}
_NUMPY = {"pi", "e", "sin", "cos", "tan", "tanh", "exp", "log", "sqrt", "abs", "sign", *_OF_TWO}
_MOST = 10.0  # a feature stays between −10 and 10


def numpy_formula(text):
    """A formula of x1 and x2 as a line of numpy: "sin(x1)^2" becomes "np.sin(x1) ** 2.0".

    Numbers, + − * / ^, pi, e, and sin, cos, tan, tanh, exp, log, sqrt, abs, maximum, minimum, sign. ValueError for
    anything else.
    """
    plain = text.translate(str.maketrans({"^": "**", "₁": "1", "₂": "2", "²": "**2", "π": "pi", "−": "-", "·": "*"}))
    try:
        tree = ast.parse(plain.strip(), mode="eval")
        return ast.unparse(_InNumpy().visit(tree))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError(f"“{text}” is no formula of x1 and x2, such as sin(3*x1) + x2^2.") from None


class _InNumpy(ast.NodeTransformer):
    """Lets through what a formula may hold, numbers as floats, and writes np. before the names of functions."""

    allowed = (ast.Expression, ast.BinOp, ast.UnaryOp, ast.Call, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow,
               ast.USub, ast.UAdd, ast.Load)  # fmt: skip

    def generic_visit(self, node):
        if not isinstance(node, self.allowed) or getattr(node, "keywords", None):
            raise ValueError
        return super().generic_visit(node)

    def visit_Call(self, node):
        # numpy would write its result over a second argument.
        if not isinstance(node.func, ast.Name) or len(node.args) != 1 + (node.func.id in _OF_TWO):
            raise ValueError
        return self.generic_visit(node)

    def visit_Name(self, node):
        if node.id in _LETTERS:
            return node
        if node.id not in _NUMPY:
            raise ValueError
        return ast.Attribute(ast.Name("np", ast.Load()), node.id, ast.Load())

    def visit_Constant(self, node):
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            raise ValueError
        return ast.Constant(float(node.value))


@overflow_is_quiet
def feature(formula, X):
    """The values of a feature at points X (n, 2) -> (n,); formula: text as in `numpy_formula`, or a function of X.

    What is larger than 10 is 10, what is no number is 0. ValueError for other formulas or shapes.
    """
    if callable(formula):
        values = np.asarray(formula(X), dtype=float)
    else:
        line = numpy_formula(formula)
        try:
            values = np.asarray(eval(line, {"np": np, "x1": X[:, 0], "x2": X[:, 1], "__builtins__": {}}), dtype=float)
        except (TypeError, ArithmeticError):
            raise ValueError(f"“{formula}” cannot be computed.") from None
        values = np.broadcast_to(values, len(X)) if values.ndim == 0 else values
    if values.shape != (len(X),):
        raise ValueError(f"a feature needs one number per point, shape {(len(X),)}; it has shape {values.shape}.")
    return np.clip(np.nan_to_num(values, nan=0, posinf=_MOST, neginf=-_MOST), -_MOST, _MOST)


def inputs(formulas, X):
    """The features of points X (n, 2), one column per formula -> (n, d); without any formula one column of zeros."""
    return np.column_stack([feature(formula, X) for formula in formulas]) if formulas else np.zeros((len(X), 1))


def typed_points(text):
    """Points typed as "0.5, -1, 0; 0.2, 0.3, 1": x₁, x₂ and a class or height each -> ((m, 3), the first unread part).

    What cannot be read is left out; "" where all was read.
    """
    points, unread = [], ""
    for part in text.replace("\n", ";").split(";"):
        try:
            point = [float(cell) for cell in part.replace("−", "-").split(",")]
        except ValueError:
            point = []
        if len(point) == 3 and np.isfinite(point).all() and np.abs(point).max() <= _MOST:
            points.append(point)
        elif part.strip() and not unread:
            unread = part.strip()
    return np.reshape(points, (-1, 3)), unread
