"""The teacher's pages: made anew they are the same, and every plan names headings and panels that are there, in time."""

import re

import nbformat
import pytest
from conftest import NOTEBOOKS, ROOT
from teaching_guide import LINE, QUOTE, pages, panels, read_plan, said_at, sections

EACH = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def plan_of(path):
    return read_plan((ROOT / "docs" / "plans" / f"{path.stem}.md").read_text(encoding="utf-8"))


def test_the_pages_are_those_that_the_command_makes():
    made = pages()
    assert [file.stem for file in made] == [path.stem for path in NOTEBOOKS], (
        "every lesson needs a docs/plans/<lesson>.md"
    )
    stale = [file.name for file, text in made.items() if not file.exists() or file.read_text(encoding="utf-8") != text]
    assert not stale, f"run python publish/teaching_guide.py: {', '.join(stale)}"


@EACH
def test_a_plan_fits_into_its_minutes_and_follows_the_page(path):
    cells = nbformat.read(path, as_version=4).cells
    headings = [heading for heading, _, _ in sections(cells)]
    _, steps, _ = plan_of(path)
    # A class asks: a plan that is full to the last minute does not fit.
    assert 35 <= sum(step[0] for step in steps) <= 43 and 75 <= sum(step[1] for step in steps) <= 86
    assert all(0 <= short <= long for short, long, *_ in steps)
    at = [headings.index(step[2]) for step in steps]
    assert at == sorted(at) and all(len(step) == 6 and all(step[2:]) for step in steps)


@EACH
def test_a_plan_runs_only_what_is_there_and_quotes_what_the_page_says(path):
    cells = nbformat.read(path, as_version=4).cells
    runs = {heading: any(cell.cell_type == "code" for cell in part) for heading, _, part in sections(cells)}
    said = said_at(cells)
    for _, _, at, do, _, see in plan_of(path)[1]:
        assert runs[at] or not re.search(r"\brun\b", do, re.I), f"{at}: no cell to run"
        if ".set(" not in do:  # where a panel is set, tests/test_panels.py asks its caption, too
            lost = [quote for quote in QUOTE.findall(see) if quote not in said[at]]
            assert not lost, f"{at}: the page does not say {lost}"


@EACH
def test_a_plan_shows_panels_where_they_stand(path):
    cells = nbformat.read(path, as_version=4).cells
    places = [(heading, name) for heading, _, part in sections(cells) for name in panels(part)]
    names = panels(cells)
    assert [name for _, name in places] == names
    _, steps, thoughts = plan_of(path)
    assert len(thoughts) >= 5 and all(len(thought) == 4 and all(thought) for thought in thoughts)
    assert {heading for _, _, heading, _ in thoughts} <= {heading for heading, _, _ in sections(cells)}
    shown = [(at, line) for _, _, at, do, *_ in steps for line in LINE.finditer(do)]
    answered = [(at, line) for _, _, at, show in thoughts for line in LINE.finditer(show)]
    assert len(answered) == len(thoughts) and len(shown) >= 5
    for at, line in (*shown, *answered):
        name, which = line[1], int(line[2] or 1)
        assert names.count(name) >= which, line[0]
        assert line[2] or names.count(name) == 1, f"{line[0]}: which of {names.count(name)}?"
    for at, line in answered:
        assert (at, line[1]) in places, f"{line[0]} does not stand under “{at}”"


def test_a_plan_has_no_line_that_the_rules_cannot_read():
    for path in NOTEBOOKS:
        text = (ROOT / "docs" / "plans" / f"{path.stem}.md").read_text(encoding="utf-8")
        assert len(re.findall(r"shown\(", text)) == len(LINE.findall(text)), path.stem


def test_the_guide_leads_to_every_page_and_to_files_that_are_there():
    text = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")
    assert all(f"](teaching/{path.stem}.md)" in text for path in NOTEBOOKS)
    targets = re.findall(r"\]\(([^)#:]+)[^)]*\)", text) + re.findall(r"python (publish/\w+\.py)", text)
    for target in targets:
        assert (ROOT / target if target.startswith("publish") else ROOT / "docs" / target).exists(), target


def test_the_guide_counts_the_first_lectures_minutes_and_names_panels_that_are_there():
    text = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")
    first = " ".join(text.partition("## The first lecture")[2].partition("\n## ")[0].split())
    minutes = {step[2]: step[1] for step in plan_of(NOTEBOOKS[0])[1]}
    without, told = re.search(r"for 90 minutes\]\S+ without (.*?): (\d+) minutes", first).groups()
    assert int(told) == sum(minutes.values()) - sum(minutes[heading] for heading in re.findall(r"\*(.*?)\*", without))
    there = {name for path in NOTEBOOKS for name in panels(nbformat.read(path, as_version=4).cells)}
    assert set(re.findall(r'shown\("(\w+)"', text)) <= there
