"""What a log asks of a witness, and when a witness must refuse (c2sp.org/tlog-witness, add-checkpoint).

The body of the request is the same whether it travels by HTTP or as a file.
"""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass

from archiver.errors import ProofError
from archiver.tlog import notes
from archiver.tlog.checkpoints import Checkpoint, parse_checkpoint
from archiver.tlog.merkle import HASH_SIZE, LARGEST_PROOF, check_consistency
from archiver.tlog.notes import Note, VerifierKey

LARGEST_REQUEST = notes.LARGEST_NOTE + 8192  # bytes: the proof and the checkpoint
_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})")


@dataclass(frozen=True, slots=True)
class Request:
    """A checkpoint to be cosigned, and the proof that it continues the one of ``old`` entries."""

    old: int
    proof: tuple[bytes, ...]
    note: Note

    def __str__(self) -> str:
        lines = [f"old {self.old}", *(base64.b64encode(each).decode() for each in self.proof)]
        return "\n".join(lines) + f"\n\n{self.note}"


def parse_request(data: bytes) -> Request:
    """The request in ``data``; nothing of it is checked. Raises ProofError."""
    head, gap, note = data.partition(b"\n\n")
    try:
        first, *lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise ProofError("a request to a witness is ASCII up to its checkpoint") from error
    old = _OLD.fullmatch(first)
    if not gap or old is None or int(old[1]) >= 2**63:
        raise ProofError("this is no request to a witness: it begins with the size of the tree before")
    if len(lines) > LARGEST_PROOF:
        raise ProofError(f"a request to a witness has at most {LARGEST_PROOF} hashes")
    return Request(int(old[1]), tuple(map(_hash, lines)), notes.parse_note(note))


def check_request(request: Request, seen: Checkpoint | None, keys: Sequence[VerifierKey]) -> Checkpoint:
    """The checkpoint that a witness may cosign who has ``seen`` the log before and knows it by ``keys``.

    Raises ProofError, which names roll-back and fork. The checkpoint that was cosigned last may be cosigned again.
    """
    head = parse_checkpoint(request.note.text)
    notes.verify(request.note, keys)
    if any(key.name != head.origin for key in keys) or (seen is not None and seen.origin != head.origin):
        raise ProofError(f"the checkpoint is one of the log {head.origin!a}, and that is not the log of this key")
    if request.old > head.size:
        raise ProofError(f"the request starts from {request.old} entries, and its checkpoint counts {head.size}")
    last = seen.size if seen is not None else 0
    if head.size < last:
        raise ProofError(f"roll-back: {last} entries were witnessed, and this checkpoint counts {head.size}")
    if seen is not None and head.size == last:
        if head.root != seen.root:
            raise ProofError(f"fork: another tree of {last} entries was witnessed")
        return head
    if request.old != last:
        raise ProofError(
            f"the request starts from {request.old} entries, and {last} were witnessed",
            f"ask again: archiver witness request --old {last}",
        )
    if seen is None or last == 0:
        if request.proof:
            raise ProofError("nothing can be proven about an empty tree")
        return head
    try:
        check_consistency(last, head.size, request.proof, seen.root, head.root)
    except ProofError as error:
        raise ProofError(
            f"fork: nothing shows that this continues the {last} entries witnessed: {error.message}"
        ) from error
    return head


def _hash(line: str) -> bytes:
    try:
        value = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ProofError("the proof of a request is base64") from error
    if len(value) != HASH_SIZE or base64.b64encode(value).decode() != line:
        raise ProofError(f"the proof of a request is hashes of {HASH_SIZE} bytes")
    return value
