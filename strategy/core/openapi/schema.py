"""The schema class of every view of the API, for OpenAPI 3.1; named in the settings.

It states of every operation what may be asked (see ``parameters``), every answer with its media types, and every
refusal in the one shape of errors. What a record holds follows from its serializer and from what can be expanded in it.

A view of its own needs ``@extend_schema(summary=..., parameters=[...], responses=...)`` and gets the rest; what it
never takes together goes into ``extensions={"x-never-together": [{"name": "value", "other": "*"}]}``. 404 is promised
where there are pages or a code in the address; a view with another reason for it declares it with its responses.
"""

from inspect import getdoc
from typing import Any

from django.db import models
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import build_examples_list, build_parameter_type
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from ..api import expansion
from ..exports import FORMATS
from ..filters import ANY, first_value
from ..filters.schemas import code_schema
from ..models import CodedModel
from . import parameters

REFUSALS = {
    "400": "A parameter is unknown, given twice or not understood: `attr` names it, `detail` says what it takes.",
    "401": "The token or the session is not good, or the site asks who you are and nothing says so.",
    "404": "There is no such record, or no such page.",
    "405": "The API is read-only: GET, HEAD and OPTIONS.",
    "406": "The answer cannot be had in any media type that `Accept` names.",
    "429": "Too many requests from one address or account: `Retry-After` says when to ask again.",
    "503": "The database does not answer, or took too long: try again later.",
}
NOT_MODIFIED = "Not changed since the answer whose `ETag` came with `If-None-Match`. Has no content."
HEADERS = {
    "ETag": "Stands for this answer until anything in the content changes.",
    "Last-Modified": "When the content last changed.",
}


# With these parameters (* is any value) the answer has less than its type says, or is the rows alone: said apart, so
# that a client is made for the answer without them, and finds in it what its types promise.
OTHERWISE = {"fields": ANY, "omit": ANY, "format": "json"}


class ErrorType(models.TextChoices):
    """Whose fault it is, and whether a parameter is to blame."""

    VALIDATION = "validation_error", "What was asked for is not understood"
    CLIENT = "client_error", "Another fault of the request"
    SERVER = "server_error", "A fault of the site"


class ErrorSerializer(serializers.Serializer):
    """One thing that is wrong. ``attr`` is the parameter concerned, if one is."""

    code = serializers.CharField()
    detail = serializers.CharField()
    attr = serializers.CharField(allow_null=True)


class RefusalSerializer(serializers.Serializer):
    """Why there is no answer: everything that is wrong with the request, at once."""

    type = serializers.ChoiceField(ErrorType.choices)
    errors = ErrorSerializer(many=True)  # type: ignore[assignment]  # the name of a field hides a property of its class


def as_openapi(parameter: OpenApiParameter) -> dict[str, Any]:
    """The parameter as OpenAPI writes it."""
    schema: Any = parameter.type
    return build_parameter_type(
        name=parameter.name,
        schema=schema,
        location=parameter.location,
        description=parameter.description,
        examples=build_examples_list(parameter.examples),
    )


class StrictAutoSchema(AutoSchema):
    """Derives an operation from its view: a list of records, one record, or what the view itself declares."""

    view: Any

    @property
    def filterset(self) -> Any:
        """The filters of a view of records."""
        return getattr(self.view, "filterset_class", None)

    @property
    def is_list(self) -> bool:
        return self.filterset is not None and self.view.action == "list"

    # ---- What it is called -----------------------------------------------------------------------------------------

    def get_tags(self) -> list[str]:
        return super().get_tags() or ["api"]

    def get_summary(self) -> str | None:
        if self.filterset is None:
            return super().get_summary()
        model = self.view.model._meta
        return str(model.verbose_name_plural if self.is_list else model.verbose_name).capitalize()

    def get_description(self) -> str:  # type: ignore[override]  # the package's own signature
        """The view's own words; those of its base are about code."""
        return super().get_description() if self.filterset is None or type(self.view).__doc__ else ""

    # ---- What may be asked -----------------------------------------------------------------------------------------

    def _get_filter_parameters(self) -> list[dict[str, Any]]:
        if self.filterset is None:
            return super()._get_filter_parameters()
        model, shape = self.view.model, parameters.shape_parameters(self.view.serializer_class)
        if not self.is_list:
            return [as_openapi(parameter) for parameter in shape]
        filters = self.filterset.base_filters.items()
        own = [parameters.filter_parameter(name, filter_, model) for name, filter_ in filters if name != "notional"]
        rest = (parameters.NOTIONAL, *parameters.PAGING, parameters.CURSOR, parameters.COUNT, parameters.FORMAT)
        return [as_openapi(parameter) for parameter in (*own, *rest, *shape)]

    def _get_pagination_parameters(self) -> list[dict[str, Any]]:
        return [] if self.filterset is not None else super()._get_pagination_parameters()

    def _resolve_path_parameters(self, variables: Any) -> list[dict[str, Any]]:
        if self.filterset is None:
            return super()._resolve_path_parameters(variables)
        model = self.view.model
        description, schema = f"Code of the {model._meta.verbose_name}.", code_schema(model)
        example = parameters.example_of(first_value(model, "code"))
        return [
            as_openapi(OpenApiParameter(name, schema, "path", description=description, examples=example))
            for name in variables
        ]

    def get_extensions(self) -> dict[str, Any]:
        """What OpenAPI has no words for: parameters, with their values or any (*), that are refused together."""
        if self.filterset is None:
            return super().get_extensions()
        pairs = parameters.APART if self.is_list else parameters.APART[:1]
        never = [rule.values for rule in self.filterset.incompatible_params] if self.is_list else []
        otherwise = OTHERWISE if self.is_list else {name: OTHERWISE[name] for name in ("fields", "omit")}
        return {"x-never-together": [*pairs, *never], "x-otherwise": otherwise}

    # ---- What is answered ------------------------------------------------------------------------------------------

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        if self.is_list:
            self._add_files(bodies["200"]["content"])
        for status, words in REFUSALS.items():
            if status == "404" and "{" not in self.path and self._get_paginator() is None:
                continue
            answer = OpenApiResponse(RefusalSerializer, words)
            bodies.setdefault(status, self._get_response_for_code(answer, status, ["application/json"]))
        bodies.setdefault("304", self._get_response_for_code(OpenApiResponse(None, NOT_MODIFIED), "304"))
        return dict(sorted(bodies.items()))

    def _get_response_headers_for_code(self, status_code: str, direction: Any = "response") -> Any:
        headers = super()._get_response_headers_for_code(status_code, direction)
        if status_code in ("200", "304"):
            headers |= {name: {"description": words, "schema": {"type": "string"}} for name, words in HEADERS.items()}
        if status_code == "200" and self.is_list:
            headers["X-Total-Count"] = {
                "description": "Records in a file.",
                "schema": {"type": "integer", "minimum": 0},
            }
        return headers

    def _add_files(self, content: dict[str, Any]) -> None:
        """The forms of the whole list. Its page is what JSON is, see ``OTHERWISE``."""
        for media_type in FORMATS.values():
            content.setdefault(media_type.partition(";")[0], {"schema": {"type": "string"}})
        content["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"]["schema"]["format"] = "binary"

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> Any:
        """A closed object with every property required; of a record those that it has wherever it is shown in full.

        Its lists are left out where it is expanded in another, and what ``expand`` adds is elsewhere not there.
        """
        schema = super()._map_basic_serializer(serializer, direction)
        properties = schema["properties"]
        for field in properties.values():
            field.pop("readOnly", None)
        schema["additionalProperties"] = False
        schema["required"] = sorted(properties)
        model = getattr(getattr(serializer, "Meta", None), "model", None)
        if model is not None:
            own = serializer if isinstance(serializer, type) else type(serializer)
            if not own.__doc__:
                schema["description"] = getdoc(model)
            if issubclass(model, CodedModel) and expansion.is_resource(own):
                schema["required"] = sorted(expansion.flat_field_names(own))
                self._add_backward(own, properties)
            self._add_forward(own, properties)
        return schema

    def _add_forward(self, serializer: Any, properties: dict[str, Any]) -> None:
        """Fields that are a code may hold the whole record, with ``expand``: adds it to their types."""
        for name, end in expansion.forward_relations(serializer).items():
            record, plain = self.resolve_serializer(end, "response").ref, properties[name]
            if plain.get("type") == "array":
                properties[name] = {**plain, "items": {"anyOf": [plain["items"], record]}}
            else:
                null = [{"type": "null"}] if "null" in plain.get("type", ()) else []
                words = {key: value for key, value in plain.items() if key in ("title", "description")}
                properties[name] = {**words, "anyOf": [{"type": "string"}, record, *null]}

    def _add_backward(self, serializer: Any, properties: dict[str, Any]) -> None:
        """Adds the lists that ``expand`` adds to a record, or fills with whole records."""
        model, known = serializer.Meta.model, expansion.expandable_names(serializer)
        for name in [*expansion.backward_relations(model), *expansion.generic_relations(model)]:
            if name in known:
                record = self.resolve_serializer(expansion.expanded_serializer(serializer, name), "response").ref
                if name in properties:
                    # The whole record first: who reads it as what the list has otherwise would lose the rest of it.
                    items = {"anyOf": [record, properties[name]["items"]]}
                    properties[name] = {**properties[name], "items": items}
                else:
                    words = f"Only with `expand={name}`."
                    properties[name] = {"type": "array", "items": record, "description": words}
