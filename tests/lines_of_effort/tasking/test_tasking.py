"""What an office is tasked with: on its page, as text to paste, and as rows."""

import csv
import json
import re
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from lines_of_effort.models import Assignment, LineOfEffort
from lines_of_effort.tasking.office import MAX_TASKS
from strategy.models import Office
from tests.support import factories as make
from tests.support.html import links_of, main_of, row_links, text_of
from tests.support.query_counts import assert_queries_do_not_grow

pytestmark = pytest.mark.django_db


def page(client: Client, code: str) -> Any:
    response = client.get(f"/offices/{code}/")
    assert response.status_code == 200
    return response


def section(response: Any, heading: str) -> str:
    """The words under one heading, up to the next section's end."""
    return main_of(response).section(heading).text


def big(response: Any) -> list[int]:
    """The numbers at the top: led, coordinated, supported, goals."""
    return [int(number) for number in main_of(response).texts("ul.big b")]


# ---- On the page ---------------------------------------------------------------------------------------------------


def test_starcom_coordinates_and_leads_nothing(client: Client) -> None:
    response = page(client, "STARCOM")
    assert big(response) == [0, 1, 0, 2]
    coordinates = section(response, "Coordinates")
    assert "Reciprocal training and education standards" in coordinates
    assert "verb: coordinates" in coordinates
    sources = main_of(response).section("Coordinates").all("a.cite")
    assert [(source.text, source["href"]) for source in sources] == [("grayscaleinsight 2025", "/sources/SRC-SEED/")]
    assert "none names a lead" in coordinates
    headings = {heading.partition(" (")[0] for heading in main_of(response).texts("section.section h2")}
    assert not headings & {"Leads", "Supports"}
    text = text_of(response)
    assert "No source names an activity that this office leads or supports." in text
    assert not re.search(r"STARCOM leads|led by STARCOM", text)


def test_a_number_leads_to_the_activities_it_counts(client: Client) -> None:
    led, coordinated, supported, _ = main_of(page(client, "STARCOM")).all("ul.big > li")
    assert (led.links, supported.links) == (set(), set())
    (url,) = coordinated.links
    assert url == "/activities/?office=STARCOM&role=coordinating"
    assert row_links(client.get(url)) == ["/activities/IPS-A06/"]


def test_a_task_leads_up_to_its_ends(client: Client) -> None:
    coordinates = section(page(client, "STARCOM"), "Coordinates")
    assert re.search(r"Task IPS-A06 .* Way Integrate .* Ends IPS-G2 .* Inferred IPS-G3 .* Inferred", coordinates)


def test_a_task_without_a_goal_leads_to_those_of_its_line(client: Client) -> None:
    line = LineOfEffort.objects.get(code="IPS-L1")
    activity = make.activity(line_of_effort=line, line_basis="summary")
    office = make.assignment(activity=activity, role="lead").office
    leads = section(page(client, office.code), "Leads")
    assert "No goal of its own; its line of effort serves IPS-G1" in leads
    activity.line_of_effort, activity.line_basis = None, ""
    activity.save()
    leads = section(page(client, office.code), "Leads")
    assert "No source links it to a goal" in leads
    assert "No source puts it under a line of effort" in leads


def test_the_others_on_an_activity_are_named_by_role(client: Client) -> None:
    leads = section(page(client, "SFC"), "Leads")
    assert "Also leads FTF Futures Task Force (interim)" in leads
    assert "Also supports no other office is named by a source" in leads
    assert "Handover with the others in this role Inferred" in leads


def test_the_fingerprint_has_a_square_for_every_activity(client: Client) -> None:
    squares = main_of(page(client, "SFC")).one("div.fingerprint")
    assert len({link for link in squares.links if link.startswith("/activities/")}) == 18
    assert squares.values("[class*=role--lead]", "href") == squares.values("[class*=role--]", "href")
    assert squares.values("[class*=role--]", "href") == ["/activities/IPS-A01/"]


def test_a_candidate_is_tasked_with_nothing_and_says_so(client: Client) -> None:
    text = text_of(page(client, "DTSA"))
    assert "No source links this office to the strategy." in text
    assert "No source tasks this office with an activity." in text
    assert not main_of(page(client, "DTSA")).has(".fingerprint")


def test_an_office_that_is_mentioned_is_not_tasked(client: Client) -> None:
    response = page(client, "DOD")
    text = text_of(response)
    assert "No source tasks this office with an activity." in text
    assert "This is not an assignment." in text
    assert "/mentions/ASG5/" in links_of(response)


def test_an_office_that_does_not_stand_says_so_first(client: Client) -> None:
    response = page(client, "SFC")
    text = text_of(response)
    assert "Not established (planned)" in text
    assert text.index("Not established (planned)") < text.index("Tasking at a glance") < text.index("Leads")
    assert re.search(r"12 Feb(ruary)? 2024.*Planned : announced.*11 Feb(ruary)? 2025.*Paused : paused", text)
    assert "Succeeded by SFC Space Futures Command Inferred" in text_of(page(client, "FTF"))
    assert "Not established" not in text_of(page(client, "STARCOM"))


def test_training_assignments_are_not_its_tasks(client: Client) -> None:
    before = big(page(client, "STARCOM"))
    office = make.assignment(notional=True).office
    assert big(page(client, "STARCOM")) == before
    assert f"/assignments/?office={office.code}&role=lead" not in links_of(page(client, office.code))


def test_an_office_with_very_many_tasks_shows_the_first_and_links_the_rest(client: Client) -> None:
    office = make.office()
    for _ in range(MAX_TASKS + 5):
        make.assignment(office=office, role="supporting")
    make.assignment(office=office, role="lead")
    response = page(client, office.code)
    assert big(response)[:3] == [1, 0, MAX_TASKS + 5]
    assert len(main_of(response).all("article.task")) == MAX_TASKS
    url = f"/assignments/?office={office.code}&role=supporting"
    rest = section(response, "Supports")
    assert rest.endswith(f"All {MAX_TASKS + 5} as a list")
    assert url in links_of(response)
    assert f"{MAX_TASKS + 5} records" in text_of(client.get(url))
    assert "6 more, in the list of assignments" in text_of(response)
    assert "as a list" not in section(response, "Leads")


def test_reading_it_costs_the_same_however_many_tasks(client: Client) -> None:
    office = make.assignment().office

    def more() -> None:
        for _ in range(20):
            make.assignment(activity=make.assignment(office=office).activity)

    assert_queries_do_not_grow(client, f"/offices/{office.code}/", lambda page: len(page.content), more)


# ---- As text -------------------------------------------------------------------------------------------------------


def test_the_text_says_role_verb_basis_and_silence(client: Client) -> None:
    response = client.get("/offices/STARCOM/tasking.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        "SPACE TRAINING AND READINESS COMMAND (STARCOM)\n"
        "International Partnership Strategy, United States Space Force\n"
        "Link to the strategy: Named by the summary.\n"
        "\n"
        "LEADS\n"
        "  No source names this office as the lead of an activity.\n"
        "\n"
        "COORDINATES\n"
        "  IPS-A06  Reciprocal training and education standards\n"
        "      Verb in the source: coordinates. Office as stated: Space Training and Readiness Command.\n"
        "      Basis: unofficial summary. Sources: SRC-SEED.\n"
        "      Line of effort: Integrate (inferred).\n"
        "      Serves: IPS-G2 Interoperate and share information (inferred); "
        "IPS-G3 Integrate across the force (inferred).\n"
        "      No source names a lead of it.\n"
        "      No source names another office on this activity.\n"
        "\n"
        "SUPPORTS\n"
        "  No source names this office as supporting an activity.\n"
        "\n"
        "http://testserver/offices/STARCOM/\n"
    )
    assert "COORDINATES IPS-A06 Reciprocal training" in text_of(page(client, "STARCOM"))


def test_the_text_warns_of_an_office_that_does_not_stand_and_of_training(client: Client) -> None:
    assert "Standing: PLANNED. planned; not established" in client.get("/offices/SFC/tasking.txt").content.decode()
    office = make.assignment(notional=True).office
    text = client.get(f"/offices/{office.code}/tasking.txt").content.decode()
    assert text.startswith("NOTIONAL TRAINING CONTENT")


def test_text_is_not_markup(client: Client) -> None:
    office = make.office(name="Plans & <b>Policy</b>")
    make.assignment(office=office)
    assert "PLANS & <B>POLICY</B>" in client.get(f"/offices/{office.code}/tasking.txt").content.decode()
    assert "<b>Policy" not in client.get(f"/offices/{office.code}/").content.decode()


# ---- As rows -------------------------------------------------------------------------------------------------------


def test_every_format_has_every_task(client: Client) -> None:
    office = make.office()
    for number in range(MAX_TASKS + 3):
        make.assignment(office=office, role="lead" if number % 2 else "supporting")
    other = make.assignment(activity=Assignment.objects.filter(office=office).first().activity, role="coordinating")
    rows = json.loads(client.get(f"/offices/{office.code}/tasking.json").getvalue())
    assert {row["code"] for row in rows} == set(Assignment.objects.filter(office=office).values_list("code", flat=True))
    assert [row["also_coordinating"] for row in rows].count(other.office.code) == 1
    text = client.get(f"/offices/{office.code}/tasking.csv").getvalue().decode("utf-8-sig")
    assert [row["code"] for row in csv.DictReader(StringIO(text, newline=""))] == [row["code"] for row in rows]
    book = load_workbook(BytesIO(client.get(f"/offices/{office.code}/tasking.xlsx").getvalue())).active
    assert [row[0] for row in book.iter_rows(min_row=2, values_only=True)] == [row["code"] for row in rows]


def test_a_row_says_what_the_card_says(client: Client) -> None:
    (row,) = json.loads(client.get("/offices/STARCOM/tasking.json").getvalue())
    assert (row["role"], row["verb"], row["basis"], row["sources"]) == (
        "coordinating",
        "coordinates",
        "summary",
        "SRC-SEED",
    )
    assert row["goals"] == "IPS-G2 (inferred); IPS-G3 (inferred)"
    assert row["line_basis"] == "inferred"
    assert json.loads(client.get("/offices/DTSA/tasking.json").getvalue()) == []


@pytest.mark.parametrize("suffix", ["txt", "csv", "xlsx", "json"])
def test_a_file_of_an_unknown_office_or_with_a_parameter_is_refused(client: Client, suffix: str) -> None:
    missing = client.get(f"/offices/STARCOMM/tasking.{suffix}")
    assert missing.status_code == 404
    assert "STARCOMM" in text_of(missing)
    assert client.get(f"/offices/a%00b/tasking.{suffix}").status_code == 404
    refused = client.get(f"/offices/STARCOM/tasking.{suffix}", {"role": "lead"})
    assert refused.status_code == 400
    assert "role" in text_of(refused)


def test_the_page_links_its_files(client: Client) -> None:
    wanted = {f"/offices/STARCOM/tasking.{suffix}" for suffix in ("txt", "csv", "xlsx", "json")}
    assert wanted <= links_of(page(client, "STARCOM"))


# ---- The list ------------------------------------------------------------------------------------------------------


def test_the_list_counts_each_role_apart(client: Client) -> None:
    rows = json.loads(client.get("/offices.json").getvalue())
    counts = {row["code"]: (row["leads"], row["coordinates"], row["supports"]) for row in rows}
    assert counts["STARCOM"] == (0, 1, 0)
    assert counts["SFC"] == (1, 0, 0)
    assert sum(int(number) for row in counts.values() for number in row) == Assignment.objects.visible().count()


def test_offices_are_found_by_whether_they_are_tasked(client: Client) -> None:
    tasked = {row["code"] for row in json.loads(client.get("/offices.json", {"tasked": "true"}).getvalue())}
    assert tasked == {"FTF", "SFC", "CSRO", "STARCOM"}
    untasked = {row["code"] for row in json.loads(client.get("/offices.json", {"tasked": "false"}).getvalue())}
    assert untasked == set(Office.objects.visible().values_list("code", flat=True)) - tasked
