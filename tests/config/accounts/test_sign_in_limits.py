"""How often one may try to sign in: to one account, from one address, and from all of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from config.accounts.token_bucket import token_buckets
from tests.support.html import text_of

PASSWORD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def attempts_only(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DATA_DIR, settings.SIGN_IN_ATTEMPTS = tmp_path, 2
    yield
    token_buckets().clear()


def attempt(password: str = "wrong", username: str = "reader", address: str = "192.0.2.1") -> Any:
    client = Client(REMOTE_ADDR=address)
    return client.post("/sign-in/", {"username": username, "password": password})


@pytest.mark.django_db
def test_an_account_is_tried_so_often_from_one_address() -> None:
    User.objects.create_user("reader", password=PASSWORD)
    assert [attempt().status_code for _ in range(2)] == [200, 200]
    for name in ("reader", "READER"):
        answer = attempt(PASSWORD, name)
        assert (answer.status_code, int(answer["Retry-After"])) == (429, 450)
        assert "Too many attempts. Try again in 8 minutes." in text_of(answer)
        assert "sessionid" not in answer.client.cookies
    assert attempt(username="other").status_code == 200


@pytest.mark.django_db
def test_nobody_at_one_address_shuts_the_owner_out_at_another() -> None:
    User.objects.create_user("reader", password=PASSWORD)
    assert {attempt().status_code for _ in range(60)} == {200, 429}
    assert attempt(PASSWORD, address="192.0.2.9").status_code == 302


@pytest.mark.django_db
def test_an_account_is_tried_so_often_from_all_addresses() -> None:
    asked = [attempt(address=f"192.0.2.{n}").status_code for n in range(21)]
    assert asked == [200] * 20 + [429]
    assert attempt(username="other", address="192.0.2.20").status_code == 200


@pytest.mark.django_db
def test_an_unknown_account_is_counted_alike() -> None:
    assert [attempt(username="nobody").status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.django_db
def test_an_address_tries_so_many_accounts() -> None:
    asked = [attempt(username=f"account{n}").status_code for n in range(21)]
    assert asked == [200] * 20 + [429]
    assert attempt(username="account99", address="192.0.2.2").status_code == 200


@pytest.mark.django_db
def test_signing_in_with_success_is_not_counted() -> None:
    User.objects.create_user("reader", password=PASSWORD)
    assert {attempt(PASSWORD).status_code for _ in range(30)} == {302}
    assert [attempt().status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.django_db
def test_a_form_half_filled_in_is_no_attempt() -> None:
    assert {attempt("").status_code for _ in range(5)} == {200}
