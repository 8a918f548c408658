"""archive.db is a view: thrown away, it comes back equal, row for row, from snapshots/ alone."""

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from archiver.errors import FormatError, IntegrityError, NotAnArchive
from archiver.model import Capture, Outcome, Reading
from archiver.store import disk, rows, warc
from archiver.store.archive import Archive
from archiver.store.dump import differences, dump
from archiver.store.files import read_file
from archiver.store.incoming import NewCapture
from archiver.store.rebuild import rebuild
from tests.store.helpers import audit, failed, fetched, given, later, read


def rebuilt(folder: Path) -> list[str]:
    for path in folder.glob("archive.db*"):
        path.unlink()
    rebuild(folder, read, audit)
    with Archive.open(folder, read_only=True) as archive:
        return list(dump(archive.conn))


def test_an_archive_comes_back_equal(filled: Archive) -> None:
    """Every table, findings and full text included."""
    before = list(dump(filled.conn))
    filled.close()
    assert rebuilt(filled.folder) == before
    assert {line.split('"')[1] for line in before} >= {"captures", "statements", "findings", "_search", "_layouts"}


def test_it_counts_what_it_entered(filled: Archive) -> None:
    """And tells each file."""
    told: list[str] = []
    assert rebuild(filled.folder, read, audit, told.append) == {
        "files": 3,
        "captures": 7,
        "articles": 3,  # an address that never answered is none
        "versions": 5,
        "unreadable": 0,
        "judgements": 0,
        "earlier": 0,
    }
    assert sorted(told) == sorted(path.name for path in disk.warc_files(filled.folder).values())


bodies = st.sampled_from([b"Title: A\nOutlet: O\none", b"Title: A\ntwo", b"Title: A\ntwo\n# 5 views", b"other"])
addresses = st.sampled_from(["https://news.example/a", "https://news.example/b"])
steps = st.lists(
    st.one_of(
        st.builds(lambda body, url: fetched(body, url=url), bodies, addresses),
        st.builds(lambda body, url: given(body, url=url), bodies, st.none() | addresses),
        st.builds(
            lambda outcome, url: failed(outcome, url=url), st.sampled_from([Outcome.DNS, Outcome.GONE]), addresses
        ),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@for_all(batches=st.lists(steps, min_size=1, max_size=3))
def test_any_archive_comes_back_equal(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[NewCapture]]
) -> None:
    """Whatever was added, fetched or failed, in whatever order and batches."""
    folder = tmp_path_factory.mktemp("archives")
    with Archive.open(folder, create=True) as archive:
        for minute, batch in enumerate(batches):
            with archive.writer(read, audit) as writer:
                writer.commit([replace(new, added_at=later(minute)) for new in batch])
        before = list(dump(archive.conn))
    assert rebuilt(folder) == before


def test_a_damaged_database_is_replaced(filled: Archive) -> None:
    """A rebuild needs nothing of the old one."""
    before = list(dump(filled.conn))
    filled.close()
    (filled.folder / "archive.db").write_bytes(b"ruined " * 3000)
    rebuild(filled.folder, read, audit)
    with Archive.open(filled.folder) as archive:
        assert list(dump(archive.conn)) == before


def test_a_left_over_wal_is_not_replayed_into_the_new_one(filled: Archive) -> None:
    """The old side files go before the new database takes the name."""
    before = list(dump(filled.conn))
    filled.conn.execute("PRAGMA wal_autocheckpoint = 0")
    filled.conn.execute("UPDATE articles SET title = 'tampered'")
    saved = {path.name: path.read_bytes() for path in filled.folder.glob("archive.db*")}
    filled.close()
    for name, data in saved.items():
        (filled.folder / name).write_bytes(data)
    rebuild(filled.folder, read, audit)
    assert [path.name for path in filled.folder.glob("archive.db*")] == ["archive.db"]
    with Archive.open(filled.folder) as archive:
        assert list(dump(archive.conn)) == before


def test_readers_of_the_old_database_go_on(filled: Archive) -> None:
    """A page that is open while a rebuild runs still gets its rows."""
    with Archive.open(filled.folder, read_only=True) as reader:
        rows.counts(reader.conn)
        rebuild(filled.folder, read, audit)
        assert rows.counts(reader.conn).captures == 7


def test_a_missing_file_is_not_passed_over(filled: Archive) -> None:
    """Captures without a gap, or an error that says where; the old database stays."""
    paths = sorted(disk.warc_files(filled.folder).values(), key=lambda path: path.stat().st_size)
    paths[1].unlink()
    before = list(dump(filled.conn))
    with pytest.raises(IntegrityError) as caught:
        rebuild(filled.folder, read, audit)
    assert caught.value.hint
    assert list(dump(filled.conn)) == before
    assert not list(filled.folder.glob(".archive.db*"))


def test_a_damaged_file_is_named_with_its_place(filled: Archive) -> None:
    """Which file, which byte."""
    path = next(iter(disk.warc_files(filled.folder).values()))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)
    with pytest.raises(IntegrityError, match=rf"{path.name}: byte \d+"):
        rebuild(filled.folder, read, audit)


def damage(path: Path, offset: int) -> None:
    """Flip one bit of a file."""
    data = bytearray(path.read_bytes())
    data[offset] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)


def lose_database(folder: Path) -> None:
    """As after a crash of the disk: only snapshots/ is left."""
    for path in folder.glob("archive.db*"):
        path.unlink()


def test_a_damaged_record_costs_its_capture_alone(filled: Archive) -> None:
    """Bodies, metadata records, warcinfo records: each in turn. The rest comes back, and what is lost is named."""
    expected = dump(filled.conn, ("captures",))
    captures = set(expected)
    paths = list(disk.warc_files(filled.folder).values())
    whole = {path: path.read_bytes() for path in paths}
    filled.close()
    places = [(path, one.offset, one) for path in paths for one in warc.read_all(whole[path])]
    for path, offset, record in places:
        assert isinstance(record, warc.Record)
        damage(path, offset + 40)
        lose_database(filled.folder)
        with pytest.raises(IntegrityError, match=rf"was made again .*without what is damaged:\n.*{path.name}: byte"):
            rebuild(filled.folder, read, audit)
        with Archive.open(filled.folder, read_only=True) as archive:
            again = set(dump(archive.conn, ("captures",)))
            assert len(captures - again) <= (2 if record.type == "metadata" else 0), record.type
            assert not list(archive.conn.execute("PRAGMA foreign_key_check"))
        path.write_bytes(whole[path])
    assert rebuilt(filled.folder)


def test_a_file_that_is_gone_costs_its_captures_alone(filled: Archive) -> None:
    """The captures of the other files keep their numbers, and one that is added then gets a number of its own."""
    paths = {path: read_file(path) for path in disk.warc_files(filled.folder).values()}
    filled.close()
    gone, file = min(paths.items(), key=lambda item: item[1].captures[0].record.number)
    gone.unlink()
    lose_database(filled.folder)
    numbers = {one.record.number for one in file.captures}
    with pytest.raises(IntegrityError, match="in no file that can be read"):
        rebuild(filled.folder, read, audit)
    with Archive.open(filled.folder) as archive:
        held = {number for (number,) in archive.conn.execute("SELECT number FROM captures")}
        assert held
        assert not held & numbers
        with archive.writer(read, audit) as writer:
            (entered,) = writer.commit([given("Title: After the loss\nbody")])
        assert entered.number == 8


def test_a_readable_database_is_not_replaced_by_less(filled: Archive) -> None:
    """The database in place may know what the snapshots do not say any more; a person decides."""
    path = max(disk.warc_files(filled.folder).values(), key=lambda one: one.stat().st_size)
    damage(path, path.stat().st_size // 2)
    before = list(dump(filled.conn))
    with pytest.raises(IntegrityError, match="stays as it was"):
        rebuild(filled.folder, read, audit)
    assert list(dump(filled.conn)) == before
    with pytest.raises(IntegrityError, match="was made again"):
        rebuild(filled.folder, read, audit, accept_loss=True)


def test_a_capture_that_todays_rules_cannot_read_is_still_entered(filled: Archive) -> None:
    """The event stays, it shows no version, and the count says so."""

    def stricter(capture: Capture) -> Reading:
        if b"road" in capture.body:
            raise FormatError("not a text any more")
        return read(capture)

    assert rebuild(filled.folder, stricter, audit)["unreadable"] == 1
    with Archive.open(filled.folder) as archive:
        assert rows.counts(archive.conn).captures == 7


def test_there_is_nothing_to_rebuild_from(tmp_path: Path) -> None:
    """Named, with a way out."""
    with pytest.raises(NotAnArchive):
        rebuild(tmp_path, read)


def test_an_archive_can_be_carried_elsewhere(filled: Archive, tmp_path: Path) -> None:
    """Copied with cp, rebuilt there: the same."""
    before = list(dump(filled.conn))
    shutil.copytree(filled.folder / "snapshots", tmp_path / "copy" / "snapshots")
    assert rebuilt(tmp_path / "copy") == before


def test_differences_name_table_row_and_column(filled: Archive) -> None:
    """What verify reports, exactly."""
    other = sqlite3.connect(":memory:")
    filled.conn.backup(other)
    assert list(differences(filled.conn, other)) == []
    other.execute("UPDATE articles SET title = 'X' WHERE title = 'Third'")
    other.execute("DELETE FROM findings WHERE rule = 'origin-not-held'")
    other.execute("INSERT INTO _search (rowid, title, text) VALUES (99, 'new', 'word')")
    found = [(one.table, one.column, one.here, one.there) for one in differences(filled.conn, other)]
    assert ("articles", "title", "Third", "X") in found
    assert ("findings", None, "a row", None) in found
    assert ("_search", None, None, "a row") in found
    assert len(found) == 4
    other.close()
