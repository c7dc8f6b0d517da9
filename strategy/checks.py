"""System check of the kinds of records: each has its pages, its admin and its place among the fixtures.

That each has a name in the API is checked where the names are read (``core.api.resources``).
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib import admin
from django.core.checks import CheckMessage, Error, register
from django.urls import NoReverseMatch, reverse

from .core.class_location import source_location
from .core.models import CodedModel, Part
from .fixtures_io.files import EVIDENCE_MODELS


@register()
def check_record_kinds(**_: Any) -> list[CheckMessage]:
    """An error for each thing that a record or part lacks, with the file and the line to add."""
    return [
        Error(message, hint=f"It is defined at {source_location(model)}.", obj=model, id=check_id)
        for config in apps.get_app_configs()
        for model in config.get_models()
        if issubclass(model, CodedModel | Part)
        for check_id, message in _missing(model, config)
    ]


def _missing(model: type[CodedModel | Part], config: AppConfig) -> Iterator[tuple[str, str]]:
    name, lower = model.__name__, model._meta.model_name
    if name not in getattr(config, "content", ()) and model not in EVIDENCE_MODELS.values():
        yield "strategy.E001", f'{name} is in no fixture: add "{name}" to `content` in {_file(config, "apps")}.'
    if not issubclass(model, CodedModel):
        return
    segment = str(model._meta.verbose_name_plural).replace(" ", "-")
    try:
        reverse(f"{lower}-list")
        reverse(f"{lower}-detail", kwargs={"code": "CODE"})
    except NoReverseMatch:
        line = f'record_urls("{segment}", "{lower}", {name}List, {name}Detail)'
        yield "strategy.E002", f"{name} has no pages: add {line} to {_file(config, 'urls')}."
    if not admin.site.is_registered(model):
        line = f"admin.site.register({name}, EvidencedAdmin)"
        yield "strategy.E003", f"{name} is edited nowhere: add {line} to {_file(config, 'admin')}."


def _file(config: AppConfig, module: str) -> Path:
    """The file of a module of an app, as one names it in the checkout."""
    return Path(str(import_module(f"{config.name}.{module}").__file__)).relative_to(settings.BASE_DIR)
