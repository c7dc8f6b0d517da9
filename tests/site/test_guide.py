"""The analyst's guide against the program: each call is made, and each answer is the one that is printed."""

import contextlib
import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

import pytest
from django.conf import settings
from django.test import override_settings
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from config import settings as production

GUIDE = Path(settings.BASE_DIR) / "docs" / "guide.md"
PREFACE, *QUESTIONS = re.split(r"^## ", GUIDE.read_text(), flags=re.M)
QUESTION_COUNT = 10


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)


@pytest.fixture(scope="module")
def server(django_db_setup: None) -> Iterator[str]:
    """The site as it is in production, which also keeps whole answers."""
    with override_settings(MIDDLEWARE=production.MIDDLEWARE):
        running = LiveServer("127.0.0.1")
        yield running.url
        running.stop()


@pytest.fixture
def names(server: str, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Any]]:
    """What the guide's preface defines, for this server; ``asked`` has the address of each call."""
    result: dict[str, Any] = {}
    (preface,) = blocks(PREFACE, "python")
    exec(compile(preface, GUIDE.name, "exec"), result)
    result["BASE"], result["asked"] = server, []
    plain = result["urlopen"]

    def noted(request: Request) -> Any:
        result["asked"].append(request.full_url)
        return plain(request)

    result["urlopen"] = noted
    with django_db_blocker.unblock():
        yield result


def test_there_are_as_many_questions_as_it_says() -> None:
    assert [question.split(".")[0] for question in QUESTIONS] == [str(n + 1) for n in range(QUESTION_COUNT)]


@pytest.mark.parametrize("question", QUESTIONS, ids=[question.split("\n")[0] for question in QUESTIONS])
def test_the_answer_is_the_one_printed(names: dict[str, Any], question: str) -> None:
    (call,), (program,), (answer,) = (blocks(question, language) for language in ("sh", "python", "text"))
    message = io.StringIO()
    with contextlib.redirect_stdout(message):
        exec(compile(program, GUIDE.name, "exec"), names)
    assert message.getvalue() == answer
    # The two calls ask the same.
    (url,) = (word for word in shlex.split(call.replace("$BASE", names["BASE"])) if word.startswith("http"))
    assert parts(url) in [parts(params) for params in names["asked"]]
    method = "HEAD" if "--head" in call else "GET"
    with urlopen(Request(url, method=method)) as response:
        assert response.status == 200


def parts(url: str) -> tuple[str, dict[str, list[str]]]:
    return urlsplit(url).path, parse_qs(urlsplit(url).query)
