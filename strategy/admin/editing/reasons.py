"""The reason of a change, asked once in every form of the admin."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from ...core.admin.strict_admin import BadFormError
from ...history.models import MAX_REASON, validate_reason
from ...models import ChangeSet
from .shown_version import ShownVersion

NAME = "_reason"
MAX_SUGGESTIONS, LOOKED_THROUGH = 5, 50
# What a save over another's change adds.
AFTER = re.compile(r" ?\(after [^()]*\)$")


def submitted_reason(request: HttpRequest) -> str:
    """What was typed; BadFormError if it cannot be kept."""
    reason = request.POST.get(NAME, "").strip()
    try:
        validate_reason(reason)
    except ValidationError as error:
        raise BadFormError(f"Reason for this change: {error.message}".rstrip(".")) from error
    return reason


def recorded_reason(reason: str, shown: ShownVersion | None) -> str:
    """The reason of the change set: what was typed, and over whose change it was saved."""
    if shown is None or not shown.after:
        return reason
    after = f" ({shown.after})"
    return f"{reason[: MAX_REASON - len(after)]}{after}".strip()


def last_reasons(user: Any) -> list[str]:
    """The reasons that the user gave last, each once."""
    texts = ChangeSet.objects.filter(actor=user).exclude(reason="").values_list("reason", flat=True)[:LOOKED_THROUGH]
    reasons = dict.fromkeys(AFTER.sub("", text) for text in texts)
    return [text for text in reasons if text][:MAX_SUGGESTIONS]
