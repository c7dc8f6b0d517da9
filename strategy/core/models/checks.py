"""Django system checks of record and part models: what each must declare is checked at start, by file and line."""

import inspect
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from .dates import PartialDateField


def check_fields(model: type[models.Model], attribute: str, names: Iterable[str]) -> Iterator[CheckMessage]:
    """An error for each of ``names``, listed in ``attribute`` of the model, that is no field of it: core.E001."""
    for name in names:
        if _field(model, name) is None:
            yield _error(model, f"{attribute} names '{name}', which is no field of {model.__name__}.", "core.E001")


def check_periods(model: type[models.Model], periods: Iterable[tuple[str, str]]) -> Iterator[CheckMessage]:
    """An error for each end of a period that is no partial date: core.E002."""
    for name in (name for period in periods for name in period):
        if not isinstance(_field(model, name), PartialDateField):
            yield _error(model, f"periods names '{name}', which is no PartialDateField.", "core.E002")


def check_part(model: type[models.Model], record: type[models.Model]) -> Iterator[CheckMessage]:
    """Errors of a part that has no parent (core.E003), which is a model derived from ``record``, or no key (E004)."""
    parent = _field(model, getattr(model, "parent_field", ""))
    if not isinstance(parent, models.ForeignKey) or not issubclass(parent.related_model, record):
        message = f"{model.__name__} needs parent_field: the name of its foreign key to the record it belongs to."
        yield _error(model, message, "core.E003")
    names = getattr(model, "key_fields", ())
    if not names:
        message = f"{model.__name__} needs key_fields: the names of the fields that tell it from its siblings."
        yield _error(model, message, "core.E004")
    yield from check_fields(model, "key_fields", names)


def _field(model: type[models.Model], name: str) -> Any:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _error(model: type[models.Model], message: str, check_id: str) -> Error:
    path = Path(inspect.getsourcefile(model) or "")
    line = inspect.getsourcelines(model)[1]
    place = path.relative_to(settings.BASE_DIR) if path.is_relative_to(settings.BASE_DIR) else path
    return Error(message, hint=f"See {place}:{line}.", obj=model, id=check_id)
