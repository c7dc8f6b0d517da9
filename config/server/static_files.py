"""Collection of static files, once for each state of their sources."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

STATE_SUFFIX = "state"
# Pages of other packages that the site does not show.
IGNORED = ["rest_framework"]


def source_digest() -> str:
    """A digest that changes when any static file is added, removed or written, or is stored in another way."""
    digest = sha256(repr((settings.STORAGES["staticfiles"], settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS)).encode())
    for finder in get_finders():
        for name, storage in finder.list(IGNORED):
            status = Path(storage.path(name)).stat()
            digest.update(repr((name, status.st_size, status.st_mtime_ns)).encode())
    return digest.hexdigest()


def collect() -> bool:
    """Collect what changed since the last time; says whether there was anything to do."""
    state_file = Path(settings.DATA_DIR, f"{Path(settings.STATIC_ROOT).name}.{STATE_SUFFIX}")
    state = source_digest()
    if state_file.exists() and state_file.read_text() == state:
        return False
    # A collection that was cut short leaves no state and is done again from nothing.
    state_file.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=IGNORED)
    state_file.write_text(state)
    return True
