"""Records for the contract tests of models of which nothing is shipped."""

import pytest

from tests.support import factories as make
from tests.support.models import NOT_SHIPPED


@pytest.fixture(autouse=True)
def one_record_of_what_is_not_shipped(request: pytest.FixtureRequest) -> None:
    """Makes a record of the model that a test is about, where the shipped content has none."""
    model = getattr(request.node, "callspec", None) and request.node.callspec.params.get("model")
    compares = "before" in request.fixturenames
    if model in NOT_SHIPPED and request.node.get_closest_marker("django_db") and not compares:
        request.getfixturevalue("_django_db_marker")
        make.Factory.of[model]()
