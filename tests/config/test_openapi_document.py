"""The schema is generated and written once per content version, and reads as if it were made anew."""

import pytest
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from rest_framework.test import APIClient

from config.openapi_document import generate, openapi_document
from strategy.models import Goal

JSON = "application/vnd.oai.openapi+json"


def test_is_generated_once_until_the_content_changes(api: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    get_schema, calls = SchemaGenerator.get_schema, []

    def counted(generator, **options):
        calls.append(1)
        return get_schema(generator, **options)

    monkeypatch.setattr(SchemaGenerator, "get_schema", counted)
    Goal.objects.update(title="Moved")
    for accept in (JSON, "application/yaml", JSON):
        assert api.get("/api/schema/", headers={"accept": accept}).status_code == 200
    assert api.get("/api/docs/").status_code == 200
    assert len(calls) == 1
    Goal.objects.update(title="Moved again")
    api.get("/api/schema/")
    assert len(calls) == 2


@pytest.mark.parametrize(
    ("accept", "renderer", "indent"),
    [
        (JSON, OpenApiJsonRenderer, None),
        (f"{JSON}; indent=2", OpenApiJsonRenderer, 2),
        ("*/*", OpenApiYamlRenderer, None),
    ],
)
def test_reads_as_made_anew(api: APIClient, accept: str, renderer: type, indent: int | None) -> None:
    context = {"indent": indent} if indent else {}
    expected = renderer().render(generate(), renderer.media_type, context)
    for _ in range(2):
        assert api.get("/api/schema/", headers={"accept": accept}).content == expected
    assert openapi_document()["openapi"] == "3.1.0"
