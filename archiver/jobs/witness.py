"""Witnesses by file exchange: somebody else remembers how long the log was, and vouches that it only grows."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archiver.errors import InputError, NotFound, ProofError, UsageError
from archiver.jobs.clock import Clock, utc_now
from archiver.jobs.folder import opened
from archiver.jobs.keys import only_of_kind, writing
from archiver.store import log, seal_files, seals, witness_state
from archiver.store.archive import Archive
from archiver.store.witness_state import Seen
from archiver.timepoint import utc_text
from archiver.tlog import merkle, notes, tiles
from archiver.tlog.checkpoints import Checkpoint, parse_checkpoint
from archiver.tlog.notes import COSIGNATURE, ED25519, Note, Signature, VerifierKey
from archiver.tlog.witnessing import LARGEST_REQUEST, Request, check_request, parse_request


def request(folder: Path, *, old: int | None = None, witness: str | None = None) -> str:
    """What to send to a witness: the newest checkpoint, and the proof that it continues the one it knows.

    ``old`` is the size that the witness saw last; by default the largest that carries its cosignature (of ``witness``,
    a vkey or a name, or of anybody). Raises NotFound where nothing is sealed, UsageError for a size beyond the log.
    """
    with opened(folder) as archive:
        found = seals.newest(folder)
        if found is None:
            raise NotFound("nothing is sealed here that could be witnessed", "seal first: archiver seal")
        note, head = found
        start = old if old is not None else _witnessed(archive, head, witness)
        if start > head.size:
            raise UsageError(
                f"the newest checkpoint counts {head.size} entries, not {start}", "seal first: archiver seal"
            )
        told = log.head(folder)
        nodes = tiles.Tiles(told.size, lambda path: log.load(folder, path)).node
        try:
            proof = merkle.consistency_proof(start, head.size, nodes)
        except OSError as error:
            raise ProofError(f"{error.filename}: {error.strerror}", "see: archiver verify") from error
    return str(Request(start, tuple(proof), note))


def sign(
    file: Path, state: Path, keys: Path, *, key: str | None = None, logs: Sequence[str] = (), clock: Clock = utc_now
) -> str:
    """As a witness: the cosignature line for a request, once what it shows is durable in ``state``.

    ``key`` is the name or vkey of the witness, ``logs`` the vkeys of logs to trust from now on. Raises ProofError for a
    request that must be refused: roll-back, fork, a signature that does not hold, a log that is not known.
    """
    data = _read(file, LARGEST_REQUEST)
    asked = parse_request(data)
    head = parse_checkpoint(asked.note.text)
    witness = only_of_kind(keys, COSIGNATURE, key)
    trusted = [one for one in map(_log_key, logs) if one.name == head.origin]
    with witness_state.locked(state):
        seen = witness_state.add_keys(witness_state.load(state, head.origin), trusted)
        if not seen.keys:
            raise NotFound(
                f"this witness does not know a log called {head.origin!a}", "if you mean it, give its key: --log VKEY"
            )
        try:
            head = check_request(asked, seen.checkpoint, seen.keys)
        except ProofError as error:
            if _is_signed(asked.note, seen.keys):
                kept = witness_state.keep_evidence(state, data)
                error.hint = error.hint or f"the log signed this: keep {kept} as evidence"
            raise
        line = witness.cosign(asked.note.text, int(clock().timestamp()))
        witness_state.keep(state, Seen(head.origin, seen.keys, head))
    return str(line)


def add(folder: Path, file: Path, vkey: str) -> dict[str, Any]:
    """Add what the witness of that ``vkey`` answered to the checkpoint it is about, and to the log.

    Raises UsageError for the key of a log, InputError for a file without its signature, ProofError where it holds for
    no checkpoint here.
    """
    key = notes.parse_key(vkey)
    if key.kind != COSIGNATURE:
        raise UsageError(
            f"{key.name} is the key of a log, and no witness", "the vkey of a witness begins its key with B"
        )
    lines = _read(file, notes.LARGEST_NOTE)
    with writing(folder) as archive:
        if any(entry.key.public == key.public for entry in seals.key_entries(archive.conn)):
            raise UsageError("that is the key of this log: nobody is a witness to himself")
        note, head, signature, time = _about(archive, lines, key, file)
        new = seals.add_cosignature(archive, note, head, signature)
    return {
        "schema": "archiver/witnessed/1",
        "size": head.size,
        "witness": str(key),
        "at": utc_text(datetime.fromtimestamp(time, UTC)),
        "new": new,
        "checkpoint": f"{log.FOLDER}/{seal_files.checkpoint_path(head.size)}",
    }


def _witnessed(archive: Archive, head: Checkpoint, witness: str | None) -> int:
    """The largest size that carries a cosignature."""
    name = witness.partition("+")[0] if witness else None
    sizes = [
        entry.size
        for entry in seals.anchor_entries(archive.conn)
        if entry.line is not None and (name is None or entry.line.split(" ")[1:2] == [name])
    ]
    return max((size for size in sizes if size <= head.size), default=0)


def _about(archive: Archive, lines: bytes, key: VerifierKey, file: Path) -> tuple[Note, Checkpoint, Signature, int]:
    """The newest checkpoint that a cosignature holds for. Raises InputError, ProofError."""
    reason: ProofError | None = None
    for size in reversed(seal_files.sizes(archive.folder)):
        note, head = seals.read_checkpoint(archive.folder, seal_files.checkpoint_path(size))
        try:
            given = notes.parse_note(note.text.encode() + b"\n" + lines)
        except ProofError as error:
            raise InputError(f"{file}: {error.message}", "give what the witness answered") from error
        own = tuple(one for one in given.signatures if (one.name, one.key_id) == (key.name, key.key_id))
        if not own:
            raise InputError(f"{file}: no line in it is of {key}", "is that the key of this witness?")
        try:
            (signed, *_) = notes.verify(Note(note.text, own[:1]), [key])
        except ProofError as error:
            reason = error
            continue
        assert signed.time is not None
        return note, head, own[0], signed.time
    raise ProofError(
        f"{file}: the cosignature of {key.name} holds for no checkpoint of this archive", "is it one of another log?"
    ) from reason


def _log_key(vkey: str) -> VerifierKey:
    key = notes.parse_key(vkey)
    if key.kind != ED25519:
        raise UsageError(f"{key.name} is the key of a witness, and no log", "give what archiver key list says")
    return key


def _is_signed(note: Note, keys: Sequence[VerifierKey]) -> bool:
    try:
        return bool(notes.verify(note, keys))
    except ProofError:
        return False


def _read(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", "give the file that the other side sent") from error
    if len(data) > most:
        raise InputError(f"{path}: more than {most:,} bytes", "give the file that the other side sent")
    return data
