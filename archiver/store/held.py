"""Two short questions that an add asks of each file before it is read."""

import sqlite3


def holds_file(conn: sqlite3.Connection, sha256: str, url: str | None) -> bool:
    """True when a file with these bytes is held under the same address (or under none)."""
    row = conn.execute(
        "SELECT 1 FROM captures WHERE sha256 = ? AND url IS ? AND grade IN ('file', 'paste') LIMIT 1", (sha256, url)
    ).fetchone()
    return row is not None


def title_of(conn: sqlite3.Connection, version_id: str) -> str | None:
    """The title that a version shows."""
    row = conn.execute("SELECT title FROM versions WHERE id = ?", (version_id,)).fetchone()
    return row[0] if row else None
