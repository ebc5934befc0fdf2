"""The helper library of the course: from a straight line to a language model.

    data        loads what lies in data/, with units, source and licence
    maths       the equations of the slides: numpy only, one file per lesson, pure functions
    scenes      the pictures: matplotlib only, one file per lesson; build(figure) -> update(**knobs) -> caption
    stage       makes a matplotlib figure fast enough to drag
    live        panel(scene, knob=slider(...)): controls, one picture and its caption in one box
    exercises   check_...(your_function): passed, failed (and why) or to do
    page        show_source(), quiz(), progress(), style(): conveniences for a notebook page
    server      a Jupyter server extension: slider messages pass without delay, saved lessons keep their pictures

A notebook imports what it needs by name:

    from lessons_lib.live import log_slider, panel
    from lessons_lib.maths.gradient_descent import descend
"""
