"""Everything that another person needs to check one capture alone: its records, texts, leaves and their way to a root.

Only what is held is handed out here, unchanged; what is made of it is `archiver.export.bundle`.
"""

import base64
import contextlib
import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from archiver.canonical import Json, sha256_hex
from archiver.errors import IntegrityError, NotFound, ProofError
from archiver.store import disk, leaves, log, rows, seal_files, seals, snapshots, warc
from archiver.store.archive import Archive
from archiver.store.prepared import STATEMENT, statements_json
from archiver.tlog import merkle, tiles
from archiver.tlog.checkpoints import Checkpoint
from archiver.tlog.notes import Note
from archiver.tlog.proofs import MAGIC

UNSIGNED_PROOF = "archiver/unsigned-proof@v1"
_CONTENT = frozenset({"response", "resource", "conversion"})
_DIGITS = 16  # of a number that fits a row
_LOOKS = 5  # at the log, while a writer may go on
_COLUMNS = ", ".join(f'"{name}"' for name in STATEMENT)


@dataclass(frozen=True, slots=True)
class Proof:
    """The members of a bundle, and what it speaks of. ``sealed``: a signed checkpoint covers it."""

    members: dict[str, bytes]
    capture: int
    article: str | None
    version: str | None
    sealed: bool


@dataclass(slots=True)
class _Parts:
    """What was gathered so far: members by name, and the leaves that need a proof, by the names of their files."""

    members: dict[str, bytes] = field(default_factory=dict)
    entries: dict[str, leaves.Leaf] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A capture, and the reading that goes with it."""

    capture: int
    article: str | None
    reading: int | None


def gather(archive: Archive, ref: str, *, with_text: bool = True, whole_file: bool = False) -> Proof:
    """What proves the capture, the version (``ID:N`` or its id) or the newest version of the article ``ref`` names.

    Without ``with_text`` the texts and the records that hold somebody's content stay here. With ``whole_file`` the WARC
    file of the capture is handed out with the other captures in it: then all its records are proven. Raises NotFound,
    IntegrityError when what is held is damaged, ProofError when it does not stand in the log.
    """
    with _as_of_now(archive.conn):
        asked = _asked(archive.conn, ref)
        parts = _Parts()
        _add_capture(archive, asked.capture, parts, with_text=with_text, whole_file=whole_file)
        version = None
        if asked.reading is not None:
            version = _add_reading(archive.conn, asked, parts, with_text=with_text)
        sealed = _add_log(archive, parts)
    return Proof(parts.members, asked.capture, asked.article, version, sealed)


@contextlib.contextmanager
def _as_of_now(conn: sqlite3.Connection) -> Iterator[None]:
    """All rows as they are at one moment, whatever a writer does meanwhile."""
    conn.execute("BEGIN")
    try:
        yield
    finally:
        conn.execute("ROLLBACK")


def _asked(conn: sqlite3.Connection, ref: str) -> _Asked:
    ref = ref.strip()
    if ref.isascii() and ref.isdigit() and len(ref) < _DIGITS:
        return _of_capture(conn, int(ref))
    name, colon, number = ref.rpartition(":")
    known = conn.execute("SELECT article_id, number FROM versions WHERE id = ?", (ref,)).fetchone()
    version: int | None = None
    if known is not None:
        article, version = known
    elif colon and number.isascii() and number.isdigit() and len(number) < _DIGITS:
        article, version = rows.find_article(conn, name), int(number)
    else:
        article = rows.find_article(conn, ref)
    row = conn.execute(
        "SELECT first_capture, reading FROM versions WHERE article_id = ? AND number = coalesce(?, number) "
        "ORDER BY number DESC LIMIT 1",
        (article, version),
    ).fetchone()
    if row is None:
        raise NotFound(f"nothing was kept that {ref!r} names", f"see: archiver history {article}")
    return _Asked(row[0], article, row[1])


def _of_capture(conn: sqlite3.Connection, number: int) -> _Asked:
    """A capture with what was read of it, or of the very same bytes by an earlier capture."""
    event = rows.capture_event(conn, number)
    found = conn.execute(
        "SELECT v.reading FROM sightings AS s JOIN versions AS v ON v.id = s.version_id "
        "JOIN captures AS c ON c.number = v.first_capture "
        "WHERE s.capture = ?1 AND s.valid_until IS NULL AND (v.first_capture = ?1 OR c.sha256 = ?2)",
        (number, event.sha256),
    ).fetchone()
    return _Asked(number, event.article_id, found[0] if found else None)


def _add_capture(archive: Archive, number: int, parts: _Parts, *, with_text: bool, whole_file: bool) -> None:
    name, offset, sha256 = archive.conn.execute(
        "SELECT warc_file, warc_offset, sha256 FROM captures WHERE number = ?", (number,)
    ).fetchone()
    data = _file(archive, name)
    ends = _record(data, offset, name)
    record = snapshots.metadata_of(ends)
    first = _record(data, 0, name)
    before = archive.conn.execute(
        "SELECT max(warc_offset) FROM captures WHERE warc_file = ? AND warc_offset < ?", (name, offset)
    ).fetchone()[0]
    start = first.length if before is None else before + _record(data, before, name).length
    found: list[warc.Record] = []
    for one in _records(data, start, offset, name):
        found = [] if snapshots.is_capture(one) else [*found, one]  # a capture that no row knows ended here
    kept = [one for one in (first, *found, ends) if with_text or one.type not in _CONTENT]
    own = b"".join(data[one.offset : one.offset + one.length] for one in kept)
    parts.members["capture.warc.gz"] = data if whole_file else own
    parts.members["metadata.json"] = ends.block
    parts.entries["capture"] = leaves.of_capture(record, name)
    if with_text and sha256 is not None and not any(_holds(one, sha256) for one in found):
        parts.members["body.warc.gz"] = _body(archive, sha256)


def _holds(record: warc.Record, sha256: str) -> bool:
    try:
        return record.type in _CONTENT and sha256_hex(snapshots.body_of(record)) == sha256
    except IntegrityError:  # an answer on the way that does not unpack
        return False


def _records(data: bytes, start: int, end: int, name: str) -> Iterator[warc.Record]:
    while start < end:
        record = _record(data, start, name)
        yield record
        start += record.length


def _record(data: bytes, offset: int, name: str) -> warc.Record:
    found = warc.read_one(data, offset)
    if isinstance(found, warc.Damage):
        raise IntegrityError(f"{disk.warc_path(name)}, byte {offset}: {found.what}", "see: archiver verify")
    return found


def _file(archive: Archive, name: str) -> bytes:
    path = archive.folder / disk.warc_path(name)
    try:
        return path.read_bytes()
    except OSError as error:
        raise IntegrityError(f"{path}: {error.strerror}", "a snapshot is missing; see: archiver verify") from error


def _body(archive: Archive, sha256: str) -> bytes:
    """The member of the record with that body, which an earlier capture brought."""
    places = archive.conn.execute("SELECT warc_file, warc_offset FROM snapshots WHERE sha256 = ?", (sha256,)).fetchall()
    again = "SELECT warc_file, warc_offset FROM captures WHERE sha256 = ? ORDER BY number DESC"
    for name, offset in archive.conn.execute(again, (sha256,)).fetchall():
        with contextlib.suppress(IntegrityError):
            place = archive.record_of(name, offset).payload_offset
            places += [] if place is None else [(name, place)]
    for name, offset in places:
        with contextlib.suppress(IntegrityError):
            data = _file(archive, name)
            record = _record(data, offset, name)
            if _holds(record, sha256):
                return data[offset : offset + record.length]
    raise IntegrityError(f"no snapshot holds the body {sha256} as it was captured", "see: archiver verify")


def _add_reading(conn: sqlite3.Connection, asked: _Asked, parts: _Parts, *, with_text: bool) -> str:
    """Add a reading, its statements and texts; answers the id of its version."""
    columns = (*leaves.READING_COLUMNS, "page_space", "format", "encoding")
    row = conn.execute(
        f"SELECT {', '.join(columns)}, notes FROM readings WHERE number = ?",  # noqa: S608
        (asked.reading,),
    ).fetchone()
    said = conn.execute(
        f"SELECT {_COLUMNS} FROM statements WHERE reading = ? ORDER BY number",  # noqa: S608
        (asked.reading,),
    ).fetchall()
    packed = conn.execute("SELECT layout FROM _layouts WHERE reading = ?", (asked.reading,)).fetchone()
    try:
        layout, notes = zlib.decompress(packed[0]), json.loads(row[-1])
    except (zlib.error, ValueError, TypeError) as error:
        message = f"reading {asked.reading} cannot be understood: {error}"
        raise IntegrityError(message, "see: archiver verify") from error
    read: dict[str, Json] = dict(zip(columns, row[:-1], strict=True))
    parts.members["reading.json"] = warc.json_bytes({**read, "notes": notes, "layout_sha256": sha256_hex(layout)})
    parts.members["statements.json"] = statements_json(said)
    parts.entries["reading"] = leaves.of_reading(row[: len(leaves.READING_COLUMNS)])
    if with_text:
        for name, column in (("text.txt", "text_sha256"), ("page.txt", "page_text_sha256")):
            parts.members[name] = _text(conn, str(read[column]))
    if read["first_capture"] != asked.capture:
        parts.entries["source"] = _leaf_of_capture(conn, int(str(read["first_capture"])))
    return str(read["version_id"])


def _text(conn: sqlite3.Connection, sha256: str) -> bytes:
    row = conn.execute("SELECT text FROM texts WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None:
        raise IntegrityError(f"the text {sha256} is missing", "see: archiver verify")
    return str(row[0]).encode("utf-8", "surrogatepass")


def _leaf_of_capture(conn: sqlite3.Connection, number: int) -> leaves.Leaf:
    row = conn.execute("SELECT entry FROM log WHERE kind = ? AND capture = ?", (leaves.CAPTURE, number)).fetchone()
    if row is None:
        raise ProofError(f"capture {number} is not in the log", "see: archiver verify")
    try:
        return leaves.parse(row[0].encode())
    except ValueError as error:
        raise ProofError(f"the leaf of capture {number}: {error}", "see: archiver verify") from error


def _add_log(archive: Archive, parts: _Parts) -> bool:
    """Add the leaves with their proofs and the head they lead to; True when that is a signed checkpoint."""
    for name, leaf in parts.entries.items():
        parts.members[f"{name}.leaf.json"] = leaf.entry
    places = {name: _place(archive.conn, name, leaf) for name, leaf in parts.entries.items()}
    for look in range(_LOOKS):  # a writer may put a wider tile in the place of one that is looked for
        try:
            found = _Way(archive.folder, places)
            members = found.sealed(seals.key_entries(archive.conn))
            parts.members |= members or found.unsealed()
            return bool(members)
        except OSError as error:
            if look == _LOOKS - 1 or not isinstance(error, FileNotFoundError):
                raise ProofError(f"{error.filename}: {error.strerror}", "see: archiver verify") from error
    return False


def _place(conn: sqlite3.Connection, name: str, leaf: leaves.Leaf) -> int:
    row = conn.execute("SELECT number FROM log WHERE hash = ?", (leaf.hash,)).fetchone()
    if row is None:
        raise ProofError(f"the log does not hold this {name} as it is now", "see: archiver verify")
    return int(row[0])


class _Way:
    """From leaves at their ``places`` (file name -> number) to a root, by the files of the log."""

    def __init__(self, folder: Path, places: Mapping[str, int]) -> None:
        self._folder = folder
        self._places = places
        self._least = max(places.values()) + 1  # entries of a log that holds them all
        self._head = log.head(folder)
        self._tiles = tiles.Tiles(self._head.size, lambda path: log.load(folder, path))
        if self._least > self._head.size:
            hint = "the next command that writes makes them; see: archiver verify"
            raise ProofError("this was entered, and the files of the log do not hold it yet", hint)

    def unsealed(self) -> dict[str, bytes]:
        """Members that lead to the unsigned head. Raises ProofError, OSError."""
        note = str(self._head).encode()
        return {log.HEAD: note, **self._proofs("", UNSIGNED_PROOF, self._head, note)}

    def sealed(self, keys: Sequence[seals.KeyEntry]) -> dict[str, bytes]:
        """Members that lead to the newest checkpoint, and to the first to which others set a time; empty: no seal."""
        newest = seals.newest(self._folder)
        if newest is None or newest[1].size < self._least:
            return {}
        members = self._checkpoint("", *newest)
        signatures = set(newest[0].signatures)
        first = self._first_with_a_time(newest[1].size)
        if first is not None:
            members |= self._checkpoint("earlier/", *first)
            signatures |= set(first[0].signatures)
        signers = {(one.name, one.key_id) for one in signatures}
        known = {str(entry.key) for entry in keys if (entry.key.name, entry.key.key_id) in signers}
        return {**members, "keys.txt": "".join(f"{vkey}\n" for vkey in sorted(known)).encode()}

    def _first_with_a_time(self, newest: int) -> tuple[Note, Checkpoint] | None:
        """The first checkpoint over all leaves, before the ``newest``, that has a token or a cosignature."""
        with_token = {seal_files.size_of_token(name) for name in seal_files.tokens(self._folder)}
        for size in seal_files.sizes(self._folder):
            if self._least <= size < newest:
                found = seals.read_checkpoint(self._folder, seal_files.checkpoint_path(size))
                if size in with_token or len(found[0].signatures) > 1:
                    return found
        return None

    def _checkpoint(self, place: str, note: Note, head: Checkpoint) -> dict[str, bytes]:
        members = {f"{place}{seal_files.NEWEST}": bytes(note)}
        for name in seal_files.tokens(self._folder):
            if seal_files.size_of_token(name) == head.size:
                path = f"{seal_files.ANCHORS}/{name}"
                members[path] = seal_files.load(self._folder, path)
        return members | self._proofs(place, MAGIC, head, bytes(note))

    def _proofs(self, place: str, magic: str, head: Checkpoint, note: bytes) -> dict[str, bytes]:
        members: dict[str, bytes] = {}
        for name, number in self._places.items():
            path = merkle.inclusion_proof(number, head.size, self._tiles.node)
            lines = [magic, f"index {number}", *(base64.b64encode(each).decode() for each in path)]
            members[f"{place}{name}.proof"] = "".join(f"{line}\n" for line in lines).encode() + b"\n" + note
        return members
