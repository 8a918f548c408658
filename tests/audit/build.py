"""Dossiers built by hand, a line each: only what a case is about is said, everything else is a plain page."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from archiver.canonical import short_id, text_digest
from archiver.model import (
    Block,
    CaptureEvent,
    Dossier,
    Grade,
    HeldOrigin,
    Link,
    Meant,
    OriginKind,
    Outcome,
    Reading,
    Space,
    Statement,
    Version,
    Zone,
)

TEXT = (
    "The ferry left the quay at six and came back at nine with eleven passengers, two dogs and a wardrobe. "
    "“Nobody has asked for the wardrobe yet,” said the captain, who keeps it under a tarpaulin beside the ramp. "
    "The harbour office will wait until the end of the month and then give it to the school. "
) * 3
MOMENT = datetime(2025, 1, 10, 12, tzinfo=UTC)


def says(name: str, value: str, quote: str | None = None, **more: Any) -> Statement:
    """A shown, stated statement from the visible text, without a place."""
    detail: Mapping[str, Any] = more.pop("detail", {})
    if name in {"published", "modified"}:
        detail = {"precision": "day", "zone": None, **detail}
    made = Statement(
        id=short_id("statement", name, value, quote, str(sorted(more.items())), str(sorted(detail.items()))),
        property=name,
        value=value,
        quote=value if quote is None else quote,
        space=Space.VISIBLE,
        path=None,
        start=None,
        end=None,
        rule="test/rule@1",
        meant=Meant.STATED,
        shown=True,
        why=None,
        detail=detail,
    )
    return replace(made, **more)


def outvoted(name: str, value: str, **more: Any) -> Statement:
    """A statement that was firm enough to show and had less support than another."""
    why = "less supported than “another” (weight 60 against 80)"
    return says(name, value, shown=False, why=why, **more)


def meta(name: str, value: str, path: str = "meta[article:published_time]", **more: Any) -> dict[str, Any]:
    """The place of a value in the page's metadata."""
    return {"name": name, "value": value, "space": Space.HTML, "path": path, **more}


def origin(kind: str, value: str, quote: str, domain: str | None = None, **more: Any) -> Statement:
    """An origin statement."""
    return says("origin", value, quote, detail={"kind": kind, "domain": domain, **more.pop("detail", {})}, **more)


def reading(*statements: Statement, text: str = TEXT, **more: Any) -> Reading:
    """A reading that says ``statements`` of ``text``."""
    made = Reading(
        sha256=text_digest(text),
        format="html",
        encoding="utf-8",
        page_space=Space.VISIBLE,
        page_text=text,
        text=text,
        pieces=(),
        blocks=(),
        statements=statements,
        content_digest=text_digest(text),
    )
    return replace(made, **more)


def dossier(*readings: Reading, url: str | None = "https://news.example/a", **more: Any) -> Dossier:
    """A dossier with one version a reading; origins follow from the last one unless they are given."""
    versions = tuple(Version(f"v{n}", "article", n, r.content_digest, n, n, r) for n, r in enumerate(readings, start=1))
    origins = tuple(edge(s) for s in readings[-1].shown("origin"))
    made = Dossier("article", url, Grade.FETCH, MOMENT, versions, (), origins, held_in="archive")
    return replace(made, **more)


def edge(statement: Statement, **more: Any) -> HeldOrigin:
    """The edge an origin statement draws, its far end not held."""
    domain = statement.detail.get("domain")
    url = statement.detail.get("url")
    made = HeldOrigin(
        statement=statement,
        kind=OriginKind(str(statement.detail["kind"])),
        name=statement.value or None,
        domain=domain if isinstance(domain, str) else None,
        url=url if isinstance(url, str) else None,
        language=None,
    )
    return replace(made, **more)


def event(number: int, outcome: Outcome, reason: str | None = None) -> CaptureEvent:
    """One capture event, a day apart from the next."""
    moment = MOMENT.replace(day=number)
    address = "https://news.example/a"
    return CaptureEvent(
        number=number,
        article_id="article",
        outcome=outcome,
        reason=reason,
        grade=Grade.FETCH,
        requested_url=address,
        url=address,
        captured_at=moment,
        added_at=moment,
        status=200,
        media_type="text/html",
        filename=None,
        sha256=None,
        size=None,
        warc_file=None,
        warc_offset=None,
    )


def placed(text: str, *quotes: str, zone: Zone = Zone.BYLINE) -> tuple[Block, ...]:
    """One block over each of ``quotes`` in ``text``."""
    return tuple(Block(text.index(quote), text.index(quote) + len(quote), zone, "p") for quote in quotes)


def linked(text: str, quote: str, url: str, zone: Zone = Zone.TAIL) -> tuple[Block, ...]:
    """One block over ``quote`` in ``text``, all of it a link to ``url``."""
    start = text.index(quote)
    end = start + len(quote)
    return (Block(start, end, zone, "p", "", (Link(start, end, url),)),)
