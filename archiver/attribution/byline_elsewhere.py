"""A line that says who wrote, wherever it fell between headline and footer: read where nothing else names anybody.

Pages put the writer under a call for donations, above a list of downloads or in a box of their own. A line that
begins with a label ("Text by", "Autorin:", "Article by" with the name under it) and holds nothing but names and
their jobs says it there, too. Two such lines of two people are a list of other articles, and name nobody.
"""

import re
from collections.abc import Iterator

from archiver.attribution.byline_judged import Name
from archiver.attribution.byline_labels import begins_with_label, labelled_names, line_begin
from archiver.attribution.byline_links import AUTHORS, PEOPLE
from archiver.attribution.byline_names import fold
from archiver.model import Block, Page, Zone

_LONGEST = 120
_MOST_BLOCKS = 2_000
_WEIGHT = 60
_ZONES = frozenset({Zone.BODY, Zone.BYLINE, Zone.TAIL, Zone.RELATED, Zone.FURNITURE, Zone.DEK})
_NO_LINES = frozenset({"li", "td", "th", "dt", "dd", "button", "label", "option"})
_BY = ("byline/preposition@1",)
_REST = re.compile(r"\s{0,2}(?:$|[.,;|(–—/·-])")


def labelled_elsewhere(page: Page, own: frozenset[str]) -> list[Name]:
    """The authors in the one labelled line of the page, [] where there is none or several disagree."""
    found: dict[str, list[Name]] = {}
    below = False
    for i, block in enumerate(page.blocks[:_MOST_BLOCKS]):
        below = below or block.zone is Zone.TITLE
        if below and _may_say(page, block) and not _of_a_teaser(block, page.blocks[max(0, i - 1)]):
            names = _said(page, block, page.blocks[i + 1] if i + 1 < len(page.blocks) else None, own)
            if names:
                found.setdefault(fold(page.text[names[0].start : names[-1].end]), names)
    return next(iter(found.values())) if len(found) == 1 else []


def _may_say(page: Page, block: Block) -> bool:
    """True for a short line outside of lists that begins as some label does."""
    if (
        (block.zone not in _ZONES and not _of_author(block))
        or block.end - block.start > _LONGEST
        or block.tag in _NO_LINES
    ):
        return False
    return begins_with_label(page.text, line_begin(page.text, block), block.end)


def _of_a_teaser(block: Block, before: Block) -> bool:
    """True for a line in a list of other articles that stands under the linked headline of one."""
    if block.zone is not Zone.RELATED or before.zone is not Zone.RELATED or not before.links:
        return False
    linked = sum(link.end - link.start for link in before.links)
    return linked * 2 > before.end - before.start and not any(PEOPLE.search(link.url) for link in before.links)


def _of_author(block: Block) -> bool:
    """True for a line that fell among the captions and is marked as the author's."""
    return block.zone is Zone.CAPTION and AUTHORS.search(block.hint) is not None


def _said(page: Page, block: Block, following: Block | None, own: frozenset[str]) -> list[Name]:
    names = list(_whole_names(page, block, following, own))
    if not names or any(" " not in page.text[name.start : name.end] for name in names):
        return []
    end = block.end if names[-1].end <= block.end else following.end if following else block.end
    return names if _REST.match(page.text[names[-1].end : end]) else []


def _whole_names(page: Page, block: Block, following: Block | None, own: frozenset[str]) -> Iterator[Name]:
    for name in labelled_names(page, block, following, own, 0):
        if name.property != "author":
            continue
        if name.rule == "byline/label@1" or (name.rule in _BY and _announced(block, following)):
            yield Name("author", name.start, name.end, "byline/elsewhere@1", _WEIGHT)


def _announced(block: Block, following: Block | None) -> bool:
    """True where markup or a link says that people are named: a preposition alone is too little."""
    lines = (block,) if following is None else (block, following)
    return any(AUTHORS.search(b.hint) or any(PEOPLE.search(link.url) for link in b.links) for b in lines)
