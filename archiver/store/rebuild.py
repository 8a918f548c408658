"""archive.db, made again from snapshots/ alone: the same captures in the same order give the same rows."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from archiver.errors import ArchiveError, ArchiverError, IntegrityError, NotAnArchive
from archiver.store import disk, schema, snapshots
from archiver.store.archive import DATABASE, Archive, remove_database, write_readme
from archiver.store.entering import Audit, Entering, Read
from archiver.store.files import CaptureFile, read_file

_TEMPORARY = f".{DATABASE}.rebuilt"


def rebuild(
    folder: Path,
    read: Read,
    audit: Audit | None = None,
    tick: Callable[[str], None] | None = None,
    *,
    patience: float = 30.0,
    accept_loss: bool = False,
) -> dict[str, int]:
    """Make ``archive.db`` again beside the old one and put it in its place when it is whole.

    Answers how many ``files``, ``captures``, ``articles`` and ``versions`` were entered, and how many captures
    were kept once and are ``unreadable`` by today's rules. ``tick`` is told the name of each file.
    Raises NotAnArchive when there are no snapshots, IntegrityError, with every place, when one is damaged or
    missing, or when the database in place knows of captures that the snapshots do not hold (unless
    ``accept_loss``): then the old database stays as it was. Raises NotAnArchive, too, when it is no archive's.
    Readers that hold the old one go on reading it.
    """
    if not (folder / disk.SNAPSHOTS).is_dir():
        raise NotAnArchive(
            f"{folder}: there is no {disk.SNAPSHOTS}/ to rebuild from", "name another folder with --archive"
        )
    with disk.writer_lock(folder, patience) as lock:
        disk.sweep(folder)
        known = _captures_known(folder / DATABASE)
        temporary = folder / _TEMPORARY
        remove_database(temporary)
        try:
            rebuilt = _build(folder, temporary, read, audit, tick)
            if rebuilt["captures"] < known and not accept_loss:
                raise IntegrityError(
                    f"{folder / DATABASE} knows of {known} captures, the snapshots hold {rebuilt['captures']}",
                    "files are missing under snapshots/: put them back (is the disk mounted?), or --accept-loss",
                )
            _replace(folder, temporary)
        finally:
            remove_database(temporary)
        write_readme(folder)
        lock.finish()
    return rebuilt


def _captures_known(path: Path) -> int:
    """How many captures the database in place knows of; 0 when there is none or when it cannot be read.

    Raises NotAnArchive for somebody else's database and ArchiveError for one of a newer program or a folder.
    """
    if not path.exists():
        return 0
    if not path.is_file():
        raise ArchiveError(f"{path} is not a file", "move it away, then rebuild")
    try:
        conn = schema.connect(path, read_only=True)
    except ArchiverError:  # damaged, which is why it is being replaced
        return 0
    try:
        schema.check_identity(conn, path)
        return int(conn.execute("SELECT count(*) FROM captures").fetchone()[0])
    except sqlite3.DatabaseError:
        return 0
    finally:
        conn.close()


def replay(rows: Entering, paths: Sequence[Path], tick: Callable[[str], None] | None = None) -> dict[str, int]:
    """Enter the captures of WARC files in their order. Raises IntegrityError for damage and for what is missing."""
    total = dict.fromkeys(("files", "captures", "articles", "versions", "unreadable"), 0)
    for path in paths:
        file = read_file(path)
        _must_follow(file, total["captures"])
        try:
            entered = rows.enter(file)
        except sqlite3.IntegrityError as error:
            raise IntegrityError(
                f"{path}: a capture in it does not fit those before it ({error})",
                "a snapshot is missing or comes from another archive; see: archiver verify",
            ) from error
        total["files"] += 1
        total["captures"] += len(entered)
        total["articles"] += sum(one.new_article for one in entered)
        total["versions"] += sum(one.new_version for one in entered)
        kept = (one for one in entered if not one.outcome.is_failure and one.article_id)
        total["unreadable"] += sum(one.version_id is None for one in kept)
        if tick:
            tick(path.name)
    return total


def _must_follow(file: CaptureFile, captures: int) -> None:
    if not file.is_whole:
        places = "; ".join(f"byte {damage.offset}: {damage.what}" for damage in file.damages[:5])
        raise IntegrityError(
            f"{file.path}: {places or 'its name is not its digest, or its captures are not in a row'}",
            "put the file back from a copy; archiver verify lists everything that is damaged",
        )
    first = file.captures[0].record.number
    if first != captures + 1:
        raise IntegrityError(
            f"{file.path} begins with capture {first}, and the files before it end with {captures}",
            "a snapshot is missing or there twice; put it right from a copy",
        )


def in_order(folder: Path) -> list[Path]:
    """The WARC files of an archive in the order of their captures."""
    return sorted(disk.warc_files(folder).values(), key=lambda path: (snapshots.first_number(path), path.name))


def _build(
    folder: Path, path: Path, read: Read, audit: Audit | None, tick: Callable[[str], None] | None
) -> dict[str, int]:
    conn = schema.connect(path)
    try:
        # Nobody sees this file before it is synced as a whole, so no transaction needs to be.
        conn.execute("PRAGMA synchronous = OFF")
        schema.prepare(conn)
        rows = Entering(conn, folder, Archive(folder, conn, read_only=False).body, read, audit)
        rebuilt = replay(rows, in_order(folder), tick)
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        conn.close()
    return rebuilt


def _replace(folder: Path, temporary: Path) -> None:
    """The side files of the old database go first: a left-over WAL would be replayed into the new one."""
    disk.sync_file(temporary)
    _fold_in_wal(folder / DATABASE)
    for suffix in ("-wal", "-shm"):
        (folder / (DATABASE + suffix)).unlink(missing_ok=True)
    temporary.rename(folder / DATABASE)
    disk.sync_folder(folder)


def _fold_in_wal(path: Path) -> None:
    """So that the old database is whole without its WAL, should the power fail before the rename."""
    if not path.exists():
        return
    try:
        conn = schema.connect(path)
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        conn.close()
    except (sqlite3.Error, ArchiverError):  # it is damaged, which is why it is being replaced
        return
