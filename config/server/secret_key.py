"""The signing key of an installation whose environment sets none; not a store for other secrets."""

import os
import secrets
import tempfile
import zlib
from contextlib import suppress
from pathlib import Path

from django.core.checks.security.base import SECRET_KEY_MIN_LENGTH, SECRET_KEY_MIN_UNIQUE_CHARACTERS
from django.core.exceptions import ImproperlyConfigured

LENGTH = 64
# Parts of keys that stand in examples.
EXAMPLES = ("insecure", "change", "secret", "example", "password", "your-key", "replace")
WEAK_KEY = (
    f"A key needs at least {SECRET_KEY_MIN_LENGTH} random characters; leave SECRET_KEY out and one is made, "
    "or run: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
)


def is_strong_key(key: str) -> bool:
    """Whether a key is long and looks like chance: no example, no repetition."""
    return (
        len(key) >= SECRET_KEY_MIN_LENGTH
        and len(set(key)) >= SECRET_KEY_MIN_UNIQUE_CHARACTERS
        and not any(word in key.lower() for word in EXAMPLES)
        and 2 * len(zlib.compress(key.encode(errors="replace"))) > len(key)
    )


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
    try:
        key = path.read_text(errors="replace").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{path} cannot be read: {error.strerror}.") from None
    if not is_strong_key(key):
        raise ImproperlyConfigured(f"{path} holds no usable key: remove it to get a new one (this ends all sessions).")
    return key
