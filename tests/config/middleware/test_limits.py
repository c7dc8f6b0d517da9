"""What a request may cost: bodies are refused by their size, unread, and costly files are few at a time."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import Event
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.test import Client

from config.middleware import limits
from strategy.models import Goal
from tests.support.admin_forms import form_of, url
from tests.support.html import text_of

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"


class Unread:
    """A body that must not be read."""

    def read(self, *_: Any) -> bytes:
        raise AssertionError("The body was read.")

    readline = read


def send(client: Client, path: str, size: int, kind: str = FORM) -> Any:
    return client.generic("POST", path, b"", content_type=kind, **{"wsgi.input": Unread(), "CONTENT_LENGTH": str(size)})


@pytest.mark.parametrize("kind", [FORM, MULTIPART, "application/json"])
@pytest.mark.parametrize("path", ["/sign-in/", "/admin/login/", "/my-office/", "/goals/", "/admin/", "/nope/"])
def test_a_large_body_is_refused_unread(path: str, kind: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    answer = send(client, path, 400_000_000, kind)
    assert answer.status_code == 413
    assert "The body is larger than 65,536 bytes. Nothing you sent was stored." in text_of(answer)
    assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff")


@pytest.mark.parametrize("path", ["/api/mcp/", "/api/v1/goals/", "/api/nope/"])
def test_a_large_body_to_the_api_is_refused_in_its_shape(path: str) -> None:
    client = Client()
    client.force_login(User.objects.create_user("reader"))
    answer = send(client, path, limits.MAX_BODY + 1, "application/json")
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["code"]) == (413, "too_large")


def test_a_reader_who_signed_in_may_send_a_large_form_but_no_file(settings: Any) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("editor"))
    form = form_of(client, url(Goal, "add"), Goal) | {"title": "x" * 100_000}
    assert client.post(url(Goal, "add"), form).status_code == 200
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    answer = send(client, "/admin/strategy/goal/add/", limit + 1, MULTIPART)
    assert (answer.status_code, f"larger than {limit:,} bytes" in text_of(answer)) == (413, True)


def test_a_large_form_that_does_not_come_is_told_so() -> None:
    class Stalled(Unread):
        def read(self, *_: Any) -> bytes:
            raise TimeoutError

    client = Client()
    client.force_login(User.objects.create_superuser("editor"))
    sent = {"wsgi.input": Stalled(), "CONTENT_LENGTH": "100000"}
    answer = client.generic("POST", "/admin/strategy/goal/add/", b"", content_type=FORM, **sent)
    assert (answer.status_code, "The body did not come in time." in text_of(answer)) == (408, True)


@pytest.fixture
def writing() -> Iterator[Event]:
    done = Event()
    yield done
    done.set()


@pytest.mark.parametrize("path", ["/goals.xlsx", "/api/v1/goals/?format=xlsx", "/goals/IPS-G1/brief.pdf"])
def test_more_files_than_can_be_written_are_told_when_to_come_again(
    rf: Any, monkeypatch: pytest.MonkeyPatch, writing: Event, path: str
) -> None:
    monkeypatch.setattr(limits, "FILES_WAITING", 1)

    def view(request: WSGIRequest) -> HttpResponse:
        if not request.path_info.endswith(".csv"):
            writing.wait()
        return HttpResponse()

    middleware = limits.FileLimitMiddleware(view)
    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(middleware, rf.get(path)) for _ in range(5)]
        done = as_completed(asked)
        refused = [next(done).result() for _ in range(2)]
        assert middleware(rf.get("/goals.csv")).status_code == 200
        writing.set()
    assert [(answer.status_code, answer["Retry-After"]) for answer in refused] == [(503, "10")] * 2
    assert sorted(answer.result().status_code for answer in asked) == [200, 200, 200, 503, 503]
    assert middleware(rf.get(path)).status_code == 200
