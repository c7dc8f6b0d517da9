"""Puts rows back as changes have found them: the writing of an undo and of a restored record, and what must hold after.

Rows are written past ``save``, as the log has them; what follows from them (the index of the search, the date of the
last change) is brought up to date.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.utils import timezone

from ..core.api.last_changed import shown_rows_of, touch
from ..core.models import CodedModel, ContentModel, Part
from ..fixtures_io.values import messages
from ..models.sources import Citation, Subject
from ..search import indexing
from .images import Image, row_values
from .models import Change
from .record_names import owner_of
from .triggers import content_tables


class UndoRefusedError(Exception):
    """Raised where rows cannot be put back; its text says in a sentence which and why."""


def put_back(changes: Iterable[Change]) -> None:
    """Takes changes back, given the latest first, within the current change set; UndoRefusedError if a rule forbids."""
    tables, before = content_tables(), {}
    try:
        with indexing.paused():
            for change in changes:
                model = tables[change.table]
                before[model, change.row] = change.before
                _write(model, change.row, change.before)
    except IntegrityError:
        raise UndoRefusedError(
            "The same code or the same link was entered again since. Change or delete that one first."
        ) from None
    present = {key for key, image in before.items() if image is not None}
    _refuse_broken(present, before.keys() - present)
    _follow(before, present)


def _write(model: Any, pk: int, image: Image | None) -> None:
    rows = model._base_manager.filter(pk=pk)
    if image is None:
        _touch_owners(rows)
        rows._raw_delete(rows.db)
        return
    values = row_values(model, image)
    if "updated" in values:
        values["updated"] = timezone.now()
    if rows.exists():
        _touch_owners(rows)
        rows.update(**values)
    else:
        model(**values).save_base(raw=True, force_insert=True)
    _touch_owners(rows)


def _touch_owners(rows: models.QuerySet) -> None:
    """Moves the date of the last change of the records that show these rows."""
    for shown in shown_rows_of(rows.model):
        touch(shown.model, list(rows.values_list(shown.owner, flat=True)))


# ---- What must hold ------------------------------------------------------------------------------------------------


def _refuse_broken(present: set[Any], gone: set[Any]) -> None:
    """UndoRefusedError if what was put back points at nothing, breaks a rule, or something points at what went."""
    for model, keys in _by_model(gone).items():
        _refuse_left_behind(model, keys)
    for model, keys in _by_model(present).items():
        for row in model._base_manager.filter(pk__in=keys):
            _refuse_dangling(row)
            if isinstance(row, ContentModel):
                _refuse_invalid(row)
    parents = {owner for model, pk in present if issubclass(model, Part) and (owner := _parent(model, pk))}
    for model, keys in _by_model(parents).items():
        about = {"content_type": ContentType.objects.get_for_model(model), "object_id__in": keys}
        for pointers in (Citation, Subject):
            for pointer in pointers._default_manager.filter(**about).exclude(part=""):
                _refuse_invalid(pointer)


def _by_model(keys: Iterable[Any]) -> dict[Any, list[int]]:
    result: dict[Any, list[int]] = defaultdict(list)
    for model, pk in keys:
        result[model].append(pk)
    return result


def _parent(model: type[Part], pk: int) -> Any:
    """The record that a part belongs to; None for one that is gone."""
    row: Any = model._base_manager.filter(pk=pk).first()
    return (type(row.parent), row.parent.pk) if row else None


def _refuse_left_behind(model: Any, keys: list[int]) -> None:
    """UndoRefusedError if rows point at rows that are gone."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            rows = relation.related_model._base_manager.filter(**{f"{relation.field.attname}__in": keys})
            if (row := rows.first()) is not None:
                raise UndoRefusedError(f"{_title(row)} was built on it since. Change or delete that first.")
    if issubclass(model, CodedModel):
        about = {"content_type": ContentType.objects.get_for_model(model), "object_id__in": keys}
        for pointers in (Citation, Subject):
            if (pointer := pointers._default_manager.filter(**about).first()) is not None:
                raise UndoRefusedError(f"{_title(pointer)} was built on it since. Change or delete that first.")


def _refuse_dangling(row: Any) -> None:
    """UndoRefusedError if a row points at one that is gone."""
    for field in row._meta.concrete_fields:
        key = getattr(row, field.attname) if field.is_relation else None
        if key is not None and not field.related_model._base_manager.filter(pk=key).exists():
            kind = field.related_model._meta.verbose_name
            raise UndoRefusedError(f"The {kind} that {_title(row)} needs was deleted since. Bring it back first.")


def _refuse_invalid(row: Any) -> None:
    """UndoRefusedError if the row breaks a rule: it may be younger than what is put back."""
    try:
        row.full_clean()
    except ValidationError as error:
        problems = messages(error)
        first = problems[0][0]
        name = f", {first.replace('_', ' ')}" if first else ""
        texts = " ".join(text for field, text in problems if field == first)
        raise UndoRefusedError(f"{_title(row)}{name}: {texts}") from None


def _title(row: Any) -> str:
    """A row in a sentence: a record by its code, any other by the record it belongs to."""
    kind = str(row._meta.verbose_name)
    if isinstance(row, CodedModel):
        return f"The {kind} {row.code}"
    image = {field.column: getattr(row, field.attname) for field in row._meta.concrete_fields}
    owner = owner_of(type(row), image)
    record = owner[0]._base_manager.filter(pk=owner[1]).first() if owner else None
    return f"The {kind} of {record}" if record is not None else f"A {kind}"


# ---- What follows --------------------------------------------------------------------------------------------------


def _follow(before: dict[Any, Image | None], present: set[Any]) -> None:
    """Brings the index of the search up to date."""
    rows: list[models.Model] = []
    for model, keys in _by_model(before).items():
        if not issubclass(model, CodedModel | Part):
            continue
        there = [pk for pk in keys if (model, pk) in present]
        rows += model._default_manager.filter(pk__in=there)
        if issubclass(model, CodedModel):
            gone = [pk for pk in keys if (model, pk) not in present]
            indexing.forget_rows(model, gone)
    indexing.index_all_saved(rows)
