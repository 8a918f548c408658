"""Attack suites become inputs: every file as it is, and every string of every file in all places of a page."""

import base64
import json
import random
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from archiver.model import Capture
from benchmarks.malformed.inputs import Input

_LONGEST = 4 << 20
_TEXT = "The ferry left the harbour on Monday and came back with all who had waited on the other side of the river. "


def inputs(folder: Path, most: int, seed: int) -> list[Input]:
    """Up to ``most`` inputs from ``folder``: whole files first, then strings chosen by ``seed``.

    Not every string of a large list, so that none of the suites crowds out the others.
    """
    if not folder.is_dir():
        return []
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.stat().st_size <= _LONGEST)
    whole = [Input(_suite(folder, p), f"{p.relative_to(folder)}", _file(p)) for p in files]
    answers = [each for p in files if p.suffix == ".jsonl" for each in _answers(_suite(folder, p), p)]
    rng = random.Random(seed)
    rng.shuffle(whole)
    kept = [*answers, *whole][: most * 2 // 3]
    pieces = sorted({(_suite(folder, p), text) for p in files for text in _strings(p) if text.strip()})
    rng.shuffle(pieces)
    # One suite after the other, so that each has its share.
    by_suite: dict[str, list[str]] = {}
    for suite, text in pieces:
        by_suite.setdefault(suite, []).append(text)
    return [*kept, *_in_turn(by_suite, most - len(kept))]


def _suite(folder: Path, path: Path) -> str:
    return path.relative_to(folder).parts[0]


def _file(path: Path) -> Capture:
    return Capture(body=path.read_bytes(), filename=path.name)


def _in_turn(by_suite: dict[str, list[str]], most: int) -> list[Input]:
    found: list[Input] = []
    depth = 0
    while len(found) < most and any(depth < len(texts) for texts in by_suite.values()):
        for suite, texts in sorted(by_suite.items()):
            if depth < len(texts):
                shape = (as_page, as_dump, as_raw)[depth % 3]
                found.append(Input(suite, f"{suite} string {depth} {shape.__name__}", shape(texts[depth])))
        depth += 1
    return found[:most]


def as_page(text: str) -> Capture:
    """A page with ``text`` in every place that is read: title, metadata, JSON-LD, byline, body, links, footer."""
    data = {"@type": "NewsArticle", "headline": text, "author": {"name": text}, "datePublished": text, "url": text}
    quoted = escape(text, quote=True)
    names = ("og:title", "og:site_name", "author", "article:published_time", "description", "og:url", "dc.language")
    metas = "".join(f'<meta property="{name}" content="{quoted}">' for name in names)
    markup = (
        f'<html lang="{quoted[:40]}"><head><title>{quoted}</title>{metas}<link rel="canonical" href="{quoted}">'
        f'<script type="application/ld+json">{json.dumps(data)}</script></head><body class="{quoted}"><h1>{quoted}</h1>'
        f'<p class="byline">By {quoted} <time datetime="{quoted}">{quoted}</time></p><article><p>{_TEXT * 4}</p>'
        f'<p>{quoted}</p><p><a href="{quoted}">{quoted}</a> {_TEXT * 4}</p></article><p>Source: {quoted}</p>'
        f"<footer>© {quoted}</footer></body></html>"
    )
    return Capture(body=markup.encode("utf-8", "surrogatepass"), filename="page.html")


def as_raw(text: str) -> Capture:
    """``text`` as markup inside the body of a page, not escaped."""
    markup = f"<!doctype html><title>A page</title><article><p>{_TEXT * 3}</p>{text}<p>{_TEXT * 3}</p></article>"
    return Capture(body=markup.encode("utf-8", "surrogatepass"), filename="raw.html")


def as_dump(text: str) -> Capture:
    """A text dump with ``text`` where a headline, a byline and a credit stand."""
    lines = [text, f"By {text}", f"12 May 2024 {text}", "", _TEXT * 4, text, _TEXT * 4, f"Source: {text}", f"© {text}"]
    return Capture(body="\n".join(lines).encode("utf-8", "surrogatepass"), filename="dump.txt")


def _answers(suite: str, path: Path) -> Iterator[Input]:
    """The bodies of raw HTTP answers in a JSONL file, with what their header claims of them."""
    for line in path.read_text("utf-8", "replace").splitlines():
        case = _json(line)
        if isinstance(case, dict) and isinstance(case.get("b64"), str):
            head, _, body = base64.b64decode(case["b64"]).partition(b"\r\n\r\n")
            yield Input(suite, f"{suite} answer {case.get('id')}", _answer(head.decode("latin-1"), body))


def _answer(head: str, body: bytes) -> Capture:
    fields = dict(line.lower().partition(":")[::2] for line in head.split("\r\n")[1:])
    media_type, _, rest = fields.get("content-type", "").strip().partition(";")
    charset = rest.partition("charset=")[2].strip() or None
    return Capture(body=body, media_type=media_type or None, charset=charset, url="https://news.example/a")


def _strings(path: Path) -> Iterator[str]:
    text = path.read_bytes()[:400_000].decode("utf-8", "replace")
    if path.suffix in {".json", ".jsonl"}:
        whole = _json(text)
        values = [whole] if whole is not None else [_json(line) for line in text.splitlines()]
        yield from _texts_in(values)
    elif path.suffix == ".dat":
        yield from (case.partition("#encoding")[0].lstrip("\n") for case in text.split("#data")[1:])
    elif path.suffix in {".txt", ".csv", ""}:
        yield from text.splitlines()


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _texts_in(values: Iterable[Any]) -> Iterator[str]:
    stack = list(values)
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            yield value[:20_000]
        elif isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, dict):
            stack.extend(value.values())
