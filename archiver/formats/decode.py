"""Bytes become text the way a browser reads them, and every doubt is said in words.

The order is that of the WHATWG Encoding and HTML standards (HTML section 13.2.3 "The input byte stream"):
byte order mark, charset of the HTTP answer, a ``meta`` element, then a careful guess:
UTF-8 when the bytes are UTF-8, else what their statistics suggest. One departure: bytes that are UTF-8 or UTF-16
beyond chance are read as such whatever was declared, and the notes say so.
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass

from charset_normalizer import from_bytes

from archiver.formats.labels import codec_for
from archiver.formats.prescan import declared_encoding

_XML_REACH = 400
_WIDE_REACH = 2048
_LEAST_EMPTY = 8  # bytes in places of one parity, and what share of those places they must be
_EMPTY_SHARE = 0.15
_SURELY = 20  # times as many as in places of the other parity
_GUESS_SAMPLE = 32_768
_BOMS = ((BOM_UTF8, "utf-8"), (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be"))
_XML = re.compile(rb"\s{0,64}<\?xml[^>]{0,200}?encoding\s{0,20}=\s{0,20}[\"']([A-Za-z0-9._:\-]{1,40})[\"']", re.I)
_REPLACEMENT = "\ufffd"
# A single-byte page whose guess is one of these is Western far more often than what the statistics say.
_UNLIKELY = frozenset({"cp037", "cp273", "cp424", "cp437", "cp500", "cp775", "cp850", "cp852", "cp1006", "cp1026"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the Python codec that gave it, how the codec was chosen, and notes on trouble for people to read."""

    text: str
    encoding: str
    how: str
    notes: tuple[str, ...] = ()


def decode(body: bytes, charset: str | None = None) -> Decoded:
    """``body`` as text. ``charset`` is what the HTTP answer said, or None. Never raises for any bytes."""
    for bom, codec in _BOMS:
        if body.startswith(bom):
            return _read(body[len(bom) :], codec, "byte order mark", ())
    if wide := _wide(body):
        note = f"every other byte is empty in the markup, as in {wide} alone: read as such without a byte order mark"
        return _read(body, wide, "content", (note,))
    notes: list[str] = []
    for label, how in (((charset or "").strip("\"' "), "HTTP header"), (_declared(body), "meta element")):
        if not label:
            continue
        declared = codec_for(label)
        if declared is None:
            notes.append(f"the {how} names an encoding nobody knows, {label[:40]!r}: passed over")
            continue
        return _checked(body, declared, how, tuple(notes))
    return _guessed(body, tuple(notes))


def _wide(body: bytes) -> str | None:
    """The UTF-16 of bytes whose places of one parity are often empty and those of the other never, else None.

    Markup, digits and spaces have an empty byte there in every language; a Russian letter has 04. Such bytes may be
    well-formed UTF-8 by chance, and what is declared in them cannot be in the encoding it names.
    """
    head = body[:_WIDE_REACH]
    even, odd = head[::2].count(0), head[1::2].count(0)
    often = max(_LEAST_EMPTY, len(head) // 2 * _EMPTY_SHARE)
    if odd >= often and even * _SURELY <= odd:
        return "utf-16-le"
    return "utf-16-be" if even >= often and odd * _SURELY <= even else None


def _declared(body: bytes) -> str | None:
    """The label a ``meta`` element gives, else an XML declaration, else None."""
    if label := declared_encoding(body):
        return label
    found = _XML.match(body[:_XML_REACH])
    return found.group(1).decode("ascii") if found else None


def _checked(body: bytes, codec: str, how: str, notes: tuple[str, ...]) -> Decoded:
    """Decode as declared, unless the bytes are UTF-8 beyond chance: pages saved anew keep their old declaration.

    A browser would show such a page garbled; the note says that the declaration was not followed.
    """
    wide = codec.startswith("utf-16")
    if codec == "utf-8":
        decoded = _read(body, codec, how, notes)
        if decoded.notes == notes or _mostly_utf8(body):
            return decoded
        return _guessed(body, (*notes, f"the {how} says utf-8, which these bytes are not"))
    if b"\x00" in body if wide else body.isascii():
        return _read(body, codec, how, notes)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _read(body, codec, how, notes)
    note = f"the {how} says {codec}, which these bytes are not; they are UTF-8 and were read as such"
    return Decoded(text, "utf-8", "content", (*notes, note))


def _guessed(body: bytes, notes: tuple[str, ...]) -> Decoded:
    try:
        return Decoded(body.decode("utf-8"), "utf-8", "content", notes)
    except UnicodeDecodeError as error:
        first_bad = error.start
    if _mostly_utf8(body):
        text = body.decode("utf-8", "replace")
        return Decoded(text, "utf-8", "guess", (*notes, _bad_bytes(text, "utf-8")))
    # Start where the text stops being ASCII: the head of a page says nothing about its encoding.
    sample = body[max(0, first_bad - 256) : first_bad + _GUESS_SAMPLE]
    best = from_bytes(sample).best()
    codec = best.encoding if best is not None else "cp1252"
    if codec in _UNLIKELY or codec.startswith("mac_") or codec in {"ascii", "utf_8", "latin_1"}:
        codec = "cp1252"
    note = f"{'the' if notes else 'no encoding is declared and the'} bytes are not UTF-8: {codec} is a guess"
    return _read(body, codec, "guess", (*notes, note))


def _mostly_utf8(body: bytes) -> bool:
    """True when well-formed multi-byte sequences outnumber bad bytes by far: UTF-8 with a scratch or a cut."""
    text = body.decode("utf-8", "replace")
    bad = text.count(_REPLACEMENT)
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    return good >= 8 * bad


def _read(body: bytes, codec: str, how: str, notes: tuple[str, ...]) -> Decoded:
    try:
        return Decoded(body.decode(codec), codec, how, notes)
    except UnicodeDecodeError:
        text = body.decode(codec, "replace")
    return Decoded(text, codec, how, (*notes, _bad_bytes(text, codec)))


def _bad_bytes(text: str, codec: str) -> str:
    count = text.count(_REPLACEMENT)
    return f"{count} place{'s' if count != 1 else ''} could not be decoded as {codec} and show as {_REPLACEMENT}"
