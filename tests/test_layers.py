"""The house keeps its order: who imports whom, and what a page shows is what the library runs."""

import ast
import importlib
import inspect
import json
import subprocess
import sys

import pytest
from conftest import NOTEBOOKS, ROOT

PACKAGE = ROOT / "lessons_lib"
MAY_IMPORT = {  # of ours, and of others beside the standard library
    "maths": ({"maths"}, {"numpy"}),
    "scenes": ({"maths", "scenes"}, {"numpy", "matplotlib"}),
    "exercises": ({"maths", "exercises"}, {"numpy"}),
    "stage": (set(), {"numpy", "matplotlib", "PIL"}),
    "track": (set(), {"numpy"}),
    "asked": (set(), {"numpy", "ipywidgets"}),
    "controls": (set(), {"numpy", "ipywidgets", "traitlets"}),
    "live": ({"asked", "controls", "page", "stage", "track"}, {"numpy", "ipywidgets", "traitlets"}),
    "data": (set(), {"numpy"}),
    "page": (set(), {"ipywidgets", "IPython", "tqdm"}),
    "report": ({"exercises", "report"}, {"numpy"}),
    "alt_text": (set(), {"nbconvert"}),
    "server": (set(), {"jupyter_server"}),
    "__init__": (set(), {"threadpoolctl"}),
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            yield from ([f"lessons_lib.{alias.name}" for alias in node.names] if node.module == "lessons_lib"
                        else [node.module])  # fmt: skip


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path):
    layer = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    ours, others = MAY_IMPORT[layer]
    for name in imported(ast.parse(path.read_text())):
        top, *rest = name.split(".")
        if top == "lessons_lib":
            assert rest and rest[0] in ours, f"{layer} must not import {name}"
        else:
            assert top in others | sys.stdlib_module_names, f"{layer} must not import {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_public_names_have_a_docstring(path):
    tree = ast.parse(path.read_text())
    named = [n for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef) and not n.name.startswith("_")]
    assert ast.get_docstring(tree)
    assert not [node.name for node in named if not ast.get_docstring(node)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_function_has_more_than_60_lines(path):
    functions = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef))
    assert not [node.name for node in functions if node.end_lineno - node.lineno + 1 > 60]


def test_every_notebook_has_its_namesakes():
    for path in NOTEBOOKS:
        stem = path.stem.partition("_")[2]
        assert (PACKAGE / "scenes" / f"{stem}.py").exists()
        assert (PACKAGE / "exercises" / f"{stem}.py").exists()


def body_text(function):
    """A function's code without docstring, decorators and calls of check_..., which only guard its input."""
    function.decorator_list, function.returns = [], None
    function.body = [
        node for node in function.body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]

    class WithoutChecks(ast.NodeTransformer):
        def visit_Expr(self, node):
            return None if ast.unparse(node).startswith("check_") else node

        def visit_If(self, node):  # a guard that only raises
            raises = all(isinstance(inner, ast.Raise) for inner in node.body)
            return None if raises else self.generic_visit(node)

    text = ast.unparse(WithoutChecks().visit(function))
    return text


def shown_functions():
    for path in NOTEBOOKS:
        for cell in json.loads(path.read_text())["cells"]:
            if cell["cell_type"] == "code":
                for node in ast.parse("".join(cell["source"])).body:
                    if isinstance(node, ast.ClassDef):
                        yield path, node
                    if isinstance(node, ast.FunctionDef) and "..." not in ast.unparse(node):
                        yield path, node


def parts_of_a_class(node, module):
    """Every statement of a class on a page is one of the library's class of that name."""
    library = ast.parse(inspect.getsource(getattr(module, node.name))).body[0]
    methods = {part.name: body_text(part) for part in library.body if isinstance(part, ast.FunctionDef)}
    others = [ast.unparse(part) for part in library.body if not isinstance(part, ast.FunctionDef)]
    for part in node.body:
        if isinstance(part, ast.FunctionDef):
            assert body_text(part) == methods[part.name], f"{node.name}.{part.name}"
        else:
            assert ast.unparse(part) in others, ast.unparse(part)


def test_shown_code_is_library_code():
    compared = set()
    for path, node in shown_functions():
        if isinstance(node, ast.ClassDef):
            parts_of_a_class(node, importlib.import_module(f"lessons_lib.maths.{path.stem[3:]}"))
            compared.add((path.stem, node.name))
            continue
        beside = {"06": ["neural_networks"], "10": ["byte_pairs"]}  # what a lesson shows of another module
        own = (path.stem[3:], *beside.get(path.stem[:2], []))
        for module in dict.fromkeys((*own, "linear_regression", "gradient_descent")):
            if not (PACKAGE / "maths" / f"{module}.py").exists():
                continue
            function = getattr(importlib.import_module(f"lessons_lib.maths.{module}"), node.name, None)
            if (
                function
                and inspect.getmodule(function).__name__.endswith(module)
                and list(inspect.signature(function).parameters) == [a.arg for a in node.args.args]
            ):
                library = ast.parse(inspect.getsource(inspect.unwrap(function))).body[0]
                assert body_text(node) == body_text(library), f"{path.stem}: {node.name}"
                compared.add((path.stem, node.name))
                break  # the lesson's own module comes first: its loss(w, X, y) is another than lesson 01's
    must_be_shown = {
        "01_linear_regression": "predict loss gradient",
        "02_gradient_descent": "descend descend_until",
        "03_logistic_regression": "sigmoid loss",
        "04_multiclass_classification": "scores softmax loss gradient",
        "05_neural_networks": "layer_outputs forward step",
        "06_backpropagation": "Value add subtract multiply tanh relu graph walk_back backward slopes gradient",
        "07_training_deep_networks": "adam minibatches train",
        "08_bigram_language_model": "count rate_limit",
        "09_where_next": "gradient pack unpack",
        "10_transformer": "attention_weights attention normalise block attention_backward normalise_backward train "
        "count_pairs learn",
    }
    assert compared >= {(stem, name) for stem, names in must_be_shown.items() for name in names.split()}


def test_importing_the_live_panel_is_quick():
    """lessons_lib.live adds less than 150 ms to what it stands on, the median of five fresh interpreters."""
    code = (
        "import time, ipywidgets, matplotlib.figure, matplotlib.backends.backend_svg, tqdm.notebook, IPython.display\n"
        "before = time.process_time(); import lessons_lib.live; print(time.process_time() - before)"
    )
    seconds = sorted(
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(5)
    )
    assert seconds[2] < 0.150
