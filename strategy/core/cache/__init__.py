"""What is kept under the content version, and the version itself."""

from .counts import count_each

__all__ = ["count_each"]
