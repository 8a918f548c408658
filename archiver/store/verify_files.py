"""The snapshots under ``snapshots/`` and the rows that speak of them: each file, record and capture asked."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from archiver.canonical import sha256_hex
from archiver.errors import IntegrityError
from archiver.store import disk, insert, leaves, log, warc
from archiver.store.acts import row_of
from archiver.store.archive import Archive
from archiver.store.files import CaptureFile, FoundAct, FoundCapture, read_file
from archiver.store.readme import EDITIONS
from archiver.store.verdicts import Judgement, Verdict

Part: TypeAlias = Callable[[sqlite3.Connection], Iterator[Verdict]]

_COMPARED = (
    *("outcome", "reason", "grade", "requested_url", "url", "captured_at", "added_at", "status", "media_type"),
    *("charset", "format", "language", "filename", "etag", "last_modified", "sha256", "size", "warc_file"),
    "warc_offset",
)


# What a damaged database raises when it is asked.
UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)


def check_files(archive: Archive) -> Iterator[Verdict]:
    """Verdicts on every file that is there or should be, on its records and on the rows made from them."""
    try:
        entered = dict(archive.conn.execute("SELECT sha256, path FROM warc_files ORDER BY first_capture").fetchall())
    except UNREADABLE as error:
        yield damaged_database(error)
        entered = {}
    for sha256, path in entered.items():
        try:
            yield from list(_entered_file(archive, sha256, path))
        except UNREADABLE as error:
            yield damaged_database(error)
            yield from _file_by_itself(archive, sha256)
    yield from _strangers(archive, entered)


def damaged_database(error: Exception) -> Verdict:
    """archive.db does not answer."""
    message = f"archive.db cannot be read to its end: {error}"
    return Verdict(Judgement.MISMATCH, "database", message, file="archive.db")


def _file_by_itself(archive: Archive, sha256: str) -> Iterator[Verdict]:
    """A file against its name alone, where the rows cannot be asked."""
    relative = disk.warc_path(sha256)
    try:
        file = read_file(archive.folder / relative)
    except IntegrityError as error:
        yield Verdict(Judgement.MISMATCH, "file", error.message, file=relative)
        return
    for damage in file.damages:
        yield Verdict(Judgement.MISMATCH, "record", damage.what, file=relative, offset=damage.offset)
    sound = file.sha256 == sha256 and not file.damages
    message = "as it was written" if sound else f"not what was written: its SHA-256 is {file.sha256}"
    yield Verdict(Judgement.MATCH if sound else Judgement.MISMATCH, "file", message, file=relative)


def _entered_file(archive: Archive, sha256: str, told: str) -> Iterator[Verdict]:
    relative = disk.warc_path(sha256)
    path = archive.folder / relative
    concerned = _concerned(archive.conn, sha256)
    if told != relative:
        yield _row("warc_files", sha256, "path", f"says {told!r}; its place is {relative!r}", relative)
    if path.is_symlink() or not path.is_file():
        what = "is a link, not a file" if path.is_symlink() else "is missing"
        yield Verdict(Judgement.MISMATCH, "file", what, file=relative, **concerned)
        return
    try:
        file = read_file(path)
    except IntegrityError as error:
        yield Verdict(Judgement.MISMATCH, "file", error.message, file=relative, **concerned)
        return
    wrong = list(_file(archive.conn, file, sha256, relative))
    wrong += _rows_of_file(archive.conn, file, sha256, relative)
    yield from wrong
    if not wrong:
        held = (
            "1 judgement: as it was made" if file.acts else f"{len(file.captures)} captures: all as they were captured"
        )
        message = f"{file.records} records, {held}"
        yield Verdict(Judgement.MATCH, "file", message, file=relative, many=len(file.captures))
        return
    concerns = {number for verdict in wrong for number in verdict.captures}
    sound = sum(capture.record.number not in concerns for capture in file.captures)
    if sound and all(verdict.captures or verdict.subject in {"file", "row"} for verdict in wrong):
        message = f"{sound} other captures of the file are as they were captured"
        yield Verdict(Judgement.MATCH, "capture", message, file=relative, many=sound)


def _file(conn: sqlite3.Connection, file: CaptureFile, sha256: str, relative: str) -> Iterator[Verdict]:
    """The file against its name: what is damaged, record by record where that can be told."""
    if file.sha256 == sha256 and not file.damages:
        return
    located = [*file.damages]
    if not located:
        located = list(_packed_otherwise(file.path))
    for damage in located:
        yield Verdict(
            Judgement.MISMATCH,
            "record",
            damage.what,
            file=relative,
            offset=damage.offset,
            **_concerned(conn, sha256, damage.offset),
        )
    if file.sha256 != sha256:
        message = f"the file is not what was written: its SHA-256 is {file.sha256}"
        where = _concerned(conn, sha256) if not located else {}
        yield Verdict(Judgement.MISMATCH, "file", message, file=relative, **where)


def _packed_otherwise(path: Path) -> Iterator[warc.Damage]:
    """Records whose content is right and whose gzip bytes are not those this program writes."""
    data = path.read_bytes()
    for found in warc.read_all(data):
        if isinstance(found, warc.Record):
            there = data[found.offset : found.offset + found.length]
            if warc.repacked(found) != there:
                yield warc.Damage(found.offset, "the gzip bytes were changed, though they still unpack to the same")


def _rows_of_file(conn: sqlite3.Connection, file: CaptureFile, sha256: str, relative: str) -> list[Verdict]:
    wrong = []
    row = conn.execute(
        "SELECT size, records, first_capture, last_capture FROM warc_files WHERE sha256 = ?", (sha256,)
    ).fetchone()
    if row is None:
        wrong.append(_row("warc_files", sha256, "sha256", "its row cannot be found by its key", relative))
    elif (file.captures or file.acts) and not file.damages:
        numbers: list[int | None] = [capture.record.number for capture in file.captures] or [None]
        again = (file.size, file.records, numbers[0], numbers[-1])
        for column, here, there in zip(("size", "records", "first_capture", "last_capture"), row, again, strict=True):
            if here != there:
                wrong.append(_row("warc_files", sha256, column, f"says {here!r}; the file says {there!r}", relative))
    for capture in file.captures:
        wrong += _capture_row(conn, capture, sha256, relative)
        wrong += _snapshot_row(conn, file, capture, sha256, relative)
    for found in file.acts:
        wrong += _act_row(conn, found, sha256, relative)
    entered = {row[0] for row in conn.execute("SELECT number FROM captures WHERE warc_file = ?", (sha256,))}
    for number in sorted(entered - {capture.record.number for capture in file.captures}):
        message = f"capture {number} is not in the file that should record it"
        wrong.append(Verdict(Judgement.MISMATCH, "capture", message, file=relative, captures=(number,)))
    return wrong


def _capture_row(conn: sqlite3.Connection, capture: FoundCapture, sha256: str, relative: str) -> Iterator[Verdict]:
    number = capture.record.number
    found = conn.execute(
        f"SELECT {', '.join(_COMPARED)} FROM captures WHERE number = ?",  # noqa: S608 - constants
        (number,),
    ).fetchone()
    where: dict[str, Any] = {"file": relative, "offset": capture.offset, "captures": (number,)}
    if found is None:
        yield Verdict(Judgement.MISMATCH, "capture", f"capture {number} has no row", table="captures", **where)
        return
    logged = conn.execute("SELECT hash FROM log WHERE capture = ? AND kind = ?", (number, leaves.CAPTURE)).fetchone()
    if logged is None or logged[0] != leaves.of_capture(capture.record, sha256).hash:
        what = "is not in the log" if logged is None else "is not the one that the log holds"
        yield Verdict(Judgement.MISMATCH, "capture", f"capture {number} {what}", table="log", **where)
    told = insert.event_row(capture.record, None, sha256, capture.offset)
    for column, here in zip(_COMPARED, found, strict=True):
        if here != told[column]:
            message = f"says {here!r}; the snapshot says {told[column]!r}"
            yield Verdict(
                Judgement.MISMATCH, "capture", message, table="captures", row=str(number), column=column, **where
            )


def _act_row(conn: sqlite3.Connection, found: FoundAct, sha256: str, relative: str) -> Iterator[Verdict]:
    number, told = found.act.number, row_of(found.act, sha256, found.offset)
    where: dict[str, Any] = {"file": relative, "offset": found.offset, "table": "judgements", "row": str(number)}
    if not conn.execute("SELECT 1 FROM log WHERE hash = ?", (leaves.of_act(found.act, sha256).hash,)).fetchone():
        yield Verdict(Judgement.MISMATCH, "judgement", f"judgement {number} is not in the log", **where)
    row = conn.execute(f"SELECT {', '.join(told)} FROM judgements WHERE number = ?", (number,)).fetchone()  # noqa: S608
    if row is None:
        yield Verdict(Judgement.MISMATCH, "judgement", f"judgement {number} has no row", **where)
        return
    for (column, there), here in zip(told.items(), row, strict=True):
        if here != there:
            message = f"says {here!r}; the file says {there!r}"
            yield Verdict(Judgement.MISMATCH, "judgement", message, column=column, **where)


def _snapshot_row(
    conn: sqlite3.Connection, file: CaptureFile, capture: FoundCapture, sha256: str, relative: str
) -> Iterator[Verdict]:
    record = capture.record
    if record.payload_offset is None or record.sha256 is None:
        return
    row = conn.execute(
        "SELECT size, warc_file, warc_offset, first_capture FROM snapshots WHERE sha256 = ?", (record.sha256,)
    ).fetchone()
    where: dict[str, Any] = {"file": relative, "offset": record.payload_offset, "captures": (record.number,)}
    body = file.bodies.get(record.sha256)
    told = (len(body) if body is not None else record.size, sha256, record.payload_offset, record.number)
    if row is None:
        yield Verdict(Judgement.MISMATCH, "snapshot", "has no row", table="snapshots", row=record.sha256, **where)
        return
    if row[3] < record.number and row[1] != sha256:  # stored again, because the first place was damaged
        return
    for column, here, there in zip(("size", "warc_file", "warc_offset", "first_capture"), row, told, strict=True):
        if here != there:
            message = f"says {here!r}; the snapshot says {there!r}"
            yield Verdict(
                Judgement.MISMATCH, "snapshot", message, table="snapshots", row=record.sha256, column=column, **where
            )


def _strangers(archive: Archive, entered: dict[str, str]) -> Iterator[Verdict]:
    """Whatever lies under snapshots/ and is neither an entered file nor the README."""
    expected = {archive.folder / disk.warc_path(sha256) for sha256 in entered}
    readme = archive.folder / disk.SNAPSHOTS / disk.README
    expected.add(readme)
    if readme.is_file() and sha256_hex(readme.read_bytes()) not in EDITIONS:
        message = "is not the text that archiver writes there; delete it, and archiver rebuild puts it back"
        yield Verdict(Judgement.MISMATCH, "file", message, file=str(readme.relative_to(archive.folder)))
    for folder, folders, names in os.walk(archive.folder / disk.SNAPSHOTS):
        if Path(folder) == archive.folder / disk.SNAPSHOTS and not (archive.folder / log.FOLDER).is_symlink():
            folders[:] = [name for name in folders if name != Path(log.FOLDER).name]  # looked at by verify_log
        folders.sort()
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        for path in sorted(Path(folder) / name for name in [*names, *links]):
            if path not in expected:
                yield _stranger(path, str(path.relative_to(archive.folder)))


def _stranger(path: Path, relative: str) -> Verdict:
    if disk.is_temporary(path):
        message = "a file that is being written, or was left when a writer was stopped"
        return Verdict(Judgement.UNCHECKABLE, "file", message, file=relative)
    if path.is_file() and not path.is_symlink() and path.name.endswith(disk.WARC_SUFFIX):
        file = read_file(path)
        if file.is_whole and relative == disk.warc_path(file.sha256):
            numbers = tuple(capture.record.number for capture in file.captures)
            message = "whole, and not entered: the next command that writes enters it if it follows the others"
            return Verdict(Judgement.UNCHECKABLE, "file", message, file=relative, captures=numbers)
    return Verdict(Judgement.MISMATCH, "file", "does not belong here", file=relative)


def _concerned(conn: sqlite3.Connection, sha256: str, offset: int | None = None) -> dict[str, Any]:
    """The captures and articles that a file, or the record at ``offset`` of it, speaks of.

    A record belongs to the first capture whose metadata record does not lie before it; the record before the
    first capture (warcinfo) and anything after the last belong to all.
    """
    rows = conn.execute(
        "SELECT number, article_id, warc_offset FROM captures WHERE warc_file = ? ORDER BY number", (sha256,)
    ).fetchall()
    if offset:
        rows = next(([row] for row in rows if row[2] >= offset), rows)
    return {
        "captures": tuple(row[0] for row in rows),
        "articles": tuple(dict.fromkeys(row[1] for row in rows if row[1])),
    }


def _row(table: str, row: str, column: str, message: str, file: str) -> Verdict:
    return Verdict(Judgement.MISMATCH, "row", message, file=file, table=table, row=row, column=column)
