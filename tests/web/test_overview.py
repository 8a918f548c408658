"""What the audit says of a whole archive: few look-ups, and the same answer as looking through everything."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archiver.model import Severity
from archiver.store import rows
from archiver.store.archive import Archive
from archiver.web import lists, overview
from archiver.web.asked import Asked, Body, Page


@pytest.fixture
def conn(samples: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the sample archive."""
    with Archive.open(samples, read_only=True) as archive:
        yield archive.conn


@pytest.mark.parametrize("few", [0, 10_000])
def test_the_same_findings_in_the_same_order(
    conn: sqlite3.Connection, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever way they are looked up, each rule has all its findings, newest first, and pages fit together."""
    monkeypatch.setattr(overview, "FEW", few)
    groups = overview.groups(conn)
    assert sum(group.findings for group in groups) == len(rows.findings(conn, limit=10_000))
    for group in overview.newest_of_each(conn, groups, 3):
        everything = rows.findings(conn, rule=group.rule, severity=group.severity, limit=10_000)
        assert group.findings == len(everything)
        assert group.articles == len({one.article_id for one in everything})
        assert group.shown == everything[:3]
    for rule in {group.rule for group in groups}:
        chosen = [group for group in groups if group.rule == rule]
        pages = [overview.page_of(conn, chosen, 2, offset) for offset in range(0, 20, 2)]
        paged = [one for page in pages for group in page for one in group.shown]
        assert paged == list(rows.findings(conn, rule=rule, limit=10_000))


def test_rules_stand_gravest_first(conn: sqlite3.Connection) -> None:
    """And within a severity the most frequent first."""
    order = [(-group.severity.rank, -group.articles) for group in overview.groups(conn)]
    assert order == sorted(order)


def test_an_article_needs_one_look(conn: sqlite3.Connection) -> None:
    """Each article once, with its gravest finding, gravest articles first."""
    reviews = overview.gravest(conn, 50)
    names = [review.first.article_id for review in reviews]
    assert len(names) == len(set(names)) > 1
    ranks = [review.first.finding.severity.rank for review in reviews]
    assert ranks == sorted(ranks, reverse=True)
    assert min(ranks) >= Severity.MEDIUM.rank
    for review in reviews:
        all_of_it = rows.article_findings(conn, review.first.article_id)
        assert review.first.finding.severity.rank == max(finding.severity.rank for finding in all_of_it)
        as_grave = [finding for finding in all_of_it if finding.severity is review.first.finding.severity]
        assert review.more == len(as_grave) - 1
    assert overview.gravest(conn, 2) == reviews[:2]


def test_coverage_counts_every_shown_statement(conn: sqlite3.Connection) -> None:
    """Property by property it is what one count of all statements gives."""
    assert overview.coverage(conn) == rows.coverage(conn)


@pytest.mark.parametrize(
    ("view", "parts", "query"),
    [
        (lists.front, {}, {}),
        (lists.articles, {}, {"only": "changed"}),
        (lists.outlet_page, {"outlet": "ilsencourier.example"}, {}),
        (lists.audit_page, {}, {}),
        (lists.audit_page, {}, {"rule": "no-date"}),
        (lists.audit_csv, {}, {}),
    ],
)
def test_no_list_reads_a_text(
    conn: sqlite3.Connection,
    view: Callable[[sqlite3.Connection, Asked], Page | Body],
    parts: dict[str, str],
    query: dict[str, str],
) -> None:
    """However long the texts are, a list of articles or findings costs the same."""
    read: set[tuple[str, str]] = set()

    def watch(action: int, table: str | None, column: str | None, *_: str | None) -> int:
        if action == sqlite3.SQLITE_READ:
            read.add((table or "", column or ""))
        return sqlite3.SQLITE_OK

    conn.set_authorizer(watch)
    assert view(conn, Asked(parts, query, lambda path: path))
    conn.set_authorizer(None)
    assert ("articles", "id") in read
    assert not [table for table, _ in read if table in {"texts", "_layouts", "_search"}]
