"""The page that lists the lessons of the static site; static_site.py writes it."""

import base64
import html
import re
from pathlib import Path
from string import Template

import nbformat

PAGE = Template(Path(__file__).with_name("landing_page.html").read_text(encoding="utf-8"))
LESSON = Template("""\
<li>
  <h2><a href="notebooks/index.html?path=$file">$title</a></h2>
  <img src="posters/$stem.png" alt="$caption" loading="lazy" width="900" height="400">
  <p>$question</p>
  <p class="small">$minutes</p>
</li>
""")


def first_poster(notebook):
    """(PNG bytes, caption) of the first panel of a notebook."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}) and "panel(" in cell.source:
                return base64.b64decode(output.data["image/png"]), output.metadata["image/png"]["alt"]
    raise ValueError(f"no panel was found in the lesson {notebook.cells[0].source.splitlines()[0]}.")


def write_landing_page(lessons, site, megabytes):
    """Write index.html and the posters of the notebooks in the folder lessons into the folder site."""
    (site / "posters").mkdir()
    items = []
    for path in sorted(lessons.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        opening = notebook.cells[0].source
        poster, caption = first_poster(notebook)
        (site / "posters" / f"{path.stem}.png").write_bytes(poster)
        title, question = (part.strip() for part in opening.split("\n\n")[:2])
        minutes = re.search(r"\*\*Time\*\* (core \d+ minutes(?:, extras \d+)?)", opening).group(1)
        texts = {"title": title.lstrip("# "), "question": re.sub(r"[*$`]", "", question), "caption": caption}
        texts = {name: html.escape(text) for name, text in texts.items()}
        items.append(LESSON.substitute(texts, file=path.name, stem=path.stem, minutes=minutes))
    page = PAGE.substitute(lessons="".join(items), megabytes=megabytes)
    (site / "index.html").write_text(page, encoding="utf-8")
