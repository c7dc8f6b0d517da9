"""What every test may count on: the shipped content in the database, and no way out to a network."""

import ipaddress
import os
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.template.base import Template
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key
from rest_framework.test import APIClient

from tests.support.shipped_database import ShippedDatabase

pytest_plugins = ["tests.support.browser", "tests.support.databases", "tests.support.proofs"]

# ---- No network ----------------------------------------------------------------------------------------------------


def is_local(address: object) -> bool:
    """Whether a socket address, or a host name that is looked up, stays on this machine."""
    host = address[0] if isinstance(address, tuple) else address
    if host in (None, "", "localhost", b"localhost") or not isinstance(address, tuple | str):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return not isinstance(address, tuple) and str(host).startswith("/")


def guard(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto"):
        target = arguments[1]
    elif event == "socket.getaddrinfo":
        target = (arguments[0],)
    else:
        return
    if not is_local(target):
        raise PermissionError(f"A test tried to reach {target}: only this machine may be reached")


sys.addaudithook(guard)

# ---- Checks --------------------------------------------------------------------------------------------------------


def pytest_xdist_auto_num_workers() -> int:
    """Half as many again as there are processors: a third of the time a test waits, for a server or a browser."""
    return (os.cpu_count() or 2) * 3 // 2


def pytest_sessionstart(session: pytest.Session) -> None:
    """Django's checks come first: where they say what is missing, hundreds of failures would only hide it."""
    if hasattr(session.config, "workerinput"):
        return
    try:
        call_command("check", stdout=StringIO())
    except (SystemCheckError, ImproperlyConfigured) as error:
        raise pytest.UsageError(str(error)) from None


# ---- Content -------------------------------------------------------------------------------------------------------


SHIPPED = pytest.StashKey[ShippedDatabase]()


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """The database with the shipped content: made once for all workers, copied for each.

    Not pytest-django's own, which makes no database for tests that only read the `site`: they have no mark of it.
    A file for SQLite: a server's threads and a test must not share one connection, as they do in memory.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if hasattr(request.config, "workerinput") else own
    database = request.config.stash[SHIPPED] = ShippedDatabase(shared, own)
    with django_db_blocker.unblock():
        database.make()
    yield
    with django_db_blocker.unblock():
        database.remove_copy()


def empties_database(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    fixtures = {"transactional_db", "live_server", "django_db_reset_sequences"}
    return bool(
        fixtures.intersection(getattr(item, "fixturenames", []))
        or (marker and (marker.kwargs.get("transaction") or marker.kwargs.get("reset_sequences")))
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """A test whose transactions are real empties the database when it is done: the next one finds the content again."""
    yield
    if nextitem and empties_database(item):
        with item.config.stash[blocking_manager_key].unblock():
            item.config.stash[SHIPPED].restore()


@pytest.fixture(scope="session", autouse=True)
def plain_templates(django_test_environment: None) -> None:
    """The test client would copy the context of every template of an admin page, half of its time: no test asks."""
    Template._render = lambda template, context: template.nodelist.render(context)


@pytest.fixture(scope="session", autouse=True)
def writes_in_change_sets(django_test_environment: None) -> None:
    """Requests and commands write content in change sets only."""
    # Not at the top: it needs the apps.
    from tests.support import write_guard

    write_guard.install()


@pytest.fixture(autouse=True)
def no_open_request() -> None:
    """A file that a test before did not read to its end has left its request open, with the content version of then."""
    from strategy.core.cache.request_version import finish_request

    finish_request()


# ---- Order ---------------------------------------------------------------------------------------------------------


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


# ---- Clients -------------------------------------------------------------------------------------------------------


@pytest.fixture
def api(db: None) -> APIClient:
    """A client of the REST API without an account."""
    return APIClient()


@pytest.fixture
def root() -> Path:
    """The folder of the checkout."""
    return Path(settings.BASE_DIR)
