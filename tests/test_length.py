"""A lesson takes as long as its title says, by publish/lesson_length.py, and its core stands without the extras."""

import ast
import builtins
import contextlib
import io
import re

import nbformat
import pytest
from conftest import NOTEBOOKS, ROOT
from lesson_length import MINUTES, minutes, parts

# What ten earlier versions of the lessons held, in the order of MINUTES, and the minutes that beginners took for them.
TIMED = [
    ((1428, 292, 38, 7, 6, 4), 45), ((1732, 824, 99, 7, 10, 5), 100), ((1531, 970, 88, 7, 12, 5), 95),
    ((1491, 1016, 80, 8, 10, 6), 120), ((1280, 479, 76, 6, 9, 4), 85), ((2121, 925, 91, 9, 21, 8), 115),
    ((1933, 815, 98, 5, 12, 4), 85), ((2614, 1241, 102, 12, 27, 3), 115), ((2956, 1121, 150, 11, 25, 8), 150),
    ((2300, 366, 162, 5, 14, 4), 105),
]  # fmt: skip
LONGEST_CORE = 75
EACH = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path):
    return nbformat.read(path, as_version=4).cells


def test_the_rule_is_within_15_percent_of_what_beginners_took():
    for numbers, measured in TIMED:
        by_rule = sum(each * number for each, number in zip(MINUTES.values(), numbers))
        assert by_rule == pytest.approx(measured, rel=0.15), f"{by_rule:.0f} minutes for {measured}"


@EACH
def test_the_title_states_the_minutes_of_the_rule(path):
    cells = read(path)
    core, extras = (minutes(part) for part in parts(cells))
    stated = re.search(r"\*\*Time\*\* core (\d+) minutes(?:, extras (\d+))?\b", cells[0].source)
    told = f"by the rule: core {core:.0f} minutes, extras {extras:.0f}"
    assert stated, f"the title needs “**Time** core N minutes, extras M”; {told}"
    assert abs(int(stated[1]) - core) <= 3 and abs(int(stated[2] or 0) - extras) <= 3, f"{stated[0]}; {told}"
    assert core <= LONGEST_CORE, told


@EACH
def test_the_readme_has_the_minutes_of_the_title(path):
    core, extras = re.search(r"core (\d+) minutes(?:, extras (\d+))?", read(path)[0].source).groups()
    row = next(
        line for line in (ROOT / "README.md").read_text().splitlines() if line.startswith("| [") and path.name in line
    )
    assert row.split("|")[-2].strip() == (f"{core} + {extras}" if extras else core)


@EACH
def test_the_core_runs_alone_and_uses_no_name_of_an_extra(path):
    core, extras = parts(read(path))
    assert core[0].source.startswith("# ") and "**Notation**" in core[-1].source
    names = {"__builtins__": builtins}
    # The core is run without the extras; a name that only an extra defines is then a NameError.
    with contextlib.redirect_stdout(io.StringIO()):
        for number, cell in enumerate(cell for cell in core if cell.cell_type == "code"):
            try:
                exec(compile(cell.source, f"{path.stem}, core, code cell {number}", "exec"), names)
            except NameError as error:
                pytest.fail(f"{path.stem}, code cell {number} of the core: {error}")
    # Where both define a name, the core must not depend on who came last.
    again = assigned(core) & assigned(extras) & used(core)
    later = {name for name in again if redefined_before_use(read(path), name)}
    assert not later, f"an extra changes {', '.join(sorted(later))}, which the core uses afterwards"


def trees(cells):
    return [ast.parse(cell.source) for cell in cells if cell.cell_type == "code"]


def assigned(cells):
    """The names that these cells define at their top level."""
    stored = set()
    for tree in trees(cells):
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                stored.add(node.name)
            else:
                stored |= {part.id for part in ast.walk(node)
                           if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}  # fmt: skip
    return stored


def used(cells):
    return {node.id for tree in trees(cells) for node in ast.walk(tree)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}  # fmt: skip


def redefined_before_use(cells, name):
    """Whether a cell of the core reads `name` from an extra that ran before it, in the order of the page."""
    extras = {id(cell) for cell in parts(cells)[1]}
    from_extra = False
    for cell in cells:
        if cell.cell_type != "code":
            continue
        if id(cell) not in extras and from_extra and name in used([cell]) and name not in assigned([cell]):
            return True
        if name in assigned([cell]):
            from_extra = id(cell) in extras
    return False


def test_the_parts_of_a_lesson_are_told_apart():
    def prose(text):
        return nbformat.v4.new_markdown_cell(text)

    first, deep, last = prose("# T"), nbformat.v4.new_code_cell("a = 1"), nbformat.v4.new_code_cell("print(a)")
    page = [first, prose("## Extra: more"), deep, prose("### Exercise 9"), prose("## Back"), last]
    core, extras = parts(page)
    assert core == [first, page[4], last] and extras == page[1:4]
    assert "a" in assigned(extras) - assigned(core) and redefined_before_use(page, "a")
