"""The glossary and the links to it, as a reader meets them: in the pages."""

from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from strategy.models import Term
from tests.support import factories as make
from tests.support.downloads import as_text, download_rows
from tests.support.html import Element, main_of, squeeze, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    """A document of its own, so that no shipped term gets in the way."""
    return make.strategy(code="ED")


def statement(client: Client, text: str, edition, **parts: str) -> Element:
    """The statement of a goal with this text."""
    goal = make.goal(strategy=edition, statement=text, **parts)
    return main_of(client.get(goal.get_absolute_url())).one("div.statement > p")


def term_links(element: Element) -> list[tuple[str, str]]:
    """Entry and words of each linked term."""
    links = element.all("a.term[href^='/glossary/']")
    return [(link["href"].partition("#")[2], link.text) for link in links]


# ---- Which words are linked ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("We do force design early.", ["force design"]),
        ("Force design, and force design again.", ["Force design"]),
        ("Reinforce design; force designer; force design's", ["force design"]),
        ("A force-design effort and a_force design_x", []),
        ("Several Mission Area Teams meet.", ["Mission Area Teams"]),
        ("Each MAT; both MATs; a mat; MATTER; MAT-lab", ["MAT"]),
        ("A mat. Matter. MATlab.", []),
        ("A lab-MAT and a re-force design.", []),
        ("Space force generation before force generation.", ["Space force generation", "force generation"]),
        ("Space force generation, then space force generation.", ["Space force generation"]),
        ("See https://example.org/MAT/force design or www.example.org/MAT.", []),
        ("force\ndesign", []),
        ("Interoperability - and interoperability-driven", ["Interoperability"]),
        ("MAT/force design", ["MAT", "force design"]),
        ("(Partner(ing) to win)", ["Partner(ing) to win"]),
        ("İİİ force design ß", ["force design"]),
        ("", []),
    ],
)
def test_whole_words_first_use_longest_first(client: Client, edition, text: str, linked: list[str]):
    for name, short in (
        ("Force design", ""),
        ("Mission Area Team", "MAT"),
        ("Force generation", ""),
        ("Space force generation", ""),
        ("Interoperability", ""),
        ("Partner(ing) to win", ""),
        ("++", ""),
    ):
        make.term(strategy=edition, term=name, abbreviation=short)
    if text:
        assert [written for _, written in term_links(statement(client, text, edition))] == linked


def test_a_term_is_linked_once_in_statement_and_note_together(client: Client, edition):
    term = make.term(strategy=edition, term="Zyzzogeton")
    goal = make.goal(strategy=edition, statement="A zyzzogeton.", note="The zyzzogeton again.")
    assert term_links(main_of(client.get(goal.get_absolute_url()))) == [(term.code, "zyzzogeton")]


def test_a_text_is_read_with_the_terms_of_its_own_edition(client: Client, edition):
    later = make.strategy(code="ED2", supersedes=edition)
    old = make.term(code="OLD", strategy=edition, term="Zyzzogeton")
    new = make.term(code="NEW", strategy=later, term="Zyzzogeton")
    assert term_links(statement(client, "A zyzzogeton.", edition)) == [(old.code, "zyzzogeton")]
    assert term_links(statement(client, "A zyzzogeton.", later)) == [(new.code, "zyzzogeton")]
    office = make.office(note="A zyzzogeton office.")
    assert term_links(main_of(client.get(office.get_absolute_url()))) == [(new.code, "zyzzogeton")]


def test_training_terms_explain_training_content_only(client: Client, edition):
    make.term(strategy=edition, code="REAL", term="Zyzzogeton")
    invented = make.strategy(notional=True)
    make.term(strategy=invented, code="MADE", term="Quetzal", notional=True)
    assert term_links(statement(client, "A quetzal.", edition)) == []
    text = statement(client, "A quetzal, a zyzzogeton.", invented, notional=True)
    assert term_links(text) == [("MADE", "quetzal")]
    assert text.links == {"/glossary/?notional=only#MADE"}
    assert main_of(client.get("/glossary/", {"notional": "only"})).has("#MADE")
    assert not main_of(client.get("/glossary/")).has("#MADE")


def test_a_term_does_not_link_to_the_page_it_is_on(client: Client, edition):
    term = make.term(strategy=edition, term="Zyzzogeton", definition="A zyzzogeton is a quetzal.")
    other = make.term(strategy=edition, term="Quetzal")
    assert term_links(main_of(client.get(term.get_absolute_url()))) == [(other.code, "quetzal")]


class NestedLinks(HTMLParser):
    """Counts the links that begin inside a link. The tree of a page has none: its parser ends the outer one."""

    def __init__(self) -> None:
        super().__init__()
        self.depth, self.nested, self.terms = 0, 0, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.nested += self.depth
            self.depth += 1
            self.terms += ("class", "term") in attrs

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "a"


def test_no_term_is_linked_inside_a_link(client: Client):
    seen = 0
    addresses = [
        *(
            "/glossary/",
            "/activities/IPS-A04/",
            "/goals/IPS-G3/",
            "/terms/T21/",
            "/passages/ENV3/",
            "/lines-of-effort/",
        ),
        *("/read/", "/read/IPS-CH2/", "/read/IPS-CH3/", "/read/IPS-CH4/", "/read/IPS-CH8/", "/lines-of-effort/IPS-L1/"),
    ]
    for address in addresses:
        links = NestedLinks()
        links.feed(client.get(address).content.decode())
        assert links.nested == 0, address
        seen += links.terms
    assert seen > 10


# ---- Markup stays text ---------------------------------------------------------------------------------------------

MARKUP = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "<b>Bold</b>",
    "&lt;i&gt; & </p>",
]


@pytest.mark.parametrize("markup", MARKUP)
def test_markup_in_a_text_or_a_term_stays_text(client: Client, edition, markup: str):
    term = make.term(
        strategy=edition, term=f"zyzz {markup}", definition=f"Means {markup}", note=markup, defined_in=markup
    )
    for address in (
        make.goal(strategy=edition, statement=f"{markup} zyzz {markup} {markup}", note=markup).get_absolute_url(),
        term.get_absolute_url(),
        "/glossary/",
    ):
        response = client.get(address)
        body = response.content.decode()
        for raw in ("<script>alert", "<img src=x", "<b>Bold"):
            assert raw not in body, (address, raw)
        assert squeeze(markup) in text_of(response)


# ---- What it costs -------------------------------------------------------------------------------------------------


def test_a_page_asks_for_the_terms_at_most_once(client: Client, edition):
    make.term(strategy=edition, term="Zyzzogeton")
    goals = [make.goal(strategy=edition, statement="A zyzzogeton.", note="A zyzzogeton.") for _ in range(2)]
    counts = []
    for goal in goals:
        with CaptureQueriesContext(connection) as captured:
            client.get(goal.get_absolute_url())
        counts.append(sum('FROM "strategy_term"' in query["sql"] for query in captured))
    assert counts == [1, 0]


def test_a_changed_term_is_seen_at_once(client: Client, edition):
    assert term_links(statement(client, "A zyzzogeton.", edition)) == []
    term = make.term(strategy=edition, term="Zyzzogeton")
    assert term_links(statement(client, "A zyzzogeton.", edition)) == [(term.code, "zyzzogeton")]
    term.term = "Quetzal"
    term.save()
    assert term_links(statement(client, "A zyzzogeton, a quetzal.", edition)) == [(term.code, "quetzal")]
    term.delete()
    assert term_links(statement(client, "A quetzal.", edition)) == []


def test_a_change_past_every_signal_is_seen_at_once(client: Client, edition):
    assert term_links(statement(client, "A zyzzogeton.", edition)) == []
    Term.objects.bulk_create([Term(code="Z", code_order="z", strategy=edition, term="Zyzzogeton")])
    assert term_links(statement(client, "A zyzzogeton.", edition)) == [("Z", "zyzzogeton")]


# ---- The page ------------------------------------------------------------------------------------------------------


def test_every_term_has_an_entry_under_its_letter(client: Client):
    response = client.get("/glossary/")
    body = main_of(response)
    for term in Term.objects.visible():
        assert body.has(f'[id="{term.code}"]')
        assert f"#letter-{term.term[0].upper()}" in body.links
    assert body.texts("a[data-term]") == sorted((t.term for t in Term.objects.visible()), key=str.lower)


def test_a_term_without_a_definition_says_so(client: Client):
    text = text_of(client.get("/glossary/", {"defined": "false"}))
    assert text.count("No source defines it") == Term.objects.visible().without_definition().count() > 0
    assert "No source gives a definition." in text
    assert "No source defines it" not in text_of(client.get("/glossary/", {"defined": "true"}))


def test_an_entry_names_where_the_term_is_used(client: Client, edition):
    term = make.term(strategy=edition, term="Zyzzogeton")
    using = [make.goal(strategy=edition, title=f"Zyzzogeton {n}") for n in range(8)]
    unused = make.goal(strategy=edition, title="Zyzzogetonic")
    body = main_of(client.get("/glossary/", {"strategy": "ED"}))
    assert sum(goal.get_absolute_url() in body.links for goal in using) == 6
    assert unused.get_absolute_url() not in body.links
    assert "and 2 more" in body.text
    rows = download_rows(client, "/glossary/", "json", strategy="ED")
    assert [row["code"] for row in rows] == [term.code]
    assert rows[0]["used_in"].split("; ") == sorted(goal.code for goal in using)


def test_files_have_the_rows_of_the_page(client: Client):
    rows = download_rows(client, "/glossary/", "json", defined="false")
    entries = main_of(client.get("/glossary/", {"defined": "false"})).values("[data-glossary]", "id")
    assert [row["code"] for row in rows] == entries
    for suffix in ("csv", "xlsx"):
        assert as_text(download_rows(client, "/glossary/", suffix, defined="false")) == as_text(rows)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("letter=A", "letter : Unknown parameter"),
        ("defined=yes", "'yes' is not one of: true, false"),
        ("strategy=NOPE", "There is no strategy 'NOPE'"),
        ("notional=all", "'all' is not one of"),
        ("defined=true&defined=false", "more than once"),
    ],
)
def test_bad_parameters_are_refused(client: Client, query: str, message: str):
    response = client.get(f"/glossary/?{query}")
    assert response.status_code == 400
    assert message in text_of(response)
