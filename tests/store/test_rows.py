"""Lists, dossiers and names: what pages and commands ask is answered, or refused with a way out."""

import sqlite3

import pytest

from archiver.errors import NotFound, UsageError
from archiver.model import Meant, OriginKind, Severity
from archiver.store import rows
from archiver.store.archive import Archive
from archiver.store.rows import Filters
from tests.store.helpers import audit, fetched, given, later, read


def test_an_article_answers_to_all_its_names(filled: Archive) -> None:
    """Id, start of an id, address in any spelling, start of a digest."""
    dossier = rows.load_dossier(filled.conn, rows.find_article(filled.conn, "https://NEWS.example:443/a#top"))
    event = dossier.captures[0]
    for name in (dossier.id, dossier.id[:9].upper(), event.sha256, (event.sha256 or "")[:12], dossier.latest.id):
        assert rows.find_article(filled.conn, name or "") == dossier.id


@pytest.mark.parametrize(
    "name", ["", "   ", "nothing", "a b", "%", "'; --", "https://", "https://else.example/", "ə", "f" * 64]
)
def test_unknown_names_are_not_found(filled: Archive, name: str) -> None:
    """Never another error, always a hint."""
    with pytest.raises(NotFound) as caught:
        rows.find_article(filled.conn, name)
    assert caught.value.hint


def test_an_ambiguous_start_lists_what_it_could_be(archive: Archive) -> None:
    """A question instead of a guess."""
    with archive.writer(read) as writer:
        writer.commit([given(f"Title: {number}\nbody") for number in range(40)])
    ids = [row.id for row in rows.list_articles(archive.conn).rows]
    start = next(one[0] for one in ids if sum(other[0] == one[0] for other in ids) > 1)
    with pytest.raises(NotFound, match="start of several"):
        rows.find_article(archive.conn, start)


def test_a_dossier_holds_the_whole_life(filled: Archive) -> None:
    """Captures with failures, versions A, B, A, each with the captures that showed it."""
    dossier = rows.load_dossier(filled.conn, rows.find_article(filled.conn, "https://news.example/a"), held_in="here")
    assert [event.number for event in dossier.captures] == [3, 4, 5, 6]
    assert [(one.number, one.first_capture, one.last_capture) for one in dossier.versions] == [
        (1, 3, 3),
        (2, 4, 4),
        (3, 5, 5),
    ]
    assert dossier.held_in == "here"
    assert dossier.captured_at == later(3)
    assert rows.sightings(filled.conn, dossier.id) == {3: 1, 4: 2, 5: 3}


def test_an_origin_is_held_once_its_address_is(filled: Archive) -> None:
    """Named, then captured: no row is edited, the answer changes and the finding goes."""
    article = rows.find_article(filled.conn, "https://road.example/2")
    (origin,) = rows.load_dossier(filled.conn, article).origins
    assert (origin.kind, origin.name, origin.held) == (OriginKind.TRANSLATION, "Xəbər", None)
    # The file without address is by that outlet: it could be the origin, and a person decides.
    assert [rows.article_row(filled.conn, one).title for one in origin.possible] == ["Şuşa yolu"]
    assert "origin-not-held" in [one.rule for one in rows.article_findings(filled.conn, article)]
    with filled.writer(read, audit) as writer:
        (held,) = writer.commit([fetched(b"Title: Xeber\nOutlet: X\nbody", url="https://XEBER.example/1", at=later(9))])
    (origin,) = rows.load_dossier(filled.conn, article).origins
    assert (origin.held, origin.possible) == (held.article_id, ())
    assert "origin-not-held" not in [one.rule for one in rows.article_findings(filled.conn, article)]


def test_lists_go_on_where_they_stopped(archive: Archive) -> None:
    """Every order visits every article once, page by page, unknown values too."""
    texts = [
        f"Title: t{number % 4}\nPublished: 20{10 + number % 5}\nOutlet: o{number % 3}\nb{number}"
        for number in range(17)
    ]
    with archive.writer(read) as writer:
        writer.commit([given(text) for text in texts] + [given("nothing known")])
    everyone = {row.id for row in rows.list_articles(archive.conn, limit=100).rows}
    assert len(everyone) == 18
    for order in rows.ORDERS:
        seen, after = [], None
        while True:
            page = rows.list_articles(archive.conn, order=order, limit=5, after=after)
            seen += page.rows
            after = page.after
            if after is None:
                break
        assert [row.id for row in seen] == [
            row.id for row in rows.list_articles(archive.conn, order=order, limit=99).rows
        ]
        assert {row.id for row in seen} == everyone
    by_date = [row.published or "" for row in rows.list_articles(archive.conn, order="published").rows]
    assert by_date == sorted(by_date, reverse=True)


FILTERS = {
    "outlet": (Filters(outlet="Xəbər"), ["Şuşa yolu"]),
    "domain": (Filters(outlet_domain="xeber.example"), ["Şuşa yolu"]),
    "host": (Filters(host="news.example"), ["Third"]),
    "from": (Filters(published_from="2025"), ["Third"]),
    "to": (Filters(published_to="2024-05"), ["Şuşa yolu"]),
    "from and to": (Filters(published_from="2024", published_to="2025"), ["Third", "Şuşa yolu"]),
    "undated": (Filters(undated=True), ["The road"]),
    "without outlet": (Filters(without_outlet=True), ["Third", "The road"]),
    "changed": (Filters(changed=True), ["Third"]),
    "with origin": (Filters(with_origin=True), ["The road"]),
    "rule": (Filters(rule="origin-not-held"), ["The road"]),
    "severity": (Filters(severity=Severity.HIGH), ["Third", "The road"]),
    "attempts": (Filters(attempts=True), [None]),
    "both": (Filters(undated=True, changed=True), []),
}


@pytest.mark.parametrize(("filters", "titles"), FILTERS.values(), ids=FILTERS)
def test_filters_narrow(filled: Archive, filters: Filters, titles: list[str | None]) -> None:
    """Each filter keeps what it names, newest first."""
    assert [row.title for row in rows.list_articles(filled.conn, filters).rows] == titles


@pytest.mark.parametrize(
    ("order", "after"),
    [
        ("nonsense", None),
        ("added", "x"),
        ("added", '["a", 1]'),
        ("title", "[1, 2]"),
        ("title", "[]"),
        ("added", f"[{2**63}, 1]"),
        ("title", f'["a", {-(2**63) - 1}]'),
        ("added", "[true, 1]"),
    ],
)
def test_a_list_is_not_continued_by_nonsense(filled: Archive, order: str, after: str | None) -> None:
    """Outside values are a wrong use, not a crash."""
    with pytest.raises(UsageError):
        rows.list_articles(filled.conn, order=order, after=after)


def test_a_row_says_what_lists_show(filled: Archive) -> None:
    """Unknown stays None; the origin is in words."""
    row = rows.article_row(filled.conn, rows.find_article(filled.conn, "https://road.example/2"))
    assert (row.title, row.outlet, row.published, row.authors) == ("The road", None, None, ())
    assert row.origin_line == "translated from Xəbər"
    dated = next(one for one in rows.list_articles(filled.conn).rows if one.published == "2025-01")
    assert (dated.published_precision, dated.published_meant, dated.published_zone) == ("month", Meant.STATED, None)
    assert (dated.captures, dated.failures, dated.versions) == (4, 1, 3)


def test_counts_and_coverage(filled: Archive) -> None:
    """Sums that the front page shows."""
    counts = rows.counts(filled.conn)
    assert (counts.articles, counts.attempts_only, counts.versions, counts.captures, counts.failures) == (3, 1, 5, 7, 2)
    assert (counts.undated, counts.without_outlet, counts.changed) == (1, 2, 1)
    assert dict(counts.findings)[Severity.HIGH] == 2
    assert rows.coverage(filled.conn)["title"] == {Meant.STATED: 5}
    assert rows.finding_counts(filled.conn) == (
        ("no-outlet", Severity.HIGH, 2),
        ("origin-not-held", Severity.MEDIUM, 1),
    )
    assert [one.finding.severity for one in rows.findings(filled.conn)] == [
        Severity.HIGH,
        Severity.HIGH,
        Severity.MEDIUM,
    ]


def test_lists_never_read_a_body(filled: Archive) -> None:
    """SQLite itself is asked: no list touches the texts."""
    touched: list[str | None] = []

    def note(action: int, one: str | None, *_: object) -> int:
        if action == sqlite3.SQLITE_READ:
            touched.append(one)
        return sqlite3.SQLITE_OK

    filled.conn.set_authorizer(note)
    rows.list_articles(filled.conn, Filters(rule="no-outlet"))
    rows.counts(filled.conn)
    rows.findings(filled.conn)
    rows.latest_captures(filled.conn)
    rows.history(filled.conn, "x")
    filled.conn.set_authorizer(None)
    assert touched
    assert not {"texts", "_layouts"} & set(touched)
