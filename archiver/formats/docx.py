"""A document of Word (DOCX) is read as the text that it shows, and its properties as what the file says of itself.

Office Open XML (ECMA-376, part 1, section 17) is a ZIP of XML parts. Only the parts with text are unpacked, each up to
a limit; entities are not resolved and nothing outside the file is opened. Text that was deleted or hidden is not read.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from archiver.errors import FormatError
from archiver.formats.paragraphs import Paragraph, Piece, open_paragraphs
from archiver.model import Capture, Page

_MAIN = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LARGEST_PART = 16 * 1024 * 1024
_LARGEST_FILE = 64 * 1024 * 1024  # of all parts that are unpacked
_MOST_PARTS = 5_000
_MOST_PARAGRAPHS = 50_000
_LONGEST = 2_000
_PROPERTIES = ("title", "creator", "subject", "created", "modified", "lastModifiedBy", "language")
_HEADINGS = {"title": "h1", "heading 1": "h1", "heading 2": "h2", "heading 3": "h3", "heading 4": "h3"}
# What a damaged part raises. zipfile raises RuntimeError for a password and for a way of packing that it does not know.
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    ValueError,
    LookupError,
    RuntimeError,
    OSError,
    EOFError,
)
# Changed away, fields, and the readings beside characters (``archiver.formats.ruby`` says why).
_UNSEEN = frozenset({"del", "moveFrom", "instrText", "delText", "rt"})


def recognises(capture: Capture) -> bool:
    """True for a ZIP file that holds the main part of a Word document."""
    return capture.body.startswith(b"PK\x03\x04") and _MAIN.encode() in capture.body


def open_docx(capture: Capture) -> Page:
    """``capture`` as a Page in space VISIBLE: paragraphs in their order, notes behind them, heads and feet last.

    Raises FormatError when it is no whole ZIP file, unpacks to more than any document, or its main part is no XML.
    """
    name = capture.filename or capture.url or "the capture"
    try:
        parts = _Parts(capture.body)
        main = parts.tree(_MAIN)
    except _UNREADABLE as error:
        why = " ".join(str(error).split())[:120]
        raise FormatError(
            f"{name} is a Word document that cannot be read ({why})", "open it in an office program and save it anew"
        ) from error
    told = list(_paragraphs(main, parts.styles(), parts.links(_MAIN)))
    for part in parts.like("word/footnotes", "word/endnotes"):
        told += _paragraphs(part, {}, {})
    for part in parts.like("word/header", "word/footer"):
        told += [replace(each, tag="footer") for each in _paragraphs(part, {}, {})]
    notes = list(parts.notes)
    if len(told) > _MOST_PARAGRAPHS:
        told = told[:_MOST_PARAGRAPHS]
        notes.append(f"only the first {_MOST_PARAGRAPHS} paragraphs were read")
    page = open_paragraphs(capture, dict.fromkeys(told), "docx", "utf-8")
    notes += [] if page.text else ["it holds no text"]
    return replace(page, declared=parts.properties(), notes=tuple(notes))


class _Parts:
    """The parts of a document, unpacked one by one within the limits."""

    def __init__(self, body: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(body))
        self._names = self._zip.namelist()[:_MOST_PARTS]
        self._left = _LARGEST_FILE
        self.notes: list[str] = []

    def tree(self, name: str) -> etree._Element:
        """The XML of the part ``name``. Raises ValueError where it is larger than any or declares entities."""
        most = min(_LARGEST_PART, self._left)
        with self._zip.open(name) as packed:
            data = packed.read(most + 1)
        if len(data) > most:
            raise ValueError(f"{name} unpacks to more than {most // 1024} KiB")
        self._left -= len(data)
        return _xml(data, name)

    def like(self, *starts: str) -> Iterator[etree._Element]:
        """The parts whose names begin so, in the order of their names; a broken one is passed over with a note."""
        for name in sorted(n for n in self._names if n.startswith(starts) and n.endswith(".xml"))[:20]:
            tree = self._optional(name)
            if tree is not None:
                yield tree

    def styles(self) -> dict[str, str]:
        """For each style's id the element that it means; names are English in every language of the program."""
        tree = self._optional("word/styles.xml")
        found: dict[str, str] = {}
        for style in tree.iter("{*}style") if tree is not None else ():
            named = style.find("{*}name")
            tag = _HEADINGS.get(_value(named, "val").lower()) if named is not None else None
            if tag:
                found[_value(style, "styleId")] = tag
        return found

    def links(self, name: str) -> dict[str, str]:
        """The web addresses that the part ``name`` refers to, by the id of the reference."""
        folder, _, own = name.rpartition("/")
        tree = self._optional(f"{folder}/_rels/{own}.rels")
        found = (each.attrib for each in tree.iter("{*}Relationship")) if tree is not None else ()
        return {
            str(each.get("Id")): str(each.get("Target"))
            for each in found
            if str(each.get("Target", "")).startswith(("http://", "https://"))
        }

    def properties(self) -> tuple[tuple[str, str], ...]:
        """What the document's core properties state (ECMA-376, part 2, section 11)."""
        tree = self._optional("docProps/core.xml")
        stated = (
            ((str(each.tag).rpartition("}")[2], (each.text or "").strip()) for each in tree) if tree is not None else ()
        )
        return tuple((f"core[{key}]", value[:_LONGEST]) for key, value in stated if value and key in _PROPERTIES)

    def _optional(self, name: str) -> etree._Element | None:
        if name not in self._names:
            return None
        try:
            return self.tree(name)
        except _UNREADABLE:
            self.notes.append(f"the part {name} cannot be read")
            return None


def _xml(data: bytes, name: str) -> etree._Element:
    if b"<!DOCTYPE" in data[:4_096] or b"<!ENTITY" in data:
        raise ValueError(f"{name} declares entities, which no office program writes")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    return etree.fromstring(data, parser)


def _value(element: etree._Element, name: str) -> str:
    return str(element.get(_W + name) or element.get(_STRICT + name) or "")


def _paragraphs(tree: etree._Element, styles: dict[str, str], links: dict[str, str]) -> Iterator[Paragraph]:
    """The paragraphs below ``tree`` in order; a break of line inside one ends it, too."""
    tag, pieces = "p", list[Piece]()
    address: str | None = None
    hidden = 0
    skipped = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        name = str(element.tag).rpartition("}")[2]
        start = event == "start"
        if element.tag == _FALLBACK or name in _UNSEEN:
            skipped += 1 if start else -1
        elif skipped:
            continue
        elif name in {"p", "br", "cr"}:
            if pieces and (start or name == "p"):
                yield Paragraph(tag, tuple(pieces))
                pieces = []
            tag = "p" if name == "p" else tag
        elif name == "pStyle" and start:
            tag = styles.get(_value(element, "val"), tag)
        elif name == "numPr" and start and tag == "p":
            tag = "li"
        elif name == "hyperlink":
            address = links.get(str(element.get(_R_ID))) if start else None
        elif name == "r":
            hidden = int(start and element.find("{*}rPr/{*}vanish") is not None)
        elif name == "tab" and start and element.getparent().tag.endswith("}r"):
            pieces.append((" ", None))
        elif name in {"t", "noBreakHyphen"} and start and not hidden:
            pieces.append((element.text or "" if name == "t" else "-", address))
    if pieces:
        yield Paragraph(tag, tuple(pieces))
