"""Times of day beside a date, with a zone only where one is printed and certain.

Texts given here are flattened (``date_words.flatten``): lower case, ASCII digits, one character for each character.
Offsets are taken from UTC/GMT forms, RFC 2822 and ISO 8601 offsets and abbreviations that mean one offset only.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_BEFORE_NOON = r"a\.?\s?m\b\.?|π\.?μ\.?|ق\.ظ|صباحا|ص(?!\w)"
_AFTER_NOON = r"p\.?\s?m\b\.?|μ\.?μ\.?|ب\.ظ|مساء|م(?!\w)"
_PREFIX_BEFORE_NOON = "오전|上午|午前|凌晨|早上|清晨"
_PREFIX_AFTER_NOON = "오후|下午|午後|晚上|傍晚"

_CLOCK = re.compile(
    rf"""
    (?:(?P<pre_am>{_PREFIX_BEFORE_NOON})|(?P<pre_pm>{_PREFIX_AFTER_NOON}))?\s?
    (?P<hour>\d{{1,2}})
    (?:
        \s?(?:[:h時时點点시]|ч\.?)\s?(?P<minute>\d{{2}})(?!\d)(?:\s?[分분])?
        (?:\s?:?\s?(?<![^:분分\s])(?P<second>\d{{2}})(?!\d)(?:[.,]\d{{1,9}}(?=z|[+-]|\s|$))?(?:\s?[秒초])?)?
      | \.(?P<dot_minute>\d{{2}})(?!\d)(?!\.\d)
      | (?=\s?(?:{_BEFORE_NOON}|{_AFTER_NOON}))
      | \s?(?P<only>uhr\b|[時时點点시](?!\s?\d))
    )
    (?:\s?uhr\b)?
    (?:\s?(?:(?P<am>{_BEFORE_NOON})|(?P<pm>{_AFTER_NOON}))(?![^\W\d_]))?
    """,
    re.VERBOSE,
)
_ZONE = re.compile(
    r"""
    \s{0,2}[(\[]?\s?
    (?:
        (?P<utc>utc|gmt)(?:\s?(?P<utc_offset>[+-]\s?\d{1,2}(?::?\d{2})?)(?!\d))?
      | (?P<offset>[+-]\d{2}:?\d{2})(?!\d)
      | (?P<zulu>z)
      | (?P<name>[a-z]{2,5})
    )
    (?![^\W\d_])\s?[)\]]?
    """,
    re.VERBOSE,
)
# Abbreviations that name one offset in the world's news: (offset, "summer" or "winter" where it holds half the year).
_NAMED: dict[str, tuple[str, str | None]] = {
    "est": ("-05:00", "winter"),
    "edt": ("-04:00", "summer"),
    "pst": ("-08:00", "winter"),
    "pdt": ("-07:00", "summer"),
    "cet": ("+01:00", "winter"),
    "cest": ("+02:00", "summer"),
    "mez": ("+01:00", "winter"),
    "mesz": ("+02:00", "summer"),
    "eet": ("+02:00", "winter"),
    "eest": ("+03:00", "summer"),
    "jst": ("+09:00", None),
    "kst": ("+09:00", None),
    "hkt": ("+08:00", None),
    "sgt": ("+08:00", None),
    "pkt": ("+05:00", None),
    "wib": ("+07:00", None),
    "wita": ("+08:00", None),
    "wit": ("+09:00", None),
    "aedt": ("+11:00", None),
    "aest": ("+10:00", None),
}
_AMERICAN = {"et": ("-05:00", "-04:00"), "pt": ("-08:00", "-07:00")}
_SEPARATOR = r"[\s,|;:•·/()\[\]—–\-~.@]"
_LEAD_WORDS = (
    "at|um|kl|klo|klockan|a las|las|a les|les|as|às|à|ore|alle|om|o|ob|u|в|о|у|saat|saati|soat|ժամը|στις|ώρα|ساعت|"
    "الساعة|בשעה|lúc|pukul|jam|godz|hora|kell|plkst|d|ին|ն|ում|hrs|time|h|время|час|ժամ|เวลา|เมื่อเวลา"
)
# Up to six separators or lead words between a date and its time. Each step eats at least one character.
_LEAD = re.compile(rf"(?:t(?=\d)|{_SEPARATOR}|(?:{_LEAD_WORDS})(?=[\s.:,])){{0,7}}")
_TRAIL = re.compile(rf"(?:{_SEPARATOR}|(?:on|am|le|el|il|op|den|г|de|no)(?=\s)){{0,6}}")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Clock:
    """A printed time of day: "18:00" or "18:00:05" or "18", the span of its words, an offset where one is certain."""

    value: str
    zone: str | None
    start: int
    end: int


def clock_after(flat: str, position: int, day: date) -> Clock | None:
    """The time printed right behind a date that ends at ``position``, else None."""
    lead = _LEAD.match(flat, position, position + 24)
    begin = lead.end() if lead else position
    return _read(flat, begin, day, iso=flat[begin - 1 : begin] == "t")


def clock_before(flat: str, position: int, day: date) -> Clock | None:
    """The time printed right before a date that starts at ``position``, else None."""
    low = max(0, position - _LONGEST)
    for found in _CLOCK.finditer(flat, low, position):
        if flat[found.start("hour") - 1 : found.start("hour")].isdigit():
            continue
        clock = _read(flat, found.start(), day, iso=False, limit=position)
        if clock and _glue(flat, clock.end, position):
            return clock
    return None


def _glue(flat: str, start: int, end: int) -> bool:
    trail = _TRAIL.match(flat, start, end)
    return trail is not None and trail.end() == end


def _read(flat: str, position: int, day: date, *, iso: bool, limit: int | None = None) -> Clock | None:
    end = min(len(flat), position + _LONGEST) if limit is None else limit
    found = _CLOCK.match(flat, position, end)
    if not found:
        return None
    value = _value(found)
    if value is None:
        return None
    zone, stop = _zone(flat, found, end, day, exact=iso or value.count(":") == 2)
    start = position + len(found[0]) - len(found[0].lstrip())
    return Clock(value, zone, start, stop)


def _value(found: re.Match[str]) -> str | None:
    hour = int(found["hour"])
    minute = found["minute"] or found["dot_minute"]
    if found["pm"] or found["pre_pm"]:
        hour = hour + 12 if hour < 12 else hour
    elif (found["am"] or found["pre_am"]) and hour == 12:
        hour = 0
    if hour > 23 or (minute and int(minute) > 59) or (found["second"] and int(found["second"]) > 59):
        return None
    return ":".join(part for part in (f"{hour:02d}", minute, found["second"]) if part)


def _zone(flat: str, clock: re.Match[str], limit: int, day: date, *, exact: bool) -> tuple[str | None, int]:
    found = _ZONE.match(flat, clock.end(), min(len(flat), max(limit, clock.end())))
    if not found:
        return None, clock.end()
    if found["zulu"]:
        return ("Z", found.end()) if flat[found.end() - 1] == "z" and exact else (None, clock.end())
    if found["utc"]:
        offset = _offset(found["utc_offset"]) if found["utc_offset"] else "Z"
    elif found["offset"]:
        # "10:00 -11:00" is a span of time; "10:00:00 -0500" and "T10:00-05:00" are offsets.
        glued = not found[0][0].isspace()
        certain = found["offset"][0] == "+" or ":" not in found["offset"] or (glued and exact)
        offset = _offset(found["offset"]) if certain else None
    else:
        offset = named_offset(found["name"], day)
    return (offset, _trimmed(found)) if offset else (None, clock.end())


def _trimmed(found: re.Match[str]) -> int:
    """Where the zone ends; a bracket belongs to it only when it opened there too."""
    words = found[0]
    if words.rstrip().endswith((")", "]")) and not words.lstrip().startswith(("(", "[")):
        return found.start() + len(words.rstrip()[:-1].rstrip())
    return found.start() + len(words.rstrip())


def _offset(printed: str) -> str | None:
    sign, digits = printed[0], re.sub(r"\D", "", printed)
    hours, minutes = (digits, "00") if len(digits) <= 2 else (digits[:-2], digits[-2:])
    if int(hours) > 14 or minutes not in {"00", "15", "30", "45"}:
        return None
    return f"{sign}{int(hours):02d}:{minutes}"


def named_offset(name: str, day: date) -> str | None:
    """The offset of an abbreviation in lower case ("est", "cest") on ``day``; None where it is not certain."""
    if name in _AMERICAN:
        winter, summer = _AMERICAN[name]
        return summer if _american_summer(day) else winter
    if name not in _NAMED:
        return None
    offset, season = _NAMED[name]
    # "EST" in July is a slip for "EDT" or means Sydney: the page then states no certain offset.
    if season == "winter" and 4 <= day.month <= 9:
        return None
    if season == "summer" and day.month in {12, 1, 2}:
        return None
    return offset


def _american_summer(day: date) -> bool:
    """Daylight saving time of the United States since 2007 (Energy Policy Act of 2005): by whole days."""
    return _sunday(day.year, 3, 2) <= day < _sunday(day.year, 11, 1)


def _sunday(year: int, month: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (nth - 1))
