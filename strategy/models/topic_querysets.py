"""Querysets of links to subject topics."""

from typing import Any

from ..core.models import PartQuerySet


class TopicLinkQuerySet(PartQuerySet):
    """Links of records to subject topics."""

    def main_first(self):
        """By weight, then by the name of the record: for the page of a topic."""
        parent: Any = self.model._meta.get_field(self.model.parent_field).related_model
        return self.order_by("weight", f"{self.model.parent_field}__{parent.label_field}")
