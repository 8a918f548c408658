"""A checkpoint that was kept elsewhere: the one thing that shows roll-back and fork of a whole archive."""

from collections.abc import Iterator, Sequence

from archiver.errors import InputError, ProofError
from archiver.store import log
from archiver.store.levels import Standing
from archiver.store.seals import KeyEntry
from archiver.store.verdicts import Judgement, Verdict
from archiver.store.verify_found import Roots
from archiver.tlog import notes
from archiver.tlog.checkpoints import Checkpoint, parse_checkpoint
from archiver.tlog.notes import Note, VerifierKey


def kept_elsewhere(standing: Standing) -> tuple[Checkpoint, Note | None] | None:
    """The checkpoint that the caller kept elsewhere, and its note where it is signed. Raises InputError."""
    data = standing.outside.against
    if data is None:
        return None
    try:
        if b"\n\n" in data:
            note = notes.parse_note(data)
            return parse_checkpoint(note.text), note
        return parse_checkpoint(data.decode("utf-8")), None
    except (ProofError, UnicodeDecodeError) as error:
        reason = error.message if isinstance(error, ProofError) else "it is not UTF-8"
        raise InputError(
            f"what was kept elsewhere is no checkpoint: {reason}", "give a copy of snapshots/log/checkpoint, or of head"
        ) from error


def compared(
    against: tuple[Checkpoint, Note | None],
    entries: Sequence[KeyEntry],
    roots: Roots,
    trusted: VerifierKey | None,
    standing: Standing,
) -> Iterator[Verdict]:
    """Whether this log continues the one that was seen elsewhere."""
    head, note = against
    what = f"the checkpoint kept elsewhere, of {head.size} entries"
    if entries and head.origin not in {entries[0].key.name, log.UNSIGNED}:
        message = f"{what}, is one of the log {head.origin!a}, and this one is {entries[0].key.name!a}"
        yield Verdict(Judgement.MISMATCH, "against", message)
        return
    known = [*(entry.key for entry in entries), *([trusted] if trusted else [])]
    if note is not None:
        try:
            notes.verify(note, known)
        except ProofError as error:
            claimed = {(one.name, one.key_id) for one in note.signatures}
            if claimed & {(key.name, key.key_id) for key in known}:
                yield Verdict(Judgement.MISMATCH, "against", f"{what}: {error.message}; somebody changed it")
                return
            message = f"{what}, is signed by nobody known here: it is worth as much as the place it was kept in"
            yield Verdict(Judgement.UNCHECKABLE, "against", message)
    if head.size == 0:
        yield Verdict(Judgement.UNCHECKABLE, "against", "every log continues an empty one: that shows nothing")
        return
    reason = roots.differ(head)
    if reason is not None:
        yield Verdict(Judgement.MISMATCH, "against", f"{reason} (the checkpoint kept elsewhere)")
        return
    standing.continues = head.size
    yield Verdict(Judgement.MATCH, "against", f"this log continues {what}")
