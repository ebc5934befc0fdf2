"""Reads submitted notebooks and the records of their verdicts, and runs nothing.

A record tells of which code it was made. Where the page holds that code no more, the verdict is stale; where it tells
of another outcome than the one it was made with, it is forged.
"""

import json
import os
import re
import stat
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from lessons_lib.exercises import LESSONS
from lessons_lib.exercises.records import MIME, STATES, digest, exercises_of

LARGEST = 50e6  # bytes of a notebook that is read
_MOST_CELLS, _MOST_RECORDS = 1000, 20  # of code in a notebook; of one exercise, the last ones
_FIRST = ("forged", "passed", "stale", "failed", "to do")  # of several verdicts on one exercise the first counts


@dataclass
class Result:
    """How far a learner is with one exercise.

    state    passed, failed, to do, not run, stale or forged
    note     the sentence that says more, or ""
    cell     number of the code cell that counts, None where there is none
    again    with --rerun: passed, failed, to do or stopped; None where it was not run again
    """

    state: str
    note: str = ""
    cell: int | None = None
    function: str = ""
    again: str | None = None

    @property
    def words(self):
        """What the table says: the state, and after an arrow what running it again gave, where that differs."""
        return self.state if self.again in (None, self.state) else f"{self.state} → {self.again}"


@dataclass
class Submission:
    """A notebook: whose it is, its code cells, and results = {(lesson, exercise): Result}."""

    learner: str
    file: str
    code: list
    results: dict = field(default_factory=dict)


def read_folder(folder):
    """(submissions, sentences about the files that were skipped) of all notebooks in a folder and in what lies in it.

    NotADirectoryError when it is no folder. Links are not followed, and nothing of a notebook is run.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is not a folder.")
    submissions, skipped, others, shown = [], [], [], Counter()
    for path in _files(folder, skipped):
        name = plain(str(path.relative_to(folder)))
        shown[name] += 1
        if shown[name] > 1:  # two names that differ in what cannot be shown
            name = f"{name} ({shown[name]})"
        try:
            page = _read(path)
            if page is None:
                others.append(name)
                continue
            submissions.append(_judged(name, page))
        except (ValueError, OSError, RecursionError, MemoryError) as error:
            skipped.append(f"{name}: {error if type(error) is ValueError else _unreadable(error)}")
    if others:
        more = f" and {len(others) - 5} more" if len(others) > 5 else ""
        skipped.append(f"no notebooks: {', '.join(others[:5])}{more}.")
    for submission, learner in zip(submissions, _learners([each.file for each in submissions])):
        submission.learner = learner
    lessons = Counter((each.learner, lesson) for each in submissions for lesson, _ in each.results)
    for each in submissions:  # two notebooks of one lesson and one learner: they are told apart by their files
        if any(lessons[each.learner, lesson] > len(exercises_of(lesson)) for lesson, _ in each.results):
            each.learner = each.file
    return sorted(submissions, key=lambda each: (each.learner.lower(), each.file)), skipped


def _unreadable(error):
    if isinstance(error, PermissionError):
        return "it cannot be read: you have no right to."
    return f"it cannot be read: it {'is nested too deep' if isinstance(error, RecursionError) else 'does not fit'}."


def _files(folder, skipped):
    """The files in a folder, and the links to folders; what cannot be looked into is named in `skipped`."""

    def unread(error):
        skipped.append(f"{plain(os.path.relpath(error.filename, folder))}: this folder cannot be looked into.")

    for place, folders, names in os.walk(folder, onerror=unread):
        folders[:] = sorted(each for each in folders if not each.startswith(".") and each != "__MACOSX")
        names = [name for name in names if not name.startswith(".") or re.match(r"\.(?!_).*ipynb$", name)]
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]
        yield from (Path(place, name) for name in sorted(names + links))


def _read(path):
    """A notebook as a dictionary, None for another kind of file; ValueError with the sentence for a broken one."""
    named = ".ipynb" in path.name.lower()
    status = os.lstat(path)
    if path.suffix.lower() in (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz"):
        raise ValueError("it is an archive: unpack it, then report again.")
    if not stat.S_ISREG(status.st_mode):  # a link may lead anywhere, a pipe may wait for ever
        raise ValueError("it is a link or a device, not a file.")
    if status.st_size > LARGEST:
        if named:
            raise ValueError(f"it has {status.st_size / 1e6:.0f} MB, and more than {LARGEST / 1e6:.0f} are not read.")
        return None
    if not named:
        with open(path, "rb") as file:
            if (
                not file.read(200).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
                or b'"nbformat"' not in path.read_bytes()
            ):
                return None
    if status.st_size == 0:
        raise ValueError("it is empty.")
    try:
        page = json.loads(path.read_bytes())  # in UTF-8, 16 or 32
    except ValueError as error:  # of JSON, or of the encoding
        raise ValueError("it is not a notebook, or broken: its text is not JSON.") from error
    if isinstance(page, dict) and "worksheets" in page:
        raise ValueError("it has the format of 2014: open it in Jupyter and save it again.")
    if not isinstance(page, dict) or not isinstance(page.get("cells"), list):
        raise ValueError("it is JSON, but not a notebook: it has no cells.")
    return page


def _judged(name, page):
    """The submission of a notebook, with a result for each exercise of its lessons; ValueError when it has none."""
    cells = [cell for cell in page["cells"] if isinstance(cell, dict) and cell.get("cell_type") == "code"]
    code = [_text(cell.get("source")) for cell in cells]
    outputs = [[each for each in _list(cell.get("outputs")) if isinstance(each, dict)] for cell in cells]
    if len(cells) > _MOST_CELLS:
        raise ValueError(f"it has {len(cells)} cells of code, and more than {_MOST_CELLS} are not read.")
    records = [(number, record) for number, shown in enumerate(outputs) for record in _records(shown)]
    lessons = _lessons(code) | {record["lesson"] for _, record in records} or _asked_for(code)
    results = {}
    for lesson in LESSONS:
        for exercise in exercises_of(lesson) if lesson in lessons else ():
            mine = [
                (number, each) for number, each in records if (each["lesson"], each["exercise"]) == (lesson, exercise)
            ]
            found = [_judge(number, record, code) for number, record in mine[-_MOST_RECORDS:]] or [
                _without_record(exercise, code, outputs)
            ]
            results[lesson, exercise] = min(found, key=lambda each: _FIRST.index(each.state) if mine else 0)
    if not results:
        raise ValueError("it has no exercise of this course.")
    return Submission("", name, code, results)


def _text(value):
    """The text of a cell or an output, which notebooks keep whole or as a list of lines."""
    lines = value if isinstance(value, list) else [value]
    return "".join(line for line in lines if isinstance(line, str))


def _list(value):
    return value if isinstance(value, list) else []


def _texts(output):
    data = output.get("data")
    return [_text(output.get("text")), *(_text(each) for each in (data.values() if isinstance(data, dict) else ()))]


def _records(outputs):
    for output in outputs:
        data = output.get("data")
        record = data.get(MIME) if isinstance(data, dict) else None
        if isinstance(record, dict):
            keys = ("lesson", "exercise", "status", "function", "digest")
            yield {key: record[key] if isinstance(record.get(key), str) else "" for key in keys}


def _lessons(code):
    """The lessons whose exercises these cells import."""
    imports = r"^[ \t]*(?:from lessons_lib\.exercises(?:\.| import )|import lessons_lib\.exercises\.)(\w+)"
    stems = {stem for cell in code for stem in re.findall(imports, cell, re.M)}
    return {lesson for lesson in LESSONS if lesson[3:] in stems}


def _asked_for(code):
    """The lessons whose checks these cells call."""
    called = {name for cell in code for name in re.findall(r"\b(check_\w+)\(", cell)}
    return {lesson for lesson in LESSONS if called & exercises_of(lesson).keys()}


def _judge(number, record, code):
    """The result that one record stands for."""
    function = record["function"]

    def made_as(status, text):
        return digest(record["lesson"], record["exercise"], status, function, text) == record["digest"]

    if "." in function:
        texts = [("", f"The function is not the page's own, but {plain(function)}.")]
    else:  # it stands in the cell of its verdict, or in another one
        own = [code[number]] if _defines(function, code[number]) else code
        texts = [(text, "") for text in own] + [("", "Its code was not at hand when it was checked.")]
    for text, note in texts:
        if record["status"] in STATES and made_as(record["status"], text):
            return Result(record["status"], note, number, function)
        for truth in STATES:
            if made_as(truth, text):
                said = plain(record["status"])
                return Result("forged", f"Its record says “{said}”, but was made as “{truth}”.", number, function)
    return Result("stale", "The verdict is older than the code in its cell.", number, function)


def _defines(name, code):
    return name.isidentifier() and re.search(rf"^[ \t]*(?:(?:async +)?def|class) +{name}\b|^{name} *=[^=]", code, re.M)


def _without_record(exercise, code, outputs):
    """The result of an exercise that has no record: not run, and what its cell shows all the same."""
    asks = [number for number, cell in enumerate(code) if re.search(rf"\b{exercise}\s*\(", cell)]
    if not asks:
        return Result("not run", "The page has no cell for it.")
    shown = any("✔ Passed" in text for number in asks for output in outputs[number] for text in _texts(output))
    note = "Its cell shows “✔ Passed”, but no record of it." if shown else ""
    return Result("not run", note, asks[0])


def _learners(files):
    """Whose notebook each file is: its path without what names a lesson and without the folders that all share."""

    def named(paths):
        kept = [[re.sub("|".join(LESSONS), "", part, flags=re.I).strip(" _-.") for part in path] for path in paths]
        return ["/".join(filter(None, path)) for path in kept]

    paths = [Path(re.sub(r"(\.ipynb|\.json|\.txt)+$", "", file, flags=re.I) or file).parts for file in files]
    while len({path[0] for path in paths}) == 1 and all(named(path[1:] for path in paths)):
        paths = [path[1:] for path in paths]
    return [name or file for name, file in zip(named(paths), files)]


def plain(text):
    """A text from a learner's file that does no harm to a terminal; a long one without its middle."""
    text = "".join(letter if letter.isprintable() else "?" for letter in text)
    return text if len(text) <= 200 else f"{text[:99]}…{text[-100:]}"
