"""The tables, how they came about, and what must be true of every archive.db.

Migrations are appended, never edited, and never call sqlite-utils' ``transform()``: it drops triggers, and the
triggers are what keeps evidence from being edited. ``problems`` says what is not as it should be.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path

from archiver.errors import ArchiveBusy, ArchiveError, ArchiverError, IntegrityError, NotAnArchive

APPLICATION_ID = 0x41524356  # "ARCV"
VERSION = 3  # user_version of the newest schema
OLDEST = 3  # before this one every archive is made again from its snapshots: archiver rebuild
UNDATED = "-"  # what stands for the moment of a migration

# What each view answers, in one sentence; for pages, Datasette's metadata and docs/schema.md.
VIEWS = {
    "versions": "Distinct editorial states of an article, in order, as they are read today.",
    "undated_articles": "Articles whose newest version states no date of publication.",
    "articles_without_outlet": "Articles of which nobody can say who published them.",
    "changed_articles": "Articles of which more than one editorial state is held.",
    "attempts_without_article": "Addresses that were tried and never gave anything to keep.",
    "outlets": "Who published what is held, and how many articles.",
    "failed_captures": "Attempts that gave no usable page, each with the reason.",
    "origins_shown": "Where texts came from, with the words that say so, and whether the origin is held.",
    "origins_not_captured": "Origins that are named but not held: what to capture next.",
    "credited_translations": "Texts that say themselves that they are translations, and of what.",
    "statements_shown": "Every value that is shown, with the words it rests on.",
    "rejected_readings": "Every value that was read and is not shown, and why.",
    "earlier_statements": "What rules of another time read: kept, and not shown any more.",
    "articles_with_conflicting_dates": "Articles that state a date beside another one that is not shown.",
    "judgements_in_force": "What people decided about values and origins, and did not withdraw.",
    "findings_of_articles": "What the audit reports, with the article it is about.",
}

TABLES = {
    "articles": "What one address, or one imported text, is about over time.",
    "captures": "Every attempt to capture: when, how and what came of it. Append-only.",
    "snapshots": "The bytes that were captured, each stored once. Append-only.",
    "warc_files": "The files under snapshots/. Append-only.",
    "readings": "What was read of each version, and by which rules. Append-only: another reading ends it.",
    "sightings": "Which capture showed which version. Append-only: another reading ends it.",
    "texts": "Clean texts and page texts, each stored once. Append-only.",
    "statements": "One value of one property of one version, with its words. Append-only: another reading ends it.",
    "origins": "Where a version came from, as its shown statements say. Append-only: another reading ends it.",
    "judgements": "What people decided about a value or an origin: who, when and why. Append-only.",
    "log": "What was entered, in order, as the leaves of a Merkle tree. Append-only.",
    "findings": "What the audit reports; replaced when an article is audited again.",
    "_layouts": "How page texts are cut into blocks, for the pages.",
    "_search": "Full text, folded over scripts and diacritics.",
}


# What SQLite and Python raise over a file that is no sound database: damaged names cannot even be decoded.
UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
# What SQLite raises over a mistake of ours: it is no matter of the file, and nobody is helped by a sentence about it.
OURS_TO_MEND = (sqlite3.IntegrityError, sqlite3.ProgrammingError)


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection with every safety on: foreign keys, WAL, FULL durability, patience.

    Raises ArchiveError, or IntegrityError when the file is damaged. Statements run by
    themselves unless they stand between BEGIN and COMMIT.
    """
    try:
        conn = _connect_read_only(path) if read_only else sqlite3.connect(path, isolation_level=None)
        conn.execute("PRAGMA busy_timeout = 30000")
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("PRAGMA recursive_triggers = ON")
        if not read_only:
            conn.execute("PRAGMA journal_mode = WAL")
            conn.execute("PRAGMA synchronous = FULL")
    except UNREADABLE as error:
        raise unreadable(path, error) from error
    return conn


def unreadable(path: Path, error: Exception) -> ArchiverError:
    """What SQLite said of ``path``, for a person; damage is a matter of integrity, a lock one of patience."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return ArchiveBusy(f"{path}: somebody else is writing", "wait until that command is done, then do it again")
    hint = "the snapshots are the truth: archiver rebuild makes archive.db again from them"
    if isinstance(error, UnicodeDecodeError) or name.startswith("SQLITE_CORRUPT"):
        return IntegrityError(f"{path}: {error}", hint)
    return ArchiveError(f"{path}: {error}", hint)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """What SQLite says of the database at ``path``, inside the block, becomes an ArchiverError; our mistakes do not."""
    try:
        yield
    except OURS_TO_MEND:
        raise
    except sqlite3.DatabaseError as error:
        raise unreadable(path, error) from error


def fold_in(conn: sqlite3.Connection) -> None:
    """Bring everything from the WAL into the file itself. Raises sqlite3.DatabaseError when that is not done.

    Closing the last connection does the same, and says nothing when the disk refuses.
    """
    busy, _, _ = conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise sqlite3.OperationalError("the database is in use, and must be whole without its WAL")


def prepare(conn: sqlite3.Connection) -> None:
    """Bring an empty database to the newest schema. Raises ArchiveError for one that is newer or too old."""
    version = conn.execute("PRAGMA user_version").fetchone()[0]
    if version == VERSION:
        return
    _must_be_known(version)
    # sqlite-utils costs half a second to import, which a command that finds nothing to migrate need not pay.
    from sqlite_utils import Database, Migrations

    migrations = Migrations("archiver")

    @migrations()
    def tables(db: Database) -> None:
        for statement in statements():
            db.conn.execute(statement)
        db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.conn.execute(f"PRAGMA user_version = {VERSION}")

    migrations.apply(Database(conn, execute_plugins=False))
    # When a migration ran here is no fact of the archive: a rebuilt database must be equal row for row.
    conn.execute("UPDATE _sqlite_migrations SET applied_at = ? WHERE applied_at <> ?", (UNDATED, UNDATED))


def check_identity(conn: sqlite3.Connection, path: Path, oldest: int = OLDEST) -> None:
    """Nothing, if ``conn`` is an archive of a schema from ``oldest`` on. Raises NotAnArchive or ArchiveError."""
    try:
        application = conn.execute("PRAGMA application_id").fetchone()[0]
        version = conn.execute("PRAGMA user_version").fetchone()[0]
    except UNREADABLE as error:
        raise unreadable(path, error) from error
    if application != APPLICATION_ID:
        raise NotAnArchive(f"{path}: a database, but not an archive", "name another folder with --archive")
    _must_be_known(version, oldest)


def _must_be_known(version: int, oldest: int = OLDEST) -> None:
    """Nothing for an empty database or one of a schema that is understood. Raises ArchiveError."""
    if version > VERSION:
        raise ArchiveError(
            f"this archive has schema {version}, and this archiver knows {VERSION}", "install a newer archiver"
        )
    if 0 < version < oldest:
        raise ArchiveError(
            f"this archive.db has schema {version}, which was given up before the first release",
            "the snapshots are the truth: archiver rebuild makes archive.db again from them",
        )


def problems(conn: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Every way in which tables, views, indexes or triggers are not as the migrations make them: (name, what)."""
    expected, found = _expected(), _objects(conn)
    for name, sql in expected.items():
        if name not in found:
            yield name, "is missing"
        elif found[name] != sql:
            yield name, "is not as it was made"
    for name in found.keys() - expected.keys():
        yield name, "does not belong here"
    if conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        yield "application_id", "is not that of an archive"


def statements() -> Iterator[str]:
    """The statements of ``schema.sql``, one by one: ``executescript`` would commit in the middle of a migration."""
    statement = ""
    for line in files("archiver.store").joinpath("schema.sql").read_text("utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""


def column_comments(table: str) -> dict[str, str]:
    """What each column of a table means, from the comments in its CREATE TABLE text."""
    sql = next(text for text in statements() if f"CREATE TABLE {table} " in text)
    found = re.findall(r'^  "?([a-z_0-9]+)"? [^\n]*?-- ([^\n]+)$', sql, re.M)
    return {name: comment.strip() for name, comment in found}


def _connect_read_only(path: Path) -> sqlite3.Connection:
    conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        # On a read-only medium WAL cannot make its side files; nobody can be writing there either.
        conn.close()
        conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    return conn


def _objects(conn: sqlite3.Connection) -> dict[str, str]:
    rows = conn.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "AND name NOT LIKE '\\_sqlite\\_migrations' ESCAPE '\\' AND name NOT LIKE 'idx\\_\\_sqlite\\_%' ESCAPE '\\'"
    )
    return dict(rows.fetchall())


@cache
def _expected() -> dict[str, str]:
    conn = sqlite3.connect(":memory:")
    for statement in statements():
        conn.execute(statement)
    found = _objects(conn)
    conn.close()
    return found
