"""Where seals lie under snapshots/log/, and whether there are any: asked without the price of any cryptography.

``checkpoint`` is the newest signed checkpoint, ``checkpoints/<size>`` each that was ever made, ``anchors/`` holds
timestamp tokens (RFC 3161) over the text of one. ``checkpoint`` is written first, so that it is never the older one.
"""

import re
import sqlite3
import stat
from collections.abc import Sequence
from pathlib import Path

from archiver.canonical import sha256_hex
from archiver.errors import ProofError
from archiver.store import disk, log

NEWEST = "checkpoint"
CHECKPOINTS = "checkpoints"
ANCHORS = "anchors"
KEY, ANCHOR = "key", "anchor"  # kinds of leaves

_SIZE = re.compile(r"[1-9][0-9]{0,17}|0")
_TOKEN = re.compile(r"([1-9][0-9]{0,17}|0)-([0-9a-f]{16})\.tsr")
_LARGEST = 128 * 1024  # bytes of a checkpoint or a token


def checkpoint_path(size: int) -> str:
    """Where the checkpoint of ``size`` entries lies, below the folder of the log."""
    return f"{CHECKPOINTS}/{size}"


def token_path(size: int, token: bytes) -> str:
    """Where a token over the checkpoint of ``size`` entries lies, below the folder of the log."""
    return f"{ANCHORS}/{size}-{sha256_hex(token)[:16]}.tsr"


def size_of_token(name: str) -> int | None:
    """The size that the name of a token gives, or None where it is no such name."""
    match = _TOKEN.fullmatch(name)
    return int(match[1]) if match else None


def is_seal(relative: str) -> bool:
    """True for a path that a seal has: relative to the folder of the log."""
    if relative == NEWEST:
        return True
    folder, _, name = relative.partition("/")
    return bool((folder == CHECKPOINTS and _SIZE.fullmatch(name)) or (folder == ANCHORS and _TOKEN.fullmatch(name)))


def sizes(folder: Path) -> list[int]:
    """Of which sizes there are signed checkpoints, rising."""
    place = folder / log.FOLDER / CHECKPOINTS
    return sorted(int(path.name) for path in place.iterdir() if _SIZE.fullmatch(path.name)) if place.is_dir() else []


def tokens(folder: Path) -> list[str]:
    """The names of all tokens, by the size of their checkpoint."""
    place = folder / log.FOLDER / ANCHORS
    found = [path.name for path in place.iterdir() if _TOKEN.fullmatch(path.name)] if place.is_dir() else []
    return sorted(found, key=lambda name: (size_of_token(name), name))


def are_there(folder: Path, conn: sqlite3.Connection) -> bool:
    """True when anything was ever signed, anchored, or given a key."""
    if (folder / log.FOLDER / NEWEST).exists() or sizes(folder) or tokens(folder):
        return True
    return conn.execute("SELECT 1 FROM log WHERE kind IN (?, ?) LIMIT 1", (KEY, ANCHOR)).fetchone() is not None


def load(folder: Path, path: str) -> bytes:
    """The bytes of a seal. Raises ProofError for what is missing, no file, too large, or cannot be read."""
    place = folder / log.FOLDER / path
    try:
        about = place.lstat()
        if not stat.S_ISREG(about.st_mode):
            raise ProofError("is no file")
        if about.st_size > _LARGEST:
            raise ProofError(f"has {about.st_size:,} bytes, and no seal has more than {_LARGEST:,}")
        return place.read_bytes()
    except FileNotFoundError as error:
        raise ProofError("is missing") from error
    except OSError as error:
        raise ProofError(f"cannot be read: {error.strerror}") from error


def write(folder: Path, paths: Sequence[str], data: bytes) -> None:
    """Put ``data`` under each of ``paths``, one after the other, durably. Raises ArchiveError."""
    for path in paths:
        place = folder / log.FOLDER / path
        try:
            disk.make_folder(place.parent)
            disk.replace_synced(place, data, folder / log.FOLDER)
            disk.sync_folder(place.parent)
        except OSError as error:
            raise disk.disk_error(error, place) from error
