"""A proof that stands alone: an entry's place, its way to the root, and the signed root (c2sp.org/tlog-proof@v1)."""

import base64
import binascii
import re
from dataclasses import dataclass

from archiver.errors import ProofError
from archiver.tlog import notes
from archiver.tlog.checkpoints import Checkpoint, parse_checkpoint
from archiver.tlog.merkle import HASH_SIZE, LARGEST_PROOF, check_inclusion

MAGIC = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")


@dataclass(frozen=True, slots=True)
class Proof:
    """Entry ``index`` of the log whose head ``note`` signs, the ``hashes`` on its way there, and unsigned ``extra``."""

    index: int
    hashes: tuple[bytes, ...]
    note: notes.Note
    extra: bytes | None = None

    @property
    def checkpoint(self) -> Checkpoint:
        """The head of the log that the proof leads to. Raises ProofError."""
        return parse_checkpoint(self.note.text)

    def __str__(self) -> str:
        extra = [] if self.extra is None else [f"extra {base64.b64encode(self.extra).decode()}"]
        hashes = [base64.b64encode(each).decode() for each in self.hashes]
        return "\n".join([MAGIC, *extra, f"index {self.index}", *hashes]) + f"\n\n{self.note}"

    def check(self, leaf: bytes) -> Checkpoint:
        """The checkpoint, once ``leaf`` (its hash) is shown to stand in it; signatures are not looked at.

        Raises ProofError.
        """
        head = self.checkpoint
        check_inclusion(leaf, self.index, head.size, self.hashes, head.root)
        return head


def parse_proof(data: bytes) -> Proof:
    """The proof in ``data``; nothing of it is checked. Raises ProofError."""
    head, gap, note = data.partition(b"\n\n")
    if not gap:
        raise ProofError("a proof has an empty line before its checkpoint")
    try:
        magic, *lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise ProofError("a proof is ASCII up to its checkpoint") from error
    if magic != MAGIC:
        raise ProofError(f"a proof begins with {MAGIC}")
    extra = _decoded(lines.pop(0).removeprefix("extra ")) if lines and lines[0].startswith("extra ") else None
    index = _INDEX.fullmatch(lines[0]) if lines else None
    if index is None or int(index[1]) >= 2**63:
        raise ProofError("a proof gives the index of its entry")
    hashes = tuple(_decoded(line) for line in lines[1:])
    if len(hashes) > LARGEST_PROOF or any(len(each) != HASH_SIZE for each in hashes):
        raise ProofError(f"a proof has at most {LARGEST_PROOF} hashes of {HASH_SIZE} bytes")
    return Proof(int(index[1]), hashes, notes.parse_note(note), extra)


def _decoded(text: str) -> bytes:
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ProofError("the hashes of a proof are base64") from error
    if base64.b64encode(value).decode() != text:
        raise ProofError("the hashes of a proof are base64 in its one spelling")
    return value
