"""A rich text file (RTF) is read as the text that it shows, in linear time and without a library.

Rich Text Format 1.9.1: groups in braces, control words, bytes in the code page of their font. Press databases export
it. What is hidden, deleted or embedded is not read; fields give their result, and a link its address.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from archiver.errors import FormatError
from archiver.formats.paragraphs import Paragraph, Piece, open_paragraphs
from archiver.model import Capture, Page

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z'])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\"
)
_ENDS = frozenset({b"par", b"line", b"cell", b"row", b"sect", b"page", b"column", b"softline"})
_SIGNS = {
    b"emdash": "—",
    b"endash": "–",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
    b"tab": " ",
    b"emspace": " ",
    b"enspace": " ",
    b"qmspace": " ",
    b"zwj": "\u200d",
    b"zwnj": "\u200c",
}
_SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet pict object listtable listoverridetable revtbl rsidtbl themedata datastore generator "
    b"xmlnstbl latentstyles colorschememapping filetbl nonshppict shpinst comment annotation atnid atnauthor atrfstart "
    b"atrfend bkmkstart bkmkend fldtype listtext pntext pnseclvl mmathPr wgrffmtfilter upr private blipuid panose falt "
    b"background do objdata objclass result operator company manager keywords doccomm hlinkbase userprops".split()
)
_FOOTERS = frozenset(b"header headerl headerr headerf footer footerl footerr footerf".split())
_INFO = frozenset(b"title subject author creatim revtim".split())
# Character sets of fonts and the code pages that they mean (section "Font Table").
_CHARSETS = {
    0: "cp1252",
    77: "mac-roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "big5hkscs",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
}
_PAGES = {65001: "utf-8", 936: "gb18030", 950: "big5hkscs", 10000: "mac-roman", 10007: "mac-cyrillic", 1361: "johab"}
_LINK = re.compile(r"HYPERLINK\s{1,9}\"?(https?://[^\s\"]{1,2000})")
_DEEPEST = 500
_LARGEST = 16 * 1024 * 1024
_HEADING = 1.14  # times the size of most of the text, as in printed pages
_LONGEST_HEADING = 300
_LONGEST = 2_000


@dataclass(slots=True)
class _State:
    """What holds inside a group: where its text goes, how bytes are read, how large letters are."""

    target: bytes = b""  # "" the text, else "footer", "info:title", "link", "font" or "skip"
    uc: int = 1
    codec: str = "cp1252"
    size: int = 24
    hidden: bool = False
    address: str | None = None  # where the text of a field leads


@dataclass(slots=True)
class _Reader:
    """Follows the tokens of a file and collects what they show."""

    states: list[_State] = field(default_factory=lambda: [_State()])
    base: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    font: int = 0
    pending: bytearray = field(default_factory=bytearray)
    pending_codec: str = "cp1252"
    skip: int = 0  # characters that stand for a Unicode one before them
    surrogate: int = 0
    star: bool = False
    fresh: bool = False  # right behind an opening brace
    pieces: dict[bytes, list[tuple[str, str | None, int]]] = field(default_factory=dict)
    lines: list[tuple[bytes, list[tuple[str, str | None, int]]]] = field(default_factory=list)
    info: dict[bytes, str] = field(default_factory=dict)
    clock: list[str] = field(default_factory=list)
    link: str = ""
    address: str | None = None
    notes: set[str] = field(default_factory=set)


def recognises(capture: Capture) -> bool:
    """True for what begins as a rich text file does."""
    return capture.body[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def open_rtf(capture: Capture) -> Page:
    """``capture`` as a Page in space VISIBLE: its paragraphs, heads and feet last. FormatError when too large."""
    if len(capture.body) > _LARGEST:
        name = capture.filename or capture.url or "the capture"
        raise FormatError(
            f"{name} is a rich text file of more than {_LARGEST // 1024 // 1024} MiB", "save it without its pictures"
        )
    reader = _Reader()
    _follow(reader, capture.body)
    page = open_paragraphs(capture, _paragraphs(reader), "rtf", reader.base)
    declared = tuple((f"rtf info[{key.decode()}]", value[:_LONGEST]) for key, value in reader.info.items() if value)
    notes = [*sorted(reader.notes), *([] if page.text else ["it holds no text"])]
    return replace(page, declared=declared, notes=tuple(notes))


def _follow(reader: _Reader, body: bytes) -> None:
    place = 0
    while found := _TOKEN.match(body, place):
        place = found.end()
        state = reader.states[-1]
        kind = found.lastgroup
        if kind == "number" or kind == "word":
            number = int(found["number"]) if found["number"] else None
            if found["word"] == b"bin":
                place += max(0, number or 0)
            else:
                _word(reader, state, found["word"], number)
        elif kind == "brace":
            _brace(reader, found["brace"])
            continue
        elif kind == "hex":
            _bytes(reader, state, bytes([int(found["hex"], 16)]))
        elif kind == "text":
            _bytes(reader, state, found["text"])
        elif kind == "sign":
            _sign(reader, state, found["sign"])
        reader.fresh = kind == "sign" and found["sign"] == b"*"
    _end_line(reader, b"")
    _end_line(reader, b"footer")
    if len(reader.states) > 1:
        reader.notes.add("the file ends inside a group: it may have been cut off")


def _brace(reader: _Reader, brace: bytes) -> None:
    _flush(reader)
    reader.skip = 0
    reader.fresh = brace == b"{"
    if brace == b"{":
        if len(reader.states) > _DEEPEST:
            reader.notes.add(f"groups nested deeper than {_DEEPEST} were read flat")
        reader.states.append(replace(reader.states[-1]))
    elif len(reader.states) > 1:
        closed = reader.states.pop()
        before = reader.states[-1].target
        if closed.target == b"link" and before != b"link":
            match = _LINK.search(reader.link)
            reader.address, reader.link = (match[1] if match else None), ""
        elif closed.target in {b"info:creatim", b"info:revtim"} and before != closed.target:
            reader.info.setdefault(closed.target.removeprefix(b"info:"), _moment(reader.clock))
            reader.clock = []


def _moment(clock: list[str]) -> str:
    stated = dict(part.split("=") for part in clock)
    if not {"yr", "mo", "dy"} <= stated.keys():
        return ""
    day = f"{int(stated['yr']):04d}-{int(stated['mo']):02d}-{int(stated['dy']):02d}"
    return day + (f"T{int(stated['hr']):02d}:{int(stated.get('min', '0')):02d}:00" if "hr" in stated else "")


def _word(reader: _Reader, state: _State, word: bytes, number: int | None) -> None:
    if reader.fresh and (word in _SKIPPED or word in _FOOTERS or word in _INFO or word in _TARGETS or reader.star):
        _destination(reader, state, word)
        reader.star = False
        return
    reader.star = False
    if word == b"u" and number is not None:
        _unicode(reader, state, number & 0xFFFF)
        return
    if word in _ENDS:
        _flush(reader)
        _end_line(reader, state.target)
    elif word in _SIGNS:
        _flush(reader)
        _write(reader, state, _SIGNS[word])
    elif word in {b"yr", b"mo", b"dy", b"hr", b"min"} and state.target.startswith(b"info:"):
        reader.clock.append(f"{word.decode()}={abs(number or 0)}")
    elif word in _SETTINGS:
        _flush(reader)
        _set(reader, state, word, number)


_TARGETS = frozenset({b"fldinst", b"fldrslt", b"field", b"info", b"fonttbl", b"shptxt", b"footnote", b"ud"})
_SETTINGS = frozenset(
    {b"f", b"fs", b"uc", b"ansicpg", b"mac", b"pc", b"pca", b"v", b"deleted", b"plain", b"fcharset", b"pard"}
)


def _destination(reader: _Reader, state: _State, word: bytes) -> None:
    if state.target == b"skip":
        return
    if word in _FOOTERS:
        state.target = b"footer"
    elif word in _INFO:
        state.target = b"info:" + word if state.target == b"info" else state.target
    elif word == b"info":
        state.target = b"info"
    elif word == b"fonttbl":
        state.target = b"font"
    elif word == b"fldinst":
        state.target = b"link"
    elif word == b"fldrslt":
        state.address, reader.address = reader.address, None
    elif word in _SKIPPED or (reader.star and word not in _TARGETS):
        state.target = b"skip"


def _set(reader: _Reader, state: _State, word: bytes, number: int | None) -> None:
    if word == b"f" and number is not None:
        reader.font = number
        state.codec = reader.fonts.get(number, reader.base)
    elif word == b"fcharset" and number is not None and state.target == b"font":
        codec = _CHARSETS.get(number)
        if codec and number:
            reader.fonts[reader.font] = codec
    elif word == b"fs" and number:
        state.size = min(number, 2_000)
    elif word == b"uc" and number is not None:
        state.uc = min(max(number, 0), 8)
    elif word in {b"ansicpg", b"mac", b"pc", b"pca"}:
        page = {b"mac": 10000, b"pc": 437, b"pca": 850}.get(word, number or 1252)
        reader.base = state.codec = _PAGES.get(page, f"cp{page}") if _known(_PAGES.get(page, f"cp{page}")) else "cp1252"
    elif word in {b"v", b"deleted"}:
        state.hidden = number != 0
    elif word == b"plain":
        state.size, state.hidden, state.codec = 24, False, reader.base


def _known(codec: str) -> bool:
    try:
        "".encode(codec)
    except LookupError:
        return False
    return True


def _unicode(reader: _Reader, state: _State, code: int) -> None:
    _flush(reader)
    reader.skip = state.uc
    if 0xD800 <= code < 0xDC00:
        reader.surrogate = code
        return
    if 0xDC00 <= code < 0xE000:
        high, reader.surrogate = reader.surrogate, 0
        code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
    _write(reader, state, chr(code))


def _sign(reader: _Reader, state: _State, sign: bytes) -> None:
    if sign == b"*":
        reader.star = True
        return
    if sign in {b"\r", b"\n"}:
        _flush(reader)
        _end_line(reader, state.target)
        return
    _flush(reader)
    _write(
        reader,
        state,
        {b"~": "\u00a0", b"-": "", b"_": "-"}.get(sign, sign.decode("latin-1") if sign in b"\\{}" else ""),
    )


def _bytes(reader: _Reader, state: _State, data: bytes) -> None:
    if reader.skip:
        data, reader.skip = data[reader.skip :], max(0, reader.skip - len(data))
    if data and state.target != b"skip":
        reader.pending += data
        reader.pending_codec = state.codec


def _flush(reader: _Reader) -> None:
    """Characters of several bytes may come in several tokens: bytes wait here until something else comes."""
    if reader.pending:
        text = bytes(reader.pending).decode(reader.pending_codec, "replace")
        reader.pending.clear()
        _write(reader, reader.states[-1], text)


def _write(reader: _Reader, state: _State, text: str) -> None:
    if state.target == b"link":
        reader.link = (reader.link + text)[:3_000] if len(reader.link) < 3_000 else reader.link
    elif state.target.startswith(b"info:"):
        key = state.target.removeprefix(b"info:")
        if len(reader.info.get(key, "")) < _LONGEST:
            reader.info[key] = reader.info.get(key, "") + text
    elif state.target in {b"", b"footer"} and not state.hidden:
        reader.pieces.setdefault(state.target, []).append((text, state.address, state.size))


def _end_line(reader: _Reader, target: bytes) -> None:
    if target in {b"", b"footer"} and (pieces := reader.pieces.pop(target, None)):
        reader.lines.append((target, pieces))


def _paragraphs(reader: _Reader) -> Iterator[Paragraph]:
    """The lines as paragraphs: the first one in the largest letters is the headline, if they are larger than usual."""
    sizes: Counter[int] = Counter()
    for target, pieces in reader.lines:
        for text, _, size in pieces:
            sizes[size] += len(text) if not target else 0
    usual = sizes.most_common(1)[0][0] if sizes else 24
    own = [_size(pieces) if not target and _is_short(pieces) else 0 for target, pieces in reader.lines]
    largest = max(own, default=0)
    headline = own.index(largest) if largest >= _HEADING * usual else None
    for i, (target, pieces) in enumerate(reader.lines):
        tag = "footer" if target else "h1" if i == headline else "h2" if own[i] >= _HEADING * usual else "p"
        told: tuple[Piece, ...] = tuple((text, address) for text, address, _ in pieces)
        yield Paragraph(tag, told)


def _size(pieces: list[tuple[str, str | None, int]]) -> int:
    return max((size for text, _, size in pieces if text.strip()), default=0)


def _is_short(pieces: list[tuple[str, str | None, int]]) -> bool:
    return sum(len(text) for text, _, _ in pieces) <= _LONGEST_HEADING
