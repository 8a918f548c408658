"""The tables behind the pages: described, sorted and linked on both lines of Datasette, and written by nobody."""

import json
from collections.abc import Sequence
from copy import deepcopy
from functools import cache
from typing import Any

from archiver.store.schema import TABLES, VIEWS, column_comments

SOURCE = "The snapshots are the truth; these tables are a view of them."
WRITING = frozenset(
    {
        *("insert-row", "update-row", "delete-row", "create-table", "alter-table", "drop-table", "set-column-type"),
        *("create-view", "drop-view", "execute-write-sql", "store-query", "update-query", "delete-query"),
    }
)
HIDDEN = ("texts", "sightings", "warc_files", "_layouts", "_search", "_sqlite_migrations")
LABELS = {"articles": "title", "captures": "outcome", "readings": "title", "statements": "value"}
SORTED = {
    "articles": "last_capture",
    "captures": "number",
    "versions": "first_capture",
    "readings": "number",
    "statements": "number",
    "snapshots": "first_capture",
    "failed_captures": "number",
    "changed_articles": "last_added",
    "undated_articles": "first_added",
    "articles_without_outlet": "first_added",
}
# Only columns with an index: a facet that is not indexed reads the whole table at every page.
FACETS = {"articles": ["language", "worst"], "captures": ["outcome"], "findings": ["severity", "rule"]}


@cache
def room() -> dict[str, Any]:
    """What Datasette should know of an archive's tables, in the shape of a database in metadata.json."""
    return {
        "description": SOURCE,
        "tables": {name: _table(name, text) for name, text in {**TABLES, **VIEWS}.items()}
        | {name: {"hidden": True} for name in HIDDEN if name not in TABLES},
    }


def _table(name: str, description: str) -> dict[str, Any]:
    table: dict[str, Any] = {"description": description}
    if name in TABLES and name != "_search":
        table["columns"] = column_comments(name)
    if name in LABELS:
        table["label_column"] = LABELS[name]
    if name in SORTED:
        table["sort_desc"] = SORTED[name]
    if name in FACETS:
        table["facets"] = FACETS[name]
    if name in HIDDEN:
        table["hidden"] = True
    return table


def metadata(names: Sequence[str]) -> dict[str, Any]:
    """metadata.json for the archives among the databases (Datasette 0.65 asks for it at every page).

    A copy: Datasette writes a user's own metadata, permissions too, into the value that it is given.
    """
    return {"databases": {name: deepcopy(room()) for name in names}} if names else {}


async def describe(datasette: Any, names: Sequence[str]) -> None:
    """Tell Datasette 1.0 the same; what a user's own configuration says wins. Does nothing on 0.65."""
    if not hasattr(datasette, "set_resource_metadata"):
        return
    for name in names:
        await datasette.set_database_metadata(name, "description", SOURCE)
        for table, about in room()["tables"].items():
            if "description" in about:
                await datasette.set_resource_metadata(name, table, "description", about["description"])
            for column, text in about.get("columns", {}).items():
                await datasette.set_column_metadata(name, table, column, "description", text)
            _configure(datasette, name, table, about)


def _configure(datasette: Any, database: str, table: str, about: dict[str, Any]) -> None:
    config: dict[str, Any] = datasette.config
    for key in ("databases", database, "tables", table):
        config = config.setdefault(key, {})
    for key in ("hidden", "sort_desc", "label_column", "facets"):
        if key in about and not (key == "sort_desc" and "sort" in config):
            config.setdefault(key, about[key])


def deny_writing(action: str, archives: Sequence[str]) -> Any:
    """Datasette 1.0's way of saying that nobody may write to ``archives``; None for what is no writing.

    Other databases are left as they are. Each table is named, too: a permission that somebody's configuration
    gives for one table would outweigh a refusal for its database.
    """
    if action not in WRITING or not archives:
        return None
    # Only Datasette 1.0 asks, and only it has this class.
    from datasette.permissions import PermissionSQL

    return PermissionSQL(sql=_REFUSAL, params={"archiver_databases": _pairs(tuple(archives))})


_REFUSAL = (
    "SELECT json_extract(value, '$[0]') AS parent, json_extract(value, '$[1]') AS child, 0 AS allow, "
    "'an archive is written by archiver alone' AS reason FROM json_each(:archiver_databases)"
)


@cache
def _pairs(archives: tuple[str, ...]) -> str:
    """[[database, null], [database, table], …] as JSON."""
    return json.dumps([[name, table] for name in archives for table in (None, *TABLES, *VIEWS)])
