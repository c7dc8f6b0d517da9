"""Tokens in the admin: issued, listed and revoked, never changed."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from .models import Token


@admin.register(Token)
class TokenAdmin(admin.ModelAdmin):
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
