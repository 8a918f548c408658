"""Whatever is changed under snapshots/ or in archive.db is found, and located."""

import json
import random
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from archiver.errors import ArchiverError, IntegrityError
from archiver.model import Capture, Reading
from archiver.store import disk
from archiver.store.archive import Archive
from archiver.store.dump import dump
from archiver.store.verdicts import Judgement, Verdict
from archiver.store.verify import check
from tests.store.helpers import audit, read

SEED = 20_261_122


def wrong(folder: Path, *, deep: bool = True) -> list[Verdict]:
    with Archive.open(folder, read_only=True) as archive:
        found = list(check(archive, read if deep else None, audit))
    return [one for one in found if one.judgement is Judgement.MISMATCH]


def overwrite(path: Path, data: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(data)


def test_a_sound_archive_is_all_matches(filled: Archive) -> None:
    """Nothing uncheckable either, when everything is read again; and nothing is written."""
    before = {path: path.stat().st_mtime_ns for path in filled.folder.rglob("*") if path.suffix == ".gz"}
    found = list(check(filled, read, audit))
    assert {one.judgement for one in found} == {Judgement.MATCH}
    assert {one.subject for one in found} >= {"schema", "database", "file", "text", "quote"}
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_shallow_check_says_what_it_did_not_do(filled: Archive) -> None:
    """Uncheckable is an answer of its own."""
    found = list(check(filled))
    assert [one.subject for one in found if one.judgement is Judgement.UNCHECKABLE] == ["version"]


def test_one_flipped_bit_anywhere_is_found_and_located(filled: Archive) -> None:
    """In every file, at places all over it: the file is named, and a record or capture of it."""
    filled.close()
    dice = random.Random(SEED)
    for path in disk.warc_files(filled.folder).values():
        data = path.read_bytes()
        for place in [*sorted(dice.sample(range(len(data)), 40)), 0, len(data) - 1]:
            flipped = bytearray(data)
            flipped[place] ^= 1 << dice.randrange(8)
            overwrite(path, bytes(flipped))
            found = wrong(filled.folder, deep=False)
            relative = str(path.relative_to(filled.folder))
            assert any(one.file == relative and one.subject == "file" for one in found), place
            located = [one for one in found if one.file == relative and one.offset is not None]
            assert located, place
            assert all(one.captures for one in located), place
            assert min(one.offset or 0 for one in located) <= place
        overwrite(path, data)
    assert not wrong(filled.folder)


def test_a_changed_readme_is_found(filled: Archive) -> None:
    """The text that explains the folder to others is part of what is held."""
    readme = filled.folder / "snapshots" / disk.README
    sound = readme.read_bytes()
    overwrite(readme, sound.replace(b"SHA-256", b"SHA-257", 1))
    assert [one.file for one in wrong(filled.folder)] == ["snapshots/README"]
    overwrite(readme, sound)
    assert not wrong(filled.folder)


def test_a_flip_names_the_capture_it_hits(filled: Archive) -> None:
    """Not the whole batch: the body of the second file is the second capture's."""
    (row,) = filled.conn.execute("SELECT warc_file, warc_offset FROM snapshots WHERE first_capture = 2").fetchall()
    path = filled.folder / disk.warc_path(row[0])
    data = bytearray(path.read_bytes())
    data[row[1] + 150] ^= 4
    overwrite(path, bytes(data))
    found = [one for one in wrong(filled.folder, deep=False) if one.subject == "record"]
    assert found
    assert {one.captures for one in found} == {(2,)}
    assert all(one.articles for one in found)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: data + b"x",
        lambda data: data + data,
        lambda data: b"",
        lambda data: bytes(len(data)),
        lambda data: data[100:],
    ],
    ids=["cut by one", "cut in half", "one more byte", "twice", "empty", "zeros", "beginning gone"],
)
def test_other_damage_is_found(filled: Archive, change: Callable[[bytes], bytes]) -> None:
    """Cut, grown, emptied: named with the captures that are concerned."""
    for path in disk.warc_files(filled.folder).values():
        data = path.read_bytes()
        overwrite(path, change(data))
        found = wrong(filled.folder)
        assert any(one.file == str(path.relative_to(filled.folder)) for one in found)
        assert any(one.captures for one in found)
        overwrite(path, data)
    assert not wrong(filled.folder)


def test_missing_moved_and_strange_files_are_found(filled: Archive, tmp_path: Path) -> None:
    """Missing, swapped, linked, copied, foreign: each said for what it is."""
    one, two, three = sorted(disk.warc_files(filled.folder).values())
    first, second = one.read_bytes(), two.read_bytes()
    overwrite(one, second)
    overwrite(two, first)
    assert {found.file for found in wrong(filled.folder)} >= {
        str(path.relative_to(filled.folder)) for path in (one, two)
    }
    overwrite(one, first)
    overwrite(two, second)
    assert not wrong(filled.folder)
    kept = tmp_path / "kept"
    three.rename(kept)
    assert [found.message for found in wrong(filled.folder, deep=False)] == ["is missing"]
    three.symlink_to(kept)
    assert "is a link, not a file" in [found.message for found in wrong(filled.folder, deep=False)]
    three.unlink()
    kept.rename(three)
    for stranger in ("snapshots/x.txt", "snapshots/ab/.hidden", f"snapshots/{three.name}", "snapshots/ab/c/d"):
        path = filled.folder / stranger
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(first)
        assert [(found.file, found.message) for found in wrong(filled.folder)] == [(stranger, "does not belong here")]
        path.unlink()
    assert not wrong(filled.folder)


# Tables that can be edited, each with its key, and the columns that are no evidence of what was captured or read:
# who read it and when it was audited are asked elsewhere, and numbers of rows only keep them apart.
EDITED = {
    "warc_files": ("sha256", ()),
    "snapshots": ("sha256", ()),
    "articles": ("id", ("audited",)),
    "captures": ("number", ()),
    "texts": ("sha256", ()),
    "readings": ("number", ("number", "reader", "confirmed_by")),
    "sightings": ("capture", ()),
    "statements": ("number", ("number",)),
    "origins": ("statement", ()),
    "findings": ("article_id, position", ()),
}
# A reading is shown as a version, and what is wrong with one of its rows may be said of the reading.
SAID_OF = {"readings": {"readings", "versions"}, "statements": {"statements", "readings"}}


def _columns(conn: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in conn.execute(f"PRAGMA table_info({table})") if row[1] not in EDITED[table][1]]


def _tamper(conn: sqlite3.Connection, table: str, column: str) -> bool:
    """Change one value of the first row; False when the schema itself refuses."""
    key = EDITED[table][0]
    (value,) = conn.execute(f'SELECT "{column}" FROM {table} ORDER BY {key} LIMIT 1').fetchone()
    new = 1 - value if column == "shown" else value + 100 if isinstance(value, int) else "0" * 64
    first = f"({key}) = (SELECT {key} FROM {table} ORDER BY {key} LIMIT 1)"
    try:
        conn.execute(f'UPDATE {table} SET "{column}" = ? WHERE {first}', (new,))
    except sqlite3.IntegrityError:
        return False
    return True


def test_an_edit_of_any_column_of_any_table_is_found_and_located(filled: Archive) -> None:
    """By somebody who turned triggers and foreign keys off: table, row and column are named."""
    filled.close()
    path = filled.folder / "archive.db"
    sound = path.read_bytes()
    edited, missed = 0, []
    for turn in range(30):
        conn = sqlite3.connect(path, isolation_level=None)
        conn.execute("PRAGMA synchronous = OFF")
        conn.execute("BEGIN")
        triggers = conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            conn.execute(f"DROP TRIGGER {name}")
        # One column of each table a turn, so that a hundred edits cost thirty checks.
        turns = [(table, _columns(conn, table)[turn]) for table in EDITED if turn < len(_columns(conn, table))]
        done = [(table, column) for table, column in turns if _tamper(conn, table, column)]
        for _, sql in triggers:
            conn.execute(sql)
        conn.execute("COMMIT")
        conn.close()
        found = wrong(filled.folder) if done else []
        for table, column in done:
            edited += 1
            located = [one for one in found if one.table in SAID_OF.get(table, {table}) and one.row is not None]
            if not any(one.column in {column, None} or column in EDITED[table][0] for one in located):
                missed.append((table, column, [one.place for one in found]))
        for side in filled.folder.glob("archive.db-*"):
            side.unlink()
        path.write_bytes(sound)
    assert missed == []
    assert edited > 90


def _says(folder: Path) -> list[str] | None:
    """Everything the database says, or None when it cannot be read."""
    conn = sqlite3.connect(f"{(folder / 'archive.db').as_uri()}?mode=ro", uri=True)
    try:
        return list(dump(conn))
    except (sqlite3.DatabaseError, UnicodeDecodeError, json.JSONDecodeError):
        return None
    finally:
        conn.close()


def _is_reported(folder: Path) -> bool:
    try:
        return bool(wrong(folder))
    except ArchiverError as error:  # it cannot even be opened, and says what to do
        return bool(error.hint)


def test_flipped_bits_of_the_database_are_found_where_they_change_what_it_says(filled: Archive) -> None:
    """SQLite's own check misses nine of ten; bits in free space are nobody's concern."""
    filled.close()
    path = filled.folder / "archive.db"
    sound, told = path.read_bytes(), _says(filled.folder)
    dice = random.Random(SEED)
    changed = 0
    for place in dice.sample(range(4096, len(sound)), 150):
        flipped = bytearray(sound)
        flipped[place] ^= 1 << dice.randrange(8)
        path.write_bytes(flipped)
        if _says(filled.folder) != told:
            changed += 1
            assert _is_reported(filled.folder), place
    path.write_bytes(sound)
    assert changed > 5
    assert not wrong(filled.folder)


@pytest.mark.parametrize(
    "edit",
    [
        "DELETE FROM findings",
        "INSERT INTO _search (rowid, title, text) VALUES (77, 'x', 'y')",
        "UPDATE articles SET versions = 9",
        "DROP TRIGGER captures_keep_delete",
        "DROP VIEW outlets",
        "CREATE TABLE more (a)",
        "PRAGMA application_id = 1",
    ],
)
def test_edits_that_triggers_allow_are_found(filled: Archive, edit: str) -> None:
    """Mutable tables, the schema, the full text."""
    filled.conn.execute(edit)
    assert [one for one in check(filled, read, audit) if one.judgement is Judgement.MISMATCH]


def test_a_ruined_page_of_the_database_does_not_end_the_check(filled: Archive) -> None:
    """The snapshots are still checked, and the database is named as what is wrong."""
    (page,) = filled.conn.execute("SELECT rootpage FROM sqlite_master WHERE name = 'statements'").fetchone()
    filled.close()
    path = filled.folder / "archive.db"
    data = bytearray(path.read_bytes())
    data[4096 * (page - 1) : 4096 * page] = bytes(4096)
    path.write_bytes(data)
    found = wrong(filled.folder)
    assert any(one.subject == "database" for one in found)
    assert not any(one.subject == "file" for one in found)


def test_a_ruined_schema_is_an_integrity_error(filled: Archive) -> None:
    """Nothing can be asked of such a database: opening says so, and that a rebuild helps."""
    filled.close()
    path = filled.folder / "archive.db"
    data = bytearray(path.read_bytes())
    data[100:4096] = bytes(3996)
    path.write_bytes(data)
    with pytest.raises(IntegrityError) as caught:
        Archive.open(filled.folder)
    assert "rebuild" in (caught.value.hint or "")


def test_a_quote_that_was_moved_is_found_without_reading_again(filled: Archive) -> None:
    """Offsets are checked letter by letter."""
    filled.conn.execute("DROP TRIGGER statements_keep_update")
    filled.conn.execute('UPDATE statements SET start = start + 1, "end" = "end" + 1 WHERE number = 1')
    found = [one for one in check(filled) if one.subject == "quote" and one.judgement is Judgement.MISMATCH]
    assert [(one.table, one.row, bool(one.articles)) for one in found] == [("statements", "1", True)]


def test_a_verdict_is_plain_json(filled: Archive) -> None:
    """For `--json`."""
    for verdict in check(filled, read, audit):
        assert json.loads(json.dumps(verdict.as_json()))["judgement"] == "match"


def test_what_another_reader_read_is_uncheckable_not_altered(filled: Archive) -> None:
    """After an upgrade of the rules a difference in what was read is no alarm."""

    def newer(capture: Capture) -> Reading:
        reading = read(capture)
        untitled = tuple(one for one in reading.statements if one.property != "title")
        return replace(reading, statements=untitled, reader="a newer one")

    verdicts = [v for v in check(filled, newer) if v.judgement is not Judgement.MATCH]
    assert {v.judgement for v in verdicts} == {Judgement.UNCHECKABLE}
    assert any(v.table == "statements" for v in verdicts)


def test_what_another_reader_read_is_one_line_for_each_reason(filled: Archive) -> None:
    """Not one for each row: who stopped a rereading of thousands needs to be told how many are left, and what to do."""

    def newer(capture: Capture) -> Reading:
        return replace(read(capture), statements=(), reader="a newer one")

    verdicts = [v for v in check(filled, newer) if v.judgement is Judgement.UNCHECKABLE]
    (reader,) = [v.message for v in verdicts if v.subject == "version"]
    held = filled.conn.execute("SELECT count(DISTINCT article_id) FROM versions").fetchone()[0]
    assert held > 1
    assert reader.startswith(f"{held} articles were read by other rules (")
    assert "archiver reread goes on" in reader
    reasons = [(v.table, v.message) for v in verdicts if v.subject == "row"]
    assert len({(table, message.lstrip("0123456789")) for table, message in reasons}) == len(reasons)
    lost = filled.conn.execute("SELECT count(*) FROM statements WHERE valid_until IS NULL").fetchone()[0]
    assert ("statements", f"{lost} rows would not be there, as other rules read them") in reasons


def test_an_older_reading_cannot_be_altered_under_the_name_of_its_reader(filled: Archive) -> None:
    """Who claims that another reader read it so must still have rows with the digest of that reading."""
    filled.close()
    conn = sqlite3.connect(filled.folder / "archive.db", isolation_level=None)
    for name, _ in conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall():
        if name.startswith(("readings_", "statements_")):
            conn.execute(f"DROP TRIGGER {name}")
    conn.execute("UPDATE readings SET confirmed_by = 'an older one'")
    conn.execute("UPDATE statements SET value = 'read otherwise' WHERE number = 1")
    conn.close()
    assert {v.table for v in wrong(filled.folder) if v.subject != "schema"} == {"readings"}
