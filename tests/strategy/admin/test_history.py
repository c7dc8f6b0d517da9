"""The change log in the admin: to read, for those who may."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from strategy.history import changeset
from strategy.models import ChangeSet
from tests.support import factories as make
from tests.support.admin_forms import change_url, url
from tests.support.html import parse


@pytest.mark.django_db
def test_a_change_set_is_read_by_who_may_and_edited_by_nobody(admin_client: Client, admin_user: User) -> None:
    risk = make.risk(title="Old <title>")
    with changeset(admin_user, "On order", ChangeSet.Kind.EDIT) as current:
        risk.title = "First"
        risk.save()
    page = admin_client.get(change_url(current))
    assert f"{current.changes.count()}: read them on the site" in parse(page).text
    assert f"/changes/{current.version}/" in page.content.decode()
    assert "On order" in parse(admin_client.get(url(ChangeSet))).text
    assert admin_client.post(change_url(current), {"reason": "None"}).status_code == 403
    assert admin_client.post(url(ChangeSet, "delete", current.pk), {"post": "yes"}).status_code == 403
    clerk = User.objects.create_user("clerk", is_staff=True)
    client = Client()
    client.force_login(clerk)
    assert client.get(change_url(current)).status_code == 403
    clerk.user_permissions.add(Permission.objects.get(codename="view_changeset"))
    assert client.get(change_url(current)).status_code == 200
