"""How long a lesson takes, by one rule for all of them: python publish/lesson_length.py prints the minutes of each."""

import ast
import re

import nbformat
from lessons import lessons

# Minutes for each: a word, a character of a formula, a line of code, a panel, a numbered question, an exercise.
MINUTES = {"words": 1 / 250, "formula": 0.035, "code": 0.4, "panels": 0.75, "questions": 0.5, "exercises": 3}
FREE = ("quiz(", "my_progress(")
EXERCISE = re.compile(r"\n\n(exercises\.)?check_\w+\(|= check_\w+\(")


def parts(cells):
    """The cells of a lesson -> (core, extras). A heading "Extra: ..." makes one until the next of its rank or above."""
    core, extras, depth = [], [], None
    for cell in cells:
        heading = re.match(r"(#+) (.*)", cell.source) if cell.cell_type == "markdown" else None
        if heading and (depth is None or len(heading[1]) <= depth):
            depth = len(heading[1]) if heading[2].startswith("Extra:") else None
        (core if depth is None else extras).append(cell)
    return core, extras


def counts(cells):
    """What takes time in these cells: a number for each key of MINUTES. Imports, quiz and progress are free."""
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    code = [cell.source for cell in cells if cell.cell_type == "code" and not cell.source.startswith(FREE)]
    formulas = [long or short for long, short in re.findall(r"\$\$(.*?)\$\$|\$([^$]+)\$", prose, re.S)]
    lines = [line for source in code if not only_imports(source) for line in source.splitlines() if line.strip()]
    return {
        "words": len(prose.split()),
        "formula": sum(map(len, formulas)),
        "code": len(lines),
        "panels": sum(len(re.findall(r"\bpanel\(", source)) for source in code),
        "questions": len(re.findall(r"^\d\. ", re.sub(r"<details>.*?</details>", "", prose, flags=re.S), re.M)),
        "exercises": sum(bool(EXERCISE.search(source)) for source in code),
    }


def only_imports(source):
    """Whether a cell's code does nothing but import."""
    return all(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.parse(source).body)


def minutes(cells):
    """The minutes that a beginner takes for these cells, by the rule."""
    return sum(MINUTES[key] * number for key, number in counts(cells).items())


if __name__ == "__main__":
    for path in lessons():
        core, extras = parts(nbformat.read(path, as_version=4).cells)
        print(f"{path.stem:30s} core {minutes(core):4.0f}  extras {minutes(extras):4.0f}  ", counts(core))
