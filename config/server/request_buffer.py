"""What has come of one request, until there is enough of it to be worth a thread."""

import re
import time
from typing import Any

from gunicorn.config import Config
from gunicorn.http.body import Body, LengthReader
from gunicorn.http.errors import ParseException
from gunicorn.http.message import Request
from gunicorn.http.unreader import IterUnreader, SocketUnreader

MAX_HEAD = 64 * 1024
# A larger body is not collected: the application says whether it wants it.
MAX_BODY = 64 * 1024
# In bytes of a chunked body, whose sizes and separators count as well.
MAX_CHUNKED_BODY = 2 * MAX_BODY
HEAD_END, LINE_END = b"\r\n\r\n", b"\r\n"
BARE_LF = re.compile(rb"(?<!\r)\n")
HAS_BODY = re.compile(rb"content-length|transfer-encoding", re.IGNORECASE)
CHUNK_SIZE = re.compile(rb"[0-9A-Fa-f]+")


class RefusedError(Exception):
    """A request that is not read to its end: the status and reason of the answer, and a sentence."""

    def __init__(self, status: int, reason: str, sentence: str):
        super().__init__(sentence)
        self.status, self.reason = status, reason


class RequestBuffer:
    """The bytes of one request, and perhaps of the next ones.

    ``is_ready`` once nothing more has to be waited for; ``is_whole`` if then the body is there to its end. What is
    not HTTP is ready at once: the server's own parser refuses it, and is the only one that judges.
    """

    def __init__(self, cfg: Config, peer: Any, data: bytes = b""):
        self.cfg, self.peer = cfg, peer
        self.data = bytearray()
        self.is_ready = self.is_whole = self.expects_continue = False
        self._head_end = self._body_end = self._chunk = 0
        self.feed(data)

    def feed(self, data: bytes) -> None:
        """Takes what has come. Raises ``RefusedError`` where it will never be small enough."""
        searched = max(0, len(self.data) - len(HEAD_END) + 1)
        self.data += data
        if not self._head_end:
            self._find_head(searched)
        if self._chunk and not self.is_ready:
            self._find_last_chunk()
        elif self._body_end and len(self.data) >= self._body_end:
            self.is_ready = self.is_whole = True

    def _find_head(self, searched: int) -> None:
        end = self.data.find(HEAD_END, searched)
        if end >= 0:
            self._head_end = end + len(HEAD_END)
            self._find_framing()
        elif BARE_LF.search(self.data, searched) or self.data.find(LINE_END) < 0 <= self._line_excess():
            self.is_ready = True
        elif len(self.data) > MAX_HEAD:
            raise RefusedError(431, "Request Header Fields Too Large", f"The head is larger than {MAX_HEAD} bytes.")

    def _line_excess(self) -> int:
        return len(self.data) - self.cfg.limit_request_line - len(LINE_END) - 1

    def _find_framing(self) -> None:
        """How the body is framed, as the server's own parser understands the head."""
        head = bytes(self.data[: self._head_end])
        if not HAS_BODY.search(head):
            self._body_end = self._head_end
            return
        try:
            request = Request(self.cfg, IterUnreader([head]), self.peer)
        except (ParseException, OSError):
            self.is_ready = True
            return
        self.expects_continue = request._expected_100_continue
        reader = request.body.reader
        if not isinstance(reader, LengthReader):
            self._chunk = self._head_end
        elif reader.length > MAX_BODY:
            self.is_ready = True
        else:
            self._body_end = self._head_end + reader.length

    def _find_last_chunk(self) -> None:
        while (end := self.data.find(LINE_END, self._chunk)) >= 0:
            size = CHUNK_SIZE.match(self.data[self._chunk : end])
            if not size:
                self.is_ready = True
                return
            length = int(size[0], 16)
            if length == 0:
                # The trailers, of which there are usually none.
                self.is_ready = self.is_whole = self.data.find(HEAD_END, end) >= 0
                break
            self._chunk = end + len(LINE_END) + length + len(LINE_END)
        if not self.is_ready and max(len(self.data), self._chunk) - self._head_end > MAX_CHUNKED_BODY:
            raise RefusedError(413, "Content Too Large", f"A body without a length may have {MAX_BODY} bytes.")


class BufferedUnreader(SocketUnreader):
    """Gives the parser what was collected, and what is read beyond that up to a moment.

    Between reads the socket has ``stalled_seconds`` in which a client must take what one write sends it.
    """

    def __init__(self, sock: Any, stalled_seconds: float):
        super().__init__(sock)
        self.stalled_seconds = stalled_seconds
        self.is_whole, self.deadline = False, 0.0

    def load(self, request: RequestBuffer, deadline: float) -> None:
        """Takes over a request that is ready."""
        self.is_whole, self.deadline = request.is_whole, deadline
        self.unread(bytes(request.data))

    def chunk(self, size_hint: int | None = None) -> bytes:
        remaining = self.deadline - time.monotonic()
        if remaining <= 0:
            raise TimeoutError
        self.sock.settimeout(remaining)
        try:
            return bytes(super().chunk(size_hint))
        finally:
            self.sock.settimeout(self.stalled_seconds)


def give_length(request: Request) -> None:
    """A chunked body that was collected becomes one of known length, as proxies hand it on."""
    body = request.body.read()
    request.body = Body(LengthReader(IterUnreader([body]), len(body)))
    request.headers = [header for header in request.headers if header[0] != "TRANSFER-ENCODING"]
    request.headers.append(("CONTENT-LENGTH", str(len(body))))
