"""The shape of the code: what may import what, what may point at what, and what must say why it exists."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ["strategy", "lines_of_effort", "partners", "config"]  # From the bottom up.
FILES = [file for app in APPS for file in sorted((ROOT / app).rglob("*.py"))]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEST_MODULE = re.compile(r"tests(?:\.\w+)*\.test_\w+")
UPPER = {"urls", "admin", "api", "views", "filters", "findings"} | {
    *("matrix", "trace", "compare", "tasking", "contacts", "timeline", "page_extensions"),
}
LOWER = {"models", "querysets"}


def module_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(file: Path, source: str) -> Iterator[str]:
    """Every module that ``source`` imports anywhere, and every app it asks the registry for by name."""
    package = file.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*start, *filter(None, [node.module])])
            yield from (f"{base}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "get_model":
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield f"{first.value.partition('.')[0]}.models"


def faults(file: Path, source: str) -> list[str]:
    """The imports of a file that point up."""
    own, parts = module_of(file), module_of(file).split(".")
    level = APPS.index(parts[0])
    result = []
    for name in imports(file, source):
        other = name.split(".")
        if other[0] not in APPS:
            continue
        inside = other[0] == parts[0]
        upward = APPS.index(other[0]) > level
        core = parts[:2] == ["strategy", "core"] and other[:2] != ["strategy", "core"]
        layer = inside and len(parts) > 1 and parts[1] in LOWER and len(other) > 1 and other[1] in UPPER
        below = inside and parts[1:2] == ["querysets"] and other[1:2] == ["models"]
        if upward or core or layer or below:
            result.append(f"{own} imports {name}")
    return result


@pytest.mark.parametrize("file", FILES, ids=module_of)
def test_imports_point_down(file: Path):
    assert faults(file, file.read_text()) == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("strategy/models/goals.py", "def f():\n    from partners.models import Partner"),
        ("strategy/findings.py", "apps.get_model('partners', 'Partner')"),
        ("strategy/core/models/records.py", "from ...models import Office"),
        ("strategy/models/goals.py", "from ..views import base"),
        ("lines_of_effort/querysets.py", "from .models import Activity"),
        ("partners/models/partners.py", "import config.settings"),
    ],
)
def test_an_import_that_points_up_is_seen(path: str, source: str):
    assert len(faults(ROOT / path, source)) == 1


# In a feature package, a module imports only modules of a lower rank; those without a rank are the query, rank 0.
FEATURE_RANKS = {"urls": 4, "views": 3, "api": 3, "sheet": 2, "request": 1}
FEATURES = sorted({file.parent for file in FILES if file.name in ("views.py", "request.py")})


def page_imports(file: Path, source: str) -> list[str]:
    """The page modules (``views``) of any app that an API module imports."""
    parts = module_of(file).split(".")
    if "api" not in parts and (parts[:2] != ["config", "mcp"] or parts[2:] in ([], ["views"])):
        return []
    return [name for name in imports(file, source) if name.split(".")[0] in APPS and "views" in name.split(".")]


def upward_feature_imports(file: Path, source: str) -> list[str]:
    """The imports of a feature's module that point up in the order views, api -> sheet -> request -> query."""
    feature = next((folder for folder in FEATURES if folder in file.parents), None)
    if feature is None or file.name == "__init__.py":
        return []
    package = module_of(feature / "__init__.py").split(".")
    own_rank = FEATURE_RANKS.get(module_of(file).split(".")[len(package)], 0)
    result = []
    for name in imports(file, source):
        parts = name.split(".")
        if parts[: len(package)] == package and len(parts) > len(package):
            rank = FEATURE_RANKS.get(parts[len(package)], 0)
            if rank and rank >= own_rank:
                result.append(name)
    return result


@pytest.mark.parametrize("file", FILES, ids=module_of)
def test_an_api_imports_no_page(file: Path):
    assert page_imports(file, file.read_text()) == []


@pytest.mark.parametrize("file", FILES, ids=module_of)
def test_a_feature_imports_from_its_pages_down_to_its_query(file: Path):
    assert upward_feature_imports(file, file.read_text()) == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("lines_of_effort/trace/api.py", "from . import views"),
        ("lines_of_effort/trace/api.py", "def f():\n    from .views import TracePage"),
        ("strategy/api/goals.py", "from ..views.base import RecordDetail"),
        ("strategy/core/api/viewsets.py", "from ..views import list_url"),
        ("config/mcp/tools.py", "from lines_of_effort.trace.views import trace_url"),
    ],
)
def test_an_import_of_a_page_is_seen(path: str, source: str):
    assert len(page_imports(ROOT / path, source)) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("lines_of_effort/trace/reader.py", "from .request import TraceParams"),
        ("lines_of_effort/trace/drawing/layout.py", "from ..views import TracePage"),
        ("lines_of_effort/matrix/request.py", "from .sheet import matrix_sheet"),
        ("lines_of_effort/matrix/sheet.py", "from . import api"),
        ("partners/contacts/views.py", "from partners.contacts.api import ContactsViewSet"),
    ],
)
def test_an_import_that_points_up_in_a_feature_is_seen(path: str, source: str):
    assert len(upward_feature_imports(ROOT / path, source)) == 1


# Strings in core that are the name of a relation above by accident, or not yet moved up: path in core, and string.
ALLOWED_IN_CORE = {
    # Not of a model: an option of a serializer's field, an attribute of a filter, keys of a template's context.
    ("api/serializers.py", "source"),
    ("filters/choices.py", "parent"),
    ("admin/formsets.py", "parent"),
    ("models/dates.py", "dates"),
    ("views/tables.py", "record"),
    ("openapi/parameters.py", "examples"),
    ("openapi/schema.py", "examples"),
    ("api/row_reader.py", "source"),
    # To be handed in by the app above.
    ("admin/model_admin.py", "strategy"),
    ("admin/model_admin.py", "names"),
    ("models/querysets.py", "citations"),
}


def names_above() -> tuple[set[str], set[str]]:
    """Names by which code can mean a concrete model: labels and tables, and relations in either direction."""
    own = [model for model in apps.get_models() if model._meta.app_label in APPS]
    labels = {name for model in own for name in (model._meta.label_lower, model._meta.db_table)}
    relations = {
        field.get_accessor_name() if field.auto_created else field.name
        for model in own
        for field in model._meta.get_fields()
        if field.is_relation and getattr(field.related_model, "_meta", None) and field.related_model in own
    }
    return labels, relations


def models_named(file: Path, source: str) -> list[str]:
    """The strings and the keyword arguments of a file of core that name a model or relation of an app above it."""
    labels, relations = names_above()
    place = file.relative_to(ROOT / "strategy" / "core").as_posix()
    named = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "get_model":
            named += [text.value for text in ast.walk(node) if isinstance(text, ast.Constant)]
        text = node.value if isinstance(node, ast.Constant) else node.arg if isinstance(node, ast.keyword) else None
        if not isinstance(text, str):
            continue
        relation = text.partition("__")[0]
        if text.lower() in labels or (relation in relations and (place, relation) not in ALLOWED_IN_CORE):
            named.append(text)
    return named


@pytest.mark.parametrize("file", [f for f in FILES if "core" in f.parts], ids=module_of)
def test_core_names_no_model(file: Path):
    assert models_named(file, file.read_text()) == []


@pytest.mark.parametrize(
    "source",
    [
        "SEARCH = 'strategy.SearchEntry'",
        "TABLE = 'strategy_searchentry'",
        "apps.get_model('strategy', 'Office')",
        "rows.filter(citations=None)",
        "rows.filter(assignments__role='lead')",
        "{'line_of_effort__code': 1}",
        "if name == 'citations': pass",
    ],
)
def test_a_model_named_in_core_is_seen(source: str):
    assert models_named(ROOT / "strategy" / "core" / "x.py", source)


def test_relations_point_down():
    models = [model for model in apps.get_models() if model._meta.app_label in APPS]
    assert len(models) > 30
    up = [
        f"{model._meta.label}.{field.name}"
        for model in models
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]
        if field.related_model is not None
        and (other := field.related_model._meta.app_label) in APPS
        and APPS.index(other) > APPS.index(model._meta.app_label)
    ]
    assert up == []


def test_every_model_is_content_or_kept_beside_it():
    for label in APPS[:-1]:
        config = apps.get_app_config(label)
        names = {model.__name__ for model in config.get_models()}
        beside = {"SearchEntry", "ContentVersion", "ShippedRow", "Change", "ChangeSet", "Proposal"}
        assert names - beside - {"Subject", "Citation"} == set(config.content)


@pytest.mark.parametrize("file", [f for f in FILES if "migrations" in f.parts], ids=module_of)
def test_migrations_need_no_extension(file: Path):
    assert "create extension" not in file.read_text().lower()
    assert "Extension(" not in file.read_text()


def test_tests_stand_where_their_package_stands():
    folders = {file.parent.relative_to(ROOT / "tests") for file in TESTS if file.name.startswith("test_")}
    mirrored = {folder for folder in folders if folder.parts[0] in APPS}
    assert [str(folder) for folder in mirrored if not (ROOT / folder).is_dir()] == []
    features = {file.parent.relative_to(ROOT) for file in FILES if file.name == "views.py"}
    assert sorted(map(str, features - mirrored)) == []


def named_test_modules(file: Path, source: str) -> list[str]:
    """The test modules that a file of the tests imports, or names in a string as one who imports by name would."""
    strings = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    names = [*imports(file, source), *(text for text in strings if isinstance(text, str))]
    return sorted({match.group() for name in names if (match := TEST_MODULE.match(name))})


@pytest.mark.parametrize("file", TESTS, ids=module_of)
def test_no_test_module_is_imported(file: Path):
    """What several test modules use is in tests/support."""
    assert named_test_modules(file, file.read_text()) == []


@pytest.mark.parametrize(
    "source",
    [
        "from tests.contracts.test_api import codes",
        "from tests.contracts import test_api",
        "from .test_admin import office",
        "def f():\n    import tests.contracts.test_api",
        "import_module('tests.contracts.test_api')",
        "pytest_plugins = ['tests.contracts.test_api']",
    ],
)
def test_an_import_of_a_test_module_is_seen(source: str):
    assert len(named_test_modules(ROOT / "tests/contracts/test_pages.py", source)) == 1
