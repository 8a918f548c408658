"""An answer is cut out of the bytes the same way however they arrive, and only a whole one is called whole."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.fetch.coding import unpack
from archiver.fetch.wire import AnswerReader
from archiver.model import Outcome
from tests.fakeweb import chunked, zipped

HEAD = b"HTTP/1.1 200 OK\r\n"


def read(pieces: list[bytes]) -> AnswerReader:
    reader = AnswerReader()
    for piece in pieces:
        if not reader.done:
            reader.feed(piece)
    reader.end()
    return reader


def seen(reader: AnswerReader) -> tuple[Any, ...]:
    trouble = reader.trouble
    return (
        reader.head,
        bytes(reader.payload),
        trouble.outcome if trouble else None,
        trouble.reason if trouble else None,
    )


ANSWERS = st.sampled_from(
    [
        HEAD + b"Content-Length: 5\r\n\r\nhello",
        HEAD + b"Content-Length: 9\r\n\r\nhello",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunked(b"hello", b" world"),
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n",
        HEAD + b"\r\nhello",
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + HEAD + b"Content-Length: 5\r\n\r\nhello",
        b"HTTP/1.0 200 OK\nX: 1\n 2\n\nhello",
        b"<html>",
        b"HTTP/1.1 204 No Content\r\n\r\n",
        HEAD + b"no colon\r\n: no name\r\nX : spaced\r\nContent-Length: 0\r\n\r\n",
    ]
)


@given(ANSWERS, st.lists(st.integers(0, 120), max_size=12))
def test_where_the_network_cuts_makes_no_difference(whole: bytes, cuts: list[int]) -> None:
    """The same bytes in any pieces give the same head, body and verdict."""
    edges = [0, *sorted(min(cut, len(whole)) for cut in cuts), len(whole)]
    pieces = [whole[a:b] for a, b in pairwise(edges) if a < b]
    assert seen(read(pieces)) == seen(read([whole]))


@given(st.lists(st.binary(min_size=1, max_size=40), max_size=8), st.integers(1, 7))
def test_chunks_are_put_together_again(chunks: list[bytes], size: int) -> None:
    """Any body in any chunks, byte by byte or at once."""
    whole = HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunked(*chunks)
    reader = read([whole[at : at + size] for at in range(0, len(whole), size)])
    assert (bytes(reader.payload), reader.trouble, bytes(reader.raw)) == (b"".join(chunks), None, whole)


@given(st.binary(max_size=200), st.integers(0, 199))
def test_every_cut_of_a_body_with_an_announced_end_is_noticed(body: bytes, at: int) -> None:
    """One byte less is not whole: by length and by chunks."""
    cut = min(at, len(body))
    by_length = HEAD + b"Content-Length: %d\r\n\r\n" % (len(body) + 1) + body[:cut]
    by_chunks = HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunked(body + b"x")[: cut + 1]
    for whole in (by_length, by_chunks):
        trouble = read([whole]).trouble
        assert trouble
        assert (trouble.outcome, trouble.truncated) == (Outcome.TRUNCATED, "disconnect")


@given(st.binary(max_size=400))
def test_bytes_after_the_status_line_never_raise(junk: bytes) -> None:
    """Whatever comes, the reader says what it is and keeps all of it."""
    reader = AnswerReader()
    reader.feed(HEAD + junk)
    reader.end()
    assert reader.interim + bytes(reader.raw) == HEAD + junk


def test_single_bytes_are_put_together_too() -> None:
    """A long header line that arrives byte by byte is read, and not from its start again for each byte."""
    reader = AnswerReader()
    for byte in HEAD + b"X: " + b"a" * 60_000 + b"\r\nContent-Length: 0\r\n\r\n":
        reader.feed(bytes([byte]))
    assert reader.done
    assert reader.trouble is None


HEADS: dict[str, tuple[bytes, list[tuple[str, str]]]] = {
    "order and case stay": (b"b: 1\r\nA: 2\r\nB: 3\r\n", [("b", "1"), ("A", "2"), ("B", "3")]),
    "every byte survives": (b"X: \xd0\x9f\r\n", [("X", "\xd0\x9f")]),
    "folded lines are joined": (b"X: a\r\n\tb\r\n  c\r\n", [("X", "a b c")]),
    "a bare CR is no line end": (b"X: a\rSet-Cookie: b\r\n", [("X", "a Set-Cookie: b")]),
    "space before the colon": (b"X : a\r\n", [("X", "a")]),
    "lines that are no headers": (b"nonsense\r\n: x\r\nX: a\r\n", [("X", "a")]),
    "an empty value": (b"X:\r\n", [("X", "")]),
}


@pytest.mark.parametrize("name", HEADS)
def test_headers_as_they_came(name: str) -> None:
    """Leniently read, nothing invented."""
    lines, expected = HEADS[name]
    reader = read([HEAD + lines + b"\r\n"])
    assert reader.head
    assert list(reader.head.headers) == expected


@given(st.binary(max_size=300), st.integers(0, 300))
def test_a_cut_gzip_body_is_never_whole(body: bytes, at: int) -> None:
    """At whichever byte it is cut."""
    packed = zipped(body)
    cut = min(at, len(packed) - 1)
    assert unpack(packed, ["gzip"], 10_000) == unpack(packed, ["GZIP"], 10_000)
    assert unpack(packed, ["gzip"], 10_000).data == body
    if cut:
        assert unpack(packed[:cut], ["gzip"], 10_000).outcome is Outcome.TRUNCATED


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", "x", "identity"]), st.integers(0, 50))
def test_unpacking_anything_stays_within_its_limit(body: bytes, coding: str, limit: int) -> None:
    """No exception, and never more than the limit."""
    assert len(unpack(body, [coding], limit).data) <= limit


def test_the_limit_itself_is_allowed() -> None:
    """A body of exactly the limit is whole; one byte more is too large."""
    packed = zipped(bytes(1000))
    assert unpack(packed, ["gzip"], 1000).outcome is None
    assert unpack(packed, ["gzip"], 999).outcome is Outcome.TOO_LARGE
    assert unpack(bytes(1001), [], 1000).outcome is Outcome.TOO_LARGE
