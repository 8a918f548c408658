"""Dates written for machines say what they say, with a zone only where one stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.extract.isodate import machine_date

STATED = {
    "day": ("2019-01-31", "2019-01-31", None),
    "minutes": ("2019-01-31T18:00", "2019-01-31T18:00", None),
    "UTC": ("2019-01-31T18:00:05Z", "2019-01-31T18:00:05", "Z"),
    "offset stays": ("2023-11-29T18:00:00+04:00", "2023-11-29T18:00:00", "+04:00"),
    "offset without colon": ("2023-11-29T18:00:00+0400", "2023-11-29T18:00:00", "+04:00"),
    "short offset": ("2023-11-29T18:00+04", "2023-11-29T18:00", "+04:00"),
    "fractions go": ("2023-11-29T18:00:00.123456Z", "2023-11-29T18:00:00", "Z"),
    "a space for the T": ("2023-11-29 18:00:00", "2023-11-29T18:00:00", None),
    "a space before the zone": ("2023-11-29 18:00:00 +0300", "2023-11-29T18:00:00", "+03:00"),
    "Java's zone name": ("2023-11-29T18:00:00+01:00[Europe/Berlin]", "2023-11-29T18:00:00", "+01:00"),
    "one digit months": ("2023-1-9", "2023-01-09", None),
    "month only": ("2023-11", "2023-11", None),
    "year only": ("2023", "2023", None),
    "compact": ("20231129", "2023-11-29", None),
    "compact with clock": ("20231129T180000Z", "2023-11-29T18:00:00", "Z"),
    "slashes, year first": ("2023/11/29", "2023-11-29", None),
    "Unix seconds": ("1701280800", "2023-11-29T18:00:00", "Z"),
    "Unix milliseconds": ("1701280800123", "2023-11-29T18:00:00", "Z"),
    "mail date": ("Wed, 29 Nov 2023 18:00:00 GMT", "2023-11-29T18:00:00", "Z"),
    "English, month first": ("November 29, 2023", "2023-11-29", None),
    "English, afternoon": ("Nov. 29, 2023, 6:05 p.m.", "2023-11-29T18:05", None),
    "noon and midnight": ("Nov 29, 2023 12:05 am", "2023-11-29T00:05", None),
    "dots are day first": ("05.06.2024", "2024-06-05", None),
    "a day above 12 settles the order": ("29/11/2023", "2023-11-29", None),
    "likewise in the second place": ("11/29/2023", "2023-11-29", None),
    "day equals month": ("05/05/2024", "2024-05-05", None),
    "compact with colons": ("20200316T13:00:00Z", "2020-03-16T13:00:00", "Z"),
    "month with a slash": ("2017/01", "2017-01", None),
    "year, month name, day": ("2023 Jan 7", "2023-01-07", None),
    "as date prints it": ("Fri Apr 28 19:20:36 CEST 2023", "2023-04-28T19:20:36", "+02:00"),
    "an abbreviation that means one offset": ("Tue, Sep 15 2020 10:01:41 EDT", "2020-09-15T10:01:41", "-04:00"),
    "glued abbreviation": ("2020-09-29T00:30:00PDT", "2020-09-29T00:30:00", "-07:00"),
    "an abbreviation that means several": ("2020-09-29T00:30:00IST", "2020-09-29T00:30:00", None),
}


@pytest.mark.parametrize(("text", "value", "zone"), STATED.values(), ids=STATED)
def test_stated_moments_are_read_exactly(text: str, value: str, zone: str | None) -> None:
    """The ISO prefix says as much as was stated, and no more."""
    moment = machine_date(text)
    assert moment is not None
    assert (moment.value, moment.zone) == (value, zone)


UNREAD = {
    "ambiguous": "03/04/2024",
    "no such day": "2023-02-30",
    "null": "0000-00-00T00:00:00",
    "hour 25": "2023-11-29T25:00",
    "words": "yesterday",
    "empty": "  ",
    "two dates": "2023-11-29 2023-11-30",
    "a long tail": "2023-11-29" + " x" * 60,
    "a number": "12345",
    "a month with a clock": "2017/01 10:00",
}


@pytest.mark.parametrize("text", UNREAD.values(), ids=UNREAD)
def test_what_is_not_certain_is_not_read(text: str) -> None:
    """No order, year or day is made up."""
    assert machine_date(text) is None


@given(st.one_of(st.text(max_size=80), st.from_regex(r"[0-9TZ:/ .+-]{1,40}", fullmatch=True)))
def test_any_text_is_survived(text: str) -> None:
    """A moment or None, never an error."""
    moment = machine_date(text)
    assert moment is None or moment.value[:4].isdigit()
