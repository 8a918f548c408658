"""The log outlives archive.db: a rebuild begins with the entries that the files, or the rows in place, still hold."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from archiver.errors import ArchiverError, ProofError
from archiver.store import log, schema
from archiver.tlog import merkle


@dataclass(frozen=True, slots=True)
class KeptLog:
    """The entries to go on from; whether the files must be written again; and what is lost, in sentences."""

    entries: tuple[bytes, ...]
    write_again: bool = False
    lost: tuple[str, ...] = ()


def kept_log(folder: Path, database: Path) -> KeptLog:
    """What is left of the log of an archive: of its files under ``folder`` and of the rows of ``database``.

    One of them may be ahead of the other. Where they contradict each other the files are taken, where the files are
    damaged the rows, if they have the root that the files name; anything else is a loss.
    """
    rows = _rows(database)
    try:
        files = tuple(log.restored(folder))
    except ProofError as error:
        return _without_files(folder, rows, error)
    if rows[: len(files)] == files:
        return KeptLog(rows)
    if files[: len(rows)] == rows:
        return KeptLog(files)
    return KeptLog(
        files, lost=(f"the log in {database} is not the one under {folder / log.FOLDER}: the files are taken",)
    )


def named_and_lost(conn: sqlite3.Connection) -> tuple[str, ...]:
    """A sentence for each capture and each judgement that the log names and that was not entered."""
    named = [f"capture {number}" for number in log.captures_without_row(conn)]
    named += [f"judgement {number}" for number in log.judgements_without_row(conn)]
    return tuple(f"{one}: the log names it, and no file that can be read holds it" for one in named)


def _without_files(folder: Path, rows: tuple[bytes, ...], error: ProofError) -> KeptLog:
    try:
        told = log.head(folder)
    except ProofError:
        return KeptLog(rows, write_again=True, lost=(error.message,))
    same = len(rows) >= told.size and merkle.Frontier(map(merkle.leaf_hash, rows[: told.size])).root() == told.root
    return KeptLog(rows, write_again=True, lost=() if same else (error.message,))


def _rows(database: Path) -> tuple[bytes, ...]:
    """The entries in the database in place; none where it is damaged, or of another schema."""
    if not database.is_file():
        return ()
    try:
        conn = schema.connect(database, read_only=True)
    except ArchiverError:
        return ()
    try:
        schema.check_identity(conn, database)
        return tuple(log.entries(conn))
    except (ArchiverError, *schema.UNREADABLE):
        return ()
    finally:
        conn.close()
