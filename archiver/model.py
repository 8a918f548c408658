"""The nouns, frozen. Verbs are functions elsewhere.

One text is read like this::

    Capture  --formats-->  Page  --extract, attribution-->  Candidate...  --statements-->  Reading
    (bytes, how they came)  (text, blocks, zones)           (values with evidence)         (settled, none forgotten)

Offsets (``start``, ``end``) count Unicode code points and ``end`` is exclusive, everywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from archiver.canonical import Json

NOTHING: Mapping[str, Json] = MappingProxyType({})


class Grade(StrEnum):
    """How much a capture can claim about where its bytes came from."""

    FETCH = "fetch"  # our own HTTP exchange
    ARCHIVE = "archive"  # a copy from a third-party archive
    FILE = "file"  # a file from a user: claims no address, no HTTP, no capture time
    PASTE = "paste"  # text from a clipboard or a pipe


class Outcome(StrEnum):
    """What became of one attempt to capture. Everything but KEPT, UNCHANGED and NOT_MODIFIED is a failure."""

    KEPT = "kept"  # bytes were stored
    UNCHANGED = "unchanged"  # the same bytes again: seen, nothing stored twice
    NOT_MODIFIED = "not_modified"  # the server answered 304
    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    HTTP_ERROR = "http_error"  # 4xx and 5xx that are none of the ones below
    FORBIDDEN = "forbidden"  # 401, 403, 451
    NOT_FOUND = "not_found"  # 404
    GONE = "gone"  # 410
    RATE_LIMITED = "rate_limited"  # 429, or 503 with Retry-After
    SERVER_ERROR = "server_error"  # 5xx
    SOFT_404 = "soft_404"  # 200, but the page says there is none
    BLOCKED = "blocked"  # a challenge, captcha or block page
    CONSENT = "consent"  # only a consent wall
    ROBOTS = "robots"  # robots.txt asks us not to
    GUARD = "guard"  # an address that must not be contacted
    REDIRECT = "redirect"  # a chain that loops, is too long or leads nowhere
    TOO_LARGE = "too_large"
    TRUNCATED = "truncated"  # the body ended before it was whole
    UNDECODABLE = "undecodable"  # gzip, brotli or chunks that do not decode
    PROTOCOL = "protocol"  # not HTTP
    NOT_TEXT = "not_text"  # an image, an archive, a program
    EMPTY = "empty"

    @property
    def is_failure(self) -> bool:
        """True when no usable page came of the attempt."""
        return self not in {Outcome.KEPT, Outcome.UNCHANGED, Outcome.NOT_MODIFIED}


class Meant(StrEnum):
    """How a value is meant."""

    STATED = "stated"  # the page says so
    INFERRED = "inferred"  # a rule concludes it from what the page says
    SUSPECTED = "suspected"  # signs, not proof
    PERSON = "person"  # somebody decided


class Space(StrEnum):
    """Where a quote stands. Offsets hold in SOURCE, TEXT and VISIBLE; elsewhere ``path`` leads to the raw value."""

    SOURCE = "source"  # the decoded text of a text dump
    TEXT = "text"  # the record's own clean text
    VISIBLE = "visible"  # the visible text of an HTML page
    HTML = "html"  # an attribute or script of the page: `meta[...]`, `jsonld $...`, `time[datetime]`
    HEADER = "header"
    URL = "url"
    FILENAME = "filename"
    COMPARISON = "comparison"
    PERSON = "person"


class Zone(StrEnum):
    """Which part of a page a block belongs to."""

    CONSENT = "consent"
    NAVIGATION = "navigation"
    BREADCRUMB = "breadcrumb"
    SECTION = "section"
    TITLE = "title"
    DEK = "dek"  # standfirst, kicker, subtitle
    BYLINE = "byline"  # author, date, posting account, reading time
    BODY = "body"
    CAPTION = "caption"
    TAIL = "tail"  # after the last paragraph: sign-off, credit, licence
    RELATED = "related"
    COMMENTS = "comments"
    FOOTER = "footer"
    FURNITURE = "furniture"  # counters, share buttons, advertisements, forms
    META = "meta"  # not on the page: a fragment cut from its metadata


class OriginKind(StrEnum):
    """How a text came from another."""

    TRANSLATION = "translation"
    REPRINT = "reprint"
    SYNDICATION = "syndication"
    WIRE = "wire"
    EXCERPT = "excerpt"
    ADAPTATION = "adaptation"
    REWRITE = "rewrite"


class Severity(StrEnum):
    """How much a finding matters to somebody who must rely on the record."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for INFO up to 4 for CRITICAL."""
        return list(Severity).index(self)


# Every property a statement may speak of, in the order in which people read them.
PROPERTIES = (
    "title",
    "dek",
    "outlet",
    "section",
    "author",
    "posted_by",
    "translator",
    "agency",
    "origin",
    "citation",
    "self_credit",
    "licence",
    "published",
    "modified",
    "published_not_before",
    "published_not_after",
    "captured_not_before",
    "language",
    "canonical_url",
    "photo_credit",
    "suspected_machine_translation",
    "hidden_characters",
)


@dataclass(frozen=True, slots=True)
class Capture:
    """Bytes and the way they came: all that reading may know.

    ``captured_at`` is an aware datetime, or None where nobody can say. ``zone`` is set only for a fragment
    that was cut from a page (`read --jsonl`).
    """

    body: bytes
    grade: Grade = Grade.FILE
    url: str | None = None
    captured_at: datetime | None = None
    media_type: str | None = None
    charset: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    filename: str | None = None
    format: str | None = None
    language: str | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink inside a block: its text's place in the page text and its absolute address."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Block:
    """One line or block-level element of a page: ``page.text[start:end]``, never empty, no surrounding space.

    ``tag`` is the element's name ("h1", "p", "li", "time" ...) or "line" in a text dump; ``hint`` holds the
    class, id and itemprop words of the element and its parents, for HTML only.
    """

    start: int
    end: int
    zone: Zone
    tag: str = "line"
    hint: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A body, decoded and cut once.

    ``text`` is the text that offsets of ``space`` (SOURCE or VISIBLE) count in; ``blocks`` cut it in order.
    ``tree`` is the parsed document of an HTML page, else None. ``notes`` name decoding trouble in words.
    ``fragment`` is the zone a fragment was cut from ("top", "byline", "bottom", ...), else None.
    ``declared`` is what the file round the page says of it, as (path, value) pairs such as
    ``("header[Subject]", "...")``: testimony of the file, never the capture's own address or moment.
    """

    format: str
    space: Space
    text: str
    blocks: tuple[Block, ...]
    encoding: str
    tree: Any = None
    notes: tuple[str, ...] = ()
    fragment: str | None = None
    declared: tuple[tuple[str, str], ...] = ()

    def quote(self, block: Block) -> str:
        """The text of ``block``."""
        return self.text[block.start : block.end]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value that one rule read for one property, with the words it rests on.

    ``weight`` (0..100) is the published weight of the rule at that place; settling shows the heaviest and
    gives the others their reason. ``detail`` holds what the value alone cannot: an origin's kind, domain and
    language; a date's precision and zone; a licence's requirements; an outlet's domain.
    """

    property: str
    value: str
    quote: str
    space: Space
    rule: str
    meant: Meant = Meant.STATED
    weight: int = 50
    path: str | None = None
    start: int | None = None
    end: int | None = None
    detail: Mapping[str, Json] = field(default_factory=lambda: NOTHING)
    rejected: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A candidate after settling: shown or not, and why. ``id`` follows from all of it but ``shown`` and ``why``."""

    id: str
    property: str
    value: str
    quote: str
    space: Space
    path: str | None
    start: int | None
    end: int | None
    rule: str
    meant: Meant
    shown: bool
    why: str | None
    detail: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class TextPiece:
    """``length`` characters of the clean text at ``start`` are those of the page text at ``page_start``."""

    start: int
    page_start: int
    length: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one capture: a pure function of it.

    ``page_text`` is the text of ``page_space``; ``text`` the clean editorial text; ``pieces`` lead from the
    second to the first where the characters are the same. ``content_digest`` names the editorial content.
    ``reader`` names the rules and libraries that read: another reader may read the same bytes otherwise.
    """

    sha256: str
    format: str
    encoding: str
    page_space: Space
    page_text: str
    text: str
    pieces: tuple[TextPiece, ...]
    blocks: tuple[Block, ...]
    statements: tuple[Statement, ...]
    content_digest: str
    notes: tuple[str, ...] = ()
    reader: str = ""

    def shown(self, name: str) -> tuple[Statement, ...]:
        """The statements shown for property ``name``, in page order."""
        return tuple(s for s in self.statements if s.shown and s.property == name)


@dataclass(frozen=True, slots=True)
class Finding:
    """What an audit rule reports: an observation with the statements it rests on, never a verdict."""

    rule: str
    severity: Severity
    message: str
    statements: tuple[str, ...] = ()
    advice: str | None = None


@dataclass(frozen=True, slots=True)
class CaptureEvent:
    """One row of an article's life: when, how, what came of it. Moments are aware datetimes in UTC.

    ``number`` is the capture's place in the archive's order (1, 2, ...); ``captured_at`` is None for a file.
    """

    number: int
    article_id: str | None
    outcome: Outcome
    reason: str | None
    grade: Grade
    requested_url: str | None
    url: str | None
    captured_at: datetime | None
    added_at: datetime
    status: int | None
    media_type: str | None
    filename: str | None
    sha256: str | None
    size: int | None
    warc_file: str | None
    warc_offset: int | None


@dataclass(frozen=True, slots=True)
class Version:
    """A distinct editorial state of an article. ``number`` counts from 1 in the order of captures."""

    id: str
    article_id: str
    number: int
    content_digest: str
    first_capture: int
    last_capture: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class HeldOrigin:
    """An origin edge and what the archive knows of its far end.

    ``held`` is the id of the article it leads to; ``possible`` are ids of held articles by the same outlet
    that could be it, for a person to decide. Both empty: named, not captured, a to-do.
    """

    statement: Statement
    kind: OriginKind
    name: str | None
    domain: str | None
    url: str | None
    language: str | None
    held: str | None = None
    possible: tuple[str, ...] = ()

    @property
    def by_machine(self) -> bool:
        """True when the page's own words say that a machine made the translation."""
        return self.statement.detail.get("machine") is True


class Decision(StrEnum):
    """What a person decided."""

    CONFIRM = "confirm"  # this statement is right
    REJECT = "reject"  # this statement is wrong
    SET = "set"  # this is the value
    UNKNOWN = "unknown"  # nobody can know the value
    WITHDRAW = "withdraw"  # an earlier judgement is taken back
    AGREE = "agree"  # somebody else looked at a judgement, and comes to the same
    DISAGREE = "disagree"  # somebody else looked at a judgement, and does not

    @property
    def is_about_a_judgement(self) -> bool:
        """True for what speaks of another judgement, and not of a statement or a property."""
        return self in {Decision.WITHDRAW, Decision.AGREE, Decision.DISAGREE}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided about one article, from the version on that capture ``first_capture`` showed first.

    ``statement`` is the id of the statement it is about, with its ``property``, ``value`` and ``detail``: rules that
    read the same value otherwise do not lose it. ``read`` are the values that the rules showed for the property when
    it was made. ``about`` is the id of the judgement that is withdrawn or reviewed. ``made_at`` is an aware datetime.
    """

    number: int
    id: str
    article_id: str
    first_capture: int
    decision: Decision
    who: str
    why: str
    made_at: datetime
    property: str | None = None
    value: str | None = None
    detail: Mapping[str, Json] = field(default_factory=lambda: NOTHING)
    statement: str | None = None
    read: tuple[str, ...] = ()
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """All facts of one article: read alike by audit, exports, web pages and `archiver show`.

    ``versions`` and ``captures`` are oldest first; the last version is the one shown. Without an archive
    (`archiver read`) there is one version, no capture and ``held_in`` is None. ``judgements`` are all that people
    decided, withdrawn ones too; readings show what those in force decided, and ``read`` holds the newest version as
    the rules alone read it, where that is something else.
    """

    id: str
    url: str | None
    grade: Grade
    captured_at: datetime | None
    versions: tuple[Version, ...]
    captures: tuple[CaptureEvent, ...]
    origins: tuple[HeldOrigin, ...]
    held_in: str | None = None
    judgements: tuple[Judgement, ...] = ()
    read: Reading | None = None

    @property
    def latest(self) -> Version:
        """The newest version."""
        return self.versions[-1]

    @property
    def reading(self) -> Reading:
        """What was read from the newest version."""
        return self.latest.reading
