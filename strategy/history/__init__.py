"""The change log, change sets and the write lock: who changed which row of the content, and what it was before."""

from .changesets import ChangeRefusedError, changeset, current_changeset, register_check

__all__ = ["ChangeRefusedError", "changeset", "current_changeset", "register_check"]
