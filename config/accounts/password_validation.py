"""Validators of passwords beside Django's own."""

import re

from django.core.exceptions import ValidationError

# A text, and the same again at once or after one sign.
REPEATED = re.compile(r"(.{3,}?)(?:\W?\1)+", re.IGNORECASE | re.DOTALL)
# Looking for repetitions takes longer and longer in a longer text; what is beyond makes no password weaker.
MAX_EXAMINED = 128


class RepetitionValidator:
    """Refuses a password that is long enough only because it repeats itself, such as a word written twice."""

    def __init__(self, min_length: int = 15):
        self.min_length = min_length

    def validate(self, password: str, user: object = None) -> None:
        once = REPEATED.sub(r"\1", password[:MAX_EXAMINED])
        if len(once) < min(self.min_length, len(password)):
            raise ValidationError(
                f"This password repeats itself: it must have {self.min_length} characters without what is repeated.",
                code="password_repeats",
            )

    def get_help_text(self) -> str:
        return f"What your password repeats does not count toward its {self.min_length} characters."
