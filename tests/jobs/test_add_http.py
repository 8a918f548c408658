"""From an address to an event: whatever a server does, the archive says what happened and loses nothing.

A real server on loopback, real WARC files, a real database. ``warcio check`` passes on all that was written.
"""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.jobs import look
from archiver.jobs.add import Added, Options, add, summary
from archiver.jobs.targets import Given, Target
from archiver.jobs.verify import run as verify
from archiver.model import Outcome
from tests.fakeweb import FakeWeb, Pause, answer, bomb, html, zipped

BODY = "".join(
    f"<p>The council of Ilsen said on Monday that the ferry will cross {n} times a day until the bridge is mended, "
    "and that nobody will be asked to pay for the longer way round.</p>"
    for n in range(3, 9)
)
PAGE = f"<article><h1>Ferry replaces bridge at Ilsen</h1><p class=byline>By Ana Novak, 3 May 2024</p>{BODY}</article>"
QUICK = Options(allow_private=True, delay=0, timeout=4, max_bytes=1_000_000)


@pytest.fixture
def web() -> Iterator[FakeWeb]:
    """A site with one good page."""
    with FakeWeb() as site:
        site.page("/a", f"<html><head><title>Ferry replaces bridge at Ilsen</title></head><body>{PAGE}</body></html>")
        yield site


def keep(folder: Path, *addresses: str, options: Options = QUICK) -> list[Added]:
    """What came of fetching ``addresses``."""
    return list(add(folder, [Target(a, Given(), address=a) for a in addresses], options))


def sound(folder: Path) -> None:
    """`verify` finds everything in order, and `warcio check` agrees about every file."""
    wrong = [v for v in verify(folder) if v["judgement"] != "match" and v["subject"] != "quote"]
    assert wrong == []
    files = [str(p) for p in (folder / "snapshots").rglob("*.warc.gz")]
    assert files
    checked = subprocess.run([sys.executable, "-m", "warcio.cli", "check", *files], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout


def test_a_page_is_kept_with_all_its_bytes(tmp_path: Path, web: FakeWeb) -> None:
    """The answer stands in a WARC file exactly as it went over the wire."""
    (one,) = keep(tmp_path, web.url("/a"))
    assert (one.outcome, one.new, one.title) == (Outcome.KEPT, True, "Ferry replaces bridge at Ilsen")
    record = look.record(tmp_path, web.url("/a"))
    assert record["grade"] == "fetch"
    assert record["captured_at"]
    assert record["published"]["value"] == "2024-05-03"
    sent = bytes(web.answers[[r.path for r in web.requests].index("/a")])
    from warcio.archiveiterator import ArchiveIterator

    responses = []
    for path in (tmp_path / "snapshots").rglob("*.warc.gz"):
        with path.open("rb") as stream:
            for found in ArchiveIterator(stream, no_record_parse=True):
                if found.rec_type == "response":
                    responses.append(found.raw_stream.read())
    assert sent in responses
    sound(tmp_path)


def test_a_changed_page_is_a_second_version_and_furniture_is_none(tmp_path: Path, web: FakeWeb) -> None:
    """New words make a version; a counter that moved, or the same bytes again, make an event and no version."""
    changed = PAGE.replace("cross 4 times", "cross 40 times")
    web.script(
        "/b",
        html(PAGE + "<footer>Views: 399</footer>", title="Ferry"),
        html(PAGE + "<footer>Views: 412</footer>", title="Ferry"),
        html(changed, title="Ferry"),
        html(PAGE, title="Ferry"),
        html(PAGE, title="Ferry"),
    )
    told = [keep(tmp_path, web.url("/b"))[0] for _ in range(5)]
    assert [one.new_version for one in told] == [True, False, True, True, False]
    assert [one.outcome for one in told][-1] is Outcome.UNCHANGED or told[-1].outcome is Outcome.KEPT
    events, changes = look.history(tmp_path, web.url("/b"))
    assert [e["version"] for e in events] == [1, 1, 2, 3, 3]
    assert [number for number, _ in changes] == [2, 3]
    sound(tmp_path)


def test_not_modified_is_an_event_without_a_body(tmp_path: Path, web: FakeWeb) -> None:
    """The second visit asks conditionally, and a 304 adds no snapshot and no version."""
    web.script(
        "/c", html(PAGE, headers=[("ETag", '"v1"')]), answer(status=304, media_type=None, headers=[("ETag", '"v1"')])
    )
    first, second = keep(tmp_path, web.url("/c"))[0], keep(tmp_path, web.url("/c"))[0]
    assert (first.outcome, second.outcome) == (Outcome.KEPT, Outcome.NOT_MODIFIED)
    assert web.requests[-1].headers.get("If-None-Match", web.requests[-1].headers.get("if-none-match")) == '"v1"'
    assert second.new is False
    assert len(look.history(tmp_path, web.url("/c"))[0]) == 2
    sound(tmp_path)


def test_a_redirect_chain_is_kept_whole(tmp_path: Path, web: FakeWeb) -> None:
    """Every hop is in the WARC file; the article is the address that answered, found under both."""
    web.redirect("/old", "/older")
    web.redirect("/older", "/a")
    (one,) = keep(tmp_path, web.url("/old"))
    assert one.outcome is Outcome.KEPT
    assert look.record(tmp_path, web.url("/old"))["url"] == web.url("/a")
    events, _ = look.history(tmp_path, web.url("/a"))
    assert events[0]["requested_url"] == web.url("/old")
    sound(tmp_path)


CUT = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n<p>half"
FAILURES: dict[str, tuple[object, Outcome]] = {
    "not found": (answer("gone fishing", status=404), Outcome.NOT_FOUND),
    "gone": (answer("", status=410), Outcome.GONE),
    "forbidden": (answer("no", status=403), Outcome.FORBIDDEN),
    "server error": (answer("oops", status=502), Outcome.SERVER_ERROR),
    "rate limited": (answer("later", status=429, headers=[("Retry-After", "3600")]), Outcome.RATE_LIMITED),
    "redirect to a private network": (answer(status=302, headers=[("Location", "http://10.0.0.1/x")]), Outcome.GUARD),
    "redirect loop": (answer(status=302, headers=[("Location", "/bad")]), Outcome.REDIRECT),
    "truncated": ((CUT,), Outcome.TRUNCATED),
    "cut gzip": (answer(zipped(BODY.encode())[:-12], headers=[("Content-Encoding", "gzip")]), None),
    "gzip bomb": (answer(bomb(64), headers=[("Content-Encoding", "gzip")]), Outcome.TOO_LARGE),
    "drip": ((b"HTTP/1.1 200 OK\r\n", *[s for _ in range(60) for s in (Pause(0.2), b"X: y\r\n")]), Outcome.TIMEOUT),
    "picture": (answer(b"\x89PNG\r\n\x1a\n" + bytes(99), media_type="image/png"), Outcome.NOT_TEXT),
    "soft 404": (html("<h1>Səhifə tapılmadı</h1>", title="404 Səhifə tapılmadı"), Outcome.SOFT_404),
    "empty": (answer(""), Outcome.EMPTY),
}  # fmt: skip


@pytest.mark.parametrize("case", FAILURES)
def test_a_failure_is_an_event_and_the_last_good_copy_stays(tmp_path: Path, web: FakeWeb, case: str) -> None:
    """Each failure is named with its reason; the article still shows the good version before it."""
    steps, outcome = FAILURES[case]
    web.script("/bad", html(PAGE, title="Ferry"), steps)  # type: ignore[arg-type]
    good, bad = keep(tmp_path, web.url("/bad"))[0], keep(tmp_path, web.url("/bad"), options=QUICK)[0]
    assert good.outcome is Outcome.KEPT
    assert bad.outcome is not None
    assert bad.outcome.is_failure
    assert bad.outcome is outcome or outcome is None
    assert bad.reason
    events, _ = look.history(tmp_path, web.url("/bad"))
    assert [e["outcome"] for e in events] == ["kept", str(bad.outcome)]
    record = look.record(tmp_path, web.url("/bad"))
    assert record["title"] == "Ferry replaces bridge at Ilsen"
    assert len(record["versions"]) == 1
    sound(tmp_path)


def test_a_wrong_charset_is_read_and_said(tmp_path: Path, web: FakeWeb) -> None:
    """Bytes that are not in the declared encoding are kept as they came, read as well as can be, and noted."""
    russian = "<h1>Паром вместо моста</h1>" + "".join(
        f"<p>Совет Ильсена сообщил, что паром пойдёт {n} раз в день.</p>" * 2 for n in range(9)
    )
    page = f"<html><head><meta charset=utf-8><title>Паром вместо моста</title></head><body>{russian}</body></html>"
    web.script("/r", answer(page.encode("windows-1251"), media_type="text/html; charset=utf-8"))
    (one,) = keep(tmp_path, web.url("/r"))
    assert one.title == "Паром вместо моста"
    record = look.record(tmp_path, web.url("/r"))
    assert record["encoding"] == "cp1251"
    assert record["notes"]
    sound(tmp_path)


def test_a_list_goes_on_after_a_failure(tmp_path: Path, web: FakeWeb) -> None:
    """One address that fails is one failure; the others are kept, in order."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        closed = listener.getsockname()[1]
    told = keep(tmp_path, web.url("/a"), web.url("/missing"), f"http://127.0.0.1:{closed}/x", web.url("/a"))
    assert summary(told) == {"new": 1, "held": 1, "failed": 2}
    assert [one.outcome for one in told[1:3]] == [Outcome.NOT_FOUND, Outcome.CONNECT]
    sound(tmp_path)


def test_loopback_is_refused_unless_asked_for(tmp_path: Path, web: FakeWeb) -> None:
    """Without --allow-private nothing on this machine or its network is contacted, and that is an event too."""
    (one,) = keep(tmp_path, web.url("/a"), options=Options(delay=0))
    assert one.outcome is Outcome.GUARD
    assert web.requests == []


def test_robots_are_obeyed(tmp_path: Path) -> None:
    """What robots.txt asks us not to fetch is not fetched; the answer of robots.txt is kept as evidence."""
    with FakeWeb(robots="User-agent: *\nDisallow: /private/\n") as web:
        web.page("/private/a", PAGE)
        (one,) = keep(tmp_path, web.url("/private/a"))
        assert one.outcome is Outcome.ROBOTS
        assert [r.path for r in web.requests] == ["/robots.txt"]
    sound(tmp_path)
