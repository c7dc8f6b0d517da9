"""Query parameters of the change log, for its page, its feed and its API, as ``LogParams``."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from ..core import params
from ..core.cache.content_version import version_at
from ..core.filters.form_fields import DateTimeTextField, PartialDateTextField
from ..models import Office
from ..search.indexing import indexed_models
from .log import tables_of
from .models import Change, ChangeSet

# Stands for whatever was run by no account.
COMMAND = "command"
NAMES = ("since", "until", "office", "kind", "editor", "record_type")


def record_types() -> dict[str, Any]:
    """The kinds of record by the name that the API has for them."""
    return {str(model._meta.model_name): model for model in indexed_models()}


def editors() -> list[str]:
    """The names of all accounts that have changed the content."""
    names = ChangeSet.objects.exclude(actor_name="").order_by("actor_name")
    return list(names.values_list("actor_name", flat=True).distinct())


@dataclass(frozen=True)
class LogParams:
    """Which change sets are asked for; what is empty narrows nothing. ``since`` and ``until`` are versions."""

    since: int | None = None
    until: int | None = None
    office: Office | None = None
    kind: str = ""
    editor: str = ""
    record_type: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> "LogParams":
        """Parses the parameters, whose names have been checked; raises BadParametersError."""
        since, until = _moment(query, "since", last=False), _moment(query, "until", last=True)
        if since and until and until <= since:
            raise params.BadParametersError({"until": ["Is before since."]})
        editor = query.get("editor", "").strip()
        if editor and editor not in (known := [COMMAND, *editors()]):
            raise params.unknown_code_error("editor", "editor", params.printable(editor), known)
        return cls(
            version_at(since) if since else None,
            version_at(until) if until else None,
            _office(query),
            params.choice_param(query, "kind", ChangeSet.Kind.values),
            editor,
            params.choice_param(query, "record_type", sorted(record_types())),
        )

    def versions(self) -> Any:
        """The versions asked for, the newest first."""
        changes: Any = Change.objects.of_record(self.office) if self.office else Change.objects.all()
        if self.record_type:
            tables = tables_of(record_types()[self.record_type])
            of_kind = Change.objects.filter(table__in=tables)
            changes = changes.filter(version__in=of_kind.values("version")) if self.office else of_kind
        sets = {name: value for name, value in (("kind", self.kind), ("actor_name", self.editor)) if value}
        if sets:
            if self.editor == COMMAND:
                sets["actor_name"] = ""
            changes = changes.filter(version__in=ChangeSet.objects.filter(**sets).values("version"))
        if self.since is not None:
            changes = changes.filter(version__gte=self.since)
        if self.until is not None:
            changes = changes.filter(version__lt=self.until)
        return changes.order_by("-version").values_list("version", flat=True).distinct()


def _office(query: QueryDict) -> Office | None:
    code = query.get("office", "")
    if not code:
        return None
    office = Office.objects.filter(code=code).first()
    if office is None:
        codes = Office.objects.visible().values_list("code", flat=True)[: params.MAX_COMPARED]
        near = params.did_you_mean(code, codes)
        raise params.BadParametersError({"office": [f"There is no office '{params.printable(code)}'.{near}"]})
    return office


def _moment(query: QueryDict, name: str, *, last: bool) -> datetime.datetime | None:
    """A moment; of a year, month or day its beginning, or with ``last`` the beginning of the next day."""
    text = query.get(name, "").strip()
    if not text:
        return None
    try:
        if "T" in text.upper():
            return DateTimeTextField().clean(text)
        first, end = PartialDateTextField().clean(text)
        day = end + datetime.timedelta(days=1) if last else first
        return datetime.datetime.combine(day, datetime.time.min, datetime.UTC)
    except ValidationError as error:
        raise params.BadParametersError({name: list(error.messages)}) from error
    except OverflowError:
        raise params.BadParametersError({name: ["Is beyond the last day there is."]}) from None
