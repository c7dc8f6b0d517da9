"""What every form of the admin adds to Django's: a reason for the change, and no lost update."""

from .mixin import EditingMixin

__all__ = ["EditingMixin"]
