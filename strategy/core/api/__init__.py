"""The REST API's base classes: serializers, viewsets, the fast reader, pages and expansion."""

from .expansion import build_reader
from .pagination import FIRST
from .row_reader import CompiledStatement, ComputedField, InKeys, Row
from .viewsets import (
    CodeRelatedField,
    PartSerializer,
    RecordLink,
    RecordSerializer,
    RecordViewSet,
    StrictPageNumberPagination,
    StrictParamsMixin,
    as_validation_error,
    register_resources,
)

__all__ = [
    "FIRST",
    "CodeRelatedField",
    "CompiledStatement",
    "ComputedField",
    "InKeys",
    "PartSerializer",
    "RecordLink",
    "RecordSerializer",
    "RecordViewSet",
    "Row",
    "StrictPageNumberPagination",
    "StrictParamsMixin",
    "as_validation_error",
    "build_reader",
    "register_resources",
]
