"""The tables are strict, explained, append-only, and nothing ever takes their triggers away."""

import re
import sqlite3
from pathlib import Path

import pytest

import archiver.store
from archiver.errors import ArchiveError
from archiver.store import schema
from archiver.store.archive import Archive
from archiver.store.rebuild import rebuild
from tests.store.helpers import read

APPEND_ONLY = [
    "warc_files", "snapshots", "captures", "texts", "readings", "sightings", "statements", "origins", "_layouts",
]  # fmt: skip


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_evidence_is_append_only(filled: Archive, table: str) -> None:
    """Update, delete and replace are refused by the database itself, whoever asks."""
    conn = filled.conn
    column = conn.execute(f"PRAGMA table_info({table})").fetchall()[-1][1]
    before = conn.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
    assert before
    marks = ", ".join("?" * len(before[0]))
    for recursive in ("ON", "OFF"):
        conn.execute(f"PRAGMA recursive_triggers = {recursive}")
        for sql, values in (
            (f'UPDATE {table} SET "{column}" = "{column}"', ()),
            (f"DELETE FROM {table}", ()),
            (f"INSERT OR REPLACE INTO {table} VALUES ({marks})", before[0]),
        ):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                conn.execute(sql, values)
    assert conn.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() == before


def test_an_article_keeps_its_key(filled: Archive) -> None:
    """Summaries may change, what it is about may not; and it is never deleted."""
    for sql in ("UPDATE articles SET key = 'x'", "UPDATE articles SET id = 'x'", "DELETE FROM articles"):
        with pytest.raises(sqlite3.IntegrityError):
            filled.conn.execute(sql)


def test_every_table_is_strict_and_every_column_explained() -> None:
    """A comment per column inside the CREATE TABLE text, where SQLite keeps it."""
    conn = sqlite3.connect(":memory:")
    for statement in schema.statements():
        conn.execute(statement)
    tables = [row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE TABLE%STRICT%'")]
    assert set(tables) | {"_search"} == set(schema.TABLES)
    for table in tables:
        columns = [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]
        assert list(schema.column_comments(table)) == columns
    conn.close()


def test_every_view_is_explained_and_answers(filled: Archive) -> None:
    """Each view has a sentence, and runs."""
    views = [row[0] for row in filled.conn.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
    assert set(views) == set(schema.VIEWS)
    for view in views:
        filled.conn.execute(f"SELECT * FROM {view}").fetchall()


def test_types_are_enforced(archive: Archive) -> None:
    """STRICT: a text is no number."""
    with pytest.raises(sqlite3.IntegrityError):
        archive.conn.execute("INSERT INTO warc_files VALUES (?, 'p', 'many', 1, 1, 1)", ("0" * 64,))


def test_rows_lead_to_rows(archive: Archive) -> None:
    """Foreign keys are on in every connection of ours."""
    with pytest.raises(sqlite3.IntegrityError):
        archive.conn.execute("INSERT INTO sightings VALUES (1, 'nobody', NULL)")


def test_a_missing_trigger_is_a_problem(filled: Archive) -> None:
    """As after sqlite-utils' transform(), which drops triggers without a word."""
    assert list(schema.problems(filled.conn)) == []
    filled.conn.execute("DROP TRIGGER statements_keep_update")
    filled.conn.execute("DROP INDEX captures_by_url")
    filled.conn.execute("CREATE TABLE mine (a)")
    assert dict(schema.problems(filled.conn)) == {
        "statements_keep_update": "is missing",
        "captures_by_url": "is missing",
        "mine": "does not belong here",
    }


def test_transform_is_never_called() -> None:
    """Nowhere in the store."""
    for path in Path(archiver.store.__file__).parent.glob("*.py"):
        assert not re.search(r"\.transform\(", path.read_text("utf-8")), path


def test_migrating_twice_changes_nothing(archive: Archive) -> None:
    """An archive of today's schema is left as it is."""
    before = archive.conn.execute("SELECT * FROM _sqlite_migrations").fetchall()
    schema.prepare(archive.conn)
    assert archive.conn.execute("SELECT * FROM _sqlite_migrations").fetchall() == before


def test_a_failed_migration_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a schema is worse than none: it is one transaction."""
    real = list(schema.statements())
    monkeypatch.setattr(schema, "statements", lambda: iter([*real[:20], "CREATE TABLE captures (broken"]))
    conn = schema.connect(tmp_path / "a.db")
    with pytest.raises(sqlite3.OperationalError):
        schema.prepare(conn)
    assert not conn.execute("SELECT name FROM sqlite_master WHERE name NOT LIKE '%sqlite%'").fetchall()
    assert conn.execute("PRAGMA user_version").fetchone()[0] == 0
    conn.close()


def test_an_archive_from_before_the_first_release_is_made_again(archive: Archive) -> None:
    """Its schema is not known any more; the error says what to do, and rebuild does it."""
    archive.conn.execute(f"PRAGMA user_version = {schema.OLDEST - 1}")
    with pytest.raises(ArchiveError) as caught:
        Archive.open(archive.folder)
    assert "archiver rebuild" in (caught.value.hint or "")
    archive.close()
    rebuild(archive.folder, read)
    with Archive.open(archive.folder) as again:
        assert again.conn.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)


def test_a_newer_archive_is_refused(archive: Archive) -> None:
    """An older program must not write what it does not understand."""
    archive.conn.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    with pytest.raises(ArchiveError, match="knows"):
        Archive.open(archive.folder)


LISTS = {
    "newest first": "SELECT id FROM articles WHERE versions > 0 ORDER BY last_capture DESC LIMIT 50",
    "by date": "SELECT id FROM articles WHERE versions > 0 AND (coalesce(published, ''), last_capture) < ('2024', 5) "
    "ORDER BY coalesce(published, '') DESC, last_capture DESC LIMIT 50",
    "by title": "SELECT id FROM articles WHERE versions > 0 AND (coalesce(title, ''), last_capture) > ('a', 5) "
    "ORDER BY coalesce(title, ''), last_capture LIMIT 50",
    "of an outlet": "SELECT id FROM articles WHERE versions > 0 AND outlet_domain = 'x' LIMIT 50",
    "history": "SELECT number FROM captures WHERE article_id = 'x' ORDER BY number",
    "held file": "SELECT number FROM captures WHERE sha256 = 'x' AND url IS NULL ORDER BY number LIMIT 1",
    "statements of a reading": "SELECT id FROM statements WHERE reading = 5 ORDER BY number",
    "versions of an article": "SELECT id FROM versions WHERE article_id = 'x' ORDER BY number",
    "readers of today": "SELECT DISTINCT confirmed_by FROM readings WHERE valid_until IS NULL ORDER BY 1",
    "not audited since": "SELECT id FROM articles WHERE versions > 0 AND audited IS NULL",
    "findings of a rule": "SELECT article_id FROM findings WHERE rule = 'x' AND severity = 'high'",
    "who waits for this address": "SELECT article_id FROM origins WHERE key = 'https://x.example/' "
    "AND valid_until IS NULL",
}


@pytest.mark.parametrize("sql", LISTS.values(), ids=LISTS)
def test_lists_walk_an_index(archive: Archive, sql: str) -> None:
    """No list scans a table or sorts one: that is what makes 100,000 articles bearable."""
    plan = " | ".join(row[3] for row in archive.conn.execute(f"EXPLAIN QUERY PLAN {sql}"))
    assert "INDEX" in plan
    assert "TEMP B-TREE" not in plan
