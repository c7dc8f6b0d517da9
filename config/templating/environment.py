"""The Jinja2 environment of the site's pages. The admin's templates are Django's and know nothing of it."""

from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from django.template import defaultfilters
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from lines_of_effort import template_helpers as lines_of_effort
from lines_of_effort.hues import hue
from strategy import template_helpers as strategy
from strategy.core.models import Basis
from strategy.core.views import rooted

from .widgets import widget_context

# What the frame of a page (base.html) shows where a view gives it, and does without where none does.
FRAME_DEFAULTS: dict[str, Any] = {
    "breadcrumbs": (),
    "citation": "",
    "downloads": (),
    "edit_url": "",
    "edition": None,
    "history_url": "",
    "messages": (),
    "notional": False,
    "user": None,
}


def environment(**options: Any) -> Environment:
    """The environment, with Django's filters where the site uses them and the helpers of each app.

    A name that is not defined is an error, and whatever is not marked as safe is escaped.
    """
    options |= {"autoescape": True, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    env = Environment(**options)  # noqa: S701  # it escapes, as the line above says
    env.globals |= FRAME_DEFAULTS | {
        "basis_labels": dict(Basis.choices),
        "static": cache(static),
        "tasking_text": lines_of_effort.page_tasking_text,
        "url": url,
        "widget_context": widget_context,
    }
    env.filters |= {
        "blanks": lines_of_effort.blanks,
        "capfirst": defaultfilters.capfirst,
        "edtf": strategy.edtf,
        "field_name": strategy.field_name,
        "has_lead": lines_of_effort.has_lead,
        "hue": hue,
        "linebreaks": defaultfilters.linebreaks_filter,
        "linebreaksbr": defaultfilters.linebreaksbr,
        "link_terms": strategy.link_terms,
        "moment": strategy.moment,
        "own_text": strategy.own_text,
        "part_name": strategy.part_name,
        "pluralize": defaultfilters.pluralize,
        "rooted": rooted,
        "role_words": lines_of_effort.role_words,
        "shade": lines_of_effort.shade,
        "slugify": defaultfilters.slugify,
        "tail": strategy.tail,
        "truncatechars": defaultfilters.truncatechars,
        "with_query": with_query,
    }
    return env


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page by the name of its route: ``url("goal-detail", goal.code)``."""
    return reverse(name, args=args, kwargs=kwargs)


def with_query(address: str, **parameters: object) -> str:
    """The address with those parameters that have a value: ``url("risk-list") | with_query(rated="false")``."""
    query = urlencode({name: value for name, value in parameters.items() if value}, quote_via=quote)
    return f"{address}?{query}" if query else address
