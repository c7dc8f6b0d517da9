"""Every resource of the API: one shape, strict about what is asked, records by code and never by row id."""

import json
import re
from typing import Any

import pytest
from django.forms import HiddenInput
from django.test import Client
from django.urls import resolve
from drf_spectacular.generators import SchemaGenerator
from rest_framework.renderers import JSONRenderer
from rest_framework.test import APIClient

from config.renderers import OrjsonRenderer
from strategy.core.api import build_reader
from strategy.core.filters import CodeFilter
from strategy.core.models import CodedModel, Notional
from tests.support import factories as make
from tests.support.api import assert_refused, codes, keys_at_any_depth
from tests.support.html import row_links
from tests.support.models import (
    MODELS,
    NONSENSE,
    api_url,
    each_model,
    filterset_of,
    list_url,
    real_value,
    sample,
    visible,
)

pytestmark = pytest.mark.django_db
RESOURCES = (
    "strategies chapters passages goals means risks mitigations terms offices sources citations conflicts silences "
    "lines-of-effort process-stages activities assignments partners frameworks memberships engagements participations "
    "findings"
).split()
# Worked out of many records (see test_derived).
DERIVED = ("findings", "search", "matrix", "trace", "contacts", "compare", "changes")


def test_every_promised_resource_is_there(api: APIClient) -> None:
    listed = api.get("/api/v1/").json()
    for name in RESOURCES:
        assert listed[name].endswith(f"/api/v1/{name}/")
        assert set(api.get(f"/api/v1/{name}/").json()) == {"count", "next", "previous", "results"}
    assert len(listed) == len(MODELS) + len(DERIVED), (
        "every model has a resource, and so has what is worked out of them"
    )


@each_model
def test_a_list_has_every_record(api: APIClient, model: type[CodedModel]) -> None:
    total = visible(model).count()
    first = api.get(api_url(model)).json()
    assert first["count"] == total
    assert len(first["results"]) == min(total, 50)
    assert first["previous"] is None
    result, url = [], f"{api_url(model)}?page_size=200"
    while url:
        page = api.get(url).json()
        result += [row["code"] for row in page["results"]]
        url = page["next"]
    assert result == list(visible(model).values_list("code", flat=True))


@each_model
def test_a_record_is_the_same_alone_and_listed(api: APIClient, model: type[CodedModel]) -> None:
    listed = api.get(api_url(model)).json()["results"]
    for row in (listed[0], listed[-1]):
        assert api.get(row["url"]).json() == row
        assert api.get(row["web_url"]).status_code == 200
        assert not {"id", "pk", "object_id", "content_type", "code_order"} & set(keys_at_any_depth(row))
    assert all(resolve(re.sub("^http://[^/]+", "", row["url"])) for row in listed)


@each_model
def test_what_is_read_as_rows_is_what_the_serializer_says(rf: Any, model: type[CodedModel]) -> None:
    view = resolve(api_url(model)).func.cls
    context = {"request": rf.get("/")}
    make.Factory.of[model](notional=True)
    rows = list(model._default_manager.visible(Notional.INCLUDE).for_list())
    assert rows
    serialized = JSONRenderer().render(view.serializer_class(rows, many=True, context=context).data)
    read = build_reader(view.serializer_class).read([row.pk for row in rows], context)
    assert json.loads(OrjsonRenderer().render(read)) == json.loads(serialized)


@each_model
def test_related_records_stand_by_code(api: APIClient, model: type[CodedModel]) -> None:
    for record in sample(model):
        row = api.get(f"{api_url(model)}{record.code}/").json()
        for field in model._meta.concrete_fields:
            if field.many_to_one and issubclass(field.related_model, CodedModel):
                target = getattr(record, field.name)
                assert row[field.name] == (target and target.code)


@each_model
def test_bad_parameters_are_refused_by_name(api: APIClient, model: type[CodedModel]) -> None:
    url = api_url(model)
    assert_refused(api.get(url, {"orderin": "code"}), "orderin", "Did you mean 'ordering'?")
    assert_refused(api.get(url, {"search": ["a", "b"]}), "search", "more than once")
    assert_refused(api.get(url, {"search": ""}), "search", "Empty")
    assert_refused(api.get(url, {"search": "a\x00"}), "search", "NUL")
    assert_refused(api.get(url, {"search": "a" * 10_000}), "search", "Longer")
    assert_refused(api.get(url, {"ordering": NONSENSE}), "ordering", NONSENSE)
    for size in ("0", "201", "abc", "٣"):
        assert_refused(api.get(url, {"page_size": size}), "page_size")
    for page in ("0", "x", "٣", str(10**30)):
        assert_refused(api.get(url, {"page": page}), "page")
    assert api.get(url, {"page": 99999}).status_code == 404
    assert_refused(api.get(f"{url}{visible(model)[0].code}/", {"a": "1"}), "a")


@each_model
def test_filters_take_real_values_and_refuse_nonsense(api: APIClient, model: type[CodedModel]) -> None:
    for name, item in filterset_of(model).base_filters.items():
        # What is made from the fields alone has tests of its own, against plain Python (see test_lookups).
        if name in ("search", "ordering") or item.extra.get("widget") is HiddenInput:
            continue
        value = real_value(model, name, item)
        if value is not None:
            assert api.get(api_url(model), {name: value}).status_code == 200, (name, value)
        assert_refused(api.get(api_url(model), {name: NONSENSE}), name, NONSENSE)
        if isinstance(item, CodeFilter) and value:
            assert_refused(api.get(api_url(model), {name: f"{value}x"}), name, "Did you mean '")


@each_model
def test_an_unknown_record_is_not_found(api: APIClient, model: type[CodedModel]) -> None:
    for code in (NONSENSE, "a\x00b", "1"):
        response = api.get(f"{api_url(model)}{code.replace(chr(0), '%00')}/")
        assert response.status_code == 404
        assert response.json()["type"] == "client_error"


@each_model
def test_it_is_read_only(api: APIClient, model: type[CodedModel]) -> None:
    for url in (api_url(model), f"{api_url(model)}{visible(model)[0].code}/"):
        for method in (api.post, api.put, api.patch, api.delete):
            assert method(url, {}).status_code == 405
        assert api.head(url).status_code == api.options(url).status_code == 200


@each_model
def test_notional_rows_stay_apart(api: APIClient, model: type[CodedModel]) -> None:
    if model.__name__ == "PartnerKind":
        model.objects.filter(pk=model.objects.first().pk).delete()
    total = visible(model).count()
    planted = make.Factory.of[model](notional=True).code
    invented = model._default_manager.filter(notional=True).count()
    only = api.get(api_url(model), {"notional": "only"})
    assert planted in codes(only)
    assert all(row["notional"] is True for row in only.json()["results"])
    assert only.json()["count"] == invented
    assert api.get(api_url(model)).json()["count"] == total
    assert api.get(api_url(model), {"notional": "exclude"}).json()["count"] == total
    assert api.get(api_url(model), {"notional": "include"}).json()["count"] == total + invented


# ---- Who leads what ------------------------------------------------------------------------------------------------


def activity_codes(client: Client, parameters: dict[str, str]) -> list[str]:
    """The activities the API and the page give, which must be the same."""
    result = codes(client.get("/api/v1/activities/", parameters))
    page = client.get("/activities/", parameters)
    assert page.status_code == 200
    assert row_links(page) == [f"/activities/{code}/" for code in result]
    return result


def test_office_and_role_speak_of_one_assignment(client: Client) -> None:
    assert activity_codes(client, {"office": "STARCOM", "role": "lead"}) == []
    assert activity_codes(client, {"office": "STARCOM", "role": "coordinating"}) == ["IPS-A06"]
    assert activity_codes(client, {"office": "STARCOM"}) == ["IPS-A06"]
    assert activity_codes(client, {"has_lead": "true"}) == ["IPS-A01", "IPS-A02"]


def test_a_supporter_does_not_lead_what_another_office_leads(client: Client) -> None:
    activity, first, second = make.activity(), make.office(), make.office()
    make.assignment(activity=activity, office=first, role="lead")
    make.assignment(activity=activity, office=second, role="supporting")
    for office, role, result in (
        (first, "lead", [activity.code]),
        (first, "supporting", []),
        (second, "lead", []),
        (second, "supporting", [activity.code]),
    ):
        assert activity_codes(client, {"office": office.code, "role": role}) == result
    assert activity_codes(client, {"office": second.code}) == [activity.code]
    assert activity.code in activity_codes(client, {"has_lead": "true"})


def test_filters_take_their_values_after_the_schema_was_made(api: APIClient) -> None:
    """The schema looks at filters that stand alone; nothing of that may stay with those of a request."""
    SchemaGenerator().get_schema(request=None, public=True)
    assert api.get("/api/v1/risks/", {"category": "resources"}).json()["count"] > 0


def test_the_list_page_and_the_api_have_the_same_filters() -> None:
    for model in MODELS:
        assert list_url(model)
        assert filterset_of(model)._meta.model is model
