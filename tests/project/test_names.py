"""Names and docstrings of the code: a stranger must guess the first and understand the second."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ("config", "strategy", "lines_of_effort", "partners")
SET_ASIDE = {"migrations", "management"}
FILES = [file for app in APPS for file in sorted((ROOT / app).rglob("*.py")) if not SET_ASIDE & {*file.parts}]
# Names that say nothing of what they hold.
VAGUE = {"asked", "found", "given", "kept", "made", "one", "said", "taken", "told", "who", "whose"}
# Words of the web's own vocabulary, and a field of the JSON of `/api/v1/contacts/`.
ALLOWED = {"method_not_found", "not_found", "not_found_page", "who"}
# These say in their decorator what they are.
DESCRIBED_BY = {"register_finding"}


def in_words(file: Path) -> str:
    return str(file.relative_to(ROOT))


def public_definitions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Public classes and functions of a module that no decorator describes."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            decorators = {ast.unparse(decorator).partition("(")[0] for decorator in node.decorator_list}
            if not decorators & DESCRIBED_BY:
                yield node


def definitions(tree: ast.AST) -> Iterator[str]:
    """Names of functions, classes, parameters, attributes and variables that a module defines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            arguments = node.args
            yield from (item.arg for item in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs])
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def vague_names(source: str) -> set[str]:
    names = {name.strip("_").lower() for name in definitions(ast.parse(source))}
    return {name for name in names - ALLOWED if VAGUE & {*name.split("_")}}


def has_pages(file: Path) -> bool:
    """Whether a file belongs to the core, or to a package that holds a feature or a face of the site."""
    package = file.relative_to(ROOT).parts[:-1]
    return len(package) > 1 and package[1] not in ("models", "filters", "admin", "views", "templatetags")


@pytest.mark.parametrize("file", [file for file in FILES if has_pages(file)], ids=in_words)
def test_what_is_public_says_what_it_is(file: Path) -> None:
    tree = ast.parse(file.read_text())
    assert ast.get_docstring(tree) or not tree.body or file.name in ("apps.py", "urls.py")
    assert [node.name for node in public_definitions(tree) if not ast.get_docstring(node)] in ([], ["AccountsConfig"])


@pytest.mark.parametrize("file", FILES, ids=in_words)
def test_names_say_what_they_hold(file: Path) -> None:
    assert vague_names(file.read_text()) == set()
    assert not VAGUE & {*file.stem.split("_")}


@pytest.mark.parametrize(
    "source", ["def f(asked): ...", "found = 1", "class Kept: ...", "lambda one: one", "def rows_found(): ..."]
)
def test_a_vague_name_is_seen(source: str) -> None:
    assert len(vague_names(source)) == 1
