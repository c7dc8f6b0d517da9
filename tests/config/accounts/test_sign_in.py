"""The door: open by default, shut by one setting for all addresses but a few; one for readers and editors."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from config import settings as production
from config.accounts.models import Token
from config.settings import LOGIN_URL
from tests.support.html import squeeze, text_of

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
OPEN = {"/sign-in/", "/sign-out/", "/healthz", "/readyz"}
FACES = [
    "/",
    "/goals/",
    "/goals/IPS-G1/",
    "/goals.csv",
    "/matrix/",
    "/search/?q=space",
    "/id/IPS-A06",
    "/trace.svg",
    "/api/docs/",
]
API = ["/api/v1/", "/api/v1/goals/", "/api/v1/goals/IPS-G1/", "/api/v1/goals/?format=csv"]
NOWHERE = ["/goals/ZZ/", "/interoprability/", "/api/v1/zz/", "/api/zz", "/healthz/", "/sign-in/zz/"]


@pytest.fixture
def user() -> User:
    return User.objects.create_user("reader", password=PASSWORD)


@pytest.fixture
def shut(settings: Any) -> None:
    settings.SIGN_IN = True
    settings.MIDDLEWARE = production.MIDDLEWARE


def addresses(resolver: URLResolver | None = None, before: str = "/") -> list[str]:
    """One address of every route, whatever it would answer."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        text = re.sub(r"\(\?P?<?.*?\)|<[^>]+>", "csv", str(entry.pattern)).strip("^").removesuffix("$")
        path = before + text.replace("\\Z", "").replace("\\", "")
        found += [path] if isinstance(entry, URLPattern) else addresses(entry, path)
    return found


def sign_in(client: Client, **fields: str) -> Any:
    return client.post("/sign-in/", {"username": "reader", "password": PASSWORD, **fields})


# ---- Shut ----------------------------------------------------------------------------------------------------------


def test_every_address_is_behind_the_door(shut: None, client: Client) -> None:
    every = {*addresses(), *FACES, *API, *NOWHERE}
    assert {"/api/schema/", "/goals/csv/", "/admin/"} <= every
    assert len(every) > 100
    for path in sorted(every - OPEN):
        answer = client.get(path)
        if path.startswith("/api/") and not path.startswith("/api/docs/"):
            assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Token"), path
            assert answer.json()["errors"][0]["code"] == "not_authenticated", path
        else:
            assert answer.status_code in (301, 302), path
            assert answer["Location"].startswith(("/sign-in/?next=/", "/admin/login/?next=/", f"{path}/")), path


def test_the_few_open_addresses(shut: None, client: Client) -> None:
    for path in ("/healthz", "/readyz", "/sign-in/", "/static/strategy/site.css", "/static/strategy/site.js"):
        assert client.head(path).status_code == 200, path
    page = client.get("/sign-in/?next=/goals/").content.decode()
    assert 'name="next" value="/goals/"' in page
    assert "<nav" not in page
    assert 'role="search"' not in page


def test_a_reader_who_signed_in_comes_to_what_was_asked_for(shut: None, client: Client, user: User) -> None:
    asked = client.get("/goals/?ordering=-code", follow=False)
    assert asked["Location"] == "/sign-in/?next=/goals/%3Fordering%3D-code"
    answer = sign_in(client, next="/goals/?ordering=-code")
    assert (answer.status_code, answer["Location"]) == (302, "/goals/?ordering=-code")
    for path in (*FACES, *API):
        assert client.get(path).status_code in (200, 302), path
    assert client.get("/goals/ZZ/").status_code == 404
    page = client.get("/").content.decode()
    assert "Signed in as reader" in page
    assert 'method="post" action="/sign-out/"' in page
    assert client.post("/sign-out/")["Location"] == "/"
    assert client.get("/")["Location"] == "/sign-in/?next=/"


def test_a_token_opens_the_api_and_nothing_else(shut: None, user: User) -> None:
    _, secret = Token.issue(user, "notebook", 30)
    client = Client(headers={"Authorization": f"Token {secret}"})
    for path in API:
        assert client.get(path).status_code == 200, path
    assert client.get("/api/v1/zz/").status_code == 404
    for path in FACES:
        assert client.get(path).status_code == 302, path
    for path in (*API, "/api/v1/zz/"):
        answer = Client().get(path, headers={"Authorization": "Token nonsense"})
        assert answer.status_code == 401
        assert answer.json()["errors"][0]["code"] == "authentication_failed"


def test_a_closed_account_is_outside_at_once(shut: None, client: Client, user: User) -> None:
    sign_in(client)
    assert client.get("/goals/").status_code == 200
    User.objects.update(is_active=False)
    assert client.get("/goals/").status_code == 302
    assert client.get("/api/v1/goals/").status_code == 401


def test_what_was_kept_before_is_not_served(settings: Any) -> None:
    settings.MIDDLEWARE = production.MIDDLEWARE
    before, tags = Client(), {}
    for path in (*FACES, *API):
        tags[path] = before.get(path, follow=True).get("ETag", "")
    assert all(tags[path] for path in ("/", "/goals.csv", "/api/v1/goals/"))
    settings.SIGN_IN = True
    for client in (Client(), before):
        client.handler.load_middleware()
        for path, tag in tags.items():
            for headers in ({}, {"If-None-Match": tag}, {"If-Modified-Since": "Fri, 31 Dec 2100 00:00:00 GMT"}):
                answer = client.get(path, headers=headers)
                assert answer.status_code == (401 if path in API else 302), path
                assert "ETag" not in answer


def test_a_form_sent_without_a_session_leads_to_the_first_page(shut: None, client: Client) -> None:
    assert client.post("/my-office/", {"office": "STARCOM"})["Location"] == "/sign-in/?next=/"
    assert client.post("/sign-out/")["Location"] == "/"


# ---- The page ------------------------------------------------------------------------------------------------------


def test_with_the_door_open_a_page_only_offers_it(client: Client, user: User) -> None:
    for path in ("/", "/goals/"):
        page = client.get(path).content.decode()
        assert "Sign in" in page
        assert "Signed in" not in page
        assert "Sign out" not in page
    sign_in(client)
    assert "Signed in as reader" in client.get("/").content.decode()


def test_a_wrong_password_says_so_and_no_more(client: Client, user: User) -> None:
    answers = [sign_in(client, password="wrong"), sign_in(client, username="nobody", password="wrong")]
    texts = [text_of(answer) for answer in answers]
    assert texts[0] == texts[1]
    assert "Please enter a correct username and password" in texts[0]
    assert PASSWORD not in answers[0].content.decode()
    assert "sessionid" not in client.cookies
    User.objects.update(is_active=False)
    assert squeeze(text_of(sign_in(client))) == texts[0]


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "https://localhost@evil.example/",
        "https://evil.example\\@localhost/",
        "\x08//evil.example",
        "ftp://localhost/",
        "/goals/\x00",
    ],
)
def test_nobody_is_led_elsewhere(client: Client, user: User, back: str) -> None:
    for answer in (client.get("/sign-in/", {"next": back}), sign_in(client, next=back)):
        assert answer.status_code == 400
        assert "next" in text_of(answer)
        assert "Location" not in answer
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda client: client.get("/sign-in/?nxt=/goals/"), "nxt : Unknown parameter. Did you mean 'next'?"),
        (lambda client: client.get("/sign-in/?next=/a&next=/b"), "next : Given more than once."),
        (lambda client: sign_in(client, remember="1"), "remember : Unknown parameter."),
    ],
)
def test_what_is_not_understood_is_refused(client: Client, user: User, ask: Callable[..., Any], words: str) -> None:
    answer = ask(client)
    assert answer.status_code == 400
    assert words in text_of(answer)


def test_what_is_missing_is_named(client: Client) -> None:
    text = text_of(client.post("/sign-in/", {}))
    assert "Username: This field is required." in text
    assert "Password: This field is required." in text


def test_sign_out_is_a_post(client: Client, user: User) -> None:
    sign_in(client)
    assert client.get("/sign-out/").status_code == 405
    assert client.put("/sign-in/").status_code == 405
    assert client.get("/admin/").status_code == 302
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict).status_code == 403


def test_editors_come_through_the_same_door(client: Client, user: User) -> None:
    asked = client.get("/admin/", follow=True)
    assert asked.redirect_chain[-1][0] == f"/{LOGIN_URL}/?next=/admin/"
    answer = client.post("/sign-in/", {"username": "reader", "password": PASSWORD, "next": "/admin/"}, follow=True)
    assert "You are signed in as reader, who may not open what you asked for." in text_of(answer)
    User.objects.update(is_staff=True)
    assert client.get("/admin/").status_code == 200


def test_what_is_not_allowed_does_not_promise_an_open_site(client: Client, settings: Any, user: User) -> None:
    settings.ROOT_URLCONF = "tests.config.urlconf_with_faults"
    assert "Reading needs no account" in text_of(client.get("/forbidden/"))
    settings.SIGN_IN = True
    client.force_login(user)
    assert "Reading needs no account" not in text_of(client.get("/forbidden/"))


def test_the_setting_in_a_process_of_its_own(root: Path, tmp_path: Path) -> None:
    from tests.support.commands import PRINT, run_python

    code = PRINT.format("settings.REST_FRAMEWORK['DEFAULT_PERMISSION_CLASSES']")
    for value, name in (("true", "IsAuthenticated"), ("false", "AllowAny")):
        done = run_python(root, code, DATA_DIR=str(tmp_path), SIGN_IN=value)
        assert done.stdout.strip() == f"['rest_framework.permissions.{name}']", done.stderr
