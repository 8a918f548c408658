"""Everything that is held of one article, put together again from its rows."""

import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

from archiver import judged
from archiver.errors import NotFound
from archiver.model import (
    Block,
    Dossier,
    HeldOrigin,
    Link,
    Meant,
    OriginKind,
    Reading,
    Space,
    Statement,
    TextPiece,
    Version,
    Zone,
)
from archiver.store import judgements
from archiver.store.reading_rows import key_of
from archiver.store.records import ArticleRow, article_row, history

_MOST_POSSIBLE = 10
_FIRST_WINDOW = 60  # days before a reprint in which its original is looked for


def load_dossier(
    conn: sqlite3.Connection,
    article_id: str,
    *,
    held_in: str | None = None,
    known: Mapping[str, Reading] = MappingProxyType({}),
) -> Dossier:
    """All facts of one article. Raises NotFound when there is none, or when every attempt at it failed.

    ``known`` are readings by the ids of their versions that need not be loaded: the caller has just stored them.
    """
    article = article_row(conn, article_id)
    if not article.versions:
        raise NotFound(f"nothing was ever kept of {article.url}", f"see: archiver history {article_id}")
    decided = judgements.of_article(conn, article_id)
    as_read = tuple(_versions(conn, article_id, known))
    versions = tuple(
        replace(one, reading=judged.apply(one.reading, one.first_capture, decided)) if decided else one
        for one in as_read
    )
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
        judgements=decided,
        read=as_read[-1].reading if latest.reading is not as_read[-1].reading else None,
    )


def load_reading(conn: sqlite3.Connection, version_id: str) -> Reading:
    """What today's reading says of a version. Raises NotFound."""
    row = conn.execute("SELECT reading FROM versions WHERE id = ?", (version_id,)).fetchone()
    if row is None:
        raise NotFound(f"no version has the id {version_id!r}", "see: archiver history ID")
    return load_any_reading(conn, row[0])


def load_any_reading(conn: sqlite3.Connection, number: int) -> Reading:
    """A reading by its number, of today or of an earlier time, as it was stored. Raises NotFound."""
    row = conn.execute(
        "SELECT r.sha256, r.format, r.encoding, r.page_space, p.text, t.text, r.content_digest, r.notes, "
        "l.layout, r.confirmed_by "
        "FROM readings AS r JOIN texts AS t ON t.sha256 = r.text_sha256 "
        "JOIN texts AS p ON p.sha256 = r.page_text_sha256 "
        "JOIN _layouts AS l ON l.reading = r.number WHERE r.number = ?",
        (number,),
    ).fetchone()
    if row is None:
        raise NotFound(f"there is no reading {number}", "see: archiver history ID")
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
        statements=tuple(statements_of(conn, number)),
        content_digest=row[6],
        notes=tuple(json.loads(row[7])),
        reader=row[9],
    )


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One reading of an article. ``place`` counts them from 1, oldest first; ``valid_until`` None: it is shown today.

    ``reader`` is who read it so first, ``confirmed_by`` who read the very same last.
    """

    place: int
    number: int
    version_id: str
    version: int
    first_capture: int
    reader: str
    confirmed_by: str
    valid_until: str | None


def readings(conn: sqlite3.Connection, article_id: str) -> tuple[ReadingRow, ...]:
    """Every reading of an article: earlier ones in the order in which they ended, then those of today."""
    rows = conn.execute(
        "SELECT number, version_id, version, first_capture, reader, confirmed_by, valid_until FROM readings "
        "WHERE article_id = ? ORDER BY valid_until IS NULL, valid_until, version, number",
        (article_id,),
    )
    return tuple(ReadingRow(place, *row) for place, row in enumerate(rows, 1))


def load_as_read(conn: sqlite3.Connection, article_id: str, row: ReadingRow, held_in: str | None = None) -> Dossier:
    """An article as one reading of one of its versions said it was; origins are named, and not looked for."""
    article = article_row(conn, article_id)
    events = history(conn, article_id)
    event = next(event for event in events if event.number == row.first_capture)
    reading = load_any_reading(conn, row.number)
    version = Version(
        row.version_id, article_id, row.version, reading.content_digest, row.first_capture, row.first_capture, reading
    )
    origins = tuple(_named(statement) for statement in reading.shown("origin"))
    return Dossier(article_id, article.url, event.grade, event.captured_at, (version,), events, origins, held_in)


def _named(statement: Statement) -> HeldOrigin:
    detail = {name: value for name, value in statement.detail.items() if isinstance(value, str)}
    return HeldOrigin(
        statement,
        OriginKind(detail.get("kind", OriginKind.REPRINT)),
        detail.get("name") or statement.value or None,
        detail.get("domain"),
        detail.get("url"),
        detail.get("language"),
    )


def _versions(conn: sqlite3.Connection, article_id: str, known: Mapping[str, Reading]) -> Iterator[Version]:
    rows = conn.execute(
        "SELECT v.id, v.number, v.content_digest, v.first_capture, max(s.capture) FROM versions AS v "
        "JOIN sightings AS s ON s.version_id = v.id AND s.valid_until IS NULL "
        "WHERE v.article_id = ? GROUP BY v.id ORDER BY v.number",
        (article_id,),
    ).fetchall()
    for version_id, number, digest, first, last in rows:
        reading = known.get(version_id) or load_reading(conn, version_id)
        yield Version(version_id, article_id, number, digest, first, last, reading)


def statements_of(conn: sqlite3.Connection, reading: int) -> Iterator[Statement]:
    """The statements of a reading, in the order in which they were read."""
    rows = conn.execute(
        'SELECT id, property, value, quote, space, path, start, "end", rule, meant, shown, why, detail '
        "FROM statements WHERE reading = ? ORDER BY number",
        (reading,),
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
    for statement in version.reading.shown("origin"):
        origin = _named(statement)
        key = key_of(origin.url)
        row = (
            key
            and conn.execute(
                "SELECT id FROM articles WHERE key = ? AND versions > 0 AND id <> ?", (key, article.id)
            ).fetchone()
        )
        yield replace(origin, held=row[0]) if row else replace(origin, possible=_possible(conn, article, origin))


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
