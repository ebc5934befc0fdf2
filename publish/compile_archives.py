"""Adds compiled modules to archives of Python sources; browser_python.py runs it.

Sources that are kept have them in __pycache__; they are never compared with the sources' dates. What runs nowhere in
the browser is left out: tests, sample data, declarations, and printers' fonts, which matplotlib would read each time.
"""

import argparse
import py_compile
import re
import tempfile
import zipfile
from pathlib import Path

UNNEEDED = re.compile(r"(^|/)(tests?|sample_data|fonts/afm|fonts/pdfcorefonts)/|\.(pyi|h|c|pxd|a)$")
NO_CHECK = py_compile.PycInvalidationMode.UNCHECKED_HASH


def compile_archive(path, bare):
    """Write the archive anew, its modules compiled, without their sources if it is to be bare.

    Its dates are all the same, so that its bytes are.
    """
    place = "/lib/python312.zip" if path.name == "python_stdlib.zip" else "/lib/python3.12/site-packages"
    with tempfile.TemporaryDirectory() as scratch:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(scratch)
        for source in sorted(Path(scratch).rglob("*.py")):
            target = str(source.with_suffix(".pyc")) if bare else None
            shown = f"{place}/{source.relative_to(scratch).as_posix()}"
            done = py_compile.compile(str(source), target, shown, invalidation_mode=NO_CHECK, quiet=2)
            if bare and done:
                source.unlink()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for file in sorted(Path(scratch).rglob("*")):
                name = file.relative_to(scratch).as_posix()
                if file.is_file() and not UNNEEDED.search(name):
                    archive.writestr(zipfile.ZipInfo(name), file.read_bytes(), zipfile.ZIP_DEFLATED, 6)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", nargs="*", type=Path, help="archives that keep their sources")
    parser.add_argument("--bare", nargs="*", type=Path, default=[], help="archives that keep compiled modules alone")
    arguments = parser.parse_args()
    for archive in (*arguments.archive, *arguments.bare):
        compile_archive(archive, archive in arguments.bare)
