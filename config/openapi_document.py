"""The OpenAPI document, made once per content version: its examples are taken from the content."""

from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView
from rest_framework.renderers import BaseRenderer

from strategy.core.cache import VersionedCache


def generate() -> dict[str, Any]:
    """The document as a dictionary; takes about two seconds."""
    return SchemaGenerator().get_schema(request=None, public=True)


openapi_document: VersionedCache[dict[str, Any]] = VersionedCache(generate)
_rendered: VersionedCache[dict[str, Any]] = VersionedCache(dict)


class RenderOnceMixin(BaseRenderer):
    """Mixin for a renderer of the document: writes it once per content version and media type."""

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> Any:
        # A media type with parameters may ask for another indent.
        if accepted_media_type != self.media_type:
            return super().render(data, accepted_media_type, renderer_context)
        rendered = _rendered()
        if self.media_type not in rendered:
            rendered[self.media_type] = super().render(data, accepted_media_type, renderer_context)
        return rendered[self.media_type]


RENDERER_CLASSES: list[Any] = [
    type(f"Once{renderer.__name__}", (RenderOnceMixin, renderer), {})
    for renderer in SpectacularAPIView.renderer_classes
]
