"""The web server: gunicorn, whose own process manager starts, stops, drains and replaces the workers.

Why this server and these numbers: docs/adr/0001-web-server.md.
"""

import gc
import socket
import struct
import sys
from collections.abc import Callable
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.http.errors import InvalidHeader
from gunicorn.http.message import Request
from gunicorn.util import import_app
from gunicorn.workers.gthread import ThreadWorker

# A request whose head or body is slow to come holds a thread: 64 of them must leave some for others.
THREADS = 80
# A client that neither sends nor takes anything for so long in the middle of a request is given up.
STALLED_SECONDS = 15
DRAIN_SECONDS = 20
# gunicorn's own upper limit; a longer request line is answered with 414.
MAX_REQUEST_LINE = 8190


class SiteLogger(Logger):
    """gunicorn's error log through the site's logging: one line a record, to stderr."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        self.error_log.propagate = True

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        # What a socket raises when STALLED_SECONDS are over: a fault of the client's, not of the code.
        log = super().debug if isinstance(sys.exception(), BlockingIOError) else super().exception
        log(msg, *args, **kwargs)


class DrainingWorker(ThreadWorker):
    """Finishes open requests on SIGINT and SIGQUIT too: a terminal's Ctrl-C reaches every process of the server."""

    handle_quit = ThreadWorker.handle_exit


def require_host(worker: ThreadWorker, request: Request) -> None:
    """gunicorn's hook before each request: 400 for HTTP/1.1 without the name of a host (RFC 9112, 3.2)."""
    if request.version >= (1, 1) and "HOST" not in dict(request.headers):
        raise InvalidHeader("HOST", req=request)


class WebServer(BaseApplication):
    """A server of a WSGI application; ``run`` returns by ``SystemExit`` when it was told to stop.

    ``target`` is "module:name", or "module:factory()". ``ready`` is called once the port is open.
    """

    def __init__(self, target: str, host: str, port: int, workers: int, ready: Callable[[], object] = bool):
        self.target, self.ready = target, ready
        self.address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self.workers = workers
        super().__init__()

    def load_config(self) -> None:
        options = {
            "bind": self.address,
            "workers": self.workers,
            "worker_class": DrainingWorker,
            "threads": THREADS,
            "preload_app": True,
            "keepalive": 15,
            "graceful_timeout": DRAIN_SECONDS,
            "limit_request_line": MAX_REQUEST_LINE,
            # Django alone says which proxies are trusted, and what they may say.
            "forwarded_allow_ips": "",
            "control_socket_disable": True,
            "logger_class": SiteLogger,
            "loglevel": "error",
            "errorlog": None,
            "pre_request": require_host,
            "when_ready": self.when_ready,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return import_app(self.target)

    def when_ready(self, arbiter: Arbiter) -> None:
        """gunicorn's hook between opening the port and starting the workers."""
        for listener in arbiter.LISTENERS:
            # Connections inherit the limits of the socket that accepts them.
            for limit in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
                listener.setsockopt(socket.SOL_SOCKET, limit, struct.pack("ll", STALLED_SECONDS, 0))
        # The workers share what is in memory by now, as long as no collection of garbage writes to all of it.
        gc.collect()
        gc.freeze()
        self.ready()
