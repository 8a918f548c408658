"""A MIME message is cut into its parts in linear time, however deep or broken it is.

Header fields follow RFC 5322 section 2.2, bodies RFC 2045, multiparts RFC 2046 section 5.1, words in header fields
RFC 2047. The parser of the standard library is not used: it recurses into every nested part, and a message nested a
thousand deep ends it.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from archiver.formats.labels import codec_for

_LINE = re.compile(rb"([^\r\n]*)(\r\n|\r|\n|\Z)")
_FIELD = re.compile(rb"([!-9;-~]{1,76})[ \t]{0,20}:(.*)", re.DOTALL)
_UNIX_FROM = re.compile(rb"From [^\r\n:]{1,200}\d\d:\d\d[^\r\n]{0,80}(?:\r\n|\r|\n)")
_ENCODED_WORD = re.compile(r"=\?([A-Za-z0-9_.:\-]{1,40})(?:\*[A-Za-z0-9-]{0,20})?\?([QqBb])\?([^?\s]{0,2000})\?=")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]{1,2000}")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_REACH = 65_536
_MOST_FIELDS = 500
_LONGEST_FIELD = 4_000
_DEEPEST = 20  # real messages nest five deep
_MOST_PARTS = 2_000


@dataclass(frozen=True, slots=True)
class Part:
    """A header and the bytes behind it. ``fields`` are (name in lower case, value unfolded and decoded), in order."""

    fields: tuple[tuple[str, str], ...]
    raw: bytes

    def field(self, name: str) -> str:
        """The first value of the field ``name`` (in lower case), "" when there is none."""
        return next((value for key, value in self.fields if key == name), "")

    @property
    def media_type(self) -> str:
        """The type of the content in lower case: what RFC 2045 section 5.2 assumes where none is stated."""
        return self.field("content-type").partition(";")[0].strip().lower() or "text/plain"

    @property
    def is_message(self) -> bool:
        """True for a message inside a message: one that was forwarded as it is (RFC 2046, section 5.2.1)."""
        return self.media_type in {"message/rfc822", "message/global"}

    @property
    def is_attachment(self) -> bool:
        """True for a part that is to be saved, not shown (RFC 2183)."""
        return self.field("content-disposition").lower().startswith("attachment")

    def parameter(self, name: str) -> str:
        """A parameter of the content type, such as ``charset``; "" when it is not stated."""
        found = re.search(
            rf';\s{{0,20}}{name}\s{{0,5}}=\s{{0,5}}(?:"([^"]{{0,200}})"|([^\s;"]{{1,200}}))',
            self.field("content-type"),
            re.I,
        )
        return (found[1] or found[2] or "") if found else ""

    def body(self) -> tuple[bytes, tuple[str, ...]]:
        """The bytes as they were before they were encoded for the way, and notes on what could not be decoded."""
        encoding = self.field("content-transfer-encoding").strip().lower()
        if encoding == "quoted-printable":
            return binascii.a2b_qp(self.raw), ()
        if encoding == "base64":
            return _from_base64(self.raw)
        if encoding in {"", "7bit", "8bit", "binary"}:
            return self.raw, ()
        return self.raw, (f"nobody knows the transfer encoding {encoding[:40]!r}: read as it stands",)


@dataclass(frozen=True, slots=True)
class Message:
    """A message: its own header as ``top``, its parts that hold content in order, notes on what was passed over.

    ``headers`` tells for each part the header of the message that it stands in: another one was forwarded whole.
    """

    top: Part
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    headers: tuple[Part, ...] = ()


def starts_with_header(body: bytes) -> Part | None:
    """The first header of ``body``, when it begins with at least two header fields; cheap for anything else."""
    head = body[:_REACH].lstrip()
    start = head[:300]
    if not _FIELD.match(start.partition(b"\n")[0]) and not _UNIX_FROM.match(start):
        return None
    part, _ = _part(head)
    return part if len(part.fields) >= 2 else None


def message(body: bytes) -> Message:
    """``body`` as a message. Never raises: what is broken or too much is passed over, and a note says so."""
    start = body[:200]
    top, notes = _part(body[len(start) - len(start.lstrip()) :])
    parts: list[Part] = []
    headers: list[Part] = []
    stack = [(top, 0, top)]
    seen = 0
    while stack:
        part, depth, header = stack.pop()
        seen += 1
        if seen > _MOST_PARTS:
            notes.append(f"more than {_MOST_PARTS} parts: the others were passed over")
            break
        if not part.media_type.startswith("multipart/") and not part.is_message:
            parts.append(part)
            headers.append(header)
        elif depth == _DEEPEST:
            notes.append(f"parts nested deeper than {_DEEPEST} were passed over")
        elif part.is_message:
            forwarded, trouble = _forwarded(part)
            notes.extend(trouble)
            stack.append((forwarded, depth + 1, forwarded))
        else:
            inner = list(_split(part, notes))
            stack.extend((each, depth + 1, header) for each in reversed(inner))
    return Message(top, tuple(parts), tuple(dict.fromkeys(notes)), tuple(headers))


def _forwarded(part: Part) -> tuple[Part, list[str]]:
    """The message that ``part`` carries, and notes on what of both could not be decoded."""
    body, undecoded = part.body()
    start = body[:200]
    inner, trouble = _part(body[len(start) - len(start.lstrip()) :])
    return inner, [*undecoded, *trouble]


def _split(part: Part, notes: list[str]) -> Iterator[Part]:
    """The parts of a multipart, at most one more than are read."""
    boundary = part.parameter("boundary").rstrip()
    if not boundary:
        notes.append("a part is said to hold several, but names no boundary between them: passed over")
        return
    line = re.compile(
        rb"(?:\A|(?<=[\r\n]))--" + re.escape(boundary.encode("utf-8")) + rb"(--)?[ \t]{0,80}(?=[\r\n]|\Z)"
    )
    start = None
    count = 0
    for found in line.finditer(part.raw):
        if start is not None:
            yield _inner(part.raw[start : found.start()], notes)
            count += 1
        start = found.end()
        if found[1]:
            return
        if count > _MOST_PARTS:
            return
    if start is None:
        notes.append("the boundary that a message names does not occur in it")
    else:
        notes.append("the message ends before its closing boundary: it may have been cut off")
        yield _inner(part.raw[start:], notes)


def _inner(raw: bytes, notes: list[str]) -> Part:
    """The part between two boundaries; the line ends beside a boundary belong to it."""
    begin = 2 if raw.startswith(b"\r\n") else int(raw.startswith((b"\r", b"\n")))
    end = len(raw) - (2 if raw.endswith(b"\r\n") else int(raw.endswith((b"\r", b"\n"))))
    part, trouble = _part(raw[begin : max(begin, end)])
    notes.extend(trouble)
    return part


def _part(raw: bytes) -> tuple[Part, list[str]]:
    """The header at the start of ``raw`` and what follows its empty line; a line that is no field ends it, too."""
    fields: list[tuple[bytes, bytes]] = []
    notes: list[str] = []
    unix = _UNIX_FROM.match(raw)
    place = unix.end() if unix else 0
    while (line := _LINE.match(raw, place)) is not None and (line[1] or line[2]):
        if not line[1]:
            place = line.end()
            break
        if line[1][:1] in {b" ", b"\t"} and fields:
            name, value = fields[-1]
            # A fold goes on for at most as long as a value is read; the rest is skipped, not copied again and again.
            fields[-1] = (name, value + b" " + line[1].strip() if len(value) < _LONGEST_FIELD else value)
        elif found := _FIELD.match(line[1]):
            if len(fields) == _MOST_FIELDS:
                notes.append(f"a header has more than {_MOST_FIELDS} fields: the others were passed over")
            if len(fields) <= _MOST_FIELDS:
                fields.append((found[1], found[2].strip()[:_LONGEST_FIELD]))
        else:
            break
        place = line.end()
    read = tuple((name.decode("ascii").lower(), _value(value)) for name, value in fields[:_MOST_FIELDS])
    return Part(read, raw[place:]), notes


def _value(raw: bytes) -> str:
    """A header value in characters: encoded words decoded, control characters as spaces."""
    raw = raw[:_LONGEST_FIELD]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    return _CONTROL.sub(" ", _words(text) if "=?" in text else text).strip()


def _words(text: str) -> str:
    """``text`` with its encoded words decoded; white space between two of them is none (RFC 2047 section 6.2)."""
    out: list[str] = []
    waiting, codec = b"", ""  # a character may be cut in two over words of one charset
    place = 0
    for found in _ENCODED_WORD.finditer(text):
        between = text[place : found.start()]
        this = codec_for(found[1]) or ""
        data = _word(found[2], found[3]) if this else None
        if data is None:
            continue
        if between.strip() or not waiting or this != codec:
            out += [
                waiting.decode(codec, "replace") if waiting else "",
                "" if waiting and not between.strip() else between,
            ]
            waiting = b""
        waiting, codec, place = waiting + data, this, found.end()
    out += [waiting.decode(codec, "replace") if waiting else "", text[place:]]
    return "".join(out)


def _word(encoding: str, encoded: str) -> bytes | None:
    if encoding in "qQ":
        return binascii.a2b_qp(encoded.encode("utf-8"), header=True)
    try:
        return binascii.a2b_base64(encoded.encode("ascii") + b"==")
    except (binascii.Error, UnicodeEncodeError):
        return None


def _from_base64(raw: bytes) -> tuple[bytes, tuple[str, ...]]:
    try:
        return binascii.a2b_base64(raw), ()
    except binascii.Error:
        letters = _NOT_BASE64.sub(b"", raw)
        whole = letters[: len(letters) // 4 * 4]
        return binascii.a2b_base64(whole), ("base64 that is cut off or broken was decoded as far as it goes",)
