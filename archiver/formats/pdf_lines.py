"""The lines of a PDF file with their places on its pages: the only door to pypdf, with a limit on all it may spend.

Text is taken in the order in which the file draws it, which programs that set pages write as people read it. The
sizes and places of ISO 32000-1, section 9.4, are those that a reader sees (text matrix times page matrix). Nothing in
a file is run or opened.
"""

import io
import logging
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_MOST_PAGES = 300
_MOST_CHARACTERS = 2_000_000
# Bytes of drawing commands that are followed in one file: some 200 pages printed by a browser, 5 seconds' work.
_MOST_DRAWING = 4_000_000
_UNKNOWN_FORM = 20_000
_MOST_REASONS = 10
_LONGEST_INFO = 2_000
# What pypdf may spend on one stream, far above any page of a newspaper. Fonts and pictures are streams, too.
_LIMITS: dict[str, Any] = {
    "maximum_declared_stream_length": 32_000_000,
    "array_based_stream_maximum_output_length": 8_000_000,
    "lzw_maximum_output_length": 8_000_000,
    "run_length_maximum_output_length": 8_000_000,
    "zlib_maximum_output_length": 8_000_000,
    "brotli_maximum_output_length": 8_000_000,
    "zlib_maximum_recovery_input_length": 1_000_000,
    "stream_decoding_work_maximum_length": 32_000_000,
    "stream_parsing_work_maximum_count": 150_000,
    "xform_maximum_invocations_per_extraction": 200,
    "page_tree_maximum_page_entries": 100_000,
    "jbig2dec_binary": None,  # no other program is started
    "disable_legacy_handling": True,
}
_INFO = ("Title", "Author", "Subject", "CreationDate", "ModDate", "Creator", "Producer")
_SAME_LINE = 0.35  # of the size of its letters, up or down
_COLUMN = 2.0  # points within which two lines begin at one edge
_ROWS = 4  # as many rows broken at one place are two columns
_COLUMN_WORDS = 18  # characters of a line of running text in the narrowest column
_LIGATURES = {0xFB00 + i: letters for i, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl", "ſt", "st"))}
_UNREADABLE = {**dict.fromkeys(range(32)), **_LIGATURES, 0xA0: " ", 9: " ", 10: " ", 13: " "}
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.I)


class UnreadableError(Exception):
    """A PDF file that cannot be read, with the reason in words."""


class _SpentError(BaseException):
    """More drawing than is followed. No ``Exception``: pypdf passes over those and would go on."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text, its place (points from the lower left corner), the size of its letters."""

    text: str
    page: int
    x: float
    y: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page: its number from 1, its lower and upper edge, its lines in the order in which they are read."""

    number: int
    bottom: float
    top: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Pdf:
    """What a PDF file holds: pages, (name, value) of its document information, and notes on what was not read."""

    leaves: tuple[Leaf, ...]
    info: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Meter:
    """How many bytes of drawing commands may still be followed; forms that are drawn again and again count again."""

    left: int = _MOST_DRAWING
    forms: dict[str, int] = field(default_factory=dict)

    def spend(self, size: int) -> None:
        """Take ``size`` bytes off; raises _SpentError when there are none left."""
        self.left -= size
        if self.left < 0:
            raise _SpentError

    def enter(self, page: "PageObject") -> None:
        """Count the commands of ``page``, and measure the forms that it names."""
        contents = page.get_contents()
        self.spend(len(contents.get_data()) if contents is not None else 0)
        self.forms = {}
        named: Any = page.get("/Resources", {})
        named = named.get_object().get("/XObject", {}) if named else {}
        for name, reference in list(named.get_object().items())[:1_000] if named else []:
            held = reference.get_object()
            self.forms[name] = len(held.get_data()) if held.get("/Subtype") == "/Form" else 0

    def draw(self, operator: bytes, operands: Any) -> None:
        """Count a form that is drawn."""
        if operator == b"Do" and operands:
            self.spend(self.forms.get(operands[0], _UNKNOWN_FORM))


@dataclass(slots=True)
class _Open:
    """A line that is being read: its pieces and the place of each."""

    y: float
    pieces: list[tuple[str, float, float, bool]] = field(default_factory=list)


def lines_of(body: bytes) -> Pdf:
    """The pages of a PDF file. Raises UnreadableError where it is encrypted or too damaged to find a page in it."""
    from pypdf import PdfReader, apply_configuration  # only those who read PDF pay for the import

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings are not ours to print
    with apply_configuration(**_LIMITS):
        try:
            reader = PdfReader(io.BytesIO(body))
            if reader.is_encrypted and not reader.decrypt(""):
                raise UnreadableError("is locked with a password")
            count = len(reader.pages)
        except _faults() as error:
            raise UnreadableError(_why(error)) from error
        if not count:
            raise UnreadableError("holds no page")
        leaves, notes = _leaves(reader, count)
        return Pdf(leaves, tuple(_info(reader)), notes)


def _why(error: BaseException) -> str:
    name = type(error).__name__
    if name == "DependencyError" or "ecrypt" in name + str(error):
        return "is encrypted"
    return f"is damaged beyond reading ({_brief(error)})"


def _brief(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:120]


def _leaves(reader: "PdfReader", count: int) -> tuple[tuple[Leaf, ...], tuple[str, ...]]:
    leaves: list[Leaf] = []
    notes: list[str] = []
    failed: defaultdict[str, list[int]] = defaultdict(list)
    spent = 0
    meter = _Meter()
    for number in range(1, min(count, _MOST_PAGES) + 1):
        if spent > _MOST_CHARACTERS:
            notes.append(f"pages from {number} on were not read: there is more text than in any book")
            break
        try:
            leaf = _leaf(reader.pages[number - 1], number, meter)
        except _SpentError:
            notes.append(f"pages from {number} on were not read: there is more drawing in them than is followed")
            break
        except _faults() as error:
            failed[_brief(error)].append(number)
            continue
        spent += sum(len(line.text) for line in leaf.lines)
        leaves.append(leaf)
    for why, numbers in list(failed.items())[:_MOST_REASONS]:
        notes.append(f"pages that cannot be read: {', '.join(map(str, numbers))} of {count} ({why})")
    if count > _MOST_PAGES:
        notes.append(f"only the first {_MOST_PAGES} of {count} pages were read")
    return tuple(leaves), tuple(notes)


def _leaf(page: "PageObject", number: int, meter: _Meter) -> Leaf:
    meter.enter(page)
    box = page.cropbox
    open_lines: list[_Open] = []
    fresh = True

    def take(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        nonlocal fresh
        fresh = fresh or text.startswith("\n")
        words = text.replace("\n", "")
        if words:
            a, b = tm[0] * cm[0] + tm[1] * cm[2], tm[0] * cm[1] + tm[1] * cm[3]
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            seen = min(500.0, abs(size) * (a * a + b * b) ** 0.5) or 1.0
            if fresh or abs(open_lines[-1].y - y) > _SAME_LINE * seen:
                open_lines.append(_Open(y))
            open_lines[-1].pieces.append((words, x, seen, _is_bold(font)))
            fresh = False
        fresh = fresh or text.endswith("\n")

    page.extract_text(
        visitor_operand_before=lambda operator, operands, _cm, _tm: meter.draw(operator, operands), visitor_text=take
    )
    lines = _lines(open_lines, number, float(box.right) - float(box.left))
    return Leaf(number, float(box.bottom), float(box.top), tuple(lines))


def _is_bold(font: Any) -> bool:
    name = font.get("/BaseFont") if hasattr(font, "get") else None
    return bool(name and _BOLD.search(str(name)[:200]))


def _lines(open_lines: list[_Open], number: int, width: float) -> list[Line]:
    """The finished lines; where whole rows are drawn over two columns, one column after the other."""
    edge = _second_column(open_lines, width)
    done: list[Line] = []
    waiting: list[Line] = []
    for each in open_lines:
        at = next((i for i, p in enumerate(each.pieces) if i and edge and abs(p[1] - edge) <= _COLUMN), None)
        left = _line(each.pieces[:at], each.y, number)
        if left is not None:
            if waiting and at is None and left.x < (edge or 0) - _COLUMN and _is_wide(left, waiting):
                done, waiting = [*done, *waiting], []
            (waiting if edge and abs(left.x - edge) <= _COLUMN else done).append(left)
        right = _line(each.pieces[at:], each.y, number) if at is not None else None
        if right is not None:
            waiting.append(right)
    return [*done, *waiting]


def _is_wide(line: Line, column: list[Line]) -> bool:
    """True for a line over the whole page, which ends the columns above it."""
    return len(line.text) > 1.5 * max(len(other.text) for other in column)


def _second_column(open_lines: list[_Open], width: float) -> float | None:
    """The left edge at which at least ``_ROWS`` rows of running text go on in another column, or None."""
    edges: Counter[int] = Counter()
    for each in open_lines:
        for i in range(1, len(each.pieces)):
            left, right = _text(each.pieces[:i]), _text(each.pieces[i:])
            if min(len(left), len(right)) >= _COLUMN_WORDS and each.pieces[i][1] - each.pieces[0][1] > 0.2 * width:
                edges[round(each.pieces[i][1] / _COLUMN)] += 1
                break
    if not edges:
        return None
    edge, rows = edges.most_common(1)[0]
    return edge * _COLUMN if rows >= _ROWS else None


def _text(pieces: list[tuple[str, float, float, bool]]) -> str:
    return " ".join("".join(piece[0] for piece in pieces).translate(_UNREADABLE).split())


def _line(pieces: list[tuple[str, float, float, bool]], y: float, number: int) -> Line | None:
    text = _text(pieces)
    if not text:
        return None
    most = max((piece for piece in pieces if piece[0].strip()), key=lambda piece: len(piece[0]))
    bold = all(piece[3] for piece in pieces if piece[0].strip())
    return Line(text, number, pieces[0][1], y, round(most[2], 1), bold)


def _info(reader: "PdfReader") -> Iterator[tuple[str, str]]:
    try:
        stated: dict[str, Any] = dict(reader.metadata or {})
        found = [(name, stated.get(f"/{name}")) for name in _INFO]
    except _faults():
        return
    for name, value in found:
        text = str(value).translate(_UNREADABLE).strip()[:_LONGEST_INFO] if isinstance(value, str) else ""
        if text:
            yield name, text


def _faults() -> tuple[type[Exception], ...]:
    """What reading a damaged file raises: pypdf's own errors, and whatever its objects turn out not to be."""
    from pypdf.errors import DependencyError, PyPdfError

    lookups = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError)
    return (PyPdfError, DependencyError, *lookups, RuntimeError, OSError, EOFError, zlib.error)
