"""Authentication of the API by token. Imports no view: settings name these classes before views are made."""

from typing import Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication as KnoxAuthentication
from knox.crypto import hash_token
from rest_framework.exceptions import AuthenticationFailed

from .models import Token


class TokenAuthentication(KnoxAuthentication):
    """``Authorization: Token ...``, looked up once a request.

    Any other scheme is refused: who gives credentials must not take an answer to anybody for one to himself.
    """

    def authenticate(self, request: Any) -> Any:
        http_request = getattr(request, "_request", request)
        if not hasattr(http_request, "_reader"):
            result = super().authenticate(http_request)
            if result is None and "Authorization" in http_request.headers:
                raise AuthenticationFailed("The header is to be written so: 'Authorization: Token' and the token.")
            http_request._reader = result
        return http_request._reader

    def authenticate_credentials(self, token: bytes) -> Any:
        """One query. Knox asks for every token of the user and deletes what has expired, which a reader must not."""
        digest = hash_token(token.decode("latin-1"))
        record = Token.objects.select_related("user").filter(digest=digest).first()
        if record is None:
            raise AuthenticationFailed("There is no such token: it is mistyped, or was revoked.")
        if record.expiry <= timezone.now():
            raise AuthenticationFailed(f"The token expired on {record.expiry:%Y-%m-%d}.")
        reader = self.validate_user(record)
        record.note_use()
        return reader


class TokenScheme(OpenApiAuthenticationExtension):
    """The header in the schema."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "The word `Token`, a space, and the token. Never in an address.",
        }
