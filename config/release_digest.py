"""A digest of the program: the same content may read differently after an upgrade or another setting."""

from functools import cache
from hashlib import blake2s

from django.conf import settings

SOURCES = ("*.py", "*.html", "*.css", "*.js", "*.svg")
SHOWN_SETTINGS = ("SITE_NAME", "MARKING", "COMPILER", "REPORT_ERROR", "HOME_STRATEGY", "DEBUG")
FOLDERS = ("config", "strategy", "lines_of_effort", "partners", "templates")


@cache
def release_digest() -> tuple[str, int]:
    """A digest of everything that shapes a page but the content, and when it last changed (seconds since 1970)."""
    shown = [getattr(settings, name) for name in SHOWN_SETTINGS]
    digest, newest = blake2s(repr(shown).encode()), 0
    for folder in FOLDERS:
        for pattern in SOURCES:
            for file in sorted((settings.BASE_DIR / folder).rglob(pattern)):
                digest.update(file.read_bytes())
                newest = max(newest, int(file.stat().st_mtime))
    return digest.hexdigest(), newest
