"""Partial dates: what they mean, how they read, and what is not one."""

import re
from datetime import date

import edtf
import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given, settings
from hypothesis import strategies as st

from strategy.core.models import date_bounds, display_date, validate_edtf
from strategy.models import OfficeEvent
from tests.support import factories as make


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-06", date(2025, 6, 1), date(2025, 6, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2025-06-23", date(2025, 6, 23), date(2025, 6, 23)),
        ("2017/2032", date(2017, 1, 1), date(2032, 12, 31)),
        ("2025-06/2025-07-04", date(2025, 6, 1), date(2025, 7, 4)),
        ("[..2014-09]", None, date(2014, 9, 30)),
        ("[2014-09..]", date(2014, 9, 1), None),
        ("[2014..2016]", date(2014, 1, 1), date(2016, 12, 31)),
        ("2025/..", date(2025, 1, 1), None),
        ("../2025", None, date(2025, 12, 31)),
    ],
)
def test_bounds_are_the_first_and_last_day_meant(text: str, first: date | None, last: date | None):
    assert date_bounds(text) == (first, last)
    validate_edtf(text)


BAD = [
    "June 2025",
    "2025-13",
    "2025-00",
    "2025-02-30",
    "2023-02-29",
    "2025-6",
    "2025/06/23",
    "23.06.2025",
    "25",
    "soon",
    " ",
    "2025-06-23T",
    "\uff12\uff10\uff12\uff15",
    "[..",
    "2025-06-23; DROP TABLE",
]


@pytest.mark.parametrize(
    "text",
    [
        "0000",
        "0001",
        "2024",
        "2024-00",
        "2024-02",
        "2023-02",
        "2024-13",
        "2024-02-29",
        "2023-02-29",
        "2024-01-00",
        "9999",
    ],
)
def test_plain_dates_mean_what_the_grammar_says(text: str):
    try:
        parsed = edtf.parse_edtf(text)
        days = [date(*moment[:3]) for moment in (parsed.lower_strict(), parsed.upper_strict())]
    except (edtf.EDTFParseException, ValueError):
        with pytest.raises(ValueError, match="not a date in EDTF form"):
            date_bounds(text)
    else:
        assert list(date_bounds(text)) == days


@pytest.mark.parametrize("text", BAD)
def test_what_is_not_a_date_is_refused_with_an_example(text: str):
    with pytest.raises(ValueError, match="not a date in EDTF form"):
        date_bounds(text)
    with pytest.raises(ValidationError, match="write 2025, 2025-06") as error:
        validate_edtf(text)
    assert error.value.code == "edtf"
    assert text in error.value.messages[0]


@pytest.mark.parametrize("text", ["2025/2024", "2025-06-02/2025-06-01", "[2016..2014]"])
def test_a_range_that_runs_backwards_is_refused(text: str):
    with pytest.raises(ValidationError, match="ends before it begins"):
        validate_edtf(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025", "2025"),
        ("2025-06", "June 2025"),
        ("2025-06-03", "3 June 2025"),
        ("2025-12-31", "31 December 2025"),
        ("2017/2032", "2017 to 2032"),
        ("2025-06/2025-07-04", "June 2025 to 4 July 2025"),
        ("[..2014-09]", "by September 2014"),
        ("[2014-09..]", "September 2014 or later"),
        ("[2014..2016]", "between 2014 and 2016"),
        ("2025~", "about 2025"),
        ("2025-06?", "June 2025, uncertain"),
        ("2025-06-03%", "about 3 June 2025, uncertain"),
        ("2025-33", "first quarter of 2025"),
        ("2025-36", "fourth quarter of 2025"),
        ("2025-21", "spring 2025"),
        ("2025-33/2026~", "first quarter of 2025 to about 2026"),
        ("2025/..", "2025 or later"),
        ("../2025-06", "by June 2025"),
        ("", ""),
    ],
)
def test_a_date_reads_as_people_say_it(text: str, words: str):
    assert display_date(text).strip() == words


@pytest.mark.parametrize(
    "text",
    [
        *("201X", "2025-XX", "2025/", "/2025", "../..", "{2025,2026}", "[2025,2026]", "-0044", "Y20000", "2025-06?-11"),
        *("2025-06-23T10:00:00", "2025-31", "2025-37", "2025-41", "[..]", "2025~~", "2025-33~", "2025/2026/2027"),
    ],
)
def test_a_date_without_words_is_refused_in_a_sentence(text: str):
    with pytest.raises(ValidationError, match="write 2025, 2025-06") as error:
        validate_edtf(text)
    assert error.value.code == "edtf"
    assert f"'{text}' is" in error.value.messages[0]


# What EDTF is made of, in any order: dates, marks of doubt, parts of the year, ranges.
DATES = ["2025", "1999", "0000", "-06", "-02", "-30", "-21", "-25", "-33", "-41"]
MARKS = ["~", "?", "%", "X", "/", "..", "[", "]", ",", "-", "{", "}", "Y", "T10:00"]
TEXTS = st.lists(st.one_of(st.sampled_from(DATES), st.sampled_from(MARKS)), max_size=7)


@given(TEXTS.map("".join))
@settings(max_examples=400, deadline=None)
@example("2025-33")
@example("2025~/2026?")
def test_whatever_is_taken_reads_in_words(text: str):
    try:
        validate_edtf(text)
    except ValidationError:
        return
    words = display_date(text)
    assert not re.search(r"[~?%XY\[\]{}/]|\.\.|\d-|-\d", words), words
    first, last = date_bounds(text)
    assert first or last


@pytest.mark.django_db
def test_bounds_follow_every_save():
    event = make.office_event(date="2025-06")
    event.refresh_from_db()
    assert (event.earliest, event.latest) == (date(2025, 6, 1), date(2025, 6, 30))
    event.date = "[..2014-09]"
    event.save()
    event.refresh_from_db()
    assert (event.earliest, event.latest) == (None, date(2014, 9, 30))


@pytest.mark.django_db
def test_bounds_of_a_date_taken_away_are_taken_away():
    activity = make.activity(start="2025-06", end="2026")
    activity.start = ""
    activity.save()
    activity.refresh_from_db()
    assert (activity.start_earliest, activity.start_latest) == (None, None)
    assert (activity.end_earliest, activity.end_latest) == (date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.django_db
def test_events_stand_by_their_last_day():
    """ "By 2014" has no first day, and comes before 2015 all the same."""
    office = make.office()
    for text in ("2015", "[..2014]", "[2013..]", "2012-05"):
        make.office_event(office=office, date=text)
    result = OfficeEvent.objects.filter(office=office).values_list("date", flat=True)
    assert list(result) == ["2012-05", "[..2014]", "2015", "[2013..]"]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["June 2025", "2025-02-30", ""])
def test_a_model_refuses_a_bad_date_by_field(text: str):
    with pytest.raises(ValidationError) as error:
        make.office_event(date=text)
    assert set(error.value.message_dict) == {"date"}
