"""Pages refuse parameters in one place: unknown names, bad values and pages beyond the last."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from strategy.core.params import BadParametersError
from strategy.core.views import NoSuchPageError, StrictPage

pytestmark = pytest.mark.django_db


class Page(StrictPage):
    query_params = ("q",)
    error: BadParametersError | None = None

    def get(self, request: Any) -> HttpResponse:
        if self.error:
            raise self.error
        return HttpResponse("rows")


class PageWithForm(Page):
    def render_problems(self, error: BadParametersError, status: int) -> HttpResponse:
        return HttpResponse(f"form {sorted(error.errors)}", status=status)


def ask(page: type[StrictPage], address: str, **attributes: Any) -> Any:
    response = page.as_view(**attributes)(RequestFactory().get(address))
    return response.render() if hasattr(response, "render") else response


def test_known_parameters_reach_the_page() -> None:
    assert ask(Page, "/page/?q=").content == b"rows"


@pytest.mark.parametrize("query", ["?nonsense=1", "?q=1&q=2", "?q=%00"])
def test_others_are_refused_with_a_way_on(query: str) -> None:
    response = ask(Page, f"/page/{query}")
    assert response.status_code == 400
    assert b'href="/page/"' in response.content


@pytest.mark.parametrize(("error", "status"), [(BadParametersError({"q": ["No."]}), 400), (NoSuchPageError(3), 404)])
def test_an_error_raised_by_the_page_is_answered(error: BadParametersError, status: int) -> None:
    response = ask(Page, "/page/", error=error)
    assert response.status_code == status
    assert error.errors.popitem()[1][0] in response.content.decode()


def test_a_page_may_show_its_form_with_the_problems() -> None:
    response = ask(PageWithForm, "/page/?nonsense=1")
    assert (response.status_code, response.content) == (400, b"form ['nonsense']")


@pytest.mark.parametrize("address", ["/", "/about/", "/findings/", "/read/", "/glossary/", "/search/", "/id/IPS"])
def test_each_page_refuses_what_it_does_not_know(client: Client, address: str) -> None:
    response = client.get(address, {"nonsense": 1})
    assert response.status_code == 400
    assert "Unknown parameter." in response.content.decode()
