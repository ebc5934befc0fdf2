"""The page that lists the lessons of the static site; static_site.py writes it.

Its pictures follow the hand before any Python is loaded: drawn_frames.py draws them while the site is built.
"""

import base64
import hashlib
import html
import json
import re
from pathlib import Path
from string import Template
from urllib.parse import quote

import drawn_frames
import nbformat
from lessons import lessons

HERE = Path(__file__).resolve().parent
PAGE = Template((HERE / "landing_page.html").read_text(encoding="utf-8"))
LESSON = Template("""\
<li data-lesson="$file" id="$file">
  <h2><a href="notebooks/index.html?path=$file">$title</a></h2>
$picture
  <p>$question</p>
  <p class="small">$minutes</p>
  <p class="small own" tabindex="-1"></p>
</li>
""")
POSTER = Template('<img src="posters/$name.png" alt="$caption" loading="$loading" width="900" height="400">')
PLAYER = Template("""\
  <figure class="player" data-frames="frames/$name.frames">
    <div class="knob">
      <label for="knob-$name">$knob</label>
      <span class="track">
        <input id="knob-$name" type="range" max="$last" value="$start" autocomplete="off">$zones
      </span>
      <span class="value" aria-hidden="true">$value</span>
    </div>
    <div class="picture" role="img" aria-label="$caption">$poster</div>
    <figcaption class="caption">$caption</figcaption>
    <span class="spoken" role="status"></span>
  </figure>
""")


def posters(notebook):
    """[(PNG bytes, caption), ...] of the panels of a notebook, in their order."""
    return [
        (base64.b64decode(output.data["image/png"]), output.metadata["image/png"]["alt"])
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {}) and "panel(" in cell.source
    ]


def version(path):
    """What tells a lesson from its earlier versions: a word made of its cells' sources."""
    sources = "\0".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
    return hashlib.sha256(sources.encode()).hexdigest()[:12]


def newer_lesson(root):
    """The script that tells of newer versions of what a reader saved; root: an expression for the site's address."""
    versions = {path.name: version(path) for path in lessons()}
    script = (HERE / "newer_lesson.js").read_text(encoding="utf-8")
    return script.replace("$versions", json.dumps(versions)).replace("$root", root)


def draw(path):
    """Name -> (lesson, number of its panel, frames or None): what the page's players show of one lesson."""
    made = {}
    if path.stem == drawn_frames.HERO:
        made["hero"] = (path, *drawn_frames.hero(path))
    made[path.stem] = (path, *(drawn_frames.card(path) or (0, None)))
    return made


def player(name, number, frames, notebook, site, loading="lazy"):
    """Write a player's poster and frames into the site -> its HTML; a poster alone where nothing can be turned."""
    poster, caption = posters(notebook)[number]
    (site / "posters" / f"{name}.png").write_bytes(poster)
    image = POSTER.substitute(name=name, caption=html.escape(caption), loading=loading)
    if frames is None:
        return f'  <div class="player still"><div class="picture">{image}</div></div>\n'
    (site / "frames" / f"{name}.frames").write_bytes(drawn_frames.packed(frames))
    zones = ""
    if name == "hero":  # a card's slider has no room for the names of zones
        zones = f'<img class="zones" alt="" src="data:image/svg+xml,{quote(frames["zones"])}">'
    start = frames["start"]
    return PLAYER.substitute(
        name=name, knob=html.escape(frames["name"]), last=len(frames["values"]) - 1, start=start, zones=zones,
        value=frames["values"][start], caption=html.escape(frames["captions"][start]),
        poster=POSTER.substitute(name=name, caption="", loading=loading),
    )  # fmt: skip


def write_landing_page(drawn, site, megabytes):
    """Write index.html, posters and frames into the folder site; drawn: all that `draw` returned, in order."""
    (site / "posters").mkdir()
    (site / "frames").mkdir()
    items, hero = [], ""
    for name, (path, number, frames) in drawn.items():
        notebook = nbformat.read(path, as_version=4)
        if name == "hero":
            hero = player(name, number, frames, notebook, site, loading="eager")
            continue
        opening = notebook.cells[0].source
        title, question = (part.strip() for part in opening.split("\n\n")[:2])
        minutes = re.search(r"\*\*Time\*\* (core \d+ minutes(?:, extras \d+)?)", opening).group(1)
        texts = {"title": html.escape(title.lstrip("# ")), "question": html.escape(re.sub(r"[*$`]", "", question))}
        picture = player(name, number, frames, notebook, site)
        items.append(LESSON.substitute(texts, file=path.name, picture=picture, minutes=minutes))
    page = PAGE.substitute(
        lessons="".join(items), megabytes=megabytes, hero=hero, hero_file=f"{drawn_frames.HERO}.ipynb",
        scripts="".join((HERE / script).read_text(encoding="utf-8") for script in ("player.js", "load_ahead.js"))
        + newer_lesson("new URL('.', location)"),
    )  # fmt: skip
    (site / "index.html").write_text(page, encoding="utf-8")
