"""Print lessons: python publish/handout.py [stems] --pdf

Each becomes one HTML file that asks nothing of any host: formulas as MathML, every picture as sharp as it is, room to
write under questions and in exercises, the quiz without its key, and what the page folds away as answers at the end.
With --pdf, Chromium prints it, too. The files go into the folder handouts, which git ignores.
"""

import argparse
import ast
import html
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import latex2mathml.converter
import mistune
import nbformat
from lessons import lessons
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from solutions import ASKS

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
FOLD = re.compile(r"<details>\s*<summary>(.*?)</summary>(.*?)</details>", re.S)
CODE_OR_MATH = re.compile(r"(```.*?```|`[^`\n]+`)|\$\$(.+?)\$\$|\$([^$\n]+(?:\n[^$\n]+)?)\$", re.S)
LINK = re.compile(r"\]\((\d\d_\w+)\.ipynb\)")
TO_WRITE = {"question": 2, "exercise": 7}  # lines of room


def mathml(latex, display=False):
    """A formula as MathML; its \\tag{n} stands at the right of a formula of its own line."""
    tag = re.search(r"\\tag\{(.+?)\}", latex)
    latex = re.sub(r"\\tag\{.+?\}|\\!", "", latex).strip().replace("\\arg", "\\operatorname{arg}")
    formula = latex2mathml.converter.convert(latex, display="block" if display else "inline")
    return f'<span class="formula">{formula}<span>({tag[1]})</span></span>' if tag else formula


def prose(markdown):
    """A text with formulas as HTML."""
    formulas = []

    def keep(found):
        if found[1]:
            return found[1]
        formulas.append(mathml(found[2] or found[3], display=bool(found[2])))
        return f"\x02{len(formulas) - 1}\x03"

    text = LINK.sub(r"](\1.html)", CODE_OR_MATH.sub(keep, markdown))
    page = mistune.create_markdown(escape=False, plugins=["table"])(text)
    return re.sub("\x02(\\d+)\x03", lambda found: formulas[int(found[1])], page)


def code(source):
    """Python as HTML."""
    return highlight(source, PythonLexer(), HtmlFormatter(nowrap=False, cssclass="code"))


def room(kind):
    """Empty lines to write on."""
    return f'<div class="room" aria-label="room to write">{"<div></div>" * TO_WRITE[kind]}</div>'


class Handout:
    """A lesson on its way to paper: `body` in the order of the page, and `answers` for its end."""

    def __init__(self, notebook):
        self.body, self.answers, self._heading = [], [], ""
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                self._text(cell.source)
            elif cell.source.startswith("quiz("):
                self._quiz(cell.source)
            elif ASKS.search(cell.source):
                self._exercise(cell.source)
            elif not cell.source.startswith("my_progress("):
                self.body.append(code(cell.source))
                self.body.extend(filter(None, map(shown, cell.outputs)))

    def _text(self, source):
        """Prose; a fold is asked where it stands, and answered at the end."""
        for text in re.split(r"^(?=#+ )", source, flags=re.M):
            if text.startswith("#"):
                self._heading = text.partition("\n")[0].lstrip("# ")
            questions = re.search(r"^\d\. ", FOLD.sub("", text), re.M)
            self.body.append(prose(FOLD.sub(self._fold, text)))
            if questions:
                self.body.append(room("question"))

    def _fold(self, found):
        asked = re.sub(r"</?b>|(,| Decide,| Think,)? [Tt]hen open\.", "", found[1]).strip()
        asked = "" if asked.startswith("Our answer") else asked
        self.answers.append((self._heading, asked, found[2].strip()))
        number = len(self.answers)
        if not asked:
            return f'\n<p class="see" id="q{number}">▸ <a href="#a{number}">Answer {number}</a>, at the end</p>\n'
        return (
            f'\n<div class="asked" id="q{number}">\n\n**{asked}**\n\n</div>\n{room("question")}\n'
            f'<p class="see">▸ <a href="#a{number}">Answer {number}</a>, at the end</p>\n'
        )

    def _quiz(self, source):
        call = ast.parse(source).body[0].value
        question, answers = (ast.literal_eval(part) for part in call.args[:2])
        choices = "".join(f"<li>☐ {html.escape(answer)}</li>" for answer in answers)
        self.body.append(f'<div class="quiz"><p><b>{html.escape(question)}</b></p><ul>{choices}</ul></div>')

    def _exercise(self, source):
        stub = source[: ASKS.search(source).start()].rstrip()
        self.body.append(f'<div class="exercise">{code(stub)}{room("exercise")}</div>')

    def page(self, title):
        """The whole as one HTML page."""
        answers = "".join(
            f'<section class="answer" id="a{number}"><h3><a href="#q{number}">Answer {number}</a> · '
            f"{html.escape(heading)}</h3>{prose(asked and f'*{asked}*')}{prose(text)}</section>"
            for number, (heading, asked, text) in enumerate(self.answers, 1)
        )
        style = (HERE / "handout.css").read_text(encoding="utf-8") + HtmlFormatter().get_style_defs(".code")
        return (
            f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>\n'
            f"<style>{style}</style></head>\n<body>\n{''.join(self.body)}\n"
            f'<section class="answers"><h2>Answers</h2>{answers}</section>\n</body></html>\n'
        )


def shown(output):
    """What a cell's output looks like on paper; "" for what paper cannot show."""
    if output.output_type == "stream":
        return f"<pre class='out'>{html.escape(output.text)}</pre>"
    data = output.get("data", {})
    if "image/png" in data:
        about = output.metadata["image/png"]
        said = html.escape(about["alt"])
        picture = "".join(data["image/png"]).replace("\n", "")
        return (
            f'<figure><img src="data:image/png;base64,{picture}" alt="{said}" width="{about["width"]}" '
            f'height="{about["height"]}"><figcaption>{said}</figcaption></figure>'
        )
    if "text/html" in data:
        return f'<div class="out">{"".join(data["text/html"])}</div>'
    return f"<pre class='out'>{html.escape(''.join(data['text/plain']))}</pre>" if "text/plain" in data else ""


def handout(path):
    """The page of a lesson's notebook, HTML."""
    notebook = nbformat.read(path, as_version=4)
    return Handout(notebook).page(notebook.cells[0].source.splitlines()[0].lstrip("# "))


def print_pdf(page, out):
    """Let Chromium print the file `page` into the file `out`; RuntimeError without Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
    browser = next(filter(None, map(shutil.which, names)), None)
    if browser is None:
        raise RuntimeError(
            "no Chromium or Chrome was found: open the HTML file in any browser, and print it from there."
        )
    with tempfile.TemporaryDirectory() as profile:
        quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={profile}"]
        command = [browser, *quiet, f"--print-to-pdf={out}", page.resolve().as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=300)


def main(stems, out, pdf):
    """Write the handouts of these lessons, or of all, into the folder `out`."""
    paths = lessons(stems)
    out.mkdir(parents=True, exist_ok=True)
    for path in paths:
        page = out / f"{path.stem}.html"
        page.write_text(handout(path), encoding="utf-8")
        if pdf:
            print_pdf(page, page.with_suffix(".pdf"))
        print(f"wrote {page}{' and the PDF beside it' if pdf else ''}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stems", nargs="*", help="lessons such as 02_gradient_descent (default: all)")
    parser.add_argument("--pdf", action="store_true", help="print each with Chromium, too")
    parser.add_argument("--out", default=ROOT / "handouts", type=Path, help="the folder to write (default: handouts)")
    arguments = parser.parse_args()
    try:
        main(arguments.stems, arguments.out, arguments.pdf)
    except (RuntimeError, subprocess.SubprocessError) as error:
        sys.exit(str(error))
