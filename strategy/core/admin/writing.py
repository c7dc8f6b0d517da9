"""What the admin writes: one change set a request, and what the database refuses is said in the form."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import DatabaseError, IntegrityError, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

REFUSED = "The same was saved meanwhile, or stands here twice. Nothing was saved."
DELETED = (
    "This {} was deleted meanwhile; nothing was saved. What you typed is below: saved once more, it is a new record."
)


class OneWriterMixin:
    """Mixin of model admins: requests that write wait for each other, so that what was checked still holds."""

    # Context manager in which content is written, see ``strategy.history``; the app with it sets it when ready.
    changeset: ClassVar[Callable[..., AbstractContextManager[Any]]]
    model: Any
    admin_site: Any
    opts: Any

    def changeform_view(self, request: Any, object_id: Any = None, form_url: str = "", extra: Any = None) -> Any:
        view = super().changeform_view

        def form() -> HttpResponse:
            if request.method == "POST" and object_id is not None and self._is_gone(request, object_id):
                self._submit_as_new(request)
                request.refusal = DELETED.format(self.opts.verbose_name)
                add = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_add"
                return view(request, None, reverse(add), extra)
            return view(request, object_id, form_url, extra)

        try:
            return self._alone(request, form)
        except DatabaseError as error:
            # Django has no class of its own for the update of a row that is not there.
            if type(error) is not DatabaseError and not isinstance(error, IntegrityError):
                raise
            request.refusal = REFUSED
            return self._alone(request, form)

    def get_form(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, *args, **kwargs)
        form.refusal = getattr(request, "refusal", "")
        return form

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return self._deleting(request, super().delete_view, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return self._deleting(request, super().changelist_view, *args, **kwargs)

    def _deleting(self, request: HttpRequest, view: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            return self._alone(request, lambda: view(request, *args, **kwargs))
        except (models.ProtectedError, models.RestrictedError) as error:
            messages.error(request, str(error.args[0]))
            return HttpResponseRedirect(request.get_full_path())

    def _alone(self, request: HttpRequest, view: Callable[[], Any]) -> Any:
        if request.method != "POST":
            return view()
        with self.changeset(request.user, reason="", kind="edit"):
            return view()

    def _is_gone(self, request: HttpRequest, object_id: str) -> bool:
        admin: Any = self
        return admin.has_add_permission(request) and admin.get_object(request, unquote(object_id)) is None

    def _submit_as_new(self, request: Any) -> None:
        """Turns what was submitted of a record into that of a new one: none of its rows is there already."""
        admin: Any = self
        data = request.POST.copy()
        for formset, _ in admin.get_formsets_with_inlines(request):
            prefix, pointer = formset.get_default_prefix(), getattr(formset, "fk", None)
            for name in (name for name in request.POST if name.startswith(f"{prefix}-")):
                field = name.rpartition("-")[2]
                if field == "INITIAL_FORMS":
                    data[name] = "0"
                elif field == "id" or (pointer and field == pointer.name):
                    data[name] = ""
        request.POST = data
