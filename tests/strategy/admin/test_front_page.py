"""The front page of the admin: what needs a hand, and what was changed last; and what a save made or settled."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from strategy.models import Term
from tests.support import factories as make
from tests.support.admin_forms import change_url, form_for, url
from tests.support.html import parse

pytestmark = pytest.mark.django_db


def test_the_front_page_says_what_needs_a_hand(admin_client: Client) -> None:
    risk = make.risk()
    admin_client.post(change_url(risk), form_for(admin_client, risk) | {"title": "Renamed", "_reason": "As signed"})
    page = parse(admin_client.get(reverse("admin:index")))
    assert "Risks without a mitigation" in page.one(".to-do").text
    assert "/findings/risk-without-mitigation/" in page.links
    assert "admin: As signed" in page.one(".recent").text


def test_who_may_not_see_changes_sees_none(client: Client) -> None:
    account = User.objects.create_user("clerk", is_staff=True)
    account.user_permissions.set(Permission.objects.filter(codename="change_term"))
    client.force_login(account)
    page = parse(client.get(reverse("admin:index")))
    assert page.has(".to-do")
    assert not page.has(".recent")


def test_a_save_says_what_it_made_and_settled(admin_client: Client) -> None:
    term = make.term(definition="")
    form = form_for(admin_client, term) | {"definition": "What it means."}
    page = parse(admin_client.post(change_url(term), form, follow=True))
    assert "Settled: Terms without a definition" in page.one(".messagelist").text
    assert "Needs a hand now" not in page.one(".messagelist").text
    page = parse(admin_client.post(change_url(term), form_for(admin_client, term) | {"definition": ""}, follow=True))
    assert "Needs a hand now: Terms without a definition" in page.one(".messagelist").text
    assert page.links & {url(Term, "add"), "/findings/term-without-definition/"}
