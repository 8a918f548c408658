"""Does every reading, of today or of an earlier time, still say what it said when it was entered?

Earlier readings cannot be made again by the rules of today. What can be asked of them is asked here: their texts,
statements and layout must have the digest under which they were kept, and must have ended together.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterator

from archiver.store.prepared import digest_of
from archiver.store.verdicts import Judgement, Verdict

_FACTS = "text_sha256, page_text_sha256, content_digest, page_space, format, encoding"
_SAID = 'id, property, value, quote, space, path, start, "end", rule, meant, shown, why, detail'


def check_readings(conn: sqlite3.Connection) -> Iterator[Verdict]:
    """A mismatch for each reading whose rows are not what was read, and how many of them are."""
    good = earlier = 0
    readings = conn.execute(
        f"SELECT number, article_id, digest, valid_until, notes, {_FACTS} FROM readings ORDER BY number"  # noqa: S608
    )
    for number, article_id, digest, until, notes, *facts in readings:
        problem = _problem(conn, number, digest, until, notes, facts)
        if problem is None:
            good += 1
            earlier += until is not None
            continue
        yield Verdict(Judgement.MISMATCH, "reading", problem, articles=(article_id,), table="readings", row=str(number))
    beside = f", {earlier} of them earlier ones" if earlier else ""
    yield Verdict(Judgement.MATCH, "reading", f"{good} readings have their digests{beside}")


def _problem(
    conn: sqlite3.Connection, number: int, digest: str, until: str | None, notes: str, facts: list[str]
) -> str | None:
    statements = conn.execute(
        f"SELECT {_SAID} FROM statements WHERE reading = ? ORDER BY number",  # noqa: S608
        (number,),
    ).fetchall()
    packed = conn.execute("SELECT layout FROM _layouts WHERE reading = ?", (number,)).fetchone()
    try:
        layout = zlib.decompress(packed[0]) if packed else b""
        again = digest_of((*facts, *json.loads(notes)), statements, layout)
    except (zlib.error, ValueError, TypeError, AttributeError) as error:
        return f"its rows cannot be understood: {error}"
    if again != digest:
        return "its statements, texts or layout are not those that were read"
    apart = "SELECT 1 FROM statements WHERE reading = ? AND valid_until IS NOT ? LIMIT 1"
    if conn.execute(apart, (number, until)).fetchone():
        return "its statements did not end with it"
    return None
