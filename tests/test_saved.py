"""A saved lesson: on disk lies the committed form, and whoever opens it later sees every picture and every quiz."""

import asyncio
import contextlib
import copy
import json
import logging
import re
import shutil
import urllib.request

import nbformat
import pytest
from conftest import NOTEBOOKS, browser_page, jupyterlab, run_all_cells, run_from_menu
from jupyter_client.session import Session
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager, LargeFileManager

from lessons_lib import server

EACH = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
LAB, NOTEBOOK_7 = "doc/tree", "notebooks"
BOTH = pytest.mark.parametrize("application", [LAB, NOTEBOOK_7], ids=["jupyterlab", "notebook_7"])
SHOWN = """() => ({
  panels: document.querySelectorAll('.lesson-panel').length,
  quizzes: document.querySelectorAll('.lesson-quiz').length,
  posters: [...document.querySelectorAll('.jp-OutputArea-output img')].filter(image => image.naturalWidth > 400).length,
  folded: new Set([...document.querySelectorAll('.jp-OutputArea-output details')].map(fold => fold.parentNode)).size,
  dead: (document.body.innerText.match(/Error displaying widget|model not found|Loading widget/g) || []).length,
  dialog: document.querySelector('.jp-Dialog')?.innerText || '',
})"""


def view(model="gone"):
    return {server.WIDGET_VIEW: {"version_major": 2, "version_minor": 0, "model_id": model}}


def is_quiz(data):
    return "<details>" in "".join(data.get("text/html", ""))


def as_run(path):
    """A committed lesson as a page holds it after a run: a dictionary with views, times, versions and widget state."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["metadata"] |= {"trusted": True, "execution": {"iopub.execute_input": "2024-01-01T00:00:00Z"}}
            for output in cell["outputs"]:
                data = output.get("data", {})
                if "image/png" in data or is_quiz(data):
                    data |= view()
    bar = {"output_type": "display_data", "metadata": {}, "data": view("a bar of a loop that still runs")}
    next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")["outputs"].insert(0, bar)
    notebook["metadata"]["language_info"] |= {"version": "3.13.1", "file_extension": ".py"}
    notebook["metadata"]["kernelspec"]["display_name"] = "Python 3"
    state = {"state": {}, "version_major": 2, "version_minor": 0}
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": state}
    return notebook


def expected(path):
    """(pictures, quizzes) of a lesson, counted in its committed file."""
    cells = nbformat.read(path, as_version=4).cells
    outputs = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    return sum("image/png" in data for data in outputs), sum(map(is_quiz, outputs))


def saving(folder, manager=LargeFileManager):
    """(save(content, path, type), the manager) with the extension's hook in place."""
    contents = manager(root_dir=str(folder))
    live = server.LiveWidgets(logging.getLogger("server"))
    contents.register_pre_save_hook(live.before_save)

    def save(content, path="lesson.ipynb", **more):
        answer = contents.save({"type": "notebook", "format": "json", "content": content} | more, path)
        return asyncio.run(answer) if asyncio.iscoroutine(answer) else answer

    return save, live


def on_disk(folder, name="lesson.ipynb"):
    return json.loads((folder / name).read_text(encoding="utf-8"))


@EACH
def test_the_committed_form_is_what_the_rule_says(path):
    notebook = nbformat.read(path, as_version=4)
    before = copy.deepcopy(notebook)
    assert server.is_lesson(notebook)
    assert server.as_committed(notebook) == {}
    assert notebook == before


@pytest.mark.parametrize("manager", [LargeFileManager, AsyncLargeFileManager])
@EACH
def test_a_lesson_that_was_run_and_saved_is_the_committed_file_byte_by_byte(path, manager, tmp_path):
    save, _ = saving(tmp_path, manager)
    content = as_run(path)
    before = copy.deepcopy(content)
    save(content)
    assert (tmp_path / "lesson.ipynb").read_bytes() == path.read_bytes()
    assert content == before  # whoever saves may go on with what it holds


def a_notebook(source, data, **metadata):
    output = nbformat.v4.new_output("display_data", data=data)
    cell = nbformat.v4.new_code_cell(source, outputs=[output], metadata={"trusted": True, "execution": {"a": "b"}})
    return nbformat.v4.new_notebook(cells=[cell], metadata=metadata)


@pytest.mark.parametrize("data", [view() | {"text/plain": "IntSlider()"}, view() | {"image/png": "iVBO"}, view()])
def test_notebooks_of_other_people_are_not_touched(data, tmp_path):
    save, _ = saving(tmp_path)
    content = a_notebook(
        "import ipywidgets  # not lessons_lib", data, widgets={"state": 1}, language_info={"name": "R", "version": "4"}
    )
    save(content)
    content.cells[0].metadata.pop("trusted")  # the server itself takes this out
    assert nbformat.read(tmp_path / "lesson.ipynb", as_version=4) == content


def test_a_learners_own_widget_in_a_lesson_stays_with_its_state(tmp_path):
    save, _ = saving(tmp_path)
    save(a_notebook("from lessons_lib.live import panel", view() | {"text/plain": "IntSlider()"}, widgets={"state": 1}))
    assert server.WIDGET_VIEW in on_disk(tmp_path)["cells"][0]["outputs"][0]["data"]
    assert on_disk(tmp_path)["metadata"]["widgets"] == {"state": 1}


def test_what_a_learner_sets_in_a_cell_stays(tmp_path):
    save, _ = saving(tmp_path)
    content = as_run(NOTEBOOKS[0])
    content["cells"][1]["metadata"] |= {"tags": ["mine"], "collapsed": True}
    content["metadata"]["kernelspec"] = {"display_name": "My own", "language": "python", "name": "my-own"}
    save(content)
    assert on_disk(tmp_path)["cells"][1]["metadata"] == {"tags": ["mine"], "collapsed": True}
    assert on_disk(tmp_path)["metadata"]["kernelspec"]["name"] == "my-own"


def test_files_that_are_not_notebooks_are_saved_as_they_are(tmp_path):
    save, _ = saving(tmp_path)
    save("from lessons_lib import live\n", "plain.py", type="file", format="text")
    save("AAEC", "binary.png", type="file", format="base64")
    save("QUJD", "large.bin", type="file", format="base64", chunk=1)
    save(NOTEBOOKS[0].read_text(encoding="utf-8"), "as_text.ipynb", type="file", format="text")
    assert (tmp_path / "plain.py").read_text() == "from lessons_lib import live\n"
    assert (tmp_path / "binary.png").read_bytes() == b"\0\1\2" and (tmp_path / "large.bin").read_bytes() == b"ABC"
    assert (tmp_path / "as_text.ipynb").read_bytes() == NOTEBOOKS[0].read_bytes()


def test_when_the_hook_fails_the_lesson_is_saved_as_it_is_and_one_line_says_so(tmp_path, monkeypatch, caplog):
    save, _ = saving(tmp_path)

    def fail_half_way(notebook):
        notebook["cells"].clear()
        raise KeyError("something new")

    monkeypatch.setattr(server, "as_committed", fail_half_way)
    content = as_run(NOTEBOOKS[0])
    with caplog.at_level("WARNING", "server"):
        save(content)
    assert server.WIDGET_VIEW in json.dumps(on_disk(tmp_path)) and len(on_disk(tmp_path)["cells"]) == len(
        content["cells"]
    )
    lines = [record.message for record in caplog.records if record.name == "server"]
    assert lines == ["lessons_lib: lesson.ipynb was saved as it is (KeyError: 'something new')."]


def test_a_server_that_takes_no_hook_works_as_before(caplog):
    from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

    class Running:
        log = logging.getLogger("server")
        contents_manager = object()
        web_app = type("App", (), {"settings": {"kernel_websocket_connection_class": ZMQChannelsWebsocketConnection}})()

    server._load_jupyter_server_extension(Running)
    lines = [record.message for record in caplog.records if record.levelname == "WARNING"]
    assert len(lines) == 2 and "saved lessons show pictures only while their kernel runs" in lines[0]
    assert issubclass(Running.web_app.settings["kernel_websocket_connection_class"], ZMQChannelsWebsocketConnection)


class Kernel:
    """As much of a kernel's manager, and of the connection from it to a page, as the extension looks at."""

    def __init__(self):
        self.has_kernel, self.provisioner = True, type("Provisioner", (), {"pid": 1})()
        self.kernel_manager, self.session, self.channels = self, self, {"shell": []}

    def send(self, channel, kind, content):
        channel.append((kind, content))


def say(live, kernel, kind, content, *buffers):
    """A message of a kernel passes on its way to the page."""
    session = Session()
    frames = session.serialize(session.msg(kind, content))
    live.notice(kernel, session.feed_identities(frames)[1] + list(buffers))


def opened(model="gone"):
    return {"comm_id": model, "target_name": "jupyter.widget", "data": {"state": {}}}


def offered(caption, model="gone"):
    return {"comm_id": model, "data": {"method": "custom", "content": {"poster": caption}}}


def loaded(live, folder):
    """What a page gets that loads the saved lesson -> how many views."""
    model = {"path": "lesson.ipynb", "content": on_disk(folder)}
    live.after_load(model)
    return json.dumps(model["content"]).count(server.WIDGET_VIEW)


def test_a_poster_is_the_picture_as_the_learner_left_it(tmp_path):
    save, live = saving(tmp_path)
    kernel = Kernel()
    say(live, kernel, "comm_open", opened())
    say(live, kernel, "comm_msg", {"comm_id": "gone", "data": {"method": "update", "state": {"value": 'a "poster"'}}})
    say(live, kernel, "comm_msg", offered("The loss is 3."), b"PNG")
    say(live, kernel, "comm_msg", offered("The loss is 2."), b"PNG")
    content = a_notebook("from lessons_lib import live", view() | {"image/png": "old", "text/plain": "The loss is 9."})
    content.cells[0].outputs[0].metadata = {"image/png": {"alt": "The loss is 9.", "width": 900}}
    content.cells[0].outputs.append(nbformat.v4.new_output("display_data", data=view() | {"text/html": "a quiz"}))
    save(content)
    panel, quiz = on_disk(tmp_path)["cells"][0]["outputs"]
    assert panel["data"] == {"image/png": "UE5H", "text/plain": ["The loss is 2."]}
    assert panel["metadata"] == {"image/png": {"alt": "The loss is 2.", "width": 900}}
    assert quiz["data"] == {"text/html": ["a quiz"]}


def test_views_come_back_while_their_kernel_runs_and_only_then(tmp_path):
    save, live = saving(tmp_path)
    kernel = Kernel()
    shown = sum(expected(NOTEBOOKS[0]))
    save(as_run(NOTEBOOKS[0]))
    assert loaded(live, tmp_path) == 0  # the widgets of a kernel that was never seen
    say(live, kernel, "comm_open", opened())
    save(as_run(NOTEBOOKS[0]))
    assert loaded(live, tmp_path) == shown
    kernel.provisioner.pid = 2  # restarted
    assert loaded(live, tmp_path) == 0
    say(live, kernel, "comm_open", opened())
    save(as_run(NOTEBOOKS[0]))
    assert loaded(live, tmp_path) == shown
    changed = on_disk(tmp_path)
    for cell in changed["cells"]:
        cell["id"] = f"{cell['id']}-of-another-file"
    (tmp_path / "lesson.ipynb").write_text(json.dumps(changed))
    assert loaded(live, tmp_path) == 0
    save(as_run(NOTEBOOKS[0]))
    say(live, kernel, "comm_close", {"comm_id": "gone", "data": {}})
    assert loaded(live, tmp_path) == 0
    say(live, kernel, "comm_open", opened())
    save(as_run(NOTEBOOKS[0]))
    kernel.has_kernel = False
    assert loaded(live, tmp_path) == 0
    live.forget_what_is_gone()
    assert not live.models


def test_a_poster_outlives_its_kernel_while_a_page_may_save_it_again(tmp_path):
    save, live = saving(tmp_path)
    kernel = Kernel()
    for model in ("gone", "closed", "of no page"):
        say(live, kernel, "comm_open", opened(model))
        say(live, kernel, "comm_msg", offered("The loss is 2.", model), b"PNG")
    say(live, kernel, "comm_close", {"comm_id": "closed", "data": {}})
    content = a_notebook("from lessons_lib import live", view() | {"image/png": "old", "text/plain": "The loss is 9."})
    save(content)
    assert set(live.posters) == {"gone", "of no page"}
    kernel.has_kernel = False
    save(content)
    assert set(live.posters) == {"gone"} and not live.models
    assert on_disk(tmp_path)["cells"][0]["outputs"][0]["data"]["image/png"] == "UE5H"


@pytest.mark.parametrize("answers", [True, False])
def test_a_panel_is_asked_for_its_poster_and_a_kernel_without_time_holds_no_save_up(answers, monkeypatch):
    monkeypatch.setattr(server, "PATIENCE", 0.3)
    live, kernel = server.LiveWidgets(logging.getLogger("server")), Kernel()
    for model in ("gone", "of a learner"):
        say(live, kernel, "comm_open", opened(model))
    say(live, kernel, "comm_msg", offered("The loss is 9."))  # shown: this panel draws posters
    lesson = a_notebook("from lessons_lib import live", view() | {"image/png": "old"})
    own = nbformat.v4.new_output("display_data", data=view("of a learner") | {"image/png": "old"})
    lesson.cells[0].outputs.append(own)

    async def two_pages_save():
        start = asyncio.get_running_loop().time()
        asked = [asyncio.create_task(live.ask_for_posters(lesson)) for _ in range(2)]
        await asyncio.sleep(0.05)
        if answers:
            say(live, kernel, "comm_msg", offered("The loss is 2."), b"PNG")
        await asyncio.wait_for(asyncio.gather(*asked), 5)
        return asyncio.get_running_loop().time() - start

    seconds = asyncio.run(two_pages_save())
    wanted = {"comm_id": "gone", "data": {"method": "custom", "content": {"wanted": "poster"}}}
    assert kernel.channels["shell"] == [("comm_msg", wanted)]
    assert live.posters == {"gone": ("UE5H", "The loss is 2.") if answers else (None, "The loss is 9.")}
    assert seconds < 0.3 if answers else seconds >= 0.3
    say(live, kernel, "comm_msg", offered("The loss is 1."), b"PNG")  # too late: for the next save
    say(live, kernel, "comm_msg", offered("The loss is 1."))  # nothing has changed since
    assert live.posters == {"gone": ("UE5H", "The loss is 1.")}


def test_no_message_of_a_drag_is_unpacked():
    live, kernel = server.LiveWidgets(logging.getLogger("server")), Kernel()
    say(live, kernel, "stream", {"text": "no comm"})
    say(live, kernel, "comm_msg", {"data": {"method": "update", "state": {"value": "reading a comm_id would fail"}}})


# --- in real pages ---


def request(address, method, body=None):
    headers = {"Content-Type": "application/json", "Cookie": "_xsrf=ab", "X-XSRFToken": "ab"}
    body = json.dumps(body).encode() if body else b""
    urllib.request.urlopen(urllib.request.Request(address, body, headers, method=method), timeout=20).close()


def put(address, name, content):
    request(f"{address}/api/contents/{name}", "PUT", {"type": "notebook", "format": "json", "content": content})


def wait_until_shown(page, posters=0, folded=0, panels=0, quizzes=0):
    """Wait until the page shows just this and no dead widget and no dialog; say what it shows instead."""
    wanted = {"panels": panels, "quizzes": quizzes, "posters": posters, "folded": folded, "dead": 0, "dialog": ""}
    for _ in range(60):
        shown = page.evaluate(SHOWN)
        if panels:  # what a live panel is made of is not counted here
            shown |= {"posters": posters}
        if shown == wanted:
            return
        page.wait_for_timeout(250)
    assert shown == wanted


@pytest.fixture(scope="module")
def page(chromium):
    with browser_page(chromium) as page:
        yield page


@pytest.fixture(scope="module")
def reopened(tmp_path_factory):
    """Address of a server, just started, of a folder whose lessons were run and saved under another one."""
    root, scratch = tmp_path_factory.mktemp("served"), tmp_path_factory.mktemp("jupyter")
    with jupyterlab(root, scratch) as address:
        for path in NOTEBOOKS:
            put(address, path.name, as_run(path))
        dead = as_run(NOTEBOOKS[0])
        for cell in dead["cells"]:  # not a lesson for the extension, so it keeps its views
            cell["source"] = "".join(cell["source"]).replace("lessons_lib", "something_else")
        put(address, "dead.ipynb", dead)
    with jupyterlab(root, scratch) as address:
        yield address


@BOTH
@EACH
def test_every_picture_and_quiz_is_there_when_the_server_starts_again(reopened, page, path, application):
    page.goto(f"{reopened}/{application}/{path.name}")
    posters, folded = expected(path)
    assert posters >= 4 and folded >= 3
    wait_until_shown(page, posters, folded)


def test_without_the_rule_the_widgets_are_dead(reopened, page):
    page.goto(f"{reopened}/doc/tree/dead.ipynb")
    page.wait_for_selector("text=Error displaying widget", timeout=20000)


def caption(page):
    return page.locator(".lesson-panel .lesson-caption").first.inner_text().strip()


def save(page):
    """Press what a learner presses, and wait until file and checkpoint are written; before, the key is not heard again."""
    with page.expect_response(lambda answer: answer.request.method == "POST" and "/checkpoints" in answer.url):
        page.keyboard.press("Control+s")
    page.wait_for_timeout(300)


def save_in_the_middle_of_a_drag(page):
    """Drag the first slider, save, drag on: the panel follows before and after."""
    page.locator(".lesson-panel").first.scroll_into_view_if_needed()
    track = page.locator(".lesson-panel .noUi-target").first.bounding_box()
    y = track["y"] + track["height"] / 2
    handle = page.locator(".lesson-panel .noUi-handle").first.bounding_box()
    page.mouse.move(handle["x"] + handle["width"] / 2, y)
    page.mouse.down()
    for place in (0.2, 0.4, 0.8):
        before = caption(page)
        page.mouse.move(track["x"] + track["width"] * place, y, steps=10)
        page.wait_for_function(
            "before => document.querySelector('.lesson-caption').innerText.trim() !== before", arg=before
        )
        if place == 0.4:
            save(page)
    page.mouse.up()


def without_pixels(path):
    """A notebook's text with its posters' pixels and captions taken out: other machines draw other pixels."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                output |= {"data": sorted(output["data"]), "metadata": "alt" in output["metadata"]["image/png"]}
    return json.dumps(notebook, indent=1)


def test_a_session_in_jupyterlab_leaves_a_lesson_that_shows_everything(tmp_path_factory, page, artifacts):
    path = next(path for path in NOTEBOOKS if path.stem == "02_gradient_descent")
    posters, folded = expected(path)
    root, scratch = tmp_path_factory.mktemp("served"), tmp_path_factory.mktemp("jupyter")
    file = shutil.copy(path, root / path.name)
    settings = scratch / "settings" / "@jupyterlab" / "docmanager-extension" / "plugin.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    # Longer than a save takes: JupyterLab asks which file to keep when it saves twice at the same time.
    settings.write_text('{"autosaveInterval": 10}')
    with jupyterlab(root, scratch) as address:
        run_all_cells(page, address, path.name)
        wait_until_shown(page, panels=posters, quizzes=folded)
        for _ in range(180):  # nobody presses anything: the page saves by itself
            page.wait_for_timeout(500)
            with contextlib.suppress(ValueError):  # half of a file is written
                if (
                    without_pixels(file) == without_pixels(path)
                    and "Saving file" in (scratch / "server.log").read_text()
                ):
                    break
        assert without_pixels(file) == without_pixels(path)
        # A page that saves itself while a file is restored asks which one to keep, with or without us.
        page.evaluate("window.jupyterapp.commands.execute('docmanager:toggle-autosave')")
        page.wait_for_timeout(1000)
        page.locator(".lesson-quiz input[type=radio]").first.click()
        save_in_the_middle_of_a_drag(page)
        save(page)
        assert without_pixels(file) == without_pixels(path)
        wait_until_shown(page, panels=posters, quizzes=folded)
        # A page that is loaded again while the kernel runs, and "Reload Notebook from Disk", keep live panels.
        page.reload()
        wait_until_shown(page, panels=posters, quizzes=folded)
        save_in_the_middle_of_a_drag(page)
        for command, confirm in (("docmanager:reload", "Reload"), ("docmanager:restore-checkpoint", "Revert")):
            page.evaluate("command => void window.jupyterapp.commands.execute(command)", command)
            page.wait_for_timeout(500)
            for button in page.query_selector_all(f".jp-Dialog button:has-text('{confirm}')"):
                button.click()
            page.wait_for_timeout(1000)
            wait_until_shown(page, panels=posters, quizzes=folded)
        save_in_the_middle_of_a_drag(page)
        # Without the widgets of the kernel that drew them, the same page shows the pictures.
        kernels = json.load(urllib.request.urlopen(f"{address}/api/kernels", timeout=20))
        request(f"{address}/api/kernels/{kernels[0]['id']}/restart", "POST")
        page.reload()
        wait_until_shown(page, posters, folded)
        assert "lessons_lib" not in "".join(re.findall(r"^\[[WEC].*", (scratch / "server.log").read_text(), re.M))
    with jupyterlab(root, scratch) as address:
        for application in (LAB, NOTEBOOK_7):
            page.goto(f"{address}/{application}/{path.name}")
            wait_until_shown(page, posters, folded)
            page.screenshot(path=artifacts / f"saved_{application[:3]}.png")


PANEL = """\
from lessons_lib.live import panel, slider
def scene(figure):
    (line,) = figure.add_subplot().plot([0, 1], [0, 0], animated=True)
    def update(height):
        line.set_data([0, 1], [0, height])
        return f"The line ends at {height:.2f}."
    return update
panel(scene, height=slider(0, 1))"""


def test_a_page_that_is_saved_keeps_the_picture_as_it_was_left(tmp_path_factory, page):
    root, scratch = tmp_path_factory.mktemp("served"), tmp_path_factory.mktemp("jupyter")
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(PANEL)], metadata={"kernelspec": server.KERNELSPEC}
    )
    nbformat.write(notebook, root / "lesson.ipynb")
    with jupyterlab(root, scratch) as address:
        run_all_cells(page, address, "lesson.ipynb")
        wait_until_shown(page, panels=1)
        page.locator(".lesson-panel .noUi-handle").press("End")
        page.wait_for_function("document.querySelector('.lesson-caption').innerText.includes('1.00')")
        save(page)
        (output,) = on_disk(root)["cells"][0]["outputs"]
        assert output["data"]["text/plain"] == ["The line ends at 1.00."]
        assert output["metadata"]["image/png"]["alt"] == "The line ends at 1.00."
        assert server.WIDGET_VIEW not in output["data"]
        page.reload()
        wait_until_shown(page, panels=1)


def test_a_session_in_notebook_7_leaves_a_lesson_that_shows_everything(tmp_path_factory, page):
    path = NOTEBOOKS[0]
    posters, folded = expected(path)
    root, scratch = tmp_path_factory.mktemp("served"), tmp_path_factory.mktemp("jupyter")
    file = shutil.copy(path, root / path.name)
    with jupyterlab(root, scratch, "notebook") as address:
        page.goto(f"{address}/notebooks/{path.name}")
        run_from_menu(page, path)
        wait_until_shown(page, panels=posters, quizzes=folded)
        save_in_the_middle_of_a_drag(page)
        save(page)
        assert without_pixels(file) == without_pixels(path)
        page.reload()
        wait_until_shown(page, panels=posters, quizzes=folded)
    with jupyterlab(root, scratch, "notebook") as address:
        page.goto(f"{address}/notebooks/{path.name}")
        wait_until_shown(page, posters, folded)
