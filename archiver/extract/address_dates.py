"""What the address of a page says of its day: the day in its path, and the order its country writes dates in."""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from archiver.model import Candidate, Meant, Space
from archiver.timepoint import TimePoint

URL_DAY = 56
URL_MONTH = 46  # magazines name the month of the issue: never shown alone

_URL_DAY = re.compile(r"/(?P<y>(?:19|20)\d\d)[/-](?P<m>\d{1,2})[/-](?P<d>\d{1,2})(?=[/\-_.]|$)")
_URL_NAMED = re.compile(
    r"/(?P<y>(?:19|20)\d\d)/(?P<m>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/(?P<d>\d{1,2})(?=[/\-_.]|$)", re.I
)
_URL_COMPACT = re.compile(r"/(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?=[/\-_.]|$)")
# A day without its century where the folders above it name year and month: /2015/08/150803-slug.
_URL_SHORT = re.compile(r"/(?P<y>20(?P<yy>\d\d))/(?P<m>\d\d)/(?:\d{1,2}/)?(?P=yy)(?P=m)(?P<d>\d\d)(?=[/\-_.]|$)")
# In the name of the file: /alert20190402.html, /story-20190402.
_URL_NAME = re.compile(
    r"/[a-z\-_]{0,80}[a-z\-_](?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?=\.[a-z]{3,5}$|[/\-_]|$)", re.I
)
_URL_MONTH = re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>\d\d)(?=/)")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
# The first second of Unix time, in the zones of both hemispheres.
_NO_MONTH = frozenset({"1969-12", "1970-01"})
# Country codes used by everybody, and countries that write the month first.
_VANITY = frozenset({"io", "co", "tv", "me", "ai", "fm", "am", "to", "cc", "ws", "ly", "gg", "eu", "su"})
_MONTH_FIRST_HOSTS = frozenset({"us", "gov", "mil"})


def from_address(url: str | None, latest: date | None) -> Iterator[Candidate]:
    """The day or month in the path of the page's address."""
    path = urlsplit(url).path if url else ""
    found = _URL_DAY.search(path) or _URL_NAMED.search(path) or _URL_COMPACT.search(path)
    found = found or _URL_SHORT.search(path) or _URL_NAME.search(path)
    month_only = None if found else _URL_MONTH.search(path)
    match = found or month_only
    if match is None:
        return
    month = match["m"].lower()
    number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month)
    try:
        day = date(int(match["y"]), number, int(match["d"]) if found else 1)
    except ValueError:
        return
    point = TimePoint(day.isoformat()[: 10 if found else 7])
    yield Candidate(
        property="published",
        value=point.value,
        quote=match[0].strip("/"),
        space=Space.URL,
        rule="date/address@1",
        meant=Meant.INFERRED,
        weight=URL_DAY if found else URL_MONTH,
        detail={"precision": str(point.precision), "zone": None},
        rejected=_objection(point, latest),
    )


def _objection(point: TimePoint, latest: date | None) -> str | None:
    if point.value[:7] in _NO_MONTH:
        return "what software writes where it knows no date"
    return "later than the capture" if is_later(point, latest) else None


def order_of_host(url: str | None) -> str | None:
    """Countries but the United States write the day first; names for sale to everybody say nothing."""
    name = urlsplit(url).hostname if url else None
    ending = (name or "").rpartition(".")[2]
    if ending in _MONTH_FIRST_HOSTS:
        return "mdy"
    return "dmy" if len(ending) == 2 and ending.isalpha() and ending not in _VANITY else None


def is_later(value: TimePoint, latest: date | None) -> bool:
    """True for a moment after the latest possible day; None knows no latest."""
    return latest is not None and value.value[:10] > latest.isoformat()[: len(value.value[:10])]
