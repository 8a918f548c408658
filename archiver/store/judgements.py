"""Judgements as rows: entered with their leaf, loaded for whoever shows an article."""

import json
import sqlite3
from typing import Any

from archiver.errors import NotFound
from archiver.model import Decision, Judgement
from archiver.store import leaves, log
from archiver.store.acts import Act, row_of
from archiver.timepoint import parse_utc

_COLUMNS = (
    "number, id, article_id, first_capture, decision, property, value, detail, statement, read, about, who, why, "
    "made_at"
)


def enter(conn: sqlite3.Connection, act: Act, warc_sha256: str, offset: int) -> None:
    """Enter an act whose record starts at ``offset``. The caller holds the transaction and shows the article anew."""
    row = row_of(act, warc_sha256, offset)
    names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    conn.execute(f"INSERT INTO judgements ({names}) VALUES ({marks})", row)  # noqa: S608 - our own column names
    log.append(conn, leaves.of_act(act, warc_sha256))


def of_article(conn: sqlite3.Connection, article_id: str) -> tuple[Judgement, ...]:
    """Everything that people decided about an article, in order."""
    found = f"SELECT {_COLUMNS} FROM judgements WHERE article_id = ? ORDER BY number"  # noqa: S608
    return tuple(_judgement(row) for row in conn.execute(found, (article_id,)))


def find(conn: sqlite3.Connection, prefix: str) -> Judgement:
    """The judgement whose id begins so. Raises NotFound."""
    found = f"SELECT {_COLUMNS} FROM judgements WHERE substr(id, 1, ?) = ? LIMIT 2"  # noqa: S608
    rows = conn.execute(found, (len(prefix), prefix)).fetchall()
    if len(rows) != 1 or not prefix:
        what = "several judgements begin with" if rows else "no judgement has the id"
        raise NotFound(f"{what} {prefix!r}", "see: archiver judge ID")
    return _judgement(rows[0])


def next_number(conn: sqlite3.Connection) -> int:
    """The number of the next act."""
    return int(conn.execute("SELECT coalesce(max(number), 0) + 1 FROM judgements").fetchone()[0])


def _judgement(row: Any) -> Judgement:
    value: dict[str, Any] = dict(zip(_COLUMNS.split(", "), row, strict=True))
    value["detail"], value["read"] = json.loads(value["detail"]), tuple(json.loads(value["read"]))
    return Judgement(**{**value, "decision": Decision(value["decision"]), "made_at": parse_utc(value["made_at"])})
