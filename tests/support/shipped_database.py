"""The database of a run: the shipped content, made once and copied for each worker."""

import fcntl
import sqlite3
from contextlib import closing
from pathlib import Path

from django.core.management import call_command
from django.db import connection


class ShippedDatabase:
    """The database with the shipped content, which the workers of a run share, and one worker's copy of it.

    Making it takes a worker many seconds, and copying it hardly any.
    """

    def __init__(self, shared: Path, own: Path) -> None:
        """``shared`` is a folder of all workers, ``own`` one of this worker alone."""
        self.shared = shared
        if connection.vendor == "sqlite":
            self.name, self.copy_name = str(shared / "shipped.sqlite3"), str(own / "test.sqlite3")
        else:
            self.name, self.copy_name = "test_shipped", connection.creation._get_test_db_name()

    def make(self) -> None:
        """Makes it unless another worker has, and has the connection lead to a copy from now on."""
        with (self.shared / "shipped.lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            made = self.shared / "shipped.made"
            if not made.exists():
                connection.settings_dict["TEST"]["NAME"] = self.name
                connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
                call_command("load_content", verbosity=0)
                connection.close()
                made.touch()
        connection.close()
        connection.settings_dict["NAME"] = self.copy_name
        self.restore()

    def restore(self) -> None:
        """Makes the copy anew, whatever a test left in it."""
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with closing(sqlite3.connect(self.name)) as shipped:
                shipped.backup(connection.connection)
            return
        connection.close()
        with connection.creation._nodb_cursor() as cursor:
            # Forced: a server that a test has left running may still be connected.
            cursor.execute(f'DROP DATABASE IF EXISTS "{self.copy_name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{self.copy_name}" TEMPLATE "{self.name}"')

    def remove_copy(self) -> None:
        connection.close()
        if connection.vendor == "postgresql":
            with connection.creation._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{self.copy_name}" WITH (FORCE)')
