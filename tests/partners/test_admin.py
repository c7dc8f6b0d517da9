"""Partners edited in the admin."""

import pytest
from django.test import Client

from partners.models import Engagement, Framework, Membership, Participation, Partner
from tests.support.admin_forms import add_row, change_url, form_for, refused, saved, searched

pytestmark = pytest.mark.django_db


def test_a_new_name_is_found_in_what_quotes_it(admin_client: Client, client: Client) -> None:
    """The names of memberships and participations are made of their partner's."""
    partner = Partner.objects.get(code="AUS")
    saved(admin_client, change_url(partner), form_for(admin_client, partner) | {"name": "Quokkaland"})
    result = set(searched(client, "quokkaland"))
    assert "AUS" in result
    entries = client.get("/api/v1/participations/", {"search": "quokkaland", "page_size": 200}).json()
    assert entries["count"] == Participation.objects.filter(partner=partner).count() > 10
    entries = client.get("/api/v1/memberships/", {"search": "quokkaland", "page_size": 200}).json()
    assert entries["count"] == Membership.objects.filter(partner=partner).count() > 5


def test_a_membership_is_entered_from_either_end(admin_client: Client) -> None:
    framework, partner = Framework.objects.get(code="CSPO"), Partner.objects.get(code="JPN")
    form = form_for(admin_client, partner)
    row = add_row(form, "memberships", framework=framework, role="liaison", since="2025", until="2024")
    assert "until: Ends before it begins." in refused(admin_client, change_url(partner), form)
    saved(admin_client, change_url(partner), form | {f"{row}-until": "2026"})
    assert Membership.objects.get(framework=framework, partner=partner, role="liaison").until == "2026"
    form = form_for(admin_client, framework)
    add_row(form, "memberships", partner=partner, role="liaison")
    text = refused(admin_client, change_url(framework), form)
    assert "duplicate" in text or "already exists" in text


def test_participants_and_hosts_are_entered_with_the_engagement(admin_client: Client, client: Client) -> None:
    engagement, partner = Engagement.objects.get(code="SW2025"), Partner.objects.get(code="BRA")
    form = form_for(admin_client, engagement)
    add_row(form, "participations", partner=partner, role="observer")
    add_row(form, "host_links", partner=partner)
    saved(admin_client, change_url(engagement), form)
    assert Participation.objects.get(engagement=engagement, partner=partner).code.startswith("PAR-")
    assert "/partners/BRA/" in client.get("/engagements/SW2025/").content.decode()
    form = form_for(admin_client, engagement)
    add_row(form, "host_links", partner=partner)
    text = refused(admin_client, change_url(engagement), form)
    assert "duplicate" in text or "already exists" in text
