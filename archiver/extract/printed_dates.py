"""Every date a line prints, with its words and their place: what it says, and no more.

Month names of sixty languages, numeric forms, CJK forms, ISO 8601 and RFC 2822; solar Hijri, Buddhist, Minguo and
Japanese years become Gregorian. An order of day and month that nothing settles gives both readings. Relative words are
never resolved, a year is never supplied, and nothing depends on today. All patterns look at a bounded window, so a
line costs time in proportion to its length.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from archiver.extract import calendars
from archiver.extract.clocks import Clock, clock_after, clock_before
from archiver.extract.date_words import (
    MonthName,
    flatten,
    fold,
    months_named,
    numeric_order,
    role_words,
    weekdays_named,
    word_list,
)
from archiver.timepoint import TimePoint

_FIRST_YEAR, _LAST_YEAR = 1500, 2199
_WINDOW = 40

# Letters with the vowel signs and joiners that belong to them; no digits, no underscore.
_MARKS = (
    "\u0300-\u036f\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0962\u0963"
    "\u0981-\u0983\u09bc-\u09cd\u09d7\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c"
)
_LETTER = rf"(?:[^\W\d_]|[{_MARKS}])"
_WORD = re.compile(rf"[\u0e01-\u0e4e]{{1,12}}(?:\.[\u0e01-\u0e4e]{{1,4}}){{1,2}}|{_LETTER}{{2,40}}['׳]?")

_GAP = r"[\s.,/\-–—'’()]{0,4}"
_ORDINAL = (
    r"(?:\s?-?(?:st|nd|rd|th|er|o|a|e|в|го|е|й|ого|ci|cu|cü|cı|si|i|u|ü|ին|ն|թ|მე|dik|inci|as|os|da|də|de|-го)"
    r"(?![^\W\d_])|[º°ª])?"
)
_OF = r"(?:\s{0,2}(?:de|del|d|of|di|do|da|dia|tal|the|af|i|e)(?=[\s'’]))?"
_YEAR = r"(?P<year>\d{4})(?=\d{1,2}[:.]\d\d|\D|$)"
_YEAR_WORD = (
    r"(?:[\s.\-]{0,2}(?:года?|г|годда|року|рік|р|ж|жыл(?:ы|ғы|дын)?|yil(?:i|ning|da|gi)?|il(?:in|i|də|ə)?|"
    r"c[iıuü] il(?:in|də|ə)?|թ(?:վական(?:ի|ին)?)?|թվի|წ(?:ელი|ლის|ელს)?|m|gada|gadā|roku?|rok|god(?:ine)?|године?|оны?|pal|a)(?![^\W\d_])\.?)?"
)
_BEFORE_YEAR = (
    r"(?:\s{0,2}(?:de|del|of|г|год|year|năm|da|ta|del año|พ\.?ศ\.?|ค\.?ศ\.?|'?[a-zа-яёәғқңөұүһі]{1,4}|את)"
    r"(?=[\s'’\d])\.?)?"
)

_LEFT_DAY = re.compile(rf"(?<!\d)(?<!\d[.,:])(?P<day>\d{{1,2}}){_ORDINAL}{_GAP}{_OF}{_GAP}$")
_LEFT_YEAR = re.compile(rf"(?<![\d.,/:])(?P<year>\d{{4}}){_YEAR_WORD}{_GAP}{_OF}{_GAP}$")
_LEFT_YEAR_DAY = re.compile(
    rf"(?<![\d.,/:])(?P<year>\d{{4}}){_YEAR_WORD}[\s.,/\-–—]{{1,4}}(?P<day>\d{{1,2}}){_ORDINAL}{_GAP}{_OF}{_GAP}$"
)
_RIGHT_YEAR = re.compile(rf"[\s.,/\-–—'’)]{{0,4}}{_BEFORE_YEAR}{_GAP}{_YEAR}")
_RIGHT_SHORT_YEAR = re.compile(
    r"(?:\s?['’]|[\-./])(?P<year>\d\d)(?!\d)|\.?\s{1,2}(?P<bare>\d\d)(?=\s{0,3}$|\s{0,2},?\s{1,2}\d{1,2}:\d\d)"
)
_RIGHT_DAY_YEAR = re.compile(
    rf"(?:['’]?[a-zа-яё]{{1,3}}(?=\s))?{_GAP}(?P<day>\d{{1,2}})(?!\d|:\d){_ORDINAL}[\s.,/\-–—]{{1,4}}(?:(?:de|of|del)\s)?{_YEAR}"
)
_RIGHT_DAY_CLOCK_YEAR = re.compile(
    r"\s(?P<day>\d{1,2})\s(?P<clock>\d\d:\d\d:\d\d)\s(?:(?P<zone>[+-]\d{4}|[a-z]{3,4})\s)?(?P<year>\d{4})(?!\d)"
)
_RIGHT_DAY = re.compile(rf"{_GAP}(?P<day>\d{{1,2}})(?!\d|[:.]\d)(?:{_ORDINAL})")
_SECOND_NAME = re.compile(r"\s?[/(]\s?([^\W\d_]{3,12}(?:\s[^\W\d_]{3,8})?)\s?\)?")

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
_HAN = "〇零○一二三四五六七八九十"
_CJK = re.compile(
    rf"(?P<era>{'|'.join(calendars.ERA_NAMES)}|中華民國|民國|民国)?\s?(?<!\d)(?P<y>\d{{1,4}}|元|[{_HAN}]{{2,4}})\s?[年년]\s?(?:\([^()]{{1,10}}\)\s?)?"
    rf"(?P<m>\d{{1,2}}|[{_HAN}]{{1,3}})\s?[月월](?:份)?\s?(?:(?P<d>\d{{1,2}}|[{_HAN}]{{1,3}})\s?[日号號일])?"
)
_VIETNAMESE = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})\s(?:tháng|thg)\s(?P<m>\d{1,2})(?:\s?[,./-]\s?|\s(?:năm\s)?)(?P<y>\d{4})(?!\d)"
    r"|(?P<m2>(?:tháng|thg)\s\d{1,2})\s(?P<d2>\d{1,2}),?\s(?P<y2>\d{4})(?!\d)"
)
_MONGOLIAN = re.compile(
    r"(?<!\d)(?P<y>\d{4})\s?(?:оны|он)\s(?P<m>\d{1,2})\s?(?:-?р\s)?сар(?:ын)?\s(?P<d>\d{1,2})(?!\d)"
)

_VERSION_BEFORE = re.compile(
    r"(?:\bv|\bver|version|версия|\bip|sürüm|isbn|§|№|#|\btel|тел|phone|\bfax|факс|☎|\+)\.?:?\s?$"
)
_ADDRESS_BEFORE = re.compile(r"(?:://|www\.)\S{0,200}$")
_FILE_BEHIND = re.compile(r"[\w\-]{0,60}\.(?:jpe?g|png|gif|webp|pdf|docx?|mp[34]|svg|zip)\b|_|-\d{2,}(?![:\d]?\d?:)")
_NEXT_WORD = re.compile(rf"\s{{0,2}}({_LETTER}{{1,20}})")
_WEEKDAY_BEFORE = re.compile(rf"({_LETTER}{{1,14}}\.?(?:[\s.\-]{{1,2}}{_LETTER}{{1,8}}\.?)?)[\s,.:;(|/\-–—]{{0,4}}$")
_WEEKDAY_BEHIND = re.compile(
    rf"[\s,.;|/\-–—]{{0,3}}[(\[（]?\s?({_LETTER}{{1,14}}(?:[\s\-]{_LETTER}{{1,8}})?)\s?[)\]）]?"
)
_YEAR_BEHIND = re.compile(_YEAR_WORD)
_BARE_YEAR = re.compile(r"(?<![\d.,/:\-–©$€£№#])(?:19|20)\d\d(?![\d.,/:\-–%]?\d|%)")
_CLOSING = {")": "(", "]": "["}
_COPYRIGHT = re.compile(
    r"©|\(c\)|copyright|все права|all rights|hüquqlar|hakları|rechte vorbehalten|droits réservés|bản quyền|版权|著作権"
)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """One date as printed: ``words == text[start:end]``.

    ``values`` holds its reading; several when day and month cannot be told apart; none when ``trouble`` says why it is
    no date of the calendar ("impossible", "null date"). ``role`` is "published", "modified", "original" where a label
    stands beside it. ``weekday`` is "agrees" or "contradicts" where one is printed. ``settled_by`` names what settled
    the order of a numeric date: "digits", "weekday", "order", "dots", "language".
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


@dataclass(frozen=True, slots=True)
class _Found:
    """Days or months read at a place, before clock, weekday and role are looked at."""

    start: int
    end: int
    readings: tuple[date | str, ...]
    calendar: str = "gregorian"
    settled_by: str | None = None
    trouble: str | None = None
    clock: Clock | None = None


def read_printed(text: str, language: str | None = None, *, order: str | None = None) -> tuple[PrintedDate, ...]:
    """Every date printed in ``text``, in order of place.

    ``language`` (ISO 639-1) decides between homonyms and how numbers are ordered; ``order`` ("dmy", "mdy", "ymd")
    overrides the language where the page or outlet is known to follow one.
    """
    flat = flatten(text)
    language = (language or "").partition("-")[0].lower() or None
    found = _without_overlaps(
        [
            *_basic(flat),
            *_east_asian(flat, language),
            *_spelt(flat, text, language),
            *_numbers(flat, text, language, order),
        ]
    )
    printed: list[PrintedDate] = []
    for index, one in enumerate(found):
        low = found[index - 1].end if index else 0
        high = found[index + 1].start if index + 1 < len(found) else len(flat)
        printed.append(_dressed(one, text, flat, low, high))
    return tuple(_without_stolen_clocks(printed)) or _labelled_year(text, flat)


def _without_overlaps(found: list[_Found]) -> list[_Found]:
    """The longest of those that overlap, in order of place."""
    kept: list[_Found] = []
    for one in sorted(found, key=lambda each: (each.start, -each.end)):
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
            continue
        kept.append(one)
    return kept


def _without_stolen_clocks(printed: list[PrintedDate]) -> Iterator[PrintedDate]:
    """Two dates never share the words of one clock: the first keeps them."""
    end = 0
    for one in printed:
        if one.start >= end:
            yield one
            end = one.end


# --- dates with month names -----------------------------------------------------------------------------------------


def _spelt(flat: str, text: str, language: str | None) -> Iterator[_Found]:
    for low, high in _near_digits(flat):
        for word in _WORD.finditer(flat, low, high):
            names = _names_at(flat, text, *word.span())
            if names is None:
                continue
            start, end, months = names
            if found := _around_month(flat, text, start, end, _preferred(months, language), language):
                yield found


def _near_digits(flat: str) -> Iterator[tuple[int, int]]:
    """The stretches in which a month name can have its number: most of a long text has none."""
    low = high = -1
    for digits in re.finditer(r"\d+", flat):
        start, end = max(0, digits.start() - _WINDOW), min(len(flat), digits.end() + _WINDOW)
        if low < 0:
            low, high = start, end
        elif start <= high:
            high = end
        else:
            yield low, high
            low, high = start, end
    if low >= 0:
        yield low, high


def _names_at(flat: str, text: str, start: int, end: int) -> tuple[int, int, tuple[MonthName, ...]] | None:
    """The month named by the word at ``start``: alone, with the next word, or glued behind another word."""
    two = re.compile(rf"\s{_LETTER}{{3,8}}").match(flat, end)
    if two and (months := months_named(flat[start : two.end()])):
        return start, two.end(), months
    if months := months_named(flat[start:end].rstrip("'׳")) or months_named(flat[start:end]):
        return start, end, months
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
) -> _Found | None:
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
    if (both := _RIGHT_DAY_YEAR.match(right)) and _is_year(flat, text, end + both.end("year")):
        return _days(start, end + both.end("year"), both["year"], months, both["day"], language)
    day, year = _LEFT_DAY.search(left), _RIGHT_YEAR.match(right)
    if year and not _is_year(flat, text, end + year.end("year")):
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


def _unix_date(start: int, end: int, found: re.Match[str], months: tuple[MonthName, ...]) -> _Found | None:
    one = _days(start, end + found.end(), found["year"], months, found["day"], None)
    if not isinstance(one.readings[0] if one.readings else None, date):
        return one
    clock = clock_after(f"{found['clock']} {found['zone'] or ''}", 0, one.readings[0])  # type: ignore[arg-type]
    return replace(one, clock=Clock(clock.value, clock.zone, one.start, one.end)) if clock else one


def _days(start: int, end: int, year: str, months: tuple[MonthName, ...], day: str, language: str | None) -> _Found:
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
    return _Found(start, end, tuple(dict.fromkeys(readings)), calendar, None, trouble)


def _day_of(name: MonthName, year: int, digits: int, day: int, language: str | None) -> tuple[date, str]:
    if name.calendar == "jalali":
        return calendars.from_jalali(1300 + year if digits == 2 else year, name.month, day), "jalali"
    year, calendar = _full_year(year, digits, name.language if name.language == "th" else language)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError(f"no year of the news: {year}")
    return date(year, name.month, day), calendar


def _full_year(year: int, digits: int, language: str | None) -> tuple[int, str]:
    """Year and calendar: Thai years are Buddhist from 2400 on, two digits mean 1969..2068 (2500.. in Thai)."""
    if language == "th":
        if digits == 2:
            return calendars.from_buddhist_year(2500 + year), "buddhist"
        if year >= 2400:
            return calendars.from_buddhist_year(year), "buddhist"
    if digits == 2:
        return (2000 + year if year <= 68 else 1900 + year), "gregorian"
    return year, "gregorian"


def _month_only(start: int, end: int, year: str, months: tuple[MonthName, ...], language: str | None) -> _Found | None:
    """A month of a year. A solar Hijri month has no Gregorian one and gives nothing."""
    if len(months) != 1 or months[0].calendar != "gregorian":
        return None
    full, calendar = _full_year(int(year), len(year), months[0].language if months[0].language == "th" else language)
    if not _FIRST_YEAR <= full <= _LAST_YEAR:
        return None
    return _Found(start, end, (f"{full:04d}-{months[0].month:02d}",), calendar)


def _is_year(flat: str, text: str, end: int) -> bool:
    """False for a number that counts readers or people; a capital ("2024 Views: 9") starts something new."""
    behind = _NEXT_WORD.match(flat, end)
    if not behind or text[behind.start(1)].isupper() or flat[behind.end() : behind.end() + 1] == ":":
        return True
    return fold(behind[1]) not in word_list("counters")


# --- dates in numbers -----------------------------------------------------------------------------------------------


def _numbers(flat: str, text: str, language: str | None, order: str | None) -> Iterator[_Found]:
    position = 0
    while match := _NUMERIC.search(flat, position):
        found = _numeric(flat, text, match, language, order)
        # A refused triple may hide a date that begins with its second number.
        position = match.end() if found else match.start() + len(re.match(r"\d+", match[0])[0])  # type: ignore[index]
        if found:
            yield found
    for roman in _ROMAN.finditer(flat):
        if found := _roman(roman):
            yield found


def _numeric(flat: str, text: str, match: re.Match[str], language: str | None, order: str | None) -> _Found | None:
    if match["ya"] or match["ka"]:
        a, b, c = (match["ya"] or match["ka"]), (match["yb"] or match["kb"]), (match["yc"] or match["kc"])
        separators = "//"
    else:
        a, b, c = match["a"], match["b"], match["c"]
        separators = match["s"].strip() + match["t"].strip()
    if not _stands_alone(flat, match.start(), match.end()):
        return None
    if len(c) == 4 and not _is_year(flat, text, match.end()):
        return None
    persian = language in {"fa", "ps"} or any("۰" <= char <= "۹" for char in text[match.start() : match.end()])
    shapes = (len(a), len(b), len(c))
    if shapes[0] == 4 and len(c) <= 2:
        return _year_first(match, a, b, c, language, persian)
    if shapes[0] == 3 and language in {"zh", None} and len(b) == 2 and len(c) == 2 and 90 <= int(a) <= 199:
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


def _year_first(match: re.Match[str], a: str, b: str, c: str, language: str | None, persian: bool) -> _Found | None:
    year = int(a)
    if persian and 1200 <= year <= 1500:
        return _one(match, lambda: calendars.from_jalali(year, int(b), int(c)), "jalali")
    full, calendar = _full_year(year, 4, language)
    if year <= 1 or (full, int(b), int(c)) == (1970, 1, 1):
        return _Found(match.start(), match.end(), (), trouble="null date")
    if not _FIRST_YEAR <= full <= _LAST_YEAR:
        return None
    return _one(match, lambda: date(full, int(b), int(c)), calendar)


def _one(match: re.Match[str], day: Callable[[], date], calendar: str) -> _Found | None:
    try:
        return _Found(match.start(), match.end(), (day(),), calendar, "digits")
    except ValueError:
        return None


def _year_last(
    flat: str,
    match: re.Match[str],
    parts: tuple[str, str, str],
    separators: str,
    language: str | None,
    order: str | None,
) -> _Found | None:
    a, b, c = (int(part) for part in parts)
    year, calendar = _full_year(c, len(parts[2]), language)
    if len(parts[2]) == 4 and c <= 1:
        return _Found(match.start(), match.end(), (), trouble="null date")
    if (year, a, b) == (1970, 1, 1):
        return _Found(match.start(), match.end(), (), trouble="null date")
    readings = {"dmy": _day(year, b, a), "mdy": _day(year, a, b)}
    usual = numeric_order(language)
    if len(parts[2]) == 2 and (usual == "ymd" or order == "ymd") and len(parts[0]) == 2:
        readings = {"ymd": _day(2000 + a, b, c), **readings}
    possible = {name: day for name, day in readings.items() if day and _FIRST_YEAR <= day.year <= _LAST_YEAR}
    if not possible:
        return None
    distinct = tuple(dict.fromkeys(possible.values()))
    if len(distinct) == 1:
        return _Found(match.start(), match.end(), distinct, calendar, "digits")
    for name, settled_by in (
        (order, "order"),
        ("dmy" if _dotted(separators, parts[2]) else None, "dots"),
        (usual, "language"),
    ):
        chosen = possible.get("dmy" if name == "ymd" and "ymd" not in possible else name or "")
        if chosen and not (settled_by == "language" and "ymd" in possible and name != "ymd"):
            weekday = _weekday_choice(flat, match, distinct)
            chosen, settled_by = (weekday, "weekday") if weekday else (chosen, settled_by)
            return _Found(match.start(), match.end(), (chosen,), calendar, settled_by)
    weekday = _weekday_choice(flat, match, distinct)
    if weekday:
        return _Found(match.start(), match.end(), (weekday,), calendar, "weekday")
    return _Found(match.start(), match.end(), distinct, calendar)


def _dotted(separators: str, year: str) -> bool:
    """Day first with full dots is how nearly all who write dots write; two-digit years leave doubt."""
    return separators == ".." and len(year) == 4


def _weekday_choice(flat: str, match: re.Match[str], days: tuple[date, ...]) -> date | None:
    """The one reading that the weekday printed beside the date agrees with."""
    named = _weekday_beside(flat, match.start(), match.end())[0]
    fitting = [day for day in days if day.weekday() in named]
    return fitting[0] if named and len(fitting) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _roman(match: re.Match[str]) -> _Found | None:
    month = _ROMAN_MONTHS.get(match["m"])
    if not month or not re.search(r"[ivx][\s./\-]", match[0]):
        return None
    day = _day(int(match["y"]), month, int(match["d"]))
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return None
    return _Found(match.start(), match.end(), (day,), settled_by="digits")


def _basic(flat: str) -> Iterator[_Found]:
    """ISO 8601 basic format with a time: 20240403T150800Z. Eight digits alone are no date."""
    for match in _BASIC.finditer(flat):
        day = _day(int(match["y"]), int(match["m"]), int(match["d"]))
        if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            continue
        value = ":".join(part for part in (match["h"], match["mi"], match["se"]) if part)
        if int(match["h"]) > 23 or int(match["mi"]) > 59 or int(match["se"] or 0) > 59:
            continue
        yield _Found(
            match.start(),
            match.end(),
            (day,),
            settled_by="digits",
            clock=Clock(value, "Z" if match["z"] else None, *match.span()),
        )


# --- dates of East Asia ---------------------------------------------------------------------------------------------


def _east_asian(flat: str, language: str | None) -> Iterator[_Found]:
    for match in _CJK.finditer(flat):
        try:
            yield _cjk(match, language)
        except ValueError:
            continue
    for pattern in (_VIETNAMESE, _MONGOLIAN):
        for match in pattern.finditer(flat):
            groups = match.groupdict()
            year, month, day = (groups[name] or groups.get(f"{name}2") or "" for name in "ymd")
            read = _day(int(year), int(re.sub(r"\D", "", month)), int(day))
            if read and _FIRST_YEAR <= read.year <= _LAST_YEAR:
                yield _Found(match.start(), match.end(), (read,), settled_by="digits")


def _cjk(match: re.Match[str], language: str | None) -> _Found:
    era, month = match["era"], _han_number(match["m"])
    year = 1 if match["y"] == "元" else _han_year(match["y"])
    day = _han_number(match["d"]) if match["d"] else None
    calendar = "gregorian"
    if era in calendars.ERA_NAMES:
        exact = calendars.from_era(era, year, month, day or 15)
        year, calendar = exact.year, "japanese"
    elif era or (language == "zh" and 90 <= year <= 199):
        year, calendar = calendars.from_minguo_year(year), "minguo"
    elif match["y"].isdigit() and len(match["y"]) == 2:
        year += 2000 if year <= 68 else 1900
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError(f"no year of the news: {year}")
    reading: date | str = date(year, month, day) if day else date(year, month, 1).isoformat()[:7]
    return _Found(match.start() + len(match[0]) - len(match[0].lstrip()), match.end(), (reading,), calendar, "digits")


def _han_year(digits: str) -> int:
    if digits.isdigit() and digits.isascii():
        return int(digits)
    if "十" in digits:
        return _han_number(digits)
    return int("".join(str(max(0, _HAN.index(char) - 2)) for char in digits))


def _han_number(digits: str) -> int:
    """一 .. 九十九 in positional or ten-based writing, or ASCII digits."""
    if digits.isascii():
        return int(digits)
    values = [max(0, _HAN.index(char) - 2) for char in digits]
    if 10 not in values:
        return int("".join(map(str, values)))
    at = values.index(10)
    tens = values[at - 1] if at else 1
    return tens * 10 + (values[at + 1] if at + 1 < len(values) else 0)


# --- what stands beside a date --------------------------------------------------------------------------------------


def _dressed(one: _Found, text: str, flat: str, low: int, high: int) -> PrintedDate:
    """``one`` with its weekday, clock, zone and role; ``low`` and ``high`` are where the neighbouring dates stand."""
    if not one.readings:
        role = _role(flat, one.start, one.end, low, high)
        return PrintedDate(
            one.start, one.end, text[one.start : one.end], (), role, None, one.calendar, None, one.trouble
        )
    named, weekday_end = _weekday_beside(flat, one.start, one.end)
    first = one.readings[0]
    agrees = None
    if named and isinstance(first, date):
        agrees = (
            "agrees" if any(isinstance(day, date) and day.weekday() in named for day in one.readings) else "contradicts"
        )
    clock = one.clock or (_clock(flat, one, weekday_end, low, high, first) if isinstance(first, date) else None)
    start = min(one.start, clock.start) if clock else one.start
    end = max(one.end, clock.end) if clock else one.end
    if flat[end : end + 1] in _CLOSING and flat[start:end].count(_CLOSING[flat[end]]) > flat[start:end].count(
        flat[end]
    ):
        end += 1
    role = _role(flat, start, end, low, high)
    values = tuple(_moment(reading, clock) for reading in one.readings)
    return PrintedDate(start, end, text[start:end], values, role, agrees, one.calendar, one.settled_by)


def _clock(flat: str, one: _Found, weekday_end: int, low: int, high: int, day: date) -> Clock | None:
    behind_year = _YEAR_BEHIND.match(flat, one.end)
    begin = max(weekday_end, behind_year.end() if behind_year else one.end)
    clock = clock_after(flat, begin, day)
    if clock and clock.end <= high:
        return clock
    before = clock_before(flat, one.start, day) or clock_before(flat, _weekday_start(flat, one.start), day)
    return before if before and before.start >= low else None


def _moment(reading: date | str, clock: Clock | None) -> TimePoint:
    if isinstance(reading, str):
        return TimePoint(reading)
    return TimePoint(f"{reading.isoformat()}T{clock.value}", clock.zone) if clock else TimePoint(reading.isoformat())


def _weekday_beside(flat: str, start: int, end: int) -> tuple[frozenset[int], int]:
    """The weekdays that the word before or behind a date can name, and where the one behind ends."""
    behind = _WEEKDAY_BEHIND.match(flat, end + _year_word_length(flat, end))
    if behind and (days := _weekdays(behind[1])):
        return days, behind.end() if flat[behind.end() - 1 : behind.end()] in ")]" else behind.end(1)
    before = _WEEKDAY_BEFORE.search(flat, max(0, start - 32), start)
    if before:
        if days := _weekdays(before[1]):
            return days, end
        last = re.split(r"[\s.\-]+", before[1].rstrip("."))[-1]
        if days := _weekdays(last):
            return days, end
    return frozenset(), end


def _year_word_length(flat: str, end: int) -> int:
    found = _YEAR_BEHIND.match(flat, end)
    return found.end() - end if found else 0


def _weekday_start(flat: str, start: int) -> int:
    """Where the weekday before a date starts, so that a clock before it is found ("14:20, Monday, May 5, 2020")."""
    before = _WEEKDAY_BEFORE.search(flat, max(0, start - 32), start)
    return before.start() if before and _weekdays(before[1]) else start


def _weekdays(words: str) -> frozenset[int]:
    words = words.strip(" .")
    whole = weekdays_named(words) or weekdays_named(words.split()[0] if words.split() else "")
    return frozenset(day for _, day in whole)


def _role(flat: str, start: int, end: int, low: int, high: int) -> str | None:
    """What a label right before the date (or right behind it) says it is, the nearest label first."""
    window = flat[max(low, start - 48) : start]
    best: tuple[int, str] | None = None
    folded = " " + fold(window)
    for word, role in role_words().before:
        at = folded.rfind(word)
        if at > 0 and not folded[at - 1].isalnum() and _is_label(folded[at + len(word) :]):
            end_of_word = at + len(word)
            if best is None or end_of_word > best[0]:
                best = (end_of_word, role)
    if best:
        return best[1]
    behind = fold(flat[end : min(high, end + 24)])
    behind = re.sub(r"^[\s,|]{0,3}\d{1,2}(?::|時|시)\s?\d\d(?:分|분)?", "", behind).lstrip(" ,|()")
    return next((role for word, role in role_words().after if behind.startswith(word)), None)


def _is_label(rest: str) -> bool:
    """True when only separators, a weekday, a clock or small words part a label from its date."""
    return (
        len(rest) <= 30
        and re.fullmatch(
            r"(?:\s|[:：,.|•·\-–—()]|\d{1,2}:\d\d|(?:on|at|am|le|el|il|em|op|the|um|den|в|o|ob|dne|la|pe|på|den|ημ|date|time|uhr|tarihi?|vaxtı)(?=[\s:.])|[^\W\d_]{2,12}[,.]?\s?){0,6}",
            rest,
        )
        is not None
        and len(re.findall(r"[^\W\d_]{4,}", rest)) <= 1
    )


def _labelled_year(text: str, flat: str) -> tuple[PrintedDate, ...]:
    """A bare year, only where a label of publication opens the line and the year closes it."""
    if len(flat) > 80 or _COPYRIGHT.search(flat):
        return ()
    years = list(_BARE_YEAR.finditer(flat))
    if len(years) != 1 or flat[years[0].end() :].strip(" .)"):
        return ()
    folded = fold(flat[: years[0].start()]).lstrip(" (")
    opening = next(
        (role for word, role in role_words().before if folded.startswith(word + " ") or folded.rstrip(" :") == word),
        None,
    )
    if opening != "published":
        return ()
    start, end = years[0].span()
    return (
        (PrintedDate(start, end, text[start:end], (TimePoint(text[start:end]),), "published"),)
        if text[start:end].isascii()
        else ()
    )
