"""A fetch always ends, within its limits, and says what became of it; it never raises for what others do.

One journey: read the address strictly, ask robots.txt, wait as long as is polite, ask for the page, follow
redirects hop by hop with all of that again, judge the last answer. Every exchange on the way is kept.
"""

import re
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import requests
import urllib3

from archiver.errors import GuardError, InputError
from archiver.fetch.coding import unpack
from archiver.fetch.guard import Target, target_of
from archiver.fetch.line import Connect, Line, Recording, Resolve, system_resolve, tcp_connect
from archiver.fetch.manners import EVERYTHING, ROBOTS_BYTES, Manners, Rules, read_robots, retry_after
from archiver.fetch.results import Exchange, FetchOptions, FetchResult, Trouble
from archiver.fetch.session import LineSession
from archiver.fetch.verdict import judge
from archiver.model import Outcome

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# RFC 9309, 2.3.1.2: at least five redirects are followed on the way to a robots.txt.
_ROBOTS_REDIRECTS = 5
_CREDENTIALS = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]{0,40}:/{0,8})[^/?#]*@")
_HAS_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,40}:")
_VALIDATOR = re.compile(r"[\x21-\x7e][\x20-\x7e]{0,500}")


class Fetcher:
    """The only door to the network. Serves one fetch at a time; one thread uses it.

    Clock and sleep are handed in: ``now`` gives aware datetimes in UTC, ``monotonic`` seconds that never run
    back, ``sleep`` waits so many seconds. ``resolve`` and ``connect`` are the system's own unless a test says
    otherwise; what they reach is checked all the same.
    """

    def __init__(
        self,
        options: FetchOptions,
        *,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        sleep: Callable[[float], None],
        resolve: Resolve = system_resolve,
        connect: Connect = tcp_connect,
    ) -> None:
        self.options = options
        self._now = now
        self._monotonic = monotonic
        self._sleep = sleep
        self._line = Line(options, monotonic, resolve, connect)
        self._session = LineSession(self._line, options.user_agent, options.ca_file)
        self._manners = Manners(options.per_host_delay)

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of what the session holds. No connection outlives its exchange."""
        self._session.close()

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> FetchResult:
        """Fetch one address. ``etag`` and ``last_modified`` are what the last answer gave: a page that is still
        the same then answers NOT_MODIFIED without a body."""
        self._line.begin_journey()
        journey = _Journey(self, url, _conditions(etag, last_modified))
        return journey.run()


class _Journey:
    """One fetch under way."""

    def __init__(self, fetcher: Fetcher, url: str, conditions: dict[str, str]) -> None:
        self._f = fetcher
        self._requested = _without_secrets(url)
        self._url = url
        self._conditions = conditions
        self._exchanges: list[Exchange] = []
        self._robots: list[Exchange] = []
        self._notes: list[str] = []
        self._retry_after: float | None = None

    def run(self) -> FetchResult:
        """All hops, to the result."""
        try:
            target = target_of(self._url)
        except (GuardError, InputError) as error:
            return self._result(Outcome.GUARD, error.message)
        try:
            return self._follow(target)
        except Trouble as trouble:
            return self._result(trouble.outcome, trouble.reason)

    def _follow(self, target: Target) -> FetchResult:
        been = {target.url}
        self._url = target.url
        while True:
            self._ask_robots(target)
            exchange, trouble = self._exchange(target, self._conditions, self._exchanges)
            location = exchange.header("Location") if exchange.status in _REDIRECTS else None
            if location is None:
                return self._judged(exchange, trouble)
            next_target = self._next(target, location)
            if next_target.url in been:
                raise Trouble(Outcome.REDIRECT, _circle(exchange))
            if len(been) > self._f.options.max_redirects:
                raise Trouble(Outcome.REDIRECT, f"more than {self._f.options.max_redirects} redirects")
            been.add(next_target.url)
            if target.scheme == "https" and next_target.scheme == "http":
                self._notes.append(f"a redirect left https for http at {next_target.origin}")
            target = next_target
            self._url = target.url

    def _next(self, target: Target, location: str) -> Target:
        """Where a redirect leads. Raises Trouble."""
        try:
            return target_of(_joined(target.url, location))
        except GuardError as error:
            raise Trouble(Outcome.GUARD, f"the redirect is not followed: {error.message}") from error
        except InputError as error:
            raise Trouble(Outcome.REDIRECT, f"the redirect leads nowhere: {error.message}") from error

    def _judged(self, exchange: Exchange, trouble: Trouble | None) -> FetchResult:
        verdict = judge(exchange, trouble, bool(self._conditions), self._f.options.max_body_bytes)
        if exchange.status in {429, 503}:
            self._note_retry_after(exchange)
        if verdict.outcome is Outcome.KEPT and not _announced(exchange):
            self._notes.append("the server announced no length; the body ends where the connection was closed")
        if len(self._exchanges) > 1 and _is_front_page(exchange.url) and not _is_front_page(self._exchanges[0].url):
            self._notes.append("the redirects end at the front page of a site")
        return self._result(verdict.outcome, verdict.reason, verdict.body)

    def _note_retry_after(self, exchange: Exchange) -> None:
        self._retry_after = retry_after(exchange.header("Retry-After"), self._f._now())
        if self._retry_after:
            host = target_of(exchange.url).host
            self._f._manners.stay_away(host, self._f._monotonic(), self._retry_after)

    def _exchange(
        self, target: Target, extra: dict[str, str], kept: list[Exchange], limit: int | None = None
    ) -> tuple[Exchange, Trouble | None]:
        """One polite request. Raises Trouble when no head came back; the exchange is in ``kept`` all the same."""
        self._wait(target)
        recording = Recording(target.url, "GET", self._f._now())
        self._f._line.begin_exchange(recording, limit)
        try:
            self._send(recording, target, extra)
        except Trouble as trouble:
            recording.trouble = trouble
            raise
        finally:
            # A visit to robots.txt itself does not start the time a site wants between two pages.
            delay = 0.0 if limit else self._site_delay(target)
            self._f._manners.visited(target.host, self._f._monotonic(), delay)
            if recording.request:
                kept.append(recording.exchange())
        return kept[-1], recording.trouble

    def _send(self, recording: Recording, target: Target, extra: dict[str, str]) -> None:
        session = self._f._session
        try:
            prepared = session.prepare_request(requests.Request("GET", target.url, headers=extra))
            recording.url = prepared.url or target.url
            self._same_place(recording.url, target)
            session.send(prepared, stream=True, allow_redirects=False).close()
        except (requests.RequestException, urllib3.exceptions.HTTPError, UnicodeError) as error:
            raise Trouble(Outcome.PROTOCOL, f"the request could not be made: {str(error)[:200]}") from error

    def _same_place(self, url: str, target: Target) -> None:
        """requests spells addresses its own way; it must still mean the place that was checked."""
        try:
            sent = target_of(url)
        except (GuardError, InputError) as error:
            raise Trouble(Outcome.GUARD, error.message) from error
        if (sent.scheme, sent.host, sent.port) != (target.scheme, target.host, target.port):
            raise Trouble(Outcome.GUARD, "the address means different hosts to different programs")

    def _wait(self, target: Target) -> None:
        """Wait until the host may be visited. Raises Trouble when that is too far off."""
        wait = self._f._manners.wait(target.host, self._f._monotonic())
        if wait > self._f.options.max_retry_after:
            self._retry_after = wait
            raise Trouble(Outcome.RATE_LIMITED, f"{target.host} asks to be left alone for {wait:.0f} seconds more")
        if wait > 0:
            self._f._line.budget.pause(wait)
            self._f._sleep(wait)

    def _site_delay(self, target: Target) -> float:
        if not self._f.options.obey_robots:
            return 0.0
        rules = self._f._manners.rules(target.origin, self._f._monotonic())
        return rules.delay if rules else 0.0

    def _ask_robots(self, target: Target) -> None:
        """Raises Trouble when robots.txt asks us not to fetch ``target``, or cannot be asked."""
        if not self._f.options.obey_robots:
            return
        rules = self._f._manners.rules(target.origin, self._f._monotonic())
        if rules is None:
            rules = self._fetch_robots(target)
            self._f._manners.learn(target.origin, rules, self._f._monotonic())
        refusal = rules.forbid(target.url)
        if refusal:
            raise Trouble(Outcome.ROBOTS, refusal)

    def _fetch_robots(self, target: Target) -> Rules:
        """What robots.txt of the target's site says. Raises Trouble when it could not be read at all."""
        place = target_of(f"{target.origin}/robots.txt")
        try:
            for _ in range(_ROBOTS_REDIRECTS + 1):
                exchange, trouble = self._exchange(place, {}, self._robots, ROBOTS_BYTES)
                location = exchange.header("Location") if exchange.status in _REDIRECTS else None
                if location is None:
                    return self._robots_rules(exchange, trouble)
                place = self._next(place, location)
        except Trouble as trouble:
            raise Trouble(trouble.outcome, f"robots.txt of the site could not be read: {trouble.reason}") from trouble
        return EVERYTHING

    def _robots_rules(self, exchange: Exchange, trouble: Trouble | None) -> Rules:
        status = exchange.status or 0
        if status == 429 or status >= 500:
            self._note_retry_after(exchange)
            raise Trouble(Outcome.ROBOTS, f"status {status}; until it can be read, nothing may be fetched (RFC 9309)")
        if not 200 <= status < 300:
            return EVERYTHING
        if trouble and trouble.outcome is not Outcome.TOO_LARGE:
            raise trouble
        unpacked = unpack(exchange.payload, exchange.header_list("Content-Encoding"), self._f.options.max_body_bytes)
        if unpacked.outcome and not (trouble and unpacked.outcome is Outcome.TRUNCATED):
            raise Trouble(unpacked.outcome, unpacked.reason or "not readable")
        return read_robots(unpacked.data)

    def _result(self, outcome: Outcome, reason: str | None, body: bytes = b"") -> FetchResult:
        last = self._exchanges[-1] if self._exchanges else None
        return FetchResult(
            requested_url=self._requested,
            url=_without_secrets(last.url if last else self._url),
            outcome=outcome,
            reason=reason,
            exchanges=tuple(self._exchanges),
            robots=tuple(self._robots),
            body=body,
            captured_at=last.started_at if last else self._f._now(),
            retry_after=self._retry_after,
            notes=tuple(self._notes),
        )


def _conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """The headers of a conditional request. What a server once sent and no header can hold is left out."""
    wanted = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in wanted.items() if value and _VALIDATOR.fullmatch(value)}


def _joined(base: str, location: str) -> str:
    """The absolute address of a redirect. ``location`` is Latin-1 as it came; servers mean UTF-8 if it is that."""
    raw = location.encode("latin-1")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = location
    text = text.strip()
    if _HAS_SCHEME.match(text):
        return text  # "http:page" is no relative address (RFC 3986, 5.2.2), though older rules made it one
    if "\\" in text[:2]:
        raise InputError("the address begins with a backslash, which programs read in different ways")
    try:
        return urljoin(base, text)
    except ValueError as error:
        raise InputError(f"not an address ({error})") from error


def _circle(exchange: Exchange) -> str:
    wish = "; the site may want a cookie to be kept" if exchange.header("Set-Cookie") else ""
    return "the redirects lead round in a circle" + wish


def _is_front_page(url: str) -> bool:
    return urlsplit(url).path in {"", "/"} and not urlsplit(url).query


def _announced(exchange: Exchange) -> bool:
    return bool(exchange.header("Content-Length") or exchange.header("Transfer-Encoding"))


def _without_secrets(url: str) -> str:
    """``url`` without user name and password, however broken the rest of it is."""
    return _CREDENTIALS.sub(r"\g<scheme>", url, count=1)
