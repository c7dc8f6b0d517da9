"""The REST API's base classes: serializers, viewsets, the fast reader, pages and expansion."""

from .expansion import reader
from .pagination import FIRST
from .row_reader import AnyOf, Computed, Row, Statement
from .viewsets import (
    CodeRelatedField,
    Pages,
    PartSerializer,
    RecordLink,
    RecordSerializer,
    RecordViewSet,
    Strict,
    refused,
    register,
)

__all__ = [
    "FIRST",
    "AnyOf",
    "CodeRelatedField",
    "Computed",
    "Pages",
    "PartSerializer",
    "RecordLink",
    "RecordSerializer",
    "RecordViewSet",
    "Row",
    "Statement",
    "Strict",
    "reader",
    "refused",
    "register",
]
