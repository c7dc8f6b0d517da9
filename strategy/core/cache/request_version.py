"""The content version as one request sees it: read once per request, whoever asks for it."""

from collections.abc import Callable
from contextvars import ContextVar

from django.core.signals import request_finished, request_started
from django.dispatch import receiver

from ..snapshots import current_snapshot

# The version the current request has read: an empty list until then; None outside of requests.
_request_version: ContextVar[list[int] | None] = ContextVar("request_version", default=None)
_read_version: Callable[[], int] | None = None


def set_version_reader(read: Callable[[], int]) -> None:
    """Sets the function that reads the content version: the app that has the table calls this once, when ready."""
    global _read_version
    _read_version = read


def version_of_request() -> int:
    """The content version at its first use in this request; outside of requests, the current one.

    Costs one query at the first use. RuntimeError before ``set_version_reader``.
    """
    if (snapshot := current_snapshot()) is not None and not snapshot.is_live:
        return snapshot.version
    if _read_version is None:
        raise RuntimeError("Nothing reads the content version: call set_version_reader first.")
    cached = _request_version.get()
    if cached is None:
        return _read_version()
    if not cached:
        cached.append(_read_version())
    return cached[0]


def content_state() -> tuple[str, int]:
    """What names the content that is read: the snapshot, empty for the live content, and its content version."""
    snapshot = current_snapshot()
    return "" if snapshot is None or snapshot.is_live else snapshot.prefix, version_of_request()


@receiver(request_started)
def start_request(**_: object) -> None:
    """Drops the version of the request before."""
    _request_version.set([])


@receiver(request_finished)
def finish_request(**_: object) -> None:
    """Outside of requests nothing is cached."""
    _request_version.set(None)
