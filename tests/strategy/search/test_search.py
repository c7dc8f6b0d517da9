"""Search as a reader meets it, through the page. Every line holds on SQLite and on PostgreSQL alike."""

import re

import pytest
from django.test import Client

from strategy.core.text import MAX_LENGTH, MAX_WORDS, parse_words
from strategy.models import Office, SearchEntry
from strategy.search.indexing import entry_for, indexed_models, paused, rebuild
from tests.support import factories as make
from tests.support.html import main_of, text_of
from tests.support.search import hit_codes, search_page

pytestmark = pytest.mark.django_db


def refusal(client: Client, query: str) -> str:
    """What the page that answers 400 says, as text."""
    response = client.get(f"/search/?{query}")
    assert response.status_code == 400
    return text_of(response)


# ---- What is found -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("q", ["STARCOM", "starcom", " StarCom "])
def test_abbreviation_finds_its_office_first(client: Client, q: str):
    hit = search_page(client, q).context_data["results"][0]
    assert (hit.code, hit.title) == ("STARCOM", "Space Training and Readiness Command")
    assert hit.url == "/offices/STARCOM/"


@pytest.mark.parametrize("code", ["IPS-A06", "ips-a06", "IPS-G1", "FTF", "AUS"])
def test_exact_code_comes_first(client: Client, code: str):
    assert hit_codes(client, code)[0] == code.upper()


@pytest.mark.parametrize(
    ("q", "code"),
    [
        ("training readiness", "STARCOM"),
        ("readiness training", "STARCOM"),
        ("Space Training and Readiness Command", "STARCOM"),
        ("train readi", "STARCOM"),
        ("wargame", "IPS-A01"),
        ("wargames", "IPS-A01"),
        ("wargaming", "IPS-A01"),
        ("Future Task Force", "FTF"),
        ("SAF/IA", "SAF-IA"),
        ("saf ia", "SAF-IA"),
    ],
)
def test_words_find_the_record(client: Client, q: str, code: str):
    assert code in hit_codes(client, q)


@pytest.mark.parametrize("q", ["USPACECOMMAND", "xyzzy", "xyzzy quuxly", "?!", "'xyzzy=xyzzy' --", "&|:*"])
def test_nothing_is_found_for_words_that_do_not_occur(client: Client, q: str):
    response = search_page(client, q)
    assert response.context_data["results"] == []
    assert response.context_data["total"] == 0
    assert "Nothing matches." in text_of(response)


@pytest.mark.parametrize(
    "q", ["training AND readiness", 'training "readiness"', "training NEAR(readiness)", "training*"]
)
def test_operators_of_the_engines_are_plain_text(client: Client, q: str):
    """Never an error, whatever the database would make of it."""
    search_page(client, q)


def test_every_hit_has_every_word(client: Client):
    def matching(q: str) -> set[int]:
        return set(SearchEntry.objects.visible().matching(q).values_list("pk", flat=True))

    both = matching("space training")
    assert len(both) == search_page(client, "space training").context_data["total"] > 0
    assert both == matching("space") & matching("training")


def test_accents_may_be_left_out(client: Client):
    make.office(code="QUEBEC", name="Bureau de Québec")
    assert hit_codes(client, "quebec bureau") == ["QUEBEC"]
    assert hit_codes(client, "Québec") == ["QUEBEC"]


def test_title_outweighs_text(client: Client):
    make.goal(code="Z-TEXT", title="A goal", statement="Mentions zyzzogeton once.")
    make.goal(code="Z-TITLE", title="Zyzzogeton", statement="Something else.")
    assert hit_codes(client, "zyzzogeton") == ["Z-TITLE", "Z-TEXT"]


# ---- The page ------------------------------------------------------------------------------------------------------


def test_snippet_marks_the_match(client: Client):
    make.goal(code="Z-1", title="A goal", statement="Here stands zyzzogeton among words.")
    assert main_of(search_page(client, "zyzzogeton")).texts("mark") == ["zyzzogeton"]


def test_markup_in_a_text_stays_text(client: Client):
    planted = "<script>alert(1)</script> zyzzogeton <img src=x onerror=alert(2)>"
    make.goal(code="Z-1", title="<b>Bold</b> zyzzogeton", statement=planted)
    page = search_page(client, "zyzzogeton")
    assert "zyzzogeton" in main_of(page).texts("mark")
    assert "<b>Bold</b>" in main_of(page).raw_text
    for raw in ("<script>alert", "<img src=x", "<b>Bold"):
        assert raw not in page.content.decode()


def test_markup_in_the_question_stays_text(client: Client):
    page = search_page(client, "<script>alert(1)</script>")
    assert "<script>alert" not in page.content.decode()
    assert "<script>alert(1)</script>" in text_of(page) or main_of(page).has("[value='<script>alert(1)</script>']")


def test_counts_by_kind_add_up_and_the_filter_keeps_one(client: Client):
    context = search_page(client, "training").context_data
    counts = {row["kind"]: row["count"] for row in context["counts"]}
    assert len(counts) > 1
    assert context["total"] == sum(counts.values())
    for kind, count in counts.items():
        chosen = search_page(client, "training", type=kind).context_data
        assert len(chosen["results"]) == min(count, 50)
        assert {hit.url.split("/")[1] for hit in chosen["results"]} == {chosen["results"][0].url.split("/")[1]}
        assert chosen["total"] == context["total"]


def test_pages_follow_each_other(client: Client):
    for number in range(60):
        make.term(code=f"Z-{number}", term=f"zyzzogeton {number}")
    first, second = (
        search_page(client, "zyzzogeton").context_data,
        search_page(client, "zyzzogeton", page="2").context_data,
    )
    assert (len(first["results"]), first["page_obj"].has_next()) == (50, True)
    assert (len(second["results"]), second["page_obj"].has_next(), second["first"]) == (10, False, 51)
    assert len({hit.code for hit in [*first["results"], *second["results"]]}) == 60


@pytest.mark.parametrize("query", ["", "q=", "q=%20%20"])
def test_empty_question_is_a_page_with_a_form(client: Client, query: str):
    response = client.get(f"/search/?{query}")
    assert response.status_code == 200
    assert response.context_data["results"] == []
    assert main_of(response).has("[name=q]")
    assert "Nothing matches" not in text_of(response)


@pytest.mark.parametrize(
    ("query", "name", "fault"),
    [
        ("q=" + "a" * 10_000, "q", "Longer than"),
        ("q=" + "a" * (MAX_LENGTH + 1), "q", f"longer than {MAX_LENGTH} characters"),
        ("q=a%00b", "q", "NUL"),
        ("q=" + "+".join(["one"] * (MAX_WORDS + 1)), "q", f"more than {MAX_WORDS} words"),
        ("q=%FF", "q", "not valid UTF-8"),
        ("q=training&q=space", "q", "more than once"),
        ("q=training&kind=office", "kind", "Unknown parameter"),
        ("query=training", "query", "Unknown parameter"),
        ("q=training&type=nonsense", "type", "nonsense"),
        ("q=training&page=0", "page", "whole number"),
        ("q=training&page=1001", "page", "whole number"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(client: Client, query: str, name: str, fault: str):
    text = refusal(client, query)
    assert re.search(rf"\b{name} ?: [^.]*{re.escape(fault)}", text), text


def test_unknown_parameter_suggests_the_nearest(client: Client):
    assert "Did you mean 'type'?" in refusal(client, "q=training&typ=x")


def test_as_many_words_as_allowed_are_searched_for(client: Client):
    assert len(parse_words("space " * MAX_WORDS)) == MAX_WORDS
    search_page(client, "space " * MAX_WORDS)


# ---- Training content ----------------------------------------------------------------------------------------------


def test_notional_records_are_hidden_unless_asked_for(client: Client):
    make.goal(code="Z-REAL", title="Zyzzogeton")
    make.goal(code="Z-MADE", title="Zyzzogeton", notional=True)
    assert hit_codes(client, "zyzzogeton") == ["Z-REAL"]
    assert hit_codes(client, "zyzzogeton", notional="exclude") == ["Z-REAL"]
    assert hit_codes(client, "zyzzogeton", notional="only") == ["Z-MADE"]
    assert sorted(hit_codes(client, "zyzzogeton", notional="include")) == ["Z-MADE", "Z-REAL"]
    assert search_page(client, "zyzzogeton").context_data["total"] == 1


# ---- The index -----------------------------------------------------------------------------------------------------


def test_index_follows_a_record(client: Client):
    goal = make.goal(code="Z-1", title="Zyzzogeton")
    assert hit_codes(client, "zyzzogeton") == ["Z-1"]
    goal.title = "Quetzal"
    goal.save()
    assert hit_codes(client, "zyzzogeton") == []
    assert hit_codes(client, "quetzal") == ["Z-1"]
    goal.delete()
    assert hit_codes(client, "quetzal") == []


def test_index_follows_another_name_of_an_office(client: Client):
    office = make.office(code="Z-1")
    name = make.office_name(office=office, value="Zyzzogeton")
    assert hit_codes(client, "zyzzogeton") == ["Z-1"]
    name.value = "Quetzal"
    name.save()
    assert hit_codes(client, "zyzzogeton") == []
    assert hit_codes(client, "quetzal") == ["Z-1"]
    name.delete()
    assert hit_codes(client, "quetzal") == []
    assert hit_codes(client, "z 1")[:1] == ["Z-1"]


def test_deleting_an_office_with_names_leaves_no_entry(client: Client):
    office = make.office_name(office=make.office(code="Z-1"), value="Zyzzogeton").office
    office.delete()
    assert hit_codes(client, "zyzzogeton") == []
    assert not SearchEntry.objects.filter(code="Z-1").exists()


def test_index_is_written_anew_after_a_pause(client: Client):
    with paused():
        make.goal(code="Z-1", title="Zyzzogeton")
    assert hit_codes(client, "zyzzogeton") == []
    count = SearchEntry.objects.count()
    assert rebuild() == count + 1
    assert hit_codes(client, "zyzzogeton") == ["Z-1"]


def test_every_shipped_record_has_its_entry():
    """What loading wrote is what saving each record would have written."""
    remaining = {(e.kind, e.code): (e.title, e.aliases, e.body, e.notional) for e in SearchEntry.objects.all()}
    records = [record for model in indexed_models() for record in model._default_manager.all()]
    fresh = [entry_for(record) for record in records]
    assert Office.objects.count() > 10
    assert remaining == {(e.kind, e.code): (e.title, e.aliases, e.body, e.notional) for e in fresh}
