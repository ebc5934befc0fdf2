"""Builds lessons_lib with hatchling; a Python that is too old is told so at once, where pip would try for ever.

pip reads this before it looks for any other package, whatever is installed and in which order. The file is written so
that old Pythons can read it, too.
"""
# ruff: noqa: UP031, UP036, E402, F403

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "This course needs Python 3.11 or newer, and this is Python %d.%d: install a newer one from "
        "https://www.python.org/downloads and make the virtual environment anew with it." % sys.version_info[:2]
    )

from hatchling.build import *
