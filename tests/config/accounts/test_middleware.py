"""What an address may not hold, what no answer invites, and what the schema says of who asks."""

import logging
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from config import settings as production
from config.accounts.middleware import CREDENTIAL_NAMES

SECRET = "hunter2hunter2"
PATHS = [
    "/",
    "/goals/",
    "/goals",
    "/goals.csv",
    "/matrix/",
    "/nowhere/",
    "/sign-in/",
    "/admin/",
    "/readyz",
    "/api/docs/",
]
API = ["/api/v1/goals/", "/api/v1/goals", "/api/v1/goals/IPS-G1/", "/api/v1/zz/", "/api/schema/"]


def assert_refused(answer: Any, name: str, caplog: pytest.LogCaptureFixture) -> None:
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Authorization: Token" in text.replace("&#x27;", "'")
    assert name in text
    assert SECRET not in text + str(answer.items()) + caplog.text
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("path", [*PATHS, *API])
@pytest.mark.django_db
def test_credentials_in_an_address_are_refused_and_not_repeated(
    client: Client, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = client.get(f"{path}?page=1&token={SECRET}")
        assert_refused(answer, "token", caplog)
        assert_refused(client.post(f"{path}?token={SECRET}"), "token", caplog)
    if path in API:
        assert answer.json()["type"] == "validation_error"
        (error,) = answer.json()["errors"]
        assert (error["code"], error["attr"]) == ("invalid", "token")


@pytest.mark.parametrize(
    "name", [*sorted(CREDENTIAL_NAMES), "Token", "API-Key", "X-Api-Key", "%74oken", "access-token"]
)
@pytest.mark.django_db
def test_by_whatever_name(client: Client, name: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        plain = name.replace("%74", "t").lower().replace("-", "_")
        assert_refused(client.get(f"/api/v1/goals/?{name}={SECRET}"), plain, caplog)
        assert client.get(f"/goals/?{name}").status_code == 400, "even without a value"


@pytest.mark.django_db
def test_userinfo_before_the_host(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        for path in ("/goals/", "/api/v1/goals/"):
            assert_refused(client.get(path, headers={"Host": f"me:{SECRET}@localhost"}), "userinfo", caplog)


@pytest.mark.django_db
def test_before_an_address_is_led_to_https_or_to_the_door(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    settings.MIDDLEWARE = production.MIDDLEWARE
    for name in ("SECURE_SSL_REDIRECT", "SIGN_IN"):
        setattr(settings, name, True)
        assert_refused(Client().get(f"/goals/?token={SECRET}"), "token", caplog)
        assert Client().get("/goals/").status_code in (301, 302)


@pytest.mark.django_db
def test_no_filter_has_such_a_name() -> None:
    schema = SchemaGenerator().get_schema(public=True)
    names = {p["name"] for path in schema["paths"].values() for p in path["get"].get("parameters", [])}
    assert len(names) > 50
    assert not names & CREDENTIAL_NAMES


# ---- Other origins -------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_no_other_origin_is_invited(client: Client, admin_client: Client) -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    paths = ["/", "/goals.csv", "/static/strategy/site.css", "/sign-in/", "/admin/", "/healthz", "/nowhere/"]
    paths += set(API) - {"/api/schema/"}
    for who in (client, admin_client):
        for path in paths:
            for answer in (who.head(path, headers=asked), who.options(path, headers=asked)):
                found = [name for name in answer.headers if name.lower().startswith("access-control")]
                assert found == [], path


# ---- The schema ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_every_operation_says_who_may_ask_and_what_a_refusal_is() -> None:
    schema = SchemaGenerator().get_schema(public=True)
    schemes = schema["components"]["securitySchemes"]
    assert schemes["token"]["type"] == schemes["cookieAuth"]["type"] == "apiKey"
    assert (schemes["token"]["in"], schemes["token"]["name"]) == ("header", "Authorization")
    assert (schemes["cookieAuth"]["in"], schemes["cookieAuth"]["name"]) == ("cookie", settings.SESSION_COOKIE_NAME)
    operations = [operation for path in schema["paths"].values() for operation in path.values()]
    assert len(operations) > 50
    for operation in operations:
        assert operation["security"] == [{"token": []}, {"cookieAuth": []}, {}], operation["operationId"]
        assert {"401", "429"} <= set(operation["responses"]), operation["operationId"]


@pytest.mark.django_db
def test_the_content_of_a_token_header_never_comes_back(caplog: pytest.LogCaptureFixture) -> None:
    User.objects.create_user("reader")
    with caplog.at_level(logging.DEBUG):
        answer = Client().get("/api/v1/goals/", headers={"Authorization": f"Token {SECRET}"})
    assert answer.status_code == 401
    assert SECRET not in answer.content.decode() + str(answer.items()) + caplog.text
