"""Questions about terms."""

from ..core.querysets import CodedQuerySet


class TermQuerySet(CodedQuerySet):
    def without_definition(self):
        return self.filter(definition="")

    def for_glossary(self):
        """What linking the terms of a page needs, of every edition: terms are few."""
        return self.select_related("strategy").only(
            "code", "term", "abbreviation", "notional", "strategy__code", "strategy__notional"
        )
