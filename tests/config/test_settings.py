"""What the environment may say, and that a mistake in it costs one line."""

import logging
import os
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from runpy import run_path
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from config import environment
from config import settings as production
from config.log_formatter import OneLineFormatter
from config.server.secret_key import load_or_create_key
from tests.support.commands import PRINT, SECRET, assert_one_line, run_manage, run_python

STRONG = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
NAME = "postgres://u:p@127.0.0.1:1/name"
MISTAKES = [
    ("DATABASE_URL", f"postgres://u:{SECRET}/x@localhost/name"),
    ("DATABASE_URL", f"postgres://u:x#{SECRET}@localhost:5432/name"),
    ("DATABASE_URL", f"postgres://u:1#{SECRET}@localhost:5432/name"),
    ("DATABASE_URL", f"postgres://u:x?{SECRET}@localhost:5432/name"),
    ("DATABASE_URL", f"postgres://u:{SECRET}@localhost:port/name"),
    ("DATABASE_URL", f"postgres://u:{SECRET}@localhost:65536/name"),
    ("DATABASE_URL", f"postgres://u:{SECRET}@localhost:0/name"),
    ("DATABASE_URL", f"mysql://u:{SECRET}@localhost/name"),
    ("DATABASE_URL", SECRET),
    ("DATABASE_URL", f"postgres:{SECRET}"),
    ("DATABASE_URL", f"postgres://u:{SECRET}%00@127.0.0.1:1/name"),
    ("DATABASE_URL", f"postgres://u:{SECRET}@127.0.0.1:1"),
    ("DATABASE_URL", f"{NAME}?{SECRET}=1"),
    ("DATABASE_URL", f"{NAME}?sslmode={SECRET}"),
    ("DATABASE_URL", f"{NAME}?sslmode=require&sslmode=disable"),
    ("DATABASE_URL", f"{NAME}?connect_timeout={SECRET}"),
    ("DATABASE_URL", f"sqlite:////tmp/{SECRET}?mode=memory"),
    ("DATABASE_URL", "postgres://"),
    ("DATABASE_URL", "sqlite://:memory:"),
    ("DATABASE_URL", "sqlite:///file::memory:"),
    ("DATABASE_URL", "sqlite:///"),
    ("DATABASE_URL", "sqlite:////"),
    ("DATABASE_URL", "sqlite:////no/such/folder/db.sqlite3"),
    ("DATABASE_URL", f"sqlite:////{'x' * 300}/db.sqlite3"),
    ("SECRET_KEY", SECRET),
    ("SECRET_KEY", SECRET * 10),
    ("SECRET_KEY", "ab" * 40),
    ("SECRET_KEY", f"changeme{STRONG}"),
    ("SECRET_KEY", f"{STRONG}\udc80 "),
    ("SECRET_KEY_FALLBACKS", SECRET),
    ("SECRET_KEY_FALLBACKS", f"{STRONG},{SECRET}"),
    ("SECRET_KEY_FALLBACKS", f"{STRONG},"),
    ("ALLOWED_HOSTS", "*"),
    ("ALLOWED_HOSTS", "."),
    ("ALLOWED_HOSTS", ""),
    ("ALLOWED_HOSTS", f"https://{SECRET}.example"),
    ("ALLOWED_HOSTS", f"{SECRET}.example:443"),
    ("ALLOWED_HOSTS", f"{SECRET}.example/path"),
    ("ALLOWED_HOSTS", f"{SECRET}.example,,other.example"),
    ("ALLOWED_HOSTS", f"{SECRET}.example other.example"),
    ("DEBUG", SECRET),
    ("HTTPS", SECRET),
    ("PUBLIC_URL", SECRET),
    ("PUBLIC_URL", f"https://u:{SECRET}@example.org/"),
    ("PUBLIC_URL", f"https://example.org/?{SECRET}"),
    ("HTTPS", "true"),  # Without a name that others could ask for.
    ("SIGN_IN", SECRET),
    ("SIGN_IN", ""),
    ("SIGN_IN", " true"),
    ("SIGN_IN", "'true'"),
    ("TOKEN_DAYS", "366"),
    ("RATE_ANONYMOUS", "-1"),
    ("RATE_SIGNED_IN", "9" * 30),
    ("SIGN_IN_ATTEMPTS", "1e3"),
    ("PROXIES", "127.0.0.1"),
    ("PROXIES", "11"),
    ("LOG_LEVEL", SECRET),
    ("LOG_LEVEL", "-1"),
    ("SITE_NAME", ""),
    ("SITE_NAME", f'"{SECRET}"'),
    ("MARKING", f"{SECRET} "),
    ("MARKING", f"{SECRET}\n{SECRET}"),
    ("DATA_DIR", ""),
    ("DATA_DIR", "manage.py"),
    ("DATA_DIR", "manage.py/var"),
    ("DATA_DIR", "/proc/nothing/var"),
]


@pytest.mark.parametrize(("name", "value"), MISTAKES)
def test_a_mistake_is_one_line_that_names_the_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """As the settings say it; the next test has how commands do."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=name) as refusal:
        run_path(production.__file__)
    message = str(refusal.value)
    assert message.isprintable()
    assert SECRET not in message


@pytest.mark.parametrize("words", [["check"], ["migrate"], ["start"], ["load_content"]], ids=lambda words: words[0])
def test_every_command_refuses_a_mistake(root: Path, tmp_path: Path, words: list[str]) -> None:
    done = run_manage(root, *words, DATA_DIR=str(tmp_path), SING_IN="true")
    assert_one_line(done)
    assert "SING_IN is not a setting; did you mean SIGN_IN?" in done.stderr


def test_tracebacks_are_for_this_machine(root: Path, tmp_path: Path) -> None:
    done = run_manage(root, "check", DATA_DIR=str(tmp_path), DEBUG="true", ALLOWED_HOSTS="strategy.example.org")
    assert_one_line(done)
    assert "DEBUG" in done.stderr
    done = run_manage(root, "start", "--host", "0.0.0.0", DATA_DIR=str(tmp_path), DEBUG="true")
    assert_one_line(done)
    assert "DEBUG" in done.stderr


def test_a_public_configuration_passes_the_check_for_deployment(root: Path, tmp_path: Path) -> None:
    public = {
        "DATA_DIR": str(tmp_path / "new" / "var"),
        "SECRET_KEY": STRONG,
        "SECRET_KEY_FALLBACKS": f"{STRONG[::-1]}, {STRONG.swapcase()}",
        "ALLOWED_HOSTS": "Strategy.example.org, .example.mil,[2001:db8::1],192.0.2.1",
        "HTTPS": "TRUE",
        "SIGN_IN": "on",
        "PROXIES": "2",
        "LOG_LEVEL": "warning",
        "DATABASE_URL": "postgres://u:p%40%2F%23%3F%25@db.example.org:5433/name?sslmode=verify-full&connect_timeout=3",
    }
    done = run_manage(root, "check", "--deploy", "--fail-level", "WARNING", **public)
    assert done.returncode == 0, done.stderr


SLIPS = {
    "SING_IN": "SIGN_IN",
    "SIGNIN": "SIGN_IN",
    "sign_in": "SIGN_IN",
    "HTTSP": "HTTPS",
    "HTPS": "HTTPS",
    "ALLOWED_HOST": "ALLOWED_HOSTS",
    "SECRETKEY": "SECRET_KEY",
    "SECRET_KEY_FALLBACK": "SECRET_KEY_FALLBACKS",
    "DATABASE_URI": "DATABASE_URL",
    "DATADIR": "DATA_DIR",
    "RATE_ANONYMUS": "RATE_ANONYMOUS",
    "TOKEN_MAXDAYS": "TOKEN_MAX_DAYS",
    "LOGLEVEL": "LOG_LEVEL",
}
# What shells, service managers, containers, build servers and drivers set, or neighbours of the same platform.
USUAL = """
PATH HOME LANG LANGUAGE LC_ALL LC_CTYPE USER LOGNAME SHELL TERM TERM_PROGRAM COLORTERM PWD OLDPWD SHLVL HOSTNAME HOST
TZ TMPDIR TEMP TMP EDITOR VISUAL PAGER LESS MAIL MANPATH LS_COLORS DISPLAY WAYLAND_DISPLAY XAUTHORITY _ SSH_AUTH_SOCK
SSH_CLIENT SSH_CONNECTION SSH_TTY SUDO_USER SUDO_COMMAND SUDO_UID XDG_RUNTIME_DIR XDG_SESSION_ID XDG_DATA_DIRS
XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME XDG_STATE_HOME DBUS_SESSION_BUS_ADDRESS DEBIAN_FRONTEND LD_LIBRARY_PATH
INVOCATION_ID JOURNAL_STREAM NOTIFY_SOCKET LISTEN_FDS LISTEN_PID WATCHDOG_USEC WATCHDOG_PID SYSTEMD_EXEC_PID
SYSTEMD_LOG_LEVEL CREDENTIALS_DIRECTORY STATE_DIRECTORY RUNTIME_DIRECTORY LOGS_DIRECTORY CACHE_DIRECTORY
CONFIGURATION_DIRECTORY MAINPID MEMORY_PRESSURE_WATCH
HTTP_PROXY HTTPS_PROXY NO_PROXY ALL_PROXY FTP_PROXY http_proxy https_proxy no_proxy all_proxy SSL_CERT_FILE
SSL_CERT_DIR REQUESTS_CA_BUNDLE CURL_CA_BUNDLE PORT WEB_CONCURRENCY DYNO container
PYTHONPATH PYTHONHOME PYTHONUNBUFFERED PYTHONDONTWRITEBYTECODE PYTHONHASHSEED PYTHONWARNINGS PYTHONIOENCODING
PYTHONUTF8 PYTHON_VERSION PYTHON_PIP_VERSION PYTHON_SHA256 GPG_KEY VIRTUAL_ENV VIRTUAL_ENV_PROMPT PIP_INDEX_URL
PIP_NO_CACHE_DIR PIP_FIND_LINKS UV_CACHE_DIR DJANGO_SETTINGS_MODULE DJANGO_DEBUG DJANGO_SECRET_KEY DJANGO_LOG_LEVEL
GUNICORN_CMD_ARGS MALLOC_ARENA_MAX PYTEST_CURRENT_TEST PYTEST_XDIST_WORKER COVERAGE_FILE NODE_ENV NODE_DEBUG
PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE PGDATA PGSERVICE PGSSLMODE PGSSLROOTCERT PGAPPNAME PGCONNECT_TIMEOUT PGTZ
PGPASSFILE PGOPTIONS POSTGRES_DB POSTGRES_USER POSTGRES_PASSWORD POSTGRES_HOST POSTGRES_PORT POSTGRES_INITDB_ARGS
POSTGRES_URL TEST_DATABASE_URL DATABASE_PUBLIC_URL DATABASE_HOST DATABASE_NAME DATABASE_PASSWORD DATABASE_URL_FILE
SECRET_KEY_FILE SECRET_KEY_BASE DOCKER_HOST DOCKER_CONTENT_TRUST COMPOSE_PROJECT_NAME
KUBERNETES_SERVICE_HOST KUBERNETES_SERVICE_PORT KUBERNETES_SERVICE_PORT_HTTPS KUBERNETES_PORT
KUBERNETES_PORT_443_TCP KUBERNETES_PORT_443_TCP_PROTO KUBERNETES_PORT_443_TCP_PORT KUBERNETES_PORT_443_TCP_ADDR
DATABASE_SERVICE_HOST DATABASE_SERVICE_PORT DATABASE_PORT DATABASE_PORT_5432_TCP DATABASE_PORT_5432_TCP_ADDR
SITE_SERVICE_HOST SITE_PORT SIGN_IN_PORT SIGN_IN_SERVICE_HOST HTTPS_PORT DEBUG_PORT POD_NAME POD_NAMESPACE POD_IP
NODE_NAME CI CI_JOB_ID CI_JOB_TOKEN CI_COMMIT_SHA CI_PROJECT_DIR CI_DEBUG_TRACE CI_SERVER_HOST CI_REGISTRY
CI_PIPELINE_ID CI_ENVIRONMENT_NAME CI_ENVIRONMENT_URL GITLAB_CI GITLAB_USER_LOGIN GITHUB_ACTIONS GITHUB_TOKEN
GITHUB_SHA GITHUB_REF GITHUB_WORKSPACE GITHUB_RUN_ID GITHUB_ENV RUNNER_OS RUNNER_TEMP RUNNER_DEBUG RUNNER_NAME
ACTIONS_STEP_DEBUG ImageOS BUILD_ID BUILD_NUMBER JOB_NAME JENKINS_URL WORKSPACE AWS_REGION AWS_ACCESS_KEY_ID
AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN GOOGLE_APPLICATION_CREDENTIALS AZURE_CLIENT_ID WEBSITE_SITE_NAME
WEBSITE_HOSTNAME FLY_APP_NAME RENDER_EXTERNAL_HOSTNAME RAILWAY_ENVIRONMENT GIT_DIR GIT_SSH_COMMAND GIT_TRACE
""".split()


def test_usual_variables_stop_nothing_and_slips_do() -> None:
    names = production.env.dump().keys()
    assert len(USUAL) > 200
    environment.require_known(dict.fromkeys(USUAL, "1"), names)
    for slip, meant in SLIPS.items():
        with pytest.raises(ImproperlyConfigured, match=f"{slip} is not a setting; did you mean {meant}"):
            environment.require_known({slip: "1"}, names)
    # Of two that are much alike the one that is set was not a slip.
    environment.require_known({"DATABASE_USER": "1", "DATABASE_URL": "1"}, names)


COMMANDS = (
    ["load_content"],
    ["check_content"],
    ["dump_content", "--to", "elsewhere"],
    ["make_notional"],
    ["createsuperuser", "--noinput", "--username=a", "--email=a@example.org"],
)


@pytest.fixture
def empty_database(tmp_path: Path, db: None) -> Iterator[str]:
    """The DATABASE_URL of a database without tables, of the kind that the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.sqlite3"
        return
    name = f"empty_{os.getpid()}"
    url = urlsplit(os.environ["DATABASE_URL"])
    with closing(psycopg2.connect(url.geturl())) as server:
        server.autocommit = True
        server.cursor().execute(f"CREATE DATABASE {name}")
        yield url._replace(path=f"/{name}").geturl()
        server.cursor().execute(f"DROP DATABASE {name}")


def test_commands_say_that_a_database_is_empty(root: Path, tmp_path: Path, empty_database: str) -> None:
    for words in COMMANDS:
        done = run_manage(root, *words, "--skip-checks", DATA_DIR=str(tmp_path), DATABASE_URL=empty_database)
        assert_one_line(done)
        assert "It is empty or outdated: python3 run.py migrate" in done.stderr


@pytest.mark.parametrize("words", [["migrate"], *COMMANDS], ids=lambda words: words[0])
def test_commands_say_that_no_database_answers(root: Path, tmp_path: Path, words: list[str]) -> None:
    url = f"postgres://someone:{SECRET}@127.0.0.1:1/name"
    done = run_manage(root, *words, "--skip-checks", DATA_DIR=str(tmp_path), DATABASE_URL=url)
    assert_one_line(done)
    assert "127.0.0.1" in done.stderr


def test_key_is_made_once_and_private(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "var"
    with ThreadPoolExecutor(4) as threads:
        jobs = [
            threads.submit(run_python, root, PRINT.format("settings.SECRET_KEY"), DATA_DIR=str(folder))
            for _ in range(4)
        ]
    keys = {job.result().stdout.strip() for job in jobs}
    assert len(keys) == 1
    assert len(keys.pop()) >= 50
    assert [path.name for path in folder.iterdir()] == ["secret_key"]
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600


def test_of_two_that_make_a_key_the_first_wins(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(load_or_create_key, [path] * 64))) == 1


def test_damaged_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    path.write_text("cut short")
    with pytest.raises(ImproperlyConfigured, match="no usable key"):
        load_or_create_key(path)


def test_empty_values(root: Path, tmp_path: Path) -> None:
    code = PRINT.format("[settings.MARKING, settings.DATABASES['default']['NAME'].name, len(settings.SECRET_KEY) > 50]")
    done = run_python(root, code, DATA_DIR=str(tmp_path), MARKING="", DATABASE_URL="", SECRET_KEY="")
    assert done.stdout.strip() == "['', 'db.sqlite3', True]", done.stderr


def test_a_record_is_one_line() -> None:
    record = logging.LogRecord("x", logging.INFO, "", 1, "a%s", ("\r\n2026 INFO forged\x1b[2J\u2028z",), None)
    assert OneLineFormatter().format(record) == r"a\r\n2026 INFO forged\x1b[2J\u2028z"
