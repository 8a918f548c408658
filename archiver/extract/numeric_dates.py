"""Dates in numbers: "05.04.2024", "2024-04-03T15:08", "11/28.23", "5.IV.2024", "20240403T150800Z".

Versions, addresses, phone numbers and names of files are no dates. An order of day and month that neither the digits,
nor the weekday beside them, nor dots, nor a language settles gives both readings.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date

from archiver.extract import calendars
from archiver.extract.clocks import Clock
from archiver.extract.date_parts import FIRST_YEAR, LAST_YEAR, Found, full_year, is_year, real_day, weekdays_beside
from archiver.extract.date_spots import Runs, has_basic_format, has_roman_gap, has_triple
from archiver.extract.date_words import numeric_order

_NUMERIC = re.compile(
    r"(?<!\d)(?P<a>\d{1,4})(?P<s>\s?[./\-–]\s?)(?P<b>\d{1,2})(?P<t>\s?[./\-–]\s?)(?P<c>\d{4}(?=\d{1,2}[:]\d\d)|\d{1,4}(?!\d))"
    r"|(?<!\d)(?P<ya>\d{4})\s(?P<yb>\d{1,2})\s?/\s?(?P<yc>\d{1,2})(?!\d)"
    r"|(?<!\d)(?P<ka>\d{4})\.\s(?P<kb>\d{1,2})\.\s(?P<kc>\d{1,2})(?!\d)"
)
_BASIC = re.compile(r"(?<![\w.])(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)t(?P<h>\d\d)(?P<mi>\d\d)(?P<se>\d\d)?(?P<z>z?)(?!\w)")
_ROMAN = re.compile(
    r"(?<![\d.])(?P<d>\d{1,2})\s?[./\-]?\s?(?P<m>(?:x?i{0,3}|i?[vx]|vi{1,3}))\s?[./\-]?\s?(?P<y>\d{4})(?!\d)"
)
_ROMAN_MONTHS = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
_VERSION_BEFORE = re.compile(
    r"(?:\bv|\bver|version|версия|\bip|sürüm|isbn|§|№|#|\btel|тел|phone|\bfax|факс|☎|\+)\.?:?\s?$"
)
_ADDRESS_BEFORE = re.compile(r"(?:://|www\.)\S{0,200}$")
_FILE_BEHIND = re.compile(r"[\w\-]{0,60}\.(?:jpe?g|png|gif|webp|pdf|docx?|mp[34]|svg|zip)\b|_|-\d{2,}(?![:\d]?\d?:)")
_ENGLISH_ZONE = re.compile(
    r"[\s,|\-–—]{0,4}\d{1,2}:\d\d(?::\d\d)?\s?(?:[ap]\.?m\.?)?\s?\(?(?:(?P<american>[ecmp][sd]?t)|gmt|bst)\b"
)


def numeric_dates(flat: str, text: str, runs: Runs, language: str | None, order: str | None) -> Iterator[Found]:
    position = 0 if has_triple(runs) else len(flat)
    while match := _NUMERIC.search(flat, position):
        found = _numeric(flat, text, match, language, order)
        # A refused triple may hide a date that begins with its second number.
        position = match.end() if found else match.start() + len(re.match(r"\d+", match[0])[0])  # type: ignore[index]
        if found:
            yield found
    for roman in _ROMAN.finditer(flat) if has_roman_gap(runs) else ():
        if found := _roman(roman):
            yield found


def basic_format_dates(flat: str, runs: Runs) -> Iterator[Found]:
    """ISO 8601 basic format with a time: 20240403T150800Z. Eight digits alone are no date."""
    for match in _BASIC.finditer(flat) if has_basic_format(runs) else ():
        day = real_day(int(match["y"]), int(match["m"]), int(match["d"]))
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            continue
        value = ":".join(part for part in (match["h"], match["mi"], match["se"]) if part)
        if int(match["h"]) > 23 or int(match["mi"]) > 59 or int(match["se"] or 0) > 59:
            continue
        yield Found(
            match.start(),
            match.end(),
            (day,),
            settled_by="digits",
            clock=Clock(value, "Z" if match["z"] else None, *match.span()),
        )


def _numeric(flat: str, text: str, match: re.Match[str], language: str | None, order: str | None) -> Found | None:
    if match["ya"] or match["ka"]:
        a, b, c = (match["ya"] or match["ka"]), (match["yb"] or match["kb"]), (match["yc"] or match["kc"])
        separators = "//"
    else:
        a, b, c = match["a"], match["b"], match["c"]
        separators = match["s"].strip() + match["t"].strip()
    if not _stands_alone(flat, match.start(), match.end()):
        return None
    if len(c) == 4 and not is_year(flat, text, match.end()):
        return None
    persian = language in {"fa", "ps"} or any("۰" <= char <= "۹" for char in text[match.start() : match.end()])
    shapes = (len(a), len(b), len(c))
    if shapes[0] == 4 and len(c) <= 2:
        return _year_first(match, a, b, c, language, persian)
    if shapes[0] == 3 and language == "zh" and len(b) == 2 and len(c) == 2 and 90 <= int(a) <= 199:
        return (
            _one(match, lambda: date(calendars.from_minguo_year(int(a)), int(b), int(c)), "minguo")
            if language
            else None
        )
    if shapes[0] > 2 or len(c) == 3 or len(c) == 1:
        return None
    if len(c) == 2 and not _short_year_is_plausible(flat, match, a, b, separators):
        return None
    if persian and len(c) == 4 and 1200 <= int(c) <= 1500:
        return _one(match, lambda: calendars.from_jalali(int(c), int(b), int(a)), "jalali")
    return _year_last(flat, match, (a, b, c), separators, language, order)


def _stands_alone(flat: str, start: int, end: int) -> bool:
    before, behind = flat[max(0, start - 220) : start], flat[end : end + 70]
    if before and (before[-1] == "_" or (before[-1] in ".,-/:" and before[-2:-1].isdigit())):
        return False
    if re.match(r"[./\-,:]\d", behind) and not re.match(r"[.\-/]?\s?\d{1,2}:\d\d", behind):
        return False
    if _FILE_BEHIND.match(behind) and not re.match(r"-\d{1,2}:\d\d", behind):
        return False
    return not _VERSION_BEFORE.search(before[-12:]) and not _ADDRESS_BEFORE.search(before)


def _short_year_is_plausible(flat: str, match: re.Match[str], a: str, b: str, separators: str) -> bool:
    """Two-digit years only in the forms that dates have and versions, scores and phone numbers have not."""
    padded = len(a) == 2 and len(b) == 2
    clocked = bool(re.match(r"[\s,|\-–]{1,4}\d{1,2}:\d\d", flat[match.end() : match.end() + 12]))
    alone = not flat[: match.start()].strip() and not flat[match.end() :].strip()
    if "-" in separators or "–" in separators:
        return padded and (clocked or alone)
    return padded or clocked or alone or separators == "//"


def _year_first(match: re.Match[str], a: str, b: str, c: str, language: str | None, persian: bool) -> Found | None:
    year = int(a)
    if persian and 1200 <= year <= 1500:
        return _one(match, lambda: calendars.from_jalali(year, int(b), int(c)), "jalali")
    full, calendar = full_year(year, 4, language)
    if year <= 1 or (full, int(b), int(c)) == (1970, 1, 1):
        return Found(match.start(), match.end(), (), trouble="null date")
    if not FIRST_YEAR <= full <= LAST_YEAR:
        return None
    return _one(match, lambda: date(full, int(b), int(c)), calendar)


def _one(match: re.Match[str], day: Callable[[], date], calendar: str) -> Found | None:
    try:
        return Found(match.start(), match.end(), (day(),), calendar, "digits")
    except ValueError:
        return None


def _year_last(
    flat: str,
    match: re.Match[str],
    parts: tuple[str, str, str],
    separators: str,
    language: str | None,
    order: str | None,
) -> Found | None:
    a, b, c = (int(part) for part in parts)
    year, calendar = full_year(c, len(parts[2]), language)
    if (len(parts[2]) == 4 and c <= 1) or (year, a, b) == (1970, 1, 1):
        return Found(match.start(), match.end(), (), trouble="null date")
    readings = {"dmy": real_day(year, b, a), "mdy": real_day(year, a, b)}
    if len(parts[2]) == len(parts[0]) == 2 and "ymd" in {numeric_order(language), order}:
        readings = {"ymd": real_day(2000 + a, b, c), **readings}
    possible = {name: day for name, day in readings.items() if day and FIRST_YEAR <= day.year <= LAST_YEAR}
    if not possible:
        return None
    distinct = tuple(dict.fromkeys(possible.values()))
    if len(distinct) == 1:
        return Found(match.start(), match.end(), distinct, calendar, "digits")
    if weekday := _weekday_choice(flat, match, distinct, language):
        return Found(match.start(), match.end(), (weekday,), calendar, "weekday")
    for name, settled_by in _orders(flat, match, separators, parts[2], language, order):
        if name in possible:
            return Found(match.start(), match.end(), (possible[name],), calendar, settled_by)
    return Found(match.start(), match.end(), distinct, calendar)


def _orders(
    flat: str, match: re.Match[str], separators: str, year: str, language: str | None, order: str | None
) -> Iterator[tuple[str, str]]:
    """Orders of day and month that something speaks for, the best ground first."""
    if zone := _ENGLISH_ZONE.match(flat, match.end()):
        yield ("mdy" if zone["american"] else "dmy"), "zone"
    if order:
        yield order, "order"
    usual = numeric_order(language)
    if usual == "ymd" and len(year) == 2:
        yield "ymd", "language"
    if _dotted(separators, year) and language != "en":
        yield "dmy", "dots"
    if usual in {"dmy", "mdy"}:
        yield usual, "language"
    if usual == "ymd":
        yield "dmy", "language"


def _dotted(separators: str, year: str) -> bool:
    """Day first is how nearly all who part numbers by dots write; English and two-digit years leave doubt."""
    return separators == ".." and len(year) == 4


def _weekday_choice(flat: str, match: re.Match[str], days: tuple[date, ...], language: str | None) -> date | None:
    """The one reading that the weekday printed beside the date agrees with."""
    named = weekdays_beside(flat, match.start(), match.end(), language)[0]
    fitting = [day for day in days if day.weekday() in named]
    return fitting[0] if named and len(fitting) == 1 else None


def _roman(match: re.Match[str]) -> Found | None:
    month = _ROMAN_MONTHS.get(match["m"])
    if not month or not re.search(r"[ivx][\s./\-]", match[0]):
        return None
    day = real_day(int(match["y"]), month, int(match["d"]))
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    return Found(match.start(), match.end(), (day,), settled_by="digits")
