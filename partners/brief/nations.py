"""The brief of a partner: whom it talks to, what it belongs to, and what was last done together."""

from collections.abc import Sequence

from django.db import models

from strategy.core.models import Notional, display_date
from strategy.core.views import list_url

from ..contacts.answer import build_answer
from ..contacts.contact import AnswerPart, Contact
from ..models import Agreement, Engagement, Membership, Partner
from .brief import BriefReader, Draft, Line, draft_of, join_words, record_line

MAX_BODIES = 4
MAX_NEWEST = 7


def contact_line(contact: Contact) -> Line:
    """Somebody to talk to, or that nobody is named."""
    line = record_line(contact.who, "", contact.basis) if contact.who else Line(contact.name)
    line.text = join_words(contact.role, contact.standing)
    return line


def contact_records(contact: Contact) -> Sequence[models.Model]:
    """The records whose citations a contact has."""
    return [place.record for place in contact.places if not place.field]


def membership_line(membership: Membership) -> Line:
    """A framework the partner belongs to, as what and since when."""
    since = f"since {display_date(membership.since)}" if membership.since else ""
    until = f"until {display_date(membership.until)}" if membership.until else ""
    words = join_words(membership.get_role_display(), since, until)
    return record_line(membership.framework, words, membership.basis)


def agreement_line(agreement: Agreement) -> Line:
    """An agreement: under which framework, signed by whom and when."""
    words = join_words(agreement.counterpart_as_stated, display_date(agreement.date) if agreement.date else "")
    return Line(
        agreement.framework.label, agreement.code, agreement.get_absolute_url(), words, agreement.get_basis_display()
    )


class PartnerBrief(BriefReader):
    """Reads the brief of a nation or organization."""

    kind = "Partner"

    def facts(self) -> list[tuple[str, str]]:
        partner = self.record
        return [
            ("Kind", partner.get_kind_display()),
            ("Relation", partner.get_relation_display()),
            ("Region", partner.region),
            ("Strength of the evidence", partner.get_evidence_display()),
        ]

    def drafts(self) -> list[Draft]:
        partner = self.record
        rest = {"partner": partner.code}
        return [
            *self._contacts(),
            draft_of(
                "Frameworks",
                Membership.objects.filter(partner=partner).select_related("framework"),
                membership_line,
                list_url(partner, "membership", **rest),
                8,
            ),
            draft_of(
                "Agreements",
                Agreement.objects.of_partner(partner).select_related("framework"),
                agreement_line,
                list_url(partner, "agreement", **rest),
                MAX_BODIES,
            ),
            draft_of(
                "Newest engagements",
                Engagement.objects.of_partner(partner).newest_first(),
                lambda row: record_line(row, join_words(row.when, row.get_kind_display()), row.basis),
                list_url(partner, "engagement", **rest),
                MAX_NEWEST,
            ),
        ]

    def _contacts(self) -> list[Draft]:
        """Whom the partner talks to, and whom it has itself; the own side has nobody to ask."""
        partner = self.record
        if partner.relation == "own_side":
            return []
        notional = Notional.ONLY if partner.notional else Notional.EXCLUDE
        answer = build_answer(partner, None, list(Partner.objects.visible(notional).for_list()), notional)
        command, bodies = answer.of(AnswerPart.COMMAND)[:MAX_BODIES], answer.principals[:MAX_BODIES]
        return [
            Draft("U.S. side for its region", command, contact_line, len(command), cited=contact_records),
            Draft("Its own bodies for space", bodies, contact_line, len(bodies), cited=contact_records),
        ]
