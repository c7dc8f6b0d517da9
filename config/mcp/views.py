"""The address that clients of the Model Context Protocol connect to: by POST, without a session."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from strategy.core import params
from strategy.core.api import StrictParamsMixin

from .protocol import INVALID_REQUEST, RpcError
from .tools import SERVER


@extend_schema(exclude=True)
class McpView(StrictParamsMixin, APIView):
    """One JSON-RPC message to a request, and JSON for an answer: no stream, no session.

    A view of DRF, so that sign-in, permissions and throttles are those of the API. It needs no form token: it changes
    nothing, and lends a browser's session to nobody, since a page of another site is refused by its Origin.
    """

    http_method_names = ["post", "options"]

    def post(self, request: Request) -> Response:
        params.check_params(request.query_params, (), blank=False)
        refusal = _refusal(request)
        if refusal:
            status, message = refusal
            error = RpcError(INVALID_REQUEST, message)
            return Response({"jsonrpc": "2.0", "id": None, "error": error.body}, status)
        http: Any = request._request
        status, body = SERVER.reply(http.body, request.headers, http)
        return Response(body, status)


def _refusal(request: Request) -> tuple[int, str] | None:
    """Status and reason for what is not read at all."""
    own = f"{request.scheme}://{request.get_host()}"
    # Compared as text: it may be anything, and what is not this site's own is of elsewhere.
    if request.headers.get("Origin", own).lower() != own.lower():
        return 403, "This page is not of this site: a browser may not ask from elsewhere."
    if request.content_type.partition(";")[0].strip().lower() != "application/json":
        return 415, "The body must be application/json."
    return None
