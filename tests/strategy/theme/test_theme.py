"""The light and the dark palette: a link that works without a script, and that never leads away from the site."""

import pytest
from django.test import Client

from tests.support.html import main_of, parse, text_of

pytestmark = pytest.mark.django_db


def choose(client: Client, theme: str, back: str = "/goals/") -> str:
    """Follows the link of a theme at the foot of a page; the palette of the page it leads to."""
    label = {"auto": "As on this device", "light": "Light", "dark": "Dark"}[theme]
    link = next(link for link in parse(client.get(back)).one(".themes").all("a") if link.text == label)
    response = client.get(link["href"])
    assert response.status_code == 302
    assert response["Location"] == back
    return parse(client.get(back)).get("data-theme") or ""


def test_a_reader_chooses_the_palette(client: Client) -> None:
    assert choose(client, "dark") == "dark"
    assert choose(client, "light", "/risks/?rated=false") == "light"
    assert choose(client, "auto") == ""


def test_the_chosen_one_is_said(client: Client) -> None:
    choose(client, "dark")
    chosen = parse(client.get("/goals/")).one('.themes a[aria-current="true"]')
    assert chosen.text == "Dark"


def test_another_readers_page_keeps_its_palette(client: Client) -> None:
    before = client.get("/goals/").content
    choose(client, "dark")
    assert Client().get("/goals/").content == before


def test_a_made_up_palette_in_the_cookie_is_none(client: Client) -> None:
    client.cookies["theme"] = '"><script>'
    assert "data-theme" not in parse(client.get("/goals/"))


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org/", "javascript:alert(1)", "/\\example.org"])
def test_it_leads_to_no_other_site(client: Client, back: str) -> None:
    response = client.get("/theme/", {"theme": "dark", "next": back})
    assert response.status_code == 400
    assert "Is not an address of this site" in text_of(response)


def test_an_unknown_palette_is_refused(client: Client) -> None:
    response = client.get("/theme/", {"theme": "darc"})
    assert response.status_code == 400
    assert "Did you mean 'dark'?" in main_of(response).text
