"""Keys of an archive: made and handed over, the private halves in a folder of their own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from archiver.canonical import sha256_hex
from archiver.errors import NotFound, UsageError
from archiver.jobs.clock import Clock, utc_now
from archiver.jobs.folder import must_be_archive, opened, registry_of
from archiver.model import Capture, Reading
from archiver.store import keyfiles, seals
from archiver.store.archive import Archive
from archiver.store.seals import KeyEntry
from archiver.tlog.keys import SigningKey, endorse, new_key
from archiver.tlog.notes import COSIGNATURE, ED25519

_SEED_BYTES = 32
_NAME_DIGITS = 12


@contextmanager
def writing(folder: Path) -> Iterator[Archive]:
    """The archive in ``folder`` while nobody else writes; first enters what was left half done. Raises NotAnArchive."""
    must_be_archive(folder)

    def read(capture: Capture) -> Reading:  # its libraries cost half a second, which only a stopped add makes us pay
        from archiver.statements import read as really

        return really(capture, registry=registry_of(folder))

    with Archive.open(folder) as archive, archive.writer(read):
        yield archive


def new(folder: Path, keys: Path, name: str | None = None, *, lost: bool = False, clock: Clock = utc_now) -> str:
    """Make the first key of a log and enter it; answers its vkey.

    With ``lost`` a key that nobody endorses takes the place of the one in force, for that one is gone. Raises
    UsageError when there is a key already, ProofError for a name that could be mistaken, ArchiveError.
    """
    keyfiles.must_be_outside(keys, folder)
    with writing(folder) as archive:
        entries = seals.key_entries(archive.conn)
        before = entries[-1].key if entries else None
        if before is not None and not lost:
            raise UsageError(
                f"this archive has a key: {before}",
                "to hand over: archiver key rotate; where its private half is gone: archiver key new --lost",
            )
        if before is not None and name not in {None, before.name}:
            raise UsageError(f"the log is called {before.name}, and every key of it", "leave --name out")
        key = _made(before.name if before is not None else name)
        keyfiles.keep(keys, key)
        seals.enter(archive, seals.of_key(key.verifier, before, None, clock()))
    return str(key.verifier)


def rotate(folder: Path, keys: Path, *, clock: Clock = utc_now) -> str:
    """Make another key that takes the place of the one in force, which endorses it; answers its vkey.

    What was sealed before stays signed by the key of then. Raises UsageError where there is no key, NotFound
    where the private half of the one in force is not here.
    """
    keyfiles.must_be_outside(keys, folder)
    with writing(folder) as archive:
        before = newest_key(archive).key
        old = keyfiles.load(keys, before)
        key = _made(before.name)
        endorsement = endorse(old, key.verifier)
        keyfiles.keep(keys, key)
        seals.enter(archive, seals.of_key(key.verifier, before, endorsement, clock()))
    return str(key.verifier)


def known(folder: Path, keys: Path) -> list[dict[str, Any]]:
    """Every key of the archive in its order: since which entry, up to which, and whether its private half is here."""
    with opened(folder) as archive:
        entries = seals.key_entries(archive.conn)
    followers: list[KeyEntry | None] = [*entries[1:], None]
    return [
        {
            "schema": "archiver/key/1",
            "vkey": str(entry.key),
            "since_entry": entry.number,
            "until_entry": follower.number if follower else None,
            "made_at": entry.made_at,
            "endorsed": seals.unendorsed(entries, place) is None if place else None,
            "private_here": keyfiles.is_here(keys, entry.key),
        }
        for place, (entry, follower) in enumerate(zip(entries, followers, strict=True))
    ]


def newest_key(archive: Archive) -> KeyEntry:
    """The key in force. Raises UsageError where there is none."""
    entries = seals.key_entries(archive.conn)
    if not entries:
        raise UsageError("this archive has no key", "make one: archiver key new")
    return entries[-1]


def private_half(archive: Archive, keys: Path) -> tuple[SigningKey, KeyEntry]:
    """The private key in force and its entry. Raises UsageError, NotFound, ArchiveError, ProofError."""
    entry = newest_key(archive)
    return keyfiles.load(keys, entry.key), entry


def _made(name: str | None, kind: int = ED25519) -> SigningKey:
    seed = os.urandom(_SEED_BYTES)
    return new_key(name or f"archive-{sha256_hex(b'name of ' + seed)[:_NAME_DIGITS]}", kind, seed)


def new_witness(keys: Path, name: str) -> str:
    """Make the key of a witness; answers its vkey. Raises ProofError for a name that could be mistaken."""
    return str(witness_key(keys, name, COSIGNATURE).verifier)


def witness_key(keys: Path, name: str, kind: int) -> SigningKey:
    """Make the key of a witness. Raises ProofError for a name that could be mistaken, ArchiveError."""
    key = _made(name, kind)
    keyfiles.keep(keys, key)
    return key


def only_of_kind(keys: Path, kind: int, vkey_or_name: str | None) -> SigningKey:
    """The private key of a kind that is meant: by its name or vkey, or the only one. Raises NotFound, UsageError."""
    found = keyfiles.of_kind(keys, kind)
    meant = [key for key in found if vkey_or_name in {None, key.name, str(key.verifier)}]
    if not meant:
        raise NotFound(f"no such key in {keys}", "make one: archiver witness new --name witness.example/w1")
    if len(meant) > 1:
        raise UsageError(f"{len(meant)} keys in {keys} could be meant", "say which: --key with its whole vkey")
    return meant[0]
