"""The search index: what of a record it holds, and the functions that bring it up to date."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import prefetch_related_objects

from ..core.models import CodedModel, Part, PartialDateField
from ..core.text import SearchHit, search_engine
from ..core.text.word_forms import words
from ..models import SearchEntry
from .models import WORD_COLUMNS

BATCH = 2000
# More rows than these are indexed faster by making the index anew.
MAX_SAVED = 100
INDEXED_FIELDS = (
    *("code", "title", "aliases", "body", "is_link", "notional", "earliest", "latest", "precedence"),
    *WORD_COLUMNS,
)
_paused: ContextVar[bool] = ContextVar("search_index_paused", default=False)


def indexed_models() -> list[type[CodedModel]]:
    """Every concrete coded model: all of them are searched."""
    return [model for model in apps.get_models() if issubclass(model, CodedModel)]


def kind_of(model: type[CodedModel]) -> str:
    """The name of a model in the index, as "strategy.goal"."""
    return model._meta.label_lower


def entry_for(record: CodedModel) -> SearchEntry:
    """The index row of a record, not saved. Each field has a line of its own, so that a hit can say where it is."""
    title, names = record.label, list(dict.fromkeys(record.also_called()))
    bodies = [_line(record, name) if getattr(record, name) != title else "" for name in record.search_fields]
    bodies.append("; ".join(record.people()))
    earliest, latest = _dates(record)
    entry = SearchEntry(
        kind=kind_of(type(record)),
        object_id=record.pk,
        code=record.code,
        title=title,
        aliases="\n".join([record.code, *names]),
        body="\n".join(bodies),
        is_link=record.is_link,
        notional=record.notional,
        earliest=earliest,
        latest=latest,
        precedence=_precedence(record),
    )
    texts = [title, record.code, *names, *bodies]
    entry.code_words = " ".join(words(record.code))
    entry.name_words = " ".join(words(title))
    entry.alias_words = search_engine.joined_names(names)
    entry.text_words = search_engine.joined_text(texts)
    entry.all_words = search_engine.joined_words(texts)
    return entry


def _precedence(record: CodedModel) -> int:
    if record.is_evidence:
        return search_engine.SOURCES
    return search_engine.LINKS if record.is_link else search_engine.RECORDS


def _dates(record: CodedModel) -> tuple[datetime.date | None, datetime.date | None]:
    """The first and the last day that the dates of a record can mean, None where there is none or it is open."""
    fields = [field for field in record._meta.concrete_fields if isinstance(field, PartialDateField)]
    bounds = [[getattr(record, field.earliest), getattr(record, field.latest)] for field in fields if field.earliest]
    first = [earliest or latest for earliest, latest in bounds if earliest or latest]
    last = [latest or earliest for earliest, latest in bounds if earliest or latest]
    return min(first, default=None), max(last, default=None)


def _line(record: CodedModel, name: str) -> str:
    """A field as it reads, in one line."""
    display = getattr(record, f"get_{name}_display", None)
    return " ".join(str(display() if display else getattr(record, name) or "").split())


def texts_of(hit: SearchHit) -> dict[str, str]:
    """What the index has of the record of a hit, by the name of the field: its name, code, other names and texts."""
    model: Any = apps.get_model(hit.kind)
    code, _, names = hit.aliases.partition("\n")
    label_name = model.label_field if model.label is CodedModel.label else "label"
    bodies = zip([*model.search_fields, "people"], hit.body.split("\n"), strict=False)
    own = {label_name: hit.title, "code": code, "names": names.replace("\n", " ")}
    # A text that is the record's name is not kept twice.
    return own | {name: text for name, text in bodies if text}


def where(hit: SearchHit) -> tuple[list[str], str]:
    """The fields that matched, the name before all; and an excerpt of the first text that did, or of any."""
    texts = texts_of(hit)
    fields = [name for name, text in texts.items() if hit.matches(text)]
    _, _, names, *bodies = texts.values()
    matching = [text for text in [*bodies, names] if hit.matches(text)] or bodies
    return fields, hit.excerpt(matching[0]) if matching else ""


def index(record: CodedModel) -> None:
    """Brings the entry of one record up to date."""
    if _paused.get():
        return
    entry = entry_for(record)
    SearchEntry.objects.update_or_create(
        kind=entry.kind, object_id=entry.object_id, defaults={name: getattr(entry, name) for name in INDEXED_FIELDS}
    )


def index_quoting(record: CodedModel) -> None:
    """Brings the entries up to date of records whose own name may be made of this one's."""
    if _paused.get():
        return
    for relation in record._meta.related_objects:
        model: Any = relation.related_model
        if not issubclass(model, CodedModel) or model.label is CodedModel.label or relation.many_to_many:
            continue
        rows = list(model._default_manager.filter(**{relation.field.name: record}).for_detail())
        if rows:
            with transaction.atomic():
                SearchEntry.objects.filter(kind=kind_of(model), object_id__in=[row.pk for row in rows]).delete()
                add(rows)


def index_saved(row: models.Model, *, created: bool = False) -> None:
    """Brings up to date what the index says of a saved row: a record and those that quote it, the record of a part."""
    if isinstance(row, CodedModel):
        index(row)
        if not created:
            index_quoting(row)
    elif isinstance(row, Part):
        index(row.parent)


def index_all_saved(rows: Sequence[models.Model]) -> None:
    """The same for rows that were saved while the index was paused; above a number of them it is made anew."""
    if len(rows) > MAX_SAVED:
        rebuild()
        return
    for row in rows:
        index_saved(row)


def forget(record: CodedModel) -> None:
    """Removes the entry of one record."""
    SearchEntry.objects.filter(kind=kind_of(type(record)), code=record.code).delete()


def forget_rows(model: type[CodedModel], keys: Sequence[int]) -> None:
    """Removes the entries of rows of one model that are there no more."""
    SearchEntry.objects.filter(kind=kind_of(model), object_id__in=keys).delete()


@contextmanager
def paused() -> Iterator[None]:
    """Context manager: saves inside leave the index alone; call ``index_all_saved`` after."""
    token = _paused.set(True)
    try:
        yield
    finally:
        _paused.reset(token)


def add(records: Iterable[CodedModel]) -> int:
    """Writes entries for records of one model that have none yet; the number of entries.

    For rows that were written by the thousand, past ``save``. Memory does not grow with their number.
    """
    rows, count = iter(records), 0
    while batch := list(islice(rows, BATCH)):
        prefetch_related_objects(batch, *(name for name in ("names", "heads") if hasattr(batch[0], name)))
        SearchEntry.objects.bulk_create(map(entry_for, batch))
        count += len(batch)
    return count


def rebuild() -> int:
    """Writes all entries anew; the number of entries."""
    count = 0
    for model in indexed_models():
        old = SearchEntry.objects.filter(kind=kind_of(model))
        # ``delete`` would fetch every entry, to tell receivers that no entry has.
        old._raw_delete(old.db)
        count += add(model._default_manager.for_list().iterator(chunk_size=BATCH))
    return count
