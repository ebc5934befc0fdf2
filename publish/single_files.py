"""Write each lesson as one file that needs no other: python publish/single_files.py

The first code cell of each copy carries the package lessons_lib and the data that this lesson uses, compressed, and
imports them from memory; an installed lessons_lib comes first. Upload one copy to Colab, Kaggle or any Jupyter with
numpy, matplotlib and ipywidgets 7.7.1 or newer, and run it: nothing is installed, downloaded or written.

With --repository, each copy also gets badges that open it in Colab and the course in Binder, links that lead from
lesson to lesson in Colab, and a page of all badges beside it. Colab opens the copies from the branch that --branch
names: commit and push the folder there (.github/workflows/publish.yml does so at each push).
"""

import argparse
import ast
import base64
import inspect
import io
import re
import zipfile
from pathlib import Path
from urllib.parse import quote

import nbformat
from lessons import lessons
from PIL import Image

from lessons_lib import data

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
FOLDED = {"cellView": "form", "jupyter": {"source_hidden": True}}
COLAB = "https://colab.research.google.com/github/{repository}/blob/{branch}/{folder}/{file}"
BINDER = "https://mybinder.org/v2/gh/{repository}/{course_branch}?labpath=notebooks/{file}"
SITE = "https://{owner}.github.io/{name}/"
BADGES = (
    "[![Open in Colab](https://colab.research.google.com/assets/colab-badge.svg)]({colab}) "
    "[![Open in Binder](https://mybinder.org/badge_logo.svg)]({binder})"
)


def data_files(notebook):
    """The names of the data files that the loaders imported by a notebook read."""
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    imports = (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ImportFrom))
    loaders = [name.name for node in imports if node.module == "lessons_lib.data" for name in node.names]
    sources = "".join(inspect.getsource(getattr(data, name)) for name in loaders)
    return [file for file in data.SHA256 if f'"{file}"' in sources]


def packed_cell(files):
    """The code cell that carries lessons_lib and these data files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        modules = [path.relative_to(ROOT) for path in sorted((ROOT / "lessons_lib").rglob("*.py"))]
        for path in (*modules, *(Path("data", name) for name in files)):
            # Without the file's own date the same lesson gives the same bytes.
            archive.writestr(zipfile.ZipInfo(path.as_posix()), (ROOT / path).read_bytes(), zipfile.ZIP_DEFLATED, 9)
    source = (HERE / "packed_cell.py").read_text(encoding="utf-8").rstrip()
    source = source.replace("$archive", base64.b64encode(buffer.getvalue()).decode("ascii"))
    return nbformat.v4.new_code_cell(source, metadata=FOLDED, id="packed")


def shrink_posters(notebook):
    """The same pictures at the size of a page: a third of the bytes."""
    for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
        if "image/png" in output.get("data", {}):
            image = Image.open(io.BytesIO(base64.b64decode(output.data["image/png"]))).convert("RGB")
            half = image.resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS)
            small = io.BytesIO()
            half.quantize(128, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
            output.data["image/png"] = base64.b64encode(small.getvalue()).decode("ascii")


def single_file(path, place=None):
    """One lesson's notebook with all that it needs; place: what to fill COLAB and BINDER with, or None."""
    notebook = nbformat.read(path, as_version=4)
    first_code = next(number for number, cell in enumerate(notebook.cells) if cell.cell_type == "code")
    notebook.cells.insert(first_code, packed_cell(data_files(notebook)))
    shrink_posters(notebook)
    if place:
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                cell.source = re.sub(
                    r"\]\((\d\d_\w+\.ipynb)\)", lambda link: f"]({COLAB.format(**place, file=link[1])})", cell.source
                )
        notebook.cells[0].source += "\n\n" + badges(path.name, place)
    return notebook


def badges(file, place):
    """Two badges. Binder takes the course from `course_branch`, where place has one: Colab's may hold copies alone."""
    place = {"course_branch": place["branch"]} | place
    return BADGES.format(colab=COLAB.format(**place, file=file), binder=BINDER.format(**place, file=file))


def title(path):
    """What a lesson is called: its first heading."""
    return nbformat.read(path, as_version=4).cells[0].source.partition("\n")[0].removeprefix("# ")


def page_of_badges(paths, place):
    """A page in Markdown from which each lesson opens by one click, for the repository that place names."""
    owner, _, name = place["repository"].partition("/")
    site = SITE.format(owner=owner.lower(), name=name)
    lines = [
        "# Open a lesson by one click",
        "",
        f"Written from <https://github.com/{place['repository']}>: each file holds a lesson and all that it needs.",
        "",
        "## In the browser",
        "",
        f"Nothing to install, no account: **[{site}]({site})**.",
        "",
        "## In Colab or on Binder",
        "",
        "| lesson | open it |",
        "|---|---|",
        *(f"| {title(path)} | {badges(path.name, place)} |" for path in paths),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repository", metavar="OWNER/NAME", help="the GitHub repository that holds the copies")
    parser.add_argument("--branch", default="main", help="its branch (default: main)")
    parser.add_argument("--course-branch", help="the branch with the course itself, for Binder (default: the same)")
    parser.add_argument("--out", default="single_files", help="the folder to write, in the repository")
    arguments = parser.parse_args()
    place = None
    if arguments.repository:
        if not re.fullmatch(r"[\w.-]+/[\w.-]+", arguments.repository):
            parser.error(f"--repository needs the form owner/name; it is {arguments.repository!r}.")
        place = {
            "repository": arguments.repository,
            "branch": quote(arguments.branch),
            "course_branch": quote(arguments.course_branch or arguments.branch),
            "folder": quote(arguments.out),
        }
    (out := ROOT / arguments.out).mkdir(parents=True, exist_ok=True)
    paths = lessons()
    if place:
        (out / "README.md").write_text(page_of_badges(paths, place), encoding="utf-8")
    for path in paths:
        nbformat.write(single_file(path, place), out / path.name)
        print(f"wrote {out / path.name}: {(out / path.name).stat().st_size / 1e6:.2f} MB")
