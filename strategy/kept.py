"""What a process keeps of small tables that seldom change, so that no page reads them again."""

from collections.abc import Callable
from typing import Generic, TypeVar

from .models import version_of_request

T = TypeVar("T")


class Kept(Generic[T]):
    """A value read from the content, and read anew once the content version has moved, whoever moved it."""

    def __init__(self, read: Callable[[], T]):
        self.read = read
        self._kept: tuple[int, T] | None = None

    def __call__(self) -> T:
        # Before the content is read: what is kept may be newer than its version, never older.
        version = version_of_request()
        if self._kept is None or self._kept[0] != version:
            self._kept = (version, self.read())
        return self._kept[1]
