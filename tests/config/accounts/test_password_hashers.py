"""The hash of passwords: small, a few at a time, and older ones are replaced."""

from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import User
from django.test import Client

from config import settings as production
from config.accounts import password_hashers

PASSWORD = "correct horse battery staple"
DJANGOS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]


@pytest.fixture(autouse=True)
def used_in_production(settings: Any) -> Any:
    settings.PASSWORD_HASHERS = production.PASSWORD_HASHERS
    return settings


def test_a_hash_takes_what_is_recommended() -> None:
    assert make_password(PASSWORD).startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.django_db
def test_an_older_hash_is_valid_and_replaced_by_signing_in(used_in_production: Any) -> None:
    user = User.objects.create_user("reader")
    used_in_production.PASSWORD_HASHERS = DJANGOS
    user.set_password(PASSWORD)
    user.save()
    assert "m=102400" in user.password
    used_in_production.PASSWORD_HASHERS = production.PASSWORD_HASHERS
    assert Client().post("/sign-in/", {"username": "reader", "password": PASSWORD}).status_code == 302
    user.refresh_from_db()
    assert "m=19456,t=2,p=1" in user.password
    assert check_password(PASSWORD, user.password)


def test_only_so_many_are_worked_out_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    lock, running, most = Lock(), 0, 0
    verify = hashers.Argon2PasswordHasher.verify

    def counted(hasher: Any, password: str, encoded: str) -> bool:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        try:
            return bool(verify(hasher, password, encoded))
        finally:
            with lock:
                running -= 1

    monkeypatch.setattr(hashers.Argon2PasswordHasher, "verify", counted)
    encoded = make_password(PASSWORD)
    with ThreadPoolExecutor(16) as threads:
        assert all(threads.map(lambda _: check_password(PASSWORD, encoded), range(32)))
    assert 1 <= most <= password_hashers.AT_ONCE
