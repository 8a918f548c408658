"""Everything an archive.db says today, in one order: two databases that say the same give the same lines.

What differs between two builds without meaning anything stays out: when a migration ran, how SQLite laid out its
pages, how zlib packed a layout, which number a row has. The full-text index is given as the words it holds.
Earlier readings are left out, for snapshots do not give them back.
"""

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
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
    "statements": ("version_id", "position"),
    "origins": ("version_id", "position"),
    "judgements": ("number",),
    "findings": ("article_id", "position"),
    "log": ("number",),
    "_layouts": ("version_id",),
    "_search": ("term", "doc", "col", "offset"),
}

# What is read today, without the numbers of its rows: they hang on how often the archive was read again.
_TODAY = {
    "texts": "SELECT sha256, text FROM texts WHERE sha256 NOT IN (SELECT text_sha256 FROM readings "
    "WHERE valid_until IS NOT NULL UNION SELECT page_text_sha256 FROM readings WHERE valid_until IS NOT NULL) "
    "OR sha256 IN (SELECT text_sha256 FROM readings WHERE valid_until IS NULL "
    "UNION SELECT page_text_sha256 FROM readings WHERE valid_until IS NULL) ORDER BY sha256",
    "versions": "SELECT v.id, v.article_id, v.number, v.first_capture, v.content_digest, v.sha256, v.text_sha256, "
    "v.page_text_sha256, v.page_space, v.format, v.encoding, v.notes, v.title, v.words, v.reader, r.digest, "
    "r.statements_digest, r.search_digest FROM versions AS v JOIN readings AS r ON r.number = v.reading ORDER BY v.id",
    "sightings": "SELECT capture, version_id FROM sightings WHERE valid_until IS NULL ORDER BY capture",
    "statements": "SELECT s.version_id, row_number() OVER (PARTITION BY s.version_id ORDER BY s.number) AS position, "
    's.id, v.id AS reading, s.property, s.value, s.quote, s.space, s.path, s.start, s."end", s.rule, s.meant, s.shown, '
    "s.why, s.detail FROM statements AS s LEFT JOIN versions AS v ON v.reading = s.reading "
    "WHERE s.valid_until IS NULL ORDER BY s.version_id, s.number",
    "origins": "SELECT o.version_id, row_number() OVER (PARTITION BY o.version_id ORDER BY o.statement) AS position, "
    "s.id AS statement, o.article_id, o.kind, o.name, o.domain, o.url, o.key, o.language, o.meant "
    "FROM origins AS o LEFT JOIN statements AS s ON s.number = o.statement "
    "WHERE o.valid_until IS NULL ORDER BY o.version_id, o.statement",
    "_layouts": "SELECT v.id AS version_id, l.layout FROM versions AS v JOIN _layouts AS l ON l.reading = v.reading "
    "ORDER BY v.id",
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
    """One line of canonical JSON a row of what is held and read today: the table's name, then its columns."""
    for table in tables:
        _, rows = _rows(conn, table)
        for row in rows:
            yield canonical_json([table, *(_value(value) for value in row)]).decode("utf-8", "surrogatepass")


def differences(
    here: sqlite3.Connection, there: sqlite3.Connection, tables: Sequence[str] = tuple(KEYS)
) -> Iterator[Difference]:
    """Every value in which two archives differ today, located to table, row and column."""
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
    if table == "_search":
        return list(KEYS[table]), _words(conn)
    found = conn.execute(_TODAY.get(table) or f"SELECT * FROM {table} ORDER BY {', '.join(KEYS[table])}")  # noqa: S608
    columns = [column[0] for column in found.description]
    rows: Iterator[Sequence[Any]] = iter(found)
    if table == "_layouts":
        rows = ((version_id, _unpacked(layout)) for version_id, layout in rows)
    return columns, rows


def _words(conn: sqlite3.Connection) -> Iterator[Sequence[Any]]:
    """Every word of the full-text index of today's readings: word, capture that was read, column and place.

    A document that belongs to no reading has its own number, negative.
    """
    conn.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp._words USING fts5vocab(main, _search, instance)")
    readings = conn.execute("SELECT number, CASE WHEN valid_until IS NULL THEN first_capture END FROM readings")
    captures: dict[int, int | None] = dict(readings.fetchall())
    rows = conn.execute("SELECT term, doc, col, offset FROM temp._words")
    for term, group in groupby(rows, key=itemgetter(0)):
        placed = ((captures.get(doc, -doc), column, offset) for _, doc, column, offset in group)
        of_today = [one for one in placed if one[0] is not None]
        yield from ((term, *place) for place in sorted(of_today, key=_by_place))


def _by_place(place: tuple[int | None, str, int]) -> tuple[int, str, int]:
    return place[0] or 0, place[1], place[2]


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
