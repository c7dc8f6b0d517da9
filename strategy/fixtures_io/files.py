"""Which file holds which model, and what a problem in one looks like."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import models

from ..core.models import CodedModel, Part
from ..models import Citation, Subject

ABOUT = {"90_citations": Citation, "91_subjects": Subject}


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a fixture: where, and what."""

    file: str
    record: str
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}, {self.record}" + (f", {self.field}" if self.field else "")
        return _printable(f"{place}: {self.message}")


def _printable(text: str) -> str:
    """The text with what a terminal would act on, or cannot write, spelt out: a fixture may hold anything."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


class ContentError(Exception):
    """The content was refused; nothing was written."""

    def __init__(self, problems: list[Problem]):
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True)
class ContentFile:
    """One fixture file: ``app`` is the folder, which for citations and subjects is the cited record's."""

    app: AppConfig
    name: str
    model: type[models.Model]

    def path(self, folder: Path) -> Path:
        return folder / self.app.label / f"{self.name}.json"


def fixtures_folder(*, notional: bool = False) -> Path:
    folder = Path(settings.BASE_DIR) / "fixtures"
    return folder / "notional" if notional else folder


def files_below() -> Iterator[ContentFile]:
    """Every fixture file there can be, in the order of loading."""
    for app in reversed(list(apps.get_app_configs())):
        for number, name in enumerate(getattr(app, "content", ()), start=1):
            model = app.get_model(name)
            plural = str(model._meta.verbose_name_plural).replace(" ", "_")
            yield ContentFile(app, f"{number:02}_{plural}", model)
        if hasattr(app, "content"):
            for name, model in ABOUT.items():
                yield ContentFile(app, name, model)


def identity(row: models.Model) -> tuple:
    """What makes two rows the same one: the code, the key within the parent, or what a subject ties."""
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
    """The fields a fixture holds: those a person may set, but for the two behind ``record``."""
    hidden = {"content_type", "object_id"} if hasattr(model, "record") else set()
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return [f for f in fields if not f.primary_key and f.editable and f.name not in hidden]
