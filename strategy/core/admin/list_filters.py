"""List filters of the admin."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Q

from ..filters import requested_notional
from ..models import Notional
from .forms import is_id


class NotionalFilter(admin.SimpleListFilter):
    """Filter by training content; sourced content only if no value is set."""

    title = "training content"
    parameter_name = "notional"

    def lookups(self, request: Any, model_admin: Any) -> Any:
        return Notional.choices

    def value(self) -> str:
        return super().value() or Notional.EXCLUDE

    def queryset(self, request: Any, queryset: Any) -> Any:
        if self.value() not in Notional.values:
            raise IncorrectLookupParameters(f"'{self.value()}' is not one of {', '.join(Notional.values)}")
        return queryset.visible(self.value())

    def choices(self, changelist: Any) -> Any:
        """Without Django's choice "All": ``Notional.INCLUDE`` is that."""
        return list(super().choices(changelist))[1:]


class QuestionFilter(admin.SimpleListFilter):
    """Rows selected by a method of the model's queryset.

    ``questions`` maps the values of the parameter, which are names of methods, to their labels; ``methods`` maps a
    value to the method's name where that is another.
    """

    questions: ClassVar[dict[str, str]]
    methods: ClassVar[dict[str, str]] = {}

    def lookups(self, request: Any, model_admin: Any) -> Any:
        return list(self.questions.items())

    def queryset(self, request: Any, queryset: Any) -> Any:
        value = self.value()
        if value is None:
            return queryset
        if value not in self.questions:
            raise IncorrectLookupParameters(f"'{value}' is not one of {', '.join(self.questions)}")
        return getattr(queryset, self.methods.get(value, value))()


class PresentFilter(admin.RelatedFieldListFilter):
    """Filter by a relation, with only those records as choices that visible rows of the list point at.

    The selected record stays among them even if another filter has left no row that points at it.
    """

    def has_output(self) -> bool:
        """True with a single choice as well: Django ignores the parameter of a filter without output."""
        return True

    def field_choices(self, field: Any, request: Any, model_admin: Any) -> list:
        rows = model_admin.get_queryset(request).visible(requested_notional(request))
        present = Q(pk__in=rows.order_by().values(f"{self.field_path}__pk"))
        selected = request.GET.get(f"{self.field_path}__id__exact", "")
        return field.get_choices(
            include_blank=False,
            limit_choices_to=present | Q(pk=selected) if is_id(selected) else present,
            ordering=self.field_admin_ordering(field, request, model_admin),
        )
