"""``/api/docs/``: the schema of the API as pages in the site's own look, with every example as a link to try."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from drf_spectacular.settings import spectacular_settings

from config.openapi_document import openapi_document
from strategy.core import params
from strategy.core.cache import VersionedCache
from strategy.core.filters import ANY
from strategy.core.views import StrictPage, rooted

FORMATS = {
    "date": "day, as 2025-06-23",
    "date-time": "moment, as 2026-01-31T08:00:00Z",
    "year-month": "month, as 2025-06",
    "year": "year, as 2025",
    "list": "values, separated by commas",
    "uri": "address",
    "cursor": "cursor",
}


@dataclass
class Parameter:
    """One parameter of an operation. ``link`` is the operation's address with the example."""

    name: str
    takes: str
    words: str
    example: str
    link: str


@dataclass
class Field:
    """One field of the record that an operation answers with."""

    name: str
    holds: str
    words: str


class Operation:
    """One operation of the schema: an address and what it takes and answers."""

    def __init__(self, path: str, definition: dict[str, Any], schemas: dict[str, Any]):
        self.path, self.definition, self.schemas = path, definition, schemas
        self.id: str = definition["operationId"]
        self.resource: str = definition["tags"][0]
        self.summary: str = definition.get("summary", "")
        self.words = plain(definition.get("description", ""))
        values = {item["name"]: example_of(item) for item in definition.get("parameters", ()) if item["in"] == "path"}
        # Without a record there is none to try.
        complete = all(values.values())
        self.address = rooted(re.sub(r"{(\w+)}", lambda match: str(values[match[1]]), path)) if complete else ""

    @property
    def parameters(self) -> Iterator[Parameter]:
        for item in self.definition.get("parameters", ()):
            example, name = example_of(item), item["name"]
            query = {**self.needed(name), name: example}
            link = self.address if item["in"] == "path" else f"{self.address}?{urlencode(query)}"
            takes = type_in_words(item["schema"], self.schemas)
            tried = link if example and self.address else ""
            yield Parameter(name, takes, plain(item.get("description", "")), example, tried)

    def needed(self, name: str = "") -> dict[str, str]:
        """Parameters that are required, or that ``name`` needs beside it, with their examples."""
        others = self.definition.get("x-needs", {}).get(name, ())
        parameters = [item for item in self.definition.get("parameters", ()) if item["in"] == "query"]
        return {item["name"]: example_of(item) for item in parameters if item.get("required") or item["name"] in others}

    @property
    def apart(self) -> Iterator[str]:
        """Combinations of parameters that are refused, as they would be written in an address."""
        for together in self.definition.get("x-never-together", ()):
            yield " with ".join(name if value == ANY else f"{name}={value}" for name, value in together.items())
        if differ := self.definition.get("x-differ"):
            yield " and ".join(differ) + " with the same value"
        for name, others in self.definition.get("x-needs", {}).items():
            yield f"{name} without {' and '.join(others)}"

    @property
    def answers(self) -> Iterator[tuple[str, str, list[str]]]:
        for status, answer in self.definition["responses"].items():
            yield status, plain(answer.get("description")) or "The answer.", list(answer.get("content", ()))

    @property
    def fields(self) -> Iterator[Field]:
        """What a record of the answer holds."""
        media: dict[str, Any] = next(iter(self.definition["responses"]["200"]["content"].values()))
        for name, schema in record_schema(media["schema"], self.schemas).items():
            words = plain(schema.get("description") or schema.get("title") or "")
            yield Field(name, type_in_words(schema, self.schemas), words.partition("\n")[0])

    def matches(self, words: str) -> bool:
        """Whether every word is somewhere in its name, its address or what it takes."""
        names = (parameter.name for parameter in self.parameters)
        text = " ".join((self.id, self.path, self.summary, self.words, *names))
        return all(word in text.lower() for word in words.lower().split())


def example_of(parameter: dict[str, Any]) -> str:
    """The example of a parameter as it stands in an address."""
    value = next((example["value"] for example in parameter.get("examples", {}).values()), "")
    return str(value).lower() if isinstance(value, bool) else str(value)


def plain(text: str) -> str:
    """Without the marks of Markdown that set names apart."""
    return text.replace("`", "")


def schema_name(reference: str) -> str:
    return reference.rpartition("/")[2]


def record_schema(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """The properties of what an answer is about, whether it is a record or a page of them."""
    while True:
        if "$ref" in schema:
            schema = schemas[schema_name(schema["$ref"])]
        elif "results" in schema.get("properties", {}):
            schema = schema["properties"]["results"]
        elif "items" in schema:
            schema = schema["items"]
        else:
            return schema.get("properties", {})


def type_in_words(schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    """A schema in words: "whole number, 1 to 200", "text or null", "list of Office"."""
    if reference := schema.get("$ref"):
        target = schemas[schema_name(reference)]
        return type_in_words(target, schemas) if "enum" in target else schema_name(reference)
    if variants := next((schema[key] for key in ("anyOf", "oneOf", "allOf") if key in schema), None):
        return " or ".join(dict.fromkeys(type_in_words(variant, schemas) for variant in variants))
    if "const" in schema:
        return str(schema["const"]) or "empty"
    if "enum" in schema:
        return ", ".join(str(value) or "empty" for value in schema["enum"])
    kinds = schema.get("type", "")
    kind, null = (kinds, "") if isinstance(kinds, str) else (kinds[0], " or null" if "null" in kinds else "")
    if kind == "array":
        return f"list of {type_in_words(schema['items'], schemas)}"
    if kind == "integer":
        within = f", {schema['minimum']} to {schema['maximum']}" if "maximum" in schema else ""
        return f"whole number{within}{null}"
    if kind == "boolean":
        return f"true or false{null}"
    return f"{_string_in_words(schema) if kind == 'string' else kind}{null}"


def _string_in_words(schema: dict[str, Any]) -> str:
    form = schema.get("format", "")
    if form.endswith("-code"):
        return "code"
    if form.endswith("-codes"):
        return "codes, separated by commas"
    if form in FORMATS:
        return FORMATS[form]
    return f"text, {schema['maxLength']} characters at most" if "maxLength" in schema else "text"


def read_operations() -> list[Operation]:
    """Every operation of the schema."""
    document = openapi_document()
    schemas = document["components"]["schemas"]
    return [
        Operation(path, definition, schemas)
        for path, methods in document["paths"].items()
        for definition in methods.values()
    ]


operations: VersionedCache[list[Operation]] = VersionedCache(read_operations)


class Docs(StrictPage):
    """All operations, or with ``q`` those that have its words; and on a page of its own what is known of a resource."""

    query_params = None

    def get(self, request: HttpRequest, resource: str = "") -> HttpResponse:
        params.check_params(request.GET, () if resource else ("q",), blank=True)
        if resource:
            return self.resource_page(request, resource)
        words = request.GET.get("q", "")
        context = {
            "breadcrumbs": [("Strategy", "/"), ("API", "")],
            "operations": [operation for operation in operations() if operation.matches(words)],
            "words": words,
            "introduction": spectacular_settings.DESCRIPTION,
        }
        return TemplateResponse(request, "api_docs/index.html", context)

    def resource_page(self, request: HttpRequest, resource: str) -> HttpResponse:
        result = [operation for operation in operations() if operation.resource == resource]
        if not result:
            resources = {operation.resource for operation in operations()}
            hint = params.did_you_mean(resource, resources)
            raise Http404(f"The API has no resource '{params.printable(resource)}'.{hint}")
        breadcrumbs = [("Strategy", "/"), ("API", reverse("docs")), (result[0].summary or resource, "")]
        return TemplateResponse(request, "api_docs/resource.html", {"breadcrumbs": breadcrumbs, "operations": result})
