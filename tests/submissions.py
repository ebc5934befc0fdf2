"""Forty submissions as a teacher may get them: python tests/submissions.py FOLDER writes them.

Each is a committed lesson with a learner's code in the cells of its exercises, and the verdicts that the checks give it.
"""

import itertools
import json
import linecache
import os
import re
import sys
from pathlib import Path

from lessons_lib.exercises.checking import Verdict
from lessons_lib.exercises.records import MIME, digest, exercises_of

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
DESCENT, LOGISTIC = "02_gradient_descent", "03_logistic_regression"
RIGHT = {
    "check_slope": "return (f(x + h) - f(x)) / h",
    "check_steps_until": "for k in range(1, len(losses)):\n        if abs(losses[k] - losses[k - 1]) < tolerance:\n"
    "            return k\n    return len(losses) - 1",
    "check_bowl_gradient": "return np.array([w[0], 10 * w[1]])",
    "check_critical_learning_rate": "return 2 / np.linalg.eigvalsh(hessian).max()",
    "check_descend": "path = [start]\n    for _ in range(n_steps):\n"
    "        path.append(path[-1] - learning_rate * gradient(path[-1]))\n    return np.array(path)",
}
WRONG = {
    "check_slope": "return (f(x) - f(x + h)) / h",
    "check_steps_until": "return len(losses)",
    "check_bowl_gradient": "return np.array([w[1], w[0]])",
    "check_critical_learning_rate": "return 1 / hessian.max()",
    "check_descend": "return start",
}
_numbers = itertools.count()


class Handed:
    """A lesson that a learner fills in, cell by cell."""

    def __init__(self, lesson):
        self.lesson = lesson
        self.page = json.loads((NOTEBOOKS / f"{lesson}.ipynb").read_text(encoding="utf-8"))

    def cell(self, exercise):
        return next(
            cell
            for cell in self.page["cells"]
            if cell["cell_type"] == "code" and re.search(rf"\b{exercise}\(", "".join(cell["source"]))
        )

    def write(self, exercise, body, before="", check=True, at=None):
        """Put `body` into the function of an exercise, run its cell and keep the verdict; check=False: without it."""
        cell = self.cell(exercise)
        head = re.sub(r"^    \.\.\.", "    " + body.replace("\\", r"\\"), "".join(cell["source"]), flags=re.M)
        cell["source"] = source = before + head
        if check:
            self.show(cell, exercise, self.verdict(exercise, source))
        return self

    def verdict(self, exercise, source):
        """What the check says of the function in a cell, as in a kernel."""
        name = f"<cell {next(_numbers)}>"
        linecache.cache[name] = len(source), None, source.splitlines(keepends=True), name
        names = {"__name__": "__main__"}
        exec("import numpy as np", names)
        definition = source[: source.index(f"{exercise}(")].rpartition("\n")[0]
        exec(compile(definition, name, "exec"), names)
        function = re.search(rf"{exercise}\((\w+)\)", source)[1]
        return exercises_of(self.lesson)[exercise](names[function])

    def show(self, cell, exercise, verdict, record=None):
        data = {MIME: record or verdict.record, "text/plain": repr(verdict), "text/html": verdict._repr_html_()}
        cell["outputs"] = [
            {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": data},
        ]

    def claim(self, exercise, **changes):
        """Change the record of a verdict, as with an editor; with digest=True as a program would: it fits."""
        cell = self.cell(exercise)
        record = dict(cell["outputs"][0]["data"][MIME]) | changes
        if changes.get("digest") is True:
            parts = [record[key] for key in ("lesson", "exercise", "status", "function")]
            record["digest"] = digest(*parts, "".join(cell["source"]))
        self.show(cell, exercise, Verdict("passed", "All cases are right."), record)
        return self

    def all(self, answers):
        for exercise, body in answers.items():
            self.write(exercise, body)
        return self

    def save(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(self.page), encoding="utf-8")


def malicious(victim):
    """{learner: lesson 02 as handed in}; of each check_slope is meant. victim: a folder that some try to empty."""
    delete = f"import shutil\n    shutil.rmtree({str(victim)!r}, ignore_errors=True)\n    "
    bomb = (
        "import os\n    while True:\n        try:\n            os.fork()\n        except Exception:\n            pass\n"
    )
    endless = "import itertools\n    return sum(itertools.count())"
    answers = (
        "import os\n    for each in range(3, 20):\n        try:\n"
        '            os.write(each, b\'{"answers": [{"plain": "passed"}], "status": "passed"}\')\n'
        "        except OSError:\n            pass\n    os._exit(0)"
    )
    patched = (
        "import lessons_lib.exercises.checking as checking, lessons_lib.report.inside as inside\n"
        "checking.Exercise.__call__ = lambda self, f: checking.Verdict('passed', 'All cases are right.')\n"
        "checking.Exercise._compare = inside.unchanged = lambda *_: True\n"
        "inside.encoded = lambda *_: {'array': ['<f8', [], 'AAAAAAAAAAA=']}\n"
    )
    shadowed = "class Fake:\n    status = 'passed'\ndef check_slope(function):\n    return Fake()\n"
    right, wrong = RIGHT["check_slope"], WRONG["check_slope"]
    written = {  # body, what stands above it, what is changed in the record
        "deletes": (delete + right, "", {"status": "passed", "digest": True}),
        "deletes above": (right, delete.replace("\n    ", "\n"), {"status": "passed", "digest": True}),
        "forks": (bomb, "", {}),
        "forks above": (right, bomb.replace("\n    ", "\n"), {"status": "passed", "digest": True}),
        "endless": (endless, "", {"status": "passed", "digest": True}),
        "memory": ("return len(bytearray(200 * 1024**3))", "", {"status": "failed", "digest": True}),
        "leaves": ("import os\n    os._exit(0)", "", {"status": "passed", "digest": True}),
        "writes answers": (answers, "", {"status": "passed", "digest": True}),
        "edited": (wrong, "", {"status": "failed", "digest": True}),
        "forged": (wrong, "", {"status": "passed", "digest": True}),
        "patched": (wrong, patched, {"status": "passed", "digest": True}),
        "shadowed": (wrong, shadowed, {"status": "passed", "digest": True}),
        "asks the check": ("return check_slope.reference(f, x, h)", "", {"status": "passed", "digest": True}),
        "stale": (right, "", {}),
    }
    handed = {}
    for learner, (body, above, changes) in written.items():
        handed[learner] = Handed(DESCENT).write("check_slope", body, above, check=False)
        if changes:
            handed[learner].claim("check_slope", **changes)
    handed["edited"].claim("check_slope", status="passed")
    return handed


def forty(folder, victim):
    """Write forty submissions, with names and in folders as learners choose them -> how many there are."""
    some = list(RIGHT)
    for number, name in enumerate(("ada/02_gradient_descent", "Berta Müller_123_file/lesson two (1)", "carl_02_gradient_descent",
                                   "week 2/dora", "x/y/z/emil", "FINAL final", "gül", "02_gradient_descent_hans")):  # fmt: skip
        Handed(DESCENT).all(RIGHT).save(folder / f"right/{name}.ipynb")
        wrong = Handed(DESCENT).all(WRONG if number % 2 else RIGHT | {some[number % 5]: WRONG[some[number % 5]]})
        wrong.save(folder / f"wrong/{name}.ipynb")
    for number in range(2):
        part = {exercise: RIGHT[exercise] for exercise in some[: number + 1]}
        Handed(DESCENT).all(part).save(folder / f"partial/{number}.ipynb")
    Handed(DESCENT).save(folder / "untouched/ida.ipynb")
    Handed(LOGISTIC).write(
        "check_sigmoid", "return np.where(z > 0, 1 / (1 + np.exp(-abs(z))), np.exp(-abs(z)) / (1 + np.exp(-abs(z))))"
    ).save(folder / "right/ada/sigmoid.ipynb")
    for learner, handed in malicious(victim).items():
        handed.save(folder / f"malicious/{learner}.ipynb")
    broken = folder / "broken"
    broken.mkdir()
    (broken / "empty.ipynb").write_text("")
    (broken / "not JSON.ipynb").write_text("{'cells': [")
    (broken / "a list.ipynb").write_text("[1, 2]")
    (broken / "deep.ipynb").write_text("[" * 200_000)
    with open(broken / "huge.ipynb", "wb") as file:
        file.truncate(300_000_000)
    (broken / "a link.ipynb").symlink_to("/etc/passwd")
    return sum(len(files) for _, _, files in os.walk(folder))


if __name__ == "__main__":
    if len(sys.argv) != 2 or Path(sys.argv[1]).exists():
        sys.exit("name a folder that is not there yet: python tests/submissions.py FOLDER")
    victim = Path(sys.argv[1] + " of a teacher")
    victim.mkdir()
    (victim / "marks.txt").write_text("all of them")
    print(f"{forty(Path(sys.argv[1]), victim)} submissions")
