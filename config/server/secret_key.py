"""The signing key of an installation whose environment sets none; not a store for other secrets."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

LENGTH = 64


def load_or_create_key(path: Path) -> str:
    """The key in `path`, created if it is missing; two processes that start at once use the same one."""
    if not path.exists():
        descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret_key.")
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(LENGTH))
        # A link appears whole or not at all, and never replaces a key that another process has created meanwhile.
        with suppress(FileExistsError):
            os.link(draft, path)
        Path(draft).unlink()
    key = path.read_text().strip()
    if len(key) < LENGTH:
        raise ImproperlyConfigured(f"{path} holds no usable key: remove it to get a new one (this ends all sessions).")
    return key
