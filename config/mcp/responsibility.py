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

from .lookup import entry
from .protocol import Json, ToolError

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


class HoldingSerializer(serializers.Serializer):
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


class UnsaidSerializer(serializers.Serializer):
    """What was looked for and no source states."""

    code = serializers.CharField()
    statement = serializers.CharField()
    kind = serializers.ChoiceField(choices=Silence.Kind.choices)
    web_url = serializers.URLField()


class WhoSerializer(serializers.Serializer):
    """``answer`` in words, ``stated`` whether any source says what was asked, and all roles with their sources."""

    answer = serializers.CharField()
    stated = serializers.BooleanField()
    about = analysis.NamedSerializer()
    lead = HoldingSerializer(many=True)
    coordinating = HoldingSerializer(many=True)
    supporting = HoldingSerializer(many=True)
    complete = serializers.BooleanField()
    not_stated = UnsaidSerializer(many=True)
    web_url = serializers.URLField()


def who(request: Any, roles: tuple[str, ...], activity: str = "", office: str = "", notional: str = "") -> Json:
    """The three roles of an activity, or of an office; ``roles`` are those that are asked about."""
    if bool(activity) == bool(office):
        raise ToolError("Name one activity or one office, by its code: the argument 'activity', or 'office'.")
    asked = notional or Notional.EXCLUDE
    at = analysis.RecordURLs(request)
    found = of_activity(activity, asked, at) if activity else of_office(request, office, asked, at)
    return {"stated": any(found[role] for role in roles), **found}


def of_activity(code: str, notional: str, at: analysis.RecordURLs) -> Json:
    activity = Activity.objects.get(pk=entry(code, notional, "activity", "activity").object_id)
    found = Roles(activity)
    evidence = Evidence(activity, found.rows)
    held = {role: [_held(row, evidence, activity, at) for row in rows] for role, rows in found.by_role}
    return {
        "answer": " ".join(_of(role, [row.office for row in rows], activity) for role, rows in found.by_role),
        "about": at.record(activity),
        **held,
        "complete": True,
        "not_stated": unsaid(evidence.silences, at),
        "web_url": at.page("activity", activity.code),
    }


def _held(row: Assignment, evidence: Evidence, activity: Activity, at: analysis.RecordURLs) -> Json:
    return {
        "office": at.record(row.office),
        "activity": at.record(activity),
        "verb": row.verb,
        "office_as_stated": row.office_as_stated,
        "standing": row.office.get_status_display(),
        "basis": row.basis,
        "notional": row.notional,
        "sources": [at.citation(one) for one in evidence.of_row(row)],
        "web_url": at.page("assignment", row.code),
    }


def _of(role: str, offices: list[Office], activity: Activity) -> str:
    if not offices:
        return NOBODY[role].format(activity.code)
    names = " and ".join(f"{office.name} ({office.code})" for office in offices)
    return f"{names} {VERBS[role][len(offices) > 1]} {activity.code} {activity.title}."


def of_office(request: Any, code: str, notional: str, at: analysis.RecordURLs) -> Json:
    office = Office.objects.get(pk=entry(code, notional, "office", "office").object_id)
    tasking = OfficeTaskingViewSet.answer_to(
        request, "api:office-tasking", {"page_size": params.MAX_PAGE_SIZE}, code=office.code
    )
    shared = {"office": tasking["office"], "standing": office.get_status_display()}
    told = ("activity", "verb", "office_as_stated", "basis", "notional", "sources", "web_url")
    held: dict[str, list[Json]] = {role: [] for role in ROLES}
    for task in tasking["results"]:
        held[task["role"]].append(shared | {name: task[name] for name in told})
    return {
        "answer": " ".join(_does(role, tasking["counts"][role], held[role], office) for role in ROLES),
        "about": tasking["office"],
        **held,
        "complete": tasking["next"] is None,
        "not_stated": unsaid(Evidence(office).silences, at),
        "web_url": tasking["web_url"],
    }


def _does(role: str, count: int, held: list[Json], office: Office) -> str:
    if not count:
        return NOT_STATED[role].replace("this office", office.code)
    named = "; ".join(f"{one['activity']['code']} {one['activity']['label']}" for one in held)
    more = f", and {count - len(held)} more" if count > len(held) else ""
    return f"{office.name} ({office.code}) {VERBS[role][0]} {named}{more}."


def unsaid(silences: list[Silence], at: analysis.RecordURLs) -> list[Json]:
    return [
        {"code": one.code, "statement": one.statement, "kind": one.kind, "web_url": at.page("silence", one.code)}
        for one in silences
    ]
