"""`archiver serve`: Datasette in this process, with the settings that make an archive fast to read and safe to open.

On this machine alone (the default) SQL and the download of the database are open, for they are yours. As soon as
others can reach it, by themselves or through a proxy, both are closed: any visitor could run any query on every table.
"""

import ipaddress
import socket
import sqlite3
import sys
import webbrowser
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from archiver.errors import ArchiveError

App = Callable[..., Awaitable[None]]

SETTINGS: dict[str, bool | int] = {
    "suggest_facets": False,  # half a second and more a page on large tables
    "sql_time_limit_ms": 3000,
    "facet_time_limit_ms": 1000,
    "default_page_size": 50,
    "max_returned_rows": 1000,
    "truncate_cells_html": 400,
    "num_sql_threads": 4,
}
FORWARDED = frozenset({b"forwarded", b"via", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip"})


def settings(host: str, *, public: bool = False, base_url: str = "/") -> dict[str, bool | int | str]:
    """Datasette's settings for an archive that listens on ``host``; ``public`` when a proxy there lets others in."""
    mine = is_local(host) and not public
    return {**SETTINGS, "default_allow_sql": mine, "allow_download": mine, "base_url": base_url}


def is_local(host: str) -> bool:
    """True when nobody but this machine can reach ``host``."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def served(folder: Path, host: str = "127.0.0.1", *, public: bool = False, base_url: str = "/") -> Any:
    """A Datasette object over the archive in ``folder``, whose pages begin at ``base_url``."""
    # Datasette costs two seconds to import, which no other command should pay.
    from datasette.app import Datasette

    database = folder / "archive.db"
    given = {"files": [str(database)]} if _opens(database) else {"immutables": [str(database)]}
    return Datasette(**given, settings=settings(host, public=public, base_url=base_url))


def _opens(database: Path) -> bool:
    """False on a medium that cannot be written: there SQLite cannot make the files with which it sees writers.

    Nobody can be writing there either, so the file is then served as one that never changes.
    """
    conn = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
    try:
        conn.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError:
        return False
    finally:
        conn.close()
    return True


def serve(
    folder: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8001,
    public: bool = False,
    base_url: str = "/",
    open_browser: bool = False,
    quiet: bool = False,
) -> None:
    """Serve the archive in ``folder`` until interrupted; says where. Raises ArchiveError when it cannot listen.

    ``public`` says that a proxy on this machine lets others in; ``base_url`` is the path at which it does.
    """
    import rich
    import uvicorn

    # Datasette would print, for every page that is not found, all that its functions hold: archived text, too.
    rich.reconfigure(quiet=True)
    listening = _listen(host, port)
    address = address_of(listening, host) + base_url.lstrip("/")
    mine = is_local(host) and not public
    app = served(folder, host, public=public, base_url=base_url).app()
    if mine:
        app = only_from_here(app)
    if not quiet:
        sys.stderr.write(f"{folder / 'archive.db'} is open at {address}   (Ctrl-C stops)\n")
        if not mine:
            sys.stderr.write("Others can reach it: SQL and downloading the database are switched off.\n")
    if open_browser:
        webbrowser.open(address)
    # Ctrl-C is how a server ends: no failure. uvicorn answers what was asked and then raises it once more.
    with listening, suppress(KeyboardInterrupt):
        uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on")).run(sockets=[listening])
    if not quiet:
        sys.stderr.write("Stopped.\n")


def only_from_here(app: App) -> App:
    """``app``, answering only to this machine's own names, and to nobody behind a proxy.

    A page elsewhere can make its own host name lead to 127.0.0.1 (DNS rebinding) and would then read the archive. A
    proxy would let strangers run SQL; those that name who asked (RFC 7239, and what came before it) are seen here.
    """

    async def guarded(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http" or _is_for_here(scope):
            await app(scope, receive, send)
            return
        text = b"This archive answers to 127.0.0.1 and localhost only. Behind a proxy: archiver serve --public\n"
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(text)).encode())]
        await send({"type": "http.response.start", "status": 421, "headers": headers})
        await send({"type": "http.response.body", "body": text})

    return guarded


def _is_for_here(scope: MutableMapping[str, Any]) -> bool:
    headers = dict(scope["headers"])
    if not headers.keys().isdisjoint(FORWARDED):
        return False
    named = headers.get(b"host", b"").decode("latin-1")
    try:
        return is_local(urlsplit(f"//{named}").hostname or "")
    except ValueError:
        return False


def address_of(listening: socket.socket, host: str) -> str:
    """Where a browser finds what listens there."""
    name = f"[{host}]" if ":" in host else {"0.0.0.0": "127.0.0.1"}.get(host, host)  # noqa: S104 - only compared
    return f"http://{name}:{listening.getsockname()[1]}/"


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise ArchiveError(
            f"cannot listen on {host} port {port}: {error.strerror or error}",
            "give another --port, or 0 for a free one",
        ) from error
