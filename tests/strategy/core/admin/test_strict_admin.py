"""Forms of the admin that say what no browser says are refused in words, before anything is built of them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from strategy.models import Chapter, Mention, Office
from tests.support import factories as make
from tests.support.admin_forms import change_url, everything, form_for, form_of, new_office, office, refused, url
from tests.support.html import parse

pytestmark = pytest.mark.django_db


def told(client: Client, address: str, form: dict[str, Any]) -> str:
    """The sentence of a refusal, after which nothing is changed."""
    before = everything()
    answer = client.post(address, form)
    assert answer.status_code == 400
    assert everything() == before
    page = parse(answer)
    assert "Nothing was saved." in page.one("#content").text
    return page.one(".errornote").text


@pytest.mark.parametrize("name", ["TOTAL_FORMS", "INITIAL_FORMS"])
@pytest.mark.parametrize("value", ["-1", "abc", "", "9" * 40, "1.5", "\x00", "\u0663", None])
def test_a_table_that_does_not_count_its_rows(admin_client: Client, name: str, value: str | None) -> None:
    record = office("STARCOM")
    for address, form in (
        (change_url(record), form_for(admin_client, record)),
        (url(Office, "add"), new_office(admin_client)),
    ):
        form = {key: text for key, text in form.items() if value is not None or key != f"names-{name}"}
        odd = form if value is None else form | {f"names-{name}": value}
        assert "'names' does not say how many rows it has" in told(admin_client, address, odd)


def test_more_rows_that_were_there_than_rows(admin_client: Client) -> None:
    form = new_office(admin_client) | {"names-INITIAL_FORMS": "3"}
    assert "'names' does not say how many rows it has" in told(admin_client, url(Office, "add"), form)


def test_many_rows_are_refused(admin_client: Client) -> None:
    form = new_office(admin_client)
    rows = {f"names-{number}-value": "" for number in range(2000)}
    words = "'names' has 2000 rows; at most 200 are saved at once"
    assert words in told(admin_client, url(Office, "add"), form | rows | {"names-TOTAL_FORMS": "2000"})


def test_rows_that_were_not_sent_are_not_built(admin_client: Client) -> None:
    form = new_office(admin_client) | {"names-TOTAL_FORMS": "200"}
    assert "no values for its row 1 of 200" in told(admin_client, url(Office, "add"), form)


def test_more_records_than_a_field_takes(admin_client: Client) -> None:
    mention = make.mention(offices=[office("STARCOM")])
    form = form_for(admin_client, mention) | {"offices": [str(number) for number in range(1, 5000)]}
    assert "Choose at most 1000." in refused(admin_client, change_url(mention), form)
    address = f"{url(Mention, 'add')}?offices={','.join(form['offices'])}"
    assert len(form_of(admin_client, address, Mention)["offices"]) <= 1000


@pytest.mark.parametrize("action", ["change", "delete"])
def test_no_field_to_find_a_record_by(admin_client: Client, action: str) -> None:
    record = Chapter.objects.all()[0]
    assert admin_client.get(url(Chapter, action, record.pk), {"_to_field": ""}).status_code == 200
    assert admin_client.get(url(Chapter, action, record.pk), {"_to_field": "number"}).status_code == 400


@pytest.mark.parametrize(
    ("app_label", "model_name", "field_name", "status"),
    [
        ("access", "token", "user", 200),
        ("auth", "user", "groups", 200),
        ("auth", "user", "token_set", 403),
        ("strategy", "office", "names", 403),
        ("strategy", "strategy", "goal_set", 400),
        ("strategy", "citation", "record", 403),
        ("strategy", "goal", "code", 403),
        ("x\x00", "y", "z", 403),
    ],
)
def test_a_picker_of_what_is_no_record(
    admin_client: Client, app_label: str, model_name: str, field_name: str, status: int
) -> None:
    params = {"app_label": app_label, "model_name": model_name, "field_name": field_name}
    answer = admin_client.get(reverse("admin:autocomplete"), params | {"term": "a"})
    assert answer.status_code == status
    if (app_label, field_name) == ("access", "user"):
        assert [result["text"] for result in answer.json()["results"]] == ["admin"]
