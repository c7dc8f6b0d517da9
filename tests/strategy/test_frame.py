"""The frame of every page: who compiled the content, how to report an error, the way to sign in and to edit."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from tests.support.html import Element, main_of, parse

pytestmark = pytest.mark.django_db


def imprint(client: Client) -> Element:
    return parse(client.get("/goals/IPS-G1/")).one(".imprint")


def test_compiler_and_address_are_settings(client: Client, settings: Any) -> None:
    assert "Compiled by: not named by this installation" in imprint(client).text
    assert "which names no address" in imprint(client).text
    settings.COMPILER, settings.REPORT_ERROR = "Space Force Library", "mailto:library@example.org"
    assert "Compiled by: Space Force Library" in imprint(client).text
    assert "mailto:library@example.org" in imprint(client).links


def test_the_age_of_the_content_is_said_with_its_time_zone(client: Client) -> None:
    text = imprint(client).text
    assert "Newest source: 2026" in text
    assert " UTC" in text.partition("Content last changed: ")[2]


def test_what_is_looked_for_is_in_the_navigation_or_at_the_foot(client: Client) -> None:
    page = parse(client.get("/"))
    assert {"/glossary/", "/engagements/", "/activities/"} <= page.one("nav.nav").links
    assert {"/compare/", "/findings/", "/sources/", "/frameworks/"} <= page.one("footer").links


def test_signing_in_leads_back(client: Client) -> None:
    assert (
        "/sign-in/?next=%2Frisks%2F%3Frated%3Dfalse"
        in parse(client.get("/risks/?rated=false")).one("header.header").links
    )


def test_who_may_edit_a_record_is_led_to_its_form(client: Client) -> None:
    page = client.get("/goals/IPS-G1/")
    assert "Edit this page" not in main_of(page).text
    editor = User.objects.create_user("editor", is_staff=True)
    client.force_login(editor)
    assert "Edit this page" not in main_of(client.get("/goals/IPS-G1/")).text
    editor.user_permissions.add(Permission.objects.get(codename="change_goal"))
    address = next(a["href"] for a in main_of(client.get("/goals/IPS-G1/")).all("a.tool") if a.text == "Edit this page")
    assert client.get(address).status_code == 200
    assert "Edit this page" not in main_of(client.get("/risks/IPS-R1/")).text


def test_a_page_describes_itself_to_other_programs(client: Client) -> None:
    page = parse(client.get("/goals/IPS-G1/"))
    description = page.one('meta[name="description"]')["content"]
    assert description.startswith("Secure shared national interests in, from, and to space")
    assert "(Goal, paraphrase; unofficial summary)" in description
    assert page.one('meta[property="og:description"]')["content"] == description
    assert page.one('meta[property="og:title"]')["content"].startswith("IPS-G1 Secure collective interests")


def test_the_icon_is_where_browsers_ask_for_it(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response["Location"].endswith(".svg")
