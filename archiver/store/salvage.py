"""What can still be entered of damaged snapshots, and what cannot: every capture is one or the other, by name.

Captures keep their numbers, so what is lost stays visible as a gap. A capture whose metadata stands and whose
bytes do not is entered as the event it was, and shows no version.
"""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from archiver.canonical import sha256_hex
from archiver.errors import IntegrityError
from archiver.store import disk
from archiver.store.entering import Entering
from archiver.store.files import CaptureFile, FoundCapture, read_file
from archiver.store.insert import Entered

_PLACES = 3  # damaged places that are named for one file


def replay_what_is_left(
    rows: Entering, paths: Sequence[Path], tick: Callable[[str], None] | None = None
) -> tuple[tuple[Entered, ...], tuple[str, ...]]:
    """Enter every capture that can be read, in order: (what was entered, what was lost, in sentences)."""
    entered: list[Entered] = []
    lost: list[str] = []
    last = last_act = 0
    for path in sorted(paths, key=_first_left):
        try:
            file = read_file(path)
        except IntegrityError as error:
            lost.append(error.message)
            continue
        lost += _damages(file)
        if file.acts:
            number = file.acts[0].act.number
            lost += [f"judgement {missing}: in no file that can be read" for missing in range(last_act + 1, number)]
            lost += _enter_acts(rows, file)
            last_act = file.acts[-1].act.number
            continue
        following = tuple(one for one in file.captures if one.record.number > last)
        if not following:
            continue
        if following[0].record.number > last + 1:
            lost.append(f"{_span(last + 1, following[0].record.number - 1)}: in no file that can be read")
        entered += _enter(rows, file, following, lost)
        last = following[-1].record.number
        if tick:
            tick(path.name)
    return tuple(entered), tuple(lost)


def _enter_acts(rows: Entering, file: CaptureFile) -> list[str]:
    """Enter the judgements of a whole file; what was lost, in sentences."""
    if not file.is_whole:
        return [f"judgement {found.act.number}: what recorded it is damaged ({file.path.name})" for found in file.acts]
    try:
        rows.enter(file)
    except sqlite3.IntegrityError:
        return [f"judgement {found.act.number}: the capture that it is about is lost" for found in file.acts]
    return []


def _enter(rows: Entering, file: CaptureFile, captures: Sequence[FoundCapture], lost: list[str]) -> tuple[Entered, ...]:
    name = file.path.name.removesuffix(disk.WARC_SUFFIX)
    if file.path.parts[-3:] != Path(disk.warc_path(name)).parts or len(name) != 64:
        lost.append(f"{file.path}: is not in the place of a file of that name")
        return ()
    kept = [one for one in captures if rows.has_bytes_of(one.record, captures)]
    lost += [
        f"capture {one.record.number}: the record with its bytes is lost with the capture that brought them"
        for one in captures
        if one not in kept
    ]
    numbers = {one.record.number for one in captures}
    missing = sorted(set(range(min(numbers), max(numbers) + 1)) - numbers)
    lost += [f"capture {number}: what recorded it is damaged ({file.path.name})" for number in missing]
    if not kept:
        return ()
    sound = {digest: body for digest, body in file.bodies.items() if sha256_hex(body) == digest}
    try:
        entered = rows.enter_left(name, file, kept, sound)
    except (sqlite3.IntegrityError, IntegrityError) as error:
        lost.append(f"{file.path}: its captures do not fit those before them ({error})")
        return ()
    lost += [
        f"capture {one.number}: its bytes cannot be read any more; the event is kept"
        for one in entered
        if one.version_id is None and not one.outcome.is_failure and one.article_id
    ]
    return entered


def _damages(file: CaptureFile) -> list[str]:
    if file.is_whole:
        return []
    places = [f"{file.path}: byte {damage.offset}: {damage.what}" for damage in file.damages[:_PLACES]]
    more = len(file.damages) - len(places)
    return [
        *(places or [f"{file.path}: its name is not its digest, or its captures are not in a row"]),
        *([f"{file.path}: {more} more damaged places"] if more > 0 else []),
    ]


def _first_left(path: Path) -> tuple[tuple[int, int, int], str]:
    """The place of what can still be read of a file, whatever its warcinfo record says."""
    try:
        return (read_file(path).place, path.name)
    except IntegrityError:
        return ((0, 0, 0), path.name)


def _span(first: int, last: int) -> str:
    return f"capture {first}" if first == last else f"captures {first}-{last}"
