"""Which words a search takes for the same: however typed, in both spellings, in their usual forms."""

import pytest

from strategy.core.text import sort_key, words
from strategy.core.text.word_forms import matches, stem


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Andøya", "andoya"),
        ("ŁÓDŹ", "lodz"),
        ("Straße", "strasse"),
        ("Đà Nẵng", "da nang"),
        ("ÆGIR", "aegir"),
        ("Þór", "thor"),
        ("Ħal Far", "hal far"),
        ("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}zm\N{LATIN SMALL LETTER DOTLESS I}r", "izmir"),
        ("Türkiye", "turkiye"),
        ("Québec", "quebec"),
        ("U.S. Space Force's", "us space force"),
        ("SAF/IA", "saf ia"),
        ("the Nation\N{RIGHT SINGLE QUOTATION MARK}s", "the nation"),
        ("co\N{SOFT HYPHEN}operation", "cooperation"),
        ("IPS-A06", "ips a06"),
        ("a_b", "a b"),
        ("?!", ""),
    ],
)
def test_text_is_read_as_plain_words(typed: str, plain: str):
    assert " ".join(words(typed)) == plain


def test_letters_of_other_scripts_are_kept_apart():
    assert words("宇宙") != words("宇") != []
    assert words("宇宙")[0].startswith(words("宇")[0])


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("defence", "defense"),
        ("defences", "defenses"),
        ("organisation", "organization"),
        ("organise", "organize"),
        ("utilising", "utilizing"),
        ("analyse", "analyze"),
        ("programme", "program"),
        ("centre", "center"),
        ("theatres", "theaters"),
        ("kilometre", "kilometer"),
        ("colour", "color"),
        ("labour", "labor"),
        ("neighbouring", "neighboring"),
        ("licence", "license"),
        ("manoeuvre", "maneuver"),
        ("manoeuvring", "maneuvering"),
        ("catalogue", "catalog"),
        ("modelling", "modeling"),
        ("travelled", "traveled"),
        ("fulfilment", "fulfillment"),
        ("judgement", "judgment"),
        ("artefact", "artifact"),
    ],
)
def test_british_and_american_spelling_are_one(british: str, american: str):
    assert words(british) == words(american)


@pytest.mark.parametrize(
    "forms",
    [
        "ally allies allied",
        "wargame wargames wargaming",
        "train trains trained training",
        "plan plans planned planning",
        "exercise exercises exercised exercising",
        "integrate integrates integrated integrating integration",
        "interoperate interoperable interoperability",
        "organize organization organisations",
        "policy policies",
        "agency agencies",
        "call calls calling",
        "staff staffing",
    ],
)
def test_forms_of_a_word_are_one(forms: str):
    assert len({stem(word) for word in words(forms)}) == 1


@pytest.mark.parametrize(
    "pair", ["nation national", "station state", "combat combs", "exercise exert", "can canada", "need new", "us usage"]
)
def test_different_words_stay_apart(pair: str):
    one, other = words(pair)
    assert stem(one) != stem(other)


@pytest.mark.parametrize("word", ["organiz", "organis", "traini", "interop", "defenc", "defens"])
def test_a_beginning_of_four_letters_matches(word: str):
    whole = words("organization training interoperability defense")
    (beginning,) = words(word)
    assert any(matches(beginning, other) for other in whole)


def test_a_short_word_is_a_word_of_its_own():
    assert not matches("can", "canada")
    assert not matches("m", "means")
    assert matches("cana", "canada")


def test_names_are_sorted_by_base_letters():
    names = [
        "Zimbabwe",
        "Türkiye",
        "Åland Islands",
        "Albania",
        "Tunisia",
        "Group 10",
        "Group 2",
        "(Austria)",
        "air force",
    ]
    assert sorted(names, key=sort_key) == [
        "air force",
        "Åland Islands",
        "Albania",
        "(Austria)",
        "Group 2",
        "Group 10",
        "Tunisia",
        "Türkiye",
        "Zimbabwe",
    ]
