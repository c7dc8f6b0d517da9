"""Every list of the admin: each link it shows is followed, each column sorted by, each picker and action tried."""

from itertools import pairwise

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import models
from django.test import Client
from django.urls import reverse

from config.accounts.models import Token
from partners.models import Participation
from strategy.core.admin import RecordAdmin
from strategy.core.models import CodedModel
from strategy.models import Citation
from tests.support.admin_forms import confirmed, url
from tests.support.html import Element, parse

pytestmark = pytest.mark.django_db
LISTED = list(admin.site._registry)
each_list = pytest.mark.parametrize("model", LISTED, ids=[model._meta.model_name for model in LISTED])


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch, admin_user: User) -> None:
    """Few rows to a page, so that there are several pages and many links are followed in little time."""
    monkeypatch.setattr(RecordAdmin, "list_per_page", 3)
    Group.objects.create(name="readers")
    Token.issue(admin_user, "notebook", 30)


def page_of(client: Client, address: str) -> Element:
    """The page of a list, which must be shown, or refused in words: followed links are never refused."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return parse(answer)


@pytest.mark.proof(rounds=8, all_rounds=10_000)
@each_list
def test_every_link_of_the_list_is_answered(admin_client: Client, model: type[models.Model], rounds: int) -> None:
    """As many of them as there are rounds, spread over all."""
    page = page_of(admin_client, url(model))
    links = {link for link in page.links if link.startswith("?") and "o=" not in link}
    assert links or not issubclass(model, CodedModel)
    for link in sorted(links)[:: len(links) // rounds + 1]:
        page_of(admin_client, url(model) + link)


@each_list
def test_every_column_sorts_both_ways_and_beside_another(admin_client: Client, model: type[models.Model]) -> None:
    columns = admin_client.get(url(model)).context_data["cl"].list_display
    orders = [f"{sign}{number}" for number in range(1, len(columns)) for sign in ("", "-")]
    pairs = [f"{first}.{second}" for first, second in pairwise(orders[::3])]
    for order in (*orders, *pairs):
        page_of(admin_client, f"{url(model)}?o={order}")


POINTERS = [
    (model, field.name)
    for model in LISTED
    for field in model._meta.concrete_fields
    if isinstance(field.related_model, type)
    and issubclass(field.related_model, CodedModel)
    and field.name in getattr(admin.site._registry[model], "columns", ())
]


@pytest.mark.parametrize(("model", "name"), POINTERS, ids=[f"{model.__name__}.{name}" for model, name in POINTERS])
def test_a_column_of_records_sorts_by_their_codes(admin_client: Client, model: type[models.Model], name: str) -> None:
    number = admin_client.get(url(model)).context_data["cl"].list_display.index(name)
    for sign in ("", "-"):
        rows = admin_client.get(url(model), {"o": f"{sign}{number}", "all": ""}).context_data["cl"].result_list
        codes = [other.code_order for row in rows if (other := getattr(row, name))]
        assert codes == sorted(codes, reverse=bool(sign))


# ---- Pickers and actions -------------------------------------------------------------------------------------------


RELATIONS = [(model, field.name) for model in LISTED for field in model._meta.get_fields(include_hidden=True)]


def test_a_picker_of_any_field_answers(admin_client: Client) -> None:
    """Of records and of accounts, and of fields that no picker is for."""
    answered = set()
    for model, name in RELATIONS:
        params = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": name}
        answer = admin_client.get(reverse("admin:autocomplete"), params | {"term": "a"})
        assert answer.status_code in (200, 400, 403), params
        answered |= {(model, name)} if answer.status_code == 200 else set()
    assert {(Token, "user"), (User, "groups")} <= answered


@pytest.mark.parametrize("model", [User, Citation, Participation])
def test_an_action_on_many_rows_is_answered(admin_client: Client, model: type[models.Model]) -> None:
    ids = [str(number) for number in range(10**9, 10**9 + 9_000)]
    chosen = confirmed() | {"action": "delete_selected"}
    assert admin_client.post(url(model), chosen | {"_selected_action": ids}).status_code == 302
    assert admin_client.post(url(model), chosen | {"_selected_action": ids * 2}).status_code == 400
    del chosen["post"]
    across = chosen | {"action": "delete_selected", "_selected_action": ids[:1], "select_across": "1"}
    assert admin_client.post(url(model), across).status_code == 200
