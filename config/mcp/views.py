"""The address that clients of the Model Context Protocol connect to: by POST, without a session."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from strategy.core import params
from strategy.core.api import StrictParamsMixin
from strategy.core.views import is_same_origin

from .protocol import INVALID_REQUEST, RpcError
from .tools import SERVER


class AlwaysJson(DefaultContentNegotiation):
    """JSON, whatever a client accepts: who looks for a stream by GET is to learn that there is none, by 405."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


@extend_schema(exclude=True)
class McpView(StrictParamsMixin, APIView):
    """One JSON-RPC message to a request, and JSON for an answer: no stream, no session.

    A view of DRF, so that sign-in, permissions and throttles are those of the API. It needs no form token: it changes
    nothing, and lends a browser's session to nobody, since a page of another site is refused by its Origin.
    """

    http_method_names = ["post", "options"]
    content_negotiation_class = AlwaysJson

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
    if not is_same_origin(request):
        return 403, "This page is not of this site: a browser may not ask from elsewhere."
    if request.content_type.partition(";")[0].strip().lower() != "application/json":
        return 415, "The body must be application/json."
    return None
