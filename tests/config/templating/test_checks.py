"""The system check of the templates: what no page has asked for yet is refused at start, with its file and line."""

import pytest
from django.core.checks import run_checks
from jinja2 import DictLoader

from config.templating.checks import problems
from config.templating.environment import environment

MARK = "{% macro mark(text, url='') %}{{ text }}{{ url }}{% endmacro %}"


def messages(page: str, **others: str) -> list[tuple[str, int, str]]:
    sources = {"page.html": page, "mark.html": MARK} | {f"{name}.html": text for name, text in others.items()}
    return list(problems(environment(loader=DictLoader(sources))))


def test_the_templates_of_the_site_are_sound():
    assert run_checks(tags=["templates"]) == []


def test_a_page_with_sound_calls():
    page = '{% from "mark.html" import mark as sign %}{{ sign("a") }}{{ sign(text="a", url="b") }}{{ url("home") }}'
    assert messages(page) == []


@pytest.mark.parametrize(
    ("page", "line", "expected"),
    [
        ("\n{% if %}", 2, "Expected an expression"),
        ("{{ text | nonsense }}", 1, "No filter named 'nonsense'"),
        ('\n{% extends "none.html" %}', 2, "There is no template 'none.html'."),
        ('{% include "none.html" %}', 1, "There is no template 'none.html'."),
        ('{% from "none.html" import mark %}{{ mark("a") }}', 1, "There is no template 'none.html'."),
        ('{% import "mark.html" as marks %}', 1, "Import macros by their names"),
        ('{% from "mark.html" import sign %}{{ sign("a") }}', 1, "'mark.html' has no macro 'sign'."),
        ('{% from "mark.html" import mark %}', 1, "The macro 'mark' is imported and not used."),
        ('{% from "mark.html" import mark %}\n{{ mark() }}', 2, "The macro 'mark' is not given 'text'."),
        ('{% from "mark.html" import mark %}\n\n{{ mark("a", size=1) }}', 3, "takes no argument 'size'."),
        ('{% from "mark.html" import mark %}{{ mark("a", "b", "c") }}', 1, "takes 2 arguments, and is given 3"),
        ('{% from "mark.html" import mark %}{{ mark("a", text="b") }}', 1, "is given its argument 'text' twice."),
        ('{% from "mark.html" import mark %}{{ mark("a") }}{{ mark }}', 1, "is a macro here, and it is not called."),
        (
            "{% macro own(url) %}\n{{ url('home') }}{% endmacro %}",
            2,
            "'url' is a value here, and hides what is called.",
        ),
        ("{% for text, url in pages %}{{ url('home') }}{% endfor %}", 1, "'url' is a value here"),
        ("{% macro own(a) %}{{ a }}{% endmacro %}\n{{ own(b=1) }}", 2, "takes no argument 'b'."),
    ],
)
def test_a_fault_is_told_with_its_line(page: str, line: int, expected: str):
    file, actual_line, message = messages(page)[0]
    assert (file, actual_line) == ("page.html", line)
    assert expected in message


def test_a_macro_does_not_read_the_page_it_is_called_on():
    page = '{% from "who.html" import who %}{{ who() }}'
    assert messages(page, who="{% macro who() %}{{ user }}{{ reader }}{% endmacro %}") == [
        ("who.html", 1, "Its macros use reader, which not every case gives them.")
    ]


def test_templates_of_the_admin_are_not_read():
    sources = {"django/admin/base.html": "{% load static %}"}
    assert list(problems(environment(loader=DictLoader(sources)))) == []
