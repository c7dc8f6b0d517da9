"""Accounts, groups and tokens in the admin: nobody gives, or takes over, more rights than their own."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from strategy.core.admin import StrictAdminMixin

from .models import OfficeEditor, Token
from .rights import accounts_within, groups_within, permissions_within

# What each kind of thing may be chosen from, by its model.
CHOICES_WITHIN: dict[type[models.Model], Callable[[Any], models.QuerySet]] = {
    Permission: permissions_within,
    Group: groups_within,
    User: accounts_within,
}

admin.site.unregister([User, Group])


class OwnRightsMixin(StrictAdminMixin):
    """Mixin of admins of what carries rights: choices are within the editor's own, and so is what may be changed."""

    model: Any

    def _is_within(self, request: HttpRequest, obj: Any) -> bool:
        rows_within = CHOICES_WITHIN.get(self.model)
        return obj is None or rows_within is None or rows_within(request.user).filter(pk=obj.pk).exists()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._is_within(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._is_within(request, obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_foreignkey(db_field, request, **self._within(db_field, request), **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_manytomany(db_field, request, **self._within(db_field, request), **kwargs)

    def _within(self, db_field: Any, request: HttpRequest) -> dict[str, Any]:
        rows_within = CHOICES_WITHIN.get(db_field.related_model)
        return {"queryset": rows_within(request.user)} if rows_within else {}


class OfficeEditorInline(admin.TabularInline):
    """The offices that an account is bound to."""

    model = OfficeEditor
    template = "admin/edit_inline/rows.html"
    extra = 0
    verbose_name = "office"
    verbose_name_plural = "offices: the account may change what belongs to them, and nothing else"


@admin.register(User)
class UserAdmin(OwnRightsMixin, DjangoUserAdmin):
    """Django's own, within the editor's rights."""

    inlines = (OfficeEditorInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else [*fields, "is_superuser"]


@admin.register(Group)
class GroupAdmin(OwnRightsMixin, DjangoGroupAdmin):
    """Django's own, within the editor's rights."""


@admin.register(Token)
class TokenAdmin(OwnRightsMixin, admin.ModelAdmin):
    """A new token's secret is the answer to the form that made it, and is nowhere kept."""

    fields = ("user", "name", "expiry")
    list_display = ("name", "user", "created", "expiry", "last_used")
    list_select_related = ("user",)
    search_fields = ("name", "user__username")
    # Django's own two fields of a moment have no labels of their own.
    formfield_overrides = {
        models.DateTimeField: {
            "form_class": forms.DateTimeField,
            "widget": forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }
    }

    def has_change_permission(self, request: HttpRequest, obj: Token | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.secret = obj.draw()  # for the answer below
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: Token, *_: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": "New token", "token": obj}
        return TemplateResponse(request, "admin/access/token/issued.html", context)
