"""The day of publication in a page's scripts: what a page that is drawn by its scripts keeps of its own article.

Read only where no markup states a day. A script names many days, those of other articles among them: one is taken
where all under names of publication agree, or where those beside the page's own address do. Inferred, never stated.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from archiver.extract.isodate import machine_date
from archiver.timepoint import TimePoint

_LARGEST = 3_000_000  # letters of scripts that are looked through
_MOST = 2_000  # places in a script where a name may stand
_NEAR = 1_500
_SHORTEST_ADDRESS = 12
_NAMES = (
    "datepublished publishedat publishdate publisheddate publishtime publishedtime publishedon publishat "
    "publicationdate publicationtime datepublication firstpublished firstpublishedat firstpublishdate "
    "firstpublisheddate datefirstpublished originalpublishdate originalpublicationdate pubdate publishdatetime "
    "publisheddatetime publishtimestamp publishedtimestamp publishedtimestampms articlepublisheddate "
    "articlepublishdate articledatepublished contentpublisheddate"
)
_PUBLISHED = frozenset(_NAMES.split())
_HINTS = ("ublish", "ublication", "pubDate", "pub_date", "pubdate")
# "publishedAt":"2024-04-05T10:00:00Z" and 'pubDate': 1712311200000, quotes escaped or not.
_PAIR = re.compile(
    r"(?<![A-Za-z_\-])(?P<name>[A-Za-z_\-]{6,32})\\{0,3}[\"']?\s{0,2}[:=]\s{0,2}\\{0,3}[\"']?"
    r"(?P<value>\d{10}(?:\d{3})?(?![\d.])|[0-9A-Za-z][0-9A-Za-z:+\-., /]{7,40})"
)
_NAME_ROOM, _PAIR_ROOM = 24, 110


@dataclass(frozen=True, slots=True)
class InScript:
    """A moment that a script gives under a name of publication, the ``value`` as written, the ``name`` as written."""

    moment: TimePoint
    value: str
    name: str


def in_scripts(tree: etree._Element, addresses: Iterable[str]) -> InScript | None:
    """The one day of publication that the scripts of ``tree`` agree on, else that beside one of ``addresses``."""
    near: list[InScript] = []
    found: list[InScript] = []
    paths = [address for address in addresses if len(address) >= _SHORTEST_ADDRESS]
    for script in _scripts(tree):
        for start, each in _pairs(script):
            found.append(each)
            around = script[max(0, start - _NEAR) : start + _NEAR]
            if any(path in around for path in paths):
                near.append(each)
    return _agreed(found) or _agreed(near)


def _scripts(tree: etree._Element) -> Iterator[str]:
    left = _LARGEST
    for element in tree.iter("script"):
        text = element.text
        if text and len(text) <= left and "ld+json" not in (element.get("type") or ""):
            left -= len(text)
            yield text


def _pairs(script: str) -> Iterator[tuple[int, InScript]]:
    """The moments under names of publication, with the place of each name, in no particular order."""
    seen: set[int] = set()
    for at in islice(_places(script), _MOST):
        pairs = _PAIR.finditer(script, max(0, at - _NAME_ROOM), at + _PAIR_ROOM)
        pair = next((pair for pair in pairs if pair.end("name") > at), None)
        if pair and pair.start() not in seen and (each := _read(pair)):
            seen.add(pair.start())
            yield pair.start(), each


def _places(script: str) -> Iterator[int]:
    """Where a name of publication may stand, hint by hint."""
    for hint in _HINTS:
        at = script.find(hint)
        while at >= 0:
            yield at
            at = script.find(hint, at + len(hint))


def _read(pair: re.Match[str]) -> InScript | None:
    if re.sub(r"[^a-z]", "", pair["name"].lower()) not in _PUBLISHED:
        return None
    moment = machine_date(pair["value"].strip(" ,"))
    return InScript(moment, pair["value"].strip(" ,"), pair["name"]) if moment and moment.day else None


def _agreed(found: list[InScript]) -> InScript | None:
    """The fullest of ``found`` where all name one day."""
    if len({each.moment.day for each in found}) != 1:
        return None
    return max(found, key=lambda each: len(each.moment.value))
