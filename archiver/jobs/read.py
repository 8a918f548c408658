"""Read without keeping: captures in, records out, in the same order, on as many processors as asked for."""

import gc
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from archiver.canonical import sha256_hex
from archiver.errors import SLIPS, ArchiverError, InputError, slip
from archiver.jobs.records import as_record, unheld
from archiver.jobs.targets import Given, Target
from archiver.model import Capture, Grade, Reading
from archiver.outlets import Registry
from archiver.statements import read
from archiver.timepoint import parse_utc
from archiver.urls import normalise

# (function, items, part of an item that the function needs) -> (item, answer) in order
Each: TypeAlias = Callable[[Callable[[Any], Any], Iterable[Any], Callable[[Any], Any]], Iterator[tuple[Any, Any]]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one target: its record, or the error that says why there is none."""

    name: str
    record: dict[str, Any] | None = None
    error: ArchiverError | None = None


def record_of(capture: Capture) -> dict[str, Any]:
    """The record of one capture that no archive holds. Raises FormatError where it cannot be read."""
    return as_record(unheld(capture, _reading(capture)))


def _whole(item: Any) -> Any:
    return item


def read_targets(targets: Iterable[Target], jobs: int = 1) -> Iterator[Answer]:
    """Read files and pasted text; an address is an error here, for reading touches no network."""
    with mapper(jobs) as each:
        yield from (answer for _, answer in each(_answer, targets, _whole))


def _answer(target: Target) -> Answer:
    if target.address is not None:
        hint = f"to fetch and keep it: archiver add {target.address}"
        return Answer(target.name, error=InputError(f"{target.name}: `read` does not touch the network", hint))
    try:
        return Answer(target.name, record_of(target.load()))
    except ArchiverError as error:
        return Answer(target.name, error=error)


def read_lines(lines: Iterable[str], folder: Path, jobs: int = 1) -> Iterator[dict[str, Any]]:
    """Answer JSON lines ``{"id", "path" | "text" | "html", "url"?, "captured_at"?, "language"?, "zone"?}``.

    One record a line, same order, same ids; a line that fails answers ``{"id", "error"}``. Paths that are not
    absolute are looked for in the working folder, then beside the list (``folder``).
    """
    with mapper(jobs) as each:
        asked = ((line, folder) for line in lines if line.strip())
        yield from (answer for _, answer in each(_answer_line, asked, _whole))


def _answer_line(given: tuple[str, Path]) -> dict[str, Any]:
    line, folder = given
    ident: Any = None
    try:
        asked = json.loads(line)
        if not isinstance(asked, dict):
            raise InputError("not a JSON object", 'write lines such as {"id": "1", "path": "page.html"}')
        ident = asked.get("id")
        record = record_of(_capture_of(asked, folder))
    except ArchiverError as error:
        return {"id": ident, "error": error.message}
    except (ValueError, TypeError, RecursionError) as error:
        return {"id": ident, "error": f"cannot be read: {error}"}
    return {**record, "id": ident if ident is not None else record["id"]}


def _capture_of(asked: dict[str, Any], folder: Path) -> Capture:
    _must_be_texts(asked)
    given = Given(
        url=asked.get("url"),
        captured_at=parse_utc(asked["captured_at"]) if asked.get("captured_at") else None,
        language=asked.get("language"),
        zone=asked.get("zone"),
    )
    if "path" in asked:
        path = Path(asked["path"])
        path = path if path.is_absolute() or path.exists() else folder / path
        return Target(str(path), given, path=path).load()
    kind = "html" if "html" in asked else "text"
    if kind not in asked:
        raise InputError('the line has neither "path", "text" nor "html"', "give one of the three")
    capture = Capture(
        body=str(asked[kind]).encode("utf-8", "surrogatepass"),
        grade=Grade.PASTE,
        url=normalise(given.url) if given.url else None,
        captured_at=given.captured_at,
        charset="utf-8",
        format="html" if kind == "html" else "textdump",
        language=given.language,
        zone=given.zone,
    )
    return replace(capture, format=asked.get("format", capture.format))


ZONES = ("top", "byline", "bottom", "inline", "title", "caption", "footer", "meta")
_TEXTS = ("path", "text", "html", "url", "captured_at", "language", "zone", "format")


def _must_be_texts(asked: dict[str, Any]) -> None:
    wrong = [name for name in _TEXTS if not isinstance(asked.get(name), str | None)]
    if wrong:
        raise InputError(f'"{wrong[0]}" is not a text', "give it in double quotes")
    if asked.get("zone") not in {None, *ZONES}:
        raise InputError(f"no zone is called {asked['zone']!r}", f"one of: {', '.join(ZONES)}")
    if sum(name in asked for name in ("path", "text", "html")) > 1:
        raise InputError('"path", "text" and "html" exclude each other', "give one of the three")


def reading_of(capture: Capture, registry: Registry) -> Reading | ArchiverError:
    """The reading of a capture, or the error, as a value that travels between processes."""
    try:
        return _reading(capture, registry)
    except ArchiverError as error:
        return error


def _reading(capture: Capture, registry: Registry | None = None) -> Reading:
    """The reading of a capture. Raises InputError also where a rule has a mistake: one page may not end all work."""
    try:
        return read(capture, registry)
    except SLIPS as error:
        name = capture.url or capture.filename or f"the text with SHA-256 {sha256_hex(capture.body)}"
        raise InputError(
            f"{name}: reading broke off ({slip(error)})", "this is a mistake of the program: report the place it names"
        ) from error


@contextmanager
def mapper(jobs: int) -> Iterator[Each]:
    """A ``map`` that keeps the order: in this process for one job, else over ``jobs`` processes.

    ``each(function, items, part)`` yields (item, function(part(item))): only the part travels to another process
    and only the answer travels back. At most a few items per process are under way at once, so memory does not
    grow with the input.
    """
    with _seldom_collecting():
        if jobs <= 1:
            yield _one_by_one
            return
        # Where processes begin as copies of this one, they then share the tables and patterns of all rules.
        for body in (b"<p>A first page.</p>", b"A first text."):
            read(Capture(body))
        with ProcessPoolExecutor(jobs) as pool:
            yield partial(_ahead, pool, 8 * jobs)


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Look for cycles of garbage seldom, and never again among what is loaded already.

    A page makes thousands of objects and next to no cycles: at Python's own pace looking for them costs 7 % of
    reading (measured over 60 news pages), at this pace 1 %, and no memory that could be measured.
    """
    pace = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*pace)
        gc.unfreeze()


def _one_by_one(
    function: Callable[[Any], Any], items: Iterable[Any], part: Callable[[Any], Any]
) -> Iterator[tuple[Any, Any]]:
    for item in items:
        yield item, function(part(item))


def _ahead(
    pool: ProcessPoolExecutor,
    most: int,
    function: Callable[[Any], Any],
    items: Iterable[Any],
    part: Callable[[Any], Any],
) -> Iterator[tuple[Any, Any]]:
    waiting: deque[tuple[Any, Future[Any]]] = deque()
    for item in items:
        waiting.append((item, pool.submit(function, part(item))))
        if len(waiting) >= most:
            first, answer = waiting.popleft()
            yield first, answer.result()
    while waiting:
        first, answer = waiting.popleft()
        yield first, answer.result()
