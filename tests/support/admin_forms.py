"""The admin as a browser has it: its addresses, and what it submits of a form it was given."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from strategy.core.models import CodedModel

Form = dict[str, Any]


def url(model: Any, action: str = "changelist", *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{action}", args=args)


def change_url(record: models.Model) -> str:
    return url(type(record), "change", record.pk)


class _Fields(HTMLParser):
    """Collects what the record's form would send: not what is disabled, and line ends as browsers write them."""

    def __init__(self, form_id: str):
        super().__init__()
        self.form_id, self.inside = form_id, False
        self.fields: Form = {}
        self.select: tuple[str, bool, list[str], list[str]] | None = None
        self.text: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.inside = given.get("id") == self.form_id
        name = given.get("name")
        if tag == "option" and self.select:
            self.select[2].append(given.get("value") or "")
            if "selected" in given:
                self.select[3].append(given.get("value") or "")
        if not self.inside or not name or "disabled" in given:
            return
        if tag == "select":
            self.select = (name, "multiple" in given, [], [])
        elif tag == "textarea":
            self.text = (name, [])
        elif tag == "input" and given.get("type") == "checkbox":
            if "checked" in given:
                self.fields[name] = given.get("value") or "on"
        elif tag == "input" and given.get("type") not in ("submit", "button"):
            self.fields[name] = given.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self.text:
            self.text[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select" and self.select:
            name, multiple, options, chosen = self.select
            self.fields[name] = chosen if multiple else (chosen or options or [""])[0]
            self.select = None
        elif tag == "textarea" and self.text:
            name, parts = self.text
            text = "".join(parts).replace("\r\n", "\n").removeprefix("\n")
            self.fields[name] = text.replace("\n", "\r\n")
            self.text = None


def form_of(client: Client, address: str, model: Any) -> Form:
    """What a browser sends when the form at ``address`` is submitted as it is."""
    page = client.get(address)
    assert page.status_code == 200, address
    parser = _Fields(f"{model._meta.model_name}_form")
    parser.feed(page.content.decode())
    assert parser.fields, "the page has no form"
    return parser.fields


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
    found = errors_of(page)
    assert found
    return found


def errors_of(page: Any) -> str:
    """Every error of the form and its tables, each with its field."""
    if not page.context_data or "adminform" not in page.context_data:
        return ""
    found = [f"{name}: {' '.join(texts)}" for name, texts in page.context_data["adminform"].form.errors.items()]
    for table in page.context_data["inline_admin_formsets"]:
        found += map(str, table.formset.non_form_errors())
        found += [f"{name}: {' '.join(texts)}" for errors in table.formset.errors for name, texts in errors.items()]
    return "\n".join(found)


def content_models() -> Iterator[type[models.Model]]:
    for config in apps.get_app_configs():
        if hasattr(config, "content"):
            yield from config.get_models()


def everything() -> dict[str, list[tuple]]:
    """Every row of content, with the moment it was last changed."""
    rows = {}
    for model in content_models():
        for table in (model, *(field.remote_field.through for field in model._meta.many_to_many)):
            rows[table._meta.label] = list(table._default_manager.order_by("pk").values_list())
    return rows


def searched(client: Client, text: str) -> list[str]:
    """The codes the public search finds."""
    page: Any = client.get("/search/", {"q": text})
    return [hit.code for hit in page.context_data["results"]]


def few(model: type[CodedModel]) -> list[Any]:
    """The first, the middle and the last of a model's shipped records."""
    rows = list(model._default_manager.visible())
    return list(dict.fromkeys([rows[0], rows[len(rows) // 2], rows[-1]]))
