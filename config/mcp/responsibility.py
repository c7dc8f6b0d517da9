"""Who leads, coordinates and supports: of one activity, or what one office does. Role and office are one assignment."""

from typing import Any

from rest_framework import serializers

from lines_of_effort.models import Activity, Assignment
from lines_of_effort.querysets import ROLES
from lines_of_effort.tasking.api import OfficeTaskingViewSet
from lines_of_effort.tasking.roles import Roles
from lines_of_effort.tasking.text import NOT_STATED
from strategy.core import params
from strategy.core.api import analysis
from strategy.core.models import Basis, Notional
from strategy.evidence import Evidence
from strategy.models import Office, Silence

from .protocol import Json, ToolError
from .tool_helpers import find_entry

VERBS = {
    "lead": ("leads", "lead"),
    "coordinating": ("coordinates", "coordinate"),
    "supporting": ("supports", "support"),
}
NOBODY = {
    "lead": "No source names a lead of {}.",
    "coordinating": "No source names an office that coordinates {}.",
    "supporting": "No source names an office that supports {}.",
}


class OfficeRoleSerializer(serializers.Serializer):
    """One office in one role on one activity, in the source's own verb, with the sources that say so."""

    office = analysis.NamedSerializer()
    activity = analysis.NamedSerializer()
    verb = serializers.CharField()
    office_as_stated = serializers.CharField()
    standing = serializers.CharField()
    basis = serializers.ChoiceField(choices=Basis.choices)
    notional = serializers.BooleanField()
    sources = analysis.CitedSerializer(many=True)
    web_url = serializers.URLField()


class NotStatedSerializer(serializers.Serializer):
    """What was looked for and no source states."""

    code = serializers.CharField()
    statement = serializers.CharField()
    kind = serializers.ChoiceField(choices=Silence.Kind.choices)
    web_url = serializers.URLField()


class ResponsibilitySerializer(serializers.Serializer):
    """``answer`` in words, ``stated`` whether any source says what was asked, and all roles with their sources."""

    answer = serializers.CharField()
    stated = serializers.BooleanField()
    about = analysis.NamedSerializer()
    lead = OfficeRoleSerializer(many=True)
    coordinating = OfficeRoleSerializer(many=True)
    supporting = OfficeRoleSerializer(many=True)
    complete = serializers.BooleanField()
    not_stated = NotStatedSerializer(many=True)
    web_url = serializers.URLField()


def responsibility(
    request: Any, roles: tuple[str, ...], activity: str = "", office: str = "", notional: str = ""
) -> Json:
    """The three roles of an activity, or of an office; ``roles`` are those that are asked about."""
    if bool(activity) == bool(office):
        raise ToolError("Name one activity or one office, by its code: the argument 'activity', or 'office'.")
    notional = notional or Notional.EXCLUDE
    urls = analysis.RecordURLs(request)
    result = of_activity(activity, notional, urls) if activity else of_office(request, office, notional, urls)
    return {"stated": any(result[role] for role in roles), **result}


def of_activity(code: str, notional: str, urls: analysis.RecordURLs) -> Json:
    """The offices of one activity by role, with evidence, and what no source states of it."""
    activity = Activity.objects.get(pk=find_entry(code, notional, "activity", "activity").object_id)
    assignments = Roles(activity)
    evidence = Evidence(activity, assignments.rows)
    by_role = {role: [_assignment(row, evidence, activity, urls) for row in rows] for role, rows in assignments.by_role}
    return {
        "answer": " ".join(
            _activity_sentence(role, [row.office for row in rows], activity) for role, rows in assignments.by_role
        ),
        "about": urls.record(activity),
        **by_role,
        "complete": True,
        "not_stated": not_stated(evidence.silences, urls),
        "web_url": urls.page("activity", activity.code),
    }


def _assignment(row: Assignment, evidence: Evidence, activity: Activity, urls: analysis.RecordURLs) -> Json:
    return {
        "office": urls.record(row.office),
        "activity": urls.record(activity),
        "verb": row.verb,
        "office_as_stated": row.office_as_stated,
        "standing": row.office.get_status_display(),
        "basis": row.basis,
        "notional": row.notional,
        "sources": [urls.citation(citation) for citation in evidence.of_row(row)],
        "web_url": urls.page("assignment", row.code),
    }


def _activity_sentence(role: str, offices: list[Office], activity: Activity) -> str:
    if not offices:
        return NOBODY[role].format(activity.code)
    names = " and ".join(f"{office.name} ({office.code})" for office in offices)
    return f"{names} {VERBS[role][len(offices) > 1]} {activity.code} {activity.title}."


def of_office(request: Any, code: str, notional: str, urls: analysis.RecordURLs) -> Json:
    """The tasks of one office by role, with evidence, and what no source states of it."""
    office = Office.objects.get(pk=find_entry(code, notional, "office", "office").object_id)
    tasking = OfficeTaskingViewSet.get_data(
        request, "api:office-tasking", {"page_size": params.MAX_PAGE_SIZE}, code=office.code
    )
    shared = {"office": tasking["office"], "standing": office.get_status_display()}
    names = ("activity", "verb", "office_as_stated", "basis", "notional", "sources", "web_url")
    by_role: dict[str, list[Json]] = {role: [] for role in ROLES}
    for task in tasking["results"]:
        by_role[task["role"]].append(shared | {name: task[name] for name in names})
    return {
        "answer": " ".join(_office_sentence(role, tasking["counts"][role], by_role[role], office) for role in ROLES),
        "about": tasking["office"],
        **by_role,
        "complete": tasking["next"] is None,
        "not_stated": not_stated(Evidence(office).silences, urls),
        "web_url": tasking["web_url"],
    }


def _office_sentence(role: str, count: int, tasks: list[Json], office: Office) -> str:
    if not count:
        return NOT_STATED[role].replace("this office", office.code)
    labels = "; ".join(f"{task['activity']['code']} {task['activity']['label']}" for task in tasks)
    more = f", and {count - len(tasks)} more" if count > len(tasks) else ""
    return f"{office.name} ({office.code}) {VERBS[role][0]} {labels}{more}."


def not_stated(silences: list[Silence], urls: analysis.RecordURLs) -> list[Json]:
    """Silences as JSON: code, statement, kind and the address of the page."""
    return [
        {
            "code": silence.code,
            "statement": silence.statement,
            "kind": silence.kind,
            "web_url": urls.page("silence", silence.code),
        }
        for silence in silences
    ]
