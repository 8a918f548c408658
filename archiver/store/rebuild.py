"""archive.db, made again from snapshots/ alone: the same captures in the same order give the same rows."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from archiver.errors import ArchiveError, ArchiverError, IntegrityError, NotAnArchive
from archiver.store import acts, disk, log, schema, snapshots
from archiver.store.archive import DATABASE, Archive, remove_database, write_readme
from archiver.store.earlier import carry_over
from archiver.store.entering import Audit, Entering, Read, transaction
from archiver.store.files import CaptureFile, read_file
from archiver.store.insert import Entered
from archiver.store.log_kept import KeptLog, kept_log, named_and_lost
from archiver.store.salvage import replay_what_is_left

_TEMPORARY = f".{DATABASE}.rebuilt"


def rebuild(
    folder: Path,
    read: Read,
    audit: Audit | None = None,
    tick: Callable[[str], None] | None = None,
    *,
    patience: float = 30.0,
    accept_loss: bool = False,
    until: str | None = None,
) -> dict[str, int]:
    """Make ``archive.db`` again beside the old one and put it in its place when it is whole.

    Answers how many ``files``, ``captures``, ``articles`` and ``versions`` were entered, how many captures
    were kept once and are ``unreadable`` by today's rules, and how many ``earlier`` readings were carried over from
    the database in place (``store.earlier``; those that end now, at ``until``). ``tick`` is told the name of each file.
    Raises NotAnArchive when there are no snapshots, or when the database in place is no archive's.

    Where snapshots are damaged or missing, everything else is salvaged, and an IntegrityError names all that is
    lost. A database in place that can be read is then kept as it was, for it may know more, and so is one that
    knows of captures which the snapshots do not hold; ``accept_loss`` replaces it all the same.
    Readers that hold the old one go on reading it.
    """
    if not (folder / disk.SNAPSHOTS).is_dir():
        raise NotAnArchive(
            f"{folder}: there is no {disk.SNAPSHOTS}/ to rebuild from", "name another folder with --archive"
        )
    with disk.told(folder), schema.told(folder / DATABASE), disk.writer_lock(folder, patience) as lock:
        disk.sweep(folder)
        known = _captures_known(folder / DATABASE)
        temporary = folder / _TEMPORARY
        remove_database(temporary)
        lost: tuple[str, ...] = ()
        kept = kept_log(folder, folder / DATABASE)
        try:
            try:
                rebuilt, lost = _build(folder, temporary, kept, read, audit, tick)
            except IntegrityError:
                remove_database(temporary)
                rebuilt, lost = _salvage(folder, temporary, kept, read, audit, tick)
            lost = (*kept.lost, *lost)
            if known and not accept_loss and (lost or rebuilt["captures"] < known):
                raise _kept_as_it_was(folder / DATABASE, known, rebuilt, lost)
            rebuilt["earlier"] = _carried(folder / DATABASE, temporary, until) if known else 0
            _replace(folder, temporary)
            _write_log(folder, again=kept.write_again)
        finally:
            remove_database(temporary)
        write_readme(folder)
        lock.finish()
    if lost:
        raise IntegrityError(
            f"{folder / DATABASE} was made again with {rebuilt['captures']} captures, without what is damaged:\n"
            + _listed(lost),
            "put damaged or missing files back from a copy, then rebuild again; archiver verify names them",
        )
    return rebuilt


def _kept_as_it_was(path: Path, known: int, rebuilt: dict[str, int], lost: tuple[str, ...]) -> IntegrityError:
    damage = f"; damaged or missing:\n{_listed(lost)}" if lost else ""
    return IntegrityError(
        f"{path} knows of {known} captures, the snapshots hold {rebuilt['captures']}; it stays as it was{damage}",
        "put the files under snapshots/ back from a copy (is the disk mounted?), or rebuild with --accept-loss",
    )


def _listed(lost: tuple[str, ...], most: int = 20) -> str:
    more = [f"and {len(lost) - most} more; archiver verify names all"] if len(lost) > most else []
    return "\n".join([*lost[:most], *more])


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
        schema.check_identity(conn, path, oldest=1)
        return int(conn.execute("SELECT count(*) FROM captures").fetchone()[0])
    except sqlite3.DatabaseError:
        return 0
    finally:
        conn.close()


def _carried(old: Path, new: Path, until: str | None) -> int:
    """How many earlier readings the new database was given; none where the old one is damaged or of another schema."""
    try:
        before = schema.connect(old, read_only=True)
    except ArchiverError:
        return 0
    after = schema.connect(new)
    try:
        schema.check_identity(before, old)
        with transaction(after):
            carried = carry_over(before, after, until)
        schema.fold_in(after)
    except (ArchiveError, *schema.UNREADABLE):
        return 0
    finally:
        before.close()
        after.close()
    return carried


def replay(
    rows: Entering,
    paths: Sequence[Path],
    tick: Callable[[str], None] | None = None,
    after: Callable[[int], None] = lambda _number: None,
) -> dict[str, int]:
    """Enter the captures of WARC files in their order; ``after`` is told the last number entered of each file.

    Raises IntegrityError for damage and for what is missing.
    """
    total = dict.fromkeys(("files", "captures", "articles", "versions", "unreadable", "judgements"), 0)
    kept: set[str] = set()
    for path in paths:
        file = read_file(path)
        _must_follow(file, total["captures"], total["judgements"])
        try:
            entered = rows.enter(file)
        except sqlite3.IntegrityError as error:
            raise IntegrityError(
                f"{path}: a capture in it does not fit those before it ({error})",
                "a snapshot is missing or comes from another archive; see: archiver verify",
            ) from error
        total["files"] += 1
        total["judgements"] += len(file.acts)
        for name, many in _counted(entered).items():
            total[name] += many
        kept |= _articles(entered)
        after(total["captures"])
        if tick:
            tick(path.name)
    return {**total, "articles": len(kept)}


def _must_follow(file: CaptureFile, captures: int, judgements: int) -> None:
    if not file.is_whole:
        places = "; ".join(f"byte {damage.offset}: {damage.what}" for damage in file.damages[:5])
        raise IntegrityError(
            f"{file.path}: {places or 'its name is not its digest, or its captures are not in a row'}",
            "put the file back from a copy; archiver verify lists everything that is damaged",
        )
    if file.acts:
        place = (file.acts[0].act.after_capture, file.acts[0].act.number)
        if place != (captures, judgements + 1):
            raise IntegrityError(
                f"{file.path} holds judgement {place[1]} after capture {place[0]}, and the files before it end with "
                f"judgement {judgements} and capture {captures}",
                "a file is missing or there twice; put it right from a copy",
            )
        return
    first = file.captures[0].record.number
    if first != captures + 1:
        raise IntegrityError(
            f"{file.path} begins with capture {first}, and the files before it end with {captures}",
            "a snapshot is missing or there twice; put it right from a copy",
        )


def in_order(folder: Path) -> list[Path]:
    """The WARC files of an archive in the order of their captures."""
    return sorted(disk.warc_files(folder).values(), key=lambda path: (_place(path), path.name))


def _place(path: Path) -> tuple[int, int, int]:
    """Where a file stands in the order of the archive, as its first record says (see `CaptureFile.place`)."""
    act = acts.place_of(path)
    return (act[0] + 1, 0, act[1]) if act else (snapshots.first_number(path), 1, 0)


def _build(
    folder: Path, path: Path, kept: KeptLog, read: Read, audit: Audit | None, tick: Callable[[str], None] | None
) -> tuple[dict[str, int], tuple[str, ...]]:
    """A database of sound snapshots: its counts, and the captures that the log names and they do not hold."""
    with _unsynced(path, kept) as conn:
        rows = Entering(conn, folder, Archive(folder, conn, read_only=False).body, read, audit)
        return replay(rows, in_order(folder), tick), named_and_lost(conn)


@contextmanager
def _unsynced(path: Path, kept: KeptLog) -> Iterator[sqlite3.Connection]:
    """A database to fill, empty but for the log.

    Nobody sees the file before it is synced as a whole, so no transaction needs to be.
    """
    conn = schema.connect(path)
    try:
        conn.execute("PRAGMA synchronous = OFF")
        schema.prepare(conn)
        with transaction(conn):
            log.fill(conn, kept.entries)
        yield conn
        schema.fold_in(conn)
    finally:
        conn.close()


def _salvage(
    folder: Path, path: Path, kept: KeptLog, read: Read, audit: Audit | None, tick: Callable[[str], None] | None
) -> tuple[dict[str, int], tuple[str, ...]]:
    """A database of everything that damaged snapshots still hold: its counts, and what is lost."""
    with _unsynced(path, kept) as conn:
        rows = Entering(conn, folder, Archive(folder, conn, read_only=False).body, read, audit)
        entered, lost = replay_what_is_left(rows, list(disk.warc_files(folder).values()), tick)
        files = int(conn.execute("SELECT count(*) FROM warc_files").fetchone()[0])
        rebuilt = _counted(entered)
        return {**rebuilt, "files": files}, (*lost, *named_and_lost(conn))


def _write_log(folder: Path, *, again: bool) -> None:
    conn = schema.connect(folder / DATABASE)
    try:
        log.publish(folder, conn, again=again)
    finally:
        conn.close()


def _counted(entered: Sequence[Entered]) -> dict[str, int]:
    kept = [one for one in entered if not one.outcome.is_failure and one.article_id]
    return {
        "captures": len(entered),
        "articles": len(_articles(entered)),
        "versions": sum(one.new_version for one in entered),
        "unreadable": sum(one.version_id is None for one in kept),
    }


def _articles(entered: Sequence[Entered]) -> set[str]:
    """The articles of which something is held; an address that never gave one is an event, and no article."""
    return {one.article_id for one in entered if one.article_id and one.version_id}


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
