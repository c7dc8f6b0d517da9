"""Writes the database to fixtures: the same content gives the same bytes."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import models

from ..core.models import CodedModel, Part, natural_order
from ..models import Subject
from .files import EVIDENCE_MODELS, ContentFile, content_fields, content_files
from .snapshot import snapshot


def dump(folder: Path, *, notional: bool = False) -> int:
    """Writes all rows, sourced or notional, below ``folder`` and deletes files without rows; returns their number.

    The files are of one moment, and take their places whole, once all of them are written.
    """
    total, written = 0, []
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".dump-", dir=folder) as temporary:
        with snapshot():
            for file in content_files():
                if rows := _file_rows(file, notional=notional):
                    path = file.path(Path(temporary))
                    path.parent.mkdir(exist_ok=True)
                    path.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", "utf-8")
                    written.append(file)
                    total += len(rows)
        for file in content_files():
            path = file.path(folder)
            if file in written:
                path.parent.mkdir(exist_ok=True)
                file.path(Path(temporary)).replace(path)
            else:
                path.unlink(missing_ok=True)
    return total


def _file_rows(file: ContentFile, *, notional: bool) -> list[dict[str, Any]]:
    model = file.model
    foreign_keys = [f.name for f in model._meta.concrete_fields if f.is_relation]
    queryset = model._default_manager.select_related(*foreign_keys) if foreign_keys else model._default_manager.all()
    queryset = queryset.prefetch_related(*(f.name for f in model._meta.many_to_many))
    if file.name in EVIDENCE_MODELS:
        queryset = queryset.filter(content_type__app_label=file.app.label).prefetch_related("record")
    rows = [row for row in queryset if _record_of(row).notional == notional]
    fields = content_fields(model)
    return [
        {"model": model._meta.label_lower, "fields": fixture_values(row, fields)} for row in sorted(rows, key=_sort_key)
    ]


def _record_of(row: Any) -> CodedModel:
    if isinstance(row, Part):
        return row.parent
    return row.remark if isinstance(row, Subject) else row


def _sort_key(row: Any) -> tuple:
    if isinstance(row, CodedModel):
        return (natural_order(row.code), row.code)
    if isinstance(row, Part):
        return (natural_order(row.parent.code), row.parent.code, natural_order(row.key), row.key)
    remark, record = row.remark, row.record
    codes = (natural_order(remark.code), natural_order(record.code), remark.code, record.code)
    return (type(remark).__name__, *codes, record._meta.label_lower, row.field, row.part)


def fixture_values(row: Any, fields: list[models.Field]) -> dict[str, Any]:
    """The values of the row by field name, without those equal to the field's default."""
    values: dict[str, Any] = {}
    if hasattr(type(row), "record"):
        values["record"] = [row.record._meta.label_lower, row.record.code]
    for field in fields:
        if isinstance(field, models.ManyToManyField):
            codes = sorted(
                (record.code for record in getattr(row, field.name).all()), key=lambda code: (natural_order(code), code)
            )
            if codes:
                values[field.name] = [[code] for code in codes]
        elif isinstance(field, models.ForeignKey):
            record = getattr(row, field.name)
            if record is not None:
                values[field.name] = [record.code]
        elif (value := getattr(row, field.attname)) != field.get_default():
            values[field.name] = value
    if "code" in values:
        values = {"code": values.pop("code")} | values
    return values
