"""Word forms: which spellings and endings of a folded English word count as the same word."""

import re
from functools import lru_cache

from ..folding import split_words

# British spelling and its American twin are one word. What comes out is compared, never shown: "z" becomes "s", so
# that a beginning such as "organis" still finds the whole word.
SPELLINGS = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=[a-z]{3})iz(?=[aei]|$)", "is"),
        (r"(?<=[a-z]{2})yz(?=[aei]|$)", "ys"),
        (r"^((?:self|un|in)?(?:defen|offen|licen|preten))s", r"\1c"),
        (r"^practis", "practic"),
        (r"(cent|theat|met|lit|fib|calib|spect)re(?=s?$|d$)", r"\1er"),
        (r"programme(s?)$", r"program\1"),
        (r"(col|lab|behavi|hon|fav|harb|neighb|endeav|rum|arm|hum|val|flav|rig|vig)our", r"\1or"),
        (r"logue(s?)$", r"log\1"),
        (r"^manoeuvr(?:e(?!d$)|(?=ed|ing|ab))", "maneuver"),
        (r"dgement", "dgment"),
        (r"(fulfi|enro|insta)ll", r"\1l"),
        (r"(trave|mode|labe|signa|cance|leve|channe|counse|fue)ll(?=ed|ing|er|or)", r"\1l"),
        (r"^grey", "gray"),
        (r"^artefact", "artifact"),
        (r"^enquir", "inquir"),
        (r"^sceptic", "skeptic"),
        (r"^aluminium", "aluminum"),
        (r"^ageing", "aging"),
    )
]
VOWEL = re.compile("[aeiouy]")
# A word this short is a whole word or an abbreviation; a longer one may be the beginning of a word.
SHORT = 3
# What is left of a word without an ending such as -ate must be this long: "combat" has none.
LONG = 6
# Texts repeat their words.
MAX_CACHED = 30_000


@lru_cache(maxsize=MAX_CACHED)
def spell(word: str) -> str:
    """A folded word in the one spelling that British and American writers share here."""
    for pattern, replacement in SPELLINGS:
        word = pattern.sub(replacement, word)
    return word


def words(text: str) -> list[str]:
    """The words of a text in its order, folded and in one spelling."""
    return [spell(word) for word in split_words(text)]


@lru_cache(maxsize=MAX_CACHED)
def stem(word: str) -> str:
    """What the forms of a word share, such as "allies" and "ally", "wargaming" and "wargames"."""
    if len(word) <= SHORT or not word.isalpha():
        return word
    word = _without_inflection(word)
    if word.endswith("bility"):
        word = f"{word[:-6]}ble"
    if len(word) > LONG + 3 and word.endswith("tion"):
        word = word[:-3]
    if len(word) > SHORT and word.endswith("e"):
        word = word[:-1]
    for ending in ("at", "abl", "ativ"):
        if word.endswith(ending) and len(word) >= LONG + len(ending):
            word = word.removesuffix(ending)
            break
    if len(word) > SHORT and word[-1] == word[-2] and word[-1] not in "aeiousz":
        word = word[:-1]
    return f"{word[:-1]}i" if len(word) > SHORT and word.endswith("y") else word


def _without_inflection(word: str) -> str:
    """The word without its plural, its -ed or -ing."""
    if word.endswith(("ies", "ied")):
        word = f"{word[:-3]}y" if len(word) > SHORT + 1 else word[:-1]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= SHORT and VOWEL.search(rest) and not word.endswith("eed"):
            return rest
    return word


def index_words(text: str) -> list[str]:
    """Every word and every stem of a text once, in alphabetical order: what an index holds of it."""
    own = set(words(text))
    return sorted(own | {stem(word) for word in own})


def matches(word: str, other: str) -> bool:
    """Whether ``other``, a word of a text, is the asked ``word``, another form of it, or begins with it."""
    return other == word or stem(other) == stem(word) or (len(word) > SHORT and other.startswith(word))
