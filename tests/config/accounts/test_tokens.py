"""Tokens: what one opens and for how long, who may give and revoke one, and that its secret is kept nowhere."""

import datetime
import re
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.accounts.models import Token
from strategy.models import content_version
from tests.support.admin_forms import url

pytestmark = pytest.mark.django_db
GOALS = "/api/v1/goals/"


@pytest.fixture
def user() -> User:
    return User.objects.create_user("analyst")


@pytest.fixture
def secret(user: User) -> str:
    return Token.issue(user, "notebook", 30)[1]


def ask(header: str, path: str = GOALS) -> Any:
    return Client().get(path, headers={"Authorization": header})


def refused(header: str, path: str = GOALS) -> str:
    """The sentence of a 401 in the API's one shape."""
    answer = ask(header, path)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Token")
    body = answer.json()
    (error,) = body["errors"]
    assert (body["type"], error["code"], error["attr"]) == ("client_error", "authentication_failed", None)
    sentence: str = error["detail"]
    assert "nonsense" not in sentence
    return sentence


# ---- What a token opens --------------------------------------------------------------------------------------------


def test_a_token_reads_as_its_user_until_its_day(secret: str) -> None:
    assert ask(f"Token {secret}").json() == Client().get(GOALS).json()
    assert ask(f"token  {secret}").status_code == 200
    with time_machine.travel(timezone.now() + datetime.timedelta(days=29)):
        assert ask(f"Token {secret}").status_code == 200
    with time_machine.travel(timezone.now() + datetime.timedelta(days=31)):
        assert refused(f"Token {secret}").startswith("The token expired on 20")
    assert Token.objects.count() == 1, "reading deletes nothing"


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Token", "No credentials provided"),
        ("Token ", "No credentials provided"),
        ("Token a b", "should not contain spaces"),
        ("Token nonsense", "There is no such token"),
        ("Token skb_" + "0" * 64, "There is no such token"),
        pytest.param("Token " + "a" * 5000, "There is no such token", id="long"),
        ("Token é\xff", "There is no such token"),
        ("Token a\x00b", "There is no such token"),
        ("Bearer nonsense", "Authorization: Token"),
        ("Basic dTpw", "Authorization: Token"),
        ("nonsense", "Authorization: Token"),
        ("", "Authorization: Token"),
    ],
)
def test_a_malformed_or_unknown_token_is_refused(header: str, words: str) -> None:
    assert words in refused(header)


def test_a_token_is_refused_everywhere() -> None:
    for path in (f"{GOALS}IPS-G1/", f"{GOALS}?format=csv", "/api/v1/findings/", "/api/v1/"):
        assert "no such token" in refused("Token nonsense", path)
    assert ask("Token nonsense", "/api/schema/").status_code == 401


def test_a_mistyped_token_does_not_become_another(secret: str) -> None:
    assert "no such token" in refused(f"Token {secret[:-1]}{'0' if secret[-1] != '0' else '1'}")
    assert "no such token" in refused(f"Token {secret.upper()}")


def test_a_closed_account_and_a_revoked_token_end_at_once(user: User, secret: str) -> None:
    User.objects.update(is_active=False)
    assert "inactive" in refused(f"Token {secret}")
    User.objects.update(is_active=True)
    assert ask(f"Token {secret}").status_code == 200
    Token.objects.all().delete()
    assert "revoked" in refused(f"Token {secret}")


def test_a_token_edits_nothing(secret: str) -> None:
    User.objects.update(is_staff=True, is_superuser=True)
    assert ask(f"Token {secret}", "/admin/").status_code == 302
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(Client(), method)(GOALS, headers={"Authorization": f"Token {secret}"})
        assert answer.status_code == 405


def test_knowing_the_reader_costs_one_query(secret: str) -> None:
    def count(**headers: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(GOALS, headers=headers).status_code == 200
        return len(captured)

    anonymous = count()
    count(Authorization=f"Token {secret}")
    # One for the token, and one for the tag.
    assert count(Authorization=f"Token {secret}") <= anonymous + 2


def test_the_day_of_last_use_is_noted_once(secret: str) -> None:
    version = content_version()
    assert Token.objects.get().last_used is None
    ask(f"Token {secret}")
    assert Token.objects.get().last_used == timezone.localdate()
    with CaptureQueriesContext(connection) as captured:
        ask(f"Token {secret}")
    assert not [query for query in captured if not query["sql"].startswith("SELECT")]
    assert content_version() == version


def test_a_signed_in_browser_reads_the_api(client: Client, user: User) -> None:
    client.force_login(user)
    assert client.get(GOALS).status_code == 200
    assert client.get("/api/docs/").status_code == 200
    with_both = client.get(GOALS, headers={"Authorization": "Token nonsense"})
    assert with_both.status_code == 401, "what is said by the header counts"


# ---- Giving and revoking -------------------------------------------------------------------------------------------


def run(*words: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("token", *words, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_by_command(user: User) -> None:
    out, err = run("create", "--user", "analyst", "--name", "notebook", "--days", "7")
    secret = out.strip()
    assert re.fullmatch(r"skb_[0-9a-f]{64}", secret)
    assert f"notebook of analyst, until {timezone.now() + datetime.timedelta(days=7):%Y-%m-%d}" in err
    assert ask(f"Token {secret}").status_code == 200
    listed, _ = run("list")
    assert re.fullmatch(r"notebook of analyst: created [\d-]+, expires [\d-]+, last used [\d-]+\n", listed)
    assert run("revoke", "--user", "analyst", "--name", "notebook")[0] == "Revoked: notebook of analyst.\n"
    assert ask(f"Token {secret}").status_code == 401
    assert run("list") == ("", "")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("create --user nobody --name x", "There is no user 'nobody'."),
        ("revoke --user nobody --name x", "There is no user 'nobody'."),
        ("revoke --user analyst --name x", "analyst has no token 'x'."),
        ("create --user analyst --name notebook", "already exists"),
        ("create --user analyst --name " + "x" * 101, "at most 100 characters"),
        ("create --user analyst --name x --days 0", "from 1 to 365"),
        ("create --user analyst --name x --days 366", "from 1 to 365"),
        ("create --user analyst --name x --days ٣", "from 1 to 365"),
        ("create --user analyst", "--name"),
        ("", "action"),
    ],
)
def test_a_mistaken_command_is_one_clear_line(secret: str, words: str, sentence: str) -> None:
    with pytest.raises(CommandError) as error:
        run(*words.split())
    assert sentence in str(error.value)
    assert len(str(error.value).splitlines()) == 1
    assert Token.objects.count() == 1


def test_only_a_digest_is_kept(secret: str) -> None:
    row = str(Token.objects.values().get())
    assert secret not in row
    assert secret[15:] not in row


def test_the_admin_shows_a_new_token_once_and_no_digest(client: Client, admin_user: User, user: User) -> None:
    form = {"user": user.pk, "name": "dashboard", "expiry": f"{timezone.now():%Y}-12-31T23:59"}
    with time_machine.travel(f"{timezone.now():%Y}-12-01 12:00"):
        client.force_login(admin_user)
        form_page = client.get(url(Token, "add")).content.decode()
        assert f'value="{timezone.now() + datetime.timedelta(days=90):%Y-%m-%dT%H:%M}"' in form_page
        answer = client.post(url(Token, "add"), form)
        (secret,) = set(re.findall(r"skb_[0-9a-f]{64}", answer.content.decode()))
        assert "no-store" in answer["Cache-Control"]
        assert ask(f"Token {secret}").status_code == 200
        token = Token.objects.get()
        for page in (client.get(url(Token)), client.get(url(Token, "change", token.pk))):
            text = page.content.decode()
            assert page.status_code == 200
            assert "dashboard" in text
            assert not [part for part in (secret, token.digest, token.token_key) if part in text]
        gone = {"action": "delete_selected", "_selected_action": token.pk, "post": "yes"}
        client.post(url(Token), gone)
        assert ask(f"Token {secret}").status_code == 401


def test_the_admin_gives_no_token_for_ever(admin_client: Client, user: User) -> None:
    for year, words in ((2001, "Must lie ahead"), (9000, "at most 365 days"), ("", "required")):
        form = {"user": user.pk, "name": "x", "expiry": f"{year}-01-01T00:00" if year else ""}
        assert words in admin_client.post(url(Token, "add"), form).content.decode()
    assert not Token.objects.exists()


def test_the_longest_life_is_a_setting(user: User, settings: Any) -> None:
    settings.TOKEN_MAX_DAYS = 7
    with pytest.raises(ValidationError, match="at most 7 days"):
        Token.issue(user, "x", 8)
    with pytest.raises(CommandError, match="from 1 to 7"):
        run("create", "--user", "analyst", "--name", "x", "--days", "8")
