"""Signed notes, checkpoints and proofs are those of the standard; a changed bit or a stranger's word is never taken."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from archiver.errors import ProofError
from archiver.tlog import merkle, notes
from archiver.tlog.checkpoints import Checkpoint, parse_checkpoint
from archiver.tlog.notes import COSIGNATURE, ED25519, VerifierKey
from archiver.tlog.proofs import Proof, parse_proof

LOG = Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)
WITNESS = Ed25519PrivateKey.from_private_bytes(b"\x02" * 32)
NAME, WITNESS_NAME = "archive.example/press", "witness.example/w1"
KEY = VerifierKey(NAME, ED25519, notes.public_bytes(LOG))
WITNESS_KEY = VerifierKey(WITNESS_NAME, COSIGNATURE, notes.public_bytes(WITNESS))
HEAD = Checkpoint(NAME, 3, merkle.leaf_hash(b"root"))
# The example of c2sp.org/signed-note: a key, and a note that it signed.
THEIR_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
THEIR_NOTE = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)


def signed() -> notes.Note:
    """A checkpoint with the log's signature and a witness's."""
    text = str(HEAD)
    return notes.Note(text, (notes.sign(text, NAME, LOG), notes.cosign(text, WITNESS_NAME, WITNESS, 1_700_000_000)))


def test_the_example_of_the_standard_holds() -> None:
    """Read, checked and written again."""
    key = notes.parse_key(THEIR_KEY)
    note = notes.parse_note(THEIR_NOTE.encode())
    assert [one.key.name for one in notes.verify(note, [key])] == ["example.com/foo"]
    assert str(note) == THEIR_NOTE
    assert str(key) == THEIR_KEY


def test_log_and_witness_sign_one_note() -> None:
    """Each by its own key; the witness says when."""
    note = notes.parse_note(bytes(signed()))
    assert notes.verify(note, [KEY, WITNESS_KEY]) == (
        notes.Signed(KEY),
        notes.Signed(WITNESS_KEY, 1_700_000_000),
    )
    assert notes.unsigned_names(note, notes.verify(note, [KEY])) == (WITNESS_NAME,)


def test_strangers_say_nothing() -> None:
    """Neither an unknown key, nor one that takes a known name, nor the other kind of signature of a known key."""
    stranger = VerifierKey(NAME, ED25519, notes.public_bytes(WITNESS))
    other_kind = VerifierKey(NAME, COSIGNATURE, notes.public_bytes(LOG))
    for key in (stranger, other_kind):
        with pytest.raises(ProofError, match="no known key"):
            notes.verify(signed(), [key])


def test_a_known_key_whose_signature_fails_spoils_the_note() -> None:
    """Even where another one holds."""
    note = signed()
    forged = notes.Signature(NAME, KEY.key_id, bytes(64))
    with pytest.raises(ProofError, match=NAME):
        notes.verify(notes.Note(note.text, (note.signatures[1], forged)), [KEY, WITNESS_KEY])


@given(st.data())
def test_a_changed_bit_is_never_taken(data: st.DataObject) -> None:
    """Of text, names, ids or signatures."""
    whole = bytearray(bytes(signed()))
    bit = data.draw(st.integers(0, len(whole) * 8 - 1))
    whole[bit // 8] ^= 1 << bit % 8
    try:
        note = notes.parse_note(bytes(whole))
        held = notes.verify(note, [KEY, WITNESS_KEY])
    except ProofError:
        return
    # What is left is the same text under fewer signatures.
    assert note.text == str(HEAD)
    assert len(held) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text\n",
        b"text\n\n",
        b"text\n\n\xe2\x80\x94 name\n",
        b"text\n\n\xe2\x80\x94 name AAAAAAA=",
        b"text\n\n\xe2\x80\x94 name AAAA\n",
        b"text\n\n\xe2\x80\x94 na me AAAAAAA=\n",
        b"text\n\n\xe2\x80\x94 na+me AAAAAAA=\n",
        b"text\n\n- name AAAAAAA=\n",
        b"te\x00xt\n\n\xe2\x80\x94 name AAAAAAA=\n",
        b"te\rxt\n\n\xe2\x80\x94 name AAAAAAA=\n",
        b"\xff\n\n\xe2\x80\x94 name AAAAAAA=\n",
        b"text\n\n\xe2\x80\x94 name AAAAAAB=\n",
        b"text\n\n" + "— name AAAAAAA=\n".encode() * 101,
        b"a" * 70_000 + b"\n\n\xe2\x80\x94 name AAAAAAA=\n",
    ],
)
def test_what_is_no_note_is_refused(data: bytes) -> None:
    """By its form, before any signature."""
    with pytest.raises(ProofError):
        notes.parse_note(data)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "name",
        "name+00000000+AAAA",
        "na me" + THEIR_KEY[15:],
        THEIR_KEY.replace("530d903a", "530d903b"),
        THEIR_KEY[:-4],
        "example.com/foo+530d903a+" + base64.b64encode(b"\x06" + bytes(32)).decode(),
    ],
)
def test_what_is_no_key_is_refused(key: str) -> None:
    """A key of another name, id or kind."""
    with pytest.raises(ProofError):
        notes.parse_key(key)


def test_a_text_that_could_forge_a_line_is_not_signed() -> None:
    """Control characters and names with spaces."""
    for text, name in (("no newline", NAME), ("a\rb\n", NAME), ("text\n", "na me"), ("text\n", "")):
        with pytest.raises(ProofError):
            notes.sign(text, name, LOG)


def test_a_checkpoint_is_read_as_it_is_written() -> None:
    """With its further lines."""
    for head in (HEAD, Checkpoint("a", 0, merkle.EMPTY_ROOT), Checkpoint("a", 1, bytes(32), ("x", "y z"))):
        assert parse_checkpoint(str(head)) == head


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n",
        "origin\n1\n",
        f"origin\n1\n{base64.b64encode(bytes(31)).decode()}\n",
        f"origin\n01\n{base64.b64encode(bytes(32)).decode()}\n",
        f"origin\n-1\n{base64.b64encode(bytes(32)).decode()}\n",
        f"origin\n٣\n{base64.b64encode(bytes(32)).decode()}\n",
        f"origin\n9223372036854775808\n{base64.b64encode(bytes(32)).decode()}\n",
        f"origin\n0\n{base64.b64encode(bytes(32)).decode()}\n",
        f"\n1\n{base64.b64encode(bytes(32)).decode()}\n",
        f"origin\n1\n{base64.b64encode(bytes(32)).decode()}\n\nx\n",
        f"origin\n1\n{base64.b64encode(bytes(32)).decode()}",
        f"origin\n1\n{base64.b64encode(bytes(32)).decode()[:-1]}!\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    """One spelling of each line."""
    with pytest.raises(ProofError):
        parse_checkpoint(text)


LEAVES = [merkle.leaf_hash(bytes([n])) for n in range(5)]


def proof() -> Proof:
    """That leaf 3 of five stands in a signed log."""

    def node(level: int, index: int) -> bytes:
        return merkle.Frontier(LEAVES[index << level : (index + 1) << level]).root()

    head = Checkpoint(NAME, 5, merkle.root(5, node))
    note = notes.Note(str(head), (notes.sign(str(head), NAME, LOG),))
    return Proof(3, tuple(merkle.inclusion_proof(3, 5, node)), note, b"beside")


def test_a_proof_stands_alone() -> None:
    """Read back, it leads to the signed root and to no other leaf."""
    found = parse_proof(str(proof()).encode())
    assert found == proof()
    assert found.check(LEAVES[3]).size == 5
    assert notes.verify(found.note, [KEY])
    with pytest.raises(ProofError):
        found.check(LEAVES[2])


@given(st.data())
def test_a_changed_proof_never_means_something_else(data: st.DataObject) -> None:
    """A byte changed, lost or added: refused, or the same statement."""
    whole = str(proof()).encode()
    at, byte = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.binary(max_size=2))
    try:
        found = parse_proof(whole[:at] + byte + whole[at + 1 :])
        head = found.check(LEAVES[3])
        notes.verify(found.note, [KEY])
    except ProofError:
        return
    assert (found.index, head) == (3, proof().checkpoint)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2"),
        ("index 3", "index 03"),
        ("index 3", "index -3"),
        ("index 3\n", ""),
        ("\n\n", "\n"),
        ("extra ", "extra  "),
        ("extra ", "extra é"),
    ],
)
def test_what_is_no_proof_is_refused(old: str, new: str) -> None:
    """By its form."""
    with pytest.raises(ProofError):
        parse_proof(str(proof()).replace(old, new, 1).encode())
