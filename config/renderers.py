"""How the API writes its answers. DRF reads the settings, and so this module, before it has views of its own."""

from typing import Any

import orjson
from rest_framework.renderers import JSONRenderer


class OrjsonRenderer(JSONRenderer):
    """JSON as DRF writes it, several times faster: times end in Z, and text is not escaped to ASCII."""

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> bytes:
        return orjson.dumps(data, default=str, option=orjson.OPT_UTC_Z) if data is not None else b""
