"""Is this held already? Short questions that an add asks of every file."""

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HeldFile:
    """The capture that brought the bytes of a file, its article, and the version it showed."""

    number: int
    article_id: str | None
    version_id: str | None


def held_file(conn: sqlite3.Connection, sha256: str, url: str | None) -> HeldFile | None:
    """The file or paste with these bytes that was entered under the same address (or under none)."""
    row = conn.execute(
        "SELECT c.number, c.article_id, s.version_id FROM captures AS c "
        "LEFT JOIN sightings AS s ON s.capture = c.number AND s.valid_until IS NULL "
        "WHERE c.sha256 = ? AND c.url IS ? AND c.grade IN ('file', 'paste') ORDER BY c.number LIMIT 1",
        (sha256, url),
    ).fetchone()
    return HeldFile(*row) if row else None


def title_of(conn: sqlite3.Connection, version_id: str) -> str | None:
    """The title shown of a version, or None when it has none."""
    row = conn.execute("SELECT title FROM versions WHERE id = ?", (version_id,)).fetchone()
    return row[0] if row else None
