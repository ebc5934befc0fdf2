"""What is printed: no foreign request, every picture with its words, every fold answered at the end, no key of the quiz."""

import ast
import re

import nbformat
import pytest
from bs4 import BeautifulSoup
from conftest import NOTEBOOKS, browser_page
from handout import FOLD, handout, mathml, print_pdf, prose

from lessons_lib.exercises.records import exercises_of

EACH = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def plain(text):
    return re.sub(r"\W+", "", text)


@EACH
def test_a_handout_has_every_picture_and_every_answer(path):
    cells, page = nbformat.read(path, as_version=4).cells, BeautifulSoup(handout(path), "html.parser")
    said = [output.metadata["image/png"]["alt"] for cell in cells for output in cell.get("outputs", [])
            if "image/png" in output.get("data", {})]  # fmt: skip
    assert [image["alt"] for image in page.find_all("img")] == said
    folds = [fold for cell in cells if cell.cell_type == "markdown" for fold in FOLD.findall(cell.source)]
    answers = page.select("section.answers section.answer")
    assert not page.find_all("details") and len(answers) == len(folds) > 5
    for (_, text), answer in zip(folds, answers):
        assert plain(BeautifulSoup(prose(text), "html.parser").get_text()) in plain(answer.get_text())
        assert page.find(href=f"#{answer['id']}") and page.find(id=answer.find("a")["href"][1:])
    assert len(page.select(".exercise .room")) == len(exercises_of(path.stem))
    bare = page.get_text()
    assert (
        not re.search(r"\$[^$]+\$|\\[a-z]+\{", re.sub(r"<pre>.*?</pre>", "", bare))
        and "check_" not in bare.split("import")[-1]
    )


@EACH
def test_a_handout_has_no_key_of_the_quiz(path):
    text = BeautifulSoup(handout(path), "html.parser").get_text()
    quizzes = [cell for cell in nbformat.read(path, as_version=4).cells if cell.source.startswith("quiz(")]
    for cell in quizzes:
        call = ast.parse(cell.source).body[0].value
        question, answers = (ast.literal_eval(part) for part in call.args)
        assert question in text and all(f"☐ {answer}" in text for answer in answers)
        assert not [why for why in answers.values() if why in text]
    assert "right=" not in text and "✘ Not quite" not in text and len(quizzes) >= 3


def test_formulas_are_mathml_with_their_number_and_code_keeps_its_dollars():
    assert "<mfrac>" in mathml(r"\frac1N") and "(2)" in mathml(r"a = b \tag{2}", display=True)
    assert "\\" not in mathml(r"w^* = \arg\min_w L\!\left(w\right)")
    assert prose("`$a$` and $b$").count("<math") == 1 and "<code>$a$</code>" in prose("`$a$` and $b$")


def test_a_browser_needs_no_other_host_and_prints_it(chromium, tmp_path):
    page_file = tmp_path / "lesson.html"
    page_file.write_text(handout(NOTEBOOKS[1]), encoding="utf-8")
    asked = []
    with browser_page(chromium) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.goto(page_file.as_uri())
        page.wait_for_timeout(500)
        sharp = page.evaluate("[...document.images].every(i => i.naturalWidth >= 1.9 * i.width)")
        wide = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        formula = page.evaluate("document.querySelector('math mfrac').getBoundingClientRect().height")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert sharp and wide and formula > 20
    print_pdf(page_file, tmp_path / "lesson.pdf")
    printed = (tmp_path / "lesson.pdf").read_bytes()
    assert printed.startswith(b"%PDF") and 10 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 40
