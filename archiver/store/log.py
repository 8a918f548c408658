"""The log of an archive: rows of archive.db while it is written, files under snapshots/log/ for everybody else.

An entry is part of the transaction that enters what it speaks of. The files follow from the entries
(c2sp.org/tlog-tiles), are written after the transaction, and are written again where a stopped writer left them out.
``head`` names the size and the root of the log in the form of a checkpoint (c2sp.org/tlog-checkpoint), unsigned.
"""

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from archiver.errors import IntegrityError, ProofError
from archiver.store import disk, leaves
from archiver.store.acts import JUDGEMENT
from archiver.store.leaves import Leaf
from archiver.tlog import merkle, tiles
from archiver.tlog.checkpoints import Checkpoint, parse_checkpoint

FOLDER = f"{disk.SNAPSHOTS}/log"
HEAD = "head"
UNSIGNED = "the log of this archive, signed by nobody"
NO_ENTRIES = Checkpoint(UNSIGNED, 0, merkle.EMPTY_ROOT)

_AT_ONCE = 64 * tiles.WIDTH  # entries in memory while files are written


def append(conn: sqlite3.Connection, leaf: Leaf) -> None:
    """Put ``leaf`` at the end, unless the log holds it already. The caller holds the transaction.

    Raises IntegrityError when the log holds another leaf of the same capture.
    """
    digest = leaf.hash
    if leaf.kind == leaves.CAPTURE:
        known = conn.execute(
            "SELECT hash FROM log WHERE capture = ? AND kind = ?", (leaf.capture, leaf.kind)
        ).fetchone()
    else:
        known = conn.execute("SELECT hash FROM log WHERE hash = ?", (digest,)).fetchone()
    if known is None:
        add(conn, leaf, digest)
    elif known[0] != digest:
        raise IntegrityError(
            f"capture {leaf.capture} is not the one that the log of this archive holds",
            "a snapshot comes from another archive or was replaced; archiver verify says which",
        )


def add(conn: sqlite3.Connection, leaf: Leaf, digest: str) -> None:
    """Put a leaf with that hash at the end."""
    number = size(conn)
    conn.execute(
        "INSERT INTO log VALUES (?, ?, ?, ?, ?)", (number, leaf.kind, leaf.capture, digest, leaf.entry.decode())
    )


def size(conn: sqlite3.Connection) -> int:
    """How many entries the rows hold."""
    return int(conn.execute("SELECT coalesce(max(number), -1) + 1 FROM log").fetchone()[0])


def entries(conn: sqlite3.Connection, start: int = 0) -> Iterator[bytes]:
    """The entries from number ``start`` on, as the rows have them."""
    for (entry,) in conn.execute("SELECT entry FROM log WHERE number >= ? ORDER BY number", (start,)):
        yield entry.encode()


def captures_without_row(conn: sqlite3.Connection) -> list[int]:
    """Numbers of the captures that the log names and ``captures`` does not hold."""
    named = "SELECT capture FROM log WHERE kind = ? AND capture NOT IN (SELECT number FROM captures) ORDER BY capture"
    return [number for (number,) in conn.execute(named, (leaves.CAPTURE,))]


def judgements_without_row(conn: sqlite3.Connection) -> list[int]:
    """Numbers of the judgements that the log names and ``judgements`` does not hold."""
    named = (
        "SELECT said FROM (SELECT json_extract(entry, '$.predicate.number') AS said FROM log WHERE kind = ?) "
        "WHERE said NOT IN (SELECT number FROM judgements) ORDER BY said"
    )
    return [number for (number,) in conn.execute(named, (JUDGEMENT,))]


def load(folder: Path, path: str) -> bytes:
    """The bytes of a file of the log. Raises OSError."""
    return (folder / FOLDER / path).read_bytes()


def head(folder: Path) -> Checkpoint:
    """What the files say of their size and root; NO_ENTRIES where there are none. Raises ProofError."""
    try:
        told = parse_checkpoint(load(folder, HEAD).decode("utf-8"))
    except FileNotFoundError:
        return NO_ENTRIES
    except (OSError, UnicodeDecodeError) as error:
        raise ProofError(f"{folder / FOLDER / HEAD} cannot be read: {error}", "see: archiver verify") from error
    if told != Checkpoint(UNSIGNED, told.size, told.root):
        raise ProofError(f"{folder / FOLDER / HEAD} is not what an archiver writes there", "see: archiver verify")
    return told


def publish(folder: Path, conn: sqlite3.Connection, *, again: bool = False) -> None:
    """Write the files of the entries that have none yet, or of all of them. Only for whoever holds the lock.

    Whatever is interrupted here is done by the next writer: the rows hold the log. Raises ArchiveError when the disk
    refuses, ProofError when the files there are not those of these rows.
    """
    published, wanted = NO_ENTRIES if again else head(folder), size(conn)
    if published.size == wanted:
        return
    _must_continue(folder, conn, published.size, wanted)
    rest = entries(conn, published.size)
    while part := list(islice(rest, _AT_ONCE)):
        published = _grown(folder, published, part)


def tidy(folder: Path) -> None:
    """Take away partial tiles that a stopped writer left. Only for whoever holds the lock. Raises ArchiveError."""
    try:
        kept = {tiles.path_of(*one) for one in tiles.widths(head(folder).size)}
        for path in (folder / FOLDER / "tile").glob("**/*.p/*"):
            if str(path.relative_to(folder / FOLDER)) not in kept:
                _remove(path)
    except OSError as error:
        raise disk.disk_error(error, folder / FOLDER) from error


def restored(folder: Path) -> list[bytes]:
    """All entries that the files hold. Raises ProofError when they are not those that ``head`` names."""
    told = head(folder)
    found = _tiles(folder, told.size)
    kept: list[bytes] = []
    try:
        for number in range(-(-told.size // tiles.WIDTH)):
            kept += found.entries(number)
    except OSError as error:
        raise ProofError(f"{error.filename}: {error.strerror}", "see: archiver verify") from error
    if merkle.Frontier(map(merkle.leaf_hash, kept)).root() != told.root:
        raise ProofError(
            f"{folder / FOLDER}: the entries do not have the root that {HEAD} names", "see: archiver verify"
        )
    return kept


def fill(conn: sqlite3.Connection, kept: Sequence[bytes]) -> None:
    """Enter the entries of an earlier log into an empty one. Raises ProofError for one that no archiver wrote."""
    for number, entry in enumerate(kept):
        try:
            leaf = leaves.parse(entry)
        except ValueError as error:
            raise ProofError(f"entry {number} of the log: {error}", "see: archiver verify") from error
        add(conn, leaf, leaf.hash)


def _must_continue(folder: Path, conn: sqlite3.Connection, published: int, wanted: int) -> None:
    """That the rows go on where the files end. Raises ProofError."""
    hint = "archive.db was put back from an older copy, or somebody changed one of the two: archiver verify says which"
    if wanted < published:
        raise ProofError(f"archive.db holds {wanted} entries of the log, and {FOLDER} holds {published}", hint)
    if not published:
        return
    last = published - 1
    row = conn.execute("SELECT entry FROM log WHERE number = ?", (last,)).fetchone()
    try:
        there = _tiles(folder, published).entry(last)
    except OSError as error:
        raise disk.disk_error(error, folder / FOLDER) from error
    if row is None or row[0].encode() != there:
        raise ProofError(f"entry {last} of the log is not the same in archive.db and under {FOLDER}", hint)


def _grown(folder: Path, before: Checkpoint, part: Sequence[bytes]) -> Checkpoint:
    """Write the files for some more entries, then the head that counts them."""
    after = before.size + len(part)
    try:
        written = [
            _write(folder, path, data)
            for path, data in tiles.growth(before.size, part, lambda path: load(folder, path))
        ]
        for place in dict.fromkeys(path.parent for path in written):
            disk.sync_folder(place)
        now = Checkpoint(UNSIGNED, after, merkle.root(after, _tiles(folder, after).node))
        disk.sync_folder(_write(folder, HEAD, str(now).encode()).parent)
        _prune(folder, before.size, after)
    except OSError as error:
        raise disk.disk_error(error, folder / FOLDER) from error
    return now


def _write(folder: Path, path: str, data: bytes) -> Path:
    place = folder / FOLDER / path
    disk.make_folder(place.parent)
    disk.replace_synced(place, data, folder / FOLDER)
    return place


def _prune(folder: Path, before: int, after: int) -> None:
    """Take away the partial tiles of the smaller log: all they hold is in those of the larger one."""
    kept = {tiles.path_of(*one) for one in tiles.widths(after)}
    for one in tiles.widths(before):
        path = tiles.path_of(*one)
        if path not in kept and one[2] < tiles.WIDTH:
            _remove(folder / FOLDER / path)


def _remove(path: Path) -> None:
    """Take away a partial tile, and its folder with the last one."""
    path.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        path.parent.rmdir()


def _tiles(folder: Path, count: int) -> tiles.Tiles:
    return tiles.Tiles(count, lambda path: load(folder, path))
