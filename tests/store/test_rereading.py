"""Another reader's reading takes the place of an earlier one, as a rebuild would show it; the earlier one stays."""

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as for_all

from archiver.canonical import canonical_json, sha256_hex
from archiver.model import Capture, Reading
from archiver.store import rereading, rows
from archiver.store.archive import Archive
from archiver.store.dossiers import load_any_reading
from archiver.store.dump import KEYS, dump
from archiver.store.incoming import NewCapture
from archiver.store.prepared import Prepared, prepare
from archiver.store.rebuild import rebuild
from archiver.store.rereading import Life
from archiver.store.search import search
from archiver.store.verdicts import Judgement
from archiver.store.verify import check
from archiver.text import editorial_form
from tests.store.helpers import audit, fetched, given, later, read
from tests.store.test_rebuild import steps

UNTIL = "2026-06-01T00:00:00Z"
# What was found when it was audited hangs on what was held then; a rebuild audits in the order of captures.
OF_READING = tuple(table for table in KEYS if table not in {"findings", "articles"})


def first(capture: Capture) -> Reading:
    """The reader of the helpers, with a name."""
    return replace(read(capture), reader="reader rules 1")


def second(capture: Capture) -> Reading:
    """Another one: no titles, furniture is text, and case makes no difference to content."""
    old = read(capture)
    statements = tuple(one for one in old.statements if one.property != "title")
    text = old.text + "\n" + "\n".join(line for line in old.page_text.splitlines() if line.startswith("#"))
    digest = sha256_hex(canonical_json([editorial_form(text).lower().replace("two", "one")]))
    return replace(old, reader="reader rules 2", statements=statements, text=text, pieces=(), content_digest=digest)


def lives(archive: Archive, reader: str) -> list[Life]:
    """Every article that another reader than ``second`` read, as ``second`` reads it."""
    told = []
    for ident in rereading.stale(archive.conn, reader):
        life = Life(rereading.held(archive.conn, ident))
        for body in life.held.bodies:

            def read_it(number: int = body.number) -> Prepared:
                return prepare(second(archive.capture(number)))

            life.next(body, read_it)
        told.append(life)
    return told


def read_again(archive: Archive) -> None:
    """All of it, by the second reader, in one batch, audited at the end."""
    with archive.writer(first, audit) as writer:
        assert writer.read_again(lives(archive, "reader rules 2"), "reader rules 2", UNTIL) == ()
        writer.audit_again(writer.to_audit())


def keep(folder: Path, batches: list[list[NewCapture]]) -> Archive:
    """An archive that the first reader read."""
    archive = Archive.open(folder, create=True)
    for minute, batch in enumerate(batches):
        with archive.writer(first, audit) as writer:
            writer.commit([replace(new, added_at=later(minute)) for new in batch])
    return archive


BATCHES = [
    [given("Title: Şuşa yolu\nOutlet: Xəbər | xeber.example\nƏliyev Şuşaya getdi.\n# 5 views")],
    [fetched(b"Title: Third\nBody one.")],
    [fetched(b"Title: Third\nBody two.", at=later(2))],
    [fetched(b"Title: Third\nBody one.", at=later(3))],
    [given("Title: Fourth\nOrigin: translation Xəbər xeber.example -\nNothing.", url="https://road.example/4")],
]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Three articles, one of them in three versions that the second reader takes for one."""
    return keep(tmp_path / "a", BATCHES)


def test_what_is_shown_then_is_what_a_rebuild_makes(archive: Archive) -> None:
    """Row for row: versions, sightings, statements, origins, layouts, full text."""
    read_again(archive)
    shown = list(dump(archive.conn, OF_READING))
    elsewhere = archive.folder.parent / "b"
    shutil.copytree(archive.folder / "snapshots", elsewhere / "snapshots")
    rebuild(elsewhere, second, audit)
    with Archive.open(elsewhere, read_only=True) as rebuilt:
        assert list(dump(rebuilt.conn, OF_READING)) == shown
        summaries = "SELECT id, versions, latest_version, grade, title, outlet, origin_line FROM articles ORDER BY id"
        assert rebuilt.conn.execute(summaries).fetchall() == archive.conn.execute(summaries).fetchall()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@for_all(batch=steps)
def test_any_archive_read_again_is_what_a_rebuild_makes(
    tmp_path_factory: pytest.TempPathFactory, batch: list[NewCapture]
) -> None:
    """Whatever was added or failed; and reading again by the same reader finds nothing to do."""
    archive = keep(tmp_path_factory.mktemp("archives") / "a", [[one] for one in batch])
    earlier = archive.conn.execute("SELECT count(*) FROM statements").fetchone()
    read_again(archive)
    assert rereading.stale(archive.conn, "reader rules 2") == []
    shown = list(dump(archive.conn, OF_READING))
    assert archive.conn.execute("SELECT count(*) FROM statements").fetchone() >= earlier
    verdicts = list(check(archive, second, audit))
    assert [one for one in verdicts if one.judgement is not Judgement.MATCH] == []
    archive.close()
    rebuild(archive.folder, second, audit)
    with Archive.open(archive.folder, read_only=True) as rebuilt:
        assert list(dump(rebuilt.conn, OF_READING)) == shown


def test_an_earlier_reading_stays_as_it_was(archive: Archive) -> None:
    """Its statements, its texts and its cut into blocks are given back, with the moment at which it ended."""
    before = [
        load_any_reading(archive.conn, number)
        for (number,) in archive.conn.execute("SELECT number FROM readings ORDER BY number")
    ]
    read_again(archive)
    ended = archive.conn.execute(
        "SELECT number, valid_until FROM readings WHERE valid_until IS NOT NULL ORDER BY 1"
    ).fetchall()
    assert ended == [(number, UNTIL) for number in range(1, 6)]
    assert [load_any_reading(archive.conn, number) for number, _ in ended] == before
    kept = archive.conn.execute("SELECT count(*) FROM earlier_statements WHERE property = 'title'").fetchone()
    assert kept == (5,)


def earlier(archive: Archive) -> list[tuple[object, ...]]:
    """Every earlier reading of every article, as it would be shown."""
    ids = [row.id for row in rows.list_articles(archive.conn, order="oldest").rows]
    every = [(ident, row) for ident in ids for row in rows.readings(archive.conn, ident) if row.valid_until]
    return [
        (row.place, row.version, row.reader, row.valid_until, rows.load_as_read(archive.conn, ident, row))
        for ident, row in every
    ]


def test_a_rebuild_carries_earlier_readings_over(archive: Archive) -> None:
    """They are in no snapshot: they come from the database in place, keep their numbers, and still verify."""
    read_again(archive)
    before = earlier(archive)
    assert len(before) == 5
    archive.close()
    assert rebuild(archive.folder, second, audit)["earlier"] == 5
    with Archive.open(archive.folder) as rebuilt:
        assert earlier(rebuilt) == before
        assert [v for v in check(rebuilt, second, audit) if v.judgement is not Judgement.MATCH] == []


def test_a_rebuild_by_other_rules_ends_what_was_shown(archive: Archive) -> None:
    """As a rereading does; and a second one by the same rules ends nothing."""
    shown = "SELECT version_id, digest FROM readings ORDER BY first_capture"
    before = archive.conn.execute(shown).fetchall()
    archive.close()
    assert rebuild(archive.folder, second, audit, until=UNTIL)["earlier"] == 5
    assert rebuild(archive.folder, second, audit, until=UNTIL)["earlier"] == 5
    with Archive.open(archive.folder) as rebuilt:
        ended = "SELECT version_id, digest FROM readings WHERE valid_until = ? ORDER BY first_capture"
        assert rebuilt.conn.execute(ended, (UNTIL,)).fetchall() == before


def test_an_altered_reading_is_not_carried_over(archive: Archive) -> None:
    """What does not have its digest any more is not what was read."""
    read_again(archive)
    archive.conn.execute("DROP TRIGGER statements_keep_update")
    archive.conn.execute("UPDATE statements SET value = 'x' WHERE number = 1")
    archive.close()
    assert rebuild(archive.folder, second, audit)["earlier"] == 4


def test_without_a_database_earlier_readings_are_lost_and_nothing_else(archive: Archive) -> None:
    """Said in the help of rebuild, and true."""
    read_again(archive)
    shown = list(dump(archive.conn, OF_READING))
    archive.close()
    for path in archive.folder.glob("archive.db*"):
        path.unlink()
    rebuild(archive.folder, second, audit)
    with Archive.open(archive.folder) as rebuilt:
        assert earlier(rebuilt) == []
        assert list(dump(rebuilt.conn, OF_READING)) == shown


def test_only_what_is_read_today_is_listed_counted_and_found(archive: Archive) -> None:
    """Lists, counts, coverage, versions, views and the search know nothing of what ended."""
    read_again(archive)
    conn = archive.conn
    assert {row.title for row in rows.list_articles(conn).rows} == {None}
    assert "title" not in rows.coverage(conn)
    assert rows.counts(conn).versions == 3
    third = rows.find_article(conn, "https://news.example/a")
    dossier = rows.load_dossier(conn, third)
    assert [(v.number, v.first_capture, v.last_capture) for v in dossier.versions] == [(1, 2, 4)]
    assert rows.sightings(conn, third) == {2: 1, 3: 1, 4: 1}
    assert [hit.article.id for hit in search(conn, "two").hits] == []
    assert [hit.article.id for hit in search(conn, "views").hits] == [
        rows.find_article(conn, rows.list_articles(conn, order="oldest").rows[0].id)
    ]
    for view in ("statements_shown", "rejected_readings", "articles_with_conflicting_dates"):
        found = conn.execute(f"SELECT * FROM {view}").fetchall()
        assert all("title" not in row for row in found), view


def test_what_is_read_the_same_is_confirmed_and_not_written_again(archive: Archive) -> None:
    """One reading, two readers; the first one stays named."""
    count = (
        "SELECT (SELECT count(*) FROM readings), (SELECT count(*) FROM statements), (SELECT count(*) FROM sightings)"
    )
    before = archive.conn.execute(count).fetchone()
    told = lives(archive, "reader rules 2")
    again = [Life(life.held) for life in told]
    for life in again:
        for body in life.held.bodies:
            prepared = prepare(first(archive.capture(body.number)))
            life.next(body, lambda prepared=prepared: prepared)  # type: ignore[misc]
    with archive.writer(first, audit) as writer:
        writer.read_again(again, "reader rules 3", UNTIL)
    assert archive.conn.execute(count).fetchone() == before
    assert archive.conn.execute("SELECT DISTINCT reader, confirmed_by, valid_until FROM readings").fetchall() == [
        ("reader rules 1", "reader rules 3", None)
    ]


def test_an_article_that_changed_meanwhile_is_left_to_be_read_once_more(archive: Archive) -> None:
    """Between reading and entering, somebody else added a capture: nothing of the article is touched."""
    told = lives(archive, "reader rules 2")
    with archive.writer(first, audit) as writer:
        (entered,) = writer.commit([fetched(b"Title: Third\nBody five.", at=later(9))])
        assert writer.read_again(told, "reader rules 2", UNTIL) == (entered.article_id,)
    assert rereading.stale(archive.conn, "reader rules 2") == [entered.article_id]
    read_again(archive)
    assert [v.judgement for v in check(archive, second, audit) if v.judgement is not Judgement.MATCH] == []


def test_what_is_added_after_a_rereading_goes_on_from_it(archive: Archive) -> None:
    """Versions are numbered on, bytes that were seen are known, and everything verifies."""
    read_again(archive)
    with archive.writer(second, audit) as writer:
        seen, new = writer.commit(
            [fetched(b"Title: Third\nBody two.", at=later(9)), fetched(b"Title: Third\nBody six.", at=later(10))]
        )
    assert (seen.new_version, new.new_version) == (False, True)
    assert [v.number for v in rows.load_dossier(archive.conn, new.article_id or "").versions] == [1, 2]
    assert [v for v in check(archive, second, audit) if v.judgement is not Judgement.MATCH] == []


READING = (
    *("article_id", "version_id", "version", "first_capture", "content_digest", "sha256", "text_sha256"),
    *("page_text_sha256", "page_space", "format", "encoding", "notes", "title", "words", "reader", "confirmed_by"),
    *("digest", "statements_digest", "search_digest"),
)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE readings SET valid_until = NULL",
        "UPDATE readings SET valid_until = '2020' WHERE valid_until IS NOT NULL",
        "UPDATE readings SET confirmed_by = 'x' WHERE valid_until IS NOT NULL",
        "UPDATE statements SET value = 'x', valid_until = '2020' WHERE valid_until IS NULL",
        "UPDATE statements SET valid_until = NULL WHERE valid_until IS NOT NULL",
        "DELETE FROM statements WHERE valid_until IS NOT NULL",
        f"INSERT INTO readings SELECT 99, {', '.join(READING)}, NULL FROM readings WHERE valid_until IS NULL",
    ],
)
def test_what_ended_stays_ended(archive: Archive, sql: str) -> None:
    """The database itself refuses to bring an earlier reading back, to move its end, or to have two of today."""
    read_again(archive)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        archive.conn.execute(sql)


def test_tampering_with_an_earlier_reading_is_found(archive: Archive) -> None:
    """It cannot be read again, but its rows must still have the digest they were kept under."""
    read_again(archive)
    for sql in (
        "UPDATE statements SET value = 'x' WHERE number = 1",
        "UPDATE statements SET shown = 0 WHERE number = 2",
        "UPDATE readings SET encoding = 'x' WHERE number = 2",
        "DELETE FROM statements WHERE number = 3",
        "UPDATE _layouts SET layout = (SELECT layout FROM _layouts WHERE reading = 2) WHERE reading = 1",
    ):
        conn = sqlite3.connect(":memory:", isolation_level=None)
        archive.conn.backup(conn)
        for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            conn.execute(f"DROP TRIGGER {name}")
        conn.execute(sql)
        tampered = Archive(archive.folder, conn, read_only=True)
        found = [v for v in check(tampered) if v.subject == "reading" and v.judgement is Judgement.MISMATCH]
        assert [v.table for v in found] == ["readings"], sql
        conn.close()
