"""The clean editorial text of a page, and where each of its characters stands on the page.

The only door to trafilatura (Barbaresi, "Trafilatura", ACL 2021 demo). It gets the tree that is already parsed, a
fixed set of options, and nothing that reads the clock or remembers earlier pages: no deduplication, no metadata, no
date search. Options were chosen by measurement over 1,475 development pages (text F1 / snippet F1 / CPU seconds):
default without comments .946 / .919 / 34, default .943 / .917 / 36, recall .946 / .912 / 23, fast .940 / .911 / 24.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice, pairwise

import lxml.html
from trafilatura import bare_extraction

from archiver.extract import chrome, layout
from archiver.model import Block, Page, TextPiece, Zone

# A running paragraph, when blocks have to be judged without trafilatura.
_PARAGRAPH = 40
_LEAD = 80  # a hidden one, when it has to be told from labels
_GAP = 2
_PARAGRAPHS = "\n\n"  # between two of them
_ROWS = ("- ", "| ")  # what trafilatura sets before items of lists and rows of tables
# The alarm rings when this much more running text stands in article-like blocks than in the clean text.
_LOSS_RATIO = 2.5
_LOSS_CHARACTERS = 1_500
# What no reader sees and trafilatura does not know as hidden (HTML standard, sections 4.12.3 and 6.1).
_TEMPLATES = "//template"
_HIDDEN = "//*[@hidden][not(@hidden='until-found')]"
_HIDDEN_ARTICLE = 4  # hidden paragraphs that are no note or dialogue any more: the text waits there for a script
_ANCHOR = 24
_TRIES = 12
_NEAR = 20_000
_MOST_MISSES = 300
_WHITE = re.compile(r"[\s\u200b\ufeff]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0001-\U000e007f]"
)
_WHITES = (*range(9, 14), *range(28, 32), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F)
_TO_SPACE = dict.fromkeys((*_WHITES, 0x3000), " ")


def clean(page: Page, captured_at: datetime | None) -> tuple[str, tuple[TextPiece, ...]]:
    """The clean text of ``page`` and the pieces that lead from it to ``page.text``.

    For a text dump (no tree) and for a fragment the text follows from the zones of the blocks, so zones come
    first there. ``captured_at`` is not used today and stands for the promise: nothing here may ask the clock.
    """
    del captured_at
    if page.fragment is not None:
        return page.text, _one_piece(page.text)
    if page.tree is None:
        return chrome.clean(page)
    text = _extracted(page)
    if text is None:
        return from_blocks(page, longest_run(page))
    if _INVISIBLE.search(page.text):
        text = _with_invisible(text, page.text)
    text = _spaced(text)
    return text, pieces(text, page.text)


def from_blocks(page: Page, blocks: Sequence[Block]) -> tuple[str, tuple[TextPiece, ...]]:
    """The text of ``blocks``, one a paragraph, with its pieces."""
    paragraphs: list[str] = []
    found: list[TextPiece] = []
    start = 0
    for block in blocks:
        quote = page.quote(block)
        paragraphs.append(quote)
        found.append(TextPiece(start, block.start, len(quote)))
        start += len(quote) + len(_PARAGRAPHS)
    return _PARAGRAPHS.join(paragraphs), tuple(found)


def longest_run(page: Page) -> list[Block]:
    """The longest run of paragraphs with at most two other lines between them; the fallback for odd pages."""
    best: list[Block] = []
    run: list[Block] = []
    best_size = size = gap = 0
    for block in page.blocks:
        if is_running(block):
            run.append(block)
            size += block.end - block.start
            gap = 0
        else:
            gap += 1
        if gap > _GAP:
            run, size = [], 0
        if size > best_size:
            best, best_size = list(run), size
    return best


def is_running(block: Block) -> bool:
    """True for a paragraph-like block: long enough, mostly outside links, not in a part of furniture."""
    length = block.end - block.start
    linked = sum(link.end - link.start for link in block.links)
    return length >= _PARAGRAPH and linked * 2 < length and block.zone in {Zone.BODY, Zone.DEK, Zone.TAIL, Zone.SECTION}


def loss(page: Page, text: str) -> str | None:
    """A note when the page shows far more running text than ``text`` holds, else None."""
    if page.tree is None or page.fragment is not None:
        return None
    running = sum(block.end - block.start for block in page.blocks if is_running(block))
    if running - len(text) < _LOSS_CHARACTERS or running < _LOSS_RATIO * len(text):
        return None
    return f"the page shows {running} characters of running text, the clean text holds {len(text)}: some may be missing"


def _extracted(page: Page) -> str | None:
    cell = layout.main_cell(page.tree)
    document = bare_extraction(
        page.tree if cell is None else layout.alone(cell),
        include_comments=False,
        include_tables=True,
        include_images=False,
        include_links=False,
        include_formatting=False,
        deduplicate=False,
        with_metadata=False,
        prune_xpath=_unseen(page.tree),
    )
    if document is None or isinstance(document, dict):
        return None
    return (
        "\n".join(" ".join(line.split(" ")).strip() for line in (document.text or "").split("\n") if line.strip())
        or None
    )


def _unseen(tree: lxml.html.HtmlElement) -> list[str]:
    """What no reader sees and trafilatura takes for text, unless the whole article is kept hidden."""
    hidden = tree.xpath(_HIDDEN)
    paragraphs = {
        paragraph
        for element in hidden
        for paragraph in islice(element.iter("p"), 4 * _HIDDEN_ARTICLE)
        if len("".join(islice(map(str, paragraph.itertext()), 8))) >= _LEAD
    }
    return [_TEMPLATES, _HIDDEN] if hidden and len(paragraphs) <= _HIDDEN_ARTICLE else [_TEMPLATES]


def _spaced(text: str) -> str:
    """The lines of ``text`` as paragraphs with an empty line between them; items and rows stay together."""
    out: list[str] = []
    for before, line in pairwise(["", *text.split("\n")]):
        if out:
            out.append("\n" if line[:2] in _ROWS and before[:2] == line[:2] else _PARAGRAPHS)
        out.append(line)
    return "".join(out)


def _with_invisible(text: str, page_text: str) -> str:
    """``text`` with the invisible characters of the page put back.

    trafilatura drops every unprintable character. In Persian a zero-width non-joiner is spelling, in an emoji
    the joiner is the picture, and elsewhere such characters are evidence: none may get lost.
    """
    kept = [place for place, character in enumerate(page_text) if not _INVISIBLE.match(character)]
    bare = "".join(page_text[place] for place in kept).translate(_TO_SPACE)
    seeker = _Seeker(bare)
    lines: list[str] = []
    for line in text.split("\n"):
        marker = "- " if line.startswith("- ") else ""
        wanted = line.removeprefix(marker).translate(_TO_SPACE)
        place = seeker.find(wanted)
        if place < 0 or not wanted:
            lines.append(line)
            continue
        end = place + len(wanted) - 1
        lines.append(marker + page_text[kept[place] : kept[end] + 1].replace("\n", " "))
    return "\n".join(lines)


def _one_piece(text: str) -> tuple[TextPiece, ...]:
    return (TextPiece(0, 0, len(text)),) if text else ()


def pieces(text: str, page_text: str) -> tuple[TextPiece, ...]:
    """Where the lines of ``text`` stand in ``page_text``: pieces of equal characters, in order of ``text``.

    White space counts as equal while searching and splits pieces where it differs. A line that is not found
    whole is followed word by word from places that agree, a bounded number of times.
    """
    here = text.translate(_TO_SPACE)
    seeker = _Seeker(page_text.translate(_TO_SPACE))
    found: list[TextPiece] = []
    for start, end in _lines(text):
        for piece in _line_pieces(here, seeker, start, end):
            found.extend(_exact(text, page_text, piece))
    return tuple(found)


class _Seeker:
    """Finds words from the place of the last find on, then anywhere; few misses may cost a full look."""

    def __init__(self, hay: str) -> None:
        self.hay = hay
        self._cursor = 0
        self._misses = 0

    def find(self, needle: str) -> int:
        """The place of ``needle``, or -1. A long find moves the place from which the next one starts."""
        place = self.hay.find(needle, self._cursor, self._cursor + len(needle) + _NEAR)
        if place < 0 and self._misses < _MOST_MISSES:
            place = self.hay.find(needle, self._cursor)
            if place < 0:
                place = self.hay.find(needle, 0, self._cursor)
            self._misses += place < 0
        if place >= 0 and len(needle) >= _ANCHOR:
            self._cursor = place + len(needle)
        return place


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the lines of ``text`` without the marker that trafilatura sets before a list item."""
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        marker = 2 if line.startswith("- ") else 0
        if line[marker:].strip():
            yield start + marker, end
        start = end + 1


def _line_pieces(here: str, seeker: _Seeker, start: int, end: int) -> list[TextPiece]:
    place = seeker.find(here[start:end])
    if place >= 0:
        return [TextPiece(start, place, end - start)]
    found: list[TextPiece] = []
    position = start
    for _ in range(_TRIES):
        anchor = here[position : min(position + _ANCHOR, end)]
        if len(anchor.strip()) < _ANCHOR // 3:
            break
        place = seeker.find(anchor)
        if place >= 0:
            length = _agreement(here, seeker.hay, position, place, end)
            found.append(TextPiece(position, place, length))
            position += length
        step = here.find(" ", position, end)
        if step < 0:
            break
        position = step + 1
    return found


def _agreement(here: str, there: str, start: int, place: int, end: int) -> int:
    """How many characters agree from ``start`` and ``place`` on, by doubling steps."""
    length, step = 0, _ANCHOR
    limit = min(end - start, len(there) - place)
    while step:
        step = min(step, limit - length)
        if step and here[start + length : start + length + step] == there[place + length : place + length + step]:
            length += step
            step *= 2
        else:
            step //= 2
    return length


def _exact(text: str, page_text: str, piece: TextPiece) -> Iterator[TextPiece]:
    """``piece`` cut at the white space that differs, so that the characters are the very same."""
    start, place, end = piece.start, piece.page_start, piece.start + piece.length
    if text[start:end] == page_text[place : place + piece.length]:
        yield piece
        return
    begin = start
    for white in _WHITE.finditer(text, start, end):
        at = white.start()
        if text[at] != page_text[place + at - start]:
            if at > begin:
                yield TextPiece(begin, place + begin - start, at - begin)
            begin = at + 1
    if end > begin:
        yield TextPiece(begin, place + begin - start, end - begin)
