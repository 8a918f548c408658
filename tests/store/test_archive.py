"""A capture is kept whole or not at all, once, in order, by one writer at a time."""

import multiprocessing
import os
import signal
import sqlite3
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from archiver.errors import ArchiveBusy, ArchiveError, FormatError, IntegrityError, NotAnArchive, NotFound
from archiver.model import Capture, Grade, Outcome, Reading
from archiver.store import disk, rows
from archiver.store.archive import Archive
from archiver.store.dump import dump
from archiver.store.incoming import NewCapture
from archiver.store.insert import Entered
from archiver.store.readme import TEXT
from archiver.store.verdicts import Judgement
from archiver.store.verify import check
from tests.store.helpers import answer, audit, exchange, failed, fetched, given, later, read

FORK = multiprocessing.get_context("fork")


def commit(archive: Archive, *news: NewCapture) -> tuple[Entered, ...]:
    with archive.writer(read, audit) as writer:
        return writer.commit(news)


def mismatches(archive: Archive) -> list[str]:
    found = check(archive, read, audit)
    return [f"{one.message} ({one.place})" for one in found if one.judgement is Judgement.MISMATCH]


def test_a_fresh_archive_says_what_it_is(archive: Archive) -> None:
    """The folder explains itself, and nothing in it is wrong."""
    assert (archive.folder / "snapshots/README").read_text("utf-8") == TEXT
    assert not mismatches(archive)
    assert rows.counts(archive.conn).captures == 0


def test_the_readme_in_the_repository_is_the_one_that_is_shipped() -> None:
    """One text, in two places."""
    assert (Path(__file__).parents[2] / "snapshots" / "README").read_text("utf-8") == TEXT


def test_files_are_there_once_and_cannot_be_written(archive: Archive) -> None:
    """The name is the digest, the mode is read-only, nothing temporary stays."""
    commit(archive, given("Title: A\nbody"))
    (path,) = disk.warc_files(archive.folder).values()
    assert disk.warc_path(path.name.removesuffix(".warc.gz")) == str(path.relative_to(archive.folder))
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_the_same_file_again_adds_nothing(archive: Archive) -> None:
    """Same bytes, same (or no) address: unchanged, with the capture that brought them."""
    (first,) = commit(archive, given("Title: A\nbody"))
    before = list(dump(archive.conn))
    (again,) = commit(archive, given("Title: A\nbody", name="other-name.txt", at=later(60)))
    assert (again.outcome, again.number, again.article_id) == (Outcome.UNCHANGED, first.number, first.article_id)
    assert again.version_id == first.version_id
    assert list(dump(archive.conn)) == before
    assert len(disk.warc_files(archive.folder)) == 1


def test_the_same_file_twice_in_one_batch_is_kept_once(archive: Archive) -> None:
    """Also where neither copy is in the database yet."""
    one, two = commit(archive, given("Title: A\nbody"), given("Title: A\nbody"))
    assert (one.outcome, two.outcome) == (Outcome.KEPT, Outcome.UNCHANGED)
    assert two == replace(one, outcome=Outcome.UNCHANGED, new_article=False, new_version=False)
    assert rows.counts(archive.conn).captures == 1


def test_an_address_makes_another_article_of_the_same_bytes(archive: Archive) -> None:
    """Somebody claims something new; the bytes are stored once."""
    one, two = commit(archive, given("Title: A\nbody"), given("Title: A\nbody", url="https://news.example/a"))
    assert one.article_id != two.article_id
    counts = rows.counts(archive.conn)
    assert (counts.captures, counts.snapshots, counts.articles) == (2, 1, 2)
    assert archive.capture(2).body == archive.capture(1).body
    assert archive.capture(2).url == "https://news.example/a"


def test_a_b_a_is_three_versions_with_two_contents(archive: Archive) -> None:
    """A version is a state in time, not a digest."""
    a, b = b"Title: T\nBody one.", b"Title: T\nBody two."
    for minutes, body in enumerate((a, b, a)):
        commit(archive, fetched(body, at=later(minutes)))
    dossier = rows.load_dossier(archive.conn, rows.find_article(archive.conn, "https://news.example/a"))
    assert [version.number for version in dossier.versions] == [1, 2, 3]
    assert dossier.versions[0].content_digest == dossier.versions[2].content_digest
    assert rows.counts(archive.conn).snapshots == 2


def test_changed_furniture_is_no_version(archive: Archive) -> None:
    """Other bytes, same editorial content: a capture and a snapshot, seen again."""
    commit(archive, fetched(b"Title: T\nBody.\n# 10 views"))
    (second,) = commit(archive, fetched(b"Title: T\nBody.\n# 11 views", at=later(5)))
    assert not second.new_version
    dossier = rows.load_dossier(archive.conn, second.article_id or "")
    assert [(one.first_capture, one.last_capture) for one in dossier.versions] == [(1, 2)]
    assert rows.counts(archive.conn).snapshots == 2


def test_a_fetch_of_the_same_bytes_is_an_event_and_not_read_again(archive: Archive) -> None:
    """Seen again: a capture, no snapshot, no version, no reading."""
    commit(archive, fetched(b"Title: T\nBody."))

    def never(capture: Capture) -> Reading:
        raise AssertionError(capture)

    with archive.writer(never) as writer:
        (second,) = writer.commit([fetched(b"Title: T\nBody.", at=later(5))])
    assert (second.number, second.new_version) == (2, False)
    assert rows.counts(archive.conn).snapshots == 1
    assert not mismatches(archive)


def test_304_confirms_the_last_good_copy(archive: Archive) -> None:
    """Not modified points to the body that is held, and to the version it shows."""
    commit(archive, fetched(b"Title: T\nBody.", "ETag: one"))
    good = rows.last_good(archive.conn, "https://news.example/a")
    assert good is not None
    assert good.etag == "one"
    head = answer(b"", "ETag: one", status="304 Not Modified")
    confirmed = replace(
        fetched(b"", at=later(5)),
        body=None,
        outcome=Outcome.NOT_MODIFIED,
        status=304,
        exchanges=(exchange("https://news.example/a", head, later(5)),),
    )
    (second,) = commit(archive, confirmed)
    assert rows.capture_event(archive.conn, second.number).sha256 == good.sha256
    assert second.version_id is not None
    assert archive.capture(second.number).body == b"Title: T\nBody."
    assert not mismatches(archive)


def test_a_failure_is_an_event_and_replaces_nothing(archive: Archive) -> None:
    """The last good copy stays; the failure stands in the history of the article that the request led to."""
    moved = replace(fetched(b"Title: T\nBody."), requested_url="https://short.example/1")
    (kept,) = commit(archive, moved)
    (gone,) = commit(archive, failed(Outcome.GONE, "HTTP 410", url="https://short.example/1", at=later(5)))
    assert gone.article_id == kept.article_id
    dossier = rows.load_dossier(archive.conn, kept.article_id or "")
    assert [event.outcome for event in dossier.captures] == [Outcome.KEPT, Outcome.GONE]
    assert dossier.latest.number == 1


def test_a_page_that_never_came_is_remembered(archive: Archive) -> None:
    """An address of which nothing was ever kept has a history and no dossier."""
    (entered,) = commit(archive, failed(Outcome.DNS, "no such host", url="https://nowhere.example/"))
    article = rows.find_article(archive.conn, "https://nowhere.example")
    assert article == entered.article_id
    assert [event.outcome for event in rows.history(archive.conn, article)] == [Outcome.DNS]
    with pytest.raises(NotFound, match="nothing was ever kept"):
        rows.load_dossier(archive.conn, article)
    assert rows.list_articles(archive.conn).rows == ()


def test_a_failure_without_address_is_an_event_of_its_own(archive: Archive) -> None:
    """A file that is no text: recorded, not kept, no article."""
    new = NewCapture(Outcome.NOT_TEXT, Grade.FILE, later(0), reason="an image", filename="a.png")
    (entered,) = commit(archive, new)
    assert (entered.article_id, entered.outcome) == (None, Outcome.NOT_TEXT)
    assert rows.capture_event(archive.conn, 1).sha256 is None
    assert not mismatches(archive)


def test_a_given_file_is_kept_whatever_it_shows(archive: Archive) -> None:
    """A saved block page is an event with its bytes, never a version, and is there once."""
    wall = replace(given("Are you human?", url="https://news.example/a"), outcome=Outcome.BLOCKED, reason="a captcha")
    commit(archive, fetched(b"Title: T\nBody."))
    (entered,) = commit(archive, wall)
    assert (entered.new_version, entered.version_id) == (False, None)
    assert archive.capture(entered.number).body == b"Are you human?"
    dossier = rows.load_dossier(archive.conn, entered.article_id or "")
    assert [event.outcome for event in dossier.captures] == [Outcome.KEPT, Outcome.BLOCKED]
    assert dossier.latest.first_capture == 1
    assert commit(archive, wall)[0].outcome is Outcome.UNCHANGED
    assert not mismatches(archive)


def test_what_cannot_be_read_stops_the_batch_before_anything_is_written(archive: Archive) -> None:
    """The caller decides what to do with it; the archive is as before."""
    with pytest.raises(FormatError):
        commit(archive, given("Title: A\nbody"), given(b"\x00"))
    assert rows.counts(archive.conn).captures == 0
    assert disk.warc_files(archive.folder) == {}


def test_lone_surrogates_and_nul_do_not_stop_a_capture(archive: Archive) -> None:
    """Hostile characters in names and texts are kept as far as UTF-8 goes, quotes at their places."""

    def strange(capture: Capture) -> Reading:
        reading = read(Capture(b"Title: a\nbody"))
        (title,) = reading.statements
        return replace(
            reading,
            page_text="Title: \ud800x\nbo\x00dy",
            text="bo\x00dy \udfff",
            statements=(replace(title, value="\ud800x", quote="\ud800x", end=9),),
        )

    with archive.writer(strange) as writer:
        (entered,) = writer.commit([given("x", name="\udcff.txt")])
    reading = rows.load_dossier(archive.conn, entered.article_id or "").reading
    assert reading.page_text == "Title: \ufffdx\nbo\x00dy"
    assert reading.statements[0].quote == reading.page_text[7:9]
    assert not [one for one in check(archive, strange) if one.judgement is Judgement.MISMATCH]


def test_a_reading_comes_back_as_it_was(archive: Archive) -> None:
    """Statements, blocks, pieces, texts: what pages show is what was read."""
    body = b"Title: T\nOutlet: X | x.example\n# menu\nBody of \xc3\x99liyev.\nOrigin: reprint Y y.example -\n"
    (entered,) = commit(archive, given(body))
    assert rows.load_dossier(archive.conn, entered.article_id or "").reading == read(Capture(body))


def test_capture_numbers_have_no_holes(archive: Archive) -> None:
    """1, 2, 3 over batches, failures counted, unchanged files not."""
    numbers = [
        entered.number
        for batch in ([given("Title: A\na"), failed(Outcome.DNS)], [given("Title: A\na"), given("Title: B\nb")])
        for entered in commit(archive, *batch)
        if entered.outcome is not Outcome.UNCHANGED
    ]
    assert numbers == [1, 2, 3]


def test_there_is_no_archive_where_there_is_none(tmp_path: Path) -> None:
    """Opening names the way out and makes nothing."""
    with pytest.raises(NotAnArchive) as caught:
        Archive.open(tmp_path)
    assert caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    """A file called archive.db that is not ours is refused, untouched."""
    with sqlite3.connect(tmp_path / "archive.db") as conn:
        conn.execute("CREATE TABLE theirs (a)")
    conn.close()
    with pytest.raises(NotAnArchive):
        Archive.open(tmp_path, create=True)
    (tmp_path / "archive.db").write_bytes(b"not a database at all, but long enough to be one" * 40)
    with pytest.raises(ArchiveError):
        Archive.open(tmp_path)


def test_snapshots_without_database_are_not_begun_anew(filled: Archive) -> None:
    """Numbers would start at 1 again: rebuild, not create."""
    folder = filled.folder
    filled.close()
    disk_database = folder / "archive.db"
    disk_database.unlink()
    with pytest.raises(ArchiveError) as caught:
        Archive.open(folder, create=True)
    assert "rebuild" in (caught.value.hint or "")
    assert not disk_database.exists()


def test_an_empty_archive_db_of_a_stopped_creation_is_made_again(tmp_path: Path) -> None:
    """Zero bytes are no database."""
    (tmp_path / "archive.db").touch()
    with Archive.open(tmp_path, create=True) as archive:
        assert not mismatches(archive)


def test_reading_only_never_writes(filled: Archive) -> None:
    """A read-only archive refuses a writer, and refuses in SQLite too."""
    with Archive.open(filled.folder, read_only=True) as reader:
        with pytest.raises(ArchiveError), reader.writer(read):
            pass
        with pytest.raises(sqlite3.OperationalError):
            reader.conn.execute("DELETE FROM findings")


def test_one_writer_at_a_time(archive: Archive) -> None:
    """A second writer waits, then says so."""
    with (
        Archive.open(archive.folder) as other,
        archive.writer(read),
        pytest.raises(ArchiveBusy),
        other.writer(read, patience=0.1),
    ):
        pass


def test_readers_are_never_blocked(archive: Archive) -> None:
    """While a transaction is open, a reader sees the state before it, at once."""
    commit(archive, given("Title: A\na"))
    with Archive.open(archive.folder, read_only=True) as reader:
        reader.conn.execute("PRAGMA busy_timeout = 0")
        archive.conn.execute("BEGIN IMMEDIATE")
        archive.conn.execute("UPDATE articles SET title = 'other'")
        assert [row.title for row in rows.list_articles(reader.conn).rows] == ["A"]
        archive.conn.execute("ROLLBACK")


def test_the_database_is_durable_and_safe(archive: Archive) -> None:
    """FULL is what survives a power cut in WAL; NORMAL loses acknowledged captures (measured)."""
    pragma = {name: archive.conn.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
    assert pragma == {"journal_mode": "wal", "synchronous": 2}
    assert archive.conn.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def _in_child(work: Callable[[], None]) -> int:
    """Run ``work`` in a forked process; its exit code, negative when a signal ended it."""
    child = FORK.Process(target=work)
    child.start()
    child.join()
    assert child.exitcode is not None
    return child.exitcode


def test_two_processes_adding_at_once_keep_everything_once(tmp_path: Path) -> None:
    """Also the creation of the archive is raced for."""
    folder = tmp_path / "archive"

    def add(who: int) -> None:
        with Archive.open(folder, create=True) as archive:
            for number in range(12):
                commit(archive, given(f"Title: {who} {number}\nbody"), given(f"Title: common {number}\nbody"))

    children = [FORK.Process(target=add, args=(who,)) for who in range(3)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0, 0, 0]
    with Archive.open(folder) as archive:
        assert rows.counts(archive.conn).captures == 4 * 12
        assert not mismatches(archive)


STOPS = ("_write_synced", "sync_folder", "make_folder")


def _stop_at(monkeypatch: pytest.MonkeyPatch, place: str, when: str) -> None:
    real = getattr(disk, place)

    def stopping(*args: object) -> object:
        if when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        real(*args)
        os.kill(os.getpid(), signal.SIGKILL)
        return None

    monkeypatch.setattr(disk, place, stopping)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("place", STOPS)
def test_kill_9_while_the_file_is_written(
    filled: Archive, monkeypatch: pytest.MonkeyPatch, place: str, when: str
) -> None:
    """After the next run everything is there exactly once, whatever the kill left."""
    new = given("Title: New\nnew body", at=later(90))

    def add() -> None:
        _stop_at(monkeypatch, place, when)
        with Archive.open(filled.folder) as child:
            commit(child, new)

    assert _in_child(add) == -signal.SIGKILL
    with Archive.open(filled.folder) as archive:
        (entered,) = commit(archive, new)
        assert rows.counts(archive.conn).captures == 8
        assert rows.find_article(archive.conn, entered.article_id or "") == entered.article_id
        assert not mismatches(archive)
        assert not list(archive.folder.glob("snapshots/*/.*"))


def test_kill_9_between_file_and_transaction_loses_nothing(filled: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes were durable: the next writer enters them, under their own number."""

    def add() -> None:
        with Archive.open(filled.folder) as child, child.writer(read, audit) as writer:
            _stop_at(monkeypatch, "write_once", "after")
            writer.commit([given("Title: Orphan\nits body", at=later(90))])

    assert _in_child(add) == -signal.SIGKILL
    with Archive.open(filled.folder) as archive:
        assert rows.counts(archive.conn).captures == 7
        uncheckable = [one for one in check(archive) if one.judgement is Judgement.UNCHECKABLE and one.file]
        assert [one.captures for one in uncheckable] == [(8,)]
        assert not mismatches(archive), "what was not entered yet was not altered"
        with archive.writer(read, audit) as writer:
            (adopted,) = writer.adopted
            assert [one.number for one in adopted.entered] == [8]
        assert not mismatches(archive)


def test_a_writer_that_lives_on_finds_what_another_left(filled: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not only a fresh process looks for orphans: the lock says that somebody was stopped."""

    def add() -> None:
        with Archive.open(filled.folder) as child, child.writer(read, audit) as writer:
            _stop_at(monkeypatch, "write_once", "after")
            writer.commit([given("Title: Orphan\nits body", at=later(90))])

    assert _in_child(add) == -signal.SIGKILL
    (next_one,) = commit(filled, given("Title: Next\nnext body", at=later(91)))
    assert next_one.number == 9
    assert not mismatches(filled)


def test_a_full_disk_leaves_the_archive_as_it_was(filled: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the cause, nothing is half there, and the same command succeeds later."""
    before = list(dump(filled.conn))

    def no_space(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", no_space)
        with pytest.raises(ArchiveError, match="No space left"):
            commit(filled, given("Title: New\nnew body"))
    assert list(dump(filled.conn)) == before
    assert not mismatches(filled)
    assert commit(filled, given("Title: New\nnew body"))[0].new_article


def test_a_disk_that_lies_is_noticed(filled: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read back must have the digest that was written, before anything is acknowledged."""
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, bytes(len(data))))
    with pytest.raises(IntegrityError, match="did not give back"):
        commit(filled, given("Title: New\nnew body"))
    monkeypatch.undo()
    assert not mismatches(filled)


def test_a_foreign_file_is_not_adopted(filled: Archive, tmp_path: Path) -> None:
    """A WARC file of another archive, or one out of order, stays outside and is reported."""
    with Archive.open(tmp_path / "other", create=True) as other:
        commit(other, given("Title: Other\nbody"))
        (path,) = disk.warc_files(other.folder).values()
    copied = filled.folder / path.relative_to(tmp_path / "other")
    copied.parent.mkdir(exist_ok=True)
    copied.write_bytes(path.read_bytes())
    with Archive.open(filled.folder) as again, again.writer(read, audit) as writer:
        assert writer.adopted == ()
    assert rows.counts(filled.conn).captures == 7
