"""Files that are whole or not there: written once, synced before they get their name, read back after."""

import contextlib
import errno
import fcntl
import os
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from archiver.canonical import sha256_hex
from archiver.errors import ArchiveBusy, ArchiveError, IntegrityError

SNAPSHOTS = "snapshots"
README = "README"
LOCK = ".archive.lock"
WARC_SUFFIX = ".warc.gz"
_TEMPORARY = ".part"
# What a disk says when it is asked about an open file, and no name is known. (A closed pipe has no name either.)
_OF_DISKS = frozenset({errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})
# Seconds between two looks at a lock that somebody else holds. Short, because whoever lets go may come back at once.
_PAUSE = 0.01
_UNFINISHED = b"a writer is at work, or was stopped before it finished\n"


def warc_path(sha256: str) -> str:
    """Where the file of that digest lies, relative to the archive folder."""
    return f"{SNAPSHOTS}/{sha256[:2]}/{sha256}{WARC_SUFFIX}"


def write_once(archive: Path, data: bytes, sha256: str) -> Path:
    """Keep ``data`` under its digest, durably; an equal file that is there already is kept as it is.

    Temporary file in the same folder, fsync, rename, fsync of the folder, read back. Raises ArchiveError when
    the disk refuses (nothing is left behind), IntegrityError when it does not give back what was written.
    """
    path = archive / warc_path(sha256)
    temporary = path.with_name(f".{sha256}{_TEMPORARY}")
    try:
        make_folder(path.parent)
        _write_synced(temporary, data)
        temporary.rename(path)
        sync_folder(path.parent)
        written = path.read_bytes()
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise disk_error(error, path) from error
    if sha256_hex(written) != sha256:
        path.unlink()
        raise IntegrityError(
            f"{path}: the disk did not give back what was written", "check the disk; nothing of this was entered"
        )
    return path


def disk_error(error: OSError, path: Path) -> ArchiveError:
    """What the disk said about ``path``, for a person."""
    return ArchiveError(
        f"{path}: {error.strerror or error}", "nothing was entered; make room or give permission, then do it again"
    )


@contextlib.contextmanager
def told(archive: Path) -> Iterator[None]:
    """What the disk says of anything in the folder of the archive, inside the block, becomes an ArchiveError."""
    try:
        yield
    except OSError as error:
        named = isinstance(error.filename, (str, bytes))
        place = Path(os.fsdecode(error.filename)) if named else archive
        if not place.is_relative_to(archive) or (not named and error.errno not in _OF_DISKS):
            raise
        hint = "what was reported as done is done; make room, give permission or check the disk, then do it again"
        raise ArchiveError(f"{place}: {error.strerror or error}", hint) from error


def sweep(archive: Path) -> None:
    """Take away temporary files that a stopped writer left. Only for whoever holds the lock. Raises ArchiveError."""
    for leftover in chain.from_iterable((archive / SNAPSHOTS).glob(f"{at}.*{_TEMPORARY}") for at in ("", "*/")):
        try:
            leftover.unlink(missing_ok=True)
        except OSError as error:
            raise disk_error(error, leftover) from error


def is_temporary(path: Path) -> bool:
    """True for a name that a writer gives a file before it is whole."""
    return path.name.startswith(".") and path.name.endswith(_TEMPORARY)


def warc_files(archive: Path) -> dict[str, Path]:
    """Every WARC file in its place: name (a digest, one hopes) -> path."""
    found: dict[str, Path] = {}
    if not (archive / SNAPSHOTS).is_dir():
        return found
    with os.scandir(archive / SNAPSHOTS) as shards:
        for shard in sorted(entry.path for entry in shards if entry.is_dir(follow_symlinks=False)):
            with os.scandir(shard) as entries:
                for entry in entries:
                    if entry.name.endswith(WARC_SUFFIX) and not entry.name.startswith("."):
                        found[entry.name.removesuffix(WARC_SUFFIX)] = Path(entry.path)
    return found


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Make the content of ``path`` durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class WriterLock:
    """Held by at most one writer, in one process or in several; let go by the system when its process dies.

    ``unfinished`` tells whether the writer before left its work half done.
    """

    def __init__(self, handle: int, path: Path) -> None:
        self._handle = handle
        self._path = path

    @property
    def unfinished(self) -> bool:
        return os.fstat(self._handle).st_size > 0

    def begin(self) -> None:
        """Leave word that work has begun, for whoever comes after a crash. Raises ArchiveError."""
        try:
            os.pwrite(self._handle, _UNFINISHED, 0)
        except OSError as error:
            raise disk_error(error, self._path) from error

    def finish(self) -> None:
        """Work is done, nothing is half. If the word stays, the next writer looks once in vain: no harm."""
        with contextlib.suppress(OSError):
            os.ftruncate(self._handle, 0)


def is_unfinished(archive: Path) -> bool:
    """True while a writer is at work, and after one was stopped before it finished."""
    path = archive / LOCK
    return path.is_file() and path.stat().st_size > 0


@contextlib.contextmanager
def writer_lock(archive: Path, patience: float) -> Iterator[WriterLock]:
    """Hold the lock of the archive; waits up to ``patience`` seconds. Raises ArchiveBusy."""
    path = archive / LOCK
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise disk_error(error, path) from error
    try:
        _wait_for(handle, archive, patience)
        yield WriterLock(handle, path)
    finally:
        os.close(handle)


def _wait_for(handle: int, archive: Path, patience: float) -> None:
    for _ in range(max(1, round(patience / _PAUSE))):
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        time.sleep(_PAUSE)
    raise ArchiveBusy(f"{archive}: somebody else is writing", "wait until that command is done, then do it again")


def make_folder(folder: Path) -> None:
    """Make ``folder``, durably, where there is none. Raises OSError."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        sync_folder(folder.parent)


def replace_synced(path: Path, data: bytes, beside: Path) -> None:
    """Put ``data`` at ``path``, durably but for the name: the caller syncs the folder. Raises OSError.

    The temporary file lies in the folder ``beside``, on the same disk, where ``sweep`` finds it.
    """
    temporary = beside / f".{path.name}{_TEMPORARY}"
    try:
        _write_synced(temporary, data)
        temporary.rename(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _write_synced(path: Path, data: bytes) -> None:
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o444)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        os.fsync(handle)
    finally:
        os.close(handle)
