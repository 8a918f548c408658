"""One HTTP/1.x answer is cut out of the bytes as they arrive, and is called whole only when it is.

RFC 9112 read strictly where a lenient reading would take a part for the whole (lengths that disagree, chunks
without an end, bytes after the end) and leniently where nothing is lost (bare line feeds, folded or odd header
lines). The bytes themselves are kept untouched. No clock, no socket: ``feed`` takes what came, ``end`` says
that no more will.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto

from archiver.fetch.results import Trouble
from archiver.model import Outcome

MAX_LINE = 64 * 1024
MAX_HEAD = 256 * 1024
MAX_FIELDS = 500
_MAX_CHUNK_LINE = 8 * 1024
_MAX_INTERIM = 8

_STATUS = re.compile(rb"HTTP/1\.(?P<minor>[01]) +(?P<status>[0-9]{3})(?: .*)?", re.S)
_CHUNK_SIZE = re.compile(rb"(?P<size>[0-9A-Fa-f]{1,16})[ \t]{0,80}(?:;.*)?", re.S)
_DIGITS = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Head:
    """Status and headers. Header text is Latin-1, folded lines joined, other lines dropped."""

    minor_version: int
    status: int
    headers: tuple[tuple[str, str], ...]

    def members(self, name: str) -> list[str]:
        """The comma-separated members of a header over all its lines, in lower case."""
        lines = (value for key, value in self.headers if key.lower() == name)
        return [part.strip().lower() for value in lines for part in value.split(",")]


class _State(Enum):
    HEAD = auto()
    LENGTH = auto()
    CHUNK_SIZE = auto()
    CHUNK_DATA = auto()
    CHUNK_END = auto()
    TRAILER = auto()
    UNTIL_CLOSE = auto()
    DONE = auto()
    BROKEN = auto()


class AnswerReader:
    """Collects one answer. Feed it until ``done``, call ``end``; then ``trouble`` says what is wrong, if anything.

    ``raw`` is the final answer as it came, ``interim`` the informational ones before it, ``payload`` the body
    without chunk framing, as far as it came.
    """

    def __init__(self) -> None:
        self.raw = bytearray()
        self.interim = b""
        self.payload = bytearray()
        self.head: Head | None = None
        self.trouble: Trouble | None = None
        self.announced = False  # whether the end of the body was announced in any way
        self._state = _State.HEAD
        self._at = 0  # everything in raw before this has been understood
        self._seen = 0  # no line end stands between _at and here
        self._lines: list[bytes] = []
        self._left = 0  # bytes of the body, or of the chunk, still to come
        self._interims = 0
        self._trailer_size = 0

    @property
    def done(self) -> bool:
        """True when no more bytes are needed."""
        return self._state in {_State.DONE, _State.BROKEN}

    def feed(self, data: bytes) -> None:
        """Take bytes from the wire. What follows the end of the answer is kept in ``raw``, and ``end`` reports it."""
        self.raw += data
        if self._state is _State.BROKEN:
            return
        try:
            while self._step():
                pass
        except Trouble as trouble:
            self.trouble = trouble
            self._state = _State.BROKEN

    def end(self, abrupt: bool = False) -> None:
        """No more bytes will come. ``abrupt``: the connection broke rather than being closed in order."""
        if self._state is _State.DONE:
            self.trouble = self._surplus()
        # Once the chunk of size zero has come the body is whole (RFC 9112, 8), whatever becomes of the trailer.
        if self.done or self._state is _State.TRAILER or (self._state is _State.UNTIL_CLOSE and not abrupt):
            return
        self.trouble = self._cut_short(abrupt)

    def _cut_short(self, abrupt: bool) -> Trouble:
        if self._state is _State.HEAD:
            if not self.raw:
                return Trouble(Outcome.PROTOCOL, "the server closed the connection without an answer")
            return Trouble(Outcome.PROTOCOL, "the answer ends before its headers do", "disconnect")
        if self._state is _State.LENGTH:
            missing = f"{self._left} of {self._left + len(self.payload)} announced bytes are missing"
        elif self._state is _State.UNTIL_CLOSE:
            missing = "the connection broke, and no length was announced"
        else:
            missing = "the last chunk is missing"
        how = "the connection broke" if abrupt else "the server closed the connection"
        return Trouble(Outcome.TRUNCATED, f"{how} before the body was whole: {missing}", "disconnect")

    def _surplus(self) -> Trouble | None:
        extra = bytes(self.raw[self._at :]).strip(b"\r\n")
        if not extra:
            return None
        if self.head and self.head.status in {204, 304}:
            return Trouble(Outcome.PROTOCOL, f"a body came with status {self.head.status}, which has none")
        return Trouble(
            Outcome.TRUNCATED, f"{len(extra)} bytes came after the announced end: the length is wrong", "unspecified"
        )

    def _step(self) -> bool:
        """Understand one more piece of ``raw``; False when more bytes are needed or nothing is left to do."""
        match self._state:
            case _State.HEAD:
                return self._read_head_line()
            case _State.LENGTH | _State.CHUNK_DATA | _State.UNTIL_CLOSE:
                return self._read_body()
            case _State.CHUNK_SIZE:
                return self._read_chunk_size()
            case _State.CHUNK_END:
                return self._read_chunk_end()
            case _State.TRAILER:
                return self._read_trailer_line()
            case _State.DONE | _State.BROKEN:
                return False

    def _line(self, limit: int, what: str, outcome: Outcome) -> bytes | None:
        """The next line without its end, or None when it has not all come."""
        end = self.raw.find(b"\n", max(self._at, self._seen))
        if (end if end >= 0 else len(self.raw)) - self._at > limit:
            raise Trouble(outcome, f"{what} is longer than {limit} bytes")
        if end < 0:
            self._seen = len(self.raw)
            return None
        line = bytes(self.raw[self._at : end])
        self._at = end + 1
        return line.removesuffix(b"\r")

    def _read_head_line(self) -> bool:
        if not self._lines and not b"HTTP/"[: len(self.raw)] == self.raw[self._at : self._at + 5]:
            raise Trouble(Outcome.PROTOCOL, "the answer is not HTTP: it has no status line")
        line = self._line(MAX_LINE, "a header line", Outcome.PROTOCOL)
        if line is None:
            return False
        if self._at > MAX_HEAD or len(self._lines) > MAX_FIELDS:
            raise Trouble(Outcome.PROTOCOL, f"more than {MAX_FIELDS} headers or {MAX_HEAD} bytes of them")
        if line:
            self._lines.append(line)
            return True
        self._head_is_whole(parse_head(self._lines))
        return True

    def _head_is_whole(self, head: Head) -> None:
        self._lines = []
        if head.status == 101:
            raise Trouble(Outcome.PROTOCOL, "the server wants to change to another protocol")
        if 100 <= head.status < 200:
            self._interims += 1
            if self._interims > _MAX_INTERIM:
                raise Trouble(Outcome.PROTOCOL, "only provisional answers came")
            self.interim += bytes(self.raw[: self._at])
            del self.raw[: self._at]
            self._at = self._seen = 0
            return
        self.head = head
        self._state, self._left = _framing(head)
        self.announced = self._state is not _State.UNTIL_CLOSE

    def _read_body(self) -> bool:
        take = len(self.raw) - self._at
        if self._state is not _State.UNTIL_CLOSE:
            take = min(take, self._left)
            self._left -= take
        self.payload += self.raw[self._at : self._at + take]
        self._at += take
        if self._state is _State.UNTIL_CLOSE or self._left:
            return False
        self._state = _State.CHUNK_END if self._state is _State.CHUNK_DATA else _State.DONE
        return True

    def _read_chunk_size(self) -> bool:
        line = self._line(_MAX_CHUNK_LINE, "the line of a chunk's size", Outcome.UNDECODABLE)
        if line is None:
            return False
        match = _CHUNK_SIZE.fullmatch(line)
        if not match:
            raise Trouble(Outcome.UNDECODABLE, f"not the size of a chunk: {line[:20]!r}")
        self._left = int(match["size"], 16)
        self._state = _State.CHUNK_DATA if self._left else _State.TRAILER
        return True

    def _read_chunk_end(self) -> bool:
        line = self._line(2, "what follows a chunk", Outcome.UNDECODABLE)
        if line is None:
            return False
        if line:
            raise Trouble(Outcome.UNDECODABLE, "a chunk is longer than its size says")
        self._state = _State.CHUNK_SIZE
        return True

    def _read_trailer_line(self) -> bool:
        line = self._line(MAX_LINE, "a trailer line", Outcome.PROTOCOL)
        if line is None:
            return False
        self._trailer_size += len(line) + 2
        if self._trailer_size > MAX_HEAD:
            raise Trouble(Outcome.PROTOCOL, "the trailer is too long")
        if not line:
            self._state = _State.DONE
        return True


def parse_head(lines: list[bytes]) -> Head:
    """Status line and header lines, without line ends. Raises Trouble where they are not HTTP/1.0 or 1.1."""
    status = _STATUS.fullmatch(lines[0]) if lines else None
    if not status:
        shown = lines[0][:40].decode("latin-1") if lines else ""
        raise Trouble(Outcome.PROTOCOL, f"not a status line of HTTP/1.1: {shown!r}")
    fields: list[tuple[str, str]] = []
    for line in lines[1:]:
        if b"\0" in line:
            raise Trouble(Outcome.PROTOCOL, "a header holds a zero byte")
        # A bare CR is no line end; RFC 9112, 2.2 has it replaced by a space.
        text = line.decode("latin-1").replace("\r", " ")
        if text[0] in " \t":
            if fields:
                fields[-1] = (fields[-1][0], f"{fields[-1][1]} {text.strip()}".strip())
            continue
        name, colon, value = text.partition(":")
        if colon and name.strip():
            fields.append((name.strip(), value.strip(" \t")))
    return Head(int(status["minor"]), int(status["status"]), tuple(fields))


def _framing(head: Head) -> tuple[_State, int]:
    """How the body ends, and its length where one is announced (RFC 9112, 6.3)."""
    transfer = [name for name in head.members("transfer-encoding") if name and name != "identity"]
    lengths = set(head.members("content-length"))
    if head.status in {204, 304}:
        return _State.DONE, 0
    if transfer:
        return _chunked(transfer, bool(lengths)), 0
    if not lengths:
        return _State.UNTIL_CLOSE, 0
    if len(lengths) > 1:
        raise Trouble(Outcome.PROTOCOL, "two lengths are announced, and they differ")
    length = lengths.pop()
    if not _DIGITS.fullmatch(length):
        raise Trouble(Outcome.PROTOCOL, f"not a length: {length[:40]!r}")
    return (_State.LENGTH if int(length) else _State.DONE), int(length)


def _chunked(transfer: list[str], has_length: bool) -> _State:
    if has_length:
        raise Trouble(Outcome.PROTOCOL, "a length and chunks are announced at once, so the end is in doubt")
    if transfer != ["chunked"]:
        raise Trouble(Outcome.UNDECODABLE, f"sent as {', '.join(transfer)[:60]!r}, which was not offered")
    return _State.CHUNK_SIZE
