"""In-process caches of values read from the content, dropped when the content version moves."""

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from .request_version import content_state

T = TypeVar("T")
Key = TypeVar("Key")
MAX_VALUES = 10_000


class VersionedCache(Generic[T]):
    """One value, read by ``read`` at the first call and again after the content version has moved; one more for
    readers of snapshots."""

    def __init__(self, read: Callable[[], T]):
        self.read = read
        # Whether it was read in a snapshot, so that readers of the past leave the live value alone.
        self._cached: dict[bool, tuple[tuple[str, int], T]] = {}

    def __call__(self) -> T:
        # The version before the content: the value may be newer than its version, never older.
        state = content_state()
        place = bool(state[0])
        cached = self._cached.get(place)
        if cached is None or cached[0] != state:
            cached = self._cached[place] = (state, self.read())
        return cached[1]

    def clear(self) -> None:
        """Drops the value; whoever has it already keeps it."""
        self._cached = {}


def _read_none(keys: list[Any]) -> dict[Any, Any]:
    return {}


class VersionedKeyCache(Generic[Key, T]):
    """Values by key, dropped with the content version: for tables too large to hold whole.

    ``read`` takes the missing keys and returns the values of those that have one. Keys without a value are not
    remembered, so that keys readers make up fill no memory. Before it would hold more than ``max_size`` values, the
    cache is emptied.
    """

    def __init__(self, read: Callable[[list[Key]], dict[Key, T]] = _read_none, max_size: int = MAX_VALUES):
        self.read = read
        self.max_size = max_size
        self._cached: VersionedCache[dict[Key, T]] = VersionedCache(dict)

    def __call__(self, keys: Iterable[Key]) -> dict[Key, T]:
        """The values of those keys that have one."""
        cached, keys = self._cached(), list(keys)
        values = {key: cached[key] for key in keys if key in cached}
        if missing := [key for key in keys if key not in values]:
            read = self.read(missing)
            self.add(read)
            values |= read
        return values

    def add(self, values: dict[Key, T]) -> None:
        """Stores values that were read elsewhere in this request."""
        if len(self._cached()) + len(values) > self.max_size:
            # A new dictionary, since other threads may be reading the old one.
            self._cached.clear()
        self._cached().update(values)
