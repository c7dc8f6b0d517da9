"""Query parameters of the contacts, parsed into ``ContactsParams``."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from strategy.core import params
from strategy.core.cache import VersionedKeyCache
from strategy.core.models import Notional
from strategy.models import SearchEntry

from ..models import Partner
from .answer import ContactsAnswer, build_answer
from .topics import find_topic, offered_topics, read_topic

PARAMETERS = ("partner", "topic", "notional")

# By ``notional``: the same for every question.
all_partners: VersionedKeyCache[str, list[Partner]] = VersionedKeyCache(
    lambda notionals: {notional: list(Partner.objects.visible(notional).for_list()) for notional in notionals}
)


@dataclass(frozen=True)
class ContactsParams:
    """Who asks about what: ``partner`` and ``topic`` may each be None.

    ``partners`` are all partners, the own side included, and ``topics`` those that a form offers.
    """

    partner: Partner | None
    topic: SearchEntry | None
    notional: str
    partners: list[Partner]
    topics: list[SearchEntry]

    @classmethod
    def from_query(cls, query: QueryDict, extra: Iterable[str] = (), *, blank: bool = True) -> "ContactsParams":
        """Parses the parameters; raises BadParametersError. ``extra`` and ``blank`` are those of ``check_params``."""
        params.check_params(query, (*PARAMETERS, *extra), blank=blank)
        notional = params.choice_param(query, "notional", Notional.values, Notional.EXCLUDE)
        partners = all_partners([notional])[notional]
        topics = offered_topics(notional)
        partner = _parse_partner(query.get("partner", ""), partners)
        topic = _parse_topic(query.get("topic", ""), notional, topics)
        return cls(partner, topic, notional, partners, topics)

    def answer(self) -> ContactsAnswer:
        """Reads the answer."""
        topic = read_topic(self.topic) if self.topic else None
        return build_answer(self.partner, topic, self.partners, self.notional)


def _parse_partner(code: str, partners: Sequence[Partner]) -> Partner | None:
    """The foreign partner with this code. The own side is whom one talks to, so it cannot be the one who asks."""
    if not code:
        return None
    partner = next((partner for partner in partners if partner.code == code), None)
    if partner is None:
        hint = _did_you_mean(code, [partner for partner in partners if partner.relation != "own_side"])
        raise params.BadParametersError({"partner": [f"There is no partner '{code}'.{hint}"]})
    if partner.relation == "own_side":
        problem = f"{partner} is the strategy's own side: choose the nation or organization that asks."
        raise params.BadParametersError({"partner": [problem]})
    return partner


def _parse_topic(code: str, notional: str, topics: Sequence[SearchEntry]) -> SearchEntry | None:
    """The topic with this code, offered or not."""
    if not code:
        return None
    topic = next((entry for entry in topics if entry.code == code), None) or find_topic(code, notional)
    if topic is None:
        problem = f"There is no topic, line of effort, process stage or activity '{code}'.{_did_you_mean(code, topics)}"
        raise params.BadParametersError({"topic": [problem]})
    return topic


def _did_you_mean(text: str, records: Iterable[Partner | SearchEntry]) -> str:
    """A hint at the record whose code or name is closest to ``text``, for readers who write the name; or nothing."""
    codes = {name.casefold(): record.code for record in records for name in (record.label, record.code)}
    matches = difflib.get_close_matches(text.casefold(), codes, n=1, cutoff=0.6)
    return f" Did you mean '{codes[matches[0]]}'?" if matches else ""
