"""Timestamps and cosignatures: there, about this log, as they were entered, and true as far as the caller vouches."""

import base64
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from archiver.canonical import sha256_hex
from archiver.errors import ProofError
from archiver.store import seal_files
from archiver.store.archive import Archive
from archiver.store.levels import Known, Standing
from archiver.store.seals import AnchorEntry, KeyEntry
from archiver.store.verdicts import Judgement, Verdict
from archiver.store.verify_found import Found, Roots, unsettled, wrong
from archiver.timepoint import parse_utc, utc_text
from archiver.tlog import notes
from archiver.tlog.checkpoints import Checkpoint
from archiver.tlog.notes import Note, VerifierKey

_APART = timedelta(minutes=10)  # between two clocks before one of them is wrong


def tokens_in_place(archive: Archive, anchors: Sequence[AnchorEntry], found: Found) -> Iterator[Verdict]:
    """Token files that no entry knows: left by a stopped seal, or put there by somebody."""
    known = {seal_files.ANCHORS + f"/{one.size}-{one.token[:16]}.tsr" for one in anchors if one.token is not None}
    for name in seal_files.tokens(archive.folder):
        path = f"{seal_files.ANCHORS}/{name}"
        if path in known:
            continue
        from archiver.store import timestamps

        size = seal_files.size_of_token(name)
        try:
            token = seal_files.load(archive.folder, path)
            if size not in found.sound or seal_files.token_path(size, token) != path:
                raise ProofError("belongs to no checkpoint, or has another name than it should")
            timestamps.read(token, found.sound[size][0].text)
        except ProofError as error:
            yield wrong(path, error.message, subject="anchor")
        else:
            yield unsettled(path, "is in no entry of the log yet: archiver seal enters it", subject="anchor")


def anchored(
    archive: Archive,
    anchors: Sequence[AnchorEntry],
    found: Found,
    roots: Roots,
    witnesses: dict[str, VerifierKey],
    standing: Standing,
) -> Iterator[Verdict]:
    """That what others said is there, is about this log, and holds as far as the caller vouches for them."""
    trusted = None
    if standing.outside.tsa_roots is not None:
        from archiver.store import timestamps

        trusted = timestamps.roots_from(standing.outside.tsa_roots)
    good = 0
    missing: set[int] = set()
    for anchor in anchors:
        place = f"entry {anchor.number}"
        if anchor.size not in found.sound:
            if anchor.size not in found.named | missing:
                yield wrong(seal_files.checkpoint_path(anchor.size), f"is missing: {place} of the log is about it")
                missing.add(anchor.size)
            continue
        note, head = found.sound[anchor.size]
        if anchor.root != base64.b64encode(head.root).decode():
            message = f"{place} is about another tree than the checkpoint of {anchor.size} entries"
            yield Verdict(Judgement.MISMATCH, "anchor", message, table="log", row=str(anchor.number), column="entry")
            continue
        try:
            known = _token(archive, anchor, head, trusted) if anchor.token else _cosignature(anchor, note, witnesses)
        except ProofError as error:
            yield wrong(_place_of(anchor), error.message, subject="anchor")
            continue
        good += 1
        if roots.differ(head) is None:
            standing.known.append(known)
    if good:
        said = "1 anchor is as it was entered" if good == 1 else f"{good} anchors are as they were entered"
        yield Verdict(Judgement.MATCH, "anchor", said)
    yield from _too_late(archive, standing)


def _too_late(archive: Archive, standing: Standing) -> Iterator[Verdict]:
    """Captures that say they were added after somebody whom the caller trusts had seen them."""
    known = standing.anchored
    if known is None:
        return
    told = archive.conn.execute(
        "SELECT c.number, c.added_at FROM log AS l JOIN captures AS c ON l.kind = 'capture' AND c.number = l.capture "
        "WHERE l.number < ? ORDER BY c.number",
        (known.size,),
    )
    seen = parse_utc(known.at) + _APART
    for number, added_at in told:
        if parse_utc(added_at) > seen:
            message = (
                f"says it was added at {added_at}; {known.by} knew of it at {known.at}: one of the clocks was wrong"
            )
            yield Verdict(
                Judgement.UNCHECKABLE, "capture", message, table="captures", row=str(number), captures=(number,)
            )


def _token(archive: Archive, anchor: AnchorEntry, head: Checkpoint, trusted: object) -> Known:
    """What a timestamp states. Raises ProofError."""
    from archiver.store import timestamps

    token = seal_files.load(archive.folder, _place_of(anchor))
    if sha256_hex(token) != anchor.token:
        raise ProofError(f"is not the token that entry {anchor.number} of the log names")
    stated = (
        timestamps.judge(token, str(head), roots=trusted)  # type: ignore[arg-type]
        if trusted
        else timestamps.read(token, str(head))
    )
    return Known(anchor.size, utc_text(stated.at), stated.authority, anchor.form, stated.vouched)


def _cosignature(anchor: AnchorEntry, note: Note, witnesses: dict[str, VerifierKey]) -> Known:
    """What a witness states. Raises ProofError."""
    signature = next((one for one in note.signatures if str(one).rstrip("\n") == anchor.line), None)
    if signature is None:
        raise ProofError(f"lacks the cosignature that entry {anchor.number} of the log holds")
    for key in witnesses.values():
        if (key.name, key.key_id) == (signature.name, signature.key_id):
            (signed,) = notes.verify(Note(note.text, (signature,)), [key])
            return Known(anchor.size, _moment(signed.time), f"the witness {key}", anchor.form, vouched=True)
    stated = int.from_bytes(signature.value[:8], "big")
    return Known(anchor.size, _moment(stated), f"the witness {signature.name!a}", anchor.form, vouched=False)


def _moment(seconds: int | None) -> str:
    try:
        return utc_text(datetime.fromtimestamp(seconds or 0, UTC))
    except (ValueError, OverflowError, OSError):
        return "a time that no calendar has"


def _place_of(anchor: AnchorEntry) -> str:
    if anchor.token is not None:
        return f"{seal_files.ANCHORS}/{anchor.size}-{anchor.token[:16]}.tsr"
    return seal_files.checkpoint_path(anchor.size)


def strange_lines(found: Found, entries: Sequence[KeyEntry], anchors: Sequence[AnchorEntry]) -> Iterator[Verdict]:
    """Signature lines that are neither of a key of the log nor in an entry: nobody knows what they are."""
    own = {(entry.key.name, entry.key.key_id) for entry in entries}
    entered = {(anchor.size, anchor.line) for anchor in anchors if anchor.line is not None}
    for size, (note, _) in sorted(found.sound.items()):
        for one in note.signatures:
            if (one.name, one.key_id) not in own and (size, str(one).rstrip("\n")) not in entered:
                message = f"a signature line of {one.name!a} is of no key of this log and in no entry of it"
                yield unsettled(seal_files.checkpoint_path(size), message)
