"""Private keys, and how one hands over to the next: Ed25519 seeds in the text form of golang.org/x/mod/sumdb/note.

A private key never shows itself: not in ``repr``, not in an error. What leaves it are signatures and its public half.
"""

import base64
import binascii
import re
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from archiver.errors import ProofError
from archiver.tlog import notes
from archiver.tlog.notes import COSIGNATURE, ED25519, Note, Signature, VerifierKey

_PREFIX = "PRIVATE+KEY+"
_SEED_SIZE = 32
# What a new key may be called: a schema-less address. Names made elsewhere may hold more (c2sp.org/signed-note).
_NEW_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62})(?:/[a-z0-9._-]{1,63}){0,3}")


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with the name and the kind of signature it makes (ED25519 or COSIGNATURE)."""

    name: str
    kind: int
    _seed: bytes = field(repr=False)

    @property
    def verifier(self) -> VerifierKey:
        """Its public half."""
        return VerifierKey(self.name, self.kind, notes.public_bytes(self._private))

    def sign(self, text: str) -> Signature:
        """The signature of ``text``. Raises ProofError for the key of a witness, which signs with a time."""
        if self.kind != ED25519:
            raise ProofError(f"{self.name} is the key of a witness: it signs no text without a time")
        return notes.sign(text, self.name, self._private)

    def cosign(self, text: str, time: int) -> Signature:
        """The cosignature of a checkpoint's ``text`` at ``time`` (seconds since 1970). Raises ProofError."""
        if self.kind != COSIGNATURE:
            raise ProofError(f"{self.name} is the key of a log: it is no witness")
        return notes.cosign(text, self.name, self._private, time)

    def secret_text(self) -> str:
        """The key as it is kept in a file, with its last newline: only for that file."""
        material = base64.b64encode(bytes([self.kind]) + self._seed).decode()
        return f"{_PREFIX}{self.name}+{self.verifier.key_id.hex()}+{material}\n"

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self._seed)


def new_key(name: str, kind: int, seed: bytes) -> SigningKey:
    """A key from 32 random bytes. Raises ProofError for a name that could be mistaken for another.

    Letters are ASCII and small: names that look alike in other scripts are other names, and nobody would notice.
    """
    if not _NEW_NAME.fullmatch(name):
        raise ProofError(
            f"“{name}” cannot be the name of a key",
            "use small letters a-z, digits, dots, dashes and slashes, such as archive.example/press",
        )
    if len(seed) != _SEED_SIZE:
        raise ProofError(f"a key is made from {_SEED_SIZE} random bytes")
    return SigningKey(name, kind, seed)


def parse_private(text: str) -> SigningKey:
    """The key that ``secret_text`` gave. Raises ProofError, which repeats nothing of the text."""
    parts = text.strip().removeprefix(_PREFIX).split("+", 2)
    if not text.startswith(_PREFIX) or len(parts) != 3:
        raise ProofError("this is no private key")
    try:
        material = base64.b64decode(parts[2], validate=True)
    except (binascii.Error, ValueError):
        raise ProofError("this is no private key") from None
    if len(material) != 1 + _SEED_SIZE or material[0] not in {ED25519, COSIGNATURE}:
        raise ProofError("this private key is of a kind that is not used here")
    key = SigningKey(parts[0], material[0], material[1:])
    if key.verifier.key_id.hex() != parts[1]:
        raise ProofError("this private key does not have the id that it names")
    return key


def handover(old: VerifierKey, new: VerifierKey) -> str:
    """The text by which the ``old`` key of a log endorses the ``new`` one. It can never be read as a checkpoint."""
    return f"archiver: the second key takes the place of the first\n{old}\n{new}\n"


def endorse(old: SigningKey, new: VerifierKey) -> bytes:
    """The signature (64 bytes) of ``old`` under its handover to ``new``."""
    return old.sign(handover(old.verifier, new)).value


def check_endorsement(old: VerifierKey, new: VerifierKey, endorsement: bytes) -> None:
    """That ``old`` signed its handover to ``new``. Raises ProofError."""
    try:
        notes.verify(Note(handover(old, new), (Signature(old.name, old.key_id, endorsement),)), [old])
    except ProofError as error:
        raise ProofError(f"the key {old} did not endorse {new}") from error
