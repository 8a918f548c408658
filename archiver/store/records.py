"""One row read back as a value: an article in a list, a capture in a history."""

# ruff: noqa: S608 - column lists are constants of this module; values are always bound.

import sqlite3
from dataclasses import dataclass
from typing import Any

from archiver.errors import NotFound
from archiver.model import CaptureEvent, Grade, Meant, Outcome, Severity
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


ARTICLE_COLUMNS = (
    "id, url, host, grade, title, outlet, outlet_domain, published, published_precision, published_zone, "
    "published_meant, authors, origin_line, language, versions, captures, failures, findings, worst, first_added, "
    "last_added, first_capture, last_capture"
)
EVENT_COLUMNS = (
    "number, article_id, outcome, reason, grade, requested_url, url, captured_at, added_at, status, media_type, "
    "filename, sha256, size, warc_file, warc_offset"
)


def article_row(conn: sqlite3.Connection, article_id: str) -> ArticleRow:
    """The list line of one article. Raises NotFound."""
    row = conn.execute(f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE id = ?", (article_id,)).fetchone()
    if row is None:
        raise NotFound(f"no article has the id {article_id!r}", "see: archiver list")
    return as_article(row)


def history(conn: sqlite3.Connection, article_id: str) -> tuple[CaptureEvent, ...]:
    """Every attempt at one article, oldest first, failures too."""
    rows = conn.execute(f"SELECT {EVENT_COLUMNS} FROM captures WHERE article_id = ? ORDER BY number", (article_id,))
    return tuple(as_event(row) for row in rows)


def capture_event(conn: sqlite3.Connection, number: int) -> CaptureEvent:
    """One capture by its number. Raises NotFound."""
    row = conn.execute(f"SELECT {EVENT_COLUMNS} FROM captures WHERE number = ?", (number,)).fetchone()
    if row is None:
        raise NotFound(f"there is no capture {number}", "see: archiver history ID")
    return as_event(row)


def as_article(row: Any) -> ArticleRow:
    """The row of ARTICLE_COLUMNS as a value."""
    value = dict(zip(ARTICLE_COLUMNS.split(", "), row, strict=True))
    value["grade"] = Grade(value["grade"]) if value["grade"] else None
    value["published_meant"] = Meant(value["published_meant"]) if value["published_meant"] else None
    value["authors"] = tuple(value["authors"].split("; ")) if value["authors"] else ()
    value["worst"] = Severity(value["worst"]) if value["worst"] else None
    return ArticleRow(**value)


def as_event(row: Any) -> CaptureEvent:
    """The row of EVENT_COLUMNS as a value."""
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
