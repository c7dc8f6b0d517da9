"""Abstract bases of models: ``Record``, a coded record with evidence, and ``OfStrategy``, a part of a strategy."""

from typing import ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models

from ..core.models import BasisField, CodedModel


class Record(CodedModel):
    """A coded record that can be cited, disputed and found silent, as a whole or field by field."""

    basis = BasisField(help_text="How well the record as a whole is supported.")
    note = models.TextField(blank=True)
    citations = GenericRelation("strategy.Citation")
    remarks = GenericRelation("strategy.Subject")

    class Meta(CodedModel.Meta):
        abstract = True


class OfStrategy(models.Model):
    """Mixin: the record is part of one strategy."""

    # A document has its own order.
    choice_order: ClassVar[tuple[str, ...]] = ()

    strategy = models.ForeignKey("strategy.Strategy", on_delete=models.CASCADE, related_name="%(class)s_set")

    # A model without options of its own takes those of its first base.
    class Meta(CodedModel.Meta):
        abstract = True
