"""`archiver prove`: what the real reader made of real pages, sealed and stamped, checks out elsewhere."""

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from archiver.cli import root
from archiver.errors import ArchiveError, UsageError
from archiver.jobs import keys
from archiver.jobs.add import Options, add
from archiver.jobs.prove import prove
from archiver.jobs.seal import seal, take
from archiver.jobs.targets import Given, Target, expand_list
from archiver.jobs.verify import run as verify
from tests.export.bundles import numbers, run
from tests.fakeweb import FakeWeb, chunked, zipped
from tests.jobs.sealing import NAME, Clock, keep
from tests.jobs.tsa import TimestampAuthority, needs_openssl
from tests.samples.collection import OUTLETS, SAMPLES

QUICK = Options(allow_private=True, delay=0, timeout=4, max_bytes=1_000_000)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All sample pages, as `archiver demo` adds them, sealed."""
    folder = tmp_path_factory.mktemp("samples")
    (folder / "archive").mkdir()
    shutil.copy(OUTLETS, folder / "archive" / "outlets.toml")
    list(add(folder / "archive", expand_list(SAMPLES / "manifest.toml", Given()), Options(), clock=Clock()))
    keys.new(folder / "archive", folder / "keys", NAME, clock=Clock())
    seal(folder / "archive", folder / "keys")
    return folder / "archive"


def test_every_sample_is_proven_as_verify_finds_it(samples: Path, tmp_path: Path) -> None:
    """Where `archiver verify` finds nothing wrong, every bundle holds, with the statements that are shown."""
    assert not [one for one in verify(samples) if one["judgement"] == "mismatch"]
    stand = 0
    for number in numbers(samples):
        done = prove(samples, str(number), tmp_path / f"{number}.zip")
        status, told = run(tmp_path / f"{number}.zip")
        assert (status, told["level"], done["level"]) == (0, "L1", "L1"), told
        stand += told["reading"]["stand"] if told["reading"] else 0
        bare = prove(samples, str(number), tmp_path / f"{number}-bare.zip", with_text=False)
        assert run(tmp_path / f"{number}-bare.zip")[0] == 0
        assert bare["size"] < done["size"]
    assert stand > 100


def test_fetched_pages_are_proven(tmp_path: Path) -> None:
    """Through a real client: compressed, in chunks, redirected, not there, not changed, and changed."""
    folder = tmp_path / "archive"
    text = "".join(f"<p>The council of Ilsen said that the ferry will cross {n} times a day.</p>" for n in range(9))
    page = f"<article><h1>Ferry</h1><p>By Ana Novak, 3 May 2024</p>{text}</article>"
    whole = f"<!DOCTYPE html><title>Ferry</title>{page}".encode()
    in_chunks, gzipped = [("Transfer-Encoding", "chunked")], [("Content-Encoding", "gzip")]
    with FakeWeb() as web:
        web.conditional("/a", page, '"one"')
        web.page("/gz", zipped(whole), headers=gzipped)
        web.page("/chunks", chunked(whole[:99], whole[99:]), headers=in_chunks, length=False)
        web.page("/both", chunked(zipped(whole)[:99], zipped(whole)[99:]), headers=in_chunks + gzipped, length=False)
        web.redirect("/old", "/a")
        for path in ("/a", "/gz", "/chunks", "/both", "/old", "/none", "/a", "/gz"):
            list(add(folder, [Target(web.url(path), Given(), address=web.url(path))], QUICK))
        web.conditional("/a", page.replace("3 May 2024", "4 May 2024"), '"two"')
        list(add(folder, [Target(web.url("/a"), Given(), address=web.url("/a"))], QUICK))
    assert len(numbers(folder)) == 9
    for number in numbers(folder):
        prove(folder, str(number), tmp_path / f"{number}.zip")
        status, told = run(tmp_path / f"{number}.zip")
        assert (status, told["level"]) == (0, "L0"), told
        assert told["capture"]["whole"]


def test_a_file_is_never_replaced_by_another(tmp_path: Path) -> None:
    """The same bundle again is no trouble; anything else that lies there is left alone."""
    keep(tmp_path / "archive", "the ferry", "the bridge")
    first = prove(tmp_path / "archive", "1", tmp_path / "a.zip")
    assert prove(tmp_path / "archive", "1", tmp_path / "a.zip") == first
    with pytest.raises(UsageError, match="holds something else"):
        prove(tmp_path / "archive", "2", tmp_path / "a.zip")
    with pytest.raises(ArchiveError):
        prove(tmp_path / "archive", "2", tmp_path / "nowhere" / "a.zip")
    assert sorted(path.name for path in tmp_path.glob("*.zip*")) == ["a.zip"]


@needs_openssl
def test_the_line_for_openssl_says_when(tmp_path: Path) -> None:
    """A token lies in the bundle, is named as not checked, and the command that is printed checks it."""
    archive, private = tmp_path / "archive", tmp_path / "keys"
    keep(archive, "the ferry")
    keys.new(archive, private, NAME, clock=Clock())
    authority = TimestampAuthority(tmp_path / "authority", "Authority One")
    seal(archive, private, request=tmp_path / "q.tsq")
    (tmp_path / "q.tsr").write_bytes(authority.answer((tmp_path / "q.tsq").read_bytes()))
    take(archive, tmp_path / "q.tsr", roots=authority.root)
    first = prove(archive, "1", tmp_path / "1.zip")
    assert len(first["tokens"]) == 1
    keep(archive, "the bridge")
    seal(archive, private)
    again = prove(archive, "1", tmp_path / "later.zip")
    assert again["tokens"] == first["tokens"]
    for name, file in (("1.zip", "checkpoint"), ("later.zip", "earlier/checkpoint")):
        unpacked = tmp_path / name.partition(".")[0]
        with zipfile.ZipFile(tmp_path / name) as zipped_file:
            zipped_file.extractall(unpacked)
        status, told = run(unpacked)
        assert (status, told["level"]) == (0, "L1")
        (command,) = [text for _, rows in told["says"] for label, text in rows if label == "time token"]
        assert file in command
        shutil.copy(authority.root, unpacked / "CA.pem")
        (unpacked / "CA.pem").write_bytes(authority.root.read_bytes() + (authority.folder / "tsa.pem").read_bytes())
        ran = subprocess.run(["sh", "-c", command], cwd=unpacked, capture_output=True, text=True)
        assert "Verification: OK" in ran.stdout + ran.stderr, (command, ran)
    token = tmp_path / "1" / first["tokens"][0]
    token.write_bytes(token.read_bytes() + b"\0")
    assert run(tmp_path / "1")[0] == 1


def test_keys_that_were_handed_over_are_named(tmp_path: Path) -> None:
    """After a rotation each seal is signed by the key of its time, and the bundle names those that signed."""
    archive, private = tmp_path / "archive", tmp_path / "keys"
    keep(archive, "the ferry")
    old = keys.new(archive, private, NAME, clock=Clock())
    seal(archive, private)
    assert prove(archive, "1", tmp_path / "1.zip")["signed_by"] == [old]
    new = keys.rotate(archive, private, clock=Clock())
    seal(archive, private)
    assert prove(archive, "1", tmp_path / "2.zip")["signed_by"] == [new]
    assert run(tmp_path / "2.zip", "--key", new)[1]["trusted"] is True
    assert run(tmp_path / "1.zip", "--key", new)[0] == 1


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It prints where the bundle is, and what it proves; `--json` the same for programs."""
    from click.testing import CliRunner

    monkeypatch.chdir(tmp_path)
    keep(tmp_path / "archive", "the ferry")
    ran = CliRunner().invoke(root, ["prove", "1", "--archive", "archive"])
    assert ran.exit_code == 0
    assert ran.stdout == "capture-1.proof.zip\n"
    assert "archiver seal" in ran.stderr
    ran = CliRunner().invoke(root, ["prove", "1", "--archive", "archive", "-o", "x.zip", "--no-text", "--json"])
    done = json.loads(ran.stdout)
    assert (done["schema"], done["path"], done["level"]) == ("archiver/bundle/1", "x.zip", "L0")
    assert run(tmp_path / "x.zip")[0] == 0
