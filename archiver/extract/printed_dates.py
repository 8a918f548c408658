"""Every date a line prints, with its words and their place: what it says, and no more.

Month names of eighty languages, numeric forms, CJK forms, ISO 8601 and RFC 2822; solar Hijri, Buddhist, Minguo and
Japanese years become Gregorian. An order of day and month that nothing settles gives both readings. Relative words are
never resolved, a year is never supplied, and nothing depends on today. All patterns look at a bounded window, so a
line costs time in proportion to its length.
"""

from dataclasses import dataclass
from datetime import date

from archiver.extract.clocks import Clock, clock_after, clock_before
from archiver.extract.date_parts import Found, weekday_start, weekdays_beside, year_word_length
from archiver.extract.date_roles import role_of, year_alone
from archiver.extract.date_spots import Runs, digit_runs, has_year, may_hold_date
from archiver.extract.date_words import flatten, known_language
from archiver.extract.east_asian_dates import east_asian_dates
from archiver.extract.numeric_dates import basic_format_dates, numeric_dates
from archiver.extract.spelt_dates import spelt_dates
from archiver.timepoint import TimePoint

_CLOSING = {")": "(", "]": "["}


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """One date as printed: ``words == text[start:end]``.

    ``values`` holds its reading; several when day and month cannot be told apart; none when ``trouble`` says why it is
    no date of the calendar ("impossible", "null date"). ``role`` is "published", "modified", "original" where a label
    stands beside it. ``weekday`` is "agrees" or "contradicts" where one is printed. ``settled_by`` names what settled
    the order of a numeric date: "digits", "zone", "weekday", "order", "dots", "language".
    """

    start: int
    end: int
    words: str
    values: tuple[TimePoint, ...]
    role: str | None = None
    weekday: str | None = None
    calendar: str = "gregorian"
    settled_by: str | None = None
    trouble: str | None = None

    @property
    def value(self) -> TimePoint | None:
        """The one reading, or None where there are several or none."""
        return self.values[0] if len(self.values) == 1 else None


def read_printed(text: str, language: str | None = None, *, order: str | None = None) -> tuple[PrintedDate, ...]:
    """Every date printed in ``text``, in order of place.

    ``language`` (ISO 639-1) decides between homonyms and how numbers are ordered; ``order`` ("dmy", "mdy", "ymd")
    overrides the language where the page or outlet is known to follow one.
    """
    flat = flatten(text)
    runs = digit_runs(flat)
    if not may_hold_date(runs, flat):
        return ()
    language = known_language(language)
    found = _without_overlaps(
        [
            *basic_format_dates(flat, runs),
            *east_asian_dates(flat, language),
            *spelt_dates(flat, text, runs, language),
            *numeric_dates(flat, text, runs, language, order),
        ]
    )
    printed: list[PrintedDate] = []
    for index, one in enumerate(found):
        low = printed[-1].end if printed else 0
        high = found[index + 1].start if index + 1 < len(found) else len(flat)
        printed.append(_dressed(one, text, flat, low, high, language))
    return tuple(printed) or _labelled_year(text, flat, runs)


def _without_overlaps(found: list[Found]) -> list[Found]:
    """The longest of those that overlap, in order of place."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda each: (each.start, -each.end)):
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
            continue
        kept.append(one)
    return kept


def _dressed(one: Found, text: str, flat: str, low: int, high: int, language: str | None) -> PrintedDate:
    """``one`` with its weekday, clock, zone and role; ``low`` and ``high`` are where the neighbouring dates stand."""
    if not one.readings:
        role = role_of(flat, one.start, one.end, low, high)
        return PrintedDate(
            one.start, one.end, text[one.start : one.end], (), role, None, one.calendar, None, one.trouble
        )
    named, weekday_end = weekdays_beside(flat, one.start, one.end, language)
    first = one.readings[0]
    agrees = None
    if named and isinstance(first, date):
        fits = any(isinstance(day, date) and day.weekday() in named for day in one.readings)
        agrees = "agrees" if fits else "contradicts"
    clock = one.clock or (
        _clock(flat, one, weekday_end, low, high, first, language) if isinstance(first, date) else None
    )
    start = min(one.start, clock.start) if clock else one.start
    end = max(one.end, clock.end) if clock else one.end
    end += _closes(flat, start, end)
    role = role_of(flat, start, end, low, high)
    values = tuple(_moment(reading, clock) for reading in one.readings)
    return PrintedDate(start, end, text[start:end], values, role, agrees, one.calendar, one.settled_by)


def _clock(
    flat: str, one: Found, weekday_end: int, low: int, high: int, day: date, language: str | None
) -> Clock | None:
    begin = max(weekday_end, one.end + year_word_length(flat, one.end))
    clock = clock_after(flat, begin, day)
    if clock and clock.end <= high:
        return clock
    before = clock_before(flat, one.start, day) or clock_before(flat, weekday_start(flat, one.start, language), day)
    return before if before and before.start >= low else None


def _closes(flat: str, start: int, end: int) -> int:
    """1 when a bracket that opens in the date's words closes right behind them."""
    opening = _CLOSING.get(flat[end : end + 1])
    return int(opening is not None and flat.count(opening, start, end) > flat.count(flat[end], start, end))


def _moment(reading: date | str, clock: Clock | None) -> TimePoint:
    if isinstance(reading, str):
        return TimePoint(reading)
    return TimePoint(f"{reading.isoformat()}T{clock.value}", clock.zone) if clock else TimePoint(reading.isoformat())


def _labelled_year(text: str, flat: str, runs: Runs) -> tuple[PrintedDate, ...]:
    """A bare year, only where a label of publication opens the line and the year closes it."""
    found = year_alone(flat) if has_year(runs) else None
    if found is None:
        return ()
    start, end = found
    return (PrintedDate(start, end, text[start:end], (TimePoint(flat[start:end]),), "published"),)
