"""Where the characters of a clean text stand on the page it was cut from.

An extractor gives text back without places. The text is sought line by line in the page's own text; what is found
leads from one to the other, letter by letter, so that a quote has a place in both.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from archiver.model import TextPiece

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
_WHITE_BUT_SPACE = re.compile("[" + "".join(map(chr, (*_WHITES, 0x3000))) + "]")
BULLET = "- "  # what trafilatura sets before an item of a list


def with_invisible(text: str, page_text: str) -> str:
    """``text`` with the invisible characters of ``page_text`` put back; its own text where there are none.

    trafilatura drops every unprintable character. In Persian a zero-width non-joiner is spelling, in an emoji
    the joiner is the picture, and elsewhere such characters are evidence: none may get lost.
    """
    dropped = [found.start() - before for before, found in enumerate(_INVISIBLE.finditer(page_text))]
    if not dropped:
        return text
    seeker = _Seeker(_to_spaces(_INVISIBLE.sub("", page_text)))
    lines: list[str] = []
    for line in text.split("\n"):
        marker = BULLET if line.startswith(BULLET) else ""
        wanted = _to_spaces(line.removeprefix(marker))
        place = seeker.find(wanted)
        if place < 0 or not wanted:
            lines.append(line)
            continue
        end = place + len(wanted) - 1
        # A place in the bare text, and as many characters as were dropped up to it; those that open the line are its.
        first, last = place + bisect_left(dropped, place), end + bisect_right(dropped, end)
        behind = end + 1 + bisect_right(dropped, end + 1)
        if behind >= len(page_text) or page_text[behind] == "\n":  # and so are those that close it
            last = behind - 1
        lines.append(marker + page_text[first : last + 1].replace("\n", " "))
    return "\n".join(lines)


def _to_spaces(text: str) -> str:
    """``text`` with every white character as a space; most texts hold few others, and a search is cheap."""
    return _WHITE_BUT_SPACE.sub(" ", text)


def pieces(text: str, page_text: str) -> tuple[TextPiece, ...]:
    """Where the lines of ``text`` stand in ``page_text``: pieces of equal characters, in order of ``text``.

    White space counts as equal while searching and splits pieces where it differs. A line that is not found
    whole is followed word by word from places that agree, a bounded number of times.
    """
    here = _to_spaces(text)
    seeker = _Seeker(_to_spaces(page_text))
    found: list[TextPiece] = []
    for start, end in lines(text):
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


def lines(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the lines of ``text`` without the marker that trafilatura sets before a list item."""
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        marker = len(BULLET) if line.startswith(BULLET) else 0
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
