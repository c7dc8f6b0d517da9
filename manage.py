#!/usr/bin/env python3
"""Runs one management command; `run.py` is the way in for everybody who has no environment prepared."""

import os
import signal
import sys


def reason(error: Exception) -> str:
    """What is wrong with the database, in one line. The driver's own one holds no password."""
    from config.health import is_outdated

    line = str(error).strip().splitlines()[0]
    return f"{line.rstrip('.')}. It is empty or outdated: python3 run.py migrate" if is_outdated() else line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # An interrupt could get lost in a module that is half loaded. Nothing has to be tidied up yet: it ends the process.
    handler = signal.signal(signal.SIGINT, signal.SIG_DFL)
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError, DataError, IntegrityError, InterfaceError

    try:
        django.setup()
        signal.signal(signal.SIGINT, handler)
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Settings: {error}")
    except (DatabaseError, InterfaceError) as error:
        # What breaks a rule of the tables is a fault of the command. SQLite's damage is a plain DatabaseError.
        if isinstance(error, (DataError, IntegrityError)):
            raise
        sys.exit(f"Database: {reason(error)}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
