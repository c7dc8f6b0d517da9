"""What the environment may say beyond its types; settings.py reads it. No rule here ever repeats a value."""

import difflib
import logging
import os
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2.extensions
from django.core.exceptions import ImproperlyConfigured
from django.http.request import split_domain_port
from environs import ValidationError

from config.server.public_address import PublicAddress
from config.server.secret_key import WEAK_KEY, is_strong_key

# Of names that need no quoting.
PUBLIC_PATH = r"(/[A-Za-z0-9][A-Za-z0-9._~-]*)*/?"
PUBLIC_URL_SHAPE = "Give an address like https://example.org/kb/, without user, parameters or fragment."
MAY_BE_EMPTY = (
    *("COMPILER", "DATABASE_URL", "HOME_STRATEGY", "MARKING"),
    *("REPORT_ERROR", "SECRET_KEY", "SECRET_KEY_FALLBACKS"),
)
SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
NUMERIC_OPTIONS = (
    *("connect_timeout", "tcp_user_timeout"),
    *("keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count"),
)


def require_tidy(environ: Mapping[str, str], names: Collection[str]) -> None:
    """No setting is empty by accident, or holds what a shell, an editor or a file of settings has left around it."""
    for name in names & environ.keys():
        value = environ[name]
        if not value and name not in MAY_BE_EMPTY:
            raise ImproperlyConfigured(f"{name} is empty: give a value, or leave it out.")
        if value != value.strip() or value[:1] in ("'", '"') or not value.isprintable():
            raise ImproperlyConfigured(
                f"{name} has spaces or quotation marks around it, or characters that cannot be seen: leave them out."
            )


def require_known(environ: Mapping[str, str], names: Collection[str]) -> None:
    """A misspelled setting would be ignored, and the site be open that was to be closed."""
    missing = [name for name in names if name not in environ]
    for name in environ.keys() - set(names):
        if meant := similar(name.upper(), missing):
            raise ImproperlyConfigured(f"{name} is not a setting; did you mean {meant}?")


def similar(name: str, names: Collection[str]) -> str | None:
    """The setting that a name is a slip of. Not of those that are set: who set them had no slip."""
    swapped = [known for known in names if sorted(known) == sorted(name)]
    # Names that platforms and neighbours set come as near as 0.83: DATABASE_PORT, SECRET_KEY_FILE, TEST_DATABASE_URL.
    return next(iter(swapped or difflib.get_close_matches(name, names, n=1, cutoff=0.84)), None)


def require_host_names(hosts: list[str]) -> None:
    for host in hosts:
        bare = host.removeprefix(".")
        if not bare or split_domain_port(bare) != (bare.lower(), ""):
            raise ValidationError(
                "Give host names alone, without scheme, port or path, separated by commas; * would answer to any name."
            )


def require_public_url(url: str) -> None:
    """Refuses what is no address of a site; empty stands for the address that is asked for."""
    if not url:
        return
    try:
        parts, address = urlsplit(url), PublicAddress.parse(url)
    except (KeyError, ValueError):
        raise ValidationError(PUBLIC_URL_SHAPE) from None
    name = split_domain_port(address.host)[0]
    if not name or name.startswith(".") or "@" in parts.netloc or not re.fullmatch(PUBLIC_PATH, parts.path):
        raise ValidationError(PUBLIC_URL_SHAPE)
    if parts.query or parts.fragment or url[-1] in "?#":
        raise ValidationError(PUBLIC_URL_SHAPE)


def require_scheme(scheme: str, *, https: bool) -> None:
    if https != (scheme == "https"):
        raise ImproperlyConfigured("PUBLIC_URL and HTTPS do not fit: leave HTTPS out, the address says it.")


def require_contact(address: str) -> None:
    """An address that a reader's browser opens: of a page, or of a mailbox."""
    parts = urlsplit(address)
    if address and not (parts.netloc if parts.scheme in ("http", "https") else parts.scheme == "mailto" and parts.path):
        raise ValidationError("Give an address that starts with mailto:, https:// or http://")


def is_public(host: str) -> bool:
    """Whether others than this machine may ask for the host."""
    return not (host in ("localhost", "[::1]") or host.startswith("127.") or host.endswith(".localhost"))


def require_fitting(*, hosts: list[str], https: bool, debug: bool) -> None:
    public = any(map(is_public, hosts))
    if https and not public:
        raise ImproperlyConfigured("HTTPS needs ALLOWED_HOSTS: the names under which the site is known.")
    if debug and public:
        raise ImproperlyConfigured("DEBUG is for this machine alone: not with other names in ALLOWED_HOSTS.")


def require_strong_keys(keys: str | list[str]) -> None:
    """Refuses weak keys; one that is empty stands for the key that is made."""
    if not all(map(is_strong_key, keys if isinstance(keys, list) else filter(None, [keys]))):
        raise ValidationError(WEAK_KEY)


def require_named_level(level: int) -> None:
    if level not in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL):
        raise ValidationError("Must be one of DEBUG, INFO, WARNING, ERROR and CRITICAL.")


def make_data_folder(folder: Path) -> None:
    """The folder, made for this account alone where it is missing."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"DATA_DIR cannot be used as a folder: {error.strerror}.") from None
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise ImproperlyConfigured("DATA_DIR cannot be used: this account may not read and write there.")


def require_usable_database(url: str, database: Mapping[str, Any]) -> None:
    """A database that can be shared by the processes of a site, reached by options that exist."""
    name, options = str(database["NAME"]), database.get("OPTIONS", {})
    if not url:
        return
    if "%00" in url:
        raise ImproperlyConfigured("DATABASE_URL holds a NUL character.")
    if not url.startswith(("sqlite://", "postgres://", "postgresql://")):
        raise ImproperlyConfigured("DATABASE_URL must start with sqlite:// or postgres://")
    if database["ENGINE"] == "django.db.backends.sqlite3":
        if options:
            raise ImproperlyConfigured("DATABASE_URL: SQLite takes no options after the path.")
        if name == ":memory:" or name.startswith("file:") or not can_be_file(Path(name)):
            raise ImproperlyConfigured("DATABASE_URL must end with the path of a file, in a folder that exists.")
    else:
        if not (name or options.get("service")) or urlsplit(url).fragment or urlsplit(url).port == 0:
            raise ImproperlyConfigured(
                "DATABASE_URL must be like postgres://user:password@host:5432/name, special characters written as %XX."
            )
        require_known_options(options)


def can_be_file(path: Path) -> bool:
    try:
        return path.parent.is_dir() and not path.is_dir()
    except OSError:
        return False


def require_known_options(options: Mapping[str, Any]) -> None:
    try:
        psycopg2.extensions.make_dsn(**options)
    except psycopg2.ProgrammingError:
        raise ImproperlyConfigured("DATABASE_URL has an option after ? that PostgreSQL does not know.") from None
    for option, value in options.items():
        if isinstance(value, list) or (option in NUMERIC_OPTIONS and type(value) is not int):
            raise ImproperlyConfigured(f"DATABASE_URL: the option {option} is not one number, or is given twice.")
    if options.get("sslmode", "prefer") not in SSL_MODES:
        raise ImproperlyConfigured(f"DATABASE_URL: the option sslmode must be one of {', '.join(SSL_MODES)}.")
