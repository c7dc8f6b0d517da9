"""The README against the program: what it names exists, and what it says to type works."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.test import Client
from rest_framework.test import APIClient

from config import settings as production

# Spans of code in the section on the API that are questions to the list of activities.
QUESTION = re.compile(r"`([a-z_]+=[^`…]*)`")


def readme(root: Path) -> str:
    return (root / "README.md").read_text()


def section(text: str, heading: str) -> str:
    return text.partition(f"\n{heading}")[2].partition("\n## ")[0]


def table(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip().startswith("| `")]


def test_the_settings_are_those_that_are_read(root: Path) -> None:
    told = table(section(readme(root), "## Settings"))
    assert told == table(production.__doc__ or "")
    source = Path(production.__file__).read_text()
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
    assert {re.findall(r"`([A-Z_]+)`", line)[0] for line in told} == read


def test_commands_exist(root: Path) -> None:
    named = set(re.findall(r"python3 run\.py ([a-z_]+)", readme(root))) - {"test"}
    assert named >= {"createsuperuser", "load_content", "dump_content", "check_content", "make_notional"}
    assert named <= set(get_commands())


def test_files_and_folders_exist(root: Path) -> None:
    text = readme(root)
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)
    assert len(pictures) == 4
    tree = re.findall(r"^    ([\w/]+/) ", section(text, "## For those who carry the work on"), re.MULTILINE)
    assert {"config/", "strategy/", "tests/"} <= set(tree)
    paths = [*pictures, *tree, *re.findall(r"`((?:strategy|config|fixtures)/[\w/.]+\.\w+)`", text)]
    assert [path for path in paths if not (root / path).exists()] == []


@pytest.mark.django_db
def test_addresses_answer(root: Path, client: Client) -> None:
    rows = [line.split("|")[1] for line in table(section(readme(root), "## What is where"))]
    addresses = [address.partition("#")[0] for row in rows for address in re.findall(r"`(/[^`…]*)`", row)]
    assert len(addresses) > 20
    for address in addresses:
        assert client.get(address, follow=True).status_code == 200, address


@pytest.mark.django_db
def test_questions_to_the_api_are_understood(root: Path, api: APIClient) -> None:
    told = readme(root).partition("**The API.**")[2].partition("\n## ")[0]
    asked = [question for question in QUESTION.findall(told) if not question.endswith("=")]
    assert len(asked) > 10
    for question in asked:
        status = 400 if question == "has_lead=false&role=lead" else 200
        assert api.get(f"/api/v1/activities/?{question}").status_code == status, question
    names = re.findall(r"`([a-z_]+)=`", told)
    assert {"lead", "coordinating", "supporting", "office_subtree"} <= set(names)
    known = api.get("/api/v1/activities/?zz=1").json()["errors"][0]["detail"]
    assert [name for name in names if f" {name}," not in known] == []
