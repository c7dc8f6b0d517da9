"""The application that the web server calls; commands do not pass here."""

import os
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def bound_waiting(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """No visitor's request holds PostgreSQL for long; commands, which may work longer, are not bound."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SET statement_timeout = '3s'; SET lock_timeout = '2s'; SET idle_in_transaction_session_timeout = '10s'"
            )


connection_created.connect(bound_waiting)
application = get_wsgi_application()
