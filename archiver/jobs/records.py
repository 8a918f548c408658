"""A dossier as the JSON record that others rely on (`archiver/record/1`, see docs/records.md)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from archiver.audit import audit
from archiver.canonical import short_id
from archiver.model import Capture, Dossier, Finding, HeldOrigin, OriginKind, Reading, Statement, Version
from archiver.timepoint import utc_text
from archiver.urls import normalise

if TYPE_CHECKING:
    from archiver.store.rows import ReadingRow

SCHEMA = "archiver/record/1"
BOUNDS = ("published_not_before", "published_not_after", "captured_not_before")


def article_id(url: str | None, sha256: str) -> str:
    """The id of the article that a capture belongs to: its address, or its bytes where it has none."""
    return short_id("article", normalise(url) if url else sha256)


def unheld(capture: Capture, reading: Reading) -> Dossier:
    """The dossier of a text that no archive holds: one version, no capture event."""
    ident = article_id(capture.url, reading.sha256)
    version = Version(short_id("version", ident, "0"), ident, 1, reading.content_digest, 0, 0, reading)
    return Dossier(
        id=ident,
        url=capture.url,
        grade=capture.grade,
        captured_at=capture.captured_at,
        versions=(version,),
        captures=(),
        origins=tuple(origin_of(s) for s in reading.shown("origin")),
    )


def origin_of(statement: Statement, held: str | None = None, possible: tuple[str, ...] = ()) -> HeldOrigin:
    """The edge that an origin statement draws."""
    detail = statement.detail
    return HeldOrigin(
        statement=statement,
        kind=OriginKind(str(detail["kind"])),
        name=statement.value or None,
        domain=_text(detail.get("domain")),
        url=_text(detail.get("url")),
        language=_text(detail.get("language")),
        held=held,
        possible=possible,
    )


def as_record(dossier: Dossier, findings: Sequence[Finding] | None = None) -> dict[str, Any]:
    """The record of ``dossier``'s latest version; ``findings`` are worked out where none are given."""
    reading = dossier.reading
    findings = audit(dossier) if findings is None else findings
    return {
        "schema": SCHEMA,
        "id": dossier.id,
        "url": dossier.url,
        "grade": str(dossier.grade),
        "format": reading.format,
        "sha256": reading.sha256,
        "captured_at": utc_text(dossier.captured_at) if dossier.captured_at else None,
        "title": _first(reading, "title"),
        "text": reading.text,
        "language": _first(reading, "language"),
        "section": _first(reading, "section"),
        "dek": _first(reading, "dek"),
        "outlet": _outlet(reading),
        "published": _moment(reading, "published"),
        "modified": _moment(reading, "modified"),
        "bounds": {name: _first(reading, name) for name in BOUNDS},
        "authors": _values(reading, "author"),
        "translators": _values(reading, "translator"),
        "agencies": _values(reading, "agency"),
        "posted_by": _first(reading, "posted_by"),
        "origins": [_origin(origin) for origin in dossier.origins],
        "licence": _licence(reading),
        "encoding": reading.encoding,
        "notes": list(reading.notes),
        "statements": [_statement(s) for s in reading.statements],
        "findings": [_finding(f) for f in findings],
    }


def reading_json(one: "ReadingRow", many: int) -> dict[str, Any]:
    """Which of the ``many`` readings of an article it is, who read it, and when it ended."""
    return {
        "number": one.place,
        "of": many,
        "version": one.version,
        "first_capture": one.first_capture,
        "reader": one.reader,
        "confirmed_by": one.confirmed_by,
        "valid_until": one.valid_until,
    }


def reading_of_today(dossier: Dossier, every: "Sequence[ReadingRow]") -> dict[str, Any]:
    """The reading that is shown of the newest version, among ``every`` reading of the article."""
    shown = next(one for one in every if one.version_id == dossier.latest.id and one.valid_until is None)
    return reading_json(shown, len(every))


def _first(reading: Reading, name: str) -> str | None:
    shown = reading.shown(name)
    return shown[0].value if shown else None


def _values(reading: Reading, name: str) -> list[str]:
    return list(dict.fromkeys(s.value for s in reading.shown(name)))


def _outlet(reading: Reading) -> dict[str, str | None] | None:
    shown = reading.shown("outlet")
    return {"name": shown[0].value, "domain": _text(shown[0].detail.get("domain"))} if shown else None


def _moment(reading: Reading, name: str) -> dict[str, str | None] | None:
    shown = reading.shown(name)
    if not shown:
        return None
    detail = shown[0].detail
    return {
        "value": shown[0].value,
        "precision": _text(detail.get("precision")),
        "zone": _text(detail.get("zone")),
    }


def _origin(origin: HeldOrigin) -> dict[str, Any]:
    return {
        "kind": str(origin.kind),
        "name": origin.name,
        "domain": origin.domain,
        "url": origin.url,
        "language": origin.language,
        "meant": str(origin.statement.meant),
        "statement": origin.statement.id,
        "held": origin.held,
    }


def _licence(reading: Reading) -> dict[str, Any] | None:
    shown = reading.shown("licence")
    return {"text": shown[0].value, "requires": list(shown[0].detail.get("requires") or ())} if shown else None  # type: ignore[arg-type]


def _statement(s: Statement) -> dict[str, Any]:
    return {
        "id": s.id,
        "property": s.property,
        "value": s.value,
        "quote": s.quote,
        "space": str(s.space),
        "path": s.path,
        "start": s.start,
        "end": s.end,
        "rule": s.rule,
        "meant": str(s.meant),
        "shown": s.shown,
        "why": s.why,
        "detail": dict(s.detail),
    }


def _finding(f: Finding) -> dict[str, Any]:
    return {
        "rule": f.rule,
        "severity": str(f.severity),
        "message": f.message,
        "advice": f.advice,
        "statements": list(f.statements),
    }


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
