"""Pages show what is read today; what was read before has pages of its own, which lists never lead to."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from archiver.audit import audit
from archiver.model import Capture, Reading
from archiver.statements import read
from archiver.store import rereading
from archiver.store.archive import Archive
from archiver.store.prepared import prepare
from archiver.store.rereading import Life
from tests.store.helpers import given
from tests.web.conftest import Site

PAGE = "<html><head><title>Ferry replaces bridge</title></head><body><h1>Ferry replaces bridge</h1>" + "".join(
    f"<p>The ferry of Ilsen will cross {number} times a day until the bridge is mended, said the council.</p>"
    for number in range(4)
)


def earlier_rules(capture: Capture) -> Reading:
    """Rules that took another headline, and called themselves by a name that must be shown as text."""
    now = read(capture)
    statements = tuple(
        replace(one, value="A bridge was replaced") if one.property == "title" and one.shown else one
        for one in now.statements
    )
    return replace(now, reader="rules 0 <script>", statements=statements)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    """An archive of one article, read once by earlier rules and then by those of today."""
    folder: Path = tmp_path_factory.mktemp("read-again")
    with Archive.open(folder, create=True) as archive:
        with archive.writer(earlier_rules, audit) as writer:
            (entered,) = writer.commit([given(PAGE, url="https://gazette.example/ferry", name="ferry.html")])
        life = Life(rereading.held(archive.conn, entered.article_id or ""))
        life.next(life.held.bodies[0], lambda: prepare(read(archive.capture(1))))
        with archive.writer(read, audit) as writer:
            writer.read_again([life], "rules 1", "2026-06-01T00:00:00Z")
            writer.audit_again(writer.to_audit())
    opened = Site(folder / "archive.db")
    yield opened, entered.article_id or ""
    opened.close()


def test_an_article_is_shown_as_it_is_read_today(site: tuple[Site, str]) -> None:
    """With a way to what was read before; names of readers are text."""
    page = site[0].get(f"/article/{site[1]}").text
    assert "A bridge was replaced" not in page
    assert f'href="/article/{site[1]}/reading/1"' in page
    assert "Reading 1</a> of version 1, shown until 1 June 2026" in page
    assert "<script>" not in page.split("<h3>Earlier readings</h3>")[1].split("</ul>")[0]


def test_an_earlier_reading_says_that_it_is_one(site: tuple[Site, str]) -> None:
    """Its values, its own capture page, no findings of today, and the way back."""
    answer = site[0].get(f"/article/{site[1]}/reading/1")
    assert answer.status_code == 200
    assert "A bridge was replaced" in answer.text
    assert "This is how version 1 was read until 1 June 2026" in answer.text
    assert 'id="findings"' not in answer.text
    assert f"/article/{site[1]}/reading/1/capture" in answer.text
    assert site[0].get(f"/article/{site[1]}/reading/1/capture").status_code == 200
    assert "and is read today" in site[0].get(f"/article/{site[1]}/reading/2").text
    assert site[0].get(f"/article/{site[1]}/reading/3").status_code == 404


def test_the_page_of_a_rule_counts_what_is_read_today(site: tuple[Site, str]) -> None:
    """A value that was read twice by the same rule is one value."""
    with closing(sqlite3.connect(site[0].datasette.get_database("archive").path)) as conn:
        rule, many, current = conn.execute(
            "SELECT rule, count(*), sum(valid_until IS NULL) FROM statements GROUP BY rule HAVING count(*) = 2"
        ).fetchone()
    assert (many, current) == (2, 1)
    page = " ".join(site[0].get(f"/rule/{rule}").text.split())
    assert "1 value" in page
    assert "2 values" not in page


def test_lists_search_and_tables_know_it_not(site: tuple[Site, str]) -> None:
    """Only those who ask for earlier statements get them."""
    for path in (
        "/",
        "/articles",
        "/audit",
        "/search?q=replaced",
        "/archive/statements_shown.json",
        "/archive/versions.json",
    ):
        assert "A bridge was replaced" not in site[0].get(path).text, path
    assert "A bridge was replaced" in site[0].get("/archive/earlier_statements.json").text
