"""What rules of another time read is in no snapshot: a rebuild carries it over from the database that it replaces.

Only readings that still have the digest they were kept under are taken, and only of captures that the new database
holds. What is shown today never comes from here.
"""

import sqlite3
from typing import Any

from archiver.store.verify_readings import problem_of

_STATEMENT = 'version_id, id, property, value, quote, space, path, start, "end", rule, meant, shown, why, detail'
_ORIGIN = "version_id, article_id, kind, name, domain, url, key, language, meant"


def carry_over(old: sqlite3.Connection, new: sqlite3.Connection, until: str | None) -> int:
    """Give ``new`` the earlier readings of ``old``; answers how many.

    With ``until`` also those that were shown in ``old`` and that other rules made than the ones of ``new``: they end
    at that moment. The caller holds a transaction of ``new``.
    """
    today = {row[0] for row in new.execute("SELECT DISTINCT confirmed_by FROM readings")}
    cursor = old.execute("SELECT * FROM readings ORDER BY number")
    columns = [column[0] for column in cursor.description]
    carried = 0
    for values in cursor.fetchall():
        reading = dict(zip(columns, values, strict=True))
        if reading["valid_until"] is None:
            if until is None or reading["confirmed_by"] in today or _is_shown(new, reading):
                continue
            ended = until
        else:
            ended = reading["valid_until"]
        if _is_held(new, reading) and problem_of(old, reading["number"]) is None:
            _carry(old, new, {**reading, "valid_until": ended})
            carried += 1
    return carried


def _is_shown(new: sqlite3.Connection, reading: dict[str, Any]) -> bool:
    """True when today's reading of the same version is the very same."""
    same = "SELECT 1 FROM versions AS v JOIN readings AS r ON r.number = v.reading WHERE v.id = ? AND r.digest = ?"
    return new.execute(same, (reading["version_id"], reading["digest"])).fetchone() is not None


def _is_held(new: sqlite3.Connection, reading: dict[str, Any]) -> bool:
    """True when the capture that was read is here, with its bytes."""
    held = (
        "SELECT 1 FROM captures AS c JOIN snapshots AS s ON s.sha256 = c.sha256 "
        "WHERE c.number = ? AND c.article_id = ? AND c.sha256 = ?"
    )
    key = (reading["first_capture"], reading["article_id"], reading["sha256"])
    return new.execute(held, key).fetchone() is not None


def _carry(old: sqlite3.Connection, new: sqlite3.Connection, reading: dict[str, Any]) -> None:
    before, until = reading["number"], reading["valid_until"]
    number = new.execute("SELECT coalesce(max(number), 0) + 1 FROM readings").fetchone()[0]
    for text in {reading["text_sha256"], reading["page_text_sha256"]}:
        if not new.execute("SELECT 1 FROM texts WHERE sha256 = ?", (text,)).fetchone():
            new.execute(
                "INSERT INTO texts VALUES (?, ?)",
                old.execute("SELECT * FROM texts WHERE sha256 = ?", (text,)).fetchone(),
            )
    row = {**reading, "number": number}
    names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    new.execute(f"INSERT INTO readings ({names}) VALUES ({marks})", row)  # noqa: S608
    layout = old.execute("SELECT layout FROM _layouts WHERE reading = ?", (before,)).fetchone()
    new.execute("INSERT INTO _layouts VALUES (?, ?)", (number, *layout))
    first = new.execute("SELECT coalesce(max(number), 0) + 1 FROM statements").fetchone()[0]
    said = f"SELECT number, {_STATEMENT} FROM statements WHERE reading = ? ORDER BY number"  # noqa: S608
    for place, (earlier, version_id, *rest) in enumerate(old.execute(said, (before,)).fetchall(), first):
        marks = ", ".join("?" * (len(rest) + 4))
        new.execute(f"INSERT INTO statements VALUES ({marks})", (place, number, version_id, *rest, until))  # noqa: S608
        named = old.execute(f"SELECT {_ORIGIN} FROM origins WHERE statement = ?", (earlier,)).fetchone()  # noqa: S608
        if named:
            new.execute("INSERT INTO origins VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (place, *named, until))
