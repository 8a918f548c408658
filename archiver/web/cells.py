"""Cells of Datasette's tables: ids lead to the archive's pages, digests are short, texts keep their place."""

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from archiver.store.schema import TABLES, VIEWS
from archiver.web.highlight import plain, shown

ARTICLE_COLUMNS = frozenset({"article_id", "held_article"})
ARTICLE_TABLES = frozenset(
    {
        *("articles", "undated_articles", "articles_without_outlet", "changed_articles", "attempts_without_article"),
        "articles_with_conflicting_dates",
    }
)
DIGESTS = frozenset({"key", "sha256", "text_sha256", "page_text_sha256", "content_digest", "warc_file"})
LONG = 300
_ID = re.compile("[0-9a-z]{16}")


def cell(row: Mapping[str, Any], value: Any, column: str, table: str | None, datasette: Any) -> Any:
    """HTML for one cell of an archive's table, or None where Datasette's own way is right."""
    if not isinstance(value, str) or not value or (table is not None and table not in {**TABLES, **VIEWS}):
        return None
    article = _article(row, column, value, table) if table else _named(column, value)
    if article:
        text = value[:LONG] + "…" if len(value) > LONG else value
        return Markup('<a href="{}"><bdi>{}</bdi></a>').format(datasette.urls.path(f"/article/{article}"), shown(text))
    if column in DIGESTS and len(value) == 64:
        return Markup('<code title="{}">{}…</code>').format(value, value[:12])
    if value.startswith(("http://", "https://")) and value.isascii():
        return None
    cut = value[:LONG] + "…" if len(value) > LONG else value
    return Markup('<bdi title="{}">{}</bdi>').format(plain(value[:LONG]), shown(cut)) if _is_odd(cut) else None


def _article(row: Mapping[str, Any], column: str, value: str, table: str | None) -> str | None:
    """The id of the article that a cell should lead to. Ids that are primary keys are links of Datasette's already."""
    if column in ARTICLE_COLUMNS:
        return value
    if column not in {"id", "title"}:
        return None
    key = "id" if table in ARTICLE_TABLES else "article_id"
    found = row[key] if key in row.keys() else None  # noqa: SIM118 - a sqlite3.Row holds values, not keys
    return found if isinstance(found, str) and (column == "title" or key == "id") else None


def _named(column: str, value: str) -> str | None:
    """In the answer to a query only a column that is called like ours, and a value that looks like an id, leads on."""
    return value if column in ARTICLE_COLUMNS and _ID.fullmatch(value) else None


def _is_odd(text: str) -> bool:
    return plain(text) != " ".join(text.split())


def menu(datasette: Any) -> list[dict[str, str]]:
    """Links from Datasette's menu back to the pages."""
    return [
        {"href": datasette.urls.path("/"), "label": "Archive"},
        {"href": datasette.urls.path("/audit"), "label": "Audit"},
    ]
