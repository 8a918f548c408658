"""Private keys in a folder of their own, outside of every archive, that nobody else can read.

One file a key, mode 0600, in a folder of mode 0700. A file that others can read is not used: it may be known already.
"""

import os
from pathlib import Path
from urllib.parse import quote

from archiver.errors import ArchiveError, NotFound, ProofError
from archiver.store import disk
from archiver.tlog.keys import SigningKey, parse_private
from archiver.tlog.notes import VerifierKey

SUFFIX = ".key"
_OTHERS = 0o077
_LARGEST = 4096  # bytes; a key takes less than four hundred


def path_of(folder: Path, key: VerifierKey) -> Path:
    """Where the private half of ``key`` lies."""
    return folder / f"{quote(key.name, safe='')}+{key.key_id.hex()}{SUFFIX}"


def must_be_outside(folder: Path, archive: Path) -> None:
    """Nothing, if the folder of keys is not part of the archive. Raises ArchiveError."""
    if folder.resolve().is_relative_to((archive / disk.SNAPSHOTS).resolve()) or folder.resolve() == archive.resolve():
        raise ArchiveError(
            f"{folder} is part of the archive, and private keys do not belong there: who gets a copy gets them too",
            "name another folder with --keys or ARCHIVER_KEYS",
        )


def keep(folder: Path, key: SigningKey) -> Path:
    """Write a new key, durably. Raises ArchiveError when the disk refuses or a file of that name is there."""
    path = path_of(folder, key.verifier)
    try:
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True)
            disk.sync_folder(folder.parent)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            os.fchmod(handle, 0o600)
            os.write(handle, key.secret_text().encode())
            os.fsync(handle)
        finally:
            os.close(handle)
        disk.sync_folder(folder)
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror or error}", "no key was made") from error
    return path


def is_here(folder: Path, key: VerifierKey) -> bool:
    """True when a file for the private half of ``key`` is in ``folder``."""
    return path_of(folder, key).is_file()


def load(folder: Path, key: VerifierKey) -> SigningKey:
    """The private half of ``key``. Raises NotFound, ArchiveError when others can read it, ProofError for another's."""
    path = path_of(folder, key)
    if not path.is_file():
        raise NotFound(
            f"the private half of {key} is not in {folder}",
            "bring the key file there, or name its folder with --keys or ARCHIVER_KEYS",
        )
    found = _read(path)
    if found.verifier != key:
        raise ProofError(f"{path} holds another key than its name says", "put the right file back from a copy")
    return found


def of_kind(folder: Path, kind: int) -> list[SigningKey]:
    """All keys of a kind in ``folder``, by name. Raises what ``load`` raises."""
    if not folder.is_dir():
        return []
    return [key for path in sorted(folder.glob(f"*{SUFFIX}")) if (key := _read(path)).kind == kind]


def _read(path: Path) -> SigningKey:
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            mode = os.fstat(handle).st_mode
            if mode & _OTHERS:
                raise ArchiveError(
                    f"{path} can be read or written by others (mode {mode & 0o777:03o}), so it is not used",
                    f"if nobody did: chmod 600 {path}; else make a new key: archiver key rotate",
                )
            text = os.read(handle, _LARGEST).decode("utf-8", "replace")
        finally:
            os.close(handle)
        return parse_private(text)
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror or error}", "give yourself permission to read it") from error
    except ProofError as error:
        raise ProofError(f"{path}: {error.message}", "put the file back from a copy") from error
