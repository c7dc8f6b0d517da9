"""The databases an installation has served, by address: one of them that is empty was lost, and is not filled anew.

They stand in a file of DATA_DIR, a line each, without passwords.
"""

import os
from pathlib import Path

from django.conf import settings
from django.db import connection


def address() -> str:
    """The database of this process, by what reaches it."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        # The folder may be moved with all that is in it.
        return f"sqlite {os.path.relpath(database['NAME'], settings.DATA_DIR)}"
    return "{} {HOST} {PORT} {NAME}".format(connection.vendor, **database)


def _file() -> Path:
    return Path(settings.DATA_DIR, "served_databases")


def was_served() -> bool:
    """Whether this installation has served the database before."""
    return _file().exists() and address() in _file().read_text().splitlines()


def remember() -> None:
    """Notes that this installation serves the database."""
    if not was_served():
        with _file().open("a") as file:
            file.write(f"{address()}\n")
