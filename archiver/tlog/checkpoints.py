"""Checkpoints: the head of a log, signed (c2sp.org/tlog-checkpoint)."""

import base64
import binascii
import re
from dataclasses import dataclass

from archiver.errors import ProofError
from archiver.tlog.merkle import EMPTY_ROOT, HASH_SIZE

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The log called ``origin`` had ``size`` entries and this ``root``; ``extensions`` are further lines, unread."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The text to be signed, with its last newline."""
        lines = (self.origin, str(self.size), base64.b64encode(self.root).decode(), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


def parse_checkpoint(text: str) -> Checkpoint:
    """The checkpoint that the text of a note holds. Raises ProofError."""
    lines = text.split("\n")
    if len(lines) < 4 or lines.pop() or not all(lines):
        raise ProofError("a checkpoint has at least three lines: origin, size and root")
    origin, size, root, *extensions = lines
    if not _SIZE.fullmatch(size) or int(size) >= 2**63:
        raise ProofError("the size of a checkpoint is a number")
    return Checkpoint(origin, int(size), _root(root, int(size)), tuple(extensions))


def _root(text: str, size: int) -> bytes:
    try:
        root = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ProofError("the root of a checkpoint is base64") from error
    if len(root) != HASH_SIZE or base64.b64encode(root).decode() != text:
        raise ProofError(f"the root of a checkpoint is {HASH_SIZE} bytes in base64")
    if size == 0 and root != EMPTY_ROOT:
        raise ProofError("an empty log has the root of the empty tree")
    return root
