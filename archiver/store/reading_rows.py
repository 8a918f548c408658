"""One reading becomes rows: its texts, its statements and the origins they name. The caller holds the transaction."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from archiver import urls
from archiver.canonical import Json, short_id
from archiver.errors import InputError
from archiver.model import OriginKind, Reading, Statement
from archiver.store import leaves, log
from archiver.store.incoming import storable
from archiver.store.prepared import Prepared, statement_row

Row: TypeAlias = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Which state of which article was read: its number among the versions, the capture that showed it first, and
    the body of that capture."""

    article_id: str
    number: int
    first_capture: int
    sha256: str

    @property
    def version_id(self) -> str:
        """The id of that version: it follows from the article and the capture, and so outlives a new numbering."""
        return short_id("version", self.article_id, str(self.first_capture))


def enter(conn: sqlite3.Connection, place: Place, prepared: Prepared) -> int:
    """Enter what was read of one version; answers the number of the reading. ``search_keys`` comes later."""
    reading = prepared.reading
    number = int(conn.execute("SELECT coalesce(max(number), 0) + 1 FROM readings").fetchone()[0])
    row: dict[str, str | int | None] = {
        "number": number,
        "article_id": place.article_id,
        "version_id": place.version_id,
        "version": place.number,
        "first_capture": place.first_capture,
        "content_digest": reading.content_digest,
        "sha256": place.sha256,
        "text_sha256": _text(conn, reading.text, prepared.text_sha256),
        "page_text_sha256": _text(conn, reading.page_text, prepared.page_text_sha256),
        "page_space": reading.page_space,
        "format": reading.format,
        "encoding": reading.encoding,
        "notes": as_json(reading.notes),
        "title": first_shown(reading, "title"),
        "words": len(reading.text.split()),
        "reader": reading.reader,
        "confirmed_by": reading.reader,
        "digest": prepared.digest,
        "statements_digest": prepared.statements_digest,
        "search_digest": prepared.search_digest,
    }
    columns, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    conn.execute(f"INSERT INTO readings ({columns}) VALUES ({marks})", row)  # noqa: S608
    log.append(
        conn,
        leaves.of_reading(
            [str(row[name]) if name != "first_capture" else place.first_capture for name in leaves.READING_COLUMNS]
        ),
    )
    conn.execute("INSERT INTO _layouts VALUES (?, ?)", (number, prepared.layout))
    _statements(conn, place, number, reading.statements)
    return number


def first_shown(reading: Reading, name: str) -> str | None:
    """The first value shown for a property, as it can be stored, or None."""
    return next((storable(one.value) for one in reading.shown(name)), None)


def detail_text(one: Statement, name: str) -> str | None:
    """A text in the detail of a statement, as it can be stored, or None."""
    value = one.detail.get(name)
    return storable(value) if isinstance(value, str) else None


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def as_json(value: Mapping[str, Json] | Sequence[str]) -> str:
    """``value`` as JSON text that can be stored, the same text for equal values."""
    if not value:
        return "{}" if isinstance(value, Mapping) else "[]"
    return storable(_encode(dict(value) if isinstance(value, Mapping) else list(value)))


def _text(conn: sqlite3.Connection, text: str, digest: str) -> str:
    if not conn.execute("SELECT 1 FROM texts WHERE sha256 = ?", (digest,)).fetchone():
        conn.execute("INSERT INTO texts VALUES (?, ?)", (digest, storable(text)))
    return digest


def _statements(conn: sqlite3.Connection, place: Place, reading: int, statements: tuple[Statement, ...]) -> None:
    first = conn.execute("SELECT coalesce(max(number), 0) + 1 FROM statements").fetchone()[0]
    version_id = place.version_id
    conn.executemany(
        "INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
        [(number, reading, version_id, *statement_row(one)) for number, one in enumerate(statements, first)],
    )
    conn.executemany(
        "INSERT INTO origins VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
        _origins(first, version_id, place.article_id, statements),
    )


def _origins(first: int, version_id: str, article_id: str, statements: tuple[Statement, ...]) -> Iterator[Row]:
    for number, one in enumerate(statements, first):
        if one.shown and one.property == "origin":
            url = detail_text(one, "url")
            yield (
                number,
                version_id,
                article_id,
                OriginKind(detail_text(one, "kind") or OriginKind.REPRINT),
                detail_text(one, "name") or storable(one.value) or None,
                detail_text(one, "domain"),
                url,
                key_of(url),
                detail_text(one, "language"),
                one.meant,
            )


def key_of(url: str | None) -> str | None:
    """The key of the article at an address; None without one, or for what is no address."""
    try:
        return urls.normalise(url) if url else None
    except InputError:
        return None
