"""Which part of the page each block belongs to: markup says where to look, the clean text says where the article is.

Zones come first: a date in a related list or a credit in a footer can never become the article's own. For HTML the
zone that an element's markup hints at is corrected by the place of the headline and of the clean text; for text
dumps ``archiver.extract.chrome`` decides; a fragment has the zone it was cut from.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from archiver.extract import article, headline
from archiver.extract.chrome import zone_dump
from archiver.extract.lost import lost
from archiver.model import Capture, Page, TextPiece, Zone

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
_SHORT_SENTENCE = 60
_HEAD_REACH = 10  # blocks below a headline, and half as many above the text, that may be byline without a clue
_SENTENCE_END = re.compile(r"[.!?…։۔。！？]")
_DEEP = 4
_TAIL_BLOCKS = 12
_TAIL_CHARACTERS = 1_200
_BEFORE_TITLE = 6
_MOST_OF = 6  # tenths of a block that make it part of the clean text
_HIDDEN_CHARACTERS = 600
_FAR = 8  # blocks between the last paragraph and a stray line of the clean text
_MOMENT = re.compile(r"\d{4}|\d{1,2}[:.]\d{2}")
_LONGEST_MOMENT = 60
_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BYLINE_LENGTH = 200
# Zones that names of elements give by mistake, where the place says otherwise.
_MISNAMED = frozenset({Zone.NAVIGATION, Zone.RELATED, Zone.FOOTER, Zone.FURNITURE})
_NOTE = 120  # a line below the text that tells when it appeared
_NOTES = 6
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|es|i)?|auteurs?|yazarlar|avtor|people|profiles?|staff|writers?|by)/", re.I
)
_BYLINE_HINT = re.compile(r"(?<![a-z])(?:authors?|by-?line|dateline|pub-?date|(?:entry|post|article)-meta)(?![a-z])")
_LABEL = re.compile(r"[:：]")
_WORD = re.compile(r"[^\W\d_]{2,}")


def assign(page: Page, capture: Capture, cleaned: tuple[str, Sequence[TextPiece]] | None = None) -> Page:
    """``page`` with a zone for every block. ``cleaned`` is what ``article.clean`` gave, or None: then it is asked.

    HTML pages also get the notes of the text-loss alarm.
    """
    if page.fragment is not None:
        zone = _FRAGMENTS.get(page.fragment, Zone.BODY)
        return replace(page, blocks=tuple(replace(block, zone=zone) for block in page.blocks))
    if page.tree is None:
        return zone_dump(page)
    text, pieces = cleaned or article.clean(page, capture.captured_at)
    zones = _Zoner(page, pieces).zones()
    blocks = tuple(
        block if block.zone is zone else replace(block, zone=zone)
        for block, zone in zip(page.blocks, zones, strict=True)
    )
    notes = [note for note in (article.loss(page, text), lost(page, capture), _hidden_share(text, pieces)) if note]
    return replace(page, blocks=blocks, notes=(*page.notes, *notes))


class _Zoner:
    """The zones of one HTML page: anchors first (headline, start and end of the text), then what lies between."""

    def __init__(self, page: Page, pieces: Sequence[TextPiece]) -> None:
        self.page = page
        self.blocks = page.blocks
        self.result = [block.zone for block in page.blocks]
        self.in_text = _in_text(page, pieces)
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
        near = [index for index in inside if long[0] <= index <= long[-1] + _FAR]
        return long[0], max(near)

    def _body(self, first: int, last: int) -> None:
        for index in range(first, last + 1):
            zone = self.result[index]
            if self.in_text[index]:
                self.result[index] = Zone.CAPTION if zone is Zone.CAPTION else Zone.BODY
            elif zone is Zone.BODY and self._is_linked(index):
                self.result[index] = Zone.RELATED
            elif zone in {Zone.TITLE, Zone.SECTION, Zone.DEK} and not self._is_linked(index):
                self.result[index] = Zone.BODY
        inside = [index for index in range(first, last + 1) if self.in_text[index]]
        for index in range(inside[_DEEP], inside[-_DEEP]) if len(inside) > 2 * _DEEP else ():
            if self.result[index] is Zone.BYLINE:  # the hours of a live blog, names of people quoted
                self.result[index] = Zone.FURNITURE if self.blocks[index].tag == "time" else Zone.BODY

    def _head(self, first: int) -> None:
        """Between headline and text: byline, dek or what the markup says; above the headline: chrome."""
        start = self.title[1] if self.title else first
        for index in range(start, first):
            zone = self._head_zone(index)
            far = index - start >= _HEAD_REACH and first - index > _HEAD_REACH // 2
            self.result[index] = Zone.FURNITURE if far and zone is Zone.BYLINE else zone
        top = self.title[0] if self.title else first
        for index in range(top):
            near = top - index <= _BEFORE_TITLE
            zone = self.result[index]
            if zone in _STICKY:
                continue
            if self._in_site_header(index, top):
                self.result[index] = Zone.NAVIGATION
                continue
            if near and zone in {Zone.BYLINE, Zone.SECTION, Zone.DEK}:
                continue
            if near and zone is Zone.BODY and self._leads_to_author(index):
                self.result[index] = Zone.BYLINE
            elif near and zone is Zone.BODY and self._length(index) <= _SIGN_OFF and not self._is_linked(index):
                self.result[index] = Zone.BYLINE if self._names_moment(index) else Zone.SECTION
            elif zone is not Zone.TITLE:
                self.result[index] = Zone.NAVIGATION

    def _head_zone(self, index: int) -> Zone:
        zone, block = self.result[index], self.blocks[index]
        if zone in {Zone.RELATED, Zone.COMMENTS} and _BYLINE_HINT.search(block.hint) and not block.tag.startswith("h"):
            return Zone.BYLINE  # an aside or a bar of counters that holds the byline too
        if zone in _MISNAMED and block.tag not in _HEADINGS and not self._is_linked(index):
            if _DAY.search(self.page.quote(block)[:_BYLINE_LENGTH]):
                return Zone.BYLINE  # whatever its element is called, a day under the headline is the article's
            if self._length(index) >= _LEAD and self.title and index == self.title[1]:
                return Zone.DEK
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
        for place, index in enumerate(reversed(inside[-_SIGN_OFFS:])):
            if (
                index == first
                or self.blocks[index].tag in _HEADINGS
                or not self._may_sign_off(index, is_last=place == 0)
            ):
                return
            self.result[index] = Zone.TAIL

    def _may_sign_off(self, index: int, *, is_last: bool) -> bool:
        """Short enough to be a credit; above the last line a full sentence must be shorter still."""
        length = self._length(index)
        if is_last or length <= _SHORT_SENTENCE:
            return length <= _SIGN_OFF
        return length <= _SIGN_OFF and not _ends_sentence(self.page.quote(self.blocks[index]))

    def _tail(self, last: int) -> None:
        """After the text: unnamed short blocks are tail until a related list, comments or the footer begin."""
        kept = characters = linked = 0
        ended = False
        for index in range(last + 1, len(self.blocks)):
            zone = self.result[index]
            if index <= last + _NOTES and zone in _MISNAMED and self._tells_day(index):
                self.result[index] = Zone.TAIL
                continue
            if zone in _ENDS:
                ended = ended or zone is not Zone.CONSENT
                continue
            if zone in _STICKY:
                continue
            linked = linked + 1 if self._is_linked(index) and self._length(index) > 20 else 0
            ended = ended or linked >= 2 or kept >= _TAIL_BLOCKS or characters >= _TAIL_CHARACTERS
            ended = ended or self._opens_section(index)
            if not ended and self.blocks[index].tag == "li" and not _LABEL.search(self.page.quote(self.blocks[index])):
                self.result[index] = Zone.FURNITURE  # lists of actions and tags
                continue
            if ended:
                self.result[index] = Zone.RELATED
                continue
            kept += 1
            characters += self._length(index)
            self.result[index] = Zone.BYLINE if zone is Zone.BYLINE and kept == 1 else Zone.TAIL

    def _tells_day(self, index: int) -> bool:
        """True for a line with words of its own and a day; beside a headline of another article it is that one's."""
        quote = self.page.quote(self.blocks[index])
        found = _DAY.search(quote)
        if not found or len(quote) > _NOTE or self.blocks[index].tag in _HEADINGS or self._is_linked(index):
            return False
        if len(_WORD.findall(quote[: found.start()])) < 2:
            return False
        return not any(self._is_linked(near) for near in (index - 1, index + 1) if near < len(self.blocks))

    def _opens_section(self, index: int) -> bool:
        """True for a heading of what is no article any more; a label such as "Source:" is none."""
        block = self.blocks[index]
        return block.tag in _HEADINGS and not _LABEL.search(self.page.quote(block))

    def _mark_title(self) -> None:
        if self.title:
            for index in range(*self.title):
                self.result[index] = Zone.TITLE
        for index, zone in enumerate(self.result):
            if zone is Zone.TITLE and not (self.title and self.title[0] <= index < self.title[1]):
                self.result[index] = Zone.NAVIGATION if not self.title or index < self.title[0] else Zone.BODY

    def _names_moment(self, index: int) -> bool:
        quote = self.page.quote(self.blocks[index])
        return len(quote) <= _LONGEST_MOMENT and bool(_MOMENT.search(quote))

    def _in_site_header(self, index: int, top: int) -> bool:
        """True for what stands in a ``header`` outside the article that the headline at ``top`` is not in."""
        hint = self.blocks[index].hint
        if "<header>" not in hint and self.blocks[index].tag != "header":
            return False
        if "<article>" in hint or "<main>" in hint:
            return False
        return "<header>" not in self.blocks[top].hint and not self._leads_to_author(index)

    def _leads_to_author(self, index: int) -> bool:
        return any(_AUTHOR_PAGE.search(link.url) for link in self.blocks[index].links)

    def _is_caption(self, index: int) -> bool:
        return self.result[index] in {Zone.CAPTION, Zone.COMMENTS, Zone.FOOTER, Zone.NAVIGATION, Zone.CONSENT}

    def _length(self, index: int) -> int:
        return self.blocks[index].end - self.blocks[index].start

    def _is_linked(self, index: int) -> bool:
        linked = sum(link.end - link.start for link in self.blocks[index].links)
        return linked * 5 > 4 * self._length(index)


def _ends_sentence(quote: str) -> bool:
    return bool(_SENTENCE_END.search(quote[-2:]))


def _title_range(page: Page) -> tuple[int, int] | None:
    """The blocks of the visible headline as a half-open range of indices, or None."""
    found = headline.find(page, *headline.declared_titles(page))
    if found is None or (found.agreement < headline.AGREES and found.tag != "h1"):
        return None
    starts = [block.start for block in page.blocks]
    first = bisect_right(starts, found.start) - 1
    last = bisect_right(starts, found.end - 1) - 1
    return first, last + 1


def _in_text(page: Page, pieces: Sequence[TextPiece]) -> list[bool]:
    """For every block, whether most of its characters are those of the clean text."""
    spans = sorted((piece.page_start, piece.page_start + piece.length) for piece in pieces)
    covered = [0] * len(page.blocks)
    index = 0
    for start, end in spans:
        while index and page.blocks[index - 1].end > start:
            index -= 1
        while index < len(page.blocks) and page.blocks[index].end <= start:
            index += 1
        at = index
        while at < len(page.blocks) and page.blocks[at].start < end:
            block = page.blocks[at]
            covered[at] += min(end, block.end) - max(start, block.start)
            at += 1
    return [
        count * 10 >= _MOST_OF * (block.end - block.start) for count, block in zip(covered, page.blocks, strict=True)
    ]


def _hidden_share(text: str, pieces: Sequence[TextPiece]) -> str | None:
    """A note when a good part of the clean text is not to be seen on the page: text behind a paywall, or in a trap."""
    seen = sum(piece.length for piece in pieces)
    letters = len(text) - text.count("\n")
    if letters - seen < _HIDDEN_CHARACTERS or (letters - seen) * 5 < letters:
        return None
    return f"{letters - seen} of {letters} characters of the clean text are in the page but not visible to its readers"
