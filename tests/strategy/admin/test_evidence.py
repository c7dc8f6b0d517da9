"""Citations and remarks entered in the admin."""

import pytest
from django.test import Client

from lines_of_effort.models import Activity
from strategy.models import Citation, Conflict, Goal, Office, Source, Subject
from tests.support import factories as make
from tests.support.admin_forms import (
    CITATIONS,
    REMARKS,
    add_row,
    change_url,
    form_for,
    form_of,
    new_office,
    office,
    refused,
    saved,
    url,
)

pytestmark = pytest.mark.django_db


def test_a_new_record_comes_with_its_citation_and_remark(admin_client: Client, client: Client) -> None:
    silence, source = make.silence(), Source.objects.get(code="SRC-SEED")
    form = new_office(admin_client)
    row = add_row(form, CITATIONS, source=source, basis="summary", field="head_title")
    add_row(form, REMARKS, silence=silence, field="established")
    saved(admin_client, url(Office, "add"), form)
    citation = Citation.objects.get(object_id=office("NEW-1").pk, content_type__model="office")
    assert (citation.source, citation.field, citation.record) == (source, "head_title", office("NEW-1"))
    assert citation.code.startswith("CIT-")
    assert Subject.objects.get(silence=silence).record == office("NEW-1")
    page = client.get("/offices/NEW-1/").content.decode()
    assert "SRC-SEED" in page
    assert silence.code in page
    assert row


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"field": "colour"}, "field: Select a valid choice"),
        ({"field": "names", "part": "No such name"}, "part: STARCOM has no 'No such name' in names."),
        ({"part": "x"}, "part: Name the field the part is in."),
        ({"source": "", "basis": "summary"}, "source: A fact that is 'summary' needs its source."),
        ({"source": "", "basis": "entered", "locator": "p. 1"}, "reason: Without a source, give the reason."),
        ({"code": "CIT-0001"}, "already exists"),
        ({"source": "abc"}, "source: Choose a record from the list"),
    ],
)
def test_a_wrong_citation_is_an_error_of_its_field(admin_client: Client, values: dict[str, str], says: str) -> None:
    record, form = office("STARCOM"), form_for(admin_client, office("STARCOM"))
    add_row(form, CITATIONS, **({"source": Source.objects.all()[0], "basis": "summary"} | values))
    assert says in refused(admin_client, change_url(record), form)


def test_a_citation_of_a_part_of_a_new_record_is_refused_in_words(admin_client: Client) -> None:
    form = new_office(admin_client)
    add_row(form, "names", value="Former", kind="former")
    add_row(form, CITATIONS, source=Source.objects.all()[0], basis="summary", field="names", part="Former")
    assert "part: NEW-1 has no 'Former' in names." in refused(admin_client, url(Office, "add"), form)


def test_a_remark_is_one_conflict_silence_or_observation(admin_client: Client) -> None:
    record = office("STARCOM")
    for values in ({"field": "name"}, {"conflict": make.conflict(), "silence": make.silence()}):
        form = form_for(admin_client, record)
        add_row(form, REMARKS, **values)
        assert "conflict: Name one conflict" in refused(admin_client, change_url(record), form)


def test_what_is_typed_beside_a_row_has_a_name(admin_client: Client) -> None:
    page = admin_client.get(change_url(Activity.objects.get(code="IPS-A06"))).content.decode()
    assert 'aria-label="Locator"' in page
    assert 'aria-label="None"' not in page


def test_evidence_names_its_record_by_kind_and_code(admin_client: Client) -> None:
    source = Source.objects.all()[0]
    form = form_of(admin_client, url(Citation, "add"), Citation) | {"source": str(source.pk), "basis": "summary"}
    wrong = form | {"record_kind": "strategy.office", "record_code": "STARCOMM"}
    assert "There is no office 'STARCOMM'. Did you mean 'STARCOM'?" in refused(
        admin_client, url(Citation, "add"), wrong
    )
    right = form | {"record_kind": "strategy.office", "record_code": "STARCOM", "field": "colour"}
    assert "field: Select a valid choice" in refused(admin_client, url(Citation, "add"), right)
    assert "record_kind: " in refused(admin_client, url(Citation, "add"), form)
    saved(admin_client, url(Citation, "add"), right | {"field": "head_title", "code": "CIT-NEW"})
    citation = Citation.objects.get(code="CIT-NEW")
    assert (citation.record, citation.field) == (office("STARCOM"), "head_title")
    moved = form_for(admin_client, citation) | {
        "record_kind": "strategy.goal",
        "record_code": "IPS-G1",
        "field": "title",
    }
    saved(admin_client, change_url(citation), moved)
    citation = Citation.objects.get(code="CIT-NEW")
    assert (citation.record, citation.field) == (Goal.objects.get(code="IPS-G1"), "title")


def test_a_new_conflict_comes_with_its_positions_and_records(admin_client: Client) -> None:
    form = form_of(admin_client, url(Conflict, "add"), Conflict)
    form |= {"code": "CONFLICT-NEW", "topic": "Who wrote it", "reading": "The first.", "status": "open"}
    add_row(form, "positions", order="1", value="The first", sources=[str(Source.objects.all()[0].pk)])
    row = add_row(form, "subjects", record_kind="strategy.goal", record_code="IPS-G9")
    assert "There is no goal 'IPS-G9'." in refused(admin_client, url(Conflict, "add"), form)
    saved(admin_client, url(Conflict, "add"), form | {f"{row}-record_code": "IPS-G1"})
    conflict = Conflict.objects.get(code="CONFLICT-NEW")
    assert conflict.positions.get().sources.get() == Source.objects.all()[0]
    assert conflict.subjects.get().record == Goal.objects.get(code="IPS-G1")
