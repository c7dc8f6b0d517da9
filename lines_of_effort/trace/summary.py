"""A trace in words: what it comes to, what it leaves out, and the same columns as lists."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from strategy.core.models import Basis, Notional

from ..hues import hue
from .graph import Link, Node, Trace
from .reader import LAYERS

# By which parameter the list of activities keeps those of a record.
ACTIVITIES_OF = {
    "goal": "goal",
    "lineofeffort": "line_of_effort",
    "processstage": "stage",
    "office": "office",
}


def counted(trace: Trace) -> str:
    """ "23 links: 9 stated, 14 inferred", and what staff entered without a source."""
    inferred = sum(edge.basis == Basis.INFERRED for edge in trace.links)
    entered = sum(edge.basis == Basis.ENTERED for edge in trace.links)
    stated = len(trace.links) - inferred - entered
    parts = [f"{stated} stated", f"{inferred} inferred", *([f"{entered} entered by staff"] if entered else [])]
    return f"{len(trace.links)} {'link' if len(trace.links) == 1 else 'links'}: {', '.join(parts)}"


def reach(trace: Trace) -> str:
    """What the trace comes to, kind by kind, from the ends down."""
    parts = []
    for model in LAYERS:
        nodes = trace.of(str(model._meta.model_name))
        number = sum(node in trace.lit and node != trace.focus for node in nodes)
        if number:
            name = model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural
            parts.append(f"{number} {name}")
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)


@dataclass(frozen=True)
class Note:
    """A sentence on what the picture leaves out, with the list that has it all."""

    text: str
    url: str = ""
    label: str = ""


def notes(trace: Trace, notional: str) -> Iterator[Note]:
    """What the picture does not show, and why: nothing is drawn that nobody says."""
    yield from _too_much(trace, notional)
    if trace.whole:
        if trace.of("risk") and not trace.has(Link.RISK):
            yield Note("No source ties a risk to an activity or a goal, so nothing is drawn between them.")
        if trace.of("means") and not trace.has(Link.MEANS):
            yield Note("No source ties means to an activity, so nothing is drawn between them.")
        if trace.of("mitigation") and not trace.has(Link.OWNER):
            yield Note("No source names an owner of a mitigation.")
    if trace.thinned:
        others = "other " if trace.focus else ""
        yield Note(
            f"{trace.thinned} {others}links of supporting offices are left out. Start from a record to see its own."
        )
    if trace.leaderless:
        number, total = len(trace.leaderless), len(trace.of("activity"))
        yield Note(f"For {number} of the {total} activities here no source names a lead.")
    if trace.of("office"):
        yield Note("Of the offices, only those with a task or a mitigation to own are here.")
    if trace.of("processstage") and not (trace.focus and trace.focus.kind == "processstage"):
        yield Note("Process stages run across the lines of effort. Start from one to see what belongs to it.")


def _too_much(trace: Trace, notional: str) -> Iterator[Note]:
    kept = {} if notional == Notional.EXCLUDE else {"notional": notional}
    if trace.crowds:
        number = sum(crowd.count for crowd in trace.crowds)
        yield Note(f"{number:,} activities are too many for one picture. Choose where to start, to see those it meets.")
    for model in LAYERS:
        name, many = str(model._meta.model_name), str(model._meta.verbose_name_plural)
        shown = len(trace.of(name))
        if name in trace.cut and shown > 1:
            asked = dict(kept)
            if name == "activity" and trace.focus and trace.focus.kind in ACTIVITIES_OF:
                asked[ACTIVITIES_OF[trace.focus.kind]] = trace.focus.code
            url = f"{reverse(f'{name}-list')}?{urlencode(asked)}".rstrip("?")
            yield Note(f"Only the first {shown} {many} are here, with their links.", url, f"All {many} as a list")


@dataclass(frozen=True)
class Group:
    """Nodes of a tier that belong together; a node without a lead is said to be."""

    title: str
    hue: str
    nodes: list[Node]


@dataclass(frozen=True)
class Tier:
    title: str
    groups: list[Group]


def tiers(trace: Trace) -> Iterator[Tier]:
    """The columns as lists of what the trace reaches, for screens too narrow for the picture."""

    def lit(*kinds: str) -> list[Node]:
        return [node for node in trace.of(*kinds) if node in trace.lit]

    lines = lit("lineofeffort")
    under = [Group(f"Activities under {line.title}", hue(line), _under(trace, line.code)) for line in lines]
    known = {line.code for line in lines}
    others = [node for node in lit("activity") if node.line not in known]
    for title, groups in (
        ("Ends", [Group("Goals", "ends", lit("goal"))]),
        ("Ways", [Group("Lines of effort", "none", lines), *under, Group("Activities under no line", "none", others)]),
        ("Means", [Group("Offices", "none", lit("office")), Group("Means", "none", lit("means"))]),
        ("Risks", [Group("Risks", "risk", lit("risk")), Group("Mitigations", "risk", lit("mitigation"))]),
    ):
        filled = [group for group in groups if group.nodes]
        if filled:
            yield Tier(title, filled)


def _under(trace: Trace, line: str) -> list[Node]:
    return [node for node in trace.of("activity") if node.line == line and node in trace.lit]
