"""A compressed body is unpacked within limits, and a cut or damaged one is never taken for whole.

``zlib`` is asked directly: an HTTP library's decoder returns what it has when a gzip stream ends early. Only
what we offer is unpacked (``Accept-Encoding: gzip, deflate``; RFC 9110, 8.4.1): the answer must not depend on
which optional packages a machine has.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from archiver.model import Outcome

ACCEPTED = "gzip, deflate"

# Names that servers send though nothing is packed: no coding, or a charset in the wrong header.
_NOTHING = frozenset({"identity", "none", "utf-8", "utf8"})
_MAX_LAYERS = 3
# A stream of many tiny members costs the square of its size to take apart.
_MAX_MEMBERS = 64


@dataclass(frozen=True, slots=True)
class Unpacked:
    """``data`` as far as it could be unpacked; ``outcome`` and ``reason`` are None when that is all of it."""

    data: bytes
    outcome: Outcome | None = None
    reason: str | None = None


def unpack(payload: bytes, codings: Sequence[str], limit: int) -> Unpacked:
    """Undo the members of ``Content-Encoding`` (in header order) over ``payload``, to at most ``limit`` bytes."""
    layers = [name.lower() for name in codings if name.lower() not in _NOTHING]
    if len(layers) > _MAX_LAYERS:
        return Unpacked(b"", Outcome.UNDECODABLE, f"packed {len(layers)} times over, which no honest server does")
    data = payload
    for name in reversed(layers):
        if not data:
            break
        step = _one_layer(data, name, limit)
        if step.outcome:
            return step
        data = step.data
    if len(data) > limit:
        return Unpacked(b"", Outcome.TOO_LARGE, f"the body is larger than the limit of {limit} bytes")
    return Unpacked(data)


def _one_layer(data: bytes, name: str, limit: int) -> Unpacked:
    if name in {"gzip", "x-gzip"}:
        return _members(data, limit, zlib.MAX_WBITS | 16, "gzip")
    if name == "deflate":
        # Meant is zlib (RFC 1950); some servers send bare deflate (RFC 1951), and browsers take both.
        bare = not _looks_like_zlib(data)
        return _members(data, limit, -zlib.MAX_WBITS if bare else zlib.MAX_WBITS, "deflate", members=1)
    return Unpacked(b"", Outcome.UNDECODABLE, f"packed as {name[:40]!r}, which was not offered")


def _looks_like_zlib(data: bytes) -> bool:
    return len(data) >= 2 and data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0


def _members(data: bytes, limit: int, wbits: int, name: str, members: int = _MAX_MEMBERS) -> Unpacked:
    out = bytearray()
    rest = data
    for _ in range(members):
        stream = zlib.decompressobj(wbits)
        try:
            out += stream.decompress(rest, limit + 1 - len(out))
        except zlib.error as error:
            return Unpacked(bytes(out), Outcome.UNDECODABLE, f"the {name} body does not unpack: {error}")
        if len(out) > limit:
            return Unpacked(b"", Outcome.TOO_LARGE, f"the body unpacks to more than the limit of {limit} bytes")
        if not stream.eof:
            return Unpacked(bytes(out), Outcome.TRUNCATED, f"the {name} body ends before its own end mark")
        # Padding with zero bytes is harmless, and gzip(1) takes it too.
        rest = stream.unused_data.lstrip(b"\0")
        if not rest:
            return Unpacked(bytes(out))
    return Unpacked(bytes(out), Outcome.UNDECODABLE, f"{len(rest)} bytes follow the end of the {name} body")
