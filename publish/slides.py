"""Write lessons as slides: python publish/slides.py

For every lesson whose cells carry Jupyter's slide marks (Property Inspector → Slide Type): "slide" begins a slide,
"fragment" waits for a key, "notes" goes to the speaker's view (key S), "skip" stays away, and the rest joins the slide
above it. A panel is its picture, without code; a fold's answer waits for a key. The folder decks, which git ignores,
then holds the decks and reveal.js, which is downloaded once; a deck asks no other host for anything.
"""

import argparse
import html
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import nbformat
from handout import FOLD, code, prose, shown
from lesson_length import FREE
from lessons import lessons
from pygments.formatters import HtmlFormatter
from solutions import ASKS

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
DECK = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<link rel="stylesheet" href="reveal.js/dist/reveal.css"><link rel="stylesheet" href="reveal.js/dist/theme/white.css">
<style>{style}</style></head>
<body><div class="reveal"><div class="slides">
{slides}
</div></div>
<script src="reveal.js/dist/reveal.js"></script><script src="reveal.js/plugin/notes/notes.js"></script>
<script>Reveal.initialize({{width: 1920, height: 1080, margin: 0.03, center: false, hash: true, slideNumber: true,
  transition: "none", plugins: [RevealNotes]}});</script>
</body></html>
"""


def mark(cell):
    """A cell's slide type, "" for none."""
    return cell.metadata.get("slideshow", {}).get("slide_type", "").replace("subslide", "slide").strip("-")


def slides(notebook):
    """[HTML of each slide's inside] by the marks of the notebook's cells."""
    found = []
    for cell in notebook.cells:
        kind, inside = mark(cell), "" if mark(cell) == "skip" else content(cell)
        if not inside:
            continue
        if kind == "notes":
            inside = f'<aside class="notes">{inside}</aside>'
        elif kind == "fragment":
            inside = f'<div class="fragment">{inside}</div>'
        if kind == "slide" or not found:
            found.append("")
        found[-1] += inside
    return found


def content(cell):
    """A cell as HTML for a slide."""
    if cell.cell_type == "markdown":
        if mark(cell) == "notes":
            return prose(FOLD.sub(r"\2", cell.source))
        return prose(
            FOLD.sub(lambda fold: f'\n**{asked(fold)}**\n\n<div class="fragment">\n{fold[2]}\n</div>\n', cell.source)
        )
    if cell.source.startswith(FREE):
        output = cell.outputs[0].data["text/plain"].splitlines() if cell.source.startswith("quiz(") else []
        choices = "".join(f"<li>{html.escape(line[2:])}</li>" for line in output[1:])
        return f'<h3>{html.escape(output[0])}</h3><ul class="quiz">{choices}</ul>' if output else ""
    if ASKS.search(cell.source):
        return code(cell.source[: ASKS.search(cell.source).start()].rstrip())
    picture = "".join(map(shown, cell.outputs))
    return picture if "panel(" in cell.source else code(cell.source) + picture


def asked(fold):
    """What a fold asks, without the words that lead to opening it."""
    return re.sub(r"</?b>|(,| Decide,| Think,)? [Tt]hen open\.", "", fold[1]).strip()


def deck(path):
    """A lesson's deck, HTML; ValueError when its cells carry no marks."""
    notebook = nbformat.read(path, as_version=4)
    if not any(map(mark, notebook.cells)):
        raise ValueError(f"{path.name} has no cell that is marked as a slide.")
    style = (HERE / "slides.css").read_text(encoding="utf-8") + HtmlFormatter().get_style_defs(".code")
    title = notebook.cells[0].source.splitlines()[0].lstrip("# ")
    sections = "\n".join(f"<section>{inside}</section>" for inside in slides(notebook))
    return DECK.format(title=html.escape(title), style=style, slides=sections)


def fetch_reveal(out):
    """Put reveal.js and its licence into the folder `out`, unless it is there."""
    if (out / "dist" / "reveal.js").exists():
        return
    with tempfile.TemporaryDirectory() as scratch:
        pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "download", "--no-deps"]
        command = [*pip, "--only-binary=:all:", "--require-hashes", "--dest", scratch, "-r", HERE / "slides.txt"]
        subprocess.run(command, check=True)
        with zipfile.ZipFile(next(Path(scratch).glob("*.whl"))) as wheel:
            for name in wheel.namelist():
                inner = name.partition("_static/revealjs/")[2]
                if re.match(r"dist/|plugin/notes/|LICENSE", inner) and not inner.endswith("/"):
                    (out / inner).parent.mkdir(parents=True, exist_ok=True)
                    (out / inner).write_bytes(wheel.read(name))


def main(out):
    """Write the decks of all marked lessons into the folder `out`."""
    fetch_reveal(out / "reveal.js")
    for path in lessons():
        if any(map(mark, nbformat.read(path, as_version=4).cells)):
            (out / f"{path.stem}.html").write_text(deck(path), encoding="utf-8")
            print(f"wrote {out / path.stem}.html")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", default=ROOT / "decks", type=Path, help="the folder to write (default: decks)")
    try:
        main(parser.parse_args().out)
    except subprocess.CalledProcessError as error:
        sys.exit(f"reveal.js could not be downloaded: {error}")
