"""The documents against the program: what they name exists, and what they say to type works."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.test import Client
from rest_framework.test import APIClient

from config import settings as production
from tests.support.import_graph import PICTURE, draw

# Spans of code in the section on the API that are questions to the list of activities.
QUESTION = re.compile(r"`([a-z_]+=[^`…]*)`")


def document(root: Path, name: str) -> str:
    return (root / name).read_text()


def section(text: str, heading: str) -> str:
    return text.partition(f"\n{heading}")[2].partition("\n## ")[0]


def table(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip().startswith("| `")]


def test_the_settings_are_those_that_are_read(root: Path) -> None:
    stated = table(document(root, "docs/settings.md"))
    source = Path(production.__file__).read_text()
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
    assert {re.findall(r"`([A-Z_]+)`", line)[0] for line in stated} == read


def test_commands_exist(root: Path) -> None:
    named = set(re.findall(r"python3 run\.py ([a-z_]+)", document(root, "README.md"))) - {"test", "proofs"}
    assert named >= {"createsuperuser", "load_content", "dump_content", "check_content", "make_notional"}
    assert named <= set(get_commands())


def test_files_and_folders_exist(root: Path) -> None:
    text = document(root, "README.md")
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)
    assert len(pictures) == 4
    tree = re.findall(r"^    ([\w/]+/) ", section(text, "## How the code is laid out"), re.MULTILINE)
    assert {"config/", "strategy/", "tests/"} <= set(tree)
    assert [path for path in [*pictures, *tree] if not (root / path).exists()] == []


def test_paths_and_links_of_every_document_lead_somewhere(root: Path) -> None:
    documents = [*root.glob("*.md"), *root.glob("docs/**/*.md")]
    assert len(documents) > 8
    missing = []
    for file in documents:
        text = file.read_text()
        named = re.findall(
            r"`((?:strategy|config|lines_of_effort|partners|templates|fixtures|tests|docs)/[\w/.]*)`", text
        )
        links = re.findall(r"\]\(([^)#:]+)\)", text)
        missing += [f"{file.name}: {path}" for path in named if not (root / path).exists()]
        missing += [f"{file.name}: {link}" for link in links if not (file.parent / link).exists()]
    assert missing == []


def test_the_picture_agrees_with_the_imports() -> None:
    assert PICTURE.read_text() == draw(), "write it anew: python -m tests.support.import_graph"


@pytest.mark.django_db
def test_addresses_answer(root: Path, client: Client) -> None:
    rows = [line.split("|")[1] for line in table(document(root, "docs/addresses.md"))]
    addresses = [address.partition("#")[0] for row in rows for address in re.findall(r"`(/[^`…]*)`", row)]
    assert len(addresses) > 20
    for address in addresses:
        assert client.get(address, follow=True).status_code == 200, address


@pytest.mark.django_db
def test_questions_to_the_api_are_understood(root: Path, api: APIClient) -> None:
    stated = document(root, "docs/api.md").partition("\n## ")[0]
    questions = [question for question in QUESTION.findall(stated) if not question.endswith("=")]
    assert len(questions) > 10
    for question in questions:
        status = 400 if question == "has_lead=false&role=lead" else 200
        assert api.get(f"/api/v1/activities/?{question}").status_code == status, question
    names = re.findall(r"`([a-z_]+)=`", stated)
    assert {"lead", "coordinating", "supporting", "office_subtree"} <= set(names)
    known = api.get("/api/v1/activities/?zz=1").json()["errors"][0]["detail"]
    # The moment is read before the address is.
    assert [name for name in names if f" {name}," not in known] == ["as_of"]
