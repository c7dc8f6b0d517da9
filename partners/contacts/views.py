"""The page "Whom do I talk to?" (``/contacts/``) and its files."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from lines_of_effort.models.assignments import Role
from strategy.core import exports, params
from strategy.core.models import Notional
from strategy.core.views import page_citation
from strategy.models import SearchEntry
from strategy.reader_strategy import InStrategyMixin

from .answer import TITLE
from .contact import AnswerPart, Contact, name_order
from .request import ContactsParams
from .sheet import contacts_sheet
from .topics import ACTIVITY_KIND, TOPIC_KINDS

KIND_TITLES = dict(zip(TOPIC_KINDS, ("Subject topics", "Lines of effort", "Process stages", "Activities"), strict=True))


class ContactsPage(InStrategyMixin):
    """Who is named for a topic, whom the partner has on its own side, and what is done together, on one page."""

    # ``ContactsParams`` checks the names.
    query_params = None
    narrows = False

    def get(self, request: HttpRequest, suffix: str = "") -> HttpResponseBase:
        contacts_params = ContactsParams.from_query(request.GET, ("strategy",))
        answer = contacts_params.answer()
        if suffix:
            return exports.download(contacts_sheet(request, answer), suffix)
        topics, notional = contacts_params.topics, contacts_params.notional
        foreign = [partner for partner in contacts_params.partners if partner.relation != "own_side"]
        foreign.sort(key=lambda partner: name_order(partner.name))
        context: dict[str, Any] = {
            "answer": answer,
            "partner": answer.partner,
            "topic": answer.topic,
            "title": answer.title,
            "nations": [partner for partner in foreign if partner.kind == "nation"],
            "organizations": [partner for partner in foreign if partner.kind != "nation"],
            "offered": _group_by_kind(topics),
            "by_code": not any(entry.kind == ACTIVITY_KIND for entry in topics),
            "by_activity": _group_by_activity(answer.of(AnswerPart.TASKED)),
            "leads": answer.in_role(Role.LEAD),
            "principals": answer.principals,
            "parts": {part.name.lower(): answer.of(part) for part in AnswerPart},
            "breadcrumbs": [("Strategy", "/"), ("Partners", "/partners/"), (TITLE, "")],
            "kept": params.select_params(request.GET, ("strategy", "notional")).items(),
            "notional_query": notional if notional != Notional.EXCLUDE else "",
            "notional": notional == Notional.ONLY,
            "citation": page_citation(request, answer.title),
            "downloads": exports.download_links(request.path, request.GET.urlencode()),
        }
        return TemplateResponse(request, "partners/contacts/page.html", context)


def _group_by_kind(topics: Iterable[SearchEntry]) -> list[tuple[str, list[SearchEntry]]]:
    """The topics of each kind below its title; a kind without topics is left out."""
    groups: dict[str, list[SearchEntry]] = {kind: [] for kind in TOPIC_KINDS}
    for entry in topics:
        groups[entry.kind].append(entry)
    return [(KIND_TITLES[kind], entries) for kind, entries in groups.items() if entries]


def _group_by_activity(contacts: Iterable[Contact]) -> list[dict[str, Any]]:
    """A row for each activity: the record, whether any office is named, and the contacts by role ("lead" and so on)."""
    rows: dict[str, dict[str, Any]] = {}
    for contact in contacts:
        if contact.about is not None:
            row = rows.setdefault(contact.about.code, {"activity": contact.about, "named": False})
            row.setdefault(contact.role.lower(), []).append(contact)
            row["named"] = row["named"] or contact.who is not None
    return list(rows.values())
