"""What every file of the checkout keeps to. Each rule is a test, so that no other step has to be remembered."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

MACHINE_PATH = re.compile(r"(?<![\w.$}])/(?:work|tmp|root|home|opt)/[A-Za-z.]")
SPELLED_ADDRESS = re.compile(r"""\b(?:href|action|src|url)=["']/""")
# In parts, so that whoever searches the checkout for the address of a registry finds none, not even here.
REGISTRIES = [
    f"{name}.{domain}"
    for name, domain in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("debian", "org"),
    )
]
INDEX = "-".join(("index", "url"))
REGISTRY = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, REGISTRIES))})(?![\w-])|--(?:extra-)?{INDEX}", re.I)
LONGEST = 300
MAX_WIDTH = 120


def tool(root: Path, *words: str, **environment: str) -> None:
    """Run a tool of the environment; what it says is the message of a failure."""
    # What the browser's tests allow themselves is not for production.
    clean = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"} | environment
    done = subprocess.run([sys.executable, "-m", *words], cwd=root, env=clean, capture_output=True, text=True)
    assert done.returncode == 0, f"\n{done.stdout}{done.stderr}"


def committed(root: Path, *patterns: str) -> list[Path]:
    """Files under version control, and those about to be."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *patterns],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [root / name for name in listing.split("\0") if name and (root / name).is_file()]


def text(path: Path) -> str:
    return path.read_text(errors="replace")


def test_lint(root: Path) -> None:
    tool(root, "ruff", "check", "--quiet", ".")


def test_format(root: Path) -> None:
    tool(root, "ruff", "format", "--check", "--quiet", "--diff", ".")


@pytest.mark.long
def test_types(root: Path) -> None:
    tool(root, "mypy", "--no-error-summary")


def templates(root: Path) -> dict[str, list[Path]]:
    """The templates by the language they are written in, as djlint calls it; the admin's are Django's."""
    files = [path for path in committed(root, "templates/*") if path.suffix in (".html", ".svg")]
    django = [path for path in files if path.is_relative_to(root / "templates" / "django")]
    assert django
    return {"jinja": [path for path in files if path not in django], "django": django}


@pytest.mark.parametrize("profile", ["jinja", "django"])
def test_templates(root: Path, profile: str) -> None:
    tool(root, "djlint", "--quiet", "--lint", "--profile", profile, *map(str, templates(root)[profile]))


def test_templates_are_laid_out(root: Path) -> None:
    """djlint's formatter takes away spaces that separate words, so the layout is held here."""
    faults = [
        f"{path.relative_to(root)}:{number}: {fault}"
        for path in chain.from_iterable(templates(root).values())
        for number, line in enumerate(text(path).split("\n")[:-1], 1)
        for fault in layout_faults(line)
    ]
    unfinished = [str(path) for path in chain.from_iterable(templates(root).values()) if text(path)[-1:] != "\n"]
    assert faults + unfinished == []


def layout_faults(line: str) -> Iterator[str]:
    if len(line) > MAX_WIDTH:
        yield f"{len(line)} columns"
    if line != line.rstrip() or "\t" in line:
        yield "a tab, or a space at the end"
    if (len(line) - len(line.lstrip())) % 2:
        yield "an odd number of spaces at the start"


def test_templates_name_their_addresses(root: Path) -> None:
    """All but the page of a fault, which may be one of the addresses."""
    spelled = [
        f"{path.relative_to(root)}:{number}"
        for path in chain.from_iterable(templates(root).values())
        for number, line in enumerate(text(path).split("\n"), 1)
        if path.name != "500.html" and SPELLED_ADDRESS.search(line)
    ]
    assert spelled == []


def test_production_check(root: Path, tmp_path: Path) -> None:
    production = {"DJANGO_SETTINGS_MODULE": "config.settings", "DATA_DIR": str(tmp_path), "HTTPS": "true"}
    production["ALLOWED_HOSTS"] = "strategy.example.org"
    tool(root, "manage", "check", "--deploy", "--fail-level", "WARNING", **production)


def test_migrations_match_the_models(root: Path) -> None:
    tool(root, "manage", "makemigrations", "--check", "--dry-run")


def test_installed_packages_agree(root: Path) -> None:
    tool(root, "pip", "check", "--disable-pip-version-check")


def test_python_files_are_short(root: Path) -> None:
    lengths = {path: text(path).count("\n") for path in committed(root, "*.py") if path.parent.name != "migrations"}
    assert lengths
    assert {str(path): length for path, length in lengths.items() if length > LONGEST} == {}


def test_no_path_of_a_machine(root: Path) -> None:
    # The examples below are such paths.
    assert matches(root, MACHINE_PATH).keys() <= {"tests/project/test_quality.py"}


def test_no_address_of_a_registry(root: Path) -> None:
    assert matches(root, REGISTRY) == {}


def matches(root: Path, pattern: re.Pattern[str]) -> dict[str, list[str]]:
    """What the pattern finds, by file."""
    places = {str(path.relative_to(root)): pattern.findall(text(path)) for path in committed(root)}
    return {name: matches for name, matches in places.items() if matches}


@pytest.mark.parametrize(
    ("pattern", "line", "expected"),
    [
        (MACHINE_PATH, "see /tmp/x", True),
        (MACHINE_PATH, "'/root/.venv'", True),
        (MACHINE_PATH, "https://example.org/work/x", False),
        (MACHINE_PATH, "{root}/tmp/x", False),
        *((REGISTRY, f"https://files.{host}/x", True) for host in REGISTRIES),
        *((REGISTRY, f"see {host}", True) for host in REGISTRIES),
        (REGISTRY, f"--{INDEX} x", True),
        (REGISTRY, f"--extra-{INDEX} x", True),
        (REGISTRY, "https://www.example.org", False),
    ],
)
def test_the_patterns_find_what_they_are_for(pattern: re.Pattern[str], line: str, expected: bool) -> None:
    assert bool(pattern.search(line)) is expected


def locked(path: Path) -> dict[str, str]:
    """The packages of a lock file, each with its hashes."""
    content = text(path)
    assert not re.search(r"^\s*(-[^-]|--(?!hash))", content, re.MULTILINE), f"{path.name} holds an option"
    packages = {}
    for block in re.split(r"^(?=[A-Za-z0-9])", content, flags=re.MULTILINE)[1:]:
        name, version = re.split(r"[= ]+", block)[:2]
        hashes = sorted(re.findall(r"--hash=(sha256:[0-9a-f]{64})", block))
        assert hashes, f"{name} has no hash"
        packages[name] = f"{version} {hashes}"
    return packages


def test_the_locks_agree(root: Path) -> None:
    runtime, development = locked(root / "requirements.txt"), locked(root / "requirements-dev.txt")
    assert "django" in runtime
    assert "pytest" in development
    assert runtime.items() <= development.items()


def test_the_locks_hold_what_the_project_asks_for(root: Path) -> None:
    project = tomllib.loads(text(root / "pyproject.toml"))["project"]
    params = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[\[<>=!~; ]", line)[0].lower() for line in params}
    assert names <= locked(root / "requirements-dev.txt").keys()
