"""300 questions: what the database finds is what the texts say, word for word, so that both databases agree."""

from pathlib import Path

import pytest

from strategy.core.text import Question, words
from strategy.core.text.search_engine import joined_text
from strategy.core.text.word_forms import matches
from strategy.models import SearchEntry
from strategy.search.indexing import entry_for, indexed_models
from tests.support import factories as make

pytestmark = pytest.mark.django_db
LINES = [line.partition("\t") for line in Path(__file__).with_name("questions.tsv").read_text().splitlines()[1:]]


def read(entry: SearchEntry) -> tuple[list[str], str]:
    """The words of an entry, and its texts as one."""
    texts = [entry.title, *entry.aliases.split("\n"), *entry.body.split("\n")]
    return words(" ".join(texts)), joined_text(texts)


def has(question: Question, own: set[str], text: str) -> bool:
    """Whether the words of a record answer a question, by plain Python."""

    def has_words(phrase: tuple[str, ...]) -> bool:
        return all(any(matches(word, other) for other in own) for word in phrase)

    def has_phrase(phrase: tuple[str, ...]) -> bool:
        together = f" {' '.join([*phrase[:-1], phrase[-1][:4]])}"
        return has_words(phrase) and (len(phrase) == 1 or together in text)

    return all(has_words(unit.phrase) or any(map(has_phrase, unit.others)) for unit in question.units)


def test_there_are_three_hundred():
    assert len(LINES) == len({question for question, _, _ in LINES}) == 300


def test_the_database_finds_what_the_texts_say():
    entries = {(entry.kind, entry.code): read(entry) for entry in SearchEntry.objects.visible()}
    vocabulary = {key: (set(own), text) for key, (own, text) in entries.items()}
    assert len(vocabulary) > 2000
    for text, _, _ in LINES:
        question = SearchEntry.objects.all().question(text)
        found = set(SearchEntry.objects.visible().matching(question).values_list("kind", "code"))
        expected = {key for key, entry in vocabulary.items() if has(question, *entry)} if question.words else set()
        assert found == expected, (text, sorted(found ^ expected)[:5])


@pytest.mark.parametrize(("text", "first"), [(text, first) for text, _, first in LINES if first])
def test_the_record_that_is_meant_comes_first(text: str, first: str):
    hit = SearchEntry.objects.visible().hits(text, limit=1)[0]
    assert f"{hit.kind.partition('.')[2]} {hit.code}" == first


@pytest.mark.parametrize("text", ["space", "training", "japan", "command", "sharing", "2024"])
def test_the_order_is_by_rules_that_both_databases_share(text: str):
    """Content, then links, then sources; of what is alike, short names and then codes by their bytes."""
    hits = SearchEntry.objects.visible().hits(text, limit=2000)
    rows = [SearchEntry.objects.defer(None).get(kind=hit.kind, code=hit.code) for hit in hits]
    exact = [row for row in rows if text in (row.code_words, row.name_words) or f"|{text}|" in row.alias_words]
    rest = [row.precedence for row in rows if row not in exact]
    assert rest == sorted(rest)
    texts = [row for row in rows if row.precedence == 0 and not any(text[:4] in name for name in names_of(row))]
    keys = [(len(row.name_words), row.code_words.encode()) for row in texts]
    assert keys == sorted(keys)


def names_of(entry: SearchEntry) -> tuple[str, str]:
    return entry.name_words, entry.alias_words


def test_every_name_finds_itself_however_it_is_typed():
    """As typed, in capitals and in ASCII: the same hits, and the record among them."""
    model_names = [model for model in indexed_models() if not model.is_link and not model.is_evidence]
    assert len(model_names) > 10
    for model in model_names:
        for record in model._default_manager.visible():
            for name in (record.label, *record.also_called()):
                asked = name if len(name) <= 300 else name[:300].rpartition(" ")[0]
                if not words(asked):
                    continue
                plain = " ".join(words(asked))
                results = [
                    set(SearchEntry.objects.visible().matching(text).values_list("kind", "code"))
                    for text in {asked, plain}
                ]
                assert (entry_for(record).kind, record.code) in results[0], (record, asked)
                assert all(result == results[0] for result in results) or name.isupper(), (record, asked)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Andøya Space", "ANDOYA"),
        ("Łódź Works", "lodz works"),
        ("Großer Plan", "GROSSER PLAN"),
        ("Đồng Hới", "dong hoi"),
        ("Ægir", "aegir"),
        ("Þór Center", "THOR CENTRE"),
        ("Ħal Far", "hal far"),
        ("Diyarbak\N{LATIN SMALL LETTER DOTLESS I}r", "DIYARBAKIR"),
    ],
)
def test_letters_that_no_database_folds(name: str, typed: str):
    make.office(code="Z-1", name=name)
    for text in (name, name.upper(), typed, typed.lower()):
        assert "Z-1" in [hit.code for hit in SearchEntry.objects.hits(text, limit=5)], text


def test_one_letter_is_a_word_and_no_beginning():
    make.goal(code="Z-1", title="Zyzzogeton O&M")
    for text in ("O&M", "o m", "zyzzogeton o&m"):
        hits = [hit.code for hit in SearchEntry.objects.hits(text, limit=50)]
        assert hits[:1] == ["Z-1"]
        assert len(hits) < 5


def test_a_synonym_is_found_as_a_phrase_and_marked():
    make.synonym(same="ZZQ; zyzzogeton and quetzal")
    make.goal(code="Z-1", title="One", statement="Of the zyzzogeton and quetzals.")
    make.goal(code="Z-2", title="Two", statement="A quetzal and a zyzzogeton apart.")
    make.goal(code="Z-3", title="Three", statement="The ZZQ is here.")
    found = {hit.code: hit for hit in SearchEntry.objects.hits("zzq", limit=9)}
    assert {"Z-1", "Z-3"} == {code for code in found if code.startswith("Z-")}
    assert found["Z-1"].mark("Of the zyzzogeton and quetzals.") == "Of the \x02zyzzogeton\x03 and \x02quetzals\x03."
    # The words of the long name may stand apart where it is what was asked for.
    assert {"Z-1", "Z-2", "Z-3"} <= {hit.code for hit in SearchEntry.objects.hits("zyzzogeton and quetzal", limit=9)}
    make.goal(code="Z-4", title="Four", statement="And a ZZQ of its own kind.")
    assert "Z-4" in [hit.code for hit in SearchEntry.objects.hits("own zyzzogeton and quetzal kind", limit=9)]


def test_abbreviations_of_terms_and_other_names_are_synonyms():
    make.term(term="zyzzogeton line", abbreviation="ZZL")
    make.goal(code="Z-1", title="One", statement="Along the zyzzogeton line.")
    assert "Z-1" in [hit.code for hit in SearchEntry.objects.hits("ZZL", limit=9)]


def test_a_word_of_the_language_is_an_acronym_in_capitals_only():
    make.goal(code="Z-1", title="One", statement="With Canada.")
    assert "Z-1" in [hit.code for hit in SearchEntry.objects.hits("CAN", limit=500)]
    assert "Z-1" not in [hit.code for hit in SearchEntry.objects.hits("can", limit=500)]


def test_a_code_stands_for_the_name_and_not_the_name_for_the_code():
    make.goal(code="Z-1", title="One", statement="It can be.")
    assert "Z-1" not in [hit.code for hit in SearchEntry.objects.hits("Canada", limit=500)]


@pytest.mark.parametrize(("typed", "code"), [("UK", "GBR"), ("U.K.", "GBR"), ("usa", "USA"), ("Turkey", "TUR")])
def test_a_nation_is_found_by_the_names_people_use(typed: str, code: str):
    assert [hit.code for hit in SearchEntry.objects.hits(typed, limit=1)] == [code]
