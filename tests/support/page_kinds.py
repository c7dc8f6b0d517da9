"""Every kind of page a reader can meet, with an address of each. A kind that is missing fails a test."""

import json
from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.urls.exceptions import Resolver404

from tests.support.models import MODELS, detail_url, list_url, shipped_file

# Pages with a template of their own, or that show what others of their template do not.
PAGES = {
    "home": "/",
    "about": "/about/",
    "strategy": "/strategies/IPS/",
    "office": "/offices/STARCOM/",
    "office that does not stand": "/offices/SFC/",
    "office without a task": "/offices/DTSA/",
    "offices": "/offices/",
    "organization chart": "/org-chart/",
    "two offices": "/compare-offices/?a=FTF&b=SFC",
    "two offices, to choose": "/compare-offices/",
    "brief of an office": "/offices/STARCOM/brief/",
    "brief of a goal": "/goals/IPS-G2/brief/",
    "brief of a line of effort": "/lines-of-effort/IPS-L1/brief/",
    "brief of a partner": "/partners/AUS/brief/",
    "activity": "/activities/IPS-A06/",
    "activity with two leads": "/activities/IPS-A01/",
    "goal": "/goals/IPS-G2/",
    "line of effort": "/lines-of-effort/IPS-L1/",
    "assignment": "/assignments/ASG1B/",
    "topic": "/topics/TOP-ACQUISITION/",
    "list without records": "/indicators/",
    "recommendation": "/recommendations/GAO-25-108043-R2/",
    "office with remit and heads": "/offices/CSRO/",
    "whom to ask about a topic": "/contacts/?partner=AUS&topic=TOP-SDA",
    "risk register": "/risks/",
    "risk": "/risks/IPS-R2/",
    "mitigation": "/mitigations/IPS-X1/",
    "partner": "/partners/AUS/",
    "organization": "/partners/SPACEFOR-JPN/",
    "partners": "/partners/",
    "framework": "/frameworks/MNF-OOD/",
    "framework without dates": "/frameworks/FVEY/",
    "engagements": "/engagements/",
    "engagements by year": "/engagement-years/",
    "engagement lanes": "/engagements/?lane=partner_region&kind=exercise",
    "engagement": "/engagements/GS2024/",
    "series": "/series/SCHRIEVER/",
    "whom to ask": "/contacts/",
    "who is named": "/contacts/?partner=AUS&topic=IPS-L1",
    "nobody is named": "/contacts/?partner=ISR&topic=IPS-A16",
    "findings": "/findings/",
    "one finding": "/findings/term-without-definition/",
    "a finding without records": "/findings/record-without-source/",
    "point of the text": "/passages/ENV1/",
    "conflict": "/conflicts/AEHF-CA/",
    "conflict without a reading": "/conflicts/ASBM-FIRST/",
    "citation": "/citations/CIT-0001/",
    "list": "/activities/",
    "filtered list": "/activities/?office=STARCOM&role=coordinating",
    "what changed": "/changes/",
    "what changed, filtered": "/changes/?office=STARCOM&kind=load",
    "history of a record": "/goals/IPS-G2/history/",
    "long list": "/citations/?page=2",
    "matrix": "/matrix/",
    "matrix of all offices": "/matrix/?offices=all&line_of_effort=IPS-L1",
    "matrix as a list": "/matrix/?view=list",
    "matrix, filtered twice": "/matrix/?line_of_effort=IPS-L1&goal=IPS-G3",
    "matrix of goals and offices": "/matrix/?rows=goal&columns=office",
    "matrix, offices down": "/matrix/?view=offices&goal=IPS-G3",
    "matrix of a pair": "/matrix/?rows=goal&columns=line_of_effort",
    "matrix of partners": "/matrix/?rows=partner&columns=line_of_effort",
    "matrix of what is not tied": "/matrix/?rows=partner&columns=goal",
    "matrix refused": "/matrix/?rows=goal&columns=goal",
    "search": "/search/?q=training",
    "search for any of the words": "/search/?q=training+xyzzy",
    "how to search": "/search/",
    "search with synonyms and dates": "/search/?q=SDA&date_from=2020&type=engagement",
    "chosen columns": "/engagements/?columns=kind,location&ordering=-name&page_size=25",
    "search without a hit": "/search/?q=interoprability",
    "trace": "/trace/",
    "trace from an office": "/trace/?focus=STARCOM",
    "trace from a goal": "/trace/?focus=IPS-G2",
    "trace refused": "/trace/?focus=STARCOMM",
    "read": "/read/",
    "chapter with points": "/read/IPS-CH2/?q=space",
    "chapter with records": "/read/IPS-CH4/",
    "glossary": "/glossary/",
    "compare, one strategy": "/compare/",
    "several records": "/id/NGA",
    "documentation": "/api/docs/",
    "documentation of a resource": "/api/docs/activities/",
    "documentation of a resource without fields": "/api/docs/schema/",
    "sign in": "/sign-in/?next=/goals/",
    "refused": "/activities/?rolle=lead",
    "missing": "/offices/STARCOMM/",
}
STATUS = {"missing": 404, "refused": 400, "matrix refused": 400, "trace refused": 400, "several records": 300}

# Routes that are no page of this site, by what their name has.
NO_PAGE = {
    "api:": "data for programs",
    "mcp": "for language models",
    "schema": "data for programs",
    "admin:": "editing, which has its own tests in the browser",
    "indicator-detail": "no record of it is shipped, since no source names one",
    "-download": "a file",
    "trace-picture": "a file",
    "changes-feed": "data for feed readers",
    "change-set": "its address has the moment of the change in it: tests of the history look at it",
    "change-set-undo": "editing: tests of the history look at it",
    "record-restore": "editing: tests of the history look at it",
    "proposal": "editing: its tests look at it",
    "reorganize": "editing: its tests look at it",
    "-brief-docx": "a file",
    "-brief-pdf": "a file",
    "office-tasking": "a file, or the text to paste",
    "engagement-calendar": "a file",
    "healthz": "for the operator's machinery",
    "readyz": "for the operator's machinery",
    "theme": "remembers a choice and leads back",
    "favicon": "an icon",
    "search-suggest": "data for the search box",
    "my-office": "takes a form and leads back",
    "sign-out": "takes a form and leads back",
    "None": "the same as the route before it, for an address with a slash at its end",
}


def routes(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """The name of every route, with its namespace."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"
        else:
            yield from routes(entry, f"{space}{entry.namespace}:" if entry.namespace else space)


def is_page(route: str) -> bool:
    return not any(
        route.startswith(mark) if mark.endswith(":") else route.endswith(mark) or route.startswith(f"{mark}-")
        for mark in NO_PAGE
    )


def shown_routes(addresses: Iterable[str]) -> set[str]:
    """The routes that lead to the addresses."""
    result = set()
    for address in addresses:
        try:
            result.add(resolve(address.split("?")[0]).view_name)
        except Resolver404 as error:
            raise AssertionError(f"{address} leads nowhere") from error
    return result


def record_pages() -> Iterator[str]:
    """The list and one record of every kind of which no page is among those above: they share generic templates."""
    shown = shown_routes(PAGES.values())
    for model in MODELS:
        if f"{model._meta.model_name}-list" not in shown:
            yield list_url(model)
        file = shipped_file(model)
        if f"{model._meta.model_name}-detail" not in shown and file.exists():
            yield detail_url(model, json.loads(file.read_text())[0]["fields"]["code"])


# Beside them the source that most records cite.
ALIKE = [*record_pages(), "/sources/SRC-SEED/"]
