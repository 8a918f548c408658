"""The log: what was entered stands in it in order, its files follow, and whatever differs is found and placed."""

import json
import os
import shutil
import signal
import sqlite3
from pathlib import Path

import pytest

from archiver.canonical import sha256_hex
from archiver.errors import ArchiveError, IntegrityError
from archiver.store import disk, leaves, log, schema
from archiver.store.archive import Archive
from archiver.store.dump import dump
from archiver.store.rebuild import rebuild
from archiver.store.verdicts import Judgement, Verdict
from archiver.store.verify import check
from archiver.tlog import merkle, tiles
from tests.store.conftest import fill
from tests.store.helpers import audit, given, later, read
from tests.store.test_archive import _in_child


def said(archive: Archive, judgement: Judgement = Judgement.MISMATCH) -> list[Verdict]:
    return [one for one in check(archive, read, audit) if one.judgement is judgement]


def add(archive: Archive, *texts: str, minute: int = 60) -> None:
    with archive.writer(read, audit) as writer:
        writer.commit([given(text, at=later(minute)) for text in texts])


def kinds(archive: Archive) -> list[tuple[str, int]]:
    return archive.conn.execute("SELECT kind, capture FROM log ORDER BY number").fetchall()


def reopened(folder: Path) -> Archive:
    return Archive.open(folder)


def test_every_capture_and_every_reading_has_its_place_in_order(filled: Archive) -> None:
    """Failures too; a capture that showed nothing new brings no reading."""
    assert kinds(filled) == [
        *(("capture", 1), ("reading", 1), ("capture", 2), ("reading", 2), ("capture", 3), ("reading", 3)),
        *(("capture", 4), ("reading", 4), ("capture", 5), ("reading", 5), ("capture", 6), ("capture", 7)),
    ]


def test_a_leaf_is_an_in_toto_statement_of_digests(filled: Archive) -> None:
    """Never a title, a text, an address or a name."""
    entries = [json.loads(entry) for entry in log.entries(filled.conn)]
    assert {one["_type"] for one in entries} == {"https://in-toto.io/Statement/v1"}
    assert {one["predicateType"] for one in entries} == {"urn:archiver:leaf:capture:1", "urn:archiver:leaf:reading:1"}
    for one in entries:
        names = [subject["name"] for subject in one["subject"]]
        assert len(set(names)) == len(names), "subjects of one Statement have different names"
        assert all(len(subject["digest"]["sha256"]) == 64 for subject in one["subject"])
    everything = "\n".join(json.dumps(one, ensure_ascii=False) for one in entries)
    for secret in ("Şuşa", "road", "example", "Aliyev", "Body", "txt", "HTTP 404", "no such host"):
        assert secret not in everything


def test_a_capture_can_be_looked_up_by_its_own_bytes(filled: Archive) -> None:
    """Its leaf follows from the metadata record in the WARC file alone."""
    event = filled.conn.execute("SELECT warc_file, warc_offset FROM captures WHERE number = 4").fetchone()
    leaf = leaves.of_capture(filled.record_of(*event), event[0])
    (digest,) = filled.conn.execute("SELECT hash FROM log WHERE kind = 'capture' AND capture = 4").fetchone()
    assert leaf.hash == digest == merkle.leaf_hash(leaf.entry).hex()
    assert leaves.parse(leaf.entry) == leaf


def test_the_files_are_tiles_that_anybody_can_read(filled: Archive) -> None:
    """Size and root of ``head``, entries and hashes: all from the files, by the standard's own paths."""
    lines = (filled.folder / "snapshots/log/head").read_text().splitlines()
    entries = list(log.entries(filled.conn))
    assert int(lines[1]) == len(entries) == 12
    bundle = (filled.folder / "snapshots/log/tile/entries/000.p/12").read_bytes()
    assert tiles.parse_bundle(bundle) == entries
    hashes = (filled.folder / "snapshots/log/tile/0/000.p/12").read_bytes()
    assert hashes == b"".join(map(merkle.leaf_hash, entries))
    assert log.head(filled.folder).root == merkle.Frontier(map(merkle.leaf_hash, entries)).root()


def test_a_growing_log_keeps_what_it_said_and_no_partial_tile_of_before(archive: Archive) -> None:
    """Past a full tile: 300 captures in batches; the root of every size before can still be proven."""
    roots = {}
    for batch in range(15):
        add(archive, *(f"Title: {batch}-{number}\ntext {batch}-{number}" for number in range(20)))
        told = log.head(archive.folder)
        roots[told.size] = told.root
    assert told.size == 600
    read_from_files = tiles.Tiles(600, lambda path: log.load(archive.folder, path))
    for size, root in roots.items():
        proof = merkle.consistency_proof(size, 600, read_from_files.node)
        merkle.check_consistency(size, 600, proof, root, told.root)
    files = {
        str(p.relative_to(archive.folder / log.FOLDER)) for p in (archive.folder / log.FOLDER).rglob("*") if p.is_file()
    }
    assert files == {
        "head",
        *("tile/entries/000", "tile/entries/001", "tile/entries/002.p/88"),
        *("tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2"),
    }
    assert not said(archive)


def test_files_of_the_log_cannot_be_written_to(filled: Archive) -> None:
    """Evidence is read-only as soon as it has its name."""
    modes = {p.stat().st_mode & 0o777 for p in (filled.folder / log.FOLDER).rglob("*") if p.is_file()}
    assert modes == {0o444}


@pytest.mark.parametrize("stop", range(12))
def test_a_writer_stopped_while_it_writes_the_files_is_finished_by_the_next(
    filled: Archive, monkeypatch: pytest.MonkeyPatch, stop: int
) -> None:
    """kill -9 before and after every durable step of the log: what was entered is entered, and published later."""
    steps = [0]

    def counted(name: str) -> None:
        real = getattr(disk, name)

        def counting(*args: object) -> object:
            if steps[0] == stop:
                os.kill(os.getpid(), signal.SIGKILL)
            steps[0] += 1
            return real(*args)

        monkeypatch.setattr(disk, name, counting)

    def child() -> None:
        with Archive.open(filled.folder) as archive, archive.writer(read, audit) as writer:
            for name in ("replace_synced", "sync_folder", "make_folder"):
                counted(name)
            writer.commit([given(f"Title: {n}\nnew {n}", at=later(70)) for n in range(130)])

    ended = _in_child(child)
    assert ended in {-signal.SIGKILL, 0}
    with Archive.open(filled.folder) as archive:
        assert not said(archive), "half-written files are named as unfinished, not as altered"
        add(archive, "Title: after\nafter", minute=80)
        assert log.head(archive.folder).size == log.size(archive.conn)
        assert not said(archive)
        unfinished = [one for one in said(archive, Judgement.UNCHECKABLE) if one.subject == "log"]
        assert unfinished == []


def test_without_files_a_capture_is_still_kept(filled: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full after the transaction: what was acknowledged stays, trouble is told, the next add mends it."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(disk, "replace_synced", full)
        add(filled, "Title: kept\nkept")
    assert isinstance(filled.trouble, ArchiveError)
    assert "No space left" in filled.trouble.message
    (waiting,) = [one for one in said(filled, Judgement.UNCHECKABLE) if one.subject == "log"]
    assert "2 entries have no file yet" in waiting.message
    assert not said(filled)
    add(filled, "Title: next\nnext", minute=61)
    assert not filled.trouble
    assert log.head(filled.folder).size == log.size(filled.conn) == 16


def test_a_rebuild_gives_the_log_back(filled: Archive) -> None:
    """Row for row, from the files alone; and from the snapshots alone where the files are gone too."""
    before = list(dump(filled.conn, ("log",)))
    filled.close()
    (filled.folder / "archive.db").unlink()
    rebuild(filled.folder, read, audit)
    with reopened(filled.folder) as archive:
        assert list(dump(archive.conn, ("log",))) == before
    (filled.folder / "archive.db").unlink()
    shutil.rmtree(filled.folder / log.FOLDER)
    rebuild(filled.folder, read, audit)
    with reopened(filled.folder) as archive:
        assert list(dump(archive.conn, ("log",))) == before
        assert not said(archive)


def test_a_rebuild_names_what_only_the_log_remembers(filled: Archive) -> None:
    """The newest snapshot is gone with the database: nothing else would show it."""
    newest = filled.conn.execute("SELECT path FROM warc_files ORDER BY first_capture DESC LIMIT 1").fetchone()[0]
    filled.close()
    for path in filled.folder.glob("archive.db*"):
        path.unlink()
    (filled.folder / newest).unlink()
    with pytest.raises(IntegrityError, match="capture 4: the log names it") as raised:
        rebuild(filled.folder, read, audit)
    assert "capture 7" in raised.value.message
    with reopened(filled.folder) as archive:
        assert "capture 4 is in the log and has no row" in {one.message for one in said(archive)}


def test_a_rebuild_writes_damaged_files_again_from_sound_rows(filled: Archive) -> None:
    """The rows have the root that ``head`` names, so they are the log."""
    tile = filled.folder / log.FOLDER / "tile/entries/000.p/12"
    before = tile.read_bytes()
    tile.chmod(0o644)
    tile.write_bytes(before[:-20])
    assert said(filled)
    filled.close()
    rebuild(filled.folder, read, audit)
    assert tile.read_bytes() == before
    with reopened(filled.folder) as archive:
        assert not said(archive)


def test_a_database_put_back_from_an_older_copy_is_noticed_and_caught_up(filled: Archive) -> None:
    """Its rows end before the files do; what is missing is entered again and must be what the log says."""
    filled.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(filled.folder / "archive.db", filled.folder.parent / "older.db")
    add(filled, "Title: later\nlater")
    filled.close()
    for path in filled.folder.glob("archive.db*"):
        path.unlink()
    shutil.copy(filled.folder.parent / "older.db", filled.folder / "archive.db")
    with reopened(filled.folder) as archive:
        missing = [one for one in said(archive) if one.table == "log"]
        assert [one.row for one in missing] == ["12", "13"]
        add(archive, "Title: new\nnew", minute=90)
        assert archive.trouble is None
        assert not said(archive)
        assert kinds(archive)[-4:] == [("capture", 8), ("reading", 8), ("capture", 9), ("reading", 9)]


def test_rows_that_contradict_the_files_stop_nothing_and_are_told(filled: Archive) -> None:
    """A log forked by hand: the add is kept, the files stay as they are, and verify says where the two part."""
    _tamper(filled, "UPDATE log SET entry = replace(entry, 'dns', 'gone') WHERE number = 11")
    add(filled, "Title: later\nlater")
    assert isinstance(filled.trouble, IntegrityError)
    assert "entry 11" in filled.trouble.message
    assert log.head(filled.folder).size == 12
    assert {one.row for one in said(filled) if one.table == "log"} >= {"11"}


def _tamper(archive: Archive, sql: str) -> None:
    """Change rows as somebody with a tool would: the triggers taken away, and put back after."""
    triggers = archive.conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        archive.conn.execute(f"DROP TRIGGER {name}")
    archive.conn.execute(sql)
    for _, text in triggers:
        archive.conn.execute(text)
    assert not list(schema.problems(archive.conn))


@pytest.mark.parametrize(
    ("sql", "row", "column"),
    [
        ("UPDATE log SET kind = 'reading' WHERE number = 10", "10", "kind"),
        ("UPDATE log SET capture = 77 WHERE number = 1", "1", "capture"),
        ("UPDATE log SET hash = replace(hash, substr(hash, 1, 4), 'abcd') WHERE number = 5", "5", "hash"),
        ("UPDATE log SET entry = entry || ' ' WHERE number = 3", "3", "entry"),
        ("DELETE FROM log WHERE number = 11", "11", "number"),
        ("DELETE FROM log WHERE number = 6", "6", "number"),
        ("INSERT INTO log VALUES (12, 'capture', 99, 'ab', '{}')", "12", "entry"),
    ],
)
def test_a_changed_row_of_the_log_is_found_and_placed(filled: Archive, sql: str, row: str, column: str) -> None:
    """Row and column, and the capture where the entry says one."""
    _tamper(filled, sql)
    assert (row, column) in {(one.row, one.column) for one in said(filled) if one.table == "log"}


def test_every_bit_of_the_files_of_the_log_counts(filled: Archive) -> None:
    """Each byte flipped, each file cut, lengthened, emptied and taken away: found, with the file named."""
    for path in sorted(p for p in (filled.folder / log.FOLDER).rglob("*") if p.is_file()):
        sound = path.read_bytes()
        path.chmod(0o644)
        changed = [sound[:i] + bytes([sound[i] ^ 1 << i % 8]) + sound[i + 1 :] for i in range(0, len(sound), 3)]
        for bytes_now in (*changed, sound[:-1], sound + b"\n", b"", sound + sound):
            path.write_bytes(bytes_now)
            _found_in(filled, path)
        path.unlink()
        _found_in(filled, path)
        path.write_bytes(sound)
    assert not said(filled)


def _found_in(archive: Archive, path: Path) -> None:
    wrong = [one for one in check(archive) if one.judgement is Judgement.MISMATCH]
    assert wrong
    relative = str(path.relative_to(archive.folder))
    assert any(one.file == relative or (relative in one.message) for one in wrong), [one.message for one in wrong]


def test_what_does_not_belong_among_the_files_is_named(filled: Archive) -> None:
    """A stranger is a mismatch, a tile of another size only what a stopped writer leaves, a link never a file."""
    folder = filled.folder / log.FOLDER
    (folder / "notes.txt").write_text("hello")
    (folder / "tile/0/000.p/5").write_bytes(b"")
    tile = folder / "tile/0/000.p/12"
    shutil.move(tile, filled.folder.parent / "elsewhere")
    tile.symlink_to(filled.folder.parent / "elsewhere")
    assert {one.file: one.message for one in said(filled)} == {
        "snapshots/log/notes.txt": "does not belong here",
        "snapshots/log/tile/0/000.p/12": "does not belong here",
    }
    (left,) = [one for one in said(filled, Judgement.UNCHECKABLE) if one.subject == "log"]
    assert left.file == "snapshots/log/tile/0/000.p/5"


def test_a_reading_that_was_slipped_in_is_not_in_the_log(filled: Archive) -> None:
    """Its rows agree with each other and with their digest; only the log never heard of it."""
    _tamper(filled, "UPDATE readings SET reader = 'somebody else'")
    assert {one.message for one in said(filled) if one.subject == "reading"} == {"it is not in the log"}


def test_one_writer_more_while_somebody_checks(filled: Archive) -> None:
    """The check began when the log was shorter: what came since is no alteration."""
    verdicts = check(filled, read, audit)
    found = [next(verdicts)]
    with Archive.open(filled.folder) as other:
        add(other, *(f"Title: {n}\nmeanwhile {n}" for n in range(200)))
    found += verdicts
    assert [one for one in found if one.judgement is Judgement.MISMATCH] == []


def test_two_archives_of_the_same_captures_have_the_same_log(tmp_path: Path) -> None:
    """Same bytes, same answer: no clock, no chance, no machine in a leaf."""
    found = []
    for name in ("one", "two"):
        with Archive.open(tmp_path / name, create=True) as archive:
            fill(archive)
            found.append((tmp_path / name / log.FOLDER / "head").read_bytes())
    assert found[0] == found[1]
    assert sha256_hex(found[0])


def test_the_database_itself_keeps_the_log(filled: Archive) -> None:
    """Nothing is changed, deleted, put twice or out of order."""
    for sql in (
        "UPDATE log SET entry = 'x'",
        "DELETE FROM log",
        "INSERT INTO log SELECT 12, kind, NULL, hash, entry FROM log WHERE number = 1",
        "INSERT INTO log VALUES (14, 'capture', 9, 'aa', '{}')",
        "INSERT OR REPLACE INTO log VALUES (3, 'capture', 9, 'aa', '{}')",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            filled.conn.execute(sql)
