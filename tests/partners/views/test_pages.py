"""Lists and pages of partners: tiles, facets, counts that agree with what they lead to."""

from typing import Any

import pytest
from django.test import Client

from partners.models import Engagement, Partner
from tests.support import factories as make
from tests.support.downloads import download_rows
from tests.support.html import links_of, main_of, row_links, text_of

pytestmark = pytest.mark.django_db


def facet_links(page: Any) -> dict[str, tuple[str, int]]:
    """Address and count of every facet that is not chosen yet, by label."""
    counts = [count for count in main_of(page).all("li > a[href^='?'] > span") if count.text.isdigit()]
    links = [(count.parent, int(count.text)) for count in counts if "aria-current" not in count.parent]
    return {link.own_text: (link["href"], count) for link, count in links}


def tiles(page: Any) -> list[str]:
    return main_of(page).values("a.tile.tile--nation", "href")


def test_nations_come_first_and_the_own_side_stands_apart(client: Client) -> None:
    page = client.get("/partners/")
    nations = [item.get_absolute_url() for item in Partner.objects.visible().nations()]
    assert sorted(tiles(page)) == sorted(nations)
    assert row_links(page) == nations
    assert tiles(page)[-1] == "/partners/USA/"
    assert "Own side 1 USA United States Own side" in text_of(page)


def test_organizations_are_a_list_of_their_own(client: Client) -> None:
    page = client.get("/partners/", {"is_nation": "false", "page_size": "200"})
    assert len(row_links(page)) == 90
    assert tiles(page) == []
    assert "90 records" in text_of(page)


@pytest.mark.parametrize("parameters", [{"region": "Europe", "line_of_effort": "IPS-L1"}, {"is_nation": "false"}])
def test_a_facet_leads_to_as_many_rows_as_it_says(client: Client, parameters: dict[str, str]) -> None:
    facets = facet_links(client.get("/partners/", parameters))
    assert len(facets) > 8
    for label, (address, count) in facets.items():
        page = client.get(f"/partners/{address}")
        assert page.status_code == 200
        chosen = [text.split(" (")[0] for text in main_of(page).texts("a[aria-current=true]")]
        assert any(text.startswith(f"{label} {count}") for text in chosen), (label, chosen)
        assert f" {count} record" in text_of(page), (label, address)


def test_numbers_agree_with_the_lists_they_lead_to(client: Client) -> None:
    for code in ("AUS", "PRT", "RO-ROSA", "US-USSPACECOM"):
        row = next(row for row in download_rows(client, "/partners/", "json", search=code) if row["code"] == code)
        for column, address in (
            ("engagements", f"/engagements/?involving={code}"),
            ("agreements", f"/agreements/?party={code}"),
            ("frameworks", f"/frameworks/?member={code}"),
        ):
            assert f"{row[column]} record" in text_of(client.get(address)), (code, column)


def test_a_line_of_effort_is_touched_by_membership_agreement_or_engagement(client: Client) -> None:
    line = make.line_of_effort()
    under = {"line_of_effort": line, "line_basis": "summary"}
    other = make.line_of_effort()
    touching = [
        make.membership(framework=make.framework(**under)).partner,
        make.agreement(framework=make.framework(**under)).nation,
        make.participation(engagement=make.engagement(**under)).partner,
        make.participation(
            engagement=make.engagement(line_of_effort=other, line_basis="summary", secondary_line=line)
        ).partner,
    ]
    make.participation()
    page = client.get("/partners/", {"line_of_effort": line.code})
    assert sorted(row_links(page)) == sorted(item.get_absolute_url() for item in touching)
    rows = download_rows(client, "/partners/", "json", line_of_effort=line.code)
    assert all(line.code in row["lines_of_effort"] for row in rows)


def test_a_nation_s_page_says_what_its_relation_means(client: Client) -> None:
    text = text_of(client.get("/partners/AUS/"))
    assert "State with a formal mutual-defense agreement with the United States." in text
    assert "Mutual-defense treaty partner (ANZUS); also AUKUS" in text
    assert "Invited" not in text
    assert "Invited 9 April 2024" in text_of(client.get("/partners/NZL/"))
    assert "Hosted payloads: QZSS-HP" in text_of(client.get("/partners/JPN/"))


def test_the_newest_engagements_lead_and_the_rest_are_one_click_off(client: Client) -> None:
    page = client.get("/partners/USA/")
    shown = main_of(page).section("Engagements, the newest").values("th[scope=row] > a.record", "href")
    expected = Engagement.objects.filter(participations__partner__code="USA").newest_first()
    assert shown[:10] == [item.get_absolute_url() for item in expected[:10]]
    assert len(shown) == 15
    assert "/engagements/?involving=USA" in links_of(page)


def test_both_roles_of_a_partner_in_one_engagement_are_told(client: Client) -> None:
    engagement, partner = make.engagement(start="2025"), make.partner()
    make.participation(engagement=engagement, partner=partner, role="signatory")
    make.participation(engagement=engagement, partner=partner, role="observer")
    make.engagement_host(engagement=engagement, partner=partner)
    text = text_of(client.get(partner.get_absolute_url()))
    assert text.count(engagement.name) == 1
    assert all(word in text for word in ("Signatory", "Observer", "Host"))
