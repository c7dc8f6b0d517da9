"""The worker: gunicorn's own with threads, except that no thread waits for what a client is slow to send.

A request is collected in the worker's event loop, and a thread gets it when it is whole. gunicorn gives each connection
a thread from its first byte on, so that as many slow clients as there are threads stop a site.
"""

import selectors
import socket
import time
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import Any

from gunicorn import util
from gunicorn.config import Config
from gunicorn.http.errors import InvalidHeader
from gunicorn.http.message import Request
from gunicorn.http.parser import RequestParser
from gunicorn.workers.gthread import TConn, ThreadWorker

from .request_buffer import BufferedUnreader, RefusedError, RequestBuffer, give_length

# In all, for head and body of one request, however they come.
REQUEST_SECONDS = 20
# For each piece of an answer that is handed to the system at once: a page whole, a file by some hundred rows.
SEND_SECONDS = 20
# In which a client may still send, unread, so that it finds the answer before the connection is gone (RFC 9112, 9.6).
LINGER_SECONDS = 2
RECEIVE = 64 * 1024


class Connection(TConn):
    """A connection of a client, with what has come of its next request."""

    def __init__(self, cfg: Config, sock: socket.socket, client: Any, server: Any):
        super().__init__(cfg, sock, client, server)
        self.parser = RequestParser(cfg, sock, client)
        self.parser.unreader = BufferedUnreader(sock, SEND_SECONDS)
        # What gunicorn waits for in a thread has come.
        self.data_ready, self.is_closing = True, False
        self.request: RequestBuffer

    @property
    def is_closed(self) -> bool:
        return bool(self.sock.fileno() < 0)

    def expect_request(self) -> None:
        """Begins with the next request, of which some may have come with the last one."""
        self.sock.setblocking(False)
        self.timeout = time.monotonic() + REQUEST_SECONDS
        self.request = RequestBuffer(self.cfg, self.client, self.parser.unreader.take_buffered())

    def receive(self) -> None:
        """Takes what is there. Raises ``BlockingIOError`` for nothing, and ``ConnectionError`` at the end."""
        data = self.sock.recv(RECEIVE)
        if not data:
            raise ConnectionResetError
        self.request.feed(data)
        if self.request.expects_continue and not self.request.is_ready:
            self.request.expects_continue = False
            self.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")

    def close(self, graceful: bool = False) -> None:
        """With ``graceful`` only the sending side: gunicorn would wait for the client, and everybody with it."""
        if not graceful:
            super().close()
            return
        self.is_closing = True
        with suppress(OSError):
            self.sock.setblocking(False)
            self.sock.shutdown(socket.SHUT_WR)


class BufferingWorker(ThreadWorker):
    """Collects requests in the event loop, and finishes open ones when it is told to stop.

    ``pending_conns`` are the connections with an unfinished request, in the order in which their time ends.
    """

    # Also on SIGINT and SIGQUIT: a terminal's Ctrl-C reaches every process of the server.
    handle_quit = ThreadWorker.handle_exit

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lingering: deque[Connection] = deque()

    def accept(self, listener: socket.socket) -> None:
        """Accepts a connection. At the limit, the unfinished request that is the oldest makes room for it."""
        if self.nr_conns >= self.worker_connections - 1:
            self.make_room()
        try:
            sock, client = listener.accept()
        except OSError:
            # Another worker was faster, the client has gone, or the system has no more: the next turn tries again.
            return
        self.nr_conns += 1
        self.enqueue_req(Connection(self.cfg, sock, client, listener.getsockname()))

    def enqueue_req(self, conn: Connection) -> None:
        """Waits for the next request of a connection."""
        try:
            conn.expect_request()
        except RefusedError as error:
            self.refuse(conn, error)
            return
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))
        self.on_pending_socket_readable(conn, conn.sock)

    def on_pending_socket_readable(self, conn: Connection, client: Any) -> None:
        """Takes what has come, and gives the request to a thread if that is enough."""
        # It may have made room for another connection in the same turn of the loop.
        if conn.is_closing or conn.is_closed:
            return
        try:
            if not conn.request.is_ready:
                conn.receive()
        except BlockingIOError:
            return
        except RefusedError as error:
            self.stop_waiting(conn)
            self.refuse(conn, error)
            return
        except OSError:
            self.stop_waiting(conn)
            self.drop(conn)
            return
        if conn.request.is_ready:
            self.stop_waiting(conn)
            conn.parser.unreader.load(conn.request, conn.timeout)
            super().enqueue_req(conn)

    def finish_request(self, conn: Connection, fs: Future[Any]) -> None:
        super().finish_request(conn, fs)
        if conn.is_closing:
            self.nr_conns += 1
            self.linger(conn)

    def murder_pending(self) -> None:
        """Gives up requests whose time is over, and closes what has lingered."""
        now = time.monotonic()
        while self.pending_conns and self.pending_conns[0].timeout <= now:
            self.give_up(self.pending_conns[0])
        while self.lingering and self.lingering[0].timeout <= now:
            self.forget(self.lingering[0])

    # ---- The ends of a connection ------------------------------------------------------------------------------------

    def make_room(self) -> None:
        if self.pending_conns and not self.lingering:
            self.give_up(self.pending_conns[0])
        if self.lingering:
            self.forget(self.lingering[0])

    def give_up(self, conn: Connection) -> None:
        """408 where a request was begun."""
        self.stop_waiting(conn)
        if conn.request.data:
            text = f"The request was not complete after {REQUEST_SECONDS} seconds."
            self.refuse(conn, RefusedError(408, "Request Timeout", text))
        else:
            self.drop(conn)

    def refuse(self, conn: Connection, error: RefusedError) -> None:
        with suppress(OSError):
            util.write_error(conn.sock, error.status, error.reason, str(error))
        conn.close(graceful=True)
        self.linger(conn)

    def linger(self, conn: Connection) -> None:
        conn.timeout = time.monotonic() + LINGER_SECONDS
        self.lingering.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_lingering_readable, conn))

    def on_lingering_readable(self, conn: Connection, client: Any) -> None:
        if conn.is_closed:
            return
        try:
            ended = not conn.sock.recv(RECEIVE)
        except BlockingIOError:
            return
        except OSError:
            ended = True
        if ended:
            self.forget(conn)

    def forget(self, conn: Connection) -> None:
        self.lingering.remove(conn)
        self.poller.unregister(conn.sock)
        self.drop(conn)

    def stop_waiting(self, conn: Connection) -> None:
        self.pending_conns.remove(conn)
        self.poller.unregister(conn.sock)

    def drop(self, conn: Connection) -> None:
        self.nr_conns -= 1
        conn.close()


def prepare_request(worker: ThreadWorker, request: Request) -> None:
    """gunicorn's hook before each request: makes it what the application may rely on.

    400 for HTTP/1.1 without the name of a host (RFC 9112, 3.2).
    """
    headers = dict(request.headers)
    if request.version >= (1, 1) and "HOST" not in headers:
        raise InvalidHeader("HOST", req=request)
    request.unreader.sock.settimeout(SEND_SECONDS)
    if "TRANSFER-ENCODING" in headers:
        give_length(request)
    if request.unreader.is_whole:
        request._expected_100_continue = False
    else:
        # What is refused is not read, and where the next request would start is then unknown.
        request.force_close()
