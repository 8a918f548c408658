"""Of days that speak against each other the article's own: told by the address, a time of day, or by nothing.

In a text without markup the lines of a byline may belong to a caption, a film or the first teaser of a list. Where two
of them name two days, the one with a time of day is the stamp of the article; else neither is taken.
"""

from collections.abc import Sequence
from dataclasses import replace

from archiver.extract.date_lines import first_paragraph
from archiver.extract.date_own import ELSEWHERE, FIRM, Own
from archiver.extract.date_places import Placed
from archiver.model import Page, Space

_CONTENDED = "another day stands beside the byline, and nothing tells which of them is the article's"
_CLEAR = 4  # weights this far apart do not contend
_DAY = 10


def contended(page: Page, own: Sequence[Own]) -> list[Own]:
    """``own`` without the days that contend beside one byline, where no label and no time of day tells them apart.

    Markup tells the lines of a page apart, so only texts without any are looked at.
    """
    if page.space is not Space.SOURCE:
        return list(own)
    firm = [each for each in own if each.role == "published" and not each.rejected and each.weight >= FIRM]
    heaviest = max((each.weight for each in firm), default=0)
    rivals = [each for each in firm if each.weight > heaviest - _CLEAR and _day(each)]
    if len({_day(each) for each in rivals}) < 2 or any(each.rule != "date/byline@1" for each in rivals):
        return list(own)
    ours = _above_the_text(page, rivals) or rivals
    timed = {_day(each) for each in ours if each.placed.printed.value and len(each.placed.printed.value.value) > _DAY}
    kept = {_day(each) for each in ours} if len({_day(each) for each in ours}) == 1 else timed
    losers = {id(each) for each in rivals if len(kept) != 1 or _day(each) not in kept}
    return [replace(each, rejected=_CONTENDED) if id(each) in losers else each for each in own]


def _above_the_text(page: Page, rivals: Sequence[Own]) -> list[Own]:
    """Those of ``rivals`` that stand above the first paragraph: what has a byline behind it is another text."""
    text = first_paragraph(page)
    return [each for each in rivals if each.placed.index < text]


def _day(own: Own) -> str | None:
    return own.placed.printed.value.day if own.placed.printed.value else None


def confirmed(own: Sequence[Own], addressed: Sequence[str]) -> list[Own]:
    """``own`` with those accepted that name a place of publication, where the page's address names their day or month.

    "Published in Rivers, May 5, 2024" at /2024/05/… speaks of a section of the page's own outlet. Of two days that
    contend beside one byline the address names the article's.
    """
    return [
        replace(each, rejected=None)
        if each.rejected in {ELSEWHERE, _CONTENDED} and addressed and _starts_with(each.placed, addressed)
        else each
        for each in own
    ]


def _starts_with(placed: Placed, addressed: Sequence[str]) -> bool:
    return placed.printed.value is not None and placed.printed.value.value.startswith(tuple(addressed))
