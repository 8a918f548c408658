"""Each way to cheat with seals ends at the level and with the reason that it should; honest work raises no alarm."""

import base64
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from archiver.errors import InputError
from archiver.jobs import keys, witness
from archiver.jobs.keys import private_half, writing
from archiver.jobs.seal import seal, take
from archiver.jobs.verify import run
from archiver.store import keyfiles, log, seal_files, seals
from archiver.store.levels import Outside, Standing
from archiver.tlog import notes
from archiver.tlog.checkpoints import Checkpoint, parse_checkpoint
from archiver.tlog.keys import endorse, new_key
from archiver.tlog.notes import COSIGNATURE, ED25519
from tests.jobs.sealing import NAME, Clock, keep
from tests.jobs.tsa import TimestampAuthority, needs_openssl

STRANGER = new_key(NAME, ED25519, b"\x07" * 32)


class Case:
    """An archive that was sealed at 3 and at 5 entries, its keys, and what verify says of it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.keys = folder / "archive", folder / "keys"
        keep(self.folder, "the ferry")
        self.vkey = keys.new(self.folder, self.keys, NAME, clock=Clock())
        seal(self.folder, self.keys)
        keep(self.folder, "the bridge")
        seal(self.folder, self.keys)

    def place(self, name: str) -> Path:
        return self.folder / log.FOLDER / name

    def put(self, name: str, data: bytes) -> None:
        """As somebody with the disk does it."""
        path = self.place(name)
        path.parent.mkdir(exist_ok=True)
        if path.exists():
            path.chmod(0o644)
        path.write_bytes(data)

    def head(self, name: str = "checkpoint") -> Checkpoint:
        return parse_checkpoint(notes.parse_note(self.place(name).read_bytes()).text)

    def verify(self, **outside: object) -> tuple[str | None, set[str], set[str], Standing]:
        """The level, what does not match, what is open, and the rest."""
        standing = Standing(Outside(**outside))  # type: ignore[arg-type]
        verdicts = list(run(self.folder, deep=False, standing=standing))
        wrong = {f"{one['place']}: {one['message']}" for one in verdicts if one["judgement"] == "mismatch"}
        left = {f"{one['place']}: {one['message']}" for one in verdicts if one["judgement"] == "uncheckable"}
        routine = {one for one in left if "not read again" in one or "rest on markup" in one}
        return standing.level(len(wrong)), wrong, left - routine, standing


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed archive, made once."""
    folder = tmp_path_factory.mktemp("made")
    Case(folder)
    return folder


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Case:
    """A copy of it."""
    shutil.copytree(made, tmp_path / "copy")
    copied = object.__new__(Case)
    copied.folder, copied.keys = tmp_path / "copy/archive", tmp_path / "copy/keys"
    copied.vkey = keys.known(copied.folder, copied.keys)[0]["vkey"]
    return copied


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> TimestampAuthority:
    """An authority of this machine."""
    return TimestampAuthority(tmp_path_factory.mktemp("authority") / "one", "Authority One")


def stamp(case: Case, authority: TimestampAuthority, file: Path) -> bytes:
    """Timestamp the newest seal by file; answers the token."""
    seal(case.folder, case.keys, request=file)
    token = authority.answer(file.read_bytes())
    file.write_bytes(token)
    take(case.folder, file, roots=authority.root)
    return token


def one(said: set[str]) -> str:
    (only,) = said
    return only


def test_without_a_seal_the_archive_agrees_with_itself(tmp_path: Path) -> None:
    """L0, and that nothing else can be told."""
    keep(tmp_path / "archive", "the ferry")
    standing = Standing()
    assert not [v for v in run(tmp_path / "archive", deep=False, standing=standing) if v["judgement"] == "mismatch"]
    assert standing.level(0) == "L0"
    said = " ".join(standing.not_shown())
    for words in ("that a server sent this", "this machine's clock", "roll-back of the whole archive"):
        assert words in said


def test_a_sealed_archive_is_signed(case: Case) -> None:
    """L1: by a key that the archive names, or by the one that the caller knows."""
    level, wrong, left, standing = case.verify()
    assert (level, wrong, left) == ("L1", set(), set())
    assert standing.signed is not None
    assert (standing.signed.size, standing.signed.key, standing.signed.given) == (5, case.vkey, False)
    assert any("whose key that is" in said for said in standing.not_shown())
    level, wrong, left, standing = case.verify(key=case.vkey)
    assert (level, wrong, left) == ("L1", set(), set())
    assert standing.signed is not None
    assert standing.signed.given
    assert not any("whose key that is" in said for said in standing.not_shown())
    keep(case.folder, "the tunnel")
    assert any("not signed: the last 2 entries" in said for said in case.verify()[3].not_shown())


@needs_openssl
def test_others_knew_of_it(case: Case, authority: TimestampAuthority, tmp_path: Path) -> None:
    """L2: only by an authority or a witness whom the caller trusts; else it is a time that somebody states."""
    stamp(case, authority, tmp_path / "token")
    level, wrong, left, standing = case.verify()
    assert (level, wrong, left) == ("L1", set(), set())
    assert any("nobody here vouches for" in said for said in standing.shown(0))
    level, wrong, _, standing = case.verify(tsa_roots=authority.root.read_bytes())
    assert (level, wrong) == ("L2", set())
    assert standing.anchored is not None
    assert (standing.anchored.size, standing.anchored.by) == (5, "CN=Authority One")
    assert any("after the first 5 entries was taken back" in said for said in standing.not_shown())


def test_a_witness_knew_of_it(case: Case, tmp_path: Path) -> None:
    """L2 for who trusts the witness; its line is part of what is checked for everybody."""
    vkey = keys.new_witness(tmp_path / "w", "witness.example/w1")
    (tmp_path / "request").write_text(witness.request(case.folder))
    line = witness.sign(tmp_path / "request", tmp_path / "state", tmp_path / "w", logs=[case.vkey], clock=Clock())
    (tmp_path / "answer").write_text(line)
    witness.add(case.folder, tmp_path / "answer", vkey)
    assert case.verify()[:3] == ("L1", set(), set())
    level, wrong, _, standing = case.verify(witnesses=(vkey,))
    assert (level, wrong) == ("L2", set())
    assert standing.anchored is not None
    assert standing.anchored.at == "2026-05-01T12:01:00Z"
    for name in ("checkpoint", "checkpoints/5"):
        case.put(name, str(notes.Note(case.head().__str__(), notes.parse_note(
            case.place(name).read_bytes()).signatures[:1])).encode())  # fmt: skip
    assert "lacks the cosignature that entry 5" in one(case.verify()[1])


def test_after_a_handover_both_seals_hold(case: Case) -> None:
    """The old one by the old key, the new one by the new; trust in the old key reaches the new, not the other way."""
    new = keys.rotate(case.folder, case.keys)
    seal(case.folder, case.keys)
    assert case.verify()[:3] == ("L1", set(), set())
    level, wrong, left, standing = case.verify(key=case.vkey)
    assert (level, wrong, left) == ("L1", set(), set())
    assert standing.signed is not None
    assert (standing.signed.size, standing.signed.key) == (6, new)
    level, wrong, left, _ = case.verify(key=new)
    assert (level, wrong, len(left)) == ("L1", set(), 2)
    assert all("an earlier key than the one you trust" in said for said in left)


def test_a_lost_key_leaves_a_gap_that_is_told(case: Case) -> None:
    """Nobody endorsed the new one: open without another word, not enough for who trusts the old one."""
    new = keys.new(case.folder, case.keys, lost=True)
    seal(case.folder, case.keys)
    level, wrong, left, _ = case.verify()
    assert (level, wrong) == ("L1", set())
    assert "did not endorse it" in one(left)
    assert f"signed by {new}, which the key you trust did not endorse" in one(case.verify(key=case.vkey)[1])


def resigned(case: Case, name: str, head: Checkpoint, key: object = None) -> None:
    """Write a checkpoint of our own making; ``key`` is that of the archive unless another is given."""
    own = keyfiles.load(case.keys, notes.parse_key(case.vkey))
    signer = key or own
    case.put(name, bytes(notes.Note(str(head), (signer.sign(str(head)),))))  # type: ignore[attr-defined]


def stolen_old_key(case: Case) -> None:
    """Signs a state that the new key should sign."""
    keys.rotate(case.folder, case.keys)
    told = log.head(case.folder)
    for name in ("checkpoint", "checkpoints/6"):
        resigned(case, name, Checkpoint(NAME, told.size, told.root))


def forged_signature(case: Case) -> None:
    data = case.place("checkpoints/3").read_bytes()
    signature = base64.b64decode(data.rstrip().rpartition(b" ")[2])
    changed = signature[:-1] + bytes([signature[-1] ^ 1])
    case.put("checkpoints/3", data.replace(base64.b64encode(signature), base64.b64encode(changed)))


def by_a_stranger(case: Case) -> None:
    resigned(case, "checkpoints/3", case.head("checkpoints/3"), STRANGER)


def swapped(case: Case) -> None:
    three, five = (case.place(f"checkpoints/{size}").read_bytes() for size in (3, 5))
    case.put("checkpoints/3", five)
    case.put("checkpoints/5", three)


def put_back(case: Case) -> None:
    case.put("checkpoint", case.place("checkpoints/3").read_bytes())


def other_root(case: Case) -> None:
    resigned(case, "checkpoints/3", Checkpoint(NAME, 3, b"\x00" * 32))


def ahead(case: Case) -> None:
    for name in ("checkpoint", "checkpoints/9"):
        resigned(case, name, Checkpoint(NAME, 9, b"\x00" * 32))


def look_alike(case: Case) -> None:
    resigned(case, "checkpoints/3", Checkpoint(NAME.replace("a", "а", 1), 3, case.head("checkpoints/3").root))


def link(case: Case) -> None:
    case.place("checkpoints/3").rename(case.folder / "elsewhere")
    case.place("checkpoints/3").symlink_to(case.folder / "elsewhere")


def pipe(case: Case) -> None:
    case.place("checkpoints/3").unlink()
    os.mkfifo(case.place("checkpoints/3"))


def folder_in_place(case: Case) -> None:
    case.place("checkpoints/3").unlink()
    case.place("checkpoints/3").mkdir()


def huge(case: Case) -> None:
    case.put("checkpoints/3", b"x" * 1_000_000)


def bytes_behind(case: Case) -> None:
    case.put("checkpoints/3", case.place("checkpoints/3").read_bytes() + b"x")


def no_newest(case: Case) -> None:
    case.place("checkpoint").unlink()


def foreign_file(case: Case) -> None:
    case.put("checkpoints/03", case.place("checkpoints/3").read_bytes())


def enter_key(case: Case, *, wrong_endorsement: bool = False, name: str = NAME, first: bool = False) -> None:
    with writing(case.folder) as archive:
        own, entry = private_half(archive, case.keys)
        key = new_key(name, ED25519, b"\x08" * 32)
        endorsement = endorse(STRANGER if wrong_endorsement else own, key.verifier)
        seals.enter(archive, seals.of_key(key.verifier, None if first else entry.key, endorsement, Clock()()))


ATTACKS: dict[str, tuple[Callable[[Case], None], str]] = {
    "an old key signs on": (stolen_old_key, "which was in force from entry 2 to 5 and not at this size"),
    "a forged signature": (forged_signature, "does not hold"),
    "a stranger's signature": (by_a_stranger, "no known key signed"),
    "two seals swapped": (swapped, "is the checkpoint of 5 entries, not of 3"),
    "the newest put back": (put_back, "counts 3 entries, and there is a checkpoint of 5"),
    "another tree signed": (other_root, "fork: the first 3 entries of this log are not the ones that it counts"),
    "a seal of more than there is": (ahead, "roll-back: it counts 9 entries, and this log has 5"),
    "a name that looks alike": (look_alike, r"is one of the log '\u0430rchive.example/press', and this one is"),
    "a link": (link, "is no file"),
    "a pipe": (pipe, "is no file"),
    "a folder": (folder_in_place, "is no file"),
    "a huge file": (huge, "no seal has more than"),
    "bytes behind the end": (bytes_behind, "checkpoints/3: "),
    "the newest is gone": (no_newest, "is missing"),
    "a file that no seal is": (foreign_file, "does not belong here"),
    "an endorsement by another": (lambda case: enter_key(case, wrong_endorsement=True), "does not hold"),
    "a key of another name": (lambda case: enter_key(case, name="archive.example/other"), "has another name"),
    "a second first key": (lambda case: enter_key(case, first=True), "does not take the place of the key"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_found_and_named(case: Case, name: str) -> None:
    """No level is reached, and the reason is the one of this attack."""
    attack, words = ATTACKS[name]
    attack(case)
    level, wrong, _, _ = case.verify()
    assert level is None
    assert any(words in said for said in wrong), wrong


def reset(case: Case) -> None:
    """A token under the name of another size: the time of the first seal for the second."""
    token = next(path for path in case.place("anchors").iterdir())
    shutil.copy(token, token.with_name(token.name.replace("5-", "3-")))


def no_checkpoint(case: Case) -> None:
    case.place("checkpoint").unlink()
    case.place("checkpoints/5").unlink()


TOKENS: dict[str, tuple[Callable[[Case], None], str]] = {
    "the token is gone": (lambda case: next(case.place("anchors").iterdir()).unlink(), "is missing"),
    "its checkpoint is gone": (no_checkpoint, "is missing"),
    "the token of another time": (
        lambda case: case.put(f"anchors/{next(case.place('anchors').iterdir()).name}", b"\x30\x03\x02\x01\x00"),
        "is not the token that entry 5",
    ),
    "a token used again": (reset, "about something else than this checkpoint|belongs to no checkpoint"),
    "garbage beside it": (lambda case: case.put("anchors/3-0123456789abcdef.tsr", b"<html>"), "belongs to no"),
    "a file that no token is": (lambda case: case.put("anchors/token.tsr", b"<html>"), "does not belong here"),
}


@needs_openssl
@pytest.mark.parametrize("name", TOKENS)
def test_an_attack_on_a_timestamp_is_found_and_named(
    case: Case, authority: TimestampAuthority, tmp_path: Path, name: str
) -> None:
    """Gone, replaced, used again."""
    attack, words = TOKENS[name]
    stamp(case, authority, tmp_path / "token")
    attack(case)
    level, wrong, _, _ = case.verify()
    assert level is None
    assert any(word in said for said in wrong for word in words.split("|")), wrong


@needs_openssl
def test_a_token_of_another_root_is_found(case: Case, authority: TimestampAuthority, tmp_path: Path) -> None:
    """By who says which root to trust; without that it is a time nobody vouches for."""
    stranger = TimestampAuthority(tmp_path / "two", "Authority Two")
    stamp(case, stranger, tmp_path / "token")
    assert case.verify()[0] == "L1"
    assert "no trusted root vouches" in one(case.verify(tsa_roots=authority.root.read_bytes())[1])


@needs_openssl
def test_a_capture_that_was_known_before_it_was_made_is_named(
    case: Case, authority: TimestampAuthority, tmp_path: Path
) -> None:
    """The clock of this machine stood in another year when it was added."""
    from archiver.jobs.add import Options, add
    from archiver.jobs.targets import Given, Target

    (tmp_path / "late.txt").write_text("The harbour\n\nBy Ana Novak\n\nThe harbour is open.")
    target = Target("late", Given(), path=tmp_path / "late.txt")
    list(add(case.folder, [target], Options(), clock=lambda: Clock()().replace(year=2051)))
    stamp(case, authority, tmp_path / "token")
    level, wrong, left, _ = case.verify(tsa_roots=authority.root.read_bytes())
    assert (level, wrong) == ("L2", set())
    assert "says it was added at 2051-05-01" in one(left)


def test_a_cosignature_of_another_log_is_worth_nothing(case: Case, tmp_path: Path) -> None:
    """Pasted under a checkpoint: of no entry; and for who trusts the witness it does not hold."""
    key = new_key("witness.example/w1", COSIGNATURE, b"\x09" * 32)
    other = str(Checkpoint("archive.example/other", 5, case.head().root))
    line = key.cosign(other, 1_800_000_000)
    for name in ("checkpoint", "checkpoints/5"):
        case.put(name, bytes(notes.parse_note(case.place(name).read_bytes()).signed(line)))
    level, wrong, left, _ = case.verify()
    assert (level, wrong) == ("L1", set())
    assert "of no key of this log and in no entry" in one(left)
    with writing(case.folder) as archive:
        seals.enter(archive, seals.of_cosignature(case.head(), line))
    level, wrong, _, _ = case.verify(witnesses=(str(key.verifier),))
    assert (level, "does not hold" in one(wrong)) == (None, True)


def test_roll_back_and_fork_are_found_by_what_was_kept_elsewhere(case: Case, tmp_path: Path) -> None:
    """The whole archive, seals and all, from an earlier copy: in itself it is without fault, and verify says so."""
    shutil.copytree(case.folder, tmp_path / "before")
    keep(case.folder, "the tunnel")
    seal(case.folder, case.keys)
    for kept in (case.place("checkpoint").read_bytes(), case.place("head").read_bytes()):
        assert case.verify(against=kept)[3].continues == 7
        rolled = object.__new__(Case)
        rolled.folder, rolled.keys = tmp_path / "before", case.keys
        level, wrong, _, standing = rolled.verify()
        assert (level, wrong) == ("L1", set())
        assert any("roll-back of the whole archive" in said for said in standing.not_shown())
        level, wrong, _, _ = rolled.verify(against=kept)
        assert (level, "roll-back: it counts 7 entries, and this log has 5" in one(wrong)) == (None, True)
    keep(rolled.folder, "the road", "the harbour")
    seal(rolled.folder, case.keys)
    assert rolled.verify()[0] == "L1"
    assert "fork: the first 7 entries" in one(rolled.verify(against=kept)[1])


def test_an_archive_made_anew_with_another_key_is_found_by_the_key(case: Case, tmp_path: Path) -> None:
    """All of it follows from itself; only who knows the key, or a checkpoint, sees that it is another."""
    other = Case(tmp_path)
    assert other.vkey != case.vkey
    level, wrong, _, _ = other.verify()
    assert (level, wrong) == ("L1", set())
    level, wrong, _, _ = other.verify(key=case.vkey)
    assert level is None
    assert any("nothing here is signed by the key you trust" in said for said in wrong)
    assert any("fork" in said for said in other.verify(against=case.place("checkpoint").read_bytes())[1])


def test_what_was_kept_elsewhere_is_judged_too(case: Case) -> None:
    """Changed, of another log, of nobody known, empty, or no checkpoint."""
    head = case.head("checkpoints/3")
    own = keyfiles.load(case.keys, notes.parse_key(case.vkey))
    forged = bytes(notes.Note(str(Checkpoint(NAME, 5, b"\x01" * 32)), (own.sign(str(head)),)))
    assert "somebody changed it" in one(case.verify(against=forged)[1])
    other = new_key("archive.example/other", ED25519, b"\x05" * 32)
    foreign = str(Checkpoint(other.name, 3, head.root))
    assert "is one of the log" in one(case.verify(against=bytes(notes.Note(foreign, (other.sign(foreign),))))[1])
    nobody = bytes(notes.Note(str(head), (STRANGER.sign(str(head)),)))
    level, wrong, left, standing = case.verify(against=nobody)
    assert (level, wrong, standing.continues) == ("L1", set(), 3)
    assert "signed by nobody known here" in one(left)
    assert "shows nothing" in one(case.verify(against=str(log.NO_ENTRIES).encode())[2])
    for junk in (b"", b"<html>", b"\xff\xfe", b"a\n\nb", b"x" * 70_000):
        with pytest.raises(InputError, match="no checkpoint"):
            case.verify(against=junk)


def test_words_of_the_caller_are_judged_too(case: Case, tmp_path: Path) -> None:
    """A key of the wrong kind, no key, no certificate, the log as its own witness."""
    vkey = keys.new_witness(tmp_path / "w", "witness.example/w1")
    own = notes.parse_key(case.vkey)
    itself = str(notes.VerifierKey(own.name, COSIGNATURE, own.public))
    for outside in ({"key": vkey}, {"key": "x"}, {"witnesses": (case.vkey,)}, {"witnesses": (itself,)}):
        with pytest.raises(InputError):
            case.verify(**outside)
    with pytest.raises(InputError, match="no certificates"):
        case.verify(tsa_roots=b"<html>")


@needs_openssl
@pytest.mark.parametrize("step", [29, pytest.param(1, marks=pytest.mark.slow)])
def test_every_changed_byte_of_a_seal_is_found(
    case: Case, authority: TimestampAuthority, tmp_path: Path, step: int
) -> None:
    """One bit of each byte, of every checkpoint and every token, with a cosignature among them."""
    vkey = keys.new_witness(tmp_path / "w", "witness.example/w1")
    (tmp_path / "request").write_text(witness.request(case.folder))
    line = witness.sign(tmp_path / "request", tmp_path / "state", tmp_path / "w", logs=[case.vkey])
    (tmp_path / "answer").write_text(line)
    witness.add(case.folder, tmp_path / "answer", vkey)
    stamp(case, authority, tmp_path / "token")
    from archiver.store.archive import Archive
    from archiver.store.verify_seals import check_seals

    assert case.verify()[:3] == ("L1", set(), set())
    with Archive.open(case.folder, read_only=True) as archive:
        told = log.head(case.folder)
        for path in ("checkpoint", "checkpoints/3", "checkpoints/5", f"anchors/{seal_files.tokens(case.folder)[0]}"):
            sound = case.place(path).read_bytes()
            for place in range(0, len(sound), step):
                case.put(path, sound[:place] + bytes([sound[place] ^ 1 << place % 8]) + sound[place + 1 :])
                verdicts = check_seals(archive, told, Standing())
                assert any(v.judgement == "mismatch" and v.file and path in v.file for v in verdicts), (path, place)
            case.put(path, sound)
        assert not [v for v in check_seals(archive, told, Standing()) if v.judgement != "match"]


def run_command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "archiver", *arguments], capture_output=True, text=True)


def test_the_command_tells_the_level(case: Case, tmp_path: Path) -> None:
    """In words and in the last line of JSON; roll-back ends with status 4."""
    told = run_command("verify", "--quick", "--archive", str(case.folder))
    assert told.returncode == 0
    assert "L1: the first 5 entries are signed by" in told.stdout
    assert "not proven: that a server sent this" in told.stdout
    (tmp_path / "kept").write_bytes(bytes(notes.Note(str(Checkpoint(NAME, 99, b"\x00" * 32)), (STRANGER.sign("x\n"),))))
    told = run_command(
        "verify", "--quick", "--json", "--archive", str(case.folder), "--against", str(tmp_path / "kept")
    )
    last = json.loads(told.stdout.splitlines()[-1])
    assert (told.returncode, last["schema"], last["level"]) == (4, "archiver/verified/1", None)
    assert last["signed"] == {"size": 5, "key": case.vkey, "given": False}
    told = run_command("verify", "--archive", str(case.folder), "--against", str(tmp_path / "nothing"))
    assert (told.returncode, "No such file" in told.stderr) == (1, True)


def test_an_archive_without_seals_does_not_pay_for_cryptography(tmp_path: Path) -> None:
    """Neither add nor verify imports it."""
    keep(tmp_path / "archive", "the ferry")
    code = (
        "import sys; from pathlib import Path; from archiver.jobs.verify import run; import archiver.jobs.add\n"
        "list(run(Path(sys.argv[1]), deep=False)); print([m for m in sys.modules if 'rfc3161' in m or 'cryptogr' in m])"
    )
    ran = subprocess.run([sys.executable, "-c", code, str(tmp_path / "archive")], capture_output=True, text=True)
    assert ran.stdout.strip() == "[]", ran.stderr
