"""Every model in the admin: found, opened, saved and refused alike, at a price that does not grow with rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.test import Client
from django.urls import reverse

from strategy.core.models import CodedModel
from strategy.fixtures_io.files import content_fields
from strategy.models import Citation, Proposal, SearchEntry, ShippedRow
from tests.support import factories as make
from tests.support.admin_forms import change_url, content_models, everything, few, form_for, saved, url
from tests.support.html import parse
from tests.support.models import MODELS, each_model
from tests.support.query_counts import FEW, MANY, queries_of
from tests.support.rich_records import clear_partner_kinds, enrich, rich_record

pytestmark = pytest.mark.django_db
MAX_QUERIES = 20


@pytest.fixture(autouse=True)
def kinds_known(db: None) -> None:
    for model in content_models():
        ContentType.objects.get_for_model(model)


@pytest.fixture
def clerk(db: None) -> Client:
    """A member of the staff who was given no rights."""
    return logged_in(User.objects.create_user("clerk", is_staff=True))


@pytest.fixture
def reader(db: None) -> Client:
    """A member of the staff who may see everything and change nothing."""
    account = User.objects.create_user("reader", is_staff=True)
    account.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    return logged_in(account)


def logged_in(account: User) -> Client:
    client = Client()
    client.force_login(account)
    return client


def tables_of(page: Any) -> list[Any]:
    return [table.formset for table in page.context_data["inline_admin_formsets"]]


def test_every_model_is_edited_somewhere(admin_client: Client) -> None:
    edited: set[type[models.Model]] = set()
    for model in MODELS:
        assert admin.site.is_registered(model), model
        edited |= {model, *(table.model for table in tables_of(admin_client.get(url(model, "add"))))}
    assert set(content_models()) - edited == {Proposal, SearchEntry, ShippedRow}


@each_model
def test_every_field_is_on_the_form(admin_client: Client, model: type[CodedModel]) -> None:
    page = admin_client.get(url(model, "add"))
    shown = {name for _, options in page.context_data["adminform"].fieldsets for name in options["fields"]}
    assert {field.name for field in content_fields(model)} <= shown
    for table in tables_of(page):
        if not issubclass(table.model, CodedModel):
            parent = getattr(table, "fk", None)
            missing = {f.name for f in content_fields(table.model)} - set(table.empty_form.fields)
            remarks = {"conflict", "silence", "observation"} if table.model.__name__ == "Subject" else set()
            assert missing <= {parent.name if parent else "", *remarks}, table.model


@each_model
def test_who_may_see_it(client: Client, clerk: Client, reader: Client, model: type[CodedModel]) -> None:
    record = few(model)[0]
    addresses = [url(model), url(model, "add"), change_url(record), url(model, "delete", record.pk)]
    for address in addresses:
        page = client.get(address)
        assert (page.status_code, page.url) == (302, f"{reverse('admin:login')}?next={address}")
        assert clerk.get(address).status_code == 403
    assert [reader.get(address).status_code for address in addresses] == [200, 403, 200, 403]
    assert reader.post(change_url(record), {}).status_code == 403


@each_model
def test_a_code_finds_its_record(admin_client: Client, model: type[CodedModel]) -> None:
    for record in few(model):
        page = admin_client.get(url(model), {"q": record.code})
        assert record in page.context_data["cl"].result_list, record.code


POINTERS = [
    (source, field, target)
    for source in content_models()
    for field in (*source._meta.concrete_fields, *source._meta.many_to_many)
    if isinstance(target := field.related_model, type) and issubclass(target, CodedModel)
]


@pytest.mark.parametrize(
    ("source", "field", "target"), POINTERS, ids=[f"{source.__name__}.{field.name}" for source, field, _ in POINTERS]
)
def test_a_picker_offers_records_of_the_kind_asked_for(
    admin_client: Client, source: type[models.Model], field: Any, target: type[CodedModel]
) -> None:
    clear_partner_kinds(target)
    sourced, invented = few(target)[0], make.Factory.of[target](notional=True)
    params = {
        "app_label": source._meta.app_label,
        "model_name": source._meta.model_name,
        "field_name": field.name,
    }

    def offered(term: str, **more: str) -> list[dict[str, str]]:
        page = admin_client.get(reverse("admin:autocomplete"), params | {"term": term} | more)
        assert page.status_code == 200
        return page.json()["results"]

    assert offered(sourced.code)[0]["id"] == str(sourced.pk)
    assert offered(sourced.code, notional="only") == []
    assert str(invented.pk) not in {row["id"] for row in offered(invented.code)}
    assert offered(invented.code, notional="only") == [{"id": str(invented.pk), "text": f"NOTIONAL {invented}"}]


@dataclass
class Price:
    """What a page costs, before there is more on it and after."""

    client: Client
    address: str
    shown: Callable[[Any], int]
    # A deletion reads every kind of row that hangs on the record, however many there are.
    ceiling: float = MAX_QUERIES

    def __post_init__(self) -> None:
        self.queries, _, self.before = queries_of(self.client, self.address)

    def holds(self) -> None:
        number, text, after = queries_of(self.client, self.address)
        assert self.shown(after) > self.shown(self.before), "the page shows no more than before: nothing was tested"
        assert number == self.queries, text
        assert number <= self.ceiling, text


@each_model
def test_the_list_costs_the_same_for_more_rows(admin_client: Client, model: type[CodedModel]) -> None:
    clear_partner_kinds(model)

    def plant(count: int) -> None:
        for _ in range(count):
            rich_record(model, notional=True)

    plant(FEW)
    price = Price(admin_client, f"{url(model)}?notional=only", lambda page: len(page.context_data["cl"].result_list))
    plant(MANY - FEW)
    price.holds()


@each_model
def test_a_record_costs_the_same_with_more_rows(admin_client: Client, model: type[CodedModel]) -> None:
    clear_partner_kinds(model)
    record = rich_record(model, each=FEW)

    def remark(count: int) -> None:
        for _ in range(count if model.__name__ in ("Conflict", "Silence", "Observation") else 0):
            values = {"conflict": None, "silence": None, "observation": None} | {model._meta.model_name: record}
            make.subject(record=make.goal(), **values)

    def size(page: Any) -> int:
        return len(page.content)

    remark(FEW)
    prices = [Price(admin_client, change_url(record), size)]
    if isinstance(record, Citation):
        # Nothing hangs on a citation.
        record.note = "Longer than it was."
        record.save()
    else:
        prices.append(Price(admin_client, url(model, "delete", record.pk), size, ceiling=float("inf")))
        enrich(record, FEW, MANY)
        remark(MANY)
    for price in prices:
        price.holds()


@each_model
def test_a_form_saved_as_it_is_changes_nothing(admin_client: Client, model: type[CodedModel]) -> None:
    clear_partner_kinds(model)
    built = rich_record(model, each=2)
    before = everything()
    for record in [*few(model), built]:
        saved(admin_client, change_url(record), form_for(admin_client, record))
    assert everything() == before


@each_model
def test_training_content_is_loud_and_apart(admin_client: Client, model: type[CodedModel]) -> None:
    clear_partner_kinds(model)
    invented = make.Factory.of[model](notional=True)
    sourced = make.Factory.of[model]()
    banner = "Notional training content: invented, not the strategy"
    for values, expected in (({}, {sourced}), ({"notional": "only"}, {invented}), ({"notional": "include"}, None)):
        result = set()
        for record in (invented, sourced):
            page = admin_client.get(url(model), values | {"q": record.code})
            rows = page.context_data["cl"].result_list
            result |= {row for row in rows if row == record}
            # The number in a code may stand in the name of the other record too.
            assert ("NOTIONAL" in parse(page).texts("strong.basis--notional")) is any(row.notional for row in rows)
        assert result == (expected or {sourced, invented})
    for action in ("change", "delete", "history"):
        assert banner in admin_client.get(url(model, action, invented.pk)).content.decode()
        assert banner not in admin_client.get(url(model, action, sourced.pk)).content.decode()


@each_model
def test_the_way_to_the_record_s_page(admin_client: Client, model: type[CodedModel]) -> None:
    record = few(model)[0]
    page = parse(admin_client.get(change_url(record)))
    assert page.one("a.viewsitelink")["href"] == record.get_absolute_url()


BAD_LISTS: list[tuple[dict[str, Any], str]] = [
    ({"foo": "1"}, "foo"),
    ({"e": "1", "foo": "1"}, "foo"),
    ({"notionl": "only"}, "Did you mean 'notional'"),
    ({"notional": "all"}, "all"),
    ({"notional": ["only", "include"]}, "more than once"),
    ({"notional": "a\x00"}, "NUL"),
    ({"q": "a\x00b"}, "NUL"),
    ({"q": "a" * 5000}, "more than 1000"),
    ({"updated__gte": "yesterday"}, "yesterday"),
    ({"p": "999"}, "no page"),
    ({"p": "abc"}, "no page"),
    ({"p": "0"}, "no page"),
    ({"o": "99"}, "no column"),
    ({"o": "-x.1"}, "no column"),
    ({"id": "9" * 40}, "id"),
    ({"id__in": "9" * 40}, "id__in"),
    ({"code__regex": "("}, "code__regex"),
]


@each_model
def test_a_list_refuses_what_it_does_not_understand(admin_client: Client, model: type[CodedModel]) -> None:
    for parameters, says in BAD_LISTS:
        page = admin_client.get(url(model), parameters)
        assert page.status_code == 400, parameters
        assert says in parse(page).text, parameters
        assert url(model) in parse(page).links


@each_model
def test_every_filter_takes_its_own_values_and_no_other(admin_client: Client, model: type[CodedModel]) -> None:
    page = admin_client.get(url(model), {"_facets": ""})
    offered: dict[str, str] = {}
    for item in page.context_data["cl"].filter_specs:
        last = list(item.choices(page.context_data["cl"]))[-1]
        offered |= dict(parse_qsl(last["query_string"].removeprefix("?")))
        assert admin_client.get(url(model), {item.expected_parameters()[0]: "9" * 40}).status_code == 400
    # All at once: what one filter leaves no row of may still be asked of another.
    assert admin_client.get(url(model), offered).status_code == 200
