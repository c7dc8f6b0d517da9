"""How a reader cites a page: who says it, on what basis, that the words are ours, where it stands and when it was read.

The text never credits a strategy with what another source says.
"""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from ..core.models import Basis, CodedModel, display_date
from ..core.views import place_read, sentences
from ..editions import document_of
from ..models import Change, Citation, Source, Strategy
from .attribution import is_attributed

MAX_SOURCES = 3
PARAPHRASE = "Paraphrase by the compilers of this site, not a quotation"


def record_citation(request: HttpRequest, record: CodedModel, citations: Iterable[Citation]) -> str:
    """The citation of a record by the sources in ``citations``."""
    basis = getattr(record, "basis", "")
    return sentences(
        str(record),
        _attribution(record),
        *_says(record, basis, citations),
        PARAPHRASE,
        f"Basis: {Basis(basis).label}" if basis else "",
        f"As changed here on {_last_changed(record)}",
        *place_read(request, record.get_absolute_url()),
    )


def _last_changed(record: CodedModel) -> str:
    """The day (UTC) of the last change of the record and of what belongs to it, as the change log has it."""
    return display_date(Change.objects.last_of_record(record).date().isoformat())


def _attribution(record: CodedModel) -> str:
    """What kind of record, of which document; the strategy is named only where the record may be credited to it."""
    kind = str(record._meta.verbose_name).capitalize()
    document = document_of(record)
    if document is None or record == document or not is_attributed(record, document):
        return kind
    return f"{kind} of {strategy_name(document)}"


def strategy_name(strategy: Strategy) -> str:
    """Whose document, which, and of which edition."""
    return ", ".join(filter(None, (strategy.publisher, strategy.title, strategy.edition_name)))


def _says(record: Any, basis: str, citations: Iterable[Citation]) -> list[str]:
    """Who says it: the sources of the record, or that none does."""
    if isinstance(record, Source):
        return []
    sourced = [citation for citation in citations if citation.source]
    # What only agrees is named where nothing else is.
    sourced = [citation for citation in sourced if not citation.corroborates] or sourced
    sourced.sort(key=lambda citation: citation.basis != basis)
    if not sourced:
        return ["No source says this: inferred by the compilers" if basis == Basis.INFERRED else "No source is cited"]
    names = list(dict.fromkeys(_cited_name(citation) for citation in sourced))
    more = len(names) - MAX_SOURCES
    text = "; ".join(names[:MAX_SOURCES]) + (f"; and {more} more on the page" if more > 0 else "")
    of = getattr(record, "defined_in", "")
    return [f"Definition: {of}" if of else "", f"According to {text}"]


def source_name(source: Source) -> str:
    """A source by its publisher, title and date."""
    title = f"“{source.title}”" if source.title else ""
    date = display_date(source.date) if source.date else "undated"
    return ", ".join(filter(None, (source.publisher, title, date)))


def _cited_name(citation: Any) -> str:
    """A source as a citation names it: with the place in it, and whose text it carries."""
    carried = f"carrying the text of {citation.text_of}" if citation.text_of else ""
    return ", ".join(filter(None, (source_name(citation.source), citation.locator, carried)))
