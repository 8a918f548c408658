"""Make archive.db again from snapshots/ alone."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from archiver.audit import audit
from archiver.jobs.folder import registry_of
from archiver.statements import read
from archiver.store.rebuild import rebuild


def run(folder: Path, tick: Callable[[str], None], *, accept_loss: bool = False) -> dict[str, int]:
    """Rebuild; answers how many captures and articles the new database holds."""
    return rebuild(folder, partial(read, registry=registry_of(folder)), audit, tick, accept_loss=accept_loss)
