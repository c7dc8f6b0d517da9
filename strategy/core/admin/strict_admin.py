"""Mixin of admins that refuse what they do not understand, with a sentence and 400, before anything is built of it."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.db.models import Field
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse

from .changelist import StrictChangeList, check_values
from .forms import RecordChoiceField, RecordMultipleChoiceField, is_id

# Rows in an inline; more than that are edited in their own change list.
MAX_ROWS = 150
# Rows that one inline may submit: those it was shown with, and new ones.
MAX_SUBMITTED_ROWS = MAX_ROWS + 50


class BadAdminRequestError(ValueError):
    """The address of a list or the contents of a form cannot be understood; the message says why, without a stop."""

    def __init__(self, message: str, title: str, advice: str):
        super().__init__(message)
        self.title, self.advice = title, advice


class BadLookupError(BadAdminRequestError):
    """The address of a change list has a parameter or value that the list does not have."""

    def __init__(self, message: str):
        advice = "Nothing is shown, so that a wrong address is not taken for an answer."
        super().__init__(message, "This list was asked for what it does not have", advice)


class BadFormError(BadAdminRequestError):
    """A submitted form does not say how many rows its tables have, or says what cannot be."""

    def __init__(self, message: str):
        super().__init__(message, "This form cannot be read", "Nothing was saved. Open the form again to edit.")


def check_rows(data: QueryDict, prefix: str) -> None:
    """Refuses the counts of an inline's rows that no form of the admin sends: BadFormError.

    Django would build a form for each row that is promised, whether or not anything was submitted for it.
    """
    total, initial = (data.get(f"{prefix}-{name}", "") for name in (TOTAL_FORM_COUNT, INITIAL_FORM_COUNT))
    if not (is_id(total) and is_id(initial) and int(initial) <= int(total)):
        raise BadFormError(f"The table '{prefix}' does not say how many rows it has, or not in numbers that can be")
    if int(total) > MAX_SUBMITTED_ROWS:
        raise BadFormError(f"The table '{prefix}' has {total} rows; at most {MAX_SUBMITTED_ROWS} are saved at once")
    submitted = {name.removeprefix(f"{prefix}-").partition("-")[0] for name in data if name.startswith(f"{prefix}-")}
    if missing := [number for number in range(int(total)) if str(number) not in submitted]:
        raise BadFormError(f"The table '{prefix}' has no values for its row {missing[0] + 1} of {total}")


class StrictAdminMixin:
    """Mixin of model admins: lists, selections, choices and forms that cannot be understood are refused."""

    admin_site: Any
    opts: Any

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return StrictChangeList

    def formfield_for_foreignkey(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_foreignkey(db_field, request, **{"form_class": RecordChoiceField} | kwargs)

    def formfield_for_manytomany(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs = {"form_class": RecordMultipleChoiceField} | kwargs
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        try:
            check_values(request.GET, self._selected_ids(request))
            changelist: Any = super().get_changelist_instance(request)
            changelist.check_params(request)
            return changelist
        except IncorrectLookupParameters as error:
            # Of a page that does not exist Django says nothing.
            raise BadLookupError(str(error) or f"There is no page '{request.GET.get(PAGE_VAR, '')}'") from error

    def _selected_ids(self, request: HttpRequest) -> Iterable[str]:
        return request.POST.getlist(ACTION_CHECKBOX_NAME)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        # Django checks the parameter that names the field unless it is empty.
        return super().get_object(request, object_id, from_field or None)

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        if request.method == "POST":
            check_rows(request.POST, prefix)
        return super().get_formset_kwargs(request, obj, inline, prefix)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Answers 400 to a bad parameter, where Django redirects to the whole list."""
        try:
            return super().changelist_view(request, extra_context)
        except BadLookupError as error:
            return self._refusal(request, error)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except BadFormError as error:
            return self._refusal(request, error)

    def _refusal(self, request: HttpRequest, error: BadAdminRequestError) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": error.title,
            "opts": self.opts,
            "problem": str(error),
            "advice": error.advice,
        }
        return TemplateResponse(request, "admin/bad_request.html", context, status=400)
