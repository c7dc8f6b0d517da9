"""The web server's processes, and how one of them is told to stop. What they serve is named by whoever starts them.

granian lets a worker inherit the signal handlers of the process it was forked from, and sets the worker's own ones
before they have an effect: a signal that comes too early is lost, a second one spoils the work on open requests. A
terminal's Ctrl-C reaches all processes at once, so that both happen. Here no signal interrupts a worker: a thread waits
for the one that the first process sends, and passes it on once, when the worker is there to hear it.
"""

import ctypes
import gc
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

# Enough for as many visitors at once whose uploads stall; more would wait for the interpreter, and hold connections.
THREADS = 16
STOPPING = (signal.SIGINT, signal.SIGTERM)
TICK_SECONDS = 1
M_ARENA_MAX = -8
WAITING = threading.Condition.wait.__code__


def server(target: str, host: str, port: int, number: int, **more: Any) -> Any:
    """A server of a WSGI application with so many processes, each of which can be stopped at any time."""
    share_arenas()
    fork_deaf()
    return Server(
        target,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=number,
        blocking_threads=THREADS,
        workers_kill_timeout=20,
        respawn_failed_workers=True,
        log_level=LogLevels.error,
        **more,
    )


def share_arenas() -> None:
    """The C library of Linux gives each thread memory of its own, most of which stays empty: two for all are enough."""
    # Others have no such setting.
    with suppress(AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 2)


def fork_deaf() -> None:
    """From now on, processes forked from this one start with a thread that listens for them."""
    # What is in memory by now stays as it is, so that the processes share it: a collection would write to all of it.
    gc.collect()
    gc.freeze()
    os.register_at_fork(
        before=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING),
        after_in_parent=lambda: signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING),
        after_in_child=start_listening,
    )


def start_listening() -> None:
    inherited = signal.getsignal(signal.SIGTERM)
    threading.Thread(target=listen, args=(os.getppid(), inherited), daemon=True).start()


def listen(parent: int, inherited: object) -> None:
    """Passes the first SIGTERM on, or the parent's death, which nobody else would notice."""
    while os.getppid() == parent and not signal.sigtimedwait([signal.SIGTERM], TICK_SECONDS):
        pass
    while not is_serving(inherited):
        time.sleep(0.01)
    stop = signal.getsignal(signal.SIGTERM)
    if callable(stop):
        stop(signal.SIGTERM, None)


def is_serving(inherited: object) -> bool:
    """Whether the worker has handlers of its own, and its first thread has nothing left to do but wait for them."""
    frame = sys._current_frames().get(threading.main_thread().ident or 0)
    return signal.getsignal(signal.SIGTERM) is not inherited and frame is not None and frame.f_code is WAITING
