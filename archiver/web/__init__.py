"""The archive's own pages as a Datasette plugin, the same on 0.65 and 1.0; this file holds the hooks only.

Hooks that one of the two lines does not know are ignored by it.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import datasette as datasette_package

from archiver.web import cells, dataroom, pages
from archiver.web.found import archive_names, known_names
from archiver.web.shield import shield

F = TypeVar("F", bound=Callable[..., Any])
hookimpl: Callable[[F], F] = datasette_package.hookimpl


@hookimpl
def startup(datasette: Any) -> Any:
    """Look which databases are archives, and describe their tables."""

    async def look() -> None:
        await dataroom.describe(datasette, await archive_names(datasette))

    return look


@hookimpl
def get_metadata(datasette: Any) -> dict[str, Any]:
    """Descriptions and settings of an archive's tables, for Datasette 0.65."""
    return dataroom.metadata(known_names(datasette))


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """One inner address; ``shield`` leads short addresses to it where there is an archive."""
    return [(rf"^{pages.INNER}(?P<path>/.*)$", pages.answer)]


@hookimpl
def asgi_wrapper(datasette: Any) -> Any:
    """Short addresses for the archive's pages, and safe headers on every answer."""
    return lambda app: shield(app, datasette)


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any) -> Any:
    """Ids and headlines in tables lead to the pages; digests are shortened."""
    return cells.cell(row, value, column, table, datasette) if database in known_names(datasette) else None


@hookimpl
def extra_css_urls(datasette: Any, database: str | None) -> list[str]:
    """A few scoped rules for the tables of an archive, whose columns are many and all described."""
    known = database is not None and database in known_names(datasette)
    return [pages.static_url(datasette, "tables.css")] if known else []


@hookimpl
def extra_js_urls(datasette: Any, database: str | None) -> list[str]:
    """Names for fields and parts of those tables that Datasette leaves without."""
    known = database is not None and database in known_names(datasette)
    return [pages.static_url(datasette, "tables.js")] if known else []


@hookimpl
def menu_links(datasette: Any) -> list[dict[str, str]]:
    """The way back from the tables to the pages."""
    return cells.menu(datasette) if known_names(datasette) else []


@hookimpl
def permission_resources_sql(datasette: Any, action: str) -> Any:
    """Nobody edits evidence through Datasette 1.0, not even root."""
    return dataroom.deny_writing(action, known_names(datasette))
