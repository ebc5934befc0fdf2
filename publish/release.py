"""Build what a release holds: python publish/release.py --repository OWNER/NAME

The wheel and the source of lessons_lib, the site and the single files as archives, and SHA256SUMS over all of them, in
a folder `release`. Needs `pip install -r publish/requirements.txt`.
"""

import argparse
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent


def run(*command):
    subprocess.run([sys.executable, *command], cwd=ROOT, check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repository", required=True, metavar="OWNER/NAME", help="the repository that releases")
    parser.add_argument("--out", type=Path, default=ROOT / "release", help="the folder to write (default: release)")
    arguments = parser.parse_args()
    out = arguments.out.resolve()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    run("-m", "hatchling", "build", "--directory", out)
    run(HERE / "single_files.py", "--repository", arguments.repository, "--branch", "colab", "--course-branch", "HEAD")
    run(HERE / "static_site.py")
    for folder in ("single_files", "site"):
        shutil.make_archive(out / folder, "zip", ROOT, folder)
    sums = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(out.iterdir()))
    (out / "SHA256SUMS").write_text("".join(sums))


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(f"The release could not be built: {error}")
