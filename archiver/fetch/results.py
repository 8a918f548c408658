"""What was asked, what was answered and what became of it: the nouns of the network, frozen.

Moments are aware datetimes in UTC; durations are seconds; bodies and messages are bytes exactly as they came.
"""

from dataclasses import dataclass
from datetime import datetime

from archiver.model import Outcome

ROBOTS_NAME = "archiver"


def user_agent(version: str, contact: str | None = None) -> str:
    """Our own name for the ``User-Agent`` header: ``archiver/0.1.0 (+https://… or an e-mail address)``."""
    return f"{ROBOTS_NAME}/{version}" + (f" (+{contact})" if contact else "")


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How far a fetch may go. Times in seconds, sizes in bytes.

    ``total_timeout`` bounds all network time of one fetch (name look-up, robots.txt, every hop), waiting out of
    politeness not counted; a single polite wait is never longer than ``max_retry_after``: beyond it the fetch
    is not made and says when to come back. ``max_wire_bytes`` counts each response as it travels,
    ``max_body_bytes`` what it unpacks to. ``allow_private`` opens loopback and private networks to the address
    that a person named, never to where a redirect leads from a public one. ``ca_file`` names a PEM file of
    certificate authorities to trust instead of the bundled ones.
    """

    user_agent: str
    connect_timeout: float = 10.0
    read_timeout: float = 20.0
    total_timeout: float = 60.0
    max_wire_bytes: int = 16 * 1024 * 1024
    max_body_bytes: int = 32 * 1024 * 1024
    max_redirects: int = 10
    per_host_delay: float = 1.0
    allow_private: bool = False
    obey_robots: bool = True
    max_retry_after: float = 60.0
    ca_file: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and what came back, byte for byte.

    ``request`` and ``response`` are head and body as they travelled inside TLS: chunks and compression left as
    they were. ``response`` starts at the final status line; informational answers (103 Early Hints) before it
    are in ``interim``. ``payload`` is the body without its chunk framing, still compressed. ``status`` is None
    and ``headers`` empty where no head arrived whole; header text is Latin-1, so that every byte survives.
    ``truncated`` is the reason for ``WARC-Truncated`` (length, time, disconnect, unspecified) or None.
    """

    url: str
    method: str
    request: bytes
    response: bytes
    status: int | None
    headers: tuple[tuple[str, str], ...]
    ip: str | None
    started_at: datetime
    truncated: str | None = None
    tls: str | None = None
    interim: bytes = b""
    payload: bytes = b""

    def header(self, name: str) -> str | None:
        """The first value of a header, its name in any case, or None."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def header_list(self, name: str) -> list[str]:
        """All comma-separated members of a header, over all its lines, without surrounding space."""
        lines = (value for key, value in self.headers if key.lower() == name.lower())
        return [part.strip() for value in lines for part in value.split(",") if part.strip()]


@dataclass(frozen=True, slots=True)
class FetchResult:
    """What became of one fetch. ``outcome`` KEPT means that a whole, decoded, readable body arrived.

    ``requested_url`` carries no user name or password; ``url`` is where the redirects ended. ``exchanges`` is
    the whole chain in order; ``robots`` the robots.txt exchanges made on the way (none when the answer was
    known already). ``body`` is the decoded payload of the last exchange: for any other outcome than KEPT it may
    be partial or empty. ``retry_after`` is how many seconds the server asks us to stay away. ``notes`` are
    sentences about what a reader of the record should know (https left for http, no length announced).
    """

    requested_url: str
    url: str
    outcome: Outcome
    reason: str | None
    exchanges: tuple[Exchange, ...]
    robots: tuple[Exchange, ...]
    body: bytes
    captured_at: datetime
    retry_after: float | None = None
    notes: tuple[str, ...] = ()

    @property
    def last(self) -> Exchange | None:
        """The exchange that decided the outcome, or None when the page was never asked for."""
        return self.exchanges[-1] if self.exchanges else None

    @property
    def status(self) -> int | None:
        """The HTTP status of the last exchange."""
        return self.last.status if self.last else None

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The headers of the last exchange."""
        return self.last.headers if self.last else ()

    @property
    def media_type(self) -> str | None:
        """``text/html`` and the like as declared, in lower case, without parameters."""
        declared = self.last.header("Content-Type") if self.last else None
        return (declared.partition(";")[0].strip().lower() or None) if declared else None

    @property
    def charset(self) -> str | None:
        """The charset as declared in ``Content-Type``, as spelt there, or None."""
        declared = (self.last.header("Content-Type") if self.last else None) or ""
        for parameter in declared.split(";")[1:]:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "charset" and value.strip(" \t\"'"):
                return value.strip(" \t\"'")
        return None

    @property
    def etag(self) -> str | None:
        """The validator to send as ``If-None-Match`` next time."""
        return self.last.header("ETag") if self.last else None

    @property
    def last_modified(self) -> str | None:
        """The validator to send as ``If-Modified-Since`` next time."""
        return self.last.header("Last-Modified") if self.last else None


class Trouble(Exception):
    """Something on the way went wrong: an outcome and a sentence. Internal: a fetch turns it into a result.

    ``truncated`` is the WARC reason when bytes are missing because of it.
    """

    def __init__(self, outcome: Outcome, reason: str, truncated: str | None = None) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason
        self.truncated = truncated
