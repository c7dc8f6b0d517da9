"""The Model Context Protocol: the same answers for a reader's language model, each with its sources."""

from .view import McpView

__all__ = ["McpView"]
