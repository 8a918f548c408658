"""Keys are made, handed over and found again; private halves stay outside of the archive and unread by others."""

import json
import sqlite3
from pathlib import Path

import pytest

from archiver.errors import ArchiveError, NotAnArchive, NotFound, ProofError, UsageError
from archiver.jobs import keys
from archiver.jobs.rebuild import run as rebuild
from archiver.jobs.verify import run as verify
from archiver.store import keyfiles
from archiver.tlog.notes import COSIGNATURE, ED25519, parse_key
from tests.jobs.sealing import NAME, Clock, keep


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of one page."""
    keep(tmp_path / "archive", "the ferry")
    return tmp_path / "archive"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where private keys go; not made yet."""
    return tmp_path / "keys" / "here"


def test_a_new_key_is_an_entry_of_the_log(archive: Path, folder: Path) -> None:
    """Public half, name and moment in the log; the private half in a file of mode 0600 in a folder of mode 0700."""
    vkey = keys.new(archive, folder, NAME, clock=Clock())
    (file,) = folder.iterdir()
    assert (file.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)
    assert keyfiles.load(folder, parse_key(vkey)).verifier == parse_key(vkey)
    (entry,) = sqlite3.connect(archive / "archive.db").execute("SELECT entry FROM log WHERE kind = 'key'").fetchone()
    assert json.loads(entry)["predicate"] == {
        "vkey": vkey,
        "replaces": None,
        "endorsement": None,
        "made_at": "2026-05-01T12:01:00Z",
    }
    (told,) = keys.known(archive, folder)
    assert (told["vkey"], told["since_entry"], told["until_entry"], told["private_here"]) == (vkey, 2, None, True)


def test_no_private_key_gets_into_an_archive(archive: Path, folder: Path) -> None:
    """Neither as bytes in any file nor as a folder of keys inside."""
    vkey = keys.new(archive, folder, NAME)
    secret = keyfiles.load(folder, parse_key(vkey)).secret_text().strip().rsplit("+", 1)[-1].encode()
    assert not [path for path in archive.rglob("*") if path.is_file() and secret in path.read_bytes()]
    for inside in (archive, archive / "snapshots" / "keys"):
        with pytest.raises(ArchiveError, match="do not belong there"):
            keys.rotate(archive, inside)


def test_a_second_key_needs_the_word_of_the_first(archive: Path, folder: Path) -> None:
    """``new`` refuses, ``rotate`` endorses; the name stays."""
    first = keys.new(archive, folder, NAME)
    with pytest.raises(UsageError, match="has a key"):
        keys.new(archive, folder, NAME)
    second = keys.rotate(archive, folder)
    told = keys.known(archive, folder)
    assert [one["vkey"] for one in told] == [first, second]
    assert [one["endorsed"] for one in told] == [None, True]
    assert [(one["since_entry"], one["until_entry"]) for one in told] == [(2, 3), (3, None)]
    assert parse_key(second).name == NAME


def test_a_lost_key_can_be_replaced_and_that_is_told(archive: Path, folder: Path) -> None:
    """Nobody endorsed it, and whoever looks sees that."""
    first = keys.new(archive, folder, NAME)
    keyfiles.path_of(folder, parse_key(first)).unlink()
    with pytest.raises(NotFound, match="private half"):
        keys.rotate(archive, folder)
    keys.new(archive, folder, lost=True)
    assert [(one["endorsed"], one["private_here"]) for one in keys.known(archive, folder)] == [
        (None, False),
        (False, True),
    ]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o660, 0o644])
def test_a_key_that_others_can_read_is_not_used(archive: Path, folder: Path, mode: int) -> None:
    """It may be known already."""
    vkey = keys.new(archive, folder, NAME)
    keyfiles.path_of(folder, parse_key(vkey)).chmod(mode)
    with pytest.raises(ArchiveError, match="by others"):
        keys.rotate(archive, folder)


def test_a_file_under_a_wrong_name_is_not_used(archive: Path, folder: Path) -> None:
    """A key put in another's place."""
    first, second = keys.new(archive, folder, NAME), keys.rotate(archive, folder)
    old, new = (keyfiles.path_of(folder, parse_key(key)) for key in (first, second))
    new.unlink()
    old.rename(new)
    with pytest.raises(ProofError, match="another key than its name"):
        keys.rotate(archive, folder)


def test_without_a_name_one_is_made(archive: Path, folder: Path) -> None:
    """Every log has another; look-alikes are refused."""
    assert parse_key(keys.new(archive, folder)).name.startswith("archive-")
    with pytest.raises(ProofError, match="cannot be the name"):
        keys.witness_key(folder, "wіtness.example", COSIGNATURE)


def test_no_archive_no_key(tmp_path: Path, folder: Path) -> None:
    """Nothing is written anywhere."""
    with pytest.raises(NotAnArchive):
        keys.new(tmp_path, folder, NAME)
    assert not folder.exists()


def test_keys_come_back_with_a_rebuild(archive: Path, folder: Path) -> None:
    """From the files of the log alone."""
    keys.new(archive, folder, NAME)
    keys.rotate(archive, folder)
    before = keys.known(archive, folder)
    (archive / "archive.db").unlink()
    rebuild(archive, lambda _name: None)
    assert keys.known(archive, folder) == before
    assert not [one for one in verify(archive) if one["judgement"] == "mismatch"]


def test_the_only_key_of_a_kind_is_meant(folder: Path) -> None:
    """With two of them one must be named."""
    one = keys.witness_key(folder, "witness.example/w1", COSIGNATURE)
    assert keys.only_of_kind(folder, COSIGNATURE, None) == one
    with pytest.raises(NotFound):
        keys.only_of_kind(folder, ED25519, None)
    keys.witness_key(folder, "witness.example/w2", COSIGNATURE)
    with pytest.raises(UsageError, match="2 keys"):
        keys.only_of_kind(folder, COSIGNATURE, None)
    assert keys.only_of_kind(folder, COSIGNATURE, "witness.example/w1") == one
