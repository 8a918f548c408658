"""A WARC file of ours, read from the disk capture by capture, with all damage named and placed."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from archiver.canonical import sha256_hex
from archiver.errors import IntegrityError
from archiver.store import acts, disk, snapshots, warc
from archiver.store.acts import Act
from archiver.store.incoming import CaptureRecord
from archiver.store.warc import Damage, Record


@dataclass(frozen=True, slots=True)
class FoundCapture:
    """What one metadata record says, where it starts, and where the records of its capture begin."""

    record: CaptureRecord
    offset: int
    begins: int


@dataclass(frozen=True, slots=True)
class FoundAct:
    """What one record of an act says, and where it starts."""

    act: Act
    offset: int


@dataclass(frozen=True, slots=True)
class CaptureFile:
    """One WARC file: its digest as it is now, its captures or acts, the bodies it holds, and what is wrong with it."""

    path: Path
    sha256: str
    size: int
    records: int
    captures: tuple[FoundCapture, ...]
    bodies: Mapping[str, bytes]
    damages: tuple[Damage, ...]
    acts: tuple[FoundAct, ...] = ()

    @property
    def place(self) -> tuple[int, int, int]:
        """Where it stands in the order of the archive: an act before the captures that came after it."""
        if self.acts:
            return self.acts[0].act.after_capture + 1, 0, self.acts[0].act.number
        return self.captures[0].record.number if self.captures else 0, 1, 0

    @property
    def is_whole(self) -> bool:
        """True when the name is the digest, nothing is damaged and the numbers follow each other."""
        numbers = [found.act.number for found in self.acts]
        numbers += [capture.record.number for capture in self.captures]
        in_row = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False
        one_kind = not (self.acts and self.captures)
        return in_row and one_kind and not self.damages and self.path.name == self.sha256 + disk.WARC_SUFFIX


def read_file(path: Path) -> CaptureFile:
    """Everything one WARC file holds. Damage is in the answer; only an unreadable file raises IntegrityError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise IntegrityError(f"{path}: {error.strerror}", "a snapshot cannot be read; see: archiver verify") from error
    records: dict[int, Record] = {}
    damages: list[Damage] = []
    captures: list[FoundCapture] = []
    found_acts: list[FoundAct] = []
    begins = 0
    for found in warc.read_all(data):
        if isinstance(found, Damage):
            damages.append(found)
            continue
        records[found.offset] = found
        if found.type == "warcinfo":
            begins = found.offset + found.length
        try:
            if acts.is_act(found):
                found_acts.append(FoundAct(acts.act_of(found), found.offset))
            if snapshots.is_capture(found):
                captures.append(FoundCapture(snapshots.metadata_of(found), found.offset, begins))
        except IntegrityError as error:
            damages.append(Damage(found.offset, error.message))
        if snapshots.is_capture(found):
            begins = found.offset + found.length
    bodies, wrong = _bodies(captures, records)
    damages += wrong
    held = tuple(captures), bodies, tuple(damages), tuple(found_acts)
    return CaptureFile(path, sha256_hex(data), len(data), len(records), *held)


def _bodies(captures: list[FoundCapture], records: dict[int, Record]) -> tuple[dict[str, bytes], list[Damage]]:
    bodies: dict[str, bytes] = {}
    wrong = []
    for capture in captures:
        offset, sha256 = capture.record.payload_offset, capture.record.sha256
        if offset is None or sha256 is None:
            continue
        if offset not in records:
            wrong.append(Damage(offset, f"the record with the body of capture {capture.record.number} is not here"))
            continue
        try:
            body = snapshots.body_of(records[offset])
        except IntegrityError as error:
            wrong.append(Damage(offset, error.message))
            continue
        if sha256_hex(body) != sha256:
            wrong.append(Damage(offset, f"the body of capture {capture.record.number} is not {sha256}"))
        bodies[sha256] = body
    return bodies, wrong
