"""What two editors send at the same moment: one of them is told, nothing is doubled, and nothing deleted comes back."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from lines_of_effort.models import Assignment
from strategy.models import Citation, Office, OfficeRelation, Source, Strategy
from tests.support import factories as make
from tests.support.admin_forms import add_row, change_url, confirmed, form_for, form_of, url
from tests.support.races import at_once

race = pytest.mark.proof(rounds=2, all_rounds=150)


@pytest.fixture
def editors(transactional_db: None) -> list[Client]:
    user = get_user_model().objects.create_superuser("editor")
    clients = [Client(raise_request_exception=False) for _ in range(2)]
    for client in clients:
        client.force_login(user)
    return clients


def both_post(editors: list[Client], *posts: tuple[str, dict]) -> list[int]:
    sent = [lambda c=client, p=post: c.post(*p) for client, post in zip(editors, posts, strict=True)]
    return [answer.status_code for answer in at_once(*sent)]


@race
def test_the_same_assignment(editors: list[Client], rounds: int) -> None:
    for _ in range(rounds):
        form = form_of(editors[0], url(Assignment, "add"), Assignment)
        form |= {"activity": make.activity().pk, "office": make.office().pk, "role": "lead"}
        assert sorted(both_post(editors, *[(url(Assignment, "add"), form)] * 2)) == [200, 302]


@race
def test_the_same_code(editors: list[Client], rounds: int) -> None:
    for number in range(rounds):
        form = form_of(editors[0], url(Source, "add"), Source)
        posts = [
            (url(Source, "add"), form | {"code": f"S-{number}", "publisher": "P", "url": f"https://example.org/{page}"})
            for page in range(number * 2, number * 2 + 2)
        ]
        assert sorted(both_post(editors, *posts)) == [200, 302]


@race
def test_codes_that_are_given(editors: list[Client], rounds: int) -> None:
    for _ in range(rounds):
        goal, source = make.goal(), make.source()
        form = form_of(editors[0], url(Citation, "add"), Citation)
        form |= {"record_kind": "strategy.goal", "record_code": goal.code, "source": source.pk, "basis": "summary"}
        assert both_post(editors, *[(url(Citation, "add"), form)] * 2) == [302, 302]
        assert Citation.objects.filter(object_id=goal.pk, source=source).count() == 2


@race
def test_deleting_against_editing(editors: list[Client], rounds: int) -> None:
    for _ in range(rounds):
        office = make.office_name().office
        edit = (change_url(office), form_for(editors[0], office) | {"name": "Edited"})
        statuses = both_post(editors, edit, (url(Office, "delete", office.pk), confirmed()))
        assert statuses in ([200, 302], [302, 409])
        assert Office.objects.filter(code=office.code).exists() is (statuses[1] == 409)


@race
def test_superseding_each_other(editors: list[Client], rounds: int) -> None:
    for _ in range(rounds):
        pair = [make.strategy(), make.strategy()]
        posts = [
            (change_url(one), form_for(editors[0], one) | {"supersedes": other.pk})
            for one, other in (pair, reversed(pair))
        ]
        assert sorted(both_post(editors, *posts)) in ([200, 302], [302, 409])
        assert Strategy.objects.filter(pk__in=[row.pk for row in pair], supersedes=None).count() == 1


@race
def test_offices_that_are_part_of_each_other(editors: list[Client], rounds: int) -> None:
    for _ in range(rounds):
        pair = [make.office(), make.office()]
        posts = []
        for one, other in (pair, reversed(pair)):
            form = form_for(editors[0], one)
            add_row(form, "relations", kind="part_of", other=other)
            posts.append((change_url(one), form))
        assert sorted(both_post(editors, *posts)) == [200, 302]
        assert OfficeRelation.objects.filter(office__in=pair).count() == 1


@race
def test_renaming_a_part_against_citing_it(editors: list[Client], rounds: int) -> None:
    source = make.source()
    for number in range(rounds):
        name = make.office_name(value=f"Old {number}")
        rename = form_for(editors[0], name.office)
        rename[next(key for key, value in rename.items() if value == name.value)] = "New"
        cite = form_of(editors[0], url(Citation, "add"), Citation) | {"field": "names", "part": name.value}
        cite |= {"record_kind": "strategy.office", "record_code": name.office.code, "source": source.pk}
        cite["basis"] = "summary"
        assert both_post(editors, (change_url(name.office), rename), (url(Citation, "add"), cite))[0] in (302, 409)
        name.refresh_from_db()
        assert set(name.office.citations.values_list("part", flat=True)) <= {name.value}
