"""The command: python -m lessons_lib.report FOLDER [--csv FILE] [--html FILE] [--rerun]."""

import argparse
import sys
from pathlib import Path

from lessons_lib.report.submissions import read_folder
from lessons_lib.report.tables import as_csv, as_html, as_text


def main(words=None):
    """Print the table of a folder and write the files that are asked for -> what the command exits with."""
    parser = argparse.ArgumentParser(
        prog="python -m lessons_lib.report",
        description="Who solved what: reads a folder of submitted notebooks and runs nothing, unless --rerun is given.",
    )
    parser.add_argument("folder", help="the submitted notebooks, with any names, in any folders within")
    parser.add_argument("--csv", metavar="FILE", help="write the table for a spreadsheet")
    parser.add_argument("--html", metavar="FILE", help="write the table as a page to look at")
    parser.add_argument(
        "--rerun", action="store_true", help="run each exercise again, locked in, and compare its answers"
    )
    parser.add_argument("--seconds", type=seconds, default=10, help="time for each exercise with --rerun (default: 10)")
    parser.add_argument("--unsheltered", action="store_true",
                        help="--rerun where this machine offers no shelter: learners' code runs as you")  # fmt: skip
    asked = parser.parse_args(words)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a terminal without ✔ shows ? in its place
    try:
        submissions, skipped = read_folder(asked.folder)
        said = ["Read from the notebooks as they were saved; nothing was run."]
        if asked.rerun:
            from lessons_lib.report.again import run_again

            said = run_again(submissions, asked.seconds, asked.unsheltered)
        print(as_text(submissions, skipped))
        print("\n".join(said))
        if asked.csv:
            Path(asked.csv).write_text(as_csv(submissions), encoding="utf-8", newline="")
        if asked.html:
            Path(asked.html).write_text(as_html(submissions, skipped, said), encoding="utf-8")
    except (OSError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped before the report was done.", file=sys.stderr)
        return 130
    return 0


def seconds(word):
    """The time that a word asks for; its name stands in argparse's sentence about a word that is no number."""
    if not 0 < float(word) <= 3600:  # nan, too
        raise argparse.ArgumentTypeError("between 0 and 3600 are possible.")
    return float(word)


if __name__ == "__main__":
    sys.exit(main())
