"""Glossary terms in running text: which words of a page link to which entry, and which records use a term."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from ..core.cache import VersionedCache
from ..core.models import CodedModel
from ..core.text import TermMatcher, TermName
from ..editions import document_of, is_superseded
from ..models import SearchEntry, Term

# The most records that are searched for uses of a term.
MAX_ENTRIES = 5000


@dataclass(frozen=True)
class Gloss:
    """A term as a page links it: its code and the address of its entry."""

    code: str
    url: str


def entry_url(term: Term) -> str:
    """The address of a term's entry in the glossary; training terms stand in a glossary of their own."""
    return f"{reverse('glossary')}{'?notional=only' if term.notional else ''}#{term.code}"


def names(terms: Iterable[Term]) -> Iterator[TermName[Gloss]]:
    """Every way each term is written, each spelling once: the first term that has it keeps it."""
    seen: set[str] = set()
    for term in terms:
        gloss = Gloss(term.code, entry_url(term))
        for name in (TermName(term.term, gloss), TermName(term.abbreviation, gloss, exact=True)):
            spelling = name.text if name.exact else name.text.lower()
            if spelling and spelling not in seen:
                seen.add(spelling)
                yield name


class Vocabulary:
    """All terms, and for each document the matcher that finds its terms in a text.

    The text of a document is read with its own terms; that of an office or a partner, which belong to none, with
    those of the current editions. Training terms explain training content only.
    """

    def __init__(self, terms: Iterable[Term]):
        self.terms = list(terms)
        self._matchers: dict[tuple[str, bool], TermMatcher[Gloss]] = {}

    def matcher_for(self, record: CodedModel | None) -> TermMatcher[Gloss]:
        """The matcher for the text of a record; without one, for text that belongs to no document."""
        document = document_of(record) if record else None
        key = (document.code if document else "", bool(record and record.notional))
        if key not in self._matchers:
            self._matchers[key] = TermMatcher(names(term for term in self.terms if self._explains(term, *key)))
        return self._matchers[key]

    @staticmethod
    def _explains(term: Term, document: str, notional: bool) -> bool:
        if document:
            return term.strategy.code == document
        return term.notional == notional and not is_superseded(term.strategy)


vocabulary: VersionedCache[Vocabulary] = VersionedCache(lambda: Vocabulary(Term.objects.for_glossary()))


class Linker:
    """Links the terms of one page, each at its first use in a section and never to the page it is on."""

    def __init__(self) -> None:
        self._seen: dict[str, set[str]] = defaultdict(set)

    @classmethod
    def of(cls, request: HttpRequest | None) -> "Linker":
        """The linker of this request, which all templates of the page share."""
        return vars(request).setdefault("glossary_linker", cls()) if request else cls()

    def pieces(
        self, text: str, record: CodedModel | None = None, section: str = ""
    ) -> Iterator[tuple[str, Gloss | None]]:
        """The text in order: what stays as it is with None, each term that is to be linked with its gloss."""
        seen, done = self._seen[section], 0
        own = {record.code} if isinstance(record, Term) else set()
        for place in vocabulary().matcher_for(record).positions(text):
            if place.of.code in seen | own:
                continue
            seen.add(place.of.code)
            yield text[done : place.start], None
            yield text[place.start : place.end], place.of
            done = place.end
        yield text[done:], None


def entries_using(terms: Iterable[Term], notional: str) -> dict[str, list[SearchEntry]]:
    """The records whose own words use each term, by the term's code."""
    editions: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        editions[term.strategy.code].append(term)
    matchers = [TermMatcher(names(own)) for own in editions.values()]
    # Evidence speaks about the content; a term is used by the content itself.
    entries = SearchEntry.objects.visible(notional).filter(precedence=0).defer("aliases")
    using: dict[str, list[SearchEntry]] = defaultdict(list)
    for entry in entries.order_by("kind", "code")[:MAX_ENTRIES]:
        text = f"{entry.title}\n{entry.body}"
        for code in {place.of.code for matcher in matchers for place in matcher.positions(text)} - {entry.code}:
            using[code].append(entry)
    return using
