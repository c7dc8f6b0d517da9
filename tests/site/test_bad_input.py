"""Requests nobody should make: each is told which part of it is wrong, in words, and nothing about the inside."""

import re
from urllib.parse import unquote_to_bytes

import pytest
from django.test import Client

from tests.support.html import parse, squeeze

pytestmark = pytest.mark.django_db

LONG = "a" * 10_000
HUGE = "1" + "0" * 30
WIDE = "%EF%BC%91"  # A full-width digit 1.
LONE = "%ED%A0%80"  # Half of a surrogate pair.

# A path with its query, the parameter that is to be named, and words of the sentence about it.
REFUSED = [
    ("offices/?nonsense=1", "nonsense", "Unknown parameter"),
    ("offices/?ehcelon=joint", "ehcelon", "Did you mean 'echelon'?"),
    ("offices/?echelon=joint&echelon=ccmd", "echelon", "more than once"),
    ("offices/?echelon=nope", "echelon", "'nope' is not one of"),
    ("offices/?search=a%00b", "search", "NUL"),
    ("offices/?search=%FF", "search", "not valid UTF-8"),
    (f"offices/?search={LONE}", "search", "not valid UTF-8"),
    (f"offices/?search={LONG}", "search", "Longer than 1000 characters"),
    ("offices/?search=" + "a+" * 51, "search", "more than 50 words"),
    (f"offices/?search={'b' * 301}", "search", "longer than 300 characters"),
    (f"offices/?page={WIDE}", "page", "digits 0-9"),
    ("offices/?page=0", "page", "whole number from 1"),
    ("offices/?page=-1", "page", "whole number from 1"),
    ("offices/?page=1.0", "page", "whole number from 1"),
    ("offices/?page=last", "page", "whole number from 1"),
    ("offices/?page=1%00", "page", "NUL"),
    (f"offices/?page={HUGE}", "page", "whole number from 1"),
    ("offices/?page_size=201", "page_size", "from 1 to 200"),
    ("offices/?page_size=0", "page_size", "from 1 to 200"),
    (f"offices/?page_size={WIDE}0", "page_size", "from 1 to 200"),
    ("offices/?ordering=nope", "ordering", "'nope' is not one of"),
    ("offices/?ordering=name,nope", "ordering", "'nope' is not one of"),
    ("offices/?ordering=name;drop", "ordering", "is not one of"),
    ("offices/?notional=maybe", "notional", "'maybe' is not one of"),
    ("offices/?basis=seed", "basis", "'seed' is not one of"),
    ("offices/?name__regex=(a%2B)%2B$", "name__regex", "Unknown parameter"),
    ("offices/?id=1", "id", "Unknown parameter"),
    ("activities/?office=STARCOMM", "office", "Did you mean 'STARCOM'?"),
    ("activities/?office=1", "office", "There is no office '1'"),
    ("activities/?office=%FF", "office", "not valid UTF-8"),
    ("activities/?office=A%00", "office", "NUL"),
    ("activities/?office=STARCOM&office=FTF&role=lead", "office", "more than once"),
    ("activities/?role=boss", "role", "is not one of: lead, coordinating, supporting"),
    ("activities/?has_lead=1", "has_lead", "is not one of: true, false"),
    ("activities/?strategy=nope", "strategy", "There is no strategy 'nope'"),
    ("activities/?%00=1", "\\x00", "Unknown parameter"),
    (f"activities/?{LONG}=1", "a" * 60 + "…", "Unknown parameter"),
    ("activities/IPS-A06/?verbose=1", "verbose", "Unknown parameter"),
    ("activities/IPS-A06/?page=1", "page", "Unknown parameter"),
    ("findings/?severity=1", "severity", "Unknown parameter"),
    ("findings/record-without-source/?page=nope", "page", "whole number from 1"),
    ("findings/record-without-source/?page_size=201", "page_size", "from 1 to 200"),
    ("findings/record-without-source/?sort=%FF", "sort", "Unknown parameter"),
    ("citations/?form=xml", "form", "Unknown parameter"),
    ("offices/?ordering=,", "ordering", "each of them once"),
    ("offices/?ordering=code,,name", "ordering", "each of them once"),
    ("offices/?ordering=-code,code", "ordering", "each of them once"),
    ("offices/STARCOM/?x=1", "x", "Unknown parameter"),
]

# A path that leads nowhere, and words of the sentence.
NOWHERE = [
    ("offices/STARCOMM/", "There is no office 'STARCOMM'"),
    ("offices/%00/", "There is no office"),
    ("offices/STARCOM%00/", "There is no office"),
    ("offices/%FF/", "There is no office"),
    (f"offices/{LONE}/", "There is no office"),
    ("offices/A%2FB/", ""),
    ("offices/STARCOM%2F..%2FFTF/", ""),
    (f"offices/{LONG}/", "There is no office"),
    ("offices/starcom%20/", "There is no office"),
    ("offices/%3Cscript%3Ealert(1)%3C%2Fscript%3E/", ""),
    ("offices/%3Cscript%3E/", "There is no office"),
    ("activities/STARCOM/", "There is no activity 'STARCOM'"),
    ("findings/nope/", "There is no finding 'nope'"),
    ("findings/record-without-sauce/", "Did you mean 'record-without-source'?"),
    ("findings/%00/", "There is no finding"),
    ("findings/record-without-source/?page=999999", "There is 1 page and no more"),
    ("offices/?page=999999", "pages and no more"),
    ("nothing/", ""),
    (f"{LONG}/", ""),
    ("%00/", ""),
    ("offices/1/edit/", ""),
]

INSIDE = re.compile(
    r"Traceback|File \"/|site-packages|django\.|OperationalError|DataError|SELECT |strategy_office|DEBUG = True"
)


@pytest.fixture
def client(db: None) -> Client:
    """A client that shows a reader's answer to a request that breaks the server, rather than the exception."""
    return Client(raise_request_exception=False)


def get(client: Client, target: str):
    """Asks for an address as it stands: Django's client would decode and encode a query again."""
    path, _, query = target.partition("?")
    raw = unquote_to_bytes(path).decode("latin-1")
    return client.get("/", PATH_INFO=raw, QUERY_STRING=query)


def words_of(response) -> str:
    """What a reader reads, without markup."""
    return response.content.decode() if "json" in response["Content-Type"] else parse(response).text


def named(response) -> dict[str, str]:
    """The parameters that an answer names, each with what is said of it."""
    if "json" in response["Content-Type"]:
        body = response.json()
        assert body["type"] == "validation_error"
        return {error["attr"]: error["detail"] for error in body["errors"]}
    problems = response.context_data["problems"]
    shown = words_of(response)
    for texts in problems.values():
        assert all(squeeze(text) in shown for text in texts)
    return {name: " ".join(texts) for name, texts in problems.items()}


@pytest.mark.parametrize("face", ["/", "/api/v1/"])
@pytest.mark.parametrize(("target", "name", "words"), REFUSED, ids=[target[:50] for target, _, _ in REFUSED])
def test_refused_by_name(client: Client, face: str, target: str, name: str, words: str):
    response = get(client, face + target)
    assert response.status_code == 400, words_of(response)[-500:]
    message = named(response)
    assert list(message) == [name]
    assert words in message[name]
    assert not INSIDE.search(words_of(response))
    assert len(response.content) < 60_000


@pytest.mark.parametrize("face", ["/", "/api/v1/"])
@pytest.mark.parametrize(("target", "words"), NOWHERE, ids=[target[:50] for target, _ in NOWHERE])
def test_leads_nowhere(client: Client, face: str, target: str, words: str):
    response = get(client, face + target)
    assert response.status_code == 404, words_of(response)[-500:]
    assert words in words_of(response)
    assert not INSIDE.search(words_of(response))
    # JSON is never read as a page: X-Content-Type-Options says so.
    assert "json" in response["Content-Type"] or "<script>alert" not in response.content.decode()
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("target", ["offices/?echelon=", "activities/IPS-A06/?", "findings/?notional="])
def test_an_empty_field_of_a_form_is_no_fault_on_a_page(client: Client, target: str):
    assert get(client, "/" + target).status_code == 200


@pytest.mark.parametrize("target", ["offices/?echelon=", "offices/?search=", "findings/?notional="])
def test_an_empty_value_is_a_fault_in_the_api(client: Client, target: str):
    response = get(client, "/api/v1/" + target)
    assert response.status_code == 400
    assert "leave the parameter out" in words_of(response)


def test_every_fault_is_named_at_once(client: Client):
    for face in ("/", "/api/v1/"):
        assert set(named(get(client, f"{face}offices/?echelon=nope&link=nope&basis=nope"))) == {
            "echelon",
            "link",
            "basis",
        }


def test_too_many_parameters_are_one_fault(client: Client):
    query = "&".join(f"a{number}=1" for number in range(1001))
    for face in ("/", "/api/v1/"):
        response = get(client, f"{face}offices/?{query}")
        assert response.status_code == 400
        assert "more than 1000" in words_of(response)


@pytest.mark.parametrize("query", ["page=2", "page=999"])
def test_search_has_a_last_page(client: Client, query: str):
    response = get(client, f"/search/?q=STARCOM&type=strategy.office&{query}")
    assert response.status_code == 404
    assert "There is 1 page and no more." in words_of(response)


@pytest.mark.parametrize("path", ["/api/v1/", "/api/schema/", "/api/docs/", "/healthz", "/readyz"])
@pytest.mark.parametrize("query", ["x=1", "format=json", "%00=1"])
def test_addresses_without_parameters_take_none(client: Client, path: str, query: str):
    assert get(client, path).status_code == 200
    response = get(client, f"{path}?{query}")
    assert response.status_code == 400


# An address of the API that leads nowhere, and words of the sentence.
NOTHING = [
    ("/api/", "The resources are listed at /api/v1/"),
    ("/api", "The resources are listed at /api/v1/"),
    ("/api/v2/", "The resources are listed at /api/v1/"),
    ("/api/v1/nope/", "There is nothing at /api/v1/nope/"),
    ("/api/v1/ofices/", "Did you mean /api/v1/offices/?"),
    ("/api/v1/docs/", "Did you mean /api/docs/?"),
    ("/api/v1/offices/STARCOM/edit/", "Did you mean /api/v1/offices/?"),
    ("/api/v1/%00/", "There is nothing at /api/v1/\\x00/"),
    ("/api/v1/offices/STARCOMM/", "There is no office 'STARCOMM'. Did you mean 'STARCOM'?"),
    (f"/api/{LONG}/", "aaa…"),
]


@pytest.mark.parametrize(("path", "words"), NOTHING, ids=[path[:40] for path, _ in NOTHING])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_api_says_in_its_own_shape_that_nothing_is_there(client: Client, method: str, path: str, words: str):
    response = client.generic(method, "/", PATH_INFO=unquote_to_bytes(path).decode("latin-1"))
    if method == "GET" or response.status_code != 405:
        assert response.status_code == 404
        assert words in response.json()["errors"][0]["detail"]
    assert set(response.json()) == {"type", "errors"}
    assert set(response.json()["errors"][0]) == {"code", "detail", "attr"}


@pytest.mark.parametrize("host", ["elsewhere.example", "a b", ""])
def test_another_host_name(client: Client, host: str):
    for path in ("/offices/", "/api/v1/offices/"):
        response = client.get(path, HTTP_HOST=host)
        assert response.status_code == 400
        assert not INSIDE.search(response.content.decode())
    assert "host name" in response.json()["errors"][0]["detail"]


PAGES = [
    "/",
    "/about/",
    "/offices/",
    "/offices/STARCOM/",
    "/offices.csv",
    "/search/",
    "/findings/",
    "/healthz",
    "/readyz",
]


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_for_reading(path: str):
    client = Client(enforce_csrf_checks=True)
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "NONSENSE"):
        response = client.generic(method, path)
        assert response.status_code == 405, method
        assert response["Allow"] == "GET, HEAD, OPTIONS"
        assert f"{method} is not possible here" in words_of(response)
    assert client.options(path)["Allow"] == "GET, HEAD, OPTIONS"
    assert client.head(path).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/offices/", "/offices/STARCOM/", "/search/", "/findings/", "/api/v1/offices/"])
def test_nothing_is_written_by_a_reader(client: Client, method: str, path: str):
    response = getattr(client, method)(path, {}, content_type="application/json")
    assert response.status_code in (401, 403, 405)
    assert not INSIDE.search(words_of(response))


@pytest.mark.parametrize("query", ["%00=1", "nonsense=1", "q=%FF"])
def test_home_refuses_parameters(client: Client, query: str):
    response = get(client, f"/?{query}")
    assert response.status_code == 400
    assert "Unknown parameter" in words_of(response)
