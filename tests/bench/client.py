"""The client: connections that are kept open, each asked for one thing after the other, in processes of their own."""

import socket
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from statistics import median

from tests.bench.contenders import Contender

HEAD_END = b"\r\n\r\n"


@dataclass
class Asked:
    """An address and the headers it is asked with."""

    path: str
    headers: dict[str, str] = field(default_factory=dict)

    def bytes(self) -> bytes:
        lines = [f"GET {self.path} HTTP/1.1", "Host: localhost", "Accept: */*"]
        return "\r\n".join([*lines, *(f"{name}: {value}" for name, value in self.headers.items()), "", ""]).encode()


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Connection:
    """HTTP with as little of the client's own time as can be: `http.client` takes as long as a short answer."""

    def __init__(self, port: int):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> tuple[bytes, bytes]:
        """Head and body of the answer, whose length must be given in its head."""
        self.socket.sendall(request)
        received = self.socket.recv(1 << 18)
        while HEAD_END not in received:
            received += self._more()
        head, _, body = received.partition(HEAD_END)
        parts, missing = [body], _length(head) - len(body)
        while missing > 0:
            parts.append(self._more())
            missing -= len(parts[-1])
        return head, b"".join(parts)

    def _more(self) -> bytes:
        received = self.socket.recv(1 << 18)
        if not received:
            raise ConnectionError("The server closed the connection.")
        return received


def _length(head: bytes) -> int:
    if head[9:12] == b"304":
        return 0
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    raise ValueError(f"An answer without a length: {head!r}")


def ask(port: int, asked: Asked) -> Answer:
    """One answer, with all that came with it."""
    head, body = Connection(port).ask(asked.bytes())
    status, *lines = head.decode().split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return Answer(int(status.split()[1]), {name.lower(): value.strip() for name, _, value in pairs}, body)


def _ask_all(port: int, requests: Sequence[bytes]) -> list[float]:
    connection, seconds = Connection(port), []
    for request in requests:
        start = time.perf_counter()
        head, _ = connection.ask(request)
        seconds.append(time.perf_counter() - start)
        if head[9:12] not in (b"200", b"304"):
            raise ValueError(f"{request!r}: {head!r}")
    return seconds


@dataclass
class Round:
    """What one contender did with one share of the requests."""

    seconds: list[float]
    rate: float
    cpu: float


class Clients:
    """A fixed number of connections that ask at the same time."""

    def __init__(self, number: int):
        self.number, self.processes = number, ProcessPoolExecutor(number)

    def run(self, contender: Contender, asked: Sequence[Asked]) -> Round:
        requests = [one.bytes() for one in asked]
        shares = [requests[place :: self.number] for place in range(self.number)]
        before, start = contender.cpu(), time.perf_counter()
        running = [self.processes.submit(_ask_all, contender.port, share) for share in shares]
        seconds = [second for one in running for second in one.result()]
        passed = time.perf_counter() - start
        return Round(seconds, len(requests) / passed, (contender.cpu() - before) / len(requests))


def percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


@dataclass
class Result:
    """The rounds of one contender together: medians over them, and percentiles over all requests."""

    rounds: list[Round]

    @property
    def rate(self) -> float:
        return median(one.rate for one in self.rounds)

    @property
    def cpu(self) -> float:
        return median(one.cpu for one in self.rounds) * 1000

    @property
    def p50(self) -> float:
        return self._percentile(0.5)

    @property
    def p99(self) -> float:
        return self._percentile(0.99)

    def _percentile(self, share: float) -> float:
        return percentile([second for one in self.rounds for second in one.seconds], share) * 1000
