"""Previews: an operation is run in a change set, what it changed is read, and all of it is rolled back."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.apps import apps

from ..core.models import CodedModel, Notional
from ..findings import all_findings
from ..history.changesets import changeset
from ..history.differences import Difference, differences, net_differences
from ..history.models import Change, ChangeSet
from ..history.wording import describe
from .operations import Operation


@dataclass(frozen=True)
class FindingRow:
    """A record that a rule of the findings names."""

    finding: str
    title: str
    code: str
    label: str
    address: str


@dataclass(frozen=True)
class Preview:
    """What an operation changes: images of changed rows before and after, findings new and settled, remarks."""

    rows: list[dict[str, Any]]
    new_findings: list[FindingRow] = field(default_factory=list)
    settled_findings: list[FindingRow] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    # The same as ``rows``, in words that name no row's id: two previews are alike if these are.
    words: list[Any] = field(default_factory=list)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Preview":
        findings = {name: [FindingRow(**row) for row in stored[name]] for name in ("new_findings", "settled_findings")}
        return cls(**stored | findings)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def differences(self) -> list[Difference]:
        """The changed rows as the change log would have them."""
        return [
            Difference(
                Change(version=0, table=model._meta.db_table, row=row["row"]), model, row["before"], row["after"]
            )
            for row in self.rows
            for model in [apps.get_model(row["model"])]
        ]

    def permissions(self) -> set[str]:
        """The rights that whoever accepts it needs, by Django's names."""
        actions = {"insert": "add", "update": "change", "delete": "delete"}
        needed = set()
        for difference in self.differences():
            model, action = difference.model, actions[difference.operation]
            if model._meta.auto_created:
                model, action = model._meta.auto_created, "change"
            needed.add(f"{model._meta.app_label}.{action}_{model._meta.model_name}")
        return needed


class _RolledBackError(Exception):
    """Ends the transaction of a dry run."""


def dry_run(operation: Operation, actor: Any) -> tuple[Preview, int]:
    """What an operation would change now, and the content version of now; nothing of it stays.

    Raises OperationRefusedError. Others who write wait meanwhile.
    """
    preview, base = Preview([]), 0
    try:
        with changeset(actor, "", operation.kind) as current:
            base, preview = current.base, run(operation, current)
            raise _RolledBackError
    except _RolledBackError:
        return preview, base


def run(operation: Operation, current: ChangeSet) -> Preview:
    """Carries out an operation in the change set ``current``, and says what it has changed."""
    before = finding_rows()
    remarks = operation.run()
    after = finding_rows()
    changed = net_differences(differences(current.changes.with_next()))
    return Preview(
        rows=[_as_stored(difference) for difference in changed],
        new_findings=_ordered(after - before),
        settled_findings=_ordered(before - after),
        remarks=remarks,
        words=_words(changed),
    )


def finding_rows() -> set[FindingRow]:
    """Every record that a rule of the findings names now."""
    return {
        FindingRow(finding.id, finding.title, record.code, record.label, record.get_absolute_url())
        for finding in all_findings()
        for record in finding.rows(Notional.INCLUDE)
    }


def _ordered(rows: Iterable[FindingRow]) -> list[FindingRow]:
    return sorted(rows, key=lambda row: (row.title, row.code))


def _as_stored(difference: Difference) -> dict[str, Any]:
    return {
        "model": difference.model._meta.label,
        "row": difference.change.row,
        "before": difference.before,
        "after": difference.after,
    }


def _words(changed: list[Difference]) -> list[Any]:
    """The changes in words; records that are new bear numbers, since the codes given to them differ each time."""
    new = [
        difference.image["code"]
        for difference in changed
        if difference.before is None and issubclass(difference.model, CodedModel)
    ]
    names = {code: f"new {number}" for number, code in enumerate(new, 1)}
    rows = [asdict(change) | {"version": 0} for change in describe(changed)]
    return [_renamed(row, names) for row in rows]


def _renamed(value: Any, names: dict[str, str]) -> Any:
    """A value of JSON with every code in its texts replaced."""
    if isinstance(value, dict):
        return {key: _renamed(inner, names) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_renamed(inner, names) for inner in value]
    if isinstance(value, str):
        for code, name in names.items():
            value = value.replace(code, name)
    return value
