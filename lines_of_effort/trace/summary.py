"""A trace in words: how many links and records, what is left out, and the columns of the picture as lists."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from strategy.core.models import Basis
from strategy.models import OfStrategy

from ..hues import hue
from ..models import Activity
from .graph import Link, Node, Trace
from .reader import LAYERS

# The parameter of the list of activities that filters by a record, by the record's kind.
ACTIVITY_FILTERS = {
    "goal": "goal",
    "lineofeffort": "line_of_effort",
    "processstage": "stage",
    "office": "office",
}


def describe_links(trace: Trace) -> str:
    """The number of links by basis: "23 links: 9 stated, 14 inferred", and those staff entered without a source."""
    inferred = sum(edge.basis == Basis.INFERRED for edge in trace.links)
    entered = sum(edge.basis == Basis.ENTERED for edge in trace.links)
    stated = len(trace.links) - inferred - entered
    parts = [f"{stated} stated", f"{inferred} inferred", *([f"{entered} entered by staff"] if entered else [])]
    return f"{len(trace.links)} {'link' if len(trace.links) == 1 else 'links'}: {', '.join(parts)}"


def describe_reach(trace: Trace) -> str:
    """The number of records reached, by kind, from the ends down: "3 goals, 1 line of effort and 4 activities"."""
    parts = []
    for model in LAYERS:
        nodes = trace.nodes_of(str(model._meta.model_name))
        number = sum(node in trace.reached and node != trace.focus for node in nodes)
        if number:
            name = model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural
            parts.append(f"{number} {name}{_linked_itself(trace) if model is Activity else ''}")
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def _linked_itself(trace: Trace) -> str:
    """Of the activities that a trace from a goal reaches, how many are linked to the goal, as its page counts them."""
    if trace.focus is None or trace.focus.kind != "goal":
        return ""
    number = sum(edge.link == Link.GOAL and edge.target == trace.focus for edge in trace.links)
    return f" ({number} linked to the goal itself, the others by their lines of effort)"


@dataclass(frozen=True)
class Note:
    """A sentence on what the picture leaves out, with the address and label of the list that has it all, if any."""

    text: str
    url: str = ""
    label: str = ""


def list_notes(trace: Trace, link_params: dict[str, str]) -> Iterator[Note]:
    """What the picture does not show, and why; links to lists have the parameters ``link_params``."""
    yield from _truncation_notes(trace, link_params)
    if trace.complete:
        if trace.nodes_of("risk") and not trace.has_link(Link.RISK):
            yield Note("No source links a risk to an activity or a goal, so nothing is drawn between them.")
        if trace.nodes_of("means") and not trace.has_link(Link.MEANS):
            yield Note("No source links means to an activity, so nothing is drawn between them.")
        if trace.nodes_of("mitigation") and not trace.has_link(Link.OWNER):
            yield Note("No source names an owner of a mitigation.")
    if trace.hidden_links:
        links = f"{trace.hidden_links} {'other ' if trace.focus else ''}links"
        yield Note(f"{links} of supporting offices are left out. Start from a record to see its own.")
    if trace.leaderless:
        number, total = len(trace.leaderless), len(trace.nodes_of("activity"))
        yield Note(f"For {number} of the {total} activities here no source names a lead.")
    if trace.nodes_of("office"):
        yield Note("Of the offices, only those with a task or a mitigation to own are here.")
    if trace.nodes_of("processstage") and not (trace.focus and trace.focus.kind == "processstage"):
        yield Note("Process stages run across the lines of effort. Start from one to see what belongs to it.")


def _truncation_notes(trace: Trace, link_params: dict[str, str]) -> Iterator[Note]:
    """Of which kinds there are more records than are shown."""
    if trace.crowds:
        number = sum(crowd.count for crowd in trace.crowds)
        yield Note(f"{number:,} activities are too many for one picture. Choose where to start, to see those it meets.")
    for model in LAYERS:
        name, many = str(model._meta.model_name), str(model._meta.verbose_name_plural)
        shown = len(trace.nodes_of(name))
        if name in trace.truncated_kinds and shown > 1:
            query = (
                link_params
                if issubclass(model, OfStrategy)
                else {k: v for k, v in link_params.items() if k != "strategy"}
            )
            if name == "activity" and trace.focus and trace.focus.kind in ACTIVITY_FILTERS:
                query = query | {ACTIVITY_FILTERS[trace.focus.kind]: trace.focus.code}
            url = f"{reverse(f'{name}-list')}?{urlencode(query)}".rstrip("?")
            yield Note(f"Only the first {shown} {many} are here, with their links.", url, f"All {many} as a list")


@dataclass(frozen=True)
class TierGroup:
    """Nodes of a tier under one heading. ``hue`` is a name of colour of the stylesheet: "none" for each its own."""

    title: str
    hue: str
    nodes: list[Node]


@dataclass(frozen=True)
class Tier:
    """One column of the picture as groups of records."""

    title: str
    groups: list[TierGroup]


def list_tiers(trace: Trace) -> Iterator[Tier]:
    """The columns as lists of what the trace reaches, for screens too narrow for the picture."""

    def reached(kind: str) -> list[Node]:
        return [node for node in trace.nodes_of(kind) if node in trace.reached]

    lines, activities = reached("lineofeffort"), reached("activity")
    by_line = [
        TierGroup(f"Activities under {line.title}", hue(line), [node for node in activities if node.line == line.code])
        for line in lines
    ]
    line_codes = {line.code for line in lines}
    others = [node for node in activities if node.line not in line_codes]
    risks, mitigations = reached("risk"), reached("mitigation")
    tiers = (
        Tier("Ends", [TierGroup("Goals", "ends", reached("goal"))]),
        Tier(
            "Ways",
            [
                TierGroup("Lines of effort", "none", lines),
                *by_line,
                TierGroup("Activities under no line", "none", others),
            ],
        ),
        Tier("Means", [TierGroup("Offices", "none", reached("office")), TierGroup("Means", "none", reached("means"))]),
        Tier("Risks", [TierGroup("Risks", "risk", risks), TierGroup("Mitigations", "risk", mitigations)]),
    )
    for tier in tiers:
        groups = [group for group in tier.groups if group.nodes]
        if groups:
            yield Tier(tier.title, groups)
