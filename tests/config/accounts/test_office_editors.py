"""Accounts bound to offices change what belongs to these, by every way of writing, and nothing else."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied
from django.test import Client

from config.accounts.models import OfficeEditor
from lines_of_effort.models import Activity, Assignment
from strategy.history import changeset
from strategy.models import ChangeSet, Citation, Goal, Mitigation, Office, OfficeName, OfficeRelation, content_version
from tests.support import factories as make
from tests.support.admin_forms import change_url, form_for
from tests.support.html import parse

pytestmark = pytest.mark.django_db


@pytest.fixture
def lee() -> User:
    """Bound to CSRO, which leads IPS-A02, with every permission."""
    user = User.objects.create_user("lee", is_staff=True)
    user.user_permissions.set(Permission.objects.all())
    OfficeEditor.objects.create(user=user, office=Office.objects.get(code="CSRO"))
    return user


def csro() -> Office:
    return Office.objects.get(code="CSRO")


def starcom() -> Office:
    return Office.objects.get(code="STARCOM")


def below() -> Office:
    """An office below CSRO."""
    office = make.office(code="CSRO-1")
    OfficeRelation.objects.create(office=office, kind="part_of", other=csro())
    return office


def own_activity(**values: object) -> None:
    Activity.objects.filter(code="IPS-A02").update(**values)


def cite(office: Office) -> None:
    Citation(record=office, reason="We read it so").save()


ALLOWED: dict[str, Callable[[], object]] = {
    "own text": lambda: Office.objects.filter(code="CSRO").update(note="Ours"),
    "own name": lambda: OfficeName.objects.create(office=csro(), value="Our name", kind="official"),
    "own assignment": lambda: Assignment.objects.create(
        activity=Activity.objects.get(code="IPS-A06"), office=csro(), role="supporting"
    ),
    "own verb": lambda: Assignment.objects.filter(office=csro()).update(verb="directs"),
    "own citation": lambda: cite(csro()),
    "activity that it leads": lambda: own_activity(title="Reworded", description="By its lead"),
}
REFUSED: dict[str, Callable[[], object]] = {
    "another's text": lambda: Office.objects.filter(code="STARCOM").update(note="Theirs"),
    "another's name": lambda: OfficeName.objects.create(office=starcom(), value="Their name", kind="official"),
    "another's assignment": lambda: Assignment.objects.filter(office=starcom()).update(verb="leads"),
    "handing over": lambda: Assignment.objects.filter(office=csro()).update(office=starcom()),
    "taking over": lambda: Assignment.objects.filter(office=starcom()).update(office=csro()),
    "another's citation": lambda: cite(starcom()),
    "a goal": lambda: Goal.objects.filter(code="IPS-G1").update(title="Ours"),
    "an activity it does not lead": lambda: Activity.objects.filter(code="IPS-A06").update(title="Ours"),
    "the line of an activity that it leads": lambda: own_activity(line_reason="Ours"),
    "a new activity": lambda: make.activity(),
    "annexing an office": lambda: (
        OfficeRelation.objects.create(office=starcom(), kind="part_of", other=csro()),
        Office.objects.filter(code="STARCOM").update(note="Annexed"),
    ),
    "own and another's at once": lambda: Office.objects.filter(code__in=["CSRO", "STARCOM"]).update(note="All"),
    "a mitigation of nobody": lambda: Mitigation.objects.filter(owner=None).update(description="Ours"),
}


@pytest.mark.parametrize("edit", ALLOWED.values(), ids=ALLOWED)
def test_what_belongs_to_its_office_it_may_change(lee: User, edit: Callable[[], object]) -> None:
    with changeset(lee, "", ChangeSet.Kind.EDIT) as current:
        edit()
    assert ChangeSet.objects.get(pk=current.pk).actor == lee


@pytest.mark.parametrize("edit", REFUSED.values(), ids=REFUSED)
def test_what_does_not_is_refused_and_nothing_is_kept(lee: User, edit: Callable[[], object]) -> None:
    version = content_version()
    with (
        pytest.raises(PermissionDenied, match="what belongs to CSRO and the offices below"),
        changeset(lee, "", ChangeSet.Kind.EDIT),
    ):
        edit()
    assert content_version() == version
    with changeset(User.objects.create_superuser("root"), "", ChangeSet.Kind.EDIT):
        edit()


def test_offices_below_are_its_own(lee: User) -> None:
    office = below()
    with changeset(lee, "", ChangeSet.Kind.EDIT):
        Office.objects.filter(pk=office.pk).update(note="Below")
        Assignment.objects.filter(office=csro()).update(office=office)


def test_an_account_that_is_not_bound_is_held_by_its_permissions_alone(lee: User) -> None:
    lee.offices.all().delete()
    with changeset(lee, "", ChangeSet.Kind.EDIT):
        Goal.objects.filter(code="IPS-G1").update(note="By permission")


def test_a_form_keeps_what_was_typed_and_says_whose_it_is(client: Client, lee: User) -> None:
    client.force_login(lee)
    form = form_for(client, starcom())
    answer = client.post(change_url(starcom()), form | {"remit": "Typed by Lee", "remit_basis": "entered"})
    page = parse(answer)
    assert "You may change what belongs to CSRO and the offices below." in page.text
    assert "Typed by Lee" in page.text
    assert starcom().remit != "Typed by Lee"


def test_the_page_says_whose_it_is(client: Client, lee: User) -> None:
    client.force_login(lee)
    proposal = client.post("/reorganize/?office=STARCOM&change=rename", {"date": "2026", "new_name": "Ours"})
    assert proposal.status_code == 302
    refused = client.post(proposal.url, {"action": "accept"})
    assert refused.status_code == 403
    assert "which does not. Nothing was saved." in refused.content.decode()
    assert starcom().name != "Ours"
