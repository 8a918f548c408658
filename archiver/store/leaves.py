"""What the log says of each thing that was entered: small in-toto Statements that hold digests, never texts.

A leaf is canonical JSON (RFC 8785) in the shape of an in-toto Statement v1. It follows from what it speaks of alone, so
that whoever holds the thing can make the leaf again and look for it in the log. Texts, addresses and names can be
removed later without touching the log, for it never held them.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archiver.canonical import Json, canonical_json, sha256_hex
from archiver.store import disk, warc
from archiver.store.acts import JUDGEMENT, Act, block_of
from archiver.store.incoming import CaptureRecord, as_json
from archiver.timepoint import utc_text
from archiver.tlog.merkle import leaf_hash

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "urn:archiver:leaf:"

CAPTURE, READING = "capture", "reading"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One entry of the log: its ``kind``, the number of the capture it speaks of (or None), and its bytes."""

    kind: str
    capture: int | None
    entry: bytes

    @property
    def hash(self) -> str:
        """The hash of the leaf (RFC 6962, 2.1) in hex."""
        return leaf_hash(self.entry).hex()


def of_capture(record: CaptureRecord, warc_sha256: str) -> Leaf:
    """The leaf of a capture, or of an attempt that failed, whose records lie in the WARC file of that digest."""
    digests = {"metadata record": sha256_hex(warc.json_bytes(as_json(record)))}
    if record.sha256 is not None:
        digests["body"] = record.sha256
    digests[disk.warc_path(warc_sha256)] = warc_sha256
    said: dict[str, Json] = {
        "number": record.number,
        "outcome": str(record.outcome),
        "grade": str(record.grade),
        "captured_at": utc_text(record.captured_at) if record.captured_at else None,
        "added_at": utc_text(record.added_at),
    }
    return Leaf(CAPTURE, record.number, _entry(CAPTURE, digests, said))


# The columns of `readings` of which its leaf speaks.
READING_COLUMNS = (
    *("article_id", "version_id", "first_capture", "digest", "statements_digest", "text_sha256", "page_text_sha256"),
    *("content_digest", "reader"),
)


def of_reading(row: Sequence[str | int]) -> Leaf:
    """The leaf of what was read of a capture, from READING_COLUMNS of its row."""
    article_id, version_id, capture, digest, statements, text, page_text, content, reader = row
    digests = {
        "reading": str(digest),
        "statements": str(statements),
        "text": str(text),
        "page text": str(page_text),
        "content": str(content),
    }
    said: dict[str, Json] = {"capture": capture, "article": article_id, "version": version_id, "reader": reader}
    return Leaf(READING, int(capture), _entry(READING, digests, said))


def of_act(act: Act, warc_sha256: str) -> Leaf:
    """The leaf of what a person decided, whose record lies in the WARC file of that digest."""
    digests = {"record": sha256_hex(block_of(act)), disk.warc_path(warc_sha256): warc_sha256}
    judgement = act.judgement
    said: dict[str, Json] = {
        "number": judgement.number,
        "judgement": judgement.id,
        "article": judgement.article_id,
        "decision": str(judgement.decision),
        "after_capture": act.after_capture,
        "made_at": utc_text(judgement.made_at),
    }
    return Leaf(JUDGEMENT, None, _entry(JUDGEMENT, digests, said))


def of_none(kind: str, digests: Mapping[str, str], said: Mapping[str, Json]) -> Leaf:
    """The leaf of something that speaks of no capture: by name -> SHA-256, and what else is said."""
    return Leaf(kind, None, _entry(kind, digests, said))


def parse(entry: bytes) -> Leaf:
    """The leaf that an entry of the log is. Raises ValueError for bytes that no archiver wrote."""
    value = json.loads(entry)
    try:
        kind = _kind(value)
        said = value["predicate"]
        capture = said.get("number") if kind == CAPTURE else said.get("capture")
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not an in-toto Statement of an archive ({error})") from error
    if capture is not None and (not isinstance(capture, int) or isinstance(capture, bool)):
        raise ValueError("it names no capture by its number")
    if canonical_json(value) != entry:
        raise ValueError("it is not in canonical JSON")
    return Leaf(kind, capture, entry)


def _kind(value: Mapping[str, str]) -> str:
    kind, _, version = value["predicateType"].removeprefix(PREDICATE).partition(":")
    if value["_type"] != STATEMENT or not value["predicateType"].startswith(PREDICATE) or version != "1":
        raise KeyError("predicateType")
    return kind


def _entry(kind: str, digests: Mapping[str, str], said: Mapping[str, Json]) -> bytes:
    subjects: list[Json] = [{"name": name, "digest": {"sha256": digest}} for name, digest in digests.items()]
    return warc.json_bytes(
        {"_type": STATEMENT, "subject": subjects, "predicateType": f"{PREDICATE}{kind}:1", "predicate": dict(said)}
    )
