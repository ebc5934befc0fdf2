"""Write the teacher's pages of all lessons: python publish/teaching_guide.py

docs/teaching/<lesson>.md is made of what exists: goals, time and quiz from the notebook, solutions and typical mistakes
from the exercises. What only a teacher knows, the plan and what learners often think, is written by hand in
docs/plans/<lesson>.md. Run the command again after a change of any of them.
"""

import ast
import re
from pathlib import Path

import nbformat
from lesson_length import minutes, parts
from lessons import lessons
from solutions import asked, names_of, solution

from lessons_lib.exercises.records import exercises_of

ROOT = Path(__file__).resolve().parent.parent
MOST_MISTAKES = 8
LINE = re.compile(r'shown\("(\w+)"(?:, (\d))?\)\.(?:set|large)\([^`]*\)')
QUOTE = re.compile("“([^”]*)”")
NOTE = "*Made by `python publish/teaching_guide.py` from the lesson, its exercises and [its plan](../plans/{stem}.md).*"
HAND_OUT = """\
- On paper: `python publish/handout.py {stem} --pdf` writes the lesson with room to write, answers at the end.
- Homework: the exercises that the plan leaves out, and the extras. A line `shown(…).set(…)` from the plan, sent to the
  class, brings everybody's panel to that setting.
- For you: `python publish/teacher_edition.py {stem}` writes the lesson with every exercise solved."""


def sections(cells):
    """[(heading, is it an extra, its cells)] of a lesson, without the title; a heading's cells end at the next one."""
    extra = {id(cell) for cell in parts(cells)[1]}
    found = []
    for cell in cells[1:]:
        for text in re.split(r"^(?=#+ )", cell.source, flags=re.M) if cell.cell_type == "markdown" else [cell.source]:
            heading = re.match(r"#+ (.*)", text) if cell.cell_type == "markdown" else None
            if heading:
                found.append((heading[1], id(cell) in extra, []))
            if found and text:
                found[-1][2].append(nbformat.from_dict(cell | {"source": text}))
    return found


def panels(cells):
    """[name] of the scenes that these cells put into panels, in the order of the page."""
    scene_of, names = {}, []
    for cell in cells:
        for node in ast.walk(ast.parse(cell.source)) if cell.cell_type == "code" else ():
            if (
                isinstance(node, ast.Assign)
                and isinstance(node.value, ast.Call)
                and isinstance(node.targets[0], ast.Name)
            ):
                scene_of[node.targets[0].id] = node.value
        for node in ast.walk(ast.parse(cell.source)) if cell.cell_type == "code" else ():
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "panel":
                scene = node.args[0]
                scene = scene_of[scene.id] if isinstance(scene, ast.Name) else scene
                names.append(ast.unparse(scene.func).rpartition(".")[2])
    return names


def read_plan(text):
    """The plan's file -> (what it assumes, [(45, 90, at, do, ask, see)], [(thought, but, at, show)])."""
    assumes = re.search(r"^\*\*Assumes\*\* (.*)$", text, re.M)[1]
    tables = [[], []]
    for part, table in zip(re.split(r"^## ", text, flags=re.M)[1:3], tables):
        for row in part.splitlines():
            if row.startswith("|"):
                table.append(tuple(cell.strip() for cell in row.strip().strip("|").split("|")))
    steps = [(int(short), int(long), *rest) for short, long, *rest in tables[0][2:]]
    return assumes, steps, tables[1][2:]


def said_at(cells):
    """{heading: all that the page says and prints under it, with single blanks}: a plan quotes it."""
    said = {}
    for heading, _, part in sections(cells):
        parts = [heading]
        for cell in part:
            parts.append(cell.source)
            parts += [output.get("text") or output.get("data", {}).get("text/plain", "")
                      for output in cell.get("outputs", ())]  # fmt: skip
        said[heading] = said.get(heading, "") + " ".join(" ".join(parts).split())
    return said


def page(path, plan):
    """The teacher's page of a lesson, Markdown."""
    cells = nbformat.read(path, as_version=4).cells
    title, goals, before = about(cells[0].source)
    assumes, steps, thoughts = plan
    blocks = [f"# {title}", NOTE.format(stem=path.stem),
              f"[The lesson](../../notebooks/{path.name}) · [how to use these pages](../teaching.md)",
              "## Goals", "After the lesson learners can", goals, "## Before", f"{before} It assumes {assumes}",
              "## Time", *time_table(cells)]  # fmt: skip
    for column, length in ((0, 45), (1, 90)):
        blocks += [f"## A plan for {length} minutes", *plan_table(steps, thoughts, column, length, cells)]
    numbered = [row((number, *thought)) for number, thought in enumerate(thoughts, 1)]
    blocks += [
        "## Often thought",
        "\n".join(["| | they think | but | at | show |", "|--:|---|---|---|---|", *numbered]),
    ]
    blocks += ["## Hand out", HAND_OUT.format(stem=path.stem)]
    blocks += ["## The page's own questions, with their answers", *questions(cells)]
    blocks += ["## Exercises", *exercises_with_solutions(path, cells), "## Quiz, with answers", *quiz_bank(cells)]
    return "\n\n".join(filter(None, blocks)) + "\n"


def about(title):
    """The title's cell -> (title, the list of outcomes, what comes before)."""
    outcomes = "\n".join(line for line in title.splitlines() if line.startswith("- "))
    before = re.search(r"\*\*Before\*\* (.*)", title)[1]
    before = re.sub(r"\]\((\d\d_\w+)\.ipynb\)", r"](\1.md)", re.sub(r" ?Run the cells with .*", "", before))
    return title.splitlines()[0].removeprefix("# "), outcomes, "Nothing." if before.startswith("nothing") else before


def time_table(cells):
    core, extras = re.search(r"core (\d+) minutes, extras (\d+)", cells[0].source).groups()
    yield (
        f"A learner alone takes about {core} minutes for the core and {extras} for the extras. Leave out any extra; "
        "the core needs none. A panel's name is what `shown` finds it by."
    )
    rows = [row((f"*{heading}*" if extra else heading, round(minutes(part)) or "–", ", ".join(panels(part))))
            for heading, extra, part in sections(cells)]  # fmt: skip
    yield "\n".join(["| heading (extras slanted) | minutes | panels |", "|---|--:|---|", *rows])


def plan_table(steps, thoughts, column, length, cells):
    chosen = [step for step in steps if step[column]]
    total = sum(step[column] for step in chosen)
    rest = f"; {length - total} are left for questions" if total < length else ""
    yield f"{total} minutes in {len(chosen)} steps{rest}."
    at, rows = 0, []
    for step in chosen:
        answered = [str(number) for number, thought in enumerate(thoughts, 1) if thought[2] == step[2]]
        where = step[2] + (f" (often thought: {', '.join(answered)})" if answered else "")
        rows.append(row((f"{at}–{at + step[column]}", where, *step[3:])))
        at += step[column]
    yield "\n".join(["| minutes | at | do | ask | see |", "|---|---|---|---|---|", *rows])
    shown = {step[2] for step in chosen}
    left = [heading for heading, extra, _ in sections(cells) if heading.startswith("Exercise") and heading not in shown]
    if left:
        yield f"Left out here, and good homework: {'; '.join(left)}."


def row(cells):
    return f"| {' | '.join(map(str, cells))} |"


def questions(cells):
    """A block of text for each heading with folds: what is asked, then what the folds say."""
    for heading, _, part in sections(cells):
        prose = "\n\n".join(cell.source for cell in part if cell.cell_type == "markdown")
        folds = re.findall(r"<summary>(.*?)</summary>(.*?)</details>", prose, re.S)
        if folds:
            open_text = re.sub(r"<details>.*?</details>", "", prose, flags=re.S)
            asked_there = re.findall(r"^\d\. .*$", open_text, re.M)
            yield f"### {heading}"
            yield "\n".join(asked_there) if asked_there else ""
            for summary, answer in folds:
                told = re.sub(r"</?b>", "", summary)
                yield "*Answers*" if told.startswith("Our answer") else f"**{told}**"
                yield answer.strip()


def exercises_with_solutions(path, cells):
    """A block of text for each exercise in the order of the page."""
    exercises, on_page, extra = exercises_of(path.stem), set(), {id(cell) for cell in parts(cells)[1]}
    for cell in cells:
        if cell.cell_type != "code":
            continue
        name = asked(cell)[0] if asked(cell) else None
        if name in exercises:
            answer = solution(exercises[name], cell.source, on_page | names_of(cell.source))
            yield f"### `{name}`" + (" (extra)" if id(cell) in extra else "")
            yield f"```python\n{answer}\n```"
            yield from common_mistakes(exercises[name], name)
        on_page |= names_of(cell.source)


def common_mistakes(exercise, name):
    told = list(dict.fromkeys(sentence for _, sentence in exercise.mistakes))
    yield "Typical mistakes, as the check tells them:"
    yield "\n".join(f"- {sentence}" for sentence in told[:MOST_MISTAKES])
    if len(told) > MOST_MISTAKES:
        yield f"`{name}.mistakes` has {len(told) - MOST_MISTAKES} more; `{name}.hint()` helps a step at a time."


def quiz_bank(cells):
    """A block of text for each quiz question: all answers with their explanations, the right one marked."""
    for cell in cells:
        if cell.cell_type == "code" and cell.source.startswith("quiz("):
            call = ast.parse(cell.source).body[0].value
            question, answers = (ast.literal_eval(part) for part in call.args[:2])
            right = next(ast.literal_eval(keyword.value) for keyword in call.keywords if keyword.arg == "right")
            yield f"**{question}**"
            yield "\n".join(f"- {'✔' if answer == right else '✘'} {answer}: {why}" for answer, why in answers.items())


def pages():
    """{file: its text} of all lessons that have a plan."""
    plans = {path.stem: read_plan(path.read_text(encoding="utf-8")) for path in (ROOT / "docs" / "plans").glob("*.md")}
    return {ROOT / "docs" / "teaching" / f"{path.stem}.md": page(path, plans[path.stem])
            for path in lessons() if path.stem in plans}  # fmt: skip


if __name__ == "__main__":
    for file, text in pages().items():
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        print(f"wrote {file.relative_to(ROOT)}")
