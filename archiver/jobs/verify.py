"""Check that what is held is what was captured, as plain JSON values."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from archiver.audit import audit
from archiver.jobs.folder import opened, registry_of
from archiver.statements import read
from archiver.store.levels import Standing
from archiver.store.verify import check


def run(folder: Path, *, deep: bool = True, standing: Standing | None = None) -> Iterator[dict[str, Any]]:
    """A verdict for each thing that is held; with ``deep`` every snapshot is read again and compared.

    ``standing`` brings what is known from outside, and holds the level that was reached when the last verdict is out.
    """
    reader = partial(read, registry=registry_of(folder)) if deep else None
    with opened(folder) as archive:
        for verdict in check(archive, reader, audit if deep else None, standing):
            yield {"schema": "archiver/verdict/1", **verdict.as_json()}
