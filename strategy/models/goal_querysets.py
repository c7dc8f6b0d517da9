"""Questions about terms."""

from ..core.querysets import CodedQuerySet


class TermQuerySet(CodedQuerySet):
    def without_definition(self):
        return self.filter(definition="")
