"""The terms of running text: which word of a page leads to which entry of the glossary, and where each is used."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from ..core.cache.versioned_cache import VersionedCache
from ..core.models import CodedModel
from ..core.text import TermMatcher, TermName
from ..editions import document_of, superseded
from ..models import SearchEntry, Term

# Evidence speaks about the content; a term is used by the content itself.
EVIDENCE = ("strategy.source", "strategy.citation", "strategy.conflict", "strategy.silence", "strategy.observation")
# The most records that are read for the places a term is used at.
MOST_READ = 5000


@dataclass(frozen=True)
class Gloss:
    """What a page needs of a term to link it."""

    code: str
    url: str


def entry_url(term: Term) -> str:
    """The entry of a term in the glossary; training terms stand in a glossary of their own."""
    return f"{reverse('glossary')}{'?notional=only' if term.notional else ''}#{term.code}"


def names(terms: Iterable[Term]) -> Iterator[TermName[Gloss]]:
    """Every way each term is written, each spelling once: the first term that has it keeps it."""
    taken: set[str] = set()
    for term in terms:
        gloss = Gloss(term.code, entry_url(term))
        for name in (TermName(term.term, gloss), TermName(term.abbreviation, gloss, exact=True)):
            spelling = name.text if name.exact else name.text.lower()
            if spelling and spelling not in taken:
                taken.add(spelling)
                yield name


class Vocabulary:
    """All terms, sorted by whose text they explain.

    The text of a document is read with its own terms; that of an office or a partner, which belong to none, with
    those of the current editions. Training terms explain training content only.
    """

    def __init__(self, terms: Iterable[Term]):
        self.terms = list(terms)
        self._made: dict[tuple[str, bool], TermMatcher[Gloss]] = {}

    def of(self, record: CodedModel | None) -> TermMatcher[Gloss]:
        document = document_of(record) if record else None
        key = (document.code if document else "", bool(record and record.notional))
        if key not in self._made:
            self._made[key] = TermMatcher(names(term for term in self.terms if self._explains(term, *key)))
        return self._made[key]

    @staticmethod
    def _explains(term: Term, document: str, notional: bool) -> bool:
        if document:
            return term.strategy.code == document
        return term.notional == notional and not superseded(term.strategy)


vocabulary: VersionedCache[Vocabulary] = VersionedCache(lambda: Vocabulary(Term.objects.for_glossary()))


class Linker:
    """Links the terms of one page, each at its first use in a section and never to the page it is on."""

    def __init__(self) -> None:
        self._seen: dict[str, set[str]] = defaultdict(set)

    @classmethod
    def of(cls, request: HttpRequest | None) -> "Linker":
        """The one of this request, which all templates of the page share."""
        return vars(request).setdefault("glossary_linker", cls()) if request else cls()

    def pieces(
        self, text: str, record: CodedModel | None = None, section: str = ""
    ) -> Iterator[tuple[str, Gloss | None]]:
        """The text in order: what stays as it is with None, each term that is to be linked with its gloss."""
        seen, done = self._seen[section], 0
        own = {record.code} if isinstance(record, Term) else set()
        for place in vocabulary().of(record).places(text):
            if place.of.code in seen | own:
                continue
            seen.add(place.of.code)
            yield text[done : place.start], None
            yield text[place.start : place.end], place.of
            done = place.end
        yield text[done:], None


def uses(terms: Iterable[Term], notional: str) -> dict[str, list[SearchEntry]]:
    """The records whose own words use each term, by the term's code."""
    editions: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        editions[term.strategy.code].append(term)
    glosses = [TermMatcher(names(own)) for own in editions.values()]
    entries = SearchEntry.objects.visible(notional).filter(is_link=False).exclude(kind__in=EVIDENCE).defer("aliases")
    found: dict[str, list[SearchEntry]] = defaultdict(list)
    for entry in entries.order_by("kind", "code")[:MOST_READ]:
        text = f"{entry.title}\n{entry.body}"
        for code in {place.of.code for known in glosses for place in known.places(text)} - {entry.code}:
            found[code].append(entry)
    return found
