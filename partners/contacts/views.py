"""The page "Whom do I talk to?" and its answer to take away."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.views.generic import View

from lines_of_effort.models.assignments import Role
from strategy.core import exports, params
from strategy.core.models import Notional
from strategy.models import SearchEntry
from strategy.views import bad_request_page
from strategy.views.base import page_citation

from ..models import Partner
from . import topics
from .answer import Answer, answer
from .counterparts import PRINCIPAL, SIGNED
from .lines import AnswerPart, Contact

TITLE = "Whom do I talk to?"
PARAMETERS = ("partner", "topic", "notional")
COLUMNS = (
    *("part", "role", "code", "name", "about_code", "about", "as_stated", "standing", "date"),
    *("basis", "reason", "sources", "web_url"),
)


@dataclass(frozen=True)
class Asked:
    """The answer that is asked for, and what else may be asked about."""

    answer: Answer
    everybody: list[Partner]
    offered: list[SearchEntry]
    notional: str


def asked_for(request: HttpRequest, extra: Iterable[str] = (), *, blank: bool = True) -> Asked:
    """Reads the parameters, and answers."""
    params.check_params(request.GET, (*PARAMETERS, *extra), blank=blank)
    notional = params.choice_param(request.GET, "notional", Notional.values, Notional.EXCLUDE)
    everybody = list(Partner.objects.visible(notional).for_list())
    offered = topics.offered(notional)
    partner = _partner(request.GET.get("partner", ""), everybody)
    entry = _topic(request.GET.get("topic", ""), notional, offered)
    found = answer(partner, topics.opened(entry) if entry else None, everybody, notional)
    return Asked(found, everybody, offered, notional)


class Contacts(View):
    """Who is named for a topic, whom the partner has on its own side, and what is done together: one address."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, suffix: str = "") -> HttpResponseBase:
        try:
            asked = asked_for(request)
        except params.BadParametersError as error:
            return bad_request_page(request, error)
        found = asked.answer
        if suffix:
            return exports.download(sheet(request, found), suffix)
        partner, everybody, offered, notional = found.partner, asked.everybody, asked.offered, asked.notional
        foreign = [one for one in everybody if one.relation != "own_side"]
        context: dict[str, Any] = {
            "answer": found,
            "partner": partner,
            "topic": found.topic,
            "title": title_of(found),
            "nations": [one for one in foreign if one.kind == "nation"],
            "organisations": [one for one in foreign if one.kind != "nation"],
            "offered": _by_kind(offered),
            "by_code": not any(one.kind == topics.KINDS[2] for one in offered),
            "by_activity": _by_activity(found.of(AnswerPart.TASKED)),
            "leads": found.in_role(Role.LEAD),
            "principals": _principals(found),
            "parts": {part.name.lower(): found.of(part) for part in AnswerPart},
            "breadcrumbs": [("Strategy", "/"), ("Partners", "/partners/"), (TITLE, "")],
            "asked_notional": notional if notional != Notional.EXCLUDE else "",
            "notional": notional == Notional.ONLY,
            "citation": page_citation(request, title_of(found)),
            "downloads": exports.download_links(request.path, request.GET.urlencode()),
        }
        return TemplateResponse(request, "partners/contacts/page.html", context)


def sheet(request: HttpRequest, found: Answer) -> exports.Sheet:
    """Every line of the answer, in the order of the page."""
    names = [one.code for one in (found.partner, found.topic and found.topic.record) if one]
    rows = (_row(request, contact) for contact in found.contacts)
    return exports.Sheet("-".join(["contacts", *names]), COLUMNS, rows)


def _row(request: HttpRequest, contact: Contact) -> list[Any]:
    about, who = contact.about, contact.who
    linked = who or about
    return [
        contact.part.value,
        contact.role,
        who.code if who else "",
        contact.name,
        about.code if about else "",
        about.label if about else "",
        contact.stated,
        contact.standing_in_full,
        contact.dated,
        contact.basis,
        contact.reason,
        contact.sources,
        request.build_absolute_uri(linked.get_absolute_url()) if linked else "",
    ]


def _partner(code: str, everybody: Iterable[Partner]) -> Partner | None:
    """The foreign partner asked for; the own side is whom one talks to, so it cannot be the one who asks."""
    if not code:
        return None
    everybody = list(everybody)
    found = next((one for one in everybody if one.code == code), None)
    if found is None:
        near = _near(code, [one for one in everybody if one.relation != "own_side"])
        raise params.BadParametersError({"partner": [f"There is no partner '{code}'.{near}"]})
    if found.relation == "own_side":
        problem = f"{found} is the strategy's own side: choose the nation or organisation that asks."
        raise params.BadParametersError({"partner": [problem]})
    return found


def _topic(code: str, notional: str, offered: Iterable[SearchEntry]) -> SearchEntry | None:
    if not code:
        return None
    offered = list(offered)
    found = next((entry for entry in offered if entry.code == code), None) or topics.find(code, notional)
    if found is None:
        problem = f"There is no line of effort, process stage or activity '{code}'.{_near(code, offered)}"
        raise params.BadParametersError({"topic": [problem]})
    return found


def _near(asked: str, known: Iterable[Any]) -> str:
    """The code of the record whose code or name comes nearest: a reader may well write the name."""
    codes = {name.casefold(): one.code for one in known for name in (one.label, one.code)}
    close = difflib.get_close_matches(asked.casefold(), codes, n=1, cutoff=0.6)
    return f" Did you mean '{codes[close[0]]}'?" if close else ""


def title_of(found: Answer) -> str:
    if found.partner and found.topic:
        return f"Whom does {found.partner.spoken_name} talk to about {found.topic.record.label}?"
    if found.partner:
        return f"Whom does {found.partner.spoken_name} talk to?"
    if found.topic:
        return f"Whom do I talk to about {found.topic.record.label}?"
    return TITLE


def _principals(found: Answer) -> list[Contact]:
    """The bodies to name in short: those listed as the partner's bodies for space, else whatever is known."""
    bodies = [contact for contact in found.of(AnswerPart.COUNTERPART) if contact.role != SIGNED]
    return [contact for contact in bodies if contact.role == PRINCIPAL] or bodies


def _by_kind(offered: Iterable[SearchEntry]) -> list[tuple[str, list[SearchEntry]]]:
    titles = ("Lines of effort", "Process stages", "Activities")
    by_kind = {kind: [entry for entry in offered if entry.kind == kind] for kind in topics.KINDS}
    return [(title, by_kind[kind]) for title, kind in zip(titles, topics.KINDS, strict=True) if by_kind[kind]]


def _by_activity(contacts: Iterable[Contact]) -> list[dict[str, Any]]:
    """The offices of each activity by role: a row of the table of tasking."""
    rows: dict[str, dict[str, Any]] = {}
    for contact in contacts:
        if contact.about is not None:
            row = rows.setdefault(contact.about.code, {"activity": contact.about, "named": False})
            row.setdefault(contact.role.lower(), []).append(contact)
            row["named"] = row["named"] or contact.who is not None
    return list(rows.values())
