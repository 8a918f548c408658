"""Which address shows what. Every page is one function of a connection and what was asked; nothing is written.

Datasette leads every page here through one inner address (``INNER``); ``shield`` gives them their short ones.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote, urlencode

from datasette import Response
from datasette.utils import tilde_encode

from archiver.errors import ArchiverError, NotFound
from archiver.web import dossiers, lists
from archiver.web.asked import Asked, Body, Page, Redirect
from archiver.web.found import archive_names
from archiver.web.render import render, version_of

INNER = "/-/archiver"
MARK = b"x-archiver-page"
STATIC = "press-archiver"  # Datasette mounts a plugin's static files under the name of its distribution

_RULE = r"(?P<rule>[a-z]{1,20}(?:/[a-z-]{2,8})?/[a-z0-9-]{1,60}(?:@[0-9]{1,6})?)"
_ID = r"(?P<ref>[0-9A-Za-z]{1,64})"
PAGES: tuple[tuple[str, Callable[[sqlite3.Connection, Asked], Page | Body | Redirect]], ...] = (
    (r"/", lists.front),
    (r"/articles", lists.articles),
    (rf"/article/{_ID}", dossiers.article_page),
    (rf"/article/{_ID}/capture", dossiers.capture_page),
    (rf"/article/{_ID}/v/(?P<version>[1-9][0-9]{{0,5}})", dossiers.article_page),
    (rf"/article/{_ID}/v/(?P<version>[1-9][0-9]{{0,5}})/capture", dossiers.capture_page),
    (rf"/article/{_ID}/reading/(?P<reading>[1-9][0-9]{{0,5}})", dossiers.article_page),
    (rf"/article/{_ID}/reading/(?P<reading>[1-9][0-9]{{0,5}})/capture", dossiers.capture_page),
    (rf"/article/{_ID}/diff/(?P<a>[1-9][0-9]{{0,5}})\.\.(?P<b>[1-9][0-9]{{0,5}})", dossiers.diff_page),
    (rf"/article/{_ID}\.(?P<form>json|csl|bib|ris|txt)", dossiers.other_forms),
    (r"/outlet/(?P<outlet>[^/]{1,400})", lists.outlet_page),
    (r"/audit", lists.audit_page),
    (r"/audit\.csv", lists.audit_csv),
    (rf"/rule/{_RULE}", lists.rule_page),
    (r"/search", lists.search_page),
    (r"/robots\.txt", lists.robots),
)
_PATTERNS = tuple((re.compile(pattern), view) for pattern, view in PAGES)
_DATASETTES = frozenset({"-", "favicon.ico", ".json"})


def is_ours(path: str, databases: Iterable[str]) -> bool:
    """True for an address that is not Datasette's: its own begin with a database's name or with ``/-/``.

    What is neither a page of ours nor Datasette's is ours too: it answers 404 with a search box.
    """
    first = path.split("/")[1] if path.startswith("/") else "-"
    name, _, ending = first.partition(".")
    names = {tilde_encode(database) for database in databases} | set(databases)
    return first not in _DATASETTES and first not in names and not (name in names and ending)


def is_known(path: str) -> bool:
    """True for the address of one of our pages."""
    return any(pattern.fullmatch(unquote(path, errors="replace")) for pattern, _ in _PATTERNS)


async def answer(request: Any, datasette: Any) -> Any:
    """The page at the inner address of ``request``."""
    names = await archive_names(datasette)
    if not names:
        return Response.text("No archive is served here.", status=404)
    site = _site(datasette, names[0])
    if not await _may_see(datasette, request.actor, names[0]):
        return _page(site, _missing("Not open", "This archive is not open to you.", 403))
    if request.method not in {"GET", "HEAD"}:
        return _page(site, _missing("Only for reading", "Nothing can be sent to an archive.", 405))
    return await _answer(request, datasette, site)


async def _answer(request: Any, datasette: Any, site: dict[str, Any]) -> Any:
    path = unquote(request.url_vars["path"], errors="replace")
    found = next(((match, view) for pattern, view in _PATTERNS if (match := pattern.fullmatch(path))), None)
    if found is None:
        return _page(site, _missing("Nothing here", "There is no such page.", 404))
    match, view = found
    asked = Asked(match.groupdict(), {key: request.args.get(key) or "" for key in request.args}, site["path"])
    try:
        given = await datasette.get_database(site["database"]).execute_fn(lambda conn: view(conn, asked))
    except NotFound as error:
        return _page(site, _missing("Nothing here", error.message, 404, error.hint))
    except ArchiverError as error:
        return _page(site, _missing("This cannot be answered", error.message, 400, error.hint))
    return _send(site, given)


def _missing(heading: str, message: str, status: int, hint: str | None = None) -> Page:
    """What is said instead of a page, with a search and the ways on."""
    return Page("missing.html", {"heading": heading, "message": message, "hint": hint or ""}, status)


def _send(site: dict[str, Any], given: Page | Body | Redirect) -> Any:
    if isinstance(given, Page):
        return _page(site, given)
    if isinstance(given, Redirect):
        return Response.redirect(site["path"](given.path))
    return Response(_encodable(given.text), content_type=given.media_type, headers=given.headers)


def _page(site: dict[str, Any], page: Page) -> Any:
    context = {**site, "q": "", "here": "", **page.context}
    return Response.html(_encodable(render(page.template, context)), status=page.status, headers={MARK.decode(): "1"})


def _encodable(text: str) -> str:
    """Lone surrogates cannot be sent as UTF-8; nothing may make a page fail."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _site(datasette: Any, database: str) -> dict[str, Any]:
    """What every page needs: where things are."""
    return {
        "path": lambda path: str(datasette.urls.path(path)),
        "static": lambda name: static_url(datasette, name),
        "tables": str(datasette.urls.database(database)),
        "table": lambda name: str(datasette.urls.table(database, name)),
        "database": database,
        "query": lambda **kept: urlencode({key: value for key, value in kept.items() if value}),
    }


def static_url(datasette: Any, name: str) -> str:
    """Where a static file of this package is, with its version, so that browsers may keep it."""
    return f"{datasette.urls.static_plugins(STATIC, name)}?v={version_of(name)}"


async def _may_see(datasette: Any, actor: Any, database: str) -> bool:
    if hasattr(datasette, "allowed"):
        # Only Datasette 1.0 has resources.
        from datasette.resources import DatabaseResource

        return bool(await datasette.allowed(action="view-database", resource=DatabaseResource(database), actor=actor))
    visible, _ = await datasette.check_visibility(actor, permissions=[("view-database", database), "view-instance"])
    return bool(visible)
