"""Who solved what: forty submissions are read without running anything, and run again without harm."""

import contextlib
import copy
import csv
import io
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import numpy as np
import pytest
from bs4 import BeautifulSoup
from conftest import NOTEBOOKS, ROOT, lacking
from nbclient import NotebookClient
from submissions import DESCENT, RIGHT, WRONG, Handed, forty, malicious
from teacher_edition import solved

from lessons_lib.exercises import LESSONS
from lessons_lib.exercises.records import MIME, exercises_of
from lessons_lib.report import again, inside, shelter
from lessons_lib.report.__main__ import main
from lessons_lib.report.submissions import _learners, read_folder
from lessons_lib.report.tables import as_csv, as_html, as_text

SLOPE = (DESCENT, "check_slope")


def slopes(folder):
    """{learner: result of check_slope} of a folder."""
    return {each.learner: each.results[SLOPE] for each in read_folder(folder)[0] if SLOPE in each.results}


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """(folder of forty submissions, folder of a teacher)"""
    folder, victim = tmp_path_factory.mktemp("handed in"), tmp_path_factory.mktemp("of a teacher")
    (victim / "marks.txt").write_text("all of them")
    victim.chmod(0o777)
    assert forty(folder, victim) == 40
    return folder, victim


def test_forty_submissions_are_reported_in_ten_seconds_and_nothing_is_run(handed_in, tmp_path):
    folder, victim = handed_in
    start = time.monotonic()
    command = [sys.executable, "-m", "lessons_lib.report", str(folder), "--csv", "marks.csv", "--html", "marks.html"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8",
                         env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"})  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert time.monotonic() - start < 10
    assert (victim / "marks.txt").exists()
    for sentence in ("broken/empty.ipynb: it is empty.", "broken/not JSON.ipynb: it is not a notebook, or broken",
                     "broken/a list.ipynb: it is JSON, but not a notebook", "broken/deep.ipynb: it cannot be read",
                     "broken/huge.ipynb: it has 300 MB", "broken/a link.ipynb: it is a link"):  # fmt: skip
        assert run.stdout.count(sentence) == 1, run.stdout
    with open(tmp_path / "marks.csv", encoding="utf-8", newline="") as file:
        rows = {row["learner"]: row for row in csv.DictReader(file)}
    assert len(rows) == 34
    assert [rows["right/carl"][f"{DESCENT}/{name}"] for name in RIGHT] == ["passed"] * 5
    assert [rows["wrong/hans"][f"{DESCENT}/{name}"] for name in RIGHT] == ["failed"] * 5
    assert rows["right/carl"]["passed"] == "5" and rows["wrong/carl"]["passed"] == "4"
    assert rows["untouched/ida"][f"{DESCENT}/check_slope"] == "to do"
    assert rows["malicious/stale"][f"{DESCENT}/check_slope"] == "stale"
    assert rows["malicious/edited"][f"{DESCENT}/check_slope"] == "forged"
    assert "malicious/edited, 02_gradient_descent, check_slope: forged." in run.stdout
    page = BeautifulSoup((tmp_path / "marks.html").read_text(encoding="utf-8"), "html.parser")
    assert not page.find_all(["script", "link", "img"]) and page.html["lang"] == "en"
    assert len(page.find_all("th", scope="row")) == 34 and len(page.find_all("caption")) == 2
    assert page.find("td", class_="passed").text == "✔ passed"


@pytest.fixture(scope="module")
def sheltered():
    """Skips where this machine has no shelter to offer."""
    if not any(shelter.is_offered(kind) and again._holds(kind) for kind in ("namespaces", "nobody")):
        lacking("no shelter is to be had here: run the tests on Linux as root, or where users may make namespaces.")


def test_run_again_nothing_is_harmed_and_everything_forged_or_stale_is_named(sheltered, tmp_path):
    victim = tmp_path / "of a teacher"
    victim.mkdir(mode=0o777)
    (victim / "marks.txt").write_text("all of them")
    for learner, handed in malicious(victim).items():
        handed.save(tmp_path / f"in/{learner}.ipynb")
    Handed(DESCENT).all(RIGHT).save(tmp_path / "in/right.ipynb")
    Handed(DESCENT).all(WRONG).save(tmp_path / "in/wrong.ipynb")
    submissions, _ = read_folder(tmp_path / "in")
    said = again.run_again(submissions, seconds=4)
    assert (victim / "marks.txt").exists()
    assert said[0].startswith("Run again ")
    words = {each.learner: each.results[SLOPE].words for each in submissions}
    assert words == {
        "deletes": "passed", "deletes above": "passed", "forks": "stale → stopped", "forks above": "passed",
        "endless": "forged → stopped", "memory": "failed", "leaves": "forged → stopped",
        "writes answers": "forged → failed", "edited": "forged → failed", "forged": "forged → failed",
        "patched": "forged → failed", "shadowed": "forged → failed", "asks the check": "forged → failed",
        "stale": "stale → passed",
        "right": "passed", "wrong": "failed",
    }  # fmt: skip
    for each in submissions:
        others = {result.words for place, result in each.results.items() if place != SLOPE}
        assert others == {{"right": "passed", "wrong": "failed"}.get(each.learner, "to do")}
    told = as_text(submissions, [])
    for learner, word in words.items():
        assert ("forged" in word or "stale" in word) == (f"- {learner}, {DESCENT}, check_slope: {word}." in told)


PROBES = {
    "reads what is not its own": f"return open({str(ROOT / 'README.md')!r}).read()",
    "writes into the course": f"return open({str(ROOT / 'lessons_lib' / '__init__.py')!r}, 'a').write('')",
    "starts a process": "import subprocess\n    return subprocess.check_output(['/usr/bin/env']).decode()",
    "starts a thread": "import threading\n    threading.Thread(target=print).start()\n    return 'started'",
    "calls another host": "import socket\n    return str(socket.create_connection(('192.0.2.1', 80), 2))",
    "calls this host": "import socket\n    socket.socket().bind(('127.0.0.1', 0))\n"
    "    return str(socket.create_connection(('127.0.0.1', 22), 2))",
    "fills the disk": "return open('x', 'wb').write(bytes(40_000_000))",
    "signals others": "import os, signal\n    return str([os.kill(each, 0) for each in range(os.getpid() + 1, 99)])",
}


@pytest.mark.parametrize("name", PROBES)
def test_the_shelter_holds(sheltered, name):
    if not again._holds("namespaces"):
        pytest.skip("namespaces are not to be had here.")
    cell = f"def slope(f, x, h):\n    {PROBES[name]}"
    told = again._ask_child("namespaces", 10, *SLOPE, [cell], "slope")
    assert {each["raised"][0] for each in told["answers"]} <= {
        "FileNotFoundError", "PermissionError", "OSError", "BlockingIOError", "RuntimeError", "ProcessLookupError",
    }, told  # fmt: skip


def test_what_leaves_its_group_and_session_ends_all_the_same(sheltered, monkeypatch, tmp_path):
    if not again._holds("namespaces"):
        pytest.skip("namespaces are not to be had here.")
    monkeypatch.syspath_prepend(tmp_path)  # it stands in the child's command
    cell = (
        "import ctypes, os, time\ndef slope(f, x, h):\n    os.setsid(), ctypes.CDLL(None).prctl(1, 0), time.sleep(60)"
    )
    assert again._ask_child("namespaces", 2, *SLOPE, [cell], "slope") == {"stopped": "Stopped after 2 seconds."}
    commands = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):  # it has ended
            commands.append(each.read_text(errors="replace"))
    assert commands and not any(str(tmp_path) in command for command in commands)


def test_without_a_shelter_nothing_is_run_unless_the_teacher_says_so(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(shelter, "is_offered", lambda kind: kind == "none")
    Handed(DESCENT).all(RIGHT).save(tmp_path / "right.ipynb")
    monkeypatch.setattr(again, "_ask_child", lambda *_: pytest.fail("it was run"))
    assert main([str(tmp_path), "--rerun"]) == 2
    assert "This machine offers no shelter" in capsys.readouterr().err
    monkeypatch.undo()
    monkeypatch.setattr(shelter, "is_offered", lambda kind: kind == "none")
    assert main([str(tmp_path), "--rerun", "--unsheltered"]) == 0
    out = capsys.readouterr().out
    assert "5 of 5" in out and "without a shelter" in out


@pytest.mark.parametrize("lesson", LESSONS)
def test_right_answers_pass_when_they_come_as_plain_data(lesson):
    for name, exercise in exercises_of(lesson).items():
        with np.errstate(all="ignore"):
            answers = [inside.encoded(exercise.reference(*copy.deepcopy(given))) for _, given in exercise.cases]
        told = json.loads(json.dumps({"answers": answers}))
        assert again._compared(exercise, told)[0] == "passed", name


def test_what_a_child_tells_is_taken_for_nothing_but_data():
    check = exercises_of(DESCENT)["check_slope"]
    for told in ({}, {"answers": 3}, {"answers": []}, {"answers": [{}] * 4}, {"answers": [{"array": ["O", [1], "gASV"]}]},
                 {"answers": [{"array": ["<f8", [9], "AAAA"]}] * 4}, {"answers": [{"raised": ["exit", "x"]}] * 4},
                 {"answers": [{"raised": []}] * 4}, {"answers": [{"changed": True}] * 4}, {"answers": "passed"},
                 {"answers": [{"array": ["<f8", [], "AAAAAAAAAAA="]}] * 4}, {"error": "no"}, {"stopped": 3}):  # fmt: skip
        assert again._compared(check, told)[0] in ("failed", "stopped"), told
    assert again._compared(check, {"answers": [{"dots": True}] * 4})[0] == "to do"
    source = (ROOT / "lessons_lib" / "report" / "again.py").read_text(encoding="utf-8")
    assert "import pickle" not in source and "allow_pickle" not in source


def answered(*cells, function="f", below=()):
    told = inside.answers(list(cells), "check_x", function, [(3.0,)], below=below)
    (answer,) = told.get("answers", [told])
    return answer if answer.keys() & {"raised", "error"} else again._decoded(answer)


def test_of_a_page_only_what_the_function_needs_is_run():
    asks = "def f(x):\n    return g(x) + total[0]\n\nexercises.check_x(f)"
    helped = (
        "import numpy as np\n%time 1",
        "def g(x):\n    w = np.ones(2)\n    return x * scale + len(w)",
        "scale = 2",
    )
    shows = "panel(1 / 0)\ntotal = [10]\nw = raise_what_is_slow()\ntotal.append(1)\ntotal[0] = 100"
    assert answered(*helped, shows, asks) == 108
    assert answered("def f(x): return 1", "def f(x): return 2", "check_x(f)") == 2
    assert answered("!ls\nf = lambda x: 2 * x", "x?\ncheck_x(lambda x: f(x) + 1)") == 7
    assert answered("def f(x): return 1\ndef g(x): return 2\ncheck_x(g)\ncheck_x(f)") == 1
    assert answered("def f(x): return 1\ndef g(x): return 2\ncheck_x(g)\ncheck_x(f)", function="g") == 2
    assert answered("check_x(f)", below=["check_x(f)", "c = 4\ndef f(x): return c"]) == 4
    assert answered("n = []\nfor each in range(3):\n    n.append(each)", "def f(x): return len(n)\ncheck_x(f)") == 3
    endless = "import numpy as np\nw = [1]\nwhile True: k = 1\nprint(np.e, w[k])"
    assert answered(endless, "def f(x): return np.abs(w[0])\ncheck_x(f)") == 1
    assert answered("def f(x): return np.abs(x)\ncheck_x(f)") == 3  # the set-up cell is gone
    assert answered("names = {}\nexec('h = 5', globals())", "def f(x):\n    return h\ncheck_x(f)") == 5
    assert answered("def f(x):\n    ...\n\ncheck_x(f)") is ...
    assert "not Python" in answered("def f(x:")["error"]
    assert "no function" in answered("check_x(f)")["error"]
    assert answered("def f(x):\n    return unknown")["raised"][0] == "NameError"


def test_values_come_through_as_they_were():
    for value in (1, 2.5, True, np.float32(0.1), np.arange(6).reshape(2, 3), np.array([]), [np.ones(2), np.zeros(3)],
                  (1.0, [2, 3]), [[1], [1, 2]], "text", None, np.inf, np.array([True]), np.complex128(1j), 2**62):  # fmt: skip
        assert repr(again._decoded(json.loads(json.dumps(inside.encoded(value))))) == repr(value)
    assert again._decoded(inside.encoded(np.array([1.0, 2.0], dtype=object))) == [1.0, 2.0]
    for value in ({"a": 1}, iter([]), len, 10**5000, np.datetime64("now"), {1}):
        assert inside.encoded(value) == {"other": type(value).__name__}


@pytest.mark.parametrize("files, learners", [
    (["ada/02_gradient_descent.ipynb", "bob/02_gradient_descent.ipynb"], ["ada", "bob"]),
    (["submitted/ada/02_gradient_descent/02_gradient_descent.ipynb", "submitted/bob/x.ipynb"], ["ada", "bob/x"]),
    (["ada/02_gradient_descent.ipynb", "ada/03_logistic_regression.ipynb"], ["ada", "ada"]),
    (["02_gradient_descent_ada.ipynb", "bob-02_Gradient_Descent.ipynb.txt"], ["ada", "bob"]),
    (["02_gradient_descent.ipynb"], ["02_gradient_descent.ipynb"]),
    ([], []),
])  # fmt: skip
def test_learners_are_named_by_their_files(files, learners):
    assert _learners(files) == learners


def test_what_a_notebook_may_hold_besides(tmp_path):
    (tmp_path / "notes.pdf").write_bytes(b"%PDF")
    (tmp_path / "other.ipynb").write_text(json.dumps({"cells": [{"cell_type": "code", "source": ["1"]}]}))
    (tmp_path / "old.ipynb").write_text(json.dumps({"worksheets": []}))
    odd = [None, 3, {"cell_type": "code"}, {"cell_type": "code", "source": 3, "outputs": [3, {"data": 3}]},
           {"cell_type": "code", "source": ["from lessons_lib.exercises import gradient_descent\n"],
            "outputs": [{"data": {MIME: 3}}, {"data": {MIME: {"lesson": 3}}}, {"data": {"text/plain": 3}}]}]  # fmt: skip
    (tmp_path / "odd.json").write_text(json.dumps({"nbformat": 4, "cells": odd}))
    twice = Handed(DESCENT).all(RIGHT)
    twice.page["cells"].append(copy.deepcopy(Handed(DESCENT).cell("check_slope")))
    twice.save(tmp_path / "=twice.ipynb")
    shown = Handed(DESCENT).all(RIGHT)
    shown.cell("check_slope")["outputs"][0]["data"].pop(MIME)
    shown.save(tmp_path / "<b>shown.ipynb")
    submissions, skipped = read_folder(tmp_path)
    assert [each.learner for each in submissions] == ["<b>shown", "=twice", "odd"]
    assert [each.results[SLOPE].state for each in submissions] == ["not run", "passed", "not run"]
    assert "shows “✔ Passed”, but no record" in submissions[0].results[SLOPE].note
    assert sorted(skipped) == ["no notebooks: notes.pdf.", "old.ipynb: it has the format of 2014: open it in Jupyter and "
                               "save it again.", "other.ipynb: it has no exercise of this course."]  # fmt: skip
    assert next(csv.reader(io.StringIO(as_csv(submissions).splitlines()[2])))[0] == "'=twice"
    assert "<b>shown" not in as_html(submissions, skipped, [])
    with pytest.raises(NotADirectoryError, match="is not a folder"):
        read_folder(tmp_path / "nowhere")
    assert "No notebook of this course" in as_text([], [])


def test_however_a_notebook_was_saved_or_changed_it_is_read(tmp_path):
    text = json.dumps(Handed(DESCENT).all(RIGHT).page, ensure_ascii=False)
    (tmp_path / "utf-16.ipynb").write_text(text, encoding="utf-16")
    (tmp_path / "BOM.json").write_text(text, encoding="utf-8-sig")
    (tmp_path / ".ipynb").write_text(text)
    for name in (b"M\xf6ller.ipynb", b"M\xfcller.ipynb"):  # of a Windows in Latin 1
        with contextlib.suppress(OSError):  # macOS has no such names
            (tmp_path / os.fsdecode(name)).write_text(text)
    cleared = Handed(DESCENT).all(RIGHT)
    cleared.page["cells"] = [
        cell | {"outputs": []}
        for cell in cleared.page["cells"]
        if "lessons_lib.exercises" not in "".join(cell["source"])
    ]
    cleared.save(tmp_path / "without set-up.ipynb")
    for learner, change in {"no digest": {"digest": None}, "another status": {"status": "<b>Passed"}}.items():
        Handed(DESCENT).all(WRONG).claim("check_slope", **change).save(tmp_path / f"{learner}.ipynb")
    shown = Handed(DESCENT).all(WRONG)
    shown.cell("check_slope")["outputs"][0]["data"] = {"text/html": "<b>✔ Passed</b>"}
    shown.save(tmp_path / "shown.ipynb")
    results = slopes(tmp_path)
    assert results.pop("shown").note == "Its cell shows “✔ Passed”, but no record of it."
    states = {learner: result.state for learner, result in results.items()}
    assert states.pop("without set-up") == "not run"
    assert (states.pop("no digest"), states.pop("another status")) == ("stale", "forged")
    assert set(states.values()) == {"passed"} and len(states) in (3, 5)
    assert len(as_csv(read_folder(tmp_path)[0]).splitlines()) == 1 + 4 + len(states)


def test_what_would_take_long_or_cannot_be_read_is_named(tmp_path):
    blank = Handed(DESCENT).all(RIGHT)
    blank.page["cells"].append({"cell_type": "code", "source": "\n" * 200_000 + "x", "outputs": []})
    blank.save(tmp_path / "blank lines.ipynb")
    record = {"lesson": DESCENT, "exercise": "check_slope", "status": "passed", "function": "f", "digest": ""}
    cell = {"cell_type": "code", "source": "f", "outputs": [{"data": {MIME: record}}] * 100}
    (tmp_path / "records.ipynb").write_text(json.dumps({"nbformat": 4, "cells": [cell] * 1000}))
    (tmp_path / "cells.ipynb").write_text(json.dumps({"nbformat": 4, "cells": [cell | {"outputs": []}] * 1001}))
    (tmp_path / "ada.zip").write_bytes(b"PK")
    (tmp_path / "loop").symlink_to(".")
    start = time.monotonic()
    submissions, skipped = read_folder(tmp_path)
    assert time.monotonic() - start < 5
    assert [each.results[SLOPE].state for each in submissions] == ["passed", "stale"]
    assert skipped == ["ada.zip: it is an archive: unpack it, then report again.", "cells.ipynb: it has 1001 cells of code, "
                       "and more than 1000 are not read.", "loop: it is a link or a device, not a file."]  # fmt: skip


def test_the_command_says_in_one_line_what_it_cannot_do(tmp_path, capsys):
    for words in (["--seconds", "0"], ["--seconds", "nan"], ["--seconds", "x"]):
        with pytest.raises(SystemExit, match="2"):
            main([str(tmp_path), *words])
    assert main([str(tmp_path / "nowhere")]) == 2
    assert main([str(tmp_path), "--csv", str(tmp_path)]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_verdicts_of_a_kernel_are_read_and_functions_may_stand_elsewhere(tmp_path):
    first = "import numpy as np\nfrom lessons_lib.exercises.gradient_descent import *\nfrom lessons_lib.maths import gradient_descent as own"
    cells = {
        "check_slope": ["%time 1\ndef slope(f, x, h):\n    return (f(x + h) - f(x)) / h", "check_slope(slope)"],
        "check_steps_until": ["check_steps_until(lambda losses, tolerance: 1)"],
        "check_bowl_gradient": ["verdict = check_bowl_gradient(lambda w: np.array([w[0], 10 * w[1]]))", "verdict"],
        "check_descend": ["check_descend(own.descend)"],
        "check_critical_learning_rate": ["check_critical_learning_rate"],
    }
    sources = [first, *(source for each in cells.values() for source in each)]
    page = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    NotebookClient(page, kernel_name="python3", timeout=60).execute()
    nbformat.write(page, tmp_path / "of a kernel.ipynb")
    results = read_folder(tmp_path)[0][0].results
    states = {name: results[DESCENT, name].state for name in cells}
    assert list(states.values()) == ["passed", "failed", "passed", "passed", "not run"]
    assert (
        "not the page's own, but lessons_lib.maths.gradient_descent.descend" in results[DESCENT, "check_descend"].note
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_right_answers_of_a_lesson_are_right_again_without_its_panels_and_trainings(path):
    code = [cell.source for cell in solved(path).cells if cell.cell_type == "code"]
    for name, exercise in exercises_of(path.stem).items():
        at = next(number for number, cell in enumerate(code) if re.search(rf"\b{name}\(", cell))
        statements = [node for cell in code[: at + 1] for node in inside._tree(cell).body]
        needed = inside._needed(statements, inside._asked(inside._tree(code[at]), name, ""))
        assert len(needed) < 10, name
        told = inside.answers(code[: at + 1], name, "", [given for _, given in exercise.cases], exercise.overflow)
        assert again._compared(exercise, told)[0] == "passed", name


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_committed_lesson_is_all_to_do(path, tmp_path):
    (tmp_path / path.name).write_bytes(path.read_bytes())
    (submission,), skipped = read_folder(tmp_path)
    assert not skipped and {result.words for result in submission.results.values()} == {"to do"}
    assert {lesson for lesson, _ in submission.results} == {path.stem}
