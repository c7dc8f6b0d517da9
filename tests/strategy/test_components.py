"""Parts of pages that are drawn once: the same words give the same, and nothing else does."""

from django.template import Context, Template
from django.utils.safestring import mark_safe

LINK = Template('{% load components %}{% component "record_link" code=code name=name url=url %}')


def drawn(**words: object) -> str:
    return LINK.render(Context({"code": "IPS-G1", "name": "", "url": "/goals/IPS-G1/", **words}))


def test_words_are_escaped_also_where_the_same_letters_were_safe_before() -> None:
    assert "<b>bold</b>" in drawn(name=mark_safe("<b>bold</b>"))
    assert "&lt;b&gt;bold&lt;/b&gt;" in drawn(name="<b>bold</b>")
    assert "<b>bold</b>" in drawn(name=mark_safe("<b>bold</b>"))


def test_one_is_never_shown_for_another() -> None:
    assert "/goals/IPS-G1/" in drawn()
    assert "/goals/IPS-G2/" in drawn(url="/goals/IPS-G2/")
    assert "href" not in drawn(url="")
