"""Today's reading takes the place of an earlier one, which stays: what must be read, what it comes to, and its rows.

What is shown after an article was read again is what a rebuild by the same rules would show, row for row: its
captures are walked in order, and cut into versions anew. Earlier rows get ``valid_until`` and nothing else.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from archiver.model import Outcome
from archiver.store import insert, reading_rows
from archiver.store.prepared import Prepared
from archiver.store.reading_rows import Place

_FAILURES = tuple(str(outcome) for outcome in Outcome if outcome.is_failure)
_WITH_BYTES = f"sha256 IS NOT NULL AND outcome NOT IN ({', '.join('?' * len(_FAILURES))})"


@dataclass(frozen=True, slots=True)
class Current:
    """A reading that is shown now."""

    number: int
    version_id: str
    version: int
    first_capture: int
    digest: str
    search_digest: str
    text_sha256: str


@dataclass(frozen=True, slots=True)
class Body:
    """A capture that brought or showed bytes."""

    number: int
    sha256: str
    grade: str


@dataclass(frozen=True, slots=True)
class Held:
    """What rows know of one article: its captures with bytes, which of them showed what, and today's readings."""

    article_id: str
    title: str | None
    bodies: tuple[Body, ...]
    sightings: tuple[tuple[int, str], ...]
    readings: tuple[Current, ...]


@dataclass(slots=True)
class State:
    """One version as it is read now: what was read, and the bodies that showed it."""

    place: Place
    grade: str
    prepared: Prepared
    bodies: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Life:
    """The versions of one article as they are read now, and which capture showed which (by its first capture)."""

    held: Held
    states: list[State] = field(default_factory=list)
    shows: dict[int, str] = field(default_factory=dict)

    def next(self, body: Body, read: Callable[[], Prepared | None]) -> None:
        """Go on to the next capture; ``read`` is asked only when the captures before do not answer for it.

        The same steps as when it was entered (``insert``): bytes that the newest version was seen in say the same
        again, equal content is the same version, anything else a new one.
        """
        latest = self.states[-1] if self.states else None
        if latest is None or body.sha256 not in latest.bodies:
            prepared = read()
            if prepared is None:
                return
            if latest is None or latest.prepared.reading.content_digest != prepared.reading.content_digest:
                place = Place(self.held.article_id, len(self.states) + 1, body.number, body.sha256)
                latest = State(place, body.grade, prepared)
                self.states.append(latest)
            latest.bodies.add(body.sha256)
        self.shows[body.number] = latest.place.version_id

    def same(self, state: State) -> Current | None:
        """The reading that is shown now and equals ``state`` in every row, or None."""
        for one in self.held.readings:
            if one.first_capture == state.place.first_capture:
                found, read = (one.digest, one.search_digest, one.version), state.prepared
                return one if found == (read.digest, read.search_digest, state.place.number) else None
        return None


def stale(conn: sqlite3.Connection, reader: str, *, everything: bool = False) -> list[str]:
    """Ids of the articles that another reader than ``reader`` read, or of all with bytes; oldest capture first."""
    if everything:
        sql = (
            f"SELECT article_id FROM captures WHERE {_WITH_BYTES} AND article_id IS NOT NULL "  # noqa: S608
            "GROUP BY article_id ORDER BY min(number)"
        )
        return [row[0] for row in conn.execute(sql, _FAILURES)]
    sql = (
        "SELECT article_id FROM readings WHERE valid_until IS NULL AND confirmed_by <> ? "
        "GROUP BY article_id ORDER BY min(first_capture)"
    )
    return [row[0] for row in conn.execute(sql, (reader,))]


def readers(conn: sqlite3.Connection) -> tuple[str, ...]:
    """The names of all readers whose readings are shown."""
    rows = conn.execute("SELECT DISTINCT confirmed_by FROM readings WHERE valid_until IS NULL ORDER BY 1")
    return tuple(row[0] for row in rows)


def of_outlet(conn: sqlite3.Connection, name: str) -> set[str]:
    """Ids of the articles of an outlet: by its name, its domain, or the host they stand at."""
    rows = conn.execute("SELECT id FROM articles WHERE outlet = ?1 OR outlet_domain = ?1 OR host = ?1", (name,))
    return {row[0] for row in rows}


def held(conn: sqlite3.Connection, article_id: str) -> Held:
    """What rows know of an article."""
    bodies = conn.execute(
        f"SELECT number, sha256, grade FROM captures WHERE {_WITH_BYTES} AND article_id = ? ORDER BY number",  # noqa: S608
        (*_FAILURES, article_id),
    )
    sightings = conn.execute(
        "SELECT s.capture, s.version_id FROM captures AS c JOIN sightings AS s ON s.capture = c.number "
        "WHERE c.article_id = ? AND s.valid_until IS NULL ORDER BY s.capture",
        (article_id,),
    )
    readings = conn.execute(
        "SELECT number, version_id, version, first_capture, digest, search_digest, text_sha256 FROM readings "
        "WHERE article_id = ? AND valid_until IS NULL ORDER BY version",
        (article_id,),
    )
    title = conn.execute("SELECT title FROM articles WHERE id = ?", (article_id,)).fetchone()
    return Held(
        article_id,
        title[0] if title else None,
        tuple(Body(*row) for row in bodies),
        tuple((capture, version_id) for capture, version_id in sightings),
        tuple(Current(*row) for row in readings),
    )


def to_read(article: Held) -> tuple[Body, ...]:
    """The captures worth reading ahead: all but those with the bytes of the one before."""
    before: str | None = None
    wanted = []
    for body in article.bodies:
        if body.sha256 != before:
            wanted.append(body)
        before = body.sha256
    return tuple(wanted)


def enter(conn: sqlite3.Connection, life: Life, reader: str, until: str) -> Iterable[tuple[int, Prepared]]:
    """Enter what was read again, ending what it replaces at ``until``; answers what ``insert.search_keys`` needs.

    The caller holds the transaction, and has seen that ``life.held`` is still so. Nothing is deleted.
    """
    kept = {same.number for state in life.states if (same := life.same(state))}
    for one in life.held.readings:
        if one.number not in kept:
            _end(conn, one, until)
    conn.executemany("UPDATE readings SET confirmed_by = ? WHERE number = ?", [(reader, number) for number in kept])
    fresh = [
        (reading_rows.enter(conn, state.place, state.prepared), state.prepared)
        for state in life.states
        if life.same(state) is None
    ]
    _see(conn, life, until)
    if life.states:
        latest = life.states[-1]
        insert.summary(conn, latest.place, latest.grade, latest.prepared.reading)
    conn.execute("UPDATE articles SET audited = NULL WHERE id = ?", (life.held.article_id,))
    return fresh


def to_audit(conn: sqlite3.Connection) -> list[str]:
    """Articles whose findings may rest on earlier readings: first those with an origin, then those read again.

    An origin that is not held is looked for among all articles, so what others are read as matters to it. Those
    that were read again come last: as long as one of them waits, a run that was stopped is known to be unfinished.
    """
    if conn.execute("SELECT 1 FROM articles WHERE versions > 0 AND audited IS NULL LIMIT 1").fetchone() is None:
        return []
    others = conn.execute(
        "SELECT DISTINCT a.id FROM origins AS o JOIN articles AS a ON a.id = o.article_id "
        "WHERE o.valid_until IS NULL AND a.audited IS NOT NULL ORDER BY a.id"
    ).fetchall()
    waiting = conn.execute("SELECT id FROM articles WHERE versions > 0 AND audited IS NULL ORDER BY id").fetchall()
    return [row[0] for row in (*others, *waiting)]


def _end(conn: sqlite3.Connection, one: Current, until: str) -> None:
    conn.execute("UPDATE readings SET valid_until = ? WHERE number = ?", (until, one.number))
    conn.execute("UPDATE statements SET valid_until = ? WHERE reading = ?", (until, one.number))
    conn.execute(
        "UPDATE origins SET valid_until = ? WHERE statement IN (SELECT number FROM statements WHERE reading = ?)",
        (until, one.number),
    )


def _see(conn: sqlite3.Connection, life: Life, until: str) -> None:
    """Which capture shows which version, where that is no longer as it was."""
    before = dict(life.held.sightings)
    numbers: Sequence[int] = sorted(before.keys() | life.shows.keys())
    for number in numbers:
        old, new = before.get(number), life.shows.get(number)
        if old == new:
            continue
        if old is not None:
            conn.execute(
                "UPDATE sightings SET valid_until = ? WHERE capture = ? AND valid_until IS NULL", (until, number)
            )
        if new is not None:
            conn.execute("INSERT INTO sightings VALUES (?, ?, NULL)", (number, new))
