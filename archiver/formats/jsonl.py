"""A line of JSON that holds an article is read as that article; its other keys are what the file says of it.

JSON Lines is how collections of articles travel: one object a line, its text under "text" or its page under "html".
Each line is a capture of its own, and its bytes are those of the line. Keys: docs/importing.md.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from archiver.errors import FormatError
from archiver.formats.html import open_html
from archiver.formats.textdump import open_textdump
from archiver.model import Capture, Page
from archiver.text import whole_escapes

_HOLDS = ("html", "text")
_MOST_KEYS = 200
_MOST_VALUES = 50
_LONGEST = 2_000


def recognises(capture: Capture) -> bool:
    """True for a single JSON object that holds an article under "html" or "text"."""
    start = capture.body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"{") or not any(f'"{key}"'.encode() in capture.body for key in _HOLDS):
        return False
    return _article(capture.body) is not None


def open_jsonl(capture: Capture) -> Page:
    """The article in ``capture`` as a page ("html") or a text dump ("text"), its other keys as ``Page.declared``.

    Raises FormatError when it is no such object.
    """
    article = _article(capture.body)
    if article is None:
        name = capture.filename or capture.url or "the capture"
        raise FormatError(
            f"{name} is no JSON object with an article in it", 'one object a line, with "text" or "html" as a text'
        )
    key = next(each for each in _HOLDS if _is_text(article, each))
    body = str(article[key]).encode("utf-8", "replace")
    url = article.get("url")
    web = url if isinstance(url, str) and url.startswith(("http://", "https://")) else None
    inner = replace(capture, body=body, charset="utf-8", media_type=None, format=None, url=capture.url or web)
    page = open_html(inner) if key == "html" else open_textdump(inner)
    declared = [(f"json[{name}]", value[:_LONGEST]) for name, value in _stated(article) if name not in _HOLDS]
    return replace(page, format="jsonl", declared=(*declared, *page.declared))


def holds_article(entry: object) -> bool:
    """True for a parsed line that holds an article itself, and does not name a file or an address that does."""
    return isinstance(entry, dict) and "path" not in entry and any(_is_text(entry, key) for key in _HOLDS)


def _article(body: bytes) -> dict[str, Any] | None:
    try:
        entry = json.loads(whole_escapes(body.decode("utf-8-sig")))
    except (ValueError, RecursionError):
        return None
    return entry if holds_article(entry) else None


def _is_text(entry: dict[str, Any], key: str) -> bool:
    value = entry.get(key)
    return isinstance(value, str) and bool(value.strip())


def _stated(article: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(key in lower case, value) of what is a text, a number or a list of such; a name inside an object counts."""
    for key, value in list(article.items())[:_MOST_KEYS]:
        for each in value[:_MOST_VALUES] if isinstance(value, list) else [value]:
            inner = each.get("name") if isinstance(each, dict) else each
            if isinstance(inner, str | int | float) and not isinstance(inner, bool) and str(inner).strip():
                yield key.strip().lower()[:60], str(inner).strip()
