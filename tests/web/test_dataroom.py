"""The tables behind the pages: described, linked, and written by nobody."""

import sqlite3
from pathlib import Path

import pytest

from archiver.store.schema import TABLES, VIEWS
from archiver.web import dataroom
from archiver.web.cells import cell
from tests.web.conftest import Site

IS_1_0 = hasattr(__import__("datasette.app", fromlist=["Datasette"]).Datasette, "allowed")


def test_helper_tables_are_hidden(site: Site) -> None:
    """A visitor of the tables sees those that answer questions."""
    tables = {table["name"]: table["hidden"] for table in site.get("/archive.json").json()["tables"]}
    assert tables["articles"] is False
    assert tables["_search"]
    assert tables["_layouts"]
    assert tables["texts"]


@pytest.mark.parametrize("name", [*VIEWS, *(name for name in TABLES if not name.startswith("_"))])
def test_every_table_is_described_and_answers(site: Site, name: str) -> None:
    """Each table and view says what it is, and opens."""
    answer = site.get(f"/archive/{name}")
    assert answer.status_code == 200
    assert {**TABLES, **VIEWS}[name].split(",")[0].split("/")[0] in answer.text


def test_ids_lead_to_the_pages(site: Site) -> None:
    """From any table a click leads to the article."""
    assert '<a href="/article/' in site.get("/archive/articles").text
    assert '<a href="/article/' in site.get("/archive/findings_of_articles").text


def test_the_menu_leads_back(site: Site) -> None:
    """Datasette's own pages know the way to ours."""
    assert ">Audit</a>" in site.get("/archive/articles").text


def test_only_the_tables_of_an_archive_are_dressed(samples: Path, tmp_path: Path) -> None:
    """The style and the script for the tables never reach a page of another database."""
    other = tmp_path / "notes.db"
    conn = sqlite3.connect(other)
    conn.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
    conn.close()
    site = Site(samples / "archive.db", other)
    for name in ("tables.css", "tables.js"):
        for path in ("/archive", "/archive/articles", "/archive?sql=select+1"):
            assert name in site.get(path, follow_redirects=True).text, path
        for path in ("/notes", "/notes/note", "/notes?sql=select+1"):
            assert name not in site.get(path, follow_redirects=True).text, path
    site.close()


def test_column_names_exist(samples: Path) -> None:
    """What the settings name is there: labels, sorting and facets."""
    conn = sqlite3.connect(samples / "archive.db")
    for table, about in dataroom.room()["tables"].items():
        columns = {row[1] for row in conn.execute(f"PRAGMA table_xinfo({table})")}
        named = {about.get("label_column"), about.get("sort_desc"), *about.get("facets", [])} - {None}
        assert named <= columns, table
    conn.close()


class FakeUrls:
    """Addresses as Datasette makes them at the root."""

    @staticmethod
    def path(path: str) -> str:
        return path


class FakeDatasette:
    urls = FakeUrls()


@pytest.mark.parametrize(
    ("value", "column", "table", "shown"),
    [
        ("abc", "id", "undated_articles", '<a href="/article/abc"><bdi>abc</bdi></a>'),
        ("abc", "article_id", "captures", '<a href="/article/abc"><bdi>abc</bdi></a>'),
        ("A <b>", "title", "articles", '<a href="/article/abc"><bdi>A &lt;b&gt;</bdi></a>'),
        ("abc", "id", "versions", None),
        ("b" * 64, "key", "articles", f'<code title="{"b" * 64}">{"b" * 12}…</code>'),
        ("a" * 64, "sha256", "captures", f'<code title="{"a" * 64}">{"a" * 12}…</code>'),
        ("plain", "outlet", "articles", None),
        ("https://news.example/", "url", "articles", None),
        ("abc", "id", "strangers", None),
        ("q" * 16, "article_id", None, f'<a href="/article/{"q" * 16}"><bdi>{"q" * 16}</bdi></a>'),
        ("q" * 16, "id", None, None),
        ("abc", "article_id", None, None),
        (None, "id", "articles", None),
        (7, "id", "articles", None),
    ],
)
def test_cells(value: object, column: str, table: str | None, shown: str | None) -> None:
    """Ids are links, digests are short, the rest is Datasette's."""
    assert cell({"id": "abc"}, value, column, table, FakeDatasette()) == shown


def test_a_hidden_character_is_seen_in_a_table() -> None:
    """A bidi control in a title cannot turn a row around."""
    assert 'data-code="U+202E"' in str(cell({}, "a\u202eb", "reason", "captures", FakeDatasette()))


@pytest.mark.skipif(not IS_1_0, reason="Datasette 0.65 has no way to write")
def test_not_even_root_writes(samples: Path) -> None:
    """On Datasette 1.0 root is refused, and no page offers it."""
    site = Site(samples / "archive.db")
    site.datasette.root_enabled = True
    cookies = {"ds_actor": site.datasette.client.actor_cookie({"id": "root"})}
    answer = site.ask(
        "POST",
        "/archive/articles/-/insert",
        json={"row": {"id": "x"}},
        cookies=cookies,
        headers={"origin": "http://localhost"},
    )
    assert answer.status_code == 403
    assert not any(may_root(site, "archive", "articles", action) for action in TABLE_WRITING)
    assert not may_root(site, "archive", None, "execute-write-sql")
    site.close()


TABLE_WRITING = ("insert-row", "update-row", "delete-row", "drop-table", "alter-table")


def may_root(site: Site, database: str, table: str | None, action: str) -> bool:
    """What Datasette 1.0 answers when root wants to write."""
    from datasette.resources import DatabaseResource, TableResource

    resource = TableResource(database, table) if table else DatabaseResource(database)
    return bool(site.run(site.datasette.allowed(action=action, resource=resource, actor={"id": "root"})))


@pytest.mark.skipif(not IS_1_0, reason="Datasette 0.65 has no way to write")
def test_a_permission_for_one_table_does_not_open_it(samples: Path) -> None:
    """Configuration cannot allow what the refusal for the database forbids."""
    allowed = {"articles": {"permissions": {"insert-row": {"id": "root"}, "update-row": True}}}
    site = Site(samples / "archive.db", config={"databases": {"archive": {"tables": allowed}}})
    assert not any(may_root(site, "archive", "articles", action) for action in TABLE_WRITING)
    site.close()


@pytest.mark.skipif(not IS_1_0, reason="Datasette 0.65 has no way to write")
@pytest.mark.parametrize("with_archive", [True, False])
def test_other_databases_stay_writable(samples: Path, tmp_path: Path, *, with_archive: bool) -> None:
    """The plugin refuses writing to archives, and to nothing else in the same environment."""
    other = tmp_path / "notes.db"
    conn = sqlite3.connect(other)
    conn.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
    conn.close()
    site = Site(other, *([samples / "archive.db"] if with_archive else []))
    site.datasette.root_enabled = True
    assert all(may_root(site, "notes", "note", action) for action in TABLE_WRITING)
    assert may_root(site, "notes", None, "create-table")
    site.close()


def test_writing_is_refused_by_name() -> None:
    """Reading actions are left to Datasette, and so is everything where there is no archive."""
    assert dataroom.deny_writing("view-table", ["archive"]) is None
    assert dataroom.deny_writing("update-row", []) is None
    if IS_1_0:
        assert dataroom.deny_writing("update-row", ["archive"]).sql
