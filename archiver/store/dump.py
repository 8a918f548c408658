"""Everything an archive.db says, in one order: two databases that say the same give the same lines.

What differs between two builds without meaning anything stays out: when a migration ran, how SQLite laid out its
pages, how zlib packed a layout. The full-text index is given as the words it holds.
"""

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from archiver.canonical import Json, canonical_json, sha256_hex

# table -> columns of its primary key, in the order in which rows depend on each other
KEYS: dict[str, tuple[str, ...]] = {
    "warc_files": ("sha256",),
    "snapshots": ("sha256",),
    "articles": ("id",),
    "captures": ("number",),
    "texts": ("sha256",),
    "versions": ("id",),
    "sightings": ("capture",),
    "statements": ("number",),
    "origins": ("statement",),
    "findings": ("article_id", "position"),
    "_layouts": ("version_id",),
    "_search": ("term", "doc", "col", "offset"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that is not the same: ``here`` and ``there`` are None where the whole row is missing."""

    table: str
    key: tuple[Any, ...]
    column: str | None
    here: str | None
    there: str | None


def dump(conn: sqlite3.Connection, tables: Sequence[str] = tuple(KEYS)) -> Iterator[str]:
    """One line of canonical JSON a row: the table's name, then its columns in the order of the schema."""
    for table in tables:
        _, rows = _rows(conn, table)
        for row in rows:
            yield canonical_json([table, *(_value(value) for value in row)]).decode("utf-8", "surrogatepass")


def differences(
    here: sqlite3.Connection, there: sqlite3.Connection, tables: Sequence[str] = tuple(KEYS)
) -> Iterator[Difference]:
    """Every value in which two archives differ, located to table, row and column."""
    for table in tables:
        columns, ours = _rows(here, table)
        _, theirs = _rows(there, table)
        yield from _merged(table, columns, ours, theirs)


def _merged(
    table: str, columns: Sequence[str], ours: Iterator[Sequence[Any]], theirs: Iterator[Sequence[Any]]
) -> Iterator[Difference]:
    places = [columns.index(name) for name in KEYS[table]]
    left, right = next(ours, None), next(theirs, None)
    while left is not None or right is not None:
        left_key = tuple(left[place] for place in places) if left is not None else None
        right_key = tuple(right[place] for place in places) if right is not None else None
        if left_key is not None and left_key == right_key:
            assert left is not None
            assert right is not None
            for column, one, other in zip(columns, left, right, strict=True):
                if one != other:
                    yield Difference(table, left_key, column, _short(one), _short(other))
            left, right = next(ours, None), next(theirs, None)
        elif right_key is None or (left_key is not None and _before(left_key, right_key)):
            assert left_key is not None
            yield Difference(table, left_key, None, "a row", None)
            left = next(ours, None)
        else:
            yield Difference(table, right_key, None, None, "a row")
            right = next(theirs, None)


def _before(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """The order in which SQLite sorts keys: text by its UTF-8 bytes."""
    return tuple(_sortable(value) for value in one) < tuple(_sortable(value) for value in other)


def _sortable(value: Any) -> tuple[int, Any]:
    return (1, value.encode()) if isinstance(value, str) else (0, value)


def _rows(conn: sqlite3.Connection, table: str) -> tuple[list[str], Iterator[Sequence[Any]]]:
    name = _vocabulary(conn) if table == "_search" else table
    order = ", ".join(KEYS[table])
    found = conn.execute(f"SELECT * FROM {name} ORDER BY {order}")  # noqa: S608 - names of our own tables
    columns = [column[0] for column in found.description]
    rows: Iterator[Sequence[Any]] = iter(found)
    if table == "_layouts":
        rows = ((version_id, _unpacked(layout)) for version_id, layout in rows)
    return columns, rows


def _vocabulary(conn: sqlite3.Connection) -> str:
    """Every word of the full-text index with its document, column and place, as a table of this connection."""
    conn.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp._words USING fts5vocab(main, _search, instance)")
    return "temp._words"


def _unpacked(layout: bytes) -> str:
    try:
        return zlib.decompress(layout).decode("utf-8", "surrogatepass")
    except (zlib.error, UnicodeDecodeError) as error:
        return f"not a layout: {error}, {sha256_hex(layout)}"


def _value(value: Any) -> Json:
    """Integers beyond what JSON numbers hold, floats and blobs only occur where somebody tampered."""
    if value is None or isinstance(value, str) or (isinstance(value, int) and abs(value) < 2**53):
        return value
    return repr(value)


def _short(value: Any) -> str:
    text = "NULL" if value is None else str(value)
    return text if len(text) <= 80 else text[:79] + "…"
