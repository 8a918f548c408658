"""Make archive.db again from snapshots/ alone."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from archiver.audit import audit
from archiver.jobs.clock import utc_now
from archiver.jobs.folder import registry_of
from archiver.statements import read
from archiver.store.rebuild import rebuild
from archiver.timepoint import utc_text


def run(folder: Path, tick: Callable[[str], None], *, accept_loss: bool = False) -> dict[str, int]:
    """Rebuild; answers how many captures and articles the new database holds."""
    reader = partial(read, registry=registry_of(folder))
    return rebuild(folder, reader, audit, tick, accept_loss=accept_loss, until=utc_text(utc_now()))
