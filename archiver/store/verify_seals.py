"""Keys, checkpoints, timestamps and cosignatures, against the log they speak of and against what is known elsewhere.

The order of looking follows the order of writing, so that a writer who goes on meanwhile is never taken for a forger:
anchors are entered after their files, so they are read before them; keys before anything they sign, so they are read
last.
"""

from collections.abc import Iterator, Sequence

from archiver.errors import InputError, ProofError
from archiver.store import log, seal_files, seals
from archiver.store.archive import Archive
from archiver.store.levels import Signed, Standing
from archiver.store.seals import AnchorEntry, KeyEntry
from archiver.store.verdicts import Judgement, Verdict
from archiver.store.verify_against import compared, kept_elsewhere
from archiver.store.verify_anchors import anchored, strange_lines, tokens_in_place
from archiver.store.verify_found import Found, Roots, unsettled, wrong
from archiver.tlog import notes
from archiver.tlog.checkpoints import Checkpoint, parse_checkpoint
from archiver.tlog.notes import COSIGNATURE, Note, VerifierKey


def check_seals(archive: Archive, told: Checkpoint | None, standing: Standing) -> Iterator[Verdict]:
    """Verdicts on everything that was signed, stated or kept elsewhere; ``standing`` learns what holds.

    ``told`` is what ``head`` said, None where it cannot be read. Raises InputError for a key, a root or a checkpoint of
    the caller that is none.
    """
    trusted, witnesses = _outside_keys(standing)
    anchors, trouble = _anchor_entries(archive)
    yield from trouble
    found = Found()
    yield from _read_checkpoints(archive, found)
    yield from _newest(archive, found)
    yield from tokens_in_place(archive, anchors, found)
    entries, trouble = _key_entries(archive)
    yield from trouble
    standing.keys = len(entries)
    if {entry.key.public for entry in entries} & {key.public for key in witnesses.values()}:
        raise InputError("a key of this log was given as that of a witness", "nobody is a witness to himself")
    yield from _keys(entries)
    against = kept_elsewhere(standing)
    wanted = {*found.sound, *(one.size for one in anchors), *([against[0].size] if against else [])}
    roots = Roots(archive, told, wanted)
    chain = _trusted_chain(entries, trusted)
    good = 0
    for _, (note, head) in sorted(found.sound.items()):
        said_of_it = list(_checkpoint(head, note, entries, roots, trusted, chain, standing))
        yield from said_of_it
        good += not any(one.judgement is Judgement.MISMATCH for one in said_of_it)
    if good:
        said = "1 checkpoint is signed and has" if good == 1 else f"{good} checkpoints are signed and have"
        yield Verdict(Judgement.MATCH, "checkpoint", f"{said} the root of this log")
    yield from anchored(archive, anchors, found, roots, witnesses, standing)
    yield from strange_lines(found, entries, anchors)
    if trusted is not None and standing.signed is None:
        yield wrong(seal_files.NEWEST, f"nothing here is signed by the key you trust, {trusted}, or one it endorsed")
    if against is not None:
        yield from compared(against, entries, roots, trusted, standing)


def _outside_keys(standing: Standing) -> tuple[VerifierKey | None, dict[str, VerifierKey]]:
    """The key of the log that the caller trusts, and its witnesses by vkey. Raises InputError."""
    try:
        key = notes.parse_key(standing.outside.key) if standing.outside.key is not None else None
        witnesses = [notes.parse_key(vkey) for vkey in standing.outside.witnesses]
    except ProofError as error:
        raise InputError(error.message, "give the whole line that archiver key list or witness new says") from error
    for one in witnesses:
        if one.kind != COSIGNATURE:
            raise InputError(f"{one.name} is the key of a log, and no witness", "give it with --key")
    if key is not None and key.kind == COSIGNATURE:
        raise InputError(f"{key.name} is the key of a witness, and no log", "give it with --witness")
    return key, {str(one): one for one in witnesses}


def _anchor_entries(archive: Archive) -> tuple[list[AnchorEntry], list[Verdict]]:
    try:
        return seals.anchor_entries(archive.conn), []
    except ProofError as error:
        return [], [Verdict(Judgement.MISMATCH, "anchor", error.message, table="log")]


def _key_entries(archive: Archive) -> tuple[list[KeyEntry], list[Verdict]]:
    try:
        return seals.key_entries(archive.conn), []
    except ProofError as error:
        return [], [Verdict(Judgement.MISMATCH, "key", error.message, table="log")]


def _read_checkpoints(archive: Archive, found: Found) -> Iterator[Verdict]:
    """Each file under checkpoints/, as far as it can be read."""
    for size in seal_files.sizes(archive.folder):
        found.named.add(size)
        path = seal_files.checkpoint_path(size)
        try:
            note, head = _parsed(archive, path)
        except ProofError as error:
            yield wrong(path, error.message)
            continue
        if head.size != size:
            yield wrong(path, f"is the checkpoint of {head.size} entries, not of {size}")
        else:
            found.sound[size] = note, head


def _parsed(archive: Archive, path: str) -> tuple[Note, Checkpoint]:
    note = notes.parse_note(seal_files.load(archive.folder, path))
    return note, parse_checkpoint(note.text)


def _newest(archive: Archive, found: Found) -> Iterator[Verdict]:
    """``checkpoint`` is written before its copy, so it is never the older one of the two."""
    there = (archive.folder / log.FOLDER / seal_files.NEWEST).exists()
    if not there and not found.named:
        return
    try:
        note, head = _parsed(archive, seal_files.NEWEST)
    except ProofError as error:
        yield wrong(seal_files.NEWEST, error.message)
        return
    last = max(found.named, default=-1)
    copy = found.sound.get(head.size)
    if head.size < last:
        yield wrong(seal_files.NEWEST, f"counts {head.size} entries, and there is a checkpoint of {last}")
    elif copy is None and head.size not in found.named:
        message = "has no copy under checkpoints/: a seal is being made, or was stopped; archiver seal finishes it"
        yield unsettled(seal_files.NEWEST, message)
        found.sound[head.size] = note, head
    elif copy is not None and note != copy[0]:
        if note.text == copy[0].text and set(copy[0].signatures) < set(note.signatures):
            yield unsettled(seal_files.checkpoint_path(head.size), "lacks a cosignature that is just being added")
            found.sound[head.size] = note, head
        else:
            yield wrong(seal_files.NEWEST, f"is not {seal_files.checkpoint_path(head.size)}")


def _keys(entries: Sequence[KeyEntry]) -> Iterator[Verdict]:
    good = 0
    for place, entry in enumerate(entries):
        reason = seals.unendorsed(entries, place)
        follows = place and entry.replaces == str(entries[place - 1].key) and entry.key.name == entries[0].key.name
        if reason is None:
            good += 1
        elif follows and entry.endorsement is None:
            message = f"the key {entry.key} took the place of another: {reason}"
            yield Verdict(Judgement.UNCHECKABLE, "key", message, table="log", row=str(entry.number))
        else:
            message = f"the key {entry.key} does not belong here: {reason}"
            yield Verdict(Judgement.MISMATCH, "key", message, table="log", row=str(entry.number), column="entry")
    if good:
        said = "1 key follows" if good == 1 else f"{good} keys follow"
        yield Verdict(Judgement.MATCH, "key", f"{said} from what the log says")


def _trusted_chain(entries: Sequence[KeyEntry], trusted: VerifierKey | None) -> set[str]:
    """The key that the caller trusts, and those that it endorsed, one after the other."""
    if trusted is None:
        return set()
    chain = {str(trusted)}
    for place, entry in enumerate(entries):
        if place and str(entries[place - 1].key) in chain and seals.unendorsed(entries, place) is None:
            chain.add(str(entry.key))
    return chain


def _checkpoint(
    head: Checkpoint,
    note: Note,
    entries: Sequence[KeyEntry],
    roots: Roots,
    trusted: VerifierKey | None,
    chain: set[str],
    standing: Standing,
) -> Iterator[Verdict]:
    """That a checkpoint is one of this log, has its root, and is signed by the key that was in force."""
    path = seal_files.checkpoint_path(head.size)
    if entries and head.origin != entries[0].key.name:
        yield wrong(path, f"is one of the log {head.origin!a}, and this one is {entries[0].key.name!a}")
        return
    reason = roots.differ(head)
    if reason:
        yield wrong(path, reason)
        return
    key = seals.in_force(entries, head.size)
    signers = [one for one in (key.key if key else None, trusted) if one is not None]
    try:
        signed = {str(one.key) for one in notes.verify(note, signers)}
    except ProofError as error:
        yield wrong(path, _who_else(note, entries, key) or error.message)
        return
    accepted = sorted(signed & chain) if trusted is not None else sorted(signed)
    if accepted:
        standing.sign(Signed(head.size, accepted[0], given=trusted is not None))
    elif _is_before(entries, key, chain):
        yield unsettled(path, "is signed by an earlier key than the one you trust")
    else:
        yield wrong(path, f"is signed by {', '.join(sorted(signed))}, which the key you trust did not endorse")


def _who_else(note: Note, entries: Sequence[KeyEntry], in_force: KeyEntry | None) -> str | None:
    """Where another key of the log signed, which and when that was in force; None where none did."""
    for place, entry in enumerate(entries):
        if entry is in_force:
            continue
        try:
            notes.verify(note, [entry.key])
        except ProofError:
            continue
        until = f" to {entries[place + 1].number}" if place + 1 < len(entries) else ""
        return f"is signed by {entry.key}, which was in force from entry {entry.number}{until} and not at this size"
    return None if in_force is not None else "is signed by no key that the log names at this size"


def _is_before(entries: Sequence[KeyEntry], key: KeyEntry | None, chain: set[str]) -> bool:
    later = [entry for entry in entries if key is not None and entry.number > key.number]
    return any(str(entry.key) in chain for entry in later)
