"""The content version at which a form was shown, in a hidden field that nobody can forge."""

from dataclasses import dataclass

from django.core import signing
from django.db.models import Max
from django.http import HttpRequest

from ...core.admin.strict_admin import BadFormError
from ...models import Change

NAME = "_base"
SALT = "strategy.admin.shown_version"


@dataclass(frozen=True)
class ShownVersion:
    """The version of the newest change that a form shows; ``after`` says which conflict it showed, if any."""

    version: int
    after: str = ""

    @classmethod
    def now(cls, after: str = "") -> "ShownVersion":
        """Read it before what the form shows."""
        return cls(Change.objects.aggregate(newest=Max("version"))["newest"] or 0, after)

    @classmethod
    def of_request(cls, request: HttpRequest) -> "ShownVersion":
        """What was submitted; BadFormError if that is missing or was not signed by this site."""
        try:
            version, after = signing.loads(request.POST.get(NAME, ""), salt=SALT)
        except signing.BadSignature as error:
            message = "The form does not say which state of the content it was opened with"
            raise BadFormError(message) from error
        return cls(version, after)

    def __str__(self) -> str:
        """The value of the hidden field."""
        return signing.dumps((self.version, self.after), salt=SALT)
