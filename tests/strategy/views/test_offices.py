"""The page of an office: what it is for, which is no assignment, and who heads it."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tests.support import factories as make
from tests.support.html import main_of, text_of

pytestmark = pytest.mark.django_db


def test_a_remit_is_shown_with_its_source_and_is_no_assignment(client: Client) -> None:
    office = make.office(remit="Front door for partners.", remit_basis="reported")
    source = make.source()
    make.citation(record=office, field="remit", source=source, basis="reported")
    text = text_of(client.get(office.get_absolute_url()))
    assert "Front door for partners." in text
    assert "Not an assignment under the strategy." in text
    assert source.code in text
    assert "No source says what it is for" not in text


def test_an_office_without_a_remit_says_so(client: Client) -> None:
    assert "No source says what it is for." in text_of(client.get(make.office().get_absolute_url()))


def test_a_remit_and_its_basis_go_together() -> None:
    for values in ({"remit": "It is for this."}, {"remit_basis": "official"}):
        with pytest.raises(ValidationError) as error:
            make.office(**values)
        assert set(error.value.message_dict) == {"remit_basis"}


def test_heads_in_post_stand_first(client: Client) -> None:
    office = make.office(head_title="Director")
    make.office_head(office=office, person="Gen. Old", as_of="2026", status="former", since="2019")
    make.office_head(office=office, person="Gen. New", as_of="2025-09-05", status="nominated")
    make.office_head(office=office, person="Gen. Now", as_of="2024", status="holds")
    heads = main_of(client.get(office.get_absolute_url())).one("[aria-labelledby=heads]")
    assert heads.texts("tbody th") == ["Gen. Now", "Gen. New", "Gen. Old"]
    assert heads.texts("[data-label=Since]") == ["No date found", "No date found", "2019"]


def test_an_office_is_found_by_who_heads_it(client: Client, admin_client: Client) -> None:
    """On the site by those in post or named to it; in the admin, where rows are mended, by those who left as well."""
    office = make.office(abbreviation="ZZQ")
    make.office_head(office=office, person="Gen. Quincey Nowmann", status="holds")
    make.office_head(office=office, person="Gen. Ulric Beforeby", status="former")
    for person, finds in (("Nowmann", True), ("Beforeby", False)):
        assert (office.code in text_of(client.get("/search/", {"q": person}))) is finds, person
        assert office.code in text_of(admin_client.get("/admin/strategy/office/", {"q": person})), person
    # Who heads it is no other name of the office.
    assert "Nowmann" not in text_of(client.get("/search/", {"q": "ZZQ"}))


def test_another_echelon_has_words_of_its_own(client: Client) -> None:
    office = make.office(echelon="other", echelon_stated="County council")
    assert "Office, County council" in text_of(client.get(office.get_absolute_url()))
    for values in ({"echelon": "other"}, {"echelon_stated": "County council"}):
        with pytest.raises(ValidationError) as error:
            make.office(**values)
        assert set(error.value.message_dict) == {"echelon_stated"}
