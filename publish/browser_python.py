"""Python for the browser: Pyodide's files, checked, with the wheels that the lessons need; static_site.py uses it.

python publish/browser_python.py FOLDER downloads those files into a folder, for builds and tests without a network.
"""

import argparse
import contextlib
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

COMPILER = Path(__file__).with_name("compile_archives.py")
# Where Pyodide's files come from: its official release, or a folder that holds them.
SOURCE = os.environ.get("PYODIDE_FOLDER") or "https://cdn.jsdelivr.net/pyodide/v0.27.7/full/"
# The lock names the sha256 of every wheel; these are those of the lock itself and of what stands beside it.
CORE = {
    "pyodide-lock.json": "9c45b916001a750f4102fc287494f3eab215909c7535c626a20db80fd6333e2c",
    "pyodide.js": "b4cb23a53aba19c221659b9fb40a2f18281d685691dc06647fb0afd0681baf98",
    "pyodide.mjs": "04c052c815abb0bf2981fa38c2dfa58e3120ee5288c956df2b2a15e301782c5f",
    "pyodide.asm.js": "6b4c90de5b7172873f04f21884d0e9d2274e305fe32116558fe3e4fbe3618d51",
    "pyodide.asm.wasm": "a50dd1843f805a0b7c45b61037ee0d7b26dfe85efe0e18ef95a34ad24e401f5f",
    "python_stdlib.zip": "16611534726e5d8ac2bd8f926410b2dcb8d6f49aa24913463533b457a2115c16",
}
# What is loaded while Python starts; what comes later is loaded when a cell imports it.
AT_START = ("micropip", "piplite", "ipykernel", "comm", "ipython", "pyodide_kernel", "lessons_lib")
LATER = ("ssl", "sqlite3", "fonttools", "pytz")
# The wheels that Pyodide lacks, each with what it needs.
OURS = {
    "comm": ["traitlets"],
    "ipykernel": ["pyodide-kernel"],
    "ipywidgets": ["comm", "ipython", "traitlets"],
    "lessons_lib": ["ipywidgets", "matplotlib", "numpy", "pillow", "tqdm"],
    "piplite": ["micropip"],
    "pyodide_kernel": ["ipython"],
    "tqdm": ["ipywidgets"],
}
# What Pyodide's lock asks for and no lesson's first picture: time zones, letters in a PDF, another way to show figures.
NOT_NEEDED = {"matplotlib": {"pytz", "fonttools", "matplotlib-pyodide"}}


def fetch(source, name, sha256, folder):
    """Copy one file of Pyodide from a folder or an address; ValueError if it is not the file that the lock names."""
    remote = re.match("https?://", source)
    content = urllib.request.urlopen(source + name).read() if remote else (Path(source) / name).read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError(f"{name} from {source} is not the file of Pyodide 0.27.7: its sha256 differs.")
    (folder / name).write_bytes(content)


def with_dependencies(packages, names):
    """The names and, for each, all that it depends on."""
    found, waiting = set(), list(names)
    while waiting:
        name = waiting.pop().replace("_", "-")
        if name not in found:
            found.add(name)
            waiting += packages[name]["depends"]
    return found


def entry(wheel, name):
    """What Pyodide's lock says of a wheel of ours."""
    return {
        "name": name, "version": wheel.name.split("-")[1], "file_name": wheel.name, "install_dir": "site",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(), "package_type": "package", "imports": [name],
        "depends": OURS[name], "unvendored_tests": False,
    }  # fmt: skip


def write_core(source, folder):
    """Pyodide's core from a folder or an address -> its lock."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, sha256 in CORE.items():
        fetch(source, name, sha256, folder)
    return json.loads((folder / "pyodide-lock.json").read_text())


def write_packages(source, packages, folder):
    """Those packages of Pyodide's lock that are its own."""
    for package in packages:
        if package["name"] not in OURS:
            fetch(source, package["file_name"], package["sha256"], folder)


def download(source, folder):
    """All that `write_pyodide` takes from Pyodide, and its whole lock: a folder that serves as a source itself."""
    packages = write_core(source, folder)["packages"]
    needs = {*AT_START, *LATER, *(name for needs in OURS.values() for name in needs)}
    needed = with_dependencies(packages, needs - {*OURS, *(name.replace("_", "-") for name in OURS)})
    write_packages(source, [packages[name] for name in sorted(needed)], folder)


def write_pyodide(source, wheels, folder):
    """Python for the browser: Pyodide's core, what it loads at the start in one file, other wheels and their lock.

    A package in the lock is loaded when a cell imports it, so no lesson needs to install one.
    """
    lock = write_core(source, folder)
    for name in OURS:
        wheel = next(wheels.glob(f"{name}-*.whl"))
        shutil.copy(wheel, folder)
        lock["packages"][name.replace("_", "-")] = entry(wheel, name)
    for name, without in NOT_NEEDED.items():
        package = lock["packages"][name]
        package["depends"] = [needed for needed in package["depends"] if needed not in without]
    needed = with_dependencies(lock["packages"], [*AT_START, *LATER, *OURS])
    lock["packages"] = {name: lock["packages"][name] for name in sorted(needed)}
    write_packages(source, lock["packages"].values(), folder)
    compile_packages(lock["packages"], folder)
    pack(lock["packages"], folder)
    (folder / "pyodide-lock.json").write_text(json.dumps(lock))


def compile_packages(packages, folder):
    """Put compiled modules beside the sources, where this machine has the Python of the browser's version.

    Without one the browser compiles each module that it imports, at every visit.
    """
    python = python_312()
    if python is None:
        return
    at_start = with_dependencies(packages, AT_START)
    # A traceback shows lines of what learners call, not of the kernel's own machinery.
    bare = with_dependencies(packages, ("ipython", "micropip")) - {"traitlets"}
    bare_archives = [folder / packages[name]["file_name"] for name in sorted(bare)]
    archives = [folder / packages[name]["file_name"] for name in sorted(at_start - bare)]
    subprocess.run([python, COMPILER, *archives, "--bare", folder / "python_stdlib.zip", *bare_archives], check=True)


def pack(packages, folder):
    """Put what is loaded at the start into the file at_start.gz, out of the lock; start_python.js unpacks it.

    The browser does so in a tenth of a second; Python there takes over a second for thirty wheels. Unpacked, it is the
    length of a JSON text in 4 bytes, that text, [[path, size], ...], then all files.
    """
    files, content = [], []
    for name in sorted(with_dependencies(packages, AT_START)):
        wheel = folder / packages.pop(name)["file_name"]
        with zipfile.ZipFile(wheel) as archive:
            for file in archive.infolist():
                if not file.is_dir():
                    content.append(archive.read(file))
                    files.append((file.filename, len(content[-1])))
        wheel.unlink()
    head = json.dumps(files).encode()
    whole = b"".join([len(head).to_bytes(4, "little"), head, *content])
    (folder / "at_start.gz").write_bytes(gzip.compress(whole, 6, mtime=0))


def python_312():
    """A Python 3.12 of this machine, or None: only its compiled modules fit Pyodide 0.27's."""
    tell = "import sys; print(sys.executable if sys.version_info[:2] == (3, 12) else '')"
    for name in (sys.executable, "python3.12"):
        with contextlib.suppress(OSError):
            found = subprocess.run([name, "-c", tell], capture_output=True, text=True).stdout.strip()
            if found:
                return found
    return None


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder to write")
    parser.add_argument("--source", default=SOURCE, help="a folder, or an address that ends in /, with the files")
    arguments = parser.parse_args()
    try:
        download(arguments.source, arguments.folder)
    except (OSError, ValueError) as error:
        sys.exit(f"Pyodide could not be downloaded: {error}")
