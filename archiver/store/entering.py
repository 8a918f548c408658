"""Captures become rows in one transaction, whoever brings them: a writer, a recovery, a rebuild or a check."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from archiver.errors import ArchiveBusy, ArchiveError, InputError, IntegrityError, NotFound
from archiver.model import Capture, Dossier, Finding, Reading
from archiver.store import disk, insert, judgements, rereading, rows, schema
from archiver.store.acts import Act
from archiver.store.files import CaptureFile, FoundCapture
from archiver.store.incoming import CaptureRecord
from archiver.store.insert import Entered
from archiver.store.prepared import Prepared, prepare
from archiver.store.reading_rows import Place
from archiver.store.rereading import Life

Read: TypeAlias = Callable[[Capture], Reading]
Audit: TypeAlias = Callable[[Dossier], Sequence[Finding]]


class Entering:
    """Enters captures into one database. ``body`` gives back the bytes of a snapshot by its digest."""

    def __init__(
        self, conn: sqlite3.Connection, folder: Path, body: Callable[[str], bytes], read: Read, audit: Audit | None
    ) -> None:
        self._conn = conn
        self._folder = folder
        self._body = body
        self._read = read
        self._audit = audit

    def enter(self, file: CaptureFile) -> tuple[Entered, ...]:
        """Enter the captures, or the acts, of a WARC file that is in its place already, in one transaction."""
        if file.acts:
            self.acts(file.sha256, file.size, file.records, [(found.act, found.offset) for found in file.acts])
            return ()

        def reading(record: CaptureRecord) -> Callable[[], Prepared | None]:
            return lambda: self.read_again(record, file.bodies)

        entries = [(capture.record, capture.offset, reading(capture.record)) for capture in file.captures]
        return self.captures(file.sha256, file.size, file.records, entries)

    def enter_left(
        self, name: str, file: CaptureFile, captures: Sequence[FoundCapture], bodies: Mapping[str, bytes]
    ) -> tuple[Entered, ...]:
        """Enter some captures of a damaged file under its ``name``; ``bodies`` are those that are as they were."""

        def reading(record: CaptureRecord) -> Callable[[], Prepared | None]:
            def read() -> Prepared | None:
                try:
                    return self.read_again(record, bodies)
                except (IntegrityError, NotFound):
                    return None

            return read

        entries = [(capture.record, capture.offset, reading(capture.record)) for capture in captures]
        return self.captures(name, file.size, file.records, entries)

    def has_bytes_of(self, record: CaptureRecord, captures: Sequence[FoundCapture]) -> bool:
        """True when rows can say where the bytes of a capture are, or should be: here, or with one before it."""
        if record.sha256 is None:
            return True
        here = (
            one.record.payload_offset is not None
            for one in captures
            if one.record.sha256 == record.sha256 and one.record.number <= record.number
        )
        known = "SELECT 1 FROM snapshots WHERE sha256 = ?"
        return any(here) or self._conn.execute(known, (record.sha256,)).fetchone() is not None

    def holds(self, article_id: str) -> bool:
        """True when something was kept of an article."""
        kept = "SELECT 1 FROM articles WHERE id = ? AND versions > 0"
        return self._conn.execute(kept, (article_id,)).fetchone() is not None

    def audit_again(self, article_ids: Sequence[str]) -> None:
        """Replace the findings of some articles, in one transaction."""
        with transaction(self._conn):
            self._audit_all(dict.fromkeys(article_ids), {})

    def read_again_articles(self, lives: Sequence[Life], reader: str, until: str) -> tuple[str, ...]:
        """Enter what was read again, in one transaction; answers the ids of articles that changed meanwhile."""
        changed = []
        with transaction(self._conn):
            fresh: list[tuple[int, Prepared]] = []
            for life in lives:
                if rereading.held(self._conn, life.held.article_id) != life.held:
                    changed.append(life.held.article_id)
                else:
                    fresh += rereading.enter(self._conn, life, reader, until)
            insert.search_keys(self._conn, fresh)
        return tuple(changed)

    def captures(
        self,
        sha256: str,
        size: int,
        records: int,
        entries: Sequence[tuple[CaptureRecord, int, Callable[[], Prepared | None]]],
    ) -> tuple[Entered, ...]:
        """Enter a WARC file and its captures: (metadata, its offset, how to read the body), in one transaction."""
        numbers = [record.number for record, _, _ in entries]
        with transaction(self._conn):
            insert.warc_file(self._conn, sha256, disk.warc_path(sha256), size, records, numbers[0], numbers[-1])
            fresh: dict[str, Prepared] = {}
            entered = tuple(self._capture(record, sha256, offset, read, fresh) for record, offset, read in entries)
            known = {version_id: one.reading for version_id, one in fresh.items() if one.as_stored}
            self._audit_all(self._to_audit(entered), known)
            insert.search_keys(self._conn, [(_reading_of(self._conn, name), one) for name, one in fresh.items()])
        return entered

    def acts(self, sha256: str, size: int, records: int, found: Sequence[tuple[Act, int]]) -> None:
        """Enter a WARC file and its acts: (act, offset of its record), in one transaction; show what they decide."""
        with transaction(self._conn):
            insert.warc_file(self._conn, sha256, disk.warc_path(sha256), size, records, None, None)
            for act, offset in found:
                judgements.enter(self._conn, act, sha256, offset)
            articles = dict.fromkeys(act.judgement.article_id for act, _ in found)
            for article_id in articles:
                self._show_anew(article_id)
            self._audit_all(articles, {})

    def _show_anew(self, article_id: str) -> None:
        """The line that lists show of an article, after a judgement."""
        version_id, first_capture, number, sha256, grade = self._conn.execute(
            "SELECT v.id, v.first_capture, v.number, v.sha256, c.grade FROM articles AS a JOIN versions AS v "
            "ON v.id = a.latest_version JOIN captures AS c ON c.number = v.first_capture WHERE a.id = ?",
            (article_id,),
        ).fetchone()
        reading = rows.load_reading(self._conn, version_id)
        insert.summary(self._conn, Place(article_id, number, first_capture, sha256), grade, reading)

    def _capture(
        self,
        record: CaptureRecord,
        sha256: str,
        offset: int,
        read: Callable[[], Prepared | None],
        fresh: dict[str, Prepared],
    ) -> Entered:
        """Enter one capture; what was prepared of a new version comes into ``fresh`` under its id."""
        made: list[Prepared | None] = []

        def once() -> Prepared | None:
            made.append(read())
            return made[-1]

        entered = insert.capture(self._conn, record, sha256, offset, once)
        if entered.new_version and entered.version_id and made and made[-1]:
            fresh[entered.version_id] = made[-1]
        return entered

    def _to_audit(self, entered: Sequence[Entered]) -> dict[str, None]:
        """Articles with something new, and those that name an address which is held now."""
        articles = {one.article_id: None for one in entered if one.article_id}
        for one in entered:
            if one.article_id and one.new_version:
                articles |= dict.fromkeys(rows.articles_from(self._conn, one.article_id))
        return {one: None for one in articles if self.holds(one)}

    def _audit_all(self, article_ids: dict[str, None], known: Mapping[str, Reading]) -> None:
        if self._audit is None:
            return
        for article_id in article_ids:
            dossier = rows.load_dossier(self._conn, article_id, held_in=str(self._folder), known=known)
            insert.findings(self._conn, article_id, dossier.latest.id, self._audit(dossier))

    def read_again(self, record: CaptureRecord, bodies: Mapping[str, bytes]) -> Prepared | None:
        """What the body of a stored capture says by today's rules; None when they cannot read it any more."""
        assert record.sha256 is not None
        body = bodies.get(record.sha256)
        try:
            return prepare(self._read(record.capture(self._body(record.sha256) if body is None else body)))
        except InputError:  # it could be read when it was kept, and by today's rules it cannot
            return None

    def next_number(self) -> int:
        """The number of the next capture. One that was lost, and that the log names, keeps its number."""
        used = (
            "SELECT max(coalesce((SELECT max(number) FROM captures), 0), coalesce((SELECT max(capture) FROM log), 0))"
        )
        return int(self._conn.execute(used).fetchone()[0]) + 1


def _reading_of(conn: sqlite3.Connection, version_id: str) -> int:
    return int(conn.execute("SELECT reading FROM versions WHERE id = ?", (version_id,)).fetchone()[0])


@contextmanager
def transaction(conn: sqlite3.Connection) -> Iterator[None]:
    """BEGIN IMMEDIATE … COMMIT, or nothing of it. A database that refuses becomes an ArchiveError."""
    try:
        conn.execute("BEGIN IMMEDIATE")
        try:
            yield
            conn.execute("COMMIT")
        finally:
            if conn.in_transaction:
                conn.execute("ROLLBACK")
    except schema.OURS_TO_MEND:
        raise
    except sqlite3.DatabaseError as error:
        told = schema.unreadable(Path("archive.db"), error)
        if isinstance(told, ArchiveBusy):
            raise told from error
        raise ArchiveError(
            f"archive.db: {error}",
            "no capture is lost: what is durable under snapshots/ is entered by the next command that writes",
        ) from error
