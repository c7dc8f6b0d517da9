"""The Model Context Protocol: the same answers for a reader's language model, each with its sources."""

from .views import McpView

__all__ = ["McpView"]
