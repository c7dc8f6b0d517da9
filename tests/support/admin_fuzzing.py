"""Odd requests to the admin, drawn by a seed: what no browser sends, at every address of every model."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db import models
from django.test import Client
from django.urls import reverse

from tests.support.admin_forms import Form, form_of, url

ODD_VALUES = [
    "",
    " ",
    "-1",
    "0",
    "1",
    "1.5",
    "abc",
    "on",
    "\x00",
    "a\x00b",
    "9" * 18,
    "9" * 19,
    "9" * 40,
    "9" * 5000,
    "-" + "9" * 30,
    "a" * 5000,
    "\u0661\u0662",
    "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "\u202e\u0000\uffff",
    "1e999",
    "NaN",
    "None",
    "null",
    "true",
    "[]",
    "{}",
    "%00",
    "%",
    "../../x",
    "<script>",
    "' OR 1=1 --",
    "2025-13-45",
    "0000-00-00",
    "9999-12-31T23:59",
    "1,2,3",
    "?a=b&c",
]
ODD_NAMES = [
    "_to_field",
    "_popup",
    "_saveasnew",
    "_continue",
    "_addanother",
    "_changelist_filters",
    "_save",
    "id",
    "pk",
    "code",
    "notional",
    "object_id",
    "content_type",
    "unknown",
    "",
    "__prefix__",
    "field__in",
    "a\x00b",
]
LIST_NAMES = ["q", "p", "o", "e", "all", "_facets", "_popup", "_to_field", "updated__gte", "updated__year", "notional"]
ACTION_NAMES = ["action", "_selected_action", "select_across", "index", "post"]


@dataclass(frozen=True)
class OddRequest:
    method: str
    address: str
    data: dict[str, Any]

    def send(self, client: Client) -> Any:
        return getattr(client, self.method)(self.address, self.data)


class AdminFuzzer:
    """Odd requests, the same for the same seed. Forms are read once, and spoiled in a few places each time."""

    def __init__(self, client: Client, seed: int):
        self.client, self.draw = client, random.Random(seed)
        self.forms: dict[str, Form] = {}

    def requests(self, count: int) -> Iterator[OddRequest]:
        kinds = [self.add, self.change, self.change, self.changelist, self.action, self.delete, self.autocomplete]
        listed = list(admin.site._registry)
        for number in range(count):
            yield kinds[number % len(kinds)](listed[self.draw.randrange(len(listed))])

    # ---- Kinds of requests ----

    def add(self, model: type[models.Model]) -> OddRequest:
        address = url(model, "add")
        if self.draw.random() < 0.3:
            return OddRequest("get", address, self.odd_values([*field_names(model), *ODD_NAMES]))
        return OddRequest("post", address, self.spoiled(address, model))

    def change(self, model: type[models.Model]) -> OddRequest:
        row = model._default_manager.order_by("pk").first()
        if row is None or self.draw.random() < 0.1:
            return OddRequest(self.method(), url(model, "change", self.odd_id()), self.odd_values(ODD_NAMES))
        address = url(model, "change", row.pk)
        return OddRequest("post", address, self.spoiled(address, model))

    def changelist(self, model: type[models.Model]) -> OddRequest:
        lookups = [f"{name}{ending}" for name in field_names(model) for ending in ("", "__id__exact", "__isnull")]
        hierarchy = admin.site._registry[model].date_hierarchy
        dates = [f"{hierarchy}__{part}" for part in ("year", "month", "day", "gte")] if hierarchy else []
        return OddRequest("get", url(model), self.odd_values([*LIST_NAMES, *LIST_NAMES, *dates, *dates, *lookups]))

    def action(self, model: type[models.Model]) -> OddRequest:
        data = {"action": "delete_selected"} if self.draw.random() < 0.7 else {}
        return OddRequest("post", url(model), data | self.odd_values(ACTION_NAMES))

    def delete(self, model: type[models.Model]) -> OddRequest:
        return OddRequest(self.method(), url(model, "delete", self.odd_id()), self.odd_values(["post", *ODD_NAMES]))

    def autocomplete(self, model: type[models.Model]) -> OddRequest:
        field = self.draw.choice(model._meta.get_fields(include_hidden=True))
        asked = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field.name}
        odd = self.odd_values([*asked, "term", "term", "page", "page", "notional", "x"])
        return OddRequest("get", reverse("admin:autocomplete"), asked | odd)

    # ---- Odd things ----

    def method(self) -> str:
        return self.draw.choice(["get", "post"])

    def odd_value(self) -> Any:
        number = self.draw.choice([1, 1, 1, 2, 3])
        values = self.draw.choices(ODD_VALUES, k=number)
        return values if number > 1 else values[0]

    def odd_values(self, names: list[str]) -> dict[str, Any]:
        return {self.draw.choice(names): self.odd_value() for _ in range(self.draw.randint(1, 3))}

    def odd_id(self) -> str:
        return self.draw.choice([value for value in ODD_VALUES if value.strip() and not set("/\x00") & set(value)])

    def spoiled(self, address: str, model: type[models.Model]) -> Form:
        """The form of an address with some fields left out, some odd, and some that it does not have."""
        if address not in self.forms:
            answer = self.client.get(address)
            shown = answer.status_code == 200 and f'id="{model._meta.model_name}_form"' in answer.content.decode()
            self.forms[address] = form_of(self.client, address, model) if shown else {}
        form = dict(self.forms[address])
        names = sorted(form)
        for name in self.draw.sample(names, k=min(len(names), self.draw.choice([0, 0, 1, 3]))):
            del form[name]
        counts = [name for name in names if name.endswith("_FORMS")]
        for _ in range(self.draw.randint(1, 4)):
            form[self.draw.choice([*(names or ODD_NAMES), *counts, *counts])] = self.odd_value()
        return form | (self.odd_values(ODD_NAMES) if self.draw.random() < 0.3 else {})


def field_names(model: type[models.Model]) -> list[str]:
    return [field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)]
