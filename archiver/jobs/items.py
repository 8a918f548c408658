"""One target on its way into the archive: read, judged and packed, on any processor."""

from dataclasses import dataclass, replace
from pathlib import Path

from archiver.errors import ArchiverError
from archiver.fetch.pages import judge_page
from archiver.jobs.folder import registry_of
from archiver.jobs.read import reading_of
from archiver.jobs.targets import Target
from archiver.model import Capture, Grade, Outcome, Reading
from archiver.store.incoming import NewCapture
from archiver.store.prepared import Prepared, prepare

# What may hold a page that says "not found" or asks for consent: fetched or saved, whatever the wrapping.
_PAGES = frozenset({"html", "mhtml", "pdf", "textdump", "jsonl"})


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
class Item:
    """One target on its way: the event to be, what was read from it, or why there will be no event."""

    target: Target
    new: NewCapture | None = None
    prepared: Prepared | None = None
    error: ArchiverError | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What reading made of a body; small enough to travel between processes without it."""

    prepared: Prepared | None = None
    error: ArchiverError | None = None
    outcome: Outcome = Outcome.KEPT
    reason: str | None = None


def to_judge(item: Item) -> NewCapture | None:
    """The part of an item that reading needs; None where there is nothing to read."""
    if item.new is None or item.new.outcome is not Outcome.KEPT or item.new.body is None:
        return None
    return item.new


def judge(folder: Path, new: NewCapture | None) -> Judged | None:
    """Read, say whether the page is one, and pack it: runs in another process when there are several jobs."""
    if new is None:
        return None
    reading = reading_of(as_capture(new), registry_of(folder))
    if isinstance(reading, ArchiverError):
        return Judged(error=reading)
    if reading.format in _PAGES:
        judged = judge_page(new.status, new.headers, reading.page_text, _document_title(reading))
        if judged is not None:
            return Judged(outcome=judged[0], reason=judged[1])
    return Judged(prepare(reading, new))


def with_judgement(item: Item, judged: Judged) -> Item:
    """``item`` with what reading made of it: what is no page stays an event, what cannot be read an error."""
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


def as_capture(new: NewCapture) -> Capture:
    """What reading may know of a capture event that has a body."""
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


def title_shown(reading: Reading) -> str | None:
    """The title that is shown, or None."""
    shown = reading.shown("title")
    return shown[0].value if shown else None


def _document_title(reading: Reading) -> str | None:
    """What the browser would show as the title: the title element, else the headline."""
    element = next((s.value for s in reading.statements if s.property == "title" and s.path == "title"), None)
    return element or title_shown(reading)
