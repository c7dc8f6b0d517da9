"""``/api/docs/``: the schema of the API as pages in the site's own look, with every example as a link to try."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.generic import View
from drf_spectacular.settings import spectacular_settings

from config.openapi_document import openapi_document
from strategy.core import params
from strategy.core.cache.versioned_cache import VersionedCache
from strategy.core.filters import ANY
from strategy.views import bad_request_page

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
    """One thing that may be asked. ``link`` is the operation with its example."""

    name: str
    takes: str
    words: str
    example: str
    link: str


@dataclass
class Field:
    """One thing that an answer holds."""

    name: str
    holds: str
    words: str


class Operation:
    """One address and what may be done there."""

    def __init__(self, path: str, definition: dict[str, Any], schemas: dict[str, Any]):
        self.path, self.definition, self.schemas = path, definition, schemas
        self.id: str = definition["operationId"]
        self.resource: str = definition["tags"][0]
        self.summary: str = definition.get("summary", "")
        self.words = plain(definition.get("description", ""))
        values = {one["name"]: example_of(one) for one in definition.get("parameters", ()) if one["in"] == "path"}
        self.address = re.sub(r"{(\w+)}", lambda found: str(values[found[1]]), path)

    @property
    def parameters(self) -> Iterator[Parameter]:
        for one in self.definition.get("parameters", ()):
            example, name = example_of(one), one["name"]
            asked = {**self.needed(name), name: example}
            link = self.address if one["in"] == "path" else f"{self.address}?{urlencode(asked)}"
            takes = held(one["schema"], self.schemas)
            yield Parameter(name, takes, plain(one.get("description", "")), example, link if example else "")

    def needed(self, name: str = "") -> dict[str, str]:
        """What must be asked, or must be with this parameter, each with its example."""
        others = self.definition.get("x-needs", {}).get(name, ())
        parameters = [one for one in self.definition.get("parameters", ()) if one["in"] == "query"]
        return {one["name"]: example_of(one) for one in parameters if one.get("required") or one["name"] in others}

    @property
    def apart(self) -> Iterator[str]:
        """What is refused, as it would be written in an address."""
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
        for name, one in record_of(media["schema"], self.schemas).items():
            words = plain(one.get("description") or one.get("title") or "")
            yield Field(name, held(one, self.schemas), words.partition("\n")[0])

    def is_about(self, words: str) -> bool:
        """Whether every word is somewhere in its name, its address or what it takes."""
        said = " ".join((self.id, self.path, self.summary, self.words, *(one.name for one in self.parameters)))
        return all(word in said.lower() for word in words.lower().split())


def example_of(parameter: dict[str, Any]) -> str:
    """The example of a parameter as it stands in an address."""
    value = next((one["value"] for one in parameter.get("examples", {}).values()), "")
    return str(value).lower() if isinstance(value, bool) else str(value)


def plain(text: str) -> str:
    """Without the marks of Markdown that set names apart."""
    return text.replace("`", "")


def named(reference: str) -> str:
    return reference.rpartition("/")[2]


def record_of(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """The fields of what an answer is about, whether it is a record, a page or a list of them."""
    while True:
        if "$ref" in schema:
            schema = schemas[named(schema["$ref"])]
        elif "anyOf" in schema:
            schema = schema["anyOf"][0]
        elif "results" in schema.get("properties", {}):
            schema = schema["properties"]["results"]
        elif "items" in schema:
            schema = schema["items"]
        else:
            return schema.get("properties", {})


def held(schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    """A schema in words: "whole number, 1 to 200", "text or null", "list of Office"."""
    if reference := schema.get("$ref"):
        target = schemas[named(reference)]
        return held(target, schemas) if "enum" in target else named(reference)
    if several := next((schema[key] for key in ("anyOf", "oneOf", "allOf") if key in schema), None):
        return " or ".join(dict.fromkeys(held(one, schemas) for one in several))
    if "enum" in schema:
        return ", ".join(str(value) or "empty" for value in schema["enum"])
    kinds = schema.get("type", "")
    kind, null = (kinds, "") if isinstance(kinds, str) else (kinds[0], " or null" if "null" in kinds else "")
    if kind == "array":
        return f"list of {held(schema['items'], schemas)}"
    if kind == "integer":
        within = f", {schema['minimum']} to {schema['maximum']}" if "maximum" in schema else ""
        return f"whole number{within}{null}"
    if kind == "boolean":
        return f"true or false{null}"
    return f"{_text(schema) if kind == 'string' else kind}{null}"


def _text(schema: dict[str, Any]) -> str:
    form = schema.get("format", "")
    if form.endswith("-code"):
        return "code"
    if form.endswith("-codes"):
        return "codes, separated by commas"
    if form in FORMATS:
        return FORMATS[form]
    return f"text, {schema['maxLength']} characters at most" if "maxLength" in schema else "text"


def read_operations() -> list[Operation]:
    document = openapi_document()
    schemas = document["components"]["schemas"]
    return [
        Operation(path, definition, schemas)
        for path, methods in document["paths"].items()
        for definition in methods.values()
    ]


operations: VersionedCache[list[Operation]] = VersionedCache(read_operations)


class Docs(View):
    """All operations, or with ``q`` those that have its words; and on a page of its own what is known of a resource."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, resource: str = "") -> HttpResponse:
        try:
            params.check_params(request.GET, () if resource else ("q",), blank=True)
        except params.BadParametersError as error:
            return bad_request_page(request, error)
        every = operations()
        if not resource:
            words = request.GET.get("q", "")
            found = [one for one in every if one.is_about(words)]
            context = {"breadcrumbs": [("Strategy", "/"), ("API", "")], "found": found, "words": words}
            context["introduction"] = spectacular_settings.DESCRIPTION
            return TemplateResponse(request, "docs/index.html", context)
        found = [one for one in every if one.resource == resource]
        if not found:
            known = {one.resource for one in every}
            raise Http404(
                f"The API has no resource '{params.printable(resource)}'.{params.did_you_mean(resource, known)}"
            )
        crumbs = [("Strategy", "/"), ("API", reverse("docs")), (found[0].summary or resource, "")]
        return TemplateResponse(request, "docs/resource.html", {"breadcrumbs": crumbs, "found": found})
