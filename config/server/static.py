"""Static files made ready for serving, once for each state of their sources."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

STAMP = "state"
# Pages of other packages that the site does not show.
UNUSED = ["rest_framework"]


def sources() -> str:
    """A digest that changes when any static file is added, removed or written, or is stored in another way."""
    digest = sha256(repr((settings.STORAGES["staticfiles"], settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS)).encode())
    for finder in get_finders():
        for name, storage in finder.list(UNUSED):
            status = Path(storage.path(name)).stat()
            digest.update(repr((name, status.st_size, status.st_mtime_ns)).encode())
    return digest.hexdigest()


def collect() -> bool:
    """Collect what changed since the last time; says whether there was anything to do."""
    stamp = Path(settings.DATA_DIR, f"{Path(settings.STATIC_ROOT).name}.{STAMP}")
    state = sources()
    if stamp.exists() and stamp.read_text() == state:
        return False
    # A collection that was cut short leaves no stamp and is done again from nothing.
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=UNUSED)
    stamp.write_text(state)
    return True
