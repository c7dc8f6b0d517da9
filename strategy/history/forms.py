"""The form in which a reason is asked for."""

from typing import Any

from django import forms

from .models import MAX_REASON, validate_reason


class ReasonField(forms.CharField):
    """Why something is changed, in a few sentences; line breaks count as one character."""

    widget = forms.Textarea(attrs={"rows": 3})
    default_validators = [validate_reason]

    def __init__(self, **kwargs: Any):
        texts = {"label": "Reason", "help_text": f"Readers see it in the history. At most {MAX_REASON:,} characters."}
        super().__init__(**{"required": False, **texts, **kwargs})

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class ConfirmForm(forms.Form):
    """The confirmation of an undo or a restore: why, and the newest version that was shown."""

    reason = ReasonField()
    shown = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
