"""page.py and server.py: quizzes, shown source, and a server extension that cannot harm a server."""

import json
import logging

import pytest
from conftest import ROOT

from lessons_lib import page, server
from lessons_lib.maths.linear_regression import loss


def test_a_quiz_explains_every_answer_with_and_without_a_kernel():
    question = page.quiz("Why?", {"because": "it is so", "for <fun>": "it is not"}, right="because")
    question.picked.value = "because"
    assert "✔ Right. it is so" in question.reply.value
    question.picked.value = "for <fun>"
    assert "✘ Not quite. it is not" in question.reply.value
    fallback = question._repr_mimebundle_()["text/html"]
    assert fallback.count("<details>") == 2 and "for &lt;fun&gt;" in fallback
    with pytest.raises(ValueError, match="not among the answers"):
        page.quiz("Why?", {"because": "it is so"}, right="therefore")


def test_source_and_style_are_shown():
    assert "residual @ residual" in page.show_source(loss).data
    assert "24px" in page.style(24).data


class Server:
    """As much of a Jupyter server as the extension looks at."""

    def __init__(self, **settings):
        self.web_app = type("App", (), {"settings": settings})()
        self.log = logging.getLogger("server")


def test_the_extension_switches_the_delay_off():
    from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

    running = Server(kernel_websocket_connection_class=ZMQChannelsWebsocketConnection)
    server._load_jupyter_server_extension(running)
    prompt = running.web_app.settings["kernel_websocket_connection_class"]
    assert issubclass(prompt, ZMQChannelsWebsocketConnection) and prompt is not ZMQChannelsWebsocketConnection
    assert server._jupyter_server_extension_points() == [{"module": "lessons_lib.server"}]


def test_the_extension_leaves_an_unknown_server_alone(caplog):
    running = Server(kernel_websocket_connection_class=dict)
    server._load_jupyter_server_extension(running)
    assert running.web_app.settings["kernel_websocket_connection_class"] is dict
    lines = [record.message for record in caplog.records]
    assert (
        len(lines) == 3 and "default delay" in lines[0] and "show pictures only" in lines[1] and "posters" in lines[2]
    )


def test_the_wheel_enables_the_extension():
    file = ROOT / "lessons_lib" / "jupyter_server_config.json"
    assert json.loads(file.read_text())["ServerApp"]["jpserver_extensions"] == {"lessons_lib.server": True}
    assert "etc/jupyter/jupyter_server_config.d/lessons_lib.json" in (ROOT / "pyproject.toml").read_text()
