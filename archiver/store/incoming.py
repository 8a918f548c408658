"""What a job hands to the store: one attempt to capture, with everything that was seen of it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from archiver.canonical import Json
from archiver.model import Capture, Grade, Outcome
from archiver.timepoint import parse_utc, utc_text
from archiver.urls import without_credentials


@dataclass(frozen=True, slots=True)
class Exchange:
    """One HTTP request and what came back, head and body as they travelled.

    ``response`` starts at the final status line and is b"" when nothing came; ``interim`` holds informational
    answers (1xx) before it. ``at`` is an aware datetime. ``truncated`` is a reason of WARC 1.1, 5.13: length,
    time, disconnect or unspecified.
    """

    url: str
    at: datetime
    request: bytes
    response: bytes
    ip: str | None = None
    truncated: str | None = None
    interim: bytes = b""
    tls: str | None = None


@dataclass(frozen=True, slots=True)
class NewCapture:
    """One attempt, before it has a number.

    ``body`` is the decoded payload of a capture that is kept, or what a person gave; else None: bytes of a failed
    fetch live in its ``exchanges`` only. ``url`` is the address that answered; for a file it is what the user
    says, or None.
    ``exchanges`` are the hops in order, the last one decided; ``supporting`` were made on the way (robots.txt).
    ``headers`` are those reading may see. ``notes`` are sentences for whoever reads the record.
    """

    outcome: Outcome
    grade: Grade
    added_at: datetime
    body: bytes | None = None
    reason: str | None = None
    requested_url: str | None = None
    url: str | None = None
    captured_at: datetime | None = None
    status: int | None = None
    media_type: str | None = None
    charset: str | None = None
    format: str | None = None
    language: str | None = None
    filename: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    supporting: tuple[Exchange, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaptureRecord:
    """What the metadata record of one capture says: all that ``archive.db`` knows of it but what was read.

    ``sha256`` and ``size`` are those of the body, also where it was stored by an earlier capture;
    ``payload_offset`` is where in the same file the record with the body starts, None when it is elsewhere.
    Moments are UTC to the second.
    """

    number: int
    outcome: Outcome
    grade: Grade
    added_at: datetime
    reason: str | None
    requested_url: str | None
    url: str | None
    captured_at: datetime | None
    status: int | None
    media_type: str | None
    charset: str | None
    format: str | None
    language: str | None
    filename: str | None
    headers: tuple[tuple[str, str], ...]
    sha256: str | None
    size: int | None
    payload_offset: int | None
    notes: tuple[str, ...]

    def header(self, name: str) -> str | None:
        """The first value of a header, its name in any case, or None."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def capture(self, body: bytes) -> Capture:
        """What reading may know: ``body`` and how it came."""
        return Capture(
            body=body,
            grade=self.grade,
            url=self.url,
            captured_at=self.captured_at,
            media_type=self.media_type,
            charset=self.charset,
            headers=self.headers,
            filename=self.filename,
            format=self.format,
            language=self.language,
        )


SCHEMA = "archiver/capture/1"


def storable(text: str) -> str:
    """``text`` with lone surrogates, which no UTF-8 file can hold, replaced one for one by U+FFFD."""
    if text.isascii():
        return text
    return "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in text) if _lone(text) else text


def clean(new: NewCapture) -> NewCapture:
    """``new`` as it can be written: no credentials in addresses, storable text, moments UTC to the second.

    A failed fetch keeps no body: what travelled is in its exchanges. A file that a person gave is kept whatever
    it shows.
    """
    return replace(
        new,
        body=None if new.outcome.is_failure and not is_given(new) else new.body,
        added_at=_second(new.added_at),
        captured_at=_second(new.captured_at) if new.captured_at else None,
        requested_url=_address(new.requested_url),
        url=_address(new.url),
        reason=_text(new.reason),
        media_type=_text(new.media_type),
        charset=_text(new.charset),
        format=_text(new.format),
        language=_text(new.language),
        filename=_text(new.filename),
        headers=tuple((storable(name), storable(value)) for name, value in new.headers),
        notes=tuple(storable(note) for note in new.notes),
    )


def is_given(new: NewCapture) -> bool:
    """True for what a person gave us, rather than a server."""
    return new.grade in {Grade.FILE, Grade.PASTE}


def as_json(record: CaptureRecord) -> dict[str, Json]:
    """The metadata record's content; ``from_json`` reads it back."""
    return {
        "schema": SCHEMA,
        "number": record.number,
        "outcome": str(record.outcome),
        "grade": str(record.grade),
        "added_at": utc_text(record.added_at),
        "reason": record.reason,
        "requested_url": record.requested_url,
        "url": record.url,
        "captured_at": utc_text(record.captured_at) if record.captured_at else None,
        "status": record.status,
        "media_type": record.media_type,
        "charset": record.charset,
        "format": record.format,
        "language": record.language,
        "filename": record.filename,
        "headers": [[name, value] for name, value in record.headers],
        "sha256": record.sha256,
        "size": record.size,
        "payload_offset": record.payload_offset,
        "notes": list(record.notes),
    }


def from_json(value: dict[str, Any]) -> CaptureRecord:
    """Read back what ``as_json`` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    if value["schema"] != SCHEMA:
        raise ValueError(f"not {SCHEMA}: {value['schema']!r}")
    fields = {name: item for name, item in value.items() if name != "schema"}
    fields["outcome"] = Outcome(value["outcome"])
    fields["grade"] = Grade(value["grade"])
    fields["headers"] = tuple((name, text) for name, text in value["headers"])
    fields["notes"] = tuple(value["notes"])
    fields["added_at"] = parse_utc(value["added_at"])
    fields["captured_at"] = parse_utc(value["captured_at"]) if value["captured_at"] else None
    return CaptureRecord(**fields)


def _lone(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _text(text: str | None) -> str | None:
    return None if text is None else storable(text)


def _address(url: str | None) -> str | None:
    if url is None:
        return None
    try:
        return without_credentials(storable(url))
    except ValueError:  # not an address at all; it holds no password either
        return storable(url)


def _second(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone is not a moment")
    return moment.astimezone(UTC).replace(microsecond=0)
