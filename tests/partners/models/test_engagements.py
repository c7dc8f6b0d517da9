"""Engagements under a line of effort: as the first line or as the second, on its page and in the list behind it."""

import json

import pytest
from django.test import Client

from lines_of_effort.models import LineOfEffort
from tests.support import factories as make

pytestmark = pytest.mark.django_db


def listed(client: Client, **filters: str) -> list[str]:
    return [row["code"] for row in json.loads(client.get("/engagements.json", filters).getvalue())]


def test_the_list_behind_a_line_s_page_has_its_second_line_too(client: Client) -> None:
    first, second = (LineOfEffort.objects.get(code=code) for code in ("IPS-L1", "IPS-L2"))
    both = make.engagement(line_of_effort=first, line_basis="summary", secondary_line=second)
    assert both.code in listed(client, on_line="IPS-L2")
    assert both.code in listed(client, on_line="IPS-L1")
    assert both.code not in listed(client, line_of_effort="IPS-L2")
    assert both.code not in listed(client, on_line="IPS-L3")
    assert len(listed(client, on_line="IPS-L2")) == len(set(listed(client, on_line="IPS-L2")))
    refused = client.get("/engagements/", {"on_line": "IPS-L9"})
    assert refused.status_code == 400
