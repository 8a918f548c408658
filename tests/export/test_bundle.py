"""A bundle stands alone: whoever has it and Python can check it, and it says no more than is so."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from archiver.errors import NotFound, ProofError
from archiver.export import bundle
from archiver.store.archive import Archive
from archiver.store.verdicts import Judgement
from archiver.store.verify import check
from archiver.tlog import merkle, notes, proofs
from tests.export.bundles import (
    VERIFIER,
    WITNESS,
    enter_key,
    examine,
    files_of,
    fill,
    key_of,
    numbers,
    run,
    seal,
    sealed_archive,
    unpack,
)
from tests.store.helpers import audit, read

OLD_PYTHON = Path.home() / ".pyenv/versions/3.9.18/bin/python"


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of all sixteen kinds of captures, sealed."""
    folder = tmp_path_factory.mktemp("sealed") / "archive"
    sealed_archive(folder, 16)
    return folder


def agrees(files: dict[str, bytes], told: dict[str, object]) -> None:
    """The archive's own code finds in a bundle what verify_bundle.py found."""
    assert told["holds"], told["problems"]
    head = told["log"][0]  # type: ignore[index]
    for name in ("capture", "reading", "source"):
        if f"{name}.leaf.json" not in files:
            continue
        leaf = merkle.leaf_hash(files[f"{name}.leaf.json"])
        proof = proofs.parse_proof(files[f"{name}.proof"])
        checkpoint = proof.check(leaf)
        assert (checkpoint.origin, checkpoint.size) == (head["origin"], head["size"])
        keys = [notes.parse_key(line) for line in files["keys.txt"].decode().splitlines()]
        signed = notes.verify(proof.note, keys)
        assert [str(one.key) for one in signed] == [one["vkey"] for one in head["signatures"]]


def test_every_kind_of_capture_makes_a_bundle_that_holds(sealed: Path, tmp_path: Path) -> None:
    """Twenty bundles and more, whole and without texts: the verifier, run alone, and the archive's own code agree."""
    every = numbers(sealed)
    assert len(every) >= 18
    for number in every:
        for with_text in (True, False):
            files = files_of(sealed, str(number), with_text=with_text)
            agrees(files, examine(files))
        path = tmp_path / f"{number}.zip"
        path.write_bytes(bundle.packed(files_of(sealed, str(number))))
        status, told = run(path)
        assert (status, told["level"], told["problems"]) == (0, "L1", [])


def test_the_same_bundle_twice_is_the_same_bytes(sealed: Path) -> None:
    """Whatever is asked for twice gives equal zips, entry for entry in order."""
    for number in numbers(sealed):
        data = [bundle.packed(files_of(sealed, str(number))) for _ in range(2)]
        assert data[0] == data[1]
    assert list(unpack(data[0])) == sorted(unpack(data[0]))


@pytest.mark.skipif(not OLD_PYTHON.exists(), reason="no Python 3.9 here")
def test_python_3_9_is_enough(sealed: Path, tmp_path: Path) -> None:
    """The oldest Python that is promised, and the copy of the program that lies in the bundle."""
    files = files_of(sealed, "1")
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    status, told = run(tmp_path, python=str(OLD_PYTHON), program=tmp_path / "verify_bundle.py")
    assert (status, told["problems"]) == (0, [])


def test_without_a_seal_it_says_so(tmp_path: Path) -> None:
    """Level L0, signed by nobody."""
    with Archive.open(tmp_path / "a", create=True) as archive:
        fill(archive, 3)
    files = files_of(tmp_path / "a", "1")
    assert "head" in files
    assert "keys.txt" not in files
    told = examine(files)
    assert (told["holds"], told["level"]) == (True, "L0")
    assert b"signed by nobody" in files["index.html"]
    assert not examine(files, str(key_of(1).verifier))["holds"]
    assert bundle.check(files)["level"] == "L0"


def test_what_came_after_the_seal_is_not_sealed(tmp_path: Path) -> None:
    """A checkpoint that does not cover all leaves is no seal for them."""
    with Archive.open(tmp_path / "a", create=True) as archive:
        enter_key(archive, key_of(1))
        fill(archive, 1)
        seal(archive, key_of(1))
        fill(archive, 1, first=1)
    assert examine(files_of(tmp_path / "a", "1"))["level"] == "L1"
    assert examine(files_of(tmp_path / "a", "2"))["level"] == "L0"


def test_keys_that_the_receiver_brings_decide(sealed: Path) -> None:
    """A key that signed nothing here makes it fail; a witness's key lifts it to L2; the log's own is believed."""
    files = files_of(sealed, "1")
    own, other, witness = (str(one.verifier) for one in (key_of(1), key_of(2), WITNESS))
    told = examine(files, own)
    assert (told["level"], told["trusted"]) == ("L1", True)
    assert not examine(files)["trusted"]
    assert examine(files, witness)["level"] == "L2"
    assert "none of the keys" in examine(files, other)["problems"][0]
    assert not examine(files, "nonsense")["holds"]
    assert examine(files_of(sealed, str(numbers(sealed)[-1])), own)["level"] == "L1"


def test_a_rewritten_archive_is_found_out_by_a_key_that_came_another_way(sealed: Path, tmp_path: Path) -> None:
    """Whoever writes all anew can sign anew, and is believed by nobody who knows the key."""
    sealed_archive(tmp_path / "forged", 4, key_of(7))
    files = files_of(tmp_path / "forged", "1")
    assert examine(files)["level"] == "L1"
    assert "this bundle alone names it" in files["index.html"].decode()
    assert not examine(files, str(key_of(1).verifier))["holds"]


def test_own_copies_are_compared(sealed: Path) -> None:
    """Without texts nothing of them is in the bundle; the receiver's own are the ones that are meant, or are not."""
    whole, bare = files_of(sealed, "1"), files_of(sealed, "1", with_text=False)
    assert not {"text.txt", "page.txt", "body.warc.gz"} & set(bare)
    assert b"qarsiladi" not in b"".join(bare.values())
    assert "nəfər".encode() not in b"".join(bare.values())
    told = examine(bare)
    assert told["reading"]["stand"] == 0 < told["reading"]["no_text"]
    with_page = examine(
        bare, own=[("text", whole["page.txt"].replace(b"\n", b"\r\n") + b"\r\n"), ("page", whole["page.txt"])]
    )
    assert with_page["holds"], with_page["problems"]
    assert with_page["reading"]["stand"] == told["reading"]["no_text"]
    assert not examine(bare, own=[("text", b"something else")])["holds"]
    assert not examine(bare, own=[("page", whole["text.txt"])])["holds"]


def test_what_is_named_decides_what_is_proven(sealed: Path) -> None:
    """An address, an id, a version of it, a version's own id, and a capture's number."""
    with Archive.open(sealed, read_only=True) as archive:
        article, version = archive.conn.execute(
            "SELECT article_id, id FROM versions WHERE number = 1 AND article_id IN "
            "(SELECT article_id FROM versions WHERE number = 2)"
        ).fetchone()

    def capture(ref: str) -> int:
        return int(json.loads(files_of(sealed, ref)["metadata.json"])["number"])

    assert capture(version) == capture(f"{article}:1") < capture(f"{article}:2") == capture(article)
    assert capture("https://news.example/0") == capture(article)
    assert capture("3") == 3
    for missing in ("99999", "zzzzzzzz", f"{article}:7", "9" * 40, ""):
        with pytest.raises(NotFound):
            files_of(sealed, missing)


def test_the_page_for_people_runs_nothing(sealed: Path) -> None:
    """What a page says is shown, never run."""
    page = files_of(sealed, "1")["index.html"].decode()
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert "Şuşa yolu 0 🛤" in page
    assert "clock of the machine" in page


def test_a_bundle_that_does_not_hold_is_not_made(sealed: Path) -> None:
    """What does not agree with itself is refused before it is written."""
    with Archive.open(sealed, read_only=True) as archive:
        from archiver.store.proving import gather

        members = gather(archive, "1").members
    with pytest.raises(ProofError):
        bundle.complete({**members, "text.txt": b"other"})


@pytest.mark.parametrize("extra", [[], ["--json"]])
def test_what_is_no_bundle_is_refused_without_a_traceback(tmp_path: Path, extra: list[str]) -> None:
    """Nothing, noise, an empty folder, an empty zip."""
    (tmp_path / "noise").write_bytes(bytes(range(256)))
    (tmp_path / "folder").mkdir()
    zipfile.ZipFile(tmp_path / "empty.zip", "w").close()
    for name, status in (("missing", 2), ("noise", 2), ("folder", 1), ("empty.zip", 1)):
        ran = subprocess.run([sys.executable, "-I", str(VERIFIER), str(tmp_path / name), *extra], capture_output=True)
        assert (ran.returncode, b"Traceback" in ran.stderr) == (status, False), ran


def test_a_bundle_holds_what_the_capture_brought(sealed: Path) -> None:
    """The body lies in a file of its own only where an earlier capture brought it; a file of one capture is whole."""
    told = {number: examine(files_of(sealed, str(number))) for number in numbers(sealed)}
    elsewhere = [number for number in told if "body.warc.gz" in files_of(sealed, str(number))]
    assert elsewhere == [9, 11]  # the bytes of capture 1 again, and a 304; otherwise packed they are kept again
    assert [number for number, one in told.items() if not one["capture"]["whole"]] == [9, 10, 17, 18, 19]
    assert [number for number, one in told.items() if not one["capture"]["body"]] == [12, 13]
    assert [number for number, one in told.items() if one["reading"] is None] == [12, 13, 15]
    assert "source.leaf.json" in files_of(sealed, "9")
    assert "earlier/checkpoint" in files_of(sealed, "1")
    assert "earlier/checkpoint" not in files_of(sealed, "19")


def test_a_whole_file_proves_all_records(sealed: Path) -> None:
    """Captures that were added together lie in one file: with all of it, requests and heads are proven, too."""
    for number in numbers(sealed):
        files = files_of(sealed, str(number), whole_file=True)
        told = examine(files)
        assert (told["holds"], told["capture"]["whole"]) == (True, True), told["problems"]


@pytest.mark.slow
def test_two_hundred_bundles_agree_with_verify(tmp_path: Path) -> None:
    """In an archive in which `verify` finds nothing wrong, each bundle holds, twice the same bytes, run alone."""
    sealed_archive(tmp_path / "archive", 176)
    with Archive.open(tmp_path / "archive", read_only=True) as archive:
        assert not [one for one in check(archive, read, audit) if one.judgement is Judgement.MISMATCH]
    every = numbers(tmp_path / "archive")
    assert len(every) >= 200
    for number in every:
        with_text = number % 5 != 0
        files, again = (files_of(tmp_path / "archive", str(number), with_text=with_text) for _ in range(2))
        agrees(files, examine(files))
        path = tmp_path / "bundle.zip"
        path.write_bytes(bundle.packed(files))
        assert path.read_bytes() == bundle.packed(again)
        assert run(path)[0] == 0
