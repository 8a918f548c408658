"""Archived text cannot act: where there is an archive, every answer is shielded, and short addresses find our pages.

Datasette's own pages need inline scripts and styles; ours need none and allow none. Nothing may load from outside,
be framed, or tell another site where a reader came from.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from archiver.web import pages
from archiver.web.found import archive_names

Message = MutableMapping[str, Any]
App = Callable[..., Awaitable[None]]

OURS = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
DATASETTE = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
DATA = "default-src 'none'; sandbox; frame-ancestors 'none'"
ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
)


def shield(app: App, datasette: Any) -> App:
    """``app`` with safe headers on all its answers and with short addresses, where there is an archive."""

    async def shielded(scope: Message, receive: Any, send: Any) -> None:
        # Without an archive Datasette stays as it is: other plugins may need what these headers forbid.
        if scope["type"] != "http" or not await archive_names(datasette):
            await app(scope, receive, send)
            return
        inner = _inner_path(scope, datasette)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _headers(message.get("headers") or [])}
            await send(message)

        await app(scope if inner is None else {**scope, "path": inner, "raw_path": inner.encode()}, receive, guarded)

    return shielded


def _inner_path(scope: Message, datasette: Any) -> str | None:
    """Where a short address leads, or None when it is Datasette's."""
    base = str(datasette.setting("base_url"))
    raw = (scope.get("raw_path") or scope["path"].encode("utf-8")).partition(b"?")[0].decode("ascii", "replace")
    path = "/" + raw[len(base) :] if base != "/" and raw.startswith(base) else raw
    if not pages.is_ours(path, datasette.databases):
        return None
    # A folder of a user's own templates may hold pages at any address; only what is ours is taken from there.
    if getattr(datasette, "template_dir", None) and not pages.is_known(path):
        return None
    return f"{base.rstrip('/')}{pages.INNER}{path}"


def _headers(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    given = {key.lower(): value for key, value in headers}
    ours = given.pop(pages.MARK, None) is not None
    kept = [(key, value) for key, value in headers if key.lower() not in {pages.MARK, *dict(ALWAYS)}]
    if b"content-security-policy" not in given:
        html = given.get(b"content-type", b"").startswith(b"text/html")
        policy = OURS if ours and html else DATASETTE if html else DATA
        kept.append((b"content-security-policy", policy.encode()))
    return [*kept, *ALWAYS]
