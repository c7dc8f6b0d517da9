"""Runs the checks that are named (clients, sheets, proxy), or all. Says what each found; exit status 1 for a fault."""

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
ROOT = Path(__file__).resolve().parents[2]
CHECKS = ("clients", "sheets", "proxy")


def attempt(check: Callable[[], None]) -> bool:
    from .report import FailedError, MissingError, say

    try:
        check()
    except MissingError as error:
        say("MISSING", str(error))
    except FailedError as error:
        say("FAILED", str(error))
    else:
        return True
    return False


def main() -> int:
    with TemporaryDirectory(prefix="release-check-") as temporary:
        folder = Path(temporary)
        os.environ["DATA_DIR"] = str(folder)
        django.setup()
        from tests.support.commands import free_port
        from tests.support.servers import served

        from . import clients_check, proxy_check, sheets_check

        wanted = sys.argv[1:] or CHECKS
        places = {}
        for name in (*CHECKS, "data", "proxied"):
            places[name] = folder / name
            places[name].mkdir()
        database, port, inner, front = f"sqlite:///{folder}/site.sqlite3", free_port(), free_port(), free_port()
        passed, site, public = [], f"http://127.0.0.1:{port}/", f"https://localhost:{front}/kb/"
        checks = {"clients": clients_check.check, "sheets": sheets_check.check}
        with served(ROOT, places["data"], port, database, RATE_ANONYMOUS="0"):
            for name, check in checks.items():
                if name in wanted:
                    passed.append(attempt(partial(check, site, places[name])))
        if "proxy" in wanted:
            with served(ROOT, places["proxied"], inner, database, RATE_ANONYMOUS="0", PUBLIC_URL=public):
                passed.append(attempt(partial(proxy_check.check, places["proxy"], front, inner)))
        return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
