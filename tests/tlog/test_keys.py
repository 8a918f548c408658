"""A private key never shows itself, cannot be called like another, and hands over so that anybody can check it."""

import pytest

from archiver.errors import ProofError
from archiver.tlog import keys, notes
from archiver.tlog.checkpoints import Checkpoint, parse_checkpoint
from archiver.tlog.merkle import leaf_hash
from archiver.tlog.notes import COSIGNATURE, ED25519

OLD = keys.new_key("archive.example/press", ED25519, b"\x01" * 32)
NEW = keys.new_key("archive.example/press", ED25519, b"\x02" * 32)
WITNESS = keys.new_key("witness.example/w1", COSIGNATURE, b"\x03" * 32)


@pytest.mark.parametrize("key", [OLD, WITNESS], ids=["log", "witness"])
def test_a_key_comes_back_from_its_text(key: keys.SigningKey) -> None:
    """With name, kind and id."""
    assert keys.parse_private(key.secret_text()) == key
    assert key.secret_text().startswith(f"PRIVATE+KEY+{key.name}+{key.verifier.key_id.hex()}+")


def test_the_text_is_the_one_of_the_go_library() -> None:
    """A key pair of golang.org/x/mod/sumdb/note, from its own example: PeterNeumann."""
    theirs = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz\n"
    public = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    key = keys.parse_private(theirs)
    assert str(key.verifier) == public
    assert key.secret_text() == theirs


def test_a_key_never_shows_itself() -> None:
    """Neither when it is printed nor in an error about its file."""
    secret = OLD.secret_text().split("+", 4)[-1].strip()
    assert secret not in repr(OLD)
    assert "x01" not in repr(OLD)
    for broken in (OLD.secret_text()[:-5], OLD.secret_text().replace("press", "other"), f"x{OLD.secret_text()}"):
        with pytest.raises(ProofError) as raised:
            keys.parse_private(broken)
        assert secret[:12] not in str(raised.value)
        assert raised.value.__cause__ is None


@pytest.mark.parametrize(
    "name",
    [
        "",
        "archive example",
        "аrchive.example",
        "Archive.example",
        "a+b",
        "/a",
        "a//b",
        "a" * 80,
        "a\n",
        "a\u200bb",
        "é",
    ],
)
def test_names_that_could_be_mistaken_are_refused(name: str) -> None:
    """Other scripts, capitals, spaces and what steers a terminal."""
    with pytest.raises(ProofError, match="cannot be the name"):
        keys.new_key(name, ED25519, b"\x01" * 32)


def test_a_key_hands_over_to_the_next() -> None:
    """Only to that one, only by its own hand, and not the other way round."""
    endorsement = keys.endorse(OLD, NEW.verifier)
    keys.check_endorsement(OLD.verifier, NEW.verifier, endorsement)
    for old, new, signature in (
        (NEW.verifier, OLD.verifier, endorsement),
        (OLD.verifier, WITNESS.verifier, endorsement),
        (OLD.verifier, NEW.verifier, keys.endorse(NEW, NEW.verifier)),
        (OLD.verifier, NEW.verifier, endorsement[:-1]),
        (OLD.verifier, NEW.verifier, b""),
    ):
        with pytest.raises(ProofError, match="did not endorse"):
            keys.check_endorsement(old, new, signature)


def test_a_handover_is_no_checkpoint() -> None:
    """So nobody can be made to sign a state of the log by handing over, or the other way round."""
    with pytest.raises(ProofError):
        parse_checkpoint(keys.handover(OLD.verifier, NEW.verifier))


def test_logs_and_witnesses_keep_to_their_trade() -> None:
    """The key of a log gives no cosignature, the key of a witness signs nothing without a time."""
    text = str(Checkpoint(OLD.name, 1, leaf_hash(b"")))
    assert notes.verify(notes.Note(text, (OLD.sign(text), WITNESS.cosign(text, 5))), [OLD.verifier, WITNESS.verifier])
    with pytest.raises(ProofError, match="no witness"):
        OLD.cosign(text, 5)
    with pytest.raises(ProofError, match="without a time"):
        WITNESS.sign(text)
