"""Who solved what: `python -m lessons_lib.report FOLDER` reads a folder of submitted notebooks and prints a table.

submissions   reads the notebooks and the records that verdicts left in them, and runs nothing
again         --rerun: has each exercise answered again by a child process, and compares the answers here
inside        what the child does: locks itself in, runs the learner's code, writes down plain answers
shelter       what the child is locked in, on this machine
tables        the result as text, CSV and HTML
"""
