"""The life of an address and the place of every quote: what happened last, and what does not stand where it should."""

from collections.abc import Iterator

from archiver.audit.rule import Observation, seen
from archiver.audit.words import count, quoted
from archiver.model import CaptureEvent, Dossier, Outcome, Reading, Severity, Space, Statement
from archiver.timepoint import utc_text

_GONE = frozenset({Outcome.NOT_FOUND, Outcome.GONE, Outcome.SOFT_404})


def capture_failed_last(dossier: Dossier) -> Iterator[Observation]:
    """The last attempt to capture the article failed; what is held is older."""
    events = sorted(dossier.captures, key=lambda event: event.number)
    if not events or not events[-1].outcome.is_failure:
        return
    failed = _run_of_failures(events)
    last, good = events[-1], [event for event in events if not event.outcome.is_failure]
    reason = f" ({last.reason})" if last.reason else ""
    kept = f"; the last good copy is of {_when(good[-1])}" if good else "; no good copy is held"
    message = f"The last attempt, {_when(last)}, gave {str(last.outcome).replace('_', ' ')}{reason}{kept}."
    if len(failed) > 1:
        message += f" {count(len(failed), 'attempt')} failed in a row."
    yield seen(message, severity=None if last.outcome in _GONE else Severity.LOW)


def quote_not_in_place(dossier: Dossier) -> Iterator[Observation]:
    """A quote does not stand, letter by letter, where its statement says."""
    for version in dossier.versions:
        wrong = [s for s in version.reading.statements if not _in_place(s, version.reading)]
        if wrong:
            example = f"{quoted(wrong[0].quote)} at {wrong[0].start} to {wrong[0].end}"
            message = f"{count(len(wrong), 'quote')} of version {version.number} not in place, the first {example}."
            yield seen(message, wrong)


def _run_of_failures(events: list[CaptureEvent]) -> list[CaptureEvent]:
    run: list[CaptureEvent] = []
    for event in reversed(events):
        if not event.outcome.is_failure:
            break
        run.append(event)
    return run


def _when(event: CaptureEvent) -> str:
    return utc_text(event.captured_at or event.added_at)


def _in_place(statement: Statement, reading: Reading) -> bool:
    if statement.start is None or statement.end is None:
        return True
    if statement.space is Space.TEXT:
        return reading.text[statement.start : statement.end] == statement.quote
    if statement.space in {Space.SOURCE, Space.VISIBLE}:
        return reading.page_text[statement.start : statement.end] == statement.quote
    return True
