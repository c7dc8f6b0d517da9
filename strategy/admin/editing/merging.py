"""Three-way merge of a submitted form: what only others changed shows theirs; what both did keeps what was typed."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Model
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import HttpRequest, QueryDict

from ...core.admin.forms import is_id
from ...core.admin.formsets import shown_value
from ...history.images import row_values
from .conflicts import Conflict


class Merge:
    """The data of a submitted form of ``record``, merged with what others changed meanwhile.

    ``data`` is what is shown again; ``remarks`` are sentences by the names of fields that both changed.
    """

    def __init__(self, admin: Any, request: HttpRequest, record: Any, conflict: Conflict):
        self.admin, self.request, self.record, self.conflict = admin, request, record, conflict
        self.data = request.POST.copy()
        self.remarks: dict[str, str] = {}
        # The image of each changed row as it was when the form was shown; None of one that was not there.
        self.images: dict[tuple[str, int], Any] = {}
        for change in conflict.changes:
            self.images.setdefault((change.table, change.row), change.before)
        form_class = admin.get_form(request, record, change=True)
        self._merge_form(form_class(instance=record), form_class(instance=self._as_shown(record)), "")
        for formset, inline, prefix in self._tables():
            self._merge_table(formset, inline, prefix)

    def _tables(self) -> Iterator[tuple[Any, Any, str]]:
        """The formsets that were submitted, with their inlines and prefixes, which Django numbers."""
        seen: dict[str, int] = defaultdict(int)
        for formset, inline in self.admin.get_formsets_with_inlines(self.request, self.record):
            prefix = formset.get_default_prefix()
            seen[prefix] += 1
            name = prefix if seen[prefix] == 1 else f"{prefix}-{seen[prefix]}"
            if is_id(self.data.get(f"{name}-{INITIAL_FORM_COUNT}", "")):
                yield formset, inline, name

    def _as_shown(self, row: Any) -> Any:
        """The row as it was when the form was shown."""
        image = self.images.get((row._meta.db_table, row.pk))
        if image is None:
            return row
        values = row_values(type(row), image)
        return type(row).from_db(row._state.db, list(values), list(values.values()))

    def _links_as_shown(self, row: Any, field: Any) -> list[int]:
        """The ids of the records in a many-to-many relation of the row when the form was shown."""
        through = field.remote_field.through
        table, own, other = through._meta.db_table, field.m2m_column_name(), field.m2m_reverse_name()
        present = dict(through._base_manager.filter(**{own: row.pk}).values_list("pk", other))
        changed = {key: image for (name, key), image in self.images.items() if name == table}
        links = {key: target for key, target in present.items() if key not in changed}
        links |= {key: image[other] for key, image in changed.items() if image and image[own] == row.pk}
        return list(links.values())

    def _merge_form(self, present: Any, shown: Any, prefix: str) -> None:
        """Merges the fields of one row; ``shown`` is its form as it was when the page was."""
        row = present.instance
        for field in row._meta.many_to_many:
            if field.name in shown.fields:
                shown.initial[field.name] = self._links_as_shown(row, field)
        for name, field in present.fields.items():
            if field.disabled:
                continue
            key = f"{prefix}-{name}" if prefix else name
            before, theirs = shown[name].initial, as_submitted(field, present[name].initial)
            mine = field.widget.value_from_datadict(self.data, {}, key)
            if not field.has_changed(before, theirs):
                continue
            if not field.has_changed(before, mine):
                put(self.data, key, theirs)
            elif field.has_changed(present[name].initial, mine):
                self.remarks[key] = self._remark(row, field, theirs)

    def _remark(self, row: Model, field: forms.Field, theirs: Any) -> str:
        who, text = self.conflict.last_editor(row._meta.db_table, row.pk), shown_value(field, theirs)
        change = f"changed this to “{text}”" if text else "emptied this"
        return f"{who} {change} meanwhile. What you typed is still in the field."

    def _merge_table(self, formset: Any, inline: Any, prefix: str) -> None:
        """Merges the rows that are still there, and adds those that others added; the formset names those gone."""
        rows = formset(instance=self.record, prefix=prefix, queryset=inline.get_queryset(self.request))
        present = {str(form.instance.pk): form for form in rows.initial_forms}
        key = formset.model._meta.pk.name
        initial = int(str(self.data[f"{prefix}-{INITIAL_FORM_COUNT}"]))
        for number in range(min(initial, len(self.data))):
            form = present.pop(self.data.get(f"{prefix}-{number}-{key}", ""), None)
            if form is None or (form.instance._meta.db_table, form.instance.pk) not in self.images:
                continue
            shown = rows.form(instance=self._as_shown(form.instance), **rows.get_form_kwargs(number))
            for name in set(form.fields) - set(shown.fields):
                del form.fields[name]
            self._merge_form(form, shown, f"{prefix}-{number}")
        table = formset.model._meta.db_table
        added = [form for form in present.values() if self.images.get((table, form.instance.pk), 0) is None]
        if added and formset.can_delete:
            self.data = with_rows(self.data, prefix, initial, [_values(form, key) for form in added])


def _values(form: Any, key: str) -> dict[str, Any]:
    values = {name: as_submitted(field, form[name].initial) for name, field in form.fields.items()}
    return values | {key: str(form.instance.pk)}


def as_submitted(field: forms.Field, value: Any) -> Any:
    """What a browser sends for a field with this value: a text, a list of texts, or whether a box is set."""
    if isinstance(field.widget, forms.CheckboxInput):
        return bool(value)
    value = field.prepare_value(value)
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return [str(part) for part in value]
    return "" if value is None else str(value)


def put(data: QueryDict, key: str, value: Any) -> None:
    """Sets a value of ``as_submitted`` in submitted data."""
    if isinstance(value, list):
        data.setlist(key, value)
    elif value is False:
        data.pop(key, None)
    else:
        data[key] = "on" if value is True else value


def with_rows(data: QueryDict, prefix: str, at: int, rows: list[dict[str, Any]]) -> QueryDict:
    """The data of a table with more rows before the one of number ``at``: those that are in the database."""
    result = QueryDict(mutable=True)
    for name, values in data.lists():
        number, _, field = name.removeprefix(f"{prefix}-").partition("-")
        moved = name.startswith(f"{prefix}-") and is_id(number) and int(number) >= at
        result.setlist(f"{prefix}-{int(number) + len(rows)}-{field}" if moved else name, values)
    for place, row in enumerate(rows, at):
        for name, value in row.items():
            put(result, f"{prefix}-{place}-{name}", value)
    for name in (TOTAL_FORM_COUNT, INITIAL_FORM_COUNT):
        result[f"{prefix}-{name}"] = str(int(str(data[f"{prefix}-{name}"])) + len(rows))
    return result
