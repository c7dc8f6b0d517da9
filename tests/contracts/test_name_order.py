"""Names in the order in which people sort them, for every model that can be ordered by text; the same everywhere."""

from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from partners.models import Partner
from strategy.core.models import CodedModel
from strategy.core.text import sort_key
from tests.support import factories as make
from tests.support.html import main_of
from tests.support.models import api_url, each_model, filterset_of, visible

pytestmark = pytest.mark.django_db


def in_order(api: APIClient, model: type[CodedModel], order: str) -> list[str]:
    codes, url = [], f"{api_url(model)}?ordering={order}&fields=code&page_size=200"
    while url:
        answer = api.get(url)
        assert answer.status_code == 200, answer.content
        codes += [row["code"] for row in answer.json()["results"]]
        url = answer.json()["next"]
    return codes


@each_model
def test_texts_are_ordered_alike_on_both_databases(api: APIClient, model: type[CodedModel]) -> None:
    """The record's name by base letters, other free text by its bytes in lower case; equal ones by code."""
    rows: list[Any] = list(visible(model))
    for name in filterset_of(model).base_filters["ordering"].names:
        if name == "code" or not isinstance(value := getattr(rows[0], name, None), str):
            continue
        field = model._meta.get_field(name)
        if name == model.label_field and not model.is_link:
            keys = {row.code: (sort_key(row.label)[:200].encode(), row.code_order, row.code) for row in rows}
        elif not getattr(field, "choices", None):
            keys = {row.code: (_ascii_lower(getattr(row, name)), row.code_order, row.code) for row in rows}
        else:
            continue
        assert in_order(api, model, name) == sorted(keys, key=keys.__getitem__), (name, value)


def _ascii_lower(text: str) -> bytes:
    return text.encode().lower()


def test_accents_and_capitals_do_not_move_a_name(api: APIClient) -> None:
    for code, name in (("Z1", "Åzz One"), ("Z2", "azz two"), ("Z3", "Zulu"), ("Z4", "(Azz) Alpha"), ("Z5", "Øzz")):
        make.office(code=code, name=name)
    codes = in_order(api, type(make.office(code="Z6", name="Azz Ten")), "name")
    assert [code for code in codes if code[0] == "Z" and code[1:].isdigit()] == ["Z4", "Z1", "Z6", "Z2", "Z5", "Z3"]


def test_the_key_follows_the_name() -> None:
    office = make.office(name="Åland")
    assert office.label_order == "aland"
    office.name = "Österreich 2"
    office.save()
    office.refresh_from_db()
    assert office.label_order == "osterreich 0000002"


def test_nations_stand_by_name_before_organizations(client: Client) -> None:
    rows = client.get("/partners/", {"page_size": 200}).context_data["page_obj"].object_list
    nations = [row.name for row in rows if row.kind == Partner.Kind.NATION]
    others = [row.name for row in rows if row.kind != Partner.Kind.NATION]
    assert [row.name for row in rows] == [*sorted(nations, key=sort_key), *sorted(others, key=sort_key)]


def test_choosers_offer_by_name(client: Client) -> None:
    options = main_of(client.get("/participations/")).all("select[name=partner] option")
    texts = [option.text for option in options if option.text != "Any"]
    names = [text.rpartition(" · ")[0] for text in texts]
    nations = sorted(visible(Partner).nations(), key=lambda row: sort_key(row.name))
    assert names[: len(nations)] == [row.label for row in nations]
    frameworks = [option.text for option in main_of(client.get("/memberships/")).all("select[name=framework] option")]
    assert frameworks[1:] == sorted(frameworks[1:], key=sort_key)
