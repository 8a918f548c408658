"""Does every reading, of today or of an earlier time, still say what it said when it was entered?

Earlier readings cannot be made again by the rules of today. What can be asked of them is asked here: their texts,
statements and layout must have the digest under which they were kept, and must have ended together.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterator

from archiver.canonical import sha256_hex
from archiver.store import leaves
from archiver.store.prepared import digest_of, statements_json
from archiver.store.verdicts import Judgement, Verdict

_FACTS = "text_sha256, page_text_sha256, content_digest, page_space, format, encoding"
_SAID = 'id, property, value, quote, space, path, start, "end", rule, meant, shown, why, detail'


def check_readings(conn: sqlite3.Connection) -> Iterator[Verdict]:
    """A mismatch for each reading whose rows are not what was read, and how many of them are."""
    good = earlier = 0
    for number, article_id, until in conn.execute(
        "SELECT number, article_id, valid_until FROM readings ORDER BY number"
    ).fetchall():
        problem = problem_of(conn, number)
        if problem is None:
            good += 1
            earlier += until is not None
            continue
        yield Verdict(Judgement.MISMATCH, "reading", problem, articles=(article_id,), table="readings", row=str(number))
    beside = f", {earlier} of them earlier ones" if earlier else ""
    yield Verdict(Judgement.MATCH, "reading", f"{good} readings have their digests{beside}", many=good)


def problem_of(conn: sqlite3.Connection, number: int) -> str | None:
    """What is wrong with the rows of a reading, in words, or None: they are what was read."""
    digest, said, until, notes, *facts = conn.execute(
        f"SELECT digest, statements_digest, valid_until, notes, {_FACTS} FROM readings WHERE number = ?",  # noqa: S608
        (number,),
    ).fetchone()
    statements = conn.execute(
        f"SELECT {_SAID} FROM statements WHERE reading = ? ORDER BY number",  # noqa: S608
        (number,),
    ).fetchall()
    packed = conn.execute("SELECT layout FROM _layouts WHERE reading = ?", (number,)).fetchone()
    try:
        layout = zlib.decompress(packed[0]) if packed else b""
        said_again = sha256_hex(statements_json(statements))
        again = digest_of((*facts, *json.loads(notes)), said_again, layout)
    except (zlib.error, ValueError, TypeError, AttributeError) as error:
        return f"its rows cannot be understood: {error}"
    if again != digest or said_again != said:
        return "its statements, texts or layout are not those that were read"
    row = conn.execute(
        f"SELECT {', '.join(leaves.READING_COLUMNS)} FROM readings WHERE number = ?",  # noqa: S608
        (number,),
    ).fetchone()
    if conn.execute("SELECT 1 FROM log WHERE hash = ?", (leaves.of_reading(row).hash,)).fetchone() is None:
        return "it is not in the log"
    apart = "SELECT 1 FROM statements WHERE reading = ? AND valid_until IS NOT ? LIMIT 1"
    if conn.execute(apart, (number, until)).fetchone():
        return "its statements did not end with it"
    return None
