"""The environment of the site's templates: what is escaped, what is an error, and how addresses are written."""

import pytest
from django.template import engines
from django.template.loader import get_template
from django.utils.safestring import mark_safe
from jinja2 import Environment, UndefinedError

from config.templating.environment import environment, with_query


@pytest.fixture
def env() -> Environment:
    return engines["jinja2"].env


def test_what_is_not_marked_as_safe_is_escaped(env: Environment):
    link = env.get_template("components/records.html").module.record_link
    assert "<b>bold</b>" in link("IPS-G1", mark_safe("<b>bold</b>"), "/goals/IPS-G1/")
    assert "&lt;b&gt;bold&lt;/b&gt;" in link("IPS-G1", "<b>bold</b>", "/goals/IPS-G1/")
    assert 'href="/&#34; onclick="' not in link("IPS-G1", "", '/" onclick="')


def test_a_name_nobody_defines_is_an_error(env: Environment):
    with pytest.raises(UndefinedError):
        env.from_string("{{ nobody }}").render()
    with pytest.raises(UndefinedError):
        env.from_string("{% if record.nothing %}{% endif %}").render(record=object())


def test_what_is_safe_cannot_be_switched_off_by_an_option():
    assert environment(autoescape=False).from_string("{{ text }}").render(text="<") == "&lt;"


def test_a_page_may_leave_out_what_its_frame_shows(env: Environment):
    source = '{{ edition }}{{ citation }}{{ breadcrumbs | length }}{{ "notional" if notional }}'
    assert env.from_string(source).render() == "None0"


@pytest.mark.parametrize(
    ("address", "parameters", "expected"),
    [
        ("/risks/", {}, "/risks/"),
        ("/risks/", {"rated": "false", "notional": ""}, "/risks/?rated=false"),
        ("", {"q": "space power", "all": 1}, "?q=space%20power&all=1"),
        ("/risks/", {"notional": None, "risk": "a&b"}, "/risks/?risk=a%26b"),
    ],
)
def test_an_address_has_the_parameters_with_a_value(address: str, parameters: dict, expected: str):
    assert with_query(address, **parameters) == expected


def test_the_admin_has_templates_of_its_own_engine():
    assert get_template("base.html").backend.name == "jinja2"
    assert get_template("admin/base_site.html").backend.name == "django"
    assert get_template("admin/login.html").backend.name == "django"
