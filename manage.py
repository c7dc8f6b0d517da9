#!/usr/bin/env python3
"""Runs one management command; `run.py` is the way in for everybody who has no environment prepared."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import InterfaceError, OperationalError


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
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
