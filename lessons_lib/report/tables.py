"""The results as a table of learners and exercises: text for a terminal, CSV for a spreadsheet, HTML to look at."""

import csv
import html
import io

from lessons_lib.exercises import LESSONS
from lessons_lib.exercises.records import exercises_of

# Sign, colour of the cell, colour of its border: told apart by sign and words, too; black text on each passes AAA.
_LOOKS = {
    "passed": ("✔", "#cdeee0", "#009e73"),
    "failed": ("✘", "#fbdcc6", "#d55e00"),
    "to do": ("▢", "#d6e8f5", "#0072b2"),
    "not run": ("○", "#f1f1f1", "#767676"),
    "stale": ("↻", "#fbf3b5", "#8a7a00"),
    "forged": ("‼", "#f3d3e4", "#a03a77"),
    "stopped": ("■", "#fbdcc6", "#d55e00"),
}
_MEANING = {
    "passed": "the check passed",
    "failed": "the check found a mistake",
    "to do": "the code is not written yet",
    "not run": "there is no verdict",
    "stale": "the verdict is older than the code in its cell",
    "forged": "the verdict is not one that this code was given",
}
_FORMULA = tuple("=+-@|＝＋－＠")
_AGAIN = "What stands after an arrow is what running the code again gave; stopped: it took too long or too much."


def _by_lesson(submissions):
    """(lesson, its exercises, the submissions that hold it) for each lesson that was handed in."""
    for lesson in LESSONS:
        rows = [each for each in submissions if any(of == lesson for of, _ in each.results)]
        if rows:
            yield lesson, list(exercises_of(lesson)), rows


def _passed(submission, lesson, exercises):
    """How many exercises are passed for sure: where they were run again, that counts."""
    results = [submission.results[lesson, exercise] for exercise in exercises]
    return sum((each.again or each.state) == "passed" for each in results)


def notes(submissions):
    """A sentence for each result that a teacher should look at."""
    return [
        f"{each.learner}, {lesson}, {exercise}: {result.words}. {result.note}".strip()
        for each in submissions
        for (lesson, exercise), result in each.results.items()
        if result.note or "→" in result.words or result.state in ("stale", "forged")
    ]


def as_text(submissions, skipped):
    """A table for each lesson, then what to look at, then what was skipped."""
    blocks = []
    for lesson, exercises, rows in _by_lesson(submissions):
        cells = [["learner", *(name.removeprefix("check_") for name in exercises), "passed"]]
        for each in rows:
            words = [each.results[lesson, exercise].words for exercise in exercises]
            cells.append([each.learner, *words, f"{_passed(each, lesson, exercises)} of {len(exercises)}"])
        widths = [max(map(len, column)) for column in zip(*cells)]
        lines = ["  ".join(word.ljust(width) for word, width in zip(row, widths)).rstrip() for row in cells]
        lines.insert(1, "  ".join("-" * width for width in widths))
        blocks.append("\n".join([lesson, *lines]))
    if not submissions:
        blocks.append("No notebook of this course was found.")
    for title, sentences in (("To look at", notes(submissions)), ("Skipped", skipped)):
        if sentences:
            blocks.append("\n".join([f"{title}:", *(f"- {sentence}" for sentence in sentences)]))
    return "\n\n".join(blocks) + "\n"


def as_csv(submissions):
    """A row for each learner, a column for each exercise, such as 02_gradient_descent/check_slope."""
    columns = [(lesson, exercise) for lesson, exercises, _ in _by_lesson(submissions) for exercise in exercises]
    rows = {}
    for each in submissions:
        rows.setdefault(each.learner, {}).update(each.results)
    out = io.StringIO()
    table = csv.writer(out, quoting=csv.QUOTE_ALL)  # a spreadsheet may split at ; as well
    table.writerow(["learner", *("/".join(column) for column in columns), "passed"])
    for learner, results in rows.items():
        passed = sum((each.again or each.state) == "passed" for each in results.values())
        words = [results[column].words if column in results else "" for column in columns]
        # A spreadsheet takes a name that begins so for a formula.
        table.writerow(["'" + learner if learner.lstrip()[:1] in _FORMULA else learner, *words, passed])
    return out.getvalue()


def as_html(submissions, skipped, sentences):
    """A page that needs no other file; sentences: what is said under its heading."""
    parts = [f"<p>{html.escape(sentence)}</p>" for sentence in sentences]
    legend = "".join(f"<li>{_cell_of('span', state)}: {meaning}</li>" for state, meaning in _MEANING.items())
    parts.append(f"<ul class=legend>{legend}</ul><p>{_AGAIN}</p>")
    for lesson, exercises, rows in _by_lesson(submissions):
        heads = "".join(f'<th scope="col">{name.removeprefix("check_").replace("_", " ")}</th>' for name in exercises)
        lines = []
        for each in rows:
            cells = "".join(_cell(each.results[lesson, exercise]) for exercise in exercises)
            total = f"<td>{_passed(each, lesson, exercises)} of {len(exercises)}</td>"
            lines.append(f'<tr><th scope="row">{html.escape(each.learner)}</th>{cells}{total}</tr>')
        parts.append(
            f"<div class=wide tabindex=0 role=region aria-label={lesson}><table><caption>{lesson}</caption><thead><tr>"
            f'<th scope="col">learner</th>{heads}<th scope="col">passed</th></tr></thead>'
            f"<tbody>{''.join(lines)}</tbody></table></div>"
        )
    for title, listed in (("To look at", notes(submissions)), ("Skipped", skipped)):
        if listed:
            items = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in listed)
            parts.append(f"<h2>{title}</h2><ul>{items}</ul>")
    return _PAGE.format(parts="\n".join(parts), looks="\n".join(_styles()))


def _cell(result):
    title = f' title="{html.escape(result.note)}"' if result.note else ""
    return _cell_of("td", result.state, result.words, title)


def _cell_of(tag, state, words=None, title=""):
    sign = _LOOKS[state][0]
    return (
        f'<{tag} class="{state.replace(" ", "-")}"{title}><span aria-hidden=true>{sign}</span> {words or state}</{tag}>'
    )


def _styles():
    for state, (_, colour, border) in _LOOKS.items():
        yield f".{state.replace(' ', '-')} {{background: {colour}; border-left: 5px solid {border}}}"


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Who solved what</title>
<style>
body {{font: 16px/1.4 system-ui, sans-serif; color: #111; background: #fff; margin: 2em}}
table {{border-collapse: separate; border-spacing: 3px; margin: 0 0 2em}}
caption {{text-align: left; font-weight: bold; font-size: 20px; padding: 4px 0}}
th {{text-align: left; font-weight: 600; padding: 4px 10px; vertical-align: bottom}}
td {{padding: 4px 10px; white-space: nowrap; border-left: 5px solid transparent}}
tbody th {{position: sticky; left: 0; background: #fff; font-weight: normal}}
tbody th {{min-width: 14em; overflow-wrap: anywhere}}
.wide {{overflow-x: auto}}
.legend {{list-style: none; padding: 0; columns: 22em}}
.legend li {{margin: 0 0 8px; break-inside: avoid}}
.legend span[class] {{padding: 2px 8px}}
{looks}
@media (prefers-color-scheme: dark) {{
:root {{color-scheme: dark}}
body, tbody th {{color: #eee; background: #161616}}
td[class], .legend span[class] {{color: #111}}
}}
</style></head><body><main>
<h1>Who solved what</h1>
{parts}
</main></body></html>
"""
