"""What a check says of one thing: it is as it was, it is not, or nobody can tell here."""

from dataclasses import asdict, dataclass
from enum import StrEnum

from archiver.canonical import Json


class Judgement(StrEnum):
    """The three answers."""

    MATCH = "match"
    MISMATCH = "mismatch"
    UNCHECKABLE = "uncheckable"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing that was checked. What is None was not part of it.

    ``subject`` is file, record, capture, judgement, snapshot, log, key, checkpoint, anchor, against (what was kept
    elsewhere), text, version, quote, row, schema or database; ``file`` is relative to the archive folder; ``offset``
    the byte at which the record starts; ``captures`` the numbers of the captures concerned; ``table``, ``row`` and
    ``column`` locate a value in archive.db. ``many`` says how many
    things the verdict speaks of: captures of a file, readings, texts, quotes, and for the database the statements that
    came out the same when everything was read again.
    """

    judgement: Judgement
    subject: str
    message: str
    file: str | None = None
    offset: int | None = None
    captures: tuple[int, ...] = ()
    articles: tuple[str, ...] = ()
    table: str | None = None
    row: str | None = None
    column: str | None = None
    many: int | None = None

    def as_json(self) -> dict[str, Json]:
        """Every field under its name, moments and numbers as they are; ``place`` says it in words."""
        return {**asdict(self), "judgement": str(self.judgement), "place": self.place}

    @property
    def place(self) -> str:
        """Where, in words."""
        parts = [
            self.file,
            f"byte {self.offset}" if self.offset is not None else None,
            "captures " + ", ".join(map(str, self.captures)) if self.captures else None,
            "article " + ", ".join(self.articles) if self.articles else None,
            ".".join(part for part in (self.table, self.column) if part) or None,
            f"row {self.row}" if self.row is not None else None,
        ]
        return ", ".join(part for part in parts if part)
