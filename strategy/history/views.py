"""Pages of the history: what changed, one change set, and the history of a record."""

from functools import cached_property
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse

from ..core import params
from ..core.models import CodedModel
from ..core.views import StrictListView, page_citation, plural_title
from ..models import Office
from .addresses import history_url
from .feed import feed_url
from .log import LogEntry, changed_rows, read_entries, read_record_entries, records_of
from .models import Change, ChangeSet
from .request import NAMES, LogParams, editors, record_types
from .undo import NO_UNDO, may_change

ENTRIES, ROWS = 20, 50


class ChangeLogPage(StrictListView):
    """``/changes/``: every change set, the newest first."""

    template_name = "history/changes.html"
    query_params = (*NAMES, "page")
    paginate_by = ENTRIES

    def get_queryset(self) -> Any:
        return LogParams.from_query(self.request.GET).versions()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        query = self.request.GET.copy()
        query.pop("page", None)
        chosen = {name: query.get(name, "") for name in NAMES}
        return context | {
            "entries": read_entries(list(context["page_obj"])),
            "chosen": chosen,
            "is_filtered": any(chosen.values()),
            "kinds": ChangeSet.Kind.choices,
            "editors": editors(),
            "record_types": sorted((plural_title(model), name) for name, model in record_types().items()),
            "offices": Office.objects.visible().values_list("code", "name"),
            "feed_url": feed_url(query),
            "querystring": f"{query.urlencode()}&" if query else "",
            "citation": page_citation(self.request, "What changed"),
            "breadcrumbs": [("Strategy", "/"), ("What changed", "")],
        }


class ChangeSetPage(StrictListView):
    """``/changes/<version>/``: all that one change set did."""

    template_name = "history/change_set.html"
    query_params = ("page",)
    paginate_by = ROWS

    @cached_property
    def entry(self) -> LogEntry:
        version = self.kwargs["version"]
        if version >= 2**63 or not Change.objects.filter(version=version).exists():
            raise Http404("There is no change set with this number.")
        return LogEntry(version, ChangeSet.objects.select_related("undoes").filter(version=version).first())

    def get_queryset(self) -> Any:
        return changed_rows(self.entry.version)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        entry = self.entry
        change_set = entry.change_set
        undone_by = change_set.undone_by.first() if change_set else None
        return context | {
            "entry": entry,
            "records": records_of(context["page_obj"]),
            "undone_by": undone_by,
            "undo_url": self.undo_url(change_set) if not undone_by else "",
            "querystring": "",
            "citation": page_citation(self.request, entry.title),
            "breadcrumbs": [("Strategy", "/"), ("What changed", reverse("changes")), (entry.kind, "")],
        }

    def undo_url(self, change_set: ChangeSet | None) -> str:
        """Where the change set is undone, for whoever may."""
        if change_set is None or change_set.kind in NO_UNDO or not self.request.user.is_staff:
            return ""
        tables = set(change_set.changes.order_by().values_list("table", flat=True).distinct())
        if not may_change(self.request.user, tables):
            return ""
        return reverse("change-set-undo", args=[change_set.version])


def record_model(segment: str, code: str) -> type[CodedModel]:
    """The model whose records stand below ``/<segment>/``; raises Http404."""
    try:
        view: Any = resolve(f"/{segment}/{code}/").func
    except (Resolver404, SuspiciousOperation):
        raise Http404("There is no record at this address.") from None
    model = getattr(getattr(view, "view_class", None), "model", None)
    if not (isinstance(model, type) and issubclass(model, CodedModel)):
        raise Http404("There is no record at this address.")
    return model


def row_of(model: type[CodedModel], code: str) -> tuple[CodedModel, Change | None]:
    """The record with the code, or what the log has of it and the change that deleted it; raises Http404."""
    if "\x00" not in code:
        record = model._default_manager.filter(code=code).first()
        if record is not None:
            return record, None
        gone = Change.objects.filter(table=model._meta.db_table, operation="delete", before__code=code).last()
        if gone is not None and gone.before is not None:
            label = gone.before.get(model.label_field, "") if model.label is CodedModel.label else ""
            return model(pk=gone.row, code=code, **({model.label_field: label} if label else {})), gone
    raise Http404(f"There is no {model._meta.verbose_name} '{params.printable(code)}'.")


class RecordHistory(StrictListView):
    """``/<records>/<code>/history/``: what was changed of one record and all that belongs to it."""

    template_name = "history/record.html"
    query_params = ("page",)
    paginate_by = ENTRIES

    model: Any

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.model = record_model(kwargs["segment"], kwargs["code"])
        self.record, self.deletion = row_of(self.model, kwargs["code"])
        response = super().get(request, *args, **kwargs)
        if self.deletion is not None:
            response.status_code = 410
        return response

    @cached_property
    def changes(self) -> Any:
        return Change.objects.of_record(self.record)

    def get_queryset(self) -> Any:
        return self.changes.order_by("-version").values_list("version", flat=True).distinct()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        model, record, deletion = self.model, self.record, self.deletion
        name = str(model._meta.model_name)
        entries = read_record_entries(self.changes, list(context["page_obj"]))
        deleted_by = next((entry for entry in entries if deletion and entry.version == deletion.version), None)
        if deletion and deleted_by is None:
            deleted_by = LogEntry(deletion.version, ChangeSet.objects.filter(version=deletion.version).first())
        user = self.request.user
        may_restore = user.is_staff and may_change(user, {model._meta.db_table})
        title = f"{record.code} {record.label}" if deletion is None or record.label else record.code
        page = "" if deletion else record.get_absolute_url()
        return context | {
            "entries": entries,
            "newest": self.changes.aggregate(version=Max("version"))["version"],
            "record": record,
            "record_title": title,
            "kind": str(model._meta.verbose_name).capitalize(),
            "deleted_by": deleted_by,
            "restore_url": history_url(self.kwargs["segment"], record.code) if may_restore else "",
            "notional": record.notional,
            "querystring": "",
            "citation": page_citation(self.request, f"History of {title}"),
            "breadcrumbs": [
                ("Strategy", "/"),
                (plural_title(model), reverse(f"{name}-list")),
                *([(record.code, page)] if page else []),
                ("History", ""),
            ],
        }
