"""What the readers of printed dates share: the found date, plausible years, weekdays beside a date."""

import re
from dataclasses import dataclass
from datetime import date

from archiver.extract import calendars
from archiver.extract.clocks import Clock
from archiver.extract.date_words import fold, weekdays_named, word_list

FIRST_YEAR, LAST_YEAR = 1500, 2199

# Letters with the vowel signs and joiners that belong to them; no digits, no underscore.
MARKS = (
    "\u0300-\u036f\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0962\u0963"
    "\u0981-\u0983\u09bc-\u09cd\u09d7\u0a01-\u0a03\u0a3c-\u0a51\u0a70\u0a71\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57"
    "\u0b82\u0bbe-\u0bcd\u0bd7\u0c00-\u0c04\u0c3c-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d\u0d57\u0d81-\u0d83\u0dca-\u0ddf"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3\u200c\u200d"
)
LETTER = rf"(?:[^\W\d_]|[{MARKS}])"
YEAR_WORD = (
    r"(?:[\s.\-]{0,2}(?:года?|г|годда|року|рік|р|ж|жыл(?:ы|ғы|дын|дың|ның)?|yil(?:i|ning|da|gi)?|il(?:in|i|də|ə)?|"
    r"c[iıuü] il(?:in|də|ə)?|թ(?:վական(?:ի|ին)?)?|թվի|წ(?:ელი|ლის|ელს)?|m|"
    r"gada|gadā|e?ko|roku?|rok|god(?:ine)?|године?|оны?|pal|ခုနှစ်|a)(?![^\W\d_])\.?)?"
)
_YEAR_BEHIND = re.compile(YEAR_WORD)
_NEXT_WORD = re.compile(rf"\s{{0,2}}({LETTER}{{1,20}})")
_WEEKDAY_BEFORE = re.compile(rf"({LETTER}{{1,14}}\.?(?:[\s.\-]{{1,2}}{LETTER}{{1,8}}\.?)?)[\s,.:;(|/\-–—]{{0,4}}$")
_WEEKDAY_BEHIND = re.compile(rf"[\s,.;|/\-–—]{{0,3}}[(\[（]?\s?({LETTER}{{1,14}}(?:[\s\-]{LETTER}{{1,8}})?)\s?[)\]）]?")


@dataclass(frozen=True, slots=True)
class Found:
    """Days, or months ("2024-04"), read at a place, before clock, weekday and role are looked at."""

    start: int
    end: int
    readings: tuple[date | str, ...]
    calendar: str = "gregorian"
    settled_by: str | None = None
    trouble: str | None = None
    clock: Clock | None = None


def full_year(year: int, digits: int, language: str | None) -> tuple[int, str]:
    """Year and calendar: Thai years are Buddhist from 2400 on, two digits mean 1969..2068 (2500.. in Thai)."""
    if language == "th":
        if digits == 2:
            return calendars.from_buddhist_year(2500 + year), "buddhist"
        if year >= 2400:
            return calendars.from_buddhist_year(year), "buddhist"
    if digits == 2:
        return (2000 + year if year <= 68 else 1900 + year), "gregorian"
    return year, "gregorian"


def real_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_year(flat: str, text: str, end: int) -> bool:
    """False for a number that counts readers or people; a capital ("2024 Views: 9") starts something new."""
    behind = _NEXT_WORD.match(flat, end)
    if not behind or text[behind.start(1)].isupper() or flat[behind.end() : behind.end() + 1] == ":":
        return True
    return fold(behind[1]) not in word_list("counters")


def year_word_length(flat: str, end: int) -> int:
    found = _YEAR_BEHIND.match(flat, end)
    return found.end() - end if found else 0


def weekdays_beside(flat: str, start: int, end: int, language: str | None) -> tuple[frozenset[int], int]:
    """The weekdays that the word before or behind a date can name, and where the one behind ends."""
    behind = _WEEKDAY_BEHIND.match(flat, end + year_word_length(flat, end))
    if behind and (days := _weekdays(behind[1], language)):
        return days, behind.end() if flat[behind.end() - 1 : behind.end()] in ")]" else behind.end(1)
    before = _WEEKDAY_BEFORE.search(flat, max(0, start - 32), start)
    if before:
        if days := _weekdays(before[1], language):
            return days, end
        last = re.split(r"[\s.\-]+", before[1].rstrip("."))[-1]
        if days := _weekdays(last, language):
            return days, end
    return frozenset(), end


def weekday_start(flat: str, start: int, language: str | None) -> int:
    """Where the weekday before a date starts, so that a clock before it is found ("14:20, Monday, May 5, 2020")."""
    before = _WEEKDAY_BEFORE.search(flat, max(0, start - 32), start)
    return before.start() if before and _weekdays(before[1], language) else start


def _weekdays(words: str, language: str | None) -> frozenset[int]:
    """What the words name in ``language``, else in any; short forms ("so", "mar") are words of other languages too."""
    words = words.strip(" .")
    first = words.split()[0] if words.split() else ""
    named = weekdays_named(words) or weekdays_named(first)
    own = frozenset(day for spoken, day in named if spoken == language)
    if own or len(first) <= 2:
        return own
    return frozenset(day for _, day in named)
