"""Dates with the name of a month: "5 April 2024", "апреля 5-го, 2024", "2024 წლის 5 მარტს", "۱۶ فروردین ۱۴۰۳"."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from archiver.extract import calendars
from archiver.extract.clocks import Clock, clock_after
from archiver.extract.date_parts import FIRST_YEAR, LAST_YEAR, LETTER, YEAR_WORD, Found, full_year, is_year
from archiver.extract.date_spots import Runs, near_years
from archiver.extract.date_words import MonthName, months_named, opens_two_words

_WINDOW = 40

_WORD = re.compile(rf"[\u0e01-\u0e4e]{{1,12}}(?:\.[\u0e01-\u0e4e]{{1,4}}){{1,2}}|{LETTER}{{2,40}}['׳]?")
_WORD_BEHIND = re.compile(rf"\s{LETTER}{{3,8}}")
_GAP = r"[\s.,/\-–—'’()]{0,4}"
_ORDINAL = (
    r"(?:\s?-?(?:st|nd|rd|th|er|o|a|e|в|го|е|й|ого|nji|njy|ci|cu|cü|cı|si|i|u|ü|ին|ն|թ|მე|dik|inci|as|os|da|də|de|-го|ی)"
    r"(?![^\W\d_])|[º°ª])?"
)
_OF = r"(?:\s{0,2}(?:de|ta|del|d|of|di|do|da|dia|tal|the|af|i|e)(?=[\s'’]))?"
# Behind a year a time or a second date may be glued: "2024" + "5:24 PM", "2024" + "2. Februar 2024".
_YEAR = r"(?P<year>\d{4})(?=\d{1,2}[:.]\d\d|\d{1,2}\.?\s?[^\W\d_]|\D|$)"
_BEFORE_YEAR = (
    r"(?:\s{0,2}(?:de|del|of|г|год|year|năm|da|ta|del año|พ\.?ศ\.?|ค\.?ศ\.?|ឆ្នាំ|'?[a-zа-яёәғқңөұүһі]{1,4}|את)"
    r"(?=[\s'’\d])\.?)?"
)
_LEFT_DAY = re.compile(
    rf"(?:(?<!\d)(?<!\d[.,:])|(?<=[ ./](?:19|20)\d\d))(?P<day>\d{{1,2}}){_ORDINAL}{_GAP}{_OF}{_GAP}$"
)
_LEFT_YEAR = re.compile(rf"(?<![\d.,/:])(?P<year>\d{{4}}){YEAR_WORD}{_GAP}{_OF}{_GAP}$")
_LEFT_YEAR_DAY = re.compile(
    rf"(?<![\d.,/:])(?P<year>\d{{4}}){YEAR_WORD}[\s.,/\-–—]{{1,4}}(?P<day>\d{{1,2}}){_ORDINAL}{_GAP}{_OF}{_GAP}$"
)
_RIGHT_YEAR = re.compile(rf"[\s.,/\-–—'’)]{{0,4}}{_BEFORE_YEAR}{_GAP}{_YEAR}")
_RIGHT_SHORT_YEAR = re.compile(
    r"(?:\s?['’]|[\-./])(?P<year>\d\d)(?!\d)|\.?\s{1,2}(?P<bare>\d\d)(?=\s{0,3}$|\s{0,2},?\s{1,2}(?:(?:à|at|um|às|в|о|kl\.?)\s)?\d{1,2}[:h]\d\d)"
)
_RIGHT_DAY_YEAR = re.compile(
    rf"(?:['’]?[a-zа-яё]{{1,3}}(?=\s))?{_GAP}(?P<day>\d{{1,2}})(?!\d|:\d){_ORDINAL}[\s.,/\-–—]{{1,4}}(?:(?:de|of|del)\s)?{_YEAR}"
)
_RIGHT_DAY_CLOCK_YEAR = re.compile(
    r"\s(?P<day>\d{1,2})\s(?P<clock>\d\d:\d\d:\d\d)\s(?:(?P<zone>[+-]\d{4}|[a-z]{3,4})\s)?(?P<year>\d{4})(?!\d)"
)
_RIGHT_DAY = re.compile(rf"{_GAP}(?P<day>\d{{1,2}})(?!\d|[:.]\d)(?:{_ORDINAL})")
_SECOND_NAME = re.compile(r"\s?[/(]\s?([^\W\d_]{3,12}(?:\s[^\W\d_]{3,8})?)\s?\)?")


def spelt_dates(flat: str, text: str, runs: Runs, language: str | None) -> Iterator[Found]:
    for low, high in near_years(runs, len(flat)):
        for word in _WORD.finditer(flat, low, high):
            names = _names_at(flat, text, *word.span())
            if names is None:
                continue
            start, end, months = names
            if found := _around_month(flat, text, start, end, _preferred(months, language), language):
                yield found


def _names_at(flat: str, text: str, start: int, end: int) -> tuple[int, int, tuple[MonthName, ...]] | None:
    """The month named by the word at ``start``: alone, with the next word, or glued behind another word."""
    word = flat[start:end]
    two = _WORD_BEHIND.match(flat, end) if opens_two_words(word) else None
    if two and (months := months_named(flat[start : two.end()])):
        return start, two.end(), months
    if months := months_named(word.rstrip("'׳")) or months_named(word):
        return start, end, months
    printed = text[start + 1 : end]
    if printed == word[1:]:
        return None  # no capital inside
    glued = [at for at in range(start + 1, end) if text[at].isupper() and text[at - 1].islower()]
    if glued and (months := months_named(flat[glued[-1] : end])):
        return glued[-1], end, months
    return None


def _preferred(months: tuple[MonthName, ...], language: str | None) -> tuple[MonthName, ...]:
    """Those of the page's language where it has the word, else one for each thing it can mean."""
    own = tuple(name for name in months if name.language == language)
    distinct: dict[tuple[str, int], MonthName] = {}
    for name in own or months:
        distinct.setdefault((name.calendar, name.month), name)
    return tuple(distinct.values())


def _around_month(
    flat: str, text: str, start: int, end: int, months: tuple[MonthName, ...], language: str | None
) -> Found | None:
    left = flat[max(0, start - _WINDOW) : start]
    right = flat[end : end + _WINDOW]
    offset = start - len(left)
    if months[0].calendar == "gregorian" and (second := _SECOND_NAME.match(right)):
        again = {name.month for name in months_named(second[1])}
        if again & {name.month for name in months}:
            end += second.end()
            right = flat[end : end + _WINDOW]

    if unix := _RIGHT_DAY_CLOCK_YEAR.match(right):
        return _unix_date(start, end, unix, months)
    if (both := _RIGHT_DAY_YEAR.match(right)) and is_year(flat, text, end + both.end("year")):
        return _days(start, end + both.end("year"), both["year"], months, both["day"], language)
    day, year = _LEFT_DAY.search(left), _RIGHT_YEAR.match(right)
    if year and not is_year(flat, text, end + year.end("year")):
        year = None
    if day and year:
        return _days(offset + day.start("day"), end + year.end("year"), year["year"], months, day["day"], language)
    if reverse := _LEFT_YEAR_DAY.search(left):
        return _days(offset + reverse.start("year"), end, reverse["year"], months, reverse["day"], language)
    left_year = _LEFT_YEAR.search(left)
    if left_year and (after := _RIGHT_DAY.match(right)):
        return _days(
            offset + left_year.start("year"), end + after.end("day"), left_year["year"], months, after["day"], language
        )
    short = _RIGHT_SHORT_YEAR.match(right)
    if day and short:
        group = "year" if short["year"] else "bare"
        return _days(offset + day.start("day"), end + short.end(group), short[group], months, day["day"], language)
    if day:
        return None  # a day and a month without a year are no date we may complete
    if year:
        return _month_only(start, end + year.end("year"), year["year"], months, language)
    if left_year:
        return _month_only(offset + left_year.start("year"), end, left_year["year"], months, language)
    return None


def _unix_date(start: int, end: int, found: re.Match[str], months: tuple[MonthName, ...]) -> Found | None:
    one = _days(start, end + found.end(), found["year"], months, found["day"], None)
    if not isinstance(one.readings[0] if one.readings else None, date):
        return one
    clock = clock_after(f"{found['clock']} {found['zone'] or ''}", 0, one.readings[0])  # type: ignore[arg-type]
    return replace(one, clock=Clock(clock.value, clock.zone, one.start, one.end)) if clock else one


def _days(start: int, end: int, year: str, months: tuple[MonthName, ...], day: str, language: str | None) -> Found:
    readings: list[date | str] = []
    calendar = "gregorian"
    trouble = None
    for name in months:
        try:
            reading, calendar = _day_of(name, int(year), len(year), int(day), language)
        except ValueError:
            continue
        readings.append(reading)
    if not readings:
        trouble = "impossible"
    return Found(start, end, tuple(dict.fromkeys(readings)), calendar, None, trouble)


def _day_of(name: MonthName, year: int, digits: int, day: int, language: str | None) -> tuple[date, str]:
    if name.calendar == "jalali":
        return calendars.from_jalali(1300 + year if digits == 2 else year, name.month, day), "jalali"
    year, calendar = full_year(year, digits, name.language if name.language == "th" else language)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"no year of the news: {year}")
    return date(year, name.month, day), calendar


def _month_only(start: int, end: int, year: str, months: tuple[MonthName, ...], language: str | None) -> Found | None:
    """A month of a year. A solar Hijri month has no Gregorian one and gives nothing."""
    if len(months) != 1 or months[0].calendar != "gregorian":
        return None
    full, calendar = full_year(int(year), len(year), months[0].language if months[0].language == "th" else language)
    if not FIRST_YEAR <= full <= LAST_YEAR:
        return None
    return Found(start, end, (f"{full:04d}-{months[0].month:02d}",), calendar)
