"""The public address: links, redirects, cookies and sign-in follow it, whatever the proxy makes of a request."""

import re
import socket
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from environs import ValidationError
from pytest_django import DjangoDbBlocker

from config import environment
from config.checks import check_prefix
from config.server.public_address import PublicAddress, PublicAddressApplication
from tests.support.html import parse
from tests.support.servers import database_url, served

PUBLIC = "https://kb.example.org:8443/kb/"
PAGES = 40


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.org", ("https", "example.org", "")),
        ("https://example.org/", ("https", "example.org", "")),
        ("https://Example.org:443/kb", ("https", "example.org", "/kb")),
        ("http://example.org:80/a/b/", ("http", "example.org", "/a/b")),
        ("http://[::1]:8000/", ("http", "[::1]:8000", "")),
        (PUBLIC, ("https", "kb.example.org:8443", "/kb")),
    ],
)
def test_an_address_is_read(url: str, address: tuple[str, str, str]) -> None:
    environment.require_public_url(url)
    assert PublicAddress.parse(url) == address


@pytest.mark.parametrize(
    "url",
    [
        *("example.org", "ftp://example.org", "https://", "https:///kb", "https://u:p@example.org/"),
        *("https://example.org/?a=1", "https://example.org/#a", "https://example.org/?", "https://example.org:x/"),
        *("https://example.org/a b", "https://example.org//kb", "https://example.org/../", "https://.example.org/"),
        *("https://example.org:99999/", "https://a,b/", "https://[::1/"),
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        environment.require_public_url(url)


def test_the_address_and_https_agree() -> None:
    environment.require_scheme("https", https=True)
    for scheme, https in (("http", True), ("https", False)):
        with pytest.raises(ImproperlyConfigured):
            environment.require_scheme(scheme, https=https)


def test_a_prefix_is_no_page() -> None:
    for prefix, count in (("/risks", 1), ("/kb", 0), (None, 0)):
        with override_settings(FORCE_SCRIPT_NAME=prefix):
            assert len(check_prefix(None)) == count


@pytest.mark.parametrize("path", ["/goals/", "/kb/goals/"])
def test_every_request_is_of_the_public_address(path: str) -> None:
    seen: dict[str, Any] = {}
    application = PublicAddressApplication(lambda environ, _: seen.update(environ) or [], PublicAddress.parse(PUBLIC))
    application({"PATH_INFO": path, "HTTP_HOST": "inner", "HTTP_X_FORWARDED_HOST": "evil"}, None)
    assert seen == {
        "wsgi.url_scheme": "https",
        "HTTP_HOST": "kb.example.org:8443",
        "SCRIPT_NAME": "/kb",
        "PATH_INFO": "/goals/",
    }


# ---- A site under a prefix -----------------------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def inner(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Any:
    """A client of the site as a proxy asks it that takes the prefix away and names its own host."""
    port = free_port()
    data, root = tmp_path_factory.mktemp("data"), Path(settings.BASE_DIR)
    with (
        django_db_blocker.unblock(),
        served(root, data, port, database_url(), PUBLIC_URL=PUBLIC),
        httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"Host": "inner", "Accept-Encoding": ""}) as client,
    ):
        yield client


def public_links(response: httpx.Response, here: str) -> Iterator[str]:
    """The addresses that a browser would ask for from a page."""
    page = parse(response)
    for name, attribute in (("[href]", "href"), ("[src]", "src"), ("form", "action"), ("use", "href")):
        for value in page.values(name, attribute):
            if value and not value.startswith(("#", "mailto:")):
                yield urljoin(here, value)


def test_every_link_is_of_the_public_address_and_leads_somewhere(inner: httpx.Client) -> None:
    waiting, seen, read = deque([PUBLIC]), {PUBLIC}, 0
    routes: dict[str, int] = {}
    while waiting and read < PAGES:
        address = waiting.popleft()
        path = address.removeprefix(PUBLIC)
        kind = re.sub(r"[^/]*[0-9A-Z][^/]*", "*", path.partition("?")[0])
        routes[kind] = routes.get(kind, 0) + 1
        if routes[kind] > 1:
            continue
        read += 1
        response = inner.get(f"/{path}")
        if response.status_code == 302:
            # What a reader chooses is remembered, and leads back.
            assert response.headers["Location"].startswith("/kb/"), address
            continue
        assert response.status_code == 200, address
        if not response.headers["Content-Type"].startswith("text/html"):
            continue
        canonical = re.findall(r'rel="canonical" href="([^"]*)"', response.text)
        assert all(link.startswith(PUBLIC) for link in canonical)
        for link in public_links(response, address):
            if urlsplit(link).netloc == urlsplit(PUBLIC).netloc:
                assert link.startswith(PUBLIC), f"{link} on {address}"
                bare = link.partition("#")[0]
                if bare not in seen and "/admin/" not in bare and "my-office" not in bare:
                    seen.add(bare)
                    waiting.append(bare)
            else:
                assert "inner" not in link
                assert "127.0.0.1" not in link
    assert read == PAGES


def test_the_api_names_public_addresses(inner: httpx.Client) -> None:
    for path in ("/api/v1/", "/api/v1/goals/?page_size=1", "/kb/api/v1/goals/IPS-G1/"):
        links = re.findall(r'"(https?://[^"]*)"', inner.get(path).text)
        assert links
        assert all(link.startswith(PUBLIC) for link in links if "kb." in link or "api" in link)
    assert inner.get("/api/schema/", headers={"Accept": "application/json"}).json()["servers"] == [{"url": "/kb"}]
    missing = inner.get("/api/v1/gols/").json()["errors"][0]["detail"]
    assert "/kb/api/v1/gols/" in missing
    assert "/kb/api/v1/goals/" in missing


def test_redirects_cookies_and_forms_are_of_the_public_address(inner: httpx.Client) -> None:
    assert inner.get("/goals").headers["Location"] == "/kb/goals/"
    own = {"Origin": "https://kb.example.org:8443"}
    response = inner.post("/my-office/", data={"office": "STARCOM"}, headers=own)
    assert response.headers["Location"] == "/kb/offices/STARCOM/"
    assert "Path=/kb/" in response.headers["Set-Cookie"]
    assert inner.post("/my-office/", data={"office": "STARCOM"}, headers={"Origin": "http://inner"}).status_code == 403
    form = inner.get("/sign-in/")
    cookie, token = form.cookies["csrftoken"], parse(form).values("[name=csrfmiddlewaretoken]", "value")[0]
    assert "Path=/kb/" in form.headers["Set-Cookie"]
    sent = {"username": "nobody", "password": "nothing", "csrfmiddlewaretoken": token}
    headers = {**own, "Referer": f"{PUBLIC}sign-in/", "Cookie": f"csrftoken={cookie}"}
    tried = inner.post("/sign-in/", data={**sent, "next": "/kb/goals/"}, headers=headers)
    assert tried.status_code == 200, "the form was taken, the password was not"
    assert 'value="/kb/goals/"' in tried.text
    assert inner.get("/sign-in/?next=https://kb.example.org:8443/kb/").status_code == 200
    assert inner.get("/sign-in/?next=http://inner/").status_code == 400


def test_probes_pass(inner: httpx.Client) -> None:
    assert inner.get("/readyz").text == "ready"
    assert inner.get("/kb/healthz").text == "ok"
