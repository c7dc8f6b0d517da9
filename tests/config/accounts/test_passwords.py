"""What a password may not be, and how long a session lasts."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from tests.support.admin_forms import form_of, refused, url

PASSWORD = "correct horse battery staple"


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "PasswordPASSWORD",
        "password password",
        "password-password-1",
        "passwordpassword1",
        "administratoradministrator",
        "qxzqxzqxzqxzqxz",
        "qqqqqqqqqqqqqqqq",
        "abababababababab",
        "ab" * 5000,
    ],
)
def test_a_word_again_and_again_is_no_long_password(password: str) -> None:
    with pytest.raises(ValidationError, match="repeats itself"):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "a mississippi hillside",
        "the more the merrier",
        f"{PASSWORD} {PASSWORD}",
        "k3#Vw9!pQz7&Lm2x",
        PASSWORD * 500,
    ],
)
def test_a_long_password_may_repeat_some(password: str) -> None:
    validate_password(password)


@pytest.mark.django_db
def test_the_form_says_what_is_wrong(admin_client: Client) -> None:
    form = form_of(admin_client, url(User, "add"), User) | {"username": "ann", "usable_password": "true"}
    form |= {"password1": "passwordpassword", "password2": "passwordpassword"}
    assert "This password repeats itself" in refused(admin_client, url(User, "add"), form)


@pytest.mark.django_db
def test_a_session_ends_with_the_working_day_or_the_browser(client: Client) -> None:
    User.objects.create_user("editor", password=PASSWORD, is_staff=True)
    client.post("/sign-in/", {"username": "editor", "password": PASSWORD})
    # Without an age, a browser forgets it when it is closed.
    assert client.cookies["sessionid"]["max-age"] == ""
    for hours, status in ((7, 200), (9, 302)):
        with time_machine.travel(timezone.now() + datetime.timedelta(hours=hours)):
            assert client.get("/admin/").status_code == status
