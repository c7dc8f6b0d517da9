"""Briefs: one record on one sheet, as a page, a Word document and a PDF that say the same."""

from io import BytesIO

import pytest
from django.test import Client
from docx import Document
from pypdf import PdfReader

from strategy.models import Office
from tests.support import factories as make
from tests.support.html import links_of, main_of, text_of

BRIEFS = ["/offices/STARCOM/", "/offices/SFC/", "/goals/IPS-G2/", "/lines-of-effort/IPS-L1/", "/partners/AUS/"]
PAPERS = {"letter": (215.9, 279.4), "a4": (210.0, 297.0)}
POINTS = 72 / 25.4


def flat(text: str) -> str:
    """The text with single spaces, as a line may end anywhere."""
    return " ".join(text.split())


def pdf_of(client: Client, address: str, **query: str) -> PdfReader:
    response = client.get(f"{address}brief.pdf", query)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(BytesIO(response.content))


def document_of(client: Client, address: str, **query: str):
    response = client.get(f"{address}brief.docx", query)
    assert response.status_code == 200, response.content
    return Document(BytesIO(response.content))


def words_of(document) -> str:
    return flat(" ".join(paragraph.text for paragraph in document.paragraphs))


@pytest.mark.django_db
class TestContent:
    def test_an_office_is_said_to_coordinate_and_not_to_lead(self, client: Client) -> None:
        words = text_of(client.get("/offices/STARCOM/brief/"))
        assert "Coordinates IPS-A06" in words
        assert "No source names: leads, supports, what could stop it, means." in words

    def test_a_goal_names_who_is_tasked_and_where_no_one_leads(self, client: Client) -> None:
        words = text_of(client.get("/goals/IPS-G2/brief/"))
        assert "coordinating: STARCOM; no lead named" in words
        assert "Force Development; All lines together; This line by itself" in words

    def test_a_nation_has_its_command_its_bodies_and_what_is_done_together(self, client: Client) -> None:
        words = text_of(client.get("/partners/AUS/brief/"))
        for part in ("USINDOPACOM", "Space Command (Australia)", "Combined Space Operations Initiative"):
            assert part in words
        assert "/engagements/?partner=AUS" in links_of(client.get("/partners/AUS/brief/"))

    def test_the_own_side_is_sent_to_nobody(self, client: Client) -> None:
        assert "U.S. side for its region" not in text_of(client.get("/partners/USA/brief/"))

    @pytest.mark.parametrize("address", BRIEFS)
    def test_every_number_leads_to_its_source(self, client: Client, address: str) -> None:
        page = main_of(client.get(f"{address}brief/"))
        numbers = set(page.values("a[href^='#source-']", "href"))
        sources = {f"#{place}" for place in page.values("ol li", "id")}
        assert numbers == sources
        assert sources

    @pytest.mark.parametrize("address", BRIEFS)
    def test_page_document_and_pdf_say_the_same(self, client: Client, address: str) -> None:
        page = main_of(client.get(f"{address}brief/"))
        document = words_of(document_of(client, address))
        pdf = flat(" ".join(sheet.extract_text() for sheet in pdf_of(client, address).pages)).replace(" ", "")
        labels = page.texts("li .record__name")
        assert labels
        for words in [*labels, *page.texts("h1, h2")]:
            assert words in document
            assert words.replace(" ", "") in pdf


@pytest.mark.django_db
class TestPaper:
    @pytest.mark.parametrize("paper", PAPERS)
    @pytest.mark.parametrize("address", BRIEFS)
    def test_one_tagged_sheet_with_its_marking_at_head_and_foot(
        self, client: Client, settings, address: str, paper: str
    ) -> None:
        settings.MARKING = "CONTROLLED"
        reader = pdf_of(client, address, paper=paper)
        assert len(reader.pages) == 1
        box = reader.pages[0].mediabox
        assert (float(box.width), float(box.height)) == pytest.approx([size * POINTS for size in PAPERS[paper]], abs=1)
        catalog = reader.trailer["/Root"]
        assert catalog["/MarkInfo"]["/Marked"]
        assert catalog["/Lang"] == "en-US"
        assert b"pdfuaid:part" in catalog["/Metadata"].get_object().get_data()
        assert reader.pages[0].extract_text().count("CONTROLLED") == 2

    @pytest.mark.parametrize("paper", PAPERS)
    def test_document_has_the_sheet_and_the_marking(self, client: Client, settings, paper: str) -> None:
        settings.MARKING = "CONTROLLED"
        section = document_of(client, "/goals/IPS-G2/", paper=paper).sections[0]
        assert (section.page_width.mm, section.page_height.mm) == pytest.approx(PAPERS[paper], abs=0.1)
        assert [part.paragraphs[0].text for part in (section.header, section.footer)] == ["CONTROLLED"] * 2

    def test_training_content_is_marked_wherever_it_goes(self, client: Client) -> None:
        office = make.office(code="TRN-X", name="An invented office", notional=True)
        address = office.get_absolute_url()
        mark = "NOTIONAL TRAINING CONTENT: INVENTED, NOT THE STRATEGY"
        assert "Notional training content: invented" in client.get(f"{address}brief/").content.decode()
        header = document_of(client, address).sections[0].header
        assert mark in header.paragraphs[0].text
        assert pdf_of(client, address).pages[0].extract_text().count(mark) == 2

    def test_a_text_that_is_markup_elsewhere_stays_text(self, client: Client) -> None:
        name = "#set page(fill: red) *bold* <b>&amp; $x$ [1] 日本語 Ελλάδα"
        office = make.office(code="ODD", name=name)
        Office.objects.filter(pk=office.pk).update(status_as_stated="\\ `raw` #panic()")
        assert name in words_of(document_of(client, "/offices/ODD/"))
        pdf = flat(pdf_of(client, "/offices/ODD/").pages[0].extract_text())
        assert "#set page(fill: red) *bold* <b>&amp; $x$ [1]" in pdf
        assert "`raw` #panic()" in pdf
        assert "Some letters of this text cannot be drawn here" in pdf

    def test_what_does_not_fit_on_one_sheet_goes_on_to_the_next(self, client: Client) -> None:
        office = make.office(code="LONG", name="N" * 200)
        for number in range(40):
            silence = make.silence(code=f"SIL-L{number}", statement=f"Statement {number}: " + "not said " * 300)
            make.subject(conflict=None, silence=silence, record=office)
        reader = pdf_of(client, "/offices/LONG/")
        assert len(reader.pages) > 1
        assert "And 36 more" in flat(" ".join(sheet.extract_text() for sheet in reader.pages))


@pytest.mark.django_db
class TestRefusals:
    @pytest.mark.parametrize("file", ["brief/", "brief.docx", "brief.pdf"])
    def test_no_such_record(self, client: Client, file: str) -> None:
        response = client.get(f"/offices/STARCOMM/{file}")
        assert response.status_code == 404
        assert "There is no office" in response.content.decode()

    @pytest.mark.parametrize(
        ("address", "words"),
        [
            ("/goals/IPS-G2/brief/?paper=a4", "paper"),
            ("/goals/IPS-G2/brief.pdf?papre=a4", "Did you mean"),
            ("/goals/IPS-G2/brief.pdf?paper=a5", "a4"),
        ],
    )
    def test_a_parameter_it_does_not_take(self, client: Client, address: str, words: str) -> None:
        response = client.get(address)
        assert response.status_code == 400
        assert words in text_of(response)
