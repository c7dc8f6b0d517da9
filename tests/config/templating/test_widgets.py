"""Fields of forms, drawn by a macro: the same tags and attributes as Django's own templates of them."""

from html.parser import HTMLParser

import pytest
from django import forms
from django.template import engines

from config.accounts.views import SignInForm

CHOICES = [("", "---------"), ("a", "Alpha & <b>"), ("b", "Beta")]


class Sample(forms.Form):
    word = forms.CharField(max_length=20, help_text="One word.")
    number = forms.IntegerField(min_value=1, required=False)
    one = forms.ChoiceField(choices=CHOICES, required=False)
    many = forms.MultipleChoiceField(choices=CHOICES[1:], widget=forms.CheckboxSelectMultiple, required=False)
    listed = forms.MultipleChoiceField(choices=CHOICES[1:], required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


class Tags(HTMLParser):
    """Tags with their attributes, and words."""

    def __init__(self, text: str):
        super().__init__()
        self.seen: list[object] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.seen.append(tag)

    def handle_data(self, data: str) -> None:
        self.seen += data.split()


def drawn(field: forms.BoundField) -> str:
    return engines["jinja2"].env.get_template("components/forms.html").module.form_widget(field)


DATA = {"word": 'q"uo<te', "number": "3", "one": "b", "many": ["a", "b"], "listed": ["a"], "hidden": "x"}


@pytest.mark.parametrize("data", [None, {}, DATA], ids=["unbound", "empty", "filled"])
@pytest.mark.parametrize("name", list(Sample.base_fields))
def test_a_field_of_a_filter(data: dict | None, name: str):
    field = Sample(data)[name]
    assert Tags(drawn(field)).seen == Tags(str(field)).seen


def test_the_fields_of_the_door():
    for field in SignInForm():
        assert Tags(drawn(field)).seen == Tags(str(field)).seen


def test_errors_stand_under_their_field():
    field = Sample({"number": "x"})["number"]
    errors = engines["jinja2"].env.get_template("components/forms.html").module.error_list(field.errors)
    assert Tags(errors).seen == Tags(str(field.errors)).seen
    assert "Enter a whole number." in errors
