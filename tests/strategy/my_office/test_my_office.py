"""The reader's own office: a code in a first-party cookie, set and forgotten by plain forms."""

import pytest
from django.test import Client

from tests.support import factories as make
from tests.support.html import parse, text_of

pytestmark = pytest.mark.django_db
COOKIE = "my_office"


def navigation(client: Client, url: str = "/") -> dict[str, str]:
    """The main navigation: words and address."""
    return {link.text: link["href"] for link in parse(client.get(url)).one("nav.nav.wrap").all("a")}


def test_setting_it_adds_it_to_the_navigation_of_every_page(client: Client) -> None:
    assert "My office" not in navigation(client)
    response = client.post("/my-office/", {"office": "STARCOM"})
    assert (response.status_code, response["Location"]) == (302, "/offices/STARCOM/")
    cookie = response.cookies[COOKIE]
    assert cookie.value == "STARCOM"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert int(cookie["max-age"]) > 0
    for url in ("/", "/goals/", "/activities/IPS-A01/", "/offices/SFC/"):
        assert navigation(client, url)["My office"] == "/offices/STARCOM/"
    page = client.get("/offices/STARCOM/")
    assert "This is your office." in text_of(page)
    assert "This is your office." not in text_of(client.get("/offices/SFC/"))


def test_the_page_that_follows_says_what_was_done(client: Client) -> None:
    page = client.post("/my-office/", {"office": "STARCOM"}, follow=True)
    assert "STARCOM is now your office." in text_of(page)


def test_forgetting_it_takes_it_away(client: Client) -> None:
    client.post("/my-office/", {"office": "STARCOM"})
    response = client.post("/my-office/forget/")
    assert (response.status_code, response["Location"]) == (302, "/offices/STARCOM/")
    assert response.cookies[COOKIE].value == ""
    assert "My office" not in navigation(client)
    assert client.post("/my-office/forget/")["Location"] == "/offices/"


@pytest.mark.parametrize("value", ["STARCOMM", "", "x" * 5000, "<script>", "a\u00e9b", "STARCOM; x"])
def test_a_cookie_that_names_no_office_is_ignored_and_removed(client: Client, value: str) -> None:
    client.cookies[COOKIE] = value
    response = client.get("/")
    assert response.status_code == 200
    assert "My office" not in response.content.decode()
    assert response.cookies[COOKIE].value == ""
    assert response.cookies[COOKIE]["max-age"] == 0


def test_a_good_cookie_is_left_alone_and_pages_vary_by_it(client: Client) -> None:
    client.cookies[COOKIE] = "STARCOM"
    response = client.get("/goals/")
    assert COOKIE not in response.cookies
    assert "Cookie" in response["Vary"]
    assert "Cookie" in Client().get("/goals/")["Vary"]


def test_the_api_does_not_look_at_it(client: Client) -> None:
    client.cookies[COOKIE] = "STARCOMM"
    response = client.get("/api/v1/goals/")
    assert COOKIE not in response.cookies


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"office": "STARCOMM"}, "Did you mean 'STARCOM'?"),
        ({"office": ""}, "Empty"),
        ({}, "Missing"),
        ({"office": ["STARCOM", "SFC"]}, "more than once"),
        ({"office": "STARCOM", "next": "//example.org"}, "next"),
        ({"office": "a\x00b"}, "NUL"),
    ],
)
def test_what_is_not_an_office_is_refused_by_name(client: Client, data: dict[str, str], words: str) -> None:
    response = client.post("/my-office/", data)
    assert response.status_code == 400
    assert words in text_of(response)
    assert COOKIE not in response.cookies


def test_it_is_taken_from_pages_of_this_site_alone_and_by_post() -> None:
    strict = Client(enforce_csrf_checks=True)
    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        for path, data in (("/my-office/", {"office": "STARCOM"}), ("/my-office/forget/", {})):
            response = strict.post(path, data, headers=headers)
            assert response.status_code == 403
            assert "This form was not sent from a page of this site." in text_of(response)
            assert COOKIE not in response.cookies
    own = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert strict.post("/my-office/", {"office": "STARCOM"}, headers=own).status_code == 302
    assert strict.get("/my-office/").status_code == 405
    assert strict.get("/my-office/forget/").status_code == 405


def test_the_page_with_its_form_sets_no_cookie(client: Client) -> None:
    response = client.get("/offices/STARCOM/")
    assert not response.cookies
    assert not parse(response).all("[name=csrfmiddlewaretoken]")


def test_a_training_office_may_be_one_s_own(client: Client) -> None:
    office = make.office(notional=True)
    client.post("/my-office/", {"office": office.code})
    assert navigation(client)["My office"] == office.get_absolute_url()
