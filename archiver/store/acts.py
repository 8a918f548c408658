"""What people did, as records in WARC files of their own: so that a rebuild gives it back with everything else.

An act is a metadata record that ends no capture. It knows after which capture it was done, which is its place in the
order of the archive.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archiver import __version__
from archiver.canonical import Json, sha256_hex, short_id
from archiver.errors import IntegrityError
from archiver.model import Decision, Judgement
from archiver.store import warc
from archiver.store.incoming import storable
from archiver.store.warc import Record
from archiver.timepoint import parse_utc, utc_text

SCHEMA = "archiver/act/1"
CONTENT_TYPE = "application/vnd.archiver.act+json"
JUDGEMENT = "judgement"
_DESCRIPTION = re.compile(rb"^description: act (\d{1,15}) after capture (\d{1,15}) ", re.M)


@dataclass(frozen=True, slots=True)
class Act:
    """One judgement, and the number of the last capture that was entered before it."""

    after_capture: int
    judgement: Judgement

    @property
    def number(self) -> int:
        """Its place in the order of all acts, from 1 on."""
        return self.judgement.number


@dataclass(frozen=True, slots=True)
class BuiltAct:
    """A whole WARC file with one act, not yet written: its bytes, its name, its records, and where the act starts."""

    data: bytes
    sha256: str
    records: int
    offset: int


def new_judgement(number: int, made_at: datetime, who: str, why: str, about: Mapping[str, Any]) -> Judgement:
    """A judgement with its number and its id, as it can be stored; ``about`` holds the other fields of `Judgement`."""
    at = made_at.astimezone(UTC).replace(microsecond=0)
    judgement = Judgement(number=number, id="", who=who, why=why, made_at=at, **about)
    plain = _storable(as_json(judgement))
    return from_json({**plain, "id": short_id("judgement", warc.json_bytes(plain).decode())})


def as_json(judgement: Judgement) -> dict[str, Json]:
    """The judgement in the record of its act; ``from_json`` reads it back."""
    values = {one.name: getattr(judgement, one.name) for one in fields(judgement)}
    return {
        **values,
        "decision": str(judgement.decision),
        "made_at": utc_text(judgement.made_at),
        "detail": dict(judgement.detail),
        "read": list(judgement.read),
    }


def from_json(value: Mapping[str, Any]) -> Judgement:
    """Read back what ``as_json`` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    if not isinstance(value["detail"], dict) or not all(isinstance(one, str) for one in value["read"]):
        raise TypeError("detail or read")
    made_at, decision = parse_utc(value["made_at"]), Decision(value["decision"])
    return Judgement(**{**value, "made_at": made_at, "decision": decision, "read": tuple(value["read"])})


def build(act: Act) -> BuiltAct:
    """The WARC file of one act; a pure function of it."""
    block = (
        f"software: archiver/{__version__}\r\n"
        "format: WARC file version 1.1\r\n"
        "conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
        f"description: act {act.number} after capture {act.after_capture} of one archive; see snapshots/README\r\n"
    ).encode()
    at = act.judgement.made_at
    name = warc.record_id("warcinfo", "act", act.number, sha256_hex(block))
    head = warc.encode("warcinfo", name, at, [("Content-Type", "application/warc-fields")], block)
    said = block_of(act)
    name = warc.record_id("act", act.number, sha256_hex(said))
    target = f"urn:archiver:act:{act.number}"
    data = head + warc.encode("metadata", name, at, [("WARC-Target-URI", target), ("Content-Type", CONTENT_TYPE)], said)
    return BuiltAct(data, sha256_hex(data), 2, len(head))


def is_act(record: Record) -> bool:
    """True for the record of an act."""
    return record.type == "metadata" and record.field("Content-Type") == CONTENT_TYPE


def act_of(record: Record) -> Act:
    """What the record of an act says. Raises IntegrityError."""
    try:
        value = json.loads(record.block)
        if value["schema"] != SCHEMA or value["kind"] != JUDGEMENT:
            raise ValueError(f"not a {JUDGEMENT} of {SCHEMA}")
        return Act(int(value["after_capture"]), from_json(value[JUDGEMENT]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IntegrityError(f"record {record.id} is not an act ({error})", "see: archiver verify") from error


def block_of(act: Act) -> bytes:
    """What the record of an act holds, in canonical JSON."""
    said: dict[str, Json] = {"schema": SCHEMA, "kind": JUDGEMENT, "after_capture": act.after_capture}
    return warc.json_bytes({**said, JUDGEMENT: as_json(act.judgement)})


def row_of(act: Act, warc_sha256: str, offset: int) -> dict[str, str | int | None]:
    """The row of ``judgements`` for an act."""
    said = as_json(act.judgement)
    detail, read = warc.json_bytes(dict(act.judgement.detail)), warc.json_bytes(list(act.judgement.read))
    return {**said, "detail": detail.decode(), "read": read.decode(), "warc_file": warc_sha256, "warc_offset": offset}  # type: ignore[dict-item]


def place_of(path: Path) -> tuple[int, int] | None:
    """(capture before it, number) of the act in a file, from its warcinfo record; None for any other file."""
    try:
        found = warc.read_at(path, 0)
    except OSError:
        return None
    told = _DESCRIPTION.search(found.block) if isinstance(found, Record) else None
    return (int(told[2]), int(told[1])) if told else None


def _storable(value: dict[str, Json]) -> dict[str, Json]:
    def clean(one: Json) -> Json:
        if isinstance(one, str):
            return storable(one)
        if isinstance(one, dict):
            return {storable(name): clean(each) for name, each in one.items()}
        return [clean(each) for each in one] if isinstance(one, (list, tuple)) else one

    return {name: clean(one) for name, one in value.items()}
