#!/usr/bin/env python3
"""Runs one management command; `run.py` is the way in for everybody who has no environment prepared."""

import os
import signal
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # An interrupt could get lost in a module that is half loaded. Nothing has to be tidied up yet: it ends the process.
    handler = signal.signal(signal.SIGINT, signal.SIG_DFL)
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import InterfaceError, OperationalError

    try:
        django.setup()
        signal.signal(signal.SIGINT, handler)
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Settings: {error}")
    except (InterfaceError, OperationalError) as error:
        # The driver's own first line says what is wrong and holds no password; its traceback helps nobody here.
        sys.exit(f"Database: {str(error).strip().splitlines()[0]}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
