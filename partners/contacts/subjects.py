"""Contacts by subject topic: who leads the frameworks on it, and who hosts the newest engagements on it."""

from collections.abc import Iterable, Iterator

from django.db.models import F, Prefetch

from strategy.core.cache import VersionedKeyCache
from strategy.core.models import display_date

from ..models import Agreement, Engagement, EngagementHost, EngagementTopic, FrameworkTopic, Membership, Partner
from .contact import NOBODY, AnswerPart, CitationPlace, Contact
from .counterparts import MAX_ENGAGEMENTS
from .topics import TopicScope

NOT_A_MEMBER = "{} is not named as taking part"


# By ``notional``: few, and the same for every question.
framework_topics: VersionedKeyCache[str, list[FrameworkTopic]] = VersionedKeyCache(
    lambda notionals: {
        notional: list(FrameworkTopic.objects.visible(notional).main_first().select_related("framework__lead", "topic"))
        for notional in notionals
    }
)


def framework_contacts(
    partner: Partner | None, topic: TopicScope, agreements: Iterable[Agreement], notional: str
) -> Iterator[Contact]:
    """The leads of the frameworks on the subjects of the question, those the partner takes part in first.

    ``agreements`` are those of the partner.
    """
    wanted = {subject.pk for subject in topic.subjects}
    links: dict[int, FrameworkTopic] = {}
    for link in framework_topics([notional])[notional]:
        if link.topic_id in wanted:
            links.setdefault(link.framework_id, link)
    parts = _parts_of(partner, agreements, list(links)) if partner else {}
    ordered = sorted(links.values(), key=lambda link: (link.framework_id not in parts, link.weight))
    for link in ordered:
        framework = link.framework
        stated, dated, places = parts.get(framework.pk, ("", "", ()))
        yield Contact(
            AnswerPart.FRAMEWORK,
            name=framework.lead.name if framework.lead else NOBODY,
            who=framework.lead,
            role="Leads the framework",
            about=framework,
            stated=stated or (NOT_A_MEMBER.format(partner.name) if partner else ""),
            dated=dated,
            basis=link.basis,
            reason=link.reason,
            places=(*places, CitationPlace(framework, "topic_links", link.key), CitationPlace(framework)),
        )


def _parts_of(
    partner: Partner, agreements: Iterable[Agreement], frameworks: list[int]
) -> dict[int, tuple[str, str, tuple[CitationPlace, ...]]]:
    """How the partner takes part in each of the frameworks: in words, since when, and where it is cited for."""
    parts: dict[int, tuple[str, str, tuple[CitationPlace, ...]]] = {}
    for agreement in agreements:
        stated = f"{partner.name}: agreement {agreement.code}, {agreement.counterpart_as_stated}"
        dated = display_date(agreement.date) if agreement.date else ""
        parts[agreement.framework_id] = (stated, dated, (CitationPlace(agreement),))
    for membership in Membership.objects.filter(partner=partner, framework__in=frameworks):
        stated = f"{partner.name}: {membership.get_role_display().lower()}"
        dated = display_date(membership.since) if membership.since else ""
        parts[membership.framework_id] = (stated, dated, (CitationPlace(membership),))
    return parts


def engagement_contacts(partner: Partner | None, topic: TopicScope, notional: str) -> Iterator[Contact]:
    """The hosts of the newest engagements on the subjects of the question; with a partner, of the partner's own."""
    rows = EngagementTopic.objects.visible(notional).filter(topic__in=topic.subjects)
    if partner is not None:
        rows = rows.filter(engagement__in=Engagement.objects.of_partner(partner))
    rows = rows.order_by(F("engagement__start_latest").desc(nulls_last=True), "engagement__code_order", "weight")
    hosts = Prefetch("engagement__host_links", EngagementHost.objects.for_list())
    rows = rows.select_related("engagement", "topic").prefetch_related(hosts)
    # An engagement on two subjects stands once, by the one it has most to do with.
    links: dict[int, EngagementTopic] = {}
    for link in rows[: MAX_ENGAGEMENTS * len(topic.subjects)]:
        links.setdefault(link.engagement_id, link)
    for link in list(links.values())[:MAX_ENGAGEMENTS]:
        engagement = link.engagement
        yield Contact(
            AnswerPart.ENGAGEMENT,
            name=", ".join(host.name for host in engagement.hosts) or NOBODY,
            role="Host",
            who=engagement.hosts[0] if len(engagement.hosts) == 1 else None,
            about=engagement,
            standing=engagement.get_status_display(),
            dated=engagement.when,
            basis=link.basis,
            reason=link.reason,
            places=(CitationPlace(engagement, "topic_links", link.key), CitationPlace(engagement)),
        )
