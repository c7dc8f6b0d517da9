"""A typed Python client, generated from the schema, used against the site: what its types say holds for the content."""

import importlib
import inspect
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
from django.core.wsgi import get_wsgi_application
from rest_framework.test import APIClient

from tests.support.models import MODELS

NAME = "knowledge_base_client"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Iterator[Path]:
    """The folder of the package ``NAME``, which can be imported while the tests of this module run."""
    folder = tmp_path_factory.mktemp("client")
    with django_db_blocker.unblock():
        schema = APIClient().get("/api/schema/", HTTP_ACCEPT="application/json").json()
    (folder / "schema.json").write_text(json.dumps(schema))
    # Nothing to tidy up afterwards: nobody reads it.
    (folder / "config.json").write_text('{"post_hooks": []}')
    words = "generate --path schema.json --config config.json --meta none --fail-on-warning --output-path".split()
    command = [sys.executable, "-m", "openapi_python_client", *words, NAME]
    built = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    sys.path.insert(0, str(folder))
    yield folder / NAME
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.partition(".")[0] == NAME]:
        del sys.modules[name]


@pytest.fixture(scope="module")
def client(package: Path, django_db_blocker: Any) -> Iterator[Any]:
    """A client whose requests go to the site itself, without a network; it only reads."""
    transport = httpx.WSGITransport(app=get_wsgi_application())
    built = module("client").Client(base_url="http://localhost", httpx_args={"transport": transport})
    with django_db_blocker.unblock(), built:
        yield built


def module(name: str) -> ModuleType:
    return importlib.import_module(f"{NAME}.{name}")


def test_who_coordinates_what(client: Any) -> None:
    role = module("models.activities_list_role").ActivitiesListRole.COORDINATING
    page = module("api.activities.activities_list").sync(client=client, office="STARCOM", role=role, expand="citations")
    assert type(page).__name__ == "PaginatedActivityList"
    (activity,) = page.results
    assert (page.count, activity.code, activity.assignments[0].role.value) == (1, "IPS-A06", "coordinating")
    assert activity.updated.tzinfo is not None
    assert {type(citation).__name__ for citation in activity.citations} == {"Citation"}


def test_a_code_or_the_record_in_its_place(client: Any) -> None:
    retrieve = module("api.activities.activities_retrieve")
    assert retrieve.sync("IPS-A06", client=client).line_of_effort.startswith("IPS-L")
    whole = retrieve.sync("IPS-A06", client=client, expand="line_of_effort").line_of_effort
    assert (type(whole).__name__, whole.code[:5]) == ("LineOfEffort", "IPS-L")


def test_a_refusal_is_an_answer_too(client: Any) -> None:
    refusal = module("api.activities.activities_list").sync(client=client, office="STARCOMM")
    assert (refusal.errors[0].attr, "STARCOM" in refusal.errors[0].detail) == ("office", True)
    assert module("api.goals.goals_retrieve").sync("NOPE", client=client).errors[0].code == "not_found"


def test_every_record_is_what_its_type_says(client: Any, package: Path) -> None:
    """What is read into the types and written again is what was sent: nothing is lost, misread or made up."""
    names = [f"api.{path.parent.name}.{path.stem}" for path in sorted(package.glob("api/*/*_list.py"))]
    lists = {name: ask for name in names if is_list(ask := module(name).sync_detailed)}
    for name, ask in lists.items():
        answer = ask(client=client, page_size=200)
        assert plain(answer.parsed.to_dict()) == plain(json.loads(answer.content)), name
    assert len(lists) >= len(MODELS) + 1


def is_list(ask: Any) -> bool:
    """Whether an operation gives pages, and can be asked without saying anything more."""
    parameters = inspect.signature(ask).parameters
    free = [item for item in parameters.values() if item.default is item.empty and item.name != "client"]
    return "page_size" in parameters and not free


def plain(value: Any) -> Any:
    """With moments written in one way."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.removesuffix("Z").removesuffix("+00:00") if isinstance(value, str) else value
