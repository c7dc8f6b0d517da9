"""Every model's list page and record pages: complete, linked both ways, and strict about what is asked."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import models
from django.http import QueryDict
from django.test import Client
from django.urls import resolve

from strategy.core.class_location import source_location
from strategy.core.models import CodedModel, Part, dates
from strategy.core.params import DEFAULT_PAGE_SIZE
from strategy.core.views import field_cell
from strategy.models import Citation, Subject
from tests.support import factories as make
from tests.support.html import links_of, row_links, squeeze, text_of
from tests.support.models import (
    detail_url,
    each_model,
    filterset_of,
    list_url,
    listed,
    reverse_relations,
    sample,
    visible,
)
from tests.support.rich_records import clear_partner_kinds, related_row

pytestmark = pytest.mark.django_db
RELATIONS = list(reverse_relations())
BANNER = "Notional training content: invented, not the strategy"
# Link records: the page of either end names the other end rather than the link's own code.
LINKS = ("Assignment", "Membership", "Participation", "Citation")


@each_model
def test_a_list_has_every_record_once_and_links_it(client: Client, model: type[CodedModel]) -> None:
    expected = [row.get_absolute_url() for row in listed(model)]
    result, number = [], 1
    while len(result) < len(expected):
        page = client.get(list_url(model), {"page": number})
        assert page.status_code == 200
        rows = row_links(page)
        assert 0 < len(rows) <= DEFAULT_PAGE_SIZE
        result += rows
        number += 1
    assert result == expected
    assert client.get(list_url(model), {"page": number}).status_code == 404
    assert f"{len(expected)} record" in text_of(page)


@each_model
def test_a_record_s_page_names_it_and_what_it_points_at(client: Client, model: type[CodedModel]) -> None:
    for record in sample(model):
        page = client.get(record.get_absolute_url())
        assert page.status_code == 200, record.code
        text = text_of(page)
        assert record.code in text
        assert squeeze(record.label) in text
        links = links_of(page)
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and issubclass(field.related_model, CodedModel):
                target = getattr(record, field.name)
                assert target is None or target.get_absolute_url() in links, f"{record.code}.{field.name}"
        for field in model._meta.many_to_many:
            for target in getattr(record, field.name).all():
                assert target.get_absolute_url() in links, f"{record.code}.{field.name}"


def words(row: models.Model, name: str) -> str:
    value = getattr(row, name)
    if isinstance(value, CodedModel):
        return value.code
    cell = field_cell(row, name)
    return dates.display_date(value) if cell.kind == "date" else squeeze(str(cell.value))


def is_mentioned(page: Any, relation: Any, row: models.Model, record: CodedModel) -> bool:
    """Whether the page of ``record`` shows ``row``, which points at it, or links the list that does."""
    if isinstance(row, Part):
        back = relation.field.name
        names = [*row.key_fields, *([row.parent_field] if row.parent_field != back else [])]
        return all(words(row, name) in text_of(page) for name in names if name not in (back, "order"))
    if row.get_absolute_url() in links_of(page):
        return True
    if type(row).__name__ in LINKS:
        ends = [
            getattr(row, field.name)
            for field in row._meta.concrete_fields
            if isinstance(field, models.ForeignKey)
            and field.name != relation.field.name
            and issubclass(field.related_model, CodedModel)
        ]
        if isinstance(row, Citation):
            ends = [row.record]
        return bool(ends) and all(end is None or end.get_absolute_url() in links_of(page) for end in ends)
    return any(is_listed(row, record, link) for link in links_of(page))


def is_listed(row: CodedModel, record: CodedModel, link: str) -> bool:
    """Whether a link leads to the list of the row's model, filtered by the record, and that list has the row."""
    address = urlsplit(link)
    if address.path != list_url(type(row)) or record.code not in dict(parse_qsl(address.query)).values():
        return False
    params = filterset_of(type(row))(QueryDict(address.query), type(row)._default_manager.all())
    return params.checked((), blank=False).filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    ("model", "relation"), RELATIONS, ids=[f"{m.__name__}.{r.get_accessor_name()}" for m, r in RELATIONS]
)
def test_what_points_at_a_record_stands_on_its_page(client: Client, model: type[CodedModel], relation: Any) -> None:
    record = make.Factory.of[model]()
    row = related_row(relation, record)
    assert row is not None
    page = client.get(record.get_absolute_url())
    assert page.status_code == 200
    view = source_location(resolve(record.get_absolute_url()).func.view_class)
    assert is_mentioned(page, relation, row, record), f"No panel shows {relation.get_accessor_name()}: see {view}."
    shipped = relation.related_model._default_manager.visible().filter(**{f"{relation.field.name}__isnull": False})
    for other in shipped.exclude(pk=row.pk)[:1]:
        held = getattr(other, relation.field.name)
        for owner in held.all() if relation.field.many_to_many else [held]:
            page = client.get(owner.get_absolute_url())
            assert is_mentioned(page, relation, other, owner), owner.code


@each_model
def test_evidence_stands_on_the_record_s_page(client: Client, model: type[CodedModel]) -> None:
    """Shipped records that are cited, disputed or found silent, the first of each."""
    rows = visible(model)
    subjects = Subject.objects.filter(content_type__app_label=model._meta.app_label).filter(
        content_type__model=model._meta.model_name
    )
    citations = Citation.objects.filter(
        content_type__app_label=model._meta.app_label, content_type__model=model._meta.model_name
    )
    about = [
        citations.exclude(source=None),
        subjects.exclude(conflict=None),
        subjects.exclude(silence=None),
        subjects.exclude(observation=None),
    ]
    for evidence in about:
        for item in evidence.filter(object_id__in=rows.values("pk"))[:3]:
            page = client.get(item.record.get_absolute_url())
            if isinstance(item, Citation):
                assert item.source.code in text_of(page), item.code
                assert item.source.get_absolute_url() in links_of(page)
            else:
                assert squeeze(item.remark.label) in text_of(page), item.remark.code
                assert item.remark.get_absolute_url() in links_of(page)


@each_model
def test_planted_evidence_stands_on_the_record_s_page(client: Client, model: type[CodedModel]) -> None:
    if not hasattr(model, "citations") or not hasattr(model, "remarks"):
        assert model.__name__ in {"Source", "Citation", "Conflict", "Silence", "Observation"}
        return
    record = sample(model)[0]
    source = make.citation(record=record).source
    conflict, silence = make.conflict(), make.silence()
    make.subject(record=record, conflict=conflict)
    make.subject(record=record, conflict=None, silence=silence)
    page = client.get(record.get_absolute_url())
    text, links = text_of(page), links_of(page)
    for named, words_ in ((source, source.code), (conflict, conflict.topic), (silence, silence.statement)):
        assert words_ in text
        assert named.get_absolute_url() in links


@each_model
def test_only_a_notional_record_has_the_banner(client: Client, model: type[CodedModel]) -> None:
    clear_partner_kinds(model)
    invented, sourced = make.Factory.of[model](notional=True), make.Factory.of[model]()
    assert BANNER in client.get(invented.get_absolute_url()).content.decode()
    assert BANNER not in client.get(sourced.get_absolute_url()).content.decode()
    assert BANNER in client.get(list_url(model), {"notional": "only"}).content.decode()
    assert BANNER not in client.get(list_url(model)).content.decode()


@each_model
def test_an_unknown_code_is_not_found_by_name(client: Client, model: type[CodedModel]) -> None:
    for code in ("ZZ-NONE-9", "<b>ZZ", "a\x00b", "É" * 3):
        page = client.get(detail_url(model, code))
        assert page.status_code == 404
        assert f"'{code}'".replace("\x00", "\\x00") in text_of(page)
        assert "<b>ZZ" not in page.content.decode()
        assert any(link.startswith("/search/?q=") for link in links_of(page))
