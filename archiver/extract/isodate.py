"""Dates written for machines are read as they stand: no zone, day or order of day and month is ever assumed.

Forms: ISO 8601 and its common slips (a space for the T, colons missing from the zone), compact ``20190131``,
RFC 5322 mail dates, what ``date`` and Java print ("Fri Apr 28 19:20:36 CEST 2023"), Unix time in seconds or
milliseconds, English dates with a month name, and d/m/y where a number above 12 settles the order. An abbreviation
of a zone counts where it means one offset only. Dates in running text belong to ``archiver.extract.dates``.
"""

import re
from datetime import UTC, date, datetime

from archiver.extract.clocks import named_offset
from archiver.timepoint import TimePoint

_LONGEST = 64
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:(?:[Tt]|[ \u00a0]{1,3}|T )(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?"
    r"[ \u00a0]{0,2}(Z|z|UTC|GMT|[A-Z]{3,4}|[+\-\u2212]\d{2}:?\d{2}|[+\-\u2212]\d{2})?(?:\[[^\]]{1,32}\])?)?)?"
)
_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?(?:[T ,]{1,2}(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2}):?(\d{2})(?::?(\d{2}))?)?(Z|[+-]\d{2}:?\d{2})?")
_EPOCH = re.compile(r"(\d{10})(\d{3})?")
_YEAR = re.compile(r"(1[6-9]\d\d|20\d\d)")
_NUMERIC = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?:[ ,T]{1,2}(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_CLOCK = (
    r"(?:,?[ T]{1,2}(?:at )?(\d{1,2}):(\d{2})(?::(\d{2}))?(?: ?([ap])\.?m\.?)?"
    r"(?: ?(Z|UTC|GMT|UT|[A-Z]{2,4}|[+-]\d{2}:?\d{2})(?: ?\([A-Z]{1,5}\))?)?)?"
)
_DAY_FIRST = re.compile(
    rf"(?:[a-z]{{3,9}},? )?(\d{{1,2}})(?:st|nd|rd|th)?[ -]{_MONTH}[ ,-]{{1,2}}(\d{{4}}){_CLOCK}", re.I
)
_MONTH_FIRST = re.compile(rf"(?:[a-z]{{3,9}},? )?{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}}){_CLOCK}", re.I)
_YEAR_FIRST = re.compile(rf"(\d{{4}}),? {_MONTH} (\d{{1,2}})", re.I)
_UNIX = re.compile(rf"[a-z]{{3,9}},? {_MONTH} (\d{{1,2}}) (\d{{2}}):(\d{{2}}):(\d{{2}}) ([a-z]{{2,5}}) (\d{{4}})", re.I)

# What software writes where it knows no date.
NULL_DAYS = frozenset(
    {"0001-01-01", "1969-12-31", "1970-01-01", "1899-12-30", "1900-01-01", "1601-01-01", "0000-00-00"}
)


def machine_date(text: str) -> TimePoint | None:
    """The moment that ``text`` states, with the zone only where one stands there, else None. Never raises."""
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        return None
    if found := _ISO.fullmatch(text):
        year, month, day, hour, minute, second, zone = found.groups()
        return _point(year, month, day, hour, minute, second, zone)
    if found := _SLASHED.fullmatch(text):
        year, month, day, hour, minute, second = found.groups()
        return None if day is None and hour is not None else _point(year, month, day, hour, minute, second, None)
    if found := _EPOCH.fullmatch(text):
        return _from_epoch(int(found.group(1)))
    if found := _COMPACT.fullmatch(text):
        return _point(*found.groups())
    if found := _YEAR.fullmatch(text):
        return TimePoint(text)
    return _worded(text) or _numeric(text)


def _worded(text: str) -> TimePoint | None:
    if found := _UNIX.fullmatch(text):
        month, day, hour, minute, second, zone, year = found.groups()
        return _point(year, _number(month), day, hour, minute, second, zone)
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
        return _point(year, _number(month), day, None, None, None, None)
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year, *clock = found.groups()
    elif found := _MONTH_FIRST.fullmatch(text):
        month, day, year, *clock = found.groups()
    else:
        return None
    hour, minute, second, half, zone = clock
    if hour is not None and half is not None:
        hour = str(int(hour) % 12 + (12 if half.lower() == "p" else 0))
    return _point(year, _number(month), day, hour, minute, second, zone)


def _number(month: str) -> str:
    return str(_MONTHS.index(month.lower()) + 1)


def _numeric(text: str) -> TimePoint | None:
    found = _NUMERIC.fullmatch(text)
    if found is None:
        return None
    first, second, year, *clock = found.groups()
    if "." in text:  # the dotted form is day first wherever it is used
        return _point(year, second, first, *clock, None)
    if int(first) > 12:
        return _point(year, second, first, *clock, None)
    if int(second) > 12 or first == second:
        return _point(year, first, second, *clock, None)
    return None


def _from_epoch(seconds: int) -> TimePoint:
    return TimePoint(datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S"), "Z")


def _point(*parts: str | None) -> TimePoint | None:
    """A TimePoint of year, month, day, hour, minute, second and zone as digits; None for no real moment."""
    year, month, day, hour, minute, second, zone = parts
    value = f"{year}-{month:0>2}"
    if day is not None:
        value += f"-{day:0>2}"
    if hour is not None:
        value += f"T{hour:0>2}:{minute}"
        if second is not None:
            value += f":{second}"
    try:
        return TimePoint(value, _zone(zone, value))
    except ValueError:
        return None


def _zone(zone: str | None, value: str) -> str | None:
    """The offset that ``zone`` names on the day of ``value``; None for a name that means several."""
    if zone is None:
        return None
    if zone.upper() in {"Z", "UTC", "GMT", "UT"}:
        return "Z"
    if zone.isalpha():
        return named_offset(zone.lower(), date.fromisoformat(value[:10]))
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return f"{'+' if zone[0] == '+' else '-'}{digits[:2]}:{digits[2:]}"
