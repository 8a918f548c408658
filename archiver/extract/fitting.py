"""The extracted text fitted to the page: lines of furniture go, paragraphs left out between others come back.

An extractor scores elements; the markup of a page names its parts. Where the two disagree at the edges, the names
are right more often. Measured over the 1,133 development pages whose text is known (text F1 / snippet F1):
extractor alone .9477 / .9154, without lines of named furniture and lines that only lead elsewhere .9531 / .9246, with
what it left out (``archiver.extract.left_out``) .9554 / .9291, without lines that software writes into every text
and copies of whole paragraphs .9567 / .9311.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archiver.extract.chrome_lines import is_dated, label_lines, width_of, words_of
from archiver.extract.left_out import HEADINGS, left_out
from archiver.extract.pieces import BULLET, lines
from archiver.model import Block, Page, TextPiece, Zone

_PARAGRAPHS = "\n\n"  # between two of them
_ROWS = (BULLET, "| ")  # what an extractor sets before items of lists and rows of tables
_FURNITURE = frozenset({Zone.RELATED, Zone.NAVIGATION, Zone.FOOTER, Zone.TAIL, Zone.TITLE, Zone.BREADCRUMB})
# When more of the text than this stands in "furniture", the page's names are wrong and not the extractor.
_MOST_DROPPED = 0.5
_ENDS = frozenset({Zone.RELATED, Zone.COMMENTS, Zone.FOOTER})
_LEADS_ON = re.compile(r"[^\n]{2,30}[:：]\s?")
_LEAST_LINKED = 0.9
_LINKED_HEADLINE = 20
_LABEL = 60  # a line of a byline or a button; longer ones are text with an unlucky name
_FIRST = 25  # a first line this short is a section or a day
_LONG = 80  # a line that is surely a paragraph
_WORDINGS = frozenset({"share", "comments", "related", "form", "consent", "footer", "rights", "counter"})
_NOTE = 130  # width of a line that wordings may make furniture, and of one of the first two or last five lines
_NEAR_ENDS = 300
_HEAD = 2
_FOOT = 5
_TWIN = 60  # characters of a paragraph that does not come twice by chance, and how many such there must be
_TWINS = 2


@dataclass(slots=True)
class _Line:
    """A line of the text, its pieces with places relative to it, and the index of the block most of it stands in."""

    text: str
    pieces: list[TextPiece]
    block: int | None


def fit(page: Page, text: str, found: Sequence[TextPiece]) -> tuple[str, tuple[TextPiece, ...]]:
    """``text`` of ``page`` with ``found`` as its pieces, fitted: the better text and its pieces.

    Blocks have the zones that markup speaks for. Paragraphs are set apart by an empty line.
    """
    kept = _without_furniture(page, list(_read(page, text, found)))
    whole = _with_left_out(page, _without_last_links(page, kept))
    return _join(_without_twins(_without_wordings(whole)))


def _read(page: Page, text: str, found: Sequence[TextPiece]) -> Iterator[_Line]:
    starts = [block.start for block in page.blocks]
    at = 0
    for start, end in lines(text):
        start -= len(BULLET) if text.startswith(BULLET, start - len(BULLET)) and start >= len(BULLET) else 0
        own: list[TextPiece] = []
        weights: Counter[int] = Counter()
        while at < len(found) and found[at].start < end:
            piece = found[at]
            own.append(TextPiece(piece.start - start, piece.page_start, piece.length))
            weights[bisect_right(starts, piece.page_start) - 1] += piece.length
            at += 1
        yield _Line(text[start:end], own, max(weights, key=lambda index: weights[index]) if weights else None)


def _without_furniture(page: Page, read: list[_Line]) -> list[_Line]:
    end = _end(page, read)
    kept = [
        line
        for number, line in enumerate(read)
        if line.block is None
        or (line.block < end and not _is_furniture(page, page.blocks[line.block], line) and (number or _opens(line)))
    ]
    if len(kept) == len(read):
        return read
    dropped = sum(len(line.text) for line in read) - sum(len(line.text) for line in kept)
    return kept if dropped <= _MOST_DROPPED * sum(len(line.text) for line in read) else read


def _opens(line: _Line) -> bool:
    return len(line.text) > _FIRST


def _is_furniture(page: Page, block: Block, line: _Line) -> bool:
    if block.zone in _FURNITURE or block.zone is Zone.COMMENTS:
        return True
    if block.zone in {Zone.BYLINE, Zone.FURNITURE} and len(line.text) < _LABEL:
        return True
    return block.tag != "li" and _leads_elsewhere(page, block)


def _leads_elsewhere(page: Page, block: Block) -> bool:
    """True for a paragraph that is a link, or a label and a linked headline: "Read also: ..."."""
    if not block.links:
        return False
    if sum(link.end - link.start for link in block.links) >= _LEAST_LINKED * (block.end - block.start):
        return True
    link = block.links[0]
    alone = len(block.links) == 1 and link.end >= block.end - 2 and link.end - link.start > _LINKED_HEADLINE
    return alone and bool(_LEADS_ON.fullmatch(page.text, block.start, link.start))


def _end(page: Page, read: list[_Line]) -> int:
    """The index of the block that ends the article: the first related list, comment or footer after its paragraphs."""
    last = max((line.block for line in read if line.block is not None and len(line.text) >= _LONG), default=None)
    if last is None:
        return len(page.blocks)
    after = range(last + 1, len(page.blocks))
    return next((index for index in after if page.blocks[index].zone in _ENDS), len(page.blocks))


def _without_last_links(page: Page, read: list[_Line]) -> list[_Line]:
    """``read`` without the list of links, heading and all, that ends it: latest news, not the article."""
    end = len(read)
    while end and _is_link_item(page, read[end - 1]):
        end -= 1
    while 0 < end < len(read) and _tag(page, read[end - 1]) in HEADINGS:
        end -= 1
    return read[:end] or read


def _is_link_item(page: Page, line: _Line) -> bool:
    if _tag(page, line) != "li" or line.block is None:
        return False
    block = page.blocks[line.block]
    return sum(link.end - link.start for link in block.links) * 2 >= block.end - block.start


def _tag(page: Page, line: _Line) -> str:
    return "" if line.block is None else page.blocks[line.block].tag


def _with_left_out(page: Page, read: list[_Line]) -> list[_Line]:
    """``read`` with the blocks of the page that belong to it, each before the line that stands behind it."""
    inside = {line.block for line in read if line.block is not None}
    missing = left_out(page, inside, "\n".join(line.text for line in read))
    if not missing:
        return read
    fitted: list[_Line] = []
    for line in read:
        while missing and line.block is not None and missing[0] < line.block:
            fitted.append(_line_of(page, missing.pop(0)))
        fitted.append(line)
    return [*fitted, *(_line_of(page, index) for index in missing)]


def _without_wordings(read: list[_Line]) -> list[_Line]:
    """``read`` without the lines that software writes into texts: "Share this", "Sign up for our newsletter"."""
    longest = [_NEAR_ENDS if number < _HEAD or number >= len(read) - _FOOT else _NOTE for number in range(len(read))]
    short = [number for number, line in enumerate(read) if width_of(line.text) < longest[number]]
    labels = label_lines([read[number].text.removeprefix(BULLET) for number in short])
    dropped = {number for number, found in zip(short, labels, strict=True) if not found.isdisjoint(_WORDINGS)}
    dropped.update(number for number, line in enumerate(read[:_HEAD]) if _is_day(line.text))
    kept = [line for number, line in enumerate(read) if number not in dropped]
    return kept if any(len(line.text) >= _LONG for line in kept) else read


def _is_day(text: str) -> bool:
    width = width_of(text)
    return width < _LABEL and is_dated(text, words_of(text), width)


def _without_twins(read: list[_Line]) -> list[_Line]:
    """``read`` with a paragraph that comes again and again only once, as pages do that hold a copy for each screen."""
    seen: set[str] = set()
    kept: list[_Line] = []
    for line in read:
        if len(line.text) < _TWIN or line.text not in seen:
            kept.append(line)
        seen.add(line.text)
    return kept if len(read) - len(kept) >= _TWINS else read


def _line_of(page: Page, index: int) -> _Line:
    block = page.blocks[index]
    return _Line(page.quote(block), [TextPiece(0, block.start, block.end - block.start)], index)


def _join(fitted: Sequence[_Line]) -> tuple[str, tuple[TextPiece, ...]]:
    """The lines as paragraphs with an empty line between them; items and rows stay together."""
    out: list[str] = []
    found: list[TextPiece] = []
    length = 0
    before = ""
    for line in fitted:
        if out:
            gap = "\n" if line.text[:2] in _ROWS and before[:2] == line.text[:2] else _PARAGRAPHS
            out.append(gap)
            length += len(gap)
        found.extend(TextPiece(piece.start + length, piece.page_start, piece.length) for piece in line.pieces)
        out.append(line.text)
        length += len(line.text)
        before = line.text
    return "".join(out), tuple(found)
