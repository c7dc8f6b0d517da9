"""The document read through: chapters in order, points with an address, and what is not known said in words."""

import pytest
from django.test import Client

from strategy.models import Chapter, Goal, Passage
from tests.support import factories as make
from tests.support.html import links_of, main_of, text_of
from tests.support.query_counts import assert_queries_do_not_grow

pytestmark = pytest.mark.django_db
UNAVAILABLE = "What the official text says here was not available"


def anchors(response) -> list[str]:
    return main_of(response).values(".point[id]", "id")


# ---- All chapters --------------------------------------------------------------------------------------------------


def test_every_chapter_stands_in_order_with_what_is_known_of_it(client: Client):
    response = client.get("/read/")
    text = text_of(response)
    chapters = list(Chapter.objects.visible().order_by("number"))
    places = [text.index(f"Chapter {chapter.number}: {chapter.title}") for chapter in chapters]
    assert places == sorted(places)
    for chapter in chapters:
        assert f"/read/{chapter.code}/" in links_of(response)
        assert chapter.covers in text
    assert "Likely official title: Foreword Inferred" in text
    assert "12 points" in text
    assert "The official text was not available" in text


def test_every_chapter_counts_what_is_read_in_it(client: Client):
    rows = main_of(client.get("/read/")).all(".contents > li")
    counts = [" ".join(row.one(".contents__count").text.split()) for row in rows]
    expected = ["No point recorded", "12 points", "3 goals", "3 lines of effort", "10 means", "4 risks 2 mitigations"]
    assert [count[: len(start)] for count, start in zip(counts, [*expected, "2 points", "28 terms"], strict=True)] == [
        *expected,
        "2 points",
        "28 terms",
    ]


def test_points_without_a_chapter_are_not_lost(client: Client):
    unplaced = [passage.code for passage in Passage.objects.visible().filter(chapter=None)]
    response = client.get("/read/")
    assert anchors(response) == unplaced == ["V1", "V3", "V4", "V5"]
    assert "Not placed in a chapter" in text_of(response)
    assert "No source says in which chapter this stands." in text_of(response)
    assert "Not known whether the strategy says it" in text_of(response)


def test_every_point_has_one_place_to_be_read_and_its_page_leads_there(client: Client):
    read = anchors(client.get("/read/"))
    for chapter in Chapter.objects.visible():
        read += anchors(client.get(chapter.reading_url))
    assert sorted(read) == sorted(Passage.objects.visible().values_list("code", flat=True))
    for passage in Passage.objects.visible():
        address = passage.reading_url
        assert address in links_of(client.get(passage.get_absolute_url()))
        page, _, anchor = address.partition("#")
        assert anchor in anchors(client.get(page))


def test_another_document_is_read_by_its_code(client: Client):
    other = make.strategy(code="ZED", title="The other one")
    make.chapter(strategy=other, title="Its chapter")
    assert "?strategy=ZED" in links_of(client.get("/read/"))
    text = text_of(client.get("/read/", {"strategy": "ZED"}))
    assert "Its chapter" in text
    assert "Strategic Environment" not in text


def test_training_content_is_read_when_asked_for_and_loudly(client: Client):
    invented = make.strategy(code="MADE", notional=True)
    chapter = make.chapter(strategy=invented, notional=True, title="Invented chapter")
    assert "Invented chapter" not in client.get("/read/").content.decode()
    for address, query in (("/read/", {"notional": "only"}), (chapter.reading_url, {})):
        body = client.get(address, query).content.decode()
        assert "Invented chapter" in body
        assert "Notional training content: invented, not the strategy" in body
    assert client.get("/read/", {"strategy": "MADE"}).status_code == 400


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("strategy=IPSS", "There is no strategy 'IPSS'. Did you mean 'IPS'?"),
        ("notional=all", "'all' is not one of"),
        ("chapter=1", "chapter : Unknown parameter"),
        ("strategy=IPS&strategy=IPS", "more than once"),
    ],
)
def test_bad_parameters_are_refused(client: Client, query: str, message: str):
    response = client.get(f"/read/?{query}")
    assert response.status_code == 400
    assert message in text_of(response)


# ---- One chapter ---------------------------------------------------------------------------------------------------


def test_a_chapter_shows_its_points_with_basis_and_sources(client: Client):
    response = client.get("/read/IPS-CH2/")
    assert anchors(response) == list(Passage.objects.filter(chapter__code="IPS-CH2").values_list("code", flat=True))
    text = text_of(response)
    for passage in Passage.objects.filter(chapter__code="IPS-CH2"):
        assert " ".join(passage.text.split()[:4]) in text
        assert f"#{passage.code}" in links_of(response)
        for citation in passage.citations.exclude(source=None):
            assert citation.source.get_absolute_url() in links_of(response)
    assert "Chapter 2 of 8" in text
    assert UNAVAILABLE in text
    assert "Placed by subject; where it stands in the document is not known." in text


def test_a_chapter_s_neighbours_are_linked(client: Client):
    for number in range(1, 9):
        page = main_of(client.get(f"/read/IPS-CH{number}/"))
        links = [(link["rel"], link["href"]) for link in page.all("[rel=prev], [rel=next]")]
        expected = [("prev", f"/read/IPS-CH{number - 1}/")] * (number > 1)
        expected += [("next", f"/read/IPS-CH{number + 1}/")] * (number < 8)
        assert links == expected


@pytest.mark.parametrize(
    ("number", "listed"),
    [(3, "/goals/IPS-G1/"), (4, "/lines-of-effort/IPS-L1/"), (5, "/means/"), (6, "/risks/IPS-R1/"), (8, "/terms/T01/")],
)
def test_the_records_a_chapter_is_about_stand_beside_it(client: Client, number: int, listed: str):
    response = client.get(f"/read/IPS-CH{number}/")
    assert any(link.startswith(listed) for link in links_of(response))
    assert "Placed here by what the chapter covers Inferred Which of them it names" in text_of(response)


def test_nothing_is_listed_where_no_source_says_what_the_chapter_is_about(client: Client):
    response = client.get("/read/IPS-CH1/")
    assert "No point of this chapter is recorded." in text_of(response)
    records = ("/goals/", "/lines-of-effort/", "/means/", "/risks/", "/terms/")
    assert not [link for link in links_of(response) if link.startswith(records)]


def test_the_records_beside_a_chapter_are_those_of_its_own_document(client: Client):
    other = make.strategy()
    goal = make.goal(strategy=other)
    chapter = make.chapter(strategy=other, sets_out="ends", covers="Goals.")
    links = links_of(client.get(chapter.reading_url))
    assert goal.get_absolute_url() in links
    assert Goal.objects.filter(strategy__code="IPS")[0].get_absolute_url() not in links


def test_a_number_leads_to_the_chapter_of_the_current_edition(client: Client):
    response = client.get("/read/3/")
    assert (response.status_code, response["Location"]) == (302, "/read/IPS-CH3/")
    assert client.get("/read/3/?q=force")["Location"] == "/read/IPS-CH3/?q=force"


@pytest.mark.parametrize("place", ["9", "0", "IPS-CH9", "03x", "%00", "٣", "99999999999999999999"])
def test_no_such_chapter(client: Client, place: str):
    response = client.get(f"/read/{place}/")
    assert response.status_code == 404
    assert "There is no chapter" in text_of(response)


def test_search_within_a_chapter(client: Client):
    response = client.get("/read/IPS-CH2/", {"q": "hybrid"})
    assert anchors(response) == ["ENV3"]
    assert "1 of 12 match “hybrid”" in text_of(response)
    assert "Point 3" in main_of(response).texts("a"), "a point keeps its number"
    response = client.get("/read/IPS-CH3/", {"q": "interoperable"})
    assert "/goals/IPS-G2/" in links_of(response)
    assert "/goals/IPS-G1/" not in links_of(response)
    assert "No point of this chapter matches." in text_of(client.get("/read/IPS-CH2/", {"q": "zyzzogeton"}))
    assert len(anchors(client.get("/read/IPS-CH2/", {"q": " "}))) == 12


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (f"q={'+'.join('a' * 51)}", "more than 50 words"),
        ("q=%00", "NUL"),
        ("q=a&q=b", "more than once"),
        ("qq=a", "Did you mean 'q'?"),
    ],
)
def test_a_search_that_is_not_understood_is_refused(client: Client, query: str, message: str):
    response = client.get(f"/read/IPS-CH2/?{query}")
    assert response.status_code == 400
    assert message in text_of(response)


def test_a_point_can_be_copied_with_its_address(client: Client):
    copied = main_of(client.get("/read/IPS-CH2/")).values("[data-copy*=ENV5]", "data-copy")
    assert len(copied) == 1
    assert copied[0].startswith(f"ENV5 {Passage.objects.get(code='ENV5').text}")
    assert "According to grayscaleinsight" in copied[0]
    assert "http://testserver/passages/ENV5/" in copied[0]


def test_markup_in_a_point_stays_text(client: Client):
    chapter = make.chapter(title="<b>Bold</b>", covers="<i>x</i>", likely_official_title="<u>y</u>")
    make.passage(text='"><script>alert(1)</script>', note="<b>Bold</b>", chapter=chapter, chapter_basis="summary")
    for response in (
        client.get(chapter.reading_url),
        client.get("/read/"),
        client.get(chapter.reading_url, {"q": "<b>"}),
    ):
        for raw in ("<script>alert", "<b>Bold", "<i>x", "<u>y", "<b>”"):
            assert raw not in response.content.decode()


def test_queries_do_not_grow_with_points_and_records(client: Client):
    document = make.strategy()
    chapter = make.chapter(strategy=document, sets_out="ends")

    def more(count: int) -> None:
        for _ in range(count):
            make.citation(record=make.passage(strategy=document, chapter=chapter, chapter_basis="summary"))
            silence = make.silence()
            make.subject(record=make.passage(strategy=document), conflict=None, silence=silence)
            make.citation(record=make.goal(strategy=document))

    more(1)
    for url in (chapter.reading_url, f"{chapter.reading_url}?q=passage", f"/read/?strategy={document.code}"):
        assert_queries_do_not_grow(client, url, lambda page: len(page.content), lambda: more(4))
