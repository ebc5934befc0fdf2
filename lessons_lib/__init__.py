"""The helper library of the course: from a straight line to a language model.

    data        loads what lies in data/, with units, source and licence
    maths       the equations of the slides: numpy only, one file per lesson, pure functions
    scenes      the pictures: matplotlib only, one file per lesson; build(figure) -> update(**knobs) -> caption
    stage       makes a matplotlib figure fast enough to drag
    live        panel(scene, knob=slider(...)): controls, one picture and its caption in one box
    track       what is painted on a slider's track
    asked       what a panel asks: a guess before it shows the run, a challenge with the best so far
    exercises   check_...(your_function): passed, failed (and why) or to do
    page        show_source(), quiz(), my_progress(), progress(), style(): conveniences for a notebook page
    server      a Jupyter server extension: slider messages pass without delay, saved lessons keep their pictures
    report      python -m lessons_lib.report FOLDER: who solved what, of submitted notebooks

A notebook imports what it needs by name:

    from lessons_lib.live import log_slider, panel
    from lessons_lib.maths.gradient_descent import descend
"""

import os
import sys

# A lesson's matrices are small: several threads in one product wait for each other, and on a busy machine a training of
# two seconds takes a minute. What the learner has chosen stays.
if "numpy" not in sys.modules:
    for _threads in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
        os.environ.setdefault(_threads, "1")
else:
    try:
        from threadpoolctl import threadpool_limits

        _limits = threadpool_limits(1, user_api="blas")
    except ImportError:  # numpy came first, and nothing can tell it now
        pass


def _told_that_it_does_not_fit(shell, kind, error, traceback, tb_offset=None):
    """In a notebook: one sentence where a lesson asks for what this library does not have, and not a traceback."""
    name = getattr(error, "name", None) or ""
    if name.partition(".")[0] == __name__:
        wanted = str(error).partition("cannot import name ")[2].partition(" from ")[0] or repr(name)
        error = kind(
            f"the library in {os.path.dirname(__file__)} has no {wanted}: if that is spelled as the lesson came, "
            "lesson and library are of different editions, so update both from the same place and restart the kernel."
        )
        shell._showtraceback(kind, error, [f"{kind.__name__}: {error}"])
        return None
    shell.showtraceback((kind, error, traceback), tb_offset=tb_offset)


if "IPython" in sys.modules and (_shell := sys.modules["IPython"].get_ipython()):
    _shell.set_custom_exc((ImportError,), _told_that_it_does_not_fit)
