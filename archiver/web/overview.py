"""What the audit says of the whole archive, found by index: no page sorts or reads all findings to show a few.

The texts of findings are read for those that are shown, and for no other.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from archiver.model import PROPERTIES, Finding, Meant, Severity
from archiver.store import rows
from archiver.store.rows import FoundFinding

FEW = 500  # findings that are sorted at once; of more, the newest articles are asked one after the other
_GRAVEST = (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM)
_COLUMNS = "f.rule, f.severity, f.message, f.statements, f.advice, a.id, a.title, a.outlet"


@dataclass(frozen=True, slots=True)
class Group:
    """What one rule observed at one severity: in how many findings and articles, and the newest of them."""

    rule: str
    severity: Severity
    findings: int
    articles: int
    shown: tuple[FoundFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """An article to look at: its gravest finding, and how many more it has of the same severity."""

    first: FoundFinding
    more: int


def groups(conn: sqlite3.Connection) -> tuple[Group, ...]:
    """Every rule that observed something, gravest first, then the most frequent; without the findings themselves."""
    found = conn.execute(
        "SELECT rule, severity, count(*), count(DISTINCT article_id) FROM findings GROUP BY rule, severity"
    )
    known = [Group(row[0], Severity(row[1]), row[2], row[3]) for row in found]
    return tuple(sorted(known, key=lambda group: (-group.severity.rank, -group.articles, group.rule)))


def newest_of_each(conn: sqlite3.Connection, chosen: Sequence[Group], each: int) -> list[Group]:
    """``chosen`` with the ``each`` findings of each that are about the newest captures."""
    return [replace(group, shown=_newest(conn, group, each)) for group in chosen]


def page_of(conn: sqlite3.Connection, chosen: Sequence[Group], limit: int, offset: int) -> list[Group]:
    """``limit`` findings of ``chosen`` from the one at ``offset`` on; groups without any of them are left out."""
    page: list[Group] = []
    for group in chosen:
        if limit and offset < group.findings:
            shown = _newest(conn, group, limit, offset)
            page.append(replace(group, shown=shown))
            limit -= len(shown)
        offset = max(offset - group.findings, 0)
    return page


def _newest(conn: sqlite3.Connection, group: Group, limit: int, offset: int = 0) -> tuple[FoundFinding, ...]:
    by_article = group.findings > FEW and not offset
    join = "articles AS a CROSS JOIN findings AS f" if by_article else "findings AS f CROSS JOIN articles AS a"
    # CROSS JOIN keeps the order of the tables, which is the order of the search.
    found = conn.execute(
        f"SELECT {_COLUMNS} FROM (SELECT a.id AS article, f.position AS place FROM {join} "  # noqa: S608 - our own words
        "ON a.id = f.article_id "
        "WHERE a.versions > 0 AND f.rule = ? AND f.severity = ? "
        "ORDER BY a.last_capture DESC, f.position LIMIT ? OFFSET ?) "
        "CROSS JOIN findings AS f ON f.article_id = article AND f.position = place "
        "CROSS JOIN articles AS a ON a.id = article",
        (group.rule, group.severity, limit, offset),
    )
    return tuple(_found(row) for row in found)


def _found(row: Sequence[Any]) -> FoundFinding:
    finding = Finding(row[0], Severity(row[1]), row[2], tuple(json.loads(row[3])), row[4])
    return FoundFinding(row[5], row[6], row[7], finding)


def gravest(conn: sqlite3.Connection, limit: int) -> list[Review]:
    """The articles with the gravest findings of medium severity or more, newest captures first within a severity."""
    reviews: list[Review] = []
    for severity in _GRAVEST:
        articles = conn.execute(
            "SELECT id, title, outlet FROM articles WHERE versions > 0 AND worst = ? "
            "ORDER BY last_capture DESC LIMIT ?",
            (severity, limit - len(reviews)),
        ).fetchall()
        for ident, title, outlet in articles:
            found = [one for one in rows.article_findings(conn, ident) if one.severity is severity]
            if found:
                reviews.append(Review(FoundFinding(ident, title, outlet, found[0]), len(found) - 1))
    return reviews


def coverage(conn: sqlite3.Connection) -> dict[str, dict[Meant, int]]:
    """How many shown statements there are of each property, by how they are meant; one short look a property."""
    answer = {}
    for name in PROPERTIES:
        found = conn.execute(
            "SELECT meant, count(*) FROM statements WHERE property = ? AND shown = 1 AND valid_until IS NULL "
            "GROUP BY meant",
            (name,),
        ).fetchall()
        if found:
            answer[name] = {Meant(meant): number for meant, number in found}
    return answer
