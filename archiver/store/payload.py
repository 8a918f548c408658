"""An HTTP response as it travelled, and the body inside it: framing and compression undone, purely.

Chunks by RFC 9112, 7.1; content codings by RFC 9110, 8.4.1 (gzip, deflate: what our requests offer). Anything
that does not come out whole is an error here: the store then keeps the body in a record of its own.
"""

import re
import zlib

_STATUS_LINE = re.compile(rb"HTTP/\d(?:\.\d)? \d{3}(?: [^\r\n]{0,4000})?\r\n")
_HEADER_LINE = re.compile(rb"([!#$%&'*+\-.^_`|~0-9A-Za-z]{1,200}):[ \t]*([^\r\n]*)\r\n")
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]{0,20}(?:;[^\r\n]{0,2000})?\r?\n")
_NOTHING = {"identity", "none", "utf-8", "utf8", ""}
_MAX_BODY = 1 << 30


class NotDecodable(ValueError):
    """These bytes are not a whole, well-formed response with a body that unpacks."""


def split(response: bytes) -> tuple[tuple[tuple[str, str], ...], int]:
    """The headers of an HTTP response (text is Latin-1) and the offset at which its body starts.

    Raises NotDecodable unless the head is whole and strictly formed.
    """
    status = _STATUS_LINE.match(response)
    if not status:
        raise NotDecodable("no HTTP status line")
    headers, place = [], status.end()
    while not response.startswith(b"\r\n", place):
        line = _HEADER_LINE.match(response, place)
        if not line:
            raise NotDecodable(f"no header line at byte {place}")
        headers.append((line[1].decode("latin-1"), line[2].decode("latin-1").strip()))
        place = line.end()
    return tuple(headers), place + 2


def decode(response: bytes) -> bytes:
    """The body of an HTTP response, transfer and content coding undone. Raises NotDecodable."""
    headers, start = split(response)
    framing = _members(headers, "transfer-encoding")
    if framing not in ([], ["chunked"], ["identity"]):
        raise NotDecodable(f"unknown transfer coding {framing}")
    body = response[start:]
    if framing == ["chunked"]:
        body = _unchunk(body)
    for coding in reversed(_members(headers, "content-encoding")):
        body = _unpack(body, coding) if body else body
    return body


def _members(headers: tuple[tuple[str, str], ...], name: str) -> list[str]:
    lines = (value for key, value in headers if key.lower() == name)
    return [part.strip().lower() for value in lines for part in value.split(",") if part.strip()]


def _unchunk(data: bytes) -> bytes:
    pieces: list[bytes] = []
    place = 0
    while True:
        size_line = _CHUNK_SIZE.match(data, place)
        if not size_line:
            raise NotDecodable(f"no chunk size at byte {place} of the body")
        size = int(size_line[1], 16)
        if size == 0:
            return b"".join(pieces)
        start, place = size_line.end(), size_line.end() + size
        pieces.append(data[start:place])
        if data[place : place + 2] == b"\r\n":
            place += 2
        elif data[place : place + 1] == b"\n":
            place += 1
        else:
            raise NotDecodable(f"chunk at byte {start} of the body does not end")


def _unpack(body: bytes, coding: str) -> bytes:
    if coding in _NOTHING:
        return body
    if coding in {"gzip", "x-gzip"}:
        return _inflate(body, zlib.MAX_WBITS | 16, many=True)
    if coding == "deflate":
        zlib_head = len(body) >= 2 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0
        return _inflate(body, zlib.MAX_WBITS if zlib_head else -zlib.MAX_WBITS, many=False)
    raise NotDecodable(f"unknown content coding {coding[:40]!r}")


def _inflate(body: bytes, wbits: int, *, many: bool) -> bytes:
    out = bytearray()
    rest = body
    while rest:
        stream = zlib.decompressobj(wbits)
        try:
            out += stream.decompress(rest, _MAX_BODY - len(out))
        except zlib.error as error:
            raise NotDecodable(f"does not unpack: {error}") from error
        if not stream.eof:
            raise NotDecodable("ends before its own end mark, or is too large")
        rest = stream.unused_data.lstrip(b"\0")
        if rest and not many:
            raise NotDecodable("bytes follow the end of the body")
    return bytes(out)
