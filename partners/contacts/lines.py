"""The shape of an answer to "whom do I talk to?": lines that say who, in which role, on what basis."""

from dataclasses import dataclass, field
from enum import StrEnum

from strategy.core.models import CodedModel
from strategy.models import Citation, Conflict, Office

NOBODY = "No one is named"


class AnswerPart(StrEnum):
    """The parts of the answer, in its order. The value is what a file calls the part."""

    TASKED = "tasked office"
    NEAREST = "nearest named office (our reading)"
    COMMAND = "combatant command and its space component"
    COUNTERPART = "counterpart"
    FRAMEWORK = "framework"
    ENGAGEMENT = "engagement"
    WHOLE = "named for the whole strategy"


@dataclass(frozen=True)
class Place:
    """Where citations and conflicts are looked for: a record, one field of it, or one row of that field."""

    record: CodedModel
    field: str = ""
    part: str = ""


@dataclass(frozen=True)
class Change:
    """An office that takes another's place."""

    word: str
    office: Office
    basis: str
    note: str


@dataclass
class Contact:
    """One line of the answer. ``about`` is what the role is held in; without ``who`` nobody is named."""

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
    places: tuple[Place, ...] = ()
    changes: list[Change] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def is_named(self) -> bool:
        """Whether any source names somebody, be it several or by a name that has no record."""
        return self.name != NOBODY

    @property
    def sources(self) -> str:
        """The sources' codes in one text, as a file gives them; our own reading where there is none."""
        codes = [c.source.code if c.source else "our reading" for c in self.citations]
        return "; ".join(dict.fromkeys(codes))

    @property
    def standing_in_full(self) -> str:
        """Whether the office stands, and who comes before or after it."""
        changes = [f"{change.word} {change.office}" for change in self.changes]
        return "; ".join(filter(None, (self.standing, *changes)))
