"""The tools that a language model may call, each in a few lines over the API's own answers."""

from functools import partial
from typing import Any

from django.apps import apps
from django.conf import settings
from django.urls import reverse
from rest_framework import serializers

from config.api_urls import router
from lines_of_effort.tasking.api import OfficeTaskingViewSet, TaskingSerializer
from lines_of_effort.trace.api import TraceSerializer, TraceViewSet
from partners.contacts.api import ContactsSerializer, ContactsViewSet
from strategy.core import params
from strategy.core.api import analysis, expansion
from strategy.core.models import Notional
from strategy.evidence import Evidence
from strategy.findings import Severity, all_findings, get_finding, run_findings
from strategy.findings.api import FindingSerializer, FoundSerializer
from strategy.search.api import SearchSerializer, SearchViewSet

from .json_schema import field_schema
from .protocol import Json, Server, Tool
from .responsibility import NotStatedSerializer, ResponsibilitySerializer, not_stated, responsibility
from .tool_helpers import find_entry, tool_answer

INSTRUCTIONS = (
    "A government strategy as Ends, Ways, Means and Risks: who leads, coordinates and supports what, toward which "
    "goal, with which partner, and by which source. Every statement you take from here must be cited with the code and "
    "title of the source given beside it, its locator if there is one, its basis, and the web_url. The basis says how "
    "well it is supported: official, summary and reported are stated by a source; inferred is the compilers' reading, "
    "with its reason; entered is by staff without a source. Where an answer says that no source names or states a "
    "thing, or a list is empty, answer 'not stated': never fill it in from elsewhere, and never from likelihood. An "
    "office that coordinates or supports does not lead. Training content is invented; it is left out unless notional "
    "is asked for, and must then be called notional."
)
NOTIONAL: Json = {
    "type": "string",
    "enum": list(Notional.values),
    "description": "Training content, which is invented: left out unless asked for.",
}


def text(description: str, **more: Any) -> Json:
    """The JSON Schema of an argument that is text."""
    return {"type": "string", "description": description, **more}


# ---- A record ------------------------------------------------------------------------------------------------------


class RecordCitationSerializer(analysis.CitedSerializer):
    """A citation of the record, of one field of it, or of one part of that field."""

    field = serializers.CharField()
    part = serializers.CharField()


class ConflictSerializer(serializers.Serializer):
    """Sources that disagree: the reading that is used, and why."""

    code = serializers.CharField()
    topic = serializers.CharField()
    reading = serializers.CharField()
    reason = serializers.CharField()
    web_url = serializers.URLField()


class RecordSerializer(analysis.NamedSerializer):
    """A record as the API has it, with the sources of its fields, and what no source states of it."""

    notional = serializers.BooleanField()
    fields = serializers.JSONField()  # type: ignore[assignment]  # the name of a field hides a property of its class
    citations = RecordCitationSerializer(many=True)
    not_stated = NotStatedSerializer(many=True)
    conflicts = ConflictSerializer(many=True)


@tool_answer
def record(request: Any, code: str, record_type: str = "", notional: str = Notional.EXCLUDE) -> Json:
    """Tool `record`: one record by its code, with its evidence."""
    entry, urls = find_entry(code, notional, record_type), analysis.RecordURLs(request)
    model: Any = apps.get_model(entry.kind)
    viewsets: dict[str, Any] = {name: viewset for _, viewset, name in router.registry}
    reader = expansion.build_reader(viewsets[model._meta.model_name].serializer_class)
    evidence = Evidence(model._default_manager.get(pk=entry.object_id))
    return {
        **urls.named(model._meta.model_name, entry.code, entry.title),
        "notional": entry.notional,
        "fields": reader.read([entry.object_id], {"request": request})[0],
        "citations": [
            urls.citation(citation) | {"field": citation.field, "part": citation.part}
            for citation in evidence.citations
        ],
        "not_stated": not_stated(evidence.silences, urls),
        "conflicts": [
            {name: getattr(conflict, name) for name in ("code", "topic", "reading", "reason")}
            | {"web_url": urls.page("conflict", conflict.code)}
            for conflict in evidence.conflicts
        ],
    }


# ---- Findings ------------------------------------------------------------------------------------------------------


class FindingsSerializer(serializers.Serializer):
    """The findings with how many records each concerns; of one finding, the first of its records as well."""

    findings = FindingSerializer(many=True)
    records = FoundSerializer(many=True)
    web_url = serializers.URLField()


@tool_answer
def findings(request: Any, id: str = "", notional: str = Notional.EXCLUDE) -> Json:  # noqa: A002  # its name for readers
    """Tool `findings`: all findings with their counts, or the records of one."""
    results = [result for result in run_findings(notional) if id in ("", result.finding.id)]
    rows = get_finding(id).rows(notional)[: params.MAX_PAGE_SIZE] if id else []
    context, urls = {"request": request}, analysis.RecordURLs(request)
    return {
        "findings": FindingSerializer(results, many=True, context=context).data,
        "records": FoundSerializer(rows, many=True, context=context).data,
        "web_url": urls.page("finding", id) if id else urls.whole(reverse("finding-list")),
    }


# ---- What the API works out ----------------------------------------------------------------------------------------


@tool_answer
def search(request: Any, **arguments: Any) -> Json:
    """Tool `search`: ranked records with the words that matched."""
    return SearchViewSet.get_data(request, "api:search-list", {"page_size": 20} | arguments)


@tool_answer
def trace(request: Any, **arguments: Any) -> Json:
    """Tool `trace`: what serves what, from ends to risks."""
    return TraceViewSet.get_data(request, "api:trace-list", arguments)


@tool_answer
def contacts(request: Any, **arguments: Any) -> Json:
    """Tool `contacts`: whom a partner asks about a topic."""
    return ContactsViewSet.get_data(request, "api:contacts-list", arguments)


@tool_answer
def office_tasking(request: Any, office: str, notional: str = Notional.EXCLUDE, page: int = 1) -> Json:
    """Tool `office_tasking`: one page of the tasks of an office."""
    code = find_entry(office, notional, "office", "office").code
    return OfficeTaskingViewSet.get_data(request, "api:office-tasking", {"page": page}, code=code)


RESPONSIBILITY_PROPERTIES = {
    "activity": text("Code of an activity, such as IPS-A06."),
    "office": text("Code of an office, such as STARCOM; in place of an activity."),
    "notional": NOTIONAL,
}
CITE = "Cite the sources given with each line; where none is named, say 'not stated'."
TOOLS = (
    Tool(
        "who_leads",
        "Who leads",
        f"Who leads an activity, or what an office leads. Also gives who coordinates and supports it. {CITE} "
        "An office that coordinates or supports does not lead.",
        RESPONSIBILITY_PROPERTIES,
        field_schema(ResponsibilitySerializer()),
        tool_answer(partial(responsibility, roles=("lead",))),
    ),
    Tool(
        "who_supports",
        "Who supports or coordinates",
        f"Who supports and who coordinates an activity, or what an office supports and coordinates. {CITE}",
        RESPONSIBILITY_PROPERTIES,
        field_schema(ResponsibilitySerializer()),
        tool_answer(partial(responsibility, roles=("supporting", "coordinating"))),
    ),
    Tool(
        "office_tasking",
        "Tasking of an office",
        f"Everything an office is tasked with, with who else is on it and which goals it serves. {CITE}",
        {"office": text("Code of the office."), "notional": NOTIONAL, "page": {"type": "integer", "minimum": 1}},
        field_schema(TaskingSerializer()),
        office_tasking,
        ("office",),
    ),
    Tool(
        "whom_to_ask",
        "Whom a partner talks to",
        "Whom a partner nation or organization talks to about a topic, what it has on its own side, and what is done "
        f"together. A line with named=false says that nobody is named. {CITE}",
        {
            "partner": text("Code of the foreign partner, such as AUS."),
            "topic": text("Code of a subject topic, line of effort, process stage or activity, such as TOP-SDA."),
            "notional": NOTIONAL,
        },
        field_schema(ContactsSerializer()),
        contacts,
    ),
    Tool(
        "trace",
        "Trace from ends to risks",
        "What serves what: the goals above a record and the risks below it, link by link, with basis and sources. "
        "stated=false is a reading of the compilers. The notes say what no source links together.",
        {"focus": text("Code of the record to start from; everything if left out."), "notional": NOTIONAL},
        field_schema(TraceSerializer()),
        trace,
    ),
    Tool(
        "search",
        "Search",
        "Finds records by words, name, abbreviation or code. A hit is no evidence yet: its record has the sources.",
        {
            "q": text("What to search for."),
            "type": text("Only records of this kind, such as activity, office or term."),
            "notional": NOTIONAL,
            "page": {"type": "integer", "minimum": 1},
        },
        field_schema(SearchSerializer()),
        search,
        ("q",),
    ),
    Tool(
        "record",
        "One record",
        "Everything known of one record: its fields, the source of each, what no source states of it, and where "
        "sources disagree. Without citations nothing is cited for it: say so.",
        {
            "code": text("Its code, such as IPS-G1, STARCOM or AUS."),
            "record_type": text("Its kind, where several kinds use the code."),
            "notional": NOTIONAL,
        },
        field_schema(RecordSerializer()),
        record,
        ("code",),
    ),
    Tool(
        "findings",
        "Findings",
        "What is missing, doubtful or disputed in the content, by rule; with an id, the records that one rule finds. "
        f"Severities: {', '.join(Severity.values)}.",
        {
            "id": text("One finding.", enum=[finding.id for finding in all_findings()]),
            "notional": NOTIONAL,
        },
        field_schema(FindingsSerializer()),
        findings,
    ),
)
SERVER = Server(
    info={"name": "strategy-knowledge-base", "title": settings.SITE_NAME, "version": settings.VERSION},
    instructions=INSTRUCTIONS,
    tools={tool.name: tool for tool in TOOLS},
)
