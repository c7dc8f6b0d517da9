"""What the contract tests run over, and how they read a page."""

import html
import re
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.test import Client
from django.urls import resolve, reverse

from lines_of_effort.models.lines import LineOfEffortMixin
from strategy.core.filters import RecordFilter
from strategy.core.models import Basis, CodedModel, Part
from strategy.search.indexing import indexed_models
from tests.support import factories as make

MODELS = indexed_models()
IDS = [model._meta.model_name for model in MODELS]
# Beyond the largest small model; of a larger one a sample is read.
SMALL = 30
NONSENSE = "zz-no-such-thing-zz"


def list_url(model: type[CodedModel]) -> str:
    return reverse(f"{model._meta.model_name}-list")


def detail_url(model: type[CodedModel], code: str) -> str:
    return reverse(f"{model._meta.model_name}-detail", kwargs={"code": code})


def api_url(model: type[CodedModel]) -> str:
    return reverse(f"api:{model._meta.model_name}-list")


def filterset_of(model: type[CodedModel]) -> type[RecordFilter]:
    """The filters of the model's list page, which are also those of its API."""
    page = resolve(list_url(model)).func.view_class.filterset_class
    assert resolve(api_url(model)).func.cls.filterset_class is page
    return page


def visible(model: type[CodedModel]) -> models.QuerySet:
    return model._default_manager.visible()


def sample(model: type[CodedModel]) -> list[CodedModel]:
    """Every record of a small model; the first, the last and five between of a large one."""
    rows = list(visible(model))
    if len(rows) <= SMALL:
        return rows
    step = len(rows) // 6
    return [rows[0], *rows[step::step][:5], rows[-1]]


def main_of(response: Any) -> str:
    """The HTML of the page's own content, without what every page has around it."""
    found = re.search(r"<main\b.*</main>", response.content.decode(), re.S)
    assert found, "the page has no main part"
    return found.group()


def text_of(response: Any) -> str:
    """The words of the page's own content."""
    return squeezed(html.unescape(re.sub(r"<[^>]+>", " ", main_of(response))))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def links_of(response: Any) -> set[str]:
    return {html.unescape(link) for link in re.findall(r'href="([^"]*)"', main_of(response))}


def row_links(response: Any) -> list[str]:
    """Where the rows of a list page lead, in their order."""
    heads = re.findall(r'<th scope="row">(.*?)</th>', main_of(response), re.S)
    return [re.findall(r'href="([^"]*)"', head)[0] for head in heads]


def answer(client: Client, url: str, parameters: Any = None) -> Any:
    """The answer to any request: a fault in the product is raised, which no test here catches."""
    return client.get(url, parameters or {})


def real_value(model: type[CodedModel], name: str, condition: Any) -> str | None:
    """A value the filter has rows for, or None if no shipped record has any."""
    if name == "search":
        return next((row.code for row in visible(model)), None)
    if name == "notional":
        return "exclude"
    if condition.method is not None or name.startswith("has_"):
        extra = getattr(condition, "target", None)
        if extra is not None:
            return visible(extra).values_list("code", flat=True).first()
        return str(next(value for value, _ in condition.extra["choices"]))
    target = getattr(condition, "target", None)
    path = f"{condition.field_name}__code" if target is not None else condition.field_name
    found = visible(model).exclude(**{f"{condition.field_name}__isnull": True})
    value = next((v for v in found.order_by().values_list(path, flat=True) if v not in ("", None)), None)
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


def reverse_relations() -> Iterator[tuple[type[CodedModel], Any]]:
    """Every relation in which records or parts point at a record, the evidence's own tables left out."""
    for model in MODELS:
        for relation in model._meta.related_objects:
            if issubclass(relation.related_model, CodedModel | Part):
                yield model, relation


# Where a row may be told by more than its number: these have few values, or are unique by them.
def varied(model: type[models.Model], n: int) -> dict[str, Any]:
    name = model.__name__
    if name == "OfficeEvent":
        return {"date": str(2000 + n)}
    if name == "FrameworkCount":
        return {"as_of": str(1990 + n)}
    field = {"StrategyDate": "kind", "MembershipStage": "stage"}.get(name)
    if field:
        choices = [value for value, _ in model._meta.get_field(field).choices]
        return {field: choices[n % len(choices)]}
    return {}


def related(relation: Any, record: CodedModel, n: int = 0) -> models.Model | None:
    """A new row that points at ``record``; None where the row of that kind stands already."""
    model, field = relation.related_model, relation.field
    values = varied(model, n)
    if values and model._default_manager.filter(**{field.name: record}, **values).exists():
        return None
    if relation.one_to_one and n:
        return None
    pointer = [record] if field.many_to_many else record
    return made(model, **{field.name: pointer, "notional": record.notional}, **values)


def made(model: type[models.Model], **values: Any) -> models.Model:
    """A row of any model: a place under a line of effort is a fact with a basis, a second one needs a first."""
    if values.get("secondary_line") and not values.get("line_of_effort"):
        values["line_of_effort"] = make.line_of_effort(notional=values["notional"])
    if values.get("line_of_effort") and issubclass(model, LineOfEffortMixin):
        values.setdefault("line_basis", Basis.SUMMARY)
    return make.Factory.of[model](**values)


def rich(model: type[CodedModel], *, notional: bool = False, each: int = 1) -> CodedModel:
    """A record with every foreign key filled and ``each`` rows in every relation, cited and remarked upon."""
    values: dict[str, Any] = {"notional": notional}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, CodedModel) and field.null:
            values[field.name] = make.Factory.of[field.related_model](notional=notional)
    for field in model._meta.many_to_many:
        values[field.name] = [make.Factory.of[field.related_model](notional=notional) for _ in range(each)]
    record = made(model, **values)
    enrich(record, 0, each)
    return record


def enrich(record: CodedModel, first: int, last: int) -> None:
    """Adds the rows ``first`` to ``last`` to every relation of the record, and as much evidence."""
    for n in range(first, last):
        for relation in type(record)._meta.related_objects:
            if issubclass(relation.related_model, CodedModel | Part):
                related(relation, record, n)
        if not hasattr(record, "citations") or not hasattr(record, "remarks"):
            continue
        make.citation(record=record, notional=record.notional, basis=Basis.SUMMARY)
        for remark in ("conflict", "silence", "observation"):
            values = {"conflict": None, "silence": None, "observation": None}
            values[remark] = getattr(make, remark)(notional=record.notional)
            make.subject(record=record, **values)
