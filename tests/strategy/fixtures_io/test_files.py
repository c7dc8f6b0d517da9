"""Files and folders that are no fixtures: each is named, with what is wrong and where."""

import pytest

from tests.support.fixture_folders import refused, write

pytestmark = pytest.mark.django_db

ROW = b'{"model": "strategy.source", "fields": {"code": "GOOD", "title": %s}}'
NO_FIXTURE = [
    (b"", "the file", "", "is not JSON: Expecting value"),
    (b"[" + ROW % b'"cut', "the file", "", "is not JSON: Unterminated string"),
    (b"[" + ROW % b"NaN" + b"]", "the file", "", "is not JSON: NaN is no JSON value"),
    (b"[" + ROW % b"-Infinity" + b"]", "the file", "", "is not JSON: -Infinity is no JSON value"),
    (b"[" * 100_000, "the file", "", "is nested too deeply for a fixture."),
    (b"\xef\xbb\xbf[]", "the file", "", "begins with a byte order mark; save it as UTF-8 without one."),
    (b"\xff\xfe[]", "the file", "", "is not in UTF-8: byte 1 fits no character."),
    (ROW % b'""', "the file", "", "holds no list of rows."),
    (b"[" + ROW % b'"A", "title": "B"' + b"]", "GOOD", "title", "stands twice in one object."),
    (b'[{"model": "strategy.source", "model": "strategy.goal"}]', "the file", "model", "stands twice in one object."),
    (b'["a row"]', "row 1", "", "is not an object with 'model' and 'fields'."),
    (b'[{"model": "strategy.source"}]', "row 1", "fields", "is missing: a row has 'model' and 'fields'."),
    (b'[{"model": "strategy.source", "pk": 1, "fields": {}}]', "row 1", "pk", "is not known here"),
    (b'[{"model": "strategy.source", "fields": []}]', "row 1", "fields", "must be an object of names and values."),
    (b'[{"model": "strategy.goal", "fields": {}}]', "row 1", "model", "must be 'strategy.source'."),
]


@pytest.mark.parametrize(("content", "record", "field", "message"), NO_FIXTURE, ids=[case[3] for case in NO_FIXTURE])
def test_names_what_is_no_fixture(tmp_path, content, record, field, message):
    path = tmp_path / "strategy" / "01_sources.json"
    path.parent.mkdir()
    path.write_bytes(content)
    [problem] = refused(tmp_path)
    assert (problem.file, problem.record, problem.field) == (f"{tmp_path.name}/strategy/01_sources.json", record, field)
    assert message in problem.message


def test_names_a_file_it_cannot_read(tmp_path):
    (tmp_path / "strategy" / "01_sources.json").mkdir(parents=True)
    write(tmp_path, "09_goals")
    [problem] = refused(tmp_path)
    assert str(problem) == f"{tmp_path.name}/strategy/01_sources.json, the file: cannot be read: Is a directory."


@pytest.mark.parametrize("path", ["strategy/01_source.json", "strategie/01_sources.json"])
def test_names_a_file_it_does_not_know(tmp_path, path):
    (tmp_path / path).parent.mkdir()
    (tmp_path / path).write_text("[]")
    [problem] = refused(tmp_path)
    assert problem.file == f"{tmp_path.name}/{path}"
    assert problem.message == "is not known here; did you mean '01_sources.json'?"


def test_refuses_an_empty_folder(tmp_path):
    [problem] = refused(tmp_path)
    assert str(problem).startswith(f"{tmp_path.name}, the folder: holds no fixtures")
