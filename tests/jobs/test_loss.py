"""What is lost on the disk is never lost in silence: no rebuild, no second add papers over it."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from archiver.errors import ArchiveError, IntegrityError, NotAnArchive
from archiver.jobs.add import Options, add
from archiver.jobs.rebuild import run as rebuild
from archiver.jobs.targets import Given, Target
from archiver.jobs.verify import run as verify
from archiver.model import Outcome
from archiver.store import disk
from archiver.store.archive import STORED_AGAIN, Archive

TEXT = "Ferry replaces bridge\n\nThe council of Ilsen said on Monday that the ferry will cross {} times a day.\n"


def keep(folder: Path, number: int) -> list[object]:
    """Add one short dump."""
    path = folder / f"{number}.txt"
    path.write_text(TEXT.format(number))
    return [(one.outcome, one.reason) for one in add(folder / "a", [Target(path.name, Given(), path=path)], Options())]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of two captures in two WARC files."""
    keep(tmp_path, 1)
    keep(tmp_path, 2)
    return tmp_path / "a"


def silent(_name: str) -> None:
    """No progress."""


def test_a_rebuild_from_fewer_snapshots_keeps_the_database(archive: Path) -> None:
    """An unmounted disk or a lost newest file is named; with accept_loss a person may go on."""
    newest = max((archive / "snapshots").rglob("*.warc.gz"), key=lambda p: p.stat().st_mtime_ns)
    newest.unlink()
    before = (archive / "archive.db").read_bytes()
    with pytest.raises(IntegrityError, match="knows of 2 captures, the snapshots hold 1"):
        rebuild(archive, silent)
    assert (archive / "archive.db").read_bytes() == before
    assert list(archive.glob(".archive.db*")) == []
    with pytest.raises(IntegrityError, match=r"was made again with 1 captures(.|\n)*capture 2: the log names it"):
        rebuild(archive, silent, accept_loss=True)
    keep(archive.parent, 3)
    with Archive.open(archive, read_only=True) as there:
        numbers = [number for (number,) in there.conn.execute("SELECT number FROM captures ORDER BY number")]
    assert numbers == [1, 3], "what was lost keeps its number"


@pytest.mark.parametrize("damage", ["missing", "flipped", "cut"])
def test_bytes_whose_snapshot_is_damaged_are_stored_again(archive: Path, damage: str) -> None:
    """The copy that is offered may be the last one: it is kept, once, and what was lost stays named."""
    with Archive.open(archive, read_only=True) as there:
        place = "SELECT warc_file, warc_offset, sha256 FROM snapshots WHERE first_capture = 1"
        name, offset, digest = there.conn.execute(place).fetchone()
    path = archive / disk.warc_path(name)
    data = path.read_bytes()
    path.unlink()
    if damage != "missing":
        inside = offset + 60
        rest = bytes([data[inside] ^ 1]) + data[inside + 1 :] if damage == "flipped" else b""
        path.write_bytes(data[:inside] + rest)
    assert keep(archive.parent, 1) == [(Outcome.KEPT, STORED_AGAIN)]
    with Archive.open(archive, read_only=True) as there:
        assert there.body(digest) == (archive.parent / "1.txt").read_bytes()
        assert there.conn.execute("SELECT count(*) FROM versions").fetchone() == (2,)
    assert keep(archive.parent, 1) == [(Outcome.UNCHANGED, None)]
    assert keep(archive.parent, 2) == [(Outcome.UNCHANGED, None)]
    wrong = [v for v in verify(archive) if v["judgement"] == "mismatch"]
    assert {v["file"] for v in wrong} == {disk.warc_path(name)}


def test_a_missing_snapshots_folder_is_a_verdict_not_a_crash(archive: Path) -> None:
    """verify names every file that is not there."""
    shutil.rmtree(archive / "snapshots")
    assert sum(v["judgement"] == "mismatch" and v["subject"] == "file" for v in verify(archive)) == 2


def test_a_rebuild_touches_nobody_elses_database(archive: Path) -> None:
    """A foreign database, one of a newer program, and a folder in its place are left alone."""
    path = archive / "archive.db"
    for side in archive.glob("archive.db*"):
        side.unlink()
    with sqlite3.connect(path) as conn:
        conn.execute("CREATE TABLE bookmarks (url TEXT)")
    conn.close()
    before = path.read_bytes()
    with pytest.raises(NotAnArchive):
        rebuild(archive, silent)
    assert path.read_bytes() == before
    path.unlink()
    path.mkdir()
    with pytest.raises(ArchiveError, match="is not a file"):
        rebuild(archive, silent)
