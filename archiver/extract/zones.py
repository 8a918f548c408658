"""Which part of the page each block belongs to: markup says where to look, the clean text says where the article is.

Zones come first: a date in a related list or a credit in a footer can never become the article's own. For HTML the
zone that an element's markup hints at is corrected by the place of the headline and of the clean text; for text
dumps ``archiver.extract.chrome`` decides; a fragment has the zone it was cut from.
"""

import re
from bisect import bisect_right
from dataclasses import replace

from archiver.extract import article, headline
from archiver.extract.chrome import zone_dump
from archiver.model import Capture, Page, Zone

_FRAGMENTS = {
    "top": Zone.BYLINE,
    "byline": Zone.BYLINE,
    "bottom": Zone.TAIL,
    "inline": Zone.BODY,
    "title": Zone.TITLE,
    "caption": Zone.CAPTION,
    "footer": Zone.FOOTER,
    "meta": Zone.META,
}
_STICKY = frozenset(
    {
        Zone.CONSENT,
        Zone.NAVIGATION,
        Zone.BREADCRUMB,
        Zone.CAPTION,
        Zone.RELATED,
        Zone.COMMENTS,
        Zone.FOOTER,
        Zone.FURNITURE,
    }
)
_ENDS = frozenset({Zone.RELATED, Zone.COMMENTS, Zone.FOOTER, Zone.CONSENT})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LEAD = 80  # a paragraph of the article is at least this long when its start is sought
_SIGN_OFF = 120  # a sign-off or credit line is at most this long
_SIGN_OFFS = 4
_TAIL_BLOCKS = 12
_TAIL_CHARACTERS = 1_200
_BEFORE_TITLE = 6
_MOST_LOOKING = 2_000_000_000
_SHORTEST = 12  # shorter words may stand in the text by chance
_DIGITS = re.compile(r"\d")
_NOT_WORDS = re.compile(r"[\W_]+")


def assign(page: Page, capture: Capture, text: str | None = None) -> Page:
    """``page`` with a zone for every block. ``text`` is its clean text; it is extracted when None is given.

    HTML pages also get the notes of the text-loss alarm.
    """
    if page.fragment is not None:
        zone = _FRAGMENTS.get(page.fragment, Zone.BODY)
        return replace(page, blocks=tuple(replace(block, zone=zone) for block in page.blocks))
    if page.tree is None:
        return zone_dump(page)
    if text is None:
        text, _ = article.clean(page, capture.captured_at)
    zones = _Zoner(page, text).zones()
    blocks = tuple(replace(block, zone=zone) for block, zone in zip(page.blocks, zones, strict=True))
    zoned = replace(page, blocks=blocks)
    note = article.loss(page, text)
    return replace(zoned, notes=(*zoned.notes, note)) if note else zoned


class _Zoner:
    """The zones of one HTML page: anchors first (headline, start and end of the text), then what lies between."""

    def __init__(self, page: Page, text: str) -> None:
        self.page = page
        self.blocks = page.blocks
        self.result = [block.zone for block in page.blocks]
        self.in_text = _in_text(page, text)
        self.title = _title_range(page)
        self.first, self.last = self._span()

    def zones(self) -> list[Zone]:
        """A zone a block, in order."""
        if self.first is None or self.last is None:
            self._mark_title()
            return self.result
        self._body(self.first, self.last)
        self._head(self.first)
        self._sign_off(self.first, self.last)
        self._tail(self.last)
        self._mark_title()
        return self.result

    def _span(self) -> tuple[int | None, int | None]:
        """Indices of the first and last block of the article's text, after the headline where there is one.

        A lone short line of the clean text does not count: menus repeat words of the article.
        """
        after = self.title[1] if self.title else 0
        inside = [
            index for index in range(after, len(self.blocks)) if self.in_text[index] and not self._is_caption(index)
        ]
        if not inside:
            inside = [index for index, there in enumerate(self.in_text) if there and not self._is_caption(index)]
        if not inside:
            return None, None
        long = [index for index in inside if self._length(index) >= _LEAD] or inside
        return long[0], max(inside)

    def _body(self, first: int, last: int) -> None:
        for index in range(first, last + 1):
            zone = self.result[index]
            if self.in_text[index]:
                self.result[index] = Zone.CAPTION if zone is Zone.CAPTION else Zone.BODY
            elif zone is Zone.BODY and self._is_linked(index):
                self.result[index] = Zone.RELATED
            elif zone in {Zone.TITLE, Zone.SECTION, Zone.DEK} and not self._is_linked(index):
                self.result[index] = Zone.BODY

    def _head(self, first: int) -> None:
        """Between headline and text: byline, dek or what the markup says; above the headline: chrome."""
        start = self.title[1] if self.title else first
        for index in range(start, first):
            self.result[index] = self._head_zone(index)
        top = self.title[0] if self.title else first
        for index in range(top):
            near = top - index <= _BEFORE_TITLE
            zone = self.result[index]
            if zone in _STICKY or (near and zone in {Zone.BYLINE, Zone.SECTION, Zone.DEK}):
                continue
            if near and zone is Zone.BODY and self._length(index) <= _SIGN_OFF and not self._is_linked(index):
                self.result[index] = (
                    Zone.BYLINE if _DIGITS.search(self.page.quote(self.blocks[index])) else Zone.SECTION
                )
            elif zone is not Zone.TITLE:
                self.result[index] = Zone.NAVIGATION

    def _head_zone(self, index: int) -> Zone:
        zone, block = self.result[index], self.blocks[index]
        if zone in _STICKY or zone in {Zone.BYLINE, Zone.DEK, Zone.SECTION}:
            return zone
        if block.tag in {"time", "address"}:
            return Zone.BYLINE
        length = self._length(index)
        if self.in_text[index] and length > _LEAD // 2 and not self._is_linked(index):
            return Zone.BODY
        if block.tag in _HEADINGS or length >= _LEAD:
            return Zone.DEK
        return Zone.BYLINE

    def _sign_off(self, first: int, last: int) -> None:
        """The short lines that end the text are its tail: a sign-off, a credit, a licence."""
        inside = [index for index in range(first, last + 1) if self.result[index] is Zone.BODY]
        for index in reversed(inside[-_SIGN_OFFS:]):
            if self._length(index) > _SIGN_OFF or index == first or self.blocks[index].tag in _HEADINGS:
                return
            self.result[index] = Zone.TAIL

    def _tail(self, last: int) -> None:
        """After the text: unnamed short blocks are tail until a related list, comments or the footer begin."""
        kept = characters = linked = 0
        ended = False
        for index in range(last + 1, len(self.blocks)):
            zone = self.result[index]
            if zone in _ENDS:
                ended = ended or zone is not Zone.CONSENT
                continue
            if zone in _STICKY:
                continue
            linked = linked + 1 if self._is_linked(index) and self._length(index) > 20 else 0
            ended = ended or linked >= 2 or kept >= _TAIL_BLOCKS or characters >= _TAIL_CHARACTERS
            if ended:
                self.result[index] = Zone.RELATED
                continue
            kept += 1
            characters += self._length(index)
            self.result[index] = Zone.BYLINE if zone is Zone.BYLINE and kept == 1 else Zone.TAIL

    def _mark_title(self) -> None:
        if self.title:
            for index in range(*self.title):
                self.result[index] = Zone.TITLE
        for index, zone in enumerate(self.result):
            if zone is Zone.TITLE and not (self.title and self.title[0] <= index < self.title[1]):
                self.result[index] = Zone.NAVIGATION if not self.title or index < self.title[0] else Zone.BODY

    def _is_caption(self, index: int) -> bool:
        return self.result[index] in {Zone.CAPTION, Zone.COMMENTS, Zone.FOOTER, Zone.NAVIGATION, Zone.CONSENT}

    def _length(self, index: int) -> int:
        return self.blocks[index].end - self.blocks[index].start

    def _is_linked(self, index: int) -> bool:
        linked = sum(link.end - link.start for link in self.blocks[index].links)
        return linked * 5 > 4 * self._length(index)


def _title_range(page: Page) -> tuple[int, int] | None:
    """The blocks of the visible headline as a half-open range of indices, or None."""
    found = headline.find(page, headline.declared_titles(page))
    if found is None or (found.agreement < headline.AGREES and found.tag != "h1"):
        return None
    starts = [block.start for block in page.blocks]
    first = bisect_right(starts, found.start) - 1
    last = bisect_right(starts, found.end - 1) - 1
    return first, last + 1


def _in_text(page: Page, text: str) -> list[bool]:
    """For every block, whether its words stand in the clean text as a line or a good part of one."""
    squeezed = _squeeze(text)
    lines = {_squeeze(line) for line in text.split("\n")}
    if len(page.blocks) * len(squeezed) > _MOST_LOOKING:
        squeezed = ""  # a page built to be slow: whole lines only
    return [_stands(_squeeze(page.quote(block)), squeezed, lines) for block in page.blocks]


def _stands(quote: str, text: str, lines: set[str]) -> bool:
    if quote in lines:
        return True
    return len(quote) >= _SHORTEST and quote in text


def _squeeze(text: str) -> str:
    return _NOT_WORDS.sub("", text)
