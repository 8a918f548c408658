"""An archive folder, open: many readers, one writer, and a commit that is whole or not there.

The order that survives a power cut: the WARC file first (temporary file, fsync, rename, fsync of the folder,
read back), then ONE database transaction with full durability. That transaction is the moment from which a
capture exists. A file without its transaction is found by the next writer and entered then.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from archiver.canonical import sha256_hex
from archiver.errors import ArchiveError, ArchiverError, IntegrityError, NotAnArchive, NotFound
from archiver.model import Capture, Judgement, Outcome
from archiver.store import disk, insert, judgements, log, rereading, rows, schema, snapshots, warc
from archiver.store.acts import Act, build, new_judgement
from archiver.store.entering import Audit, Entering, Read
from archiver.store.files import CaptureFile, read_file
from archiver.store.held import held_file
from archiver.store.incoming import CaptureRecord, NewCapture, clean, is_given
from archiver.store.insert import Entered
from archiver.store.prepared import Prepared, prepare
from archiver.store.readme import TEXT
from archiver.store.rereading import Life

DATABASE = "archive.db"
STORED_AGAIN = "stored again: the snapshot that held these bytes is damaged or missing"


@dataclass(frozen=True, slots=True)
class Adopted:
    """Captures that a stopped writer had made durable and not entered: a WARC file and what came of it."""

    path: Path
    entered: tuple[Entered, ...]


class Archive:
    """One archive folder with a connection to its database. Use ``open``; it is a context manager."""

    def __init__(self, folder: Path, conn: sqlite3.Connection, *, read_only: bool) -> None:
        self.folder = folder
        self.conn = conn
        self.read_only = read_only
        self.trouble: ArchiverError | None = None  # why the files of the log do not hold all its entries
        self.recovered = False  # whether this process has looked for what a stopped writer left

    @classmethod
    def open(cls, folder: Path, *, create: bool = False, read_only: bool = False, patience: float = 30.0) -> Self:
        """The archive in ``folder``; with ``create`` an empty one is made where there is none.

        Raises NotAnArchive when there is none, ArchiveError when it cannot be used, ArchiveBusy when another
        process is making it and does not finish within ``patience`` seconds.
        """
        path = folder / DATABASE
        if create and not _is_database(path):
            _create(folder, patience)
        if not _is_database(path):
            raise NotAnArchive(f"{folder}: no archive here (no {DATABASE})", _hint_for(folder))
        conn = schema.connect(path, read_only=read_only)
        try:
            schema.check_identity(conn, path)
        except ArchiverError:
            conn.close()
            raise
        return cls(folder, conn, read_only=read_only)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Close; what SQLite or the disk said of the archive goes on as an error for a person."""
        self.close()
        if isinstance(error, (sqlite3.DatabaseError, OSError)):
            with disk.told(self.folder), schema.told(self.folder / DATABASE):
                raise error

    def close(self) -> None:
        """Let go of the database."""
        self.conn.close()

    @contextmanager
    def writer(self, read: Read, audit: Audit | None = None, *, patience: float = 30.0) -> "Iterator[Writer]":
        """Be the one writer until the block ends; first enters what a stopped writer left (``Writer.adopted``).

        ``read`` says what a capture says, ``audit`` what to report of an article that changed. Raises
        ArchiveBusy when another writer does not finish within ``patience`` seconds.
        """
        if self.read_only:
            raise ArchiveError(f"{self.folder} was opened for reading only", "open it for writing")
        with disk.writer_lock(self.folder, patience) as lock:
            schema.prepare(self.conn)
            writer = Writer(self, lock, read, audit)
            if lock.unfinished or not self.recovered:
                writer.recover()
                self.recovered = True
            yield writer

    def body(self, sha256: str) -> bytes:
        """The bytes of a snapshot. Raises NotFound, or IntegrityError when they are not what they were."""
        return self._sound(sha256)[1]

    def capture(self, number: int) -> Capture:
        """What reading may know of capture ``number``. Raises NotFound when it kept no body."""
        row = self.conn.execute(
            "SELECT warc_file, warc_offset, sha256 FROM captures WHERE number = ?", (number,)
        ).fetchone()
        if row is None or row[2] is None:
            raise NotFound(f"capture {number} kept nothing to read", "see: archiver history ID")
        return self.record_of(row[0], row[1]).capture(self.body(row[2]))

    def record_of(self, warc_sha256: str, offset: int) -> CaptureRecord:
        """What the metadata record at that place says. Raises IntegrityError."""
        return snapshots.metadata_of(self._record(warc_sha256, offset))

    def held(self, sha256: str) -> snapshots.Held | None:
        """What a revisit must say of a body that is stored already, or None when it is not."""
        try:
            record, body = self._sound(sha256)
        except (NotFound, IntegrityError):  # so it is stored again
            return None
        return snapshots.held_by(record, len(body))

    def _sound(self, sha256: str) -> tuple[warc.Record, bytes]:
        """A record that holds these bytes as they were captured, and they. Raises what ``body`` raises."""
        problem: ArchiverError | None = None
        for warc_sha256, offset in self._places(sha256):
            try:
                record = self._record(warc_sha256, offset)
                body = snapshots.body_of(record)
            except IntegrityError as error:
                problem = problem or error
                continue
            if sha256_hex(body) == sha256:
                return record, body
            problem = problem or IntegrityError(
                f"the snapshot {sha256} is not what was captured", "see: archiver verify"
            )
        raise problem or NotFound(f"no snapshot has the digest {sha256}", "see: archiver list")

    def _places(self, sha256: str) -> Iterator[tuple[str, int]]:
        """Where these bytes were stored: (WARC file, offset), first the place that the rows know.

        Bytes whose record was found damaged were stored once more when they were captured again; the capture
        that brought them says where.
        """
        first = self.conn.execute("SELECT warc_file, warc_offset FROM snapshots WHERE sha256 = ?", (sha256,)).fetchone()
        if first is None:
            return
        yield first
        again = "SELECT warc_file, warc_offset FROM captures WHERE sha256 = ? AND warc_file <> ? ORDER BY number DESC"
        for warc_sha256, offset in self.conn.execute(again, (sha256, first[0])).fetchall():
            try:
                payload_offset = self.record_of(warc_sha256, offset).payload_offset
            except IntegrityError:
                continue
            if payload_offset is not None:
                yield warc_sha256, payload_offset

    def _record(self, warc_sha256: str, offset: int) -> warc.Record:
        path = self.folder / disk.warc_path(warc_sha256)
        try:
            found = warc.read_at(path, offset)
        except OSError as error:
            raise IntegrityError(f"{path}: {error.strerror}", "a snapshot is missing; see: archiver verify") from error
        if isinstance(found, warc.Damage):
            raise IntegrityError(f"{path}, byte {offset}: {found.what}", "a snapshot is damaged; see: archiver verify")
        return found


class Writer:
    """The one writer of an archive. Made by ``Archive.writer``."""

    def __init__(self, archive: Archive, lock: disk.WriterLock, read: Read, audit: Audit | None) -> None:
        self.adopted: tuple[Adopted, ...] = ()
        self._archive = archive
        self._conn = archive.conn
        self._lock = lock
        self._read = read
        self._rows = Entering(archive.conn, archive.folder, archive.body, read, audit)

    def commit(
        self, batch: Sequence[NewCapture], prepared: Sequence[Prepared | None] | None = None
    ) -> tuple[Entered, ...]:
        """Keep a batch in one WARC file and one transaction; when this returns it is durable.

        Answers one Entered a capture, same order. Bytes of a file that are held already under the same address
        (or none) are UNCHANGED with the number of the capture that brought them, and add nothing; where the
        snapshot that held them is damaged or missing they are stored again. ``prepared``
        are the readings of the bodies, where the caller has them; the others are read here, before anything is
        written. Raises what ``read`` raises, ArchiveError when the disk refuses: then nothing was entered.
        """
        cleaned = [clean(new) for new in batch]
        known = prepared or [None] * len(batch)
        planned, answers = self._plan(cleaned, known)
        wanted = {capture.number: self._reading(capture, known[place]) for place, capture in planned.items()}
        if planned:
            for place, entered in zip(planned, self._keep(list(planned.values()), wanted), strict=True):
                answers[place] = entered
        by_number = {entered.number: entered for entered in answers.values() if entered.article_id}
        return tuple(_resolved(answers[place], by_number) for place in range(len(batch)))

    def judge(self, made_at: datetime, who: str, why: str, about: Mapping[str, Any]) -> Judgement:
        """Keep what a person decided (the fields of `Judgement`), durable when this returns.

        Raises ArchiveError when the disk refuses: then nothing was entered.
        """
        number = judgements.next_number(self._conn)
        act = Act(self._rows.next_number() - 1, new_judgement(number, made_at, who, why, about))
        built = build(act)
        self._lock.begin()
        disk.write_once(self._archive.folder, built.data, built.sha256)
        self._rows.acts(built.sha256, len(built.data), built.records, [(act, built.offset)])
        self._publish()
        self._finish()
        return act.judgement

    def read_again(self, lives: Sequence[Life], reader: str, until: str) -> tuple[str, ...]:
        """Put what ``reader`` read of some articles in the place of what is shown, in one transaction.

        Answers the ids of those that somebody else changed since they were read: they must be read once more.
        """
        changed = self._rows.read_again_articles(lives, reader, until)
        self._publish()
        return changed

    def to_audit(self) -> list[str]:
        """Articles that were read again and not audited since, with all whose findings may rest on them."""
        return rereading.to_audit(self._conn)

    def audit_again(self, article_ids: Sequence[str]) -> None:
        """Replace the findings of some articles, in one transaction."""
        self._rows.audit_again(article_ids)

    def recover(self) -> None:
        """Sweep what is half, enter what is whole but was not entered."""
        disk.sweep(self._archive.folder)
        entered = {row[0] for row in self._conn.execute("SELECT sha256 FROM warc_files")}
        found = disk.warc_files(self._archive.folder)
        left = [read_file(found[name]) for name in sorted(found.keys() - entered)]
        for left_file in sorted((one for one in left if one.captures or one.acts), key=lambda one: one.place):
            if left_file.is_whole and self._is_next(left_file):
                self.adopted += (Adopted(left_file.path, self._rows.enter(left_file)),)
        self._publish()
        log.tidy(self._archive.folder)
        self._finish()

    def _is_next(self, file: CaptureFile) -> bool:
        """True when what the file holds follows what was entered last."""
        if file.acts:
            act = file.acts[0].act
            next_here = act.number == judgements.next_number(self._conn)
            return next_here and act.after_capture == self._rows.next_number() - 1
        return file.captures[0].record.number == self._rows.next_number()

    def _publish(self) -> None:
        """Write the files of the log. What was entered is entered: trouble here is told and takes nothing back."""
        try:
            log.publish(self._archive.folder, self._conn)
            self._archive.trouble = None
        except ArchiverError as error:
            error.message = f"everything was kept, but the files of the log were not written: {error.message}"
            self._archive.trouble = error

    def _finish(self) -> None:
        """Leave word that nothing is half, unless the files of the log are: then the next writer looks after them."""
        if self._archive.trouble is None:
            self._lock.finish()

    def _plan(
        self, batch: Sequence[NewCapture], known: Sequence[Prepared | None]
    ) -> tuple[dict[int, snapshots.Numbered], dict[int, Entered]]:
        """Place in the batch -> what is to be written, and place -> what is held already."""
        planned: dict[int, snapshots.Numbered] = {}
        held: dict[int, Entered] = {}
        here: dict[tuple[str | None, str], int] = {}
        number = self._rows.next_number()
        for place, new in enumerate(batch):
            sha256 = self._sha256(new)
            earlier = self._unchanged(new, sha256)
            if earlier is not None and sha256 and self._archive.held(sha256) is None:
                earlier, new = None, replace(new, reason=STORED_AGAIN)
            if sha256 and earlier is None and (new.url, sha256) in here and is_given(new):
                number_here = here[(new.url, sha256)]
                earlier = Entered(number_here, Outcome.UNCHANGED, None, None, False, False)
            if earlier is not None:
                held[place] = earlier
                continue
            ahead = known[place]
            packed = ahead.body if ahead is not None and ahead.reading.sha256 == sha256 else None
            planned[place] = snapshots.Numbered(number, new, sha256, packed)
            if sha256 and is_given(new):
                here.setdefault((new.url, sha256), number)
            number += 1
        return planned, held

    def _sha256(self, new: NewCapture) -> str | None:
        if new.body is not None:
            return sha256_hex(new.body)
        if new.outcome is not Outcome.NOT_MODIFIED:
            return None
        good = rows.last_good(self._conn, new.requested_url, new.url)
        return good.sha256 if good else None

    def _unchanged(self, new: NewCapture, sha256: str | None) -> Entered | None:
        """For a file or a paste whose bytes are held under the same address: the capture that brought them."""
        if sha256 is None or not is_given(new):
            return None
        held = held_file(self._conn, sha256, new.url)
        return Entered(held.number, Outcome.UNCHANGED, held.article_id, held.version_id, False, False) if held else None

    def _reading(self, capture: snapshots.Numbered, known: Prepared | None) -> Prepared | None:
        """The reading of a capture, made here when the caller has none and the rows will ask for it."""
        if known is not None or capture.sha256 is None or capture.new.outcome.is_failure:
            return known
        record = snapshots.record_for(capture, None, None)
        key = insert.article_key(record)
        article_id = insert.article_id_of(key) if key else ""
        if insert.latest_version_seen(self._conn, article_id, capture.sha256):
            return None
        body = capture.new.body if capture.new.body is not None else self._archive.body(capture.sha256)
        return prepare(self._read(record.capture(body)))

    def _keep(
        self, captures: Sequence[snapshots.Numbered], readings: dict[int, Prepared | None]
    ) -> tuple[Entered, ...]:
        built = snapshots.build(captures, self._archive.held)
        self._lock.begin()
        disk.write_once(self._archive.folder, built.data, built.sha256)

        def reading(record: CaptureRecord) -> Callable[[], Prepared | None]:
            known = readings[record.number]
            return lambda: known if known is not None else self._rows.read_again(record, {})

        entries = [(entry.record, entry.offset, reading(entry.record)) for entry in built.entries]
        entered = self._rows.captures(built.sha256, len(built.data), built.records, entries)
        self._publish()
        self._finish()
        return entered


def _resolved(entered: Entered, by_number: Mapping[int, Entered]) -> Entered:
    """The same bytes twice in one batch: the second answer names what the first came to."""
    first = by_number.get(entered.number)
    if entered.outcome is not Outcome.UNCHANGED or entered.article_id or first is None:
        return entered
    return replace(entered, article_id=first.article_id, version_id=first.version_id)


def _is_database(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def _hint_for(folder: Path) -> str:
    if any((folder / disk.SNAPSHOTS).glob(f"*/*{disk.WARC_SUFFIX}")):
        return "its snapshots are there: archiver rebuild makes archive.db again"
    return "keep a first page there: archiver add TARGET, or name another folder with --archive"


def _create(folder: Path, patience: float) -> None:
    """Make an empty archive, whole or not at all; another process may be making it just now."""
    with disk.told(folder):
        (folder / disk.SNAPSHOTS).mkdir(parents=True, exist_ok=True)
    with disk.told(folder), disk.writer_lock(folder, patience):
        if _is_database(folder / DATABASE):
            return
        if disk.warc_files(folder):
            raise ArchiveError(f"{folder}: there are snapshots and no {DATABASE}", _hint_for(folder))
        write_readme(folder)
        make_database(folder / DATABASE)


def write_readme(folder: Path) -> None:
    """Put the text that explains snapshots/ there, durably, if it is not there. Raises OSError."""
    readme = folder / disk.SNAPSHOTS / disk.README
    if not readme.exists():
        disk.replace_synced(readme, TEXT.encode(), readme.parent)
        disk.sync_folder(readme.parent)


def make_database(path: Path) -> None:
    """An empty database of the newest schema at ``path``, made beside it and renamed when it is whole.

    Raises ArchiveError, OSError.
    """
    temporary = path.with_name(f".{path.name}.new")
    remove_database(temporary)
    try:
        with schema.told(temporary), closing(schema.connect(temporary)) as conn:
            schema.prepare(conn)
            schema.fold_in(conn)
        disk.sync_file(temporary)
        temporary.rename(path)
        disk.sync_folder(path.parent)
    finally:
        remove_database(temporary)


def remove_database(path: Path) -> None:
    """Take a database away with its side files."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
