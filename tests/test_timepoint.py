"""A moment keeps exactly what was stated, and only real moments exist."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.timepoint import Precision, TimePoint, from_datetime, parse_utc, utc_text

FULL = "2024-12-19T10:05:07"
LENGTHS = {
    4: Precision.YEAR,
    7: Precision.MONTH,
    10: Precision.DAY,
    13: Precision.HOUR,
    16: Precision.MINUTE,
    19: Precision.SECOND,
}


@pytest.mark.parametrize(("length", "precision"), LENGTHS.items())
def test_precision_is_what_was_written(length: int, precision: Precision) -> None:
    """Every prefix of an ISO moment at a boundary is one."""
    assert TimePoint(FULL[:length]).precision is precision


@pytest.mark.parametrize("length", [length for length in range(20) if length not in LENGTHS])
def test_other_prefixes_are_none(length: int) -> None:
    """A prefix cut inside a number is no moment."""
    with pytest.raises(ValueError, match="ISO"):
        TimePoint(FULL[:length])


@pytest.mark.parametrize(
    "value",
    [
        "2024-02-30",
        "2023-02-29",
        "2024-13",
        "2024-00",
        "2024-01-00",
        "2024-01-01T24",
        "2024-01-01T10:60",
        "0000",
        "2024-1-1",
        " 2024",
        "2024\n",
        "２０２４",
        "2024-01-01 10:00",
        "20240101",
    ],
)
def test_what_is_no_moment(value: str) -> None:
    """Impossible days and times, other forms, digits of other scripts."""
    with pytest.raises(ValueError):
        TimePoint(value)


@pytest.mark.parametrize("zone", ["+4", "0400", "+0400", "UTC", "", "z", "+04:00 "])
def test_what_is_no_zone(zone: str) -> None:
    """A zone is "Z" or an offset with a colon."""
    with pytest.raises(ValueError):
        TimePoint("2024-01-01T10:00", zone)


@pytest.mark.parametrize("zone", ["+25:00", "+04:75", "-99:99"])
def test_no_clock_has_such_an_offset(zone: str) -> None:
    """Offsets are real ones, below a day."""
    with pytest.raises(ValueError, match="zone"):
        TimePoint("2024-01-01T10:00", zone)


def test_shape_in_a_record() -> None:
    """Value, precision, zone; the zone is written only behind a clock time."""
    assert TimePoint("2023-11-29T18:00").as_json() == {"value": "2023-11-29T18:00", "precision": "minute", "zone": None}
    assert TimePoint("2023-11-29T18:00", "+04:00").iso() == "2023-11-29T18:00+04:00"
    assert TimePoint("2023-11-29", "+04:00").iso() == "2023-11-29"
    assert (TimePoint("2023-11").day, TimePoint("2023-11-29T18:00").day) == (None, "2023-11-29")


@given(st.dates())
def test_every_day_comes_back(day: date) -> None:
    """A calendar day is its own day."""
    assert TimePoint(day.isoformat()).day == day.isoformat()


@given(st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1)), st.integers(-720, 720))
def test_our_own_clock_comes_back_in_utc(moment: datetime, minutes: int) -> None:
    """``parse_utc`` reads what ``utc_text`` wrote, to the second, whatever zone the clock had."""
    aware = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    text = utc_text(aware)
    assert text.endswith("Z")
    assert parse_utc(text) == aware
    assert parse_utc(aware.isoformat()) == aware


def test_years_before_1000_keep_their_zeros() -> None:
    """A year is four digits, on every platform."""
    assert utc_text(datetime(33, 4, 3, 12, tzinfo=UTC)) == "0033-04-03T12:00:00Z"


@pytest.mark.parametrize("text", ["2026-11-22T04:20:00", "2026-11-22", "", "now"])
def test_a_moment_without_a_zone_is_refused(text: str) -> None:
    """Nobody's zone is assumed."""
    with pytest.raises(ValueError):
        parse_utc(text)
    with pytest.raises(ValueError, match="zone"):
        from_datetime(datetime(2026, 11, 22))


@given(st.text(max_size=25))
def test_any_text_is_a_moment_or_a_value_error(text: str) -> None:
    """Nothing else is ever raised."""
    try:
        point = TimePoint(text)
    except ValueError:
        return
    assert point.value == text
