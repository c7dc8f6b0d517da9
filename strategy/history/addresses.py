"""Addresses of histories."""

from django.urls import reverse

from ..core.models import CodedModel


def history_url(segment: str, code: str) -> str:
    """The address of the history of the record below ``/<segment>/``."""
    return reverse("record-history", kwargs={"segment": segment, "code": code})


def record_history_url(record: CodedModel) -> str:
    """The address of the history of a record."""
    return f"{record.get_absolute_url()}history/"
