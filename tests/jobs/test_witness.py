"""A witness by file exchange: what it saw is durable before it answers, and what it answers stands in the log."""

import json
import shutil
from pathlib import Path

import pytest

from archiver.errors import InputError, NotFound, ProofError, UsageError
from archiver.jobs import keys, witness
from archiver.jobs.seal import seal
from archiver.store import disk, log, seals
from archiver.store.archive import Archive
from archiver.tlog import notes
from tests.jobs.sealing import NAME, Clock, keep

WITNESS = "witness.example/w1"


class Two:
    """An archive, a witness on another machine, and the files between them."""

    def __init__(self, folder: Path) -> None:
        self.archive, self.keys = folder / "archive", folder / "keys"
        self.state, self.witness_keys = folder / "witness" / "state", folder / "witness" / "keys"
        self.files = folder
        folder.mkdir(exist_ok=True)
        keep(self.archive, "the ferry")
        self.log = keys.new(self.archive, self.keys, NAME)
        self.witness = keys.new_witness(self.witness_keys, WITNESS)
        self.clock = Clock()
        seal(self.archive, self.keys)

    def request(self, archive: Path | None = None, old: int | None = None) -> Path:
        path = self.files / "request"
        path.write_text(witness.request(archive or self.archive, old=old))
        return path

    def sign(self, request: Path, *logs: str) -> Path:
        path = self.files / "answer"
        path.write_text(witness.sign(request, self.state, self.witness_keys, logs=logs, clock=self.clock))
        return path


@pytest.fixture
def two(tmp_path: Path) -> Two:
    """Archive and witness."""
    return Two(tmp_path)


def test_a_seal_is_witnessed(two: Two) -> None:
    """The line stands under the checkpoint and as an entry of the log; the next request starts there."""
    answer = two.sign(two.request(), two.log)
    done = witness.add(two.archive, answer, two.witness)
    assert (done["size"], done["new"], done["at"]) == (3, True, "2026-05-01T12:01:00Z")
    for name in ("checkpoint", "checkpoints/3"):
        note = notes.parse_note((two.archive / log.FOLDER / name).read_bytes())
        assert len(notes.verify(note, [notes.parse_key(two.log), notes.parse_key(two.witness)])) == 2
    with Archive.open(two.archive, read_only=True) as archive:
        (entry,) = seals.anchor_entries(archive.conn)
    assert (entry.size, entry.line) == (3, answer.read_text().rstrip("\n"))
    assert witness.add(two.archive, answer, two.witness)["new"] is False
    keep(two.archive, "the bridge")
    seal(two.archive, two.keys)
    assert two.request().read_text().startswith("old 3\n")
    assert witness.add(two.archive, two.sign(two.request()), two.witness)["size"] == 6


def test_its_own_cosignature_is_no_reason_to_seal_again(two: Two) -> None:
    """Nothing that anybody captured was entered."""
    witness.add(two.archive, two.sign(two.request(), two.log), two.witness)
    assert seal(two.archive, two.keys)["new"] is False


def test_a_witness_knows_only_the_logs_it_was_told_of(two: Two) -> None:
    """By their keys; a new key after a handover must be given too."""
    with pytest.raises(NotFound, match=r"does not know a log called 'archive\.example/press'"):
        two.sign(two.request())
    two.sign(two.request(), two.log)
    second = keys.rotate(two.archive, two.keys)
    seal(two.archive, two.keys)
    with pytest.raises(ProofError, match="no known key"):
        two.sign(two.request(old=3))
    assert two.sign(two.request(old=3), second)


def test_a_roll_back_is_refused_and_kept_as_evidence(two: Two) -> None:
    """The whole archive was put back to an earlier copy, with all its seals."""
    shutil.copytree(two.archive, two.files / "before")
    keep(two.archive, "the bridge")
    seal(two.archive, two.keys)
    two.sign(two.request(old=0), two.log)
    with pytest.raises(ProofError, match="roll-back: 5 entries were witnessed, and this checkpoint counts 3") as raised:
        two.sign(two.request(two.files / "before"))
    (kept,) = two.state.glob("refused-*")
    assert str(kept) in str(raised.value.hint)
    assert b"old 0\n" in kept.read_bytes()


def test_a_fork_is_refused(two: Two) -> None:
    """Two histories of one log, each in itself without fault."""
    shutil.copytree(two.archive, two.files / "other")
    for folder, text in ((two.archive, "the bridge"), (two.files / "other", "the tunnel")):
        keep(folder, text)
        seal(folder, two.keys)
    two.sign(two.request(), two.log)
    with pytest.raises(ProofError, match="fork: another tree of 5 entries"):
        two.sign(two.request(two.files / "other"))
    keep(two.files / "other", "the road")
    seal(two.files / "other", two.keys)
    with pytest.raises(ProofError, match="fork: nothing shows"):
        two.sign(two.request(two.files / "other", old=5))


def test_what_was_seen_is_durable_before_the_answer(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that refuses: no answer. A damaged memory: no answer either, and it is not begun anew."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(disk, "replace_synced", full)
        with pytest.raises(Exception, match="No space left"):
            two.sign(two.request(), two.log)
    assert not list(two.state.glob("*.json"))
    two.sign(two.request(), two.log)
    (kept,) = two.state.glob("*.json")
    assert json.loads(kept.read_text())["checkpoint"].startswith(f"{NAME}\n3\n")
    text = kept.read_text()
    kept.chmod(0o644)
    kept.write_text(text[:-20])
    with pytest.raises(ProofError, match="is damaged"):
        two.sign(two.request(), two.log)
    kept.write_text(text.replace(f"{NAME}\\n3", f"{NAME}/x\\n3"))
    with pytest.raises(ProofError, match="is damaged"):
        two.sign(two.request(), two.log)


def test_an_answer_that_was_lost_is_given_again(two: Two) -> None:
    """The same request, after more time has passed."""
    first = two.sign(two.request(), two.log).read_text()
    assert two.sign(two.request()).read_text() != first
    assert witness.add(two.archive, two.files / "answer", two.witness)["new"]


def test_only_the_answer_of_this_witness_for_this_log_is_added(two: Two, tmp_path: Path) -> None:
    """Of another key, of another log, changed, no line at all, or the log's own key: each is named."""
    other = Two(tmp_path / "other")
    theirs = other.sign(other.request(), other.log)
    with pytest.raises(InputError, match="no line in it is of"):
        witness.add(two.archive, theirs, two.witness)
    with pytest.raises(ProofError, match="holds for no checkpoint of this archive"):
        witness.add(two.archive, theirs, other.witness)
    mine = two.sign(two.request(), two.log)
    for text, error in ((mine.read_text()[:-8] + "AAAAAA=\n", ProofError), ("", InputError), ("<html>\n", InputError)):
        mine.write_text(text)
        with pytest.raises(error):
            witness.add(two.archive, mine, two.witness)
    with pytest.raises(UsageError, match="no witness"):
        witness.add(two.archive, mine, two.log)
    with pytest.raises(UsageError, match="no log"):
        two.sign(two.request(), two.witness)


def test_nobody_is_a_witness_to_himself(two: Two) -> None:
    """The key of the log under another kind."""
    key = notes.parse_key(two.log)
    own = notes.VerifierKey(key.name, notes.COSIGNATURE, key.public)
    (two.files / "answer").write_text("— x AAAA\n")
    with pytest.raises(UsageError, match="witness to himself"):
        witness.add(two.archive, two.files / "answer", str(own))


def test_nothing_sealed_nothing_to_witness(tmp_path: Path) -> None:
    """Said with a way out."""
    keep(tmp_path / "archive", "the ferry")
    with pytest.raises(NotFound, match="nothing is sealed"):
        witness.request(tmp_path / "archive")
