"""Parts of pages that are the same whenever the words in them are the same: drawn once, and kept."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import get_template

register = template.Library()

# A page of fifty rows has some hundreds of them.
MOST_KEPT = 2048
Word = str | int | bool | None


@register.simple_tag
def component(part: str, **words: Word) -> str:
    """``{% component "role" role=one.role %}`` is ``components/role.html`` with these words, and nothing else, in it.

    Not for what takes a record: one that has changed since is still equal to itself.
    """
    return _drawn.__wrapped__(part, **words) if settings.DEBUG else _drawn(part, **words)


# Marked as safe or not, the same letters are two different words.
@lru_cache(MOST_KEPT, typed=True)
def _drawn(part: str, **words: Word) -> str:
    return get_template(f"components/{part}.html").render(words)
