"""Records with everything a record may have, of any model: what pages over many models are tested with."""

from typing import Any

from django.db import models

from lines_of_effort.models.lines import LineOfEffortMixin
from strategy.core.models import Basis, CodedModel, Part
from tests.support import factories as make


def clear_partner_kinds(model: type[models.Model]) -> None:
    """Makes room for more kinds of partner: there are no more than relations, and the shipped content has them all."""
    if model.__name__ == "PartnerKind":
        model._default_manager.all().delete()


def distinct_values(model: type[models.Model], n: int) -> dict[str, Any]:
    """What tells the row ``n`` of a model from others, where few values are allowed or the rows are unique by them."""
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


def related_row(relation: Any, record: CodedModel, n: int = 0) -> models.Model | None:
    """A new row that points at ``record``; None where the row of that kind stands already."""
    model, field = relation.related_model, relation.field
    values = distinct_values(model, n)
    if values and model._default_manager.filter(**{field.name: record}, **values).exists():
        return None
    if relation.one_to_one and n:
        return None
    pointer = [record] if field.many_to_many else record
    return build_row(model, **{field.name: pointer, "notional": record.notional}, **values)


def build_row(model: type[models.Model], **values: Any) -> models.Model:
    """A row of any model: a place under a line of effort is a fact with a basis, a second one needs a first."""
    if values.get("secondary_line") and not values.get("line_of_effort"):
        values["line_of_effort"] = make.line_of_effort(notional=values["notional"])
    if values.get("line_of_effort") and issubclass(model, LineOfEffortMixin):
        values.setdefault("line_basis", Basis.SUMMARY)
    return make.Factory.of[model](**values)


def rich_record(model: type[CodedModel], *, notional: bool = False, each: int = 1) -> CodedModel:
    """A record with every foreign key filled and ``each`` rows in every relation, cited and remarked upon."""
    values: dict[str, Any] = {"notional": notional}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, CodedModel) and field.null:
            values[field.name] = make.Factory.of[field.related_model](notional=notional)
    for field in model._meta.many_to_many:
        values[field.name] = [make.Factory.of[field.related_model](notional=notional) for _ in range(each)]
    record = build_row(model, **values)
    enrich(record, 0, each)
    return record


def enrich(record: CodedModel, first: int, last: int) -> None:
    """Adds the rows ``first`` to ``last`` to every relation of the record, and as much evidence."""
    for n in range(first, last):
        for relation in type(record)._meta.related_objects:
            if issubclass(relation.related_model, CodedModel | Part):
                related_row(relation, record, n)
        if not hasattr(record, "citations") or not hasattr(record, "remarks"):
            continue
        make.citation(record=record, notional=record.notional, basis=Basis.SUMMARY)
        for remark in ("conflict", "silence", "observation"):
            values = {"conflict": None, "silence": None, "observation": None}
            values[remark] = getattr(make, remark)(notional=record.notional)
            make.subject(record=record, **values)
