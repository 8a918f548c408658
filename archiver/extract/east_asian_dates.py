"""Dates of East Asia: "2024年4月5日", "令和6年4月5日", "民國113年4月5日", "2024년 4월 5일", "5 tháng 4, 2024"."""

import re
from collections.abc import Iterator
from datetime import date

from archiver.extract import calendars
from archiver.extract.date_parts import FIRST_YEAR, LAST_YEAR, Found, real_day

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
# Patterns with a sign that stands in each of their dates.
_SIGNED = (("tháng", _VIETNAMESE), ("thg", _VIETNAMESE), ("он", _MONGOLIAN))


def east_asian_dates(flat: str, language: str | None) -> Iterator[Found]:
    for match in _CJK.finditer(flat) if "年" in flat or "년" in flat else ():
        try:
            yield _cjk(match, language)
        except ValueError:
            continue
    for sign, pattern in _SIGNED:
        for match in pattern.finditer(flat) if sign in flat else ():
            groups = match.groupdict()
            year, month, day = (groups[name] or groups.get(f"{name}2") or "" for name in "ymd")
            read = real_day(int(year), int(re.sub(r"\D", "", month)), int(day))
            if read and FIRST_YEAR <= read.year <= LAST_YEAR:
                yield Found(match.start(), match.end(), (read,), settled_by="digits")


def _cjk(match: re.Match[str], language: str | None) -> Found:
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
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"no year of the news: {year}")
    reading: date | str = date(year, month, day) if day else date(year, month, 1).isoformat()[:7]
    return Found(match.start() + len(match[0]) - len(match[0].lstrip()), match.end(), (reading,), calendar, "digits")


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
