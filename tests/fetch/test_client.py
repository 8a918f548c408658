"""Each thing a server may do becomes one outcome, with every byte that went over the wire."""

import gzip
import os
import socket
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.fetch.results import FetchResult
from archiver.model import Outcome
from tests.fakeweb import Answer, Asked, FakeWeb, KeepOpen, Pause, Reset, answer, bomb, chunked, html, zipped
from tests.fetch.helpers import fetcher


def _has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
BODY = b"<html><head><title>T</title></head><body><p>hello</p></body></html>"
GZIP = HEAD + b"Content-Encoding: gzip\r\n"
PACKED = zipped(BODY)
BARE = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
BARE_DEFLATE = BARE.compress(BODY) + BARE.flush()


def length(data: bytes, extra: int = 0) -> bytes:
    return b"Content-Length: %d\r\n\r\n" % (len(data) + extra)


WHOLE = {
    "a length": HEAD + length(BODY) + BODY,
    "chunks": HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunked(BODY[:10], BODY[10:]),
    "chunks with extensions and a trailer": HEAD
    + b"Transfer-Encoding: chunked\r\n\r\n"
    + b"%X ; name=value\r\n%b\r\n0\r\nX-Trailer: yes\r\n\r\n" % (len(BODY), BODY),
    "chunks that end without the last empty line": HEAD
    + b"Transfer-Encoding: chunked\r\n\r\n"
    + b"%x\r\n%b\r\n0\r\n" % (len(BODY), BODY),
    "gzip": GZIP + length(PACKED) + PACKED,
    "gzip in chunks": GZIP + b"Transfer-Encoding: chunked\r\n\r\n" + chunked(PACKED[:20], PACKED[20:]),
    "gzip in two members": GZIP + length(zipped(BODY[:9]) + zipped(BODY[9:])) + zipped(BODY[:9]) + zipped(BODY[9:]),
    "gzip padded with zeros": GZIP + length(PACKED + bytes(8)) + PACKED + bytes(8),
    "deflate": HEAD + b"Content-Encoding: deflate\r\n" + length(zlib.compress(BODY)) + zlib.compress(BODY),
    "deflate without its wrapper": HEAD + b"Content-Encoding: deflate\r\n" + length(BARE_DEFLATE) + BARE_DEFLATE,
    "a coding that is none": HEAD + b"Content-Encoding: identity\r\n" + length(BODY) + BODY,
    "bare line feeds": b"HTTP/1.1 200 OK\nContent-Length: %d\n\n" % len(BODY) + BODY,
    "HTTP/1.0 until the connection closes": b"HTTP/1.0 200 OK\r\n\r\n" + BODY,
    "the same length twice": HEAD + b"Content-Length: %d\r\n" % len(BODY) + length(BODY) + BODY,
    "a folded header": HEAD + b"X-Long: one\r\n two\r\n" + length(BODY) + BODY,
    "150 headers": HEAD + b"".join(b"X-%d: y\r\n" % n for n in range(150)) + length(BODY) + BODY,
    "no reason phrase": b"HTTP/1.1 200\r\n" + length(BODY) + BODY,
    "a line end after the body": HEAD + length(BODY) + BODY + b"\r\n",
    "a wrong media type": b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n" + length(BODY) + BODY,
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_page_is_kept_and_recorded_byte_for_byte(name: str) -> None:
    """However the end is marked and the body packed: KEPT, the decoded page, and the wire bytes untouched."""
    with FakeWeb() as web, fetcher() as fetch:
        web.raw("/a", WHOLE[name])
        result = fetch.fetch(web.url("/a"))
    assert (result.outcome, result.reason) == (Outcome.KEPT, None)
    assert result.body == BODY
    only = result.exchanges[0]
    assert only.response == web.answers[0] == WHOLE[name]
    assert only.request == web.requests[0].raw
    assert (only.status, only.ip, only.truncated, only.tls) == (200, "127.0.0.1", None, None)
    assert result.captured_at == only.started_at


# name: (what the server writes, outcome, WARC-Truncated reason)
NOT_WHOLE: dict[str, tuple[bytes, Outcome, str | None]] = {
    "shorter than its length": (HEAD + length(BODY, 10) + BODY, Outcome.TRUNCATED, "disconnect"),
    "longer than its length": (HEAD + length(BODY, -10) + BODY, Outcome.TRUNCATED, "unspecified"),
    "a second answer behind it": (HEAD + length(BODY) + BODY + WHOLE["gzip"], Outcome.TRUNCATED, "unspecified"),
    "no last chunk": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", Outcome.TRUNCATED, "disconnect"),
    "cut in a chunk": (HEAD + b"Transfer-Encoding: chunked\r\n\r\nff\r\nhello", Outcome.TRUNCATED, "disconnect"),
    "a chunk size that is none": (
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nZZ\r\nx\r\n0\r\n\r\n",
        Outcome.UNDECODABLE,
        None,
    ),
    "a chunk longer than its size": (
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n0\r\n\r\n",
        Outcome.UNDECODABLE,
        None,
    ),
    "gzip cut, the length says so too": (GZIP + length(PACKED[:-12]) + PACKED[:-12], Outcome.TRUNCATED, None),
    "gzip with a wrong checksum": (
        GZIP + length(PACKED) + PACKED[:-8] + bytes(4) + PACKED[-4:],
        Outcome.UNDECODABLE,
        None,
    ),
    "gzip with something behind it": (GZIP + length(PACKED + b"junk") + PACKED + b"junk", Outcome.UNDECODABLE, None),
    "gzip that is not": (GZIP + length(BODY) + BODY, Outcome.UNDECODABLE, None),
    "brotli, which was not offered": (
        HEAD + b"Content-Encoding: br\r\n" + length(BODY) + BODY,
        Outcome.UNDECODABLE,
        None,
    ),
    "a coding nobody knows": (HEAD + b"Content-Encoding: x-foo\r\n" + length(BODY) + BODY, Outcome.UNDECODABLE, None),
    "packed transfer": (
        HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + chunked(PACKED),
        Outcome.UNDECODABLE,
        None,
    ),
    "half a page under status 206": (
        b"HTTP/1.1 206 Partial Content\r\n" + length(BODY) + BODY,
        Outcome.TRUNCATED,
        None,
    ),
    "cut in the headers": (HEAD + b"X-Half: wa", Outcome.PROTOCOL, "disconnect"),
    "nothing at all": (b"", Outcome.PROTOCOL, None),
    "no status line": (BODY, Outcome.PROTOCOL, None),
    "HTTP/1.10": (b"HTTP/1.10 200 OK\r\n\r\n", Outcome.PROTOCOL, None),
    "another protocol": (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", Outcome.PROTOCOL, None),
    "two lengths": (HEAD + b"Content-Length: 5\r\n" + length(BODY) + BODY, Outcome.PROTOCOL, None),
    "a negative length": (HEAD + b"Content-Length: -5\r\n\r\n" + BODY, Outcome.PROTOCOL, None),
    "length and chunks at once": (
        HEAD + b"Transfer-Encoding: chunked\r\n" + length(BODY) + chunked(BODY),
        Outcome.PROTOCOL,
        None,
    ),
    "a zero byte in a header": (HEAD + b"X-A: a\0b\r\n" + length(BODY) + BODY, Outcome.PROTOCOL, None),
    "a header line of 70,000 bytes": (HEAD + b"X-A: " + b"a" * 70000 + b"\r\n\r\n" + BODY, Outcome.PROTOCOL, None),
    "600 headers": (
        HEAD + b"".join(b"X-%d: y\r\n" % n for n in range(600)) + length(BODY) + BODY,
        Outcome.PROTOCOL,
        None,
    ),
    "a body under status 204": (b"HTTP/1.1 204 No Content\r\n" + length(BODY) + BODY, Outcome.PROTOCOL, None),
}


@pytest.mark.parametrize("name", NOT_WHOLE)
def test_a_part_is_never_taken_for_the_whole(name: str) -> None:
    """A cut, damaged or doubtful answer has its own outcome, a reason for a person, and all bytes that came."""
    written, outcome, truncated = NOT_WHOLE[name]
    with FakeWeb() as web, fetcher() as fetch:
        web.raw("/a", written)
        result = fetch.fetch(web.url("/a"))
    assert result.outcome is outcome, result.reason
    assert result.reason
    assert result.exchanges[0].response == written
    assert result.exchanges[0].truncated == truncated


STATUS = {
    "401": (answer("x", status=401), Outcome.FORBIDDEN),
    "403": (answer("x", status=403), Outcome.FORBIDDEN),
    "404": (answer("x", status=404), Outcome.NOT_FOUND),
    "410": (answer("x", status=410), Outcome.GONE),
    "418": (answer("x", status=418), Outcome.HTTP_ERROR),
    "429": (answer("x", status=429), Outcome.RATE_LIMITED),
    "451": (answer("x", status=451), Outcome.FORBIDDEN),
    "500": (answer("x", status=500), Outcome.SERVER_ERROR),
    "503": (answer("x", status=503), Outcome.SERVER_ERROR),
    "503 with Retry-After": (answer("x", status=503, headers=[("Retry-After", "9")]), Outcome.RATE_LIMITED),
    "999": (answer("x", status=999), Outcome.HTTP_ERROR),
    "204": ((b"HTTP/1.1 204 No Content\r\n\r\n",), Outcome.EMPTY),
    "205 with a body": (answer("x", status=205), Outcome.PROTOCOL),
    "200 without a byte": (answer(""), Outcome.EMPTY),
    "200 with spaces": (answer(" \r\n "), Outcome.EMPTY),
    "300": (answer("x", status=300), Outcome.REDIRECT),
    "302 without Location": (answer("x", status=302), Outcome.REDIRECT),
    "304 that was not asked for": ((b"HTTP/1.1 304 Not Modified\r\n\r\n",), Outcome.PROTOCOL),
    "a picture": (answer(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", media_type="image/png"), Outcome.NOT_TEXT),
    "a picture that says it is a page": (answer(b"\xff\xd8\xff\xe0\0\x10JFIF"), Outcome.NOT_TEXT),
    "a PDF": (answer(b"%PDF-1.7\n%\xe2\xe3", media_type="application/pdf"), Outcome.NOT_TEXT),
    "a program": (answer(bytes(range(256)), media_type="application/octet-stream"), Outcome.NOT_TEXT),
    "404 cut short": ((b"HTTP/1.1 404 Not Found\r\nContent-Length: 99\r\n\r\nx",), Outcome.NOT_FOUND),
}


@pytest.mark.parametrize("name", STATUS)
def test_each_status_has_its_outcome(name: str) -> None:
    """No status, however odd, is taken for a page; the number itself stays as it came."""
    steps, outcome = STATUS[name]
    with FakeWeb() as web, fetcher() as fetch:
        web.script("/a", steps)
        result = fetch.fetch(web.url("/a"))
    assert result.outcome is outcome, result.reason
    assert result.reason
    assert result.status == int(steps[0].split()[1])
    assert result.exchanges[0].response == web.answers[0]


def test_the_request_says_who_asks_and_nothing_else() -> None:
    """Our own name, no cookie, no credentials, no referrer; compression only as far as we unpack it."""
    with FakeWeb() as web, fetcher() as fetch:
        web.script("/a", html("<p>x</p>", headers=[("Set-Cookie", "a=b")]))
        fetch.fetch(web.url("/a"))
        fetch.fetch(web.url("/a"))
    assert {"host", "user-agent", "accept", "accept-encoding", "connection"} == set(web.requests[1].headers)
    assert web.requests[1].headers["user-agent"] == "archiver/test (+test@news.example)"
    assert web.requests[1].headers["accept-encoding"] == "gzip, deflate"


def test_environment_and_netrc_do_not_reach_the_wire(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No proxy from the environment, no password from a .netrc."""
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password hunter2\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with FakeWeb() as web, fetcher() as fetch:
        web.script("/a", html("<p>x</p>"))
        result = fetch.fetch(web.url("/a"))
    assert result.outcome is Outcome.KEPT
    assert b"uthorization" not in web.requests[0].raw


def test_an_address_in_other_scripts_is_sent_escaped() -> None:
    """Path and query in UTF-8 and percent signs; what was escaped stays as it was."""
    with FakeWeb() as web, fetcher() as fetch:
        web.script("/%D0%BF%D1%83%D1%82%D1%8C%20a?q=%C9%99&b=%2F", html("<p>x</p>"))
        result = fetch.fetch(web.url("/путь a?q=ə&b=%2F#part"))
    assert result.outcome is Outcome.KEPT
    assert result.url.endswith("/%D0%BF%D1%83%D1%82%D1%8C%20a?q=%C9%99&b=%2F")


# Redirects


def test_the_whole_chain_is_kept() -> None:
    """Every hop is an exchange of its own, in order; the result stands at the end of the chain."""
    with FakeWeb() as web, fetcher() as fetch:
        web.redirect("/1", "/2", 301)
        web.redirect("/2", "3?x=1", 307)
        web.redirect("/3?x=1", web.url("/4#frag"), 308)
        web.script("/4", html("<p>x</p>"))
        result = fetch.fetch(web.url("/1"))
    assert result.outcome is Outcome.KEPT
    assert [e.status for e in result.exchanges] == [301, 307, 308, 200]
    assert [e.response for e in result.exchanges] == web.answers
    assert (result.requested_url, result.url) == (web.url("/1"), web.url("/4"))


REDIRECTS = {
    "a private network": ("http://10.0.0.1/", Outcome.GUARD),
    "a metadata service": ("http://169.254.169.254/latest/meta-data/", Outcome.GUARD),
    "another loopback address": ("http://127.0.0.2/", Outcome.GUARD),
    "loopback as a number": ("http://2130706433/", Outcome.GUARD),
    "a name for a private network": ("http://internal.example/", Outcome.GUARD),
    "a password": ("http://me:hunter2@news.example/", Outcome.GUARD),
    "a file": ("file:///etc/passwd", Outcome.GUARD),
    "script": ("javascript:alert(1)", Outcome.GUARD),
    "a mail server": ("http://127.0.0.1:25/", Outcome.GUARD),
    "a name nobody knows": ("http://nowhere.example/", Outcome.DNS),
    "itself": ("/a", Outcome.REDIRECT),
    "itself, spelt as a fragment": ("#top", Outcome.REDIRECT),
    "no host": ("http://", Outcome.REDIRECT),
    "brackets that do not close": ("http://[zz/", Outcome.REDIRECT),
    "a scheme without slashes": ("http:a", Outcome.REDIRECT),
    "backslashes": ("\\\\127.0.0.2\\a", Outcome.REDIRECT),
    "a scheme and backslashes": ("http:\\\\127.0.0.2\\", Outcome.REDIRECT),
    "no port number": ("http://news.example:x/", Outcome.REDIRECT),
}


@pytest.mark.parametrize("name", REDIRECTS)
def test_a_redirect_is_checked_like_a_first_address(name: str) -> None:
    """Also with private addresses allowed: that opens the address a person named, not where a server points."""
    to, outcome = REDIRECTS[name]
    with FakeWeb() as web, fetcher(known={"internal.example": ["10.1.2.3"]}) as fetch:
        web.redirect("/a", to)
        result = fetch.fetch(web.url("/a"))
    assert result.outcome is outcome, result.reason
    assert [e.status for e in result.exchanges] == [302]
    assert "hunter2" not in f"{result.reason}{result.url}"


def test_a_long_chain_ends() -> None:
    """One redirect more than allowed, and no further request is made."""
    with FakeWeb() as web, fetcher(max_redirects=3) as fetch:
        for number in range(9):
            web.redirect(f"/{number}", f"/{number + 1}")
        result = fetch.fetch(web.url("/0"))
    assert result.outcome is Outcome.REDIRECT
    assert len(web.requests) == 4


def test_a_location_in_raw_utf_8_is_understood() -> None:
    """Servers send it unescaped; browsers follow it."""
    with FakeWeb() as web, fetcher() as fetch:
        web.raw("/a", b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /\xd0\xbf\r\n\r\n")
        web.script("/%D0%BF", html("<p>x</p>"))
        assert fetch.fetch(web.url("/a")).outcome is Outcome.KEPT


# Conditional requests


def test_an_unchanged_page_costs_no_body() -> None:
    """The validators of the last answer go back to the server, and 304 is NOT_MODIFIED."""
    with FakeWeb() as web, fetcher() as fetch:
        web.conditional("/a", "<p>x</p>", '"v1"')
        first = fetch.fetch(web.url("/a"))
        second = fetch.fetch(web.url("/a"), etag=first.etag, last_modified="Sun, 22 Nov 2026 04:20:00 GMT")
    assert (first.outcome, second.outcome) == (Outcome.KEPT, Outcome.NOT_MODIFIED)
    assert not second.outcome.is_failure
    assert web.requests[1].headers["if-modified-since"] == "Sun, 22 Nov 2026 04:20:00 GMT"
    assert second.body == b""


@pytest.mark.parametrize("etag", ['"a"\r\nX-Evil: 1', '"ə"', "", "x" * 5000])
def test_a_validator_that_no_header_can_hold_is_left_out(etag: str) -> None:
    """It came from a server once; it must not break, split or bloat a request."""
    with FakeWeb() as web, fetcher() as fetch:
        web.script("/a", html("<p>x</p>"))
        assert fetch.fetch(web.url("/a"), etag=etag).outcome is Outcome.KEPT
    assert "if-none-match" not in web.requests[0].headers
    assert "x-evil" not in web.requests[0].headers


# Limits, and servers that do not play along


def endless(_: Asked) -> Iterator[bytes]:
    yield HEAD + b"Connection: close\r\n\r\n"
    while True:
        yield b"<p>x</p>" * 8192


def dripping_head(_: Asked) -> Iterator[bytes | Pause]:
    yield b"HTTP/1.1 200 OK\r\n"
    while True:
        yield b"X-Drip: y\r\n"
        yield Pause(0.02)


def dripping_body(_: Asked) -> Iterator[bytes | Pause]:
    yield HEAD + b"Content-Length: 100000\r\n\r\n"
    while True:
        yield b"a"
        yield Pause(0.02)


def hints_without_end(_: Asked) -> Iterator[bytes]:
    while True:
        yield b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"


def packed_forty_times(_: Asked) -> Answer:
    body = b"a" * 1000
    for _n in range(40):
        body = gzip.compress(body)
    return answer(body, headers=[("Content-Encoding", ", ".join(["gzip"] * 40))])


def many_members(_: Asked) -> Answer:
    return answer(gzip.compress(b"") * 20_000 + zipped(BODY), headers=[("Content-Encoding", "gzip")])


HOSTILE = {
    "silence": (lambda _: [Pause()], Outcome.TIMEOUT, None),
    "a head in drips": (dripping_head, Outcome.TIMEOUT, "time"),
    "a body in drips": (dripping_body, Outcome.TIMEOUT, "time"),
    "silence in the middle": (lambda _: [HEAD + length(BODY), BODY[:9], Pause()], Outcome.TIMEOUT, "time"),
    "a body without end": (endless, Outcome.TOO_LARGE, "length"),
    "a huge length": (lambda _: [HEAD + b"Content-Length: 99999999999\r\n\r\n"], Outcome.TOO_LARGE, "length"),
    "a gzip bomb": (lambda _: answer(bomb(8), headers=[("Content-Encoding", "gzip")]), Outcome.TOO_LARGE, None),
    "a gzip bomb in a gzip": (
        lambda _: answer(zipped(bomb(8)), headers=[("Content-Encoding", "gzip, gzip")]),
        Outcome.TOO_LARGE,
        None,
    ),
    "gzip forty times over": (packed_forty_times, Outcome.UNDECODABLE, None),
    "gzip in 20,000 members": (many_members, Outcome.UNDECODABLE, None),
    "hints without end": (hints_without_end, Outcome.PROTOCOL, "unspecified"),
    "cookies without end": (
        lambda _: [HEAD + b"".join(b"Set-Cookie: c%d=%b\r\n" % (n, b"x" * 4000) for n in range(90)) + b"\r\nok"],
        Outcome.PROTOCOL,
        None,
    ),
    "torn down before the answer": (lambda _: [Reset()], Outcome.CONNECT, None),
    "torn down in the body": (
        lambda _: [HEAD + length(BODY), BODY[:9], Pause(0.2), Reset()],
        Outcome.TRUNCATED,
        "disconnect",
    ),
    "torn down, no length": (
        lambda _: [HEAD + b"\r\n", BODY[:9], Pause(0.2), Reset()],
        Outcome.TRUNCATED,
        "disconnect",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_fetch_ends_whatever_the_server_does(name: str) -> None:
    """Within time and size, with what came until then on record, and no exception."""
    handler, outcome, truncated = HOSTILE[name]
    with FakeWeb() as web:
        web.handle("/a", handler)  # type: ignore[arg-type]
        with fetcher(total_timeout=0.9, read_timeout=0.5, max_wire_bytes=500_000, max_body_bytes=1_000_000) as fetch:
            result = fetch.fetch(web.url("/a"))
        sent = bytes(web.answers[0])
    assert result.outcome is outcome, result.reason
    assert result.exchanges[0].truncated == truncated or name == "silence"
    came = result.exchanges[0].interim + result.exchanges[0].response
    assert sent.startswith(came)
    assert len(came) <= 500_000
    assert len(result.body) <= 1_000_000


def test_a_server_that_keeps_the_connection_open_is_no_trouble() -> None:
    """The announced end is the end, though we asked for the connection to be closed and it was not."""
    with FakeWeb() as web, fetcher() as fetch:
        web.raw("/a", WHOLE["a length"], KeepOpen())
        assert fetch.fetch(web.url("/a")).outcome is Outcome.KEPT


def test_early_hints_are_kept_apart() -> None:
    """Informational answers come before the real one, and are on record beside it."""
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    with FakeWeb() as web, fetcher() as fetch:
        web.raw("/a", hints, Pause(0.05), WHOLE["gzip"])
        result = fetch.fetch(web.url("/a"))
    assert result.outcome is Outcome.KEPT
    assert (result.exchanges[0].interim, result.exchanges[0].response) == (hints, WHOLE["gzip"])


def test_a_body_whose_end_nobody_announced_is_kept_with_a_note() -> None:
    """It is whole as far as anybody can tell, and the record says how far that is."""
    with FakeWeb() as web, fetcher() as fetch:
        web.raw("/a", HEAD + b"\r\n" + BODY)
        result = fetch.fetch(web.url("/a"))
    assert result.outcome is Outcome.KEPT
    assert "announced no length" in result.notes[0]


# Addresses


NOT_FETCHED = {
    "a password": "http://me:hunter2@127.0.0.1/",
    "a user": "http://me@127.0.0.1/",
    "an empty password": "http://me:@127.0.0.1/",
    "a password behind an odd character": "http://me:hunt\\er2@127.0.0.1/",
    "an escaped password": "http://%75ser:%70ass@127.0.0.1/",
    "another scheme": "ftp://127.0.0.1/",
    "no scheme": "//127.0.0.1/",
    "no address": "news",
    "nothing": "",
    "a line break": "http://127.0.0.1/\r\nX-Evil: 1",
    "a zero byte": "http://127.0.0.1/\0",
}


@pytest.mark.parametrize("name", NOT_FETCHED)
def test_an_address_that_cannot_be_fetched_is_an_outcome_too(name: str) -> None:
    """No request, no exception, and no password in what is said about it."""
    with fetcher() as fetch:
        result = fetch.fetch(NOT_FETCHED[name])
    assert (result.outcome, result.exchanges) == (Outcome.GUARD, ())
    assert result.reason
    assert "hunter2" not in f"{result}"
    assert "hunt\\er2" not in result.requested_url


def test_nobody_listening_is_an_outcome() -> None:
    """A refused connection is CONNECT."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with fetcher() as fetch:
        result = fetch.fetch(f"http://127.0.0.1:{port}/")
    assert (result.outcome, result.exchanges) == (Outcome.CONNECT, ())


def test_an_unknown_name_is_an_outcome() -> None:
    """DNS, and no exchange: nobody was asked anything."""
    with fetcher() as fetch:
        result = fetch.fetch("http://nowhere.example/")
    assert (result.outcome, result.exchanges) == (Outcome.DNS, ())


def test_the_next_address_is_tried_when_the_first_is_silent() -> None:
    """A host with several addresses is reached at the one that answers, and the record says which."""
    with FakeWeb() as web, fetcher(known={"two.example": ["::1", "127.0.0.1"]}) as fetch:
        web.script("/a", html("<p>x</p>"))
        result = fetch.fetch(web.url("/a", host="two.example"))
    assert result.outcome is Outcome.KEPT
    assert result.exchanges[0].ip == "127.0.0.1"
    assert web.requests[0].headers["host"] == f"two.example:{web.port}"


@pytest.mark.skipif(not _has_ipv6(), reason="no IPv6 on this machine")
def test_an_ipv6_address_in_brackets() -> None:
    """Reached without a name server, and named in brackets to the server."""
    with FakeWeb(address="::1") as web, fetcher() as fetch:
        web.script("/a", html("<p>x</p>"))
        result = fetch.fetch(web.url("/a", host="[::1]"))
    assert result.outcome is Outcome.KEPT, result.reason
    assert result.exchanges[0].ip == "::1"
    assert web.requests[0].headers["host"] == f"[::1]:{web.port}"


def test_a_redirect_to_the_front_page_is_noted() -> None:
    """Many sites answer so for a page they no longer have; the record says it, the outcome does not guess."""
    with FakeWeb() as web, fetcher() as fetch:
        web.redirect("/news/1", "/")
        web.script("/", html("<p>x</p>"))
        assert fetch.fetch(web.url("/")).notes == ()
        assert "front page" in fetch.fetch(web.url("/news/1")).notes[0]


@given(st.text(max_size=80))
def test_any_text_in_the_place_of_an_address_is_an_outcome(text: str) -> None:
    """Alone, as a host, as a path of a host that does not exist."""
    with fetcher() as fetch:
        for url in (text, f"http://{text}", f"http://nowhere.example/{text}"):
            assert fetch.fetch(url).outcome in {Outcome.GUARD, Outcome.DNS, Outcome.CONNECT}


def test_declared_type_and_charset_are_kept_as_said() -> None:
    """The declaration is testimony: spelling and all."""
    with FakeWeb() as web, fetcher() as fetch:
        web.page("/a", "<p>x</p>", media_type='Text/HTML; x=1; Charset="Windows-1251"')
        result: FetchResult = fetch.fetch(web.url("/a"))
    assert (result.media_type, result.charset) == ("text/html", "Windows-1251")


def test_random_bytes_never_raise() -> None:
    """Whatever comes over the wire is an outcome."""
    with FakeWeb() as web, fetcher() as fetch:
        web.handle("/a", lambda _: [b"HTTP/1.1 200 " + os.urandom(300)])
        for _ in range(20):
            assert fetch.fetch(web.url("/a")).outcome in set(Outcome)
