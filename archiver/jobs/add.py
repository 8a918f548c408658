"""Keep pages: fetch or load, read, judge, and commit in batches that are whole or not there."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from archiver import __version__
from archiver.audit import audit
from archiver.canonical import sha256_hex
from archiver.errors import ArchiverError, FetchError, IntegrityError
from archiver.fetch import Fetcher, FetchOptions, FetchResult, judge_page, user_agent
from archiver.formats import open_page
from archiver.jobs.folder import registry_of
from archiver.jobs.read import Each, mapper, reading_of
from archiver.jobs.targets import Target
from archiver.model import Capture, Grade, Outcome, Reading
from archiver.outlets import Registry
from archiver.statements import read
from archiver.store import rows
from archiver.store.archive import Archive
from archiver.store.held import holds_file, title_of
from archiver.store.incoming import Exchange, NewCapture
from archiver.store.insert import Entered
from archiver.store.prepared import Prepared, prepare

# A batch is one WARC file and one transaction. Large enough that two fsyncs a batch cost little,
# small enough that a kill loses little work and memory stays flat.
BATCH_CAPTURES = 50
BATCH_BYTES = 16 * 1024 * 1024

Clock = Callable[[], datetime]
Tick = Callable[[str], None]


def utc_now() -> datetime:
    """This machine's clock, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Options:
    """How to add: processors for reading, and how far the network may be used."""

    jobs: int = 1
    dry_run: bool = False
    allow_private: bool = False
    obey_robots: bool = True
    contact: str | None = None
    delay: float = 1.0
    timeout: float = 60.0
    max_bytes: int = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Added:
    """What came of one target.

    ``outcome`` is that of the capture event; ``new`` is True when the archive holds something it did not hold
    before. A target that never became an event (no such file) has an ``error`` and no outcome.
    """

    target: str
    outcome: Outcome | None = None
    new: bool = False
    reason: str | None = None
    hint: str | None = None
    article: str | None = None
    version: str | None = None
    new_article: bool = False
    new_version: bool = False
    capture: int | None = None
    title: str | None = None

    @property
    def failed(self) -> bool:
        """True when no usable page came of the target."""
        return self.outcome is None or self.outcome.is_failure

    def as_json(self) -> dict[str, Any]:
        """One line of `archiver add --json`."""
        return {
            "schema": "archiver/added/1",
            "target": self.target,
            "outcome": str(self.outcome) if self.outcome else "error",
            "new": self.new,
            "id": self.article,
            "version": self.version,
            "new_article": self.new_article,
            "new_version": self.new_version,
            "capture": self.capture,
            "title": self.title,
            "reason": self.reason,
        }


def summary(added: Iterable[Added]) -> dict[str, int]:
    """How many were new, how many held already, how many failed."""
    counts = {"new": 0, "held": 0, "failed": 0}
    for one in added:
        counts["failed" if one.failed else "new" if one.new else "held"] += 1
    return counts


@dataclass(frozen=True, slots=True)
class _Item:
    """One target on its way: the event to be, what was read from it, or why there will be no event."""

    target: Target
    new: NewCapture | None = None
    prepared: Prepared | None = None
    error: ArchiverError | None = None


def add(
    folder: Path,
    targets: Iterable[Target],
    options: Options,
    *,
    tick: Tick = lambda _name: None,
    clock: Clock = utc_now,
) -> Iterator[Added]:
    """Keep every target in the archive at ``folder`` (made where there is none); answers come in order.

    What is answered is durable. With ``dry_run`` nothing is fetched or written and the answers say what would
    be. Raises ArchiveError when the archive cannot be used.
    """
    registry = registry_of(folder)
    if options.dry_run:
        yield from _dry(folder, targets, options)
        return
    targets, first = _peeked(targets)
    if first is not None and not (folder / "archive.db").exists():
        yield _answer(None, _Item(first, error=first.error), None)
        return
    with Archive.open(folder, create=True) as archive, mapper(options.jobs) as each:
        commit = partial(_commit, archive, registry)
        with archive.writer(partial(read, registry=registry), audit):
            pass  # enters what a killed run had made durable, so that this run does not do it again
        waiting: list[_Item] = []
        size = 0
        for item in _items(archive, folder, targets, options, clock, each):
            waiting.append(item)
            size += len(item.new.body or b"") if item.new else 0
            fetched = item.new is not None and item.new.grade is Grade.FETCH
            if fetched or len(waiting) >= BATCH_CAPTURES or size >= BATCH_BYTES:
                yield from _told(commit(waiting), tick)
                waiting, size = [], 0
        yield from _told(commit(waiting), tick)


def _peeked(targets: Iterable[Target]) -> tuple[Iterator[Target], Target | None]:
    """The same targets, and the only one if there is but one and it failed before anything was opened."""
    rest = iter(targets)
    start = list(islice(rest, 2))
    alone = start[0] if len(start) == 1 and start[0].error is not None else None
    return chain(start, rest), alone


def _told(added: Sequence[Added], tick: Tick) -> Iterator[Added]:
    for one in added:
        tick(one.target)
        yield one


def _items(
    archive: Archive, folder: Path, targets: Iterable[Target], options: Options, clock: Clock, each: Each
) -> Iterator[_Item]:
    """Files are read ahead on all processors; an address waits until what stands before it is done."""
    files: list[Target] = []
    fetcher: Fetcher | None = None
    try:
        for target in targets:
            if target.address is None:
                files.append(target)
                if len(files) >= 4 * BATCH_CAPTURES:
                    yield from _load_all(archive, folder, files, clock, each)
                    files = []
                continue
            yield from _load_all(archive, folder, files, clock, each)
            files = []
            fetcher = fetcher or _fetcher(options, clock)
            yield _fetch(archive, folder, target, fetcher, clock)
        yield from _load_all(archive, folder, files, clock, each)
    finally:
        if fetcher is not None:
            fetcher.close()


def _load_all(archive: Archive, folder: Path, targets: Sequence[Target], clock: Clock, each: Each) -> Iterator[_Item]:
    """Targets that are files or pasted text, as items; what is held already is not read again."""
    return _all_read(folder, (_load(archive, target, clock) for target in targets), each)


def _all_read(folder: Path, items: Iterable[_Item], each: Each) -> Iterator[_Item]:
    for item, judged in each(partial(_judge, folder), items, _to_judge):
        yield item if judged is None else _with_judgement(item, judged)


def _load(archive: Archive | None, target: Target, clock: Clock) -> _Item:
    if target.address is not None:
        return _Item(target, NewCapture(Outcome.UNCHANGED, Grade.FETCH, clock(), requested_url=target.address))
    try:
        capture = target.load()
    except ArchiverError as error:
        return _Item(target, error=error)
    new = NewCapture(
        outcome=Outcome.KEPT,
        grade=capture.grade,
        added_at=clock(),
        body=capture.body,
        requested_url=capture.url,
        url=capture.url,
        captured_at=capture.captured_at,
        format=capture.format,
        language=capture.language,
        filename=capture.filename,
    )
    try:
        held = archive is not None and holds_file(archive.conn, archive.folder, sha256_hex(capture.body), capture.url)
    except IntegrityError as error:
        return _Item(target, error=error)
    return _Item(target, replace(new, outcome=Outcome.UNCHANGED) if held else new)


@dataclass(frozen=True, slots=True)
class _Judged:
    """What reading made of a body; small enough to travel between processes without it."""

    prepared: Prepared | None = None
    error: ArchiverError | None = None
    outcome: Outcome = Outcome.KEPT
    reason: str | None = None


def _to_judge(item: _Item) -> NewCapture | None:
    """The part of an item that reading needs; None where there is nothing to read."""
    if item.new is None or item.new.outcome is not Outcome.KEPT or item.new.body is None:
        return None
    return item.new


def _judge(folder: Path, new: NewCapture | None) -> _Judged | None:
    """Read, say whether the page is one, and pack it: runs in another process when there are several jobs."""
    if new is None:
        return None
    reading = reading_of(_as_capture(new), registry_of(folder))
    if isinstance(reading, ArchiverError):
        return _Judged(error=reading)
    if reading.format == "html":
        judged = judge_page(new.status, new.headers, reading.page_text, _document_title(reading))
        if judged is not None:
            return _Judged(outcome=judged[0], reason=judged[1])
    return _Judged(prepare(reading, new))


def _with_judgement(item: _Item, judged: _Judged) -> _Item:
    assert item.new is not None
    fetched_here = item.new.grade is Grade.FETCH
    if judged.error is not None and fetched_here:
        new = replace(item.new, outcome=Outcome.NOT_TEXT, reason=judged.error.message, body=None)
        return replace(item, new=new)
    if judged.error is not None:
        return replace(item, new=None, error=judged.error)
    if judged.prepared is not None:
        return replace(item, prepared=judged.prepared)
    # A page that is none: a fetched one lives in its exchanges, a given file is kept as it is.
    body = None if fetched_here else item.new.body
    return replace(item, new=replace(item.new, outcome=judged.outcome, reason=judged.reason, body=body))


def _as_capture(new: NewCapture) -> Capture:
    assert new.body is not None
    return Capture(
        body=new.body,
        grade=new.grade,
        url=new.url,
        captured_at=new.captured_at,
        media_type=new.media_type,
        charset=new.charset,
        headers=new.headers,
        filename=new.filename,
        format=new.format,
        language=new.language,
    )


def _title(reading: Reading) -> str | None:
    shown = reading.shown("title")
    return shown[0].value if shown else None


def _document_title(reading: Reading) -> str | None:
    """What the browser would show as the title: the title element, else the headline."""
    element = next((s.value for s in reading.statements if s.property == "title" and s.path == "title"), None)
    return element or _title(reading)


def _fetcher(options: Options, clock: Clock) -> Fetcher:
    how = FetchOptions(
        user_agent=user_agent(__version__, options.contact),
        total_timeout=options.timeout,
        connect_timeout=min(10.0, options.timeout),
        read_timeout=min(20.0, options.timeout),
        max_wire_bytes=options.max_bytes,
        max_body_bytes=options.max_bytes,
        per_host_delay=options.delay,
        allow_private=options.allow_private,
        obey_robots=options.obey_robots,
    )
    return Fetcher(how, now=clock, monotonic=time.monotonic, sleep=time.sleep)


def _fetch(archive: Archive, folder: Path, target: Target, fetcher: Fetcher, clock: Clock) -> _Item:
    assert target.address is not None
    good = rows.last_good(archive.conn, target.name)
    result = fetcher.fetch(
        target.address, etag=good.etag if good else None, last_modified=good.last_modified if good else None
    )
    new = replace(_event_of(result, clock()), format=target.given.format, language=target.given.language)
    if good and new.body is not None and sha256_hex(new.body) == good.sha256:
        new = replace(new, outcome=Outcome.UNCHANGED)
    item = _Item(target, _challenged(new, result))
    judged = _judge(folder, _to_judge(item))
    return item if judged is None else _with_judgement(item, judged)


def fetched(address: str, options: Options, clock: Clock = utc_now) -> Capture:
    """One page fetched and not kept, for `make page`. Raises FetchError with the reason when none came."""
    with _fetcher(options, clock) as fetcher:
        result = fetcher.fetch(address)
    if result.outcome is not Outcome.KEPT:
        raise FetchError(f"{address}: {result.reason}", "save the page from a browser and give the file")
    return _as_capture(_event_of(result, clock()))


def _challenged(new: NewCapture, result: FetchResult) -> NewCapture:
    """A refusal (403, 503 ...) whose page asks for proof of being human is BLOCKED, and says so."""
    if new.outcome not in _REFUSALS or not result.body:
        return new
    try:
        page = open_page(Capture(result.body, media_type=new.media_type, charset=new.charset))
    except ArchiverError:
        return new
    judged = judge_page(new.status, new.headers, page.text, None)
    return replace(new, outcome=judged[0], reason=judged[1]) if judged else new


_REFUSALS = frozenset({Outcome.FORBIDDEN, Outcome.SERVER_ERROR, Outcome.RATE_LIMITED, Outcome.HTTP_ERROR})


def _event_of(result: FetchResult, added_at: datetime) -> NewCapture:
    return NewCapture(
        outcome=result.outcome,
        grade=Grade.FETCH,
        added_at=added_at,
        body=result.body if result.outcome is Outcome.KEPT else None,
        reason=result.reason,
        requested_url=result.requested_url,
        url=result.url,
        captured_at=result.captured_at,
        status=result.status,
        media_type=result.media_type,
        charset=result.charset,
        headers=result.headers,
        exchanges=tuple(_exchange(e) for e in result.exchanges),
        supporting=tuple(_exchange(e) for e in result.robots),
        notes=result.notes,
    )


def _exchange(e: Any) -> Exchange:
    return Exchange(
        url=e.url,
        at=e.started_at,
        request=e.request,
        response=e.response,
        ip=e.ip,
        truncated=e.truncated,
        interim=e.interim,
        tls=e.tls,
    )


def _commit(archive: Archive, registry: Registry, items: Sequence[_Item]) -> list[Added]:
    """One batch, durable when this returns; items that never became an event are answered in their place."""
    keeping = [item for item in items if item.new is not None]
    entered: Iterator[Entered] = iter(())
    if keeping:
        with archive.writer(partial(read, registry=registry), audit) as writer:
            # A capture that was found to be held is offered as kept: the writer decides, under the lock.
            batch = [_offered(item.new) for item in keeping if item.new is not None]
            entered = iter(writer.commit(batch, [item.prepared for item in keeping]))
    return [_answer(archive, item, next(entered) if item.new is not None else None) for item in items]


def _offered(new: NewCapture) -> NewCapture:
    given = new.grade in {Grade.FILE, Grade.PASTE}
    return replace(new, outcome=Outcome.KEPT) if given and new.outcome is Outcome.UNCHANGED else new


def _answer(archive: Archive | None, item: _Item, entered: Entered | None) -> Added:
    name = item.target.name
    if entered is None:
        error = item.error
        return Added(name, reason=error.message if error else None, hint=error.hint if error else None)
    assert item.new is not None
    assert archive is not None
    return Added(
        target=name,
        outcome=entered.outcome,
        new=entered.outcome is Outcome.KEPT,
        reason=item.new.reason,
        article=entered.article_id,
        version=entered.version_id,
        new_article=entered.new_article,
        new_version=entered.new_version,
        capture=entered.number,
        title=title_of(archive.conn, entered.version_id) if entered.version_id else None,
    )


def _dry(folder: Path, targets: Iterable[Target], options: Options) -> Iterator[Added]:
    """What an add would do, as far as that can be said without the network and without writing."""
    there = Archive.open(folder, read_only=True) if (folder / "archive.db").is_file() else nullcontext(None)
    with there as archive, mapper(options.jobs) as each:
        loads = (_load(archive, target, utc_now) for target in targets)
        for item in _all_read(folder, loads, each):
            yield _would(item)


def _would(item: _Item) -> Added:
    if item.new is None:
        error = item.error
        return Added(item.target.name, reason=error.message if error else None, hint=error.hint if error else None)
    if item.target.address is not None:
        return Added(item.target.name, Outcome.KEPT, new=True, reason="would be fetched (dry run)")
    held = item.new.outcome is Outcome.UNCHANGED
    reason = item.new.reason or ("held already (dry run)" if held else "would be kept (dry run)")
    title = _title(item.prepared.reading) if item.prepared else None
    return Added(item.target.name, item.new.outcome, new=not held, reason=reason, title=title)
