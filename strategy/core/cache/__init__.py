"""Caches under the content version, the version itself, and counts of rows."""

from .counts import count_each
from .request_version import content_state, set_version_reader, version_of_request
from .versioned_cache import VersionedCache, VersionedKeyCache

__all__ = [
    "VersionedCache",
    "VersionedKeyCache",
    "content_state",
    "count_each",
    "set_version_reader",
    "version_of_request",
]
