"""When a page says it was published and changed, and what bounds its words give where it does not say.

Zones decide what a date is the date of. Only a date that is labelled, stands in the byline block, directly beside the
title, in a dateline or in the address can be the article's own; dates of related lists, comments, footers, menus and
page clocks bound the moment of capture, dates told in the text bound the moment of writing, and none of them is ever
a publication date. Nothing here knows what day it is: the latest possible day is that of the capture, where known.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from archiver.extract import date_clocks
from archiver.extract.address_dates import from_address, is_later, order_of_host
from archiver.extract.date_bounds import captured_bound, written_bounds
from archiver.extract.date_order import order_of_dates
from archiver.extract.date_spots import DATE_CUE, blocks_with
from archiver.extract.printed_dates import PrintedDate, read_printed
from archiver.model import Block, Candidate, Capture, Meant, Page, Space, Zone
from archiver.timepoint import TimePoint, from_datetime

__all__ = ["PrintedDate", "candidates", "read_printed"]

# Published weights: how firm a date is at its place.
LABELLED = 82
MARKED = 78  # the element's own class or itemprop says so
BYLINE = 76
BESIDE_TITLE = 68
LABELLED_LINE = 66  # a labelled line in the text, its tail or the furniture around it
DATELINE = 60
PAIR = 52
TAIL_LINE = 52
CLOCK = 44  # above the title, where tickers and the page's clock stand
LISTED = 48  # in a byline block, but in prose or somebody's post
ONLY_CHANGED = 45  # right on seven pages of ten: kept, not shown alone
MONTH_ONLY = 28  # less for a month or year than for a day at the same place

NEVER_OWN = frozenset(
    {Zone.RELATED, Zone.FOOTER, Zone.COMMENTS, Zone.NAVIGATION, Zone.CAPTION, Zone.CONSENT, Zone.BREADCRUMB}
)
_FRAGMENTS = {
    "top": Zone.BYLINE,
    "byline": Zone.BYLINE,
    "head": Zone.BYLINE,
    "meta": Zone.BYLINE,
    "bottom": Zone.TAIL,
    "tail": Zone.TAIL,
    "inline": Zone.BODY,
    "body": Zone.BODY,
    "title": Zone.TITLE,
    "caption": Zone.CAPTION,
    "footer": Zone.FOOTER,
}
_TITLES = 8  # more are a list of teasers
_UNLABELLED = frozenset({"date/byline@1", "date/beside-title@1"})
_NEAR_TITLE = 6
_BYLINE_ROOM = 80
_LIST = 3
_LINE_ROOM = 48  # letters that may stand beside a date in a line that is about the date
_LABEL_ROOM = 24  # before a date that opens its line with a label
_SHORT_PAGE = 200
_PROSE = 80  # letters of a line that is a paragraph

_MARKED_MODIFIED = re.compile(
    r"(?<![a-z])(?:date-?modified|modified|updated|last-?updated|update-?date|mod-?date)(?![a-z])"
)
_MARKED_PUBLISHED = re.compile(
    r"(?<![a-z])(?:date-?published|published|publish(?:ed)?-?(?:date|time|on)|pub-?date|date-?created|entry-date|post(?:ed)?-?(?:date|on|time)|"
    r"article-?(?:date|time)|news-?(?:date|time)|create-?(?:date|time))(?![a-z])"
)
_DATELINE_BEFORE = re.compile(r"[(/]?[^\W\d_][^\d\n.!?;:]{1,44}[,/]\s{0,2}$")
_DATELINE_BEHIND = re.compile(
    r"\s{0,2}(?:[/–—(:]|-\s|\.\s{0,2}[/(–—-]|\.\s[A-ZА-ЯЁԱ-Ֆ]{3,}|,\s[A-ZА-ЯЁԱ-Ֆ]{3,12}\b|[^\W\d_]{0,4}\.?\s?[/–—(])"
)
_PREPOSITIONS = frozenset(
    [
        "in",
        "on",
        "at",
        "by",
        "from",
        "since",
        "until",
        "during",
        "after",
        "before",
        "for",
        "of",
        "the",
        "en",
        "le",
        "la",
        "el",
        "il",
        "am",
        "im",
        "vom",
        "zum",
        "seit",
        "it",
        "this",
        "that",
        "he",
        "she",
        "they",
        "we",
        "в",
        "на",
        "с",
        "от",
        "к",
        "до",
        "по",
        "из",
        "за",
        "у",
        "через",
        "после",
        "под",
        "над",
        "когда",
        "как",
    ]
)
_POST = re.compile(r"\(?@\w{2,30}\)?")  # somebody's post, shown below the text


@dataclass(frozen=True, slots=True)
class Placed:
    """A printed date and the block it stands in. ``start`` and ``end`` count in the page's text."""

    block: Block
    index: int
    zone: Zone
    printed: PrintedDate

    @property
    def start(self) -> int:
        """Where its words start in the page's text."""
        return self.block.start + self.printed.start

    @property
    def end(self) -> int:
        """Where its words end in the page's text."""
        return self.block.start + self.printed.end


@dataclass(frozen=True, slots=True)
class _Own:
    """A date that may be the article's own: of what, by which rule, how firm, stated or inferred."""

    placed: Placed
    role: str
    rule: str
    weight: int
    meant: Meant = Meant.STATED
    rejected: str | None = None


def candidates(page: Page, capture: Capture, language: str | None) -> list[Candidate]:
    """``published``, ``modified`` and bounds that the words of ``page`` and its address give.

    Values are ISO prefixes, ``detail`` holds ``precision`` and ``zone`` and, where day and month cannot be told apart,
    ``readings``. Candidates that must not be shown carry their reason in ``rejected``.
    """
    placed = _placed(page, capture, language)
    latest = capture.captured_at.date() + timedelta(days=1) if capture.captured_at else None
    own = _own(page, placed)
    found = [_candidate(each, page.space, latest) for each in own]
    found += _other_readings(own, page.space)
    found += _foreign(placed, page.space)
    found += from_address(capture.url, latest)
    stated = [candidate for candidate in found if not candidate.rejected]
    if capture.captured_at is None:
        clocks = [each.placed for each in own if each.rejected]
        found += captured_bound(page, placed, [candidate.value for candidate in stated], clocks)
    else:
        moment = from_datetime(capture.captured_at)
        found.append(_not_after(moment))
    if not any(candidate.property == "published" for candidate in stated):
        found += written_bounds(page, placed, language, latest)
    return found


def _not_after(moment: TimePoint) -> Candidate:
    return Candidate(
        property="published_not_after",
        value=moment.value[:10],
        quote=moment.iso(),
        space=Space.HEADER,
        path="capture moment",
        rule="date/captured@1",
        meant=Meant.INFERRED,
        weight=60,
        detail={"precision": "day", "zone": None},
    )


# --- which dates stand where ----------------------------------------------------------------------------------------


def _placed(page: Page, capture: Capture, language: str | None) -> list[Placed]:
    """Every date of the page with its zone; day and month of doubtful ones settled by the page's other dates."""
    first = list(_read(page, blocks_with(DATE_CUE, page), language, None))
    doubtful = {each.index: each.block for each in first if _is_doubtful(each.printed)}
    order = (order_of_dates(_telling(page, first)) or order_of_host(capture.url)) if doubtful else None
    if order is None:
        return first
    again = {(each.start, each.end): each for each in _read(page, doubtful.items(), language, order)}
    return [again.get((each.start, each.end), each) if _is_doubtful(each.printed) else each for each in first]


def _telling(page: Page, placed: list[Placed]) -> list[PrintedDate]:
    """The dates that show how the page writes: not those of comments and of posts shown in it."""
    own = (each for each in placed if each.zone is not Zone.COMMENTS and each.block.tag != "blockquote")
    return [each.printed for each in own if not _POST.search(page.quote(each.block))]


def _is_doubtful(printed: PrintedDate) -> bool:
    return len(printed.values) > 1 or (printed.settled_by == "language" and printed.calendar == "gregorian")


def _read(page: Page, blocks: Iterable[tuple[int, Block]], language: str | None, order: str | None) -> Iterator[Placed]:
    for index, block in blocks:
        zone = _zone(page, block)
        for printed in read_printed(page.quote(block), language, order=order):
            yield Placed(block, index, zone, printed)


def _zone(page: Page, block: Block) -> Zone:
    if page.fragment is not None:
        return _FRAGMENTS.get(page.fragment, block.zone)
    # A text that is nothing but a line around a date has no room for zones.
    if len(page.text) <= _SHORT_PAGE and len(page.blocks) == 1 and block.zone in {Zone.BODY, Zone.TITLE, Zone.DEK}:
        return Zone.BYLINE
    return block.zone


# --- which of them are the article's own ----------------------------------------------------------------------------


def _own(page: Page, placed: list[Placed]) -> list[_Own]:
    """Every date that may be the article's own, block by block."""
    titles = [index for index, block in enumerate(page.blocks) if block.zone is Zone.TITLE][:_TITLES]
    first_body = next((index for index, block in enumerate(page.blocks) if block.zone is Zone.BODY), None)
    own: list[_Own] = []
    listed = _lists_dates(page, placed)
    teasers = date_clocks.teaser_dates(page, dict.fromkeys(each.index for each in placed))
    for dates in _by_block(placed):
        if dates[0].zone in NEVER_OWN or (listed and page.quote(dates[0].block).startswith("•")):
            continue
        if dates[0].index in teasers or date_clocks.event_labelled(page, dates[0].index):
            continue
        beside_title = any(abs(dates[0].index - title) <= _NEAR_TITLE for title in titles)
        labelled = list(_labelled(dates, beside_title=beside_title))
        own += labelled or _unlabelled(page, dates, titles, first_body)
    days = {each.placed.printed.value.day for each in own if each.role == "published" and each.placed.printed.value}
    own += _pairs_elsewhere(page, placed, days)
    if not any(each.role == "published" for each in own):
        own += _only_changed(own)
    own = [replace(each, weight=each.weight - MONTH_ONLY) if _is_short(each) else each for each in own]
    return _without_clocks(page, own, titles[0]) if titles else own


def _without_clocks(page: Page, own: list[_Own], title: int) -> list[_Own]:
    """Unlabelled dates above the title count little beside one below it, and not at all where nothing ties them."""
    below = any(each.role == "published" and each.placed.index > title and each.weight > LISTED for each in own)
    return [
        _above(page, each, below=below) if each.placed.index < title and each.rule in _UNLABELLED else each
        for each in own
    ]


def _above(page: Page, own: _Own, *, below: bool) -> _Own:
    if why := date_clocks.above_title(page, own.placed.index, own.placed.printed):
        return replace(own, weight=min(own.weight, CLOCK), rejected=why)
    return replace(own, weight=min(own.weight, CLOCK)) if below else own


def _only_changed(own: list[_Own]) -> list[_Own]:
    """Where a page prints nothing but when it was changed, that day is taken, weakly, for the text as it stands."""
    changed = next((each for each in own if each.role == "modified" and each.meant is Meant.STATED), None)
    if changed is None:
        return []
    return [replace(changed, role="published", rule="date/only-changed@1", weight=ONLY_CHANGED, meant=Meant.INFERRED)]


def _is_short(own: _Own) -> bool:
    values = own.placed.printed.values
    return bool(values) and values[0].day is None


def _by_block(placed: list[Placed]) -> Iterator[list[Placed]]:
    together: dict[int, list[Placed]] = {}
    for each in placed:
        together.setdefault(each.index, []).append(each)
    yield from together.values()


def _labelled(dates: list[Placed], *, beside_title: bool) -> Iterator[_Own]:
    """Dates with "Published", "Updated" ... beside them, or in an element that is named so."""
    zone, block = dates[0].zone, dates[0].block
    line = _is_date_line(dates)
    for each in dates:
        role = each.printed.role
        if role in {"published", "modified"}:
            if zone in {Zone.BYLINE, Zone.DEK, Zone.SECTION, Zone.META}:
                yield _Own(each, role, "date/labelled@1", LABELLED)
            elif line or (beside_title and each.printed.start <= _LABEL_ROOM and _is_short_block(block)):
                yield _Own(each, role, "date/labelled-line@1", LABELLED_LINE)
        elif role is None and len(dates) == 1 and line and (marked := _marked(block)):
            yield _Own(each, marked, "date/marked@1", MARKED)
    # In a byline, or beside the title, a date without a label next to "Updated: …" is that of publication.
    if (zone is Zone.BYLINE or (line and beside_title)) and {each.printed.role for each in dates} == {None, "modified"}:
        plain = next(each for each in dates if each.printed.role is None)
        yield _Own(plain, "published", "date/byline@1", BYLINE)


def _is_short_block(block: Block) -> bool:
    return block.end - block.start <= _SHORT_PAGE


def _marked(block: Block) -> str | None:
    if _MARKED_PUBLISHED.search(block.hint.lower()):
        return "published"
    return "modified" if _MARKED_MODIFIED.search(block.hint.lower()) else None


def _unlabelled(page: Page, dates: list[Placed], titles: list[int], first_body: int | None) -> list[_Own]:
    plain = [each for each in dates if each.printed.role is None and (each.printed.values or each.printed.trouble)]
    if not plain:
        return []
    zone, index, line = plain[0].zone, plain[0].index, _is_date_line(dates)
    if zone in {Zone.BYLINE, Zone.META}:
        return _published_and_modified(plain, "date/byline@1", _byline_weight(page, plain[0], titles))
    if line and zone is not Zone.TITLE and any(_is_beside(page, index, title) for title in titles):
        weight = BESIDE_TITLE if any(title < index for title in titles) else BESIDE_TITLE - 4
        return _published_and_modified(plain, "date/beside-title@1", weight)
    if index == first_body and _is_dateline(page, plain[0]):
        return [_Own(plain[0], "published", "date/dateline@1", DATELINE)]
    if line and zone is Zone.TAIL and not _POST.search(page.quote(plain[0].block)):
        return _published_and_modified(plain, "date/tail-line@1", TAIL_LINE)
    return []


def _is_beside(page: Page, index: int, title: int) -> bool:
    """True for a block near the title with no paragraph of the text between them."""
    between = page.blocks[title + 1 : index]
    return abs(index - title) <= _NEAR_TITLE and not any(
        block.zone is Zone.BODY and block.end - block.start > _PROSE for block in between
    )


def _lists_dates(page: Page, placed: list[Placed]) -> bool:
    """True when bullets list dates, as calendars of events do."""
    bullets = {each.index for each in placed if each.zone is Zone.BYLINE and page.quote(each.block).startswith("•")}
    return len(bullets) >= _LIST


def _byline_weight(page: Page, each: Placed, titles: list[int]) -> int:
    """How firm an unlabelled date of the byline block is: next to the title most, in prose and posts hardly."""
    line = page.quote(each.block)
    if _POST.search(line):
        return LISTED
    if len(line) - len(each.printed.words) > _BYLINE_ROOM:
        return LISTED
    after = [each.index - title for title in titles if title < each.index]
    before = [title - each.index for title in titles if title > each.index]
    if after:
        return BYLINE - min(min(after) // 4, 6)
    return BYLINE - min(min(before) * 2, 8) if before else BYLINE


def _published_and_modified(plain: list[Placed], rule: str, weight: int) -> list[_Own]:
    """One date is that of publication; of two side by side the later (or the second) is taken for the change."""
    first, *others = plain
    own = [_Own(first, "published", rule, weight)]
    if len(others) == 1 and first.printed.value and others[0].printed.value:
        earlier, later = first, others[0]
        if later.printed.value.value < earlier.printed.value.value:  # type: ignore[union-attr]
            earlier, later = later, earlier
        own = [_Own(earlier, "published", rule, weight), _Own(later, "modified", "date/pair@1", PAIR, Meant.INFERRED)]
    return own


def _pairs_elsewhere(page: Page, placed: list[Placed], days: set[str | None]) -> Iterator[_Own]:
    """A theme's "NAME DATE DATE" line below the text repeats publication and change: taken where the day agrees."""
    for dates in _by_block(placed):
        if len(dates) != 2 or dates[0].zone is Zone.BYLINE or not _is_date_line(dates):
            continue
        first, second = (each.printed.value for each in dates)
        between = page.text[dates[0].end : dates[1].start]
        if first and second and not between.strip() and first.day in days and second.value >= first.value:
            yield _Own(dates[1], "modified", "date/pair@1", PAIR, Meant.INFERRED)


def _is_date_line(dates: list[Placed]) -> bool:
    """True when a block is about its date: little else stands in it."""
    block = dates[0].block
    words = sum(each.printed.end - each.printed.start for each in dates)
    return block.end - block.start - words <= _LINE_ROOM + 24 * sum(each.printed.role is not None for each in dates)


def _is_dateline(page: Page, placed: Placed) -> bool:
    """ "City, December 5, 2023 /Agency/" or "City/05.12.23/Agency:" at the very start of the text."""
    text = page.quote(placed.block)
    before, behind = text[: placed.printed.start], text[placed.printed.end : placed.printed.end + 24]
    if not _DATELINE_BEFORE.fullmatch(before) or not _DATELINE_BEHIND.match(behind):
        return False
    words = re.findall(r"[^\W\d_]+", before)
    return (
        bool(words) and words[0].lower() not in _PREPOSITIONS and words[0][0] == words[0][0].upper() and len(words) <= 6
    )


# --- candidates -----------------------------------------------------------------------------------------------------


def _candidate(own: _Own, space: Space, latest: date | None) -> Candidate:
    printed = own.placed.printed
    if not printed.values:
        return _shaped(own, space, printed.words, None, rejected=printed.trouble or "no date of the calendar")
    possible = [value for value in printed.values if not is_later(value, latest)]
    if not possible:
        return _shaped(own, space, printed.values[0].value, printed.values[0], rejected="later than the capture")
    if len(possible) > 1:
        return _shaped(
            own, space, possible[0].value, possible[0], rejected="ambiguous", readings=[v.value for v in possible]
        )
    inferred = len(printed.values) > 1 or printed.settled_by == "order"
    chosen = replace(own, meant=Meant.INFERRED) if inferred else own
    return _shaped(chosen, space, possible[0].value, possible[0], rejected=own.rejected)


def _other_readings(own: list[_Own], space: Space) -> Iterator[Candidate]:
    """The reading with day and month exchanged, where only the page's other dates or its country settled them."""
    for each in own:
        value = each.placed.printed.value
        if each.placed.printed.settled_by != "order" or value is None or value.day is None:
            continue
        year, month, day = value.day.split("-")
        other = TimePoint(f"{year}-{day}-{month}{value.value[10:]}", value.zone)
        why = f"other reading of the digits: the page's other dates or its country speak for {value.day}"
        yield _shaped(replace(each, meant=Meant.INFERRED), space, other.value, other, rejected=why)


def _shaped(
    own: _Own,
    space: Space,
    value: str,
    point: TimePoint | None,
    *,
    rejected: str | None = None,
    readings: list[str] | None = None,
) -> Candidate:
    printed = own.placed.printed
    detail: dict[str, object] = {
        "precision": str(point.precision) if point else None,
        "zone": point.zone if point else None,
    }
    if readings:
        detail["readings"] = list(readings)
    if printed.settled_by not in {None, "digits"}:
        detail["order_by"] = printed.settled_by
    if printed.weekday == "contradicts":
        detail["weekday"] = "contradicts"
    if printed.calendar != "gregorian":
        detail["calendar"] = printed.calendar
    return Candidate(
        property=own.role,
        value=value,
        quote=printed.words,
        space=space,
        rule=own.rule,
        meant=own.meant,
        weight=own.weight,
        start=own.placed.start,
        end=own.placed.end,
        detail=detail,  # type: ignore[arg-type]
        rejected=rejected,
    )


def _foreign(placed: list[Placed], space: Space) -> Iterator[Candidate]:
    """The labelled dates that cannot be the article's own, one a zone, with the reason."""
    seen: set[Zone] = set()
    for each in placed:
        if each.zone not in NEVER_OWN or each.zone in seen or each.printed.value is None or each.printed.role is None:
            continue
        seen.add(each.zone)
        role = each.printed.role if each.printed.role in {"published", "modified"} else "published"
        own = _Own(each, role, "date/elsewhere@1", 10)
        yield _shaped(
            own,
            space,
            each.printed.value.value,
            each.printed.value,
            rejected=f"stands in another part of the page: {each.zone}",
        )
