"""The admin as a browser has it: its addresses, and what it submits of a form it was given."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from strategy.admin.editing.shown_version import NAME, ShownVersion
from strategy.core.models import CodedModel
from strategy.models import Change, ChangeSet, ContentVersion, Office, content_version
from tests.support.html import Element, parse
from tests.support.models import visible

Form = dict[str, Any]
# How the names of the fields of a record's citations and remarks begin.
CITATIONS, REMARKS = "strategy-citation-content_type-object_id", "strategy-subject-content_type-object_id"


def url(model: Any, action: str = "changelist", *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{action}", args=args)


def change_url(record: models.Model) -> str:
    return url(type(record), "change", record.pk)


def value_of(field: Element) -> str | list[str] | None:
    """What a browser sends for a field that nobody touched; None where it sends nothing."""
    if "disabled" in field or field.get("type") in ("submit", "button"):
        return None
    if field.tag == "select":
        chosen = field.values("option[selected]", "value")
        return chosen if "multiple" in field else (chosen or field.values("option", "value") or [""])[0]
    if field.tag == "textarea":
        return field.raw_text.replace("\r\n", "\n").replace("\n", "\r\n")
    if field.get("type") == "checkbox":
        return (field.get("value") or "on") if "checked" in field else None
    return field.get("value") or ""


def form_of(client: Client, address: str, model: Any) -> Form:
    """What a browser sends when the form at ``address`` is submitted as it is."""
    page = client.get(address)
    assert page.status_code == 200, address
    return sent_from(page, model)


def sent_from(page: Any, model: Any) -> Form:
    """What a browser sends when the form on this page is submitted as it is."""
    form = parse(page).one(f"form#{model._meta.model_name}_form")
    fields = {field["name"]: value_of(field) for field in form.all("input[name], select[name], textarea[name]")}
    return {name: value for name, value in fields.items() if value is not None}


def form_for(client: Client, record: models.Model) -> Form:
    return form_of(client, change_url(record), type(record))


def add_row(form: Form, prefix: str, **values: Any) -> str:
    """Adds a row to a table, as the script for "Add another" does; the beginning of its fields' names."""
    number = int(form[f"{prefix}-TOTAL_FORMS"])
    form[f"{prefix}-TOTAL_FORMS"] = str(number + 1)
    for name, value in list(form.items()):
        if name.startswith(f"{prefix}-__prefix__-"):
            form[name.replace("__prefix__", str(number))] = value
    row = f"{prefix}-{number}"
    form.update({f"{row}-{name}": getattr(value, "pk", value) for name, value in values.items()})
    return row


def confirmed(*records: models.Model) -> Form:
    """What a browser sends of the confirmation that is shown now: to delete a record, or those selected in a list."""
    chosen = {"action": "delete_selected", "_selected_action": [str(record.pk) for record in records]}
    return {"post": "yes", NAME: str(ShownVersion.now())} | (chosen if records else {})


def submit(client: Client, address: str, form: Form) -> Any:
    return client.post(address, form)


def saved(client: Client, address: str, form: Form) -> None:
    """Submits a form that must be accepted."""
    page = submit(client, address, form)
    assert page.status_code == 302, errors_of(page)


def refused(client: Client, address: str, form: Form) -> str:
    """Submits a form that must not be accepted: what the page says is wrong."""
    page = submit(client, address, form)
    assert page.status_code == 200
    result = errors_of(page)
    assert result
    return result


def errors_of(page: Any) -> str:
    """Every error of the form and its tables, each with its field."""
    if not page.context_data or "adminform" not in page.context_data:
        return ""
    result = [f"{name}: {' '.join(texts)}" for name, texts in page.context_data["adminform"].form.errors.items()]
    for table in page.context_data["inline_admin_formsets"]:
        result += map(str, table.formset.non_form_errors())
        result += [f"{name}: {' '.join(texts)}" for errors in table.formset.errors for name, texts in errors.items()]
    return "\n".join(result)


def content_models() -> Iterator[type[models.Model]]:
    """The models of content, and what is kept beside it but for the change log."""
    for config in apps.get_app_configs():
        if hasattr(config, "content"):
            yield from (model for model in config.get_models() if model not in (ContentVersion, Change, ChangeSet))


def everything() -> dict[str, list[tuple]]:
    """Every row of content, with the moment it was last changed; and the content version."""
    rows = {"version": [(content_version(),)]}
    for model in content_models():
        for table in (model, *(field.remote_field.through for field in model._meta.many_to_many)):
            rows[table._meta.label] = list(table._default_manager.order_by("pk").values_list())
    return rows


def searched(client: Client, text: str) -> list[str]:
    """The codes of what the public search finds with every word; where nothing has them all, it offers others."""
    context: Any = client.get("/search/", {"q": text}).context_data
    return [] if context["any_word"] else [hit.code for hit in context["results"]]


def few(model: type[CodedModel]) -> list[Any]:
    """The first, the middle and the last of a model's shipped records."""
    rows = list(visible(model))
    return list(dict.fromkeys([rows[0], rows[len(rows) // 2], rows[-1]]))


def office(code: str) -> Office:
    return Office.objects.get(code=code)


def new_office(client: Client, **values: Any) -> dict[str, Any]:
    """The filled form of an office that is not there yet."""
    form = form_of(client, url(Office, "add"), Office)
    return form | {"code": "NEW-1", "name": "New office", "echelon": "hq_staff", "link": "named"} | values
