"""Querysets of terms."""

from django.db.models import F, TextField, Value
from django.db.models.functions import Lower

from ..core.models import CodedQuerySet


class TermQuerySet(CodedQuerySet):
    """Terms."""

    def without_definition(self):
        return self.filter(definition="")

    def occurring_in(self, strategy, text: str):
        """The strategy's terms that ``text`` uses, in full and not by their abbreviation."""
        words = self.filter(strategy=strategy).annotate(words=Value(text.lower(), output_field=TextField()))
        return words.filter(words__contains=Lower(F("term")))

    def for_glossary(self):
        """Only the fields that links to terms in a text need, with the strategy."""
        return self.select_related("strategy").only(
            "code", "term", "abbreviation", "notional", "strategy__code", "strategy__notional"
        )
