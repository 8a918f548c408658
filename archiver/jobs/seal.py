"""Sign the log as it is, and have others state when: what is sealed stays sealed, whatever becomes of the rest."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from archiver import __version__
from archiver.canonical import sha256_hex
from archiver.errors import ArchiverError, FetchError, InputError, ProofError, UsageError
from archiver.jobs.clock import Clock, utc_now
from archiver.jobs.keys import private_half, writing
from archiver.store import log, seal_files, seals
from archiver.store.archive import Archive
from archiver.timepoint import utc_text
from archiver.tlog.checkpoints import Checkpoint, parse_checkpoint
from archiver.tlog.notes import Note

_APART = timedelta(minutes=10)  # between two clocks before it is worth a word


@dataclass(frozen=True, slots=True)
class Authority:
    """Where to ask for a timestamp, and how far the network is open for that."""

    url: str
    allow_private: bool = False
    timeout: float = 30.0
    contact: str | None = None


def seal(
    folder: Path,
    keys: Path,
    *,
    authority: Authority | None = None,
    request: Path | None = None,
    roots: Path | None = None,
    clock: Clock = utc_now,
) -> dict[str, Any]:
    """Sign the log, unless nothing was entered since it was signed; then ask for a timestamp, where one is wanted.

    Answers ``size``, ``root``, ``key``, ``new``, the ``timestamps`` that were added or are there already, and the
    ``trouble`` with the authority in sentences. ``request`` is a file to write a request into. Raises ArchiveError,
    NotFound (no private key here) and ProofError (the log does not continue what was signed): then nothing is signed.
    """
    trusted = _roots(roots)
    with writing(folder) as archive:
        key, entry = private_half(archive, keys)
        sealed = seals.seal(archive, key, entry, key.name)
        head = parse_checkpoint(sealed.note.text)
        done, trouble = _adopted(archive, trusted)
    told = _told(sealed.note, head, new=sealed.new)
    if request is not None:
        told["request"] = str(_write_request(request, head))
    if authority is not None:
        try:
            done += _asked(folder, head, authority, trusted, clock)
        except (FetchError, InputError, ProofError) as error:
            trouble.append(f"no timestamp from {authority.url}: {error.message}")
    return {**told, "timestamps": done, "trouble": trouble}


def take(folder: Path, response: Path, *, roots: Path | None = None, clock: Clock = utc_now) -> dict[str, Any]:
    """Add a timestamp that came as a file to the checkpoint it answers for. No key is needed.

    Raises InputError where the file is no timestamp or answers for no checkpoint here, ProofError where it does not
    hold.
    """
    token = _read(response)
    trusted = _roots(roots)
    with writing(folder) as archive:
        note, head = _answered(archive, token, response)
        done = [_kept(archive, head, token, None, trusted, clock)]
    return {**_told(note, head, new=False), "timestamps": done, "trouble": []}


def _asked(folder: Path, head: Checkpoint, authority: Authority, trusted: Any, clock: Clock) -> list[dict[str, Any]]:
    """A timestamp over the network, without the lock of the archive: a slow authority stops nobody."""
    from archiver.fetch.asking import ask
    from archiver.fetch.results import FetchOptions, user_agent
    from archiver.store import timestamps

    with writing(folder) as archive:
        held = _held(archive, head, trusted)
    if held:
        return held
    wanted = timestamps.query(str(head), nonce=True)
    options = FetchOptions(
        user_agent=user_agent(__version__, authority.contact),
        connect_timeout=min(10.0, authority.timeout),
        read_timeout=min(20.0, authority.timeout),
        total_timeout=authority.timeout,
        max_wire_bytes=2 * timestamps.LARGEST,
        max_body_bytes=timestamps.LARGEST,
        allow_private=authority.allow_private,
    )
    answer = ask(
        authority.url,
        wanted.data,
        sends=timestamps.REQUEST_TYPE,
        wants=timestamps.RESPONSE_TYPE,
        options=options,
        now=clock,
        monotonic=time.monotonic,
    )
    if answer.media_type != timestamps.RESPONSE_TYPE and not answer.body.startswith(b"\x30"):
        raise FetchError(f"the answer is {answer.media_type or 'something without a type'}, and no timestamp")
    with writing(folder) as archive:
        return [_kept(archive, head, answer.body, wanted.nonce, trusted, clock)]


def _kept(
    archive: Archive, head: Checkpoint, token: bytes, nonce: int | None, trusted: Any, clock: Clock
) -> dict[str, Any]:
    """Judge a token and keep it. Raises ProofError."""
    from archiver.store import timestamps

    stated = timestamps.judge(token, str(head), nonce=nonce, roots=trusted)
    new = seals.add_token(archive, head, token)
    apart = stated.at - clock()
    doubts = list(stated.doubts)
    if abs(apart) > _APART and new:
        way = "ahead of" if apart > timedelta() else "behind"
        doubts.append(f"its clock is {way} the one of this machine by {abs(apart)}")
    return _stated(stated, token, head, new=new, doubts=doubts)


def _stated(stated: Any, token: bytes, head: Checkpoint, *, new: bool, doubts: list[str]) -> dict[str, Any]:
    return {
        "at": utc_text(stated.at),
        "by": stated.authority,
        "vouched": stated.vouched,
        "new": new,
        "file": f"{log.FOLDER}/{seal_files.token_path(head.size, token)}",
        "doubts": doubts,
    }


def _held(archive: Archive, head: Checkpoint, trusted: Any) -> list[dict[str, Any]]:
    """The sound timestamps that a checkpoint has already."""
    from archiver.store import timestamps

    found = []
    for _, name, token in _tokens(archive, head.size):
        if any(entry.token == sha256_hex(token) for entry in seals.anchor_entries(archive.conn)) and name:
            try:
                stated = timestamps.judge(token, str(head), roots=trusted)
            except ProofError:
                continue
            found.append(_stated(stated, token, head, new=False, doubts=list(stated.doubts)))
    return found


def _adopted(archive: Archive, trusted: Any) -> tuple[list[dict[str, Any]], list[str]]:
    """Timestamps that a stopped seal wrote and did not enter: entered now, and named where they are none."""
    done: list[dict[str, Any]] = []
    trouble: list[str] = []
    if not seal_files.tokens(archive.folder):
        return done, trouble
    entered = {entry.token for entry in seals.anchor_entries(archive.conn)}
    for size, name, token in _tokens(archive):
        if sha256_hex(token) in entered:
            continue
        from archiver.store import timestamps

        try:
            _, head = seals.read_checkpoint(archive.folder, seal_files.checkpoint_path(size))
            stated = timestamps.judge(token, str(head), roots=trusted)
        except ProofError as error:
            trouble.append(f"{seal_files.ANCHORS}/{name} is not entered: {error.message}")
            continue
        seals.add_token(archive, head, token)
        done.append(_stated(stated, token, head, new=True, doubts=list(stated.doubts)))
    return done, trouble


def _tokens(archive: Archive, of_size: int | None = None) -> Iterator[tuple[int, str, bytes]]:
    """Size, name and bytes of the tokens that can be read."""
    for name in seal_files.tokens(archive.folder):
        size = seal_files.size_of_token(name)
        if size is None or of_size not in {None, size}:
            continue
        try:
            yield size, name, seal_files.load(archive.folder, f"{seal_files.ANCHORS}/{name}")
        except ProofError:  # archiver verify says so
            continue


def _answered(archive: Archive, token: bytes, response: Path) -> tuple[Note, Checkpoint]:
    """The checkpoint that a token answers for. Raises InputError."""
    from archiver.store import timestamps

    try:
        for size in reversed(seal_files.sizes(archive.folder)):
            note, head = seals.read_checkpoint(archive.folder, seal_files.checkpoint_path(size))
            if timestamps.answers_for(token, str(head)):
                return note, head
    except ProofError as error:
        raise InputError(f"{response}: {error.message}", "ask again: archiver seal --request FILE") from error
    raise InputError(f"{response}: it answers for no checkpoint of this archive", "seal first: archiver seal")


def _write_request(path: Path, head: Checkpoint) -> Path:
    from archiver.store import timestamps

    try:
        path.write_bytes(timestamps.query(str(head), nonce=False).data)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}", "the seal is made; name another file with --request") from error
    return path


def _read(path: Path) -> bytes:
    from archiver.store import timestamps

    try:
        with path.open("rb") as file:
            return file.read(timestamps.LARGEST + 1)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", "give the file that the authority sent") from error


def _roots(path: Path | None) -> Any:
    """The certificates to trust, or None. Raises InputError."""
    if path is None:
        return None
    from archiver.store import timestamps

    try:
        return timestamps.roots_from(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", "give the root certificate of the authority in PEM") from error
    except ArchiverError as error:
        raise InputError(f"{path}: {error.message}", error.hint) from error


def _told(note: Note, head: Checkpoint, *, new: bool) -> dict[str, Any]:
    return {
        "schema": "archiver/sealed/1",
        "origin": head.origin,
        "size": head.size,
        "root": head.root.hex(),
        "key_id": note.signatures[0].key_id.hex(),
        "new": new,
        "checkpoint": f"{log.FOLDER}/{seal_files.checkpoint_path(head.size)}",
    }
