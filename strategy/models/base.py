"""Abstract bases of models: ``Record``, coded and with evidence; ``OfStrategy``, part of one; ``ReasonedLink``."""

from typing import ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models

from ..core.models import Basis, BasisField, CodedModel, Part


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
    strategy_path: ClassVar[str] = "strategy"

    strategy = models.ForeignKey("strategy.Strategy", on_delete=models.CASCADE, related_name="%(class)s_set")

    # A model without options of its own takes those of its first base.
    class Meta(CodedModel.Meta):
        abstract = True


class ReasonedLink(Part):
    """A record's link to another, with the basis of that link and, where it is inferred, its reason."""

    reason = models.TextField(blank=True, help_text="Why it is linked; needed where basis is inferred.")

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.basis == Basis.INFERRED and not self.reason:
            raise ValidationError({"reason": "The link is inferred: give the reason."}, code="reason")
