"""How the API writes its answers. Imports no view: settings name these classes before views are made."""

from typing import Any

import orjson
from rest_framework.renderers import JSONRenderer


class AnswerRenderer(JSONRenderer):
    """JSON as DRF writes it, several times faster: times end in Z, and text is not escaped to ASCII."""

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> bytes:
        return orjson.dumps(data, default=str, option=orjson.OPT_UTC_Z) if data is not None else b""
