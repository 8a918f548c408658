"""Is this held already? Short questions that an add asks of every file."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from archiver.errors import IntegrityError
from archiver.store import disk


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
        "LEFT JOIN sightings AS s ON s.capture = c.number "
        "WHERE c.sha256 = ? AND c.url IS ? AND c.grade IN ('file', 'paste') ORDER BY c.number LIMIT 1",
        (sha256, url),
    ).fetchone()
    return HeldFile(*row) if row else None


def holds_file(conn: sqlite3.Connection, folder: Path, sha256: str, url: str | None) -> bool:
    """True when adding a file with these bytes under that address (or none) would add nothing.

    Raises IntegrityError when the rows say so and the snapshot is not on the disk: then these bytes may be
    the last copy.
    """
    if held_file(conn, sha256, url) is None:
        return False
    row = conn.execute("SELECT warc_file FROM snapshots WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None or not (folder / disk.warc_path(row[0])).is_file():
        raise IntegrityError(
            f"these bytes are held, but their snapshot is missing (SHA-256 {sha256[:16]}…)",
            "keep this copy safe, and put the snapshot back: archiver verify names the file",
        )
    return True


def title_of(conn: sqlite3.Connection, version_id: str) -> str | None:
    """The title shown of a version, or None when it has none."""
    row = conn.execute("SELECT title FROM versions WHERE id = ?", (version_id,)).fetchone()
    return row[0] if row else None
