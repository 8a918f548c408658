"""A polite guest: robots.txt is asked first, hosts are given time, and "later" is heard."""

from collections.abc import Sequence
from datetime import timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest

from archiver.fetch.manners import Manners, Rules, read_robots, retry_after
from archiver.model import Outcome
from tests.fakeweb import Asked, FakeWeb, Reset, answer, bomb, html, zipped
from tests.fetch.helpers import START, Clock, fetcher, polite

HOST = "http://news.example"

# What a robots.txt says, and which paths it leaves open.
ROBOTS: dict[str, tuple[str | bytes, dict[str, bool]]] = {
    "empty": ("", {"/a": True}),
    "a comment": ("# nothing to say", {"/a": True}),
    "all closed": ("User-agent: *\nDisallow: /", {"/a": False, "/": False}),
    "all open": ("User-agent: *\nDisallow:", {"/a": True}),
    "closed to us": ("User-agent: archiver\nDisallow: /", {"/a": False}),
    "closed to us, another case": ("user-agent: ARCHIVER\ndisallow: /", {"/a": False}),
    "closed to others": ("User-agent: otherbot\nDisallow: /", {"/a": True}),
    "closed to somebody whose name ends like ours": ("User-agent: ia_archiver\nDisallow: /", {"/a": True}),
    "our group counts, not the one for all": (
        "User-agent: *\nDisallow: /\n\nUser-agent: archiver\nDisallow: /private/",
        {"/a": True, "/private/a": False},
    ),
    "the longest match counts": (
        "User-agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif",
        {"/example/page/": True, "/example/page/disallowed.gif": False},
    ),
    "an exception": (
        "User-agent: *\nDisallow: /news/\nAllow: /news/public",
        {"/news/a": False, "/news/public/a": True},
    ),
    "wildcards": (
        "User-agent: *\nDisallow: /*/print$\nDisallow: /*?share=",
        {"/a/print": False, "/a/print/x": True, "/a?share=1": False, "/a?x=1": True},
    ),
    "two groups for us": (
        "User-agent: archiver\nDisallow: /a\n\nUser-agent: otherbot\nDisallow: /\n\nUser-agent: archiver\nDisallow: /b",
        {"/a": False, "/b": False, "/c": True},
    ),
    "several names over one group": ("User-agent: x\nUser-agent: archiver\nDisallow: /a", {"/a": False, "/b": True}),
    "other scripts": ("User-agent: *\nDisallow: /новости", {"/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8": False}),
    "escapes in another spelling": ("User-agent: *\nDisallow: /%c3%bc", {"/%C3%BC": False}),
    "Windows line ends": ("User-agent: *\r\nDisallow: /a\r\n", {"/a": False}),
    "old Mac line ends": ("User-agent: *\rDisallow: /a\r", {"/a": False}),
    "a byte order mark": (b"\xef\xbb\xbfUser-agent: *\nDisallow: /a", {"/a": False}),
    "UTF-16": ("User-agent: *\nDisallow: /a".encode("utf-16"), {"/a": False}),
    "a page instead": ("<!DOCTYPE html><html><body>Disallow: all</body></html>", {"/a": True}),
    "bytes": (bytes(range(256)), {"/a": True}),
    "a sitemap between": ("User-agent: *\nSitemap: https://news.example/s.xml\nDisallow: /a", {"/a": False}),
}


@pytest.mark.parametrize("name", ROBOTS)
def test_rules_are_read_as_meant(name: str) -> None:
    """RFC 9309, and what sites write."""
    text, paths = ROBOTS[name]
    rules = read_robots(text if isinstance(text, bytes) else text.encode())
    assert {path: rules.forbid(HOST + path) is None for path in paths} == paths


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("", 0.0),
        ("User-agent: *\nCrawl-delay: 10", 10.0),
        ("User-agent: *\nCrawl-delay: 0.5", 0.5),
        ("User-agent: *\nCrawl-delay: -5", 0.0),
        ("User-agent: *\nCrawl-delay: nan", 0.0),
        ("User-agent: *\nCrawl-delay: soon", 0.0),
        ("User-agent: *\nRequest-rate: 1/30", 30.0),
        ("User-agent: otherbot\nCrawl-delay: 10", 0.0),
    ],
)
def test_the_pace_a_site_asks_for(text: str, delay: float) -> None:
    """Crawl-delay and Request-rate in seconds; nonsense asks for nothing."""
    assert read_robots(text.encode()).delay == delay


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("0", 0.0),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("٣", None),
        ("9" * 400, 30 * 86400.0),
        (format_datetime(START + timedelta(seconds=90), usegmt=True), 90.0),
        (format_datetime(START - timedelta(days=9), usegmt=True), 0.0),
        ("Sun, 22 Nov 2126 04:20:00 GMT", 30 * 86400.0),
        ("Sunday, 22-Nov-26 04:21:00 GMT", 60.0),
        ("Sun Nov 22 04:21:00 2026", 60.0),
        ("Sun, 99 Nov 2026 04:20:00 GMT", None),
        ("Sun, 22 Nov 99999999999 04:20:00 GMT", None),
    ],
)
def test_retry_after_in_all_its_forms(value: str | None, seconds: float | None) -> None:
    """Seconds, three kinds of date, the past, the absurd, the meaningless."""
    assert retry_after(value, START) == seconds


def test_a_forbidden_page_is_not_asked_for() -> None:
    """ROBOTS, no exchange for the page, and the robots.txt itself as evidence."""
    with FakeWeb(robots="User-agent: *\nDisallow: /private") as web, fetcher(obey_robots=True) as fetch:
        web.script("/private/a", html("<p>x</p>"))
        web.script("/public", html("<p>x</p>"))
        forbidden = fetch.fetch(web.url("/private/a"))
        allowed = fetch.fetch(web.url("/public"))
    assert (forbidden.outcome, forbidden.exchanges) == (Outcome.ROBOTS, ())
    assert forbidden.robots[0].response == web.answers[0]
    assert (allowed.outcome, allowed.robots) == (Outcome.KEPT, ())
    assert [asked.path for asked in web.requests] == ["/robots.txt", "/public"]


def test_a_redirect_into_a_forbidden_part_is_not_followed() -> None:
    """robots.txt holds for every hop."""
    with FakeWeb(robots="User-agent: *\nDisallow: /private") as web, fetcher(obey_robots=True) as fetch:
        web.redirect("/a", "/private/a")
        result = fetch.fetch(web.url("/a"))
    assert result.outcome is Outcome.ROBOTS
    assert [e.status for e in result.exchanges] == [302]
    assert web.asked("/private/a") == 0


def test_each_site_of_a_chain_is_asked_for_its_own_rules() -> None:
    """Another host is another site, with its own robots.txt."""
    known = {"one.example": ["127.0.0.1"], "two.example": ["127.0.0.1"]}
    with FakeWeb(robots="") as web, fetcher(obey_robots=True, known=known) as fetch:
        web.redirect("/a", web.url("/b", host="two.example"))
        web.script("/b", html("<p>x</p>"))
        result = fetch.fetch(web.url("/a", host="one.example"))
    assert result.outcome is Outcome.KEPT
    assert [e.url for e in result.robots] == [web.url("/robots.txt", h) for h in ("one.example", "two.example")]


LARGE = "User-agent: *\nDisallow: /a\n" + "# long\n" * 120_000

# name: (what robots.txt answers, outcome of a page that it does not name)
ROBOTS_ANSWERS: dict[str, tuple[Sequence[object], Outcome]] = {
    "404": (answer("x", status=404), Outcome.KEPT),
    "403": (answer("x", status=403), Outcome.KEPT),
    "410": (answer("x", status=410), Outcome.KEPT),
    "500": (answer("x", status=500), Outcome.ROBOTS),
    "503": (answer("x", status=503, headers=[("Retry-After", "9")]), Outcome.ROBOTS),
    "429": (answer("x", status=429), Outcome.ROBOTS),
    "too many redirects": (answer("", status=302, headers=[("Location", "/robots.txt")]), Outcome.KEPT),
    "more than is read": (answer(LARGE, media_type="text/plain"), Outcome.KEPT),
    "more than is read, packed": (
        answer(zipped(LARGE.encode()), headers=[("Content-Encoding", "gzip")]),
        Outcome.KEPT,
    ),
    "a bomb": (answer(bomb(40), headers=[("Content-Encoding", "gzip")]), Outcome.TOO_LARGE),
    "cut short": ((b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nUser-agent: *\nDisallow",), Outcome.TRUNCATED),
    "torn down": ((Reset(),), Outcome.CONNECT),
    "no HTTP": ((b"Disallow: /",), Outcome.PROTOCOL),
}


@pytest.mark.parametrize("name", ROBOTS_ANSWERS)
def test_what_a_robots_txt_that_cannot_be_read_means(name: str) -> None:
    """RFC 9309, 2.3.1: there is none, all is open; it failed, all is closed for now. Never a page unasked."""
    steps, outcome = ROBOTS_ANSWERS[name]
    with FakeWeb() as web, fetcher(obey_robots=True) as fetch:
        web.script("/robots.txt", steps)  # type: ignore[arg-type]
        web.script("/b", html("<p>x</p>"))
        result = fetch.fetch(web.url("/b"))
    assert result.outcome is outcome, result.reason
    assert web.asked("/b") == (outcome is Outcome.KEPT)
    assert "robots.txt" in (result.reason or "robots.txt")
    assert result.robots


def test_a_long_robots_txt_still_forbids() -> None:
    """What stands in its first 500 KiB counts, though the rest is not read."""
    with FakeWeb(robots=LARGE) as web, fetcher(obey_robots=True) as fetch:
        result = fetch.fetch(web.url("/a"))
    assert result.outcome is Outcome.ROBOTS
    assert result.robots[0].truncated == "length"


def test_a_failed_robots_txt_is_asked_again() -> None:
    """A failure is not remembered as a rule."""
    with FakeWeb() as web, fetcher(obey_robots=True) as fetch:
        web.script("/robots.txt", answer("x", status=500), answer("", media_type="text/plain"))
        web.script("/b", html("<p>x</p>"))
        outcomes = [fetch.fetch(web.url("/b")).outcome for _ in range(2)]
    assert outcomes == [Outcome.ROBOTS, Outcome.KEPT]


def test_rules_are_asked_again_after_a_day() -> None:
    """RFC 9309, 2.4."""
    clock = Clock()
    with FakeWeb(robots="") as web, polite(clock, obey_robots=True) as fetch:
        web.script("/b", html("<p>x</p>"))
        for hours in (0, 23, 2):
            clock.seconds += hours * 3600
            fetch.fetch(web.url("/b"))
    assert web.asked("/robots.txt") == 2


def test_a_host_is_given_time_between_any_two_requests() -> None:
    """Also between robots.txt and the page, and between the hops of a redirect; the pauses are no network time."""
    clock = Clock()
    moments: list[float] = []
    with FakeWeb() as web, polite(clock, obey_robots=True, per_host_delay=2.5, total_timeout=4) as fetch:

        def noted(asked: Asked) -> Sequence[bytes]:
            moments.append(clock.seconds)
            if asked.path == "/old":
                return answer("", status=301, headers=[("Location", "/new")])
            return answer("User-agent: *\n" if "robots" in asked.path else "<p>x</p>")

        web.fallback = noted
        outcomes = [fetch.fetch(web.url(path)).outcome for path in ("/old", "/a")]
    assert outcomes == [Outcome.KEPT, Outcome.KEPT]
    assert len(moments) == 4
    assert all(later - earlier >= 2.5 for earlier, later in pairwise(moments))


def test_a_site_may_ask_for_more_time() -> None:
    """Crawl-delay counts between pages when it is longer than our own delay."""
    clock = Clock()
    with (
        FakeWeb(robots="User-agent: *\nCrawl-delay: 20") as web,
        polite(clock, obey_robots=True, per_host_delay=1) as fetch,
    ):
        web.script("/b", html("<p>x</p>"))
        assert [fetch.fetch(web.url("/b")).outcome for _ in range(2)] == [Outcome.KEPT] * 2
    assert clock.slept == [1.0, 20.0]


def test_a_site_that_asks_for_very_much_time_is_visited_later() -> None:
    """Beyond the longest wait nothing is asked; the result says how long to stay away."""
    clock = Clock()
    with FakeWeb(robots="User-agent: *\nCrawl-delay: 600") as web, polite(clock, obey_robots=True) as fetch:
        web.script("/b", html("<p>x</p>"))
        first, second = (fetch.fetch(web.url("/b")) for _ in range(2))
    assert (first.outcome, second.outcome) == (Outcome.KEPT, Outcome.RATE_LIMITED)
    assert (second.exchanges, second.retry_after) == ((), 600.0)
    assert web.asked("/b") == 1


def test_other_hosts_do_not_wait() -> None:
    """The delay is per host."""
    clock = Clock()
    known = {"one.example": ["127.0.0.1"], "two.example": ["127.0.0.1"]}
    with FakeWeb() as web, polite(clock, known=known, per_host_delay=5) as fetch:
        web.script("/b", html("<p>x</p>"))
        for host in known:
            fetch.fetch(web.url("/b", host=host))
    assert clock.slept == []


def test_too_many_requests_is_heard() -> None:
    """429 with Retry-After: the next request to the host waits that long, or is not made."""
    clock = Clock()
    with FakeWeb() as web, polite(clock) as fetch:
        web.script("/a", answer("x", status=429, headers=[("Retry-After", "30")]), html("<p>x</p>"))
        web.script("/b", answer("x", status=503, headers=[("Retry-After", "3600")]))
        first, second = fetch.fetch(web.url("/a")), fetch.fetch(web.url("/a"))
        third, fourth = fetch.fetch(web.url("/b")), fetch.fetch(web.url("/a"))
    assert (first.outcome, first.retry_after) == (Outcome.RATE_LIMITED, 30.0)
    assert first.exchanges[0].response == web.answers[0]
    assert (second.outcome, clock.slept) == (Outcome.KEPT, [30.0])
    assert (third.outcome, third.retry_after) == (Outcome.RATE_LIMITED, 3600.0)
    assert (fourth.outcome, fourth.exchanges, fourth.retry_after) == (Outcome.RATE_LIMITED, (), 3600.0)


def test_a_longer_wish_outlives_a_shorter_one() -> None:
    """Being asked to stay away is not undone by another visit."""
    manners = Manners(per_host_delay=1)
    manners.stay_away("news.example", 100.0, 60)
    manners.visited("news.example", 110.0)
    assert manners.wait("news.example", 110.0) == 50.0
    assert manners.wait("other.example", 110.0) == 0.0


def test_rules_of_many_sites_do_not_pile_up() -> None:
    """Only the sites visited last are remembered."""
    manners = Manners(per_host_delay=0)
    for number in range(1000):
        manners.learn(f"http://{number}.example", Rules(), float(number))
    assert manners.rules("http://0.example", 1000.0) is None
    assert manners.rules("http://999.example", 1000.0) == Rules()
