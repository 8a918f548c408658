"""Questions to an open archive.db, each answered by frozen values; lists never read a body.

Every function takes a plain ``sqlite3.Connection`` (Datasette hands one to the pages) and only reads.
"""

# ruff: noqa: S608 - column lists and orders are constants of this module; values are always bound.

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from archiver import urls
from archiver.errors import InputError, NotFound, UsageError
from archiver.model import CaptureEvent, Finding, Meant, Severity
from archiver.store.dossiers import ReadingRow, load_as_read, load_dossier, load_reading, readings
from archiver.store.records import (
    ARTICLE_COLUMNS,
    EVENT_COLUMNS,
    ArticleRow,
    article_row,
    as_article,
    as_event,
    capture_event,
    history,
)

__all__ = [
    "ORDERS",
    "ArticleRow",
    "Counts",
    "Filters",
    "FoundFinding",
    "LastGood",
    "ListPage",
    "ReadingRow",
    "article_findings",
    "article_row",
    "articles_from",
    "capture_event",
    "counts",
    "coverage",
    "filtered_ids",
    "find_article",
    "finding_counts",
    "findings",
    "history",
    "last_good",
    "latest_captures",
    "list_articles",
    "load_as_read",
    "load_dossier",
    "load_reading",
    "readings",
    "sightings",
    "version_ids",
]


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

    def as_row(self) -> dict[str, Any]:
        """The finding and its article under the names that JSON and CSV use."""
        return {
            "article": self.article_id,
            "title": self.title,
            "outlet": self.outlet,
            "rule": self.finding.rule,
            "severity": str(self.finding.severity),
            "message": self.finding.message,
            "advice": self.finding.advice,
            "statements": list(self.finding.statements),
        }


# order name -> (sort expression that is never NULL, direction); ties go by last_capture, which is unique.
ORDERS = {
    "added": ("last_capture", "DESC"),
    "oldest": ("last_capture", "ASC"),
    "published": ("coalesce(published, '')", "DESC"),
    "title": ("coalesce(title, '')", "ASC"),
    "outlet": ("coalesce(outlet, '')", "ASC"),
}

_SEVERITY_ORDER = (
    "CASE severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 WHEN 'low' THEN 3 ELSE 4 END"
)


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
        f"SELECT {ARTICLE_COLUMNS}, {expression} FROM articles WHERE {' AND '.join(wheres)} "
        f"ORDER BY {expression} {direction}, last_capture {direction} LIMIT ?",
        (*values, limit + 1),
    ).fetchall()
    cursor = json.dumps([found[limit - 1][-1], found[limit - 1][-2]]) if len(found) > limit > 0 else None
    return ListPage(tuple(as_article(row[:-1]) for row in found[:limit]), cursor)


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


def sightings(conn: sqlite3.Connection, article_id: str) -> dict[int, int]:
    """Which version each capture of the article showed: capture number -> version number."""
    rows = conn.execute(
        "SELECT s.capture, v.number FROM versions AS v JOIN sightings AS s ON s.version_id = v.id "
        "WHERE v.article_id = ? AND s.valid_until IS NULL",
        (article_id,),
    )
    return dict(rows.fetchall())


def latest_captures(conn: sqlite3.Connection, limit: int = 20) -> tuple[CaptureEvent, ...]:
    """The newest attempts of the whole archive, newest first."""
    rows = conn.execute(f"SELECT {EVENT_COLUMNS} FROM captures ORDER BY number DESC LIMIT ?", (limit,))
    return tuple(as_event(row) for row in rows)


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
        "AND o.article_id <> ?1 AND o.valid_until IS NULL ORDER BY 1",
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
    rows = conn.execute(
        "SELECT property, meant, count(*) FROM statements WHERE shown = 1 AND valid_until IS NULL "
        "GROUP BY property, meant"
    )
    for name, meant, many in rows:
        answer.setdefault(name, {})[Meant(meant)] = many
    return answer


def version_ids(conn: sqlite3.Connection, article_id: str) -> tuple[str, ...]:
    """The ids of an article's versions, oldest first."""
    rows = conn.execute("SELECT id FROM versions WHERE article_id = ? ORDER BY number", (article_id,))
    return tuple(row[0] for row in rows)


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
        "UNION SELECT article_id FROM readings WHERE text_sha256 >= ?1 AND text_sha256 < ?2 "
        "UNION SELECT article_id FROM readings WHERE version_id >= ?1 AND version_id < ?2 LIMIT 5",
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
    numbers = [one for one in (value, last) if isinstance(one, int)]
    # SQLite holds integers of 64 bits; "true" is an int to Python and none to us.
    wrong = any(isinstance(one, bool) or not -(2**63) <= one < 2**63 for one in numbers)
    if wrong or not isinstance(value, expected) or not isinstance(last, int):
        raise UsageError(f"{after!r} does not continue a list in order {order!r}", "start again without it")
    return [value, last]


def _finding(row: Any) -> Finding:
    return Finding(row[0], Severity(row[1]), row[2], tuple(json.loads(row[3])), row[4])
