"""Full text over every version, folded over scripts and diacritics, grouped by article."""

from dataclasses import dataclass

from archiver.store.rows import ArticleRow


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of real text and the places in it, (start, end) in code points, where the words stand."""

    text: str
    marks: tuple[tuple[int, int], ...]
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that answers a query: its newest version that does, and the older ones that do.

    ``exact`` is True when every word stands there in the spelling that was asked for.
    """

    article: ArticleRow
    version: int
    title: Snippet
    snippet: Snippet
    also_in: tuple[int, ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found. ``capped``: the words are so common that only the newest versions were ranked."""

    hits: tuple[Hit, ...]
    capped: bool
