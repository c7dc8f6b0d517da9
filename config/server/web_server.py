"""The web server: gunicorn, whose own process manager starts, stops, drains and replaces the workers.

Why this server and these numbers: docs/adr/0001-web-server.md.
"""

import gc
import resource
import sys
from collections.abc import Callable
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.util import import_app

from .worker import BufferingWorker, prepare_request

# A client that is slow to take its answer holds a thread: 64 of them must leave some for others.
THREADS = 80
# Of one worker; a connection that only waits costs some kilobytes.
CONNECTIONS = 1000
OPEN_FILES = 4096
DRAIN_SECONDS = 25
# gunicorn's own upper limit; a longer request line is answered with 414.
MAX_REQUEST_LINE = 8190


class SiteLogger(Logger):
    """gunicorn's error log through the site's logging: one line a record, to stderr."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        self.error_log.propagate = True

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        # What a socket raises when its time is over: a fault of the client's, not of the code.
        log = super().debug if isinstance(sys.exception(), TimeoutError) else super().exception
        log(msg, *args, **kwargs)


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
            "worker_class": BufferingWorker,
            "threads": THREADS,
            "worker_connections": CONNECTIONS,
            "preload_app": True,
            "keepalive": 15,
            "graceful_timeout": DRAIN_SECONDS,
            "limit_request_line": MAX_REQUEST_LINE,
            # Django alone says which proxies are trusted, and what they may say.
            "forwarded_allow_ips": "",
            # X_Forwarded_For would else be one header with X-Forwarded-For.
            "header_map": "drop",
            "control_socket_disable": True,
            "logger_class": SiteLogger,
            "loglevel": "error",
            "errorlog": None,
            "pre_request": prepare_request,
            "when_ready": self.when_ready,
        }
        for name, value in options.items():
            self.cfg.set(name, value)
        # Many systems begin with 1024, which the connections and the threads' databases together exceed.
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft < OPEN_FILES:
            wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))

    def load(self) -> Any:
        return import_app(self.target)

    def when_ready(self, arbiter: Arbiter) -> None:
        """gunicorn's hook between opening the port and starting the workers."""
        # The workers share what is in memory by now, as long as no collection of garbage writes to all of it.
        gc.collect()
        gc.freeze()
        self.ready()
