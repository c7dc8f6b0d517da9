"""The checklists of CONTRIBUTING.md are true: followed in a copy of the checkout they pass, and no step is idle."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

# The first line of an edit in a block of a checklist: the file, and where in it the lines below belong.
HEAD = re.compile(r"# ([\w./]+), (new|below: .+|above: .+)")
PYTEST = ("pytest", "-q", "-n", "0", "-p", "no:cacheprovider")
CONTENT = "strategy/apps.py", "strategy/urls.py", "strategy/admin/__init__.py"


@dataclass(frozen=True)
class Edit:
    """Lines that a checklist adds: to a new file (without an anchor), or beside the first line like the anchor."""

    file: str
    anchor: str
    above: bool
    lines: tuple[str, ...]

    @property
    def is_import(self) -> bool:
        """Whether it does no more than import the names that another edit of the file uses."""
        return bool(self.anchor) and self.lines[0].startswith("from ") and not self.file.endswith("models/__init__.py")

    def apply(self, checkout: Path) -> None:
        path = checkout / self.file
        old = path.read_text().splitlines() if self.anchor else []
        stripped = [line.strip() for line in old]
        assert not self.anchor or self.anchor in stripped, f"CONTRIBUTING.md: {self.file} has no line {self.anchor!r}"
        place = stripped.index(self.anchor) + (not self.above) if self.anchor else 0
        path.write_text("\n".join([*old[:place], *self.lines, *old[place:]]) + "\n")


def edits(root: Path, heading: str) -> list[Edit]:
    """The edits of one checklist, in their order."""
    section = (root / "CONTRIBUTING.md").read_text().partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    result: list[Edit] = []
    for block in re.findall(r"^```python\n(.*?)^```$", section, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if match := HEAD.fullmatch(line):
                word, _, anchor = match[2].partition(": ")
                result.append(Edit(match[1], anchor, word == "above", ()))
            else:
                last = result.pop()
                result.append(Edit(last.file, last.anchor, last.above, (*last.lines, line)))
    return result


def lines(steps: list[Edit]) -> int:
    return sum(bool(line.strip()) for step in steps for line in step.lines)


Checkouts = Callable[..., Path]


@pytest.fixture(scope="module")
def checkouts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkouts]:
    """Makes copies of the checkout with the edits of the checklist for a model, but for some."""
    root = Path(__file__).parents[2]
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listing, cwd=root, capture_output=True, text=True, check=True).stdout.split("\0")
    folders = []

    def checkout(leave_out: Callable[[Edit], bool] = lambda edit: False) -> Path:
        folder = tmp_path_factory.mktemp("checkout")
        folders.append(folder)
        for name in names:
            if name and (root / name).is_file() and not name.startswith(("docs/", "assets/")):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(root / name, folder / name)
        for step in edits(root, "Add a kind of record"):
            if not leave_out(step):
                step.apply(folder)
        return folder

    yield checkout
    for folder in folders:
        shutil.rmtree(folder)


def run(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Runs a tool in a copy, whose database and settings are its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_URL", "PYTEST"))}
    clean |= {"DATA_DIR": str(checkout / "var"), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    return subprocess.run([sys.executable, "-m", *words], cwd=checkout, env=clean, capture_output=True, text=True)


def passes(checkout: Path, *words: str) -> None:
    done = run(checkout, *words)
    assert done.returncode == 0, done.stdout + done.stderr


def failure(checkout: Path, *words: str) -> str:
    """What is said where something is missing."""
    done = run(checkout, *words)
    assert done.returncode != 0, "nothing fails"
    return done.stdout + done.stderr


def test_the_lists_are_short(root: Path) -> None:
    assert lines(edits(root, "Add a field")) <= 3
    assert lines(edits(root, "Add a kind of record")) <= 45


@pytest.mark.long
def test_a_field_and_a_kind_of_record_by_the_list(root: Path, checkouts: Checkouts) -> None:
    checkout = checkouts()
    for step in edits(root, "Add a field"):
        step.apply(checkout)
    passes(checkout, "manage", "makemigrations")
    for command in ("migrate", "load_content", "dump_content"):
        passes(checkout, "manage", command, "-v0" if command == "migrate" else "-v1")
    passes(checkout, "ruff", "check", "--no-cache", ".")
    passes(checkout, "ruff", "format", "--no-cache", "--check", ".")
    tests = ["tests/contracts", "tests/site/test_shipped_content.py", "tests/strategy/fixtures_io/test_load.py"]
    named = (
        "lesson or every_record_has_evidence or entered_by_staff or same_bytes or risk and (every_field or same_alone)"
    )
    passes(checkout, *PYTEST, *tests, "-k", named)


class TestForgotten:
    """Each step of the list for a model, left out, gives a failure that names the file to edit."""

    @pytest.mark.parametrize("file", ["strategy/models/lessons.py", "strategy/views/lessons.py"])
    def test_a_new_module(self, checkouts: Checkouts, file: str) -> None:
        assert file.removesuffix(".py").replace("/", ".") in failure(
            checkouts(lambda step: step.file == file), "manage", "check"
        )

    @pytest.mark.parametrize("file", ["strategy/models/__init__.py", "strategy/api.py"])
    def test_the_model_s_name_and_its_name_in_the_api(self, checkouts: Checkouts, file: str) -> None:
        message = failure(checkouts(lambda step: step.file == file and not step.is_import), "manage", "check")
        assert file in message
        assert "Lesson" in message

    def test_what_a_system_check_sees(self, checkouts: Checkouts) -> None:
        message = failure(checkouts(lambda step: step.file in CONTENT and not step.is_import), "manage", "check")
        assert 'Lesson is in no fixture: add "Lesson" to `content` in strategy/apps.py.' in message
        assert 'add record_urls("lessons", "lesson", LessonList, LessonDetail) to strategy/urls.py.' in message
        assert "add admin.site.register(Lesson, EvidencedAdmin) to strategy/admin/__init__.py." in message

    def test_what_lint_sees(self, checkouts: Checkouts) -> None:
        message = failure(
            checkouts(lambda step: step.is_import or step.lines == ('    "Lesson",',)),
            "ruff",
            "check",
            "--no-cache",
            ".",
        )
        for file in (
            "strategy/models/__init__.py",
            "strategy/api.py",
            "strategy/urls.py",
            "strategy/admin/__init__.py",
        ):
            assert file in message

    def test_what_needs_no_database(self, checkouts: Checkouts) -> None:
        checkout = checkouts(lambda step: step.file.endswith(("lessons.json", "factories.py")))
        message = failure(checkout, *PYTEST, "tests/contracts/test_completeness.py", "-k", "lesson")
        assert "Write the first lesson to fixtures/strategy/32_lessons.json." in message
        assert "Lesson has no factory: add `lesson = Factory(...)` to tests/support/factories.py." in message

    @pytest.mark.long
    def test_what_the_content_shows(self, checkouts: Checkouts) -> None:
        checkout = checkouts(lambda step: step.file.endswith(("90_citations.json", "documents.py")))
        passes(checkout, "manage", "makemigrations")
        tests = "tests/contracts/test_pages.py", "tests/site/test_shipped_content.py"
        message = failure(checkout, *PYTEST, *tests, "-k", "Strategy.lesson_set or every_record_has_evidence")
        assert "No panel shows lesson_set: see " in message
        assert "strategy/views/documents.py" in message
        assert "Cite a source for each lesson in fixtures/strategy/90_citations.json." in message
