"""Play the steps of .github/workflows on this machine: python publish/play_workflows.py OWNER/NAME [JOB ...]

Each job runs as on a runner: in a fresh clone of the committed state, with a fresh Python environment, its `run` steps
in order, until one fails. What only the service has is stood in for: `uses` steps are named and passed over, sudo runs
the command, pushes go to a bare copy, and `gh` writes down what it was asked. PYODIDE_FOLDER serves as Pyodide's
release.
Jobs: linux, site, colab, release; without names all of them (linux runs every test and takes the longest).
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
STAND_INS = {"sudo": 'exec "$@"', "gh": 'echo "gh $*" | tee -a "$RUNNER_TEMP/asked-of-gh"'}


def jobs():
    """name -> job, of every job that a Linux runner plays with steps of its own."""
    found = {}
    for path in sorted((ROOT / ".github" / "workflows").glob("*.yml")):
        for name, job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].items():
            if job["runs-on"].startswith("ubuntu") and any("run" in step for step in job["steps"]):
                found[name] = job
    return found


def runner(scratch, repository):
    """A clone with its environment, as a runner has them -> (folder, variables)."""
    bare, clone, tools = scratch / "origin.git", scratch / "work" / "clone", scratch / "tools"
    subprocess.run(["git", "clone", "-q", "--bare", ROOT, bare], check=True)
    subprocess.run(["git", "clone", "-q", bare, clone], check=True)
    subprocess.run([sys.executable, "-m", "venv", scratch / "python"], check=True)
    tools.mkdir()
    for name, script in STAND_INS.items():
        (tools / name).write_text(f"#!/bin/sh\n{script}\n")
        (tools / name).chmod(0o755)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=clone, capture_output=True, text=True, check=True)
    places = [str(scratch / "python" / "bin"), str(tools), os.environ["PATH"]]
    return clone, os.environ | {
        "PATH": os.pathsep.join(places), "CI": "true", "GITHUB_REPOSITORY": repository, "RUNNER_TEMP": str(scratch),
        "GITHUB_SHA": head.stdout.strip(), "GITHUB_REF_NAME": "v0.0-trial",
    }  # fmt: skip


def play(name, job, repository, keep):
    """Run the steps of one job; the built files go to the folder keep -> whether all went well."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, variables = runner(Path(scratch), repository)
        for step in job["steps"]:
            if "run" not in step:
                print(f"{name}: passed over, the service's own: {step['uses'].partition('@')[0]}", flush=True)
                continue
            print(f"{name}: {step['name']}", flush=True)
            own = {key: value for key, value in step.get("env", {}).items() if "${{" not in value}
            command = ["bash", "-e", "-o", "pipefail", "-c", step["run"]]
            if subprocess.run(command, cwd=folder, env=variables | own).returncode:
                print(f"{name}: FAILED at {step['name']!r}", flush=True)
                return False
        keep.mkdir(parents=True, exist_ok=True)
        for built in ("site", "single_files", "release"):
            if (folder / built).is_dir():
                subprocess.run(["cp", "-r", folder / built, keep], check=True)
        branches = subprocess.run(["git", "branch", "--list"], cwd=Path(scratch) / "origin.git", capture_output=True)
        print(f"{name}: done; branches of origin: {branches.stdout.decode().split()}", flush=True)
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repository", metavar="OWNER/NAME", help="whose workflows these would be")
    parser.add_argument("job", nargs="*", help="the jobs to play (default: all)")
    parser.add_argument("--keep", type=Path, default=ROOT / "artifacts" / "workflows", help="where the results go")
    arguments = parser.parse_args()
    known = jobs()
    if unknown := set(arguments.job) - set(known):
        parser.error(f"there is no job {', '.join(sorted(unknown))}; there are {', '.join(known)}.")
    played = [
        play(name, job, arguments.repository, arguments.keep.resolve())
        for name, job in known.items()
        if not arguments.job or name in arguments.job
    ]
    sys.exit(0 if all(played) else 1)


if __name__ == "__main__":
    main()
