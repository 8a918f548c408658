"""Questions to an open archive.db, each answered by frozen values; lists never read a body.

Every function takes a plain ``sqlite3.Connection`` (Datasette hands one to the pages) and only reads.
"""

# ruff: noqa: S608 - column lists and orders are constants of this module; values are always bound.

import json
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from archiver import urls
from archiver.errors import InputError, NotFound, UsageError
from archiver.model import (
    Block,
    CaptureEvent,
    Dossier,
    Finding,
    Grade,
    HeldOrigin,
    Link,
    Meant,
    OriginKind,
    Outcome,
    Reading,
    Severity,
    Space,
    Statement,
    TextPiece,
    Version,
    Zone,
)
from archiver.timepoint import parse_utc


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One line of a list. ``authors`` are names; ``published`` an ISO prefix; moments are ``2026-11-22T04:20:00Z``."""

    id: str
    url: str | None
    host: str | None
    grade: Grade | None
    title: str | None
    outlet: str | None
    outlet_domain: str | None
    published: str | None
    published_precision: str | None
    published_zone: str | None
    published_meant: Meant | None
    authors: tuple[str, ...]
    origin_line: str | None
    language: str | None
    versions: int
    captures: int
    failures: int
    findings: int
    worst: Severity | None
    first_added: str
    last_added: str
    first_capture: int
    last_capture: int


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; every field left at its default narrows nothing.

    ``published_from`` and ``published_to`` are ISO prefixes, both inclusive; ``rule`` and ``severity`` ask for
    articles with such a finding; ``attempts`` asks for addresses of which nothing was ever kept.
    """

    outlet: str | None = None
    outlet_domain: str | None = None
    host: str | None = None
    language: str | None = None
    published_from: str | None = None
    published_to: str | None = None
    undated: bool = False
    without_outlet: bool = False
    changed: bool = False
    with_origin: bool = False
    rule: str | None = None
    severity: Severity | None = None
    attempts: bool = False


@dataclass(frozen=True, slots=True)
class ListPage:
    """Some rows, and the value of ``after`` that gives the next ones (None: these were the last)."""

    rows: tuple[ArticleRow, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the archive holds."""

    articles: int
    attempts_only: int
    versions: int
    captures: int
    failures: int
    snapshots: int
    snapshot_bytes: int
    undated: int
    without_outlet: int
    changed: int
    findings: tuple[tuple[Severity, int], ...]


@dataclass(frozen=True, slots=True)
class FoundFinding:
    """A finding with the article it is about."""

    article_id: str
    title: str | None
    outlet: str | None
    finding: Finding


# order name -> (sort expression that is never NULL, direction); ties go by last_capture, which is unique.
ORDERS = {
    "added": ("last_capture", "DESC"),
    "oldest": ("last_capture", "ASC"),
    "published": ("coalesce(published, '')", "DESC"),
    "title": ("coalesce(title, '')", "ASC"),
    "outlet": ("coalesce(outlet, '')", "ASC"),
}

_COLUMNS = (
    "id, url, host, grade, title, outlet, outlet_domain, published, published_precision, published_zone, "
    "published_meant, authors, origin_line, language, versions, captures, failures, findings, worst, first_added, "
    "last_added, first_capture, last_capture"
)
_SEVERITY_ORDER = (
    "CASE severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 WHEN 'low' THEN 3 ELSE 4 END"
)
_MOST_POSSIBLE = 10
_FIRST_WINDOW = 60  # days before a reprint in which its original is looked for


def find_article(conn: sqlite3.Connection, ref: str) -> str:
    """The id of the article that ``ref`` names: an id, the start of one, an address, or the start of a digest.

    A digest may be that of a body, of a clean text or of a version's id. Raises NotFound, with what to do,
    when nothing or more than one article answers.
    """
    ref = ref.strip()
    if urls.is_web_address(ref):
        return _by_address(conn, ref)
    if not ref or not ref.isascii() or not ref.isalnum():
        raise NotFound(f"no article answers to {ref!r}", "give an id, an address or a digest; see: archiver list")
    prefix = ref.lower()
    found = _ids(conn, "SELECT id FROM articles WHERE id = ?1 LIMIT 1", prefix) or _by_prefix(conn, prefix)
    if not found:
        raise NotFound(f"no article answers to {ref!r}", "see: archiver list, or archiver search WORDS")
    if len(found) > 1:
        raise NotFound(
            f"{ref!r} is the start of several ids: {', '.join(found[:4])} …", "write more of the one you mean"
        )
    return found[0]


def load_dossier(conn: sqlite3.Connection, article_id: str, *, held_in: str | None = None) -> Dossier:
    """All facts of one article. Raises NotFound when there is none, or when every attempt at it failed."""
    row = conn.execute(f"SELECT {_COLUMNS} FROM articles WHERE id = ?", (article_id,)).fetchone()
    if row is None:
        raise NotFound(f"no article has the id {article_id!r}", "see: archiver list")
    article = _article_row(row)
    if not article.versions:
        raise NotFound(f"nothing was ever kept of {article.url}", f"see: archiver history {article_id}")
    versions = tuple(_versions(conn, article_id))
    events = history(conn, article_id)
    latest = versions[-1]
    latest_event = next(event for event in events if event.number == latest.first_capture)
    return Dossier(
        id=article_id,
        url=article.url,
        grade=latest_event.grade,
        captured_at=latest_event.captured_at,
        versions=versions,
        captures=events,
        origins=tuple(_origins(conn, article, latest)),
        held_in=held_in,
    )


def article_row(conn: sqlite3.Connection, article_id: str) -> ArticleRow:
    """The list line of one article. Raises NotFound."""
    row = conn.execute(f"SELECT {_COLUMNS} FROM articles WHERE id = ?", (article_id,)).fetchone()
    if row is None:
        raise NotFound(f"no article has the id {article_id!r}", "see: archiver list")
    return _article_row(row)


def list_articles(
    conn: sqlite3.Connection,
    filters: Filters | None = None,
    order: str = "added",
    limit: int = 50,
    after: str | None = None,
) -> ListPage:
    """Articles that pass ``filters`` in one of ``ORDERS``, ``limit`` at a time; ``after`` comes from the page before.

    Raises UsageError for an unknown order or an ``after`` that is not one of ours.
    """
    if order not in ORDERS:
        raise UsageError(f"no order is called {order!r}", f"one of: {', '.join(ORDERS)}")
    expression, direction = ORDERS[order]
    wheres, values = _conditions(filters or Filters())
    if after is not None:
        wheres.append(f"({expression}, last_capture) {'<' if direction == 'DESC' else '>'} (?, ?)")
        values += _read_cursor(after, order)
    found = conn.execute(
        f"SELECT {_COLUMNS}, {expression} FROM articles WHERE {' AND '.join(wheres)} "
        f"ORDER BY {expression} {direction}, last_capture {direction} LIMIT ?",
        (*values, limit + 1),
    ).fetchall()
    cursor = json.dumps([found[limit - 1][-1], found[limit - 1][-2]]) if len(found) > limit > 0 else None
    return ListPage(tuple(_article_row(row[:-1]) for row in found[:limit]), cursor)


def filtered_ids(filters: Filters | None) -> tuple[str, list[Any]]:
    """A join that keeps articles of versions ``v`` that pass ``filters``, and its values; "" when all do."""
    if filters is None or filters == Filters():
        return "", []
    wheres, values = _conditions(filters)
    return f"JOIN (SELECT id FROM articles WHERE {' AND '.join(wheres)}) AS f ON f.id = v.article_id", values


def counts(conn: sqlite3.Connection) -> Counts:
    """How much the archive holds, and how much of it needs a look."""

    def one(sql: str) -> int:
        return int(conn.execute(sql).fetchone()[0])

    worst = dict(conn.execute("SELECT severity, count(*) FROM findings GROUP BY severity").fetchall())
    return Counts(
        articles=one("SELECT count(*) FROM articles WHERE versions > 0"),
        attempts_only=one("SELECT count(*) FROM attempts_without_article"),
        versions=one("SELECT count(*) FROM versions"),
        captures=one("SELECT count(*) FROM captures"),
        failures=one("SELECT count(*) FROM failed_captures"),
        snapshots=one("SELECT count(*) FROM snapshots"),
        snapshot_bytes=one("SELECT coalesce(sum(size), 0) FROM snapshots"),
        undated=one("SELECT count(*) FROM articles WHERE versions > 0 AND coalesce(published, '') = ''"),
        without_outlet=one("SELECT count(*) FROM articles WHERE versions > 0 AND coalesce(outlet, '') = ''"),
        changed=one("SELECT count(*) FROM articles WHERE versions > 1"),
        findings=tuple((severity, worst.get(severity, 0)) for severity in reversed(Severity)),
    )


def history(conn: sqlite3.Connection, article_id: str) -> tuple[CaptureEvent, ...]:
    """Every attempt at one article, oldest first, failures too."""
    rows = conn.execute(f"SELECT {_EVENT_COLUMNS} FROM captures WHERE article_id = ? ORDER BY number", (article_id,))
    return tuple(_event(row) for row in rows)


def capture_event(conn: sqlite3.Connection, number: int) -> CaptureEvent:
    """One capture by its number. Raises NotFound."""
    row = conn.execute(f"SELECT {_EVENT_COLUMNS} FROM captures WHERE number = ?", (number,)).fetchone()
    if row is None:
        raise NotFound(f"there is no capture {number}", "see: archiver history ID")
    return _event(row)


def sightings(conn: sqlite3.Connection, article_id: str) -> dict[int, int]:
    """Which version each capture of the article showed: capture number -> version number."""
    rows = conn.execute(
        "SELECT s.capture, v.number FROM versions AS v JOIN sightings AS s ON s.version_id = v.id "
        "WHERE v.article_id = ?",
        (article_id,),
    )
    return dict(rows.fetchall())


def latest_captures(conn: sqlite3.Connection, limit: int = 20) -> tuple[CaptureEvent, ...]:
    """The newest attempts of the whole archive, newest first."""
    rows = conn.execute(f"SELECT {_EVENT_COLUMNS} FROM captures ORDER BY number DESC LIMIT ?", (limit,))
    return tuple(_event(row) for row in rows)


@dataclass(frozen=True, slots=True)
class LastGood:
    """The newest copy of an address that was kept, and what to ask the server with whether it has changed."""

    number: int
    article_id: str
    sha256: str
    url: str | None
    etag: str | None
    last_modified: str | None


def last_good(conn: sqlite3.Connection, requested_url: str | None, url: str | None = None) -> LastGood | None:
    """The newest fetched copy that either address led to, or None: then there is nothing to compare with."""
    addresses = [address for address in (requested_url, url) if address]
    row = conn.execute(
        "SELECT number, article_id, sha256, url, etag, last_modified FROM captures WHERE number = ("
        "SELECT max(number) FROM (SELECT number FROM captures WHERE requested_url IN (?1, ?2) AND outcome = 'kept' "
        "AND grade = 'fetch' UNION SELECT number FROM captures WHERE url IN (?1, ?2) AND outcome = 'kept' "
        "AND grade = 'fetch'))",
        (addresses[0], addresses[-1]) if addresses else (None, None),
    ).fetchone()
    return LastGood(*row) if row else None


def articles_from(conn: sqlite3.Connection, article_id: str) -> tuple[str, ...]:
    """Articles whose shown origin is the address of this one."""
    rows = conn.execute(
        "SELECT DISTINCT o.article_id FROM articles AS a JOIN origins AS o ON o.key = a.key WHERE a.id = ?1 "
        "AND o.article_id <> ?1 ORDER BY 1",
        (article_id,),
    )
    return tuple(row[0] for row in rows)


def article_findings(conn: sqlite3.Connection, article_id: str) -> tuple[Finding, ...]:
    """The findings of one article, gravest first."""
    rows = conn.execute(
        "SELECT rule, severity, message, statements, advice FROM findings WHERE article_id = ? ORDER BY position",
        (article_id,),
    )
    return tuple(_finding(row) for row in rows)


def findings(
    conn: sqlite3.Connection,
    *,
    rule: str | None = None,
    severity: Severity | None = None,
    limit: int = 200,
    offset: int = 0,
) -> tuple[FoundFinding, ...]:
    """Findings of the whole archive, gravest first, then by rule; narrowed to one rule or one severity."""
    rows = conn.execute(
        "SELECT f.rule, f.severity, f.message, f.statements, f.advice, a.id, a.title, a.outlet FROM findings AS f "
        "JOIN articles AS a ON a.id = f.article_id "
        "WHERE (?1 IS NULL OR f.rule = ?1) AND (?2 IS NULL OR f.severity = ?2) "
        f"ORDER BY {_SEVERITY_ORDER}, f.rule, a.last_capture DESC, f.position LIMIT ?3 OFFSET ?4",
        (rule, severity, limit, offset),
    )
    return tuple(FoundFinding(row[5], row[6], row[7], _finding(row[:5])) for row in rows)


def finding_counts(conn: sqlite3.Connection) -> tuple[tuple[str, Severity, int], ...]:
    """(rule, severity, how many articles), gravest and most frequent first."""
    rows = conn.execute(
        "SELECT rule, severity, count(DISTINCT article_id) AS n FROM findings GROUP BY rule, severity "
        f"ORDER BY {_SEVERITY_ORDER}, n DESC, rule"
    )
    return tuple((row[0], Severity(row[1]), row[2]) for row in rows)


def coverage(conn: sqlite3.Connection) -> dict[str, dict[Meant, int]]:
    """How many shown statements there are of each property, by how they are meant."""
    answer: dict[str, dict[Meant, int]] = {}
    rows = conn.execute("SELECT property, meant, count(*) FROM statements WHERE shown = 1 GROUP BY property, meant")
    for name, meant, many in rows:
        answer.setdefault(name, {})[Meant(meant)] = many
    return answer


def version_ids(conn: sqlite3.Connection, article_id: str) -> tuple[str, ...]:
    """The ids of an article's versions, oldest first."""
    rows = conn.execute("SELECT id FROM versions WHERE article_id = ? ORDER BY number", (article_id,))
    return tuple(row[0] for row in rows)


def load_reading(conn: sqlite3.Connection, version_id: str) -> Reading:
    """What was read from the capture that first showed a version, as it was stored. Raises NotFound."""
    row = conn.execute(
        "SELECT v.sha256, v.format, v.encoding, v.page_space, p.text, t.text, v.content_digest, v.notes, l.layout "
        "FROM versions AS v JOIN texts AS t ON t.sha256 = v.text_sha256 "
        "JOIN texts AS p ON p.sha256 = v.page_text_sha256 "
        "JOIN _layouts AS l ON l.version_id = v.id WHERE v.id = ?",
        (version_id,),
    ).fetchone()
    if row is None:
        raise NotFound(f"no version has the id {version_id!r}", "see: archiver history ID")
    pieces, blocks = _read_layout(row[8])
    return Reading(
        sha256=row[0],
        format=row[1],
        encoding=row[2],
        page_space=Space(row[3]),
        page_text=row[4],
        text=row[5],
        pieces=pieces,
        blocks=blocks,
        statements=tuple(_statements(conn, version_id)),
        content_digest=row[6],
        notes=tuple(json.loads(row[7])),
    )


def _by_address(conn: sqlite3.Connection, ref: str) -> str:
    try:
        key = urls.normalise(ref)
    except InputError as error:
        raise NotFound(error.message, error.hint) from error
    found = _ids(conn, "SELECT id FROM articles WHERE key = ?1", key) or _ids(
        conn,
        "SELECT DISTINCT article_id FROM captures WHERE article_id IS NOT NULL AND requested_url IN (?1, ?2) "
        "ORDER BY number DESC LIMIT 2",
        key,
        ref,
    )
    if not found:
        raise NotFound(f"nothing is held of {ref}", f"capture it: archiver add {ref}")
    return found[0]


def _by_prefix(conn: sqlite3.Connection, prefix: str) -> list[str]:
    beyond = prefix + "\x7f"
    ids = _ids(conn, "SELECT id FROM articles WHERE id >= ?1 AND id < ?2 LIMIT 5", prefix, beyond)
    if ids or len(prefix) < 4:
        return ids
    return _ids(
        conn,
        "SELECT article_id FROM captures WHERE sha256 >= ?1 AND sha256 < ?2 AND article_id IS NOT NULL "
        "UNION SELECT article_id FROM versions WHERE text_sha256 >= ?1 AND text_sha256 < ?2 "
        "UNION SELECT article_id FROM versions WHERE id >= ?1 AND id < ?2 LIMIT 5",
        prefix,
        beyond,
    )


def _ids(conn: sqlite3.Connection, sql: str, *values: str) -> list[str]:
    return [row[0] for row in conn.execute(sql, values)]


def _conditions(filters: Filters) -> tuple[list[str], list[Any]]:
    wheres = ["versions = 0" if filters.attempts else "versions > 0"]
    values: list[Any] = []
    for column in ("outlet", "outlet_domain", "host", "language"):
        wanted = getattr(filters, column)
        if wanted is not None:
            wheres.append("coalesce(outlet, '') = ?" if column == "outlet" else f"{column} = ?")
            values.append(wanted)
    if filters.published_from is not None:
        wheres.append("coalesce(published, '') >= ?")
        values.append(filters.published_from)
    if filters.published_to is not None:
        wheres.append("coalesce(published, '') > '' AND coalesce(published, '') < ?")
        values.append(filters.published_to + "\x7f")
    if filters.undated:
        wheres.append("coalesce(published, '') = ''")
    if filters.without_outlet:
        wheres.append("coalesce(outlet, '') = ''")
    if filters.changed:
        wheres.append("versions > 1")
    if filters.with_origin:
        wheres.append("origin_line IS NOT NULL")
    if filters.rule is not None:
        wheres.append("id IN (SELECT article_id FROM findings WHERE rule = ?)")
        values.append(filters.rule)
    if filters.severity is not None:
        wheres.append("id IN (SELECT article_id FROM findings WHERE severity = ?)")
        values.append(filters.severity)
    return wheres, values


def _read_cursor(after: str, order: str) -> list[Any]:
    try:
        value, last = json.loads(after)
    except (ValueError, TypeError) as error:
        raise UsageError(f"{after!r} does not continue a list", "start again without it") from error
    expected = int if order in {"added", "oldest"} else str
    if not isinstance(value, expected) or not isinstance(last, int):
        raise UsageError(f"{after!r} does not continue a list in order {order!r}", "start again without it")
    return [value, last]


def _article_row(row: Any) -> ArticleRow:
    value = dict(zip(_COLUMNS.split(", "), row, strict=True))
    value["grade"] = Grade(value["grade"]) if value["grade"] else None
    value["published_meant"] = Meant(value["published_meant"]) if value["published_meant"] else None
    value["authors"] = tuple(value["authors"].split("; ")) if value["authors"] else ()
    value["worst"] = Severity(value["worst"]) if value["worst"] else None
    return ArticleRow(**value)


_EVENT_COLUMNS = (
    "number, article_id, outcome, reason, grade, requested_url, url, captured_at, added_at, status, media_type, "
    "filename, sha256, size, warc_file, warc_offset"
)


def _event(row: Any) -> CaptureEvent:
    return CaptureEvent(
        number=row[0],
        article_id=row[1],
        outcome=Outcome(row[2]),
        reason=row[3],
        grade=Grade(row[4]),
        requested_url=row[5],
        url=row[6],
        captured_at=parse_utc(row[7]) if row[7] else None,
        added_at=parse_utc(row[8]),
        status=row[9],
        media_type=row[10],
        filename=row[11],
        sha256=row[12],
        size=row[13],
        warc_file=row[14],
        warc_offset=row[15],
    )


def _finding(row: Any) -> Finding:
    return Finding(row[0], Severity(row[1]), row[2], tuple(json.loads(row[3])), row[4])


def _versions(conn: sqlite3.Connection, article_id: str) -> Iterator[Version]:
    rows = conn.execute(
        "SELECT v.id, v.number, v.content_digest, v.first_capture, max(s.capture) FROM versions AS v "
        "JOIN sightings AS s ON s.version_id = v.id WHERE v.article_id = ? GROUP BY v.id ORDER BY v.number",
        (article_id,),
    ).fetchall()
    for version_id, number, digest, first, last in rows:
        yield Version(version_id, article_id, number, digest, first, last, load_reading(conn, version_id))


def _statements(conn: sqlite3.Connection, version_id: str) -> Iterator[Statement]:
    rows = conn.execute(
        'SELECT id, property, value, quote, space, path, start, "end", rule, meant, shown, why, detail '
        "FROM statements WHERE version_id = ? ORDER BY number",
        (version_id,),
    )
    for row in rows:
        yield Statement(
            id=row[0],
            property=row[1],
            value=row[2],
            quote=row[3],
            space=Space(row[4]),
            path=row[5],
            start=row[6],
            end=row[7],
            rule=row[8],
            meant=Meant(row[9]),
            shown=bool(row[10]),
            why=row[11],
            detail=json.loads(row[12]),
        )


def _read_layout(packed: bytes) -> tuple[tuple[TextPiece, ...], tuple[Block, ...]]:
    layout = json.loads(zlib.decompress(packed))
    pieces = tuple(TextPiece(*piece) for piece in layout["pieces"])
    blocks = tuple(
        Block(start, end, Zone(zone), tag, hint, tuple(Link(*link) for link in links))
        for start, end, zone, tag, hint, links in layout["blocks"]
    )
    return pieces, blocks


def _origins(conn: sqlite3.Connection, article: ArticleRow, version: Version) -> Iterator[HeldOrigin]:
    by_id = {statement.id: statement for statement in version.reading.statements}
    rows = conn.execute(
        "SELECT s.id, o.kind, o.name, o.domain, o.url, o.language, held.id FROM origins AS o "
        "JOIN statements AS s ON s.number = o.statement "
        "LEFT JOIN articles AS held ON held.key = o.key AND held.versions > 0 AND held.id <> o.article_id "
        "WHERE o.version_id = ? ORDER BY o.statement",
        (version.id,),
    ).fetchall()
    for statement_id, kind, name, domain, url, language, held in rows:
        origin = HeldOrigin(by_id[statement_id], OriginKind(kind), name, domain, url, language, held)
        yield origin if held else replace(origin, possible=_possible(conn, article, origin))


def _possible(conn: sqlite3.Connection, article: ArticleRow, origin: HeldOrigin) -> tuple[str, ...]:
    """Articles by the outlet that is named, published no later than this one and not long before."""
    day = (article.published or "")[:10]
    if len(day) < 10:
        earliest, latest = "", "\x7f"
    else:
        shown = date.fromisoformat(day)
        earliest, latest = str(shown - timedelta(days=_FIRST_WINDOW)), str(shown + timedelta(days=1)) + "\x7f"
    rows = conn.execute(
        "SELECT id FROM (SELECT id, published, last_capture FROM articles WHERE outlet_domain = ?1 AND versions > 0 "
        "UNION SELECT id, published, last_capture FROM articles WHERE host = ?1 AND versions > 0 "
        "UNION SELECT id, published, last_capture FROM articles WHERE coalesce(outlet, '') = ?2 AND versions > 0) "
        "WHERE id <> ?3 AND (published IS NULL OR published BETWEEN ?4 AND ?5) "
        "ORDER BY published IS NULL, published DESC, last_capture DESC LIMIT ?6",
        (origin.domain, origin.name or "\x00", article.id, earliest, latest, _MOST_POSSIBLE),
    )
    return tuple(row[0] for row in rows)
