"""Pages with known truth, from a folder: JSON lines that say what a page states, and the pages as bytes.

A line has ``id``, ``html_path`` (from the folder) and of ``url``, ``site``, ``title``, ``date`` (ISO day), ``date_ok``
(all acceptable days), ``authors`` (``[]``: the source says there is none), ``sitename``, ``sitename_alt``, ``lang``,
``text``, ``text_snippets_with`` and ``text_snippets_without`` those that are known. A field that is absent is not
measured.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


class NoTruthError(Exception):
    """The folder has no truth that can be read; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page and what is known about it. None: not known, so not measured. ``authors`` empty: known to have none."""

    id: str
    path: Path
    url: str | None
    site: str
    source: str
    title: str | None = None
    days: tuple[str, ...] = ()
    authors: tuple[str, ...] | None = None
    sitenames: tuple[str, ...] = ()
    language: str | None = None
    text: str | None = None
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()


def load(folder: Path, truth: Path | None = None, limit: int | None = None) -> list[Page]:
    """The pages of ``folder``, sorted by id; with ``limit`` that many, drawn by a hash of their ids.

    ``truth`` is the only ``truth*.jsonl`` of the folder if not given. Raises NoTruthError.
    """
    found = truth or _only_truth(folder)
    try:
        rows = [json.loads(line) for line in found.read_text("utf-8").splitlines() if line.strip()]
        pages = [_page(folder, row) for row in rows]
    except (OSError, ValueError, KeyError) as why:
        raise NoTruthError(f"{found.name} cannot be read: {why}") from why
    if not pages:
        raise NoTruthError(f"{found.name} names no page")
    drawn = sorted(pages, key=lambda page: hashlib.sha256(page.id.encode()).digest())[:limit]
    absent = [page.id for page in drawn if not page.path.is_file()]
    if absent:
        raise NoTruthError(f"{len(absent)} of {len(drawn)} pages are not in the folder; the first is {absent[0]}")
    return sorted(drawn, key=lambda page: page.id)


def _only_truth(folder: Path) -> Path:
    found = sorted(folder.glob("truth*.jsonl"))
    if len(found) != 1:
        raise NoTruthError(f"{len(found)} files named truth*.jsonl in the folder; say which with --truth")
    return found[0]


def _page(folder: Path, row: dict[str, Any]) -> Page:
    url = row.get("url")
    authors = row.get("authors")
    name = row.get("sitename")
    return Page(
        id=row["id"],
        path=(folder / row.get("html_path", f"html/{row['id']}.html")).resolve(),
        url=url,
        site=row.get("site") or (urlsplit(url).hostname if url else None) or row["id"],
        source=row.get("source_repo") or "not said",
        title=row.get("title") or None,
        days=tuple(row.get("date_ok") or [row["date"]]) if row.get("date") else (),
        authors=None if authors is None else tuple([authors] if isinstance(authors, str) else authors),
        sitenames=(name, *(row.get("sitename_alt") or [])) if name else (),
        language=row.get("lang") or None,
        text=row.get("text") or None,
        wanted=tuple(row.get("text_snippets_with") or ()),
        unwanted=tuple(row.get("text_snippets_without") or ()),
    )
