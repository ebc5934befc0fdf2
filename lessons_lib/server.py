"""A Jupyter server extension: slider messages leave the server at once, and a saved lesson keeps its pictures.

Jupyter's server leaves Nagle's algorithm on for the kernel's websocket; together with delayed acknowledgements it
holds every widget to about 19 updates a second. And a notebook that is saved with its widgets shows, when no kernel
runs any more, the line "Error displaying widget" in place of each. So what is written to disk is the committed form,
without widgets, and each panel's poster is the picture as the learner left it. A page that is loaded again while its
kernel still runs gets its live panels back.

The package's jupyter_server_config.d file enables this extension, so a learner does nothing. Where the server's
internals have changed, all works as before and one log line says so. Only lessons are touched: notebooks that import
lessons_lib.
"""

import asyncio
import base64
import contextlib
import copy
import json
import re

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
PATIENCE = 2  # seconds that a save waits for posters: a kernel that trains has no time to draw any


def is_lesson(notebook):
    """Whether a notebook (a node or a dictionary) has a code cell that imports lessons_lib."""
    sources = ("".join(cell["source"]) for cell in notebook.get("cells", []) if cell["cell_type"] == "code")
    return any(re.search(r"^\s*(from|import) lessons_lib\b", source, re.M) for source in sources)


def as_committed(notebook):
    """Bring a notebook (a node or a dictionary), in place, into the form that is committed -> the views it loses.

    An output that carries a poster or a folded quiz loses its widget view; nothing is kept that changes from run to
    run: no times, no versions, no widget state. views: {(cell id, number of the output): widget view}. A view that
    nothing stands in for stays, and then the widget state stays, too.
    """
    views, left = {}, False
    for cell in notebook["cells"]:
        for name in ("execution", "ExecuteTime"):
            cell["metadata"].pop(name, None)
        if cell["cell_type"] != "code":
            continue
        # The bar of a loop that runs while the page is saved is a view and nothing else.
        cell["outputs"] = [output for output in cell["outputs"] if set(output.get("data", ())) != {WIDGET_VIEW}]
        for number, output in enumerate(cell["outputs"]):
            data = output.get("data", {})
            if WIDGET_VIEW in data and ("image/png" in data or "text/html" in data):
                views[cell.get("id"), number] = data.pop(WIDGET_VIEW)
            left = left or WIDGET_VIEW in data
    metadata = notebook["metadata"]
    if not left:
        metadata.pop("widgets", None)
    if "language_info" in metadata:
        metadata["language_info"] = {"name": metadata["language_info"]["name"]}
    if metadata.get("kernelspec", {}).get("name") == KERNELSPEC["name"]:
        metadata["kernelspec"] = dict(KERNELSPEC)
    return views


class LiveWidgets:
    """The widgets of running kernels, as their messages pass; which of them stand where in the saved lessons.

    models       {model id: (kernel manager, process id)}
    connections  {kernel manager: the latest connection between it and a page}
    posters      {model id: (PNG in base64 or None, caption)} of panels that draw a new one when they are asked
    saved        {path: {(cell id, number of the output): (output as saved, widget view)}}
    """

    def __init__(self, log):
        self.log = log
        self.models, self.connections, self.posters, self.saved = {}, {}, {}, {}
        self._awaited = {}  # {model id: future}

    def notice(self, connection, frames):
        """Look at a message on its way to the page: its signature, header, parent, metadata, content and buffers."""
        kernel = connection.kernel_manager
        self.connections[kernel] = connection
        if b'"comm_' not in frames[1]:
            return
        kind = json.loads(frames[1])["msg_type"]
        if kind == "comm_msg" and b'"poster"' not in frames[4][:500]:  # an update of a picture: nothing to read here
            return
        content = json.loads(frames[4])
        model = content["comm_id"]
        if kind == "comm_open":
            self.models[model] = kernel, kernel.provisioner.pid
        elif kind == "comm_close":
            self.models.pop(model, None)
            self.posters.pop(model, None)
        elif content["data"].get("method") == "custom" and "poster" in content["data"]["content"]:
            self._keep_poster(model, content["data"]["content"]["poster"], frames[5:])

    def _keep_poster(self, model, caption, buffers):
        if buffers:
            self.posters[model] = base64.b64encode(buffers[0]).decode("ascii"), caption
        else:  # it is as it was
            self.posters.setdefault(model, (None, caption))
        if model in self._awaited:
            self._awaited.pop(model).set_result(None)

    async def ask_for_posters(self, notebook):
        """Let the live panels of a lesson that is about to be saved draw the posters that have changed."""
        asked = {}
        for _, output in _numbered_outputs(notebook):
            model = output.get("data", {}).get(WIDGET_VIEW, {}).get("model_id")
            if model not in self.posters or not self.is_live(model):
                continue
            if model not in self._awaited:
                connection = self.connections[self.models[model][0]]
                wanted = {"comm_id": model, "data": {"method": "custom", "content": {"wanted": "poster"}}}
                connection.session.send(connection.channels["shell"], "comm_msg", wanted)
                self._awaited[model] = asyncio.get_running_loop().create_future()
            asked[model] = self._awaited[model]
        if asked:
            await asyncio.wait(asked.values(), timeout=PATIENCE)
        for model in asked:  # what comes later is for the next save
            self._awaited.pop(model, None)

    def is_live(self, model):
        """Whether the process that made this model still runs."""
        kernel, process = self.models.get(model, (None, None))
        return kernel is not None and kernel.has_kernel and kernel.provisioner.pid == process

    def before_save(self, model, path, **_):
        """The server's pre-save hook: write the committed form, with each poster as the learner left its panel."""
        try:
            if model.get("type") != "notebook" or not is_lesson(model.get("content") or {}):
                return
            notebook = copy.deepcopy(model["content"])  # the caller may go on using what it gave us
            views = as_committed(notebook)
            outputs = dict(_numbered_outputs(notebook))
            for place, view in views.items():
                self._renew_poster(outputs[place], view["model_id"])
            self.saved[path.strip("/")] = {place: (outputs[place], view) for place, view in views.items()}
            self.forget_what_is_gone()
            model["content"] = notebook
        except Exception as error:  # a lesson with its widgets is better than none
            self.log.warning(f"lessons_lib: {path} was saved as it is ({type(error).__name__}: {error}).")

    def _renew_poster(self, output, model):
        png, caption = self.posters.get(model, (None, None))
        if png and "image/png" in output["data"]:
            output["data"] |= {"image/png": png, "text/plain": caption}
            output["metadata"].setdefault("image/png", {})["alt"] = caption

    def forget_what_is_gone(self):
        """Drop the widgets of kernels that have ended, and their posters unless an open page may save them again."""
        self.models = {model: kernel for model, kernel in self.models.items() if self.is_live(model)}
        kernels = [kernel for kernel, _ in self.models.values()]
        self.connections = {kernel: page for kernel, page in self.connections.items() if kernel in kernels}
        shown = {view["model_id"] for lesson in self.saved.values() for _, view in lesson.values()} | self.models.keys()
        self.posters = {model: poster for model, poster in self.posters.items() if model in shown}

    def after_load(self, model):
        """Give a lesson on its way to the page the views of the widgets that still live in its kernel."""
        saved = self.saved.get(model["path"].strip("/"), {})
        for place, output in _numbered_outputs(model["content"]) if saved else ():
            was, view = saved.get(place, (None, None))
            if view and self.is_live(view["model_id"]) and _text(output) == _text(was):
                output["data"][WIDGET_VIEW] = view


def _numbered_outputs(notebook):
    for cell in notebook["cells"]:
        for number, output in enumerate(cell.get("outputs", [])):
            yield (cell.get("id"), number), output


def _text(output):
    """An output as text that is the same whether its strings are kept whole or by line."""
    whole = {kind: "".join(data) if isinstance(data, list) else data for kind, data in output.get("data", {}).items()}
    return json.dumps(whole, sort_keys=True)


def _jupyter_server_extension_points():
    return [{"module": "lessons_lib.server"}]


def _load_jupyter_server_extension(serverapp):
    live = LiveWidgets(serverapp.log)
    for start, otherwise in (
        (_send_without_delay, "slider messages keep the server's default delay"),
        (_keep_pictures, "saved lessons show pictures only while their kernel runs"),
        (_serve_pages, "a page that is loaded again shows posters, as they were run"),
    ):
        try:
            start(serverapp, live)
        except Exception as error:  # nothing of this may cost a running server
            serverapp.log.warning(f"lessons_lib: {otherwise} ({error}).")


def _send_without_delay(serverapp, live):
    from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

    settings = serverapp.web_app.settings
    current = settings.get("kernel_websocket_connection_class")
    if current is not ZMQChannelsWebsocketConnection:
        raise RuntimeError(f"the server already uses {current!r}")

    class PromptConnection(ZMQChannelsWebsocketConnection):
        def connect(self):
            with contextlib.suppress(Exception):  # a connection with the default delay is better than none
                self.websocket_handler.set_nodelay(True)
            return super().connect()

        def handle_outgoing_message(self, stream, outgoing_msg):
            with contextlib.suppress(Exception):  # a message that passes unread is better than none
                live.notice(self, self.session.feed_identities(outgoing_msg)[1])
            return super().handle_outgoing_message(stream, outgoing_msg)

    settings["kernel_websocket_connection_class"] = PromptConnection
    serverapp.log.info("lessons_lib: slider messages are sent without delay.")


def _keep_pictures(serverapp, live):
    serverapp.contents_manager.register_pre_save_hook(live.before_save)
    serverapp.log.info("lessons_lib: saved lessons keep their pictures.")


def _serve_pages(serverapp, live):
    from jupyter_server.services.contents.handlers import ContentsHandler

    class Contents(ContentsHandler):
        def _finish_model(self, model, location=True):
            if self.request.method == "GET" and model["type"] == "notebook" and model["content"]:
                with contextlib.suppress(Exception):  # a page with posters is better than none
                    live.after_load(model)
            return super()._finish_model(model, location)

        async def _save(self, model, path):
            with contextlib.suppress(Exception):  # a lesson with the posters of its run is better than none
                if model.get("type") == "notebook" and is_lesson(model["content"]):
                    await live.ask_for_posters(model["content"])
            return await super()._save(model, path)

    rules = [rule for rule in serverapp.web_app.wildcard_router.rules if rule.target is ContentsHandler]
    if not rules:
        raise RuntimeError("the server has its own way to serve notebooks")
    for rule in rules:
        rule.target = Contents
