"""The number beside each value of a facet is the number of rows of the list behind its link."""

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import resolve

from tests.support.html import Element, parse
from tests.support.models import MODELS, api_url, list_url

pytestmark = pytest.mark.django_db
FACETED = [model for model in MODELS if resolve(list_url(model)).func.view_class.facets]


@pytest.mark.parametrize("model", FACETED, ids=lambda model: model._meta.model_name)
def test_the_number_of_a_value_is_that_of_its_list(client: Client, model: type[Model]):
    def links_of(query: str) -> list[Element]:
        links = parse(client.get(f"{list_url(model)}{query}")).all(".facets a")
        # What only arranges a page has no number.
        return [link for link in links if link.has("span")]

    def rows(query: str) -> int:
        return client.get(f"{api_url(model)}{query}").json()["count"]

    first = links_of("")[0]["href"]
    # Alone, and with a value of the first facet in force, whose link takes it away.
    for query in ("", first):
        links = links_of(query)
        stated = {link.text: int(link.one("span").text) for link in links}
        leads_to = {link.text: rows(query if link.get("aria-current") else link["href"]) for link in links}
        assert stated == leads_to
        assert len(links) > 1
