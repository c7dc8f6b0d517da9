"""Media types that name the formats of files: ``Accept: text/csv`` is the same as ``format=csv``."""

from typing import Any

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.settings import api_settings

from ..exports import FORMATS

JSON: Any = api_settings.DEFAULT_RENDERER_CLASSES[0]


class FileRenderer(JSON):
    """Stands for a file that a view streams by itself; what is refused instead is JSON."""


FILE_RENDERERS: list[type[FileRenderer]] = [
    type(f"{name.title()}Renderer", (FileRenderer,), {"media_type": media.partition(";")[0], "format": name})
    for name, media in FORMATS.items()
    if name != "json"
]


class FormatNegotiation(DefaultContentNegotiation):
    """``format`` says more than ``Accept``."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        if "format" in request.query_params:
            return renderers[0], renderers[0].media_type
        return super().select_renderer(request, renderers, format_suffix)


class FilesMixin:
    """Mixin of views that give files: of the actions in ``file_actions``."""

    content_negotiation_class = FormatNegotiation
    file_actions: tuple[str, ...] = ("list",)

    def get_renderers(self) -> list[Any]:
        view: Any = self
        renderers: list[Any] = super().get_renderers()
        # The schema describes the files by themselves.
        if view.action in self.file_actions and not getattr(view, "swagger_fake_view", False):
            renderers += [renderer() for renderer in FILE_RENDERERS]
        return renderers

    def handle_exception(self, exc: Exception) -> Any:
        request: Any = getattr(self, "request", None)
        if isinstance(getattr(request, "accepted_renderer", None), FileRenderer):
            request.accepted_renderer, request.accepted_media_type = JSON(), JSON.media_type
        return super().handle_exception(exc)


def accepted_format(request: Request) -> str:
    """The format of a file that ``Accept`` prefers; empty for an answer in JSON."""
    renderer: Any = getattr(request, "accepted_renderer", None)
    return str(renderer.format) if isinstance(renderer, FileRenderer) else ""
