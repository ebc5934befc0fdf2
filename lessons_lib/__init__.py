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
