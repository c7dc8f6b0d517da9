"""Addresses from newsletters lead to the page, at its clean address; the API stays strict."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "clean"),
    [
        ("/?utm_source=news", "/"),
        ("/goals/?utm_source=a&utm_medium=b&UTM_Campaign=c", "/goals/"),
        ("/goals/IPS-G1/?gclid=x", "/goals/IPS-G1/"),
        ("/search/?q=a+b%26c&fbclid=x&page=1", "/search/?q=a+b%26c&page=1"),
        ("/goals.csv?%75tm_source=x&search=share", "/goals.csv?search=share"),
        ("/offices/NONE/?mc_cid=x", "/offices/NONE/"),
    ],
)
def test_the_page_is_at_its_clean_address(client: Client, asked: str, clean: str) -> None:
    for method in (client.get, client.head):
        response = method(asked)
        assert response.status_code == 301
        assert response["Location"] == f"http://testserver{clean}"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/goals/?utm_source=x", 400),
        ("/goals/?utm=x", 400),
        ("/goals/?source=utm_source", 400),
        ("/search/?q=utm_source", 200),
        ("/search/?q=gclid=1", 200),
    ],
)
def test_nothing_else_is_dropped(client: Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status
