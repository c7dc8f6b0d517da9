"""The REST API's base classes: serializers and viewsets derived from models, the row reader, pages and expansion."""

from .expansion import build_reader
from .keyset import FIRST
from .negotiation import FilesMixin
from .pagination import StrictPageNumberPagination
from .resources import Resources, register_resources
from .row_reader import CompiledStatement, ComputedField, InKeys, Row
from .serializers import (
    CodeRelatedField,
    PartSerializer,
    RecordLink,
    RecordSerializer,
    part_serializer,
    record_serializer,
)
from .viewsets import RecordViewSet, StrictParamsMixin, as_validation_error, record_viewset

__all__ = [
    "FIRST",
    "CodeRelatedField",
    "CompiledStatement",
    "ComputedField",
    "FilesMixin",
    "InKeys",
    "PartSerializer",
    "RecordLink",
    "RecordSerializer",
    "RecordViewSet",
    "Resources",
    "Row",
    "StrictPageNumberPagination",
    "StrictParamsMixin",
    "as_validation_error",
    "build_reader",
    "part_serializer",
    "record_serializer",
    "record_viewset",
    "register_resources",
]
