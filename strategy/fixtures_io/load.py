"""Loads fixtures: every row validated, all or nothing; a second load changes nothing, and nothing edited since."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models

from ..core.models import CodedModel
from ..history import changeset
from ..models import ChangeSet, Strategy
from ..search import indexing
from .dump import fixture_values
from .edited import DELETED, Edit, ShippedRows, row_title
from .files import ContentError, ContentFile, Problem, content_fields, content_files, fixtures_folder, row_key
from .parse import order_by_references, parse_rows
from .values import did_you_mean, messages, to_value, unknown_name


@dataclass
class LoadReport:
    """How many rows a load created, changed and left unchanged, and what was edited here, kept or overridden."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    edits: list[Edit] = field(default_factory=list)


@dataclass
class Loader:
    """Loads one folder of fixtures. Caches records by model and code, so that a reference costs no query.

    Constraints are left to the database, which says nothing of the row; with ``validate_constraints`` it is asked about
    each row beforehand, at two queries or more a row, so that a refusal names the row and the field.
    """

    folder: Path
    force: bool = False
    # Whether there was no content at all.
    is_first: bool = False
    validate_constraints: bool = False
    report: LoadReport = field(default_factory=LoadReport)
    records: dict[type[models.Model], dict[str, CodedModel]] = field(default_factory=dict)
    saved: list[models.Model] = field(default_factory=list)
    # Codes of records that were shipped and are not there any more.
    deleted: set[Any] = field(default_factory=set)

    def run(self) -> LoadReport:
        """Loads everything in one change set; ContentError if a file or a row is refused."""
        self._refuse_unknown_files()
        with changeset(None, f"From the folder {self.folder.name}", ChangeSet.Kind.LOAD):
            # Where nothing is left, nobody deleted this or that: a load begins anew.
            self.is_first = not Strategy._base_manager.exists()
            with indexing.paused():
                for file in content_files():
                    if file.path(self.folder).exists():
                        self._load_file(file)
            indexing.index_all_saved(self.saved)
        return self.report

    def _refuse_unknown_files(self) -> None:
        known = {file.path(self.folder) for file in content_files()}
        training = fixtures_folder(notional=True).name
        folders = [path for path in self.folder.glob("[!.]*/") if path.is_dir() and path.name != training]
        files = {path for folder in folders for path in folder.rglob("[!.]*") if path.is_file()}
        if not files:
            places = ", ".join(sorted({file.app.label for file in content_files()}))
            message = f"holds no fixtures: they stand in folders below it ({places})."
            raise ContentError([Problem(self.folder.name, "the folder", "", message)])
        if unknown := sorted(files - known):
            raise ContentError(
                [
                    Problem(self._display_path(path), "the file", "", unknown_name(path.name, [p.name for p in known]))
                    for path in unknown
                ]
            )

    def _load_file(self, file: ContentFile) -> None:
        name = self._display_path(file.path(self.folder))
        problems: list[Problem] = []
        seen: set[tuple] = set()
        links = [field.name for field in file.model._meta.many_to_many]
        existing = {row_key(row): row for row in file.model._default_manager.prefetch_related(*links)}
        rows = parse_rows(file.path(self.folder), name, file.model)
        shipped = ShippedRows.of(file.model)
        for title, values in order_by_references(rows, name, file.model):
            try:
                if self._was_deleted(file.model, values, existing, shipped):
                    continue
                row, old_values, many_to_many = self._build(file.model, values, existing)
                shipped.ship(values)
                if (key := row_key(row)) in seen:
                    raise ValidationError("stands twice in the file.")
                seen.add(key)
                if key in existing:
                    many_to_many = changed_links(row, many_to_many)
                    self._keep_edited(row, old_values, many_to_many, shipped, values)
                elif shipped.was_shipped(values) and not self.is_first:
                    self.report.edits.append(Edit(title, DELETED, overridden=self.force))
                    if not self.force:
                        continue
                self._save(row, old_values, many_to_many, is_new=key not in existing)
            except ValidationError as error:
                problems += [Problem(name, title, *item) for item in messages(error)]
            else:
                if isinstance(row, CodedModel):
                    self._records_of(file.model)[row.code] = row
        if problems:
            raise ContentError(problems)
        shipped.store()

    def _was_deleted(self, model: type[models.Model], values: dict, existing: dict, shipped: ShippedRows) -> bool:
        """Whether people here deleted a record that was shipped before, or one that this row belongs to."""
        if self.force or self.is_first or not shipped.was_shipped(values):
            return False
        code = values.get("code")
        if issubclass(model, CodedModel):
            is_gone = (code,) not in existing
        else:
            codes = [value[-1] for value in values.values() if isinstance(value, list) and value]
            is_gone = any(code in self.deleted for code in codes if isinstance(code, str))
        if is_gone:
            self.deleted.add(code)
            self.report.edits.append(Edit(code or row_title(model, values), DELETED))
        return is_gone

    def _keep_edited(
        self,
        row: models.Model,
        old_values: dict,
        many_to_many: dict[str, list[CodedModel]],
        shipped: ShippedRows,
        values: dict,
    ) -> None:
        """Puts back into the row what people here have edited since it was shipped, unless forced, and says so."""
        names = [name for name, value in old_values.items() if getattr(row, name) != value]
        if not (names or many_to_many):
            return
        stored = type(row)._base_manager.get(pk=row.pk)
        record = row.code if isinstance(row, CodedModel) else str(row)
        edited = shipped.edited(record, values, fixture_values(stored, content_fields(type(row))))
        if self.force:
            self.report.edits += [replace(edit, overridden=True) for edit in edited]
            return
        self.report.edits += edited
        for name in (edit.field for edit in edited):
            many_to_many.pop(name, None)
            for attname in ("content_type_id", "object_id") if name == "record" else (attname_of(row, name),):
                if attname in old_values:
                    setattr(row, attname, old_values[attname])

    def _build(self, model: type[models.Model], values: dict, existing: dict) -> tuple[models.Model, dict, dict]:
        """The row with the fixture's values, from ``existing`` if it has its key; its old values; its many-to-many."""
        fields = {f.name: f for f in content_fields(model)}
        allowed = [*fields, *(["record"] if hasattr(model, "record") else [])]
        errors: dict[str, Any] = {}
        plain: dict[str, Any] = {}
        many_to_many: dict[str, list[CodedModel]] = {}
        for name in values:
            if name not in allowed:
                errors[name] = unknown_name(name, allowed)
        if "record" in allowed:
            try:
                plain["record"] = self._record(values.get("record"))
            except ValidationError as error:
                errors["record"] = error
        for name, model_field in fields.items():
            try:
                if isinstance(model_field, models.ManyToManyField):
                    many_to_many[name] = self._references(model_field.related_model, values.get(name, []))
                    if not many_to_many[name] and not model_field.blank:
                        raise ValidationError("needs at least one.")
                elif isinstance(model_field, models.ForeignKey):
                    key = values.get(name)
                    plain[name] = None if key is None else self._reference(model_field.related_model, key)
                    if key is None and not model_field.null:
                        raise ValidationError("is needed.")
                else:
                    plain[name] = to_value(model_field, values[name]) if name in values else model_field.get_default()
            except ValidationError as error:
                errors[name] = error
        if errors:
            raise ValidationError(errors)
        new_row = model(**plain)
        row = existing.get(row_key(new_row), new_row)
        old_values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
        for name, value in plain.items():
            setattr(row, name, value)
        return row, old_values, many_to_many

    def _save(
        self, row: models.Model, old_values: dict, many_to_many: dict[str, list[CodedModel]], *, is_new: bool
    ) -> None:
        names = [f.attname for f in content_fields(type(row)) if not f.many_to_many]
        if hasattr(type(row), "record"):
            names += ["content_type_id", "object_id"]
        changed = is_new or any(getattr(row, name) != old_values[name] for name in names)
        if changed or many_to_many:
            # Foreign keys were resolved to rows above: looking each up once more costs a query a field.
            resolved = [f.name for f in row._meta.concrete_fields if f.is_relation and not f.unique]
            row.full_clean(exclude=resolved, validate_unique=self.validate_constraints, validate_constraints=False)
            if self.validate_constraints:
                row.validate_constraints()
        if changed:
            row.save()
        for name, targets in many_to_many.items():
            getattr(row, name).set(targets)
            changed = True
        if changed:
            self.saved.append(row)
        if is_new:
            self.report.created += 1
        elif changed:
            self.report.changed += 1
        else:
            self.report.unchanged += 1

    def _records_of(self, model: type[Any]) -> dict[str, CodedModel]:
        if model not in self.records:
            self.records[model] = {row.code: row for row in model._default_manager.all()}
        return self.records[model]

    def _reference(self, model: type[Any], key: Any) -> CodedModel:
        code = key[0] if isinstance(key, list) and len(key) == 1 else None
        if not isinstance(code, str):
            raise ValidationError(f"refers by a list with one code, not by {key!r}.")
        if code not in self._records_of(model):
            raise ValidationError(
                f"no {model._meta.verbose_name} '{code}'" + did_you_mean(code, self._records_of(model))
            )
        return self._records_of(model)[code]

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

    def _display_path(self, path: Path) -> str:
        return str(path.relative_to(self.folder.parent))


def changed_links(row: models.Model, many_to_many: dict[str, list[CodedModel]]) -> dict[str, list[CodedModel]]:
    """Those links of many to many that are not as the database has them."""
    return {name: targets for name, targets in many_to_many.items() if set(targets) != set(getattr(row, name).all())}


def attname_of(row: models.Model, name: str) -> str:
    """The attribute that holds the stored value of a field; of none for links of many to many."""
    return str(getattr(row._meta.get_field(name), "attname", ""))


def load(folder: Path | None = None, *, notional: bool = False, force: bool = False) -> LoadReport:
    """Loads the fixtures of ``folder`` (the shipped ones, if left out). ContentError if any row is refused.

    What people edited or deleted since is kept, unless ``force`` is set.
    """
    folder = (folder or fixtures_folder(notional=notional)).resolve()
    try:
        return Loader(folder, force).run()
    except IntegrityError:
        return Loader(folder, force, validate_constraints=True).run()
