"""What a reader sees when something goes wrong: in words, in the house look, and never the inside."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.test.utils import override_settings

from config import error_handlers
from tests.support.html import links_of, text_of

pytestmark = pytest.mark.django_db


def test_a_missing_page_suggests_by_likeness(client: Client):
    response = client.get("/offices/STARCOMM/")
    assert response.status_code == 404
    assert "There is no office 'STARCOMM'" in text_of(response)
    assert "/offices/STARCOM/" in links_of(response)


def test_a_host_the_site_does_not_answer_to(client: Client):
    response = client.get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "Not understood" in text_of(response)
    assert "elsewhere" not in response.content.decode()


@override_settings(ROOT_URLCONF="tests.config.urlconf_with_faults")
def test_what_is_not_allowed_says_what_is_needed(client: Client):
    response = client.get("/forbidden/")
    assert response.status_code == 403
    assert "Only editors may do this &lt;b&gt;." in response.content.decode()
    assert "/sign-in/" in links_of(response)


def test_a_form_without_its_token_says_what_to_do():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/sign-in/", {"username": "x", "password": "y"})
    assert response.status_code == 403
    assert "This form was not sent from a page of this site" in text_of(response)


@override_settings(ROOT_URLCONF="tests.config.urlconf_with_faults", MARKING="UNCLASSIFIED")
def test_a_fault_of_ours_is_a_page_that_needs_nothing(client: Client, django_assert_num_queries):
    client.raise_request_exception = False
    with django_assert_num_queries(0):
        response = client.get("/broken/")
    body = response.content.decode()
    assert response.status_code == 500
    assert "Something went wrong" in body
    assert body.count("UNCLASSIFIED") == 2
    assert "secret detail" not in body
    assert "site.css" in body
    assert "<script" not in body
    assert "<style" not in body


def test_a_fault_of_ours_is_told_without_static_files(monkeypatch: pytest.MonkeyPatch):
    def missing(path: str) -> str:
        raise ValueError(path)

    monkeypatch.setattr(error_handlers, "static", missing)
    response = error_handlers.error_page(500, "It is in the log.")
    assert response.status_code == 500
    assert "Something went wrong" in response.content.decode()
    assert "stylesheet" not in response.content.decode()


def test_forbidden_without_a_reason_says_so():
    response = error_handlers.forbidden(RequestFactory().get("/"), PermissionDenied())
    assert response.status_code == 403
