"""What makes others able to hold an archive to its word: keys, signed checkpoints, timestamps and cosignatures.

Keys and anchors are entries of the log. The leaf holds all there is to know: the public key and who endorsed it, the
digest of a token, the line of a cosignature. A checkpoint is signed by the key that was in force at its size: the
last one that stands among the entries it counts.
"""

import base64
import binascii
import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from archiver.canonical import Json, sha256_hex
from archiver.errors import ProofError
from archiver.store import leaves, log, seal_files
from archiver.store.archive import Archive
from archiver.store.entering import transaction
from archiver.store.leaves import Leaf
from archiver.timepoint import utc_text
from archiver.tlog import keys, merkle, notes, tiles
from archiver.tlog.checkpoints import Checkpoint, parse_checkpoint
from archiver.tlog.keys import SigningKey
from archiver.tlog.notes import Note, Signature, VerifierKey

TOKEN, COSIGNATURE = "rfc3161", "cosignature"
_DIGEST = re.compile(r"[0-9a-f]{64}")  # it becomes part of a path


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A key of the log: the number of the entry that brought it, whose place it takes and who endorsed it."""

    number: int
    key: VerifierKey
    replaces: str | None
    endorsement: bytes | None
    made_at: str


@dataclass(frozen=True, slots=True)
class AnchorEntry:
    """What somebody outside said of a checkpoint: a token (its digest) or a cosignature (its line)."""

    number: int
    size: int
    root: str
    form: str
    token: str | None = None
    line: str | None = None


@dataclass(frozen=True, slots=True)
class Sealed:
    """A signed checkpoint; ``new`` is False when nothing was entered since that needs another."""

    note: Note
    size: int
    new: bool


def of_key(key: VerifierKey, replaces: VerifierKey | None, endorsement: bytes | None, made_at: datetime) -> Leaf:
    """The leaf of a new key of the log; ``endorsement`` is the old key's signature under the handover."""
    said: dict[str, Json] = {
        "vkey": str(key),
        "replaces": str(replaces) if replaces else None,
        "endorsement": base64.b64encode(endorsement).decode() if endorsement is not None else None,
        "made_at": utc_text(made_at),
    }
    return leaves.of_none(seal_files.KEY, {"public key": sha256_hex(key.public)}, said)


def of_token(head: Checkpoint, token: bytes) -> Leaf:
    """The leaf of a timestamp token over the text of a checkpoint."""
    digests = {"checkpoint": sha256_hex(str(head).encode()), "token": sha256_hex(token)}
    return leaves.of_none(seal_files.ANCHOR, digests, {"form": TOKEN, **_counted(head)})


def of_cosignature(head: Checkpoint, signature: Signature) -> Leaf:
    """The leaf of a witness's signature under a checkpoint."""
    line = str(signature).rstrip("\n")
    digests = {"checkpoint": sha256_hex(str(head).encode()), "cosignature": sha256_hex(line.encode())}
    return leaves.of_none(seal_files.ANCHOR, digests, {"form": COSIGNATURE, **_counted(head), "line": line})


def key_entries(conn: sqlite3.Connection) -> list[KeyEntry]:
    """All keys of the log in their order. Raises ProofError for an entry that names none."""
    found: list[KeyEntry] = []
    for number, said, _ in _entries(conn, seal_files.KEY):
        try:
            endorsement = said["endorsement"]
            signed = None if endorsement is None else base64.b64decode(str(endorsement), validate=True)
            replaces = None if said["replaces"] is None else str(said["replaces"])
            found.append(
                KeyEntry(number, notes.parse_key(str(said["vkey"])), replaces, signed, str(said.get("made_at")))
            )
        except (KeyError, binascii.Error, ValueError, ProofError) as error:
            raise ProofError(f"entry {number} of the log names no key: {error}", "see: archiver verify") from error
    return found


def anchor_entries(conn: sqlite3.Connection) -> list[AnchorEntry]:
    """All anchors of the log in their order. Raises ProofError for an entry that is none."""
    found: list[AnchorEntry] = []
    for number, said, digests in _entries(conn, seal_files.ANCHOR):
        size, root, form, line = (said.get(name) for name in ("size", "root", "form", "line"))
        token = digests.get("token")
        known = (form == TOKEN and _DIGEST.fullmatch(token or "")) or (form == COSIGNATURE and isinstance(line, str))
        if not known or not isinstance(size, int) or size < 0 or not isinstance(root, str):
            raise ProofError(f"entry {number} of the log is no anchor", "see: archiver verify")
        found.append(AnchorEntry(number, size, root, str(form), token, None if line is None else str(line)))
    return found


def in_force(entries: Sequence[KeyEntry], size: int) -> KeyEntry | None:
    """The key that signs a log of ``size`` entries: the last that stands among them."""
    return next((entry for entry in reversed(entries) if entry.number < size), None)


def unendorsed(entries: Sequence[KeyEntry], place: int) -> str | None:
    """Why the key at ``place`` does not follow from the one before it, or None where it does."""
    entry = entries[place]
    if place == 0:
        return None if entry.replaces is None else "it says that it takes the place of a key that is not in the log"
    before = entries[place - 1].key
    if entry.replaces != str(before):
        return f"it does not take the place of the key that was in force, {before}"
    if entry.key.name != before.name:
        return f"it has another name than the key that was in force, {before}"
    if entry.endorsement is None:
        return f"the key that was in force, {before}, did not endorse it"
    try:
        keys.check_endorsement(before, entry.key, entry.endorsement)
    except ProofError:
        return f"the endorsement by the key that was in force, {before}, does not hold"
    return None


def enter(archive: Archive, *entered: Leaf) -> int:
    """Put leaves at the end of the log; answers the number of the last. Only inside ``Archive.writer``.

    Raises ArchiveError when the disk refuses.
    """
    with transaction(archive.conn):
        for leaf in entered:
            log.append(archive.conn, leaf)
    log.publish(archive.folder, archive.conn)
    row = archive.conn.execute("SELECT number FROM log WHERE hash = ?", (entered[-1].hash,)).fetchone()
    return int(row[0])


def newest(folder: Path) -> tuple[Note, Checkpoint] | None:
    """The newest signed checkpoint, None where nothing was sealed; its copy where it is damaged. Raises ProofError."""
    sizes = seal_files.sizes(folder)
    places = [seal_files.NEWEST] if (folder / log.FOLDER / seal_files.NEWEST).exists() or sizes else []
    places += [seal_files.checkpoint_path(size) for size in sizes[-1:]]
    found: list[tuple[Note, Checkpoint]] = []
    trouble: ProofError | None = None
    for place in places:
        try:
            found.append(read_checkpoint(folder, place))
        except ProofError as error:
            trouble = trouble or error
    if not found and trouble is not None:
        raise trouble
    return max(found, key=lambda one: (one[1].size, len(one[0].signatures)), default=None)


def read_checkpoint(folder: Path, path: str) -> tuple[Note, Checkpoint]:
    """The checkpoint in a file of the log; its signatures are not checked. Raises ProofError that names the file."""
    try:
        note = notes.parse_note(seal_files.load(folder, path))
        return note, parse_checkpoint(note.text)
    except ProofError as error:
        raise ProofError(f"{folder / log.FOLDER / path}: {error.message}", "see: archiver verify") from error


def seal(archive: Archive, key: SigningKey, in_force_key: KeyEntry, origin: str) -> Sealed:
    """Sign the log as it is now, unless it is signed already. Only inside ``Archive.writer``.

    What was signed before must be continued by what is there now: a log never signs two histories. Anchors of the
    checkpoint itself need no other one. Raises ProofError, ArchiveError.
    """
    if archive.trouble is not None:
        raise archive.trouble
    log.publish(archive.folder, archive.conn)
    head = log.head(archive.folder)
    before = newest(archive.folder)
    if before is not None:
        must_continue(archive.folder, head, before[1], origin)
        if _only_anchors_since(archive.conn, before[1].size) and in_force_key.number < before[1].size:
            _put(archive.folder, *before)  # what a stopped seal left out
            return Sealed(before[0], before[1].size, new=False)
    signed = Checkpoint(origin, head.size, head.root)
    note = Note(str(signed), (key.sign(str(signed)),))
    _put(archive.folder, note, signed)
    return Sealed(note, signed.size, new=True)


def must_continue(folder: Path, head: Checkpoint, before: Checkpoint, origin: str) -> None:
    """That the log goes on where a checkpoint stood. Raises ProofError, which names roll-back and fork."""
    hint = "nothing is signed over this; archiver verify says what differs"
    if before.origin != origin:
        raise ProofError(f"the checkpoint there is one of {before.origin!a}, and this log is {origin!a}", hint)
    if before.size > head.size:
        raise ProofError(
            f"roll-back: {before.size} entries were signed, and the log holds {head.size}",
            hint,
        )
    if root_of(folder, head, before.size) != before.root:
        raise ProofError(f"fork: the first {before.size} entries are not those that were signed", hint)


def root_of(folder: Path, head: Checkpoint, size: int) -> bytes:
    """The root of the first ``size`` entries, from the tiles. Raises ProofError."""
    try:
        return merkle.root(size, tiles.Tiles(head.size, lambda path: log.load(folder, path)).node)
    except OSError as error:
        raise ProofError(f"{error.filename}: {error.strerror}", "see: archiver verify") from error


def add_cosignature(archive: Archive, note: Note, head: Checkpoint, signature: Signature) -> bool:
    """Keep a cosignature that was checked: under the checkpoint and in the log. Only inside ``Archive.writer``.

    False when both had it already. Raises ArchiveError, ProofError.
    """
    leaf = of_cosignature(head, signature)
    known = archive.conn.execute("SELECT 1 FROM log WHERE hash = ?", (leaf.hash,)).fetchone()
    if known and signature in note.signatures:
        return False
    more = note.signed(signature)
    notes.parse_note(bytes(more))  # it must still fit
    _put(archive.folder, more, head)
    enter(archive, leaf)
    return True


def add_token(archive: Archive, head: Checkpoint, token: bytes) -> bool:
    """Keep a token that was judged: as a file, then in the log. Only inside ``Archive.writer``.

    False when it was there already. Raises ArchiveError.
    """
    leaf = of_token(head, token)
    if archive.conn.execute("SELECT 1 FROM log WHERE hash = ?", (leaf.hash,)).fetchone():
        return False
    seal_files.write(archive.folder, [seal_files.token_path(head.size, token)], token)
    enter(archive, leaf)
    return True


def _put(folder: Path, note: Note, head: Checkpoint) -> None:
    """Write a checkpoint to its places, where they hold something else. The newest one first (``seal_files``)."""
    places = [seal_files.checkpoint_path(head.size)]
    if max([head.size, *seal_files.sizes(folder)]) == head.size:
        places.insert(0, seal_files.NEWEST)
    for place in places:
        if not (folder / log.FOLDER / place).is_file() or seal_files.load(folder, place) != bytes(note):
            seal_files.write(folder, [place], bytes(note))


def _only_anchors_since(conn: sqlite3.Connection, size: int) -> bool:
    other = "SELECT 1 FROM log WHERE number >= ? AND kind <> ? LIMIT 1"
    return conn.execute(other, (size, seal_files.ANCHOR)).fetchone() is None


def _entries(conn: sqlite3.Connection, kind: str) -> list[tuple[int, dict[str, Json], dict[str, str]]]:
    """Number, predicate and digests of each leaf of a kind."""
    found = []
    for number, entry in conn.execute("SELECT number, entry FROM log WHERE kind = ? ORDER BY number", (kind,)):
        try:
            leaves.parse(entry.encode())
            value = json.loads(entry)
            digests = {str(one["name"]): str(one["digest"]["sha256"]) for one in value["subject"]}
            found.append((int(number), dict(value["predicate"]), digests))
        except (ValueError, KeyError, TypeError) as error:
            raise ProofError(f"entry {number} of the log: {error}", "see: archiver verify") from error
    return found


def _counted(head: Checkpoint) -> dict[str, Json]:
    return {"size": head.size, "root": base64.b64encode(head.root).decode()}
