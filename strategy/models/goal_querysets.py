"""Questions about terms."""

from django.db.models import F, TextField, Value
from django.db.models.functions import Lower

from ..core.querysets import CodedQuerySet


class TermQuerySet(CodedQuerySet):
    def without_definition(self):
        return self.filter(definition="")

    def occurring_in(self, strategy, text: str):
        """The strategy's terms that ``text`` uses, in full and not by their abbreviation."""
        words = self.filter(strategy=strategy).annotate(words=Value(text.lower(), output_field=TextField()))
        return words.filter(words__contains=Lower(F("term")))
