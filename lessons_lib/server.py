"""A Jupyter server extension: slider messages leave the server at once.

Jupyter's server leaves Nagle's algorithm on for the kernel's websocket; together with delayed acknowledgements it
holds every widget to about 19 updates a second. The package's jupyter_server_config.d file enables this extension,
so a learner does nothing. Where the server's internals have changed, all works as before and one log line says so.
"""

import contextlib


def _jupyter_server_extension_points():
    return [{"module": "lessons_lib.server"}]


def _load_jupyter_server_extension(serverapp):
    try:
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

        settings["kernel_websocket_connection_class"] = PromptConnection
        serverapp.log.info("lessons_lib: slider messages are sent without delay.")
    except Exception as error:  # a faster slider must never cost a running server
        serverapp.log.warning(f"lessons_lib: slider messages keep the server's default delay ({error}).")
