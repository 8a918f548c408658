"""Read again what is held, with the rules of today: what is shown then, what was shown before, nothing lost.

Bytes are only read. One batch is one transaction: a run that is stopped goes on where it was when it is started
again, for what was done names today's reader and is not stale any more.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from archiver.audit import audit
from archiver.compare.readings import Difference, How, statement_differences
from archiver.errors import ArchiveError, ArchiverError, InputError, NotFound
from archiver.jobs.clock import Clock, utc_now
from archiver.jobs.folder import must_be_archive, registry_of
from archiver.jobs.read import Each, mapper
from archiver.model import Capture, Statement
from archiver.statements import RULES_VERSION, edition, read, reader
from archiver.store import rereading, rows
from archiver.store.archive import Archive
from archiver.store.dossiers import statements_of
from archiver.store.prepared import Prepared, prepare
from archiver.store.rereading import Body, Held, Life
from archiver.timepoint import utc_text

BATCH_ARTICLES = 50
BATCH_CHARACTERS = 4_000_000
_AUDITED_AT_ONCE = 200
TEXT = "text"  # no property of a statement, but what a reader sees first

CHANGED, GROUNDS, UNSHOWN, SAME = "changed", "grounds", "unshown", "same"
DAMAGED, UNREADABLE = "damaged", "unreadable"
FAILED = frozenset({DAMAGED, UNREADABLE})
OUTCOMES = (CHANGED, GROUNDS, UNSHOWN, SAME, DAMAGED, UNREADABLE)


@dataclass(frozen=True, slots=True)
class Options:
    """What to read again and how: ``only`` holds ids, addresses, or names and domains of outlets."""

    only: tuple[str, ...] = ()
    jobs: int = 1
    dry_run: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True)
class Reread:
    """What came of one article.

    ``outcome``: "changed" (a value that is shown, a text or the count of versions), "grounds" (the same values on
    other grounds), "unshown" (only what is not shown), "same", "damaged" (its bytes are not what they were) or
    "unreadable" (by today's rules); the last two leave it as it was, with a ``reason``. ``differences`` are (number
    of the version, difference); ``same`` counts values by property; ``texts`` are versions whose text is another.
    """

    id: str
    title: str | None
    outcome: str
    reason: str | None = None
    versions: tuple[int, int] = (0, 0)
    differences: tuple[tuple[int, Difference], ...] = ()
    same: Counter[str] = field(default_factory=Counter)
    texts: tuple[int, ...] = ()

    def about(self, properties: Sequence[str]) -> "Reread":
        """The same with what concerns ``properties`` alone (all when there are none)."""
        if not properties or self.outcome in FAILED:
            return self
        differences = tuple(one for one in self.differences if one[1].property in properties)
        same = Counter({name: many for name, many in self.same.items() if name in properties})
        texts = self.texts if TEXT in properties else ()
        outcome = _outcome(differences, changed=bool(texts)) or SAME
        return Reread(self.id, self.title, outcome, self.reason, self.versions, differences, same, texts)

    def as_json(self) -> dict[str, Any]:
        """One line of `archiver reread --json`."""
        return {
            "schema": "archiver/reread/1",
            "id": self.id,
            "title": self.title,
            "outcome": self.outcome,
            "reason": self.reason,
            "versions": {"before": self.versions[0], "after": self.versions[1]},
            "differences": [
                {
                    "version": version,
                    "property": one.property,
                    "how": str(one.how),
                    "old": _said(one.old),
                    "new": _said(one.new),
                }
                for version, one in self.differences
            ],
            "texts": list(self.texts),
            "same": dict(self.same),
        }


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run would read: ids of articles, and the name of today's reader.

    ``unfinished``: a run that was stopped had read what there was to read, and not made its findings.
    """

    ids: tuple[str, ...]
    reader: str
    unfinished: bool


class Totals:
    """Sums over many articles: outcomes, and for each property what became of its values."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.properties: dict[str, Counter[str]] = {}

    def add(self, one: Reread) -> None:
        """Count one article."""
        self.outcomes[one.outcome] += 1
        for _, difference in one.differences:
            self._of(difference.property)[str(difference.how)] += 1
        for name, many in one.same.items():
            self._of(name)[str(How.SAME)] += many
        if one.texts:
            self._of(TEXT)[str(How.CHANGED)] += len(one.texts)

    def as_json(self, reader_name: str, *, dry_run: bool) -> dict[str, Any]:
        """The last line of `archiver reread --json`."""
        return {
            "schema": "archiver/rereading/1",
            "reader": reader_name,
            "dry_run": dry_run,
            "articles": {name: self.outcomes[name] for name in OUTCOMES},
            "properties": {
                name: {str(how): counts[str(how)] for how in How} for name, counts in self.properties.items()
            },
        }

    def _of(self, name: str) -> Counter[str]:
        return self.properties.setdefault(name, Counter())


def wanted(folder: Path, options: Options) -> Wanted:
    """What there is to read again. Raises NotAnArchive, NotFound for what ``only`` names in vain, and ArchiveError
    when a later edition of the rules has read the archive already."""
    must_be_archive(folder)
    name = reader(registry_of(folder))
    with Archive.open(folder, read_only=True) as archive:
        _must_not_be_later(rereading.readers(archive.conn))
        unfinished = bool(rereading.to_audit(archive.conn))
        ids = rereading.stale(archive.conn, name, everything=options.force)
        if options.only:
            chosen = {ident for one in options.only for ident in _named(archive, one)}
            ids = [ident for ident in ids if ident in chosen]
    return Wanted(tuple(ids), name, unfinished)


def reread(
    folder: Path,
    todo: Wanted,
    options: Options,
    *,
    tick: Callable[[str], None] = lambda _name: None,
    clock: Clock = utc_now,
) -> Iterator[Reread]:
    """Read the articles of ``todo`` again; what is answered is durable (or, with ``dry_run``, nothing is written).

    Earlier readings are kept and end now; findings are made anew when all is read. Raises ArchiveError; at the end,
    when the files of the log could not be written.
    """
    if not todo.ids and (options.dry_run or not todo.unfinished):
        return
    until = utc_text(clock())
    with Archive.open(folder, read_only=options.dry_run) as archive, mapper(options.jobs) as each:
        run = _Run(archive, folder, todo.reader, until, each, dry_run=options.dry_run)
        ids: Sequence[str] = todo.ids
        while ids:
            for one in run.articles(ids):
                tick(one.title or one.id)
                yield one
            ids = run.take_changed()
        if not options.dry_run:
            run.audit()
        if archive.trouble is not None:
            raise archive.trouble


class _Run:
    """One rereading: an archive, a reader, and the moment at which earlier readings end."""

    def __init__(self, archive: Archive, folder: Path, name: str, until: str, each: Each, *, dry_run: bool) -> None:
        self._archive = archive
        self._folder = folder
        self._reader = name
        self._until = until
        self._each = each
        self._dry_run = dry_run
        self._changed: list[str] = []
        self._read = partial(read, registry=registry_of(folder))

    def articles(self, ids: Iterable[str]) -> Iterator[Reread]:
        """Read, compare and enter, batch by batch."""
        lives: list[Life] = []
        answers: list[Reread] = []
        size = 0
        for life, answer in self._lives(ids):
            answers.append(answer)
            if life is not None:
                lives.append(life)
                size += sum(len(state.prepared.reading.page_text) for state in life.states)
            if len(answers) >= BATCH_ARTICLES or size >= BATCH_CHARACTERS:
                yield from self._entered(lives, answers)
                lives, answers, size = [], [], 0
        yield from self._entered(lives, answers)

    def take_changed(self) -> list[str]:
        """Articles that somebody else changed while they were read; each is told once."""
        changed, self._changed = self._changed, []
        return changed

    def audit(self) -> None:
        """Make anew the findings of what was read again, and of what may rest on it."""
        with self._archive.writer(self._read, audit) as writer:
            ids = writer.to_audit()
        for start in range(0, len(ids), _AUDITED_AT_ONCE):
            with self._archive.writer(self._read, audit) as writer:
                writer.audit_again(ids[start : start + _AUDITED_AT_ONCE])

    def _entered(self, lives: Sequence[Life], answers: Sequence[Reread]) -> list[Reread]:
        changed: tuple[str, ...] = ()
        if lives and not self._dry_run:
            with self._archive.writer(self._read, audit) as writer:
                changed = writer.read_again(lives, self._reader, self._until)
        self._changed += changed
        return [one for one in answers if one.id not in changed]

    def _lives(self, ids: Iterable[str]) -> Iterator[tuple[Life | None, Reread]]:
        """Each article as it is read now, and how that differs; None for one that stays as it was."""
        story: _Story | None = None
        for item, prepared in self._each(partial(_read_one, self._folder), self._items(ids), _capture_of):
            if story is None or story.life.held is not item.held:
                story = _Story(Life(item.held), self._read_here)
            story.go_on(item.body, item.error or prepared)
            if item.is_last:
                yield story.end(self._archive)

    def _items(self, ids: Iterable[str]) -> Iterator["_Item"]:
        for ident in ids:
            held = rereading.held(self._archive.conn, ident)
            bodies = rereading.to_read(held)
            for body in bodies:
                loaded = self._load(body.number)
                yield _Item(held, body, body is bodies[-1], loaded)

    def _load(self, number: int) -> Capture | ArchiverError:
        try:
            return self._archive.capture(number)
        except ArchiverError as error:
            return error

    def _read_here(self, number: int) -> "Prepared | ArchiverError":
        loaded = self._load(number)
        return _read_one(self._folder, loaded) if isinstance(loaded, Capture) else loaded


@dataclass(frozen=True, slots=True)
class _Item:
    """One capture on its way to a reader."""

    held: Held
    body: Body
    is_last: bool
    loaded: Capture | ArchiverError

    @property
    def error(self) -> ArchiverError | None:
        return self.loaded if isinstance(self.loaded, ArchiverError) else None


def _capture_of(item: _Item) -> Capture | None:
    return item.loaded if isinstance(item.loaded, Capture) else None


def _read_one(folder: Path, capture: Capture | None) -> "Prepared | ArchiverError":
    """Runs in another process when there are several jobs; errors travel as values."""
    if capture is None:
        return NotFound("nothing to read")
    try:
        return prepare(read(capture, registry_of(folder)))
    except ArchiverError as error:
        return error


class _Story:
    """The captures of one article, one after the other, until its life is told or something stands in the way."""

    def __init__(self, life: Life, read_here: Callable[[int], "Prepared | ArchiverError"]) -> None:
        self.life = life
        self._read_here = read_here
        self._place = 0
        self._problem: ArchiverError | None = None

    def go_on(self, until: Body, answer: "Prepared | ArchiverError") -> None:
        """Walk up to ``until``, whose bytes came to ``answer``; those before it with the bytes of their neighbour."""
        for body in self._up_to(until):
            self._step(body, partial(self._read_here, body.number))
        self._step(until, lambda: answer)

    def end(self, archive: Archive) -> tuple[Life | None, Reread]:
        """What the article came to."""
        for body in self._up_to(None):
            self._step(body, partial(self._read_here, body.number))
        held = self.life.held
        if self._problem is not None:
            damaged = not isinstance(self._problem, InputError)
            return None, Reread(held.article_id, held.title, DAMAGED if damaged else UNREADABLE, self._problem.message)
        return self.life, _compared(archive, self.life)

    def _up_to(self, until: Body | None) -> Iterator[Body]:
        bodies = self.life.held.bodies
        while self._place < len(bodies) and bodies[self._place] is not until:
            self._place += 1
            yield bodies[self._place - 1]

    def _step(self, body: Body, read_it: Callable[[], "Prepared | ArchiverError"]) -> None:
        if self._place < len(self.life.held.bodies) and self.life.held.bodies[self._place] is body:
            self._place += 1
        if self._problem is None:
            self.life.next(body, lambda: self._understood(body, read_it()))

    def _understood(self, body: Body, answer: "Prepared | ArchiverError") -> Prepared | None:
        """What was read, or None for what nobody could read before either; anything else stands in the way."""
        if isinstance(answer, Prepared):
            return answer
        if not isinstance(answer, InputError) or body.number in dict(self.life.held.sightings):
            self._problem = answer
        return None


def _compared(archive: Archive, life: Life) -> Reread:
    """How an article is read now beside how it was: version by version, told by the capture that showed it first."""
    held = life.held
    before = {one.first_capture: one for one in held.readings}
    differences: list[tuple[int, Difference]] = []
    same: Counter[str] = Counter()
    texts: list[int] = []
    for state in life.states:
        old = before.pop(state.place.first_capture, None)
        new = state.prepared.reading.statements
        if life.same(state) is not None:
            same += Counter(one.property for one in new if one.shown)
            continue
        earlier = tuple(statements_of(archive.conn, old.number)) if old else ()
        found, equal = statement_differences(earlier, new)
        differences += [(state.place.number, one) for one in found]
        same += equal
        if old is None or old.text_sha256 != state.prepared.text_sha256:
            texts.append(state.place.number)
    for gone in before.values():
        found, _ = statement_differences(statements_of(archive.conn, gone.number), ())
        differences += [(gone.version, one) for one in found]
    as_before = all(life.same(state) for state in life.states) and not before
    recut = bool(texts or before or len(life.states) != len(held.readings))
    outcome = SAME if as_before else _outcome(differences, changed=recut) or UNSHOWN
    title = next((s.value for s in life.states[-1].prepared.reading.shown("title")), None) if life.states else None
    versions = (len(held.readings), len(life.states))
    return Reread(held.article_id, title or held.title, outcome, None, versions, tuple(differences), same, tuple(texts))


def _outcome(differences: Sequence[tuple[int, Difference]], *, changed: bool) -> str | None:
    """What differences in what is shown come to; None when there are none."""
    if changed or any(one.how is not How.OTHER_GROUNDS for _, one in differences):
        return CHANGED
    return GROUNDS if differences else None


def _must_not_be_later(readers: Sequence[str]) -> None:
    for name in readers:
        read_by = edition(name)
        if read_by is not None and read_by > RULES_VERSION:
            raise ArchiveError(
                f"this archive was read by rules {read_by}, and this archiver has rules {RULES_VERSION}",
                "install a newer archiver; an earlier one would undo what the later one read",
            )


def _named(archive: Archive, wanted_name: str) -> set[str]:
    """The articles that a name means: one by id or address, else all of an outlet. Raises NotFound."""
    return rereading.of_outlet(archive.conn, wanted_name) or {rows.find_article(archive.conn, wanted_name)}


def _said(one: Statement | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "id": one.id,
        "value": one.value,
        "quote": one.quote,
        "space": str(one.space),
        "path": one.path,
        "start": one.start,
        "end": one.end,
        "rule": one.rule,
        "meant": str(one.meant),
        "detail": dict(one.detail),
    }
