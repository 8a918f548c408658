"""Days that no zone, label or neighbour ties to the article, where nothing else dates it: taken only if alone.

Zones are judgements, and the line of the byline may be cut as menu, caption or list. Where no rule found the article's
day, a day is taken that a label calls that of publication, that opens the headline, that stands by itself under or
right above the headline, or that is the only one the page prints outside its text. Two different days at one such
place are those of several texts: then none is taken. Every reading here is inferred.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from archiver.extract.date_clocks import has_words, is_clock
from archiver.extract.date_lines import (
    appeared_elsewhere,
    is_bare,
    is_cut_headline,
    is_date_line,
    is_filing_note,
    is_paragraph,
    is_post,
)
from archiver.extract.date_places import Placed, by_block
from archiver.extract.printed_dates import PrintedDate
from archiver.extract.told import is_sentence
from archiver.model import Page, Zone

__all__ = ["LABELLED_ELSEWHERE", "Alone", "change_alone", "day_alone"]

# Published weights, all of them close to what is shown at all.
LABELLED_ELSEWHERE = 54
OPENS_TITLE = 52
UNDER_TITLE = 52
ABOVE_TITLE = 52
ONLY_DAY = 50
ONLY_PRINTED = 50

_IN_THE_TEXT = frozenset({Zone.BODY, Zone.FURNITURE, Zone.SECTION, Zone.DEK})
_NOBODYS = frozenset({Zone.COMMENTS, Zone.CONSENT})
_UNDER = 8  # lines below a headline: author, portrait, buttons
_ABOVE = 6  # lines above the headline
_TEXT = 15  # lines below a day in which its text begins
_OPENING = 2
_PARTING = ("", *"|•·/–—-")
_LIST = 3
_UNDER_HEADING = 4  # lines below the heading of a list: a headline, its author, its day
_READ_NEXT = re.compile(
    r"\W{0,3}(?:read (?:next|more|also|on)|also read|see also|up next|next article|"
    r"related(?: (?:articles|stories|news|posts))?|"
    r"more (?:stories|news|articles)(?: from .{1,30})?|most (?:read|popular)|recommended(?: for you)?|"
    r"lesen sie auch|mehr zum thema|auch interessant|à lire aussi|lire aussi|lee también|leer más|te puede interesar|"
    r"leia também|"
    r"leggi anche|lees ook|czytaj także|zobacz też|читайте также|по теме|читайте також|"
    r"oxşar xəbərlər|ilgili haberler|կարդացեք նաև|اقرأ أيضا|相关阅读|関連記事|관련기사)\W{0,3}",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Alone:
    """The one day found at some kind of place, the rule that looked there, and its weight."""

    placed: Placed
    rule: str
    weight: int


def day_alone(
    page: Page, placed: Sequence[Placed], bare: Sequence[Placed], refused: Callable[[int], bool]
) -> Alone | None:
    """The day that stands alone at the firmest kind of place; None where there is none, or more than one.

    ``bare`` are the days above the headline that nothing ties to it, and nothing to a clock. ``refused`` says of a
    block's index that what is dated there is an event, a teaser or the page's clock.
    """
    lines = [dates for dates in by_block(placed) if _may_be_own(page, dates) and not refused(dates[0].index)]
    titles = _titles(page)
    unlabelled = [] if _is_list(lines) else lines
    for rule, weight, found in (
        ("date/labelled-elsewhere@1", LABELLED_ELSEWHERE, [*_labelled(page, lines), *_filed(page, placed, refused)]),
        ("date/opens-title@1", OPENS_TITLE, _opening_titles(page, placed)),
        ("date/under-title@1", UNDER_TITLE, _under_titles(page, unlabelled, titles)),
        ("date/above-title@1", ABOVE_TITLE, [each for each in bare if titles and 0 < titles[0] - each.index <= _ABOVE]),
        ("date/only-day@1", ONLY_DAY, _before_text(page, unlabelled, titles)),
        ("date/only-printed@1", ONLY_PRINTED, _only_printed(page, unlabelled, placed, titles)),
    ):
        if one := _one_day(found):
            return Alone(one, rule, weight)
    return None


def change_alone(page: Page, placed: Sequence[Placed], refused: Callable[[int], bool]) -> Placed | None:
    """The one day under the headline that a label calls that of a change, whatever its line was cut as."""
    titles = _titles(page)
    lines = [dates[0] for dates in by_block(placed) if is_date_line(dates) and dates[0].zone not in _NOBODYS]
    changed = [each for each in lines if each.printed.role == "modified" and not refused(each.index)]
    return _one_day([each for each in changed if any(_is_under(page, each.index, title) for title in titles)])


def _is_list(lines: Iterable[Sequence[Placed]]) -> bool:
    """True where lines about days repeat in the text: those of several texts."""
    beside = [dates for dates in lines if dates[0].zone in _IN_THE_TEXT and dates[0].printed.role is None]
    return len(beside) >= _LIST


def _may_be_own(page: Page, dates: Sequence[Placed]) -> bool:
    """True for a short line about a day that nobody's comment, post or consent to cookies holds."""
    first = dates[0]
    return (
        first.zone not in _NOBODYS
        and first.zone is not Zone.TITLE
        and is_date_line(dates)
        and not is_post(page, first)
        and (first.printed.role == "published" or (first.printed.role is None and not _tells(page, first)))
    )


def _tells(page: Page, each: Placed) -> bool:
    line, printed = page.quote(each.block), each.printed
    return is_sentence(line) or is_cut_headline(line, printed.start)


def _labelled(page: Page, lines: Iterable[Sequence[Placed]]) -> list[Placed]:
    labelled = (dates[0] for dates in lines if dates[0].printed.role == "published")
    return [each for each in labelled if not appeared_elsewhere(page.quote(each.block), each.printed.start)]


def _filed(page: Page, placed: Sequence[Placed], refused: Callable[[int], bool]) -> list[Placed]:
    """The day of the note that blogs print below a text: "This entry was posted on 5 May 2024 and is filed under …"."""
    return [
        dates[0]
        for dates in by_block(placed)
        if dates[0].zone not in _NOBODYS
        and dates[0].printed.role in {None, "published"}
        and is_filing_note(page.quote(dates[0].block), dates[0].printed.start)
        and not refused(dates[0].index)
    ]


def _opening_titles(page: Page, placed: Iterable[Placed]) -> list[Placed]:
    """Days in numbers at the very start of a headline: "21.01.2022 - Bridge opens"."""
    return [
        each
        for each in placed
        if each.zone is Zone.TITLE
        and each.printed.start <= _OPENING
        and each.printed.words[:1].isdigit()
        and each.printed.settled_by is not None
        and len(page.quote(each.block)) > each.printed.end
    ]


def _under_titles(page: Page, lines: Iterable[Sequence[Placed]], titles: Sequence[int]) -> list[Placed]:
    """Lines between a headline and the text, at most one paragraph, the dek, above them."""
    return [
        dates[0]
        for dates in lines
        if _stands_by_itself(page.quote(dates[0].block), dates[0].printed)
        and any(_is_under(page, dates[0].index, title) for title in titles)
    ]


def _is_under(page: Page, index: int, title: int) -> bool:
    """True near a title with no paragraph between them, or one, the dek, where the text follows."""
    if not 0 < index - title <= _UNDER:
        return False
    above = sum(map(is_paragraph, page.blocks[title + 1 : index]))
    return above == 0 or (above == 1 and any(map(is_paragraph, page.blocks[index + 1 : index + _TEXT])))


def _stands_by_itself(line: str, printed: PrintedDate) -> bool:
    """True where no words stand beside the date, or a sign parts them from it: "5 May 2024 | Rivers", no place."""
    if not has_words(line, printed):
        return True
    before, behind = line[: printed.start].rstrip()[-1:], line[printed.end :].lstrip()[:1]
    return before in _PARTING and behind in _PARTING


def _before_text(page: Page, lines: Iterable[Sequence[Placed]], titles: Sequence[int]) -> list[Placed]:
    """Days alone on a line between the first headline and the first paragraph, however far apart those are."""
    first = titles[0] if titles else -1
    text = next((i for i, b in enumerate(page.blocks) if i > first and is_paragraph(b)), len(page.blocks))
    between = [dates for dates in lines if first < dates[0].index < text]
    if len({_day(dates[0]) for dates in between}) != 1:
        return []
    return [dates[0] for dates in between if is_bare(dates) and not dates[0].block.links]


def _only_printed(
    page: Page, lines: Iterable[Sequence[Placed]], placed: Iterable[Placed], titles: Sequence[int]
) -> list[Placed]:
    """The lines about a day, where the page prints no other day beside its text."""
    aside = {_day(each) for each in placed if each.zone is not Zone.BODY and each.zone is not Zone.TITLE}
    if len(aside) != 1 or not titles:
        return []
    ours = (dates for dates in lines if not _is_read_next(page, dates[0].index))
    bare = (dates[0] for dates in ours if not has_words(page.quote(dates[0].block), dates[0].printed))
    return [each for each in bare if not is_clock(page, each.index, each.printed, above=each.index < titles[0])]


def _is_read_next(page: Page, index: int) -> bool:
    """True in a list of other articles, right below the heading that says so: "Read next"."""
    above = page.blocks[max(0, index - _UNDER_HEADING) : index]
    return any(block.zone is Zone.RELATED and _READ_NEXT.fullmatch(page.quote(block)[:60]) for block in above)


def _titles(page: Page) -> list[int]:
    return [index for index, block in enumerate(page.blocks) if block.zone is Zone.TITLE or block.tag == "h1"][:8]


def _one_day(found: Sequence[Placed]) -> Placed | None:
    """The first of ``found`` where all of them are one and the same day, too few to be a list of texts."""
    days = {_day(each) for each in found}
    return found[0] if len(days) == 1 and None not in days and len(found) < _LIST else None


def _day(each: Placed) -> str | None:
    return each.printed.value.day if each.printed.value else None
