"""What must hold for any bytes: a whole record whose quotes stand in place, or a sentence that says why not."""

import json

from archiver.errors import ArchiverError
from archiver.jobs.records import as_record, unheld
from archiver.model import Capture, Reading, Space
from archiver.statements import read

_COUNTED = {Space.SOURCE, Space.VISIBLE, Space.TEXT}


def checked(capture: Capture) -> str:
    """ "read" or "refused: ..."; whatever else happens is raised and is a defect."""
    try:
        reading = read(capture)
    except ArchiverError as error:
        if not error.message or any(ord(c) < 32 for c in error.message):
            raise AssertionError(f"an error that cannot be shown: {error.message!r}") from error
        return f"refused: {error.message}"
    _quotes_in_place(reading)
    record = as_record(unheld(capture, reading))
    json.dumps(record, ensure_ascii=False, allow_nan=False).encode("utf-8")
    for finding in record["findings"]:
        if finding["rule"] == "rule-broke-off":
            raise AssertionError(finding["message"])
    return "read"


def _quotes_in_place(reading: Reading) -> None:
    for statement in reading.statements:
        if statement.space not in _COUNTED or statement.start is None:
            continue
        text = reading.text if statement.space is Space.TEXT else reading.page_text
        if text[statement.start : statement.end] != statement.quote:
            raise AssertionError(f"{statement.rule}: the quote {statement.quote[:80]!r} is not at its place")
    for piece in reading.pieces:
        here = reading.text[piece.start : piece.start + piece.length]
        if here != reading.page_text[piece.page_start : piece.page_start + piece.length]:
            raise AssertionError(f"the clean text at {piece.start} does not stand on the page at {piece.page_start}")
