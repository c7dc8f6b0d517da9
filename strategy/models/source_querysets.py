"""Querysets of sources, citations and remarks (conflicts, silences, observations)."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from ..core.models import CodedQuerySet
from ..search.models import SearchEntry


class RecordPointerQuerySet(models.QuerySet[Any, Any]):
    """Rows that point at records of any kind: citations, and the subjects of remarks."""

    _read_targets = False

    def with_target(self):
        """With ``target``: code, name and address of the record, read for all kinds in one query.

        It is the record's entry in the search index. A generic prefetch costs a query a kind, and more for names.
        """
        rows = self.all()
        rows._read_targets = True
        return rows

    def _clone(self):
        copy = super()._clone()
        copy._read_targets = self._read_targets
        return copy

    def iterator(self, chunk_size=2000):
        rows = super().iterator(chunk_size)
        while batch := list(islice(rows, chunk_size)):
            if self._read_targets:
                attach_targets(batch)
            yield from batch

    def _fetch_all(self):
        missing = self._result_cache is None
        super()._fetch_all()
        if missing and self._read_targets:
            attach_targets(self._result_cache)


class SubjectQuerySet(RecordPointerQuerySet):
    """Records that remarks are about."""

    def for_list(self):
        """With both ends: the remark, and the record it is about."""
        return self.select_related("conflict", "silence", "observation").with_target()


def attach_targets(rows) -> None:
    """Gives each row its ``target``; None where the record is not in the index."""
    targets = targets_of([(row.content_type_id, row.object_id) for row in rows])
    for row in rows:
        row.target = targets.get((row.content_type_id, row.object_id))


def targets_of(places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], SearchEntry]:
    """What search knows of the records at these places (content type and row), for all kinds in one query."""
    wanted: dict[str, set[int]] = defaultdict(set)
    kinds = {}
    for type_id, pk in places:
        kind = ContentType.objects.get_for_id(type_id)
        kinds[f"{kind.app_label}.{kind.model}"] = type_id
        wanted[f"{kind.app_label}.{kind.model}"].add(pk)
    if not wanted:
        return {}
    entries = SearchEntry.objects.filter(kind__in=wanted, object_id__in=set().union(*wanted.values()))
    return {(kinds[entry.kind], entry.object_id): entry for entry in entries.defer("aliases", "body")}


class SourceQuerySet(CodedQuerySet):
    """Sources."""

    def unused(self):
        """Sources nothing cites."""
        return self.filter(citations=None, positions=None, observations=None)


class CitationQuerySet(RecordPointerQuerySet, CodedQuerySet):  # type: ignore[override]  # the same method, twice inherited
    """Citations."""

    def for_list(self):
        return super().for_list().with_target()

    def count_by_basis(self) -> dict[str, int]:
        """The number of citations on each basis that has any."""
        return dict(self.order_by().values_list("basis").annotate(models.Count("pk")))


class ConflictQuerySet(CodedQuerySet):
    """Conflicts."""

    def unresolved(self):
        return self.filter(status="open")


class SilenceQuerySet(CodedQuerySet):
    """Silences."""

    def not_checked_since(self, day):
        """Silences that nobody is known to have looked into since ``day``."""
        return self.filter(models.Q(checked_latest=None) | models.Q(checked_latest__lt=day))
