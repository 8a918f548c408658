"""Bounds with grounds: before which day a page cannot have been captured, or a text cannot have been written.

Bounds are inferred, never stated, and stand only where the words say nothing better. They rest on one date each,
the tightest that can be defended, and quote it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from typing import Protocol

from archiver.canonical import Json
from archiver.extract.date_spots import blocks_with
from archiver.extract.date_words import flatten, fold, word_list
from archiver.extract.printed_dates import PrintedDate
from archiver.model import Block, Candidate, Meant, Page, Space, Zone
from archiver.timepoint import from_datetime

CAPTURED = 60
CHANGED = 55
WRITTEN_DAY = 50
WRITTEN_YEAR = 30

_ROUND_THE_TEXT = frozenset({Zone.RELATED, Zone.COMMENTS, Zone.NAVIGATION, Zone.FOOTER, Zone.FURNITURE})
_LISTED_ROOM = 30  # letters beside a date in a line of a list: a rubric, a reading time
_MOST_TOLD = 1_000  # days in a text: more of them are a table, and tell nothing new
_LONELY = 366  # days by which a date may lead the next one before it is taken for an event to come
_YEARS_AHEAD = 15  # sites forget the year of their notice for years, and none for a generation
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|&copy;|copyright)[^\n\d]{0,40}?(?P<first>(?:19|20)\d\d)(?!\d)(?:\s?[-–—,/]\s?(?P<last>(?:19|20)\d\d)(?!\d))?"
    r"|(?P<behind>(?:19|20)\d\d)\s?(?:©|\(c\)(?!\w))"
)
_COPYRIGHT_SIGN = re.compile(r"©|[(（][cC][)）]|[cC][oO][pP][yY][rR]")
_IN_THE_TEXT = frozenset({Zone.BODY, Zone.TITLE, Zone.DEK, Zone.CAPTION, Zone.BYLINE})
_LONGEST_NOTICE = 400
_SENTENCE_END = re.compile(r"[.!?։。؟]\s")
_ENGLISH_YEAR = re.compile(r"\b(?:in|since)\s(?P<year>(?:19|20)\d\d)(?![\d\-–])")
# Verbs that tell of what has happened. Where none is known, a day in the text may be one to come.
_PAST = re.compile(
    r"(?<!\w)(?:was|were|had|did|said|told|took|held|won|lost|died|began|met|came|went|made|found|wrote|\w{3,24}[^e\W]ed"
    r"|wurden?|war|waren|hatten?|sagten?|fand|kam|gab|begann|starb|ge\w{2,24}t|werd|had|vond"
    r"|été|était|étaient|avait|avaient|fut|furent|fue|fueron|había|habían|era|eran|foi|foram|stat[oaie]|erano|aveva|avevano"
    r"|[^\W\d_]{2,24}(?:ó|aron|ieron|aram|eram|iram|ou|ò|arono|irono)"
    r"|[а-яёіїєґў]{2,24}(?:л|ла|ло|ли|лся|лась|лось|лись|вся)|[а-яёіїєґў]{3,24}(?:ан|ен|ят)[аоы]?"
    r"|[^\W\d_]{2,24}(?:[ıiuü]b|[dt][ıiuü](?:lar|ler|q|k)?|m[ıiuü]ş(?:d[ıiuü]r|t[ıiuü]r|t[ıiuü])?)"
    r"|[^\W\d_]{2,24}(?:ł|ła|ło|ły)|[ա-և]{2,24}(?:եց|եցին|վեց|ավ)|[ա-և]{2,24}ել\sէ"
    r"|بود|شد|کرد|گفت|كان|كانت|قال|قالت|იყო)(?!\w)",
    re.I,
)
# Endings of verbs that tell of what is to come; a present tense of Slavic verbs may do so, too.
_TO_COME = re.compile(
    r"(?<!\w)(?:[^\W\d_]{2,24}(?:rán?|rían?|rà|ranno|rebbe(?:ro)?|rão|ront|rait|raient|acaq|əcək|acak|ecek)[^\W\d_]{0,6}"
    r"|[а-яёіїєґў]{3,24}(?:ется|ётся|ится|утся|ются|ятся|еться|иться|уться|ет|ёт|ит|ут|ют|ят|ить|уть)|կ[ա-և]{2,24}(?:ի|են|եմ|ես|եք|ենք)"
    r"|würden?|sollten?|könnten?|voraussichtlich|werde)(?!\w)",
    re.I,
)
_FRENCH_TO_COME = re.compile(r"(?<!\w)[^\W\d_]{1,24}(?:era|ira|dra|rra|aura|fera)(?!\w)", re.I)
_SINCE_YEAR = re.compile(
    r"\b(?:since|с|з|depuis|seit|desde|dal)\s(?P<year>(?:19|20)\d\d)(?!\d)"
    r"|(?P<az>(?:19|20)\d\d)-c[iıuü] ild[əe]n"
)


def moment_bound(captured_at: datetime) -> Candidate:
    """``published_not_after``: nothing is captured before it is published."""
    moment = from_datetime(captured_at)
    return Candidate(
        property="published_not_after",
        value=moment.value[:10],
        quote=moment.iso(),
        space=Space.HEADER,
        path="capture moment",
        rule="date/captured@1",
        meant=Meant.INFERRED,
        weight=CAPTURED,
        detail={"precision": "day", "zone": None},
    )


def changed_bound(stated: Sequence[Candidate]) -> list[Candidate]:
    """``published_not_after``: what was changed on a day was published by then; the earliest such day counts."""
    changed = [each for each in stated if each.property == "modified" and each.meant is Meant.STATED]
    if not changed:
        return []
    first = min(changed, key=lambda each: (each.value[:10], each.start or 0))
    if len(first.value) < 10:
        return []
    detail: dict[str, Json] = {"precision": "day", "zone": None}
    return [
        replace(
            first,
            property="published_not_after",
            value=first.value[:10],
            rule="date/changed@1",
            meant=Meant.INFERRED,
            weight=CHANGED,
            detail=detail,
        )
    ]


class PlacedDate(Protocol):
    """A printed date with its block and zone; ``start`` and ``end`` count in the page's text."""

    @property
    def block(self) -> Block: ...
    @property
    def zone(self) -> Zone: ...
    @property
    def printed(self) -> PrintedDate: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def captured_bound(
    page: Page, placed: Sequence[PlacedDate], own: Sequence[str], clocks: Sequence[PlacedDate] = ()
) -> list[Candidate]:
    """``captured_not_before``: the latest date in what stands round the text, or of a copyright notice.

    ``own`` are the article's own dates: where one of them is later than all those, it is the bound, unless it is
    years ahead of all else on the page, as a slip of the keyboard is. ``clocks`` are dates that the page prints for
    itself.
    """
    grounds = [(each.printed.value.value[:10], each.start, each.end) for each in placed if _is_listed(page, each)]  # type: ignore[union-attr]
    grounds += [(c.printed.value.day, c.start, c.end) for c in clocks if c.printed.value and c.printed.value.day]
    grounds = _without_events_to_come(grounds)
    grounds += [(f"{year}-01-01", start, end) for year, start, end in _copyright_years(page)]
    if not grounds:
        return []
    value, start, end = max(grounds, key=lambda ground: (ground[0], -ground[1]))
    later = [each[:10] for each in own if len(each) >= 10 and each[:10] > value]
    if any(int(each[:4]) - int(value[:4]) <= _YEARS_AHEAD for each in later):
        return []
    return [_bound("captured_not_before", value, page, start, end, "date/captured-not-before@1", CAPTURED)]


def written_bounds(
    page: Page, placed: Sequence[PlacedDate], language: str | None, latest: date | None
) -> list[Candidate]:
    """``published_not_before``: the latest full date the text tells of, or a year that it tells of as past.

    A day is a ground only in a sentence that tells of the past and says nothing of the future.
    """
    found: list[Candidate] = []
    grounds = []
    told = (each for each in placed if each.zone is Zone.BODY and each.printed.role is None)
    for each in islice(told, _MOST_TOLD):
        point = each.printed.value
        if point is None or point.day is None:
            continue
        sentence = _sentence(page, each.start, each.end)
        if _may_be_future(sentence) or _TO_COME.search(sentence) or not _PAST.search(sentence):
            continue
        if language == "fr" and _FRENCH_TO_COME.search(sentence):
            continue
        if latest is None or point.day <= latest.isoformat():
            grounds.append((point.day, each.start, each.end))
    if grounds:
        value, start, end = max(grounds, key=lambda ground: (ground[0], -ground[1]))
        found.append(_bound("published_not_before", value, page, start, end, "date/told@1", WRITTEN_DAY))
    if year := _past_year(page, language, latest):
        value, start, end = year
        if not grounds or value > found[0].value[:4]:
            found.append(_bound("published_not_before", value, page, start, end, "date/year-told@1", WRITTEN_YEAR))
    return found


def _is_listed(page: Page, each: PlacedDate) -> bool:
    """True for a date that a list, a comment or a page clock prints: alone, or at the edge of a short line."""
    if each.zone not in _ROUND_THE_TEXT or each.printed.value is None or each.printed.value.day is None:
        return False
    line = page.quote(each.block)
    beside = len(line) - (each.printed.end - each.printed.start)
    at_edge = not line[: each.printed.start].strip(" |•·-–—,") or not line[each.printed.end :].strip(" |•·-–—,.")
    return beside <= _LISTED_ROOM or (at_edge and each.zone is Zone.COMMENTS)


def _without_events_to_come(grounds: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Among several dates one that leads the rest by more than a year announces something."""
    ordered = sorted(grounds, key=lambda ground: (ground[0], -ground[1]))
    days = sorted({ground[0] for ground in grounds})
    while len(days) >= 3 and (date.fromisoformat(days[-1]) - date.fromisoformat(days[-2])).days > _LONELY:
        days.pop()
    return [ground for ground in ordered if ground[0] in set(days)]


def _copyright_years(page: Page) -> list[tuple[str, int, int]]:
    """Years of copyright notices in what stands round the text; "(c)" counts only before or behind a year."""
    years = []
    for _, block in blocks_with(_COPYRIGHT_SIGN, page):
        if block.zone in _IN_THE_TEXT or block.end - block.start > _LONGEST_NOTICE:
            continue
        for match in _COPYRIGHT.finditer(flatten(page.quote(block))):
            year = match["last"] or match["first"] or match["behind"]
            years.append((year, block.start + match.start(), block.start + match.end()))
    return years


def _past_year(page: Page, language: str | None, latest: date | None) -> tuple[str, int, int] | None:
    """The latest bare year that the text tells of as gone by, with the words that say so."""
    best: tuple[str, int, int] | None = None
    for block in page.blocks:
        if block.zone is not Zone.BODY:
            continue
        flat = flatten(page.quote(block))
        for match in _years(flat, language):
            year = match.groupdict().get("year") or match.groupdict().get("az") or ""
            sentence = _sentence(page, block.start + match.start(), block.start + match.end())
            if _may_be_future(sentence) or (latest is not None and int(year) > latest.year):
                continue
            if best is None or year > best[0]:
                best = (year, block.start + match.start(), block.start + match.end())
    return best


def _years(flat: str, language: str | None) -> list[re.Match[str]]:
    found = list(_SINCE_YEAR.finditer(flat))
    if language in {"en", None}:
        past = word_list("past", "english_participle")
        for match in _ENGLISH_YEAR.finditer(flat):
            words = re.findall(r"[a-z]+", flat[max(0, match.start() - 60) : match.start()])
            if past.intersection(words[-6:]):
                found.append(match)
    return found


def _sentence(page: Page, start: int, end: int) -> str:
    """The sentence around a date, at most 400 characters to each side."""
    before = page.text[max(0, start - 400) : start].rpartition("\n")[2]
    behind = page.text[end : end + 400].partition("\n")[0]
    ends = list(_SENTENCE_END.finditer(before))
    opening = before[ends[-1].end() :] if ends else before
    closing = _SENTENCE_END.search(behind)
    return opening + page.text[start:end] + (behind[: closing.end()] if closing else behind)


def _may_be_future(sentence: str) -> bool:
    words = set(re.findall(r"[^\W\d_]+", fold(sentence)))
    signs = word_list("future")
    if words & signs:
        return True
    folded = " ".join(re.findall(r"[^\W\d_]+", fold(sentence)))
    return any(f" {sign} " in f" {folded} " for sign in signs if " " in sign)


def _bound(name: str, value: str, page: Page, start: int, end: int, rule: str, weight: int) -> Candidate:
    return Candidate(
        property=name,
        value=value,
        quote=page.text[start:end],
        space=page.space,
        rule=rule,
        meant=Meant.INFERRED,
        weight=weight,
        start=start,
        end=end,
        detail={"precision": {4: "year", 7: "month"}.get(len(value), "day"), "zone": None},
    )
