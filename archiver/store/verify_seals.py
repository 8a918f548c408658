"""Keys, checkpoints, timestamps and cosignatures, against the log they speak of and against what is known elsewhere.

The order of looking follows the order of writing, so that a writer who goes on meanwhile is never taken for a forger:
anchors are entered after their files, so they are read before them; keys before anything they sign, so they are read
last.
"""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from archiver.canonical import sha256_hex
from archiver.errors import InputError, ProofError
from archiver.store import log, seal_files, seals
from archiver.store.archive import Archive
from archiver.store.levels import Known, Signed, Standing
from archiver.store.seals import AnchorEntry, KeyEntry
from archiver.store.verdicts import Judgement, Verdict
from archiver.timepoint import parse_utc, utc_text
from archiver.tlog import merkle, notes
from archiver.tlog.checkpoints import Checkpoint, parse_checkpoint
from archiver.tlog.notes import COSIGNATURE, Note, VerifierKey

_APART = timedelta(minutes=10)  # between two clocks before one of them is wrong


@dataclass(slots=True)
class _Found:
    """What the files hold: sound checkpoints by their size, and what is wrong with the others."""

    sound: dict[int, tuple[Note, Checkpoint]] = field(default_factory=dict)
    named: set[int] = field(default_factory=set)


def check_seals(archive: Archive, told: Checkpoint | None, standing: Standing) -> Iterator[Verdict]:
    """Verdicts on everything that was signed, stated or kept elsewhere; ``standing`` learns what holds.

    ``told`` is what ``head`` said, None where it cannot be read. Raises InputError for a key, a root or a checkpoint of
    the caller that is none.
    """
    trusted, witnesses = _outside_keys(standing)
    anchors, trouble = _anchor_entries(archive)
    yield from trouble
    found = _Found()
    yield from _read_checkpoints(archive, found)
    yield from _newest(archive, found)
    yield from _tokens_in_place(archive, anchors, found)
    entries, trouble = _key_entries(archive)
    yield from trouble
    standing.keys = len(entries)
    if {entry.key.public for entry in entries} & {key.public for key in witnesses.values()}:
        raise InputError("a key of this log was given as that of a witness", "nobody is a witness to himself")
    yield from _keys(entries)
    against = _against(standing)
    wanted = {*found.sound, *(one.size for one in anchors), *([against[0].size] if against else [])}
    roots = _Roots(archive, told, wanted)
    chain = _trusted_chain(entries, trusted)
    good = 0
    for _, (note, head) in sorted(found.sound.items()):
        wrong = list(_checkpoint(head, note, entries, roots, trusted, chain, standing))
        yield from wrong
        good += not any(one.judgement is Judgement.MISMATCH for one in wrong)
    if good:
        said = "1 checkpoint is signed and has" if good == 1 else f"{good} checkpoints are signed and have"
        yield Verdict(Judgement.MATCH, "checkpoint", f"{said} the root of this log")
    yield from _anchored(archive, anchors, found, roots, witnesses, standing)
    yield from _lines(found, entries, anchors)
    if trusted is not None and standing.signed is None:
        yield _wrong(seal_files.NEWEST, f"nothing here is signed by the key you trust, {trusted}, or one it endorsed")
    if against is not None:
        yield from _compared(against, entries, roots, trusted, standing)


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


def _read_checkpoints(archive: Archive, found: _Found) -> Iterator[Verdict]:
    """Each file under checkpoints/, as far as it can be read."""
    for size in seal_files.sizes(archive.folder):
        found.named.add(size)
        path = seal_files.checkpoint_path(size)
        try:
            note, head = _parsed(archive, path)
        except ProofError as error:
            yield _wrong(path, error.message)
            continue
        if head.size != size:
            yield _wrong(path, f"is the checkpoint of {head.size} entries, not of {size}")
        else:
            found.sound[size] = note, head


def _parsed(archive: Archive, path: str) -> tuple[Note, Checkpoint]:
    note = notes.parse_note(seal_files.load(archive.folder, path))
    return note, parse_checkpoint(note.text)


def _newest(archive: Archive, found: _Found) -> Iterator[Verdict]:
    """``checkpoint`` is written before its copy, so it is never the older one of the two."""
    there = (archive.folder / log.FOLDER / seal_files.NEWEST).exists()
    if not there and not found.named:
        return
    try:
        note, head = _parsed(archive, seal_files.NEWEST)
    except ProofError as error:
        yield _wrong(seal_files.NEWEST, error.message)
        return
    last = max(found.named, default=-1)
    copy = found.sound.get(head.size)
    if head.size < last:
        yield _wrong(seal_files.NEWEST, f"counts {head.size} entries, and there is a checkpoint of {last}")
    elif copy is None and head.size not in found.named:
        message = "has no copy under checkpoints/: a seal is being made, or was stopped; archiver seal finishes it"
        yield _open(seal_files.NEWEST, message)
        found.sound[head.size] = note, head
    elif copy is not None and note != copy[0]:
        if note.text == copy[0].text and set(copy[0].signatures) < set(note.signatures):
            yield _open(seal_files.checkpoint_path(head.size), "lacks a cosignature that is just being added")
            found.sound[head.size] = note, head
        else:
            yield _wrong(seal_files.NEWEST, f"is not {seal_files.checkpoint_path(head.size)}")


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


class _Roots:
    """The root of this log at some sizes: from its tiles, and where these say otherwise from its rows."""

    def __init__(self, archive: Archive, told: Checkpoint | None, wanted: set[int]) -> None:
        self._archive = archive
        self._told = told
        self._wanted = wanted
        self._rows: dict[int, bytes] | None = None
        self._size = told.size if told is not None else log.size(archive.conn)

    def size(self, wanted: int) -> int:
        """How many entries the log has: looked up again where ``wanted`` is more, for a log grows meanwhile."""
        if wanted > self._size:
            try:
                self._told = log.head(self._archive.folder)
                self._size = self._told.size
            except ProofError:
                self._size = log.size(self._archive.conn)
        return self._size

    def differ(self, head: Checkpoint) -> str | None:
        """Why the log does not continue ``head``: roll-back or fork; None where it does."""
        size = self.size(head.size)
        if head.size > size:
            return f"roll-back: it counts {head.size} entries, and this log has {size}"
        if self._from_tiles(head.size) != head.root and self._from_rows(head.size) != head.root:
            return f"fork: the first {head.size} entries of this log are not the ones that it counts"
        return None

    def _from_tiles(self, size: int) -> bytes | None:
        if self._told is None or size > self._told.size:
            return None
        try:
            return seals.root_of(self._archive.folder, self._told, size)
        except ProofError:
            return None

    def _from_rows(self, size: int) -> bytes | None:
        if self._rows is None:
            self._rows = {}
            tree = merkle.Frontier()
            for entry in log.entries(self._archive.conn):
                if tree.size in self._wanted:
                    self._rows[tree.size] = tree.root()
                tree.append(merkle.leaf_hash(entry))
            self._rows[tree.size] = tree.root()
        return self._rows.get(size)


def _checkpoint(
    head: Checkpoint,
    note: Note,
    entries: Sequence[KeyEntry],
    roots: _Roots,
    trusted: VerifierKey | None,
    chain: set[str],
    standing: Standing,
) -> Iterator[Verdict]:
    """That a checkpoint is one of this log, has its root, and is signed by the key that was in force."""
    path = seal_files.checkpoint_path(head.size)
    if entries and head.origin != entries[0].key.name:
        yield _wrong(path, f"is one of the log {head.origin!a}, and this one is {entries[0].key.name!a}")
        return
    reason = roots.differ(head)
    if reason:
        yield _wrong(path, reason)
        return
    key = seals.in_force(entries, head.size)
    signers = [one for one in (key.key if key else None, trusted) if one is not None]
    try:
        signed = {str(one.key) for one in notes.verify(note, signers)}
    except ProofError as error:
        yield _wrong(path, _who_else(note, entries, key) or error.message)
        return
    accepted = sorted(signed & chain) if trusted is not None else sorted(signed)
    if accepted:
        standing.sign(Signed(head.size, accepted[0], given=trusted is not None))
    elif _is_before(entries, key, chain):
        yield _open(path, "is signed by an earlier key than the one you trust")
    else:
        yield _wrong(path, f"is signed by {', '.join(sorted(signed))}, which the key you trust did not endorse")


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


def _tokens_in_place(archive: Archive, anchors: Sequence[AnchorEntry], found: _Found) -> Iterator[Verdict]:
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
            yield _wrong(path, error.message, subject="anchor")
        else:
            yield _open(path, "is in no entry of the log yet: archiver seal enters it", subject="anchor")


def _anchored(
    archive: Archive,
    anchors: Sequence[AnchorEntry],
    found: _Found,
    roots: _Roots,
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
                yield _wrong(seal_files.checkpoint_path(anchor.size), f"is missing: {place} of the log is about it")
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
            yield _wrong(_place_of(anchor), error.message, subject="anchor")
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


def _lines(found: _Found, entries: Sequence[KeyEntry], anchors: Sequence[AnchorEntry]) -> Iterator[Verdict]:
    """Signature lines that are neither of a key of the log nor in an entry: nobody knows what they are."""
    own = {(entry.key.name, entry.key.key_id) for entry in entries}
    entered = {(anchor.size, anchor.line) for anchor in anchors if anchor.line is not None}
    for size, (note, _) in sorted(found.sound.items()):
        for one in note.signatures:
            if (one.name, one.key_id) not in own and (size, str(one).rstrip("\n")) not in entered:
                message = f"a signature line of {one.name!a} is of no key of this log and in no entry of it"
                yield _open(seal_files.checkpoint_path(size), message)


def _against(standing: Standing) -> tuple[Checkpoint, Note | None] | None:
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


def _compared(
    against: tuple[Checkpoint, Note | None],
    entries: Sequence[KeyEntry],
    roots: _Roots,
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


def _wrong(path: str, message: str, subject: str = "checkpoint") -> Verdict:
    return Verdict(Judgement.MISMATCH, subject, message, file=f"{log.FOLDER}/{path}")


def _open(path: str, message: str, subject: str = "checkpoint") -> Verdict:
    return Verdict(Judgement.UNCHECKABLE, subject, message, file=f"{log.FOLDER}/{path}")
