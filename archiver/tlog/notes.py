"""Signed notes and the keys that sign them (c2sp.org/signed-note, c2sp.org/tlog-cosignature).

A note is a text, an empty line and signature lines. Two kinds of Ed25519 signature are made and checked here: type 0x01
over the text, and type 0x04, the timestamped cosignature of a witness over a checkpoint. What signatures of unknown
keys say is nothing.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from archiver.errors import ProofError

ED25519 = 0x01
COSIGNATURE = 0x04
LARGEST_NOTE = 64 * 1024  # bytes: a hundred cosignatures of any kind
MOST_SIGNATURES = 100

_KEY_SIZE = 32
_KEY_ID_SIZE = 4
_DASH = "— "
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_NAME = re.compile(r"[^\s+\x85\u180e\u200b\u2060\ufeff]{1,255}")


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with the name and the kind of signature it is known for."""

    name: str
    kind: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The four bytes by which a signature line names the key."""
        return hashlib.sha256(f"{self.name}\n".encode() + bytes([self.kind]) + self.public).digest()[:_KEY_ID_SIZE]

    def __str__(self) -> str:
        """The key as a vkey: ``name+id+key``."""
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(bytes([self.kind]) + self.public).decode()}"


def parse_key(text: str) -> VerifierKey:
    """The key of a vkey line. Raises ProofError when it is none, or its id is not that of its key."""
    parts = text.strip().split("+", 2)
    if len(parts) != 3 or not _NAME.fullmatch(parts[0]):
        raise ProofError("this is no verifier key: it has the form name+id+key")
    material = _decoded(parts[2])
    if len(material) != 1 + _KEY_SIZE or material[0] not in {ED25519, COSIGNATURE}:
        raise ProofError(f"the key of {parts[0]} is of a kind that is not read here")
    key = VerifierKey(parts[0], material[0], material[1:])
    if parts[1] != key.key_id.hex():
        raise ProofError(f"the key of {parts[0]} does not have the id {parts[1]}")
    return key


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: whose it claims to be, and its bytes."""

    name: str
    key_id: bytes
    value: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {base64.b64encode(self.key_id + self.value).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text, with its last newline, and the signatures under it, in their order."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(map(str, self.signatures))

    def __bytes__(self) -> bytes:
        return str(self).encode()

    def signed(self, *more: Signature) -> "Note":
        """The note with further signatures; one that is there already is not repeated."""
        return Note(self.text, (*self.signatures, *(one for one in more if one not in self.signatures)))


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that holds: of which key, and for a cosignature at what time (seconds since 1970)."""

    key: VerifierKey
    time: int | None = None


def parse_note(data: bytes) -> Note:
    """The note in ``data``; its signatures are not checked. Raises ProofError."""
    if len(data) > LARGEST_NOTE:
        raise ProofError(f"a signed note has at most {LARGEST_NOTE:,} bytes")
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProofError("a signed note is UTF-8") from error
    if _CONTROL.search(whole):
        raise ProofError("a signed note holds no control characters")
    text, gap, lines = whole.rpartition("\n\n")
    if not gap or not lines.endswith("\n"):
        raise ProofError("a signed note has a text, an empty line and signature lines")
    signatures = [_signature(line) for line in lines[:-1].split("\n")]
    if len(signatures) > MOST_SIGNATURES:
        raise ProofError(f"a signed note has at most {MOST_SIGNATURES} signatures")
    return Note(text + "\n", tuple(signatures))


def verify(note: Note, keys: Iterable[VerifierKey]) -> tuple[Signed, ...]:
    """The signatures of ``note`` by ``keys``, all of which hold; at least one.

    Raises ProofError when a signature of a known key does not hold, and when no known key signed.
    """
    known = {(key.name, key.key_id): key for key in keys}
    found: list[Signed] = []
    for signature in note.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is not None:
            found.append(_checked(note.text, signature, key))
    if not found:
        raise ProofError("no known key signed this note")
    return tuple(found)


def sign(text: str, name: str, private: Ed25519PrivateKey) -> Signature:
    """The signature of ``text``, which ends with a newline, by the key called ``name``."""
    _check_text(text, name)
    key = VerifierKey(name, ED25519, public_bytes(private))
    return Signature(name, key.key_id, private.sign(text.encode()))


def cosign(text: str, name: str, private: Ed25519PrivateKey, time: int) -> Signature:
    """The cosignature of a checkpoint's ``text`` at ``time`` (seconds since 1970) by the witness called ``name``."""
    _check_text(text, name)
    key = VerifierKey(name, COSIGNATURE, public_bytes(private))
    return Signature(name, key.key_id, time.to_bytes(8, "big") + private.sign(_cosigned(text, time)))


def public_bytes(private: Ed25519PrivateKey) -> bytes:
    """The 32 bytes of the public key (RFC 8032)."""
    return private.public_key().public_bytes_raw()


def unsigned_names(note: Note, signed: Sequence[Signed]) -> tuple[str, ...]:
    """The names on signature lines that none of ``signed`` accounts for: nobody vouches for them."""
    known = {(one.key.name, one.key.key_id) for one in signed}
    return tuple(one.name for one in note.signatures if (one.name, one.key_id) not in known)


def _signature(line: str) -> Signature:
    name, gap, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not gap or not _NAME.fullmatch(name):
        raise ProofError("a signature line is a dash, a name and a signature")
    value = _decoded(encoded)
    if len(value) <= _KEY_ID_SIZE:
        raise ProofError(f"the signature of {name} is too short")
    return Signature(name, value[:_KEY_ID_SIZE], value[_KEY_ID_SIZE:])


def _decoded(text: str) -> bytes:
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ProofError("a signature is base64") from error
    if base64.b64encode(value).decode() != text:
        raise ProofError("a signature is base64 in its one spelling")
    return value


def _checked(text: str, signature: Signature, key: VerifierKey) -> Signed:
    time, message, value = None, text.encode(), signature.value
    if key.kind == COSIGNATURE:
        time, value = int.from_bytes(signature.value[:8], "big"), signature.value[8:]
        if time >= 2**63:
            raise ProofError(f"the cosignature of {key.name} gives no time")
        message = _cosigned(text, time)
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(value, message)
    except (InvalidSignature, ValueError) as error:
        raise ProofError(f"the signature of {key.name} does not hold") from error
    return Signed(key, time)


def _cosigned(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def _check_text(text: str, name: str) -> None:
    if not text.endswith("\n") or _CONTROL.search(text):
        raise ProofError("a text to be signed ends with a newline and holds no control characters")
    if not _NAME.fullmatch(name):
        raise ProofError("the name of a key holds neither spaces nor a plus sign")
