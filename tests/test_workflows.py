"""The workflows and what stands beside them: valid by their schemas, pinned, and with no more rights than they need."""

import re
import subprocess
import sys

import nbformat
import pytest
import yaml
from conftest import ROOT
from single_files import page_of_badges, single_file

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
SCHEMAS = [
    ("github-workflows", WORKFLOWS),
    ("dependabot", [GITHUB / "dependabot.yml"]),
    ("github-issue-forms", [path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config"]),
    ("github-issue-config", [GITHUB / "ISSUE_TEMPLATE" / "config.yml"]),
    ("citation-file-format", [ROOT / "CITATION.cff"]),
]


@pytest.mark.parametrize("schema, paths", SCHEMAS, ids=[schema for schema, _ in SCHEMAS])
def test_they_are_valid_by_their_schema(schema, paths):
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *paths]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_and_rights_are_few(path):
    text = path.read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {"contents": "read"}
    assert "secrets." not in text
    for action in re.findall(r"uses: (.*)", text):
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v[\d.]+", action), action
    for job in workflow["jobs"].values():
        # What a stranger can choose, such as a branch's name, never becomes part of a command.
        assert not [step["run"] for step in job["steps"] if "${{" in step.get("run", "")]


def test_the_scripts_that_workflows_run_are_here():
    for path in WORKFLOWS:
        for script in re.findall(r"python (publish/\w+\.py)", path.read_text(encoding="utf-8")):
            assert (ROOT / script).exists()


def test_badges_name_the_repository_that_publishes():
    place = {"repository": "Some-one/a.course", "branch": "colab", "course_branch": "main", "folder": "single_files"}
    path = ROOT / "notebooks" / "02_gradient_descent.ipynb"
    page = page_of_badges([path], place)
    colab = f"https://colab.research.google.com/github/Some-one/a.course/blob/colab/single_files/{path.name}"
    assert f"({colab})" in page and "https://some-one.github.io/a.course/" in page
    assert f"https://mybinder.org/v2/gh/Some-one/a.course/main?labpath=notebooks/{path.name}" in page
    assert f"({colab})" in nbformat.writes(single_file(path, place))
