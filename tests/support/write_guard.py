"""Content is written in change sets: what a request or a command of the site writes outside of one fails its test.

Tests and their factories write what they need without.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.handlers.base import BaseHandler
from django.core.management import BaseCommand
from django.db import connection

from strategy.history import current_changeset
from strategy.history.triggers import content_tables

WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)', re.IGNORECASE)
OWN = ("strategy.", "lines_of_effort.", "partners.", "config.")


class WriteOutsideChangeSetError(AssertionError):
    """Raised for a write to a table of content that no change set will record."""


def refuse_write(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    match = WRITE.match(str(sql))
    if match and match[1] in content_tables() and current_changeset() is None:
        raise WriteOutsideChangeSetError(f"Wrap this in `strategy.history.changeset`: {str(sql)[:200]}")
    return execute(sql, params, many, context)


def guarded(call: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(call)
    def inside(self: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(self, BaseCommand) and not type(self).__module__.startswith(OWN):
            return call(self, *args, **kwargs)
        with connection.execute_wrapper(refuse_write):
            return call(self, *args, **kwargs)

    return inside


def install() -> None:
    """Guards every request that is answered in this process, and every command of the site's own."""
    BaseHandler.get_response = guarded(BaseHandler.get_response)  # type: ignore[method-assign]
    BaseCommand.execute = guarded(BaseCommand.execute)  # type: ignore[method-assign]
