"""Loads fixtures: all of it or nothing, every record validated, a second load changes nothing."""

import difflib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction

from ..core.models import CodedModel
from ..search import indexing
from .files import ContentError, ContentFile, Problem, content_fields, files_below, fixtures_folder, identity
from .read import in_order, rows_of

# JSON type of a field's value, by kind of field.
TYPES: list[tuple[Any, Any, str]] = [
    ((models.CharField, models.TextField), str, "text"),
    (models.BooleanField, bool, "true or false"),
    (models.IntegerField, int, "a whole number"),
]
# NUL, and halves of characters that JSON can write and UTF-8 cannot.
UNFIT = re.compile("[\x00\ud800-\udfff]")


@dataclass
class LoadReport:
    """How many rows a load created, changed and found as they are."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass
class Loader:
    """One load. Keeps records by code, so that a reference costs no query."""

    folder: Path
    report: LoadReport = field(default_factory=LoadReport)
    records: dict[type[models.Model], dict[str, CodedModel]] = field(default_factory=dict)

    def run(self) -> LoadReport:
        self._refuse_unknown_files()
        with transaction.atomic(), indexing.paused():
            for file in files_below():
                if file.path(self.folder).exists():
                    self._load_file(file)
            if self.report.created or self.report.changed:
                indexing.rebuild()
        return self.report

    def _refuse_unknown_files(self) -> None:
        known = {file.path(self.folder) for file in files_below()}
        training = fixtures_folder(notional=True).name
        folders = [path for path in self.folder.glob("[!.]*/") if path.is_dir() and path.name != training]
        found = {path for folder in folders for path in folder.rglob("[!.]*") if path.is_file()}
        if not found:
            places = ", ".join(sorted({file.app.label for file in files_below()}))
            message = f"holds no fixtures: they stand in folders below it ({places})."
            raise ContentError([Problem(self.folder.name, "the folder", "", message)])
        if strange := sorted(found - known):
            raise ContentError(
                [
                    Problem(self._name(path), "the file", "", self._suggest(path.name, [p.name for p in known]))
                    for path in strange
                ]
            )

    def _load_file(self, file: ContentFile) -> None:
        name = self._name(file.path(self.folder))
        problems: list[Problem] = []
        seen: set[tuple] = set()
        existing = {identity(row): row for row in file.model._default_manager.all()}
        for title, values in in_order(rows_of(file.path(self.folder), name, file.model), name, file.model):
            try:
                row, before, many = self._build(file.model, values, existing)
                if (key := identity(row)) in seen:
                    raise ValidationError("stands twice in the file.")
                seen.add(key)
                self._save(row, before, many, is_new=key not in existing)
            except ValidationError as error:
                problems += [Problem(name, title, *item) for item in _messages(error)]
            else:
                if isinstance(row, CodedModel):
                    self._of(file.model)[row.code] = row
        if problems:
            raise ContentError(problems)

    def _build(self, model: type[models.Model], values: dict, existing: dict) -> tuple[models.Model, dict, dict]:
        """The row with the fixture's values, from ``existing`` if known; its values before; its many-to-many."""
        fields = {f.name: f for f in content_fields(model)}
        allowed = [*fields, *(["record"] if hasattr(model, "record") else [])]
        errors: dict[str, Any] = {}
        plain: dict[str, Any] = {}
        many: dict[str, list[CodedModel]] = {}
        for name in values:
            if name not in allowed:
                errors[name] = self._suggest(name, allowed)
        if "record" in allowed:
            try:
                plain["record"] = self._record(values.get("record"))
            except ValidationError as error:
                errors["record"] = error
        for name, model_field in fields.items():
            try:
                if isinstance(model_field, models.ManyToManyField):
                    many[name] = self._references(model_field.related_model, values.get(name, []))
                    if not many[name] and not model_field.blank:
                        raise ValidationError("needs at least one.")
                elif isinstance(model_field, models.ForeignKey):
                    key = values.get(name)
                    plain[name] = None if key is None else self._reference(model_field.related_model, key)
                    if key is None and not model_field.null:
                        raise ValidationError("is needed.")
                else:
                    plain[name] = _value(model_field, values[name]) if name in values else model_field.get_default()
            except ValidationError as error:
                errors[name] = error
        if errors:
            raise ValidationError(errors)
        fresh = model(**plain)
        row = existing.get(identity(fresh), fresh)
        before = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
        for name, value in plain.items():
            setattr(row, name, value)
        return row, before, many

    def _save(self, row: models.Model, before: dict, many: dict[str, list[CodedModel]], *, is_new: bool) -> None:
        # Foreign keys were resolved to rows above: looking each up once more costs a query a field.
        resolved = [f.name for f in row._meta.concrete_fields if f.is_relation and not f.unique]
        row.full_clean(exclude=resolved, validate_constraints=False)
        names = [f.attname for f in content_fields(type(row)) if not f.many_to_many]
        if hasattr(type(row), "record"):
            names += ["content_type_id", "object_id"]
        changed = is_new or any(getattr(row, name) != before[name] for name in names)
        if changed:
            row.validate_constraints()
            row.save()
        for name, targets in many.items():
            manager = getattr(row, name)
            if is_new or {t.pk for t in targets} != set(manager.values_list("pk", flat=True)):
                manager.set(targets)
                changed = True
        if is_new:
            self.report.created += 1
        elif changed:
            self.report.changed += 1
        else:
            self.report.unchanged += 1

    def _of(self, model: type[Any]) -> dict[str, CodedModel]:
        if model not in self.records:
            self.records[model] = {row.code: row for row in model._default_manager.all()}
        return self.records[model]

    def _reference(self, model: type[Any], key: Any) -> CodedModel:
        code = key[0] if isinstance(key, list) and len(key) == 1 else None
        if not isinstance(code, str):
            raise ValidationError(f"refers by a list with one code, not by {key!r}.")
        if code not in self._of(model):
            raise ValidationError(f"no {model._meta.verbose_name} '{code}'" + _nearest(code, self._of(model)))
        return self._of(model)[code]

    def _references(self, model: type[Any], keys: Any) -> list[CodedModel]:
        if not isinstance(keys, list):
            raise ValidationError("refers by a list of such lists.")
        rows = [self._reference(model, key) for key in keys]
        for row in rows:
            if rows.count(row) > 1:
                raise ValidationError(f"names '{row.code}' twice.")
        return rows

    def _record(self, key: Any) -> CodedModel:
        if not (isinstance(key, list) and len(key) == 2 and all(isinstance(part, str) for part in key)):
            raise ValidationError("refers by a list of model and code.")
        try:
            model = apps.get_model(key[0])
        except (LookupError, ValueError):
            model = None
        if model is None or not issubclass(model, CodedModel):
            raise ValidationError(f"no model '{key[0]}'.")
        return self._reference(model, key[1:])

    def _suggest(self, name: str, allowed: list[str]) -> str:
        return "is not known here" + _nearest(name, allowed)

    def _name(self, path: Path) -> str:
        return str(path.relative_to(self.folder.parent))


def _value(model_field: models.Field, value: Any) -> Any:
    """The value, if it has the field's own type in JSON: nothing is turned into another type."""
    if value is None and model_field.null:
        return None
    for fields, wanted, name in TYPES:
        # Not isinstance: to Python, true is a whole number.
        if isinstance(model_field, fields) and type(value) is not wanted:
            raise ValidationError(f"must be {name}, not {json.dumps(value)[:60]}.")
    if model_field.choices and value not in (*model_field.empty_values, *dict(model_field.flatchoices)):
        known = ", ".join(str(choice) for choice in dict(model_field.flatchoices))
        raise ValidationError(f"{value!r} is not a valid choice: it is one of {known}.")
    if isinstance(value, str) and (unfit := UNFIT.search(value)):
        raise ValidationError(f"holds {unfit[0]!a}, which a database cannot keep as text.")
    return model_field.to_python(value)


def _nearest(name: str, allowed) -> str:
    close = difflib.get_close_matches(name, list(allowed), n=1)
    return f"; did you mean '{close[0]}'?" if close else "."


def _messages(error: ValidationError) -> list[tuple[str, str]]:
    """Field and message of everything that is wrong with one row."""
    if not hasattr(error, "error_dict"):
        return [("", message) for message in error.messages]
    return [
        ("" if name == "__all__" else name, message)
        for name, errors in error.message_dict.items()
        for message in errors
    ]


def load(folder: Path | None = None, *, notional: bool = False) -> LoadReport:
    """Loads the fixtures of ``folder`` (the shipped ones, if left out). ContentError if any row is refused."""
    return Loader((folder or fixtures_folder(notional=notional)).resolve()).run()
