"""A small honest reader and makers of captures, for tests of the store (the real reader lives above it)."""

from datetime import UTC, datetime, timedelta

from archiver.canonical import canonical_json, sha256_hex, short_id
from archiver.errors import FormatError
from archiver.model import (
    Block,
    Capture,
    Dossier,
    Finding,
    Grade,
    Meant,
    Outcome,
    Reading,
    Severity,
    Space,
    Statement,
    TextPiece,
    Zone,
)
from archiver.store.incoming import Exchange, NewCapture
from archiver.text import editorial_form

MORNING = datetime(2026, 3, 1, 8, 0, 0, tzinfo=UTC)
LABELS = ("title", "outlet", "published", "author", "origin", "language")


def later(minutes: int) -> datetime:
    """A moment after MORNING."""
    return MORNING + timedelta(minutes=minutes)


def read(capture: Capture) -> Reading:
    """Lines "Label: value" become statements, lines that start with "#" are furniture, the rest is the text.

    An origin is written "kind name domain url"; "-" stands for nothing.
    """
    if b"\x00" in capture.body:
        raise FormatError("not a text", "give a text")
    page = capture.body.decode("utf-8", "replace")
    statements, blocks, pieces, kept = [], [], [], []
    place = length = 0
    for line in page.splitlines(keepends=True):
        shown = line.strip()
        start = place + (line.index(shown) if shown else 0)
        place += len(line)
        if not shown:
            continue
        label, colon, value = shown.partition(": ")
        zone = Zone.FURNITURE if shown.startswith("#") else Zone.BODY
        blocks.append(Block(start, start + len(shown), zone))
        if colon and label.lower() in LABELS and value:
            statements.append(_statement(label.lower(), value, start + len(label) + 2))
        elif zone is Zone.BODY:
            pieces.append(TextPiece(length, start, len(shown)))
            kept.append(shown)
            length += len(shown) + 1
    text = "\n".join(kept)
    digest = sha256_hex(
        canonical_json([editorial_form(text), [[s.property, s.value] for s in statements if s.property != "language"]])
    )
    return Reading(
        sha256=sha256_hex(capture.body),
        format="textdump",
        encoding="utf-8",
        page_space=Space.SOURCE,
        page_text=page,
        text=text,
        pieces=tuple(pieces),
        blocks=tuple(blocks),
        statements=tuple(statements),
        content_digest=digest,
    )


def audit(dossier: Dossier) -> list[Finding]:
    """Two rules: no outlet, and an origin that is not held."""
    found = [
        Finding("origin-not-held", Severity.MEDIUM, f"{one.name} is not held", (one.statement.id,), "capture it")
        for one in dossier.origins
        if one.held is None
    ]
    if not dossier.reading.shown("outlet"):
        found.append(Finding("no-outlet", Severity.HIGH, "nobody says who published this"))
    return found


def _statement(name: str, value: str, start: int) -> Statement:
    detail: dict[str, str | None] = {}
    shown = value
    if name == "outlet" and " | " in value:
        shown, detail["domain"] = value.split(" | ", 1)
    if name == "origin":
        kind, shown, domain, url = (part if part != "-" else "" for part in value.split(" "))
        detail = {"kind": kind, "name": shown or None, "domain": domain or None, "url": url or None}
    return Statement(
        id=short_id("statement", name, value, str(start)),
        property=name,
        value=shown,
        quote=value,
        space=Space.SOURCE,
        path=None,
        start=start,
        end=start + len(value),
        rule="test/label@1",
        meant=Meant.STATED,
        shown=True,
        why=None,
        detail=detail,
    )


def given(text: str | bytes, *, url: str | None = None, name: str = "a.txt", at: datetime = MORNING) -> NewCapture:
    """A text file from a user."""
    body = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return NewCapture(Outcome.KEPT, Grade.FILE, at, body=body, url=url, filename=name)


def exchange(url: str, response: bytes, at: datetime = MORNING, **more: object) -> Exchange:
    """One hop as a fetcher would hand it over."""
    request = b"GET / HTTP/1.1\r\nHost: news.example\r\nUser-Agent: archiver/0\r\n\r\n"
    return Exchange(url, at, request, response, ip="192.0.2.7", **more)  # type: ignore[arg-type]


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """An HTTP/1.1 response as it travels."""
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/plain; charset=utf-8", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def fetched(
    body: bytes, *headers: str, url: str = "https://news.example/a", at: datetime = MORNING, wire: bytes | None = None
) -> NewCapture:
    """A page that was fetched; ``wire`` is the payload as it travelled where it was packed."""
    response = answer(body if wire is None else wire, *headers)
    return NewCapture(
        Outcome.KEPT,
        Grade.FETCH,
        at,
        body=body,
        requested_url=url,
        url=url,
        captured_at=at,
        status=200,
        media_type="text/plain",
        charset="utf-8",
        headers=tuple(tuple(line.split(": ", 1)) for line in headers),  # type: ignore[misc]
        exchanges=(exchange(url, response, at),),
    )


def failed(
    outcome: Outcome, reason: str = "it failed", url: str = "https://news.example/a", at: datetime = MORNING
) -> NewCapture:
    """An attempt of which nothing came."""
    return NewCapture(outcome, Grade.FETCH, at, reason=reason, requested_url=url, url=url, captured_at=at)
