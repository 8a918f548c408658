"""Paragraphs that an extractor left out come back, where the page itself shows that they belong to its text.

An extractor scores elements one by one and breaks off where its score does. The page shows more: what stands
between two paragraphs of the text, what is marked up like them, and what leads from the headline to them.
Measured over the 1,133 development pages whose text is known (text F1 / snippet F1): paragraphs between two others
alone .9530 / .9247; with the rest that is marked up alike, leads, headings and items .9554 / .9291.
"""

import re
from collections import Counter
from collections.abc import Collection

from archiver.extract.chrome_lines import is_dated, label_lines, width_of, words_of
from archiver.model import Block, Page, Zone

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SUBHEADINGS = HEADINGS - {"h1"}
# Text may stand in the element that holds all paragraphs, before the first of them.
_LEADS = frozenset({"p", "h2", "h3", "div", "center", "td", "section", "article", "main"})
_BARE = frozenset({"body", "article", "main"})  # text that stands in no paragraph of its own
_DIVISIONS = frozenset({"div", "section", "blockquote", "dd", "pre"})
_ENDS = frozenset({Zone.RELATED, Zone.COMMENTS, Zone.FOOTER})
_PARAGRAPH = 40  # characters of a paragraph
_MOST_SEARCHED = 100_000_000  # characters of text that paragraphs are looked for in
_SAME_START = 60  # characters that tell whether a paragraph is there already
_OWN = 2  # paragraphs of the text marked up alike that make their markup the text's own
_NAMED = 24  # characters of markup that are no accident, and how many of them are compared
_COMPARED = 40
_BROKEN_OFF = 4  # paragraphs behind the end that are no box of one or two
_HEAD_REACH = 15  # blocks between headline and text
_MOST_LEADS = 2
_NO_LEAD = frozenset({"byline", "reading", "caption", "counter", "share", "form", "comments", "related", "rights"})
_CLASSES = re.compile(r"(?<![<a-z])[a-z]")
_LIVE = re.compile(r"live-?(?:blog|post|entry|event|update)")


def left_out(page: Page, taken: Collection[int], text: str) -> list[int]:
    """Which blocks of ``page`` belong to its text and are not in it: indices, in order.

    ``taken`` are the indices of the blocks in the text, ``text`` is what was extracted.
    """
    if not taken:
        return []
    return _Search(page, taken, text).found()


class _Search:
    """The blocks in the text, those that come back, and the markup that the text calls its own."""

    def __init__(self, page: Page, taken: Collection[int], text: str) -> None:
        self.page = page
        self.blocks = page.blocks
        self.first, self.last = min(taken), max(taken)
        self.known = set(taken)
        self.text = text
        self.searched = 0
        counted = Counter(self.blocks[index].hint for index in taken if _is_plain_body(self.blocks[index]))
        self.own = {hint for hint, count in counted.items() if count >= _OWN and hint}

    def found(self) -> list[int]:
        """The indices of what comes back, in order."""
        leads = self._leads()
        rest = self._rest()
        self.known.update(rest)
        back = [*leads, *rest]
        for index in range(max(self.known) - 1, self.first, -1):
            if index not in self.known and self._belongs(index) and not self._is_there(index):
                self.known.add(index)
                back.append(index)
        return sorted(back)

    def _leads(self) -> list[int]:
        """Unnamed paragraphs between the headline and the text: the lead in bold that many pages print there."""
        above = range(self.first - 1, max(-1, self.first - 1 - _HEAD_REACH), -1)
        top = next((i for i in above if self.blocks[i].tag == "h1" or self.blocks[i].zone is Zone.TITLE), None)
        if top is None:
            return []
        found = [
            index
            for index in range(top + 1, self.first)
            if self.blocks[index].tag in _LEADS and _is_plain_body(self.blocks[index]) and not self._is_there(index)
        ]
        quotes = [self.page.quote(self.blocks[index]) for index in found]
        labels = label_lines(quotes)
        return [
            index
            for index, quote, named in zip(found, quotes, labels, strict=True)
            if named.isdisjoint(_NO_LEAD) and not is_dated(quote, words_of(quote), width_of(quote))
        ][:_MOST_LEADS]

    def _rest(self) -> list[int]:
        """Paragraphs behind the last one, marked up as the text is, or as entries of a live blog: several or none."""
        entries: list[int] = []
        alike: list[int] = []
        open_end = True
        for index in range(self.last + 1, len(self.blocks)):
            block = self.blocks[index]
            if block.zone in {Zone.COMMENTS, Zone.FOOTER}:
                break
            open_end = open_end and block.zone not in _ENDS
            if block.tag != "p" or not _is_plain_body(block):
                continue
            if _LIVE.search(block.hint):
                entries.append(index)
            elif open_end and self._is_own(block.hint):
                alike.append(index)
        rest = [*alike, *entries]
        return [index for index in rest if not self._is_there(index)] if len(rest) >= _BROKEN_OFF else []

    def _is_own(self, hint: str) -> bool:
        """True for the markup of the text, or for one inside it: a page with unclosed elements nests ever deeper."""
        if hint in self.own:
            return bool(_CLASSES.search(hint))
        return any(len(own) >= _NAMED and own[:_COMPARED] in hint for own in self.own)

    def _belongs(self, index: int) -> bool:
        """True for what stands inside the text and is a paragraph, a heading or an item of it."""
        block = self.blocks[index]
        if block.zone is not Zone.BODY:
            return False
        before, behind = index - 1 in self.known, index + 1 in self.known
        if _is_linked(block):
            return self._is_linked_part(block, before=before, behind=behind)
        if block.tag in _SUBHEADINGS:
            return behind
        if block.tag in _DIVISIONS:
            return block.hint in self.own and block.end - block.start >= _PARAGRAPH
        return block.tag == "p" or (block.tag in _BARE and block.end - block.start >= _PARAGRAPH)

    def _is_linked_part(self, block: Block, *, before: bool, behind: bool) -> bool:
        """True for a linked heading between others of the text and for an item of a list that is in it already."""
        if block.tag == "li":
            return (before or behind) and block.hint in self.own
        return before and behind and block.tag in _SUBHEADINGS

    def _is_there(self, index: int) -> bool:
        """True where its beginning stands in the text, inside another line perhaps; a page too vast is not searched."""
        block = self.blocks[index]
        if block.end - block.start < _PARAGRAPH or self.searched > _MOST_SEARCHED:
            return False
        self.searched += len(self.text)
        return self.page.text[block.start : min(block.end, block.start + _SAME_START)] in self.text


def _is_plain_body(block: Block) -> bool:
    return block.zone is Zone.BODY and block.end - block.start >= _PARAGRAPH and not _is_linked(block)


def _is_linked(block: Block) -> bool:
    return sum(link.end - link.start for link in block.links) * 2 > block.end - block.start
