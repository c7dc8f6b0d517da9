"""Sort keys: stored columns by which both databases order the same, as people sort names and codes."""

import re
from typing import Any

from django.db import models
from django.db.models import Func

from ..folding import sort_key

# The collation that compares bytes, by the vendor of the database.
BYTES = {"postgresql": "C", "sqlite": "BINARY"}


def natural_order(code: str) -> str:
    """Sort key that puts A2 before A10: lower-case letters and padded digits only, since
    databases agree on the order of those and disagree on punctuation and case."""
    runs = re.findall(r"[a-z]+|[0-9]+", code.lower())
    return "".join(run.zfill(7) if run.isdigit() else run for run in runs)


class NaturalOrderField(models.CharField):
    """Field that stores ``natural_order`` of the row's code, set on every save."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 200, "editable": False, "db_index": True} | kwargs)

    def pre_save(self, model_instance, add):
        # The databases disagree on a value that is longer than its column; the code itself comes next in every order.
        value = natural_order(model_instance.code)[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value


class LabelOrderField(models.CharField):
    """Field that stores ``sort_key`` of the row's label, set on every save; empty for a link, which has no own name."""

    def __init__(self, *args, **kwargs):
        own: dict[str, Any] = {"max_length": 200, "editable": False, "default": ""}
        super().__init__(*args, **own | kwargs)

    def db_parameters(self, connection: Any) -> Any:
        return super().db_parameters(connection) | {"collation": BYTES.get(connection.vendor)}

    def pre_save(self, model_instance, add):
        value = "" if model_instance.is_link else sort_key(model_instance.label)[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value


def write_label_order(app: Any, names: dict[str, str], using: str) -> None:
    """Fills ``label_order`` of the rows of an app, for a migration; ``names`` is each model's field with its name."""
    for model, name in names.items():
        rows = app.get_model(model)._default_manager.using(using)
        for pk, value in rows.order_by().values_list("pk", name).iterator(chunk_size=1000):
            rows.filter(pk=pk).update(label_order=sort_key(value)[:200])


class PlainOrder(Func):
    """A text without regard to the case of ASCII letters, in the order of bytes: the same on both databases."""

    function = "LOWER"
    template = "%(function)s(%(expressions)s COLLATE %(collation)s) COLLATE %(collation)s"
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, collation=BYTES["sqlite"], **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, collation=connection.ops.quote_name(BYTES["postgresql"]), **extra)
