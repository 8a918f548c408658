"""One capture becomes rows: the same function for an add, for a file found after a crash, and for a rebuild.

What it writes follows from the metadata record, from the rows of the captures before it and from the reading;
so the same captures in the same order give the same rows. The caller holds the transaction.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from archiver import judged, urls
from archiver.canonical import short_id
from archiver.errors import InputError
from archiver.model import Finding, OriginKind, Outcome, Reading, Statement
from archiver.store import judgements, leaves, log, reading_rows
from archiver.store.incoming import CaptureRecord, storable
from archiver.store.prepared import Prepared
from archiver.store.reading_rows import Place, as_json, detail_text, first_shown
from archiver.timepoint import TimePoint, utc_text

_ORIGIN_WORDS = {
    OriginKind.TRANSLATION: "translated from",
    OriginKind.REPRINT: "reprinted from",
    OriginKind.SYNDICATION: "syndicated from",
    OriginKind.WIRE: "wire story of",
    OriginKind.EXCERPT: "excerpt from",
    OriginKind.ADAPTATION: "adapted from",
    OriginKind.REWRITE: "rewritten from",
}


@dataclass(frozen=True, slots=True)
class Entered:
    """What one capture came to: its article, the version it showed, and whether either was new."""

    number: int
    outcome: Outcome
    article_id: str | None
    version_id: str | None
    new_article: bool
    new_version: bool


def warc_file(
    conn: sqlite3.Connection, sha256: str, path: str, size: int, records: int, first: int | None, last: int | None
) -> None:
    """Enter a WARC file; before its captures, or its acts (then it has no first and last one)."""
    conn.execute("INSERT INTO warc_files VALUES (?, ?, ?, ?, ?, ?)", (sha256, path, size, records, first, last))


def capture(
    conn: sqlite3.Connection, record: CaptureRecord, warc_sha256: str, offset: int, read: Callable[[], Prepared | None]
) -> Entered:
    """Enter one capture whose metadata record starts at ``offset``.

    ``read`` is called only when the rows do not know yet what these bytes say of this article; None means
    that they cannot be read as a text: the capture is entered, and shows no version. A new version can be
    found by its words only after ``search_keys``.
    """
    if record.sha256 and record.payload_offset is not None:
        # Bytes that were stored again, because their snapshot was damaged, keep the place they had.
        conn.execute(
            "INSERT INTO snapshots SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS "
            "(SELECT 1 FROM snapshots WHERE sha256 = ?1)",
            (record.sha256, record.size, warc_sha256, record.payload_offset, record.number),
        )
    article_id, new_article = _article(conn, record)
    _insert(conn, "captures", event_row(record, article_id, warc_sha256, offset))
    log.append(conn, leaves.of_capture(record, warc_sha256))
    if article_id is None:
        return Entered(record.number, record.outcome, None, None, False, False)
    _count(conn, record, article_id)
    if record.outcome.is_failure or record.sha256 is None:
        return Entered(record.number, record.outcome, article_id, None, new_article, False)
    version_id, new_version = _version(conn, record, article_id, read)
    if version_id is not None:
        conn.execute("INSERT INTO sightings VALUES (?, ?, NULL)", (record.number, version_id))
    return Entered(record.number, record.outcome, article_id, version_id, new_article, new_version)


def search_keys(conn: sqlite3.Connection, readings: Iterable[tuple[int, Prepared]]) -> None:
    """Make readings findable: (number of the reading, what was prepared of it).

    Once for a whole transaction, after everything else: each statement that may have to be undone on its own
    makes FTS5 write what it holds in memory as a segment, which for one text at a time costs twice as much.
    """
    conn.executemany(
        "INSERT INTO _search (rowid, title, text) VALUES (?, ?, ?)",
        [(number, prepared.title_key, prepared.text_key) for number, prepared in readings],
    )


def findings(conn: sqlite3.Connection, article_id: str, version_id: str | None, found: Iterable[Finding]) -> None:
    """Replace the findings of one article, gravest first."""
    ordered = sorted(found, key=lambda finding: -finding.severity.rank)
    conn.execute("DELETE FROM findings WHERE article_id = ?", (article_id,))
    conn.executemany(
        "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                article_id,
                position,
                version_id,
                finding.rule,
                finding.severity,
                storable(finding.message),
                finding.advice,
                as_json(finding.statements),
            )
            for position, finding in enumerate(ordered, 1)
        ],
    )
    conn.execute(
        "UPDATE articles SET findings = ?, worst = ?, audited = (SELECT max(number) FROM captures) WHERE id = ?",
        (len(ordered), ordered[0].severity if ordered else None, article_id),
    )


def event_row(record: CaptureRecord, article_id: str | None, warc: str, offset: int) -> dict[str, str | int | None]:
    """The row of ``captures`` for what a metadata record says."""
    return {
        "number": record.number,
        "article_id": article_id,
        "outcome": record.outcome,
        "reason": record.reason,
        "grade": record.grade,
        "requested_url": record.requested_url,
        "url": record.url,
        "captured_at": utc_text(record.captured_at) if record.captured_at else None,
        "added_at": utc_text(record.added_at),
        "status": record.status,
        "media_type": record.media_type,
        "charset": record.charset,
        "format": record.format,
        "language": record.language,
        "filename": record.filename,
        "etag": record.header("etag"),
        "last_modified": record.header("last-modified"),
        "sha256": record.sha256,
        "size": record.size,
        "warc_file": warc,
        "warc_offset": offset,
    }


def article_key(record: CaptureRecord) -> str | None:
    """What makes two captures captures of the same article: the address, else the bytes."""
    address = record.url or record.requested_url
    if address is None:
        return record.sha256
    try:
        return urls.normalise(address)
    except InputError:  # such as "about:blank" from the user: still one name for one thing
        return address


def article_id_of(key: str) -> str:
    """The id of the article with that key."""
    return short_id("article", key)


def latest_version_seen(conn: sqlite3.Connection, article_id: str, sha256: str) -> str | None:
    """The article's newest version, if these bytes were what it was last seen in; else None: they must be read."""
    row = conn.execute(
        "SELECT s.version_id FROM captures AS c "
        "JOIN sightings AS s ON s.capture = c.number AND s.valid_until IS NULL "
        "JOIN articles AS a ON a.latest_version = s.version_id "
        "WHERE c.article_id = ? AND c.sha256 = ? ORDER BY c.number DESC LIMIT 1",
        (article_id, sha256),
    ).fetchone()
    return row[0] if row else None


def _article(conn: sqlite3.Connection, record: CaptureRecord) -> tuple[str | None, bool]:
    """The id of the record's article and whether it was new; None for a failure that left no trace of what it was."""
    known = _known_address(conn, record)
    if known:
        return known, False
    key = article_key(record)
    if key is None:
        return None, False
    article_id = article_id_of(key)
    if conn.execute("SELECT 1 FROM articles WHERE id = ?", (article_id,)).fetchone():
        return article_id, False
    address = record.url or record.requested_url
    added = utc_text(record.added_at)
    conn.execute(
        "INSERT INTO articles (id, key, url, host, first_capture, last_capture, first_added, last_added, captures, "
        "failures, versions) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0)",
        (
            article_id,
            key,
            key if address else None,
            urls.host(key) if address else None,
            record.number,
            record.number,
            added,
            added,
        ),
    )
    return article_id, True


def _known_address(conn: sqlite3.Connection, record: CaptureRecord) -> str | None:
    """For a failure: the article that the same request led to when it last succeeded."""
    if not record.outcome.is_failure or record.requested_url is None:
        return None
    row = conn.execute(
        "SELECT article_id FROM captures WHERE requested_url = ? AND outcome = 'kept' AND article_id IS NOT NULL "
        "ORDER BY number DESC LIMIT 1",
        (record.requested_url,),
    ).fetchone()
    return row[0] if row else None


def _count(conn: sqlite3.Connection, record: CaptureRecord, article_id: str) -> None:
    conn.execute(
        "UPDATE articles SET captures = captures + 1, failures = failures + ?, last_capture = ?, last_added = ? "
        "WHERE id = ?",
        (record.outcome.is_failure, record.number, utc_text(record.added_at), article_id),
    )


def _version(
    conn: sqlite3.Connection, record: CaptureRecord, article_id: str, read: Callable[[], Prepared | None]
) -> tuple[str | None, bool]:
    assert record.sha256 is not None
    seen = latest_version_seen(conn, article_id, record.sha256)
    if seen:
        return seen, False
    prepared = read()
    if prepared is None:
        return None, False
    reading = prepared.reading
    latest = conn.execute(
        "SELECT id, number, content_digest FROM versions WHERE article_id = ? ORDER BY number DESC LIMIT 1",
        (article_id,),
    ).fetchone()
    if latest and latest[2] == reading.content_digest:
        return latest[0], False
    place = Place(article_id, latest[1] + 1 if latest else 1, record.number, record.sha256)
    reading_rows.enter(conn, place, prepared)
    summary(conn, place, record.grade, reading)
    return place.version_id, True


def summary(conn: sqlite3.Connection, place: Place, grade: str, reading: Reading) -> None:
    """What lists show of an article: its newest version, which stands at ``place``, in one line, as people decided."""
    reading = judged.apply(reading, place.first_capture, judgements.of_article(conn, place.article_id))
    outlet = next(iter(reading.shown("outlet")), None)
    published = next(iter(reading.shown("published")), None)
    row = {
        "versions": place.number,
        "latest_version": place.version_id,
        "grade": grade,
        "title": first_shown(reading, "title"),
        "outlet": storable(outlet.value) if outlet else None,
        "outlet_domain": detail_text(outlet, "domain") if outlet else None,
        "published": published.value if published else None,
        "published_precision": _precision(published),
        "published_zone": detail_text(published, "zone") if published else None,
        "published_meant": published.meant if published else None,
        "authors": storable("; ".join(one.value for one in reading.shown("author"))) or None,
        "origin_line": _origin_line(reading),
        "language": first_shown(reading, "language"),
    }
    columns = ", ".join(f"{name} = :{name}" for name in row)
    conn.execute(f"UPDATE articles SET {columns} WHERE id = :id", {**row, "id": place.article_id})  # noqa: S608


def _origin_line(reading: Reading) -> str | None:
    parts = []
    for one in reading.shown("origin"):
        words = _ORIGIN_WORDS[OriginKind(detail_text(one, "kind") or OriginKind.REPRINT)]
        doubt = "" if one.meant in {"stated", "person"} else f" ({one.meant})"
        name = detail_text(one, "name") or storable(one.value) or "an unnamed text"
        made = "machine-" if one.detail.get("machine") is True else ""
        parts.append(f"{made}{words} {name}{doubt}")
    return "; ".join(parts) or None


def _precision(published: Statement | None) -> str | None:
    if published is None:
        return None
    try:
        return TimePoint(published.value).precision
    except ValueError:
        return detail_text(published, "precision")


def _insert(conn: sqlite3.Connection, table: str, row: Mapping[str, str | int | bytes | None]) -> None:
    names = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    conn.execute(f"INSERT INTO {table} ({names}) VALUES ({values})", row)  # noqa: S608
