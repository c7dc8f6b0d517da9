"""The API keeps what its schema promises: schemathesis asks every operation for what it takes and for what it does not.

In the suite a few examples of each, the same in every run. The release check asks for 1,000 of each, at random, and for
every border of every parameter (see README)::

    SCHEMA_EXAMPLES=1000 python3 run.py test tests/site/test_schema_fuzzing.py
"""

import os
from typing import Any

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from drf_spectacular.generators import EndpointEnumerator

from config.settings import MIDDLEWARE
from strategy.models import Goal
from tests.support import factories as make
from tests.support import schema_fuzzing

FEW = 3
EXAMPLES = int(os.environ.get("SCHEMA_EXAMPLES", FEW))
RELEASE = EXAMPLES > FEW
# The last speaks another protocol, in which it describes itself.
PATHS = sorted({path for path, *_ in EndpointEnumerator().get_api_endpoints()} - {"/api/mcp", "/api/mcp/"})


@pytest.fixture(scope="module")
def schema(django_db_setup: None, django_db_blocker: Any) -> Any:
    """The whole site: every middleware of the real settings, and connections that end with their request."""
    database = settings.DATABASES["default"]
    remaining, database["CONN_MAX_AGE"] = database["CONN_MAX_AGE"], 0
    with django_db_blocker.unblock(), override_settings(MIDDLEWARE=MIDDLEWARE):
        # A kind without any record has no code that could be asked for.
        indicator = make.indicator(goal=Goal.objects.all()[0])
        built = schema_fuzzing.loaded(
            get_wsgi_application(), **{"max-examples": EXAMPLES, "deterministic": not RELEASE}
        )
        yield built
        indicator.delete()
    database["CONN_MAX_AGE"] = remaining


@pytest.mark.parametrize("path", PATHS)
def test_an_operation_keeps_its_promise(schema: Any, path: str) -> None:
    item = schema.include(path=path)
    item.config.phases.coverage.enabled = RELEASE
    item.config.phases.stateful.enabled = False
    requests, failures = schema_fuzzing.failures(item)
    assert not failures, "\n\n".join(failures)
    assert requests
