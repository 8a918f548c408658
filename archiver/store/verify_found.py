"""What the checks of seals share: the sound checkpoints, the roots of this log, and how a verdict on a file is made."""

from dataclasses import dataclass, field

from archiver.errors import ProofError
from archiver.store import log, seals
from archiver.store.archive import Archive
from archiver.store.verdicts import Judgement, Verdict
from archiver.tlog import merkle
from archiver.tlog.checkpoints import Checkpoint
from archiver.tlog.notes import Note


@dataclass(slots=True)
class Found:
    """What the files hold: sound checkpoints by their size, and what is wrong with the others."""

    sound: dict[int, tuple[Note, Checkpoint]] = field(default_factory=dict)
    named: set[int] = field(default_factory=set)


class Roots:
    """The root of this log at some sizes: from its tiles, and where these say otherwise from its rows."""

    def __init__(self, archive: Archive, told: Checkpoint | None, wanted: set[int]) -> None:
        self._archive = archive
        self._told = told
        self._wanted = wanted
        self._rows: dict[int, bytes] | None = None
        self._size = told.size if told is not None else log.size(archive.conn)

    def size(self, wanted: int) -> int:
        """How many entries the log has: looked up again where ``wanted`` is more, for a log grows meanwhile."""
        if wanted > self._size:
            try:
                self._told = log.head(self._archive.folder)
                self._size = self._told.size
            except ProofError:
                self._size = log.size(self._archive.conn)
        return self._size

    def differ(self, head: Checkpoint) -> str | None:
        """Why the log does not continue ``head``: roll-back or fork; None where it does."""
        size = self.size(head.size)
        if head.size > size:
            return f"roll-back: it counts {head.size} entries, and this log has {size}"
        if self._from_tiles(head.size) != head.root and self._from_rows(head.size) != head.root:
            return f"fork: the first {head.size} entries of this log are not the ones that it counts"
        return None

    def _from_tiles(self, size: int) -> bytes | None:
        if self._told is None or size > self._told.size:
            return None
        try:
            return seals.root_of(self._archive.folder, self._told, size)
        except ProofError:
            return None

    def _from_rows(self, size: int) -> bytes | None:
        if self._rows is None:
            self._rows = {}
            tree = merkle.Frontier()
            for entry in log.entries(self._archive.conn):
                if tree.size in self._wanted:
                    self._rows[tree.size] = tree.root()
                tree.append(merkle.leaf_hash(entry))
            self._rows[tree.size] = tree.root()
        return self._rows.get(size)


def wrong(path: str, message: str, subject: str = "checkpoint") -> Verdict:
    """A mismatch in a file, whose ``path`` is relative to the folder of the log."""
    return Verdict(Judgement.MISMATCH, subject, message, file=f"{log.FOLDER}/{path}")


def unsettled(path: str, message: str, subject: str = "checkpoint") -> Verdict:
    """What cannot be told of such a file."""
    return Verdict(Judgement.UNCHECKABLE, subject, message, file=f"{log.FOLDER}/{path}")
