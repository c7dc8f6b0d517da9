"""The tokens that programs read the API with."""

import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from knox.models import AbstractAuthToken, get_digest_token
from knox.settings import CONSTANTS

from strategy.models import Office


def usual_expiry() -> datetime.datetime:
    """The default of ``Token.expiry``."""
    return timezone.now() + datetime.timedelta(days=settings.TOKEN_DAYS)


class Token(AbstractAuthToken):
    """A named right to read the API as a user until a day. Its secret is shown once; only a digest of it is kept.

    Revoking is deleting. Not for editing: no address that writes takes a token.
    """

    # Knox has it as the primary key, which the admin would show in every address.
    digest = models.CharField(max_length=CONSTANTS.DIGEST_LENGTH, unique=True, editable=False)
    token_key = models.CharField(max_length=CONSTANTS.TOKEN_KEY_LENGTH, db_index=True, editable=False)
    name = models.CharField(max_length=100, help_text="What uses it, to know it by when it is to be revoked.")
    expiry = models.DateTimeField("expires", default=usual_expiry)
    # A day, so that reading costs a write once a day at most.
    last_used = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("user__username", "name")
        constraints = (models.UniqueConstraint(fields=("user", "name"), name="token_name_of_user"),)

    def __str__(self) -> str:
        return f"{self.name} of {self.user}"

    @classmethod
    def issue(cls, user: User, name: str, days: int) -> tuple["Token", str]:
        """A new token and its secret; a ``ValidationError`` names what is wrong."""
        token = cls(user=user, name=name, expiry=timezone.now() + datetime.timedelta(days=days))
        secret = token.draw()
        token.full_clean()
        token.save()
        return token, secret

    def draw(self) -> str:
        """Sets a new digest on a token that is not yet saved, and returns its secret."""
        self.digest, secret = get_digest_token()
        self.token_key = secret[: CONSTANTS.TOKEN_KEY_LENGTH]
        return secret

    def clean(self) -> None:
        now, max_days = timezone.now(), settings.TOKEN_MAX_DAYS
        if self.expiry and not now < self.expiry <= now + datetime.timedelta(days=max_days):
            raise ValidationError({"expiry": f"Must lie ahead, at most {max_days} days."})

    def note_use(self) -> None:
        """Sets ``last_used`` to today, at most one write a day."""
        today = timezone.localdate()
        if self.last_used != today:
            type(self).objects.filter(pk=self.pk).update(last_used=today)


class OfficeEditor(models.Model):
    """Binds an account to an office: it may change what belongs to that office and those below it, and nothing else.

    An account without any is not bound; what it may change are its permissions alone.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="offices")
    # An account must not become free of all bounds because its office goes.
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("office__code_order",)
        constraints = (models.UniqueConstraint(fields=("user", "office"), name="unique_office_editor"),)

    def __str__(self) -> str:
        return f"{self.user} for {self.office.code}"
