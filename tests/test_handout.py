"""An update of the course reaches a learner who has edited and run a lesson: nothing is lost, all stays valid."""

import importlib.util
import shutil
import subprocess

import nbformat
import pytest
from conftest import ROOT

LESSON = "notebooks/02_gradient_descent.ipynb"
OWN_CODE = "def slope(f, x, h=1e-6):\n    return (f(x + h) - f(x)) / h   # what the learner wrote\n"


def git(folder, *words):
    command = ["git", "-c", "user.name=A Teacher", "-c", "user.email=teacher@example.org", *words]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def edit(folder, change, executed=False):
    """Change the lesson's cells in a folder, and run it, as far as its file shows that."""
    notebook = nbformat.read(folder / LESSON, as_version=4)
    change({cell.id: cell for cell in notebook.cells}, notebook.cells)
    for number, cell in enumerate(notebook.cells if executed else ()):
        if cell.cell_type == "code":
            cell.execution_count = number
            cell.outputs = [*cell.outputs, nbformat.v4.new_output("stream", name="stdout", text=f"run {number}\n")]
    nbformat.write(notebook, folder / LESSON)


def cells(folder):
    """The lesson's cells by their names; it must be valid."""
    notebook = nbformat.read(folder / LESSON, as_version=4)
    nbformat.validate(notebook)
    return {cell.id: cell for cell in notebook.cells}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The course as a repository: lesson 02, the library and the data."""
    folder = tmp_path_factory.mktemp("course")
    for name in ("lessons_lib", "data"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "notebooks").mkdir()
    for name in (LESSON, ".gitattributes"):
        shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "the course")
    return folder


@pytest.fixture
def class_(course, tmp_path):
    """(the teacher's clone, the learner's clone), each a folder of its own."""
    teacher, learner = tmp_path / "teacher", tmp_path / "learner"
    shutil.copytree(course, teacher)
    git(tmp_path, "clone", "--quiet", str(teacher), str(learner))
    return teacher, learner


def stub(folder):
    """The name of the first exercise's cell."""
    return next(name for name, cell in cells(folder).items() if cell.cell_type == "code" and "..." in cell.source)


def prose(folder):
    """The names of three cells of prose, from the beginning, the middle and the end."""
    names = [name for name, cell in cells(folder).items() if cell.cell_type == "markdown"]
    return names[0], names[len(names) // 2], names[-1]


def publish(teacher):
    git(teacher, "commit", "--quiet", "--all", "--message", "a better course")


def pull(teacher, learner):
    """What the page behind the link does."""
    if importlib.util.find_spec("nbgitpuller") is None:
        pytest.skip("nbgitpuller is not installed: pip install nbgitpuller to test how updates reach learners.")
    from nbgitpuller.pull import GitPuller

    for _ in GitPuller(str(teacher), str(learner), branch="main").pull():
        pass


def write_own(learner, where=None):
    """The learner solves an exercise (or writes into another cell), adds a cell, and runs all."""
    name = where or stub(learner)

    def change(by_name, all_cells):
        by_name[name].source = OWN_CODE
        all_cells.append(nbformat.v4.new_code_cell("my_own = 1", id="my-own"))

    edit(learner, change, executed=True)
    return name


def test_an_update_of_other_cells_arrives_beside_the_learners_own(class_):
    teacher, learner = class_
    name, texts = write_own(learner), prose(teacher)

    def better(by_name, all_cells):
        for text in texts[:2]:
            by_name[text].source += "\n\nA better sentence."

    edit(teacher, better)
    publish(teacher)
    pull(teacher, learner)
    now = cells(learner)
    assert now[name].source == OWN_CODE and "my-own" in now
    assert all("A better sentence." in now[text].source for text in texts[:2])


def test_an_update_of_the_same_cell_leaves_the_learners_own(class_):
    teacher, learner = class_
    name = write_own(learner)

    def better(by_name, all_cells):
        by_name[name].source = "# A clearer exercise\n" + by_name[name].source
        by_name[name].outputs = []

    edit(teacher, better)
    publish(teacher)
    pull(teacher, learner)
    now = cells(learner)
    assert "what the learner wrote" in now[name].source and "my-own" in now


def test_cells_that_come_go_and_move_leave_the_lesson_valid(class_):
    teacher, learner = class_
    name = write_own(learner)

    def other(by_name, all_cells):
        del all_cells[8:10]
        all_cells.insert(5, nbformat.v4.new_markdown_cell("A new cell.", id="new-one"))
        all_cells.append(nbformat.v4.new_markdown_cell("The last word.", id="last-word"))

    edit(teacher, other)
    publish(teacher)
    pull(teacher, learner)
    now = cells(learner)
    assert now[name].source == OWN_CODE and "my-own" in now and "new-one" in now


def test_an_update_of_the_library_arrives(class_):
    teacher, learner = class_
    name = write_own(learner)
    with open(teacher / "lessons_lib" / "page.py", "a", encoding="utf-8") as module:
        module.write("\n# better\n")
    publish(teacher)
    pull(teacher, learner)
    assert (learner / "lessons_lib" / "page.py").read_text(encoding="utf-8").endswith("# better\n")
    assert cells(learner)[name].source == OWN_CODE


def test_a_lesson_that_was_deleted_comes_back_and_a_file_of_the_same_name_is_kept(class_):
    teacher, learner = class_
    (learner / LESSON).unlink()
    (learner / "notebooks" / "notes.txt").write_text("the learner's notes")
    (teacher / "notebooks" / "notes.txt").write_text("the teacher's notes")
    git(teacher, "add", "--all")
    publish(teacher)
    pull(teacher, learner)
    assert cells(learner)
    notes = {path.read_text() for path in (learner / "notebooks").glob("notes*")}
    assert notes == {"the learner's notes", "the teacher's notes"}


def by_hand(teacher, learner, nbdime):
    """What a learner types who uses git: commit, then pull -> did it merge without a conflict?"""
    if nbdime:
        driver = "git-nbmergedriver merge %O %A %B %L %P"
        git(learner, "config", "merge.jupyternotebook.driver", driver)
        git(learner, "config", "merge.jupyternotebook.name", "jupyter notebook merge driver")
    git(learner, "commit", "--quiet", "--all", "--message", "my work")
    git(learner, "fetch", "--quiet")
    merged = subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "merge", "--quiet", "--no-edit", "origin/main"],
        cwd=learner, capture_output=True, text=True,
    )  # fmt: skip
    return merged.returncode == 0


@pytest.fixture
def nbdime():
    if importlib.util.find_spec("nbdime") is None or shutil.which("git-nbmergedriver") is None:
        pytest.skip("nbdime is not installed: pip install nbdime to test updates by git and nbdime.")


def test_without_nbdime_git_merges_as_ever(class_):
    teacher, learner = class_
    with open(teacher / LESSON, "a", encoding="utf-8") as lesson:
        lesson.write("\n")
    publish(teacher)
    (learner / "own.txt").write_text("own")
    git(learner, "add", "own.txt")
    assert by_hand(teacher, learner, nbdime=False)
    assert "what" not in git(learner, "diff", "HEAD~1", "--", LESSON)


def test_with_nbdime_other_cells_merge_and_the_lesson_is_valid(class_, nbdime):
    teacher, learner = class_
    name, texts = write_own(learner), prose(teacher)

    def better(by_name, all_cells):
        for text in texts:
            by_name[text].source += "\n\nA better sentence."

    edit(teacher, better)
    publish(teacher)
    assert by_hand(teacher, learner, nbdime=True)
    now = cells(learner)
    assert now[name].source == OWN_CODE and all("A better sentence." in now[text].source for text in texts)


def test_with_nbdime_a_conflict_stands_inside_its_cell_and_the_lesson_is_valid(class_, nbdime):
    teacher, learner = class_
    name = write_own(learner)

    def better(by_name, all_cells):
        by_name[name].source = "# A clearer exercise\n" + by_name[name].source

    edit(teacher, better)
    publish(teacher)
    assert not by_hand(teacher, learner, nbdime=True)
    source = cells(learner)[name].source
    assert "what the learner wrote" in source and "A clearer exercise" in source and "<<<<<<<" in source
