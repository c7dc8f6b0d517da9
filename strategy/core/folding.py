"""Folding: a text as its ASCII words, a code as it is stored, however they were typed."""

import re
import unicodedata

# Letters that Unicode does not take apart into a base letter and a mark.
LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ħ": "h",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "ŧ": "t",
        "ŋ": "n",
    }
)
# Initials with their points are one word, as in "U.S."; else letters and digits that stand together.
WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
POSSESSIVE = re.compile(r"(?<=[\w.])['\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}]s(?!\w)")
DIGITS = re.compile("[0-9]+")
# A database has a limit for one word; nobody types one so long.
MAX_WORD = 60


def fold(text: str) -> str:
    """Lower case, without accents and marks; letters with a stroke and ligatures as they are typed in ASCII."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in apart if unicodedata.category(c) not in ("Mn", "Cf"))
    return plain.translate(LETTERS)


def canonical_code(text: str) -> str:
    """The code that somebody means who types it in small letters, or with underscores or blanks."""
    return re.sub(r"[\s_]+", "-", text).upper()


def split_words(text: str) -> list[str]:
    """The folded words of a text in its order, each of the letters a to z and digits; other letters by number."""
    folded = POSSESSIVE.sub("", fold(text))
    return [_ascii(word.replace(".", "")) for word in WORD.findall(folded)]


def _ascii(word: str) -> str:
    if not word.isascii():
        word = "".join(c if c.isascii() else f"u{ord(c):x}" for c in word)
    return word[:MAX_WORD]


def sort_key(text: str) -> str:
    """The text as people sort names: by base letters, without punctuation, and numbers by their value."""
    words = (word.replace(".", "") for word in WORD.findall(fold(text)))
    return DIGITS.sub(lambda digits: digits[0].zfill(7), " ".join(words))
