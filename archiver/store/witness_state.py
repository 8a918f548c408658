"""What a witness has seen: for each log its keys and the last checkpoint that was cosigned, one file a log.

A checkpoint is durable here before its cosignature leaves, and two requests at once are one after the other: so a
witness never cosigns two histories, whenever it is stopped.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archiver.canonical import Json, sha256_hex
from archiver.errors import ArchiveError, ProofError
from archiver.store import disk, warc
from archiver.tlog import notes
from archiver.tlog.checkpoints import Checkpoint, parse_checkpoint
from archiver.tlog.notes import VerifierKey

_SCHEMA = "archiver/witness/1"
_LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class Seen:
    """A log that a witness knows: its keys, and the last checkpoint it cosigned (or None)."""

    origin: str
    keys: tuple[VerifierKey, ...]
    checkpoint: Checkpoint | None


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Nobody else changes what is in ``folder`` until the block ends. Raises ArchiveError."""
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True)
            disk.sync_folder(folder.parent)
        handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise ArchiveError(f"{folder}: {error.strerror or error}", "name another folder with --state") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def load(folder: Path, origin: str) -> Seen:
    """What is known of a log. Raises ProofError when the file is damaged: then nothing may be cosigned."""
    path = _path(folder, origin)
    try:
        value = json.loads(path.read_bytes())
        keys = tuple(notes.parse_key(key) for key in value["keys"])
        checkpoint = parse_checkpoint(value["checkpoint"]) if value["checkpoint"] is not None else None
        if value["schema"] != _SCHEMA or value["origin"] != origin or (checkpoint and checkpoint.origin != origin):
            raise ProofError("it is about another log")
    except FileNotFoundError:
        return Seen(origin, (), None)
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror}", "give yourself permission to read it") from error
    except (ValueError, KeyError, TypeError, ProofError) as error:
        raise ProofError(
            f"{path} is damaged ({error}): what was witnessed is not known", "put it back from a copy"
        ) from error
    return Seen(origin, keys, checkpoint)


def keep(folder: Path, seen: Seen) -> None:
    """Make ``seen`` durable. Raises ArchiveError."""
    value: dict[str, Json] = {
        "schema": _SCHEMA,
        "origin": seen.origin,
        "keys": [str(key) for key in seen.keys],
        "checkpoint": str(seen.checkpoint) if seen.checkpoint is not None else None,
    }
    _write(folder, _path(folder, seen.origin), warc.json_bytes(value) + b"\n")


def keep_evidence(folder: Path, request: bytes) -> Path:
    """Keep a request that was refused although the log had signed it: it may show what the log did."""
    path = folder / f"refused-{sha256_hex(request)[:16]}.request"
    _write(folder, path, request)
    return path


def add_keys(seen: Seen, keys: Sequence[VerifierKey]) -> Seen:
    """``seen`` with further keys of the same log."""
    return Seen(seen.origin, (*seen.keys, *(key for key in keys if key not in seen.keys)), seen.checkpoint)


def _path(folder: Path, origin: str) -> Path:
    return folder / f"{sha256_hex(origin.encode())}.json"


def _write(folder: Path, path: Path, data: bytes) -> None:
    try:
        disk.replace_synced(path, data, folder)
        disk.sync_folder(folder)
    except OSError as error:
        raise ArchiveError(
            f"{path}: {error.strerror or error}", "nothing was cosigned; make room, then again"
        ) from error
