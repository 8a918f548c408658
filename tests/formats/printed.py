"""PDF files made by hand, small enough to read: text in Helvetica at given places, and what may surround it."""

import zlib
from collections.abc import Iterable, Sequence

# (text, points from the left, points from below, size of the letters)
Placed = tuple[str, float, float, float]

A4 = (595, 842)


def objects(bodies: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF file of numbered objects; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, trailer, start)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A compressed stream object."""
    packed = zlib.compress(data, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (len(packed), entries, packed)


def pdf(sheets: Iterable[Iterable[Placed]], **info: str) -> bytes:
    """A PDF file of ``sheets``; ``info`` is its document information (Title, Author, CreationDate ...)."""
    return drawn([_drawing(sheet) for sheet in sheets], **info)


def drawn(drawings: Sequence[bytes], forms: Sequence[bytes] = (), **info: str) -> bytes:
    """A PDF file whose sheets are drawn by these commands; ``forms`` are those that they call X0, X1 ..."""
    font, first_form = 4, 5
    named = b"".join(b"/X%d %d 0 R" % (i, first_form + i) for i in range(len(forms)))
    resources = b"<</Font<</F1 %d 0 R>>/XObject<<%s>>>>" % (font, named)
    first = first_form + len(forms)
    kids = b" ".join(b"%d 0 R" % (first + 2 * i) for i in range(len(drawings)))
    entries = b"".join(b"/%s(%s)" % (name.encode(), _escaped(value)) for name, value in info.items())
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(drawings), kids),
        b"<<%s>>" % entries,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        *(stream(form, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources" + resources) for form in forms),
    ]
    for i, commands in enumerate(drawings):
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Resources%s/Contents %d 0 R>>"
        bodies += [page % (*A4, resources, first + 2 * i + 1), stream(commands)]
    return objects(bodies, b"/Info 3 0 R")


def lines(texts: Iterable[str], *, x: float = 60, top: float = 700, size: float = 11, lead: float = 14) -> list[Placed]:
    """Lines of text below each other; an empty one leaves room for half a line."""
    placed: list[Placed] = []
    for text in texts:
        top -= lead if text else lead / 2
        if text:
            placed.append((text, x, top, size))
    return placed


def wrapped(text: str, width: int) -> list[str]:
    """``text`` cut into lines of at most ``width`` characters, as a page would be set."""
    out = [""]
    for word in text.split():
        if out[-1] and len(out[-1]) + 1 + len(word) > width:
            out.append("")
        out[-1] = f"{out[-1]} {word}".strip()
    return out


def _drawing(placed: Iterable[Placed]) -> bytes:
    commands = [b"/F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj" % (size, x, y, _escaped(text)) for text, x, y, size in placed]
    return b"BT\n" + b"\n".join(commands) + b"\nET"


def _escaped(text: str) -> bytes:
    data = text.encode("cp1252")
    for sign in (b"\\", b"(", b")"):
        data = data.replace(sign, b"\\" + sign)
    return data
