"""What a process keeps of small tables that seldom change, so that no page pays a query for them."""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
SECONDS = 10.0


class Kept(Generic[T]):
    """A value read from the database at most once in ``SECONDS``, and at once after ``forget``.

    Signals call ``forget`` in the process that writes; the other processes of a server follow within the seconds.
    So it is for what helps reading (a link to a definition, a hint at a newer edition), never for what decides an
    answer.
    """

    everything: "list[Kept]" = []

    def __init__(self, read: Callable[[], T]):
        self.read = read
        self._kept: tuple[float, T] | None = None
        self.everything.append(self)

    def __call__(self) -> T:
        kept, now = self._kept, time.monotonic()
        if kept is None or now - kept[0] > SECONDS:
            self._kept = kept = (now, self.read())
        return kept[1]

    def forget(self) -> None:
        self._kept = None
