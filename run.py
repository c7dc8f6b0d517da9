#!/usr/bin/env python3
"""Run and test the site from a fresh checkout, with nothing but Python (3.11 or later) at hand.

    python3 run.py                    prepare everything and serve the site
    python3 run.py COMMAND [...]      any management command, e.g. createsuperuser
    python3 run.py test [...]         the test suite: all of it on SQLite, and on PostgreSQL what databases can change;
                                      `--everything` is all of it on both, `--cov` measures coverage
    python3 run.py release-check      generated clients, a real nginx and LibreOffice; installs what it needs
    python3 run.py proofs [...]       races, fuzz and faults in all their rounds, on both databases; prints the counts

The packages go into `.venv` beside this file, at the versions and hashes of the lock files; nothing else is installed.
"""

import argparse
import importlib.util
import os
import re
import signal
import subprocess
import sys
import venv
from pathlib import Path
from typing import NoReturn

if sys.version_info < (3, 11):
    sys.exit(f"run.py: Python 3.11 or later is needed, this is {sys.version.split()[0]}.")

try:
    import fcntl
except ImportError:
    sys.exit(f"run.py: the site runs on Linux and other Unix systems, not on {sys.platform}; on Windows, within WSL.")

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RUNTIME = ROOT / "requirements.txt"
DEVELOPMENT = ROOT / "requirements-dev.txt"


def stop(reason: str) -> NoReturn:
    sys.exit(f"run.py: {reason}")


def stamp(lock: Path) -> Path:
    """The file that says which state of the lock, and for which interpreter and folder, was installed completely."""
    return VENV / f"{lock.stem}.installed"


def state(lock: Path) -> str:
    return f"{sys.base_prefix} {sys.version} {VENV}\n{lock.read_text()}"


def is_installed(lock: Path) -> bool:
    return os.access(PYTHON, os.X_OK) and stamp(lock).is_file() and stamp(lock).read_text() == state(lock)


def pip_arguments(lock: Path, find_links: str | None) -> list[str]:
    offline = ["--no-index", "--find-links", find_links] if find_links else []
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input", "--root-user-action=ignore"]
    # Wheels only: no package runs code of its own while it is installed.
    return ["install", *quiet, *offline, "--only-binary=:all:", "--require-hashes", "--requirement", str(lock)]


def install(lock: Path, find_links: str | None) -> None:
    print(f"run.py: installing {lock.name} ...", file=sys.stderr, flush=True)
    command = [str(PYTHON), "-m", "pip", *pip_arguments(lock, find_links)]
    if subprocess.run(command).returncode:
        hint = "" if find_links else " Without a network, take the packages from a folder: --find-links DIR."
        stop(f"{lock.name} could not be installed (see above).{hint}")
    stamp(lock).write_text(state(lock))


def make_environment() -> None:
    # Debian ships it apart.
    if not importlib.util.find_spec("ensurepip"):
        stop("this Python cannot make environments; on Debian and Ubuntu: apt-get install python3-venv")
    print(f"run.py: making {VENV.name} ...", file=sys.stderr, flush=True)
    try:
        venv.EnvBuilder(clear=True, symlinks=True, with_pip=True).create(VENV)
    except (OSError, subprocess.CalledProcessError) as error:
        stop(f"{VENV.name} cannot be made: {error}")


def prepare(find_links: str | None, *, development: bool = False) -> None:
    """Install what is missing. A lock that changed, or a half-made environment, starts again from nothing."""
    # Two that start at once take turns; the lock ends with this process, whatever becomes of it.
    with Path(__file__).open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not is_installed(RUNTIME):
            make_environment()
            install(RUNTIME, find_links)
        if development and not is_installed(DEVELOPMENT):
            install(DEVELOPMENT, find_links)


def manage(command: list[str]) -> NoReturn:
    """Become the management command: its signals and its exit status are then its own."""
    # The C library of Linux gives each thread memory of its own, most of which stays empty: two for all are enough.
    environment = {"MALLOC_ARENA_MAX": "2", **os.environ}
    os.execve(PYTHON, [str(PYTHON), str(ROOT / "manage.py"), *command], environment)


# The suite runs each of them in a few rounds.
PROOFS = ("-m", "proof", "--all-rounds")


def test(arguments: list[str]) -> int:
    """The suite on SQLite, then on a PostgreSQL of its own the tests in which databases can differ (`databases`).

    Both run, even if the first fails. With `--everything`, or where the arguments choose tests, PostgreSQL has all of
    them too. With `--cov` the first also prints how much of the code it ran, branches included; it then takes nearly
    twice as long.
    """
    stopped: list[int] = []
    running: list[subprocess.Popen[bytes]] = []

    def on_signal(number: int, _: object) -> None:
        stopped.append(number)
        # Ctrl-C reaches the whole group by itself.
        if number == signal.SIGTERM and running:
            running[-1].terminate()

    def run(*words: str, title: str) -> int:
        if stopped:
            return 128 + stopped[0]
        print(f"run.py: {title}", flush=True)
        running.append(subprocess.Popen([str(PYTHON), *words], cwd=ROOT, env=environment))
        status = running[-1].wait()
        # As a shell says it of a program that a signal ended.
        return status if status >= 0 else 128 - status

    signal.signal(signal.SIGINT, on_signal)
    signal.signal(signal.SIGTERM, on_signal)
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    measured = ["--cov"] if "--cov" in arguments else []
    chosen = any(word.startswith(("tests", "-m")) for word in arguments)
    both = [] if chosen or "--everything" in arguments else ["-m", "databases"]
    suite = ["-m", "pytest", *(word for word in arguments if word not in ("--cov", "--everything"))]
    if status := run("-m", "tests.support.browser", title="looking for a browser"):
        return status
    sqlite = run(*suite, *measured, title="tests on SQLite")
    postgres = run("-m", "tests.support.postgres", str(PYTHON), *suite, *both, title="tests on PostgreSQL")
    return sqlite or postgres


def port_number(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text, re.ASCII) or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port: give a number from 1 to 65535")
    return int(text)


def folder(text: str) -> str:
    if not Path(text).is_dir():
        raise argparse.ArgumentTypeError(f"{text} is not a folder")
    return text


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="run.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=port_number, help="port of the site (default: 8000)")
    parser.add_argument(
        "--find-links", metavar="DIR", type=folder, help="install from the wheels in this folder, without a network"
    )
    parser.add_argument(
        "command",
        nargs=argparse.REMAINDER,
        help="a management command, test, proofs or release-check; default: start",
    )
    options = parser.parse_args()
    if options.port is not None and options.command:
        parser.error("--port is for starting the site, not for a command")
    command = options.command or ["start", *([] if options.port is None else ["--port", str(options.port)])]
    testing = command[0] in ("test", "proofs", "release-check")
    prepare(options.find_links, development=testing)
    if command[0] == "release-check":
        return subprocess.run([str(PYTHON), "-m", "tests.release", *command[1:]], cwd=ROOT).returncode
    if testing:
        return test([*(PROOFS if command[0] == "proofs" else ()), *command[1:]])
    manage(command)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
