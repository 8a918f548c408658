"""Years and days of other calendars become Gregorian ones, exactly or not at all.

Solar Hijri (Jalali) days follow the 33-year cycle of leap years that holds from 1178 to 1633 (K. M. Borkowski,
"The Persian calendar for 3000 years", Earth, Moon and Planets 74, 1996). Lunar Hijri dates depend on sightings
of the moon and are not converted.
"""

from datetime import date, timedelta

# Remainders of a leap year modulo 33.
_JALALI_LEAP = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
_JALALI_FIRST, _JALALI_LAST = 1178, 1633
# 1 Farvardin 1403 was 20 March 2024.
_ANCHOR_YEAR, _ANCHOR_DAY = 1403, date(2024, 3, 20)

BUDDHIST_OFFSET = 543
MINGUO_OFFSET = 1911

# Era name: (first Gregorian year, first day, last day) of Japanese eras since 1868.
_ERAS: dict[str, tuple[int, date, date]] = {
    "令和": (2019, date(2019, 5, 1), date.max),
    "平成": (1989, date(1989, 1, 8), date(2019, 4, 30)),
    "昭和": (1926, date(1926, 12, 25), date(1989, 1, 7)),
    "大正": (1912, date(1912, 7, 30), date(1926, 12, 24)),
    "明治": (1868, date(1868, 1, 25), date(1912, 7, 29)),
}
ERA_NAMES = tuple(_ERAS)


def from_jalali(year: int, month: int, day: int) -> date:
    """The Gregorian day of a solar Hijri one. Raises ValueError when there is no such day in 1178..1633."""
    if not _JALALI_FIRST <= year <= _JALALI_LAST or not 1 <= month <= 12:
        raise ValueError(f"no solar Hijri date {year}-{month}-{day}")
    if not 1 <= day <= _jalali_month_length(year, month):
        raise ValueError(f"no solar Hijri date {year}-{month}-{day}")
    days = sum(_jalali_month_length(year, earlier) for earlier in range(1, month)) + day - 1
    return _ANCHOR_DAY + timedelta(days=_jalali_days_before(year) + days)


def from_buddhist_year(year: int) -> int:
    """The Gregorian year of a Thai solar year, as counted since 1941."""
    return year - BUDDHIST_OFFSET


def from_minguo_year(year: int) -> int:
    """The Gregorian year of a year of the Republic of China."""
    return year + MINGUO_OFFSET


def from_era(era: str, year: int, month: int, day: int) -> date:
    """The Gregorian day of a Japanese one. Raises ValueError for no such era, or a year outside of it.

    The last year of an era may be used to its end: papers printed before a change of era look ahead so.
    """
    if era not in _ERAS or year < 1:
        raise ValueError(f"no date {era} {year}-{month}-{day}")
    first_year, first, last = _ERAS[era]
    converted = date(first_year + year - 1, month, day)
    if converted < first or converted.year > last.year:
        raise ValueError(f"{era} {year} does not hold {converted.isoformat()}")
    return converted


def _jalali_is_leap(year: int) -> bool:
    return year % 33 in _JALALI_LEAP


def _jalali_month_length(year: int, month: int) -> int:
    if month <= 6:
        return 31
    return 30 if month < 12 or _jalali_is_leap(year) else 29


def _jalali_days_before(year: int) -> int:
    """Days from 1 Farvardin of the anchor year to 1 Farvardin of ``year``, negative before it."""
    low, high = sorted((year, _ANCHOR_YEAR))
    days = sum(366 if _jalali_is_leap(each) else 365 for each in range(low, high))
    return days if year >= _ANCHOR_YEAR else -days
