"""A text file keeps every character at its place: decoded once, cut into lines, nothing normalised.

Hard-wrapped paragraphs (mail, old editors) become one block over several lines; the line breaks stay in the text.
The order of decoding follows the WHATWG Encoding Standard (byte order mark first, then what was declared),
then UTF-8 if the bytes are UTF-8, then a guess among the encodings that news text is met in.
"""

import codecs
import re
from itertools import islice

from charset_normalizer import from_bytes

from archiver.model import Block, Capture, Page, Space, Zone

FORMAT = "textdump"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSES = [
    "cp1251",
    "koi8_r",
    "koi8_u",
    "cp866",
    "cp1252",
    "cp1254",
    "cp1250",
    "cp1257",
    "cp1253",
    "cp1255",
    "cp1256",
    "shift_jis",
    "euc_jp",
    "gb18030",
    "big5",
    "euc_kr",
    "cp874",
]
_SAMPLE = 20_000  # bytes the guess looks at: enough for the statistics, cheap on a novel
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|\?xml)\b", re.I)
# The line ends of str.splitlines that people meet in text files; form feeds and U+2028 end a line too.
_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_WIDEST_WRAP = 120
_MOST_LINES = 100_000  # no text that people read has more; the rest of one that does is kept as one block
_STOPS = (".", "!", "?", "…", "։", "۔", "؟", "。", "！", "？", "।", ":", ";")


def recognises(capture: Capture) -> bool:
    """True when the body is plain text: said so, or without markup and without binary bytes."""
    if capture.format is not None:
        return capture.format == FORMAT
    if capture.media_type and capture.media_type.partition(";")[0].strip().lower() == "text/plain":
        return not _is_binary(capture.body)
    return not _is_binary(capture.body) and not _MARKUP.search(capture.body[:2000])


def open_textdump(capture: Capture) -> Page:
    """Decode a text dump and cut it into one BODY block a line (or a hard-wrapped paragraph).

    Offsets count code points of the decoded text, line ends as they came (CRLF is two). A byte order mark is
    no character of the text. Undecodable bytes show as U+FFFD; ``notes`` says how many and how the encoding was found.
    """
    text, encoding, notes = decode_text(capture.body, capture.charset or _declared(capture.media_type))
    return Page(
        format=FORMAT,
        space=Space.SOURCE,
        text=text,
        blocks=cut_blocks(text),
        encoding=encoding,
        notes=notes,
        fragment=capture.zone,
    )


def decode_text(body: bytes, declared: str | None = None) -> tuple[str, str, tuple[str, ...]]:
    """Bytes of a text file to (text, name of the encoding, notes in words). Never fails, never drops a byte."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            text, broken = _decode(body[len(mark) :], name)
            return text, name, _trouble(broken, name)
    notes: tuple[str, ...] = ()
    if declared:
        known = _known(declared)
        if known is None:
            notes = (f"declared encoding {declared!r} is not known",)
        elif (text_and_broken := _decode(body, known))[1] == 0:
            return text_and_broken[0], known, ()
        else:
            notes = (f"declared encoding {known} does not fit {text_and_broken[1]} places",)
    wide = _wide_without_mark(body)
    if wide:
        text, broken = _decode(body, wide)
        return text, wide, (*notes, f"no byte order mark: read as {wide} from its zero bytes", *_trouble(broken, wide))
    text, broken = _decode(body, "utf-8")
    if broken == 0 or _mostly_utf8(text, broken):
        return text, "utf-8", (*notes, *_trouble(broken, "utf-8"))
    name = _guess(body)
    text, broken = _decode(body, name)
    return text, name, (*notes, f"not UTF-8: encoding guessed as {name}", *_trouble(broken, name))


def cut_blocks(text: str) -> tuple[Block, ...]:
    """The lines of ``text`` as blocks without surrounding space; wrapped paragraphs as one block each."""
    lines = (
        (match.start() + len(line) - len(line.lstrip()), match.start() + len(line.rstrip()))
        for match in _LINE.finditer(text)
        if (line := match.group()).strip()
    )
    spans = list(islice(lines, _MOST_LINES))
    if (further := next(lines, None)) is not None:
        spans.append((further[0], len(text.rstrip())))
    return tuple(Block(start, end, Zone.BODY) for start, end in _unwrap(text, spans))


def _unwrap(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join lines that an editor broke at a fixed width: the next line's first word would not have fitted."""
    width = max((end - start for start, end in spans if " " in text[start:end]), default=0)
    if not 40 <= width <= _WIDEST_WRAP:
        return spans
    neighbours = [
        (i, _would_not_fit(text, spans[i], spans[i + 1], width))
        for i in range(len(spans) - 1)
        if spans[i][1] - spans[i][0] >= width // 2 and _adjacent(text, spans[i], spans[i + 1])
    ]
    joined = {i for i, wrapped in neighbours if wrapped}
    # Paragraphs of one line may all be as long as each other; but then every one of them ends a sentence.
    stops = sum(text[spans[i][0] : spans[i][1]].rstrip("\"'»”)").endswith(_STOPS) for i in joined)
    if len(joined) < 3 or 2 * len(joined) < len(neighbours) or 2 * stops > len(joined):
        return spans
    out: list[tuple[int, int]] = []
    for i, (start, end) in enumerate(spans):
        if i - 1 in joined:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def _adjacent(text: str, line: tuple[int, int], following: tuple[int, int]) -> bool:
    between = text[line[1] : following[0]]
    return between.count("\n") <= 1 and between.count("\r") <= 1


def _would_not_fit(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    first_word = text[following[0] : following[1]].split(None, 1)[0]
    return line[1] - line[0] + 1 + len(first_word) > width


def _declared(media_type: str | None) -> str | None:
    match = re.search(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", media_type or "", re.I)
    return match.group(1) if match else None


def _known(name: str) -> str | None:
    try:
        return codecs.lookup(name.strip()).name
    except LookupError:
        return None


def _decode(body: bytes, name: str) -> tuple[str, int]:
    """The text, and how many places showed undecodable bytes (a U+FFFD that was there before does not count)."""
    try:
        return body.decode(name), 0
    except UnicodeDecodeError:
        text = body.decode(name, "replace")
        own = "�".encode(name) if name.startswith("utf") else b""
        return text, max(1, text.count("�") - (body.count(own) if own else 0))


def _trouble(broken: int, name: str) -> tuple[str, ...]:
    if not broken:
        return ()
    places = "1 place" if broken == 1 else f"{broken} places"
    return (f"{places} could not be decoded as {name} and show U+FFFD",)


def _mostly_utf8(text: str, broken: int) -> bool:
    """A UTF-8 file with a few bad bytes stays UTF-8: other encodings never yield many valid sequences."""
    beyond_ascii = sum(1 for character in text if character > "\x7f")
    return broken * 10 <= beyond_ascii


def _wide_without_mark(body: bytes) -> str | None:
    """UTF-16 of a Latin text shows as zeros at every other byte; a program or a picture has them on both sides."""
    head = body[:2000]
    odd, even = head[1::2].count(0), head[0::2].count(0)
    if len(head) < 8 or max(odd, even) * 5 < len(head) or min(odd, even) * 50 > len(head):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _guess(body: bytes) -> str:
    best = from_bytes(body[:_SAMPLE], cp_isolation=_GUESSES, enable_fallback=False).best()
    return best.encoding if best else "cp1252"


def _is_binary(body: bytes) -> bool:
    if any(body.startswith(mark) for mark, _ in _BOMS) or _wide_without_mark(body):
        return False
    head = body[:4000]
    controls = sum(1 for byte in head if byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1b")
    return controls * 100 > len(head)
