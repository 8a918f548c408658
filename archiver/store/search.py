"""Full text over every version, folded over scripts and diacritics, grouped by article.

A query is words; ``"…"`` asks for words in a row, a leading ``-`` for texts without the word. Nothing in it is
ever an error. Every word also finds its longer forms (Əliyev finds Əliyevin). Exact spelling comes first.
"""

# ruff: noqa: S608 - only constants of this module are written into the texts of queries.

import re
import sqlite3
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from archiver.store.rows import ArticleRow, Filters, article_row, filtered_ids
from archiver.text import fold, fold_words, words

_COMMON = 2_000  # more matching versions than this are not ranked by words but by age: bm25 would read them all
_POOL = 200  # versions looked at closely, for exact spelling
_SNIPPET = 240  # characters
_LEAD = 60  # characters of it before the first word found
_SHORTEST_PREFIX = 3
# Earlier readings stay in the index, which only grows; in most archives there are none.
_OF_TODAY = "rowid NOT IN (SELECT number FROM readings WHERE valid_until IS NOT NULL)"
_PART = re.compile(r'(-?)"([^"]{0,400})"?|(\S{1,400})')


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
    """What a search found. ``capped``: the words are so common that only the newest versions were looked at."""

    hits: tuple[Hit, ...]
    capped: bool


@dataclass(frozen=True, slots=True)
class Query:
    """A query, read: phrases (lists of words) that must be there and that must not, as written and folded."""

    wanted: tuple[tuple[str, ...], ...]
    unwanted: tuple[tuple[str, ...], ...]
    spelt: tuple[str, ...]
    in_a_row: tuple[bool, ...]

    @property
    def match(self) -> str | None:
        """The query in the language of FTS5, or None when nothing is asked for. Only folded words go in."""
        parts = [_phrase(words, exact) for words, exact in zip(self.wanted, self.in_a_row, strict=True)]
        if not parts:
            return None
        refused = [_phrase(words, True) for words in self.unwanted]
        return " AND ".join(parts) + "".join(f" NOT {part}" for part in refused)


@dataclass(frozen=True, slots=True)
class _Found:
    first_capture: int
    article_id: str
    number: int
    title: str
    text: str
    exact: bool


def read_query(text: str) -> Query:
    """Read what a person typed. Any text is a query; one without words asks for nothing."""
    wanted, unwanted, spelt, rows = [], [], [], []
    for minus, quoted, word in _PART.findall(text[:2_000]):
        refused = bool(minus) or (word.startswith("-") and len(word) > 1)
        written = quoted or word.lstrip("-").strip('"')
        folded = tuple(fold(written).split())
        if not folded:
            continue
        if refused:
            unwanted.append(folded)
            continue
        wanted.append(folded)
        spelt.append(_plain(written))
        rows.append(bool(quoted))
    return Query(tuple(wanted), tuple(unwanted), tuple(spelt), tuple(rows))


def search(
    conn: sqlite3.Connection, query: str, limit: int = 20, offset: int = 0, filters: Filters | None = None
) -> Hits:
    """Articles in which every word of ``query`` stands in some version, best first, ``limit`` from ``offset`` on."""
    asked = read_query(query)
    if asked.match is None:
        return Hits((), False)
    found, capped = _candidates(conn, asked, filters)
    groups: dict[str, list[_Found]] = {}
    for one in sorted(found, key=lambda one: not one.exact):
        groups.setdefault(one.article_id, []).append(one)
    chosen = list(groups.values())[offset : offset + limit]
    return Hits(tuple(_hit(conn, asked, group) for group in chosen), capped)


def _candidates(conn: sqlite3.Connection, asked: Query, filters: Filters | None) -> tuple[list[_Found], bool]:
    many = conn.execute(
        f"SELECT count(*) FROM (SELECT rowid FROM _search WHERE _search MATCH ? AND {_OF_TODAY} LIMIT ?)",
        (asked.match, _COMMON + 1),
    ).fetchone()[0]
    capped = many > _COMMON
    order = "rowid DESC" if capped else "bm25(_search, 8.0, 1.0), rowid DESC"
    inside, values = filtered_ids(filters)
    rows = conn.execute(
        "SELECT v.first_capture, v.article_id, v.number, v.title, t.text FROM ("
        f"SELECT rowid AS place, row_number() OVER (ORDER BY {order}) AS rank FROM _search WHERE _search MATCH ? "
        f"AND {_OF_TODAY} ORDER BY {order} LIMIT ?) AS s JOIN versions AS v ON v.reading = s.place "
        f"JOIN texts AS t ON t.sha256 = v.text_sha256 {inside} ORDER BY s.rank LIMIT ?",
        (asked.match, _POOL if not inside else _COMMON, *values, _POOL),
    )
    return [_found(asked, *row) for row in rows], capped


def _found(asked: Query, first_capture: int, article_id: str, number: int, title: str | None, text: str) -> _Found:
    return _Found(first_capture, article_id, number, title or "", text, _is_exact(asked, title or "", text))


def _hit(conn: sqlite3.Connection, asked: Query, group: Sequence[_Found]) -> Hit:
    best = max(group, key=lambda one: (one.exact, one.number))
    return Hit(
        article=article_row(conn, best.article_id),
        version=best.number,
        title=_snippet(best.title, asked, whole=True),
        snippet=_snippet(best.text, asked, whole=False),
        also_in=tuple(sorted(one.number for one in group if one is not best)),
        exact=best.exact,
    )


def _is_exact(asked: Query, title: str, text: str) -> bool:
    plain = _plain(title) + "\n" + _plain(text)
    return all(written in plain for written in asked.spelt)


def _snippet(text: str, asked: Query, *, whole: bool) -> Snippet:
    """The part of ``text`` around the first words found, with every found word in it marked."""
    places = list(words(text))
    keys = fold_words([text[start:end] for start, end in places])
    marks = _marks(places, keys, asked)
    start, end = (0, len(text)) if whole else _window(text, marks)
    inside = tuple((a - start, b - start) for a, b in marks if start <= a and b <= end)
    return Snippet(text[start:end], inside, start > 0, end < len(text))


def _marks(places: list[tuple[int, int]], keys: list[str], asked: Query) -> list[tuple[int, int]]:
    """Where the words stand: runs of places whose keys are a phrase (empty keys do not count)."""
    kept = [(place, key) for place, key in zip(places, keys, strict=True) if key]
    starts: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    for phrase, exact in zip(asked.wanted, asked.in_a_row, strict=True):
        starts.setdefault(phrase[0][:1], []).append((phrase, exact))
    marks = []
    for at, (place, key) in enumerate(kept):
        for phrase, exact in starts.get(key[:1], ()):
            run = [found for _, found in kept[at : at + len(phrase)]]
            if _stands(phrase, run, exact):
                marks.append((place[0], kept[at + len(phrase) - 1][0][1]))
                break
    return marks


def _stands(phrase: tuple[str, ...], run: list[str], exact: bool) -> bool:
    if len(run) < len(phrase) or list(phrase[:-1]) != run[:-1]:
        return False
    last = phrase[-1]
    return run[-1] == last or (not exact and len(last) >= _SHORTEST_PREFIX and run[-1].startswith(last))


def _window(text: str, marks: list[tuple[int, int]]) -> tuple[int, int]:
    first = marks[0][0] if marks else 0
    start = max(0, first - _LEAD)
    if start:
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + _SNIPPET)
    if end < len(text):
        space = text.rfind(" ", first, end)
        end = space if space > start else end
    return start, end


def _phrase(folded: tuple[str, ...], exact: bool) -> str:
    """Folded words hold no quote, so they can be quoted safely."""
    tail = "" if exact or len(folded[-1]) < _SHORTEST_PREFIX else " *"
    return '"' + " ".join(folded) + '"' + tail


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
