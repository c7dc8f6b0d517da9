"""Operations: changes of many records at once, said by a few parameters, that can be run again at any time."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from ..fixtures_io.values import messages


class OperationRefusedError(Exception):
    """Raised where an operation cannot be carried out; its text is a sentence for whoever asked for it."""


class Operation(ABC):
    """Base of operations: a dataclass whose fields are plain JSON, codes of records rather than records.

    It is run once for its preview and is rolled back, and run again when it is accepted, on the content of that day.
    """

    name: ClassVar[str]
    # A value of ``ChangeSet.Kind``.
    kind: ClassVar[str]
    # What the list of proposals calls it, and the route of the page that proposes one; empty where none does.
    label: ClassVar[str]
    form_route: ClassVar[str] = ""

    @abstractmethod
    def title(self) -> str:
        """What is to be done, as a heading."""

    @abstractmethod
    def run(self) -> list[str]:
        """Writes the change, inside a change set; sentences about what deserves attention.

        Raises OperationRefusedError where it cannot be done.
        """

    @property
    def parameters(self) -> dict[str, Any]:
        """The fields, as they are stored."""
        return asdict(self)  # type: ignore[call-overload]  # every operation is a dataclass


_operations: dict[str, type[Operation]] = {}
Kind = TypeVar("Kind", bound=type[Operation])


def register_operation(operation: Kind) -> Kind:
    """Class decorator: makes an operation known by its name. Raises ValueError if another has it."""
    if _operations.setdefault(operation.name, operation) is not operation:
        raise ValueError(f"There is an operation '{operation.name}' already.")
    return operation


def operations_with_form() -> list[type[Operation]]:
    """The operations that have a page on which they are proposed, by label."""
    return sorted((kind for kind in _operations.values() if kind.form_route), key=lambda kind: kind.label)


def get_operation(name: str, parameters: Mapping[str, Any]) -> Operation:
    """The operation as it was stored; OperationRefusedError if this release has it no more."""
    try:
        return _operations[name](**parameters)
    except (KeyError, TypeError):
        raise OperationRefusedError("This release cannot carry out this kind of proposal: discard it.") from None


def save(row: models.Model) -> None:
    """Saves a row that passes all rules of its model; OperationRefusedError names the row and each rule it breaks."""
    try:
        row.full_clean()
    except ValidationError as error:
        owner: Any = getattr(row, "parent", row)
        problems = "; ".join(
            f"{field.replace('_', ' ')}: {message}" if field else message for field, message in messages(error)
        )
        raise OperationRefusedError(f"{owner.code or owner._meta.verbose_name.capitalize()}: {problems}") from error
    row.save()
