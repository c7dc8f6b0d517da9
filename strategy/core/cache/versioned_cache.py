"""What a process keeps of small tables that seldom change, so that no page reads them again."""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from ...models import version_of_request

T = TypeVar("T")
Key = TypeVar("Key")


class VersionedCache(Generic[T]):
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


class VersionedKeyCache(Generic[Key, T]):
    """Values by key, each read when it is first asked for and dropped with the content version.

    For tables too large to hold whole. A key without a value is asked for again each time, so that what
    readers make up fills no memory.
    """

    def __init__(self, read: Callable[[list[Key]], dict[Key, T]]):
        self.read = read
        self._kept: VersionedCache[dict[Key, T]] = VersionedCache(dict)

    def __call__(self, keys: Iterable[Key]) -> dict[Key, T]:
        """The values of those keys that have one."""
        kept, keys = self._kept(), list(keys)
        if missing := [key for key in keys if key not in kept]:
            kept |= self.read(missing)
        return {key: kept[key] for key in keys if key in kept}
