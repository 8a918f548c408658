"""A body comes out of a response whole or not at all."""

import gzip
import zlib

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from archiver.store.payload import NotDecodable, decode, split
from tests.store.helpers import answer

BODY = "Əliyev Şuşada, " * 40
PLAIN = BODY.encode()


def chunked(body: bytes, size: int = 7) -> bytes:
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def bare_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


WHOLE = {
    "plain": answer(PLAIN),
    "gzip": answer(gzip.compress(PLAIN), "Content-Encoding: gzip"),
    "gzip in two members": answer(gzip.compress(PLAIN[:50]) + gzip.compress(PLAIN[50:]), "Content-Encoding: x-gzip"),
    "zlib": answer(zlib.compress(PLAIN), "Content-Encoding: deflate"),
    "bare deflate": answer(bare_deflate(PLAIN), "Content-Encoding: deflate"),
    "chunks": answer(chunked(PLAIN), "Transfer-Encoding: chunked"),
    "chunks of gzip": answer(chunked(gzip.compress(PLAIN)), "transfer-encoding: Chunked", "content-encoding: GZIP"),
    "a chunk extension and a trailer": answer(
        b"%x;a=b\r\n%s\r\n0\r\nX: y\r\n\r\n" % (len(PLAIN), PLAIN), "Transfer-Encoding: chunked"
    ),
    "identity": answer(PLAIN, "Content-Encoding: identity"),
}
BROKEN = {
    "gzip cut": answer(gzip.compress(PLAIN)[:-12], "Content-Encoding: gzip"),
    "gzip damaged": answer(gzip.compress(PLAIN)[:30] + b"x" + gzip.compress(PLAIN)[31:], "Content-Encoding: gzip"),
    "brotli": answer(b"x", "Content-Encoding: br"),
    "no end of chunks": answer(chunked(PLAIN)[:-5], "Transfer-Encoding: chunked"),
    "a chunk that is too short": answer(b"5\r\nab\r\n0\r\n\r\n", "Transfer-Encoding: chunked"),
    "not HTTP": b"hello",
    "no end of head": b"HTTP/1.1 200 OK\r\nA: b\r\n",
    "nothing": b"",
}


@pytest.mark.parametrize("response", WHOLE.values(), ids=WHOLE)
def test_whole_bodies_come_out(response: bytes) -> None:
    """Framing and compression are undone."""
    assert decode(response) == PLAIN


@pytest.mark.parametrize("response", BROKEN.values(), ids=BROKEN)
def test_broken_ones_do_not(response: bytes) -> None:
    """Nothing partial is ever given out as a body."""
    with pytest.raises(NotDecodable):
        decode(response)


@for_all(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused(noise: bytes) -> None:
    """No other error escapes, whatever a server sends."""
    for response in (noise, b"HTTP/1.1 200 OK\r\n" + noise, answer(noise, "Transfer-Encoding: chunked")):
        try:
            headers, start = split(response)
            assert start <= len(response)
            assert all("\n" not in value for _, value in headers)
            decode(response)
        except NotDecodable:
            continue
