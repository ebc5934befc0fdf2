"""One table of symbols, docs/notation.md, for all lessons."""

import re

import nbformat
import pytest
from conftest import NOTEBOOKS, ROOT

# What the lectures write and the course does not, with what stands for it here.
ELSEWHERE = {
    r"\\eta\b": "r is the learning rate",
    r"\\gamma\b": "r is the learning rate",
    r"\\psi\b": "φ is any activation",
    r"\\phi\(z\)\s*=\s*\\frac\{?1": "σ is the sigmoid",
    r"\bH\(p": "cross entropy is written in words",
    r"_\{?t\b": "k is the step, t a label",
    r"\\hat\{?\s*(\\mathbf\{?)?y": "p is what is predicted",
    r"\\(mathbf|boldsymbol)\{?\s*r\b": "r is the learning rate, a the last hidden layer",
}
EACH = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def formulas(text):
    return [long or short for long, short in re.findall(r"\$\$(.*?)\$\$|\$([^$]+)\$", text, re.S)]


@EACH
def test_a_symbol_of_the_lectures_stands_only_where_it_is_mapped(path):
    for number, cell in enumerate(nbformat.read(path, as_version=4).cells):
        if cell.cell_type != "markdown" or re.search(r"\b(lecture|slide)s?\b", cell.source):
            continue
        for formula in formulas(cell.source):
            for symbol, here in ELSEWHERE.items():
                assert not re.search(symbol, formula), f"cell {number}: ${formula}$, but {here}"


@EACH
def test_the_table_has_the_symbols_that_a_lesson_closes_with(path):
    table = (ROOT / "docs" / "notation.md").read_text()
    known = set(re.findall(r"\\?[A-Za-z]+", " ".join(formulas(table)))) | set(re.findall(r"`(\w+)`", table))
    notation = re.search(r"\*\*Notation\*\*(.*)", nbformat.read(path, as_version=4).cells[-1].source)[1]
    for formula in formulas(notation):
        for symbol in re.findall(
            r"\\?[A-Za-z]+", re.sub(r"\\(mathbf|boldsymbol|hat|text|top|in|le|ge)\b", "", formula)
        ):
            assert symbol in known, f"${formula}$: {symbol} is not in docs/notation.md"
