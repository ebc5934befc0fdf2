"""The course installs by every way that README and classroom/installing.md name, from any folder, into any folder."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest
from conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CLASSROOM = ROOT / "classroom"
DOCKERFILE = (CLASSROOM / "Dockerfile").read_text(encoding="utf-8")
# What another user's settings say must not decide here, and no test asks the network.
ALONE = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}


def pip(*arguments, python=sys.executable, cwd=None):
    command = [python, "-m", "pip", "--disable-pip-version-check", *map(str, arguments)]
    return subprocess.run(command, env=ALONE, cwd=cwd, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """What the Dockerfile copies, in a folder with spaces and umlauts."""
    folder = tmp_path_factory.mktemp("ein") / "Kurs für alle (öffentlich)"
    for line in re.findall(r"^COPY (.+)$", DOCKERFILE, re.M):
        *sources, target = line.split()
        target = folder / target.removeprefix("/opt/course").strip("/")
        target.mkdir(parents=True, exist_ok=True)
        for source in sources:
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, target, dirs_exist_ok=True)
            else:
                shutil.copy(ROOT / source, target)
    return folder


@pytest.fixture(scope="module")
def wheel(image, tmp_path_factory):
    """The library's wheel, built of what the Dockerfile copies, from another folder."""
    out = tmp_path_factory.mktemp("wheels")
    built = pip("wheel", "--no-index", "--no-deps", "--no-build-isolation", "-w", out, f"{image}[course]", cwd=out)
    assert built.returncode == 0, built.stderr
    return next(out.glob("*.whl"))


def test_what_the_dockerfile_copies_makes_a_wheel_with_data_and_extension(wheel):
    with zipfile.ZipFile(wheel) as archive:
        files = archive.namelist()
        metadata = next(file for file in files if file.endswith("METADATA"))
        needs = Parser().parsestr(archive.read(metadata).decode()).get_all("Requires-Dist")
    assert {f"lessons_lib/_data/{file.name}" for file in (ROOT / "data").glob("*.*")} <= set(files)
    assert any(file.endswith("etc/jupyter/jupyter_server_config.d/lessons_lib.json") for file in files)
    assert len([need for need in needs if "extra == 'course'" in need]) == len(
        PROJECT["optional-dependencies"]["course"]
    )


def test_the_wheel_works_from_any_folder(wheel, tmp_path):
    assert pip("install", "--no-index", "--no-deps", "--target", tmp_path / "Über uns", wheel).returncode == 0
    code = "from lessons_lib import data; print(len(data.digits().X), data.FOLDER.parent.parent.name)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8",
                         env=ALONE | {"PYTHONPATH": str(tmp_path / "Über uns"), "PYTHONIOENCODING": "utf-8"})  # fmt: skip
    assert ran.stdout == "1797 Über uns\n", ran.stderr


def test_requirements_are_the_course_and_nothing_else():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    own, *packages = [line for line in lines if not line.startswith("#")]
    names = [re.split("[<>=]", need)[0] for need in packages]
    needs = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["course"]
    newest = {re.split("[<>=]", need)[0]: need for need in needs}  # ipywidgets: the course's own, stricter range
    assert own == "-e ." and packages == [newest[name] for name in names] and set(names) == set(newest)


def test_the_conda_environment_names_the_same_packages():
    names = {"matplotlib": "matplotlib-base"}  # conda's matplotlib brings Qt along
    needs = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["course"]
    needs = {re.sub(r"^\w+", lambda name: names.get(name[0], name[0]), need) for need in needs}
    needs = (needs - {"ipywidgets>=7.7.1,<9"}) | {"python=3.12", "pip", "pip:"}
    text = (CLASSROOM / "environment.yml").read_text(encoding="utf-8").partition("dependencies:\n")[2]
    assert {line.removeprefix("  - ") for line in text.splitlines() if line.startswith("  - ")} == needs
    assert text.endswith("  - pip:\n      - -e ..[course]\n"), "conda runs pip in the folder of its file"


OLD = ("3.10", "3.9", "3.8", "3.7")


def old_pythons():
    """Pythons older than 3.11 on this machine, those of pyenv too."""
    places = [shutil.which(f"python{version}") for version in OLD]
    places += [path for version in OLD for path in Path.home().glob(f".pyenv/versions/{version}.*/bin/python")]
    for place in filter(None, places):
        found = subprocess.run([place, "-m", "pip", "--version"], capture_output=True, text=True)
        if found.returncode == 0:
            yield str(place)


@pytest.mark.parametrize("what", [["-r", "requirements.txt"], [f"{ROOT}[course]"]], ids=["requirements", "folder"])
def test_an_old_python_is_told_so_in_one_sentence(what):
    python = next(old_pythons(), None)
    if python is None:
        pytest.skip("no Python older than 3.11 was found: install one (pyenv install 3.10) to see what it is told.")
    told = pip("install", "--no-index", "--no-build-isolation", *what, python=python, cwd=ROOT)
    assert told.returncode != 0
    assert "This course needs Python 3.11 or newer, and this is Python 3." in told.stdout + told.stderr


def test_what_an_old_python_is_told_is_told_before_anything_is_imported(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 13))
    code = (ROOT / "publish" / "build_backend.py").read_text(encoding="utf-8")
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer, and this is Python 3\.10: install a newer one"):
        exec(compile(code.partition("from hatchling")[0], "build_backend", "exec"), {})


def test_the_dockerfile_is_without_fault():
    """What hadolint would say, where it is found; and an image, where an engine builds one."""
    words = [line.split()[0] for line in re.sub(r"\\\n", " ", DOCKERFILE).splitlines() if line and line[0] not in "# "]
    assert (
        words[0] == "FROM"
        and words[-1] == "CMD"
        and words.index("USER") > max(place for place, word in enumerate(words) if word == "RUN")
    )
    if linter := shutil.which("hadolint"):
        subprocess.run([linter, str(CLASSROOM / "Dockerfile")], check=True)


def test_the_image_builds_where_an_engine_is():
    engine = next((name for name in ("docker", "podman") if shutil.which(name)), None)
    if engine is None or subprocess.run([engine, "info"], capture_output=True).returncode:
        pytest.skip(
            "no engine of containers is running: start Docker or Podman to build the image of a learner's server."
        )
    if not os.environ.get("BUILD_IMAGE"):
        pytest.skip(
            "the image is built only when asked, as it downloads 400 MB: BUILD_IMAGE=1 pytest tests/test_installing.py"
        )
    command = [engine, "build", "--file", "classroom/Dockerfile", "--tag", "lessons", "."]
    subprocess.run(command, cwd=ROOT, check=True, timeout=900)
    code = "import lessons_lib.data, nbgitpuller; print(len(lessons_lib.data.digits().X))"
    ran = subprocess.run([engine, "run", "--rm", "lessons", "python", "-c", code], capture_output=True, text=True)
    assert ran.stdout.strip() == "1797", ran.stderr
