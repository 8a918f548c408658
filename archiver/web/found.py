"""Which of the databases that Datasette serves are archives, whatever their files are called."""

import sqlite3
from typing import Any

from archiver.store.schema import APPLICATION_ID

NEEDED = frozenset({"articles", "captures", "readings", "statements", "findings"})
_ATTRIBUTE = "_archiver_archives"


async def archive_names(datasette: Any) -> tuple[str, ...]:
    """The names of the databases that are archives, in Datasette's order.

    The answer is kept on the Datasette object and found again when its list of databases changes.
    """
    present = tuple(datasette.databases)
    known = getattr(datasette, _ATTRIBUTE, None)
    if known is None or known[0] != present:
        names = [name for name in present if await _is_archive(datasette.databases[name])]
        known = (present, tuple(names))
        setattr(datasette, _ATTRIBUTE, known)
    return tuple(known[1])


def known_names(datasette: Any) -> tuple[str, ...]:
    """What ``archive_names`` last answered; nothing before it was first asked."""
    return tuple(getattr(datasette, _ATTRIBUTE, ((), ()))[1])


async def _is_archive(database: Any) -> bool:
    try:
        return bool(await database.execute_fn(is_archive))
    except sqlite3.DatabaseError:  # a file that is no database, or one that is locked: not ours to report
        return False


def is_archive(conn: sqlite3.Connection) -> bool:
    """True when ``conn`` is open on an archive: its application id and its tables say so."""
    if conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        return False
    return {row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")} >= NEEDED
