"""A seal stays whatever an authority does; a timestamp counts only when it answers for this checkpoint."""

import json
import multiprocessing
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from archiver.canonical import sha256_hex
from archiver.errors import InputError, NotFound, ProofError, UsageError
from archiver.jobs import keys, witness
from archiver.jobs.rebuild import run as rebuild
from archiver.jobs.seal import Authority, seal, take
from archiver.jobs.verify import run as verify
from archiver.store import disk, log, seal_files, seals, timestamps
from archiver.store.archive import Archive
from archiver.store.levels import Standing
from archiver.tlog import notes
from archiver.tlog.checkpoints import parse_checkpoint
from tests.jobs.sealing import NAME, Clock, keep
from tests.jobs.tsa import Answer, TimestampAuthority, faithful, needs_openssl, served, slow
from tests.store.test_archive import _in_child


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive of one page, with a key."""
    keep(tmp_path / "archive", "the ferry")
    keys.new(tmp_path / "archive", tmp_path / "keys", NAME, clock=Clock())
    return tmp_path / "archive"


@pytest.fixture
def private(tmp_path: Path) -> Path:
    """Where the private keys lie."""
    return tmp_path / "keys"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> TimestampAuthority:
    """An authority of this machine."""
    return TimestampAuthority(tmp_path_factory.mktemp("authority") / "one", "Authority One")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> TimestampAuthority:
    """Another one, with a root of its own."""
    return TimestampAuthority(tmp_path_factory.mktemp("authority") / "two", "Authority Two")


def checkpoint(folder: Path, name: str = "checkpoint") -> notes.Note:
    return notes.parse_note((folder / log.FOLDER / name).read_bytes())


def asked(url: str, timeout: float = 10) -> Authority:
    return Authority(url, allow_private=True, timeout=timeout)


def test_a_seal_signs_the_log_as_it_is(folder: Path, private: Path) -> None:
    """Its size, its root and its name, by the key in force; as the newest, and under its size."""
    done = seal(folder, private)
    note = checkpoint(folder)
    with Archive.open(folder, read_only=True) as archive:
        (entry,) = seals.key_entries(archive.conn)
    assert [one.key for one in notes.verify(note, [entry.key])] == [entry.key]
    head, told = parse_checkpoint(note.text), log.head(folder)
    assert (head.origin, head.size, head.root) == (NAME, told.size, told.root) == (NAME, 3, told.root)
    assert checkpoint(folder, "checkpoints/3") == note
    assert (done["new"], done["size"], done["trouble"]) == (True, 3, [])
    modes = {path.stat().st_mode & 0o777 for path in (folder / log.FOLDER).glob("checkpoint*") if path.is_file()}
    assert modes == {0o444}


def test_an_unchanged_log_is_not_signed_twice(folder: Path, private: Path) -> None:
    """The same checkpoint, byte for byte; one more page makes another, and the first stays."""
    seal(folder, private)
    before = bytes(checkpoint(folder))
    assert seal(folder, private)["new"] is False
    assert bytes(checkpoint(folder)) == before
    keep(folder, "the bridge")
    assert seal(folder, private)["size"] == 5
    assert seal_files.sizes(folder) == [3, 5]
    assert bytes(checkpoint(folder, "checkpoints/3")) == before


def test_sealing_needs_a_key_and_its_private_half(tmp_path: Path, folder: Path, private: Path) -> None:
    """Each with a way out."""
    keep(tmp_path / "other", "the ferry")
    with pytest.raises(UsageError, match="no key") as raised:
        seal(tmp_path / "other", private)
    assert "archiver key new" in str(raised.value.hint)
    shutil.move(private, tmp_path / "away")
    with pytest.raises(NotFound, match="private half"):
        seal(folder, private)
    assert not seal_files.sizes(folder)


def test_the_old_key_signs_no_more(folder: Path, private: Path) -> None:
    """After the handover the new one signs, and what the old one signed stays."""
    seal(folder, private)
    before = bytes(checkpoint(folder))
    keys.rotate(folder, private)
    assert seal(folder, private)["size"] == 4
    with Archive.open(folder, read_only=True) as archive:
        old, new = (entry.key for entry in seals.key_entries(archive.conn))
    assert notes.verify(checkpoint(folder), [new])
    with pytest.raises(ProofError):
        notes.verify(checkpoint(folder), [old])
    assert bytes(checkpoint(folder, "checkpoints/3")) == before
    assert notes.verify(checkpoint(folder, "checkpoints/3"), [old])


def test_nobody_signs_two_histories(tmp_path: Path, folder: Path, private: Path) -> None:
    """A log that was rolled back, or is another one, is not sealed over what was signed."""
    shutil.copytree(folder, tmp_path / "before")
    keep(folder, "the bridge")
    seal(folder, private)
    shutil.copytree(folder / log.FOLDER / "checkpoints", tmp_path / "before" / log.FOLDER / "checkpoints")
    shutil.copy(folder / log.FOLDER / "checkpoint", tmp_path / "before" / log.FOLDER / "checkpoint")
    with pytest.raises(ProofError, match="roll-back: 5 entries were signed, and the log holds 3"):
        seal(tmp_path / "before", private)
    keep(tmp_path / "before", "the tunnel", "the road")
    with pytest.raises(ProofError, match="fork: the first 5 entries"):
        seal(tmp_path / "before", private)


@pytest.mark.parametrize("name", ["checkpoint", "checkpoints/3"])
def test_what_a_stopped_seal_left_is_finished(folder: Path, private: Path, name: str) -> None:
    """The same command puts the other one in its place."""
    seal(folder, private)
    before = bytes(checkpoint(folder))
    (folder / log.FOLDER / name).unlink()
    assert seal(folder, private)["new"] is False
    assert bytes(checkpoint(folder, "checkpoints/3")) == bytes(checkpoint(folder)) == before


@needs_openssl
@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.slow)])
def test_a_seal_may_be_stopped_anywhere(
    tmp_path: Path, folder: Path, private: Path, authority: TimestampAuthority, step: int
) -> None:
    """kill -9 before every durable step of seal, timestamp and cosignature: no alarm, and the same again succeeds."""
    ahead = tmp_path / "ahead"
    shutil.copytree(folder, ahead)
    log_key = keys.known(folder, private)[0]["vkey"]
    vkey = keys.new_witness(tmp_path / "w", "witness.example/w1")
    seal(ahead, private, request=tmp_path / "token")
    (tmp_path / "token").write_bytes(authority.answer((tmp_path / "token").read_bytes()))
    (tmp_path / "request").write_text(witness.request(ahead))
    line = witness.sign(tmp_path / "request", tmp_path / "s", tmp_path / "w", logs=[log_key])
    (tmp_path / "answer").write_text(line)

    def all_of_it(copy: Path) -> None:
        seal(copy, private)
        take(copy, tmp_path / "token")
        witness.add(copy, tmp_path / "answer", vkey)

    for stop in range(0, 200, step):
        copy = tmp_path / f"copy-{stop}"
        shutil.copytree(folder, copy)
        ended = _in_child(lambda copy=copy, stop=stop: _stopped(lambda: all_of_it(copy), stop))  # type: ignore[misc]
        assert not [one for one in verify(copy, deep=False) if one["judgement"] == "mismatch"], stop
        all_of_it(copy)
        said = [one for one in verify(copy, deep=False) if one["subject"] in {"checkpoint", "anchor", "log", "key"}]
        assert {one["judgement"] for one in said} == {"match"}, stop
        assert len(seal_files.tokens(copy)) == 1
        if ended == 0:
            break
    assert stop > 20


def _stopped(work: Callable[[], None], stop: int) -> None:
    """Do ``work``, and end by a signal before step ``stop`` of what touches the log."""
    steps = 0

    def counted(name: str) -> None:
        real = getattr(disk, name)

        def counting(*args: object) -> object:
            nonlocal steps
            if steps == stop:
                os.kill(os.getpid(), signal.SIGKILL)
            steps += 1
            return real(*args)

        setattr(disk, name, counting)

    for name in ("replace_synced", "sync_folder", "make_folder", "_write_synced"):
        counted(name)
    work()


def test_verify_while_others_write_raises_no_alarm(folder: Path, private: Path) -> None:
    """Pages are added and sealed without a pause, and every look finds an archive that agrees with itself."""

    def busy() -> None:
        for number in range(12):
            keep(folder, f"the ferry number {number}")
            seal(folder, private)

    child = multiprocessing.get_context("fork").Process(target=busy)
    child.start()
    looks = 0
    try:
        while child.is_alive():
            assert not [one for one in verify(folder, deep=False) if one["judgement"] == "mismatch"]
            looks += 1
    finally:
        child.join()
    assert child.exitcode == 0
    assert looks > 1
    assert len(seal_files.sizes(folder)) == 12


def test_seals_outlive_the_database(folder: Path, private: Path) -> None:
    """Rebuilt from the snapshots alone, the log is still the one that was signed."""
    seal(folder, private)
    keep(folder, "the bridge")
    seal(folder, private)
    for path in folder.glob("archive.db*"):
        path.unlink()
    rebuild(folder, lambda _name: None)
    standing = Standing()
    assert not [one for one in verify(folder, standing=standing) if one["judgement"] == "mismatch"]
    assert standing.level(0) == "L1"
    assert seal(folder, private)["new"] is False


@needs_openssl
@pytest.mark.parametrize("chain", [False, True], ids=["one certificate", "a chain in another order"])
def test_an_authority_states_when(folder: Path, private: Path, authority: TimestampAuthority, chain: bool) -> None:
    """Over the network; the token is kept as it came, and is an entry of the log."""
    authority.configure(chain=chain)
    with served(faithful(authority)) as url:
        done = seal(folder, private, authority=asked(url), roots=authority.root)
        again = seal(folder, private, authority=asked(url), roots=authority.root)
    (stated,) = done["timestamps"]
    assert (stated["vouched"], stated["by"], stated["new"]) == (True, "CN=Authority One", True)
    assert not done["trouble"]
    token = (folder / stated["file"]).read_bytes()
    with Archive.open(folder, read_only=True) as archive:
        (anchor,) = seals.anchor_entries(archive.conn)
    assert anchor.token == sha256_hex(token)
    assert (anchor.size, again["new"], again["timestamps"][0]["new"]) == (3, False, False)
    assert seal_files.tokens(folder) == [stated["file"].rpartition("/")[2]], "asked once"


@needs_openssl
def test_the_recipe_for_whoever_has_no_archiver(
    tmp_path: Path, folder: Path, private: Path, authority: TimestampAuthority
) -> None:
    """As docs/sealing.md says it: the first three lines of a checkpoint, and openssl."""
    with served(faithful(authority)) as url:
        seal(folder, private, authority=asked(url))
    recipe = (Path(__file__).parents[2] / "docs/sealing.md").read_text().split("```")[-2].strip()
    script = recipe.replace("1200", "3").replace("tsa-root.pem", str(authority.root)).replace("> text", "> $T/text")
    script = script.replace("-data text", "-data $T/text")
    where = {"T": str(tmp_path), "PATH": os.environ["PATH"]}
    ran = subprocess.run(["sh", "-ec", script], cwd=folder, capture_output=True, text=True, env=where)
    assert "Verification: OK" in ran.stdout, ran.stderr


@needs_openssl
def test_without_a_root_nobody_vouches(folder: Path, private: Path, authority: TimestampAuthority) -> None:
    """The time is told for what it is."""
    with served(faithful(authority)) as url:
        (stated,) = seal(folder, private, authority=asked(url))["timestamps"]
    assert stated["vouched"] is False


@needs_openssl
def test_without_openssl_one_judge_is_left_and_that_is_told(
    folder: Path, private: Path, authority: TimestampAuthority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A token of another root is refused all the same."""
    seal(folder, private)
    text = checkpoint(folder).text
    token = authority.answer(timestamps.query(text, nonce=False).data)
    roots = timestamps.roots_from(authority.root.read_bytes())
    assert timestamps.judge(token, text, roots=roots).doubts == ()
    monkeypatch.setenv("PATH", "")
    stated = timestamps.judge(token, text, roots=roots)
    assert (stated.vouched, stated.doubts) == (True, ("openssl is not here to judge it too",))
    with pytest.raises(ProofError, match=r"does not hold|vouches"):
        timestamps.judge(_flipped(token), text, roots=roots)


@needs_openssl
def test_a_clock_that_is_far_off_is_told(folder: Path, private: Path, authority: TimestampAuthority) -> None:
    """Ours stands in May 2026; nothing is "fixed"."""
    with served(faithful(authority)) as url:
        (stated,) = seal(folder, private, authority=asked(url), clock=Clock())["timestamps"]
    assert any("ahead of the one of this machine" in doubt for doubt in stated["doubts"])


REPLY = "application/timestamp-reply"


def faults(authority: TimestampAuthority, stranger: TimestampAuthority) -> dict[str, tuple[Answer, str]]:
    """What an authority may do instead of answering, and how that is named."""
    other = authority.answer_about(b"another text")
    return {
        "dead": (lambda q: (503, "text/plain", b"down"), "status 503"),
        "redirect": (lambda q: (302, "text/plain", b"there"), "status 302"),
        "slow": (slow(3, authority), "no bytes came|not done after"),
        "html": (lambda q: (200, "text/html", b"<html>Log in"), "text/html, and no timestamp"),
        "html as reply": (lambda q: (200, REPLY, b"<html>Log in"), "it is a web page"),
        "empty": (lambda q: (200, REPLY, b""), "nothing in it"),
        "garbage": (lambda q: (200, REPLY, b"\x30" * 500), "no timestamp"),
        "noise": (lambda q: (200, REPLY, bytes(range(256))), "not in the form"),
        "huge": (lambda q: (200, REPLY, b"\x30" * 300_000), "limit"),
        "cut off": (lambda q: (200, REPLY, authority.answer(q)[:-9]), "breaks off after"),
        "and more": (lambda q: (200, REPLY, authority.answer(q) + b"..."), "3 bytes follow"),
        "wrong digest": (lambda q: (200, REPLY, other), "about something else"),
        "wrong nonce": (lambda q: (200, REPLY, authority.answer(_other_nonce(q))), "does not repeat the number"),
        "no nonce": (lambda q: (200, REPLY, authority.answer(_without_nonce(q))), "does not repeat the number"),
        "the question": (lambda q: (200, REPLY, q), "no timestamp"),
        "changed": (lambda q: (200, REPLY, _flipped(authority.answer(q))), "does not hold|vouches|no timestamp"),
        "another root": (faithful(stranger), "no trusted root vouches"),
        "refused": (lambda q: (200, REPLY, authority.answer(b"\x30\x03\x02\x01\x01")), "gave no timestamp: rejected"),
    }


def _other_nonce(query: bytes) -> bytes:
    at = query.rindex(b"\x01\x01\xff")  # "certificates, please" follows the nonce
    return query[: at - 1] + bytes([query[at - 1] ^ 1]) + query[at:]


def _without_nonce(query: bytes) -> bytes:
    at = query.index(b"\x04\x20") + 34  # behind the digest
    rest = b"\x01\x01\xff"
    body = query[2:at] + rest
    return b"\x30" + bytes([len(body)]) + body


def _flipped(token: bytes) -> bytes:
    """The last byte is one of the signature."""
    return token[:-1] + bytes([token[-1] ^ 1])


NAMES = (
    *("dead", "redirect", "slow", "html", "html as reply", "empty", "garbage", "noise", "huge", "cut off", "and more"),
    *("wrong digest", "wrong nonce", "no nonce", "the question", "changed", "another root", "refused"),
)


@needs_openssl
@pytest.mark.parametrize("name", NAMES)
def test_trouble_with_an_authority_is_named_and_the_seal_stays(
    folder: Path, private: Path, authority: TimestampAuthority, stranger: TimestampAuthority, name: str
) -> None:
    """No bad token is kept; a later try fills the gap."""
    answer, words = faults(authority, stranger)[name]
    with served(answer) as url:
        done = seal(folder, private, authority=asked(url, timeout=1), roots=authority.root)
    (trouble,) = done["trouble"]
    assert any(word in trouble for word in words.split("|")), trouble
    assert done["new"]
    assert seal_files.sizes(folder) == [3]
    assert not seal_files.tokens(folder)
    with served(faithful(authority)) as url:
        later = seal(folder, private, authority=asked(url), roots=authority.root)
    assert (later["new"], later["trouble"], len(later["timestamps"])) == (False, [], 1)


def test_an_authority_that_is_not_there_is_named(folder: Path, private: Path) -> None:
    """No connection; or an address that must not be asked without being told to."""
    with served(lambda q: (200, REPLY, b"")) as url:
        pass
    (trouble,) = seal(folder, private, authority=asked(url))["trouble"]
    assert "no connection" in trouble
    (trouble,) = seal(folder, private, authority=Authority(url))["trouble"]
    assert "not a public address" in trouble
    (trouble,) = seal(folder, private, authority=asked("ftp://tsa.example/"))["trouble"]
    assert "only http and https" in trouble


@needs_openssl
def test_by_file(tmp_path: Path, folder: Path, private: Path, authority: TimestampAuthority) -> None:
    """A request goes out, an answer comes in: later, and after more was sealed; no key is needed for that."""
    seal(folder, private, request=tmp_path / "q.tsq")
    (tmp_path / "q.tsr").write_bytes(authority.answer((tmp_path / "q.tsq").read_bytes()))
    keep(folder, "the bridge")
    seal(folder, private)
    done = take(folder, tmp_path / "q.tsr", roots=authority.root)
    assert (done["size"], done["timestamps"][0]["new"], done["timestamps"][0]["vouched"]) == (3, True, True)
    assert take(folder, tmp_path / "q.tsr")["timestamps"][0]["new"] is False
    assert len(seal_files.tokens(folder)) == 1


@needs_openssl
def test_a_file_that_answers_for_nothing_here_is_refused(
    tmp_path: Path, folder: Path, private: Path, authority: TimestampAuthority, stranger: TimestampAuthority
) -> None:
    """About another text, no token, or of another root: each named, nothing kept."""
    seal(folder, private, request=tmp_path / "q.tsq")
    query = (tmp_path / "q.tsq").read_bytes()
    for data, error, words in (
        (authority.answer_about(b"another"), InputError, "answers for no checkpoint"),
        (query, InputError, "no timestamp"),
        (b"<!doctype html>", InputError, "a web page"),
        (stranger.answer(query), ProofError, "no trusted root"),
    ):
        (tmp_path / "in").write_bytes(data)
        with pytest.raises(error, match=words):
            take(folder, tmp_path / "in", roots=authority.root)
    with pytest.raises(InputError, match="no certificates"):
        take(folder, tmp_path / "in", roots=tmp_path / "q.tsq")
    assert not seal_files.tokens(folder)


@needs_openssl
def test_a_token_that_a_stopped_seal_left_is_entered(
    tmp_path: Path, folder: Path, private: Path, authority: TimestampAuthority
) -> None:
    """It lies there as a file and is in no entry; one that is none is named and left out."""
    seal(folder, private, request=tmp_path / "q.tsq")
    token = authority.answer((tmp_path / "q.tsq").read_bytes())
    seal_files.write(folder, [seal_files.token_path(3, token)], token)
    seal_files.write(folder, [seal_files.token_path(3, b"<html>")], b"<html>")
    done = seal(folder, private)
    assert [one["new"] for one in done["timestamps"]] == [True]
    assert "a web page" in done["trouble"][0]
    with Archive.open(folder, read_only=True) as archive:
        assert len(seals.anchor_entries(archive.conn)) == 1


@needs_openssl
def test_no_changed_bit_of_a_token_makes_it_say_something_else(
    tmp_path: Path, folder: Path, private: Path, authority: TimestampAuthority
) -> None:
    """Every byte of one token, one bit each: refused, or the same time and digest as before."""
    seal(folder, private, request=tmp_path / "q.tsq")
    authority.configure()
    token = authority.answer((tmp_path / "q.tsq").read_bytes())
    text = checkpoint(folder).text
    roots = timestamps.roots_from(authority.root.read_bytes())
    said = timestamps.judge(token, text, roots=roots)
    passed = 0
    for place in range(0, len(token), 7):
        changed = token[:place] + bytes([token[place] ^ 1 << place % 8]) + token[place + 1 :]
        try:
            again = timestamps.judge(changed, text, roots=roots)
        except ProofError:
            continue
        passed += 1
        assert again.at == said.at
    assert passed < 20, "and the log holds the digest of the whole token"


def test_the_leaf_of_an_anchor_holds_digests_and_no_token(folder: Path, private: Path) -> None:
    """Size and root of the checkpoint, and the digest by which the file is found."""
    seal(folder, private)
    head = parse_checkpoint(checkpoint(folder).text)
    value = json.loads(seals.of_token(head, b"token").entry)
    assert value["predicateType"] == "urn:archiver:leaf:anchor:1"
    assert set(value["predicate"]) == {"form", "size", "root"}
    assert [subject["name"] for subject in value["subject"]] == ["checkpoint", "token"]
