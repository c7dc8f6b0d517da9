"""Who edits accounts gives, and takes over, no more rights than he has: by form, by a crafted one, and by password."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.accounts.models import Token
from tests.support.admin_forms import change_url, form_for, form_of, refused, saved, url
from tests.support.html import parse

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
ACCOUNTS = ("user", "group", "token")


@pytest.fixture
def editor() -> User:
    """One who may do all there is to do with accounts, and see content."""
    account = User.objects.create_user("editor", is_staff=True)
    rights = Permission.objects.filter(content_type__model__in=ACCOUNTS)
    account.user_permissions.set(rights | Permission.objects.filter(codename__startswith="view_"))
    return account


@pytest.fixture
def client(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def beyond() -> Permission:
    return Permission.objects.get(codename="change_goal")


def superuser() -> User:
    return User.objects.create_superuser("root", password=PASSWORD)


def with_right() -> User:
    account = User.objects.create_user("author", password=PASSWORD)
    account.user_permissions.add(beyond())
    return account


def in_group() -> User:
    account = User.objects.create_user("author", password=PASSWORD)
    account.groups.add(group_beyond())
    return account


def closed() -> User:
    """An account that has no rights only because it is not active."""
    account = in_group()
    account.is_active = False
    account.save()
    return account


def group_beyond() -> Group:
    group = Group.objects.create(name="authors")
    group.permissions.add(beyond())
    return group


# ---- What may be given ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("own", [True, False], ids=["his own account", "another"])
def test_nobody_makes_a_superuser(client: Client, editor: User, own: bool) -> None:
    account = editor if own else User.objects.create_user("reader")
    form = form_for(client, account)
    assert "is_superuser" not in form
    saved(client, change_url(account), form | {"is_superuser": "on"})
    account.refresh_from_db()
    assert not account.is_superuser


@pytest.mark.parametrize("own", [True, False], ids=["his own account", "another"])
def test_only_rights_of_his_own_are_given(client: Client, editor: User, own: bool) -> None:
    account = editor if own else User.objects.create_user("reader")
    form, before = form_for(client, account), account.get_all_permissions()
    more = [*form.get("user_permissions", []), str(beyond().pk)]
    assert "user_permissions: " in refused(client, change_url(account), form | {"user_permissions": more})
    group = group_beyond()
    assert "groups: " in refused(client, change_url(account), form | {"groups": [str(group.pk)]})
    page = parse(client.get(change_url(account)))
    assert str(beyond().pk) not in page.one("select[name=user_permissions]").values("option", "value")
    assert not page.has("select[name=groups] option")
    assert User.objects.get(pk=account.pk).get_all_permissions() == before


def test_rights_of_his_own_are_given(client: Client, editor: User) -> None:
    account, group = User.objects.create_user("reader"), Group.objects.create(name="readers")
    right = Permission.objects.get(codename="view_goal")
    group.permissions.add(right)
    form = form_for(client, account) | {"user_permissions": [str(right.pk)], "groups": [str(group.pk)]}
    saved(client, change_url(account), form)
    account = User.objects.get(pk=account.pk)
    assert account.get_all_permissions() == {"strategy.view_goal"}
    assert list(account.groups.all()) == [group]


def test_a_group_gives_no_more(client: Client) -> None:
    group = Group.objects.create(name="readers")
    form = form_for(client, group) | {"permissions": [str(beyond().pk)]}
    assert "permissions: " in refused(client, change_url(group), form)
    form = form_of(client, url(Group, "add"), Group) | {"name": "more", "permissions": [str(beyond().pk)]}
    assert "permissions: " in refused(client, url(Group, "add"), form)
    assert not group.permissions.exists()
    authors = group_beyond()
    assert client.post(change_url(authors), {"name": "mine"}).status_code == 403
    assert client.post(url(Group, "delete", authors.pk), {"post": "yes"}).status_code == 403


# ---- What may be taken over ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [superuser, with_right, in_group, closed])
def test_an_account_with_more_rights_is_only_seen(client: Client, make: Callable[[], User]) -> None:
    account = make()
    page = client.get(change_url(account))
    assert page.status_code == 200
    assert not parse(page).has("input[name=username]")
    assert client.post(change_url(account), {"username": "mine"}).status_code == 403
    assert client.post(url(User, "delete", account.pk), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": str(account.pk), "post": "yes"}
    assert client.post(url(User), chosen).status_code == 403
    address = reverse("admin:auth_user_password_change", args=[account.pk])
    new = {"password1": f"new {PASSWORD}", "password2": f"new {PASSWORD}", "usable_password": "true"}
    assert client.get(address).status_code == client.post(address, new | {"set-password": "1"}).status_code == 403
    after = User.objects.get(pk=account.pk)
    assert (after.username, after.password) == (account.username, account.password)
    assert "user: " in refused(client, url(Token, "add"), token_for(account))
    assert not Token.objects.exists()


def token_for(account: User) -> dict[str, Any]:
    return {
        "user": str(account.pk),
        "name": "x",
        "expiry": f"{timezone.now() + datetime.timedelta(days=7):%Y-%m-%dT%H:%M}",
    }


def test_an_account_with_no_more_rights_is_edited(client: Client) -> None:
    account = User.objects.create_user("reader", password=PASSWORD)
    saved(client, change_url(account), form_for(client, account) | {"first_name": "Ann"})
    address = reverse("admin:auth_user_password_change", args=[account.pk])
    new = {"password1": f"new {PASSWORD}", "password2": f"new {PASSWORD}", "usable_password": "true"}
    assert client.post(address, new | {"set-password": "1"}).status_code == 302
    account.refresh_from_db()
    assert (account.first_name, account.check_password(f"new {PASSWORD}")) == ("Ann", True)
    assert "skb_" in client.post(url(Token, "add"), token_for(account)).content.decode()
    assert client.post(url(User, "delete", account.pk), {"post": "yes"}).status_code == 302


def test_a_superuser_gives_everything(admin_client: Client) -> None:
    account = User.objects.create_user("reader")
    form = form_for(admin_client, account) | {"is_superuser": "on", "user_permissions": [str(beyond().pk)]}
    saved(admin_client, change_url(account), form)
    account = User.objects.get(pk=account.pk)
    assert account.is_superuser
    assert account.user_permissions.get() == beyond()
    assert "skb_" in admin_client.post(url(Token, "add"), token_for(account)).content.decode()


# ---- What cannot be understood -------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["abc", "9" * 40, "\x00", "-1"])
def test_choices_that_cannot_be_are_errors(admin_client: Client, value: str) -> None:
    account = User.objects.create_user("reader")
    form = form_for(admin_client, account)
    for name in ("groups", "user_permissions"):
        assert f"{name}: " in refused(admin_client, change_url(account), form | {name: [value]})
    assert "user: " in refused(admin_client, url(Token, "add"), token_for(account) | {"user": value})
    for model in (User, Group, Token):
        chosen = {"action": "delete_selected", "_selected_action": [value], "post": "yes"}
        assert admin_client.post(url(model), chosen).status_code == 400
        assert admin_client.get(url(model), {"p": value}).status_code == 400
        assert admin_client.get(url(model), {"foo": value}).status_code == 400
