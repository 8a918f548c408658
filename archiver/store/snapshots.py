"""WARC files, each written once: what a capture leaves on the disk, and how its body is read back.

A file holds a ``warcinfo`` record and then, capture by capture: the exchanges (request, response or revisit),
the body where no response carries it (resource, conversion or revisit), and one ``metadata`` record that says
everything else. Read in order it gives ``archive.db`` back.
"""

import base64
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from archiver import __version__
from archiver.canonical import sha256_hex
from archiver.errors import IntegrityError
from archiver.model import Outcome
from archiver.store import payload, warc
from archiver.store.incoming import CaptureRecord, Exchange, NewCapture, as_json, from_json
from archiver.store.warc import Record
from archiver.timepoint import utc_text

Fields: TypeAlias = Sequence[tuple[str, str | None]]

SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


@dataclass(frozen=True, slots=True)
class Held:
    """A body that is stored already: its size and what a revisit record must say of the record that holds it."""

    size: int
    record_id: str
    uri: str
    date: str
    payload_digest: str


@dataclass(frozen=True, slots=True)
class PackedBody:
    """The record that holds the bytes of a file, packed ahead: the member, its name and the digest it states."""

    data: bytes
    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """A capture with its number. ``sha256`` is that of its body; for NOT_MODIFIED that of the last good copy.

    ``packed`` is the record of the body where it was made ahead (``packed_body``).
    """

    number: int
    new: NewCapture
    sha256: str | None
    packed: PackedBody | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One capture inside a built file: what its metadata record says and where that record starts."""

    record: CaptureRecord
    offset: int


@dataclass(frozen=True, slots=True)
class Built:
    """A whole WARC file, not yet written: its bytes, its name and what is in it."""

    data: bytes
    sha256: str
    records: int
    entries: tuple[Entry, ...]


def build(captures: Sequence[Numbered], held: Callable[[str], Held | None]) -> Built:
    """One WARC file for ``captures`` (at least one, numbers ascending); a pure function of them.

    ``held`` says what is stored already of a body, by its SHA-256.
    """
    writer = _FileWriter(held)
    writer.warcinfo(captures)
    entries = tuple(writer.capture(capture) for capture in captures)
    data = bytes(writer.data)
    return Built(data, sha256_hex(data), writer.records, entries)


def packed_body(new: NewCapture, sha256: str) -> PackedBody:
    """The resource record of a file or a paste that has a body with that digest.

    Its name follows from what it says and not from the capture's number, so that it can be made before there
    is one; the costly part of keeping a page is packing it.
    """
    assert new.body is not None
    about, at = _about_body(new, sha256), new.captured_at or new.added_at
    name = warc.record_id("resource", about[0][1], utc_text(at), sha256)
    digest = f"sha256:{sha256}"
    data = warc.encode("resource", name, at, [*about, ("WARC-Payload-Digest", digest)], new.body, digest=digest)
    return PackedBody(data, name, digest)


def body_of(record: Record) -> bytes:
    """The decoded body that a response, resource or conversion record holds. Raises IntegrityError."""
    if record.type in {"resource", "conversion"}:
        return record.block
    try:
        if record.type == "response":
            return payload.decode(record.block)
    except payload.NotDecodable as error:
        raise IntegrityError(f"record {record.id} does not decode: {error}", "see: archiver verify") from error
    raise IntegrityError(f"record {record.id} is a {record.type} record and holds no body", "see: archiver verify")


def held_by(record: Record, size: int) -> Held:
    """What a revisit of the body in ``record`` must say."""
    digest = record.field("WARC-Payload-Digest") or record.field("WARC-Block-Digest") or ""
    return Held(size, record.id, record.field("WARC-Target-URI") or "", record.field("WARC-Date") or "", digest)


def is_capture(record: Record) -> bool:
    """True for the metadata record that ends a capture."""
    return record.type == "metadata" and record.field("Content-Type") == "application/json"


def metadata_of(record: Record) -> CaptureRecord:
    """What the metadata record of a capture says. Raises IntegrityError."""
    try:
        return from_json(json.loads(record.block))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IntegrityError(
            f"record {record.id} is not the metadata of a capture ({error})", "see: archiver verify"
        ) from error


def first_number(path: Path) -> int:
    """The number of the first capture in a file, from its warcinfo record; 0 when that cannot be read."""
    try:
        found = warc.read_at(path, 0)
    except OSError:
        return 0
    told = re.search(rb"^description: captures (\d{1,15})-", found.block, re.M) if isinstance(found, Record) else None
    return int(told[1]) if told else 0


class _FileWriter:
    """Appends records to one file in memory; knows the bodies that the file itself already holds."""

    def __init__(self, held: Callable[[str], Held | None]) -> None:
        self.data = bytearray()
        self.records = 0
        self._last = 0  # where the record added last starts
        self._held = held
        self._here: dict[str, Held] = {}

    def warcinfo(self, captures: Sequence[Numbered]) -> None:
        first, last = captures[0], captures[-1]
        block = (
            f"software: archiver/{__version__}\r\n"
            "format: WARC file version 1.1\r\n"
            "conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
            f"description: captures {first.number}-{last.number} of one archive; each ends with a metadata record; "
            "see snapshots/README\r\n"
        ).encode()
        name = warc.record_id("warcinfo", first.number, last.number, sha256_hex(block))
        self._add("warcinfo", name, first.new.added_at, [("Content-Type", "application/warc-fields")], block)

    def capture(self, capture: Numbered) -> Entry:
        """The records of one capture; its metadata record comes last."""
        new = capture.new
        held = self._known(capture.sha256)
        for place, exchange in enumerate(new.supporting):
            self._exchange(capture, exchange, f"supporting {place}")
        for place, exchange in enumerate(new.exchanges[:-1]):
            self._exchange(capture, exchange, f"hop {place}")
        about, payload_offset = None, None
        if new.exchanges:
            about, payload_offset = self._last_exchange(capture, new.exchanges[-1], held)
        elif new.body is not None:
            about, payload_offset = self._file_body(capture, held)
        if new.body is not None and payload_offset is None and held is None:
            about, payload_offset = self._conversion(capture, new.body, about)
        return self._metadata(capture, about, payload_offset, held)

    def _metadata(self, capture: Numbered, about: str | None, payload_offset: int | None, held: Held | None) -> Entry:
        new = capture.new
        size = len(new.body) if new.body is not None else held.size if held else None
        record = record_for(capture, size, payload_offset)
        block = warc.json_bytes(as_json(record))
        name = warc.record_id("metadata", capture.number, sha256_hex(block))
        fields = [
            ("WARC-Target-URI", _uri(new.url or new.requested_url)),
            ("WARC-Concurrent-To", about),
            ("Content-Type", "application/json"),
        ]
        self._add("metadata", name, new.added_at, fields, block)
        return Entry(record, self._last)

    def _last_exchange(self, capture: Numbered, exchange: Exchange, held: Held | None) -> tuple[str | None, int | None]:
        """The exchange that decided: (name of its answer, offset of that record if it brings a new body).

        An answer is kept as a revisit only when the bytes that travelled were the same too.
        """
        if capture.new.outcome is Outcome.NOT_MODIFIED:
            return self._exchange(capture, exchange, "last", _refers(held, NOT_MODIFIED)), None
        if held and _wire_digest(exchange.response) == held.payload_digest:
            return self._exchange(capture, exchange, "last", _refers(held, SAME_PAYLOAD)), None
        name = self._exchange(capture, exchange, "last")
        body = capture.new.body
        if held or body is None or not _carries(exchange.response, body):
            return name, None
        self._remember(capture, name or "", exchange.at, _wire_digest(exchange.response) or "")
        return name, self._last

    def _file_body(self, capture: Numbered, held: Held | None) -> tuple[str, int | None]:
        assert capture.sha256 is not None
        if held is None:
            packed = capture.packed or packed_body(capture.new, capture.sha256)
            self._append(packed.data)
            self._remember(capture, packed.name, _moment(capture), packed.digest)
            return packed.name, self._last
        name = warc.record_id("revisit", capture.number)
        fields = [*_about_body(capture.new, capture.sha256), *_refers(held, SAME_PAYLOAD)]
        self._add("revisit", name, _moment(capture), fields, b"")
        return name, None

    def _conversion(self, capture: Numbered, body: bytes, about: str | None) -> tuple[str, int]:
        """The decoded body of a response that ``payload.decode`` does not give back."""
        assert capture.sha256 is not None
        name = warc.record_id("conversion", capture.number, capture.sha256)
        digest = f"sha256:{capture.sha256}"
        fields = [*_about_body(capture.new, capture.sha256), ("WARC-Refers-To", about), ("WARC-Payload-Digest", digest)]
        self._add("conversion", name, _moment(capture), fields, body)
        self._remember(capture, name, _moment(capture), digest)
        return name, self._last

    def _exchange(self, capture: Numbered, exchange: Exchange, role: str, revisit: Fields | None = None) -> str | None:
        """Request and answer of one hop; the name of the record that answers, or None when nothing came."""
        target: Fields = [("WARC-Target-URI", _uri(exchange.url)), ("WARC-IP-Address", exchange.ip)]
        answer = warc.record_id("answer", capture.number, role, sha256_hex(exchange.response))
        beside = [*target, ("WARC-Concurrent-To", answer if exchange.response else None)]
        if exchange.interim:
            name = warc.record_id("interim", capture.number, role, sha256_hex(exchange.interim))
            self._add("metadata", name, exchange.at, [*beside, _plain_bytes()], exchange.interim)
        if exchange.request:
            name = warc.record_id("request", capture.number, role, sha256_hex(exchange.request))
            self._add("request", name, exchange.at, [*beside, ("Content-Type", warc.HTTP_REQUEST)], exchange.request)
        if not exchange.response:
            return None
        start = warc.payload_start(exchange.response)
        truncated = ("WARC-Truncated", exchange.truncated)
        http = ("Content-Type", warc.HTTP_RESPONSE)
        if start is None:  # not HTTP on which readers agree: these bytes came, and no more is claimed
            self._add("resource", answer, exchange.at, [*target, truncated, _plain_bytes()], exchange.response)
        elif revisit is not None:
            self._add("revisit", answer, exchange.at, [*target, *revisit, http], exchange.response[:start])
        else:
            digest = ("WARC-Payload-Digest", warc.digest_field(exchange.response[start:]))
            self._add("response", answer, exchange.at, [*target, truncated, digest, http], exchange.response)
        return answer

    def _add(self, kind: str, name: str, at: datetime, fields: Fields, block: bytes) -> None:
        self._append(warc.encode(kind, name, at, fields, block))

    def _append(self, member: bytes) -> None:
        self._last = len(self.data)
        self.data += member
        self.records += 1

    def _known(self, sha256: str | None) -> Held | None:
        return (self._here.get(sha256) or self._held(sha256)) if sha256 else None

    def _remember(self, capture: Numbered, name: str, at: datetime, digest: str) -> None:
        assert capture.sha256 is not None
        assert capture.new.body is not None
        uri = _uri(capture.new.url) or ni_name(capture.sha256)
        self._here[capture.sha256] = Held(len(capture.new.body), name, uri, utc_text(at), digest)


def ni_name(sha256: str) -> str:
    """The name of bytes without an address, by RFC 6920: ``ni:///sha-256;…`` with the digest in base64url."""
    return "ni:///sha-256;" + base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")


def record_for(capture: Numbered, size: int | None, payload_offset: int | None) -> CaptureRecord:
    """What the metadata record of a capture will say."""
    new = capture.new
    return CaptureRecord(
        number=capture.number,
        outcome=new.outcome,
        grade=new.grade,
        added_at=new.added_at,
        reason=new.reason,
        requested_url=new.requested_url,
        url=new.url,
        captured_at=new.captured_at,
        status=new.status,
        media_type=new.media_type,
        charset=new.charset,
        format=new.format,
        language=new.language,
        filename=new.filename,
        headers=new.headers,
        sha256=capture.sha256,
        size=size,
        payload_offset=payload_offset,
        notes=new.notes,
    )


def _about_body(new: NewCapture, sha256: str) -> Fields:
    return [
        ("WARC-Target-URI", _uri(new.url) or ni_name(sha256)),
        ("Content-Type", new.media_type or "application/octet-stream"),
    ]


def _refers(held: Held | None, profile: str) -> Fields:
    if held is None:
        return [("WARC-Profile", profile)]
    return [
        ("WARC-Profile", profile),
        ("WARC-Refers-To", held.record_id),
        ("WARC-Refers-To-Target-URI", held.uri),
        ("WARC-Refers-To-Date", held.date),
        ("WARC-Payload-Digest", held.payload_digest),
    ]


def _plain_bytes() -> tuple[str, str]:
    return ("Content-Type", "application/octet-stream")


def _moment(capture: Numbered) -> datetime:
    return capture.new.captured_at or capture.new.added_at


def _uri(url: str | None) -> str | None:
    return warc.safe_uri(url) if url else None


def _wire_digest(response: bytes) -> str | None:
    start = warc.payload_start(response)
    return None if start is None else warc.digest_field(response[start:])


def _carries(response: bytes, body: bytes) -> bool:
    try:
        return payload.decode(response) == body
    except payload.NotDecodable:
        return False
