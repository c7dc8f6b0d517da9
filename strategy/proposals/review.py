"""What becomes of a proposal: it is stored with its preview, accepted or discarded."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from ..core.models import display_date
from ..history.changesets import actor_name, changeset
from ..history.models import ChangeSet
from .dry_run import Preview, dry_run, run
from .models import Proposal
from .operations import Operation, OperationRefusedError, get_operation


class AlreadyDecidedError(OperationRefusedError):
    """Raised for a proposal that was accepted or discarded before."""


class PreviewChangedError(OperationRefusedError):
    """Raised where accepting would change something else than the preview said; the new preview is stored."""


def propose(operation: Operation, actor: Any, reason: str = "") -> Proposal:
    """Stores an operation with its preview; OperationRefusedError if it cannot be done or would change nothing."""
    preview, base = dry_run(operation, actor)
    if not preview.words:
        raise OperationRefusedError("Nothing would change: all of it is so already.")
    return Proposal.objects.create(
        operation=operation.name,
        parameters=operation.parameters,
        title=operation.title(),
        reason=reason,
        preview=preview.as_json(),
        base_version=base,
        actor=actor,
        actor_name=actor_name(actor),
    )


def accept(proposal: Proposal, actor: Any) -> None:
    """Carries out what was proposed, as one change set, if it still changes exactly what the preview says.

    Raises PreviewChangedError, with the preview of now stored; AlreadyDecidedError; OperationRefusedError, where it
    cannot be done any more; PermissionDenied, where the actor may not make one of the changes. Nothing is changed then.
    """
    operation = get_operation(proposal.operation, proposal.parameters)
    changed: tuple[Preview, int] | None = None
    try:
        with changeset(actor, proposal.reason or proposal.title, operation.kind) as current:
            locked = _open(proposal)
            preview = run(operation, current)
            if not actor.has_perms(preview.permissions()):
                raise PermissionDenied("You may not make all the changes of this proposal.")
            if preview.words != Preview.from_json(locked.preview).words:
                changed = preview, current.base
                raise PreviewChangedError(
                    "The content was changed since this preview was made, so nothing was applied. "
                    "Below is what it would be now: look at it, and accept it if you agree."
                )
            _decide(locked, Proposal.Status.ACCEPTED, actor, change_set_id=current.version)
    except PreviewChangedError:
        if changed:
            Proposal.objects.filter(pk=proposal.pk, status=Proposal.Status.OPEN).update(
                preview=changed[0].as_json(), base_version=changed[1]
            )
        raise


def preview_again(proposal: Proposal, actor: Any) -> None:
    """Stores the preview of now in place of the one there is; raises AlreadyDecidedError or OperationRefusedError."""
    _open(proposal)
    preview, base = dry_run(get_operation(proposal.operation, proposal.parameters), actor)
    Proposal.objects.filter(pk=proposal.pk, status=Proposal.Status.OPEN).update(
        preview=preview.as_json(), base_version=base
    )


def discard(proposal: Proposal, actor: Any) -> None:
    """Closes a proposal without any change; AlreadyDecidedError if it is closed."""
    # The lock of those who write: nobody accepts it at the same time.
    with changeset(actor, "", ChangeSet.Kind.EDIT):
        _decide(_open(proposal), Proposal.Status.DISCARDED, actor)


def _open(proposal: Proposal) -> Proposal:
    current = Proposal.objects.get(pk=proposal.pk)
    if current.decided:
        day = display_date(current.decided.date().isoformat())
        raise AlreadyDecidedError(
            f"{current.decided_by_name} {current.get_status_display().lower()} this proposal on {day}. "
            "Nothing was changed now."
        )
    return current


def _decide(proposal: Proposal, status: str, actor: Any, **values: Any) -> None:
    Proposal.objects.filter(pk=proposal.pk).update(
        status=status, decided=timezone.now(), decided_by_name=actor_name(actor), **values
    )
