"""Addresses of histories, and the record that one of them names."""

from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404
from django.urls import Resolver404, resolve, reverse

from ..core import params
from ..core.models import CodedModel
from .models import Change


def history_url(segment: str, code: str) -> str:
    """The address of the history of the record below ``/<segment>/``."""
    return reverse("record-history", kwargs={"segment": segment, "code": code})


def record_history_url(record: CodedModel) -> str:
    """The address of the history of a record."""
    return f"{record.get_absolute_url()}history/"


def record_model(segment: str, code: str) -> type[CodedModel]:
    """The model whose records stand below ``/<segment>/``; raises Http404."""
    try:
        view: Any = resolve(f"/{segment}/{code}/").func
    except (Resolver404, SuspiciousOperation):
        raise Http404("There is no record at this address.") from None
    model = getattr(getattr(view, "view_class", None), "model", None)
    if not (isinstance(model, type) and issubclass(model, CodedModel)):
        raise Http404("There is no record at this address.")
    return model


def find_row(model: type[CodedModel], code: str) -> tuple[CodedModel, Change | None]:
    """The record with the code, or what the log has of it and the change that deleted it; raises Http404."""
    if "\x00" not in code:
        record = model._default_manager.filter(code=code).first()
        if record is not None:
            return record, None
        gone = Change.objects.filter(table=model._meta.db_table, operation="delete", before__code=code).last()
        if gone is not None and gone.before is not None:
            label = gone.before.get(model.label_field, "") if model.label is CodedModel.label else ""
            return model(pk=gone.row, code=code, **({model.label_field: label} if label else {})), gone
    raise Http404(f"There is no {model._meta.verbose_name} '{params.printable(code)}'.")
