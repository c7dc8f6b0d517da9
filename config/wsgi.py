"""The application that the web server calls; commands do not pass here."""

import os
from pathlib import Path
from typing import Any
from weakref import WeakSet

from django.conf import settings
from django.core.signals import request_finished
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.urls import reverse
from psycopg2.extensions import set_wait_callback

from config.server import postgres_wait
from config.server.public_address import PublicAddressApplication

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# Of the threads of one process; a server of PostgreSQL usually takes 100 connections from all processes together.
MAX_IDLE_CONNECTIONS = 16
# Weak: what a thread has closed, or left behind when it ended, is not counted.
open_connections: WeakSet[Any] = WeakSet()


def bound_waiting(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """No visitor's request holds PostgreSQL for long; commands, which may work longer, are not bound."""
    if connection.vendor == "postgresql":
        open_connections.add(connection.connection)
        with connection.cursor() as cursor:
            cursor.execute(
                "SET statement_timeout = '3s'; SET lock_timeout = '2s'; SET idle_in_transaction_session_timeout = '10s'"
            )


def close_surplus(**_: Any) -> None:
    """After a request: a connection is kept for the next one of this thread only while few are kept."""
    if connection.connection is not None and len(open_connections) > MAX_IDLE_CONNECTIONS:
        connection.close()


def require_existing_file() -> None:
    """A SQLite file that vanishes while the site is served is a fault to report, not a new, empty database."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"]).absolute()
        connection.settings_dict["NAME"] = f"{path.as_uri()}?mode=rw"


set_wait_callback(postgres_wait.wait)
connection_created.connect(bound_waiting)
request_finished.connect(close_surplus)
application: Any = get_wsgi_application()
if settings.PUBLIC_ADDRESS:
    application = PublicAddressApplication(application, settings.PUBLIC_ADDRESS)
require_existing_file()
# Loads every view now, in the process that the workers are forked from.
reverse("home")
