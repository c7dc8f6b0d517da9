"""A contact: one line of the answer to "whom do I talk to?" that says who, in which role, on what basis."""

import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

from strategy.core.models import CodedModel
from strategy.models import Citation, Conflict, Office

# The name of a contact where no source names anybody.
NOBODY = "No one is named"


def name_order(name: str) -> str:
    """Sort key of a name as people sort it: by base letters, whatever their case and accents."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


class AnswerPart(StrEnum):
    """Parts of the answer, in its order. The value is the part's name in files and in the API."""

    REMIT = "office by remit (not an assignment)"
    TASKED = "tasked office"
    NEAREST = "nearest named office (inferred)"
    COMMAND = "combatant command and its space component"
    COUNTERPART = "counterpart"
    FRAMEWORK = "framework"
    ENGAGEMENT = "engagement"
    WHOLE = "named for the whole strategy"


@dataclass(frozen=True)
class CitationPlace:
    """What citations are looked up for: a record, one ``field`` of it, or one ``part`` (row) of that field."""

    record: CodedModel
    field: str = ""
    part: str = ""


@dataclass(frozen=True)
class Succession:
    """The office before or after another; ``word`` says which: "successor of" or "to be succeeded by"."""

    word: str
    office: Office
    basis: str
    note: str


@dataclass
class Contact:
    """One line of the answer.

    ``who`` is the record of the office, partner or organization, None where nobody is named, or several, or somebody
    without a record; ``name`` is NOBODY or a name in any case. ``about`` is the record in which the ``role`` is held.
    ``stated`` is the source's own wording, ``standing`` how the office stands, ``dated`` a date in words, ``basis``
    a value of ``Basis``, empty where nobody is named. Citations are read for ``places``.
    """

    part: AnswerPart
    name: str
    who: CodedModel | None = None
    role: str = ""
    about: CodedModel | None = None
    stated: str = ""
    standing: str = ""
    dated: str = ""
    basis: str = ""
    reason: str = ""
    places: tuple[CitationPlace, ...] = ()
    changes: list[Succession] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def is_named(self) -> bool:
        """Whether any source names somebody, be it several or by a name that has no record."""
        return self.name != NOBODY

    @property
    def remit(self) -> str:
        """What the office is for, as far as any source says."""
        return self.who.remit if isinstance(self.who, Office) else ""

    @property
    def distinct_citations(self) -> list[Citation]:
        """The citations, of those of one place in one source the first."""
        return list({(c.source_id or c.code, c.locator): c for c in reversed(self.citations)}.values())[::-1]

    @property
    def sources(self) -> str:
        """The codes of the sources in one text, for files; "inferred" where a citation has no source."""
        codes = [c.source.code if c.source else "inferred" for c in self.citations]
        return "; ".join(dict.fromkeys(codes))

    @property
    def standing_in_full(self) -> str:
        """How the office stands, and which office comes before or after it."""
        changes = [f"{change.word} {change.office}" for change in self.changes]
        return "; ".join(filter(None, (self.standing, *changes)))
