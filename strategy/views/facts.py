"""The facts of a record's page: its own fields, each with its value, its basis and the evidence for it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ..core.models import CodedModel
from ..core.views import field_cell
from ..core.views.tables import Cell
from ..evidence import Evidence, FieldEvidence

# Shown in the head of the page or beside the field they belong to, not as facts of their own.
SHOWN_ELSEWHERE = ("id", "code", "notional", "basis", "note", "content_type", "object_id")
COMPANION_SUFFIXES = ("_basis", "_reason", "_confidence")
# Being none of these goes without saying.
SHOWN_IF_TRUE = ("collective", "before_publication", "corroborates", "principal")


@dataclass(frozen=True)
class Fact:
    """One field of a record as its page shows it."""

    label: str
    cell: Cell
    basis: str
    reason: str
    evidence: FieldEvidence


def facts(record: CodedModel, evidence: Evidence, *, without: Collection[str] = ()) -> Iterator[Fact]:
    """The record's own fields, but ``without``, that have a value or of which it is known that nothing is said."""
    for field in record._meta.concrete_fields:
        name = field.name
        if name in without or name in SHOWN_ELSEWHERE or not field.editable or name.endswith(COMPANION_SUFFIXES):
            continue
        known = evidence.of(name)
        cell = field_cell(record, name)
        if name == record.label_field and not known:
            continue
        if (cell.kind == "empty" or (name in SHOWN_IF_TRUE and not getattr(record, name))) and not known:
            continue
        basis, reason = basis_of(record, name) if cell.kind != "empty" else ("", "")
        label = str(field.verbose_name)
        yield Fact(label[:1].upper() + label[1:], cell, basis, reason, known)


def basis_of(record: CodedModel, name: str) -> tuple[str, str]:
    """Basis and reason of one field, where the model keeps them: ``<field>_basis`` or ``<first word>_basis``."""
    for stem in (name, name.partition("_")[0]):
        if hasattr(record, f"{stem}_basis"):
            return getattr(record, f"{stem}_basis"), getattr(record, f"{stem}_reason", "")
    return "", ""
