"""The archive folder as every job sees it: opened for reading, with the outlets its owner added."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from archiver.errors import NotAnArchive
from archiver.outlets import Registry, default_registry, load_registry
from archiver.store.archive import Archive

OUTLETS = "outlets.toml"


def must_be_archive(folder: Path) -> None:
    """Nothing, if ``folder`` holds an archive; else NotAnArchive with what to do."""
    if not (folder / "archive.db").is_file():
        hint = "keep a first page there: archiver add TARGET, or name another folder with --archive"
        if any((folder / "snapshots").glob("*/*.warc.gz")):
            hint = "its snapshots are there: archiver rebuild makes archive.db again"
        raise NotAnArchive(f"{folder}: no archive here (no archive.db)", hint)


@contextmanager
def opened(folder: Path) -> Iterator[Archive]:
    """The archive in ``folder``, for reading. Raises NotAnArchive."""
    must_be_archive(folder)
    with Archive.open(folder, read_only=True) as archive:
        yield archive


def registry_of(folder: Path) -> Registry:
    """Who is who: the packaged outlets and those of ``outlets.toml`` in the archive folder."""
    own = folder / OUTLETS
    return _with_own(own, own.stat().st_mtime_ns) if own.is_file() else default_registry()


@lru_cache(maxsize=2)
def _with_own(own: Path, changed: int) -> Registry:  # noqa: ARG001 - the time of change makes the key
    return load_registry([own])


def adopt_outlets(folder: Path, outlets: Path) -> bool:
    """Give the archive in ``folder`` the outlets of a file, unless it has its own already; True when it was done."""
    if not outlets.is_file() or (folder / OUTLETS).exists():
        return False
    folder.mkdir(parents=True, exist_ok=True)
    (folder / OUTLETS).write_bytes(outlets.read_bytes())
    return True
