"""Keep pages: fetch or load, read, judge, and commit in batches that are whole or not there."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archiver.audit import audit
from archiver.canonical import sha256_hex
from archiver.errors import ArchiverError, FetchError
from archiver.jobs.clock import Clock, utc_now
from archiver.jobs.folder import registry_of
from archiver.jobs.items import Item, Options, as_capture, judge, title_shown, to_judge, with_judgement
from archiver.jobs.read import Each, mapper
from archiver.jobs.targets import Target
from archiver.model import Capture, Grade, Outcome
from archiver.outlets import Registry
from archiver.statements import read
from archiver.store.archive import STORED_AGAIN, Archive
from archiver.store.held import held_file, title_of
from archiver.store.incoming import NewCapture, is_given
from archiver.store.insert import Entered

if TYPE_CHECKING:
    from archiver.fetch.client import Fetcher

__all__ = ["Added", "Options", "add", "fetched", "summary"]

# A batch is one WARC file and one transaction. Large enough that two fsyncs a batch cost little,
# small enough that a kill loses little work and memory stays flat.
BATCH_CAPTURES = 50
BATCH_BYTES = 16 * 1024 * 1024

Tick = Callable[[str], None]


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
    be. Raises ArchiveError when the archive cannot be used; at the end, when the files of its log could not be written.
    """
    registry = registry_of(folder)
    if options.dry_run:
        yield from _dry(folder, targets, options)
        return
    targets, first = _peeked(targets)
    if first is not None and not (folder / "archive.db").exists():
        yield _answer(None, Item(first, error=first.error), None)
        return
    with Archive.open(folder, create=True) as archive, mapper(options.jobs) as each:
        commit = partial(_commit, archive, registry)
        with archive.writer(partial(read, registry=registry), audit):
            pass  # enters what a killed run had made durable, so that this run does not do it again
        waiting: list[Item] = []
        size = 0
        for item in _items(archive, folder, targets, options, clock, each):
            waiting.append(item)
            size += len(item.new.body or b"") if item.new else 0
            fetched = item.new is not None and item.new.grade is Grade.FETCH
            if fetched or len(waiting) >= BATCH_CAPTURES or size >= BATCH_BYTES:
                yield from _told(commit(waiting), tick)
                waiting, size = [], 0
        yield from _told(commit(waiting), tick)
        if archive.trouble is not None:
            raise archive.trouble


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
) -> Iterator[Item]:
    """Files are read ahead on all processors; an address waits until what stands before it is done."""
    fetcher: Fetcher | None = None
    try:
        for given, group in groupby(targets, key=lambda target: target.address is None):
            if given:
                yield from _all_read(folder, (_load(archive, target, clock) for target in group), each)
                continue
            # The network's libraries cost a tenth of a second, which an add of files need not pay.
            from archiver.jobs.fetching import fetch, open_fetcher

            fetcher = fetcher or open_fetcher(options, clock)
            for target in group:
                yield fetch(archive, folder, target, fetcher, clock)
    finally:
        if fetcher is not None:
            fetcher.close()


def _all_read(folder: Path, items: Iterable[Item], each: Each) -> Iterator[Item]:
    """Items with what reading made of them; what is held already is not read again."""
    for item, judged in each(partial(judge, folder), items, to_judge):
        yield item if judged is None else with_judgement(item, judged)


def _load(archive: Archive | None, target: Target, clock: Clock) -> Item:
    if target.address is not None:
        return Item(target, NewCapture(Outcome.UNCHANGED, Grade.FETCH, clock(), requested_url=target.address))
    try:
        capture = target.load()
    except ArchiverError as error:
        return Item(target, error=error)
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
    held = archive is not None and held_file(archive.conn, sha256_hex(capture.body), capture.url) is not None
    return Item(target, replace(new, outcome=Outcome.UNCHANGED) if held else new)


def fetched(address: str, options: Options, clock: Clock = utc_now) -> Capture:
    """One page fetched and not kept, for `make page`. Raises FetchError with the reason when none came."""
    from archiver.jobs.fetching import event_of, open_fetcher

    with open_fetcher(options, clock) as fetcher:
        result = fetcher.fetch(address)
    if result.outcome is not Outcome.KEPT:
        raise FetchError(f"{address}: {result.reason}", "save the page from a browser and give the file")
    return as_capture(event_of(result, clock()))


def _commit(archive: Archive, registry: Registry, items: Sequence[Item]) -> list[Added]:
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


def _answer(archive: Archive | None, item: Item, entered: Entered | None) -> Added:
    name = item.target.name
    if entered is None:
        error = item.error
        return Added(name, reason=error.message if error else None, hint=error.hint if error else None)
    assert item.new is not None
    assert archive is not None
    # The rows said that it was held, and the writer, who looks at the snapshot itself, kept it all the same.
    again = item.new.outcome is Outcome.UNCHANGED and is_given(item.new) and entered.outcome is Outcome.KEPT
    return Added(
        target=name,
        outcome=entered.outcome,
        new=entered.outcome is Outcome.KEPT,
        reason=STORED_AGAIN if again else item.new.reason,
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


def _would(item: Item) -> Added:
    if item.new is None:
        error = item.error
        return Added(item.target.name, reason=error.message if error else None, hint=error.hint if error else None)
    if item.target.address is not None:
        return Added(item.target.name, Outcome.KEPT, new=True, reason="would be fetched (dry run)")
    held = item.new.outcome is Outcome.UNCHANGED
    reason = item.new.reason or ("held already (dry run)" if held else "would be kept (dry run)")
    title = title_shown(item.prepared.reading) if item.prepared else None
    return Added(item.target.name, item.new.outcome, new=not held, reason=reason, title=title)
