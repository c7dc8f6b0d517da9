"""Ask the public search, as a reader does."""

from typing import Any

from django.test import Client


def search_page(client: Client, q: str, **parameters: str) -> Any:
    """The page of hits, also for a code, which would lead to its record."""
    response = client.get("/search/", {"q": q, "all": "1", **parameters})
    assert response.status_code == 200, response.content[-2000:]
    return response


def hit_codes(client: Client, q: str, **parameters: str) -> list[str]:
    """The codes on the page of hits, best first."""
    return [hit.code for hit in search_page(client, q, **parameters).context_data["results"]]
