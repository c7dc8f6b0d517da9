"""The fixture files, one per model, and the problems found in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import models

from ..core.models import CodedModel, Part
from ..models import Citation, Subject

# Models of rows about records of any kind: each app has a file of them for its own records.
EVIDENCE_MODELS = {"90_citations": Citation, "91_subjects": Subject}


@dataclass(frozen=True)
class Problem:
    """An error in a fixture: file, record (its code, or "row 3"), field (may be empty) and message."""

    file: str
    record: str
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}, {self.record}" + (f", {self.field}" if self.field else "")
        return _printable(f"{place}: {self.message}")


def _printable(text: str) -> str:
    """The text with unprintable characters escaped: a fixture may hold terminal codes or half characters."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


class ContentError(Exception):
    """Raised for content that is refused, with its ``problems``; nothing was written."""

    def __init__(self, problems: list[Problem]):
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True)
class ContentFile:
    """A fixture file: ``app`` is its folder, for citations and subjects the app of the records they are about."""

    app: AppConfig
    name: str
    model: type[models.Model]

    def path(self, folder: Path) -> Path:
        """The path of the file in a folder of fixtures."""
        return folder / self.app.label / f"{self.name}.json"


def fixtures_folder(*, notional: bool = False) -> Path:
    """The folder of the shipped fixtures, sourced or notional."""
    folder = Path(settings.BASE_DIR) / "fixtures"
    return folder / "notional" if notional else folder


def content_files() -> Iterator[ContentFile]:
    """Every fixture file there can be, in the order in which they are loaded."""
    for app in reversed(list(apps.get_app_configs())):
        for number, name in enumerate(getattr(app, "content", ()), start=1):
            model = app.get_model(name)
            plural = str(model._meta.verbose_name_plural).replace(" ", "_")
            yield ContentFile(app, f"{number:02}_{plural}", model)
        if hasattr(app, "content"):
            for name, model in EVIDENCE_MODELS.items():
                yield ContentFile(app, name, model)


def row_key(row: models.Model) -> tuple:
    """The natural key of a row: its code, its parent and key, or the remark and the record a subject links.

    TypeError for a row that is not content.
    """
    if isinstance(row, CodedModel):
        return (row.code,)
    if isinstance(row, Part):
        columns = {f.name: f.attname for f in row._meta.concrete_fields}
        return tuple(getattr(row, columns[name]) for name in (row.parent_field, *row.key_fields))
    if isinstance(row, Subject):
        return (
            row.conflict_id,
            row.silence_id,
            row.observation_id,
            row.content_type_id,
            row.object_id,
            row.field,
            row.part,
        )
    raise TypeError(f"{type(row).__name__} is not content")


def content_fields(model: type[models.Model]) -> list[models.Field]:
    """The fields in a fixture: the editable ones, but for the content type and id behind ``record``."""
    hidden = {"content_type", "object_id"} if hasattr(model, "record") else set()
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return [f for f in fields if not f.primary_key and f.editable and f.name not in hidden]
