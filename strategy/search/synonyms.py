"""The synonyms that a search knows: those recorded, and the other names of records."""

from collections.abc import Iterator

from ..core.cache import VersionedCache
from ..core.text import Synonyms, synonyms_of, words
from ..core.text.question import Phrase
from ..core.text.search_engine import BAR
from ..models import SearchEntry, Synonym

# A name with more words is a sentence that nobody has another word for.
MAX_NAME_WORDS = 8


def _read_groups() -> Iterator[list[str]]:
    """Groups of names for the same thing: recorded ones, and the names of each sourced record that has several."""
    for synonym in Synonym.objects.visible():
        yield synonym.each
    entries = SearchEntry.objects.visible().filter(precedence=0).exclude(alias_words="")
    for name, others in entries.values_list("name_words", "alias_words"):
        yield [text for text in (name, *others.strip(BAR).split(BAR)) if len(text.split()) <= MAX_NAME_WORDS]


def _read() -> Synonyms:
    """With the names of its record for a code of one word. No name stands for a code: Canada is not "can"."""
    names = synonyms_of(_read_groups())
    entries = SearchEntry.objects.visible().filter(precedence=0).exclude(code_words__contains=" ")
    codes: dict[Phrase, frozenset[Phrase]] = {}
    for code, name in entries.values_list("code_words", "name_words"):
        key, phrase = (code,), tuple(name.split())
        if len(phrase) <= MAX_NAME_WORDS:
            codes[key] = (names.get(key, frozenset()) | names.get(phrase, frozenset()) | {phrase}) - {key}
    return {**names, **{key: others for key, others in codes.items() if others}}


def _read_spellings() -> dict[tuple[str, ...], str]:
    entries = SearchEntry.objects.visible().filter(precedence=0).exclude(alias_words="")
    # The code, which comes before the other names, is no name.
    named = [[*aliases.split("\n")[1:], title] for title, aliases in entries.values_list("title", "aliases")]
    recorded = [synonym.each for synonym in Synonym.objects.visible()]
    return {tuple(words(name)): name for names in (*named, *recorded) for name in names}


_synonyms = VersionedCache(_read)
_spellings = VersionedCache(_read_spellings)


def spelling(phrase: tuple[str, ...]) -> str:
    """The words of a name as a record has them; a name that no record has is an abbreviation, in capitals."""
    return _spellings().get(phrase) or " ".join(phrase).upper()


def known_synonyms() -> Synonyms:
    """The other names of each name, as words: read once for each content version."""
    return _synonyms()
