"""The log under snapshots/log/ and the rows that hold it: the same entries, under the root that they have.

The files are hashed from their entries up to the root, tile by tile, so that whatever differs is named by its file and,
where an entry stands there, by its number.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archiver.errors import ProofError
from archiver.store import disk, leaves, log, seal_files
from archiver.store.archive import Archive
from archiver.store.verdicts import Judgement, Verdict
from archiver.tlog import merkle, tiles
from archiver.tlog.checkpoints import Checkpoint


@dataclass(slots=True)
class _Level:
    """The hashes of one level that are not written as a whole tile yet, and how many tiles came before them."""

    hashes: list[bytes] = field(default_factory=list)
    number: int = 0


def check_log(archive: Archive, told: Checkpoint | None) -> Iterator[Verdict]:
    """Verdicts on the files of the log and on its rows.

    ``told`` is what ``head`` said before anything else of the archive was read: a writer may go on meanwhile, and a log
    only grows. None: it could not be read, which was told already.
    """
    if told is None:
        return
    wrong = False
    for verdict in _files_and_rows(archive, told):
        wrong = True
        yield verdict
    if not wrong:
        yield Verdict(Judgement.MATCH, "log", f"{told.size} entries, under the root that {log.HEAD} names")
    yield from _unpublished(archive.conn, told)
    yield from _not_held(archive.conn)


def read_head(folder: Path) -> tuple[Checkpoint | None, tuple[Verdict, ...]]:
    """What ``head`` says, or None and why it cannot be read."""
    try:
        told = log.head(folder)
    except ProofError as error:
        return None, (_file(log.HEAD, error.message),)
    if not told.size and (folder / log.FOLDER / "tile").exists() and not disk.is_unfinished(folder):
        return None, (_file(log.HEAD, "is missing"),)
    return told, ()


def _files_and_rows(archive: Archive, told: Checkpoint) -> Iterator[Verdict]:
    yield from _rows(archive.conn)
    levels: list[_Level] = []
    for number in range(-(-told.size // tiles.WIDTH)):
        width = min(tiles.WIDTH, told.size - number * tiles.WIDTH)
        yield from _bundle(archive, number, width, levels)
    yield from _partial_tiles(archive.folder, levels)
    root = _root(levels)
    if root != told.root:
        yield _file(log.HEAD, f"its root is not that of the {told.size} entries under {log.FOLDER}")
    yield from _strangers(archive.folder, told.size)


def _bundle(archive: Archive, number: int, width: int, levels: list[_Level]) -> Iterator[Verdict]:
    """One file of entries, against the rows; its hashes go up the levels, and full tiles are compared on the way."""
    first = number * tiles.WIDTH
    rows = dict(
        archive.conn.execute("SELECT number, entry FROM log WHERE number >= ? AND number < ?", (first, first + width))
    )
    path, wanted = tiles.path_of(tiles.ENTRIES, number, width), width
    try:
        data, wanted = _load(archive.folder, tiles.ENTRIES, number, width)
        kept = tiles.parse_bundle(data)
    except ProofError as error:
        yield _file(path, error.message)
        kept = [str(rows.get(place, "")).encode() for place in range(first, first + wanted)]
    if len(kept) != wanted:
        yield _file(path, f"holds {len(kept)} entries and not {wanted}")
    kept = [*kept, *[b""] * width][:width]
    yield from _same_as_rows(path, first, kept, rows)
    yield from _add(archive.folder, levels, 0, [merkle.leaf_hash(entry) for entry in kept])


def _same_as_rows(path: str, first: int, kept: list[bytes], rows: dict[int, str]) -> Iterator[Verdict]:
    for place, entry in enumerate(kept, first):
        row = rows.get(place)
        if row is None:
            yield _row(place, "number", f"entry {place} is under {log.FOLDER} and has no row", entry)
        elif row.encode("utf-8", "surrogatepass") != entry:
            yield _row(place, "entry", f"says something else than entry {place} of {log.FOLDER}/{path}", entry)


def _add(folder: Path, levels: list[_Level], level: int, hashes: list[bytes]) -> Iterator[Verdict]:
    if level == len(levels):
        levels.append(_Level())
    here = levels[level]
    here.hashes += hashes
    while len(here.hashes) >= tiles.WIDTH:
        whole, here.hashes = here.hashes[: tiles.WIDTH], here.hashes[tiles.WIDTH :]
        yield from _tile(folder, level, here.number, whole)
        here.number += 1
        yield from _add(folder, levels, level + 1, [tiles.subtree(whole)])


def _partial_tiles(folder: Path, levels: list[_Level]) -> Iterator[Verdict]:
    for level, here in enumerate(levels):
        if here.hashes:
            yield from _tile(folder, level, here.number, here.hashes)


def _tile(folder: Path, level: int, number: int, hashes: list[bytes]) -> Iterator[Verdict]:
    path = tiles.path_of(level, number, len(hashes))
    try:
        data, width = _load(folder, level, number, len(hashes))
    except ProofError as error:
        yield _file(path, error.message)
        return
    size = merkle.HASH_SIZE
    wanted = b"".join(hashes)
    if data[: len(wanted)] == wanted and len(data) == width * size:
        return
    differs = [i for i in range(len(hashes)) if data[i * size : (i + 1) * size] != hashes[i]]
    if not differs:
        yield _file(path, f"has {len(data)} bytes and not {width * size}")
    for place in differs:
        covers = tiles.WIDTH**level
        start = (number * tiles.WIDTH + place) * covers
        what = f"entry {start}" if level == 0 else f"entries {start}-{start + covers - 1}"
        yield _file(path, f"the hash of {what} is not that of what stands there", offset=place * size)


def _root(levels: list[_Level]) -> bytes:
    """The root over what is left on every level: the largest subtrees come first."""
    return merkle.root_over([peak for level in reversed(levels) for peak in _peaks(level.hashes)])


def _peaks(hashes: list[bytes]) -> list[bytes]:
    """The hashes of the complete subtrees over ``hashes``, fewer than 256, the largest first."""
    found, at = [], 0
    for bit in reversed(range(tiles.HEIGHT)):
        if len(hashes) >> bit & 1:
            found.append(tiles.subtree(hashes[at : at + (1 << bit)]))
            at += 1 << bit
    return found


def _rows(conn: sqlite3.Connection) -> Iterator[Verdict]:
    """That every row is what its entry says, in an unbroken row from 0 on."""
    expected = 0
    for number, kind, capture, digest, entry in conn.execute(
        "SELECT number, kind, capture, hash, entry FROM log ORDER BY number"
    ):
        data = entry.encode("utf-8", "surrogatepass")
        if number != expected:
            yield _row(number, "number", f"stands behind entry {expected - 1}", data)
        expected = number + 1
        try:
            leaf = leaves.parse(data)
        except ValueError as error:
            yield _row(number, "entry", str(error), data)
            continue
        for column, here, there in (
            ("kind", kind, leaf.kind),
            ("capture", capture, leaf.capture),
            ("hash", digest, leaf.hash),
        ):
            if here != there:
                yield _row(number, column, f"says {here!r}; the entry says {there!r}", data)


def _unpublished(conn: sqlite3.Connection, told: Checkpoint) -> Iterator[Verdict]:
    more = log.size(conn) - told.size
    if more > 0:
        many = "1 entry has" if more == 1 else f"{more} entries have"
        message = f"{many} no file yet: the next command that writes makes it"
        yield Verdict(Judgement.UNCHECKABLE, "log", message, file=f"{log.FOLDER}/{log.HEAD}")


def _not_held(conn: sqlite3.Connection) -> Iterator[Verdict]:
    """What the log names and the rows do not hold."""
    for number in log.captures_without_row(conn):
        message = f"capture {number} is in the log and has no row"
        yield Verdict(Judgement.MISMATCH, "capture", message, table="captures", row=str(number), captures=(number,))
    for number in log.judgements_without_row(conn):
        message = f"judgement {number} is in the log and has no row"
        yield Verdict(Judgement.MISMATCH, "judgement", message, table="judgements", row=str(number))
    named = conn.execute("SELECT count(*) FROM log WHERE kind = 'reading'").fetchone()[0]
    held = conn.execute("SELECT count(*) FROM readings").fetchone()[0]
    if named > held:
        message = f"{named - held} readings of another time are in the log and not held any more"
        yield Verdict(Judgement.UNCHECKABLE, "log", message)


def _strangers(folder: Path, size: int) -> Iterator[Verdict]:
    """Whatever lies among the files of the log and is none of them."""
    for root, folders, names in os.walk(folder / log.FOLDER):
        folders.sort()
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        for path in sorted(Path(root) / name for name in [*names, *links]):
            relative = str(path.relative_to(folder / log.FOLDER))
            if not path.is_symlink() and not path.exists():  # a writer is at work, and had it there for a moment
                continue
            if path.is_symlink() or not path.is_file():
                yield _file(relative, "does not belong here")
            elif disk.is_temporary(path):
                yield _left(relative, "a file that is being written, or was left when a writer was stopped")
            elif relative not in _KNOWN and not seal_files.is_seal(relative) and not _is_part(relative, size):
                if tiles.parse_path(relative) is None:
                    yield _file(relative, "does not belong here")
                else:
                    yield _left(relative, "a tile of another size of the log: a writer is at work, or was stopped")


_LOOKS = 5  # at a tile, while a writer may put one after the other in its place
_KNOWN = frozenset({log.HEAD})


def _is_part(relative: str, size: int) -> bool:
    """True for a tile of a log of this size."""
    parsed = tiles.parse_path(relative)
    if parsed is None:
        return False
    level, number, width = parsed
    full, partial = divmod(size if level == tiles.ENTRIES else size >> (tiles.HEIGHT * int(level)), tiles.WIDTH)
    return width == tiles.WIDTH if number < full else (number, width) == (full, partial)


def _left(path: str, message: str) -> Verdict:
    return Verdict(Judgement.UNCHECKABLE, "log", message, file=f"{log.FOLDER}/{path}")


def _load(folder: Path, level: int | str, number: int, width: int) -> tuple[bytes, int]:
    """The bytes of a tile and how wide it is: a writer who goes on meanwhile puts a wider one in its place."""
    place = folder / log.FOLDER / tiles.path_of(level, number, width)
    for _ in range(_LOOKS):
        for path, wide in ((place, width), *_wider(folder, level, number, width)):
            if path.is_symlink():
                raise ProofError("is a link, not a file")
            try:
                return path.read_bytes(), wide
            except FileNotFoundError:
                continue
            except OSError as error:
                raise ProofError(f"cannot be read: {error.strerror}") from error
    raise ProofError("is missing")


def _wider(folder: Path, level: int | str, number: int, width: int) -> list[tuple[Path, int]]:
    """The wider ones of a tile that are there."""
    full = folder / log.FOLDER / tiles.path_of(level, number)
    found = [(full, tiles.WIDTH)] if width < tiles.WIDTH and full.is_file() else []
    partial = full.with_name(full.name + ".p")
    with contextlib.suppress(OSError):
        names = [int(path.name) for path in partial.iterdir() if path.name.isascii() and path.name.isdigit()]
        found += [(partial / str(wide), wide) for wide in sorted(names) if width < wide < tiles.WIDTH]
    return found


def _file(path: str, message: str, offset: int | None = None) -> Verdict:
    return Verdict(Judgement.MISMATCH, "log", message, file=f"{log.FOLDER}/{path}", offset=offset)


def _row(number: int, column: str, message: str, entry: bytes) -> Verdict:
    try:
        capture = leaves.parse(entry).capture
    except ValueError:
        capture = None
    captures = (capture,) if capture is not None else ()
    return Verdict(Judgement.MISMATCH, "log", message, table="log", row=str(number), column=column, captures=captures)
