"""One peer over many pages, in a process of its own: JSON lines in, JSON lines out, whatever the peer does.

Run as `python -m benchmarks.accuracy.peer NAME`, also by the Python of another environment: nothing but the standard
library and the peer is imported. Standard input has one ``{"id", "path", "url"}`` a line. The first line answered is
``{"version", "fields"}`` or ``{"missing"}``; then each page is answered by what the peer read, or by ``error``.

No peer reaches the network, and none gets more than a minute for a page.
"""

import importlib
import importlib.metadata
import json
import os
import re
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

SECONDS_A_PAGE = 60
_CHARSET = re.compile(rb"charset\s{0,4}=\s{0,4}[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
Read = Callable[[bytes, str | None], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Peer:
    """A reader from elsewhere: its package, the fields it gives, and how to make its ``Read`` (imports the package)."""

    package: str
    fields: tuple[str, ...]
    make: Callable[[], Read]


def decoded(page: bytes) -> str:
    """``page`` as text, for peers that take no bytes: by its own declaration, else UTF-8."""
    declared = _CHARSET.search(page[:4096])
    try:
        return page.decode(declared[1].decode("ascii") if declared else "utf-8", "replace")
    except LookupError:
        return page.decode("utf-8", "replace")


def _module(name: str) -> Any:
    return importlib.import_module(name)


def _trafilatura() -> Read:
    bare_extraction = _module("trafilatura").bare_extraction

    def read(page: bytes, url: str | None) -> dict[str, Any]:
        found = bare_extraction(page, url=url, with_metadata=True, include_comments=False)
        if found is None:
            return {}
        names = {"date": "date", "title": "title", "sitename": "sitename", "language": "language", "text": "text"}
        return {"authors": found.author, **{field: getattr(found, name) for field, name in names.items()}}

    return read


def _newspaper4k() -> Read:
    newspaper = _module("newspaper")

    def read(page: bytes, url: str | None) -> dict[str, Any]:
        article = newspaper.Article(url or "https://page.example/", fetch_images=False)
        article.download(input_html=decoded(page))
        article.parse()
        day = article.publish_date
        return {
            "text": article.text,
            "title": article.title,
            "date": day.isoformat() if day else None,
            "authors": article.authors,
            "sitename": getattr(article, "meta_site_name", None),
            "language": article.meta_lang,
        }

    return read


def _news_please() -> Read:
    news_please = _module("newsplease").NewsPlease

    def read(page: bytes, url: str | None) -> dict[str, Any]:
        article = news_please.from_html(decoded(page), url=url, fetch_images=False)
        day = article.date_publish
        return {
            "text": article.maintext,
            "title": article.title,
            "date": day.isoformat() if hasattr(day, "isoformat") else day,
            "authors": article.authors,
            "language": article.language,
        }

    return read


def _goose3() -> Read:
    goose = _module("goose3").Goose({"enable_image_fetching": False})

    def read(page: bytes, _url: str | None) -> dict[str, Any]:
        article = goose.extract(raw_html=decoded(page))
        day = article.publish_datetime_utc
        return {
            "text": article.cleaned_text,
            "title": article.title,
            "date": day.isoformat() if day else None,
            "authors": article.authors,
            "sitename": (article.opengraph or {}).get("site_name"),
            "language": article.meta_lang,
        }

    return read


def _readability() -> Read:
    html, readability = _module("lxml.html"), _module("readability")
    blocks = ("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "td", "pre", "br")

    def read(page: bytes, url: str | None) -> dict[str, Any]:
        document = readability.Document(decoded(page), url=url)
        tree = html.fromstring(document.summary(html_partial=True))
        for block in tree.iter(*blocks):  # it gives markup; the text is that markup's, a line a block
            block.tail = "\n" + (block.tail or "")
        return {"title": document.short_title(), "text": tree.text_content()}

    return read


def _resiliparse() -> Read:
    extract_plain_text = _module("resiliparse.extract.html2text").extract_plain_text
    detect_encoding = _module("resiliparse.parse.encoding").detect_encoding
    tree_class = _module("resiliparse.parse.html").HTMLTree

    def read(page: bytes, _url: str | None) -> dict[str, Any]:
        tree = tree_class.parse_from_bytes(page, detect_encoding(page))
        return {"title": tree.title, "text": extract_plain_text(tree, main_content=True, alt_texts=False)}

    return read


def _htmldate() -> Read:
    find_date = _module("htmldate").find_date

    def read(page: bytes, url: str | None) -> dict[str, Any]:
        return {"date": find_date(decoded(page), url=url, original_date=True)}

    return read


_ALL = ("text", "title", "date", "authors", "sitename", "language")
PEERS = {
    "trafilatura": Peer("trafilatura", _ALL, _trafilatura),
    "newspaper4k": Peer("newspaper4k", _ALL, _newspaper4k),
    "news-please": Peer("news-please", ("text", "title", "date", "authors", "language"), _news_please),
    "goose3": Peer("goose3", _ALL, _goose3),
    "readability-lxml": Peer("readability-lxml", ("text", "title"), _readability),
    "resiliparse": Peer("resiliparse", ("text", "title"), _resiliparse),
    "htmldate": Peer("htmldate", ("date",), _htmldate),
}


class TooSlowError(Exception):
    """A page took longer than a minute."""


def _ring(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise TooSlowError(f"no answer within {SECONDS_A_PAGE} s")


def _no_network(*_arguments: object) -> NoReturn:
    raise OSError("no network while reading")


def main(name: str) -> None:
    """Answer the lines of standard input; what the peer itself prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    socket.socket.connect = _no_network  # type: ignore[method-assign]
    peer = PEERS[name]
    try:
        read, version = peer.make(), importlib.metadata.version(peer.package)
    except ImportError as why:
        print(json.dumps({"missing": str(why)}), file=answers, flush=True)
        return
    print(json.dumps({"version": version, "fields": peer.fields}), file=answers, flush=True)
    signal.signal(signal.SIGALRM, _ring)
    for line in sys.stdin:
        page = json.loads(line)
        print(json.dumps({"id": page["id"], **_answer(read, page)}, default=str), file=answers, flush=True)


def _answer(read: Read, page: dict[str, Any]) -> dict[str, Any]:
    signal.alarm(SECONDS_A_PAGE)
    try:
        return read(Path(page["path"]).read_bytes(), page.get("url"))
    except Exception as why:  # a peer may raise anything, and its other pages must still be measured
        return {"error": f"{type(why).__name__}: {why}"[:300]}
    finally:
        signal.alarm(0)


if __name__ == "__main__":
    main(sys.argv[1])
