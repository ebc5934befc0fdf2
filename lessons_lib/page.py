"""Conveniences for a notebook page: a function's source, a quiz, a bar, your progress, larger text for a projector."""

import html
import inspect
import sys
from collections import Counter

import ipywidgets as widgets
from IPython import get_ipython
from IPython.display import HTML, Markdown, clear_output, display

try:
    from tqdm.notebook import tqdm
except ImportError:  # a lesson as a single file runs without it, too: then its loops show no bar
    tqdm = None
else:
    # The thread that watches over slow bars cannot start in a browser's Python, and nothing here needs it.
    tqdm.monitor_interval = 0

_WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def show_source(function):
    """The source of a function of the library, as the page's own code block.

    TypeError when it is not a function or class written in Python.
    """
    return Markdown(f"```python\n{inspect.getsource(function).strip()}\n```")


def style(text_size=18):
    """Larger pictures, labels and prose for the back row; display it once, at the top. text_size in pixels.

    A picture grows with its text up to the width of the page: hide the side bar (View → Simple Interface), or choose
    View → Presentation Mode.
    """
    return HTML(
        f"<style>.lesson-panel, .lesson-quiz, .jp-RenderedMarkdown p, .jp-RenderedMarkdown li "
        f"{{font-size: {text_size}px !important; line-height: 1.5}}</style>"
    )


def progress(steps):
    """The same steps, with a bar that shows how far the loop is: for step in progress(range(1000)): ...

    steps: anything with a length; what is returned has it, too. The bar goes when the loop ends, and with it what the
    cell showed before: let a cell print after its loop. Without a notebook, or without tqdm, there is no bar.
    """
    return _Progress(steps)


def bare_view(widget):
    """Show a widget now, without the text that stands for it: a page's text stays the same with and without it."""
    if get_ipython() is not None:
        view = {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}
        display({_WIDGET_VIEW: view}, raw=True)


class _Progress:
    """Steps with a bar, made by `progress`."""

    def __init__(self, steps):
        self._steps = steps

    def __len__(self):
        return len(self._steps)

    def __iter__(self):
        # A notebook's shell has a kernel, on a server and in a browser's Python alike; a terminal's has none.
        if getattr(get_ipython(), "kernel", None) is None:
            yield from self._steps
            return
        bar = tqdm(self._steps, display=False) if tqdm else None
        if bar is not None:
            bare_view(bar.container)
        try:
            yield from self._steps if bar is None else bar
        finally:  # also when the learner stops the cell
            if bar is not None:
                bar.container.close()
            clear_output()


_shown = {}  # cell -> (its run, what it showed there)


def shown_by_this_cell(thing):
    """Remember that the running cell shows this panel or quiz, and `close` what it showed when it ran before.

    What another cell shows, too, stays. Only a page that tells which cell runs (JupyterLab, Notebook 7) is tidied.
    """
    cell, run = _running_cell()
    if cell is None:
        return
    before, gone = _shown.get(cell, (run, []))
    if before != run:
        _shown[cell] = (run, [])
    _shown.setdefault(cell, (run, []))[1].append(thing)
    if before != run:
        kept = [id(still) for _, things in _shown.values() for still in things]
        for old in gone:
            if id(old) not in kept:
                old.close()


def with_parts(widget):
    """A widget, its layout and style, and the same of all that lies in it."""
    own = [part for part in (getattr(widget, "layout", None), getattr(widget, "style", None)) if part is not None]
    return [widget, *own, *(part for child in getattr(widget, "children", ()) for part in with_parts(child))]


def _running_cell():
    """(the cell that runs now, this run of it), or (None, None) where the page does not say.

    A cell is named together with its page: the same lesson may stand open in two.
    """
    try:
        request = get_ipython().kernel.get_parent("shell")
        return (request["metadata"]["cellId"], request["header"]["session"]), request["header"]["msg_id"]
    except Exception:  # no notebook, or one of another kind
        return None, None


class Quiz:
    """A question with answers to pick from; made by `quiz`."""

    def __init__(self, question, answers, right):
        if right not in answers:
            raise ValueError(f"the right answer {right!r} is not among the answers: {', '.join(answers)}.")
        self.question, self.answers, self.right = question, answers, right
        self.picked = widgets.RadioButtons(options=list(answers), value=None, layout={"width": "95%"})
        self.picked.add_class("lesson-quiz-answers")
        self.reply = widgets.HTML()
        self.picked.observe(lambda _: self._reply(), "value")
        asked = widgets.HTML(f'<p style="font-size: 16px"><b>{html.escape(question)}</b></p>')
        look = widgets.HTML("<style>.lesson-quiz label {font-size: 16px}</style>", layout={"display": "none"})
        self._box = widgets.VBox([asked, self.picked, self.reply, look])
        self._box.add_class("lesson-quiz")

    def _explained(self, answer):
        mark = "✔ Right." if answer == self.right else "✘ Not quite."
        return f"{mark} {self.answers[answer]}"

    def _reply(self):
        text = html.escape(self._explained(self.picked.value))
        self.reply.value = f'<div role="status" aria-live="polite" style="font-size: 16px">{text}</div>'

    def close(self):
        """Take the question off its page."""
        for part in with_parts(self._box):
            part.close()

    def _repr_mimebundle_(self, include=None, exclude=None):
        shown_by_this_cell(self)
        # Where no kernel runs, the page keeps the answers as headings that open to their explanation.
        folded = "".join(
            f"<details><summary>{html.escape(answer)}</summary><p>{html.escape(self._explained(answer))}</p></details>"
            for answer in self.answers
        )
        return {
            _WIDGET_VIEW: {
                "version_major": 2,
                "version_minor": 0,
                "model_id": self._box.model_id,
            },
            "text/html": f"<p><b>{html.escape(self.question)}</b></p>{folded}",
            "text/plain": "\n".join([self.question, *(f"- {answer}" for answer in self.answers)]),
        }


def quiz(question, answers, right):
    """A question with answers to pick from; every answer, right or wrong, has its own explanation.

    answers: dictionary from answer to explanation; right: the answer that is right (ValueError if not among them).
    """
    return Quiz(question, answers, right)


class Progress:
    """The exercises of a lesson and how far they are; made by `my_progress`. rows: (name, sign, state, what to do)."""

    _STATES = {
        "passed": ("✔", "passed", "", "#009E73"),
        "failed": ("✘", "not yet", "its cell says what is wrong; ask it for .hint()", "#D55E00"),
        "to do": ("▢", "to do", "write your code in place of the ... and run its cell", "#0072B2"),
        None: ("○", "not run", "run its cell, and those before it", "#767676"),
    }

    def __init__(self, lesson):
        asked = sorted(_exercises_in(lesson).items(), key=lambda pair: pair[1].turn)
        states = [(name, exercise.verdict.status if exercise.verdict else None) for name, exercise in asked]
        self.rows = [(name, *self._STATES[state]) for name, state in states]
        n_passed = sum(state == "passed" for _, state in states)
        self.heading = f"{n_passed} of {len(states)} exercises passed"
        after = [(name, advice) for name, _, _, advice, _ in self.rows if advice]
        self.next = f"Next: {after[0][0]}: {after[0][1]}." if after else "All done: on to the next lesson."

    def __repr__(self):
        rows = (f"{sign} {name}: {state}" for name, sign, state, _, _ in self.rows)
        return "\n".join([f"{self.heading}.", *rows, self.next])

    def _repr_html_(self):
        cell = "text-align: left; padding: 3px 16px 3px 10px"
        rows = "".join(
            f'<tr><th scope="row" style="{cell}; border-left: 6px solid {colour}; font-weight: normal">'
            f'<code>{html.escape(name)}</code></th><td style="{cell}"><b>{sign}</b> {state}</td></tr>'
            for name, sign, state, _, colour in self.rows
        )
        head = "".join(f'<th scope="col" style="{cell}">{title}</th>' for title in ("exercise", "state"))
        return (
            '<div class="lesson-progress" style="font-size: 16px"><table style="font-size: inherit">'
            f'<caption style="text-align: left; padding: 3px 0">{self.heading} since this page was started</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table><p>{html.escape(self.next)}</p></div>"
        )


# A page brings its exercises along: they are known here by what they are, and nothing of them is imported.
def _exercises_in(lesson):
    """The exercises of a lesson that this page has imported, by name."""
    module = sys.modules.get(f"lessons_lib.exercises.{lesson[3:]}")
    found = vars(module).items() if module else ()
    return {name: value for name, value in found if type(value).__name__ == "Exercise"}


def _lesson_of(values):
    """The lesson that most of these values, exercises or modules of exercises, belong to; None without any."""
    met = Counter()
    for value in list(values):
        of_module = inspect.ismodule(value) and value.__name__.startswith("lessons_lib.exercises.")
        for one in vars(value).values() if of_module else (value,):
            if type(one).__name__ == "Exercise" and one.lesson:
                met[one.lesson] += 1
    return met.most_common(1)[0][0] if met else None


def my_progress(lesson=None):
    """The exercises of this lesson, how far each is, and what to do next; run the cell again for the latest.

    lesson: such as "02_gradient_descent"; without it, the one whose exercises this page has imported (ValueError when
    there are none). The exercises stand in the order in which the page asked them; those not yet asked come last.
    """
    if lesson is None:
        lesson = _lesson_of(inspect.currentframe().f_back.f_globals.values())
    if not (lesson and _exercises_in(lesson)):
        raise ValueError("this page has imported no exercises yet: run its first cells, then this one again.")
    return Progress(lesson)
