"""A witness cosigns a log that only grows: whatever else is asked is refused by name."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.errors import ProofError
from archiver.tlog import keys, merkle, notes, tiles
from archiver.tlog.checkpoints import Checkpoint, parse_checkpoint
from archiver.tlog.notes import ED25519
from archiver.tlog.witnessing import Request, check_request, parse_request

KEY = keys.new_key("archive.example/press", ED25519, b"\x01" * 32)
OTHER = keys.new_key("archive.example/other", ED25519, b"\x02" * 32)
ENTRIES = [b"%d" % number for number in range(40)]
OTHERS = [*ENTRIES[:4], b"changed", *ENTRIES[5:]]


def tree(entries: list[bytes]) -> tiles.Tiles:
    files = dict(tiles.growth(0, entries, lambda _path: b""))
    return tiles.Tiles(len(entries), files.__getitem__)


def request(old: int, size: int, entries: list[bytes] = ENTRIES, key: keys.SigningKey = KEY) -> Request:
    head = Checkpoint(key.name, size, merkle.root(size, tree(entries).node))
    note = notes.Note(str(head), (key.sign(str(head)),))
    proof = merkle.consistency_proof(old, size, tree(entries).node) if old <= size else []
    return Request(old, tuple(proof), note)


def seen(size: int, entries: list[bytes] = ENTRIES) -> Checkpoint:
    return parse_checkpoint(request(0, size, entries).note.text)


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_log_that_grew_is_cosigned(one: int, two: int) -> None:
    """From any size to any larger one; what was parsed is what was written."""
    old, new = sorted((one, two))
    asked = request(old, new)
    assert parse_request(str(asked).encode()) == asked
    assert check_request(asked, seen(old) if old else None, [KEY.verifier]).size == new


def test_the_same_checkpoint_is_cosigned_again() -> None:
    """The answer may have been lost on its way."""
    assert check_request(request(5, 20), seen(20), [KEY.verifier]) == seen(20)


@pytest.mark.parametrize(
    ("asked", "known", "words"),
    [
        (request(0, 10), seen(20), "roll-back: 20 entries were witnessed, and this checkpoint counts 10"),
        (request(10, 10), seen(20), "roll-back"),
        (request(20, 20, OTHERS), seen(20), "fork: another tree of 20"),
        (request(20, 30, OTHERS), seen(20), "fork: nothing shows"),
        (replace(request(20, 30), proof=()), seen(20), "fork: nothing shows"),
        (replace(request(20, 30), proof=request(20, 31).proof), seen(20), "fork: nothing shows"),
        (request(10, 30), seen(20), "starts from 10 entries, and 20 were witnessed"),
        (request(0, 30), seen(20), "starts from 0 entries"),
        (request(10, 30), None, "starts from 10 entries, and 0 were witnessed"),
        (replace(request(0, 10), old=11), None, "counts 10"),
        (replace(request(0, 10), proof=(b"x" * 32,)), None, "empty tree"),
        (request(0, 10, key=OTHER), None, "no known key"),
    ],
)
def test_what_a_witness_must_refuse(asked: Request, known: Checkpoint | None, words: str) -> None:
    """Each by its name."""
    with pytest.raises(ProofError, match=words):
        check_request(asked, known, [KEY.verifier])


def test_a_signature_that_does_not_hold_is_refused() -> None:
    """A known name and id over another text."""
    asked = request(0, 10)
    with pytest.raises(ProofError, match="does not hold"):
        check_request(replace(asked, note=notes.Note(str(seen(11)), asked.note.signatures)), None, [KEY.verifier])


@pytest.mark.parametrize("origin", ["archive.example/other", "аrchive.example/press", "archive.example/press "])
def test_a_log_signs_in_its_own_name(origin: str) -> None:
    """A known key under the checkpoint of another origin, or of one that only looks alike."""
    text = str(Checkpoint(origin, 1, merkle.leaf_hash(b"")))
    with pytest.raises(ProofError, match="not the log of this key"):
        check_request(Request(0, (), notes.Note(text, (KEY.sign(text),))), None, [KEY.verifier])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"old 1",
        b"old 01\n\n",
        b"old -1\n\nx",
        b"new 1\n\n" + bytes(request(0, 1).note),
        b"old 99999999999999999999\n\n" + bytes(request(0, 1).note),
        b"old 1\nAAAA\n\n" + bytes(request(0, 1).note),
        b"old 1\n" + b"A" * 43 + b"\n\n" + bytes(request(0, 1).note),
        b"old 1\n" + (b"A" * 43 + b"=\n") * 64 + b"\n" + bytes(request(0, 1).note),
        b"old 1\n\xff\n\n" + bytes(request(0, 1).note),
        b"old 1\n\n<html>",
    ],
)
def test_what_is_no_request(data: bytes) -> None:
    """Said in a sentence."""
    with pytest.raises(ProofError):
        parse_request(data)


@given(st.binary(max_size=200))
def test_noise_is_no_request(data: bytes) -> None:
    """Whatever comes, it ends in a sentence."""
    with pytest.raises(ProofError):
        parse_request(b"old 1\n\n" + data if len(data) % 2 else data)
