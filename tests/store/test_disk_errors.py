"""What the disk or SQLite says of an archive reaches a person as a sentence, and nothing half takes a name."""

import sqlite3
from pathlib import Path

import pytest

from archiver.errors import ArchiveBusy, ArchiveError, IntegrityError
from archiver.store import disk, log, schema
from archiver.store.archive import DATABASE, Archive
from archiver.store.readme import TEXT
from tests.store.helpers import audit, given, later, read


def test_a_new_database_that_stays_in_its_wal_gets_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite says nothing when the disk refuses while a database is closed; its file alone would be damaged."""

    def refused(_conn: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as patched:
        patched.setattr(schema, "fold_in", refused)
        with pytest.raises(ArchiveError, match="disk I/O error"):
            Archive.open(tmp_path, create=True)
    assert not (tmp_path / DATABASE).exists()
    assert not list(tmp_path.glob(".archive.db.new*"))
    with Archive.open(tmp_path, create=True) as archive:
        assert archive.conn.execute("SELECT count(*) FROM captures").fetchone() == (0,)


def test_a_database_in_use_is_not_taken_for_whole(tmp_path: Path) -> None:
    """Somebody who reads an older state keeps the WAL from being folded in."""
    conn = schema.connect(tmp_path / "a.db")
    conn.execute("CREATE TABLE t (x)")
    reader = sqlite3.connect(tmp_path / "a.db")
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM t").fetchall()
    conn.execute("PRAGMA busy_timeout = 0")
    conn.execute("INSERT INTO t VALUES (1)")
    with pytest.raises(sqlite3.OperationalError):
        schema.fold_in(conn)
    reader.close()
    schema.fold_in(conn)
    conn.close()


@pytest.mark.parametrize(
    ("raised", "told", "words"),
    [
        (sqlite3.OperationalError("disk I/O error"), ArchiveError, "archive.db: disk I/O error"),
        (OSError(5, "Input/output error"), ArchiveError, "Input/output error"),
        (sqlite3.IntegrityError("UNIQUE"), sqlite3.IntegrityError, "UNIQUE"),
        (sqlite3.ProgrammingError("closed"), sqlite3.ProgrammingError, "closed"),
        (BrokenPipeError(32, "Broken pipe"), BrokenPipeError, "Broken pipe"),
        (OSError(2, "No such file", "/elsewhere/x"), FileNotFoundError, "elsewhere"),
    ],
)
def test_what_is_raised_while_an_archive_is_open(
    tmp_path: Path, raised: Exception, told: type[Exception], words: str
) -> None:
    """What the disk says of the archive becomes a sentence; our own mistakes and other places stay what they are."""
    with pytest.raises(told, match=words), Archive.open(tmp_path, create=True):
        raise raised


def test_a_lock_is_a_matter_of_patience(tmp_path: Path) -> None:
    """Nobody is told that a database is locked, or sent to rebuild one that somebody else writes."""
    with Archive.open(tmp_path, create=True) as archive:
        archive.conn.execute("BEGIN IMMEDIATE")
        other = schema.connect(tmp_path / DATABASE)
        other.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(ArchiveBusy, match="somebody else is writing"), schema.told(tmp_path / DATABASE):
            other.execute("BEGIN IMMEDIATE")
        other.close()


def test_the_readme_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A half one would be called altered for ever, and nobody would write it again."""
    synced: list[Path] = []
    real = disk.sync_folder

    def noted(folder: Path) -> None:
        assert not (folder / disk.README).exists() or (folder / disk.README).read_text("utf-8") == TEXT
        synced.append(folder)
        real(folder)

    monkeypatch.setattr(disk, "sync_folder", noted)
    Archive.open(tmp_path, create=True).close()
    assert tmp_path / disk.SNAPSHOTS in synced
    assert not list((tmp_path / disk.SNAPSHOTS).glob(".*"))


def test_a_temporary_readme_is_swept(tmp_path: Path) -> None:
    """One that was left by a stopped writer goes with the next one."""
    Archive.open(tmp_path, create=True).close()
    (tmp_path / disk.SNAPSHOTS / ".README.part").write_bytes(b"half")
    with Archive.open(tmp_path) as archive, archive.writer(read, audit):
        assert not list((tmp_path / disk.SNAPSHOTS).glob(".*"))


def test_an_add_without_the_files_of_its_log_is_unfinished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next writer, whatever it does, looks after them; until then nobody is accused of having taken them."""
    with Archive.open(tmp_path, create=True) as archive:
        with monkeypatch.context() as patched:

            def refused(*_: object, **__: object) -> None:
                raise ArchiveError("the disk is full", "make room")

            patched.setattr(log, "publish", refused)
            with archive.writer(read, audit) as writer:
                writer.commit([given("Title: One\nbody", at=later(1))])
            assert archive.trouble is not None
        assert disk.is_unfinished(tmp_path)
        with archive.writer(read, audit):
            pass
        assert not disk.is_unfinished(tmp_path)


def test_damage_is_a_matter_of_integrity(tmp_path: Path) -> None:
    """A file that is no database is damage, not a full disk."""
    (tmp_path / "a.db").write_bytes(b"SQLite format 3\0" + bytes(4096))
    with pytest.raises((IntegrityError, ArchiveError)), schema.told(tmp_path / "a.db"):
        sqlite3.connect(tmp_path / "a.db").execute("SELECT * FROM sqlite_master")
