"""Other calendars meet the Gregorian one on the right day, or not at all."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.extract import calendars

# Days on which both calendars are printed in official almanacs: new years, leap days, ends of halves.
JALALI = [
    ((1403, 1, 1), date(2024, 3, 20)),
    ((1403, 12, 30), date(2025, 3, 20)),
    ((1404, 1, 1), date(2025, 3, 21)),
    ((1400, 1, 1), date(2021, 3, 21)),
    ((1399, 12, 30), date(2021, 3, 20)),
    ((1398, 6, 31), date(2019, 9, 22)),
    ((1398, 7, 1), date(2019, 9, 23)),
    ((1357, 11, 22), date(1979, 2, 11)),
    ((1300, 1, 1), date(1921, 3, 21)),
]


@pytest.mark.parametrize(("printed", "day"), JALALI)
def test_solar_hijri_days(printed: tuple[int, int, int], day: date) -> None:
    """Known days of the Iranian calendar."""
    assert calendars.from_jalali(*printed) == day


@pytest.mark.parametrize(
    "printed", [(1404, 12, 30), (1403, 7, 31), (1403, 13, 1), (1403, 0, 1), (1100, 1, 1), (1403, 1, 0)]
)
def test_no_such_solar_hijri_day(printed: tuple[int, int, int]) -> None:
    """The 30th of Esfand exists in leap years only; months and years outside of the calendar do not exist."""
    with pytest.raises(ValueError, match="solar Hijri"):
        calendars.from_jalali(*printed)


@given(st.integers(1178, 1632), st.integers(1, 12), st.integers(1, 29))
def test_solar_hijri_days_follow_each_other(year: int, month: int, day: int) -> None:
    """The day after is the day after in both calendars, over every turn of month and year."""
    here = calendars.from_jalali(year, month, day)
    try:
        following = calendars.from_jalali(year, month, day + 1)
    except ValueError:
        following = calendars.from_jalali(year + month // 12, month % 12 + 1, 1)
    assert following == here + timedelta(days=1)


@pytest.mark.parametrize(
    ("era", "printed", "day"),
    [
        ("令和", (6, 4, 5), date(2024, 4, 5)),
        ("令和", (1, 5, 1), date(2019, 5, 1)),
        ("平成", (31, 4, 30), date(2019, 4, 30)),
        ("昭和", (64, 1, 7), date(1989, 1, 7)),
        ("大正", (1, 7, 30), date(1912, 7, 30)),
    ],
)
def test_japanese_eras(era: str, printed: tuple[int, int, int], day: date) -> None:
    """First and last days of eras."""
    assert calendars.from_era(era, *printed) == day


@pytest.mark.parametrize(
    ("era", "printed"), [("令和", (1, 4, 30)), ("平成", (40, 1, 1)), ("平成", (0, 1, 1)), ("慶応", (1, 1, 1))]
)
def test_no_such_day_of_an_era(era: str, printed: tuple[int, int, int]) -> None:
    """A day before an era, a year after it, and eras that are not known."""
    with pytest.raises(ValueError, match=era):
        calendars.from_era(era, *printed)


def test_years_that_are_offsets() -> None:
    """Thai and Taiwanese years differ by a number."""
    assert calendars.from_buddhist_year(2567) == 2024
    assert calendars.from_minguo_year(113) == 2024
